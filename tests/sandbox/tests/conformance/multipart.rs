//! Creating opportunities from multipart bodies, with files (lever-api §3.2).

use serde_json::{Value, json};

use crate::support::{file, form, lever, text};

const RESUME: &str = "Noor Example\n\
    noor@example.org | +48 555 010 999 | Gdynia\n\
    github.com/noor-demo\n\
    Experience\n\
    Data Engineer at Harbor Labs, 2020-04 - present\n\
    Education\n\
    MSc in Physics, Politechnika Nadmorska, 2013 - 2018\n";

/// A row without what differs between any two creates.
fn comparable(row: &Value) -> Value {
    let mut row = row.clone();
    let fields = row.as_object_mut().unwrap();
    for name in [
        "id",
        "contact",
        "applications",
        "urls",
        "updatedAt",
        "lastInteractionAt",
    ] {
        fields.remove(name);
    }
    row
}

#[tokio::test]
async fn s3_2_json_and_multipart_give_the_same_row() {
    let lever = lever().await;
    let (posting, reason, jonas) = (
        lever.posting("Platform Engineer").await,
        lever.reason("Timing").await,
        lever.user("Jonas Lindqvist").await,
    );
    let by_json = lever
        .create(json!({
            "name": "Ada Example", "headline": "Harbor Labs", "location": "Gdynia", "stage": "lead-responded",
            "emails": ["ada@example.org", "ada.two@example.org"], "links": ["github.com/ada-demo"],
            "phones": [{ "type": "work", "value": "555 1" }, { "value": "555 2" }],
            "tags": ["a", "b"], "sources": ["s"], "origin": "referred", "owner": jonas, "followers": [jonas],
            "postings": [posting], "createdAt": 1_600_000_000_000_i64,
            "archived": { "reason": reason, "archivedAt": 1_610_000_000_000_i64 },
        }))
        .await;
    let fields = |phones: [(&'static str, &'static str); 3]| {
        let mut fields = vec![
            ("name", "Bea Example"),
            ("headline", "Harbor Labs"),
            ("location", "Gdynia"),
            ("stage", "lead-responded"),
            ("links[]", "github.com/ada-demo"),
            ("tags[]", "a"),
            ("tags[]", "b"),
            ("sources[]", "s"),
            ("origin", "referred"),
            ("createdAt", "1600000000000"),
            ("archive[archivedAt]", "1610000000000"),
        ];
        fields.extend(phones.into_iter().filter(|(name, _)| !name.is_empty()));
        fields
    };
    let indexed = [
        ("phones[0][type]", "work"),
        ("phones[0][value]", "555 1"),
        ("phones[1][value]", "555 2"),
    ];
    let as_text = [
        ("phones[]", r#"{"type":"work","value":"555 1"}"#),
        ("phones[]", r#"{"value":"555 2"}"#),
        ("", ""),
    ];
    for (number, phones) in [indexed, as_text].into_iter().enumerate() {
        let mut sent = form(&fields(phones));
        for (name, value) in [
            ("emails[]", format!("ada{number}@example.org")),
            ("emails[]", "ada.three@example.org".to_owned()),
            ("owner", jonas.clone()),
            ("followers[]", jonas.clone()),
            ("postings[]", posting.clone()),
            ("archived[reason]", reason.clone()),
        ] {
            sent = sent.text(name, value);
        }
        let made = lever.create_form("", sent).await;
        assert_eq!(made.status, 201, "{made:?}");
        let mut expected = comparable(by_json.data());
        let row = comparable(made.data());
        for field in ["name", "emails"] {
            expected[field] = row[field].clone();
        }
        assert_eq!(row, expected);
        assert_eq!(row["emails"].as_array().unwrap().len(), 2);
        let log = lever.log().await;
        assert_eq!(log.last().unwrap()["body"]["tags"], json!(["a", "b"]));
    }
}

#[tokio::test]
async fn s3_2_a_nested_archived_may_be_spelled_both_ways() {
    let lever = lever().await;
    let reason = lever.reason("Timing").await;
    for at in ["archive[archivedAt]", "archived[archivedAt]"] {
        let sent =
            form(&[("createdAt", "1600000000000"), (at, "1610000000000")]).text("archived[reason]", reason.clone());
        let made = lever.create_form("", sent).await;
        assert_eq!(
            made.data()["archived"],
            json!({ "reason": reason, "archivedAt": 1_610_000_000_000_i64 })
        );
    }
    let without = form(&[("archive[archivedAt]", "1610000000000")]);
    lever.create_form("", without).await.refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_3_legacy_candidates_take_multipart_too() {
    let lever = lever().await;
    let maya = lever.user("Maya Okafor").await;
    let sent = form(&[("name", "Ada Legacy"), ("tags[]", "x")]).part("resumeFile", file("cv.txt", RESUME));
    let request = lever
        .request("POST", &format!("/candidates?perform_as={maya}"))
        .multipart(sent);
    let made = lever.send(request).await;
    assert_eq!(made.data()["tags"], json!(["x"]));
    let resumes = lever
        .get(&format!("/candidates/{}/resumes", text(&made.data()["id"])))
        .await;
    assert_eq!(resumes.rows().len(), 1);
}

#[tokio::test]
async fn s3_2_the_sent_resume_and_files_are_listed_and_come_back_byte_for_byte() {
    let lever = lever().await;
    let letter = [b"%PDF-1.4 ".as_slice(), &[0, 159, 146, 150, 13, 10]].concat();
    let sent = form(&[("name", "Ada Files")])
        .part("resumeFile", file("my resume.txt", RESUME))
        .part("files[]", file("łetter.pdf", letter.clone()))
        .part("files[]", file("photo.png", [137, 80, 78, 71]));
    let made = lever.create_form("", sent).await;
    let path = format!("/opportunities/{}", text(&made.data()["id"]));
    let resumes = lever.get(&format!("{path}/resumes")).await;
    let resume = &resumes.rows()[0];
    assert_eq!(resume["file"]["name"], "my resume.txt");
    assert_eq!(resume["file"]["ext"], "txt", "without a dot");
    assert_eq!(resume["file"]["size"], RESUME.len());
    assert_eq!(resume["parsedData"]["positions"][0]["org"], "Harbor Labs");
    assert_eq!(
        resume["parsedData"]["schools"][0]["start"],
        json!({ "year": 2013, "month": null })
    );
    let id = text(&resume["id"]);
    let (status, headers, bytes) = lever.download(&format!("{path}/resumes/{id}/download")).await;
    assert_eq!(status, 200);
    assert_eq!(bytes, RESUME.as_bytes());
    assert_eq!(headers["content-type"], "text/plain; charset=utf-8");
    assert!(
        headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment; filename=\"my resume.txt\"")
    );
    let files = lever.get(&format!("{path}/files")).await;
    let [pdf, image] = files.rows() else {
        panic!("{files:?}");
    };
    assert_eq!((&pdf["ext"], &pdf["status"]), (&json!(".pdf"), &json!("processed")));
    assert_eq!(
        (&image["ext"], &image["status"]),
        (&json!(".png"), &json!("unsupported"))
    );
    let (_, headers, bytes) = lever
        .download(&format!("{path}/files/{}/download", text(&pdf["id"])))
        .await;
    assert_eq!(bytes, letter);
    assert_eq!(headers["content-type"], "application/pdf");
    let body = &lever.log().await[0]["body"];
    assert_eq!(
        body["resumeFile"],
        json!([{ "fileName": "my resume.txt", "size": RESUME.len() }])
    );
    assert_eq!(body["files"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn s3_2_parse_fills_what_was_not_sent_by_hand() {
    let lever = lever().await;
    let resume = || file("cv.txt", RESUME);
    let parsed = lever
        .create_form("&parse=true", form(&[]).part("resumeFile", resume()))
        .await;
    let row = parsed.data();
    assert_eq!(row["name"], "Noor Example");
    assert_eq!(row["headline"], "Harbor Labs");
    assert_eq!(row["location"], "Gdynia");
    assert_eq!(row["emails"], json!(["noor@example.org"]));
    assert_eq!(row["phones"], json!([{ "type": "other", "value": "+48 555 010 999" }]));
    assert_eq!(row["links"], json!(["http://github.com/noor-demo"]));
    let by_hand = lever
        .create_form(
            "&parse=true",
            form(&[("name", "By Hand"), ("emails[]", "by.hand@example.org")]).part("resumeFile", resume()),
        )
        .await;
    assert_eq!(by_hand.data()["name"], "By Hand");
    assert_eq!(by_hand.data()["emails"], json!(["by.hand@example.org"]));
    assert_eq!(by_hand.data()["location"], "Gdynia");
    for query in ["", "&parse=false"] {
        let unread = lever.create_form(query, form(&[]).part("resumeFile", resume())).await;
        assert_eq!(unread.data()["name"], "", "the default is not to");
    }
    let again = lever
        .create_form("&parse=true", form(&[]).part("resumeFile", resume()))
        .await;
    assert_eq!(again.body["deduped"], true, "an address that was read counts as one");
    let image = lever
        .create_form("&parse=true", form(&[]).part("resumeFile", file("cv.png", RESUME)))
        .await;
    assert_eq!(image.data()["name"], "", "images are stored and never parsed");
}

/// What the sandbox gives out as a résumé is one: sent again, it makes the same person.
#[tokio::test]
async fn s3_2_parse_reads_a_pdf() {
    let lever = lever().await;
    let ines = lever.ines().await;
    let path = format!("/opportunities/{}/resumes", text(&ines["id"]));
    let id = text(&lever.get(&path).await.rows()[0]["id"]);
    let (_, _, bytes) = lever.download(&format!("{path}/{id}/download")).await;
    let made = lever
        .create_form("&parse=true", form(&[]).part("resumeFile", file("ines.pdf", bytes)))
        .await;
    assert_eq!(made.body["deduped"], true);
    assert_eq!(made.data()["contact"], ines["contact"]);
    let path = format!("/opportunities/{}/resumes", text(&made.data()["id"]));
    let parsed = lever.get(&path).await.rows()[0]["parsedData"].clone();
    assert_eq!(parsed["positions"][0]["title"], "Senior Data Engineer");
    assert_eq!(parsed["positions"][1]["end"], json!({ "year": 2022, "month": 2 }));
}

#[tokio::test]
async fn s3_2_other_kinds_of_files_and_files_over_30_mb_are_refused_and_nothing_is_made() {
    let lever = lever().await;
    let large = vec![b'x'; 30 * 1024 * 1024 + 1];
    let bad = [
        form(&[]).part("resumeFile", file("cv.exe", "x")),
        form(&[]).part("files[]", file("no extension", "x")),
        form(&[]).part("files[]", file("large.txt", large)),
        form(&[])
            .part("resumeFile", file("one.txt", "x"))
            .part("resumeFile", file("two.txt", "x")),
        form(&[("phones[]", "{")]),
    ];
    for sent in bad {
        lever.create_form("", sent).await.refused(400, "BadRequestError");
    }
    let maya = lever.user("Maya Okafor").await;
    let broken = lever
        .request("POST", &format!("/opportunities?perform_as={maya}"))
        .header("content-type", "multipart/form-data; boundary=x")
        .body("--y\r\nnot a part");
    lever.send(broken).await.refused(400, "BadRequestError");
    assert!(lever.log().await.is_empty());
    for good in ["cv.docx", "cv.doc", "cv.js", "cv.JPG", "cv.png", "cv.pdf", "cv.txt"] {
        let sent = form(&[]).part("resumeFile", file(good, "x"));
        assert_eq!(lever.create_form("", sent).await.status, 201, "{good}");
    }
}

/// Browsers send an empty part for a file field that nobody filled in.
#[tokio::test]
async fn s3_2_an_empty_file_field_is_no_file() {
    let lever = lever().await;
    let sent = form(&[("name", "Ada Empty")]).part("resumeFile", file("", ""));
    let made = lever.create_form("&parse=true", sent).await;
    let path = format!("/opportunities/{}/resumes", text(&made.data()["id"]));
    assert!(lever.get(&path).await.rows().is_empty());
}

#[tokio::test]
async fn s3_2_multipart_is_only_taken_where_files_are() {
    let lever = lever().await;
    let path = format!("/opportunities/{}/addTags", text(&lever.ines().await["id"]));
    let request = lever.request("POST", &path).multipart(form(&[("tags[]", "x")]));
    lever.send(request).await.refused(400, "BadRequestError");
}
