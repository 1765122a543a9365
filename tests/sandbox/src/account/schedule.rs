//! Panels and interviews of opportunities (lever-api §3.12). Seeded ones are computed; where something was written, all
//! of the opportunity's are kept.

use std::collections::HashMap;

use super::Account;
use crate::clock::Timestamp;
use crate::ids::OpportunityNumber;
use crate::model::interview::Panel;

/// What was written.
#[derive(Debug, Default)]
pub struct Schedule {
    panels: HashMap<OpportunityNumber, Vec<Panel>>,
}

impl Account {
    /// Panels of an opportunity, oldest first.
    #[must_use]
    pub fn panels(&self, number: OpportunityNumber) -> Vec<Panel> {
        if let Some(panels) = self.schedule.panels.get(&number) {
            return panels.clone();
        }
        self.population
            .opportunity(number, &self.seeded)
            .map(|seeded| self.population.panels(number, &seeded, &self.seeded))
            .unwrap_or_default()
    }

    /// Changes an opportunity's panels. One that is left without interviews goes (lever-api §3.12).
    pub fn change_panels(&mut self, number: OpportunityNumber, change: impl FnOnce(&mut Vec<Panel>)) {
        let mut panels = self.panels(number);
        change(&mut panels);
        panels.retain(|panel| !panel.interviews.is_empty());
        self.schedule.panels.insert(number, panels);
    }

    /// Takes away the interviews that have not begun (lever-api §4.5, `cleanInterviews`).
    pub fn clean_interviews(&mut self, number: OpportunityNumber, now: Timestamp) {
        self.change_panels(number, |panels| {
            for panel in panels {
                panel.interviews.retain(|interview| interview.date <= now);
            }
        });
    }
}
