//! Reasons for archiving an opportunity (lever-api §3.6).

use serde_json::{Value, json};

/// What a reason says about the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The person was hired.
    Hired,
    /// Any other end.
    NotHired,
}

/// Whether a reason can still be chosen in the app. Inactive ones are listed too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonStatus {
    /// Offered to users.
    Active,
    /// Kept for old rows.
    Inactive,
}

/// An archive reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveReason {
    /// UUID text.
    pub id: String,
    /// Name on the screen.
    pub text: String,
    /// Whether it can still be chosen.
    pub status: ReasonStatus,
    /// Hired or not.
    pub outcome: Outcome,
}

impl ArchiveReason {
    fn status_word(&self) -> &'static str {
        match self.status {
            ReasonStatus::Active => "active",
            ReasonStatus::Inactive => "inactive",
        }
    }

    /// The word the `type` filter compares with.
    #[must_use]
    pub fn type_word(&self) -> &'static str {
        match self.outcome {
            Outcome::Hired => "hired",
            Outcome::NotHired => "non-hired",
        }
    }

    /// As `GET /archive_reasons/:id` shows it.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "text": self.text,
            "status": self.status_word(),
            "type": self.type_word(),
        })
    }

    /// As `GET /disposition_stages` shows it: a reason that is not "hired" has a null type there.
    #[must_use]
    pub fn disposition_json(&self) -> Value {
        let kind = match self.outcome {
            Outcome::Hired => Value::from("hired"),
            Outcome::NotHired => Value::Null,
        };
        json!({
            "id": self.id,
            "text": self.text,
            "type": kind,
            "status": self.status_word(),
        })
    }
}
