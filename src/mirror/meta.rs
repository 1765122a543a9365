//! Facts about the mirror itself, its transactions, and how it is emptied.

use std::str::FromStr;

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior};

use super::{Counts, Mirror, MirrorError, schema};
use crate::command::Renewal;
use crate::text::Millis;

/// Pieces of the index merged in one turn.
const MERGED_AT_ONCE: i64 = 400;
/// Bytes of a piece of the index of keys, once everything has been read. Who asks for people who have two things goes through the list
/// of each, and a list is skipped through by pieces: small ones save a quarter of the time. While everything is read, large pieces
/// are written in less.
const MERGED_PIECE: i64 = 500;

/// Whether there is more to merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merging {
    /// Ask again.
    GoesOn,
    /// All is one.
    Done,
}

/// Whether to begin to bring everything together, or to go on with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeKeys {
    /// From now on all segments of the index are to become one.
    All,
    /// The next pages of what was begun.
    GoOn,
}

impl Mirror {
    /// A fact about the mirror itself.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn meta(&self, name: &str) -> Result<Option<String>, MirrorError> {
        Ok(self
            .connection
            .prepare_cached("SELECT value FROM meta WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?)
    }

    /// Sets or forgets a fact about the mirror itself.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn set_meta(&self, name: &str, value: Option<&str>) -> Result<(), MirrorError> {
        match value {
            Some(value) => self
                .connection
                .prepare_cached(
                    "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                )?
                .execute([name, value])?,
            None => self
                .connection
                .prepare_cached("DELETE FROM meta WHERE name = ?1")?
                .execute([name])?,
        };
        Ok(())
    }

    pub(super) fn number<T: FromStr>(&self, name: &str) -> Result<Option<T>, MirrorError> {
        Ok(self.meta(name)?.and_then(|value| value.parse().ok()))
    }

    pub(super) fn set_number(&self, name: &str, number: impl ToString) -> Result<(), MirrorError> {
        self.set_meta(name, Some(&number.to_string()))
    }

    pub(super) fn moment(&self, name: &str) -> Result<Option<Millis>, MirrorError> {
        Ok(self.number(name)?.map(Millis))
    }

    /// Whether everything has been read, so that "not in Lever" may be said.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn is_complete(&self) -> Result<bool, MirrorError> {
        Ok(self.number("complete")? == Some(1))
    }

