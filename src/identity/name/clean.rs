//! Cuts everything from a displayed name that is not the name: marks, emoji, pronouns, brackets, quotes, slogans, degrees,
//! titles. In doubt a word stays: losing the only surname is worse than keeping a degree.

use crate::identity::text::{fold, is_apostrophe, is_han, is_hangul, is_invisible, is_kana, is_latin_letter, nfkc};

use super::words::{self, Generation};

/// What is left of a name, in words.
#[derive(Default)]
pub(super) struct CleanName {
    /// Words in alphabetic scripts, in the order written, family name first when `family_first` says so.
    pub latin: Vec<String>,
    /// Words in Han, kana or Hangul.
    pub native: Vec<String>,
    /// A middle dot stood between the native words.
    pub native_is_foreign: bool,
    /// After `Last, First`: how many of `latin` are the family name.
    pub family_first: Option<usize>,
    pub generation: Option<Generation>,
    /// Each a list of words.
    pub nicknames: Vec<Vec<String>>,
    pub former: Vec<String>,
}

impl CleanName {
    /// The native words in one, for comparison with other native names only.
    pub(super) fn native_text(&self) -> Option<String> {
        (!self.native.is_empty()).then(|| self.native.concat())
    }

    /// The name in one line.
    pub(super) fn text(&self) -> String {
        match self.family_first.and_then(|length| self.latin.split_at_checked(length)) {
            Some((family, given)) if !given.is_empty() => {
                format!("{}, {}", family.join(" "), given.join(" "))
            }
            _ if self.latin.is_empty() => self.native.join(if self.native_is_foreign { "・" } else { " " }),
            _ => self.latin.join(" "),
        }
    }
}

/// The pipeline of matching.md §5.1, run again until it finds nothing more to cut: under one decoration there may be
/// another (`(Dr. Jane Doe | Hiring`), and a name read back from a record must be the name that was written.
pub(super) fn clean(raw: &str) -> CleanName {
    // Each pass takes a layer away; nobody's name has this many.
    const MOST_LAYERS: usize = 16;
    if let Some(name) = clean_plain(raw) {
        return name;
    }
    let mut name = clean_once(raw);
    let mut before = raw.to_owned();
    for _ in 0..MOST_LAYERS {
        let text = name.text();
        if text == before {
            break;
        }
        let next = clean_once(&text);
        name.generation = name.generation.or(next.generation);
        if name.latin.is_empty() {
            (name.native, name.native_is_foreign) = (next.native, next.native_is_foreign);
        }
        (name.latin, name.family_first) = (next.latin, next.family_first);
        before = text;
    }
    name
}

/// The same for a name of nothing but words in Latin letters, as most are: titles, degrees and generation are all that it can
/// wear, and one pass takes them all. Nothing where a sign or the word `at` may mean more.
fn clean_plain(raw: &str) -> Option<CleanName> {
    let mut inside_word = false;
    let mut characters = raw.chars().peekable();
    while let Some(character) = characters.next() {
        inside_word = match character {
            ' ' => false,
            '-' | '\'' if inside_word && characters.peek().is_some_and(|&next| is_latin_letter(next)) => true,
            _ if is_latin_letter(character) => true,
            _ => return None,
        };
    }
    let mut words: Vec<String> = raw
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.iter().any(|word| word == "at") {
        return None;
    }
    let mut name = CleanName::default();
    strip_ends(&mut words, &mut name);
    if !words::is_placeholder(&fold(&words.join(" "))) {
        name.latin = words;
    }
    Some(name)
}

