//! What stands inside replies: key order, what may be null and when, and how large rows are (lever-api §2.4, §3, §4.8).

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::support::{Lever, keys, lever, text};

fn rows(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn is_id(value: &Value) -> bool {
    let text = value.as_str().unwrap_or("");
    text.len() == 36 && text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

fn is_id_or_null(value: &Value) -> bool {
    value.is_null() || is_id(value)
}

fn is_time_or_null(value: &Value) -> bool {
    value.is_null() || value.is_i64()
}

fn is_text_or_null(value: &Value) -> bool {
    value.is_null() || value.is_string()
}

#[tokio::test]
async fn s2_4_an_error_is_code_and_message_in_this_order() {
    let lever = lever().await;
    for path in [
        "/nothing",
        "/users/nobody",
        "/users?limit=0",
        "/requisition_fields/none",
    ] {
        let answer = lever.get(path).await;
        assert_eq!(keys(&answer.body), ["code", "message"], "{path}");
        assert_eq!(answer.headers["content-type"], "application/json; charset=utf-8");
    }
}

/// §3.1: types and nulls of every field, in every row.
#[tokio::test]
async fn s3_1_every_field_of_every_opportunity_is_of_its_type() {
    let lever = lever().await;
    let stages: HashSet<String> = lever.get("/stages").await.ids().into_iter().collect();
    let all = lever
        .walk("/opportunities?confidentiality=all&expand=applications", 100)
        .await;
    let mut seen: HashSet<&str> = HashSet::new();
    for row in &all {
        for field in ["name", "headline", "location"] {
            assert!(row[field].is_string(), "{field}: {row}");
        }
        assert!(is_id(&row["id"]) && is_id(&row["contact"]), "{row}");
        assert!(stages.contains(row["stage"].as_str().unwrap()), "{row}");
        for phone in rows(&row["phones"]) {
            assert_eq!(keys(phone), ["type", "value"]);
            let kind = phone["type"].as_str().unwrap();
            assert!(["mobile", "home", "work", "skype", "other"].contains(&kind), "{kind}");
        }
        for field in ["emails", "links", "tags", "sources"] {
            assert!(rows(&row[field]).iter().all(Value::is_string), "{field}");
        }
        if !row["archived"].is_null() {
            seen.insert("archived");
            assert_eq!(keys(&row["archived"]), ["reason", "archivedAt"]);
        }
        for change in rows(&row["stageChanges"]) {
            let known = &["toStageId", "toStageIndex", "updatedAt", "userId"][..keys(change).len()];
            assert_eq!(keys(change), known);
            seen.insert(if change.get("userId").is_some() {
                "userId"
            } else {
                "no userId"
            });
            assert!(change["toStageIndex"].is_u64() && change["updatedAt"].is_i64());
        }
        let times: Vec<i64> = rows(&row["stageChanges"])
            .iter()
            .map(|change| change["updatedAt"].as_i64().unwrap())
            .collect();
        assert!(times.is_sorted(), "oldest first");
        let origin = row["origin"].as_str().unwrap();
        assert!(["agency", "applied", "internal", "referred", "sourced", "university"].contains(&origin));
        assert!(is_id_or_null(&row["sourcedBy"]) && is_id_or_null(&row["owner"]));
        assert!(
            origin == "sourced" || row["sourcedBy"].is_null(),
            "only sourced ones have sourcedBy"
        );
        assert!(rows(&row["followers"]).iter().all(is_id));
        assert!(rows(&row["applications"]).len() <= 1);
        for field in ["createdAt", "lastInteractionAt", "lastAdvancedAt"] {
            assert!(row[field].is_i64(), "{field}");
        }
        assert!(is_time_or_null(&row["updatedAt"]) && is_time_or_null(&row["snoozedUntil"]));
        let id = text(&row["id"]);
        assert_eq!(
            row["urls"],
            json!({ "list": "https://hire.lever.co/candidates", "show": format!("https://hire.lever.co/candidates/{id}") })
        );
        assert_eq!(keys(&row["urls"]), ["list", "show"]);
        assert!(row["isAnonymized"].is_boolean());
        assert!(row["dataProtection"].is_null(), "no policy applies");
        assert_eq!(
            row.get("opportunityLocation").is_some(),
            row["applications"] != json!([]),
            "only with an application"
        );
        if row["snoozedUntil"].is_i64() {
            seen.insert("snoozed");
        }
        if row["emails"] == json!([]) {
            seen.insert("no address");
        }
        if row["location"] == "" {
            seen.insert("no location");
        }
    }
    for case in [
        "archived",
        "userId",
        "no userId",
        "snoozed",
        "no address",
        "no location",
    ] {
        assert!(seen.contains(case), "{case}");
    }
    let places: HashSet<u64> = all
        .iter()
        .flat_map(|row| rows(&row["stageChanges"]))
        .filter(|change| change["toStageId"] == "offer")
        .map(|change| change["toStageIndex"].as_u64().unwrap())
        .collect();
    assert_eq!(places.len(), 2, "a stage was inserted: {places:?}");
}

/// §3.5
#[tokio::test]
async fn s3_5_what_an_application_knows_follows_from_its_type() {
    let lever = lever().await;
    let all = lever.walk("/opportunities?expand=applications", 100).await;
    let mut types = HashSet::new();
    for row in all.iter().filter(|row| row["applications"] != json!([])) {
        let application = &row["applications"][0];
        let kind = text(&application["type"]);
        assert_eq!(application["candidateId"], row["id"]);
        assert_eq!(application["opportunityId"], row["id"]);
        assert!(is_id(&application["posting"]) && is_id(&application["id"]));
        for field in ["postingHiringManager", "postingOwner", "user"] {
            assert!(is_id_or_null(&application[field]), "{field}");
        }
        for field in [
            "name",
            "company",
            "email",
            "comments",
            "ipAddress",
            "referer",
            "userAgent",
            "acceptLanguage",
            "timezone",
        ] {
            assert!(is_text_or_null(&application[field]), "{field}");
        }
        if kind == "user" {
            for field in ["name", "company", "email", "comments", "phone"] {
                assert!(application[field].is_null(), "{field} of type user");
            }
            assert_eq!(application["customQuestions"], json!([]));
        }
        assert_eq!(application["user"].is_null(), kind == "posting", "{application}");
        if !application["phone"].is_null() {
            assert_eq!(keys(&application["phone"]), ["type", "value"]);
            assert!(application["phone"]["type"].is_null() && application["phone"]["value"].is_string());
        }
        assert!(application["links"].is_array() && application["createdAt"].is_i64());
        assert_eq!(application["archived"].is_null(), row["archived"].is_null());
        if !application["archived"].is_null() {
            assert_eq!(keys(&application["archived"]), ["reason", "archivedAt"]);
            assert_eq!(application["archived"]["reason"], row["archived"]["reason"]);
        }
        types.insert(kind);
    }
    assert_eq!(types.len(), 3, "{types:?}");
}

/// §3.6
#[tokio::test]
async fn s3_6_stages_reasons_and_dispositions_have_the_recorded_keys() {
    let lever = lever().await;
    for (path, shape) in [
        ("/stages", vec!["id", "text"]),
        ("/archive_reasons", vec!["id", "text", "status", "type"]),
    ] {
        for row in lever.get(path).await.rows() {
            assert_eq!(keys(row), shape);
            let one = lever.get(&format!("{path}/{}", text(&row["id"]))).await;
            assert_eq!(one.data(), row);
        }
    }
    let both = lever.get("/disposition_stages").await;
    assert_eq!(keys(&both.body), ["data"]);
    assert_eq!(keys(both.data()), ["stages", "archiveReasons"]);
    for stage in rows(&both.data()["stages"]) {
        assert_eq!(keys(stage), ["id", "text", "pipeline", "rank", "hasInterview"]);
        let pipeline = stage["pipeline"].as_str().unwrap();
        assert!(["lead", "applicant", "screen", "onsite", "offer"].contains(&pipeline));
        assert!(stage["hasInterview"].is_boolean());
    }
    for reason in rows(&both.data()["archiveReasons"]) {
        assert_eq!(keys(reason), ["id", "text", "type", "status"]);
    }
    let rank = |slug: &str| {
        let stages = rows(&both.data()["stages"]);
        stages.iter().find(|stage| stage["id"] == slug).unwrap()["rank"].clone()
    };
    for (slug, expected) in [
        ("lead-new", 1),
        ("lead-reached-out", 3),
        ("lead-responded", 5),
        ("applicant-new", 101),
        ("offer", 261),
    ] {
        assert_eq!(rank(slug), expected, "{slug}");
    }
    lever
        .get("/archive_reasons?type=other")
        .await
        .refused(400, "BadRequestError");
}

/// §3.6: tags are case-sensitive and appear when used.
#[tokio::test]
async fn s3_6_tags_of_different_case_are_different_tags() {
    let lever = lever().await;
    let made = lever.create(json!({ "tags": ["Quiet", "quiet", "🌊 wave"] })).await;
    assert_eq!(made.data()["tags"], json!(["Quiet", "quiet", "🌊 wave"]));
    let tags = lever.walk("/tags", 100).await;
    for tag in ["Quiet", "quiet", "🌊 wave"] {
        assert!(tags.contains(&json!({ "count": 1, "text": tag })), "{tag}");
        let found = lever
            .send(lever.request("GET", "/opportunities").query(&[("tag", tag)]))
            .await;
        assert_eq!(found.rows().len(), 1, "{tag}");
    }
}

/// §3.7
#[tokio::test]
async fn s3_7_every_field_of_every_user_is_of_its_type() {
    let lever = lever().await;
    let all = lever.walk("/users?includeDeactivated=true", 100).await;
    let roles: HashSet<String> = all.iter().map(|user| text(&user["accessRole"])).collect();
    for role in [
        "super admin",
        "admin",
        "team member",
        "limited team member",
        "interviewer",
    ] {
        assert!(roles.contains(role), "{role} in {roles:?}");
    }
    for user in &all {
        let email = text(&user["email"]);
        assert_eq!(user["username"].as_str(), email.split('@').next());
        for field in ["photo", "externalDirectoryId", "jobTitle"] {
            assert!(is_text_or_null(&user[field]), "{field}");
        }
        assert!(is_id_or_null(&user["managerId"]) && is_time_or_null(&user["deactivatedAt"]));
        assert!(user["linkedContactIds"].is_null() || user["linkedContactIds"].is_array());
        let found = lever
            .get(&format!(
                "/users?includeDeactivated=true&email={}",
                email.to_uppercase()
            ))
            .await;
        assert_eq!(found.rows(), std::slice::from_ref(user), "the canonical form");
    }
}

/// §3.8
#[tokio::test]
async fn s3_8_every_field_of_every_posting_is_of_its_type() {
    let lever = lever().await;
    let mut ranges = 0;
    for row in lever.walk("/postings?confidentiality=all", 100).await {
        for field in ["user", "owner", "hiringManager"] {
            assert!(is_id_or_null(&row[field]), "{field}");
        }
        for field in ["commitment", "department", "location", "team"] {
            assert!(is_text_or_null(&row["categories"][field]), "{field}");
        }
        assert!(row["categories"]["level"].is_null() && row["reqCode"].is_null());
        for field in ["tags", "requisitionCodes"] {
            assert!(rows(&row[field]).iter().all(Value::is_string), "{field}");
        }
        for list in rows(&row["content"]["lists"]) {
            // The order of the recorded replies.
            assert_eq!(keys(list), ["content", "text"]);
            assert!(text(&list["content"]).starts_with("<li>"));
        }
        for (plain, html) in [("description", "descriptionHtml"), ("closing", "closingHtml")] {
            let plain = text(&row["content"][plain]);
            assert_eq!(plain.is_empty(), row["content"][html] == "", "{plain}");
            assert!(plain.is_empty() || plain.ends_with('\n'), "{plain}");
        }
        assert_eq!(text(&row["country"]).len(), 2);
        if !row["urls"].is_null() {
            assert_eq!(keys(&row["urls"]), ["list", "show", "apply"]);
            let id = text(&row["id"]);
            let show = text(&row["urls"]["show"]);
            assert!(
                show.starts_with("https://jobs.lever.co/") && show.ends_with(&id),
                "{show}"
            );
            assert_eq!(row["urls"]["apply"], format!("{show}/apply"));
        }
        let place = row["workplaceType"].as_str().unwrap();
        assert!(["unspecified", "onsite", "remote", "hybrid"].contains(&place));
        if let Some(range) = row.get("salaryRange") {
            assert_eq!(keys(range), ["min", "max", "currency", "interval"]);
            ranges += 1;
        }
        assert!(row["transcribeInterviews"].is_boolean());
        assert_eq!(keys(&row["screening"]), ["enabled"]);
    }
    assert!(ranges > 0);
}

/// §3.9
#[tokio::test]
async fn s3_9_a_comment_has_the_recorded_keys() {
    let lever = lever().await;
    let path = format!("/opportunities/{}/notes", text(&lever.ines().await["id"]));
    let made = lever.post(&path, json!({ "value": "x" })).await;
    for note in lever.get(&path).await.rows() {
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
                "createdAt"
            ],
            "noteId is in the reply to a create only"
        );
        assert_eq!(note["text"], "Note");
        assert!(note["deletedAt"].is_null());
        assert_eq!(
            keys(&note["fields"][0]),
            ["createdAt", "score", "stage", "text", "type", "user", "value"]
        );
        assert_eq!(
            (&note["fields"][0]["text"], &note["fields"][0]["type"]),
            (&json!("Comment"), &json!("note"))
        );
    }
    assert!(made.data()["user"].is_null(), "null without perform_as");
    assert_eq!(made.data()["secret"], false);
    assert!(made.data()["fields"][0]["score"].is_null());
}

