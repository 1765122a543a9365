//! Résumés and files of an opportunity: lists and reads (lever-api §3.10).

use serde_json::Value;

use super::opportunity_of;
use crate::account::Account;
use crate::clock::Timestamp;
use crate::endpoint::{Call, Endpoint};
use crate::refusal::Refusal;
use crate::reply::{KeyPart, Reply, short_list};

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let (resumes, files) = ("resumes:read", "files:read");
    vec![
        Endpoint::get("/opportunities/:id/resumes", resumes, list_resumes),
        Endpoint::get("/opportunities/:id/resumes/:resume", resumes, read_resume),
        Endpoint::get("/opportunities/:id/files", files, list_files),
        Endpoint::get("/opportunities/:id/files/:file", files, read_file),
        Endpoint::get("/candidates/:id/resumes", resumes, list_resumes),
        Endpoint::get("/candidates/:id/resumes/:resume", resumes, read_resume),
        Endpoint::get("/candidates/:id/files", files, list_files),
        Endpoint::get("/candidates/:id/files/:file", files, read_file),
    ]
}

fn list_resumes(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let rows = account
        .resumes(number)
        .into_iter()
        .map(|resume| (resume.get("createdAt").and_then(Value::as_i64), resume))
        .map(|(at, resume)| (Timestamp::from_millis(at.unwrap_or(0)), resume));
    uploaded(call, rows)
}

fn list_files(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let id = account.opportunity_id(number);
    let files = account.files(number);
    uploaded(call, files.iter().map(|file| (file.uploaded_at, file.json(&id))))
}

/// A list that `uploaded_at_start` and `_end` can narrow.
fn uploaded(call: &Call<'_>, rows: impl Iterator<Item = (Timestamp, Value)>) -> Result<Reply, Refusal> {
    let range = call.query.time_range("uploaded_at")?;
    let rows = rows
        .filter(|(at, _)| range.is_none_or(|range| range.holds(Some(*at))))
        .map(|(at, row)| {
            let id = row.get("id").and_then(Value::as_str).unwrap_or("").to_owned();
            (vec![KeyPart::Ascending(at.as_millis() as f64), KeyPart::Text(id)], row)
        })
        .collect();
    short_list(&call.query, rows)
}

fn read_resume(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let wanted = call.part(1);
    account
        .resumes(number)
        .into_iter()
        .find(|resume| resume.get("id").and_then(Value::as_str) == Some(wanted))
        .map(Reply::one)
        .ok_or_else(|| Refusal::not_found("resumes", wanted))
}

fn read_file(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let wanted = call.part(1);
    account
        .files(number)
        .iter()
        .find(|file| file.id == wanted)
        .map(|file| Reply::one(file.json(&account.opportunity_id(number))))
        .ok_or_else(|| Refusal::not_found("files", wanted))
}
