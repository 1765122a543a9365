//! Profile forms and referrals of an opportunity (lever-api §3.14).

use axum::http::{Method, StatusCode};
use serde_json::Value;

use super::opportunities::subject;
use super::{opportunity_of, opportunity_to_change};
use crate::account::Account;
use crate::body::{Body, required, wrong};
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::ids::Kind;
use crate::model::form::{Answered, ProfileForm};
use crate::refusal::Refusal;
use crate::reply::{Reply, oldest_first};

const READ: &str = "forms:read";
const WRITE: &str = "forms:write";
const REFERRALS: &str = "referrals:read";

macro_rules! of_base {
    ($base:literal) => {
        [
            Endpoint::get(concat!($base, "/:id/forms"), READ, list),
            Endpoint::get(concat!($base, "/:id/forms/:form"), READ, read),
            Endpoint::write(
                Method::POST,
                concat!($base, "/:id/forms"),
                WRITE,
                PerformAs::Optional,
                create,
            ),
            Endpoint::get(concat!($base, "/:id/referrals"), REFERRALS, list_referrals),
            Endpoint::get(concat!($base, "/:id/referrals/:referral"), REFERRALS, read_referral),
        ]
    };
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
    let forms = account.profile_forms(number);
    oldest_first(
        &call.query,
        forms.iter().map(|form| (form.created_at, form.json(&account.company))),
    )
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let wanted = call.part(1);
    account
        .profile_forms(number)
        .iter()
        .find(|form| form.id == wanted)
        .map(|form| Reply::one(form.json(&account.company)))
        .ok_or_else(|| Refusal::not_found("forms", wanted))
}

fn list_referrals(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let referrals = account.referrals(number);
    oldest_first(
        &call.query,
        referrals
            .iter()
            .map(|referral| (referral.created_at, referral.json(&account.company))),
    )
}

fn read_referral(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let wanted = call.part(1);
    account
        .referrals(number)
        .iter()
        .find(|referral| referral.id == wanted)
        .map(|referral| Reply::one(referral.json(&account.company)))
        .ok_or_else(|| Refusal::not_found("referrals", wanted))
}

/// Every field of the template must be in the body, null where it may be (lever-api §3.14).
fn create(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = &call.body;
    let (number, opportunity) = opportunity_to_change(account, call)?;
    let id = required(body.text("baseTemplateId")?, "baseTemplateId")?;
    let template = account
        .templates
        .form(id)
        .cloned()
        .ok_or_else(|| Refusal::bad_request(format!("baseTemplateId {id} was not found")))?;
    // Who may see it is not shown by any reply, but must be understood.
    body.truth("secret")?;
    let given = body
        .given("fields")
        .and_then(Value::as_array)
        .ok_or_else(|| wrong("fields", "a list of {id, value}"))?;
    if given.len() != template.fields.len() {
        return Err(wrong("fields", "a list of exactly the template's fields"));
    }
    let mut fields = Vec::with_capacity(given.len());
    for field in template.fields {
        let value = given
            .iter()
            .map(Body::of_value)
            .find(|given| given.get("id").and_then(Value::as_str) == Some(field.id.as_str()))
            .ok_or_else(|| Refusal::bad_request(format!("fields: field {} is missing", field.id)))?
            .get("value")
            .cloned()
            .unwrap_or(Value::Null);
        if !field.takes(&value) {
            return Err(Refusal::bad_request(format!(
                "fields: field {} of type {} does not take this value",
                field.id,
                field.kind.word()
            )));
        }
        fields.push(Answered { field, value });
    }
    let form = ProfileForm {
        id: account.new_id(Kind::Form),
        text: template.text,
        instructions: template.instructions,
        base_template: template.id,
        fields,
        user: call.performer,
        stage: opportunity.stage,
        created_at: account.now(),
    };
    let shown = form.json(&account.company);
    account.add_profile_form(number, form);
    Ok(Reply::one(shown)
        .with_status(StatusCode::CREATED)
        .about(subject(account, number)))
}
