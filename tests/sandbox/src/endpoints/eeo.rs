//! Answers to the questions for equal opportunity (lever-api §3.18), newest application first.
//!
//! Walked along the index of times, so that a page of a million applications costs a page.

use serde_json::{Value, json};

use super::{allow_confidential, as_object, expand};
use crate::account::Account;
use crate::account::index::TimeField;
use crate::clock::{DAY_MS, Timestamp};
use crate::endpoint::{Call, Endpoint};
use crate::ids::OpportunityNumber;
use crate::model::Reference;
use crate::model::application::ApplicationType;
use crate::model::eeo::{EeoAnswers, EeoPerson, EeoRow};
use crate::model::opportunity::Opportunity;
use crate::model::posting::PostingExpansion;
use crate::query::TimeRange;
use crate::refusal::Refusal;
use crate::reply::{Reply, invalid_token, start_key};

/// What is listed when no dates are given.
const DEFAULT_WINDOW_MS: i64 = 7 * DAY_MS;

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/eeo/responses", "eeo_responses:read", list),
        Endpoint::get("/eeo/responses/pii", "eeo_responses_pii:read", list_with_people),
    ]
}

/// An application through the job site, and what was answered.
struct Applied {
    number: OpportunityNumber,
    opportunity: Opportunity,
    at: Timestamp,
    answers: Option<EeoAnswers>,
}

fn applied(account: &Account, call: &Call<'_>, number: OpportunityNumber) -> Option<Applied> {
    let row = account.index.row(number)?;
    row.posting?;
    allow_confidential(call, row.confidentiality).ok()?;
    let opportunity = account.opportunity(number)?.into_owned();
    let application = opportunity.application.as_ref()?;
    if application.kind != ApplicationType::Posting {
        return None;
    }
    let at = application.created_at;
    Some(Applied {
        number,
        opportunity,
        at,
        answers: account.eeo_answers(number),
    })
}

/// A page of the rows that `show` makes.
fn page(
    account: &Account,
    call: &Call<'_>,
    range: TimeRange,
    show: impl Fn(&Applied) -> Option<Value>,
) -> Result<Reply, Refusal> {
    let limit = call.query.limit()?;
    let mut end = range.end;
    let mut first = None;
    if let Some(key) = start_key(&call.query)? {
        let [at, id] = key.as_slice() else {
            return Err(invalid_token());
        };
        end = end.min(at.as_i64().map(Timestamp::from_millis).ok_or_else(invalid_token)?);
        let id = id.as_str().ok_or_else(invalid_token)?;
        first = Some(account.find_opportunity(id).ok_or_else(invalid_token)?);
    }
    // Applications are made up to a second after their opportunity: the index holds the opportunity's time.
    let mut found: Vec<(Applied, Value)> = account
        .index
        .in_time(TimeField::Created, range.start.plus(-1_000), end)
        .rev()
        .filter_map(|number| applied(account, call, number))
        .filter(|row| range.holds(Some(row.at)) && row.at <= end)
        .skip_while(|row| first.is_some_and(|first| row.at == end && row.number != first))
        .filter_map(|row| {
            let shown = show(&row)?;
            Some((row, shown))
        })
        .take(limit + 1)
        .collect();
    let next = found
        .get(limit)
        .map(|(row, _)| json!([row.at, account.opportunity_id(row.number)]));
    found.truncate(limit);
    Ok(Reply::page(found.into_iter().map(|(_, row)| row).collect(), next))
}

/// Applications of a window, the last week if none is given, with the answers of those who gave some.
fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    // Later than every stamp of a write, some of which stand a few ms ahead of the clock.
    let now = account.now();
    let range = TimeRange {
        start: call.query.time("fromDate")?.unwrap_or(now.plus(-DEFAULT_WINDOW_MS)),
        end: call.query.time("toDate")?.unwrap_or(now),
    };
    page(account, call, range, |row| {
        let row = EeoRow {
            company: &account.company,
            opportunity: &row.opportunity,
            answers: row.answers.as_ref(),
        };
        Some(row.json())
    })
}

fn list_with_people(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (mut contact_as, mut manager_as, mut posting_as) = Default::default();
    expand(&call.query, |name| {
        as_object(match name {
            "contact" => &mut contact_as,
            "hiringManager" => &mut manager_as,
            "posting" => &mut posting_as,
            _ => return None,
        })
    })?;
    let range = call.query.time_range("created_at")?.unwrap_or(TimeRange {
        start: Timestamp::MIN,
        end: Timestamp::MAX,
    });
    page(account, call, range, |row| {
        let answers = row.answers.as_ref()?;
        let application = row.opportunity.application.as_ref()?;
        let contact_id = account.contact_id(row.opportunity.contact);
        let posting = account.company.posting(application.posting)?;
        let person = EeoPerson {
            opportunity: account.opportunity_id(row.number),
            contact: match contact_as {
                Reference::Id => json!(contact_id),
                Reference::Object => account.contact(row.opportunity.contact)?.json(&contact_id),
            },
            posting: match posting_as {
                Reference::Id => json!(posting.id),
                Reference::Object => posting.json(&account.company, PostingExpansion::default()),
            },
            hiring_manager: application
                .posting_hiring_manager
                .map_or(Value::Null, |manager| account.company.user_json(manager, manager_as)),
        };
        let shown = EeoRow {
            company: &account.company,
            opportunity: &row.opportunity,
            answers: Some(answers),
        };
        Some(shown.json_with(answers, person))
    })
}
