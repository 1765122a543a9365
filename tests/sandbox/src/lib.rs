//! The sandbox: a simulated Lever, for development, the demo and the tests.
//!
//! A real HTTP server that behaves as `lever-api.md` tells, surprises included, over an account of invented people that
//! follows from a seed. It shares no code with the core, so that a mistake in one is not a mistake in both.
//!
//! # Map
//!
//! | module | what it is for |
//! |---|---|
//! | [`config`], [`start`], `main.rs` | starting a sandbox from a test or from the command line |
//! | [`server`] | connections, and cutting them |
//! | [`serve`] | what every endpoint has in common: key, limit, faults, permission, `perform_as`, log, headers |
//! | [`endpoint`], [`endpoints`] | what an endpoint is; the endpoints, one file a resource |
//! | [`query`], [`body`], [`reply`], [`refusal`] | requests and replies in Lever's form |
//! | [`multipart`], [`form`], [`pdf`], [`resume_reader`] | files that come in and go out, and what is read out of a résumé |
//! | [`account`] | the data: index, overlay of what was written, data files |
//! | [`model`] | users, postings, contacts, opportunities … and how they are shown |
//! | [`seed`] | the invented people; those that stories name are in [`seed::well_known`] |
//! | [`access`], [`oauth`], [`oauth_paths`] | keys, permissions, tokens |
//! | [`pace`], [`faults`], [`offsets`] | the rate limit; what goes wrong; page tokens that die |
//! | [`html`] | the HTML that postings may have |
//! | [`choices`] | what nobody knows for certain, and which way it is decided |
//! | [`web_app`], [`moving`] | what people do in the web app: deleting, merging, and rows that move during a walk |
//! | [`control`], [`write_log`], [`stats`] | `/_sandbox/…` |
//! | [`ids`], [`clock`], [`state`], [`tls`] | ids from numbers, time, shared state, certificates |
//!
//! # Adding an endpoint
//!
//! 1. In `endpoints/<resource>.rs` write `fn name(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal>`
//!    (`&mut Account` for a write). Look things up with the account's functions, answer with [`reply::Reply::one`] or
//!    [`reply::short_list`] ([`reply::oldest_first`] below an opportunity), refuse with a [`refusal::Refusal`] (an id in a
//!    body that does not exist with [`refusal::Refusal::unknown_id`], whose status is a choice).
//! 2. Add it to that file's `endpoints()` with its path as lever-api §3 writes it, its OAuth scope and its `perform_as`
//!    rule; [`endpoint::Endpoint::taking_files`] where multipart is taken. A new file is named once more in [`endpoints::all`].
//! 3. A new resource gets a file in `model/` with its shape in the recorded key order, and its rows a place in
//!    [`account::Account`] (written ones) or in [`seed`] (drawn ones).
//! 4. Add a test in `tests/` named after the fact and its section.
//!
//! Keys, permissions, the limit, faults, the write log and statistics need nothing more.

pub mod access;
pub mod account;
pub mod body;
pub mod choices;
pub mod clock;
pub mod config;
pub mod control;
pub mod endpoint;
pub mod endpoints;
pub mod faults;
pub mod form;
pub mod html;
pub mod ids;
pub mod model;
pub mod moving;
pub mod multipart;
pub mod oauth;
pub mod oauth_paths;
pub mod offsets;
pub mod pace;
pub mod pdf;
pub mod query;
pub mod refusal;
pub mod reply;
pub mod resume_reader;
pub mod seed;
pub mod serve;
pub mod server;
pub mod state;
pub mod stats;
pub mod tls;
pub mod web_app;
pub mod write_log;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::net::TcpListener;

use access::{ApiKey, Grant, Keys, NotAPermission};
use account::{Account, Seed};
use clock::Clock;
pub use config::Config;
use faults::Faults;
use moving::Moving;
use oauth::OAuth;
use offsets::Offsets;
use pace::Pace;
use state::{Parts, State};
use tls::TlsError;

