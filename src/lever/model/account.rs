//! The account's own things: users, stages, archive reasons, jobs, sources (lever-api §3.6–3.8).

use serde::Deserialize;

use super::{IdOnly, Reference, null_as_default, tolerant_list, tolerant_time};
use crate::text::{ArchiveReasonId, Millis, PostingId, Private, StageId, UserId};

/// A user.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The user.
    pub id: UserId,
    /// Name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// Email as Lever spells it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub email: String,
    /// Role: `super admin`, `admin`, `team member`, `limited team member`, `interviewer`, or a custom role's id.
    #[serde(default, deserialize_with = "null_as_default")]
    pub access_role: String,
    /// When the user was switched off; absent while active.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub deactivated_at: Option<Millis>,
}

impl std::fmt::Debug for User {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("User")
            .field("id", &self.id)
            .field("rest", &Private)
            .finish_non_exhaustive()
    }
}

/// A pipeline stage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stage {
    /// The stage.
    pub id: StageId,
    /// Name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
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
    /// Every location.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub all_locations: Vec<String>,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
    /// Team, location and so on.
    #[serde(default, deserialize_with = "null_as_default")]
    pub categories: Categories,
    /// `unspecified`, `onsite`, `remote`, `hybrid`.
    #[serde(default)]
    pub workplace_type: Option<String>,
    /// Owner.
    #[serde(default)]
    pub owner: Option<Reference<IdOnly>>,
    /// Last change.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub updated_at: Option<Millis>,
}

/// A source or a tag with the number of opportunities that carry it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Counted {
    /// Its text.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
    /// Opportunities.
    #[serde(default, deserialize_with = "null_as_default")]
    pub count: u64,
}
