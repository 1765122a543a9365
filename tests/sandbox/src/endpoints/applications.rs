//! Applications of an opportunity (lever-api §3.5). Deprecated in favour of `expand=applications`, still answering.

use super::opportunity_of;
use crate::account::Account;
use crate::endpoint::{Call, Endpoint};
use crate::refusal::Refusal;
use crate::reply::{KeyPart, Reply, short_list};

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

fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, opportunity) = opportunity_of(account, call)?;
    let id = account.opportunity_id(number);
    let rows = opportunity
        .application
        .iter()
        .map(|application| {
            let key = vec![
                KeyPart::Ascending(application.created_at.as_millis() as f64),
                KeyPart::Text(application.id.clone()),
            ];
            (key, application.json(&account.company, &id))
        })
        .collect();
    short_list(&call.query, rows)
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, opportunity) = opportunity_of(account, call)?;
    let wanted = call.part(1);
    opportunity
        .application
        .filter(|application| application.id == wanted)
        .map(|application| Reply::one(application.json(&account.company, &account.opportunity_id(number))))
        .ok_or_else(|| Refusal::not_found("applications", wanted))
}
