//! Applications of an opportunity (lever-api §3.5). Deprecated in favour of `expand=applications`, still answering.

use serde_json::Value;

use super::{expand, opportunity_of};
use crate::account::Account;
use crate::endpoint::{Call, Endpoint};
use crate::model::posting::PostingExpansion;
use crate::query::Query;
use crate::refusal::Refusal;
use crate::reply::{Reply, oldest_first};

const READ: &str = "applications:read";

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/opportunities/:id/applications", READ, list),
        Endpoint::get("/opportunities/:id/applications/:application", READ, read),
        Endpoint::get("/candidates/:id/applications", READ, list),
        Endpoint::get("/candidates/:id/applications/:application", READ, read),
    ]
}

const EXPANDABLE: &[&str] = &["posting", "postingHiringManager", "postingOwner", "user"];

/// Puts objects in place of the ids that `expand` names. A null id stays null (lever-api §2.3).
fn expanded(account: &Account, query: &Query, mut row: Value) -> Result<Value, Refusal> {
    let company = &account.company;
    expand(query, |name| EXPANDABLE.contains(&name).then_some(()))?;
    for name in query.all("expand") {
        let Some(slot) = row.get_mut(name) else {
            continue;
        };
        let Some(id) = slot.as_str() else {
            continue;
        };
        *slot = match name {
            "posting" => account
                .find_posting(id)
                .map(|(_, posting)| posting.json(company, PostingExpansion::default())),
            _ => company
                .users
                .find(id)
                .and_then(|number| company.users.get(number))
                .map(|user| user.json()),
        }
        .unwrap_or(Value::Null);
    }
    Ok(row)
}

fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, opportunity) = opportunity_of(account, call)?;
    let id = account.opportunity_id(number);
    let mut rows = Vec::new();
    if let Some(application) = &opportunity.application {
        let row = expanded(account, &call.query, application.json(&account.company, &id))?;
        rows.push((application.created_at, row));
    }
    oldest_first(&call.query, rows.into_iter())
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, opportunity) = opportunity_of(account, call)?;
    let wanted = call.part(1);
    opportunity
        .application
        .filter(|application| application.id == wanted)
        .map(|application| application.json(&account.company, &account.opportunity_id(number)))
        .ok_or_else(|| Refusal::not_found("applications", wanted))
        .and_then(|row| expanded(account, &call.query, row))
        .map(Reply::one)
}
