//! Reads of many windows, killed again and again, and changed underneath. The sizes are the smallest that show something;
//! `FULCRUM_CONTACTS`, `FULCRUM_ROUNDS` and `FULCRUM_CHANGES` make them as large as an account (CONTRIBUTING.md).

#![allow(clippy::print_stderr, reason = "a large run is made for its figures")]

use std::collections::BTreeMap;
use std::future::pending;

use fulcrum::command::Command;
use fulcrum::service::{CHANGES_EVERY, Pace, Service};
use futures::future::{Either, select};
use serde_json::{Value, json};

use crate::fixture::chance::{Chance, size};
use crate::fixture::edge::Sent;
use crate::fixture::equal::Truth;
use crate::fixture::machine::UNHURRIED;
use crate::fixture::{Lever, Machine, account_in_use, assert_mirror_equals};

/// People in Lever: enough for several windows.
fn contacts() -> u32 {
    size("FULCRUM_CONTACTS", 3_000)
}

/// Processes that are killed.
fn rounds() -> u32 {
    size("FULCRUM_ROUNDS", 12)
}

/// Changes that colleagues make.
fn changes() -> u32 {
    size("FULCRUM_CHANGES", 300)
}

/// Pages that a death costs at most: one for each of four readers, and one on its way into the mirror.
const PAGES_LOST: usize = 5;
/// Pages that share a transaction at most, where they come faster than Lever answers any key.
const PAGES_A_BATCH: usize = 32;

/// The window that a page of the walk belongs to: its earliest and its latest moment.
fn window_of(sent: &Sent) -> Option<(i64, i64)> {
    let moment = |name: &str| -> Option<i64> {
        let (_, rest) = sent.url.split_once(name)?;
        rest.split('&').next()?.parse().ok()
    };
    Some((moment("created_at_start=")?, moment("created_at_end=")?))
}

/// Windows in the order in which they were begun.
fn windows_of(sent: &[Sent]) -> Vec<(i64, i64)> {
    let mut windows = Vec::new();
    for window in sent.iter().filter_map(window_of) {
        if !windows.contains(&window) {
            windows.push(window);
        }
    }
    windows
}

/// How often each page of the walk was asked for.
fn pages_of(sent: &[Sent]) -> BTreeMap<&str, usize> {
    let mut pages = BTreeMap::new();
    for page in sent.iter().filter(|sent| window_of(sent).is_some()) {
        *pages.entry(page.url.as_str()).or_default() += 1;
    }
    pages
}

#[track_caller]
fn assert_windows_go_back_and_cover_everything(windows: &[(i64, i64)], started_at: i64) {
    assert!(windows.len() > 12, "{windows:?}");
    assert_eq!(
        windows[0].1, started_at,
        "the newest window begins where the walk began"
    );
    assert_eq!(windows[windows.len() - 1].0, 0, "the oldest window begins with time");
    for pair in windows.windows(2) {
        assert_eq!(
            pair[1].1,
            pair[0].0 - 1,
            "the next window ends right before the one of before: {windows:?}"
        );
    }
}

#[tokio::test]
async fn a_long_read_killed_again_and_again_loses_only_the_pages_under_way() {
    killed_again_and_again(Pace::default(), PAGES_LOST).await;
}

#[tokio::test]
async fn faster_than_lever_allows_a_death_costs_a_long_read_one_batch_at_most() {
    killed_again_and_again(UNHURRIED, PAGES_LOST + PAGES_A_BATCH).await;
}

async fn killed_again_and_again(pace: Pace, lost: usize) {
    let lever = Lever::start(account_in_use(contacts())).await;
    let truth = Truth::of(&lever).await;
    let mut machine = Machine::beside(&lever);
    machine.pace = pace;
    let mut service = machine.connected(&lever).await;
    let mut chance = Chance::new(7);
    machine.edge.forget_sent();
    // A page takes two moments and a share of a third; what was under way at a death comes again.
    let pages = truth.opportunities.len().div_ceil(100) as u64;
    let life = (4 * pages / u64::from(rounds())).max(24);
    let mut deaths = 0;
    for _ in 0..rounds() {
        machine.edge.die_at_moment(1 + chance.below(life));
        let ended = machine.edge.until_death(service.round()).await;
        deaths += usize::from(ended.is_none());
        drop(service);
        service = machine.open().await;
    }
    let walk = service.mirror().walk().unwrap();
    service.round().await.unwrap();
    truth.assert_equals(service.mirror());

    let sent = machine.edge.sent();
    let mut windows = windows_of(&sent);
    // Each reader has its window, and the pacer decides whose turn it is.
    windows.sort_unstable_by_key(|(_, newest)| std::cmp::Reverse(*newest));
    if pace.requests_per_second > 0.0 {
        assert_windows_go_back_and_cover_everything(&windows, walk.started_at.0);
    } else {
        // A batch that is lost takes the windows with it that were cut meanwhile, and they are cut anew, narrower or wider.
        let covered_to = windows.iter().fold(walk.started_at.0 + 1, |oldest, window| {
            assert!(window.1 >= oldest - 1, "a gap before {oldest}: {windows:?}");
            oldest.min(window.0)
        });
        assert_eq!(covered_to, 0, "the oldest window begins with time");
    }
    let asked = pages_of(&sent);
    let again: usize = asked.values().map(|times| times - 1).sum();
    eprintln!(
        "{deaths} deaths, {} pages of {} windows, {again} read again",
        asked.len(),
        windows_of(&sent).len()
    );
    assert!(deaths * 2 > rounds() as usize, "only {deaths} deaths");
    assert!(again <= deaths * lost, "{again} pages read again after {deaths} deaths");
}

