//! `GET /opportunities`: every filter of lever-api §3.1, in the order of §2.2.
//!
//! A filter that leaves few rows (a person, a mail address, a posting, a window of time) is answered from its index and
//! sorted; otherwise the list is walked in its order from the token on. Either way a page costs no more than a page.

use serde_json::{Value, json};

use super::opportunities::{expansion, shown};
use super::wanted_confidentiality;
use crate::account::Account;
use crate::account::index::{ListKey, Row, TimeField};
use crate::account::labels::Labels;
use crate::clock::Timestamp;
use crate::endpoint::Call;
use crate::ids::{ContactNumber, OpportunityNumber, PostingNumber, ReasonNumber, StageNumber, Uuid};
use crate::model::Confidentiality;
use crate::model::contact::canonical_email;
use crate::model::opportunity::Origin;
use crate::model::stage::Rank;
use crate::query::{Query, TimeRange};
use crate::refusal::Refusal;
use crate::reply::{Reply, invalid_token, start_key};

/// Up to so many rows are collected and sorted rather than met on a walk.
const FEW: usize = 20_000;

/// `GET /opportunities`.
///
/// # Errors
/// 400 for a parameter that is malformed, 403 for confidential rows without the grant.
pub fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let limit = call.query.limit()?;
    let expansion = expansion(&call.query)?;
    let filters = Filters::read(account, call)?;
    let start = start_key(&call.query)?.map(|key| read_key(account, &key)).transpose()?;

    let mut found: Vec<ListKey> = match filters.few(account) {
        Some(numbers) => {
            let mut keys: Vec<ListKey> = numbers
                .into_iter()
                .filter_map(|number| Some((number, account.index.row(number)?)))
                .map(|(number, row)| (ListKey::of(number, row), row))
                .filter(|(key, row)| {
                    start.is_none_or(|start| *key >= start) && filters.pass(account, key.number(), row)
                })
                .map(|(key, _)| key)
                .collect();
            keys.sort_unstable();
            keys.dedup();
            keys.truncate(limit + 1);
            keys
        }
        None => account
            .index
            .in_order(start)
            .filter(|(key, row)| filters.pass(account, key.number(), row))
            .map(|(key, _)| key)
            .take(limit + 1)
            .collect(),
    };
    let next = found.get(limit).and_then(|key| write_key(account, key.number()));
    found.truncate(limit);
    let rows = found
        .into_iter()
        .map(|key| shown(account, call, key.number(), expansion).map(Value::Object))
        .collect::<Result<_, _>>()?;
    Ok(Reply::page(rows, next))
}

/// `[rank, lastAdvancedAt, "id"]`.
fn write_key(account: &Account, number: OpportunityNumber) -> Option<Value> {
    let row = account.index.row(number)?;
    Some(json!([
        row.rank.json(),
        row.last_advanced_at,
        account.opportunity_id(number)
    ]))
}

fn read_key(account: &Account, key: &[Value]) -> Result<ListKey, Refusal> {
    let [rank, advanced, id] = key else {
        return Err(invalid_token());
    };
    let rank = Rank::from_json(rank).ok_or_else(invalid_token)?;
    let advanced = advanced
        .as_i64()
        .map(Timestamp::from_millis)
        .ok_or_else(invalid_token)?;
    let id = id.as_str().ok_or_else(invalid_token)?;
    let (id, number) = match account.locate_opportunity(id) {
        Some(number) => {
            let row = account.index.row(number).ok_or_else(invalid_token)?;
            (row.id, number)
        }
        None => (Uuid::parse(id).ok_or_else(invalid_token)?, OpportunityNumber(0)),
    };
    Ok(ListKey::start(rank, advanced, id, number))
}

/// The filters of one request. A filter that names things which do not exist leaves nothing.
struct Filters {
    tags: Option<Vec<String>>,
    sources: Option<Vec<String>>,
    locations: Option<Vec<String>>,
    contacts: Option<Vec<ContactNumber>>,
    with_email: Option<Vec<ContactNumber>>,
    stages: Option<Vec<StageNumber>>,
    reasons: Option<Vec<ReasonNumber>>,
    postings: Option<Vec<PostingNumber>>,
    archived_postings: Option<Vec<PostingNumber>>,
    origins: Option<Vec<Origin>>,
    confidentiality: Vec<Confidentiality>,
    times: Vec<(TimeField, TimeRange)>,
    archived: Option<bool>,
    snoozed: Option<bool>,
    now: Timestamp,
}

