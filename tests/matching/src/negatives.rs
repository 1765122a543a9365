//! People who are not in the mirror and look as if they were: one function a class of matching.md §7. Each is made against a
//! record that stands in the mirror, and has the property its class claims; the rest of its life is its own.

use fulcrum::profile::{CurrentPosition, Profile};

use crate::class::Class;
use crate::draw::Draw;
use crate::lever_record::{LeverRecord, agency_mailbox};
use crate::names::FullName;
use crate::noise::Care;
use crate::page::{PageKind, page, show_email};
use crate::person::{Given, Person};
use crate::rates::NOW;
use crate::world::{RECRUITERS, World};

/// A page that must not be taken for the record's person.
pub struct Negative {
    /// The page.
    pub profile: Profile,
    /// What kind it is.
    pub kind: PageKind,
    /// Whose page it is; nobody's for companies and bots.
    pub person: Option<Person>,
}

/// A page of this class against the record of `person`, or nothing where that record offers no occasion.
#[must_use]
pub fn make(
    world: &World,
    class: Class,
    record: &LeverRecord,
    person: &Person,
    number: u64,
    draw: &mut Draw,
) -> Option<Negative> {
    let name = &person.name;
    let employer = draw.pick(&record.employers).copied();
    let namesake = Some((without_details(name, draw), person.female));
    match class {
        Class::Present | Class::Stranger => None,
        Class::SameNameSameEmployer => {
            let other = elsewhere(
                world,
                person,
                number,
                Given {
                    name: namesake,
                    employer: Some(employer?),
                    ..Given::default()
                },
            );
            with_employer_on_page(world, other, employer?, draw)
        }
        Class::SameNameSameCity => {
            let given = Given {
                name: namesake,
                city: Some(record.city?),
                ..Given::default()
            };
            shown(world, world.person_with(number, given), usual_kind(draw), draw)
        }
        Class::SameNameSameJobFamily => {
            let given = Given {
                name: namesake,
                job_family: Some(person.job_family),
                ..Given::default()
            };
            shown(world, elsewhere(world, person, number, given), usual_kind(draw), draw)
        }
        Class::SameNameOnly => {
            let mut other = elsewhere(
                world,
                person,
                number,
                Given {
                    name: namesake,
                    ..Given::default()
                },
            );
            if other.job_family == person.job_family {
                let family = (person.job_family + 5) % world.places.titles.families.len().max(1);
                let given = Given {
                    name: Some((other.name.clone(), other.female)),
                    city: Some(other.city),
                    job_family: Some(family),
                    ..Given::default()
                };
                other = world.person_with(number, given);
            }
            shown(world, other, usual_kind(draw), draw)
        }
        Class::Sibling => {
            let given = Given {
                name: Some((relative(world, name, person.female, true, draw), person.female)),
                city: Some(record.city.unwrap_or(person.city)),
                employer: Some(employer?),
                born: Some(person.born + draw.between(-3, 3)),
                ..Given::default()
            };
            with_employer_on_page(world, world.person_with(number, given), employer?, draw)
        }
        Class::FatherAndSon => {
            if person.female {
                return None;
            }
            let mut other = without_details(name, draw);
            let is_son = person.born < 1980;
            other.generation = Some(if is_son { "Jr." } else { "Sr." });
            let born = if is_son {
                (person.born + draw.between(22, 32)).min(2003)
            } else {
                person.born - draw.between(22, 32)
            };
            let given = Given {
                name: Some((other, person.female)),
                city: Some(person.city),
                born: Some(born),
                ..Given::default()
            };
            shown(world, world.person_with(number, given), usual_kind(draw), draw)
        }
        Class::FamilyMailbox => {
            let email = record
                .emails
                .iter()
                .find(|email| **email == person.email || **email == person.second_email)?;
            let woman = draw.chance(0.5);
            let given = Given {
                name: Some((relative(world, name, woman, false, draw), woman)),
                city: Some(person.city),
                ..Given::default()
            };
            let mut negative = shown(world, world.person_with(number, given), PageKind::Site, draw)?;
            replace_email(&mut negative.profile, email);
            Some(negative)
        }
        Class::RecycledCorporateMailbox => {
            let email = record.emails.iter().find(|email| {
                email.ends_with(".example") && !email.starts_with("candidates@") && !email.contains("recruiting-team")
            })?;
            let left = person.jobs.iter().find(|job| {
                person
                    .corporate_email(&world.places, job.employer)
                    .eq_ignore_ascii_case(email.trim())
            })?;
            // The next one has a name that fits the mailbox more or less: the same initial, sometimes the same surname.
            let woman = draw.chance(0.5);
            let mut next = relative(world, name, woman, true, draw);
            if draw.chance(0.6) {
                next.family = world.places.names.full(name.culture, woman, draw).family;
                next.native = None;
            }
            let given = Given {
                name: Some((next, woman)),
                employer: Some(left.employer),
                ..Given::default()
            };
            let mut negative = with_employer_on_page(world, world.person_with(number, given), left.employer, draw)?;
            replace_email(&mut negative.profile, email);
            Some(negative)
        }
        Class::AgencyMailbox => {
            let agency = (0..60).find(|number| record.emails.contains(&agency_mailbox(*number)))?;
            let mut negative = shown(
                world,
                world.person(number),
                draw.of_shares(&[(0.6, PageKind::Site)], PageKind::LinkedIn),
                draw,
            )?;
            replace_email(&mut negative.profile, &agency_mailbox(agency));
            Some(negative)
        }
        Class::SharedHomePhone => {
            let phone = record.phones.first()?;
            let woman = draw.chance(0.5);
            let given = Given {
                name: Some((relative(world, name, woman, false, draw), woman)),
                city: Some(person.city),
                ..Given::default()
            };
            let mut negative = shown(
                world,
                world.person_with(number, given),
                draw.of_shares(&[(0.5, PageKind::Site)], PageKind::LinkedIn),
                draw,
            )?;
            negative.profile.phones = vec![if draw.chance(0.5) {
                person.phone.clone()
            } else {
                phone.value.clone()
            }];
            Some(negative)
        }
        Class::ReRegisteredGitHubLogin => {
            if !record.shows_github {
                return None;
            }
            let mut other = unlike(world, name, number);
            other.github.clone_from(&person.github);
            shown(world, other, PageKind::GitHub, draw)
        }
        Class::ReUsedVanitySlug => {
            if !record.shows_slug {
                return None;
            }
            // Slugs are made of names, so whoever takes one is called a little alike: the same initial or the same surname.
            let woman = draw.chance(0.5);
            let mut other = relative(world, name, woman, draw.chance(0.5), draw);
            if draw.chance(0.5) {
                other.family = world.places.names.full(name.culture, woman, draw).family;
                other.native = None;
            }
            let given = Given {
                name: Some((other, woman)),
                ..Given::default()
            };
            let mut other = world.person_with(number, given);
            other.slug = person.former_slug.clone().unwrap_or_else(|| person.slug.clone());
            let key = format!("li:slug:{}", other.slug);
            let kind = draw.of_shares(&[(0.7, PageKind::LinkedIn)], PageKind::Card);
            let mut negative = shown(world, other, kind, draw)?;
            if !negative.profile.ids.contains(&key) {
                negative.profile.ids.push(key);
            }
            Some(negative)
        }
        Class::ColleagueSameSurname => {
            let woman = draw.chance(0.5);
            let given = Given {
                name: Some((relative(world, name, woman, draw.chance(0.3), draw), woman)),
                employer: Some(employer?),
                ..Given::default()
            };
            with_employer_on_page(world, world.person_with(number, given), employer?, draw)
        }
        Class::CompanyOrBot => Some(company_or_bot(world, person, record, number, draw)),
        Class::RecruitersOwnProfile => {
            let recruiter = (0..RECRUITERS).map(|at| world.recruiter(at)).find(|recruiter| {
                record.emails.contains(&recruiter.email)
                    || record.links.iter().any(|link| link.contains(&recruiter.slug))
            })?;
            let mut negative = shown(
                world,
                recruiter.clone(),
                draw.of_shares(&[(0.8, PageKind::LinkedIn)], PageKind::Card),
                draw,
            )?;
            if draw.chance(0.6) {
                replace_email(&mut negative.profile, &recruiter.email);
            }
            negative.profile.current = vec![CurrentPosition {
                title: Some("Senior Recruiter".to_owned()),
                company: Some("Recruiting Team Inc.".to_owned()),
                company_url: None,
            }];
            Some(negative)
        }
    }
}

