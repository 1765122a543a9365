//! Employers' names to a key that ignores how a company signs its letters, and to weaker keys for the national company, the
//! long name and the former one. It must not decide that two names are one employer: that is the matcher's affair, except
//! for names that are known to be one company's.
//!
//! Rules: matching.md §5.2.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::tables::{self, Table, WordList};
use super::text::fold;

/// One line a company: its key, then the keys of its other names. Our own; renamed and abbreviated companies, no
/// subsidiaries that stand beside their parent. What two companies may mean (`DB`, `MS`, `FCA`) is not in it.
fn aliases() -> &'static str {
    tables::text(Table::CompanyAliases)
}

/// The keys of one employer's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyKeys {
    /// As [`company_key`], one for all known names of a company.
    pub main: String,
    /// What other names of the same employer may have in common with this one. Never `main`, none twice.
    pub weaker: Vec<String>,
}

/// The keys of an employer's name: `main`, and the weaker ones of matching.md §5.2: without the country (`Example Germany`),
/// without `Group`, the first word of a long name, and the former name (`formerly Example`).
#[must_use]
pub fn company_keys(raw: &str) -> Option<CompanyKeys> {
    let mut words = words_of_company(raw)?;
    let main = company_alias(&words.concat()).to_owned();
    let mut weaker: Vec<String> = Vec::new();
    let mut add = |key: String| {
        let key = company_alias(&key).to_owned();
        if key != main && !key.is_empty() && !weaker.contains(&key) {
            weaker.push(key);
        }
    };
    let long = words.clone();
    while strip_reach(&mut words) {
        strip_legal_forms(&mut words);
        add(words.concat());
    }
    if let [first, second, _, ..] = long.as_slice()
        && first.chars().count() >= 5
        && second != "and"
        && !is_common(first)
    {
        add(first.clone());
    }
    for former in former_names(raw) {
        if let Some(key) = company_key(former) {
            add(key);
        }
    }
    Some(CompanyKeys { main, weaker })
}

/// The one key for all known names of a company; other keys as they are.
#[must_use]
pub fn company_alias(key: &str) -> &str {
    static KEYS: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let mut keys: Vec<(&str, &str)> = aliases()
            .lines()
            .filter_map(|line| line.split_once(' '))
            .flat_map(|(main, names)| names.split(' ').map(move |name| (name, main)))
            .collect();
        keys.sort_unstable();
        keys
    });
    let found = keys.binary_search_by_key(&key, |entry| entry.0).ok();
    found.and_then(|at| keys.get(at)).map_or(key, |entry| entry.1)
}

/// Takes a country, a state, a part of the world, or `Group` from the end when a name of its own is left.
fn strip_reach(words: &mut Vec<String>) -> bool {
    static REACH: WordList = WordList::named("reach_words");
    for count in (1..words.len().min(4)).rev() {
        let head = words.len() - count;
        let Some(tail) = words.get(head..) else { continue };
        let is_reach =
            REACH.contains(&tail.concat()) || (tail.concat().len() > 3 && super::place::is_area(&tail.join(" ")));
        let before = words.get(head.saturating_sub(1)).map_or("", String::as_str);
        // Not `Bank of America` or `Air France`.
        let is_own = head > 1 || !is_common(before);
        if is_reach && is_own && !["of", "de", "do", "and", "for", "in", "from", "the", "y"].contains(&before) {
            words.truncate(head);
            return true;
        }
    }
    false
}

/// Is this a word with which many companies begin, or a place?
fn is_common(word: &str) -> bool {
    static COMMON: WordList = WordList::named("common_company_words");
    COMMON.contains(word) || super::place::is_on_the_map(word)
}

