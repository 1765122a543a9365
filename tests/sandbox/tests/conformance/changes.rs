//! Writes to what is there: stage, archived, tags, sources, links, postings, contacts, notes
//! (lever-api §3.1, §3.3, §3.4, §3.9, §4.3).

use serde_json::{Value, json};

use crate::support::{Answer, Lever, keys, lever, text};

async fn read(lever: &Lever, id: &str) -> Value {
    lever.get(&format!("/opportunities/{id}")).await.data().clone()
}

/// §4.3: the contact's fields are blank in the reply, and whole in the next read.
fn assert_blank(answer: &Answer) {
    assert_eq!(answer.status, 200);
    let row = answer.data();
    for field in ["name", "headline", "location"] {
        assert_eq!(row[field], "", "{field}");
    }
    for field in ["phones", "emails", "links"] {
        assert_eq!(row[field], json!([]), "{field}");
    }
    assert!(row.get("opportunityLocation").is_none());
}

#[tokio::test]
async fn s4_3_stage_archived_tags_and_sources_answer_with_blank_contact_fields() {
    let lever = lever().await;
    let before = lever.ines().await;
    let path = format!("/opportunities/{}", text(&before["id"]));
    let reason = lever.reason("Timing").await;
    assert_blank(&lever.put(&format!("{path}/stage"), json!({ "stage": "offer" })).await);
    assert_blank(
        &lever
            .put(&format!("{path}/archived"), json!({ "reason": reason }))
            .await,
    );
    assert_blank(&lever.post(&format!("{path}/addTags"), json!({ "tags": ["x"] })).await);
    assert_blank(
        &lever
            .post(&format!("{path}/addSources"), json!({ "sources": ["y"] }))
            .await,
    );
    let after = read(&lever, &text(&before["id"])).await;
    for field in [
        "name",
        "headline",
        "location",
        "phones",
        "emails",
        "links",
        "opportunityLocation",
    ] {
        assert_eq!(after[field], before[field], "{field} is stored as it was");
    }
}

#[tokio::test]
async fn s4_3_a_stage_change_appends_and_moves_the_clocks() {
    let lever = lever().await;
    let before = lever.ines().await;
    let (id, jonas) = (text(&before["id"]), lever.user("Jonas Lindqvist").await);
    let answer = lever
        .put(
            &format!("/opportunities/{id}/stage?perform_as={jonas}"),
            json!({ "stage": "offer" }),
        )
        .await;
    let row = answer.data();
    let changes = row["stageChanges"].as_array().unwrap();
    assert_eq!(changes.len(), before["stageChanges"].as_array().unwrap().len() + 1);
    let last = changes.last().unwrap();
    assert_eq!(last["toStageId"], "offer");
    assert_eq!(last["toStageIndex"], 9);
    assert_eq!(last["userId"], jonas);
    let at = last["updatedAt"].as_i64().unwrap();
    assert_eq!(row["lastAdvancedAt"], at);
    assert_eq!(row["lastInteractionAt"], at);
    assert_eq!(row["updatedAt"], at + 1);
    let list = lever.get("/opportunities?stage_id=offer&limit=1").await;
    assert_eq!(list.ids(), [id], "the row moved to its new place in the list");
}

#[tokio::test]
async fn s4_3_writes_that_change_nothing_move_no_clock() {
    let lever = lever().await;
    let before = lever.ines().await;
    let path = format!("/opportunities/{}", text(&before["id"]));
    for (method, what, body) in [
        ("PUT", "stage", json!({ "stage": before["stage"] })),
        ("POST", "addTags", json!({ "tags": [before["tags"][0]] })),
        ("POST", "addLinks", json!({ "links": [before["links"][0]] })),
        ("POST", "addSources", json!({ "sources": [before["sources"][0]] })),
        ("POST", "removeTags", json!({ "tags": ["never there"] })),
    ] {
        let answer = lever.write(method, &format!("{path}/{what}"), body).await;
        assert_eq!(answer.status, 200, "{what}");
        assert_eq!(lever.ines().await, before, "{what}");
    }
    let contact = format!("/contacts/{}", text(&before["contact"]));
    lever.put(&contact, json!({ "name": before["name"] })).await.data();
    assert_eq!(lever.ines().await, before);
    assert_eq!(lever.log().await.len(), 6, "accepted all the same");
}

