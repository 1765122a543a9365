//! Schools' names to a key that is the same for `University of X`, `X University` and `Universität X`, and for the
//! abbreviations of the best known.
//!
//! Rules: matching.md §5.2 (university names in company fields are schools) and §6 (a shared school is evidence).

use std::sync::OnceLock;

use super::tables::{self, Table, WordList};
use super::text::fold;

/// One line a school whose names have more in common than words can tell: its key, then its other names, all reduced as
/// [`reduced`] does. Our own.
fn schools() -> &'static str {
    tables::text(Table::Schools)
}

/// `university` in many languages: said of so many that it tells none apart.
static UNIVERSITY: WordList = WordList::named("university_words");

/// Cities whose `University of X` and `X University` are two schools. The key of the second keeps the word.
const TWO_SCHOOLS: [&str; 8] = [
    "york",
    "miami",
    "washington",
    "oxford brookes",
    "ottawa",
    "cambridge",
    "nottingham trent",
    "houston",
];

/// Words that connect and words about the degree.
static DROPPED: WordList = WordList::named("dropped_school_words");

/// One word for one meaning, and English names of university cities.
const SAME_WORD: [(&str, &str); 43] = [
    ("technische", "technical"),
    ("technological", "technical"),
    ("tecnica", "technical"),
    ("technique", "technical"),
    ("techniczny", "technical"),
    ("tekniska", "technical"),
    ("technicka", "technical"),
    ("politecnico", "polytechnic"),
    ("politecnica", "polytechnic"),
    ("polytechnische", "polytechnic"),
    ("polytech", "polytechnic"),
    ("politechnika", "polytechnic"),
    ("politecnic", "polytechnic"),
    ("freie", "free"),
    ("libre", "free"),
    ("inst", "institute"),
    ("insitute", "institute"),
    ("munchen", "munich"),
    ("muenchen", "munich"),
    ("koln", "cologne"),
    ("wien", "vienna"),
    ("milano", "milan"),
    ("torino", "turin"),
    ("roma", "rome"),
    ("napoli", "naples"),
    ("firenze", "florence"),
    ("padova", "padua"),
    ("warszawski", "warsaw"),
    ("warszawska", "warsaw"),
    ("warszawie", "warsaw"),
    ("lisboa", "lisbon"),
    ("sevilla", "seville"),
    ("geneve", "geneva"),
    ("genf", "geneva"),
    ("zuerich", "zurich"),
    ("kobenhavns", "copenhagen"),
    ("kobenhavn", "copenhagen"),
    ("lunds", "lund"),
    ("stockholms", "stockholm"),
    ("gent", "ghent"),
    ("praze", "prague"),
    ("calif", "california"),
    ("saint", "st"),
];

/// Words by which a part of a text is known as a school's name.
static SCHOOL_WORDS: WordList = WordList::named("school_words");

/// Texts that name no school.
const NO_SCHOOL: [&str; 29] = [
    "high school",
    "highschool",
    "secondary school",
    "school",
    "college",
    "primary school",
    "middle school",
    "some college",
    "ged",
    "gymnasium",
    "abitur",
    "lycee",
    "baccalaureat",
    "bachillerato",
    "liceo",
    "self taught",
    "self educated",
    "self study",
    "autodidact",
    "autodidacte",
    "autodidacta",
    "bootcamp",
    "boot camp",
    "coding bootcamp",
    "online",
    "none",
    "n",
    "a",
    "life",
];

