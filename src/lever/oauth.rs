//! OAuth 2.0, authorization code with rotating refresh tokens (lever-api §1.3), as pure text in and text out: which address
//! to open, what came back, what to send for tokens. Keeps nothing and sends nothing: that is `authentication`'s.

use serde::{Deserialize, Serialize};
use url::Url;
use url::form_urlencoded;

use crate::lever::environment::Environment;
use crate::plain;
use crate::text::{Millis, Private};

/// An access token is renewed so many milliseconds before it ends.
const RENEWED_BEFORE: i64 = 60_000;
/// Lever's own lifetime of an access token, where a reply names none, in seconds.
const USUAL_LIFETIME: i64 = 3_600;

/// The application that an organisation registered with Lever.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct OAuthApplication {
    /// Its id.
    pub client_id: String,
    /// Its secret; stored encrypted, never returned.
    pub client_secret: String,
}

impl std::fmt::Debug for OAuthApplication {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("OAuthApplication").field(&Private).finish()
    }
}

/// What a Super Admin's consent brought: the application and its tokens.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OAuthGrant {
    /// Whose tokens they are.
    pub application: OAuthApplication,
    /// Sent with each request; lives an hour.
    pub access_token: String,
    /// Changed into the next pair of tokens, once; `None` when the consent did not include it.
    pub refresh_token: Option<String>,
    /// When the access token ends.
    pub expires_at: Millis,
}

impl std::fmt::Debug for OAuthGrant {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("OAuthGrant")
            .field("expires_at", &self.expires_at)
            .field("rest", &Private)
            .finish_non_exhaustive()
    }
}

impl OAuthGrant {
    /// Whether the access token ends too soon to be sent.
    #[must_use]
    pub fn is_stale(&self, now: Millis) -> bool {
        self.expires_at.since(now) < RENEWED_BEFORE
    }
}

/// The way back from Lever's consent page brought no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConsentError {
    /// The Super Admin refused, or Lever did (`access_denied` and the like).
    #[error("Lever's consent page answered with a refusal")]
    Refused,
    /// The reply belongs to another question: somebody else's, or one of before.
    #[error("the reply of Lever's consent page belongs to another request")]
    AnotherRequest,
    /// The address holds neither a code nor a refusal.
    #[error("the reply of Lever's consent page holds no code")]
    NoCode,
}

/// The address of the consent page. `state` is a random text that has to come back.
///
/// # Errors
/// When the environment's own address is none.
pub fn authorize_address(
    environment: &Environment,
    client_id: &str,
    redirect_uri: &str,
    state: &str,
    scopes: &[&str],
) -> Result<String, url::ParseError> {
    let scope = [scopes, &["offline_access"]].concat().join(" ");
    let mut address = Url::parse(&environment.authorize_url())?;
    address
        .query_pairs_mut()
        .append_pair("client_id", client_id)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("response_type", "code")
        .append_pair("state", state)
        .append_pair("audience", &environment.audience())
        .append_pair("scope", &scope)
        // Not needed since 2024, harmless, and without it a second consent may bring no refresh token.
        .append_pair("prompt", "consent");
    Ok(address.into())
}

