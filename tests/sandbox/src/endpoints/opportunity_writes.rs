//! Writing opportunities: create, stage, archived, tags, sources, links, and the legacy `addPostings`
//! (lever-api §3.1–§3.3, with the surprises of §4.1–§4.4).

use axum::http::{Method, StatusCode};
use serde_json::{Map, Value, json};

use super::opportunities::subject;
use super::{allow_confidential, opportunity_of, opportunity_to_change};
use crate::account::attachments::Arrival;
use crate::account::{Account, Changed};
use crate::body::{Body, time_of, wrong};
use crate::choices::InvalidEmail;
use crate::clock::Timestamp;
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::ids::{ContactNumber, OpportunityNumber, PostingNumber, ReasonNumber, StageNumber, UserNumber};
use crate::model::Confidentiality;
use crate::model::application::{Application, ApplicationType, RequisitionForHire, Visit};
use crate::model::archive_reason::Outcome;
use crate::model::company::Company;
use crate::model::contact::{Anonymity, Contact, Phone, canonical_email, with_scheme};
use crate::model::file_type::FileType;
use crate::model::offer::OfferStatus;
use crate::model::opportunity::{Archived, Opportunity, OpportunityExpansion, Origin, Showing, StageChange};
use crate::model::posting::Posting;
use crate::model::requisition::RequisitionStatus;
use crate::multipart::SentFile;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::resume_reader;

const WRITE: &str = "opportunities:write";

macro_rules! writes {
    ($base:literal) => {
        [
            Endpoint::write(Method::POST, $base, WRITE, PerformAs::Required, create).taking_files(),
            changing(Method::PUT, concat!($base, "/:id/stage"), put_stage),
            changing(Method::PUT, concat!($base, "/:id/archived"), put_archived),
            changing(Method::POST, concat!($base, "/:id/addTags"), add_tags),
            changing(Method::POST, concat!($base, "/:id/removeTags"), remove_tags),
            changing(Method::POST, concat!($base, "/:id/addSources"), add_sources),
            changing(Method::POST, concat!($base, "/:id/removeSources"), remove_sources),
            changing(Method::POST, concat!($base, "/:id/addLinks"), add_links),
            changing(Method::POST, concat!($base, "/:id/removeLinks"), remove_links),
        ]
    };
}

