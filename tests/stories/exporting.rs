//! One click puts a person into Lever: what is sent, what is not, and when nothing is.

use fulcrum::command::{Command, FailureCode, Reply};
use fulcrum::export::journal::ExportState;
use fulcrum::export::plan::{ExportChoices, IfKnown, NothingReason, PlanWarning, PlannedAction};
use fulcrum::host::Method;
use fulcrum::lever::endpoint;
use fulcrum::profile::Profile;
use fulcrum::text::StageId;
use futures::future::{Either, select};
use serde_json::{Value, json};

use crate::fixture::machine::{export, export_as, look_up, on_job, plan};
use crate::fixture::{Fate, Lever, Machine, assert_mirror_equals, people};

/// A log entry with names in place of ids, for people to read.
async fn readable(lever: &Lever, entry: &Value) -> String {
    let mut text = serde_json::to_string_pretty(&json!({
        "path": entry["path"],
        "query": entry["query"],
        "body": entry["body"],
    }))
    .unwrap();
    let mut names: Vec<(String, String)> = Vec::new();
    for (path, field) in [("/users", "name"), ("/postings", "text"), ("/stages", "text")] {
        for row in lever.rows(path).await {
            let name = row[field].as_str().unwrap();
            names.push((row["id"].as_str().unwrap().to_owned(), format!("<{name}>")));
        }
    }
    for field in ["contact", "opportunity"] {
        let id = entry[field].as_str().unwrap_or_default().to_owned();
        names.push((id, format!("<{field}>")));
    }
    for (id, name) in names.iter().filter(|(id, _)| id.len() > 20) {
        text = text.replace(id, name);
    }
    text
}

fn choices() -> ExportChoices {
    ExportChoices {
        source: Some("GitHub".to_owned()),
        ..ExportChoices::default()
    }
}

/// Requirements 2.1, and 2.16: without a rule the stage is Lever's "New lead".
#[tokio::test]
async fn a_new_person_becomes_a_prospect_with_every_mapped_field() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(1);
    let outcome = export(&service, &profile, &choices()).await.unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
    assert!(!outcome.deduped);
    let log = lever.log();
    assert_eq!(log.len(), 1);
    insta::assert_snapshot!(readable(&lever, &log[0]).await);
    assert_eq!(outcome.stage.unwrap().text.as_deref(), Some("New lead"));
    assert!(outcome.url.unwrap().starts_with("https://"));
    // The reply's blank fields were not trusted: the row was read again.
    assert_mirror_equals(service.mirror(), &lever).await;
    let answer = look_up(&service, &profile).await;
    assert_eq!(answer.people[0].contact, outcome.contact.unwrap());
}

/// Requirements 2.2, 2.14, and 2.16: a stage that was chosen.
#[tokio::test]
async fn a_new_person_goes_on_a_job_with_tags_note_stage_and_a_typed_email() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer_without_email(1);
    let choices = ExportChoices {
        tags: vec!["meetup".to_owned(), " Rust ".to_owned(), "meetup".to_owned()],
        note: Some("  Speaks at the meetup on Thursday.\nAsk about the compiler.  ".to_owned()),
        source: Some("LinkedIn".to_owned()),
        stage: Some(StageId("lead-reached-out".to_owned())),
        emails: vec![" odalys@example.org ".to_owned()],
        ..ExportChoices::default()
    };
    let choices = on_job(&lever, "Data Platform Lead", choices).await;
    let outcome = export(&service, &profile, &choices).await.unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
    let log = lever.log();
    assert_eq!(log.len(), 2);
    insta::assert_snapshot!(format!(
        "{}\n{}",
        readable(&lever, &log[0]).await,
        readable(&lever, &log[1]).await
    ));
    assert_eq!(outcome.posting.unwrap().text.as_deref(), Some("Data Platform Lead"));
    assert_eq!(outcome.stage.unwrap().text.as_deref(), Some("Reached out"));
}

