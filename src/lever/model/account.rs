//! The account's own things: users, stages, archive reasons, tags and sources (lever-api §3.6, §3.7).

use serde::Deserialize;

use super::{Identified, Reference, null_as_default, private_rows, tolerant_list, tolerant_number, tolerant_time};
use crate::text::{ArchiveReasonId, ContactId, Millis, StageId, UserId};

/// A user.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The user.
    pub id: UserId,
    /// Name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// The part of the email before the "@".
    #[serde(default, deserialize_with = "null_as_default")]
    pub username: String,
    /// Email as Lever spells it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub email: String,
    /// Role: `super admin`, `admin`, `team member`, `limited team member`, `interviewer`, or a custom role's id.
    #[serde(default, deserialize_with = "null_as_default")]
    pub access_role: String,
    /// Address of a picture.
    #[serde(default)]
    pub photo: Option<String>,
    /// When made.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub created_at: Option<Millis>,
    /// When the user was switched off; absent while active.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub deactivated_at: Option<Millis>,
    /// The user's id in the organisation's own directory.
    #[serde(default)]
    pub external_directory_id: Option<String>,
    /// The user as a candidate.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub linked_contact_ids: Vec<ContactId>,
    /// Job title.
    #[serde(default)]
    pub job_title: Option<String>,
    /// The user's manager.
    #[serde(default)]
    pub manager_id: Option<UserId>,
}

private_rows!(User);

/// A user as other rows name one: the id, or name and email where the reply was expanded.
pub type UserReference = Reference<NamedUser>;

/// As much of an expanded user as other rows need.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct NamedUser {
    /// The user.
    pub id: UserId,
    /// Name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// Email.
    #[serde(default, deserialize_with = "null_as_default")]
    pub email: String,
}

private_rows!(NamedUser);

/// A pipeline stage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stage {
    /// The stage.
    pub id: StageId,
    /// Name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
}

impl Identified for Stage {
    fn identifier(&self) -> &str {
        self.id.as_str()
    }
}

/// A reason for archiving.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ArchiveReason {
    /// The reason.
    pub id: ArchiveReasonId,
    /// Name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
    /// `hired` or `non-hired`.
    #[serde(default, rename = "type", deserialize_with = "null_as_default")]
    pub kind: String,
    /// `active` or `inactive`.
    #[serde(default, deserialize_with = "null_as_default")]
    pub status: String,
}

impl Identified for ArchiveReason {
    fn identifier(&self) -> &str {
        self.id.as_str()
    }
}

/// A source or a tag with the number of opportunities that carry it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Counted {
    /// Its text, which is all that tells it from others.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
    /// Opportunities, where Lever says how many.
    #[serde(default, deserialize_with = "tolerant_number")]
    pub count: Option<i64>,
}

impl Identified for Counted {
    fn identifier(&self) -> &str {
        &self.text
    }
}