/// A write to an opportunity that is there.
fn changing(
    method: Method,
    pattern: &'static str,
    write: fn(&mut Account, &Call<'_>) -> Result<Reply, Refusal>,
) -> Endpoint {
    Endpoint::write(method, pattern, WRITE, PerformAs::Optional, write)
}

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let mut endpoints = writes!("/opportunities").to_vec();
    endpoints.extend(writes!("/candidates"));
    for (pattern, write) in [
        (
            "/candidates/:id/addPostings",
            add_postings as fn(&mut Account, &Call<'_>) -> _,
        ),
        ("/candidates/:id/removePostings", remove_postings),
    ] {
        endpoints.push(Endpoint::write(
            Method::POST,
            pattern,
            WRITE,
            PerformAs::Required,
            write,
        ));
    }
    endpoints
}

// ----- create ------------------------------------------------------------------------------------------------------

/// How long after `createdAt` the other clocks of a new opportunity stand, in ms (lever-api §8).
const APPLICATION_LAG_MS: i64 = 1;
const INTERACTION_LAG_MS: i64 = 2;
const UPDATE_LAG_MS: i64 = 5;

fn create(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = &call.body;
    let company = &account.company;
    let performer = call
        .performer
        .ok_or_else(|| Refusal::bad_request("Missing required parameter perform_as"))?;
    let now = account.now();

    let posting = one_posting(account, body)?;
    if let Some((_, posting)) = posting {
        allow_confidential(call, posting.confidentiality)?;
    }
    let owner = match call.query.truth("perform_as_posting_owner")? {
        Some(true) => {
            let (_, posting) =
                posting.ok_or_else(|| Refusal::bad_request("perform_as_posting_owner needs exactly one posting"))?;
            posting.owner.unwrap_or(performer)
        }
        _ => user(company, body, "owner")?.unwrap_or(performer),
    };
    let stage = match body.text("stage")? {
        None => StageNumber(company.stages.find("lead-new").unwrap_or(0)),
        Some(id) => stage(company, id)?,
    };
    let origin = match body.text("origin")? {
        None => Origin::Sourced,
        Some(word) => Origin::parse(word).ok_or_else(|| {
            wrong(
                "origin",
                "one of agency, applied, internal, referred, sourced, university",
            )
        })?,
    };
    let created_at = match body.time("createdAt")? {
        Some(time) if time > now => return Err(wrong("createdAt", "in the past")),
        given => given.unwrap_or(now),
    };
    let archived = archived_at_creation(company, body, created_at, now)?;
    let attached = attached_files(body)?;
    let mut followers = Vec::new();
    for id in body.texts("followers")?.unwrap_or_default() {
        follow(&mut followers, find_user(company, "followers", &id)?);
    }
    if company.user(performer).is_some_and(|user| user.can_follow()) {
        follow(&mut followers, performer);
    }
    if let Some(owner) = posting.and_then(|(_, posting)| posting.owner) {
        follow(&mut followers, owner);
    }
    let mut tags = Vec::new();
    for tag in body.texts("tags")?.unwrap_or_default() {
        add_once(&mut tags, tag);
    }
    for tag in posting
        .into_iter()
        .flat_map(|(_, posting)| posting.tags_for_opportunity())
    {
        add_once(&mut tags, tag.to_owned());
    }
    let mut sources = Vec::new();
    for source in body.texts("sources")?.unwrap_or_default() {
        add_once(&mut sources, source);
    }
    let location = match posting {
        None => None,
        Some((_, posting)) => Some(match body.text("opportunityLocation")? {
            Some(location) => location.to_owned(),
            None => posting.opportunity_location(),
        }),
    };
    let application = posting.map(|(posting_number, posting)| Application {
        archived,
        ..added_by_user(
            account.application_id(account.next_opportunity()),
            posting_number,
            posting,
            performer,
            created_at.plus(APPLICATION_LAG_MS),
        )
    });
    let fresh = created_at == now;
    account.pass(now.plus(UPDATE_LAG_MS));
    let opportunity = Opportunity {
        // Replaced below, once nothing can be refused any more.
        contact: ContactNumber(0),
        stage,
        confidentiality: posting.map_or(Confidentiality::Open, |(_, posting)| posting.confidentiality),
        archived,
        tags,
        sources,
        stage_changes: vec![StageChange {
            to: stage,
            position_then: company.stage_position(stage),
            at: created_at,
            user: Some(performer),
        }],
        origin,
        sourced_by: (origin == Origin::Sourced).then_some(performer),
        owner: Some(owner),
        followers,
        application,
        created_at,
        updated_at: Some(now.plus(UPDATE_LAG_MS)),
        last_interaction_at: match archived {
            Some(archived) => archived.at,
            None if fresh => created_at.plus(INTERACTION_LAG_MS),
            None => created_at,
        },
        last_advanced_at: match archived {
            Some(archived) if posting.is_some() => archived.at,
            _ => created_at,
        },
        snoozed_until: None,
        location,
    };
    let mut person = contact_in(account, body)?;
    if let (Some(true), Some(resume)) = (call.query.truth("parse")?, attached.resume) {
        fill_in(&mut person, resume);
    }
    let (contact, linked) = contact_for(account, body, person)?;
    let number = account.add_opportunity(Opportunity { contact, ..opportunity });
    let arrival = |sent: &SentFile| Arrival {
        name: sent.name.clone(),
        content: sent.content.clone(),
        at: now.plus(APPLICATION_LAG_MS),
        user: Some(performer),
    };
    if let Some(resume) = attached.resume {
        account.add_resume(number, arrival(resume));
    }
    for file in attached.files {
        account.add_file(number, arrival(file));
    }
    let row = account
        .show(number, OpportunityExpansion::default(), Showing::Write)
        .map_or(Value::Null, Value::Object);
    Ok(Reply {
        status: StatusCode::CREATED,
        body: json!({ "deduped": linked == Linked::ToKnown, "data": row }),
        ..Reply::one(Value::Null).about(subject(account, number))
    })
}

/// The files of a create.
struct AttachedFiles<'a> {
    resume: Option<&'a SentFile>,
    files: Vec<&'a SentFile>,
}

