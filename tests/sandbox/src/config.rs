//! How a sandbox is started: what the command line says, for tests that start one in their own process.

use std::path::PathBuf;

use crate::access::{ApiKey, KeyEntry};
use crate::choices::Choices;
use crate::clock::Timestamp;
use crate::faults::Spec;
use crate::oauth::Client;
use crate::pace::Limit;
use crate::seed::company::Pipeline;

/// The key when none is given.
pub const DEFAULT_KEY: &str = "sandbox-key-0123456789";
/// Seeded contacts when nothing else is said and no data file is given.
pub const DEFAULT_CONTACTS: u32 = 1_000;

/// Everything a sandbox can be told at its start.
#[derive(Debug, Clone)]
pub struct Config {
    /// Port for HTTP; 0 takes a free one.
    pub port: u16,
    /// Port for HTTPS, if wanted; 0 takes a free one.
    pub tls_port: Option<u16>,
    /// Where the throw-away authority's certificate is written.
    pub tls_ca: Option<PathBuf>,
    /// Seeded people. Not said: [`DEFAULT_CONTACTS`], or none when a data file is given.
    pub contacts: Option<u32>,
    /// What everything drawn follows from.
    pub seed: u64,
    /// Which stages the account has.
    pub stages: Pipeline,
    /// Rate limit of each key.
    pub limit: Limit,
    /// Time before each reply, in ms.
    pub latency_ms: u64,
    /// Faults drawn.
    pub faults: Spec,
    /// Answers to what nobody knows for certain.
    pub choices: Choices,
    /// Each so many-th request for the opportunity list moves some rows before it is answered; 0 for none.
    pub moving: u32,
    /// How far Lever's clock is ahead of the machine's, in ms; negative: behind.
    pub clock_skew_ms: i64,
    /// The key that may do everything. Not said: [`DEFAULT_KEY`], or none when other keys are given.
    pub key: Option<ApiKey>,
    /// Keys with permissions.
    pub keys: Vec<KeyEntry>,
    /// The registered OAuth application.
    pub oauth_client: Option<Client>,
    /// Opportunities to add to the seeded ones, one a line as `GET /opportunities` returns them.
    pub data: Option<PathBuf>,
    /// Nothing seeded happened at or after this instant. Not said: the start of the present month, so that a seed
    /// gives the same rows all month long.
    pub anchor: Option<Timestamp>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 0,
            tls_port: None,
            tls_ca: None,
            contacts: None,
            seed: 1,
            stages: Pipeline::Custom,
            limit: Limit {
                rate: 10.0,
                burst: 20.0,
            },
            latency_ms: 0,
            faults: Spec::default(),
            choices: Choices::default(),
            moving: 0,
            clock_skew_ms: 0,
            key: None,
            keys: Vec::new(),
            oauth_client: None,
            data: None,
            anchor: None,
        }
    }
}
