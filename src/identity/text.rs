//! Unicode forms and the folding that makes "Müller", "MULLER" and "muller" one text for search and comparison.
//! Folded text is only ever a key: it is never shown and never stored in place of the original.
//!
//! The table `data/romanisation.txt` is an extract of deunicode's (BSD-3-Clause, see `data/NOTICE`): whole, that crate
//! adds 170 kB (gzip) to the module, most of it for rare Han characters; the extract adds 23 kB. It holds Latin, Greek,
//! Cyrillic (BGN spelling), Armenian, Hebrew, Arabic, Indic, Georgian, Ethiopic, kana, and the Han characters of
//! GB 2312 level 1 and Big5 level 1 with names' characters beside them. Characters outside it stay as they are.

use std::sync::OnceLock;

use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// One line a romanisation: the Latin text, a space, every character that is written so.
static ROMANISATION: &str = include_str!("data/romanisation.txt");

/// Unicode form C: the same characters, composed.
#[must_use]
pub fn nfc(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned()
}

/// Unicode form KC: as C, with compatibility variants (full-width letters, ligatures, mathematical alphabets) made plain.
#[must_use]
pub fn nfkc(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfkc().normalize(text).into_owned()
}

/// Lower case, composed; a second folding changes nothing.
#[must_use]
pub fn lower_nfc(text: &str) -> String {
    nfc(&text.to_lowercase())
}

/// The text for search: NFKC, lower case, diacritics and scripts by table, apostrophes dropped, every other sign a
/// single space. Han characters become one word each. Folding a folded text changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        for character in text.chars() {
            fold_character(character.to_ascii_lowercase(), &mut folded);
        }
    } else {
        for character in nfkc(&nfkc(text).to_lowercase()).chars() {
            fold_character(character, &mut folded);
        }
    }
    single_spaces(&folded)
}

/// [`fold`], and beside it the German and Nordic spelling when it differs (`ü` as `ue`, `ø` as `oe`, `å` as `aa`), since
/// records hold either (matching.md §5.1). The plain folding comes first.
#[must_use]
pub fn fold_variants(text: &str) -> Vec<String> {
    let plain = fold(text);
    if text.is_ascii() {
        return vec![plain];
    }
    let mut spelled_out = String::with_capacity(text.len());
    for character in lower_nfc(text).chars() {
        match character {
            'ä' => spelled_out.push_str("ae"),
            'ö' | 'ø' => spelled_out.push_str("oe"),
            'ü' => spelled_out.push_str("ue"),
            'å' => spelled_out.push_str("aa"),
            other => spelled_out.push(other),
        }
    }
    let spelled_out = fold(&spelled_out);
    if spelled_out == plain {
        vec![plain]
    } else {
        vec![plain, spelled_out]
    }
}

/// Is this one of the Han characters?
#[must_use]
pub fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '々')
}

/// Is this a composed Hangul syllable?
#[must_use]
pub fn is_hangul(character: char) -> bool {
    matches!(character, '\u{ac00}'..='\u{d7a3}')
}

/// Is this hiragana or katakana?
#[must_use]
pub fn is_kana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | 'ー')
}

/// Marks that steer display and carry no meaning: zero width, joiners, bidirectional marks, soft hyphen, byte-order mark.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}'
    )
}

