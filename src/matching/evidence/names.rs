//! Names: how well they agree, and how many other people have them.

use super::{NameFit, Surroundings, Weighed};
use crate::identity::name::{NameComparison, PartAgreement};
use crate::identity::{NameAgreement, PersonName};
use crate::matching::facts::PersonFacts;
use crate::matching::verdict::{EvidenceField, Outcome};
use crate::mirror::MirrorError;
use crate::mirror::index::KeyWordKind;

/// Names that do not fit at all.
const CLASH_BITS: f64 = -12.0;
/// The first name is another, the last is equal: a family.
const RELATIVE_BITS: std::ops::RangeInclusive<f64> = -6.0..=-1.0;
/// The first name is equal, the last is another: married, or somebody else (matching.md §6).
const CHANGED_FAMILY_BITS: std::ops::RangeInclusive<f64> = -3.0..=3.0;
/// Names of any kind weigh no more than this.
const MOST_NAME_BITS: f64 = 24.0;
/// Given and family name go together: a Nguyen is more often a Minh than others are.
const SAME_CULTURE: f64 = 3.0;
/// Part of one namesake that nobody has counted: smooths the rarest names.
const UNSEEN_NAMESAKE: f64 = 0.15;
/// Given name where the family name is expected. Many peoples write it so, so that it says little against.
const SWAPPED_BITS: f64 = -1.5;
/// Middle names (matching.md §6).
const MIDDLE_EQUAL_BITS: f64 = 3.5;
const MIDDLE_INITIAL_BITS: f64 = 2.5;
const MIDDLE_DIFFERENT_BITS: f64 = -3.0;
/// A father's or a son's mark that only one side has.
const ONE_GENERATION_BITS: f64 = -2.5;
const DIFFERENT_GENERATION_BITS: f64 = -8.0;

pub(super) fn fit(comparison: Option<&NameComparison>) -> NameFit {
    let Some(found) = comparison else {
        return NameFit::Unknown;
    };
    match found.agreement {
        NameAgreement::Same | NameAgreement::Compatible => NameFit::Fits,
        NameAgreement::Unknown => NameFit::Unknown,
        NameAgreement::Incompatible
            if found.given >= PartAgreement::Variant && found.family == PartAgreement::Different =>
        {
            NameFit::ChangedFamily
        }
        NameAgreement::Incompatible => NameFit::Clashes,
    }
}

pub(super) fn weigh(
    (page, contact): (&PersonFacts, &PersonFacts),
    (ours, theirs): (&PersonName, &PersonName),
    around: &Surroundings<'_>,
    found: &NameComparison,
    weighed: &mut Weighed,
) -> Result<(), MirrorError> {
    let shares = Shares::of(ours, theirs, around)?;
    let bits = match weighed.name {
        NameFit::Unknown => return Ok(()),
        NameFit::Fits => bits_when_fitting(found, &shares, around),
        NameFit::ChangedFamily => {
            let (m, u) = given(found.given, &shares);
            (m * 0.035 / u)
                .log2()
                .clamp(*CHANGED_FAMILY_BITS.start(), *CHANGED_FAMILY_BITS.end())
        }
        NameFit::Clashes if found.family >= PartAgreement::Variant => {
            let (m, u) = family(found.family, &shares);
            (m * 0.012 / u)
                .log2()
                .clamp(*RELATIVE_BITS.start(), *RELATIVE_BITS.end())
        }
        NameFit::Clashes => CLASH_BITS,
    };
    let outcome = match found.agreement {
        NameAgreement::Same if weighed.is_name_equal => Outcome::Equal,
        NameAgreement::Same | NameAgreement::Compatible => Outcome::Compatible,
        _ => Outcome::Different,
    };
    weighed.add(
        EvidenceField::Name,
        outcome,
        bits,
        page.shown_name.as_deref(),
        contact.shown_name.as_deref(),
    );
    weigh_generation(ours, theirs, page, contact, weighed);
    if weighed.name == NameFit::Fits && found.family == PartAgreement::Exact && found.given >= PartAgreement::Typo {
        weigh_middle(ours, theirs, weighed);
    }
    Ok(())
}

/// How many people have the names in question.
struct Shares {
    given: f64,
    /// With the other names that the person may go by.
    given_group: f64,
    family: f64,
}

impl Shares {
    fn of(ours: &PersonName, theirs: &PersonName, around: &Surroundings<'_>) -> Result<Self, MirrorError> {
        let share = |kind, word: Option<&str>| -> Result<f64, MirrorError> {
            word.filter(|word| !word.is_empty())
                .map_or(Ok(0.0), |word| around.frequencies.share(kind, word))
        };
        let common = |kind, one: Option<&str>, other: Option<&str>| -> Result<f64, MirrorError> {
            Ok(share(kind, one)?.max(share(kind, other)?).max(1e-9))
        };
        let given = common(
            KeyWordKind::Given,
            ours.given_spellings().next(),
            theirs.given_spellings().next(),
        )?;
        let mut family = common(
            KeyWordKind::Family,
            ours.family_spellings().next(),
            theirs.family_spellings().next(),
        )?;
        // Of two double names that meet in one half, the half is what is common.
        for piece in ours
            .family_spellings()
            .filter(|piece| theirs.family_spellings().any(|other| other == *piece))
        {
            family = family.max(share(KeyWordKind::Family, Some(piece))?);
        }
        Self {
            given,
            given_group: 0.0,
            family,
        }
        .with_group(ours, theirs, around)
    }