/// Why a sandbox did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// A port could not be taken.
    #[error("port {port} on 127.0.0.1 could not be taken: {source}")]
    Port {
        /// The port asked for.
        port: u16,
        /// Why not.
        source: std::io::Error,
    },
    /// A key's permission is not one.
    #[error(transparent)]
    Permission(#[from] NotAPermission),
    /// No TLS port.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The data file was not understood.
    #[error(transparent)]
    Data(#[from] account::data_file::DataError),
}

/// A running sandbox. Stops when it is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    tls_address: Option<SocketAddr>,
    authority_pem: Option<String>,
    key: ApiKey,
    state: Arc<State>,
}

impl Running {
    /// `http://127.0.0.1:<port>/v1`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}/v1", self.root_url())
    }

    /// `http://127.0.0.1:<port>`, under which `/_sandbox/…`, `/authorize` and `/oauth/token` lie.
    #[must_use]
    pub fn root_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The HTTPS port, if there is one.
    #[must_use]
    pub fn tls_port(&self) -> Option<u16> {
        self.tls_address.map(|address| address.port())
    }

    /// The throw-away authority's certificate, if there is a TLS port.
    #[must_use]
    pub fn authority_pem(&self) -> Option<&str> {
        self.authority_pem.as_deref()
    }

    /// A key that works.
    #[must_use]
    pub fn key(&self) -> &str {
        self.key.reveal()
    }

    /// Everything behind the server, for tests that look inside.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Closes every connection and stops listening.
    pub fn stop(&self) {
        self.state.stop.cancel();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Starts a sandbox on the running tokio runtime. It answers when this returns.
///
/// # Errors
/// See [`StartError`].
pub async fn start(config: Config) -> Result<Running, StartError> {
    let default_contacts = if config.data.is_some() {
        0
    } else {
        config::DEFAULT_CONTACTS
    };
    let seed = Seed {
        seed: config.seed,
        contacts: config.contacts.unwrap_or(default_contacts),
        anchor: config.anchor.unwrap_or_else(|| Clock::system().start_of_month()),
    };
    let mut account = Account::with_pipeline(seed, config.stages);
    if let Some(path) = &config.data {
        account::data_file::load(&mut account, path)?;
    }

    account.choices = config.choices;
    account.skew(config.clock_skew_ms);

    let mut keys = Keys::default();
    for entry in &config.keys {
        keys.set(entry.key.clone(), entry.grant()?);
    }
    let first = config.keys.first().map(|entry| entry.key.clone());
    let key = match (config.key, first) {
        (None, Some(first)) => first,
        (given, _) => {
            let key = given.unwrap_or_else(|| ApiKey::new(config::DEFAULT_KEY));
            keys.set(key.clone(), Grant::everything());
            key
        }
    };

    let state = Arc::new(State::new(Parts {
        account,
        keys,
        oauth: config
            .oauth_client
            .map(|client| OAuth::new(client, config.seed, config.choices.rotation)),
        pace: Pace::new(config.limit),
        offsets: Offsets::default(),
        moving: Moving::new(config.seed, config.moving),
        choices: config.choices,
        faults: Faults::new(config.seed, config.faults),
        latency: Duration::from_millis(config.latency_ms),
    }));
    let router = serve::router(&state, endpoints::all())
        .merge(control::router(&state))
        .merge(web_app::router(&state))
        .merge(oauth_paths::router(&state));

    let (listener, address) = listen(config.port).await?;
    let mut tls_address = None;
    let mut authority_pem = None;
    if let Some(port) = config.tls_port {
        let (acceptor, pem) = tls::throw_away()?;
        if let Some(path) = config.tls_ca {
            std::fs::write(&path, &pem).map_err(|source| TlsError::Write { path, source })?;
        }
        let (listener, address) = listen(port).await?;
        tls_address = Some(address);
        authority_pem = Some(pem);
        tokio::spawn(server::accept(
            listener,
            Some(acceptor),
            router.clone(),
            Arc::clone(&state),
        ));
    }
    tokio::spawn(server::accept(listener, None, router, Arc::clone(&state)));
    Ok(Running {
        address,
        tls_address,
        authority_pem,
        key,
        state,
    })
}

async fn listen(port: u16) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |source| StartError::Port { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}
