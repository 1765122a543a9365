//! What Lever gets of a profile: the account's rules, and people of many cultures and with many gaps.

use std::fmt::Write as _;

use fulcrum::command::{Command, FailureCode, Reply, UserSummary};
use fulcrum::export::pattern::Pattern;
use fulcrum::export::placeholder_email::is_placeholder_email;
use fulcrum::export::plan::{
    self, ExportChoices, IfKnown, NothingReason, Plan, PlanFacts, PlanWarning, PlannedAction, PlannedResume,
};
use fulcrum::export::rules::{ExportRules, HeadlineFrom, Origin, TagRule};
use fulcrum::lever::api_variant::ApiVariant;
use fulcrum::matching::verdict::Verdict;
use fulcrum::profile::{CurrentPosition, Education, PastPosition, Profile};
use fulcrum::service::{Service, default_choices};
use fulcrum::text::{Millis, StageId, UserId};
use proptest::prelude::*;
use serde_json::Value;

use crate::fixture::machine::{export, look_up, on_job, plan};
use crate::fixture::{Lever, Machine, people};

/// 2026-11-27 in UTC.
const NOW: Millis = Millis(1_795_773_600_000);

fn maya() -> UserSummary {
    UserSummary {
        id: UserId::from("user-maya"),
        name: "Maya Okafor".to_owned(),
        email: "maya@example.org".to_owned(),
    }
}

/// The plan for somebody whom Lever does not know.
fn plan_by(rules: &ExportRules, profile: &Profile, choices: &ExportChoices) -> Plan {
    plan_after(&Verdict::nobody(&profile.key), rules, profile, choices)
}

fn plan_after(verdict: &Verdict, rules: &ExportRules, profile: &Profile, choices: &ExportChoices) -> Plan {
    plan::plan(&PlanFacts {
        profile,
        choices,
        rules,
        verdict,
        people: &[],
        me: &maya(),
        owner: &maya(),
        project: None,
        now: NOW,
        posting: None,
        followers: &[],
        api: ApiVariant::Opportunities,
        exported: None,
        resume: PlannedResume::No,
    })
}

fn body(plan: &Plan) -> Value {
    serde_json::from_str(&plan.requests[0].body).unwrap()
}

fn rule(tag: &str) -> TagRule {
    TagRule {
        tag: Pattern(tag.to_owned()),
        on: true,
    }
}

async fn keep(service: &Service, rules: &ExportRules) -> Reply {
    let rules = rules.clone();
    service.dispatch(Command::SetExportRules { rules }).await
}

// --- People ---------------------------------------------------------------------------------------------------------------

fn works(title: &str, company: &str, start: &str, end: &str) -> PastPosition {
    let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    PastPosition {
        title: known(title),
        company: known(company),
        start: known(start),
        end: known(end),
    }
}

fn now(title: &str, company: &str) -> CurrentPosition {
    CurrentPosition {
        title: Some(title.to_owned()),
        company: Some(company.to_owned()),
        company_url: None,
    }
}

fn learnt(school: &str, degree: &str, field: &str, start: &str, end: &str) -> Education {
    let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Education {
        school: known(school),
        degree: known(degree),
        field: known(field),
        start: known(start),
        end: known(end),
    }
}

fn at(place: &str, profile: Profile) -> Profile {
    Profile {
        location: Some(place.to_owned()),
        ..profile
    }
}

