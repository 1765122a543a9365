//! Somebody who is in Lever already is brought up to date: value by value, nothing overwritten that was not ticked, never twice,
//! never half without saying so (requirements 2.17, 3.1, 2.10, 2.7).

use fulcrum::command::{Command, ExportOutcome, FailureCode, Person, Reply, UserSummary};
use fulcrum::export::journal::{ExportRemedy, ExportState};
use fulcrum::export::placeholder_email::{is_placeholder_email, placeholder_email};
use fulcrum::export::plan::{
    ExportChoices, NothingReason, PlanFacts, PlanWarning, PlannedAction, PlannedResume, StepKind,
};
use fulcrum::export::rules::ExportRules;
use fulcrum::export::update::{
    self, Change, ComparedField, ComparedValue, ContactAsRead, ContactStanding, UpdateChoices, UpdateFacts, ValueId,
};
use fulcrum::host::Method;
use fulcrum::lever::endpoint;
use fulcrum::matching::verdict::{Verdict, VerdictWord};
use fulcrum::profile::{CurrentPosition, Profile};
use fulcrum::service::Service;
use fulcrum::text::{ContactId, Millis};
use futures::future::{Either, select};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixture::edge::Sent;
use crate::fixture::machine::{export, look_up, plan_update, status, update, update_as};
use crate::fixture::{Fate, Lever, Machine, assert_mirror_equals, cases, people};

async fn ready() -> (Lever, Machine, Service) {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    (lever, machine, service)
}

/// The contact that the page's person is.
async fn contact(service: &Service, profile: &Profile) -> ContactId {
    look_up(service, profile).await.people[0].contact.clone()
}

/// A value by its field's name and what the page says.
fn ticked(field: &str, page: &str) -> ValueId {
    ValueId(format!("{field} {page}"))
}

fn only(ticks: &[ValueId]) -> UpdateChoices {
    UpdateChoices {
        ticked: Some(ticks.to_vec()),
        ..UpdateChoices::default()
    }
}

fn email() -> UpdateChoices {
    only(&[ticked("emails", "ines@kowalczyk.example.net")])
}

/// One of each kind of write.
fn everything() -> UpdateChoices {
    UpdateChoices {
        tags: vec!["meetup".to_owned()],
        note: Some("Back from parental leave in March.".to_owned()),
        ..only(&[
            ticked("emails", "ines@kowalczyk.example.net"),
            ticked("links", "https://github.com/ines-k-demo"),
            ticked("sources", "Conference"),
        ])
    }
}

/// The source is one that Lever does not have yet.
async fn with_a_source_of_its_own(service: &Service) {
    let rules = ExportRules {
        source: fulcrum::export::pattern::Pattern("Conference".to_owned()),
        ..ExportRules::default()
    };
    match service.dispatch(Command::SetExportRules { rules }).await {
        Reply::ExportRules { .. } => {}
        other => panic!("{other:?}"),
    }
}

fn is_contact_write(sent: &Sent) -> bool {
    sent.method == Method::Put && sent.url.contains("/contacts/")
}

fn is_contact_read(sent: &Sent) -> bool {
    sent.method == Method::Get && sent.url.contains("/contacts/")
}

fn emails(contact: &Value) -> Vec<&str> {
    let emails = contact["emails"].as_array().unwrap();
    emails.iter().filter_map(Value::as_str).collect()
}

/// The rows as one reads them.
fn lines(values: &[ComparedValue]) -> Vec<String> {
    let line = |value: &ComparedValue| {
        format!(
            "{} {:?} {} | {} | {:?}",
            if value.ticked { "[x]" } else { "[ ]" },
            value.field,
            value.page,
            value.lever.join(", "),
            value.change
        )
    };
    values.iter().map(line).collect()
}

