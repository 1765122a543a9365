//! OAuth 2.0 authorization code with rotating refresh tokens (lever-api §1.3).
//!
//! The one registered application is given at the start; the account's Super Admin answers at once, and consents unless
//! told otherwise. A refresh
//! token dies when it is used, unless `rotation=kept` is chosen: whether the real service is as strict is not known, and
//! a client must save the new one first.

use std::collections::{HashMap, HashSet};
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::access::{ConfidentialAccess, Grant, Permissions};
use crate::choices::Rotation;
use crate::clock::{Clock, HOUR_MS, Timestamp};
use crate::ids::scramble;

/// How long an access token lives.
const ACCESS_MS: i64 = HOUR_MS;
/// How long a code can be exchanged.
const CODE_MS: i64 = 10 * 60 * 1_000;

/// The application's id and secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Client {
    /// Public id.
    pub id: String,
    secret: String,
}

impl Client {
    /// Reads `ID:SECRET`; `None` when one of them is missing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (id, secret) = text.split_once(':')?;
        (!id.is_empty() && !secret.is_empty()).then(|| Self {
            id: id.to_owned(),
            secret: secret.to_owned(),
        })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[derive(Clone)]
struct Session {
    scope: String,
    redirect_uri: String,
    until: Timestamp,
}

/// What the Super Admin says when asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Consent {
    /// Yes.
    #[default]
    Given,
    /// No, this once.
    Refused,
}

/// The application's codes and tokens.
pub struct OAuth {
    client: Client,
    seed: u64,
    rotation: Rotation,
    consent: Consent,
    made: u64,
    codes: HashMap<String, Session>,
    access: HashMap<String, Session>,
    refresh: HashMap<String, Session>,
}

impl fmt::Debug for OAuth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OAuth")
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}

/// What a token request brings.
#[derive(Debug, Clone, Copy)]
pub enum Exchange<'a> {
    /// `grant_type=authorization_code`.
    Code {
        /// The code.
        code: &'a str,
        /// Must equal the one of the authorize request.
        redirect_uri: &'a str,
    },
    /// `grant_type=refresh_token`.
    Refresh(&'a str),
}

/// A new pair of tokens.
pub struct Tokens {
    /// For the `Authorization` header.
    pub access: String,
    /// For the next refresh; the one used before is dead.
    pub refresh: String,
    /// Scopes granted.
    pub scope: String,
    /// Seconds the access token lives.
    pub expires_in: i64,
}

/// Why no tokens are given; the words are RFC 6749's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExchangeError {
    /// Wrong id or secret: 401.
    AccessDenied,
    /// Code or refresh token unknown, used or expired: 403, as Auth0 answers.
    InvalidGrant,
}

impl OAuth {
    /// An application nobody has consented to yet.
    #[must_use]
    pub fn new(client: Client, seed: u64, rotation: Rotation) -> Self {
        Self {
            client,
            seed,
            rotation,
            consent: Consent::Given,
            made: 0,
            codes: HashMap::new(),
            access: HashMap::new(),
            refresh: HashMap::new(),
        }
    }

    /// Whether this is the application's id.
    #[must_use]
    pub fn knows(&self, client_id: &str) -> bool {
        self.client.id == client_id
    }

    fn secret_text(&mut self, prefix: &str) -> String {
        self.made = self.made.wrapping_add(1);
        let first = scramble(self.seed ^ scramble(self.made));
        let second = scramble(first ^ 0x0a17);
        format!("{prefix}{first:016x}{second:016x}")
    }

    /// Has the next request for consent refused.
    pub fn refuse_next_consent(&mut self) {
        self.consent = Consent::Refused;
    }

    /// What the Super Admin says now.
    pub fn ask(&mut self) -> Consent {
        std::mem::take(&mut self.consent)
    }

