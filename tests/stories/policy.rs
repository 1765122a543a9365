//! What the organisation's administrator has fixed in managed storage: it holds whatever the recruiter says, from the first moment
//! of every start, and an entry that is not understood makes nothing laxer.

use fulcrum::command::{Command, ConnectionState, FailureCode, ReadingSettings, Reply};
use fulcrum::export::plan::{ExportChoices, NothingReason, PlannedAction};
use fulcrum::export::rules::{ExportRules, HeadlineFrom};
use fulcrum::lever::api_variant::ApiVariant;
use fulcrum::service::Service;
use fulcrum::text::Millis;
use futures::future::{Either, select};
use serde_json::{Value, json};

use crate::fixture::machine::{connect, export, on_job, plan, status};
use crate::fixture::{Lever, Machine, people};

/// What holds and what was not understood, both by name.
async fn fix(service: &Service, managed: Value) -> (Vec<String>, Vec<String>) {
    let managed = managed.to_string();
    match service.dispatch(Command::SetPolicy { managed }).await {
        Reply::Policy { fixed, mut wrong } => {
            let mut entries: Vec<String> = fixed.into_iter().map(|fixed| fixed.entry).collect();
            entries.sort();
            wrong.sort();
            (entries, wrong)
        }
        other => panic!("{other:?}"),
    }
}

async fn rules(service: &Service) -> ExportRules {
    match service.dispatch(Command::ExportRules).await {
        Reply::ExportRules { rules, .. } => rules,
        other => panic!("{other:?}"),
    }
}

async fn set_rules(service: &Service, rules: ExportRules) -> ExportRules {
    match service.dispatch(Command::SetExportRules { rules }).await {
        Reply::ExportRules { rules, .. } => rules,
        other => panic!("{other:?}"),
    }
}

async fn set_reading(service: &Service, settings: ReadingSettings) -> ReadingSettings {
    match service.dispatch(Command::SetReadingSettings { settings }).await {
        Reply::ReadingSettings { settings } => settings,
        other => panic!("{other:?}"),
    }
}

/// requirements 2.3
#[tokio::test]
async fn what_is_fixed_holds_whatever_the_recruiter_says_and_ends_when_it_is_fixed_no_more() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let own = ExportRules {
        headline: HeadlineFrom::Page,
        ..ExportRules::default()
    };
    set_rules(&service, own.clone()).await;

    let fixed = json!({ "export.only_prospects": true, "export.headline": "nowhere", "export.undo_ms": 3000 });
    let (entries, wrong) = fix(&service, fixed).await;
    assert_eq!(entries, ["export.headline", "export.only_prospects", "export.undo_ms"]);
    assert!(wrong.is_empty());

    let asked = ExportRules {
        phones: false,
        ..own.clone()
    };
    let kept = set_rules(&service, asked.clone()).await;
    assert!(!kept.phones, "what is not fixed is the recruiter's");
    assert!(kept.only_prospects);
    assert_eq!(kept.headline, HeadlineFrom::Nowhere);
    assert_eq!(kept.undo_ms, 3_000);

    // An old dialog, or a file of rules, does not go round it.
    let profile = people::newcomer(1);
    let choices = on_job(&lever, "Platform Engineer", ExportChoices::default()).await;
    let planned = plan(&service, &profile, &choices).await;
    assert!(matches!(
        planned.action,
        PlannedAction::Nothing {
            reason: NothingReason::OnlyProspects,
            ..
        }
    ));
    export(&service, &profile, &choices).await.unwrap();
    assert!(lever.creates().is_empty());

    assert_eq!(fix(&service, json!({})).await, (vec![], vec![]));
    assert_eq!(rules(&service).await, asked, "the recruiter's own hold again");
}

#[tokio::test]
async fn it_holds_from_the_first_moment_of_the_next_start_and_survives_a_disconnection() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    fix(&service, json!({ "export.only_prospects": true })).await;
    drop(service);

    // Whoever asks the browser's policy has not answered yet.
    let service = machine.open().await;
    assert!(rules(&service).await.only_prospects);
    service.dispatch(Command::Disconnect).await;
    assert!(rules(&service).await.only_prospects);
    drop(service);
    assert!(rules(&machine.open().await).await.only_prospects);
}

#[tokio::test]
async fn an_entry_that_is_not_understood_is_named_and_leaves_what_was_fixed_before() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.connected(&lever).await;
    fix(
        &service,
        json!({
            "export.only_prospects": true,
            "export.history_note": true,
            "display.linkedin": "quiet",
            "api": "candidates",
        }),
    )
    .await;

    let managed = json!({
        "export.only_prospects": "yes",
        "export.history_note": false,
        "export.headlines": "page",
        "export.undo_ms": 600_000,
        "export.tags": [{ "tag": "From {sight}", "on": true }],
        "export.stage": 7,
        "export": { "phones": false },
        "display.linkedin": "loud",
        "api": "v0",
        "environment": "staging",
        "reading.every_minutes": 3,
        "reading.details": false,
        "reading.earliest": "2024-02-30",
        "key": "a secret that has no place here",
    });
    let (entries, wrong) = fix(&service, managed).await;
    assert_eq!(
        entries,
        [
            "api",
            "display.linkedin",
            "export.history_note",
            "export.only_prospects",
            "reading.details"
        ]
    );
    assert_eq!(
        wrong,
        [
            "api",
            "display.linkedin",
            "environment",
            "export",
            "export.headlines",
            "export.only_prospects",
            "export.stage",
            "export.tags",
            "export.undo_ms",
            "key",
            "reading.earliest",
            "reading.every_minutes",
        ]
    );
    let rules = rules(&service).await;
    assert!(rules.only_prospects, "fixed before, and not understood now: not laxer");
    assert!(!rules.history_note, "the rest holds");
    assert_eq!(status(&service).await.api, ApiVariant::Candidates);
    let records = String::from_utf8_lossy(&machine.bytes()).into_owned();
    assert!(
        !records.contains("a secret that has no place here"),
        "and what is not understood is not kept"
    );
}

