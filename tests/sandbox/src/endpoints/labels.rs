//! Tags and sources with the number of opportunities that carry them (lever-api §3.6).

use serde_json::json;

use crate::account::Account;
use crate::account::labels::Labels;
use crate::endpoint::{Call, Endpoint};
use crate::refusal::Refusal;
use crate::reply::{KeyPart, Reply, short_list};

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/tags", "tags:read", |account, call| list(&account.tags, call)),
        Endpoint::get("/sources", "sources:read", list_sources),
    ]
}

fn list_sources(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    list(&account.sources, call)
}

fn list(labels: &Labels, call: &Call<'_>) -> Result<Reply, Refusal> {
    // By text without regard to case; the text itself keeps `Full-time` and `Full-Time` apart.
    let rows = labels
        .iter()
        .map(|(text, count)| {
            let key = vec![KeyPart::Text(text.to_lowercase()), KeyPart::Text(text.to_owned())];
            (key, json!({ "count": count, "text": text }))
        })
        .collect();
    short_list(&call.query, rows)
}
