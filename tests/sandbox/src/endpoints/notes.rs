//! Notes of an opportunity: list, read, create, append, replace, delete (lever-api §3.9).

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::opportunities::subject;
use super::{opportunity_of, opportunity_to_change};
use crate::account::Account;
use crate::body::{Body, wrong};
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::ids::OpportunityNumber;
use crate::model::note::{Comment, Note, Secrecy};
use crate::refusal::Refusal;
use crate::reply::{KeyPart, Reply, short_list};

const READ: &str = "notes:read";
const WRITE: &str = "notes:write";

macro_rules! of_base {
    ($base:literal) => {
        [
            Endpoint::get(concat!($base, "/:id/notes"), READ, list),
            Endpoint::get(concat!($base, "/:id/notes/:note"), READ, read),
            Endpoint::write(
                Method::POST,
                concat!($base, "/:id/notes"),
                WRITE,
                PerformAs::Optional,
                create,
            ),
            changing(Method::PUT, concat!($base, "/:id/notes/:note"), replace),
            changing(Method::DELETE, concat!($base, "/:id/notes/:note"), delete),
        ]
    };
}

/// A write to a note that is there: nobody needs to say who acts (lever-api §2.6).
fn changing(
    method: Method,
    pattern: &'static str,
    write: fn(&mut Account, &Call<'_>) -> Result<Reply, Refusal>,
) -> Endpoint {
    Endpoint::write(method, pattern, WRITE, PerformAs::Unused, write)
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
    let rows = account
        .notes(number)
        .iter()
        .map(|note| {
            let key = vec![
                KeyPart::Ascending(note.created_at.as_millis() as f64),
                KeyPart::Text(note.id.clone()),
            ];
            (key, Value::Object(note.json(&account.company)))
        })
        .collect();
    short_list(&call.query, rows)
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let wanted = call.part(1);
    account
        .notes(number)
        .iter()
        .find(|note| note.id == wanted)
        .map(|note| Reply::one(note.json(&account.company)))
        .ok_or_else(|| Refusal::not_found("notes", wanted))
}

fn create(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = &call.body;
    let (number, opportunity) = opportunity_to_change(account, call)?;
    let value = body
        .text("value")?
        .ok_or_else(|| Refusal::bad_request("Missing required parameter value"))?
        .to_owned();
    let secrecy = match body.truth("secret")? {
        Some(true) => Secrecy::Secret,
        _ => Secrecy::Open,
    };
    body.truth("notifyFollowers")?;
    let now = account.now();
    let created_at = match body.time("createdAt")? {
        Some(time) if time > now => return Err(wrong("createdAt", "in the past")),
        given => given.unwrap_or(now),
    };
    let comment = Comment {
        value,
        score: score(body)?,
        stage: opportunity.stage,
        user: call.performer,
        created_at,
    };
    let id = match call.query.first("note_id") {
        None => {
            let id = account.new_note_id();
            let note = Note {
                id: id.clone(),
                user: call.performer,
                secrecy,
                created_at,
                comments: vec![comment],
            };
            account.change_notes(number, |notes| notes.push(note));
            id
        }
        Some(id) => {
            if !account.notes(number).iter().any(|note| note.id == id) {
                return Err(Refusal::not_found("notes", id));
            }
            account.change_notes(number, |notes| {
                if let Some(note) = notes.iter_mut().find(|note| note.id == id) {
                    note.comments.push(comment);
                }
            });
            id.to_owned()
        }
    };
    // Notes move lastInteractionAt to the item's own time, and never back (lever-api §4.3).
    account.change_opportunity(number, |opportunity, _| {
        opportunity.last_interaction_at = opportunity.last_interaction_at.max(created_at);
        opportunity.updated_at = Some(now);
    });
    let mut shown = account
        .notes(number)
        .iter()
        .find(|note| note.id == id)
        .map(|note| note.json(&account.company))
        .unwrap_or_default();
    shown.insert("noteId".into(), json!(id));
    Ok(Reply::one(shown)
        .with_status(StatusCode::CREATED)
        .about(subject(account, number)))
}

/// The note a call's path names, if it may be changed: one that was not made by the API may not (lever-api §3.9; the
/// code of that refusal is UNSURE).
fn own_note(account: &Account, call: &Call<'_>, number: OpportunityNumber) -> Result<Note, Refusal> {
    let wanted = call.part(1);
    let note = account
        .notes(number)
        .into_iter()
        .find(|note| note.id == wanted)
        .ok_or_else(|| Refusal::not_found("notes", wanted))?;
    if !account.was_written(&note.id) {
        return Err(Refusal::bad_request(
            "Only notes that were made by the API can be changed",
        ));
    }
    Ok(note)
}

/// Replaces all comments. Where a comment stood at the same place, its author, stage and time stay: the body cannot
/// say who wrote it.
fn replace(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, opportunity) = opportunity_to_change(account, call)?;
    let note = own_note(account, call, number)?;
    let body = &call.body;
    let now = account.now();
    let values = body
        .given("values")
        .and_then(Value::as_array)
        .filter(|values| !values.is_empty())
        .ok_or_else(|| wrong("values", "a list of {value} with at least one"))?;
    let common_score = score(body)?;
    let mut comments = Vec::with_capacity(values.len());
    for (place, value) in values.iter().enumerate() {
        let given = Body::of_value(value);
        let before = note.comments.get(place);
        let created_at = match given.time("createdAt")? {
            Some(time) if time > now => return Err(wrong("createdAt", "in the past")),
            Some(time) => time,
            None => before.map_or(now, |before| before.created_at),
        };
        comments.push(Comment {
            value: given
                .text("value")?
                .ok_or_else(|| wrong("values", "a list of {value}"))?
                .to_owned(),
            score: score(&given)?.or(common_score),
            stage: before.map_or(opportunity.stage, |before| before.stage),
            user: before.map_or(note.user, |before| before.user),
            created_at,
        });
    }
    let secrecy = match body.truth("secret")? {
        Some(true) => Secrecy::Secret,
        _ => Secrecy::Open,
    };
    let id = note.id.clone();
    account.change_notes(number, |notes| {
        if let Some(slot) = notes.iter_mut().find(|slot| slot.id == note.id) {
            *slot = Note {
                secrecy,
                comments,
                ..note
            };
        }
    });
    account.change_opportunity(number, |opportunity, _| opportunity.updated_at = Some(now));
    Ok(Reply::one(json!({ "noteId": id })).about(subject(account, number)))
}

/// The note is gone for good: nothing was ever recorded with a `deletedAt`.
fn delete(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_to_change(account, call)?;
    let note = own_note(account, call, number)?;
    account.change_notes(number, |notes| notes.retain(|kept| kept.id != note.id));
    Ok(Reply::gone().about(subject(account, number)))
}

/// 1 to 4; forms send it as text.
fn score(body: &Body) -> Result<Option<u8>, Refusal> {
    let Some(value) = body.given("score") else {
        return Ok(None);
    };
    value
        .as_u64()
        .or_else(|| value.as_str()?.parse().ok())
        .and_then(|score| u8::try_from(score).ok())
        .filter(|score| (1..=4).contains(score))
        .map(Some)
        .ok_or_else(|| wrong("score", "a number from 1 to 4"))
}
