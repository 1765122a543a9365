//! Offers of opportunities (lever-api §3.16), and those that stand against a requisition (§3.17). The API makes none, so
//! nothing is kept.

use super::Account;
use crate::ids::{OpportunityNumber, StageNumber};
use crate::model::offer::{Offer, OfferStatus};
use crate::model::requisition::{Beside, Headcount, Requisition, RequisitionStatus};

/// The most offers that stand against one requisition: a recorded one is about a kilobyte (lever-api §4.8).
const OFFERS_MAX: usize = 3;

impl Account {
    /// What a requisition shows beside what it holds. Which offer belongs to which requisition is decided in the app: here
    /// an open requisition has those of people on its postings, as many as it may still hire. Whoever is hired or turned
    /// down takes theirs off it (lever-api §4.5).
    #[must_use]
    pub fn beside(&self, requisition: &Requisition) -> Beside {
        let room = match (requisition.status, requisition.headcount) {
            (RequisitionStatus::Open, Headcount::Of(count)) => count.saturating_sub(requisition.hired),
            (RequisitionStatus::Open, Headcount::Unlimited) => u32::MAX,
            _ => 0,
        };
        let room = usize::try_from(room).unwrap_or(usize::MAX).min(OFFERS_MAX);
        let offering = self.company.stages.find("offer").map(StageNumber);
        let offers = requisition
            .postings
            .iter()
            .flat_map(|posting| self.index.on_posting(*posting).iter().map(|number| (*posting, *number)))
            .filter(|(posting, number)| {
                !self.deletions.has_opportunity(*number)
                    && self.index.row(*number).is_some_and(|row| {
                        row.archived.is_none() && Some(row.stage) == offering && row.posting == Some(*posting)
                    })
            })
            .filter_map(|(_, number)| {
                let mut offers = self.offers(number).into_iter();
                offers.find(|offer| offer.status != OfferStatus::Denied)
            })
            .map(|offer| offer.id)
            .take(room)
            .collect();
        Beside {
            account: self.account_id(),
            offers,
        }
    }

    /// Offers of an opportunity.
    #[must_use]
    pub fn offers(&self, number: OpportunityNumber) -> Vec<Offer> {
        self.population
            .opportunity(number, &self.seeded)
            .map(|seeded| self.population.offers(number, &seeded, &self.seeded))
            .unwrap_or_default()
    }
}
