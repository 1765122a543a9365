//! The invented world of one seed: who is in the mirror and in which place, and what all parts of the generator look things
//! up in. Nobody is kept in memory: a person is made again whenever one is asked for.

use std::collections::HashMap;

use fulcrum::profile::Profile;
use serde::Serialize;

use crate::cities::Cities;
use crate::class::Class;
use crate::draw::{Draw, Purpose, scramble};
use crate::employers::Employers;
use crate::lever_record::LeverRecord;
use crate::names::Names;
use crate::noise::Nicknames;
use crate::page::PageKind;
use crate::person::{Given, Person};
use crate::rates;
use crate::titles::Titles;

/// What to make.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Everything follows from it.
    pub seed: u64,
    /// Contacts in the mirror.
    pub contacts: u64,
    /// Pages of people who are in the mirror.
    pub present: usize,
    /// Pages of people who are not, and have nothing to do with anybody who is.
    pub strangers: usize,
    /// Pages of each class of people who are not and look as if they were.
    pub hard_per_class: usize,
}

/// Lists and tables.
pub struct Places {
    /// Names.
    pub names: Names,
    /// Short forms of names.
    pub nicknames: Nicknames,
    /// Cities.
    pub cities: Cities,
    /// Jobs.
    pub titles: Titles,
    /// Employers.
    pub employers: Employers,
}

/// What is true of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// Why it is there.
    pub class: Class,
    /// What kind of page it is.
    pub page_kind: PageKind,
    /// Every contact of its person; empty where the person is not in the mirror.
    pub contacts: Vec<String>,
    /// For hard cases, the contact that the page may be taken for.
    pub resembles: Option<String>,
}

/// What stands in a place of the mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The person with this number.
    Person(u64),
    /// Somebody whose data was erased.
    Anonymised,
    /// A record that says next to nothing.
    Empty,
}

/// A seed's world.
pub struct World {
    /// What was asked for.
    pub settings: Settings,
    /// Lists and tables.
    pub places: Places,
    /// Pages with what is true of them.
    pub profiles: Vec<(Profile, Truth)>,
    /// Later places of people who have several.
    duplicates: HashMap<u64, Vec<u64>>,
}

/// Makes a world with its pages; the mirror's rows come from [`World::opportunities`].
#[must_use]
pub fn generate(settings: Settings) -> World {
    let mut world = World {
        settings,
        places: Places {
            names: Names::read(),
            nicknames: Nicknames::read(),
            cities: Cities::read(),
            titles: Titles::read(),
            employers: Employers::make(settings.seed),
        },
        profiles: Vec::new(),
        duplicates: HashMap::new(),
    };
    for slot in 0..settings.contacts {
        if let Slot::Person(number) = world.slot(slot)
            && number != slot
        {
            world.duplicates.entry(number).or_default().push(slot);
        }
    }
    world.profiles = crate::visits::profiles(&world);
    world
}

impl World {
    /// What stands in a place of the mirror.
    #[must_use]
    pub fn slot(&self, slot: u64) -> Slot {
        let mut at = slot;
        loop {
            let mut draw = Draw::new(self.settings.seed, Purpose::Slot, at);
            if draw.chance(rates::DUPLICATE) && at > 0 {
                at = draw.bits() % at;
                continue;
            }
            return if draw.chance(rates::ANONYMISED) {
                Slot::Anonymised
            } else if draw.chance(rates::EMPTY) {
                Slot::Empty
            } else {
                Slot::Person(at)
            };
        }
    }

    /// The person with this number.
    #[must_use]
    pub fn person(&self, number: u64) -> Person {
        self.person_with(number, Given::default())
    }

    /// The person with this number, of whom something is given.
    #[must_use]
    pub fn person_with(&self, number: u64, given: Given) -> Person {
        Person::make(&self.places, self.settings.seed, number, given)
    }

    /// The id of the contact in a place.
    #[must_use]
    pub fn contact_id(&self, slot: u64) -> String {
        uuid(self.settings.seed, Purpose::ContactId, slot)
    }

    /// Every contact of the person with this number.
    #[must_use]
    pub fn contacts_of(&self, number: u64) -> Vec<String> {
        std::iter::once(number)
            .chain(self.duplicates.get(&number).into_iter().flatten().copied())
            .map(|slot| self.contact_id(slot))
            .collect()
    }

    /// The mirror's rows, one line of JSON each, as `GET /opportunities` returns them, with résumés.
    pub fn opportunities(&self) -> impl Iterator<Item = Result<String, serde_json::Error>> + '_ {
        (0..self.settings.contacts)
            .flat_map(move |slot| LeverRecord::of_slot(self, slot).rows(self))
            .map(|row| serde_json::to_string(&row))
    }

    /// One of the account's own recruiters, who are users and not contacts.
    #[must_use]
    pub fn recruiter(&self, number: u64) -> Person {
        let recruiting = self
            .places
            .titles
            .families
            .iter()
            .position(|family| family.name == "people");
        let mut person = self.person_with(
            RECRUITERS_FROM + number % RECRUITERS,
            Given {
                job_family: recruiting,
                ..Given::default()
            },
        );
        person.email = format!(
            "{}.{}@recruiting-team.example",
            crate::person::plain(&person.name.given),
            number % RECRUITERS
        );
        person
    }
}

/// Numbers of recruiters begin here: nobody else has them.
pub const RECRUITERS_FROM: u64 = 2_900_000;
/// Recruiters of the account.
pub const RECRUITERS: u64 = 40;

/// An id as Lever writes it.
#[must_use]
pub fn uuid(seed: u64, purpose: Purpose, number: u64) -> String {
    let mut draw = Draw::new(scramble(seed), purpose, number);
    let (one, two) = (draw.bits(), draw.bits());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        one >> 32,
        (one >> 16) & 0xffff,
        one & 0xfff,
        0x8000 | (two >> 48) & 0x3fff,
        two & 0xffff_ffff_ffff
    )
}
