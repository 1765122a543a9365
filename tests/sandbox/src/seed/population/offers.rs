//! Offers of seeded opportunities: whoever reached the last stage on a posting has one.

use serde_json::{Value, json};

use super::Population;
use crate::clock::{DAY_MS, HOUR_MS, Timestamp};
use crate::ids::{Kind, OpportunityNumber};
use crate::model::archive_reason::Outcome;
use crate::model::company::Company;
use crate::model::contact::Contact;
use crate::model::offer::{Offer, OfferStatus};
use crate::model::opportunity::Opportunity;
use crate::seed::draw::Purpose;

impl Population {
    /// Offers of a seeded opportunity.
    #[must_use]
    pub fn offers(&self, number: OpportunityNumber, opportunity: &Opportunity, company: &Company) -> Vec<Offer> {
        let last_stage = self.pipeline.last();
        let reached = opportunity
            .stage_changes
            .iter()
            .find(|change| Some(&change.to) == last_stage);
        let (Some(reached), Some(application)) = (reached, &opportunity.application) else {
            return Vec::new();
        };
        let Some(posting) = company.posting(application.posting) else {
            return Vec::new();
        };
        let mut draw = self.draw(Purpose::Offers, number.0);
        let outcome = opportunity.archived.map(|archived| {
            (
                company.reason(archived.reason).map(|reason| reason.outcome),
                archived.at,
            )
        });
        let open = [
            OfferStatus::Draft,
            OfferStatus::ApprovalSent,
            OfferStatus::Approved,
            OfferStatus::Sent,
            OfferStatus::SentManually,
            OfferStatus::Opened,
            OfferStatus::Signed,
        ];
        let status = match outcome {
            Some((Some(Outcome::Hired), _)) => OfferStatus::Signed,
            Some(_) => OfferStatus::Denied,
            None => draw.pick(&open).copied().unwrap_or(OfferStatus::Draft),
        };
        // Nothing seeded happened at or after the anchor, and nothing about an offer after the end of the candidacy.
        let end = outcome.map_or(self.anchor.plus(-1_000), |(_, at)| at);
        let at = |hours: i64| reached.at.plus(hours * HOUR_MS).min(end.max(reached.at));
        let approved = !matches!(status, OfferStatus::Draft | OfferStatus::ApprovalSent);
        let sent = approved && status != OfferStatus::Approved;
        let signing = sent && status != OfferStatus::SentManually;
        let opened = signing && status != OfferStatus::Sent;
        let contact = self.contact(opportunity.contact).unwrap_or_default();
        vec![Offer {
            id: self.ids.make(Kind::Offer, number.0).to_string(),
            posting: Some(posting.id.clone()),
            created_at: at(1),
            status,
            creator: opportunity.owner,
            fields: fields(
                &application.id,
                &posting.text,
                &contact,
                50_000 + 1_000 * draw.below(70),
                at(1),
            ),
            signatory: signing.then(|| (contact.name.clone(), contact.emails.first().cloned())),
            approved_at: approved.then(|| at(5)),
            sent_at: sent.then(|| at(6)),
            opened_at: opened.then(|| at(9)),
            signed_at: (status == OfferStatus::Signed).then(|| at(30)),
        }]
    }
}

/// Standard fields. The posting's field held the application's id in a real sandbox (AIR).
fn fields(
    application: &str,
    title: &str,
    contact: &Contact,
    salary: u64,
    at: Timestamp,
) -> Vec<(&'static str, &'static str, Value)> {
    vec![
        ("Job posting", "job_posting", json!(application)),
        ("Job title", "job_title", json!(title)),
        ("Candidate name", "candidate_name", json!(contact.name)),
        ("Salary amount", "salary_amount", json!(salary)),
        ("Compensation currency", "compensation_currency", json!("EUR")),
        ("Salary interval", "salary_interval", json!("per-year-salary")),
        ("Today's date", "today_date", json!(at)),
        (
            "Anticipated start date",
            "anticipated_start_date",
            json!(at.plus(60 * DAY_MS)),
        ),
        ("Location", "location/office", json!(contact.location)),
    ]
}
