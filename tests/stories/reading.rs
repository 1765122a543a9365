//! Lever is read into the mirror, whatever happens on the way.

use fulcrum::command::{Command, ConnectionState, FailureCode, SyncPhase};
use std::future::poll_fn;
use std::task::Poll;

use fulcrum::host::{Clock, Method};
use fulcrum::lever::endpoint;
use fulcrum::service::{CHANGES_EVERY, Pace};
use futures::future::{Either, select};
use serde_json::json;

use crate::fixture::edge::Sent;
use crate::fixture::equal::Truth;
use crate::fixture::machine::{look_up, status, work_until};
use crate::fixture::{Fate, Lever, Machine, account, assert_mirror_equals, people};

/// Requests of the first read: pages of closed windows of time.
fn pages_of_the_walk(sent: &[Sent]) -> usize {
    sent.iter().filter(|sent| is_page_of_the_walk(sent)).count()
}

fn is_page_of_the_walk(sent: &Sent) -> bool {
    sent.url.contains("/opportunities?limit=100") && sent.url.contains("created_at_end=")
}

#[tokio::test]
async fn the_first_read_equals_lever_row_for_row() {
    let lever = Lever::of(250).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    assert_mirror_equals(service.mirror(), &lever).await;
    let mirror = status(&service).await.mirror;
    assert!(mirror.complete);
    assert!((mirror.read - 1.0).abs() < f64::EPSILON);
    assert!(mirror.as_of.is_some());
    assert_eq!(mirror.phase, SyncPhase::Idle);
}

#[tokio::test]
async fn a_person_without_any_data_is_kept() {
    let lever = Lever::of(20).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let blank = lever.opportunities_of("").await;
    assert_eq!(blank.len(), 1, "the seed has one blank row");
    let contact = blank[0]["contact"].as_str().unwrap().into();
    let kept = service.mirror().contact(&contact).unwrap().unwrap();
    assert_eq!(kept.data, fulcrum::mirror::rows::ContactData::default());
}

#[tokio::test]
async fn a_read_killed_at_any_moment_goes_on_where_it_was() {
    let lever = Lever::of(230).await;
    let truth = Truth::of(&lever).await;
    let pages = truth.opportunities.len().div_ceil(100);
    let mut moment = 1;
    loop {
        let machine = Machine::beside(&lever);
        let service = machine.connected(&lever).await;
        machine.edge.forget_sent();
        machine.edge.die_at_moment(moment);
        let finished = machine.edge.until_death(service.round()).await;
        drop(service);
        if let Some(result) = finished {
            result.unwrap();
            break;
        }
        let service = machine.open().await;
        service.round().await.unwrap();
        truth.assert_equals(service.mirror());
        let read = pages_of_the_walk(&machine.edge.sent());
        assert!(
            (pages..=pages + 1).contains(&read),
            "killed at moment {moment}: {read} requests for {pages} pages"
        );
        moment += 1;
    }
    assert!(moment > 2 * pages as u64, "only {moment} moments");
}

#[tokio::test]
async fn a_refused_paging_token_in_the_middle_begins_the_walk_anew() {
    let lever = Lever::of(230).await;
    let machine = Machine::beside(&lever);
    let service = machine.connected(&lever).await;
    lever.next("bad-token", 2, "GET", "/opportunities").await;
    service.round().await.unwrap();
    assert_mirror_equals(service.mirror(), &lever).await;
    assert_eq!(lever.stats()["faults"]["bad-token"], 2);
}

/// A token that was stored by a process long gone is refused when the next one comes back with it.
#[tokio::test]
async fn a_stored_token_that_has_expired_begins_the_walk_anew() {
    let lever = Lever::of(230).await;
    let machine = Machine::beside(&lever);
    let service = machine.connected(&lever).await;
    machine.edge.rule(1, Fate::DoneButAnswers(401), |sent| {
        is_page_of_the_walk(sent) && sent.url.contains("offset=")
    });
    service.round().await.unwrap_err();
    let [window] = service.mirror().open_windows().unwrap().try_into().unwrap();
    assert!(window.offset.is_some());
    drop(service);
    let service = machine.open().await;
    lever.next("bad-token", 1, "GET", "/opportunities").await;
    service.round().await.unwrap();
    assert_mirror_equals(service.mirror(), &lever).await;
}

