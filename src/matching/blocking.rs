//! Which contacts come into question for a page: exact look-ups only (matching.md §6). It must not decide: it finds too many
//! rather than too few, but never so many that reading them would be felt.
//!
//! Whoever shares an identity key, the full name in any of its forms, or a part of the name together with an employer, a town or
//! a school, is found. Of a name that hundreds have, only those who share something else come into question: among so many the
//! name alone finds nobody.

use std::collections::HashMap;

use super::Corrections;
use super::facts::PersonFacts;
use crate::command::Correction;
use crate::identity::name::PartAgreement;
use crate::identity::{NameAgreement, PersonName, fold};
use crate::mirror::index::{KeyWord, KeyWordKind, company_words, family_and_initial, name_letters};
use crate::mirror::{Mirror, MirrorError};

/// More people than this behind one identity key, and the key says nothing about any of them.
const MOST_FOR_A_KEY: u32 = 50;
/// People who are looked at one by one.
const MOST_LOOKED_AT: usize = 64;
/// Namesakes that are found without anything else in common. Of more, only those who share something else.
const MOST_NAMESAKES: u32 = 64;
/// So few namesakes are all looked at, whatever they share.
const FEW_NAMESAKES: u32 = 12;
/// People found by a part of the name alone: of a rare one only.
const MOST_BY_A_RARE_PART: u32 = 20;
/// People found by a part of the name and something else.
const MOST_BY_BOTH: u32 = 40;
/// Namesakes are counted up to this number.
const MOST_COUNTED: u32 = 2_000;
/// Employers and schools that a look-up joins a name with.
const MOST_BESIDE: usize = 7;
/// Given names that somebody may go by, with an employer or a town.
const MOST_GIVEN: usize = 4;
/// Forms of the name that are looked up.
const MOST_FORMS: usize = 12;
/// Family names that are looked up with an employer.
const MOST_FAMILY: usize = 3;

/// How promising a find is, in bits by rule of thumb: the most promising are looked at first.
mod promise {
    pub(super) const CORRECTED: f64 = 100.0;
    pub(super) const IDENTITY: f64 = 30.0;
    pub(super) const PHONE_END: f64 = 14.0;
    pub(super) const HANDLE: f64 = 13.5;
    pub(super) const FULL_NAME: f64 = 12.0;
    pub(super) const OTHER_NAME: f64 = 10.0;
    pub(super) const LETTERS: f64 = 9.0;
    /// The given name and an employer: the family name may have changed.
    pub(super) const CHANGED_FAMILY: f64 = 6.0;
    pub(super) const PART_OF_NAME: f64 = 5.0;
    pub(super) const BESIDE: f64 = 1.0;
}

/// Those who come into question.
pub struct Block {
    /// What is known of each.
    pub contacts: Vec<PersonFacts>,
    /// How many people in the mirror have the page's name, counted up to a limit.
    pub namesakes: u32,
}

/// Rows with how promising they are.
#[derive(Default)]
struct Found {
    rows: HashMap<i64, f64>,
}

impl Found {
    /// The best find of each counts.
    fn note(&mut self, rows: &[i64], promise: f64) {
        for row in rows {
            let known = self.rows.entry(*row).or_insert(0.0);
            *known = known.max(promise);
        }
    }

    fn best(self, most: usize) -> Vec<(i64, f64)> {
        let mut rows: Vec<(i64, f64)> = self.rows.into_iter().collect();
        // The later row first: the fresher record.
        rows.sort_by(|one, other| other.1.total_cmp(&one.1).then(other.0.cmp(&one.0)));
        rows.truncate(most);
        rows
    }
}

