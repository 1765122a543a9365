//! The mirror and the records as encrypted files in the origin-private file system. Where the browser gives none (a private
//! window), the mirror lives in memory and says so; the records then do too.
//!
//! Every page of a file, of its rollback journal and of its write-ahead log, is encrypted and authenticated (ChaCha20-Poly1305, SQLite3 Multiple
//! Ciphers). Three rules come with that:
//! - A file is never opened without its key, not even to look: an interrupted write would be rolled back with pages that
//!   cannot be read, and what it had done would stay half done.
//! - A page that was freed before it was ever written is a gap in the file, and gaps do not pass the authentication when
//!   `VACUUM` comes by. The records, on a rollback journal, therefore overwrite what they free (`secure_delete`). The mirror need
//!   not: a write-ahead log takes every page that a transaction has touched, freed or not.
//! - The key is 64 hexadecimal digits, no more and no fewer: anything else is taken for a passphrase, silently.

use std::fmt::Write as _;
use std::future::Future;

use rsqlite_vfs::VfsFilesManager;
use rsqlite_vfs::transfer::DbTransfer;
use rusqlite::{Connection, OpenFlags};
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_vfs::sahpool::{OpfsSAHError, OpfsSAHPoolCfgBuilder, OpfsSAHPoolUtil, install};
use wasm_bindgen::JsValue;

use crate::command::Renewal;
use crate::export::records::Records;
use crate::mirror::{Lifetime, Mirror, MirrorError};

/// Name of the pool of files, and of its folder in the origin-private file system.
pub const POOL: &str = "fulcrum";
/// The same pool, with pages encrypted on their way: SQLite3 Multiple Ciphers makes this one on demand, by its name.
const ENCRYPTED_POOL: &str = "multipleciphers-fulcrum";
/// The mirror's file in the pool.
pub const MIRROR: &str = "encrypted-mirror.db";
/// Where an earlier version kept the mirror, in clear text.
pub const MIRROR_IN_CLEAR: &str = "mirror.db";
/// The records' file in the pool.
pub const RECORDS: &str = "encrypted-records.db";
/// Where an earlier version kept the records, in clear text.
pub const RECORDS_IN_CLEAR: &str = "records.db";
/// The files of now and of an earlier version, their journals and logs, and room for temporary files.
const SLOTS: usize = 12;
/// A worker that is still dying holds the files' locks a moment longer: tried so often …
const TRIES: u32 = 25;
/// … with so many milliseconds between.
const BETWEEN_TRIES: u32 = 120;

/// Bytes of the key.
const KEY_LENGTH: usize = 32;

/// The key of both files. It has no debug form and is not told in errors.
pub struct DatabaseKey {
    digits: String,
}

impl DatabaseKey {
    /// The key of these bytes; none when there are too few or too many.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != KEY_LENGTH {
            return None;
        }
        let mut digits = String::with_capacity(2 * KEY_LENGTH);
        for byte in bytes {
            write!(digits, "{byte:02x}").ok()?;
        }
        Some(Self { digits })
    }

    /// The statement that makes a connection use this key, or, as `rekey`, that encrypts its file with it.
    fn apply(&self, connection: &Connection, pragma: &str) -> Result<(), MirrorError> {
        connection
            .execute_batch(&format!("PRAGMA {pragma}='raw:{}'", self.digits))
            .map_err(|error| match error {
                // This error would show the statement, and with it the key.
                rusqlite::Error::SqlInputError { error, .. } => MirrorError::Storage(error.to_string()),
                error => error.into(),
            })
    }
}

/// Why the files could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The worker has no key for them, or none that it can read.
    #[error("the key of the database cannot be read")]
    Key,
    /// Another worker holds them and does not let go.
    #[error("another worker holds the database")]
    Locked,
    /// SQLite.
    #[error(transparent)]
    Storage(#[from] MirrorError),
}

/// Opens both, or makes them. The key is asked for once there are files for it.
///
/// # Errors
/// [`OpenError`].
pub async fn open(key: impl Future<Output = Result<DatabaseKey, OpenError>>) -> Result<(Mirror, Records), OpenError> {
    match install_pool().await {
        Ok(pool) => {
            let key = key.await?;
            Ok((open_mirror(&pool, &key)?, open_records(&pool, &key)?))
        }
        Err(error) if name_of(&error).as_deref() == Some("NoModificationAllowedError") => Err(OpenError::Locked),
        Err(_) => Ok((Mirror::open(memory()?, Lifetime::Temporary)?, Records::open(memory()?)?)),
    }
}

