//! The rate limit: a token bucket per key (lever-api §2.5).

use std::collections::HashMap;
use std::time::Instant;

use crate::choices::ApplyLimit;

/// How fast a key may ask.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// Requests a second in the long run; 0 for no limit.
    pub rate: f64,
    /// Requests that may come at once.
    pub burst: f64,
}

impl Limit {
    /// The limit of applications (lever-api §2.5): two a second, if one is chosen.
    #[must_use]
    pub const fn of_applications(choice: ApplyLimit) -> Self {
        match choice {
            ApplyLimit::None => Self { rate: 0.0, burst: 0.0 },
            ApplyLimit::TwoASecond => Self { rate: 2.0, burst: 2.0 },
        }
    }
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    filled_at: Instant,
}

/// The buckets of all keys.
#[derive(Debug)]
pub struct Pace {
    limit: Limit,
    buckets: HashMap<String, Bucket>,
}

/// Whether a request may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// It may.
    Free,
    /// The bucket is empty.
    Refused,
}

impl Pace {
    /// Full buckets for everybody.
    #[must_use]
    pub fn new(limit: Limit) -> Self {
        Self {
            limit,
            buckets: HashMap::new(),
        }
    }

    /// Takes one request of `who` out of their bucket.
    pub fn take(&mut self, who: &str, now: Instant) -> Passage {
        let Limit { rate, burst } = self.limit;
        if rate <= 0.0 {
            return Passage::Free;
        }
        let bucket = self.buckets.entry(who.to_owned()).or_insert(Bucket {
            tokens: burst,
            filled_at: now,
        });
        let waited = now.saturating_duration_since(bucket.filled_at).as_secs_f64();
        bucket.tokens = (bucket.tokens + waited * rate).min(burst);
        bucket.filled_at = now;
        if bucket.tokens < 1.0 {
            return Passage::Refused;
        }
        bucket.tokens -= 1.0;
        Passage::Free
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_passes_then_the_rate_holds() {
        let mut pace = Pace::new(Limit {
            rate: 10.0,
            burst: 20.0,
        });
        let start = Instant::now();
        let passed =
            |pace: &mut Pace, at: Duration| (0..100).filter(|_| pace.take("a", start + at) == Passage::Free).count();
        assert_eq!(passed(&mut pace, Duration::ZERO), 20);
        assert_eq!(passed(&mut pace, Duration::from_millis(500)), 5);
        assert_eq!(passed(&mut pace, Duration::from_secs(60)), 20);
        assert_eq!(pace.take("b", start), Passage::Free, "keys do not share a bucket");
    }
}