#[tokio::test]
async fn whatever_goes_wrong_on_the_way_the_end_equals_lever() {
    let specs = [
        "429:0.3",
        "500:0.3",
        "502:0.2,503:0.2",
        "cut-before:0.3",
        "cut-during:0.3",
        "cut-after:0.5",
        "truncated:0.3",
        "wrong-type:0.3",
        "bad-token:0.4",
        "429:0.1,500:0.1,cut-before:0.1,cut-during:0.05,truncated:0.1,wrong-type:0.05,bad-token:0.1",
    ];
    for spec in specs {
        let lever = Lever::of(230).await;
        let truth = Truth::of(&lever).await;
        let machine = Machine::beside(&lever);
        let service = machine.connected(&lever).await;
        lever.faults(spec).await;
        let mut rounds = 0;
        while let Err(error) = service.round().await {
            rounds += 1;
            assert!(rounds < 30, "{spec}: {error}");
        }
        lever.faults("").await;
        truth.assert_equals(service.mirror());
        let befell = lever.stats()["faults"].clone();
        assert!(
            befell.as_object().is_some_and(|faults| !faults.is_empty()),
            "{spec}: nothing went wrong"
        );
    }
}

#[tokio::test]
async fn refusals_for_too_many_requests_slow_the_reading_down() {
    let lever = Lever::of(850).await;
    let mut machine = Machine::beside(&lever);
    machine.pace = Pace {
        requests_per_second: 10.0,
        background_share: 1.0,
    };
    let service = machine.connected(&lever).await;
    // The place of the first page tells when the refusals have to begin: after three pages.
    machine.edge.rule(4, Fate::DoneButAnswers(429), {
        let pages = std::cell::Cell::new(0);
        move |sent| {
            if is_page_of_the_walk(sent) {
                pages.set(pages.get() + 1);
            }
            pages.get() > 3
        }
    });
    service.round().await.unwrap();
    let pages: Vec<i64> = machine
        .edge
        .sent()
        .iter()
        .filter(|sent| is_page_of_the_walk(sent))
        .map(|sent| sent.at.0)
        .collect();
    let before = pages[2] - pages[1];
    let last = pages.len() - 1;
    let after = pages[last] - pages[last - 1];
    assert!(
        (90..=110).contains(&before),
        "{before} ms between pages at ten a second"
    );
    assert!(
        after > 2 * before,
        "{before} ms between pages before, {after} ms after four refusals"
    );
    assert_mirror_equals(service.mirror(), &lever).await;
}

#[tokio::test]
async fn background_reading_leaves_half_of_levers_rate_to_others() {
    let lever = Lever::of(850).await;
    let mut machine = Machine::beside(&lever);
    machine.pace = Pace::default();
    let service = machine.connected(&lever).await;
    service.round().await.unwrap();
    let pages: Vec<i64> = machine
        .edge
        .sent()
        .iter()
        .filter(|sent| is_page_of_the_walk(sent))
        .map(|sent| sent.at.0)
        .collect();
    for pair in pages.windows(2) {
        assert!(pair[1] - pair[0] >= 195, "pages {} ms apart", pair[1] - pair[0]);
    }
}

#[tokio::test]
async fn what_changes_in_lever_is_in_the_mirror_after_the_next_round() {
    let lever = Lever::of(120).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let offer = lever.stage("Offer").await;
    let timing = lever.reason("Timing").await;

    let ines = lever.opportunities_of("Ines Kowalczyk").await;
    let open = ines.iter().find(|row| row["archived"].is_null()).unwrap();
    let open = open["id"].as_str().unwrap();
    lever
        .write(
            "PUT",
            &format!("/opportunities/{open}/stage"),
            json!({ "stage": offer }),
        )
        .await;
    let leila = lever.opportunities_of("Leila Haddad").await;
    let leila = leila[0]["id"].as_str().unwrap();
    lever
        .write(
            "PUT",
            &format!("/opportunities/{leila}/archived"),
            json!({ "reason": timing }),
        )
        .await;
    let wei = lever.opportunities_of("Wei Chen").await;
    let wei = wei[0]["id"].as_str().unwrap();
    lever
        .write(
            "POST",
            &format!("/opportunities/{wei}/addTags"),
            json!({ "tags": ["Go"] }),
        )
        .await;
    lever
        .write(
            "POST",
            "/opportunities",
            json!({ "name": "Bahar Tekin-Ozkan", "emails": ["bahar@example.org"] }),
        )
        .await;

    machine.edge.pass(i64::from(CHANGES_EVERY));
    machine.edge.forget_sent();
    service.round().await.unwrap();
    assert_mirror_equals(service.mirror(), &lever).await;
    assert_eq!(pages_of_the_walk(&machine.edge.sent()), 0, "everything was read again");
}

