//! Requisitions, the customer's own fields on them, and hiring against them (lever-api §3.17, §4.5).

use sandbox::access::KeyEntry;
use sandbox::config::Config;
use serde_json::{Value, json};

use crate::support::{Lever, keys, lever, lever_with, text, unlimited};

async fn by_code(lever: &Lever, code: &str) -> Value {
    let found = lever
        .get(&format!("/requisitions?requisition_code={code}&confidentiality=all"))
        .await;
    assert_eq!(found.rows().len(), 1, "{code}");
    found.rows()[0].clone()
}

#[tokio::test]
async fn s3_17_a_requisition_has_the_recorded_keys_in_the_recorded_order() {
    let lever = lever().await;
    let row = by_code(&lever, "ENG-102").await;
    assert_eq!(
        keys(&row),
        [
            "id",
            "createdAt",
            "confidentiality",
            "status",
            "name",
            "requisitionCode",
            "headcountTotal",
            "headcountHired",
            "headcountInfinite",
            "backfill",
            "creator",
            "owner",
            "hiringManager",
            "internalNotes",
            "compensationBand",
            "approval",
            "employmentStatus",
            "location",
            "team",
            "department",
            "postings",
            "offerIds",
            "timeToFillStartAt",
            "timeToFillEndAt",
            "updatedAt",
            "customFields",
            "closedAt",
        ]
    );
    assert_eq!(row["postings"], json!([lever.posting("Platform Engineer").await]));
    assert_eq!(
        keys(&row["approval"]),
        [
            "steps",
            "id",
            "status",
            "startedAt",
            "approvedAt",
            "accountId",
            "createdBy"
        ]
    );
    let id = text(&row["id"]);
    let one = lever
        .get(&format!("/requisitions/{id}?expand=owner&expand=postings"))
        .await
        .data()
        .clone();
    assert_eq!(one["owner"]["name"], "Jonas Lindqvist");
    assert_eq!(one["postings"][0]["text"], "Platform Engineer");
    assert_eq!(one["postings"][0]["requisitionCodes"], json!(["ENG-102"]));
    let unlimited = by_code(&lever, "ENG-090").await;
    assert_eq!(
        (&unlimited["headcountTotal"], &unlimited["headcountInfinite"]),
        (&json!("unlimited"), &json!(true))
    );
    lever
        .get("/requisitions/nowhere")
        .await
        .refused(404, "ResourceNotFound");
}

#[tokio::test]
async fn s3_17_the_list_is_ordered_by_id_downwards_and_filtered() {
    let lever = lever().await;
    let all = lever.walk("/requisitions?confidentiality=all", 2).await;
    let ids: Vec<String> = all.iter().map(|row| text(&row["id"])).collect();
    assert!(ids.is_sorted_by(|a, b| a > b));
    let statuses: std::collections::HashSet<String> = all.iter().map(|row| text(&row["status"])).collect();
    assert_eq!(statuses.len(), 6, "every status is there");
    let open = lever.walk("/requisitions?status=open&status=closed", 100).await;
    assert!(
        open.iter()
            .all(|row| row["status"] == "open" || row["status"] == "closed")
    );
    lever
        .get("/requisitions?status=lost")
        .await
        .refused(400, "BadRequestError");
    let times: Vec<i64> = all.iter().map(|row| row["createdAt"].as_i64().unwrap()).collect();
    let newest = times.iter().max().unwrap();
    let late = lever
        .walk(
            &format!("/requisitions?created_at_start={newest}&confidentiality=all"),
            100,
        )
        .await;
    assert_eq!(late.len(), times.iter().filter(|time| *time >= newest).count());
    let first = lever.get("/requisitions?limit=1").await;
    let token = text(&first.body["next"]);
    assert!(token.starts_with("%5B%22"), "the key is the id alone: {token}");
}

#[tokio::test]
async fn s4_6_a_requisition_of_a_confidential_posting_is_confidential() {
    let entries: Vec<KeyEntry> =
        serde_json::from_value(json!([{ "key": "full", "confidential": true }, { "key": "plain" }])).unwrap();
    let lever = lever_with(Config {
        keys: entries,
        ..unlimited()
    })
    .await;
    let row = by_code(&lever, "OPS-001").await;
    assert_eq!(row["confidentiality"], "confidential");
    let open = lever.walk("/requisitions", 100).await;
    assert!(open.iter().all(|row| row["confidentiality"] == "non-confidential"));
    let path = format!("/requisitions/{}", text(&row["id"]));
    lever.get_with_key("plain", &path).await.refused(403, "ForbiddenError");
    lever
        .get_with_key("plain", "/requisitions?confidentiality=all")
        .await
        .refused(403, "ForbiddenError");
}

