//! Fields of forms: their types, what each takes for a value, and forms filled in about an opportunity
//! (lever-api §3.13–§3.15).

use serde_json::{Map, Value, json};

use super::company::Company;
use super::{Reference, time_or_null};
use crate::clock::Timestamp;
use crate::ids::{StageNumber, UserNumber};

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// One line.
    Text,
    /// Several lines.
    Textarea,
    /// A program.
    Code,
    /// An amount of money.
    Currency,
    /// A day.
    Date,
    /// One option of a list that folds out.
    Dropdown,
    /// One option.
    MultipleChoice,
    /// Several options.
    MultipleSelect,
    /// One of the four verdicts.
    ScoreSystem,
    /// 1 to 4.
    Score,
    /// A score and a comment for each of several skills.
    Scorecard,
    /// Yes or no.
    YesNo,
    /// A university.
    University,
    /// A file.
    FileUpload,
}

const FIELD_TYPES: [(FieldType, &str); 14] = [
    (FieldType::Text, "text"),
    (FieldType::Textarea, "textarea"),
    (FieldType::Code, "code"),
    (FieldType::Currency, "currency"),
    (FieldType::Date, "date"),
    (FieldType::Dropdown, "dropdown"),
    (FieldType::MultipleChoice, "multiple-choice"),
    (FieldType::MultipleSelect, "multiple-select"),
    (FieldType::ScoreSystem, "score-system"),
    (FieldType::Score, "score"),
    (FieldType::Scorecard, "scorecard"),
    (FieldType::YesNo, "yes-no"),
    (FieldType::University, "university"),
    (FieldType::FileUpload, "file-upload"),
];

/// Types a feedback template may have.
pub const FEEDBACK_TYPES: &[FieldType] = &[
    FieldType::Code,
    FieldType::Date,
    FieldType::Dropdown,
    FieldType::MultipleChoice,
    FieldType::MultipleSelect,
    FieldType::ScoreSystem,
    FieldType::Score,
    FieldType::Scorecard,
    FieldType::Text,
    FieldType::Textarea,
    FieldType::YesNo,
];

/// Types a template of a profile form may have.
pub const PROFILE_FORM_TYPES: &[FieldType] = &[
    FieldType::Currency,
    FieldType::Date,
    FieldType::Dropdown,
    FieldType::MultipleChoice,
    FieldType::MultipleSelect,
    FieldType::Text,
    FieldType::Textarea,
    FieldType::YesNo,
];

/// The four verdicts, the best first.
pub const VERDICTS: [&str; 4] = ["4 - Strong Hire", "3 - Hire", "2 - No Hire", "1 - Strong No Hire"];

impl FieldType {
    /// Lever's word.
    #[must_use]
    pub fn word(self) -> &'static str {
        FIELD_TYPES
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("text", |(_, word)| word)
    }

    /// Reads Lever's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        FIELD_TYPES
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(kind, _)| *kind)
    }

    /// Whether fields of this type are answered out of options.
    #[must_use]
    pub const fn has_options(self) -> bool {
        matches!(
            self,
            Self::Dropdown | Self::MultipleChoice | Self::MultipleSelect | Self::ScoreSystem
        )
    }
}

/// Whether a field must be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// A form without it is refused.
    Required,
    /// Null will do.
    Optional,
}

/// One of the answers offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldOption {
    /// UUID text. Options of templates made by API have none (recorded).
    pub id: Option<String>,
    /// What it says.
    pub text: String,
}

impl FieldOption {
    fn json(&self) -> Value {
        match &self.id {
            None => json!({ "text": self.text }),
            Some(id) => json!({ "text": self.text, "optionId": id }),
        }
    }
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// UUID text.
    pub id: String,
    /// What it asks for.
    pub kind: FieldType,
    /// The question.
    pub text: String,
    /// More about it.
    pub description: String,
    /// Whether it must be answered.
    pub demand: Demand,
    /// What stands in an empty dropdown.
    pub prompt: Option<String>,
    /// Answers offered.
    pub options: Vec<FieldOption>,
    /// What only this type has: `language`, `currency`, `scores`.
    pub extra: Map<String, Value>,
}

/// Whether the answers offered are shown: some replies leave them out (lever-api §3.14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionsShown {
    /// With them.
    Yes,
    /// Without.
    No,
}

