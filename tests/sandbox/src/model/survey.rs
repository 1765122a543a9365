//! Diversity surveys: which questions an applicant to a posting is asked (lever-api §3.18).

use serde_json::{Map, Value, json};

use super::form::{Field, OptionsShown};
use crate::clock::Timestamp;

/// For whom a survey is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SurveyPlace {
    /// People who live in one of these countries (ISO-3166 alpha-2).
    Countries(Vec<String>),
    /// People who apply for one of these locations of the posting.
    Locations(Vec<String>),
}

/// A survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// UUID text.
    pub id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed.
    pub updated_at: Timestamp,
    /// For whom.
    pub place: SurveyPlace,
    /// Its questions.
    pub fields: Vec<Field>,
}

impl Survey {
    /// As `GET /surveys/diversity/:posting` shows it.
    #[must_use]
    pub fn json(&self) -> Value {
        let fields: Vec<Value> = self
            .fields
            .iter()
            .map(|field| Value::Object(field.json(OptionsShown::Yes)))
            .collect();
        let mut shown = Map::new();
        shown.insert("id".into(), json!(self.id));
        shown.insert("createdAt".into(), json!(self.created_at));
        shown.insert("updatedAt".into(), json!(self.updated_at));
        shown.insert("text".into(), json!("Diversity survey"));
        match &self.place {
            SurveyPlace::Countries(countries) => {
                shown.insert("candidateLocations".into(), json!({ "countryCodes": countries }));
            }
            SurveyPlace::Locations(locations) => {
                shown.insert("postingLocations".into(), json!(locations));
            }
        }
        shown.insert("instructions".into(), json!("Answering is up to you."));
        shown.insert("fields".into(), Value::Array(fields));
        Value::Object(shown)
    }
}
