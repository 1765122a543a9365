//! The durable record of every write to Lever: planned → sending → confirmed / failed / unknown → reconciled.

use serde::{Deserialize, Serialize};

use crate::export::plan::StepKind;
use crate::export::records::{ExportNumber, StoredExport};
use crate::text::{ContactId, Millis, OpportunityId};

/// How one write, or a whole export, stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    /// Recorded; nothing was sent.
    Planned,
    /// Sent, or about to be: from here on only a look in Lever tells whether it arrived.
    Sending,
    /// Lever said yes.
    Confirmed,
    /// Lever said no, or it certainly never arrived. Nothing of this step is in Lever.
    Failed,
    /// The reply was lost, and looking in Lever has not settled it yet.
    Unknown,
    /// The reply was lost; the outcome was found in Lever.
    Reconciled,
    /// Nothing had to be sent.
    Skipped,
    /// It failed, or nobody could tell, and the recruiter left it at that.
    Left,
    /// Taken back before anything was sent.
    Undone,
}

/// One step of an export as the journal keeps it, and as `fulcrum journal` prints it. The key names a person: its debug form
/// shows the rest only.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct JournalStep {
    /// The profile's key.
    pub key: String,
    /// Which write.
    pub step: StepKind,
    /// How it stands.
    pub state: ExportState,
    /// Since when.
    pub at: Millis,
    /// The person in Lever, once known.
    pub contact: Option<ContactId>,
    /// The opportunity in Lever, once known.
    pub opportunity: Option<OpportunityId>,
    /// Why it failed or is unknown; carries nobody's data.
    pub error: Option<String>,
}

/// One step with the export it belongs to, for whoever shows the journal.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct JournalEntry {
    /// The export.
    pub export: ExportNumber,
    /// The person's name, as the page showed it.
    pub name: Option<String>,
    /// The step.
    pub step: JournalStep,
    /// What can be done about the export, where it has failed in part or nobody can tell.
    pub remedy: Option<ExportRemedy>,
}

impl std::fmt::Debug for JournalEntry {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("JournalEntry")
            .field("export", &self.export)
            .field("step", &self.step)
            .finish_non_exhaustive()
    }
}

/// What can be done about an export that has not come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ExportRemedy {
    /// The person is in Lever; what failed beside that can be sent again, or left.
    TryAgain,
    /// A reply was lost: Lever can be looked at again, or it is left to the recruiter.
    LookAgain,
}

impl std::fmt::Debug for JournalStep {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("JournalStep")
            .field("step", &self.step)
            .field("state", &self.state)
            .field("at", &self.at)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl ExportState {
    /// Whether nothing more will happen by itself.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(
            self,
            Self::Confirmed | Self::Failed | Self::Reconciled | Self::Skipped | Self::Left | Self::Undone
        )
    }

    /// Whether what was wanted is in Lever.
    #[must_use]
    pub fn is_done(self) -> bool {
        matches!(self, Self::Confirmed | Self::Reconciled)
    }
}

/// How an export stands as a whole: as its least settled step; failed as soon as a step failed; reconciled where some step was
/// found by looking.
#[must_use]
pub fn overall(export: &StoredExport) -> ExportState {
    let has = |state| export.steps.iter().any(|step| step.state == state);
    if export.steps.is_empty() {
        return ExportState::Skipped;
    }
    for state in [ExportState::Unknown, ExportState::Sending] {
        if has(state) {
            return state;
        }
    }
    if has(ExportState::Failed) {
        return ExportState::Failed;
    }
    for state in [ExportState::Planned, ExportState::Reconciled] {
        if has(state) {
            return state;
        }
    }
    for state in [ExportState::Confirmed, ExportState::Undone] {
        if has(state) {
            return state;
        }
    }
    ExportState::Left
}

/// What can be done about an export. One of which nothing is in Lever is begun anew from its page: meanwhile the person may have
/// come there another way.
#[must_use]
pub fn remedy(states: &[ExportState]) -> Option<ExportRemedy> {
    if states.contains(&ExportState::Unknown) {
        return Some(ExportRemedy::LookAgain);
    }
    let is_in_lever = states.iter().any(|state| state.is_done());
    (states.contains(&ExportState::Failed) && is_in_lever).then_some(ExportRemedy::TryAgain)
}
