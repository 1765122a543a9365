//! Offers, equal opportunity, surveys, the audit log and webhooks (lever-api §3.16, §3.18, §3.19).

use serde_json::{Value, json};

use crate::support::{Lever, keys, lever, text};

async fn offers(lever: &Lever) -> Vec<(String, Value, Value)> {
    let mut found = Vec::new();
    for row in lever.walk("/opportunities?expand=applications", 100).await {
        let path = format!("/opportunities/{}/offers", text(&row["id"]));
        let list = lever.get(&path).await;
        found.extend(
            list.rows()
                .iter()
                .map(|offer| (path.clone(), row.clone(), offer.clone())),
        );
    }
    found
}

#[tokio::test]
async fn s3_16_offers_have_the_shape_and_a_draft_knows_nobody() {
    let lever = lever().await;
    let found = offers(&lever).await;
    assert!(found.len() > 5, "{}", found.len());
    let mut statuses = Vec::new();
    for (_, row, offer) in &found {
        assert_eq!(
            keys(offer),
            [
                "id",
                "posting",
                "createdAt",
                "status",
                "creator",
                "fields",
                "signatures",
                "approved",
                "approvedAt",
                "sentAt",
                "sentDocument",
                "signedDocument"
            ]
        );
        let job = &offer["fields"][0];
        assert_eq!(job["identifier"], "job_posting");
        assert_eq!(
            job["value"], row["applications"][0]["id"],
            "the application, not the posting"
        );
        statuses.push(text(&offer["status"]));
        if offer["status"] == "draft" {
            assert_eq!(
                offer["signatures"],
                json!({ "candidate": { "role": "candidate", "name": null, "email": null } })
            );
            for field in ["approved", "approvedAt", "sentAt", "sentDocument", "signedDocument"] {
                assert_eq!(offer[field], Value::Null, "{field}");
            }
        }
        if offer["status"] == "signed" {
            assert_eq!(offer["signatures"]["candidate"]["signed"], true);
            assert_eq!(
                keys(&offer["signedDocument"]),
                ["fileName", "uploadedAt", "downloadUrl"]
            );
        }
    }
    for status in ["draft", "signed", "denied"] {
        assert!(statuses.iter().any(|known| known == status), "{status} in {statuses:?}");
    }
}

#[tokio::test]
async fn s3_16_an_offer_is_downloaded_in_the_form_asked_for_or_the_newest() {
    let lever = lever().await;
    let found = offers(&lever).await;
    let of = |status: &str| {
        let (path, _, offer) = found.iter().find(|(_, _, offer)| offer["status"] == status).unwrap();
        format!("{path}/{}/download", text(&offer["id"]))
    };
    let signed = of("signed");
    let (status, headers, newest) = lever.download(&signed).await;
    assert_eq!(status, 200);
    assert_eq!(headers["content-type"], "application/pdf");
    assert!(newest.starts_with(b"%PDF-"));
    let (_, _, asked) = lever.download(&format!("{signed}?status=signed")).await;
    assert_eq!(asked, newest);
    let (_, _, sent) = lever.download(&format!("{signed}?status=sent")).await;
    assert_ne!(sent, newest);
    lever
        .get(&format!("{signed}?status=other"))
        .await
        .refused(400, "BadRequestError");
    lever.get(&of("draft")).await.refused(404, "ResourceNotFound");
    let (path, ..) = &found[0];
    let expanded = lever.get(&format!("{path}?expand=creator")).await;
    assert!(expanded.rows()[0]["creator"]["name"].is_string());
    let legacy = path.replace("opportunities", "candidates");
    assert_eq!(lever.get(&legacy).await.body, lever.get(path).await.body);
}

#[tokio::test]
async fn s3_18_eeo_responses_are_of_the_last_week_unless_said_and_name_nobody() {
    let lever = lever().await;
    let week = lever.get("/eeo/responses").await;
    assert!(week.rows().is_empty(), "the seeded people applied earlier");
    let window = "fromDate=1600000000000&toDate=1767225600000";
    let all = lever.walk(&format!("/eeo/responses?{window}"), 7).await;
    assert_eq!(all, lever.walk(&format!("/eeo/responses?{window}"), 100).await);
    let whole = lever
        .walk("/opportunities?expand=applications&confidentiality=all", 100)
        .await;
    let applied: Vec<&Value> = whole
        .iter()
        .filter(|row| row["applications"][0]["type"] == "posting")
        .filter(|row| row["applications"][0]["createdAt"].as_i64() >= Some(1_600_000_000_000))
        .collect();
    assert_eq!(all.len(), applied.len());
    let mut times: Vec<i64> = all.iter().map(|row| -row["appliedAt"].as_i64().unwrap()).collect();
    assert!(times.is_sorted(), "newest first");
    times.dedup();
    let with = all.iter().filter(|row| row.get("gender").is_some()).count();
    assert!(with > all.len() / 3 && with < all.len(), "{with} of {}", all.len());
    for row in &all {
        assert_eq!(
            keys(row)[..6],
            [
                "applicationArchivedAt",
                "applicationArchivedBy",
                "applicationArchiveReason",
                "applicationTitle",
                "appliedAt",
                "currentStage"
            ]
        );
        for field in ["id", "contact", "opportunityId", "name", "email"] {
            assert!(row.get(field).is_none(), "{field}");
        }
    }
}

