//! Files, résumés, uploads and their history (lever-api §3.1, §3.10).

use sandbox::access::KeyEntry;
use sandbox::config::Config;
use serde_json::{Value, json};

use crate::support::{Lever, file, form, keys, lever, lever_with, text, unlimited};

/// All opportunities with what the sub-path lists for them, where it lists something.
async fn with_rows(lever: &Lever, what: &str) -> Vec<(String, Vec<Value>)> {
    let mut found = Vec::new();
    for row in lever.walk("/opportunities?confidentiality=all", 100).await {
        let path = format!("/opportunities/{}/{what}", text(&row["id"]));
        let rows = lever.get(&path).await.rows().to_vec();
        if !rows.is_empty() {
            found.push((path, rows));
        }
    }
    found
}

async fn upload(lever: &Lever, path: &str, name: &str, content: &str) -> crate::support::Answer {
    let maya = lever.user("Maya Okafor").await;
    let request = lever
        .request("POST", &format!("{path}?perform_as={maya}"))
        .multipart(form(&[]).part("file", file(name, content)));
    lever.send(request).await
}

#[tokio::test]
async fn s3_10_seeded_files_are_real_and_as_large_as_they_say() {
    let lever = lever().await;
    let mut kinds = Vec::new();
    for (path, rows) in with_rows(&lever, "files").await {
        for row in rows {
            assert_eq!(
                keys(&row),
                ["id", "downloadUrl", "ext", "name", "uploadedAt", "status", "size"]
            );
            let (status, headers, bytes) = lever.download(&format!("{path}/{}/download", text(&row["id"]))).await;
            kinds.push((text(&row["ext"]), text(&row["status"])));
            if row["status"] == "error" {
                assert_eq!(status, 422, "Lever could not process it");
                let body: Value = serde_json::from_slice(&bytes).unwrap();
                assert_eq!(body["code"], "UnprocessableEntityError");
                continue;
            }
            assert_eq!(status, 200);
            assert_eq!(row["size"], bytes.len());
            if row["ext"] == ".pdf" {
                assert_eq!(headers["content-type"], "application/pdf");
                assert!(bytes.starts_with(b"%PDF-1.5") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
            } else {
                assert!(String::from_utf8(bytes.clone()).unwrap().ends_with('\n'));
            }
            let (_, _, again) = lever.download(&format!("{path}/{}/download", text(&row["id"]))).await;
            assert_eq!(again, bytes);
        }
    }
    for kind in [(".pdf", "processed"), (".txt", "processed"), (".pdf", "error")] {
        let kind = (kind.0.to_owned(), kind.1.to_owned());
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}

#[tokio::test]
async fn s3_10_seeded_resumes_download_as_what_was_parsed() {
    let lever = lever().await;
    let found = with_rows(&lever, "resumes").await;
    assert!(found.len() > 60, "{}", found.len());
    for (path, rows) in found.iter().take(20) {
        let (status, headers, bytes) = lever
            .download(&format!("{path}/{}/download", text(&rows[0]["id"])))
            .await;
        assert_eq!(status, 200);
        assert_eq!(headers["content-type"], "application/pdf");
        assert_eq!(rows[0]["file"]["size"], bytes.len());
        let said = sandbox::pdf::text(&bytes).unwrap();
        let position = &rows[0]["parsedData"]["positions"][0];
        assert!(said.contains(&text(&position["title"])), "{said}");
    }
    let (path, _) = &found[0];
    let (status, _, _) = lever.download(&format!("{path}/nope/download")).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn s3_10_a_file_is_added_read_and_deleted() {
    let lever = lever().await;
    let path = format!("/opportunities/{}/files", text(&lever.ines().await["id"]));
    let before = lever.get(&path).await.rows().len();
    let made = upload(&lever, &path, "notes.txt", "hello").await;
    assert_eq!(made.status, 201);
    assert_eq!(made.data()["status"], "processing", "not looked at yet");
    assert_eq!(made.data()["size"], 5);
    let id = text(&made.data()["id"]);
    let read = lever.get(&format!("{path}/{id}")).await;
    assert_eq!(read.data()["status"], "processed");
    assert_eq!(lever.get(&path).await.rows().len(), before + 1);
    let since = format!("{path}?uploaded_at_start={}", read.data()["uploadedAt"]);
    assert_eq!(lever.get(&since).await.ids(), std::slice::from_ref(&id));
    let (_, _, bytes) = lever.download(&format!("{path}/{id}/download")).await;
    assert_eq!(bytes, b"hello");
    let maya = lever.user("Maya Okafor").await;
    let gone = lever.delete(&format!("{path}/{id}?perform_as={maya}")).await;
    assert_eq!(gone.status, 204);
    assert!(!gone.headers.contains_key("x-lever-region"), "§2.4");
    lever
        .get(&format!("{path}/{id}"))
        .await
        .refused(404, "ResourceNotFound");
    lever
        .delete(&format!("{path}/{id}?perform_as={maya}"))
        .await
        .refused(404, "ResourceNotFound");
}

#[tokio::test]
async fn s3_10_a_file_that_cannot_be_processed_is_422_on_download() {
    let lever = lever().await;
    let path = format!("/candidates/{}/files", text(&lever.ines().await["id"]));
    let id = text(&upload(&lever, &path, "scan.pdf", "no pdf at all").await.data()["id"]);
    assert_eq!(lever.get(&format!("{path}/{id}")).await.data()["status"], "error");
    lever
        .get(&format!("{path}/{id}/download"))
        .await
        .refused(422, "UnprocessableEntityError");
}

#[tokio::test]
async fn s2_6_files_need_perform_as_and_a_file() {
    let lever = lever().await;
    let path = format!("/opportunities/{}/files", text(&lever.ines().await["id"]));
    let unsaid = lever
        .request("POST", &path)
        .multipart(form(&[]).part("file", file("a.txt", "x")));
    lever.send(unsaid).await.refused(400, "BadRequestError");
    lever
        .delete(&format!("{path}/some-file"))
        .await
        .refused(400, "BadRequestError");
    let maya = lever.user("Maya Okafor").await;
    let path = format!("{path}?perform_as={maya}");
    lever.post(&path, json!({})).await.refused(400, "BadRequestError");
    let wrong_name = lever
        .request("POST", &path)
        .multipart(form(&[]).part("document", file("a.txt", "x")));
    lever.send(wrong_name).await.refused(400, "BadRequestError");
}

#[tokio::test]
async fn s3_1_file_actions_tell_what_was_done_by_whom() {
    let lever = lever().await;
    let maya = lever.user("Maya Okafor").await;
    let made = lever
        .create_form("", form(&[]).part("resumeFile", file("cv.txt", "Ada")))
        .await;
    let opportunity = text(&made.data()["id"]);
    let path = format!("/opportunities/{opportunity}");
    let files = format!("{path}/files");
    let id = text(&upload(&lever, &files, "a.txt", "x").await.data()["id"]);
    lever.delete(&format!("{files}/{id}?perform_as={maya}")).await;
    let actions = lever.get(&format!("{path}/file_actions")).await;
    let row = &actions.rows()[0];
    assert_eq!(
        keys(row),
        ["id", "opportunityId", "type", "occurredAt", "createdAt", "user", "meta"]
    );
    assert_eq!(row["opportunityId"], opportunity);
    assert_eq!(row["user"], json!({ "id": maya }));
    let types: Vec<&Value> = actions.rows().iter().map(|row| &row["type"]).collect();
    assert_eq!(types, ["resume-imported", "file-added", "file-remove"]);
    let last = actions.rows()[2]["occurredAt"].clone();
    let since = lever
        .get(&format!("{path}/file_actions?occurred_at_start={last}"))
        .await;
    assert_eq!(since.rows().len(), 1);
    let old = format!("/opportunities/{}/file_actions", text(&lever.ines().await["id"]));
    assert!(lever.get(&old).await.rows().is_empty(), "recorded empty for older rows");
}

#[tokio::test]
async fn s3_10_an_upload_has_an_address_and_lives_a_day() {
    let lever = lever().await;
    let request = lever
        .request("POST", "/uploads")
        .multipart(form(&[]).part("file", file("cv.pdf", "%PDF-1.4")));
    let made = lever.send(request).await;
    assert_eq!(made.status, 201);
    let upload = made.data();
    assert_eq!(keys(upload), ["id", "uri", "filename", "size", "expiresAt"]);
    let (id, uri) = (text(&upload["id"]), text(&upload["uri"]));
    assert!(uri.ends_with(&format!("/v1/uploads/{id}-cv.pdf")), "{uri}");
    assert_eq!(upload["size"], 8);
    let expires = sandbox::clock::Timestamp::from_millis(upload["expiresAt"].as_i64().unwrap());
    let account = lever.running.state().account();
    let until = expires.as_millis() - account.now().as_millis();
    assert!((86_300_000..=86_400_000).contains(&until), "{until}");
    assert!(account.upload(&uri, expires.plus(-1)).is_some());
    assert!(account.upload(&uri, expires).is_none());
}

#[tokio::test]
async fn s5_downloads_uploads_and_deletes_are_boxes_of_their_own() {
    let entries: Vec<KeyEntry> = serde_json::from_value(json!([
        { "key": "full" },
        { "key": "reader", "permissions": ["GET /opportunities/:id/resumes"] },
        { "key": "applier", "permissions": ["POST /postings/:id/apply"] },
    ]))
    .unwrap();
    let lever = lever_with(Config {
        keys: entries,
        ..unlimited()
    })
    .await;
    let path = format!("/opportunities/{}/resumes", text(&lever.ines().await["id"]));
    let listed = lever.get_with_key("reader", &path).await;
    let id = &listed.ids()[0];
    lever
        .get_with_key("reader", &format!("{path}/{id}/download"))
        .await
        .refused(403, "ForbiddenError");
    for (key, status) in [("reader", 403), ("applier", 201)] {
        let request = lever
            .http
            .post(lever.url("/uploads"))
            .basic_auth(key, Some(""))
            .multipart(form(&[]).part("file", file("a.txt", "x")));
        assert_eq!(lever.send(request).await.status, status, "applying grants uploads too");
    }
}

/// §3.10: 30 MB a file, for uploads and for files of an opportunity.
#[tokio::test]
async fn s3_10_files_and_uploads_over_30_mb_are_refused() {
    let lever = lever().await;
    let files = format!("/opportunities/{}/files", text(&lever.ines().await["id"]));
    let before = lever.get(&files).await.rows().len();
    let maya = lever.user("Maya Okafor").await;
    let most = 30 * 1024 * 1024;
    for (path, status) in [
        ("/uploads".to_owned(), 201),
        (format!("{files}?perform_as={maya}"), 201),
    ] {
        for (size, expected) in [(most, status), (most + 1, 400)] {
            let request = lever
                .request("POST", &path)
                .multipart(form(&[]).part("file", file("large.txt", vec![b'x'; size])));
            assert_eq!(lever.send(request).await.status, expected, "{path} {size}");
        }
    }
    assert_eq!(lever.get(&files).await.rows().len(), before + 1);
}
