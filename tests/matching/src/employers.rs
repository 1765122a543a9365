//! Where people work and learned: 6,000 invented employers, a few of them giants, 120 renamed; and schools.

use std::collections::BTreeSet;

use crate::draw::{Draw, Purpose, Weights};
use crate::rates::{Month, month};

static WORDS: &str = include_str!("../data/employer_words.txt");
static SCHOOLS: &str = include_str!("../data/schools.txt");
/// Employers in the world.
pub const EMPLOYERS: usize = 6_000;
/// Of those, renamed.
pub const RENAMED: usize = 120;

/// Shares of the countries in which employers have their seat.
const SEATS: &[(f64, &str)] = &[
    (0.43, "US"),
    (0.09, "GB"),
    (0.09, "IN"),
    (0.06, "DE"),
    (0.04, "FR"),
    (0.03, "CA"),
    (0.03, "ES"),
    (0.03, "BR"),
    (0.02, "NL"),
    (0.02, "PL"),
    (0.02, "IT"),
    (0.02, "SE"),
    (0.01, "CH"),
    (0.01, "DK"),
    (0.01, "NO"),
    (0.01, "IE"),
    (0.01, "AU"),
    (0.01, "MX"),
    (0.01, "SG"),
    (0.01, "TR"),
    (0.01, "NG"),
    (0.005, "VN"),
    (0.005, "AE"),
    (0.005, "PT"),
];

/// An employer.
#[derive(Debug)]
pub struct Employer {
    /// Name.
    pub name: String,
    /// The name before, and until when.
    pub former_name: Option<(String, Month)>,
    /// Name in another script.
    pub native_name: Option<String>,
    /// Legal form of its country.
    pub legal_form: &'static str,
    /// Country of its seat.
    pub country: &'static str,
    /// Domain of its mail and site.
    pub domain: String,
}

/// All employers.
#[derive(Debug)]
pub struct Employers {
    list: Vec<Employer>,
    weights: Weights,
    by_country: Vec<(&'static str, Vec<usize>, Weights)>,
}

fn section(name: &str) -> Vec<&'static str> {
    WORDS
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .map(|line| line.split_whitespace().collect())
        .unwrap_or_default()
}

fn legal_form(country: &str, draw: &mut Draw) -> &'static str {
    let forms: &[&'static str] = match country {
        "US" | "CA" => &["Inc.", "Inc", "LLC", "Corp."],
        "GB" | "IE" | "NG" => &["Ltd", "Limited", "plc"],
        "IN" => &["Pvt. Ltd.", "Private Limited", "Ltd"],
        "DE" | "AT" => &["GmbH", "AG", "GmbH & Co. KG", "SE"],
        "FR" => &["SAS", "S.A."],
        "ES" | "MX" => &["S.L.", "S.A.", "S.A. de C.V."],
        "BR" => &["Ltda", "S.A."],
        "NL" => &["B.V.", "N.V."],
        "PL" => &["Sp. z o.o.", "S.A."],
        "IT" => &["S.p.A.", "S.r.l."],
        "SE" => &["AB"],
        "NO" | "DK" => &["AS", "A/S"],
        "CH" => &["AG", "SA"],
        "SG" | "AU" => &["Pte. Ltd.", "Pty Ltd"],
        "TR" => &["A.Ş."],
        _ => &["Ltd"],
    };
    draw.text(forms)
}

