//! Diversity surveys of a posting (lever-api §3.18).

use super::allow_confidential;
use crate::account::Account;
use crate::endpoint::{Call, Endpoint};
use crate::model::survey::SurveyPlace;
use crate::refusal::Refusal;
use crate::reply::Reply;

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::get(
        "/surveys/diversity/:posting",
        "diversity_surveys:read",
        list,
    )]
}

/// Narrowed by where the person is: `country_code`, or `location` as the posting names it.
fn list(account: &Account, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.part(0);
    let (number, posting) = account
        .find_posting(id)
        .ok_or_else(|| Refusal::not_found("postings", id))?;
    allow_confidential(call, posting.confidentiality)?;
    let (country, location) = (call.query.first("country_code"), call.query.first("location"));
    let rows = account
        .surveys(number)
        .iter()
        .filter(|survey| {
            let holds = |places: &[String], wanted: &str| places.iter().any(|place| place == wanted);
            // Whoever asks by one kind of place is not told of the other.
            match &survey.place {
                SurveyPlace::Countries(countries) => {
                    country.map_or(location.is_none(), |country| holds(countries, country))
                }
                SurveyPlace::Locations(locations) => {
                    location.map_or(country.is_none(), |location| holds(locations, location))
                }
            }
        })
        .map(|survey| survey.json())
        .collect();
    Ok(Reply::page(rows, None))
}
