//! Shapes of replies as they were recorded from the live API in July 2026 (lever-api §0, REC), where they say more than
//! lever-api's tables do: key order, keys that are absent, and what a default looks like.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::{Lever, keys, lever, text};

async fn ines_path(lever: &Lever) -> String {
    format!("/opportunities/{}", text(&lever.ines().await["id"]))
}

/// Rests on the recorded `GET` and `POST …/panels` and `PUT …/interviews/:i` (REC): the panel's interviewers begin with
/// `id`, `email`; an interviewer keeps `no-feedback` where the replaced interview has null; every recorded interview,
/// those in lever-api's AIR records included, has a text for `note`.
#[tokio::test]
async fn s3_12_interviewers_and_notes_as_recorded() {
    let lever = lever().await;
    let (path, maya, tunde) = (
        ines_path(&lever).await,
        lever.user("Maya Okafor").await,
        lever.user("Tunde Balogun").await,
    );
    let interview = json!({ "interviewers": [{ "id": tunde }], "date": 1_999_987_200_000_i64, "duration": 60 });
    let made = lever
        .post(
            &format!("{path}/panels?perform_as={maya}"),
            json!({ "timezone": "Europe/Warsaw", "interviews": [interview] }),
        )
        .await;
    let planned = made.data()["interviews"][0].clone();
    assert_eq!(
        keys(&planned["interviewers"][0]),
        ["id", "email", "name", "responseStatus", "feedbackTemplate"]
    );
    assert_eq!(planned["note"], "");
    let id = text(&planned["id"]);
    let replaced = lever
        .put(&format!("{path}/interviews/{id}?perform_as={maya}"), interview)
        .await;
    assert_eq!(replaced.data()["feedbackTemplate"], Value::Null);
    assert_eq!(replaced.data()["interviewers"][0]["feedbackTemplate"], "no-feedback");
    assert_eq!(replaced.data()["note"], "");
}

