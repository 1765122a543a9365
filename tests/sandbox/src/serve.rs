//! What is the same for every endpoint, in this order: latency, key, rate limit, faults, permission, `perform_as`, the
//! endpoint itself, the write log, the headers of the reply.
//!
//! Must not know any endpoint.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use axum::Router;
use axum::body::{Body as HttpBody, Bytes};
use axum::extract::{RawPathParams, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderName, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Response, StatusCode};
use axum::routing::{MethodFilter, on};
use bytes::BytesMut;
use http_body_util::{BodyExt, Limited};
use serde_json::{Map, Value};

use crate::access::{ApiKey, Credential, Grant, Permission};
use crate::body::Body;
use crate::choices::{KeyAsBearer, PerformAsInBody, Performers, RetryAfter};
use crate::endpoint::{Action, Call, Endpoint, OwnLimit, PerformAs};
use crate::faults::{Drawn, Fault, Nature, Shown, Target};
use crate::ids::UserNumber;
use crate::model::user::Standing;
use crate::moving;
use crate::multipart;
use crate::offsets::Validity;
use crate::pace::Passage;
use crate::query::Query;
use crate::refusal::Refusal;
use crate::reply::{Download, Reply, invalid_token};
use crate::state::State;
use crate::write_log::Entry;

/// Where a connection is to be cut; rides on the response to whoever holds the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Before the first byte of the reply.
    Before,
    /// In the middle of the body.
    During,
    /// After the last byte.
    After,
}

/// A body that comes in small pieces over this time; rides on the response to whoever holds the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dribble(pub Duration);

/// Largest request body, in bytes: a create may bring a résumé and some files of 30 MB each (lever-api §3.2).
const BODY_MAX: usize = 128 * 1024 * 1024;

/// Headers of every reply (lever-api §2.4); `date` is the HTTP library's.
const HEADERS: [(&str, &str); 7] = [
    ("server", "lever-data-api"),
    ("x-lever-region", "global"),
    ("x-stream-path", "dapi"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "SAMEORIGIN"),
    ("x-xss-protection", "1; mode=block"),
];

/// All endpoints as one router, below `/v1`.
pub fn router(state: &Arc<State>, endpoints: Vec<Endpoint>) -> Router {
    let mut router = Router::new();
    for endpoint in endpoints {
        let Ok(filter) = MethodFilter::try_from(endpoint.method.clone()) else {
            continue;
        };
        let path = endpoint
            .pattern
            .split('/')
            .map(|part| match part.strip_prefix(':') {
                Some(name) => format!("{{{name}}}"),
                None => part.to_owned(),
            })
            .collect::<Vec<_>>()
            .join("/");
        let state = Arc::clone(state);
        let endpoint = Arc::new(endpoint);
        let handler = move |parameters: RawPathParams, request: Request| {
            let (state, endpoint) = (Arc::clone(&state), Arc::clone(&endpoint));
            let path = parameters.iter().map(|(_, value)| value.to_owned()).collect();
            async move { answer(&state, &endpoint, path, request).await }
        };
        router = router.route(&format!("/v1{path}"), on(filter, handler));
    }
    let unknown_state = Arc::clone(state);
    let unknown = move |request: Request| {
        let state = Arc::clone(&unknown_state);
        async move { answer_unknown(&state, &request) }
    };
    router.fallback(unknown.clone()).method_not_allowed_fallback(unknown)
}

/// An unknown path or method is a 404 for whoever has a key (lever-api §8).
fn answer_unknown(state: &State, request: &Request) -> Response<HttpBody> {
    state.stats().request("(unknown)");
    let header = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let refusal = match identify(state, header.and_then(Credential::from_header).as_ref()) {
        Err(refusal) => refusal,
        Ok(_) => Refusal::UnknownPath {
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
        },
    };
    respond(state, Err(refusal))
}

/// Who is asking, for the bucket, and what they may do.
fn identify(state: &State, credential: Option<&Credential>) -> Result<(String, Grant), Refusal> {
    match credential.ok_or(Refusal::Unauthorized)? {
        Credential::Key(key) => state
            .keys()
            .grant(key)
            .map(|grant| (key.reveal().to_owned(), grant.clone())),
        Credential::Bearer(token) => state
            .oauth()
            .and_then(|oauth| oauth.grant(token))
            .map(|grant| ("oauth".to_owned(), grant))
            .or_else(|| {
                let key = ApiKey::new(token.as_str());
                let accepted = state.choices.key_as_bearer == KeyAsBearer::Accepted;
                let grant = accepted.then(|| state.keys().grant(&key).cloned())??;
                Some((token.clone(), grant))
            }),
    }
    .ok_or(Refusal::Unauthorized)
}

