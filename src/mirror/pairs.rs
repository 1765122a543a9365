//! Pairs of records that seem to be one person, as they were last found: made anew with the frequencies, and only a list to
//! begin with, since whoever shows a pair looks at both records again.

use rusqlite::params;

use super::index::KeyWordKind;
use super::statistics::Counting;
use super::{Mirror, MirrorError};

/// Words looked at in one turn.
const LOOKED_AT_ONCE: u32 = 200;
/// Pairs that are kept: whoever has worked through so many finds the next ones in the next list.
const MOST_PAIRS: i64 = 20_000;

/// Two people by their rows, the lesser first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StoredPair {
    /// Row of the one.
    pub one: i64,
    /// Row of the other.
    pub other: i64,
    /// How probable it is that they are one person.
    pub probability: f64,
}

/// Words that several people have.
pub struct SharedWords {
    /// The words.
    pub words: Vec<String>,
    /// Where to go on.
    pub next: Counting,
}

impl Mirror {
    /// Identity keys and full names, some of those after the given word, that at least two and at most so many people have.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn shared_words(&self, after: &str, most: u64) -> Result<SharedWords, MirrorError> {
        let looked_at = self.words_after(KeyWordKind::Identity..=KeyWordKind::FullName, after, LOOKED_AT_ONCE)?;
        let next = looked_at
            .last()
            .map_or(Counting::Done, |(word, _)| Counting::After(word.clone()));
        let words = looked_at
            .into_iter()
            .filter(|(_, people)| (2..=most).contains(people))
            .map(|(word, _)| word)
            .collect();
        Ok(SharedWords { words, next })
    }

    /// Keeps pairs. Those of before go with the first turn of a new look.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn store_pairs(&self, pairs: &[StoredPair], after: &str) -> Result<(), MirrorError> {
        if pairs.is_empty() && !after.is_empty() {
            return Ok(());
        }
        self.in_one(|| {
            if after.is_empty() {
                self.connection.prepare_cached("DELETE FROM pair")?.execute([])?;
            }
            let kept: i64 = self
                .connection
                .query_row("SELECT count(*) FROM pair", [], |row| row.get(0))?;
            let room = usize::try_from(MOST_PAIRS.saturating_sub(kept)).unwrap_or(0);
            let mut insert = self
                .connection
                .prepare_cached("INSERT OR IGNORE INTO pair (one, other, probability) VALUES (?1, ?2, ?3)")?;
            for pair in pairs.iter().take(room) {
                insert.execute(params![pair.one, pair.other, pair.probability])?;
            }
            Ok(())
        })
    }

    /// The surest pairs.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn stored_pairs(&self, limit: u32) -> Result<Vec<StoredPair>, MirrorError> {
        let pairs = self
            .connection
            .prepare_cached("SELECT one, other, probability FROM pair ORDER BY probability DESC, one, other LIMIT ?1")?
            .query_map([limit], |row| {
                Ok(StoredPair {
                    one: row.get(0)?,
                    other: row.get(1)?,
                    probability: row.get(2)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(pairs)
    }

    /// Whether everybody has been looked at since the frequencies were last counted.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn are_pairs_found(&self) -> Result<bool, MirrorError> {
        let among: Option<u64> = self.number("frequencies_among")?;
        Ok(among.is_some() && self.number("pairs_among")? == among)
    }

    /// Everybody has been looked at.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn note_pairs_found(&self) -> Result<(), MirrorError> {
        let among: u64 = self.number("frequencies_among")?.unwrap_or(0);
        self.set_number("pairs_among", among)
    }
}
