//! Notes on an opportunity (lever-api §3.9): one note is a thread, each comment a field of it.

use serde_json::{Map, Value, json};

use super::Reference;
use super::company::Company;
use crate::clock::Timestamp;
use crate::ids::{StageNumber, UserNumber};

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// What was written.
    pub value: String,
    /// 1 to 4, if rated.
    pub score: Option<u8>,
    /// The opportunity's stage at that time.
    pub stage: StageNumber,
    /// Who wrote it; `None` without `perform_as`.
    pub user: Option<UserNumber>,
    /// When.
    pub created_at: Timestamp,
}

/// Who may read a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// Everybody who sees the opportunity.
    Open,
    /// Only a few.
    Secret,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// UUID text.
    pub id: String,
    /// Who began it.
    pub user: Option<UserNumber>,
    /// Who may read it.
    pub secrecy: Secrecy,
    /// When it was begun.
    pub created_at: Timestamp,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
}

impl Note {
    /// As `GET …/notes/:note` shows it.
    #[must_use]
    pub fn json(&self, company: &Company) -> Map<String, Value> {
        let user =
            |number: Option<UserNumber>| number.map_or(Value::Null, |number| company.user_json(number, Reference::Id));
        let fields: Vec<Value> = self
            .comments
            .iter()
            .map(|comment| {
                json!({
                    "createdAt": comment.created_at,
                    "score": comment.score,
                    "stage": company.stage_id(comment.stage),
                    "text": "Comment",
                    "type": "note",
                    "user": user(comment.user),
                    "value": comment.value,
                })
            })
            .collect();
        let mut shown = Map::new();
        shown.insert("id".into(), json!(self.id));
        shown.insert("text".into(), json!("Note"));
        shown.insert("fields".into(), Value::Array(fields));
        shown.insert("user".into(), user(self.user));
        shown.insert("secret".into(), json!(self.secrecy == Secrecy::Secret));
        shown.insert("completedAt".into(), json!(self.created_at));
        shown.insert("deletedAt".into(), Value::Null);
        shown.insert("createdAt".into(), json!(self.created_at));
        shown
    }
}
