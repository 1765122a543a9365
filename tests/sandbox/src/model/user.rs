//! Users of the account (lever-api §3.7).

use serde_json::{Value, json};

use super::{text_or_null, time_or_null};
use crate::clock::Timestamp;

/// A user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// UUID text.
    pub id: String,
    /// Full name.
    pub name: String,
    /// As typed when the user was made: letter case is kept.
    pub email: String,
    /// `super admin`, `admin`, `team member`, `limited team member`, `interviewer` or a custom role's id.
    pub access_role: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was switched off, if it was.
    pub deactivated_at: Option<Timestamp>,
    /// Id in the customer's directory.
    pub external_directory_id: Option<String>,
    /// Title at work.
    pub job_title: Option<String>,
    /// Id of the manager.
    pub manager_id: Option<String>,
}

/// Whether a user may still act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Can sign in and be named in `perform_as`.
    Active,
    /// Was switched off.
    Deactivated,
}

impl User {
    /// Whether the user may still act.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self.deactivated_at {
            None => Standing::Active,
            Some(_) => Standing::Deactivated,
        }
    }

    /// Interviewers cannot keep followed profiles (lever-api §3.2).
    #[must_use]
    pub fn can_follow(&self) -> bool {
        self.access_role != "interviewer"
    }

    /// As `GET /users/:id` shows it.
    #[must_use]
    pub fn json(&self) -> Value {
        let username = self.email.split('@').next().unwrap_or("");
        json!({
            "id": self.id,
            "name": self.name,
            "username": username,
            "email": self.email,
            "accessRole": self.access_role,
            "photo": null,
            "createdAt": self.created_at,
            "deactivatedAt": time_or_null(self.deactivated_at),
            "externalDirectoryId": text_or_null(self.external_directory_id.as_deref()),
            "linkedContactIds": null,
            "jobTitle": text_or_null(self.job_title.as_deref()),
            "managerId": text_or_null(self.manager_id.as_deref()),
        })
    }
}