/// Requirements 2.13: what Lever knows of the application is kept, from the first moment on.
#[tokio::test]
async fn of_an_application_everything_that_lever_tells_is_kept() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(1);
    let choices = on_job(&lever, "Data Platform Lead", choices()).await;
    let outcome = export(&service, &profile, &choices).await.unwrap();
    let id = outcome.opportunity.unwrap();
    let row = lever.rows("/opportunities?expand=applications").await;
    let row = row.iter().find(|row| row["id"] == id.as_str()).unwrap();
    let application = &row["applications"][0];

    let answer = look_up(&service, &profile).await;
    let person = &answer.people[0];
    assert_eq!(person.contact.as_str(), row["contact"].as_str().unwrap());
    let kept = person.opportunities.iter().find(|kept| kept.id == id).unwrap();
    assert_eq!(kept.stage.id, row["stage"].as_str().unwrap());
    assert_eq!(kept.sources, ["GitHub"]);
    assert_eq!(Some(kept.created_at.0), row["createdAt"].as_i64());
    assert_eq!(Some(kept.updated_at.0), row["updatedAt"].as_i64());
    assert!(kept.url.contains(id.as_str()));
    let applied = &kept.applications[0];
    assert_eq!(applied.id.as_str(), application["id"].as_str().unwrap());
    assert_eq!(
        applied.posting.as_ref().unwrap().id,
        application["posting"].as_str().unwrap()
    );
    assert_eq!(applied.created_at.map(|at| at.0), application["createdAt"].as_i64());
}

/// Requirements 2.19.
#[tokio::test]
async fn what_is_sent_is_what_the_plan_showed_byte_for_byte() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(7);
    let choices = ExportChoices {
        note: Some("„Grüße“ from 東京 \u{1F980}".to_owned()),
        ..choices()
    };
    let choices = on_job(&lever, "Platform Engineer", choices).await;
    let shown = plan(&service, &profile, &choices).await;
    assert_eq!(
        shown,
        plan(&service, &profile, &choices).await,
        "equal facts, equal plans"
    );
    machine.edge.forget_sent();
    let outcome = export_as(&service, &profile, &choices, &shown.fingerprint)
        .await
        .unwrap();
    let opportunity = outcome.opportunity.unwrap();
    let sent: Vec<_> = machine
        .edge
        .sent()
        .into_iter()
        .filter(|sent| sent.method != Method::Get)
        .collect();
    assert_eq!(sent.len(), shown.requests.len());
    for (sent, planned) in sent.iter().zip(&shown.requests) {
        assert_eq!(sent.body.as_deref(), Some(planned.body.as_str()));
        assert_eq!(sent.method.as_str(), planned.method);
        let path = planned.path.replace(":opportunity", opportunity.as_str());
        let (name, value) = &planned.query[0];
        assert_eq!(sent.url, format!("{}{path}?{name}={value}", lever.base_url()));
    }
}

#[tokio::test]
async fn somebody_who_is_in_lever_is_skipped_unless_asked_otherwise() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let shown = plan(&service, &people::ines(), &choices()).await;
    let PlannedAction::Nothing {
        reason,
        contact,
        opportunity,
    } = &shown.action
    else {
        panic!("{:?}", shown.action);
    };
    assert_eq!(*reason, NothingReason::AlreadyInLever);
    assert!(contact.is_some() && opportunity.is_some());
    assert!(shown.requests.is_empty() && shown.fields.is_empty());
    let outcome = export(&service, &people::ines(), &choices()).await.unwrap();
    assert_eq!(outcome.state, ExportState::Skipped);
    assert_eq!(&outcome.opportunity, opportunity);
    assert!(lever.log().is_empty());
}

#[tokio::test]
async fn a_lead_joins_a_job_without_a_second_opportunity() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let leila = people::linkedin("leila-haddad-demo", "Leila Haddad");
    let before = lever.opportunities_of("Leila Haddad").await;
    let choices = ExportChoices {
        tags: vec!["meetup".to_owned()],
        note: Some("Interested in the platform team.".to_owned()),
        if_known: IfKnown::Join,
        ..choices()
    };
    let choices = on_job(&lever, "Platform Engineer", choices).await;
    let shown = plan(&service, &leila, &choices).await;
    assert!(matches!(shown.action, PlannedAction::JoinJob { .. }));
    let outcome = export(&service, &leila, &choices).await.unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
    assert_eq!(outcome.opportunity.unwrap().as_str(), before[0]["id"].as_str().unwrap());
    let log = lever.log();
    let paths: Vec<String> = log
        .iter()
        .map(|entry| {
            let path = entry["path"].as_str().unwrap();
            path.replace(before[0]["id"].as_str().unwrap(), ":id")
        })
        .collect();
    assert_eq!(
        paths,
        [
            "/v1/candidates/:id/addPostings",
            "/v1/opportunities/:id/addTags",
            "/v1/opportunities/:id/addSources",
            "/v1/opportunities/:id/notes"
        ]
    );
    let after = lever.opportunities_of("Leila Haddad").await;
    assert_eq!(after.len(), 1);
    assert_eq!(after[0]["applications"].as_array().unwrap().len(), 1);
    assert_mirror_equals(service.mirror(), &lever).await;
}

