//! Reading Lever into the mirror: the account's settings, then every opportunity once, then what has changed, again and again.
//!
//! - `everything`: all candidacies, by windows of when they were made.
//! - here: what has changed, what was deleted, one person at once.
//! - `details`: resumes, notes and files.
//! - `counts`: whether the mirror still holds as many candidacies as Lever.
//!
//! Each step is short and lets whoever waits for an answer go first; each is stored with where it stands, so that whoever is
//! killed goes on there.

mod counts;
mod details;
mod everything;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use futures::future::{AbortHandle, abortable};

use crate::command::{FailureCode, ReadingSettings, SyncPhase};
use crate::host::Host;
use crate::lever::client::opportunities::ConfidentialityFilter;
use crate::lever::client::{LeverClient, OpportunityFilter, PostingFilter, TimeRange};
use crate::lever::error::LeverError;
use crate::lever::model::Reference;
use crate::lever::model::opportunity::Opportunity;
use crate::lever::pace::Priority;
use crate::matching::duplicates;
use crate::mirror::employer_aliases::{Learned, Learning};
use crate::mirror::meta::{MergeKeys, Merging};
use crate::mirror::statistics::Counting;
use crate::mirror::walk::Sweep;
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
    /// When changes were last read to the end.
    changes_read_at: Cell<Option<Millis>>,
    /// What is left of this hour's requests for details in the background.
    details_left: Cell<f64>,
    /// When that was last reckoned.
    details_reckoned_at: Cell<Option<Millis>>,
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
    /// How the mirror is kept.
    pub settings: ReadingSettings,
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

    /// Brings the mirror up to date: settings when they are old, everything when it was never read to the end, then changes,
    /// then what else is due.
    ///
    /// # Errors
    /// [`SyncError`]; what was stored before stays, and the next call goes on from there.
    pub async fn round(&self) -> Result<(), SyncError> {
        self.settings_if_old().await?;
        if self.settings.unknown_people && !self.mirror.has_walked()? {
            self.everything().await?;
        }
        self.changes().await?;
        if self.mirror.has_walked()? {
            self.tidy_up().await?;
            self.counts_if_due().await?;
            self.details_in_the_background().await?;
        }
        self.progress.set_phase(SyncPhase::Idle);
        (self.changed)();
        Ok(())
    }

    /// Work that only the mirror itself needs, in short turns.
    async fn tidy_up(&self) -> Result<(), SyncError> {
        if self.mirror.are_frequencies_old()? {
            let mut after = String::new();
            while let Counting::After(word) = self.mirror.count_frequencies(&after)? {
                after = word;
                self.breathe().await?;
            }
        }
        if !self.mirror.are_keys_merged()? {
            let mut merging = self.mirror.merge_keys(MergeKeys::All)?;
            while merging == Merging::GoesOn {
                self.breathe().await?;
                merging = self.mirror.merge_keys(MergeKeys::GoOn)?;
            }
            self.mirror.note_keys_merged()?;
        }
        if !self.mirror.are_employer_aliases_learned()? {
            let mut learning = Learning::default();
            while self.mirror.learn_employer_aliases(&mut learning)? == Learned::Some {
                self.breathe().await?;
            }
        }
        if !self.mirror.are_pairs_found()? {
            let mut after = String::new();
            while let Counting::After(word) = duplicates::find_some(self.mirror, &after)? {
                after = word;
                self.breathe().await?;
            }
            self.mirror.note_pairs_found()?;
        }
        if self.settings.details && !self.mirror.has_ranked_details()? {
            let mut row = 0;
            while let Sweep::From(next) = self.mirror.wish_for_details(row)? {
                row = next;
                self.breathe().await?;
            }
            self.mirror.note_details_ranked()?;
        }
        Ok(())
    }

    /// Lets whoever waits go first, and stops when told to.
    async fn breathe(&self) -> Result<(), SyncError> {
        self.host.sleeper.breathe().await;
        self.go_on()
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
        self.mirror
            .note_account_began(users.iter().filter_map(|user| user.created_at).min())?;
        let stages = self.client.stages(Priority::Background).await?;
        let reasons = self.client.archive_reasons(Priority::Background).await?;
        let jobs = PostingFilter {
            confidentiality: self.confidentiality(),
            ..PostingFilter::default()
        };
        let postings = self.client.postings_matching(&jobs, Priority::Background).await?;
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

    /// Reads what changed since the last look, and what was deleted.
    ///
    /// # Errors
    /// [`SyncError`].
    pub async fn changes(&self) -> Result<(), SyncError> {
        self.progress.set_phase(SyncPhase::ReadingChanges);
        let now = self.client.lever_now();
        let since = match self.mirror.changes_since()? {
            Some(since) => since,
            // Only what is asked about is in the mirror: what changed before it was is of no interest.
            None => now.plus(-OVERLAP),
        };
        // Rows without `updatedAt` do not pass a filter on it; new ones are caught by when they were made.
        let updated = OpportunityFilter {
            updated: TimeRange::since(since),
            ..self.filter()
        };
        let created = OpportunityFilter {
            created: TimeRange::since(since),
            ..self.filter()
        };
        // Closing moves `updatedAt` where there is one; on a row without it only the time of closing tells.
        let archived = OpportunityFilter {
            archived_at: TimeRange::since(since),
            ..self.filter()
        };
        // So does moving to another stage.
        let advanced = OpportunityFilter {
            advanced: TimeRange::since(since),
            ..self.filter()
        };
        for filter in [updated, created, archived, advanced] {
            self.store_matching(&filter, &mut |_| {}).await?;
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
        self.mirror
            .note_changes_read(now, now.plus(-OVERLAP), self.settings.earliest)?;
        self.progress.changes_read_at.set(Some(self.host.clock.now()));
        (self.changed)();
        Ok(())
    }

    /// Stores every row that passes a filter, page by page, and tells which they are.
    async fn store_matching(
        &self,
        filter: &OpportunityFilter,
        met: &mut dyn FnMut(&OpportunityId),
    ) -> Result<(), SyncError> {
        let mut offset: Option<String> = None;
        let mut restarts = 0;
        loop {
            self.go_on()?;
            let page = match self
                .client
                .opportunities(filter, offset.as_deref(), restarts, Priority::Background)
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
            let rows = self.wanted(page.rows)?;
            self.mirror.store_changes(&rows)?;
            rows.iter().for_each(|row| met(&row.id));
            self.progress.note(self.host.clock.now(), rows.len() as u64);
            let same = page.next.is_some() && page.next == offset;
            offset = page.next.filter(|_| !same);
            if offset.is_none() {
                return Ok(());
            }
            self.breathe().await?;
        }
    }

    /// The rows that the settings let in: people of before the earliest date and unknown people only where they are in the
    /// mirror already.
    fn wanted(&self, rows: Vec<Opportunity>) -> Result<Vec<Opportunity>, SyncError> {
        if self.settings.unknown_people && self.settings.earliest.is_none() {
            return Ok(rows);
        }
        let mut wanted = Vec::with_capacity(rows.len());
        for row in rows {
            let is_late = self
                .settings
                .earliest
                .is_none_or(|earliest| row.created_at.is_none_or(|created| created >= earliest));
            let is_let_in = self.settings.unknown_people && is_late;
            let is_known = match row.contact_id() {
                Some(contact) if !is_let_in => self.mirror.contact(&contact)?.is_some(),
                _ => false,
            };
            if is_let_in || is_known {
                wanted.push(row);
            }
        }
        Ok(wanted)
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
