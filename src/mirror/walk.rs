//! Where the reading of everything stands: windows of time, cut from the newest to the oldest, several open at once.
//!
//! Lever's own order moves while one walks (lever-api §2.2); when a row was made never changes. A window is as wide as to hold
//! about [`ROWS_OF_A_WINDOW`] rows, judged by the last one that ended. Every page is stored in one transaction with the cursor
//! that follows it, so that whoever is killed goes on where it was.

use rusqlite::params;

use super::{Mirror, MirrorError};
use crate::lever::model::opportunity::Opportunity;
use crate::text::Millis;

/// A window is made as wide as to hold about so many rows.
pub const ROWS_OF_A_WINDOW: u64 = 2_000;
/// Width of the first window, in milliseconds: a day.
const FIRST_WIDTH: i64 = 86_400_000;
/// No window is narrower, in milliseconds: a minute.
const LEAST_WIDTH: i64 = 60_000;
/// A window grows at most by this factor …
const MOST_GROWTH: f64 = 4.0;
/// … and shrinks at most by this one.
const MOST_SHRINKAGE: f64 = 1.0 / 16.0;
/// After so many empty windows in a row …
const EMPTY_WINDOWS: u32 = 5;
/// … the next one is all that is left, once windows are as wide as a year (in milliseconds): a quiet week is no end.
const YEAR: i64 = 365 * FIRST_WIDTH;
/// Rows read before the share of rows with a source is believed.
const ENOUGH_TO_JUDGE: u64 = 1_000;
/// Rows looked at in one turn when what has gone is removed.
const SWEPT_AT_ONCE: i64 = 5_000;

/// The reading of everything, at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walk {
    /// Its number; each walk has the next one, and 0 means none yet.
    pub number: i64,
    /// Rows read so far in this walk.
    pub read: u64,
    /// Lever's time when it began.
    pub started_at: Millis,
    /// How many rows Lever is thought to hold, as far as that can be told.
    pub expected: Option<u64>,
}

/// A stretch of creation times, both ends included, and how far it has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Its latest moment, which is also its name.
    pub newest: Millis,
    /// Its earliest moment.
    pub oldest: Millis,
    /// Token of the next page; `None` before the first.
    pub offset: Option<String>,
    /// Rows read of it.
    pub read: u64,
}

/// A page of a window, to be stored.
pub struct WalkedPage {
    /// The window.
    pub window: Millis,
    /// Its rows.
    pub rows: Vec<Opportunity>,
    /// Rows that could not be read.
    pub unreadable: u32,
    /// Token of the page after it; `None` when the window has been read to its end.
    pub next: Option<String>,
}

/// Whether there is more to remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweep {
    /// From this row on.
    From(i64),
    /// All has been looked at.
    Done,
}

