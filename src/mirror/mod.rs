//! The local copy of Lever: a cache in SQLite that can be lost at any moment and is read again (design §4.6).
//!
//! - [`schema`]: tables and their version.
//! - [`meta`]: facts about the mirror itself, transactions, emptying.
//! - `rows`: writing people and candidacies; `ids`, `known`: how ids are stored, and which are there already.
//! - [`index`]: what stands in the indexes of keys and of words.
//! - `account`: users, stages, reasons, jobs, sources.
//! - [`walk`]: where the reading of everything stands.
//! - [`file`]: a mirror of a file of candidacies, for matching in a terminal.
//! - [`history`]: where a person worked and studied, by all their resumes.
//! - [`employer_aliases`]: other names of employers, learned from who has a mailbox at one domain.
//! - [`details`]: resumes, notes and files of a candidacy, read when somebody looks.
//! - [`pairs`]: records that seem to be one person, as they were last found.
//! - [`read`]: people by key, by name, by id; names of stages, owners, jobs.
//! - [`search`]: jobs for the picker, users for "who are you".
//! - `rediscovery`, [`columns`]: finding people of the past again.
//! - [`statistics`]: how frequent names, employers and places are.
//! - [`sync`]: reading Lever: everything once, then what has changed.

mod account;
pub mod columns;
pub mod details;
pub mod employer_aliases;
pub mod file;
pub mod history;
mod ids;
pub mod index;
mod known;
pub mod meta;
pub mod pairs;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod plans;
pub mod read;
mod rediscovery;
pub mod rows;
pub mod schema;
pub mod search;
pub mod statistics;
pub mod sync;
pub mod visibility;
pub mod walk;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use rusqlite::Connection;

use crate::command::{Failure, FailureCode, Renewal};
use crate::matching::texts::TextsMet;

/// The mirror's storage failed. Nothing of it is lost in Lever.
#[derive(Debug, thiserror::Error)]
pub enum MirrorError {
    /// The disk is full; what was stored before is kept.
    #[error("the disk is full")]
    Full,
    /// The file is not a database, or is damaged.
    #[error("the mirror's file is damaged")]
    Damaged,
    /// A later version of the program has made the file: it is set aside.
    #[error("the mirror's file is of a later version")]
    Newer,
    /// Work of several turns was lost, since something else that was stored meanwhile failed: it is done again.
    #[error("what was being stored was taken back")]
    TakenBack,
    /// Another failure of SQLite; the text names tables and codes only.
    #[error("the mirror's storage failed: {0}")]
    Storage(String),
}

impl From<rusqlite::Error> for MirrorError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged,
            // SQLite's own words for a code; a statement's values are never part of them.
            _ => Self::Storage(match &error {
                rusqlite::Error::SqliteFailure(code, _) => code.to_string(),
                other => other.to_string(),
            }),
        }
    }
}

impl From<serde_json::Error> for MirrorError {
    fn from(_: serde_json::Error) -> Self {
        Self::Damaged
    }
}

impl MirrorError {
    /// The failure as the protocol tells it.
    #[must_use]
    pub fn failure(&self) -> Failure {
        Failure {
            code: match self {
                Self::Full => FailureCode::StorageFull,
                Self::Damaged | Self::Newer | Self::TakenBack | Self::Storage(_) => FailureCode::Storage,
            },
            endpoint: None,
            permission: None,
            detail: match self {
                Self::Storage(text) => Some(text.clone()),
                _ => None,
            },
        }
    }
}

/// Whether the mirror outlives the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// It is stored.
    Stored,
    /// It is in memory only, since there is no storage.
    Temporary,
}

/// The mirror.
pub struct Mirror {
    connection: Connection,
    lifetime: Lifetime,
    /// Text → row of `term`.
    terms: RefCell<HashMap<String, i64, foldhash::fast::RandomState>>,
    /// Row of `term` → text, of those shown lately.
    term_texts: RefCell<HashMap<i64, Rc<str>>>,
    /// Contact → row, of those met lately: a candidate is asked for several times while one question is answered.
    met: RefCell<HashMap<String, i64, foldhash::fast::RandomState>>,
    /// Terms known to be findable as tags.
    tags: RefCell<HashSet<i64>>,
    /// What is there already, while everything is read for the first time.
    known: RefCell<Option<known::KnownRows>>,
    /// What searches filter by, once somebody has searched.
    columns: RefCell<Option<columns::Columns>>,
    /// Places and headlines met lately.
    text_memory: RefCell<index::TextMemory>,
    /// Texts of candidates met lately.
    texts_met: TextsMet,
    /// How many people have a value, of those asked for lately.
    frequencies: RefCell<HashMap<index::KeyWord, u64, foldhash::fast::RandomState>>,
    /// Other names of employers, once somebody has asked for them.
    employer_aliases: RefCell<Option<Rc<employer_aliases::EmployerAliases>>>,
    counts: Cell<Counts>,
    /// Whether a transaction is open that several turns of work share.
    batch: Cell<bool>,
}

/// How much the mirror holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// People.
    pub contacts: u64,
    /// Opportunities.
    pub opportunities: u64,
}

impl Mirror {
    /// Takes over a connection, makes or renews the tables, and reads the counts. A file of an earlier version is
    /// emptied and read again from Lever: it is a cache.
    ///
    /// # Errors
    /// [`MirrorError::Damaged`] and [`MirrorError::Newer`] when the file has to be set aside by the caller.
    pub fn open(connection: Connection, lifetime: Lifetime) -> Result<Self, MirrorError> {
        let prepared = schema::prepare(&connection)?;
        let mirror = Self {
            connection,
            lifetime,
            terms: RefCell::default(),
            term_texts: RefCell::default(),
            met: RefCell::default(),
            tags: RefCell::default(),
            known: RefCell::default(),
            columns: RefCell::default(),
            text_memory: RefCell::default(),
            texts_met: TextsMet::default(),
            frequencies: RefCell::default(),
            employer_aliases: RefCell::default(),
            counts: Cell::default(),
            batch: Cell::new(false),
        };
        if prepared == schema::Prepared::Emptied {
            mirror.note_renewed(Renewal::EarlierVersion)?;
        }
        mirror.load_counts()?;
        Ok(mirror)
    }

    /// Whether the mirror outlives the process.
    #[must_use]
    pub fn lifetime(&self) -> Lifetime {
        self.lifetime
    }

    /// Texts of candidates met lately.
    #[must_use]
    pub fn texts_met(&self) -> &TextsMet {
        &self.texts_met
    }

    /// How much the mirror holds.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts.get()
    }
}
