//! Cleaned columns for a general linker (Splink), from the same records and pages, cleaned by the core's own normal forms, so that
//! it is not beaten by dirt (matching.md §3.3).

use fulcrum::identity::{
    EmailAddress, IdentityKey, KeyKind, LinkSource, PersonName, company_key, fold, link_keys, phone_keys,
};
use fulcrum::profile::Profile;
use serde::Serialize;

use crate::lever_record::LeverRecord;

/// One row of columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Columns {
    /// The contact's id, or the page's place in the file.
    pub unique_id: String,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    slug: Option<String>,
    github: Option<String>,
    city: Option<String>,
    companies: Vec<String>,
}

impl Columns {
    /// Of a record.
    #[must_use]
    pub fn of_record(record: &LeverRecord) -> Self {
        let links: Vec<IdentityKey> = record
            .links
            .iter()
            .flat_map(|link| link_keys(link, LinkSource::Mirror))
            .collect();
        let shown = record.headline.split([',', ';', '|']).map(str::to_owned);
        let positions = record
            .resume
            .iter()
            .flat_map(|resume| &resume.positions)
            .map(|position| position.org.clone());
        Self::new(
            record.contact.clone(),
            &record.name,
            record.emails.first().map(String::as_str),
            record.phones.first().map(|phone| phone.value.as_str()),
            &links,
            &record.location,
            shown.chain(positions),
        )
    }

    /// Of a page.
    #[must_use]
    pub fn of_page(place: usize, profile: &Profile) -> Self {
        let current = profile.current.iter().filter_map(|position| position.company.clone());
        let history = profile.history.iter().filter_map(|position| position.company.clone());
        Self::new(
            place.to_string(),
            profile.name.as_deref().unwrap_or_default(),
            profile.emails.first().map(String::as_str),
            profile.phones.first().map(String::as_str),
            &profile.identity_keys(),
            profile.location.as_deref().unwrap_or_default(),
            current.chain(history),
        )
    }

    fn new(
        unique_id: String,
        name: &str,
        email: Option<&str>,
        phone: Option<&str>,
        keys: &[IdentityKey],
        location: &str,
        companies: impl Iterator<Item = String>,
    ) -> Self {
        let name = PersonName::parse(name);
        let filled = |text: String| Some(text).filter(|text| !text.is_empty());
        let of_kind = |kind: KeyKind| {
            keys.iter()
                .find(|key| key.kind() == kind)
                .map(|key| key.value().to_owned())
        };
        let mut companies: Vec<String> = companies.filter_map(|company| company_key(&company)).collect();
        companies.sort_unstable();
        companies.dedup();
        Self {
            unique_id,
            first_name: name.given().map(fold).and_then(filled),
            last_name: name.family().map(fold).and_then(filled),
            email: email.and_then(EmailAddress::parse).map(|address| address.canonical()),
            phone: phone
                .and_then(|phone| phone_keys(phone, None).into_iter().next())
                .map(|key| key.value().to_owned()),
            slug: of_kind(KeyKind::LinkedInSlug),
            github: of_kind(KeyKind::GitHubLogin),
            city: filled(city(location)),
            companies,
        }
    }
}

/// The first part of a place, without the words of a metro.
fn city(location: &str) -> String {
    let folded = fold(location.split(',').next().unwrap_or_default());
    folded
        .split(' ')
        .filter(|word| {
            !matches!(
                *word,
                "greater" | "metropolitan" | "metro" | "area" | "region" | "und" | "umgebung" | "de" | "city"
            )
        })
        .collect::<Vec<_>>()
        .join(" ")
}