impl Field {
    /// Whether this is an answer to it; null is one to a field that need not be answered.
    #[must_use]
    pub fn takes(&self, value: &Value) -> bool {
        let offered = |value: &Value| {
            let text = value.as_str();
            self.options.iter().any(|option| Some(option.text.as_str()) == text)
        };
        let score = |value: &Value| value.is_null() || value.as_u64().is_some_and(|score| (1..=4).contains(&score));
        if value.is_null() {
            return self.demand == Demand::Optional;
        }
        match self.kind {
            FieldType::Text | FieldType::Textarea | FieldType::Code | FieldType::University => value.is_string(),
            FieldType::Currency => value.is_number(),
            FieldType::Date => value.is_i64(),
            FieldType::Dropdown | FieldType::MultipleChoice | FieldType::ScoreSystem => offered(value),
            FieldType::MultipleSelect => value.as_array().is_some_and(|values| values.iter().all(offered)),
            FieldType::Score => score(value),
            FieldType::Scorecard => value.as_array().is_some_and(|values| {
                values
                    .iter()
                    .all(|value| value.is_object() && value.get("score").is_none_or(score))
            }),
            FieldType::YesNo => matches!(value.as_str(), Some("yes" | "no")),
            FieldType::FileUpload => value.is_object() || value.is_string(),
        }
    }

    /// As a template shows it: in the recorded key order, without a value.
    #[must_use]
    pub fn json(&self, options: OptionsShown) -> Map<String, Value> {
        let mut shown = Map::with_capacity(9);
        shown.insert("description".into(), json!(self.description));
        shown.insert("required".into(), json!(self.demand == Demand::Required));
        shown.insert("text".into(), json!(self.text));
        shown.insert("type".into(), json!(self.kind.word()));
        shown.insert("id".into(), json!(self.id));
        if let Some(prompt) = &self.prompt {
            shown.insert("prompt".into(), json!(prompt));
        }
        if self.kind.has_options() && options == OptionsShown::Yes {
            let options = self.options.iter().map(FieldOption::json).collect();
            shown.insert("options".into(), options);
        }
        shown.extend(self.extra.clone());
        shown
    }
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The question as it was then.
    pub field: Field,
    /// The answer, null if there is none.
    pub value: Value,
}

impl Answered {
    /// As a filled-in form shows it.
    #[must_use]
    pub fn json(&self, options: OptionsShown) -> Value {
        let mut shown = self.field.json(options);
        shown.insert("value".into(), self.value.clone());
        Value::Object(shown)
    }

    /// As the reply to an update of feedback shows it (lever-api §3.13): Lever's own inner form, which begins with the
    /// type and has the three keys about the summary at the verdict alone (recorded).
    fn raw_json(&self) -> Value {
        let overall = self.field.kind == FieldType::ScoreSystem;
        let kind = if overall { "score" } else { self.field.kind.word() };
        let mut rest = self.field.json(OptionsShown::Yes);
        let mut shown = Map::with_capacity(11);
        shown.insert("type".into(), json!(kind));
        rest.shift_remove("type");
        for name in ["text", "description", "required", "id"] {
            shown.insert(name.into(), rest.shift_remove(name).unwrap_or(Value::Null));
        }
        shown.extend(rest);
        if overall {
            shown.insert("isSummary".into(), json!(true));
            shown.insert("summaryText".into(), json!(""));
            shown.insert("overall".into(), json!(true));
        }
        shown.insert("value".into(), self.value.clone());
        Value::Object(shown)
    }
}

/// What feedback is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedbackSubject {
    /// An interview of a panel.
    Interview {
        /// Id of the panel.
        panel: String,
        /// Id of the interview.
        interview: String,
    },
    /// The person, without an interview. Lever calls its type `interview` all the same (recorded).
    Person,
}

/// Feedback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// UUID text.
    pub id: String,
    /// What it is about.
    pub subject: FeedbackSubject,
    /// The template's text.
    pub text: String,
    /// The template's instructions.
    pub instructions: String,
    /// Questions and answers.
    pub fields: Vec<Answered>,
    /// Id of the template.
    pub base_template: String,
    /// Who gave it.
    pub user: Option<UserNumber>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was finished.
    pub completed_at: Option<Timestamp>,
    /// When it was changed.
    pub updated_at: Option<Timestamp>,
    /// When it was deleted: it can still be read.
    pub deleted_at: Option<Timestamp>,
}

fn user_json(company: &Company, user: Option<UserNumber>) -> Value {
    user.map_or(Value::Null, |number| company.user_json(number, Reference::Id))
}

impl Feedback {
    fn subject_json(&self) -> (&'static str, Value, Value) {
        match &self.subject {
            FeedbackSubject::Interview { panel, interview } => ("interview", json!(interview), json!(panel)),
            FeedbackSubject::Person => ("interview", Value::Null, Value::Null),
        }
    }

