//! Contacts: read and partial update; there is no list (lever-api §3.4).

use axum::http::Method;

use super::opportunity_writes::{phones, touch_all_of};
use crate::account::Account;
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::ids::ContactNumber;
use crate::model::contact::{Anonymity, Contact};
use crate::refusal::Refusal;
use crate::reply::{Reply, Subject};

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/contacts/:id", "contact:read", read),
        Endpoint::write(Method::PUT, "/contacts/:id", "contact:write", PerformAs::Unused, update),
    ]
}

fn contact_of(account: &Account, call: &Call<'_>) -> Result<(ContactNumber, Contact), Refusal> {
    let id = call.part(0);
    account
        .find_contact(id)
        .and_then(|number| Some((number, account.contact(number)?.into_owned())))
        .ok_or_else(|| Refusal::not_found("contacts", id))
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, contact) = contact_of(account, call)?;
    Ok(Reply::one(contact.json(&account.contact_id(number))))
}

fn update(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, contact) = contact_of(account, call)?;
    let body = &call.body;
    if contact.anonymity == Anonymity::Anonymized {
        return Err(Refusal::bad_request(format!(
            "contact {} is anonymized",
            account.contact_id(number)
        )));
    }
    let text = |name| body.text(name).map(|text| text.map(str::to_owned));
    let (name, headline, location) = (text("name")?, text("headline")?, text("location")?);
    let (emails, phones) = (body.texts("emails")?, phones(body)?);
    let changed = account.change_contact(number, |contact| {
        contact.name = name.unwrap_or(std::mem::take(&mut contact.name));
        contact.headline = headline.unwrap_or(std::mem::take(&mut contact.headline));
        contact.location = location.unwrap_or(std::mem::take(&mut contact.location));
        contact.emails = emails.unwrap_or(std::mem::take(&mut contact.emails));
        contact.phones = phones.unwrap_or(std::mem::take(&mut contact.phones));
    });
    touch_all_of(account, number, changed);
    let id = account.contact_id(number);
    let (_, contact) = contact_of(account, call)?;
    // The reply lacks isAnonymized and dataProtection (recorded).
    Ok(Reply::one(contact.update_json(&id)).about(Subject {
        opportunity: None,
        contact: Some(id),
    }))
}
