//! What applicants to seeded postings are asked (lever-api §3.11, §3.15): about one posting in four has a set of
//! questions, some of those a second one that only colleagues see.

use serde_json::{Value, json};

use crate::ids::{IdScheme, Kind, PostingNumber};

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Applicants on the job site.
    External,
    /// Colleagues on the internal site.
    Internal,
}

impl Audience {
    /// Reads Lever's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::External, Self::Internal]
            .into_iter()
            .find(|audience| audience.word() == word)
    }

    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::External => "external",
            Self::Internal => "internal",
        }
    }
}

/// Whether an answer must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// It must.
    Required,
    /// It may be left out.
    Optional,
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// `dropdown`, `file-upload`, `textarea` or `text`.
    pub kind: &'static str,
    /// The question.
    pub text: &'static str,
    /// Whether it must be answered.
    pub demand: Demand,
    /// Answers to choose from; only a dropdown has them.
    pub options: &'static [&'static str],
}

/// Questions that are asked together.
#[derive(Debug, Clone)]
pub struct QuestionSet {
    /// UUID text.
    pub id: String,
    /// Title.
    pub text: &'static str,
    /// The questions with their ids (UUID text), in the order in which answers must come.
    pub questions: Vec<(String, Question)>,
    /// Who is asked.
    pub audience: Audience,
}

/// The type of a question that is answered with the address of an upload.
pub const FILE_UPLOAD: &str = "file-upload";

/// Questions a set has at most.
const QUESTIONS_MAX: u32 = 4;

const FOR_APPLICANTS: &[Question] = &[
    Question {
        kind: "dropdown",
        text: "When could you start?",
        demand: Demand::Required,
        options: &["At once", "In one month", "In three months"],
    },
    Question {
        kind: "textarea",
        text: "What made you look at this job?",
        demand: Demand::Optional,
        options: &[],
    },
    Question {
        kind: FILE_UPLOAD,
        text: "Something you made",
        demand: Demand::Optional,
        options: &[],
    },
];

const FOR_COLLEAGUES: &[Question] = &[Question {
    kind: "text",
    text: "Which team are you in?",
    demand: Demand::Required,
    options: &[],
}];

/// The questions of a seeded posting.
#[must_use]
pub fn of_posting(number: PostingNumber, ids: IdScheme) -> Vec<QuestionSet> {
    let set = |place: u32, text, questions: &[Question], audience| {
        let set = number.0.saturating_mul(2).saturating_add(place);
        let first = set.saturating_mul(QUESTIONS_MAX);
        QuestionSet {
            id: ids.make(Kind::QuestionSet, set).to_string(),
            text,
            questions: (first..)
                .zip(questions)
                .map(|(number, question)| (ids.make(Kind::Question, number).to_string(), *question))
                .collect(),
            audience,
        }
    };
    let mut sets = Vec::new();
    if number.0 % 4 == 1 {
        sets.push(set(0, "A few questions", FOR_APPLICANTS, Audience::External));
    }
    if number.0 % 8 == 1 {
        sets.push(set(1, "For colleagues", FOR_COLLEAGUES, Audience::Internal));
    }
    sets
}

impl QuestionSet {
    /// As the form of a posting shows it.
    #[must_use]
    pub fn json(&self) -> Value {
        let fields: Vec<Value> = self
            .questions
            .iter()
            .map(|(id, question)| question.json(id, &Value::Null))
            .collect();
        json!({ "id": self.id, "text": self.text, "fields": fields, "distribution": [self.audience.word()] })
    }
}

impl Question {
    /// As a form shows it, with its value; keys and order as recorded. `id` is the one it has in its set.
    #[must_use]
    pub fn json(&self, id: &str, value: &Value) -> Value {
        let mut shown = json!({
            "description": "",
            "required": self.demand == Demand::Required,
            "text": self.text,
            "type": self.kind,
            "id": id,
        });
        if let Some(fields) = shown.as_object_mut() {
            if !self.options.is_empty() {
                let options = self.options.iter().map(|text| json!({ "text": text })).collect();
                fields.insert("prompt".to_owned(), json!("Select one"));
                fields.insert("options".to_owned(), options);
            }
            fields.insert("value".to_owned(), value.clone());
        }
        shown
    }
}
