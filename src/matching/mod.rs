//! From a profile and a mirror to a verdict.
//!
//! - [`facts`]: what is known of one person, of a page or of Lever, in normal forms.
//! - [`texts`]: names, places and employers as they were read before, for several people.
//! - [`blocking`]: which contacts come into question: exact look-ups only.
//! - [`frequency`]: how many people have a name, an employer, a town.
//! - [`evidence`]: field by field, what speaks for and against, in bits.
//! - [`decide`]: posterior over all candidates and "nobody", and the tier.
//! - [`verdict`]: the shape of the answer.
//! - [`duplicates`]: people whom Lever holds more than once.

pub mod blocking;
pub mod decide;
pub mod duplicates;
pub mod evidence;
pub mod facts;
pub mod frequency;
pub mod texts;
pub mod verdict;

use crate::command::Correction;
use crate::mirror::index::{KeyWord, KeyWordKind};
use crate::mirror::{Mirror, MirrorError};
use crate::profile::Profile;
use crate::text::{ContactId, Millis};
use facts::PersonFacts;
use frequency::Frequencies;
use texts::TextsRead;
use verdict::Verdict;

/// What the recruiter said before.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    /// Of this profile and a contact.
    pub said: Vec<(ContactId, Correction)>,
    /// Of two contacts: they are two people.
    pub apart: Vec<(ContactId, ContactId)>,
}

impl Corrections {
    fn of(&self, contact: &ContactId) -> Option<Correction> {
        let found = self.said.iter().find(|(named, _)| named == contact);
        found.map(|(_, correction)| *correction)
    }

    fn are_apart(&self, one: &ContactId, other: &ContactId) -> bool {
        let mut pairs = self.apart.iter();
        pairs.any(|(first, second)| (first, second) == (one, other) || (first, second) == (other, one))
    }
}

/// Is the person of this profile in the mirror?
///
/// # Errors
/// [`MirrorError`] when the mirror cannot be read.
pub fn look_up(profile: &Profile, mirror: &Mirror, corrections: &Corrections) -> Result<Verdict, MirrorError> {
    look_up_beside_others(profile, &Asking::of(mirror)?, corrections)
}

/// What look-ups at one moment have in common: the people of a list have towns and employers in common, and namesakes a name.
/// It must not be kept: what is asked for is of that moment.
pub struct Asking<'a> {
    mirror: &'a Mirror,
    frequencies: Frequencies<'a>,
    texts: TextsRead<'a>,
}

impl<'a> Asking<'a> {
    /// Nothing asked yet.
    ///
    /// # Errors
    /// [`MirrorError`] when the mirror cannot be read.
    pub fn of(mirror: &'a Mirror) -> Result<Self, MirrorError> {
        Ok(Self {
            mirror,
            frequencies: Frequencies::of(mirror),
            texts: TextsRead::of(mirror.texts_met(), mirror.account_country()?),
        })
    }

    fn facts_of(&self, profile: &Profile) -> PersonFacts {
        // One alone may be anything.
        let is_surname = |word: &str| {
            let word = KeyWord::new(KeyWordKind::Family, word);
            self.mirror.frequency(word).is_ok_and(|people| people > 1)
        };
        PersonFacts::of_page(profile, &self.texts, &is_surname)
    }
}

/// As [`look_up`], for one of several people at once.
///
/// # Errors
/// [`MirrorError`] when the mirror cannot be read.
pub fn look_up_beside_others(
    profile: &Profile,
    asking: &Asking<'_>,
    corrections: &Corrections,
) -> Result<Verdict, MirrorError> {
    let mirror = asking.mirror;
    let page = asking.facts_of(profile);
    let block = blocking::candidates(&page, asking, corrections)?;
    let mut verdict = decide::decide(&page, &block, asking, corrections)?;
    verdict.key.clone_from(&profile.key);
    verdict.complete = mirror.is_complete()?;
    verdict.read = mirror.share_read()?;
    verdict.as_of = as_of(mirror)?;
    for candidate in &mut verdict.candidates {
        let mut opportunities = Vec::new();
        for contact in std::iter::once(&candidate.contact).chain(&candidate.same_as) {
            if let Some(row) = mirror.row_of(contact)? {
                opportunities.extend(mirror.opportunity_ids(row)?);
            }
        }
        candidate.opportunities = opportunities;
    }
    Ok(verdict)
}

/// The contacts that come into question for a profile, before anything is weighed.
///
/// # Errors
/// [`MirrorError`] when the mirror cannot be read.
pub fn considered(profile: &Profile, mirror: &Mirror) -> Result<Vec<ContactId>, MirrorError> {
    let asking = Asking::of(mirror)?;
    let page = asking.facts_of(profile);
    let block = blocking::candidates(&page, &asking, &Corrections::default())?;
    Ok(block
        .contacts
        .into_iter()
        .filter_map(|contact| contact.contact)
        .collect())
}

/// When the mirror was last read: without a gap once it is complete, else its latest page.
///
/// # Errors
/// [`MirrorError`].
pub fn as_of(mirror: &Mirror) -> Result<Option<Millis>, MirrorError> {
    Ok(match mirror.as_of()? {
        Some(at) => Some(at),
        None => mirror
            .meta("last_page_at")?
            .and_then(|text| text.parse().ok())
            .map(Millis),
    })
}
