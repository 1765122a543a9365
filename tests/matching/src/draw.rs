//! Numbers drawn from the seed. Every thing of the world has its own stream, named by a purpose and a number, so that a
//! person can be made at any time, in any order, without keeping a million of them in memory.

/// What a stream is for; keeps draws for different purposes apart.
#[derive(Debug, Clone, Copy)]
#[repr(u64)]
pub enum Purpose {
    /// Who somebody is.
    Person = 1,
    /// The employers.
    Employers = 2,
    /// What stands in a place of the mirror.
    Slot = 3,
    /// How a person was written down in Lever.
    Record = 4,
    /// A contact's id.
    ContactId = 5,
    /// How a person's page looks.
    Page = 6,
    /// Whose pages are looked at.
    Visits = 7,
    /// Somebody who is easily taken for a candidate.
    Negative = 8,
    /// An opportunity's id.
    OpportunityId = 9,
}

/// Mixes all bits (the finaliser of SplitMix64, public domain).
#[must_use]
pub const fn scramble(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// A stream of numbers.
#[derive(Debug, Clone)]
pub struct Draw {
    numbers: fastrand::Rng,
}

impl Draw {
    /// The stream for one thing.
    #[must_use]
    pub fn new(seed: u64, purpose: Purpose, number: u64) -> Self {
        let mixed = scramble(seed.wrapping_add(scramble((purpose as u64) << 40)));
        Self {
            numbers: fastrand::Rng::with_seed(scramble(mixed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15))),
        }
    }

    /// Whether something of this probability happens.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.numbers.f64() < probability
    }

    /// A number from 0 up to and without `end`; 0 where that is empty.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { self.numbers.usize(..end) }
    }

    /// A number between the two, both included.
    pub fn between(&mut self, least: i32, most: i32) -> i32 {
        if least >= most {
            least
        } else {
            self.numbers.i32(least..=most)
        }
    }

    /// 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.numbers.u64(..)
    }

    /// A number from 0 up to and without 1.
    pub fn share(&mut self) -> f64 {
        self.numbers.f64()
    }

    /// One of a list; nothing of an empty one.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let place = self.below(list.len());
        list.get(place)
    }

    /// One of a list of texts; empty of an empty one.
    pub fn text<'a>(&mut self, list: &[&'a str]) -> &'a str {
        self.pick(list).copied().unwrap_or_default()
    }

    /// One of the few, each with its share; the last one takes what is left.
    pub fn of_shares<T: Copy>(&mut self, shares: &[(f64, T)], otherwise: T) -> T {
        let mut at = self.numbers.f64();
        for (share, thing) in shares {
            if at < *share {
                return *thing;
            }
            at -= share;
        }
        otherwise
    }
}

/// Places with weights.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    sums: Vec<f64>,
}

impl Weights {
    /// Of the weights themselves.
    pub fn of(weights: impl IntoIterator<Item = f64>) -> Self {
        let mut sum = 0.0;
        Self {
            sums: weights
                .into_iter()
                .map(|weight| {
                    sum += weight;
                    sum
                })
                .collect(),
        }
    }

    /// Falling with the rank: `1 / (rank + shift) ^ exponent`.
    #[must_use]
    pub fn zipf(count: usize, shift: f64, exponent: f64) -> Self {
        Self::of((0..count).map(|rank| (rank as f64 + shift).powf(-exponent)))
    }

    /// Whether there is nothing to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sums.is_empty()
    }

    /// One place.
    pub fn draw(&self, draw: &mut Draw) -> usize {
        let at = draw.share() * self.sums.last().copied().unwrap_or_default();
        self.sums
            .partition_point(|sum| *sum <= at)
            .min(self.sums.len().saturating_sub(1))
    }
}
