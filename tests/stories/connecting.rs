//! Keys that work, that do not, that lack something; and disconnecting, which leaves nothing behind.

use fulcrum::command::{Command, ConnectionState, FailureCode, Reply};
use fulcrum::export::plan::ExportChoices;
use fulcrum::lever::endpoint;

use crate::fixture::machine::{connect, connect_with, export, status};
use crate::fixture::{Fate, Lever, Machine, people};

#[tokio::test]
async fn a_key_that_may_everything_is_taken_and_the_users_are_there_at_once() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.open().await;
    let check = connect(&service, &lever).await;
    assert!(check.accepted);
    assert_eq!(check.failure, None);
    assert_eq!(check.confidential, Some(true));
    for permission in &check.permissions {
        let is_write_or_note = endpoint::EXPORT
            .iter()
            .chain(&endpoint::UPDATE)
            .any(|endpoint| endpoint.name() == permission.endpoint);
        let expected = (!is_write_or_note).then_some(true);
        assert_eq!(permission.granted, expected, "{}", permission.endpoint);
    }
    match service
        .dispatch(Command::Users {
            text: "JONAS.lindqvist@".to_owned(),
        })
        .await
    {
        Reply::Users { users } => {
            assert_eq!(users.len(), 1, "letter case does not matter");
            assert_eq!(users[0].email, "Jonas.Lindqvist@example.org");
        }
        other => panic!("{other:?}"),
    }
    match service.dispatch(Command::Users { text: String::new() }).await {
        Reply::Users { users } => {
            assert!(
                users.iter().all(|user| user.name != "Helena Brandt"),
                "she was switched off"
            );
        }
        other => panic!("{other:?}"),
    }
    assert!(lever.log().is_empty(), "a check writes nothing");
}

