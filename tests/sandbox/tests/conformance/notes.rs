//! Changing and deleting notes (lever-api §3.9); creating them is in `changes.rs`.

use serde_json::{Value, json};

use crate::support::{Lever, keys, lever, text};

async fn path(lever: &Lever) -> String {
    format!("/opportunities/{}/notes", text(&lever.ines().await["id"]))
}

#[tokio::test]
async fn s3_9_put_replaces_the_whole_note_and_answers_with_its_id_only() {
    let lever = lever().await;
    let (path, maya) = (path(&lever).await, lever.user("Maya Okafor").await);
    let made = lever
        .post(
            &format!("{path}?perform_as={maya}"),
            json!({ "value": "one", "secret": true, "score": 2 }),
        )
        .await;
    let id = text(&made.data()["id"]);
    let note = format!("{path}/{id}");
    let before = lever.ines().await;
    let body =
        json!({ "values": [{ "value": "new" }, { "value": "old", "createdAt": 1_600_000_000_000_i64 }], "score": 4 });
    let answer = lever.put(&note, body).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, json!({ "data": { "noteId": id } }));
    let read = lever.get(&note).await.data().clone();
    assert_eq!(read["secret"], false, "what is left out is the default");
    let [first, second] = read["fields"].as_array().unwrap().as_slice() else {
        panic!("{read}");
    };
    assert_eq!(first["value"], "new");
    assert_eq!(first["createdAt"], made.data()["fields"][0]["createdAt"]);
    assert_eq!(first["user"], maya);
    assert_eq!(first["score"], 4);
    assert_eq!(second["createdAt"], 1_600_000_000_000_i64);
    let after = lever.ines().await;
    assert!(after["updatedAt"].as_i64() > before["updatedAt"].as_i64());
    assert_eq!(after["lastInteractionAt"], before["lastInteractionAt"]);
    for body in [
        json!({}),
        json!({ "values": [] }),
        json!({ "values": [{ "text": "x" }] }),
        json!({ "values": [{ "value": "x", "score": 9 }] }),
        json!({ "values": [{ "value": "x", "createdAt": 32_503_680_000_000_i64 }] }),
    ] {
        lever.put(&note, body).await.refused(400, "BadRequestError");
    }
    assert_eq!(lever.get(&note).await.data(), &read);
}

#[tokio::test]
async fn s3_9_delete_is_204_and_the_note_is_gone() {
    let lever = lever().await;
    let path = path(&lever).await;
    let id = text(&lever.post(&path, json!({ "value": "x" })).await.data()["id"]);
    let before = lever.get(&path).await.rows().len();
    assert_eq!(lever.delete(&format!("{path}/{id}")).await.status, 204);
    lever
        .get(&format!("{path}/{id}"))
        .await
        .refused(404, "ResourceNotFound");
    lever
        .delete(&format!("{path}/{id}"))
        .await
        .refused(404, "ResourceNotFound");
    assert_eq!(lever.get(&path).await.rows().len(), before - 1);
}

#[tokio::test]
async fn s3_9_only_notes_made_by_the_api_can_be_changed() {
    let lever = lever().await;
    let path = path(&lever).await;
    let seeded = lever.get(&path).await.rows()[0].clone();
    let note = format!("{path}/{}", text(&seeded["id"]));
    lever
        .put(&note, json!({ "values": [{ "value": "x" }] }))
        .await
        .refused(400, "BadRequestError");
    lever.delete(&note).await.refused(400, "BadRequestError");
    assert_eq!(lever.get(&note).await.data(), &seeded);
    let appended = lever
        .post(
            &format!("{path}?note_id={}", text(&seeded["id"])),
            json!({ "value": "x" }),
        )
        .await;
    assert_eq!(appended.status, 201, "but answered");
}

#[tokio::test]
async fn s3_9_a_form_may_carry_everything_that_json_may() {
    let lever = lever().await;
    let path = path(&lever).await;
    let request = lever
        .request("POST", &path)
        .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
        .body("value=caf%C3%A9&secret=true&score=3&notifyFollowers=false&createdAt=1600000000000");
    let note = lever.send(request).await.data().clone();
    assert_eq!(note["secret"], true);
    assert_eq!(note["fields"][0]["value"], "café");
    assert_eq!(note["fields"][0]["score"], 3);
    assert_eq!(note["createdAt"], 1_600_000_000_000_i64);
    let id = text(&note["id"]);
    let put = lever
        .request("PUT", &format!("{path}/{id}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body("values[0][value]=again");
    assert_eq!(lever.send(put).await.status, 200);
    let read = lever.get(&format!("{path}/{id}")).await;
    assert_eq!(read.data()["fields"][0]["value"], "again");
}

#[tokio::test]
async fn s3_3_notes_of_a_candidate_are_those_of_the_opportunity() {
    let lever = lever().await;
    let id = text(&lever.ines().await["id"]);
    let legacy = format!("/candidates/{id}/notes");
    let note = lever.post(&legacy, json!({ "value": "x" })).await.data().clone();
    assert!(keys(&note).contains(&"noteId"));
    let list: Vec<Value> = lever.get(&legacy).await.rows().to_vec();
    assert_eq!(list, lever.get(&format!("/opportunities/{id}/notes")).await.rows());
    let note = format!("{legacy}/{}", text(&note["id"]));
    lever.put(&note, json!({ "values": [{ "value": "y" }] })).await.data();
    assert_eq!(lever.delete(&note).await.status, 204);
}
