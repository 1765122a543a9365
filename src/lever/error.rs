//! What can go wrong with Lever, and whether a write may have happened all the same.
//!
//! No error carries a secret or anybody's data: Lever's own message is kept only after everything that we sent is cut from it.

use crate::command::{Failure, FailureCode};
use crate::host::TransportError;
use crate::lever::endpoint::Endpoint;

/// A request to Lever that did not bring what it should.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeverError {
    /// 401.
    #[error("Lever refused the key at {}", .endpoint.name())]
    KeyRefused {
        /// Where.
        endpoint: Endpoint,
    },
    /// 403.
    #[error("the key lacks \"{}\" ({})", .endpoint.permission, .endpoint.name())]
    PermissionMissing {
        /// Where.
        endpoint: Endpoint,
    },
    /// 404.
    #[error("Lever does not have what {} asked for", .endpoint.name())]
    NotFound {
        /// Where.
        endpoint: Endpoint,
    },
    /// 400 whose message says that the paging token is not valid (lever-api §2.2).
    #[error("Lever no longer takes the paging token of {}", .endpoint.name())]
    OffsetRefused {
        /// Where.
        endpoint: Endpoint,
    },
    /// Another 4xx.
    #[error("Lever refused {} by a rule ({status}): {message}", .endpoint.name())]
    RefusedByRule {
        /// Where.
        endpoint: Endpoint,
        /// HTTP status.
        status: u16,
        /// Lever's words, without anything that we sent.
        message: String,
    },
    /// 429, after as many waits as made sense.
    #[error("Lever asks for fewer requests ({})", .endpoint.name())]
    RateLimited {
        /// Where.
        endpoint: Endpoint,
    },
    /// 5xx.
    #[error("Lever failed at {} ({status})", .endpoint.name())]
    Failing {
        /// Where.
        endpoint: Endpoint,
        /// HTTP status.
        status: u16,
    },
    /// No reply.
    #[error("no reply from {}: {cause}", .endpoint.name())]
    NoReply {
        /// Where.
        endpoint: Endpoint,
        /// Why.
        cause: TransportError,
    },
    /// A reply that is not what the documentation promises.
    #[error("the reply of {} was not understood at `{field}`", .endpoint.name())]
    NotUnderstood {
        /// Where.
        endpoint: Endpoint,
        /// The field, or what else was wrong.
        field: String,
    },
}

/// Whether a write that failed may have been stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteOutcome {
    /// Lever certainly did not store it.
    NotStored,
    /// Nobody knows without looking.
    Unknown,
}

impl LeverError {
    /// The endpoint it happened at.
    #[must_use]
    pub fn endpoint(&self) -> Endpoint {
        match self {
            Self::KeyRefused { endpoint }
            | Self::PermissionMissing { endpoint }
            | Self::NotFound { endpoint }
            | Self::OffsetRefused { endpoint }
            | Self::RefusedByRule { endpoint, .. }
            | Self::RateLimited { endpoint }
            | Self::Failing { endpoint, .. }
            | Self::NoReply { endpoint, .. }
            | Self::NotUnderstood { endpoint, .. } => *endpoint,
        }
    }

    /// Whether a write that ended so may have been stored. Only an answer in the 4xx range, or no connection at all, is a
    /// sure no; a 5xx may come after the row was stored.
    #[must_use]
    pub fn write_outcome(&self) -> WriteOutcome {
        match self {
            Self::KeyRefused { .. }
            | Self::PermissionMissing { .. }
            | Self::NotFound { .. }
            | Self::OffsetRefused { .. }
            | Self::RefusedByRule { .. }
            | Self::RateLimited { .. }
            | Self::NoReply {
                cause: TransportError::Unreachable,
                ..
            } => WriteOutcome::NotStored,
            Self::Failing { .. } | Self::NoReply { .. } | Self::NotUnderstood { .. } => WriteOutcome::Unknown,
        }
    }

    /// Whether waiting and asking again may help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. } | Self::Failing { .. } | Self::NoReply { .. } | Self::NotUnderstood { .. }
        )
    }

    /// The failure as the protocol tells it.
    #[must_use]
    pub fn failure(&self) -> Failure {
        let endpoint = self.endpoint();
        let (code, detail) = match self {
            Self::KeyRefused { .. } => (FailureCode::KeyRefused, None),
            Self::PermissionMissing { .. } => (FailureCode::PermissionMissing, None),
            Self::NotFound { .. } => (FailureCode::NotFound, None),
            Self::OffsetRefused { .. } => (FailureCode::RefusedByRule, None),
            Self::RefusedByRule { message, .. } => (FailureCode::RefusedByRule, Some(message.clone())),
            Self::RateLimited { .. } => (FailureCode::RateLimited, None),
            Self::Failing { status, .. } => (FailureCode::LeverFailing, Some(status.to_string())),
            Self::NoReply {
                cause: TransportError::TimedOut,
                ..
            } => (FailureCode::TimedOut, None),
            Self::NoReply { .. } => (FailureCode::Network, None),
            Self::NotUnderstood { field, .. } => (FailureCode::ReplyNotUnderstood, Some(field.clone())),
        };
        Failure {
            code,
            endpoint: Some(endpoint.name()),
            permission: (code == FailureCode::PermissionMissing).then(|| endpoint.permission.to_owned()),
            detail,
        }
    }
}

/// Lever's own words are kept up to so many characters.
const LONGEST_MESSAGE: usize = 300;

/// Lever's message without any text that was part of the request, so that nobody's data gets into an error.
#[must_use]
pub fn without_sent_values(message: &str, body: Option<&str>) -> String {
    let mut cleaned = message.to_owned();
    let sent = body.and_then(|body| serde_json::from_str::<serde_json::Value>(body).ok());
    let mut values = Vec::new();
    if let Some(sent) = &sent {
        collect_text(sent, &mut values);
    }
    values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    for value in values {
        if value.trim().len() > 1 {
            cleaned = cleaned.replace(value, "…");
        }
    }
    let words: Vec<&str> = cleaned
        .split_whitespace()
        .map(|word| if word.contains('@') { "…" } else { word })
        .collect();
    // Shortened last: half of a sent value would not be recognised any more.
    words.join(" ").chars().take(LONGEST_MESSAGE).collect()
}

fn collect_text<'a>(value: &'a serde_json::Value, texts: &mut Vec<&'a str>) {
    match value {
        serde_json::Value::String(text) => texts.push(text),
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect_text(item, texts)),
        serde_json::Value::Object(fields) => fields.values().for_each(|field| collect_text(field, texts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lever::endpoint::CREATE_OPPORTUNITY;

    #[test]
    fn levers_words_lose_everything_that_was_sent() {
        let body =
            r#"{"name":"Ines Kowalczyk","emails":["ines.k@example.org"],"phones":[{"value":"+48 555 010 203"}]}"#;
        let message = "emails: ines.k@example.org of Ines Kowalczyk (other@example.net) is invalid";
        let cleaned = without_sent_values(message, Some(body));
        assert_eq!(cleaned, "emails: … of … … is invalid");
    }

    #[test]
    fn a_server_error_after_a_create_leaves_the_outcome_open() {
        let failing = LeverError::Failing {
            endpoint: CREATE_OPPORTUNITY,
            status: 502,
        };
        assert_eq!(failing.write_outcome(), WriteOutcome::Unknown);
        let limited = LeverError::RateLimited {
            endpoint: CREATE_OPPORTUNITY,
        };
        assert_eq!(limited.write_outcome(), WriteOutcome::NotStored);
    }
}
