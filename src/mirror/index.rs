//! What stands in the mirror's two indexes: for a person the keys they can be found by, for a candidacy the words and labels
//! it can be searched by. Pure functions of the rows, the same for what is stored and for what is asked.
//!
//! A key is stored as a word of ten letters and digits: one letter for its kind and 45 bits of hash. Equal words are candidates
//! only: whoever asks compares the data, so that a collision costs time and never truth.

use std::collections::HashMap;

use super::history::StoredHistory;
use crate::identity::email::tells_employer;
use crate::identity::text::fold_variants;
use crate::identity::{
    CompanyKeys, EmailAddress, Handle, IdentityKey, KeyKind, LinkSource, PersonName, Place, Region, company_keys,
    email_keys, link_keys, phone_keys, school_key, title_and_company_of_headline,
};

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
    /// The letters of the whole name in alphabetical order: words that are joined on one side and apart on the other, and
    /// letters that have changed places.
    NameLetters,
    /// The last nine digits of a phone number: numbers written without their country.
    PhoneEnd,
    /// What the name is a form of: a whole name for a short one.
    NameRoot,
    /// A name that somebody chose on a site or for a mailbox.
    Handle,
    /// Given name alone: how frequent it is, and who has it beside an employer or a place.
    Given,
    /// Family name alone, as for the given one.
    Family,
    /// Employer.
    Company,
    /// Metropolitan area, or a town outside of all.
    Metro,
    /// Country.
    Country,
    /// School.
    School,
    /// Domain of an employer's mailboxes.
    MailDomain,
    /// An opportunity's id, in the index of opportunities.
    Opportunity,
}

impl KeyWordKind {
    pub(super) const fn letter(self) -> u8 {
        match self {
            Self::Contact => b'a',
            Self::Identity => b'b',
            Self::FullName => b'c',
            Self::FamilyAndInitial => b'd',
            Self::NameLetters => b'e',
            Self::PhoneEnd => b'f',
            Self::Handle => b'g',
            Self::NameRoot => b'h',
            Self::Given => b'i',
            Self::Family => b'j',
            Self::Company => b'k',
            Self::Metro => b'l',
            Self::Country => b'm',
            Self::School => b'n',
            Self::MailDomain => b'o',
            Self::Opportunity => b'p',
        }
    }
}

/// The kinds whose frequency is counted: their words follow each other in the index.
pub const COUNTED: std::ops::RangeInclusive<KeyWordKind> = KeyWordKind::Given..=KeyWordKind::MailDomain;

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

/// Employers of one person that have keys: a headline can be a list of anything.
const MOST_COMPANIES: usize = 8;
/// Places of one person that have keys, beside the one that Lever knows.
pub const MOST_PLACES: usize = 2;
/// Schools of one person that have keys.
const MOST_SCHOOLS: usize = 4;

/// The words that a name is found by, without those of its variants (matching.md §6, blocking keys 2 to 4).
pub fn name_words(name: &PersonName) -> impl Iterator<Item = KeyWord> {
    let full = name.block_keys();
    let full = full
        .iter()
        .map(|key| KeyWord::new(KeyWordKind::FullName, key))
        .collect::<Vec<_>>();
    let initials = family_and_initial(name);
    let letters = name_letters(name);
    let roots = name.root_keys();
    let roots: Vec<KeyWord> = roots
        .iter()
        .map(|key| KeyWord::new(KeyWordKind::NameRoot, key))
        .collect();
    full.into_iter().chain(roots).chain(initials).chain(letters)
}

/// Words of each family name with the first letter of the given one, romanisations made one.
#[must_use]
pub fn family_and_initial(name: &PersonName) -> Vec<KeyWord> {
    let mut words = Vec::with_capacity(2);
    let mut text = String::with_capacity(32);
    let Some(initial) = name.given_initial() else {
        return words;
    };
    for family in name.family_skeletons().filter(|word| word.len() > 1) {
        text.clear();
        text.push_str(&family);
        text.push(' ');
        text.push(initial);
        words.push(KeyWord::new(KeyWordKind::FamilyAndInitial, &text));
    }
    words
}

