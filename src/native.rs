//! The host of a terminal: system clock, sockets, files. The browser has its own in `wasm`.

mod resumes;

use std::cell::RefCell;
use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use rusqlite::Connection;

use crate::command::Renewal;
use crate::export::records::Records;
use crate::host::{
    Chance, Clock, FormContent, FormPart, Host, HttpBody, HttpReply, HttpRequest, Method, SecretError, SecretStore,
    Sleeper, Transport, TransportError,
};
use crate::mirror::{Lifetime, Mirror, MirrorError};
use crate::text::Millis;

pub use resumes::PdfResumes;

/// The system's clock.
pub struct SystemClock;

static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Clock for SystemClock {
    fn now(&self) -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn running(&self) -> Millis {
        Millis(i64::try_from(BEGINNING.elapsed().as_millis()).unwrap_or(i64::MAX))
    }
}

/// Waits on tokio's timer.
pub struct TokioSleeper;

impl Sleeper for TokioSleeper {
    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        tokio::time::sleep(Duration::from_millis(u64::from(milliseconds))).boxed_local()
    }

    fn breathe(&self) -> LocalBoxFuture<'static, ()> {
        tokio::task::yield_now().boxed_local()
    }
}

/// Chance from the standard library's own random hash keys: good enough for jitter.
pub struct HashedChance;

impl Chance for HashedChance {
    fn draw(&self) -> f64 {
        let drawn = std::collections::hash_map::RandomState::new().build_hasher().finish();
        (drawn >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Keeps the key in memory only: the terminal gets it with each call.
#[derive(Default)]
pub struct MemorySecrets(RefCell<Option<String>>);

impl SecretStore for MemorySecrets {
    fn load(&self) -> LocalBoxFuture<'_, Result<Option<String>, SecretError>> {
        async { Ok(self.0.borrow().clone()) }.boxed_local()
    }

    fn save(&self, secret: String) -> LocalBoxFuture<'_, Result<(), SecretError>> {
        *self.0.borrow_mut() = Some(secret);
        async { Ok(()) }.boxed_local()
    }

    fn erase(&self) -> LocalBoxFuture<'_, Result<(), SecretError>> {
        *self.0.borrow_mut() = None;
        async { Ok(()) }.boxed_local()
    }
}

/// HTTP over sockets.
pub struct SocketTransport {
    client: reqwest::Client,
}

impl SocketTransport {
    /// A transport that follows no redirects and repeats nothing.
    ///
    /// # Errors
    /// When the TLS library cannot be set up.
    pub fn new() -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { client })
    }
}

impl Transport for SocketTransport {
    fn send(&self, request: HttpRequest) -> LocalBoxFuture<'_, Result<HttpReply, TransportError>> {
        async move {
            let method = match request.method {
                Method::Get => reqwest::Method::GET,
                Method::Post => reqwest::Method::POST,
                Method::Put => reqwest::Method::PUT,
                Method::Delete => reqwest::Method::DELETE,
            };
            let mut builder = self
                .client
                .request(method, &request.url)
                .header("accept", "application/json")
                .timeout(Duration::from_millis(u64::from(request.timeout)));
            if let Some(authorization) = &request.authorization {
                builder = builder.header("authorization", authorization);
            }
            builder = match request.body {
                None => builder,
                Some(HttpBody::Json(text)) => builder.header("content-type", "application/json").body(text),
                Some(HttpBody::Form(text)) => builder
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(text),
                Some(HttpBody::Multipart(parts)) => builder.multipart(form(parts)),
            };
            let reply = builder.send().await.map_err(|error| cause(&error))?;
            let status = reply.status().as_u16();
            let header = |name: &str| {
                reply
                    .headers()
                    .get(name)
                    .and_then(|value| value.to_str().ok())
                    .map(str::to_owned)
            };
            let date = header("date")
                .and_then(|text| httpdate::parse_http_date(&text).ok())
                .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
                .and_then(|since| i64::try_from(since.as_millis()).ok())
                .map(Millis);
            let retry_after = header("retry-after").and_then(|text| text.trim().parse().ok());
            let media_type = header("content-type");
            let body = reply.bytes().await.map_err(|error| cause(&error))?.to_vec();
            Ok(HttpReply {
                status,
                body,
                media_type,
                date,
                retry_after,
            })
        }
        .boxed_local()
    }
}

fn form(parts: Vec<FormPart>) -> reqwest::multipart::Form {
    parts
        .into_iter()
        .fold(reqwest::multipart::Form::new(), |form, part| match part.content {
            FormContent::Text(text) => form.text(part.name, text),
            FormContent::File {
                file_name,
                media_type,
                bytes,
            } => {
                let plain = |bytes: &[u8]| reqwest::multipart::Part::bytes(bytes.to_vec());
                // A media type that is none leaves the file without one; Lever goes by the name's extension.
                let file = plain(&bytes)
                    .mime_str(&media_type)
                    .unwrap_or_else(|_| plain(&bytes))
                    .file_name(file_name);
                form.part(part.name, file)
            }
        })
}

fn cause(error: &reqwest::Error) -> TransportError {
    if error.is_connect() {
        TransportError::Unreachable
    } else if error.is_timeout() {
        TransportError::TimedOut
    } else {
        TransportError::Broken
    }
}

/// The terminal's host.
///
/// # Errors
/// When the TLS library cannot be set up.
pub fn host() -> Result<Host, reqwest::Error> {
    Ok(Host {
        clock: Rc::new(SystemClock),
        sleeper: Rc::new(TokioSleeper),
        chance: Rc::new(HashedChance),
        secrets: Rc::new(MemorySecrets::default()),
        transport: Rc::new(SocketTransport::new()?),
        resumes: Rc::new(PdfResumes::default()),
    })
}

/// Where the records of a mirror file live: beside it, since they are not a cache.
#[must_use]
pub fn records_path(mirror: &Path) -> PathBuf {
    let mut name = mirror.as_os_str().to_owned();
    name.push(".records");
    PathBuf::from(name)
}

/// Opens a mirror file. One that is damaged or of a later version is set aside as `FILE.damaged` or `FILE.later` and begun
/// anew: Lever still has everything.
///
/// # Errors
/// [`MirrorError`].
pub fn open_mirror(path: &Path) -> Result<Mirror, MirrorError> {
    let open = || Mirror::open(Connection::open(path)?, Lifetime::Stored);
    let (ending, why) = match open() {
        Err(MirrorError::Damaged) => (".damaged", Renewal::Damaged),
        Err(MirrorError::Newer) => (".later", Renewal::LaterVersion),
        opened => return opened,
    };
    let mut aside = path.as_os_str().to_owned();
    aside.push(ending);
    std::fs::rename(path, &aside).map_err(|error| MirrorError::Storage(error.kind().to_string()))?;
    let mirror = open()?;
    mirror.note_renewed(why)?;
    Ok(mirror)
}

/// Opens the records beside a mirror file.
///
/// # Errors
/// [`MirrorError`].
pub fn open_records(mirror: &Path) -> Result<Records, MirrorError> {
    Records::open(Connection::open(records_path(mirror))?)
}
