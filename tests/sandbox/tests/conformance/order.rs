//! Every list: its envelope, its order, and tokens that are the inclusive start key of the next page, read single- and
//! double-encoded (lever-api §2.1, §2.2).

use serde_json::{Value, json};

use crate::support::{Lever, file, form, keys, lever, text};

/// A list, the time by which it is sorted, and what its token holds where that is known.
struct List {
    path: String,
    order: Order,
    token: Option<fn(&Value) -> Value>,
}

#[derive(Clone, Copy)]
enum Order {
    /// By a time, the oldest first.
    Oldest(&'static str),
    /// By a time, the newest first.
    Newest(&'static str),
    /// By a text, as it is compared.
    Text(&'static str, fn(&str) -> String),
    /// By a text, backwards.
    TextDown(&'static str),
    /// Recorded without an order, or checked elsewhere.
    None,
}

fn list(path: &str, order: Order, token: Option<fn(&Value) -> Value>) -> List {
    List {
        path: path.to_owned(),
        order,
        token,
    }
}

/// The JSON inside a token.
fn decoded(token: &str) -> Value {
    let mut bytes = Vec::new();
    let mut rest = token.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            let digits = std::str::from_utf8(&digits).unwrap().to_owned();
            bytes.push(u8::from_str_radix(&digits, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    serde_json::from_slice(&bytes).unwrap()
}

async fn check(lever: &Lever, list: &List) {
    let List { path, order, token } = list;
    let whole = lever.walk(path, 100).await;
    assert!(whole.len() > 2, "{path} has {} rows", whole.len());
    let number = |row: &Value, name: &str| row[name].as_i64().unwrap_or_else(|| panic!("{path} {name}: {row}"));
    let sorted = match *order {
        Order::Oldest(name) => whole.is_sorted_by_key(|row| number(row, name)),
        Order::Newest(name) => whole.is_sorted_by_key(|row| -number(row, name)),
        Order::Text(name, compared) => whole.is_sorted_by_key(|row| compared(&text(&row[name]))),
        Order::TextDown(name) => whole.is_sorted_by_key(|row| std::cmp::Reverse(text(&row[name]))),
        Order::None => true,
    };
    assert!(sorted, "{path}");
    for limit in [1, 2] {
        let walked = lever.walk(path, limit).await;
        assert_eq!(walked.len(), whole.len(), "{path} by {limit}");
        assert!(walked == whole, "{path} by {limit}");
    }
    let joint = if path.contains('?') { '&' } else { '?' };
    let first = lever.get(&format!("{path}{joint}limit=1")).await;
    assert_eq!(keys(&first.body), ["data", "next", "hasNext"], "{path}");
    assert_eq!(first.body["hasNext"], true);
    let next = text(&first.body["next"]);
    assert!(next.starts_with("%5B") && next.ends_with("%5D"), "{path}: {next}");
    let page = async |offset: &str| lever.get(&format!("{path}{joint}limit=2&offset={offset}")).await;
    let single = page(&next).await;
    let double = page(&next.replace('%', "%25")).await;
    assert_eq!(single.rows(), &whole[1..3], "{path}: the key itself stands first");
    assert_eq!(single.body, double.body, "{path}: encoded once more");
    if let Some(token) = token {
        assert_eq!(decoded(&next), token(&whole[1]), "{path}");
    }
    let last = lever.get(&format!("{path}{joint}limit=100")).await;
    if whole.len() <= 100 {
        assert_eq!(keys(&last.body), ["data", "hasNext"], "{path}");
        assert_eq!(last.body["hasNext"], false);
    }
    for offset in ["nonsense", "%5B%5D", "%5Btrue%2Ctrue%5D", "0.1414895548650.a6070140"] {
        let message = page(offset).await.refused(400, "BadRequestError");
        assert!(message.starts_with("Invalid offset token"), "{path}: {message}");
    }
    for limit in ["0", "101", "x"] {
        let answer = lever.get(&format!("{path}{joint}limit={limit}")).await;
        answer.refused(400, "BadRequestError");
    }
}

#[tokio::test]
async fn s2_2_every_list_of_the_account_has_its_order_and_its_tokens() {
    let lever = lever().await;
    let now = lever.running.state().account().reading().as_millis();
    let window = format!(
        "deleted_at_start={}&deleted_at_end={}",
        now - 86_400_000,
        now + 86_400_000
    );
    let whole = lever.walk("/opportunities?expand=applications", 100).await;
    let applied = whole.iter().filter(|row| row["applications"] != json!([]));
    for row in applied.take(4) {
        let body = json!({ "opportunity": row["id"] });
        lever.control("delete", body.to_string()).await;
    }
    for id in &lever.get("/postings?state=closed").await.ids()[..4] {
        lever.control("delete", json!({ "posting": id }).to_string()).await;
    }
    let created: fn(&Value) -> Value = |row| json!([row["createdAt"], row["id"]]);
    let rank: fn(&Value) -> Value = |row| json!([1, row["lastAdvancedAt"], row["id"]]);
    let same: fn(&str) -> String = str::to_owned;
    let lower: fn(&str) -> String = str::to_lowercase;
    let dates = "fromDate=1500000000000&toDate=1767225600000";
    for one in [
        list(
            "/opportunities?stage_id=lead-new",
            Order::Newest("lastAdvancedAt"),
            Some(rank),
        ),
        list(
            "/candidates?stage_id=lead-new",
            Order::Newest("lastAdvancedAt"),
            Some(rank),
        ),
        list(
            "/users?includeDeactivated=true",
            Order::Newest("createdAt"),
            Some(created),
        ),
        list("/postings", Order::Newest("createdAt"), Some(created)),
        list("/requisitions", Order::TextDown("id"), Some(|row| json!([row["id"]]))),
        list(
            "/feedback_templates",
            Order::Text("text", same),
            Some(|row| json!([row["text"], row["id"]])),
        ),
        list("/tags", Order::Text("text", lower), None),
        list("/sources", Order::Text("text", lower), None),
        list("/stages", Order::None, None),
        list("/archive_reasons", Order::None, None),
        list(&format!("/eeo/responses?{dates}"), Order::Newest("appliedAt"), None),
        list("/eeo/responses/pii", Order::Newest("appliedAt"), None),
        list("/audit_events", Order::Newest("createdAt"), None),
        list("/opportunities/deleted", Order::Newest("deletedAt"), None),
        list(
            &format!("/applications/deleted?{window}"),
            Order::Newest("deletedAt"),
            None,
        ),
        list("/postings/deleted", Order::Newest("deletedAt"), None),
    ] {
        check(&lever, &one).await;
    }
    let stages = lever.walk("/stages", 1).await;
    let both = lever.get("/disposition_stages").await.data()["stages"].clone();
    let ids: Vec<&Value> = both.as_array().unwrap().iter().map(|stage| &stage["id"]).collect();
    assert_eq!(
        stages.iter().map(|stage| &stage["id"]).collect::<Vec<_>>(),
        ids,
        "pipeline order"
    );
    let ranks: Vec<f64> = both
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| stage["rank"].as_f64().unwrap())
        .collect();
    assert!(ranks.is_sorted_by(|a, b| a < b), "{ranks:?}");
}

/// §2.2: a fractional rank stands in the token as it is.
#[tokio::test]
async fn s2_2_a_fractional_rank_stands_in_the_token() {
    let lever = lever().await;
    let stages = lever.get("/disposition_stages").await.data()["stages"].clone();
    let stage = stages
        .as_array()
        .unwrap()
        .iter()
        .find(|stage| stage["rank"] == 230.5)
        .unwrap();
    let path = format!("/opportunities?stage_id={}", text(&stage["id"]));
    let whole = lever.walk(&path, 100).await;
    let first = lever.get(&format!("{path}&limit=1")).await;
    assert_eq!(
        decoded(&text(&first.body["next"])),
        json!([230.5, whole[1]["lastAdvancedAt"], whole[1]["id"]])
    );
}

/// §2.2: UNSURE for lists of an opportunity; the oldest first.
#[tokio::test]
async fn s2_2_every_list_of_an_opportunity_has_its_order_and_its_tokens() {
    let lever = lever().await;
    let path = format!("/opportunities/{}", text(&lever.ines().await["id"]));
    let maya = lever.user("Maya Okafor").await;
    let forms = lever.get("/form_templates").await.rows().to_vec();
    let form_template = forms.iter().find(|row| row["text"] == "Expectations").unwrap();
    let templates = lever.get("/feedback_templates").await.rows().to_vec();
    let feedback_template = templates.iter().find(|row| row["text"] == "Phone screen").unwrap();
    let answers = |template: &Value| -> Vec<Value> {
        let fields = template["fields"].as_array().unwrap();
        let answer = |field: &Value| match field["type"].as_str().unwrap() {
            "textarea" => json!("x"),
            "score-system" | "multiple-choice" => field["options"][0]["text"].clone(),
            _ => Value::Null,
        };
        fields
            .iter()
            .map(|field| json!({ "id": field["id"], "value": answer(field) }))
            .collect()
    };
    for number in 0..3 {
        let write = async |what: &str, body: Value| {
            let answer = lever.post(&format!("{path}/{what}?perform_as={maya}"), body).await;
            assert_eq!(answer.status, 201, "{what}: {answer:?}");
        };
        write("notes", json!({ "value": number.to_string() })).await;
        write(
            "panels",
            json!({ "timezone": "UTC", "interviews": [{ "interviewers": [{ "id": maya }], "date": 1_999_987_200_000_i64, "duration": 30 }] }),
        )
        .await;
        write(
            "feedback",
            json!({ "baseTemplateId": feedback_template["id"], "fieldValues": answers(feedback_template) }),
        )
        .await;
        write(
            "forms",
            json!({ "baseTemplateId": form_template["id"], "fields": answers(form_template) }),
        )
        .await;
        let request = lever
            .request("POST", &format!("{path}/files?perform_as={maya}"))
            .multipart(form(&[]).part("file", file(&format!("{number}.txt"), "x")));
        assert_eq!(lever.send(request).await.status, 201);
    }
    for (what, time) in [
        ("notes", "createdAt"),
        ("panels", "createdAt"),
        ("interviews", "createdAt"),
        ("feedback", "createdAt"),
        ("forms", "createdAt"),
        ("files", "uploadedAt"),
        ("file_actions", "occurredAt"),
    ] {
        check(&lever, &list(&format!("{path}/{what}"), Order::Oldest(time), None)).await;
    }
    for what in ["applications", "resumes", "offers", "referrals"] {
        let answer = lever.get(&format!("{path}/{what}")).await;
        assert_eq!(keys(&answer.body), ["data", "hasNext"], "{what}");
        assert!(answer.rows().len() < 2, "{what}");
    }
}

/// §2.1, §3.10: nothing is an empty list, not a 404.
#[tokio::test]
async fn s2_1_a_list_of_nothing_is_an_empty_page() {
    let lever = lever().await;
    let made = lever.create(json!({})).await;
    let path = format!("/opportunities/{}", text(&made.data()["id"]));
    for what in [
        "notes",
        "panels",
        "interviews",
        "feedback",
        "forms",
        "files",
        "file_actions",
        "applications",
        "resumes",
        "offers",
        "referrals",
    ] {
        let answer = lever.get(&format!("{path}/{what}")).await;
        assert_eq!(answer.body, json!({ "data": [], "hasNext": false }), "{what}");
    }
}
