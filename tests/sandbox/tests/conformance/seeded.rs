//! The seeded account: what stories rely on, and that it looks like a real one (lever-api §3.1, §4.3, §4.8).

use std::collections::HashMap;

use sandbox::config::Config;
use serde_json::json;

use crate::support::{lever_with, text, unlimited};

#[tokio::test]
async fn well_known_people_are_there_for_every_seed_from_ten_contacts_on() {
    for (seed, contacts) in [(1, 10), (2, 300), (99, 50)] {
        let lever = lever_with(Config {
            seed,
            contacts: Some(contacts),
            ..unlimited()
        })
        .await;
        let ines = lever.ines().await;
        assert_eq!(ines["name"], "Ines Kowalczyk");
        assert_eq!(
            ines["links"],
            json!(["https://www.linkedin.com/in/ines-kowalczyk-demo"])
        );
        assert_eq!(ines["phones"][0]["value"], "+48 555 010 203");
        assert_eq!(ines["location"], "Gdynia");
        assert_eq!(ines["stage"], lever.stage("Onsite interview").await);
        assert_eq!(ines["owner"], lever.user("Maya Okafor").await);
        let both = lever
            .get("/opportunities?email=ines.k@example.org&expand=applications")
            .await;
        let old = both.rows().iter().find(|row| !row["archived"].is_null()).unwrap();
        assert_eq!(old["archived"]["reason"], lever.reason("Timing").await);
        assert_eq!(
            old["applications"][0]["posting"],
            lever.posting("Backend Engineer").await
        );
        let all = lever.walk("/opportunities?confidentiality=all", 100).await;
        let named = |name: &str| all.iter().filter(|row| row["name"] == name).collect::<Vec<_>>();
        assert_ne!(named("Alex Martin")[0]["contact"], named("Alex Martin")[1]["contact"]);
        assert_eq!(
            named("Wei Chen")[0]["links"],
            json!(["https://github.com/wei-chen-demo"])
        );
        assert_eq!(named("Leila Haddad")[0]["stage"], "lead-responded");
        assert_eq!(
            named("Daniel Osei-Mensah")[0]["archived"]["reason"],
            lever.reason("Hired").await
        );
        let text = json!(all).to_string();
        assert!(!text.contains("Tomasz Abara") && !text.contains("tabara-demo"));
    }
}

#[tokio::test]
async fn the_account_looks_like_a_real_one() {
    let lever = lever_with(Config {
        contacts: Some(2_000),
        ..unlimited()
    })
    .await;
    let rows = lever.walk("/opportunities?confidentiality=all", 100).await;
    let share = |count: usize| count as f64 / rows.len() as f64;
    let count = |keep: &dyn Fn(&serde_json::Value) -> bool| share(rows.iter().filter(|row| keep(row)).count());
    let with_email = count(&|row| row["emails"] != json!([]));
    assert!((0.2..0.4).contains(&with_email), "{with_email}");
    assert!(count(&|row| !row["archived"].is_null()) > 0.3);
    assert!(count(&|row| row["updatedAt"].is_null()) > 0.3);
    assert!(count(&|row| row["name"] == "") > 0.001, "blank rows");
    assert!(count(&|row| !text(&row["name"]).is_ascii()) > 0.1);
    let mut people: HashMap<String, usize> = HashMap::new();
    for row in &rows {
        *people.entry(text(&row["contact"])).or_default() += 1;
    }
    assert_eq!(people.len(), 2_000);
    assert!(
        people.values().any(|count| *count >= 3),
        "several opportunities a person"
    );
    for row in &rows {
        let changes = row["stageChanges"].as_array().unwrap();
        assert_eq!(changes[0]["updatedAt"], row["createdAt"]);
        assert_eq!(changes.last().unwrap()["toStageId"], row["stage"]);
        if row["archived"].is_null() {
            assert_eq!(row["lastAdvancedAt"], changes.last().unwrap()["updatedAt"]);
        }
        for email in row["emails"].as_array().unwrap() {
            let domain = text(email).to_lowercase();
            assert!(
                ["@example.org", "@example.com", "@example.net"]
                    .iter()
                    .any(|end| domain.ends_with(end))
            );
        }
        for phone in row["phones"].as_array().unwrap() {
            assert!(text(&phone["value"]).contains("555"));
        }
    }
    let size = json!(rows).to_string().len() / rows.len();
    assert!((900..1_900).contains(&size), "{size} bytes a row");
}

