//! What the recruiter said of who is who is kept apart from the mirror, listed, applied, and can be taken back (design §4.6).

use fulcrum::command::{Command, Correction, DuplicatePeople, KeptCorrection, Reply};
use fulcrum::export::rules::ExportRules;
use fulcrum::matching::verdict::{EvidenceField, VerdictWord};
use fulcrum::profile::Profile;
use fulcrum::service::{Service, default_choices};
use serde_json::json;

use crate::fixture::machine::{export, look_up};
use crate::fixture::{Lever, Machine, people};

async fn correct(service: &Service, profile: &Profile, contact: &str, correction: Correction) {
    let command = Command::Correct {
        profile: profile.clone(),
        contact: contact.into(),
        correction,
    };
    match service.dispatch(command).await {
        Reply::Answer { .. } => {}
        other => panic!("{other:?}"),
    }
}

async fn corrections(service: &Service, command: Command) -> Vec<KeptCorrection> {
    match service.dispatch(command).await {
        Reply::Corrections { corrections } => corrections,
        other => panic!("{other:?}"),
    }
}

async fn duplicates(service: &Service, command: Command) -> Vec<DuplicatePeople> {
    match service.dispatch(command).await {
        Reply::Duplicates { pairs, .. } => pairs,
        other => panic!("{other:?}"),
    }
}

