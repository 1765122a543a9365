//! Which contacts come into question for a page: exact look-ups of its identity keys, and of its name.

use std::collections::BTreeMap;

use super::Corrections;
use super::evidence::{ContactFacts, PageFacts};
use crate::command::Correction;
use crate::mirror::index::{KeyWord, KeyWordKind, NameKeys};
use crate::mirror::read::ContactRecord;
use crate::mirror::{Mirror, MirrorError};

/// More people than this behind one identity key, and the key says nothing about any of them.
const MOST_FOR_A_KEY: u32 = 50;
/// Namesakes looked at one by one. Of more, only those who share an employer with the page come into question: among so many
/// the name alone finds nobody.
const MOST_NAMESAKES: u32 = 40;
/// Namesakes are counted up to this number.
const MOST_COUNTED: u32 = 2_000;

/// Those who come into question.
pub struct Block {
    /// What is known of each.
    pub contacts: Vec<ContactFacts>,
    /// How many people in the mirror have the page's name, counted up to a limit.
    pub namesakes: u32,
}

/// The contacts that share an identity key or the name with the page, and those the recruiter named.
///
/// # Errors
/// [`MirrorError`].
pub fn candidates(page: &PageFacts, mirror: &Mirror, corrections: &Corrections) -> Result<Block, MirrorError> {
    let mut found: BTreeMap<i64, ContactRecord> = BTreeMap::new();
    let mut add = |records: Vec<ContactRecord>| {
        for record in records {
            found.entry(record.row).or_insert(record);
        }
    };
    add(mirror.contacts_by_keys(page.keys.iter().map(KeyWord::identity), MOST_FOR_A_KEY)?);
    let mut namesakes = 0;
    if let Some(name) = &page.name {
        let companies: Vec<String> = page.companies.iter().map(|(company, _)| company.clone()).collect();
        let employers: Vec<KeyWord> = companies
            .iter()
            .map(|company| KeyWord::new(KeyWordKind::Company, company))
            .collect();
        for key in NameKeys::of(name, &companies).full {
            let count = mirror.count_by_key(key, MOST_COUNTED)?;
            namesakes += count;
            add(if count <= MOST_NAMESAKES {
                mirror.contacts_by_keys([key], MOST_NAMESAKES)?
            } else {
                mirror.contacts_by_key_and_any(key, &employers, MOST_NAMESAKES)?
            });
        }
    }
    for (contact, correction) in corrections {
        if *correction == Correction::SamePerson {
            add(mirror.contact(contact)?.into_iter().collect());
        }
    }
    Ok(Block {
        contacts: found.into_values().map(ContactFacts::of).collect(),
        namesakes,
    })
}
