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
        "sources:read",
        "stages:read",
        "archive_reasons:read",
        "audit_events:read",
        "diversity_surveys:read",
        "eeo_responses:read",
        "eeo_responses_pii:read",
        "contact:read",
        "contact:write",
        "uploads:write",
        "webhooks:read",
        "webhooks:write",
        "feedback_templates:read",
        "feedback_templates:write",
        "form_templates:read",
        "form_templates:write",
        "opportunities:write",
        "notes:read",
        "notes:write",
        "files:read",
        "files:write",
        "resumes:read",
        "feedback:read",
        "feedback:write",
        "forms:read",
        "forms:write",
        "interviews:read",
        "interviews:write",
        "panels:read",
        "panels:write",
        "offers:read",
        "referrals:read",
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
        ("GET", "/sources", "sources:read"),
        ("GET", "/tags", "tags:read"),
        ("GET", "/stages", "stages:read"),
        ("GET", "/stages/x", "stages:read"),
        ("GET", "/archive_reasons", "archive_reasons:read"),
        ("GET", "/archive_reasons/x", "archive_reasons:read"),
        ("GET", "/audit_events", "audit_events:read"),
        ("GET", "/surveys/diversity/x", "diversity_surveys:read"),
        ("GET", "/eeo/responses", "eeo_responses:read"),
        ("GET", "/eeo/responses/pii", "eeo_responses_pii:read"),
        ("GET", "/contacts/x", "contact:read"),
        ("PUT", "/contacts/x", "contact:write"),
        ("GET", "/users", "users:read"),
        ("GET", "/users/x", "users:read"),
        ("GET", "/postings", "postings:read"),
        ("GET", "/postings/x", "postings:read"),
        ("POST", "/uploads", "uploads:write"),
        ("GET", "/webhooks", "webhooks:read"),
        ("POST", "/webhooks", "webhooks:write"),
        ("PUT", "/webhooks", "webhooks:write"),
        ("DELETE", "/webhooks/x", "webhooks:write"),
        ("GET", "/feedback_templates", "feedback_templates:read"),
        ("POST", "/feedback_templates", "feedback_templates:write"),
        ("PUT", "/feedback_templates/x", "feedback_templates:write"),
        ("DELETE", "/feedback_templates/x", "feedback_templates:write"),
        ("GET", "/form_templates", "form_templates:read"),
        ("POST", "/form_templates", "form_templates:write"),
        ("PUT", "/form_templates/x", "form_templates:write"),
        ("DELETE", "/form_templates/x", "form_templates:write"),
        ("GET", "/opportunities", "opportunities:read"),
        ("GET", "/opportunities/x", "opportunities:read"),
        ("POST", "/opportunities", "opportunities:write"),
        ("PUT", "/opportunities/x/stage", "opportunities:write"),
        ("PUT", "/opportunities/x/archived", "opportunities:write"),
        ("POST", "/opportunities/x/addTags", "opportunities:write"),
        ("POST", "/opportunities/x/removeTags", "opportunities:write"),
        ("POST", "/opportunities/x/addSources", "opportunities:write"),
        ("POST", "/opportunities/x/removeSources", "opportunities:write"),
        ("POST", "/opportunities/x/addLinks", "opportunities:write"),
        ("POST", "/opportunities/x/removeLinks", "opportunities:write"),
        ("GET", "/candidates", "opportunities:read"),
        ("POST", "/candidates/x/addPostings", "opportunities:write"),
        ("GET", "/opportunities/x/applications", "applications:read"),
        ("GET", "/opportunities/x/applications/y", "applications:read"),
        ("GET", "/opportunities/x/notes", "notes:read"),
        ("POST", "/opportunities/x/notes", "notes:write"),
        ("PUT", "/opportunities/x/notes/y", "notes:write"),
        ("DELETE", "/opportunities/x/notes/y", "notes:write"),
        ("GET", "/opportunities/x/files", "files:read"),
        ("GET", "/opportunities/x/files/y/download", "files:read"),
        ("POST", "/opportunities/x/files", "files:write"),
        ("DELETE", "/opportunities/x/files/y", "files:write"),
        ("GET", "/opportunities/x/resumes", "resumes:read"),
        ("GET", "/opportunities/x/resumes/y/download", "resumes:read"),
        ("GET", "/opportunities/x/feedback", "feedback:read"),
        ("POST", "/opportunities/x/feedback", "feedback:write"),
        ("PUT", "/opportunities/x/feedback/y", "feedback:write"),
        ("DELETE", "/opportunities/x/feedback/y", "feedback:write"),
        ("GET", "/opportunities/x/forms", "forms:read"),
        ("POST", "/opportunities/x/forms", "forms:write"),
        ("GET", "/opportunities/x/interviews", "interviews:read"),
        ("POST", "/opportunities/x/interviews", "interviews:write"),
        ("DELETE", "/opportunities/x/interviews/y", "interviews:write"),
        ("GET", "/opportunities/x/panels", "panels:read"),
        ("POST", "/opportunities/x/panels", "panels:write"),
        ("DELETE", "/opportunities/x/panels/y", "panels:write"),
        ("GET", "/opportunities/x/offers", "offers:read"),
        ("GET", "/opportunities/x/offers/y/download", "offers:read"),
        ("GET", "/opportunities/x/referrals", "referrals:read"),
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

