//! Talks to Lever: authentication, pace, retries of reads, paging. A write is sent once and never repeated here: whether it
//! may be sent again is the journal's decision (design §4.2).

use std::cell::{Cell, RefCell};

use base64::Engine;
use futures::future::{Either, select};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::command::ApiKey;
use crate::host::{Host, HttpReply, HttpRequest, Method, TransportError};
use crate::lever::endpoint::{self, Endpoint};
use crate::lever::environment::Environment;
use crate::lever::error::{LeverError, without_sent_values};
use crate::lever::model::account::{ArchiveReason, Counted, Posting, Stage, User};
use crate::lever::model::note::Note;
use crate::lever::model::opportunity::{Contact, Created, Opportunity};
use crate::lever::pace::{Pacer, Priority, backoff};
use crate::text::{ContactId, Millis, OpportunityId, StageId, UserId};

/// A request is given up after so many milliseconds.
const TIMEOUT: u32 = 30_000;
/// A read is tried so many times when somebody waits for it.
const CLICK_TRIES: u32 = 3;
/// A read is tried so many times in the background.
const BACKGROUND_TRIES: u32 = 6;
/// A write refused with 429 was certainly not stored, so it may be sent again, so many times in all.
const WRITE_TRIES_WHEN_LIMITED: u32 = 5;

/// Query parameters in order.
pub type Query = Vec<(String, String)>;

/// A page of rows.
#[derive(Debug)]
pub struct Page<T> {
    /// Rows that were understood.
    pub rows: Vec<T>,
    /// Rows that were not.
    pub unreadable: u32,
    /// Token of the next page, exactly as given.
    pub next: Option<String>,
}

/// The ids of a list's first row, as far as it has any.
#[derive(Debug, Default, Deserialize)]
pub struct FirstRow {
    /// Its own id.
    #[serde(default)]
    pub id: Option<String>,
    /// Its contact, on opportunities.
    #[serde(default)]
    pub contact: Option<String>,
}

/// The client.
pub struct LeverClient {
    host: Host,
    environment: Environment,
    authorization: String,
    pacer: RefCell<Pacer>,
    /// Lever's clock minus ours, in milliseconds.
    clock_difference: Cell<i64>,
}

#[derive(Deserialize)]
struct ListReply<'a> {
    #[serde(borrow)]
    data: Vec<&'a RawValue>,
    #[serde(default)]
    next: Option<String>,
    #[serde(default, rename = "hasNext")]
    has_next: Option<bool>,
}

#[derive(Deserialize)]
struct OneReply<T> {
    data: T,
}

#[derive(Deserialize, Default)]
struct ErrorReply {
    #[serde(default)]
    message: String,
}

impl LeverClient {
    /// A client for an environment with an API key: HTTP Basic, the key as user name, no password (lever-api §1.2).
    #[must_use]
    pub fn new(host: Host, environment: Environment, key: &ApiKey, pacer: Pacer) -> Self {
        let credentials = base64::engine::general_purpose::STANDARD.encode(format!("{}:", key.0.trim()));
        Self {
            host,
            environment,
            authorization: format!("Basic {credentials}"),
            pacer: RefCell::new(pacer),
            clock_difference: Cell::new(0),
        }
    }

    /// Which Lever it talks to.
    #[must_use]
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Now, by Lever's clock as far as its replies told.
    #[must_use]
    pub fn lever_now(&self) -> Millis {
        self.host.clock.now().plus(self.clock_difference.get())
    }

    /// Users; deactivated ones too, since rows of the past name them (lever-api §4.9).
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn users(&self, priority: Priority) -> Result<Vec<User>, LeverError> {
        let query = vec![("includeDeactivated".to_owned(), "true".to_owned())];
        self.all(endpoint::LIST_USERS, query, priority).await
    }