/// Files of a create, each of a kind that Lever takes (lever-api §3.2).
fn attached_files(body: &Body) -> Result<AttachedFiles<'_>, Refusal> {
    let resumes: Vec<&SentFile> = body.files("resumeFile").collect();
    let files: Vec<&SentFile> = body.files("files").collect();
    for file in resumes.iter().chain(&files) {
        if FileType::of_name(&file.name) == FileType::Other {
            return Err(wrong(&file.field, "a file of type docx, doc, js, jpg, png, pdf or txt"));
        }
    }
    match resumes.as_slice() {
        [] => Ok(AttachedFiles { resume: None, files }),
        [resume] => Ok(AttachedFiles {
            resume: Some(resume),
            files,
        }),
        _ => Err(wrong("resumeFile", "one file")),
    }
}

/// Puts what a résumé says where nothing was sent by hand (lever-api §3.2, `parse`).
fn fill_in(person: &mut Contact, resume: &SentFile) {
    let Some(text) = resume_reader::text_of(FileType::of_name(&resume.name), &resume.content) else {
        return;
    };
    let reading = resume_reader::read(&text);
    let fill = |text: &mut String, read: Option<String>| {
        if text.is_empty() {
            *text = read.unwrap_or_default();
        }
    };
    fill(&mut person.name, reading.name);
    fill(&mut person.headline, reading.headline);
    fill(&mut person.location, reading.location);
    if person.emails.is_empty() {
        person.emails = reading.emails;
    }
    if person.links.is_empty() {
        person.links = reading.links;
    }
    if person.phones.is_empty() {
        let phone = |value| Phone {
            kind: "other".to_owned(),
            value,
        };
        person.phones = reading.phones.into_iter().map(phone).collect();
    }
}

/// Whether a create found somebody who was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Linked {
    ToKnown,
    ToNew,
}

/// The person a body describes.
fn contact_in(account: &Account, body: &Body) -> Result<Contact, Refusal> {
    let text = |name| Ok::<_, Refusal>(body.text(name)?.unwrap_or("").to_owned());
    let emails = body.texts("emails")?.unwrap_or_default();
    if account.choices.invalid_email == InvalidEmail::Refused
        && let Some(email) = emails.iter().find(|email| !email.contains('@'))
    {
        return Err(Refusal::bad_request(format!(
            "emails: a value of {} characters is not an email address",
            email.chars().count()
        )));
    }
    Ok(Contact {
        name: text("name")?,
        headline: text("headline")?,
        location: text("location")?,
        emails,
        phones: phones(body)?.unwrap_or_default(),
        links: body
            .texts("links")?
            .unwrap_or_default()
            .iter()
            .map(|link| with_scheme(link))
            .collect(),
        anonymity: Anonymity::Named,
    })
}

/// Phones of a body, in the order given.
///
/// # Errors
/// 400 when they are not `[{type, value}]`.
pub fn phones(body: &Body) -> Result<Option<Vec<Phone>>, Refusal> {
    let Some(value) = body.given("phones") else {
        return Ok(None);
    };
    let phone = |value: &Value| {
        // In a multipart body each one may be a JSON text (lever-api §3.2).
        let text = value.as_str().filter(|_| body.is_multipart());
        let read = text.and_then(|text| serde_json::from_str::<Value>(text).ok());
        let value = read.as_ref().unwrap_or(value);
        let kind = value.get("type").and_then(Value::as_str).unwrap_or("other");
        Some(Phone {
            kind: kind.to_owned(),
            value: value.get("value")?.as_str()?.to_owned(),
        })
    };
    value
        .as_array()
        .and_then(|values| values.iter().map(phone).collect())
        .map(Some)
        .ok_or_else(|| wrong("phones", "an array of {type, value}"))
}

