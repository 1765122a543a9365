//! Identity keys: equal, different, shared by several people, or changed hands.
//!
//! The weight of an equal key is how much likelier it is that a record has this person's key than somebody else's by mistake:
//! with N people, `log2(m · N / e)`, where `m` is the share of people whose key stays the same and `e` the share
//! of records that hold a stranger's. So the certainty that a key gives does not depend on how many people there are.

use std::collections::BTreeSet;

use super::{NameFit, Surroundings, Weighed};
use crate::identity::name::{NameComparison, PartAgreement};
use crate::identity::{
    EmailAddress, EmailClass, HandleStrength, IdentityKey, KeyKind, NameAgreement, is_assigned_slug,
};
use crate::matching::facts::PersonFacts;
use crate::matching::verdict::{EvidenceField, Outcome};

/// Several keys of one family say one thing: they come from one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyFamily {
    LinkedIn,
    GitHub,
    Email,
    Phone,
    Link,
}

impl KeyFamily {
    const ALL: [Self; 5] = [Self::LinkedIn, Self::GitHub, Self::Email, Self::Phone, Self::Link];

    fn of(kind: KeyKind) -> Self {
        match kind {
            KeyKind::LinkedInSlug | KeyKind::LinkedInMember | KeyKind::LinkedInOpaque => Self::LinkedIn,
            KeyKind::GitHubLogin | KeyKind::GitHubId => Self::GitHub,
            KeyKind::Email => Self::Email,
            KeyKind::Phone => Self::Phone,
            _ => Self::Link,
        }
    }

    fn field(self) -> EvidenceField {
        match self {
            Self::LinkedIn => EvidenceField::LinkedIn,
            Self::GitHub => EvidenceField::GitHub,
            Self::Email => EvidenceField::Email,
            Self::Phone => EvidenceField::Phone,
            Self::Link => EvidenceField::Link,
        }
    }
}

/// Share of people who have the same key on both sides, where both have one; share of records that hold somebody else's.
/// Nothing for a key that is many people's by nature.
fn m_and_error(key: &IdentityKey) -> Option<(f64, f64)> {
    Some(match key.kind() {
        KeyKind::LinkedInMember => (0.99, 0.002),
        KeyKind::LinkedInSlug => (0.88, 0.006),
        KeyKind::LinkedInOpaque => (0.9, 0.006),
        KeyKind::GitHubId | KeyKind::StackOverflowId | KeyKind::Orcid | KeyKind::XId | KeyKind::BlueskyDid => {
            (0.98, 0.003)
        }
        // Renamed and taken by somebody else.
        KeyKind::GitHubLogin => (0.9, 0.012),
        KeyKind::Email => match EmailAddress::of_key(key)?.class() {
            EmailClass::Personal => (0.6, 0.012),
            // Employers give a mailbox to the next person.
            EmailClass::Corporate => (0.5, 0.03),
            EmailClass::Role | EmailClass::Relay => return None,
        },
        // A household's, an agency's, a typing error's.
        KeyKind::Phone => (0.5, 0.03),
        KeyKind::Web => (0.8, 0.02),
        KeyKind::XHandle => (0.8, 0.06),
        _ => (0.8, 0.03),
    })
}

/// Bits of two keys of one kind that differ (matching.md §6). A member id never changes; a login does, and records hold other
/// people's. Of slugs, [`bits_of_slugs`] tells more.
fn bits_when_different(kind: KeyKind) -> f64 {
    match kind {
        KeyKind::LinkedInMember => -10.0,
        KeyKind::LinkedInSlug | KeyKind::GitHubLogin => -4.0,
        KeyKind::GitHubId | KeyKind::StackOverflowId | KeyKind::Orcid => -6.0,
        KeyKind::Email | KeyKind::Phone => -0.7,
        _ => 0.0,
    }
}

