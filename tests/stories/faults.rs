//! Everything goes wrong now and then, mixed by chance from a seed: refusals, server errors, cut connections, lost replies, broken
//! JSON, dead paging tokens. Whatever the schedule, Lever is read whole and nothing is written twice.

use std::collections::BTreeSet;

use fulcrum::command::ApiKey;
use fulcrum::export::plan::ExportChoices;
use fulcrum::lever::authentication::Credentials;
use fulcrum::lever::client::{LeverClient, OpportunityFilter};
use fulcrum::lever::environment::Environment;
use fulcrum::lever::pace::{Pacer, Priority};
use fulcrum::service::Service;

use crate::fixture::equal::Truth;
use crate::fixture::lever::account;
use crate::fixture::machine::{export, status};
use crate::fixture::{Lever, Machine, people};

/// Shares of requests, by kind; a schedule follows from the seed of the account.
const ALL_SORTS: &str = "429:0.04,500:0.03,502:0.03,503:0.03,cut-before:0.04,cut-during:0.04,cut-after:0.03,lost-reply:0.06,truncated:0.04,wrong-type:0.03,bad-token:0.03,dead-token:0.02,429-burst:0.01";

async fn lever_with_seed(seed: u64, contacts: u32) -> Lever {
    let mut config = account(contacts);
    config.seed = seed;
    Lever::start(config).await
}

#[tokio::test]
async fn a_walk_through_every_fault_brings_every_row_exactly_once() {
    for seed in 1..=6 {
        let lever = lever_with_seed(seed, 700).await;
        let machine = Machine::beside(&lever);
        let environment = Environment::Custom {
            base_url: lever.base_url(),
        };
        let key = Credentials::ApiKey(ApiKey(lever.key().to_owned()));
        let client = LeverClient::new(machine.host(), environment, key, Pacer::new(0.0, 1.0));
        let filter = OpportunityFilter::default();
        lever.faults(ALL_SORTS).await;
        let mut walks = 0;
        let rows = loop {
            walks += 1;
            assert!(walks < 40, "seed {seed}");
            // A walk that a schedule breaks off is begun again, as the background work does.
            if let Ok(rows) = client.opportunities_matching(&filter, Priority::Background).await {
                break rows;
            }
        };
        lever.faults("").await;
        let met: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let distinct: BTreeSet<&str> = met.iter().copied().collect();
        assert_eq!(met.len(), distinct.len(), "seed {seed}: a row twice");
        let there = lever.rows("/opportunities").await;
        let there: BTreeSet<&str> = there.iter().filter_map(|row| row["id"].as_str()).collect();
        assert_eq!(distinct, there, "seed {seed}");
    }
}

#[tokio::test]
async fn rows_that_move_during_a_walk_are_neither_lost_nor_doubled_in_the_mirror() {
    for seed in 31..=34 {
        let lever = lever_with_seed(seed, 600).await;
        let machine = Machine::beside(&lever);
        let service = machine.connected(&lever).await;
        let before: BTreeSet<(String, String)> = rows_of(&lever).await;
        lever.moving(1).await;
        lever.faults("503:0.05,cut-during:0.05,bad-token:0.05").await;
        for round in 0.. {
            assert!(round < 60, "seed {seed}");
            if service.round().await.is_ok() && status(&service).await.mirror.complete {
                break;
            }
        }
        lever.faults("").await;
        // While people still work: whoever was there throughout is in the mirror, once.
        let after = rows_of(&lever).await;
        assert_ne!(before, after, "seed {seed}: nobody worked");
        for (contact, id) in before.intersection(&after) {
            let contact = contact.as_str().into();
            let person = service.mirror().person(&contact, &Environment::Production).unwrap();
            let held = person
                .iter()
                .flat_map(|person| &person.opportunities)
                .filter(|row| row.id.as_str() == id);
            assert_eq!(held.count(), 1, "seed {seed}: {id}");
        }
        // They go home: one more look, and the mirror is Lever itself.
        lever.moving(0).await;
        service.round().await.unwrap();
        Truth::of(&lever).await.assert_equals(service.mirror());
    }
}

