//! The client's calls one by one, against the simulated Lever: what is sent does what it says, what comes back is whole.

use fulcrum::command::ApiKey;
use fulcrum::host::Clock;
use fulcrum::lever::authentication::Credentials;
use fulcrum::lever::client::contacts::ContactChange;
use fulcrum::lever::client::notes::NewNote;
use fulcrum::lever::client::opportunities::{
    ArchiveChange, Archiving, ConfidentialityFilter, Expansion, PendingInterviews, Snoozing,
};
use fulcrum::lever::client::{
    LeverClient, NewFile, OpportunityFilter, PostingFilter, RequisitionFilter, TimeRange, parameter,
};
use fulcrum::lever::endpoint;
use fulcrum::lever::environment::Environment;
use fulcrum::lever::error::{LeverError, WriteOutcome};
use fulcrum::lever::model::Reference;
use fulcrum::lever::model::opportunity::{Confidentiality, Opportunity};
use fulcrum::lever::model::posting::{Answer, AnsweredSet, NamedAnswer, NewApplication, QuestionSet};
use fulcrum::lever::pace::{Pacer, Priority};
use fulcrum::native::SystemClock;
use fulcrum::text::{ArchiveReasonId, ContactId, Millis, OpportunityId, PostingId, StageId, UserId};
use sandbox::clock::Timestamp;
use serde_json::{Value, json};

use crate::fixture::{Lever, Machine, account};

fn client(machine: &Machine, lever: &Lever) -> LeverClient {
    let environment = Environment::Custom {
        base_url: lever.base_url(),
    };
    LeverClient::new(
        machine.host(),
        environment,
        Credentials::ApiKey(ApiKey(lever.key().to_owned())),
        Pacer::new(0.0, 1.0),
    )
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap()
}

#[tokio::test(flavor = "current_thread")]
async fn a_contact_is_read_with_all_that_lever_has_of_them() {
    let lever = Lever::of(30).await;
    let machine = Machine::beside(&lever);
    let rows = lever.opportunities_of("Ines Kowalczyk").await;
    let id = ContactId::from(text(&rows[0], "contact"));
    let contact = client(&machine, &lever).contact(&id, Priority::Click).await.unwrap();
    assert_eq!(contact.id, id);
    assert_eq!(contact.name, "Ines Kowalczyk");
    assert_eq!(contact.location.unwrap().name(), "Gdynia");
    assert_eq!(contact.emails, ["ines.k@example.org"]);
    assert_eq!(contact.phones[0].value, "+48 555 010 203");
}

#[tokio::test(flavor = "current_thread")]
async fn a_stage_is_changed_once_in_the_users_name_and_the_persons_data_stays() {
    let lever = Lever::of(30).await;
    let machine = Machine::beside(&lever);
    let client = client(&machine, &lever);
    let before = lever.opportunities_of("Ines Kowalczyk").await;
    let active = before.iter().find(|row| row["archived"].is_null()).unwrap();
    let id = OpportunityId::from(text(active, "id"));
    let maya = UserId(lever.user("Maya Okafor").await);
    client.update_stage(&id, &StageId::from("offer"), &maya).await.unwrap();
    let log = lever.log();
    assert_eq!(log.len(), 1);
    assert_eq!(log[0]["query"]["perform_as"], maya.as_str());
    // The write's own reply carries blank fields; what is read again does not.
    let read = client.opportunity(&id, Priority::Click).await.unwrap();
    assert_eq!(read.stage.unwrap().id(), "offer");
    assert_eq!(read.name, "Ines Kowalczyk");

    let refused = client
        .update_stage(&id, &StageId::from("no-such-stage"), &maya)
        .await
        .unwrap_err();
    assert!(matches!(refused, LeverError::RefusedByRule { .. }), "{refused}");
    assert_eq!(refused.write_outcome(), WriteOutcome::NotStored);
    assert_eq!(lever.log().len(), 1);
}

const CLICK: Priority = Priority::Click;

