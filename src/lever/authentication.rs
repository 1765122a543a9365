//! Who asks Lever: an API key, or OAuth tokens that are renewed in time (lever-api §1.2, §1.3).
//!
//! Lever changes the refresh token each time it is used. So new tokens are saved before the first of them is used, two
//! renewals never run at once, and nothing is saved any more for a connection that was taken away.

use std::cell::{Cell, RefCell};

use base64::Engine;
use futures::lock::Mutex;
use serde::{Deserialize, Serialize};

use crate::command::ApiKey;
use crate::host::{Host, HttpBody, HttpReply, HttpRequest, Method};
use crate::lever::endpoint::OAUTH_TOKEN;
use crate::lever::environment::Environment;
use crate::lever::error::LeverError;
use crate::lever::oauth::{self, OAuthApplication, OAuthGrant};
use crate::plain;

/// A request for tokens is given up after so many milliseconds.
const TIMEOUT: u32 = 30_000;

/// What opens Lever's door. `Debug` shows nothing of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// A key that a Super Admin made for the organisation.
    ApiKey(ApiKey),
    /// Tokens that a Super Admin consented to.
    OAuth(OAuthGrant),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredGrant {
    oauth: OAuthGrant,
}

impl Credentials {
    /// As the secret store keeps them.
    #[must_use]
    pub fn to_secret(&self) -> String {
        match self {
            Self::ApiKey(key) => key.0.clone(),
            // A grant is text and a number: writing it cannot fail.
            Self::OAuth(grant) => serde_json::to_string(&StoredGrant { oauth: grant.clone() }).unwrap_or_default(),
        }
    }

    /// As they were kept: whatever is not a grant is a key.
    #[must_use]
    pub fn from_secret(secret: String) -> Self {
        match plain::from_str::<StoredGrant>(&secret) {
            Ok(stored) => Self::OAuth(stored.oauth),
            Err(_) => Self::ApiKey(ApiKey(secret)),
        }
    }

    fn header(&self) -> String {
        match self {
            // HTTP Basic: the key as user name, no password.
            Self::ApiKey(key) => {
                let pair = format!("{}:", key.0.trim());
                format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair))
            }
            Self::OAuth(grant) => format!("Bearer {}", grant.access_token),
        }
    }
}

/// Gives each request its `Authorization`.
pub struct Authentication {
    credentials: RefCell<Credentials>,
    /// New tokens that could not be saved yet: the old ones may be worth nothing any more.
    unsaved: RefCell<Option<OAuthGrant>>,
    /// Held while tokens are renewed.
    renewing: Mutex<()>,
    retired: Cell<bool>,
}

impl Authentication {
    /// Begins with what was stored or typed.
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        Self {
            credentials: RefCell::new(credentials),
            unsaved: RefCell::new(None),
            renewing: Mutex::new(()),
            retired: Cell::new(false),
        }
    }

    /// The connection is taken away: nothing is saved for it any more.
    pub fn retire(&self) {
        self.retired.set(true);
    }

    /// The header to send, renewed before where it would end too soon.
    ///
    /// # Errors
    /// [`LeverError`], when tokens had to be renewed and were not.
    pub async fn header(&self, host: &Host, environment: &Environment) -> Result<String, LeverError> {
        let is_stale = match &*self.credentials.borrow() {
            Credentials::OAuth(grant) => grant.is_stale(host.clock.now()) && grant.refresh_token.is_some(),
            Credentials::ApiKey(_) => false,
        };
        let header = self.credentials.borrow().header();
        if is_stale {
            self.renew(host, environment, &header).await?;
            return Ok(self.credentials.borrow().header());
        }
        Ok(header)
    }

    /// After a 401 to a request with `refused`: whether another header is worth a try now.
    ///
    /// # Errors
    /// [`LeverError`], when tokens had to be renewed and were not.
    pub async fn header_after_refusal(
        &self,
        host: &Host,
        environment: &Environment,
        refused: &str,
    ) -> Result<Option<String>, LeverError> {
        let may_renew = match &*self.credentials.borrow() {
            Credentials::OAuth(grant) => grant.refresh_token.is_some(),
            Credentials::ApiKey(_) => false,
        };
        if !may_renew {
            return Ok(None);
        }
        self.renew(host, environment, refused).await?;
        Ok(Some(self.credentials.borrow().header()))
    }

    /// Changes the tokens behind `outdated` into the next pair; does nothing when somebody else has done so meanwhile.
    async fn renew(&self, host: &Host, environment: &Environment, outdated: &str) -> Result<(), LeverError> {
        let _one_at_a_time = self.renewing.lock().await;
        let grant = match &*self.credentials.borrow() {
            Credentials::OAuth(grant) if self.credentials.borrow().header() == outdated => grant.clone(),
            _ => return Ok(()),
        };
        // Taken out only for as long as nothing is awaited.
        let unsaved = self.unsaved.borrow().clone();
        let renewed = match unsaved {
            Some(renewed) => renewed,
            None => {
                let refused = LeverError::KeyRefused { endpoint: OAUTH_TOKEN };
                let refresh_token = grant.refresh_token.clone().ok_or(refused)?;
                let body = oauth::refresh(&grant.application, &refresh_token);
                request_tokens(host, environment, grant.application, Some(refresh_token), body).await?
            }
        };
        *self.unsaved.borrow_mut() = Some(renewed.clone());
        let credentials = Credentials::OAuth(renewed);
        if self.retired.get() {
            return Err(LeverError::KeyRefused { endpoint: OAUTH_TOKEN });
        }
        host.secrets
            .save(credentials.to_secret())
            .await
            .map_err(|_| LeverError::TokensNotSaved { endpoint: OAUTH_TOKEN })?;
        *self.unsaved.borrow_mut() = None;
        *self.credentials.borrow_mut() = credentials;
        Ok(())
    }
}

