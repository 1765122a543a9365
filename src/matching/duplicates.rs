//! People whom Lever holds more than once: found in the background by looking at everybody who shares an identity key or the
//! full name with somebody else, and kept as a list until it is made anew. It must not merge anybody: that is Lever's.

use std::collections::BTreeSet;

use super::decide::{PairOfRecords, compare_records};
use super::evidence::Surroundings;
use super::facts::PersonFacts;
use super::frequency::Frequencies;
use super::texts::TextsRead;
use crate::command::{DuplicatePeople, DuplicateRecord, Person};
use crate::lever::environment::Environment;
use crate::mirror::pairs::StoredPair;
use crate::mirror::statistics::Counting;
use crate::mirror::{Mirror, MirrorError};
use crate::text::Millis;

/// More records than this with one key or name are a household, an agency or a common name.
const MOST_OF_ONE: u64 = 5;

/// Looks at some more of the keys and names that several people have, and keeps who seems to be one person.
///
/// # Errors
/// [`MirrorError`].
pub fn find_some(mirror: &Mirror, after: &str) -> Result<Counting, MirrorError> {
    let shared = mirror.shared_words(after, MOST_OF_ONE)?;
    let frequencies = Frequencies::of(mirror);
    let nothing_shared = BTreeSet::new();
    let employers = mirror.employer_aliases()?;
    let texts = TextsRead::of(mirror.texts_met(), mirror.account_country()?);
    let mut found: Vec<StoredPair> = Vec::new();
    for word in &shared.words {
        let mut people = Vec::new();
        for row in mirror.contact_rows(word, MOST_OF_ONE as u32)? {
            people.extend(
                mirror
                    .contact_in(row)?
                    .map(|record| PersonFacts::of_contact(record, &texts)),
            );
        }
        let around = Surroundings {
            frequencies: &frequencies,
            population: mirror.counts().contacts,
            namesakes: u32::try_from(people.len()).unwrap_or(u32::MAX),
            shared: &nothing_shared,
            employers: &employers,
        };
        for (place, one) in people.iter().enumerate() {
            for other in people.iter().skip(place + 1) {
                let pair = compare_records(one, other, &around)?;
                if let (true, Some(one), Some(other)) = (pair.is_one_person, one.row, other.row) {
                    found.push(StoredPair {
                        one: one.min(other),
                        other: one.max(other),
                        probability: pair.probability,
                    });
                }
            }
        }
    }
    mirror.store_pairs(&found, after)?;
    Ok(shared.next)
}

/// Records that seem to be one person, each person once, the surest first, at most `limit`. Who has been merged or changed
/// since the list was made is left out.
///
/// # Errors
/// [`MirrorError`].
pub fn list(mirror: &Mirror, limit: u32) -> Result<Vec<DuplicatePeople>, MirrorError> {
    let mut groups: Vec<(Vec<i64>, DuplicatePeople)> = Vec::new();
    let frequencies = Frequencies::of(mirror);
    let nothing_shared = BTreeSet::new();
    let employers = mirror.employer_aliases()?;
    let texts = TextsRead::of(mirror.texts_met(), mirror.account_country()?);
    let around = Surroundings {
        frequencies: &frequencies,
        population: mirror.counts().contacts,
        namesakes: 2,
        shared: &nothing_shared,
        employers: &employers,
    };
    // A person held four times is six pairs.
    for pair in mirror.stored_pairs(limit.saturating_mul(3))? {
        let both = [pair.one, pair.other];
        let home = groups
            .iter()
            .position(|(rows, _)| both.iter().any(|row| rows.contains(row)));
        if home.is_none() && groups.len() >= limit as usize {
            continue;
        }
        let (Some(one), Some(other)) = (mirror.contact_in(pair.one)?, mirror.contact_in(pair.other)?) else {
            continue;
        };
        let ids = [one.id.clone(), other.id.clone()];
        let (one, other) = (
            PersonFacts::of_contact(one, &texts),
            PersonFacts::of_contact(other, &texts),
        );
        let PairOfRecords {
            is_one_person,
            probability,
            evidence,
        } = compare_records(&one, &other, &around)?;
        if !is_one_person {
            continue;
        }
        let known = home.and_then(|home| groups.get_mut(home));
        let mut people = Vec::new();
        for (id, row) in ids.iter().zip(both) {
            let is_listed = known.as_ref().is_some_and(|(rows, _)| rows.contains(&row));
            if !is_listed {
                people.extend(mirror.person(id, &Environment::Production)?.map(summary));
            }
        }
        match known {
            Some((rows, group)) => {
                rows.extend(both.into_iter().filter(|row| !rows.contains(row)).collect::<Vec<_>>());
                group.people.extend(people);
                group.probability = group.probability.min(probability);
            }
            None => groups.push((
                both.to_vec(),
                DuplicatePeople {
                    people,
                    evidence,
                    probability,
                },
            )),
        }
    }
    Ok(groups.into_iter().map(|(_, group)| group).collect())
}

/// The address in Lever is the caller's to fill in: which Lever it is, the mirror does not know.
fn summary(person: Person) -> DuplicateRecord {
    let last = |at: Option<Millis>| at.unwrap_or_default();
    DuplicateRecord {
        opportunities: u32::try_from(person.opportunities.len()).unwrap_or(u32::MAX),
        last: person
            .opportunities
            .iter()
            .map(|one| one.updated_at.max(last(one.last_interaction_at)))
            .max(),
        contact: person.contact,
        name: person.name,
        headline: person.headline,
        location: person.location,
        emails: person.emails,
        url: None,
    }
}
