//! How the mirror is kept: by the recruiter's settings, against Lever's counts, with details read when they are of use.

use fulcrum::command::{Command, Failure, FailureCode, OpportunityDetails, ReadingSettings, Reply, SearchQuery};
use fulcrum::host::Clock;
use fulcrum::identity::PersonName;
use fulcrum::lever::endpoint;
use fulcrum::mirror::index::{KeyWord, KeyWordKind};
use fulcrum::service::Service;
use fulcrum::text::Millis;
use serde_json::{Value, json};

use crate::fixture::equal::Truth;
use crate::fixture::machine::{look_up, status, work_until};
use crate::fixture::{Lever, Machine, assert_mirror_equals, people};

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

async fn set(service: &Service, settings: ReadingSettings) -> Result<ReadingSettings, Failure> {
    match service.dispatch(Command::SetReadingSettings { settings }).await {
        Reply::ReadingSettings { settings } => Ok(settings),
        Reply::Failed { failure } => Err(failure),
        other => panic!("{other:?}"),
    }
}

async fn details(service: &Service, contact: &str, not_older_than: i64) -> Vec<OpportunityDetails> {
    let command = Command::Details {
        contact: contact.into(),
        not_older_than,
    };
    match service.dispatch(command).await {
        Reply::Details { details } => details,
        other => panic!("{other:?}"),
    }
}

/// A mirror of everything, details read only when somebody looks.
async fn without_background_details(machine: &Machine, lever: &Lever) -> Service {
    let service = machine.connected(lever).await;
    let settings = ReadingSettings {
        background_details_an_hour: 0,
        ..ReadingSettings::default()
    };
    set(&service, settings).await.unwrap();
    service.round().await.unwrap();
    service
}

/// Requests for resumes, notes and files.
fn asked_for_details(machine: &Machine) -> usize {
    let is_detail = |url: &str| ["/resumes", "/notes", "/files"].iter().any(|part| url.contains(part));
    machine.edge.sent().iter().filter(|sent| is_detail(&sent.url)).count()
}

