//! Making and changing postings, and who can see one (lever-api §3.8, §4.4).
//!
//! A recorded title-only update by an interviewer left a posting in `draft`; its cause is not known, and the sandbox does
//! not play it.

use axum::http::{Method, StatusCode};
use serde_json::{Map, Value, json};

use super::allow_confidential;
use super::opportunity_writes::user;
use crate::account::Account;
use crate::body::{Body, wrong};
use crate::choices::Quirks;
use crate::clock::Timestamp;
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::html::{Place, check};
use crate::ids::{PostingNumber, UserNumber};
use crate::model::Confidentiality;
use crate::model::posting::{INTERVALS, Posting, PostingExpansion, PostingState, SalaryRange};
use crate::refusal::Refusal;
use crate::reply::Reply;

const WRITE: &str = "postings:write";
/// Of a posting made by API; how Lever finds it is not known.
const COUNTRY: &str = "DE";
const CHANNELS: [&str; 2] = ["internal", "public"];
const WORKPLACES: [&str; 4] = ["unspecified", "onsite", "remote", "hybrid"];

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::write(Method::POST, "/postings", WRITE, PerformAs::Required, create),
        Endpoint::write(Method::POST, "/postings/:id", WRITE, PerformAs::Required, update),
        Endpoint::get("/postings/:id/users", "postings:read", users),
    ]
}

fn create(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let performer = call
        .performer
        .ok_or_else(|| Refusal::bad_request("Missing required parameter perform_as"))?;
    if call.body.text("text")?.is_none_or(|text| text.trim().is_empty()) {
        return Err(Refusal::bad_request("Missing required parameter text"));
    }
    let now = account.now();
    let mut posting = blank(account.new_posting_id(), performer, now);
    take(account, &call.body, &mut posting)?;
    posting.followers = posting.owner.into_iter().collect();
    let shown = posting.json(&account.company, PostingExpansion::default());
    account.add_posting(posting);
    Ok(Reply::one(shown).with_status(StatusCode::CREATED))
}

/// What a posting is when nothing is said about it.
fn blank(id: String, performer: UserNumber, now: Timestamp) -> Posting {
    Posting {
        id,
        text: String::new(),
        state: PostingState::Draft,
        distribution_channels: CHANNELS.to_vec(),
        user: Some(performer),
        owner: Some(performer),
        hiring_manager: None,
        commitment: None,
        department: None,
        location: None,
        all_locations: Vec::new(),
        team: None,
        tags: Vec::new(),
        description_html: String::new(),
        lists: Vec::new(),
        closing_html: String::new(),
        country: COUNTRY,
        followers: Vec::new(),
        requisition_codes: Vec::new(),
        confidentiality: Confidentiality::Open,
        created_at: now,
        updated_at: now,
        workplace_type: "unspecified",
        salary_description_html: None,
        salary_range: None,
        opportunity_tags: None,
    }
}

fn update(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, before) = posting_of(account, call)?;
    let mut after = before.clone();
    take(account, &call.body, &mut after)?;
    if after.text.trim().is_empty() {
        return Err(wrong("text", "a title"));
    }
    if after.workplace_type == "unspecified" && before.workplace_type != "unspecified" {
        return Err(Refusal::bad_request("workplaceType cannot go back to unspecified"));
    }
    // A write that changes nothing moves no clock (lever-api §4.3).
    if after != before {
        after.updated_at = account.now();
    }
    let mut shown = after.json(&account.company, PostingExpansion::default());
    // Recorded: the reply shows no locations although the posting keeps them.
    if account.choices.quirks == Quirks::On
        && let Some(locations) = shown.pointer_mut("/categories/allLocations")
    {
        *locations = json!([]);
    }
    account.change_posting(number, after);
    Ok(Reply::one(shown))
}

/// The posting a call's path names, if the key may see it.
///
/// # Errors
/// 404 when there is none; 403 when it is confidential and the key has no grant.
pub fn posting_of(account: &Account, call: &Call<'_>) -> Result<(PostingNumber, Posting), Refusal> {
    let id = call.part(0);
    let (number, posting) = account
        .find_posting(id)
        .ok_or_else(|| Refusal::not_found("postings", id))?;
    allow_confidential(call, posting.confidentiality)?;
    Ok((number, posting.clone()))
}

/// Takes what a body says about a posting; what it does not say stays.
fn take(account: &Account, body: &Body, posting: &mut Posting) -> Result<(), Refusal> {
    let company = &account.company;
    if let Some(text) = body.text("text")? {
        posting.text = text.to_owned();
    }
    if let Some(word) = body.text("state")? {
        posting.state = PostingState::parse(word)
            .ok_or_else(|| wrong("state", "published, internal, closed, draft, pending or rejected"))?;
    }
    if let Some(word) = body.text("confidentiality")?
        && word != posting.confidentiality.word()
    {
        return Err(Refusal::bad_request("confidentiality cannot be set by the API"));
    }
    if let Some(words) = body.texts("distributionChannels")? {
        posting.distribution_channels = words
            .iter()
            .map(|word| one_of(&CHANNELS, word).ok_or_else(|| wrong("distributionChannels", "internal and public")))
            .collect::<Result<_, _>>()?;
    }
    if let Some(owner) = user(company, body, "owner")? {
        posting.owner = Some(owner);
    }
    if let Some(manager) = user(company, body, "hiringManager")? {
        posting.hiring_manager = Some(manager);
    }
    if let Some(value) = body.given("categories") {
        let categories = value.as_object().ok_or_else(|| wrong("categories", "an object"))?;
        take_categories(categories, posting)?;
    }
    if let Some(tags) = body.texts("tags")? {
        posting.tags = tags;
    }
    if let Some(value) = body.given("content") {
        let content = value.as_object().ok_or_else(|| wrong("content", "an object"))?;
        take_content(content, posting)?;
    }
    if let Some(word) = body.text("workplaceType")? {
        posting.workplace_type =
            one_of(&WORKPLACES, word).ok_or_else(|| wrong("workplaceType", "onsite, remote, hybrid or unspecified"))?;
    }
    if let Some(codes) = body.texts("requisitionCodes")? {
        posting.requisition_codes = codes;
    }
    if let Some(html) = body.text("salaryDescriptionHtml")? {
        check("salaryDescriptionHtml", html, Place::Description)?;
        posting.salary_description_html = Some(html.to_owned());
    }
    if let Some(value) = body.given("salaryRange") {
        posting.salary_range = Some(salary_range(value)?);
    }
    Ok(())
}

