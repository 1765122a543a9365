//! Envelopes, pages, filters, `expand` and `include` (lever-api §2.1–§2.4, §3.1, §3.6–§3.8).

use serde_json::{Value, json};

use sandbox::clock::{Clock, DAY_MS, Timestamp};
use sandbox::config::Config;

use crate::support::{keys, lever, lever_with, text, unlimited};

#[tokio::test]
async fn s2_1_one_object_is_data_and_a_list_has_data_next_and_has_next() {
    let lever = lever().await;
    let list = lever.get("/opportunities?limit=3").await;
    assert_eq!(keys(&list.body), ["data", "next", "hasNext"]);
    assert_eq!(list.rows().len(), 3);
    let id = &list.ids()[0];
    let one = lever.get(&format!("/opportunities/{id}")).await;
    assert_eq!(keys(&one.body), ["data"]);
    let last = lever.get("/stages").await;
    assert_eq!(keys(&last.body), ["data", "hasNext"]);
    assert_eq!(last.body["hasNext"], false);
}

#[tokio::test]
async fn s2_4_replies_carry_the_recorded_headers_and_a_date() {
    let lever = lever().await;
    let headers = lever.get("/stages").await.headers;
    assert_eq!(headers["content-type"], "application/json; charset=utf-8");
    assert_eq!(headers["server"], "lever-data-api");
    assert_eq!(headers["x-lever-region"], "global");
    assert_eq!(headers["x-stream-path"], "dapi");
    for name in [
        "date",
        "strict-transport-security",
        "x-content-type-options",
        "x-frame-options",
        "x-xss-protection",
    ] {
        assert!(headers.contains_key(name), "{name}");
    }
}

/// §2.2: stage rank up, `lastAdvancedAt` down, `id` up; every row exactly once whatever the page size.
#[tokio::test]
async fn s2_2_a_walk_gives_every_row_once_in_the_documented_order() {
    let lever = lever().await;
    let stats = lever.stats().await;
    let stages = lever.get("/disposition_stages").await;
    let rank = |row: &Value| {
        let stages = stages.data()["stages"].as_array().unwrap();
        let stage = stages.iter().find(|stage| stage["id"] == row["stage"]).unwrap();
        (stage["rank"].as_f64().unwrap() * 1_000.0) as i64
    };
    let whole = lever.walk("/opportunities?confidentiality=all", 100).await;
    assert_eq!(whole.len() as u64, stats["opportunities"].as_u64().unwrap());
    let order: Vec<_> = whole
        .iter()
        .map(|row| (rank(row), -row["lastAdvancedAt"].as_i64().unwrap(), text(&row["id"])))
        .collect();
    assert!(order.is_sorted_by(|a, b| a < b), "strictly rising: no row twice");
    assert!(
        order.iter().any(|(rank, _, _)| rank % 1_000 != 0),
        "fractional ranks occur"
    );
    let small = lever.walk("/opportunities?confidentiality=all", 7).await;
    assert!(small == whole);
}

#[tokio::test]
async fn s2_2_a_token_is_the_inclusive_start_key_and_is_read_single_and_double_encoded() {
    let lever = lever().await;
    let first = lever.get("/opportunities?limit=5").await;
    let token = text(&first.body["next"]);
    assert!(token.starts_with("%5B") && token.ends_with("%22%5D"), "{token}");
    let single = lever.get(&format!("/opportunities?limit=5&offset={token}")).await;
    let double_encoded = token.replace('%', "%25");
    let double = lever
        .get(&format!("/opportunities?limit=5&offset={double_encoded}"))
        .await;
    assert_eq!(single.body, double.body);
    let key: Value = serde_json::from_str(
        &token
            .replace("%5B", "[")
            .replace("%5D", "]")
            .replace("%2C", ",")
            .replace("%22", "\""),
    )
    .unwrap();
    let row = &single.rows()[0];
    assert_eq!(
        key,
        json!([key[0], row["lastAdvancedAt"], row["id"]]),
        "the next page starts with the key itself"
    );
    let whole = lever.get("/opportunities?limit=10").await;
    assert_eq!(whole.ids()[5..], single.ids());
}