/// Is this a school's name? For texts in company fields, where a school is no employer like others. Hospitals and presses
/// of universities are employers.
#[must_use]
pub fn is_school(raw: &str) -> bool {
    static EMPLOYERS: WordList = WordList::named("employers_of_universities");
    const SHORT: [&str; 22] = [
        "mit",
        "ucla",
        "nyu",
        "lse",
        "eth",
        "ethz",
        "eth zurich",
        "epfl",
        "caltech",
        "insead",
        "uc berkeley",
        "usc",
        "tum",
        "tu munchen",
        "tu berlin",
        "rwth",
        "rwth aachen",
        "upenn",
        "georgia tech",
        "virginia tech",
        "ucsd",
        "ucl",
    ];
    const PHRASES: [&str; 4] = [
        "business school",
        "high school",
        "school of ",
        "institute of technology",
    ];
    let folded = fold(raw);
    let has = |word: &str| folded.split(' ').any(|other| other == word);
    !folded.split(' ').any(|word| EMPLOYERS.contains(word))
        && (folded
            .split(' ')
            .any(|word| word.len() > 4 && UNIVERSITY.contains(word))
            || ["college", "hochschule", "fachhochschule", "politecnico", "politechnika"]
                .into_iter()
                .any(has)
            || SHORT.contains(&folded.as_str())
            || PHRASES.iter().any(|phrase| folded.contains(phrase)))
}

/// The comparable form of a school's name: folded, without `university`, degree and campus. Nothing for texts that name no
/// school (`High school`, `Self-taught`, a degree alone).
#[must_use]
pub fn school_key(raw: &str) -> Option<String> {
    let raw = raw.replace(" - ", ",").replace(" – ", ",").replace(" — ", ",");
    let segments: Vec<(String, String)> = raw
        .split([',', ';', '|', '(', ')', ':', '/', '\n', '·', '•', '@'])
        .map(|segment| fold(&segment.replace('&', " and ")))
        .filter(|folded| !NO_SCHOOL.contains(&folded.as_str()))
        .map(|folded| (reduced(&folded), folded))
        .filter(|(reduced, _)| !reduced.is_empty() && !NO_SCHOOL.contains(&reduced.as_str()))
        .collect();
    // `University of California, Berkeley`: campus and system together, where they are known together.
    let together = segments
        .iter()
        .zip(segments.iter().skip(1))
        .find_map(|((one, _), (other, _))| listed(&format!("{one} {other}")));
    if let Some(school) = together {
        return Some(school.to_owned());
    }
    let is_named = |folded: &str| {
        folded
            .split(' ')
            .any(|word| UNIVERSITY.contains(word) || SCHOOL_WORDS.contains(word))
    };
    let (key, _) = segments
        .iter()
        .find(|(_, folded)| is_named(folded))
        .or_else(|| segments.iter().find(|(reduced, _)| listed(reduced).is_some()))
        .or_else(|| segments.first())?;
    Some(listed(key).map_or_else(|| key.clone(), str::to_owned))
}

/// Without the words that every school shares.
fn reduced(folded: &str) -> String {
    let words = folded
        .split(' ')
        .filter(|word| !DROPPED.contains(word) && !UNIVERSITY.contains(word))
        .map(|word| SAME_WORD.iter().find(|pair| pair.0 == word).map_or(word, |pair| pair.1));
    let mut key = words.collect::<Vec<_>>().join(" ");
    if TWO_SCHOOLS.contains(&key.as_str()) && folded.ends_with("university") {
        key.push_str(" university");
    }
    key
}