/// §3.10: `ext` has a dot in files and none in résumés.
#[tokio::test]
async fn s3_10_a_resume_has_the_documented_keys_and_an_extension_without_a_dot() {
    let lever = lever().await;
    let path = format!("/opportunities/{}/resumes", text(&lever.ines().await["id"]));
    let resume = lever.get(&path).await.rows()[0].clone();
    assert_eq!(keys(&resume), ["id", "createdAt", "file", "parsedData"]);
    assert_eq!(
        keys(&resume["file"]),
        ["name", "ext", "downloadUrl", "uploadedAt", "status", "size"]
    );
    assert_eq!(keys(&resume["parsedData"]), ["positions", "schools"]);
    assert_eq!(
        keys(&resume["parsedData"]["schools"][0]),
        ["org", "degree", "field", "summary", "start", "end"]
    );
    assert_eq!(resume["file"]["ext"], "pdf");
    assert!(resume["file"]["uploadedAt"].is_i64() && resume["file"]["size"].is_u64());
}

/// §3.15: what fields of each type have beside the common keys.
#[tokio::test]
async fn s3_15_fields_of_each_type_have_their_own_keys() {
    let lever = lever().await;
    let common = ["description", "required", "text", "type", "id"];
    let check = async |path: &str, types: &[(&str, Value, &[&str])]| {
        let fields: Vec<Value> = types
            .iter()
            .map(|(kind, extra, _)| {
                let mut field = json!({ "type": kind, "text": kind });
                field
                    .as_object_mut()
                    .unwrap()
                    .extend(extra.as_object().unwrap().clone());
                field
            })
            .collect();
        let made = lever.post(path, json!({ "text": "All", "fields": fields })).await;
        assert_eq!(made.status, 201, "{made:?}");
        for (field, (kind, _, own)) in rows(&made.data()["fields"]).iter().zip(types) {
            let expected: Vec<&str> = common.iter().chain(own.iter()).copied().collect();
            assert_eq!(keys(field), expected, "{kind}");
            assert_eq!(field["required"], false, "{kind}");
        }
    };
    let options = json!({ "options": [{ "text": "A" }], "prompt": "Choose" });
    let only_options = json!({ "options": [{ "text": "A" }] });
    let own_options: &[&str] = &["options"];
    let prompted: &[&str] = &["prompt", "options"];
    let scores = json!({ "scores": [{ "text": "Code", "description": "" }] });
    check(
        "/feedback_templates",
        &[
            ("score-system", options.clone(), prompted),
            ("code", json!({ "language": "rust" }), &["language"]),
            ("date", json!({}), &[]),
            ("dropdown", options.clone(), prompted),
            ("multiple-choice", only_options.clone(), own_options),
            ("multiple-select", only_options.clone(), own_options),
            ("score", json!({}), &[]),
            ("scorecard", scores, &["scores"]),
            ("text", json!({}), &[]),
            ("textarea", json!({}), &[]),
            ("yes-no", json!({}), &[]),
        ],
    )
    .await;
    check(
        "/form_templates",
        &[
            ("currency", json!({ "currency": "EUR" }), &["currency"]),
            ("date", json!({}), &[]),
            ("dropdown", options, prompted),
            ("multiple-choice", only_options.clone(), own_options),
            ("multiple-select", only_options, own_options),
            ("text", json!({}), &[]),
            ("textarea", json!({}), &[]),
            ("yes-no", json!({}), &[]),
        ],
    )
    .await;
    for (path, kind) in [
        ("/feedback_templates", "currency"),
        ("/feedback_templates", "university"),
        ("/feedback_templates", "file-upload"),
        ("/form_templates", "code"),
        ("/form_templates", "score"),
        ("/form_templates", "scorecard"),
        ("/form_templates", "university"),
        ("/form_templates", "file-upload"),
    ] {
        let verdict = json!({ "type": "score-system", "text": "v" });
        let fields = json!([verdict, { "type": kind, "text": "x" }]);
        let body = json!({ "text": "x", "fields": fields });
        lever.post(path, body).await.refused(400, "BadRequestError");
    }
}