#[tokio::test]
async fn what_the_page_knows_is_compared_and_what_would_overwrite_is_not_ticked() {
    let (lever, machine, service) = ready().await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    // From the mirror alone: the card says how much is new before anybody asks.
    machine.edge.forget_sent();
    let command = Command::Compare {
        profile: ines.clone(),
        contact: contact.clone(),
    };
    let values = match service.dispatch(command).await {
        Reply::Comparison { values } => values,
        other => panic!("{other:?}"),
    };
    assert!(machine.edge.sent().is_empty());
    insta::assert_snapshot!(lines(&values).join("\n"));
    // The email in other case, the phone without its country code and the LinkedIn page are not news.
    let (fresh, plan) = plan_update(&service, &ines, &contact, &UpdateChoices::default())
        .await
        .unwrap();
    assert_eq!(fresh, values);
    insta::assert_json_snapshot!(plan.requests.iter().map(|request| &request.body).collect::<Vec<_>>());
    assert!(
        plan.fields
            .iter()
            .all(|field| field.field != "name" && field.field != "headline")
    );
    assert!(lever.log().is_empty(), "looking writes nothing");
}

#[tokio::test]
async fn additions_are_written_beside_what_lever_has_and_read_again() {
    let (lever, machine, service) = ready().await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    let before = lever.contact_of("Ines Kowalczyk").await;
    let (_, shown) = plan_update(&service, &ines, &contact, &UpdateChoices::default())
        .await
        .unwrap();
    machine.edge.forget_sent();
    let (outcome, failed) = update_as(&service, &ines, &contact, &UpdateChoices::default(), &shown.fingerprint)
        .await
        .unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
    assert!(failed.is_empty());
    let after = lever.contact_of("Ines Kowalczyk").await;
    assert_eq!(emails(&after), ["ines.k@example.org", "ines@kowalczyk.example.net"]);
    assert_eq!(after["phones"][0], before["phones"][0], "to the last letter");
    assert_eq!(after["phones"][1]["value"], "+48 555 010 999");
    for field in ["name", "headline", "location"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    let rows = lever.opportunities_of("Ines Kowalczyk").await;
    let links = rows[0]["links"].as_array().unwrap();
    assert!(links.contains(&json!("https://github.com/ines-k-demo")), "{links:?}");
    assert_eq!(links.len(), 2);
    // What was sent is what was shown, byte for byte.
    let sent: Vec<String> = machine
        .edge
        .sent()
        .into_iter()
        .filter(|sent| sent.method != Method::Get)
        .filter_map(|sent| sent.body)
        .collect();
    let bodies: Vec<&String> = shown.requests.iter().map(|request| &request.body).collect();
    assert_eq!(sent.iter().collect::<Vec<_>>(), bodies);
    // No blank field of a reply was believed (lever-api §4.3).
    assert_mirror_equals(service.mirror(), &lever).await;
    let (values, again) = plan_update(&service, &ines, &contact, &UpdateChoices::default())
        .await
        .unwrap();
    assert!(values.iter().all(|value| !value.ticked), "{:?}", lines(&values));
    assert!(matches!(
        again.action,
        PlannedAction::Nothing {
            reason: NothingReason::NothingChosen,
            ..
        }
    ));
}

#[tokio::test]
async fn with_nothing_ticked_nothing_is_sent() {
    let (lever, _machine, service) = ready().await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    let (outcome, failed) = update(&service, &ines, &contact, &only(&[])).await.unwrap();
    assert_eq!(outcome.state, ExportState::Skipped);
    assert!(failed.is_empty());
    assert!(lever.log().is_empty());
    assert!(service.records().steps().unwrap().is_empty(), "nor recorded");
}

#[tokio::test]
async fn what_is_ticked_takes_the_place_of_what_lever_has_and_nothing_else_does() {
    let (lever, _machine, service) = ready().await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    let choices = only(&[ticked("headline", "Northlight, Harbor Labs")]);
    let (outcome, _) = update(&service, &ines, &contact, &choices).await.unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
    let after = lever.contact_of("Ines Kowalczyk").await;
    assert_eq!(after["headline"], "Northlight, Harbor Labs");
    assert_eq!(after["location"]["name"], "Gdynia");
    assert_eq!(emails(&after), ["ines.k@example.org"]);
    let log = lever.log();
    assert_eq!(log.len(), 1);
    assert_eq!(log[0]["body"], json!({ "headline": "Northlight, Harbor Labs" }));
}

#[tokio::test]
async fn tags_source_and_note_go_to_the_candidacy_and_stand_in_the_journal() {
    let (lever, _machine, service) = ready().await;
    with_a_source_of_its_own(&service).await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    let (outcome, failed) = update(&service, &ines, &contact, &everything()).await.unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
    assert!(failed.is_empty());
    assert_eq!(lever.notes().len(), 1);
    let rows = lever.opportunities_of("Ines Kowalczyk").await;
    let row = rows
        .iter()
        .find(|row| row["id"] == outcome.opportunity.as_ref().unwrap().as_str())
        .unwrap();
    assert_eq!(row["archived"], Value::Null, "the open one");
    assert!(row["tags"].as_array().unwrap().contains(&json!("meetup")));
    assert!(row["sources"].as_array().unwrap().contains(&json!("Conference")));
    let steps: Vec<StepKind> = service
        .records()
        .steps()
        .unwrap()
        .iter()
        .map(|step| step.step)
        .collect();
    let expected = [
        StepKind::UpdateContact,
        StepKind::AddLinks,
        StepKind::AddTags,
        StepKind::AddSources,
        StepKind::AddNote,
    ];
    assert_eq!(steps, expected);
    assert_mirror_equals(service.mirror(), &lever).await;
}

#[tokio::test]
async fn an_address_that_leads_nowhere_makes_room_for_a_real_one() {
    // requirements 2.7
    let (lever, _machine, service) = ready().await;
    let rules = ExportRules {
        placeholder_email: true,
        ..ExportRules::default()
    };
    service.dispatch(Command::SetExportRules { rules }).await;
    let before = people::newcomer_without_email(1);
    export(&service, &before, &ExportChoices::default()).await.unwrap();
    let name = before.name.clone().unwrap();
    let placeholder = placeholder_email(&before.key);
    assert_eq!(emails(&lever.contact_of(&name).await), [placeholder.as_str()]);

    let now = Profile {
        emails: vec!["odalys@example.org".to_owned()],
        ..before
    };
    let contact = contact(&service, &now).await;
    let (values, _) = plan_update(&service, &now, &contact, &UpdateChoices::default())
        .await
        .unwrap();
    let values: Vec<ComparedValue> = values.into_iter().filter(|value| value.ticked).collect();
    assert_eq!(
        values,
        [ComparedValue {
            id: ticked("emails", "odalys@example.org"),
            field: ComparedField::Emails,
            page: "odalys@example.org".to_owned(),
            lever: vec![placeholder],
            change: Change::ReplacePlaceholder,
            ticked: true,
        }]
    );
    update(&service, &now, &contact, &UpdateChoices::default())
        .await
        .unwrap();
    let after = lever.contact_of(&name).await;
    assert_eq!(emails(&after), ["odalys@example.org"]);
    assert!(!emails(&after).into_iter().any(is_placeholder_email));
}

#[tokio::test]
async fn an_update_is_no_export_and_hides_none() {
    let (lever, _machine, service) = ready().await;
    let lead = people::newcomer_without_email(1);
    let exported = export(&service, &lead, &ExportChoices::default()).await.unwrap();
    let lead = Profile {
        emails: vec!["odalys@example.org".to_owned()],
        ..lead
    };
    let contact = contact(&service, &lead).await;
    for number in 1..=2 {
        // It can be done again and again.
        let choices = UpdateChoices {
            note: Some(format!("Talk number {number}")),
            ..UpdateChoices::default()
        };
        let (outcome, _) = update(&service, &lead, &contact, &choices).await.unwrap();
        assert_eq!(outcome.state, ExportState::Confirmed);
    }
    assert_eq!(lever.notes().len(), 2);
    let answer = look_up(&service, &lead).await;
    assert_eq!(answer.exported.unwrap().opportunity, exported.opportunity);
    let latest = service.records().latest_export(&lead.key).unwrap().unwrap();
    assert_eq!(latest.steps[0].kind, StepKind::CreateOpportunity);

    // Who was only ever updated was not exported.
    let ines = people::ines_with_news();
    let contact = self::contact(&service, &ines).await;
    update(&service, &ines, &contact, &UpdateChoices::default())
        .await
        .unwrap();
    assert_eq!(look_up(&service, &ines).await.exported, None);
    assert!(service.records().latest_export(&ines.key).unwrap().is_none());
}

#[tokio::test]
async fn a_recruiter_who_has_not_seen_the_outcome_writes_no_note_twice() {
    let (lever, machine, service) = ready().await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    let choices = UpdateChoices {
        note: Some("Back from parental leave in March.".to_owned()),
        ..email()
    };
    update(&service, &ines, &contact, &choices).await.unwrap();
    // The browser was restarted before it could show that; the form is filled in as before.
    let (outcome, _) = update(&service, &ines, &contact, &choices).await.unwrap();
    assert_eq!(outcome.state, ExportState::Skipped);
    assert_eq!(lever.notes().len(), 1);
    let other = UpdateChoices {
        note: Some("Back from parental leave in April.".to_owned()),
        ..choices.clone()
    };
    update(&service, &ines, &contact, &other).await.unwrap();
    assert_eq!(lever.notes().len(), 2, "another note is another note");
    // Much later the same words are meant again.
    machine.edge.pass(3_600_000);
    update(&service, &ines, &contact, &choices).await.unwrap();
    assert_eq!(lever.notes().len(), 3);
}

#[tokio::test]
async fn a_contact_that_a_colleague_has_changed_since_is_not_overwritten() {
    let (lever, machine, service) = ready().await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    let headline = ticked("headline", "Northlight, Harbor Labs");
    for (choices, change) in [
        (
            email(),
            json!({ "emails": ["ines.k@example.org", "private@example.com"] }),
        ),
        (only(&[headline]), json!({ "headline": "Northlight (since May)" })),
    ] {
        let (_, shown) = plan_update(&service, &ines, &contact, &choices).await.unwrap();
        lever
            .write("PUT", &format!("/contacts/{contact}"), change.clone())
            .await;
        machine.edge.forget_sent();
        let refused = update_as(&service, &ines, &contact, &choices, &shown.fingerprint).await;
        assert_eq!(refused.unwrap_err().code, FailureCode::PlanChanged, "{change}");
        assert!(machine.edge.sent().iter().all(|sent| sent.method == Method::Get));
        // What is shown next has the colleague's words in it.
        let (values, _) = plan_update(&service, &ines, &contact, &choices).await.unwrap();
        let (field, _) = change.as_object().unwrap().iter().next().unwrap();
        let field = if field == "emails" {
            ComparedField::Emails
        } else {
            ComparedField::Headline
        };
        let row = values.iter().find(|value| value.field == field).unwrap();
        assert!(
            row.lever
                .iter()
                .any(|value| value.contains("private") || value.contains("May"))
        );
    }
}

#[tokio::test]
async fn a_colleague_who_is_faster_while_it_can_still_be_taken_back_is_not_overwritten() {
    let (lever, machine, service) = ready().await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    let choices = UpdateChoices {
        undo_ms: Some(5_000),
        ..everything()
    };
    let (_, shown) = plan_update(&service, &ines, &contact, &choices).await.unwrap();
    // The fifth second: the contact is looked at once more.
    let writes = std::rc::Rc::new(std::cell::Cell::new(0_u32));
    let seen = std::rc::Rc::clone(&writes);
    machine.edge.rule(u32::MAX, Fate::BreaksBefore, move |sent| {
        seen.set(seen.get() + u32::from(sent.method != Method::Get));
        false
    });
    machine.edge.hold_at_moment(5);
    let updating = Box::pin(update_as(&service, &ines, &contact, &choices, &shown.fingerprint));
    let held = Box::pin(machine.edge.held());
    let Either::Right(((), updating)) = select(updating, held).await else {
        panic!("it was over before the network stood still");
    };
    assert_eq!(writes.get(), 0, "nothing has left yet");
    let change = json!({ "emails": ["ines.k@example.org", "private@example.com"] });
    lever.write("PUT", &format!("/contacts/{contact}"), change).await;
    machine.edge.go_on();
    let (outcome, failed) = updating.await.unwrap();
    assert_eq!(outcome.state, ExportState::Failed);
    assert!(!failed.is_empty());
    assert!(
        failed
            .iter()
            .all(|step| step.failure.code == FailureCode::ContactChanged)
    );
    assert_eq!(writes.get(), 0, "the whole plan no longer holds");
    let after = lever.contact_of("Ines Kowalczyk").await;
    assert_eq!(emails(&after), ["ines.k@example.org", "private@example.com"]);
}

#[tokio::test]
async fn a_person_whose_data_was_erased_is_not_updated() {
    let (lever, _machine, service) = ready().await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    let (_, shown) = plan_update(&service, &ines, &contact, &email()).await.unwrap();
    lever.anonymize(contact.as_str()).await;
    let refused = update_as(&service, &ines, &contact, &email(), &shown.fingerprint).await;
    assert_eq!(refused.unwrap_err().code, FailureCode::ContactAnonymized);
    assert!(lever.log().is_empty());
}

#[tokio::test]
async fn only_the_pages_own_person_is_updated() {
    let (lever, _machine, service) = ready().await;
    let ines = people::ines_with_news();
    let leila = contact(&service, &people::linkedin("leila-haddad-demo", "Leila Haddad")).await;
    let refused = plan_update(&service, &ines, &leila, &UpdateChoices::default()).await;
    assert_eq!(refused.unwrap_err().code, FailureCode::PlanChanged);
    let refused = update_as(&service, &ines, &leila, &UpdateChoices::default(), "").await;
    assert_eq!(refused.unwrap_err().code, FailureCode::PlanChanged);
    assert!(lever.log().is_empty());
}

#[tokio::test]
async fn of_somebody_who_is_only_likely_nothing_is_ticked_at_first() {
    let (_lever, _machine, service) = ready().await;
    // The name and an employer, and nothing that only she has.
    let page = Profile {
        current: vec![CurrentPosition {
            company: Some("Harbor Labs".to_owned()),
            ..CurrentPosition::default()
        }],
        emails: vec!["ines@kowalczyk.example.net".to_owned()],
        ..people::github("ines-k-demo", "Ines Kowalczyk")
    };
    let answer = look_up(&service, &page).await;
    assert_eq!(
        answer.verdict.verdict,
        VerdictWord::Likely,
        "or this story tells nothing"
    );
    let contact = answer.people[0].contact.clone();
    let (values, plan) = plan_update(&service, &page, &contact, &UpdateChoices::default())
        .await
        .unwrap();
    assert!(values.iter().any(|value| value.field == ComparedField::Emails));
    assert!(values.iter().all(|value| !value.ticked), "{:?}", lines(&values));
    assert!(plan.requests.is_empty());
}

#[tokio::test]
async fn taken_back_in_time_nothing_is_sent() {
    let (lever, _machine, service) = ready().await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    let choices = UpdateChoices {
        undo_ms: Some(5_000),
        ..email()
    };
    let (_, shown) = plan_update(&service, &ines, &contact, &choices).await.unwrap();
    let updating = Box::pin(update_as(&service, &ines, &contact, &choices, &shown.fingerprint));
    let undoing = Box::pin(async {
        loop {
            let undo = Command::UndoExport { key: ines.key.clone() };
            if let Reply::Status { .. } = service.dispatch(undo).await {
                return;
            }
            tokio::task::yield_now().await;
        }
    });
    let (updated, ()) = futures::join!(updating, undoing);
    assert_eq!(updated.unwrap().0.state, ExportState::Undone);
    assert!(lever.log().is_empty());
    assert_eq!(status(&service).await.unsettled_exports, 0);
    let (outcome, _) = update(&service, &ines, &contact, &email()).await.unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed, "and can be sent after all");
}