async fn answer(state: &State, endpoint: &Endpoint, path: Vec<String>, request: Request) -> Response<HttpBody> {
    state.stats().request(&endpoint.name());
    let (parts, body) = request.into_parts();
    let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if !wait(state, state.latency).await {
        return cut(Cut::Before);
    }
    let credential = header.and_then(Credential::from_header);
    let (who, grant) = match identify(state, credential.as_ref()) {
        Ok(identified) => identified,
        Err(refusal) => return respond(state, Err(refusal)),
    };
    let now = Instant::now();
    let refused = state.pace().take(&who, now) == Passage::Refused
        || (endpoint.own_limit == OwnLimit::Applications
            && state.application_pace().take(&who, now) == Passage::Refused);
    if refused {
        state.stats().throttled();
        return respond(state, Err(Refusal::TooManyRequests));
    }
    let query = Query::parse(parts.uri.query().unwrap_or("")).with_limits(state.choices.limits);
    let nature = match endpoint.action {
        Action::Write(_) => Nature::Write,
        Action::Read(_) if query.first("offset").is_some() => Nature::ContinuedList,
        Action::Read(_) => Nature::Read,
    };
    let drawn = state.faults().draw(Target {
        method: endpoint.method.as_str(),
        pattern: endpoint.pattern,
        path: parts.uri.path().strip_prefix("/v1").unwrap_or(""),
        nature,
        shown: match credential {
            Some(Credential::Bearer(_)) => Shown::Token,
            _ => Shown::Key,
        },
    });
    if let Some(delay) = drawn.delay {
        state.stats().fault(Fault::Slow);
        if !wait(state, delay).await {
            return cut(Cut::Before);
        }
    }
    if let Some(fault) = drawn.fault {
        spoil(state, fault, credential.as_ref(), endpoint, &query);
    }
    if let Some(response) = fail_before(state, &drawn, endpoint) {
        return response;
    }
    if let Err(refusal) = check_offset(state, &query) {
        return respond(state, Err(refusal));
    }
    let Some(bytes) = read_body(body, content_type(&parts)).await else {
        return respond(
            state,
            Err(Refusal::bad_request("The body could not be read or is too large")),
        );
    };
    let body_time = drawn.body_time;
    let outcome = call(state, endpoint, path, query, &grant, &parts, &bytes).await;
    let mut response = fail_after(state, drawn, outcome);
    if let Some(time) = body_time {
        state.stats().fault(Fault::SlowBody);
        response.extensions_mut().insert(Dribble(time));
    }
    response
}

fn content_type(parts: &Parts) -> &str {
    let given = parts.headers.get(CONTENT_TYPE);
    given.and_then(|value| value.to_str().ok()).unwrap_or("")
}

/// The body, or nothing when it broke off or is larger than [`BODY_MAX`]. A multipart one ends with its closing
/// delimiter, whatever the connection says: one public client (Go) never ends its requests otherwise. Whether the real
/// service waits for more is not known; the lenient reading breaks nobody.
async fn read_body(body: HttpBody, content_type: &str) -> Option<Bytes> {
    let delimiter = multipart::closing_delimiter(content_type);
    let mut body = Limited::new(body, BODY_MAX);
    let mut read = BytesMut::new();
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame.ok()?.into_data() {
            read.extend_from_slice(&data);
        }
        if delimiter
            .as_ref()
            .is_some_and(|end| read.trim_ascii_end().ends_with(end))
        {
            break;
        }
    }
    Some(read.freeze())
}

/// Faults that take something away for good: what the request showed, its permission, its offset.
fn spoil(state: &State, fault: Fault, credential: Option<&Credential>, endpoint: &Endpoint, query: &Query) {
    match (fault, credential) {
        (Fault::ExpiredToken, Some(Credential::Bearer(token))) => {
            if let Some(mut oauth) = state.oauth() {
                oauth.end_access(token);
            }
        }
        (Fault::RevokedKey, Some(Credential::Key(key))) => {
            state.keys().revoke(key);
        }
        (Fault::Withdrawn, Some(Credential::Key(key))) => {
            if let Ok(permission) = Permission::parse(&endpoint.name()) {
                state.keys().withdraw(key, permission);
            }
        }
        (Fault::Withdrawn, Some(Credential::Bearer(token))) => {
            if let Some(mut oauth) = state.oauth() {
                oauth.withdraw(token, endpoint.scope);
            }
        }
        (Fault::DeadToken, _) => {
            if let Some(offset) = query.first("offset") {
                state.offsets().kill(offset);
            }
        }
        _ => {}
    }
}