#[tokio::test]
async fn somebody_on_this_very_job_is_left_alone() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    for if_known in [IfKnown::Join, IfKnown::New] {
        let choices = ExportChoices { if_known, ..choices() };
        let choices = on_job(&lever, "Data Platform Lead", choices).await;
        let shown = plan(&service, &people::ines(), &choices).await;
        assert!(
            matches!(
                shown.action,
                PlannedAction::Nothing {
                    reason: NothingReason::AlreadyOnThisJob,
                    ..
                }
            ),
            "{:?}",
            shown.action
        );
    }
}

#[tokio::test]
async fn an_archived_person_gets_a_new_opportunity_on_the_known_contact() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let known = lever.opportunities_of("Daniel Osei-Mensah").await;
    let daniel = people::linkedin("daniel-osei-mensah-demo", "Daniel Osei-Mensah");
    let choices = ExportChoices {
        if_known: IfKnown::Join,
        ..choices()
    };
    let choices = on_job(&lever, "Backend Engineer", choices).await;
    let outcome = export(&service, &daniel, &choices).await.unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
    assert_eq!(outcome.contact.unwrap().as_str(), known[0]["contact"].as_str().unwrap());
    assert!(outcome.deduped);
    let creates = lever.creates();
    assert_eq!(creates.len(), 1);
    assert_eq!(creates[0]["body"]["contact"], known[0]["contact"]);
    let after = lever.opportunities_of("Daniel Osei-Mensah").await;
    assert_eq!(after.len(), 2);
    assert!(after.iter().all(|row| row["contact"] == known[0]["contact"]));
    assert!(
        after.iter().all(|row| row["emails"] == known[0]["emails"]),
        "what Lever knows is kept"
    );
}

#[tokio::test]
async fn new_on_somebody_active_makes_a_second_opportunity_of_the_same_person() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let choices = ExportChoices {
        if_known: IfKnown::New,
        ..choices()
    };
    let choices = on_job(&lever, "Platform Engineer", choices).await;
    let before = lever.opportunities_of("Ines Kowalczyk").await;
    let outcome = export(&service, &people::ines(), &choices).await.unwrap();
    assert_eq!(
        outcome.contact.unwrap().as_str(),
        before[0]["contact"].as_str().unwrap()
    );
    assert_eq!(lever.opportunities_of("Ines Kowalczyk").await.len(), before.len() + 1);
}

#[tokio::test]
async fn two_people_who_cannot_be_told_apart_need_a_human() {
    let lever = Lever::of(12).await;
    for email in ["pat.one@example.org", "pat.two@example.org"] {
        lever
            .write(
                "POST",
                "/opportunities",
                json!({ "name": "Pat Quillon", "emails": [email], "links": ["https://github.com/pat-quillon-demo"] }),
            )
            .await;
    }
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let pat = Profile {
        emails: vec!["pat.one@example.org".to_owned(), "pat.two@example.org".to_owned()],
        ..people::page("email:pat.one@example.org", "https://pat.example.net/", "Pat Quillon")
    };
    let answer = look_up(&service, &pat).await;
    let before = lever.log().len();
    let shown = plan(&service, &pat, &choices()).await;
    assert!(
        matches!(shown.action, PlannedAction::Nothing { .. }),
        "{:?} gave {:?}",
        answer.verdict.verdict,
        shown.action
    );
    let outcome = export(&service, &pat, &choices()).await.unwrap();
    assert_eq!(outcome.state, ExportState::Skipped);
    assert_eq!(lever.log().len(), before);
}

/// Requirements 2.9: without an email Lever finds nobody again.
#[tokio::test]
async fn a_namesake_is_exported_with_a_warning() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let other = people::github("leila-haddad-of-lund", "Leila Haddad");
    let shown = plan(&service, &other, &choices()).await;
    assert_eq!(shown.action, PlannedAction::NewPerson);
    assert!(shown.warnings.contains(&PlanWarning::NameInLever));
    assert!(shown.warnings.contains(&PlanWarning::NoEmail));
}

