//! What happens in the web app and shows in the API: deleting, anonymising, merging, and rows that move during a walk
//! (lever-api §2.2, §3.1, §3.5, §3.8, §4.1, §4.7).

use std::collections::{HashMap, HashSet};

use sandbox::config::Config;
use serde_json::{Value, json};

use crate::support::{Lever, file, form, keys, lever, lever_with, text, unlimited};

const DAY: i64 = 86_400_000;

async fn delete(lever: &Lever, what: &str, id: &str) {
    lever.control("delete", json!({ what: id }).to_string()).await;
}

fn now(lever: &Lever) -> i64 {
    lever.running.state().account().reading().as_millis()
}

#[tokio::test]
async fn s4_7_a_deleted_opportunity_is_not_found_and_in_no_list() {
    let lever = lever().await;
    let ines = lever.ines().await;
    let id = text(&ines["id"]);
    let tag_before = lever.get("/tags").await;
    let count = |tags: &Value| {
        let row = tags.as_array().unwrap().iter().find(|row| row["text"] == "Kubernetes");
        row.map_or(0, |row| row["count"].as_i64().unwrap())
    };
    let before = lever.stats().await["opportunities"].as_i64().unwrap();
    delete(&lever, "opportunity", &id).await;
    let path = format!("/opportunities/{id}");
    let message = lever.get(&path).await.refused(404, "ResourceNotFound");
    assert_eq!(message, format!("opportunities {id} was not found"));
    for sub in ["/notes", "/applications", "/resumes"] {
        lever
            .get(&format!("{path}{sub}"))
            .await
            .refused(404, "ResourceNotFound");
    }
    lever
        .post(&format!("{path}/addTags"), json!({ "tags": ["late"] }))
        .await
        .refused(404, "ResourceNotFound");
    let contact = text(&ines["contact"]);
    for list in [
        "/opportunities?email=ines.k@example.org".to_owned(),
        format!("/opportunities?contact_id={contact}"),
        format!(
            "/opportunities?posting_id={}",
            lever.posting("Data Platform Lead").await
        ),
        format!(
            "/opportunities?created_at_start={0}&created_at_end={0}",
            ines["createdAt"]
        ),
        "/opportunities".to_owned(),
    ] {
        let rows = lever.walk(&list, 100).await;
        assert!(rows.iter().all(|row| row["id"] != ines["id"]), "{list}");
    }
    assert_eq!(
        lever.get("/opportunities?email=ines.k@example.org").await.rows().len(),
        1,
        "the other candidacy stays"
    );
    assert_eq!(lever.stats().await["opportunities"], before - 1);
    let after = lever.get("/tags").await;
    assert_eq!(count(after.data()), count(tag_before.data()) - 1);
    assert!(lever.log().await.is_empty(), "no client wrote anything");
}

