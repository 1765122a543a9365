//! Offers of an opportunity: list and download (lever-api §3.16).

use super::{as_object, expand, opportunity_of};
use crate::account::Account;
use crate::body::wrong;
use crate::endpoint::{Call, Endpoint};
use crate::model::Reference;
use crate::model::offer::{Offer, OfferDocument};
use crate::pdf;
use crate::refusal::Refusal;
use crate::reply::{Download, Reply, oldest_first};

const READ: &str = "offers:read";

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/opportunities/:id/offers", READ, list),
        Endpoint::get("/opportunities/:id/offers/:offer/download", READ, download),
        Endpoint::get("/candidates/:id/offers", READ, list),
        Endpoint::get("/candidates/:id/offers/:offer/download", READ, download),
    ]
}

fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let mut creator = Reference::Id;
    expand(&call.query, |name| match name {
        "creator" => as_object(&mut creator),
        _ => None,
    })?;
    let id = account.opportunity_id(number);
    let offers = account.offers(number);
    oldest_first(
        &call.query,
        offers
            .iter()
            .map(|offer| (offer.created_at, offer.json(&account.company, &id, creator))),
    )
}

/// `status` says which document; not said, it is the newest.
fn download(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let wanted = call.part(1);
    let offer = account
        .offers(number)
        .into_iter()
        .find(|offer| offer.id == wanted)
        .ok_or_else(|| Refusal::not_found("offers", wanted))?;
    let candidates: &[OfferDocument] = match call.query.first("status") {
        None => &[OfferDocument::Signed, OfferDocument::Sent],
        Some("signed") => &[OfferDocument::Signed],
        Some("sent") => &[OfferDocument::Sent],
        Some(_) => return Err(wrong("status", "sent or signed")),
    };
    let document = candidates
        .iter()
        .find(|document| offer.document_at(**document).is_some())
        .ok_or_else(|| Refusal::not_found("offer documents", wanted))?;
    Ok(Reply::file(Download {
        name: document.file_name().to_owned(),
        content: pdf::of_lines(&lines(&offer, *document)).into(),
    }))
}

fn lines(offer: &Offer, document: OfferDocument) -> Vec<String> {
    let mut lines = vec![format!("Offer ({})", document.word())];
    lines.extend(offer.fields.iter().map(|(text, _, value)| format!("{text}: {value}")));
    lines
}
