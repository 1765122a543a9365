//! The audit log (lever-api §3.18).

use crate::account::Account;
use crate::endpoint::{Call, Endpoint};
use crate::refusal::Refusal;
use crate::reply::{KeyPart, Reply, short_list};

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::get("/audit_events", "audit_events:read", list)]
}

/// Newest first. `user_id=null` asks for what nobody did.
fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let query = &call.query;
    let created = query.time_range("created_at")?;
    let (types, users) = (query.any_of("type"), query.any_of("user_id"));
    let (target_type, target_id) = (query.first("target_type"), query.first("target_id"));
    if target_id.is_some() && target_type.is_none() {
        return Err(Refusal::bad_request("target_id needs target_type"));
    }
    let one_of = |wanted: &Option<Vec<String>>, text: &str| {
        wanted
            .as_ref()
            .is_none_or(|wanted| wanted.iter().any(|wanted| wanted == text))
    };
    let rows = account
        .audit_events()
        .iter()
        .filter(|event| {
            created.is_none_or(|range| range.holds(Some(event.created_at)))
                && one_of(&types, event.kind.word())
                && one_of(&users, event.user.map_or("null", |user| user.id.as_str()))
                && target_type.is_none_or(|wanted| wanted == event.kind.target())
                && target_id.is_none_or(|wanted| wanted == event.target_id)
        })
        .map(|event| {
            let key = vec![
                KeyPart::Descending(event.created_at.as_millis() as f64),
                KeyPart::Text(event.id.clone()),
            ];
            (key, event.json())
        })
        .collect();
    short_list(query, rows)
}
