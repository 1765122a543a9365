//! Interviews and panels (lever-api §3.12).

use serde::Deserialize;

use super::account::{Stage, UserReference};
use super::{Reference, null_as_default, private_rows, tolerant_list, tolerant_number, tolerant_time};
use crate::text::{InterviewId, Millis, OpportunityId, PanelId, PostingId, UserId};

/// Somebody who interviews.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Interviewer {
    /// The user.
    pub id: UserId,
    /// Name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// Email.
    #[serde(default, deserialize_with = "null_as_default")]
    pub email: String,
}

/// An interview.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Interview {
    /// The interview.
    pub id: InterviewId,
    /// Its panel; absent where it stands inside one.
    #[serde(default)]
    pub panel: Option<PanelId>,
    /// Its title.
    #[serde(default, deserialize_with = "null_as_default")]
    pub subject: String,
    /// A remark.
    #[serde(default, deserialize_with = "null_as_default")]
    pub note: String,
    /// Who interviews.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub interviewers: Vec<Interviewer>,
    /// Time zone, such as `Europe/Warsaw`.
    #[serde(default)]
    pub timezone: Option<String>,
    /// When it begins.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub date: Option<Millis>,
    /// Its length in minutes.
    #[serde(default, deserialize_with = "tolerant_number")]
    pub duration: Option<i64>,
    /// Where.
    #[serde(default)]
    pub location: Option<String>,
    /// Who arranged it.
    #[serde(default)]
    pub user: Option<UserReference>,
    /// The stage it belongs to.
    #[serde(default)]
    pub stage: Option<Reference<Stage>>,
    /// Jobs it is for.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub postings: Vec<PostingId>,
    /// When made.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub created_at: Option<Millis>,
    /// When called off.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub canceled_at: Option<Millis>,
    /// The candidacy it is part of.
    #[serde(default)]
    pub opportunity_id: Option<OpportunityId>,
}

/// Interviews that belong together.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Panel {
    /// The panel.
    pub id: PanelId,
    /// Its interviews.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub interviews: Vec<Interview>,
    /// A remark.
    #[serde(default)]
    pub note: Option<String>,
    /// When the first begins.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub start: Option<Millis>,
    /// When the last ends.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub end: Option<Millis>,
    /// Time zone.
    #[serde(default)]
    pub timezone: Option<String>,
    /// Who arranged it.
    #[serde(default)]
    pub user: Option<UserReference>,
    /// The stage it belongs to.
    #[serde(default)]
    pub stage: Option<Reference<Stage>>,
    /// Whether it was made through the API: only then may it be changed there.
    #[serde(default, deserialize_with = "null_as_default")]
    pub externally_managed: bool,
    /// When made.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub created_at: Option<Millis>,
    /// When called off.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub canceled_at: Option<Millis>,
}

private_rows!(Interviewer, Interview, Panel);
