//! Notes (lever-api §3.9): one object is one thread, each comment an element of `fields`.

use serde::Deserialize;

use super::{null_as_default, tolerant_list};

/// A thread of comments.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Note {
    /// The note.
    pub id: String,
    /// Its comments.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub fields: Vec<Comment>,
}

/// One comment.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Comment {
    /// What was written.
    #[serde(default, deserialize_with = "null_as_default")]
    pub value: String,
}
