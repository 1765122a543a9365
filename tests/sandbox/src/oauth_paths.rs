//! `/authorize` and `/oauth/token`, at the root as on the real authorization host (lever-api §1.1, §1.3).

use std::sync::Arc;

use axum::Router;
use axum::body::Body as HttpBody;
use axum::extract::{Request, State as Shared};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::oauth::{Consent, Exchange, ExchangeError};
use crate::query::Query;
use crate::state::State;

type App = Shared<Arc<State>>;

/// The OAuth paths; not found when no application is registered.
pub fn router(state: &Arc<State>) -> Router {
    Router::new()
        .route("/authorize", get(authorize))
        .route("/oauth/token", post(token))
        .with_state(Arc::clone(state))
}

fn answer(status: StatusCode, body: &Value) -> Response<HttpBody> {
    let mut response = Response::new(HttpBody::from(body.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn failure(status: StatusCode, error: &str, description: &str) -> Response<HttpBody> {
    answer(status, &json!({ "error": error, "error_description": description }))
}

fn none_registered() -> Response<HttpBody> {
    failure(
        StatusCode::NOT_FOUND,
        "invalid_client",
        "The sandbox was started without --oauth-client",
    )
}

/// The Super Admin answers at once: a redirect back with a code, or with `access_denied`.
async fn authorize(Shared(state): App, request: Request) -> Response<HttpBody> {
    let query = Query::parse(request.uri().query().unwrap_or(""));
    let Some(mut oauth) = state.oauth() else {
        return none_registered();
    };
    if !query.first("client_id").is_some_and(|id| oauth.knows(id)) {
        return failure(StatusCode::FORBIDDEN, "invalid_request", "Unknown client_id");
    }
    let Some(redirect_uri) = query.first("redirect_uri") else {
        return failure(StatusCode::BAD_REQUEST, "invalid_request", "Missing redirect_uri");
    };
    let mut back = form_urlencoded::Serializer::new(String::new());
    if query.first("response_type") != Some("code") {
        back.append_pair("error", "unsupported_response_type");
    } else if oauth.ask() == Consent::Refused {
        back.append_pair("error", "access_denied");
        back.append_pair("error_description", "User did not authorize the request");
    } else {
        // A missing audience leaves nothing but offline_access to consent to (lever-api §1.3).
        let audience = query
            .first("audience")
            .is_some_and(|audience| audience.ends_with("/v1/"));
        let scope = match (audience, query.first("scope").unwrap_or("")) {
            (true, scope) => scope,
            (false, _) => "offline_access",
        };
        back.append_pair("code", &oauth.authorize(scope, redirect_uri));
    }
    if let Some(given) = query.first("state") {
        back.append_pair("state", given);
    }
    let joint = if redirect_uri.contains('?') { '&' } else { '?' };
    let location = HeaderValue::try_from(format!("{redirect_uri}{joint}{}", back.finish()));
    let Ok(location) = location else {
        return failure(StatusCode::BAD_REQUEST, "invalid_request", "Malformed redirect_uri");
    };
    let mut response = Response::new(HttpBody::empty());
    *response.status_mut() = StatusCode::FOUND;
    response.headers_mut().insert(LOCATION, location);
    response
}

/// Tokens for a code, or for a refresh token.
async fn token(Shared(state): App, body: String) -> Response<HttpBody> {
    let form = Query::parse(&body);
    let text = |name| form.first(name).unwrap_or("");
    let Some(mut oauth) = state.oauth() else {
        return none_registered();
    };
    let exchange = match text("grant_type") {
        "authorization_code" => Exchange::Code {
            code: text("code"),
            redirect_uri: text("redirect_uri"),
        },
        "refresh_token" => Exchange::Refresh(text("refresh_token")),
        _ => return failure(StatusCode::BAD_REQUEST, "unsupported_grant_type", "Unknown grant_type"),
    };
    match oauth.exchange(text("client_id"), text("client_secret"), exchange) {
        Ok(tokens) => {
            let mut body = json!({ "access_token": tokens.access });
            if let Some(fields) = body.as_object_mut() {
                if !tokens.refresh.is_empty() {
                    fields.insert("refresh_token".into(), json!(tokens.refresh));
                }
                fields.insert("token_type".into(), json!("Bearer"));
                fields.insert("scope".into(), json!(tokens.scope));
                fields.insert("expires_in".into(), json!(tokens.expires_in));
            }
            answer(StatusCode::OK, &body)
        }
        Err(ExchangeError::AccessDenied) => failure(StatusCode::UNAUTHORIZED, "access_denied", "Unauthorized"),
        Err(ExchangeError::InvalidGrant) => failure(
            StatusCode::FORBIDDEN,
            "invalid_grant",
            "Unknown or invalid refresh token or code",
        ),
    }
}