async fn authorize(lever: &Lever, changes: &[(&str, Option<&str>)]) -> (u16, String) {
    let mut query = vec![
        ("client_id", "demo-client"),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("state", "s"),
        ("audience", "https://api.lever.co/v1/"),
        ("scope", "users:read:admin offline_access"),
    ];
    for (name, value) in changes {
        query.retain(|(known, _)| known != name);
        query.extend(value.map(|value| (*name, value)));
    }
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let url = format!("{}/authorize", lever.running.root_url());
    let response = http.get(url).query(&query).send().await.unwrap();
    let location = response.headers().get("location");
    let location = location.map(|location| location.to_str().unwrap().to_owned());
    (response.status().as_u16(), location.unwrap_or_default())
}

#[tokio::test]
async fn s1_3_a_super_admin_may_refuse() {
    let lever = with_application().await;
    lever.control("refuse_consent", String::new()).await;
    let (status, location) = authorize(&lever, &[]).await;
    assert_eq!(status, 302);
    assert!(
        location.starts_with(&format!("{BACK}?error=access_denied&error_description="))
            && location.ends_with("&state=s"),
        "{location}"
    );
    let (_, location) = authorize(&lever, &[]).await;
    assert!(location.contains("?code="), "once: {location}");
    assert_eq!(authorize(&lever, &[("client_id", Some("another"))]).await.0, 403);
    assert_eq!(authorize(&lever, &[("redirect_uri", None)]).await.0, 400);
}

#[tokio::test]
async fn s1_3_the_token_reply_and_what_decides_its_scopes() {
    let lever = with_application().await;
    for (audience, scope, granted, keys) in [
        (
            Some("https://api.lever.co/v1/"),
            "users:read:admin offline_access",
            "users:read:admin offline_access",
            vec!["access_token", "refresh_token", "token_type", "scope", "expires_in"],
        ),
        (
            Some("https://api.lever.co/v1/"),
            "users:read:admin",
            "users:read:admin",
            vec!["access_token", "token_type", "scope", "expires_in"],
        ),
        (
            None,
            "users:read:admin offline_access",
            "offline_access",
            vec!["access_token", "refresh_token", "token_type", "scope", "expires_in"],
        ),
        (
            Some("https://api.lever.co/v1"),
            "users:read:admin offline_access",
            "offline_access",
            vec!["access_token", "refresh_token", "token_type", "scope", "expires_in"],
        ),
    ] {
        let (_, location) = authorize(&lever, &[("audience", audience), ("scope", Some(scope))]).await;
        let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap();
        let exchange = |back| {
            [
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", back),
            ]
        };
        let (status, body) = token(&lever, &exchange(BACK)).await;
        assert_eq!(status, 200);
        assert_eq!(crate::support::keys(&body), keys);
        assert_eq!(body["scope"], granted);
        let access = text(&body["access_token"]);
        assert_eq!(access.split('.').count(), 3, "a JWT: {access}");
    }
    let (_, location) = authorize(&lever, &[]).await;
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap();
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", "https://elsewhere.example.org"),
    ];
    assert_eq!(token(&lever, &form).await.0, 403, "the address must be the same");
    let (status, body) = token(&lever, &[("grant_type", "password")]).await;
    assert_eq!((status, body["error"].as_str()), (400, Some("unsupported_grant_type")));
}
