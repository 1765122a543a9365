//! Opportunities and their contacts (lever-api §3.1, §3.4).

use serde::{Deserialize, Serialize};

use super::account::{Stage, UserReference};
use super::application::Application;
use super::{
    Reference, null_as_default, private_rows, tolerant_list, tolerant_number, tolerant_object, tolerant_texts,
    tolerant_time,
};
use crate::text::{ArchiveReasonId, ContactId, Millis, OpportunityId, Private};

/// Whether only few may see something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Confidentiality {
    /// Everybody with the right to see the like.
    #[default]
    Open,
    /// Only those named in Lever.
    Confidential,
}

impl<'de> Deserialize<'de> for Confidentiality {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordVisitor;

        impl serde::de::Visitor<'_> for WordVisitor {
            type Value = Confidentiality;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a word")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Confidentiality::Open)
            }

            /// A word that is not known is taken for the careful one.
            fn visit_str<E>(self, word: &str) -> Result<Self::Value, E> {
                Ok(match word {
                    "non-confidential" => Confidentiality::Open,
                    _ => Confidentiality::Confidential,
                })
            }
        }

        deserializer.deserialize_any(WordVisitor)
    }
}

/// A phone number as typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// `mobile`, `home`, `work`, `skype`, `other`.
    #[serde(default, rename = "type", deserialize_with = "null_as_default")]
    pub kind: String,
    /// The number.
    #[serde(default, deserialize_with = "null_as_default")]
    pub value: String,
}

/// Why and when an opportunity was closed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Archived {
    /// The reason.
    #[serde(default)]
    pub reason: Option<ArchiveReasonId>,
    /// When.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub archived_at: Option<Millis>,
}

/// A move from one stage to the next.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StageChange {
    /// Where to.
    #[serde(default)]
    pub to_stage_id: Option<String>,
    /// The stage's place in the pipeline at that time, from 0.
    #[serde(default, deserialize_with = "tolerant_number")]
    pub to_stage_index: Option<i64>,
    /// When.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub updated_at: Option<Millis>,
    /// Who; missing on most old rows.
    #[serde(default)]
    pub user_id: Option<String>,
}

/// The place of a contact: an object on the contact, plain text on an opportunity.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// As on an opportunity.
    Text(String),
    /// As on a contact.
    Object {
        /// The place's name.
        name: Option<String>,
    },
}

/// A place as an object.
#[derive(Deserialize)]
struct NamedPlace {
    #[serde(default)]
    name: Option<String>,
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Reference::<NamedPlace>::deserialize(deserializer)? {
            Reference::Id(text) => Self::Text(text),
            Reference::Object(NamedPlace { name }) => Self::Object { name },
        })
    }
}

impl std::fmt::Debug for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Place").field(&Private).finish()
    }
}

impl Place {
    /// The place's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Object { name } => name.as_deref().unwrap_or_default(),
        }
    }
}

/// A person.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// The contact.
    pub id: ContactId,
    /// Name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// Headline.
    #[serde(default, deserialize_with = "null_as_default")]
    pub headline: String,
    /// Place.
    #[serde(default)]
    pub location: Option<Place>,
    /// Email addresses.
    #[serde(default, deserialize_with = "tolerant_texts")]
    pub emails: Vec<String>,
    /// Phone numbers.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub phones: Vec<Phone>,
    /// Whether the person's data was erased in Lever.
    #[serde(default, deserialize_with = "null_as_default")]
    pub is_anonymized: bool,
}

private_rows!(Contact, Opportunity);

/// Links to Lever's web app.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Urls {
    /// All candidates.
    #[serde(default)]
    pub list: Option<String>,
    /// The opportunity.
    #[serde(default)]
    pub show: Option<String>,
}

/// Whether a kind of use of a person's data is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Allowance {
    /// Whether it is.
    #[serde(default, deserialize_with = "null_as_default")]
    pub allowed: bool,
    /// Until when.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub expires_at: Option<Millis>,
}

/// What the organisation's policy allows with a person's data; absent where none applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct DataProtection {
    /// Keeping it.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub store: Option<Allowance>,
    /// Writing to the person.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub contact: Option<Allowance>,
}