#[tokio::test]
async fn an_email_that_only_lever_knows_changes_the_plan_before_anything_is_sent() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    // Nothing is read: the mirror knows users only.
    let service = machine.connected(&lever).await;
    service.read_settings().await.unwrap();
    let nikhil = Profile {
        emails: vec!["Nikhil.Rao@example.net".to_owned()],
        ..people::github("nikhil-rao-demo", "Nikhil Rao")
    };
    let shown = plan(&service, &nikhil, &choices()).await;
    assert_eq!(shown.action, PlannedAction::NewPerson);
    assert!(shown.warnings.contains(&PlanWarning::MirrorIncomplete));
    let failure = export_as(&service, &nikhil, &choices(), &shown.fingerprint)
        .await
        .unwrap_err();
    assert_eq!(failure.code, FailureCode::PlanChanged);
    assert!(lever.log().is_empty());

    let choices = ExportChoices {
        if_known: IfKnown::New,
        ..choices()
    };
    let shown = plan(&service, &nikhil, &choices).await;
    let known = lever.opportunities_of("Nikhil Rao").await;
    let PlannedAction::NewOpportunity { contact } = &shown.action else {
        panic!("{:?}", shown.action);
    };
    assert_eq!(contact.as_str(), known[0]["contact"].as_str().unwrap());
    let outcome = export_as(&service, &nikhil, &choices, &shown.fingerprint)
        .await
        .unwrap();
    assert_eq!(outcome.contact.as_ref(), Some(contact));
    assert_eq!(lever.creates().len(), 1);
}

#[tokio::test]
async fn a_page_that_changed_under_the_dialog_is_refused_and_nothing_is_sent() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let shown = plan(&service, &people::newcomer(1), &choices()).await;
    let failure = export_as(&service, &people::newcomer(2), &choices(), &shown.fingerprint)
        .await
        .unwrap_err();
    assert_eq!(failure.code, FailureCode::PlanChanged);
    let other_note = ExportChoices {
        note: Some("typed after the preview".to_owned()),
        ..choices()
    };
    let failure = export_as(&service, &people::newcomer(1), &other_note, &shown.fingerprint)
        .await
        .unwrap_err();
    assert_eq!(failure.code, FailureCode::PlanChanged);
    assert!(lever.log().is_empty());
    assert!(service.records().steps().unwrap().is_empty());
}

#[tokio::test]
async fn a_colleague_who_was_faster_is_noticed_before_anything_is_sent() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(1);
    let shown = plan(&service, &profile, &choices()).await;
    lever
        .write(
            "POST",
            "/opportunities",
            json!({ "name": profile.name, "emails": profile.emails, "links": [profile.url] }),
        )
        .await;
    let failure = export_as(&service, &profile, &choices(), &shown.fingerprint)
        .await
        .unwrap_err();
    assert_eq!(failure.code, FailureCode::PlanChanged);
    assert_eq!(lever.creates().len(), 1, "the colleague's only");
}

#[tokio::test]
async fn a_double_click_makes_one_record() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    for (number, profile) in [people::newcomer(1), people::newcomer_without_email(2)]
        .iter()
        .enumerate()
    {
        let shown = plan(&service, profile, &choices()).await;
        let choices = choices();
        let click = || export_as(&service, profile, &choices, &shown.fingerprint);
        let (one, other, third) = futures::future::join3(click(), click(), click()).await;
        assert_eq!(lever.creates().len(), number + 1, "one record for {}", profile.key);
        let outcomes = [one, other, third];
        assert!(
            outcomes.iter().any(|outcome| outcome
                .as_ref()
                .is_ok_and(|outcome| outcome.state == ExportState::Confirmed)),
            "{outcomes:?}"
        );
        for outcome in outcomes {
            match outcome {
                Ok(outcome) => assert!(outcome.state.is_done(), "{:?}", outcome.state),
                Err(failure) => assert!(
                    matches!(failure.code, FailureCode::AlreadyExporting | FailureCode::PlanChanged),
                    "{failure:?}"
                ),
            }
        }
    }
}