    /// An access token in the form of a JWT (lever-api §1.3). Its signature is a secret text: nobody but the sandbox can
    /// tell whether it is good, as nobody but Lever can.
    fn access_token(&mut self, scope: &str, now: Timestamp) -> String {
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let header = encode(&json!({ "alg": "RS256", "typ": "JWT" }));
        let claims = encode(&json!({
            "iss": "https://auth.lever.co/",
            "aud": "https://api.lever.co/v1/",
            "iat": now.as_millis() / 1_000,
            "exp": now.plus(ACCESS_MS).as_millis() / 1_000,
            "scope": scope,
        }));
        let signature = URL_SAFE_NO_PAD.encode(self.secret_text("access-"));
        format!("{header}.{claims}.{signature}")
    }

    /// A code for the redirect back.
    pub fn authorize(&mut self, scope: &str, redirect_uri: &str) -> String {
        let code = self.secret_text("code-");
        self.codes.insert(
            code.clone(),
            Session {
                scope: scope.to_owned(),
                redirect_uri: redirect_uri.to_owned(),
                until: Clock::system().plus(CODE_MS),
            },
        );
        code
    }

    /// Gives tokens for a code or a refresh token.
    ///
    /// # Errors
    /// See [`ExchangeError`].
    pub fn exchange(
        &mut self,
        client_id: &str,
        client_secret: &str,
        exchange: Exchange<'_>,
    ) -> Result<Tokens, ExchangeError> {
        if client_id != self.client.id || client_secret != self.client.secret {
            return Err(ExchangeError::AccessDenied);
        }
        let now = Clock::system();
        let session = match exchange {
            Exchange::Code { code, redirect_uri } => self
                .codes
                .remove(code)
                .filter(|session| session.until > now && session.redirect_uri == redirect_uri),
            Exchange::Refresh(token) if self.rotation == Rotation::Kept => self.refresh.get(token).cloned(),
            Exchange::Refresh(token) => self.refresh.remove(token),
        }
        .ok_or(ExchangeError::InvalidGrant)?;
        let access = self.access_token(&session.scope, now);
        self.access.insert(
            access.clone(),
            Session {
                until: now.plus(ACCESS_MS),
                ..session.clone()
            },
        );
        // Without offline_access there is nothing to refresh with (lever-api §1.3).
        let refresh = if session.scope.split_whitespace().any(|scope| scope == "offline_access") {
            let refresh = self.secret_text("refresh-");
            self.refresh.insert(refresh.clone(), session.clone());
            refresh
        } else {
            String::new()
        };
        Ok(Tokens {
            access,
            refresh,
            scope: session.scope,
            expires_in: ACCESS_MS / 1_000,
        })
    }

    /// What an access token allows; `None` when it is unknown or expired.
    #[must_use]
    pub fn grant(&self, token: &str) -> Option<Grant> {
        let session = self.access.get(token)?;
        if session.until <= Clock::system() {
            return None;
        }
        let scopes: HashSet<String> = session
            .scope
            .split_whitespace()
            .map(|scope| scope.strip_suffix(":admin").unwrap_or(scope).to_owned())
            .collect();
        let confidential = if scopes.contains("confidential:access") {
            ConfidentialAccess::Granted
        } else {
            ConfidentialAccess::Denied
        };
        Some(Grant {
            permissions: Permissions::Scopes(scopes),
            confidential,
        })
    }

    /// Ends one access token before its time.
    pub fn end_access(&mut self, token: &str) {
        self.access.remove(token);
    }

    /// Takes a scope (without its `:admin`) from one access token, its writing form included.
    pub fn withdraw(&mut self, token: &str, scope: &str) {
        if let Some(session) = self.access.get_mut(token) {
            let write = scope.replace(":read", ":write");
            let kept: Vec<&str> = session
                .scope
                .split_whitespace()
                .filter(|word| {
                    let word = word.strip_suffix(":admin").unwrap_or(word);
                    word != scope && word != write
                })
                .collect();
            session.scope = kept.join(" ");
        }
    }

    /// Ends every access token at once, as an hour would.
    pub fn expire_access(&mut self) {
        self.access.clear();
    }
}