/// The contacts that come into question, and those the recruiter named.
///
/// # Errors
/// [`MirrorError`].
pub fn candidates(page: &PersonFacts, mirror: &Mirror, corrections: &Corrections) -> Result<Block, MirrorError> {
    let mut found = Found::default();
    let mut is_known_by_key = false;
    for (key, _) in &page.keys {
        let rows = mirror.contact_rows(KeyWord::identity(key).as_str(), MOST_FOR_A_KEY)?;
        is_known_by_key |= !rows.is_empty();
        found.note(&rows, promise::IDENTITY);
    }
    for (end, _) in &page.phone_ends {
        found.note(&few(mirror, end.as_str(), MOST_BY_A_RARE_PART)?, promise::PHONE_END);
    }
    for handle in &page.handles {
        let word = KeyWord::new(KeyWordKind::Handle, handle.as_str());
        found.note(&few(mirror, word.as_str(), MOST_BY_A_RARE_PART)?, promise::HANDLE);
    }
    let namesakes = by_name(page, mirror, is_known_by_key, &mut found)?;
    for (contact, correction) in &corrections.said {
        if *correction == Correction::SamePerson
            && let Some(record) = mirror.contact(contact)?
        {
            found.note(&[record.row], promise::CORRECTED);
        }
    }
    let mut contacts = Vec::new();
    for (row, promise) in found.best(MOST_LOOKED_AT) {
        let Some(record) = mirror.contact_in(row)? else {
            continue;
        };
        // Most who share a part of the name have another name altogether: they are let go before the rest is read.
        if promise < promise::HANDLE
            && let Some(name) = &page.name
            && !may_be_named(name, &record.data.name, promise)
        {
            continue;
        }
        contacts.push(PersonFacts::of_contact(record));
    }
    Ok(Block { contacts, namesakes })
}

/// Whether the record's name fits, or only the family name is another where something else was found with it.
fn may_be_named(name: &PersonName, other: &str, promise: f64) -> bool {
    let found = name.compare(&PersonName::parse(other));
    found.agreement != NameAgreement::Incompatible
        || (promise >= promise::CHANGED_FAMILY && found.given >= PartAgreement::Variant)
}

/// Finds by the name and what stands beside it; how many have the full name.
fn by_name(page: &PersonFacts, mirror: &Mirror, is_known_by_key: bool, found: &mut Found) -> Result<u32, MirrorError> {
    let Some(name) = page.name.as_ref().filter(|name| name.is_usable()) else {
        return Ok(0);
    };
    let employers: Vec<KeyWord> = page
        .employers
        .iter()
        .flat_map(|employer| company_words(&employer.keys))
        .collect();
    let schools = page
        .schools
        .iter()
        .map(|school| KeyWord::new(KeyWordKind::School, &school.key));
    let employers = any_of(employers.into_iter().chain(schools).take(MOST_BESIDE));
    let metro = page.place.as_ref().and_then(|place| place.metro_key());
    let metro = metro.map(|metro| KeyWord::new(KeyWordKind::Metro, metro).as_str().to_owned());
    let beside = [&employers, &metro];

    let (own, roots) = (name.block_keys(), name.root_keys());
    let full = any_of(words(KeyWordKind::FullName, &own).into_iter());
    // Whose whole name this is short for, and who has a short form of the same whole name.
    let forms = words(KeyWordKind::FullName, &roots).into_iter();
    let forms = forms
        .chain(words(KeyWordKind::NameRoot, &roots))
        .chain(words(KeyWordKind::NameRoot, &own));
    let forms = any_of(forms.take(MOST_FORMS));
    let mut namesakes = 0;
    if let Some(names) = &full {
        namesakes = by_whole_name(mirror, names, beside, promise::FULL_NAME, found)?;
    }
    if let Some(names) = &forms {
        by_whole_name(mirror, names, beside, promise::OTHER_NAME, found)?;
    }
    if is_known_by_key {
        // Who is known by a key need not be looked for by a part of the name.
        return Ok(namesakes);
    }
    if let Some(letters) = name_letters(name) {
        found.note(&few(mirror, letters.as_str(), MOST_BY_A_RARE_PART)?, promise::LETTERS);
    }
    // Typing errors, initials, another romanisation: the family name with the first letter of the given one.
    let initials = any_of(family_and_initial(name).into_iter().take(MOST_FAMILY));
    if let Some(initials) = &initials {
        found.note(&few(mirror, initials, MOST_BY_A_RARE_PART)?, promise::PART_OF_NAME);
        by_both(mirror, initials, &metro, promise::PART_OF_NAME, found)?;
    }
    // A given name that is an initial, or one that nobody would think of.
    let family = name.family_spellings().chain(name.middle()).take(MOST_FAMILY);
    let family: Vec<KeyWord> = family
        .map(|word| KeyWord::new(KeyWordKind::Family, &fold(word)))
        .collect();
    if let Some(family) = any_of(family.into_iter()) {
        let parts = initials.map_or(family.clone(), |initials| format!("{initials} OR {family}"));
        by_both(mirror, &parts, &employers, promise::PART_OF_NAME, found)?;
    }
    // A family name that is an initial, missing, misspelt or another than before.
    let given = name.given_spellings().take(2).chain(name.given_variants());
    let given: Vec<KeyWord> = given
        .map(|word| KeyWord::new(KeyWordKind::Given, word))
        .take(MOST_GIVEN)
        .collect();
    if let Some(first) = given.first().filter(|_| !name.is_given_an_initial()) {
        found.note(
            &few(mirror, first.as_str(), MOST_BY_A_RARE_PART)?,
            promise::PART_OF_NAME,
        );
        if let Some(names) = any_of(given.into_iter()) {
            by_both(mirror, &names, &employers, promise::CHANGED_FAMILY, found)?;
            by_both(mirror, &names, &metro, promise::PART_OF_NAME, found)?;
        }
    }
    Ok(namesakes)
}