/// Changes the code of a consent into tokens. They are the caller's to save before they are used.
///
/// # Errors
/// [`LeverError`]; [`LeverError::KeyRefused`] when application, secret, code or redirect address do not fit together.
pub async fn exchange_code(
    host: &Host,
    environment: &Environment,
    application: OAuthApplication,
    code: &str,
    redirect_uri: &str,
) -> Result<OAuthGrant, LeverError> {
    let body = oauth::code_exchange(&application, code, redirect_uri);
    request_tokens(host, environment, application, None, body).await
}

async fn request_tokens(
    host: &Host,
    environment: &Environment,
    application: OAuthApplication,
    sent_refresh_token: Option<String>,
    body: String,
) -> Result<OAuthGrant, LeverError> {
    let endpoint = OAUTH_TOKEN;
    let request = HttpRequest {
        method: Method::Post,
        url: environment.token_url(),
        authorization: None,
        body: Some(HttpBody::Form(body)),
        timeout: TIMEOUT,
    };
    let sent_at = host.clock.now();
    let reply = host.transport.send(request).await;
    let reply = reply.map_err(|cause| LeverError::NoReply { endpoint, cause })?;
    match reply.status {
        200..=299 => understand(&reply, application, sent_refresh_token, sent_at),
        429 => Err(LeverError::RateLimited { endpoint }),
        // 400, 401 and 403 alike: Auth0 says `invalid_grant`, `access_denied`, `invalid_client` with any of them.
        400..=499 => Err(LeverError::KeyRefused { endpoint }),
        status => Err(LeverError::Failing { endpoint, status }),
    }
}

fn understand(
    reply: &HttpReply,
    application: OAuthApplication,
    sent_refresh_token: Option<String>,
    sent_at: crate::text::Millis,
) -> Result<OAuthGrant, LeverError> {
    oauth::understand_tokens(&reply.text(), application, sent_refresh_token, sent_at)
        .map_err(|error| LeverError::not_understood(OAUTH_TOKEN, &reply.text(), &error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Millis;

    #[test]
    fn what_was_kept_comes_back_as_what_it_was() {
        let grant = OAuthGrant {
            application: OAuthApplication {
                client_id: "id".to_owned(),
                client_secret: "secret".to_owned(),
            },
            access_token: "a".to_owned(),
            refresh_token: Some("r".to_owned()),
            expires_at: Millis(7),
        };
        for credentials in [
            Credentials::OAuth(grant),
            Credentials::ApiKey(ApiKey("a-key".to_owned())),
            Credentials::ApiKey(ApiKey("{\"oauth\":1}".to_owned())),
        ] {
            assert_eq!(Credentials::from_secret(credentials.to_secret()), credentials);
        }
    }
}
