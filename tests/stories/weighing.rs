//! What must hold of any two records that are held against each other, whoever they are (matching.md §6): Fellegi and Sunter's
//! sum of evidence, and the two absolute rules on top of it.

use std::collections::BTreeSet;

use fulcrum::lever::model::opportunity::Opportunity;
use fulcrum::matching::evidence::{NameFit, Surroundings, Weighed, weigh};
use fulcrum::matching::facts::PersonFacts;
use fulcrum::matching::frequency::Frequencies;
use fulcrum::matching::texts::{TextsMet, TextsRead};
use fulcrum::matching::verdict::{EvidenceField, Outcome, Verdict, VerdictWord};
use fulcrum::matching::{Corrections, considered, look_up};
use fulcrum::mirror::Mirror;
use fulcrum::mirror::employer_aliases::EmployerAliases;
use fulcrum::mirror::file::MirrorLine;
use fulcrum::profile::{CurrentPosition, Education, PastPosition, Profile};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixture::small_mirror::{empty_mirror, mirror_of, row, verdict};
use crate::fixture::{cases, people};

fn weighed(one: &Profile, other: &Profile) -> Weighed {
    let mirror = empty_mirror();
    let frequencies = Frequencies::of(&mirror);
    let shared = BTreeSet::new();
    let employers = EmployerAliases::default();
    let around = Surroundings {
        frequencies: &frequencies,
        population: 100_000,
        namesakes: 1,
        shared: &shared,
        employers: &employers,
    };
    let met = TextsMet::default();
    let texts = TextsRead::of(&met, None);
    let facts = |profile| PersonFacts::of_page(profile, &texts, &|_| false);
    weigh(&facts(one), &facts(other), &around).unwrap()
}

