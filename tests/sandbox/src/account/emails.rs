//! Who has a mail address. Seeded addresses are kept as hashes in one sorted list, written ones in a map; whoever is
//! found is checked against the person as they are now, so that a removed address is never an answer.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::ids::ContactNumber;
use crate::model::contact::canonical_email;

/// Ways from a mail address to people.
#[derive(Debug, Default)]
pub struct EmailIndex {
    seeded: Vec<(u64, ContactNumber)>,
    written: HashMap<String, Vec<ContactNumber>>,
}

fn hash(canonical: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    canonical.hash(&mut hasher);
    hasher.finish()
}

impl EmailIndex {
    /// An index over the seeded people's addresses.
    pub fn new(seeded: impl Iterator<Item = (String, ContactNumber)>) -> Self {
        let mut seeded: Vec<_> = seeded
            .map(|(email, contact)| (hash(&canonical_email(&email)), contact))
            .collect();
        seeded.sort_unstable();
        Self {
            seeded,
            written: HashMap::new(),
        }
    }

    /// Notes that a person has an address.
    pub fn add(&mut self, email: &str, contact: ContactNumber) {
        let people = self.written.entry(canonical_email(email)).or_default();
        if !people.contains(&contact) {
            people.push(contact);
        }
    }

    /// People who may have this canonical address, by number; to be checked against what they have now.
    #[must_use]
    pub fn find(&self, canonical: &str) -> Vec<ContactNumber> {
        let wanted = hash(canonical);
        let start = self.seeded.partition_point(|(hash, _)| *hash < wanted);
        let mut people: Vec<ContactNumber> = self
            .seeded
            .iter()
            .skip(start)
            .take_while(|(hash, _)| *hash == wanted)
            .map(|(_, contact)| *contact)
            .chain(self.written.get(canonical).into_iter().flatten().copied())
            .collect();
        people.sort_unstable();
        people.dedup();
        people
    }
}
