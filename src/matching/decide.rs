//! From weighed candidates to a verdict: posterior over all contacts and "nobody", then the tier (matching.md §6).
//!
//! Two rules are absolute. An identifier with names that do not fit is never "same". A name without two further families of
//! evidence is never "same".

use std::collections::BTreeSet;

use super::blocking::{Block, Namesakes};
use super::evidence::{Family, NameFit, Surroundings, Weighed, shared_keys, weigh};
use super::facts::PersonFacts;
use super::verdict::{Candidate, Evidence, EvidenceField, LISTED_CANDIDATES, Outcome, Verdict, VerdictWord};
use super::{Asking, Corrections};
use crate::command::Correction;
use crate::identity::NameAgreement;
use crate::mirror::MirrorError;
use crate::text::ContactId;

/// Share of viewed people who are in Lever, before anything is known (matching.md §6).
const PRIOR_IN_LEVER: f64 = 0.2;
/// Share of people whose name is the same on both sides.
const EQUAL_NAMES_M: f64 = 0.7;
/// Least probability of "same" with an identifier.
const SAME_BY_KEY_FROM: f64 = 0.9;
/// Least probability of "same" without one, where something speaks against it, or the names are only alike and little
/// stands beside them.
const SAME_DOUBTFUL_FROM: f64 = 0.999;
/// The same where nothing does, the names are equal, and two families beside them speak for it, or three and more.
const SAME_BY_TWO_FROM: f64 = 0.998;
const SAME_BY_THREE_FROM: f64 = 0.99;
/// The same by three and more where the names are only alike.
const SAME_ALIKE_FROM: f64 = 0.995;
/// So many differences beside an equal key and a name that is only alike, and it may be somebody else's.
const MOST_AGAINST_A_KEY: usize = 2;
/// Least number of families beside the name for "same" without an identifier.
const FAMILIES_OF_SAME: usize = 2;
/// Least probability of "likely".
const LIKELY_FROM: f64 = 0.945;
/// Least probability of "possible".
const POSSIBLE_FROM: f64 = 0.37;
/// Least probability of each of two candidates that cannot be told apart.
const AMBIGUOUS_FROM: f64 = 0.2;
/// Candidates less probable than this are not listed beside others.
const LISTED_FROM: f64 = 0.01;
/// Weight of the recruiter's own word, above every sum of evidence.
const CONFIRMED_BITS: f64 = 60.0;
/// No person is more than this many bits: keeps the arithmetic finite.
const MOST_BITS: f64 = 200.0;
/// Candidates that are held against each other for records of one person: those further down decide nothing.
const MOST_GROUPED: usize = 10;
/// Nor do those that are so many bits behind the strongest.
const BITS_OF_GROUPED: f64 = 14.0;
/// Share of people whom Lever holds twice.
const HELD_TWICE: f64 = 0.03;
/// Least probability that two records are one person.
const ONE_PERSON_FROM: f64 = 0.95;

struct Weighing<'a> {
    contact: &'a PersonFacts,
    id: &'a ContactId,
    weighed: Weighed,
    is_confirmed: bool,
}

struct Group<'a> {
    members: Vec<Weighing<'a>>,
}

impl Group<'_> {
    fn strongest(&self) -> Option<&Weighed> {
        self.members.first().map(|member| &member.weighed)
    }

    fn bits(&self) -> f64 {
        self.strongest().map_or(-MOST_BITS, |weighed| weighed.bits)
    }

    fn any(&self, is: impl Fn(&Weighing<'_>) -> bool) -> bool {
        self.members.iter().any(is)
    }

    /// The kinds of evidence beside the name that speak for it, of all its records together.
    fn families(&self) -> BTreeSet<Family> {
        self.members
            .iter()
            .flat_map(|member| member.weighed.families.iter().copied())
            .collect()
    }
}

/// Decides. Key, completeness and opportunities are the caller's to fill in.
///
/// # Errors
/// [`MirrorError`] when a frequency cannot be read.
pub fn decide(
    page: &PersonFacts,
    block: &Block,
    Asking {
        mirror, frequencies, ..
    }: &Asking<'_>,
    corrections: &Corrections,
) -> Result<Verdict, MirrorError> {
    let shared = shared_keys(page, &block.contacts);
    let employers = mirror.employer_aliases()?;
    let around = Surroundings {
        frequencies,
        population: mirror.counts().contacts,
        namesakes: block.namesakes.count,
        shared: &shared,
        employers: &employers,
    };
    let mut weighings = Vec::new();
    for contact in &block.contacts {
        let Some(id) = &contact.contact else {
            continue;
        };
        if corrections.of(id) == Some(Correction::NotThisPerson) {
            continue;
        }
        let mut weighed = weigh(page, contact, &around)?;
        let is_confirmed = corrections.of(id) == Some(Correction::SamePerson);
        if is_confirmed {
            confirm(&mut weighed);
        }
        if is_confirmed || speaks_for(&weighed) {
            weighings.push(Weighing {
                contact,
                id,
                weighed,
                is_confirmed,
            });
        }
    }
    weighings.sort_unstable_by(|one, other| {
        let bits = other.weighed.bits.total_cmp(&one.weighed.bits);
        bits.then_with(|| one.id.cmp(other.id))
    });
    let groups = group_records_of_one_person(weighings, &around, corrections)?;
    let probabilities = posterior(&groups, around.population, block.namesakes);
    let word = tier(&groups, &probabilities);
    Ok(Verdict {
        key: String::new(),
        verdict: word,
        complete: false,
        read: 0.0,
        as_of: None,
        candidates: listed(word, groups, &probabilities),
    })
}