/// Pages of a small world, so that two of them often share something.
fn page() -> impl Strategy<Value = Profile> {
    let one_of = |texts: &'static [&'static str]| prop::sample::select(texts);
    (
        one_of(&["Ines", "Bob", "Robert", "I.", "Wei", "Ines Marie"]),
        one_of(&["Kowalczyk", "Kowalska", "Kowalczik", "Abara", "Abara-Quist", "Lu"]),
        prop::option::of(one_of(&[
            "Harbor Labs",
            "Harbor Labs GmbH",
            "Quarry & Co",
            "Fjordworks",
        ])),
        prop::option::of(one_of(&["Gdynia, Poland", "Gdańsk", "Lyon, France", "Remote"])),
        prop::option::of(one_of(&[
            "University of Larkspur",
            "Larkspur University",
            "Fjord College",
        ])),
        prop::option::of(one_of(&["Software Engineer", "Senior Developer", "Nurse"])),
        prop::option::of(one_of(&[
            "moon.warbler@gmail.com",
            "office@harborlabs.example",
            "i.k@web.de",
        ])),
        prop::option::of(one_of(&[
            "gh:login:moonwarbler",
            "gh:login:abara",
            "li:slug:ines-k-demo",
            "li:member:555000777",
        ])),
        prop::option::of(one_of(&["2015", "2019-04", "2023"])),
    )
        .prop_map(
            |(given, family, company, place, school, title, email, id, start)| Profile {
                key: id.unwrap_or("email:nobody@example.org").to_owned(),
                name: Some(format!("{given} {family}")),
                location: place.map(str::to_owned),
                history: company.map_or_else(Vec::new, |company| {
                    vec![PastPosition {
                        company: Some(company.to_owned()),
                        title: title.map(str::to_owned),
                        start: start.map(str::to_owned),
                        end: None,
                    }]
                }),
                current: title.map_or_else(Vec::new, |title| {
                    vec![CurrentPosition {
                        title: Some(title.to_owned()),
                        ..CurrentPosition::default()
                    }]
                }),
                education: school.map_or_else(Vec::new, |school| {
                    vec![Education {
                        school: Some(school.to_owned()),
                        ..Education::default()
                    }]
                }),
                emails: email.map_or_else(Vec::new, |email| vec![email.to_owned()]),
                ..Profile::default()
            },
        )
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn which_of_two_records_is_called_the_page_changes_nothing(one in page(), other in page()) {
        let (there, back) = (weighed(&one, &other), weighed(&other, &one));
        prop_assert!((there.bits - back.bits).abs() < 1e-9, "{} and {}", there.bits, back.bits);
        prop_assert_eq!(there.name, back.name);
        prop_assert_eq!(there.is_identified, back.is_identified);
        prop_assert_eq!(&there.families, &back.families);
    }

    #[test]
    fn the_sum_is_the_sum_of_what_is_shown_strongest_first(one in page(), other in page()) {
        let found = weighed(&one, &other);
        let sum: f64 = found.evidence.iter().map(|evidence| evidence.bits).sum();
        prop_assert!((sum - found.bits).abs() < 1e-9);
        prop_assert!(found.evidence.windows(2).all(|pair| pair[0].bits >= pair[1].bits));
        prop_assert!(found.evidence.iter().all(|evidence| evidence.bits.is_finite()));
    }

    #[test]
    fn what_one_side_does_not_say_is_no_evidence(one in page(), other in page()) {
        // Nothing but the name on one side: nothing but the name is weighed.
        let bare = Profile { name: one.name.clone(), ..Profile::default() };
        let found = weighed(&bare, &other);
        prop_assert!(found.families.is_empty() && !found.is_identified && !found.has_conflict);
        prop_assert!(found.evidence.len() <= 2, "name and middle name at most: {:?}", found.evidence);
    }

    #[test]
    fn a_town_that_differs_never_speaks_for_anybody(one in page(), other in page()) {
        let without = |profile: &Profile| Profile { location: None, ..profile.clone() };
        let at = |profile: &Profile, place: &str| Profile { location: Some(place.to_owned()), ..profile.clone() };
        let apart = weighed(&at(&one, "Gdynia, Poland"), &at(&other, "Lyon, France"));
        let silent = weighed(&without(&one), &without(&other));
        // Whom the town has put out of the question is not weighed by title and school any more: without them the two are compared.
        let late = |weighed: &Weighed| -> f64 {
            let late = weighed.evidence.iter().filter(|one| matches!(one.field, EvidenceField::Title | EvidenceField::School));
            late.map(|one| one.bits).sum()
        };
        let is_cut_short = late(&apart) == 0.0 && apart.bits < silent.bits - late(&silent);
        prop_assert!(apart.bits <= silent.bits || is_cut_short);
    }

    #[test]
    fn an_equal_account_never_speaks_against_anybody(one in page(), other in page()) {
        let with = |profile: &Profile| Profile { ids: vec!["orcid:0000-0002-1825-0097".to_owned()], ..profile.clone() };
        prop_assert!(weighed(&with(&one), &with(&other)).bits + 1e-9 >= weighed(&one, &other).bits);
    }

    #[test]
    fn names_that_clash_are_never_identified(one in page(), other in page()) {
        let found = weighed(&one, &other);
        prop_assert!(!(found.is_identified && matches!(found.name, NameFit::Clashes | NameFit::ChangedFamily)));
    }
}

// --- Rules, as a recruiter would meet them ----------------------------------------------------------------------------

#[test]
fn an_address_that_has_changed_hands_is_not_the_person_of_before() {
    let mut before = row(1, "Noor Vandermeer");
    before["links"] = json!([
        "https://www.linkedin.com/in/noor-vandermeer-demo",
        "https://www.linkedin.com/profile/view?id=555000111"
    ]);
    let mirror = mirror_of(vec![before]);
    let mut page = people::linkedin("noor-vandermeer-demo", "Noor Vandermeer");
    assert_eq!(verdict(&mirror, &page).verdict, VerdictWord::Same);
    page.ids.push("li:member:555000999".to_owned());
    assert!(!matches!(
        verdict(&mirror, &page).verdict,
        VerdictWord::Same | VerdictWord::Likely
    ));
}

