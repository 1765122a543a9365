//! The durable records: journal, settings and the recruiter's corrections. Not a cache: they live apart from the mirror and
//! survive its loss (design §4.6). Every change is on disk before the caller goes on.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::journal::{ExportState, JournalEntry, JournalStep, remedy};
use super::many::BatchNumber;
use super::plan::{Plan, StepKind};
use crate::command::{Correction, Failure};
use crate::identity::fold;
use crate::mirror::MirrorError;
use crate::plain;
use crate::text::{ContactId, Millis, OpportunityId};

/// In the browser one worker owns the files. In a terminal one process may read while another writes.
#[cfg(target_family = "wasm")]
const WHO_ELSE_MAY_READ: &str = "PRAGMA locking_mode=exclusive; PRAGMA journal_mode=truncate;";
/// See above.
#[cfg(not(target_family = "wasm"))]
const WHO_ELSE_MAY_READ: &str = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=wal;";

/// Version of the tables, kept in SQLite's `user_version`.
const VERSION: i64 = 4;

const TABLES: &str = "
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE correction (profile TEXT NOT NULL, contact TEXT NOT NULL, said TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (profile, contact)) WITHOUT ROWID;
CREATE TABLE export (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, plan TEXT NOT NULL, account TEXT NOT NULL, made_at INTEGER NOT NULL, name TEXT);
CREATE INDEX export_key ON export (key, id);
CREATE TABLE step (export INTEGER NOT NULL, place INTEGER NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, sent_at INTEGER,
  attempts INTEGER NOT NULL, contact TEXT, opportunity TEXT, deduped INTEGER NOT NULL, failure TEXT, error TEXT, PRIMARY KEY (export, place)) WITHOUT ROWID;
CREATE INDEX step_state ON step (state);
CREATE INDEX step_opportunity ON step (opportunity);
";

/// What version 3 brought: whom an export is about, by name.
const NAMES: &str = "ALTER TABLE export ADD COLUMN name TEXT;";

/// Name of the setting that holds what the organisation has fixed.
pub const POLICY: &str = "policy";

/// Number of an export in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct ExportNumber(pub i64);

/// One step with all that the run needs to go on with it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredStep {
    /// Its place in the plan, from 0.
    pub place: usize,
    /// Which write.
    pub kind: StepKind,
    /// How it stands.
    pub state: ExportState,
    /// Since when, by our clock.
    pub at: Millis,
    /// When it was last sent, by Lever's clock.
    pub sent_at: Option<Millis>,
    /// How often it was sent.
    pub attempts: u32,
    /// The person, once known.
    pub contact: Option<ContactId>,
    /// The opportunity, once known.
    pub opportunity: Option<OpportunityId>,
    /// Whether Lever knew the person by email.
    pub deduped: bool,
    /// Why it failed or is unknown.
    pub failure: Option<Failure>,
}

/// One export with its steps. The key names a person: its debug form shows the rest only.
#[derive(Clone)]
pub struct StoredExport {
    /// Its number.
    pub number: ExportNumber,
    /// The profile's key.
    pub key: String,
    /// What was planned.
    pub plan: Plan,
    /// When it was planned.
    pub made_at: Millis,
    /// The steps in order.
    pub steps: Vec<StoredStep>,
}

impl std::fmt::Debug for StoredExport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("StoredExport")
            .field("number", &self.number)
            .field("plan", &self.plan)
            .field("steps", &self.steps)
            .finish_non_exhaustive()
    }
}

/// What stands before a contact's id where a correction is about a record of Lever's and not about a page.
const RECORD: &str = "contact:";

/// The id of the record that a correction's profile names, where it is one of Lever's.
#[must_use]
pub fn record_of(profile: &str) -> Option<ContactId> {
    profile.strip_prefix(RECORD).map(ContactId::from)
}

/// Two records of Lever's as a correction is kept of them: whichever way round they are named.
fn pair<'a>(one: &'a ContactId, other: &'a ContactId) -> (String, &'a ContactId) {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    (format!("{RECORD}{first}"), second)
}