async fn install_pool() -> Result<OpfsSAHPoolUtil, OpfsSAHError> {
    let configuration = OpfsSAHPoolCfgBuilder::new()
        .vfs_name(POOL)
        .directory(POOL)
        .initial_capacity(SLOTS)
        .build();
    let mut tries = 1;
    loop {
        match install::<WasmOsCallback>(&configuration, false).await {
            Err(error) if tries < TRIES && name_of(&error).as_deref() == Some("NoModificationAllowedError") => {
                tries += 1;
                gloo_timers::future::TimeoutFuture::new(BETWEEN_TRIES).await;
            }
            installed => return installed,
        }
    }
}

/// The exception's name: its text is for people and changes.
fn name_of(error: &OpfsSAHError) -> Option<String> {
    match error {
        OpfsSAHError::Opfs { value, .. } => js_sys::Reflect::get(value, &JsValue::from_str("name"))
            .ok()?
            .as_string(),
        _ => None,
    }
}

fn connect(name: &str, key: &DatabaseKey) -> Result<Connection, MirrorError> {
    let connection = connect_in_clear(name)?;
    key.apply(&connection, "key")?;
    Ok(connection)
}

fn connect_in_clear(name: &str) -> Result<Connection, MirrorError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags_and_vfs(name, flags, ENCRYPTED_POOL)?)
}

fn memory() -> Result<Connection, MirrorError> {
    Ok(Connection::open_in_memory()?)
}

/// A mirror that is damaged, of a later version, or under a key that is lost, is thrown away and read again: Lever still has
/// everything, and a second file of that size would only take the room of the first. So is one that an earlier version left in
/// clear text.
fn open_mirror(pool: &OpfsSAHPoolUtil, key: &DatabaseKey) -> Result<Mirror, MirrorError> {
    let open = || Mirror::open(connect(MIRROR, key)?, Lifetime::Stored);
    let why = if pool.contains(MIRROR_IN_CLEAR).map_err(|error| of_pool(&error))? {
        remove(pool, MIRROR_IN_CLEAR)?;
        Renewal::EarlierVersion
    } else {
        match open() {
            Err(MirrorError::Damaged) => Renewal::Damaged,
            Err(MirrorError::Newer) => Renewal::LaterVersion,
            opened => return opened,
        }
    };
    remove(pool, MIRROR)?;
    let mirror = open()?;
    mirror.note_renewed(why)?;
    Ok(mirror)
}

/// The records are nowhere else. Whatever is wrong with them, they are kept, and the failure is told.
fn open_records(pool: &OpfsSAHPoolUtil, key: &DatabaseKey) -> Result<Records, MirrorError> {
    if pool.contains(RECORDS_IN_CLEAR).map_err(|error| of_pool(&error))? {
        encrypt_records(pool, key)?;
    }
    Records::open(connect(RECORDS, key)?)
}

/// Takes over the records of an earlier version: they are copied, the copy is encrypted, and then the original goes. Wherever
/// this is interrupted the original is whole, and it is begun again. To encrypt the original itself would not do: its rollback
/// journal is in clear text, and whoever comes after an interruption cannot tell with which key to roll back.
fn encrypt_records(pool: &OpfsSAHPoolUtil, key: &DatabaseKey) -> Result<(), MirrorError> {
    // Reading rolls back what an interrupted write left.
    connect_in_clear(RECORDS_IN_CLEAR)?.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    remove(pool, RECORDS)?;
    let bytes = pool.export_db(RECORDS_IN_CLEAR).map_err(|error| of_pool(&error))?;
    pool.import_db_unchecked(RECORDS, &bytes)
        .map_err(|error| of_pool(&error))?;
    key.apply(&connect_in_clear(RECORDS)?, "rekey")?;
    remove(pool, RECORDS_IN_CLEAR)
}

/// Removes a file, its rollback journal and its write-ahead log.
fn remove(pool: &OpfsSAHPoolUtil, name: &str) -> Result<(), MirrorError> {
    for name in [name, &format!("{name}-journal"), &format!("{name}-wal")] {
        pool.remove(name).map_err(|error| of_pool(&error))?;
    }
    Ok(())
}

fn of_pool(error: &OpfsSAHError) -> MirrorError {
    MirrorError::Storage(error.to_string())
}
