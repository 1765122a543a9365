//! Feedback, templates, profile forms and referrals (lever-api §3.13–§3.15).

use serde_json::{Value, json};

use crate::support::{Answer, Lever, keys, lever, text};

async fn template(lever: &Lever, path: &str, name: &str) -> Value {
    let list = lever.get(path).await;
    let row = list.rows().iter().find(|row| row["text"] == name);
    row.unwrap_or_else(|| panic!("no {name} in {path}")).clone()
}

fn field(template: &Value, name: &str) -> Value {
    let fields = template["fields"].as_array().unwrap();
    fields.iter().find(|field| field["text"] == name).unwrap()["id"].clone()
}

struct Giver {
    lever: Lever,
    path: String,
    tunde: String,
    template: Value,
}

impl Giver {
    async fn new() -> Self {
        let lever = lever().await;
        let path = format!("/opportunities/{}", text(&lever.ines().await["id"]));
        let tunde = lever.user("Tunde Balogun").await;
        let template = template(&lever, "/feedback_templates", "Phone screen").await;
        Self {
            lever,
            path,
            tunde,
            template,
        }
    }

    fn url(&self, what: &str) -> String {
        format!("{}/feedback{what}?perform_as={}", self.path, self.tunde)
    }

    fn body(&self) -> Value {
        json!({ "baseTemplateId": self.template["id"], "fieldValues": [
            { "id": field(&self.template, "Verdict"), "value": "3 - Hire" },
            { "id": field(&self.template, "What did you talk about?"), "value": "Streams" },
        ] })
    }

    async fn give(&self) -> Answer {
        self.lever.post(&self.url(""), self.body()).await
    }
}

#[tokio::test]
async fn s3_13_feedback_is_given_and_moves_last_interaction_at() {
    let giver = Giver::new().await;
    let before = giver.lever.ines().await;
    let made = giver.give().await;
    assert_eq!(made.status, 201, "{made:?}");
    let feedback = made.data();
    assert_eq!(
        keys(feedback),
        [
            "id",
            "type",
            "text",
            "instructions",
            "fields",
            "baseTemplateId",
            "interview",
            "panel",
            "user",
            "createdAt",
            "completedAt",
            "updatedAt",
            "deletedAt"
        ]
    );
    assert_eq!(feedback["user"], giver.tunde, "an interviewer may (§2.6)");
    assert_eq!(feedback["text"], "Phone screen");
    let verdict = &feedback["fields"][0];
    assert_eq!(
        keys(verdict),
        [
            "description",
            "required",
            "text",
            "type",
            "id",
            "prompt",
            "options",
            "value"
        ]
    );
    assert_eq!(verdict["type"], "score-system");
    assert_eq!(verdict["value"], "3 - Hire");
    assert_eq!(keys(&verdict["options"][0]), ["text", "optionId"]);
    assert_eq!(feedback["fields"][2]["value"], Value::Null);
    assert!(feedback["completedAt"].is_i64(), "recorded: set when not sent");
    let after = giver.lever.ines().await;
    assert_eq!(after["lastInteractionAt"], feedback["createdAt"], "§4.3");
    assert_eq!(after["lastAdvancedAt"], before["lastAdvancedAt"]);
    let one = giver
        .lever
        .get(&format!("{}/feedback/{}", giver.path, text(&feedback["id"])))
        .await;
    assert_eq!(one.data(), feedback);
    let listed = giver.lever.get(&format!("{}/feedback", giver.path)).await;
    assert!(listed.rows().contains(feedback));
}

#[tokio::test]
async fn s3_13_panel_and_interview_go_together_and_the_interview_names_its_feedback() {
    let giver = Giver::new().await;
    let interviews = giver.lever.get(&format!("{}/interviews", giver.path)).await;
    let interview = interviews.rows().last().unwrap();
    let mut body = giver.body();
    body["interview"] = interview["id"].clone();
    giver
        .lever
        .post(&giver.url(""), body.clone())
        .await
        .refused(400, "BadRequestError");
    body["panel"] = interview["panel"].clone();
    let feedback = giver.lever.post(&giver.url(""), body).await.data().clone();
    assert_eq!(feedback["type"], "interview");
    assert_eq!(feedback["panel"], interview["panel"]);
    let path = format!("{}/interviews/{}", giver.path, text(&interview["id"]));
    let named = giver.lever.get(&path).await.data()["feedbackForms"].clone();
    assert!(named.as_array().unwrap().contains(&feedback["id"]));
    let expanded = giver.lever.get(&format!("{path}?expand=feedbackForms")).await;
    assert!(expanded.data()["feedbackForms"].as_array().unwrap().contains(&feedback));
}