#[tokio::test]
async fn a_missing_permission_is_said_and_the_rest_goes_on() {
    for (forbidden, step) in [
        (endpoint::UPDATE_CONTACT, StepKind::UpdateContact),
        (endpoint::ADD_LINKS, StepKind::AddLinks),
        (endpoint::ADD_TAGS, StepKind::AddTags),
        (endpoint::ADD_SOURCES, StepKind::AddSources),
        (endpoint::CREATE_NOTE, StepKind::AddNote),
    ] {
        let (lever, _machine, service) = ready().await;
        with_a_source_of_its_own(&service).await;
        let ines = people::ines_with_news();
        let contact = contact(&service, &ines).await;
        lever.forbid(&[forbidden]).await;
        let (outcome, failed) = update(&service, &ines, &contact, &everything()).await.unwrap();
        assert_eq!(outcome.state, ExportState::Failed);
        assert_eq!(failed.len(), 1, "{step:?}");
        assert_eq!(failed[0].step, step);
        assert_eq!(failed[0].failure.code, FailureCode::PermissionMissing);
        assert_eq!(failed[0].failure.permission.as_deref(), Some(forbidden.permission));
        assert_eq!(lever.log().len(), 4, "{step:?}");

        // With a key that may, only what is missing is sent.
        let entry = service.records().entries("", 9).unwrap().remove(0);
        assert_eq!(entry.remedy, Some(ExportRemedy::TryAgain));
        lever.forbid(&[]).await;
        match service.dispatch(Command::TryAgain { export: entry.export }).await {
            Reply::Exported { outcome } => assert_eq!(outcome.state, ExportState::Confirmed),
            other => panic!("{other:?}"),
        }
        assert_eq!(lever.log().len(), 5, "{step:?}");
    }
}

