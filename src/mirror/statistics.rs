//! How frequent given names, family names, employers and places are among the people of the mirror. Taken from the index after
//! everything has been read, and now and then anew: a frequency need not be of this minute.

use std::ops::RangeInclusive;

use rusqlite::params;

use super::index::{COUNTED, KeyWord, KeyWordKind, country_word};
use super::{Mirror, MirrorError};
use crate::identity::Region;

/// Words counted in one turn.
const COUNTED_AT_ONCE: u32 = 1_500;
/// A word of fewer people is not kept: rare is what is not listed.
const FEWEST: u64 = 2;
/// Frequencies that are remembered: of a list of people most are asked for again with the next.
const MOST_REMEMBERED: usize = 16_000;

/// Whether there is more to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counting {
    /// After this word.
    After(String),
    /// All words have been counted.
    Done,
}

fn letters() -> RangeInclusive<u8> {
    COUNTED.start().letter()..=COUNTED.end().letter()
}

fn total_name(letter: u8) -> String {
    format!("values_{}", char::from(letter))
}

impl Mirror {
    /// Counts some of the words after the given one.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn count_frequencies(&self, after: &str) -> Result<Counting, MirrorError> {
        let is_first = after.is_empty();
        let first = char::from(COUNTED.start().letter()).to_string();
        let end = char::from(COUNTED.end().letter().saturating_add(1)).to_string();
        let after = if is_first { first.as_str() } else { after };
        let counted = self.words_after(COUNTED, after, COUNTED_AT_ONCE)?;
        let until = counted.last().map_or(end.as_str(), |(word, _)| word).to_owned();
        self.frequencies.borrow_mut().clear();
        self.in_one(|| {
            if is_first {
                for letter in letters() {
                    self.set_number(&total_name(letter), 0)?;
                }
            }
            self.connection
                .prepare_cached("DELETE FROM frequency WHERE word > ?1 AND word <= ?2")?
                .execute([after, &until])?;
            let mut insert = self
                .connection
                .prepare_cached("INSERT INTO frequency (word, people) VALUES (?1, ?2)")?;
            for (word, people) in counted.iter().filter(|(_, people)| *people >= FEWEST) {
                insert.execute(params![word, i64::try_from(*people).unwrap_or(i64::MAX)])?;
            }
            for letter in letters() {
                let of_kind = counted
                    .iter()
                    .filter(|(word, _)| word.as_bytes().first() == Some(&letter));
                let people: u64 = of_kind.map(|(_, people)| people).sum();
                if people > 0 {
                    let before: u64 = self.number(&total_name(letter))?.unwrap_or(0);
                    self.set_number(&total_name(letter), before + people)?;
                }
            }
            if counted.is_empty() {
                self.set_number("frequencies_among", self.counts.get().contacts)?;
                let country = self.most_frequent_country()?.map(|country| country.to_string());
                self.set_meta("account_country", country.as_deref())?;
            }
            Ok(())
        })?;
        Ok(if counted.is_empty() {
            Counting::Done
        } else {
            Counting::After(until)
        })
    }

    /// Words of some kinds after the given one, with how many people have each, in the order of the index.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub(super) fn words_after(
        &self,
        kinds: RangeInclusive<KeyWordKind>,
        after: &str,
        limit: u32,
    ) -> Result<Vec<(String, u64)>, MirrorError> {
        let first = char::from(kinds.start().letter()).to_string();
        let end = char::from(kinds.end().letter().saturating_add(1)).to_string();
        let after = if after.is_empty() { first.as_str() } else { after };
        let words = self
            .connection
            .prepare_cached(
                "SELECT term, doc FROM contact_key_word WHERE term > ?1 AND term < ?2 ORDER BY term LIMIT ?3",
            )?
            .query_map(params![after, end, limit], |row| {
                Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
            })?
            .collect::<Result<_, _>>()?;
        Ok(words)
    }

    /// How many values of a kind all people have together, when they were counted: a person may have several.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn values_counted(&self, kind: KeyWordKind) -> Result<Option<u64>, MirrorError> {
        self.number(&total_name(kind.letter()))
    }

    /// Whether the frequencies were counted among so many fewer or more people that they no longer hold.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn are_frequencies_old(&self) -> Result<bool, MirrorError> {
        let now = self.counts.get().contacts;
        Ok(match self.number::<u64>("frequencies_among")? {
            None => now > 0,
            Some(among) => now.abs_diff(among) > among / 20,
        })
    }

    /// Among how many people the frequencies were counted; `None` before anything was.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn frequencies_among(&self) -> Result<Option<u64>, MirrorError> {
        self.number("frequencies_among")
    }

    /// The country where most people of the account live, more than in all others together.
    fn most_frequent_country(&self) -> Result<Option<Region>, MirrorError> {
        let known = self.values_counted(KeyWordKind::Country)?.unwrap_or(0);
        for country in Region::all() {
            if self.frequency(country_word(country))? > known / 2 && known > 1 {
                return Ok(Some(country));
            }
        }
        Ok(None)
    }

    /// The country where most people of the account lived when the frequencies were counted; `None` where no country has more than
    /// all others together.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn account_country(&self) -> Result<Option<Region>, MirrorError> {
        Ok(self.meta("account_country")?.as_deref().and_then(Region::parse))
    }

    /// How many people have a value, 1 where the value is rarer than what is kept.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn frequency(&self, word: KeyWord) -> Result<u64, MirrorError> {
        use rusqlite::OptionalExtension;
        if let Some(known) = self.frequencies.borrow().get(&word) {
            return Ok(*known);
        }
        let people: Option<u32> = self
            .connection
            .prepare_cached("SELECT people FROM frequency WHERE word = ?1")?
            .query_row([word.as_str()], |row| row.get(0))
            .optional()?;
        let people = people.unwrap_or(1).into();
        let mut known = self.frequencies.borrow_mut();
        if known.len() >= MOST_REMEMBERED {
            known.clear();
        }
        known.insert(word, people);
        Ok(people)
    }
}
