//! The three lists of what was deleted in the web app (lever-api §3.1, §3.5, §3.8, §4.7).
//!
//! Their order was never recorded: the newest deletion first, as in Lever's other lists of events.

use serde_json::{Value, json};

use super::opportunities::expansion;
use super::{include, wanted_confidentiality};
use crate::account::Account;
use crate::account::deletions::Deletion;
use crate::choices::DeletedPostings;
use crate::clock::DAY_MS;
use crate::endpoint::{Call, Endpoint};
use crate::model::Reference;
use crate::model::opportunity::Showing;
use crate::query::{Query, TimeRange};
use crate::refusal::Refusal;
use crate::reply::{KeyPart, Reply, short_list};

/// The longest window of the lists that have one.
const WINDOW_MAX_MS: i64 = 30 * DAY_MS;

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/opportunities/deleted", "opportunities:read", opportunities),
        Endpoint::get("/applications/deleted", "applications:read", applications),
        Endpoint::get("/postings/deleted", "postings:read", postings),
    ]
}

/// What a list asks of its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Window {
    /// Nothing.
    Open,
    /// At most 30 days between them, where both are given.
    Short,
    /// Both, and at most 30 days between them.
    Demanded,
}

fn window(query: &Query, rule: Window) -> Result<Option<TimeRange>, Refusal> {
    let range = query.time_range("deleted_at")?;
    let (start, end) = (query.time("deleted_at_start")?, query.time("deleted_at_end")?);
    match (rule, start, end) {
        (Window::Demanded, None, _) => Err(Refusal::bad_request("Missing required parameter deleted_at_start")),
        (Window::Demanded, _, None) => Err(Refusal::bad_request("Missing required parameter deleted_at_end")),
        (Window::Short | Window::Demanded, Some(start), Some(end))
            if end.as_millis().saturating_sub(start.as_millis()) > WINDOW_MAX_MS =>
        {
            Err(Refusal::bad_request(
                "deleted_at_start and deleted_at_end must be at most 30 days apart",
            ))
        }
        _ => Ok(range),
    }
}

fn key(deletion: Deletion, id: &str) -> Vec<KeyPart> {
    vec![
        KeyPart::Descending(deletion.at.as_millis() as f64),
        KeyPart::Text(id.to_owned()),
    ]
}

fn opportunities(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let range = window(&call.query, Window::Open)?;
    let expansion = expansion(&call.query)?;
    let confidentiality = wanted_confidentiality(call)?;
    let rows = account
        .deletions
        .opportunities()
        .filter(|(_, deletion)| range.is_none_or(|range| range.holds(Some(deletion.at))))
        .filter(|(number, _)| {
            account
                .index
                .row(*number)
                .is_some_and(|row| confidentiality.contains(&row.confidentiality))
        })
        .filter_map(|(number, deletion)| {
            let mut row = account.show(number, expansion, Showing::Read)?;
            row.insert(
                "deletedBy".to_owned(),
                account.company.user_json(deletion.by, Reference::Id),
            );
            row.insert("deletedAt".to_owned(), json!(deletion.at));
            include(&call.query, &mut row, &["followers"]);
            Some((key(deletion, &account.opportunity_id(number)), Value::Object(row)))
        })
        .collect();
    short_list(&call.query, rows)
}

fn applications(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let range = window(&call.query, Window::Demanded)?;
    let rows = account
        .deletions
        .opportunities()
        .filter(|(_, deletion)| range.is_none_or(|range| range.holds(Some(deletion.at))))
        .filter_map(|(number, deletion)| {
            let application = account.opportunity(number)?.application.clone()?;
            let posting = account
                .company
                .posting(application.posting)
                .map_or(Value::Null, |posting| json!(posting.id));
            let row = json!({
                "id": application.id,
                "deletedAt": deletion.at,
                "opportunityId": account.opportunity_id(number),
                "postingId": posting,
            });
            Some((key(deletion, &application.id), row))
        })
        .collect();
    short_list(&call.query, rows)
}

/// The docs demand both bounds; a recorded call without them was answered. Which holds is a choice.
fn postings(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let rule = match account.choices.deleted_postings {
        DeletedPostings::Open => Window::Short,
        DeletedPostings::Window => Window::Demanded,
    };
    let range = window(&call.query, rule)?;
    let rows = account
        .deletions
        .postings()
        .filter(|(_, deletion)| range.is_none_or(|range| range.holds(Some(deletion.at))))
        .filter_map(|(number, deletion)| {
            let id = &account.company.posting(number)?.id;
            Some((key(deletion, id), json!({ "id": id, "deletedAt": deletion.at })))
        })
        .collect();
    short_list(&call.query, rows)
}