#[tokio::test]
async fn s3_17_writes_answer_in_an_internal_shape() {
    let lever = lever().await;
    let posting = lever.posting("Backend Engineer").await;
    let maya = lever.user("Maya Okafor").await;
    let body = json!({
        "name": "Gardener", "requisitionCode": "GRD-1", "headcountTotal": 2, "backfill": true, "owner": maya,
        "compensationBand": { "currency": "EUR", "interval": "per-year-salary", "min": 1, "max": 2 },
        "employmentStatus": "part-time", "internalNotes": "n", "location": "Berlin", "team": "Workplace",
        "customFields": { "cost_center": "C1", "target_start": 1_790_000_000_000_i64, "budget_type": "budgeted",
                          "equipment": { "laptop": "any", "monitors": 2 } },
        "postingIds": [posting],
    });
    let created = lever.post("/requisitions", body.clone()).await;
    assert_eq!(created.status, 201);
    let raw = created.data().clone();
    for key in [
        "accountId",
        "creatorUserId",
        "ownerUserId",
        "hasConfidentialPosting",
        "postingIds",
        "reservedOfferIds",
        "stateHistory",
        "search",
    ] {
        assert!(raw.get(key).is_some(), "{key}");
    }
    assert!(raw.get("owner").is_none() && raw.get("postings").is_none());
    assert_eq!(
        (&raw["ownerUserId"], &raw["postingIds"]),
        (&json!(maya), &json!([posting]))
    );
    let id = text(&raw["id"]);
    let shown = lever.get(&format!("/requisitions/{id}")).await.data().clone();
    assert_eq!(shown["status"], "open");
    assert_eq!(shown["customFields"], body["customFields"]);
    assert_eq!(shown["compensationBand"], body["compensationBand"]);
    assert_eq!(shown["approval"], json!({ "steps": [] }));
    assert!(shown["creator"].is_null());
    let codes = lever.get(&format!("/postings/{posting}")).await.data()["requisitionCodes"].clone();
    assert!(codes.as_array().unwrap().contains(&json!("GRD-1")));
    let plain = lever_with(Config {
        choices: "quirks=off".parse().unwrap(),
        ..unlimited()
    })
    .await;
    let reply = plain
        .post(
            "/requisitions",
            json!({ "name": "G", "requisitionCode": "G", "headcountTotal": "unlimited" }),
        )
        .await;
    assert_eq!(reply.data()["headcountTotal"], "unlimited");
    assert!(reply.data().get("postings").is_some());
}

#[tokio::test]
async fn s3_17_what_a_requisition_cannot_be_is_refused() {
    let lever = lever().await;
    let fine = json!({ "name": "G", "requisitionCode": "G-1", "headcountTotal": 1 });
    for (field, value) in [
        ("name", json!(null)),
        ("requisitionCode", json!(null)),
        ("headcountTotal", json!(null)),
        ("headcountTotal", json!(0)),
        ("headcountTotal", json!("many")),
        ("requisitionCode", json!("ENG-101")),
        ("status", json!("lost")),
        ("employmentStatus", json!("king")),
        ("owner", json!("nobody")),
        ("postingIds", json!(["nowhere"])),
        ("compensationBand", json!({ "min": 1 })),
        ("customFields", json!({ "unknown": 1 })),
        ("customFields", json!({ "budget_type": "stolen" })),
        ("customFields", json!({ "target_start": "soon" })),
        ("customFields", json!({ "equipment": { "desk": "one" } })),
        ("createdAt", json!(99_999_999_999_999_i64)),
    ] {
        let mut body = fine.clone();
        body[field] = value;
        lever.post("/requisitions", body).await.refused(400, "BadRequestError");
    }
    assert_eq!(lever.post("/requisitions", fine).await.status, 201);
}