/// Rests on the recorded `POST /feedback_templates` (REC): a score-system field sent bare gets the four verdicts, without
/// `optionId`, and a prompt.
#[tokio::test]
async fn s3_13_a_bare_score_system_field_gets_verdicts_and_a_prompt() {
    let lever = lever().await;
    let made = lever
        .post(
            "/feedback_templates",
            json!({ "text": "Bare", "fields": [{ "type": "score-system", "text": "Rating", "required": true }] }),
        )
        .await;
    let field = &made.data()["fields"][0];
    assert_eq!(field["prompt"], "Select one");
    assert_eq!(field["options"][0], json!({ "text": "4 - Strong Hire" }));
    assert_eq!(
        keys(made.data()),
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
}

/// Rests on the recorded `POST` and `PUT …/feedback` (REC): without a panel the type is `interview` all the same,
/// `updatedAt` is null until the first update, and the inner shape of the update begins its fields with the type and
/// has the summary's keys at the verdict alone.
#[tokio::test]
async fn s3_13_feedback_without_a_panel_and_its_inner_shape() {
    let lever = lever().await;
    let (path, maya) = (ines_path(&lever).await, lever.user("Maya Okafor").await);
    let fields = json!([
        { "type": "score-system", "text": "Rating" },
        { "type": "textarea", "text": "Comments" },
    ]);
    let template = lever
        .post("/feedback_templates", json!({ "text": "Two", "fields": fields }))
        .await
        .data()
        .clone();
    let made = lever
        .post(
            &format!("{path}/feedback?perform_as={maya}"),
            json!({ "baseTemplateId": template["id"] }),
        )
        .await
        .data()
        .clone();
    assert_eq!(
        (&made["type"], &made["interview"], &made["panel"], &made["updatedAt"]),
        (&json!("interview"), &Value::Null, &Value::Null, &Value::Null)
    );
    let changed = lever
        .put(
            &format!("{path}/feedback/{}?perform_as={maya}", text(&made["id"])),
            json!({ "fieldValues": [{ "id": made["fields"][0]["id"], "value": "3 - Hire" }] }),
        )
        .await
        .data()
        .clone();
    assert_eq!(
        keys(&changed["fields"][0]),
        [
            "type",
            "text",
            "description",
            "required",
            "id",
            "prompt",
            "options",
            "isSummary",
            "summaryText",
            "overall",
            "value"
        ]
    );
    assert_eq!(
        keys(&changed["fields"][1]),
        ["type", "text", "description", "required", "id", "value"]
    );
}

/// Rests on the recorded `POST` and `PUT /requisitions` (REC): the inner shape, key by key.
#[tokio::test]
async fn s3_17_the_inner_shape_of_a_requisition() {
    let lever = lever().await;
    let body = json!({
        "name": "Keeper of the Quarry",
        "requisitionCode": "QRY-FINAL-7",
        "headcountTotal": 1,
        "employmentStatus": "full-time",
        "location": "Remote",
        "team": "Engineering",
    });
    let raw = lever.post("/requisitions", body).await.data().clone();
    assert_eq!(
        keys(&raw),
        [
            "accountId",
            "backfill",
            "createdAt",
            "creatorUserId",
            "hasConfidentialPosting",
            "internalNotes",
            "name",
            "ownerUserId",
            "postingIds",
            "requisitionCode",
            "reservedOfferIds",
            "status",
            "stateHistory",
            "updatedAt",
            "headcountInfinite",
            "headcountTotal",
            "headcountHired",
            "employmentStatus",
            "location",
            "team",
            "customFields",
            "id",
            "search"
        ]
    );
    let at = &raw["createdAt"];
    assert_eq!(
        raw["stateHistory"],
        json!([{ "beginAt": at, "status": "open", "attribution": { "timestamp": at, "service": "data-api" } }])
    );
    assert_eq!(
        raw["search"]["nameCodeTokens"],
        json!([
            "keeper",
            "of",
            "the",
            "quarry",
            "keeper of",
            "of the",
            "the quarry",
            "keeper of the",
            "of the quarry",
            "qry",
            "final",
            "7",
            "qry-final",
            "final-7",
            "qry-final-7"
        ])
    );
}

/// Rests on the recorded `GET /requisitions` (REC).
#[tokio::test]
async fn s3_17_bands_and_approvals_in_the_recorded_order() {
    let lever = lever().await;
    let rows = lever.walk("/requisitions", 100).await;
    let band = rows.iter().find(|row| row["compensationBand"].is_object()).unwrap();
    assert_eq!(keys(&band["compensationBand"]), ["min", "max", "currency", "interval"]);
    let approved = rows.iter().find(|row| row["approval"]["status"] == "approved").unwrap();
    let step = &approved["approval"]["steps"][0];
    assert_eq!(
        keys(step),
        [
            "completed",
            "status",
            "outOfBandOnly",
            "approvalsRequired",
            "approvers",
            "id"
        ]
    );
    assert_eq!(
        keys(&step["approvers"][0]),
        ["id", "user", "isDynamic", "approved", "approvedAt", "type"]
    );
    let waiting = rows
        .iter()
        .find(|row| row["approval"]["status"] == "inprogress")
        .unwrap();
    assert_eq!(waiting["status"], "pending");
    assert_eq!(
        keys(&waiting["approval"]["steps"][0]["approvers"][0]),
        ["id", "user", "isDynamic", "type"]
    );
}

/// Rests on the recorded `GET /postings`, `/postings/:id/users` and `/postings/:id/apply` (REC): lists begin with
/// `content`; the four roles come whoever is listed; drafts and closed postings show their form (only applying is
/// refused).
#[tokio::test]
async fn s3_8_s3_11_lists_roles_and_forms_of_postings() {
    let lever = lever().await;
    let rows = lever.walk("/postings", 100).await;
    let lists = rows.iter().flat_map(|row| row["content"]["lists"].as_array().unwrap());
    let mut seen = 0;
    for list in lists {
        assert_eq!(keys(list), ["content", "text"]);
        seen += 1;
    }
    assert!(seen > 0);
    for state in ["draft", "closed", "pending", "rejected"] {
        let posting = rows.iter().find(|row| row["state"] == state).unwrap();
        let path = format!("/postings/{}", text(&posting["id"]));
        let form = lever.get(&format!("{path}/apply")).await;
        assert_eq!((form.status, &form.data()["id"]), (200, &posting["id"]), "{state}");
        let roles = lever.get(&format!("{path}/users")).await.body["roles"].clone();
        assert_eq!(
            roles,
            json!([
                { "id": "admin", "name": "Admin", "isReadOnly": true },
                { "id": "limited", "name": "Limited Team Member", "isReadOnly": true, "conditions": {} },
                { "id": "owner", "name": "Super Admin", "isReadOnly": true },
                { "id": "team", "name": "Team Member", "isReadOnly": true },
            ])
        );
    }
}

/// Rests on the recorded `GET /postings/:id/apply` (REC).
#[tokio::test]
async fn s3_11_a_question_has_an_id_and_the_key_order_of_every_form_field() {
    let lever = lever().await;
    for posting in lever.walk("/postings", 100).await {
        let form = lever.get(&format!("/postings/{}/apply", text(&posting["id"]))).await;
        let Some(set) = form.data()["customQuestions"].get(0) else {
            continue;
        };
        assert_eq!(
            keys(&set["fields"][0]),
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
        return;
    }
    panic!("no posting has questions");
}

/// Not in lever-api. Rests on the public Airbyte connector (lever-api §0, AIR), whose manifest makes it send
/// `includeDeactivated=True`, and whose expected records hold the users that Lever gave it.
#[tokio::test]
async fn s2_3_a_truth_value_in_the_query_may_have_capitals() {
    let lever = lever().await;
    let small = lever.walk("/users?includeDeactivated=true", 100).await;
    assert_eq!(lever.walk("/users?includeDeactivated=True", 100).await, small);
    assert!(small.len() > lever.walk("/users?includeDeactivated=FALSE", 100).await.len());
}

/// Not in lever-api. Rests on the public Go client (lever-api §0, GO), which sends every create as multipart and never
/// ends the request after the closing delimiter, and yet holds a real reply to such a create.
#[tokio::test]
async fn s3_2_a_multipart_body_is_over_at_its_closing_delimiter() {
    let lever = lever().await;
    let maya = lever.user("Maya Okafor").await;
    let body = "--edge\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\nNever Ending\r\n--edge--\r\n";
    let head = format!(
        "POST /v1/opportunities?perform_as={maya} HTTP/1.1\r\nhost: x\r\nauthorization: Basic {}\r\n\
         content-type: multipart/form-data; boundary=edge\r\ntransfer-encoding: chunked\r\n\r\n",
        crate::faults::base64(&format!("{}:", lever.running.key()))
    );
    let address = lever.running.root_url().replace("http://", "");
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    // One chunk, and never the empty one that would end the body.
    let request = format!("{head}{:x}\r\n{body}\r\n", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 201");
    let rows = lever.walk("/opportunities", 100).await;
    assert!(rows.iter().any(|row| row["name"] == "Never Ending"));
}
