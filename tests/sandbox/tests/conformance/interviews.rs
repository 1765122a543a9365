//! Interviews and panels (lever-api §3.12, §4.5).

use serde_json::{Value, json};

use crate::support::{Lever, keys, lever, text};

struct Planner {
    lever: Lever,
    path: String,
    maya: String,
    tunde: String,
}

const DATE: i64 = 1_999_987_200_000;

impl Planner {
    async fn new() -> Self {
        let lever = lever().await;
        let path = format!("/opportunities/{}", text(&lever.ines().await["id"]));
        let (maya, tunde) = (lever.user("Maya Okafor").await, lever.user("Tunde Balogun").await);
        Self {
            lever,
            path,
            maya,
            tunde,
        }
    }

    fn url(&self, what: &str) -> String {
        format!("{}/{what}?perform_as={}", self.path, self.maya)
    }

    fn interview(&self) -> Value {
        json!({ "interviewers": [{ "id": self.tunde }], "date": DATE, "duration": 60 })
    }

    async fn panel(&self) -> Value {
        let body = json!({ "timezone": "Europe/Warsaw", "interviews": [self.interview()] });
        let made = self.lever.post(&self.url("panels"), body).await;
        assert_eq!(made.status, 201, "{made:?}");
        made.data().clone()
    }
}

#[tokio::test]
async fn s3_12_a_panel_made_by_the_api_is_externally_managed_and_has_the_recorded_shape() {
    let planner = Planner::new().await;
    let panel = planner.panel().await;
    assert_eq!(
        keys(&panel),
        [
            "id",
            "applications",
            "canceledAt",
            "createdAt",
            "end",
            "externallyManaged",
            "externalUrl",
            "feedbackReminder",
            "interviews",
            "note",
            "stage",
            "start",
            "timezone",
            "user"
        ]
    );
    assert_eq!(panel["externallyManaged"], true);
    assert_eq!(panel["feedbackReminder"], "daily", "the default");
    assert_eq!(
        (&panel["start"], &panel["end"]),
        (&json!(DATE), &json!(DATE + 3_600_000))
    );
    assert_eq!(panel["user"], planner.maya);
    let ines = planner.lever.ines().await;
    assert_eq!(panel["applications"], ines["applications"], "active ones by default");
    assert_eq!(panel["stage"], ines["stage"]);
    let interview = &panel["interviews"][0];
    assert_eq!(
        keys(interview),
        [
            "id",
            "date",
            "duration",
            "feedbackReminder",
            "feedbackTemplate",
            "interviewers",
            "location",
            "note",
            "subject"
        ]
    );
    assert_eq!(interview["feedbackTemplate"], "no-feedback", "the default");
    assert_eq!(
        interview["interviewers"],
        json!([{ "email": "tunde.balogun@example.org", "id": planner.tunde, "name": "Tunde Balogun",
            "responseStatus": "needsAction", "feedbackTemplate": "no-feedback" }])
    );
    let read = planner
        .lever
        .get(&format!("{}/panels/{}", planner.path, text(&panel["id"])))
        .await;
    assert_eq!(read.data(), &panel);
}

#[tokio::test]
async fn s3_12_what_a_panel_must_have() {
    let planner = Planner::new().await;
    let one = planner.interview();
    let changed = |name: &str, value: Value| {
        let mut interview = planner.interview();
        interview[name] = value;
        json!({ "timezone": "UTC", "interviews": [interview] })
    };
    for body in [
        json!({ "interviews": [one] }),
        json!({ "timezone": "UTC" }),
        json!({ "timezone": "UTC", "interviews": [] }),
        json!({ "timezone": "UTC", "interviews": [one], "applications": [] }),
        json!({ "timezone": "UTC", "interviews": [one], "applications": ["another"] }),
        json!({ "timezone": "UTC", "interviews": [one], "feedbackReminder": "sometimes" }),
        changed("interviewers", json!([])),
        changed("interviewers", json!([{ "id": "nobody" }])),
        changed("duration", json!(0)),
        changed("date", Value::Null),
        changed("feedbackTemplate", json!("nope")),
        changed("id", json!("nope")),
    ] {
        let refused = planner.lever.post(&planner.url("panels"), body.clone()).await;
        assert_eq!(refused.status, 400, "{body}");
    }
    let unsaid = format!("{}/panels", planner.path);
    let body = json!({ "timezone": "UTC", "interviews": [one] });
    let message = planner.lever.post(&unsaid, body).await.refused(400, "BadRequestError");
    assert!(message.contains("perform_as"));
    assert!(planner.lever.log().await.is_empty());
}

