//! The customer's own fields on requisitions (lever-api §3.17). Lists here have no `hasNext`, and a missing field has a
//! code of its own.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::account::Account;
use crate::body::{Body, wrong};
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::model::requisition::{FieldKind, FieldOption, Presence, RequisitionField, Subfield};
use crate::refusal::Refusal;
use crate::reply::Reply;

const READ: &str = "requisition_fields:read";
const WRITE: &str = "requisition_fields:write";

const FIELDS_MAX: usize = 100;
const SUBFIELDS_MAX: usize = 10;
/// The docs say 2000 in one place and 8000 in another; the larger one fits 4000 in one call.
const OPTIONS_MAX: usize = 8_000;
const OPTIONS_PER_CALL_MAX: usize = 4_000;
const ID_MAX: usize = 50;

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let write = |method, pattern, write| Endpoint::write(method, pattern, WRITE, PerformAs::Unused, write);
    vec![
        Endpoint::get("/requisition_fields", READ, list),
        Endpoint::get("/requisition_fields/:id", READ, read),
        write(Method::POST, "/requisition_fields", create),
        write(Method::PUT, "/requisition_fields/:id", replace),
        write(Method::DELETE, "/requisition_fields/:id", delete),
        write(Method::POST, "/requisition_fields/:id/options", add_options),
        write(Method::PUT, "/requisition_fields/:id/options", change_options),
        write(Method::DELETE, "/requisition_fields/:id/options", remove_options),
    ]
}

fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let required = call.query.truth("isRequired")?;
    let kinds = call.query.any_of("type");
    let rows: Vec<Value> = account
        .requisitions
        .fields
        .iter()
        .filter(|field| required.is_none_or(|required| required == (field.presence == Presence::Required)))
        .filter(|field| {
            kinds
                .as_ref()
                .is_none_or(|kinds| kinds.iter().any(|kind| kind == field.kind.word()))
        })
        .map(RequisitionField::json)
        .collect();
    Ok(Reply::bare(json!({ "data": rows })))
}

fn place_of(account: &Account, call: &Call<'_>) -> Result<usize, Refusal> {
    let id = call.part(0);
    account
        .requisitions
        .field_place(id)
        .ok_or_else(|| Refusal::NoRequisitionField(id.to_owned()))
}

fn field_of(account: &Account, call: &Call<'_>) -> Result<(usize, RequisitionField), Refusal> {
    let place = place_of(account, call)?;
    let field = account.requisitions.fields.get(place).cloned();
    field
        .map(|field| (place, field))
        .ok_or_else(|| Refusal::NoRequisitionField(call.part(0).to_owned()))
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    field_of(account, call).map(|(_, field)| Reply::one(field.json()))
}

fn create(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    if account.requisitions.fields.len() >= FIELDS_MAX {
        return Err(Refusal::bad_request(format!("there are {FIELDS_MAX} fields already")));
    }
    let id = match call.body.text("id")? {
        Some(id) => id.to_owned(),
        None => snake_case(call.body.text("text")?.unwrap_or("")),
    };
    check_id("id", &id)?;
    if account.requisitions.field_place(&id).is_some() {
        return Err(Refusal::bad_request(format!("id: there is a field {id} already")));
    }
    let field = described(account, &call.body, id)?;
    let shown = field.json();
    account.requisitions.fields.push(field);
    Ok(Reply::one(shown).with_status(StatusCode::CREATED))
}

fn replace(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (place, before) = field_of(account, call)?;
    let field = described(account, &call.body, before.id)?;
    Ok(put(account, place, field))
}

fn put(account: &mut Account, place: usize, field: RequisitionField) -> Reply {
    let shown = field.json();
    if let Some(slot) = account.requisitions.fields.get_mut(place) {
        *slot = field;
    }
    Reply::one(shown)
}

fn delete(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let place = place_of(account, call)?;
    account.requisitions.fields.remove(place);
    Ok(Reply::bare(Value::Null).with_status(StatusCode::NO_CONTENT))
}

/// Lower-case letters, digits and underscores for any text.
fn snake_case(text: &str) -> String {
    let plain: String = deunicode::deunicode(text)
        .to_lowercase()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' })
        .take(ID_MAX)
        .collect();
    plain.trim_matches('_').to_owned()
}

fn check_id(name: &str, id: &str) -> Result<(), Refusal> {
    let fits = !id.is_empty()
        && id.chars().count() <= ID_MAX
        && id
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    if fits {
        return Ok(());
    }
    Err(wrong(name, "snake_case of 50 characters at most"))
}