#[tokio::test]
async fn without_the_permission_to_read_contacts_nothing_is_written() {
    let (lever, _machine, service) = ready().await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    lever.forbid(&[endpoint::READ_CONTACT]).await;
    let failure = plan_update(&service, &ines, &contact, &email()).await.unwrap_err();
    assert_eq!(failure.permission.as_deref(), Some("Find a contact"));
    assert!(lever.log().is_empty());
}

/// Everything arrived, each part once, and nothing that Lever had is gone.
async fn assert_updated_once(lever: &Lever, outcome: &ExportOutcome, what: &str) {
    assert!(outcome.state.is_done(), "{what}: {:?}", outcome.state);
    let contact = lever.contact_of("Ines Kowalczyk").await;
    assert_eq!(
        emails(&contact),
        ["ines.k@example.org", "ines@kowalczyk.example.net"],
        "{what}"
    );
    assert_eq!(lever.notes().len(), 1, "{what}");
    let rows = lever.opportunities_of("Ines Kowalczyk").await;
    let row = rows.iter().find(|row| row["archived"] == Value::Null).unwrap();
    for (field, value) in [
        ("links", "https://github.com/ines-k-demo"),
        ("tags", "meetup"),
        ("sources", "Conference"),
    ] {
        let values = row[field].as_array().unwrap();
        let there = values.iter().filter(|one| **one == json!(value)).count();
        assert_eq!(there, 1, "{what}: {field}");
    }
}