/// The name without what only its bearer has: a namesake has a middle name of their own, or none that is known.
fn without_details(name: &FullName, draw: &mut Draw) -> FullName {
    FullName {
        middle: name.middle.clone().filter(|_| draw.chance(0.2)),
        former_family: None,
        ..name.clone()
    }
}

/// Somebody with this surname and another given name.
fn relative(world: &World, name: &FullName, woman: bool, same_initial: bool, draw: &mut Draw) -> FullName {
    let (given, native_given) = world.places.names.given_unlike(name, woman, same_initial, draw);
    FullName {
        given,
        middle: None,
        former_family: None,
        foreign_given: None,
        generation: None,
        native: name
            .native
            .clone()
            .zip(native_given)
            .map(|(native, given)| crate::names::NativeName { given, ..native }),
        ..name.clone()
    }
}

/// Somebody whose given and family name both differ.
fn unlike(world: &World, name: &FullName, number: u64) -> Person {
    for attempt in 0..50 {
        let other = world.person(number + attempt * 1_000_003 % 7_919);
        if other.name.given != name.given && other.name.family != name.family {
            return other;
        }
    }
    world.person(number)
}

/// The person made of this, in another city and country or part of it than `from`.
fn elsewhere(world: &World, from: &Person, number: u64, given: Given) -> Person {
    let metro = |city: usize| world.places.cities.city(city).and_then(|city| city.metro);
    let mut draw = Draw::new(world.settings.seed, crate::draw::Purpose::Negative, number ^ (1 << 50));
    for _ in 0..50 {
        let home = world.places.names.home(from.name.culture, &mut draw);
        let city = world.places.cities.in_country(home, &mut draw);
        let is_near = |other: usize| city == other || (metro(city).is_some() && metro(city) == metro(other));
        if !is_near(from.city) && !is_near(from.former_city) {
            return world.person_with(
                number,
                Given {
                    city: Some(city),
                    ..given
                },
            );
        }
    }
    world.person_with(number, given)
}