/// `(formerly Example)`, `, formerly Example`, `fka Example`, `(now Example)`: what follows such words.
fn former_names(raw: &str) -> Vec<&str> {
    const MARKS: [&str; 11] = [
        "formerly known as ",
        "formerly ",
        "previously known as ",
        "previously ",
        "f/k/a ",
        "fka ",
        "(ex ",
        "(ex-",
        "(now ",
        "ehemals ",
        "anciennement ",
    ];
    // Every name of the mirror comes by here, and hardly any has one of the marks.
    let may_have = ["(", "ormerly", "reviously", "ka ", "hemals", "nciennement"];
    let mut names = Vec::new();
    if !may_have.iter().any(|mark| raw.contains(mark)) {
        return names;
    }
    // Lower-casing in ASCII moves no byte.
    let lower = raw.to_ascii_lowercase();
    for mark in MARKS {
        let begins_word = |at: &usize| {
            let before = lower.get(..*at).and_then(|before| before.chars().next_back());
            before.is_some_and(|before| !before.is_alphanumeric())
        };
        let Some(at) = lower.match_indices(mark).map(|(at, _)| at).find(begins_word) else {
            continue;
        };
        let name = raw.get(at + mark.len()..).unwrap_or_default();
        let name = name.split([')', ']', ',', ';', '|']).next().unwrap_or_default().trim();
        let name = name.strip_prefix("known as ").unwrap_or(name);
        if !name.is_empty() {
            names.push(name);
        }
    }
    names
}

/// The comparable form of an employer's name: folded, without legal form, brackets, `@` and spaces. Nothing for texts
/// that name no employer (`Freelance`, `Confidential`).
#[must_use]
pub fn company_key(raw: &str) -> Option<String> {
    words_of_company(raw).map(|words| words.concat())
}

/// The words of an employer's name without legal form.
fn words_of_company(raw: &str) -> Option<Vec<String>> {
    let text = without_brackets(raw.trim().trim_start_matches('@'));
    let mut words = words_of(before_remark(&text));
    if words.is_empty() || is_no_employer(&words) {
        return None;
    }
    strip_legal_forms(&mut words);
    let has_letters = words.iter().any(|word| word.chars().any(char::is_alphanumeric));
    (has_letters && !is_no_employer(&words)).then_some(words)
}

/// Cuts `(acquired by …)`, `(YC S21)`, `[Remote]`.
fn without_brackets(text: &str) -> Cow<'_, str> {
    const BRACKETS: [char; 10] = ['(', ')', '[', ']', '{', '}', '（', '）', '【', '】'];
    if !text.contains(BRACKETS) {
        return text.into();
    }
    let mut outside = String::new();
    let mut depth = 0usize;
    for character in text.chars() {
        match character {
            '(' | '[' | '{' | '（' | '【' => depth += 1,
            ')' | ']' | '}' | '）' | '】' => {
                depth = depth.saturating_sub(1);
                outside.push(' ');
            }
            _ if depth == 0 => outside.push(character),
            _ => {}
        }
    }
    // A name that stands wholly in brackets is still a name.
    if outside.trim().is_empty() {
        text.replace(BRACKETS, " ").into()
    } else {
        outside.into()
    }
}

/// Cuts `, formerly Example`, `, an Example company`, `| slogan`, `- part of Example`.
fn before_remark(text: &str) -> &str {
    let lower = text.to_lowercase();
    let remark = lower
        .match_indices([' ', ','])
        .map(|(at, _)| at)
        .find(|at| *at > 0 && lower.get(*at..).is_some_and(begins_remark));
    // Lower-casing can move byte positions in rare scripts; the whole text is the safe answer then.
    remark
        .and_then(|end| text.get(..end))
        .filter(|head| !head.trim().is_empty())
        .unwrap_or(text)
}

fn begins_remark(text: &str) -> bool {
    const REMARKS: [&str; 18] = [
        ", formerly ",
        " formerly ",
        " (formerly",
        ", previously ",
        " f/k/a ",
        " fka ",
        " acquired by ",
        ", acquired",
        ", an ",
        ", a ",
        ", part of ",
        " - part of ",
        " – part of ",
        " | ",
        " • ",
        " · ",
        " - a ",
        " - an ",
    ];
    REMARKS.iter().any(|remark| text.starts_with(remark))
}

/// Folded words; single letters in a row are one word (`S. A.` → `sa`, `J. P. Example` → `jp example`).
fn words_of(text: &str) -> Vec<String> {
    let folded = if text.contains(['&', '+']) {
        fold(&text.replace('&', " and ").replace('+', " plus "))
    } else {
        fold(text)
    };
    let mut words: Vec<String> = Vec::new();
    let mut letters = String::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        if word.chars().count() == 1 && word.chars().all(char::is_alphabetic) {
            letters.push_str(word);
            continue;
        }
        if !letters.is_empty() {
            words.push(std::mem::take(&mut letters));
        }
        words.push(word.to_owned());
    }
    if !letters.is_empty() {
        words.push(letters);
    }
    words
}

