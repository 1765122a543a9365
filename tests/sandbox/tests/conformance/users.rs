//! Writing users (lever-api §3.7).

use serde_json::json;

use crate::support::{keys, lever, text};

#[tokio::test]
async fn s3_7_a_user_needs_a_name_and_an_address_and_is_an_interviewer() {
    let lever = lever().await;
    let created = lever
        .post(
            "/users",
            json!({ "name": "Ada Quill", "email": "Ada.Quill@example.org" }),
        )
        .await;
    assert_eq!(created.status, 201);
    let user = created.data().clone();
    assert_eq!(
        keys(&user),
        [
            "id",
            "name",
            "username",
            "email",
            "accessRole",
            "photo",
            "createdAt",
            "deactivatedAt",
            "externalDirectoryId",
            "linkedContactIds",
            "jobTitle",
            "managerId"
        ]
    );
    assert_eq!(
        (&user["accessRole"], &user["username"]),
        (&json!("interviewer"), &json!("Ada.Quill"))
    );
    assert!(user["deactivatedAt"].is_null() && user["managerId"].is_null());
    let id = text(&user["id"]);
    assert_eq!(lever.get(&format!("/users/{id}")).await.data(), &user);
    assert_eq!(
        lever.get("/users?email=ada.quill@example.org").await.ids(),
        std::slice::from_ref(&id)
    );
    assert_eq!(
        lever.get("/users?limit=1").await.ids(),
        std::slice::from_ref(&id),
        "the newest stands first"
    );
    let made = lever.post(&format!("/opportunities?perform_as={id}"), json!({})).await;
    assert_eq!(made.data()["owner"], id.as_str());
}

#[tokio::test]
async fn s3_7_what_a_user_cannot_be_is_refused() {
    let lever = lever().await;
    for body in [
        json!({ "name": "A" }),
        json!({ "email": "a@example.org" }),
        json!({ "name": "A", "email": "nowhere" }),
        json!({ "name": "A", "email": "a@example.org", "accessRole": "emperor" }),
        json!({ "name": "A", "email": "a@example.org", "managerId": "nobody" }),
        json!({ "name": "A", "email": "MAYA.okafor@example.org" }),
    ] {
        lever.post("/users", body).await.refused(400, "BadRequestError");
    }
    let maya = lever.user("Maya Okafor").await;
    let all = json!({
        "name": "B", "email": "b@example.org", "accessRole": "0c9a4a52-1b1e-4f3e-9d53-7d8f0a4b9a10",
        "externalDirectoryId": "dir-1", "jobTitle": "Tester", "managerId": maya,
    });
    let user = lever.post("/users", all).await.data().clone();
    assert_eq!(
        user["accessRole"], "0c9a4a52-1b1e-4f3e-9d53-7d8f0a4b9a10",
        "a custom role"
    );
    assert_eq!(user["managerId"], maya.as_str());
    assert_eq!(lever.get("/users?external_directory_id=dir-1").await.rows().len(), 1);
}

#[tokio::test]
async fn s3_7_a_put_replaces_everything() {
    let lever = lever().await;
    let id = lever.user("Maya Okafor").await;
    let path = format!("/users/{id}");
    let before = lever.get(&path).await.data().clone();
    assert!(!before["jobTitle"].is_null() && !before["externalDirectoryId"].is_null());
    for body in [
        json!({ "email": "maya@example.org", "accessRole": "admin" }),
        json!({ "name": "Maya", "accessRole": "admin" }),
        json!({ "name": "Maya", "email": "maya@example.org" }),
    ] {
        lever.put(&path, body).await.refused(400, "BadRequestError");
    }
    let reply = lever
        .put(
            &path,
            json!({ "name": "Maya O.", "email": "maya.okafor@example.org", "accessRole": "admin" }),
        )
        .await;
    assert_eq!(reply.status, 200);
    let mut expected = before.clone();
    expected["name"] = json!("Maya O.");
    expected["accessRole"] = json!("admin");
    for gone in ["jobTitle", "externalDirectoryId"] {
        expected[gone] = json!(null);
    }
    assert_eq!(reply.data(), &expected);
    lever
        .put("/users/nobody", json!({}))
        .await
        .refused(404, "ResourceNotFound");
}

#[tokio::test]
async fn s3_7_who_becomes_an_interviewer_follows_nothing_any_more() {
    let lever = lever().await;
    let jonas = lever.user("Jonas Lindqvist").await;
    let written = lever.create(json!({ "followers": [jonas] })).await;
    let following = |rows: Vec<serde_json::Value>| {
        rows.iter()
            .filter(|row| row["followers"].as_array().unwrap().contains(&json!(jonas)))
            .count()
    };
    assert!(following(lever.walk("/opportunities?confidentiality=all", 100).await) > 2);
    let body = json!({ "name": "Jonas", "email": "jonas.lindqvist@example.org", "accessRole": "interviewer" });
    lever.put(&format!("/users/{jonas}"), body).await.data();
    assert_eq!(
        following(lever.walk("/opportunities?confidentiality=all", 100).await),
        0
    );
    assert_eq!(following(lever.walk("/postings?confidentiality=all", 100).await), 0);
    let id = text(&written.data()["id"]);
    let after = lever.get(&format!("/opportunities/{id}")).await;
    assert_eq!(
        after.data()["followers"].as_array().unwrap().len(),
        1,
        "others go on following"
    );
}

#[tokio::test]
async fn s3_7_a_deactivated_user_is_hidden_and_cannot_perform_until_reactivated() {
    let lever = lever().await;
    let id = lever.user("Jonas Lindqvist").await;
    let off = lever.post(&format!("/users/{id}/deactivate"), json!({})).await;
    assert_eq!(off.status, 200);
    let at = off.data()["deactivatedAt"].clone();
    assert!(at.is_i64());
    let again = lever.post(&format!("/users/{id}/deactivate"), json!({})).await;
    assert_eq!(again.data()["deactivatedAt"], at);
    let listed = |ids: Vec<String>| ids.contains(&id);
    assert!(!listed(lever.get("/users").await.ids()));
    assert!(listed(lever.get("/users?includeDeactivated=true").await.ids()));
    let create = format!("/opportunities?perform_as={id}");
    lever.post(&create, json!({})).await.refused(400, "BadRequestError");
    let on = lever.post(&format!("/users/{id}/reactivate"), json!({})).await;
    assert!(on.data()["deactivatedAt"].is_null());
    assert_eq!(lever.post(&create, json!({})).await.status, 201);
}
