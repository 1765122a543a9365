//! How the texts of people are read: names, places and employers as they were read before, and from where a phone number without
//! a country is dialled. Of sixty namesakes all have one name, most live in a handful of towns and have worked for a handful of
//! companies, and reading these texts takes longer than comparing what was read. What is remembered must not outlive the mirror that
//! it was met in.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::RandomState;

use crate::identity::{CompanyKeys, PersonName, Place, Region};
use crate::mirror::index::{companies_of_headline, parts_of_headline};

/// Texts of contacts that were met lately, with what they say.
#[derive(Default)]
pub struct TextsMet {
    names: Met<Option<Rc<PersonName>>>,
    places: Met<Option<Place>>,
    /// Parts of headlines, of which each names an employer: there are many headlines, of few employers.
    employers: Met<EmployersNamed>,
}

impl TextsMet {
    /// Texts of each kind that are remembered.
    const MOST: usize = 8_000;

    /// Remembers nothing any more.
    pub fn forget(&self) {
        self.names.take();
        self.places.take();
        self.employers.take();
    }
}

/// What was read of each text that was met.
type Met<Read> = RefCell<HashMap<String, Read, RandomState>>;

/// Employers that a part of a headline names, with what is written there.
type EmployersNamed = Rc<[(CompanyKeys, String)]>;

/// How texts are read at one moment.
#[derive(Clone, Copy)]
pub struct TextsRead<'a> {
    met: &'a TextsMet,
    /// Where most people of the account live: a number without its country is dialled from there, where nobody knows better.
    pub account_country: Option<Region>,
}

impl<'a> TextsRead<'a> {
    /// Texts of people of an account in this country, some of which were met before.
    #[must_use]
    pub fn of(met: &'a TextsMet, account_country: Option<Region>) -> Self {
        Self { met, account_country }
    }

    /// As [`PersonName::of_text`].
    #[must_use]
    pub fn name(&self, text: &str) -> Option<Rc<PersonName>> {
        read_once(&self.met.names, text, |text| PersonName::of_text(text).map(Rc::new))
    }

    /// As [`Place::parse`].
    #[must_use]
    pub fn place(&self, text: &str) -> Option<Place> {
        read_once(&self.met.places, text, Place::parse)
    }

    /// As [`companies_of_headline`], but that an employer who is named twice is there twice.
    pub fn employers(&self, headline: &str) -> impl Iterator<Item = EmployersNamed> {
        parts_of_headline(headline)
            .map(|part| read_once(&self.met.employers, part, |part| companies_of_headline(part).into()))
    }
}

fn read_once<Read: Clone>(met: &Met<Read>, text: &str, read: impl FnOnce(&str) -> Read) -> Read {
    if let Some(known) = met.borrow().get(text) {
        return known.clone();
    }
    let found = read(text);
    let mut met = met.borrow_mut();
    if met.len() >= TextsMet::MOST {
        met.clear();
    }
    met.insert(text.to_owned(), found.clone());
    found
}
