//! The borders of the core: time, waiting, chance, secrets and the network are passed in through these traits.
//!
//! The browser's worker and the terminal each implement them once. Nothing else in the core may touch a clock or a socket.
//! Futures are not `Send`: the core runs on one thread.

use std::borrow::Cow;
use std::rc::Rc;

use futures::future::LocalBoxFuture;

use crate::export::resume::ResumeContent;
use crate::text::{Millis, Private};

/// Tells the time.
pub trait Clock {
    /// Now, by the machine's clock.
    fn now(&self) -> Millis;
    /// Milliseconds by a clock that nobody sets, from a beginning of its own: for how long something took.
    fn running(&self) -> Millis;
}

/// Waits.
pub trait Sleeper {
    /// Ends after so many milliseconds.
    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()>;
    /// Ends as soon as whoever else waits for this thread has had a turn.
    fn breathe(&self) -> LocalBoxFuture<'static, ()>;
}

/// Chance, for jitter only: never for secrets.
pub trait Chance {
    /// A number from 0 (inclusive) to 1 (exclusive).
    fn draw(&self) -> f64;
}

/// Keeps the key encrypted at rest.
pub trait SecretStore {
    /// The stored secret, if there is one.
    fn load(&self) -> LocalBoxFuture<'_, Result<Option<String>, SecretError>>;
    /// Stores the secret in place of the one before.
    fn save(&self, secret: String) -> LocalBoxFuture<'_, Result<(), SecretError>>;
    /// Forgets the secret and the means to read it.
    fn erase(&self) -> LocalBoxFuture<'_, Result<(), SecretError>>;
}

/// The secret store failed.
#[derive(Debug, thiserror::Error)]
#[error("the secret store failed")]
pub struct SecretError;

/// Makes a resume: lays its content out as a PDF, on this machine. Equal contents give equal bytes, or a plan that was shown
/// would not be the one that is sent.
pub trait ResumeMaker {
    /// The PDF.
    fn make(&self, content: ResumeContent) -> LocalBoxFuture<'_, Result<Vec<u8>, ResumeNotMade>>;
}

/// No resume can be made here.
#[derive(Debug, thiserror::Error)]
#[error("no resume can be made here")]
pub struct ResumeNotMade;

/// Where there is nothing to draw with.
pub struct NoResumes;

impl ResumeMaker for NoResumes {
    fn make(&self, _: ResumeContent) -> LocalBoxFuture<'_, Result<Vec<u8>, ResumeNotMade>> {
        Box::pin(std::future::ready(Err(ResumeNotMade)))
    }
}

/// Methods used with Lever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, and some updates.
    Post,
    /// Updates.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// As written in HTTP.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// What a request carries.
#[derive(Clone, PartialEq, Eq)]
pub enum HttpBody {
    /// `application/json`.
    Json(String),
    /// `application/x-www-form-urlencoded`.
    Form(String),
    /// `multipart/form-data`, in order. The host encodes it with what its platform brings.
    Multipart(Vec<FormPart>),
}

impl HttpBody {
    /// The body where it is text: nothing for a multipart body.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Json(text) | Self::Form(text) => Some(text),
            Self::Multipart(_) => None,
        }
    }
}

/// One field of a form.
#[derive(Clone, PartialEq, Eq)]
pub struct FormPart {
    /// Its name.
    pub name: String,
    /// Its value.
    pub content: FormContent,
}

/// The value of a form's field.
#[derive(Clone, PartialEq, Eq)]
pub enum FormContent {
    /// Text.
    Text(String),
    /// A file.
    File {
        /// Its name with its extension, by which Lever knows its kind (lever-api §3.2).
        file_name: String,
        /// Its media type.
        media_type: String,
        /// Its bytes, shared: a resume may have 30 MB.
        bytes: Rc<[u8]>,
    },
}

/// One HTTP request. Its debug form shows the method only.
#[derive(Clone)]
pub struct HttpRequest {
    /// Method.
    pub method: Method,
    /// Whole address with query.
    pub url: String,
    /// Value of the `Authorization` header; `None` where the body says who asks.
    pub authorization: Option<String>,
    /// Body.
    pub body: Option<HttpBody>,
    /// The request is given up after so many milliseconds.
    pub timeout: u32,
}

impl std::fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("rest", &Private)
            .finish_non_exhaustive()
    }
}

/// A whole HTTP reply.
#[derive(Clone)]
pub struct HttpReply {
    /// Status code. A redirect is given as it came: none is followed, since data goes to Lever and nowhere else.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
    /// The `content-type` header.
    pub media_type: Option<String>,
    /// The server's time, from the `date` header.
    pub date: Option<Millis>,
    /// Seconds of a `retry-after` header.
    pub retry_after: Option<u32>,
}

impl HttpReply {
    /// The body as text; bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        // Nearly always it is UTF-8, and to see that is quicker than to mend what is not.
        std::str::from_utf8(&self.body).map_or_else(|_| String::from_utf8_lossy(&self.body), Cow::Borrowed)
    }
}

impl std::fmt::Debug for HttpReply {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("HttpReply")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Why no reply came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection could be made: the request was certainly not received.
    #[error("no connection")]
    Unreachable,
    /// The connection broke: the request may have been received.
    #[error("the connection broke")]
    Broken,
    /// No whole reply in time: the request may have been received.
    #[error("no reply in time")]
    TimedOut,
}

/// Sends one request and brings one reply. Never repeats by itself; a future that is dropped takes its request back.
pub trait Transport {
    /// Sends.
    ///
    /// # Errors
    /// [`TransportError`] says whether the request may have been received.
    fn send(&self, request: HttpRequest) -> LocalBoxFuture<'_, Result<HttpReply, TransportError>>;
}

/// All that comes from outside, in one handful.
#[derive(Clone)]
pub struct Host {
    /// Time.
    pub clock: Rc<dyn Clock>,
    /// Waiting.
    pub sleeper: Rc<dyn Sleeper>,
    /// Jitter.
    pub chance: Rc<dyn Chance>,
    /// The key at rest.
    pub secrets: Rc<dyn SecretStore>,
    /// The network.
    pub transport: Rc<dyn Transport>,
    /// Resumes.
    pub resumes: Rc<dyn ResumeMaker>,
}
