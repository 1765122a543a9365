//! Words around names: degrees, titles, pronouns, particles, generations. All compared folded and without dots.

use std::sync::OnceLock;

use crate::identity::tables::{self, Table, WordList};
use crate::identity::text::fold;

/// Which of several people of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Generation {
    /// `Sr`, `I`.
    Senior,
    /// `Jr`, `II`.
    Junior,
    /// `III`.
    Third,
    /// `IV`.
    Fourth,
}

/// A word folded, without spaces. Each word of a name is looked up in many tables, and nearly all words are short and ASCII:
/// those need no allocation.
pub(super) enum Squeezed {
    Short([u8; SHORT], usize),
    Any(String),
}

/// Longer than every word of the tables.
const SHORT: usize = 24;

impl Squeezed {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Short(bytes, length) => bytes
                .get(..*length)
                .and_then(|bytes| std::str::from_utf8(bytes).ok())
                .unwrap_or_default(),
            Self::Any(text) => text,
        }
    }
}

/// Folded without spaces and dots: `Ph.D.` → `phd`, `SHRM-CP` → `shrmcp`.
pub(super) fn squeezed(word: &str) -> Squeezed {
    if word.len() > SHORT || !word.is_ascii() {
        return Squeezed::Any(fold(word).replace(' ', ""));
    }
    let mut bytes = [0; SHORT];
    let mut length = 0;
    let kept = word.bytes().filter(u8::is_ascii_alphanumeric);
    for (place, byte) in bytes.iter_mut().zip(kept) {
        *place = byte.to_ascii_lowercase();
        length += 1;
    }
    Squeezed::Short(bytes, length)
}

/// A generation. `I` and `V` are initials more often and do not count.
pub(super) fn generation(word: &str) -> Option<Generation> {
    match squeezed(word).as_str() {
        "sr" | "senior" => Some(Generation::Senior),
        "jr" | "junior" | "jnr" | "ii" => Some(Generation::Junior),
        "iii" => Some(Generation::Third),
        "iv" => Some(Generation::Fourth),
        _ => None,
    }
}

/// Titles before a name.
pub(super) fn is_title(word: &str) -> bool {
    static TITLES: WordList = WordList::named("titles");
    TITLES.contains(squeezed(word).as_str())
}

/// Titles that are first names too (Gen, Maj, Hon): only with a dot, or where a whole name follows.
pub(super) fn is_title_or_name(word: &str) -> bool {
    static TITLES: WordList = WordList::named("titles_or_names");
    TITLES.contains(squeezed(word).as_str())
}

/// What stands between a German title and the name, always with a dot: `Dr. med.`, `Dr. rer. nat.`
pub(super) fn is_addition_to_title(word: &str) -> bool {
    static ADDITIONS: WordList = WordList::named("additions_to_titles");
    ADDITIONS.contains(squeezed(word).as_str())
}

/// Degrees that are nobody's name, however they are written.
pub(super) fn is_plain_credential(word: &str) -> bool {
    static CREDENTIALS: WordList = WordList::named("plain_credentials");
    CREDENTIALS.contains(squeezed(word).as_str())
}

/// Is the word written as degrees are: with two capitals at least (`PhD`, `MBA`, `LCSW`)?
pub(super) fn is_written_as_degree(word: &str) -> bool {
    word.chars().filter(|character| character.is_uppercase()).count() >= 2
}

/// Degrees and certificates. Some are names too (Asa, Obe), so the caller looks at how they are written and where.
pub(super) fn is_credential(word: &str) -> bool {
    static CREDENTIALS: WordList = WordList::named("credentials");
    CREDENTIALS.contains(squeezed(word).as_str())
}

/// Two-letter degrees that are surnames too (Ma, Ba, Do): only in upper case and after a comma (matching.md §5.1).
pub(super) fn is_credential_after_comma(word: &str) -> bool {
    static SHORT: WordList = WordList::named("short_credentials");
    let is_upper = !word.chars().any(char::is_lowercase);
    is_upper && SHORT.contains(squeezed(word).as_str())
}

/// Two-letter degrees that are hardly ever surnames: in upper case, after at least two names that are not in capitals.
pub(super) fn is_trailing_short_credential(word: &str) -> bool {
    let is_upper = !word.chars().any(char::is_lowercase);
    is_upper && matches!(squeezed(word).as_str(), "md" | "rn" | "jd" | "bs" | "ms")
}

/// Words of a job title: what stands after the comma is no first name then.
pub(super) fn is_job_word(word: &str) -> bool {
    static JOBS: WordList = WordList::named("job_words");
    JOBS.contains(squeezed(word).as_str())
}

/// `she/her`, `they/them`, `er/ihm`, or one of the words alone.
pub(super) fn is_pronouns(text: &str) -> bool {
    static PRONOUNS: WordList = WordList::named("pronouns");
    let mut words = text
        .split(['/', ',', ' ', '&', '|'])
        .filter(|word| !word.is_empty())
        .map(squeezed)
        .peekable();
    words.peek().is_some() && words.all(|word| PRONOUNS.contains(word.as_str()))
}

/// Words that belong to the family name they precede.
pub(super) fn is_particle(word: &str) -> bool {
    static PARTICLES: WordList = WordList::named("particles");
    PARTICLES.contains(squeezed(word).as_str())
}

/// Russian and Ukrainian patronymics.
pub(super) fn is_patronymic(word: &str) -> bool {
    let folded = squeezed(word);
    let folded = folded.as_str();
    folded.len() >= 7
        && [
            "ovich", "evich", "ovych", "evych", "yovych", "ovna", "evna", "ivna", "yivna", "ichna",
        ]
        .iter()
        .any(|ending| folded.ends_with(ending))
}

/// What sites and people write where the name is hidden or not known.
pub(super) fn is_placeholder(folded: &str) -> bool {
    const PLACEHOLDERS: &[&str] = &[
        "anonymous",
        "anonymous user",
        "candidate",
        "deleted user",
        "first last",
        "first name last name",
        "firstname lastname",
        "ghost user",
        "n a",
        "name",
        "no name",
        "not available",
        "not provided",
        "null",
        "private",
        "test",
        "test candidate",
        "test test",
        "test user",
        "unknown",
        "unknown candidate",
        "unknown user",
        "user",
    ];
    PLACEHOLDERS.contains(&folded) || folded.split(' ').any(|word| word == "linkedin")
}

/// Does a native name begin with one of the known two-character surnames?
pub(super) fn has_double_native_surname(name: &str) -> bool {
    static DOUBLE: WordList = WordList::named("double_surnames");
    let mut letters = name.char_indices();
    let behind = letters.nth(2).map(|(at, _)| at);
    behind.is_some_and(|at| DOUBLE.contains(name.get(..at).unwrap_or_default()))
}

/// Whether many people have this given name, folded.
pub(super) fn is_common_given(word: &str) -> bool {
    static NAMES: OnceLock<Vec<&str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        // Each line begins with how many people have the names on it, which is none of them.
        let mut names: Vec<&str> = tables::text(Table::CommonGivenNames).split_ascii_whitespace().collect();
        names.sort_unstable();
        names
    });
    names.binary_search(&word).is_ok()
}
