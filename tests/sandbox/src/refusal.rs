//! Why a request is refused, and the reply that says so: always `{"code","message"}` (lever-api §2.4).
//!
//! Must not carry candidate data: messages name parameters, ids and endpoints only.

use axum::http::StatusCode;
use serde_json::{Value, json};
use thiserror::Error;

use crate::choices::{BadOffset, Choices, UnknownId};

/// A refusal. Codes marked UNSURE in lever-api follow its §8.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// 400: a parameter is missing, malformed or names something that does not exist.
    #[error("{0}")]
    BadRequest(String),
    /// A body or `perform_as` names an id that does not exist: 400 or 404, as is chosen (§8).
    #[error("{0}")]
    UnknownId(String),
    /// An offset that is not understood or no longer valid; the status is chosen (§2.2).
    #[error("Invalid offset token. Start the list again without offset.")]
    InvalidOffset,
    /// 401: no key, or one that is not known.
    #[error("The request requires authentication.")]
    Unauthorized,
    /// 403: the key lacks the endpoint or confidential access.
    #[error("{0}")]
    Forbidden(String),
    /// 404: the collection has no such object.
    #[error("{collection} {id} was not found")]
    NotFound {
        /// Plural name as in the path.
        collection: &'static str,
        /// The id as it was asked for.
        id: String,
    },
    /// 404 of a requisition field, which has a code of its own (§2.4).
    #[error("requisition_fields {0} was not found")]
    NoRequisitionField(String),
    /// 404: no such method and path.
    #[error("{method} {path} does not exist")]
    UnknownPath {
        /// Method as sent.
        method: String,
        /// Path as sent.
        path: String,
    },
    /// 422: a file that Lever could not process cannot be downloaded (§3.10).
    #[error("{0}")]
    Unprocessable(String),
    /// 429: the key's bucket is empty (§2.5), or a fault says so.
    #[error("Too many requests. Please slow down.")]
    TooManyRequests,
    /// 500, 502 or 503: only ever a fault.
    #[error("Lever could not answer this request.")]
    ServerFailure(StatusCode),
}

impl Refusal {
    /// A 400 with this message.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::BadRequest(message.into())
    }

    /// A refusal of an id in a body or in `perform_as`; `what` says whose: `stage lead-old`.
    pub fn unknown_id(what: impl std::fmt::Display) -> Self {
        Self::UnknownId(format!("{what} was not found"))
    }

    /// The status under the choices that the sandbox was started with.
    #[must_use]
    pub fn status_under(&self, choices: &Choices) -> StatusCode {
        match (self, choices.unknown_id, choices.bad_offset) {
            (Self::UnknownId(_), UnknownId::NotFound, _) | (Self::InvalidOffset, _, BadOffset::NotFound) => {
                StatusCode::NOT_FOUND
            }
            (Self::InvalidOffset, _, BadOffset::Unprocessable) => StatusCode::UNPROCESSABLE_ENTITY,
            _ => self.status(),
        }
    }

    /// The body under the choices that the sandbox was started with.
    #[must_use]
    pub fn body_under(&self, choices: &Choices) -> Value {
        let code = match self {
            Self::UnknownId(_) if choices.unknown_id == UnknownId::NotFound => "ResourceNotFound",
            _ => self.code(),
        };
        json!({ "code": code, "message": self.to_string() })
    }

    /// A 404 for an object of a collection.
    pub fn not_found(collection: &'static str, id: impl Into<String>) -> Self {
        Self::NotFound {
            collection,
            id: id.into(),
        }
    }

    /// The HTTP status when nothing is chosen.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) | Self::UnknownId(_) | Self::InvalidOffset => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound { .. } | Self::UnknownPath { .. } | Self::NoRequisitionField(_) => StatusCode::NOT_FOUND,
            Self::Unprocessable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::ServerFailure(status) => *status,
        }
    }

    /// Lever's `code` when nothing is chosen.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadRequest(_) | Self::UnknownId(_) | Self::InvalidOffset => "BadRequestError",
            Self::Unauthorized => "UnauthorizedError",
            Self::Forbidden(_) => "ForbiddenError",
            Self::NotFound { .. } | Self::UnknownPath { .. } => "ResourceNotFound",
            Self::Unprocessable(_) => "UnprocessableEntityError",
            Self::NoRequisitionField(_) => "NotFoundError",
            Self::TooManyRequests => "TooManyRequestsError",
            Self::ServerFailure(StatusCode::BAD_GATEWAY) => "BadGatewayError",
            Self::ServerFailure(StatusCode::SERVICE_UNAVAILABLE) => "ServiceUnavailableError",
            Self::ServerFailure(_) => "InternalServerError",
        }
    }
}