impl Employers {
    /// The employers of a seed's world.
    #[must_use]
    pub fn make(seed: u64) -> Self {
        let mut draw = Draw::new(seed, Purpose::Employers, 0);
        let (first, second, coined, other) = (section("first"), section("second"), section("coined"), section("other"));
        let bar = coined.iter().position(|part| *part == "|").unwrap_or_default();
        let (beginnings, endings) = coined.split_at(bar);
        let mut taken = BTreeSet::new();
        let mut list: Vec<Employer> = Vec::with_capacity(EMPLOYERS);
        let native_ranks: Vec<usize> = other.iter().map(|_| draw.below(EMPLOYERS / 3)).collect();
        while list.len() < EMPLOYERS {
            let rank = list.len();
            let native = native_ranks
                .iter()
                .position(|at| *at == rank)
                .and_then(|at| other.get(at))
                .and_then(|both| both.split_once('='));
            let name = match native {
                Some((_, latin)) => latin.replace('_', " "),
                None => invented(&first, &second, beginnings, endings, &mut draw),
            };
            let key: String = name
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_lowercase();
            if !taken.insert(key.clone()) {
                continue;
            }
            let country = match native {
                Some((own, _)) if own.chars().any(|letter| ('а'..='я').contains(&letter)) => "RU",
                Some(_) => "CN",
                None => draw.of_shares(SEATS, "US"),
            };
            list.push(Employer {
                name,
                former_name: None,
                native_name: native.map(|(own, _)| own.replace('_', " ")),
                legal_form: legal_form(country, &mut draw),
                country,
                domain: format!("{key}.example"),
            });
        }
        let mut renamed = 0;
        while renamed < RENAMED {
            let former = invented(&first, &second, beginnings, endings, &mut draw);
            let key: String = former
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_lowercase();
            let until = month(draw.between(2015, 2025), draw.between(1, 12));
            let at = draw.below(list.len());
            if let Some(employer) = list.get_mut(at).filter(|employer| employer.former_name.is_none())
                && taken.insert(key)
            {
                employer.former_name = Some((former, until));
                renamed += 1;
            }
        }
        let size = |rank: usize| (rank as f64 + 2.0).powf(-0.85);
        let mut countries: Vec<&'static str> = list.iter().map(|employer| employer.country).collect();
        countries.sort_unstable();
        countries.dedup();
        let by_country = countries
            .into_iter()
            .map(|country| {
                let members: Vec<usize> = (0..list.len())
                    .filter(|at| list.get(*at).is_some_and(|employer| employer.country == country))
                    .collect();
                let weights = Weights::of(members.iter().map(|at| size(*at)));
                (country, members, weights)
            })
            .collect();
        Self {
            weights: Weights::of((0..list.len()).map(size)),
            list,
            by_country,
        }
    }

    /// The employer at a place of the list.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Employer> {
        self.list.get(at)
    }

    /// An employer for somebody in this country, large ones more often.
    #[must_use]
    pub fn near(&self, country: &str, draw: &mut Draw) -> usize {
        let local = self
            .by_country
            .iter()
            .find(|(code, members, _)| *code == country && members.len() >= 20);
        match local {
            Some((_, members, weights)) if draw.chance(0.6) => {
                members.get(weights.draw(draw)).copied().unwrap_or_default()
            }
            _ => self.weights.draw(draw),
        }
    }

    /// The name by which somebody calls the employer who wrote it down in the month `when`.
    #[must_use]
    pub fn called(&self, at: usize, when: Month, draw: &mut Draw) -> String {
        let Some(employer) = self.get(at) else {
            return String::new();
        };
        let base = match (&employer.former_name, &employer.native_name) {
            (Some((former, until)), _) if when < *until => former,
            (_, Some(native)) if draw.chance(0.4) => native,
            _ => &employer.name,
        };
        match draw.below(40) {
            0..=5 => format!("{base} {}", employer.legal_form),
            6 => format!(
                "{base} {}",
                match employer.country {
                    "US" => "USA",
                    "DE" => "Germany",
                    "IN" => "India",
                    "GB" => "UK",
                    _ => "Group",
                }
            ),
            7 => base.to_uppercase(),
            8 => base.to_lowercase(),
            9 => format!("{base}, {}", employer.legal_form),
            _ => base.clone(),
        }
    }
}

fn invented(first: &[&str], second: &[&str], beginnings: &[&str], endings: &[&str], draw: &mut Draw) -> String {
    let coin = |draw: &mut Draw| {
        let mut name = draw.text(beginnings).to_owned();
        for _ in 0..=draw.below(2) {
            // The first of the endings is the bar that parts the list.
            name.push_str(
                endings
                    .get(1 + draw.below(endings.len().saturating_sub(1)))
                    .copied()
                    .unwrap_or_default(),
            );
        }
        name
    };
    match draw.below(10) {
        0..=4 => format!("{} {}", draw.text(first), draw.text(second)),
        5 | 6 => coin(draw),
        7 => format!("{} {}", coin(draw), draw.text(second)),
        8 => format!("{} & {}", draw.text(first), draw.text(first)),
        _ => format!("{} {} {}", draw.text(first), draw.text(first), draw.text(second)),
    }
}

/// A school for somebody who grew up in this country.
#[must_use]
pub fn school(country: &str, draw: &mut Draw) -> &'static str {
    let code = match country {
        "MX" | "AR" | "CO" | "CL" | "PE" => "ES",
        "PT" => "BR",
        "AT" | "CH" => "DE",
        "BE" => "FR",
        "UA" => "RU",
        "IE" => "GB",
        "CA" => "US",
        code => code,
    };
    let of = |code: &str| {
        SCHOOLS
            .lines()
            .find_map(|line| line.strip_prefix(code)?.strip_prefix(' '))
            .unwrap_or_default()
    };
    let home = of(code);
    let list: Vec<&'static str> = if home.is_empty() || draw.chance(0.1) {
        of("*")
    } else {
        home
    }
    .split(',')
    .collect();
    draw.text(&list)
}
