//! The account's webhooks (lever-api §3.19): one that was made in the app, and those made by the API.

use super::Account;
use crate::clock::{DAY_MS, Timestamp};
use crate::ids::{IdScheme, Kind};
use crate::model::opportunity::Origin;
use crate::model::webhook::{Webhook, WebhookEvent};

/// Every origin there is: the default of a webhook that can be limited.
pub const ALL_ORIGINS: [Origin; 6] = [
    Origin::Agency,
    Origin::Applied,
    Origin::Internal,
    Origin::Referred,
    Origin::Sourced,
    Origin::University,
];

/// Characters of a signature token.
const TOKEN_LENGTH: usize = 48;

/// Webhooks in the order of their making.
#[must_use]
pub fn seeded(ids: IdScheme, anchor: Timestamp) -> Vec<Webhook> {
    let at = anchor.plus(-200 * DAY_MS);
    vec![Webhook {
        id: ids.make(Kind::Webhook, 0).to_string(),
        event: WebhookEvent::CandidateHired,
        url: "https://people.example.org/lever/hired".to_owned(),
        origins: ALL_ORIGINS.to_vec(),
        signature_token: String::new(),
        created_at: at,
        updated_at: at,
    }]
}

impl Account {
    /// A signature token nobody had before: the digits of two ids.
    pub fn new_signature_token(&mut self) -> String {
        let digits = self.new_id(Kind::Webhook) + &self.new_id(Kind::Webhook);
        digits
            .chars()
            .filter(char::is_ascii_hexdigit)
            .take(TOKEN_LENGTH)
            .collect()
    }
}