fn usual_kind(draw: &mut Draw) -> PageKind {
    draw.of_shares(&[(0.65, PageKind::LinkedIn), (0.25, PageKind::Card)], PageKind::Site)
}

fn shown(world: &World, person: Person, kind: PageKind, draw: &mut Draw) -> Option<Negative> {
    Some(Negative {
        profile: page(&world.places, &person, kind, Care::FullName, draw),
        kind,
        person: Some(person),
    })
}

/// The person's page, on which this employer stands.
fn with_employer_on_page(world: &World, person: Person, employer: usize, draw: &mut Draw) -> Option<Negative> {
    let kind = draw.of_shares(&[(0.8, PageKind::LinkedIn)], PageKind::Card);
    let mut negative = shown(world, person, kind, draw)?;
    let name = &world.places.employers.get(employer)?.name;
    let shows = |company: &Option<String>| {
        company
            .as_ref()
            .is_some_and(|company| company.to_lowercase().contains(&name.to_lowercase()))
    };
    let profile = &mut negative.profile;
    let is_shown = profile.current.iter().any(|position| shows(&position.company))
        || profile.history.iter().any(|position| shows(&position.company));
    if !is_shown {
        let title = negative
            .person
            .as_ref()
            .and_then(|person| person.jobs.last())
            .map(|job| job.title.clone());
        profile.current.insert(
            0,
            CurrentPosition {
                title,
                company: Some(world.places.employers.called(employer, NOW, draw)),
                company_url: None,
            },
        );
    }
    Some(negative)
}

fn replace_email(profile: &mut Profile, email: &str) {
    profile.emails.clear();
    profile.ids.retain(|id| !id.starts_with("email:"));
    show_email(profile, &email.trim().to_lowercase());
}

/// A law firm, a photographer's studio or a program that has a person's name.
fn company_or_bot(world: &World, person: &Person, record: &LeverRecord, number: u64, draw: &mut Draw) -> Negative {
    let base = format!("{} {}", person.name.given, person.name.family);
    let is_bot = draw.chance(0.4);
    let kind = if is_bot { PageKind::GitHub } else { PageKind::Site };
    let mut other = world.person(number);
    other.domain = format!("{}-{number}.example", crate::person::plain(&base));
    let mut profile = page(&world.places, &other, kind, Care::FullName, draw);
    profile.emails.clear();
    profile.links.clear();
    profile.phones.clear();
    profile.history.clear();
    profile.education.clear();
    profile.current.clear();
    profile.ids.retain(|id| !id.starts_with("email:"));
    let suffix = if is_bot {
        draw.text(&["", " Bot", " [bot]", "-bot"])
    } else {
        draw.text(&["", " Photography", " GmbH", " & Partners", " Consulting", " Foundation"])
    };
    profile.name = Some(format!("{base}{suffix}"));
    profile.headline = Some(
        if is_bot {
            draw.text(&[
                "I merge dependency updates.",
                "Automated account",
                "Release bot of a small project",
            ])
        } else {
            draw.text(&[
                "Family law since 1982",
                "Wedding photography",
                "Tax advisers",
                "Furniture, made to last",
            ])
        }
        .to_owned(),
    );
    profile.location = record
        .city
        .filter(|_| draw.chance(0.5))
        .map(|city| world.places.cities.written_freely(city, draw));
    Negative {
        profile,
        kind,
        person: None,
    }
}
