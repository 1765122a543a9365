//! Reading Lever into the mirror: the account's settings, then every opportunity once, then what has changed.
//!
//! The order in which Lever lists opportunities moves while one walks (lever-api §2.2): a row that is advanced may be missed
//! or met twice. Whoever moves has a new `updatedAt`, so reading the changes since the walk began closes every gap. Each page
//! is stored together with the token that follows it: killed at any moment, the walk goes on where it was.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use futures::future::{AbortHandle, abortable};

use crate::command::{FailureCode, SyncPhase};
use crate::host::Host;
use crate::lever::client::opportunities::ConfidentialityFilter;
use crate::lever::client::{LeverClient, OpportunityFilter, TimeRange};
use crate::lever::error::LeverError;
use crate::lever::model::Reference;
use crate::lever::pace::Priority;
use crate::mirror::store::Walk;
use crate::mirror::{Mirror, MirrorError};
use crate::text::{ContactId, Millis, OpportunityId};

/// Changes are asked for from so many milliseconds before the last look, since Lever's machines need not agree on the time.
pub const OVERLAP: i64 = 120_000;
/// Users, stages, reasons and jobs are read again after so many milliseconds.
pub const SETTINGS_AGE: i64 = 600_000;
/// The rate is measured over the last so many milliseconds.
const RATE_WINDOW: i64 = 20_000;
/// A paging token that is refused makes the walk start over, at most so many times in one round.
const WALK_RESTARTS: u32 = 5;

/// Reading Lever stopped.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// Lever.
    #[error(transparent)]
    Lever(#[from] LeverError),
    /// The mirror.
    #[error(transparent)]
    Mirror(#[from] MirrorError),
    /// Told to stop.
    #[error("stopped")]
    Stopped,
}

impl SyncError {
    /// The failure as the protocol tells it.
    #[must_use]
    pub fn failure(&self) -> crate::command::Failure {
        match self {
            Self::Lever(error) => error.failure(),
            Self::Mirror(error) => error.failure(),
            Self::Stopped => crate::command::Failure::of(FailureCode::Internal),
        }
    }
}

/// What the synchronisation is doing, for whoever shows it.
#[derive(Default)]
pub struct Progress {
    phase: RefCell<Option<SyncPhase>>,
    /// When rows were stored, and how many.
    stored: RefCell<VecDeque<(Millis, u64)>>,
    /// Moves when work under way has to stop: a round belongs to the epoch it began in.
    epoch: Cell<u64>,
    /// Ends the round under way.
    under_way: RefCell<Option<AbortHandle>>,
}

impl Progress {
    /// What is going on.
    #[must_use]
    pub fn phase(&self) -> SyncPhase {
        self.phase.borrow().clone().unwrap_or(SyncPhase::Idle)
    }

    /// Says what is going on.
    pub fn set_phase(&self, phase: SyncPhase) {
        *self.phase.borrow_mut() = Some(phase);
    }

    fn note(&self, now: Millis, rows: u64) {
        let mut stored = self.stored.borrow_mut();
        stored.push_back((now, rows));
        while stored.front().is_some_and(|(at, _)| now.since(*at) > RATE_WINDOW) {
            stored.pop_front();
        }
    }

    /// Rows stored a second, lately; `None` while nothing is read or too little has been seen to tell.
    #[must_use]
    pub fn rows_per_second(&self, now: Millis) -> Option<f64> {
        if !matches!(self.phase(), SyncPhase::ReadingAll | SyncPhase::ReadingChanges) {
            return None;
        }
        let stored = self.stored.borrow();
        let (first, last) = (stored.front()?.0, stored.back()?.0);
        // The first batch only marks the start of the measured time.
        let rows: u64 = stored.iter().skip(1).map(|(_, rows)| rows).sum();
        let milliseconds = last.since(first);
        (milliseconds >= 300 && now.since(last) < RATE_WINDOW).then(|| rows as f64 * 1000.0 / milliseconds as f64)
    }

    /// The epoch now.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch.get()
    }

    /// Stops every round under way at once, wherever it waits, before it stores anything more.
    pub fn stop_rounds(&self) {
        self.epoch.set(self.epoch.get().wrapping_add(1));
        if let Some(under_way) = self.under_way.borrow_mut().take() {
            under_way.abort();
        }
    }

    /// Works until it is done or [`Progress::stop_rounds`] is called: then the work is dropped where it waits, its request taken
    /// back, its place in the pacer's queue given up.
    ///
    /// # Errors
    /// [`SyncError::Stopped`], or those of the work.
    pub async fn until_stopped<T>(&self, work: impl Future<Output = Result<T, SyncError>>) -> Result<T, SyncError> {
        let (work, handle) = abortable(work);
        *self.under_way.borrow_mut() = Some(handle);
        work.await.unwrap_or(Err(SyncError::Stopped))
    }
}

