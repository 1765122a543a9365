//! Talks to Lever: authentication, pace, retries of reads, paging. A write is sent once and never repeated here: whether it
//! may be sent again is the journal's decision (design §4.2). The calls themselves are in the files beside this one, one a
//! resource.
//!
//! A future that is dropped is cancelled: it leaves the queue of the pacer, and the host takes its request back.

mod account;
mod applications;
pub mod contacts;
mod files;
mod interviews;
pub mod notes;
pub mod opportunities;
mod postings;
mod referrals;
mod requisitions;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use futures::future::{Either, select};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

pub use files::{Download, NewFile, form_of};
pub use opportunities::{OpportunityFilter, TimeRange};
pub use postings::PostingFilter;
pub use requisitions::RequisitionFilter;

use crate::host::{Host, HttpBody, HttpReply, HttpRequest, Method, TransportError};
use crate::lever::api_variant::ApiVariant;
use crate::lever::authentication::{Authentication, Credentials};
use crate::lever::endpoint::{Endpoint, encode};
use crate::lever::environment::Environment;
use crate::lever::error::{LeverError, without_sent_values};
use crate::lever::model::{Identified, ReadRow, parsed};
use crate::lever::pace::{Admission, Pacer, Priority, backoff};
use crate::text::{Millis, UserId};

/// A request is given up after so many milliseconds.
const TIMEOUT: u32 = 30_000;
/// A request that carries a file, either way, is given up after so many milliseconds: 30 MB take their time.
const FILE_TIMEOUT: u32 = 180_000;
/// A read is tried so many times when somebody waits for it.
const CLICK_TRIES: u32 = 3;
/// A read is tried so many times in the background.
const BACKGROUND_TRIES: u32 = 6;
/// A write refused with 429 was certainly not stored, so it may be sent again, so many times in all.
const WRITE_TRIES_WHEN_LIMITED: u32 = 5;
/// A list whose paging token is refused is read again from its beginning, so many times.
const LIST_RESTARTS: u32 = 3;

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

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            unreadable: 0,
            next: None,
        }
    }
}

/// Rows in the order of their first appearance, each once.
struct DistinctRows<T> {
    rows: Vec<T>,
    places: HashMap<String, usize>,
}

impl<T> Default for DistinctRows<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            places: HashMap::new(),
        }
    }
}

impl<T: Identified> DistinctRows<T> {
    fn add(&mut self, more: Vec<T>) {
        for row in more {
            let next = self.rows.len();
            let place = *self.places.entry(row.identifier().to_owned()).or_insert(next);
            match self.rows.get_mut(place) {
                Some(before) => *before = row,
                None => self.rows.push(row),
            }
        }
    }

    fn clear(&mut self) {
        self.rows.clear();
        self.places.clear();
    }
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
    authentication: Authentication,
    pacer: RefCell<Pacer>,
    /// Lever's clock minus ours, in milliseconds.
    clock_difference: Cell<i64>,
    api: Cell<ApiVariant>,
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
struct OneReply<'a> {
    #[serde(borrow)]
    data: &'a RawValue,
}

#[derive(Deserialize, Default)]
struct ErrorReply {
    #[serde(default)]
    message: String,
}

/// Where a request goes.
#[derive(Clone, Copy)]
struct Target<'a> {
    endpoint: Endpoint,
    path: &'a str,
    query: &'a [(String, String)],
    offset: Option<&'a str>,
    timeout: u32,
}

impl<'a> Target<'a> {
    fn new(endpoint: Endpoint, path: &'a str, query: &'a [(String, String)]) -> Self {
        Self {
            endpoint,
            path,
            query,
            offset: None,
            timeout: TIMEOUT,
        }
    }
}

impl LeverClient {
    /// A client for an environment with an API key or OAuth tokens.
    #[must_use]
    pub fn new(host: Host, environment: Environment, credentials: Credentials, pacer: Pacer) -> Self {
        Self {
            host,
            environment,
            authentication: Authentication::new(credentials),
            pacer: RefCell::new(pacer),
            clock_difference: Cell::new(0),
            api: Cell::default(),
        }
    }

