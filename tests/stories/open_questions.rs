//! What nobody outside Lever knows for certain (lever-api §8, §9): whichever way Lever decides it, the whole job is done.

use fulcrum::export::plan::ExportChoices;
use fulcrum::host::Clock;
use fulcrum::lever::authentication::Credentials;
use fulcrum::lever::client::LeverClient;
use fulcrum::lever::environment::Environment;
use fulcrum::lever::error::LeverError;
use fulcrum::lever::pace::{Pacer, Priority};

use crate::fixture::equal::Truth;
use crate::fixture::lever::account;
use crate::fixture::machine::{export, on_job};
use crate::fixture::{Lever, Machine, people};

const ANSWERS: [&str; 14] = [
    "apply-limit=two-a-second",
    "requisition-writes=off",
    "unknown-id=404",
    "quirks=off",
    "limit=clamp",
    "perform-as=every-write",
    "rotation=kept",
    "bad-offset=404",
    "bad-offset=422",
    "retry-after=sent",
    "key-as-bearer=accepted",
    "perform-as-in-body=read",
    "invalid-email=taken",
    "deleted-postings=window",
];

async fn lever_that_answers(answer: &str) -> Lever {
    let mut config = account(250);
    config.choices = answer.parse().unwrap();
    Lever::start(config).await
}

#[tokio::test]
async fn whichever_way_lever_decides_everything_is_read_and_an_export_arrives_once() {
    for answer in ANSWERS {
        let lever = lever_that_answers(answer).await;
        let machine = Machine::beside(&lever);
        let service = machine.connected(&lever).await;
        lever.faults("bad-token:0.2,429:0.1,lost-reply:0.3").await;
        for round in 0.. {
            assert!(round < 30, "{answer}");
            if service.round().await.is_ok() {
                break;
            }
        }
        let choices = ExportChoices {
            note: Some("Met at the meetup".to_owned()),
            tags: vec!["meetup".to_owned()],
            source: Some("GitHub".to_owned()),
            ..ExportChoices::default()
        };
        let choices = on_job(&lever, "Platform Engineer", choices).await;
        let outcome = export(&service, &people::newcomer(1), &choices).await.unwrap();
        assert_eq!(outcome.failure, None, "{answer}");
        lever.faults("").await;
        service.round().await.unwrap();
        assert_eq!(lever.creates().len(), 1, "{answer}");
        assert_eq!(lever.notes().len(), 1, "{answer}");
        Truth::of(&lever).await.assert_equals(service.mirror());
    }
}

#[tokio::test]
async fn where_lever_says_when_to_come_back_nobody_comes_before() {
    let lever = lever_that_answers("retry-after=sent").await;
    let machine = Machine::beside(&lever);
    let environment = Environment::Custom {
        base_url: lever.base_url(),
    };
    let key = Credentials::ApiKey(fulcrum::command::ApiKey(lever.key().to_owned()));
    let client = LeverClient::new(machine.host(), environment, key, Pacer::new(10.0, 0.5));
    lever.next("429", 1, "GET", "/stages").await;
    let began = machine.edge.now();
    client.stages(Priority::Click).await.unwrap();
    assert!(
        machine.edge.now().since(began) >= 1_000,
        "a second at least, as Lever says it in seconds"
    );
    // The refused request was the first of the two.
    let sent = machine.edge.sent();
    assert_eq!(sent.len(), 2);
    assert!(sent[1].at.since(sent[0].at) >= 1_000);
}

#[tokio::test]
async fn a_token_that_lever_no_longer_takes_is_told_from_what_does_not_exist() {
    for answer in ["bad-offset=400", "bad-offset=404", "bad-offset=422"] {
        let lever = lever_that_answers(answer).await;
        let machine = Machine::beside(&lever);
        let environment = Environment::Custom {
            base_url: lever.base_url(),
        };
        let key = Credentials::ApiKey(fulcrum::command::ApiKey(lever.key().to_owned()));
        let client = LeverClient::new(machine.host(), environment, key, Pacer::new(0.0, 0.5));
        let page = client
            .opportunities(&Default::default(), Some("%5B1%5D"), 0, Priority::Click)
            .await;
        assert!(
            matches!(page, Err(LeverError::OffsetRefused { .. })),
            "{answer}: {page:?}"
        );
        let nobody = client.contact(&"nobody".into(), Priority::Click).await;
        assert!(matches!(nobody, Err(LeverError::NotFound { .. })), "{answer}");
    }
}
