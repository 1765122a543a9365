//! Consent of applicants, where a policy of the customer asks for it (lever-api §3.1 `dataProtection`, §3.11).
//!
//! What `consentDisclosures` holds was never recorded beyond its two names; an applicant has to send the policy's id
//! back, so it is there.

use serde_json::{Value, json};

/// A policy that asks for consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompliancePolicy {
    /// UUID text.
    pub id: String,
}

/// Whether consent to one thing was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// It was.
    Given,
    /// It was not.
    Withheld,
}

/// What an applicant consented to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consents {
    /// Keeping their data.
    pub store: Consent,
    /// Writing to them about other jobs.
    pub marketing: Consent,
}

impl CompliancePolicy {
    /// As `GET /postings/:id/apply` shows it.
    #[must_use]
    pub fn json(&self) -> Value {
        let disclosure = |text: &str| json!({ "compliancePolicyId": self.id, "text": text });
        json!({
            "store": disclosure("We may keep your data for a year."),
            "marketing": disclosure("We may write to you about other jobs."),
        })
    }
}

impl Consents {
    /// As `dataProtection` of an opportunity shows it. The seeded policy sets no end.
    #[must_use]
    pub fn json(self) -> Value {
        let shown = |consent| json!({ "allowed": consent == Consent::Given, "expiresAt": null });
        json!({ "store": shown(self.store), "contact": shown(self.marketing) })
    }
}
