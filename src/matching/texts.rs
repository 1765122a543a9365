//! How the texts of people are read: names, places and headlines as they were read before, and from where a phone number without
//! a country is dialled. Of sixty namesakes all have one name and most live in a handful of towns, and reading these texts takes
//! longer than comparing what was read. It must not outlive the look-ups it was made for.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::RandomState;

use crate::identity::{CompanyKeys, PersonName, Place, Region};
use crate::mirror::index::companies_of_headline;

/// Texts of contacts with what they say.
#[derive(Default)]
pub struct TextsRead {
    names: Met<Option<Rc<PersonName>>>,
    places: Met<Option<Place>>,
    headlines: Met<EmployersOfHeadline>,
    /// Where most people of the account live: a number without its country is dialled from there, where nobody knows better.
    pub account_country: Option<Region>,
}

/// What was read of each text that was met.
type Met<Read> = RefCell<HashMap<String, Read, RandomState>>;

/// Employers that a headline names, with what is written there.
pub type EmployersOfHeadline = Rc<[(CompanyKeys, String)]>;

impl TextsRead {
    /// Nothing read yet, of people of an account in this country.
    #[must_use]
    pub fn in_country(account_country: Option<Region>) -> Self {
        Self {
            account_country,
            ..Self::default()
        }
    }

    /// As [`PersonName::of_text`].
    pub fn name(&self, text: &str) -> Option<Rc<PersonName>> {
        read_once(&self.names, text, |text| PersonName::of_text(text).map(Rc::new))
    }

    /// As [`Place::parse`].
    pub fn place(&self, text: &str) -> Option<Place> {
        read_once(&self.places, text, Place::parse)
    }

    /// As [`companies_of_headline`].
    pub fn employers(&self, headline: &str) -> EmployersOfHeadline {
        read_once(&self.headlines, headline, |headline| {
            companies_of_headline(headline).into()
        })
    }
}

fn read_once<Read: Clone>(met: &Met<Read>, text: &str, read: impl FnOnce(&str) -> Read) -> Read {
    if let Some(known) = met.borrow().get(text) {
        return known.clone();
    }
    let found = read(text);
    met.borrow_mut().insert(text.to_owned(), found.clone());
    found
}
