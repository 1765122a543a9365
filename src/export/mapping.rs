//! A profile's fields in Lever's terms (requirements 2.11). Pure.

use serde::Serialize;

use crate::export::pattern::Placeholder;
use crate::export::placeholder_email::{is_placeholder_email, placeholder_email};
use crate::export::plan::{Destination, ExportChoices, PlanFacts, PlannedAction};
use crate::export::rules::{ExportRules, HeadlineFrom, Origin};
use crate::identity::host::with_ascii_host;
use crate::identity::name::Generation;
use crate::identity::{PersonName, company_key};
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
    origin: Origin,
    owner: UserId,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    followers: Vec<UserId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    postings: Vec<PostingId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<ContactId>,
}

impl SentOpportunity {
    /// Maps by the account's rules, for what Lever will do.
    #[must_use]
    pub fn of(facts: &PlanFacts<'_>, action: &PlannedAction) -> Self {
        let PlanFacts {
            profile,
            choices,
            rules,
            ..
        } = facts;
        let contact = match action {
            PlannedAction::NewOpportunity { contact } => Some(contact.clone()),
            _ => None,
        };
        let phones = profile.phones.iter().filter(|_| rules.phones);
        Self {
            name: name(profile),
            headline: match rules.headline {
                HeadlineFrom::Employers => headline(profile),
                HeadlineFrom::Page => tidy(profile.headline.as_deref().unwrap_or_default()),
                HeadlineFrom::Nowhere => String::new(),
            },
            stage: choices.stage.clone().or_else(|| rules.stage.clone()),
            location: tidy(
                profile
                    .location
                    .as_deref()
                    .filter(|_| rules.location)
                    .unwrap_or_default(),
            ),
            phones: unique(phones.map(String::as_str))
                .into_iter()
                .map(|value| SentPhone { value })
                .collect(),
            emails: sent_emails(facts, action),
            links: if rules.links { links(profile) } else { Vec::new() },
            tags: tags(facts),
            sources: unique(choices.source.iter().map(String::as_str)),
            origin: rules.origin,
            owner: facts.owner.id.clone(),
            followers: facts.followers.iter().map(|user| user.id.clone()).collect(),
            postings: match &choices.destination {
                Destination::Prospect => Vec::new(),
                Destination::Job { posting } => vec![posting.clone()],
            },
            contact,
        }
    }

