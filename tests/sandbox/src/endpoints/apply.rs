//! Applying to a posting: the form, and what a filled one makes (lever-api §3.11).
//!
//! The questions of equal-opportunity law are for whoever comes by the public job site; elsewhere they are absent, and
//! answers to them are ignored like every key that is not known here.

use axum::http::{Method, StatusCode};
use serde_json::{Map, Value, json};

use super::opportunities::subject;
use super::opportunity_writes::{contact_for, follow};
use super::posting_writes::posting_of;
use crate::account::Account;
use crate::account::attachments::Arrival;
use crate::body::{Body, wrong};
use crate::clock::Timestamp;
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::ids::{ContactNumber, PostingNumber, StageNumber};
use crate::model::application::{Application, ApplicationType, Visit};
use crate::model::consent::{Consent, Consents};
use crate::model::contact::{Anonymity, Contact, Phone, with_scheme};
use crate::model::eeo::EeoAnswers;
use crate::model::file_type::FileType;
use crate::model::form::{Answered, OptionsShown};
use crate::model::opportunity::{Opportunity, Origin, StageChange};
use crate::model::posting::{Posting, PostingState};
use crate::model::upload::Upload;
use crate::query::Query;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::seed::questions::{Audience, Demand, FILE_UPLOAD, Question, QuestionSet};

/// How long after `createdAt` the other clocks of a new opportunity stand, in ms, as at a create (lever-api §8).
const APPLICATION_LAG_MS: i64 = 1;
const INTERACTION_LAG_MS: i64 = 2;
const UPDATE_LAG_MS: i64 = 5;

/// Source of whoever came by the job site and named no other.
const JOB_SITE: &str = "Job site";

/// Name, text, type and whether it must be given.
const PERSONAL: [(&str, &str, &str, Demand); 7] = [
    ("fullName", "Full name", "text", Demand::Required),
    ("email", "Email", "text", Demand::Required),
    ("currentCompany", "Current company", "text", Demand::Optional),
    ("currentLocation", "Current location", "text", Demand::Optional),
    ("phone", "Phone", "text", Demand::Optional),
    ("resume", "Resume", "file-upload", Demand::Optional),
    (
        "additionalInformation",
        "Additional information",
        "textarea",
        Demand::Optional,
    ),
];
const URLS: [&str; 5] = ["LinkedIn", "Twitter", "GitHub", "Portfolio", "Other"];

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/postings/:id/apply", "postings:read", form),
        Endpoint::write(
            Method::POST,
            "/postings/:id/apply",
            "postings:write",
            PerformAs::Unused,
            apply,
        )
        .limited_as_application(),
    ]
}

/// Only these can be applied to (lever-api §3.11). With which status Lever says so of the others was never recorded.
fn open_posting(account: &Account, call: &Call<'_>) -> Result<(PostingNumber, Posting), Refusal> {
    let (number, posting) = posting_of(account, call)?;
    match posting.state {
        PostingState::Published | PostingState::Internal => Ok((number, posting)),
        state => Err(Refusal::bad_request(format!(
            "A posting that is {} cannot be applied to",
            state.word()
        ))),
    }
}

fn asked(name: &str, text: &str, kind: &str, demand: Demand) -> Value {
    json!({ "text": text, "name": name, "type": kind, "required": demand == Demand::Required, "value": null })
}

/// The questions of a posting in any state: a draft and a closed one were recorded answering as the others do.
fn form(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, posting) = posting_of(account, call)?;
    let audience = audience(&call.query)?;
    let sets: Vec<Value> = account
        .questions_of(number)
        .iter()
        .filter(|set| audience.is_none_or(|audience| audience == set.audience))
        .map(QuestionSet::json)
        .collect();
    let mut personal: Vec<Value> = PERSONAL
        .iter()
        .map(|(name, text, kind, demand)| asked(name, text, kind, *demand))
        .collect();
    if posting.all_locations.len() > 1 {
        personal.push(asked(
            "preferredPostingLocation",
            "Which location are you applying for?",
            "dropdown",
            Demand::Optional,
        ));
    }
    let urls: Vec<Value> = URLS
        .iter()
        .map(|name| asked(name, &format!("{name} URL"), "text", Demand::Optional))
        .collect();
    let mut shown = Map::with_capacity(7);
    shown.insert("id".into(), json!(posting.id));
    shown.insert("text".into(), json!(posting.text));
    shown.insert("customQuestions".into(), Value::Array(sets));
    if audience != Some(Audience::Internal) && asks_for_equal_opportunity(&posting) {
        let questions: Map<String, Value> = account
            .eeo_questions()
            .into_iter()
            .map(|(name, field)| {
                let unanswered = Answered {
                    field,
                    value: Value::Null,
                };
                (name.to_owned(), unanswered.json(OptionsShown::Yes))
            })
            .collect();
        shown.insert("eeoQuestions".into(), Value::Object(questions));
    }
    shown.insert("personalInformation".into(), Value::Array(personal));
    shown.insert("urls".into(), Value::Array(urls));
    let policy = account.compliance_policy(number);
    shown.insert(
        "consentDisclosures".into(),
        policy.map_or(Value::Null, |policy| policy.json()),
    );
    Ok(Reply::one(shown))
}

