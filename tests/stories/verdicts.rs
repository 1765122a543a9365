//! Is this person in Lever? The rules of the answer (design §8, matching.md §6).

use fulcrum::command::{Command, Correction, Reply, StatusWord};
use fulcrum::lever::environment::Environment;
use fulcrum::lever::model::opportunity::Opportunity;
use fulcrum::matching;
use fulcrum::matching::verdict::{Verdict, VerdictWord};
use fulcrum::mirror::{Lifetime, Mirror};
use fulcrum::profile::Profile;
use fulcrum::service::Service;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixture::machine::{look_up, status};
use crate::fixture::{Lever, Machine, cases, people};

/// A row as Lever lists it; the contact is named after the person's number.
fn row(number: usize, name: &str, emails: &[&str], phones: &[&str], links: &[&str]) -> Value {
    json!({
        "id": format!("opportunity-{number}"), "name": name, "contact": format!("contact-{number}"), "headline": "",
        "stage": "lead-new", "location": "", "emails": emails, "links": links,
        "phones": phones.iter().map(|phone| json!({ "type": "mobile", "value": phone })).collect::<Vec<_>>(),
        "archived": null, "tags": [], "sources": [], "stageChanges": [], "origin": "sourced", "applications": [],
        "createdAt": 1_760_000_000_000_i64, "urls": { "show": "https://hire.lever.co/candidates/x" },
    })
}

/// A complete mirror in memory.
fn mirror_of(rows: &[Value]) -> Mirror {
    let mirror = unfinished_mirror_of(rows);
    mirror.finish_walk().unwrap();
    mirror
}

fn unfinished_mirror_of(rows: &[Value]) -> Mirror {
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    let mirror = Mirror::open(connection, Lifetime::Temporary).unwrap();
    let rows: Vec<Opportunity> = rows
        .iter()
        .map(|row| serde_json::from_str(&row.to_string()).unwrap())
        .collect();
    mirror.store_changes(&rows).unwrap();
    mirror
}

fn verdict(mirror: &Mirror, profile: &Profile) -> Verdict {
    matching::look_up(profile, mirror, &matching::Corrections::default()).unwrap()
}

fn strangers(count: usize) -> Vec<Value> {
    (0..count)
        .map(|number| {
            let email = format!("stranger-{number}@example.com");
            row(1_000 + number, &format!("Stranger Number{number}"), &[&email], &[], &[])
        })
        .collect()
}

fn with(mut rows: Vec<Value>, more: Vec<Value>) -> Vec<Value> {
    rows.extend(more);
    rows
}

#[track_caller]
fn assert_same(verdict: &Verdict, contact: &str) {
    assert_eq!(verdict.verdict, VerdictWord::Same, "{verdict:?}");
    assert_eq!(verdict.candidates[0].contact.as_str(), contact);
    assert!(verdict.candidates[0].probability > 0.9);
    assert!(!verdict.candidates[0].evidence.is_empty());
}

#[test]
fn a_linkedin_address_in_any_form_is_the_same_person() {
    let forms = [
        "https://www.linkedin.com/in/noor-vandermeer-demo",
        "http://www.linkedin.com/in/noor-vandermeer-demo/",
        "www.linkedin.com/in/Noor-Vandermeer-Demo",
        "linkedin.com/in/noor-vandermeer-demo?trk=people-guest_people_search-card",
        "https://nl.linkedin.com/in/noor-vandermeer-demo/en",
        "https://www.linkedin.com/mwlite/in/noor-vandermeer-demo",
        "https://www.linkedin.com/in/noor-vandermeer-demo/details/experience/",
        "https%3A%2F%2Fwww.linkedin.com%2Fin%2Fnoor-vandermeer-demo",
    ];
    for form in forms {
        let mirror = mirror_of(&with(
            strangers(50),
            vec![row(1, "Noor van der Meer", &[], &[], &[form])],
        ));
        let page = people::linkedin("noor-vandermeer-demo", "Noor van der Meer");
        assert_same(&verdict(&mirror, &page), "contact-1");
    }
}

