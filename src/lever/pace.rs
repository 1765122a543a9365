//! How many requests a second, and who goes first.
//!
//! Lever gives a key 10 requests a second with bursts to 20, for the whole company (lever-api §2.5; design §4.9). A token
//! bucket in pure arithmetic: the caller passes the time in and waits as long as it is told. Background work leaves half of
//! the bucket to clicks; a 429 halves the rate, and it recovers slowly.

use crate::text::Millis;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// Somebody waits for it.
    Click,
    /// The mirror is being read.
    Background,
}

/// Requests a second that Lever grants a key.
pub const LEVER_RATE: f64 = 10.0;
/// Shortest rate the pacer falls to after refusals, in requests a second.
const SLOWEST: f64 = 0.5;
/// Share of the rate won back with each request that is not refused.
const RECOVERY: f64 = 0.02;

/// A token bucket that learns from refusals.
#[derive(Debug, Clone)]
pub struct Pacer {
    /// Rate agreed, in requests a second; 0 means no limit.
    full_rate: f64,
    /// Share of the rate that background work may use, 0 to 1.
    background_share: f64,
    /// Rate now.
    rate: f64,
    /// Requests that may go at once.
    tokens: f64,
    /// When `tokens` was true.
    counted_at: Millis,
    /// The earliest moment for the next background request.
    background_from: Millis,
}

impl Pacer {
    /// A pacer at a rate in requests a second (0: no limit) of which background work may use a share from 0 to 1.
    #[must_use]
    pub fn new(rate: f64, background_share: f64) -> Self {
        Self {
            full_rate: rate.max(0.0),
            background_share: background_share.clamp(0.05, 1.0),
            rate: rate.max(0.0),
            tokens: rate.max(1.0),
            counted_at: Millis(0),
            background_from: Millis(0),
        }
    }

    /// Takes a place. Returns the milliseconds to wait before the request may go; the place is taken either way.
    pub fn take(&mut self, now: Millis, priority: Priority) -> u32 {
        if self.full_rate == 0.0 {
            return 0;
        }
        let passed = now.since(self.counted_at).max(0) as f64 / 1000.0;
        self.counted_at = now;
        self.tokens = (self.tokens + passed * self.rate).min(self.full_rate.max(1.0));
        self.tokens -= 1.0;
        let by_tokens = if self.tokens >= 0.0 {
            0.0
        } else {
            -self.tokens / self.rate * 1000.0
        };
        let wait = match priority {
            Priority::Click => by_tokens,
            Priority::Background => {
                let start = now.plus(by_tokens.ceil() as i64).max(self.background_from);
                let gap = 1000.0 / (self.rate * self.background_share);
                self.background_from = start.plus(gap.round() as i64);
                start.since(now) as f64
            }
        };
        wait.ceil().clamp(0.0, 600_000.0) as u32
    }

    /// Lever asked for fewer requests.
    pub fn refused(&mut self) {
        self.rate = (self.rate / 2.0).max(SLOWEST.min(self.full_rate));
        self.tokens = self.tokens.min(0.0);
    }

    /// Lever took the request.
    pub fn accepted(&mut self) {
        self.rate = (self.rate + self.full_rate * RECOVERY).min(self.full_rate);
    }
}

/// Milliseconds to wait before try number `attempt` (from 1): doubling from half a second, at most 30 s, and between half and
/// all of that by chance (0 to 1), so that many clients do not come back at once.
#[must_use]
pub fn backoff(attempt: u32, chance: f64) -> u32 {
    let longest = 500.0 * f64::from(2_u32.saturating_pow(attempt.saturating_sub(1).min(6)));
    (longest.min(30_000.0) * (0.5 + chance.clamp(0.0, 1.0) / 2.0)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requests_within(milliseconds: i64, priority: Priority) -> u32 {
        let mut pacer = Pacer::new(LEVER_RATE, 0.5);
        let mut now = Millis(1_000_000);
        let end = now.plus(milliseconds);
        let mut sent = 0;
        loop {
            now = now.plus(i64::from(pacer.take(now, priority)));
            if now >= end {
                return sent;
            }
            sent += 1;
        }
    }

    #[test]
    fn background_work_takes_half_of_levers_rate() {
        let sent = requests_within(10_000, Priority::Background);
        assert!((48..=52).contains(&sent), "{sent} requests in ten seconds");
    }

    #[test]
    fn clicks_may_use_all_of_it_and_a_burst() {
        let sent = requests_within(10_000, Priority::Click);
        assert!((100..=111).contains(&sent), "{sent} requests in ten seconds");
    }

    #[test]
    fn a_click_does_not_queue_behind_background_work() {
        let mut pacer = Pacer::new(LEVER_RATE, 0.5);
        let now = Millis(5_000);
        pacer.take(now, Priority::Background);
        assert!(pacer.take(now, Priority::Background) > 0);
        assert_eq!(pacer.take(now, Priority::Click), 0);
    }

    #[test]
    fn a_refusal_halves_the_rate_and_it_comes_back() {
        let mut pacer = Pacer::new(LEVER_RATE, 1.0);
        pacer.refused();
        assert!((pacer.rate - 5.0).abs() < f64::EPSILON);
        for _ in 0..100 {
            pacer.accepted();
        }
        assert!((pacer.rate - LEVER_RATE).abs() < f64::EPSILON);
    }

    #[test]
    fn waits_double_and_stay_bounded() {
        assert_eq!(backoff(1, 1.0), 500);
        assert_eq!(backoff(3, 1.0), 2_000);
        assert_eq!(backoff(40, 1.0), 30_000);
        assert_eq!(backoff(3, 0.0), 1_000);
    }
}
