//! Counts of what was asked and what happened, for tests and for whoever watches a demo.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::faults::Fault;

/// The counts.
#[derive(Debug, Default)]
pub struct Stats {
    requests: BTreeMap<String, u64>,
    statuses: BTreeMap<u16, u64>,
    throttled: u64,
    faults: BTreeMap<Fault, u64>,
}

impl Stats {
    /// A request to an endpoint (or to none: `(unknown)`).
    pub fn request(&mut self, endpoint: &str) {
        *self.requests.entry(endpoint.to_owned()).or_insert(0) += 1;
    }

    /// A reply's status; a cut connection has none.
    pub fn status(&mut self, status: u16) {
        *self.statuses.entry(status).or_insert(0) += 1;
    }

    /// A request refused because the bucket was empty.
    pub fn throttled(&mut self) {
        self.throttled += 1;
    }

    /// A fault that happened.
    pub fn fault(&mut self, fault: Fault) {
        *self.faults.entry(fault).or_insert(0) += 1;
    }

    /// As `GET /_sandbox/stats` shows them. `writes`, `contacts` and `opportunities` are counted elsewhere.
    #[must_use]
    pub fn json(&self, writes: usize, contacts: u32, opportunities: usize) -> Value {
        let faults: BTreeMap<String, u64> = self
            .faults
            .iter()
            .map(|(fault, count)| (fault.to_string(), *count))
            .collect();
        json!({
            "requests_total": self.requests.values().sum::<u64>(),
            "requests": self.requests,
            "statuses": self
                .statuses
                .iter()
                .map(|(status, count)| (status.to_string(), *count))
                .collect::<BTreeMap<_, _>>(),
            "throttled": self.throttled,
            "faults": faults,
            "writes": writes,
            "contacts": contacts,
            "opportunities": opportunities,
        })
    }
}
