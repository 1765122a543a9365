//! A mirror in memory of rows as Lever returns them, with their resumes: what `fulcrum match --mirror` makes of a file.

use fulcrum::mirror::file::MirrorLine;
use fulcrum::mirror::{Lifetime, Mirror, MirrorError};

use crate::EvaluationError;

/// A complete mirror of these rows.
///
/// # Errors
/// A row that is not an opportunity, or the mirror's own.
pub fn build(rows: impl Iterator<Item = Result<String, serde_json::Error>>) -> Result<Mirror, EvaluationError> {
    let connection = rusqlite::Connection::open_in_memory().map_err(MirrorError::from)?;
    let mirror = Mirror::open(connection, Lifetime::Temporary)?;
    mirror.take_in(rows.map(|row| -> Result<MirrorLine, EvaluationError> { Ok(serde_json::from_str(&row?)?) }))?;
    Ok(mirror)
}