fn confirm(weighed: &mut Weighed) {
    weighed.bits += CONFIRMED_BITS;
    weighed.evidence.insert(
        0,
        Evidence {
            field: EvidenceField::Correction,
            outcome: Outcome::Confirmed,
            bits: CONFIRMED_BITS,
            page: None,
            lever: None,
        },
    );
}

/// Whether anything at all speaks for a contact.
fn speaks_for(weighed: &Weighed) -> bool {
    weighed.has_equal_key || weighed.name == NameFit::Fits || !weighed.families.is_empty()
}

/// Probability of each group among all of them, everybody else, and "nobody".
fn posterior(groups: &[Group<'_>], population: u64, namesakes: Namesakes) -> Vec<f64> {
    let population = population.max(1) as f64;
    let nobody = population * (1.0 - PRIOR_IN_LEVER) / PRIOR_IN_LEVER;
    // All namesakes together weigh as much as their equal names say; what else is known of each raises one and lowers another.
    let left_aside = f64::from(namesakes.left_aside) / f64::from(namesakes.count.max(1));
    let left_aside = left_aside * EQUAL_NAMES_M * population;
    let weights: Vec<f64> = groups
        .iter()
        .map(|group| group.bits().clamp(-MOST_BITS, MOST_BITS).exp2())
        .collect();
    let whole: f64 = weights.iter().sum::<f64>() + left_aside + nobody;
    weights.iter().map(|weight| weight / whole).collect()
}

/// Records of one person are one candidate: the strongest stands for all, so that the posterior is not split between them
/// (design §8).
fn group_records_of_one_person<'a>(
    weighings: Vec<Weighing<'a>>,
    around: &Surroundings<'_>,
    corrections: &Corrections,
) -> Result<Vec<Group<'a>>, MirrorError> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let strongest = weighings.first().map_or(0.0, |first| first.weighed.bits);
    for (place, weighing) in weighings.into_iter().enumerate() {
        let mut home = None;
        if place < MOST_GROUPED && weighing.weighed.bits >= strongest - BITS_OF_GROUPED {
            for (index, group) in groups.iter().enumerate() {
                let is_apart = |member: &Weighing<'_>| corrections.are_apart(member.id, weighing.id);
                if group.members.iter().any(is_apart) {
                    continue;
                }
                for member in &group.members {
                    if are_one_person(member.contact, weighing.contact, around)? {
                        home = Some(index);
                    }
                }
            }
        }
        match home.and_then(|index| groups.get_mut(index)) {
            Some(group) => group.members.push(weighing),
            None => groups.push(Group {
                members: vec![weighing],
            }),
        }
    }
    Ok(groups)
}

/// How two records of Lever go together.
pub struct PairOfRecords {
    /// Whether they are one person: they share a key of their own and the names fit, or what they share beside the name leaves
    /// no doubt.
    pub is_one_person: bool,
    /// How probable that is.
    pub probability: f64,
    /// Why, strongest first.
    pub evidence: Vec<Evidence>,
}

/// Holds two records of Lever against each other.
///
/// # Errors
/// [`MirrorError`] when a frequency cannot be read.
pub fn compare_records(
    one: &PersonFacts,
    other: &PersonFacts,
    around: &Surroundings<'_>,
) -> Result<PairOfRecords, MirrorError> {
    let weighed = weigh(one, other, around)?;
    let nobody = around.population.max(1) as f64 * (1.0 - HELD_TWICE) / HELD_TWICE;
    let weight = weighed.bits.clamp(-MOST_BITS, MOST_BITS).exp2();
    let probability = weight / (weight + nobody);
    let is_sure = probability >= ONE_PERSON_FROM;
    let by_key = weighed.is_identified;
    let by_families =
        weighed.name == NameFit::Fits && !weighed.has_conflict && weighed.families.len() >= FAMILIES_OF_SAME && is_sure;
    Ok(PairOfRecords {
        is_one_person: by_key || by_families,
        probability,
        evidence: weighed.evidence,
    })
}

