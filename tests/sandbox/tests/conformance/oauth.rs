//! OAuth 2.0 authorization code with rotation (lever-api §1.3, §1.4).

use sandbox::config::Config;
use sandbox::oauth::Client;
use serde_json::Value;

use crate::support::{Lever, lever_with, text, unlimited};

pub const BACK: &str = "https://extension.example.org/back";

async fn with_application() -> Lever {
    with_application_that("").await
}

/// A sandbox with an application and these choices.
pub async fn with_application_that(choices: &str) -> Lever {
    lever_with(Config {
        choices: choices.parse().unwrap(),
        oauth_client: Client::parse("demo-client:demo-secret"),
        ..unlimited()
    })
    .await
}

pub async fn code(lever: &Lever, scope: &str) -> String {
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let response = http
        .get(format!("{}/authorize", lever.running.root_url()))
        .query(&[
            ("client_id", "demo-client"),
            ("redirect_uri", BACK),
            ("response_type", "code"),
            ("state", "s t a t e"),
            ("audience", "https://api.lever.co/v1/"),
            ("scope", scope),
        ])
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 302);
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    assert!(
        location.starts_with(&format!("{BACK}?code=")) && location.ends_with("&state=s+t+a+t+e"),
        "{location}"
    );
    location
        .split("code=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap()
        .to_owned()
}

pub async fn token(lever: &Lever, form: &[(&str, &str)]) -> (u16, Value) {
    let mut all = vec![("client_id", "demo-client"), ("client_secret", "demo-secret")];
    all.extend(form);
    let response = lever
        .http
        .post(format!("{}/oauth/token", lever.running.root_url()))
        .form(&all)
        .send()
        .await
        .unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap())
}

#[tokio::test]
async fn s1_3_a_code_gives_tokens_once_and_a_refresh_rotates() {
    let lever = with_application().await;
    let code = code(&lever, "users:read:admin opportunities:write:admin offline_access").await;
    let grant = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
    ];
    let (status, first) = token(&lever, &grant).await;
    assert_eq!(status, 200);
    assert_eq!(first["token_type"], "Bearer");
    assert_eq!(first["expires_in"], 3600);
    assert_eq!(token(&lever, &grant).await.0, 403, "a code is good for one exchange");

    let bearer = |token: String, path: &str| lever.http.get(lever.url(path)).bearer_auth(token);
    let access = text(&first["access_token"]);
    assert_eq!(lever.send(bearer(access.clone(), "/users")).await.status, 200);
    assert_eq!(
        lever
            .send(bearer(access.clone(), "/opportunities?limit=1"))
            .await
            .status,
        200,
        "write includes read (§1.4)"
    );
    lever
        .send(bearer(access.clone(), "/postings"))
        .await
        .refused(403, "ForbiddenError");

    lever.control("expire_tokens", String::new()).await;
    lever
        .send(bearer(access, "/users"))
        .await
        .refused(401, "UnauthorizedError");
    let old = text(&first["refresh_token"]);
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", old.as_str())];
    let (status, second) = token(&lever, &refresh).await;
    assert_eq!(status, 200);
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert_eq!(
        lever.send(bearer(text(&second["access_token"]), "/users")).await.status,
        200
    );
    assert_eq!(token(&lever, &refresh).await.0, 403, "the old refresh token is dead");
}

#[tokio::test]
async fn s1_3_a_wrong_secret_is_refused() {
    let lever = with_application().await;
    let (status, body) = token(
        &lever,
        &[
            ("grant_type", "refresh_token"),
            ("refresh_token", "x"),
            ("client_secret", "ignored: the first counts"),
        ],
    )
    .await;
    assert_eq!((status, body["error"].as_str()), (403, Some("invalid_grant")));
    let response = lever
        .http
        .post(format!("{}/oauth/token", lever.running.root_url()))
        .form(&[
            ("grant_type", "refresh_token"),
            ("client_id", "demo-client"),
            ("client_secret", "no"),
        ])
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 401);
}

/// §1.4, §5: each endpoint has a scope of its own; with another one it is refused, write includes read.
#[tokio::test]
async fn s5_endpoints_want_their_own_scope() {
    let lever = with_application().await;
    let mut tokens = std::collections::HashMap::new();
    for scope in [
        "opportunities:read",
        "applications:read",
        "postings:read",
        "postings:write",
        "users:read",
        "users:write",
        "requisitions:read",
        "requisitions:write",
        "requisition_fields:read",
        "requisition_fields:write",
        "tags:read",
    ] {
        let code = code(&lever, &format!("{scope}:admin")).await;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", BACK),
        ];
        let (_, given) = token(&lever, &form).await;
        tokens.insert(scope, text(&given["access_token"]));
    }
    for (method, path, scope) in [
        ("GET", "/opportunities/deleted", "opportunities:read"),
        ("GET", "/applications/deleted", "applications:read"),
        ("GET", "/postings/deleted", "postings:read"),
        ("GET", "/postings/x/users", "postings:read"),
        ("GET", "/postings/x/apply", "postings:read"),
        ("POST", "/postings/x/apply", "postings:write"),
        ("POST", "/postings", "postings:write"),
        ("POST", "/postings/x", "postings:write"),
        ("POST", "/users", "users:write"),
        ("PUT", "/users/x", "users:write"),
        ("POST", "/users/x/deactivate", "users:write"),
        ("POST", "/users/x/reactivate", "users:write"),
        ("GET", "/requisitions", "requisitions:read"),
        ("GET", "/requisitions/x", "requisitions:read"),
        ("POST", "/requisitions", "requisitions:write"),
        ("PUT", "/requisitions/x", "requisitions:write"),
        ("DELETE", "/requisitions/x", "requisitions:write"),
        ("GET", "/requisition_fields", "requisition_fields:read"),
        ("GET", "/requisition_fields/x", "requisition_fields:read"),
        ("POST", "/requisition_fields", "requisition_fields:write"),
        ("PUT", "/requisition_fields/x", "requisition_fields:write"),
        ("DELETE", "/requisition_fields/x", "requisition_fields:write"),
        ("POST", "/requisition_fields/x/options", "requisition_fields:write"),
        ("PUT", "/requisition_fields/x/options", "requisition_fields:write"),
        ("DELETE", "/requisition_fields/x/options", "requisition_fields:write"),
    ] {
        for (held, access) in &tokens {
            let request = lever
                .http
                .request(method.parse().unwrap(), lever.url(path))
                .bearer_auth(access)
                .json(&serde_json::json!({}));
            let status = lever.send(request).await.status;
            let allowed = *held == scope || *held == scope.replace(":read", ":write");
            assert_eq!(status != 403, allowed, "{method} {path} with {held}: {status}");
        }
    }
}
