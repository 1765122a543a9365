//! Whatever comes back as a reply, the client brings a result or a typed error, soon, and the error quotes nothing of it.

use std::cell::Cell;
use std::rc::Rc;

use fulcrum::command::ApiKey;
use fulcrum::host::{Host, HttpReply, HttpRequest, Transport, TransportError};
use fulcrum::lever::authentication::Credentials;
use fulcrum::lever::client::{LeverClient, OpportunityFilter, RequisitionFilter, TimeRange};
use fulcrum::lever::environment::Environment;
use fulcrum::lever::error::LeverError;
use fulcrum::lever::pace::{Pacer, Priority};
use fulcrum::text::Millis;
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixture::{Edge, cases};

/// Answers every request with the same reply, and counts them.
struct Parrot {
    reply: HttpReply,
    asked: Rc<Cell<u32>>,
}

impl Transport for Parrot {
    fn send(&self, _: HttpRequest) -> LocalBoxFuture<'_, Result<HttpReply, TransportError>> {
        self.asked.set(self.asked.get() + 1);
        let reply = self.reply.clone();
        async move { Ok(reply) }.boxed_local()
    }
}

const READS: usize = 28;
const APPLY_FORM: usize = 10;

/// Every read of the client, by number.
async fn read(client: &LeverClient, number: usize) -> Result<(), LeverError> {
    let click = Priority::Click;
    let (time, filter) = (TimeRange::since(Millis(0)), OpportunityFilter::default());
    let (opportunity, contact) = ("o1".into(), "c1".into());
    match number {
        0 => client.users(click).await.map(drop),
        1 => client.user(&"u1".into(), click).await.map(drop),
        2 => client.stages(click).await.map(drop),
        3 => client.stage(&"s1".into(), click).await.map(drop),
        4 => client.archive_reasons(click).await.map(drop),
        5 => client.archive_reason(&"r1".into(), click).await.map(drop),
        6 => client.tags(click).await.map(drop),
        7 => client.postings(click).await.map(drop),
        8 => client.posting(&"p1".into(), click).await.map(drop),
        9 => client.deleted_postings(time, click).await.map(drop),
        10 => client.apply_form(&"p1".into(), click).await.map(drop),
        11 => client.opportunities(&filter, None, 0, click).await.map(drop),
        12 => client.opportunities_matching(&filter, click).await.map(drop),
        13 => client.opportunity(&opportunity, click).await.map(drop),
        14 => client.deleted_opportunities(time, None, click).await.map(drop),
        15 => client.file_actions(&opportunity, time, click).await.map(drop),
        16 => client.contact(&contact, click).await.map(drop),
        17 => client.applications(&opportunity, click).await.map(drop),
        18 => client.deleted_applications(time, click).await.map(drop),
        19 => client.notes(&opportunity, click).await.map(drop),
        20 => client.files(&opportunity, time, click).await.map(drop),
        21 => client.resumes(&opportunity, time, click).await.map(drop),
        22 => client.interviews(&opportunity, click).await.map(drop),
        23 => client.panels(&opportunity, click).await.map(drop),
        24 => client.feedback(&opportunity, click).await.map(drop),
        25 => client.referrals(&opportunity, click).await.map(drop),
        26 => client
            .requisitions(&RequisitionFilter::default(), click)
            .await
            .map(drop),
        _ => client.requisition(&"q1".into(), click).await.map(drop),
    }
}

/// Brings `work` to its end, which comes without any real waiting.
fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

fn ask(number: usize, status: u16, body: Vec<u8>) -> (Result<(), LeverError>, u32) {
    let edge = Edge::new();
    let asked = Rc::new(Cell::new(0));
    let reply = HttpReply {
        status,
        body,
        media_type: None,
        date: None,
        retry_after: None,
    };
    let host = Host {
        clock: Rc::new(edge.clone()),
        sleeper: Rc::new(edge.clone()),
        chance: Rc::new(edge),
        transport: Rc::new(Parrot {
            reply,
            asked: Rc::clone(&asked),
        }),
        secrets: Rc::new(fulcrum::native::MemorySecrets::default()),
        resumes: Rc::new(fulcrum::host::NoResumes),
    };
    let key = Credentials::ApiKey(ApiKey("a-key".to_owned()));
    let client = LeverClient::new(host, Environment::Production, key, Pacer::new(0.0, 1.0));
    let result = run(read(&client, number));
    (result, asked.get())
}

/// One object with every field that any reply has, each as Lever writes it: what is not a reply's own is ignored by it.
fn everything() -> Value {
    serde_json::from_str(include_str!("fixture/every_field.json")).unwrap()
}

/// What must never be in an error.
const PRIVATE: [&str; 6] = ["Ines", "Kowalczyk", "ines.k", "555", "Private words", "Harbor"];

