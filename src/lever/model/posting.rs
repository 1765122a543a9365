//! Jobs, what they ask of applicants, and an application as on the job site (lever-api §3.8, §3.11).

use serde::{Deserialize, Serialize};

use super::account::UserReference;
use super::form::{Field, FormId};
use super::opportunity::Confidentiality;
use super::{Identified, Reference, null_as_default, tolerant_list, tolerant_object, tolerant_texts, tolerant_time};
use crate::text::{ApplicationId, Millis, PostingId, Private};

/// What a job is filed under.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Categories {
    /// Team.
    #[serde(default)]
    pub team: Option<String>,
    /// Department.
    #[serde(default)]
    pub department: Option<String>,
    /// Main location.
    #[serde(default)]
    pub location: Option<String>,
    /// Full-time, contract and so on.
    #[serde(default)]
    pub commitment: Option<String>,
    /// Seniority, on old jobs.
    #[serde(default)]
    pub level: Option<String>,
    /// Every location.
    #[serde(default, deserialize_with = "tolerant_texts")]
    pub all_locations: Vec<String>,
}

/// A headed list of a job's description.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ContentList {
    /// Its heading.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
    /// Its `<li>` elements as HTML.
    #[serde(default, deserialize_with = "null_as_default")]
    pub content: String,
}

/// A job's description.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    /// The beginning as plain text.
    #[serde(default, deserialize_with = "null_as_default")]
    pub description: String,
    /// The beginning as HTML.
    #[serde(default, deserialize_with = "null_as_default")]
    pub description_html: String,
    /// Lists.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub lists: Vec<ContentList>,
    /// The end as plain text.
    #[serde(default, deserialize_with = "null_as_default")]
    pub closing: String,
    /// The end as HTML.
    #[serde(default, deserialize_with = "null_as_default")]
    pub closing_html: String,
}

/// What a job pays.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SalaryRange {
    /// At least.
    #[serde(default)]
    pub min: Option<f64>,
    /// At most.
    #[serde(default)]
    pub max: Option<f64>,
    /// ISO 4217.
    #[serde(default, deserialize_with = "null_as_default")]
    pub currency: String,
    /// `per-year-salary`, `per-hour-wage` and so on.
    #[serde(default, deserialize_with = "null_as_default")]
    pub interval: String,
}

/// Addresses of a job; none for drafts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct PostingUrls {
    /// The job site.
    #[serde(default)]
    pub list: Option<String>,
    /// The job.
    #[serde(default)]
    pub show: Option<String>,
    /// Its application form.
    #[serde(default)]
    pub apply: Option<String>,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Posting {
    /// The job.
    pub id: PostingId,
    /// Title.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
    /// `published`, `internal`, `closed`, `draft`, `pending`, `rejected`.
    #[serde(default, deserialize_with = "null_as_default")]
    pub state: String,
    /// `public`, `internal`; absent unless published.
    #[serde(default, deserialize_with = "tolerant_texts")]
    pub distribution_channels: Vec<String>,
    /// Who made it.
    #[serde(default)]
    pub user: Option<UserReference>,
    /// Owner.
    #[serde(default)]
    pub owner: Option<UserReference>,
    /// Hiring manager.
    #[serde(default)]
    pub hiring_manager: Option<UserReference>,
    /// Team, location and so on.
    #[serde(default, deserialize_with = "null_as_default")]
    pub categories: Categories,
    /// Tags.
    #[serde(default, deserialize_with = "tolerant_texts")]
    pub tags: Vec<String>,
    /// Description; left out of a reply that was asked for less.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub content: Option<Content>,
    /// ISO 3166, two letters.
    #[serde(default)]
    pub country: Option<String>,
    /// Who is told of news; absent from a reply that was asked for less.
    #[serde(default, deserialize_with = "told_list")]
    pub followers: Option<Vec<UserReference>>,
    /// Codes of the requisitions it fills.
    #[serde(default, deserialize_with = "tolerant_texts")]
    pub requisition_codes: Vec<String>,
    /// Addresses.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub urls: Option<PostingUrls>,
    /// Whether only few may see it.
    #[serde(default)]
    pub confidentiality: Confidentiality,
    /// When made.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub created_at: Option<Millis>,
    /// Last change.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub updated_at: Option<Millis>,
    /// `unspecified`, `onsite`, `remote`, `hybrid`.
    #[serde(default)]
    pub workplace_type: Option<String>,
    /// What it pays, in words.
    #[serde(default)]
    pub salary_description: Option<String>,
    /// What it pays, in numbers.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub salary_range: Option<SalaryRange>,
}

/// A list that is absent where nothing was told, which is not the same as an empty one.
fn told_list<'de, D, T>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::de::DeserializeOwned,
{
    tolerant_list(deserializer).map(Some)
}

impl Identified for Posting {
    fn identifier(&self) -> &str {
        self.id.as_str()
    }
}

/// A job as other rows name one: the id, or its title where the reply was expanded.
pub type PostingReference = Reference<NamedPosting>;

/// As much of an expanded job as other rows need.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NamedPosting {
    /// The job.
    pub id: PostingId,
    /// Title.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
}

impl Identified for NamedPosting {
    fn identifier(&self) -> &str {
        self.id.as_str()
    }
}

/// A job that was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletedPosting {
    /// The job.
    pub id: PostingId,
    /// When.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub deleted_at: Option<Millis>,
}

impl Identified for DeletedPosting {
    fn identifier(&self) -> &str {
        self.id.as_str()
    }
}

/// Something a job asks of every applicant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AskedField {
    /// The question.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
    /// The name it is answered by: `fullName`, `email`, `resume` and so on.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// Kind of answer.
    #[serde(default, rename = "type", deserialize_with = "null_as_default")]
    pub kind: String,
    /// Whether it has to be answered.
    #[serde(default, deserialize_with = "null_as_default")]
    pub required: bool,
}

/// A set of a job's own questions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct QuestionSet {
    /// The set.
    #[serde(default)]
    pub id: Option<FormId>,
    /// Its heading.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
    /// The questions, in the order of the answers.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub fields: Vec<Field>,
}

/// What a job asks of applicants.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplyForm {
    /// The job.
    pub id: PostingId,
    /// Its title.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
    /// Its own questions.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub custom_questions: Vec<QuestionSet>,
    /// What every job asks.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub personal_information: Vec<AskedField>,
    /// Links it asks for.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub urls: Vec<AskedField>,
}

/// One answer by name.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct NamedAnswer {
    /// What is answered.
    pub name: String,
    /// The answer.
    pub value: String,
}

/// The answers to a set of questions.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AnsweredSet {
    /// The set.
    pub id: FormId,
    /// One answer a question, in its order.
    pub fields: Vec<Answer>,
}

/// The answer to one question.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Text, a list of texts, or `null`.
    pub value: serde_json::Value,
}

/// An application as on the job site. Lever asks for `fullName` and `email` at least.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewApplication {
    /// What every job asks.
    pub personal_information: Vec<NamedAnswer>,
    /// Links by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<NamedAnswer>,
    /// The job's own questions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub custom_questions: Vec<AnsweredSet>,
    /// Where the applicant came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl std::fmt::Debug for NewApplication {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("NewApplication").field(&Private).finish()
    }
}

/// The reply to an application.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppliedReply {
    /// All that Lever says.
    pub application_id: ApplicationId,
}
