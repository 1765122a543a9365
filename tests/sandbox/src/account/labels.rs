//! How many opportunities carry each tag and each source (lever-api §3.6: they appear when used).

use std::collections::BTreeMap;

/// Counts by text.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    counts: BTreeMap<String, u32>,
}

impl Labels {
    /// One more opportunity carries it.
    pub fn add(&mut self, text: &str, times: u32) {
        if times == 0 {
            return;
        }
        *self.counts.entry(text.to_owned()).or_insert(0) += times;
    }

    /// One opportunity no longer carries it.
    pub fn remove(&mut self, text: &str) {
        if let Some(count) = self.counts.get_mut(text) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.counts.remove(text);
            }
        }
    }

    /// Whether any opportunity carries it.
    #[must_use]
    pub fn in_use(&self, text: &str) -> bool {
        self.counts.contains_key(text)
    }

    /// Texts and counts; the order is the caller's business.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.counts.iter().map(|(text, count)| (text.as_str(), *count))
    }
}
