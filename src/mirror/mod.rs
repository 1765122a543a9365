//! The local copy of Lever: a cache in SQLite that can be lost at any moment and is read again (design §4.6).
//!
//! - [`schema`]: tables and their version.
//! - [`store`]: writing rows, with the index of identity keys.
//! - [`read`]: people by key, by name, by id; names of stages, owners, jobs.
//! - [`search`]: jobs for the picker, users for "who are you".
//! - [`sync`]: reading Lever: everything once, then what has changed.

pub mod read;
pub mod schema;
pub mod search;
pub mod store;
pub mod sync;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use rusqlite::Connection;

use crate::command::{Failure, FailureCode};

/// The mirror's storage failed. Nothing of it is lost in Lever.
#[derive(Debug, thiserror::Error)]
pub enum MirrorError {
    /// The disk is full; what was stored before is kept.
    #[error("the disk is full")]
    Full,
    /// The file is not a database, or is damaged.
    #[error("the mirror's file is damaged")]
    Damaged,
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
                Self::Damaged | Self::Storage(_) => FailureCode::Storage,
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
    terms: RefCell<HashMap<String, i64>>,
    counts: Cell<Counts>,
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
    /// Takes over a connection, makes or renews the tables, and reads the counts. A file of another version is emptied and
    /// read again from Lever: it is a cache.
    ///
    /// # Errors
    /// [`MirrorError::Damaged`] when the file has to be set aside by the caller.
    pub fn open(connection: Connection, lifetime: Lifetime) -> Result<Self, MirrorError> {
        schema::prepare(&connection)?;
        let mirror = Self {
            connection,
            lifetime,
            terms: RefCell::default(),
            counts: Cell::default(),
        };
        mirror.load_counts()?;
        Ok(mirror)
    }

    /// Whether the mirror outlives the process.
    #[must_use]
    pub fn lifetime(&self) -> Lifetime {
        self.lifetime
    }

    /// How much the mirror holds.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts.get()
    }
}