/// Finds or makes the contact of a new opportunity (lever-api §3.2, §4.1).
pub(super) fn contact_for(
    account: &mut Account,
    body: &Body,
    person: Contact,
) -> Result<(ContactNumber, Linked), Refusal> {
    if let Some(id) = body.text("contact")? {
        let number = account
            .find_contact(id)
            .ok_or_else(|| Refusal::unknown_id(format_args!("contact {id}")))?;
        if is_anonymized(account, number) {
            return Err(Refusal::bad_request(format!("contact {id} is anonymized")));
        }
        let changed = account.change_contact(number, |contact| {
            for email in person.emails {
                if !contact.has_email(&canonical_email(&email)) {
                    contact.emails.push(email);
                }
            }
            for phone in person.phones {
                if !contact.phones.iter().any(|known| known.value == phone.value) {
                    contact.phones.push(phone);
                }
            }
            for link in person.links {
                add_once(&mut contact.links, link);
            }
        });
        touch_all_of(account, number, changed);
        return Ok((number, Linked::ToKnown));
    }
    let known = person
        .emails
        .iter()
        .flat_map(|email| account.contacts_with_email(&canonical_email(email)))
        .find(|number| !is_anonymized(account, *number));
    match known {
        // What Lever knows about the person wins over what the request says.
        Some(number) => Ok((number, Linked::ToKnown)),
        None => Ok((account.add_contact(person), Linked::ToNew)),
    }
}

fn is_anonymized(account: &Account, number: ContactNumber) -> bool {
    account
        .contact(number)
        .is_some_and(|contact| contact.anonymity == Anonymity::Anonymized)
}

/// `updatedAt` moves when a listed field changes, and the contact's fields are listed on all its opportunities.
pub fn touch_all_of(account: &mut Account, contact: ContactNumber, changed: Changed) {
    if changed == Changed::No {
        return;
    }
    let now = account.now();
    for number in account.opportunities_of(contact) {
        account.change_opportunity(number, |opportunity, _| {
            opportunity.updated_at = Some(now);
        });
    }
}

fn archived_at_creation(
    company: &Company,
    body: &Body,
    created_at: Timestamp,
    now: Timestamp,
) -> Result<Option<Archived>, Refusal> {
    let given = body.given("archived");
    // The docs spell it `archive[archivedAt]` for multipart bodies; whether the other spelling works there too is
    // UNSURE, so both do (lever-api §3.2).
    let other = body.given("archive").filter(|_| body.is_multipart());
    if given.is_none() && other.is_none() {
        return Ok(None);
    }
    let field = |name: &str| {
        let of = |value: Option<&'_ Value>| value?.get(name).cloned();
        of(given).or_else(|| of(other))
    };
    let id = field("reason");
    let id = id
        .as_ref()
        .and_then(Value::as_str)
        .ok_or_else(|| Refusal::bad_request("archived.reason is required"))?;
    let reason = reason(company, id)?;
    let at = match field("archivedAt").filter(|at| !at.is_null()) {
        None => now,
        Some(at) => {
            let at = time_of(&at).ok_or_else(|| wrong("archived.archivedAt", "a timestamp in milliseconds"))?;
            if at > now {
                return Err(wrong("archived.archivedAt", "in the past"));
            }
            if created_at >= at {
                return Err(Refusal::bad_request(
                    "archived.archivedAt in the past needs an earlier createdAt",
                ));
            }
            at
        }
    };
    Ok(Some(Archived { reason, at }))
}

/// The posting a body names, if any. More than one is refused (lever-api §3.2).
fn one_posting<'a>(account: &'a Account, body: &Body) -> Result<Option<(PostingNumber, &'a Posting)>, Refusal> {
    let ids = body.texts("postings")?.unwrap_or_default();
    match ids.as_slice() {
        [] => Ok(None),
        [id] => account
            .find_posting(id)
            .map(Some)
            .ok_or_else(|| Refusal::unknown_id(format_args!("posting {id}"))),
        _ => Err(Refusal::bad_request(
            "postings: an opportunity can be on one posting at most; send one request for each",
        )),
    }
}