fn clean_once(raw: &str) -> CleanName {
    let mut name = CleanName::default();
    let text = without_decoration(raw);
    let text = take_quoted(&text, &mut name);
    let (text, in_brackets) = take_bracketed(&text, &mut name);
    let text = before_slogan(&text);
    let mut words = arrange(&text, &mut name);
    if words.is_empty() && !in_brackets.is_empty() {
        words = name_in_brackets(&in_brackets, &mut name);
    }
    let is_native = |word: &String| {
        word.chars()
            .any(|character| is_han(character) || is_hangul(character) || is_kana(character))
    };
    name.native_is_foreign = words.iter().any(|word| word.contains('・') || word.contains('·'));
    let words: Vec<String> = words
        .iter()
        .flat_map(|word| word.split(['・', '·']))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    (name.native, name.latin) = words.into_iter().partition(is_native);
    if name.latin.is_empty() && !in_brackets.is_empty() {
        // `张伟 (Wei Zhang)`: the brackets hold the name in Latin letters.
        let bracketed = name_in_brackets(&in_brackets, &mut name);
        if bracketed.len() >= 2 && !bracketed.iter().any(is_native) {
            name.latin = bracketed;
            name.nicknames.clear();
        }
    } else if name.native.is_empty() {
        // `Wei Zhang (张伟)`.
        let native: Vec<String> = plain_words(&in_brackets).into_iter().filter(is_native).collect();
        if !native.is_empty() {
            name.native = native;
            name.nicknames.clear();
        }
    }
    if words::is_placeholder(&fold(&name.latin.join(" "))) {
        name.latin.clear();
    }
    if let Some(length) = name.family_first {
        name.family_first = (length < name.latin.len()).then_some(length);
    }
    name
}

/// Plain characters only: no invisible marks, no emoji, one kind of apostrophe, dash and quote.
fn without_decoration(raw: &str) -> String {
    // A trade mark would become the letters TM.
    nfkc(&raw.replace(['\u{2122}', '\u{2120}', '\u{ae}', '\u{a9}'], " "))
        .chars()
        .filter(|character| !is_invisible(*character))
        .map(|character| match character {
            '"' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => '"',
            _ if is_apostrophe(character) => '\'',
            '\u{2010}' | '\u{2011}' => '-',
            '\u{2012}'..='\u{2015}' | '\u{2212}' => '–',
            '\u{3010}' | '\u{300c}' | '[' | '{' | '<' => '(',
            '\u{3011}' | '\u{300d}' | ']' | '}' | '>' => ')',
            '•' | '∙' | '‧' => '·',
            '、' | '，' => ',',
            '_' => ' ',
            '-' | '.' | ',' | '(' | ')' | '|' | '·' | '・' | '/' | ':' | ';' | '&' | '@' | '~' => character,
            _ if character.is_alphanumeric() || is_mark(character) => character,
            _ if character.is_whitespace() || character.is_ascii() => ' ',
            // An emoji: decoration, or the beginning of a slogan.
            _ => SYMBOL,
        })
        .collect()
}

/// Stands for every emoji and symbol.
const SYMBOL: char = '\u{b6}';

/// Accents and vowel signs that belong to the letter before them.
fn is_mark(character: char) -> bool {
    // A mark alone folds to nothing, a sign folds to a space.
    let mut buffer = [0u8; 4];
    !character.is_ascii()
        && fold(&format!("a{}a", character.encode_utf8(&mut buffer)))
            .split(' ')
            .count()
            == 1
}

/// Cuts `"…"` and, between spaces, `'…'`, and keeps them as nicknames.
fn take_quoted(text: &str, name: &mut CleanName) -> String {
    let mut rest = String::new();
    let parts = text.split('"').count();
    for (index, part) in text.split('"').enumerate() {
        // A quote that is never closed is a slip.
        let is_closed = index + 1 < parts;
        if index % 2 == 1 && is_closed {
            keep_nickname(part, name);
            rest.push(' ');
        } else {
            rest.push_str(part);
            rest.push(' ');
        }
    }
    let mut words: Vec<&str> = Vec::new();
    for word in rest.split_whitespace() {
        match word.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')) {
            Some(nickname) => keep_nickname(nickname, name),
            None => words.push(word),
        }
    }
    words.join(" ")
}

