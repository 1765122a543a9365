//! Uploads: files that wait to be named in an application (lever-api §3.10, §3.11).

use serde_json::{Value, json};

use crate::clock::{DAY_MS, Timestamp};
use bytes::Bytes;

/// How long an upload can be used.
pub const UPLOAD_LIFE_MS: i64 = DAY_MS;

/// An upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// UUID text.
    pub id: String,
    /// File name with extension.
    pub name: String,
    /// What it holds.
    pub content: Bytes,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Upload {
    /// The address by which an application names it.
    #[must_use]
    pub fn uri(&self) -> String {
        format!("https://api.lever.co/v1/uploads/{}-{}", self.id, self.name)
    }

    /// As `POST /uploads` answers.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "uri": self.uri(),
            "filename": self.name,
            "size": self.content.len(),
            "expiresAt": self.expires_at,
        })
    }
}
