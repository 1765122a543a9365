//! Every kind of fault, armed for one request or drawn from the seed (design §8).

use sandbox::config::Config;
use serde_json::json;

use crate::oauth::{BACK, code, token, with_application_that};
use crate::support::{Lever, lever, lever_with, text, unlimited};

#[tokio::test]
async fn statuses_come_in_levers_form() {
    let lever = lever().await;
    for (kind, status, code) in [
        ("429", 429, "TooManyRequestsError"),
        ("500", 500, "InternalServerError"),
        ("502", 502, "BadGatewayError"),
        ("503", 503, "ServiceUnavailableError"),
    ] {
        lever.arm(kind, "GET", "/stages").await;
        assert_eq!(lever.get("/users").await.status, 200, "another path is not hit");
        lever.get("/stages").await.refused(status, code);
        assert_eq!(lever.get("/stages").await.status, 200, "armed for one request");
    }
}

#[tokio::test]
async fn a_lost_reply_is_a_stored_write_without_an_answer() {
    let lever = lever().await;
    let maya = lever.user("Maya Okafor").await;
    let path = format!("/opportunities?perform_as={maya}");
    lever.arm("lost-reply", "POST", "/opportunities").await;
    let refused = lever.post(&path, json!({ "stage": "nope" })).await;
    assert_eq!(refused.status, 400, "a refused write has no reply worth losing");
    let body = json!({ "name": "Stored Anyway", "emails": ["stored@example.org"] });
    let lost = lever.request("POST", &path).json(&body).send().await;
    assert!(lost.is_err());
    let found = lever.get("/opportunities?email=stored@example.org").await;
    assert_eq!(found.rows().len(), 1);
    let log = lever.log().await;
    assert_eq!(log.len(), 1);
    assert_eq!(log[0]["opportunity"], found.rows()[0]["id"]);
    assert_eq!(log[0]["status"], 201);
    assert_eq!(lever.stats().await["faults"]["lost-reply"], 1);
    assert_eq!(lever.post(&path, json!({})).await.status, 201, "only once");
}

/// Browsers send a request again, unasked, when a kept connection closes without a reply.
#[tokio::test]
async fn connections_are_not_kept_while_a_reply_may_be_lost() {
    let lever = lever().await;
    let plain = lever.get("/stages").await;
    assert!(!plain.headers.contains_key("connection"));
    lever.arm("lost-reply", "POST", "/opportunities").await;
    assert_eq!(lever.get("/stages").await.headers["connection"], "close");
}

#[tokio::test]
async fn cut_before_leaves_nothing_done() {
    let lever = lever().await;
    let maya = lever.user("Maya Okafor").await;
    lever.arm("cut-before", "POST", "/opportunities").await;
    let cut = lever
        .request("POST", &format!("/opportunities?perform_as={maya}"))
        .json(&json!({ "emails": ["never@example.org"] }))
        .send()
        .await;
    assert!(cut.is_err());
    assert!(
        lever
            .get("/opportunities?email=never@example.org")
            .await
            .rows()
            .is_empty()
    );
    assert!(lever.log().await.is_empty());
}

#[tokio::test]
async fn cut_during_gives_headers_and_half_a_body() {
    let lever = lever().await;
    lever.arm("cut-during", "GET", "/opportunities").await;
    let mut response = lever.request("GET", "/opportunities?limit=100").send().await.unwrap();
    assert_eq!(response.status(), 200);
    let promised = response.content_length().unwrap();
    let mut received = 0;
    let broken = loop {
        match response.chunk().await {
            Ok(Some(bytes)) => received += bytes.len() as u64,
            Ok(None) => break false,
            Err(_) => break true,
        }
    };
    assert!(broken);
    assert!(received > 0 && received < promised, "{received} of {promised} bytes");
}

#[tokio::test]
async fn cut_after_gives_everything_and_closes() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let lever = lever().await;
    lever.arm("cut-after", "GET", "/stages").await;
    let address = lever.running.root_url().replace("http://", "");
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let key = base64(&format!("{}:", lever.running.key()));
    let request = format!("GET /v1/stages HTTP/1.1\r\nhost: x\r\nauthorization: Basic {key}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = String::new();
    // Ends only because the connection is closed: nobody asked for that.
    stream.read_to_string(&mut reply).await.unwrap();
    assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
    assert!(!reply.to_lowercase().contains("connection: close"));
    assert!(reply.ends_with("\"hasNext\":false}"));
}

