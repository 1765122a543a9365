//! Asks the matcher about every page and keeps what it answered beside the truth. What the answers add up to is in `report.rs`.
//!
//! A found record is right when the first candidate's contact, or one of the records it is `same_as`, is a contact of the
//! page's person. `ambiguous` counts as the tier "possible" and is right when any listed candidate is.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use fulcrum::matching::verdict::{Candidate, Verdict, VerdictWord};
use fulcrum::matching::{Corrections, considered, look_up};
use fulcrum::mirror::Mirror;
use fulcrum::profile::Profile;
use serde_json::{Value, json};

use crate::EvaluationError;
use crate::class::Class;
use crate::lever_record::LeverRecord;
use crate::page::PageKind;
use crate::world::{Truth, World};

/// How sure an answer is, at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// `same`.
    Same,
    /// `likely` or better.
    Likely,
    /// `possible`, `ambiguous` or better.
    Possible,
}

impl Tier {
    /// All of them.
    pub const ALL: [Tier; 3] = [Tier::Same, Tier::Likely, Tier::Possible];

    /// The tier of a verdict.
    #[must_use]
    pub const fn of(word: VerdictWord) -> Option<Self> {
        match word {
            VerdictWord::Same => Some(Self::Same),
            VerdictWord::Likely => Some(Self::Likely),
            VerdictWord::Possible | VerdictWord::Ambiguous => Some(Self::Possible),
            VerdictWord::None => None,
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Likely => "likely or better",
            Self::Possible => "possible or better",
        }
    }
}

/// What came of one page.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Why the page is there.
    pub class: Class,
    /// What kind it is.
    pub kind: PageKind,
    /// The tier, where anything was found.
    pub tier: Option<Tier>,
    /// Whether what was found is right.
    pub is_right: bool,
    /// The first candidate's probability.
    pub probability: Option<f64>,
    /// Whether the first candidate is right.
    pub is_first_right: bool,
    /// How many contacts came into question.
    pub considered: usize,
    /// Whether the person was among them.
    pub is_reached: bool,
    /// Time taken.
    pub took: Duration,
}

fn is_of(candidate: &Candidate, contacts: &[String]) -> bool {
    std::iter::once(&candidate.contact)
        .chain(&candidate.same_as)
        .any(|found| contacts.iter().any(|contact| contact == found.as_str()))
}

/// Asks about one page.
///
/// # Errors
/// The mirror's.
pub fn ask(profile: &Profile, truth: &Truth, mirror: &Mirror) -> Result<(Answer, Verdict), EvaluationError> {
    let start = Instant::now();
    let verdict = look_up(profile, mirror, &Corrections::default())?;
    let took = start.elapsed();
    let considered = considered(profile, mirror)?;
    let tier = Tier::of(verdict.verdict);
    let first = verdict.candidates.first().filter(|_| tier.is_some());
    let is_first_right = first.is_some_and(|candidate| is_of(candidate, &truth.contacts));
    let is_right = if verdict.verdict == VerdictWord::Ambiguous {
        verdict
            .candidates
            .iter()
            .any(|candidate| is_of(candidate, &truth.contacts))
    } else {
        is_first_right
    };
    let answer = Answer {
        class: truth.class,
        kind: truth.page_kind,
        tier,
        is_right,
        probability: first.map(|candidate| candidate.probability),
        is_first_right,
        is_reached: considered.iter().any(|contact| truth.contacts.contains(&contact.0)),
        considered: considered.len(),
        took,
    };
    Ok((answer, verdict))
}

/// Asks about every page; `each` sees every answer with its verdict.
///
/// # Errors
/// The mirror's, and those of `each`.
pub fn ask_all(
    world: &World,
    mirror: &Mirror,
    mut each: impl FnMut(usize, &Answer, &Verdict) -> Result<(), EvaluationError>,
) -> Result<Vec<Answer>, EvaluationError> {
    world
        .profiles
        .iter()
        .enumerate()
        .map(|(place, (profile, truth))| {
            let (answer, verdict) = ask(profile, truth, mirror)?;
            each(place, &answer, &verdict)?;
            Ok(answer)
        })
        .collect()
}

/// What is wrong with an answer, if anything is: `false_badge`, `wrong_person`, `missed`, or `weak` where the right person was found
/// below "likely".
#[must_use]
pub fn fault(answer: &Answer) -> Option<&'static str> {
    match (answer.class, answer.tier) {
        (Class::Present, None) => Some("missed"),
        (Class::Present, Some(_)) if !answer.is_right => Some("wrong_person"),
        (Class::Present, Some(Tier::Possible)) => Some("weak"),
        (Class::Present, Some(_)) | (_, None) => None,
        (_, Some(_)) => Some("false_badge"),
    }
}

/// Everything about a faulty answer that an engineer wants to see: one line of JSON.
#[must_use]
pub fn described(
    world: &World,
    slots: &dyn Fn(&str) -> Option<u64>,
    (place, fault): (usize, &str),
    answer: &Answer,
    verdict: &Verdict,
) -> Value {
    let Some((profile, truth)) = world.profiles.get(place) else {
        return Value::Null;
    };
    let record = |contact: &str| {
        slots(contact).map(|slot| {
            let record = LeverRecord::of_slot(world, slot);
            json!({
                "contact": record.contact, "name": record.name, "headline": record.headline, "location": record.location,
                "emails": record.emails, "phones": record.phones, "links": record.links, "resume": record.resume,
            })
        })
    };
    let truly: Vec<Value> = truth.contacts.iter().filter_map(|contact| record(contact)).collect();
    let found: Vec<Value> = verdict
        .candidates
        .iter()
        .take(3)
        .map(|candidate| {
            json!({
                "contact": candidate.contact, "probability": candidate.probability, "same_as": candidate.same_as,
                "evidence": candidate.evidence, "record": record(candidate.contact.as_str()),
            })
        })
        .collect();
    json!({
        "page": place, "fault": fault, "class": truth.class, "page_kind": truth.page_kind, "verdict": verdict.verdict,
        "probability": answer.probability, "was_considered": answer.is_reached, "candidates": found, "profile": profile,
        "truly": truly, "resembles": truth.resembles.as_deref().and_then(record),
    })
}

/// From a contact's id to its place, for the contacts that are asked for.
#[must_use]
pub fn slot_finder(world: &World, wanted: &HashSet<String>) -> std::collections::HashMap<String, u64> {
    (0..world.settings.contacts)
        .map(|slot| (world.contact_id(slot), slot))
        .filter(|(id, _)| wanted.contains(id))
        .collect()
}
