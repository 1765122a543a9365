//! Reads what Splink found: one JSON line a page, `{"page": place, "contact": id, "probability": p}`, its best record each.

use std::path::Path;

use serde::Deserialize;

use crate::EvaluationError;

/// The best record for a page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Found {
    /// The page's place in the file of pages.
    pub page: usize,
    /// The contact.
    pub contact: String,
    /// How probable.
    pub probability: f64,
}

/// Reads the file.
///
/// # Errors
/// When it cannot be read, or holds something else.
pub fn read(path: &Path) -> Result<Vec<Found>, EvaluationError> {
    let text = std::fs::read_to_string(path).map_err(|error| EvaluationError::File {
        path: path.display().to_string(),
        error,
    })?;
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}
