//! The endpoints, one file a resource. Adding one: write its function, name it in that file's `endpoints`, and, for a
//! new file, in [`all`].

pub mod applications;
pub mod apply;
pub mod contacts;
pub mod deleted;
pub mod dispositions;
pub mod files;
pub mod labels;
pub mod notes;
pub mod opportunities;
pub mod opportunity_list;
pub mod opportunity_writes;
pub mod posting_writes;
pub mod postings;
pub mod requisition_fields;
pub mod requisitions;
pub mod user_writes;
pub mod users;

use crate::access::ConfidentialAccess;
use crate::account::Account;
use crate::endpoint::{Call, Endpoint};
use crate::ids::OpportunityNumber;
use crate::model::opportunity::Opportunity;
use crate::model::{Confidentiality, Reference};
use crate::query::Query;
use crate::refusal::Refusal;

/// Every endpoint.
#[must_use]
pub fn all() -> Vec<Endpoint> {
    [
        opportunities::endpoints(),
        opportunity_writes::endpoints(),
        deleted::endpoints(),
        applications::endpoints(),
        notes::endpoints(),
        files::endpoints(),
        contacts::endpoints(),
        dispositions::endpoints(),
        labels::endpoints(),
        users::endpoints(),
        user_writes::endpoints(),
        requisitions::endpoints(),
        requisition_fields::endpoints(),
        postings::endpoints(),
        posting_writes::endpoints(),
        apply::endpoints(),
    ]
    .concat()
}

/// The opportunity a call's path names, if the key may see it.
///
/// # Errors
/// 404 when there is none; 403 when it is confidential and the key has no grant (lever-api §4.6).
pub fn opportunity_of(account: &Account, call: &Call<'_>) -> Result<(OpportunityNumber, Opportunity), Refusal> {
    let id = call.part(0);
    let not_found = || Refusal::not_found("opportunities", id);
    let number = account.find_opportunity(id).ok_or_else(not_found)?;
    let opportunity = account.opportunity(number).ok_or_else(not_found)?.into_owned();
    allow_confidential(call, opportunity.confidentiality)?;
    Ok((number, opportunity))
}

/// Lets open things pass, and confidential ones for keys with the grant.
///
/// # Errors
/// 403 otherwise.
pub fn allow_confidential(call: &Call<'_>, confidentiality: Confidentiality) -> Result<(), Refusal> {
    match (confidentiality, call.grant.confidential) {
        (Confidentiality::Confidential, ConfidentialAccess::Denied) => Err(Refusal::Forbidden(
            "This API key does not have access to confidential data".to_owned(),
        )),
        _ => Ok(()),
    }
}

/// Which confidentialities a list shows.
///
/// # Errors
/// 400 for an unknown word, 403 when confidential rows are asked for without the grant.
pub fn wanted_confidentiality(call: &Call<'_>) -> Result<Vec<Confidentiality>, Refusal> {
    let wanted = match call.query.first("confidentiality") {
        None | Some("non-confidential") => vec![Confidentiality::Open],
        Some("confidential") => vec![Confidentiality::Confidential],
        Some("all") => vec![Confidentiality::Open, Confidentiality::Confidential],
        Some(_) => {
            return Err(Refusal::bad_request(
                "confidentiality must be confidential, non-confidential or all",
            ));
        }
    };
    for confidentiality in &wanted {
        allow_confidential(call, *confidentiality)?;
    }
    Ok(wanted)
}

/// Reads `expand` into what it switches.
///
/// # Errors
/// 400 "<name> is not expandable" (lever-api §2.3).
pub fn expand(query: &Query, mut slot: impl FnMut(&str) -> Option<()>) -> Result<(), Refusal> {
    for name in query.all("expand") {
        slot(name).ok_or_else(|| Refusal::bad_request(format!("{name} is not expandable")))?;
    }
    Ok(())
}

/// Marks a field as expanded.
pub fn as_object(slot: &mut Reference) -> Option<()> {
    *slot = Reference::Object;
    Some(())
}

/// `include` takes away (lever-api §2.3): only the named and the expanded fields stay. Where it names nothing but
/// fields that the docs use it to add, the row stays whole: what the real service does there was never recorded.
pub fn include(query: &Query, row: &mut serde_json::Map<String, serde_json::Value>, additive: &[&str]) {
    let named: Vec<&str> = query.all("include").collect();
    if named.is_empty() || named.iter().all(|name| additive.contains(name)) {
        return;
    }
    let expanded: Vec<&str> = query.all("expand").collect();
    row.retain(|name, _| named.contains(&name.as_str()) || expanded.contains(&name.as_str()));
}
