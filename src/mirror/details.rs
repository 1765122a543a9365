//! What is known beside a candidacy: resumes with what Lever read from them, notes, files. Read when somebody looks at the
//! person, and in the background the most useful first; what is known is kept, with the time of reading.

use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::history::StoredHistory;
use super::ids::StoredId;
use super::walk::Sweep;
use super::{Mirror, MirrorError};
use crate::command::{
    EducationSummary, EmploymentSummary, FileSummary, Named, NoteSummary, OpportunityDetails, ResumeSummary,
};
use crate::lever::model::file::{File, Resume, YearMonth};
use crate::lever::model::note::Note;
use crate::plain;
use crate::text::{Millis, OpportunityId};

/// A kind of detail, by the number it is stored under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailKind {
    /// Resumes.
    Resumes = 1,
    /// Notes.
    Notes = 2,
    /// Files.
    Files = 3,
}

/// Every kind.
pub const DETAIL_KINDS: [DetailKind; 3] = [DetailKind::Resumes, DetailKind::Notes, DetailKind::Files];

/// One kind of detail as Lever gave it.
#[derive(Debug, Clone)]
pub enum ReadDetail {
    /// Resumes.
    Resumes(Vec<Resume>),
    /// Notes.
    Notes(Vec<Note>),
    /// Files.
    Files(Vec<File>),
}

/// A detail as the mirror keeps it.
pub(super) struct StoredDetail {
    pub(super) kind: DetailKind,
    pub(super) rows: String,
    /// What resumes say of the person; nothing for other kinds.
    pub(super) history: StoredHistory,
}

impl ReadDetail {
    pub(super) fn stored(&self) -> Result<StoredDetail, MirrorError> {
        let mut history = StoredHistory::default();
        let (kind, rows) = match self {
            Self::Resumes(resumes) => {
                let resumes = newest_first(resumes_shown(resumes));
                resumes.iter().for_each(|resume| history.add(resume));
                (DetailKind::Resumes, to_text(&resumes)?)
            }
            Self::Notes(notes) => (DetailKind::Notes, to_text(&notes_shown(notes))?),
            Self::Files(files) => (DetailKind::Files, to_text(&files_shown(files))?),
        };
        Ok(StoredDetail { kind, rows, history })
    }
}

