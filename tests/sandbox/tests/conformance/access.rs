//! Keys, permissions, confidential data and the rate limit (lever-api §1.2, §2.5, §4.6, §5).

use sandbox::access::KeyEntry;
use sandbox::config::Config;
use sandbox::pace::Limit;
use serde_json::json;

use crate::support::{lever, lever_with, text, unlimited};

fn keys(entries: serde_json::Value) -> Vec<KeyEntry> {
    serde_json::from_value(entries).unwrap()
}

#[tokio::test]
async fn s1_2_the_key_is_the_basic_user_name_with_an_empty_password() {
    let lever = lever().await;
    assert_eq!(lever.get("/users").await.status, 200);
    let url = lever.url("/users");
    let key = lever.running.key().to_owned();
    for request in [
        lever.http.get(&url),
        lever.http.get(&url).basic_auth("wrong", Some("")),
        lever.http.get(&url).basic_auth("", Some(&key)),
        lever.http.get(&url).basic_auth(&key, Some("password")),
        lever.http.get(&url).bearer_auth(&key),
        lever.http.get(lever.url("/no-such-path")),
    ] {
        let message = lever.send(request).await.refused(401, "UnauthorizedError");
        assert_eq!(message, "The request requires authentication.");
    }
}

#[tokio::test]
async fn s5_a_key_without_a_permission_is_told_which_endpoint() {
    let lever = lever_with(Config {
        keys: keys(json!([
            { "key": "reader", "permissions": ["GET /opportunities", "GET /opportunities/:id", "GET /users"] },
            { "key": "noter", "permissions": ["POST /opportunities/:opportunity/notes"] },
        ])),
        ..unlimited()
    })
    .await;
    assert_eq!(lever.running.key(), "reader", "the first key is the one announced");
    assert_eq!(lever.get("/opportunities?limit=1").await.status, 200);
    let id = text(&lever.ines().await["id"]);
    assert_eq!(lever.get(&format!("/opportunities/{id}")).await.status, 200);
    let maya = text(&lever.get("/users?email=maya.okafor@example.org").await.rows()[0]["id"]);
    for (method, path, name) in [
        (
            "POST",
            format!("/opportunities?perform_as={maya}"),
            "POST /opportunities",
        ),
        (
            "PUT",
            format!("/opportunities/{id}/stage"),
            "PUT /opportunities/:id/stage",
        ),
        ("GET", "/stages".to_owned(), "GET /stages"),
        ("GET", "/candidates".to_owned(), "GET /candidates"),
        (
            "POST",
            format!("/opportunities/{id}/notes"),
            "POST /opportunities/:id/notes",
        ),
    ] {
        let message = lever
            .write(method, &path, json!({}))
            .await
            .refused(403, "ForbiddenError");
        assert!(message.contains(name), "{message}");
    }
    let noted = lever
        .http
        .post(lever.url(&format!("/opportunities/{id}/notes")))
        .basic_auth("noter", Some(""))
        .json(&json!({ "value": "hello" }));
    assert_eq!(lever.send(noted).await.status, 201, "names of path parts do not matter");
}

/// Every path that came with files, interviews, forms and reports is a box of its own.
#[tokio::test]
async fn s5_each_endpoint_is_allowed_by_its_own_box_only() {
    let lever = lever().await;
    let id = text(&lever.ines().await["id"]);
    let maya = lever.user("Maya Okafor").await;
    let key = lever.running.key().to_owned();
    let boxes = [
        "GET /opportunities/:id/file_actions",
        "GET /opportunities/:id/files/:file/download",
        "POST /opportunities/:id/files",
        "DELETE /opportunities/:id/files/:file",
        "PUT /opportunities/:id/notes/:note",
        "DELETE /opportunities/:id/notes/:note",
        "GET /opportunities/:id/panels",
        "POST /opportunities/:id/panels",
        "PUT /opportunities/:id/panels/:panel",
        "GET /opportunities/:id/interviews",
        "POST /opportunities/:id/interviews",
        "DELETE /opportunities/:id/interviews/:interview",
        "GET /opportunities/:id/feedback",
        "POST /opportunities/:id/feedback",
        "PUT /opportunities/:id/feedback/:feedback",
        "GET /opportunities/:id/forms",
        "POST /opportunities/:id/forms",
        "GET /opportunities/:id/referrals",
        "GET /opportunities/:id/offers",
        "POST /candidates/:id/removePostings",
        "GET /feedback_templates",
        "PUT /feedback_templates/:template",
        "POST /form_templates",
        "POST /uploads",
        "GET /eeo/responses",
        "GET /eeo/responses/pii",
        "GET /surveys/diversity/:posting",
        "GET /audit_events",
        "GET /webhooks",
        "PUT /webhooks",
    ];
    for (place, name) in boxes.iter().enumerate() {
        let (method, pattern) = name.split_once(' ').unwrap();
        let path: Vec<&str> = pattern
            .split('/')
            .map(|part| match part {
                ":id" => id.as_str(),
                _ if part.starts_with(':') => "00000000-0000-4000-8000-000000000000",
                _ => part,
            })
            .collect();
        let path = format!("{}?perform_as={maya}", path.join("/"));
        for allowed in [*name, boxes[(place + 1) % boxes.len()]] {
            let body = json!({ "key": key, "permissions": [allowed] });
            lever.control("permissions", body.to_string()).await;
            let answer = lever.write(method, &path, json!({})).await;
            if allowed == *name {
                assert!(matches!(answer.status, 200 | 400 | 404), "{name}: {answer:?}");
                assert!(
                    !answer.body.to_string().contains("does not exist"),
                    "{name}: {answer:?}"
                );
            } else {
                let message = answer.refused(403, "ForbiddenError");
                assert!(message.ends_with(name), "{message}");
            }
        }
    }
}