/// Is this one of the characters people type for an apostrophe?
#[must_use]
pub fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\'' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{2bb}' | '`' | '\u{2b9}' | '\u{2032}'
    )
}

fn single_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn fold_character(character: char, out: &mut String) {
    if character.is_ascii_alphanumeric() {
        out.push(character);
    } else if character.is_ascii() {
        if !is_apostrophe(character) {
            out.push(' ');
        }
    } else if let Some(latin) = romanised(character) {
        if is_han(character) {
            out.push(' ');
            out.push_str(latin);
            out.push(' ');
        } else {
            out.push_str(latin);
        }
    } else if is_hangul(character) {
        romanise_hangul(character, out);
    } else if is_invisible(character) || is_apostrophe(character) || is_combining(character) {
        // Carries nothing that search should see.
    } else {
        fold_decomposed(character, out);
    }
}

/// A letter that is not in the table may be an accented form of one that is.
fn fold_decomposed(character: char, out: &mut String) {
    let mut buffer = [0u8; 4];
    let single: &str = character.encode_utf8(&mut buffer);
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(single);
    if decomposed == single {
        push_unknown(character, out);
        return;
    }
    for part in decomposed.chars() {
        if part.is_ascii_alphanumeric() {
            out.push(part.to_ascii_lowercase());
        } else if let Some(latin) = romanised(part) {
            out.push_str(latin);
        } else if !is_combining(part) {
            push_unknown(part, out);
        }
    }
}

fn push_unknown(character: char, out: &mut String) {
    if character.is_alphanumeric() {
        if is_han(character) {
            out.push(' ');
            out.push(character);
            out.push(' ');
        } else {
            out.push(character);
        }
    } else {
        out.push(' ');
    }
}

fn is_combining(character: char) -> bool {
    CanonicalCombiningClassMapBorrowed::new().get_u8(character) != 0
}

fn romanised(character: char) -> Option<&'static str> {
    static TABLE: OnceLock<Vec<(char, &'static str)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table: Vec<(char, &'static str)> = ROMANISATION
            .lines()
            .filter_map(|line| line.split_once(' '))
            .flat_map(|(latin, characters)| characters.chars().map(move |character| (character, latin)))
            .collect();
        table.sort_unstable();
        table
    });
    let at = table.binary_search_by_key(&character, |entry| entry.0).ok()?;
    table.get(at).map(|entry| entry.1)
}

/// Revised Romanisation of one syllable, by letter (no assimilation between syllables): names are written so.
fn romanise_hangul(syllable: char, out: &mut String) {
    const INITIAL: [&str; 19] = [
        "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h",
    ];
    const VOWEL: [&str; 21] = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
        "eu", "ui", "i",
    ];
    const FINAL: [&str; 28] = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng",
        "t", "t", "k", "t", "p", "t",
    ];
    // Unicode's own arithmetic for composed syllables (The Unicode Standard, 3.12).
    let index = u32::from(syllable).saturating_sub(0xac00) as usize;
    for part in [
        INITIAL.get(index / 588),
        VOWEL.get(index % 588 / 28),
        FINAL.get(index % 28),
    ] {
        out.push_str(part.copied().unwrap_or_default());
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_many_scripts_fold_to_what_a_recruiter_types() {
        for (given, expected) in [
            ("Jané  DÖE", "jane doe"),
            ("O’Brien O'Brien", "obrien obrien"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("İbrahim Işık", "ibrahim isik"),
            ("Straße", "strasse"),
            ("Øyvind Ångström Þór", "oyvind angstrom thor"),
            ("Nguyễn Thị Đào", "nguyen thi dao"),
            ("Щукина Юлия", "shchukina yuliya"),
            ("Γιάννης", "giannis"),
            ("张伟", "zhang wei"),
            ("김민준", "gimminjun"),
            ("ガンダム", "gandamu"),
            ("محمد علي", "mhmd ly"),
            ("Ｊａｎｅ 𝐃𝐨𝐞", "jane doe"),
            ("Jane\u{200b}\u{202e} Doe\u{1f680}", "jane doe"),
            ("smith-jones, jr.", "smith jones jr"),
        ] {
            assert_eq!(fold(given), expected, "{given}");
        }
    }

    #[test]
    fn german_and_nordic_names_have_two_spellings() {
        assert_eq!(fold_variants("Jörg Müller"), ["jorg muller", "joerg mueller"]);
        assert_eq!(fold_variants("Søren Aarhus"), ["soren aarhus", "soeren aarhus"]);
        assert_eq!(fold_variants("Jane Doe"), ["jane doe"]);
        assert_eq!(fold_variants("José"), ["jose"]);
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_letters_twice_is_folding_once(text in "[\\p{L}\\p{M} ]{0,12}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folded_text_has_single_spaces_and_no_capitals(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert!(!folded.contains("  ") && folded.trim() == folded);
            prop_assert!(!folded.chars().any(|character| character.is_ascii_uppercase()));
        }
    }
}
