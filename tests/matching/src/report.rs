//! What the answers add up to, and the tables that say it: precision and recall by tier, false badges by class, calibration,
//! blocking, time, and the baselines beside them (matching.md §7).

use std::time::Duration;

use crate::class::Class;
use crate::evaluate::{Answer, Tier};
use crate::page::PageKind;

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// So many.
    pub of: usize,
    /// Of so many.
    pub all: usize,
}

impl Count {
    /// Counts what fits.
    pub fn of<T>(things: impl IntoIterator<Item = T>, fits: impl Fn(&T) -> bool) -> Self {
        let mut count = Self::default();
        for thing in things {
            count.all += 1;
            count.of += usize::from(fits(&thing));
        }
        count
    }

    /// As a share; 1 of nothing.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.all == 0 {
            1.0
        } else {
            self.of as f64 / self.all as f64
        }
    }
}

/// What any finder of people found on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Find {
    /// Why the page is there.
    pub class: Class,
    /// Whether anything was found.
    pub is_found: bool,
    /// Whether it was right.
    pub is_right: bool,
}

/// The numbers by which finders are compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Right among found.
    pub precision: Count,
    /// Right among people of the mirror.
    pub recall: Count,
    /// Random strangers with a badge.
    pub strangers: Count,
    /// Hard cases with a badge.
    pub hard: Count,
    /// People of the mirror who were taken for somebody else.
    pub wrong_person: Count,
}

impl Score {
    /// Of what was found.
    #[must_use]
    pub fn of(finds: &[Find]) -> Self {
        let present = || finds.iter().filter(|find| find.class == Class::Present);
        let hard = |class: Class| !matches!(class, Class::Present | Class::Stranger);
        Self {
            precision: Count::of(finds.iter().filter(|find| find.is_found), |find| find.is_right),
            recall: Count::of(present(), |find| find.is_found && find.is_right),
            strangers: Count::of(finds.iter().filter(|find| find.class == Class::Stranger), |find| {
                find.is_found
            }),
            hard: Count::of(finds.iter().filter(|find| hard(find.class)), |find| find.is_found),
            wrong_person: Count::of(present(), |find| find.is_found && !find.is_right),
        }
    }

    /// Precision among the pages that recruiters really look at, where a share `prior` of people is in Lever.
    #[must_use]
    pub fn precision_at(&self, prior: f64, false_badges: f64) -> f64 {
        let right = self.recall.share() * prior;
        right / (right + false_badges * (1.0 - prior)).max(f64::MIN_POSITIVE)
    }

    fn cells(&self) -> Vec<String> {
        vec![
            format!("{:.4}", self.precision.share()),
            format!("{:.4}", self.recall.share()),
            format!("{:.1}", self.strangers.share_or_zero() * 10_000.0),
            format!("{:.2}", self.hard.share_or_zero() * 100.0),
            format!("{:.2}", self.wrong_person.share_or_zero() * 100.0),
        ]
    }
}

impl Count {
    fn share_or_zero(self) -> f64 {
        if self.all == 0 { 0.0 } else { self.share() }
    }
}

/// The score of a tier.
#[must_use]
pub fn tier_score(answers: &[Answer], tier: Tier) -> Score {
    Score::of(&finds(answers, tier))
}

fn finds(answers: &[Answer], tier: Tier) -> Vec<Find> {
    answers
        .iter()
        .map(|answer| {
            let is_found = answer.tier.is_some_and(|found| found <= tier);
            Find {
                class: answer.class,
                is_found,
                is_right: is_found && answer.is_right,
            }
        })
        .collect()
}

/// The highest recall at which precision is at least `target`, when everything from some probability on counts as found.
#[must_use]
pub fn recall_at_precision(scored: &[(f64, bool)], present: usize, target: f64) -> f64 {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut best = 0_usize;
    let mut right = 0_usize;
    for (place, (probability, is_right)) in sorted.iter().enumerate() {
        right += usize::from(*is_right);
        // Equal probabilities cannot be parted by a threshold.
        let is_last = sorted.get(place + 1).is_none_or(|next| next.0 < *probability);
        if is_last && right as f64 >= target * (place + 1) as f64 {
            best = best.max(right);
        }
    }
    best as f64 / present.max(1) as f64
}

