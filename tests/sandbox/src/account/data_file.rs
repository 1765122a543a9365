//! Opportunities out of a file, one a line as `GET /opportunities` returns them (design §8), added to the seeded ones.
//!
//! Ids are kept as given. What a row names and the account lacks (a stage, a user, an archive reason, a posting) is
//! added, with the name an expanded object gives or one made from the id, so that every row can be resolved.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde_json::Value;
use thiserror::Error;

use super::Account;
use crate::body::time_of;
use crate::clock::Timestamp;
use crate::ids::{ContactNumber, PostingNumber, ReasonNumber, StageNumber, UserNumber, Uuid};
use crate::model::Confidentiality;
use crate::model::application::{Application, ApplicationType, Visit};
use crate::model::archive_reason::{ArchiveReason, Outcome, ReasonStatus};
use crate::model::contact::{Anonymity, Contact, Phone};
use crate::model::opportunity::{Archived, Opportunity, Origin, StageChange};
use crate::model::posting::{Posting, PostingState};
use crate::model::stage::{Rank, Stage};
use crate::model::user::User;

/// Why a data file was not taken. Never shows what a line holds.
#[derive(Debug, Error)]
pub enum DataError {
    /// The file could not be read.
    #[error("{path} could not be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A line is not an opportunity.
    #[error("{path} line {line}: {problem}")]
    Line {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        problem: &'static str,
    },
}

/// Reads a file into the account.
///
/// # Errors
/// See [`DataError`].
pub fn load(account: &mut Account, path: &Path) -> Result<(), DataError> {
    let failed = |source| DataError::Read {
        path: path.to_owned(),
        source,
    };
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut rows = Vec::new();
    for (place, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(failed)?;
        if line.trim().is_empty() {
            continue;
        }
        let wrong = |problem| DataError::Line {
            path: path.to_owned(),
            line: place + 1,
            problem,
        };
        let row: Value = serde_json::from_str(&line).map_err(|_| wrong("not JSON"))?;
        let id = id_in(row.get("id")).ok_or_else(|| wrong("no id"))?.to_owned();
        id_in(row.get("contact")).ok_or_else(|| wrong("no contact"))?;
        rows.push((id, row));
    }
    // Numbers in the order of ids: ids whose first sixteen bytes are equal still sort by id (see the index).
    rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    rows.dedup_by(|(a, _), (b, _)| a == b);
    for (id, row) in rows {
        add(account, id, &row);
    }
    Ok(())
}

/// An id, alone or in an expanded object.
fn id_in(value: Option<&Value>) -> Option<&str> {
    let value = value?;
    value.as_str().or_else(|| value.get("id")?.as_str())
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or("").to_owned()
}

