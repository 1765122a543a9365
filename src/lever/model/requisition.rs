//! Requisitions: places to be filled (lever-api §3.17).

use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::account::UserReference;
use super::opportunity::Confidentiality;
use super::{Identified, null_as_default, tolerant_list, tolerant_number, tolerant_object, tolerant_time};
use crate::text::{Millis, PostingId, RequisitionId};

/// How many places there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Headcount {
    /// So many.
    Places(i64),
    /// As many as may come.
    Unlimited,
}

impl<'de> Deserialize<'de> for Headcount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct HeadcountVisitor;

        impl serde::de::Visitor<'_> for HeadcountVisitor {
            type Value = Headcount;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a number of places")
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Headcount::Places(number))
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
                whole(number.into_deserializer())
            }

            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Self::Value, E> {
                whole(number.into_deserializer())
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
                if text == "unlimited" {
                    return Ok(Headcount::Unlimited);
                }
                whole(text.into_deserializer())
            }
        }

        fn whole<'de, D: serde::Deserializer<'de>>(number: D) -> Result<Headcount, D::Error> {
            tolerant_number(number)?
                .map(Headcount::Places)
                .ok_or_else(|| serde::de::Error::custom("no number of places"))
        }

        deserializer.deserialize_any(HeadcountVisitor)
    }
}

/// What the places pay.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CompensationBand {
    /// At least.
    #[serde(default)]
    pub min: Option<f64>,
    /// At most.
    #[serde(default)]
    pub max: Option<f64>,
    /// ISO 4217.
    #[serde(default, deserialize_with = "null_as_default")]
    pub currency: String,
    /// `per-year-salary` and so on.
    #[serde(default, deserialize_with = "null_as_default")]
    pub interval: String,
}

/// A requisition.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requisition {
    /// The requisition.
    pub id: RequisitionId,
    /// The organisation's own code.
    #[serde(default, deserialize_with = "null_as_default")]
    pub requisition_code: String,
    /// Its name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// `open`, `onHold`, `closed`, `draft`, `pending`, `rejected`.
    #[serde(default, deserialize_with = "null_as_default")]
    pub status: String,
    /// Whether only few may see it.
    #[serde(default)]
    pub confidentiality: Confidentiality,
    /// Places in all.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub headcount_total: Option<Headcount>,
    /// Places filled.
    #[serde(default, deserialize_with = "tolerant_number")]
    pub headcount_hired: Option<i64>,
    /// Who made it.
    #[serde(default)]
    pub creator: Option<UserReference>,
    /// Owner.
    #[serde(default)]
    pub owner: Option<UserReference>,
    /// Hiring manager.
    #[serde(default)]
    pub hiring_manager: Option<UserReference>,
    /// What it pays.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub compensation_band: Option<CompensationBand>,
    /// `full-time`, `contractor` and so on.
    #[serde(default)]
    pub employment_status: Option<String>,
    /// Place.
    #[serde(default)]
    pub location: Option<String>,
    /// Team.
    #[serde(default)]
    pub team: Option<String>,
    /// Department.
    #[serde(default)]
    pub department: Option<String>,
    /// Its jobs.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub postings: Vec<PostingId>,
    /// When made.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub created_at: Option<Millis>,
    /// Last change.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub updated_at: Option<Millis>,
    /// When closed.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub closed_at: Option<Millis>,
}

impl Identified for Requisition {
    fn identifier(&self) -> &str {
        self.id.as_str()
    }
}