/// Mean distance between what was said and what was so, over ten equal ranges of probability.
#[must_use]
pub fn calibration_error(said: &[(f64, bool)]) -> f64 {
    let mut error = 0.0;
    for tenth in 0..10 {
        let inside: Vec<&(f64, bool)> = said
            .iter()
            .filter(|(probability, _)| ((probability * 10.0) as usize).min(9) == tenth)
            .collect();
        if inside.is_empty() {
            continue;
        }
        let count = inside.len() as f64;
        let mean: f64 = inside.iter().map(|(probability, _)| probability).sum::<f64>() / count;
        let so = inside.iter().filter(|(_, is_right)| *is_right).count() as f64 / count;
        error += (mean - so).abs() * count / said.len() as f64;
    }
    error
}

/// A table: a title, and rows whose first one is the header.
pub struct Table {
    title: String,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// With its title and header.
    #[must_use]
    pub fn new(title: &str, header: &[&str]) -> Self {
        Self {
            title: title.to_owned(),
            rows: vec![header.iter().map(|cell| (*cell).to_owned()).collect()],
        }
    }

    /// One more row.
    pub fn row(&mut self, first: &str, cells: impl IntoIterator<Item = String>) {
        self.rows.push(std::iter::once(first.to_owned()).chain(cells).collect());
    }

    /// As aligned text, or as Markdown.
    #[must_use]
    pub fn text(&self, as_markdown: bool) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
            })
            .collect();
        let line = |row: &Vec<String>| -> String {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .enumerate()
                .map(|(column, (cell, width))| {
                    if column == 0 {
                        format!("{cell:<width$}")
                    } else {
                        format!("{cell:>width$}")
                    }
                })
                .collect();
            if as_markdown {
                format!("| {} |\n", cells.join(" | "))
            } else {
                format!("{}\n", cells.join("  "))
            }
        };
        let mut out = if as_markdown {
            format!("### {}\n\n", self.title)
        } else {
            format!("{}\n", self.title)
        };
        for (place, row) in self.rows.iter().enumerate() {
            out.push_str(&line(row));
            if place == 0 {
                let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
                out.push_str(&line(&rules));
            }
        }
        out.push('\n');
        out
    }
}

/// A row of a finder that is not the matcher.
pub struct Rival {
    /// What it is called.
    pub name: String,
    /// What it found.
    pub score: Score,
}

/// All tables.
#[must_use]
pub fn tables(answers: &[Answer], rivals: &[Rival], recalls: &[(String, [f64; 3])]) -> Vec<Table> {
    vec![
        overall(answers, rivals),
        at_precision(answers, recalls),
        by_class(answers),
        by_page(answers),
        further(answers),
    ]
}

fn overall(answers: &[Answer], rivals: &[Rival]) -> Table {
    let header = [
        "finder",
        "precision",
        "recall",
        "strangers/10,000",
        "hard %",
        "wrong person %",
        "precision if 10 % in Lever",
        "(95 % bound)",
    ];
    let mut table = Table::new("Who is found, and who is taken for somebody", &header);
    let scores = Tier::ALL
        .iter()
        .map(|tier| (format!("fulcrum: {}", tier.words()), tier_score(answers, *tier)))
        .chain(rivals.iter().map(|rival| (rival.name.clone(), rival.score)));
    for (name, score) in scores {
        let all = score.strangers.all.max(1) as f64;
        let badges = score.strangers.of as f64;
        // One-sided 95 % bound of a Poisson count: the rule of three where nothing happened.
        let bound = (badges + 3.0 + 1.645 * badges.sqrt()) / all;
        let mut cells = score.cells();
        cells.push(format!("{:.4}", score.precision_at(0.1, badges / all)));
        cells.push(format!("{:.4}", score.precision_at(0.1, bound)));
        table.row(&name, cells);
    }
    table
}

/// Probability of the first candidate, and whether it is right, of every page where somebody was found.
#[must_use]
pub fn said(answers: &[Answer]) -> Vec<(f64, bool)> {
    answers
        .iter()
        .filter_map(|answer| {
            answer
                .probability
                .map(|probability| (probability, answer.is_first_right))
        })
        .collect()
}