pub fn base64(text: &str) -> String {
    use std::fmt::Write;
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            if place <= chunk.len() {
                let letter = LETTERS[(word >> (18 - 6 * place)) as usize & 63];
                write!(out, "{}", letter as char).unwrap();
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[tokio::test]
async fn truncated_and_wrong_type_are_whole_replies_that_cannot_be_read() {
    let lever = lever().await;
    lever.arm("truncated", "GET", "/stages").await;
    let response = lever.request("GET", "/stages").send().await.unwrap();
    assert_eq!(response.status(), 200);
    let body = response.text().await.unwrap();
    assert!(body.starts_with("{\"data\"") && serde_json::from_str::<serde_json::Value>(&body).is_err());
    lever.arm("wrong-type", "GET", "/stages").await;
    let response = lever.request("GET", "/stages").send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
}

#[tokio::test]
async fn bad_token_strikes_a_list_in_mid_walk_only() {
    let lever = lever().await;
    lever.arm("bad-token", "GET", "/opportunities").await;
    let first = lever.get("/opportunities?limit=5").await;
    let next = format!("/opportunities?limit=5&offset={}", text(&first.body["next"]));
    let message = lever.get(&next).await.refused(400, "BadRequestError");
    assert!(message.contains("Invalid offset token"));
    assert_eq!(lever.get(&next).await.status, 200);
}

#[tokio::test]
async fn slow_waits_before_the_headers_and_ends_at_once_when_the_server_stops() {
    let lever = lever().await;
    let body = json!({ "kind": "slow", "path": "/stages", "ms": 3_600_000 });
    lever.control("next", body.to_string()).await;
    let (answer, ()) = tokio::join!(lever.request("GET", "/stages").send(), async {
        // Another request passes while the slow one waits; then everything is stopped.
        while lever.stats().await["faults"]["slow"] != 1 {
            tokio::task::yield_now().await;
        }
        assert_eq!(lever.get("/users").await.status, 200);
        lever.running.stop();
    });
    assert!(answer.is_err());
}

#[tokio::test]
async fn slow_is_only_late() {
    let lever = lever().await;
    let body = json!({ "kind": "slow", "path": "/stages", "ms": 1 });
    lever.control("next", body.to_string()).await;
    assert_eq!(lever.get("/stages").await.status, 200);
    assert_eq!(lever.stats().await["faults"]["slow"], 1);
}

#[tokio::test]
async fn shares_are_drawn_from_the_seed_and_can_be_replaced() {
    let run = |seed| async move {
        let lever = lever_with(Config {
            seed,
            faults: "500:0.3,429:0.2".parse().unwrap(),
            ..unlimited()
        })
        .await;
        let mut statuses = Vec::new();
        for _ in 0..60 {
            statuses.push(lever.get("/stages").await.status);
        }
        lever.control("faults", String::new()).await;
        for _ in 0..20 {
            assert_eq!(lever.get("/stages").await.status, 200);
        }
        statuses
    };
    let first = run(5).await;
    assert_eq!(first, run(5).await);
    assert_ne!(first, run(6).await);
    assert!(first.contains(&500) && first.contains(&429) && first.contains(&200));
}

#[tokio::test]
async fn a_burst_refuses_several_requests_in_a_row() {
    let lever = lever().await;
    lever.arm("429-burst", "GET", "/stages").await;
    assert_eq!(lever.get("/users").await.status, 200);
    lever.get("/stages").await.refused(429, "TooManyRequestsError");
    let mut refused = 1;
    while lever.get("/users").await.status == 429 {
        refused += 1;
    }
    assert!((2..=8).contains(&refused), "{refused}");
    assert_eq!(lever.stats().await["faults"]["429-burst"], refused);
}

#[tokio::test]
async fn a_slow_body_comes_after_its_headers_in_pieces_and_whole() {
    let lever = lever().await;
    let plain = lever.get("/opportunities?limit=50").await.body;
    let body = json!({ "kind": "slow-body", "path": "/opportunities", "ms": 16 });
    lever.control("next", body.to_string()).await;
    let mut response = lever.request("GET", "/opportunities?limit=50").send().await.unwrap();
    assert_eq!(response.status(), 200);
    let promised = response.content_length().unwrap();
    let (mut pieces, mut received) = (0, Vec::new());
    while let Some(piece) = response.chunk().await.unwrap() {
        pieces += 1;
        received.extend_from_slice(&piece);
    }
    assert!(pieces > 3, "{pieces}");
    assert_eq!(received.len() as u64, promised);
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&received).unwrap(), plain);
    assert_eq!(lever.stats().await["faults"]["slow-body"], 1);
}

