//! The targets of matching.md §8, and which of them a run misses. Those of 100,000 contacts hold up to there, those of 1,000,000
//! above.

use crate::class::Class;
use crate::evaluate::{Answer, Tier};
use crate::page::PageKind;
use crate::report::{Count, Table, tier_score};

/// Contacts up to which the nearer targets hold.
const SMALLER: u64 = 100_000;
/// How many times as many people as Splink are found at precision 0.995.
const TIMES_SPLINK: f64 = 1.35;

struct OfTier {
    tier: Tier,
    least_precision: Option<f64>,
    least_recall: f64,
    most_strangers: f64,
    most_hard: f64,
    most_wrong: f64,
}

const fn of_tier(tier: Tier, is_smaller: bool) -> OfTier {
    let (least_precision, least_recall, most_strangers, most_hard, most_wrong) = match (tier, is_smaller) {
        (Tier::Same, true) => (Some(0.997), 0.60, 1.0, 0.5, 0.02),
        (Tier::Same, false) => (None, 0.57, 3.0, 0.5, 0.02),
        (Tier::Likely, true) => (Some(0.97), 0.74, 15.0, 5.0, 0.1),
        (Tier::Likely, false) => (None, 0.70, 40.0, 5.0, 0.1),
        (Tier::Possible, true) => (Some(0.88), 0.88, 300.0, 25.0, 0.5),
        (Tier::Possible, false) => (None, 0.84, 600.0, 25.0, 0.5),
    };
    OfTier {
        tier,
        least_precision,
        least_recall,
        most_strangers,
        most_hard,
        most_wrong,
    }
}

/// Nothing for rows of Recruiter and Sales Navigator, which §8 does not name.
const fn recall_of_page(kind: PageKind) -> Option<f64> {
    match kind {
        PageKind::LinkedIn => Some(0.70),
        PageKind::Card => Some(0.54),
        PageKind::Row => None,
        PageKind::Site => Some(0.62),
        PageKind::GitHub => Some(0.33),
    }
}

/// Least share of the people who come into question, and most candidates for 19 of 20 pages.
const LEAST_REACHED: f64 = 0.975;
const MOST_CONSIDERED: usize = 200;

/// What was measured beside what it may be.
pub struct Limits {
    /// All of them.
    pub table: Table,
    /// Whether none is missed.
    pub are_kept: bool,
}

impl Limits {
    /// Holds the answers, and recall at precision 0.995 beside Splink's where that is known, against the targets.
    #[must_use]
    pub fn of(answers: &[Answer], contacts: u64, beside_splink: Option<(f64, f64)>) -> Self {
        let mut limits = Self {
            table: Table::new(
                "Limits (matching.md, section 8)",
                &["what", "measured", "limit", "kept"],
            ),
            are_kept: true,
        };
        let is_smaller = contacts <= SMALLER;
        for tier in Tier::ALL {
            let score = tier_score(answers, tier);
            let limit = of_tier(tier, is_smaller);
            let named = |what: &str| format!("{}: {what}", limit.tier.words());
            if let Some(least) = limit.least_precision {
                limits.at_least(&named("precision"), score.precision.share(), least);
            }
            limits.at_least(&named("recall"), score.recall.share(), limit.least_recall);
            limits.seldom(
                &named("strangers, of 10,000"),
                score.strangers,
                10_000.0,
                limit.most_strangers,
            );
            limits.seldom(&named("hard, %"), score.hard, 100.0, limit.most_hard);
            limits.seldom(&named("wrong person, %"), score.wrong_person, 100.0, limit.most_wrong);
        }
        let present = || answers.iter().filter(|answer| answer.class == Class::Present);
        if is_smaller {
            for kind in PageKind::ALL {
                let Some(least) = recall_of_page(kind) else {
                    continue;
                };
                let recall = Count::of(present().filter(|answer| answer.kind == kind), |answer| {
                    answer.is_right && answer.tier == Some(Tier::Same)
                });
                limits.at_least(&format!("same: recall, {}", kind.words()), recall.share(), least);
            }
        }
        let reached = Count::of(present(), |answer| answer.is_reached);
        limits.at_least("blocking recall", reached.share(), LEAST_REACHED);
        let mut considered: Vec<usize> = answers.iter().map(|answer| answer.considered).collect();
        considered.sort_unstable();
        let most = considered.get(considered.len() * 19 / 20).copied().unwrap_or_default();
        limits.at_most("candidates a page, p95", most as f64, MOST_CONSIDERED as f64);
        if let Some((ours, splinks)) = beside_splink {
            let times = ours / splinks.max(f64::MIN_POSITIVE);
            limits.at_least("recall at precision 0.995, times Splink's", times, TIMES_SPLINK);
        }
        limits
    }

    fn at_least(&mut self, what: &str, measured: f64, least: f64) {
        self.row(what, measured, &format!(">= {least}"), measured >= least);
    }

    /// Among so few pages that the limit is less than one of them, one is no rate yet.
    fn seldom(&mut self, what: &str, count: Count, of: f64, most: f64) {
        let all = count.all.max(1) as f64;
        let is_kept = count.of as f64 <= (most / of * all).ceil();
        self.row(what, count.of as f64 / all * of, &format!("<= {most}"), is_kept);
    }

    fn at_most(&mut self, what: &str, measured: f64, most: f64) {
        self.row(what, measured, &format!("<= {most}"), measured <= most);
    }

    fn row(&mut self, what: &str, measured: f64, limit: &str, is_kept: bool) {
        let kept = if is_kept { "yes" } else { "MISSED" };
        self.table
            .row(what, [format!("{measured:.4}"), limit.to_owned(), kept.to_owned()]);
        self.are_kept &= is_kept;
    }
}