/// Whether an export of the journal is an update of somebody: it begins with what an export does beside its candidacy, or with
/// what no export does.
macro_rules! is_update {
    () => {
        "EXISTS (SELECT 1 FROM step WHERE step.export = export.id AND place = 0
           AND kind IN ('update_contact', 'add_links', 'add_tags', 'add_sources', 'add_note'))"
    };
}

/// Statements that stay prepared.
const STATEMENTS: usize = 96;

/// The records.
pub struct Records {
    connection: Connection,
}

pub(super) fn word<T: serde::Serialize>(value: &T) -> Result<String, MirrorError> {
    Ok(serde_json::to_string(value)?.trim_matches('"').to_owned())
}

pub(super) fn from_word<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, MirrorError> {
    Ok(plain::from_value(&serde_json::Value::String(text.to_owned()))?)
}

impl Records {
    /// Takes over a connection and makes the tables where they are missing.
    ///
    /// # Errors
    /// [`MirrorError::Storage`] when the file is of a newer version: it is never emptied.
    pub fn open(connection: Connection) -> Result<Self, MirrorError> {
        connection.execute_batch(WHO_ELSE_MAY_READ)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // A plan does not depend on what is bound: without this guarantee SQLite prepares many a statement anew for each value.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        // A record that was not on the disk when the power went would be a write sent twice.
        connection.execute_batch("PRAGMA synchronous=full; PRAGMA secure_delete=on;")?;
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        match version {
            0 => {
                let transaction = connection.unchecked_transaction()?;
                transaction.execute_batch(TABLES)?;
                transaction.execute_batch(super::aliases::TABLE)?;
                transaction.execute_batch(super::files::TABLES)?;
                transaction.execute_batch(super::projects::TABLES)?;
                transaction.execute_batch(super::many::TABLES)?;
                transaction.pragma_update(None, "user_version", VERSION)?;
                transaction.commit()?;
            }
            // What each version since has brought, one after the other.
            1..VERSION => {
                let transaction = connection.unchecked_transaction()?;
                if version < 2 {
                    transaction.execute_batch(super::aliases::TABLE)?;
                }
                if version < 3 {
                    transaction.execute_batch(NAMES)?;
                }
                if version < 4 {
                    transaction.execute_batch(super::files::TABLES)?;
                    transaction.execute_batch(super::projects::TABLES)?;
                    transaction.execute_batch(super::many::TABLES)?;
                }
                transaction.pragma_update(None, "user_version", VERSION)?;
                transaction.commit()?;
            }
            VERSION => {}
            newer => {
                return Err(MirrorError::Storage(format!(
                    "the journal is of version {newer}, made by a newer Fulcrum"
                )));
            }
        }
        Ok(Self { connection })
    }

    /// A setting.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn setting<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<Option<T>, MirrorError> {
        let text: Option<String> = self
            .connection
            .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        Ok(text.and_then(|text| plain::from_str(&text).ok()))
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn set_setting<T: serde::Serialize>(&self, name: &str, value: &T) -> Result<(), MirrorError> {
        self.connection
            .prepare_cached(
                "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            )?
            .execute([name, &serde_json::to_string(value)?])?;
        Ok(())
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Pairs of records of which the recruiter said something.
    pub(super) fn pairs_said(&self, said: Correction, most: u32) -> Result<Vec<(ContactId, ContactId)>, MirrorError> {
        let pairs: Vec<(String, String)> = self
            .connection
            .prepare_cached(
                "SELECT profile, contact FROM correction WHERE profile >= ?1 AND profile < ?1 || char(0x10ffff) AND said = ?2 LIMIT ?3",
            )?
            .query_map(params![RECORD, word(&said)?, most], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let pairs = pairs.into_iter();
        Ok(pairs
            .filter_map(|(one, other)| Some((record_of(&one)?, ContactId(other))))
            .collect())
    }

    /// What the recruiter said about a profile.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn corrections(&self, profile: &str) -> Result<Vec<(ContactId, Correction)>, MirrorError> {
        let rows: Vec<(String, String)> = self
            .connection
            .prepare_cached("SELECT contact, said FROM correction WHERE profile = ?1")?
            .query_map([profile], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        rows.into_iter()
            .map(|(contact, said)| Ok((ContactId(contact), from_word(&said)?)))
            .collect()
    }

    /// Everything the recruiter has said, the latest first: profile, contact, word, moment.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn all_corrections(&self) -> Result<Vec<(String, ContactId, Correction, Millis)>, MirrorError> {
        let rows: Vec<(String, String, String, i64)> = self
            .connection
            .prepare_cached("SELECT profile, contact, said, at FROM correction ORDER BY at DESC, profile, contact")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
            .collect::<Result<_, _>>()?;
        rows.into_iter()
            .map(|(profile, contact, said, at)| Ok((profile, ContactId(contact), from_word(&said)?, Millis(at))))
            .collect()
    }

    /// Keeps what the recruiter said.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn correct(
        &self,
        profile: &str,
        contact: &ContactId,
        correction: Correction,
        at: Millis,
    ) -> Result<(), MirrorError> {
        match correction {
            Correction::Forget => self
                .connection
                .prepare_cached("DELETE FROM correction WHERE profile = ?1 AND contact = ?2")?
                .execute([profile, contact.as_str()])?,
            said => self
                .connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO correction (profile, contact, said, at) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![profile, contact.as_str(), word(&said)?, at.0])?,
        };
        Ok(())
    }

