//! Many people put into Lever in one go: the durable list of who is meant, what was shown of each, and what became of it
//! (requirements 2.6, 2.8). It survives any death; the writes themselves stand in the journal like every other.

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::journal::{ExportState, overall};
use super::plan::{ExportChoices, NothingReason, Plan, PlanWarning, PlannedAction, PlannedField};
use super::records::{ExportNumber, Records, StoredExport, from_word, word};
use crate::command::{Failure, FailureCode};
use crate::mirror::MirrorError;
use crate::plain;
use crate::profile::Profile;
use crate::text::{Millis, OpportunityId};

/// Made with the other tables of the records.
pub(super) const TABLES: &str = "
CREATE TABLE batch (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, choices TEXT NOT NULL, made_at INTEGER NOT NULL, starts_at INTEGER NOT NULL,
  paused INTEGER NOT NULL, finished_at INTEGER, trouble TEXT);
CREATE TABLE batch_line (batch INTEGER NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL, name TEXT, profile TEXT NOT NULL, fingerprint TEXT NOT NULL, state TEXT NOT NULL,
  reason TEXT, failure TEXT, export INTEGER, tries INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (batch, place)) WITHOUT ROWID;
CREATE INDEX batch_line_state ON batch_line (state, batch, place);
CREATE INDEX batch_line_export ON batch_line (export) WHERE export IS NOT NULL;
";

/// Number of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct BatchNumber(pub i64);

/// What is chosen once for many people.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct ManyChoices {
    /// As for one of them.
    pub each: ExportChoices,
    /// Whether who was exported before is looked at like everybody else (requirements 2.8).
    pub include_exported: bool,
}

/// What became of one person of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// Not begun.
    Waiting,
    /// On its way.
    Sending,
    /// New in Lever.
    Exported,
    /// Was in Lever: a candidacy more, or on the job now.
    Joined,
    /// Was in Lever, and nothing was sent.
    AlreadyThere,
    /// Left out.
    Skipped,
    /// Not in Lever.
    Failed,
    /// Nobody can tell yet; it is being looked up.
    Unknown,
}

/// How many people of a batch stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LineCounts {
    /// Not begun, or on their way.
    pub waiting: u32,
    /// New in Lever.
    pub exported: u32,
    /// Were in Lever: a candidacy more, or on the job now.
    pub joined: u32,
    /// Were in Lever, and nothing was sent.
    pub already_there: u32,
    /// Left out.
    pub skipped: u32,
    /// Not in Lever.
    pub failed: u32,
    /// Nobody can tell yet.
    pub unknown: u32,
}

/// How a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    /// Being sent, or about to be.
    Running,
    /// Until somebody says otherwise.
    Paused,
    /// Nobody waits any more.
    Finished,
}

/// A batch at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct BatchSummary {
    /// Its number.
    pub batch: BatchNumber,
    /// Name of the project it came from.
    pub name: String,
    /// When it was begun.
    pub made_at: Millis,
    /// The first byte is sent then; until then all of it can be taken back.
    pub starts_at: Millis,
    /// When nobody waited any more.
    pub finished_at: Option<Millis>,
    /// How it stands.
    pub state: BatchState,
    /// People by what became of them.
    pub counts: LineCounts,
    /// Why it does not go on at present.
    pub trouble: Option<Failure>,
}

/// One person of a batch.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct BatchLine {
    /// The profile's key.
    pub key: String,
    /// Name as the page showed it.
    pub name: Option<String>,
    /// What became of them.
    pub state: LineState,
    /// Why nothing was sent.
    pub reason: Option<NothingReason>,
    /// What failed, all of it or a part.
    pub failure: Option<Failure>,
    /// Their entry in the journal.
    pub export: Option<ExportNumber>,
    /// Link into Lever's web app, once they are there.
    pub url: Option<String>,
    /// Since when.
    pub at: Millis,
}

impl std::fmt::Debug for BatchLine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("BatchLine")
            .field("state", &self.state)
            .field("reason", &self.reason)
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}

/// What is planned for one person of many.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct PlannedLine {
    /// The profile's key.
    pub key: String,
    /// Name as the page showed it.
    pub name: Option<String>,
    /// What Lever will do.
    pub action: PlannedAction,
    /// What Lever will get, field by field.
    pub fields: Vec<PlannedField>,
    /// What the recruiter should know first.
    pub warnings: Vec<PlanWarning>,
    /// [`Plan::fingerprint`].
    pub fingerprint: String,
}

