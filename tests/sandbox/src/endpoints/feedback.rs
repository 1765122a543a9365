//! Feedback on an opportunity (lever-api §3.13).

use axum::http::{Method, StatusCode};
use serde_json::Value;

use super::opportunities::subject;
use super::{opportunity_of, opportunity_to_change};
use crate::account::Account;
use crate::body::{Body, required, wrong};
use crate::clock::Timestamp;
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::ids::{Kind, OpportunityNumber};
use crate::model::form::{Answered, Feedback, FeedbackSubject};
use crate::model::template::{NO_FEEDBACK, Template};
use crate::refusal::Refusal;
use crate::reply::{Reply, oldest_first};

const READ: &str = "feedback:read";
const WRITE: &str = "feedback:write";

macro_rules! of_base {
    ($base:literal) => {
        [
            Endpoint::get(concat!($base, "/:id/feedback"), READ, list),
            Endpoint::get(concat!($base, "/:id/feedback/:feedback"), READ, read),
            changing(Method::POST, concat!($base, "/:id/feedback"), create),
            changing(Method::PUT, concat!($base, "/:id/feedback/:feedback"), update),
            changing(Method::DELETE, concat!($base, "/:id/feedback/:feedback"), delete),
        ]
    };
}

fn changing(
    method: Method,
    pattern: &'static str,
    write: fn(&mut Account, &Call<'_>) -> Result<Reply, Refusal>,
) -> Endpoint {
    Endpoint::write(method, pattern, WRITE, PerformAs::Required, write)
}

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let mut endpoints = of_base!("/opportunities").to_vec();
    endpoints.extend(of_base!("/candidates"));
    endpoints
}

fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let feedback = account.feedback(number);
    oldest_first(
        &call.query,
        feedback
            .iter()
            .map(|feedback| (feedback.created_at, feedback.json(&account.company))),
    )
}

fn feedback_of(account: &Account, number: OpportunityNumber, id: &str) -> Result<Feedback, Refusal> {
    account
        .feedback(number)
        .into_iter()
        .find(|feedback| feedback.id == id)
        .ok_or_else(|| Refusal::not_found("feedback", id))
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let feedback = feedback_of(account, number, call.part(1))?;
    Ok(Reply::one(feedback.json(&account.company)))
}

/// Puts the body's `fieldValues` into the fields.
fn fill(fields: &mut [Answered], body: &Body) -> Result<(), Refusal> {
    let Some(given) = body.given("fieldValues") else {
        return Ok(());
    };
    let given = given
        .as_array()
        .ok_or_else(|| wrong("fieldValues", "a list of {id, value}"))?;
    for value in given {
        let body = Body::of_value(value);
        let id = required(body.text("id")?, "fieldValues.id")?;
        let slot = fields
            .iter_mut()
            .find(|answered| answered.field.id == id)
            .ok_or_else(|| Refusal::bad_request(format!("fieldValues: field {id} is not in the template")))?;
        let value = body.get("value").cloned().unwrap_or(Value::Null);
        if !slot.field.takes(&value) {
            return Err(refused_value(slot));
        }
        slot.value = value;
    }
    Ok(())
}

fn refused_value(answered: &Answered) -> Refusal {
    Refusal::bad_request(format!(
        "fieldValues: field {} of type {} does not take this value",
        answered.field.id,
        answered.field.kind.word()
    ))
}

/// Finished feedback answers everything that must be answered.
fn check_complete(fields: &[Answered]) -> Result<(), Refusal> {
    match fields.iter().find(|answered| !answered.field.takes(&answered.value)) {
        None => Ok(()),
        Some(answered) => Err(refused_value(answered)),
    }
}

fn past(body: &Body, name: &str, now: Timestamp) -> Result<Option<Timestamp>, Refusal> {
    match body.time(name)? {
        Some(time) if time > now => Err(wrong(name, "in the past")),
        given => Ok(given),
    }
}

