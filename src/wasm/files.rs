//! The mirror and the records as files in the origin-private file system. Where the browser gives none (a private window), the
//! mirror lives in memory and says so; the records then do too.

use rsqlite_vfs::VfsFilesManager;
use rusqlite::{Connection, OpenFlags};
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_vfs::sahpool::{OpfsSAHError, OpfsSAHPoolCfgBuilder, OpfsSAHPoolUtil, install};
use wasm_bindgen::JsValue;

use crate::command::Renewal;
use crate::export::records::Records;
use crate::mirror::{Lifetime, Mirror, MirrorError};

/// Name of the pool of files, and of its folder in the origin-private file system.
pub const POOL: &str = "fulcrum";
/// The mirror's file in the pool.
pub const MIRROR: &str = "mirror.db";
const RECORDS: &str = "records.db";
/// The two files, their rollback journals, and room for a temporary file each.
const SLOTS: usize = 8;
/// A worker that is still dying holds the files' locks a moment longer: tried so often …
const TRIES: u32 = 25;
/// … with so many milliseconds between.
const BETWEEN_TRIES: u32 = 120;

/// Why the files could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another worker holds them and does not let go.
    #[error("another worker holds the database")]
    Locked,
    /// SQLite.
    #[error(transparent)]
    Storage(#[from] MirrorError),
}

/// Opens both, or makes them.
///
/// # Errors
/// [`OpenError`].
pub async fn open() -> Result<(Mirror, Records), OpenError> {
    match install_pool().await {
        Ok(pool) => Ok((open_mirror(&pool)?, Records::open(connect(RECORDS)?)?)),
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

fn connect(name: &str) -> Result<Connection, MirrorError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags_and_vfs(name, flags, POOL)?)
}

fn memory() -> Result<Connection, MirrorError> {
    Ok(Connection::open_in_memory()?)
}

/// A mirror that is damaged or of a later version is thrown away and read again: Lever still has everything, and a second file
/// of that size would only take the room of the first.
fn open_mirror(pool: &OpfsSAHPoolUtil) -> Result<Mirror, MirrorError> {
    let open = || Mirror::open(connect(MIRROR)?, Lifetime::Stored);
    let why = match open() {
        Err(MirrorError::Damaged) => Renewal::Damaged,
        Err(MirrorError::Newer) => Renewal::LaterVersion,
        opened => return opened,
    };
    pool.remove(MIRROR)
        .map_err(|error| MirrorError::Storage(error.to_string()))?;
    let mirror = open()?;
    mirror.note_renewed(why)?;
    Ok(mirror)
}