/// Lever with so many people, a client, and Maya Okafor's id.
async fn ready(contacts: u32) -> (Lever, LeverClient, UserId) {
    let lever = Lever::of(contacts).await;
    let machine = Machine::beside(&lever);
    let client = client(&machine, &lever);
    let maya = UserId(lever.user("Maya Okafor").await);
    (lever, client, maya)
}

/// Somebody new, made through the client without files.
async fn somebody(client: &LeverClient, me: &UserId, name: &str) -> Opportunity {
    let body = json!({ "name": name, "emails": [format!("{}@example.org", name.to_lowercase().replace(' ', "."))] });
    let query = [parameter("perform_as", me.as_str())];
    let created = client
        .create(
            endpoint::CREATE_OPPORTUNITY,
            &query,
            body.as_object().unwrap(),
            None,
            &[],
        )
        .await
        .unwrap();
    created.data
}

#[tokio::test]
async fn the_accounts_own_things_are_read_in_lists_and_one_by_one() {
    let (lever, client, maya) = ready(40).await;
    let user = client.user(&maya, CLICK).await.unwrap();
    assert_eq!((user.name.as_str(), user.username.is_empty()), ("Maya Okafor", false));
    let users = client.users(CLICK).await.unwrap();
    assert!(users.contains(&user));
    assert!(
        users.iter().any(|user| user.deactivated_at.is_some()),
        "those switched off too"
    );

    let stages = client.stages(CLICK).await.unwrap();
    assert_eq!(stages.len(), lever.rows("/stages").await.len());
    assert_eq!(client.stage(&stages[2].id, CLICK).await.unwrap(), stages[2]);

    let reasons = client.archive_reasons(CLICK).await.unwrap();
    assert!(reasons.iter().any(|reason| reason.kind == "hired"));
    assert!(reasons.iter().any(|reason| reason.status == "inactive"));
    assert_eq!(client.archive_reason(&reasons[0].id, CLICK).await.unwrap(), reasons[0]);

    for counted in [client.tags(CLICK).await.unwrap(), client.sources(CLICK).await.unwrap()] {
        assert!(!counted.is_empty());
        assert!(
            counted
                .iter()
                .all(|row| !row.text.is_empty() && row.count.is_some_and(|count| count > 0))
        );
    }
}

#[tokio::test]
async fn postings_are_found_by_state_and_place_and_read_with_their_description() {
    let (lever, client, _) = ready(40).await;
    let all = client.postings(CLICK).await.unwrap();
    assert_eq!(all.len(), lever.rows("/postings").await.len());
    for state in ["published", "internal", "closed", "draft", "pending", "rejected"] {
        assert!(all.iter().any(|posting| posting.state == state), "{state}");
    }
    let closed = PostingFilter {
        states: vec!["closed".to_owned(), "draft".to_owned()],
        ..PostingFilter::default()
    };
    let some = client.postings_matching(&closed, CLICK).await.unwrap();
    let expected = all
        .iter()
        .filter(|posting| ["closed", "draft"].contains(&posting.state.as_str()));
    assert_eq!(some.len(), expected.count());

    let platform = client
        .posting(&PostingId(lever.posting("Platform Engineer").await), CLICK)
        .await
        .unwrap();
    assert_eq!(platform.text, "Platform Engineer");
    assert!(platform.content.as_ref().unwrap().description_html.contains('<'));
    assert!(platform.urls.as_ref().unwrap().apply.is_some());
    assert!(!platform.categories.all_locations.is_empty());
    let draft = all.iter().find(|posting| posting.state == "draft").unwrap();
    assert_eq!(draft.urls, None);

    let changed = PostingFilter {
        updated: TimeRange::since(platform.updated_at.unwrap()),
        ..PostingFilter::default()
    };
    let since = client.postings_matching(&changed, CLICK).await.unwrap();
    assert!(since.iter().any(|posting| posting.id == platform.id));
    assert!(since.iter().all(|posting| posting.updated_at >= platform.updated_at));
}

