//! Two workers cannot hold the database at once: the second says so after a few tries instead of waiting for ever, and gets in
//! once the first has gone.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use fulcrum::wasm::files::{DatabaseKey, OpenError, POOL};
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

async fn open() -> Result<(), OpenError> {
    let key = async { DatabaseKey::new(&[7; 32]).ok_or(OpenError::Key) };
    fulcrum::wasm::files::open(key).await.map(|_| ())
}

async fn call(arguments: &str, body: &str, argument: &JsValue) -> JsValue {
    let promise: Promise = Function::new_with_args(arguments, &format!("return (async () => {{ {body} }})();"))
        .call1(&JsValue::UNDEFINED, argument)
        .unwrap()
        .unchecked_into();
    JsFuture::from(promise).await.unwrap()
}

#[wasm_bindgen_test]
async fn a_database_held_by_another_worker_is_reported_and_opens_once_it_is_let_go() {
    // A file of the pool, held as another worker holds it. The pool keeps its files under `.opaque`.
    let held = call(
        "pool",
        "const root = await navigator.storage.getDirectory();
         const folder = await root.getDirectoryHandle(pool, { create: true });
         const files = await folder.getDirectoryHandle('.opaque', { create: true });
         const file = await files.getFileHandle('held-by-another', { create: true });
         return file.createSyncAccessHandle();",
        &JsValue::from_str(POOL),
    )
    .await;
    match open().await {
        Err(OpenError::Locked) => {}
        Err(other) => panic!("{other}"),
        Ok(()) => panic!("opened although another worker holds it"),
    }
    call("held", "held.close();", &held).await;
    call(
        "pool",
        "const root = await navigator.storage.getDirectory();
         const folder = await root.getDirectoryHandle(pool);
         const files = await folder.getDirectoryHandle('.opaque');
         await files.removeEntry('held-by-another');",
        &JsValue::from_str(POOL),
    )
    .await;
    assert!(open().await.is_ok());
}
