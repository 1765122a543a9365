//! Reading opportunities, and the legacy `/candidates` that equal them (lever-api §3.1, §3.3).

use serde_json::{Map, Value};

use super::{as_object, expand, include, opportunity_list, opportunity_of};
use crate::account::Account;
use crate::endpoint::{Call, Endpoint};
use crate::ids::OpportunityNumber;
use crate::model::opportunity::{OpportunityExpansion, Showing};
use crate::query::Query;
use crate::refusal::Refusal;
use crate::reply::{Reply, Subject};

const READ: &str = "opportunities:read";

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/opportunities", READ, opportunity_list::list),
        Endpoint::get("/opportunities/:id", READ, read),
        Endpoint::get("/candidates", READ, opportunity_list::list),
        Endpoint::get("/candidates/:id", READ, read),
    ]
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_of(account, call)?;
    let expansion = expansion(&call.query)?;
    shown(account, call, number, expansion).map(Reply::one)
}

/// What `expand` asks for.
///
/// # Errors
/// 400 for a name that is not expandable.
pub fn expansion(query: &Query) -> Result<OpportunityExpansion, Refusal> {
    let mut expansion = OpportunityExpansion::default();
    expand(query, |name| {
        as_object(match name {
            "applications" => &mut expansion.applications,
            "stage" => &mut expansion.stage,
            "owner" => &mut expansion.owner,
            "followers" => &mut expansion.followers,
            "sourcedBy" => &mut expansion.sourced_by,
            "contact" => &mut expansion.contact,
            _ => return None,
        })
    })?;
    Ok(expansion)
}

/// An opportunity as a read shows it, `expand` and `include` obeyed.
///
/// # Errors
/// 404 when it is gone.
pub fn shown(
    account: &Account,
    call: &Call<'_>,
    number: OpportunityNumber,
    expansion: OpportunityExpansion,
) -> Result<Map<String, Value>, Refusal> {
    let mut row = account
        .show(number, expansion, Showing::Read)
        .ok_or_else(|| Refusal::not_found("opportunities", account.opportunity_id(number)))?;
    include(&call.query, &mut row, &["followers"]);
    Ok(row)
}

/// What a write to an opportunity was about.
#[must_use]
pub fn subject(account: &Account, number: OpportunityNumber) -> Subject {
    Subject {
        opportunity: Some(account.opportunity_id(number)),
        contact: account.index.row(number).map(|row| account.contact_id(row.contact)),
    }
}