fn added_by_user(
    id: String,
    number: PostingNumber,
    posting: &Posting,
    performer: UserNumber,
    at: Timestamp,
) -> Application {
    Application {
        id,
        kind: ApplicationType::User,
        posting: number,
        posting_hiring_manager: posting.hiring_manager,
        posting_owner: posting.owner,
        name: None,
        company: None,
        phone: None,
        email: None,
        links: Vec::new(),
        comments: None,
        user: Some(performer),
        custom_questions: Vec::new(),
        created_at: at,
        archived: None,
        requisition_for_hire: None,
        visit: Visit::default(),
    }
}

fn find_user(company: &Company, field: &str, id: &str) -> Result<UserNumber, Refusal> {
    company
        .users
        .find(id)
        .map(UserNumber)
        .ok_or_else(|| Refusal::unknown_id(format_args!("{field}: user {id}")))
}

pub(super) fn user(company: &Company, body: &Body, field: &str) -> Result<Option<UserNumber>, Refusal> {
    body.text(field)?.map(|id| find_user(company, field, id)).transpose()
}

fn stage(company: &Company, id: &str) -> Result<StageNumber, Refusal> {
    company
        .stages
        .find(id)
        .map(StageNumber)
        .ok_or_else(|| Refusal::unknown_id(format_args!("stage {id}")))
}

fn reason(company: &Company, id: &str) -> Result<ReasonNumber, Refusal> {
    company
        .archive_reasons
        .find(id)
        .map(ReasonNumber)
        .ok_or_else(|| Refusal::unknown_id(format_args!("archive reason {id}")))
}

pub(super) fn follow(followers: &mut Vec<UserNumber>, user: UserNumber) {
    if !followers.contains(&user) {
        followers.push(user);
    }
}

fn add_once(texts: &mut Vec<String>, text: String) {
    if !texts.contains(&text) {
        texts.push(text);
    }
}

// ----- changes -----------------------------------------------------------------------------------------------------

/// `updatedAt` follows the other clocks by so many ms (lever-api §4.3).
const CHANGE_LAG_MS: i64 = 1;

/// Changes the named opportunity and answers with it. `change` gets the time of the write.
fn change(
    account: &mut Account,
    call: &Call<'_>,
    showing: Showing,
    change: impl FnOnce(&mut Opportunity, &Company, Timestamp),
) -> Result<Reply, Refusal> {
    let (number, _) = opportunity_to_change(account, call)?;
    let now = account.now();
    account.pass(now.plus(CHANGE_LAG_MS));
    account.change_opportunity(number, |opportunity, company| {
        let before = opportunity.clone();
        change(opportunity, company, now);
        // A write that changes nothing moves no clock (lever-api §4.3).
        if *opportunity != before {
            opportunity.updated_at = Some(now.plus(CHANGE_LAG_MS));
        }
    });
    Ok(shown(account, number, showing))
}

fn shown(account: &Account, number: OpportunityNumber, showing: Showing) -> Reply {
    let row: Map<String, Value> = account
        .show(number, OpportunityExpansion::default(), showing)
        .unwrap_or_default();
    Reply::one(row).about(subject(account, number))
}

fn put_stage(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call
        .body
        .text("stage")?
        .ok_or_else(|| Refusal::bad_request("Missing required parameter stage"))?;
    let to = stage(&account.company, id)?;
    let performer = call.performer;
    change(account, call, Showing::WriteWithBlanks, |opportunity, company, now| {
        enter_stage(opportunity, company, to, performer, now);
    })
}

/// Moves an opportunity to a stage; `None` when it is there already, which changes nothing (lever-api §4.3).
pub fn enter_stage(
    opportunity: &mut Opportunity,
    company: &Company,
    to: StageNumber,
    user: Option<UserNumber>,
    at: Timestamp,
) -> Option<()> {
    if opportunity.stage == to {
        return None;
    }
    opportunity.stage = to;
    opportunity.stage_changes.push(StageChange {
        to,
        position_then: company.stage_position(to),
        at,
        user,
    });
    opportunity.last_advanced_at = at;
    opportunity.last_interaction_at = at;
    Some(())
}

