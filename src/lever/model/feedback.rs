//! Feedback on opportunities (lever-api §3.13).

use serde::Deserialize;

use super::account::UserReference;
use super::form::{Field, FormId};
use super::{null_as_default, private_rows, tolerant_list, tolerant_time};
use crate::text::{FeedbackId, InterviewId, Millis, PanelId};

/// One feedback form.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Feedback {
    /// The feedback.
    pub id: FeedbackId,
    /// `interview`, `assignment`, `share`.
    #[serde(default, rename = "type", deserialize_with = "null_as_default")]
    pub kind: String,
    /// Its title.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
    /// Questions and answers.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub fields: Vec<Field>,
    /// The template it follows.
    #[serde(default)]
    pub base_template_id: Option<FormId>,
    /// The interview it is on.
    #[serde(default)]
    pub interview: Option<InterviewId>,
    /// That interview's panel.
    #[serde(default)]
    pub panel: Option<PanelId>,
    /// Who wrote it.
    #[serde(default)]
    pub user: Option<UserReference>,
    /// When begun.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub created_at: Option<Millis>,
    /// When handed in; absent on drafts.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub completed_at: Option<Millis>,
    /// When deleted: deleted feedback stays readable.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub deleted_at: Option<Millis>,
}

private_rows!(Feedback);
