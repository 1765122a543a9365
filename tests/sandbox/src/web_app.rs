//! What people do in Lever's web app and no API call can do: delete, anonymise, merge, and go on working while a list is
//! read (lever-api §4.1, §4.7). Paths below `/_sandbox`, as trustworthy as those of [`control`](crate::control).

use std::sync::Arc;

use axum::Router;
use axum::body::Body as HttpBody;
use axum::extract::State as Shared;
use axum::http::Response;
use axum::routing::post;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::account::deletions::Deletion;
use crate::account::{Account, Changed};
use crate::clock::Timestamp;
use crate::control::{done, refused};
use crate::ids::{PostingNumber, UserNumber};
use crate::state::State;

type App = Shared<Arc<State>>;

/// The paths.
pub fn router(state: &Arc<State>) -> Router {
    Router::new()
        .route("/_sandbox/delete", post(delete))
        .route("/_sandbox/anonymize", post(anonymize))
        .route("/_sandbox/merge", post(merge))
        .route("/_sandbox/moving", post(set_moving))
        .with_state(Arc::clone(state))
}

/// Reads the body, does it, and says whether anything is different now.
fn perform<B: DeserializeOwned>(
    state: &State,
    body: &str,
    perform: impl FnOnce(&mut Account, B) -> Result<Changed, &'static str>,
) -> Response<HttpBody> {
    let body = match serde_json::from_str(body) {
        Ok(body) => body,
        Err(error) => return refused(&error.to_string()),
    };
    let outcome = perform(&mut state.account_mut(), body);
    match outcome {
        Ok(Changed::Yes) => done(),
        Ok(Changed::No) => refused("there was nothing to change"),
        Err(message) => refused(message),
    }
}

/// What is deleted.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Deleted {
    Opportunity(String),
    Posting(String),
}

#[derive(Deserialize)]
struct Delete {
    #[serde(flatten)]
    what: Deleted,
    by: Option<String>,
    at: Option<i64>,
}

/// Body: `{"opportunity": id}` or `{"posting": id}`, with `"by"`: a user's id (the first user if not said) and `"at"`: ms
/// (now if not said).
async fn delete(Shared(state): App, body: String) -> Response<HttpBody> {
    perform(&state, &body, |account, delete: Delete| {
        let by = match &delete.by {
            None => UserNumber(0),
            Some(id) => account
                .company
                .users
                .find(id)
                .map(UserNumber)
                .ok_or("the user is not known")?,
        };
        let at = delete.at.map_or_else(|| account.now(), Timestamp::from_millis);
        let deletion = Deletion { by, at };
        match delete.what {
            Deleted::Opportunity(id) => {
                let number = account.find_opportunity(&id).ok_or("the opportunity is not known")?;
                Ok(account.delete_opportunity(number, deletion))
            }
            Deleted::Posting(id) => {
                let number = account
                    .company
                    .postings
                    .find(&id)
                    .map(PostingNumber)
                    .ok_or("the posting is not known")?;
                Ok(account.delete_posting(number, deletion))
            }
        }
    })
}

#[derive(Deserialize)]
struct Anonymize {
    contact: String,
}

/// Body: `{"contact": id}`.
async fn anonymize(Shared(state): App, body: String) -> Response<HttpBody> {
    perform(&state, &body, |account, wanted: Anonymize| {
        let contact = account
            .find_contact(&wanted.contact)
            .ok_or("the contact is not known")?;
        Ok(account.anonymize(contact))
    })
}

#[derive(Deserialize)]
struct Merge {
    from: String,
    into: String,
}

/// Body: `{"from": contact id, "into": contact id}`.
async fn merge(Shared(state): App, body: String) -> Response<HttpBody> {
    perform(&state, &body, |account, merge: Merge| {
        let find = |id: &str| account.find_contact(id).ok_or("the contact is not known");
        let (from, into) = (find(&merge.from)?, find(&merge.into)?);
        Ok(account.merge_contacts(from, into))
    })
}

#[derive(Deserialize)]
struct MoveEvery {
    every: u32,
}

/// Body: `{"every": N}`. Each N-th request for the opportunity list moves some rows first; 0 ends it.
async fn set_moving(Shared(state): App, body: String) -> Response<HttpBody> {
    match serde_json::from_str::<MoveEvery>(&body) {
        Err(error) => refused(&error.to_string()),
        Ok(wanted) => {
            state.moving().set_every(wanted.every);
            done()
        }
    }
}