fn put_archived(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let reason = match call.body.get("reason") {
        None => return Err(Refusal::bad_request("Missing required parameter reason")),
        Some(Value::Null) => None,
        Some(_) => {
            let id = call.body.text("reason")?.unwrap_or("");
            Some(reason(&account.company, id)?)
        }
    };
    let clean_interviews = call.body.truth("cleanInterviews")?;
    let (number, before) = opportunity_of(account, call)?;
    let hire = call
        .body
        .text("requisitionId")?
        .map(|id| hire_against(account, number, reason, id))
        .transpose()?;
    let former = before
        .application
        .and_then(|application| application.requisition_for_hire);
    // Another reason of the type hired takes no hire back; everything else does.
    let hired = match hire {
        None if is_hire(account, reason) => former.clone(),
        hire => hire,
    };
    let kept = hired.clone();
    let reply = change(account, call, Showing::WriteWithBlanks, |opportunity, _, now| {
        match reason {
            Some(reason) => archive(opportunity, reason, now),
            None => opportunity.archived = None,
        }
        if let Some(application) = &mut opportunity.application {
            if reason.is_none() {
                application.archived = None;
            }
            application.requisition_for_hire = kept;
        }
    })?;
    if let (Some(true), Some(_)) = (clean_interviews, reason) {
        let (number, _) = opportunity_of(account, call)?;
        let now = account.now();
        account.clean_interviews(number, now);
    }
    if hired != former {
        account.count_hires(hired.as_ref(), former.as_ref());
    }
    Ok(reply)
}

fn is_hire(account: &Account, reason: Option<ReasonNumber>) -> bool {
    reason
        .and_then(|reason| account.company.reason(reason))
        .is_some_and(|reason| reason.outcome == Outcome::Hired)
}

/// Hiring against a requisition (lever-api §4.5). Several active applications cannot be: an opportunity has one at most
/// (§3.1). Which offers are active is not told: here all but those that were turned down.
fn hire_against(
    account: &Account,
    number: OpportunityNumber,
    reason: Option<ReasonNumber>,
    id: &str,
) -> Result<RequisitionForHire, Refusal> {
    if !is_hire(account, reason) {
        return Err(Refusal::bad_request("requisitionId needs a reason of the type hired"));
    }
    let requisition = account
        .requisitions
        .get(id)
        .ok_or_else(|| Refusal::unknown_id(format_args!("requisition {id}")))?;
    if requisition.status == RequisitionStatus::Closed {
        return Err(Refusal::bad_request(format!("requisition {id} is closed")));
    }
    let offers = account.offers(number);
    for offer in offers.iter().filter(|offer| offer.status != OfferStatus::Denied) {
        if offer.status != OfferStatus::Signed {
            return Err(Refusal::bad_request(format!("offer {} is not signed", offer.id)));
        }
        let linked = requisition
            .postings
            .iter()
            .filter_map(|posting| account.company.posting(*posting))
            .any(|posting| Some(&posting.id) == offer.posting.as_ref());
        if !linked {
            return Err(Refusal::bad_request(format!(
                "offer {} is for a posting that is not linked to requisition {id}",
                offer.id
            )));
        }
    }
    Ok(RequisitionForHire {
        id: requisition.id.clone(),
        code: requisition.code.clone(),
        hiring_manager: requisition.hiring_manager,
    })
}

/// Archives an opportunity, or gives an archived one another reason (lever-api §4.3).
pub fn archive(opportunity: &mut Opportunity, reason: ReasonNumber, at: Timestamp) {
    let first = opportunity.archived.is_none();
    opportunity.archived = Some(Archived { reason, at });
    opportunity.last_interaction_at = at;
    if let Some(application) = &mut opportunity.application {
        if first {
            opportunity.last_advanced_at = at;
        }
        application.archived = Some(Archived {
            reason,
            at: application.archived.map_or(at, |archived| archived.at),
        });
    }
}

fn add_tags(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let added = call.body.required_texts("tags")?;
    change(account, call, Showing::WriteWithBlanks, |opportunity, _, _| {
        for tag in added {
            add_once(&mut opportunity.tags, tag);
        }
    })
}

