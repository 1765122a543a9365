//! Exactly once, whatever happens to replies and processes: Lever has no idempotency key, so a repeated create is a second
//! record (design §4.2).

use fulcrum::command::{Command, ExportOutcome, FailureCode};
use fulcrum::export::journal::ExportState;
use fulcrum::export::plan::{ExportChoices, StepKind};
use fulcrum::host::Method;
use fulcrum::lever::endpoint;
use fulcrum::profile::Profile;
use fulcrum::service::Service;
use serde_json::Value;

use crate::fixture::edge::Sent;
use crate::fixture::lever::account;
use crate::fixture::machine::{export, look_up, on_job, status};
use crate::fixture::{Fate, Lever, Machine, people};

fn with_note(profile: &Profile) -> ExportChoices {
    ExportChoices {
        note: Some(format!("Met at the meetup: {}", profile.key)),
        tags: vec!["meetup".to_owned()],
        source: Some("GitHub".to_owned()),
        ..ExportChoices::default()
    }
}

fn is_create(sent: &Sent) -> bool {
    sent.method == Method::Post && sent.url.contains("/opportunities?")
}

fn is_look_for_a_create(sent: &Sent) -> bool {
    // Windows of the first read begin at the beginning.
    sent.url.contains("created_at_end") && !sent.url.contains("created_at_start=0&")
}

fn creates_of(lever: &Lever, profile: &Profile) -> Vec<Value> {
    let name = fulcrum::export::mapping::name(profile);
    let mut creates = lever.creates();
    creates.retain(|entry| entry["body"]["name"] == name.as_str());
    creates
}

/// Lever holds the person exactly once, and the journal says so.
fn assert_once(lever: &Lever, service: &Service, profile: &Profile) {
    let creates = creates_of(lever, profile);
    assert_eq!(creates.len(), 1, "{} creates of {}", creates.len(), profile.key);
    let export = service.records().latest_export(&profile.key).unwrap().unwrap();
    let create = export
        .steps
        .iter()
        .find(|step| step.kind == StepKind::CreateOpportunity)
        .unwrap();
    assert!(create.state.is_done(), "{:?}", create.state);
    assert_eq!(
        create.opportunity.as_ref().map(|id| id.as_str()),
        creates[0]["opportunity"].as_str()
    );
    assert_eq!(
        create.contact.as_ref().map(|id| id.as_str()),
        creates[0]["contact"].as_str()
    );
}

/// The same with its note.
fn assert_once_with_note(lever: &Lever, service: &Service, profile: &Profile) {
    assert_once(lever, service, profile);
    let opportunity = creates_of(lever, profile)[0]["opportunity"]
        .as_str()
        .unwrap()
        .to_owned();
    let notes: Vec<Value> = lever
        .notes()
        .into_iter()
        .filter(|entry| entry["opportunity"] == opportunity.as_str())
        .collect();
    assert_eq!(notes.len(), 1, "{} notes of {}", notes.len(), profile.key);
    let export = service.records().latest_export(&profile.key).unwrap().unwrap();
    assert!(
        export.steps.iter().all(|step| step.state.is_done()),
        "{:?}",
        export.steps
    );
}

/// Lever, a machine that has read it, and somebody to export.
async fn ready() -> (Lever, Machine, Service) {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    (lever, machine, service)
}

async fn exported(service: &Service, profile: &Profile) -> ExportOutcome {
    export(service, profile, &with_note(profile)).await.unwrap()
}

#[tokio::test]
async fn the_reply_of_a_stored_create_is_lost_and_the_export_is_found_again() {
    let (lever, machine, service) = ready().await;
    let profile = people::newcomer(1);
    lever.next("lost-reply", 1, "POST", "/opportunities").await;
    let outcome = exported(&service, &profile).await;
    assert_eq!(outcome.state, ExportState::Reconciled);
    assert_eq!(outcome.failure, None);
    assert_once_with_note(&lever, &service, &profile);
    let sent = machine.edge.sent().iter().filter(|sent| is_create(sent)).count();
    assert_eq!(sent, 1, "nothing was sent again");
    let answer = look_up(&service, &profile).await;
    assert_eq!(answer.exported.unwrap().opportunity, outcome.opportunity);
    assert_eq!(answer.people[0].contact, outcome.contact.unwrap());
}