impl Mirror {
    /// Where the reading of everything stands.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn walk(&self) -> Result<Walk, MirrorError> {
        let read = self.number("walk_read")?.unwrap_or(0);
        Ok(Walk {
            number: self.number("walk")?.unwrap_or(0),
            read,
            started_at: self.moment("walk_started_at")?.unwrap_or_default(),
            expected: self.expected_opportunities(read)?,
        })
    }

    /// Begins to read everything that was made until now and not before `earliest`.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn begin_walk(&self, started_at: Millis, earliest: Millis) -> Result<(), MirrorError> {
        self.in_one(|| {
            let number: i64 = self.number("walk")?.unwrap_or(0) + 1;
            self.connection.execute("DELETE FROM walk_window", [])?;
            self.set_number("walk", number)?;
            self.set_number("walk_read", 0)?;
            self.set_number("walk_sources", 0)?;
            self.set_number("walk_started_at", started_at.0)?;
            self.set_number("walk_frontier", started_at.0)?;
            self.set_number("walk_earliest", earliest.0)?;
            self.set_number("walk_empty", 0)?;
            let is_small = self.rows_by_sources()?.is_some_and(|rows| rows <= ROWS_OF_A_WINDOW);
            let width = if is_small { i64::MAX } else { FIRST_WIDTH };
            self.set_number("walk_width", width)?;
            self.set_number("walk_over_empty", u8::from(self.counts.get().opportunities == 0))?;
            if self.changes_since()?.is_none() {
                self.set_number("changes_since", started_at.0)?;
            }
            self.set_meta("walked", None)
        })
    }

    /// Whether everything has been read once, to the end.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn has_walked(&self) -> Result<bool, MirrorError> {
        Ok(self.number("walked")? == Some(1))
    }

    /// Windows begun and not ended, the newest first.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn open_windows(&self) -> Result<Vec<Window>, MirrorError> {
        let windows = self
            .connection
            .prepare_cached("SELECT newest, oldest, offset, read FROM walk_window ORDER BY newest DESC")?
            .query_map([], |row| {
                Ok(Window {
                    newest: Millis(row.get(0)?),
                    oldest: Millis(row.get(1)?),
                    offset: row.get(2)?,
                    read: row.get::<_, u32>(3)?.into(),
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(windows)
    }

    /// Cuts the next window; `None` when all have been handed out.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn next_window(&self) -> Result<Option<Window>, MirrorError> {
        let earliest = self.number("walk_earliest")?.unwrap_or(0_i64);
        let newest: i64 = self.number("walk_frontier")?.unwrap_or(-1);
        if newest < earliest {
            return Ok(None);
        }
        let width: i64 = self.number("walk_width")?.unwrap_or(FIRST_WIDTH);
        let is_void = width >= YEAR && self.number("walk_empty")?.unwrap_or(0_u32) >= EMPTY_WINDOWS;
        let oldest = if is_void {
            earliest
        } else {
            newest.saturating_sub(width.saturating_sub(1)).max(earliest)
        };
        self.in_one(|| {
            self.connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO walk_window (newest, oldest, offset, read) VALUES (?1, ?2, NULL, 0)",
                )?
                .execute([newest, oldest])?;
            self.set_number("walk_frontier", oldest.saturating_sub(1))
        })?;
        Ok(Some(Window {
            newest: Millis(newest),
            oldest: Millis(oldest),
            offset: None,
            read: 0,
        }))
    }

    /// Stores a page of a window with the cursor that follows it, in one transaction.
    ///
    /// # Errors
    /// [`MirrorError`]; nothing of the page is stored then.
    pub fn store_page(&self, page: &WalkedPage, now: Millis) -> Result<(), MirrorError> {
        self.in_one(|| {
            let walk = self.number("walk")?.unwrap_or(0);
            for row in &page.rows {
                self.put_opportunity(row, walk)?;
            }
            let rows = page.rows.len() as u64 + u64::from(page.unreadable);
            let sources: u64 = page.rows.iter().map(|row| row.sources.len() as u64).sum();
            self.set_number("walk_read", self.number("walk_read")?.unwrap_or(0) + rows)?;
            self.set_number("walk_sources", self.number("walk_sources")?.unwrap_or(0) + sources)?;
            self.move_cursor(page, rows)?;
            self.set_number("last_page_at", now.0)
        })
    }

    fn move_cursor(&self, page: &WalkedPage, rows: u64) -> Result<(), MirrorError> {
        // Two statements, not one with RETURNING: that one opens a savepoint, at which the full-text indexes write what they have
        // gathered, and each page would become a segment of its own, to be merged again.
        self.connection
            .prepare_cached("UPDATE walk_window SET offset = ?2, read = read + ?3 WHERE newest = ?1")?
            .execute(params![
                page.window.0,
                page.next,
                i64::try_from(rows).unwrap_or(i64::MAX)
            ])?;
        let (oldest, read): (i64, u32) = self
            .connection
            .prepare_cached("SELECT oldest, read FROM walk_window WHERE newest = ?1")?
            .query_row([page.window.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if page.next.is_some() {
            return Ok(());
        }
        self.connection
            .prepare_cached("DELETE FROM walk_window WHERE newest = ?1")?
            .execute([page.window.0])?;
        let empty: u32 = self.number("walk_empty")?.unwrap_or(0);
        self.set_number("walk_empty", if read == 0 { empty + 1 } else { 0 })?;
        let mut width = next_width(page.window.since(Millis(oldest)), read.into());
        if read == 0 {
            // Of several that are read at once the narrowest may end last.
            width = width.max(self.number("walk_width")?.unwrap_or(0));
        }
        self.set_number("walk_width", width)
    }

    /// A window is read from its beginning again, since its token was refused.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn restart_window(&self, window: &Window) -> Result<(), MirrorError> {
        self.in_one(|| {
            let read: u64 = self.number("walk_read")?.unwrap_or(0);
            let of_window: u32 = self
                .connection
                .prepare_cached("SELECT coalesce(max(read), 0) FROM walk_window WHERE newest = ?1")?
                .query_row([window.newest.0], |row| row.get(0))?;
            self.connection
                .prepare_cached("UPDATE walk_window SET offset = NULL, read = 0 WHERE newest = ?1")?
                .execute([window.newest.0])?;
            self.set_number("walk_read", read.saturating_sub(of_window.into()))
        })
    }

    /// Removes rows that this walk has not met, since Lever no longer has them, a few thousand at a time. Whoever moved past
    /// the walk comes with the changes since it began.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn sweep(&self, from: i64) -> Result<Sweep, MirrorError> {
        let last: i64 = self
            .connection
            .query_row("SELECT coalesce(max(row), 0) FROM opportunity", [], |row| row.get(0))?;
        if from > last || self.number("walk_over_empty")? == Some(1) {
            return Ok(Sweep::Done);
        }
        let until = from.saturating_add(SWEPT_AT_ONCE);
        let walk: i64 = self.number("walk")?.unwrap_or(0);
        let gone: Vec<i64> = self
            .connection
            .prepare_cached("SELECT row FROM opportunity WHERE row >= ?1 AND row < ?2 AND walk < ?3")?
            .query_map([from, until, walk], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        if !gone.is_empty() {
            self.in_one(|| gone.iter().try_for_each(|row| self.remove_opportunity_row(*row)))?;
        }
        Ok(Sweep::From(until))
    }

    /// Everything has been read. Only after the changes since the walk began is the mirror complete.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn end_walk(&self) -> Result<(), MirrorError> {
        self.forget_rows();
        self.in_one(|| self.set_number("walked", 1))
    }

    /// Changes have been read until a moment; the next look begins at `next_since`. Complete is the mirror once everything has
    /// been read as well, and nothing was left out for being too early.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn note_changes_read(
        &self,
        until: Millis,
        next_since: Millis,
        earliest: Option<Millis>,
    ) -> Result<(), MirrorError> {
        self.in_one(|| {
            self.set_number("changes_since", next_since.0)?;
            self.set_number("as_of", until.0)?;
            if self.has_walked()? && earliest.is_none() {
                self.set_number("complete", 1)?;
            }
            Ok(())
        })
    }

    /// The account is as old as its oldest user at least.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn note_account_began(&self, began: Option<Millis>) -> Result<(), MirrorError> {
        match began {
            Some(began) => self.set_number("account_began", began.0),
            None => Ok(()),
        }
    }

    /// Everything that there is has been stored, and nothing moved meanwhile: for a mirror that was not read from Lever.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn finish_walk(&self) -> Result<(), MirrorError> {
        self.end_walk()?;
        self.in_one(|| {
            self.set_number("as_of", 0)?;
            self.set_number("complete", 1)
        })
    }

    /// Forgets how far the reading came, so that it begins anew; what is stored stays usable meanwhile.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn forget_walk(&self) -> Result<(), MirrorError> {
        self.in_one(|| {
            self.connection.execute("DELETE FROM walk_window", [])?;
            self.set_meta("walked", None)?;
            self.set_meta("walk_started_at", None)?;
            self.set_meta("complete", None)
        })
    }

    /// Whether a walk has been begun that can be gone on with.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn has_begun_walk(&self) -> Result<bool, MirrorError> {
        Ok(self.meta("walk_started_at")?.is_some())
    }

    /// The sum over Lever's sources of how many opportunities each has.
    fn rows_by_sources(&self) -> Result<Option<u64>, MirrorError> {
        let sum: Option<i64> = self
            .connection
            .prepare_cached("SELECT sum(count) FROM source")?
            .query_row([], |row| row.get(0))?;
        Ok(sum.and_then(|sum| u64::try_from(sum).ok()).filter(|sum| *sum > 0))
    }

    /// How many opportunities Lever is thought to hold. It counts them by source only; how many sources a row has is judged by
    /// those read so far.
    fn expected_opportunities(&self, read: u64) -> Result<Option<u64>, MirrorError> {
        let Some(by_sources) = self.rows_by_sources()? else {
            return Ok(None);
        };
        let sources: u64 = self.number("walk_sources")?.unwrap_or(0);
        let expected = if read >= ENOUGH_TO_JUDGE && sources > 0 {
            (by_sources as f64 * read as f64 / sources as f64) as u64
        } else {
            by_sources
        };
        Ok(Some(expected.max(read)))
    }

    /// Share of Lever read so far, 0 to 1: exactly 1 only when everything has been. Without an estimate of the whole it is the
    /// share of the account's time that has been handed out.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn share_read(&self) -> Result<f64, MirrorError> {
        if self.is_complete()? {
            return Ok(1.0);
        }
        let walk = self.walk()?;
        let share = match walk.expected {
            _ if walk.read == 0 => 0.0,
            Some(expected) => walk.read as f64 / expected.max(1) as f64,
            None => {
                let frontier = self.moment("walk_frontier")?.unwrap_or(walk.started_at);
                let began = self.moment("account_began")?.unwrap_or_default();
                walk.started_at.since(frontier) as f64 / walk.started_at.since(began).max(1) as f64
            }
        };
        Ok(share.clamp(0.0, 0.99))
    }
}