#[tokio::test]
async fn s4_3_tags_and_sources_move_updated_at_but_not_last_interaction_at() {
    let lever = lever().await;
    let before = lever.ines().await;
    let path = format!("/opportunities/{}", text(&before["id"]));
    lever
        .post(&format!("{path}/addTags"), json!({ "tags": ["🔥 hot", "Full-Time"] }))
        .await
        .data();
    let after = lever.ines().await;
    assert_eq!(after["lastInteractionAt"], before["lastInteractionAt"]);
    assert_eq!(after["lastAdvancedAt"], before["lastAdvancedAt"]);
    assert!(after["updatedAt"].as_i64() > before["updatedAt"].as_i64());
    let mut tags = before["tags"].as_array().unwrap().clone();
    tags.extend([json!("🔥 hot"), json!("Full-Time")]);
    assert_eq!(after["tags"], json!(tags), "appended at the end, case kept");
    lever
        .post(&format!("{path}/removeTags"), json!({ "tags": ["🔥 hot"] }))
        .await
        .data();
    lever
        .post(&format!("{path}/removeSources"), json!({ "sources": ["LinkedIn"] }))
        .await
        .data();
    let last = lever.ines().await;
    assert!(!last["tags"].as_array().unwrap().contains(&json!("🔥 hot")));
    assert_eq!(last["sources"], json!(["Newsletter"]));
}

#[tokio::test]
async fn s4_3_the_first_archiving_moves_last_advanced_at_and_again_does_not() {
    let lever = lever().await;
    let before = lever.ines().await;
    let path = format!("/opportunities/{}/archived", text(&before["id"]));
    let reason = lever.reason("Withdrew").await;
    let first = lever.put(&path, json!({ "reason": reason })).await.data().clone();
    let at = first["archived"]["archivedAt"].as_i64().unwrap();
    assert_eq!(first["lastAdvancedAt"], at);
    assert_eq!(first["lastInteractionAt"], at);
    assert_eq!(
        first["tags"], before["tags"],
        "tags are kept on archiving by API (§4.4)"
    );
    let second = lever.put(&path, json!({ "reason": reason })).await.data().clone();
    let again = second["archived"]["archivedAt"].as_i64().unwrap();
    assert!(again > at, "the same reason again is not a no-op");
    assert_eq!(second["lastAdvancedAt"], at);
    assert_eq!(second["lastInteractionAt"], again);
    assert!(second["updatedAt"].as_i64() > first["updatedAt"].as_i64());
    let expanded = lever
        .get(&format!("/opportunities/{}?expand=applications", text(&before["id"])))
        .await;
    assert_eq!(
        expanded.data()["applications"][0]["archived"]["archivedAt"],
        at,
        "keeps the first time"
    );
    let moved = lever
        .put(
            &format!("/opportunities/{}/stage", text(&before["id"])),
            json!({ "stage": "offer" }),
        )
        .await;
    assert!(!moved.data()["archived"].is_null(), "a stage change leaves it archived");
    let back = lever.put(&path, json!({ "reason": null })).await;
    assert!(back.data()["archived"].is_null());
}

#[tokio::test]
async fn s4_3_without_an_application_archiving_leaves_last_advanced_at() {
    let lever = lever().await;
    let made = lever.create(json!({ "name": "A Lead" })).await;
    let id = text(&made.data()["id"]);
    let reason = lever.reason("Timing").await;
    lever
        .put(&format!("/opportunities/{id}/archived"), json!({ "reason": reason }))
        .await
        .data();
    assert_eq!(read(&lever, &id).await["lastAdvancedAt"], made.data()["lastAdvancedAt"]);
}

#[tokio::test]
async fn s3_1_links_belong_to_the_contact_and_come_back_full() {
    let lever = lever().await;
    let before = lever.ines().await;
    let path = format!("/opportunities/{}", text(&before["id"]));
    let answer = lever
        .post(
            &format!("{path}/addLinks"),
            json!({ "links": ["github.com/ines-demo"] }),
        )
        .await;
    let links = json!([
        "https://www.linkedin.com/in/ines-kowalczyk-demo",
        "http://github.com/ines-demo"
    ]);
    assert_eq!(answer.data()["links"], links);
    assert_eq!(answer.data()["name"], "Ines Kowalczyk");
    let all = lever.get("/opportunities?email=ines.k@example.org").await;
    assert_eq!(all.rows().len(), 2);
    for row in all.rows() {
        assert_eq!(row["links"], links, "on all opportunities of the person");
    }
    lever
        .post(
            &format!("{path}/removeLinks"),
            json!({ "links": ["http://github.com/ines-demo"] }),
        )
        .await
        .data();
    assert_eq!(lever.ines().await["links"], before["links"]);
}