#[tokio::test]
async fn a_slow_body_ends_at_once_when_the_server_stops() {
    let lever = lever().await;
    let body = json!({ "kind": "slow-body", "path": "/stages", "ms": 3_600_000 });
    lever.control("next", body.to_string()).await;
    let response = lever.request("GET", "/stages").send().await.unwrap();
    assert_eq!(response.status(), 200, "the headers are there");
    lever.running.stop();
    assert!(response.text().await.is_err());
}

#[tokio::test]
async fn a_revoked_key_stays_revoked() {
    let lever = lever().await;
    lever.arm("revoked-key", "GET", "/stages").await;
    assert_eq!(lever.get("/users").await.status, 200);
    lever.get("/stages").await.refused(401, "UnauthorizedError");
    lever.get("/users").await.refused(401, "UnauthorizedError");
}

#[tokio::test]
async fn a_withdrawn_permission_is_one_endpoint_only_and_can_be_given_back() {
    let lever = lever().await;
    lever.arm("withdrawn", "GET", "/stages").await;
    let message = lever.get("/stages").await.refused(403, "ForbiddenError");
    assert!(message.contains("GET /stages"), "{message}");
    lever.get("/stages").await.refused(403, "ForbiddenError");
    assert_eq!(lever.get("/users").await.status, 200);
    let key = lever.running.key().to_owned();
    lever
        .control("permissions", json!({ "key": key, "permissions": null }).to_string())
        .await;
    assert_eq!(lever.get("/stages").await.status, 200);
}

async fn with_token(lever: &Lever, access: &str, path: &str) -> u16 {
    let request = lever.http.get(lever.url(path)).bearer_auth(access);
    lever.send(request).await.status
}

#[tokio::test]
async fn an_access_token_can_expire_or_lose_a_scope_in_mid_run() {
    let lever = with_application_that("").await;
    let code = code(&lever, "users:read:admin stages:read:admin offline_access").await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
    ];
    let (_, first) = token(&lever, &form).await;
    let access = text(&first["access_token"]);
    lever.arm("withdrawn", "GET", "/stages").await;
    assert_eq!(with_token(&lever, &access, "/stages").await, 403);
    assert_eq!(with_token(&lever, &access, "/stages").await, 403);
    assert_eq!(with_token(&lever, &access, "/users").await, 200);
    lever.arm("expired-token", "GET", "/users").await;
    assert_eq!(
        lever.get("/users").await.status,
        200,
        "an API key has nothing to expire"
    );
    assert_eq!(with_token(&lever, &access, "/users").await, 401);
    assert_eq!(with_token(&lever, &access, "/users").await, 401);
    let refresh = text(&first["refresh_token"]);
    let (status, second) = token(&lever, &[("grant_type", "refresh_token"), ("refresh_token", &refresh)]).await;
    assert_eq!(status, 200);
    assert_eq!(with_token(&lever, &text(&second["access_token"]), "/users").await, 200);
}

#[tokio::test]
async fn a_dead_token_is_refused_again_and_again() {
    let lever = lever().await;
    let first = lever.get("/opportunities?limit=5").await;
    let next = format!("/opportunities?limit=5&offset={}", text(&first.body["next"]));
    lever.arm("dead-token", "GET", "/opportunities").await;
    for _ in 0..3 {
        let message = lever.get(&next).await.refused(400, "BadRequestError");
        assert!(message.contains("Invalid offset token"));
    }
    assert_eq!(lever.stats().await["faults"]["dead-token"], 3);
    assert_eq!(lever.get("/opportunities?limit=5").await.status, 200);
}