/// As wide as to hold [`ROWS_OF_A_WINDOW`] rows if they stand as close as in the window that ended.
fn next_width(width: i64, rows: u64) -> i64 {
    let factor = (ROWS_OF_A_WINDOW as f64 / rows.max(1) as f64).clamp(MOST_SHRINKAGE, MOST_GROWTH);
    ((width.max(LEAST_WIDTH) as f64 * factor) as i64).max(LEAST_WIDTH)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Ends a window as a reader would, with so many rows.
    fn end(mirror: &Mirror, window: &Window, rows: u32) {
        let page = WalkedPage {
            window: window.newest,
            rows: Vec::new(),
            unreadable: rows,
            next: None,
        };
        mirror.store_page(&page, Millis(0)).unwrap();
    }

    #[test]
    fn a_quiet_fortnight_is_not_the_end_and_what_lies_before_is_cut_into_windows() {
        let mirror = Mirror::open(
            rusqlite::Connection::open_in_memory().unwrap(),
            crate::mirror::Lifetime::Temporary,
        )
        .unwrap();
        let now = 1_760_000_000_000;
        mirror.begin_walk(Millis(now), Millis(0)).unwrap();
        let (mut windows, mut before) = (0, now + 1);
        loop {
            let mut together: Vec<Window> = Vec::new();
            while together.len() < 4
                && let Some(window) = mirror.next_window().unwrap()
            {
                assert_eq!(window.newest.0, before - 1, "windows follow each other without a gap");
                before = window.oldest.0;
                together.push(window);
            }
            if together.is_empty() {
                break;
            }
            windows += together.len();
            // Nobody for a fortnight, then 300 people a day for two years, then nobody again.
            for window in together {
                let (from, to) = (window.oldest.0.max(now - 730 * FIRST_WIDTH), window.newest.0);
                let days = (to.min(now - 14 * FIRST_WIDTH) - from).max(0) / FIRST_WIDTH;
                assert!(days < 40, "{days} days in one window");
                end(&mirror, &window, u32::try_from(days * 300).unwrap());
            }
        }
        assert_eq!(before, 0, "back to the beginning");
        assert!((60..250).contains(&windows), "{windows} windows");
    }

    #[test]
    fn a_window_follows_the_density_of_the_rows() {
        let day = FIRST_WIDTH;
        assert_eq!(next_width(day, 0), 4 * day);
        assert_eq!(next_width(day, ROWS_OF_A_WINDOW), day);
        assert_eq!(next_width(day, ROWS_OF_A_WINDOW / 2), 2 * day);
        assert_eq!(next_width(day, ROWS_OF_A_WINDOW * 1_000), day / 16);
        assert_eq!(next_width(1, ROWS_OF_A_WINDOW * 1_000), LEAST_WIDTH);
        assert!(next_width(i64::MAX, 1) > 0);
    }
}