#[tokio::test]
async fn without_an_email_a_lost_create_is_found_by_its_link() {
    let (lever, _machine, service) = ready().await;
    let profile = people::newcomer_without_email(1);
    lever.next("lost-reply", 1, "POST", "/opportunities").await;
    let outcome = exported(&service, &profile).await;
    assert_eq!(outcome.state, ExportState::Reconciled);
    assert_once_with_note(&lever, &service, &profile);
}

#[tokio::test]
async fn a_lost_create_on_a_job_is_found_and_not_mistaken_for_a_namesake() {
    let (lever, _machine, service) = ready().await;
    let profile = people::newcomer(1);
    // A colleague adds the same person at the same minute as a prospect, in the same name and with another email.
    lever
        .write(
            "POST",
            "/opportunities",
            serde_json::json!({ "name": profile.name, "emails": ["another@example.com"] }),
        )
        .await;
    let choices = on_job(&lever, "Platform Engineer", with_note(&profile)).await;
    lever.next("lost-reply", 1, "POST", "/opportunities").await;
    let outcome = export(&service, &profile, &choices).await.unwrap();
    assert_eq!(outcome.state, ExportState::Reconciled);
    let ours = lever.creates().pop().unwrap();
    assert_eq!(
        outcome.opportunity.unwrap().as_str(),
        ours["opportunity"].as_str().unwrap()
    );
    assert_eq!(outcome.posting.unwrap().text.as_deref(), Some("Platform Engineer"));
}

#[tokio::test]
async fn a_create_that_never_arrived_is_sent_again() {
    let (lever, machine, service) = ready().await;
    let profile = people::newcomer(1);
    lever.next("cut-before", 1, "POST", "/opportunities").await;
    let outcome = exported(&service, &profile).await;
    assert_eq!(outcome.state, ExportState::Confirmed);
    assert_once_with_note(&lever, &service, &profile);
    let sent = machine.edge.sent();
    let kinds: Vec<bool> = sent
        .iter()
        .filter(|sent| is_create(sent) || is_look_for_a_create(sent))
        .map(is_create)
        .collect();
    assert_eq!(kinds.first(), Some(&true));
    assert_eq!(kinds.last(), Some(&true));
    assert!(
        kinds.contains(&false),
        "Lever is looked at before anything is sent again"
    );
}

#[tokio::test]
async fn a_server_error_says_nothing_about_whether_it_was_stored() {
    for fate in [
        Fate::DoneButAnswers(500),
        Fate::DoneButAnswers(502),
        Fate::DoneButAnswers(503),
        Fate::DoneButAnswers(201),
        Fate::BreaksAfter,
        Fate::HangsAfter,
    ] {
        let (lever, machine, service) = ready().await;
        let profile = people::newcomer(1);
        machine.edge.rule(1, fate, is_create);
        let outcome = exported(&service, &profile).await;
        assert_eq!(outcome.state, ExportState::Reconciled, "{fate:?}");
        assert_once_with_note(&lever, &service, &profile);
    }
    for kind in ["500", "502", "503"] {
        let (lever, _machine, service) = ready().await;
        let profile = people::newcomer(1);
        lever.next(kind, 1, "POST", "/opportunities").await;
        let outcome = exported(&service, &profile).await;
        assert_eq!(
            outcome.state,
            ExportState::Confirmed,
            "{kind} before anything was stored"
        );
        assert_once_with_note(&lever, &service, &profile);
    }
}

#[tokio::test]
async fn a_reply_that_breaks_off_or_makes_no_sense_leads_to_a_look() {
    for kind in ["truncated", "wrong-type", "cut-during"] {
        let (lever, _machine, service) = ready().await;
        let profile = people::newcomer(1);
        lever.next(kind, 1, "POST", "/opportunities").await;
        let outcome = exported(&service, &profile).await;
        assert_eq!(outcome.state, ExportState::Reconciled, "{kind}");
        assert_once_with_note(&lever, &service, &profile);
    }
}

