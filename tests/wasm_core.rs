//! The core where it really lives: a dedicated worker of a browser, with its files in the origin-private file system. What can
//! be proved natively is not repeated here.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use fulcrum::command::{Command, ConnectionState, Correction, FailureCode, Renewal, Reply};
use fulcrum::export::records::Records;
use fulcrum::lever::model::opportunity::Opportunity;
use fulcrum::matching;
use fulcrum::matching::verdict::{Verdict, VerdictWord};
use fulcrum::mirror::{Lifetime, Mirror};
use fulcrum::profile::Profile;
use fulcrum::text::Millis;
use fulcrum::wasm::files::{DatabaseKey, MIRROR, MIRROR_IN_CLEAR, OpenError, POOL, RECORDS, RECORDS_IN_CLEAR, open};
use fulcrum::wasm::{Core, CoreHost};
use js_sys::Function;
use rsqlite_vfs::VfsFilesManager;
use rsqlite_vfs::transfer::DbTransfer;
use rusqlite::{Connection, OpenFlags};
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfgBuilder, OpfsSAHPoolUtil, install};
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
    .map(|profile| matching::look_up(profile, mirror, &matching::Corrections::default()).unwrap())
    .collect()
}

/// The key that `host` keeps, and another one.
const KEY: [u8; 32] = [7; 32];
const ANOTHER_KEY: [u8; 32] = [8; 32];

async fn open_with(key: [u8; 32]) -> Result<(Mirror, Records), OpenError> {
    open(async { Ok(DatabaseKey::new(&key).unwrap()) }).await
}

/// The mirror and the records as they are on the disk after `before` has left.
async fn afresh() -> (Mirror, Records) {
    let (mirror, records) = open_with(KEY).await.unwrap();
    assert_eq!(mirror.lifetime(), Lifetime::Stored, "a worker may keep files");
    (mirror, records)
}

async fn pool() -> OpfsSAHPoolUtil {
    let configuration = OpfsSAHPoolCfgBuilder::new().vfs_name(POOL).directory(POOL).build();
    install::<WasmOsCallback>(&configuration, false).await.unwrap()
}

/// A file that SQLite has open in clear text.
fn in_clear(name: &str) -> Connection {
    Connection::open_with_flags_and_vfs(name, OpenFlags::default(), POOL).unwrap()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Every name that stands in `rows`, and a word of SQLite's own.
const CLEAR_TEXT: [&str; 5] = ["Noor", "noor", "佐藤", "example.org", "CREATE TABLE"];

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

    assert!(pool().await.remove(MIRROR).unwrap());

    let (mirror, records) = afresh().await;
    assert_eq!(mirror.counts().contacts, 0);
    assert!(!mirror.is_complete().unwrap());
    assert_eq!(records.setting::<String>("me").unwrap().as_deref(), Some("user-1"));
    assert_eq!(records.corrections("gh:login:another-alex").unwrap().len(), 1);
    records.erase().unwrap();
    drop((mirror, records));
}

#[wasm_bindgen_test]
async fn no_name_stands_in_the_files() {
    let (mirror, records) = afresh().await;
    mirror.erase().unwrap();
    mirror.store_changes(&rows()).unwrap();
    records.set_setting("me", &"Noor Vand").unwrap();
    drop((mirror, records));

    let pool = pool().await;
    for name in [MIRROR, RECORDS] {
        let bytes = pool.export_db(name).unwrap();
        assert!(bytes.len() > 8192, "{name} holds something");
        for text in CLEAR_TEXT {
            assert!(!holds(&bytes, text), "{text} stands in {name}");
        }
    }
    afresh().await.1.erase().unwrap();
}

/// Freed pages are not overwritten (`secure_delete=fast`): many are freed here, by merges of the indexes, by batches taken back and
/// by people who go, and none may be missed by whoever comes later.
#[wasm_bindgen_test]
async fn a_mirror_that_has_freed_and_reused_many_pages_is_whole_and_can_be_emptied() {
    let (mirror, records) = afresh().await;
    mirror.erase().unwrap();
    let empty = mirror.bytes().unwrap();
    for batch in 0..60 {
        let rows: Vec<Opportunity> = (0..40).map(|number| person(batch * 40 + number)).collect();
        mirror.begin_batch().unwrap();
        mirror.store_changes(&rows).unwrap();
        mirror.settle_indexes().unwrap();
        if batch % 7 == 3 {
            mirror.roll_back_batch();
            continue;
        }
        mirror.commit_batch().unwrap();
        if batch % 5 == 0 {
            let gone: Vec<_> = rows.iter().take(30).map(|row| row.id.clone()).collect();
            mirror.remove_opportunities(&gone).unwrap();
            mirror.shorten_log().unwrap();
        }
    }
    let counts = mirror.counts();
    assert!(counts.opportunities > 1_500, "{counts:?}");
    drop((mirror, records));

    let (mirror, records) = afresh().await;
    assert!(!mirror.renew_if_damaged().unwrap());
    assert_eq!(mirror.counts(), counts);
    assert!(mirror.contact(&"contact-45".into()).unwrap().is_some());
    assert!(mirror.bytes().unwrap() > 2 * empty);
    mirror.erase().unwrap();
    assert_eq!(mirror.bytes().unwrap(), empty);
    mirror.store_changes(&rows()).unwrap();
    assert_eq!(mirror.counts().opportunities, rows().len() as u64);
    drop((mirror, records));
}