/// One candidacy.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opportunity {
    /// The opportunity.
    pub id: OpportunityId,
    /// The person's name; blank in the replies of some writes (lever-api §4.3).
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// The person.
    pub contact: Option<Reference<Contact>>,
    /// The person's headline.
    #[serde(default, deserialize_with = "null_as_default")]
    pub headline: String,
    /// The stage.
    #[serde(default)]
    pub stage: Option<Reference<Stage>>,
    /// The person's place.
    #[serde(default)]
    pub location: Option<Place>,
    /// The person's phone numbers.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub phones: Vec<Phone>,
    /// The person's email addresses.
    #[serde(default, deserialize_with = "tolerant_texts")]
    pub emails: Vec<String>,
    /// The person's links.
    #[serde(default, deserialize_with = "tolerant_texts")]
    pub links: Vec<String>,
    /// Absent while active.
    #[serde(default)]
    pub archived: Option<Archived>,
    /// Tags.
    #[serde(default, deserialize_with = "tolerant_texts")]
    pub tags: Vec<String>,
    /// Sources.
    #[serde(default, deserialize_with = "tolerant_texts")]
    pub sources: Vec<String>,
    /// Oldest first.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub stage_changes: Vec<StageChange>,
    /// `applied`, `sourced` and so on.
    #[serde(default)]
    pub origin: Option<String>,
    /// Who sourced the person.
    #[serde(default)]
    pub sourced_by: Option<UserReference>,
    /// Owner.
    #[serde(default)]
    pub owner: Option<UserReference>,
    /// None or one.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub applications: Vec<Reference<Application>>,
    /// When made.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub created_at: Option<Millis>,
    /// Absent on rows older than the field.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub updated_at: Option<Millis>,
    /// Last interaction.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub last_interaction_at: Option<Millis>,
    /// When it entered its stage, or was first archived.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub last_advanced_at: Option<Millis>,
    /// Put aside until then.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub snoozed_until: Option<Millis>,
    /// Whether only few may see it.
    #[serde(default)]
    pub confidentiality: Confidentiality,
    /// Who is told of news.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub followers: Vec<UserReference>,
    /// What the organisation's policy allows with the person's data.
    #[serde(default, deserialize_with = "tolerant_object")]
    pub data_protection: Option<DataProtection>,
    /// The job's place, or `unspecified`; absent without an application, and in replies to writes.
    #[serde(default)]
    pub opportunity_location: Option<String>,
    /// Links to the web app.
    #[serde(default, deserialize_with = "null_as_default")]
    pub urls: Urls,
    /// Whether the person's data was erased in Lever.
    #[serde(default, deserialize_with = "null_as_default")]
    pub is_anonymized: bool,
}

impl Opportunity {
    /// The person's id.
    #[must_use]
    pub fn contact_id(&self) -> Option<ContactId> {
        self.contact.as_ref().map(|contact| ContactId(contact.id().to_owned()))
    }

    /// The jobs it applied to, as far as the reply was expanded.
    #[must_use]
    pub fn posting_ids(&self) -> Vec<&str> {
        self.applications
            .iter()
            .filter_map(|application| application.object())
            .filter_map(|application| application.posting.as_ref())
            .map(Reference::id)
            .collect()
    }

    /// Who made or sourced it, as far as the row tells.
    #[must_use]
    pub fn maker(&self) -> Option<&str> {
        self.sourced_by
            .as_ref()
            .map(Reference::id)
            .or_else(|| self.stage_changes.first().and_then(|change| change.user_id.as_deref()))
    }
}

/// An opportunity that was deleted.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletedOpportunity {
    /// The opportunity.
    pub id: OpportunityId,
    /// When.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub deleted_at: Option<Millis>,
    /// By whom.
    #[serde(default)]
    pub deleted_by: Option<UserReference>,
}

/// What happened to a file of an opportunity.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileAction {
    /// The event.
    pub id: String,
    /// `file-added`, `resume-imported`, `file-remove`.
    #[serde(default, rename = "type", deserialize_with = "null_as_default")]
    pub kind: String,
    /// When.
    #[serde(default, deserialize_with = "tolerant_time")]
    pub occurred_at: Option<Millis>,
    /// Who.
    #[serde(default)]
    pub user: Option<UserReference>,
}

private_rows!(DeletedOpportunity, FileAction);

/// The reply of a create: the row, and whether Lever linked it to a person it knew by email.
#[derive(Debug, Clone, Deserialize)]
pub struct Created {
    /// Whether the person was known.
    #[serde(default, deserialize_with = "null_as_default")]
    pub deduped: bool,
    /// The new row.
    pub data: Opportunity,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expanded_row_with_odd_values_is_read_all_the_same() {
        let row = r#"{"id":"o1","name":null,"contact":{"id":"c1","name":"Ines Kowalczyk","location":{"name":"Gdynia"},"emails":["ines.k@example.org"],"somethingNew":1},
            "stage":{"id":"lead-new","text":"New lead"},"location":null,"phones":[{"type":null,"value":"+48 555 010 203"},7],
            "applications":[{"id":"a1","posting":"p1","type":"user"}],"createdAt":"1790000000100","updatedAt":null,"archived":null,"urls":null}"#;
        let opportunity: Opportunity = serde_json::from_str(row).unwrap();
        assert_eq!(opportunity.contact_id(), Some(ContactId::from("c1")));
        assert_eq!(opportunity.posting_ids(), ["p1"]);
        assert_eq!(opportunity.created_at, Some(Millis(1_790_000_000_100)));
        assert_eq!(opportunity.updated_at, None);
        assert_eq!(opportunity.phones.len(), 1);
        assert_eq!(opportunity.stage.unwrap().id(), "lead-new");
    }

    #[test]
    fn a_row_with_bare_ids_is_read() {
        let row = r#"{"id":"o1","contact":"c1","stage":"offer","owner":"u1","applications":["a1"]}"#;
        let opportunity: Opportunity = serde_json::from_str(row).unwrap();
        assert_eq!(opportunity.owner.as_ref().map(Reference::id), Some("u1"));
        assert!(opportunity.posting_ids().is_empty());
    }
}
