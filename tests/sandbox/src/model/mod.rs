//! What the account holds, and how Lever shows it: one file a resource, its fields in the recorded key order.
//!
//! Must not decide anything: filters, quirks of replies and permissions live with the endpoints.

pub mod application;
pub mod archive_reason;
pub mod audit_event;
pub mod company;
pub mod consent;
pub mod contact;
pub mod eeo;
pub mod file_action;
pub mod file_type;
pub mod form;
pub mod interview;
pub mod note;
pub mod offer;
pub mod opportunity;
pub mod posting;
pub mod requisition;
pub mod resume;
pub mod stage;
pub mod survey;
pub mod template;
pub mod upload;
pub mod user;
pub mod webhook;

use serde_json::Value;

use crate::clock::Timestamp;

/// A time or null.
#[must_use]
pub fn time_or_null(time: Option<Timestamp>) -> Value {
    time.map_or(Value::Null, |time| Value::from(time.as_millis()))
}

/// A text or null.
#[must_use]
pub fn text_or_null(text: Option<&str>) -> Value {
    text.map_or(Value::Null, Value::from)
}

/// How a field that refers to another resource is shown (lever-api §2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reference {
    /// The id.
    #[default]
    Id,
    /// The whole object: the field was named in `expand`.
    Object,
}

/// Whether a thing is hidden from keys without the confidential grant (lever-api §4.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Confidentiality {
    /// Everybody sees it.
    #[default]
    Open,
    /// Only keys with the grant see it, and lists only when asked.
    Confidential,
}

impl Confidentiality {
    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "non-confidential",
            Self::Confidential => "confidential",
        }
    }
}
