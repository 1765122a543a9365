//! People's names: what is left when decoration is cut away, which part is which, and whether two names can be one
//! person's. It must not decide who somebody is: a name alone is never more than a possibility (matching.md §0.7).
//!
//! Rules: matching.md §5.1. The files below `name/`: `clean.rs` cuts decoration, `part.rs` holds one part and its
//! spellings, `compare.rs` compares, `nobody.rs` knows names of firms and programs, `nicknames.rs` and `words.rs` are tables.

mod chosen;
mod clean;
mod compare;
mod nicknames;
mod nobody;
mod part;
mod words;

use std::collections::BTreeSet;
use std::fmt;

pub use chosen::IsSurname;
pub use compare::{NameAgreement, NameComparison, PartAgreement};
pub use nobody::is_nobodys_name;
pub use words::Generation;

use super::text::fold_variants;
use clean::CleanName;
use part::Part;

/// A person's name, taken apart. `Debug` shows how many parts there are, never which.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonName {
    /// The name without decoration, in its own order and case.
    cleaned: String,
    given: Option<Part>,
    middle: Vec<Part>,
    family: Option<Part>,
    generation: Option<Generation>,
    /// Quoted or bracketed names, and an English first name beside a native one.
    nicknames: Vec<Part>,
    /// Surnames of before: `Jane Smith (née Doe)`.
    former: Vec<Part>,
    /// The name in Han, kana or Hangul, without spaces. Compared with native names only, since kanji have no safe reading.
    native: Option<String>,
}

impl PersonName {
    /// Reads a name as people write it: `Dr. Jane "JJ" Doe, PhD (she/her) | Hiring`, `DOE, Jane`, `张伟 (Wei Zhang)`.
    /// Any text gives a name; [`PersonName::is_usable`] says whether it says anything.
    #[must_use]
    pub fn parse(raw: &str) -> PersonName {
        let clean = clean::clean(raw);
        let mut name = match (clean.latin.as_slice(), clean.native.as_slice()) {
            ([], [_, ..]) => PersonName::from_native(&clean),
            ([only], [_, ..]) => {
                // `Kevin 张伟`: an English first name beside the native name.
                let mut name = PersonName::from_native(&clean);
                name.nicknames.push(Part::of(&[only]));
                name
            }
            _ => PersonName::from_words(&clean),
        };
        name.native = clean.native_text();
        name.generation = clean.generation;
        name.nicknames.extend(
            clean
                .nicknames
                .iter()
                .map(|words| Part::of(&words.iter().map(String::as_str).collect::<Vec<_>>())),
        );
        name.former.extend(clean.former.iter().map(|word| Part::of(&[word])));
        name
    }

    /// As [`PersonName::parse`]; nothing where there is no text.
    #[must_use]
    pub fn of_text(raw: &str) -> Option<PersonName> {
        let raw = raw.trim();
        (!raw.is_empty()).then(|| PersonName::parse(raw))
    }

    /// The whole name without decoration, in its own order and case: fit to be written into a record.
    #[must_use]
    pub fn cleaned(&self) -> &str {
        &self.cleaned
    }

    /// The given name as written, without decoration.
    #[must_use]
    pub fn given(&self) -> Option<&str> {
        self.given.as_ref().map(Part::text)
    }

    /// The family name as written, with its particles (`van den Berg`).
    #[must_use]
    pub fn family(&self) -> Option<&str> {
        self.family.as_ref().map(Part::text)
    }

    /// The family name with the ways of romanising it made one, for look-ups that find too much rather than too little.
    pub fn family_skeletons(&self) -> impl Iterator<Item = String> {
        let parts = self
            .family
            .iter()
            .chain(self.middle.iter().filter(|part| !part.is_initial()));
        parts
            .flat_map(|part| part.spellings().iter().chain(part.pieces()))
            .map(|spelling| compare::romanisation_skeleton(spelling))
    }

    /// The first letter of the given name, whatever the romanisation.
    #[must_use]
    pub fn given_initial(&self) -> Option<char> {
        let spelling = self.given.as_ref()?.first();
        compare::romanisation_skeleton(spelling).chars().next()
    }