fn twenty() -> Vec<Profile> {
    let linkedin = people::linkedin;
    let github = people::github;
    vec![
        Profile {
            headline: Some("Head of Data | ex-Quarry | she/her".to_owned()),
            current: vec![now("Head of Data", "Harbor Labs")],
            history: vec![
                works("Head of Data", "Harbor Labs", "2021-04", ""),
                works("Data Scientist", "Quarry & Co", "2018", "2021-03"),
            ],
            education: vec![learnt("University of Gdynia", "PhD", "Statistics", "2012", "2017")],
            emails: vec!["mailto:Zuzanna.L@example.org".to_owned()],
            ..at(
                "Gdynia, Pomorskie, Poland",
                linkedin("zuzanna-demo", "Dr. Zuzanna Łukasik, PhD (she/her)"),
            )
        },
        at("Shenzhen", linkedin("wei-demo", "张卫东 (Weidong Zhang)")),
        at("دبي", linkedin("yousef-demo", "يوسف الحارثي")),
        Profile {
            phones: vec!["(555) 010-2233".to_owned(), " (555)  010-2233 ".to_owned()],
            ..linkedin("maeve-demo", "Maeve O’Brennan-Quill")
        },
        at(
            "Santiago, Chile",
            linkedin("maria-jose-demo", "María José Huidobrón López"),
        ),
        at("Reykjavík", linkedin("birta-demo", "Birta Sigurlaugsdóttir")),
        at("Thành phố Hồ Chí Minh", linkedin("lua-demo", "Nguyễn Thị Hồng Lụa")),
        at("東京都", linkedin("hanano-demo", "山之内 花乃")),
        Profile {
            current: vec![now("Consultant", "Self-employed"), now("Advisor", "Fernweh GmbH")],
            ..at("Chennai, Tamil Nadu", linkedin("revathi-demo", "Revathi S."))
        },
        linkedin("suryawan-demo", "Suryawan"),
        at("Utrecht", linkedin("joost-demo", "Joost van der Veldemeer")),
        linkedin("ana-demo", "Ana Beatriz dos Santos Quintela"),
        linkedin("haneul-demo", "김하늘 (Haneul Kim)"),
        at(
            "Нижний Новгород",
            linkedin("agrafena-demo", "Аграфена Лисицына-Воронская"),
        ),
        Profile {
            headline: Some("🚀 Building things 🚀".to_owned()),
            ..linkedin("sam-demo", "🚀 Sam Quillfeather 🚀 | We're hiring!")
        },
        linkedin("marit-demo", "MARIT SOLHEIM"),
        Profile {
            links: vec![
                "https://www.linkedin.com/in/tomasz-abara-demo/?trk=public_profile".to_owned(),
                "http://linkedin.com/in/tomasz-abara-demo".to_owned(),
                "https://bücher.example/über-mich#kontakt".to_owned(),
            ],
            ..github("tabara-demo", "tomasz abara")
        },
        Profile {
            name: None,
            emails: vec![
                "nobody.knows@example.net".to_owned(),
                "NOBODY.KNOWS@example.net".to_owned(),
            ],
            ..github("nameless-demo", "")
        },
        Profile {
            current: vec![now("Maintainer", "@fjordworks")],
            education: vec![
                learnt("", "MSc", "", "", ""),
                learnt("Quillwork School", "", "", "", "2009"),
            ],
            ..github("only-work-demo", "Odd Fjeldstad Jr.")
        },
        Profile {
            name: None,
            ..github("nothing-at-all-demo", "")
        },
    ]
}

