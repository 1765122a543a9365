//! Lever's client where it really runs: `fetch` in a dedicated worker of a browser, to Lever's real addresses, which lead to the
//! simulated Lever (tools/build/with-lever.mjs). What does not depend on `fetch` is proved natively.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::rc::Rc;

use fulcrum::command::ApiKey;
use fulcrum::host::{HttpBody, HttpRequest, Method};
use fulcrum::lever::authentication::{Credentials, exchange_code};
use fulcrum::lever::client::opportunities::ArchiveChange;
use fulcrum::lever::client::{LeverClient, NewFile, OpportunityFilter, TimeRange, parameter};
use fulcrum::lever::endpoint::{CREATE_OPPORTUNITY, OAUTH_TOKEN};
use fulcrum::lever::environment::Environment;
use fulcrum::lever::error::LeverError;
use fulcrum::lever::oauth::OAuthApplication;
use fulcrum::lever::pace::{Pacer, Priority};
use fulcrum::text::UserId;
use fulcrum::wasm::CoreHost;
use fulcrum::wasm::host::host;
use futures::future::{Either, select};
use js_sys::Function;
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// The simulated Lever's own key.
const KEY: &str = "sandbox-key-0123456789";

fn core_host() -> CoreHost {
    let make = Function::new_no_args(
        "return { loadSecret: async () => undefined, saveSecret: async () => {}, eraseSecret: async () => {}, changed: () => {} }",
    );
    make.call0(&JsValue::UNDEFINED).unwrap().unchecked_into()
}

fn client(key: &str) -> LeverClient {
    let key = Credentials::ApiKey(ApiKey(key.to_owned()));
    LeverClient::new(host(core_host()), Environment::Production, key, Pacer::new(0.0, 1.0))
}

/// The next fitting request goes wrong so.
async fn arm(kind: &str, method: &str, path: &str) {
    let request = HttpRequest {
        method: Method::Post,
        url: "https://api.lever.co/_sandbox/next".to_owned(),
        authorization: None,
        body: Some(HttpBody::Json(
            json!({ "kind": kind, "times": 1, "method": method, "path": path }).to_string(),
        )),
        timeout: 10_000,
    };
    let reply = host(core_host()).transport.send(request).await.unwrap();
    assert_eq!(reply.status, 200, "{}", reply.text());
}

async fn somebody(client: &LeverClient) -> UserId {
    client.users(Priority::Click).await.unwrap()[0].id.clone()
}