/// Bits of two different slugs, where the second is that of a record and may be of before. Whoever changes theirs chooses one
/// instead of what LinkedIn had made up, and never goes back: 7 of 100 people do, and a quarter of all pairs look
/// like that. Two that LinkedIn made up, or one made up on the page and a chosen one in the record, are two people
/// (matching.md §9 asks for these rates).
fn bits_of_slugs(now: &str, before: &str) -> f64 {
    match (is_assigned_slug(before), is_assigned_slug(now)) {
        (true, false) => RENAMED_BITS,
        (false, false) => bits_when_different(KeyKind::LinkedInSlug),
        (_, true) => NEVER_RENAMED_BITS,
    }
}

const RENAMED_BITS: f64 = -2.0;
const NEVER_RENAMED_BITS: f64 = -6.0;

/// Differences of so many bits and more say that there are two accounts, and so two people.
const TWO_ACCOUNTS_BITS: f64 = -3.0;

/// A mailbox, a number or an account that is equal while the names are not: a family, a recycled address, a mistake.
const CLASHING_NAMES_BITS: f64 = 5.0;
/// A key that people of different names have.
const SHARED_KEY_BITS: f64 = 1.0;
/// A second kind of key that is equal too comes from the same page or the same form.
const FURTHER_KEY_BITS: f64 = 8.0;
/// The share of records with somebody else's mailbox or number where the given names are only alike: a household.
const ERROR_IN_A_HOUSEHOLD: f64 = 0.35;
/// Nine equal digits of numbers whose country is not known on one side: half the weight (matching.md §4.2).
const PHONE_END_PART: f64 = 0.5;
/// A person's name with a year, in two places: of some forty years that a namesake might have.
const NAME_AND_NUMBER_BITS: f64 = 5.0;
/// Share of people who choose one unusual name twice, and of records in which somebody else has chosen it too. It is more
/// than the 3 bits of matching.md §4.5, which counts plain names among the chosen ones.
const UNUSUAL_HANDLE: (f64, f64) = (0.3, 0.15);

/// Keys of one person that contacts with different names share: they have lost their power.
#[must_use]
pub fn shared_keys(page: &PersonFacts, contacts: &[PersonFacts]) -> BTreeSet<IdentityKey> {
    page.keys
        .iter()
        .map(|(key, _)| key)
        .filter(|key| {
            let holders: Vec<&PersonFacts> = contacts
                .iter()
                .filter(|contact| contact.keys.iter().any(|(held, _)| held == *key))
                .collect();
            holders.iter().enumerate().any(|(place, one)| {
                holders.iter().skip(place + 1).any(|other| {
                    matches!(
                        (&one.name, &other.name),
                        (Some(one), Some(other)) if one.compatible(other) == NameAgreement::Incompatible
                    )
                })
            })
        })
        .cloned()
        .collect()
}

/// An equal key.
struct Equal<'a> {
    key: &'a IdentityKey,
    page: &'a str,
    lever: &'a str,
    outcome: Outcome,
    bits: f64,
}