#[tokio::test]
async fn lost_replies_of_every_step_change_nothing() {
    for (method, path) in [
        ("PUT", "/contacts/:id"),
        ("POST", "/opportunities/:id/addLinks"),
        ("POST", "/opportunities/:id/addTags"),
        ("POST", "/opportunities/:id/addSources"),
        ("POST", "/opportunities/:id/notes"),
    ] {
        for kind in ["lost-reply", "cut-before", "500", "429", "truncated", "wrong-type"] {
            let (lever, _machine, service) = ready().await;
            with_a_source_of_its_own(&service).await;
            let ines = people::ines_with_news();
            let contact = contact(&service, &ines).await;
            let (_, shown) = plan_update(&service, &ines, &contact, &everything()).await.unwrap();
            lever.next(kind, 1, method, path).await;
            let (outcome, failed) = update_as(&service, &ines, &contact, &everything(), &shown.fingerprint)
                .await
                .unwrap();
            assert!(failed.is_empty(), "{kind} {path}: {failed:?}");
            assert_updated_once(&lever, &outcome, &format!("{kind} {path}")).await;
        }
    }
}

#[tokio::test]
async fn a_stored_contact_whose_reply_was_lost_is_not_written_again() {
    for fate in [Fate::BreaksAfter, Fate::HangsAfter, Fate::DoneButAnswers(502)] {
        let (lever, machine, service) = ready().await;
        let ines = people::ines_with_news();
        let contact = contact(&service, &ines).await;
        machine.edge.rule(1, fate, is_contact_write);
        let (outcome, _) = update(&service, &ines, &contact, &email()).await.unwrap();
        assert_eq!(outcome.state, ExportState::Reconciled, "{fate:?}");
        let writes = machine.edge.sent().into_iter().filter(is_contact_write).count();
        assert_eq!(writes, 1, "{fate:?}");
        assert_eq!(lever.log().len(), 1, "{fate:?}");
    }
}

