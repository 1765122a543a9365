//! The world is what it claims to be: the same for a seed, with the rates of `rates.rs`, and every hard case has its property.

use std::collections::HashSet;
use std::sync::LazyLock;

use matching_evaluation::draw::{Draw, Purpose};
use matching_evaluation::lever_record::{LeverRecord, agency_mailbox};
use matching_evaluation::negatives::{Negative, make};
use matching_evaluation::person::Person;
use matching_evaluation::rates;
use matching_evaluation::{Class, PageKind, Settings, World, generate};

const SETTINGS: Settings = Settings {
    seed: 7,
    contacts: 20_000,
    present: 1_500,
    strangers: 300,
    hard_per_class: 0,
};

static WORLD: LazyLock<World> = LazyLock::new(|| generate(SETTINGS));
static RECORDS: LazyLock<Vec<LeverRecord>> = LazyLock::new(|| {
    (0..SETTINGS.contacts)
        .map(|slot| LeverRecord::of_slot(&WORLD, slot))
        .collect()
});

/// Draws of each class that are looked at.
const DRAWS: usize = 200;

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let small = |seed| {
        let world = generate(Settings {
            seed,
            contacts: 500,
            present: 50,
            strangers: 50,
            hard_per_class: 2,
        });
        let rows: Vec<String> = world.opportunities().map(Result::unwrap).collect();
        (rows, serde_json::to_string(&world.profiles).unwrap())
    };
    assert_eq!(small(3), small(3));
    assert_ne!(small(3).0, small(4).0);
}

fn share(fits: impl Fn(&LeverRecord) -> bool) -> f64 {
    let people: Vec<&LeverRecord> = RECORDS.iter().filter(|record| record.person.is_some()).collect();
    people.iter().filter(|record| fits(record)).count() as f64 / people.len() as f64
}

fn near(what: &str, measured: f64, meant: f64, tolerance: f64) {
    assert!(
        (measured - meant).abs() <= tolerance,
        "{what}: {measured} instead of {meant}"
    );
}

#[test]
fn records_have_the_rates_they_are_meant_to_have() {
    near("email", share(|record| !record.emails.is_empty()), rates::EMAIL, 0.015);
    near("phone", share(|record| !record.phones.is_empty()), rates::PHONE, 0.015);
    let has = |site: &str| share(|record| record.links.iter().any(|link| link.contains(site)));
    near("LinkedIn", has("linkedin."), rates::LINKEDIN_LINK, 0.015);
    near("GitHub", has("github."), rates::GITHUB_LINK, 0.02);
    near(
        "headline",
        share(|record| !record.headline.is_empty()),
        rates::HEADLINE,
        0.015,
    );
    near(
        "place",
        share(|record| !record.location.is_empty()),
        rates::LOCATION,
        0.015,
    );
    near("résumé", share(|record| record.resume.is_some()), rates::RESUME, 0.015);
    near(
        "agency",
        share(|record| record.emails.iter().any(|email| email.contains("talent-agency"))),
        rates::AGENCY_MAILBOX,
        0.004,
    );
    let is_last_first = |record: &LeverRecord| {
        record.name.split_once(", ").is_some_and(|(_, rest)| {
            !rest.chars().any(|letter| letter == '®') && rest.chars().skip(1).any(char::is_lowercase)
        })
    };
    near("Last, First", share(is_last_first), rates::LAST_FIRST, 0.015);
    let people: Vec<u64> = RECORDS.iter().filter_map(|record| record.person).collect();
    let distinct: HashSet<u64> = people.iter().copied().collect();
    near(
        "duplicates",
        1.0 - distinct.len() as f64 / people.len() as f64,
        rates::DUPLICATE,
        0.006,
    );
    let rows = WORLD.opportunities().count() as f64;
    near(
        "second opportunities",
        rows / SETTINGS.contacts as f64 - 1.0,
        rates::SECOND_OPPORTUNITY,
        0.015,
    );
}

