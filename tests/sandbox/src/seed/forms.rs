//! The account's seeded templates: for feedback, for profile forms, and the questions of a referral.

use serde_json::{Map, Value, json};

use crate::clock::{DAY_MS, Timestamp};
use crate::ids::{IdScheme, Kind};
use crate::model::form::{Demand, Field, FieldOption, FieldType, VERDICTS};
use crate::model::note::Secrecy;
use crate::model::template::{Group, NO_FEEDBACK, Template};
use crate::seed::draw::Draw;

/// Type, question, whether it must be answered, answers offered.
type Question = (FieldType, &'static str, Demand, &'static [&'static str]);

const PHONE_SCREEN: &[Question] = &[
    (FieldType::ScoreSystem, "Verdict", Demand::Required, &VERDICTS),
    (FieldType::Textarea, "What did you talk about?", Demand::Required, &[]),
    (FieldType::YesNo, "Did they ask questions?", Demand::Optional, &[]),
];

const ONSITE: &[Question] = &[
    (FieldType::ScoreSystem, "Verdict", Demand::Required, &VERDICTS),
    (
        FieldType::MultipleSelect,
        "Strengths",
        Demand::Optional,
        &["Systems", "Code", "Writing", "People"],
    ),
    (FieldType::Scorecard, "Skills", Demand::Optional, &[]),
    (FieldType::Code, "What they wrote", Demand::Optional, &[]),
    (FieldType::Textarea, "Notes", Demand::Optional, &[]),
];

const REFERENCE_CHECK: &[Question] = &[
    (FieldType::Text, "Who was asked?", Demand::Required, &[]),
    (
        FieldType::Dropdown,
        "How did they work together?",
        Demand::Required,
        &["Manager", "Colleague", "Report"],
    ),
    (FieldType::YesNo, "Would they again?", Demand::Optional, &[]),
    (FieldType::Date, "When?", Demand::Optional, &[]),
];

const EXPECTATIONS: &[Question] = &[
    (FieldType::Currency, "Salary expected", Demand::Optional, &[]),
    (
        FieldType::MultipleChoice,
        "Working time",
        Demand::Required,
        &["Full-time", "Part-time"],
    ),
];

const REFERRAL: &[Question] = &[
    (
        FieldType::Dropdown,
        "How do you know each other?",
        Demand::Required,
        &["Worked together", "Studied together", "Friends"],
    ),
    (
        FieldType::Textarea,
        "Why would you recommend them?",
        Demand::Optional,
        &[],
    ),
];

const SURVEY: &[Question] = &[
    (
        FieldType::MultipleChoice,
        "How old are you?",
        Demand::Optional,
        &["Under 30", "30 to 49", "50 or over", "I would rather not say"],
    ),
    (FieldType::Text, "How do you describe yourself?", Demand::Optional, &[]),
];

/// Answers to choose from.
pub const GENDERS: &[&str] = &["Female", "Male", "Decline to self-identify"];
/// Answers to choose from.
pub const RACES: &[&str] = &[
    "Asian",
    "Black or African American",
    "Hispanic or Latino",
    "Two or More Races",
    "White",
    "Decline to self-identify",
];
/// Answers to choose from.
pub const VETERANS: &[&str] = &["I am not a protected veteran", "Decline to self-identify"];
/// Answers to choose from.
pub const DISABILITIES: &[&str] = &["No", "Yes", "Decline to self-identify"];

/// Under the names that an application answers them by.
const EEO: [(&str, Question); 4] = [
    (
        "gender",
        (FieldType::MultipleChoice, "Gender", Demand::Optional, GENDERS),
    ),
    ("race", (FieldType::MultipleChoice, "Race", Demand::Optional, RACES)),
    (
        "veteran",
        (FieldType::MultipleChoice, "Veteran status", Demand::Optional, VETERANS),
    ),
    (
        "disability",
        (
            FieldType::MultipleChoice,
            "Disability status",
            Demand::Optional,
            DISABILITIES,
        ),
    ),
];

/// Numbers of the forms, which keep the ids of their fields apart.
const PHONE_SCREEN_NUMBER: u32 = 1;
const ONSITE_NUMBER: u32 = 2;
const REFERENCE_CHECK_NUMBER: u32 = 3;
const EXPECTATIONS_NUMBER: u32 = 4;
const REFERRAL_NUMBER: u32 = 5;
const SURVEY_NUMBER: u32 = 6;
const EEO_NUMBER: u32 = 7;

fn fields(ids: IdScheme, form: u32, questions: &[Question]) -> Vec<Field> {
    (0_u32..)
        .zip(questions)
        .map(|(place, (kind, text, demand, options))| {
            // Sixteen numbers for a form, sixteen for the options of each of its fields.
            let number = (form * 16 + place) * 16;
            let id = |number| ids.make(Kind::FormField, number).to_string();
            Field {
                id: id(number),
                kind: *kind,
                text: (*text).to_owned(),
                description: String::new(),
                demand: *demand,
                prompt: matches!(kind, FieldType::Dropdown | FieldType::ScoreSystem).then(|| "Select one".to_owned()),
                options: (1..)
                    .zip(*options)
                    .map(|(place, text)| FieldOption {
                        id: Some(id(number + place)),
                        text: (*text).to_owned(),
                    })
                    .collect(),
                extra: extra(*kind),
            }
        })
        .collect()
}

fn extra(kind: FieldType) -> Map<String, Value> {
    let mut extra = Map::new();
    match kind {
        FieldType::Code => extra.insert("language".to_owned(), json!("rust")),
        FieldType::Currency => extra.insert("currency".to_owned(), json!("EUR")),
        FieldType::Scorecard => extra.insert(
            "scores".to_owned(),
            json!([{ "text": "Design", "description": "" }, { "text": "Debugging", "description": "" }]),
        ),
        _ => None,
    };
    extra
}

/// The id of the template that feedback on an interview is asked with.
#[must_use]
pub fn interview_template(ids: IdScheme, pipeline: &str) -> String {
    let number = if pipeline == "onsite" {
        ONSITE_NUMBER
    } else {
        PHONE_SCREEN_NUMBER
    };
    ids.make(Kind::FeedbackTemplate, number).to_string()
}

/// Feedback templates, the built-in one first.
#[must_use]
pub fn feedback_templates(ids: IdScheme, anchor: Timestamp) -> Vec<Template> {
    let group = Group {
        id: ids.make(Kind::Group, 1).to_string(),
        name: "Engineering".to_owned(),
    };
    let template = |number: u32, text: &str, questions: &[Question], group: Option<Group>| Template {
        id: ids.make(Kind::FeedbackTemplate, number).to_string(),
        text: text.to_owned(),
        instructions: "Before you read what others wrote.".to_owned(),
        group,
        fields: fields(ids, number, questions),
        created_at: anchor.plus(-900 * DAY_MS),
        updated_at: Some(anchor.plus(-90 * DAY_MS)),
        stage: None,
        secrecy: Secrecy::Open,
    };
    vec![
        Template {
            id: NO_FEEDBACK.to_owned(),
            instructions: String::new(),
            updated_at: None,
            ..template(0, "No feedback form", &[], None)
        },
        template(PHONE_SCREEN_NUMBER, "Phone screen", PHONE_SCREEN, None),
        template(ONSITE_NUMBER, "Onsite interview", ONSITE, Some(group)),
    ]
}

/// Templates of profile forms.
#[must_use]
pub fn form_templates(ids: IdScheme, anchor: Timestamp) -> Vec<Template> {
    let template = |number: u32, text: &str, questions: &[Question], secrecy: Secrecy| Template {
        id: ids.make(Kind::FormTemplate, number).to_string(),
        text: text.to_owned(),
        instructions: String::new(),
        group: None,
        fields: fields(ids, number, questions),
        created_at: anchor.plus(-800 * DAY_MS),
        updated_at: Some(anchor.plus(-80 * DAY_MS)),
        stage: None,
        secrecy,
    };
    vec![
        template(
            REFERENCE_CHECK_NUMBER,
            "Reference check",
            REFERENCE_CHECK,
            Secrecy::Open,
        ),
        template(EXPECTATIONS_NUMBER, "Expectations", EXPECTATIONS, Secrecy::Secret),
    ]
}

/// Id and questions of the form that referrals are made with.
#[must_use]
pub fn referral_form(ids: IdScheme) -> (String, Vec<Field>) {
    (
        ids.make(Kind::FormTemplate, REFERRAL_NUMBER).to_string(),
        fields(ids, REFERRAL_NUMBER, REFERRAL),
    )
}

/// Questions of a diversity survey.
#[must_use]
pub fn survey_fields(ids: IdScheme) -> Vec<Field> {
    fields(ids, SURVEY_NUMBER, SURVEY)
}

/// The questions for equal opportunity.
#[must_use]
pub fn eeo_fields(ids: IdScheme) -> Vec<(&'static str, Field)> {
    let questions = EEO.map(|(_, question)| question);
    EEO.iter()
        .map(|(name, _)| *name)
        .zip(fields(ids, EEO_NUMBER, &questions))
        .collect()
}

/// An answer that somebody could have given.
#[must_use]
pub fn drawn_answer(field: &Field, draw: &mut Draw, at: Timestamp) -> Value {
    if field.demand == Demand::Optional && draw.chance(0.3) {
        return Value::Null;
    }
    let option = draw
        .pick(&field.options)
        .map_or(Value::Null, |option| json!(option.text));
    match field.kind {
        FieldType::Text | FieldType::Textarea | FieldType::University => {
            json!(draw.text(&[
                "Calm and clear.",
                "We lost track of time.",
                "Short answers, good questions."
            ]))
        }
        FieldType::Code => json!("fn main() {}"),
        FieldType::Currency => json!(50_000 + 1_000 * draw.below(60)),
        FieldType::Date => json!(at),
        FieldType::Dropdown | FieldType::MultipleChoice | FieldType::ScoreSystem => option,
        FieldType::MultipleSelect => json!([option]),
        FieldType::Score => json!(1 + draw.below(4)),
        FieldType::Scorecard => {
            let mut score = || json!({ "score": 1 + draw.below(4), "comment": "" });
            json!([score(), score()])
        }
        FieldType::YesNo => json!(draw.text(&["yes", "no"])),
        FieldType::FileUpload => Value::Null,
    }
}