#[test]
fn each_kind_of_identifier_finds_the_person() {
    let cases: Vec<(Value, Profile)> = vec![
        (
            row(
                1,
                "Noor van der Meer",
                &[],
                &[],
                &["https://www.linkedin.com/profile/view?id=555000777"],
            ),
            people::page(
                "li:member:555000777",
                "https://www.linkedin.com/talent/profile/x",
                "Noor van der Meer",
            ),
        ),
        (
            row(1, "Noor van der Meer", &[], &[], &["https://github.com/Noor-VdM-demo/"]),
            people::github("noor-vdm-demo", "Noor van der Meer"),
        ),
        (
            row(1, "Noor van der Meer", &["Noor.VdM@Example.org"], &[], &[]),
            Profile {
                emails: vec!["noor.vdm@example.org".to_owned()],
                ..people::github("nv-demo", "Noor van der Meer")
            },
        ),
        (
            row(1, "Noor van der Meer", &[], &["+1 (212) 555-0142"], &[]),
            Profile {
                phones: vec!["+12125550142".to_owned()],
                ..people::github("nv-demo", "Noor van der Meer")
            },
        ),
        (
            row(1, "Noor van der Meer", &[], &[], &["http://example.dev"]),
            Profile {
                links: vec!["https://www.example.dev/about".to_owned()],
                ..people::github("nv-demo", "Noor van der Meer")
            },
        ),
    ];
    for (in_lever, page) in cases {
        let mirror = mirror_of(&with(strangers(50), vec![in_lever.clone()]));
        let found = verdict(&mirror, &page);
        assert_eq!(found.verdict, VerdictWord::Same, "{in_lever}");
        assert_same(&found, "contact-1");
        assert_eq!(found.candidates[0].opportunities[0].as_str(), "opportunity-1");
    }
}

#[test]
fn an_identifier_with_a_name_that_does_not_fit_is_at_most_possible() {
    let mirror = mirror_of(&with(
        strangers(50),
        vec![row(1, "Gustavo Almirante", &["family@almirante.example"], &[], &[])],
    ));
    let page = Profile {
        emails: vec!["family@almirante.example".to_owned()],
        ..people::github("beatriz-a-demo", "Beatriz Peixoto")
    };
    let found = verdict(&mirror, &page);
    assert!(
        matches!(found.verdict, VerdictWord::Possible | VerdictWord::None),
        "{found:?}"
    );
}

#[test]
fn a_mailbox_that_people_of_different_names_share_says_nothing_certain() {
    let shared = "hello@studio-larkspur.example";
    let mirror = mirror_of(&with(
        strangers(50),
        vec![
            row(1, "Ottoline Brack", &[shared], &[], &[]),
            row(2, "Casimir Veldt", &[shared], &[], &[]),
        ],
    ));
    let page = Profile {
        emails: vec![shared.to_owned()],
        ..people::github("third-demo", "Third Person")
    };
    let found = verdict(&mirror, &page);
    assert!(
        !matches!(found.verdict, VerdictWord::Same | VerdictWord::Likely),
        "{found:?}"
    );
    // Together with the name it still points at one of the two.
    let page = Profile {
        emails: vec![shared.to_owned()],
        ..people::github("ottoline-demo", "Ottoline Brack")
    };
    let found = verdict(&mirror, &page);
    assert_eq!(found.candidates[0].contact.as_str(), "contact-1");
}

#[test]
fn an_equal_name_alone_is_possible_and_never_more() {
    for (strangers_around, name) in [
        (1, "Xanthippe Ambergrove-Quist"),
        (400, "Xanthippe Ambergrove-Quist"),
        (50, "Wei Chen"),
    ] {
        let mirror = mirror_of(&with(
            strangers(strangers_around),
            vec![row(1, name, &["x@example.org"], &[], &[])],
        ));
        let found = verdict(&mirror, &people::github("xaq-demo", name));
        assert_eq!(found.verdict, VerdictWord::Possible, "{found:?}");
        assert_eq!(found.candidates[0].contact.as_str(), "contact-1");
    }
}

