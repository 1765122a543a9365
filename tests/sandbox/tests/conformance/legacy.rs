//! The legacy paths: a candidate is an opportunity (lever-api §3.3).

use serde_json::{Value, json};

use crate::support::{lever, text};

#[tokio::test]
async fn s3_3_every_legacy_list_equals_the_opportunitys() {
    let lever = lever().await;
    let id = text(&lever.ines().await["id"]);
    for what in [
        "applications",
        "resumes",
        "offers",
        "referrals",
        "notes",
        "feedback",
        "files",
        "forms",
        "interviews",
        "panels",
    ] {
        let legacy = lever.get(&format!("/candidates/{id}/{what}")).await;
        assert_eq!(legacy.status, 200, "{what}");
        assert_eq!(
            legacy.body,
            lever.get(&format!("/opportunities/{id}/{what}")).await.body,
            "{what}"
        );
        for row in legacy.rows().iter().filter(|_| what != "offers") {
            let one = lever
                .get(&format!("/candidates/{id}/{what}/{}", text(&row["id"])))
                .await;
            assert_eq!(one.data(), row, "{what}");
        }
    }
}

#[tokio::test]
async fn s3_3_every_legacy_write_acts_on_the_opportunity() {
    let lever = lever().await;
    let (id, reason) = (text(&lever.ines().await["id"]), lever.reason("Timing").await);
    for (method, what, body, field, expected) in [
        ("PUT", "stage", json!({ "stage": "offer" }), "stage", json!("offer")),
        ("POST", "addTags", json!({ "tags": ["x"] }), "tags", json!(["x"])),
        ("POST", "removeTags", json!({ "tags": ["x"] }), "tags", json!([])),
        (
            "POST",
            "addSources",
            json!({ "sources": ["y"] }),
            "sources",
            json!(["y"]),
        ),
        (
            "POST",
            "removeSources",
            json!({ "sources": ["y"] }),
            "sources",
            json!([]),
        ),
        (
            "POST",
            "addLinks",
            json!({ "links": ["z.example.org"] }),
            "links",
            json!(["http://z.example.org"]),
        ),
        (
            "POST",
            "removeLinks",
            json!({ "links": ["z.example.org"] }),
            "links",
            json!([]),
        ),
        ("PUT", "archived", json!({ "reason": reason }), "archived", Value::Null),
    ] {
        let before = lever.get(&format!("/opportunities/{id}")).await.data()[field].clone();
        let answer = lever.write(method, &format!("/candidates/{id}/{what}"), body).await;
        assert_eq!(answer.status, 200, "{what}");
        let after = lever.get(&format!("/opportunities/{id}")).await.data()[field].clone();
        assert_ne!(after, before, "{what}");
        if let (Some(list), Some(expected)) = (after.as_array(), expected.as_array()) {
            assert!(expected.iter().all(|one| list.contains(one)), "{what}: {after}");
        }
    }
}

#[tokio::test]
async fn s3_5_an_applications_people_and_posting_can_be_expanded() {
    let lever = lever().await;
    let ines = lever.ines().await;
    for base in ["opportunities", "candidates"] {
        let path = format!("/{base}/{}/applications", text(&ines["id"]));
        let plain = lever.get(&path).await.rows()[0].clone();
        let query = "expand=posting&expand=postingOwner&expand=postingHiringManager&expand=user";
        let expanded = lever.get(&format!("{path}?{query}")).await.rows()[0].clone();
        for field in ["posting", "postingOwner", "postingHiringManager", "user"] {
            assert_eq!(expanded[field]["id"], plain[field], "{field}");
        }
        assert_eq!(expanded["posting"]["text"], "Data Platform Lead");
        let one = lever.get(&format!("{path}/{}?{query}", text(&plain["id"]))).await;
        assert_eq!(one.data(), &expanded);
        lever
            .get(&format!("{path}?expand=name"))
            .await
            .refused(400, "BadRequestError");
    }
}

#[tokio::test]
async fn s3_3_remove_postings_takes_the_application_and_the_postings_tags_away() {
    let lever = lever().await;
    let (maya, posting, other) = (
        lever.user("Maya Okafor").await,
        lever.posting("Platform Engineer").await,
        lever.posting("Backend Engineer").await,
    );
    let made = lever.create(json!({ "tags": ["mine"], "postings": [posting] })).await;
    let id = text(&made.data()["id"]);
    let path = format!("/candidates/{id}/removePostings?perform_as={maya}");
    let unchanged = lever.post(&path, json!({ "postings": [other] })).await;
    assert_eq!(unchanged.data()["applications"], made.data()["applications"]);
    assert_eq!(unchanged.data()["updatedAt"], made.data()["updatedAt"]);
    let answer = lever.post(&path, json!({ "postings": [posting] })).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.data()["applications"], json!([]));
    assert_eq!(answer.data()["tags"], json!(["mine"]));
    let read = lever.get(&format!("/opportunities/{id}")).await;
    assert!(read.data().get("opportunityLocation").is_none());
    let since = &made.data()["createdAt"];
    let found = lever
        .get(&format!("/opportunities?posting_id={posting}&created_at_start={since}"))
        .await;
    assert!(found.rows().is_empty());
    let back = format!("/candidates/{id}/addPostings?perform_as={maya}");
    let again = lever.post(&back, json!({ "postings": [other] })).await;
    assert_eq!(again.data()["applications"].as_array().unwrap().len(), 1);
    lever
        .post(&path, json!({ "postings": ["nope"] }))
        .await
        .refused(400, "BadRequestError");
}