async fn contact_of(lever: &Lever, name: &str) -> String {
    lever.opportunities_of(name).await[0]["contact"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn what_was_said_is_listed_newest_first_and_survives_the_mirror() {
    let lever = Lever::of(40).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let ines = contact_of(&lever, "Ines Kowalczyk").await;
    let nikhil = contact_of(&lever, "Nikhil Rao").await;
    let stranger = people::github("somebody-else-demo", "N. R.");
    assert!(corrections(&service, Command::Corrections).await.is_empty());

    correct(&service, &people::ines(), &ines, Correction::NotThisPerson).await;
    machine.edge.pass(60_000);
    correct(&service, &stranger, &nikhil, Correction::SamePerson).await;
    machine.edge.pass(60_000);
    correct(&service, &stranger, "a-contact-that-is-gone", Correction::NotThisPerson).await;
    drop(service);

    // On another day, after the mirror was lost.
    std::fs::remove_file(machine.mirror_file()).unwrap();
    let service = machine.open().await;
    service.round().await.unwrap();
    let kept = corrections(&service, Command::Corrections).await;
    let told: Vec<_> = kept
        .iter()
        .map(|one| (one.profile.as_str(), one.name.as_deref(), one.said))
        .collect();
    assert_eq!(
        told,
        [
            ("gh:login:somebody-else-demo", None, Correction::NotThisPerson),
            (
                "gh:login:somebody-else-demo",
                Some("Nikhil Rao"),
                Correction::SamePerson
            ),
            (
                people::ines().key.as_str(),
                Some("Ines Kowalczyk"),
                Correction::NotThisPerson
            ),
        ]
    );
    assert!(kept.windows(2).all(|pair| pair[0].at > pair[1].at));
    assert_eq!(
        look_up(&service, &people::ines()).await.verdict.verdict,
        VerdictWord::None
    );

    // Taken back from the list alone: the page need not be open.
    let command = Command::ForgetCorrection {
        profile: people::ines().key,
        contact: ines.as_str().into(),
    };
    assert_eq!(corrections(&service, command.clone()).await.len(), 2);
    assert_eq!(
        look_up(&service, &people::ines()).await.verdict.verdict,
        VerdictWord::Same
    );
    assert_eq!(look_up(&service, &stranger).await.verdict.verdict, VerdictWord::Same);
    // Twice is as good as once.
    assert_eq!(corrections(&service, command).await.len(), 2);
    // None of it was written to Lever.
    assert!(lever.log().is_empty());
}

#[tokio::test]
async fn records_that_seem_to_be_one_person_are_listed_until_the_recruiter_keeps_them_apart() {
    let lever = Lever::of(40).await;
    let machine = Machine::beside(&lever);
    for email in ["marit.solheim@example.org", "m.solheim@example.net"] {
        let body = json!({ "name": "Marit Solheim", "emails": [email], "links": ["https://www.linkedin.com/in/marit-solheim-demo"] });
        lever.write("POST", "/opportunities", body).await;
    }
    let service = machine.synced(&lever).await;

    let all = duplicates(&service, Command::Duplicates { limit: 50 }).await;
    let marit = all
        .iter()
        .find(|pair| pair.people[0].name == "Marit Solheim")
        .expect("Marit is recorded twice");
    assert_eq!(marit.people.len(), 2);
    assert_eq!(marit.evidence[0].field, EvidenceField::LinkedIn);
    for record in &marit.people {
        let url = record.url.as_deref().unwrap();
        assert!(url.contains("/candidates/"), "{url}");
        assert_eq!(record.opportunities, 1);
    }
    assert!(duplicates(&service, Command::Duplicates { limit: 0 }).await.is_empty());

    let contacts: Vec<_> = marit.people.iter().rev().map(|record| record.contact.clone()).collect();
    let keep_apart = Command::KeepApart {
        contacts: contacts.clone(),
        limit: 50,
    };
    let left = duplicates(&service, keep_apart).await;
    assert_eq!(left.len(), all.len() - 1);
    assert!(left.iter().all(|pair| pair.people[0].name != "Marit Solheim"));

    // It stands among what was said, under both names, and is taken back there.
    let kept = corrections(&service, Command::Corrections).await;
    assert_eq!(kept.len(), 1);
    assert!(kept[0].profile.starts_with("contact:"));
    assert_eq!(kept[0].name.as_deref(), Some("Marit Solheim"));
    assert_eq!(kept[0].other.as_deref(), Some("Marit Solheim"));
    let forget = Command::ForgetCorrection {
        profile: kept[0].profile.clone(),
        contact: kept[0].contact.clone(),
    };
    assert!(corrections(&service, forget).await.is_empty());
    assert_eq!(duplicates(&service, Command::Duplicates { limit: 50 }).await, all);
}

/// What the side panel makes of a PDF: no address, and a key that is the file's own.
fn resume(key: &str, name: &str, email: &str) -> Profile {
    Profile {
        site: "resume".to_owned(),
        key: key.to_owned(),
        url: String::new(),
        proof: Some("resume".to_owned()),
        name: Some(name.to_owned()),
        emails: vec![email.to_owned()],
        complete: true,
        ..Profile::default()
    }
}

#[tokio::test]
async fn what_is_said_of_a_resume_holds_for_that_very_file() {
    let lever = Lever::of(40).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let ines = contact_of(&lever, "Ines Kowalczyk").await;
    let one = resume("resume:4f9d2c71a0b35e88", "Ines Kowalczyk", "ines.k@example.org");
    let other = resume("resume:00e1b2c3d4f5a697", "Ines Kowalczyk", "ines.k@example.org");
    assert_eq!(look_up(&service, &one).await.verdict.verdict, VerdictWord::Same);
    correct(&service, &one, &ines, Correction::NotThisPerson).await;
    assert_eq!(look_up(&service, &one).await.verdict.verdict, VerdictWord::None);
    assert_eq!(look_up(&service, &other).await.verdict.verdict, VerdictWord::Same);
}

#[tokio::test]
async fn somebody_from_a_resume_goes_into_lever_once_and_without_anything_that_is_no_fact() {
    let lever = Lever::of(40).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let page = resume("resume:4f9d2c71a0b35e88", "Marit Solheim", "marit.solheim@example.org");
    let choices = default_choices(&page, &ExportRules::default());
    assert_eq!(choices.source, None, "a file says nothing of where it came from");
    export(&service, &page, &choices).await.unwrap();
    export(&service, &page, &choices).await.unwrap();
    let creates = lever.creates();
    assert_eq!(creates.len(), 1);
    let body = creates[0]["body"].as_object().unwrap();
    assert_eq!(body["name"], "Marit Solheim");
    for absent in ["links", "sources"] {
        assert!(!body.contains_key(absent), "{body:?}");
    }
    assert!(!creates[0].to_string().contains("resume:"));
}
