//! Time as Lever speaks it: whole milliseconds since 1970 UTC (lever-api §2.3).
//!
//! Exists so that no time is a bare integer, and so that two writes never carry the same instant: the order of the
//! write log and of `lastAdvancedAt` must be told apart even when the machine is fast.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;

/// Milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// One second in the unit of [`Timestamp`].
pub const SECOND_MS: i64 = 1_000;
/// One hour in the unit of [`Timestamp`].
pub const HOUR_MS: i64 = 3_600 * SECOND_MS;
/// One day in the unit of [`Timestamp`].
pub const DAY_MS: i64 = 24 * HOUR_MS;

impl Timestamp {
    /// The earliest time that can be written.
    pub const MIN: Self = Self(i64::MIN);
    /// The latest time that can be written; clients do send it as an open end.
    pub const MAX: Self = Self(i64::MAX);

    /// From milliseconds since 1970 UTC.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970 UTC.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// This time moved by `millis` (negative: earlier).
    #[must_use]
    pub const fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// The last full hour, UTC.
    #[must_use]
    pub const fn whole_hour(self) -> Self {
        Self(self.0 - self.0.rem_euclid(HOUR_MS))
    }

    /// The first instant of this time's month, UTC.
    #[must_use]
    pub fn start_of_month(self) -> Self {
        // Days to civil date and back (Howard Hinnant, "chrono-compatible low-level date algorithms").
        let days = self.0.div_euclid(DAY_MS) + 719_468;
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day_of_month = day_of_year - (153 * shifted_month + 2) / 5;
        Self((days - 719_468 - day_of_month) * DAY_MS)
    }
}

/// The system's clock, made strictly increasing.
#[derive(Debug, Default)]
pub struct Clock {
    last: AtomicI64,
    /// How far this clock is ahead of the system's, in ms.
    skew: AtomicI64,
}

impl Clock {
    /// The present time, at least one millisecond after every time given before.
    pub fn now(&self) -> Timestamp {
        let system = self.reading().as_millis();
        let before = self
            .last
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| {
                Some(system.max(last.saturating_add(1)))
            })
            .unwrap_or(system);
        Timestamp(system.max(before.saturating_add(1)))
    }

    /// Makes every later reading later than `time` too. For writes that stamp some fields a few ms after the others:
    /// the next write must not seem to come before them.
    pub fn pass(&self, time: Timestamp) {
        self.last.fetch_max(time.as_millis(), Ordering::SeqCst);
    }

    /// The present time without a claim on it: two readings may be equal.
    #[must_use]
    pub fn reading(&self) -> Timestamp {
        Self::system().plus(self.skew.load(Ordering::SeqCst))
    }

    /// Sets the clock so many ms ahead of the system's (negative: behind). A clock set back does give earlier times
    /// again, as a real one would.
    pub fn set_skew(&self, skew_ms: i64) {
        let before = self.skew.swap(skew_ms, Ordering::SeqCst);
        let moved = skew_ms.saturating_sub(before);
        self.last.fetch_add(moved, Ordering::SeqCst);
    }

    /// How far this clock is ahead of the system's, in ms.
    #[must_use]
    pub fn skew(&self) -> i64 {
        self.skew.load(Ordering::SeqCst)
    }

    /// The system's time as it is.
    #[must_use]
    pub fn system() -> Timestamp {
        let millis = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map(|since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            .unwrap_or(0);
        Timestamp(millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_of_a_month_is_its_first_midnight() {
        let cases = [
            (1_795_642_191_000, 1_793_491_200_000), // 2026-11-25 → 2026-11-01
            (1_709_164_800_000, 1_706_745_600_000), // 2024-02-29 → 2024-02-01
            (0, 0),
        ];
        for (millis, expected) in cases {
            assert_eq!(Timestamp(millis).start_of_month(), Timestamp(expected));
        }
    }

    #[test]
    fn no_two_readings_are_equal() {
        let clock = Clock::default();
        let readings: Vec<_> = (0..1_000).map(|_| clock.now()).collect();
        assert!(readings.is_sorted_by(|a, b| a < b));
        let ahead = clock.now().plus(5);
        clock.pass(ahead);
        assert!(clock.now() > ahead);
    }
}
