//! Creating opportunities (lever-api §3.2, §4.1, §4.2, §4.4).

use serde_json::{Value, json};

use crate::support::{keys, lever, text};

#[tokio::test]
async fn s3_2_everything_is_optional_and_a_blank_create_makes_a_blank_lead() {
    let lever = lever().await;
    let maya = lever.user("Maya Okafor").await;
    let made = lever.create(json!({})).await;
    assert_eq!(made.status, 201);
    assert_eq!(keys(&made.body), ["deduped", "data"]);
    assert_eq!(made.body["deduped"], false);
    let row = made.data();
    assert_eq!(row["name"], "");
    assert_eq!(row["stage"], "lead-new");
    assert_eq!(row["origin"], "sourced");
    assert_eq!(row["sourcedBy"], maya);
    assert_eq!(row["owner"], maya);
    assert_eq!(row["followers"], json!([maya]));
    assert_eq!(row["applications"], json!([]));
    assert_eq!(row["archived"], Value::Null);
}

/// The composed example of §3.2.
#[tokio::test]
async fn s3_2_a_create_answers_with_every_key_but_opportunity_location() {
    let lever = lever().await;
    let made = lever
        .create(json!({
            "name": "Noor Example", "headline": "Harbor Labs", "location": "Gdynia",
            "phones": [{ "value": "+48 555 010 999" }], "emails": ["noor@example.org"],
            "links": ["portfolio.example.org/noor", "https://github.com/noor-demo"],
            "tags": ["Ruby", "Ruby"], "sources": ["Newsletter"],
            "postings": [lever.posting("Platform Engineer").await],
            "unknown": { "field": 1 },
        }))
        .await;
    let row = made.data();
    assert_eq!(
        keys(row),
        [
            "id",
            "name",
            "contact",
            "headline",
            "stage",
            "confidentiality",
            "location",
            "phones",
            "emails",
            "links",
            "archived",
            "tags",
            "sources",
            "stageChanges",
            "origin",
            "sourcedBy",
            "owner",
            "followers",
            "applications",
            "createdAt",
            "updatedAt",
            "lastInteractionAt",
            "lastAdvancedAt",
            "snoozedUntil",
            "urls",
            "isAnonymized",
            "dataProtection",
        ]
    );
    assert_eq!(row["phones"], json!([{ "type": "other", "value": "+48 555 010 999" }]));
    assert_eq!(
        row["links"],
        json!(["http://portfolio.example.org/noor", "https://github.com/noor-demo"]),
        "a scheme is put in front where there is none (§4.2)"
    );
    assert_eq!(row["confidentiality"], "non-confidential");
    let read = lever.get(&format!("/opportunities/{}", text(&row["id"]))).await;
    assert_eq!(read.data()["opportunityLocation"], "Berlin");
}

#[tokio::test]
async fn s4_4_the_postings_tags_come_after_the_callers_in_order() {
    let lever = lever().await;
    let made = lever
        .create(json!({ "tags": ["Ruby"], "postings": [lever.posting("Data Platform Lead").await] }))
        .await;
    assert_eq!(
        made.data()["tags"],
        json!([
            "Ruby",
            "Data Platform Lead",
            "Engineering",
            "Data",
            "Remote",
            "Full-time"
        ])
    );
}

#[tokio::test]
async fn s8_the_clocks_of_a_create_are_one_two_and_five_ms_apart() {
    let lever = lever().await;
    let made = lever
        .create(json!({ "postings": [lever.posting("Platform Engineer").await] }))
        .await;
    let row = made.data();
    let at = |field: &str| row[field].as_i64().unwrap();
    let created = at("createdAt");
    assert_eq!(at("lastAdvancedAt"), created);
    assert_eq!(row["stageChanges"][0]["updatedAt"], created);
    assert_eq!(at("lastInteractionAt"), created + 2);
    assert_eq!(at("updatedAt"), created + 5);
    let path = format!("/opportunities/{}/applications", text(&row["id"]));
    let applications = lever.get(&path).await;
    let application = &applications.rows()[0];
    assert_eq!(application["createdAt"], created + 1);
    assert_eq!(application["type"], "user");
    assert_eq!(application["name"], Value::Null);
    assert_eq!(application["user"], lever.user("Maya Okafor").await);
    let one = lever.get(&format!("{path}/{}", text(&application["id"]))).await;
    assert_eq!(one.data(), application);
}

