//! The journal as people use it: found by name, and what has failed is tried again or left.

use fulcrum::command::{Command, ExportOutcome, FailureCode, Reply};
use fulcrum::export::journal::{ExportRemedy, ExportState, JournalEntry};
use fulcrum::export::plan::ExportChoices;
use fulcrum::export::records::ExportNumber;
use fulcrum::host::Method;
use fulcrum::lever::endpoint;
use fulcrum::profile::Profile;
use fulcrum::service::Service;

use crate::fixture::machine::{export, look_up, status};
use crate::fixture::{Fate, Lever, Machine, people};

fn with_note() -> ExportChoices {
    ExportChoices {
        note: Some("Ask about the compiler.".to_owned()),
        ..ExportChoices::default()
    }
}

async fn found(service: &Service, text: &str) -> Vec<JournalEntry> {
    let text = text.to_owned();
    match service.dispatch(Command::Journal { text, limit: 50 }).await {
        Reply::Journal { entries } => entries,
        other => panic!("{other:?}"),
    }
}

async fn ask(service: &Service, command: Command) -> Result<ExportOutcome, FailureCode> {
    match service.dispatch(command).await {
        Reply::Exported { outcome } => Ok(outcome),
        Reply::Failed { failure } => Err(failure.code),
        other => panic!("{other:?}"),
    }
}

fn states(entries: &[JournalEntry]) -> Vec<ExportState> {
    entries.iter().map(|entry| entry.step.state).collect()
}

/// An export whose note Lever refuses for want of a permission.
async fn without_note(lever: &Lever, service: &Service, profile: &Profile) -> ExportNumber {
    lever.forbid(&[endpoint::CREATE_NOTE]).await;
    let outcome = export(service, profile, &with_note()).await.unwrap();
    assert!(outcome.opportunity.is_some());
    found(service, "").await[0].export
}

#[tokio::test]
async fn somebody_is_found_by_name_however_it_is_written_and_by_login() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    for (login, name) in [("soren-demo", "Søren Østergård-Quill"), ("wei-demo", "张卫东")] {
        export(&service, &people::github(login, name), &ExportChoices::default())
            .await
            .unwrap();
    }
    let names = |text: &'static str| {
        let service = &service;
        async move {
            let entries = found(service, text).await;
            entries.into_iter().filter_map(|entry| entry.name).collect::<Vec<_>>()
        }
    };
    assert_eq!(names("").await, ["张卫东", "Søren Østergård-Quill"]);
    assert_eq!(names("ostergard").await, ["Søren Østergård-Quill"]);
    assert_eq!(names("WEI-demo").await, ["张卫东"]);
    assert_eq!(names("nobody").await, Vec::<String>::new());
}

#[tokio::test]
async fn what_failed_beside_a_person_is_tried_again_and_nothing_else_is_sent() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let number = without_note(&lever, &service, &people::newcomer(1)).await;
    let entries = found(&service, "").await;
    assert_eq!(states(&entries), [ExportState::Failed, ExportState::Confirmed]);
    assert!(entries.iter().all(|entry| entry.remedy == Some(ExportRemedy::TryAgain)));
    // Still forbidden: it fails once more, and stays to be tried.
    let outcome = ask(&service, Command::TryAgain { export: number }).await.unwrap();
    assert_eq!(outcome.state, ExportState::Failed);
    lever.forbid(&[]).await;
    let outcome = ask(&service, Command::TryAgain { export: number }).await.unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
    assert_eq!(outcome.failure, None);
    assert_eq!((lever.creates().len(), lever.notes().len()), (1, 1));
    let entries = found(&service, "").await;
    assert!(entries.iter().all(|entry| entry.remedy.is_none()));
    let again = ask(&service, Command::TryAgain { export: number }).await;
    assert_eq!(again, Err(FailureCode::PlanChanged), "somebody else was faster");
    assert_eq!(lever.notes().len(), 1);
}

#[tokio::test]
async fn what_failed_beside_a_person_is_left_and_the_person_counts_as_added() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(1);
    let number = without_note(&lever, &service, &profile).await;
    let outcome = ask(&service, Command::LeaveIt { export: number }).await.unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
    assert_eq!(
        states(&found(&service, "").await),
        [ExportState::Left, ExportState::Confirmed]
    );
    drop(service);
    let service = machine.open().await;
    service.settle_exports().await.unwrap();
    assert_eq!((lever.creates().len(), lever.notes().len()), (1, 0));
    assert!(look_up(&service, &profile).await.exported.unwrap().state.is_done());
}

#[tokio::test]
async fn a_person_who_never_came_into_lever_is_begun_anew_from_the_page() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    lever.forbid(&[endpoint::CREATE_OPPORTUNITY]).await;
    export(&service, &people::newcomer(1), &with_note()).await.unwrap();
    let entries = found(&service, "").await;
    assert_eq!(states(&entries), [ExportState::Failed, ExportState::Failed]);
    assert!(entries.iter().all(|entry| entry.remedy.is_none()));
    let number = entries[0].export;
    lever.forbid(&[]).await;
    // Meanwhile the person may have come there another way: an old plan is not sent blindly.
    let refused = ask(&service, Command::TryAgain { export: number }).await;
    assert_eq!(refused, Err(FailureCode::PlanChanged));
    assert!(lever.creates().is_empty());
}

/// An export whose reply was lost, while Lever cannot be looked at.
async fn unknown(machine: &Machine, service: &Service, profile: &Profile) -> ExportNumber {
    machine.edge.rule(1, Fate::BreaksAfter, |sent| {
        sent.method == Method::Post && sent.url.contains("/opportunities")
    });
    machine.edge.rule(u32::MAX, Fate::Unreachable, |sent| {
        sent.method == Method::Get && sent.url.contains("created_at")
    });
    let outcome = export(service, profile, &with_note()).await.unwrap();
    assert_eq!(outcome.state, ExportState::Unknown);
    found(service, "").await[0].export
}

#[tokio::test]
async fn what_nobody_can_tell_is_looked_for_again_when_asked() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let number = unknown(&machine, &service, &people::newcomer(1)).await;
    assert_eq!(found(&service, "").await[0].remedy, Some(ExportRemedy::LookAgain));
    machine.edge.heal();
    let outcome = ask(&service, Command::TryAgain { export: number }).await.unwrap();
    assert_eq!(outcome.state, ExportState::Reconciled);
    assert_eq!((lever.creates().len(), lever.notes().len()), (1, 1));
}

#[tokio::test]
async fn what_nobody_can_tell_can_be_left_to_the_recruiter_and_is_never_looked_for_again() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let number = unknown(&machine, &service, &people::newcomer(1)).await;
    assert_eq!(status(&service).await.unsettled_exports, 1);
    let outcome = ask(&service, Command::LeaveIt { export: number }).await.unwrap();
    assert_eq!(outcome.state, ExportState::Left);
    assert_eq!(status(&service).await.unsettled_exports, 0);
    machine.edge.heal();
    machine.edge.forget_sent();
    service.settle_exports().await.unwrap();
    assert!(machine.edge.sent().is_empty());
    assert_eq!((lever.creates().len(), lever.notes().len()), (1, 0));
}

#[tokio::test]
async fn an_export_that_is_no_more_is_not_found() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    for command in [
        Command::TryAgain {
            export: ExportNumber(9),
        },
        Command::LeaveIt {
            export: ExportNumber(9),
        },
    ] {
        assert_eq!(ask(&service, command).await, Err(FailureCode::NotFound));
    }
}
