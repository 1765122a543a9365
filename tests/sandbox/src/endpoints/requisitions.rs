//! Requisitions (lever-api §3.17). Replies to writes are in an internal shape, unless `quirks=off` is chosen.

use axum::http::{Method, StatusCode};
use serde_json::{Map, Value};

use super::opportunity_writes::user;
use super::{allow_confidential, as_object, expand, wanted_confidentiality};
use crate::account::Account;
use crate::body::{Body, wrong};
use crate::choices::{Quirks, RequisitionWrites};
use crate::clock::Timestamp;
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::ids::PostingNumber;
use crate::model::requisition::{
    CompensationBand, EMPLOYMENT_STATUSES, Headcount, Presence, Requisition, RequisitionExpansion, RequisitionStatus,
    Vacancy,
};
use crate::query::Query;
use crate::refusal::Refusal;
use crate::reply::{KeyPart, Reply, short_list};

const READ: &str = "requisitions:read";
const WRITE: &str = "requisitions:write";

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let write = |method, pattern, write| Endpoint::write(method, pattern, WRITE, PerformAs::Unused, write);
    vec![
        Endpoint::get("/requisitions", READ, list),
        Endpoint::get("/requisitions/:id", READ, read),
        write(Method::POST, "/requisitions", create),
        write(Method::PUT, "/requisitions/:id", replace),
        write(Method::DELETE, "/requisitions/:id", delete),
    ]
}

fn expansion(query: &Query) -> Result<RequisitionExpansion, Refusal> {
    let mut expansion = RequisitionExpansion::default();
    expand(query, |name| {
        as_object(match name {
            "creator" => &mut expansion.creator,
            "owner" => &mut expansion.owner,
            "hiringManager" => &mut expansion.hiring_manager,
            "postings" => &mut expansion.postings,
            _ => return None,
        })
    })?;
    Ok(expansion)
}

fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let query = &call.query;
    let expansion = expansion(query)?;
    let created = query.time_range("created_at")?;
    let codes = query.any_of("requisition_code");
    let statuses = query.any_of("status");
    if let Some(word) = statuses
        .iter()
        .flatten()
        .find(|word| RequisitionStatus::parse(word).is_none())
    {
        return Err(Refusal::bad_request(format!("status: {word} is not a status")));
    }
    let confidentiality = wanted_confidentiality(call)?;
    let any = |wanted: &Option<Vec<String>>, value: &str| {
        wanted
            .as_ref()
            .is_none_or(|wanted| wanted.iter().any(|text| text == value))
    };
    let rows = account
        .requisitions
        .iter()
        .filter(|requisition| confidentiality.contains(&requisition.confidentiality(&account.company)))
        .filter(|requisition| created.is_none_or(|range| range.holds(Some(requisition.created_at))))
        .filter(|requisition| any(&codes, &requisition.code) && any(&statuses, requisition.status.word()))
        .map(|requisition| {
            (
                vec![KeyPart::TextDescending(requisition.id.clone())],
                requisition.json(&account.company, expansion, &account.beside(requisition)),
            )
        })
        .collect();
    short_list(query, rows)
}

fn requisition_of(account: &Account, call: &Call<'_>) -> Result<Requisition, Refusal> {
    let id = call.part(0);
    let requisition = account
        .requisitions
        .get(id)
        .ok_or_else(|| Refusal::not_found("requisitions", id))?;
    allow_confidential(call, requisition.confidentiality(&account.company))?;
    Ok(requisition.clone())
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let expansion = expansion(&call.query)?;
    let requisition = requisition_of(account, call)?;
    Ok(Reply::one(requisition.json(
        &account.company,
        expansion,
        &account.beside(&requisition),
    )))
}

/// What a write answers.
fn written(account: &Account, requisition: &Requisition) -> Value {
    let (company, beside) = (&account.company, account.beside(requisition));
    match account.choices.quirks {
        Quirks::On => requisition.raw_json(company, &beside),
        Quirks::Off => requisition.json(company, RequisitionExpansion::default(), &beside),
    }
}

/// Writes need "API management" switched on by a Super Admin (lever-api §3.17); how they are refused without it is UNSURE.
fn allow_writes(account: &Account) -> Result<(), Refusal> {
    match account.choices.requisition_writes {
        RequisitionWrites::On => Ok(()),
        RequisitionWrites::Off => Err(Refusal::Forbidden(
            "API management of requisitions is not switched on for this account".to_owned(),
        )),
    }
}

fn create(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    allow_writes(account)?;
    let now = account.now();
    let created_at = match call.body.time("createdAt")? {
        Some(time) if time > now => return Err(wrong("createdAt", "in the past")),
        given => given.unwrap_or(now),
    };
    let status = status_in(&call.body)?.unwrap_or(RequisitionStatus::Open);
    let blank = Requisition {
        id: String::new(),
        created_at,
        status,
        status_changes: vec![(status, created_at)],
        name: String::new(),
        code: String::new(),
        headcount: Headcount::Of(1),
        hired: 0,
        vacancy: Vacancy::New,
        creator: None,
        owner: None,
        hiring_manager: None,
        internal_notes: String::new(),
        compensation_band: None,
        approval: None,
        employment_status: None,
        location: None,
        team: None,
        department: None,
        postings: Vec::new(),
        updated_at: now,
        custom_fields: Map::new(),
        closed_at: (status == RequisitionStatus::Closed).then_some(created_at),
    };
    let described = described(account, call, blank, now)?;
    let requisition = Requisition {
        id: account.new_requisition_id(),
        ..described
    };
    let shown = written(account, &requisition);
    account.put_requisition(requisition);
    Ok(Reply::one(shown).with_status(StatusCode::CREATED))
}

