//! The endpoints, one file a resource. Adding one: write its function, name it in that file's `endpoints`, and, for a
//! new file, in [`all`].

pub mod applications;
pub mod apply;
pub mod audit_events;
pub mod contacts;
pub mod deleted;
pub mod dispositions;
pub mod eeo;
pub mod feedback;
pub mod files;
pub mod forms;
pub mod interviews;
pub mod labels;
pub mod notes;
pub mod offers;
pub mod opportunities;
pub mod opportunity_list;
pub mod opportunity_writes;
pub mod panels;
pub mod posting_writes;
pub mod postings;
pub mod requisition_fields;
pub mod requisitions;
pub mod surveys;
pub mod templates;
pub mod user_writes;
pub mod users;
pub mod webhooks;

use crate::access::ConfidentialAccess;
use crate::account::Account;
use crate::endpoint::{Call, Endpoint};
use crate::ids::OpportunityNumber;
use crate::model::contact::Anonymity;
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
        panels::endpoints(),
        interviews::endpoints(),
        feedback::endpoints(),
        forms::endpoints(),
        templates::endpoints(),
        offers::endpoints(),
        eeo::endpoints(),
        surveys::endpoints(),
        audit_events::endpoints(),
        webhooks::endpoints(),
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

/// The opportunity a call's path names, if the key may see it and it may be written to.
///
/// # Errors
/// As [`opportunity_of`]; 400 when the contact was anonymised (lever-api §4.1; the code is UNSURE).
pub fn opportunity_to_change(account: &Account, call: &Call<'_>) -> Result<(OpportunityNumber, Opportunity), Refusal> {
    let (number, opportunity) = opportunity_of(account, call)?;
    let contact = account.contact(opportunity.contact);
    if contact.is_some_and(|contact| contact.anonymity == Anonymity::Anonymized) {
        return Err(Refusal::bad_request("The contact is anonymized"));
    }
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
/// 400 `<name> is not expandable` (lever-api §2.3).
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use axum::http::Method;

    use super::*;

    /// lever-api §1.4.
    const READ_ONLY: &[&str] = &[
        "applications",
        "archive_reasons",
        "audit_events",
        "diversity_surveys",
        "eeo_responses",
        "eeo_responses_pii",
        "offers",
        "referrals",
        "resumes",
        "sources",
        "stages",
        "tags",
    ];
    /// lever-api §1.4.
    const READ_AND_WRITE: &[&str] = &[
        "contact",
        "feedback",
        "feedback_templates",
        "files",
        "forms",
        "form_templates",
        "interviews",
        "notes",
        "opportunities",
        "panels",
        "postings",
        "requisitions",
        "requisition_fields",
        "users",
        "webhooks",
    ];

    #[test]
    fn every_endpoint_stands_under_a_scope_that_exists_and_fits_its_method() {
        let mut names = HashSet::new();
        for endpoint in all() {
            let name = endpoint.name();
            let (resource, right) = endpoint.scope.split_once(':').unwrap();
            let reads = endpoint.method == Method::GET;
            assert_eq!(right, if reads { "read" } else { "write" }, "{name}");
            let known = READ_AND_WRITE.contains(&resource)
                || (reads && READ_ONLY.contains(&resource))
                || endpoint.scope == "uploads:write";
            assert!(known, "{name}: {}", endpoint.scope);
            assert!(names.insert(name.clone()), "{name} is there twice");
        }
    }
}