#[tokio::test]
async fn s3_17_a_put_replaces_all_but_the_postings_and_never_returns_to_draft() {
    let lever = lever().await;
    let before = by_code(&lever, "ENG-101").await;
    let path = format!("/requisitions/{}", text(&before["id"]));
    let body = json!({ "name": "Lead", "requisitionCode": "ENG-101", "headcountTotal": 4, "status": "closed" });
    assert_eq!(lever.put(&path, body).await.status, 200);
    let after = lever.get(&path).await.data().clone();
    assert_eq!((&after["name"], &after["headcountTotal"]), (&json!("Lead"), &json!(4)));
    assert!(after["owner"].is_null() && after["employmentStatus"].is_null());
    assert_eq!(after["customFields"], json!({}));
    assert_eq!(after["postings"], before["postings"]);
    assert_eq!(after["createdAt"], before["createdAt"]);
    assert!(after["closedAt"].is_i64() && after["timeToFillEndAt"] == after["closedAt"]);
    let draft = json!({ "name": "Lead", "requisitionCode": "ENG-101", "headcountTotal": 4, "status": "draft" });
    lever.put(&path, draft).await.refused(400, "BadRequestError");
    let open = json!({ "name": "Lead", "requisitionCode": "ENG-101", "headcountTotal": 4, "status": "open", "postingIds": [] });
    lever.put(&path, open).await.data();
    let reopened = lever.get(&path).await.data().clone();
    assert!(reopened["closedAt"].is_null());
    assert_eq!(reopened["postings"], json!([]));
    let posting = lever.posting("Data Platform Lead").await;
    let codes = lever.get(&format!("/postings/{posting}")).await.data()["requisitionCodes"].clone();
    assert_eq!(codes, json!([]));
    let gone = lever.write("DELETE", &path, json!({})).await;
    assert_eq!((gone.status, gone.body), (204, Value::Null));
    lever.get(&path).await.refused(404, "ResourceNotFound");
}

#[tokio::test]
async fn s4_5_hiring_against_a_requisition_counts_and_is_shown_on_the_application() {
    let lever = lever().await;
    let ines = lever.ines().await;
    let id = text(&ines["id"]);
    let requisition = by_code(&lever, "ENG-101").await;
    let requisition_id = text(&requisition["id"]);
    let (hired, timing) = (lever.reason("Hired").await, lever.reason("Timing").await);
    let archive = format!("/opportunities/{id}/archived");
    for body in [
        json!({ "reason": timing, "requisitionId": requisition_id }),
        json!({ "reason": hired, "requisitionId": "nowhere" }),
        json!({ "reason": hired, "requisitionId": by_code(&lever, "OPS-017").await["id"] }),
    ] {
        lever.put(&archive, body).await.refused(400, "BadRequestError");
    }
    assert!(lever.get(&format!("/opportunities/{id}")).await.data()["archived"].is_null());
    let count = async || by_code(&lever, "ENG-101").await["headcountHired"].as_i64().unwrap();
    let application = async || {
        let row = lever.get(&format!("/opportunities/{id}?expand=applications")).await;
        row.data()["applications"][0].clone()
    };
    assert_eq!(count().await, 0);
    let body = json!({ "reason": hired, "requisitionId": requisition_id, "cleanInterviews": true });
    assert_eq!(lever.put(&archive, body).await.status, 200);
    assert_eq!(count().await, 1);
    assert_eq!(
        application().await["requisitionForHire"],
        json!({
            "id": requisition_id,
            "requisitionCode": "ENG-101",
            "hiringManagerOnHire": lever.user("Priya Raman").await,
        })
    );
    lever.put(&archive, json!({ "reason": hired })).await.data();
    assert_eq!(count().await, 1, "archived as hired once more is the same hire");
    lever.put(&archive, json!({ "reason": null })).await.data();
    assert_eq!(count().await, 0);
    assert!(application().await["requisitionForHire"].is_null());
}

