//! Setting up webhooks (lever-api §3.19). Those made in the app can only be changed in the app.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::account::Account;
use crate::account::webhooks::ALL_ORIGINS;
use crate::body::{Body, required, wrong};
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::ids::Kind;
use crate::model::opportunity::Origin;
use crate::model::webhook::{TokenShown, Webhook, WebhookEvent};
use crate::refusal::Refusal;
use crate::reply::Reply;

const READ: &str = "webhooks:read";
const WRITE: &str = "webhooks:write";

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let write = |method, pattern, write| Endpoint::write(method, pattern, WRITE, PerformAs::Unused, write);
    vec![
        Endpoint::get("/webhooks", READ, list),
        write(Method::POST, "/webhooks", create),
        write(Method::PUT, "/webhooks", update),
        write(Method::DELETE, "/webhooks/:id", delete),
    ]
}

/// A list without `hasNext` (recorded, lever-api §2.1).
fn list(account: &Account, _: &Call<'_>) -> Result<Reply, Refusal> {
    let rows = account.webhooks.iter().map(|webhook| webhook.json(TokenShown::No));
    Ok(Reply::one(rows.collect::<Vec<_>>()))
}

/// Only HTTPS is ever delivered to.
fn url(body: &Body) -> Result<Option<String>, Refusal> {
    match body.text("url")? {
        None => Ok(None),
        Some(url) if url.starts_with("https://") => Ok(Some(url.to_owned())),
        Some(_) => Err(wrong("url", "an https address")),
    }
}

/// `configuration.conditions.origins`, where they are given.
fn origins(body: &Body, event: WebhookEvent) -> Result<Option<Vec<Origin>>, Refusal> {
    let given = body.given("configuration").map(Body::of_value);
    let conditions = given.and_then(|configuration| configuration.given("conditions").map(Body::of_value));
    let Some(words) = conditions
        .map(|conditions| conditions.texts("origins"))
        .transpose()?
        .flatten()
    else {
        return Ok(None);
    };
    if !event.has_origins() {
        return Err(Refusal::bad_request(format!(
            "{} cannot be limited by origin",
            event.word()
        )));
    }
    words
        .iter()
        .map(|word| Origin::parse(word))
        .collect::<Option<_>>()
        .map(Some)
        .ok_or_else(|| wrong("origins", "a list of origins"))
}

fn create(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = &call.body;
    let url = required(url(body)?, "url")?;
    let word = required(body.text("event")?, "event")?;
    let event = WebhookEvent::parse(word).ok_or_else(|| Refusal::bad_request(format!("{word} is not an event")))?;
    let given = origins(body, event)?;
    let default = if event.has_origins() {
        ALL_ORIGINS.to_vec()
    } else {
        Vec::new()
    };
    let now = account.now();
    let webhook = Webhook {
        id: account.new_id(Kind::Webhook),
        event,
        url,
        origins: given.unwrap_or(default),
        signature_token: account.new_signature_token(),
        created_at: now,
        updated_at: now,
    };
    let shown = webhook.json(TokenShown::Yes);
    account.webhooks.push(webhook);
    Ok(Reply::one(shown).with_status(StatusCode::CREATED))
}

/// The webhook with this id, if it may be changed here.
fn own<'a>(account: &'a Account, id: &str) -> Result<&'a Webhook, Refusal> {
    let webhook = account
        .webhooks
        .iter()
        .find(|webhook| webhook.id == id)
        .ok_or_else(|| Refusal::not_found("webhooks", id))?;
    if !account.was_written(id) {
        return Err(Refusal::bad_request(
            "Webhooks that were made in Lever can only be changed there",
        ));
    }
    Ok(webhook)
}

/// Several at once: all of them, or none where one cannot be changed.
fn update(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let given = call
        .body
        .given("data")
        .and_then(Value::as_array)
        .ok_or_else(|| wrong("data", "a list of webhooks"))?;
    let now = account.now();
    let mut changed = Vec::with_capacity(given.len());
    for value in given {
        let body = Body::of_value(value);
        let before = own(account, required(body.text("id")?, "data.id")?)?.clone();
        changed.push(Webhook {
            url: url(&body)?.unwrap_or(before.url),
            origins: origins(&body, before.event)?.unwrap_or(before.origins),
            updated_at: now,
            ..before
        });
    }
    let rows: Vec<Value> = changed.iter().map(|webhook| webhook.json(TokenShown::No)).collect();
    for webhook in changed {
        if let Some(slot) = account.webhooks.iter_mut().find(|known| known.id == webhook.id) {
            *slot = webhook;
        }
    }
    Ok(Reply::one(json!(rows)))
}

fn delete(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = own(account, call.part(0))?.id.clone();
    account.webhooks.retain(|webhook| webhook.id != id);
    Ok(Reply::gone())
}