#[test]
fn positions_and_schools_of_a_resume_take_part() {
    let mut with_resume = row(1, "Xanthippe Ambergrove");
    with_resume["resumes"] = json!([{
        "id": "resume-1", "createdAt": 1_760_000_000_000_i64,
        "parsedData": {
            "positions": [{ "org": "Larch & Sons", "title": "Engineer", "start": { "year": 2016 }, "end": { "year": 2021 } }],
            "schools": [{ "org": "Larkspur University", "degree": "BSc", "field": "", "start": null, "end": { "year": 2015 } }],
        },
    }]);
    let page = Profile {
        education: vec![Education {
            school: Some("University of Larkspur".to_owned()),
            end: Some("2015".to_owned()),
            ..Education::default()
        }],
        name: Some("Xanthippe Ambergrove".to_owned()),
        ..people::newcomer(1)
    };
    let found = verdict(&mirror_of(vec![with_resume]), &page);
    assert_eq!(found.verdict, VerdictWord::Same, "{found:?}");
    let found = verdict(&mirror_of(vec![row(1, "Xanthippe Ambergrove")]), &page);
    assert_eq!(found.verdict, VerdictWord::Possible, "{found:?}");
}

#[test]
fn a_number_without_its_country_is_found_by_its_end() {
    let mut in_lever = row(1, "Noor Vandermeer");
    in_lever["phones"] = json!([{ "type": "mobile", "value": "+1 212 555 0142" }]);
    let mirror = mirror_of(vec![in_lever]);
    let page = Profile {
        phones: vec!["(212) 555-0142".to_owned()],
        ..people::github("nv-demo", "Noor Vandermeer")
    };
    let found = verdict(&mirror, &page);
    assert_eq!(found.candidates[0].contact.as_str(), "contact-1");
    assert!(found.candidates[0].probability > 0.9, "{found:?}");
}

#[test]
fn a_number_without_its_country_is_dialled_from_where_most_people_of_the_account_live() {
    let living_in = |town: &str| {
        let mut in_lever = row(1, "Noor Vandermeer");
        in_lever["phones"] = json!([{ "type": "mobile", "value": "512 555 014" }]);
        let others = (2..40).map(|number| {
            let mut other = row(number, &format!("Stranger Number{number}"));
            // Somebody lives elsewhere in every account.
            other["location"] = json!(if number % 3 == 0 { "Oslo, Norway" } else { town });
            other
        });
        mirror_of(std::iter::once(in_lever).chain(others).collect())
    };
    let page = Profile {
        phones: vec!["+48 512 555 014".to_owned()],
        ..people::github("nv-demo", "Noor Vandermeer")
    };
    let outcome = |town: &str| {
        let found = verdict(&living_in(town), &page);
        assert_eq!(found.candidates[0].contact.as_str(), "contact-1");
        let mut evidence = found.candidates[0].evidence.iter();
        let phone = evidence.find(|found| found.field == EvidenceField::Phone).unwrap();
        (phone.outcome, phone.bits)
    };
    let (in_poland, in_france) = (outcome("Kraków, Poland"), outcome("Lyon, France"));
    assert_eq!(in_poland.0, Outcome::Equal);
    // By its last nine digits, as before.
    assert_eq!(in_france.0, Outcome::Compatible);
    assert!(in_poland.1 > in_france.1 + 3.0, "{in_poland:?} and {in_france:?}");
}