fn described(account: &mut Account, body: &Body, id: String) -> Result<RequisitionField, Refusal> {
    let text = body
        .text("text")?
        .filter(|text| !text.trim().is_empty())
        .ok_or_else(|| Refusal::bad_request("Missing required parameter text"))?
        .to_owned();
    let kind = body
        .text("type")?
        .ok_or_else(|| Refusal::bad_request("Missing required parameter type"))?;
    let kind = FieldKind::parse(kind).ok_or_else(|| wrong("type", "number, text, date, object or dropdown"))?;
    let presence = if body.truth("isRequired")? == Some(true) {
        Presence::Required
    } else {
        Presence::Optional
    };
    let subfields = match kind {
        FieldKind::Object => subfields(body)?,
        _ => Vec::new(),
    };
    let options = match (kind, body.given("options")) {
        (FieldKind::Dropdown, Some(values)) => new_options(account, "options", values)?,
        _ => Vec::new(),
    };
    Ok(RequisitionField {
        id,
        text,
        kind,
        presence,
        subfields,
        options,
    })
}

fn subfields(body: &Body) -> Result<Vec<Subfield>, Refusal> {
    let refused = || wrong("subfields", "an array of {id, text, type}, ten at most");
    let part = |value: &Value| {
        let text = value.get("text")?.as_str()?.to_owned();
        let id = match value.get("id") {
            Some(id) => id.as_str()?.to_owned(),
            None => snake_case(&text),
        };
        let kind = FieldKind::parse(value.get("type")?.as_str()?).filter(|kind| *kind != FieldKind::Object)?;
        Some(Subfield { id, text, kind })
    };
    let parts: Vec<Subfield> = body
        .given("subfields")
        .and_then(Value::as_array)
        .and_then(|values| values.iter().map(part).collect())
        .ok_or_else(refused)?;
    if parts.is_empty() || parts.len() > SUBFIELDS_MAX {
        return Err(refused());
    }
    for part in &parts {
        check_id("subfields.id", &part.id)?;
    }
    Ok(parts)
}

/// Options of `[{text}]`, each with a new id where none is given.
fn new_options(account: &mut Account, name: &str, values: &Value) -> Result<Vec<FieldOption>, Refusal> {
    let refused = || wrong(name, "an array of {text}");
    let values = values.as_array().ok_or_else(refused)?;
    if values.len() > OPTIONS_PER_CALL_MAX {
        return Err(Refusal::bad_request(format!(
            "{name}: {OPTIONS_PER_CALL_MAX} options a call at most"
        )));
    }
    values
        .iter()
        .map(|value| {
            let text = value
                .get("text")
                .and_then(Value::as_str)
                .ok_or_else(refused)?
                .to_owned();
            let id = match value.get("id").and_then(Value::as_str) {
                Some(id) => id.to_owned(),
                None => account.new_option_id(),
            };
            Ok(FieldOption { id, text })
        })
        .collect()
}

/// The dropdown that a call's path names.
fn dropdown_of(account: &Account, call: &Call<'_>) -> Result<(usize, RequisitionField), Refusal> {
    let (place, field) = field_of(account, call)?;
    if field.kind == FieldKind::Dropdown {
        return Ok((place, field));
    }
    Err(Refusal::bad_request(format!("{} is not a dropdown", field.id)))
}

fn values(body: &Body) -> Result<&Value, Refusal> {
    body.given("values")
        .ok_or_else(|| Refusal::bad_request("Missing required parameter values"))
}

fn add_options(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (place, mut field) = dropdown_of(account, call)?;
    let added = new_options(account, "values", values(&call.body)?)?;
    field.options.extend(added);
    if field.options.len() > OPTIONS_MAX {
        return Err(Refusal::bad_request(format!("{OPTIONS_MAX} options a field at most")));
    }
    Ok(put(account, place, field).with_status(StatusCode::CREATED))
}

fn change_options(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (place, mut field) = dropdown_of(account, call)?;
    let given = values(&call.body)?
        .as_array()
        .ok_or_else(|| wrong("values", "an array of {id, text}"))?;
    for value in given {
        let part = |name: &str| value.get(name).and_then(Value::as_str);
        let (id, text) = part("id")
            .zip(part("text"))
            .ok_or_else(|| wrong("values", "an array of {id, text}"))?;
        let option = field
            .options
            .iter_mut()
            .find(|option| option.id == id)
            .ok_or_else(|| Refusal::unknown_id(format_args!("values: option {id}")))?;
        option.text = text.to_owned();
    }
    Ok(put(account, place, field))
}

fn remove_options(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (place, mut field) = dropdown_of(account, call)?;
    let removed = call.body.required_texts("values")?;
    if let Some(unknown) = removed
        .iter()
        .find(|id| !field.options.iter().any(|option| option.id == **id))
    {
        return Err(Refusal::unknown_id(format_args!("values: option {unknown}")));
    }
    field.options.retain(|option| !removed.contains(&option.id));
    put(account, place, field);
    Ok(Reply::bare(Value::Null).with_status(StatusCode::NO_CONTENT))
}
