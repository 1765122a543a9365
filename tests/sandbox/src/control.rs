//! The sandbox's own paths below `/_sandbox`: what was written, what was counted, and what shall go wrong next.
//!
//! Neither authenticated nor limited nor faulty: tests must be able to trust them.

use std::sync::Arc;

use axum::Router;
use axum::body::Body as HttpBody;
use axum::extract::State as Shared;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response, StatusCode};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::access::{ApiKey, Permissions};
use crate::faults::{Armed, Spec};
use crate::state::State;

type App = Shared<Arc<State>>;

/// The control paths.
pub fn router(state: &Arc<State>) -> Router {
    Router::new()
        .route("/_sandbox/log", get(log))
        .route("/_sandbox/stats", get(stats))
        .route("/_sandbox/faults", post(set_faults))
        .route("/_sandbox/next", post(arm))
        .route("/_sandbox/permissions", post(set_permissions))
        .route("/_sandbox/revoke", post(revoke))
        .route("/_sandbox/expire_tokens", post(expire_tokens))
        .route("/_sandbox/refuse_consent", post(refuse_consent))
        .route("/_sandbox/clock", post(set_clock))
        .with_state(Arc::clone(state))
}

fn answer(status: StatusCode, content_type: &'static str, text: String) -> Response<HttpBody> {
    let mut response = Response::new(HttpBody::from(text));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

fn json_answer(status: StatusCode, body: &Value) -> Response<HttpBody> {
    answer(status, "application/json; charset=utf-8", body.to_string())
}

pub(crate) fn done() -> Response<HttpBody> {
    json_answer(StatusCode::OK, &json!({ "ok": true }))
}

pub(crate) fn refused(message: &str) -> Response<HttpBody> {
    json_answer(StatusCode::BAD_REQUEST, &json!({ "ok": false, "message": message }))
}

/// Every accepted write, one JSON object a line.
async fn log(Shared(state): App) -> Response<HttpBody> {
    answer(StatusCode::OK, "application/x-ndjson", state.log().text())
}

async fn stats(Shared(state): App) -> Response<HttpBody> {
    let (contacts, opportunities) = {
        let account = state.account();
        (account.contact_count(), account.opportunity_count())
    };
    let writes = state.log().len();
    let shown = state.stats().json(writes, contacts, opportunities);
    json_answer(StatusCode::OK, &shown)
}

/// Body: SPEC. Replaces the running one; an empty body ends all drawn faults.
async fn set_faults(Shared(state): App, body: String) -> Response<HttpBody> {
    match body.parse::<Spec>() {
        Err(error) => refused(&error.to_string()),
        Ok(spec) => {
            let unkept = {
                let mut faults = state.faults();
                faults.set_spec(spec);
                faults.may_close_without_reply()
            };
            if unkept {
                state.recycle_connections();
            }
            done()
        }
    }
}

#[derive(Deserialize)]
struct Next {
    kind: String,
    method: Option<String>,
    path: Option<String>,
    #[serde(default = "once")]
    times: u32,
    ms: Option<u64>,
}

fn once() -> u32 {
    1
}

/// Body: `{"kind", "method"?, "path"?, "times"?, "ms"?}`. Arms one fault for the next matching requests; `ms` is how
/// long a slow one waits, or a slow body takes.
async fn arm(Shared(state): App, body: String) -> Response<HttpBody> {
    let next: Next = match serde_json::from_str(&body) {
        Ok(next) => next,
        Err(error) => return refused(&error.to_string()),
    };
    let fault = match next.kind.parse() {
        Ok(fault) => fault,
        Err(error) => return refused(&format!("{error}")),
    };
    let unkept = {
        let mut faults = state.faults();
        faults.arm(Armed {
            fault,
            method: next.method,
            path: next.path,
            times: next.times,
            ms: next.ms,
        });
        faults.may_close_without_reply()
    };
    if unkept {
        state.recycle_connections();
    }
    done()
}

#[derive(Deserialize)]
struct KeyPermissions {
    key: ApiKey,
    permissions: Option<Vec<String>>,
}

/// Body: `{"key", "permissions": [names] or null for all}`.
async fn set_permissions(Shared(state): App, body: String) -> Response<HttpBody> {
    let wanted: KeyPermissions = match serde_json::from_str(&body) {
        Ok(wanted) => wanted,
        Err(error) => return refused(&error.to_string()),
    };
    let permissions = match Permissions::from_names(wanted.permissions.as_deref()) {
        Ok(permissions) => permissions,
        Err(error) => return refused(&error.to_string()),
    };
    let known = state.keys().set_permissions(&wanted.key, permissions);
    match known {
        None => refused("the key is not known"),
        Some(()) => done(),
    }
}

#[derive(Deserialize)]
struct Revoked {
    key: ApiKey,
}

/// Body: `{"key"}`. Switches a key off, as a Super Admin would.
async fn revoke(Shared(state): App, body: String) -> Response<HttpBody> {
    let revoked: Revoked = match serde_json::from_str(&body) {
        Ok(revoked) => revoked,
        Err(error) => return refused(&error.to_string()),
    };
    let known = state.keys().revoke(&revoked.key);
    match known {
        None => refused("the key is not known"),
        Some(()) => done(),
    }
}

/// Ends every OAuth access token at once; refresh tokens stay.
async fn expire_tokens(Shared(state): App) -> Response<HttpBody> {
    match state.oauth() {
        None => refused("the sandbox was started without --oauth-client"),
        Some(mut oauth) => {
            oauth.expire_access();
            done()
        }
    }
}

/// The next request for OAuth consent is refused.
async fn refuse_consent(Shared(state): App) -> Response<HttpBody> {
    match state.oauth() {
        None => refused("the sandbox was started without --oauth-client"),
        Some(mut oauth) => {
            oauth.refuse_next_consent();
            done()
        }
    }
}

#[derive(Deserialize)]
struct Skew {
    skew_ms: i64,
}

/// Body: `{"skew_ms": N}`. Lever's clock is then so many ms ahead of the machine's (negative: behind), in its stamps and
/// in the `date` of its replies.
async fn set_clock(Shared(state): App, body: String) -> Response<HttpBody> {
    match serde_json::from_str::<Skew>(&body) {
        Err(error) => refused(&error.to_string()),
        Ok(skew) => {
            state.account().skew(skew.skew_ms);
            done()
        }
    }
}
