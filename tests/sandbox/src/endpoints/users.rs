//! Users: list with filters, and read (lever-api §3.7).

use crate::account::Account;
use crate::endpoint::{Call, Endpoint};
use crate::model::contact::canonical_email;
use crate::model::user::Standing;
use crate::refusal::Refusal;
use crate::reply::{KeyPart, Reply, short_list};

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/users", "users:read", list),
        Endpoint::get("/users/:id", "users:read", read),
    ]
}

fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let query = &call.query;
    let with_deactivated = query.truth("includeDeactivated")?.unwrap_or(false);
    let emails: Option<Vec<String>> = query
        .any_of("email")
        .map(|emails| emails.iter().map(|email| canonical_email(email)).collect());
    let roles = query.any_of("accessRole");
    let directory_ids = query.any_of("external_directory_id");
    let any = |wanted: &Option<Vec<String>>, value: Option<&str>| {
        wanted
            .as_ref()
            .is_none_or(|wanted| value.is_some_and(|value| wanted.iter().any(|text| text == value)))
    };
    let rows = account
        .company
        .users
        .iter()
        .filter(|user| with_deactivated || user.standing() == Standing::Active)
        .filter(|user| any(&emails, Some(&canonical_email(&user.email))))
        .filter(|user| any(&roles, Some(&user.access_role)))
        .filter(|user| any(&directory_ids, user.external_directory_id.as_deref()))
        .map(|user| {
            let key = vec![
                KeyPart::Descending(user.created_at.as_millis() as f64),
                KeyPart::Text(user.id.clone()),
            ];
            (key, user.json())
        })
        .collect();
    short_list(query, rows)
}

fn read(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.part(0);
    let users = &account.company.users;
    users
        .find(id)
        .and_then(|number| users.get(number))
        .map(|user| Reply::one(user.json()))
        .ok_or_else(|| Refusal::not_found("users", id))
}
