//! What people are called, in 18 cultures: common names with falling frequency, and a long tail put together from parts, so
//! that a million people have as many namesakes as a million people have. How a name gets damaged is in `noise.rs`.

use crate::draw::{Draw, Weights};

/// A culture of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Culture {
    English,
    Indian,
    German,
    Nordic,
    French,
    Spanish,
    Portuguese,
    Italian,
    Polish,
    Cyrillic,
    Chinese,
    Japanese,
    Korean,
    Vietnamese,
    Arabic,
    Turkish,
    Dutch,
    Nigerian,
}

/// What a culture is: share of all people, share of rare family names, homes, and its lists.
struct Outline {
    culture: Culture,
    share: f64,
    rare: f64,
    homes: &'static [(f64, &'static str)],
    lists: &'static str,
}

macro_rules! outline {
    ($culture:ident, $share:literal, $rare:literal, $file:literal, $homes:expr) => {
        Outline {
            culture: Culture::$culture,
            share: $share,
            rare: $rare,
            homes: $homes,
            lists: include_str!(concat!("../data/names/", $file, ".txt")),
        }
    };
}

/// Shares add up to 1; the rest of each list of homes is the United States.
const OUTLINES: &[Outline] = &[
    outline!(
        English,
        0.50,
        0.42,
        "english",
        &[(0.19, "GB"), (0.06, "CA"), (0.03, "AU"), (0.02, "IE")]
    ),
    outline!(
        Indian,
        0.11,
        0.25,
        "indian",
        &[(0.62, "IN"), (0.06, "GB"), (0.03, "SG"), (0.02, "CA"), (0.02, "DE")]
    ),
    outline!(
        German,
        0.045,
        0.40,
        "german",
        &[(0.70, "DE"), (0.09, "AT"), (0.09, "CH"), (0.03, "GB")]
    ),
    outline!(
        Nordic,
        0.03,
        0.30,
        "nordic",
        &[(0.38, "SE"), (0.18, "NO"), (0.18, "DK"), (0.14, "FI"), (0.03, "GB")]
    ),
    outline!(
        French,
        0.035,
        0.40,
        "french",
        &[(0.66, "FR"), (0.10, "BE"), (0.12, "CA"), (0.04, "CH"), (0.03, "GB")]
    ),
    outline!(
        Spanish,
        0.05,
        0.15,
        "spanish",
        &[
            (0.32, "ES"),
            (0.16, "MX"),
            (0.10, "AR"),
            (0.10, "CO"),
            (0.04, "CL"),
            (0.03, "PE")
        ]
    ),
    outline!(
        Portuguese,
        0.04,
        0.15,
        "portuguese",
        &[(0.70, "BR"), (0.16, "PT"), (0.02, "GB")]
    ),
    outline!(
        Italian,
        0.025,
        0.40,
        "italian",
        &[(0.75, "IT"), (0.06, "GB"), (0.05, "DE"), (0.03, "CH")]
    ),
    outline!(
        Polish,
        0.025,
        0.40,
        "polish",
        &[(0.75, "PL"), (0.08, "GB"), (0.06, "DE")]
    ),
    outline!(
        Cyrillic,
        0.025,
        0.35,
        "cyrillic",
        &[(0.35, "UA"), (0.25, "RU"), (0.08, "DE"), (0.05, "PL"), (0.03, "IL")]
    ),
    outline!(
        Chinese,
        0.035,
        0.0,
        "chinese",
        &[
            (0.42, "CN"),
            (0.05, "HK"),
            (0.05, "TW"),
            (0.06, "SG"),
            (0.04, "CA"),
            (0.03, "GB")
        ]
    ),
    outline!(Japanese, 0.01, 0.30, "japanese", &[(0.85, "JP")]),
    outline!(Korean, 0.015, 0.0, "korean", &[(0.55, "KR")]),
    outline!(Vietnamese, 0.01, 0.0, "vietnamese", &[(0.55, "VN"), (0.05, "DE")]),
    outline!(
        Arabic,
        0.02,
        0.0,
        "arabic",
        &[
            (0.20, "EG"),
            (0.18, "AE"),
            (0.08, "LB"),
            (0.08, "MA"),
            (0.08, "SA"),
            (0.10, "FR"),
            (0.08, "GB")
        ]
    ),
    outline!(
        Turkish,
        0.015,
        0.30,
        "turkish",
        &[(0.65, "TR"), (0.18, "DE"), (0.03, "NL")]
    ),
    outline!(Dutch, 0.015, 0.35, "dutch", &[(0.82, "NL"), (0.10, "BE")]),
    outline!(
        Nigerian,
        0.01,
        0.40,
        "nigerian",
        &[(0.55, "NG"), (0.18, "GH"), (0.12, "GB")]
    ),
];