#[tokio::test]
async fn a_create_that_lever_never_saw_ends_in_one_record_however_it_was_lost() {
    for fate in [Fate::BreaksBefore, Fate::HangsBefore, Fate::Unreachable] {
        let (lever, machine, service) = ready().await;
        let profile = people::newcomer(1);
        machine.edge.rule(1, fate, is_create);
        let outcome = exported(&service, &profile).await;
        assert_eq!(outcome.state, ExportState::Confirmed, "{fate:?}");
        assert_once_with_note(&lever, &service, &profile);
    }
}

#[tokio::test]
async fn the_reply_of_a_stored_note_is_lost_and_the_note_is_not_written_twice() {
    let (lever, _machine, service) = ready().await;
    let profile = people::newcomer(1);
    lever.next("lost-reply", 1, "POST", "/opportunities/:id/notes").await;
    let outcome = exported(&service, &profile).await;
    assert_eq!(outcome.state, ExportState::Reconciled);
    assert_once_with_note(&lever, &service, &profile);
}

#[tokio::test]
async fn lost_replies_while_a_lead_joins_a_job_change_nothing() {
    for path in [
        "/candidates/:id/addPostings",
        "/opportunities/:id/addTags",
        "/opportunities/:id/addSources",
        "/opportunities/:id/notes",
    ] {
        let (lever, _machine, service) = ready().await;
        let leila = people::linkedin("leila-haddad-demo", "Leila Haddad");
        let choices = ExportChoices {
            if_known: fulcrum::export::plan::IfKnown::Join,
            ..with_note(&leila)
        };
        let choices = on_job(&lever, "Platform Engineer", choices).await;
        lever.next("lost-reply", 1, "POST", path).await;
        let outcome = export(&service, &leila, &choices).await.unwrap();
        assert!(outcome.state.is_done(), "{path}: {:?}", outcome.state);
        assert!(lever.creates().is_empty(), "{path}");
        assert_eq!(lever.notes().len(), 1, "{path}");
        let rows = lever.opportunities_of("Leila Haddad").await;
        assert_eq!(rows.len(), 1, "{path}");
        assert_eq!(rows[0]["applications"].as_array().unwrap().len(), 1, "{path}");
    }
}

#[tokio::test]
async fn while_lever_cannot_be_asked_the_outcome_is_unknown_and_a_later_round_finds_it() {
    let (lever, machine, service) = ready().await;
    let profile = people::newcomer(1);
    machine.edge.rule(1, Fate::BreaksAfter, is_create);
    machine.edge.rule(u32::MAX, Fate::BreaksBefore, is_look_for_a_create);
    let outcome = exported(&service, &profile).await;
    assert_eq!(outcome.state, ExportState::Unknown);
    assert_eq!(outcome.failure.unwrap().code, FailureCode::OutcomeUnknown);
    assert_eq!(status(&service).await.unsettled_exports, 1);

    // A click meanwhile begins nothing new.
    let again = exported(&service, &profile).await;
    assert_eq!(again.state, ExportState::Unknown);
    assert_eq!(creates_of(&lever, &profile).len(), 1);

    machine.edge.heal();
    service.round().await.unwrap();
    assert_eq!(status(&service).await.unsettled_exports, 0);
    assert_once_with_note(&lever, &service, &profile);
}

#[tokio::test]
async fn without_the_permission_to_look_the_outcome_stays_unknown_and_nothing_is_sent_again() {
    let (lever, machine, service) = ready().await;
    let profile = people::newcomer_without_email(1);
    machine.edge.rule(1, Fate::BreaksAfter, is_create);
    lever.forbid(&[endpoint::LIST_OPPORTUNITIES]).await;
    let outcome = exported(&service, &profile).await;
    assert_eq!(outcome.state, ExportState::Unknown);
    let failure = outcome.failure.unwrap();
    assert_eq!(failure.permission.as_deref(), Some("Find all opportunities"));
    assert_eq!(creates_of(&lever, &profile).len(), 1);
    lever.forbid(&[]).await;
    service.settle_exports().await.unwrap();
    assert_once_with_note(&lever, &service, &profile);
}