/// The key of the school that is listed under this name.
fn listed(name: &str) -> Option<&'static str> {
    static NAMES: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let mut names: Vec<(&str, &str)> = schools()
            .lines()
            .flat_map(|line| {
                let key = line.split(',').next().unwrap_or_default();
                line.split(',').map(move |name| (name, key))
            })
            .collect();
        names.sort_unstable();
        names
    });
    let at = names.binary_search_by_key(&name, |entry| entry.0).ok()?;
    names.get(at).map(|entry| entry.1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_school() {
        for raw in [
            "",
            "High school",
            "High School Diploma",
            "Self-taught",
            "Bootcamp",
            "University",
            "Bachelor of",
            "N/A",
        ] {
            assert_eq!(school_key(raw), None, "{raw}");
        }
    }

    #[test]
    fn schools_that_sound_alike_are_apart() {
        for (one, other) in [
            ("University of York", "York University"),
            ("University of Miami", "Miami University"),
            ("University of Washington", "Washington University in St. Louis"),
            ("University of California, Berkeley", "University of California, Davis"),
            ("UCLA", "USC"),
            ("Pennsylvania State University", "University of Pennsylvania"),
            ("University of Texas at Austin", "University of Texas at Dallas"),
            ("Boston University", "Boston College"),
            ("TU Berlin", "Humboldt-Universität zu Berlin"),
            ("Michigan State University", "University of Michigan"),
            ("Technical University of Munich", "LMU München"),
            ("London Business School", "London School of Economics"),
        ] {
            assert_ne!(school_key(one), school_key(other), "{one} / {other}");
        }
    }

    #[test]
    fn one_school_has_many_names() {
        for (key, names) in [
            (
                "massachusetts institute technology",
                &["MIT", "Massachusetts Institute of Technology (MIT)"][..],
            ),
            (
                "california los angeles",
                &["UCLA", "University of California, Los Angeles", "UC Los Angeles"],
            ),
            (
                "california berkeley",
                &[
                    "UC Berkeley",
                    "University of California, Berkeley",
                    "University of California - Berkeley",
                ],
            ),
            (
                "new york",
                &["NYU", "New York University", "NYU Stern School of Business"],
            ),
            (
                "london school economics",
                &["LSE", "The London School of Economics and Political Science (LSE)"],
            ),
            (
                "eth zurich",
                &["ETH Zürich", "ETH", "Swiss Federal Institute of Technology Zurich"],
            ),
            (
                "technical munich",
                &[
                    "TUM",
                    "Technische Universität München",
                    "Technical University of Munich",
                    "TU München",
                ],
            ),
            (
                "ludwig maximilian munich",
                &["Ludwig-Maximilians-Universität München", "LMU", "University of Munich"],
            ),
            ("cologne", &["Universität zu Köln", "University of Cologne"]),
            (
                "polytechnic milan",
                &["Politecnico di Milano", "Polytechnic University of Milan"],
            ),
            (
                "warsaw",
                &["Uniwersytet Warszawski", "University of Warsaw", "Warsaw University"],
            ),
            ("salamanca", &["Universidad de Salamanca", "University of Salamanca"]),
            (
                "example",
                &[
                    "Example University",
                    "University of Example",
                    "MSc Example University",
                    "BSc, Example University",
                ],
            ),
            (
                "harvard",
                &[
                    "Harvard University",
                    "Harvard Business School",
                    "MBA, Harvard University",
                ],
            ),
            (
                "michigan",
                &["University of Michigan-Ann Arbor", "University of Michigan"],
            ),
        ] {
            for name in names {
                assert_eq!(school_key(name).as_deref(), Some(key), "{name}");
            }
        }
    }

    #[test]
    fn schools_and_employers() {
        for raw in [
            "University of Example",
            "MIT",
            "Example College",
            "Universität Wien",
            "Example High School",
            "ETH Zürich - Swiss Federal Institute of Technology",
        ] {
            assert!(is_school(raw), "{raw}");
        }
        for raw in [
            "Example Inc",
            "University Hospital Example",
            "Oxford University Press",
            "Example Institute",
            "KIT",
            "",
        ] {
            assert!(!is_school(raw), "{raw}");
        }
    }

    #[test]
    fn the_table_is_reduced_and_no_name_is_two_schools() {
        let mut names = Vec::new();
        for name in schools().lines().flat_map(|line| line.split(',')) {
            assert_eq!(reduced(&fold(name)), name);
            names.push(name);
        }
        names.sort_unstable();
        for (one, other) in names.iter().zip(names.iter().skip(1)) {
            assert_ne!(one, other);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_and_a_key_is_its_own_key(
            text in any::<String>(),
            words in prop::collection::vec(prop::sample::select(vec![
                "University", "of", "York", ",", "-", "MIT", "BSc", "School", "California", "Berkeley", "High", "saint",
            ]), 0..6),
        ) {
            for text in [text, words.join(" ")] {
                let _ = is_school(&text);
                if let Some(key) = school_key(&text) {
                    prop_assert_eq!(school_key(&key), Some(key), "{}", text);
                }
            }
        }
    }
}
