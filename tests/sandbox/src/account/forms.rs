//! Feedback, profile forms and referrals of opportunities (lever-api §3.13, §3.14). Seeded ones are computed; where
//! something was written, all of the opportunity's are kept.

use std::collections::HashMap;

use super::Account;
use crate::ids::{Kind, OpportunityNumber};
use crate::model::form::{Feedback, ProfileForm, Referral};

/// What was written.
#[derive(Debug, Default)]
pub struct Forms {
    feedback: HashMap<OpportunityNumber, Vec<Feedback>>,
    profile: HashMap<OpportunityNumber, Vec<ProfileForm>>,
}

impl Account {
    /// The account's own id, which only inner shapes show.
    #[must_use]
    pub fn id(&self) -> String {
        self.ids.make(Kind::Account, 0).to_string()
    }

    /// Feedback on an opportunity, oldest first, deleted ones among it.
    #[must_use]
    pub fn feedback(&self, number: OpportunityNumber) -> Vec<Feedback> {
        if let Some(feedback) = self.forms.feedback.get(&number) {
            return feedback.clone();
        }
        self.population
            .opportunity(number, &self.seeded)
            .map(|seeded| self.population.feedback(number, &seeded, &self.seeded))
            .unwrap_or_default()
    }

    /// Changes an opportunity's feedback.
    pub fn change_feedback(&mut self, number: OpportunityNumber, change: impl FnOnce(&mut Vec<Feedback>)) {
        let mut feedback = self.feedback(number);
        change(&mut feedback);
        self.forms.feedback.insert(number, feedback);
    }

    /// Profile forms of an opportunity, oldest first.
    #[must_use]
    pub fn profile_forms(&self, number: OpportunityNumber) -> Vec<ProfileForm> {
        if let Some(forms) = self.forms.profile.get(&number) {
            return forms.clone();
        }
        self.population
            .opportunity(number, &self.seeded)
            .map(|seeded| self.population.profile_forms(number, &seeded))
            .unwrap_or_default()
    }

    /// Adds a profile form.
    pub fn add_profile_form(&mut self, number: OpportunityNumber, form: ProfileForm) {
        let mut forms = self.profile_forms(number);
        forms.push(form);
        self.forms.profile.insert(number, forms);
    }

    /// Referrals of an opportunity.
    #[must_use]
    pub fn referrals(&self, number: OpportunityNumber) -> Vec<Referral> {
        self.population
            .opportunity(number, &self.seeded)
            .map(|seeded| self.population.referrals(number, &seeded))
            .unwrap_or_default()
    }
}