fn person(number: usize) -> Opportunity {
    let row = serde_json::json!({
        "id": format!("opportunity-{number}"), "contact": format!("contact-{number}"), "name": format!("Noor Vand {number}"),
        "headline": format!("Harbor Labs {}, Quarry & Co", number % 90), "emails": [format!("noor.{number}@example.org")],
        "tags": [format!("Tag {}", number % 30)], "stage": "lead-new", "createdAt": 1_760_000_000_000_i64,
    });
    serde_json::from_str(&row.to_string()).unwrap()
}

#[wasm_bindgen_test]
async fn under_another_key_the_records_are_kept_and_not_opened_and_the_mirror_begins_anew() {
    let (mirror, records) = afresh().await;
    mirror.store_changes(&rows()).unwrap();
    records.set_setting("me", &"user-1").unwrap();
    drop((mirror, records));

    assert!(matches!(open_with(ANOTHER_KEY).await, Err(OpenError::Storage(_))));

    let (mirror, records) = afresh().await;
    assert_eq!(mirror.counts().contacts, 0);
    assert_eq!(records.setting::<String>("me").unwrap().as_deref(), Some("user-1"));
    records.erase().unwrap();
    drop((mirror, records));
}

#[wasm_bindgen_test]
async fn without_a_key_nothing_is_touched() {
    let (mirror, records) = afresh().await;
    mirror.erase().unwrap();
    mirror.store_changes(&rows()).unwrap();
    drop((mirror, records));
    assert!(matches!(open(async { Err(OpenError::Key) }).await, Err(OpenError::Key)));
    assert!(DatabaseKey::new(&[7; 31]).is_none());
    let (mirror, records) = afresh().await;
    assert_eq!(mirror.counts().opportunities, rows().len() as u64);
    drop((mirror, records));
}

#[wasm_bindgen_test]
async fn records_and_mirror_that_an_earlier_version_left_in_clear_text_are_taken_over_and_thrown_away() {
    let pool = pool().await;
    for name in [MIRROR, RECORDS] {
        pool.remove(name).unwrap();
        pool.remove(&format!("{name}-journal")).unwrap();
    }
    let mirror = Mirror::open(in_clear(MIRROR_IN_CLEAR), Lifetime::Stored).unwrap();
    mirror.store_changes(&rows()).unwrap();
    drop(mirror);
    let records = Records::open(in_clear(RECORDS_IN_CLEAR)).unwrap();
    records.set_setting("me", &"Noor Vand").unwrap();
    drop(records);
    assert!(holds(&pool.export_db(RECORDS_IN_CLEAR).unwrap(), "Noor Vand"));
    // What an interrupted take-over left: a copy that is still in clear text.
    let copy = pool.export_db(RECORDS_IN_CLEAR).unwrap();
    pool.import_db_unchecked(RECORDS, &copy).unwrap();

    let (mirror, records) = afresh().await;
    assert_eq!(mirror.counts().contacts, 0, "the mirror is read again");
    assert_eq!(mirror.renewed().unwrap(), Some(Renewal::EarlierVersion));
    assert_eq!(records.setting::<String>("me").unwrap().as_deref(), Some("Noor Vand"));
    drop((mirror, records));
    for gone in [MIRROR_IN_CLEAR, RECORDS_IN_CLEAR] {
        assert!(!pool.contains(gone).unwrap());
    }
    for name in [MIRROR, RECORDS] {
        let bytes = pool.export_db(name).unwrap();
        for text in CLEAR_TEXT {
            assert!(!holds(&bytes, text), "{text} stands in {name}");
        }
    }

    let (mirror, records) = afresh().await;
    assert_eq!(records.setting::<String>("me").unwrap().as_deref(), Some("Noor Vand"));
    records.erase().unwrap();
    drop((mirror, records));
}

#[wasm_bindgen_test]
async fn a_damaged_page_is_noticed_and_the_mirror_begins_anew() {
    let (mirror, records) = afresh().await;
    mirror.erase().unwrap();
    mirror.store_changes(&rows()).unwrap();
    drop((mirror, records));

    let pool = pool().await;
    let mut bytes = pool.export_db(MIRROR).unwrap();
    // One bit of every page but the first.
    for page in bytes.chunks_mut(8192).skip(1) {
        page[4000] ^= 1;
    }
    pool.remove(MIRROR).unwrap();
    pool.remove(&format!("{MIRROR}-journal")).unwrap();
    pool.import_db_unchecked(MIRROR, &bytes).unwrap();

    let (mirror, records) = afresh().await;
    assert!(!mirror.is_complete().unwrap_or(false));
    mirror.renew_if_damaged().unwrap();
    assert_eq!(mirror.counts().contacts, 0);
    mirror.store_changes(&rows()).unwrap();
    assert_eq!(mirror.counts().opportunities, rows().len() as u64);
    assert!(!mirror.renew_if_damaged().unwrap());
    mirror.erase().unwrap();
    drop((mirror, records));
}

/// A host that keeps no secret but the database's key, and hears of no change.
fn host() -> CoreHost {
    let make = Function::new_no_args(
        "return {
            loadSecret: async () => undefined,
            saveSecret: async () => {},
            eraseSecret: async () => {},
            databaseKey: async () => new Uint8Array(32).fill(7),
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
    let core = Core::open(host(), Vec::new()).await.unwrap();
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
    let core = Core::open(host(), Vec::new()).await.unwrap();
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