impl Mirror {
    /// Stores one kind of detail of a candidacy; nothing where the mirror does not hold it.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn store_detail(
        &self,
        opportunity: &OpportunityId,
        detail: &ReadDetail,
        read_at: Millis,
    ) -> Result<(), MirrorError> {
        let StoredDetail { kind, rows, .. } = detail.stored()?;
        self.in_one(|| {
            let Some(row) = self.opportunity_row(opportunity.as_str())? else {
                return Ok(());
            };
            let before = self.stored_detail(row, kind)?;
            self.connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO detail (opportunity, kind, read_at, rows) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![row, kind as i64, read_at.0, rows])?;
            if kind != DetailKind::Files && before.is_none_or(|(_, before)| before != rows) {
                self.index_opportunity(row)?;
                if kind == DetailKind::Resumes
                    && let Some(contact) = self.contact_of(row)?
                {
                    self.renew_history(contact)?;
                }
            }
            Ok(())
        })
    }

    /// Resumes of a candidacy, as far as they are known, the latest first.
    pub(super) fn resumes_of(&self, row: i64) -> Result<Vec<ResumeSummary>, MirrorError> {
        match self.stored_detail(row, DetailKind::Resumes)? {
            Some((_, rows)) => from_text(&rows),
            None => Ok(Vec::new()),
        }
    }

    fn stored_detail(&self, row: i64, kind: DetailKind) -> Result<Option<(Millis, String)>, MirrorError> {
        Ok(self
            .connection
            .prepare_cached("SELECT read_at, rows FROM detail WHERE opportunity = ?1 AND kind = ?2")?
            .query_row(params![row, kind as i64], |found| {
                Ok((Millis(found.get(0)?), found.get(1)?))
            })
            .optional()?)
    }

    /// Which kinds of a candidacy's details were never read, or not since a moment.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn missing_details(&self, opportunity: &OpportunityId, since: Millis) -> Result<Vec<DetailKind>, MirrorError> {
        let Some(row) = self.opportunity_row(opportunity.as_str())? else {
            return Ok(Vec::new());
        };
        let mut missing = Vec::new();
        for kind in DETAIL_KINDS {
            if self
                .stored_detail(row, kind)?
                .is_none_or(|(read_at, _)| read_at < since)
            {
                missing.push(kind);
            }
        }
        Ok(missing)
    }

    /// What is known beside a candidacy.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn details(&self, opportunity: &OpportunityId) -> Result<OpportunityDetails, MirrorError> {
        let mut details = OpportunityDetails {
            opportunity: opportunity.clone(),
            resumes: Vec::new(),
            notes: Vec::new(),
            files: Vec::new(),
            read_at: None,
            failure: None,
        };
        let Some(row) = self.opportunity_row(opportunity.as_str())? else {
            return Ok(details);
        };
        let mut read_at = Some(Millis(i64::MAX));
        for kind in DETAIL_KINDS {
            let stored = self.stored_detail(row, kind)?;
            read_at = match (&stored, read_at) {
                (Some((at, _)), Some(oldest)) => Some(oldest.min(*at)),
                _ => None,
            };
            if let Some((_, rows)) = stored {
                match kind {
                    DetailKind::Resumes => details.resumes = from_text(&rows)?,
                    DetailKind::Notes => {
                        details.notes = from_text(&rows)?;
                        for by in details.notes.iter_mut().filter_map(|note| note.by.as_mut()) {
                            *by = self.named_user(&by.id)?;
                        }
                    }
                    DetailKind::Files => details.files = from_text(&rows)?,
                }
            }
        }
        details.read_at = read_at;
        Ok(details)
    }

    /// Texts of what is known beside a candidacy: employers, titles, schools, notes.
    pub(super) fn detail_texts(&self, row: i64) -> Result<Vec<String>, MirrorError> {
        let mut texts = Vec::new();
        for resume in self.resumes_of(row)? {
            for position in resume.positions {
                texts.extend([position.company, position.title]);
            }
            for school in resume.schools {
                texts.extend([school.school, school.degree]);
            }
        }
        if let Some((_, rows)) = self.stored_detail(row, DetailKind::Notes)? {
            texts.extend(from_text::<NoteSummary>(&rows)?.into_iter().map(|note| note.text));
        }
        Ok(texts)
    }

    // --- What to read in the background -------------------------------------------------------------------------------

    /// Candidacies whose details would be the most useful to know, the most useful first.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn wished_details(&self, most: u32) -> Result<Vec<OpportunityId>, MirrorError> {
        let ids = self
            .connection
            .prepare_cached(
                "SELECT opportunity.id FROM detail_wish CROSS JOIN opportunity ON opportunity.row = detail_wish.opportunity
                 ORDER BY rank DESC LIMIT ?1",
            )?
            .query_map([most], |row| {
                row.get::<_, StoredId>(0).map(|id| OpportunityId(id.into_text()))
            })?
            .collect::<Result<_, _>>()?;
        Ok(ids)
    }

    /// The details of a candidacy have been read, or cannot be.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn fulfil_wish(&self, opportunity: &OpportunityId) -> Result<(), MirrorError> {
        self.in_one(|| {
            if let Some(row) = self.opportunity_row(opportunity.as_str())? {
                self.forget_wish(row)?;
            }
            Ok(())
        })
    }

    pub(super) fn forget_wish(&self, row: i64) -> Result<(), MirrorError> {
        self.connection
            .prepare_cached("DELETE FROM detail_wish WHERE opportunity = ?1")?
            .execute([row])?;
        Ok(())
    }

    /// A candidacy has changed, so its details may have.
    pub(super) fn wish_for_details_of(&self, row: i64) -> Result<(), MirrorError> {
        self.connection
            .prepare_cached(&format!(
                "INSERT OR REPLACE INTO detail_wish SELECT {RANKED} WHERE opportunity.row = ?1"
            ))?
            .execute([row])?;
        Ok(())
    }

    /// Whether the rows have been looked through for details worth reading.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn has_ranked_details(&self) -> Result<bool, MirrorError> {
        Ok(self.number("details_ranked")? == Some(1))
    }

    /// The rows have been looked through.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn note_details_ranked(&self) -> Result<(), MirrorError> {
        self.set_number("details_ranked", 1)
    }

    /// Looks through a few thousand rows for candidacies whose details were never read, and keeps the most useful.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn wish_for_details(&self, from: i64) -> Result<Sweep, MirrorError> {
        let until = from.saturating_add(RANKED_AT_ONCE);
        let last: i64 = self
            .connection
            .query_row("SELECT coalesce(max(row), 0) FROM opportunity", [], |row| row.get(0))?;
        if from > last {
            return Ok(Sweep::Done);
        }
        self.in_one(|| {
            let least: i64 = self
                .connection
                .prepare_cached("SELECT rank FROM detail_wish ORDER BY rank DESC LIMIT 1 OFFSET ?1")?
                .query_row([MOST_WISHES], |row| row.get(0))
                .optional()?
                .unwrap_or(i64::MIN);
            self.connection
                .prepare_cached("DELETE FROM detail_wish WHERE rank < ?1")?
                .execute([least])?;
            self.connection
                .prepare_cached(&format!(
                    "INSERT OR IGNORE INTO detail_wish SELECT * FROM (SELECT {RANKED} WHERE opportunity.row >= ?1 AND opportunity.row < ?2
                       AND max(coalesce(updated_at, 0), coalesce(last_interaction_at, 0), created_at) > ?3 - {MOST_PREFERENCE}
                       AND NOT EXISTS (SELECT 1 FROM detail WHERE detail.opportunity = opportunity.row)) WHERE rank > ?3"
                ))?
                .execute([from, until, least])?;
            Ok(())
        })?;
        Ok(Sweep::From(until))
    }
}