#[tokio::test]
async fn s2_2_the_token_of_users_and_postings_is_created_at_and_id() {
    let lever = lever().await;
    for path in ["/users", "/postings"] {
        let rows = lever.walk(path, 3).await;
        let order: Vec<_> = rows
            .iter()
            .map(|row| (-row["createdAt"].as_i64().unwrap(), text(&row["id"])))
            .collect();
        assert!(order.is_sorted_by(|a, b| a < b), "{path}");
        let next = text(&lever.get(&format!("{path}?limit=3")).await.body["next"]);
        let created = rows[3]["createdAt"].to_string();
        assert_eq!(next, format!("%5B{created}%2C%22{}%22%5D", text(&rows[3]["id"])));
    }
}

#[tokio::test]
async fn s2_2_a_bad_limit_or_offset_is_a_400() {
    let lever = lever().await;
    for path in ["/opportunities", "/users", "/tags"] {
        for limit in ["0", "101", "-1", "many"] {
            let answer = lever.get(&format!("{path}?limit={limit}")).await;
            answer.refused(400, "BadRequestError");
        }
        assert_eq!(lever.get(&format!("{path}?limit=100")).await.status, 200);
        for offset in ["nonsense", "%5B1%5D", "%7B%7D", "%5B%22a%22%2C2%2C3%5D"] {
            let message = lever
                .get(&format!("{path}?offset={offset}"))
                .await
                .refused(400, "BadRequestError");
            assert!(message.starts_with("Invalid offset token"), "{message}");
        }
    }
}

#[tokio::test]
async fn s2_4_unknown_paths_methods_and_ids_are_404() {
    let lever = lever().await;
    lever.get("/nothing").await.refused(404, "ResourceNotFound");
    lever
        .send(lever.request("DELETE", "/opportunities"))
        .await
        .refused(404, "ResourceNotFound");
    let id = "5b1f6d0e-2f0a-4a6b-9d0c-0f6b7a1c9e99";
    let message = lever
        .get(&format!("/opportunities/{id}"))
        .await
        .refused(404, "ResourceNotFound");
    assert_eq!(message, format!("opportunities {id} was not found"));
    for path in ["contacts", "users", "postings", "stages", "archive_reasons"] {
        lever
            .get(&format!("/{path}/{id}"))
            .await
            .refused(404, "ResourceNotFound");
    }
}

#[tokio::test]
async fn s3_1_an_opportunity_has_the_recorded_keys_in_the_recorded_order() {
    let lever = lever().await;
    let ines = lever.ines().await;
    assert_eq!(
        keys(&ines),
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
            "opportunityLocation",
        ]
    );
    assert_eq!(ines["headline"], "Harbor Labs, Quarry & Co");
    assert_eq!(ines["opportunityLocation"], "Remote");
    let without_posting = lever.get("/opportunities?tag=Rust&archived=false").await;
    let prospect = without_posting
        .rows()
        .iter()
        .find(|row| row["applications"] == json!([]))
        .unwrap();
    assert!(
        prospect.get("opportunityLocation").is_none(),
        "only with an application"
    );
}