    /// Folded spellings of the given name, the plain one first.
    pub fn given_spellings(&self) -> impl Iterator<Item = &str> {
        self.given.iter().flat_map(|part| part.spellings()).map(String::as_str)
    }

    /// Folded spellings of the family name, the plain one first, then the halves of a double one.
    pub fn family_spellings(&self) -> impl Iterator<Item = &str> {
        let parts = self.family.iter();
        parts
            .flat_map(|part| part.spellings().iter().chain(part.pieces()))
            .map(String::as_str)
    }

    /// What stands between given and family name: middle names, initials, a first surname, a patronymic.
    pub fn middle(&self) -> impl Iterator<Item = &str> {
        self.middle.iter().map(Part::text)
    }

    /// Names in quotes or brackets.
    pub fn nicknames(&self) -> impl Iterator<Item = &str> {
        self.nicknames.iter().map(Part::text)
    }

    /// `Jr`, `III` and the like.
    #[must_use]
    pub fn generation(&self) -> Option<Generation> {
        self.generation
    }

    /// The name in Han, kana or Hangul, if it was given.
    #[must_use]
    pub fn native(&self) -> Option<&str> {
        self.native.as_deref()
    }

    /// Does the name say enough to compare? One initial, a bare number or an empty text does not.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        [&self.given, &self.family]
            .into_iter()
            .flatten()
            .any(|part| !part.is_initial() && !part.is_empty())
    }

    /// Every word of the name in folded form, German and Nordic spellings and nicknames included, for search.
    #[must_use]
    pub fn search_key(&self) -> String {
        let mut seen = BTreeSet::new();
        let sources = std::iter::once(self.cleaned.as_str())
            .chain(self.native.as_deref())
            .chain(self.nicknames.iter().chain(&self.former).map(Part::text));
        let words: Vec<String> = sources
            .flat_map(fold_variants)
            .flat_map(|folded| folded.split(' ').map(str::to_owned).collect::<Vec<_>>())
            .filter(|word| !word.is_empty() && seen.insert(word.clone()))
            .collect();
        words.join(" ")
    }

    /// Keys for the exact look-up of equal names: given and family name, folded in every spelling, in alphabetical order
    /// so that the order on the page does not matter. A nickname in quotes, a surname of before, the first of two surnames,
    /// the name that somebody is called by (`J. Robert Doe`) and the halves of a double surname have keys of their own, so
    /// that what is found is a superset: [`PersonName::compare`] decides. A name of one part has no key.
    #[must_use]
    pub fn block_keys(&self) -> Vec<String> {
        let mut keys = BTreeSet::new();
        if let (Some(given), Some(family)) = (&self.given, &self.family) {
            let joined = self.joined_given();
            let given: Vec<&String> = given.spellings().iter().chain(joined.as_ref()).collect();
            let family: Vec<&String> = family.spellings().iter().chain(family.pieces()).collect();
            let whole = |parts: &'_ [Part]| -> Vec<String> {
                let words = parts.iter().take(MOST_MIDDLE).map(Part::first);
                words
                    .filter(|word| word.chars().count() > 1)
                    .map(str::to_owned)
                    .collect()
            };
            let (middle, nicknames, former) = (whole(&self.middle), whole(&self.nicknames), whole(&self.former));
            for given in given.iter().copied().chain(&nicknames).chain(&middle) {
                for family in &family {
                    keys.insert(sorted_pair(given, family));
                }
            }
            keys.extend(
                self.joined_behind_family()
                    .map(|(given, family)| sorted_pair(&given, family)),
            );
            for given in &given {
                for family in middle.iter().chain(&former) {
                    keys.insert(sorted_pair(given, family));
                }
            }
        }
        if let Some(native) = &self.native {
            keys.insert(native.clone());
        }
        keys.into_iter().filter(|key| key.chars().count() > 1).collect()
    }

    /// Keys of what the name is a form of: the whole name of a short one, one of several romanisations, the male form of a
    /// surname. Two forms of one name share one; [`PersonName::compare`] decides. Those that [`PersonName::block_keys`] has
    /// are left out.
    #[must_use]
    pub fn root_keys(&self) -> Vec<String> {
        let (Some(given), Some(family)) = (&self.given, &self.family) else {
            return Vec::new();
        };
        let with_roots = |parts: &mut dyn Iterator<Item = &str>, roots: fn(&str) -> Vec<String>| {
            let mut names: Vec<String> = Vec::new();
            for name in parts {
                names.extend(roots(name));
                names.push(name.to_owned());
            }
            names
        };
        let nicknames = self.nicknames.iter().flat_map(Part::spellings);
        let mut given = given.spellings().iter().chain(nicknames).map(String::as_str);
        let middle = self.middle.iter().filter(|part| !part.is_initial()).map(Part::first);
        let family = family.spellings().iter().chain(family.pieces()).map(String::as_str);
        let given = with_roots(&mut given, nicknames::roots);
        let family = with_roots(&mut family.chain(middle), compare::family_roots);
        let known = self.block_keys();
        let mut keys: Vec<String> = Vec::new();
        for given in &given {
            for family in &family {
                let key = sorted_pair(given, family);
                if keys.len() < MOST_ROOTS && !known.contains(&key) && !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        keys
    }

    /// Other given names that the person may go by: nicknames and romanisations of the given name and of nicknames in quotes.
    #[must_use]
    pub fn given_variants(&self) -> Vec<&'static str> {
        let parts = self.given.iter().chain(&self.nicknames);
        let mut names: Vec<&'static str> = parts
            .flat_map(|part| part.spellings())
            .flat_map(|spelling| nicknames::other_names(spelling))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Is the given name one letter only?
    #[must_use]
    pub fn is_given_an_initial(&self) -> bool {
        self.given.as_ref().is_some_and(Part::is_initial)
    }

    /// Is it the same full name: given and family name equal after folding, in either order? Middle names, credentials and
    /// spaces inside a name (`Xiu Ying`, `Xiuying`) do not count. Names of one part are never equal.
    #[must_use]
    pub fn equal(&self, other: &PersonName) -> bool {
        if let (Some(ours), Some(theirs)) = (&self.native, &other.native) {
            return ours == theirs;
        }
        // Most who are found by a name are written just like it, which takes no list of spellings to be seen.
        let written = self.given_and_family();
        if written.is_some() && written == other.given_and_family() {
            return true;
        }
        let ours = self.full_spellings();
        other.full_spellings().iter().any(|spelling| ours.contains(spelling))
    }

    /// Can both names be one person's? Nicknames, initials, shortened names, one typing error, a second surname and changed
    /// order are allowed for, one at a time (matching.md §5.1).
    #[must_use]
    pub fn compatible(&self, other: &PersonName) -> NameAgreement {
        self.compare(other).agreement
    }

    /// As [`PersonName::compatible`], with how each part agrees.
    #[must_use]
    pub fn compare(&self, other: &PersonName) -> NameComparison {
        compare::compare(self, other)
    }

    /// Both parts in their plain folding, where there are both.
    fn given_and_family(&self) -> Option<(&str, &str)> {
        let (given, family) = (self.given.as_ref()?.first(), self.family.as_ref()?.first());
        (!given.is_empty() && !family.is_empty()).then_some((given, family))
    }

    fn full_spellings(&self) -> BTreeSet<String> {
        let (Some(given), Some(family)) = (&self.given, &self.family) else {
            return BTreeSet::new();
        };
        let joined = self.joined_given();
        let mut pairs = BTreeSet::new();
        for given in given.spellings().iter().chain(joined.as_ref()) {
            for family in family.spellings() {
                if !given.is_empty() && !family.is_empty() {
                    pairs.insert(sorted_pair(given, family));
                }
            }
        }
        pairs.extend(
            self.joined_behind_family()
                .map(|(given, family)| sorted_pair(&given, family)),
        );
        pairs
    }

    /// Three short words may be a family name in front of a given name written apart (`Lu Xiu Ying`): the given name then.
    fn joined_behind_family(&self) -> Option<(String, &str)> {
        let (Some(family), [middle], Some(last)) = (&self.given, self.middle.as_slice(), &self.family) else {
            return None;
        };
        let (middle, last) = (middle.first(), last.first());
        let is_syllable = |word: &str| (2..=SYLLABLE).contains(&word.len());
        (is_syllable(middle) && is_syllable(last) && is_syllable(family.first()))
            .then(|| (format!("{middle}{last}"), family.first()))
    }

    /// Two short words before the family name may be one given name written apart (`Xiu Ying Lu`).
    fn joined_given(&self) -> Option<String> {
        let (given, [middle]) = (self.given.as_ref()?.first(), self.middle.as_slice()) else {
            return None;
        };
        let middle = middle.first();
        let are_syllables = (2..=SYLLABLE).contains(&given.len()) && (2..=SYLLABLE).contains(&middle.len());
        are_syllables.then(|| format!("{given}{middle}"))
    }

    fn empty(clean: &CleanName) -> PersonName {
        PersonName {
            cleaned: clean.text(),
            given: None,
            middle: Vec::new(),
            family: None,
            generation: None,
            nicknames: Vec::new(),
            former: Vec::new(),
            native: None,
        }
    }

    /// A name written with spaces between its words, given name first unless a comma or a patronymic says otherwise.
    fn from_words(clean: &CleanName) -> PersonName {
        let mut name = PersonName::empty(clean);
        let words: Vec<&str> = clean.latin.iter().map(String::as_str).collect();
        if let Some(family_length) = clean.family_first {
            let (family, given) = words.split_at(family_length.min(words.len()));
            name.family = (!family.is_empty()).then(|| Part::of(family));
            name.set_given(given);
            return name;
        }
        match words.as_slice() {
            [] => {}
            [only] => name.given = Some(Part::of(&[only])),
            [family, given, patronymic] if words::is_patronymic(patronymic) => {
                name.family = Some(Part::of(&[family]));
                name.set_given(&[given, patronymic]);
            }
            _ => {
                // The family name is the last word and the particles before it; the first word is never a particle (`Ben`, `Van`).
                let mut start = words.len().saturating_sub(1);
                while start > 1 && words.get(start - 1).is_some_and(|word| words::is_particle(word)) {
                    start -= 1;
                }
                let (given, family) = words.split_at(start);
                name.set_given(given);
                name.family = Some(Part::of(family));
            }
        }
        name
    }

    fn set_given(&mut self, words: &[&str]) {
        if let Some((given, middle)) = words.split_first() {
            self.given = Some(Part::of(&[given]));
            self.middle = middle.iter().map(|word| Part::of(&[word])).collect();
        }
    }

    /// A name in Han, kana or Hangul: family name first. Without a space the family name is one character, or two for
    /// known double surnames and for long names (mostly Japanese).
    fn from_native(clean: &CleanName) -> PersonName {
        let mut name = PersonName::empty(clean);
        let (family, given): (String, String) = match clean.native.as_slice() {
            [] => return name,
            [only] => {
                let length = only.chars().count();
                let family_length = if words::has_double_native_surname(only)
                    || (length > 3 && !only.chars().all(super::text::is_hangul))
                {
                    2
                } else {
                    1
                };
                if length <= family_length || length > 6 {
                    name.given = Some(Part::of(&[only]));
                    return name;
                }
                (
                    only.chars().take(family_length).collect(),
                    only.chars().skip(family_length).collect(),
                )
            }
            // A middle dot stands in foreign names, which keep their own order.
            [given, .., family] if clean.native_is_foreign => (family.clone(), given.clone()),
            [family, given @ ..] => (family.clone(), given.concat()),
        };
        name.family = Some(Part::of(&[&family]));
        name.given = Some(Part::of(&[&given]));
        name
    }
}

/// No pinyin syllable has more letters.
const SYLLABLE: usize = 6;
/// Middle names, nicknames and former surnames that have keys of their own: nobody goes by more.
const MOST_MIDDLE: usize = 3;
/// Whole names of one short name that have keys.
const MOST_ROOTS: usize = 8;

fn sorted_pair(first: &str, second: &str) -> String {
    let (first, second) = if first <= second {
        (first, second)
    } else {
        (second, first)
    };
    format!("{first} {second}")
}

impl fmt::Debug for PersonName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.middle.len() + usize::from(self.given.is_some()) + usize::from(self.family.is_some());
        write!(formatter, "PersonName({parts} parts)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(raw: &str) -> (String, String, String) {
        let name = PersonName::parse(raw);
        (
            name.given().unwrap_or("-").to_owned(),
            name.middle().collect::<Vec<_>>().join(" "),
            name.family().unwrap_or("-").to_owned(),
        )
    }

    #[test]
    fn decoration_is_cut_and_parts_are_found() {
        for (raw, given, middle, family) in [
            ("Jane Doe", "Jane", "", "Doe"),
            ("  jane   DOE ", "jane", "", "DOE"),
            ("Dr. Jane A. Doe, PhD", "Jane", "A", "Doe"),
            ("Jane Doe, Ph.D., MBA", "Jane", "", "Doe"),
            ("Jane Doe PMP® CISSP", "Jane", "", "Doe"),
            ("Jane Doe, SHRM-CP, PHR", "Jane", "", "Doe"),
            ("Doe, Jane", "Jane", "", "Doe"),
            ("DOE, Jane Marie, MD", "Jane", "Marie", "DOE"),
            ("van den Berg, Jan", "Jan", "", "van den Berg"),
            ("Jan van den Berg", "Jan", "", "van den Berg"),
            ("Jane Doe (She/Her)", "Jane", "", "Doe"),
            ("Jane Doe they/them", "Jane", "", "Doe"),
            ("Jane Doe \u{1f7e2} Open to work", "Jane", "", "Doe"),
            ("Jane \u{2728} Doe", "Jane", "", "Doe"),
            ("Jane Doe\u{2122}", "Jane", "", "Doe"),
            ("Jane Doe at Example", "Jane", "", "Doe"),
            ("Jane Doe 2nd", "Jane", "", "Doe"),
            ("Sr. Juan Doe", "Juan", "", "Doe"),
            ("Dr. med. Jane Doe", "Jane", "", "Doe"),
            ("M.Sc. Jane Doe", "Jane", "", "Doe"),
            ("Jane \"JJ Doe", "Jane", "JJ", "Doe"),
            ("Jane Doe | Hiring engineers", "Jane", "", "Doe"),
            ("Jane Doe - REJECTED", "Jane", "", "Doe"),
            ("Jane Doe · 2nd", "Jane", "", "Doe"),
            ("\u{1f680} Jane Doe \u{1f680}", "Jane", "", "Doe"),
            ("\u{202a}Jane\u{200b} Doe\u{202c}", "Jane", "", "Doe"),
            ("Robert \"Bob\" Lee", "Robert", "", "Lee"),
            ("Robert (Bob) Lee", "Robert", "", "Lee"),
            ("Jane Smith (née Doe)", "Jane", "", "Smith"),
            ("J.R. Doe", "J", "R", "Doe"),
            ("Dipl.-Ing. Jörg Müller", "Jörg", "", "Müller"),
            ("Jean-Pierre Dupont", "Jean-Pierre", "", "Dupont"),
            ("Jean - Pierre Dupont", "Jean-Pierre", "", "Dupont"),
            ("Maria Garcia Lopez", "Maria", "Garcia", "Lopez"),
            ("Ana da Silva", "Ana", "", "da Silva"),
            ("Ivanov Ivan Ivanovich", "Ivan", "Ivanovich", "Ivanov"),
            ("Ben Smith", "Ben", "", "Smith"),
            ("Van Nguyen", "Van", "", "Nguyen"),
            ("John Doe Jr.", "John", "", "Doe"),
            ("Doe, John, III", "John", "", "Doe"),
            ("张伟", "伟", "", "张"),
            ("欧阳娜", "娜", "", "欧阳"),
            ("김민준", "민준", "", "김"),
            ("佐藤 健", "健", "", "佐藤"),
            ("Wei Zhang 张伟", "Wei", "", "Zhang"),
            ("张伟 (Wei Zhang)", "Wei", "", "Zhang"),
            ("Jane", "Jane", "", "-"),
            ("Jane Doe, Software Engineer at Example", "Jane", "", "Doe"),
        ] {
            assert_eq!(
                parts(raw),
                (given.to_owned(), middle.to_owned(), family.to_owned()),
                "{raw}"
            );
        }
    }

    /// Short surnames look like degrees (matching.md §5.1).
    #[test]
    fn the_only_surname_is_never_cut() {
        for (raw, family) in [
            ("Anna Ma", "Ma"),
            ("Linh Do", "Do"),
            ("Kim An", "An"),
            ("Jane BA", "BA"),
            ("Amadou Ba", "Ba"),
            ("ANNA MA", "MA"),
            ("Yo-Yo Ng", "Ng"),
            ("Jane MD", "MD"),
            ("Jane Obe", "Obe"),
            ("Jane OBE", "OBE"),
        ] {
            assert_eq!(PersonName::parse(raw).family(), Some(family), "{raw}");
        }
        assert_eq!(PersonName::parse("Jane Doe, MA").family(), Some("Doe"));
        assert_eq!(PersonName::parse("Ma, Anna").family(), Some("Ma"));
        assert_eq!(PersonName::parse("Doe, Asa").given(), Some("Asa"));
        assert_eq!(PersonName::parse("Solo, Han").given(), Some("Han"));
        assert_eq!(PersonName::parse("Gen Sato").given(), Some("Gen"));
    }

    #[test]
    fn what_stands_beside_the_name_is_kept_apart() {
        let name = PersonName::parse("Robert \"Bob\" Lee Jr.");
        assert_eq!(name.nicknames().collect::<Vec<_>>(), ["Bob"]);
        assert_eq!(name.generation(), Some(Generation::Junior));
        assert_eq!(PersonName::parse("Wei Zhang 张伟").native(), Some("张伟"));
        assert_eq!(
            PersonName::parse("Kevin 张伟").nicknames().collect::<Vec<_>>(),
            ["Kevin"]
        );
    }

    #[test]
    fn texts_that_are_no_name_are_not_usable() {
        for raw in [
            "",
            " ",
            "J.",
            "123",
            "---",
            "(she/her)",
            "\u{1f680}",
            "J. D.",
            "LinkedIn Member",
            "Unknown",
        ] {
            assert!(!PersonName::parse(raw).is_usable(), "{raw}");
        }
    }

    #[test]
    fn equal_names() {
        for (one, other) in [
            ("Jane Doe", "DOE, Jane"),
            ("Jane Doe", "Doe Jane"),
            ("Jane Marie Doe", "Jane Doe, PhD"),
            ("Jörg Müller", "Jorg Muller"),
            ("Jörg Müller", "Joerg Mueller"),
            ("Søren Østergård", "Soren Ostergard"),
            ("Søren Østergård", "Soeren Oestergaard"),
            ("Łukasz Żak", "Lukasz Zak"),
            ("Xiu Ying Lu", "Xiuying Lu"),
            ("Xiu-Ying Lu", "Lu Xiuying"),
            ("张伟", "Wei Zhang"),
            ("Юлия Щукина", "Yuliya Shchukina"),
            ("Юлия Щукина", "Iuliia Shchukina"),
            ("Jan van den Berg", "Jan Berg"),
            ("Ana da Silva", "Ana Silva"),
            ("O'Brien, Pat", "Pat OBrien"),
        ] {
            let (one_name, other_name) = (PersonName::parse(one), PersonName::parse(other));
            assert!(
                one_name.equal(&other_name) && other_name.equal(&one_name),
                "{one} = {other}"
            );
            assert_eq!(one_name.compatible(&other_name), NameAgreement::Same, "{one} = {other}");
            let keys = one_name.block_keys();
            assert!(
                other_name.block_keys().iter().any(|key| keys.contains(key)),
                "{one} meets {other}"
            );
        }
    }

    #[test]
    fn names_that_are_not_equal() {
        for (one, other) in [
            ("Jane Doe", "Jane Roe"),
            ("Jane Doe", "Janet Doe"),
            ("Bob Lee", "Robert Lee"),
            ("Jane", "Jane"),
            ("", ""),
            ("张伟", "章伟"),
            ("Jane Doe", "Jane"),
        ] {
            assert!(
                !PersonName::parse(one).equal(&PersonName::parse(other)),
                "{one} ≠ {other}"
            );
        }
    }

    #[test]
    fn search_finds_every_spelling() {
        assert_eq!(
            PersonName::parse("Jörg \"JM\" Müller, PhD").search_key(),
            "jorg muller joerg mueller jm"
        );
        assert_eq!(PersonName::parse("Wei Zhang 张伟").search_key(), "wei zhang");
    }

    #[test]
    fn debug_shows_no_name() {
        assert_eq!(format!("{:?}", PersonName::parse("Jane Doe")), "PersonName(2 parts)");
    }

    proptest! {
        #[test]
        fn any_text_is_taken_without_panic(one in any::<String>(), other in "\\PC{0,30}") {
            let (one, other) = (PersonName::parse(&one), PersonName::parse(&other));
            let _ = (one.search_key(), one.block_keys(), one.compatible(&other));
        }

        #[test]
        fn comparing_has_no_direction(one in "[A-Za-zéüß.,\"'() -]{0,24}", other in "[A-Za-zéüß.,\"'() -]{0,24}") {
            let (one, other) = (PersonName::parse(&one), PersonName::parse(&other));
            prop_assert_eq!(one.equal(&other), other.equal(&one));
            prop_assert_eq!(one.compatible(&other), other.compatible(&one));
        }

        #[test]
        fn equal_names_always_meet(given in "[A-Z][a-zöø]{2,8}", middle in "( [A-Z][a-z]{1,6})?", family in "[A-Z][a-zü]{2,9}(-[A-Z][a-z]{2,6})?") {
            let one = PersonName::parse(&format!("{given}{middle} {family}"));
            let other = PersonName::parse(&format!("{family}, {given}"));
            if one.equal(&other) {
                let keys = one.block_keys();
                prop_assert!(other.block_keys().iter().any(|key| keys.contains(key)));
            }
        }

        /// A plain name takes a short way; a sign that is cut sends it the long way round to the same parts.
        #[test]
        fn a_plain_name_is_read_as_any_other(
            words in prop::collection::vec(
                prop_oneof![
                    prop::sample::select(vec![
                        "Dr", "Sr", "Jr", "III", "PhD", "MBA", "MD", "MA", "at", "van", "de", "Gen", "Ing", "Unknown", "User", "LinkedIn", "II",
                        "al-Said", "El-Sayed", "SHRM-CP", "O'Neil", "Ivanovich", "Obe", "OBE", "Prof", "Test", "J", "X",
                    ]).prop_map(str::to_owned),
                    "[A-Z][a-zäöüéłñ]{1,8}(['-][A-Z]?[a-zøßš]{1,5})?",
                    "[\u{c0}-\u{24f}]{1,4}",
                ],
                0..6,
            ),
        ) {
            let plain = words.join(" ");
            let (name, decorated) = (PersonName::parse(&plain), PersonName::parse(&format!(" \u{200b}{plain}")));
            prop_assert!(name == decorated, "{plain}");
        }

        #[test]
        fn cleaning_a_clean_name_changes_nothing(raw in "[A-Za-zéü.,\"'()| -]{0,30}") {
            let name = PersonName::parse(&raw);
            let again = PersonName::parse(&name.cleaned);
            prop_assert_eq!(&again.cleaned, &name.cleaned);
        }

        /// Words that mean something to the pipeline, in every order and with every sign between them.
        #[test]
        fn cleaning_a_clean_decorated_name_changes_nothing(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "Jane", "Doe", "Ma", "ér", "Er.", "Dr", "Sr.", "Jr", "III", "PhD", "Ph.D.", "MBA", "MD", "née", "at", "she/her", "2nd",
                    "van", "J.R.", "O'Neil", "张伟", "健", "김", "Engineer", "99", "\u{1f680}", "Mr", "de", "Unknown",
                ]),
                0..7,
            ),
            signs in prop::collection::vec(
                prop::sample::select(vec![" ", ", ", " (", ") ", "\"", " '", "' ", " | ", " - ", "-", " – ", "·", " · ", "/", " & ", ": ", "."]),
                7,
            ),
        ) {
            let raw: String = words.iter().zip(&signs).map(|(word, sign)| format!("{word}{sign}")).collect();
            let name = PersonName::parse(&raw);
            let again = PersonName::parse(&name.cleaned);
            prop_assert_eq!(&again.cleaned, &name.cleaned, "{}", raw);
        }
    }
}
