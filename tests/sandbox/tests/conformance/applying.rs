//! Applying to a posting (lever-api §3.11).

use serde_json::{Value, json};

use crate::support::{Lever, file, form, keys, lever, text};

fn filled(name: &str, email: &str) -> Value {
    json!({ "personalInformation": [{ "name": "fullName", "value": name }, { "name": "email", "value": email }] })
}

async fn apply(lever: &Lever, title: &str, body: Value) -> crate::support::Answer {
    let id = lever.posting(title).await;
    lever.post(&format!("/postings/{id}/apply"), body).await
}

async fn opportunity(lever: &Lever, email: &str) -> Value {
    let found = lever
        .get(&format!("/opportunities?email={email}&expand=applications"))
        .await;
    found.rows()[0].clone()
}

#[tokio::test]
async fn s3_11_the_form_names_what_can_be_given() {
    let lever = lever().await;
    let id = lever.posting("Platform Engineer").await;
    let form = lever.get(&format!("/postings/{id}/apply")).await.data().clone();
    assert_eq!(
        keys(&form),
        [
            "id",
            "text",
            "customQuestions",
            "eeoQuestions",
            "personalInformation",
            "urls",
            "consentDisclosures"
        ]
    );
    let names: Vec<String> = form["personalInformation"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|field| field["required"] == true)
        .map(|field| text(&field["name"]))
        .collect();
    assert_eq!(names, ["fullName", "email"]);
    assert_eq!(
        keys(&form["personalInformation"][0]),
        ["text", "name", "type", "required", "value"]
    );
    assert_eq!(form["urls"][0]["name"], "LinkedIn");
    let sets = |form: &Value| form["customQuestions"].as_array().unwrap().len();
    assert_eq!(sets(&form), 2);
    for distribution in ["external", "internal"] {
        let form = lever
            .get(&format!("/postings/{id}/apply?distribution={distribution}"))
            .await
            .data()
            .clone();
        assert_eq!(sets(&form), 1);
        assert_eq!(form["customQuestions"][0]["distribution"], json!([distribution]));
    }
    let several = lever.posting("Backend Engineer").await;
    let form = lever.get(&format!("/postings/{several}/apply")).await.data().clone();
    let fields = form["personalInformation"].as_array().unwrap();
    assert_eq!(fields.last().unwrap()["name"], "preferredPostingLocation");
}

#[tokio::test]
async fn s3_11_an_application_makes_an_opportunity_and_answers_with_the_application_only() {
    let lever = lever().await;
    let mut body = filled("Tove Applicant", "tove@example.org");
    body["personalInformation"].as_array_mut().unwrap().extend([
        json!({ "name": "currentCompany", "value": "Harbor Labs" }),
        json!({ "name": "currentLocation", "value": "Malmö" }),
        json!({ "name": "phone", "value": "+46 555 1234" }),
        json!({ "name": "additionalInformation", "value": "Call after six" }),
    ]);
    body["urls"] = json!([{ "name": "GitHub", "value": "github.com/tove-demo" }, { "name": "Other", "value": "" }]);
    body["userAgent"] = json!("Browser/1");
    body["unknown"] = json!({ "is": "ignored" });
    let answer = apply(&lever, "Data Platform Lead", body).await;
    assert_eq!(answer.status, 201);
    assert_eq!(keys(&answer.body), ["data"]);
    assert_eq!(keys(answer.data()), ["applicationId"]);
    let row = opportunity(&lever, "tove@example.org").await;
    assert_eq!(row["stage"], "applicant-new");
    assert_eq!(row["origin"], "applied");
    assert!(row["sourcedBy"].is_null());
    assert_eq!(row["sources"], json!(["Job site"]));
    assert_eq!(row["owner"], lever.user("Maya Okafor").await);
    assert_eq!(row["tags"][0], "Data Platform Lead");
    assert_eq!(row["opportunityLocation"], "Remote");
    assert_eq!(row["links"], json!(["http://github.com/tove-demo"]));
    assert_eq!(
        (&row["name"], &row["location"]),
        (&json!("Tove Applicant"), &json!("Malmö"))
    );
    let application = &row["applications"][0];
    assert_eq!(application["id"], answer.data()["applicationId"]);
    assert_eq!(application["type"], "posting");
    assert!(application["user"].is_null());
    assert_eq!(application["name"], "Tove Applicant");
    assert_eq!(application["phone"], json!({ "type": null, "value": "+46 555 1234" }));
    assert_eq!(application["company"], "Harbor Labs");
    assert_eq!(application["comments"], "Call after six");
    assert_eq!(application["userAgent"], "Browser/1");
    assert!(application["referer"].is_null());
    let log = lever.log().await;
    assert_eq!(log[0]["opportunity"], row["id"]);
}