/// What makes matching hard in a real account: people who are there twice, links of somebody else, names as they are typed.
#[tokio::test]
async fn records_are_as_untidy_as_in_a_real_account() {
    let lever = lever_with(Config {
        contacts: Some(3_000),
        ..unlimited()
    })
    .await;
    let rows = lever.walk("/opportunities?confidentiality=all", 100).await;
    let mut by_link: HashMap<String, HashMap<String, String>> = HashMap::new();
    for row in &rows {
        for link in row["links"].as_array().unwrap() {
            let link = text(link).to_lowercase();
            let Some(slug) = link.split("/in/").nth(1) else {
                continue;
            };
            let slug: String = slug.chars().take_while(|letter| !"/?#".contains(*letter)).collect();
            by_link
                .entry(slug)
                .or_default()
                .insert(text(&row["contact"]), text(&row["name"]));
        }
    }
    let shared: Vec<Vec<&String>> = by_link
        .values()
        .filter(|people| people.len() > 1)
        .map(|people| people.values().collect())
        .collect();
    assert!(shared.len() > 3, "one profile on two records: {shared:?}");
    let names: Vec<String> = rows.iter().map(|row| text(&row["name"])).collect();
    let any = |keep: &dyn Fn(&str) -> bool| names.iter().any(|name| keep(name));
    assert!(any(&|name| name.ends_with("REJECTED")));
    assert!(any(&|name| name.contains("(she/her)")));
    assert!(any(&|name| name.contains(", ")), "family name first");
    assert!(any(&|name| name.starts_with("Mike ")
        || name.starts_with("Jim ")
        || name.starts_with("Dan ")));
    assert!(any(&|name| name
        .split_once(". ")
        .is_some_and(|(initial, _)| initial.chars().count() == 1)));
    let headlines: std::collections::HashSet<String> = rows.iter().map(|row| text(&row["headline"])).collect();
    assert!(headlines.len() > 1_000, "{} employers and more", headlines.len());
}

#[tokio::test]
async fn every_account_has_a_posting_in_every_state_and_texts_in_html() {
    let mut without_text = 0;
    for seed in [1, 2, 3, 4, 5, 77] {
        let lever = lever_with(Config {
            seed,
            contacts: Some(10),
            ..unlimited()
        })
        .await;
        let postings = lever.walk("/postings?confidentiality=all", 100).await;
        for state in ["published", "internal", "closed", "draft", "pending", "rejected"] {
            assert!(postings.iter().any(|row| row["state"] == state), "{seed} {state}");
        }
        assert!(postings.iter().any(|row| row["confidentiality"] == "confidential"));
        let empty = postings.iter().filter(|row| row["content"]["descriptionHtml"] == "");
        without_text += empty.count();
        let html = text(&postings[0]["content"]["descriptionHtml"]);
        assert!(html.contains("<div>") || html.is_empty(), "{html}");
        let off = lever.walk("/users?includeDeactivated=true", 100).await;
        assert!(off.iter().any(|user| !user["deactivatedAt"].is_null()));
        let reasons = lever.walk("/archive_reasons", 100).await;
        assert!(reasons.iter().any(|reason| reason["status"] == "inactive"));
    }
    assert!(without_text > 0, "a description can be empty");
}

/// §8: an account may have nothing but the built-in stages, whose ids are slugs.
#[tokio::test]
async fn an_account_of_built_in_stages_has_slugs_only() {
    let lever = lever_with(Config {
        stages: sandbox::seed::company::Pipeline::BuiltIn,
        ..unlimited()
    })
    .await;
    let slugs = [
        "lead-new",
        "lead-reached-out",
        "lead-responded",
        "applicant-new",
        "offer",
    ];
    assert_eq!(lever.get("/stages").await.ids(), slugs);
    let rows = lever.walk("/opportunities?confidentiality=all", 100).await;
    for slug in slugs {
        assert!(rows.iter().any(|row| row["stage"] == slug), "{slug}");
    }
    for row in &rows {
        let changes = row["stageChanges"].as_array().unwrap();
        assert_eq!(changes.last().unwrap()["toStageId"], row["stage"]);
        for pair in changes.windows(2) {
            assert_ne!(pair[0]["toStageId"], pair[1]["toStageId"]);
        }
    }
    assert_eq!(lever.ines().await["stage"], "applicant-new");
    let daniel = rows.iter().find(|row| row["name"] == "Daniel Osei-Mensah").unwrap();
    assert_eq!(daniel["stage"], "offer");
}

