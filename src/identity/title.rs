//! Job titles to the kinds of work they name, without rank; and what a headline says of title and employers.
//!
//! Rules: matching.md §5.2 (about 40 families, seniority stripped, never decisive; headlines split at a preposition).

use std::fmt;
use std::sync::OnceLock;

use super::tables::{self, Table};
use super::text::fold;

/// One line a family: its name, then folded words and phrases. `word*` is any word that begins so, `*word` any that
/// contains it. What follows `-` says nothing, although its words might. Rank (`senior`, `head of`) is in no family.
fn words() -> &'static str {
    tables::text(Table::TitleWords)
}

/// The kinds of work that a title names.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct TitleFamilies(u64);

impl TitleFamilies {
    /// Does the title name no kind of work that is known?
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Is there a kind of work in both? Nothing when either names none.
    #[must_use]
    pub fn agrees_with(self, other: TitleFamilies) -> Option<bool> {
        (!self.is_empty() && !other.is_empty()).then_some(self.0 & other.0 != 0)
    }

    /// What either names: the families of several titles.
    #[must_use]
    pub fn or(self, other: TitleFamilies) -> TitleFamilies {
        TitleFamilies(self.0 | other.0)
    }

    /// The names of the families, as in the table.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let names = words()
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|line| line.0);
        names
            .enumerate()
            .filter(move |(place, _)| self.0 & family_bit(*place) != 0)
            .map(|(_, name)| name)
    }
}

impl fmt::Debug for TitleFamilies {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.names()).finish()
    }
}

fn family_bit(place: usize) -> u64 {
    u32::try_from(place)
        .ok()
        .and_then(|place| 1u64.checked_shl(place))
        .unwrap_or(0)
}

/// The kinds of work that a title names in English, German, French, Spanish, Portuguese, Italian, Dutch or Polish. The
/// longest phrase at each word counts: a product designer designs, and a product marketing manager does marketing.
#[must_use]
pub fn title_families(raw: &str) -> TitleFamilies {
    let folded = fold(&raw.replace('&', " and "));
    let mut rest = folded.as_str();
    let mut families = 0;
    while !rest.is_empty() {
        let mut longest = 0;
        let mut found = 0;
        let word = rest.split(' ').next().unwrap_or_default();
        let beginnings = patterns()
            .that_begin_like(rest)
            .iter()
            .filter(|pattern| pattern.begins(rest));
        let inside = patterns().inside.iter().filter(|pattern| contains(word, pattern.text));
        for pattern in beginnings.chain(inside) {
            let length = pattern.length();
            if length >= longest {
                found = if length == longest {
                    found | pattern.family
                } else {
                    pattern.family
                };
                longest = length;
            }
        }
        families |= found;
        // Behind the phrase, and behind the word in which it ends.
        let end = (longest / 2).max(1);
        let at = rest.match_indices(' ').map(|(at, _)| at).find(|at| *at + 1 >= end);
        rest = at.and_then(|at| rest.get(at + 1..)).unwrap_or_default();
    }
    TitleFamilies(families)
}

/// For short texts: the library's search prepares itself for long ones.
fn contains(word: &str, part: &str) -> bool {
    word.as_bytes()
        .windows(part.len().max(1))
        .any(|found| found == part.as_bytes())
}

/// A word or phrase of the table.
struct Pattern {
    text: &'static str,
    family: u64,
    /// Whether it stands for itself, or for whatever begins with it or contains it.
    is_exact: bool,
}

impl Pattern {
    /// An exact word is worth more than a beginning of the same length.
    fn length(&self) -> usize {
        2 * self.text.len() + usize::from(self.is_exact)
    }

    fn begins(&self, text: &str) -> bool {
        text.strip_prefix(self.text)
            .is_some_and(|behind| !self.is_exact || behind.is_empty() || behind.starts_with(' '))
    }
}

/// The table, arranged for one question a word: a title is read for each candidate of a page.
struct Patterns {
    /// Sorted by text.
    beginning: Vec<Pattern>,
    /// Few: parts of long German and Dutch words.
    inside: Vec<Pattern>,
}

impl Patterns {
    /// Those that share the first two bytes with a text: none of the others can begin it, but for words of one letter.
    fn that_begin_like(&self, text: &str) -> &[Pattern] {
        let head = text.get(..2).or_else(|| text.get(..1)).unwrap_or_default();
        let start = self.beginning.partition_point(|pattern| pattern.text < head);
        let same = |pattern: &Pattern| pattern.text.starts_with(head);
        let behind = self.beginning.get(start..).unwrap_or_default();
        behind.get(..behind.partition_point(same)).unwrap_or_default()
    }
}

fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let mut patterns = Patterns {
            beginning: Vec::new(),
            inside: Vec::new(),
        };
        for (place, line) in words().lines().enumerate() {
            let (words, family) = match line.strip_prefix('-') {
                Some(words) => (words, 0),
                None => (line.split_once(' ').map_or("", |line| line.1), family_bit(place)),
            };
            for word in words.split(',') {
                let text = word.trim_matches('*');
                let is_exact = text == word;
                let list = if word.starts_with('*') {
                    &mut patterns.inside
                } else {
                    &mut patterns.beginning
                };
                list.push(Pattern { text, family, is_exact });
            }
        }
        patterns.beginning.sort_by_key(|pattern| pattern.text);
        patterns
    })
}

/// Between title and employer. Some are everyday words of other languages: the last one in a text is meant, and what
/// follows is only proposed.
const AT: [&str; 14] = [
    " at ", " @ ", " @", " bei ", " beim ", " chez ", " presso ", " bij ", " hos ", " en ", " na ", " em ", " w ",
    " i ",
];

/// So many of them mean nothing else.
const CLEAR: usize = 9;

/// In front of a former employer.
const FORMER: [&str; 8] = [
    "ex-",
    "ex ",
    "formerly ",
    "former ",
    "previously ",
    "prev. ",
    "past: ",
    "ehemals ",
];

/// Title and proposed employers of a headline: `Engineer at Example | ex-Sample`. A part without preposition is proposed
/// as a whole when it is short. The proposals are only that: trust one that is known as a company elsewhere.
#[must_use]
pub fn title_and_company_of_headline(headline: &str) -> (&str, Vec<&str>) {
    let mut title = "";
    let mut companies: Vec<&str> = Vec::new();
    let mut parts = vec![headline];
    let may_have_parts = |byte: u8| matches!(byte, b'|' | b'-' | b'/' | b'\n') || !byte.is_ascii();
    if headline.bytes().any(may_have_parts) {
        for separator in [
            "|", "·", "•", "❘", "｜", " - ", " – ", " — ", "//", " / ", "\n", "⚡", "★", "►", "▪",
        ] {
            parts = parts.iter().flat_map(|part| part.split(separator)).collect();
        }
    }
    for (place, part) in parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .enumerate()
    {
        let mut rest = part;
        if place == 0 {
            let first = part.split(',').next().unwrap_or_default();
            if part.starts_with('@') {
                // No title at all.
            } else if let Some((before, behind)) = before_and_behind(first) {
                title = before;
                add_company(behind, &mut companies);
                rest = part.get(first.len()..).unwrap_or_default();
            } else if let Some((before, behind)) = before_and_behind(part) {
                (title, rest) = (before, behind);
            } else {
                (title, rest) = (part, "");
            }
        }
        for name in rest.split([',', ';']) {
            add_company(name, &mut companies);
        }
    }
    (title, companies)
}

/// Splits at the last preposition.
fn before_and_behind(part: &str) -> Option<(&str, &str)> {
    // Each of them begins with a space.
    let find = |text: &str, words: &[&'static str]| {
        text.rmatch_indices(' ').find_map(|(at, _)| {
            let rest = text.get(at..)?;
            let found = words.iter().filter(|word| rest.starts_with(**word));
            found.map(|word| (at, at + word.len())).max()
        })
    };
    // Lower-casing in ASCII moves no byte. An English `I` is no preposition.
    let (clear, doubtful) = AT.split_at(CLEAR);
    let (end, start) = find(&part.to_ascii_lowercase(), clear).or_else(|| find(part, doubtful))?;
    let (before, behind) = (part.get(..end)?.trim(), part.get(start..)?.trim());
    (!before.is_empty() && !behind.is_empty()).then_some((before, behind))
}

