//! Which Lever: production, sandbox or the European one. Addresses are configuration, never spread over the code
//! (lever-api §1.1).

use serde::{Deserialize, Serialize};

/// A place where Lever answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Environment {
    /// `api.lever.co`.
    Production,
    /// `api.sandbox.lever.co`.
    Sandbox,
    /// `api.eu.lever.co`.
    Eu,
    /// Any other address; only the terminal program offers it.
    Custom {
        /// Base URL with its `/v1`.
        base_url: String,
    },
}

impl Environment {
    /// Root of the API, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        match self {
            Self::Production => "https://api.lever.co/v1",
            Self::Sandbox => "https://api.sandbox.lever.co/v1",
            Self::Eu => "https://api.eu.lever.co/v1",
            Self::Custom { base_url } => base_url.trim_end_matches('/'),
        }
    }

    /// Where a Super Admin consents to an OAuth application (lever-api §1.1). European accounts are sent on by Lever itself.
    #[must_use]
    pub fn authorize_url(&self) -> String {
        format!("{}/authorize", self.authorization_host())
    }

    /// Where OAuth tokens are given out.
    #[must_use]
    pub fn token_url(&self) -> String {
        format!("{}/oauth/token", self.authorization_host())
    }

    fn authorization_host(&self) -> &str {
        match self {
            Self::Production | Self::Eu => "https://auth.lever.co",
            Self::Sandbox => "https://sandbox-lever.auth0.com",
            Self::Custom { .. } => self.base_url().trim_end_matches("/v1"),
        }
    }

    /// What OAuth tokens are asked for; the slash at the end matters (lever-api §1.1). Of the European host nothing is known,
    /// so it has the documented one.
    #[must_use]
    pub fn audience(&self) -> String {
        match self {
            Self::Eu => Self::Production.audience(),
            Self::Production | Self::Sandbox | Self::Custom { .. } => format!("{}/", self.base_url()),
        }
    }

    /// Root of the web app, for links to people when a reply carries none.
    #[must_use]
    pub fn web_url(&self) -> &'static str {
        match self {
            Self::Production | Self::Custom { .. } => "https://hire.lever.co",
            Self::Sandbox => "https://hire.sandbox.lever.co",
            Self::Eu => "https://hire.eu.lever.co",
        }
    }
}
