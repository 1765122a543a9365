//! The mirror's tables. One version, no migrations: a mirror of another version is emptied and read again from Lever.
//!
//! `contact_key` is the heart: one row for each identity or name key of a person, by a 64-bit hash, so that a look-up is a
//! few page reads at any size. Equal hashes are checked against the stored values, so a collision costs time, never truth.
//! Ids and words that repeat on many rows (stages, owners, jobs, tags) stand once in `term`.

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::MirrorError;

/// Version of the tables below, kept in SQLite's `user_version`.
pub const VERSION: i64 = 1;

const TABLES: &str = "
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE term (row INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE user (id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, folded TEXT NOT NULL, deactivated INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE stage (id TEXT PRIMARY KEY, text TEXT NOT NULL, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE archive_reason (id TEXT PRIMARY KEY, text TEXT NOT NULL, hired INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE posting (id TEXT PRIMARY KEY, title TEXT NOT NULL, state TEXT NOT NULL, team TEXT, department TEXT, location TEXT,
  workplace_type TEXT, owner TEXT, updated_at INTEGER, folded TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (text TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE contact (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, headline TEXT NOT NULL, location TEXT NOT NULL,
  emails TEXT NOT NULL, phones TEXT NOT NULL, links TEXT NOT NULL);
CREATE TABLE opportunity (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, contact INTEGER NOT NULL, stage INTEGER, owner INTEGER, moved_by INTEGER,
  origin INTEGER, archive_reason INTEGER, archived_at INTEGER, archived INTEGER NOT NULL, postings TEXT NOT NULL, tags TEXT NOT NULL, sources TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER, last_interaction_at INTEGER, url TEXT, walk INTEGER NOT NULL);
CREATE INDEX opportunity_contact ON opportunity (contact);
CREATE TABLE contact_key (hash INTEGER NOT NULL, contact INTEGER NOT NULL, PRIMARY KEY (hash, contact)) WITHOUT ROWID;
";

const DROP_ALL: &str = "
DROP TABLE IF EXISTS meta; DROP TABLE IF EXISTS term; DROP TABLE IF EXISTS user; DROP TABLE IF EXISTS stage; DROP TABLE IF EXISTS archive_reason;
DROP TABLE IF EXISTS posting; DROP TABLE IF EXISTS source; DROP TABLE IF EXISTS opportunity; DROP TABLE IF EXISTS contact; DROP TABLE IF EXISTS contact_key;
";

/// In the browser one worker owns the files, and they have no shared memory for a write-ahead log. In a terminal one process may
/// read while another keeps the mirror fresh.
#[cfg(target_family = "wasm")]
pub const WHO_ELSE_MAY_READ: &str = "PRAGMA locking_mode=exclusive; PRAGMA journal_mode=truncate;";
/// See above.
#[cfg(not(target_family = "wasm"))]
pub const WHO_ELSE_MAY_READ: &str = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=wal;";

/// Sets the connection up and makes the tables where they are missing or of another version.
///
/// # Errors
/// [`MirrorError`].
pub fn prepare(connection: &Connection) -> Result<(), MirrorError> {
    connection.execute_batch(WHO_ELSE_MAY_READ)?;
    connection.execute_batch("PRAGMA synchronous=normal; PRAGMA cache_size=-65536; PRAGMA temp_store=memory;")?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'table'", [], |row| {
        row.get(0)
    })?;
    if version != VERSION || tables == 0 {
        empty(connection)?;
    }
    Ok(())
}

/// Throws everything away and starts anew.
///
/// # Errors
/// [`MirrorError`].
pub fn empty(connection: &Connection) -> Result<(), MirrorError> {
    let transaction = connection.unchecked_transaction()?;
    transaction.execute_batch(DROP_ALL)?;
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
