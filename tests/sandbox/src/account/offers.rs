//! Offers of opportunities (lever-api §3.16). The API makes none, so nothing is kept.

use super::Account;
use crate::ids::OpportunityNumber;
use crate::model::offer::Offer;

impl Account {
    /// Offers of an opportunity.
    #[must_use]
    pub fn offers(&self, number: OpportunityNumber) -> Vec<Offer> {
        self.population
            .opportunity(number, &self.seeded)
            .map(|seeded| self.population.offers(number, &seeded, &self.seeded))
            .unwrap_or_default()
    }
}
