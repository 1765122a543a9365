//! Whose pages are looked at: people of the mirror, strangers, and those who look like somebody of the mirror.

use std::collections::HashSet;

use fulcrum::profile::Profile;

use crate::class::Class;
use crate::draw::{Draw, Purpose};
use crate::lever_record::LeverRecord;
use crate::negatives;
use crate::noise::Care;
use crate::page::{PageKind, page};
use crate::world::{Slot, Truth, World};

/// Numbers of strangers begin here: nobody of the mirror has them, nor anybody else.
const STRANGERS_FROM: u64 = 2_000_000;
/// Numbers of hard cases begin here.
const HARD_FROM: u64 = 2_400_000;
/// A record that offers an occasion for a rare class is found within so many; a very small mirror may hold none.
const MOST_ATTEMPTS: usize = 200_000;
/// The same, for each contact of the mirror.
const MOST_ATTEMPTS_A_CONTACT: usize = 10;

/// All pages, in a shuffled order.
pub(crate) fn profiles(world: &World) -> Vec<(Profile, Truth)> {
    let settings = world.settings;
    let mut draw = Draw::new(settings.seed, Purpose::Visits, 0);
    let mut profiles = Vec::with_capacity(settings.present + settings.strangers + settings.hard_per_class * 15);
    let mut seen = HashSet::new();
    let mut misses = 0;
    let most_attempts = usize::try_from(settings.contacts)
        .unwrap_or(usize::MAX)
        .saturating_mul(MOST_ATTEMPTS_A_CONTACT)
        .min(MOST_ATTEMPTS);
    while profiles.len() < settings.present && misses < most_attempts {
        let kind = PageKind::drawn(&mut draw);
        let Some(number) = visited(world, kind, &mut draw).filter(|number| seen.insert(*number)) else {
            misses += 1;
            continue;
        };
        let person = world.person(number);
        let profile = page(&world.places, &person, kind, Care::Usual, &mut page_draw(world, number));
        profiles.push((
            profile,
            Truth {
                class: Class::Present,
                page_kind: kind,
                contacts: world.contacts_of(number),
                resembles: None,
            },
        ));
    }
    for stranger in 0..settings.strangers as u64 {
        let kind = PageKind::drawn(&mut draw);
        let number = STRANGERS_FROM + stranger;
        let profile = page(
            &world.places,
            &world.person(number),
            kind,
            Care::Usual,
            &mut page_draw(world, number),
        );
        profiles.push((
            profile,
            Truth {
                class: Class::Stranger,
                page_kind: kind,
                contacts: Vec::new(),
                resembles: None,
            },
        ));
    }
    let mut number = HARD_FROM;
    for class in Class::HARD {
        let mut found = 0;
        for _ in 0..most_attempts {
            if found == settings.hard_per_class {
                break;
            }
            let Some((record, person)) = drawn_record(world, &mut draw) else {
                continue;
            };
            let mut own = Draw::new(settings.seed, Purpose::Negative, number);
            if let Some(negative) = negatives::make(world, class, &record, &person, number, &mut own) {
                found += 1;
                profiles.push((
                    negative.profile,
                    Truth {
                        class,
                        page_kind: negative.kind,
                        contacts: Vec::new(),
                        resembles: Some(record.contact),
                    },
                ));
            }
            number += 1;
        }
    }
    // Shuffled, so that neither time nor place in the file says what a page is.
    for last in (1..profiles.len()).rev() {
        profiles.swap(last, draw.below(last + 1));
    }
    profiles
}

fn page_draw(world: &World, number: u64) -> Draw {
    Draw::new(world.settings.seed, Purpose::Page, number)
}

/// A person of the mirror who has such a page.
fn visited(world: &World, kind: PageKind, draw: &mut Draw) -> Option<u64> {
    for _ in 0..200 {
        let slot = draw.bits() % world.settings.contacts.max(1);
        if let Slot::Person(number) = world.slot(slot)
            && (kind != PageKind::GitHub || world.person(number).on_github)
        {
            return Some(number);
        }
    }
    None
}

/// A record of the mirror with its person.
pub(crate) fn drawn_record(world: &World, draw: &mut Draw) -> Option<(LeverRecord, crate::person::Person)> {
    let record = LeverRecord::of_slot(world, draw.bits() % world.settings.contacts.max(1));
    let person = world.person(record.person?);
    Some((record, person))
}
