//! Every kind of fault, armed for one request or drawn from the seed (design §8).

use sandbox::config::Config;
use serde_json::json;

use crate::support::{lever, lever_with, text, unlimited};

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

fn base64(text: &str) -> String {
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
