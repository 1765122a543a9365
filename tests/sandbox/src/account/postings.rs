//! Postings that were made or changed through the API.
//!
//! A seeded candidacy is computed from the posting as it was seeded: who owned it when somebody applied, and the tags it
//! gave then, must not follow what the posting became (lever-api §3.5, §4.4). Only a changed title is carried over.

use super::{Account, Changed};
use crate::ids::{Kind, OpportunityNumber, PostingNumber};
use crate::model::posting::Posting;
use crate::seed::questions::{self, QuestionSet};

impl Account {
    /// The id of the posting about to be added.
    #[must_use]
    pub fn new_posting_id(&self) -> String {
        let number = PostingNumber::at(self.company.postings.len());
        self.ids.make(Kind::Posting, number.0).to_string()
    }

    /// Adds a posting.
    pub fn add_posting(&mut self, posting: Posting) -> PostingNumber {
        PostingNumber(self.company.postings.add(posting.id.clone(), posting))
    }

    /// Puts a changed posting in the place of the old one. A changed title changes the tag of that title on everybody
    /// who is on the posting: the old one goes, the new one is appended (lever-api §4.4).
    pub fn change_posting(&mut self, number: PostingNumber, after: Posting) -> Changed {
        let Some(posting) = self.company.postings.get_mut(number.0) else {
            return Changed::No;
        };
        if *posting == after {
            return Changed::No;
        }
        let (old, new) = (posting.text.clone(), after.text.clone());
        *posting = after;
        if old != new {
            self.retitle(number, &old, &new);
        }
        Changed::Yes
    }

    fn retitle(&mut self, number: PostingNumber, old: &str, new: &str) {
        let swap = |tags: &mut Vec<String>| {
            let before = tags.len();
            tags.retain(|tag| tag != old);
            if tags.len() < before && !tags.iter().any(|tag| tag == new) {
                tags.push(new.to_owned());
            }
        };
        let on: Vec<OpportunityNumber> = self.index.on_posting(number).to_vec();
        let (written, computed): (Vec<_>, Vec<_>) = on
            .into_iter()
            .partition(|opportunity| self.opportunities.contains_key(opportunity));
        for opportunity in written {
            // Whether the change moves updatedAt was never recorded; the tags are the posting's doing, not a write.
            self.change_opportunity(opportunity, |opportunity, _| swap(&mut opportunity.tags));
        }
        // What is computed takes its tags from the seeded posting; archived rows have none of them.
        let Some(seeded) = self.seeded.postings.get_mut(number.0) else {
            return;
        };
        let mut tags: Vec<String> = seeded.tags_for_opportunity().map(str::to_owned).collect();
        swap(&mut tags);
        seeded.opportunity_tags = Some(tags);
        for opportunity in computed {
            let active = self.index.row(opportunity).is_some_and(|row| row.archived.is_none());
            if active {
                self.tags.remove(old);
                self.tags.add(new, 1);
            }
        }
    }

    /// What an applicant is asked beside name and address. Postings made by API have no questions.
    #[must_use]
    pub fn questions_of(&self, number: PostingNumber) -> Vec<QuestionSet> {
        if self.seeded.posting(number).is_some() {
            questions::of_posting(number, self.ids)
        } else {
            Vec::new()
        }
    }
}