/// A name in its own script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NativeName {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
}

/// A person's whole name, as it is before anybody writes it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullName {
    /// Its culture.
    pub culture: Culture,
    /// Given name in Latin letters, with marks.
    pub given: String,
    /// Middle name, father's name or second given name.
    pub middle: Option<String>,
    /// Family name in Latin letters, with marks.
    pub family: String,
    /// The second surname of an Iberian name.
    pub second_family: Option<String>,
    /// The family name before a marriage.
    pub former_family: Option<String>,
    /// A given name used abroad.
    pub foreign_given: Option<String>,
    /// `Jr.`, `III`.
    pub generation: Option<&'static str>,
    /// In its own script.
    pub native: Option<NativeName>,
}

/// A culture's lists, ready to draw from.
struct Lists {
    male: Vec<String>,
    female: Vec<String>,
    family: Vec<String>,
    middle: Vec<String>,
    foreign: Vec<String>,
    variants: Vec<(String, String)>,
    tail: (Vec<String>, Vec<String>),
    male_weights: Weights,
    female_weights: Weights,
    family_weights: Weights,
}

impl Lists {
    fn read(text: &str) -> Self {
        let section = |name: &str| -> Vec<String> {
            text.lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
                .map(|line| line.split_whitespace().map(|word| word.replace('_', " ")).collect())
                .unwrap_or_default()
        };
        let (male, female, family) = (section("male"), section("female"), section("family"));
        let tail = section("tail");
        let bar = tail.iter().position(|part| part == "|").unwrap_or(tail.len());
        let (beginnings, endings) = tail.split_at(bar);
        Self {
            male_weights: Weights::zipf(male.len(), 8.0, 0.9),
            female_weights: Weights::zipf(female.len(), 8.0, 0.9),
            family_weights: Weights::zipf(family.len(), 6.0, 0.75),
            middle: section("middle"),
            foreign: section("english"),
            variants: section("variant")
                .iter()
                .filter_map(|both| both.split_once('='))
                .map(|(one, other)| (one.to_owned(), other.to_owned()))
                .collect(),
            tail: (
                beginnings.to_vec(),
                endings.iter().filter(|part| *part != "|").cloned().collect(),
            ),
            male,
            female,
            family,
        }
    }
}

/// The names of all cultures.
pub struct Names {
    lists: Vec<Lists>,
    shares: Weights,
}

impl Names {
    /// Reads the lists.
    #[must_use]
    pub fn read() -> Self {
        Self {
            lists: OUTLINES.iter().map(|outline| Lists::read(outline.lists)).collect(),
            shares: Weights::of(OUTLINES.iter().map(|outline| outline.share)),
        }
    }

    /// A culture, common ones more often.
    #[must_use]
    pub fn culture(&self, draw: &mut Draw) -> Culture {
        OUTLINES
            .get(self.shares.draw(draw))
            .map_or(Culture::English, |outline| outline.culture)
    }

