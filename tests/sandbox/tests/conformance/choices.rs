//! Open questions, with both answers (lever-api §8, §9): what happens when nothing is said, and the other way.

use sandbox::config::Config;
use sandbox::pace::Limit;
use serde_json::json;

use crate::oauth::{BACK, code, token, with_application_that};
use crate::support::{Lever, lever, lever_with, text, unlimited};

async fn choosing(choices: &str) -> Lever {
    lever_with(Config {
        choices: choices.parse().unwrap(),
        ..unlimited()
    })
    .await
}

#[tokio::test]
async fn s8_an_unknown_id_in_a_body_is_400_or_404() {
    let nobody = "00000000-0000-4000-8000-000000000000";
    for (choices, status, error) in [
        ("", 400, "BadRequestError"),
        ("unknown-id=404", 404, "ResourceNotFound"),
    ] {
        let lever = choosing(choices).await;
        let id = text(&lever.ines().await["id"]);
        let maya = lever.user("Maya Okafor").await;
        for (method, path, body) in [
            (
                "PUT",
                format!("/opportunities/{id}/stage"),
                json!({ "stage": "lead-old" }),
            ),
            (
                "PUT",
                format!("/opportunities/{id}/archived"),
                json!({ "reason": nobody }),
            ),
            (
                "POST",
                format!("/opportunities?perform_as={maya}"),
                json!({ "postings": [nobody] }),
            ),
            (
                "POST",
                format!("/opportunities?perform_as={maya}"),
                json!({ "contact": nobody }),
            ),
            ("POST", format!("/opportunities?perform_as={nobody}"), json!({})),
        ] {
            lever.write(method, &path, body).await.refused(status, error);
        }
        lever
            .put(&format!("/opportunities/{id}/stage"), json!({}))
            .await
            .refused(400, "BadRequestError");
    }
}

#[tokio::test]
async fn s4_3_replies_to_writes_are_blank_or_whole() {
    for (choices, blank) in [("", true), ("quirks=off", false)] {
        let lever = choosing(choices).await;
        let id = text(&lever.ines().await["id"]);
        let reply = lever
            .put(&format!("/opportunities/{id}/stage"), json!({ "stage": "offer" }))
            .await;
        assert_eq!(reply.data()["name"] == "", blank);
        assert_eq!(reply.data()["emails"] == json!([]), blank);
        assert_eq!(reply.data().get("opportunityLocation").is_none(), blank);
    }
}

#[tokio::test]
async fn s2_2_a_limit_out_of_range_is_refused_or_clamped() {
    let lever = lever().await;
    for limit in ["0", "101", "-1", "many"] {
        lever
            .get(&format!("/opportunities?limit={limit}"))
            .await
            .refused(400, "BadRequestError");
    }
    let lever = choosing("limit=clamp").await;
    for (limit, rows) in [("0", 1), ("-1", 1), ("101", 100), ("many", 100), ("7", 7)] {
        for list in ["/opportunities", "/tags"] {
            let found = lever.get(&format!("{list}?limit={limit}")).await.rows().len();
            assert!(
                found == rows || (list == "/tags" && found < rows),
                "{list} {limit}: {found}"
            );
        }
    }
}

#[tokio::test]
async fn s2_6_perform_as_is_demanded_as_documented_or_on_every_write() {
    for (choices, demanded) in [("", false), ("perform-as=every-write", true)] {
        let lever = choosing(choices).await;
        let ines = lever.ines().await;
        let (id, contact) = (text(&ines["id"]), text(&ines["contact"]));
        let maya = lever.user("Maya Okafor").await;
        for (method, path, body) in [
            ("PUT", format!("/opportunities/{id}/stage"), json!({ "stage": "offer" })),
            ("POST", format!("/opportunities/{id}/addTags"), json!({ "tags": ["a"] })),
            ("PUT", format!("/contacts/{contact}"), json!({ "headline": "b" })),
        ] {
            let without = lever.write(method, &path, body.clone()).await;
            if demanded {
                let message = without.refused(400, "BadRequestError");
                assert!(message.contains("perform_as"), "{message}");
            } else {
                assert_eq!(without.status, 200);
            }
            let with = lever.write(method, &format!("{path}?perform_as={maya}"), body).await;
            assert_eq!(with.status, 200);
        }
        assert_eq!(lever.get("/stages").await.status, 200, "reads never need it");
    }
}

#[tokio::test]
async fn s1_3_a_used_refresh_token_dies_or_lives_on() {
    for (choices, second) in [("", 403), ("rotation=kept", 200)] {
        let lever = with_application_that(choices).await;
        let code = code(&lever, "users:read:admin offline_access").await;
        let (_, first) = token(
            &lever,
            &[
                ("grant_type", "authorization_code"),
                ("code", &code),
                ("redirect_uri", BACK),
            ],
        )
        .await;
        let refresh = text(&first["refresh_token"]);
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
        assert_eq!(token(&lever, &form).await.0, 200);
        assert_eq!(token(&lever, &form).await.0, second, "{choices}");
    }
}

