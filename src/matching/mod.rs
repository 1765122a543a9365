//! From a profile and a mirror to a verdict.
//!
//! - [`blocking`]: which contacts come into question: exact look-ups only.
//! - [`evidence`]: field by field, what speaks for and against, in bits.
//! - [`decide`]: posterior over all candidates and "nobody", and the tier.
//! - [`verdict`]: the shape of the answer.
//!
//! This first matcher decides by identifiers; an equal name alone is at most "possible" (matching.md §6, absolute rules).

pub mod blocking;
pub mod decide;
pub mod evidence;
pub mod verdict;

use crate::command::Correction;
use crate::mirror::{Mirror, MirrorError};
use crate::profile::Profile;
use crate::text::{ContactId, Millis};
use verdict::Verdict;

/// What the recruiter said about this profile before.
pub type Corrections = Vec<(ContactId, Correction)>;

/// Is the person of this profile in the mirror?
///
/// # Errors
/// [`MirrorError`] when the mirror cannot be read.
pub fn look_up(profile: &Profile, mirror: &Mirror, corrections: &Corrections) -> Result<Verdict, MirrorError> {
    let page = evidence::PageFacts::of(profile);
    let block = blocking::candidates(&page, mirror, corrections)?;
    let population = mirror.counts().contacts;
    let mut verdict = decide::decide(&page, &block, population, corrections);
    verdict.key.clone_from(&profile.key);
    verdict.complete = mirror.is_complete()?;
    verdict.read = mirror.share_read()?;
    verdict.as_of = as_of(mirror)?;
    for candidate in &mut verdict.candidates {
        let mut opportunities = Vec::new();
        for contact in std::iter::once(&candidate.contact).chain(&candidate.same_as) {
            if let Some(record) = mirror.contact(contact)? {
                opportunities.extend(mirror.opportunity_ids(record.row)?);
            }
        }
        candidate.opportunities = opportunities;
    }
    Ok(verdict)
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
