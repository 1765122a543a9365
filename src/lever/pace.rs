//! How many requests a second, and who goes first.
//!
//! Lever gives a key 10 requests a second with bursts to 20, for the whole company (lever-api §2.5; design §4.9). Two token
//! buckets in pure arithmetic: one for everybody, one beside it for background work, which gets a share of the rate and
//! stands back while a click waits. Nothing is reserved: whoever is told to wait asks again afterwards, so that whoever is
//! dropped while waiting leaves nothing behind. A 429 halves the rate, and it recovers slowly.

use crate::text::Millis;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// Somebody waits for it.
    Click,
    /// The mirror is being read.
    Background,
}

/// Whether a request may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// It goes now; its place is taken.
    Now,
    /// Ask again after so many milliseconds (1 at least); nothing is taken.
    After(u32),
}

/// Requests a second that Lever grants a key.
pub const LEVER_RATE: f64 = 10.0;
/// Lowest rate the pacer falls to after refusals, in requests a second.
const SLOWEST: f64 = 0.5;
/// Share of the rate won back with each request that is not refused.
const RECOVERY: f64 = 0.02;
/// Background work makes up for lateness of so many seconds: timers come late, and its share of the rate is not to shrink.
const BACKGROUND_MEMORY: f64 = 0.5;
/// Lever's own word on when to come back is believed up to so many milliseconds.
const LONGEST_CLOSED: i64 = 120_000;

/// Two token buckets that learn from refusals.
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
    /// Background requests that may go at once.
    background_tokens: f64,
    /// When both counts were true.
    counted_at: Millis,
    /// Nobody goes before, since Lever said so.
    closed_until: Millis,
    /// When the rate was last halved.
    slowed_at: Option<Millis>,
    /// Clicks told to wait.
    waiting_clicks: u32,
}

impl Pacer {
    /// A pacer at a rate in requests a second (0: no limit) of which background work may use a share from 0 to 1.
    #[must_use]
    pub fn new(rate: f64, background_share: f64) -> Self {
        let rate = rate.max(0.0);
        Self {
            full_rate: rate,
            background_share: background_share.clamp(0.05, 1.0),
            rate,
            tokens: rate.max(1.0),
            background_tokens: 1.0,
            counted_at: Millis(0),
            closed_until: Millis(0),
            slowed_at: None,
            waiting_clicks: 0,
        }
    }

    /// Asks for a place.
    pub fn ask(&mut self, now: Millis, priority: Priority) -> Admission {
        let closed = self.closed_until.since(now);
        if closed > 0 {
            return Admission::After(milliseconds(closed as f64));
        }
        if self.full_rate == 0.0 {
            return Admission::Now;
        }
        self.count(now);
        let for_everybody = missing(self.tokens, self.rate);
        let wait = match priority {
            Priority::Click => for_everybody,
            // A click that waits gets the next place, and background work the one after.
            Priority::Background if self.waiting_clicks > 0 => {
                for_everybody + f64::from(self.waiting_clicks) * 1000.0 / self.rate
            }
            Priority::Background => {
                for_everybody.max(missing(self.background_tokens, self.rate * self.background_share))
            }
        };
        if wait > 0.0 {
            return Admission::After(milliseconds(wait));
        }
        self.tokens -= 1.0;
        if priority == Priority::Background {
            self.background_tokens -= 1.0;
        }
        Admission::Now
    }

    fn count(&mut self, now: Millis) {
        let passed = now.since(self.counted_at).max(0) as f64 / 1000.0;
        self.counted_at = now;
        self.tokens = (self.tokens + passed * self.rate).min(self.full_rate.max(1.0));
        let share = self.rate * self.background_share;
        self.background_tokens = (self.background_tokens + passed * share).min((share * BACKGROUND_MEMORY).max(1.0));
    }

    /// A click was told to wait: background work stands back until [`Pacer::click_waits_no_more`].
    pub fn click_waits(&mut self) {
        self.waiting_clicks += 1;
    }

    /// The click has gone, or was taken back.
    pub fn click_waits_no_more(&mut self) {
        self.waiting_clicks = self.waiting_clicks.saturating_sub(1);
    }

    /// Lever answered 429 to a request sent at `sent_at`, perhaps with the seconds of a `Retry-After`. Requests that were under
    /// way together are refused together: they halve the rate once.
    pub fn refused(&mut self, now: Millis, sent_at: Millis, retry_after: Option<u32>) {
        if let Some(seconds) = retry_after {
            let pause = i64::from(seconds).saturating_mul(1000).min(LONGEST_CLOSED);
            self.closed_until = self.closed_until.max(now.plus(pause));
        }
        if self.full_rate == 0.0 || self.slowed_at.is_some_and(|slowed_at| sent_at <= slowed_at) {
            return;
        }
        self.count(now);
        self.slowed_at = Some(now);
        self.rate = (self.rate / 2.0).max(SLOWEST.min(self.full_rate));
        self.tokens = self.tokens.min(0.0);
        self.background_tokens = self.background_tokens.min(0.0);
    }

    /// Lever took the request.
    pub fn accepted(&mut self) {
        self.rate = (self.rate + self.full_rate * RECOVERY).min(self.full_rate);
    }
}

/// Milliseconds until a bucket holds a whole token.
fn missing(tokens: f64, rate: f64) -> f64 {
    ((1.0 - tokens) / rate * 1000.0).max(0.0)
}