/// The word of the name's letters.
#[must_use]
pub fn name_letters(name: &PersonName) -> Option<KeyWord> {
    let given = name.given_spellings().next().filter(|word| !word.is_empty())?;
    let family = name.family_spellings().next().filter(|word| !word.is_empty())?;
    let mut letters: Vec<char> = given.chars().chain(family.chars()).collect();
    letters.sort_unstable();
    let letters: String = letters.into_iter().collect();
    Some(KeyWord::new(KeyWordKind::NameLetters, &letters))
}

/// The word of a phone number's end; none for a short number.
#[must_use]
pub fn phone_end(phone: &str) -> Option<KeyWord> {
    let digits: Vec<u8> = phone.bytes().filter(u8::is_ascii_digit).collect();
    let end = digits
        .len()
        .checked_sub(PHONE_END)
        .and_then(|start| digits.get(start..))?;
    let end = std::str::from_utf8(end).ok()?;
    Some(KeyWord::new(KeyWordKind::PhoneEnd, end))
}

/// Digits by which numbers without a country are compared (matching.md §4.2).
const PHONE_END: usize = 9;

/// The words of a place: its metropolitan area or town, and its country.
pub fn place_words(place: &Place) -> impl Iterator<Item = KeyWord> {
    let metro = place.metro_key().map(|metro| KeyWord::new(KeyWordKind::Metro, metro));
    let country = place.country().map(country_word);
    metro.into_iter().chain(country)
}

/// The word of a country.
#[must_use]
pub fn country_word(country: Region) -> KeyWord {
    KeyWord::new(KeyWordKind::Country, &country.to_string())
}

/// The words of an employer: its name, and those it may be known by.
pub fn company_words(company: &CompanyKeys) -> impl Iterator<Item = KeyWord> {
    std::iter::once(&company.main)
        .chain(&company.weaker)
        .map(|key| KeyWord::new(KeyWordKind::Company, key))
}

/// What stands between a title and an employer in headlines.
const WORDS_BEFORE_EMPLOYER: [&str; 8] = [" at ", "@", " bei ", " beim ", " chez ", " presso ", " bij ", " hos "];

fn has_word_before_employer(part: &str) -> bool {
    part.match_indices([' ', '@']).any(|(at, _)| {
        let rest = part.get(at..).unwrap_or_default();
        WORDS_BEFORE_EMPLOYER.iter().any(|word| rest.starts_with(word))
    })
}

/// What a headline is a list of.
pub fn parts_of_headline(headline: &str) -> impl Iterator<Item = &str> {
    headline.split([',', ';', '|'])
}

/// Employers named in a headline: Lever's lists them with commas, people write `title at employer` (matching.md §5.2).
#[must_use]
pub fn companies_of_headline(headline: &str) -> Vec<(CompanyKeys, String)> {
    let mut companies: Vec<(CompanyKeys, String)> = Vec::new();
    for part in parts_of_headline(headline) {
        // Lever's own list has names only; what people write has a word before the employer.
        let named = if has_word_before_employer(part) {
            title_and_company_of_headline(part).1
        } else {
            Vec::new()
        };
        let named = if named.is_empty() { vec![part.trim()] } else { named };
        for shown in named {
            if let Some(keys) = company_keys(shown)
                && !companies.iter().any(|(known, _)| known.main == keys.main)
            {
                companies.push((keys, shown.to_owned()));
            }
        }
    }
    companies
}

/// Words of places and headlines met lately: of a million people most live in the same few hundred towns, and reading a place
/// takes longer than everything else about a person.
#[derive(Default)]
pub struct TextMemory {
    places: HashMap<String, (Option<Region>, Vec<KeyWord>)>,
    headlines: HashMap<String, Vec<KeyWord>>,
}