/// Requirements 2.8, 2.10.
#[tokio::test]
async fn a_profile_exported_before_is_not_exported_again() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(1);
    let first = export(&service, &profile, &choices()).await.unwrap();
    let shown = plan(&service, &profile, &choices()).await;
    assert!(matches!(
        shown.action,
        PlannedAction::Nothing {
            reason: NothingReason::ExportedBefore,
            ..
        }
    ));
    let again = export(&service, &profile, &choices()).await.unwrap();
    assert_eq!(again.opportunity, first.opportunity);
    assert_eq!(lever.creates().len(), 1);
}

#[tokio::test]
async fn without_the_permission_to_create_the_export_says_which_box_to_tick() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    lever.forbid(&[endpoint::CREATE_OPPORTUNITY]).await;
    let outcome = export(&service, &people::newcomer(1), &choices()).await.unwrap();
    assert_eq!(outcome.state, ExportState::Failed);
    let failure = outcome.failure.unwrap();
    assert_eq!(failure.code, FailureCode::PermissionMissing);
    assert_eq!(failure.endpoint.as_deref(), Some("POST /opportunities"));
    assert_eq!(failure.permission.as_deref(), Some("Create an opportunity"));
    assert!(lever.log().is_empty());
    let steps = service.records().steps().unwrap();
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0].state, ExportState::Failed);
}

#[tokio::test]
async fn without_the_permission_for_notes_the_person_is_in_lever_and_the_missing_box_is_named() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    lever.forbid(&[endpoint::CREATE_NOTE]).await;
    let choices = ExportChoices {
        note: Some("Ask about the compiler.".to_owned()),
        ..choices()
    };
    let outcome = export(&service, &people::newcomer(1), &choices).await.unwrap();
    assert!(outcome.opportunity.is_some());
    let failure = outcome.failure.unwrap();
    assert_eq!(failure.permission.as_deref(), Some("Create an opportunity note"));
    assert_eq!(lever.creates().len(), 1);
    let states: Vec<ExportState> = service
        .records()
        .steps()
        .unwrap()
        .iter()
        .map(|step| step.state)
        .collect();
    assert_eq!(states, [ExportState::Confirmed, ExportState::Failed]);
}

#[tokio::test]
async fn a_rule_of_levers_is_told_without_anybodys_data() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let choices = ExportChoices {
        stage: Some(StageId("no-such-stage".to_owned())),
        ..choices()
    };
    let outcome = export(&service, &people::newcomer(1), &choices).await.unwrap();
    assert_eq!(outcome.state, ExportState::Failed);
    let failure = outcome.failure.unwrap();
    assert_eq!(failure.code, FailureCode::RefusedByRule);
    assert_eq!(failure.detail.as_deref(), Some("stage … was not found"));
}

#[tokio::test]
async fn until_somebody_says_who_they_are_nothing_can_be_exported() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.open().await;
    crate::fixture::machine::connect(&service, &lever).await;
    let command = Command::Plan {
        profile: people::newcomer(1),
        choices: choices(),
    };
    match service.dispatch(command).await {
        Reply::Failed { failure } => assert_eq!(failure.code, FailureCode::UserNotChosen),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_page_without_name_and_email_has_nothing_to_send() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let nobody = Profile {
        name: None,
        proof: None,
        ..people::github("ghost-9-demo", "")
    };
    let shown = plan(&service, &nobody, &choices()).await;
    assert!(matches!(
        shown.action,
        PlannedAction::Nothing {
            reason: NothingReason::NothingToSend,
            ..
        }
    ));
}

#[tokio::test]
async fn the_journal_keeps_every_step_newest_first() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    for number in 1..=2 {
        let choices = ExportChoices {
            note: Some("Hello.".to_owned()),
            ..choices()
        };
        export(&service, &people::newcomer(number), &choices).await.unwrap();
    }
    machine.edge.rule(u32::MAX, Fate::Unreachable, |_| true);
    match service
        .dispatch(Command::Journal {
            text: String::new(),
            limit: 3,
        })
        .await
    {
        Reply::Journal { entries } => {
            let shown: Vec<String> = entries
                .iter()
                .map(|entry| &entry.step)
                .map(|step| format!("{} {:?} {:?}", step.key, step.step, step.state))
                .collect();
            assert_eq!(
                shown,
                [
                    "gh:login:zorana-2-demo AddNote Confirmed",
                    "gh:login:zorana-2-demo CreateOpportunity Confirmed",
                    "gh:login:zorana-1-demo AddNote Confirmed",
                ]
            );
        }
        other => panic!("{other:?}"),
    }
}

