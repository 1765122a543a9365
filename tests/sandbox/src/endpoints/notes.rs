//! Notes of an opportunity: list, read, create, append (lever-api §3.9).

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::opportunities::subject;
use super::opportunity_of;
use crate::account::Account;
use crate::body::{Body, wrong};
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::model::note::{Comment, Note, Secrecy};
use crate::refusal::Refusal;
use crate::reply::{KeyPart, Reply, short_list};

const READ: &str = "notes:read";
const WRITE: &str = "notes:write";

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let post = |pattern| Endpoint::write(Method::POST, pattern, WRITE, PerformAs::Optional, create);
    vec![
        Endpoint::get("/opportunities/:id/notes", READ, list),
        Endpoint::get("/opportunities/:id/notes/:note", READ, read),
        Endpoint::get("/candidates/:id/notes", READ, list),
        Endpoint::get("/candidates/:id/notes/:note", READ, read),
        post("/opportunities/:id/notes"),
        post("/candidates/:id/notes"),
    ]
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
    let (number, opportunity) = opportunity_of(account, call)?;
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
