//! What is known of one person, in normal forms: the same shape for a page and for a contact of Lever, so that comparing them
//! is the same in either direction. It must not weigh anything.

use std::cell::OnceCell;
use std::rc::Rc;

use super::texts::TextsRead;
use crate::identity::{
    CompanyKeys, Handle, IdentityKey, IsSurname, KeyKind, LinkSource, NameAgreement, PersonName, Place, TitleFamilies,
    company_keys, email_keys, is_nobodys_name, is_school, link_keys, phone_keys, school_key,
    title_and_company_of_headline, title_families,
};
use crate::mirror::history::StoredHistory;
use crate::mirror::index::{KeyWord, MOST_PLACES, phone_end};
use crate::mirror::read::ContactRecord;
use crate::mirror::rows::ContactData;
use crate::profile::Profile;
use crate::text::ContactId;

/// A month, counted from the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(pub i32);

impl Month {
    /// The first month of `YYYY` or `YYYY-MM`.
    fn first_of(date: &str) -> Option<Self> {
        Self::read(date, 0)
    }

    /// The last month of `YYYY` or `YYYY-MM`.
    fn last_of(date: &str) -> Option<Self> {
        Self::read(date, 11)
    }

    fn read(date: &str, of_a_year: i32) -> Option<Self> {
        let (year, month) = match date.split_once('-') {
            Some((year, month)) => (year, month.parse::<i32>().ok()?.checked_sub(1)?),
            None => (date, of_a_year),
        };
        let year = year.parse::<i32>().ok().filter(|year| (1900..2200).contains(year))?;
        (0..12).contains(&month).then_some(Self(year * 12 + month))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }
}

/// Whether the text says that this is an employer, or only might.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In a field of its own.
    Stated,
    /// In a free text: it counts where the other side has it too, and its absence there says nothing.
    Suggested,
}

/// An employer.
#[derive(Clone)]
pub struct Employer {
    /// Normal forms.
    pub keys: CompanyKeys,
    /// As written.
    pub shown: String,
    /// First month, where it is known.
    pub start: Option<Month>,
    /// Last month, where it is known.
    pub end: Option<Month>,
    /// How sure it is that this is an employer.
    pub standing: Standing,
}

/// A school.
#[derive(Clone)]
pub struct Schooling {
    /// Normal form.
    pub key: String,
    /// As written.
    pub shown: String,
    /// Year of the end, where it is known.
    pub end: Option<i32>,
}

/// Logins that a surname is read from, beside the given name that the page shows.
const LOGINS: [KeyKind; 3] = [KeyKind::GitHubLogin, KeyKind::GitLabLogin, KeyKind::LinkedInSlug];
/// What a whole name is read from where the page shows none.
const MAY_TELL_NAMES: [KeyKind; 5] = [
    KeyKind::GitHubLogin,
    KeyKind::GitLabLogin,
    KeyKind::LinkedInSlug,
    KeyKind::XHandle,
    KeyKind::Web,
];

/// The end of a phone number.
#[derive(Clone)]
pub struct PhoneEnd {
    /// As it stands in the index.
    pub word: KeyWord,
    /// The number as written.
    pub shown: String,
    /// Whether its country is known, by the number itself or by where the person lives.
    pub is_whole: bool,
}

/// What is known of one person.
pub struct PersonFacts {
    /// The contact, where it is one.
    pub contact: Option<ContactId>,
    /// The contact's row in the mirror.
    pub row: Option<i64>,
    /// Identity keys with the text they come from.
    pub keys: Vec<(IdentityKey, String)>,
    /// Ends of phone numbers.
    pub phone_ends: Vec<PhoneEnd>,
    /// Name as written.
    pub shown_name: Option<String>,
    /// The name, parsed.
    pub name: Option<Rc<PersonName>>,
    /// The name with what is read out of a login or an address beside it.
    pub guessed_name: Option<PersonName>,
    /// Employers, each once.
    pub employers: Vec<Employer>,
    /// Job titles as written.
    pub titles: Vec<String>,
    title_families: OnceCell<TitleFamilies>,
    /// Place.
    pub place: Option<Place>,
    /// Place as written.
    pub shown_place: Option<String>,
    /// Further places, by resumes, with what is written there.
    pub further_places: Vec<(Place, String)>,
    /// Schools, each once.
    pub schools: Vec<Schooling>,
    /// Names chosen on sites and for mailboxes.
    pub handles: Vec<Handle>,
}

