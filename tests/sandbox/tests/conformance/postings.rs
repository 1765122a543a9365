//! Postings: filters, making and changing them, and what a new title does to people (lever-api §3.8, §4.4).

use sandbox::access::KeyEntry;
use sandbox::config::Config;
use serde_json::{Value, json};

use crate::support::{Lever, keys, lever, lever_with, text, unlimited};

type Keep = Box<dyn Fn(&Value) -> bool>;

async fn create(lever: &Lever, body: Value) -> crate::support::Answer {
    let maya = lever.user("Maya Okafor").await;
    lever.post(&format!("/postings?perform_as={maya}"), body).await
}

async fn update(lever: &Lever, id: &str, body: Value) -> crate::support::Answer {
    let maya = lever.user("Maya Okafor").await;
    lever.post(&format!("/postings/{id}?perform_as={maya}"), body).await
}

#[tokio::test]
async fn s3_8_a_posting_has_the_recorded_keys_in_the_recorded_order() {
    let lever = lever().await;
    let id = lever.posting("Data Platform Lead").await;
    let posting = lever.get(&format!("/postings/{id}")).await.data().clone();
    assert_eq!(
        keys(&posting),
        [
            "id",
            "text",
            "state",
            "distributionChannels",
            "user",
            "owner",
            "hiringManager",
            "categories",
            "tags",
            "content",
            "country",
            "followers",
            "reqCode",
            "requisitionCodes",
            "urls",
            "confidentiality",
            "createdAt",
            "updatedAt",
            "salaryDescription",
            "salaryDescriptionHtml",
            "workplaceType",
            "salaryRange",
            "transcribeInterviews",
            "screening",
        ]
    );
    assert_eq!(
        keys(&posting["categories"]),
        ["commitment", "department", "level", "location", "team", "allLocations"]
    );
    assert_eq!(
        keys(&posting["content"]),
        ["description", "descriptionHtml", "lists", "closing", "closingHtml"]
    );
    assert!(text(&posting["content"]["description"]).ends_with('\n'));
    assert!(posting["reqCode"].is_null());
    assert_eq!(posting["salaryDescription"], "Paid in euros, wherever you live.\n");
}

#[tokio::test]
async fn s3_8_every_filter_leaves_exactly_what_it_says() {
    let lever = lever().await;
    let all = lever.walk("/postings", 100).await;
    let ids = |rows: &[Value]| -> Vec<String> { rows.iter().map(|row| text(&row["id"])).collect() };
    let cases: [(&str, Keep); 8] = [
        (
            "state=closed&state=draft",
            Box::new(|row| row["state"] == "closed" || row["state"] == "draft"),
        ),
        (
            "team=Data&team=Sales",
            Box::new(|row| row["categories"]["team"] == "Data" || row["categories"]["team"] == "Sales"),
        ),
        ("team=data", Box::new(|_| false)),
        (
            "department=Engineering",
            Box::new(|row| row["categories"]["department"] == "Engineering"),
        ),
        (
            "commitment=Full-time",
            Box::new(|row| row["categories"]["commitment"] == "Full-time"),
        ),
        (
            "location=Lisboa",
            Box::new(|row| {
                row["categories"]["allLocations"]
                    .as_array()
                    .unwrap()
                    .contains(&json!("Lisboa"))
            }),
        ),
        (
            "tag=priority",
            Box::new(|row| row["tags"].as_array().unwrap().contains(&json!("priority"))),
        ),
        ("level=senior", Box::new(|_| false)),
    ];
    for (filter, keep) in cases {
        let expected: Vec<Value> = all.iter().filter(|row| keep(row)).cloned().collect();
        let found = lever.walk(&format!("/postings?{filter}"), 7).await;
        assert_eq!(ids(&found), ids(&expected), "{filter}");
    }
    lever.get("/postings?state=open").await.refused(400, "BadRequestError");
    let middle = all[all.len() / 2]["updatedAt"].as_i64().unwrap();
    let recent = lever.walk(&format!("/postings?updated_at_start={middle}"), 100).await;
    assert!(!recent.is_empty() && recent.len() < all.len());
    assert!(recent.iter().all(|row| row["updatedAt"].as_i64().unwrap() >= middle));
}