impl std::fmt::Debug for PlannedLine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PlannedLine")
            .field("action", &self.action)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

/// Who of a plan is meant, and what was shown of them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ChosenLine {
    /// [`PlannedLine::key`].
    pub key: String,
    /// [`PlannedLine::fingerprint`].
    pub fingerprint: String,
}

impl std::fmt::Debug for ChosenLine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ChosenLine")
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}

/// What is to become of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum BatchControl {
    /// Whoever is on the way arrives; nobody follows.
    Pause,
    /// It goes on.
    Resume,
    /// Whoever waits is left out for good.
    Stop,
    /// Whoever is certainly not in Lever is tried again.
    RetryFailed,
}

/// A batch that has not come to its end, as the sender needs it.
#[derive(Debug, Clone)]
pub struct OpenBatch {
    /// Its number.
    pub number: BatchNumber,
    /// Name of the project it came from.
    pub name: String,
    /// What was chosen for everybody.
    pub choices: ManyChoices,
    /// When it was begun: its plans are of that moment.
    pub made_at: Millis,
    /// Nothing is sent before.
    pub starts_at: Millis,
}

/// One person who waits.
#[derive(Debug, Clone)]
pub struct WaitingLine {
    /// Place in the batch, from 0.
    pub place: u32,
    /// What the page said.
    pub profile: Profile,
    /// What was shown.
    pub fingerprint: String,
    /// Their entry in the journal, once there is one.
    pub export: Option<ExportNumber>,
    /// How often it was begun.
    pub tries: u32,
}

/// What became of one person, to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct LineOutcome {
    /// What became of them.
    pub state: LineState,
    /// Why nothing was sent.
    pub reason: Option<NothingReason>,
    /// What failed.
    pub failure: Option<Failure>,
}

impl LineOutcome {
    /// Of a state alone.
    #[must_use]
    pub fn of(state: LineState) -> Self {
        Self {
            state,
            reason: None,
            failure: None,
        }
    }

    /// Of a failure.
    #[must_use]
    pub fn failed(failure: Failure) -> Self {
        Self {
            failure: Some(failure),
            ..Self::of(LineState::Failed)
        }
    }

    /// Of a plan that sends nothing; nothing where it sends something.
    #[must_use]
    pub fn of_plan(plan: &Plan) -> Option<Self> {
        let PlannedAction::Nothing { reason, .. } = plan.action else {
            return None;
        };
        let state = match reason {
            NothingReason::AlreadyInLever | NothingReason::AlreadyOnThisJob | NothingReason::ExportedBefore => {
                LineState::AlreadyThere
            }
            _ => LineState::Skipped,
        };
        Some(Self {
            reason: Some(reason),
            ..Self::of(state)
        })
    }

    /// Of an export as far as it has come.
    #[must_use]
    pub fn of_export(export: &StoredExport) -> Self {
        let is_in_lever = export.steps.iter().any(|step| step.state.is_done());
        let was_there = export.plan.action != PlannedAction::NewPerson || export.steps.iter().any(|step| step.deduped);
        let state = match overall(export) {
            ExportState::Unknown => LineState::Unknown,
            ExportState::Planned | ExportState::Sending => LineState::Sending,
            _ if is_in_lever && was_there => LineState::Joined,
            _ if is_in_lever => LineState::Exported,
            ExportState::Failed => LineState::Failed,
            _ => LineState::Skipped,
        };
        Self {
            failure: export.steps.iter().find_map(|step| step.failure.clone()),
            ..Self::of(state)
        }
    }
}

const SUMMARY: &str = "SELECT id, name, made_at, starts_at, finished_at, paused, trouble FROM batch";

