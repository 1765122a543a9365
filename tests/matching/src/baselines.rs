//! What simpler rules find on the same pages: the same email, the same address of a profile, and Lever's own rule for
//! duplicates (same email, or same full name with variants of the first name). A baseline names everybody it finds and is right
//! when the person is among them.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use fulcrum::identity::{EmailAddress, KeyKind, LinkSource, PersonName, fold, link_keys};
use fulcrum::profile::Profile;

use crate::lever_record::LeverRecord;
use crate::noise::Nicknames;
use crate::world::World;

/// A simple rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Baseline {
    /// The same email.
    Email,
    /// The same email, LinkedIn slug or GitHub login.
    EmailOrAddress,
    /// The same email or the same full name.
    LeversRule,
}

impl Baseline {
    /// All of them.
    pub const ALL: [Baseline; 3] = [Baseline::Email, Baseline::EmailOrAddress, Baseline::LeversRule];

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Email => "baseline: email",
            Self::EmailOrAddress => "baseline: email, LinkedIn or GitHub address",
            Self::LeversRule => "baseline: Lever's rule (email or full name)",
        }
    }
}

/// Places of the mirror by what stands there.
#[derive(Default)]
pub struct Index {
    places: HashMap<u64, Vec<u32>>,
    /// Both ways: from a name to its short forms and back.
    variants: HashMap<String, BTreeSet<String>>,
}

fn hashed(kind: &str, value: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, value).hash(&mut hasher);
    hasher.finish()
}

fn email_hash(raw: &str) -> Option<u64> {
    EmailAddress::parse(raw).map(|address| hashed("email", &address.canonical()))
}

fn address_hashes(link: &str, source: LinkSource) -> impl Iterator<Item = u64> {
    link_keys(link, source)
        .into_iter()
        .filter(|key| matches!(key.kind(), KeyKind::LinkedInSlug | KeyKind::GitHubLogin))
        .map(|key| hashed("address", key.as_str()))
}

fn name_parts(name: &str) -> Option<(String, String)> {
    let name = PersonName::parse(name);
    let given = fold(name.given()?).split(' ').next()?.to_owned();
    let family = fold(name.family()?);
    (given.len() > 1 && family.len() > 1).then_some((given, family))
}

impl Index {
    /// Of all records.
    #[must_use]
    pub fn of(world: &World) -> Self {
        let mut index = Self::default();
        for (name, short) in Nicknames::pairs() {
            let (name, short) = (fold(name), fold(short));
            index.variants.entry(name.clone()).or_default().insert(short.clone());
            index.variants.entry(short).or_default().insert(name);
        }
        for slot in 0..world.settings.contacts {
            let record = LeverRecord::of_slot(world, slot);
            let place = u32::try_from(slot).unwrap_or(u32::MAX);
            let emails = record.emails.iter().filter_map(|email| email_hash(email));
            let addresses = record
                .links
                .iter()
                .flat_map(|link| address_hashes(link, LinkSource::Mirror));
            let name = name_parts(&record.name).map(|(given, family)| hashed("name", &format!("{given} {family}")));
            for hash in emails.chain(addresses).chain(name) {
                index.places.entry(hash).or_default().push(place);
            }
        }
        index
    }

    /// Places of the mirror that the rule finds for a page.
    #[must_use]
    pub fn found(&self, rule: Baseline, profile: &Profile) -> BTreeSet<u32> {
        let mut hashes: Vec<u64> = profile.emails.iter().filter_map(|email| email_hash(email)).collect();
        match rule {
            Baseline::Email => {}
            Baseline::EmailOrAddress => {
                let keys = profile.identity_keys();
                hashes.extend(
                    keys.iter()
                        .filter(|key| matches!(key.kind(), KeyKind::LinkedInSlug | KeyKind::GitHubLogin))
                        .map(|key| hashed("address", key.as_str())),
                );
            }
            Baseline::LeversRule => {
                if let Some((given, family)) = profile.name.as_deref().and_then(name_parts) {
                    let variants = self.variants.get(&given).into_iter().flatten();
                    hashes.extend(
                        std::iter::once(&given)
                            .chain(variants)
                            .map(|given| hashed("name", &format!("{given} {family}"))),
                    );
                }
            }
        }
        hashes
            .iter()
            .filter_map(|hash| self.places.get(hash))
            .flatten()
            .copied()
            .collect()
    }
}