fn texts(value: &Value, name: &str) -> Vec<String> {
    list(value, name)
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn time(value: &Value, name: &str) -> Option<Timestamp> {
    value.get(name).and_then(time_of)
}

/// A number for ordering out of any id: a UUID's own, else its first sixteen bytes.
fn order_of(id: &str) -> Uuid {
    Uuid::parse(id).unwrap_or_else(|| {
        let bytes = id.bytes().chain(std::iter::repeat(0)).take(16);
        Uuid(bytes.fold(0, |value, byte| (value << 8) | u128::from(byte)))
    })
}

fn add(account: &mut Account, id: String, row: &Value) {
    let contact = contact(account, row);
    let created_at = time(row, "createdAt").unwrap_or_else(|| Timestamp::from_millis(0));
    let stage = stage(account, row.get("stage"));
    let mut stage_changes: Vec<StageChange> = list(row, "stageChanges")
        .map(|change| StageChange {
            to: self::stage(account, change.get("toStageId")),
            position_then: change
                .get("toStageIndex")
                .and_then(Value::as_u64)
                .and_then(|position| u32::try_from(position).ok())
                .unwrap_or(0),
            at: time(change, "updatedAt").unwrap_or(created_at),
            user: user(account, change.get("userId")),
        })
        .collect();
    if stage_changes.is_empty() {
        stage_changes.push(StageChange {
            to: stage,
            position_then: account.company.stage_position(stage),
            at: created_at,
            user: None,
        });
    }
    let archived = archived(account, row.get("archived"));
    let application = list(row, "applications")
        .next()
        .and_then(|given| application(account, given, created_at, archived));
    let location = application.as_ref().map(|application| {
        row.get("opportunityLocation")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .or_else(|| {
                let posting = account.company.posting(application.posting)?;
                Some(posting.opportunity_location())
            })
            .unwrap_or_else(|| "unspecified".to_owned())
    });
    let last_advanced_at = time(row, "lastAdvancedAt")
        .or_else(|| stage_changes.last().map(|change| change.at))
        .unwrap_or(created_at);
    let opportunity = Opportunity {
        contact,
        stage,
        confidentiality: match row.get("confidentiality").and_then(Value::as_str) {
            Some("confidential") => Confidentiality::Confidential,
            _ => Confidentiality::Open,
        },
        archived,
        tags: texts(row, "tags"),
        sources: texts(row, "sources"),
        stage_changes,
        origin: Origin::parse(&text(row, "origin")).unwrap_or(Origin::Sourced),
        sourced_by: user(account, row.get("sourcedBy")),
        owner: user(account, row.get("owner")),
        followers: list(row, "followers")
            .filter_map(|follower| user(account, Some(follower)))
            .collect(),
        application,
        created_at,
        updated_at: time(row, "updatedAt"),
        last_interaction_at: time(row, "lastInteractionAt").unwrap_or(last_advanced_at),
        last_advanced_at,
        snoozed_until: time(row, "snoozedUntil"),
        location,
    };
    let number = account.insert_opportunity(order_of(&id), opportunity);
    account.given_ids.opportunity_texts.insert(number, id.clone());
    account.given_ids.opportunities.insert(id, number);
    let resumes: Vec<Value> = list(row, "resumes").cloned().collect();
    account.given_resumes.insert(number, resumes);
    // A given row has only what was given: none of the seeded notes.
    account.notes.insert(number, Vec::new());
}

/// The row's contact: the one with its id, or a new one. Fields come from the expanded contact, else from the row.
fn contact(account: &mut Account, row: &Value) -> ContactNumber {
    let given = row.get("contact");
    let id = id_in(given).unwrap_or("").to_owned();
    if let Some(number) = account.given_ids.contacts.get(&id) {
        return *number;
    }
    let of = |name: &str| given.filter(|given| given.get(name).is_some()).unwrap_or(row);
    let location = match of("location").get("location") {
        Some(Value::Object(place)) => place.get("name").and_then(Value::as_str).unwrap_or("").to_owned(),
        Some(Value::String(place)) => place.clone(),
        _ => String::new(),
    };
    let anonymous = of("isAnonymized").get("isAnonymized").and_then(Value::as_bool);
    let contact = Contact {
        name: text(of("name"), "name"),
        headline: text(of("headline"), "headline"),
        location,
        emails: texts(of("emails"), "emails"),
        phones: list(of("phones"), "phones")
            .map(|phone| Phone {
                kind: Some(text(phone, "type"))
                    .filter(|kind| !kind.is_empty())
                    .unwrap_or_else(|| "other".to_owned()),
                value: text(phone, "value"),
            })
            .collect(),
        links: texts(row, "links"),
        anonymity: if anonymous == Some(true) {
            Anonymity::Anonymized
        } else {
            Anonymity::Named
        },
    };
    let number = account.add_contact(contact);
    account.given_ids.contact_texts.insert(number, id.clone());
    account.given_ids.contacts.insert(id, number);
    number
}

/// A name from an expanded object, else one made from the id.
fn name_of(value: Option<&Value>, field: &str, kind: &str, id: &str) -> String {
    value
        .and_then(|value| value.get(field)?.as_str())
        .map(str::to_owned)
        .unwrap_or_else(|| {
            let start: String = id.chars().take(8).collect();
            format!("{kind} {start}")
        })
}

fn stage(account: &mut Account, value: Option<&Value>) -> StageNumber {
    let Some(id) = id_in(value) else {
        return StageNumber(account.company.stages.find("lead-new").unwrap_or(0));
    };
    let stages = &mut account.company.stages;
    if let Some(number) = stages.find(id) {
        return StageNumber(number);
    }
    // Unknown stages stand between New applicant and the first screen, in the order of their coming.
    let step = u32::try_from(stages.len()).unwrap_or(0).min(900);
    let stage = Stage {
        id: id.to_owned(),
        text: name_of(value, "text", "Stage", id),
        pipeline: "applicant",
        rank: Rank(110_000 + step * 100),
        has_interview: false,
    };
    StageNumber(stages.add(id.to_owned(), stage))
}

fn user(account: &mut Account, value: Option<&Value>) -> Option<UserNumber> {
    let id = id_in(value)?;
    let users = &mut account.company.users;
    if let Some(number) = users.find(id) {
        return Some(UserNumber(number));
    }
    let start: String = id.chars().take(8).collect();
    let user = User {
        id: id.to_owned(),
        name: name_of(value, "name", "User", id),
        email: value
            .and_then(|value| value.get("email")?.as_str())
            .map_or_else(|| format!("user-{start}@example.org"), str::to_owned),
        access_role: "team member".to_owned(),
        created_at: Timestamp::from_millis(0),
        deactivated_at: None,
        external_directory_id: None,
        job_title: None,
        manager_id: None,
    };
    Some(UserNumber(users.add(id.to_owned(), user)))
}

fn archived(account: &mut Account, value: Option<&Value>) -> Option<Archived> {
    let value = value.filter(|value| value.is_object())?;
    let at = time(value, "archivedAt")?;
    let given = value.get("reason");
    let id = id_in(given)?;
    let reasons = &mut account.company.archive_reasons;
    let reason = reasons.find(id).unwrap_or_else(|| {
        let reason = ArchiveReason {
            id: id.to_owned(),
            text: name_of(given, "text", "Reason", id),
            status: ReasonStatus::Active,
            outcome: Outcome::NotHired,
        };
        reasons.add(id.to_owned(), reason)
    });
    Some(Archived {
        reason: ReasonNumber(reason),
        at,
    })
}

/// An application, expanded or as an id. One that names no posting is on a posting of its own, so that the
/// opportunity still counts as one with an application.
fn application(
    account: &mut Account,
    given: &Value,
    created_at: Timestamp,
    archived: Option<Archived>,
) -> Option<Application> {
    let id = id_in(Some(given))?.to_owned();
    let posting = posting(account, given.get("posting"), &id);
    let shown = account.company.posting(posting);
    let (manager, owner) = shown.map_or((None, None), |posting| (posting.hiring_manager, posting.owner));
    let optional = |name: &str| given.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(Application {
        id,
        kind: match given.get("type").and_then(Value::as_str) {
            Some("posting") => ApplicationType::Posting,
            Some("referral") => ApplicationType::Referral,
            _ => ApplicationType::User,
        },
        posting,
        posting_hiring_manager: manager,
        posting_owner: owner,
        name: optional("name"),
        company: optional("company"),
        phone: given
            .get("phone")
            .and_then(|phone| phone.get("value")?.as_str())
            .map(str::to_owned),
        email: optional("email"),
        links: texts(given, "links"),
        comments: optional("comments"),
        user: user(account, given.get("user")),
        custom_questions: list(given, "customQuestions").cloned().collect(),
        created_at: time(given, "createdAt").unwrap_or(created_at),
        archived,
        requisition_for_hire: None,
        visit: Visit {
            ip_address: optional("ipAddress"),
            referer: optional("referer"),
            user_agent: optional("userAgent"),
            accept_language: optional("acceptLanguage"),
            timezone: optional("timezone"),
        },
    })
}

fn posting(account: &mut Account, value: Option<&Value>, application: &str) -> PostingNumber {
    let named = id_in(value).map(str::to_owned);
    let id = named.unwrap_or_else(|| format!("posting-of-{application}"));
    let postings = &mut account.company.postings;
    if let Some(number) = postings.find(&id) {
        return PostingNumber(number);
    }
    let posting = Posting {
        text: name_of(value, "text", "Posting", &id),
        id: id.clone(),
        state: PostingState::Closed,
        distribution_channels: vec!["internal", "public"],
        user: None,
        owner: None,
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
        country: "DE",
        followers: Vec::new(),
        requisition_codes: Vec::new(),
        confidentiality: Confidentiality::Open,
        created_at: Timestamp::from_millis(0),
        updated_at: Timestamp::from_millis(0),
        workplace_type: "unspecified",
        salary_description_html: None,
        salary_range: None,
        opportunity_tags: None,
    };
    PostingNumber(postings.add(id, posting))
}