#[test]
fn pages_have_the_rates_they_are_meant_to_have() {
    let pages: Vec<_> = WORLD
        .profiles
        .iter()
        .filter(|(_, truth)| truth.class == Class::Present)
        .collect();
    let kinds =
        |kind: PageKind| pages.iter().filter(|(_, truth)| truth.page_kind == kind).count() as f64 / pages.len() as f64;
    near(
        "LinkedIn profiles",
        kinds(PageKind::LinkedIn),
        rates::LINKEDIN_PAGES,
        0.05,
    );
    near("cards", kinds(PageKind::Card), rates::CARD_PAGES, 0.04);
    near("GitHub", kinds(PageKind::GitHub), rates::GITHUB_PAGES, 0.04);
    let github: Vec<_> = pages
        .iter()
        .filter(|(_, truth)| truth.page_kind == PageKind::GitHub)
        .collect();
    let nameless = github.iter().filter(|(profile, _)| profile.name.is_none()).count() as f64 / github.len() as f64;
    near("GitHub without a name", nameless, rates::GITHUB_NO_NAME, 0.06);
    for (profile, truth) in &WORLD.profiles {
        assert!(profile.proves_its_owner());
        assert_eq!(truth.contacts.is_empty(), truth.class != Class::Present);
        assert!(
            profile.identity_keys().iter().any(|key| key.as_str() == profile.key),
            "{}",
            profile.key
        );
    }
}

#[test]
fn what_belongs_to_one_person_belongs_to_nobody_else() {
    let mut seen = HashSet::new();
    for number in (0..SETTINGS.contacts).chain(2_000_000..2_005_000) {
        let person = WORLD.person(number);
        let own = [
            &person.email,
            &person.second_email,
            &person.phone,
            &person.slug,
            &person.github,
            &person.domain,
            &person.x_handle,
        ];
        for one in own
            .into_iter()
            .chain(&person.former_slug)
            .cloned()
            .chain([format!("member {}", person.member)])
        {
            assert!(seen.insert(one.clone()), "{one} twice");
        }
    }
}

#[test]
fn a_typed_address_is_the_slug_it_was_made_of() {
    use fulcrum::identity::{LinkSource, link_keys};
    let mut draw = Draw::new(1, Purpose::Record, 1);
    for number in 0..400 {
        let person = WORLD.person(number);
        let address = matching_evaluation::linkedin::typed_address(&person.slug, "DE", &mut draw);
        let keys: Vec<String> = link_keys(&address, LinkSource::Mirror)
            .iter()
            .map(|key| key.as_str().to_owned())
            .collect();
        assert_eq!(keys, [format!("li:slug:{}", person.slug)], "{address}");
        let token = format!(
            "https://www.linkedin.com/in/{}",
            matching_evaluation::linkedin::opaque_token(person.member, &mut draw)
        );
        let keys: Vec<String> = link_keys(&token, LinkSource::Mirror)
            .iter()
            .map(|key| key.as_str().to_owned())
            .collect();
        assert!(keys.contains(&format!("li:member:{}", person.member)), "{token}");
    }
}

/// Draws of a class: the record, its person, and the page that must not be taken for them.
fn drawn(class: Class) -> Vec<(LeverRecord, Person, Negative)> {
    let mut draw = Draw::new(SETTINGS.seed, Purpose::Visits, 99);
    let mut found = Vec::new();
    let mut number = 2_400_000;
    while found.len() < DRAWS {
        number += 1;
        assert!(number < 2_600_000, "{} is never possible", class.words());
        let record = LeverRecord::of_slot(&WORLD, draw.bits() % SETTINGS.contacts);
        let Some(person) = record.person.map(|person| WORLD.person(person)) else {
            continue;
        };
        let mut own = Draw::new(SETTINGS.seed, Purpose::Negative, number);
        if let Some(negative) = make(&WORLD, class, &record, &person, number, &mut own) {
            found.push((record, person, negative));
        }
    }
    found
}

fn same_name(one: &Person, other: &Person) -> bool {
    one.name.given == other.name.given && one.name.family == other.name.family
}

