//! Field by field, what speaks for and against two records being one person, in bits: the base-2 logarithm of how much likelier
//! it is to be seen of one person than of two (Fellegi and Sunter; matching.md §6). Pure but for the frequencies, which are
//! counted in the mirror.
//!
//! - `keys`: identity keys, shared ones, conflicts.
//! - `names`: names, middle names, generations.
//! - `history`: employers with their dates, kinds of work, schools, places.
//!
//! No number stands here without its reason. Those that are shares of people (`m`: seen of one person, `u`: seen of two) are
//! first values of matching.md §6, checked against the generated sets of `tests/matching`.

mod history;
mod keys;
mod names;

use std::collections::BTreeSet;

use super::facts::PersonFacts;
use super::frequency::{Frequencies, WEIGHT_OF_TABLE};
use super::verdict::{Evidence, EvidenceField, Outcome};
use crate::identity::{IdentityKey, NameAgreement};
use crate::mirror::MirrorError;
use crate::mirror::employer_aliases::EmployerAliases;

pub(super) use history::NAMESAKES_MEET;
pub use keys::shared_keys;

/// What weighing needs to know beside the two records.
pub struct Surroundings<'a> {
    /// How frequent names, employers and places are.
    pub frequencies: &'a Frequencies<'a>,
    /// People in the mirror.
    pub population: u64,
    /// How many of them have the page's full name, counted up to a limit.
    pub namesakes: u32,
    /// Keys that people of different names share: they have lost their power.
    pub shared: &'a BTreeSet<IdentityKey>,
    /// What employers are known by beside their usual names.
    pub employers: &'a EmployerAliases,
}

impl Surroundings<'_> {
    /// People among whom somebody else could have the same name or key: those of the mirror, and as many around a small one as
    /// its frequencies are mixed with. In a mirror of ten, an equal name is no less telling than in one of ten thousand.
    fn community(&self) -> f64 {
        self.population as f64 + WEIGHT_OF_TABLE
    }
}

/// An independent kind of evidence beside the name (matching.md §6, tiers).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// A shared employer.
    Company,
    /// Another shared employer.
    SecondCompany,
    /// The same place.
    Place,
    /// The same kind of work.
    Title,
    /// A shared school.
    School,
    /// The same unusual name chosen on another site.
    Handle,
}

/// How two names go together, as the tiers ask it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFit {
    /// Equal, or different as names of one person are.
    Fits,
    /// One side says too little.
    Unknown,
    /// The given name fits, the family name is another: a marriage, or somebody else.
    ChangedFamily,
    /// Clearly two names.
    Clashes,
}

/// What speaks for and against two records being one person.
pub struct Weighed {
    /// Strongest first.
    pub evidence: Vec<Evidence>,
    /// Sum of bits.
    pub bits: f64,
    /// How the names go together.
    pub name: NameFit,
    /// Whether the full names are equal, and stand on both sides.
    pub is_name_equal: bool,
    /// Whether an identity key of this person alone is equal, and nothing says that the key has changed hands.
    pub is_identified: bool,
    /// Whether some key is equal, however weakly.
    pub has_equal_key: bool,
    /// Whether an equal key is worth a look although the names do not fit: an account under a changed name. A mailbox, a number
    /// or a login that somebody of another name has is a household's, an agency's, or has changed hands.
    pub is_key_worth_a_look: bool,
    /// Whether both have a key of one kind that one person has once, and they differ.
    pub has_conflict: bool,
    /// Independent kinds of evidence that speak for it.
    pub families: BTreeSet<Family>,
}

impl Weighed {
    /// Whether a field is said to be different.
    pub(super) fn differs_in(&self, field: EvidenceField) -> bool {
        let mut found = self.evidence.iter();
        found.any(|found| found.field == field && found.outcome == Outcome::Different)
    }

    fn add(&mut self, field: EvidenceField, outcome: Outcome, bits: f64, page: Option<&str>, lever: Option<&str>) {
        self.bits += bits;
        self.evidence.push(Evidence {
            field,
            outcome,
            bits,
            page: page.map(str::to_owned),
            lever: lever.map(str::to_owned),
        });
    }
}

/// Weighs two records. What one of them does not say is no evidence. Exchanging them exchanges the shown values and nothing
/// else.
///
/// # Errors
/// [`MirrorError`] when a frequency cannot be read.
pub fn weigh(page: &PersonFacts, contact: &PersonFacts, around: &Surroundings<'_>) -> Result<Weighed, MirrorError> {
    let names = page.name_to_weigh(contact).zip(contact.name_to_weigh(page));
    let comparison = names.map(|(ours, theirs)| ours.compare(theirs));
    // What was guessed makes names fit, and never equal.
    let is_named = page.name.is_some() && contact.name.is_some();
    let is_guessed = page.guessed_name.is_some() || contact.guessed_name.is_some();
    let known = page.name.as_deref().zip(contact.name.as_deref()).filter(|_| is_guessed);
    let known = known.map(|(ours, theirs)| ours.compare(theirs)).or(comparison);
    let mut weighed = Weighed {
        evidence: Vec::new(),
        bits: 0.0,
        name: names::fit(comparison.as_ref()),
        is_name_equal: is_named && known.is_some_and(|found| found.agreement == NameAgreement::Same),
        is_identified: false,
        has_equal_key: false,
        is_key_worth_a_look: false,
        has_conflict: false,
        families: BTreeSet::new(),
    };
    keys::weigh(page, contact, around, comparison.as_ref(), &mut weighed);
    if let Some((names, comparison)) = names.zip(comparison.as_ref()) {
        names::weigh((page, contact), names, around, comparison, &mut weighed)?;
    }
    history::weigh(page, contact, around, &mut weighed)?;
    weighed.evidence.sort_by(|one, other| other.bits.total_cmp(&one.bits));
    Ok(weighed)
}