    fn with_group(
        mut self,
        ours: &PersonName,
        theirs: &PersonName,
        around: &Surroundings<'_>,
    ) -> Result<Self, MirrorError> {
        /// Short forms that are counted together; the rest are rare.
        const MOST: usize = 8;
        /// Some tables list dozens of short forms, which are not all in use.
        const MOST_OF_GROUP: f64 = 0.2;
        if ours.given_spellings().next() == theirs.given_spellings().next() {
            self.given_group = self.given;
            return Ok(self);
        }
        for name in [ours, theirs] {
            let mut group = self.given;
            for other in name.given_variants().into_iter().take(MOST) {
                group += around.frequencies.share(KeyWordKind::Given, other)?;
            }
            self.given_group = self.given_group.max(group.min(MOST_OF_GROUP));
        }
        Ok(self)
    }
}

/// How often the given names of one person, and of two, agree like this.
fn given(agreement: PartAgreement, shares: &Shares) -> (f64, f64) {
    match agreement {
        PartAgreement::Exact => (0.8, shares.given),
        PartAgreement::Variant => (0.09, shares.given_group),
        PartAgreement::Partial => (0.04, 3.0 * shares.given),
        PartAgreement::Typo => (0.025, 4.0 * shares.given + 1e-4),
        PartAgreement::Prefix => (0.03, 4.0 * shares.given + 1e-3),
        // One of some twenty letters that names begin with, and not evenly.
        PartAgreement::Initial => (0.03, 0.08),
        PartAgreement::Missing => (1.0, 1.0),
        PartAgreement::Different => (0.012, 1.0),
    }
}

/// As [`given`], for family names.
fn family(agreement: PartAgreement, shares: &Shares) -> (f64, f64) {
    match agreement {
        PartAgreement::Exact => (0.86, shares.family),
        PartAgreement::Variant => (0.03, 2.0 * shares.family),
        PartAgreement::Partial => (0.06, 2.0 * shares.family),
        PartAgreement::Typo | PartAgreement::Prefix => (0.02, 4.0 * shares.family + 5e-5),
        PartAgreement::Initial => (0.01, 0.07),
        PartAgreement::Missing => (1.0, 1.0),
        PartAgreement::Different => (0.035, 1.0),
    }
}

fn bits_when_fitting(found: &NameComparison, shares: &Shares, around: &Surroundings<'_>) -> f64 {
    let (given_m, given_u) = given(found.given, shares);
    let (family_m, family_u) = family(found.family, shares);
    let least = given_u.min(family_u);
    let mut u = (given_u * family_u * SAME_CULTURE).min(least);
    let floor = if found.agreement == NameAgreement::Same {
        // The other namesakes among all, smoothed.
        (f64::from(around.namesakes.saturating_sub(1)) + UNSEEN_NAMESAKE) / around.community()
    } else {
        UNSEEN_NAMESAKE / around.community()
    };
    u = u.max(floor).min(1.0);
    let swapped = if found.swapped { SWAPPED_BITS } else { 0.0 };
    ((given_m * family_m / u).log2() + swapped).min(MOST_NAME_BITS)
}

fn weigh_generation(
    ours: &PersonName,
    theirs: &PersonName,
    page: &PersonFacts,
    contact: &PersonFacts,
    weighed: &mut Weighed,
) {
    let bits = match (ours.generation(), theirs.generation()) {
        (Some(one), Some(other)) if one != other => DIFFERENT_GENERATION_BITS,
        (Some(_), None) | (None, Some(_)) => ONE_GENERATION_BITS,
        _ => return,
    };
    weighed.add(
        EvidenceField::Generation,
        Outcome::Different,
        bits,
        page.shown_name.as_deref(),
        contact.shown_name.as_deref(),
    );
}

fn weigh_middle(ours: &PersonName, theirs: &PersonName, weighed: &mut Weighed) {
    let words = |name: &PersonName| -> Vec<String> {
        name.middle()
            .map(crate::identity::fold)
            .filter(|word| !word.is_empty())
            .collect()
    };
    let (ours, theirs) = (words(ours), words(theirs));
    let (Some(one), Some(other)) = (ours.first(), theirs.first()) else {
        return;
    };
    let is_initial = |one: &str, other: &str| one.chars().count() == 1 && other.starts_with(one);
    let pairs = || ours.iter().flat_map(|one| theirs.iter().map(move |other| (one, other)));
    let (outcome, bits) = if pairs().any(|(one, other)| one == other && one.chars().count() > 1) {
        (Outcome::Equal, MIDDLE_EQUAL_BITS)
    } else if pairs().any(|(one, other)| one == other || is_initial(one, other) || is_initial(other, one)) {
        (Outcome::Compatible, MIDDLE_INITIAL_BITS)
    } else {
        (Outcome::Different, MIDDLE_DIFFERENT_BITS)
    };
    weighed.add(EvidenceField::Middle, outcome, bits, Some(one), Some(other));
}