/// Every filter alone, against a filter written here over the whole list.
#[tokio::test]
async fn s3_1_every_filter_leaves_exactly_what_it_says() {
    let lever = lever().await;
    let whole = lever.walk("/opportunities?expand=applications", 100).await;
    let ines = lever.ines().await;
    let (contact, reason) = (text(&ines["contact"]), lever.reason("Timing").await);
    let (stage, posting) = (
        lever.stage("Phone screen").await,
        lever.posting("Backend Engineer").await,
    );
    let mut advanced: Vec<i64> = whole
        .iter()
        .map(|row| row["lastAdvancedAt"].as_i64().unwrap())
        .collect();
    advanced.sort_unstable();
    let middle = advanced[advanced.len() / 2];
    let has = |row: &Value, field: &str, value: &str| row[field].as_array().unwrap().contains(&json!(value));
    let on = |row: &Value, posting: &str| row["applications"][0]["posting"] == posting;
    type Filter<'a> = (String, Box<dyn Fn(&Value) -> bool + 'a>);
    let filters: Vec<Filter<'_>> = vec![
        ("tag=Rust".into(), Box::new(|row| has(row, "tags", "Rust"))),
        ("tag=rust".into(), Box::new(|_| false)),
        (
            "tag=Rust&tag=Python".into(),
            Box::new(|row| has(row, "tags", "Rust") || has(row, "tags", "Python")),
        ),
        (
            "source=LinkedIn".into(),
            Box::new(|row| has(row, "sources", "LinkedIn")),
        ),
        (
            "email=%20INES.K%40Example.ORG".into(),
            Box::new(|row| row["contact"] == contact),
        ),
        ("origin=referred".into(), Box::new(|row| row["origin"] == "referred")),
        (format!("stage_id={stage}"), Box::new(|row| row["stage"] == stage)),
        (
            format!("stage_id={stage}&stage_id=offer"),
            Box::new(|row| row["stage"] == stage || row["stage"] == "offer"),
        ),
        (
            format!("contact_id={contact}"),
            Box::new(|row| row["contact"] == contact),
        ),
        (
            format!("archive_reason_id={reason}"),
            Box::new(|row| row["archived"]["reason"] == reason),
        ),
        (format!("posting_id={posting}"), Box::new(|row| on(row, &posting))),
        (
            format!("archived_posting_id={posting}"),
            Box::new(|row| on(row, &posting) && !row["applications"][0]["archived"].is_null()),
        ),
        ("archived=true".into(), Box::new(|row| !row["archived"].is_null())),
        ("archived=false".into(), Box::new(|row| row["archived"].is_null())),
        (
            "location=Remote&location=Berlin".into(),
            Box::new(|row| row["opportunityLocation"] == "Remote" || row["opportunityLocation"] == "Berlin"),
        ),
        (
            "origin=referred&origin=agency&archived=true".into(),
            Box::new(|row| (row["origin"] == "referred" || row["origin"] == "agency") && !row["archived"].is_null()),
        ),
        (
            format!("archived_at_end={middle}"),
            Box::new(|row| row["archived"]["archivedAt"].as_i64().is_some_and(|at| at <= middle)),
        ),
        (
            format!("updated_at_end={middle}"),
            Box::new(|row| row["updatedAt"].as_i64().is_some_and(|at| at <= middle)),
        ),
        (
            format!("posting_id={posting}&posting_id=no-such-posting&stage_id={stage}"),
            Box::new(|row| on(row, &posting) && row["stage"] == stage),
        ),
        (
            "location=Remote".into(),
            Box::new(|row| row["opportunityLocation"] == "Remote"),
        ),
        (
            "location=unspecified".into(),
            Box::new(|row| row["opportunityLocation"] == "unspecified"),
        ),
        (
            format!("advanced_at_start={middle}"),
            Box::new(|row| row["lastAdvancedAt"].as_i64().unwrap() >= middle),
        ),
        (
            format!("advanced_at_end={middle}"),
            Box::new(|row| row["lastAdvancedAt"].as_i64().unwrap() <= middle),
        ),
        (
            format!("created_at_start={middle}&created_at_end={middle}"),
            Box::new(|row| row["createdAt"].as_i64().unwrap() == middle),
        ),
        (
            format!("updated_at_start={middle}"),
            Box::new(|row| row["updatedAt"].as_i64().is_some_and(|at| at >= middle)),
        ),
        ("updated_at_start=0".into(), Box::new(|row| !row["updatedAt"].is_null())),
        (
            "created_at_start=0&created_at_end=9223372036854775807".into(),
            Box::new(|_| true),
        ),
        (
            format!("archived_at_start={middle}"),
            Box::new(|row| row["archived"]["archivedAt"].as_i64().is_some_and(|at| at >= middle)),
        ),
        ("stage_id=no-such-stage".into(), Box::new(|_| false)),
        ("unknown_parameter=1".into(), Box::new(|_| true)),
    ];
    for (query, keeps) in filters {
        let found = lever
            .walk(&format!("/opportunities?expand=applications&{query}"), 50)
            .await;
        let expected: Vec<&Value> = whole.iter().filter(|row| keeps(row)).collect();
        assert_eq!(
            found.iter().map(|row| &row["id"]).collect::<Vec<_>>(),
            expected.iter().map(|row| &row["id"]).collect::<Vec<_>>(),
            "{query}"
        );
    }
    lever
        .get("/opportunities?created_at_start=yesterday")
        .await
        .refused(400, "BadRequestError");
    lever
        .get("/opportunities?archived=maybe")
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_1_snoozed_is_told_by_the_present_time_and_both_are_listed_by_default() {
    // Seeded people are snoozed for at most a hundred days: the account must be a fresh one.
    let yesterday = Timestamp::from_millis(Clock::system().as_millis() - DAY_MS);
    let lever = lever_with(Config {
        anchor: Some(yesterday),
        ..unlimited()
    })
    .await;
    let whole = lever.walk("/opportunities", 100).await;
    let now = Clock::system().as_millis();
    let is = |row: &Value| row["snoozedUntil"].as_i64() > Some(now);
    let asleep = lever.walk("/opportunities?snoozed=true", 100).await;
    assert!(!asleep.is_empty() && asleep.iter().all(is));
    let awake = lever.walk("/opportunities?snoozed=false", 100).await;
    assert!(!awake.iter().any(is));
    assert_eq!(asleep.len() + awake.len(), whole.len());
}