    /// Keeps that no two of these records of Lever's are one person.
    ///
    /// # Errors
    /// [`MirrorError`]; nothing is kept then.
    pub fn keep_apart(&self, contacts: &[ContactId], at: Millis) -> Result<(), MirrorError> {
        let transaction = self.connection.unchecked_transaction()?;
        for (place, one) in contacts.iter().enumerate() {
            for other in contacts.iter().skip(place + 1).filter(|other| *other != one) {
                let (profile, contact) = pair(one, other);
                self.correct(&profile, contact, Correction::NotThisPerson, at)?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Whether the recruiter has said of every two of these records that they are two people.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn are_kept_apart(&self, contacts: &[&ContactId]) -> Result<bool, MirrorError> {
        let mut said = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM correction WHERE profile = ?1 AND contact = ?2 AND said = ?3)",
        )?;
        let apart = word(&Correction::NotThisPerson)?;
        for (place, one) in contacts.iter().enumerate() {
            for other in contacts.iter().skip(place + 1) {
                let (profile, contact) = pair(one, other);
                if !said.query_row(params![profile, contact.as_str(), apart], |row| row.get::<_, bool>(0))? {
                    return Ok(false);
                }
            }
        }
        Ok(contacts.len() > 1)
    }

    /// Records a plan, all its steps as planned, before anything is sent.
    ///
    /// # Errors
    /// [`MirrorError`]; nothing is recorded then, and nothing may be sent.
    pub fn plan(&self, plan: &Plan, name: &str, account: &str, at: Millis) -> Result<ExportNumber, MirrorError> {
        self.plan_for(None, plan, name, account, at)
    }

    /// As [`Records::plan`], for one person of a batch: its line knows the export as soon as there is one, so that no death in between
    /// has the person exported twice.
    ///
    /// # Errors
    /// As [`Records::plan`].
    pub fn plan_for(
        &self,
        line: Option<(BatchNumber, u32)>,
        plan: &Plan,
        name: &str,
        account: &str,
        at: Millis,
    ) -> Result<ExportNumber, MirrorError> {
        let transaction = self.connection.unchecked_transaction()?;
        transaction
            .prepare_cached("INSERT INTO export (key, plan, account, made_at, name) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![plan.key, serde_json::to_string(plan)?, account, at.0, name])?;
        let number = transaction.last_insert_rowid();
        for (place, request) in plan.requests.iter().enumerate() {
            transaction
                .prepare_cached(
                    "INSERT INTO step (export, place, kind, state, at, attempts, deduped) VALUES (?1, ?2, ?3, ?4, ?5, 0, 0)",
                )?
                .execute(params![
                    number,
                    place as i64,
                    word(&request.step)?,
                    word(&ExportState::Planned)?,
                    at.0
                ])?;
        }
        if let Some((batch, place)) = line {
            transaction
                .prepare_cached(
                    "UPDATE batch_line SET export = ?3, state = 'sending', at = ?4 WHERE batch = ?1 AND place = ?2",
                )?
                .execute(params![batch.0, place, number, at.0])?;
        }
        super::files::note_uses(&transaction, number, plan)?;
        transaction.commit()?;
        Ok(ExportNumber(number))
    }

    /// Records how a step stands.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn set_step(&self, export: ExportNumber, step: &StoredStep) -> Result<(), MirrorError> {
        let failure = step.failure.as_ref().map(serde_json::to_string).transpose()?;
        let error = step.failure.as_ref().map(describe);
        self.connection
            .prepare_cached(
                "UPDATE step SET state = ?3, at = ?4, sent_at = ?5, attempts = ?6, contact = ?7, opportunity = ?8, deduped = ?9, failure = ?10, error = ?11
                 WHERE export = ?1 AND place = ?2",
            )?
            .execute(params![
                export.0,
                step.place as i64,
                word(&step.state)?,
                step.at.0,
                step.sent_at.map(|at| at.0),
                step.attempts,
                step.contact.as_ref().map(ContactId::as_str),
                step.opportunity.as_ref().map(OpportunityId::as_str),
                step.deduped,
                failure,
                error,
            ])?;
        Ok(())
    }

    /// The latest export of a profile; an update of somebody is none.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn latest_export(&self, key: &str) -> Result<Option<StoredExport>, MirrorError> {
        self.latest(
            key,
            concat!(
                "SELECT id FROM export WHERE key = ?1 AND NOT ",
                is_update!(),
                " ORDER BY id DESC LIMIT 1"
            ),
        )
    }