#[test]
fn a_family_at_one_mailbox_is_not_one_person() {
    let mut wife = row(1, "Odalys Thistlewood");
    wife["emails"] = json!(["thistlewood.family@gmail.com"]);
    let mirror = mirror_of(vec![wife]);
    let husband = Profile {
        emails: vec!["thistlewood.family@gmail.com".to_owned()],
        ..people::github("bertrand-demo", "Bertrand Thistlewood")
    };
    assert!(matches!(
        verdict(&mirror, &husband).verdict,
        VerdictWord::None | VerdictWord::Possible
    ));
}

#[test]
fn father_and_son_are_two_people() {
    let mut father = row(1, "Gustavo Almirante Sr.");
    father["headline"] = json!("Fjordworks, Larch & Sons");
    father["location"] = json!("Tromsø");
    let son = Profile {
        name: Some("Gustavo Almirante Jr.".to_owned()),
        ..people::newcomer(1)
    };
    assert!(!matches!(
        verdict(&mirror_of(vec![father]), &son).verdict,
        VerdictWord::Same | VerdictWord::Likely
    ));
}

#[test]
fn two_records_of_one_person_are_one_candidate_even_without_a_shared_key() {
    let records = (1..=2).map(|number| {
        let mut record = row(number, "Xanthippe Ambergrove");
        record["headline"] = json!("Fjordworks, Larch & Sons");
        record["location"] = json!("Tromsø, Norway");
        record
    });
    let mirror = mirror_of(records.collect());
    let page = Profile {
        name: Some("Xanthippe Ambergrove".to_owned()),
        ..people::newcomer(1)
    };
    let found = verdict(&mirror, &page);
    assert_eq!(found.verdict, VerdictWord::Same, "{found:?}");
    assert_eq!(found.candidates[0].same_as.len(), 1);
    // Unless the recruiter knows better.
    let corrections = Corrections {
        apart: vec![("contact-2".into(), "contact-1".into())],
        ..Corrections::default()
    };
    let found = look_up(&page, &mirror, &corrections).unwrap();
    assert_eq!(found.verdict, VerdictWord::Ambiguous, "{found:?}");
    assert!(found.candidates.iter().all(|candidate| candidate.same_as.is_empty()));
}

#[test]
fn an_opportunity_line_without_resumes_is_read_as_one_with_none() {
    let text = row(1, "Noor Vand").to_string();
    let line: MirrorLine = serde_json::from_str(&text).unwrap();
    let plain: Opportunity = serde_json::from_str(&text).unwrap();
    assert!(line.resumes.is_empty());
    assert_eq!(line.opportunity.id, plain.id);
}

#[test]
fn a_mailbox_that_went_to_the_next_of_nearly_the_same_name_makes_nobody_the_same() {
    let mut before = row(1, "Zaid Thistlewood");
    before["emails"] = json!(["zaid.thistlewood@fjordworks.example"]);
    before["location"] = json!("Cairo, Egypt");
    before["headline"] = json!("Quarry & Co, Larch & Sons");
    let mirror = mirror_of(vec![before]);
    let page = |location: &str, company: &str| Profile {
        location: Some(location.to_owned()),
        current: vec![CurrentPosition {
            company: Some(company.to_owned()),
            ..CurrentPosition::default()
        }],
        emails: vec!["zaid.thistlewood@fjordworks.example".to_owned()],
        ..people::github("zt-demo", "Ziad Thistlewood")
    };
    let elsewhere = verdict(&mirror, &page("Lyon, France", "Harbor Labs"));
    assert_eq!(elsewhere.verdict, VerdictWord::Likely, "{elsewhere:?}");
    // With nothing against it, it is a typing error.
    let there = verdict(&mirror, &page("Cairo, Egypt", "Quarry & Co"));
    assert_eq!(there.verdict, VerdictWord::Same, "{there:?}");
}