#[tokio::test]
async fn s3_11_two_applications_with_one_address_are_two_opportunities_of_one_contact() {
    let lever = lever().await;
    for title in ["Data Platform Lead", "Data Platform Lead"] {
        let answer = apply(&lever, title, filled("Tove", "Tove@example.org")).await;
        assert_eq!(answer.status, 201);
    }
    let found = lever.get("/opportunities?email=tove@example.org").await;
    assert_eq!(found.rows().len(), 2);
    assert_eq!(found.rows()[0]["contact"], found.rows()[1]["contact"]);
    apply(
        &lever,
        "Data Platform Lead",
        filled("Somebody Else", "ines.k@example.org"),
    )
    .await
    .data();
    let ines = lever.get("/opportunities?email=ines.k@example.org").await;
    assert_eq!(ines.rows().len(), 3);
    assert!(ines.rows().iter().all(|row| row["name"] == "Ines Kowalczyk"));
}

#[tokio::test]
async fn s3_11_an_unlisted_posting_makes_the_origin_internal() {
    let lever = lever().await;
    apply(&lever, "Site Reliability Engineer", filled("A", "a@example.org"))
        .await
        .data();
    assert_eq!(opportunity(&lever, "a@example.org").await["origin"], "internal");
    let mut body = filled("B", "b@example.org");
    body["origin"] = json!("internal");
    body["source"] = json!("Intranet");
    apply(&lever, "Data Platform Lead", body).await.data();
    let row = opportunity(&lever, "b@example.org").await;
    assert_eq!(
        (&row["origin"], &row["sources"]),
        (&json!("internal"), &json!(["Intranet"]))
    );
}

#[tokio::test]
async fn s3_11_what_cannot_be_applied_with_or_to_is_refused_and_makes_nothing() {
    let lever = lever().await;
    let before = lever.stats().await["opportunities"].clone();
    for (title, body) in [
        ("Office Manager", filled("A", "a@example.org")),
        ("Recruiting Coordinator", filled("A", "a@example.org")),
        ("Data Platform Lead", filled("", "a@example.org")),
        ("Data Platform Lead", filled("A", "")),
        ("Data Platform Lead", filled("A", "not an address")),
        ("Data Platform Lead", json!({})),
        (
            "Data Platform Lead",
            json!({ "personalInformation": filled("A", "a@example.org")["personalInformation"], "origin": "agency" }),
        ),
        ("Platform Engineer", filled("A", "a@example.org")),
    ] {
        apply(&lever, title, body).await.refused(400, "BadRequestError");
    }
    assert_eq!(lever.stats().await["opportunities"], before);
    lever
        .post("/postings/nowhere/apply", filled("A", "a@example.org"))
        .await
        .refused(404, "ResourceNotFound");
}