#[tokio::test]
async fn a_contact_that_a_colleague_changes_after_a_lost_write_is_left_to_people() {
    // Lever never saw the write; before it is sent again somebody else has written something.
    let (lever, machine, service) = ready().await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    let choices = email();
    let (_, shown) = plan_update(&service, &ines, &contact, &choices).await.unwrap();
    machine.edge.rule(1, Fate::BreaksBefore, is_contact_write);
    let updating = Box::pin(update_as(&service, &ines, &contact, &choices, &shown.fingerprint));
    let lost = std::future::poll_fn(|context| {
        if machine.edge.sent().iter().any(is_contact_write) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    });
    let Either::Right(((), updating)) = select(updating, lost).await else {
        panic!("it was over before the write was lost");
    };
    let change = json!({ "emails": ["private@example.com"] });
    lever.write("PUT", &format!("/contacts/{contact}"), change).await;
    let (outcome, failed) = updating.await.unwrap();
    assert_eq!(outcome.state, ExportState::Failed);
    assert_eq!(failed[0].failure.code, FailureCode::ContactChanged);
    let after = lever.contact_of("Ines Kowalczyk").await;
    assert_eq!(emails(&after), ["private@example.com"], "the colleague's word stands");
}

#[tokio::test]
async fn while_lever_cannot_be_asked_the_outcome_is_unknown_and_a_later_round_finds_it() {
    let (lever, machine, service) = ready().await;
    let ines = people::ines_with_news();
    let contact = contact(&service, &ines).await;
    let choices = email();
    let (_, shown) = plan_update(&service, &ines, &contact, &choices).await.unwrap();
    let is_written = std::cell::Cell::new(false);
    machine.edge.rule(u32::MAX, Fate::BreaksBefore, move |sent| {
        is_written.set(is_written.get() || is_contact_write(sent));
        is_written.get() && is_contact_read(sent)
    });
    machine.edge.rule(1, Fate::BreaksAfter, is_contact_write);
    let (outcome, _) = update_as(&service, &ines, &contact, &choices, &shown.fingerprint)
        .await
        .unwrap();
    assert_eq!(outcome.state, ExportState::Unknown);
    assert_eq!(status(&service).await.unsettled_exports, 1);
    // A click meanwhile begins nothing new.
    let (again, _) = update_as(&service, &ines, &contact, &email(), &shown.fingerprint)
        .await
        .unwrap();
    assert_eq!(again.state, ExportState::Unknown);
    machine.edge.heal();
    service.round().await.unwrap();
    assert_eq!(status(&service).await.unsettled_exports, 0);
    assert_eq!(lever.log().len(), 1);
}