/// Refuses an offset that is dead or has outlived its rules.
fn check_offset(state: &State, query: &Query) -> Result<(), Refusal> {
    let Some(offset) = query.first("offset") else {
        return Ok(());
    };
    let life = state.faults().token_life();
    match state.offsets().validity(offset, life, Instant::now()) {
        Validity::Valid => Ok(()),
        Validity::Dead => {
            state.stats().fault(Fault::DeadToken);
            Err(invalid_token())
        }
    }
}

/// Notes the token that a page gave out.
fn note_offset(state: &State, opened_by: Option<&str>, reply: &Reply) {
    if let Some(next) = reply.body.get("next").and_then(Value::as_str) {
        let life = state.faults().token_life();
        state.offsets().give(opened_by, next, life, Instant::now());
    }
}

/// Waits; false when the server is stopping.
async fn wait(state: &State, time: std::time::Duration) -> bool {
    if time.is_zero() {
        return true;
    }
    tokio::select! {
        () = tokio::time::sleep(time) => true,
        () = state.stop.cancelled() => false,
    }
}

/// Faults that strike before anything is done.
fn fail_before(state: &State, drawn: &Drawn, endpoint: &Endpoint) -> Option<Response<HttpBody>> {
    let fault = drawn.fault?;
    let response = match fault {
        Fault::TooManyRequests | Fault::Burst => respond(state, Err(Refusal::TooManyRequests)),
        Fault::ExpiredToken | Fault::RevokedKey => respond(state, Err(Refusal::Unauthorized)),
        Fault::Withdrawn => respond(state, Err(lacks(endpoint))),
        Fault::InternalError => respond(state, Err(Refusal::ServerFailure(StatusCode::INTERNAL_SERVER_ERROR))),
        Fault::BadGateway => respond(state, Err(Refusal::ServerFailure(StatusCode::BAD_GATEWAY))),
        Fault::Unavailable => respond(state, Err(Refusal::ServerFailure(StatusCode::SERVICE_UNAVAILABLE))),
        Fault::BadToken | Fault::DeadToken => respond(state, Err(invalid_token())),
        Fault::CutBefore => cut(Cut::Before),
        _ => return None,
    };
    state.stats().fault(fault);
    Some(response)
}

/// The refusal of a key without an endpoint's permission.
fn lacks(endpoint: &Endpoint) -> Refusal {
    Refusal::Forbidden(format!("This API key does not have permission for {}", endpoint.name()))
}

/// Runs the endpoint, and enters an accepted write in the log before anybody else can write.
async fn call(
    state: &State,
    endpoint: &Endpoint,
    path: Vec<String>,
    query: Query,
    grant: &Grant,
    parts: &Parts,
    bytes: &Bytes,
) -> Result<Reply, Refusal> {
    let name = endpoint.name();
    if !grant.permissions.allow(&name, endpoint.scope) {
        return Err(lacks(endpoint));
    }
    let rule = match (state.choices.performers, endpoint.action) {
        (Performers::EveryWrite, Action::Write(_)) => PerformAs::Required,
        _ => endpoint.perform_as,
    };
    let content_type = content_type(parts);
    let body = match endpoint.action {
        Action::Read(_) => Body::default(),
        Action::Write(_) => Body::read(content_type, bytes, endpoint.files).await?,
    };
    let in_body = match state.choices.perform_as_in_body {
        PerformAsInBody::Ignored => None,
        PerformAsInBody::Read => body.text("perform_as")?,
    };
    let performer = performer(state, rule, query.first("perform_as").or(in_body))?;
    let call = Call {
        path,
        query,
        body,
        performer,
        grant,
    };
    match endpoint.action {
        Action::Read(read) => {
            moving::before_read(state, endpoint.pattern);
            let reply = read(&state.account(), &call)?;
            note_offset(state, call.query.first("offset"), &reply);
            Ok(reply)
        }
        Action::Write(write) => {
            let mut account = state.account_mut();
            let reply = write(&mut account, &call)?;
            state.log().add(&Entry {
                at: account.now(),
                method: endpoint.method.to_string(),
                path: parts.uri.path().to_owned(),
                query: query_json(&call.query),
                body: call.body.json(),
                status: reply.status.as_u16(),
                opportunity: reply.subject.opportunity.clone(),
                contact: reply.subject.contact.clone(),
            });
            Ok(reply)
        }
    }
}

fn performer(state: &State, rule: PerformAs, given: Option<&str>) -> Result<Option<UserNumber>, Refusal> {
    match (rule, given) {
        (PerformAs::Unused, _) | (PerformAs::Optional, None) => Ok(None),
        (PerformAs::Required, None) => Err(Refusal::bad_request("Missing required parameter perform_as")),
        (PerformAs::Required | PerformAs::Optional, Some(id)) => {
            let account = state.account();
            let number = account.company.users.find(id).map(UserNumber);
            match number.and_then(|number| Some((number, account.company.user(number)?))) {
                None => Err(Refusal::unknown_id(format_args!("perform_as: user {id}"))),
                Some((_, user)) if user.standing() == Standing::Deactivated => {
                    Err(Refusal::bad_request(format!("perform_as: user {id} is deactivated")))
                }
                Some((number, _)) => Ok(Some(number)),
            }
        }
    }
}