#[tokio::test]
async fn a_row_older_than_the_field_shows_its_last_interaction_and_is_caught_when_it_changes() {
    let lever = Lever::of(120).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let rows = lever.opportunities().await;
    let old = rows
        .iter()
        .find(|row| row["updatedAt"].is_null() && row["archived"].is_null())
        .unwrap();
    let id = old["id"].as_str().unwrap();
    lever
        .write(
            "PUT",
            &format!("/opportunities/{id}/stage"),
            json!({ "stage": "offer" }),
        )
        .await;
    service.round().await.unwrap();
    assert_mirror_equals(service.mirror(), &lever).await;
}

#[tokio::test]
async fn rows_that_move_while_they_are_read_are_neither_lost_nor_stale() {
    let lever = Lever::of(330).await;
    let machine = Machine::beside(&lever);
    let service = machine.connected(&lever).await;
    // Five settings requests, two pages: then colleagues work.
    machine.edge.hold_at_moment(14);
    let colleagues = async {
        machine.edge.held().await;
        let rows = lever.opportunities().await;
        for row in rows.iter().filter(|row| row["archived"].is_null()).take(40) {
            let id = row["id"].as_str().unwrap();
            lever
                .write(
                    "PUT",
                    &format!("/opportunities/{id}/stage"),
                    json!({ "stage": "offer" }),
                )
                .await;
        }
        machine.edge.go_on();
    };
    let (read, ()) = futures::future::join(service.round(), colleagues).await;
    read.unwrap();
    assert_mirror_equals(service.mirror(), &lever).await;
}

#[tokio::test]
async fn after_a_pause_nothing_more_is_stored_until_told_to_go_on() {
    let lever = Lever::of(330).await;
    let machine = Machine::beside(&lever);
    let service = machine.connected(&lever).await;
    machine.edge.hold_at_moment(14);
    let pause = async {
        machine.edge.held().await;
        service.dispatch(Command::PauseSync).await;
        let stored = service.mirror().counts();
        machine.edge.go_on();
        stored
    };
    let (read, stored) = futures::future::join(service.round(), pause).await;
    assert!(read.is_err());
    assert_eq!(service.mirror().counts(), stored);
    assert!(stored.opportunities > 0);
    assert_eq!(status(&service).await.mirror.phase, SyncPhase::Paused);
    drop(service);

    let service = machine.open().await;
    assert_eq!(
        status(&service).await.mirror.phase,
        SyncPhase::Paused,
        "a pause outlives the process"
    );
    service.dispatch(Command::ResumeSync).await;
    work_until(&service, |status| {
        status.mirror.complete && status.mirror.phase == SyncPhase::Idle
    })
    .await;
    assert_mirror_equals(service.mirror(), &lever).await;
}

#[tokio::test]
async fn while_lever_is_down_the_mirror_answers_and_says_its_age() {
    let lever = Lever::of(60).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let read_at = status(&service).await.mirror.as_of;
    lever.running.stop();
    machine.edge.rule(u32::MAX, Fate::Unreachable, |_| true);
    let troubled = work_until(&service, |status| {
        matches!(status.connection, ConnectionState::Troubled { .. })
    })
    .await;
    let ConnectionState::Troubled { failure } = troubled.connection else {
        panic!("not troubled");
    };
    assert_eq!(failure.code, FailureCode::Network);
    assert_eq!(failure.endpoint.as_deref(), Some("GET /opportunities"));
    assert!(matches!(troubled.mirror.phase, SyncPhase::Waiting { .. }));
    let answer = look_up(&service, &people::ines()).await;
    assert_eq!(answer.people[0].name, "Ines Kowalczyk");
    assert_eq!(answer.verdict.as_of, read_at);
    assert_eq!(answer.status.mirror.as_of, read_at);
}

#[tokio::test]
async fn a_permission_withdrawn_in_the_middle_is_named_and_its_return_is_noticed() {
    let lever = Lever::of(60).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    lever.forbid(&[endpoint::LIST_OPPORTUNITIES]).await;
    let troubled = work_until(&service, |status| {
        matches!(status.connection, ConnectionState::Troubled { .. })
    })
    .await;
    let ConnectionState::Troubled { failure } = troubled.connection else {
        panic!("not troubled");
    };
    assert_eq!(failure.code, FailureCode::PermissionMissing);
    assert_eq!(failure.endpoint.as_deref(), Some("GET /opportunities"));
    assert_eq!(failure.permission.as_deref(), Some("Find all opportunities"));
    lever.forbid(&[]).await;
    work_until(&service, |status| status.connection == ConnectionState::Connected).await;
}