impl Records {
    /// Keeps who is meant, before anything is sent. Lines with an outcome wait for nothing.
    ///
    /// # Errors
    /// [`MirrorError`]; nothing is kept then.
    pub fn begin_batch(
        &self,
        name: &str,
        choices: &ManyChoices,
        lines: &[(Profile, String, LineOutcome)],
        at: Millis,
        starts_at: Millis,
    ) -> Result<BatchNumber, MirrorError> {
        let transaction = self.connection().unchecked_transaction()?;
        transaction
            .prepare_cached("INSERT INTO batch (name, choices, made_at, starts_at, paused) VALUES (?1, ?2, ?3, ?4, 0)")?
            .execute(params![name, serde_json::to_string(choices)?, at.0, starts_at.0])?;
        let batch = transaction.last_insert_rowid();
        for (place, (profile, fingerprint, outcome)) in lines.iter().enumerate() {
            transaction
                .prepare_cached(
                    "INSERT INTO batch_line (batch, place, key, name, profile, fingerprint, state, reason, tries, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9)",
                )?
                .execute(params![
                    batch,
                    place as i64,
                    profile.key,
                    profile.name,
                    serde_json::to_string(profile)?,
                    fingerprint,
                    word(&outcome.state)?,
                    outcome.reason.as_ref().map(word).transpose()?,
                    at.0,
                ])?;
        }
        transaction.commit()?;
        Ok(BatchNumber(batch))
    }