impl Filters {
    fn read(account: &Account, call: &Call<'_>) -> Result<Self, Refusal> {
        let query = &call.query;
        let company = &account.company;
        let mut times = Vec::new();
        for (name, field) in [
            ("created_at", TimeField::Created),
            ("updated_at", TimeField::Updated),
            ("advanced_at", TimeField::Advanced),
            ("archived_at", TimeField::Archived),
        ] {
            if let Some(range) = query.time_range(name)? {
                times.push((field, range));
            }
        }
        let postings = |name| numbers(query, name, |id| company.postings.find(id).map(PostingNumber));
        Ok(Self {
            tags: query.any_of("tag"),
            sources: query.any_of("source"),
            locations: query.any_of("location"),
            contacts: numbers(query, "contact_id", |id| account.find_contact(id)),
            with_email: query.any_of("email").map(|emails| {
                emails
                    .iter()
                    .flat_map(|email| account.contacts_with_email(&canonical_email(email)))
                    .collect()
            }),
            stages: numbers(query, "stage_id", |id| company.stages.find(id).map(StageNumber)),
            reasons: numbers(query, "archive_reason_id", |id| {
                company.archive_reasons.find(id).map(ReasonNumber)
            }),
            postings: postings("posting_id"),
            archived_postings: postings("archived_posting_id"),
            origins: numbers(query, "origin", Origin::parse),
            confidentiality: wanted_confidentiality(call)?,
            times,
            archived: query.truth("archived")?,
            snoozed: query.truth("snoozed")?,
            now: account.reading(),
        })
    }

    /// The rows that can pass, when an index knows that they are few.
    fn few(&self, account: &Account) -> Option<Vec<OpportunityNumber>> {
        let of_contacts = |contacts: &[ContactNumber]| -> Vec<OpportunityNumber> {
            contacts
                .iter()
                .flat_map(|contact| account.opportunities_of(*contact))
                .collect()
        };
        let unused = |wanted: &Option<Vec<String>>, labels: &Labels| {
            wanted
                .as_ref()
                .is_some_and(|wanted| !wanted.iter().any(|text| labels.in_use(text)))
        };
        if unused(&self.tags, &account.tags) || unused(&self.sources, &account.sources) {
            return Some(Vec::new());
        }
        if let Some(contacts) = self.contacts.as_ref().or(self.with_email.as_ref()) {
            return Some(of_contacts(contacts));
        }
        if let Some(postings) = self.postings.as_ref().or(self.archived_postings.as_ref()) {
            let on = |posting: &PostingNumber| account.index.on_posting(*posting);
            if postings.iter().map(|posting| on(posting).len()).sum::<usize>() <= FEW {
                return Some(postings.iter().flat_map(on).copied().collect());
            }
        }
        self.times.iter().find_map(|(field, range)| {
            let numbers: Vec<OpportunityNumber> = account
                .index
                .in_time(*field, range.start, range.end)
                .take(FEW + 1)
                .collect();
            (numbers.len() <= FEW).then_some(numbers)
        })
    }

    fn pass(&self, account: &Account, number: OpportunityNumber, row: &Row) -> bool {
        self.pass_row(row) && self.pass_texts(account, number)
    }

    fn pass_row(&self, row: &Row) -> bool {
        let snoozed = row.snoozed_until.is_some_and(|until| until > self.now);
        let on = |postings: &Option<Vec<PostingNumber>>| {
            postings
                .as_ref()
                .is_none_or(|postings| row.posting.is_some_and(|posting| postings.contains(&posting)))
        };
        self.confidentiality.contains(&row.confidentiality)
            && any(&self.contacts, row.contact)
            && any(&self.with_email, row.contact)
            && any(&self.stages, row.stage)
            && any(&self.origins, row.origin)
            && on(&self.postings)
            && on(&self.archived_postings)
            && (self.archived_postings.is_none() || row.application_archived)
            && self
                .reasons
                .as_ref()
                .is_none_or(|reasons| reasons.iter().any(|reason| row.has_reason(*reason)))
            && self.archived.is_none_or(|archived| archived == row.archived.is_some())
            && self.snoozed.is_none_or(|wanted| wanted == snoozed)
            && self.times.iter().all(|(field, range)| range.holds(row.time(*field)))
    }

    /// The filters that need the row's texts, which are only made when one of them was given.
    fn pass_texts(&self, account: &Account, number: OpportunityNumber) -> bool {
        let shares = |wanted: &Option<Vec<String>>, has: &[String]| {
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.iter().any(|text| has.contains(text)))
        };
        if self.tags.is_some() || self.sources.is_some() {
            let (tags, sources) = account.labels_of(number);
            if !shares(&self.tags, &tags) || !shares(&self.sources, &sources) {
                return false;
            }
        }
        self.locations.as_ref().is_none_or(|locations| {
            account
                .opportunity(number)
                .and_then(|opportunity| opportunity.location.clone())
                .is_some_and(|location| locations.contains(&location))
        })
    }
}

/// The things a filter names; `None` when it was not given, an empty list when none of them exists.
fn numbers<N>(query: &Query, name: &str, find: impl Fn(&str) -> Option<N>) -> Option<Vec<N>> {
    query
        .any_of(name)
        .map(|ids| ids.iter().filter_map(|id| find(id)).collect())
}

fn any<N: PartialEq>(wanted: &Option<Vec<N>>, value: N) -> bool {
    wanted.as_ref().is_none_or(|wanted| wanted.contains(&value))
}
