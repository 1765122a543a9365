//! A profile's fields in Lever's terms (requirements 2.11). Pure.

use serde::Serialize;

use crate::export::plan::{Destination, ExportChoices};
use crate::identity::PersonName;
use crate::profile::Profile;
use crate::text::{ContactId, PostingId, StageId, UserId};

/// A phone as Lever takes it.
#[derive(Serialize)]
struct SentPhone {
    value: String,
}

/// The body of a create, in the order in which Lever documents it (lever-api §3.2). What is empty is not sent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SentOpportunity {
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    headline: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<StageId>,
    #[serde(skip_serializing_if = "String::is_empty")]
    location: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    phones: Vec<SentPhone>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    emails: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<String>,
    origin: &'static str,
    owner: UserId,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    postings: Vec<PostingId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<ContactId>,
}

impl SentOpportunity {
    /// Maps. `contact` links to a person who is in Lever.
    #[must_use]
    pub fn of(profile: &Profile, choices: &ExportChoices, owner: &UserId, contact: Option<&ContactId>) -> Self {
        Self {
            name: name(profile),
            headline: headline(profile),
            stage: choices.stage.clone(),
            location: tidy(profile.location.as_deref().unwrap_or_default()),
            phones: unique(profile.phones.iter().map(String::as_str))
                .into_iter()
                .map(|value| SentPhone { value })
                .collect(),
            emails: emails(profile, choices),
            links: links(profile),
            tags: unique(choices.tags.iter().map(String::as_str)),
            sources: unique(choices.source.iter().map(String::as_str)),
            origin: "sourced",
            owner: owner.clone(),
            postings: match &choices.destination {
                Destination::Prospect => Vec::new(),
                Destination::Job { posting } => vec![posting.clone()],
            },
            contact: contact.cloned(),
        }
    }

    /// Whether there is anything about a person in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.emails.is_empty()
    }

    /// Field by field in words, without ids: what the preview shows.
    #[must_use]
    pub fn shown_fields(&self) -> Vec<(&'static str, Vec<String>)> {
        let one =
            |text: &String| -> Vec<String> { Some(text.clone()).filter(|text| !text.is_empty()).into_iter().collect() };
        let phones = self.phones.iter().map(|phone| phone.value.clone()).collect();
        [
            ("name", one(&self.name)),
            ("headline", one(&self.headline)),
            ("location", one(&self.location)),
            ("emails", self.emails.clone()),
            ("phones", phones),
            ("links", self.links.clone()),
            ("tags", self.tags.clone()),
            ("sources", self.sources.clone()),
        ]
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .collect()
    }
}

/// White space as single blanks.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unique<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts.map(tidy) {
        if !text.is_empty() && !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}

/// The name without credentials, pronouns and ornaments.
#[must_use]
pub fn name(profile: &Profile) -> String {
    let shown = tidy(profile.name.as_deref().unwrap_or_default());
    let cleaned = tidy(PersonName::parse(&shown).cleaned());
    if cleaned.is_empty() { shown } else { cleaned }
}

/// Employers, newest first, as Lever shows them (lever-api §3.1: past employers); the page's own headline where there are none.
#[must_use]
pub fn headline(profile: &Profile) -> String {
    let employers = unique(
        profile
            .current
            .iter()
            .filter_map(|position| position.company.as_deref())
            .chain(
                profile
                    .history
                    .iter()
                    .filter_map(|position| position.company.as_deref()),
            )
            // On GitHub an employer is often written as its account.
            .map(|company| company.trim_start_matches('@')),
    );
    if employers.is_empty() {
        tidy(profile.headline.as_deref().unwrap_or_default())
    } else {
        employers.join(", ")
    }
}

/// The page's emails and those added by hand, the latter first.
#[must_use]
pub fn emails(profile: &Profile, choices: &ExportChoices) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for email in choices.emails.iter().chain(&profile.emails) {
        let email = email.trim().trim_start_matches("mailto:").to_owned();
        if email.contains('@') && !kept.iter().any(|known| known.eq_ignore_ascii_case(&email)) {
            kept.push(email);
        }
    }
    kept
}

/// The page the person comes from, and their other links; two spellings of one address are one.
#[must_use]
pub fn links(profile: &Profile) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for link in std::iter::once(&profile.url).chain(&profile.links) {
        let link = without_tracking(link);
        if link.starts_with("http") && !kept.iter().any(|known| same_address(known, &link)) {
            kept.push(link);
        }
    }
    kept
}

/// The address without fragment and, on profile pages of known sites, without query.
fn without_tracking(link: &str) -> String {
    let Ok(mut address) = url::Url::parse(link.trim()) else {
        return link.trim().to_owned();
    };
    address.set_fragment(None);
    let keyed = !crate::identity::link_keys(link, crate::identity::LinkSource::Page).is_empty();
    if keyed
        && address
            .query()
            .is_some_and(|query| !query.contains("user=") && !query.contains("id="))
    {
        address.set_query(None);
    }
    address.to_string()
}

fn same_address(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        text.trim_end_matches('/')
            .trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_start_matches("www.")
            .to_lowercase()
    };
    plain(one) == plain(other)
}

/// The source to start with, in Lever's usual spelling (lever-api §3.6).
#[must_use]
pub fn default_source(profile: &Profile) -> Option<String> {
    match profile.site.as_str() {
        "linkedin" => Some("LinkedIn".to_owned()),
        "github" => Some("GitHub".to_owned()),
        // A file from wherever: the recruiter knows, we do not.
        "resume" => None,
        _ => url::Url::parse(&profile.url).ok().and_then(|address| {
            address
                .host_str()
                .map(|host| host.trim_start_matches("www.").to_owned())
        }),
    }
}
