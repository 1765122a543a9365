//! The core where it really lives: a dedicated worker of a browser, with its files in the origin-private file system. What can
//! be proved natively is not repeated here.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use fulcrum::command::{Command, ConnectionState, Correction, FailureCode, Reply};
use fulcrum::export::records::Records;
use fulcrum::lever::model::opportunity::Opportunity;
use fulcrum::matching;
use fulcrum::matching::verdict::{Verdict, VerdictWord};
use fulcrum::mirror::{Lifetime, Mirror};
use fulcrum::profile::Profile;
use fulcrum::text::Millis;
use fulcrum::wasm::files::{MIRROR, POOL, open};
use fulcrum::wasm::{Core, CoreHost};
use js_sys::Function;
use rsqlite_vfs::VfsFilesManager;
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfgBuilder, install};
use tsify::Ts;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn rows() -> Vec<Opportunity> {
    let people = [
        (
            "Noor Vand",
            "noor@example.org",
            "https://www.linkedin.com/in/noor-vand-demo",
        ),
        ("佐藤 美咲", "misaki@example.net", "www.linkedin.com/in/misaki-s-demo"),
        ("Alex Martin", "alex@example.com", "https://github.com/alex-m-demo"),
        ("", "", ""),
    ];
    people
        .iter()
        .enumerate()
        .map(|(number, (name, email, link))| {
            let row = serde_json::json!({
                "id": format!("opportunity-{number}"), "contact": format!("contact-{number}"), "name": name,
                "emails": [email], "links": [link], "stage": "lead-new", "createdAt": 1_760_000_000_000_i64,
            });
            serde_json::from_str(&row.to_string()).unwrap()
        })
        .collect()
}

fn page(key: &str, name: &str) -> Profile {
    Profile {
        key: key.to_owned(),
        name: Some(name.to_owned()),
        ..Profile::default()
    }
}

fn verdicts(mirror: &Mirror) -> Vec<Verdict> {
    [
        page("li:slug:noor-vand-demo", "Noor Vand"),
        page("li:slug:misaki-s-demo", "佐藤 美咲"),
        page("gh:login:another-alex", "Alex Martin"),
        page("gh:login:nobody-demo", "Nobody Known"),
    ]
    .iter()
    .map(|profile| matching::look_up(profile, mirror, &Vec::new()).unwrap())
    .collect()
}

/// The mirror and the records as they are on the disk after `before` has left.
async fn afresh() -> (Mirror, Records) {
    let (mirror, records) = open().await.unwrap();
    assert_eq!(mirror.lifetime(), Lifetime::Stored, "a worker may keep files");
    (mirror, records)
}

#[wasm_bindgen_test]
async fn what_was_stored_is_there_when_the_worker_comes_back_and_the_verdicts_are_the_same_as_in_memory() {
    let (mirror, records) = afresh().await;
    mirror.erase().unwrap();
    mirror.store_changes(&rows()).unwrap();
    mirror.finish_walk().unwrap();
    drop((mirror, records));

    let (mirror, records) = afresh().await;
    assert!(mirror.is_complete().unwrap());
    assert_eq!(mirror.counts().opportunities, rows().len() as u64);

    let memory = Mirror::open(rusqlite::Connection::open_in_memory().unwrap(), Lifetime::Temporary).unwrap();
    memory.store_changes(&rows()).unwrap();
    memory.finish_walk().unwrap();
    assert_eq!(verdicts(&mirror), verdicts(&memory));
    let words: Vec<VerdictWord> = verdicts(&mirror).iter().map(|verdict| verdict.verdict).collect();
    assert_eq!(
        words,
        [
            VerdictWord::Same,
            VerdictWord::Same,
            VerdictWord::Possible,
            VerdictWord::None
        ]
    );
    drop((mirror, records));
}

#[wasm_bindgen_test]
async fn the_records_survive_the_loss_of_the_mirror() {
    let (mirror, records) = afresh().await;
    mirror.store_changes(&rows()).unwrap();
    records.set_setting("me", &"user-1").unwrap();
    records
        .correct(
            "gh:login:another-alex",
            &"contact-2".into(),
            Correction::SamePerson,
            Millis(1),
        )
        .unwrap();
    drop((mirror, records));

    let configuration = OpfsSAHPoolCfgBuilder::new().vfs_name(POOL).directory(POOL).build();
    let pool = install::<WasmOsCallback>(&configuration, false).await.unwrap();
    assert!(pool.remove(MIRROR).unwrap());

    let (mirror, records) = afresh().await;
    assert_eq!(mirror.counts().contacts, 0);
    assert!(!mirror.is_complete().unwrap());
    assert_eq!(records.setting::<String>("me").unwrap().as_deref(), Some("user-1"));
    assert_eq!(records.corrections("gh:login:another-alex").unwrap().len(), 1);
    records.erase().unwrap();
    drop((mirror, records));
}

/// A host that keeps no secret and hears of no change.
fn host() -> CoreHost {
    let make = Function::new_no_args(
        "return {
            loadSecret: async () => undefined,
            saveSecret: async () => {},
            eraseSecret: async () => {},
            changed: () => {},
        }",
    );
    make.call0(&JsValue::UNDEFINED).unwrap().unchecked_into()
}

async fn ask(core: &Core, command: &Command) -> Reply {
    let reply = core.dispatch(Ts::from_rust(command).unwrap()).await.unwrap();
    reply.to_rust().unwrap()
}

#[wasm_bindgen_test]
async fn the_core_answers_over_its_border() {
    let core = Core::open(host()).await.unwrap();
    match ask(&core, &Command::Status).await {
        Reply::Status { status } => {
            assert_eq!(status.connection, ConnectionState::NotConnected);
            assert!(!status.mirror.temporary);
        }
        other => panic!("{other:?}"),
    }
    let profile = page("gh:login:nobody-demo", "Nobody Known");
    match ask(&core, &Command::LookUp { profile }).await {
        Reply::Failed { failure } => assert_eq!(failure.code, FailureCode::NotConnected),
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn what_is_no_command_is_refused_as_data() {
    let core = Core::open(host()).await.unwrap();
    for text in [
        r#"{"command":"delete_everything"}"#,
        r#"{"command":"look_up"}"#,
        r#"{"command":"journal","limit":-1}"#,
        "null",
        "7",
        "[]",
        "{}",
    ] {
        let nonsense = js_sys::JSON::parse(text).unwrap();
        let reply = core.dispatch(Ts::new_unchecked(nonsense)).await.unwrap();
        match reply.to_rust().unwrap() {
            Reply::Failed { failure } => assert_eq!(failure.code, FailureCode::BadCommand, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}