/// Contact and id of every opportunity.
async fn rows_of(lever: &Lever) -> BTreeSet<(String, String)> {
    let rows = lever.opportunities().await;
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    rows.iter()
        .map(|row| (text(&row["contact"]), text(&row["id"])))
        .collect()
}

#[tokio::test]
async fn a_mirror_read_through_every_fault_is_lever_itself() {
    for seed in 11..=14 {
        let lever = lever_with_seed(seed, 500).await;
        let machine = Machine::beside(&lever);
        let service = machine.connected(&lever).await;
        lever.faults(ALL_SORTS).await;
        for round in 0.. {
            assert!(round < 60, "seed {seed}");
            // Killed and begun anew in between: what was read stays read.
            if service.round().await.is_ok() && status(&service).await.mirror.complete {
                break;
            }
        }
        lever.faults("").await;
        service.round().await.unwrap();
        Truth::of(&lever).await.assert_equals(service.mirror());
    }
}

/// Exports so many people through the faults, each as often as it takes, and looks afterwards.
async fn everybody_once(seed: u64, people: u64) {
    let lever = lever_with_seed(seed, 12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    lever.faults(ALL_SORTS).await;
    let choices = ExportChoices {
        note: Some("Met at the meetup".to_owned()),
        ..ExportChoices::default()
    };
    for number in 0..people {
        let profile = people::newcomer(number);
        // A recruiter clicks again after a failure, a few times; what stays open is left to the background.
        for _ in 0..4 {
            if export(&service, &profile, &choices)
                .await
                .is_ok_and(|outcome| outcome.failure.is_none())
            {
                break;
            }
        }
    }
    let lost = lever.stats()["faults"]["lost-reply"].as_u64().unwrap_or_default();
    assert!(lost > 5, "seed {seed}: {lost} replies of stored writes were lost");
    lever.faults("").await;
    settle(&service).await;
    for number in 0..people {
        let profile = people::newcomer(number);
        let name = fulcrum::export::mapping::name(&profile);
        let mut creates = lever.creates();
        creates.retain(|create| create["body"]["name"] == name.as_str());
        if creates.is_empty() {
            // Nothing of it ever arrived, and the recruiter was told so: the click is free.
            let outcome = export(&service, &profile, &choices).await.unwrap();
            assert_eq!(outcome.failure, None, "seed {seed}, {name}");
            creates = lever.creates();
            creates.retain(|create| create["body"]["name"] == name.as_str());
        }
        assert_eq!(creates.len(), 1, "seed {seed}, {name}");
        let opportunity = creates[0]["opportunity"].as_str().unwrap();
        let export = service.records().latest_export(&profile.key).unwrap().unwrap();
        assert!(
            export
                .steps
                .iter()
                .any(|step| step.opportunity.as_ref().is_some_and(|id| id.as_str() == opportunity)),
            "seed {seed}, {name}: the journal knows the row"
        );
    }
    let notes = lever.notes().len() as u64;
    assert!(notes <= people, "seed {seed}: {notes} notes for {people} people");
}

/// The background work clears up what stayed open.
async fn settle(service: &Service) {
    for _ in 0..20 {
        service.round().await.unwrap();
        if status(service).await.unsettled_exports == 0 {
            return;
        }
    }
    panic!("exports stay open");
}

#[tokio::test]
async fn each_of_250_creates_exists_exactly_once_under_schedule_1() {
    everybody_once(21, 250).await;
}

#[tokio::test]
async fn each_of_250_creates_exists_exactly_once_under_schedule_2() {
    everybody_once(22, 250).await;
}

#[tokio::test]
async fn each_of_250_creates_exists_exactly_once_under_schedule_3() {
    everybody_once(23, 250).await;
}

#[tokio::test]
async fn each_of_250_creates_exists_exactly_once_under_schedule_4() {
    everybody_once(24, 250).await;
}