pub(super) fn weigh(
    page: &PersonFacts,
    contact: &PersonFacts,
    around: &Surroundings<'_>,
    names: Option<&NameComparison>,
    weighed: &mut Weighed,
) {
    let mut strongest = true;
    let mut equals: Vec<(KeyFamily, Equal<'_>)> = Vec::new();
    for family in KeyFamily::ALL {
        let conflict = conflict(page, contact, family);
        let equal = equal_key(page, contact, family, around, names, weighed.name);
        match (equal, conflict) {
            // The login or address is the same, the account behind it is another: it has changed hands.
            (Some(equal), Some(against)) if outranks(against.kind, equal.key.kind()) => {
                weighed.has_equal_key = true;
                weighed.has_conflict = true;
                weighed.add(
                    family.field(),
                    Outcome::Different,
                    against.bits,
                    Some(against.page),
                    Some(against.lever),
                );
            }
            (Some(equal), _) => equals.push((family, equal)),
            (None, Some(against)) => {
                weighed.has_conflict |= against.bits <= TWO_ACCOUNTS_BITS;
                if against.bits < 0.0 {
                    weighed.add(
                        family.field(),
                        Outcome::Different,
                        against.bits,
                        Some(against.page),
                        Some(against.lever),
                    );
                }
            }
            (None, None) => {}
        }
    }
    equals.sort_unstable_by(|one, other| other.1.bits.total_cmp(&one.1.bits));
    for (family, equal) in equals {
        let bits = if strongest {
            equal.bits
        } else {
            equal.bits.min(FURTHER_KEY_BITS)
        };
        strongest = false;
        weighed.has_equal_key = true;
        weighed.is_key_worth_a_look |=
            equal.outcome == Outcome::Equal && is_worth_a_look(equal.key.kind(), weighed.name, names);
        weighed.is_identified |= equal.outcome == Outcome::Equal
            && equal.bits > CLASHING_NAMES_BITS
            && !matches!(weighed.name, NameFit::Clashes | NameFit::ChangedFamily);
        weighed.add(family.field(), equal.outcome, bits, Some(equal.page), Some(equal.lever));
    }
    // Where keys have changed hands, an equal one beside them proves nothing.
    if weighed
        .evidence
        .iter()
        .any(|found| found.bits <= bits_when_different(KeyKind::LinkedInMember))
    {
        weighed.is_identified = false;
    }
    if !weighed.has_equal_key {
        weigh_handles(page, contact, around, weighed);
    }
}

/// Whether the recruiter should see a contact for this equal key alone.
fn is_worth_a_look(kind: KeyKind, fit: NameFit, names: Option<&NameComparison>) -> bool {
    let is_account = matches!(KeyFamily::of(kind), KeyFamily::LinkedIn | KeyFamily::GitHub);
    match fit {
        NameFit::Fits | NameFit::Unknown | NameFit::ChangedFamily => true,
        NameFit::Clashes => {
            kind == KeyKind::LinkedInMember
                || kind == KeyKind::GitHubId
                || (is_account && names.is_some_and(|names| names.family >= PartAgreement::Variant))
        }
    }
}

/// Whether a difference of one kind says more than an equality of the other: a number that never changes against a name that
/// can be given up and taken.
fn outranks(different: KeyKind, equal: KeyKind) -> bool {
    matches!(
        (different, equal),
        (KeyKind::LinkedInMember, KeyKind::LinkedInSlug | KeyKind::LinkedInOpaque)
            | (KeyKind::GitHubId, KeyKind::GitHubLogin)
    )
}

fn equal_key<'a>(
    page: &'a PersonFacts,
    contact: &'a PersonFacts,
    family: KeyFamily,
    around: &Surroundings<'_>,
    names: Option<&NameComparison>,
    fit: NameFit,
) -> Option<Equal<'a>> {
    let of_family = page.keys.iter().filter(|(key, _)| KeyFamily::of(key.kind()) == family);
    let full = of_family.filter_map(|(key, shown)| {
        let (_, lever) = contact.keys.iter().find(|(held, _)| held == key)?;
        let (m, error) = m_and_error(key)?;
        // A wife or a brother with a name much like it, at the same mailbox or number.
        let is_household = matches!(family, KeyFamily::Email | KeyFamily::Phone)
            && names.is_some_and(|names| {
                matches!(
                    names.given,
                    PartAgreement::Initial | PartAgreement::Typo | PartAgreement::Prefix
                )
            });
        let error = if is_household { ERROR_IN_A_HOUSEHOLD } else { error };
        let full = (m * around.community() / error).log2();
        let (outcome, bits) = if around.shared.contains(key) {
            (Outcome::Shared, full.min(SHARED_KEY_BITS))
        } else if matches!(fit, NameFit::Clashes) {
            (Outcome::Equal, full.min(CLASHING_NAMES_BITS))
        } else {
            (Outcome::Equal, full)
        };
        Some(Equal {
            key,
            page: shown,
            lever,
            outcome,
            bits,
        })
    });
    full.max_by(|one, other| one.bits.total_cmp(&other.bits))
        .or_else(|| equal_phone_end(page, contact, family, around, fit))
}

