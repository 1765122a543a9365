//! One part of a name and the ways it can be spelled.

use crate::identity::text::{fold, fold_variants, is_latin_letter};

use super::words::is_particle;

/// One part of a name: what was written, and its folded spellings.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Part {
    text: String,
    /// Folded, without spaces and hyphens; the plain folding first. Never empty.
    spellings: Vec<String>,
    /// The halves of a double name, and the name with its particles: each can stand for the whole, but is not equal to it.
    pieces: Vec<String>,
}

impl Part {
    /// A part of one or more words; particles in front (`van`, `de`, `al`) are no part of its plain spelling.
    pub(super) fn of(words: &[&str]) -> Part {
        if let [word] = words
            && !word.is_empty()
            && word.chars().all(is_latin_letter)
        {
            // Nearly every part: nothing to take apart.
            return Part {
                text: (*word).to_owned(),
                spellings: with_plain_umlauts(fold_variants(word)),
                pieces: Vec::new(),
            };
        }
        let text = words.join(" ");
        let core_start = words
            .iter()
            .position(|word| !is_particle(word))
            .unwrap_or(0)
            .min(words.len().saturating_sub(1));
        let core = words.get(core_start..).unwrap_or_default().join(" ");
        let core = without_arabic_article(&core);
        let mut spellings: Vec<String> = Vec::new();
        let romanised = cyrillic_spellings(core);
        for folded in fold_variants(core).into_iter().chain(romanised) {
            push_new(&mut spellings, folded.replace(' ', ""));
        }
        let mut spellings = with_plain_umlauts(spellings);
        if spellings.is_empty() {
            spellings.push(String::new());
        }
        let mut pieces = Vec::new();
        let halves: Vec<&str> = core
            .split(['-', '\u{2010}', ' '])
            .filter(|half| !half.is_empty())
            .collect();
        if halves.len() > 1 {
            for half in halves {
                for folded in fold_variants(half) {
                    let folded = folded.replace(' ', "");
                    if folded.len() > 2 {
                        push_new(&mut pieces, folded);
                    }
                }
            }
        }
        let whole = fold(&text).replace(' ', "");
        if !spellings.contains(&whole) && !whole.is_empty() {
            push_new(&mut pieces, whole);
        }
        Part {
            text,
            spellings,
            pieces,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn spellings(&self) -> &[String] {
        &self.spellings
    }

    pub(super) fn pieces(&self) -> &[String] {
        &self.pieces
    }

    /// The plain folding.
    pub(super) fn first(&self) -> &str {
        self.spellings.first().map(String::as_str).unwrap_or_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.first().chars().any(char::is_alphabetic)
    }

    /// Is it a single letter?
    pub(super) fn is_initial(&self) -> bool {
        self.text
            .chars()
            .filter(|character| character.is_alphanumeric())
            .count()
            == 1
            && self.first().chars().count() == 1
    }
}

/// Adds `muller` to `mueller`: who writes the dots as an E meets who leaves them out (matching.md §5.1).
fn with_plain_umlauts(mut spellings: Vec<String>) -> Vec<String> {
    if let [only] = spellings.as_slice()
        && ["ae", "oe", "ue"].iter().any(|pair| only.contains(pair))
    {
        let plain = only.replace("ae", "a").replace("oe", "o").replace("ue", "u");
        push_new(&mut spellings, plain);
    }
    spellings
}

/// `Al-Hassan` and `El-Sayed` are as often written without the article.
fn without_arabic_article(name: &str) -> &str {
    let article = name
        .get(..3)
        .is_some_and(|head| head.eq_ignore_ascii_case("al-") || head.eq_ignore_ascii_case("el-"));
    name.get(3..)
        .filter(|rest| article && rest.chars().count() >= 3)
        .unwrap_or(name)
}

/// Further romanisations of a Cyrillic name beside the table's (BGN): passports write `iu`, `ia`, `i`; people shorten the
/// ending `-iy` to `-y`.
fn cyrillic_spellings(name: &str) -> Vec<String> {
    if !name.chars().any(|character| matches!(character, '\u{400}'..='\u{4ff}')) {
        return Vec::new();
    }
    let passport: String = name
        .to_lowercase()
        .chars()
        .map(|character| match character {
            'ю' => "iu".to_owned(),
            'я' => "ia".to_owned(),
            'й' => "i".to_owned(),
            other => other.to_string(),
        })
        .collect();
    let plain = fold(name);
    let shortened = plain
        .strip_suffix("iy")
        .or_else(|| plain.strip_suffix("yy"))
        .map(|stem| format!("{stem}y"));
    std::iter::once(fold(&passport)).chain(shortened).collect()
}

fn push_new(list: &mut Vec<String>, text: String) {
    if !text.is_empty() && !list.contains(&text) {
        list.push(text);
    }
}