#[tokio::test]
async fn a_refusal_for_too_many_requests_is_waited_out() {
    let (lever, _machine, service) = ready().await;
    let profile = people::newcomer(1);
    lever.next("429", 3, "POST", "/opportunities").await;
    let outcome = exported(&service, &profile).await;
    assert_eq!(outcome.state, ExportState::Confirmed);
    assert_once_with_note(&lever, &service, &profile);
}

#[tokio::test]
async fn refused_for_good_it_fails_without_a_trace_and_may_be_tried_again() {
    let (lever, machine, service) = ready().await;
    let profile = people::newcomer(1);
    machine.edge.rule(u32::MAX, Fate::Unreachable, is_create);
    let outcome = exported(&service, &profile).await;
    assert_eq!(outcome.state, ExportState::Failed);
    assert_eq!(outcome.failure.unwrap().code, FailureCode::Network);
    assert!(lever.log().is_empty());
    assert_eq!(status(&service).await.unsettled_exports, 0);
    let answer = look_up(&service, &profile).await;
    assert_eq!(answer.exported, None, "a failure that left nothing in Lever is history");
    machine.edge.heal();
    let outcome = exported(&service, &profile).await;
    assert_eq!(outcome.state, ExportState::Confirmed);
    assert_once_with_note(&lever, &service, &profile);
}

#[tokio::test]
async fn with_lever_out_of_reach_nothing_is_begun() {
    let (lever, machine, service) = ready().await;
    let profile = people::newcomer(1);
    machine.edge.rule(u32::MAX, Fate::Unreachable, |_| true);
    let failure = export(&service, &profile, &with_note(&profile)).await.unwrap_err();
    assert_eq!(failure.code, FailureCode::Network);
    assert!(service.records().latest_export(&profile.key).unwrap().is_none());
    assert!(lever.log().is_empty());
}

/// Exports a newcomer in a process that dies at each moment in turn, begins a new process that settles what it finds, and
/// clicks once more. Returns how many moments there were.
async fn killed_at_every_moment(first: u64, trouble: impl AsyncFn(&Lever, &Machine)) -> u64 {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    drop(machine.synced(&lever).await);
    let mut number = first;
    loop {
        let moment = number - first + 1;
        let profile = people::newcomer(number);
        let service = machine.open().await;
        trouble(&lever, &machine).await;
        machine.edge.die_at_moment(moment);
        let finished = machine.edge.until_death(exported(&service, &profile)).await;
        drop(service);

        let service = machine.open().await;
        machine.edge.heal();
        service.settle_exports().await.unwrap();
        let begun = service.records().latest_export(&profile.key).unwrap().is_some();
        if begun {
            assert_once_with_note(&lever, &service, &profile);
        } else {
            assert!(
                creates_of(&lever, &profile).is_empty(),
                "a create that the journal does not know"
            );
        }
        // The recruiter, who has seen no answer, clicks again.
        let outcome = exported(&service, &profile).await;
        assert!(outcome.state.is_done(), "moment {moment}: {:?}", outcome.state);
        assert_once_with_note(&lever, &service, &profile);
        assert_eq!(status(&service).await.unsettled_exports, 0);
        if finished.is_some() {
            return moment;
        }
        number += 1;
    }
}

#[tokio::test]
async fn a_process_killed_at_any_moment_of_an_export_leaves_exactly_one_record() {
    let moments = killed_at_every_moment(1, async |_, _| ()).await;
    assert!(moments > 6, "only {moments} moments");
}

#[tokio::test]
async fn killed_at_any_moment_of_finding_a_lost_reply_it_leaves_exactly_one_record() {
    let moments = killed_at_every_moment(1, async |_, machine| {
        machine.edge.rule(1, Fate::BreaksAfter, is_create);
    })
    .await;
    assert!(moments > 8, "only {moments} moments");
}