#[test]
fn a_name_needs_two_more_families_of_evidence_to_be_certain() {
    for (headline, location, words) in [
        ("", "", &[VerdictWord::Possible][..]),
        ("Fjordworks", "", &[VerdictWord::Possible, VerdictWord::Likely]),
        ("", "Tromsø", &[VerdictWord::Possible, VerdictWord::Likely]),
        ("Fjordworks, Larch & Sons", "", &[VerdictWord::Same]),
        ("Larch & Sons Ltd", "Tromsø, Norway", &[VerdictWord::Same]),
    ] {
        let mut in_lever = row(1, "Xanthippe Ambergrove-Quist", &[], &[], &[]);
        in_lever["headline"] = json!(headline);
        in_lever["location"] = json!(location);
        let mirror = mirror_of(&with(strangers(50), vec![in_lever]));
        let page = Profile {
            name: Some("Xanthippe Ambergrove-Quist".to_owned()),
            ..people::newcomer(1)
        };
        let found = verdict(&mirror, &page);
        assert!(words.contains(&found.verdict), "{headline} {location}: {found:?}");
    }
}

#[test]
fn records_of_one_person_are_one_candidate() {
    let mirror = mirror_of(&with(
        strangers(50),
        vec![
            row(
                1,
                "Noor van der Meer",
                &["noor@vdm.example"],
                &[],
                &["https://github.com/noor-demo"],
            ),
            row(2, "Noor van der Meer", &["noor@vdm.example"], &[], &[]),
        ],
    ));
    let page = Profile {
        emails: vec!["noor@vdm.example".to_owned()],
        ..people::github("noor-demo", "Noor van der Meer")
    };
    let found = verdict(&mirror, &page);
    assert_same(&found, "contact-1");
    assert_eq!(found.candidates.len(), 1);
    assert_eq!(found.candidates[0].same_as, ["contact-2".into()]);
    assert_eq!(found.candidates[0].opportunities.len(), 2);
}

#[test]
fn nobody_in_a_complete_mirror_is_nobody() {
    let mirror = mirror_of(&strangers(50));
    let found = verdict(&mirror, &people::newcomer(1));
    assert_eq!(found.verdict, VerdictWord::None);
    assert!(found.candidates.is_empty());
    assert!(found.complete);
    assert!((found.read - 1.0).abs() < f64::EPSILON);
}

#[test]
fn while_lever_is_still_being_read_nobody_is_called_absent() {
    let mirror = unfinished_mirror_of(&strangers(50));
    let found = verdict(&mirror, &people::newcomer(1));
    assert_eq!(found.verdict, VerdictWord::None);
    assert!(!found.complete);
    assert!(found.read < 1.0);
    // Who is there already is found.
    let mirror = unfinished_mirror_of(&[row(1, "Noor Vand", &[], &[], &["https://github.com/noor-demo"])]);
    assert_same(
        &verdict(&mirror, &people::github("noor-demo", "Noor Vand")),
        "contact-1",
    );
}

#[test]
fn at_most_twenty_candidates_are_listed_by_falling_probability() {
    let namesakes: Vec<Value> = (0..60)
        .map(|number| {
            row(
                number,
                "Alex Martin",
                &[&format!("alex.{number}@example.org")],
                &[],
                &[],
            )
        })
        .collect();
    let mirror = mirror_of(&with(strangers(300), namesakes));
    let found = verdict(&mirror, &people::github("alex-demo", "Alex Martin"));
    assert!(found.candidates.len() <= 20);
    assert!(!matches!(found.verdict, VerdictWord::Same | VerdictWord::Likely));
    for pair in found.candidates.windows(2) {
        assert!(pair[0].probability >= pair[1].probability);
    }
    let whole: f64 = found.candidates.iter().map(|candidate| candidate.probability).sum();
    assert!(whole <= 1.0 + f64::EPSILON, "{whole}");
}

