//! The client's single calls that no story goes through yet: reading a contact, moving an opportunity to a stage.

use fulcrum::command::ApiKey;
use fulcrum::lever::authentication::Credentials;
use fulcrum::lever::client::LeverClient;
use fulcrum::lever::environment::Environment;
use fulcrum::lever::error::{LeverError, WriteOutcome};
use fulcrum::lever::pace::{Pacer, Priority};
use fulcrum::text::{ContactId, OpportunityId, StageId, UserId};
use serde_json::Value;

use crate::fixture::{Lever, Machine};

fn client(machine: &Machine, lever: &Lever) -> LeverClient {
    let environment = Environment::Custom {
        base_url: lever.base_url(),
    };
    LeverClient::new(
        machine.host(),
        environment,
        Credentials::ApiKey(ApiKey(lever.key().to_owned())),
        Pacer::new(0.0, 1.0),
    )
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap()
}

#[tokio::test(flavor = "current_thread")]
async fn a_contact_is_read_with_all_that_lever_has_of_them() {
    let lever = Lever::of(30).await;
    let machine = Machine::beside(&lever);
    let rows = lever.opportunities_of("Ines Kowalczyk").await;
    let id = ContactId::from(text(&rows[0], "contact"));
    let contact = client(&machine, &lever).contact(&id, Priority::Click).await.unwrap();
    assert_eq!(contact.id, id);
    assert_eq!(contact.name, "Ines Kowalczyk");
    assert_eq!(contact.location.unwrap().name(), "Gdynia");
    assert_eq!(contact.emails, ["ines.k@example.org"]);
    assert_eq!(contact.phones[0].value, "+48 555 010 203");
}

#[tokio::test(flavor = "current_thread")]
async fn a_stage_is_changed_once_in_the_users_name_and_the_persons_data_stays() {
    let lever = Lever::of(30).await;
    let machine = Machine::beside(&lever);
    let client = client(&machine, &lever);
    let before = lever.opportunities_of("Ines Kowalczyk").await;
    let active = before.iter().find(|row| row["archived"].is_null()).unwrap();
    let id = OpportunityId::from(text(active, "id"));
    let maya = UserId(lever.user("Maya Okafor").await);
    client.update_stage(&id, &StageId::from("offer"), &maya).await.unwrap();
    let log = lever.log();
    assert_eq!(log.len(), 1);
    assert_eq!(log[0]["query"]["perform_as"], maya.as_str());
    // The write's own reply carries blank fields; what is read again does not.
    let read = client.opportunity(&id, Priority::Click).await.unwrap();
    assert_eq!(read.stage.unwrap().id(), "offer");
    assert_eq!(read.name, "Ines Kowalczyk");

    let refused = client
        .update_stage(&id, &StageId::from("no-such-stage"), &maya)
        .await
        .unwrap_err();
    assert!(matches!(refused, LeverError::RefusedByRule { .. }), "{refused}");
    assert_eq!(refused.write_outcome(), WriteOutcome::NotStored);
    assert_eq!(lever.log().len(), 1);
}
