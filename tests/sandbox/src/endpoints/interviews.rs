//! Interviews of an opportunity's panels (lever-api §3.12).

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::opportunities::subject;
use super::panels::{externally_managed, panel_of, reminder};
use super::{as_object, expand, opportunity_of, opportunity_to_change};
use crate::account::Account;
use crate::body::{Body, required, wrong};
use crate::clock::Timestamp;
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::ids::{Kind, OpportunityNumber, StageNumber, UserNumber};
use crate::model::Reference;
use crate::model::form::{Feedback, FeedbackSubject};
use crate::model::interview::{FeedbackReminder, Interview, InterviewContext, Interviewer, Panel, ScheduleExpansion};
use crate::model::posting::PostingExpansion;
use crate::model::template::NO_FEEDBACK;
use crate::query::Query;
use crate::refusal::Refusal;
use crate::reply::{Reply, oldest_first};

const READ: &str = "interviews:read";
const WRITE: &str = "interviews:write";

macro_rules! of_base {
    ($base:literal) => {
        [
            Endpoint::get(concat!($base, "/:id/interviews"), READ, list),
            Endpoint::get(concat!($base, "/:id/interviews/:interview"), READ, read),
            changing(Method::POST, concat!($base, "/:id/interviews"), create),
            changing(Method::PUT, concat!($base, "/:id/interviews/:interview"), replace),
            changing(Method::DELETE, concat!($base, "/:id/interviews/:interview"), delete),
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

// ----- reading -----------------------------------------------------------------------------------------------------

/// What `expand` asks for, out of `allowed`.
///
/// # Errors
/// 400 for a name that is not expandable.
pub fn expansion(query: &Query, allowed: &[&str]) -> Result<ScheduleExpansion, Refusal> {
    let mut expansion = ScheduleExpansion::default();
    expand(query, |name| {
        if !allowed.contains(&name) {
            return None;
        }
        as_object(match name {
            "user" => &mut expansion.user,
            "stage" => &mut expansion.stage,
            "feedbackForms" => &mut expansion.feedback_forms,
            "postings" => &mut expansion.postings,
            _ => return None,
        })
    })?;
    Ok(expansion)
}

const EXPANDABLE: &[&str] = &["feedbackForms", "user", "stage", "postings"];

fn shown(
    account: &Account,
    query: &Query,
    number: OpportunityNumber,
    panel: &Panel,
    interview: &Interview,
) -> Result<Value, Refusal> {
    let expansion = expansion(query, EXPANDABLE)?;
    let of_this = |feedback: &Feedback| {
        let about = matches!(&feedback.subject,
            FeedbackSubject::Interview { interview: about, .. } if *about == interview.id);
        about && feedback.deleted_at.is_none()
    };
    let feedback = account
        .feedback(number)
        .into_iter()
        .filter(of_this)
        .map(|feedback| match expansion.feedback_forms {
            Reference::Id => json!(feedback.id),
            Reference::Object => feedback.json(&account.company),
        })
        .collect();
    let posting = account
        .opportunity(number)
        .and_then(|opportunity| Some(opportunity.application.as_ref()?.posting));
    let postings = posting
        .and_then(|posting| account.company.posting(posting))
        .map(|posting| match expansion.postings {
            Reference::Id => json!(posting.id),
            Reference::Object => posting.json(&account.company, PostingExpansion::default()),
        })
        .into_iter()
        .collect();
    let context = InterviewContext {
        opportunity: &account.opportunity_id(number),
        feedback,
        postings,
    };
    Ok(interview.json(&account.company, panel, context, expansion))
}

fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let mut rows = Vec::new();
    for panel in &account.panels(number) {
        for interview in &panel.interviews {
            let row = shown(account, &call.query, number, panel, interview)?;
            rows.push((interview.created_at, row));
        }
    }
    oldest_first(&call.query, rows.into_iter())
}

/// The interview a call's path names, and its panel.
fn interview_of(account: &Account, number: OpportunityNumber, id: &str) -> Result<(Panel, Interview), Refusal> {
    account
        .panels(number)
        .into_iter()
        .find_map(|panel| {
            let interview = panel.interviews.iter().find(|interview| interview.id == id)?.clone();
            Some((panel, interview))
        })
        .ok_or_else(|| Refusal::not_found("interviews", id))
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let (panel, interview) = interview_of(account, number, call.part(1))?;
    shown(account, &call.query, number, &panel, &interview).map(Reply::one)
}

// ----- writing -----------------------------------------------------------------------------------------------------

/// What holds for an interview unless its body or the one it replaces says otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Planned {
    /// The opportunity's stage.
    pub stage: StageNumber,
    /// Who plans it.
    pub user: Option<UserNumber>,
    /// The panel's reminder.
    pub reminder: FeedbackReminder,
    /// When it is planned.
    pub at: Timestamp,
}

/// The interview a body describes. `before`: the one it replaces. A new one without a template asks for no feedback;
/// one that replaces has none then (recorded: null).
///
/// # Errors
/// 400 for a missing or malformed field.
pub fn interview_in(
    account: &mut Account,
    body: &Body,
    before: Option<&Interview>,
    planned: Planned,
) -> Result<Interview, Refusal> {
    let template = template_in(account, body)?;
    let omitted = before.is_none().then(|| NO_FEEDBACK.to_owned());
    let feedback_template = template.or(omitted);
    let given = body
        .given("interviewers")
        .and_then(Value::as_array)
        .filter(|interviewers| !interviewers.is_empty())
        .ok_or_else(|| wrong("interviewers", "a list of {id}, not empty"))?;
    let mut interviewers = Vec::with_capacity(given.len());
    for value in given {
        let body = Body::of_value(value);
        let id = required(body.text("id")?, "interviewers.id")?;
        let user = account
            .company
            .users
            .find(id)
            .ok_or_else(|| Refusal::bad_request(format!("interviewers: user {id} was not found")))?;
        interviewers.push(Interviewer {
            user: UserNumber(user),
            // Recorded: an interviewer keeps "no-feedback" where the interview itself has null.
            feedback_template: template_in(account, &body)?
                .or_else(|| feedback_template.clone())
                .or_else(|| Some(NO_FEEDBACK.to_owned())),
        });
    }
    let date = required(body.time("date")?, "date")?;
    let minutes = required(body.given("duration"), "duration")?
        .as_u64()
        .and_then(|minutes| u32::try_from(minutes).ok())
        .filter(|minutes| *minutes >= 1)
        .ok_or_else(|| wrong("duration", "a number of minutes, at least 1"))?;
    let text = |name| body.text(name).map(|text| text.map(str::to_owned));
    let (subject, note, location) = (text("subject")?, text("note")?, text("location")?);
    let feedback_reminder = match body.text("feedbackReminder")? {
        None => planned.reminder,
        Some(word) => reminder(word)?,
    };
    Ok(Interview {
        id: match before {
            Some(before) => before.id.clone(),
            None => account.new_id(Kind::Interview),
        },
        subject,
        note: note.unwrap_or_default(),
        interviewers,
        created_at: before.map_or(planned.at, |before| before.created_at),
        canceled_at: None,
        date,
        minutes,
        location,
        feedback_template,
        feedback_reminder,
        user: before.map_or(planned.user, |before| before.user),
        stage: before.map_or(planned.stage, |before| before.stage),
    })
}

fn template_in(account: &Account, body: &Body) -> Result<Option<String>, Refusal> {
    match body.text("feedbackTemplate")? {
        None => Ok(None),
        Some(id) if account.templates.feedback(id).is_some() => Ok(Some(id.to_owned())),
        Some(id) => Err(Refusal::bad_request(format!("feedbackTemplate {id} was not found"))),
    }
}

fn create(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, opportunity) = opportunity_to_change(account, call)?;
    let id = required(call.body.text("panel")?, "panel")?;
    let panel = panel_of(account, number, id).map_err(|_| Refusal::bad_request(format!("panel {id} was not found")))?;
    externally_managed(&panel)?;
    let planned = Planned {
        stage: opportunity.stage,
        user: call.performer,
        reminder: panel.feedback_reminder,
        at: account.now(),
    };
    let interview = interview_in(account, &call.body, None, planned)?;
    let added = interview.clone();
    account.change_panels(number, |panels| {
        if let Some(panel) = panels.iter_mut().find(|known| known.id == panel.id) {
            panel.interviews.push(added);
        }
    });
    let row = shown(account, &Query::default(), number, &panel, &interview)?;
    Ok(Reply::one(row)
        .with_status(StatusCode::CREATED)
        .about(subject(account, number)))
}

/// Replaces an interview; the panel it is in is not the body's to say (recorded without `panel`).
fn replace(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, opportunity) = opportunity_to_change(account, call)?;
    let (panel, before) = interview_of(account, number, call.part(1))?;
    externally_managed(&panel)?;
    let planned = Planned {
        stage: opportunity.stage,
        user: call.performer,
        reminder: panel.feedback_reminder,
        at: account.now(),
    };
    let interview = interview_in(account, &call.body, Some(&before), planned)?;
    let replaced = interview.clone();
    account.change_panels(number, |panels| {
        let mut interviews = panels.iter_mut().flat_map(|panel| &mut panel.interviews);
        if let Some(slot) = interviews.find(|known| known.id == replaced.id) {
            *slot = replaced;
        }
    });
    let row = shown(account, &Query::default(), number, &panel, &interview)?;
    Ok(Reply::one(row).about(subject(account, number)))
}

fn delete(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_to_change(account, call)?;
    let (panel, interview) = interview_of(account, number, call.part(1))?;
    externally_managed(&panel)?;
    account.change_panels(number, |panels| {
        for panel in panels {
            panel.interviews.retain(|kept| kept.id != interview.id);
        }
    });
    Ok(Reply::gone().about(subject(account, number)))
}