    /// Stages in pipeline order.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn stages(&self, priority: Priority) -> Result<Vec<Stage>, LeverError> {
        self.all(endpoint::LIST_STAGES, Query::new(), priority).await
    }

    /// Archive reasons, inactive ones too.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn archive_reasons(&self, priority: Priority) -> Result<Vec<ArchiveReason>, LeverError> {
        self.all(endpoint::LIST_ARCHIVE_REASONS, Query::new(), priority).await
    }

    /// Jobs in every state. Published ones that are not on the public site come only without the filter (lever-api §3.8).
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn postings(&self, priority: Priority) -> Result<Vec<Posting>, LeverError> {
        self.all(endpoint::LIST_POSTINGS, Query::new(), priority).await
    }

    /// Sources with the number of opportunities of each.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn sources(&self, priority: Priority) -> Result<Vec<Counted>, LeverError> {
        self.all(endpoint::LIST_SOURCES, Query::new(), priority).await
    }

    /// One page of opportunities, applications expanded.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::OffsetRefused`] when the token has become invalid.
    pub async fn opportunities(
        &self,
        filter: &[(String, String)],
        offset: Option<&str>,
        priority: Priority,
    ) -> Result<Page<Opportunity>, LeverError> {
        let mut query = vec![
            ("limit".to_owned(), "100".to_owned()),
            ("expand".to_owned(), "applications".to_owned()),
        ];
        query.extend_from_slice(filter);
        self.page(endpoint::LIST_OPPORTUNITIES, query, offset, priority).await
    }

    /// Every opportunity that passes the filter; meant for filters that leave few.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn opportunities_matching(
        &self,
        filter: &[(String, String)],
        priority: Priority,
    ) -> Result<Vec<Opportunity>, LeverError> {
        let mut query = vec![("expand".to_owned(), "applications".to_owned())];
        query.extend_from_slice(filter);
        self.all(endpoint::LIST_OPPORTUNITIES, query, priority).await
    }

    /// Whether a list may be read: asks for one row.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn probe(&self, endpoint: Endpoint, filter: &[(String, String)]) -> Result<FirstRow, LeverError> {
        let mut query = vec![("limit".to_owned(), "1".to_owned())];
        query.extend_from_slice(filter);
        let page: Page<FirstRow> = self.page(endpoint, query, None, Priority::Click).await?;
        Ok(page.rows.into_iter().next().unwrap_or_default())
    }

    /// Whether a single thing may be read. `None` where there is no id to try it with.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn probe_one(&self, endpoint: Endpoint, id: Option<&str>) -> Result<Option<()>, LeverError> {
        let Some(id) = id else {
            return Ok(None);
        };
        let _: serde_json::Value = self.one(endpoint, id, Query::new(), Priority::Click).await?;
        Ok(Some(()))
    }

    /// One opportunity, applications expanded.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn opportunity(&self, id: &OpportunityId, priority: Priority) -> Result<Opportunity, LeverError> {
        let query = vec![("expand".to_owned(), "applications".to_owned())];
        self.one(endpoint::READ_OPPORTUNITY, id.as_str(), query, priority).await
    }

    /// Opportunities deleted since a moment.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn deleted_opportunities(
        &self,
        since: Millis,
        priority: Priority,
    ) -> Result<Vec<OpportunityId>, LeverError> {
        #[derive(Deserialize)]
        struct Deleted {
            id: OpportunityId,
        }
        let query = vec![("deleted_at_start".to_owned(), since.0.to_string())];
        let rows: Vec<Deleted> = self.all(endpoint::LIST_DELETED_OPPORTUNITIES, query, priority).await?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// One contact.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn contact(&self, id: &ContactId, priority: Priority) -> Result<Contact, LeverError> {
        self.one(endpoint::READ_CONTACT, id.as_str(), Query::new(), priority)
            .await
    }

    /// Notes of an opportunity.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn notes(&self, opportunity: &OpportunityId, priority: Priority) -> Result<Vec<Note>, LeverError> {
        let mut notes = Vec::new();
        let mut offset: Option<String> = None;
        loop {
            let reply = self
                .read(
                    endpoint::LIST_NOTES,
                    &endpoint::LIST_NOTES.path.replace(":id", &encode(opportunity.as_str())),
                    Query::new(),
                    offset.as_deref(),
                    priority,
                )
                .await?;
            let page: Page<Note> = understand_page(endpoint::LIST_NOTES, &reply.body)?;
            notes.extend(page.rows);
            match page.next {
                Some(next) => offset = Some(next),
                None => return Ok(notes),
            }
        }
    }

    /// Moves an opportunity to a stage, in a user's name. The reply's blank fields are not to be trusted (lever-api §4.3),
    /// so nothing of it is returned: read the opportunity again.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn update_stage(
        &self,
        opportunity: &OpportunityId,
        stage: &StageId,
        perform_as: &UserId,
    ) -> Result<(), LeverError> {
        let path = endpoint::UPDATE_STAGE
            .path
            .replace(":id", &encode(opportunity.as_str()));
        let query = vec![("perform_as".to_owned(), perform_as.0.clone())];
        let body = serde_json::json!({ "stage": stage }).to_string();
        self.write(endpoint::UPDATE_STAGE, &path, &query, &body)
            .await
            .map(|_| ())
    }

    /// Sends a write exactly as given, once; again only after a 429, which stores nothing.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn write(
        &self,
        endpoint: Endpoint,
        path: &str,
        query: &[(String, String)],
        body: &str,
    ) -> Result<HttpReply, LeverError> {
        let request = HttpRequest {
            method: endpoint.method,
            url: self.address(path, query, None),
            authorization: self.authorization.clone(),
            body: Some(body.to_owned()),
            timeout: TIMEOUT,
        };
        let mut attempt = 1;
        loop {
            match self.send_once(endpoint, &request, Priority::Click).await {
                Err((LeverError::RateLimited { .. }, retry_after)) if attempt < WRITE_TRIES_WHEN_LIMITED => {
                    self.wait(attempt, retry_after).await;
                    attempt += 1;
                }
                Err((error, _)) => return Err(error),
                Ok(reply) => return Ok(reply),
            }
        }
    }

    /// Understands the reply of a create.
    ///
    /// # Errors
    /// [`LeverError::NotUnderstood`]: the opportunity was made, but what it is has to be looked up.
    pub fn understand_created(reply: &HttpReply) -> Result<Created, LeverError> {
        serde_json::from_str(&reply.body).map_err(|error| not_understood(endpoint::CREATE_OPPORTUNITY, &error))
    }

    async fn all<T: DeserializeOwned>(
        &self,
        endpoint: Endpoint,
        filter: Query,
        priority: Priority,
    ) -> Result<Vec<T>, LeverError> {
        let mut restarts = 0;
        'walk: loop {
            let mut rows = Vec::new();
            let mut offset: Option<String> = None;
            loop {
                let mut query = vec![("limit".to_owned(), "100".to_owned())];
                query.extend_from_slice(&filter);
                match self.page(endpoint, query, offset.as_deref(), priority).await {
                    Ok(page) => {
                        let Page { rows: more, next, .. } = page;
                        rows.extend(more);
                        match next {
                            Some(next) if offset.as_deref() != Some(next.as_str()) => {
                                offset = Some(next);
                            }
                            _ => return Ok(rows),
                        }
                    }
                    Err(LeverError::OffsetRefused { .. }) if restarts < 3 => {
                        restarts += 1;
                        continue 'walk;
                    }
                    Err(error) => return Err(error),
                }
            }
        }
    }

    async fn page<T: DeserializeOwned>(
        &self,
        endpoint: Endpoint,
        query: Query,
        offset: Option<&str>,
        priority: Priority,
    ) -> Result<Page<T>, LeverError> {
        let reply = self.read(endpoint, endpoint.path, query, offset, priority).await?;
        understand_page(endpoint, &reply.body)
    }

    async fn one<T: DeserializeOwned>(
        &self,
        endpoint: Endpoint,
        id: &str,
        query: Query,
        priority: Priority,
    ) -> Result<T, LeverError> {
        let path = endpoint.path.replace(":id", &encode(id));
        let reply = self.read(endpoint, &path, query, None, priority).await?;
        serde_json::from_str::<OneReply<T>>(&reply.body)
            .map(|reply| reply.data)
            .map_err(|error| not_understood(endpoint, &error))
    }

    /// A read, tried again while that may help.
    async fn read(
        &self,
        endpoint: Endpoint,
        path: &str,
        query: Query,
        offset: Option<&str>,
        priority: Priority,
    ) -> Result<HttpReply, LeverError> {
        let request = HttpRequest {
            method: Method::Get,
            url: self.address(path, &query, offset),
            authorization: self.authorization.clone(),
            body: None,
            timeout: TIMEOUT,
        };
        let tries = match priority {
            Priority::Click => CLICK_TRIES,
            Priority::Background => BACKGROUND_TRIES,
        };
        let mut attempt = 1;
        loop {
            let result = self.send_once(endpoint, &request, priority).await;
            let (error, retry_after) = match result {
                Ok(reply) => match check_json(endpoint, &reply.body) {
                    Ok(()) => return Ok(reply),
                    Err(error) => (error, None),
                },
                Err(failed) => failed,
            };
            if !error.is_passing() || attempt >= tries {
                return Err(error);
            }
            self.wait(attempt, retry_after).await;
            attempt += 1;
        }
    }

    async fn wait(&self, attempt: u32, retry_after: Option<u32>) {
        let milliseconds = retry_after.map_or_else(
            || backoff(attempt, self.host.chance.draw()),
            |seconds| seconds.saturating_mul(1000).min(120_000),
        );
        self.host.sleeper.sleep(milliseconds).await;
    }

    /// Sends once, paced, and with an end to the waiting.
    async fn send_once(
        &self,
        endpoint: Endpoint,
        request: &HttpRequest,
        priority: Priority,
    ) -> Result<HttpReply, (LeverError, Option<u32>)> {
        let wait = self.pacer.borrow_mut().take(self.host.clock.now(), priority);
        if wait > 0 {
            self.host.sleeper.sleep(wait).await;
        }
        let sending = self.host.transport.send(request.clone());
        // The transport has its own limit; this one holds even where a transport forgets.
        let limit = self.host.sleeper.sleep(TIMEOUT.saturating_add(5_000));
        let reply = match select(sending, limit).await {
            Either::Left((reply, _)) => reply,
            Either::Right(((), _)) => Err(TransportError::TimedOut),
        }
        .map_err(|cause| (LeverError::NoReply { endpoint, cause }, None))?;
        if let Some(date) = reply.date {
            self.clock_difference.set(date.since(self.host.clock.now()));
        }
        if reply.status == 429 {
            self.pacer.borrow_mut().refused();
        } else {
            self.pacer.borrow_mut().accepted();
        }
        match refusal(endpoint, &reply, request.body.as_deref()) {
            None => Ok(reply),
            Some(error) => Err((error, reply.retry_after)),
        }
    }

    fn address(&self, path: &str, query: &[(String, String)], offset: Option<&str>) -> String {
        let mut address = format!("{}{path}", self.environment.base_url());
        let mut separator = '?';
        for (name, value) in query {
            address.push(separator);
            address.push_str(&encode(name));
            address.push('=');
            address.push_str(&encode(value));
            separator = '&';
        }
        if let Some(offset) = offset {
            // The token comes percent-encoded already and goes back exactly as it came (lever-api §2.2).
            address.push(separator);
            address.push_str("offset=");
            address.push_str(&as_given(offset));
        }
        address
    }
}

