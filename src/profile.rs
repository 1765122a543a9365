//! What one web page says about one person.
//!
//! A `Profile` is plain data made by a site adapter in the content script, or read from a JSON line in a terminal.
//! It decides nothing: identity keys are derived from it by [`crate::identity`], and what is not known stays empty.
//! Shape: design §8.

use serde::{Deserialize, Serialize};

use crate::identity::IdentityKey;
use crate::identity::email::email_keys;
use crate::identity::link::{LinkSource, link_keys};
use crate::identity::name::PersonName;
use crate::identity::phone::phone_keys;
use crate::text::Private;

/// Whether the page is about this person alone or the person is one row of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ProfileKind {
    /// The page's own subject.
    #[default]
    Profile,
    /// One row of a result list.
    Card,
}

/// An ongoing position.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct CurrentPosition {
    /// Job title as shown.
    pub title: Option<String>,
    /// Employer as shown.
    pub company: Option<String>,
    /// Link of the employer's page.
    pub company_url: Option<String>,
}

/// A position, past or present. Dates are `YYYY` or `YYYY-MM`.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct PastPosition {
    /// Job title as shown.
    pub title: Option<String>,
    /// Employer as shown.
    pub company: Option<String>,
    /// First month or year.
    pub start: Option<String>,
    /// Last month or year; absent while it lasts or where it is not known.
    pub end: Option<String>,
}

/// A school attended. Dates are `YYYY` or `YYYY-MM`.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct Education {
    /// School as shown.
    pub school: Option<String>,
    /// Degree as shown.
    pub degree: Option<String>,
    /// Field of study as shown.
    pub field: Option<String>,
    /// First month or year.
    pub start: Option<String>,
    /// Last month or year.
    pub end: Option<String>,
}

/// What one page says about one person.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct Profile {
    /// The site's name, such as `linkedin`.
    pub site: String,
    /// Page or row of a list.
    pub kind: ProfileKind,
    /// The identity key that the address itself proves. Echoed as given, never rewritten.
    pub key: String,
    /// The page's address.
    pub url: String,
    /// The anchor that ties the content to the key; absent where nothing does.
    pub proof: Option<String>,
    /// Which form of the site's markup was read.
    pub dialect: Option<String>,
    /// Identity keys found on the page.
    pub ids: Vec<String>,
    /// Name as shown.
    pub name: Option<String>,
    /// Headline as shown.
    pub headline: Option<String>,
    /// Place as shown.
    pub location: Option<String>,
    /// Every ongoing position.
    pub current: Vec<CurrentPosition>,
    /// Positions, newest first as shown.
    pub history: Vec<PastPosition>,
    /// Schools.
    pub education: Vec<Education>,
    /// Links to the person's own pages, as found.
    pub links: Vec<String>,
    /// Email addresses, as found.
    pub emails: Vec<String>,
    /// Phone numbers, as found.
    pub phones: Vec<String>,
    /// Address of the picture.
    pub avatar: Option<String>,
    /// Language of the page (BCP 47).
    pub lang: Option<String>,
    /// Whether everything the page has about the person was there to be read.
    pub complete: bool,
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Profile")
            .field("site", &self.site)
            .field("kind", &self.kind)
            .field("rest", &Private)
            .finish_non_exhaustive()
    }
}

impl Profile {
    /// Every identity key the profile carries: its own key, its ids, and those of its links, emails and phones,
    /// in that order and without repetition.
    #[must_use]
    pub fn identity_keys(&self) -> Vec<IdentityKey> {
        let mut keys: Vec<IdentityKey> = Vec::new();
        let stated = std::iter::once(&self.key)
            .chain(&self.ids)
            .filter_map(|text| IdentityKey::parse(text).ok());
        let linked = std::iter::once(&self.url)
            .filter(|_| self.kind == ProfileKind::Profile)
            .chain(&self.links)
            .flat_map(|link| link_keys(link, LinkSource::Page));
        let mailed = self.emails.iter().flat_map(|email| email_keys(email));
        let phoned = self.phones.iter().flat_map(|phone| phone_keys(phone, None));
        for key in stated.chain(linked).chain(mailed).chain(phoned) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// The name, parsed; absent where the page shows none.
    #[must_use]
    pub fn person_name(&self) -> Option<PersonName> {
        self.name.as_deref().and_then(PersonName::of_text)
    }

    /// Whether the name may be used as evidence: the page proved whose it is (profile-pages §4).
    #[must_use]
    pub fn proves_its_owner(&self) -> bool {
        self.proof.as_deref().is_some_and(|proof| !proof.is_empty())
    }
}
