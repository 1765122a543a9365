//! Unicode forms and the folding that makes "Müller", "MULLER" and "muller" one text for search and comparison.
//! Folded text is only ever a key: it is never shown and never stored in place of the original.
//!
//! The table `data/romanisation.txt` is an extract of deunicode's (BSD-3-Clause, see `data/NOTICE`): whole, that crate
//! adds 170 kB (gzip) to the module, most of it for rare Han characters; the extract adds 23 kB. It holds Latin, Greek,
//! Cyrillic (BGN spelling), Armenian, Hebrew, Arabic, Indic, Georgian, Ethiopic, kana, and the Han characters of
//! GB 2312 level 1 and Big5 level 1 with names' characters beside them. Characters outside it stay as they are.

use std::sync::OnceLock;

use super::tables::{self, Table};

use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// `data/romanisation.txt` as `build.rs` writes it.
fn romanisation_bytes() -> &'static [u8] {
    tables::bytes(Table::Romanisation)
}

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
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    nfc(&text.to_lowercase())
}

/// The text for search: NFKC, lower case, diacritics and scripts by table, apostrophes dropped, every other sign a
/// single space. Han characters become one word each. Folding a folded text changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let mut folded = String::with_capacity(text.len());
    if text.chars().all(|character| character < FIRST_BEHIND_LATIN) {
        // No mark follows a letter here, so that each character can be folded by itself.
        for character in text.chars() {
            match latin(character) {
                Some(letter) => folded.push_str(&letter.folded),
                None => fold_character(character.to_ascii_lowercase(), &mut folded),
            }
        }
    } else {
        fold_unicode(text, &mut folded);
    }
    if folded.starts_with(' ') || folded.ends_with(' ') || folded.contains("  ") {
        folded = single_spaces(&folded);
    }
    folded
}

fn fold_unicode(text: &str, folded: &mut String) {
    for character in nfkc(&nfkc(text).to_lowercase()).chars() {
        fold_character(character, folded);
    }
}

/// Latin-1 and the two Latin Extended blocks behind it: the accented letters of names in nearly all of Europe.
const LATIN: std::ops::Range<char> = '\u{80}'..FIRST_BEHIND_LATIN;
const FIRST_BEHIND_LATIN: char = '\u{250}';

/// What is asked of a character again and again.
struct LatinCharacter {
    folded: String,
    /// A letter that is the same in every normal form but the decomposed ones.
    is_letter: bool,
}

fn latin(character: char) -> Option<&'static LatinCharacter> {
    static TABLE: OnceLock<Vec<LatinCharacter>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        LATIN
            .map(|character| {
                let mut buffer = [0; 4];
                let single: &str = character.encode_utf8(&mut buffer);
                let mut folded = String::new();
                fold_unicode(single, &mut folded);
                LatinCharacter {
                    folded,
                    is_letter: character.is_alphabetic() && nfkc(single) == single,
                }
            })
            .collect()
    });
    let place = u32::from(character).checked_sub(u32::from(LATIN.start))?;
    table.get(place as usize)
}

/// Is this a letter of the Latin alphabet, accented or not, that stands for itself in form KC?
#[must_use]
pub fn is_latin_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || latin(character).is_some_and(|letter| letter.is_letter)
}

fn fold_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut after_sign = false;
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            if after_sign && !folded.is_empty() {
                folded.push(' ');
            }
            after_sign = false;
            folded.push(character.to_ascii_lowercase());
        } else if !is_apostrophe(character) {
            after_sign = true;
        }
    }
    folded
}

/// [`fold`], and beside it the German and Nordic spelling when it differs (`ü` as `ue`, `ø` as `oe`, `å` as `aa`), since
/// records hold either (matching.md §5.1). The plain folding comes first.
#[must_use]
pub fn fold_variants(text: &str) -> Vec<String> {
    let plain = fold(text);
    let has_other_spelling = |character: char| {
        character >= FIRST_BEHIND_LATIN
            || matches!(character, 'ä' | 'ö' | 'ø' | 'ü' | 'å' | 'Ä' | 'Ö' | 'Ø' | 'Ü' | 'Å')
    };
    if !text.chars().any(has_other_spelling) {
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
    let table = TABLE.get_or_init(|| read_romanisation().unwrap_or_default());
    let at = table.binary_search_by_key(&character, |entry| entry.0).ok()?;
    table.get(at).map(|entry| entry.1)
}

/// Every character with its Latin text, sorted; the form is described where it is written, in `build.rs`.
fn read_romanisation() -> Option<Vec<(char, &'static str)>> {
    let romanisation = romanisation_bytes();
    let end = romanisation.iter().position(|&byte| byte == b'\n')?;
    let (head, streams) = romanisation.split_at_checked(end)?;
    let (count, latin) = std::str::from_utf8(head).ok()?.split_once(' ')?;
    let latin: Vec<&'static str> = latin.split(' ').collect();
    let count: usize = count.parse().ok()?;
    let (low, streams) = streams.get(1..)?.split_at_checked(count)?;
    let (high, gaps) = streams.split_at_checked(count)?;
    let mut gaps = gaps.iter();
    let mut next = 0;
    let mut table = Vec::with_capacity(count);
    for (&low, &high) in low.iter().zip(high) {
        loop {
            let &gap = gaps.next()?;
            next += u32::from(gap);
            if gap < 255 {
                break;
            }
        }
        let number = usize::from(u16::from_le_bytes([low, high]));
        table.push((char::from_u32(next)?, *latin.get(number)?));
        next += 1;
    }
    Some(table)
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
    fn every_character_of_the_table_is_embedded() {
        let text = include_str!("data/romanisation.txt");
        let mut count = 0;
        for (latin, characters) in text.lines().filter_map(|line| line.split_once(' ')) {
            for character in characters.chars() {
                assert_eq!(romanised(character), Some(latin), "{character}");
                count += 1;
            }
        }
        assert_eq!(read_romanisation().unwrap().len(), count);
    }

    #[test]
    fn german_and_nordic_names_have_two_spellings() {
        assert_eq!(fold_variants("Jörg Müller"), ["jorg muller", "joerg mueller"]);
        assert_eq!(fold_variants("Søren Aarhus"), ["soren aarhus", "soeren aarhus"]);
        assert_eq!(fold_variants("Jane Doe"), ["jane doe"]);
        assert_eq!(fold_variants("José"), ["jose"]);
    }

    /// The table of Latin characters is a short cut and nothing else.
    #[test]
    fn latin_characters_fold_as_any_text_does() {
        for character in LATIN {
            for text in [
                format!("{character}"),
                format!("a{character}b"),
                format!("{character}{character} {character}"),
            ] {
                let mut folded = String::new();
                fold_unicode(&text, &mut folded);
                assert_eq!(fold(&text), single_spaces(&folded), "{text}");
                assert_eq!(fold(&lower_nfc(&text)), fold(&text), "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn latin_text_folds_as_any_text_does(text in "[ -~\u{80}-\u{24f}]{0,12}") {
            let mut folded = String::new();
            fold_unicode(&text, &mut folded);
            prop_assert_eq!(fold(&text), single_spaces(&folded));
        }

        #[test]
        fn ascii_folds_as_any_text_does(text in "[ -~\t\n]{0,24}") {
            // A letter from elsewhere sends the text the long way.
            let folded = format!("{} e", fold(&text));
            prop_assert_eq!(fold(&format!("{text} é")), folded.trim_start());
        }

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