/// Whom `distribution` names.
///
/// # Errors
/// 400 for another word.
pub fn audience(query: &Query) -> Result<Option<Audience>, Refusal> {
    query
        .first("distribution")
        .map(|word| Audience::parse(word).ok_or_else(|| wrong("distribution", "internal or external")))
        .transpose()
}

fn asks_for_equal_opportunity(posting: &Posting) -> bool {
    posting.state == PostingState::Published
}

/// What an applicant wrote under a list of `{name, value}`.
struct Answers(Vec<(String, String)>);

impl Answers {
    fn read(body: &Body, field: &str) -> Result<Self, Refusal> {
        let Some(value) = body.given(field) else {
            return Ok(Self(Vec::new()));
        };
        let answer = |value: &Value| {
            let name = value.get("name")?.as_str()?.to_owned();
            match value.get("value") {
                None | Some(Value::Null) => Some((name, String::new())),
                Some(given) => Some((name, given.as_str()?.trim().to_owned())),
            }
        };
        value
            .as_array()
            .and_then(|values| values.iter().map(answer).collect())
            .map(Self)
            .ok_or_else(|| wrong(field, "an array of {name, value}"))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    fn demand(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name)
            .ok_or_else(|| Refusal::bad_request(format!("personalInformation: {name} is required")))
    }
}

