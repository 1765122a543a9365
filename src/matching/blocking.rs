//! Which contacts come into question for a page: exact look-ups of its identity keys, and of its name.

use std::collections::BTreeMap;

use super::Corrections;
use super::evidence::{ContactFacts, PageFacts};
use crate::command::Correction;
use crate::mirror::read::ContactRecord;
use crate::mirror::store::name_hashes;
use crate::mirror::{Mirror, MirrorError};

/// More people than this behind one identity key, and the key says nothing about any of them.
const MOST_FOR_A_KEY: u32 = 50;
/// Namesakes looked at; beyond that a name alone finds nobody.
const MOST_NAMESAKES: u32 = 200;

/// The contacts that share an identity key or the name with the page, and those the recruiter named.
///
/// # Errors
/// [`MirrorError`].
pub fn candidates(
    page: &PageFacts,
    mirror: &Mirror,
    corrections: &Corrections,
) -> Result<Vec<ContactFacts>, MirrorError> {
    let mut found: BTreeMap<i64, ContactRecord> = BTreeMap::new();
    let mut add = |records: Vec<ContactRecord>| {
        for record in records {
            found.entry(record.row).or_insert(record);
        }
    };
    let hashes: Vec<i64> = page.keys.iter().map(|key| key.hash64()).collect();
    add(mirror.contacts_by_hashes(&hashes, MOST_FOR_A_KEY)?);
    if let Some(name) = &page.shown_name {
        add(mirror.contacts_by_hashes(&name_hashes(name), MOST_NAMESAKES)?);
    }
    for (contact, correction) in corrections {
        if *correction == Correction::SamePerson {
            add(mirror.contact(contact)?.into_iter().collect());
        }
    }
    Ok(found.into_values().map(ContactFacts::of).collect())
}
