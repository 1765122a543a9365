//! `--data`: people given instead of drawn (design §8).

use std::path::PathBuf;

use sandbox::config::Config;
use serde_json::{Value, json};

use crate::support::{Lever, lever, lever_with, text, unlimited};

/// A file of its own for each test, removed at the end.
struct Temporary(PathBuf);

impl Temporary {
    fn with(name: &str, lines: &[String]) -> Self {
        let path = std::env::temp_dir().join(format!("sandbox-{}-{name}.jsonl", std::process::id()));
        std::fs::write(&path, lines.join("\n")).unwrap();
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

async fn given(file: &Temporary) -> Lever {
    lever_with(Config {
        contacts: None,
        data: Some(file.0.clone()),
        ..unlimited()
    })
    .await
}

#[tokio::test]
async fn what_one_sandbox_lists_another_takes_and_lists_again() {
    let source = lever().await;
    let rows = source
        .walk("/opportunities?confidentiality=all&expand=applications", 100)
        .await;
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    let file = Temporary::with("again", &lines);
    let copy = given(&file).await;
    let again = copy
        .walk("/opportunities?confidentiality=all&expand=applications", 100)
        .await;
    assert_eq!(again.len(), rows.len());
    for (given, shown) in rows.iter().zip(&again) {
        // What an application says of its posting's people is the posting's, which this file does not carry.
        let without = |row: &Value| {
            let mut row = row.clone();
            for application in row["applications"].as_array_mut().unwrap() {
                let fields = application.as_object_mut().unwrap();
                for name in ["postingHiringManager", "postingOwner", "archived"] {
                    fields.remove(name);
                }
            }
            row
        };
        assert_eq!(without(given), without(shown));
    }
}

#[tokio::test]
async fn ids_of_any_form_an_expanded_contact_and_resumes_are_kept() {
    let resume = json!({ "id": "r1", "createdAt": 5, "file": null,
        "parsedData": { "positions": [{ "org": "Harbor Labs" }], "schools": [] } });
    let row = json!({
        "id": "opp-000000000000000001", "name": "Given Person",
        "contact": { "id": "c-1", "name": "Given Person", "headline": "", "isAnonymized": false,
            "location": { "name": "Lyon" }, "emails": ["given@example.org"], "phones": [] },
        "stage": { "id": "s-1", "text": "Second round" }, "links": ["https://github.com/given-demo"],
        "archived": { "reason": "reason-1", "archivedAt": 20 }, "tags": ["t"], "sources": [], "stageChanges": [],
        "origin": "sourced", "owner": "user-1", "followers": [], "applications": ["app-1"],
        "createdAt": 10, "updatedAt": null, "lastInteractionAt": 20, "lastAdvancedAt": 10, "resumes": [resume],
    });
    let twin = json!({ "id": "opp-000000000000000002", "contact": "c-1", "lastAdvancedAt": 10, "stage": "s-1",
        "createdAt": 10 });
    let file = Temporary::with("forms", &[twin.to_string(), row.to_string()]);
    let lever = given(&file).await;
    let listed = lever.walk("/opportunities", 1).await;
    assert_eq!(listed[0]["id"], "opp-000000000000000001");
    assert_eq!(listed[1]["id"], "opp-000000000000000002");
    assert_eq!(listed[1]["name"], "Given Person", "one contact for both");
    let found = lever
        .get("/opportunities?email=GIVEN@example.org&expand=owner&expand=stage")
        .await;
    let first = found
        .rows()
        .iter()
        .find(|row| row["id"] == "opp-000000000000000001")
        .unwrap();
    assert_eq!(first["location"], "Lyon");
    assert_eq!(first["stage"]["text"], "Second round");
    assert_eq!(first["owner"]["id"], "user-1");
    assert_eq!(first["archived"]["reason"], "reason-1");
    assert_eq!(first["applications"], json!(["app-1"]));
    let resumes = lever.get("/opportunities/opp-000000000000000001/resumes").await;
    assert_eq!(resumes.rows(), [resume]);
    assert_eq!(lever.get("/contacts/c-1").await.data()["id"], "c-1");
    let made = lever.create(json!({ "emails": ["given@example.org"] })).await;
    assert_eq!(made.body["deduped"], true);
    assert_eq!(text(&made.data()["contact"]), "c-1");
    lever
        .put(
            "/opportunities/opp-000000000000000001/stage",
            json!({ "stage": "offer" }),
        )
        .await
        .data();
}

#[tokio::test]
async fn a_bad_line_is_named_without_its_content() {
    let file = Temporary::with(
        "bad",
        &["{\"id\":\"a\",\"contact\":\"c\"}".into(), "{\"secret name\"".into()],
    );
    let error = sandbox::start(Config {
        data: Some(file.0.clone()),
        ..unlimited()
    })
    .await
    .unwrap_err()
    .to_string();
    assert!(error.contains("line 2") && !error.contains("secret name"), "{error}");
}