// --- Settings -------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn settings_are_kept_and_nonsense_is_refused() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.connected(&lever).await;
    let settings = ReadingSettings {
        every_minutes: 15,
        details: false,
        ..ReadingSettings::default()
    };
    assert_eq!(set(&service, settings).await.unwrap(), settings);
    let nonsense = ReadingSettings {
        every_minutes: 7,
        ..settings
    };
    assert_eq!(set(&service, nonsense).await.unwrap_err().code, FailureCode::BadCommand);
    drop(service);
    let service = machine.open().await;
    match service.dispatch(Command::ReadingSettings).await {
        Reply::ReadingSettings { settings: kept } => assert_eq!(kept, settings),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn changes_are_read_as_often_as_the_settings_say() {
    for (minutes, pause) in [(1, 30_000), (5, 5 * MINUTE), (60, 60 * MINUTE)] {
        let lever = Lever::of(12).await;
        let machine = Machine::beside(&lever);
        let service = machine.connected(&lever).await;
        let settings = ReadingSettings {
            every_minutes: minutes,
            background_details_an_hour: 0,
            ..ReadingSettings::default()
        };
        set(&service, settings).await.unwrap();
        let begun = machine.edge.now();
        work_until(&service, |_| machine.edge.now().since(begun) > 3 * pause).await;
        let looks: Vec<Millis> = machine
            .edge
            .sent()
            .iter()
            .filter(|sent| sent.url.contains("updated_at_start"))
            .map(|sent| sent.at)
            .collect();
        assert!(looks.len() >= 3, "every {minutes} minutes: {} looks", looks.len());
        for pair in looks.windows(2) {
            let between = pair[1].since(pair[0]);
            assert!(
                (pause..pause + 10_000).contains(&between),
                "every {minutes} minutes: after {between} ms"
            );
        }
    }
}

#[tokio::test]
async fn people_of_before_the_earliest_date_are_left_out_and_nobody_is_called_absent() {
    let lever = Lever::of(150).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let mut truth = Truth::of(&lever).await;
    let mut made: Vec<i64> = truth
        .opportunities
        .iter()
        .map(|row| row["createdAt"].as_i64().unwrap())
        .collect();
    made.sort_unstable();
    let earliest = made[made.len() / 2];
    let settings = ReadingSettings {
        earliest: Some(Millis(earliest)),
        ..ReadingSettings::default()
    };
    set(&service, settings).await.unwrap();
    service.round().await.unwrap();
    service.round().await.unwrap();
    truth
        .opportunities
        .retain(|row| row["createdAt"].as_i64().unwrap() >= earliest);
    truth.assert_equals(service.mirror());
    let answer = look_up(&service, &people::newcomer(1)).await;
    assert!(!answer.verdict.complete, "who is older may be in Lever");
    assert_eq!(answer.status.mirror.earliest, Some(Millis(earliest)));

    set(&service, ReadingSettings::default()).await.unwrap();
    service.round().await.unwrap();
    assert_mirror_equals(service.mirror(), &lever).await;
    assert!(look_up(&service, &people::newcomer(1)).await.verdict.complete);
}

#[tokio::test]
async fn without_unknown_people_only_who_was_asked_about_is_kept_and_stays_fresh() {
    let lever = Lever::of(60).await;
    let machine = Machine::beside(&lever);
    let service = machine.connected(&lever).await;
    let settings = ReadingSettings {
        unknown_people: false,
        ..ReadingSettings::default()
    };
    set(&service, settings).await.unwrap();
    service.round().await.unwrap();
    assert_eq!(service.mirror().counts().contacts, 0);
    let rows = lever.opportunities_of("Ines Kowalczyk").await;
    let email = rows[0]["emails"][0].as_str().unwrap().to_owned();
    let mut page = people::ines();
    page.emails = vec![email];
    service.dispatch(Command::CheckNow { profile: page.clone() }).await;
    assert_eq!(service.mirror().counts().contacts, 1);

    let offer = lever.stage("Offer").await;
    let id = rows[0]["id"].as_str().unwrap();
    machine.edge.pass(MINUTE);
    lever
        .write("PUT", &format!("/opportunities/{id}/stage"), json!({ "stage": offer }))
        .await;
    lever
        .write("POST", "/opportunities", json!({ "name": "Somebody New" }))
        .await;
    service.round().await.unwrap();
    assert_eq!(service.mirror().counts().contacts, 1, "nobody else was let in");
    let answer = look_up(&service, &page).await;
    assert!(!answer.verdict.complete);
    let stages: Vec<&str> = answer.people[0]
        .opportunities
        .iter()
        .map(|opportunity| opportunity.stage.id.as_str())
        .collect();
    assert!(stages.contains(&offer.as_str()));
}

#[tokio::test]
async fn starting_over_reads_everything_anew_while_what_is_there_stays_usable() {
    let lever = Lever::of(120).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let before = service.mirror().counts();
    // Something that no look for changes would ever find.
    let rows = lever.opportunities_of("Ines Kowalczyk").await;
    let id = rows[0]["id"].as_str().unwrap().into();
    service.mirror().remove_opportunities(&[id]).unwrap();
    machine.edge.forget_sent();
    service.dispatch(Command::StartOver).await;
    let now = status(&service).await.mirror;
    assert!(!now.complete);
    assert!(now.contacts + 1 >= before.contacts, "what is there stays");
    service.round().await.unwrap();
    assert_mirror_equals(service.mirror(), &lever).await;
    assert!(status(&service).await.mirror.complete);
}

// --- Counts ---------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_difference_to_levers_counts_is_found_after_a_day_and_repaired() {
    let lever = Lever::of(200).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    service.round().await.unwrap();
    let with_source: Vec<Value> = lever
        .opportunities()
        .await
        .into_iter()
        .filter(|row| !row["sources"].as_array().unwrap().is_empty())
        .collect();
    let lost: Vec<_> = with_source
        .iter()
        .step_by(9)
        .map(|row| row["id"].as_str().unwrap().into())
        .collect();
    assert!(lost.len() > 5);
    service.mirror().remove_opportunities(&lost).unwrap();
    machine.edge.pass(DAY / 2);
    service.round().await.unwrap();
    assert!(service.mirror().counts().opportunities < lever.opportunities().await.len() as u64);
    machine.edge.pass(DAY);
    service.round().await.unwrap();
    assert_mirror_equals(service.mirror(), &lever).await;
}

#[tokio::test]
async fn a_difference_that_nothing_explains_is_not_repaired_every_day() {
    let lever = Lever::of(200).await;
    // This key does not see confidential candidacies, which Lever counts.
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let mut asked = Vec::new();
    for _ in 0..3 {
        machine.edge.pass(DAY + MINUTE);
        machine.edge.forget_sent();
        service.round().await.unwrap();
        asked.push(
            machine
                .edge
                .sent()
                .iter()
                .filter(|sent| sent.url.contains("source="))
                .count(),
        );
    }
    assert_eq!(asked[1..], [0, 0], "{asked:?}");
}

