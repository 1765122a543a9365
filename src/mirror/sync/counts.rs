//! Whether the mirror still holds as many candidacies as Lever, once a day. Lever tells how many there are of each source, and of
//! nothing else; where the numbers differ, the candidacies of that source are read again and what is gone is removed.

use std::collections::BTreeSet;

use super::{Sync, SyncError};
use crate::command::SyncPhase;
use crate::lever::client::OpportunityFilter;
use crate::lever::error::LeverError;
use crate::lever::pace::Priority;
use crate::mirror::walk::Sweep;
use crate::text::{Millis, OpportunityId};

/// Counted again after so many milliseconds: a day.
const COUNTED_AFTER: i64 = 86_400_000;
/// Candidacies that one day asks about one by one at most.
const MOST_ASKED: usize = 200;
/// Times that a source is counted while something is stored again and again.
const COUNTING_TRIES: u32 = 3;

impl Sync<'_> {
    pub(super) async fn counts_if_due(&self) -> Result<(), SyncError> {
        let now = self.host.clock.now();
        let counted_at = self.mirror.counted_at()?;
        if counted_at.is_some_and(|at| (0..COUNTED_AFTER).contains(&now.since(at))) {
            return Ok(());
        }
        // Where the settings leave people out, Lever counts more, and rightly so.
        if self.settings.unknown_people && self.settings.earliest.is_none() {
            self.compare_counts().await?;
        }
        self.mirror.note_counted(now)?;
        Ok(())
    }

    /// Compares with Lever's counts and repairs what differs. Returns the sources that were read again.
    ///
    /// # Errors
    /// [`SyncError`].
    pub async fn compare_counts(&self) -> Result<Vec<String>, SyncError> {
        let sources = match self.client.sources(Priority::Background).await {
            Ok(sources) => sources,
            // Without the permission there is nothing to compare with.
            Err(LeverError::PermissionMissing { .. } | LeverError::NotFound { .. }) => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        self.go_on()?;
        self.mirror.replace_sources(&sources)?;
        let mut repaired = Vec::new();
        for source in sources {
            let Some(count) = source.count else {
                continue;
            };
            let differs_by = count - self.counted(&source.text).await?;
            // A key without access to confidential candidacies never sees some that Lever counts: what a repair could not
            // explain is not repaired every day.
            if differs_by == self.mirror.unexplained_of(&source.text)? {
                continue;
            }
            self.progress.set_phase(SyncPhase::ReadingChanges);
            self.read_source_again(&source.text).await?;
            let left = count - self.counted(&source.text).await?;
            self.mirror.note_unexplained(&source.text, left)?;
            repaired.push(source.text);
        }
        Ok(repaired)
    }

    /// How many candidacies the mirror holds of a source. A large account has some hundred thousand of one: they are counted in short
    /// turns, and once more where something was stored between two of them.
    async fn counted(&self, source: &str) -> Result<i64, SyncError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let (before, mut sum, mut row) = (self.mirror.changes(), 0, 0);
            loop {
                let (count, sweep) = self.mirror.count_with_source(source, row)?;
                sum += count;
                self.breathe().await?;
                match sweep {
                    Sweep::From(next) => row = next,
                    Sweep::Done => break,
                }
            }
            if tries == COUNTING_TRIES || self.mirror.changes() == before {
                return Ok(sum);
            }
        }
    }

    async fn read_source_again(&self, source: &str) -> Result<(), SyncError> {
        let filter = OpportunityFilter {
            sources: vec![source.to_owned()],
            ..self.filter()
        };
        let mut met: BTreeSet<OpportunityId> = BTreeSet::new();
        self.store_matching(&filter, &mut |id| {
            met.insert(id.clone());
        })
        .await?;
        let not_met: Vec<OpportunityId> = self
            .mirror
            .opportunities_with_source(source)?
            .into_iter()
            .filter(|id| !met.contains(id))
            .take(MOST_ASKED)
            .collect();
        for id in not_met {
            match self.client.opportunity(&id, Priority::Background).await {
                Ok(row) => self.mirror.store_changes(&[row])?,
                Err(LeverError::NotFound { .. }) => self.mirror.remove_opportunities(&[id])?,
                Err(error) => return Err(error.into()),
            }
            self.go_on()?;
        }
        Ok(())
    }
}

impl crate::mirror::Mirror {
    fn counted_at(&self) -> Result<Option<Millis>, crate::mirror::MirrorError> {
        self.moment("counted_at")
    }

    fn note_counted(&self, now: Millis) -> Result<(), crate::mirror::MirrorError> {
        self.in_one(|| self.set_number("counted_at", now.0))
    }
}