#[tokio::test]
async fn s3_1_updated_at_start_does_not_match_rows_without_updated_at() {
    let lever = lever().await;
    let whole = lever.walk("/opportunities", 100).await;
    let unknown = whole.iter().filter(|row| row["updatedAt"].is_null()).count();
    assert!(unknown > whole.len() / 4, "null updatedAt on old rows");
    let known = lever.walk("/opportunities?updated_at_start=0", 100).await;
    assert_eq!(known.len(), whole.len() - unknown);
}

#[tokio::test]
async fn s2_3_expand_gives_objects_and_names_what_cannot_be_expanded() {
    let lever = lever().await;
    let id = text(&lever.ines().await["id"]);
    let path = format!("/opportunities/{id}");
    let expands = "expand=applications&expand=stage&expand=owner&expand=followers&expand=sourcedBy&expand=contact";
    let whole = lever.get(&format!("{path}?{expands}")).await;
    let row = whole.data();
    assert_eq!(row["stage"]["text"], "Onsite interview");
    assert_eq!(row["owner"]["name"], "Maya Okafor");
    assert_eq!(row["sourcedBy"]["name"], "Maya Okafor");
    assert_eq!(row["followers"][0]["name"], "Maya Okafor");
    assert_eq!(row["contact"]["location"]["name"], "Gdynia");
    assert_eq!(row["applications"][0]["opportunityId"], id);
    assert_eq!(
        keys(&row["applications"][0]),
        [
            "id",
            "type",
            "candidateId",
            "opportunityId",
            "posting",
            "postingHiringManager",
            "postingOwner",
            "name",
            "company",
            "phone",
            "email",
            "links",
            "comments",
            "user",
            "customQuestions",
            "createdAt",
            "archived",
            "requisitionForHire",
            "ipAddress",
            "referer",
            "userAgent",
            "acceptLanguage",
            "timezone",
        ]
    );
    let message = lever
        .get(&format!("{path}?expand=posting"))
        .await
        .refused(400, "BadRequestError");
    assert_eq!(message, "posting is not expandable");
}