fn apply(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = &call.body;
    let (posting_number, posting) = open_posting(account, call)?;
    let personal = Answers::read(body, "personalInformation")?;
    let name = personal.demand("fullName")?;
    let email = personal.demand("email")?;
    if !email.contains('@') {
        return Err(wrong("personalInformation: email", "an email address"));
    }
    let links: Vec<String> = Answers::read(body, "urls")?
        .0
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(_, value)| with_scheme(value))
        .collect();
    let origin = match (posting.state, body.text("origin")?) {
        (_, Some(word)) if word != "applied" && word != "internal" => {
            return Err(wrong("origin", "applied or internal"));
        }
        // Recorded: who applies to an unlisted posting is a colleague.
        (PostingState::Internal, _) | (_, Some("internal")) => Origin::Internal,
        _ => Origin::Applied,
    };
    let audience = match origin {
        Origin::Internal => Audience::Internal,
        _ => Audience::External,
    };
    let now = account.now();
    let Filled {
        sets: custom_questions,
        files,
    } = filled_sets(account, posting_number, body, audience, now)?;
    let resume = personal
        .get("resume")
        .map(|uri| uploaded(account, "personalInformation: resume", uri, now))
        .transpose()?;
    let eeo = match audience {
        Audience::External if asks_for_equal_opportunity(&posting) => eeo_answers(account, body)?,
        _ => None,
    };
    let consents = consents(account, posting_number, body)?;
    let source = body.text("source")?.unwrap_or(JOB_SITE).to_owned();
    let visit = visit(body)?;
    let location = personal.get("preferredPostingLocation").map(str::to_owned);

    let person = Contact {
        name: name.to_owned(),
        headline: personal.get("currentCompany").unwrap_or("").to_owned(),
        location: personal.get("currentLocation").unwrap_or("").to_owned(),
        emails: vec![email.to_owned()],
        phones: personal
            .get("phone")
            .map(|value| Phone {
                kind: "other".to_owned(),
                value: value.to_owned(),
            })
            .into_iter()
            .collect(),
        links: links.clone(),
        anonymity: Anonymity::Named,
    };
    let id = account.application_id(account.next_opportunity());
    let application = Application {
        id: id.clone(),
        kind: ApplicationType::Posting,
        posting: posting_number,
        posting_hiring_manager: posting.hiring_manager,
        posting_owner: posting.owner,
        name: Some(person.name.clone()),
        company: personal.get("currentCompany").map(str::to_owned),
        phone: personal.get("phone").map(str::to_owned),
        email: Some(email.to_owned()),
        links,
        comments: personal.get("additionalInformation").map(str::to_owned),
        user: None,
        custom_questions,
        created_at: now.plus(APPLICATION_LAG_MS),
        archived: None,
        requisition_for_hire: None,
        visit,
    };
    let stage = StageNumber(account.company.stages.find("applicant-new").unwrap_or(0));
    let mut followers = Vec::new();
    if let Some(owner) = posting.owner {
        follow(&mut followers, owner);
    }
    let opportunity = Opportunity {
        // Replaced below, once nothing can be refused any more.
        contact: ContactNumber(0),
        stage,
        confidentiality: posting.confidentiality,
        archived: None,
        tags: posting.tags_for_opportunity().map(str::to_owned).collect(),
        sources: vec![source],
        stage_changes: vec![StageChange {
            to: stage,
            position_then: account.company.stage_position(stage),
            at: now,
            user: None,
        }],
        origin,
        sourced_by: None,
        owner: posting.owner,
        followers,
        application: Some(application),
        created_at: now,
        updated_at: Some(now.plus(UPDATE_LAG_MS)),
        last_interaction_at: now.plus(INTERACTION_LAG_MS),
        last_advanced_at: now,
        snoozed_until: None,
        location: Some(location.unwrap_or_else(|| posting.opportunity_location())),
    };
    account.pass(now.plus(UPDATE_LAG_MS));
    let (contact, _) = contact_for(account, &Body::default(), person)?;
    let number = account.add_opportunity(Opportunity { contact, ..opportunity });
    let arrival = |upload: Upload| Arrival {
        name: upload.name,
        content: upload.content,
        at: now.plus(APPLICATION_LAG_MS),
        user: None,
    };
    if let Some(resume) = resume {
        account.add_resume(number, arrival(resume));
    }
    for FileAnswer { set, field, upload } in files {
        let shown = account
            .add_file(number, arrival(upload))
            .answer_json(&account.opportunity_id(number));
        account.change_opportunity(number, |opportunity, _| {
            let answers = opportunity.application.as_mut();
            let answer = answers.and_then(|application| {
                let set = application.custom_questions.get_mut(set)?;
                set.get_mut("fields")?.get_mut(field)?.get_mut("value")
            });
            if let Some(answer) = answer {
                *answer = shown;
            }
        });
    }
    if let Some(answers) = eeo {
        let id = account.new_eeo_id();
        account.put_eeo_answers(number, EeoAnswers { id, ..answers });
    }
    if let Some(consents) = consents {
        account.put_consents(number, consents);
    }
    Ok(Reply::one(json!({ "applicationId": id }))
        .with_status(StatusCode::CREATED)
        .about(subject(account, number)))
}

/// A usable upload that an applicant names. It may be named again as long as it lives.
fn uploaded(account: &Account, field: &str, uri: &str, now: Timestamp) -> Result<Upload, Refusal> {
    let upload = account
        .upload(uri, now)
        .ok_or_else(|| Refusal::bad_request(format!("{field}: there is no such upload, or it has expired")))?;
    if FileType::of_name(&upload.name) == FileType::Other {
        return Err(wrong(field, "a file of type docx, doc, js, jpg, png, pdf or txt"));
    }
    Ok(upload.clone())
}

/// What an applicant answered to the questions for equal opportunity, by an option's text or id; `None` if nothing. The
/// id of the answers is filled in when they are kept.
fn eeo_answers(account: &Account, body: &Body) -> Result<Option<EeoAnswers>, Refusal> {
    let Some(given) = body.given("eeoResponses") else {
        return Ok(None);
    };
    if !given.is_object() {
        return Err(wrong("eeoResponses", "an object"));
    }
    let given = Body::of_value(given);
    let mut answers = EeoAnswers::default();
    for (name, field) in account.eeo_questions() {
        let Some(said) = given.text(name)?.filter(|said| !said.is_empty()) else {
            continue;
        };
        let option = field
            .options
            .into_iter()
            .find(|option| option.text == said || option.id.as_deref() == Some(said));
        let text = option
            .ok_or_else(|| wrong(&format!("eeoResponses: {name}"), "one of the options"))?
            .text;
        let slot = match name {
            "gender" => &mut answers.gender,
            "race" => &mut answers.race,
            "veteran" => &mut answers.veteran,
            _ => &mut answers.disability,
        };
        *slot = Some(text);
    }
    given.text("disabilitySignature")?;
    answers.disability_signed_at = given.time("disabilitySignatureDate")?;
    let blank = EeoAnswers {
        disability_signed_at: answers.disability_signed_at,
        ..EeoAnswers::default()
    };
    Ok((answers != blank).then_some(answers))
}