#[tokio::test]
async fn killed_at_any_moment_of_sending_again_it_leaves_exactly_one_record() {
    let moments = killed_at_every_moment(1, async |_, machine| {
        machine.edge.rule(1, Fate::BreaksBefore, is_create);
    })
    .await;
    assert!(moments > 12, "only {moments} moments");
}

/// Sixty exports while everything goes wrong that can, in processes that die, each until it is settled.
async fn chaos(seed: u64) {
    let lever = Lever::start(sandbox::Config {
        seed,
        ..crate::fixture::account(12)
    })
    .await;
    let machine = Machine::beside(&lever);
    let mut service = machine.synced(&lever).await;
    lever
        .faults("lost-reply:0.1,cut-before:0.1,500:0.1,429:0.1,truncated:0.05,cut-during:0.05")
        .await;
    let mut dice = seed;
    for number in 0..60 {
        let profile = people::newcomer(number);
        let mut tries = 0;
        loop {
            tries += 1;
            assert!(tries < 60, "{} never settled", profile.key);
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            if dice >> 62 == 0 {
                machine.edge.die_at_moment(1 + (dice >> 33) % 12);
            }
            let shown = crate::fixture::machine::plan(&service, &profile, &with_note(&profile)).await;
            let choices = with_note(&profile);
            let click = crate::fixture::machine::export_as(&service, &profile, &choices, &shown.fingerprint);
            match machine.edge.until_death(click).await {
                Some(Ok(outcome)) if outcome.state.is_done() => break,
                // The person is in Lever, and the note has met too much: the recruiter says so.
                Some(Ok(outcome)) if outcome.state == ExportState::Failed && outcome.opportunity.is_some() => {
                    let export = service.records().latest_export(&profile.key).unwrap().unwrap().number;
                    let again = service.dispatch(Command::TryAgain { export });
                    if machine.edge.until_death(again).await.is_none() {
                        drop(service);
                        service = machine.open().await;
                    }
                }
                Some(_) => {}
                None => {
                    drop(service);
                    service = machine.open().await;
                }
            }
        }
        machine.edge.live();
    }
    lever.faults("").await;
    service.settle_exports().await.unwrap();
    for number in 0..60 {
        assert_once_with_note(&lever, &service, &people::newcomer(number));
    }
    assert_eq!(lever.creates().len(), 60);
    assert_eq!(lever.notes().len(), 60);
    let faults = lever.stats()["faults"].clone();
    for kind in ["lost-reply", "cut-before", "500", "429", "truncated", "cut-during"] {
        assert!(
            faults[kind].as_u64().unwrap_or_default() > 0,
            "no {kind} befell seed {seed}"
        );
    }
}

#[tokio::test]
async fn whatever_goes_wrong_sixty_people_are_in_lever_exactly_once() {
    chaos(11).await;
}

#[tokio::test]
async fn and_again_with_other_luck() {
    chaos(47).await;
}

/// Rows are looked for by the time Lever gave them, whatever the machine's own clock says.
#[tokio::test]
async fn a_lost_create_is_found_again_and_changes_are_seen_though_the_clocks_are_hours_apart() {
    const HOUR: i64 = 3_600_000;
    for skew in [-5 * HOUR, 26 * HOUR] {
        let mut config = account(40);
        config.clock_skew_ms = skew;
        let lever = Lever::start(config).await;
        let machine = Machine::beside(&lever);
        let service = machine.synced(&lever).await;
        let profile = people::newcomer(1);
        lever.next("lost-reply", 1, "POST", "/opportunities").await;
        let outcome = exported(&service, &profile).await;
        assert_eq!(outcome.state, ExportState::Reconciled, "{skew}");
        assert_once_with_note(&lever, &service, &profile);
        // A colleague's change after that is seen at the next look.
        let made = lever
            .write(
                "POST",
                "/opportunities",
                serde_json::json!({ "name": "Wanda Zielna", "links": ["github.com/wanda-demo"] }),
            )
            .await;
        service.round().await.unwrap();
        let answer = look_up(&service, &people::github("wanda-demo", "Wanda Zielna")).await;
        assert_eq!(answer.people[0].contact.as_str(), made["contact"], "{skew}");
    }
}
