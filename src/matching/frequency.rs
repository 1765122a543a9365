//! How likely it is that somebody else has the same name, employer or town: counted among the people of the mirror, and mixed
//! with a small table of the world's commonest names, which a small mirror cannot know (matching.md §6).

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use crate::identity::tables::{self, Table};
use crate::mirror::index::{KeyWord, KeyWordKind};
use crate::mirror::{Mirror, MirrorError};

/// One line a frequency: people in 100,000, then the names that about so many have, folded.
const COMMON_GIVEN: Table = Table::CommonGivenNames;
const COMMON_FAMILY: Table = Table::CommonFamilyNames;

/// The table's part in a mirror of N people is this number in N and this number (matching.md §6).
pub(super) const WEIGHT_OF_TABLE: f64 = 20_000.0;

/// Shares of what the table does not list.
const UNLISTED_GIVEN: f64 = 1e-4;
const UNLISTED_FAMILY: f64 = 4e-5;
const UNLISTED_COMPANY: f64 = 4e-4;
const UNLISTED_METRO: f64 = 4e-3;
const UNLISTED_COUNTRY: f64 = 0.05;
const UNLISTED_SCHOOL: f64 = 3e-3;

/// Shares of people, asked for many times while one question is answered.
pub struct Frequencies<'a> {
    mirror: &'a Mirror,
    known: RefCell<HashMap<KeyWord, f64, RandomState>>,
    among: RefCell<HashMap<u8, Option<f64>, RandomState>>,
    counted_among: OnceCell<Option<f64>>,
}

impl<'a> Frequencies<'a> {
    /// Frequencies among the people of a mirror.
    #[must_use]
    pub fn of(mirror: &'a Mirror) -> Self {
        Self {
            mirror,
            known: RefCell::default(),
            among: RefCell::default(),
            counted_among: OnceCell::new(),
        }
    }

    fn counted_among(&self) -> Result<Option<f64>, MirrorError> {
        if let Some(known) = self.counted_among.get() {
            return Ok(*known);
        }
        let among = self.mirror.frequencies_among()?.map(|among| among as f64);
        Ok(*self.counted_among.get_or_init(|| among))
    }

    /// How many people have any value of a kind that many people have none of.
    fn among(&self, kind: KeyWordKind) -> Result<Option<f64>, MirrorError> {
        let a_person = match kind {
            KeyWordKind::Metro | KeyWordKind::Country => 1.0,
            KeyWordKind::School => SCHOOLS_A_PERSON,
            _ => return Ok(None),
        };
        if let Some(known) = self.among.borrow().get(&(kind as u8)) {
            return Ok(*known);
        }
        let values = self.mirror.values_counted(kind)?;
        let among = values
            .map(|values| values as f64 / a_person)
            .filter(|among| *among > 0.0);
        self.among.borrow_mut().insert(kind as u8, among);
        Ok(among)
    }

    /// Share of people who have a value, more than 0 and at most 1, among those of whom the like is known.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn share(&self, kind: KeyWordKind, value: &str) -> Result<f64, MirrorError> {
        let word = KeyWord::new(kind, value);
        if let Some(share) = self.known.borrow().get(&word) {
            return Ok(*share);
        }
        let listed = share_by_table(kind, value);
        let share = match self.counted_among()? {
            None => listed,
            Some(counted_among) => {
                let people = self.mirror.frequency(word)? as f64;
                let among = self.among(kind)?.unwrap_or(counted_among);
                // People who have no value of the kind say nothing, and of those who have several each counts for all.
                let table = WEIGHT_OF_TABLE * (among / counted_among.max(1.0)).min(1.0);
                (people + table * listed) / (among + table)
            }
        };
        let share = share.clamp(1e-9, 1.0);
        self.known.borrow_mut().insert(word, share);
        Ok(share)
    }
}

/// Schools that one person names, on the average.
const SCHOOLS_A_PERSON: f64 = 1.4;

fn share_by_table(kind: KeyWordKind, value: &str) -> f64 {
    static GIVEN: OnceLock<Vec<(&str, f64)>> = OnceLock::new();
    static FAMILY: OnceLock<Vec<(&str, f64)>> = OnceLock::new();
    let (table, unlisted) = match kind {
        KeyWordKind::Given => (GIVEN.get_or_init(|| read(COMMON_GIVEN)), UNLISTED_GIVEN),
        KeyWordKind::Family => (FAMILY.get_or_init(|| read(COMMON_FAMILY)), UNLISTED_FAMILY),
        KeyWordKind::Metro => return UNLISTED_METRO,
        KeyWordKind::Country => return UNLISTED_COUNTRY,
        KeyWordKind::School => return UNLISTED_SCHOOL,
        _ => return UNLISTED_COMPANY,
    };
    let found = table.binary_search_by(|entry| entry.0.cmp(value)).ok();
    found
        .and_then(|place| table.get(place))
        .map_or(unlisted, |entry| entry.1)
}

fn read(table: Table) -> Vec<(&'static str, f64)> {
    let mut names: Vec<(&str, f64)> = tables::text(table)
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(count, names)| Some((count.parse::<f64>().ok()?, names)))
        .flat_map(|(count, names)| names.split(' ').map(move |name| (name, count / 100_000.0)))
        .collect();
    names.sort_unstable_by_key(|entry| entry.0);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_tables_is_folded_and_stands_once() {
        for table in [COMMON_GIVEN, COMMON_FAMILY] {
            let names = read(table);
            assert!(names.len() > 200);
            assert!(names.windows(2).all(|pair| pair[0].0 < pair[1].0));
            for (name, share) in names {
                assert_eq!(crate::identity::fold(name), name);
                assert!(share > 0.0 && share < 0.05, "{name}");
            }
        }
    }

    #[test]
    fn a_common_name_is_common_before_anything_was_counted() {
        assert!(share_by_table(KeyWordKind::Given, "james") > 20.0 * share_by_table(KeyWordKind::Given, "ottoline"));
        assert!(
            share_by_table(KeyWordKind::Family, "nguyen") > 20.0 * share_by_table(KeyWordKind::Family, "ambergrove")
        );
    }
}