    /// A country where people of this culture live.
    #[must_use]
    pub fn home(&self, culture: Culture, draw: &mut Draw) -> &'static str {
        draw.of_shares(
            OUTLINES.get(culture as usize).map_or(&[][..], |outline| outline.homes),
            "US",
        )
    }

    /// Other spellings in Latin letters of a name.
    pub fn variants<'a>(&'a self, culture: Culture, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.lists
            .get(culture as usize)
            .into_iter()
            .flat_map(|lists| &lists.variants)
            .filter(move |(usual, _)| usual == name)
            .map(|(_, other)| other.as_str())
    }

    /// The whole name of somebody.
    #[must_use]
    pub fn full(&self, culture: Culture, female: bool, draw: &mut Draw) -> FullName {
        let (given, native_given) = self.given(culture, female, draw);
        let (family, native_family) = self.family(culture, female, draw);
        let middle = self.middle(culture, female, draw);
        let second_family = match culture {
            Culture::Spanish => draw.chance(0.75),
            Culture::Portuguese => draw.chance(0.65),
            _ => false,
        }
        .then(|| self.family(culture, female, draw).0);
        let former_family = (female && draw.chance(0.13)).then(|| self.family(culture, female, draw).0);
        let foreign_given = match culture {
            Culture::Chinese => draw.chance(0.35),
            Culture::Korean | Culture::Vietnamese => draw.chance(0.25),
            _ => false,
        }
        .then(|| {
            self.lists
                .get(culture as usize)
                .and_then(|lists| draw.pick(&lists.foreign).cloned())
        })
        .flatten();
        let generation = (culture == Culture::English && !female && draw.chance(0.015)).then(|| draw.text_static());
        FullName {
            culture,
            given,
            middle,
            family,
            second_family,
            former_family,
            foreign_given,
            generation,
            native: native_given
                .zip(native_family)
                .map(|(given, family)| NativeName { given, family }),
        }
    }

    /// A given name of the culture that is not `other`, and, if wanted, begins with the same letter. The bearer is a woman or not.
    #[must_use]
    pub fn given_unlike(
        &self,
        other: &FullName,
        female: bool,
        same_initial: bool,
        draw: &mut Draw,
    ) -> (String, Option<String>) {
        for attempt in 0..400 {
            let (given, native) = self.given(other.culture, female, draw);
            let initial = given.chars().next() == other.given.chars().next();
            // Some letters have one name only: then any other name will do.
            if given != other.given && (initial || !same_initial || attempt > 300) {
                return (given, native);
            }
        }
        ("Alex".to_owned(), None)
    }

    fn given(&self, culture: Culture, female: bool, draw: &mut Draw) -> (String, Option<String>) {
        let Some(lists) = self.lists.get(culture as usize) else {
            return (String::new(), None);
        };
        let (list, weights) = if female {
            (&lists.female, &lists.female_weights)
        } else {
            (&lists.male, &lists.male_weights)
        };
        let one = |draw: &mut Draw| list.get(weights.draw(draw)).cloned().unwrap_or_default();
        match culture {
            Culture::Chinese => {
                let syllables: Vec<String> = (0..if draw.chance(0.3) { 1 } else { 2 }).map(|_| one(draw)).collect();
                let split = syllables.iter().filter_map(|both| both.split_once('='));
                let native: String = split.clone().map(|(own, _)| own).collect();
                let latin: String = split.map(|(_, latin)| latin).collect();
                (capitalised(&latin), Some(native))
            }
            Culture::Korean => {
                let (first, mut second) = (one(draw), one(draw));
                if second == first {
                    second = one(draw);
                }
                (format!("{}-{second}", capitalised(&first)), None)
            }
            Culture::Cyrillic => {
                let own = one(draw);
                (romanised(&own, draw.below(10) / 5), Some(own))
            }
            // Children of many countries grow up with English surnames, and the other way round.
            Culture::English if draw.chance(0.07) => {
                let elsewhere = draw.of_shares(
                    &[
                        (0.35, Culture::Spanish),
                        (0.2, Culture::Italian),
                        (0.2, Culture::French),
                        (0.15, Culture::German),
                    ],
                    Culture::Nordic,
                );
                self.given(elsewhere, female, draw)
            }
            _ => (one(draw), None),
        }
    }

    fn family(&self, culture: Culture, female: bool, draw: &mut Draw) -> (String, Option<String>) {
        let (Some(lists), Some(outline)) = (self.lists.get(culture as usize), OUTLINES.get(culture as usize)) else {
            return (String::new(), None);
        };
        if culture == Culture::English && draw.chance(0.09) {
            let elsewhere = draw.of_shares(
                &[
                    (0.40, Culture::Spanish),
                    (0.15, Culture::German),
                    (0.15, Culture::Italian),
                    (0.1, Culture::Polish),
                    (0.1, Culture::French),
                ],
                Culture::Nordic,
            );
            return self.family(elsewhere, female, draw);
        }
        let name = if draw.chance(outline.rare) {
            let (beginnings, endings) = &lists.tail;
            let beginning = draw.pick(beginnings).cloned().unwrap_or_default();
            let ending = draw.pick(endings).cloned().unwrap_or_default();
            format!("{beginning}{ending}")
        } else {
            lists
                .family
                .get(lists.family_weights.draw(draw))
                .cloned()
                .unwrap_or_default()
        };
        match culture {
            Culture::Chinese => match name.split_once('=') {
                Some((own, latin)) => {
                    // One family writes its name in one way for generations.
                    let other = self.variants(culture, latin).next().map(str::to_owned);
                    let latin = other.filter(|_| draw.chance(0.12)).unwrap_or_else(|| latin.to_owned());
                    (latin, Some(own.to_owned()))
                }
                None => (name, None),
            },
            Culture::Korean => {
                let others: Vec<&str> = self.variants(culture, &name).collect();
                let other = draw.chance(0.15).then(|| draw.text(&others).to_owned());
                (other.filter(|other| !other.is_empty()).unwrap_or(name), None)
            }
            Culture::Cyrillic => {
                let own = if female { feminine_cyrillic(&name) } else { name };
                (romanised(&own, draw.below(10) / 5), Some(own))
            }
            Culture::Polish if female => (feminine_polish(&name), None),
            _ => (name, None),
        }
    }

    fn middle(&self, culture: Culture, female: bool, draw: &mut Draw) -> Option<String> {
        let share = match culture {
            Culture::English => 0.55,
            Culture::Vietnamese => 0.9,
            Culture::Spanish | Culture::Portuguese => 0.35,
            Culture::Arabic | Culture::Nigerian => 0.45,
            Culture::Indian => 0.2,
            Culture::German | Culture::French | Culture::Nordic | Culture::Dutch => 0.12,
            _ => 0.0,
        };
        if !draw.chance(share) {
            return None;
        }
        match culture {
            Culture::Vietnamese => {
                let lists = self.lists.get(culture as usize)?;
                draw.pick(&lists.middle).cloned()
            }
            // The father's name.
            Culture::Arabic | Culture::Indian => Some(self.given(culture, false, draw).0),
            _ => Some(self.given(culture, female, draw).0),
        }
    }
}