#[tokio::test]
async fn s4_1_a_known_mail_address_links_the_contact_whose_data_wins() {
    let lever = lever().await;
    let ines = lever.ines().await;
    let made = lever
        .create(json!({ "name": "Someone Else", "headline": "Elsewhere", "emails": ["  INES.K@example.org"] }))
        .await;
    assert_eq!(made.status, 201);
    assert_eq!(made.body["deduped"], true);
    let row = made.data();
    assert_eq!(row["contact"], ines["contact"]);
    assert_eq!(row["name"], "Ines Kowalczyk");
    assert_eq!(row["headline"], ines["headline"]);
    assert_ne!(row["id"], ines["id"], "a new opportunity all the same");
    let found = lever.get("/opportunities?email=ines.k@example.org").await;
    assert_eq!(found.rows().len(), 3);
}

#[tokio::test]
async fn s4_1_the_same_create_thrice_makes_three_opportunities_of_one_contact() {
    let lever = lever().await;
    let body = json!({ "name": "Ada Thrice", "emails": ["ada.thrice@example.org"],
        "postings": [lever.posting("Platform Engineer").await] });
    let mut contacts = Vec::new();
    for deduped in [false, true, true] {
        let made = lever.create(body.clone()).await;
        assert_eq!(made.body["deduped"], deduped);
        contacts.push(text(&made.data()["contact"]));
    }
    contacts.dedup();
    assert_eq!(contacts.len(), 1);
    let found = lever.get("/opportunities?email=ada.thrice@example.org").await;
    assert_eq!(found.rows().len(), 3);
}

#[tokio::test]
async fn s4_1_without_mail_and_contact_there_is_always_a_new_contact() {
    let lever = lever().await;
    let body = json!({ "name": "Ines Kowalczyk", "phones": [{ "value": "+48 555 010 203" }] });
    let (one, two) = (lever.create(body.clone()).await, lever.create(body).await);
    assert_eq!(one.body["deduped"], false);
    assert_eq!(two.body["deduped"], false);
    assert_ne!(one.data()["contact"], two.data()["contact"]);
}