impl std::fmt::Debug for PersonFacts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PersonFacts")
            .field("keys", &self.keys.len())
            .field("employers", &self.employers.len())
            .finish_non_exhaustive()
    }
}

impl PersonFacts {
    /// The facts of a page. `is_surname` knows the surnames of the mirror.
    #[must_use]
    pub fn of_page(profile: &Profile, texts: &TextsRead<'_>, is_surname: IsSurname<'_>) -> Self {
        let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let place = profile.location.as_deref().and_then(Place::parse);
        let is_nobody = profile.name.as_deref().is_some_and(is_nobodys_name);
        let name = profile.person_name().filter(|_| !is_nobody);
        let mut history = History::default();
        for position in &profile.history {
            history.position(
                position.company.as_deref(),
                position.title.as_deref(),
                position.start.as_deref(),
                position.end.as_deref(),
            );
        }
        for position in &profile.current {
            history.position(position.company.as_deref(), position.title.as_deref(), None, None);
        }
        if let Some(headline) = &profile.headline {
            history.headline(headline);
        }
        for school in &profile.education {
            history.school(school.school.as_deref().unwrap_or_default(), school.end.as_deref());
        }
        let mut keys: Vec<(IdentityKey, String)> = profile
            .identity_keys()
            .into_iter()
            .map(|key| {
                let shown = key.value().to_owned();
                (key, shown)
            })
            .collect();
        let phones = Phones::of(&profile.phones, place.as_ref(), texts);
        for found in phones.keys {
            if !keys.iter().any(|(key, _)| *key == found.0) {
                keys.push(found);
            }
        }
        let name = name.map(|name| name.with_surnames_of(keys.iter().map(|(key, _)| key)));
        let of_kinds = |kinds: &[KeyKind]| -> Vec<&str> {
            let keys = keys.iter().map(|(key, _)| key);
            let keys = keys.filter(|key| kinds.contains(&key.kind()));
            keys.map(IdentityKey::value).collect()
        };
        let slugs = of_kinds(&[KeyKind::LinkedInSlug]);
        let logins = of_kinds(&LOGINS);
        let shown_name = text(&profile.name);
        let (guessed_name, shown_name) = match &name {
            Some(name) => {
                let whole = name.with_surname_of_logins(&logins, is_surname);
                (whole.or_else(|| name.with_names_of_slugs(&slugs)), shown_name)
            }
            None if shown_name.is_some() => (None, shown_name),
            None => PersonName::of_logins(&of_kinds(&MAY_TELL_NAMES), is_surname)
                .map(|(name, login)| (name, login.to_owned()))
                .unzip(),
        };
        Self {
            guessed_name,
            name: name.map(Rc::new),
            shown_name,
            place,
            shown_place: text(&profile.location),
            ..Self::of_keys_and_history(keys, phones.ends, history)
        }
        .with_handles()
    }

    /// The facts of a contact.
    #[must_use]
    pub fn of_contact(record: ContactRecord, texts: &TextsRead<'_>) -> Self {
        let name = texts.name(&record.data.name);
        Self::of_contact_named(record, name, texts)
    }