#[wasm_bindgen_test]
async fn a_list_is_walked_page_by_page_through_faults_and_every_row_is_there_once() {
    let client = client(KEY);
    let filter = OpportunityFilter::default();
    let calm = client.opportunities_matching(&filter, Priority::Click).await.unwrap();
    assert!(calm.len() > 300, "{} rows", calm.len());
    let mut rough = Vec::new();
    // A page is tried six times: not all of it may befall one.
    for kinds in [["truncated", "cut-during", "503"], ["429", "wrong-type", "cut-before"]] {
        for kind in kinds.into_iter().chain(["bad-token"]) {
            arm(kind, "GET", "/opportunities").await;
        }
        rough = client
            .opportunities_matching(&filter, Priority::Background)
            .await
            .unwrap();
    }
    let ids = |rows: &[fulcrum::lever::model::opportunity::Opportunity]| {
        rows.iter()
            .map(|row| row.id.clone())
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(rough.len(), ids(&rough).len());
    // Other tests may have added rows meanwhile; none may be missing.
    assert!(ids(&rough).is_superset(&ids(&calm)));
}

#[wasm_bindgen_test]
async fn a_person_is_created_with_a_resume_which_comes_back_byte_for_byte() {
    let client = client(KEY);
    let me = somebody(&client).await;
    let bytes: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    let resume = NewFile {
        name: "zuzanna \"z\" wolska.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        bytes: Rc::from(bytes.as_slice()),
    };
    let body = json!({
        "name": "Zuzanna Wolska-Ørsted", "emails": ["zuzanna@example.org"], "phones": [{ "type": "mobile", "value": "+48 555 010 299" }],
        "tags": ["wasm"],
    });
    let query = [parameter("perform_as", me.as_str())];
    let created = client
        .create(
            CREATE_OPPORTUNITY,
            &query,
            body.as_object().unwrap(),
            Some(&resume),
            &[],
        )
        .await
        .unwrap();
    assert_eq!(created.data.name, "Zuzanna Wolska-Ørsted");
    assert_eq!(created.data.phones[0].kind, "mobile");
    let id = created.data.id;
    let resumes = client
        .resumes(&id, TimeRange::default(), Priority::Click)
        .await
        .unwrap();
    let download = client
        .download_resume(&id, &resumes[0].id, Priority::Click)
        .await
        .unwrap();
    assert_eq!(download.bytes, bytes);

    let file = client.upload_file(&id, &resume, &me).await.unwrap();
    let download = client.download_file(&id, &file.id, Priority::Click).await.unwrap();
    assert_eq!(download.bytes, bytes);
    client.delete_file(&id, &file.id, &me).await.unwrap();
    let gone = client.file(&id, &file.id, Priority::Click).await.unwrap_err();
    assert!(matches!(gone, LeverError::NotFound { .. }), "{gone}");

    let reason = client.archive_reasons(Priority::Click).await.unwrap()[0].id.clone();
    let archive = ArchiveChange::Archive {
        reason: reason.clone(),
        requisition: None,
        pending_interviews: Default::default(),
    };
    client.update_archived(&id, &archive, &me).await.unwrap();
    let read = client.opportunity(&id, Priority::Click).await.unwrap();
    assert_eq!(read.archived.unwrap().reason, Some(reason));
}

#[wasm_bindgen_test]
async fn refusals_keep_their_kind() {
    let stranger = client("not-a-key").stages(Priority::Click).await.unwrap_err();
    assert!(matches!(stranger, LeverError::KeyRefused { .. }), "{stranger}");
    let client = client(KEY);
    let nobody = client.contact(&"nobody".into(), Priority::Click).await.unwrap_err();
    assert!(matches!(nobody, LeverError::NotFound { .. }), "{nobody}");
    let application = OAuthApplication {
        client_id: "story-application".to_owned(),
        client_secret: "guessed".to_owned(),
    };
    let refused = exchange_code(
        &host(core_host()),
        &Environment::Production,
        application,
        "c",
        "https://example.org/",
    )
    .await
    .unwrap_err();
    assert_eq!(refused, LeverError::KeyRefused { endpoint: OAUTH_TOKEN });
}

#[wasm_bindgen_test]
async fn a_redirect_is_not_followed() {
    let request = HttpRequest {
        method: Method::Get,
        url: "https://auth.lever.co/authorize?client_id=story-application&response_type=code&state=s&audience=https%3A%2F%2Fapi.lever.co%2Fv1%2F&scope=stages%3Aread%3Aadmin&redirect_uri=https%3A%2F%2Fapi.lever.co%2Fsomewhere".to_owned(),
        authorization: None,
        body: None,
        timeout: 10_000,
    };
    let reply = host(core_host()).transport.send(request).await.unwrap();
    assert_eq!(reply.status, 302);
    assert!(reply.body.is_empty());
}

#[wasm_bindgen_test]
async fn a_call_that_is_dropped_is_over_at_once_and_the_next_one_works() {
    let client = client(KEY);
    arm("slow", "GET", "/stages").await;
    let slow = Box::pin(client.stages(Priority::Click));
    let soon = Box::pin(client.tags(Priority::Click));
    match select(slow, soon).await {
        Either::Right((tags, slow)) => {
            drop(slow);
            assert!(!tags.unwrap().is_empty());
        }
        Either::Left((stages, _)) => panic!("the slow reply came first: {stages:?}"),
    }
    assert!(!client.stages(Priority::Click).await.unwrap().is_empty());
}
