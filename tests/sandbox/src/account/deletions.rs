//! What disappears: opportunities and postings deleted, people anonymised or merged, all in the web app (lever-api §4.7).
//!
//! A deleted row leaves every list but keeps its number, so that `/opportunities/deleted` can still show it. Must not
//! be reachable by any endpoint: the API cannot delete any of these.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Account, Changed};
use crate::clock::Timestamp;
use crate::ids::{ContactNumber, OpportunityNumber, PostingNumber, UserNumber};
use crate::model::application::Visit;
use crate::model::contact::{Anonymity, Contact, canonical_email};

/// Who deleted something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deletion {
    /// Who.
    pub by: UserNumber,
    /// When.
    pub at: Timestamp,
}

/// Everything that is gone.
#[derive(Debug, Default)]
pub struct Deletions {
    opportunities: BTreeMap<OpportunityNumber, Deletion>,
    postings: HashMap<PostingNumber, Deletion>,
    /// Contacts that became part of another one.
    merged: HashSet<ContactNumber>,
}

impl Deletions {
    /// Deleted opportunities, by number.
    pub fn opportunities(&self) -> impl Iterator<Item = (OpportunityNumber, Deletion)> {
        self.opportunities.iter().map(|(number, deletion)| (*number, *deletion))
    }

    /// Deleted postings, in no order.
    pub fn postings(&self) -> impl Iterator<Item = (PostingNumber, Deletion)> {
        self.postings.iter().map(|(number, deletion)| (*number, *deletion))
    }

    /// Whether an opportunity is gone.
    #[must_use]
    pub fn has_opportunity(&self, number: OpportunityNumber) -> bool {
        self.opportunities.contains_key(&number)
    }

    /// Whether a posting is gone.
    #[must_use]
    pub fn has_posting(&self, number: PostingNumber) -> bool {
        self.postings.contains_key(&number)
    }

    /// Whether a contact became part of another one.
    #[must_use]
    pub fn has_contact(&self, number: ContactNumber) -> bool {
        self.merged.contains(&number)
    }

    /// How many opportunities are gone.
    #[must_use]
    pub fn opportunity_count(&self) -> usize {
        self.opportunities.len()
    }

    /// How many contacts became part of others.
    #[must_use]
    pub fn contact_count(&self) -> u32 {
        u32::try_from(self.merged.len()).unwrap_or(u32::MAX)
    }
}

impl Account {
    /// Deletes an opportunity, and its application with it. The person stays: nothing tells that they go too.
    pub fn delete_opportunity(&mut self, number: OpportunityNumber, deletion: Deletion) -> Changed {
        if self.index.row(number).is_none() || self.deletions.has_opportunity(number) {
            return Changed::No;
        }
        let (tags, sources) = self.labels_of(number);
        for tag in &tags {
            self.tags.remove(tag);
        }
        for source in &sources {
            self.sources.remove(source);
        }
        self.index.remove(number);
        self.deletions.opportunities.insert(number, deletion);
        Changed::Yes
    }

    /// Deletes a posting. Applications to it keep its id.
    pub fn delete_posting(&mut self, number: PostingNumber, deletion: Deletion) -> Changed {
        if self.company.posting(number).is_none() || self.deletions.has_posting(number) {
            return Changed::No;
        }
        self.deletions.postings.insert(number, deletion);
        Changed::Yes
    }

    /// Erases what is known of a person, what they typed into applications, their résumés and their files included
    /// (§4.1). What colleagues wrote about them stays: nothing tells that it goes.
    pub fn anonymize(&mut self, contact: ContactNumber) -> Changed {
        let changed = self.change_contact(contact, |contact| {
            *contact = Contact {
                anonymity: Anonymity::Anonymized,
                ..Contact::default()
            };
        });
        if changed == Changed::No {
            return changed;
        }
        let now = self.now();
        for number in self.opportunities_of(contact) {
            self.given_resumes.insert(number, Vec::new());
            self.attachments.erase(number);
            self.change_opportunity(number, |opportunity, _| {
                opportunity.updated_at = Some(now);
                if let Some(application) = &mut opportunity.application {
                    application.name = None;
                    application.company = None;
                    application.phone = None;
                    application.email = None;
                    application.links = Vec::new();
                    application.comments = None;
                    application.custom_questions = Vec::new();
                    application.visit = Visit::default();
                }
            });
        }
        changed
    }

    /// Makes one person of two: `from` gives its candidacies and what `into` lacks, and is not found any more. What
    /// the API answers for a merged contact was never recorded; an id that is gone is the least surprising.
    pub fn merge_contacts(&mut self, from: ContactNumber, into: ContactNumber) -> Changed {
        let given = match (self.contact(from), self.contact(into)) {
            (Some(given), Some(_)) if from != into && !self.deletions.has_contact(from) => given.into_owned(),
            _ => return Changed::No,
        };
        let moved = self.opportunities_of(from);
        // What nobody has any more must not be found by its addresses.
        self.change_contact(from, |contact| *contact = Contact::default());
        self.change_contact(into, |contact| {
            for email in given.emails {
                if !contact.has_email(&canonical_email(&email)) {
                    contact.emails.push(email);
                }
            }
            for phone in given.phones {
                if !contact.phones.contains(&phone) {
                    contact.phones.push(phone);
                }
            }
            for link in given.links {
                if !contact.links.contains(&link) {
                    contact.links.push(link);
                }
            }
            for (slot, text) in [
                (&mut contact.name, given.name),
                (&mut contact.headline, given.headline),
                (&mut contact.location, given.location),
            ] {
                if slot.is_empty() {
                    *slot = text;
                }
            }
        });
        let now = self.now();
        for number in moved {
            self.change_opportunity(number, |opportunity, _| opportunity.contact = into);
        }
        for number in self.opportunities_of(into) {
            self.change_opportunity(number, |opportunity, _| opportunity.updated_at = Some(now));
        }
        self.deletions.merged.insert(from);
        Changed::Yes
    }
}