#[test]
fn a_generation_that_one_side_lacks_needs_more_than_what_father_and_son_share() {
    let mut father = row(1, "Gustavo Almirante");
    father["headline"] = json!("Fjordworks, Larch & Sons");
    father["location"] = json!("Tromsø");
    let son = |name: &str| Profile {
        name: Some(name.to_owned()),
        ..people::newcomer(1)
    };
    let mirror = mirror_of(vec![father]);
    assert_eq!(verdict(&mirror, &son("Gustavo Almirante")).verdict, VerdictWord::Same);
    assert_ne!(
        verdict(&mirror, &son("Gustavo Almirante Jr.")).verdict,
        VerdictWord::Same
    );
}

#[test]
fn where_somebody_works_by_their_resume_is_a_place_of_theirs() {
    let with_position_in = |location: &str| {
        let mut with_resume = row(1, "Xanthippe Ambergrove");
        with_resume["resumes"] = json!([{
            "id": "resume-1", "createdAt": 1_760_000_000_000_i64,
            "parsedData": { "positions": [{ "org": "Quillwork", "title": "", "location": location }], "schools": [] },
        }]);
        with_resume
    };
    let page = Profile {
        location: Some("Tampa Bay Area".to_owned()),
        ..people::github("xa-demo", "Xanthippe Ambergrove")
    };
    let place_by = |location: &str| {
        let found = verdict(&mirror_of(vec![with_position_in(location)]), &page);
        let mut evidence = found.candidates[0].evidence.iter();
        let place = evidence.find(|found| found.field == EvidenceField::Location);
        place.map(|found| (found.outcome, found.lever.clone().unwrap()))
    };
    assert_eq!(
        place_by("St. Petersburg, FL"),
        Some((Outcome::Equal, "St. Petersburg, FL".to_owned()))
    );
    assert_eq!(place_by(""), None);
}

#[test]
fn a_surname_of_before_that_the_mailbox_still_has_finds_her() {
    let mut married = row(1, "Odalys Thistlewood");
    married["emails"] = json!(["odalys.ambergrove@web.de"]);
    let mirror = mirror_of(vec![married, row(2, "Odalys Thistlewood")]);
    let found = verdict(&mirror, &people::github("oa-demo", "Odalys Ambergrove"));
    assert_eq!(found.verdict, VerdictWord::Possible, "{found:?}");
    assert_eq!(found.candidates[0].contact.as_str(), "contact-1");
}

#[test]
fn an_account_without_a_name_is_found_by_what_its_owner_adds_to_any_name() {
    let mut in_lever = row(1, "Wayne Barnsworth");
    in_lever["emails"] = json!(["wbarnsworth6h4@web.de"]);
    in_lever["headline"] = json!("Fjordworks");
    let mirror = mirror_of(vec![in_lever]);
    let page = |login: &str| Profile {
        name: None,
        current: vec![CurrentPosition {
            company: Some("Fjordworks".to_owned()),
            ..CurrentPosition::default()
        }],
        ..people::github(login, "")
    };
    let found = verdict(&mirror, &page("barnsworth6h4"));
    assert_eq!(found.candidates[0].contact.as_str(), "contact-1", "{found:?}");
    assert_eq!(
        verdict(&mirror, &page("barnsworth7h4")).verdict,
        VerdictWord::None,
        "another addition"
    );
}

#[test]
fn a_mailbox_that_hundreds_have_hides_nobody_who_is_known_by_another_key() {
    let mut rows: Vec<Value> = (500..650)
        .map(|number| {
            let mut candidate = row(number, &format!("Candidate Number{number}"));
            candidate["emails"] = json!(["pool@talent-agency.example", "candidates.pool@gmail.com"]);
            candidate
        })
        .collect();
    let mut known = row(1, "Noor Vandermeer");
    known["links"] = json!(["https://www.linkedin.com/in/noor-vandermeer-demo"]);
    rows.push(known);
    let page = Profile {
        emails: vec!["candidates.pool@gmail.com".to_owned()],
        ..people::linkedin("noor-vandermeer-demo", "Noor Vandermeer")
    };
    let found = verdict(&mirror_of(rows), &page);
    assert_eq!(found.verdict, VerdictWord::Same, "{found:?}");
    assert_eq!(found.candidates[0].contact.as_str(), "contact-1");
}