// --- Details --------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn resumes_notes_and_files_are_read_when_somebody_looks_and_then_kept() {
    let lever = Lever::of(60).await;
    let machine = Machine::beside(&lever);
    let service = without_background_details(&machine, &lever).await;
    let rows = lever.opportunities_of("Ines Kowalczyk").await;
    let (id, contact) = (rows[0]["id"].as_str().unwrap(), rows[0]["contact"].as_str().unwrap());
    lever
        .write(
            "POST",
            &format!("/opportunities/{id}/notes"),
            json!({ "value": "Prefers Thursdays, plays the theremin." }),
        )
        .await;
    machine.edge.forget_sent();
    let read = details(&service, contact, 10 * MINUTE).await;
    assert_eq!(read.len(), rows.len());
    let of_id = |all: &[OpportunityDetails]| all.iter().find(|one| one.opportunity.as_str() == id).cloned().unwrap();
    let ines = of_id(&read);
    assert!(ines.failure.is_none());
    assert!(ines.read_at.is_some());
    assert!(ines.notes.iter().any(|note| note.text.contains("theremin")));
    assert_eq!(asked_for_details(&machine), 3 * rows.len());

    assert_eq!(of_id(&details(&service, contact, 10 * MINUTE).await), ines);
    assert_eq!(
        asked_for_details(&machine),
        3 * rows.len(),
        "what is known is not asked again"
    );
    machine.edge.pass(11 * MINUTE);
    details(&service, contact, 10 * MINUTE).await;
    assert_eq!(asked_for_details(&machine), 6 * rows.len(), "what is old is");

    let query = SearchQuery {
        text: "theremin".to_owned(),
        limit: 5,
        ..SearchQuery::default()
    };
    match service.dispatch(Command::Search { query }).await {
        Reply::Found { found } => assert_eq!(found.people[0].opportunity.as_str(), id),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn without_the_permission_what_is_known_is_shown_and_the_missing_box_is_named() {
    let lever = Lever::of(60).await;
    let machine = Machine::beside(&lever);
    let service = without_background_details(&machine, &lever).await;
    lever.forbid(&[endpoint::LIST_STAGES]).await;
    let rows = lever.opportunities_of("Ines Kowalczyk").await;
    let contact = rows[0]["contact"].as_str().unwrap();
    let read = details(&service, contact, MINUTE).await;
    let failure = read[0].failure.clone().unwrap();
    assert_eq!(failure.code, FailureCode::PermissionMissing);
    assert!(failure.permission.is_some());
}

#[tokio::test]
async fn details_are_read_in_the_background_within_the_budget_and_no_further() {
    let lever = Lever::of(200).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let settings = ReadingSettings {
        background_details_an_hour: 120,
        ..ReadingSettings::default()
    };
    set(&service, settings).await.unwrap();
    machine.edge.forget_sent();
    let begun = machine.edge.now();
    work_until(&service, |_| machine.edge.now().since(begun) > 60 * MINUTE).await;
    let asked = asked_for_details(&machine);
    assert!((90..=130).contains(&asked), "{asked} requests in an hour");

    set(
        &service,
        ReadingSettings {
            details: false,
            ..settings
        },
    )
    .await
    .unwrap();
    machine.edge.forget_sent();
    let begun = machine.edge.now();
    work_until(&service, |_| machine.edge.now().since(begun) > 60 * MINUTE).await;
    assert_eq!(asked_for_details(&machine), 0);
}

// --- Frequencies ----------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn names_are_counted_among_the_people_of_the_mirror() {
    let lever = Lever::of(400).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let truth = Truth::of(&lever).await;
    let mut of_contact = std::collections::BTreeMap::new();
    for row in &truth.opportunities {
        of_contact.insert(row["contact"].as_str().unwrap(), row["name"].as_str().unwrap());
    }
    // Each half of a double name is a family name that others have.
    let families_of = |name: &str| -> std::collections::BTreeSet<String> {
        PersonName::parse(name).family_spellings().map(str::to_owned).collect()
    };
    let mut families: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    for name in of_contact.values() {
        for family in families_of(name) {
            *families.entry(family).or_default() += 1;
        }
    }
    for (family, people) in families {
        let frequency = service
            .mirror()
            .frequency(KeyWord::new(KeyWordKind::Family, &family))
            .unwrap();
        assert_eq!(frequency, people, "{family}");
    }
    let among = service.mirror().frequencies_among().unwrap();
    assert_eq!(among, Some(of_contact.len() as u64));
}