#[tokio::test]
async fn s3_1_a_deleted_opportunity_is_shown_with_who_and_when() {
    let lever = lever().await;
    let ines = lever.ines().await;
    let id = text(&ines["id"]);
    let jonas = lever.user("Jonas Lindqvist").await;
    let at = now(&lever) - 40 * DAY;
    lever
        .control(
            "delete",
            json!({ "opportunity": id, "by": jonas, "at": at }).to_string(),
        )
        .await;
    let deleted = lever.get("/opportunities/deleted").await;
    let mut row = deleted.rows()[0].clone();
    assert_eq!(deleted.rows().len(), 1);
    assert_eq!((&row["deletedBy"], &row["deletedAt"]), (&json!(jonas), &json!(at)));
    assert_eq!(keys(&row)[keys(&row).len() - 2..], ["deletedBy", "deletedAt"]);
    for name in ["deletedBy", "deletedAt"] {
        row.as_object_mut().unwrap().remove(name);
    }
    assert_eq!(row, ines, "everything else is as it was");
    let in_window =
        |start: i64, end: i64| format!("/opportunities/deleted?deleted_at_start={start}&deleted_at_end={end}");
    assert_eq!(
        lever.get(&in_window(at, at)).await.rows().len(),
        1,
        "bounds are inclusive"
    );
    assert_eq!(
        lever.get(&in_window(at - 400 * DAY, at)).await.rows().len(),
        1,
        "no longest window here"
    );
    assert!(lever.get(&in_window(at + 1, at + DAY)).await.rows().is_empty());
    let only_start = format!("/opportunities/deleted?deleted_at_start={at}");
    assert_eq!(lever.get(&only_start).await.rows().len(), 1);
    lever
        .get("/opportunities/deleted?deleted_at_start=yesterday")
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_5_deleted_applications_need_a_window_of_thirty_days_at_most() {
    let lever = lever().await;
    let ines = lever.ines().await;
    delete(&lever, "opportunity", &text(&ines["id"])).await;
    let now = now(&lever);
    for missing in [
        String::new(),
        format!("?deleted_at_start={}", now - DAY),
        format!("?deleted_at_end={now}"),
        format!("?deleted_at_start={}&deleted_at_end={now}", now - 30 * DAY - 1),
    ] {
        lever
            .get(&format!("/applications/deleted{missing}"))
            .await
            .refused(400, "BadRequestError");
    }
    let window = format!(
        "/applications/deleted?deleted_at_start={}&deleted_at_end={now}",
        now - 30 * DAY
    );
    let rows = lever.get(&window).await.rows().to_vec();
    assert_eq!(rows.len(), 1);
    assert_eq!(keys(&rows[0]), ["id", "deletedAt", "opportunityId", "postingId"]);
    assert_eq!(rows[0]["id"], ines["applications"][0]);
    assert_eq!(rows[0]["opportunityId"], ines["id"]);
    assert_eq!(rows[0]["postingId"], lever.posting("Data Platform Lead").await);
}

#[tokio::test]
async fn s3_8_a_deleted_posting_is_only_in_the_deleted_list() {
    let lever = lever().await;
    let id = lever.posting("Platform Engineer").await;
    delete(&lever, "posting", &id).await;
    lever
        .get(&format!("/postings/{id}"))
        .await
        .refused(404, "ResourceNotFound");
    assert!(lever.walk("/postings", 100).await.iter().all(|row| row["id"] != id));
    lever
        .create(json!({ "postings": [id] }))
        .await
        .refused(400, "BadRequestError");
    let deleted = lever.get("/postings/deleted").await;
    assert_eq!(deleted.rows().len(), 1, "recorded: answers without bounds");
    assert_eq!(keys(&deleted.rows()[0]), ["id", "deletedAt"]);
    let end = now(&lever);
    let long = format!(
        "/postings/deleted?deleted_at_start={}&deleted_at_end={end}",
        end - 31 * DAY
    );
    lever.get(&long).await.refused(400, "BadRequestError");
}

#[tokio::test]
async fn s4_1_an_anonymised_person_has_no_data_and_takes_no_writes() {
    let lever = lever().await;
    let ines = lever.ines().await;
    let (id, contact) = (text(&ines["id"]), text(&ines["contact"]));
    lever
        .control("anonymize", json!({ "contact": contact }).to_string())
        .await;
    let row = lever.get(&format!("/opportunities/{id}")).await.data().clone();
    assert_eq!(row["isAnonymized"], true);
    assert_eq!(
        (&row["name"], &row["emails"], &row["phones"], &row["links"]),
        (&json!(""), &json!([]), &json!([]), &json!([]))
    );
    assert!(
        row["updatedAt"].as_i64() > ines["updatedAt"].as_i64(),
        "the change is found by updated_at"
    );
    assert_eq!(
        lever.get(&format!("/contacts/{contact}")).await.data()["isAnonymized"],
        true
    );
    assert!(
        lever
            .get("/opportunities?email=ines.k@example.org")
            .await
            .rows()
            .is_empty()
    );
    assert!(
        lever
            .get(&format!("/opportunities/{id}/resumes"))
            .await
            .rows()
            .is_empty()
    );
    for refused in [
        lever
            .put(&format!("/contacts/{contact}"), json!({ "name": "Back" }))
            .await,
        lever.create(json!({ "contact": contact })).await,
        lever
            .put(&format!("/opportunities/{id}/stage"), json!({ "stage": "offer" }))
            .await,
        lever
            .post(
                &format!("/opportunities/{id}/addLinks"),
                json!({ "links": ["a.example.org"] }),
            )
            .await,
    ] {
        refused.refused(400, "BadRequestError");
    }
    let again = lever.create(json!({ "emails": ["ines.k@example.org"] })).await;
    assert_eq!(again.body["deduped"], false, "nobody has that address any more");
}

#[tokio::test]
async fn s4_1_merged_contacts_are_one_person_with_the_candidacies_of_both() {
    let lever = lever().await;
    let ines = lever.ines().await;
    let other = lever
        .create(json!({ "name": "I. Kowalczyk", "emails": ["ines@example.net"], "phones": [{ "value": "+48 555 9" }] }))
        .await;
    let (from, into) = (text(&other.data()["contact"]), text(&ines["contact"]));
    lever
        .control("merge", json!({ "from": from, "into": into }).to_string())
        .await;
    lever
        .get(&format!("/contacts/{from}"))
        .await
        .refused(404, "ResourceNotFound");
    let merged = lever.get(&format!("/contacts/{into}")).await.data().clone();
    assert_eq!(merged["name"], "Ines Kowalczyk");
    assert_eq!(merged["emails"], json!(["ines.k@example.org", "ines@example.net"]));
    let by_new = lever.get("/opportunities?email=ines@example.net").await;
    assert_eq!(by_new.rows().len(), 3);
    assert!(by_new.rows().iter().all(|row| row["contact"] == into.as_str()));
    let moved = lever
        .get(&format!("/opportunities/{}", text(&other.data()["id"])))
        .await;
    assert_eq!(moved.data()["name"], "Ines Kowalczyk");
}

#[tokio::test]
async fn s2_2_rows_move_while_a_list_is_walked_and_the_seed_says_which() {
    let walk = |moving: u32| async move {
        let lever = lever_with(Config { moving, ..unlimited() }).await;
        let rows = lever.walk("/opportunities", 20).await;
        (lever, rows)
    };
    let (still, rows) = walk(0).await;
    let before: HashMap<String, Value> = rows.iter().map(|row| (text(&row["id"]), row.clone())).collect();
    assert_eq!(still.walk("/opportunities", 20).await, rows);
    let (lever, first) = walk(1).await;
    let after = {
        lever.control("moving", json!({ "every": 0 }).to_string()).await;
        lever.walk("/opportunities", 100).await
    };
    assert_eq!(after, lever.walk("/opportunities", 100).await, "nothing moves any more");
    let ids: HashSet<String> = after.iter().map(|row| text(&row["id"])).collect();
    let deleted = lever.get("/opportunities/deleted").await;
    assert!(!deleted.rows().is_empty());
    assert!(deleted.rows().iter().all(|row| !ids.contains(&text(&row["id"]))));
    let created = after
        .iter()
        .filter(|row| !before.contains_key(&text(&row["id"])))
        .count();
    let moved = after
        .iter()
        .filter(|row| {
            before
                .get(&text(&row["id"]))
                .is_some_and(|old| old["stage"] != row["stage"])
        })
        .count();
    let archived = after
        .iter()
        .filter(|row| {
            before
                .get(&text(&row["id"]))
                .is_some_and(|old| old["archived"].is_null() && !row["archived"].is_null())
        })
        .count();
    assert!(created > 0 && moved > 0 && archived > 0, "{created} {moved} {archived}");
    let seen: Vec<String> = first.iter().map(|row| text(&row["id"])).collect();
    let distinct: HashSet<&String> = seen.iter().collect();
    let missed = ids.iter().filter(|id| !distinct.contains(id)).count();
    assert!(
        missed > 0 || distinct.len() < seen.len(),
        "a walk among moving rows misses or repeats some"
    );
    assert_eq!(
        text(&lever.ines().await["name"]),
        "Ines Kowalczyk",
        "people of stories are left alone"
    );
    assert!(lever.log().await.is_empty());
    let stages = |rows: &[Value]| -> Vec<(String, String)> {
        rows.iter().map(|row| (text(&row["id"]), text(&row["stage"]))).collect()
    };
    let (_, again) = walk(1).await;
    assert_eq!(stages(&again), stages(&first), "the same seed moves the same rows");
}

/// §2.2: a token is the key where the next page starts; it keeps its place when the row itself has gone.
#[tokio::test]
async fn s2_2_a_token_outlives_the_row_it_names() {
    let lever = lever().await;
    let all = lever.walk("/opportunities", 100).await;
    let first = lever.get("/opportunities?limit=5").await;
    let next = text(&first.body["next"]);
    delete(&lever, "opportunity", &text(&all[5]["id"])).await;
    let second = lever.get(&format!("/opportunities?limit=5&offset={next}")).await;
    let expected: Vec<String> = all[6..11].iter().map(|row| text(&row["id"])).collect();
    assert_eq!(second.ids(), expected);
}

#[tokio::test]
async fn s4_1_anonymising_takes_files_and_resumes_with_it_and_leaves_notes() {
    let lever = lever().await;
    let made = lever
        .create_form(
            "",
            form(&[("name", "Ada Example")])
                .part("resumeFile", file("cv.txt", "Ada Example"))
                .part("files[]", file("letter.txt", "Dear all")),
        )
        .await;
    let (path, contact) = (
        format!("/opportunities/{}", text(&made.data()["id"])),
        text(&made.data()["contact"]),
    );
    lever
        .post(&format!("{path}/notes"), json!({ "value": "x" }))
        .await
        .data();
    let whole = lever.walk("/opportunities", 100).await;
    let mut seeded: Vec<(String, String)> = vec![(path.clone(), contact)];
    for row in &whole {
        let path = format!("/opportunities/{}", text(&row["id"]));
        if row["isAnonymized"] == false
            && seeded.iter().all(|(_, contact)| row["contact"] != contact.as_str())
            && !lever.get(&format!("{path}/files")).await.rows().is_empty()
            && !lever.get(&format!("{path}/resumes")).await.rows().is_empty()
        {
            seeded.push((path, text(&row["contact"])));
        }
        if seeded.len() == 4 {
            break;
        }
    }
    assert_eq!(seeded.len(), 4);
    for (path, contact) in seeded {
        let resume = lever.get(&format!("{path}/resumes")).await.ids()[0].clone();
        lever
            .control("anonymize", json!({ "contact": contact }).to_string())
            .await;
        for list in ["files", "resumes"] {
            assert!(lever.get(&format!("{path}/{list}")).await.rows().is_empty(), "{list}");
        }
        lever
            .get(&format!("{path}/resumes/{resume}/download"))
            .await
            .refused(404, "ResourceNotFound");
    }
    assert_eq!(lever.get(&format!("{path}/notes")).await.rows().len(), 1);
}
