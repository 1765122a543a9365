//! Numbers drawn from the seed: the same question gives the same answer, in any order of asking.

use crate::ids::scramble;

/// What a draw is about; keeps draws for different purposes apart.
#[derive(Debug, Clone, Copy)]
#[repr(u64)]
pub enum Purpose {
    /// Who a person is.
    Person = 1,
    /// How many opportunities a person has.
    OpportunityCount = 2,
    /// The course of one opportunity.
    Course = 3,
    /// Tags, sources and texts of one opportunity.
    Details = 4,
    /// A person's jobs and schools.
    Career = 5,
    /// Notes on an opportunity.
    Notes = 6,
    /// A posting.
    Posting = 7,
    /// A user.
    User = 8,
    /// A fault for a request.
    Fault = 9,
    /// Interviews of an opportunity.
    Schedule = 40,
    /// Forms filled in about an opportunity.
    Forms = 41,
    /// Offers of an opportunity.
    Offers = 42,
    /// Answers to the questions for equal opportunity.
    Eeo = 43,
    /// Rows that move while a list is walked.
    Moving = 60,
    /// A requisition.
    Requisition = 61,
    /// A person's second record.
    SecondRecord = 62,
}

/// A stream of numbers (SplitMix64, public domain).
#[derive(Debug, Clone)]
pub struct Draw {
    state: u64,
}

impl Draw {
    /// The stream for one thing.
    #[must_use]
    pub const fn new(seed: u64, purpose: Purpose, number: u64) -> Self {
        let mixed = scramble(seed.wrapping_add(scramble((purpose as u64) << 40)));
        Self {
            state: scramble(mixed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
        }
    }

    /// 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        scramble(self.state)
    }

    /// A number from 0 up to but without `bound`; 0 when the bound is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        u64::try_from((u128::from(self.bits()) * u128::from(bound)) >> 64).unwrap_or(0)
    }

    /// A number of milliseconds from 0 up to `bound`.
    pub fn millis(&mut self, bound: i64) -> i64 {
        i64::try_from(self.below(u64::try_from(bound).unwrap_or(0))).unwrap_or(0)
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// A number from 0 up to but without 1.
    pub fn share(&mut self) -> f64 {
        // 53 bits fill an f64's mantissa exactly.
        (self.bits() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// One of the items, each as likely as the others.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let place = self.below(u64::try_from(items.len()).unwrap_or(0));
        items.get(usize::try_from(place).ok()?)
    }

    /// One of the texts, `""` if there are none.
    pub fn text(&mut self, items: &[&'static str]) -> &'static str {
        self.pick(items).copied().unwrap_or("")
    }

    /// A place in a list of `count`, early ones likelier (roughly Zipf: the square of a uniform draw).
    pub fn skewed(&mut self, count: u64) -> u64 {
        let share = self.share();
        let place = (share * share * count as f64) as u64;
        place.min(count.saturating_sub(1))
    }
}