/// As [`compare_records`], without weighing those that plainly have nothing in common.
fn are_one_person(one: &PersonFacts, other: &PersonFacts, around: &Surroundings<'_>) -> Result<bool, MirrorError> {
    let is_clash = matches!(
        (&one.name, &other.name),
        (Some(one), Some(other)) if one.compatible(other) == NameAgreement::Incompatible
    );
    Ok(!is_clash && compare_records(one, other, around)?.is_one_person)
}

fn tier(groups: &[Group<'_>], probabilities: &[f64]) -> VerdictWord {
    let Some((first, probability)) = groups.first().zip(probabilities.first().copied()) else {
        return VerdictWord::None;
    };
    if first.any(|member| member.is_confirmed) {
        return VerdictWord::Same;
    }
    let Some(strongest) = first.strongest() else {
        return VerdictWord::None;
    };
    let is_identified = first.any(|member| member.weighed.is_identified);
    let has_conflict = first.any(|member| member.weighed.has_conflict);
    let families = first.families();
    let fits = strongest.name == NameFit::Fits;
    let clashes = matches!(strongest.name, NameFit::Clashes | NameFit::ChangedFamily);
    if is_identified && !clashes && !is_somebody_alike(strongest) && probability >= SAME_BY_KEY_FROM {
        return VerdictWord::Same;
    }
    // Two accounts that differ and two names that differ are two people, whatever else they share.
    let is_doubtful = has_conflict && !strongest.is_name_equal;
    let rival = groups
        .get(1)
        .zip(probabilities.get(1))
        .filter(|(_, rival)| **rival >= AMBIGUOUS_FROM);
    let is_rival_equal = |rival: &Group<'_>| !is_identified || rival.any(|member| member.weighed.is_identified);
    if !is_doubtful && probability >= AMBIGUOUS_FROM && rival.is_some_and(|(rival, _)| is_rival_equal(rival)) {
        return VerdictWord::Ambiguous;
    }
    // A father and his son share the name, the town and often the employer.
    let is_of_one_generation = !strongest.differs_in(EvidenceField::Generation);
    let needed = probability_of_same(families.len(), strongest);
    let is_by_families = needed.is_some_and(|needed| probability >= needed);
    if fits && !has_conflict && is_of_one_generation && is_by_families {
        return VerdictWord::Same;
    }
    // A surname that has changed needs more beside it than one that has not.
    let needed = if strongest.name == NameFit::ChangedFamily {
        FAMILIES_OF_SAME
    } else {
        1
    };
    let has_reason = is_identified || families.len() >= needed;
    if strongest.name != NameFit::Clashes && has_reason && !is_doubtful && probability >= LIKELY_FROM {
        return VerdictWord::Likely;
    }
    if probability >= POSSIBLE_FROM || first.any(|member| member.weighed.is_key_worth_a_look) {
        return VerdictWord::Possible;
    }
    VerdictWord::None
}

/// How probable it has to be that somebody without an equal key is the same; nothing where too little stands beside the name.
fn probability_of_same(families: usize, weighed: &Weighed) -> Option<f64> {
    let mut evidence = weighed.evidence.iter();
    let is_contradicted = evidence.any(|found| found.outcome == Outcome::Different);
    match (families, weighed.is_name_equal) {
        (..FAMILIES_OF_SAME, _) => None,
        _ if is_contradicted => Some(SAME_DOUBTFUL_FROM),
        (FAMILIES_OF_SAME, true) => Some(SAME_BY_TWO_FROM),
        (FAMILIES_OF_SAME, false) => Some(SAME_DOUBTFUL_FROM),
        (_, true) => Some(SAME_BY_THREE_FROM),
        (_, false) => Some(SAME_ALIKE_FROM),
    }
}

/// Whether an equal key may be that of somebody with much the same name: a mailbox that went to the next of that name, a brother's
/// number. The names are not equal, and what else is known speaks against it more than once.
fn is_somebody_alike(weighed: &Weighed) -> bool {
    let against = weighed.evidence.iter();
    let against = against.filter(|found| found.outcome == Outcome::Different).count();
    !weighed.is_name_equal && (weighed.has_conflict || against >= MOST_AGAINST_A_KEY)
}

fn listed(word: VerdictWord, groups: Vec<Group<'_>>, probabilities: &[f64]) -> Vec<Candidate> {
    if word == VerdictWord::None {
        return Vec::new();
    }
    groups
        .into_iter()
        .zip(probabilities)
        .enumerate()
        .filter(|(place, (_, probability))| *place == 0 || **probability >= LISTED_FROM)
        .take(LISTED_CANDIDATES)
        .filter_map(|(_, (group, probability))| {
            let mut members = group.members.into_iter();
            let strongest = members.next()?;
            Some(Candidate {
                contact: strongest.id.clone(),
                opportunities: Vec::new(),
                probability: *probability,
                same_as: members.map(|member| member.id.clone()).collect(),
                evidence: strongest.weighed.evidence,
            })
        })
        .collect()
}