#[test]
fn the_key_is_echoed_as_given() {
    let mirror = mirror_of(&strangers(5));
    for key in [
        "",
        "LI:Slug:Weird--Key ",
        "what/ever?ünïcödé\u{202e}",
        "li:slug:ok-demo",
    ] {
        let page = Profile {
            key: key.to_owned(),
            ..people::newcomer(1)
        };
        assert_eq!(verdict(&mirror, &page).key, key);
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_line_of_a_batch_does_not_depend_on_the_others(order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let mirror = mirror_of(&with(strangers(30), vec![
            row(1, "Alex Martin", &["alex@example.com"], &[], &["https://github.com/alex-demo"]),
            row(2, "Alex Martin", &[], &[], &[]),
            row(3, "Noor van der Meer", &[], &["+1 212 555 0142"], &[]),
        ]));
        let pages = [
            people::github("alex-demo", "Alex Martin"),
            people::github("other-alex-demo", "Alex Martin"),
            people::linkedin("noor-demo", "Noor van der Meer"),
            people::newcomer(1),
            people::newcomer_without_email(2),
            Profile { phones: vec!["+1 212 555 0142".to_owned()], ..people::github("nv-demo", "N. van der Meer") },
        ];
        let alone: Vec<Verdict> = pages.iter().map(|page| verdict(&mirror, page)).collect();
        for place in order {
            prop_assert_eq!(&verdict(&mirror, &pages[place]), &alone[place]);
        }
    }

    #[test]
    fn no_page_makes_the_matcher_panic(
        key in any::<String>(), name in any::<String>(), url in any::<String>(), email in any::<String>(), company in any::<String>(),
    ) {
        let mirror = mirror_of(&[row(1, &name, &[&email], &[&url], &[&url, &key]), row(2, &company, &[], &[], &[])]);
        let page = Profile {
            key: key.clone(), url: url.clone(), ids: vec![key.clone(), url.clone()], name: Some(name), links: vec![url.clone(), key],
            emails: vec![email], phones: vec![url.clone()], headline: Some(company.clone()), location: Some(company),
            avatar: Some(url), ..Profile::default()
        };
        let found = verdict(&mirror, &page);
        for candidate in &found.candidates {
            prop_assert!((0.0..=1.0).contains(&candidate.probability));
        }
    }
}

// --- The recruiter's own word -----------------------------------------------------------------------------------------

async fn correct(service: &Service, profile: &Profile, contact: &str, correction: Correction) -> Verdict {
    let command = Command::Correct {
        profile: profile.clone(),
        contact: contact.into(),
        correction,
    };
    match service.dispatch(command).await {
        Reply::Answer { answer } => answer.verdict,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_the_recruiter_says_holds_until_it_is_taken_back() {
    let lever = Lever::of(40).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let ines = lever.opportunities_of("Ines Kowalczyk").await[0]["contact"]
        .as_str()
        .unwrap()
        .to_owned();
    let nikhil = lever.opportunities_of("Nikhil Rao").await[0]["contact"]
        .as_str()
        .unwrap()
        .to_owned();

    let found = correct(&service, &people::ines(), &ines, Correction::NotThisPerson).await;
    assert_eq!(found.verdict, VerdictWord::None);
    assert_eq!(
        look_up(&service, &people::ines()).await.verdict.verdict,
        VerdictWord::None
    );

    let stranger = people::github("somebody-else-demo", "N. R.");
    assert_eq!(look_up(&service, &stranger).await.verdict.verdict, VerdictWord::None);
    let found = correct(&service, &stranger, &nikhil, Correction::SamePerson).await;
    assert_eq!(found.verdict, VerdictWord::Same);
    assert_eq!(found.candidates[0].contact.as_str(), nikhil);
    drop(service);

    // On another day, after the mirror was lost.
    std::fs::remove_file(machine.mirror_file()).unwrap();
    let service = machine.open().await;
    service.round().await.unwrap();
    assert_eq!(look_up(&service, &stranger).await.verdict.verdict, VerdictWord::Same);
    assert_eq!(
        look_up(&service, &people::ines()).await.verdict.verdict,
        VerdictWord::None
    );
    let found = correct(&service, &people::ines(), &ines, Correction::Forget).await;
    assert_eq!(found.verdict, VerdictWord::Same);
}

// --- What the card shows ----------------------------------------------------------------------------------------------

#[tokio::test]
async fn the_card_shows_stage_owner_jobs_and_the_status_word() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let answer = look_up(&service, &people::ines()).await;
    assert_eq!(answer.verdict.verdict, VerdictWord::Same);
    let ines = &answer.people[0];
    let first = &ines.opportunities[0];
    assert_eq!(first.status, StatusWord::Active);
    assert_eq!(first.stage.text.as_deref(), Some("Onsite interview"));
    assert_eq!(first.owner.as_ref().unwrap().text.as_deref(), Some("Maya Okafor"));
    assert_eq!(first.moved_by.as_ref().unwrap().text.as_deref(), Some("Maya Okafor"));
    assert_eq!(first.postings[0].text.as_deref(), Some("Data Platform Lead"));
    let second = &ines.opportunities[1];
    assert_eq!(second.status, StatusWord::Rejected);
    assert_eq!(second.archive_reason.as_ref().unwrap().text.as_deref(), Some("Timing"));

    let word = async |slug: &str, name: &str| {
        look_up(&service, &people::linkedin(slug, name)).await.people[0].opportunities[0].status
    };
    assert_eq!(
        word("daniel-osei-mensah-demo", "Daniel Osei-Mensah").await,
        StatusWord::Hired
    );
    assert_eq!(word("leila-haddad-demo", "Leila Haddad").await, StatusWord::Prospect);
    assert_eq!(word("misaki-sato-demo", "佐藤 美咲").await, StatusWord::Prospect);
    assert!(status(&service).await.mirror.complete);
}

#[test]
fn what_the_mirror_has_no_name_for_is_shown_by_its_id() {
    let mut in_lever = row(1, "Noor Vand", &[], &[], &["https://github.com/noor-demo"]);
    in_lever["stage"] = json!("stage-of-tomorrow");
    in_lever["owner"] = json!("user-of-tomorrow");
    in_lever["archived"] = json!({ "reason": "reason-of-tomorrow", "archivedAt": 1_760_000_000_500_i64 });
    in_lever["applications"] = json!([{ "id": "application-1", "posting": "posting-of-tomorrow" }]);
    let mirror = mirror_of(&[in_lever]);
    let person = mirror
        .person(&"contact-1".into(), &Environment::Production)
        .unwrap()
        .unwrap();
    let shown = &person.opportunities[0];
    for (named, id) in [
        (&shown.stage, "stage-of-tomorrow"),
        (shown.owner.as_ref().unwrap(), "user-of-tomorrow"),
        (shown.archive_reason.as_ref().unwrap(), "reason-of-tomorrow"),
        (&shown.postings[0], "posting-of-tomorrow"),
    ] {
        assert_eq!(named.id, id);
        assert_eq!(named.text, None);
    }
    assert_eq!(
        shown.status,
        StatusWord::Archived,
        "neither hired nor rejected is claimed"
    );
}

#[tokio::test]
async fn a_look_at_lever_itself_finds_what_the_mirror_has_not_read() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.connected(&lever).await;
    service.read_settings().await.unwrap();
    let nikhil = Profile {
        emails: vec!["nikhil@example.com".to_owned()],
        ..people::github("nikhil-rao-demo", "Nikhil Rao")
    };
    assert_eq!(look_up(&service, &nikhil).await.verdict.verdict, VerdictWord::None);
    match service.dispatch(Command::CheckNow { profile: nikhil }).await {
        Reply::Answer { answer } => {
            assert_eq!(answer.verdict.verdict, VerdictWord::Same);
            assert!(!answer.verdict.complete, "one person read is not everybody read");
            assert_eq!(answer.people[0].name, "Nikhil Rao");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_look_at_lever_itself_sees_a_move_of_a_second_ago() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let open = lever.opportunities_of("Leila Haddad").await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    lever
        .write(
            "PUT",
            &format!("/opportunities/{open}/stage"),
            json!({ "stage": "offer" }),
        )
        .await;
    let leila = people::linkedin("leila-haddad-demo", "Leila Haddad");
    match service.dispatch(Command::CheckNow { profile: leila }).await {
        Reply::Answer { answer } => {
            assert_eq!(answer.people[0].opportunities[0].stage.text.as_deref(), Some("Offer"));
            assert_eq!(
                answer.people[0].name, "Leila Haddad",
                "blank fields of a write's reply were not believed"
            );
        }
        other => panic!("{other:?}"),
    }
}