fn keep_nickname(text: &str, name: &mut CleanName) {
    let words = plain_words(text);
    let is_name_like = (1..=2).contains(&words.len())
        && words
            .iter()
            .all(|word| is_name_word(word) && !words::is_job_word(word) && !words::is_credential(word));
    if is_name_like && !words::is_pronouns(text) {
        name.nicknames.push(words);
    }
}

/// Cuts `(…)`. Former surnames and nicknames are kept; the rest is given back too, since it may be the name itself.
fn take_bracketed(text: &str, name: &mut CleanName) -> (String, String) {
    let (mut outside, mut last_inside) = (String::new(), String::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        outside.push_str(before);
        outside.push(' ');
        let (inside, after) = after.split_once(')').unwrap_or((after, ""));
        rest = after;
        if words::is_pronouns(inside) {
            continue;
        }
        let words = plain_words(inside);
        match words.split_first() {
            Some((word, former))
                if matches!(
                    words::squeezed(word).as_str(),
                    "nee" | "ne" | "born" | "geb" | "geborene" | "formerly" | "fka" | "maiden"
                ) =>
            {
                name.former.extend(former.last().cloned());
            }
            _ => {
                keep_nickname(inside, name);
                last_inside = inside.to_owned();
            }
        }
    }
    outside.push_str(rest);
    (outside.replace(')', " "), last_inside)
}

/// The name's words when the brackets hold the name itself: cut like any other name, or a second cleaning would cut more.
fn name_in_brackets(inside: &str, name: &mut CleanName) -> Vec<String> {
    arrange(&before_slogan(&inside.replace(['(', ')'], " ")), name)
}

/// Cuts at the first sign that separates a name from a slogan.
fn before_slogan(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((head, _)) = text.split_once(" at ")
        && head.contains(' ')
    {
        text = head.to_owned();
    }
    // Symbols around a name are decoration; after a name they begin a slogan.
    let mut head = String::new();
    for part in text.split(SYMBOL) {
        if head
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphabetic))
            .count()
            >= 2
        {
            break;
        }
        head.push(' ');
        head.push_str(part);
    }
    text = head.split_whitespace().collect::<Vec<_>>().join(" ");
    for sign in ["|", " · ", " / ", ";", ": ", " @", " & ", " ~ "] {
        if let Some((head, _)) = text.split_once(sign)
            && head.chars().any(char::is_alphabetic)
        {
            text = head.to_owned();
        }
    }
    for sign in [" - ", " – ", "–"] {
        if let Some((head, tail)) = text.split_once(sign)
            && head.chars().any(char::is_alphabetic)
        {
            let tail_words: Vec<&str> = tail.split(' ').collect();
            // `Jean - Pierre Dupont`: one word before the dash cannot be the whole name when names follow.
            let is_broken_hyphen = !head.contains(' ')
                && (2..=3).contains(&tail_words.len())
                && tail_words
                    .iter()
                    .all(|word| is_name_word(word) && !words::is_job_word(word))
                && sign == " - ";
            text = if is_broken_hyphen {
                format!("{head}-{tail}")
            } else {
                head.to_owned()
            };
        }
    }
    text
}

/// Splits at commas: degrees, generation, `Last, First`, or a slogan. Gives back the name's words.
fn arrange(text: &str, name: &mut CleanName) -> Vec<String> {
    let mut segments = text.split(',').map(str::trim).filter(|segment| !segment.is_empty());
    let Some(first) = segments.next() else {
        return Vec::new();
    };
    let mut words = strip_around(words_of(first), name);
    let mut given: Option<Vec<String>> = None;
    for segment in segments {
        let mut left: Vec<String> = Vec::new();
        for word in segment.split(' ').filter(|word| !word.is_empty()) {
            if let Some(generation) = words::generation(word) {
                name.generation = name.generation.or(Some(generation));
            } else if !is_beside_the_name(word, given.is_none() && words.len() == 1) {
                left.push(word.to_owned());
            }
        }
        if left.is_empty() || given.is_some() {
            continue;
        }
        let left = strip_around(words_of(&left.join(" ")), name);
        let is_first_name = (1..=3).contains(&left.len())
            && left.iter().all(|word| is_name_word(word) && !words::is_job_word(word))
            && words.len() <= 4;
        if !is_first_name {
            break;
        }
        given = Some(left);
    }
    match given {
        Some(given) if !given.is_empty() && !words.is_empty() => {
            name.family_first = Some(words.len());
            words.extend(given);
        }
        _ => {}
    }
    words
}

