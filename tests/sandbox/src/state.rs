//! Everything one running sandbox shares between its connections.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::access::Keys;
use crate::account::Account;
use crate::choices::Choices;
use crate::faults::Faults;
use crate::moving::Moving;
use crate::oauth::OAuth;
use crate::offsets::Offsets;
use crate::pace::{Limit, Pace};
use crate::stats::Stats;
use crate::write_log::WriteLog;

/// The shared state. Locks are taken one at a time and never across a wait.
#[derive(Debug)]
pub struct State {
    account: RwLock<Account>,
    keys: Mutex<Keys>,
    oauth: Option<Mutex<OAuth>>,
    pace: Mutex<Pace>,
    application_pace: Mutex<Pace>,
    faults: Mutex<Faults>,
    log: Mutex<WriteLog>,
    stats: Mutex<Stats>,
    offsets: Mutex<Offsets>,
    moving: Mutex<Moving>,
    /// Answers to what nobody knows for certain.
    pub choices: Choices,
    /// Time before each reply.
    pub latency: Duration,
    /// Ends every wait when the server stops.
    pub stop: CancellationToken,
    /// Counts up when kept connections have to be closed.
    pub recycle: watch::Sender<u64>,
}

/// What a state is made from.
#[derive(Debug)]
pub struct Parts {
    /// The account.
    pub account: Account,
    /// API keys.
    pub keys: Keys,
    /// The OAuth application, if there is one.
    pub oauth: Option<OAuth>,
    /// Rate limit.
    pub pace: Pace,
    /// Faults.
    pub faults: Faults,
    /// Page tokens that die.
    pub offsets: Offsets,
    /// Rows that move.
    pub moving: Moving,
    /// Answers to what nobody knows for certain.
    pub choices: Choices,
    /// Time before each reply.
    pub latency: Duration,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whoever panicked while holding it left counts or rows behind, not broken memory.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// A state that has served nothing.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self {
            account: RwLock::new(parts.account),
            keys: Mutex::new(parts.keys),
            oauth: parts.oauth.map(Mutex::new),
            pace: Mutex::new(parts.pace),
            application_pace: Mutex::new(Pace::new(Limit::of_applications(parts.choices.apply_limit))),
            faults: Mutex::new(parts.faults),
            log: Mutex::new(WriteLog::default()),
            stats: Mutex::new(Stats::default()),
            offsets: Mutex::new(parts.offsets),
            moving: Mutex::new(parts.moving),
            choices: parts.choices,
            latency: parts.latency,
            stop: CancellationToken::new(),
            recycle: watch::Sender::new(0),
        }
    }

    /// The account, to look at.
    pub fn account(&self) -> RwLockReadGuard<'_, Account> {
        self.account.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The account, to change.
    pub fn account_mut(&self) -> RwLockWriteGuard<'_, Account> {
        self.account.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// API keys.
    pub fn keys(&self) -> MutexGuard<'_, Keys> {
        lock(&self.keys)
    }

    /// The OAuth application, if there is one.
    pub fn oauth(&self) -> Option<MutexGuard<'_, OAuth>> {
        self.oauth.as_ref().map(lock)
    }

    /// Buckets.
    pub fn pace(&self) -> MutexGuard<'_, Pace> {
        lock(&self.pace)
    }

    /// Buckets of applications alone.
    pub fn application_pace(&self) -> MutexGuard<'_, Pace> {
        lock(&self.application_pace)
    }

    /// Faults.
    pub fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    /// Page tokens that die.
    pub fn offsets(&self) -> MutexGuard<'_, Offsets> {
        lock(&self.offsets)
    }

    /// Rows that move.
    pub fn moving(&self) -> MutexGuard<'_, Moving> {
        lock(&self.moving)
    }

    /// Write log.
    pub fn log(&self) -> MutexGuard<'_, WriteLog> {
        lock(&self.log)
    }

    /// Counts.
    pub fn stats(&self) -> MutexGuard<'_, Stats> {
        lock(&self.stats)
    }

    /// Closes kept connections after their present request.
    pub fn recycle_connections(&self) {
        self.recycle.send_modify(|count| *count = count.wrapping_add(1));
    }
}
