//! Stages, archive reasons, and both in one reply (lever-api §3.6).

use serde_json::{Value, json};

use crate::account::Account;
use crate::endpoint::{Call, Endpoint};
use crate::refusal::Refusal;
use crate::reply::{KeyPart, Reply, short_list};

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let (stages, reasons) = ("stages:read", "archive_reasons:read");
    vec![
        Endpoint::get("/stages", stages, list_stages),
        Endpoint::get("/stages/:id", stages, read_stage),
        Endpoint::get("/archive_reasons", reasons, list_reasons),
        Endpoint::get("/archive_reasons/:id", reasons, read_reason),
        Endpoint::get("/disposition_stages", stages, disposition_stages),
    ]
}

fn list_stages(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let rows = account
        .company
        .stages
        .iter()
        .map(|stage| {
            let key = vec![
                KeyPart::Ascending(f64::from(stage.rank.0) / 1_000.0),
                KeyPart::Text(stage.id.clone()),
            ];
            (key, stage.json())
        })
        .collect();
    short_list(&call.query, rows)
}

fn read_stage(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.part(0);
    let company = &account.company;
    company
        .stages
        .find(id)
        .and_then(|number| company.stages.get(number))
        .map(|stage| Reply::one(stage.json()))
        .ok_or_else(|| Refusal::not_found("stages", id))
}

fn list_reasons(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let wanted = call.query.first("type");
    if wanted.is_some_and(|wanted| wanted != "hired" && wanted != "non-hired") {
        return Err(Refusal::bad_request("type must be hired or non-hired"));
    }
    // No order is visible in recorded replies: by id is as good as none.
    let rows = account
        .company
        .archive_reasons
        .iter()
        .filter(|reason| wanted.is_none_or(|wanted| wanted == reason.type_word()))
        .map(|reason| (vec![KeyPart::Text(reason.id.clone())], reason.json()))
        .collect();
    short_list(&call.query, rows)
}

fn read_reason(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.part(0);
    let reasons = &account.company.archive_reasons;
    reasons
        .find(id)
        .and_then(|number| reasons.get(number))
        .map(|reason| Reply::one(reason.json()))
        .ok_or_else(|| Refusal::not_found("archive_reasons", id))
}

fn disposition_stages(account: &Account, _: &Call<'_>) -> Result<Reply, Refusal> {
    let company = &account.company;
    let stages: Vec<Value> = company
        .stages_in_order()
        .iter()
        .map(|stage| stage.disposition_json())
        .collect();
    let reasons: Vec<Value> = company
        .archive_reasons
        .iter()
        .map(|reason| reason.disposition_json())
        .collect();
    Ok(Reply::one(json!({ "stages": stages, "archiveReasons": reasons })))
}