/// Legal forms at the end of a name, folded; several words joined.
static LEGAL_FORMS: WordList = WordList::named("legal_forms");

/// Legal forms in front of a name: Russian, Ukrainian, Indonesian, Bulgarian habits.
const LEGAL_FORMS_IN_FRONT: &[&str] = &["ooo", "oao", "zao", "pao", "ao", "pt", "tov", "cv", "the"];

/// Takes legal forms away as long as a name is left.
fn strip_legal_forms(words: &mut Vec<String>) {
    loop {
        // The longest run of words at the end that is a legal form: "gmbh and co kg", "sp zoo", "pty ltd".
        let longest = (1..words.len().min(5)).rev().find(|count| {
            let tail = words.len() - count;
            words
                .get(tail..)
                .is_some_and(|form| LEGAL_FORMS.contains(&form.concat()))
        });
        match longest {
            Some(count) => words.truncate(words.len() - count),
            None => break,
        }
    }
    while words.len() > 1
        && words
            .first()
            .is_some_and(|word| LEGAL_FORMS_IN_FRONT.contains(&word.as_str()))
    {
        words.remove(0);
    }
}

/// Texts in company fields that name no employer.
static NO_EMPLOYER: WordList = WordList::named("no_employer");

fn is_no_employer(words: &[String]) -> bool {
    NO_EMPLOYER.contains(&words.concat())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_employer_gives_no_key() {
        for raw in [
            "",
            "  ",
            "-",
            "Freelance",
            "Self-employed",
            "self employed",
            "Freelance / Self-Employed",
            "Stealth Startup",
            "Stealth Mode Startup",
            "Confidential",
            "Student",
            "Open to work",
            "N/A",
            "Selbstständig",
            "@",
            "()",
            "Freelancer (Remote)",
        ] {
            assert_eq!(company_key(raw), None, "{raw}");
        }
    }

    #[test]
    fn one_company_signs_in_many_ways() {
        for (raw, expected) in [
            ("Example", "example"),
            ("@example", "example"),
            ("Example, Inc.", "example"),
            ("EXAMPLE INC", "example"),
            ("Example Co., Ltd.", "example"),
            ("Example GmbH & Co. KG", "example"),
            ("Example S.A.", "example"),
            ("Example Sp. z o.o.", "example"),
            ("Example S.A. de C.V.", "example"),
            ("Example Pty Ltd", "example"),
            ("Example Pvt. Ltd.", "example"),
            ("ООО Пример", "primer"),
            ("PT Example Tbk", "example"),
            ("The Example Company", "example"),
            ("Example (YC S21)", "example"),
            ("Example (acquired by Sample)", "example"),
            ("Example, formerly Sample", "example"),
            ("Example, a Sample company", "example"),
            ("Example & Sons", "exampleandsons"),
            ("J. P. Example", "jpexample"),
            ("Müller Werke AG", "mullerwerke"),
            ("Example Robotics", "examplerobotics"),
            ("ExampleRobotics", "examplerobotics"),
            ("University of Example", "universityofexample"),
            ("Freelance Labs GmbH", "freelancelabs"),
            ("SAP SE", "sap"),
        ] {
            assert_eq!(company_key(raw).as_deref(), Some(expected), "{raw}");
        }
    }

    #[test]
    fn a_name_that_is_only_a_legal_form_stays() {
        assert_eq!(company_key("AS").as_deref(), Some("as"));
        assert_eq!(company_key("The Company").as_deref(), Some("the"));
    }

    fn keys(raw: &str) -> (String, Vec<String>) {
        let keys = company_keys(raw).unwrap();
        (keys.main, keys.weaker)
    }

    #[test]
    fn companies_of_similar_names_are_never_one() {
        for (one, other) in [
            ("HP", "Hewlett Packard Enterprise"),
            ("HP Inc.", "HPE"),
            ("Merck", "MSD"),
            ("Deutsche Bank", "Deutsche Bahn"),
            ("Morgan Stanley", "JPMorgan"),
            ("Square Enix", "Square"),
            ("Amazon", "AWS"),
            ("Meta", "Metabase"),
            ("Capital One", "Capital Group"),
            ("GE", "GM"),
            ("T-Mobile", "Deutsche Telekom"),
            ("Siemens", "Siemens Energy"),
        ] {
            assert_ne!(keys(one).0, keys(other).0, "{one} / {other}");
        }
    }

    #[test]
    fn a_word_that_many_companies_share_is_no_key() {
        for raw in [
            "Bank of America",
            "Air France",
            "Air Canada",
            "Boston Consulting Services",
            "National Example Laboratories",
            "Johnson & Johnson",
            "Example",
            "Example Robotics",
            "University of Example",
        ] {
            assert_eq!(keys(raw).1, Vec::<String>::new(), "{raw}");
        }
    }

    #[test]
    fn known_names_of_one_company_have_one_key() {
        for names in [
            &["AWS", "Amazon Web Services (AWS)", "Amazon Web Services, Inc."][..],
            &["Facebook", "Meta", "Meta Platforms, Inc."],
            &["PwC", "PricewaterhouseCoopers LLP"],
            &["EY", "Ernst & Young"],
            &["Square", "Block, Inc."],
            &["Twitter", "X Corp."],
            &["IBM", "International Business Machines Corporation"],
            &["HP Inc.", "Hewlett-Packard Company"],
            &["HPE", "Hewlett Packard Enterprise"],
            &["P&G", "Procter & Gamble"],
            &["J.P. Morgan", "JPMorgan Chase & Co."],
            &["Statoil ASA", "Equinor"],
        ] {
            let mut mains: Vec<String> = names.iter().map(|name| keys(name).0).collect();
            mains.dedup();
            assert_eq!(mains.len(), 1, "{names:?}: {mains:?}");
        }
    }

    #[test]
    fn weaker_keys() {
        for (raw, main, weaker) in [
            ("Example Germany GmbH", "examplegermany", &["example"][..]),
            ("Example Deutschland", "exampledeutschland", &["example"]),
            ("Example Europe", "exampleeurope", &["example"]),
            ("Example USA, Inc.", "exampleusa", &["example"]),
            ("Example North America", "examplenorthamerica", &["example"]),
            ("Example Group", "examplegroup", &["example"]),
            (
                "IBM Deutschland GmbH",
                "ibmdeutschland",
                &["internationalbusinessmachines"],
            ),
            (
                "Example Robotics Laboratories",
                "exampleroboticslaboratories",
                &["example"],
            ),
            ("Example (formerly Sample Inc.)", "example", &["sample"]),
            ("Example, formerly Sample", "example", &["sample"]),
            ("Example fka Sample", "example", &["sample"]),
            ("Example, Inc. (formerly known as Facebook)", "example", &["meta"]),
        ] {
            let expected: Vec<String> = weaker.iter().map(|&key| key.to_owned()).collect();
            assert_eq!(keys(raw), (main.to_owned(), expected), "{raw}");
        }
    }

    #[test]
    fn the_table_has_keys_and_no_name_twice() {
        let mut names: Vec<&str> = aliases().split_whitespace().collect();
        for name in &names {
            assert_eq!(company_key(name).as_deref(), Some(*name));
        }
        names.sort_unstable();
        for (one, other) in names.iter().zip(names.iter().skip(1)) {
            assert_ne!(one, other);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_and_no_key_comes_twice(
            text in any::<String>(),
            words in prop::collection::vec(prop::sample::select(vec![
                "Example", "Germany", "Group", "formerly", "(", ")", ",", "fka", "of", "Inc", "AWS", "İ", "New", "Mexico",
            ]), 0..7),
        ) {
            for text in [text, words.join(" ")] {
                prop_assert_eq!(company_keys(&text).is_some(), company_key(&text).is_some());
                if let Some(keys) = company_keys(&text) {
                    prop_assert_eq!(company_alias(&keys.main), keys.main.as_str());
                    for (place, key) in keys.weaker.iter().enumerate() {
                        prop_assert!(*key != keys.main && !keys.weaker.iter().skip(place + 1).any(|other| other == key));
                    }
                }
            }
        }

        #[test]
        fn any_text_is_taken_without_panic_and_the_key_has_no_signs(text in any::<String>(), plain in "[A-Za-zéß&+.,()@ -]{0,30}") {
            for text in [text, plain] {
                if let Some(key) = company_key(&text) {
                    prop_assert!(!key.is_empty() && !key.contains(' '));
                    prop_assert_eq!(fold(&key).replace(' ', ""), key);
                }
            }
        }
    }
}