/// Some fitting answer to each of a job's own questions.
fn answered(questions: &QuestionSet) -> AnsweredSet {
    let answers = questions.fields.iter().map(|field| {
        let first = field.options.first().map(|option| option.text.clone());
        let value = match (field.kind.as_str(), first) {
            ("multiple-select", Some(first)) => json!([first]),
            (_, Some(first)) => json!(first),
            ("date", None) => json!(1_790_000_000_000_i64),
            ("yes-no", None) => json!("yes"),
            ("file-upload", None) => Value::Null,
            _ => json!("Next month"),
        };
        Answer { value }
    });
    AnsweredSet {
        id: questions.id.clone().unwrap(),
        fields: answers.collect(),
    }
}

#[tokio::test]
async fn an_application_as_on_the_job_site_is_a_new_opportunity_with_its_resume() {
    let (lever, client, maya) = ready(40).await;
    let posting = PostingId(lever.posting("Platform Engineer").await);
    let form = client.apply_form(&posting, CLICK).await.unwrap();
    let asked: Vec<&str> = form
        .personal_information
        .iter()
        .filter(|field| field.required)
        .map(|field| field.name.as_str())
        .collect();
    assert!(asked.contains(&"fullName") && asked.contains(&"email"), "{asked:?}");
    let answer = |name: &str, value: &str| NamedAnswer {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let application = NewApplication {
        personal_information: vec![answer("fullName", "Wanda Zielna"), answer("email", "wanda@example.org")],
        urls: vec![answer("LinkedIn", "https://www.linkedin.com/in/wanda-zielna-demo")],
        custom_questions: form.custom_questions.iter().map(answered).collect(),
        ..NewApplication::default()
    };
    let id = client.apply(&posting, &application).await.unwrap();
    let rows = client
        .opportunities_matching(
            &OpportunityFilter {
                emails: vec!["wanda@example.org".to_owned()],
                ..OpportunityFilter::default()
            },
            CLICK,
        )
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
    let applications = client.applications(&rows[0].id, CLICK).await.unwrap();
    assert_eq!(applications[0].id, id);
    assert_eq!(applications[0].kind, "posting");
    assert_eq!(applications[0].name.as_deref(), Some("Wanda Zielna"));
    let one = client.application(&rows[0].id, &id, CLICK).await.unwrap();
    assert_eq!(one.posting.as_ref().map(Reference::id), Some(posting.as_str()));
    let without_name = NewApplication::default();
    let refused = client.apply(&posting, &without_name).await.unwrap_err();
    assert!(
        matches!(refused, LeverError::RefusedByRule { status: 400, .. }),
        "{refused}"
    );

    let file = NewFile {
        name: "wanda.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        bytes: b"Wanda"[..].into(),
    };
    let upload = client.upload_for_application(&file).await.unwrap();
    assert!(upload.uri.contains(upload.id.as_str()));
    assert!(maya.as_str().len() > 10);
}

/// Every filter, held against all rows.
#[tokio::test]
async fn every_filter_brings_exactly_the_rows_that_pass_it() {
    // Snoozed until a day to come, whenever this runs.
    let yesterday = Timestamp::from_millis(SystemClock.now().0 - 86_400_000);
    let mut config = account(400);
    config.anchor = Some(yesterday);
    let lever = Lever::start(config).await;
    let client = client(&Machine::beside(&lever), &lever);
    let everything = OpportunityFilter {
        confidentiality: Some(ConfidentialityFilter::All),
        ..OpportunityFilter::default()
    };
    let all = client.opportunities_matching(&everything, CLICK).await.unwrap();
    let some = |passes: &dyn Fn(&Opportunity) -> bool| all.iter().find(|row| passes(row)).unwrap().clone();
    let base = || everything.clone();
    let with_job = some(&|row| !row.posting_ids().is_empty() && row.archived.is_none());
    let job = with_job.posting_ids()[0].to_owned();
    let archived = some(&|row| row.archived.as_ref().is_some_and(|archived| archived.reason.is_some()));
    let reason: ArchiveReasonId = archived.archived.as_ref().unwrap().reason.clone().unwrap();
    let archived_at = archived.archived.as_ref().unwrap().archived_at.unwrap();
    let tag = some(&|row| !row.tags.is_empty()).tags[0].clone();
    let source = some(&|row| !row.sources.is_empty()).sources[0].clone();
    let email = some(&|row| row.emails.len() == 1).emails[0].clone();
    let updated = some(&|row| row.updated_at.is_some()).updated_at.unwrap();
    let moment = with_job.created_at.unwrap();
    let contact = with_job.contact_id().unwrap();
    let now = client.lever_now();
    let is_archived = |row: &Opportunity| row.archived.is_some();
    let has_job = |row: &Opportunity, id: &str| row.posting_ids().contains(&id);
    type Passes<'a> = Box<dyn Fn(&Opportunity) -> bool + 'a>;
    let cases: Vec<(&str, OpportunityFilter, Passes<'_>)> = vec![
        ("all", base(), Box::new(|_| true)),
        (
            "open",
            OpportunityFilter::default(),
            Box::new(|row| row.confidentiality == Confidentiality::Open),
        ),
        (
            "confidential",
            OpportunityFilter {
                confidentiality: Some(ConfidentialityFilter::Only(Confidentiality::Confidential)),
                ..base()
            },
            Box::new(|row| row.confidentiality == Confidentiality::Confidential),
        ),
        (
            "tag",
            OpportunityFilter {
                tags: vec![tag.clone()],
                ..base()
            },
            Box::new(|row| row.tags.contains(&tag)),
        ),
        (
            "source",
            OpportunityFilter {
                sources: vec![source.clone()],
                ..base()
            },
            Box::new(|row| row.sources.contains(&source)),
        ),
        (
            "email",
            OpportunityFilter {
                emails: vec![email.to_uppercase()],
                ..base()
            },
            Box::new(|row| row.emails.contains(&email)),
        ),
        (
            "origins",
            OpportunityFilter {
                origins: vec!["applied".to_owned(), "referred".to_owned()],
                ..base()
            },
            Box::new(|row| ["applied", "referred"].contains(&row.origin.as_deref().unwrap_or_default())),
        ),
        (
            "stage",
            OpportunityFilter {
                stages: vec![StageId::from("lead-new")],
                ..base()
            },
            Box::new(|row| row.stage.as_ref().is_some_and(|stage| stage.id() == "lead-new")),
        ),
        (
            "contact",
            OpportunityFilter {
                contacts: vec![contact.clone()],
                ..base()
            },
            Box::new(|row| row.contact_id().as_ref() == Some(&contact)),
        ),
        (
            "reason",
            OpportunityFilter {
                archive_reasons: vec![reason.clone()],
                ..base()
            },
            Box::new(|row| {
                row.archived
                    .as_ref()
                    .is_some_and(|archived| archived.reason.as_ref() == Some(&reason))
            }),
        ),
        (
            "job",
            OpportunityFilter {
                postings: vec![PostingId(job.clone())],
                ..base()
            },
            Box::new(|row| has_job(row, &job)),
        ),
        (
            "archived on the job",
            OpportunityFilter {
                archived_postings: vec![PostingId(job.clone())],
                ..base()
            },
            Box::new(|row| is_archived(row) && has_job(row, &job)),
        ),
        (
            "place",
            OpportunityFilter {
                locations: vec![with_job.opportunity_location.clone().unwrap()],
                ..base()
            },
            Box::new(|row| row.opportunity_location == with_job.opportunity_location),
        ),
        (
            "made since",
            OpportunityFilter {
                created: TimeRange::since(moment),
                ..base()
            },
            Box::new(|row| row.created_at.is_some_and(|at| at >= moment)),
        ),
        (
            "made until",
            OpportunityFilter {
                created: TimeRange {
                    start: None,
                    end: Some(moment),
                },
                ..base()
            },
            Box::new(|row| row.created_at.is_some_and(|at| at <= moment)),
        ),
        (
            "changed since",
            OpportunityFilter {
                updated: TimeRange::since(updated),
                ..base()
            },
            Box::new(|row| row.updated_at.is_some_and(|at| at >= updated)),
        ),
        (
            "advanced within",
            OpportunityFilter {
                advanced: TimeRange::between(moment, moment.plus(90 * 86_400_000)),
                ..base()
            },
            Box::new(|row| {
                row.last_advanced_at
                    .is_some_and(|at| (0..=90 * 86_400_000).contains(&at.since(moment)))
            }),
        ),
        (
            "closed at",
            OpportunityFilter {
                archived_at: TimeRange::between(archived_at, archived_at),
                ..base()
            },
            Box::new(|row| {
                row.archived
                    .as_ref()
                    .is_some_and(|archived| archived.archived_at == Some(archived_at))
            }),
        ),
        (
            "closed",
            OpportunityFilter {
                archiving: Some(Archiving::Archived),
                ..base()
            },
            Box::new(is_archived),
        ),
        (
            "active",
            OpportunityFilter {
                archiving: Some(Archiving::Active),
                ..base()
            },
            Box::new(|row| !is_archived(row)),
        ),
        (
            "snoozed",
            OpportunityFilter {
                snoozing: Some(Snoozing::Snoozed),
                ..base()
            },
            Box::new(|row| row.snoozed_until > Some(now)),
        ),
        (
            "awake",
            OpportunityFilter {
                snoozing: Some(Snoozing::Awake),
                ..base()
            },
            Box::new(|row| row.snoozed_until <= Some(now)),
        ),
    ];
    for (name, filter, passes) in cases {
        let rows = client.opportunities_matching(&filter, CLICK).await.unwrap();
        let brought: std::collections::BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let expected: std::collections::BTreeSet<&str> = all
            .iter()
            .filter(|row| passes(row))
            .map(|row| row.id.as_str())
            .collect();
        assert!(!expected.is_empty(), "{name}: nobody to find");
        assert_eq!(brought, expected, "{name}");
        // The old name answers the same (lever-api §3.3).
        let candidates = client.candidates_matching(&filter, CLICK).await.unwrap();
        assert_eq!(candidates.len(), rows.len(), "{name}");
    }
}

#[tokio::test]
async fn ids_come_expanded_where_that_is_asked_for() {
    let (_lever, client, _) = ready(60).await;
    let plain = client
        .opportunities_matching(&OpportunityFilter::default(), CLICK)
        .await
        .unwrap();
    let expanded = OpportunityFilter {
        expanded: vec![
            Expansion::Contact,
            Expansion::Stage,
            Expansion::Owner,
            Expansion::SourcedBy,
            Expansion::Followers,
        ],
        ..OpportunityFilter::default()
    };
    let rows = client.opportunities_matching(&expanded, CLICK).await.unwrap();
    assert_eq!(rows.len(), plain.len());
    for (row, plain) in rows.iter().zip(&plain) {
        assert_eq!(row.contact_id(), plain.contact_id());
        assert_eq!(row.contact.as_ref().unwrap().object().unwrap().name, plain.name);
        assert!(row.stage.as_ref().unwrap().object().is_some());
        assert!(row.owner.iter().all(|owner| !owner.object().unwrap().email.is_empty()));
        assert_eq!(row.maker(), plain.maker());
        assert_eq!(row.followers.len(), plain.followers.len());
        assert!(row.followers.iter().all(|follower| follower.object().is_some()));
    }
}

#[tokio::test]
async fn an_opportunity_is_changed_in_every_way_and_each_change_is_there() {
    let (lever, client, maya) = ready(30).await;
    let made = somebody(&client, &maya, "Wanda Zielna").await;
    let (id, texts) = (made.id.clone(), |words: &[&str]| {
        words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()
    });
    let read = || async { client.opportunity(&id, CLICK).await.unwrap() };
    client
        .add_tags(&id, &texts(&["rust", "Rust", "rust"]), &maya)
        .await
        .unwrap();
    assert_eq!(read().await.tags, ["rust", "Rust"]);
    client.remove_tags(&id, &texts(&["rust"]), &maya).await.unwrap();
    assert_eq!(read().await.tags, ["Rust"]);
    client
        .add_sources(&id, &texts(&["Meetup", "Conference"]), &maya)
        .await
        .unwrap();
    client.remove_sources(&id, &texts(&["Meetup"]), &maya).await.unwrap();
    assert_eq!(read().await.sources.last().map(String::as_str), Some("Conference"));
    client
        .add_links(&id, &texts(&["github.com/wanda-demo", "https://example.org/w"]), &maya)
        .await
        .unwrap();
    assert_eq!(
        read().await.links,
        ["http://github.com/wanda-demo", "https://example.org/w"]
    );
    client
        .remove_links(&id, &texts(&["https://example.org/w"]), &maya)
        .await
        .unwrap();
    assert_eq!(read().await.links, ["http://github.com/wanda-demo"]);

    let posting = PostingId(lever.posting("Platform Engineer").await);
    client.add_posting(&id, &posting, &maya).await.unwrap();
    assert_eq!(read().await.posting_ids(), [posting.as_str()]);
    client.remove_posting(&id, &posting, &maya).await.unwrap();
    assert!(read().await.posting_ids().is_empty());

    let reasons = client.archive_reasons(CLICK).await.unwrap();
    let rejected = reasons
        .iter()
        .find(|reason| reason.kind != "hired" && reason.status == "active")
        .unwrap();
    let archive = ArchiveChange::Archive {
        reason: rejected.id.clone(),
        requisition: None,
        pending_interviews: PendingInterviews::Delete,
    };
    client.update_archived(&id, &archive, &maya).await.unwrap();
    assert_eq!(read().await.archived.unwrap().reason.as_ref(), Some(&rejected.id));
    client
        .update_archived(&id, &ArchiveChange::Unarchive, &maya)
        .await
        .unwrap();
    assert_eq!(read().await.archived, None);
    assert_eq!(client.candidate(&id, CLICK).await.unwrap(), read().await);

    let contact = made.contact_id().unwrap();
    let change = ContactChange {
        headline: Some("Harbor Labs".to_owned()),
        emails: Some(texts(&["wanda.zielna@example.org", "w@example.com"])),
        ..ContactChange::default()
    };
    client.update_contact(&contact, &change).await.unwrap();
    let person = client.contact(&contact, CLICK).await.unwrap();
    assert_eq!(
        (person.name.as_str(), person.headline.as_str()),
        ("Wanda Zielna", "Harbor Labs")
    );
    assert_eq!(person.emails, ["wanda.zielna@example.org", "w@example.com"]);
}

#[tokio::test]
async fn somebody_hired_fills_a_requisition() {
    let (_lever, client, maya) = ready(30).await;
    let all = client.requisitions(&RequisitionFilter::default(), CLICK).await.unwrap();
    let open = all.iter().find(|requisition| requisition.status == "open").unwrap();
    assert!(open.headcount_total.is_some() && !open.requisition_code.is_empty());
    let by_code = RequisitionFilter {
        codes: vec![open.requisition_code.clone()],
        ..RequisitionFilter::default()
    };
    let found = client.requisitions(&by_code, CLICK).await.unwrap();
    assert_eq!(found, std::slice::from_ref(open));
    let closed = RequisitionFilter {
        statuses: vec!["closed".to_owned()],
        ..RequisitionFilter::default()
    };
    let found = client.requisitions(&closed, CLICK).await.unwrap();
    assert!(!found.is_empty() && found.iter().all(|requisition| requisition.status == "closed"));
    let made = somebody(&client, &maya, "Wanda Zielna").await;
    let posting = open.postings.first().unwrap();
    client.add_posting(&made.id, posting, &maya).await.unwrap();
    let reasons = client.archive_reasons(CLICK).await.unwrap();
    let hired = reasons.iter().find(|reason| reason.kind == "hired").unwrap();
    let hire = ArchiveChange::Archive {
        reason: hired.id.clone(),
        requisition: Some(open.id.clone()),
        pending_interviews: PendingInterviews::Keep,
    };
    client.update_archived(&made.id, &hire, &maya).await.unwrap();
    let after = client.requisition(&open.id, CLICK).await.unwrap();
    assert_eq!(after.headcount_hired, open.headcount_hired.map(|hired| hired + 1));
    let application = &client.applications(&made.id, CLICK).await.unwrap()[0];
    assert_eq!(
        application.requisition_for_hire.as_ref().unwrap().requisition_code,
        Some(open.requisition_code.clone())
    );
}

#[tokio::test]
async fn notes_are_written_answered_changed_and_deleted() {
    let (_lever, client, maya) = ready(30).await;
    let id = somebody(&client, &maya, "Wanda Zielna").await.id;
    let note = client
        .create_note(&id, &NewNote::of("Met at the meetup"), None, &maya)
        .await
        .unwrap();
    client
        .create_note(&id, &NewNote::of("Called back"), Some(&note), &maya)
        .await
        .unwrap();
    let thread = client.note(&id, &note, CLICK).await.unwrap();
    let words: Vec<&str> = thread.fields.iter().map(|comment| comment.value.as_str()).collect();
    assert_eq!(words, ["Met at the meetup", "Called back"]);
    assert_eq!(thread.user.as_ref().map(Reference::id), Some(maya.as_str()));
    client
        .update_note(&id, &note, &["Met at the conference".to_owned()])
        .await
        .unwrap();
    assert_eq!(
        client.notes(&id, CLICK).await.unwrap()[0].fields[0].value,
        "Met at the conference"
    );
    client.delete_note(&id, &note).await.unwrap();
    assert!(
        client
            .notes(&id, CLICK)
            .await
            .unwrap()
            .iter()
            .all(|note| note.deleted_at.is_some())
    );
}

#[tokio::test]
async fn a_person_comes_with_a_resume_and_files_which_come_back_byte_for_byte() {
    let (_lever, client, maya) = ready(30).await;
    let file = |name: &str, bytes: Vec<u8>| NewFile {
        name: name.to_owned(),
        media_type: "application/octet-stream".to_owned(),
        bytes: bytes.into(),
    };
    let resume = file("Wanda \"W\" Zielńa.txt", (0..=255).cycle().take(100_000).collect());
    let other = file("portfolio.png", vec![137, 80, 78, 71, 0, 255]);
    let body = json!({ "name": "Wanda Zielna", "phones": [{ "type": "mobile", "value": "+48 555 010 277" }], "createdAt": 1_600_000_000_000_i64,
        "tags": ["a", "b"], "stage": null });
    let query = [parameter("perform_as", maya.as_str())];
    let created = client
        .create(
            endpoint::CREATE_CANDIDATE,
            &query,
            body.as_object().unwrap(),
            Some(&resume),
            std::slice::from_ref(&other),
        )
        .await
        .unwrap();
    assert!(!created.deduped);
    let id = created.data.id;
    let row = client.opportunity(&id, CLICK).await.unwrap();
    assert_eq!(
        (row.tags.as_slice(), row.created_at),
        (&["a".to_owned(), "b".to_owned()][..], Some(Millis(1_600_000_000_000)))
    );
    assert_eq!(row.phones[0].kind, "mobile");

    let resumes = client.resumes(&id, TimeRange::default(), CLICK).await.unwrap();
    assert_eq!(resumes.len(), 1);
    let described = client.resume(&id, &resumes[0].id, CLICK).await.unwrap();
    assert_eq!(described.file.as_ref().unwrap().size, Some(100_000));
    assert_eq!(
        client.download_resume(&id, &resumes[0].id, CLICK).await.unwrap().bytes,
        resume.bytes.to_vec()
    );

    let files = client.files(&id, TimeRange::default(), CLICK).await.unwrap();
    let png = files.iter().find(|file| file.name.contains("portfolio")).unwrap();
    assert_eq!(
        client.download_file(&id, &png.id, CLICK).await.unwrap().bytes,
        other.bytes.to_vec()
    );

    let added = client.upload_file(&id, &other, &maya).await.unwrap();
    assert_eq!(client.file(&id, &added.id, CLICK).await.unwrap().size, Some(6));
    client.delete_file(&id, &added.id, &maya).await.unwrap();
    let gone = client.download_file(&id, &added.id, CLICK).await.unwrap_err();
    assert!(matches!(gone, LeverError::NotFound { .. }), "{gone}");
    let actions = client.file_actions(&id, TimeRange::default(), CLICK).await.unwrap();
    assert!(actions.iter().any(|action| action.kind == "file-remove"), "{actions:?}");
}

/// The history of a person: everything that hangs on an opportunity, wherever there is any.
#[tokio::test]
async fn interviews_panels_feedback_and_referrals_are_read() {
    let (_lever, client, _) = ready(300).await;
    let rows = client
        .opportunities_matching(&OpportunityFilter::default(), CLICK)
        .await
        .unwrap();
    let (mut interviews, mut panels, mut feedback, mut referrals, mut parsed) = (0, 0, 0, 0, 0);
    for row in &rows {
        for interview in client.interviews(&row.id, CLICK).await.unwrap() {
            assert_eq!(
                client.interview(&row.id, &interview.id, CLICK).await.unwrap(),
                interview
            );
            assert!(interview.date.is_some() && interview.duration.is_some_and(|minutes| minutes > 0));
            interviews += 1;
        }
        for panel in client.panels(&row.id, CLICK).await.unwrap() {
            assert_eq!(client.panel(&row.id, &panel.id, CLICK).await.unwrap(), panel);
            assert!(panel.start <= panel.end && !panel.interviews.is_empty());
            panels += 1;
        }
        for given in client.feedback(&row.id, CLICK).await.unwrap() {
            assert_eq!(client.one_feedback(&row.id, &given.id, CLICK).await.unwrap(), given);
            assert!(given.user.is_some() && !given.fields.is_empty());
            feedback += 1;
        }
        for referral in client.referrals(&row.id, CLICK).await.unwrap() {
            let one = client.referral(&row.id, &referral.id, CLICK).await.unwrap();
            assert_eq!(one, referral);
            referrals += 1;
        }
        for resume in client.resumes(&row.id, TimeRange::default(), CLICK).await.unwrap() {
            let data = resume.parsed_data.unwrap_or_default();
            parsed += data
                .positions
                .iter()
                .filter(|position| !position.org.is_empty())
                .count();
        }
    }
    assert!(
        [interviews, panels, feedback, referrals].iter().all(|count| *count > 0) && parsed > 20,
        "{interviews} interviews, {panels} panels, {feedback} feedback, {referrals} referrals, {parsed} positions"
    );
}

#[tokio::test]
async fn what_was_deleted_in_lever_is_told_with_its_time() {
    let (lever, client, _) = ready(60).await;
    let rows = client
        .opportunities_matching(&OpportunityFilter::default(), CLICK)
        .await
        .unwrap();
    let gone = rows.iter().find(|row| !row.posting_ids().is_empty()).unwrap();
    let before = client.lever_now();
    lever.delete_opportunity(gone.id.as_str()).await;
    let deleted = client
        .deleted_opportunities(TimeRange::since(before.plus(-5_000)), None, CLICK)
        .await
        .unwrap();
    assert_eq!(deleted.iter().map(|row| &row.id).collect::<Vec<_>>(), [&gone.id]);
    assert!(deleted[0].deleted_at.is_some());
    let range = TimeRange::between(before.plus(-5_000), before.plus(60_000));
    let applications = client.deleted_applications(range, CLICK).await.unwrap();
    assert_eq!(applications[0].opportunity_id.as_ref(), Some(&gone.id));
    assert!(client.deleted_postings(range, CLICK).await.unwrap().is_empty());
    let missing = client.opportunity(&gone.id, CLICK).await.unwrap_err();
    assert!(matches!(missing, LeverError::NotFound { .. }));
}