#[test]
fn a_switchboard_hides_nobody_who_chose_one_name_twice() {
    let mut rows: Vec<Value> = (500..530)
        .map(|number| {
            let mut colleague = row(number, &format!("Colleague Number{number}"));
            colleague["phones"] = json!([{ "type": "work", "value": "(212) 555-0142" }]);
            colleague
        })
        .collect();
    let mut known = row(1, "Odalys Thistlewood");
    known["emails"] = json!(["moonwarbler@gmail.com"]);
    rows.push(known);
    let page = Profile {
        name: None,
        phones: vec!["212 555 0142".to_owned()],
        ..people::github("moon-warbler", "")
    };
    let considered = considered(&page, &mirror_of(rows)).unwrap();
    assert!(
        considered.iter().any(|contact| contact.as_str() == "contact-1"),
        "{considered:?}"
    );
}

#[test]
fn many_namesakes_do_not_hide_who_has_the_whole_form_of_the_name() {
    let mut rows: Vec<Value> = (500..530).map(|number| row(number, "Bob Thistlewood")).collect();
    rows.push(row(1, "Robert Thistlewood"));
    let page = people::github("bt-demo", "Bob Thistlewood");
    let considered = considered(&page, &mirror_of(rows)).unwrap();
    assert!(
        considered.iter().any(|contact| contact.as_str() == "contact-1"),
        "{considered:?}"
    );
}

fn bits_of(mirror: &Mirror, page: &Profile, field: EvidenceField) -> Option<f64> {
    let found = verdict(mirror, page);
    let mut evidence = found.candidates.first()?.evidence.iter();
    evidence.find(|found| found.field == field).map(|found| found.bits)
}

#[test]
fn an_address_made_up_by_linkedin_may_be_of_before_a_chosen_one_may_not() {
    let with_address = |slug: &str| {
        let mut in_lever = row(1, "Xanthippe Ambergrove");
        in_lever["links"] = json!([format!("https://www.linkedin.com/in/{slug}")]);
        in_lever["headline"] = json!("Fjordworks, Larch & Sons");
        in_lever["location"] = json!("Tromsø, Norway");
        mirror_of(vec![in_lever])
    };
    let page = |slug: &str| Profile {
        site: "linkedin".to_owned(),
        key: format!("li:slug:{slug}"),
        ids: vec![format!("li:slug:{slug}")],
        name: Some("Xanthippe Ambergrove".to_owned()),
        ..people::newcomer(1)
    };
    let (made_up, other_made_up) = ("xanthippe-ambergrove-7a1b2c3d", "xanthippe-ambergrove-9e8d7c61");
    let (chosen, other_chosen) = ("xanthippeambergrove", "x-ambergrove-demo");
    // Chosen since: one account, and everything else says so.
    assert_eq!(
        verdict(&with_address(made_up), &page(chosen)).verdict,
        VerdictWord::Same
    );
    // Nobody goes back, and LinkedIn makes up one a person.
    for (before, now) in [(chosen, made_up), (made_up, other_made_up), (chosen, other_chosen)] {
        let found = verdict(&with_address(before), &page(now));
        assert_ne!(found.verdict, VerdictWord::Same, "{before} {now}");
    }
    let bits = |before: &str, now: &str| bits_of(&with_address(before), &page(now), EvidenceField::LinkedIn);
    assert!(bits(made_up, chosen) > bits(chosen, other_chosen));
    assert!(bits(chosen, other_chosen) > bits(made_up, other_made_up));
}