/// Percent-encodes all but letters, digits and `-._~`.
fn encode(text: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    percent_encoding::utf8_percent_encode(text, KEPT).to_string()
}

/// A paging token in a query: unchanged where it is already safe there, encoded only where it holds something that is not.
fn as_given(token: &str) -> String {
    let safe = token
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~%,:!*'()".contains(&byte));
    if safe { token.to_owned() } else { encode(token) }
}

fn check_json(endpoint: Endpoint, body: &str) -> Result<(), LeverError> {
    serde_json::from_str::<&RawValue>(body)
        .map(|_| ())
        .map_err(|error| not_understood(endpoint, &error))
}

fn understand_page<T: DeserializeOwned>(endpoint: Endpoint, body: &str) -> Result<Page<T>, LeverError> {
    let reply: ListReply<'_> = serde_json::from_str(body).map_err(|error| not_understood(endpoint, &error))?;
    let mut rows = Vec::with_capacity(reply.data.len());
    let mut unreadable = 0;
    for row in &reply.data {
        match serde_json::from_str(row.get()) {
            Ok(row) => rows.push(row),
            Err(_) => unreadable += 1,
        }
    }
    let next = reply
        .next
        .filter(|token| !token.is_empty() && reply.has_next != Some(false));
    Ok(Page { rows, unreadable, next })
}

