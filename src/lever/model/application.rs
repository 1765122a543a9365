//! Applications of opportunities to jobs (lever-api §3.5).

use serde::Deserialize;

use super::account::UserReference;
use super::form::Field;
use super::opportunity::{Archived, Phone};
use super::posting::PostingReference;
use super::{null_as_default, private_rows, tolerant_list, tolerant_object, tolerant_texts, tolerant_time};
use crate::text::{ApplicationId, Millis, OpportunityId, PostingId};

/// An application of an opportunity to a job.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    /// The application.
    pub id: ApplicationId,
    /// `user` (added by a user), `posting` (through the job site), `referral`.
    #[serde(default, rename = "type", deserialize_with = "null_as_default")]
    pub kind: String,
    /// The candidacy.
    #[serde(default)]
    pub opportunity_id: Option<OpportunityId>,
    /// The job.
    #[serde(default)]
    pub posting: Option<PostingReference>,
    /// The job's owner at that time.
    #[serde(default)]
    pub posting_owner: Option<UserReference>,
    /// The job's hiring manager at that time.
    #[serde(default)]
    pub posting_hiring_manager: Option<UserReference>,
    /// Who added or referred the person.
    #[serde(default)]
    pub user: Option<UserReference>,
    /// Name as the applicant wrote it.
    #[serde(default)]
    pub name: Option<String>,
    /// Employer as the applicant wrote it.
    #[serde(default)]
    pub company: Option<String>,
    /// Email as the applicant wrote it.
    #[serde(default)]
    pub email: Option<String>,
    /// Phone number as the applicant wrote it.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub phone: Option<Phone>,
    /// Links as the applicant wrote them.
    #[serde(default, deserialize_with = "tolerant_texts")]
    pub links: Vec<String>,
    /// Remarks of the applicant.
    #[serde(default)]
    pub comments: Option<String>,
    /// The job's own questions with the answers.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub custom_questions: Vec<AnsweredForm>,
    /// When made.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub created_at: Option<Millis>,
    /// Closed: with the time of the first closing.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub archived: Option<Archived>,
    /// The requisition it filled.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub requisition_for_hire: Option<FilledRequisition>,
}

/// A form with its answers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AnsweredForm {
    /// Its heading.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
    /// Questions and answers.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub fields: Vec<Field>,
}

/// The requisition that a hire filled.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FilledRequisition {
    /// The requisition.
    #[serde(default)]
    pub id: Option<String>,
    /// Its code.
    #[serde(default)]
    pub requisition_code: Option<String>,
}

/// An application that was deleted.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletedApplication {
    /// The application.
    pub id: ApplicationId,
    /// When.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub deleted_at: Option<Millis>,
    /// Its candidacy.
    #[serde(default)]
    pub opportunity_id: Option<OpportunityId>,
    /// Its job.
    #[serde(default)]
    pub posting_id: Option<PostingId>,
}

private_rows!(Application, DeletedApplication);