#[tokio::test]
async fn s3_13_put_answers_with_the_inner_shape_and_the_next_read_with_the_public_one() {
    let giver = Giver::new().await;
    let made = giver.give().await.data().clone();
    let id = text(&made["id"]);
    let body = json!({ "fieldValues": [{ "id": field(&giver.template, "Verdict"), "value": "1 - Strong No Hire" }] });
    let answer = giver.lever.put(&giver.url(&format!("/{id}")), body).await;
    assert_eq!(answer.status, 200);
    let raw = answer.data();
    assert_eq!(
        keys(raw),
        [
            "accountId",
            "createdAt",
            "userId",
            "profileId",
            "baseTemplateId",
            "text",
            "instructions",
            "type",
            "fields",
            "completedAt",
            "updatedAt",
            "id"
        ]
    );
    let verdict = &raw["fields"][0];
    assert_eq!(verdict["type"], "score", "instead of score-system");
    assert_eq!(verdict["value"], "1 - Strong No Hire");
    for name in ["isSummary", "summaryText", "overall"] {
        assert!(verdict.get(name).is_some(), "{name}");
    }
    let read = giver.lever.get(&format!("{}/feedback/{id}", giver.path)).await;
    assert_eq!(keys(read.data()), keys(&made));
    assert_eq!(read.data()["fields"][0]["type"], "score-system");
    assert_eq!(read.data()["fields"][0]["value"], "1 - Strong No Hire");
    assert_eq!(read.data()["fields"][1]["value"], "Streams", "what is not named stays");
}