#[test]
fn twenty_people_of_many_cultures_and_gaps_as_lever_gets_them() {
    let rules = ExportRules {
        history_note: true,
        placeholder_email: true,
        tags: vec![rule("Exported by Fulcrum"), rule("{employer} alumni")],
        ..ExportRules::default()
    };
    let everybody = twenty();
    assert_eq!(everybody.len(), 20);
    let mut text = String::new();
    for profile in &everybody {
        let plan = plan_by(&rules, profile, &default_choices(profile, &rules));
        writeln!(text, "=== {}", profile.key).unwrap();
        match &plan.action {
            PlannedAction::NewPerson => {}
            other => writeln!(text, "{other:?}").unwrap(),
        }
        for request in &plan.requests {
            let body: Value = serde_json::from_str(&request.body).unwrap();
            writeln!(text, "{} {}", request.method, request.path).unwrap();
            match body.get("value").and_then(Value::as_str) {
                Some(note) => writeln!(text, "{note}").unwrap(),
                None => writeln!(text, "{}", serde_json::to_string_pretty(&body).unwrap()).unwrap(),
            }
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_plan_is_the_same_each_time_and_its_words_are_what_is_sent() {
    let rules = ExportRules {
        history_note: true,
        tags: vec![rule("Shortlisted by {me}")],
        ..ExportRules::default()
    };
    for profile in twenty() {
        let choices = ExportChoices {
            note: Some(" Met at the Gdynia meetup. ".to_owned()),
            ..default_choices(&profile, &rules)
        };
        let plan = plan_by(&rules, &profile, &choices);
        assert_eq!(plan, plan_by(&rules, &profile, &choices));
        let sent: Vec<Value> = plan
            .requests
            .iter()
            .map(|request| serde_json::from_str(&request.body).unwrap())
            .collect();
        for field in &plan.fields {
            for value in &field.values {
                let is_sent = sent
                    .iter()
                    .any(|body| body.to_string().contains(&Value::from(value.as_str()).to_string()));
                assert!(is_sent, "{} of {}: {value}", field.field, profile.key);
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_a_page_says_is_planned_without_harm(
        name in any::<Option<String>>(),
        headline in any::<Option<String>>(),
        link in any::<String>(),
        email in any::<String>(),
        school in any::<Option<String>>(),
    ) {
        let rules = ExportRules { history_note: true, placeholder_email: true, ..ExportRules::default() };
        let profile = Profile {
            name,
            headline,
            links: vec![link],
            emails: vec![email],
            education: vec![Education { school, ..Education::default() }],
            ..people::linkedin("somebody-demo", "")
        };
        let plan = plan_by(&rules, &profile, &ExportChoices::default());
        for request in &plan.requests {
            prop_assert!(serde_json::from_str::<Value>(&request.body).is_ok());
        }
    }
}

// --- Rules ----------------------------------------------------------------------------------------------------------------

#[test]
fn without_rules_of_its_own_an_account_sends_what_the_page_says_and_nothing_else() {
    let plan = plan_by(&ExportRules::default(), &people::newcomer(1), &ExportChoices::default());
    assert_eq!(plan.requests.len(), 1);
    let body = body(&plan);
    assert_eq!(body.get("tags"), None);
    assert_eq!(body["origin"], "sourced");
    assert_eq!(body["headline"], "fjordworks, Larch & Sons");
}

#[test]
fn each_field_can_be_left_out() {
    let profile = people::newcomer(1);
    let all = ExportRules::default;
    for (rules, field) in [
        (
            ExportRules {
                location: false,
                ..all()
            },
            "location",
        ),
        (ExportRules { emails: false, ..all() }, "emails"),
        (ExportRules { phones: false, ..all() }, "phones"),
        (ExportRules { links: false, ..all() }, "links"),
        (
            ExportRules {
                headline: HeadlineFrom::Nowhere,
                ..all()
            },
            "headline",
        ),
    ] {
        let whole = body(&plan_by(&all(), &profile, &ExportChoices::default()));
        let less = body(&plan_by(&rules, &profile, &ExportChoices::default()));
        let mut expected = whole.as_object().unwrap().clone();
        assert!(expected.remove(field).is_some(), "{field}");
        assert_eq!(less, Value::Object(expected), "{field}");
    }
}

#[test]
fn an_email_typed_for_this_export_is_sent_even_where_those_of_pages_are_not() {
    let rules = ExportRules {
        emails: false,
        ..ExportRules::default()
    };
    let without = plan_by(&rules, &people::newcomer(1), &ExportChoices::default());
    assert!(
        without.warnings.contains(&PlanWarning::NoEmail),
        "what is not sent helps nobody"
    );
    let choices = ExportChoices {
        emails: vec!["typed@example.org".to_owned()],
        ..ExportChoices::default()
    };
    assert_eq!(
        body(&plan_by(&rules, &people::newcomer(1), &choices))["emails"],
        serde_json::json!(["typed@example.org"])
    );
}

#[test]
fn the_headline_can_be_what_the_person_wrote() {
    let rules = ExportRules {
        headline: HeadlineFrom::Page,
        origin: Origin::Agency,
        ..ExportRules::default()
    };
    let body = body(&plan_by(&rules, &people::newcomer(1), &ExportChoices::default()));
    assert_eq!(body["headline"], "Distributed systems, tea");
    assert_eq!(body["origin"], "agency");
}

/// Requirements 2.12.
#[test]
fn tags_of_the_rules_come_first_each_once_and_never_half_filled() {
    let rules = ExportRules {
        tags: vec![
            rule("Shortlisted by {me}"),
            rule("{site} {date}"),
            // Nobody's job: no tag.
            rule("For {job}"),
            TagRule {
                on: false,
                ..rule("Never")
            },
            rule("meetup"),
        ],
        ..ExportRules::default()
    };
    let choices = ExportChoices {
        tags: vec!["meetup".to_owned(), "priority".to_owned()],
        ..ExportChoices::default()
    };
    assert_eq!(
        body(&plan_by(&rules, &people::newcomer(1), &choices))["tags"],
        serde_json::json!(["Shortlisted by Maya Okafor", "GitHub 2026-11-27", "meetup", "priority"])
    );
}

/// Requirements 2.7.
#[test]
fn who_has_no_email_gets_one_that_leads_nowhere_and_keeps_it() {
    let rules = ExportRules {
        placeholder_email: true,
        ..ExportRules::default()
    };
    let profile = Profile {
        emails: Vec::new(),
        ..people::newcomer(1)
    };
    let sent =
        |profile: &Profile, choices: &ExportChoices| body(&plan_by(&rules, profile, choices))["emails"][0].clone();
    let first = sent(&profile, &ExportChoices::default());
    assert!(is_placeholder_email(first.as_str().unwrap()), "{first}");
    assert_eq!(first, sent(&profile, &ExportChoices::default()));
    let known = sent(&people::newcomer(1), &ExportChoices::default());
    assert_eq!(known, "zorana.1@example.net");
    let typed = ExportChoices {
        emails: vec!["typed@example.org".to_owned()],
        ..ExportChoices::default()
    };
    assert_eq!(sent(&profile, &typed), "typed@example.org");
    // Lever still finds duplicates by real addresses only, and it is said.
    let plan = plan_by(&rules, &profile, &ExportChoices::default());
    assert!(plan.warnings.contains(&PlanWarning::NoEmail));
    // A name that nobody has and an address that leads nowhere are nobody.
    let nobody = Profile { name: None, ..profile };
    let plan = plan_by(&rules, &nobody, &ExportChoices::default());
    assert!(matches!(
        plan.action,
        PlannedAction::Nothing {
            reason: NothingReason::NothingToSend,
            ..
        }
    ));
}

#[tokio::test]
async fn the_rules_of_the_account_hold_for_every_export_and_survive_a_restart() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let users = lever.rows("/users").await;
    let owner = users
        .iter()
        .find(|user| user["deactivatedAt"].is_null() && user["name"] != "Maya Okafor")
        .unwrap();
    let rules = ExportRules {
        history_note: true,
        tags: vec![rule("Owner: {owner}"), rule("On {job}")],
        source: Pattern("{site} extension".to_owned()),
        owner: Some(UserId::from(owner["id"].as_str().unwrap())),
        stage: Some(StageId::from("lead-reached-out")),
        ..ExportRules::default()
    };
    let Reply::ExportRules {
        rules: kept,
        owner: named,
        ..
    } = keep(&service, &rules).await
    else {
        panic!("not kept");
    };
    assert_eq!(kept, rules);
    assert_eq!(named.unwrap().name, owner["name"].as_str().unwrap());
    drop(service);
    let service = machine.open().await;
    assert_eq!(service.export_rules().unwrap(), rules);
    let profile = people::newcomer(1);
    let choices = on_job(&lever, "Platform Engineer", default_choices(&profile, &rules)).await;
    let shown = plan(&service, &profile, &choices).await;
    assert!(shown.fields.iter().any(|field| field.field == "owner"));
    export(&service, &profile, &choices).await.unwrap();
    let log = lever.log();
    assert_eq!(log.len(), 2, "the person, and the note of the history");
    let body = &log[0]["body"];
    assert_eq!(body["owner"], owner["id"]);
    assert_eq!(body["stage"], "lead-reached-out");
    assert_eq!(body["sources"], serde_json::json!(["GitHub extension"]));
    let owner_tag = format!("Owner: {}", owner["name"].as_str().unwrap());
    assert_eq!(body["tags"], serde_json::json!([owner_tag, "On Platform Engineer"]));
    assert!(log[1]["body"]["value"].as_str().unwrap().starts_with("Work\n"));
}

#[tokio::test]
async fn rules_that_cannot_be_followed_are_refused_and_those_of_before_hold() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let before = ExportRules {
        tags: vec![rule("Kept")],
        ..ExportRules::default()
    };
    keep(&service, &before).await;
    let with_tag = |tag: &str| ExportRules {
        tags: vec![rule(tag)],
        ..ExportRules::default()
    };
    let with_source = |source: &str| ExportRules {
        source: Pattern(source.to_owned()),
        ..ExportRules::default()
    };
    for (rules, said) in [
        (with_tag("{owner"), "not closed"),
        (with_tag("By {ower}"), "{ower} is not known"),
        (with_source("{site} by {me}"), "{me} is not known before"),
        (
            ExportRules {
                undo_ms: 60_001,
                ..ExportRules::default()
            },
            "60000 ms",
        ),
    ] {
        let Reply::Failed { failure } = keep(&service, &rules).await else {
            panic!("kept, though: {said}");
        };
        assert_eq!(failure.code, FailureCode::RulesNotUnderstood);
        assert!(failure.detail.unwrap().contains(said));
    }
    assert_eq!(service.export_rules().unwrap(), before);
}

#[tokio::test]
async fn where_people_may_only_be_added_without_a_job_a_job_is_refused() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    keep(
        &service,
        &ExportRules {
            only_prospects: true,
            ..ExportRules::default()
        },
    )
    .await;
    let profile = people::newcomer(1);
    let choices = on_job(&lever, "Platform Engineer", ExportChoices::default()).await;
    let shown = plan(&service, &profile, &choices).await;
    assert!(matches!(
        shown.action,
        PlannedAction::Nothing {
            reason: NothingReason::OnlyProspects,
            ..
        }
    ));
    let Reply::ExportOptions { options } = service
        .dispatch(Command::ExportOptions {
            profile: profile.clone(),
        })
        .await
    else {
        panic!("no options");
    };
    assert!(options.only_prospects);
    export(&service, &profile, &ExportChoices::default()).await.unwrap();
    assert_eq!(lever.creates().len(), 1);
}

#[tokio::test]
async fn rules_are_previewed_on_the_page_that_was_looked_at_last_and_nothing_is_kept() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let rules = ExportRules {
        location: false,
        tags: vec![rule("Shortlisted by {me}")],
        ..ExportRules::default()
    };
    let preview = || async {
        let rules = rules.clone();
        match service.dispatch(Command::PreviewExportRules { rules }).await {
            Reply::ExportPreview { fields } => fields,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(preview().await, None);
    look_up(&service, &people::newcomer(1)).await;
    let fields = preview().await.unwrap();
    let of = |name: &str| {
        fields
            .iter()
            .find(|field| field.field == name)
            .map(|field| field.values.clone())
    };
    assert_eq!(of("location"), None);
    assert_eq!(of("name").unwrap(), [people::newcomer(1).name.unwrap()]);
    assert!(of("tags").unwrap()[0].starts_with("Shortlisted by "));
    assert_eq!(service.export_rules().unwrap(), ExportRules::default());
    assert!(lever.log().is_empty());
    service.dispatch(Command::Disconnect).await;
    assert_eq!(preview().await, None, "the page is forgotten with everything else");
}

#[tokio::test]
async fn whom_a_colleague_added_with_an_address_that_leads_nowhere_is_not_added_again() {
    let lever = Lever::of(12).await;
    let rules = ExportRules {
        placeholder_email: true,
        // The address is all that the two exports have in common.
        links: false,
        ..ExportRules::default()
    };
    let profile = Profile {
        emails: Vec::new(),
        phones: Vec::new(),
        ..people::newcomer(1)
    };
    let (mine, colleagues) = (Machine::beside(&lever), Machine::beside(&lever));
    let my_service = mine.synced(&lever).await;
    let colleagues_service = colleagues.synced(&lever).await;
    for service in [&my_service, &colleagues_service] {
        keep(service, &rules).await;
    }
    export(&colleagues_service, &profile, &ExportChoices::default())
        .await
        .unwrap();
    // Before the next look for changes: only Lever itself knows.
    let again = export(&my_service, &profile, &ExportChoices::default()).await;
    assert!(!again.is_ok_and(|outcome| outcome.state.is_done()));
    assert_eq!(lever.creates().len(), 1);
}

#[test]
fn rules_travel_as_a_file_and_missing_parts_are_as_at_the_first_start() {
    let rules = ExportRules {
        phones: false,
        tags: vec![rule("Shortlisted by {me}")],
        ..ExportRules::default()
    };
    let file = serde_json::to_string_pretty(&rules).unwrap();
    assert_eq!(serde_json::from_str::<ExportRules>(&file).unwrap(), rules);
    assert_eq!(
        serde_json::from_str::<ExportRules>("{}").unwrap(),
        ExportRules::default()
    );
    assert!(serde_json::from_str::<ExportRules>(r#"{"origin":"found"}"#).is_err());
}

// --- Warnings -------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn who_was_rejected_lately_or_hired_before_is_pointed_out() {
    let lever = Lever::of(40).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let archived = lever.rows("/opportunities").await;
    let reasons = lever.rows("/archive_reasons").await;
    let is_hired = |row: &Value| {
        let reason = &row["archived"]["reason"];
        reasons
            .iter()
            .any(|known| known["id"] == *reason && known["type"] == "hired")
    };
    let mut seen = [false; 2];
    for row in archived.iter().filter(|row| row["archived"].is_object()) {
        let Some(email) = row["emails"][0].as_str() else {
            continue;
        };
        let profile = Profile {
            emails: vec![email.to_owned()],
            ..people::linkedin("of-the-past-demo", row["name"].as_str().unwrap())
        };
        let choices = ExportChoices {
            if_known: IfKnown::New,
            ..ExportChoices::default()
        };
        keep(
            &service,
            &ExportRules {
                rejected_within_months: 120,
                ..ExportRules::default()
            },
        )
        .await;
        let shown = plan(&service, &profile, &choices).await;
        if !matches!(shown.action, PlannedAction::NewOpportunity { .. }) {
            continue;
        }
        let hired = is_hired(row);
        seen[usize::from(hired)] = true;
        let expected = if hired {
            PlanWarning::HiredBefore
        } else {
            PlanWarning::RejectedLately
        };
        assert!(shown.warnings.contains(&expected), "{:?}", shown.warnings);
        keep(
            &service,
            &ExportRules {
                rejected_within_months: 0,
                ..ExportRules::default()
            },
        )
        .await;
        let shown = plan(&service, &profile, &choices).await;
        assert!(!shown.warnings.contains(&PlanWarning::RejectedLately));
    }
    assert!(seen[0], "somebody rejected was among them");
}

#[test]
fn an_old_mirror_is_pointed_out_for_somebody_new() {
    let profile = people::newcomer(1);
    for (hours, is_old) in [(1, false), (23, false), (25, true)] {
        let verdict = Verdict {
            as_of: Some(NOW.plus(-hours * 3_600_000)),
            ..Verdict::nobody(&profile.key)
        };
        let plan = plan_after(&verdict, &ExportRules::default(), &profile, &ExportChoices::default());
        assert_eq!(plan.warnings.contains(&PlanWarning::MirrorOld), is_old, "{hours}");
    }
}

#[test]
fn a_day_is_that_of_the_calendar() {
    for (moment, day) in [
        (0, "1970-01-01"),
        (-1, "1969-12-31"),
        (951_782_399_999, "2000-02-28"),
        (951_782_400_000, "2000-02-29"),
        (4_107_542_400_000, "2100-03-01"),
        (NOW.0, "2026-11-27"),
    ] {
        assert_eq!(Millis(moment).day(), day);
    }
}

/// requirements 2.11
#[tokio::test]
async fn followers_of_the_rules_and_of_the_export_follow_the_candidacy_from_the_beginning() {
    let lever = Lever::of(12).await;
    let service = Machine::beside(&lever).synced(&lever).await;
    let priya = UserId(lever.user("Priya Raman").await);
    let jonas = UserId(lever.user("Jonas Lindqvist").await);
    let rules = ExportRules {
        followers: vec![priya.clone()],
        ..ExportRules::default()
    };
    match keep(&service, &rules).await {
        Reply::ExportRules { followers, .. } => assert_eq!(followers[0].name, "Priya Raman"),
        other => panic!("{other:?}"),
    }
    let choices = ExportChoices {
        followers: vec![jonas.clone(), priya.clone()],
        ..ExportChoices::default()
    };
    let profile = people::newcomer(1);
    let shown = plan(&service, &profile, &choices).await;
    let field = shown.fields.iter().find(|field| field.field == "followers").unwrap();
    assert_eq!(field.values, ["Priya Raman", "Jonas Lindqvist"]);
    let outcome = export(&service, &profile, &choices).await.unwrap();
    let id = outcome.opportunity.unwrap();
    let rows = lever.opportunities().await;
    let row = rows.iter().find(|row| row["id"] == id.as_str()).unwrap();
    for follower in [priya, jonas] {
        assert!(
            row["followers"]
                .as_array()
                .unwrap()
                .iter()
                .any(|id| id == follower.as_str())
        );
    }
}

#[tokio::test]
async fn more_followers_than_anybody_wants_mail_for_are_refused() {
    let lever = Lever::of(12).await;
    let service = Machine::beside(&lever).connected(&lever).await;
    let followers = (0..21).map(|number| UserId(format!("user-{number}"))).collect();
    let rules = ExportRules {
        followers,
        ..ExportRules::default()
    };
    let reply = keep(&service, &rules).await;
    assert!(matches!(reply, Reply::Failed { failure } if failure.code == FailureCode::RulesNotUnderstood));
}
