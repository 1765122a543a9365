//! Notes (lever-api §3.9): one object is one thread, each comment an element of `fields`.

use serde::Deserialize;

use super::account::UserReference;
use super::{null_as_default, private_rows, tolerant_list, tolerant_number, tolerant_time};
use crate::text::{Millis, NoteId, Private};

/// A thread of comments.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// The note.
    pub id: NoteId,
    /// Its comments.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub fields: Vec<Comment>,
    /// Who began it; absent when nobody was named.
    #[serde(default)]
    pub user: Option<UserReference>,
    /// Whether only those with the right to secret notes may read it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub secret: bool,
    /// When begun.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub created_at: Option<Millis>,
    /// When deleted.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub deleted_at: Option<Millis>,
}

private_rows!(Note);

/// One comment.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    /// What was written.
    #[serde(default, deserialize_with = "null_as_default")]
    pub value: String,
    /// Who wrote it.
    #[serde(default)]
    pub user: Option<UserReference>,
    /// 1 to 4.
    #[serde(default, deserialize_with = "tolerant_number")]
    pub score: Option<i64>,
    /// When.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub created_at: Option<Millis>,
}

impl std::fmt::Debug for Comment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Comment").field(&Private).finish()
    }
}

/// The reply to a written note: the whole note recorded, by the documentation its id alone.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum WrittenNote {
    /// With its id under a name of its own.
    Named {
        /// The note.
        #[serde(rename = "noteId")]
        note_id: NoteId,
    },
    /// The note itself.
    Whole {
        /// The note.
        id: NoteId,
    },
}

impl WrittenNote {
    /// The note.
    #[must_use]
    pub fn into_id(self) -> NoteId {
        match self {
            Self::Named { note_id: id } | Self::Whole { id } => id,
        }
    }
}