/// §3.16
#[tokio::test]
async fn s3_16_what_stands_inside_an_offer() {
    let lever = lever().await;
    let mut statuses = HashSet::new();
    for row in lever.walk("/opportunities?stage_id=offer", 100).await {
        for offer in lever
            .get(&format!("/opportunities/{}/offers", text(&row["id"])))
            .await
            .rows()
        {
            for field in rows(&offer["fields"]) {
                assert_eq!(keys(field), ["text", "identifier", "value"]);
            }
            let candidate = &offer["signatures"]["candidate"];
            if offer["signatures"]["candidate"].get("signed").is_some() {
                assert_eq!(
                    keys(candidate),
                    [
                        "role",
                        "name",
                        "email",
                        "firstOpenedAt",
                        "lastOpenedAt",
                        "signedAt",
                        "signed"
                    ]
                );
            } else {
                assert_eq!(keys(candidate), ["role", "name", "email"]);
            }
            assert_eq!(offer["approved"].is_null(), offer["approvedAt"].is_null());
            assert_eq!(offer["sentDocument"].is_null(), offer["sentAt"].is_null());
            if !offer["sentDocument"].is_null() {
                assert_eq!(keys(&offer["sentDocument"]), ["fileName", "uploadedAt", "downloadUrl"]);
            }
            statuses.insert(text(&offer["status"]));
        }
    }
    assert!(statuses.len() > 3, "{statuses:?}");
}