#[test]
fn the_very_title_says_more_than_the_kind_of_work() {
    let mut in_lever = row(1, "Xanthippe Ambergrove");
    in_lever["headline"] = json!("Senior Software Engineer at Fjordworks");
    let mirror = mirror_of(vec![in_lever]);
    let bits = |title: &str| {
        let page = Profile {
            current: vec![CurrentPosition {
                title: Some(title.to_owned()),
                company: Some("Fjordworks".to_owned()),
                ..CurrentPosition::default()
            }],
            ..people::github("xa-demo", "Xanthippe Ambergrove")
        };
        bits_of(&mirror, &page, EvidenceField::Title)
    };
    let (very, kind) = (bits("Senior Software Engineer"), bits("Software Engineer"));
    assert!(very > kind && kind > Some(0.0), "{very:?} {kind:?}");
}

#[test]
fn who_shows_a_given_name_alone_is_found_by_the_login_but_never_for_certain_by_it() {
    let mut in_lever = row(1, "Xanthippe Ambergrove");
    in_lever["headline"] = json!("Fjordworks");
    in_lever["location"] = json!("Tromsø, Norway");
    let mirror = mirror_of(vec![in_lever]);
    let page = |login: &str| Profile {
        name: Some("Xanthippe".to_owned()),
        location: Some("Tromsø, Norway".to_owned()),
        ..people::github(login, "")
    };
    let found = verdict(&mirror, &page("xanthippeambergrove-7"));
    assert!(
        matches!(found.verdict, VerdictWord::Likely | VerdictWord::Possible),
        "{found:?}"
    );
    let name = found.candidates[0]
        .evidence
        .iter()
        .find(|found| found.field == EvidenceField::Name);
    assert_eq!(name.unwrap().outcome, Outcome::Compatible, "the page shows no surname");
    let without = verdict(&mirror, &page("quietfox"));
    assert!(without.candidates[0].probability < found.candidates[0].probability);
    // A guess that fits nobody takes nothing away from what the page does show.
    let mailbox = |login: &str| Profile {
        emails: vec!["x.a@gmail.com".to_owned()],
        ..page(login)
    };
    let mut by_mailbox = row(1, "Xanthippe Ambergrove");
    by_mailbox["emails"] = json!(["x.a@gmail.com"]);
    let mirror = mirror_of(vec![by_mailbox]);
    for login in ["xanthippe", "xanthippeharbor", "xylophone"] {
        let found = verdict(&mirror, &mailbox(login));
        assert_eq!(found.verdict, VerdictWord::Same, "{login} {found:?}");
    }
}

/// Two of a surname, so that the mirror knows it for one.
fn ambergroves() -> Vec<serde_json::Value> {
    let mut amanda = row(1, "Amanda Ambergrove");
    amanda["headline"] = json!("Fjordworks");
    amanda["location"] = json!("Tromsø, Norway");
    vec![amanda, row(2, "Bertil Ambergrove")]
}

#[test]
fn an_account_without_a_name_is_found_by_the_one_in_its_login_but_never_for_certain_by_it() {
    let mirror = mirror_of(ambergroves());
    let page = |login: &str| Profile {
        name: None,
        location: Some("Tromsø, Norway".to_owned()),
        ..people::github(login, "")
    };
    for login in ["amandaambergrove", "amanda-ambergrove8", "amandaambergrovedev"] {
        let found = verdict(&mirror, &page(login));
        assert!(
            matches!(found.verdict, VerdictWord::Likely | VerdictWord::Possible),
            "{login} {found:?}"
        );
        assert_eq!(found.candidates[0].contact.as_str(), "contact-1");
        let mut evidence = found.candidates[0].evidence.iter();
        let name = evidence.find(|found| found.field == EvidenceField::Name).unwrap();
        assert_eq!(name.outcome, Outcome::Compatible, "a guess is never equal");
        assert_eq!(name.page.as_deref(), Some(login), "what it was read from is shown");
    }
    assert_eq!(verdict(&mirror, &page("quietfox")).verdict, VerdictWord::None);
    // Who has taken over a login has the name in it as well.
    let mut before = ambergroves();
    before[0]["links"] = json!(["https://github.com/amandaambergrove"]);
    let found = verdict(&mirror_of(before), &page("amandaambergrove"));
    let mut evidence = found.candidates[0].evidence.iter();
    assert!(evidence.all(|found| found.field != EvidenceField::Name), "{found:?}");
}

