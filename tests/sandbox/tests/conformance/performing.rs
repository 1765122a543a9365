//! Who acts: the table of lever-api §2.6, call by call.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::{lever, text};

#[derive(Clone, Copy, PartialEq)]
enum Performer {
    Required,
    Optional,
    Unused,
}

use Performer::{Optional, Required, Unused};

/// Writes of an opportunity, which both bases have.
const OF_AN_OPPORTUNITY: &[(&str, &str, Performer)] = &[
    ("POST", "", Required),
    ("PUT", "/:id/stage", Optional),
    ("PUT", "/:id/archived", Optional),
    ("POST", "/:id/addLinks", Optional),
    ("POST", "/:id/removeLinks", Optional),
    ("POST", "/:id/addTags", Optional),
    ("POST", "/:id/removeTags", Optional),
    ("POST", "/:id/addSources", Optional),
    ("POST", "/:id/removeSources", Optional),
    ("POST", "/:id/notes", Optional),
    ("PUT", "/:id/notes/:note", Unused),
    ("DELETE", "/:id/notes/:note", Unused),
    ("POST", "/:id/files", Required),
    ("DELETE", "/:id/files/:file", Required),
    ("POST", "/:id/panels", Required),
    ("PUT", "/:id/panels/:panel", Required),
    ("DELETE", "/:id/panels/:panel", Required),
    ("POST", "/:id/interviews", Required),
    ("PUT", "/:id/interviews/:interview", Required),
    ("DELETE", "/:id/interviews/:interview", Required),
    ("POST", "/:id/feedback", Required),
    ("PUT", "/:id/feedback/:feedback", Required),
    ("DELETE", "/:id/feedback/:feedback", Required),
    ("POST", "/:id/forms", Optional),
];

const OTHERS: &[(&str, &str, Performer)] = &[
    ("POST", "/candidates/:id/addPostings", Required),
    ("POST", "/candidates/:id/removePostings", Required),
    ("POST", "/postings", Required),
    ("POST", "/postings/:posting", Required),
    ("POST", "/postings/:posting/apply", Unused),
    ("PUT", "/contacts/:contact", Unused),
    ("POST", "/users", Unused),
    ("PUT", "/users/:user", Unused),
    ("POST", "/users/:user/deactivate", Unused),
    ("POST", "/users/:user/reactivate", Unused),
    ("POST", "/requisitions", Unused),
    ("PUT", "/requisitions/:requisition", Unused),
    ("DELETE", "/requisitions/:requisition", Unused),
    ("POST", "/requisition_fields", Unused),
    ("PUT", "/requisition_fields/:field", Unused),
    ("DELETE", "/requisition_fields/:field", Unused),
    ("POST", "/requisition_fields/:field/options", Unused),
    ("PUT", "/requisition_fields/:field/options", Unused),
    ("DELETE", "/requisition_fields/:field/options", Unused),
    ("POST", "/webhooks", Unused),
    ("PUT", "/webhooks", Unused),
    ("DELETE", "/webhooks/:webhook", Unused),
    ("POST", "/uploads", Unused),
    ("POST", "/feedback_templates", Unused),
    ("PUT", "/feedback_templates/:template", Unused),
    ("DELETE", "/feedback_templates/:template", Unused),
    ("POST", "/form_templates", Unused),
    ("PUT", "/form_templates/:template", Unused),
    ("DELETE", "/form_templates/:template", Unused),
];

fn table() -> Vec<(&'static str, String, Performer)> {
    let of_both = ["/opportunities", "/candidates"].into_iter().flat_map(|base| {
        OF_AN_OPPORTUNITY
            .iter()
            .map(move |(method, rest, performer)| (*method, format!("{base}{rest}"), *performer))
    });
    let others = OTHERS
        .iter()
        .map(|(method, path, performer)| (*method, (*path).to_owned(), *performer));
    of_both.chain(others).collect()
}