#[tokio::test]
async fn s3_18_eeo_responses_with_people_expand() {
    let lever = lever().await;
    let all = lever.walk("/eeo/responses/pii", 9).await;
    let row = &all[0];
    assert_eq!(
        keys(row)[..16],
        [
            "id",
            "applicationArchivedAt",
            "applicationArchivedBy",
            "applicationArchiveReason",
            "applicationId",
            "applicationTitle",
            "appliedAt",
            "currentStage",
            "contact",
            "eeoResponseSource",
            "eeoSurveyRespondedAt",
            "hiredDate",
            "hiringManager",
            "opportunityId",
            "opportunityOwner",
            "origin"
        ]
    );
    assert_eq!(row["eeoResponseSource"], "api");
    assert!(all.iter().all(|row| row["gender"].is_string()));
    let opportunity = lever
        .get(&format!("/opportunities/{}", text(&row["opportunityId"])))
        .await;
    assert_eq!(opportunity.data()["contact"], row["contact"]);
    assert_eq!(opportunity.data()["applications"][0], row["applicationId"]);
    let expanded = lever
        .get("/eeo/responses/pii?limit=1&expand=contact&expand=posting&expand=hiringManager")
        .await;
    assert_eq!(expanded.rows()[0]["contact"]["id"], row["contact"]);
    assert_eq!(expanded.rows()[0]["posting"]["text"], row["applicationTitle"]);
    lever
        .get("/eeo/responses/pii?expand=origin")
        .await
        .refused(400, "BadRequestError");
    let middle = all[all.len() / 2]["appliedAt"].as_i64().unwrap();
    let since = lever
        .walk(&format!("/eeo/responses/pii?created_at_start={middle}"), 100)
        .await;
    let expected = all.iter().filter(|row| row["appliedAt"].as_i64() >= Some(middle));
    assert_eq!(since.len(), expected.count());
}

#[tokio::test]
async fn s3_18_a_postings_surveys_can_be_narrowed_by_place() {
    let lever = lever().await;
    let path = format!("/surveys/diversity/{}", lever.posting("Platform Engineer").await);
    let all = lever.get(&path).await;
    assert_eq!(all.rows().len(), 2);
    assert_eq!(
        keys(&all.rows()[0]),
        [
            "id",
            "createdAt",
            "updatedAt",
            "text",
            "candidateLocations",
            "instructions",
            "fields"
        ]
    );
    let german = lever.get(&format!("{path}?country_code=DE")).await;
    assert_eq!(german.rows(), &all.rows()[..1]);
    assert_eq!(
        german.rows()[0]["candidateLocations"],
        json!({ "countryCodes": ["DE"] })
    );
    let berlin = lever.get(&format!("{path}?location=Berlin")).await;
    assert_eq!(berlin.rows(), &all.rows()[1..]);
    assert_eq!(berlin.rows()[0]["postingLocations"], json!(["Berlin"]));
    assert!(lever.get(&format!("{path}?country_code=FR")).await.rows().is_empty());
    lever
        .get("/surveys/diversity/nope")
        .await
        .refused(404, "ResourceNotFound");
}