#[tokio::test]
async fn s3_11_questions_are_answered_in_the_order_of_the_form() {
    let lever = lever().await;
    let id = lever.posting("Platform Engineer").await;
    let form = lever
        .get(&format!("/postings/{id}/apply?distribution=external"))
        .await
        .data()
        .clone();
    let set = &form["customQuestions"][0];
    let answered = |first: Value| {
        let mut body = filled("Q", "q@example.org");
        body["customQuestions"] = json!([{ "id": set["id"], "fields": [{ "value": first }, { "value": "Ships" }] }]);
        body
    };
    let not_an_option = apply(&lever, "Platform Engineer", answered(json!("Never"))).await;
    not_an_option.refused(400, "BadRequestError");
    let option = set["fields"][0]["options"][1]["text"].clone();
    apply(&lever, "Platform Engineer", answered(option.clone()))
        .await
        .data();
    let row = opportunity(&lever, "q@example.org").await;
    let kept = row["applications"][0]["customQuestions"].as_array().unwrap().clone();
    assert_eq!(kept.len(), 1, "the colleagues' questions are not for applicants");
    assert_eq!(
        keys(&kept[0]),
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
    assert_eq!(kept[0]["fields"][0]["value"], option);
    assert_eq!(kept[0]["fields"][1]["value"], "Ships");
    assert_eq!(kept[0]["baseTemplateId"], set["id"]);
}

#[tokio::test]
async fn s3_11_the_preferred_location_is_the_opportunitys() {
    let lever = lever().await;
    let mut body = filled("L", "l@example.org");
    body["personalInformation"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "name": "preferredPostingLocation", "value": "Gdynia" }));
    apply(&lever, "Backend Engineer", body).await.data();
    assert_eq!(
        opportunity(&lever, "l@example.org").await["opportunityLocation"],
        "Gdynia"
    );
    apply(&lever, "Backend Engineer", filled("M", "m@example.org"))
        .await
        .data();
    assert_eq!(
        opportunity(&lever, "m@example.org").await["opportunityLocation"],
        "unspecified"
    );
}

async fn upload(lever: &Lever, name: &str, content: &str) -> String {
    let request = lever
        .request("POST", "/uploads")
        .multipart(form(&[]).part("file", file(name, content)));
    text(&lever.send(request).await.data()["uri"])
}

#[tokio::test]
async fn s3_11_an_uploaded_resume_stands_on_the_new_opportunity() {
    let lever = lever().await;
    let uri = upload(&lever, "cv.txt", "Tove Applicant\ntove@example.org\n").await;
    let with_resume = |email: &str, uri: &str| {
        let mut body = filled("Tove Applicant", email);
        let resume = json!({ "name": "resume", "value": uri });
        body["personalInformation"].as_array_mut().unwrap().push(resume);
        body
    };
    apply(&lever, "Data Platform Lead", with_resume("tove@example.org", &uri))
        .await
        .data();
    let path = format!(
        "/opportunities/{}/resumes",
        text(&opportunity(&lever, "tove@example.org").await["id"])
    );
    let resumes = lever.get(&path).await;
    assert_eq!(resumes.rows().len(), 1);
    assert_eq!(resumes.rows()[0]["file"]["name"], "cv.txt");
    let (_, _, content) = lever.download(&format!("{path}/{}/download", resumes.ids()[0])).await;
    assert_eq!(content, b"Tove Applicant\ntove@example.org\n");
    for wrong in [
        "https://api.lever.co/v1/uploads/none",
        "cv.txt",
        &uri.replace("cv", "xv"),
    ] {
        apply(&lever, "Data Platform Lead", with_resume("other@example.org", wrong))
            .await
            .refused(400, "BadRequestError");
    }
    let sheet = upload(&lever, "sheet.xls", "x").await;
    apply(&lever, "Data Platform Lead", with_resume("other@example.org", &sheet))
        .await
        .refused(400, "BadRequestError");
    let nobody = lever.get("/opportunities?email=other@example.org").await;
    assert!(nobody.rows().is_empty());
}

/// §3.15: applied with the `uri` of an upload, shown as a file.
#[tokio::test]
async fn s3_11_a_question_for_a_file_is_answered_by_the_address_of_an_upload() {
    let lever = lever().await;
    let id = lever.posting("Platform Engineer").await;
    let shown = lever.get(&format!("/postings/{id}/apply?distribution=external")).await;
    let set = &shown.data()["customQuestions"][0];
    assert_eq!(set["fields"][2]["type"], "file-upload");
    let uri = upload(&lever, "sketch.png", "drawn").await;
    let answered = |value: &str| {
        let mut body = filled("F", "f@example.org");
        let option = set["fields"][0]["options"][0]["text"].clone();
        body["customQuestions"] = json!([{ "id": set["id"],
            "fields": [{ "value": option }, { "value": "Ships" }, { "value": value }] }]);
        body
    };
    apply(&lever, "Platform Engineer", answered("sketch.png"))
        .await
        .refused(400, "BadRequestError");
    apply(&lever, "Platform Engineer", answered(&uri)).await.data();
    let row = opportunity(&lever, "f@example.org").await;
    let value = &row["applications"][0]["customQuestions"][0]["fields"][2]["value"];
    assert_eq!(keys(value), ["id", "ext", "name", "size", "uploadedAt", "downloadUrl"]);
    assert_eq!((&value["name"], &value["size"]), (&json!("sketch.png"), &json!(5)));
    let files = format!(
        "/opportunities/{}/files/{}/download",
        text(&row["id"]),
        text(&value["id"])
    );
    assert_eq!(lever.download(&files).await.2, b"drawn");
}