/// §3.17
#[tokio::test]
async fn s3_17_what_stands_inside_a_requisition() {
    let lever = lever().await;
    let (mut bands, mut approvals, mut none) = (0, 0, 0);
    for row in lever.walk("/requisitions?confidentiality=all", 100).await {
        for field in ["creator", "owner", "hiringManager"] {
            assert!(is_id_or_null(&row[field]), "{field}");
        }
        for field in ["employmentStatus", "location", "team", "department"] {
            assert!(is_text_or_null(&row[field]), "{field}");
        }
        for field in ["timeToFillStartAt", "timeToFillEndAt", "closedAt"] {
            assert!(is_time_or_null(&row[field]), "{field}");
        }
        assert!(row["headcountHired"].is_u64() && row["backfill"].is_boolean());
        assert_eq!(row["headcountInfinite"], row["headcountTotal"] == "unlimited");
        assert!(rows(&row["postings"]).iter().all(is_id) && rows(&row["offerIds"]).iter().all(is_id));
        assert_eq!(row["closedAt"].is_i64(), row["status"] == "closed");
        if !row["compensationBand"].is_null() {
            // The order of the recorded replies.
            assert_eq!(keys(&row["compensationBand"]), ["min", "max", "currency", "interval"]);
            bands += 1;
        }
        if row["approval"] == json!({ "steps": [] }) {
            none += 1;
            continue;
        }
        approvals += 1;
        let step = &row["approval"]["steps"][0];
        // The recorded replies: with the step's own id, and of an approver who has not answered no more than who it is.
        assert_eq!(
            keys(step),
            [
                "completed",
                "status",
                "outOfBandOnly",
                "approvalsRequired",
                "approvers",
                "id"
            ]
        );
        let approver = keys(&step["approvers"][0]);
        if step["completed"] == true {
            assert_eq!(approver, ["id", "user", "isDynamic", "approved", "approvedAt", "type"]);
        } else {
            assert_eq!(approver, ["id", "user", "isDynamic", "type"]);
        }
    }
    assert!(bands > 0 && approvals > 0 && none > 0, "{bands} {approvals} {none}");
    let by_code = lever
        .get("/requisitions?requisition_code=ENG-101&expand=creator&expand=hiringManager")
        .await;
    assert!(by_code.rows()[0]["creator"]["name"].is_string());
    assert!(by_code.rows()[0]["hiringManager"]["name"].is_string());
    let message = lever
        .get("/requisitions?expand=team")
        .await
        .refused(400, "BadRequestError");
    assert_eq!(message, "team is not expandable");
}

