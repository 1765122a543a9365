//! From weighed candidates to a verdict: posterior over all contacts and "nobody", then the tier (matching.md §6).
//!
//! Two rules are absolute. An identifier with names that do not fit is never more than "possible". A name without an
//! identifier is never more than "possible" either: this matcher decides by identifiers.

use std::collections::BTreeSet;

use super::Corrections;
use super::blocking::Block;
use super::evidence::{ContactFacts, PageFacts, Weighed, shared_keys, weigh};
use super::verdict::{Candidate, Evidence, LISTED_CANDIDATES, Outcome, Verdict, VerdictWord};
use crate::command::Correction;
use crate::identity::{IdentityKey, NameAgreement};
use crate::text::ContactId;

/// Share of viewed people who are in Lever, before anything is known (matching.md §6).
const PRIOR_IN_LEVER: f64 = 0.2;
/// Least probability of "same" with an identifier.
const SAME_FROM: f64 = 0.9;
/// Least probability of "likely" with an identifier.
const LIKELY_FROM: f64 = 0.35;
/// Least probability of each of two candidates that cannot be told apart.
const AMBIGUOUS_FROM: f64 = 0.2;
/// Least probability at which an equal name is worth showing; below it there are dozens of namesakes.
const NAMESAKE_FROM: f64 = 0.01;
/// Weight of the recruiter's own word, above every sum of evidence.
const CONFIRMED_BITS: f64 = 60.0;
/// No person is more than this many bits: keeps the arithmetic finite.
const MOST_BITS: f64 = 200.0;

struct Group {
    strongest: ContactId,
    others: Vec<ContactId>,
    weighed: Weighed,
    confirmed: bool,
}

/// Decides. Key, completeness and opportunities are the caller's to fill in.
#[must_use]
pub fn decide(page: &PageFacts, block: &Block, population: u64, corrections: &Corrections) -> Verdict {
    let shared = shared_keys(page, &block.contacts);
    let namesakes = block
        .contacts
        .iter()
        .filter(|contact| super::evidence::compare_names(page, contact) == NameAgreement::Same)
        .count()
        .max(block.namesakes as usize);
    let said = |contact: &ContactId| {
        corrections
            .iter()
            .find(|(named, _)| named == contact)
            .map(|(_, correction)| *correction)
    };
    let mut weighed: Vec<(&ContactFacts, Weighed, bool)> = block
        .contacts
        .iter()
        .filter(|contact| said(&contact.id) != Some(Correction::NotThisPerson))
        .map(|contact| {
            let mut weighed = weigh(page, contact, &shared, namesakes, population);
            let confirmed = said(&contact.id) == Some(Correction::SamePerson);
            if confirmed {
                weighed.bits += CONFIRMED_BITS;
                weighed.evidence.insert(
                    0,
                    Evidence {
                        field: "correction".to_owned(),
                        outcome: Outcome::Confirmed,
                        bits: CONFIRMED_BITS,
                        page: None,
                        lever: None,
                    },
                );
            }
            (contact, weighed, confirmed)
        })
        .filter(|(_, weighed, confirmed)| *confirmed || speaks_for(weighed))
        .collect();
    weighed.sort_by(|one, other| {
        other
            .1
            .bits
            .total_cmp(&one.1.bits)
            .then_with(|| one.0.id.cmp(&other.0.id))
    });
    let groups = group_records_of_one_person(weighed, &shared);

    let nobody = (population.max(1) as f64) * (1.0 - PRIOR_IN_LEVER) / PRIOR_IN_LEVER;
    let weights: Vec<f64> = groups
        .iter()
        .map(|group| group.weighed.bits.clamp(-MOST_BITS, MOST_BITS).exp2())
        .collect();
    let whole: f64 = weights.iter().sum::<f64>() + nobody;
    let probabilities: Vec<f64> = weights.iter().map(|weight| weight / whole).collect();

    let word = tier(&groups, &probabilities);
    let candidates = if word == VerdictWord::None {
        Vec::new()
    } else {
        groups
            .into_iter()
            .zip(probabilities)
            .take(LISTED_CANDIDATES)
            .map(|(group, probability)| Candidate {
                contact: group.strongest,
                opportunities: Vec::new(),
                probability,
                same_as: group.others,
                evidence: group.weighed.evidence,
            })
            .collect()
    };
    Verdict {
        key: String::new(),
        verdict: word,
        complete: false,
        read: 0.0,
        as_of: None,
        candidates,
    }
}

/// Whether anything at all speaks for a contact: an equal key that says something, or an equal name.
fn speaks_for(weighed: &Weighed) -> bool {
    weighed.names == NameAgreement::Same || weighed.has_equal_key()
}

/// Records that share an identity key of their own, with names that fit, are one person: the strongest stands for all, so that
/// the posterior is not split between them (design §8).
fn group_records_of_one_person(
    weighed: Vec<(&ContactFacts, Weighed, bool)>,
    shared: &BTreeSet<IdentityKey>,
) -> Vec<Group> {
    let mut groups: Vec<(Vec<&ContactFacts>, Group)> = Vec::new();
    for (contact, weighed, confirmed) in weighed {
        let home = groups
            .iter_mut()
            .find(|(members, _)| members.iter().any(|member| are_one_person(member, contact, shared)));
        match home {
            Some((members, group)) => {
                members.push(contact);
                group.others.push(contact.id.clone());
                group.confirmed |= confirmed;
            }
            None => groups.push((
                vec![contact],
                Group {
                    strongest: contact.id.clone(),
                    others: Vec::new(),
                    weighed,
                    confirmed,
                },
            )),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn are_one_person(one: &ContactFacts, other: &ContactFacts, shared: &BTreeSet<IdentityKey>) -> bool {
    let names_fit = match (&one.name, &other.name) {
        (Some(one), Some(other)) => matches!(one.compatible(other), NameAgreement::Same | NameAgreement::Compatible),
        _ => true,
    };
    names_fit
        && one.keys.iter().any(|(key, _)| {
            !shared.contains(key) && super::evidence::is_telling(key) && other.keys.iter().any(|(held, _)| held == key)
        })
}

fn tier(groups: &[Group], probabilities: &[f64]) -> VerdictWord {
    let Some((first, probability)) = groups.first().zip(probabilities.first()) else {
        return VerdictWord::None;
    };
    if first.confirmed {
        return VerdictWord::Same;
    }
    let rival = groups
        .get(1)
        .zip(probabilities.get(1))
        .is_some_and(|(_, probability)| *probability >= AMBIGUOUS_FROM);
    if rival && *probability >= AMBIGUOUS_FROM {
        return VerdictWord::Ambiguous;
    }
    if first.weighed.identified {
        if *probability >= SAME_FROM {
            return VerdictWord::Same;
        }
        if *probability >= LIKELY_FROM {
            return VerdictWord::Likely;
        }
    }
    let by_name_alone = first.weighed.names == NameAgreement::Same && !first.weighed.has_equal_key();
    if by_name_alone && *probability < NAMESAKE_FROM {
        return VerdictWord::None;
    }
    VerdictWord::Possible
}