#[tokio::test]
async fn s3_11_equal_opportunity_is_asked_on_the_public_site_only_and_its_answers_are_kept() {
    let lever = lever().await;
    let id = lever.posting("Data Platform Lead").await;
    let path = format!("/postings/{id}/apply");
    let asked = lever.get(&format!("{path}?distribution=external")).await.data()["eeoQuestions"].clone();
    assert_eq!(keys(&asked), ["gender", "race", "veteran", "disability"]);
    let option = &asked["gender"]["options"][0];
    assert_eq!(keys(option), ["text", "optionId"]);
    let internal = lever.get(&format!("{path}?distribution=internal")).await;
    assert!(internal.data().get("eeoQuestions").is_none());
    let unlisted = lever.posting("Site Reliability Engineer").await;
    let form = lever.get(&format!("/postings/{unlisted}/apply")).await;
    assert!(form.data().get("eeoQuestions").is_none());

    let before = lever.get("/eeo/responses").await.rows().len();
    assert_eq!(before, 0);
    let mut body = filled("E", "e@example.org");
    body["eeoResponses"] = json!({ "gender": option["text"], "race": asked["race"]["options"][4]["optionId"],
        "disability": "No", "disabilitySignature": "E", "disabilitySignatureDate": 1_790_000_000_000_i64 });
    apply(&lever, "Data Platform Lead", body.clone()).await.data();
    let row = lever.get("/eeo/responses").await.rows()[0].clone();
    assert_eq!(keys(&row)[6..], ["gender", "race", "disability"], "answers if given");
    assert_eq!(row["race"], asked["race"]["options"][4]["text"]);
    let person = lever.get("/eeo/responses/pii?limit=1").await.rows()[0].clone();
    assert_eq!(
        person["opportunityId"],
        opportunity(&lever, "e@example.org").await["id"]
    );
    assert_eq!(person["gender"], option["text"]);
    assert_eq!(person["disabilitySignatureDate"], 1_790_000_000_000_i64);

    apply(&lever, "Data Platform Lead", filled("N", "n@example.org"))
        .await
        .data();
    let silent = lever.get("/eeo/responses?limit=1").await.rows()[0].clone();
    assert_eq!(keys(&silent).len(), 6, "who answers nothing is listed without answers");
    body["eeoResponses"] = json!({ "gender": "Purple" });
    apply(&lever, "Data Platform Lead", body)
        .await
        .refused(400, "BadRequestError");
}

/// §3.1: `dataProtection` is null when no policy applies.
#[tokio::test]
async fn s3_11_consent_is_asked_where_a_policy_applies_and_shown_as_data_protection() {
    let lever = lever().await;
    let id = lever.posting("People Partner").await;
    let form = lever.get(&format!("/postings/{id}/apply")).await.data().clone();
    assert_eq!(keys(&form["consentDisclosures"]), ["store", "marketing"]);
    let policy = form["consentDisclosures"]["store"]["compliancePolicyId"].clone();
    let mut body = filled("C", "c@example.org");
    body["consent"] = json!({ "store": { "provided": true, "compliancePolicyId": policy },
        "marketing": { "provided": false, "compliancePolicyId": policy } });
    apply(&lever, "People Partner", body.clone()).await.data();
    let row = opportunity(&lever, "c@example.org").await;
    assert_eq!(
        row["dataProtection"],
        json!({ "store": { "allowed": true, "expiresAt": null }, "contact": { "allowed": false, "expiresAt": null } })
    );
    body["consent"]["store"]["compliancePolicyId"] = json!("another");
    apply(&lever, "People Partner", body)
        .await
        .refused(400, "BadRequestError");
    apply(&lever, "Data Platform Lead", filled("D", "d@example.org"))
        .await
        .data();
    assert!(opportunity(&lever, "d@example.org").await["dataProtection"].is_null());
}