fn milliseconds(wait: f64) -> u32 {
    wait.ceil().clamp(1.0, 600_000.0) as u32
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
    use proptest::prelude::*;

    const NOON: Millis = Millis(1_000_000);

    /// Requests that go within so many milliseconds when every wait is `late` milliseconds longer than asked for.
    fn requests_within(pacer: &mut Pacer, milliseconds: i64, late: i64, priority: Priority) -> u32 {
        let mut now = NOON;
        let end = now.plus(milliseconds);
        let mut sent = 0;
        while now < end {
            match pacer.ask(now, priority) {
                Admission::Now => sent += 1,
                Admission::After(wait) => now = now.plus(i64::from(wait) + late),
            }
        }
        sent
    }

    #[test]
    fn background_work_takes_half_of_levers_rate_even_where_timers_come_late() {
        for late in [0, 7, 40] {
            let mut pacer = Pacer::new(LEVER_RATE, 0.5);
            let sent = requests_within(&mut pacer, 10_000, late, Priority::Background);
            assert!(
                (49..=52).contains(&sent),
                "{sent} requests in ten seconds, timers late by {late} ms"
            );
        }
    }

    #[test]
    fn clicks_may_use_all_of_it_and_a_burst() {
        let mut pacer = Pacer::new(LEVER_RATE, 0.5);
        let sent = requests_within(&mut pacer, 10_000, 0, Priority::Click);
        assert!((100..=111).contains(&sent), "{sent} requests in ten seconds");
    }

    #[test]
    fn a_click_does_not_queue_behind_background_work() {
        let mut pacer = Pacer::new(LEVER_RATE, 0.5);
        while pacer.ask(NOON, Priority::Background) == Admission::Now {}
        assert_eq!(pacer.ask(NOON, Priority::Click), Admission::Now);
    }

    #[test]
    fn background_work_stands_back_while_a_click_waits() {
        let mut pacer = Pacer::new(LEVER_RATE, 1.0);
        while pacer.ask(NOON, Priority::Click) == Admission::Now {}
        pacer.click_waits();
        let Admission::After(click) = pacer.ask(NOON, Priority::Click) else {
            unreachable!()
        };
        let then = NOON.plus(i64::from(click));
        assert!(matches!(pacer.ask(then, Priority::Background), Admission::After(_)));
        assert_eq!(pacer.ask(then, Priority::Click), Admission::Now);
        pacer.click_waits_no_more();
        assert_eq!(pacer.ask(then.plus(100), Priority::Background), Admission::Now);
    }

    #[test]
    fn a_refusal_halves_the_rate_once_for_all_that_were_under_way_and_it_comes_back() {
        let mut pacer = Pacer::new(LEVER_RATE, 1.0);
        for _ in 0..8 {
            pacer.refused(NOON.plus(50), NOON, None);
        }
        assert!((pacer.rate - 5.0).abs() < f64::EPSILON);
        pacer.refused(NOON.plus(200), NOON.plus(100), None);
        assert!((pacer.rate - 2.5).abs() < f64::EPSILON);
        for _ in 0..100 {
            pacer.accepted();
        }
        assert!((pacer.rate - LEVER_RATE).abs() < f64::EPSILON);
    }

    #[test]
    fn nobody_goes_before_lever_said() {
        for rate in [0.0, LEVER_RATE] {
            let mut pacer = Pacer::new(rate, 0.5);
            pacer.refused(NOON, NOON, Some(3));
            for priority in [Priority::Click, Priority::Background] {
                assert_eq!(pacer.ask(NOON.plus(1), priority), Admission::After(2_999));
            }
            assert_eq!(pacer.ask(NOON.plus(3_000), Priority::Click), Admission::Now);
        }
    }

    #[test]
    fn waits_double_and_stay_bounded() {
        assert_eq!(backoff(1, 1.0), 500);
        assert_eq!(backoff(3, 1.0), 2_000);
        assert_eq!(backoff(40, 1.0), 30_000);
        assert_eq!(backoff(3, 0.0), 1_000);
    }

    proptest! {
        /// Whatever happens, in any second no more goes than the rate and a full bucket, and who waits as told gets a place.
        #[test]
        fn the_rate_holds_and_nobody_waits_for_ever(
            events in prop::collection::vec((0_i64..400, 0_u8..5), 1..200),
            share in 0.05_f64..1.0,
        ) {
            let mut pacer = Pacer::new(LEVER_RATE, share);
            let mut now = NOON;
            let mut gone: Vec<(Millis, Priority)> = Vec::new();
            for (passed, event) in events {
                now = now.plus(passed);
                match event {
                    0 | 1 => {
                        if pacer.ask(now, Priority::Click) == Admission::Now {
                            gone.push((now, Priority::Click));
                        }
                    }
                    2 | 3 => {
                        if pacer.ask(now, Priority::Background) == Admission::Now {
                            gone.push((now, Priority::Background));
                        }
                    }
                    _ => pacer.refused(now, now, None),
                }
            }
            for (start, _) in &gone {
                let second: Vec<_> = gone.iter().filter(|(at, _)| (0..1000).contains(&at.since(*start))).collect();
                prop_assert!(second.len() <= 20, "{} in a second", second.len());
                let background = second.iter().filter(|(_, priority)| *priority == Priority::Background).count();
                prop_assert!(background as f64 <= LEVER_RATE * share * (1.0 + BACKGROUND_MEMORY) + 2.0);
            }
            let mut tries = 0;
            while let Admission::After(wait) = pacer.ask(now, Priority::Background) {
                now = now.plus(i64::from(wait));
                tries += 1;
                prop_assert!(tries < 5);
            }
        }
    }
}