/// Colleagues who change whatever they like.
struct Colleagues<'a> {
    lever: &'a Lever,
    chance: Chance,
    open: Vec<String>,
    archived: Vec<String>,
    stages: Vec<String>,
    reasons: Vec<String>,
    made: u32,
}

impl<'a> Colleagues<'a> {
    async fn of(lever: &'a Lever, seed: u64) -> Self {
        let ids = |rows: Vec<Value>| -> Vec<String> {
            rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
        };
        let (archived, open) = lever
            .opportunities()
            .await
            .into_iter()
            // Lever refuses to change whoever was made anonymous.
            .filter(|row| row["isAnonymized"] != true)
            .partition(|row| !row["archived"].is_null());
        Self {
            lever,
            chance: Chance::new(seed),
            open: ids(open),
            archived: ids(archived),
            stages: ids(lever.rows("/stages").await),
            reasons: ids(lever.rows("/archive_reasons").await),
            made: 0,
        }
    }

    fn take(&mut self) -> String {
        let place = self.chance.below(self.open.len() as u64) as usize;
        self.open.swap_remove(place)
    }

    async fn change_something(&mut self) {
        let lever = self.lever;
        match self.chance.below(10) {
            0..4 => {
                let (id, stage) = (self.chance.one(&self.open), self.stages.clone());
                let stage = self.chance.one(&stage);
                lever
                    .write("PUT", &format!("/opportunities/{id}/stage"), json!({ "stage": stage }))
                    .await;
            }
            4..6 => {
                let id = self.take();
                let reason = self.chance.one(&self.reasons);
                lever
                    .write(
                        "PUT",
                        &format!("/opportunities/{id}/archived"),
                        json!({ "reason": reason }),
                    )
                    .await;
                self.archived.push(id);
            }
            6 => {
                self.made += 1;
                let row = lever
                    .write("POST", "/opportunities", json!({ "name": format!("Orla Bramblewick {}", self.made), "emails": [format!("orla.{}@example.org", self.made)], "tags": ["walk-in"] }))
                    .await;
                self.open.push(row["id"].as_str().unwrap().to_owned());
            }
            7 => {
                let id = if self.chance.below(2) == 0 || self.archived.is_empty() {
                    self.take()
                } else {
                    let place = self.chance.below(self.archived.len() as u64) as usize;
                    self.archived.swap_remove(place)
                };
                lever.delete_opportunity(&id).await;
            }
            _ => {
                let id = self.chance.one(&self.open).clone();
                let tag = format!("round {}", self.chance.below(5));
                lever
                    .write(
                        "POST",
                        &format!("/opportunities/{id}/addTags"),
                        json!({ "tags": [tag] }),
                    )
                    .await;
            }
        }
    }
}

/// One round with so many changes, spread over its moments.
async fn round_with_changes(
    service: &Service,
    machine: &Machine,
    colleagues: &mut Colleagues<'_>,
    changes: u32,
    moments: u64,
) -> u32 {
    let mut made = 0;
    let at_once = u64::from(changes).div_ceil(moments / 2);
    let every = (moments * at_once / u64::from(changes)).max(1);
    let working = async {
        while made < changes {
            machine.edge.hold_at_moment(1 + colleagues.chance.below(2 * every - 1));
            machine.edge.held().await;
            for _ in 0..at_once {
                colleagues.change_something().await;
                made += 1;
            }
            machine.edge.go_on();
        }
        pending::<()>().await;
    };
    match select(Box::pin(service.round()), Box::pin(working)).await {
        Either::Left((round, _)) => round.unwrap(),
        Either::Right(((), _)) => unreachable!("colleagues do not end"),
    }
    machine.edge.go_on();
    made
}

#[tokio::test]
async fn what_colleagues_change_during_a_long_read_is_in_the_mirror_after_it() {
    let lever = Lever::start(account_in_use(contacts())).await;
    let machine = Machine::beside(&lever);
    let service = machine.connected(&lever).await;
    let mut colleagues = Colleagues::of(&lever, 11).await;
    // A page takes two moments.
    let moments = (colleagues.open.len() + colleagues.archived.len()) as u64 / 50;
    // The first walk goes over an empty mirror, the second over a full one.
    for walk in [1, 2] {
        let made = round_with_changes(&service, &machine, &mut colleagues, changes() / 2, moments).await;
        eprintln!("walk {walk}: {made} changes");
        assert!(made > changes() / 4, "walk {walk}: only {made} changes came into it");
        machine.edge.pass(i64::from(CHANGES_EVERY));
        service.round().await.unwrap();
        assert_mirror_equals(service.mirror(), &lever).await;
        assert!(service.mirror().is_complete().unwrap());
        service.dispatch(Command::StartOver).await;
    }
}