#[tokio::test]
async fn s3_17_fields_are_listed_without_has_next_and_filtered() {
    let lever = lever().await;
    let all = lever.get("/requisition_fields").await;
    assert_eq!(keys(&all.body), ["data"]);
    let kinds: Vec<String> = all.rows().iter().map(|row| text(&row["type"])).collect();
    assert_eq!(kinds, ["text", "date", "dropdown", "object"]);
    assert_eq!(keys(&all.rows()[0]), ["id", "text", "type", "isRequired"]);
    assert_eq!(keys(&all.rows()[2]), ["id", "text", "type", "isRequired", "options"]);
    assert_eq!(keys(&all.rows()[3]), ["id", "text", "type", "isRequired", "subfields"]);
    assert_eq!(lever.get("/requisition_fields?type=date").await.ids(), ["target_start"]);
    assert!(lever.get("/requisition_fields?isRequired=true").await.rows().is_empty());
    assert_eq!(
        lever.get("/requisition_fields/cost_center").await.data(),
        &all.rows()[0]
    );
    let message = lever
        .get("/requisition_fields/nothing")
        .await
        .refused(404, "NotFoundError");
    assert!(message.contains("nothing"));
}

#[tokio::test]
async fn s3_17_fields_are_made_replaced_and_deleted_and_required_ones_demanded() {
    let lever = lever().await;
    let created = lever
        .post(
            "/requisition_fields",
            json!({ "id": "why_now", "text": "Why now?", "type": "text", "isRequired": true }),
        )
        .await;
    assert_eq!(created.status, 201);
    assert_eq!(created.data()["id"], "why_now");
    let requisition = json!({ "name": "G", "requisitionCode": "G-1", "headcountTotal": 1 });
    lever
        .post("/requisitions", requisition.clone())
        .await
        .refused(400, "BadRequestError");
    let replaced = lever
        .put(
            "/requisition_fields/why_now",
            json!({ "text": "Why?", "type": "number" }),
        )
        .await;
    assert_eq!(
        replaced.data(),
        &json!({ "id": "why_now", "text": "Why?", "type": "number", "isRequired": false })
    );
    assert_eq!(lever.post("/requisitions", requisition).await.status, 201);
    for wrong in [
        json!({ "id": "Why Now", "text": "a", "type": "text" }),
        json!({ "id": "x".repeat(51), "text": "a", "type": "text" }),
        json!({ "id": "why_now", "text": "a", "type": "text" }),
        json!({ "id": "b", "type": "text" }),
        json!({ "id": "b", "text": "a", "type": "colour" }),
        json!({ "id": "b", "text": "a", "type": "object" }),
        json!({ "id": "b", "text": "a", "type": "object",
                "subfields": (0..11).map(|n| json!({ "id": format!("p{n}"), "text": "p", "type": "text" })).collect::<Vec<_>>() }),
    ] {
        lever
            .post("/requisition_fields", wrong)
            .await
            .refused(400, "BadRequestError");
    }
    assert_eq!(
        lever
            .write("DELETE", "/requisition_fields/why_now", json!({}))
            .await
            .status,
        204
    );
    lever
        .get("/requisition_fields/why_now")
        .await
        .refused(404, "NotFoundError");
}

