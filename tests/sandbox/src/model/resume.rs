//! Résumés and files of an opportunity (lever-api §3.10). The parsed positions and schools are what the core matches on.

use serde_json::{Map, Value, json};

use super::file_type::{FileStatus, extension};
use crate::clock::Timestamp;

/// A year and month; Lever's parser may know no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearMonth {
    /// Calendar year.
    pub year: u16,
    /// 1 to 12.
    pub month: Option<u8>,
}

impl YearMonth {
    fn json(self) -> Value {
        json!({ "year": self.year, "month": self.month })
    }
}

/// A job in a résumé.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Employer.
    pub org: String,
    /// Title.
    pub title: String,
    /// Place.
    pub location: String,
    /// First month, where it is said.
    pub start: Option<YearMonth>,
    /// Last month; `None` while it lasts.
    pub end: Option<YearMonth>,
}

/// A school in a résumé.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// Name.
    pub org: String,
    /// Degree.
    pub degree: String,
    /// Subject.
    pub field: String,
    /// First year, where it is said.
    pub start: Option<YearMonth>,
    /// Last year, where it is said.
    pub end: Option<YearMonth>,
}

/// What Lever's parser read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedData {
    /// Jobs, newest first.
    pub positions: Vec<Position>,
    /// Schools.
    pub schools: Vec<School>,
}

/// A résumé with what Lever's parser read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resume {
    /// UUID text.
    pub id: String,
    /// File name with extension.
    pub file_name: String,
    /// Bytes.
    pub size: usize,
    /// How far Lever got with it.
    pub status: FileStatus,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// What was read; `None` for images and files that say nothing.
    pub parsed: Option<ParsedData>,
}

impl ParsedData {
    fn json(&self) -> Value {
        let time = |time: Option<YearMonth>| time.map_or(Value::Null, YearMonth::json);
        let positions: Vec<Value> = self
            .positions
            .iter()
            .map(|position| {
                json!({
                    "org": position.org,
                    "title": position.title,
                    "summary": "",
                    "location": position.location,
                    "start": time(position.start),
                    "end": time(position.end),
                })
            })
            .collect();
        let schools: Vec<Value> = self
            .schools
            .iter()
            .map(|school| {
                json!({
                    "org": school.org,
                    "degree": school.degree,
                    "field": school.field,
                    "summary": null,
                    "start": time(school.start),
                    "end": time(school.end),
                })
            })
            .collect();
        json!({ "positions": positions, "schools": schools })
    }
}

impl Resume {
    /// As `GET …/resumes/:resume` shows it. `opportunity` is the id of its opportunity.
    #[must_use]
    pub fn json(&self, opportunity: &str) -> Value {
        json!({
            "id": self.id,
            "createdAt": self.created_at,
            "file": {
                "name": self.file_name,
                "ext": extension(&self.file_name),
                "downloadUrl": format!(
                    "https://hire.lever.co/candidates/{opportunity}/resumes/{}/download", self.id
                ),
                "uploadedAt": self.created_at,
                "status": self.status.word(),
                "size": self.size,
            },
            "parsedData": self.parsed.as_ref().map_or(Value::Null, ParsedData::json),
        })
    }
}

/// A file attached to an opportunity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// UUID text.
    pub id: String,
    /// File name with extension.
    pub name: String,
    /// When it was uploaded.
    pub uploaded_at: Timestamp,
    /// How far Lever got with it.
    pub status: FileStatus,
    /// Bytes.
    pub size: usize,
}

impl File {
    /// As an answer to a question of the type `file-upload` shows it (lever-api §3.15).
    #[must_use]
    pub fn answer_json(&self, opportunity: &str) -> Value {
        let whole = self.json(opportunity);
        ["id", "ext", "name", "size", "uploadedAt", "downloadUrl"]
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), whole.get(name)?.clone())))
            .collect::<Map<String, Value>>()
            .into()
    }

    /// As `GET …/files/:file` shows it. `opportunity` is the id of its opportunity.
    #[must_use]
    pub fn json(&self, opportunity: &str) -> Value {
        json!({
            "id": self.id,
            "downloadUrl": format!(
                "https://hire.lever.co/candidates/{opportunity}/files/{}/download", self.id
            ),
            // With its dot here, without it in a résumé (lever-api §3.10).
            "ext": match extension(&self.name) {
                "" => String::new(),
                extension => format!(".{extension}"),
            },
            "name": self.name,
            "uploadedAt": self.uploaded_at,
            "status": self.status.word(),
            "size": self.size,
        })
    }
}