    /// By which name Lever's rows are asked for.
    #[must_use]
    pub fn api(&self) -> ApiVariant {
        self.api.get()
    }

    /// From now on they are asked for by this name.
    pub fn use_api(&self, api: ApiVariant) {
        self.api.set(api);
    }

    /// The endpoint by the name in use.
    #[must_use]
    pub fn by_name_in_use(&self, endpoint: Endpoint) -> Endpoint {
        self.api.get().endpoint(endpoint)
    }

    /// Which Lever it talks to.
    #[must_use]
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The connection was taken away: whatever is still under way stores no tokens any more.
    pub fn retire(&self) {
        self.authentication.retire();
    }

    /// Now, by Lever's clock as far as its replies told.
    #[must_use]
    pub fn lever_now(&self) -> Millis {
        self.host.clock.now().plus(self.clock_difference.get())
    }

    /// Whether a list may be read: asks for one row.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn probe(&self, endpoint: Endpoint, filter: &[(String, String)]) -> Result<FirstRow, LeverError> {
        let mut query = vec![parameter("limit", "1")];
        query.extend_from_slice(filter);
        let page: Page<FirstRow> = self.page(endpoint, &query, None, Priority::Click, parsed).await?;
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
        let _: serde_json::Value = self.one(endpoint, &[id], &[], Priority::Click).await?;
        Ok(Some(()))
    }

    /// Sends a write exactly as given, once; again only after a 429, or a 401 that new tokens can mend: neither stores
    /// anything. The reply may be long in coming where files are sent.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn write(
        &self,
        endpoint: Endpoint,
        path: &str,
        query: &[(String, String)],
        body: Option<HttpBody>,
    ) -> Result<HttpReply, LeverError> {
        let mut target = Target::new(endpoint, path, query);
        if matches!(body, Some(HttpBody::Multipart(_))) {
            target.timeout = FILE_TIMEOUT;
        }
        let request = self.request(endpoint.method, target, body);
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

    /// Every row of a list. A row met twice, because rows moved or the list was begun again, is in the result once, as last seen.
    async fn all<T: DeserializeOwned + Identified>(
        &self,
        endpoint: Endpoint,
        ids: &[&str],
        filter: &[(String, String)],
        priority: Priority,
    ) -> Result<Vec<T>, LeverError> {
        self.all_read(endpoint, ids, filter, priority, parsed).await
    }

    async fn all_read<T: Identified>(
        &self,
        endpoint: Endpoint,
        ids: &[&str],
        filter: &[(String, String)],
        priority: Priority,
        read: ReadRow<T>,
    ) -> Result<Vec<T>, LeverError> {
        let endpoint = self.by_name_in_use(endpoint);
        let rows = RefCell::new(DistinctRows::default());
        let take = |reply: &HttpReply| {
            let Page { rows: more, next, .. } = understand_page(endpoint, &reply.text(), read)?;
            rows.borrow_mut().add(more);
            Ok(next)
        };
        let begin_again = || rows.borrow_mut().clear();
        self.every_page(endpoint, ids, filter, priority, &take, &begin_again)
            .await?;
        Ok(rows.into_inner().rows)
    }

    /// Reads a list page by page. The parts that depend on the rows' type come in as functions, so that the rest exists once in
    /// the browser's core, not once a type.
    async fn every_page(
        &self,
        endpoint: Endpoint,
        ids: &[&str],
        filter: &[(String, String)],
        priority: Priority,
        take: &dyn Fn(&HttpReply) -> Result<Option<String>, LeverError>,
        begin_again: &dyn Fn(),
    ) -> Result<(), LeverError> {
        let path = endpoint.path_of(ids);
        let mut restarts = 0;
        let mut offset: Option<String> = None;
        loop {
            let mut query = vec![page_size(restarts)];
            query.extend_from_slice(filter);
            let next = Cell::new(None);
            let mut target = Target::new(endpoint, &path, &query);
            target.offset = offset.as_deref();
            let understand = |reply: &HttpReply| {
                next.set(take(reply)?);
                Ok(())
            };
            match self.read(target, priority, &understand).await {
                Ok(_) => match next.take() {
                    Some(next) if offset.as_deref() != Some(next.as_str()) => offset = Some(next),
                    _ => return Ok(()),
                },
                Err(LeverError::OffsetRefused { .. }) if restarts < LIST_RESTARTS => {
                    restarts += 1;
                    offset = None;
                    begin_again();
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn page<T>(
        &self,
        endpoint: Endpoint,
        query: &[(String, String)],
        offset: Option<&str>,
        priority: Priority,
        read: ReadRow<T>,
    ) -> Result<Page<T>, LeverError> {
        let endpoint = self.by_name_in_use(endpoint);
        let path = endpoint.path_of(&[]);
        let mut target = Target::new(endpoint, &path, query);
        target.offset = offset;
        let page = Cell::new(Page::default());
        let understand = |reply: &HttpReply| {
            page.set(understand_page(endpoint, &reply.text(), read)?);
            Ok(())
        };
        self.read(target, priority, &understand).await?;
        Ok(page.into_inner())
    }

    async fn one<T: DeserializeOwned>(
        &self,
        endpoint: Endpoint,
        ids: &[&str],
        query: &[(String, String)],
        priority: Priority,
    ) -> Result<T, LeverError> {
        self.one_read(endpoint, ids, query, priority, parsed).await
    }

    async fn one_read<T>(
        &self,
        endpoint: Endpoint,
        ids: &[&str],
        query: &[(String, String)],
        priority: Priority,
        read: ReadRow<T>,
    ) -> Result<T, LeverError> {
        let endpoint = self.by_name_in_use(endpoint);
        let path = endpoint.path_of(ids);
        let target = Target::new(endpoint, &path, query);
        let one = Cell::new(None);
        let understand = |reply: &HttpReply| {
            one.set(Some(understand_one(endpoint, reply, read)?));
            Ok(())
        };
        self.read(target, priority, &understand).await?;
        // `understand` has run, or the read would have failed.
        one.into_inner().ok_or(LeverError::NotUnderstood {
            endpoint,
            field: "the whole reply".to_owned(),
        })
    }

    /// A read, tried again while that may help. A reply that is not understood may have been broken off on its way.
    async fn read(
        &self,
        target: Target<'_>,
        priority: Priority,
        understand: &dyn Fn(&HttpReply) -> Result<(), LeverError>,
    ) -> Result<HttpReply, LeverError> {
        let request = self.request(Method::Get, target, None);
        let tries = match priority {
            Priority::Click => CLICK_TRIES,
            Priority::Background => BACKGROUND_TRIES,
        };
        let mut attempt = 1;
        loop {
            let (error, retry_after) = match self.send_once(target.endpoint, &request, priority).await {
                Ok(reply) => match understand(&reply) {
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
        // The pacer keeps everybody back for as long as Lever said; who was refused need not wait longer than that.
        if retry_after.is_none() {
            let milliseconds = backoff(attempt, self.host.chance.draw());
            self.host.sleeper.sleep(milliseconds).await;
        }
    }

    /// Sends once with a header that counts; a second time only when the first header turned out to be outdated.
    async fn send_once(
        &self,
        endpoint: Endpoint,
        request: &HttpRequest,
        priority: Priority,
    ) -> Result<HttpReply, (LeverError, Option<u32>)> {
        let (host, environment) = (&self.host, &self.environment);
        let plain = |error| (error, None);
        let header = self.authentication.header(host, environment).await.map_err(plain)?;
        let result = self.send_as(endpoint, request, priority, header.clone()).await;
        if !matches!(result, Err((LeverError::KeyRefused { .. }, _))) {
            return result;
        }
        let renewed = self.authentication.header_after_refusal(host, environment, &header);
        match renewed.await.map_err(plain)? {
            Some(header) => self.send_as(endpoint, request, priority, header).await,
            None => result,
        }
    }

    /// Sends, paced, and with an end to the waiting.
    async fn send_as(
        &self,
        endpoint: Endpoint,
        request: &HttpRequest,
        priority: Priority,
        authorization: String,
    ) -> Result<HttpReply, (LeverError, Option<u32>)> {
        self.admitted(priority).await;
        let sent_at = self.host.clock.now();
        let authorized = HttpRequest {
            authorization: Some(authorization),
            ..request.clone()
        };
        // The transport has its own limit; this one holds even where a transport forgets.
        let limit = self.host.sleeper.sleep(request.timeout.saturating_add(5_000));
        let reply = match select(self.host.transport.send(authorized), limit).await {
            Either::Left((reply, _)) => reply,
            Either::Right(((), _)) => Err(TransportError::TimedOut),
        }
        .map_err(|cause| (LeverError::NoReply { endpoint, cause }, None))?;
        let now = self.host.clock.now();
        if let Some(date) = reply.date {
            self.clock_difference.set(date.since(now));
        }
        if reply.status == 429 {
            self.pacer.borrow_mut().refused(now, sent_at, reply.retry_after);
        } else {
            self.pacer.borrow_mut().accepted();
        }
        match refusal(endpoint, &reply, request.body.as_ref()) {
            None => Ok(reply),
            Some(error) => Err((error, reply.retry_after)),
        }
    }

    /// Ends when the pacer lets the request go.
    async fn admitted(&self, priority: Priority) {
        let mut waiting: Option<WaitingClick<'_>> = None;
        loop {
            let admission = self.pacer.borrow_mut().ask(self.host.clock.now(), priority);
            let Admission::After(milliseconds) = admission else {
                return;
            };
            if priority == Priority::Click && waiting.is_none() {
                waiting = Some(WaitingClick::new(&self.pacer));
            }
            self.host.sleeper.sleep(milliseconds).await;
        }
    }

    fn request(&self, method: Method, target: Target<'_>, body: Option<HttpBody>) -> HttpRequest {
        HttpRequest {
            method,
            url: self.address(target),
            authorization: None,
            body,
            timeout: target.timeout,
        }
    }

    fn address(&self, target: Target<'_>) -> String {
        let mut address = format!("{}{}", self.environment.base_url(), target.path);
        let mut separator = '?';
        for (name, value) in target.query {
            address.push(separator);
            address.push_str(&encode(name));
            address.push('=');
            address.push_str(&encode(value));
            separator = '&';
        }
        if let Some(offset) = target.offset {
            // The token comes percent-encoded already and goes back exactly as it came (lever-api §2.2).
            address.push(separator);
            address.push_str("offset=");
            address.push_str(&as_given(offset));
        }
        address
    }
}

/// A click in the pacer's queue; leaves it when it has gone or is dropped.
struct WaitingClick<'a>(&'a RefCell<Pacer>);

impl<'a> WaitingClick<'a> {
    fn new(pacer: &'a RefCell<Pacer>) -> Self {
        pacer.borrow_mut().click_waits();
        Self(pacer)
    }
}

impl Drop for WaitingClick<'_> {
    fn drop(&mut self) {
        self.0.borrow_mut().click_waits_no_more();
    }
}

/// One query parameter.
#[must_use]
pub fn parameter(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Rows a page: 100, which is Lever's most, and a few less each time a list is begun again. A token says at which row its page
/// begins (lever-api §2.2), so that other pages have other tokens than the one that was refused.
#[must_use]
pub fn page_size(restarts: u32) -> (String, String) {
    parameter("limit", &(100 - 3 * restarts.min(20)).to_string())
}

/// In whose name a write is made (lever-api §2.6).
fn performed_by(user: &UserId) -> Query {
    vec![parameter("perform_as", user.as_str())]
}

/// A JSON body.
fn json(body: &serde_json::Value) -> Option<HttpBody> {
    Some(HttpBody::Json(body.to_string()))
}

/// A paging token in a query: unchanged where it is already safe there, encoded only where it holds something that is not.
fn as_given(token: &str) -> String {
    let safe = token
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~%,:!*'()".contains(&byte));
    if safe { token.to_owned() } else { encode(token) }
}

fn understand_one<T>(endpoint: Endpoint, reply: &HttpReply, read: ReadRow<T>) -> Result<T, LeverError> {
    let text = reply.text();
    let OneReply { data } =
        serde_json::from_str(&text).map_err(|error| LeverError::not_understood(endpoint, &text, &error))?;
    read(data.get()).map_err(|error| LeverError::not_understood(endpoint, data.get(), &error))
}

/// One bad row never loses the page it is on; a page of nothing but bad rows is a reply that was not understood.
fn understand_page<T>(endpoint: Endpoint, body: &str, read: ReadRow<T>) -> Result<Page<T>, LeverError> {
    let reply: ListReply<'_> =
        serde_json::from_str(body).map_err(|error| LeverError::not_understood(endpoint, body, &error))?;
    let mut rows = Vec::with_capacity(reply.data.len());
    let mut unreadable = 0;
    let mut first_error = None;
    for row in &reply.data {
        match read(row.get()) {
            Ok(row) => rows.push(row),
            Err(error) => {
                unreadable += 1;
                first_error.get_or_insert_with(|| LeverError::not_understood(endpoint, row.get(), &error));
            }
        }
    }
    if let (Some(error), true) = (first_error, rows.is_empty()) {
        return Err(error);
    }
    let next = reply
        .next
        .filter(|token| !token.is_empty() && reply.has_next != Some(false));
    Ok(Page { rows, unreadable, next })
}

fn refusal(endpoint: Endpoint, reply: &HttpReply, sent: Option<&HttpBody>) -> Option<LeverError> {
    let status = reply.status;
    match status {
        200..=299 => None,
        300..=399 => Some(LeverError::Redirected { endpoint, status }),
        401 => Some(LeverError::KeyRefused { endpoint }),
        403 => Some(LeverError::PermissionMissing { endpoint }),
        429 => Some(LeverError::RateLimited { endpoint }),
        // Lever gave up waiting for a file, with a status that is not recorded (lever-api §3.10); it may have come in.
        408 => Some(LeverError::Failing { endpoint, status }),
        400..=499 if reply.text().contains("\"RequestTimeout\"") => Some(LeverError::Failing { endpoint, status }),
        400..=499 => {
            let message = serde_json::from_str::<ErrorReply>(&reply.text())
                .unwrap_or_default()
                .message;
            // Known by its words: with which status it comes is not certain (lever-api §2.2).
            if message.to_ascii_lowercase().contains("offset token") {
                return Some(LeverError::OffsetRefused { endpoint });
            }
            if status == 404 {
                return Some(LeverError::NotFound { endpoint });
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
    use crate::lever::endpoint;
    use crate::lever::model::account::Stage;

    #[test]
    fn one_bad_row_does_not_lose_the_page() {
        let body = r#"{"data":[{"id":"a","text":"New lead"},{"text":"no id"},{"id":"b","text":null}],"next":"%5B1%5D","hasNext":true}"#;
        let page: Page<Stage> = understand_page(endpoint::LIST_STAGES, body, parsed).unwrap();
        assert_eq!(page.rows.len(), 2);
        assert_eq!(page.unreadable, 1);
        assert_eq!(page.next.as_deref(), Some("%5B1%5D"));
    }

    #[test]
    fn a_page_of_bad_rows_only_names_the_field() {
        let body = r#"{"data":[{"text":"no id"},{"text":"none either"}],"hasNext":false}"#;
        let error = understand_page::<Stage>(endpoint::LIST_STAGES, body, parsed).unwrap_err();
        assert_eq!(error.to_string(), "the reply of GET /stages was not understood at `id`");
        let empty: Page<Stage> = understand_page(endpoint::LIST_STAGES, r#"{"data":[]}"#, parsed).unwrap();
        assert!(empty.rows.is_empty());
    }

    #[test]
    fn a_token_goes_back_exactly_as_it_came() {
        assert_eq!(as_given("%5B3%2C149%2C%22a-b%22%5D"), "%5B3%2C149%2C%22a-b%22%5D");
        assert_eq!(as_given("[3,\"a&b\"]"), "%5B3%2C%22a%26b%22%5D");
    }

    #[test]
    fn a_truncated_reply_names_the_endpoint_and_nothing_of_the_reply() {
        let error =
            understand_page::<Stage>(endpoint::LIST_STAGES, r#"{"data":[{"id":"secret-na"#, parsed).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the reply of GET /stages was not understood at `the JSON itself`"
        );
    }
}