#[tokio::test]
async fn s3_3_add_postings_puts_a_lead_on_a_posting() {
    let lever = lever().await;
    let (maya, posting) = (
        lever.user("Maya Okafor").await,
        lever.posting("Platform Engineer").await,
    );
    let made = lever.create(json!({ "name": "A Lead", "tags": ["mine"] })).await;
    let id = text(&made.data()["id"]);
    let path = format!("/candidates/{id}/addPostings?perform_as={maya}");
    let answer = lever.post(&path, json!({ "postings": [posting] })).await;
    assert_eq!(answer.status, 200);
    let row = read(&lever, &id).await;
    assert_eq!(row["applications"].as_array().unwrap().len(), 1);
    assert_eq!(
        row["tags"],
        json!([
            "mine",
            "Platform Engineer",
            "Engineering",
            "Infrastructure",
            "Berlin",
            "Full-time"
        ])
    );
    assert_eq!(row["opportunityLocation"], "Berlin");
    let found = lever
        .get(&format!(
            "/opportunities?posting_id={posting}&created_at_start={}",
            row["createdAt"]
        ))
        .await;
    assert_eq!(found.ids(), std::slice::from_ref(&id));
    let again = lever.post(&path, json!({ "postings": [posting] })).await;
    assert_eq!(
        again.data()["updatedAt"],
        row["updatedAt"],
        "the same posting again changes nothing"
    );
    let other = lever.posting("Backend Engineer").await;
    lever
        .post(&path, json!({ "postings": [other] }))
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s2_6_perform_as_is_required_optional_or_unused() {
    let lever = lever().await;
    let message = lever
        .post("/opportunities", json!({ "name": "x" }))
        .await
        .refused(400, "BadRequestError");
    assert!(message.contains("perform_as"), "{message}");
    let unknown = "5b1f6d0e-2f0a-4a6b-9d0c-0f6b7a1c9e99";
    let deactivated = lever.user("Helena Brandt").await;
    let path = format!("/opportunities/{}", text(&lever.ines().await["id"]));
    for user in [unknown, &deactivated] {
        lever
            .post(&format!("/opportunities?perform_as={user}"), json!({}))
            .await
            .refused(400, "BadRequestError");
        lever
            .post(&format!("{path}/addTags?perform_as={user}"), json!({ "tags": ["x"] }))
            .await
            .refused(400, "BadRequestError");
    }
    lever
        .post(&format!("{path}/addTags"), json!({ "tags": ["x"] }))
        .await
        .data();
    let contact = text(&lever.ines().await["contact"]);
    let unused = lever
        .put(
            &format!("/contacts/{contact}?perform_as={unknown}"),
            json!({ "headline": "New" }),
        )
        .await;
    assert_eq!(unused.status, 200);
}

#[tokio::test]
async fn s3_4_a_contact_is_updated_in_part_and_the_reply_lacks_two_fields() {
    let lever = lever().await;
    let before = lever.ines().await;
    let path = format!("/contacts/{}", text(&before["contact"]));
    let read = lever.get(&path).await;
    assert_eq!(
        keys(read.data()),
        [
            "id",
            "name",
            "headline",
            "isAnonymized",
            "location",
            "emails",
            "phones",
            "dataProtection"
        ]
    );
    let answer = lever
        .put(&path, json!({ "location": "Sopot", "emails": ["ines@example.com"] }))
        .await;
    assert_eq!(
        keys(answer.data()),
        ["id", "name", "headline", "location", "emails", "phones"]
    );
    assert_eq!(
        answer.data()["headline"],
        before["headline"],
        "what was left out was kept"
    );
    assert_eq!(answer.data()["location"], json!({ "name": "Sopot" }));
    assert!(
        lever
            .get("/opportunities?email=ines.k@example.org")
            .await
            .rows()
            .is_empty()
    );
    let found = lever.get("/opportunities?email=Ines@Example.com").await;
    assert_eq!(found.rows().len(), 2);
    assert_eq!(found.rows()[0]["location"], "Sopot");
    assert!(found.rows().iter().all(|row| !row["updatedAt"].is_null()));
}

#[tokio::test]
async fn s3_9_a_note_is_a_thread_and_note_id_appends() {
    let lever = lever().await;
    let before = lever.ines().await;
    let path = format!("/opportunities/{}/notes", text(&before["id"]));
    let seeded = lever.get(&path).await.rows().len();
    let maya = lever.user("Maya Okafor").await;
    let made = lever
        .post(
            &format!("{path}?perform_as={maya}"),
            json!({ "value": "Met again", "score": 3 }),
        )
        .await;
    assert_eq!(made.status, 201);
    let note = made.data();
    assert_eq!(
        keys(note),
        [
            "id",
            "text",
            "fields",
            "user",
            "secret",
            "completedAt",
            "deletedAt",
            "createdAt",
            "noteId"
        ]
    );
    assert_eq!(note["noteId"], note["id"]);
    assert_eq!(note["user"], maya);
    assert_eq!(note["fields"][0]["value"], "Met again");
    assert_eq!(note["fields"][0]["stage"], before["stage"]);
    let id = text(&note["id"]);
    let form = lever
        .request("POST", &format!("{path}?note_id={id}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body("value=And+again");
    let appended = lever.send(form).await;
    assert_eq!(appended.status, 201, "form bodies are taken");
    let read = lever.get(&format!("{path}/{id}")).await;
    assert_eq!(read.data()["fields"].as_array().unwrap().len(), 2);
    assert_eq!(
        read.data()["fields"][1]["user"],
        Value::Null,
        "no author without perform_as"
    );
    assert_eq!(lever.get(&path).await.rows().len(), seeded + 1);
    let after = lever.ines().await;
    assert_eq!(
        after["lastInteractionAt"],
        read.data()["fields"][1]["createdAt"],
        "§4.3"
    );
    assert_eq!(after["lastAdvancedAt"], before["lastAdvancedAt"]);
    for body in [
        json!({}),
        json!({ "value": "x", "score": 5 }),
        json!({ "value": "x", "createdAt": 32_503_680_000_000_i64 }),
    ] {
        lever.post(&path, body).await.refused(400, "BadRequestError");
    }
    lever
        .post(&format!("{path}?note_id=nope"), json!({ "value": "x" }))
        .await
        .refused(404, "ResourceNotFound");
}

#[tokio::test]
async fn s8_unknown_stages_and_reasons_and_missing_fields_are_400() {
    let lever = lever().await;
    let path = format!("/opportunities/{}", text(&lever.ines().await["id"]));
    for (method, what, body) in [
        ("PUT", "stage", json!({ "stage": "nope" })),
        ("PUT", "stage", json!({})),
        ("PUT", "archived", json!({ "reason": "nope" })),
        ("PUT", "archived", json!({})),
        ("POST", "addTags", json!({})),
        ("POST", "addTags", json!({ "tags": "one" })),
        ("POST", "addLinks", json!({ "links": [1] })),
    ] {
        lever
            .write(method, &format!("{path}/{what}"), body)
            .await
            .refused(400, "BadRequestError");
    }
    assert!(lever.log().await.is_empty());
}

#[tokio::test]
async fn s3_10_resumes_carry_parsed_positions_and_schools() {
    let lever = lever().await;
    let path = format!("/opportunities/{}/resumes", text(&lever.ines().await["id"]));
    let resumes = lever.get(&path).await;
    let resume = &resumes.rows()[0];
    assert_eq!(resume["file"]["ext"], "pdf");
    let position = &resume["parsedData"]["positions"][0];
    assert_eq!(keys(position), ["org", "title", "summary", "location", "start", "end"]);
    assert_eq!(position["org"], "Harbor Labs");
    assert_eq!(position["start"], json!({ "year": 2022, "month": 3 }));
    assert_eq!(position["end"], Value::Null);
    assert_eq!(resume["parsedData"]["schools"][0]["org"], "Politechnika Nadmorska");
    let one = lever.get(&format!("{path}/{}", text(&resume["id"]))).await;
    assert_eq!(one.data(), resume);
    let none = lever.get(&format!("{path}?uploaded_at_start=9000000000000")).await;
    assert!(none.rows().is_empty());
    let files = lever.get(&path.replace("resumes", "files")).await;
    assert_eq!(files.status, 200);
    lever
        .get(&format!("{}?uploaded_at_start=x", path.replace("resumes", "files")))
        .await
        .refused(400, "BadRequestError");
}

/// §4.3: `opportunityLocation` is missing in all write replies.
#[tokio::test]
async fn s4_3_no_write_reply_shows_the_opportunitys_location() {
    let lever = lever().await;
    let path = format!("/opportunities/{}", text(&lever.ines().await["id"]));
    let reason = lever.reason("Timing").await;
    for (method, what, body) in [
        ("PUT", "stage", json!({ "stage": "offer" })),
        ("PUT", "archived", json!({ "reason": reason })),
        ("PUT", "archived", json!({ "reason": null })),
        ("POST", "addTags", json!({ "tags": ["x"] })),
        ("POST", "removeTags", json!({ "tags": ["x"] })),
        ("POST", "addSources", json!({ "sources": ["x"] })),
        ("POST", "removeSources", json!({ "sources": ["x"] })),
        ("POST", "addLinks", json!({ "links": ["x.example.org"] })),
        ("POST", "removeLinks", json!({ "links": ["x.example.org"] })),
    ] {
        let answer = lever.write(method, &format!("{path}/{what}"), body).await;
        assert_eq!(answer.status, 200, "{what}");
        assert_eq!(keys(&answer.body), ["data"], "{what}");
        let shown = keys(answer.data());
        assert_eq!(shown.len(), 27, "{what}: {shown:?}");
        assert!(!shown.contains(&"opportunityLocation"), "{what}");
    }
    assert_eq!(lever.ines().await["opportunityLocation"], "Remote");
}

/// §4.3: a note may lie in the past; it never takes `lastInteractionAt` back.
#[tokio::test]
async fn s4_3_notes_move_last_interaction_at_to_their_own_time() {
    let lever = lever().await;
    let before = lever.ines().await;
    let path = format!("/opportunities/{}/notes", text(&before["id"]));
    lever
        .post(&path, json!({ "value": "old", "createdAt": 1_500_000_000_000_i64 }))
        .await
        .data();
    let after = lever.ines().await;
    assert_eq!(after["lastInteractionAt"], before["lastInteractionAt"]);
    let note = lever.post(&path, json!({ "value": "new" })).await.data().clone();
    let last = lever.ines().await;
    assert_eq!(last["lastInteractionAt"], note["createdAt"]);
    assert_eq!(last["lastAdvancedAt"], before["lastAdvancedAt"]);
}

/// §2.1, §2.4: a delete is 204 with an empty body and without Lever's own headers.
#[tokio::test]
async fn s2_1_every_delete_is_204_without_a_body() {
    let lever = lever().await;
    let maya = lever.user("Maya Okafor").await;
    let path = format!("/opportunities/{}", text(&lever.ines().await["id"]));
    let interview = json!({ "interviewers": [{ "id": maya }], "date": 1_999_987_200_000_i64, "duration": 30 });
    let made = async |path: &str, body: Value| {
        let answer = lever.post(path, body).await;
        assert_eq!(answer.status, 201, "{path}: {answer:?}");
        text(&answer.data()["id"])
    };
    let note = made(&format!("{path}/notes"), json!({ "value": "x" })).await;
    let panel = made(
        &format!("{path}/panels?perform_as={maya}"),
        json!({ "timezone": "UTC", "interviews": [interview] }),
    )
    .await;
    let fields = json!([{ "type": "score-system", "text": "v" }]);
    let feedback = made("/feedback_templates", json!({ "text": "x", "fields": fields })).await;
    let fields = json!([{ "type": "text", "text": "v" }]);
    let form = made("/form_templates", json!({ "text": "x", "fields": fields })).await;
    let webhook = made(
        "/webhooks",
        json!({ "url": "https://x.example.org", "event": "candidateHired" }),
    )
    .await;
    let requisition = made(
        "/requisitions",
        json!({ "name": "x", "requisitionCode": "X-1", "headcountTotal": 1 }),
    )
    .await;
    let field = made("/requisition_fields", json!({ "text": "x", "type": "text" })).await;
    for gone in [
        format!("{path}/notes/{note}"),
        format!("{path}/panels/{panel}?perform_as={maya}"),
        format!("/feedback_templates/{feedback}"),
        format!("/form_templates/{form}"),
        format!("/webhooks/{webhook}"),
        format!("/requisitions/{requisition}"),
        format!("/requisition_fields/{field}"),
    ] {
        let response = lever.request("DELETE", &gone).send().await.unwrap();
        assert_eq!(response.status(), 204, "{gone}");
        for name in ["content-type", "server", "x-lever-region", "x-stream-path"] {
            assert!(!response.headers().contains_key(name), "{gone}: {name}");
        }
        assert!(response.bytes().await.unwrap().is_empty(), "{gone}");
    }
}
