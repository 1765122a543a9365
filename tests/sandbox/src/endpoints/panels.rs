//! Panels of interviews: only those that were made by the API can be changed by it (lever-api §3.12).

use axum::http::{Method, StatusCode};
use serde_json::Value;

use super::interviews::{Planned, expansion, interview_in};
use super::opportunities::subject;
use super::{opportunity_of, opportunity_to_change};
use crate::account::Account;
use crate::body::{Body, required, wrong};
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::ids::{Kind, OpportunityNumber};
use crate::model::interview::{FeedbackReminder, Interview, Management, Panel, ScheduleExpansion};
use crate::model::opportunity::Opportunity;
use crate::refusal::Refusal;
use crate::reply::{Reply, oldest_first};

const READ: &str = "panels:read";
const WRITE: &str = "panels:write";

macro_rules! of_base {
    ($base:literal) => {
        [
            Endpoint::get(concat!($base, "/:id/panels"), READ, list),
            Endpoint::get(concat!($base, "/:id/panels/:panel"), READ, read),
            changing(Method::POST, concat!($base, "/:id/panels"), create),
            changing(Method::PUT, concat!($base, "/:id/panels/:panel"), replace),
            changing(Method::DELETE, concat!($base, "/:id/panels/:panel"), delete),
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
    let expansion = expansion(&call.query, &["user", "stage"])?;
    let panels = account.panels(number);
    oldest_first(
        &call.query,
        panels
            .iter()
            .map(|panel| (panel.created_at, panel.json(&account.company, expansion))),
    )
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let expansion = expansion(&call.query, &["user", "stage"])?;
    let panel = panel_of(account, number, call.part(1))?;
    Ok(Reply::one(panel.json(&account.company, expansion)))
}

/// A panel of an opportunity.
///
/// # Errors
/// 404 when there is none.
pub fn panel_of(account: &Account, number: OpportunityNumber, id: &str) -> Result<Panel, Refusal> {
    account
        .panels(number)
        .into_iter()
        .find(|panel| panel.id == id)
        .ok_or_else(|| Refusal::not_found("panels", id))
}

/// Lets panels pass that were made by the API.
///
/// # Errors
/// 400 for Lever's own (the code is UNSURE).
pub fn externally_managed(panel: &Panel) -> Result<(), Refusal> {
    match panel.management {
        Management::External => Ok(()),
        Management::ByLever => Err(Refusal::bad_request(format!(
            "panel {} is not externally managed",
            panel.id
        ))),
    }
}

/// What a body describes. `before`: the panel it replaces, whose interviews may stay.
fn panel_in(
    account: &mut Account,
    call: &Call<'_>,
    opportunity: &Opportunity,
    before: Option<&Panel>,
) -> Result<Panel, Refusal> {
    let body = &call.body;
    let now = account.now();
    let timezone = required(body.text("timezone")?, "timezone")?.to_owned();
    let reminder = match body.text("feedbackReminder")? {
        None => FeedbackReminder::Daily,
        Some(word) => reminder(word)?,
    };
    let applications = match body.texts("applications")? {
        // Active ones; an archived application is not one (recorded: `applications:[]`).
        None => opportunity
            .application
            .iter()
            .filter(|application| application.archived.is_none())
            .map(|application| application.id.clone())
            .collect(),
        Some(given) => {
            let known = |id: &String| {
                let application = opportunity.application.as_ref();
                application.is_some_and(|application| application.id == *id)
            };
            if given.is_empty() || !given.iter().all(known) {
                return Err(wrong(
                    "applications",
                    "a list of the opportunity's applications, not empty",
                ));
            }
            given
        }
    };
    let given = body
        .given("interviews")
        .and_then(Value::as_array)
        .filter(|interviews| !interviews.is_empty())
        .ok_or_else(|| wrong("interviews", "a list of interviews, not empty"))?
        .clone();
    let mut interviews = Vec::with_capacity(given.len());
    for value in &given {
        let body = Body::of_value(value);
        let kept: Option<&Interview> = match body.text("id")? {
            None => None,
            Some(id) => Some(
                before
                    .and_then(|panel| panel.interviews.iter().find(|interview| interview.id == id))
                    .ok_or_else(|| Refusal::bad_request(format!("interview {id} is not in this panel")))?,
            ),
        };
        let planned = Planned {
            stage: opportunity.stage,
            user: call.performer,
            reminder,
            at: now,
        };
        interviews.push(interview_in(account, &body, kept, planned)?);
    }
    Ok(Panel {
        id: String::new(),
        applications,
        created_at: now,
        canceled_at: None,
        management: Management::External,
        external_url: body.text("externalUrl")?.map(str::to_owned),
        feedback_reminder: reminder,
        interviews,
        note: body.text("note")?.map(str::to_owned),
        stage: opportunity.stage,
        timezone,
        user: call.performer,
    })
}

/// Reads a reminder.
///
/// # Errors
/// 400 for another word.
pub fn reminder(word: &str) -> Result<FeedbackReminder, Refusal> {
    FeedbackReminder::parse(word).ok_or_else(|| wrong("feedbackReminder", "one of once, daily, frequently, none"))
}

fn create(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, opportunity) = opportunity_to_change(account, call)?;
    let panel = panel_in(account, call, &opportunity, None)?;
    let panel = Panel {
        id: account.new_id(Kind::Panel),
        ..panel
    };
    let shown = panel.json(&account.company, ScheduleExpansion::default());
    account.change_panels(number, |panels| panels.push(panel));
    Ok(Reply::one(shown)
        .with_status(StatusCode::CREATED)
        .about(subject(account, number)))
}

fn replace(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, opportunity) = opportunity_to_change(account, call)?;
    let before = panel_of(account, number, call.part(1))?;
    externally_managed(&before)?;
    let panel = Panel {
        id: before.id.clone(),
        created_at: before.created_at,
        stage: before.stage,
        user: before.user,
        ..panel_in(account, call, &opportunity, Some(&before))?
    };
    let shown = panel.json(&account.company, ScheduleExpansion::default());
    account.change_panels(number, |panels| {
        if let Some(slot) = panels.iter_mut().find(|known| known.id == panel.id) {
            *slot = panel;
        }
    });
    Ok(Reply::one(shown).about(subject(account, number)))
}

fn delete(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_to_change(account, call)?;
    let panel = panel_of(account, number, call.part(1))?;
    externally_managed(&panel)?;
    account.change_panels(number, |panels| panels.retain(|kept| kept.id != panel.id));
    Ok(Reply::gone().about(subject(account, number)))
}