    /// The facts of a contact whose name has been read already, beside others of whom the same texts may be met.
    #[must_use]
    pub fn of_contact_named(record: ContactRecord, name: Option<Rc<PersonName>>, texts: &TextsRead<'_>) -> Self {
        let ContactRecord { id, row, data, history } = record;
        let stated = texts.place(&data.location).map(|place| (place, data.location.clone()));
        let by_resumes = history.locations().take(MOST_PLACES);
        let by_resumes = by_resumes.filter_map(|shown| Some((texts.place(shown)?, shown.to_owned())));
        let mut places = stated.into_iter().chain(by_resumes);
        let (place, shown_place) = places.next().unzip();
        let further_places: Vec<(Place, String)> = places.collect();
        let phones = Phones::of(&data.phones, place.as_ref(), texts);
        let mut keys = keys_with_text(&data);
        keys.extend(phones.keys);
        let name = name.map(|name| name.shared_with_surnames_of(keys.iter().map(|(key, _)| key)));
        let StoredHistory { positions, schools } = history;
        let mut history = History::default();
        for position in &positions {
            history.position(
                Some(&position.company),
                Some(&position.title),
                position.start.as_deref(),
                position.end.as_deref(),
            );
        }
        for named in texts.employers(&data.headline) {
            for (keys, shown) in named.iter() {
                history.add(keys.clone(), shown.clone(), None, None, Standing::Stated);
            }
        }
        history.titles_of_headline(&data.headline);
        for school in &schools {
            history.school(&school.school, school.end.as_deref());
        }
        Self {
            contact: Some(id),
            row: Some(row),
            name,
            shown_name: Some(data.name),
            place,
            shown_place: shown_place.or(Some(data.location).filter(|place| !place.is_empty())),
            further_places,
            ..Self::of_keys_and_history(keys, phones.ends, history)
        }
        .with_handles()
    }

    fn of_keys_and_history(keys: Vec<(IdentityKey, String)>, phone_ends: Vec<PhoneEnd>, history: History) -> Self {
        Self {
            contact: None,
            row: None,
            keys,
            phone_ends,
            shown_name: None,
            name: None,
            guessed_name: None,
            employers: history.employers,
            titles: history.titles,
            title_families: OnceCell::new(),
            place: None,
            shown_place: None,
            further_places: Vec::new(),
            schools: history.schools,
            handles: Vec::new(),
        }
    }

    fn with_handles(mut self) -> Self {
        let keys = self.keys.iter();
        self.handles = keys
            .filter_map(|(key, _)| Handle::of(key, self.name.as_deref()))
            .collect();
        self
    }

    /// The name to find people by, the guessed surname with it; nothing where it says too little.
    #[must_use]
    pub fn name_to_look_up(&self) -> Option<&PersonName> {
        let name = self.guessed_name.as_ref().or(self.name.as_deref());
        name.filter(|name| name.is_usable())
    }

    /// The name to hold against a contact's: as [`PersonFacts::name_beside`], without the guess where both have the same profile
    /// address or login. It may have passed from one to the other, and the name that is read out of it with it.
    #[must_use]
    pub fn name_to_weigh(&self, other: &Self) -> Option<&PersonName> {
        let mut logins = self.keys.iter().filter(|(key, _)| MAY_TELL_NAMES.contains(&key.kind()));
        if self.guessed_name.is_some() && logins.any(|(login, _)| other.keys.iter().any(|(key, _)| key == login)) {
            return self.name.as_deref();
        }
        self.name_beside(other.name.as_deref())
    }

    /// The name to hold against another's: with the guess only where that one fits, since a wrong guess says nothing.
    #[must_use]
    pub fn name_beside(&self, other: Option<&PersonName>) -> Option<&PersonName> {
        let fits = |guess: &&PersonName| {
            let other = other.map(|other| guess.compatible(other));
            matches!(other, Some(NameAgreement::Same | NameAgreement::Compatible))
        };
        self.guessed_name.as_ref().filter(fits).or(self.name.as_deref())
    }

    /// The kinds of work that the titles name: read once, and only for whom it is asked.
    #[must_use]
    pub fn title_families(&self) -> TitleFamilies {
        *self.title_families.get_or_init(|| {
            let known = self.titles.iter().map(|title| title_families(title));
            known.fold(TitleFamilies::default(), TitleFamilies::or)
        })
    }
}

/// Job titles of one person that are read: the first ones are the latest.
const MOST_TITLES: usize = 6;