/// Proposes what stands behind a preposition or a word for former employers, and else what is short.
fn add_company<'text>(text: &'text str, companies: &mut Vec<&'text str>) {
    let behind_any = |text: &'text str, words: &[&str]| {
        words.iter().find_map(|word| {
            let (head, behind) = text.split_at_checked(word.len())?;
            head.eq_ignore_ascii_case(word).then_some(behind)
        })
    };
    let text = text.trim();
    let start = behind_any(text, &FORMER).or_else(|| behind_any(text, &["@", "at "]));
    let rest = start.unwrap_or(text);
    let behind = before_and_behind(rest).map(|(_, behind)| behind);
    if behind.or(start).is_none() && text.split_whitespace().count() > 4 {
        return;
    }
    let name = behind.unwrap_or(rest).trim_matches(['@', '(', ')', ' ']);
    if !name.is_empty() && !companies.contains(&name) {
        companies.push(name);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(raw: &str) -> Vec<&'static str> {
        title_families(raw).names().collect()
    }

    #[test]
    fn rank_and_empty_words_are_no_family() {
        for raw in [
            "",
            "Manager",
            "Senior Associate",
            "Head of",
            "Engineer",
            "Vice President",
            "Principal II",
            "🚀",
            "Open source enthusiast",
        ] {
            assert!(title_families(raw).is_empty(), "{raw}: {:?}", title_families(raw));
        }
    }

    #[test]
    fn the_longest_phrase_says_what_somebody_does() {
        for (raw, expected) in [
            ("Product Designer", &["design", "product"][..]),
            ("Product Marketing Manager", &["marketing"]),
            ("Account Executive", &["sales"]),
            ("Accountant", &["accounting"]),
            ("Executive Assistant to the CEO", &["executive", "administration"]),
            ("Machine Learning Engineer", &["machine_learning"]),
            ("Data Scientist", &["machine_learning"]),
            ("Research Scientist", &["research"]),
            ("Technical Writer", &["content"]),
            ("Technical Recruiter", &["hr"]),
            ("Architect", &["architecture"]),
            ("Software Architect", &["software"]),
            ("Farmacista", &["medicine"]),
            ("CTO", &["software", "executive"]),
        ] {
            assert_eq!(names(raw), expected, "{raw}");
        }
    }

    #[test]
    fn one_family_in_many_languages() {
        for (family, titles) in [
            (
                "software",
                &[
                    "Senior Software Engineer II",
                    "Softwareentwicklerin (m/w/d)",
                    "Développeur·se web",
                    "Desarrollador Full-Stack",
                    "Desenvolvedor Pleno",
                    "Sviluppatore",
                    "Programista Java",
                    "Webentwickler",
                    "Frontend Ontwikkelaar",
                ][..],
            ),
            (
                "project",
                &["Projektleiter", "Chef de projet", "Project Manager", "Jefe de Proyecto"],
            ),
            (
                "sales",
                &["Vertriebsleiter", "Vendedora", "Head of Sales", "Ingénieur commercial"],
            ),
            (
                "nursing",
                &[
                    "Registered Nurse",
                    "RN",
                    "Krankenschwester",
                    "Infirmière",
                    "Pielęgniarka",
                ],
            ),
            (
                "hr",
                &[
                    "Recruiterin",
                    "Talent Acquisition Partner",
                    "Personalreferent",
                    "Recursos Humanos",
                ],
            ),
            ("legal", &["Rechtsanwältin", "Avocate", "General Counsel", "Abogado"]),
            (
                "executive",
                &["Geschäftsführer", "Founder & CEO", "Chief Executive Officer", "PDG"],
            ),
            ("teaching", &["Lehrer", "Professor of Physics", "Nauczyciel"]),
            ("infrastructure", &["SRE", "DevOps Engineer", "Systemadministrator"]),
        ] {
            for title in titles {
                assert!(names(title).contains(&family), "{title}: {:?}", names(title));
            }
        }
    }

    #[test]
    fn titles_agree_differ_or_say_nothing() {
        let agree = |one, other| title_families(one).agrees_with(title_families(other));
        assert_eq!(agree("Staff Software Engineer", "Web Developer"), Some(true));
        assert_eq!(agree("Software Engineer", "Nurse"), Some(false));
        assert_eq!(agree("Software Engineer", "Manager"), None);
    }

    #[test]
    fn headlines() {
        for (headline, title, companies) in [
            ("", "", &[][..]),
            ("Looking for work", "Looking for work", &[]),
            ("Software Engineer at Example", "Software Engineer", &["Example"]),
            ("Software Engineer @Example", "Software Engineer", &["Example"]),
            ("Entwickler bei Beispiel GmbH", "Entwickler", &["Beispiel GmbH"]),
            ("Développeuse chez Exemple | Lyon", "Développeuse", &["Exemple", "Lyon"]),
            (
                "Ingeniera en sistemas en Ejemplo",
                "Ingeniera en sistemas",
                &["Ejemplo"],
            ),
            (
                "CTO at Example | ex-Sample, Former CEO at Other",
                "CTO",
                &["Example", "Sample", "Other"],
            ),
            (
                "Engineer at Example, Advisor at Sample",
                "Engineer",
                &["Example", "Sample"],
            ),
            ("Lead, Platform at Example", "Lead, Platform", &["Example"]),
            ("@example", "", &["example"]),
            ("Designer · Example", "Designer", &["Example"]),
            (
                "Engineer at Example | I write about things that nobody reads",
                "Engineer",
                &["Example"],
            ),
            ("Director w Przykład", "Director", &["Przykład"]),
            ("Data at scale at Example", "Data at scale", &["Example"]),
        ] {
            assert_eq!(
                title_and_company_of_headline(headline),
                (title, companies.to_vec()),
                "{headline}"
            );
        }
    }

    #[test]
    fn the_table_is_folded_and_its_families_fit() {
        assert!(words().lines().count() <= 64);
        for Pattern { text, .. } in patterns().beginning.iter().chain(&patterns().inside) {
            assert!(text.len() > 1 && fold(text) == *text, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in any::<String>(), other in "[A-Za-z@|·,é -]{0,40}") {
            for text in [&text, &other] {
                let families = title_families(text);
                prop_assert_eq!(title_families(&fold(&text.replace('&', " and "))), families);
                let (title, companies) = title_and_company_of_headline(text);
                prop_assert!(text.contains(title) && companies.iter().all(|company| text.contains(company)));
            }
            let (one, two) = (title_families(&text), title_families(&other));
            prop_assert_eq!(one.agrees_with(two), two.agrees_with(one));
        }
    }
}