impl TextMemory {
    /// Texts of each kind that are remembered.
    const MOST: usize = 16_000;

    /// Adds the words of a place; its country.
    fn place(&mut self, location: &str, words: &mut Vec<KeyWord>) -> Option<Region> {
        if let Some((region, known)) = self.places.get(location) {
            words.extend(known);
            return *region;
        }
        let place = Place::parse(location);
        let region = place.as_ref().and_then(Place::country);
        let found: Vec<KeyWord> = place.iter().flat_map(place_words).collect();
        words.extend(&found);
        if self.places.len() >= Self::MOST {
            self.places.clear();
        }
        self.places.insert(location.to_owned(), (region, found));
        region
    }

    /// Adds the words of the employers of a headline.
    fn headline(&mut self, headline: &str, words: &mut Vec<KeyWord>) {
        for part in parts_of_headline(headline).take(MOST_COMPANIES) {
            if let Some(known) = self.headlines.get(part) {
                words.extend(known);
                continue;
            }
            let employers = companies_of_headline(part);
            let found: Vec<KeyWord> = employers.iter().flat_map(|(keys, _)| company_words(keys)).collect();
            words.extend(&found);
            if self.headlines.len() >= Self::MOST {
                self.headlines.clear();
            }
            self.headlines.insert(part.to_owned(), found);
        }
    }
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
    /// Employers and schools of resumes.
    pub history: &'a StoredHistory,
}