/// Says where a reply stopped making sense, without quoting it.
fn not_understood(endpoint: Endpoint, error: &serde_json::Error) -> LeverError {
    let field = match error.classify() {
        serde_json::error::Category::Data => {
            let text = error.to_string();
            text.split('`')
                .nth(1)
                .filter(|name| name.chars().all(|letter| letter.is_alphanumeric() || letter == '_'))
                .map_or_else(|| "a value of another kind".to_owned(), str::to_owned)
        }
        _ => "the JSON itself".to_owned(),
    };
    LeverError::NotUnderstood { endpoint, field }
}

fn refusal(endpoint: Endpoint, reply: &HttpReply, sent: Option<&str>) -> Option<LeverError> {
    let status = reply.status;
    match status {
        200..=299 => None,
        401 => Some(LeverError::KeyRefused { endpoint }),
        403 => Some(LeverError::PermissionMissing { endpoint }),
        404 => Some(LeverError::NotFound { endpoint }),
        429 => Some(LeverError::RateLimited { endpoint }),
        400..=499 => {
            let message = serde_json::from_str::<ErrorReply>(&reply.body)
                .unwrap_or_default()
                .message;
            if status == 400 && message.to_ascii_lowercase().contains("offset token") {
                return Some(LeverError::OffsetRefused { endpoint });
            }
            Some(LeverError::RefusedByRule {
                endpoint,
                status,
                message: without_sent_values(&message, sent),
            })
        }
        _ => Some(LeverError::Failing { endpoint, status }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_row_does_not_lose_the_page() {
        let body = r#"{"data":[{"id":"a","text":"New lead"},{"text":"no id"},{"id":"b","text":null}],"next":"%5B1%5D","hasNext":true}"#;
        let page: Page<Stage> = understand_page(endpoint::LIST_STAGES, body).unwrap();
        assert_eq!(page.rows.len(), 2);
        assert_eq!(page.unreadable, 1);
        assert_eq!(page.next.as_deref(), Some("%5B1%5D"));
    }

    #[test]
    fn a_token_goes_back_exactly_as_it_came() {
        assert_eq!(as_given("%5B3%2C149%2C%22a-b%22%5D"), "%5B3%2C149%2C%22a-b%22%5D");
        assert_eq!(as_given("[3,\"a&b\"]"), "%5B3%2C%22a%26b%22%5D");
    }

    #[test]
    fn a_truncated_reply_names_the_endpoint_and_nothing_of_the_reply() {
        let error = understand_page::<Stage>(endpoint::LIST_STAGES, r#"{"data":[{"id":"secret-na"#).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the reply of GET /stages was not understood at `the JSON itself`"
        );
    }
}