/// The code in the address that the consent page redirected to.
///
/// # Errors
/// [`ConsentError`].
pub fn code_of(redirected_to: &str, state: &str) -> Result<String, ConsentError> {
    let address = Url::parse(redirected_to).map_err(|_| ConsentError::NoCode)?;
    let value = |name: &str| {
        address
            .query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    if value("state").as_deref() != Some(state) {
        return Err(ConsentError::AnotherRequest);
    }
    match (value("code"), value("error")) {
        (Some(code), None) if !code.is_empty() => Ok(code),
        (_, Some(_)) => Err(ConsentError::Refused),
        _ => Err(ConsentError::NoCode),
    }
}

/// The body that changes a code into tokens.
#[must_use]
pub fn code_exchange(application: &OAuthApplication, code: &str, redirect_uri: &str) -> String {
    form(
        application,
        "authorization_code",
        &[("code", code), ("redirect_uri", redirect_uri)],
    )
}

/// The body that changes a refresh token into the next pair.
#[must_use]
pub fn refresh(application: &OAuthApplication, refresh_token: &str) -> String {
    form(application, "refresh_token", &[("refresh_token", refresh_token)])
}

fn form(application: &OAuthApplication, grant_type: &str, rest: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", grant_type)
        .append_pair("client_id", &application.client_id)
        .append_pair("client_secret", &application.client_secret)
        .extend_pairs(rest)
        .finish()
}

#[derive(Deserialize)]
struct TokenReply {
    access_token: String,
    #[serde(default)]
    refresh_token: Option<String>,
    #[serde(default)]
    expires_in: Option<i64>,
}

/// Reads the reply with tokens. A reply without a refresh token leaves the one that was sent.
///
/// # Errors
/// When it is no such reply.
pub fn understand_tokens(
    reply: &str,
    application: OAuthApplication,
    sent_refresh_token: Option<String>,
    now: Millis,
) -> Result<OAuthGrant, serde_json::Error> {
    let reply: TokenReply = plain::from_str(reply)?;
    let lifetime = reply.expires_in.unwrap_or(USUAL_LIFETIME).saturating_mul(1000);
    Ok(OAuthGrant {
        application,
        access_token: reply.access_token,
        refresh_token: reply.refresh_token.or(sent_refresh_token),
        expires_at: now.plus(lifetime),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn application() -> OAuthApplication {
        OAuthApplication {
            client_id: "id-1".to_owned(),
            client_secret: "s&cret".to_owned(),
        }
    }

    #[test]
    fn the_consent_page_is_asked_as_documented() {
        let address = authorize_address(
            &Environment::Sandbox,
            "id-1",
            "https://abc.chromiumapp.org/lever",
            "state-1",
            &["stages:read:admin"],
        )
        .unwrap();
        assert_eq!(
            address,
            "https://sandbox-lever.auth0.com/authorize?client_id=id-1&redirect_uri=https%3A%2F%2Fabc.chromiumapp.org%2Flever\
             &response_type=code&state=state-1&audience=https%3A%2F%2Fapi.sandbox.lever.co%2Fv1%2F\
             &scope=stages%3Aread%3Aadmin+offline_access&prompt=consent"
        );
    }

    #[test]
    fn a_code_counts_only_with_our_own_state() {
        let back = |query: &str| code_of(&format!("https://abc.chromiumapp.org/lever?{query}"), "state-1");
        assert_eq!(back("code=c%2B1&state=state-1").as_deref(), Ok("c+1"));
        assert_eq!(back("code=c1&state=state-2"), Err(ConsentError::AnotherRequest));
        assert_eq!(back("code=c1"), Err(ConsentError::AnotherRequest));
        assert_eq!(
            back("error=access_denied&error_description=no&state=state-1"),
            Err(ConsentError::Refused)
        );
        assert_eq!(back("state=state-1"), Err(ConsentError::NoCode));
        assert_eq!(code_of("nonsense", "state-1"), Err(ConsentError::NoCode));
    }

    #[test]
    fn a_reply_without_a_new_refresh_token_leaves_the_old_one() {
        let reply = r#"{"access_token":"a2","token_type":"Bearer","expires_in":3600}"#;
        let grant = understand_tokens(reply, application(), Some("r1".to_owned()), Millis(1_000)).unwrap();
        assert_eq!(grant.refresh_token.as_deref(), Some("r1"));
        assert_eq!(grant.expires_at, Millis(3_601_000));
        assert!(!grant.is_stale(Millis(3_500_000)));
        assert!(grant.is_stale(Millis(3_541_001)));
        assert!(understand_tokens(r#"{"error":"invalid_grant"}"#, application(), None, Millis(0)).is_err());
    }

    #[test]
    fn secrets_are_sent_encoded_and_never_shown() {
        assert_eq!(
            refresh(&application(), "r 1"),
            "grant_type=refresh_token&client_id=id-1&client_secret=s%26cret&refresh_token=r+1"
        );
        let shown = format!(
            "{:?} {:?}",
            application(),
            understand_tokens(r#"{"access_token":"secret-token"}"#, application(), None, Millis(0))
        );
        assert!(
            !shown.contains("cret&") && !shown.contains("secret-token") && !shown.contains("id-1"),
            "{shown}"
        );
    }
}