/// Employers, titles and schools as they are met.
#[derive(Default)]
struct History {
    employers: Vec<Employer>,
    titles: Vec<String>,
    schools: Vec<Schooling>,
}

impl History {
    fn position(&mut self, company: Option<&str>, title: Option<&str>, start: Option<&str>, end: Option<&str>) {
        if let Some(title) = title {
            self.title(title);
        }
        let Some(company) = company else {
            return;
        };
        if is_school(company) {
            self.school(company, end);
        }
        if let Some(keys) = company_keys(company) {
            self.add(
                keys,
                company.trim().to_owned(),
                start.and_then(Month::first_of),
                end.and_then(Month::last_of),
                Standing::Stated,
            );
        }
    }

    /// `Title at Employer | anything`: what stands there may be an employer.
    fn headline(&mut self, headline: &str) {
        let (_, companies) = title_and_company_of_headline(headline);
        self.titles_of_headline(headline);
        let parts = headline.split([',', '|', '·', '•', ';']);
        for shown in companies.into_iter().chain(parts) {
            if let Some(keys) = company_keys(shown) {
                self.add(keys, shown.trim().to_owned(), None, None, Standing::Suggested);
            }
        }
    }

    fn titles_of_headline(&mut self, headline: &str) {
        let (title, _) = title_and_company_of_headline(headline);
        self.title(title);
    }

    fn title(&mut self, title: &str) {
        let title = title.trim();
        if !title.is_empty() && self.titles.len() < MOST_TITLES {
            self.titles.push(title.to_owned());
        }
    }

    fn school(&mut self, shown: &str, end: Option<&str>) {
        let Some(key) = school_key(shown) else {
            return;
        };
        let end = end.and_then(Month::last_of).map(Month::year);
        match self.schools.iter_mut().find(|school| school.key == key) {
            Some(known) => known.end = known.end.or(end),
            None => self.schools.push(Schooling {
                key,
                shown: shown.trim().to_owned(),
                end,
            }),
        }
    }

    fn add(&mut self, keys: CompanyKeys, shown: String, start: Option<Month>, end: Option<Month>, standing: Standing) {
        if let Some(known) = self.employers.iter_mut().find(|known| known.keys.main == keys.main) {
            // Two positions at one employer are one time there.
            known.start = match (known.start, start) {
                (Some(known), Some(start)) => Some(known.min(start)),
                (known, start) => known.or(start),
            };
            known.end = match (known.end, end) {
                (Some(known), Some(end)) => Some(known.max(end)),
                (known, end) => known.or(end),
            };
            return;
        }
        self.employers.push(Employer {
            keys,
            shown,
            start,
            end,
            standing,
        });
    }
}

fn keys_with_text(data: &ContactData) -> Vec<(IdentityKey, String)> {
    let links = data.links.iter().flat_map(|link| {
        link_keys(link, LinkSource::Mirror)
            .into_iter()
            .map(move |key| (key, link.clone()))
    });
    let emails = data
        .emails
        .iter()
        .flat_map(|email| email_keys(email).into_iter().map(move |key| (key, email.clone())));
    links.chain(emails).collect()
}

/// What is read out of a person's phone numbers.
#[derive(Default)]
struct Phones {
    keys: Vec<(IdentityKey, String)>,
    ends: Vec<PhoneEnd>,
}

impl Phones {
    fn of(phones: &[String], home: Option<&Place>, texts: &TextsRead<'_>) -> Self {
        let home = home.and_then(Place::country);
        let mut read = Self::default();
        for phone in phones {
            let mut keys = phone_keys(phone, home);
            let is_whole = !keys.is_empty();
            if !is_whole {
                keys = phone_keys(phone, texts.account_country);
            }
            read.keys.extend(keys.into_iter().map(|key| (key, phone.clone())));
            read.ends.extend(phone_end(phone).map(|word| PhoneEnd {
                word,
                shown: phone.clone(),
                is_whole,
            }));
        }
        read
    }
}