fn shares_employer(one: &Person, record: &LeverRecord) -> bool {
    one.jobs.iter().any(|job| record.employers.contains(&job.employer))
}

#[test]
fn every_hard_case_has_the_property_of_its_class() {
    for class in Class::HARD {
        for (
            record,
            person,
            Negative {
                profile, person: other, ..
            },
        ) in drawn(class)
        {
            let told = || format!("{}: {} / {:?}", class.words(), record.name, profile.name);
            let keys: Vec<String> = profile
                .identity_keys()
                .iter()
                .map(|key| key.as_str().to_owned())
                .collect();
            let Some(other) = other else {
                assert_eq!(class, Class::CompanyOrBot);
                let shown = profile.name.unwrap();
                assert!(shown.starts_with(&format!("{} {}", person.name.given, person.name.family)));
                continue;
            };
            assert_ne!(other.number, person.number);
            let kin = other.name.family == person.name.family && other.name.given != person.name.given;
            match class {
                Class::Present | Class::Stranger | Class::CompanyOrBot => unreachable!("not a person's"),
                Class::SameNameSameEmployer => assert!(
                    same_name(&other, &person) && shares_employer(&other, &record),
                    "{}",
                    told()
                ),
                Class::SameNameSameCity => assert!(
                    same_name(&other, &person) && record.city == Some(other.city),
                    "{}",
                    told()
                ),
                Class::SameNameSameJobFamily => assert!(
                    same_name(&other, &person) && other.job_family == person.job_family,
                    "{}",
                    told()
                ),
                Class::SameNameOnly => assert!(
                    same_name(&other, &person) && other.city != person.city && other.job_family != person.job_family,
                    "{}",
                    told()
                ),
                Class::Sibling => assert!(kin && shares_employer(&other, &record), "{}", told()),
                Class::FatherAndSon => assert!(
                    same_name(&other, &person)
                        && other.name.generation.is_some()
                        && (other.born - person.born).abs() >= 10,
                    "{} {} {}",
                    told(),
                    other.born,
                    person.born
                ),
                Class::FamilyMailbox => {
                    assert!(kin, "{}", told());
                    assert!(
                        record.emails.iter().any(|email| profile.emails.contains(email)),
                        "{}",
                        told()
                    );
                }
                Class::RecycledCorporateMailbox => {
                    assert!(
                        other.name.given != person.name.given && shares_employer(&other, &record)
                            || !same_name(&other, &person),
                        "{}",
                        told()
                    );
                    assert!(
                        record
                            .emails
                            .iter()
                            .any(|email| profile.emails.contains(&email.trim().to_lowercase())),
                        "{}",
                        told()
                    );
                }
                Class::AgencyMailbox => assert!(
                    (0..60).any(|agency| profile.emails.contains(&agency_mailbox(agency))),
                    "{}",
                    told()
                ),
                Class::SharedHomePhone => {
                    assert!(kin, "{}", told());
                    assert!(!profile.phones.is_empty());
                }
                Class::ReRegisteredGitHubLogin => {
                    assert!(keys.contains(&format!("gh:login:{}", person.github)), "{}", told());
                    assert!(
                        other.name.given != person.name.given && other.github_id != person.github_id,
                        "{}",
                        told()
                    );
                }
                Class::ReUsedVanitySlug => {
                    let slug = person.former_slug.as_ref().unwrap_or(&person.slug);
                    assert!(keys.contains(&format!("li:slug:{slug}")), "{}", told());
                    assert!(
                        other.name.given != person.name.given && other.member != person.member,
                        "{}",
                        told()
                    );
                }
                Class::ColleagueSameSurname => assert!(kin && shares_employer(&other, &record), "{}", told()),
                Class::RecruitersOwnProfile => assert!(
                    record.emails.contains(&other.email) || record.links.iter().any(|link| link.contains(&other.slug)),
                    "{}",
                    told()
                ),
            }
        }
    }
}