#[tokio::test]
async fn what_is_no_object_at_all_is_refused_and_changes_nothing() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.open().await;
    fix(&service, json!({ "export.only_prospects": true })).await;
    for managed in ["", "null", "[]", "{", "7"] {
        let managed = managed.to_owned();
        let reply = service.dispatch(Command::SetPolicy { managed }).await;
        assert!(matches!(reply, Reply::Failed { failure } if failure.code == FailureCode::BadCommand));
        assert!(rules(&service).await.only_prospects);
    }
}

/// requirements 5.7, 5.8, 5.9
#[tokio::test]
async fn how_the_mirror_is_kept_can_be_fixed_and_other_people_are_read_anew() {
    let lever = Lever::of(40).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    assert!(status(&service).await.mirror.complete);

    fix(
        &service,
        json!({ "reading.earliest": "2025-06-01", "reading.every_minutes": 15 }),
    )
    .await;
    assert!(!status(&service).await.mirror.walked, "other people are let in");
    let kept = set_reading(
        &service,
        ReadingSettings {
            details: false,
            ..ReadingSettings::default()
        },
    )
    .await;
    assert_eq!(kept.earliest, Some(Millis(1_748_736_000_000)));
    assert_eq!(kept.every_minutes, 15);
    assert!(!kept.details);

    fix(&service, json!({})).await;
    let kept = set_reading(&service, ReadingSettings::default()).await;
    assert_eq!(kept, ReadingSettings::default());
}

/// requirements 6.4
#[tokio::test]
async fn a_lever_that_is_not_allowed_is_neither_connected_to_nor_asked_nor_written_to() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    fix(&service, json!({ "environment": "production" })).await;
    assert_eq!(status(&service).await.connection, ConnectionState::NotConnected);
    let command = Command::Plan {
        profile: people::newcomer(1),
        choices: ExportChoices::default(),
    };
    assert!(matches!(service.dispatch(command).await, Reply::Failed { .. }));

    drop(service);
    let service = machine.open().await;
    assert_eq!(
        status(&service).await.connection,
        ConnectionState::NotConnected,
        "nor after a restart"
    );
    let reply = service
        .dispatch(Command::Connect {
            environment: fulcrum::lever::environment::Environment::Custom {
                base_url: lever.base_url(),
            },
            key: fulcrum::command::ApiKey(lever.key().to_owned()),
        })
        .await;
    assert!(matches!(reply, Reply::Failed { failure } if failure.code == FailureCode::SetByOrganisation));

    fix(&service, json!({})).await;
    assert!(connect(&service, &lever).await.accepted);
    assert!(lever.log().is_empty());
}

/// requirements 2.4
#[tokio::test]
async fn a_fixed_variant_of_the_api_cannot_be_changed() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.connected(&lever).await;
    fix(&service, json!({ "api": "candidates" })).await;
    assert_eq!(status(&service).await.api, ApiVariant::Candidates);
    let reply = service
        .dispatch(Command::ChooseApi {
            api: ApiVariant::Opportunities,
        })
        .await;
    assert!(matches!(reply, Reply::Failed { failure } if failure.code == FailureCode::SetByOrganisation));
    assert!(connect(&service, &lever).await.accepted);
    assert_eq!(
        status(&service).await.api,
        ApiVariant::Candidates,
        "nor by connecting anew"
    );
}

#[tokio::test]
async fn the_time_to_take_an_export_back_is_the_organisations_where_it_is_fixed() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    fix(&service, json!({ "export.undo_ms": 7000 })).await;
    let before = machine.host().clock.now();
    let choices = ExportChoices {
        undo_ms: Some(0),
        ..ExportChoices::default()
    };
    export(&service, &people::newcomer(1), &choices).await.unwrap();
    assert!(machine.host().clock.now().since(before) >= 7_000);
    assert_eq!(lever.creates().len(), 1);
}

#[tokio::test]
async fn what_was_planned_for_a_lever_that_is_allowed_no_more_waits_until_it_is_again() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(1);
    let choices = ExportChoices {
        undo_ms: Some(5_000),
        ..ExportChoices::default()
    };
    let mut exporting = Box::pin(export(&service, &profile, &choices));
    while service.records().steps().unwrap().is_empty() {
        match select(&mut exporting, Box::pin(tokio::task::yield_now())).await {
            Either::Left((outcome, _)) => panic!("{outcome:?}"),
            Either::Right(_) => {}
        }
    }
    // While it can still be taken back.
    fix(&service, json!({ "environment": "production" })).await;
    assert_eq!(exporting.await.unwrap_err().code, FailureCode::SetByOrganisation);
    assert!(lever.log().is_empty());

    fix(&service, json!({})).await;
    drop(service);
    let service = machine.open().await;
    service.settle_exports().await.unwrap();
    assert_eq!(lever.creates().len(), 1, "once, and not lost");
}