#[tokio::test]
async fn a_seed_gives_the_same_account_again_and_another_seed_another() {
    let walk = |seed| async move {
        let lever = lever_with(Config { seed, ..unlimited() }).await;
        lever.walk("/opportunities", 100).await
    };
    let first = walk(4).await;
    assert!(first == walk(4).await);
    assert!(first != walk(5).await);
}

#[tokio::test]
async fn an_account_can_be_empty() {
    let lever = lever_with(Config {
        contacts: Some(0),
        ..unlimited()
    })
    .await;
    assert_eq!(
        lever.get("/opportunities").await.body,
        json!({ "data": [], "hasNext": false })
    );
    lever.create(json!({ "name": "The First" })).await.data();
    assert_eq!(lever.get("/opportunities").await.rows().len(), 1);
}

#[tokio::test]
async fn an_anonymised_contact_is_neither_updated_nor_linked() {
    let lever = lever_with(Config {
        contacts: Some(2_000),
        ..unlimited()
    })
    .await;
    let rows = lever.walk("/opportunities", 100).await;
    let row = rows.iter().find(|row| row["isAnonymized"] == true).unwrap();
    let contact = text(&row["contact"]);
    assert_eq!(
        lever.get(&format!("/contacts/{contact}")).await.data()["isAnonymized"],
        true
    );
    lever
        .put(&format!("/contacts/{contact}"), json!({ "name": "Back Again" }))
        .await
        .refused(400, "BadRequestError");
    lever
        .create(json!({ "contact": contact }))
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s4_1_nothing_is_written_to_an_opportunity_of_an_anonymised_contact() {
    let lever = lever_with(Config {
        contacts: Some(2_000),
        ..unlimited()
    })
    .await;
    let rows = lever.walk("/opportunities", 100).await;
    let row = rows.iter().find(|row| row["isAnonymized"] == true).unwrap();
    let (id, maya) = (text(&row["id"]), lever.user("Maya Okafor").await);
    let template = text(&lever.get("/form_templates").await.rows()[0]["id"]);
    let interview = json!({ "interviewers": [{ "id": maya }], "date": 1, "duration": 1 });
    for (what, body) in [
        ("notes", json!({ "value": "x" })),
        ("addTags", json!({ "tags": ["x"] })),
        ("addLinks", json!({ "links": ["x.example.org"] })),
        ("panels", json!({ "timezone": "UTC", "interviews": [interview] })),
        ("feedback", json!({ "baseTemplateId": "x" })),
        ("forms", json!({ "baseTemplateId": template })),
        ("files", json!({})),
    ] {
        let path = format!("/opportunities/{id}/{what}?perform_as={maya}");
        let message = lever.post(&path, body).await.refused(400, "BadRequestError");
        assert!(message.contains("anonymized"), "{what}: {message}");
    }
    let read = lever.get(&format!("/opportunities/{id}")).await;
    assert_eq!(read.data(), row);
}

/// §1.1: the same server answers over TLS at Lever's names, with a certificate of its throw-away authority.
#[tokio::test]
async fn the_tls_port_answers_as_api_lever_co() {
    let lever = lever_with(Config {
        tls_port: Some(0),
        ..unlimited()
    })
    .await;
    let port = lever.running.tls_port().unwrap();
    let authority = reqwest::Certificate::from_pem(lever.running.authority_pem().unwrap().as_bytes()).unwrap();
    for name in ["api.lever.co", "api.sandbox.lever.co", "api.eu.lever.co", "localhost"] {
        let https = reqwest::Client::builder()
            .no_proxy()
            .tls_built_in_root_certs(false)
            .add_root_certificate(authority.clone())
            .resolve(name, ([127, 0, 0, 1], port).into())
            .build()
            .unwrap();
        let response = https
            .get(format!("https://{name}:{port}/v1/stages"))
            .basic_auth(lever.running.key(), Some(""))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200, "{name}");
    }
}