    /// Whether there is anything about a person in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && !self.has_email()
    }

    /// Whether there is an email by which Lever can tell whether it knows the person.
    #[must_use]
    pub fn has_email(&self) -> bool {
        self.emails.iter().any(|email| !is_placeholder_email(email))
    }

    /// The body of a create, as text.
    #[must_use]
    pub fn body(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same without tags, for a create that is not known to take them.
    #[must_use]
    pub fn body_without_tags(&mut self) -> String {
        let tags = std::mem::take(&mut self.tags);
        let body = self.body();
        self.tags = tags;
        body
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

/// Tags of the rules, then those of this export.
fn tags(facts: &PlanFacts<'_>) -> Vec<String> {
    let by_rule = facts.rules.tags.iter().filter(|rule| rule.on);
    let by_rule = by_rule.filter_map(|rule| rule.tag.filled(|place| filling(facts, place)).ok().flatten());
    let by_rule: Vec<String> = by_rule.collect();
    unique(by_rule.iter().chain(&facts.choices.tags).map(String::as_str))
}

/// What fills a place in a pattern.
fn filling(facts: &PlanFacts<'_>, place: Placeholder) -> Option<String> {
    match place {
        Placeholder::Owner => Some(facts.owner.name.clone()),
        Placeholder::Me => Some(facts.me.name.clone()),
        Placeholder::Job => match facts.choices.destination {
            Destination::Prospect => None,
            Destination::Job { .. } => facts.posting.map(|posting| posting.title.clone()),
        },
        Placeholder::Project => facts.project.map(str::to_owned),
        Placeholder::Date => Some(facts.now.day()),
        Placeholder::Site | Placeholder::Employer | Placeholder::Title | Placeholder::Location => {
            filling_of_page(facts.profile, place)
        }
    }
}

/// The part of it that a page alone can tell.
fn filling_of_page(profile: &Profile, place: Placeholder) -> Option<String> {
    let current = profile.current.first();
    let latest = profile.history.first();
    match place {
        Placeholder::Site => site_name(profile),
        Placeholder::Employer => employers(profile)
            .into_iter()
            .find(|company| company_key(company).is_some()),
        Placeholder::Title => current
            .and_then(|position| position.title.clone())
            .or_else(|| latest.and_then(|position| position.title.clone())),
        Placeholder::Location => profile.location.clone(),
        Placeholder::Owner | Placeholder::Me | Placeholder::Job | Placeholder::Project | Placeholder::Date => None,
    }
}

/// The emails that are sent; one that leads nowhere for somebody new who has none, where the rules say so.
fn sent_emails(facts: &PlanFacts<'_>, action: &PlannedAction) -> Vec<String> {
    let known = emails(facts.profile, facts.choices);
    if known.is_empty() && facts.rules.placeholder_email && *action == PlannedAction::NewPerson {
        return vec![placeholder_email(&facts.profile.key)];
    }
    if facts.rules.emails {
        return known;
    }
    // What was typed for this very export is meant.
    let typed = |email: &String| {
        facts
            .choices
            .emails
            .iter()
            .any(|typed| typed.trim().eq_ignore_ascii_case(email))
    };
    known.into_iter().filter(typed).collect()
}

/// White space as single blanks.
pub(super) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn unique<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts.map(tidy) {
        if !text.is_empty() && !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}

/// The name without credentials, pronouns and ornaments. A native name beside a Latin one, and `Jr.`, are parts of it.
#[must_use]
pub fn name(profile: &Profile) -> String {
    let shown = tidy(profile.name.as_deref().unwrap_or_default());
    let name = PersonName::parse(&shown);
    let mut cleaned = tidy(name.cleaned());
    if cleaned.is_empty() {
        return shown;
    }
    if let Some(generation) = name.generation() {
        cleaned.push_str(match generation {
            Generation::Senior => " Sr.",
            Generation::Junior => " Jr.",
            Generation::Third => " III",
            Generation::Fourth => " IV",
        });
    }
    match name.native() {
        Some(native) if !has_letters_of(&cleaned, native) => format!("{cleaned} ({native})"),
        _ => cleaned,
    }
}

/// Whether all signs of one text stand in the other, whatever the blanks.
fn has_letters_of(text: &str, other: &str) -> bool {
    other
        .chars()
        .all(|letter| letter.is_whitespace() || text.contains(letter))
}

/// Employers, newest first, as Lever shows them (lever-api §3.1: past employers); the page's own headline where there are none.
#[must_use]
pub fn headline(profile: &Profile) -> String {
    let employers = employers(profile);
    if employers.is_empty() {
        tidy(profile.headline.as_deref().unwrap_or_default())
    } else {
        employers.join(", ")
    }
}

/// Present employers, then former ones, each once.
fn employers(profile: &Profile) -> Vec<String> {
    let current = profile.current.iter().map(|position| &position.company);
    let past = profile.history.iter().map(|position| &position.company);
    let companies = current.chain(past).filter_map(Option::as_deref);
    unique(companies.map(plain_company))
}

/// On GitHub an employer is often written as its account.
pub(super) fn plain_company(company: &str) -> &str {
    company.trim().trim_start_matches('@')
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
    let Ok(mut address) = url::Url::parse(&with_ascii_host(link.trim())) else {
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

pub(super) fn same_address(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        text.trim_end_matches('/')
            .trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_start_matches("www.")
            .to_lowercase()
    };
    plain(one) == plain(other)
}

/// The source to start with: by the rules, else the site.
#[must_use]
pub fn default_source(profile: &Profile, rules: &ExportRules) -> Option<String> {
    let by_rule = rules.source.filled(|place| filling_of_page(profile, place));
    by_rule.ok().flatten().or_else(|| site_name(profile))
}

/// The site in Lever's usual spelling (lever-api §3.6).
fn site_name(profile: &Profile) -> Option<String> {
    match profile.site.as_str() {
        "linkedin" => Some("LinkedIn".to_owned()),
        "github" => Some("GitHub".to_owned()),
        // A file from wherever: the recruiter knows, we do not.
        "resume" | "csv" => None,
        _ => url::Url::parse(&with_ascii_host(&profile.url))
            .ok()
            .and_then(|address| {
                address
                    .host_str()
                    .map(|host| host.trim_start_matches("www.").to_owned())
            }),
    }
}