/// What an applicant consents to. Where no policy asks, whatever was sent is ignored; where one does, what was not sent
/// was not given.
fn consents(account: &Account, posting: PostingNumber, body: &Body) -> Result<Option<Consents>, Refusal> {
    let Some(policy) = account.compliance_policy(posting) else {
        return Ok(None);
    };
    let consent = |name: &str| {
        let Some(given) = body.given("consent").and_then(|consent| consent.get(name)) else {
            return Ok(Consent::Withheld);
        };
        let given = Body::of_value(given);
        let id = given.text("compliancePolicyId")?.unwrap_or("");
        if id != policy.id {
            return Err(Refusal::unknown_id(format_args!("consent: policy {id}")));
        }
        Ok(match given.truth("provided")? {
            Some(true) => Consent::Given,
            _ => Consent::Withheld,
        })
    };
    Ok(Some(Consents {
        store: consent("store")?,
        marketing: consent("marketing")?,
    }))
}

/// An answer that is a file: at which set and field it stands.
struct FileAnswer {
    set: usize,
    field: usize,
    upload: Upload,
}

/// Answered questions.
struct Filled {
    /// As an application shows them; answers that are files still null.
    sets: Vec<Value>,
    files: Vec<FileAnswer>,
}

/// The answered questions.
fn filled_sets(
    account: &Account,
    posting: PostingNumber,
    body: &Body,
    audience: Audience,
    now: Timestamp,
) -> Result<Filled, Refusal> {
    let sets = account.questions_of(posting);
    let given: Vec<&Value> = match body.given("customQuestions") {
        None => Vec::new(),
        Some(value) => value
            .as_array()
            .ok_or_else(|| wrong("customQuestions", "an array of {id, fields}"))?
            .iter()
            .collect(),
    };
    let id_of = |value: &Value| value.get("id").and_then(Value::as_str).unwrap_or("").to_owned();
    if let Some(unknown) = given
        .iter()
        .find(|value| !sets.iter().any(|set| set.id == id_of(value)))
    {
        return Err(Refusal::unknown_id(format_args!("customQuestions: {}", id_of(unknown))));
    }
    let mut filled = Filled {
        sets: Vec::new(),
        files: Vec::new(),
    };
    let asked = sets
        .iter()
        .filter(|set| set.audience == audience || given.iter().any(|value| id_of(value) == set.id));
    for (set_place, set) in asked.enumerate() {
        let answer = given.iter().find(|value| id_of(value) == set.id);
        let mut fields = Vec::with_capacity(set.questions.len());
        for (place, (id, question)) in set.questions.iter().enumerate() {
            let value = answer
                .and_then(|answer| answer.get("fields")?.get(place)?.get("value"))
                .unwrap_or(&Value::Null);
            check_answer(question, value)?;
            let uri = value
                .as_str()
                .filter(|uri| question.kind == FILE_UPLOAD && !uri.is_empty());
            fields.push(question.json(id, if uri.is_some() { &Value::Null } else { value }));
            if let Some(uri) = uri {
                filled.files.push(FileAnswer {
                    set: set_place,
                    field: place,
                    upload: uploaded(account, "customQuestions", uri, now)?,
                });
            }
        }
        filled.sets.push(json!({
            "type": "posting",
            "text": set.text,
            "user": null,
            "description": null,
            "fields": fields,
            "baseTemplateId": set.id,
            "stage": null,
            "createdAt": now,
            "completedAt": now,
        }));
    }
    Ok(filled)
}

fn check_answer(question: &Question, value: &Value) -> Result<(), Refusal> {
    let fits = match value {
        Value::Null => question.demand == Demand::Optional,
        Value::String(text) if text.is_empty() => question.demand == Demand::Optional,
        Value::String(text) => question.options.is_empty() || question.options.contains(&text.as_str()),
        _ => false,
    };
    if fits {
        return Ok(());
    }
    Err(Refusal::bad_request(format!(
        "customQuestions: {:?} has no fitting answer",
        question.text
    )))
}

fn visit(body: &Body) -> Result<Visit, Refusal> {
    let text = |name| Ok::<_, Refusal>(body.text(name)?.map(str::to_owned));
    Ok(Visit {
        ip_address: text("ipAddress")?,
        referer: text("referer")?,
        user_agent: text("userAgent")?,
        accept_language: text("acceptLanguage")?,
        timezone: text("timezone")?,
    })
}