    /// Batches, the latest first.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn batches(&self, limit: u32) -> Result<Vec<BatchSummary>, MirrorError> {
        let mut statement = self
            .connection()
            .prepare_cached(&format!("{SUMMARY} ORDER BY id DESC LIMIT ?1"))?;
        let heads: Vec<BatchSummary> = statement.query_map([limit], summary_of)?.collect::<Result<_, _>>()?;
        heads.into_iter().map(|head| self.counted(head)).collect()
    }

    /// One batch.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn batch(&self, batch: BatchNumber) -> Result<Option<BatchSummary>, MirrorError> {
        let head = self
            .connection()
            .prepare_cached(&format!("{SUMMARY} WHERE id = ?1"))?
            .query_row([batch.0], summary_of)
            .optional()?;
        head.map(|head| self.counted(head)).transpose()
    }

    fn counted(&self, mut summary: BatchSummary) -> Result<BatchSummary, MirrorError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT state, count(*) FROM batch_line WHERE batch = ?1 GROUP BY state")?;
        let mut rows = statement.query([summary.batch.0])?;
        let counts = &mut summary.counts;
        while let Some(row) = rows.next()? {
            let count: u32 = row.get(1)?;
            *match from_word(&row.get::<_, String>(0)?)? {
                LineState::Waiting | LineState::Sending => &mut counts.waiting,
                LineState::Exported => &mut counts.exported,
                LineState::Joined => &mut counts.joined,
                LineState::AlreadyThere => &mut counts.already_there,
                LineState::Skipped => &mut counts.skipped,
                LineState::Failed => &mut counts.failed,
                LineState::Unknown => &mut counts.unknown,
            } += count;
        }
        Ok(summary)
    }

    /// Lines of a batch in their order, with the opportunity of whoever is in Lever.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn batch_lines(
        &self,
        batch: BatchNumber,
        after: u32,
        limit: u32,
    ) -> Result<Vec<(BatchLine, Option<OpportunityId>)>, MirrorError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT key, name, state, reason, failure, export, at,
               (SELECT opportunity FROM step WHERE step.export = batch_line.export AND opportunity IS NOT NULL LIMIT 1)
             FROM batch_line WHERE batch = ?1 ORDER BY place LIMIT ?3 OFFSET ?2",
        )?;
        let mut rows = statement.query(params![batch.0, after, limit])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let line = BatchLine {
                key: row.get(0)?,
                name: row.get(1)?,
                state: from_word(&row.get::<_, String>(2)?)?,
                reason: optional_word(row, 3)?,
                failure: optional_json(row, 4)?,
                export: row.get::<_, Option<i64>>(5)?.map(ExportNumber),
                url: None,
                at: Millis(row.get(6)?),
            };
            lines.push((line, row.get::<_, Option<String>>(7)?.map(OpportunityId)));
        }
        Ok(lines)
    }

    /// Batches that are to be sent, the oldest first.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn open_batches(&self) -> Result<Vec<OpenBatch>, MirrorError> {
        let rows: Vec<(i64, String, String, i64, i64)> = self
            .connection()
            .prepare_cached(
                "SELECT id, name, choices, made_at, starts_at FROM batch WHERE finished_at IS NULL AND paused = 0 ORDER BY id",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
            .collect::<Result<_, _>>()?;
        rows.into_iter()
            .map(|(number, name, choices, made_at, starts_at)| {
                Ok(OpenBatch {
                    number: BatchNumber(number),
                    name,
                    choices: plain::from_str(&choices)?,
                    made_at: Millis(made_at),
                    starts_at: Millis(starts_at),
                })
            })
            .collect()
    }

    /// The first people of a batch who wait or were on their way.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn waiting_lines(&self, batch: BatchNumber, limit: u32) -> Result<Vec<WaitingLine>, MirrorError> {
        let rows: Vec<(u32, String, String, Option<i64>, u32)> = self
            .connection()
            .prepare_cached(
                "SELECT place, profile, fingerprint, export, tries FROM batch_line WHERE batch = ?1 AND state IN ('waiting', 'sending')
                 ORDER BY place LIMIT ?2",
            )?
            .query_map(params![batch.0, limit], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            })?
            .collect::<Result<_, _>>()?;
        rows.into_iter()
            .map(|(place, profile, fingerprint, export, tries)| {
                Ok(WaitingLine {
                    place,
                    profile: plain::from_str(&profile)?,
                    fingerprint,
                    export: export.map(ExportNumber),
                    tries,
                })
            })
            .collect()
    }

    /// Keeps what became of somebody of whom nothing was sent. Who waits again is begun anew.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn set_line(
        &self,
        batch: BatchNumber,
        place: u32,
        outcome: &LineOutcome,
        at: Millis,
    ) -> Result<(), MirrorError> {
        self.connection()
            .prepare_cached(
                "UPDATE batch_line SET state = ?3, reason = ?4, failure = ?5, at = ?6, tries = tries + 1,
                 export = CASE ?3 WHEN 'waiting' THEN NULL ELSE export END WHERE batch = ?1 AND place = ?2",
            )?
            .execute(params![
                batch.0,
                place,
                word(&outcome.state)?,
                outcome.reason.as_ref().map(word).transpose()?,
                outcome.failure.as_ref().map(serde_json::to_string).transpose()?,
                at.0,
            ])?;
        Ok(())
    }

    /// Keeps how far an export has come in the line it belongs to, where it belongs to one. What the export failed of is told of
    /// the line: it may wait again.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn settle_line(&self, export: &StoredExport, outcome: &LineOutcome, at: Millis) -> Result<(), MirrorError> {
        self.connection()
            .prepare_cached("UPDATE batch_line SET state = ?2, failure = ?3, at = ?4 WHERE export = ?1")?
            .execute(params![
                export.number.0,
                word(&outcome.state)?,
                outcome.failure.as_ref().map(serde_json::to_string).transpose()?,
                at.0,
            ])?;
        Ok(())
    }

    /// Exports that have come to their end while the line they belong to does not know it: whatever died had kept the one and not
    /// yet the other.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn settled_behind_lines(&self) -> Result<Vec<ExportNumber>, MirrorError> {
        Ok(self
            .connection()
            .prepare_cached(
                "SELECT export FROM batch_line WHERE state IN ('unknown', 'sending') AND export IS NOT NULL AND NOT EXISTS
                   (SELECT 1 FROM step WHERE step.export = batch_line.export AND step.state IN ('planned', 'sending', 'unknown'))",
            )?
            .query_map([], |row| row.get(0).map(ExportNumber))?
            .collect::<Result<_, _>>()?)
    }

    /// Stops a batch for now, or lets it go on.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn pause_batch(&self, batch: BatchNumber, paused: Paused) -> Result<(), MirrorError> {
        self.connection()
            .prepare_cached("UPDATE batch SET paused = ?2, trouble = NULL WHERE id = ?1")?
            .execute(params![batch.0, paused == Paused::Yes])?;
        Ok(())
    }

    /// Whether a batch stands still.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn is_batch_paused(&self, batch: BatchNumber) -> Result<Paused, MirrorError> {
        let paused: Option<bool> = self
            .connection()
            .prepare_cached("SELECT paused FROM batch WHERE id = ?1")?
            .query_row([batch.0], |row| row.get(0))
            .optional()?;
        // What was erased with everything else does not go on.
        Ok(if paused == Some(false) { Paused::No } else { Paused::Yes })
    }

    /// Keeps why a batch does not go on; nothing where it does.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn set_batch_trouble(&self, batch: BatchNumber, trouble: Option<&Failure>) -> Result<(), MirrorError> {
        self.connection()
            .prepare_cached("UPDATE batch SET trouble = ?2 WHERE id = ?1")?
            .execute(params![batch.0, trouble.map(serde_json::to_string).transpose()?])?;
        Ok(())
    }

    /// Whoever waits, and of whom nothing is in the journal, is left out.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn stop_batch(&self, batch: BatchNumber, at: Millis) -> Result<(), MirrorError> {
        self.connection()
            .prepare_cached(
                "UPDATE batch_line SET state = 'skipped', at = ?2 WHERE batch = ?1 AND state = 'waiting' AND export IS NULL",
            )?
            .execute(params![batch.0, at.0])?;
        Ok(())
    }

    /// Whoever is certainly not in Lever waits again.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn retry_batch(&self, batch: BatchNumber, at: Millis) -> Result<(), MirrorError> {
        let transaction = self.connection().unchecked_transaction()?;
        transaction
            .prepare_cached(
                "UPDATE batch_line SET state = 'waiting', export = NULL, failure = NULL, tries = 0, at = ?2 WHERE batch = ?1 AND state = 'failed'",
            )?
            .execute(params![batch.0, at.0])?;
        transaction
            .prepare_cached("UPDATE batch SET finished_at = NULL, paused = 0, trouble = NULL WHERE id = ?1")?
            .execute([batch.0])?;
        transaction.commit()?;
        Ok(())
    }

    /// Ends a batch of which nobody waits any more; whether it has ended now.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn finish_batch(&self, batch: BatchNumber, at: Millis) -> Result<bool, MirrorError> {
        let finished = self
            .connection()
            .prepare_cached(
                "UPDATE batch SET finished_at = ?2, paused = 0, trouble = NULL WHERE id = ?1 AND finished_at IS NULL
                 AND NOT EXISTS (SELECT 1 FROM batch_line WHERE batch = ?1 AND state IN ('waiting', 'sending'))",
            )?
            .execute(params![batch.0, at.0])?;
        Ok(finished > 0)
    }
}