/// What one person is asked for by.
#[derive(Clone, Copy)]
pub enum PersonBy<'a> {
    /// The person's contact.
    Contact(&'a ContactId),
    /// An email address.
    Email(&'a str),
}

/// One synchronisation over a mirror and a client.
pub struct Sync<'a> {
    /// The mirror.
    pub mirror: &'a Mirror,
    /// Lever.
    pub client: &'a LeverClient,
    /// Time.
    pub host: &'a Host,
    /// What it is doing.
    pub progress: &'a Progress,
    /// Called after each stored batch.
    pub changed: &'a dyn Fn(),
    /// Whether confidential rows may be asked for (lever-api §4.6).
    pub confidential: bool,
    /// The epoch it belongs to.
    pub epoch: u64,
}

impl Sync<'_> {
    /// Asked after every wait, before anything is stored: a mirror that was erased meanwhile stays erased.
    fn go_on(&self) -> Result<(), SyncError> {
        if self.progress.epoch() == self.epoch {
            Ok(())
        } else {
            Err(SyncError::Stopped)
        }
    }

    /// Brings the mirror up to date: settings when they are old, everything when it was never read to the end, then changes.
    ///
    /// # Errors
    /// [`SyncError`]; what was stored before stays, and the next call goes on from there.
    pub async fn round(&self) -> Result<(), SyncError> {
        self.settings_if_old().await?;
        if !self.mirror.is_complete()? && !self.mirror.has_walked()? {
            self.everything().await?;
        }
        self.changes().await
    }

    async fn settings_if_old(&self) -> Result<(), SyncError> {
        let read_at = self
            .mirror
            .meta("settings_read_at")?
            .and_then(|text| text.parse().ok())
            .map(Millis);
        let now = self.host.clock.now();
        if read_at.is_some_and(|at| (0..SETTINGS_AGE).contains(&now.since(at))) {
            return Ok(());
        }
        self.settings().await
    }

    /// Reads users, stages, archive reasons, jobs, and sources where the key may.
    ///
    /// # Errors
    /// [`SyncError`].
    pub async fn settings(&self) -> Result<(), SyncError> {
        self.progress.set_phase(SyncPhase::ReadingSettings);
        let users = self.client.users(Priority::Background).await?;
        self.go_on()?;
        self.mirror.replace_users(&users)?;
        let stages = self.client.stages(Priority::Background).await?;
        let reasons = self.client.archive_reasons(Priority::Background).await?;
        let postings = self.client.postings(Priority::Background).await?;
        self.go_on()?;
        self.mirror.replace_settings(&stages, &reasons, &postings)?;
        let sources = self.client.sources(Priority::Background).await;
        self.go_on()?;
        match sources {
            Ok(sources) => self.mirror.replace_sources(&sources)?,
            // Sources only fill a list of suggestions and an estimate: the permission is not asked for.
            Err(LeverError::PermissionMissing { .. } | LeverError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        self.mirror
            .set_meta("settings_read_at", Some(&self.host.clock.now().0.to_string()))?;
        (self.changed)();
        Ok(())
    }

    fn confidentiality(&self) -> Option<ConfidentialityFilter> {
        self.confidential.then_some(ConfidentialityFilter::All)
    }

    fn filter(&self) -> OpportunityFilter {
        OpportunityFilter {
            confidentiality: self.confidentiality(),
            ..OpportunityFilter::default()
        }
    }

    async fn everything(&self) -> Result<(), SyncError> {
        self.progress.set_phase(SyncPhase::ReadingAll);
        let mut walk = self.mirror.walk()?;
        if walk.number == 0 {
            walk = Walk {
                number: 1,
                started_at: self.client.lever_now().plus(-OVERLAP),
                expected: self.mirror.expected_opportunities()?,
                ..Walk::default()
            };
            self.mirror.in_one(|| self.mirror.set_walk(&walk))?;
        }
        let mut restarts = 0;
        loop {
            self.go_on()?;
            let page = match self
                .client
                .opportunities(&self.filter(), walk.offset.as_deref(), restarts, Priority::Background)
                .await
            {
                Err(LeverError::OffsetRefused { .. }) if walk.offset.is_some() && restarts < WALK_RESTARTS => {
                    restarts += 1;
                    walk.offset = None;
                    walk.read = 0;
                    continue;
                }
                page => page?,
            };
            self.go_on()?;
            let rows = page.rows.len() as u64;
            walk.read += rows + u64::from(page.unreadable);
            let same = page.next.is_some() && page.next == walk.offset;
            walk.offset = page.next.filter(|_| !same);
            self.mirror.store_page(&page.rows, &walk)?;
            self.mirror
                .set_meta("last_page_at", Some(&self.client.lever_now().0.to_string()))?;
            self.progress.note(self.host.clock.now(), rows);
            (self.changed)();
            if walk.offset.is_none() {
                break;
            }
        }
        self.mirror.end_walk(&walk)?;
        (self.changed)();
        Ok(())
    }

    /// Reads what changed since the last look, and what was deleted.
    ///
    /// # Errors
    /// [`SyncError`].
    pub async fn changes(&self) -> Result<(), SyncError> {
        self.progress.set_phase(SyncPhase::ReadingChanges);
        let since = self.mirror.changes_since()?.unwrap_or_default();
        let started_at = self.client.lever_now();
        // Rows without `updatedAt` do not pass a filter on it; new ones are caught by when they were made.
        let updated = OpportunityFilter {
            updated: TimeRange::since(since),
            ..self.filter()
        };
        let created = OpportunityFilter {
            created: TimeRange::since(since),
            ..self.filter()
        };
        for filter in [updated, created] {
            let mut offset: Option<String> = None;
            let mut restarts = 0;
            loop {
                self.go_on()?;
                let page = match self
                    .client
                    .opportunities(&filter, offset.as_deref(), restarts, Priority::Background)
                    .await
                {
                    Err(LeverError::OffsetRefused { .. }) if offset.is_some() && restarts < WALK_RESTARTS => {
                        restarts += 1;
                        offset = None;
                        continue;
                    }
                    page => page?,
                };
                self.go_on()?;
                self.mirror.store_changes(&page.rows)?;
                self.progress.note(self.host.clock.now(), page.rows.len() as u64);
                let same = page.next.is_some() && page.next == offset;
                offset = page.next.filter(|_| !same);
                if offset.is_none() {
                    break;
                }
            }
        }
        let deleted = self
            .client
            .deleted_opportunities(TimeRange::since(since), self.confidentiality(), Priority::Background)
            .await;
        self.go_on()?;
        match deleted {
            Ok(deleted) => {
                let ids: Vec<OpportunityId> = deleted.into_iter().map(|row| row.id).collect();
                self.mirror.remove_opportunities(&ids)?;
            }
            // Without the permission deletions are found when a person is checked.
            Err(
                LeverError::PermissionMissing { .. } | LeverError::NotFound { .. } | LeverError::RefusedByRule { .. },
            ) => {}
            Err(error) => return Err(error.into()),
        }
        self.mirror.in_one(|| {
            self.mirror
                .set_meta("changes_since", Some(&started_at.plus(-OVERLAP).0.to_string()))?;
            if self.mirror.has_walked()? {
                self.mirror.set_meta("complete", Some("1"))?;
            }
            self.mirror.set_meta("as_of", Some(&started_at.0.to_string()))
        })?;
        self.progress.set_phase(SyncPhase::Idle);
        (self.changed)();
        Ok(())
    }

    /// Asks Lever itself about one person and stores what it says.
    ///
    /// # Errors
    /// [`SyncError`].
    pub async fn person(&self, by: PersonBy<'_>) -> Result<usize, SyncError> {
        let mut filter = self.filter();
        match by {
            PersonBy::Contact(contact) => filter.contacts.push(contact.clone()),
            PersonBy::Email(email) => filter.emails.push(email.to_owned()),
        }
        let rows = self.client.opportunities_matching(&filter, Priority::Click).await?;
        self.go_on()?;
        if let PersonBy::Contact(contact) = by {
            let present: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
            if let Some(record) = self.mirror.contact(contact)? {
                let gone: Vec<_> = self
                    .mirror
                    .opportunity_ids(record.row)?
                    .into_iter()
                    .filter(|id| !present.contains(&id.as_str()))
                    .collect();
                self.mirror.remove_opportunities(&gone)?;
            }
        }
        self.mirror.store_changes(&rows)?;
        (self.changed)();
        Ok(rows
            .iter()
            .filter_map(|row| row.contact.as_ref().map(Reference::id))
            .collect::<std::collections::BTreeSet<_>>()
            .len())
    }
}

impl Mirror {
    /// How many opportunities Lever is thought to hold: the sum over its sources, nearly every row having one.
    fn expected_opportunities(&self) -> Result<Option<u64>, MirrorError> {
        let sum: Option<i64> = self
            .connection
            .query_row("SELECT sum(count) FROM source", [], |row| row.get(0))?;
        Ok(sum.and_then(|sum| u64::try_from(sum).ok()).filter(|sum| *sum > 0))
    }

    /// Share of Lever read so far, 0 to 1: exactly 1 only when the walk has ended. Without an estimate of the whole it is the
    /// place of the last row's stage in the pipeline, by which Lever sorts.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn share_read(&self) -> Result<f64, MirrorError> {
        if self.is_complete()? {
            return Ok(1.0);
        }
        let walk = self.walk()?;
        let share = match walk.expected {
            Some(expected) => walk.read as f64 / expected as f64,
            None => self.share_by_stage()?,
        };
        Ok(share.clamp(0.0, 0.99))
    }

    fn share_by_stage(&self) -> Result<f64, MirrorError> {
        let share: Option<f64> = self.connection.query_row(
            "SELECT cast((SELECT place FROM stage JOIN term ON term.text = stage.id
                WHERE term.row = (SELECT stage FROM opportunity ORDER BY row DESC LIMIT 1)) AS REAL)
              / max(1, (SELECT count(*) FROM stage))",
            [],
            |row| row.get(0),
        )?;
        Ok(share.unwrap_or(0.0))
    }
}
