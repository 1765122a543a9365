//! Events of the audit log (lever-api §3.18).

use serde_json::{Value, json};

use super::user::User;
use crate::clock::Timestamp;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditType {
    /// A user was made.
    UserAdded,
    /// A user was switched off.
    UserDeactivated,
    /// An API key was made.
    KeyAdded,
}

impl AuditType {
    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::UserAdded => "user:added",
            Self::UserDeactivated => "user:deactivated",
            Self::KeyAdded => "key:added",
        }
    }

    /// What kind of thing it happened to.
    #[must_use]
    pub const fn target(self) -> &'static str {
        match self {
            Self::UserAdded | Self::UserDeactivated => "user",
            Self::KeyAdded => "key",
        }
    }
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent<'a> {
    /// UUID text.
    pub id: String,
    /// When.
    pub created_at: Timestamp,
    /// What.
    pub kind: AuditType,
    /// Who did it; `None` for Lever itself.
    pub user: Option<&'a User>,
    /// Id of what it happened to.
    pub target_id: &'a str,
    /// Its name.
    pub target_label: &'a str,
}

impl AuditEvent<'_> {
    /// As `GET /audit_events` shows it.
    #[must_use]
    pub fn json(&self) -> Value {
        let user = self.user.map_or(
            Value::Null,
            |user| json!({ "id": user.id, "name": user.name, "email": user.email, "role": user.access_role }),
        );
        json!({
            "id": self.id,
            "createdAt": self.created_at,
            "type": self.kind.word(),
            "user": user,
            "target": { "type": self.kind.target(), "id": self.target_id, "label": self.target_label },
            "meta": {},
        })
    }
}