fn envelope(row: Value, is_list: bool) -> Value {
    if is_list {
        json!({ "data": [row], "hasNext": false })
    } else {
        json!({ "data": row })
    }
}

const LISTS: [usize; 19] = [0, 2, 4, 6, 7, 9, 11, 12, 14, 15, 17, 18, 19, 20, 21, 22, 23, 24, 25];

#[test]
fn every_read_understands_a_reply_with_everything_in_it() {
    for number in 0..READS {
        let is_list = LISTS.contains(&number) || number == 26;
        let mut row = everything();
        if number == APPLY_FORM {
            // The one reply where this name means something else.
            row["urls"] = json!([{ "name": "LinkedIn", "type": "text", "required": false }]);
        }
        let body = envelope(row, is_list).to_string().into_bytes();
        let (result, asked) = ask(number, 200, body);
        assert_eq!(result, Ok(()), "read {number}");
        assert_eq!(asked, 1, "read {number}");
    }
}

/// Some JSON that Lever would not send.
fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number)),
        "[ -~]{0,12}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[[[[[[[1]]]]]]]])),
        Just(json!({ "id": { "id": { "id": [] } } })),
        Just(json!([{ "id": 1 }, null, "x"])),
    ]
}

/// Puts `odd` somewhere inside, or takes something away: `path` chooses where, level by level.
fn mutate(value: &mut Value, path: &[usize], odd: &Option<Value>) {
    let length = match value {
        Value::Object(fields) => fields.len(),
        Value::Array(items) => items.len(),
        _ => 0,
    };
    let (Some((step, rest)), true) = (path.split_first(), length > 0) else {
        *value = odd.clone().unwrap_or_default();
        return;
    };
    let place = step % length;
    match value {
        Value::Object(fields) => {
            let name = fields.keys().nth(place).unwrap().clone();
            if rest.is_empty() && odd.is_none() {
                fields.remove(&name);
            } else {
                mutate(&mut fields[&name], rest, odd);
            }
        }
        Value::Array(items) => mutate(&mut items[place], rest, odd),
        _ => {}
    }
}

fn assert_tame(number: usize, status: u16, body: Vec<u8>) -> Result<(), TestCaseError> {
    let (result, asked) = ask(number, status, body);
    prop_assert!(asked <= 8, "{asked} requests");
    if let Err(error) = result {
        let told = format!("{error} {error:?} {:?}", error.failure());
        for private in PRIVATE {
            prop_assert!(!told.contains(private), "{told:?} holds {private:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn odd_values_anywhere_in_a_reply_are_survived(
        number in 0..READS, is_list in any::<bool>(),
        mutations in prop::collection::vec((prop::collection::vec(any::<usize>(), 1..6), prop::option::of(odd_value())), 1..6),
    ) {
        let mut reply = envelope(everything(), is_list);
        for (path, odd) in &mutations {
            mutate(&mut reply, path, odd);
        }
        assert_tame(number, 200, reply.to_string().into_bytes())?;
    }

    #[test]
    fn broken_bytes_are_survived(
        number in 0..READS, is_list in any::<bool>(), status in prop::sample::select(vec![200_u16, 201, 301, 400, 404, 418, 422, 500]),
        cut in any::<prop::sample::Index>(), flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
    ) {
        let mut body = envelope(everything(), is_list).to_string().into_bytes();
        for (place, byte) in flips {
            let place = place.index(body.len());
            body[place] = byte;
        }
        body.truncate(cut.index(body.len() + 1));
        assert_tame(number, status, body)?;
    }

    #[test]
    fn any_bytes_are_survived(number in 0..READS, body in prop::collection::vec(any::<u8>(), 0..400)) {
        assert_tame(number, 200, body)?;
    }

    /// A row that is odd costs itself and no other.
    #[test]
    fn an_odd_row_never_loses_its_neighbours(path in prop::collection::vec(any::<usize>(), 1..5), odd in prop::option::of(odd_value())) {
        let good = |id: &str| {
            let mut row = everything();
            row["id"] = json!(id);
            row
        };
        let mut bad = everything();
        mutate(&mut bad, &path, &odd);
        let body = json!({ "data": [good("first"), bad, good("last")], "hasNext": false }).to_string().into_bytes();
        for number in LISTS {
            let (result, _) = ask(number, 200, body.clone());
            prop_assert_eq!(result, Ok(()));
        }
    }
}

#[test]
fn nesting_without_end_is_refused_and_not_followed() {
    for (open, close) in [("[", "]"), ("{\"data\":", "}")] {
        let body = format!("{{\"data\":{}1{}}}", open.repeat(100_000), close.repeat(100_000)).into_bytes();
        for number in [0, 11, 13] {
            let (result, _) = ask(number, 200, body.clone());
            assert!(matches!(result, Err(LeverError::NotUnderstood { .. })), "{result:?}");
        }
    }
}
