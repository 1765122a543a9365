//! What an endpoint is: a method, a path, what it needs, and a function from a call to a reply.
//!
//! Everything that is the same for all of them (keys, permissions, the limit, faults, the write log) is done around
//! the function, in [`serve`](crate::serve).

use axum::http::Method;

use crate::access::Grant;
use crate::account::Account;
use crate::body::Body;
use crate::ids::UserNumber;
use crate::query::Query;
use crate::refusal::Refusal;
use crate::reply::Reply;

/// Whether a call must say who acts (lever-api §2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PerformAs {
    /// 400 without it.
    Required,
    /// Checked when given.
    Optional,
    /// Ignored.
    Unused,
}

/// Whether an endpoint takes multipart bodies, and files in them (lever-api §3.2, §3.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// JSON or a plain form only.
    Refused,
    /// Multipart as well.
    Taken,
}

/// Whether an endpoint has a limit of its own besides the key's (lever-api §2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnLimit {
    /// Only the key's.
    None,
    /// That of applications, where one is chosen.
    Applications,
}

/// What an endpoint does with the account.
#[derive(Clone, Copy)]
pub enum Action {
    /// Only looks.
    Read(fn(&Account, &Call<'_>) -> Result<Reply, Refusal>),
    /// Changes something; an accepted one enters the write log.
    Write(fn(&mut Account, &Call<'_>) -> Result<Reply, Refusal>),
}

/// An endpoint.
#[derive(Clone)]
pub struct Endpoint {
    /// HTTP method.
    pub method: Method,
    /// Path below `/v1` with `:name` for its parts, as lever-api §3 writes it.
    pub pattern: &'static str,
    /// OAuth scope without its `:admin` (lever-api §1.4, §5).
    pub scope: &'static str,
    /// Whether it must be said who acts.
    pub perform_as: PerformAs,
    /// Whether files may come along.
    pub files: Files,
    /// Whether it has a limit of its own.
    pub own_limit: OwnLimit,
    /// What it does.
    pub action: Action,
}

impl Endpoint {
    /// An endpoint that only looks.
    #[must_use]
    pub fn get(
        pattern: &'static str,
        scope: &'static str,
        read: fn(&Account, &Call<'_>) -> Result<Reply, Refusal>,
    ) -> Self {
        Self {
            method: Method::GET,
            pattern,
            scope,
            perform_as: PerformAs::Unused,
            files: Files::Refused,
            own_limit: OwnLimit::None,
            action: Action::Read(read),
        }
    }

    /// An endpoint that writes.
    #[must_use]
    pub fn write(
        method: Method,
        pattern: &'static str,
        scope: &'static str,
        perform_as: PerformAs,
        write: fn(&mut Account, &Call<'_>) -> Result<Reply, Refusal>,
    ) -> Self {
        Self {
            method,
            pattern,
            scope,
            perform_as,
            files: Files::Refused,
            own_limit: OwnLimit::None,
            action: Action::Write(write),
        }
    }

    /// The same endpoint, taking multipart bodies as well.
    #[must_use]
    pub fn taking_files(self) -> Self {
        Self {
            files: Files::Taken,
            ..self
        }
    }

    /// The same endpoint, under the limit of applications as well.
    #[must_use]
    pub fn limited_as_application(self) -> Self {
        Self {
            own_limit: OwnLimit::Applications,
            ..self
        }
    }

    /// Its name as permissions, statistics and messages use it: `POST /opportunities`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.pattern)
    }
}

/// A request to an endpoint, understood and allowed.
#[derive(Debug)]
pub struct Call<'a> {
    /// Values of the pattern's `:name` parts, in order.
    pub path: Vec<String>,
    /// Query parameters.
    pub query: Query,
    /// Body fields.
    pub body: Body,
    /// Who acts, if said.
    pub performer: Option<UserNumber>,
    /// What the key may see.
    pub grant: &'a Grant,
}

impl Call<'_> {
    /// The value of the pattern's `place`-th `:name` part, counted from 0.
    #[must_use]
    pub fn part(&self, place: usize) -> &str {
        self.path.get(place).map_or("", String::as_str)
    }
}
