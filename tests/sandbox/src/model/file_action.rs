//! What was done to an opportunity's files (lever-api §3.1, `file_actions`).

use serde_json::{Value, json};

use super::Reference;
use super::company::Company;
use crate::clock::Timestamp;
use crate::ids::UserNumber;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileDeed {
    /// A file came.
    Added,
    /// A résumé came.
    ResumeImported,
    /// A file was deleted.
    Removed,
}

impl FileDeed {
    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "file-added",
            Self::ResumeImported => "resume-imported",
            Self::Removed => "file-remove",
        }
    }
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileAction {
    /// UUID text.
    pub id: String,
    /// What.
    pub deed: FileDeed,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub user: Option<UserNumber>,
    /// To which file.
    pub file: String,
    /// Its name.
    pub file_name: String,
}

impl FileAction {
    /// As `GET …/file_actions` shows it. `opportunity` is the id of its opportunity. What `meta` holds was never
    /// recorded: here, which file it was.
    #[must_use]
    pub fn json(&self, company: &Company, opportunity: &str) -> Value {
        let user = self.user.map_or(
            Value::Null,
            |number| json!({ "id": company.user_json(number, Reference::Id) }),
        );
        json!({
            "id": self.id,
            "opportunityId": opportunity,
            "type": self.deed.word(),
            "occurredAt": self.at,
            "createdAt": self.at,
            "user": user,
            "meta": { "fileId": self.file, "fileName": self.file_name },
        })
    }
}
