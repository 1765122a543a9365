//! Answers to the questions for equal opportunity, with and without the person (lever-api §3.18).
//!
//! What some fields hold (ids or names) was never recorded: without the person they are the words of a report, with the
//! person ids, as everywhere else.

use serde_json::{Map, Value, json};

use super::company::Company;
use super::opportunity::Opportunity;
use super::time_or_null;
use crate::clock::Timestamp;
use crate::ids::UserNumber;
use crate::model::Reference;
use crate::model::archive_reason::Outcome;

/// The answers of one applicant; each may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EeoAnswers {
    /// UUID text.
    pub id: String,
    /// As chosen.
    pub gender: Option<String>,
    /// As chosen.
    pub race: Option<String>,
    /// As chosen.
    pub veteran: Option<String>,
    /// As chosen.
    pub disability: Option<String>,
    /// When the answer about disability was signed; `None`: with the application.
    pub disability_signed_at: Option<Timestamp>,
}

/// What rows of both lists have.
#[derive(Debug, Clone, Copy)]
pub struct EeoRow<'a> {
    /// The account's tables.
    pub company: &'a Company,
    /// The opportunity; rows are only made of those with an application.
    pub opportunity: &'a Opportunity,
    /// The answers, if given.
    pub answers: Option<&'a EeoAnswers>,
}

/// What only rows with the person have, each an id or an object.
#[derive(Debug, Clone, PartialEq)]
pub struct EeoPerson {
    /// Id of the opportunity.
    pub opportunity: String,
    /// The contact.
    pub contact: Value,
    /// The posting.
    pub posting: Value,
    /// The hiring manager.
    pub hiring_manager: Value,
}

impl EeoRow<'_> {
    fn title(&self) -> Value {
        let application = self.opportunity.application.as_ref();
        let posting = application.and_then(|application| self.company.posting(application.posting));
        posting.map_or(Value::Null, |posting| json!(posting.text))
    }

    fn applied_at(&self) -> Value {
        let application = self.opportunity.application.as_ref();
        time_or_null(application.map(|application| application.created_at))
    }

    fn put_application(&self, shown: &mut Map<String, Value>) {
        let archived = self
            .opportunity
            .application
            .as_ref()
            .and_then(|application| application.archived);
        let user =
            |user: Option<UserNumber>| user.map_or(Value::Null, |user| self.company.user_json(user, Reference::Id));
        let by = archived.and(self.opportunity.owner);
        let reason = archived.and_then(|archived| self.company.reason(archived.reason));
        shown.insert(
            "applicationArchivedAt".into(),
            time_or_null(archived.map(|archived| archived.at)),
        );
        shown.insert("applicationArchivedBy".into(), user(by));
        shown.insert(
            "applicationArchiveReason".into(),
            reason.map_or(Value::Null, |reason| json!(reason.text)),
        );
    }

    fn current_stage(&self) -> Value {
        let stage = self.company.stage(self.opportunity.stage);
        stage.map_or(Value::Null, |stage| json!(stage.text))
    }

    fn put_answers(&self, shown: &mut Map<String, Value>) {
        if let Some(answers) = self.answers {
            for (name, answer) in [
                ("gender", &answers.gender),
                ("race", &answers.race),
                ("veteran", &answers.veteran),
                ("disability", &answers.disability),
            ] {
                if let Some(answer) = answer {
                    shown.insert(name.into(), json!(answer));
                }
            }
        }
    }

    /// As `GET /eeo/responses` shows it: nobody can be told from it.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut shown = Map::new();
        self.put_application(&mut shown);
        shown.insert("applicationTitle".into(), self.title());
        shown.insert("appliedAt".into(), self.applied_at());
        shown.insert("currentStage".into(), self.current_stage());
        self.put_answers(&mut shown);
        Value::Object(shown)
    }

    /// As `GET /eeo/responses/pii` shows it.
    #[must_use]
    pub fn json_with(&self, answers: &EeoAnswers, person: EeoPerson) -> Value {
        let application = self.opportunity.application.as_ref();
        let hired = self.opportunity.archived.filter(|archived| {
            let reason = self.company.reason(archived.reason);
            reason.is_some_and(|reason| reason.outcome == Outcome::Hired)
        });
        let posting = application.and_then(|application| self.company.posting(application.posting));
        let mut shown = Map::new();
        shown.insert("id".into(), json!(answers.id));
        self.put_application(&mut shown);
        shown.insert(
            "applicationId".into(),
            application.map_or(Value::Null, |application| json!(application.id)),
        );
        shown.insert("applicationTitle".into(), self.title());
        shown.insert("appliedAt".into(), self.applied_at());
        shown.insert("currentStage".into(), self.current_stage());
        shown.insert("contact".into(), person.contact);
        shown.insert("eeoResponseSource".into(), json!("api"));
        shown.insert("eeoSurveyRespondedAt".into(), self.applied_at());
        shown.insert("hiredDate".into(), time_or_null(hired.map(|archived| archived.at)));
        shown.insert("hiringManager".into(), person.hiring_manager);
        shown.insert("opportunityId".into(), json!(person.opportunity));
        shown.insert(
            "opportunityOwner".into(),
            self.opportunity
                .owner
                .map_or(Value::Null, |owner| self.company.user_json(owner, Reference::Id)),
        );
        shown.insert("origin".into(), json!(self.opportunity.origin.word()));
        shown.insert("posting".into(), person.posting);
        shown.insert("sources".into(), json!(self.opportunity.sources));
        self.put_answers(&mut shown);
        let signed_at = answers
            .disability_signed_at
            .map_or_else(|| self.applied_at(), |at| json!(at));
        let answered = answers.disability.is_some();
        shown.insert(
            "disabilitySignatureDate".into(),
            if answered { signed_at } else { Value::Null },
        );
        shown.insert(
            "requisitionCodes".into(),
            json!(
                posting
                    .map(|posting| posting.requisition_codes.as_slice())
                    .unwrap_or_default()
            ),
        );
        Value::Object(shown)
    }
}
