//! What stands in the mirror's two indexes: for a person the keys they can be found by, for a candidacy the words and labels
//! it can be searched by. Pure functions of the rows, the same for what is stored and for what is asked.
//!
//! A key is stored as a word of ten letters and digits: one letter for its kind and 45 bits of hash. Equal words are candidates
//! only: whoever asks compares the data, so that a collision costs time and never truth.

use crate::identity::text::fold_variants;
use crate::identity::{IdentityKey, LinkSource, PersonName, company_key, email_keys, fold, link_keys, phone_keys};

/// What a key says about the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyWordKind {
    /// The contact's id.
    Contact,
    /// An identity key.
    Identity,
    /// Given and family name, in either order.
    FullName,
    /// Family name and the first letter of the given one.
    FamilyAndInitial,
    /// Given name and the first letter of the family one: names in the other order.
    GivenAndInitial,
    /// The letters of the whole name in alphabetical order: words that are joined on one side and apart on the other.
    NameLetters,
    /// Given name and employer: a family name that has changed.
    GivenAndCompany,
    /// Family name and employer: a given name that is missing or another.
    FamilyAndCompany,
    /// Given name alone: how frequent it is.
    Given,
    /// Family name alone: how frequent it is.
    Family,
    /// Employer alone: how frequent it is.
    Company,
    /// Place alone: how frequent it is.
    Place,
    /// An opportunity's id, in the index of opportunities.
    Opportunity,
}

impl KeyWordKind {
    const fn letter(self) -> u8 {
        match self {
            Self::Contact => b'a',
            Self::Identity => b'b',
            Self::FullName => b'c',
            Self::FamilyAndInitial => b'd',
            Self::GivenAndInitial => b'e',
            Self::NameLetters => b'f',
            Self::GivenAndCompany => b'g',
            Self::FamilyAndCompany => b'h',
            Self::Given => b'i',
            Self::Family => b'j',
            Self::Company => b'k',
            Self::Place => b'l',
            Self::Opportunity => b'm',
        }
    }
}

/// The kinds whose frequency is counted, as a range of their words' first letters, both included.
pub const COUNTED: std::ops::RangeInclusive<u8> = b'i'..=b'l';

/// A key as it stands in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyWord([u8; 10]);

const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";

impl KeyWord {
    /// The word of a value.
    #[must_use]
    pub fn new(kind: KeyWordKind, value: &str) -> Self {
        let mut hash = xxhash_rust::xxh3::xxh3_64(value.as_bytes());
        let mut word = [kind.letter(); 10];
        for place in word.iter_mut().skip(1) {
            *place = DIGITS.get((hash & 31) as usize).copied().unwrap_or(b'0');
            hash >>= 5;
        }
        Self(word)
    }