#[tokio::test]
async fn s3_18_audit_events_are_newest_first_and_filtered() {
    let lever = lever().await;
    let all = lever.walk("/audit_events", 10).await;
    let times: Vec<i64> = all.iter().map(|row| -row["createdAt"].as_i64().unwrap()).collect();
    assert!(times.is_sorted());
    assert_eq!(keys(&all[0]), ["id", "createdAt", "type", "user", "target", "meta"]);
    let helena = lever.user("Helena Brandt").await;
    let maya = lever.user("Maya Okafor").await;
    let middle = all[all.len() / 2]["createdAt"].as_i64().unwrap();
    type Filter<'a> = (String, Box<dyn Fn(&Value) -> bool + 'a>);
    let filters: Vec<Filter<'_>> = vec![
        (
            "type=user:deactivated".into(),
            Box::new(|row| row["type"] == "user:deactivated"),
        ),
        (format!("user_id={maya}"), Box::new(|row| row["user"]["id"] == maya)),
        ("user_id=null".into(), Box::new(|row| row["user"].is_null())),
        ("target_type=key".into(), Box::new(|row| row["target"]["type"] == "key")),
        (
            format!("target_type=user&target_id={helena}"),
            Box::new(|row| row["target"]["id"] == helena),
        ),
        (
            format!("created_at_start={middle}"),
            Box::new(|row| row["createdAt"].as_i64() >= Some(middle)),
        ),
    ];
    for (query, keeps) in filters {
        let found = lever.walk(&format!("/audit_events?{query}"), 100).await;
        let expected: Vec<&Value> = all.iter().filter(|row| keeps(row)).collect();
        assert!(!expected.is_empty() && expected.len() < all.len(), "{query}");
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{query}");
    }
    lever
        .get(&format!("/audit_events?target_id={helena}"))
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_19_a_webhook_shows_its_token_once() {
    let lever = lever().await;
    let body = json!({ "url": "https://hooks.example.org/1", "event": "applicationCreated" });
    let made = lever.post("/webhooks", body).await;
    assert_eq!(made.status, 201);
    assert_eq!(
        keys(made.data()),
        ["id", "event", "url", "configuration", "createdAt", "updatedAt"]
    );
    let configuration = &made.data()["configuration"];
    let origins = configuration["conditions"]["origins"].as_array().unwrap();
    assert_eq!(origins.len(), 6, "all by default");
    let token = text(&configuration["signatureToken"]);
    assert_eq!(token.len(), 48);
    assert!(token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let second = lever
        .post(
            "/webhooks",
            json!({ "url": "https://x.example.org", "event": "interviewCreated" }),
        )
        .await;
    assert_ne!(second.data()["configuration"]["signatureToken"], token);
    let list = lever.get("/webhooks").await;
    assert_eq!(keys(&list.body), ["data"], "no hasNext (recorded)");
    let listed = list.rows().iter().find(|row| row["id"] == made.data()["id"]).unwrap();
    assert_eq!(keys(&listed["configuration"]), ["conditions"]);
    for body in [
        json!({ "event": "applicationCreated" }),
        json!({ "url": "https://x.example.org" }),
        json!({ "url": "https://x.example.org", "event": "noSuchEvent" }),
        json!({ "url": "http://x.example.org", "event": "applicationCreated" }),
        json!({ "url": "https://x.example.org", "event": "applicationCreated",
            "configuration": { "conditions": { "origins": ["nowhere"] } } }),
        json!({ "url": "https://x.example.org", "event": "contactCreated",
            "configuration": { "conditions": { "origins": ["applied"] } } }),
    ] {
        let refused = lever.post("/webhooks", body.clone()).await;
        assert_eq!(refused.status, 400, "{body}");
    }
}

#[tokio::test]
async fn s3_19_webhooks_are_updated_several_at_once_and_deleted() {
    let lever = lever().await;
    let mut ids = Vec::new();
    for number in 0..2 {
        let body = json!({ "url": format!("https://hooks.example.org/{number}"), "event": "candidateHired" });
        ids.push(text(&lever.post("/webhooks", body).await.data()["id"]));
    }
    let body = json!({ "data": [
        { "id": ids[0], "url": "https://hooks.example.org/new" },
        { "id": ids[1], "configuration": { "conditions": { "origins": ["sourced"] } } },
    ] });
    let answer = lever.put("/webhooks", body).await;
    assert_eq!(answer.status, 200);
    let [first, second] = answer.rows() else {
        panic!("{answer:?}");
    };
    assert_eq!(first["url"], "https://hooks.example.org/new");
    assert_eq!(
        first["configuration"]["conditions"]["origins"]
            .as_array()
            .unwrap()
            .len(),
        6
    );
    assert_eq!(second["url"], "https://hooks.example.org/1");
    assert_eq!(
        second["configuration"],
        json!({ "conditions": { "origins": ["sourced"] } })
    );
    assert!(lever.get("/webhooks").await.rows().contains(first));
    let in_app = text(&lever.get("/webhooks").await.rows()[0]["id"]);
    let body = json!({ "data": [{ "id": ids[0], "url": "https://x.example.org" }, { "id": in_app }] });
    lever.put("/webhooks", body).await.refused(400, "BadRequestError");
    assert!(lever.get("/webhooks").await.rows().contains(first), "all or none");
    lever
        .delete(&format!("/webhooks/{in_app}"))
        .await
        .refused(400, "BadRequestError");
    let path = format!("/webhooks/{}", ids[0]);
    assert_eq!(lever.delete(&path).await.status, 204);
    lever.delete(&path).await.refused(404, "ResourceNotFound");
}