#[tokio::test]
async fn a_change_is_seen_within_a_minute_of_levers_time() {
    let lever = Lever::of(30).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    work_until(&service, |status| status.mirror.phase == SyncPhase::Idle).await;
    machine.edge.forget_sent();
    let looks = |sent: &[Sent]| -> Vec<i64> {
        sent.iter()
            .filter(|sent| sent.method == Method::Get && sent.url.contains("updated_at_start"))
            .map(|sent| sent.at.0)
            .collect()
    };
    work_until(&service, |_| looks(&machine.edge.sent()).len() >= 4).await;
    for pair in looks(&machine.edge.sent()).windows(2) {
        assert!(
            pair[1] - pair[0] <= 60_000,
            "{} ms between two looks",
            pair[1] - pair[0]
        );
    }
}

#[tokio::test]
async fn without_the_permission_for_sources_everything_else_is_read() {
    let lever = Lever::start(account(60)).await;
    lever
        .forbid(&[endpoint::LIST_SOURCES, endpoint::LIST_DELETED_OPPORTUNITIES])
        .await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    assert_mirror_equals(service.mirror(), &lever).await;
}

/// The request is under way, or its reply about to be read, or the reading waits for Lever to recover: no matter.
#[tokio::test]
async fn a_pause_ends_the_reading_at_once_wherever_it_waits() {
    let lever = Lever::of(600).await;
    for moment in [3, 8, 13] {
        let machine = Machine::beside(&lever);
        let service = machine.connected(&lever).await;
        machine.edge.hold_at_moment(moment);
        let working = Box::pin(service.run());
        let working = match select(working, Box::pin(machine.edge.held())).await {
            Either::Right(((), working)) => working,
            Either::Left(((), _)) => panic!("the background work ended"),
        };
        let (now, requests) = (machine.edge.now(), machine.edge.sent().len());
        service.dispatch(Command::PauseSync).await;
        // The network still stands still; the reading is over all the same.
        let paused = poll_fn(|_| match service.status().unwrap().mirror.phase {
            SyncPhase::Paused => Poll::Ready(()),
            _ => Poll::Pending,
        });
        let working = match select(working, paused).await {
            Either::Right(((), working)) => working,
            Either::Left(((), _)) => panic!("the background work ended"),
        };
        assert_eq!(machine.edge.now(), now, "nothing was waited for");
        let stored = service.mirror().counts();
        machine.edge.go_on();
        let a_while = Box::pin(async {
            for _ in 0..200 {
                tokio::task::yield_now().await;
            }
        });
        assert!(matches!(select(working, a_while).await, Either::Right(_)));
        assert_eq!(machine.edge.sent().len(), requests, "nothing more was asked");
        assert_eq!(service.mirror().counts(), stored, "nothing more was stored");
    }
}

/// Who was moved during the walk may have been missed by it, and comes with the changes since it began.
#[tokio::test]
async fn the_mirror_is_complete_only_when_the_changes_during_the_walk_have_been_read_too() {
    let lever = Lever::of(250).await;
    let machine = Machine::beside(&lever);
    let service = machine.connected(&lever).await;
    let is_look_for_changes = |sent: &Sent| sent.url.contains("_start=") && !sent.url.contains("_end=");
    machine.edge.rule(u32::MAX, Fate::Unreachable, is_look_for_changes);
    service.round().await.unwrap_err();
    let stranger = people::newcomer(1);
    assert!(!status(&service).await.mirror.complete);
    assert!(
        !look_up(&service, &stranger).await.verdict.complete,
        "not found so far, and no more"
    );
    let pages = pages_of_the_walk(&machine.edge.sent());
    drop(service);

    machine.edge.heal();
    let service = machine.open().await;
    service.round().await.unwrap();
    assert!(status(&service).await.mirror.complete);
    assert!(look_up(&service, &stranger).await.verdict.complete);
    assert_eq!(
        pages_of_the_walk(&machine.edge.sent()),
        pages,
        "the walk was not made again"
    );
    assert_mirror_equals(service.mirror(), &lever).await;
}
