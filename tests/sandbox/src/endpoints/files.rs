//! Résumés, files and uploads: lists, reads, downloads, and what can be written (lever-api §3.1, §3.3, §3.10).

use axum::http::{Method, StatusCode};
use serde_json::Value;

use super::opportunities::subject;
use super::{opportunity_of, opportunity_to_change};
use crate::account::Account;
use crate::account::attachments::{Arrival, Stored};
use crate::body::Body;
use crate::clock::Timestamp;
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::model::file_type::FileStatus;
use crate::model::resume::File;
use crate::multipart::SentFile;
use crate::refusal::Refusal;
use crate::reply::{Download, Reply, oldest_first};

const RESUMES: &str = "resumes:read";
const READ: &str = "files:read";
const WRITE: &str = "files:write";

macro_rules! of_base {
    ($base:literal) => {
        [
            Endpoint::get(concat!($base, "/:id/resumes"), RESUMES, list_resumes),
            Endpoint::get(concat!($base, "/:id/resumes/:resume"), RESUMES, read_resume),
            Endpoint::get(
                concat!($base, "/:id/resumes/:resume/download"),
                RESUMES,
                download_resume,
            ),
            Endpoint::get(concat!($base, "/:id/files"), READ, list_files),
            Endpoint::get(concat!($base, "/:id/files/:file"), READ, read_file),
            Endpoint::get(concat!($base, "/:id/files/:file/download"), READ, download_file),
            Endpoint::write(
                Method::POST,
                concat!($base, "/:id/files"),
                WRITE,
                PerformAs::Required,
                add_file,
            )
            .taking_files(),
            Endpoint::write(
                Method::DELETE,
                concat!($base, "/:id/files/:file"),
                WRITE,
                PerformAs::Required,
                delete_file,
            ),
        ]
    };
}

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let mut endpoints = of_base!("/opportunities").to_vec();
    endpoints.extend(of_base!("/candidates"));
    // Under which scope it stands is UNSURE (lever-api §5).
    endpoints.push(Endpoint::get("/opportunities/:id/file_actions", READ, list_actions));
    endpoints
        .push(Endpoint::write(Method::POST, "/uploads", "uploads:write", PerformAs::Unused, upload).taking_files());
    endpoints
}

fn list_resumes(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let rows = account
        .resumes(number)
        .into_iter()
        .map(|resume| (resume.get("createdAt").and_then(Value::as_i64), resume))
        .map(|(at, resume)| (Timestamp::from_millis(at.unwrap_or(0)), resume));
    in_time(call, "uploaded_at", rows)
}

fn list_files(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let id = account.opportunity_id(number);
    let files = account.files(number);
    in_time(
        call,
        "uploaded_at",
        files.iter().map(|file| (file.uploaded_at, file.json(&id))),
    )
}

fn list_actions(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let id = account.opportunity_id(number);
    let actions = account.file_actions(number);
    in_time(
        call,
        "occurred_at",
        actions
            .iter()
            .map(|action| (action.at, action.json(&account.company, &id))),
    )
}

/// A list that `<name>_start` and `_end` can narrow.
fn in_time(call: &Call<'_>, name: &str, rows: impl Iterator<Item = (Timestamp, Value)>) -> Result<Reply, Refusal> {
    let range = call.query.time_range(name)?;
    oldest_first(
        &call.query,
        rows.filter(|(at, _)| range.is_none_or(|range| range.holds(Some(*at)))),
    )
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

fn download_resume(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let wanted = call.part(1);
    let stored = account.resume_file(number, wanted);
    download(stored.ok_or_else(|| Refusal::not_found("resumes", wanted))?)
}

fn download_file(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let wanted = call.part(1);
    let stored = account.file(number, wanted);
    download(stored.ok_or_else(|| Refusal::not_found("files", wanted))?)
}

fn download(stored: Stored) -> Result<Reply, Refusal> {
    if stored.status == FileStatus::Error {
        return Err(Refusal::Unprocessable(
            "This file could not be processed and cannot be downloaded".to_owned(),
        ));
    }
    Ok(Reply::file(Download {
        name: stored.name,
        content: stored.content,
    }))
}

/// The one file of the field `file`.
fn one_file(body: &Body) -> Result<&SentFile, Refusal> {
    let mut files = body.files("file");
    match (files.next(), files.next()) {
        (Some(file), None) => Ok(file),
        (None, _) => Err(Refusal::bad_request(
            "Missing required parameter file: send it as multipart/form-data",
        )),
        (Some(_), Some(_)) => Err(Refusal::bad_request("file: one file a request")),
    }
}

fn add_file(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_to_change(account, call)?;
    let sent = one_file(&call.body)?;
    let arrival = Arrival {
        name: sent.name.clone(),
        content: sent.content.clone(),
        at: account.now(),
        user: call.performer,
    };
    let file = account.add_file(number, arrival);
    // The reply comes before Lever has looked at the file; the next read tells what became of it.
    let shown = File {
        status: FileStatus::Processing,
        ..file
    };
    Ok(Reply::one(shown.json(&account.opportunity_id(number)))
        .with_status(StatusCode::CREATED)
        .about(subject(account, number)))
}

fn delete_file(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_to_change(account, call)?;
    let wanted = call.part(1);
    let now = account.now();
    account
        .remove_file(number, wanted, now, call.performer)
        .ok_or_else(|| Refusal::not_found("files", wanted))?;
    Ok(Reply::gone().about(subject(account, number)))
}

fn upload(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let sent = one_file(&call.body)?;
    let now = account.now();
    let upload = account.add_upload(&sent.name, sent.content.clone(), now);
    Ok(Reply::one(upload.json()).with_status(StatusCode::CREATED))
}