fn query_json(query: &Query) -> Map<String, Value> {
    let mut shown = Map::new();
    for (name, value) in query.pairs() {
        let value = Value::from(value);
        match shown.get_mut(name) {
            None => {
                shown.insert(name.to_owned(), value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.clone(), value]),
        }
    }
    shown
}

/// Faults that strike once the outcome is known.
fn fail_after(state: &State, drawn: Drawn, outcome: Result<Reply, Refusal>) -> Response<HttpBody> {
    let Some(fault) = drawn.fault else {
        return respond(state, outcome);
    };
    if fault == Fault::LostReply && outcome.is_err() {
        // Nothing was stored, so there is no reply worth losing: the fault waits for a write that is.
        if let Some(armed) = drawn.armed {
            state.faults().arm(armed);
        }
        return respond(state, outcome);
    }
    state.stats().fault(fault);
    match fault {
        Fault::LostReply => cut(Cut::Before),
        Fault::CutDuring | Fault::CutAfter => {
            let mut response = respond(state, outcome);
            response.extensions_mut().insert(if fault == Fault::CutDuring {
                Cut::During
            } else {
                Cut::After
            });
            response
        }
        Fault::Truncated => truncated(state, outcome),
        Fault::WrongType => {
            let (status, _) = outcome_text(state, &outcome);
            let page = "<!doctype html><title>Lever</title><p>Please try again.</p>".to_owned();
            finish(state, status, "text/html; charset=utf-8", page)
        }
        _ => respond(state, outcome),
    }
}

/// The first half of a reply: of its JSON, or of the file where it is one.
fn truncated(state: &State, outcome: Result<Reply, Refusal>) -> Response<HttpBody> {
    match outcome {
        Ok(Reply {
            download: Some(Download { name, content }),
            ..
        }) => {
            let half = content.slice(..content.len() / 2);
            respond(state, Ok(Reply::file(Download { name, content: half })))
        }
        outcome => {
            let (status, text) = outcome_text(state, &outcome);
            let half: String = text.chars().take(text.chars().count() / 2).collect();
            finish(state, status, "application/json; charset=utf-8", half)
        }
    }
}

fn outcome_text(state: &State, outcome: &Result<Reply, Refusal>) -> (StatusCode, String) {
    match outcome {
        Ok(reply) if reply.status == StatusCode::NO_CONTENT => (reply.status, String::new()),
        Ok(reply) => (reply.status, reply.body.to_string()),
        Err(refusal) => (
            refusal.status_under(&state.choices),
            refusal.body_under(&state.choices).to_string(),
        ),
    }
}

fn respond(state: &State, outcome: Result<Reply, Refusal>) -> Response<HttpBody> {
    if let Ok(Reply {
        download: Some(download),
        ..
    }) = outcome
    {
        let mut response = finish(state, StatusCode::OK, "application/octet-stream", String::new());
        download.fill(&mut response);
        return response;
    }
    let (status, text) = outcome_text(state, &outcome);
    finish(state, status, "application/json; charset=utf-8", text)
}

fn finish(state: &State, status: StatusCode, content_type: &'static str, text: String) -> Response<HttpBody> {
    state.stats().status(status.as_u16());
    let mut response = Response::new(HttpBody::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    // Replies without a body were recorded without Lever's own headers (lever-api §2.4).
    if status != StatusCode::NO_CONTENT {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        for (name, value) in HEADERS {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
    if status == StatusCode::TOO_MANY_REQUESTS && state.choices.retry_after == RetryAfter::Sent {
        headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    if let Some(date) = skewed_date(state) {
        headers.insert(DATE, date);
    }
    response
}

/// The `date` of a clock that is off; the HTTP library writes that of the machine.
fn skewed_date(state: &State) -> Option<HeaderValue> {
    let now = {
        let account = state.account();
        (account.skew_ms() != 0).then(|| account.reading())?
    };
    let since = Duration::from_millis(u64::try_from(now.as_millis()).ok()?);
    let date = httpdate::fmt_http_date(SystemTime::UNIX_EPOCH.checked_add(since)?);
    HeaderValue::try_from(date).ok()
}

/// A response that nobody will see: the connection is closed instead.
fn cut(cut: Cut) -> Response<HttpBody> {
    let mut response = Response::new(HttpBody::empty());
    response.extensions_mut().insert(cut);
    response
}