#[tokio::test]
async fn s2_2_a_bad_offset_has_the_chosen_status() {
    for (choices, status) in [("", 400), ("bad-offset=404", 404), ("bad-offset=422", 422)] {
        let lever = choosing(choices).await;
        for path in ["/opportunities?offset=nonsense", "/users?offset=nonsense"] {
            let message = lever.get(path).await.refused(status, "BadRequestError");
            assert!(message.starts_with("Invalid offset token"));
        }
    }
}

#[tokio::test]
async fn s2_5_a_429_says_when_to_come_back_or_not() {
    for (choices, sent) in [("", None), ("retry-after=sent", Some("1"))] {
        let lever = lever_with(Config {
            choices: choices.parse().unwrap(),
            limit: Limit {
                rate: 0.000_001,
                burst: 2.0,
            },
            ..unlimited()
        })
        .await;
        lever.arm("429", "GET", "/stages").await;
        for _ in 0..2 {
            let answer = lever.get("/stages").await;
            let header = answer.headers.get("retry-after").map(|value| value.to_str().unwrap());
            assert_eq!(header, if answer.status == 429 { sent } else { None });
        }
        let emptied = lever.get("/stages").await;
        assert_eq!(emptied.status, 429);
        assert_eq!(
            emptied.headers.get("retry-after").map(|value| value.to_str().unwrap()),
            sent
        );
    }
}

#[tokio::test]
async fn s3_8_deleted_postings_need_their_bounds_or_not() {
    assert_eq!(lever().await.get("/postings/deleted").await.status, 200);
    let lever = choosing("deleted-postings=window").await;
    lever.get("/postings/deleted").await.refused(400, "BadRequestError");
    let bounded = "/postings/deleted?deleted_at_start=1000&deleted_at_end=2000";
    assert_eq!(lever.get(bounded).await.status, 200);
}

#[tokio::test]
async fn s1_2_a_key_as_bearer_token_is_refused_or_accepted() {
    for (choices, status) in [("", 401), ("key-as-bearer=accepted", 200)] {
        let lever = choosing(choices).await;
        let asked = lever.http.get(lever.url("/stages")).bearer_auth(lever.running.key());
        assert_eq!(lever.send(asked).await.status, status);
        let unknown = lever.http.get(lever.url("/stages")).bearer_auth("unknown");
        assert_eq!(lever.send(unknown).await.status, 401);
        assert_eq!(lever.get("/stages").await.status, 200);
    }
}

#[tokio::test]
async fn s2_6_perform_as_in_the_body_is_ignored_or_read() {
    for (choices, status) in [("", 400), ("perform-as-in-body=read", 201)] {
        let lever = choosing(choices).await;
        let maya = lever.user("Maya Okafor").await;
        let made = lever.post("/opportunities", json!({ "perform_as": maya })).await;
        assert_eq!(made.status, status);
        if status == 201 {
            assert_eq!(made.data()["owner"], maya.as_str());
            lever
                .post("/opportunities", json!({ "perform_as": "nobody" }))
                .await
                .refused(400, "BadRequestError");
        }
    }
}

#[tokio::test]
async fn s4_1_an_address_without_an_at_sign_is_refused_or_taken() {
    for (choices, status) in [("", 400), ("invalid-email=taken", 201)] {
        let lever = choosing(choices).await;
        let made = lever.create(json!({ "emails": ["nowhere"] })).await;
        assert_eq!(made.status, status);
        if status == 201 {
            assert_eq!(made.data()["emails"], json!(["nowhere"]));
            assert_eq!(
                lever.create(json!({ "emails": ["NOWHERE"] })).await.body["deduped"],
                true
            );
        }
    }
}

#[tokio::test]
async fn s2_5_applying_has_a_limit_of_its_own_or_not() {
    for (choices, limited) in [("", false), ("apply-limit=two-a-second", true)] {
        let lever = choosing(choices).await;
        let path = format!("/postings/{}/apply", lever.posting("Data Platform Lead").await);
        let apply = async || lever.post(&path, json!({})).await.status;
        let mut statuses = Vec::new();
        for _ in 0..6 {
            statuses.push(apply().await);
        }
        assert_eq!(statuses[..2], [400, 400]);
        assert_eq!(statuses.contains(&429), limited, "{statuses:?}");
        assert_eq!(lever.get("/stages").await.status, 200, "nothing else is");
        assert_eq!(lever.get(&path).await.status, 200, "nor is the form");
    }
}

#[tokio::test]
async fn s3_17_requisitions_are_written_or_their_management_is_switched_off() {
    for (choices, allowed) in [("", true), ("requisition-writes=off", false)] {
        let lever = choosing(choices).await;
        let id = lever.get("/requisitions").await.ids()[0].clone();
        let path = format!("/requisitions/{id}");
        let body = json!({ "name": "G", "requisitionCode": "G-1", "headcountTotal": 1 });
        let other = json!({ "name": "H", "requisitionCode": "H-1", "headcountTotal": 1 });
        for (method, path, body, status) in [
            ("POST", "/requisitions", body, 201),
            ("PUT", path.as_str(), other, 200),
            ("DELETE", path.as_str(), json!({}), 204),
        ] {
            let answer = lever.write(method, path, body).await;
            if allowed {
                assert_eq!(answer.status, status, "{method}");
            } else {
                answer.refused(403, "ForbiddenError");
            }
        }
        assert_eq!(lever.get("/requisitions").await.status, 200);
    }
}