#[tokio::test]
async fn a_process_killed_at_any_moment_of_an_update_writes_each_part_once() {
    for trouble in [None, Some(Fate::BreaksAfter), Some(Fate::BreaksBefore)] {
        for moment in 1.. {
            let (lever, machine, service) = ready().await;
            with_a_source_of_its_own(&service).await;
            let ines = people::ines_with_news();
            let contact = contact(&service, &ines).await;
            let (_, shown) = plan_update(&service, &ines, &contact, &everything()).await.unwrap();
            if let Some(fate) = trouble {
                machine.edge.rule(1, fate, is_contact_write);
            }
            machine.edge.die_at_moment(moment);
            let choices = everything();
            let update = update_as(&service, &ines, &contact, &choices, &shown.fingerprint);
            let finished = machine.edge.until_death(update).await;
            drop(service);
            let service = machine.open().await;
            machine.edge.heal();
            service.settle_exports().await.unwrap();
            if service.records().latest_update(&ines.key).unwrap().is_none() {
                assert!(lever.log().is_empty(), "a write that the journal does not know");
            } else {
                let latest = service.records().latest_update(&ines.key).unwrap().unwrap();
                let outcome = service.outcome(&latest).unwrap();
                assert_updated_once(&lever, &outcome, &format!("{trouble:?}, moment {moment}")).await;
            }
            if finished.is_some() {
                assert!(moment > 12, "only {moment} moments");
                break;
            }
        }
    }
}

#[tokio::test]
async fn whose_the_person_is_is_said_before_anything_is_sent() {
    let (lever, _machine, service) = ready().await;
    let wei = Profile {
        proof: None,
        location: Some("Toronto".to_owned()),
        ..people::github("wei-chen-demo", "Wei Chen")
    };
    let contact = contact(&service, &wei).await;
    let (_, plan) = plan_update(&service, &wei, &contact, &UpdateChoices::default())
        .await
        .unwrap();
    assert_eq!(plan.warnings, [PlanWarning::OtherOwner, PlanWarning::PageUnproven]);
    assert!(lever.log().is_empty());
}

