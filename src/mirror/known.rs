//! Which rows the mirror holds already, in memory, while everything is read for the first time: asking the index for each row
//! would cost as much as storing it, and so would looking at the row of each person who comes a second time. Nine to thirteen
//! bytes a row; a fingerprint that two ids share is found out by whoever looks at the row, and sends him to the index.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::num::NonZeroU32;

use rusqlite::params;

use super::ids::StoredId;
use super::walk::Sweep;
use super::{Mirror, MirrorError};

/// Spreads a fingerprint, which is random already, over the bits that the tables look at.
#[derive(Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

type Spreading = BuildHasherDefault<Spread>;

/// Rows of contacts by their ids' fingerprints, and fingerprints of opportunities.
#[derive(Default)]
pub(super) struct KnownRows {
    /// Whether it has every row: only then is what it lacks absent.
    is_whole: bool,
    contacts: HashMap<u32, SeenContact, Spreading>,
    opportunities: HashSet<u32, Spreading>,
}

/// Where a person is, and what was written there.
struct SeenContact {
    row: u32,
    /// Nothing for a row that was there before.
    digest: Option<Digest>,
}

/// 32 bits of hash of a person's id and data. Only one data in four thousand million would be taken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digest(NonZeroU32);

impl Digest {
    /// The digest of texts of which none can run into the next.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut whole = Vec::with_capacity(256);
        for text in texts {
            whole.extend_from_slice(text.as_bytes());
            // No text has this byte.
            whole.push(0xff);
        }
        let hash = xxhash_rust::xxh3::xxh3_64(&whole) as u32;
        Self(NonZeroU32::new(hash).unwrap_or(NonZeroU32::MIN))
    }
}

fn fingerprint(id: &str) -> u32 {
    (xxhash_rust::xxh3::xxh3_64(id.as_bytes()) >> 32) as u32
}

/// What is known of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KnownContact {
    /// The mirror does not hold it.
    Absent,
    /// It may be in this row.
    Perhaps(i64),
    /// It is in this row, with just this data.
    Same(i64),
    /// That cannot be told yet.
    Unknown,
}

impl KnownRows {
    pub(super) fn contact(&self, id: &str, digest: Digest) -> KnownContact {
        match self.contacts.get(&fingerprint(id)) {
            Some(seen) if seen.digest == Some(digest) => KnownContact::Same(seen.row.into()),
            Some(seen) => KnownContact::Perhaps(seen.row.into()),
            None if self.is_whole => KnownContact::Absent,
            None => KnownContact::Unknown,
        }
    }

    /// The first of two contacts with one fingerprint stays; the other is found through the index.
    pub(super) fn add_contact(&mut self, id: &str, row: i64, digest: Option<Digest>) {
        let Ok(row) = u32::try_from(row) else {
            return;
        };
        let seen = self
            .contacts
            .entry(fingerprint(id))
            .or_insert(SeenContact { row, digest: None });
        if seen.row == row {
            seen.digest = digest;
        }
    }

    /// What was at this row is gone. Whoever looks there finds that out; another of this fingerprint may be there still.
    pub(super) fn remove_contact(&mut self, id: &str, row: i64) {
        if let Some(seen) = self.contacts.get_mut(&fingerprint(id))
            && i64::from(seen.row) == row
        {
            seen.digest = None;
        }
    }

    pub(super) fn may_hold_opportunity(&self, id: &str) -> bool {
        !self.is_whole || self.opportunities.contains(&fingerprint(id))
    }

    pub(super) fn add_opportunity(&mut self, id: &str) {
        self.opportunities.insert(fingerprint(id));
    }
}

/// Rows learned in one turn.
const LEARNED_AT_ONCE: i64 = 20_000;

impl Mirror {
    /// Learns which rows are there, some thousands at a time; begins anew at row 0.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn learn_rows(&self, from: i64) -> Result<Sweep, MirrorError> {
        let last: i64 = self.connection.query_row(
            "SELECT max((SELECT coalesce(max(row), 0) FROM contact), (SELECT coalesce(max(row), 0) FROM opportunity))",
            [],
            |row| row.get(0),
        )?;
        if from == 0 {
            *self.known.borrow_mut() = Some(KnownRows::default());
        }
        let until = from.saturating_add(LEARNED_AT_ONCE);
        let learned = |sql: &str| -> Result<Vec<(String, i64)>, MirrorError> {
            let rows = self
                .connection
                .prepare_cached(sql)?
                .query_map(params![from, until], |row| {
                    Ok((row.get::<_, StoredId>(0)?.into_text(), row.get(1)?))
                })?
                .collect::<Result<_, _>>()?;
            Ok(rows)
        };
        let contacts = learned("SELECT id, row FROM contact WHERE row >= ?1 AND row < ?2")?;
        let opportunities = learned("SELECT id, row FROM opportunity WHERE row >= ?1 AND row < ?2")?;
        let mut known = self.known.borrow_mut();
        // Something failed meanwhile, and all was forgotten: the index is asked instead.
        let Some(known) = known.as_mut() else {
            return Ok(Sweep::Done);
        };
        for (id, row) in contacts {
            known.add_contact(&id, row, None);
        }
        for (id, _) in opportunities {
            known.add_opportunity(&id);
        }
        if until > last {
            known.is_whole = true;
            return Ok(Sweep::Done);
        }
        Ok(Sweep::From(until))
    }

    /// Forgets which rows are there: they are asked for one by one again.
    pub fn forget_rows(&self) {
        *self.known.borrow_mut() = None;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::lever::model::opportunity::Opportunity;
    use crate::mirror::{Lifetime, Mirror};

    #[test]
    fn somebody_who_went_and_comes_back_unchanged_during_a_read_is_stored_again() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let mirror = Mirror::open(connection, Lifetime::Temporary).unwrap();
        mirror.learn_rows(0).unwrap();
        let row: Opportunity =
            serde_json::from_str(r#"{"id":"one","contact":"noor","name":"Noor Vand","tags":["a",7,null,{"b":["c"]}]}"#)
                .unwrap();
        assert_eq!(row.tags, ["a"]);
        for _ in 0..2 {
            mirror.store_changes(std::slice::from_ref(&row)).unwrap();
            assert_eq!(mirror.contact(&"noor".into()).unwrap().unwrap().data.name, "Noor Vand");
            mirror.remove_opportunities(std::slice::from_ref(&row.id)).unwrap();
            assert!(mirror.contact(&"noor".into()).unwrap().is_none());
        }
    }
}
