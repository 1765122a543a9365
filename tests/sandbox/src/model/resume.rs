//! Résumés and files of an opportunity (lever-api §3.10). The parsed positions and schools are what the core matches on.

use serde_json::{Value, json};

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
    /// First month.
    pub start: YearMonth,
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
    /// First year.
    pub start: YearMonth,
    /// Last year.
    pub end: YearMonth,
}

/// A résumé with what Lever's parser read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resume {
    /// UUID text.
    pub id: String,
    /// File name with extension.
    pub file_name: String,
    /// Bytes.
    pub size: u32,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// Jobs, newest first.
    pub positions: Vec<Position>,
    /// Schools.
    pub schools: Vec<School>,
}

impl Resume {
    /// As `GET …/resumes/:resume` shows it. `opportunity` is the id of its opportunity.
    #[must_use]
    pub fn json(&self, opportunity: &str) -> Value {
        let positions: Vec<Value> = self
            .positions
            .iter()
            .map(|position| {
                json!({
                    "org": position.org,
                    "title": position.title,
                    "summary": "",
                    "location": position.location,
                    "start": position.start.json(),
                    "end": position.end.map_or(Value::Null, YearMonth::json),
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
                    "start": school.start.json(),
                    "end": school.end.json(),
                })
            })
            .collect();
        json!({
            "id": self.id,
            "createdAt": self.created_at,
            "file": {
                "name": self.file_name,
                "ext": "pdf",
                "downloadUrl": format!(
                    "https://hire.lever.co/candidates/{opportunity}/resumes/{}/download", self.id
                ),
                "uploadedAt": self.created_at,
                "status": "processed",
                "size": self.size,
            },
            "parsedData": { "positions": positions, "schools": schools },
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
    /// Extension with its dot (a résumé's has none).
    pub extension: &'static str,
    /// When it was uploaded.
    pub uploaded_at: Timestamp,
    /// Bytes.
    pub size: u32,
}

impl File {
    /// As `GET …/files/:file` shows it. `opportunity` is the id of its opportunity.
    #[must_use]
    pub fn json(&self, opportunity: &str) -> Value {
        json!({
            "id": self.id,
            "downloadUrl": format!(
                "https://hire.lever.co/candidates/{opportunity}/files/{}/download", self.id
            ),
            "ext": self.extension,
            "name": self.name,
            "uploadedAt": self.uploaded_at,
            "status": "processed",
            "size": self.size,
        })
    }
}
