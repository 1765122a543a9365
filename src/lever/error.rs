//! What can go wrong with Lever, and whether a write may have happened all the same.
//!
//! No error carries a secret or anybody's data: Lever's own message is kept only after everything that we sent is cut from it.

use crate::command::{Failure, FailureCode};
use crate::host::{FormContent, HttpBody, TransportError};
use crate::lever::endpoint::{Endpoint, OAUTH_TOKEN};
use crate::lever::model::locate::field_at;
use crate::plain::place_of;

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
    /// A 4xx whose message says that the paging token is not valid (lever-api §2.2).
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
    /// 3xx. Nothing is sent after a redirect: it may lead away from Lever.
    #[error("{} answered with a redirect ({status})", .endpoint.name())]
    Redirected {
        /// Where.
        endpoint: Endpoint,
        /// HTTP status.
        status: u16,
    },
    /// New OAuth tokens could not be stored, so they are not used: without them the next start could not sign in.
    #[error("the new tokens of {} could not be stored", .endpoint.name())]
    TokensNotSaved {
        /// Where.
        endpoint: Endpoint,
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

/// What can be done about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Another key, or signing in again.
    NewCredentials,
    /// A tick-box in Lever: [`Endpoint::permission`].
    GrantPermission,
    /// Reading again what is there now: what was asked for has gone, or has moved.
    ReadAgain,
    /// Sending something else; Lever's words say what.
    SendSomethingElse,
    /// The same again, later.
    AskAgainLater,
    /// Room on this machine, then the same again.
    MakeRoom,
    /// Nothing here: Lever has changed, or is another Lever than configured.
    ReportIt,
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
            | Self::Redirected { endpoint, .. }
            | Self::TokensNotSaved { endpoint }
            | Self::NotUnderstood { endpoint, .. } => *endpoint,
        }
    }

    /// Whether a write that ended so may have been stored. Only an answer in the 4xx range, or no connection at all, is a
    /// sure no; a 5xx may come after the row was stored.
    #[must_use]
    pub fn write_outcome(&self) -> WriteOutcome {
        if self.endpoint() == OAUTH_TOKEN {
            // The tokens for it were not to be had, so the write itself never left.
            return WriteOutcome::NotStored;
        }
        match self {
            Self::KeyRefused { .. }
            | Self::PermissionMissing { .. }
            | Self::NotFound { .. }
            | Self::OffsetRefused { .. }
            | Self::RefusedByRule { .. }
            | Self::RateLimited { .. }
            | Self::TokensNotSaved { .. }
            | Self::NoReply {
                cause: TransportError::Unreachable,
                ..
            } => WriteOutcome::NotStored,
            Self::Failing { .. } | Self::NoReply { .. } | Self::Redirected { .. } | Self::NotUnderstood { .. } => {
                WriteOutcome::Unknown
            }
        }
    }

    /// What can be done about it.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::KeyRefused { .. } => Remedy::NewCredentials,
            Self::PermissionMissing { .. } => Remedy::GrantPermission,
            Self::NotFound { .. } | Self::OffsetRefused { .. } => Remedy::ReadAgain,
            Self::RefusedByRule { .. } => Remedy::SendSomethingElse,
            // A reply that breaks off or is a proxy's page is as a rule a passing thing.
            Self::RateLimited { .. } | Self::Failing { .. } | Self::NoReply { .. } | Self::NotUnderstood { .. } => {
                Remedy::AskAgainLater
            }
            Self::TokensNotSaved { .. } => Remedy::MakeRoom,
            Self::Redirected { .. } => Remedy::ReportIt,
        }
    }

    /// Whether waiting and asking again may help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        self.remedy() == Remedy::AskAgainLater
    }

    /// Says where a reply stopped making sense, without quoting it.
    #[must_use]
    pub fn not_understood(endpoint: Endpoint, reply: &str, error: &serde_json::Error) -> Self {
        let field = match error.classify() {
            serde_json::error::Category::Data => {
                let told = error.to_string();
                // What was read from the text knows where in it, what was parsed before it was read knows in which field.
                let (fields, told) = place_of(&told);
                let around = match error.line() {
                    0 => fields.join("."),
                    line => field_at(reply, line, error.column()),
                };
                match missing_field(told) {
                    Some(name) if around.is_empty() => name,
                    Some(name) => format!("{around}.{name}"),
                    None if around.is_empty() => "the whole reply".to_owned(),
                    None => around,
                }
            }
            _ => "the JSON itself".to_owned(),
        };
        Self::NotUnderstood { endpoint, field }
    }

    /// The failure as the protocol tells it.
    #[must_use]
    pub fn failure(&self) -> Failure {
        let endpoint = self.endpoint();
        let (code, detail) = match self {
            Self::KeyRefused { .. } if endpoint == OAUTH_TOKEN => (FailureCode::SignInRefused, None),
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
            Self::Redirected { status, .. } => (FailureCode::ReplyNotUnderstood, Some(status.to_string())),
            Self::TokensNotSaved { .. } => (FailureCode::Storage, None),
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

/// The name in "missing field `…`", as the parser says it.
fn missing_field(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("missing field `")?;
    rest.split_once('`').map(|(name, _)| name.to_owned())
}

/// Lever's own words are kept up to so many characters.
const LONGEST_MESSAGE: usize = 300;

/// Lever's message without any text that was part of the request, so that nobody's data gets into an error.
#[must_use]
pub fn without_sent_values(message: &str, body: Option<&HttpBody>) -> String {
    let mut cleaned = message.to_owned();
    let sent = match body {
        Some(HttpBody::Json(text)) => serde_json::from_str::<serde_json::Value>(text).unwrap_or_default(),
        Some(HttpBody::Form(text)) => url::form_urlencoded::parse(text.as_bytes())
            .map(|(_, value)| value.into_owned())
            .collect(),
        Some(HttpBody::Multipart(parts)) => parts
            .iter()
            .map(|part| match &part.content {
                FormContent::Text(text) => text.as_str(),
                FormContent::File { file_name, .. } => file_name.as_str(),
            })
            .collect(),
        None => serde_json::Value::Null,
    };
    let mut values = Vec::new();
    collect_text(&sent, &mut values);
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
    use crate::host::FormPart;
    use crate::lever::endpoint::{CREATE_NOTE, CREATE_OPPORTUNITY};

    #[test]
    fn levers_words_lose_everything_that_was_sent() {
        let body =
            r#"{"name":"Ines Kowalczyk","emails":["ines.k@example.org"],"phones":[{"value":"+48 555 010 203"}]}"#;
        let message = "emails: ines.k@example.org of Ines Kowalczyk (other@example.net) is invalid";
        let cleaned = without_sent_values(message, Some(&HttpBody::Json(body.to_owned())));
        assert_eq!(cleaned, "emails: … of … … is invalid");
        let form = HttpBody::Form("value=Met+Ines+K.&secret=false".to_owned());
        assert_eq!(
            without_sent_values("value: Met Ines K. is odd", Some(&form)),
            "value: … is odd"
        );
        let file = FormPart {
            name: "file".to_owned(),
            content: FormContent::File {
                file_name: "Ines Kowalczyk.exe".to_owned(),
                media_type: String::new(),
                bytes: std::rc::Rc::from([]),
            },
        };
        assert_eq!(
            without_sent_values(
                "Ines Kowalczyk.exe is of no known type",
                Some(&HttpBody::Multipart(vec![file]))
            ),
            "… is of no known type"
        );
    }

    #[test]
    fn a_reply_that_makes_no_sense_names_the_field_and_quotes_nothing() {
        #[derive(Debug, serde::Deserialize)]
        #[allow(dead_code, reason = "only its parsing is looked at")]
        struct One {
            data: crate::lever::model::opportunity::Opportunity,
        }
        let field = |json: &str| {
            let error = serde_json::from_str::<One>(json).unwrap_err();
            match LeverError::not_understood(CREATE_OPPORTUNITY, json, &error) {
                LeverError::NotUnderstood { field, .. } => field,
                other => unreachable!("{other}"),
            }
        };
        assert_eq!(field(r#"{"data":{"name":"Ines Kowalczyk"}}"#), "data.id");
        assert_eq!(field(r#"{"data":{"id":"o1","name":{"first":"Ines"}}}"#), "data.name");
        assert_eq!(field(r#"{"data":{"id":"o1","name":"In"#), "the JSON itself");
        assert_eq!(field("[]"), "the whole reply");
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

    #[test]
    fn a_write_whose_tokens_were_not_to_be_had_never_left() {
        let failing = LeverError::Failing {
            endpoint: OAUTH_TOKEN,
            status: 502,
        };
        assert_eq!(failing.write_outcome(), WriteOutcome::NotStored);
        let refused = LeverError::KeyRefused { endpoint: OAUTH_TOKEN };
        assert_eq!(refused.failure().code, FailureCode::SignInRefused);
        let redirected = LeverError::Redirected {
            endpoint: CREATE_NOTE,
            status: 301,
        };
        assert_eq!(redirected.write_outcome(), WriteOutcome::Unknown);
        assert!(!redirected.is_passing());
    }
}