#[tokio::test]
async fn s3_17_options_of_a_dropdown_are_added_renamed_and_removed() {
    let lever = lever().await;
    let path = "/requisition_fields/budget_type/options";
    let added = lever
        .post(path, json!({ "values": [{ "text": "Borrowed" }, { "text": "Found" }] }))
        .await;
    assert_eq!(added.status, 201);
    let options = added.data()["options"].as_array().unwrap().clone();
    assert_eq!(options.len(), 4);
    let id = text(&options[2]["id"]);
    let renamed = lever
        .put(path, json!({ "values": [{ "id": id, "text": "Lent" }] }))
        .await;
    assert_eq!(renamed.status, 200);
    assert_eq!(renamed.data()["options"][2], json!({ "id": id, "text": "Lent" }));
    assert_eq!(lever.write("DELETE", path, json!({ "values": [id] })).await.status, 204);
    let left = lever.get("/requisition_fields/budget_type").await.data()["options"].clone();
    assert_eq!(left.as_array().unwrap().len(), 3);
    lever
        .put(path, json!({ "values": [{ "id": id, "text": "Gone" }] }))
        .await
        .refused(400, "BadRequestError");
    lever
        .post(
            "/requisition_fields/cost_center/options",
            json!({ "values": [{ "text": "x" }] }),
        )
        .await
        .refused(400, "BadRequestError");
    let many: Vec<Value> = (0..4_001).map(|n| json!({ "text": format!("o{n}") })).collect();
    lever
        .post(path, json!({ "values": many }))
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s4_5_an_offer_that_is_unsigned_or_for_another_posting_prevents_hiring() {
    let lever = lever().await;
    let hired = lever.reason("Hired").await;
    let lead = lever.posting("Data Platform Lead").await;
    let requisition = async |code: &str, posting: &Value| {
        let body = json!({ "name": code, "requisitionCode": code, "headcountTotal": 9, "postingIds": [posting] });
        text(&lever.post("/requisitions", body).await.data()["id"])
    };
    let whole = lever.walk("/opportunities?expand=applications", 100).await;
    let (mut unsigned, mut signed) = (0, 0);
    for row in whole
        .iter()
        .filter(|row| row["stage"] == "offer" && row["applications"] != json!([]))
    {
        let path = format!("/opportunities/{}", text(&row["id"]));
        let offers = lever.get(&format!("{path}/offers")).await.rows().to_vec();
        let [offer] = offers.as_slice() else {
            continue;
        };
        let hire = async |requisition: &str| {
            let body = json!({ "reason": hired, "requisitionId": requisition });
            lever.put(&format!("{path}/archived"), body).await
        };
        let linked = requisition(&format!("A-{}", text(&row["id"])), &offer["posting"]).await;
        match text(&offer["status"]).as_str() {
            "signed" if row["isAnonymized"] == false => {
                let other = if offer["posting"] == lead {
                    "Backend Engineer"
                } else {
                    "Data Platform Lead"
                };
                let other = json!(lever.posting(other).await);
                let unlinked = requisition(&format!("B-{}", text(&row["id"])), &other).await;
                let message = hire(&unlinked).await.refused(400, "BadRequestError");
                assert!(message.contains("not linked"), "{message}");
                assert_eq!(hire(&linked).await.status, 200);
                signed += 1;
            }
            "signed" | "denied" => {}
            _ if row["isAnonymized"] == false => {
                let message = hire(&linked).await.refused(400, "BadRequestError");
                assert!(message.contains("not signed"), "{message}");
                let after = lever.get(&path).await;
                assert_eq!(after.data()["archived"], row["archived"], "nothing is half done");
                unsigned += 1;
            }
            _ => {}
        }
    }
    assert!(unsigned > 0 && signed > 0, "{unsigned} {signed}");
}

/// §4.5: hired against it, the offer is off it.
#[tokio::test]
async fn s4_5_hiring_takes_the_active_offer_off_the_requisition() {
    let lever = lever_with(Config {
        contacts: Some(1_000),
        ..unlimited()
    })
    .await;
    let hired = lever.reason("Hired").await;
    let offering = lever.walk("/opportunities?stage_id=offer&archived=false", 100).await;
    let mut taken_off = 0;
    for row in offering.iter().filter(|row| row["isAnonymized"] == false) {
        let path = format!("/opportunities/{}", text(&row["id"]));
        let offers = lever.get(&format!("{path}/offers")).await.rows().to_vec();
        let Some(offer) = offers.iter().find(|offer| offer["status"] == "signed") else {
            continue;
        };
        let body = json!({ "name": "x", "requisitionCode": text(&offer["id"]), "headcountTotal": "unlimited",
            "postingIds": [offer["posting"]] });
        let made = lever.post("/requisitions", body).await.data().clone();
        let requisition = format!("/requisitions/{}", text(&made["id"]));
        let ids = async || lever.get(&requisition).await.data()["offerIds"].clone();
        let before = ids().await;
        assert!(before.as_array().unwrap().len() <= 3, "{before}");
        assert_eq!(made["reservedOfferIds"], before);
        // Others on the same posting may stand before this one.
        if !before.as_array().unwrap().contains(&offer["id"]) {
            continue;
        }
        let body = json!({ "reason": hired, "requisitionId": made["id"] });
        assert_eq!(lever.put(&format!("{path}/archived"), body).await.status, 200);
        assert!(!ids().await.as_array().unwrap().contains(&offer["id"]));
        taken_off += 1;
    }
    assert!(taken_off > 0);
    let closed = lever.walk("/requisitions?status=closed&status=draft", 100).await;
    assert!(closed.iter().all(|row| row["offerIds"] == json!([])));
}