#[tokio::test]
async fn s5_permissions_can_be_withdrawn_in_mid_run() {
    let lever = lever().await;
    let key = lever.running.key().to_owned();
    let body = json!({ "key": key, "permissions": ["GET /users"] });
    lever.control("permissions", body.to_string()).await;
    lever.get("/opportunities").await.refused(403, "ForbiddenError");
    assert_eq!(lever.get("/users").await.status, 200);
    lever
        .control("permissions", json!({ "key": key, "permissions": null }).to_string())
        .await;
    assert_eq!(lever.get("/opportunities").await.status, 200);
    lever.control("revoke", json!({ "key": key }).to_string()).await;
    lever.get("/opportunities").await.refused(401, "UnauthorizedError");
}

#[tokio::test]
async fn s4_6_confidential_rows_are_hidden_and_refused_without_the_grant() {
    let lever = lever_with(Config {
        keys: keys(json!([{ "key": "full", "confidential": true }, { "key": "plain" }])),
        ..unlimited()
    })
    .await;
    let open = lever.walk("/opportunities", 100).await;
    assert!(open.iter().all(|row| row["confidentiality"] == "non-confidential"));
    let hidden = lever.walk("/opportunities?confidentiality=confidential", 100).await;
    assert!(hidden.iter().all(|row| row["confidentiality"] == "confidential"));
    let sofia = hidden.iter().find(|row| row["name"] == "Sofia Lindgren").unwrap();
    let all = lever.walk("/opportunities?confidentiality=all", 100).await;
    assert_eq!(all.len(), open.len() + hidden.len());
    let id = text(&sofia["id"]);
    assert_eq!(lever.get(&format!("/opportunities/{id}")).await.status, 200);
    for path in [
        "/opportunities?confidentiality=all".to_owned(),
        "/postings?confidentiality=confidential".to_owned(),
        format!("/opportunities/{id}"),
        format!("/opportunities/{id}/notes"),
    ] {
        lever.get_with_key("plain", &path).await.refused(403, "ForbiddenError");
    }
    assert_eq!(lever.get_with_key("plain", "/opportunities").await.status, 200);
}

#[tokio::test]
async fn s2_5_a_burst_passes_and_then_429_without_retry_after() {
    let lever = lever_with(Config {
        // So slow that nothing is refilled while the test runs.
        limit: Limit {
            rate: 0.000_001,
            burst: 5.0,
        },
        keys: keys(json!([{ "key": "one" }, { "key": "two" }])),
        ..unlimited()
    })
    .await;
    for _ in 0..5 {
        assert_eq!(lever.get("/stages").await.status, 200);
    }
    let refused = lever.get("/stages").await;
    refused.refused(429, "TooManyRequestsError");
    assert!(!refused.headers.contains_key("retry-after"));
    assert_eq!(
        lever.get_with_key("two", "/stages").await.status,
        200,
        "each key has its own bucket"
    );
    let stats = lever.stats().await;
    assert_eq!(stats["throttled"], 1);
    assert_eq!(stats["requests"]["GET /stages"], 7);
}

/// §2.5: ten a second, bursts to twenty, unless said otherwise.
#[test]
fn s2_5_the_limit_is_the_documented_one() {
    let Limit { rate, burst } = Config::default().limit;
    assert!((rate - 10.0).abs() < f64::EPSILON && (burst - 20.0).abs() < f64::EPSILON);
}

/// §4.6: candidates and requisitions too.
#[tokio::test]
async fn s4_6_confidential_things_are_left_out_of_every_list_without_being_asked_for() {
    let lever = lever_with(Config {
        keys: keys(json!([{ "key": "full", "confidential": true }, { "key": "plain" }])),
        ..unlimited()
    })
    .await;
    for list in ["/opportunities", "/candidates", "/postings", "/requisitions"] {
        let open = lever.walk(list, 100).await;
        let hidden = lever.walk(&format!("{list}?confidentiality=confidential"), 100).await;
        let all = lever.walk(&format!("{list}?confidentiality=all"), 100).await;
        assert!(!hidden.is_empty(), "{list}");
        assert!(
            open.iter().all(|row| row["confidentiality"] == "non-confidential"),
            "{list}"
        );
        assert!(
            hidden.iter().all(|row| row["confidentiality"] == "confidential"),
            "{list}"
        );
        assert_eq!(all.len(), open.len() + hidden.len(), "{list}");
        assert_eq!(lever.get_with_key("plain", list).await.status, 200);
        for asked in ["confidential", "all"] {
            lever
                .get_with_key("plain", &format!("{list}?confidentiality={asked}"))
                .await
                .refused(403, "ForbiddenError");
        }
        let one = text(&hidden[0]["id"]);
        lever
            .get_with_key("plain", &format!("{list}/{one}"))
            .await
            .refused(403, "ForbiddenError");
        lever
            .get(&format!("{list}?confidentiality=secret"))
            .await
            .refused(400, "BadRequestError");
    }
}
