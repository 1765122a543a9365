//! Where a person worked and studied, by the resumes of all their candidacies in one: what matching asks of every candidate
//! has to be one look-up beside the person. Made anew whenever a resume is stored or a candidacy goes.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::details::DetailKind;
use super::{Mirror, MirrorError};
use crate::command::ResumeSummary;
use crate::text::Private;

/// Positions and schools that are kept: a resume can be a book.
const MOST_KEPT: usize = 24;

/// An employment. Dates are `YYYY` or `YYYY-MM`; an end is absent while it lasts or is not known.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StoredPosition {
    /// Employer.
    #[serde(rename = "c", default, skip_serializing_if = "String::is_empty")]
    pub company: String,
    /// Job title.
    #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Place.
    #[serde(rename = "l", default, skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// Begin.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// End.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
}

/// An education, dates as for a position.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StoredSchool {
    /// School.
    #[serde(rename = "n", default, skip_serializing_if = "String::is_empty")]
    pub school: String,
    /// Begin.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// End.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
}

/// What resumes say.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StoredHistory {
    /// Positions, as the latest resume lists them, then those that only earlier ones have.
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<StoredPosition>,
    /// Schools, likewise.
    #[serde(rename = "u", default, skip_serializing_if = "Vec::is_empty")]
    pub schools: Vec<StoredSchool>,
}

impl std::fmt::Debug for StoredHistory {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("StoredHistory").field(&Private).finish()
    }
}

impl StoredHistory {
    /// Adds what one resume says and no other said before.
    pub(super) fn add(&mut self, resume: &ResumeSummary) {
        for position in &resume.positions {
            let position = StoredPosition {
                company: position.company.clone(),
                title: position.title.clone(),
                location: position.location.clone(),
                start: position.start.clone(),
                end: position.end.clone(),
            };
            if self.positions.len() < MOST_KEPT && !self.positions.contains(&position) {
                self.positions.push(position);
            }
        }
        for school in &resume.schools {
            let school = StoredSchool {
                school: school.school.clone(),
                start: school.start.clone(),
                end: school.end.clone(),
            };
            if self.schools.len() < MOST_KEPT && !self.schools.contains(&school) {
                self.schools.push(school);
            }
        }
    }

    /// Where the person has lived by their resumes, the latest first.
    pub fn locations(&self) -> impl Iterator<Item = &str> {
        let places = self.positions.iter().map(|position| position.location.trim());
        places.filter(|place| !place.is_empty())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.positions.is_empty() && self.schools.is_empty()
    }

    /// Reads a column; what cannot be read says nothing.
    pub(super) fn of_column(text: Option<&str>) -> Self {
        text.and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    }
}

impl Mirror {
    /// What resumes say of the person in this row.
    pub(super) fn history_of(&self, contact: i64) -> Result<StoredHistory, MirrorError> {
        let found: Option<String> = self
            .connection
            .prepare_cached("SELECT rows FROM history WHERE contact = ?1")?
            .query_row([contact], |row| row.get(0))
            .optional()?;
        Ok(StoredHistory::of_column(found.as_deref()))
    }

    /// Makes the history of a person anew from the resumes of their candidacies, and the index where it has changed.
    pub(super) fn renew_history(&self, contact: i64) -> Result<(), MirrorError> {
        let before = self.history_of(contact)?;
        let history = self.history_by_resumes(contact)?;
        if history == before {
            return Ok(());
        }
        self.index_other_history(contact, &history)?;
        self.put_history(contact, &history)
    }

    /// Keeps a history, or none where it is empty. The index is the caller's, and has to be brought up to date before.
    pub(super) fn put_history(&self, contact: i64, history: &StoredHistory) -> Result<(), MirrorError> {
        if history.is_empty() {
            return self.forget_history(contact);
        }
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO history (contact, rows) VALUES (?1, ?2)")?
            .execute(params![contact, serde_json::to_string(history)?])?;
        Ok(())
    }

    pub(super) fn forget_history(&self, contact: i64) -> Result<(), MirrorError> {
        self.connection
            .prepare_cached("DELETE FROM history WHERE contact = ?1")?
            .execute([contact])?;
        Ok(())
    }

    fn history_by_resumes(&self, contact: i64) -> Result<StoredHistory, MirrorError> {
        let mut history = StoredHistory::default();
        for row in self.opportunity_rows_of(contact)? {
            for resume in self.resumes_of(row)? {
                history.add(&resume);
            }
        }
        Ok(history)
    }

    /// Whether a candidacy has resumes, so that its person's history changes with it.
    pub(super) fn has_resumes(&self, opportunity: i64) -> Result<bool, MirrorError> {
        Ok(self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM detail WHERE opportunity = ?1 AND kind = ?2)")?
            .query_row(params![opportunity, DetailKind::Resumes as i64], |row| row.get(0))?)
    }
}
