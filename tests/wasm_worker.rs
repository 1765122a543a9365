//! The core where it really lives: a dedicated worker of a browser, with its files in the origin-private file system.
//! What can be proved natively is not repeated here.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use fulcrum::command::{Command, ConnectionState, Reply, Status};
use fulcrum::profile::Profile;
use fulcrum::wasm::{Core, CoreHost};
use js_sys::Function;
use tsify::Ts;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

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

async fn status(core: &Core) -> Status {
    match ask(core, &Command::Status).await {
        Reply::Status { status } => status,
        other => panic!("asked for the status, got {other:?}"),
    }
}

#[wasm_bindgen_test]
async fn the_core_opens_its_files_and_answers() {
    let core = Core::open(host()).await.unwrap();

    let status = status(&core).await;
    assert_eq!(status.connection, ConnectionState::NotConnected);
    assert!(!status.mirror.temporary, "a worker may keep files");
    assert!(!status.mirror.complete, "nothing has been read");

    let profile = Profile {
        key: "gh:login:tabara-demo".to_owned(),
        ..Profile::default()
    };
    match ask(&core, &Command::LookUp { profile }).await {
        Reply::Answer { answer } => assert!(!answer.verdict.complete, "an empty mirror proves nothing"),
        other => panic!("asked for an answer, got {other:?}"),
    }
}

#[wasm_bindgen_test]
async fn what_is_no_command_is_refused_as_data() {
    let core = Core::open(host()).await.unwrap();
    let nonsense = js_sys::JSON::parse(r#"{"command": "delete_everything"}"#).unwrap();
    let reply = core.dispatch(Ts::new_unchecked(nonsense)).await.unwrap();
    assert!(matches!(reply.to_rust().unwrap(), Reply::Failed { .. }));
}
