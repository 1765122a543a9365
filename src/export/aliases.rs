//! Which LinkedIn address belongs to which member number, learned from pages that show both (matching.md §4.4): somebody whom
//! Lever knows by address is then recognised on a page that shows the number alone. It cannot be had from Lever again, so that
//! it is kept with the records; it is personal data, stays on this machine and goes with them.

use rusqlite::{OptionalExtension, params};

use super::records::Records;
use crate::command::Correction;
use crate::identity::{IdentityKey, KeyKind};
use crate::matching::Corrections;
use crate::mirror::MirrorError;
use crate::profile::{Profile, ProfileKind};
use crate::text::{ContactId, Millis};

/// The table, made by [`Records::open`].
pub(super) const TABLE: &str = "
CREATE TABLE alias (slug TEXT PRIMARY KEY, member TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX alias_member ON alias (member);
";

/// A member has had few addresses; more are somebody's mistake.
const MOST_ADDRESSES: u32 = 5;
/// Records that the recruiter keeps apart and that are looked at for one page.
const MOST_APART: u32 = 10_000;

/// What is kept on this machine about the person of a page.
#[derive(Debug, Default)]
pub struct Kept {
    /// The page with the other keys of its person.
    pub profile: Profile,
    /// What the recruiter said of it.
    pub corrections: Corrections,
}

impl Records {
    /// The page with what is kept about it: its own corrections, those of its person's other keys, and the other keys.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn kept_about(&self, profile: &Profile) -> Result<Kept, MirrorError> {
        let aliases = self.aliases_of(profile)?;
        let mut said = self.corrections(&profile.key)?;
        for alias in &aliases {
            // What was said of this very page counts more than what was said of another of the same person.
            for (contact, correction) in self.corrections(alias.as_str())? {
                if !said.iter().any(|(known, _)| *known == contact) {
                    said.push((contact, correction));
                }
            }
        }
        let mut profile = profile.clone();
        profile
            .ids
            .extend(aliases.iter().map(|alias| alias.as_str().to_owned()));
        Ok(Kept {
            profile,
            corrections: Corrections {
                said,
                apart: self.kept_apart(MOST_APART)?,
            },
        })
    }

    /// Learns that an address and a member number are one person's, where a page proves both.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn learn_alias(&self, profile: &Profile, at: Millis) -> Result<(), MirrorError> {
        let Some((slug, member)) = address_and_number(profile) else {
            return Ok(());
        };
        // Each page is looked at many times, and every write waits for the disk.
        let known: Option<String> = self
            .connection()
            .prepare_cached("SELECT member FROM alias WHERE slug = ?1")?
            .query_row([slug.as_str()], |row| row.get(0))
            .optional()?;
        if known.as_deref() == Some(member.as_str()) {
            return Ok(());
        }
        self.connection()
            .prepare_cached("INSERT OR REPLACE INTO alias (slug, member, at) VALUES (?1, ?2, ?3)")?
            .execute(params![slug.as_str(), member.as_str(), at.0])?;
        Ok(())
    }

    fn aliases_of(&self, profile: &Profile) -> Result<Vec<IdentityKey>, MirrorError> {
        let mut aliases: Vec<IdentityKey> = Vec::new();
        let keys = stated_keys(profile);
        for key in &keys {
            let sql = match key.kind() {
                KeyKind::LinkedInSlug => "SELECT member FROM alias WHERE slug = ?1 LIMIT ?2",
                KeyKind::LinkedInMember => "SELECT slug FROM alias WHERE member = ?1 ORDER BY at DESC LIMIT ?2",
                _ => continue,
            };
            let found: Vec<String> = self
                .connection()
                .prepare_cached(sql)?
                .query_map(params![key.as_str(), MOST_ADDRESSES], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for alias in found.iter().filter_map(|text| IdentityKey::parse(text).ok()) {
                // A page that shows another number than the one learned is believed.
                let is_contradicted = keys.iter().any(|key| key.kind() == alias.kind());
                if !is_contradicted && !aliases.contains(&alias) {
                    aliases.push(alias);
                }
            }
        }
        Ok(aliases)
    }

    /// Pairs of records that the recruiter said are two people.
    fn kept_apart(&self, most: u32) -> Result<Vec<(ContactId, ContactId)>, MirrorError> {
        let pairs = self.pairs_said(Correction::NotThisPerson, most)?;
        Ok(pairs)
    }
}

fn stated_keys(profile: &Profile) -> Vec<IdentityKey> {
    std::iter::once(&profile.key)
        .chain(&profile.ids)
        .filter_map(|text| IdentityKey::parse(text).ok())
        .collect()
}

/// The one address and the one number of a page that proves whose it is. Two of a kind are two people on one page, or a page
/// that is not understood.
fn address_and_number(profile: &Profile) -> Option<(IdentityKey, IdentityKey)> {
    if profile.kind != ProfileKind::Profile || !profile.proves_its_owner() {
        return None;
    }
    let keys = stated_keys(profile);
    let only = |kind: KeyKind| {
        let mut of_kind: Vec<&IdentityKey> = keys.iter().filter(|key| key.kind() == kind).collect();
        of_kind.sort_unstable();
        of_kind.dedup();
        match of_kind.as_slice() {
            [only] => Some((*only).clone()),
            _ => None,
        }
    };
    Some((only(KeyKind::LinkedInSlug)?, only(KeyKind::LinkedInMember)?))
}