#[test]
fn who_shows_the_first_letter_of_a_surname_alone_is_found_by_the_whole_one_in_the_address() {
    let mirror = mirror_of(ambergroves());
    let page = |name: &str, key: &str| Profile {
        location: Some("Tromsø, Norway".to_owned()),
        ..at_address(key, name)
    };
    let found = verdict(&mirror, &page("Amanda A.", "amanda-ambergrove-demo"));
    assert_eq!(found.candidates[0].contact.as_str(), "contact-1");
    let without = verdict(&mirror, &page("Amanda A.", "quietfox-demo"));
    let probability = |found: &Verdict| found.candidates.first().map_or(0.0, |first| first.probability);
    assert!(probability(&found) > probability(&without), "{found:?} {without:?}");
    let other = verdict(&mirror, &page("Amanda B.", "amanda-ambergrove-demo"));
    assert!(probability(&other) < probability(&found), "another letter: {other:?}");
}

#[test]
fn a_surname_of_before_in_the_mailbox_finds_who_has_married() {
    let mut in_lever = row(1, "Xanthippe Larsdatter");
    in_lever["emails"] = json!(["xambergrove53@fjordworks.example"]);
    let mirror = mirror_of(vec![in_lever]);
    let page = people::github("xa-demo", "Xanthippe Ambergrove");
    let found = verdict(&mirror, &page);
    assert_eq!(
        found.candidates.first().map(|found| found.contact.as_str()),
        Some("contact-1")
    );
    assert_ne!(found.verdict, VerdictWord::Same);
}

/// A page at an address of LinkedIn's.
fn at_address(slug: &str, name: &str) -> Profile {
    Profile {
        site: "linkedin".to_owned(),
        key: format!("li:slug:{slug}"),
        ids: vec![format!("li:slug:{slug}")],
        location: Some("Tromsø, Norway".to_owned()),
        ..people::github("xa-demo", name)
    }
}

#[test]
fn an_address_that_linkedin_made_up_finds_who_has_married_or_goes_by_another_given_name_now() {
    let mut in_lever = row(1, "Xanthippe Ambergrove");
    in_lever["location"] = json!("Tromsø, Norway");
    let mirror = mirror_of(vec![in_lever]);
    for name in ["Xanthippe Larsdatter", "Li Ambergrove", "X. Ambergrove"] {
        let found = verdict(&mirror, &at_address("xanthippe-ambergrove-7a1b2c3d", name));
        let first = found.candidates.first().map(|found| found.contact.as_str());
        assert_eq!(first, Some("contact-1"), "{name}");
        assert_ne!(
            found.verdict,
            VerdictWord::Same,
            "{name}: what was read out of an address is a guess"
        );
        let chosen = verdict(&mirror, &at_address("xanthippe-ambergrove", name));
        let probability = |found: &Verdict| found.candidates.first().map_or(0.0, |first| first.probability);
        assert!(
            probability(&chosen) < probability(&found),
            "{name}: anybody may choose an address"
        );
    }
}

#[test]
fn an_address_that_a_record_has_as_well_makes_nobody_its_namesake() {
    let address = "xanthippe-ambergrove-7a1b2c3d";
    let mut in_lever = row(1, "Xanthippe Ambergrove");
    in_lever["links"] = json!([format!("https://www.linkedin.com/in/{address}")]);
    let mirror = mirror_of(vec![in_lever]);
    let found = verdict(&mirror, &at_address(address, "Li Ambergrove"));
    assert_ne!(found.verdict, VerdictWord::Same, "{found:?}");
}
