//! Reading resumes, notes and files: of a person who is looked at, and in the background within the budget of the settings.

use super::{Sync, SyncError};
use crate::command::OpportunityDetails;
use crate::lever::client::TimeRange;
use crate::lever::error::LeverError;
use crate::lever::pace::Priority;
use crate::mirror::details::{DETAIL_KINDS, DetailKind, ReadDetail};
use crate::text::{ContactId, Millis, OpportunityId};

/// Candidacies of one person whose details are read: somebody with more has been here for years.
const MOST_OPPORTUNITIES: usize = 8;
/// Requests that one turn in the background makes at most.
const MOST_AT_ONCE: f64 = 60.0;
const HOUR: f64 = 3_600_000.0;

impl Sync<'_> {
    /// What is known beside a person's candidacies; what is older than `since` or was never read is read first.
    ///
    /// # Errors
    /// [`SyncError`] of the mirror; what Lever refuses is told beside what is known.
    pub async fn details_of(&self, contact: &ContactId, since: Millis) -> Result<Vec<OpportunityDetails>, SyncError> {
        let Some(record) = self.mirror.contact(contact)? else {
            return Ok(Vec::new());
        };
        let mut all = Vec::new();
        for (number, opportunity) in self.mirror.opportunity_ids(record.row)?.iter().enumerate() {
            let mut failure = None;
            if self.settings.details && number < MOST_OPPORTUNITIES {
                for kind in self.mirror.missing_details(opportunity, since)? {
                    match self.read_detail(opportunity, kind, Priority::Click).await {
                        Ok(()) => {}
                        Err(SyncError::Lever(error)) => failure = Some(error.failure()),
                        Err(error) => return Err(error),
                    }
                }
            }
            let mut details = self.mirror.details(opportunity)?;
            details.failure = failure;
            all.push(details);
        }
        Ok(all)
    }

    async fn read_detail(
        &self,
        opportunity: &OpportunityId,
        kind: DetailKind,
        priority: Priority,
    ) -> Result<(), SyncError> {
        let ever = TimeRange::default();
        let read_at = self.client.lever_now();
        let detail = match kind {
            DetailKind::Resumes => ReadDetail::Resumes(self.client.resumes(opportunity, ever, priority).await?),
            DetailKind::Notes => ReadDetail::Notes(self.client.notes(opportunity, priority).await?),
            DetailKind::Files => ReadDetail::Files(self.client.files(opportunity, ever, priority).await?),
        };
        self.go_on()?;
        self.mirror.store_detail(opportunity, &detail, read_at)?;
        Ok(())
    }

    /// Reads details of the most useful candidacies, as many as the hour's budget allows by now.
    pub(super) async fn details_in_the_background(&self) -> Result<(), SyncError> {
        if !self.settings.details || self.settings.background_details_an_hour == 0 {
            return Ok(());
        }
        let mut left = self.requests_left();
        // A candidacy costs one request for each kind, and is read whole or not at all.
        let whole = DETAIL_KINDS.len() as f64;
        while left >= whole {
            let [opportunity] = self
                .mirror
                .wished_details(1)?
                .try_into()
                .unwrap_or([OpportunityId::default()]);
            if opportunity.as_str().is_empty() {
                break;
            }
            for kind in DETAIL_KINDS {
                left -= 1.0;
                self.progress.details_left.set(left);
                match self.read_detail(&opportunity, kind, Priority::Background).await {
                    // A resume without the permission for notes is worth reading too.
                    Ok(())
                    | Err(SyncError::Lever(LeverError::PermissionMissing { .. } | LeverError::NotFound { .. })) => {}
                    Err(error) => return Err(error),
                }
            }
            self.mirror.fulfil_wish(&opportunity)?;
            self.breathe().await?;
        }
        Ok(())
    }

    fn requests_left(&self) -> f64 {
        let now = self.host.clock.now();
        let budget = f64::from(self.settings.background_details_an_hour);
        let passed = self
            .progress
            .details_reckoned_at
            .replace(Some(now))
            .map_or(60_000, |before| now.since(before).max(0));
        let left = (self.progress.details_left.get() + passed as f64 / HOUR * budget).min(MOST_AT_ONCE);
        self.progress.details_left.set(left);
        left
    }
}