#[tokio::test]
async fn s2_3_include_takes_away_and_expanded_fields_stay() {
    let lever = lever().await;
    let path = format!("/opportunities/{}", text(&lever.ines().await["id"]));
    let few = lever.get(&format!("{path}?include=name&include=id&expand=owner")).await;
    assert_eq!(keys(few.data()), ["id", "name", "owner"]);
    let whole = lever.get(&format!("{path}?include=followers")).await;
    assert!(keys(whole.data()).len() > 20);
    let page = lever
        .get("/opportunities?include=id&include=stage&expand=stage&expand=contact&limit=3")
        .await;
    for row in page.rows() {
        assert_eq!(keys(row), ["id", "contact", "stage"], "on lists too, in Lever's order");
        assert!(row["contact"]["id"].is_string() && row["stage"]["text"].is_string());
    }
    assert!(page.body["next"].is_string());
}

#[tokio::test]
async fn s3_1_the_deleted_list_is_an_empty_page() {
    let lever = lever().await;
    let deleted = lever.get("/opportunities/deleted").await;
    assert_eq!(deleted.body, json!({ "data": [], "hasNext": false }));
}

#[tokio::test]
async fn s3_3_a_candidate_is_an_opportunity() {
    let lever = lever().await;
    assert_eq!(
        lever.get("/candidates?limit=5").await.body,
        lever.get("/opportunities?limit=5").await.body
    );
    let id = text(&lever.ines().await["id"]);
    assert_eq!(
        lever.get(&format!("/candidates/{id}")).await.body,
        lever.get(&format!("/opportunities/{id}")).await.body
    );
}

#[tokio::test]
async fn s3_6_stages_have_slugs_or_uuids_and_stand_in_pipeline_order() {
    let lever = lever().await;
    let stages = lever.get("/stages").await;
    let names: Vec<_> = stages.rows().iter().map(|stage| text(&stage["text"])).collect();
    assert_eq!(names[..4], ["New lead", "Reached out", "Responded", "New applicant"]);
    assert_eq!(
        stages.ids()[..4],
        ["lead-new", "lead-reached-out", "lead-responded", "applicant-new"]
    );
    assert_eq!(stages.ids().last().unwrap(), "offer");
    let both = lever.get("/disposition_stages").await;
    let data = both.data();
    assert_eq!(data["stages"][0]["rank"], 1);
    assert!(
        data["stages"]
            .as_array()
            .unwrap()
            .iter()
            .any(|stage| stage["rank"] == 230.5)
    );
    let reasons = data["archiveReasons"].as_array().unwrap();
    assert_eq!(reasons.iter().filter(|reason| reason["type"] == "hired").count(), 1);
    assert!(
        reasons
            .iter()
            .filter(|reason| reason["type"] != "hired")
            .all(|reason| reason["type"].is_null())
    );
}

#[tokio::test]
async fn s3_6_archive_reasons_can_be_filtered_and_inactive_ones_are_listed() {
    let lever = lever().await;
    let all = lever.get("/archive_reasons").await;
    assert!(all.rows().iter().any(|reason| reason["status"] == "inactive"));
    let hired = lever.get("/archive_reasons?type=hired").await;
    assert_eq!(hired.rows().len(), 1);
    assert_eq!(hired.rows()[0]["text"], "Hired");
    let others = lever.get("/archive_reasons?type=non-hired").await;
    assert_eq!(others.rows().len() + 1, all.rows().len());
}