fn create(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = &call.body;
    let (number, _) = opportunity_to_change(account, call)?;
    let now = account.now();
    let id = required(body.text("baseTemplateId")?, "baseTemplateId")?;
    let template: Template = account
        .templates
        .feedback(id)
        .filter(|template| template.id != NO_FEEDBACK)
        .cloned()
        .ok_or_else(|| Refusal::bad_request(format!("baseTemplateId {id} was not found")))?;
    let subject_of_it = match (body.text("panel")?, body.text("interview")?) {
        (None, None) => FeedbackSubject::Person,
        (Some(panel), Some(interview)) => {
            let known = account
                .panels(number)
                .iter()
                .any(|known| known.id == panel && known.interviews.iter().any(|known| known.id == interview));
            if !known {
                return Err(Refusal::bad_request(format!(
                    "interview {interview} of panel {panel} was not found"
                )));
            }
            FeedbackSubject::Interview {
                panel: panel.to_owned(),
                interview: interview.to_owned(),
            }
        }
        _ => return Err(Refusal::bad_request("panel and interview go together")),
    };
    let mut fields: Vec<Answered> = template
        .fields
        .into_iter()
        .map(|field| Answered {
            field,
            value: Value::Null,
        })
        .collect();
    fill(&mut fields, body)?;
    check_complete(&fields)?;
    let created_at = past(body, "createdAt", now)?.unwrap_or(now);
    // Recorded set without being sent; that leaving it out makes a draft is one team's word (lever-api §3.13).
    let completed_at = past(body, "completedAt", now)?.unwrap_or(now);
    let feedback = Feedback {
        id: account.new_id(Kind::Feedback),
        subject: subject_of_it,
        text: template.text,
        instructions: template.instructions,
        fields,
        base_template: template.id,
        user: call.performer,
        created_at,
        completed_at: Some(completed_at),
        // Null until it is changed (recorded).
        updated_at: None,
        deleted_at: None,
    };
    let shown = feedback.json(&account.company);
    account.change_feedback(number, |all| all.push(feedback));
    // Feedback moves lastInteractionAt to the item's own time, and never back (lever-api §4.3).
    account.change_opportunity(number, |opportunity, _| {
        opportunity.last_interaction_at = opportunity.last_interaction_at.max(created_at);
        opportunity.updated_at = Some(now);
    });
    Ok(Reply::one(shown)
        .with_status(StatusCode::CREATED)
        .about(subject(account, number)))
}

/// Changes the answers that are named, and answers with Lever's inner shape (recorded).
fn update(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_to_change(account, call)?;
    let mut feedback = feedback_of(account, number, call.part(1))?;
    if feedback.deleted_at.is_some() {
        return Err(Refusal::bad_request("This feedback was deleted"));
    }
    let now = account.now();
    fill(&mut feedback.fields, &call.body)?;
    check_complete(&feedback.fields)?;
    feedback.completed_at = past(&call.body, "completedAt", now)?.or(feedback.completed_at);
    feedback.updated_at = Some(now);
    let shown = feedback.raw_json(&account.company, &account.id(), &account.opportunity_id(number));
    put(account, number, feedback);
    Ok(Reply::one(shown).about(subject(account, number)))
}

/// Marks it: a deleted one can still be read (recorded).
fn delete(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_to_change(account, call)?;
    let feedback = feedback_of(account, number, call.part(1))?;
    let now = account.now();
    let deleted = Feedback {
        deleted_at: feedback.deleted_at.or(Some(now)),
        ..feedback
    };
    put(account, number, deleted);
    Ok(Reply::gone().about(subject(account, number)))
}

fn put(account: &mut Account, number: OpportunityNumber, feedback: Feedback) {
    account.change_feedback(number, |all| {
        if let Some(slot) = all.iter_mut().find(|known| known.id == feedback.id) {
            *slot = feedback;
        }
    });
}