/// A contact as Lever gives it, with what no client knows of.
fn contact_as_read(name: &str, headline: &str, emails: &[String], phones: &[String]) -> ContactAsRead {
    let phones: Vec<Value> = phones
        .iter()
        .map(|phone| json!({ "type": null, "value": phone, "verifiedAt": 1 }))
        .collect();
    ContactAsRead(json!({
        "id": "contact-1", "name": name, "headline": headline, "location": { "name": "Gdynia" },
        "emails": emails, "phones": phones, "isAnonymized": false,
    }))
}

fn person() -> Person {
    Person {
        contact: "contact-1".into(),
        name: String::new(),
        headline: String::new(),
        location: String::new(),
        emails: Vec::new(),
        phones: Vec::new(),
        links: vec!["https://www.linkedin.com/in/ines-kowalczyk-demo".to_owned()],
        opportunities: Vec::new(),
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn whatever_page_and_lever_say_an_update_keeps_what_lever_has(
        page_name in ".{0,12}", headline in ".{0,12}", lever_headline in "[a-z ]{0,8}",
        page_emails in proptest::collection::vec("[a-z]{1,3}@(example|kowalczyk)\\.org|.{0,6}", 0..4),
        emails in proptest::collection::vec("[A-Za-z]{1,3}@(example|kowalczyk)\\.org|.{0,6}", 0..4),
        page_phones in proptest::collection::vec("\\+?[0-9 ]{0,12}", 0..3),
        phones in proptest::collection::vec("\\+?[0-9 ]{0,12}", 0..3),
    ) {
        let profile = Profile {
            headline: Some(headline),
            emails: page_emails,
            phones: page_phones,
            ..people::linkedin("ines-kowalczyk-demo", &page_name)
        };
        let me = UserSummary { id: "user-1".into(), name: "Maya Okafor".to_owned(), email: String::new() };
        let mut verdict = Verdict::nobody(&profile.key);
        verdict.verdict = VerdictWord::Same;
        let facts = PlanFacts {
            profile: &profile,
            choices: &ExportChoices::default(),
            rules: &ExportRules::default(),
            verdict: &verdict,
            people: &[],
            me: &me,
            owner: &me,
            project: None,
            now: Millis(1_795_773_600_000),
            posting: None,
            resume: PlannedResume::No,
            api: fulcrum::lever::api_variant::ApiVariant::Opportunities,
            followers: &[],
            exported: None,
        };
        let read = contact_as_read("Ines Kowalczyk", &lever_headline, &emails, &phones);
        let person = read.laid_over(person());
        let known = UpdateFacts { person: &person, contact: &read, notes_written: &[] };
        let values = update::compare(&facts, &person);
        let plan = |choices: &UpdateChoices| update::plan_update(&facts, known, &values, choices);
        prop_assert!(plan(&only(&[])).requests.is_empty(), "nothing ticked, nothing sent");
        let first = plan(&UpdateChoices::default());
        prop_assert_eq!(&first, &plan(&UpdateChoices::default()), "equal facts, equal plans");
        let all: Vec<ValueId> = values.iter().map(|value| value.id.clone()).collect();
        for (plan, is_first) in [(first, true), (plan(&only(&all)), false)] {
            for request in &plan.requests {
                let body: Value = serde_json::from_str(&request.body).unwrap();
                for field in ["emails", "phones"] {
                    if let Some(sent) = body.get(field).and_then(Value::as_array) {
                        let there = read.0[field].as_array().unwrap();
                        prop_assert_eq!(&sent[..there.len()], &there[..], "what Lever has comes first, as Lever has it");
                        prop_assert!(sent.len() > there.len());
                    }
                }
                prop_assert!(!is_first || body.get("name").is_none());
                prop_assert!(!is_first || lever_headline.trim().is_empty() || body.get("headline").is_none());
                prop_assert_eq!(read.standing(request), ContactStanding::AsPlanned);
                // As Lever has it once it has taken it.
                let mut after = read.clone();
                for (field, value) in body.as_object().unwrap() {
                    after.0[field] = value.clone();
                }
                prop_assert_eq!(after.standing(request), ContactStanding::Written);
            }
        }
    }
}