#[tokio::test]
async fn s3_13_a_deleted_one_can_still_be_read() {
    let giver = Giver::new().await;
    let id = text(&giver.give().await.data()["id"]);
    let url = giver.url(&format!("/{id}"));
    assert_eq!(giver.lever.delete(&url).await.status, 204);
    let read = giver.lever.get(&format!("{}/feedback/{id}", giver.path)).await;
    assert!(read.data()["deletedAt"].is_i64());
    giver.lever.put(&url, json!({})).await.refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_13_what_feedback_is_refused_for() {
    let giver = Giver::new().await;
    let verdict = field(&giver.template, "Verdict");
    let about = field(&giver.template, "What did you talk about?");
    let with = |values: Value| json!({ "baseTemplateId": giver.template["id"], "fieldValues": values });
    for body in [
        json!({}),
        json!({ "baseTemplateId": "nope" }),
        json!({ "baseTemplateId": "no-feedback" }),
        with(json!([{ "id": verdict, "value": "3 - Hire" }])),
        with(json!([{ "id": verdict, "value": "Hire" }, { "id": about, "value": "x" }])),
        with(json!([{ "id": verdict, "value": "3 - Hire" }, { "id": about, "value": 1 }])),
        with(
            json!([{ "id": verdict, "value": "3 - Hire" }, { "id": about, "value": "x" }, { "id": "no", "value": 1 }]),
        ),
        with(json!("x")),
    ] {
        let refused = giver.lever.post(&giver.url(""), body.clone()).await;
        assert_eq!(refused.status, 400, "{body}");
    }
    let unsaid = format!("{}/feedback", giver.path);
    giver
        .lever
        .post(&unsaid, giver.body())
        .await
        .refused(400, "BadRequestError");
    assert!(giver.lever.log().await.is_empty());
}

#[tokio::test]
async fn s3_13_feedback_templates_are_listed_by_text_with_the_built_in_one() {
    let lever = lever().await;
    let list = lever.get("/feedback_templates?limit=2").await;
    let next = text(&list.body["next"]);
    assert!(next.contains("%22Phone%20screen%22"), "the key is text and id: {next}");
    let all = lever.walk("/feedback_templates", 1).await;
    let texts: Vec<String> = all.iter().map(|row| text(&row["text"])).collect();
    assert!(texts.is_sorted());
    assert!(all.iter().any(|row| row["id"] == "no-feedback"));
    assert_eq!(
        keys(&all[0]),
        [
            "id",
            "text",
            "group",
            "instructions",
            "fields",
            "createdAt",
            "stage",
            "updatedAt"
        ]
    );
    for row in all.iter().filter(|row| row["id"] != "no-feedback") {
        let fields = row["fields"].as_array().unwrap();
        let verdicts = fields.iter().filter(|field| field["type"] == "score-system");
        assert_eq!(verdicts.count(), 1);
    }
    lever
        .get("/feedback_templates/nope")
        .await
        .refused(404, "ResourceNotFound");
}

#[tokio::test]
async fn s3_13_a_template_is_made_replaced_with_new_field_ids_and_deleted() {
    let lever = lever().await;
    let fields = json!([
        { "type": "score-system", "text": "Verdict", "required": true },
        { "type": "dropdown", "text": "Level", "options": [{ "text": "A" }, { "text": "B" }], "prompt": "Choose" },
    ]);
    let body = json!({ "text": "Bar raiser", "instructions": "Be kind.", "fields": fields });
    let made = lever.post("/feedback_templates", body.clone()).await;
    assert_eq!(made.status, 201);
    assert_eq!(made.data()["fields"][0]["options"].as_array().unwrap().len(), 4);
    let path = format!("/feedback_templates/{}", text(&made.data()["id"]));
    let replaced = lever.put(&path, body).await;
    assert_eq!(replaced.status, 200);
    assert_eq!(replaced.data()["id"], made.data()["id"]);
    assert_ne!(replaced.data()["fields"][0]["id"], made.data()["fields"][0]["id"]);
    assert_eq!(lever.get(&path).await.data(), replaced.data());
    for fields in [
        json!([]),
        json!([{ "type": "text", "text": "no verdict" }]),
        json!([{ "type": "score-system", "text": "one" }, { "type": "score-system", "text": "two" }]),
        json!([{ "type": "score-system", "text": "one" }, { "type": "currency", "text": "not for feedback" }]),
        json!([{ "type": "score-system", "text": "one" }, { "type": "dropdown", "text": "without options" }]),
    ] {
        let body = json!({ "text": "x", "fields": fields });
        let refused = lever.post("/feedback_templates", body).await;
        assert_eq!(refused.status, 400, "{fields}");
    }
    assert_eq!(lever.delete(&path).await.status, 204);
    lever.get(&path).await.refused(404, "ResourceNotFound");
    let seeded = template(&lever, "/feedback_templates", "Phone screen").await;
    lever
        .delete(&format!("/feedback_templates/{}", text(&seeded["id"])))
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_14_a_profile_form_answers_every_field_of_its_template() {
    let lever = lever().await;
    let path = format!("/opportunities/{}/forms", text(&lever.ines().await["id"]));
    let before = lever.get(&path).await.rows().len();
    assert!(before > 0, "seeded");
    let template = template(&lever, "/form_templates", "Reference check").await;
    let answers = |again: Value| {
        json!([
            { "id": field(&template, "Who was asked?"), "value": "Ada Example" },
            { "id": field(&template, "How did they work together?"), "value": "Manager" },
            { "id": field(&template, "Would they again?"), "value": again },
            { "id": field(&template, "When?"), "value": null },
        ])
    };
    let body = |fields: Value| json!({ "baseTemplateId": template["id"], "fields": fields, "secret": true });
    let made = lever.post(&path, body(answers(json!("yes")))).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(
        keys(made.data()),
        [
            "id",
            "type",
            "text",
            "instructions",
            "baseTemplateId",
            "fields",
            "user",
            "stage",
            "createdAt",
            "completedAt",
            "deletedAt"
        ]
    );
    assert_eq!(made.data()["type"], "form");
    assert_eq!(made.data()["user"], Value::Null, "perform_as is optional");
    assert_eq!(made.data()["fields"][2]["value"], "yes");
    let one = lever.get(&format!("{path}/{}", text(&made.data()["id"]))).await;
    assert_eq!(one.data(), made.data());
    assert_eq!(lever.get(&path).await.rows().len(), before + 1);
    let mut short = answers(Value::Null);
    short.as_array_mut().unwrap().pop();
    let mut strange = answers(Value::Null);
    strange[3]["id"] = json!("nope");
    let mut blank = answers(Value::Null);
    blank[0]["value"] = Value::Null;
    for fields in [short, strange, blank, answers(json!("maybe")), json!(null)] {
        let refused = lever.post(&path, body(fields.clone())).await;
        assert_eq!(refused.status, 400, "{fields}");
    }
}

#[tokio::test]
async fn s3_14_form_templates_can_be_read_in_part_made_and_deleted() {
    let lever = lever().await;
    let list = lever.get("/form_templates?include=text&include=group").await;
    assert!(list.rows().iter().all(|row| keys(row) == ["text", "group"]));
    let body = json!({ "text": "Visa", "secretByDefault": true,
        "fields": [{ "type": "currency", "text": "Cost", "currency": "EUR" }] });
    let made = lever.post("/form_templates", body).await;
    assert_eq!(made.status, 201);
    assert_eq!(
        keys(made.data()),
        [
            "id",
            "text",
            "group",
            "instructions",
            "secretByDefault",
            "fields",
            "createdAt",
            "updatedAt"
        ]
    );
    assert_eq!(made.data()["secretByDefault"], true);
    assert_eq!(made.data()["fields"][0]["currency"], "EUR");
    let bad = json!({ "text": "x", "fields": [{ "type": "score-system", "text": "only for feedback" }] });
    lever.post("/form_templates", bad).await.refused(400, "BadRequestError");
    let path = format!("/form_templates/{}", text(&made.data()["id"]));
    assert_eq!(lever.delete(&path).await.status, 204);
    let seeded = template(&lever, "/form_templates", "Expectations").await;
    lever
        .delete(&format!("/form_templates/{}", text(&seeded["id"])))
        .await
        .refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_14_a_referred_opportunity_has_a_referral_without_options_and_stage() {
    let lever = lever().await;
    let referred = lever.get("/opportunities?origin=referred&limit=5").await;
    assert_eq!(referred.rows().len(), 5);
    for row in referred.rows() {
        let path = format!("/opportunities/{}/referrals", text(&row["id"]));
        let list = lever.get(&path).await;
        let [referral] = list.rows() else {
            panic!("{list:?}");
        };
        assert_eq!(
            keys(referral),
            [
                "id",
                "type",
                "text",
                "instructions",
                "fields",
                "baseTemplateId",
                "user",
                "referrer",
                "stage",
                "createdAt",
                "completedAt"
            ]
        );
        assert_eq!(referral["stage"], Value::Null);
        assert_eq!(referral["completedAt"], referral["createdAt"]);
        let dropdown = &referral["fields"][0];
        assert_eq!(dropdown["type"], "dropdown");
        assert!(dropdown.get("options").is_none());
        assert!(dropdown["value"].is_string());
        let one = lever.get(&format!("{path}/{}", text(&referral["id"]))).await;
        assert_eq!(one.data(), referral);
    }
    let other = lever.get("/opportunities?origin=sourced&limit=1").await;
    let path = format!("/candidates/{}/referrals", other.ids()[0]);
    assert!(lever.get(&path).await.rows().is_empty());
}

/// §3.14, AIR: the same form twice, and not quite the same.
#[tokio::test]
async fn s3_14_a_referrals_form_stands_in_its_application_with_options_and_unfinished() {
    let lever = lever().await;
    let referred = lever.get("/opportunities?origin=referred&expand=applications").await;
    let mut seen = 0;
    for row in referred.rows().iter().filter(|row| row["applications"] != json!([])) {
        let path = format!("/opportunities/{}/referrals", text(&row["id"]));
        let referral = lever.get(&path).await.rows()[0].clone();
        let application = &row["applications"][0];
        assert_eq!(application["type"], "referral");
        let [question] = application["customQuestions"].as_array().unwrap().as_slice() else {
            panic!("{application}");
        };
        assert_eq!(
            keys(question),
            [
                "type",
                "text",
                "user",
                "description",
                "fields",
                "baseTemplateId",
                "stage",
                "createdAt",
                "completedAt"
            ]
        );
        assert_eq!(question["type"], "referral");
        assert_eq!(question["baseTemplateId"], referral["baseTemplateId"]);
        assert!(question["completedAt"].is_null() && question["stage"].is_null());
        assert!(question["fields"][0]["options"].is_array());
        assert_eq!(question["fields"][0]["value"], referral["fields"][0]["value"]);
        seen += 1;
    }
    assert!(seen > 3, "{seen}");
    let others = lever.get("/opportunities?origin=sourced&expand=applications").await;
    for row in others.rows().iter().filter(|row| row["applications"] != json!([])) {
        assert_eq!(row["applications"][0]["customQuestions"], json!([]));
    }
}