// --- Taken back -----------------------------------------------------------------------------------------------------------

/// At one moment after the other somebody takes the export back: whether that was in time, and what became of the export.
async fn taken_back_at(moment: u64) -> Option<(bool, ExportState, usize)> {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(1);
    let key = profile.key.clone();
    let fingerprint = plan(&service, &profile, &choices()).await.fingerprint;
    machine.edge.hold_at_moment(moment);
    let sending = service.dispatch(Command::Export {
        profile,
        choices: choices(),
        fingerprint,
    });
    let (reply, in_time) = match select(Box::pin(sending), Box::pin(machine.edge.held())).await {
        Either::Left(_) => return None,
        Either::Right(((), sending)) => {
            let in_time = match service.dispatch(Command::UndoExport { key }).await {
                Reply::Status { .. } => true,
                Reply::Failed { failure } => {
                    assert_eq!(failure.code, FailureCode::TooLateToUndo);
                    false
                }
                other => panic!("{other:?}"),
            };
            machine.edge.go_on();
            (sending.await, in_time)
        }
    };
    match reply {
        Reply::Exported { outcome } => Some((in_time, outcome.state, lever.creates().len())),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn taken_back_in_time_nothing_is_sent_and_otherwise_all_of_it() {
    let mut was_in_time = 0;
    for moment in 1.. {
        let Some((in_time, state, creates)) = taken_back_at(moment).await else {
            break;
        };
        was_in_time += u32::from(in_time);
        let expected = if in_time {
            (ExportState::Undone, 0)
        } else {
            (ExportState::Confirmed, 1)
        };
        assert_eq!((state, creates), expected, "moment {moment}");
    }
    assert_eq!(was_in_time, 1, "there is one wait in which it can be taken back");
}

#[tokio::test]
async fn what_was_taken_back_can_be_sent_after_all() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(1);
    let choices = choices();
    let mut sending = Box::pin(export(&service, &profile, &choices));
    // The first moment in which it can be taken back.
    let outcome = loop {
        let undo = Command::UndoExport {
            key: profile.key.clone(),
        };
        match select(&mut sending, Box::pin(service.dispatch(undo))).await {
            Either::Left((outcome, _)) => break outcome.unwrap(),
            Either::Right(_) => tokio::task::yield_now().await,
        }
    };
    assert_eq!(outcome.state, ExportState::Undone);
    assert!(lever.log().is_empty());
    assert!(look_up(&service, &profile).await.exported.is_none());
    let again = export(&service, &profile, &choices).await.unwrap();
    assert_eq!(again.state, ExportState::Confirmed);
    assert_eq!(lever.creates().len(), 1);
    let undo = Command::UndoExport {
        key: profile.key.clone(),
    };
    assert!(matches!(service.dispatch(undo).await, Reply::Failed { .. }), "too late");
}

#[tokio::test]
async fn whoever_dies_while_it_could_be_taken_back_sends_it_when_alive_again() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(1);
    let mut planned = 0;
    for moment in 1..12 {
        machine.edge.die_at_moment(moment);
        let done = machine.edge.until_death(export(&service, &profile, &choices())).await;
        machine.edge.live();
        let steps = service.records().steps().unwrap();
        if done.is_none() && steps.iter().any(|step| step.state == ExportState::Planned) {
            planned += 1;
        }
        if done.is_some() || !steps.is_empty() {
            break;
        }
    }
    assert_eq!(planned, 1, "it died in the wait");
    drop(service);
    let service = machine.open().await;
    service.settle_exports().await.unwrap();
    assert_eq!(lever.creates().len(), 1);
    assert!(look_up(&service, &profile).await.exported.unwrap().state.is_done());
}

#[tokio::test]
async fn whoever_disconnects_while_it_could_be_taken_back_sends_nothing() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(1);
    let choices = choices();
    let mut sending = Box::pin(export(&service, &profile, &choices));
    while service.records().steps().unwrap().is_empty() {
        match select(&mut sending, Box::pin(tokio::task::yield_now())).await {
            Either::Left((outcome, _)) => panic!("{outcome:?}"),
            Either::Right(_) => {}
        }
    }
    service.dispatch(Command::Disconnect).await;
    assert_eq!(sending.await.unwrap_err().code, FailureCode::NotFound);
    assert!(lever.log().is_empty());
}