    /// The word of an identity key.
    #[must_use]
    pub fn identity(key: &IdentityKey) -> Self {
        Self::new(KeyWordKind::Identity, key.as_str())
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Employers of one person that are looked at: a headline can be a list of anything.
const MOST_COMPANIES: usize = 6;

/// Keys that equal or nearly equal names share (matching.md §6, blocking keys 2 to 4 and 6).
pub struct NameKeys {
    /// [`KeyWordKind::FullName`].
    pub full: Vec<KeyWord>,
    /// Every other kind that speaks of the name.
    pub partial: Vec<KeyWord>,
}

impl NameKeys {
    /// The keys of a name and the employers beside it, in normal form.
    #[must_use]
    pub fn of(name: &PersonName, companies: &[String]) -> Self {
        use KeyWordKind::{FamilyAndCompany, FamilyAndInitial, GivenAndCompany, GivenAndInitial, NameLetters};
        let full = name
            .block_keys()
            .iter()
            .map(|key| KeyWord::new(KeyWordKind::FullName, key))
            .collect();
        let mut partial = Vec::with_capacity(16);
        let mut joined = String::with_capacity(64);
        let mut pair = |kind, first: &str, second: &str| {
            joined.clear();
            joined.push_str(first);
            joined.push(' ');
            joined.push_str(second);
            partial.push(KeyWord::new(kind, &joined));
        };
        let given = || name.given_spellings().filter(|word| !word.is_empty());
        let family = || name.family_spellings().filter(|word| !word.is_empty());
        let mut letter = [0; 4];
        for given in given().take(2) {
            for family in family() {
                if let (Some(given_letter), Some(family_letter)) = (given.chars().next(), family.chars().next()) {
                    pair(FamilyAndInitial, family, given_letter.encode_utf8(&mut letter));
                    pair(GivenAndInitial, given, family_letter.encode_utf8(&mut letter));
                }
            }
        }
        for company in companies.iter().take(MOST_COMPANIES) {
            for given in given().take(1) {
                pair(GivenAndCompany, given, company);
            }
            for family in family().take(2) {
                pair(FamilyAndCompany, family, company);
            }
        }
        if let (Some(given), Some(family)) = (given().next(), family().next()) {
            let mut letters: Vec<char> = given.chars().chain(family.chars()).collect();
            letters.sort_unstable();
            let letters: String = letters.into_iter().collect();
            partial.push(KeyWord::new(NameLetters, &letters));
        }
        Self { full, partial }
    }
}

/// A place as it is counted: the text before the first comma, folded.
#[must_use]
pub fn place_key(location: &str) -> Option<String> {
    let place = fold(location.split(',').next().unwrap_or_default());
    (!place.is_empty()).then_some(place)
}

/// Employers named in a headline of Lever's, which lists them with commas (matching.md §5.2), in normal form.
#[must_use]
pub fn companies_of_headline(headline: &str) -> Vec<String> {
    let mut companies: Vec<String> = Vec::new();
    for company in headline.split([',', ';', '|']).filter_map(company_key) {
        if !companies.contains(&company) {
            companies.push(company);
        }
    }
    companies
}

/// What a person is indexed by.
pub struct ContactText<'a> {
    /// The contact's id.
    pub id: &'a str,
    /// Name.
    pub name: &'a str,
    /// Headline.
    pub headline: &'a str,
    /// Place.
    pub location: &'a str,
    /// Email addresses.
    pub emails: &'a [String],
    /// Phone numbers.
    pub phones: &'a [String],
    /// Links.
    pub links: &'a [String],
}

impl ContactText<'_> {
    /// Every key the person can be found by, as the index takes them: words with spaces between.
    #[must_use]
    pub fn key_words(&self) -> String {
        let mut words = vec![KeyWord::new(KeyWordKind::Contact, self.id)];
        let links = self.links.iter().flat_map(|link| link_keys(link, LinkSource::Mirror));
        let emails = self.emails.iter().flat_map(|email| email_keys(email));
        let phones = self.phones.iter().flat_map(|phone| phone_keys(phone, None));
        words.extend(links.chain(emails).chain(phones).map(|key| KeyWord::identity(&key)));
        let companies = companies_of_headline(self.headline);
        if !self.name.trim().is_empty() {
            let name = PersonName::parse(self.name);
            let keys = NameKeys::of(&name, &companies);
            words.extend(keys.full);
            words.extend(keys.partial);
            let alone = |kind| move |word: &str| KeyWord::new(kind, word);
            words.extend(name.given_spellings().take(1).map(alone(KeyWordKind::Given)));
            words.extend(name.family_spellings().take(1).map(alone(KeyWordKind::Family)));
        }
        let companies = companies.iter().take(MOST_COMPANIES);
        words.extend(companies.map(|company| KeyWord::new(KeyWordKind::Company, company)));
        words.extend(place_key(self.location).map(|place| KeyWord::new(KeyWordKind::Place, &place)));
        words.sort_unstable();
        words.dedup();
        joined(words.iter().map(KeyWord::as_str))
    }
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::with_capacity(160);
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// Bytes of one candidacy's words that are indexed: a pasted book in a note is not.
const MOST_WORDS: usize = 20_000;

/// Adds the folded words of a text, German and Nordic spellings as well, with a space before each.
pub fn add_words(text: &str, words: &mut String) {
    for folded in fold_variants(text) {
        if words.len() + folded.len() > MOST_WORDS {
            return;
        }
        words.push(' ');
        words.extend(
            folded
                .chars()
                .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }),
        );
    }
}