impl ContactText<'_> {
    /// Every key the person can be found by, as the index takes them: words with spaces between.
    #[must_use]
    pub fn key_words(&self, memory: &mut TextMemory) -> String {
        let mut words = Vec::with_capacity(24);
        words.push(KeyWord::new(KeyWordKind::Contact, self.id));
        let mut region = memory.place(self.location, &mut words);
        for location in self.history.locations().take(MOST_PLACES) {
            region = region.or(memory.place(location, &mut words));
        }
        let links = self.links.iter().flat_map(|link| link_keys(link, LinkSource::Mirror));
        let emails = self.emails.iter().flat_map(|email| email_keys(email));
        let phones = self.phones.iter().flat_map(|phone| phone_keys(phone, region));
        let keys: Vec<IdentityKey> = links.chain(emails).chain(phones).collect();
        words.extend(keys.iter().map(KeyWord::identity));
        let mailboxes = keys.iter().filter(|key| key.kind() == KeyKind::Email);
        for domain in mailboxes.filter_map(|key| EmailAddress::of_key(key)?.corporate_domain()) {
            words.push(KeyWord::new(KeyWordKind::MailDomain, &domain));
            if tells_employer(&domain) {
                words.push(KeyWord::new(KeyWordKind::Company, &domain));
            }
        }
        words.extend(self.phones.iter().filter_map(|phone| phone_end(phone)));
        let name = PersonName::of_text(self.name).map(|name| name.with_surnames_of(keys.iter()));
        for handle in keys.iter().filter_map(|key| Handle::of(key, name.as_ref())) {
            let forms = handle.all_forms();
            words.extend(forms.map(|form| KeyWord::new(KeyWordKind::Handle, form)));
        }
        if let Some(name) = name {
            words.extend(name_words(&name));
            let alone = |kind| move |word: &str| KeyWord::new(kind, word);
            words.extend(name.given_spellings().take(2).map(alone(KeyWordKind::Given)));
            words.extend(name.family_spellings().map(alone(KeyWordKind::Family)));
        }
        memory.headline(self.headline, &mut words);
        let employers = self
            .history
            .positions
            .iter()
            .filter_map(|position| company_keys(&position.company));
        for employer in employers.take(MOST_COMPANIES) {
            words.extend(company_words(&employer));
        }
        let schools = self
            .history
            .schools
            .iter()
            .filter_map(|school| school_key(&school.school));
        words.extend(
            schools
                .take(MOST_SCHOOLS)
                .map(|school| KeyWord::new(KeyWordKind::School, &school)),
        );
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

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::mirror::details::ReadDetail;
    use crate::mirror::history::{StoredPosition, StoredSchool};
    use crate::mirror::meta::{MergeKeys, Merging};
    use crate::mirror::{Lifetime, Mirror};
    use crate::text::{Millis, OpportunityId};

    static NO_HISTORY: StoredHistory = StoredHistory {
        positions: Vec::new(),
        schools: Vec::new(),
    };

    fn person<'a>(name: &'a str, headline: &'a str) -> ContactText<'a> {
        ContactText {
            id: "c1",
            name,
            headline,
            location: "Gdynia, Poland",
            emails: &[],
            phones: &[],
            links: &[],
            history: &NO_HISTORY,
        }
    }

    fn shared(one: &ContactText<'_>, other: &ContactText<'_>) -> usize {
        let (one, other) = (
            one.key_words(&mut TextMemory::default()),
            other.key_words(&mut TextMemory::default()),
        );
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
        let id_town_and_country = 3;
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
            assert!(
                shared(&one, &other) > id_town_and_country,
                "{} and {}",
                one.name,
                other.name
            );
        }
        assert_eq!(
            shared(&person("Ines Kowalczyk", ""), &person("Tomasz Abara", "")),
            id_town_and_country
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

    /// Who is looked up is asked for by words that were made when somebody was stored, and what goes is told to the index word by word:
    /// words that are made otherwise, or of other tables, are another version of the mirror.
    #[test]
    fn words_that_are_made_otherwise_are_another_version() {
        let positions = |company: &str| StoredHistory {
            positions: vec![StoredPosition {
                company: company.to_owned(),
                location: "Gdynia".to_owned(),
                ..StoredPosition::default()
            }],
            schools: vec![StoredSchool {
                school: "Warsaw University of Technology".to_owned(),
                ..StoredSchool::default()
            }],
        };
        let (one, other) = (positions("Quarry & Co GmbH"), positions("Harbor Labs, Inc."));
        let texts = |texts: &[&str]| -> Vec<String> { texts.iter().map(|text| (*text).to_owned()).collect() };
        let emails = texts(&["ines.kowalczyk@harborlabs.example", "ines+lever@gmail.com"]);
        let phones = texts(&["555 010 203", "+48 555 010 204 ext. 5"]);
        let links = texts(&[
            "https://www.linkedin.com/in/ines-kowalczyk-7a1b2c3d",
            "github.com/ines-k-demo",
        ]);
        let people = [
            person(
                "Ines (Inka) Kowalczyk-Müller, PhD",
                "Engineer at Quarry & Co, Harbor Labs",
            ),
            person("张伟 (Wei Zhang)", ""),
            ContactText {
                location: "Greater Paris Metropolitan Region",
                emails: &emails,
                phones: &phones,
                links: &links,
                history: &one,
                ..person("Bob O'Brien Jr.", "Tinkerings")
            },
            ContactText {
                history: &other,
                ..person("Юлия Щукина", "Harbor Labs")
            },
        ];
        let mut words = String::from(env!("FULCRUM_TABLES_HASH"));
        for person in people {
            words.push('\n');
            words.push_str(&person.key_words(&mut TextMemory::default()));
        }
        let digest = xxhash_rust::xxh3::xxh3_64(words.as_bytes());
        assert_eq!(
            (super::super::schema::VERSION, format!("{digest:016x}")),
            (9, String::from("8b685d4779651d25")),
            "raise schema::VERSION, and put the new digest here"
        );
    }

    #[derive(Debug, Clone)]
    enum Event {
        /// A candidacy of this person comes, or comes again, with these data.
        Comes(usize, usize),
        /// A resume of this person is read, with this employer.
        Sends(usize, usize),
        /// The candidacy is gone.
        Goes(usize),
    }

    fn event() -> impl Strategy<Value = Event> {
        let person = || 0..PEOPLE;
        prop_oneof![
            3 => (person(), 0..NAMES.len()).prop_map(|(person, data)| Event::Comes(person, data)),
            2 => (person(), 0..NAMES.len()).prop_map(|(person, data)| Event::Sends(person, data)),
            1 => person().prop_map(Event::Goes),
        ]
    }

    const PEOPLE: usize = 4;
    const NAMES: [(&str, &str, &str); 5] = [
        ("Ines Kowalczyk", "Harbor Labs", "Gdynia"),
        ("Ines Abara", "Harbor Labs, Quarry & Co", "Gdynia"),
        ("Robert Lee", "", "Oslo"),
        ("Bob Lee", "Tinkerings", ""),
        ("张伟", "Quarry & Co", "Paris"),
    ];

    fn happens(mirror: &Mirror, event: &Event) {
        let id = |person: usize| OpportunityId(format!("opportunity-{person}"));
        match *event {
            Event::Comes(person, data) => {
                let (name, headline, location) = NAMES[data];
                let row = json!({ "id": id(person), "contact": format!("contact-{person}"), "name": name, "headline": headline,
                    "location": location, "emails": [format!("somebody-{data}@example.org")], "createdAt": 1 });
                mirror
                    .store_changes(&[serde_json::from_str(&row.to_string()).unwrap()])
                    .unwrap();
            }
            Event::Sends(person, data) => {
                let resume = json!({ "id": "resume", "parsedData": { "positions": [{ "org": NAMES[data].1, "location": NAMES[data].2 }],
                    "schools": [] } });
                let resume = serde_json::from_str(&resume.to_string()).unwrap();
                let read = ReadDetail::Resumes(vec![resume]);
                mirror.store_detail(&id(person), &read, Millis(1)).unwrap();
            }
            Event::Goes(person) => mirror.remove_opportunities(&[id(person)]).unwrap(),
        }
    }

    fn empty_mirror() -> Mirror {
        Mirror::open(rusqlite::Connection::open_in_memory().unwrap(), Lifetime::Temporary).unwrap()
    }

    /// Every word of the index with how many people have it.
    fn all_words(mirror: &Mirror) -> Vec<(String, u64)> {
        mirror
            .words_after(KeyWordKind::Contact..=KeyWordKind::Opportunity, "", u32::MAX)
            .unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Nothing stays in the index of whoever has changed or gone, and nobody is lost.
        #[test]
        fn however_people_come_and_go_the_index_is_as_if_those_who_are_left_had_come_alone(events in prop::collection::vec(event(), 0..24)) {
            let mirror = empty_mirror();
            let mut left: [Vec<Event>; PEOPLE] = Default::default();
            for event in &events {
                happens(&mirror, event);
                match *event {
                    Event::Comes(person, _) if left[person].is_empty() => left[person] = vec![event.clone()],
                    Event::Comes(person, _) => left[person][0] = event.clone(),
                    Event::Sends(person, _) if left[person].is_empty() => {}
                    Event::Sends(person, _) => {
                        left[person].truncate(1);
                        left[person].push(event.clone());
                    }
                    Event::Goes(person) => left[person].clear(),
                }
            }
            let afresh = empty_mirror();
            left.iter().flatten().for_each(|event| happens(&afresh, event));
            prop_assert_eq!(all_words(&mirror), all_words(&afresh));
            // The same once the pieces of the index have been brought together.
            let mut merging = mirror.merge_keys(MergeKeys::All).unwrap();
            while merging == Merging::GoesOn {
                merging = mirror.merge_keys(MergeKeys::GoOn).unwrap();
            }
            prop_assert_eq!(all_words(&mirror), all_words(&afresh));
        }
    }
}