    /// The latest update of a profile's person.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn latest_update(&self, key: &str) -> Result<Option<StoredExport>, MirrorError> {
        self.latest(
            key,
            concat!(
                "SELECT id FROM export WHERE key = ?1 AND ",
                is_update!(),
                " ORDER BY id DESC LIMIT 1"
            ),
        )
    }

    fn latest(&self, key: &str, sql: &str) -> Result<Option<StoredExport>, MirrorError> {
        let number: Option<i64> = self
            .connection
            .prepare_cached(sql)?
            .query_row([key], |row| row.get(0))
            .optional()?;
        number.map_or(Ok(None), |number| self.export(ExportNumber(number)))
    }

    /// One export with its steps.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn export(&self, number: ExportNumber) -> Result<Option<StoredExport>, MirrorError> {
        let head: Option<(String, String, i64)> = self
            .connection
            .prepare_cached("SELECT key, plan, made_at FROM export WHERE id = ?1")?
            .query_row([number.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let Some((key, plan, made_at)) = head else {
            return Ok(None);
        };
        struct Row {
            place: i64,
            kind: String,
            state: String,
            at: i64,
            sent_at: Option<i64>,
            attempts: u32,
            contact: Option<String>,
            opportunity: Option<String>,
            deduped: bool,
            failure: Option<String>,
        }
        let rows: Vec<Row> = self
            .connection
            .prepare_cached(
                "SELECT place, kind, state, at, sent_at, attempts, contact, opportunity, deduped, failure FROM step WHERE export = ?1 ORDER BY place",
            )?
            .query_map([number.0], |row| {
                Ok(Row {
                    place: row.get(0)?,
                    kind: row.get(1)?,
                    state: row.get(2)?,
                    at: row.get(3)?,
                    sent_at: row.get(4)?,
                    attempts: row.get(5)?,
                    contact: row.get(6)?,
                    opportunity: row.get(7)?,
                    deduped: row.get(8)?,
                    failure: row.get(9)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        let steps = rows
            .into_iter()
            .map(|row| {
                Ok(StoredStep {
                    place: usize::try_from(row.place).unwrap_or_default(),
                    kind: from_word(&row.kind)?,
                    state: from_word(&row.state)?,
                    at: Millis(row.at),
                    sent_at: row.sent_at.map(Millis),
                    attempts: row.attempts,
                    contact: row.contact.map(ContactId),
                    opportunity: row.opportunity.map(OpportunityId),
                    deduped: row.deduped,
                    failure: row.failure.as_deref().map(plain::from_str).transpose()?,
                })
            })
            .collect::<Result<_, MirrorError>>()?;
        Ok(Some(StoredExport {
            number,
            key,
            plan: plain::from_str(&plan)?,
            made_at: Millis(made_at),
            steps,
        }))
    }

    /// Exports with a step that is not settled, oldest first.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn unsettled(&self) -> Result<Vec<ExportNumber>, MirrorError> {
        let numbers = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT export FROM step WHERE state IN ('planned', 'sending', 'unknown') ORDER BY export",
            )?
            .query_map([], |row| row.get(0).map(ExportNumber))?
            .collect::<Result<_, _>>()?;
        Ok(numbers)
    }

    /// Whether an opportunity is the outcome of some step that made it.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn made(&self, opportunity: &OpportunityId) -> Result<bool, MirrorError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM step WHERE opportunity = ?1 AND kind = 'create_opportunity' AND state IN ('confirmed', 'reconciled'))",
            )?
            .query_row([opportunity.as_str()], |row| row.get(0))?)
    }

    /// Every step, in the order of the exports.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn steps(&self) -> Result<Vec<JournalStep>, MirrorError> {
        let mut entries = self.entries("", u32::MAX)?;
        entries.reverse();
        Ok(entries.into_iter().map(|entry| entry.step).collect())
    }

    /// The latest steps of exports whose name or key has the text in it, however it is written; newest first.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn entries(&self, text: &str, limit: u32) -> Result<Vec<JournalEntry>, MirrorError> {
        let wanted = fold(text);
        let mut statement = self.connection.prepare_cached(
            "SELECT export.id, key, name, kind, state, at, contact, opportunity, error,
               (SELECT group_concat(other.state) FROM step AS other WHERE other.export = export.id)
             FROM step JOIN export ON export.id = step.export ORDER BY export.id DESC, place DESC",
        )?;
        let mut rows = statement.query([])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let key: String = row.get(1)?;
            let name: Option<String> = row.get(2)?;
            let is_wanted = |text: &str| fold(text).contains(&wanted);
            if !wanted.is_empty() && !is_wanted(&key) && !name.as_deref().is_some_and(is_wanted) {
                continue;
            }
            let states: String = row.get(9)?;
            let states: Vec<ExportState> = states.split(',').map(from_word).collect::<Result<_, _>>()?;
            entries.push(JournalEntry {
                export: ExportNumber(row.get(0)?),
                name,
                step: JournalStep {
                    key,
                    step: from_word(&row.get::<_, String>(3)?)?,
                    state: from_word(&row.get::<_, String>(4)?)?,
                    at: Millis(row.get(5)?),
                    contact: row.get::<_, Option<String>>(6)?.map(ContactId),
                    opportunity: row.get::<_, Option<String>>(7)?.map(OpportunityId),
                    error: row.get(8)?,
                },
                remedy: remedy(&states),
            });
            if entries.len() >= limit as usize {
                break;
            }
        }
        Ok(entries)
    }

    /// Throws everything away: journal, settings, corrections, files. Only what the organisation has fixed stays: it is not the recruiter's
    /// to forget.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn erase(&self) -> Result<(), MirrorError> {
        self.connection.flush_prepared_statement_cache();
        self.connection.execute_batch(&format!(
            "BEGIN; DELETE FROM step; DELETE FROM export; DELETE FROM correction; DELETE FROM alias;
             DELETE FROM setting WHERE name <> 'policy';
             DELETE FROM project_person; DELETE FROM project; DELETE FROM batch_line; DELETE FROM batch; {} COMMIT; VACUUM;",
            super::files::ERASE
        ))?;
        Ok(())
    }
}

/// A failure in one line, for the journal. Holds codes and Lever's own rule texts only.
#[must_use]
pub fn describe(failure: &Failure) -> String {
    let code = serde_json::to_string(&failure.code).unwrap_or_default();
    let mut line = code.trim_matches('"').to_owned();
    for part in [&failure.endpoint, &failure.permission, &failure.detail]
        .into_iter()
        .flatten()
    {
        line.push_str(": ");
        line.push_str(part);
    }
    line
}
