//! Postings: list with filters, and read (lever-api §3.8). What a grouped list looks like was never recorded: here it is
//! that of the older public API, one `{title, postings}` a group, made of the page's rows.

use serde_json::{Value, json};

use super::apply::audience;
use super::posting_writes::posting_of;
use super::{as_object, expand, include, wanted_confidentiality};
use crate::account::Account;
use crate::body::wrong;
use crate::endpoint::{Call, Endpoint};
use crate::ids::PostingNumber;
use crate::model::posting::{Posting, PostingExpansion, PostingState};
use crate::query::Query;
use crate::refusal::Refusal;
use crate::reply::{KeyPart, Reply, short_list};
use crate::seed::questions::QuestionSet;

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/postings", "postings:read", list),
        Endpoint::get("/postings/:id", "postings:read", read),
    ]
}

/// Fields the docs use `include` to add.
const ADDITIVE: &[&str] = &["content", "followers"];

/// Filters that `updated_at_*` cannot be combined with.
const NOT_WITH_UPDATED_AT: &[&str] = &[
    "state",
    "distributionChannel",
    "team",
    "department",
    "location",
    "commitment",
    "level",
    "tag",
    "group",
];

const STATES: &[&str] = &["published", "internal", "closed", "draft", "pending", "rejected"];

fn expansion(query: &Query) -> Result<PostingExpansion, Refusal> {
    let mut expansion = PostingExpansion::default();
    expand(query, |name| {
        as_object(match name {
            "user" => &mut expansion.user,
            "owner" => &mut expansion.owner,
            "hiringManager" => &mut expansion.hiring_manager,
            "followers" => &mut expansion.followers,
            _ => return None,
        })
    })?;
    Ok(expansion)
}

fn shown(account: &Account, call: &Call<'_>, posting: &Posting, expansion: PostingExpansion) -> Value {
    let mut row = posting.json(&account.company, expansion);
    if let Some(fields) = row.as_object_mut() {
        include(&call.query, fields, ADDITIVE);
    }
    row
}

fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let query = &call.query;
    let expansion = expansion(query)?;
    let updated = query.time_range("updated_at")?;
    if updated.is_some()
        && let Some(name) = NOT_WITH_UPDATED_AT.iter().find(|name| query.first(name).is_some())
    {
        return Err(Refusal::bad_request(format!(
            "updated_at_start and updated_at_end cannot be combined with {name}"
        )));
    }
    let group = Group::read(query)?;
    if let Some(state) = query.all("state").find(|state| !STATES.contains(state)) {
        return Err(Refusal::bad_request(format!("state: {state} is not a state")));
    }
    let confidentiality = wanted_confidentiality(call)?;
    let rows = (0..)
        .map(PostingNumber)
        .zip(account.company.postings.iter())
        .filter(|(number, _)| !account.deletions.has_posting(*number))
        .map(|(_, posting)| posting)
        .filter(|posting| confidentiality.contains(&posting.confidentiality))
        .filter(|posting| updated.is_none_or(|range| range.holds(Some(posting.updated_at))))
        .filter(|posting| matches(query, posting))
        .map(|posting| {
            let key = vec![
                KeyPart::Descending(posting.created_at.as_millis() as f64),
                KeyPart::Text(posting.id.clone()),
            ];
            let row = shown(account, call, posting, expansion);
            match group {
                None => (key, row),
                Some(group) => in_group(group.title(posting), key, row),
            }
        })
        .collect();
    let page = short_list(query, rows)?;
    Ok(match group {
        None => page,
        Some(_) => grouped(page),
    })
}

/// What a list is grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Location,
    Team,
    Department,
    Commitment,
}

impl Group {
    fn read(query: &Query) -> Result<Option<Self>, Refusal> {
        match query.first("group") {
            None => Ok(None),
            Some("location") => Ok(Some(Self::Location)),
            Some("team") => Ok(Some(Self::Team)),
            Some("department") => Ok(Some(Self::Department)),
            Some("commitment") => Ok(Some(Self::Commitment)),
            Some(_) => Err(wrong("group", "location, team, department or commitment")),
        }
    }

    fn title(self, posting: &Posting) -> &str {
        let title = match self {
            Self::Location => &posting.location,
            Self::Team => &posting.team,
            Self::Department => &posting.department,
            Self::Commitment => &posting.commitment,
        };
        title.as_deref().unwrap_or("")
    }
}

/// A row that knows its group; rows of one group stand together, the groups in the order of their titles.
fn in_group(title: &str, mut key: Vec<KeyPart>, row: Value) -> (Vec<KeyPart>, Value) {
    key.insert(0, KeyPart::Text(title.to_owned()));
    (key, json!({ "title": title, "posting": row }))
}

/// One `{title, postings}` for the neighbours of one group.
fn grouped(mut page: Reply) -> Reply {
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    if let Some(Value::Array(rows)) = page.body.get_mut("data").map(Value::take) {
        for mut row in rows {
            let mut take = |name: &str| row.get_mut(name).map(Value::take).unwrap_or_default();
            let (title, posting) = (take("title"), take("posting"));
            match groups.last_mut() {
                Some((last, postings)) if *last == title => postings.push(posting),
                _ => groups.push((title, vec![posting])),
            }
        }
    }
    let groups = groups
        .into_iter()
        .map(|(title, postings)| json!({ "title": title, "postings": postings }))
        .collect();
    if let Some(data) = page.body.get_mut("data") {
        *data = Value::Array(groups);
    }
    page
}

fn matches(query: &Query, posting: &Posting) -> bool {
    let any = |name: &str, value: Option<&str>| {
        query.first(name).is_none() || query.all(name).any(|wanted| Some(wanted) == value)
    };
    let located = query.first("location").is_none()
        || query
            .all("location")
            .any(|wanted| posting.all_locations.iter().any(|location| location == wanted));
    let tagged = query.first("tag").is_none()
        || query
            .all("tag")
            .any(|wanted| posting.tags.iter().any(|tag| tag == wanted));
    any("state", Some(posting.state.word()))
        && distributed(query, posting)
        && any("team", posting.team.as_deref())
        && any("department", posting.department.as_deref())
        && any("commitment", posting.commitment.as_deref())
        && any("level", None)
        && located
        && tagged
}

/// Only published postings have channels. Asking for published ones finds those on the public site alone, unless
/// channels are named (lever-api §3.8).
fn distributed(query: &Query, posting: &Posting) -> bool {
    let on =
        |channel: &str| posting.state == PostingState::Published && posting.distribution_channels.contains(&channel);
    if query.first("distributionChannel").is_some() {
        return query.all("distributionChannel").any(on);
    }
    let asked_published = query.all("state").any(|state| state == "published");
    !(asked_published && posting.state == PostingState::Published) || on("public")
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let expansion = expansion(&call.query)?;
    let (number, posting) = posting_of(account, call)?;
    let mut row = shown(account, call, &posting, expansion);
    // Recorded postings show no questions; the docs give them to who says whose they want (lever-api §3.8).
    if let (Some(audience), Some(content)) = (
        audience(&call.query)?,
        row.get_mut("content").and_then(Value::as_object_mut),
    ) {
        let sets = account.questions_of(number);
        let asked = sets
            .iter()
            .filter(|set| set.audience == audience)
            .map(QuestionSet::json);
        content.insert("customQuestions".to_owned(), asked.collect());
    }
    Ok(Reply::one(row))
}