#[tokio::test]
async fn s3_12_replacing_a_panel_keeps_named_interviews_and_drops_the_others() {
    let planner = Planner::new().await;
    let mut second = planner.interview();
    second["date"] = json!(DATE + 7_200_000);
    let body = json!({ "timezone": "UTC", "interviews": [planner.interview(), second], "note": "n",
        "externalUrl": "https://calendar.example.org/1" });
    let made = planner.lever.post(&planner.url("panels"), body).await.data().clone();
    assert_eq!(made["end"], DATE + 7_200_000 + 3_600_000);
    let (id, kept) = (text(&made["id"]), text(&made["interviews"][1]["id"]));
    let mut same = planner.interview();
    same["id"] = json!(kept);
    same["date"] = json!(DATE);
    let body = json!({ "timezone": "Asia/Tokyo", "interviews": [same, planner.interview()] });
    let replaced = planner.lever.put(&planner.url(&format!("panels/{id}")), body).await;
    assert_eq!(replaced.status, 200);
    let panel = replaced.data();
    assert_eq!(panel["id"], id);
    assert_eq!(panel["timezone"], "Asia/Tokyo");
    assert_eq!((&panel["note"], &panel["externalUrl"]), (&Value::Null, &Value::Null));
    assert_eq!(panel["interviews"][0]["id"], kept);
    assert_ne!(panel["interviews"][1]["id"], made["interviews"][0]["id"]);
    assert_eq!(panel["end"], DATE + 3_600_000, "computed from the interviews");
}