#[tokio::test]
async fn a_wrong_key_is_refused_and_not_kept() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.open().await;
    for key in ["mistyped-key-000", " ", ""] {
        let failure = match service
            .dispatch(Command::Connect {
                environment: fulcrum::lever::environment::Environment::Custom {
                    base_url: lever.base_url(),
                },
                key: fulcrum::command::ApiKey(key.to_owned()),
            })
            .await
        {
            Reply::Check { check, .. } => {
                assert!(!check.accepted);
                check.failure.unwrap()
            }
            Reply::Failed { failure } => failure,
            other => panic!("{other:?}"),
        };
        assert_eq!(failure.code, FailureCode::KeyRefused);
        assert_eq!(status(&service).await.connection, ConnectionState::NotConnected);
        assert_eq!(machine.secrets.load().await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_key_pasted_with_white_space_around_it_works() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.open().await;
    let key = format!("  {}\n", lever.key());
    assert!(connect_with(&service, &lever, &key).await.accepted);
    assert_eq!(machine.secrets.load().await.unwrap().as_deref(), Some(lever.key()));
}

#[tokio::test]
async fn a_missing_permission_is_named_as_lever_names_its_tick_box() {
    let lever = Lever::of(12).await;
    for missing in endpoint::CONNECT {
        lever.forbid(&[missing]).await;
        let machine = Machine::beside(&lever);
        let service = machine.open().await;
        let check = connect(&service, &lever).await;
        let lacking: Vec<(&str, &str)> = check
            .permissions
            .iter()
            .filter(|permission| permission.granted == Some(false))
            .map(|permission| (permission.endpoint.as_str(), permission.label.as_str()))
            .collect();
        assert_eq!(lacking, [(missing.name().as_str(), missing.permission)]);
        let failure = check.failure.unwrap();
        assert_eq!(failure.code, FailureCode::PermissionMissing);
        assert_eq!(failure.endpoint.as_deref(), Some(missing.name().as_str()));
        assert_eq!(failure.permission.as_deref(), Some(missing.permission));
        assert!(
            check.accepted,
            "{} is missing, and the key is known to Lever",
            missing.name()
        );
    }
}

#[tokio::test]
async fn a_key_switched_off_later_is_noticed_by_the_check() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    lever.revoke().await;
    match service.dispatch(Command::CheckConnection).await {
        Reply::Check { check, status } => {
            assert!(!check.accepted);
            assert_eq!(check.failure.unwrap().code, FailureCode::KeyRefused);
            assert!(matches!(status.connection, ConnectionState::Troubled { .. }));
            assert_eq!(status.mirror.contacts, 12, "what was read is kept");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_address_where_nobody_answers_is_told_from_a_wrong_key() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.open().await;
    machine.edge.rule(u32::MAX, Fate::Unreachable, |_| true);
    let check = connect(&service, &lever).await;
    assert!(!check.accepted);
    assert_eq!(check.failure.unwrap().code, FailureCode::Network);
    machine.edge.heal();
    machine.edge.rule(u32::MAX, Fate::HangsBefore, |_| true);
    let check = connect(&service, &lever).await;
    assert_eq!(check.failure.unwrap().code, FailureCode::TimedOut);
}

#[tokio::test]
async fn the_connection_outlives_the_process() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    drop(machine.synced(&lever).await);
    let service = machine.open().await;
    let status = status(&service).await;
    assert_eq!(status.connection, ConnectionState::Connected);
    assert_eq!(status.me.unwrap().name, "Maya Okafor");
    assert_eq!(status.mirror.contacts, 12);
    assert!(status.mirror.complete);
}

#[tokio::test]
async fn disconnecting_leaves_no_byte_of_anybody() {
    let lever = Lever::of(40).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(1);
    let choices = ExportChoices {
        note: Some("A note about Zorana".to_owned()),
        ..ExportChoices::default()
    };
    export(&service, &profile, &choices).await.unwrap();
    service
        .dispatch(Command::Correct {
            profile: people::ines(),
            contact: lever.opportunities_of("Ines Kowalczyk").await[0]["contact"]
                .as_str()
                .unwrap()
                .into(),
            correction: fulcrum::command::Correction::SamePerson,
        })
        .await;
    drop(service);
    let known = |word: &str| {
        let bytes = machine.bytes();
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    };
    let words = [
        "Kowalczyk",
        "ines.k@example.org",
        "ines-kowalczyk-demo",
        "Zorana",
        "zorana.1@example.net",
        "meetup",
        "Maya Okafor",
    ];
    for word in words.iter().filter(|word| **word != "meetup") {
        assert!(known(word), "{word} was never stored, so the test proves nothing");
    }

    let service = machine.open().await;
    match service.dispatch(Command::Disconnect).await {
        Reply::Status { status } => {
            assert_eq!(status.connection, ConnectionState::NotConnected);
            assert_eq!(status.mirror.contacts, 0);
            assert_eq!(status.mirror.as_of, None);
            assert_eq!(status.me, None);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(machine.secrets.load().await.unwrap(), None);
    assert!(service.records().steps().unwrap().is_empty());
    drop(service);
    for word in words {
        assert!(!known(word), "{word} is still in a file");
    }
    assert!(!known(lever.key()), "the key is in a file");
}

#[tokio::test]
async fn what_was_under_way_while_disconnecting_stores_nothing_more() {
    let lever = Lever::of(330).await;
    let machine = Machine::beside(&lever);
    let moments = 1..=20;
    for moment in moments {
        let service = machine.connected(&lever).await;
        machine.edge.hold_at_moment(moment);
        let disconnect = async {
            machine.edge.held().await;
            service.dispatch(Command::Disconnect).await;
            machine.edge.go_on();
        };
        let (read, ()) = futures::future::join(service.round(), disconnect).await;
        assert!(read.is_err(), "moment {moment}");
        let counts = service.mirror().counts();
        assert_eq!((counts.contacts, counts.opportunities), (0, 0), "moment {moment}");
        assert!(service.mirror().search_users("").unwrap().is_empty(), "moment {moment}");
    }
}

#[tokio::test]
async fn without_a_connection_nobody_is_called_absent() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.open().await;
    let commands = [
        Command::LookUp {
            profile: people::ines(),
        },
        Command::CheckNow {
            profile: people::ines(),
        },
        Command::Plan {
            profile: people::ines(),
            choices: ExportChoices::default(),
        },
        Command::CheckConnection,
    ];
    for command in commands {
        match service.dispatch(command).await {
            Reply::Failed { failure } => assert_eq!(failure.code, FailureCode::NotConnected),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn another_account_never_shows_the_people_of_the_one_before() {
    let lever = Lever::of(40).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let other = Lever::start(sandbox::Config {
        seed: 99,
        ..crate::fixture::account(15)
    })
    .await;
    connect(&service, &other).await;
    assert_eq!(service.mirror().counts().contacts, 0);
    assert_eq!(
        status(&service).await.me,
        None,
        "whoever that was, they are not in this account"
    );
}

#[tokio::test]
async fn a_new_key_for_the_same_account_keeps_what_was_read() {
    let lever = Lever::of(40).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    connect_with(&service, &lever, "colleague-key-0123456789").await;
    assert_eq!(service.mirror().counts().contacts, 40);
    assert_eq!(status(&service).await.me.unwrap().name, "Maya Okafor");
}