/// §3.18, §3.19
#[tokio::test]
async fn s3_18_s3_19_what_stands_inside_events_surveys_and_webhooks() {
    let lever = lever().await;
    let mut without_user = 0;
    for event in lever.walk("/audit_events", 100).await {
        assert_eq!(keys(&event["target"]), ["type", "id", "label"]);
        assert!(event["meta"].is_object());
        if event["user"].is_null() {
            without_user += 1;
        } else {
            assert_eq!(keys(&event["user"]), ["id", "name", "email", "role"]);
        }
    }
    assert!(without_user > 0);
    let posting = lever.posting("Platform Engineer").await;
    for survey in lever.get(&format!("/surveys/diversity/{posting}")).await.rows() {
        assert!(survey["createdAt"].is_i64() && survey["updatedAt"].is_i64());
        assert!(rows(&survey["fields"]).iter().all(|field| field["type"].is_string()));
    }
    let webhooks = lever.get("/webhooks").await;
    assert!(!webhooks.rows().is_empty());
    for webhook in webhooks.rows() {
        assert_eq!(
            keys(webhook),
            ["id", "event", "url", "configuration", "createdAt", "updatedAt"]
        );
        assert!(webhook["configuration"].get("signatureToken").is_none(), "never listed");
    }
}

/// §4.8
#[tokio::test]
async fn s4_8_rows_are_as_large_as_recorded_ones() {
    let lever = lever().await;
    let size = |row: &Value| row.to_string().len();
    let mean = |rows: &[Value]| rows.iter().map(size).sum::<usize>() / rows.len();
    let opportunities = lever.walk("/opportunities", 100).await;
    assert!((950..1_300).contains(&mean(&opportunities)), "{}", mean(&opportunities));
    let largest = opportunities.iter().map(size).max().unwrap();
    assert!(largest < 2_600, "{largest}");
    let postings = lever.walk("/postings", 100).await;
    assert!((1_500..5_000).contains(&mean(&postings)), "{}", mean(&postings));
    let requisitions = lever.walk("/requisitions", 100).await;
    assert!((700..1_600).contains(&mean(&requisitions)), "{}", mean(&requisitions));
    let users = lever.walk("/users", 100).await;
    assert!((250..600).contains(&mean(&users)), "{}", mean(&users));
    let templates = lever.walk("/feedback_templates", 100).await;
    assert!((500..2_400).contains(&mean(&templates)), "{}", mean(&templates));
}

