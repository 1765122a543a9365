//! What every search filters and sorts by, of every candidacy, in memory: eight numbers a row, about 30 bytes. A search over
//! a million rows is then one pass over flat arrays, whatever its filters are, with an exact count.
//!
//! Read from the table before the first search, a slice at a time, and kept in step with each row that is written.

use rusqlite::{OptionalExtension, Row, params};

use super::{Mirror, MirrorError};

/// Rows read in one turn.
const READ_AT_ONCE: i64 = 20_000;

/// One candidacy as a search sees it. Terms are rows of `term`, 0 where there is none; times are seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Facets {
    /// Row of the contact; 0 where there is no candidacy in this row.
    pub(super) contact: u32,
    pub(super) stage: u32,
    pub(super) owner: u32,
    pub(super) reason: u32,
    pub(super) origin: u32,
    /// When made.
    pub(super) created: u32,
    /// Last change or interaction.
    pub(super) active: u32,
    /// When archived; 0 while open.
    pub(super) archived: u32,
}

/// The columns, by row.
#[derive(Default)]
pub(super) struct Columns {
    rows: Vec<Facets>,
    is_whole: bool,
}

impl Columns {
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &Facets)> {
        self.rows.iter().enumerate().filter(|(_, facets)| facets.contact != 0)
    }

    pub(super) fn get(&self, row: i64) -> Option<&Facets> {
        self.rows
            .get(usize::try_from(row).ok()?)
            .filter(|facets| facets.contact != 0)
    }

    fn set(&mut self, row: i64, facets: Facets) {
        let Ok(place) = usize::try_from(row) else {
            return;
        };
        if self.rows.len() <= place {
            self.rows.resize(place + 1, Facets::default());
        }
        if let Some(slot) = self.rows.get_mut(place) {
            *slot = facets;
        }
    }
}

/// Columns of `opportunity` in the order in which [`facets_of`] reads them.
const FACETS: &str = "row, contact, stage, owner, archive_reason, origin, created_at, max(coalesce(updated_at, 0), coalesce(last_interaction_at, 0), \
                      created_at), archived, archived_at";

fn facets_of(row: &Row<'_>) -> rusqlite::Result<(i64, Facets)> {
    let term = |index| -> rusqlite::Result<u32> {
        let number: Option<i64> = row.get(index)?;
        Ok(number.and_then(|number| u32::try_from(number).ok()).unwrap_or(0))
    };
    let created = seconds(row.get(6)?);
    let is_archived: bool = row.get(8)?;
    let archived_at: Option<i64> = row.get(9)?;
    Ok((
        row.get(0)?,
        Facets {
            contact: term(1)?,
            stage: term(2)?,
            owner: term(3)?,
            reason: term(4)?,
            origin: term(5)?,
            created,
            active: seconds(row.get(7)?),
            // A row that does not say when is as old as the candidacy, and never open.
            archived: if is_archived {
                archived_at.map_or(created, seconds).max(1)
            } else {
                0
            },
        },
    ))
}

pub(super) fn seconds(milliseconds: i64) -> u32 {
    u32::try_from(milliseconds.div_euclid(1_000)).unwrap_or(if milliseconds < 0 { 0 } else { u32::MAX })
}

/// Whether all columns have been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnsRead {
    /// Some; ask again.
    Partly,
    /// All.
    Whole,
}

impl Mirror {
    /// Reads some more of the columns into memory.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn read_columns(&self) -> Result<ColumnsRead, MirrorError> {
        let from = match &*self.columns.borrow() {
            Some(columns) if columns.is_whole => return Ok(ColumnsRead::Whole),
            Some(columns) => columns.rows.len() as i64,
            None => 0,
        };
        let until = from.saturating_add(READ_AT_ONCE);
        let read: Vec<(i64, Facets)> = self
            .connection
            .prepare_cached(&format!(
                "SELECT {FACETS} FROM opportunity WHERE row >= ?1 AND row < ?2"
            ))?
            .query_map(params![from, until], facets_of)?
            .collect::<Result<_, _>>()?;
        let is_whole = read.is_empty() && {
            let last: i64 = self
                .connection
                .query_row("SELECT coalesce(max(row), 0) FROM opportunity", [], |row| row.get(0))?;
            last < from
        };
        let mut columns = self.columns.borrow_mut();
        let columns = columns.get_or_insert_default();
        if is_whole {
            columns.is_whole = true;
            return Ok(ColumnsRead::Whole);
        }
        columns.set(until - 1, Facets::default());
        for (row, facets) in read {
            columns.set(row, facets);
        }
        Ok(ColumnsRead::Partly)
    }

    /// Whether a search can be made at once.
    #[must_use]
    pub fn has_columns(&self) -> bool {
        self.columns.borrow().as_ref().is_some_and(|columns| columns.is_whole)
    }

    /// A row was written or removed.
    pub(super) fn note_column(&self, row: i64) -> Result<(), MirrorError> {
        // Rows not read yet are read as they are then.
        let is_read = self
            .columns
            .borrow()
            .as_ref()
            .is_some_and(|columns| columns.is_whole || row < columns.rows.len() as i64);
        if is_read {
            let found = self
                .connection
                .prepare_cached(&format!("SELECT {FACETS} FROM opportunity WHERE row = ?1"))?
                .query_row([row], facets_of)
                .optional()?;
            if let Some(columns) = &mut *self.columns.borrow_mut() {
                columns.set(row, found.map(|(_, facets)| facets).unwrap_or_default());
            }
        }
        Ok(())
    }
}
