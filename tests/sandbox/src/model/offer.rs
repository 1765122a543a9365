//! Offers (lever-api §3.16): made in the app, read by the API.

use serde_json::{Value, json};

use super::company::Company;
use super::{Reference, time_or_null};
use crate::clock::Timestamp;
use crate::ids::UserNumber;

/// How far an offer has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferStatus {
    /// Being written.
    Draft,
    /// Waiting for those who approve.
    ApprovalSent,
    /// Approved, not sent.
    Approved,
    /// Sent for signing.
    Sent,
    /// Sent outside of Lever.
    SentManually,
    /// Opened by the person.
    Opened,
    /// Turned down.
    Denied,
    /// Signed.
    Signed,
}

impl OfferStatus {
    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::ApprovalSent => "approval-sent",
            Self::Approved => "approved",
            Self::Sent => "sent",
            Self::SentManually => "sent-manually",
            Self::Opened => "opened",
            Self::Denied => "denied",
            Self::Signed => "signed",
        }
    }
}

/// The two documents an offer can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferDocument {
    /// What was sent.
    Sent,
    /// What came back.
    Signed,
}

impl OfferDocument {
    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Signed => "signed",
        }
    }

    /// Its file name.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Sent => "offer.pdf",
            Self::Signed => "offer signed.pdf",
        }
    }
}

/// An offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// UUID text.
    pub id: String,
    /// Id of the posting.
    pub posting: Option<String>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// How far it has come.
    pub status: OfferStatus,
    /// Who began it.
    pub creator: Option<UserNumber>,
    /// Label, identifier, value.
    pub fields: Vec<(&'static str, &'static str, Value)>,
    /// Name and mail address of the person, where they are to sign.
    pub signatory: Option<(String, Option<String>)>,
    /// When it was approved.
    pub approved_at: Option<Timestamp>,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When it was signed.
    pub signed_at: Option<Timestamp>,
}

impl Offer {
    /// When a document came, `None` if there is no such one.
    #[must_use]
    pub fn document_at(&self, document: OfferDocument) -> Option<Timestamp> {
        match document {
            OfferDocument::Sent => self.sent_at,
            OfferDocument::Signed => self.signed_at,
        }
    }

    fn document_json(&self, document: OfferDocument, opportunity: &str) -> Value {
        self.document_at(document).map_or(Value::Null, |at| {
            json!({
                "fileName": document.file_name(),
                "uploadedAt": at,
                "downloadUrl": format!(
                    "https://hire.lever.co/candidates/{opportunity}/offers/{}/download?status={}",
                    self.id,
                    document.word()
                ),
            })
        })
    }

    /// As `GET …/offers` shows it. `opportunity` is the id of its opportunity.
    #[must_use]
    pub fn json(&self, company: &Company, opportunity: &str, creator: Reference) -> Value {
        let fields: Vec<Value> = self
            .fields
            .iter()
            .map(|(text, identifier, value)| json!({ "text": text, "identifier": identifier, "value": value }))
            .collect();
        // A draft knows nobody who is to sign yet (AIR).
        let candidate = match &self.signatory {
            None => json!({ "role": "candidate", "name": null, "email": null }),
            Some((name, email)) => json!({
                "role": "candidate",
                "name": name,
                "email": email,
                "firstOpenedAt": time_or_null(self.opened_at),
                "lastOpenedAt": time_or_null(self.opened_at),
                "signedAt": time_or_null(self.signed_at),
                "signed": self.signed_at.is_some(),
            }),
        };
        json!({
            "id": self.id,
            "posting": self.posting,
            "createdAt": self.created_at,
            "status": self.status.word(),
            "creator": self.creator.map_or(Value::Null, |number| company.user_json(number, creator)),
            "fields": fields,
            "signatures": { "candidate": candidate },
            "approved": self.approved_at.map(|_| true),
            "approvedAt": time_or_null(self.approved_at),
            "sentAt": time_or_null(self.sent_at),
            "sentDocument": self.document_json(OfferDocument::Sent, opportunity),
            "signedDocument": self.document_json(OfferDocument::Signed, opportunity),
        })
    }
}