#[tokio::test]
async fn s3_6_tags_and_sources_are_counted_and_stand_without_regard_to_case() {
    let lever = lever().await;
    let whole = lever.walk("/opportunities?confidentiality=all", 100).await;
    for (path, field) in [("/tags", "tags"), ("/sources", "sources")] {
        let labels = lever.walk(path, 4).await;
        let lower: Vec<_> = labels.iter().map(|label| text(&label["text"]).to_lowercase()).collect();
        assert!(lower.is_sorted());
        for label in &labels {
            assert_eq!(keys(label), ["count", "text"]);
            let carrying = whole
                .iter()
                .filter(|row| row[field].as_array().unwrap().contains(&label["text"]));
            assert_eq!(label["count"], carrying.count(), "{label}");
        }
    }
}

#[tokio::test]
async fn s3_7_users_hide_deactivated_ones_and_compare_mail_without_case() {
    let lever = lever().await;
    let active = lever.walk("/users", 100).await;
    let all = lever.walk("/users?includeDeactivated=true", 100).await;
    assert!(active.len() < all.len());
    assert!(active.iter().all(|user| user["deactivatedAt"].is_null()));
    let jonas = lever.get("/users?email=jonas.lindqvist@EXAMPLE.org").await;
    assert_eq!(jonas.rows()[0]["email"], "Jonas.Lindqvist@example.org");
    assert_eq!(
        keys(&jonas.rows()[0]),
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
            "managerId",
        ]
    );
    let roles = lever
        .get("/users?accessRole%5B%5D=admin&accessRole%5B%5D=super%20admin")
        .await;
    assert_eq!(roles.rows().len(), 2);
}

#[tokio::test]
async fn s3_8_published_means_on_the_public_site_unless_both_channels_are_named() {
    let lever = lever().await;
    let titles = |rows: Vec<Value>| -> Vec<String> { rows.iter().map(|row| text(&row["text"])).collect() };
    let public = titles(lever.walk("/postings?state=published", 100).await);
    assert!(public.contains(&"Data Platform Lead".to_owned()));
    assert!(!public.contains(&"People Partner".to_owned()), "internal channel only");
    let both = titles(
        lever
            .walk(
                "/postings?state=published&distributionChannel=public&distributionChannel=internal",
                100,
            )
            .await,
    );
    assert!(both.contains(&"People Partner".to_owned()));
    let everything = lever.walk("/postings", 100).await;
    let states: std::collections::HashSet<_> = everything.iter().map(|row| text(&row["state"])).collect();
    assert!(states.len() >= 5, "{states:?}");
    for row in &everything {
        assert_eq!(row["distributionChannels"].is_null(), row["state"] != "published");
        assert_eq!(row["urls"].is_null(), row["state"] == "draft");
    }
}

#[tokio::test]
async fn s3_8_updated_at_combines_only_with_confidentiality() {
    let lever = lever().await;
    lever
        .get("/postings?updated_at_start=0&team=Data")
        .await
        .refused(400, "BadRequestError");
    assert_eq!(
        lever
            .get("/postings?updated_at_start=0&confidentiality=all")
            .await
            .status,
        200
    );
    let data = lever.walk("/postings?team=Data&location=Remote", 100).await;
    assert!(data.iter().any(|row| row["text"] == "Data Platform Lead"));
    assert!(data.iter().all(|row| row["categories"]["team"] == "Data"));
    let expanded = lever.get("/postings?team=Data&expand=owner&expand=hiringManager").await;
    let lead = expanded
        .rows()
        .iter()
        .find(|row| row["text"] == "Data Platform Lead")
        .unwrap();
    assert_eq!(lead["owner"]["name"], "Maya Okafor");
    assert_eq!(lead["hiringManager"]["name"], "Priya Raman");
}

#[tokio::test]
async fn s4_9_double_slashes_last_slashes_and_stray_parameters_get_by() {
    let lever = lever().await;
    let plain = lever.get("/opportunities?limit=2").await;
    for path in [
        "//opportunities?limit=2",
        "/opportunities/?limit=2",
        "/opportunities?limit=2&wat=1",
    ] {
        assert_eq!(lever.get(path).await.body, plain.body, "{path}");
    }
}
