//! Page tokens that stop being valid before their list has ended (lever-api §4.9: "Invalid offset tokens during long
//! syncs; drop the offset and start over").
//!
//! Lever's tokens are keys and need no memory. Only what makes some of them die is remembered here, and only while
//! something was told to kill them: an account of a million people must not leave a token for each of its pages behind.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use percent_encoding::percent_decode_str;

/// How long tokens live.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TokenLife {
    /// Pages that one walk may read; the token that would open the next one is refused.
    pub pages: Option<u32>,
    /// Time from the reply that gave the token.
    pub age: Option<Duration>,
}

impl TokenLife {
    const fn is_limited(self) -> bool {
        self.pages.is_some() || self.age.is_some()
    }
}

#[derive(Debug, Clone, Copy)]
struct Given {
    /// Which page of its walk the token opens, the first page being 1.
    opens: u32,
    at: Instant,
}

/// Tokens that are dead, and those whose age counts.
#[derive(Debug, Default)]
pub struct Offsets {
    dead: HashSet<String>,
    given: HashMap<String, Given>,
}

/// Whether a token still opens its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// It does.
    Valid,
    /// It does not, and never will again.
    Dead,
}

/// One text for a token, however often it was encoded.
fn plain(token: &str) -> String {
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    decode(&decode(token))
}

impl Offsets {
    /// Ends one token for good.
    pub fn kill(&mut self, token: &str) {
        self.dead.insert(plain(token));
    }

    /// Whether a token is still valid.
    #[must_use]
    pub fn validity(&self, token: &str, life: TokenLife, now: Instant) -> Validity {
        let token = plain(token);
        let outlived = self.given.get(&token).is_some_and(|given| {
            life.pages.is_some_and(|pages| given.opens > pages)
                || life
                    .age
                    .is_some_and(|age| now.saturating_duration_since(given.at) >= age)
        });
        if outlived || self.dead.contains(&token) {
            Validity::Dead
        } else {
            Validity::Valid
        }
    }

    /// Notes that the page opened by `opened_by` (`None`: a first page) gave out `next`.
    pub fn give(&mut self, opened_by: Option<&str>, next: &str, life: TokenLife, now: Instant) {
        if !life.is_limited() {
            return;
        }
        let page = opened_by.map_or(1, |token| self.given.get(&plain(token)).map_or(1, |given| given.opens));
        let given = Given {
            opens: page.saturating_add(1),
            at: now,
        };
        self.given.insert(plain(next), given);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_die_by_pages_and_by_age_however_they_are_encoded() {
        let start = Instant::now();
        let life = TokenLife {
            pages: Some(2),
            age: Some(Duration::from_secs(60)),
        };
        let mut offsets = Offsets::default();
        offsets.give(None, "%5B1%5D", life, start);
        offsets.give(Some("[1]"), "%5B2%5D", life, start);
        assert_eq!(offsets.validity("%5B1%5D", life, start), Validity::Valid);
        assert_eq!(
            offsets.validity("[2]", life, start),
            Validity::Dead,
            "it opens a third page"
        );
        let later = start + Duration::from_secs(60);
        assert_eq!(offsets.validity("%255B1%255D", life, later), Validity::Dead);
        assert_eq!(
            offsets.validity("[9]", life, later),
            Validity::Valid,
            "a key that was never given is judged by its form alone"
        );
    }
}
