//! Employers have more names than one, and the mailboxes of their people tell which belong together.

use fulcrum::matching::verdict::{Evidence, EvidenceField, Outcome};
use fulcrum::mirror::Mirror;
use fulcrum::mirror::employer_aliases::{EmployerAliases, EmployerName};
use fulcrum::profile::{CurrentPosition, Profile};
use serde_json::{Value, json};

use crate::fixture::machine::look_up;
use crate::fixture::small_mirror::{mirror_of, row, verdict};
use crate::fixture::{Lever, Machine, people};

/// People with a mailbox at a domain who name these employers.
fn people_of(first: usize, count: usize, domain: &str, headline: &str) -> Vec<Value> {
    (first..first + count)
        .map(|number| {
            let mut person = row(number, &format!("Colleague Number{number}"));
            person["emails"] = json!([format!("colleague.{number}@{domain}")]);
            person["headline"] = json!(headline);
            person
        })
        .collect()
}

fn page_of(name: &str, company: &str) -> Profile {
    Profile {
        current: vec![CurrentPosition {
            company: Some(company.to_owned()),
            ..CurrentPosition::default()
        }],
        ..people::github("somebody-demo", name)
    }
}

fn company_evidence(mirror: &Mirror, page: &Profile) -> Option<Evidence> {
    let found = verdict(mirror, page);
    let evidence = found.candidates.first()?.evidence.iter();
    evidence
        .clone()
        .find(|found| found.field == EvidenceField::Company)
        .cloned()
}

fn learned(rows: Vec<Value>) -> EmployerAliases {
    let aliases = mirror_of(rows).employer_aliases().unwrap();
    std::rc::Rc::into_inner(aliases).unwrap()
}

fn mail_domain(domain: &str, employer: &str) -> (EmployerName, String) {
    (EmployerName::MailDomain(domain.to_owned()), employer.to_owned())
}

#[test]
fn colleagues_teach_whose_mailbox_it_is() {
    let mut known_by_mailbox = row(1, "Odalys Thistlewood");
    known_by_mailbox["emails"] = json!(["o.thistlewood@hlx.example"]);
    let page = page_of("Odalys Thistlewood", "Harbor Labs");
    let alone = mirror_of(vec![known_by_mailbox.clone()]);
    assert_eq!(company_evidence(&alone, &page), None);

    let mut rows = people_of(500, 3, "mail.hlx.example", "Harbor Labs, Quarry & Co");
    rows.extend(people_of(510, 2, "hlx.example", "Harbor Labs"));
    rows.push(known_by_mailbox);
    let found = company_evidence(&mirror_of(rows), &page).unwrap();
    assert_eq!(found.outcome, Outcome::Compatible);
    assert_eq!(found.lever.as_deref(), Some("o.thistlewood@hlx.example"));
}

#[test]
fn two_names_that_colleagues_give_one_employer_are_one() {
    let mut by_the_other_name = row(1, "Odalys Thistlewood");
    by_the_other_name["headline"] = json!("Harbor Labs");
    let mut rows = people_of(500, 5, "hlx.example", "Harbor Labs");
    rows.extend(people_of(600, 4, "hlx.example", "HL Technologies"));
    // Among many namesakes only the employer can tell her.
    rows.extend((700..740).map(|number| row(number, "Odalys Thistlewood")));
    rows.push(by_the_other_name);
    let mirror = mirror_of(rows);
    let page = page_of("Odalys Thistlewood", "HL Technologies Inc.");
    let found = verdict(&mirror, &page);
    assert_eq!(found.candidates[0].contact.as_str(), "contact-1", "{found:?}");
    let evidence = company_evidence(&mirror, &page).unwrap();
    assert_eq!(evidence.outcome, Outcome::Compatible);
    assert_eq!(evidence.lever.as_deref(), Some("Harbor Labs"));
}

#[test]
fn where_many_colleagues_worked_before_is_another_employer() {
    let mut rows = people_of(500, 8, "hlx.example", "Harbor Labs, Quarry & Co");
    rows.extend(people_of(600, 8, "qco.example", "Quarry & Co"));
    assert_eq!(
        learned(rows),
        EmployerAliases::of([mail_domain("hlx", "harborlabs"), mail_domain("qco", "quarry")])
    );
    // Where all were at both and nobody was elsewhere, or only two say so, nothing is learned.
    assert_eq!(
        learned(people_of(500, 8, "hlx.example", "Harbor Labs, Quarry & Co")),
        EmployerAliases::default()
    );
    assert_eq!(
        learned(people_of(500, 2, "hlx.example", "Harbor Labs")),
        EmployerAliases::default()
    );
}

#[test]
fn an_employer_that_was_bought_and_is_named_beside_its_buyer_stays_another_one() {
    let mut rows = people_of(500, 6, "hlx.example", "Harbor Labs");
    rows.extend(people_of(600, 5, "hlx.example", "Harbor Labs, Fjordworks"));
    assert_eq!(learned(rows), EmployerAliases::of([mail_domain("hlx", "harborlabs")]));
}

#[test]
fn the_domain_of_an_agency_belongs_to_none_of_its_candidates_employers() {
    let mut rows = Vec::new();
    for (number, employer) in ["Harbor Labs", "Quarry & Co", "Fjordworks", "Quillwork"]
        .iter()
        .enumerate()
    {
        rows.extend(people_of(500 + 10 * number, 3, "talents.example", employer));
    }
    assert_eq!(learned(rows), EmployerAliases::default());
}

#[test]
fn one_mailbox_of_many_candidates_teaches_nothing() {
    let mut rows = people_of(500, 8, "talents.example", "Harbor Labs");
    for row in &mut rows {
        row["emails"] = json!(["candidates@talents.example"]);
    }
    assert_eq!(learned(rows), EmployerAliases::default());
}

#[test]
fn mailboxes_of_a_provider_belong_to_nobodys_employer() {
    assert_eq!(
        learned(people_of(500, 8, "gmail.com", "Harbor Labs")),
        EmployerAliases::default()
    );
}

#[tokio::test]
async fn what_the_mailboxes_tell_is_learned_when_lever_has_been_read() {
    let lever = Lever::of(40).await;
    let add = async |name: &str, mailbox: &str, headline: &str| {
        let person = json!({ "name": name, "emails": [mailbox], "headline": headline });
        lever.write("POST", "/opportunities", person).await;
    };
    for number in 1..=5 {
        let mailbox = format!("colleague.{number}@hlx.example");
        add(&format!("Colleague Number{number}"), &mailbox, "Harbor Labs").await;
    }
    add("Odalys Thistlewood", "o.thistlewood@hlx.example", "").await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let answer = look_up(&service, &page_of("Odalys Thistlewood", "Harbor Labs")).await;
    let evidence = &answer.verdict.candidates[0].evidence;
    let by_mailbox = evidence.iter().find(|found| found.field == EvidenceField::Company);
    assert_eq!(
        by_mailbox.and_then(|found| found.lever.as_deref()),
        Some("o.thistlewood@hlx.example"),
        "{evidence:?}"
    );
}