/// Replaces everything that a body can say; only `postingIds` stay when they are left out.
fn replace(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    allow_writes(account)?;
    let before = requisition_of(account, call)?;
    let now = account.now();
    let status = status_in(&call.body)?;
    if status == Some(RequisitionStatus::Draft) && before.status != RequisitionStatus::Draft {
        return Err(Refusal::bad_request("status cannot return to draft"));
    }
    let mut requisition = described(account, call, before, now)?;
    if let Some(status) = status {
        requisition.enter(status, now);
    }
    requisition.updated_at = now;
    let shown = written(account, &requisition);
    account.put_requisition(requisition);
    Ok(Reply::one(shown))
}

fn delete(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    allow_writes(account)?;
    let requisition = requisition_of(account, call)?;
    account.remove_requisition(&requisition.id);
    Ok(Reply::bare(Value::Null).with_status(StatusCode::NO_CONTENT))
}

fn status_in(body: &Body) -> Result<Option<RequisitionStatus>, Refusal> {
    body.text("status")?
        .map(|word| RequisitionStatus::parse(word).ok_or_else(|| wrong("status", "open, onHold, closed or draft")))
        .transpose()
}

/// The requisition that a body describes, its history and its hires those of `before`.
fn described(account: &Account, call: &Call<'_>, before: Requisition, now: Timestamp) -> Result<Requisition, Refusal> {
    let (body, company) = (&call.body, &account.company);
    let demand = |name: &str| {
        body.text(name)?
            .filter(|text| !text.trim().is_empty())
            .map(str::to_owned)
            .ok_or_else(|| Refusal::bad_request(format!("Missing required parameter {name}")))
    };
    let text = |name: &str| Ok::<_, Refusal>(body.text(name)?.map(str::to_owned));
    let (name, code) = (demand("name")?, demand("requisitionCode")?);
    // Codes are taken to be unique; how Lever refuses one that is not was never recorded.
    let taken = account
        .requisitions
        .iter()
        .any(|other| other.code == code && other.id != before.id);
    if taken {
        return Err(Refusal::bad_request(
            "requisitionCode: another requisition has this code",
        ));
    }
    let employment_status = match body.text("employmentStatus")? {
        None => None,
        Some(word) => Some(
            EMPLOYMENT_STATUSES
                .into_iter()
                .find(|known| *known == word)
                .ok_or_else(|| wrong("employmentStatus", "one of Lever's words"))?,
        ),
    };
    let postings = match body.texts("postingIds")? {
        None => before.postings,
        Some(ids) => ids
            .iter()
            .map(|id| {
                let (number, posting) = account
                    .find_posting(id)
                    .ok_or_else(|| Refusal::unknown_id(format_args!("postingIds: posting {id}")))?;
                allow_confidential(call, posting.confidentiality)?;
                Ok(number)
            })
            .collect::<Result<Vec<PostingNumber>, Refusal>>()?,
    };
    Ok(Requisition {
        name,
        code,
        headcount: headcount(body)?,
        vacancy: if body.truth("backfill")? == Some(true) {
            Vacancy::Backfill
        } else {
            Vacancy::New
        },
        owner: user(company, body, "owner")?,
        hiring_manager: user(company, body, "hiringManager")?,
        internal_notes: text("internalNotes")?.unwrap_or_default(),
        compensation_band: band(body)?,
        employment_status,
        location: text("location")?,
        team: text("team")?,
        department: text("department")?,
        postings,
        updated_at: now,
        custom_fields: custom_fields(account, body)?,
        ..before
    })
}

fn headcount(body: &Body) -> Result<Headcount, Refusal> {
    match body.given("headcountTotal") {
        None => Err(Refusal::bad_request("Missing required parameter headcountTotal")),
        Some(Value::String(word)) if word == "unlimited" => Ok(Headcount::Unlimited),
        Some(value) => value
            .as_u64()
            .and_then(|count| u32::try_from(count).ok())
            .filter(|count| *count > 0)
            .map(Headcount::Of)
            .ok_or_else(|| wrong("headcountTotal", "a number of 1 or more, or \"unlimited\"")),
    }
}

fn band(body: &Body) -> Result<Option<CompensationBand>, Refusal> {
    let Some(value) = body.given("compensationBand") else {
        return Ok(None);
    };
    let read = || {
        let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        let number = |name: &str| value.get(name)?.as_number().cloned();
        Some(CompensationBand {
            currency: text("currency")?,
            interval: text("interval")?,
            min: number("min")?,
            max: number("max")?,
        })
    };
    read()
        .map(Some)
        .ok_or_else(|| wrong("compensationBand", "an object of currency, interval, min and max"))
}

/// Held against the customer's own fields.
fn custom_fields(account: &Account, body: &Body) -> Result<Map<String, Value>, Refusal> {
    let given = match body.given("customFields") {
        None => Map::new(),
        Some(value) => value
            .as_object()
            .cloned()
            .ok_or_else(|| wrong("customFields", "an object"))?,
    };
    let fields = &account.requisitions.fields;
    for (id, value) in &given {
        let field = fields
            .iter()
            .find(|field| field.id == *id)
            .ok_or_else(|| Refusal::unknown_id(format_args!("customFields: field {id}")))?;
        if !value.is_null() && !field.fits(value) {
            return Err(wrong(
                &format!("customFields.{id}"),
                &format!("a {}", field.kind.word()),
            ));
        }
    }
    let missing = fields
        .iter()
        .filter(|field| field.presence == Presence::Required)
        .find(|field| given.get(&field.id).is_none_or(Value::is_null));
    match missing {
        Some(field) => Err(Refusal::bad_request(format!("customFields.{} is required", field.id))),
        None => Ok(given),
    }
}
