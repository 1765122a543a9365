//! Applications: what puts an opportunity on a posting (lever-api §3.5).

use serde_json::{Value, json};

use super::Reference;
use super::company::Company;
use super::opportunity::Archived;
use super::text_or_null;
use crate::clock::Timestamp;
use crate::ids::{PostingNumber, UserNumber};

/// How the application came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApplicationType {
    /// Added by a user.
    User,
    /// Came through the job site.
    Posting,
    /// Came by a referral.
    Referral,
}

impl ApplicationType {
    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Posting => "posting",
            Self::Referral => "referral",
        }
    }
}

/// What is known of the visit in which somebody applied; all of it may be missing (lever-api §3.5).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visit {
    /// Address of the applicant's machine.
    pub ip_address: Option<String>,
    /// The page they came from.
    pub referer: Option<String>,
    /// Their browser.
    pub user_agent: Option<String>,
    /// Their languages.
    pub accept_language: Option<String>,
    /// Their time zone.
    pub timezone: Option<String>,
}

/// The requisition somebody was hired against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequisitionForHire {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its hiring manager at that time.
    pub hiring_manager: Option<UserNumber>,
}

/// An application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// UUID text.
    pub id: String,
    /// How it came about.
    pub kind: ApplicationType,
    /// The job.
    pub posting: PostingNumber,
    /// The job's hiring manager at that time.
    pub posting_hiring_manager: Option<UserNumber>,
    /// The job's owner at that time.
    pub posting_owner: Option<UserNumber>,
    /// What the applicant typed; null when a user added them.
    pub name: Option<String>,
    /// As typed.
    pub company: Option<String>,
    /// As typed.
    pub phone: Option<String>,
    /// As typed.
    pub email: Option<String>,
    /// As typed.
    pub links: Vec<String>,
    /// As typed.
    pub comments: Option<String>,
    /// Who added or referred.
    pub user: Option<UserNumber>,
    /// Answered questions, as Lever shows them.
    pub custom_questions: Vec<Value>,
    /// When.
    pub created_at: Timestamp,
    /// Keeps the first archive time when the opportunity is archived again.
    pub archived: Option<Archived>,
    /// What the person was hired against.
    pub requisition_for_hire: Option<RequisitionForHire>,
    /// The visit in which they applied.
    pub visit: Visit,
}

impl Application {
    /// As `GET …/applications/:application` shows it. `opportunity` is the id of the opportunity it belongs to.
    #[must_use]
    pub fn json(&self, company: &Company, opportunity: &str) -> Value {
        let user =
            |number: Option<UserNumber>| number.map_or(Value::Null, |number| company.user_json(number, Reference::Id));
        let posting = company
            .posting(self.posting)
            .map_or(Value::Null, |posting| json!(posting.id));
        let phone = self
            .phone
            .as_deref()
            .map_or(Value::Null, |value| json!({ "type": null, "value": value }));
        let requisition = self.requisition_for_hire.as_ref().map_or(Value::Null, |requisition| {
            json!({
                "id": requisition.id,
                "requisitionCode": requisition.code,
                "hiringManagerOnHire": user(requisition.hiring_manager),
            })
        });
        json!({
            "id": self.id,
            "type": self.kind.word(),
            "candidateId": opportunity,
            "opportunityId": opportunity,
            "posting": posting,
            "postingHiringManager": user(self.posting_hiring_manager),
            "postingOwner": user(self.posting_owner),
            "name": text_or_null(self.name.as_deref()),
            "company": text_or_null(self.company.as_deref()),
            "phone": phone,
            "email": text_or_null(self.email.as_deref()),
            "links": self.links,
            "comments": text_or_null(self.comments.as_deref()),
            "user": user(self.user),
            "customQuestions": self.custom_questions,
            "createdAt": self.created_at,
            "archived": self.archived.map_or(Value::Null, |archived| archived.json(company)),
            "requisitionForHire": requisition,
            "ipAddress": text_or_null(self.visit.ip_address.as_deref()),
            "referer": text_or_null(self.visit.referer.as_deref()),
            "userAgent": text_or_null(self.visit.user_agent.as_deref()),
            "acceptLanguage": text_or_null(self.visit.accept_language.as_deref()),
            "timezone": text_or_null(self.visit.timezone.as_deref()),
        })
    }
}
