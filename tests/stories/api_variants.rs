//! Keys of old that may do everything by the old name of Lever's rows, and nothing by the new one (requirements 2.4, lever-api §3.3).

use fulcrum::command::{Command, FailureCode, Reply};
use fulcrum::export::journal::ExportState;
use fulcrum::export::plan::{ExportChoices, IfKnown, PlannedAction, StepKind};
use fulcrum::lever::api_variant::ApiVariant;
use fulcrum::lever::endpoint::{self, Endpoint};

use crate::fixture::machine::{connect, export, look_up, on_job, plan, status};
use crate::fixture::{Lever, Machine, people};

/// All that such a key may do.
fn of_old() -> Vec<Endpoint> {
    [
        &endpoint::CONNECT[..],
        &endpoint::EXPORT,
        &[endpoint::LIST_SOURCES, endpoint::LIST_FILES, endpoint::LIST_RESUMES],
    ]
    .concat()
    .into_iter()
    .map(|endpoint| ApiVariant::Candidates.endpoint(endpoint))
    .collect()
}

fn choices() -> ExportChoices {
    ExportChoices {
        tags: vec!["meetup".to_owned()],
        source: Some("Referral".to_owned()),
        note: Some("Met at the Gdynia meetup.".to_owned()),
        if_known: IfKnown::Join,
        ..ExportChoices::default()
    }
}

#[tokio::test]
async fn such_a_key_connects_reads_looks_up_and_exports() {
    let lever = Lever::of(40).await;
    lever.permit(&of_old()).await;
    let machine = Machine::beside(&lever);
    let service = machine.open().await;
    let check = connect(&service, &lever).await;
    assert!(check.accepted);
    assert_eq!(check.failure, None, "nothing is missing");
    let tried: Vec<&str> = check.permissions.iter().map(|tried| tried.label.as_str()).collect();
    assert!(tried.contains(&"Find all candidates") && tried.contains(&"Create a candidate"));
    assert!(!tried.contains(&"Find all opportunities"));
    assert_eq!(status(&service).await.api, ApiVariant::Candidates);
    assert!(lever.log().is_empty(), "found out harmlessly");
    drop(service);

    let service = machine.synced(&lever).await;
    assert!(status(&service).await.mirror.complete);
    assert_eq!(
        look_up(&service, &people::ines()).await.people[0].name,
        "Ines Kowalczyk"
    );
    drop(service);

    let service = machine.open().await;
    assert_eq!(status(&service).await.api, ApiVariant::Candidates, "kept");
    let profile = people::newcomer(1);
    let shown = plan(&service, &profile, &choices()).await;
    assert_eq!(shown.action, PlannedAction::NewPerson);
    let paths: Vec<&str> = shown.requests.iter().map(|request| request.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "/candidates",
            "/candidates/:opportunity/addTags",
            "/candidates/:opportunity/notes"
        ]
    );
    assert!(!shown.requests[0].body.contains("meetup"), "tags come on their own");
    assert!(
        shown
            .fields
            .iter()
            .any(|field| field.field == "tags" && field.values == ["meetup"])
    );

    let outcome = export(&service, &profile, &choices()).await.unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
    let log = lever.log();
    let sent: Vec<(&str, String)> = log
        .iter()
        .map(|entry| (entry["path"].as_str().unwrap(), entry["body"].to_string()))
        .collect();
    assert_eq!(sent.len(), 3);
    for (write, request) in sent.iter().zip(&shown.requests) {
        assert_eq!(write.1, request.body, "byte for byte what was shown");
    }
    let rows = lever.opportunities().await;
    let id = outcome.opportunity.unwrap();
    let row = rows.iter().find(|row| row["id"] == id.as_str()).unwrap();
    assert_eq!(row["tags"], serde_json::json!(["meetup"]));
    assert_eq!(row["sources"], serde_json::json!(["Referral"]));
}

#[tokio::test]
async fn a_lost_reply_is_looked_for_by_the_old_name_and_nothing_is_sent_twice() {
    let lever = Lever::of(12).await;
    lever.permit(&of_old()).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    for (number, path) in [(1, "/v1/candidates"), (2, "addTags"), (3, "notes")] {
        lever.next("lost-reply", 1, "POST", path).await;
        let profile = people::newcomer(number);
        let outcome = export(&service, &profile, &choices()).await.unwrap();
        assert!(outcome.state.is_done(), "{path}: {outcome:?}");
        let rows = lever.opportunities_of(profile.name.as_deref().unwrap()).await;
        assert_eq!(rows.len(), 1, "{path}");
        assert_eq!(rows[0]["tags"], serde_json::json!(["meetup"]));
    }
}

#[tokio::test]
async fn an_existing_lead_joins_a_job_by_the_old_name() {
    let lever = Lever::of(12).await;
    lever.permit(&of_old()).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let choices = on_job(&lever, "Platform Engineer", choices()).await;
    let leila = people::linkedin("leila-haddad-demo", "Leila Haddad");
    let shown = plan(&service, &leila, &choices).await;
    assert!(matches!(shown.action, PlannedAction::JoinJob { .. }), "{shown:?}");
    assert!(
        shown
            .requests
            .iter()
            .all(|request| request.path.starts_with("/candidates/"))
    );
    let outcome = export(&service, &leila, &choices).await.unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
}

#[tokio::test]
async fn tags_that_the_key_may_not_add_leave_the_rest_in_order_and_say_so() {
    let lever = Lever::of(12).await;
    let mut permitted = of_old();
    permitted.retain(|endpoint| *endpoint != endpoint::ADD_CANDIDATE_TAGS);
    lever.permit(&permitted).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let outcome = export(&service, &people::newcomer(1), &choices()).await.unwrap();
    let failure = outcome.failure.unwrap();
    assert_eq!(failure.code, FailureCode::PermissionMissing);
    assert_eq!(failure.permission.as_deref(), Some("Add candidate tags"));
    assert_eq!(lever.notes().len(), 1, "the note has come all the same");
}

#[tokio::test]
async fn a_key_that_may_both_uses_the_new_name_until_somebody_chooses() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    assert_eq!(status(&service).await.api, ApiVariant::Opportunities);
    let api = ApiVariant::Candidates;
    assert!(matches!(
        service.dispatch(Command::ChooseApi { api }).await,
        Reply::Status { .. }
    ));
    let shown = plan(&service, &people::newcomer(1), &choices()).await;
    assert_eq!(shown.requests[0].path, "/candidates");
    assert_eq!(shown.requests[0].step, StepKind::CreateOpportunity);
    drop(service);
    let service = machine.open().await;
    assert_eq!(status(&service).await.api, ApiVariant::Candidates);
}

#[tokio::test]
async fn a_key_that_may_neither_is_told_lacking_by_the_new_name() {
    let lever = Lever::of(12).await;
    lever.forbid(&[endpoint::LIST_OPPORTUNITIES]).await;
    let machine = Machine::beside(&lever);
    let service = machine.open().await;
    let check = connect(&service, &lever).await;
    assert_eq!(
        check.failure.unwrap().permission.as_deref(),
        Some("Find all opportunities")
    );
    assert_eq!(status(&service).await.api, ApiVariant::Opportunities);
}
