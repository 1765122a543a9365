//! The mirror's tables, for a million people.
//!
//! People and their candidacies are kept in the order in which they came: rows are added at the end, which costs the same at
//! any size. Everything that is looked up by a value at random (ids, a person's candidacies, identity keys, blocking keys, words, tags) is in the two
//! full-text indexes, which gather what is new in small segments and merge them as they grow: a B-tree with that many random
//! keys falls to a tenth of its speed once it no longer fits the page cache. Both are contentless: what they hold can be made
//! again from the rows (`index.rs`), and nothing of it can be read back as text.
//!
//! A mirror of another version is emptied and read again from Lever, since it is a cache; one of a later version is set aside
//! by whoever opened the file ([`MirrorError::Newer`]).

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::MirrorError;

// `automerge`, `hashsize`: the indexes gather 8 MB before they write, so that a batch is one segment, and merge eight segments at a
// time instead of four, which writes a third less; a look-up meets at most seven segments of each size.

/// Version of the tables below and of the words in the indexes, kept in SQLite's `user_version`.
pub const VERSION: i64 = 9;

const TABLES: &str = "
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE term (row INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE user (id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, folded TEXT NOT NULL, deactivated INTEGER NOT NULL,
  role TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE stage (id TEXT PRIMARY KEY, text TEXT NOT NULL, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE archive_reason (id TEXT PRIMARY KEY, text TEXT NOT NULL, hired INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE posting (id TEXT PRIMARY KEY, title TEXT NOT NULL, state TEXT NOT NULL, team TEXT, department TEXT, location TEXT,
  workplace_type TEXT, owner TEXT, updated_at INTEGER, folded TEXT NOT NULL, people TEXT, confidential INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE source (text TEXT PRIMARY KEY, count INTEGER NOT NULL, unexplained INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;

CREATE TABLE contact (row INTEGER PRIMARY KEY, id NOT NULL, name TEXT NOT NULL, headline TEXT NOT NULL, location TEXT NOT NULL,
  emails TEXT NOT NULL, phones TEXT NOT NULL, links TEXT NOT NULL);
CREATE TABLE opportunity (row INTEGER PRIMARY KEY, id NOT NULL, contact INTEGER NOT NULL, stage INTEGER, owner INTEGER, moved_by INTEGER,
  origin INTEGER, archive_reason INTEGER, archived_at INTEGER, archived INTEGER NOT NULL, tags TEXT NOT NULL, sources TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER, last_interaction_at INTEGER, url, moves TEXT NOT NULL, walk INTEGER NOT NULL);
CREATE TABLE application (opportunity INTEGER NOT NULL, id NOT NULL, kind INTEGER, posting INTEGER, created_at INTEGER, archived_at INTEGER,
  archive_reason INTEGER, PRIMARY KEY (opportunity, id)) WITHOUT ROWID;
CREATE TABLE detail (opportunity INTEGER NOT NULL, kind INTEGER NOT NULL, read_at INTEGER NOT NULL, rows TEXT NOT NULL,
  PRIMARY KEY (opportunity, kind)) WITHOUT ROWID;
CREATE TABLE history (contact INTEGER PRIMARY KEY, rows TEXT NOT NULL);
CREATE TABLE detail_wish (opportunity INTEGER PRIMARY KEY, rank INTEGER NOT NULL);
CREATE INDEX detail_wish_rank ON detail_wish (rank);
CREATE TABLE walk_window (newest INTEGER PRIMARY KEY, oldest INTEGER NOT NULL, offset TEXT, read INTEGER NOT NULL);
CREATE TABLE tag (term INTEGER PRIMARY KEY);
CREATE TABLE pair (one INTEGER NOT NULL, other INTEGER NOT NULL, probability REAL NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE employer_alias (kind INTEGER NOT NULL, name TEXT NOT NULL, employer TEXT NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID;
CREATE TABLE frequency (word TEXT PRIMARY KEY, people INTEGER NOT NULL) WITHOUT ROWID;

CREATE VIRTUAL TABLE contact_key USING fts5 (words, content='', columnsize=0, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE opportunity_word USING fts5 (words, content='', contentless_delete=1, detail=none, tokenize=\"ascii tokenchars '_'\");
CREATE VIRTUAL TABLE tag_word USING fts5 (words, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE contact_key_word USING fts5vocab (contact_key, row);
INSERT INTO contact_key (contact_key, rank) VALUES ('automerge', 8);
INSERT INTO opportunity_word (opportunity_word, rank) VALUES ('automerge', 8);
INSERT INTO contact_key (contact_key, rank) VALUES ('hashsize', 8388608);
INSERT INTO opportunity_word (opportunity_word, rank) VALUES ('hashsize', 8388608);
";

/// In the browser one worker owns the files: exclusive, so that the write-ahead log needs no shared memory, which they do not
/// have. A write-ahead log takes each commit with one write a page and no wait for the disk; whoever writes much brings it into
/// the file in a turn of its own ([`super::Mirror::shorten_log`]), and after so many pages a commit does. What is freed is not
/// overwritten, for that would be half of all writes of a load: the file is encrypted, and an erased mirror is cut short.
#[cfg(target_family = "wasm")]
const STORAGE: &str = "PRAGMA locking_mode=exclusive; PRAGMA journal_mode=wal; PRAGMA wal_autocheckpoint=1600;
PRAGMA secure_delete=fast;";
/// In a terminal one process may read while another keeps the mirror fresh.
#[cfg(not(target_family = "wasm"))]
const STORAGE: &str = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=wal;";

/// What the file was like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prepared {
    /// There was nothing.
    New,
    /// It has the tables.
    AsItWas,
    /// It was of an earlier version.
    Emptied,
}

/// Statements that stay prepared.
const STATEMENTS: usize = 96;

/// Sets the connection up and makes the tables where they are missing or of an earlier version.
///
/// # Errors
/// [`MirrorError`]; [`MirrorError::Newer`] for a file that a later version of the program has made.
pub fn prepare(connection: &Connection) -> Result<Prepared, MirrorError> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // A plan does not depend on what is bound: without this guarantee SQLite prepares many a statement anew for each value.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(STORAGE)?;
    // 96 MB of pages: each look-up touches others of an index that is larger, and the worker may have 256 MB (design §6).
    connection.execute_batch("PRAGMA synchronous=normal; PRAGMA cache_size=-98304; PRAGMA temp_store=memory;")?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'table'", [], |row| {
        row.get(0)
    })?;
    if version > VERSION {
        return Err(MirrorError::Newer);
    }
    if version == VERSION && tables > 0 {
        return Ok(Prepared::AsItWas);
    }
    empty(connection)?;
    Ok(if tables > 0 { Prepared::Emptied } else { Prepared::New })
}

/// Throws everything away and starts anew.
///
/// # Errors
/// [`MirrorError`].
pub fn empty(connection: &Connection) -> Result<(), MirrorError> {
    let transaction = connection.unchecked_transaction()?;
    // Virtual tables take their own tables with them, so they go first.
    let tables: Vec<String> = transaction
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in tables {
        transaction.execute_batch(&format!("DROP TABLE IF EXISTS \"{}\"", table.replace('"', "\"\"")))?;
    }
    transaction.execute_batch(TABLES)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    Ok(())
}

/// Makes an empty file of one that is damaged, without reading what it holds.
///
/// # Errors
/// [`MirrorError`].
pub fn reset(connection: &Connection) -> Result<(), MirrorError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_RESET_DATABASE, true)?;
    let emptied = connection.execute_batch("VACUUM");
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_RESET_DATABASE, false)?;
    emptied?;
    empty(connection)
}
