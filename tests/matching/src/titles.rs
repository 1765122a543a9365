//! What people do: families of jobs, their titles, and the rank that comes with the years.

use crate::draw::{Draw, Weights};

static TITLES: &str = include_str!("../data/titles.txt");

/// A family of jobs.
#[derive(Debug)]
pub struct JobFamily {
    /// The family's name.
    pub name: &'static str,
    /// How likely its people are to have a page on GitHub, 0 to 1.
    pub on_github: f64,
    titles: Vec<&'static str>,
}

/// All families.
#[derive(Debug)]
pub struct Titles {
    /// In the table's order.
    pub families: Vec<JobFamily>,
    weights: Weights,
}

impl Titles {
    /// Reads the table.
    #[must_use]
    pub fn read() -> Self {
        let mut shares = Vec::new();
        let families = TITLES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| {
                let mut fields = line.split('|');
                let mut next = || fields.next().unwrap_or_default();
                let (name, share, on_github, titles) = (next(), next(), next(), next());
                shares.push(share.parse().unwrap_or(1.0));
                JobFamily {
                    name,
                    on_github: on_github.parse::<f64>().unwrap_or_default() / 100.0,
                    titles: titles.split(',').collect(),
                }
            })
            .collect();
        Self {
            families,
            weights: Weights::of(shares),
        }
    }

    /// A family, common ones more often.
    #[must_use]
    pub fn family(&self, draw: &mut Draw) -> usize {
        self.weights.draw(draw)
    }

    /// Share of people who may be met on GitHub, over all families.
    #[must_use]
    pub fn on_github(&self, family: usize) -> f64 {
        self.families
            .get(family)
            .map(|family| family.on_github)
            .unwrap_or_default()
    }

    /// A title of the family after so many years of work.
    #[must_use]
    pub fn title(&self, family: usize, years: i32, draw: &mut Draw) -> String {
        let Some(family) = self.families.get(family) else {
            return String::new();
        };
        // The first title is the usual one.
        let usual = draw.chance(0.4);
        let title = if usual {
            family.titles.first().copied().unwrap_or_default()
        } else {
            draw.text(&family.titles)
        };
        match years {
            ..2 if draw.chance(0.35) => format!("{} {title}", draw.text(&["Junior", "Associate", "Graduate"])),
            6..10 if draw.chance(0.55) => format!("{} {title}", draw.text(&["Senior", "Senior", "Sr."])),
            10.. if draw.chance(0.65) => {
                format!(
                    "{} {title}",
                    draw.text(&["Senior", "Lead", "Staff", "Principal", "Head", "Director,"])
                )
            }
            _ => title.to_owned(),
        }
    }
}
