//! Files, uploads and resumes (lever-api §3.10).

use serde::Deserialize;

use super::{null_as_default, private_rows, tolerant_list, tolerant_number, tolerant_object, tolerant_time};
use crate::text::{FileId, Millis, ResumeId};

/// A file on an opportunity, without its bytes.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// The file.
    pub id: FileId,
    /// Its name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// Its extension, with a dot before it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub ext: String,
    /// Where Lever's app offers it.
    #[serde(default)]
    pub download_url: Option<String>,
    /// When it came.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub uploaded_at: Option<Millis>,
    /// `processing`, `processed`, `unsupported`, `error`; only a processed one can be downloaded for sure.
    #[serde(default)]
    pub status: Option<String>,
    /// Bytes.
    #[serde(default, deserialize_with = "tolerant_number")]
    pub size: Option<i64>,
}

/// A file laid ready for an application.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    /// The file.
    pub id: FileId,
    /// What the application names it by.
    pub uri: String,
    /// Its name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub filename: String,
    /// Bytes.
    #[serde(default, deserialize_with = "tolerant_number")]
    pub size: Option<i64>,
    /// When it is gone.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub expires_at: Option<Millis>,
}

/// The file behind a resume.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResumeFile {
    /// Its name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// Its extension, without a dot.
    #[serde(default, deserialize_with = "null_as_default")]
    pub ext: String,
    /// Where Lever's app offers it.
    #[serde(default)]
    pub download_url: Option<String>,
    /// When it came.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub uploaded_at: Option<Millis>,
    /// As for [`File`].
    #[serde(default)]
    pub status: Option<String>,
    /// Bytes.
    #[serde(default, deserialize_with = "tolerant_number")]
    pub size: Option<i64>,
}

/// A month, or only a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct YearMonth {
    /// Year.
    #[serde(default, deserialize_with = "tolerant_number")]
    pub year: Option<i64>,
    /// Month, 1 to 12.
    #[serde(default, deserialize_with = "tolerant_number")]
    pub month: Option<i64>,
}

/// An employment that Lever parsed. Any text may be empty.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Position {
    /// Employer.
    #[serde(default, deserialize_with = "null_as_default")]
    pub org: String,
    /// Job title.
    #[serde(default, deserialize_with = "null_as_default")]
    pub title: String,
    /// What was done.
    #[serde(default, deserialize_with = "null_as_default")]
    pub summary: String,
    /// Place.
    #[serde(default, deserialize_with = "null_as_default")]
    pub location: String,
    /// Begin.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub start: Option<YearMonth>,
    /// End; absent while it lasts.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub end: Option<YearMonth>,
}

/// An education that Lever parsed. Any text may be empty.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct School {
    /// School.
    #[serde(default, deserialize_with = "null_as_default")]
    pub org: String,
    /// Degree.
    #[serde(default, deserialize_with = "null_as_default")]
    pub degree: String,
    /// Field of study.
    #[serde(default, deserialize_with = "null_as_default")]
    pub field: String,
    /// Remarks.
    #[serde(default, deserialize_with = "null_as_default")]
    pub summary: String,
    /// Begin.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub start: Option<YearMonth>,
    /// End.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub end: Option<YearMonth>,
}

/// What Lever read from a resume.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
pub struct ParsedData {
    /// Employments.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub positions: Vec<Position>,
    /// Educations.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub schools: Vec<School>,
}

/// A resume.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resume {
    /// The resume.
    pub id: ResumeId,
    /// When it came.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub created_at: Option<Millis>,
    /// The file behind it.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub file: Option<ResumeFile>,
    /// What Lever read from it.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub parsed_data: Option<ParsedData>,
}

private_rows!(File, Upload, Resume);
