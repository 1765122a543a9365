//! Templates that feedback and profile forms are made from (lever-api §3.13, §3.14).

use serde_json::{Map, Value, json};

use super::company::Company;
use super::form::{Field, OptionsShown};
use super::note::Secrecy;
use super::time_or_null;
use crate::clock::Timestamp;
use crate::ids::StageNumber;

/// The id of the built-in template that asks for nothing.
pub const NO_FEEDBACK: &str = "no-feedback";

/// A group that templates are sorted into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// UUID text.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl Group {
    fn json(&self) -> Value {
        json!({ "id": self.id, "name": self.name })
    }
}

/// A template of either kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// UUID text, or [`NO_FEEDBACK`].
    pub id: String,
    /// Its name.
    pub text: String,
    /// What to do with it.
    pub instructions: String,
    /// Where it is sorted into.
    pub group: Option<Group>,
    /// Its questions.
    pub fields: Vec<Field>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed, where that is known.
    pub updated_at: Option<Timestamp>,
    /// The stage it is meant for; feedback only.
    pub stage: Option<StageNumber>,
    /// Who sees forms made from it when nobody says; profile forms only.
    pub secrecy: Secrecy,
}

impl Template {
    fn fields_json(&self) -> Vec<Value> {
        let field = |field: &Field| Value::Object(field.json(OptionsShown::Yes));
        self.fields.iter().map(field).collect()
    }

    fn group_json(&self) -> Value {
        self.group.as_ref().map_or(Value::Null, Group::json)
    }

    /// As `GET /feedback_templates/:template` shows it.
    #[must_use]
    pub fn feedback_json(&self, company: &Company) -> Map<String, Value> {
        let mut shown = Map::with_capacity(8);
        shown.insert("id".into(), json!(self.id));
        shown.insert("text".into(), json!(self.text));
        shown.insert("group".into(), self.group_json());
        shown.insert("instructions".into(), json!(self.instructions));
        shown.insert("fields".into(), Value::Array(self.fields_json()));
        shown.insert("createdAt".into(), json!(self.created_at));
        let stage = self.stage.map(|stage| company.stage_id(stage));
        shown.insert("stage".into(), json!(stage));
        shown.insert("updatedAt".into(), time_or_null(self.updated_at));
        shown
    }

    /// As `GET /form_templates/:template` shows it.
    #[must_use]
    pub fn form_json(&self) -> Map<String, Value> {
        let mut shown = Map::with_capacity(8);
        shown.insert("id".into(), json!(self.id));
        shown.insert("text".into(), json!(self.text));
        shown.insert("group".into(), self.group_json());
        shown.insert("instructions".into(), json!(self.instructions));
        shown.insert("secretByDefault".into(), json!(self.secrecy == Secrecy::Secret));
        shown.insert("fields".into(), Value::Array(self.fields_json()));
        shown.insert("createdAt".into(), json!(self.created_at));
        shown.insert("updatedAt".into(), time_or_null(self.updated_at));
        shown
    }
}