#[tokio::test]
async fn s3_8_grouped_postings_are_the_same_postings_by_title() {
    let lever = lever().await;
    let all = lever.walk("/postings", 100).await;
    for group in ["location", "team", "department", "commitment"] {
        let groups = lever.get(&format!("/postings?group={group}")).await.rows().to_vec();
        let titles: Vec<String> = groups.iter().map(|group| text(&group["title"])).collect();
        assert!(titles.is_sorted_by(|a, b| a < b), "{titles:?}");
        let mut count = 0;
        for one in &groups {
            for posting in one["postings"].as_array().unwrap() {
                let title = posting["categories"][group].as_str().unwrap_or("");
                assert_eq!(one["title"], title);
                count += 1;
            }
        }
        assert_eq!(count, all.len());
    }
    lever
        .get("/postings?group=colour")
        .await
        .refused(400, "BadRequestError");
    lever
        .get("/postings?group=team&updated_at_start=1")
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_8_include_and_expand_work_on_lists_and_single_reads() {
    let lever = lever().await;
    let id = lever.posting("Data Platform Lead").await;
    let path = format!("/postings/{id}?include=text&include=state&expand=owner");
    let shown = lever.get(&path).await.data().clone();
    assert_eq!(keys(&shown), ["text", "state", "owner"]);
    assert_eq!(shown["owner"]["name"], "Maya Okafor");
    let page = lever.get("/postings?include=text&limit=1").await;
    assert_eq!(keys(&page.rows()[0]), ["text"]);
    let message = lever
        .get("/postings?expand=stage")
        .await
        .refused(400, "BadRequestError");
    assert_eq!(message, "stage is not expandable");
}

#[tokio::test]
async fn s3_8_a_created_posting_is_a_draft_of_the_performer_without_urls() {
    let lever = lever().await;
    let maya = lever.user("Maya Okafor").await;
    let created = create(&lever, json!({ "text": "Gardener" })).await;
    assert_eq!(created.status, 201);
    let posting = created.data().clone();
    assert_eq!(posting["state"], "draft");
    assert!(posting["urls"].is_null() && posting["distributionChannels"].is_null());
    assert_eq!((&posting["user"], &posting["owner"]), (&json!(maya), &json!(maya)));
    assert_eq!(posting["createdAt"], posting["updatedAt"]);
    assert_eq!(posting["confidentiality"], "non-confidential");
    assert_eq!(posting["content"]["description"], "");
    let id = text(&posting["id"]);
    assert_eq!(lever.get(&format!("/postings/{id}")).await.data(), &posting);
    assert_eq!(
        lever.get("/postings?limit=1").await.ids(),
        [id],
        "the newest stands first"
    );
    lever
        .post("/postings", json!({ "text": "x" }))
        .await
        .refused(400, "BadRequestError");
    create(&lever, json!({ "state": "draft" }))
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_8_everything_a_posting_can_be_told_is_kept() {
    let lever = lever().await;
    let jonas = lever.user("Jonas Lindqvist").await;
    let body = json!({
        "text": "Gardener",
        "state": "published",
        "distributionChannels": ["public"],
        "owner": jonas,
        "hiringManager": jonas,
        "categories": {
            "commitment": "Part-time", "department": "Operations", "team": "Workplace",
            "location": "Berlin", "allLocations": ["Gdynia", "Berlin"],
        },
        "tags": ["green"],
        "content": {
            "descriptionHtml": "<div>Plants &amp; <b>patience</b></div><div>Daily</div>",
            "lists": [{ "text": "You bring", "content": "<li>Boots</li>" }],
            "closingPostingHtml": "<p>Come</p>",
        },
        "workplaceType": "onsite",
        "requisitionCodes": ["OPS-7"],
        "salaryDescriptionHtml": "<div>Fair</div>",
        "salaryRange": { "min": 17.5, "max": 20, "currency": "EUR", "interval": "per-hour-wage" },
    });
    let posting = create(&lever, body).await.data().clone();
    assert_eq!(posting["distributionChannels"], json!(["public"]));
    assert_eq!(
        (&posting["owner"], &posting["hiringManager"]),
        (&json!(jonas), &json!(jonas))
    );
    assert_eq!(posting["categories"]["allLocations"], json!(["Berlin", "Gdynia"]));
    assert_eq!(posting["categories"]["location"], "Berlin");
    assert_eq!(posting["content"]["description"], "Plants & patience\nDaily\n");
    assert_eq!(posting["content"]["lists"][0]["content"], "<li>Boots</li>");
    assert_eq!(posting["content"]["closing"], "Come\n");
    assert_eq!(posting["requisitionCodes"], json!(["OPS-7"]));
    assert_eq!(posting["salaryDescription"], "Fair\n");
    assert_eq!(posting["salaryRange"]["min"], 17.5);
    assert_eq!(keys(&posting["urls"]), ["list", "show", "apply"]);
}

#[tokio::test]
async fn s3_8_html_salaries_and_words_are_refused_when_lever_would_not_take_them() {
    let lever = lever().await;
    for body in [
        json!({ "content": { "descriptionHtml": "<script>x</script>" } }),
        json!({ "content": { "descriptionHtml": "<h1>x</h1>" } }),
        json!({ "content": { "descriptionHtml": "<div style=\"color: red\">x</div>" } }),
        json!({ "content": { "descriptionHtml": "<span style=\"font-size: 12px\">x</span>" } }),
        json!({ "content": { "closingHtml": "<a onclick=\"x\">x</a>" } }),
        json!({ "content": { "lists": [{ "text": "a", "content": "<div>x</div>" }] } }),
        json!({ "salaryDescriptionHtml": "<table></table>" }),
        json!({ "salaryRange": { "min": 1, "max": 2 } }),
        json!({ "salaryRange": { "min": 1, "max": 2, "currency": "EUR", "interval": "now and then" } }),
        json!({ "state": "open" }),
        json!({ "distributionChannels": ["radio"] }),
        json!({ "workplaceType": "moon" }),
        json!({ "confidentiality": "confidential" }),
        json!({ "owner": "nobody" }),
    ] {
        let mut with_text = body.clone();
        with_text["text"] = json!("Gardener");
        create(&lever, with_text).await.refused(400, "BadRequestError");
        let id = lever.posting("Platform Engineer").await;
        let before = lever.get(&format!("/postings/{id}")).await.data().clone();
        update(&lever, &id, body).await.refused(400, "BadRequestError");
        assert_eq!(
            lever.get(&format!("/postings/{id}")).await.data(),
            &before,
            "nothing is half done"
        );
    }
    let fine = json!({ "text": "G", "content": {
        "descriptionHtml": "<div><span style=\"font-size: 18px\"><u>a</u></span><br>\
                            <a href=\"https://a.example.org\" class=\"postings-link\">b</a></div>"
    } });
    assert_eq!(create(&lever, fine).await.status, 201);
}

#[tokio::test]
async fn s3_8_an_update_is_partial_and_its_reply_hides_the_locations() {
    let lever = lever().await;
    let id = lever.posting("Backend Engineer").await;
    let path = format!("/postings/{id}");
    let before = lever.get(&path).await.data().clone();
    let reply = update(&lever, &id, json!({ "tags": ["rust"] })).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.data()["categories"]["allLocations"], json!([]));
    let mut expected = before.clone();
    let after = lever.get(&path).await.data().clone();
    expected["tags"] = json!(["rust"]);
    expected["updatedAt"] = after["updatedAt"].clone();
    assert_eq!(after, expected);
    assert!(after["updatedAt"].as_i64() > before["updatedAt"].as_i64());
    update(&lever, &id, json!({ "workplaceType": "unspecified" }))
        .await
        .refused(400, "BadRequestError");
    update(&lever, "no-such-posting", json!({}))
        .await
        .refused(404, "ResourceNotFound");
    let closed = update(&lever, &id, json!({ "state": "closed" })).await;
    assert!(closed.data()["distributionChannels"].is_null());
    let quiet = lever_with(Config {
        choices: "quirks=off".parse().unwrap(),
        ..unlimited()
    })
    .await;
    let id = quiet.posting("Backend Engineer").await;
    let shown = update(&quiet, &id, json!({ "tags": [] })).await;
    assert_eq!(shown.data()["categories"]["allLocations"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn s4_3_a_posting_update_that_changes_nothing_moves_no_clock() {
    let lever = lever().await;
    let id = lever.posting("Backend Engineer").await;
    let before = lever.get(&format!("/postings/{id}")).await.data().clone();
    update(&lever, &id, json!({ "text": "Backend Engineer" })).await.data();
    assert_eq!(lever.get(&format!("/postings/{id}")).await.data(), &before);
}

#[tokio::test]
async fn s4_4_a_new_title_takes_the_place_of_the_old_tag_at_the_end() {
    let lever = lever().await;
    let id = lever.posting("Data Platform Lead").await;
    let list = format!("/opportunities?posting_id={id}&archived=false");
    let before = lever.walk(&list, 100).await;
    let fresh = lever.create(json!({ "postings": [id], "tags": ["by hand"] })).await;
    let fresh = text(&fresh.data()["id"]);
    let count = |tags: &[Value], title: &str| {
        tags.iter()
            .find(|row| row["text"] == title)
            .map_or(0, |row| row["count"].as_i64().unwrap())
    };
    let old_count = count(&lever.walk("/tags", 100).await, "Data Platform Lead");
    update(
        &lever,
        &id,
        json!({ "text": "Head of Data", "categories": { "location": "Gdynia" } }),
    )
    .await
    .data();
    assert!(before.len() > 1, "drawn people are on the posting too");
    for row in before.iter().map(|row| text(&row["id"])).chain([fresh.clone()]) {
        let tags = lever.get(&format!("/opportunities/{row}")).await.data()["tags"].clone();
        let tags: Vec<String> = serde_json::from_value(tags).unwrap();
        assert!(!tags.contains(&"Data Platform Lead".to_owned()), "{tags:?}");
        assert_eq!(tags.last().unwrap(), "Head of Data");
        assert!(
            tags.contains(&"Remote".to_owned()),
            "a changed location is not carried over"
        );
    }
    let tags = lever.walk("/tags", 100).await;
    assert_eq!(count(&tags, "Data Platform Lead"), 0);
    assert_eq!(count(&tags, "Head of Data"), old_count);
    let found = lever.walk("/opportunities?tag=Head%20of%20Data", 100).await;
    assert_eq!(i64::try_from(found.len()).unwrap(), old_count);
    let later = lever.create(json!({ "postings": [id] })).await;
    assert_eq!(later.data()["tags"][0], "Head of Data", "who comes later has it first");
    let again = update(&lever, &id, json!({ "text": "Head of Data and More" })).await;
    again.data();
    let drawn = text(&before.iter().find(|row| row["name"] != "Ines Kowalczyk").unwrap()["id"]);
    let renamed = lever.get(&format!("/opportunities/{drawn}")).await;
    assert_eq!(
        renamed.data()["tags"].as_array().unwrap().last().unwrap(),
        "Head of Data and More"
    );
    let renamed = lever.get(&format!("/opportunities/{fresh}")).await;
    assert_eq!(
        renamed.data()["tags"].as_array().unwrap().last().unwrap(),
        "Head of Data and More"
    );
}

/// §3.5: `postingOwner` is whoever owned the posting when somebody applied.
#[tokio::test]
async fn s3_5_a_new_owner_of_a_posting_is_not_carried_over_to_applications() {
    let lever = lever().await;
    let id = lever.posting("Data Platform Lead").await;
    let list = format!("/opportunities?posting_id={id}&expand=applications");
    let before = lever.walk(&list, 100).await;
    let jonas = lever.user("Jonas Lindqvist").await;
    update(&lever, &id, json!({ "owner": jonas })).await.data();
    assert_eq!(lever.walk(&list, 100).await, before);
}

#[tokio::test]
async fn s3_8_the_users_of_a_posting_come_without_data() {
    let lever = lever().await;
    let id = lever.posting("Platform Engineer").await;
    let answer = lever.get(&format!("/postings/{id}/users")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(keys(&answer.body), ["posting", "users", "roles"]);
    assert_eq!(answer.body["posting"], json!({ "id": id, "text": "Platform Engineer" }));
    let names: Vec<String> = answer.body["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| text(&user["name"]))
        .collect();
    assert!(names.contains(&"Jonas Lindqvist".to_owned()) && names.contains(&"Priya Raman".to_owned()));
    assert_eq!(keys(&answer.body["roles"][0]), ["id", "name", "isReadOnly"]);
}

#[tokio::test]
async fn s5_a_confidential_posting_needs_the_grant() {
    let entries: Vec<KeyEntry> =
        serde_json::from_value(json!([{ "key": "full", "confidential": true }, { "key": "plain" }])).unwrap();
    let lever = lever_with(Config {
        keys: entries,
        ..unlimited()
    })
    .await;
    let id = lever.posting("Chief of Staff").await;
    for path in [
        format!("/postings/{id}"),
        format!("/postings/{id}/users"),
        format!("/postings/{id}/apply"),
    ] {
        assert_eq!(lever.get(&path).await.status, 200);
        lever.get_with_key("plain", &path).await.refused(403, "ForbiddenError");
    }
}

#[tokio::test]
async fn s3_8_distribution_selects_the_custom_questions_of_a_posting() {
    let lever = lever().await;
    let path = format!("/postings/{}", lever.posting("Platform Engineer").await);
    let plain = lever.get(&path).await;
    assert!(plain.data()["content"].get("customQuestions").is_none());
    for distribution in ["external", "internal"] {
        let asked = format!("{path}?distribution={distribution}");
        let shown = lever.get(&asked).await.data()["content"]["customQuestions"].clone();
        assert_eq!(shown.as_array().unwrap().len(), 1);
        assert_eq!(shown[0]["distribution"], json!([distribution]));
        let form = lever.get(&format!("{path}/apply?distribution={distribution}")).await;
        assert_eq!(form.data()["customQuestions"], shown);
    }
    lever
        .get(&format!("{path}?distribution=both"))
        .await
        .refused(400, "BadRequestError");
}
