//! Rows that move while a list is walked: colleagues go on working during a client's first load (lever-api §2.2: "a
//! long crawl can miss or repeat rows").
//!
//! Which rows move, and how, follows from the seed and the number of list requests before. Must leave the well-known
//! people alone (stories rely on them) and write nothing into the write log: no client asked for these changes.

use crate::account::Account;
use crate::account::deletions::Deletion;
use crate::endpoints::opportunity_writes::{archive, enter_stage};
use crate::ids::{OpportunityNumber, ReasonNumber, StageNumber, UserNumber};
use crate::model::Confidentiality;
use crate::model::archive_reason::Outcome;
use crate::model::contact::{Anonymity, Contact};
use crate::model::opportunity::{Opportunity, Origin, StageChange};
use crate::seed::company::full_name;
use crate::seed::draw::{Draw, Purpose};
use crate::seed::names::CULTURES;
use crate::state::State;

/// The lists that are walked.
const WALKED: [&str; 2] = ["/opportunities", "/candidates"];
/// How often a row is drawn before this round does without.
const TRIES: usize = 16;

/// When rows move next.
#[derive(Debug)]
pub struct Moving {
    seed: u64,
    every: u32,
    lists: u64,
}

impl Moving {
    /// Rows move before each `every`-th list; 0: never.
    #[must_use]
    pub const fn new(seed: u64, every: u32) -> Self {
        Self { seed, every, lists: 0 }
    }

    /// Replaces how often rows move.
    pub const fn set_every(&mut self, every: u32) {
        self.every = every;
    }

    /// Counts a list; what is to be drawn when rows move before it.
    fn next(&mut self) -> Option<Draw> {
        if self.every == 0 {
            return None;
        }
        self.lists = self.lists.wrapping_add(1);
        self.lists
            .is_multiple_of(u64::from(self.every))
            .then(|| Draw::new(self.seed, Purpose::Moving, self.lists))
    }
}

/// Moves rows before a read of this pattern, if it is time.
pub fn before_read(state: &State, pattern: &str) {
    if !WALKED.contains(&pattern) {
        return;
    }
    let due = state.moving().next();
    if let Some(mut draw) = due {
        stir(&mut state.account_mut(), &mut draw);
    }
}

/// One round: a few rows forward, some back, some archived, one new, one gone.
fn stir(account: &mut Account, draw: &mut Draw) {
    for _ in 0..3 {
        move_one(account, draw, Direction::Forward);
    }
    for _ in 0..2 {
        move_one(account, draw, Direction::Back);
    }
    archive_one(account, draw);
    delete_one(account, draw);
    add_one(account, draw);
}

#[derive(Clone, Copy)]
enum Direction {
    Forward,
    Back,
}

fn drawn_row(account: &Account, draw: &mut Draw) -> Option<(OpportunityNumber, Opportunity)> {
    let count = u64::try_from(account.index.len()).unwrap_or(0);
    (0..TRIES).find_map(|_| {
        let number = OpportunityNumber(u32::try_from(draw.below(count)).ok()?);
        if account.deletions.has_opportunity(number) {
            return None;
        }
        let opportunity = account.opportunity(number)?.into_owned();
        let named = account
            .contact(opportunity.contact)
            .is_some_and(|contact| contact.anonymity == Anonymity::Named);
        (named && !account.is_well_known(opportunity.contact)).then_some((number, opportunity))
    })
}

fn move_one(account: &mut Account, draw: &mut Draw, direction: Direction) {
    let Some((number, opportunity)) = drawn_row(account, draw) else {
        return;
    };
    let mut pipeline: Vec<StageNumber> = (0..account.company.stages.len()).map(StageNumber::at).collect();
    pipeline.sort_by_key(|stage| account.company.stage(*stage).map(|stage| stage.rank));
    let Some(place) = pipeline.iter().position(|stage| *stage == opportunity.stage) else {
        return;
    };
    let to = match direction {
        Direction::Forward => place.saturating_add(1),
        // The first stage has nothing before it: its row then stays, as an untouched one does.
        Direction::Back => place.saturating_sub(1),
    };
    let Some(to) = pipeline.get(to).copied() else {
        return;
    };
    let now = account.now();
    account.change_opportunity(number, |opportunity, company| {
        if enter_stage(opportunity, company, to, opportunity.owner, now).is_some() {
            opportunity.updated_at = Some(now.plus(1));
        }
    });
}

fn archive_one(account: &mut Account, draw: &mut Draw) {
    let reasons: Vec<ReasonNumber> = (0..)
        .map(ReasonNumber)
        .zip(account.company.archive_reasons.iter())
        .filter(|(_, reason)| reason.outcome == Outcome::NotHired)
        .map(|(number, _)| number)
        .collect();
    let row = drawn_row(account, draw);
    if let (Some((number, _)), Some(reason)) = (row, draw.pick(&reasons).copied()) {
        let now = account.now();
        account.change_opportunity(number, |opportunity, _| {
            archive(opportunity, reason, now);
            opportunity.updated_at = Some(now.plus(1));
        });
    }
}

fn delete_one(account: &mut Account, draw: &mut Draw) {
    if let Some((number, _)) = drawn_row(account, draw) {
        let at = account.now();
        account.delete_opportunity(number, Deletion { by: UserNumber(0), at });
    }
}

fn add_one(account: &mut Account, draw: &mut Draw) {
    let name = draw
        .pick(&CULTURES)
        .and_then(|culture| {
            let given = draw.clone().pick(&culture.given)?.shown;
            let family = draw.pick(&culture.family)?.shown;
            Some(full_name(culture.order, given, family))
        })
        .unwrap_or_default();
    let contact = account.add_contact(Contact {
        name,
        ..Contact::default()
    });
    let now = account.now();
    let stage = StageNumber(account.company.stages.find("lead-new").unwrap_or(0));
    let owner = (!account.company.users.is_empty()).then_some(UserNumber(0));
    let position_then = account.company.stage_position(stage);
    account.add_opportunity(Opportunity {
        contact,
        stage,
        confidentiality: Confidentiality::Open,
        archived: None,
        tags: Vec::new(),
        sources: vec!["Added manually".to_owned()],
        stage_changes: vec![StageChange {
            to: stage,
            position_then,
            at: now,
            user: owner,
        }],
        origin: Origin::Sourced,
        sourced_by: owner,
        owner,
        followers: owner.into_iter().collect(),
        application: None,
        created_at: now,
        updated_at: Some(now.plus(5)),
        last_interaction_at: now.plus(2),
        last_advanced_at: now,
        snoozed_until: None,
        location: None,
    });
    account.pass(now.plus(5));
}