impl Draw {
    fn text_static(&mut self) -> &'static str {
        self.text(&["Jr.", "Jr.", "Sr.", "III", "II"])
    }
}

/// With a capital first letter.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn feminine_cyrillic(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("кий") {
        format!("{stem}кая")
    } else if ["ов", "ев", "ёв", "ин"].iter().any(|ending| name.ends_with(ending)) {
        format!("{name}а")
    } else {
        name.to_owned()
    }
}

fn feminine_polish(name: &str) -> String {
    match name.strip_suffix("ki") {
        Some(stem) if name.ends_with("ski") || name.ends_with("cki") || name.ends_with("dzki") => format!("{stem}ka"),
        _ => name.to_owned(),
    }
}

/// A Cyrillic name in Latin letters, in one of three habits: English (0), passport (1), scholarly (2).
#[must_use]
pub fn romanised(name: &str, habit: usize) -> String {
    let choose = |options: [&'static str; 3]| options.get(habit.min(2)).copied().unwrap_or_default();
    let mut out = String::new();
    let lower = name.to_lowercase();
    let body = match (habit, lower.strip_suffix("ий")) {
        (0, Some(stem)) => {
            out.clear();
            format!("{stem}\u{1}")
        }
        _ => lower,
    };
    for letter in body.chars() {
        out.push_str(match letter {
            '\u{1}' => "y",
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' | 'ґ' => "g",
            'д' => "d",
            'е' => "e",
            'ё' => choose(["yo", "e", "e"]),
            'ж' => choose(["zh", "zh", "z"]),
            'з' => "z",
            'и' | 'і' => "i",
            'й' => choose(["y", "i", "j"]),
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => choose(["kh", "kh", "h"]),
            'ц' => choose(["ts", "ts", "c"]),
            'ч' => choose(["ch", "ch", "c"]),
            'ш' => choose(["sh", "sh", "s"]),
            'щ' => choose(["shch", "shch", "sch"]),
            'ы' => "y",
            'э' => "e",
            'ю' => choose(["yu", "iu", "ju"]),
            'я' => choose(["ya", "ia", "ja"]),
            _ => "",
        });
    }
    capitalised(&out)
}