/// Whether a batch stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paused {
    /// Until somebody lets it go on.
    Yes,
    /// It goes on.
    No,
}

fn optional_word<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<Option<T>, MirrorError> {
    let text: Option<String> = row.get(column)?;
    text.as_deref().map(from_word).transpose()
}

fn optional_json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<Option<T>, MirrorError> {
    let text: Option<String> = row.get(column)?;
    Ok(text.as_deref().map(plain::from_str).transpose()?)
}

/// The head of a batch, its people not counted yet.
fn summary_of(row: &Row<'_>) -> rusqlite::Result<BatchSummary> {
    let finished_at: Option<i64> = row.get(4)?;
    let trouble: Option<String> = row.get(6)?;
    Ok(BatchSummary {
        batch: BatchNumber(row.get(0)?),
        name: row.get(1)?,
        made_at: Millis(row.get(2)?),
        starts_at: Millis(row.get(3)?),
        finished_at: finished_at.map(Millis),
        state: match (finished_at, row.get(5)?) {
            (Some(_), _) => BatchState::Finished,
            (None, true) => BatchState::Paused,
            (None, false) => BatchState::Running,
        },
        counts: LineCounts::default(),
        trouble: trouble.and_then(|text| plain::from_str(&text).ok()),
    })
}

/// Whether a failure is about everybody who follows as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// This person alone.
    One,
    /// Everybody, for a while: it goes on by itself.
    AllForNow,
    /// Everybody, until somebody has done something about it.
    AllUntilMended,
}

/// How far a failure reaches.
#[must_use]
pub fn reach(code: FailureCode) -> Reach {
    match code {
        FailureCode::Network | FailureCode::TimedOut | FailureCode::RateLimited | FailureCode::LeverFailing => {
            Reach::AllForNow
        }
        FailureCode::NotConnected
        | FailureCode::KeyRefused
        | FailureCode::SignInRefused
        | FailureCode::PermissionMissing
        | FailureCode::UserNotChosen
        | FailureCode::Storage
        | FailureCode::StorageFull => Reach::AllUntilMended,
        _ => Reach::One,
    }
}
