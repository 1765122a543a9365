//! Referrals (lever-api §3.14).

use serde::Deserialize;

use super::account::{Stage, UserReference};
use super::form::{Field, FormId};
use super::{Reference, null_as_default, private_rows, tolerant_list, tolerant_time};
use crate::text::{Millis, ReferralId};

/// A referral with its form.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Referral {
    /// The referral.
    pub id: ReferralId,
    /// The form's title.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
    /// Questions and answers.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub fields: Vec<Field>,
    /// The template it follows.
    #[serde(default)]
    pub base_template_id: Option<FormId>,
    /// Who entered it.
    #[serde(default)]
    pub user: Option<UserReference>,
    /// Who referred the person.
    #[serde(default)]
    pub referrer: Option<UserReference>,
    /// The stage at that time.
    #[serde(default)]
    pub stage: Option<Reference<Stage>>,
    /// When made.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub created_at: Option<Millis>,
    /// When handed in.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub completed_at: Option<Millis>,
}

private_rows!(Referral);