    /// As `GET …/feedback/:feedback` shows it.
    #[must_use]
    pub fn json(&self, company: &Company) -> Value {
        let (kind, interview, panel) = self.subject_json();
        let fields: Vec<Value> = self.fields.iter().map(|field| field.json(OptionsShown::Yes)).collect();
        json!({
            "id": self.id,
            "type": kind,
            "text": self.text,
            "instructions": self.instructions,
            "fields": fields,
            "baseTemplateId": self.base_template,
            "interview": interview,
            "panel": panel,
            "user": user_json(company, self.user),
            "createdAt": self.created_at,
            "completedAt": time_or_null(self.completed_at),
            "updatedAt": time_or_null(self.updated_at),
            "deletedAt": time_or_null(self.deleted_at),
        })
    }

    /// As `PUT …/feedback/:feedback` answers: another shape, Lever's inner one (recorded).
    #[must_use]
    pub fn raw_json(&self, company: &Company, account: &str, opportunity: &str) -> Value {
        let (kind, _, _) = self.subject_json();
        let fields: Vec<Value> = self.fields.iter().map(Answered::raw_json).collect();
        json!({
            "accountId": account,
            "createdAt": self.created_at,
            "userId": user_json(company, self.user),
            "profileId": opportunity,
            "baseTemplateId": self.base_template,
            "text": self.text,
            "instructions": self.instructions,
            "type": kind,
            "fields": fields,
            "completedAt": time_or_null(self.completed_at),
            "updatedAt": time_or_null(self.updated_at),
            "id": self.id,
        })
    }
}

/// A profile form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileForm {
    /// UUID text.
    pub id: String,
    /// The template's text.
    pub text: String,
    /// The template's instructions.
    pub instructions: String,
    /// Id of the template.
    pub base_template: String,
    /// Questions and answers.
    pub fields: Vec<Answered>,
    /// Who filled it in; `None` without `perform_as`.
    pub user: Option<UserNumber>,
    /// The opportunity's stage at that time.
    pub stage: StageNumber,
    /// When.
    pub created_at: Timestamp,
}

impl ProfileForm {
    /// As `GET …/forms/:form` shows it.
    #[must_use]
    pub fn json(&self, company: &Company) -> Value {
        let fields: Vec<Value> = self.fields.iter().map(|field| field.json(OptionsShown::Yes)).collect();
        json!({
            "id": self.id,
            "type": "form",
            "text": self.text,
            "instructions": self.instructions,
            "baseTemplateId": self.base_template,
            "fields": fields,
            "user": user_json(company, self.user),
            "stage": company.stage_id(self.stage),
            "createdAt": self.created_at,
            "completedAt": self.created_at,
            "deletedAt": null,
        })
    }
}

/// Title of the form that referrals are made with, and what it says.
const REFERRAL_TEXT: &str = "Referral";
const REFERRAL_INSTRUCTIONS: &str = "How do you know each other?";

/// A referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// UUID text.
    pub id: String,
    /// Id of the form it was made with.
    pub base_template: String,
    /// Questions and answers.
    pub fields: Vec<Answered>,
    /// Who entered it.
    pub user: Option<UserNumber>,
    /// Who referred.
    pub referrer: Option<UserNumber>,
    /// When.
    pub created_at: Timestamp,
}

impl Referral {
    /// As its application's `customQuestions` show it: there with options, and unfinished (AIR).
    #[must_use]
    pub fn question_json(&self, company: &Company) -> Value {
        let fields: Vec<Value> = self.fields.iter().map(|field| field.json(OptionsShown::Yes)).collect();
        json!({
            "type": "referral",
            "text": REFERRAL_TEXT,
            "user": user_json(company, self.user),
            "description": REFERRAL_INSTRUCTIONS,
            "fields": fields,
            "baseTemplateId": self.base_template,
            "stage": null,
            "createdAt": self.created_at,
            "completedAt": null,
        })
    }

    /// As `GET …/referrals/:referral` shows it: dropdowns without their options, no stage, finished when begun (AIR).
    #[must_use]
    pub fn json(&self, company: &Company) -> Value {
        let fields: Vec<Value> = self.fields.iter().map(|field| field.json(OptionsShown::No)).collect();
        json!({
            "id": self.id,
            "type": "referral",
            "text": REFERRAL_TEXT,
            "instructions": REFERRAL_INSTRUCTIONS,
            "fields": fields,
            "baseTemplateId": self.base_template,
            "user": user_json(company, self.user),
            "referrer": user_json(company, self.referrer),
            "stage": null,
            "createdAt": self.created_at,
            "completedAt": self.created_at,
        })
    }
}