/// Rows looked through in one turn.
const RANKED_AT_ONCE: i64 = 400;
/// More wishes than this are not kept: at a few hundred an hour they last for days.
const MOST_WISHES: i64 = 20_000;

/// The latest first; somebody with several candidacies counts as half a year later, somebody by whose email, phone or link
/// nobody can be recognised as a quarter of a year later.
const RANKED: &str = "opportunity.row, max(coalesce(updated_at, 0), coalesce(last_interaction_at, 0), created_at)
    + 15552000000 * ((SELECT count(*) FROM opportunity_word WHERE opportunity_word MATCH '_c' || opportunity.contact) > 1)
    + 7776000000 * (contact.emails = '[]' AND contact.phones = '[]' AND contact.links = '[]') AS rank
  FROM opportunity JOIN contact ON contact.row = opportunity.contact";

/// What both add to a rank at most: who is too old even so need not be looked up in the index.
const MOST_PREFERENCE: i64 = 15_552_000_000 + 7_776_000_000;

fn to_text<T: Serialize>(rows: &[T]) -> Result<String, MirrorError> {
    Ok(serde_json::to_string(rows)?)
}

fn from_text<T: DeserializeOwned>(rows: &str) -> Result<Vec<T>, MirrorError> {
    Ok(plain::from_str(rows)?)
}

fn newest_first(mut resumes: Vec<ResumeSummary>) -> Vec<ResumeSummary> {
    resumes.sort_by_key(|resume| std::cmp::Reverse(resume.uploaded_at));
    resumes
}

fn month(month: Option<YearMonth>) -> Option<String> {
    let YearMonth { year, month } = month?;
    let year = year.filter(|year| (1_000..=9_999).contains(year))?;
    Some(match month.filter(|month| (1..=12).contains(month)) {
        Some(month) => format!("{year}-{month:02}"),
        None => year.to_string(),
    })
}

fn resumes_shown(resumes: &[Resume]) -> Vec<ResumeSummary> {
    resumes
        .iter()
        .map(|resume| {
            let parsed = resume.parsed_data.clone().unwrap_or_default();
            ResumeSummary {
                id: resume.id.clone(),
                name: resume.file.as_ref().map(|file| file.name.clone()).unwrap_or_default(),
                uploaded_at: resume.created_at,
                positions: parsed
                    .positions
                    .into_iter()
                    .map(|position| EmploymentSummary {
                        company: position.org,
                        title: position.title,
                        location: position.location,
                        start: month(position.start),
                        end: month(position.end),
                    })
                    .collect(),
                schools: parsed
                    .schools
                    .into_iter()
                    .map(|school| {
                        let degree = [school.degree, school.field];
                        let degree: Vec<&str> = degree
                            .iter()
                            .map(String::as_str)
                            .filter(|text| !text.is_empty())
                            .collect();
                        EducationSummary {
                            school: school.org,
                            degree: degree.join(", "),
                            start: month(school.start),
                            end: month(school.end),
                        }
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Secret notes are for few eyes, and a key of the whole organisation sees them: they are not taken in.
fn notes_shown(notes: &[Note]) -> Vec<NoteSummary> {
    let mut shown: Vec<NoteSummary> = notes
        .iter()
        .filter(|note| !note.secret && note.deleted_at.is_none())
        .flat_map(|note| {
            note.fields.iter().map(|comment| NoteSummary {
                id: note.id.clone(),
                text: comment.value.clone(),
                by: comment.user.as_ref().or(note.user.as_ref()).map(|user| Named {
                    id: user.id().to_owned(),
                    text: None,
                }),
                at: comment.created_at.or(note.created_at),
            })
        })
        .filter(|note| !note.text.trim().is_empty())
        .collect();
    shown.sort_by_key(|note| std::cmp::Reverse(note.at));
    shown
}

fn files_shown(files: &[File]) -> Vec<FileSummary> {
    let mut shown: Vec<FileSummary> = files
        .iter()
        .map(|file| FileSummary {
            id: file.id.clone(),
            name: file.name.clone(),
            uploaded_at: file.uploaded_at,
            size: file.size,
        })
        .collect();
    shown.sort_by_key(|file| std::cmp::Reverse(file.uploaded_at));
    shown
}