fn one_of(words: &[&'static str], wanted: &str) -> Option<&'static str> {
    words.iter().find(|word| **word == wanted).copied()
}

fn take_categories(categories: &Map<String, Value>, posting: &mut Posting) -> Result<(), Refusal> {
    for (name, slot) in [
        ("commitment", &mut posting.commitment),
        ("department", &mut posting.department),
        ("team", &mut posting.team),
        ("location", &mut posting.location),
    ] {
        match categories.get(name) {
            None => {}
            Some(Value::Null) => *slot = None,
            Some(Value::String(text)) => *slot = Some(text.clone()),
            Some(_) => return Err(wrong(&format!("categories.{name}"), "a string")),
        }
    }
    let given = match categories.get("allLocations") {
        None | Some(Value::Null) => None,
        Some(value) => Some(
            value
                .as_array()
                .and_then(|values| values.iter().map(|value| value.as_str().map(str::to_owned)).collect())
                .ok_or_else(|| wrong("categories.allLocations", "an array of strings"))?,
        ),
    };
    match given {
        Some(locations) => posting.all_locations = locations,
        None if categories.contains_key("location") => posting.all_locations = Vec::new(),
        None => {}
    }
    // The main location is always one of all of them, the first.
    if let Some(main) = posting.location.clone() {
        posting.all_locations.retain(|location| *location != main);
        posting.all_locations.insert(0, main);
    }
    Ok(())
}

fn take_content(content: &Map<String, Value>, posting: &mut Posting) -> Result<(), Refusal> {
    let html = |name: &str| match content.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(html)) => {
            check(&format!("content.{name}"), html, Place::Description)?;
            Ok(Some(html.clone()))
        }
        Some(_) => Err(wrong(&format!("content.{name}"), "a string")),
    };
    if let Some(html) = html("descriptionHtml")? {
        posting.description_html = html;
    }
    // The docs' example spells it closingPostingHtml.
    if let Some(html) = html("closingHtml")?.or(html("closingPostingHtml")?) {
        posting.closing_html = html;
    }
    if let Some(value) = content.get("lists").filter(|value| !value.is_null()) {
        let list = |value: &Value| {
            let text = value.get("text")?.as_str()?;
            let content = value.get("content")?.as_str()?;
            Some((text.to_owned(), content.to_owned()))
        };
        let lists: Vec<(String, String)> = value
            .as_array()
            .and_then(|values| values.iter().map(list).collect())
            .ok_or_else(|| wrong("content.lists", "an array of {text, content}"))?;
        for (_, html) in &lists {
            check("content.lists", html, Place::List)?;
        }
        posting.lists = lists;
    }
    Ok(())
}

/// All four parts or none (lever-api §3.8).
fn salary_range(value: &Value) -> Result<SalaryRange, Refusal> {
    let refused = || wrong("salaryRange", "an object of min, max, currency and interval");
    let number = |name: &str| value.get(name)?.as_number().cloned();
    let (min, max) = number("min").zip(number("max")).ok_or_else(refused)?;
    let currency = value.get("currency").and_then(Value::as_str).ok_or_else(refused)?;
    let interval = value.get("interval").and_then(Value::as_str).ok_or_else(refused)?;
    if min.as_f64() > max.as_f64() {
        return Err(wrong("salaryRange.min", "at most salaryRange.max"));
    }
    Ok(SalaryRange {
        min,
        max,
        currency: currency.to_owned(),
        interval: one_of(&INTERVALS, interval)
            .ok_or_else(|| wrong("salaryRange.interval", "one of Lever's intervals"))?,
    })
}

/// Recorded without a `data` wrapper, and with the same four roles although it listed nobody. Which users Lever lists is
/// not known: here those who follow, own or hire.
fn users(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (_, posting) = posting_of(account, call)?;
    let mut numbers: Vec<UserNumber> = Vec::new();
    let involved = posting.owner.into_iter().chain(posting.hiring_manager);
    for number in involved.chain(posting.followers.iter().copied()) {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    let users: Vec<_> = numbers
        .iter()
        .filter_map(|number| account.company.user(*number))
        .collect();
    Ok(Reply::bare(json!({
        "posting": { "id": posting.id, "text": posting.text },
        "users": users.iter().map(|user| user.json()).collect::<Vec<_>>(),
        "roles": [
            { "id": "admin", "name": "Admin", "isReadOnly": true },
            { "id": "limited", "name": "Limited Team Member", "isReadOnly": true, "conditions": {} },
            { "id": "owner", "name": "Super Admin", "isReadOnly": true },
            { "id": "team", "name": "Team Member", "isReadOnly": true },
        ],
    })))
}
