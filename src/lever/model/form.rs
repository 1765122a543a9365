//! Forms and their fields, wherever they occur: feedback, referrals, a job's questions (lever-api §3.13–3.15).

use serde::{Deserialize, Serialize};

use super::{null_as_default, tolerant_list};
use crate::text::Private;

/// A form, a template or a set of questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormId(pub String);

/// One of a field's options.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FieldOption {
    /// What is chosen.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
}

/// A field with its answer.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Field {
    /// The field; absent in notes.
    #[serde(default)]
    pub id: Option<String>,
    /// `text`, `textarea`, `dropdown`, `score-system`, `scorecard`, `yes-no` and so on.
    #[serde(default, rename = "type", deserialize_with = "null_as_default")]
    pub kind: String,
    /// The question.
    #[serde(default, deserialize_with = "null_as_default")]
    pub text: String,
    /// Its explanation.
    #[serde(default)]
    pub description: Option<String>,
    /// Whether it has to be answered.
    #[serde(default, deserialize_with = "null_as_default")]
    pub required: bool,
    /// What can be chosen.
    #[serde(default, deserialize_with = "tolerant_list")]
    pub options: Vec<FieldOption>,
    /// The answer, of a kind that follows from the field's: text, number, list, file.
    #[serde(default)]
    pub value: serde_json::Value,
}

impl std::fmt::Debug for Field {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Field")
            .field("kind", &self.kind)
            .field("rest", &Private)
            .finish_non_exhaustive()
    }
}