fn remove_tags(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let removed = call.body.required_texts("tags")?;
    change(account, call, Showing::WriteWithBlanks, |opportunity, _, _| {
        opportunity.tags.retain(|tag| !removed.contains(tag));
    })
}

fn add_sources(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let added = call.body.required_texts("sources")?;
    change(account, call, Showing::WriteWithBlanks, |opportunity, _, _| {
        for source in added {
            add_once(&mut opportunity.sources, source);
        }
    })
}

fn remove_sources(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let removed = call.body.required_texts("sources")?;
    change(account, call, Showing::WriteWithBlanks, |opportunity, _, _| {
        opportunity.sources.retain(|source| !removed.contains(source));
    })
}

/// Links belong to the contact (lever-api §3.1), so all its opportunities show the change.
fn change_links(
    account: &mut Account,
    call: &Call<'_>,
    change: impl FnOnce(&mut Vec<String>, Vec<String>),
) -> Result<Reply, Refusal> {
    let links: Vec<String> = call
        .body
        .required_texts("links")?
        .iter()
        .map(|link| with_scheme(link))
        .collect();
    let (number, opportunity) = opportunity_to_change(account, call)?;
    let changed = account.change_contact(opportunity.contact, |contact| change(&mut contact.links, links));
    touch_all_of(account, opportunity.contact, changed);
    Ok(shown(account, number, Showing::Write))
}

fn add_links(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    change_links(account, call, |links, added| {
        for link in added {
            add_once(links, link);
        }
    })
}

fn remove_links(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    change_links(account, call, |links, removed| {
        links.retain(|link| !removed.contains(link));
    })
}

/// The only way to put an existing lead on a posting (lever-api §3.3). An opportunity has one application at most
/// (§3.1): naming the posting it is on changes nothing, naming another one is refused.
fn add_postings(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let performer = call
        .performer
        .ok_or_else(|| Refusal::bad_request("Missing required parameter perform_as"))?;
    let (number, opportunity) = opportunity_of(account, call)?;
    let (posting_number, posting) =
        one_posting(account, &call.body)?.ok_or_else(|| Refusal::bad_request("Missing required parameter postings"))?;
    allow_confidential(call, posting.confidentiality)?;
    if let Some(application) = &opportunity.application {
        if application.posting != posting_number {
            return Err(Refusal::bad_request(
                "This opportunity is on another posting; an opportunity can be on one posting at most",
            ));
        }
        return Ok(shown(account, number, Showing::Write));
    }
    let posting = posting.clone();
    let id = account.application_id(number);
    change(account, call, Showing::Write, |opportunity, _, now| {
        opportunity.location = Some(posting.opportunity_location());
        opportunity.confidentiality = posting.confidentiality;
        for tag in posting.tags_for_opportunity() {
            add_once(&mut opportunity.tags, tag.to_owned());
        }
        opportunity.application = Some(added_by_user(id, posting_number, &posting, performer, now));
        opportunity.last_interaction_at = now;
    })
}

/// The way back (lever-api §3.3: UNSURE, by symmetry only): the application goes, and what it brought with it. Naming a
/// posting that the opportunity is not on changes nothing.
fn remove_postings(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (_, opportunity) = opportunity_of(account, call)?;
    let mut removed = None;
    for id in call.body.required_texts("postings")? {
        let (number, posting) = account
            .find_posting(&id)
            .ok_or_else(|| Refusal::bad_request(format!("posting {id} was not found")))?;
        let application = opportunity.application.as_ref();
        if application.is_some_and(|application| application.posting == number) {
            removed = Some(posting.clone());
        }
    }
    change(account, call, Showing::Write, |opportunity, _, now| {
        let Some(posting) = removed else {
            return;
        };
        opportunity.application = None;
        opportunity.location = None;
        opportunity.confidentiality = Confidentiality::Open;
        opportunity
            .tags
            .retain(|tag| !posting.tags_for_opportunity().any(|of_posting| of_posting == tag));
        opportunity.last_interaction_at = now;
    })
}