fn words(kind: KeyWordKind, keys: &[String]) -> Vec<KeyWord> {
    keys.iter().map(|key| KeyWord::new(kind, key)).collect()
}

/// A question for any of several words; none for no words.
fn any_of(words: impl Iterator<Item = KeyWord>) -> Option<String> {
    let words: Vec<KeyWord> = words.collect();
    let words: Vec<&str> = words.iter().map(KeyWord::as_str).collect();
    (!words.is_empty()).then(|| words.join(" OR "))
}

/// Those whom a question finds; nobody where there are more than so many, of whom the question says nothing.
fn few(mirror: &Mirror, wanted: &str, most: u32) -> Result<Vec<i64>, MirrorError> {
    let mut rows = mirror.contact_rows(wanted, most + 1)?;
    if rows.len() > most as usize {
        rows.clear();
    }
    Ok(rows)
}

/// Those who have one of several whole names: all of them where they are not too many, and first those with something beside
/// it. How many have one, counted up to a limit.
fn by_whole_name(
    mirror: &Mirror,
    names: &str,
    beside: [&Option<String>; 2],
    promise: f64,
    found: &mut Found,
) -> Result<u32, MirrorError> {
    let rows = mirror.contact_rows(names, MOST_NAMESAKES + 1)?;
    let mut count = rows.len() as u32;
    if count <= MOST_NAMESAKES {
        found.note(&rows, promise);
    } else {
        count = mirror.count_contacts(names, MOST_COUNTED)?;
    }
    if count > FEW_NAMESAKES {
        for beside in beside.into_iter().flatten() {
            let wanted = format!("({names}) AND ({beside})");
            found.note(
                &mirror.contact_rows(&wanted, MOST_NAMESAKES)?,
                promise + promise::BESIDE,
            );
        }
    }
    Ok(count)
}

/// Those who have a part of the name and something beside it, where they are few.
fn by_both(
    mirror: &Mirror,
    names: &str,
    beside: &Option<String>,
    promise: f64,
    found: &mut Found,
) -> Result<(), MirrorError> {
    if let Some(beside) = beside {
        let wanted = format!("({names}) AND ({beside})");
        found.note(&few(mirror, &wanted, MOST_BY_BOTH)?, promise);
    }
    Ok(())
}