/// A write that is added later must be added to the table too.
#[test]
fn s2_6_the_table_names_every_write() {
    let nameless = |path: &str| {
        let parts = path
            .split('/')
            .map(|part| if part.starts_with(':') { ":" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let named: BTreeSet<String> = table()
        .iter()
        .map(|(method, path, _)| format!("{method} {}", nameless(path)))
        .collect();
    let there: BTreeSet<String> = sandbox::endpoints::all()
        .iter()
        .filter(|endpoint| endpoint.method != "GET")
        .map(|endpoint| format!("{} {}", endpoint.method, nameless(endpoint.pattern)))
        .collect();
    assert_eq!(named, there);
}

#[tokio::test]
async fn s2_6_each_call_demands_checks_or_ignores_perform_as() {
    let lever = lever().await;
    let ines = lever.ines().await;
    let posting = lever.posting("Data Platform Lead").await;
    let helena = lever.user("Helena Brandt").await;
    for (method, pattern, performer) in table() {
        let path: Vec<String> = pattern
            .split('/')
            .map(|part| match part {
                ":id" => text(&ines["id"]),
                ":contact" => text(&ines["contact"]),
                ":posting" => posting.clone(),
                _ if part.starts_with(':') => "nobody".to_owned(),
                _ => part.to_owned(),
            })
            .collect();
        let path = path.join("/");
        // Nothing in this body is of any use, so whatever is not refused for its performer is refused for that.
        let body = json!({ "tags": 1, "links": 1, "sources": 1, "name": 1, "personalInformation": 1 });
        let about_performer = async |query: &str| {
            let answer = lever.write(method, &format!("{path}{query}"), body.clone()).await;
            assert!(
                matches!(answer.status, 400 | 404),
                "{method} {pattern}{query}: {answer:?}"
            );
            let named = answer.body["message"].as_str().unwrap_or("").contains("perform_as");
            assert!(!named || answer.status == 400, "{method} {pattern}");
            named
        };
        assert_eq!(
            about_performer("").await,
            performer == Required,
            "{method} {pattern} without"
        );
        for user in ["nobody", &helena] {
            let query = format!("?perform_as={user}");
            assert_eq!(
                about_performer(&query).await,
                performer != Unused,
                "{method} {pattern} as {user}"
            );
        }
    }
    assert!(lever.log().await.is_empty(), "nothing was written");
}

/// §2.6: an interviewer performs stage, tags, notes, panels, postings and feedback: no role was seen to be checked.
#[tokio::test]
async fn s2_6_an_interviewer_may_perform_everything_that_was_recorded() {
    let lever = lever().await;
    let path = format!("/opportunities/{}", text(&lever.ines().await["id"]));
    let tunde = lever.user("Tunde Balogun").await;
    let user = lever.get(&format!("/users/{tunde}")).await;
    assert_eq!(user.data()["accessRole"], "interviewer");
    let interview = json!({ "interviewers": [{ "id": tunde }], "date": 1_999_987_200_000_i64, "duration": 30 });
    let posting = lever.posting("Data Platform Lead").await;
    for (method, path, body, status) in [
        ("PUT", format!("{path}/stage"), json!({ "stage": "offer" }), 200),
        ("POST", format!("{path}/addTags"), json!({ "tags": ["a"] }), 200),
        ("POST", format!("{path}/notes"), json!({ "value": "a" }), 201),
        (
            "POST",
            format!("{path}/panels"),
            json!({ "timezone": "UTC", "interviews": [interview] }),
            201,
        ),
        ("POST", "/postings".to_owned(), json!({ "text": "a" }), 201),
        ("POST", format!("/postings/{posting}"), json!({ "tags": ["a"] }), 200),
    ] {
        let answer = lever.write(method, &format!("{path}?perform_as={tunde}"), body).await;
        assert_eq!(answer.status, status, "{method} {path}: {answer:?}");
    }
    let note = lever.walk(&format!("{path}/notes"), 100).await;
    assert_eq!(note.last().unwrap()["user"], tunde, "the write is theirs");
}
