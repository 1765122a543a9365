//! Requisitions and requisition fields, seeded and written, and hiring against them (lever-api §3.17, §4.5). A few dozen
//! at most: kept whole.

use std::collections::BTreeMap;

use super::Account;
use crate::ids::{Kind, PostingNumber};
use crate::model::application::RequisitionForHire;
use crate::model::requisition::{Requisition, RequisitionField};

/// Everything about requisitions.
#[derive(Debug, Default)]
pub struct Requisitions {
    by_id: BTreeMap<String, Requisition>,
    /// The customer's own fields, in the order they were made.
    pub fields: Vec<RequisitionField>,
    made: u32,
    options_made: u32,
}

impl Requisitions {
    /// The seeded ones.
    #[must_use]
    pub fn new(seeded: Vec<Requisition>, fields: Vec<RequisitionField>) -> Self {
        let made = u32::try_from(seeded.len()).unwrap_or(u32::MAX);
        let by_id = seeded
            .into_iter()
            .map(|requisition| (requisition.id.clone(), requisition))
            .collect();
        Self {
            by_id,
            fields,
            made,
            options_made: 0,
        }
    }

    /// All of them, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Requisition> {
        self.by_id.values()
    }

    /// One by id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Requisition> {
        self.by_id.get(id)
    }

    /// The place of a field among the fields.
    #[must_use]
    pub fn field_place(&self, id: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.id == id)
    }
}

impl Account {
    /// The id of the account itself, as internal shapes show it.
    #[must_use]
    pub fn account_id(&self) -> String {
        self.ids.make(Kind::Requisition, u32::MAX).to_string()
    }

    /// The id of a requisition about to be made.
    pub fn new_requisition_id(&mut self) -> String {
        let id = self.ids.make(Kind::Requisition, self.requisitions.made).to_string();
        self.requisitions.made = self.requisitions.made.saturating_add(1);
        id
    }

    /// The id of a dropdown's option about to be made.
    pub fn new_option_id(&mut self) -> String {
        let id = self
            .ids
            .make(Kind::RequisitionOption, self.requisitions.options_made)
            .to_string();
        self.requisitions.options_made = self.requisitions.options_made.saturating_add(1);
        id
    }

    /// Adds or replaces a requisition; its postings show its code.
    pub fn put_requisition(&mut self, requisition: Requisition) {
        if let Some(before) = self.requisitions.by_id.remove(&requisition.id) {
            self.unlink(&before);
        }
        for number in &requisition.postings {
            if let Some(posting) = self.company.postings.get_mut(number.0)
                && !posting.requisition_codes.contains(&requisition.code)
            {
                posting.requisition_codes.push(requisition.code.clone());
            }
        }
        self.requisitions.by_id.insert(requisition.id.clone(), requisition);
    }

    /// Takes a requisition away.
    pub fn remove_requisition(&mut self, id: &str) -> Option<Requisition> {
        let removed = self.requisitions.by_id.remove(id)?;
        self.unlink(&removed);
        Some(removed)
    }

    fn unlink(&mut self, requisition: &Requisition) {
        for PostingNumber(number) in &requisition.postings {
            if let Some(posting) = self.company.postings.get_mut(*number) {
                posting.requisition_codes.retain(|code| *code != requisition.code);
            }
        }
    }

    /// Counts a hire that was made, and one that was taken back.
    pub fn count_hires(&mut self, made: Option<&RequisitionForHire>, taken_back: Option<&RequisitionForHire>) {
        let now = self.now();
        let mut count = |hire: Option<&RequisitionForHire>, change: fn(u32) -> u32| {
            if let Some(requisition) = hire.and_then(|hire| self.requisitions.by_id.get_mut(&hire.id)) {
                requisition.hired = change(requisition.hired);
                requisition.updated_at = now;
            }
        };
        count(taken_back, |hired| hired.saturating_sub(1));
        count(made, |hired| hired.saturating_add(1));
    }
}
