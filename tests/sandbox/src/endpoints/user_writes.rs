//! Making, changing, deactivating and reactivating users (lever-api §3.7). Nobody is invited by any of it.

use axum::http::{Method, StatusCode};

use crate::account::Account;
use crate::body::wrong;
use crate::clock::Timestamp;
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::ids::{UserNumber, Uuid};
use crate::model::user::User;
use crate::refusal::Refusal;
use crate::reply::Reply;

const WRITE: &str = "users:write";
/// Built-in roles; any other is a custom role's id.
const ROLES: [&str; 5] = [
    "super admin",
    "admin",
    "team member",
    "limited team member",
    "interviewer",
];

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let write = |method, pattern, write| Endpoint::write(method, pattern, WRITE, PerformAs::Unused, write);
    vec![
        write(Method::POST, "/users", create),
        write(Method::PUT, "/users/:id", replace),
        write(Method::POST, "/users/:id/deactivate", deactivate),
        write(Method::POST, "/users/:id/reactivate", reactivate),
    ]
}

fn user_of(account: &Account, call: &Call<'_>) -> Result<(UserNumber, User), Refusal> {
    let id = call.part(0);
    account
        .company
        .users
        .find(id)
        .map(UserNumber)
        .and_then(|number| Some((number, account.company.user(number)?.clone())))
        .ok_or_else(|| Refusal::not_found("users", id))
}

/// What must be in a body.
enum Role {
    /// It must.
    Demanded,
    /// An interviewer, if it is not.
    Defaulted,
}

/// A user out of a body that says everything about it.
fn described(account: &Account, call: &Call<'_>, role: Role, id: String, now: Timestamp) -> Result<User, Refusal> {
    let body = &call.body;
    let demand = |name: &str| {
        body.text(name)?
            .filter(|text| !text.trim().is_empty())
            .map(str::to_owned)
            .ok_or_else(|| Refusal::bad_request(format!("Missing required parameter {name}")))
    };
    let text = |name: &str| Ok::<_, Refusal>(body.text(name)?.map(str::to_owned));
    let (name, email) = (demand("name")?, demand("email")?);
    if !email.contains('@') {
        return Err(wrong("email", "an email address"));
    }
    let access_role = match role {
        Role::Demanded => demand("accessRole")?,
        Role::Defaulted => text("accessRole")?.unwrap_or_else(|| "interviewer".to_owned()),
    };
    if !ROLES.contains(&access_role.as_str()) && Uuid::parse(&access_role).is_none() {
        return Err(wrong("accessRole", "a role or the id of a custom role"));
    }
    let manager_id = text("managerId")?;
    if let Some(manager) = manager_id
        .as_ref()
        .filter(|id| account.company.users.find(id).is_none())
    {
        return Err(Refusal::unknown_id(format_args!("managerId: user {manager}")));
    }
    // What Lever answers to an address that is taken was never recorded.
    let holder = account
        .user_with_email(&email)
        .and_then(|number| account.company.user(number));
    if holder.is_some_and(|holder| holder.id != id) {
        return Err(Refusal::bad_request("email: another user has this address"));
    }
    Ok(User {
        id,
        name,
        email,
        access_role,
        created_at: now,
        deactivated_at: None,
        external_directory_id: text("externalDirectoryId")?,
        job_title: text("jobTitle")?,
        manager_id,
    })
}

fn create(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let now = account.now();
    let user = described(account, call, Role::Defaulted, account.new_user_id(), now)?;
    let shown = user.json();
    account.add_user(user);
    Ok(Reply::one(shown).with_status(StatusCode::CREATED))
}

/// Replaces everything that a body can say: what it leaves out is gone.
fn replace(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, before) = user_of(account, call)?;
    let user = User {
        deactivated_at: before.deactivated_at,
        ..described(account, call, Role::Demanded, before.id, before.created_at)?
    };
    let shown = user.json();
    account.change_user(number, user);
    Ok(Reply::one(shown))
}

fn deactivate(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, before) = user_of(account, call)?;
    let now = account.now();
    let user = User {
        deactivated_at: before.deactivated_at.or(Some(now)),
        ..before
    };
    let shown = user.json();
    account.change_user(number, user);
    Ok(Reply::one(shown))
}

fn reactivate(account: &mut Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (number, before) = user_of(account, call)?;
    let user = User {
        deactivated_at: None,
        ..before
    };
    let shown = user.json();
    account.change_user(number, user);
    Ok(Reply::one(shown))
}