    /// Until when Lever has been read without a gap.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn as_of(&self) -> Result<Option<Millis>, MirrorError> {
        self.moment("as_of")
    }

    /// From when changes have to be asked for.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn changes_since(&self) -> Result<Option<Millis>, MirrorError> {
        self.moment("changes_since")
    }

    /// Opens a transaction that several turns of work share, so that pages which each of them touches are written once. Whoever
    /// asks meanwhile sees what it holds; whoever stores meanwhile joins it.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn begin_batch(&self) -> Result<(), MirrorError> {
        if !self.batch.get() {
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
            self.batch.set(true);
            self.load_counts()?;
        }
        Ok(())
    }

    /// Whether the transaction of several turns is still open.
    #[must_use]
    pub fn has_batch(&self) -> bool {
        self.batch.get()
    }

    /// Brings the segments of the index of keys together, some pieces at a time: every look-up asks each segment. Whether there
    /// is more to do.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn merge_keys(&self, begin: MergeKeys) -> Result<Merging, MirrorError> {
        let pages = match begin {
            MergeKeys::All => -MERGED_AT_ONCE,
            MergeKeys::GoOn => MERGED_AT_ONCE,
        };
        let changes = self.in_one(|| {
            if pages < 0 {
                self.connection
                    .prepare_cached("INSERT INTO contact_key (contact_key, rank) VALUES ('pgsz', ?1)")?
                    .execute([MERGED_PIECE])?;
            }
            let before = self.connection.total_changes();
            self.connection
                .prepare_cached("INSERT INTO contact_key (contact_key, rank) VALUES ('merge', ?1)")?
                .execute([pages])?;
            Ok(self.connection.total_changes().saturating_sub(before))
        })?;
        // SQLite's documentation of `merge`: fewer than two changes, and there was nothing left to merge.
        Ok(if changes < 2 { Merging::Done } else { Merging::GoesOn })
    }

    /// Whether the segments have been brought together since the frequencies were last counted.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn are_keys_merged(&self) -> Result<bool, MirrorError> {
        let among: Option<u64> = self.number("frequencies_among")?;
        Ok(among.is_none() || self.number("keys_merged_among")? == among)
    }

    /// The segments have been brought together.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn note_keys_merged(&self) -> Result<(), MirrorError> {
        let among: u64 = self.number("frequencies_among")?.unwrap_or(0);
        self.set_number("keys_merged_among", among)
    }

    /// Lets the full-text indexes write what they have gathered, which would else be part of the commit and make that one long.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn settle_indexes(&self) -> Result<(), MirrorError> {
        // A savepoint is what they do it for.
        Ok(self.connection.execute_batch("SAVEPOINT settled; RELEASE settled")?)
    }

    /// Stores what several turns of work have done.
    ///
    /// # Errors
    /// [`MirrorError`]; nothing of the batch stays then. [`MirrorError::TakenBack`] when it had been lost before.
    pub fn commit_batch(&self) -> Result<(), MirrorError> {
        if !self.batch.get() {
            return Err(MirrorError::TakenBack);
        }
        let result = self
            .store_counts()
            .and_then(|()| Ok(self.connection.execute_batch("COMMIT")?));
        if result.is_err() {
            self.roll_back_batch();
        }
        self.batch.set(false);
        result
    }

    /// Brings the write-ahead log into the file, which would else be part of some commit and make that one long.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn shorten_log(&self) -> Result<(), MirrorError> {
        if !self.batch.get() {
            self.connection
                .query_row("PRAGMA wal_checkpoint(passive)", [], |_| Ok(()))?;
        }
        Ok(())
    }

    /// Takes back what a batch has done so far.
    pub fn roll_back_batch(&self) {
        if self.batch.replace(false) {
            // SQLite may have rolled back by itself: then there is nothing to take back.
            let _ = self.connection.execute_batch("ROLLBACK");
            self.forget_what_was_seen();
            // Counts that cannot be read are read again by the next transaction.
            let _ = self.load_counts();
        }
    }

    /// Runs changes in one transaction; nothing of them stays when one fails. Within a batch nothing of the whole batch does.
    ///
    /// # Errors
    /// Whatever the changes fail with.
    pub fn in_one<T>(&self, changes: impl FnOnce() -> Result<T, MirrorError>) -> Result<T, MirrorError> {
        if self.batch.get() {
            let result = changes();
            if result.is_err() {
                self.roll_back_batch();
            }
            return result;
        }
        // At once a writer: two processes that read first and write later would refuse each other.
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        self.load_counts()?;
        let before = self.counts.get();
        let result = changes()
            .and_then(|value| {
                if self.counts.get() != before {
                    self.store_counts()?;
                }
                Ok(value)
            })
            .and_then(|value| Ok(transaction.commit().map(|()| value)?));
        if result.is_err() {
            self.counts.set(before);
            self.forget_what_was_seen();
        }
        result
    }

    /// What is kept in memory of rows may speak of some that are gone.
    pub(super) fn forget_what_was_seen(&self) {
        self.terms.borrow_mut().clear();
        self.employer_aliases.take();
        self.term_texts.borrow_mut().clear();
        self.met.borrow_mut().clear();
        self.tags.borrow_mut().clear();
        self.text_memory.take();
        self.texts_met.forget();
        self.frequencies.borrow_mut().clear();
        *self.known.borrow_mut() = None;
        *self.columns.borrow_mut() = None;
    }

    pub(super) fn load_counts(&self) -> Result<(), MirrorError> {
        self.counts.set(Counts {
            contacts: self.number("contacts")?.unwrap_or(0),
            opportunities: self.number("opportunities")?.unwrap_or(0),
        });
        Ok(())
    }

    fn store_counts(&self) -> Result<(), MirrorError> {
        let counts = self.counts.get();
        self.set_number("contacts", counts.contacts)?;
        self.set_number("opportunities", counts.opportunities)
    }

    /// Why the mirror of before was thrown away; `None` once everything has been read anew.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn renewed(&self) -> Result<Option<Renewal>, MirrorError> {
        if self.is_complete()? {
            return Ok(None);
        }
        Ok(self.meta("renewed")?.and_then(|word| match word.as_str() {
            "damaged" => Some(Renewal::Damaged),
            "later_version" => Some(Renewal::LaterVersion),
            "earlier_version" => Some(Renewal::EarlierVersion),
            _ => None,
        }))
    }

    /// The mirror of before was thrown away.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn note_renewed(&self, why: Renewal) -> Result<(), MirrorError> {
        let word = match why {
            Renewal::Damaged => "damaged",
            Renewal::LaterVersion => "later_version",
            Renewal::EarlierVersion => "earlier_version",
        };
        self.set_meta("renewed", Some(word))
    }

    /// Bytes of the mirror's file, without its journal.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn bytes(&self) -> Result<u64, MirrorError> {
        let pages: i64 = self.connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        let size: i64 = self.connection.query_row("PRAGMA page_size", [], |row| row.get(0))?;
        Ok(u64::try_from(pages.saturating_mul(size)).unwrap_or(0))
    }

    /// Throws everything away, also out of a file that is damaged inside.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn erase(&self) -> Result<(), MirrorError> {
        self.roll_back_batch();
        self.connection.flush_prepared_statement_cache();
        // The pages that held people's data are given back, not only marked as free.
        let emptied = schema::empty(&self.connection).and_then(|()| {
            // What the write-ahead log holds of them is given back too.
            Ok(self
                .connection
                .execute_batch("VACUUM; PRAGMA wal_checkpoint(truncate)")?)
        });
        match emptied {
            Err(MirrorError::Damaged) => schema::reset(&self.connection)?,
            emptied => emptied?,
        }
        self.forget_what_was_seen();
        self.counts.set(Counts::default());
        Ok(())
    }

    /// After something met damage: looks whether it is this file, and if so begins it anew. It is a cache, and Lever still has
    /// everything. Tells whether it was.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn renew_if_damaged(&self) -> Result<bool, MirrorError> {
        self.roll_back_batch();
        let check = self
            .connection
            .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
        let is_damaged = match check.map_err(MirrorError::from) {
            Ok(word) => word != "ok",
            Err(MirrorError::Damaged) => true,
            Err(error) => return Err(error),
        };
        if is_damaged {
            self.connection.flush_prepared_statement_cache();
            schema::reset(&self.connection)?;
            self.forget_what_was_seen();
            self.counts.set(Counts::default());
            self.note_renewed(Renewal::Damaged)?;
        }
        Ok(is_damaged)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::lever::model::opportunity::Opportunity;
    use crate::mirror::Lifetime;

    fn mirror() -> Mirror {
        Mirror::open(rusqlite::Connection::open_in_memory().unwrap(), Lifetime::Temporary).unwrap()
    }

    fn row(id: &str) -> Opportunity {
        serde_json::from_str(&format!(
            r#"{{"id":"{id}","contact":"contact-{id}","name":"Noor Vand","createdAt":1}}"#
        ))
        .unwrap()
    }

    #[test]
    fn whoever_stores_while_a_batch_is_open_joins_it() {
        let mirror = mirror();
        mirror.begin_batch().unwrap();
        mirror.store_changes(&[row("one")]).unwrap();
        mirror.store_changes(&[row("two")]).unwrap();
        assert!(
            mirror.contact(&"contact-one".into()).unwrap().is_some(),
            "and whoever asks sees it"
        );
        mirror.commit_batch().unwrap();
        assert_eq!(mirror.counts().opportunities, 2);
        mirror.roll_back_batch();
        assert_eq!(mirror.counts().opportunities, 2, "what was committed stays");
    }

    #[test]
    fn what_was_taken_back_is_gone_and_what_is_written_afterwards_stays() {
        let mirror = mirror();
        mirror.begin_batch().unwrap();
        mirror.store_changes(&[row("one")]).unwrap();
        mirror.roll_back_batch();
        mirror.set_number("written_afterwards", 1).unwrap();
        assert!(matches!(mirror.commit_batch(), Err(MirrorError::TakenBack)));
        assert_eq!(mirror.counts().opportunities, 0);
        assert!(mirror.contact(&"contact-one".into()).unwrap().is_none());
        assert_eq!(mirror.number("written_afterwards").unwrap(), Some(1));
    }

    #[test]
    fn what_fails_within_a_batch_takes_all_of_it_back() {
        let mirror = mirror();
        mirror.begin_batch().unwrap();
        mirror.store_changes(&[row("one")]).unwrap();
        let failed: Result<(), MirrorError> = mirror.in_one(|| Err(MirrorError::Full));
        assert!(failed.is_err());
        assert!(!mirror.has_batch());
        assert_eq!(mirror.counts().opportunities, 0);
        mirror.store_changes(&[row("two")]).unwrap();
        assert_eq!(mirror.counts().opportunities, 1);
    }
}