#[tokio::test]
async fn tokens_die_after_so_many_pages() {
    let lever = lever_with(Config {
        faults: "token-pages:3".parse().unwrap(),
        ..unlimited()
    })
    .await;
    for _ in 0..2 {
        let mut page = lever.get("/opportunities?limit=5").await;
        for _ in 2..=3 {
            let next = text(&page.body["next"]);
            page = lever.get(&format!("/opportunities?limit=5&offset={next}")).await;
            assert_eq!(page.status, 200);
        }
        let next = text(&page.body["next"]);
        let fourth = lever.get(&format!("/opportunities?limit=5&offset={next}")).await;
        assert!(fourth.refused(400, "BadRequestError").contains("Invalid offset token"));
    }
}

#[tokio::test]
async fn tokens_die_of_age() {
    let lever = lever_with(Config {
        faults: "token-ms:0".parse().unwrap(),
        ..unlimited()
    })
    .await;
    let next = text(&lever.get("/users?limit=5").await.body["next"]);
    let path = format!("/users?limit=5&offset={next}");
    lever.get(&path).await.refused(400, "BadRequestError");
    lever.control("faults", String::new()).await;
    assert_eq!(
        lever.get(&path).await.status,
        200,
        "without the rule it is a key like any other"
    );
}

/// A client that compares Lever's times with its own must not trust them to agree.
#[tokio::test]
async fn levers_clock_can_be_off_in_its_stamps_and_in_the_date_of_replies() {
    const HOUR: i64 = 3_600_000;
    let lever = lever_with(Config {
        clock_skew_ms: 5 * HOUR,
        ..unlimited()
    })
    .await;
    let machine = || {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        i64::try_from(since.unwrap().as_millis()).unwrap()
    };
    let date = |answer: &crate::support::Answer| {
        let text = answer.headers["date"].to_str().unwrap().to_owned();
        let since = httpdate::parse_http_date(&text)
            .unwrap()
            .duration_since(std::time::UNIX_EPOCH);
        i64::try_from(since.unwrap().as_millis()).unwrap()
    };
    let near = |time: i64, skew: i64| (time - skew - machine()).abs() < HOUR / 2;
    let ahead = lever.create(json!({})).await;
    assert!(near(ahead.data()["createdAt"].as_i64().unwrap(), 5 * HOUR));
    assert!(near(date(&ahead), 5 * HOUR));
    lever
        .control("clock", json!({ "skew_ms": -2 * HOUR }).to_string())
        .await;
    let behind = lever.create(json!({})).await;
    assert!(near(behind.data()["createdAt"].as_i64().unwrap(), -2 * HOUR));
    assert!(near(date(&behind), -2 * HOUR));
    assert!(near(date(&lever.get("/stages").await), -2 * HOUR));
}

#[tokio::test]
async fn every_kind_can_be_drawn_and_the_mixture_follows_from_the_seed() {
    let run = |seed| async move {
        let spec = "429-burst:0.05,500:0.1,dead-token:0.1,bad-token:0.1,withdrawn:0.01,token-pages:6";
        let lever = lever_with(Config {
            seed,
            faults: spec.parse().unwrap(),
            ..unlimited()
        })
        .await;
        let mut outcomes = Vec::new();
        let mut offset = String::new();
        for _ in 0..120 {
            let page = lever.get(&format!("/opportunities?limit=5{offset}")).await;
            offset = match page.body.get("next") {
                Some(next) => format!("&offset={}", text(next)),
                None => String::new(),
            };
            outcomes.push(page.status);
        }
        outcomes
    };
    let first = run(1).await;
    assert_eq!(first, run(1).await);
    for status in [200, 400, 429, 500] {
        assert!(first.contains(&status), "{status}");
    }
}

#[tokio::test]
async fn a_download_breaks_off_half_way_or_is_a_page() {
    let lever = lever().await;
    let path = format!("/opportunities/{}/resumes", text(&lever.ines().await["id"]));
    let path = format!("{path}/{}/download", lever.get(&path).await.ids()[0]);
    let (_, _, whole) = lever.download(&path).await;
    lever.arm("truncated", "GET", &path).await;
    let (status, headers, half) = lever.download(&path).await;
    assert_eq!(status, 200);
    assert_eq!(headers["content-type"], "application/pdf");
    assert_eq!(half, whole[..whole.len() / 2]);
    lever.arm("wrong-type", "GET", &path).await;
    let (status, headers, page) = lever.download(&path).await;
    assert_eq!(status, 200);
    assert_eq!(headers["content-type"], "text/html; charset=utf-8");
    assert!(page.starts_with(b"<!doctype html>"));
    assert_eq!(lever.download(&path).await.2, whole);
}