#[tokio::test]
async fn s3_2_a_given_contact_is_linked_and_gets_what_it_lacked() {
    let lever = lever().await;
    let ines = lever.ines().await;
    let made = lever
        .create(json!({
            "contact": ines["contact"], "name": "Ignored", "emails": ["second@example.org"],
            "phones": [{ "type": "work", "value": "+48 555 1" }], "links": ["https://github.com/ines-demo"],
        }))
        .await;
    assert_eq!(made.body["deduped"], true);
    let row = made.data();
    assert_eq!(row["name"], "Ines Kowalczyk");
    assert_eq!(row["emails"], json!(["ines.k@example.org", "second@example.org"]));
    assert_eq!(row["phones"].as_array().unwrap().len(), 2);
    assert_eq!(row["links"].as_array().unwrap().len(), 2);
    lever
        .create(json!({ "contact": "a3c0b7d2-66de-4c0e-8a4b-3b1a5f0e7c11" }))
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_2_more_than_one_posting_is_refused_and_nothing_is_made() {
    let lever = lever().await;
    let before = lever.stats().await["opportunities"].clone();
    let postings = [
        lever.posting("Platform Engineer").await,
        lever.posting("Backend Engineer").await,
    ];
    lever
        .create(json!({ "emails": ["none@example.org"], "postings": postings }))
        .await
        .refused(400, "BadRequestError");
    assert_eq!(lever.stats().await["opportunities"], before);
    assert!(lever.log().await.is_empty());
    assert!(
        lever
            .get("/opportunities?email=none@example.org")
            .await
            .rows()
            .is_empty()
    );
}

#[tokio::test]
async fn s8_unknown_ids_and_malformed_fields_are_400() {
    let lever = lever().await;
    let unknown = "5b1f6d0e-2f0a-4a6b-9d0c-0f6b7a1c9e99";
    for body in [
        json!({ "postings": [unknown] }),
        json!({ "stage": unknown }),
        json!({ "owner": unknown }),
        json!({ "followers": [unknown] }),
        json!({ "archived": { "archivedAt": 1 } }),
        json!({ "archived": { "reason": unknown } }),
        json!({ "origin": "found" }),
        json!({ "name": 7 }),
        json!({ "emails": "a@example.org" }),
        json!({ "emails": ["no address"] }),
        json!({ "phones": ["+1 555"] }),
        json!({ "createdAt": 32_503_680_000_000_i64 }),
        json!([]),
    ] {
        lever.create(body).await.refused(400, "BadRequestError");
    }
    let maya = lever.user("Maya Okafor").await;
    let broken = lever
        .request("POST", &format!("/opportunities?perform_as={maya}"))
        .header("content-type", "application/json")
        .body("{\"name\":");
    lever.send(broken).await.refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_2_created_at_and_archived_at_can_lie_in_the_past() {
    let lever = lever().await;
    let reason = lever.reason("Timing").await;
    let made = lever
        .create(json!({ "createdAt": 1_600_000_000_000_i64,
            "archived": { "reason": reason, "archivedAt": 1_600_000_900_000_i64 } }))
        .await;
    let row = made.data();
    assert_eq!(row["createdAt"], 1_600_000_000_000_i64);
    assert_eq!(
        row["archived"],
        json!({ "reason": reason, "archivedAt": 1_600_000_900_000_i64 })
    );
    lever
        .create(json!({ "archived": { "reason": reason, "archivedAt": 1_600_000_900_000_i64 } }))
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_2_an_interviewer_does_not_follow_but_the_postings_owner_does() {
    let lever = lever().await;
    let tunde = lever.user("Tunde Balogun").await;
    let made = lever
        .post(
            &format!("/opportunities?perform_as={tunde}"),
            json!({ "postings": [lever.posting("Data Platform Lead").await] }),
        )
        .await;
    assert_eq!(made.data()["followers"], json!([lever.user("Maya Okafor").await]));
    assert_eq!(made.data()["owner"], tunde);
}

#[tokio::test]
async fn s3_2_perform_as_posting_owner_gives_the_postings_owner() {
    let lever = lever().await;
    let maya = lever.user("Maya Okafor").await;
    let path = format!("/opportunities?perform_as={maya}&perform_as_posting_owner=true");
    let made = lever
        .post(&path, json!({ "postings": [lever.posting("Platform Engineer").await] }))
        .await;
    assert_eq!(made.data()["owner"], lever.user("Jonas Lindqvist").await);
    lever.post(&path, json!({})).await.refused(400, "BadRequestError");
}

#[tokio::test]
async fn s4_6_a_confidential_posting_makes_a_confidential_opportunity() {
    let lever = lever().await;
    let made = lever
        .create(json!({ "emails": ["quiet@example.org"], "postings": [lever.posting("Chief of Staff").await] }))
        .await;
    assert_eq!(made.data()["confidentiality"], "confidential");
    assert!(
        lever
            .get("/opportunities?email=quiet@example.org")
            .await
            .rows()
            .is_empty()
    );
    let all = lever
        .get("/opportunities?email=quiet@example.org&confidentiality=all")
        .await;
    assert_eq!(all.rows().len(), 1);
}

#[tokio::test]
async fn s3_2_a_created_row_stands_at_its_place_and_in_the_log() {
    let lever = lever().await;
    let made = lever
        .create(json!({ "name": "Newest Lead", "tags": ["brand new"] }))
        .await;
    let row = made.data();
    let first = lever.get("/opportunities?limit=1").await;
    assert_eq!(first.rows()[0]["id"], row["id"], "lead stages first, the newest first");
    let recent = lever
        .get(&format!("/opportunities?updated_at_start={}", row["createdAt"]))
        .await;
    assert_eq!(recent.ids(), [text(&row["id"])]);
    let tags = lever.walk("/tags", 100).await;
    assert!(tags.contains(&json!({ "count": 1, "text": "brand new" })));
    let log = lever.log().await;
    assert_eq!(log.len(), 1);
    assert_eq!(
        keys(&log[0]),
        [
            "at",
            "method",
            "path",
            "query",
            "body",
            "status",
            "opportunity",
            "contact"
        ]
    );
    assert_eq!(log[0]["method"], "POST");
    assert_eq!(log[0]["path"], "/v1/opportunities");
    assert_eq!(log[0]["query"]["perform_as"], lever.user("Maya Okafor").await);
    assert_eq!(log[0]["body"]["name"], "Newest Lead");
    assert_eq!(log[0]["status"], 201);
    assert_eq!(log[0]["opportunity"], row["id"]);
    assert_eq!(log[0]["contact"], row["contact"]);
}

#[tokio::test]
async fn s3_3_legacy_candidates_are_created_the_same_way() {
    let lever = lever().await;
    let maya = lever.user("Maya Okafor").await;
    let made = lever
        .post(&format!("/candidates?perform_as={maya}"), json!({ "name": "Old Way" }))
        .await;
    assert_eq!(made.status, 201);
    let id = text(&made.data()["id"]);
    assert_eq!(
        lever.get(&format!("/opportunities/{id}")).await.data()["name"],
        "Old Way"
    );
}

#[tokio::test]
async fn s3_2_what_is_said_wins_over_the_defaults() {
    let lever = lever().await;
    let (maya, jonas) = (lever.user("Maya Okafor").await, lever.user("Jonas Lindqvist").await);
    let made = lever
        .create(
            json!({ "stage": "lead-responded", "owner": jonas, "followers": [jonas], "origin": "agency",
            "sources": ["Fair", "Fair", "fair"] }),
        )
        .await;
    let row = made.data();
    assert_eq!(row["stage"], "lead-responded");
    assert_eq!(row["owner"], jonas);
    assert_eq!(row["followers"], json!([jonas, maya]), "the creator is added");
    assert_eq!(row["origin"], "agency");
    assert!(row["sourcedBy"].is_null(), "only sourced ones have it");
    assert_eq!(row["sources"], json!(["Fair", "fair"]));
    assert_eq!(row["stageChanges"].as_array().unwrap().len(), 1);
    assert_eq!(row["stageChanges"][0]["userId"], maya);
    assert_eq!(row["stageChanges"][0]["toStageIndex"], 2);
    for origin in ["agency", "applied", "internal", "referred", "sourced", "university"] {
        let made = lever.create(json!({ "origin": origin })).await;
        assert_eq!(made.data()["origin"], origin);
    }
}

#[tokio::test]
async fn s3_2_a_location_needs_a_posting_and_defaults_to_its() {
    let lever = lever().await;
    for (posting, said, expected) in [
        (None, Some("Berlin"), None),
        (Some("Data Platform Lead"), Some("Gdynia"), Some("Gdynia")),
        (Some("Data Platform Lead"), None, Some("Remote")),
        (Some("Backend Engineer"), None, Some("unspecified")),
    ] {
        let mut body = json!({ "opportunityLocation": said });
        if let Some(title) = posting {
            body["postings"] = json!([lever.posting(title).await]);
        }
        let made = lever.create(body).await;
        assert!(
            made.data().get("opportunityLocation").is_none(),
            "in no reply to a write"
        );
        let path = format!("/opportunities/{}", text(&made.data()["id"]));
        let read = lever.get(&path).await;
        let shown = read.data().get("opportunityLocation").and_then(Value::as_str);
        assert_eq!(shown, expected, "{posting:?} {said:?}");
    }
}

/// Recorded: draft postings are accepted; closed ones are not told to be refused.
#[tokio::test]
async fn s3_2_a_posting_may_be_a_draft_and_the_application_is_of_the_type_user() {
    let lever = lever().await;
    let posting = lever.posting("Recruiting Coordinator").await;
    let state = lever.get(&format!("/postings/{posting}")).await.data()["state"].clone();
    assert_eq!(state, "draft");
    let made = lever.create(json!({ "postings": [posting] })).await;
    assert_eq!(made.status, 201);
    let path = format!("/opportunities/{}/applications", text(&made.data()["id"]));
    let application = lever.get(&path).await.rows()[0].clone();
    assert_eq!(application["type"], "user");
    assert_eq!(application["posting"], posting.as_str());
    assert_eq!(application["user"], lever.user("Maya Okafor").await);
    assert!(application["archived"].is_null() && application["requisitionForHire"].is_null());
}

/// §3.2: an archived one with a posting has an archived application.
#[tokio::test]
async fn s3_2_an_opportunity_can_be_made_archived() {
    let lever = lever().await;
    let reason = lever.reason("Timing").await;
    let posting = lever.posting("Platform Engineer").await;
    let (created, archived) = (1_600_000_000_000_i64, 1_600_000_900_000_i64);
    let made = lever
        .create(json!({ "createdAt": created, "postings": [posting],
            "archived": { "reason": reason, "archivedAt": archived } }))
        .await;
    let id = text(&made.data()["id"]);
    let read = lever.get(&format!("/opportunities/{id}?expand=applications")).await;
    let row = read.data();
    assert_eq!(row["archived"], json!({ "reason": reason, "archivedAt": archived }));
    assert_eq!(row["applications"][0]["archived"], row["archived"]);
    assert_eq!(row["stageChanges"][0]["updatedAt"], created);
    let found = lever
        .get(&format!(
            "/opportunities?archived_at_start={archived}&archived_at_end={archived}"
        ))
        .await;
    assert_eq!(found.ids(), [id]);
    for body in [
        json!({ "archived": {} }),
        json!({ "createdAt": created, "archived": { "reason": reason, "archivedAt": created - 1 } }),
        json!({ "archived": { "reason": reason, "archivedAt": 32_503_680_000_000_i64 } }),
    ] {
        lever.create(body).await.refused(400, "BadRequestError");
    }
}

/// §4.2
#[tokio::test]
async fn s4_2_links_get_a_scheme_and_everything_else_is_kept_as_typed() {
    let lever = lever().await;
    let made = lever
        .create(json!({
            "emails": ["Noor.Case+Tag@Example.org"],
            "phones": [{ "value": "0048-555 / 010" }, { "type": "skype", "value": "noor.example" }],
            "links": ["github.com/noor-demo", "https://a.example.org", "http://b.example.org", "http://🌊/x"],
            "tags": ["🌊 wave", "full-time"], "sources": ["  Spaced "],
        }))
        .await;
    let row = made.data();
    assert_eq!(
        row["links"],
        json!([
            "http://github.com/noor-demo",
            "https://a.example.org",
            "http://b.example.org",
            "http://🌊/x"
        ])
    );
    assert_eq!(
        row["phones"],
        json!([{ "type": "other", "value": "0048-555 / 010" }, { "type": "skype", "value": "noor.example" }])
    );
    assert_eq!(row["emails"], json!(["Noor.Case+Tag@Example.org"]));
    assert_eq!(row["tags"], json!(["🌊 wave", "full-time"]));
    assert_eq!(row["sources"], json!(["  Spaced "]));
    let found = lever.get("/opportunities?email=noor.case%2Btag@example.ORG").await;
    assert_eq!(found.ids(), [text(&row["id"])]);
}

/// §4.1: UNSURE; the first address that is known decides.
#[tokio::test]
async fn s4_1_addresses_of_two_people_link_the_first() {
    let lever = lever().await;
    let one = lever.create(json!({ "emails": ["one@example.org"] })).await;
    let two = lever.create(json!({ "emails": ["two@example.org"] })).await;
    let both = lever
        .create(json!({ "emails": ["nobody@example.org", "two@example.org", "one@example.org"] }))
        .await;
    assert_eq!(both.body["deduped"], true);
    assert_eq!(both.data()["contact"], two.data()["contact"]);
    assert_ne!(both.data()["contact"], one.data()["contact"]);
}
