//! Webhooks as they are set up; nothing is delivered (lever-api §3.19).

use serde_json::{Map, Value, json};

use super::opportunity::Origin;
use crate::clock::Timestamp;

/// What a webhook tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookEvent {
    /// Somebody applied.
    ApplicationCreated,
    /// Somebody was hired.
    CandidateHired,
    /// A stage was entered.
    CandidateStageChange,
    /// Archived, or back again.
    CandidateArchiveChange,
    /// An opportunity was deleted.
    CandidateDeleted,
    /// An interview was planned.
    InterviewCreated,
    /// An interview was changed.
    InterviewUpdated,
    /// An interview was taken away.
    InterviewDeleted,
    /// A person was added.
    ContactCreated,
    /// A person was changed.
    ContactUpdated,
}

const EVENTS: [(WebhookEvent, &str); 10] = [
    (WebhookEvent::ApplicationCreated, "applicationCreated"),
    (WebhookEvent::CandidateHired, "candidateHired"),
    (WebhookEvent::CandidateStageChange, "candidateStageChange"),
    (WebhookEvent::CandidateArchiveChange, "candidateArchiveChange"),
    (WebhookEvent::CandidateDeleted, "candidateDeleted"),
    (WebhookEvent::InterviewCreated, "interviewCreated"),
    (WebhookEvent::InterviewUpdated, "interviewUpdated"),
    (WebhookEvent::InterviewDeleted, "interviewDeleted"),
    (WebhookEvent::ContactCreated, "contactCreated"),
    (WebhookEvent::ContactUpdated, "contactUpdated"),
];

impl WebhookEvent {
    /// Lever's word.
    #[must_use]
    pub fn word(self) -> &'static str {
        EVENTS
            .iter()
            .find(|(event, _)| *event == self)
            .map_or("", |(_, word)| word)
    }

    /// Reads Lever's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        EVENTS.iter().find(|(_, known)| *known == word).map(|(event, _)| *event)
    }

    /// Whether it can be limited to some origins: the first four can.
    #[must_use]
    pub const fn has_origins(self) -> bool {
        matches!(
            self,
            Self::ApplicationCreated | Self::CandidateHired | Self::CandidateStageChange | Self::CandidateArchiveChange
        )
    }
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// UUID text.
    pub id: String,
    /// What it tells of.
    pub event: WebhookEvent,
    /// Where it tells it.
    pub url: String,
    /// Only about opportunities of these origins; empty for events that have none.
    pub origins: Vec<Origin>,
    /// The key of its signatures; shown once.
    pub signature_token: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed.
    pub updated_at: Timestamp,
}

/// Whether the signature token is shown: only the reply to a create shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenShown {
    /// With it.
    Yes,
    /// Without.
    No,
}

impl Webhook {
    /// As Lever shows it.
    #[must_use]
    pub fn json(&self, token: TokenShown) -> Value {
        let mut conditions = Map::new();
        if self.event.has_origins() {
            let origins: Vec<&str> = self.origins.iter().map(|origin| origin.word()).collect();
            conditions.insert("origins".into(), json!(origins));
        }
        let mut configuration = Map::new();
        configuration.insert("conditions".into(), Value::Object(conditions));
        if token == TokenShown::Yes {
            configuration.insert("signatureToken".into(), json!(self.signature_token));
        }
        json!({
            "id": self.id,
            "event": self.event.word(),
            "url": self.url,
            "configuration": configuration,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
        })
    }
}