/// Recall at precision 0.99, 0.995 and 0.999.
#[must_use]
pub fn recalls(scored: &[(f64, bool)], present: usize) -> [f64; 3] {
    [0.99, 0.995, 0.999].map(|target| recall_at_precision(scored, present, target))
}

fn at_precision(answers: &[Answer], others: &[(String, [f64; 3])]) -> Table {
    let mut table = Table::new(
        "Recall when a threshold on the probability alone is chosen for a precision",
        &["finder", "0.99", "0.995", "0.999"],
    );
    let present = answers.iter().filter(|answer| answer.class == Class::Present).count();
    let own = ("fulcrum".to_owned(), recalls(&said(answers), present));
    for (name, values) in std::iter::once(&own).chain(others) {
        table.row(name, values.map(|value| format!("{value:.4}")));
    }
    table
}

fn by_class(answers: &[Answer]) -> Table {
    let mut table = Table::new(
        "Badges on people who are not in the mirror, %",
        &["class", "pages", "same", "likely+", "possible+"],
    );
    for class in std::iter::once(Class::Stranger).chain(Class::HARD) {
        let of_class = || answers.iter().filter(move |answer| answer.class == class);
        let pages = of_class().count();
        let badged = Tier::ALL.map(|tier| {
            let count = Count::of(of_class(), |answer| answer.tier.is_some_and(|found| found <= tier));
            format!("{:.2}", count.share_or_zero() * 100.0)
        });
        table.row(class.words(), std::iter::once(pages.to_string()).chain(badged));
    }
    table
}

fn by_page(answers: &[Answer]) -> Table {
    let mut table = Table::new(
        "Recall by kind of page",
        &["page", "people", "same", "likely+", "possible+", "came into question"],
    );
    for kind in PageKind::ALL {
        let present = || {
            answers
                .iter()
                .filter(move |answer| answer.class == Class::Present && answer.kind == kind)
        };
        let recalled = Tier::ALL.map(|tier| {
            let count = Count::of(present(), |answer| {
                answer.is_right && answer.tier.is_some_and(|found| found <= tier)
            });
            format!("{:.4}", count.share_or_zero())
        });
        let reached = format!(
            "{:.4}",
            Count::of(present(), |answer| answer.is_reached).share_or_zero()
        );
        table.row(
            kind.words(),
            std::iter::once(present().count().to_string())
                .chain(recalled)
                .chain([reached]),
        );
    }
    table
}

/// The value below which a share of the sorted values lies.
fn quantile<T: Copy + Default>(sorted: &[T], share: f64) -> T {
    let place = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(place).copied().unwrap_or_default()
}

fn further(answers: &[Answer]) -> Table {
    let mut table = Table::new("Further", &["what", "value"]);
    let mut row = |name: &str, value: String| table.row(name, [value]);
    let said = said(answers);
    row("expected calibration error", format!("{:.4}", calibration_error(&said)));
    let sure = Count::of(
        said.iter().filter(|(probability, _)| *probability >= 0.9),
        |(_, is_right)| *is_right,
    );
    row(
        "precision where probability >= 0.9",
        format!("{:.4} of {}", sure.share(), sure.all),
    );
    let reached = Count::of(
        answers.iter().filter(|answer| answer.class == Class::Present),
        |answer| answer.is_reached,
    );
    row("blocking recall", format!("{:.4}", reached.share()));
    let mut considered: Vec<usize> = answers.iter().map(|answer| answer.considered).collect();
    considered.sort_unstable();
    row(
        "candidates a page, p50 / p95 / max",
        format!(
            "{} / {} / {}",
            quantile(&considered, 0.5),
            quantile(&considered, 0.95),
            quantile(&considered, 1.0)
        ),
    );
    let mut times: Vec<Duration> = answers.iter().map(|answer| answer.took).collect();
    times.sort_unstable();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    row(
        "time a page, p50 / p95, ms",
        format!(
            "{:.2} / {:.2}",
            milliseconds(quantile(&times, 0.5)),
            milliseconds(quantile(&times, 0.95))
        ),
    );
    table
}