async fn read(lever: &Lever, id: &Value) -> Value {
    lever.get(&format!("/opportunities/{}", text(id))).await.data().clone()
}

/// §2.3: on lists as on single reads; null stays null, a list of ids becomes one of objects.
#[tokio::test]
async fn s2_3_expand_keeps_null_and_turns_lists_into_objects() {
    let lever = lever().await;
    let page = lever
        .get("/opportunities?expand=sourcedBy&expand=followers&expand=stage&expand=contact&expand=owner")
        .await;
    let (mut nulls, mut objects) = (0, 0);
    for row in page.rows() {
        let plain = read(&lever, &row["id"]).await;
        assert_eq!(keys(row), keys(&plain));
        if plain["sourcedBy"].is_null() {
            assert!(row["sourcedBy"].is_null());
            nulls += 1;
        } else {
            assert_eq!(row["sourcedBy"]["id"], plain["sourcedBy"]);
            objects += 1;
        }
        let followers: Vec<&Value> = rows(&row["followers"]).iter().map(|user| &user["id"]).collect();
        assert_eq!(json!(followers), plain["followers"]);
        assert_eq!(keys(&row["stage"]), ["id", "text"]);
        assert_eq!(row["contact"]["id"], plain["contact"]);
    }
    assert!(nulls > 0 && objects > 0, "{nulls} {objects}");
}

/// §3.1: what does not exist.
#[tokio::test]
async fn s3_1_an_opportunity_is_neither_replaced_nor_deleted_by_api() {
    let lever = lever().await;
    let ines = lever.ines().await;
    for base in ["opportunities", "candidates"] {
        for method in ["PUT", "PATCH", "DELETE", "POST"] {
            let path = format!("/{base}/{}", text(&ines["id"]));
            lever
                .write(method, &path, json!({ "name": "x" }))
                .await
                .refused(404, "ResourceNotFound");
        }
    }
    for (method, path) in [
        ("GET", "/contacts".to_owned()),
        ("POST", "/contacts".to_owned()),
        ("DELETE", format!("/contacts/{}", text(&ines["contact"]))),
        ("POST", "/tags".to_owned()),
        ("POST", "/stages".to_owned()),
        ("DELETE", "/users/x".to_owned()),
        ("DELETE", "/postings/x".to_owned()),
        ("PUT", "/postings/x".to_owned()),
    ] {
        let message = lever
            .write(method, &path, json!({}))
            .await
            .refused(404, "ResourceNotFound");
        assert!(message.contains("does not exist"), "{message}");
    }
    assert_eq!(lever.ines().await, ines);
}