/// Is a word after a comma a degree or pronouns? `Doe, Asa` and `Ma, Do` are names: after a single word, only what is
/// never a name counts.
fn is_beside_the_name(word: &str, first_name_is_expected: bool) -> bool {
    words::is_plain_credential(word)
        || (word.contains('/') && words::is_pronouns(word))
        || (!first_name_is_expected && (words::is_credential(word) || words::is_credential_after_comma(word)))
}

/// Takes titles from the front and generation and degrees from the end.
fn strip_around(mut words: Vec<String>, name: &mut CleanName) -> Vec<String> {
    strip_ends(&mut words, name);
    // Only now: `Ph.D.` is one word, `J.R.` is two.
    let mut words: Vec<String> = words
        .iter()
        .flat_map(|word| split_initials(word))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    // `2nd`, `99`: not a name where names stand beside it.
    if words.iter().any(|word| !word.chars().any(char::is_numeric)) {
        words.retain(|word| !word.chars().any(char::is_numeric));
    }
    strip_ends(&mut words, name);
    words
}

fn strip_ends(words: &mut Vec<String>, name: &mut CleanName) {
    while words.len() > 1
        && words.first().is_some_and(|word| {
            words::is_title(word)
                || words::is_plain_credential(word)
                || (words::is_title_or_name(word) && (word.ends_with('.') || words.len() > 2))
                || (words::is_addition_to_title(word) && word.ends_with('.'))
        })
    {
        words.remove(0);
    }
    while words.len() > 1 {
        let Some(last) = words.last() else { break };
        let others_have_small_letters = words
            .iter()
            .rev()
            .skip(1)
            .any(|word| word.chars().any(char::is_lowercase));
        // Never the only surname: a word that can be a name stays unless two others are left.
        let is_degree_here = words.len() > 2
            && ((words::is_credential(last) && words::is_written_as_degree(last))
                || (others_have_small_letters && words::is_trailing_short_credential(last)));
        let is_pronouns = last.contains('/') && words::is_pronouns(last);
        if let Some(generation) = words::generation(last) {
            name.generation = name.generation.or(Some(generation));
        } else if !(words::is_plain_credential(last) || is_degree_here || is_pronouns) {
            break;
        }
        words.pop();
    }
}

/// Words of one segment, without signs around them.
fn words_of(text: &str) -> Vec<String> {
    text.split(' ')
        .map(|word| {
            word.trim_matches(|character: char| {
                matches!(
                    character,
                    ':' | ';' | '&' | '@' | '~' | '/' | '–' | '·' | '・' | '-' | '\''
                )
            })
        })
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
        .collect()
}

/// Words without any decoration, for what stood in brackets or quotes.
fn plain_words(text: &str) -> Vec<String> {
    words_of(&text.replace([',', '|', '.', '"', '(', ')'], " "))
}

/// `J.R.` → `J`, `R`; `J.Doe` → `J`, `Doe`.
fn split_initials(word: &str) -> Vec<String> {
    word.split('.').map(tidied).filter(|part| !part.is_empty()).collect()
}

/// Letters, digits and accents, with hyphens and apostrophes between them only.
fn tidied(word: &str) -> String {
    let kept: String = word
        .chars()
        .filter(|&character| {
            character.is_alphanumeric() || matches!(character, '-' | '\'' | '·' | '・') || is_mark(character)
        })
        .collect();
    kept.trim_matches(['-', '\'', '·', '・']).to_owned()
}

/// Letters, with hyphens and apostrophes between them.
fn is_name_word(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_numeric) && !word.contains(['/', '@', '&', ':'])
}