#[tokio::test]
async fn s3_12_an_interview_has_the_recorded_shape_and_expands() {
    let planner = Planner::new().await;
    let panel = planner.panel().await;
    let mut body = planner.interview();
    body["panel"] = panel["id"].clone();
    body["subject"] = json!("Systems");
    let made = planner.lever.post(&planner.url("interviews"), body).await;
    assert_eq!(made.status, 201);
    let interview = made.data();
    assert_eq!(
        keys(interview),
        [
            "id",
            "panel",
            "subject",
            "note",
            "interviewers",
            "timezone",
            "createdAt",
            "date",
            "duration",
            "location",
            "feedbackTemplate",
            "feedbackForms",
            "feedbackReminder",
            "user",
            "stage",
            "canceledAt",
            "postings",
            "gcalEventUrl",
            "opportunityId"
        ]
    );
    assert_eq!(interview["timezone"], "Europe/Warsaw", "the panel's");
    assert_eq!(
        keys(&interview["interviewers"][0]),
        ["id", "name", "email", "feedbackTemplate"]
    );
    let posting = planner.lever.posting("Data Platform Lead").await;
    assert_eq!(interview["postings"], json!([posting]));
    let path = format!("{}/interviews/{}", planner.path, text(&interview["id"]));
    let expanded = planner
        .lever
        .get(&format!(
            "{path}?expand=user&expand=stage&expand=postings&expand=feedbackForms"
        ))
        .await;
    assert_eq!(expanded.data()["user"]["name"], "Maya Okafor");
    assert_eq!(expanded.data()["stage"]["text"], "Onsite interview");
    assert_eq!(expanded.data()["postings"][0]["text"], "Data Platform Lead");
    let message = planner
        .lever
        .get(&format!("{path}?expand=panel"))
        .await
        .refused(400, "BadRequestError");
    assert_eq!(message, "panel is not expandable");
    let panels = planner.lever.get(&format!("{}/panels?expand=user", planner.path)).await;
    assert!(panels.rows().iter().all(|panel| panel["user"]["name"].is_string()));
    planner
        .lever
        .get(&format!("{}/panels?expand=postings", planner.path))
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_12_replacing_an_interview_drops_what_is_left_out() {
    let planner = Planner::new().await;
    let interview = text(&planner.panel().await["interviews"][0]["id"]);
    let url = planner.url(&format!("interviews/{interview}"));
    let mut body = planner.interview();
    body["duration"] = json!(30);
    let replaced = planner.lever.put(&url, body).await;
    assert_eq!(replaced.status, 200);
    assert_eq!(replaced.data()["duration"], 30);
    assert_eq!(
        replaced.data()["feedbackTemplate"],
        Value::Null,
        "recorded: not the default of a create"
    );
    planner
        .lever
        .put(&url, json!({ "duration": 30 }))
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_12_removing_the_last_interview_removes_the_panel() {
    let planner = Planner::new().await;
    let panel = planner.panel().await;
    let mut body = planner.interview();
    body["panel"] = panel["id"].clone();
    let second = planner
        .lever
        .post(&planner.url("interviews"), body)
        .await
        .data()
        .clone();
    let one = format!("{}/panels/{}", planner.path, text(&panel["id"]));
    for (interview, left) in [(&second["id"], 200), (&panel["interviews"][0]["id"], 404)] {
        let url = planner.url(&format!("interviews/{}", text(interview)));
        assert_eq!(planner.lever.delete(&url).await.status, 204);
        planner.lever.delete(&url).await.refused(404, "ResourceNotFound");
        assert_eq!(planner.lever.get(&one).await.status, left);
    }
    let panel = text(&planner.panel().await["id"]);
    let url = planner.url(&format!("panels/{panel}"));
    assert_eq!(planner.lever.delete(&url).await.status, 204);
    planner.lever.delete(&url).await.refused(404, "ResourceNotFound");
}

#[tokio::test]
async fn s3_12_levers_own_panels_can_only_be_read() {
    let planner = Planner::new().await;
    let lever = &planner.lever;
    let panels = lever.get(&format!("{}/panels", planner.path)).await;
    let seeded = panels.rows()[0].clone();
    assert_eq!(seeded["externallyManaged"], false);
    let (panel, interview) = (text(&seeded["id"]), text(&seeded["interviews"][0]["id"]));
    let mut body = planner.interview();
    body["panel"] = json!(panel);
    let whole = json!({ "timezone": "UTC", "interviews": [planner.interview()] });
    for (method, what, body) in [
        ("PUT", format!("panels/{panel}"), whole),
        ("DELETE", format!("panels/{panel}"), Value::Null),
        ("POST", "interviews".to_owned(), body.clone()),
        ("PUT", format!("interviews/{interview}"), body),
        ("DELETE", format!("interviews/{interview}"), Value::Null),
    ] {
        let request = lever.request(method, &planner.url(&what));
        let request = if body.is_null() { request } else { request.json(&body) };
        let message = lever.send(request).await.refused(400, "BadRequestError");
        assert!(message.contains("externally managed"), "{message}");
    }
    assert_eq!(lever.get(&format!("{}/panels", planner.path)).await.rows()[0], seeded);
}

#[tokio::test]
async fn s3_12_an_archived_application_is_not_an_active_one() {
    let planner = Planner::new().await;
    let reason = planner.lever.reason("Timing").await;
    planner
        .lever
        .put(&planner.url("archived"), json!({ "reason": reason }))
        .await
        .data();
    assert_eq!(planner.panel().await["applications"], json!([]));
}

#[tokio::test]
async fn s4_5_clean_interviews_takes_the_pending_ones_away() {
    let planner = Planner::new().await;
    let (lever, reason) = (&planner.lever, planner.lever.reason("Timing").await);
    let interviews = format!("{}/interviews", planner.path);
    let before = lever.get(&interviews).await.rows().len();
    planner.panel().await;
    let url = planner.url("archived");
    lever.put(&url, json!({ "reason": reason })).await.data();
    assert_eq!(
        lever.get(&interviews).await.rows().len(),
        before + 1,
        "false is the default"
    );
    let body = json!({ "reason": reason, "cleanInterviews": true });
    lever.put(&url, body).await.data();
    assert_eq!(lever.get(&interviews).await.rows().len(), before, "what is over stays");
}

#[tokio::test]
async fn s3_12_a_share_of_the_seeded_opportunities_has_interviews() {
    let lever = lever().await;
    let (mut with, mut all, mut given, mut canceled) = (0, 0, 0, 0);
    for row in lever.walk("/opportunities", 100).await {
        let path = format!("/candidates/{}/interviews", text(&row["id"]));
        let interviews = lever.get(&path).await;
        all += 1;
        with += usize::from(!interviews.rows().is_empty());
        for interview in interviews.rows() {
            assert_eq!(interview["opportunityId"], row["id"]);
            assert!(interview["createdAt"].as_i64() < Some(1_767_225_600_000));
            if !interview["canceledAt"].is_null() {
                canceled += 1;
                assert_eq!(interview["canceledAt"], row["archived"]["archivedAt"]);
                assert_eq!(interview["feedbackForms"], json!([]));
            }
            given += interview["feedbackForms"].as_array().unwrap().len();
        }
        assert_eq!(lever.get(&path).await.body, interviews.body);
    }
    assert!(with * 100 > all * 8 && with * 100 < all * 60, "{with} of {all}");
    assert!(given > 10, "{given}");
    assert!(canceled > 0, "whoever is archived is not interviewed any more");
}

/// §3.12: four words; `daily` on panels when nothing is said.
#[tokio::test]
async fn s3_12_reminders_are_kept_as_said() {
    let planner = Planner::new().await;
    for word in ["once", "daily", "frequently", "none"] {
        let mut interview = planner.interview();
        interview["feedbackReminder"] = json!(word);
        let body = json!({ "timezone": "UTC", "feedbackReminder": word, "interviews": [interview] });
        let made = planner.lever.post(&planner.url("panels"), body).await;
        assert_eq!(made.data()["feedbackReminder"], word);
        assert_eq!(made.data()["interviews"][0]["feedbackReminder"], word);
    }
}