/// A label in the index of opportunities: a tag, a source or a job, by the row of its text, or the person. No word of a text has an underscore.
#[must_use]
pub fn label(kind: LabelKind, term: i64) -> String {
    let letter = match kind {
        LabelKind::Tag => 't',
        LabelKind::Source => 's',
        LabelKind::Posting => 'p',
        LabelKind::Contact => 'c',
    };
    format!("_{letter}{term}")
}

/// The id of a candidacy as a label in the index of opportunities.
#[must_use]
pub fn opportunity_label(id: &str) -> String {
    format!("_{}", KeyWord::new(KeyWordKind::Opportunity, id).as_str())
}

/// What a label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelKind {
    /// A tag.
    Tag,
    /// A source.
    Source,
    /// A job applied to.
    Posting,
    /// Whose candidacy it is, by the contact's row.
    Contact,
}

/// What a candidacy is indexed by.
pub struct OpportunityText<'a> {
    /// The opportunity's id.
    pub id: &'a str,
    /// Texts of the person and of what is known beside the candidacy.
    pub texts: &'a [&'a str],
    /// Its person, and the rows of the terms of its tags, sources and jobs.
    pub labels: &'a [(LabelKind, i64)],
}

impl OpportunityText<'_> {
    /// Words, labels and the id, as the index takes them.
    #[must_use]
    pub fn words(&self) -> String {
        let mut indexed = String::with_capacity(200);
        indexed.push_str(&opportunity_label(self.id));
        for text in self.texts {
            add_words(text, &mut indexed);
        }
        for (kind, term) in self.labels {
            indexed.push(' ');
            indexed.push_str(&label(*kind, *term));
        }
        indexed
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn person<'a>(name: &'a str, headline: &'a str) -> ContactText<'a> {
        ContactText {
            id: "c1",
            name,
            headline,
            location: "Gdynia, Poland",
            emails: &[],
            phones: &[],
            links: &[],
        }
    }

    fn shared(one: &ContactText<'_>, other: &ContactText<'_>) -> usize {
        let (one, other) = (one.key_words(), other.key_words());
        let other: BTreeSet<&str> = other.split(' ').collect();
        one.split(' ').filter(|word| other.contains(word)).count()
    }

    #[test]
    fn a_word_is_one_letter_and_nine_digits_of_the_hash() {
        let word = KeyWord::new(KeyWordKind::Identity, "gh:login:ines-k");
        assert!(word.as_str().starts_with('b'));
        assert_eq!(word.as_str().len(), 10);
        assert!(
            word.as_str()
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        );
        assert_ne!(word, KeyWord::new(KeyWordKind::Contact, "gh:login:ines-k"));
    }

    #[test]
    fn names_in_another_order_joined_or_with_another_family_name_share_a_key() {
        let id_and_place = 2;
        for (one, other) in [
            (person("Ines Kowalczyk", ""), person("Kowalczyk, Ines", "")),
            (person("Xiu Ying Lu", ""), person("Xiuying Lu", "")),
            (person("Jürgen Groß", ""), person("Juergen Gross", "")),
            (
                person("Ines Kowalczyk", "Harbor Labs"),
                person("Ines Abara", "Harbor Labs, Quarry & Co"),
            ),
            (person("I. Kowalczyk", ""), person("Ines Kowalczyk", "")),
        ] {
            assert!(shared(&one, &other) > id_and_place, "{} and {}", one.name, other.name);
        }
        assert_eq!(
            shared(&person("Ines Kowalczyk", ""), &person("Tomasz Abara", "")),
            id_and_place
        );
    }

    #[test]
    fn a_text_is_found_by_its_words_in_either_spelling_and_labels_are_no_words() {
        let text = OpportunityText {
            id: "o1",
            texts: &["Jürgen Groß", "Harbor Labs, Quarry & Co", "t12 _t12"],
            labels: &[(LabelKind::Tag, 12)],
        };
        let words = text.words();
        let words: Vec<&str> = words.split(' ').collect();
        for word in [
            "jurgen", "juergen", "gross", "harbor", "labs", "quarry", "co", "t12", "_t12",
        ] {
            assert!(words.contains(&word), "{word} in {words:?}");
        }
        assert_eq!(words.iter().filter(|word| **word == "_t12").count(), 1);
    }
}