fn equal_phone_end<'a>(
    page: &'a PersonFacts,
    contact: &'a PersonFacts,
    family: KeyFamily,
    around: &Surroundings<'_>,
    fit: NameFit,
) -> Option<Equal<'a>> {
    if family != KeyFamily::Phone || fit != NameFit::Fits {
        return None;
    }
    // Two whole numbers that differ in their country only are two numbers.
    let (ours, theirs) = page.phone_ends.iter().find_map(|ours| {
        let mut theirs = contact.phone_ends.iter();
        let found = theirs.find(|theirs| theirs.word == ours.word && !(ours.is_whole && theirs.is_whole))?;
        Some((ours, found))
    })?;
    let any = page
        .keys
        .iter()
        .chain(&contact.keys)
        .find(|(key, _)| key.kind() == KeyKind::Phone);
    let bits = (0.5 * around.community() / 0.03).log2() * PHONE_END_PART;
    let (key, _) = any.or_else(|| page.keys.first().or_else(|| contact.keys.first()))?;
    Some(Equal {
        key,
        page: &ours.shown,
        lever: &theirs.shown,
        outcome: Outcome::Compatible,
        bits,
    })
}

/// Two different keys of one kind.
struct Conflict<'a> {
    kind: KeyKind,
    bits: f64,
    page: &'a str,
    lever: &'a str,
}

/// The heaviest kind of which both sides have keys and none is equal.
fn conflict<'a>(page: &'a PersonFacts, contact: &'a PersonFacts, family: KeyFamily) -> Option<Conflict<'a>> {
    page.keys
        .iter()
        .filter(|(key, _)| KeyFamily::of(key.kind()) == family)
        .filter_map(|(key, shown)| {
            let kind = key.kind();
            let mut held = contact.keys.iter().filter(|(held, _)| held.kind() == kind);
            let (first, lever) = held.clone().next()?;
            let ours = page.keys.iter().filter(|(ours, _)| ours.kind() == kind);
            let is_equal = held.any(|(held, _)| ours.clone().any(|(ours, _)| ours == held));
            let bits = match kind {
                KeyKind::LinkedInSlug => match (&page.contact, &contact.contact) {
                    (None, Some(_)) => bits_of_slugs(key.value(), first.value()),
                    (Some(_), None) => bits_of_slugs(first.value(), key.value()),
                    // Nobody knows which of two records is the later one.
                    _ => bits_of_slugs(key.value(), first.value()).max(bits_of_slugs(first.value(), key.value())),
                },
                _ => bits_when_different(kind),
            };
            (!is_equal).then_some(Conflict {
                kind,
                bits,
                page: shown,
                lever,
            })
        })
        .min_by(|one, other| one.bits.total_cmp(&other.bits))
}

fn weigh_handles(page: &PersonFacts, contact: &PersonFacts, around: &Surroundings<'_>, weighed: &mut Weighed) {
    if matches!(weighed.name, NameFit::Clashes) {
        return;
    }
    let same = page.handles.iter().find_map(|handle| {
        let held = contact.handles.iter().find(|held| held.is_also(handle))?;
        Some((handle, held))
    });
    let Some((handle, held)) = same else {
        return;
    };
    let is_unusual = [handle, held]
        .iter()
        .all(|handle| handle.strength() == HandleStrength::Unusual);
    let bits = if is_unusual {
        let (m, error) = UNUSUAL_HANDLE;
        (m * around.community() / error).log2()
    } else {
        NAME_AND_NUMBER_BITS
    };
    weighed.families.insert(super::Family::Handle);
    weighed.add(
        EvidenceField::Handle,
        Outcome::Equal,
        bits,
        Some(handle.as_str()),
        Some(held.as_str()),
    );
}
