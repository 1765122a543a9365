//! Starting a sandbox and talking to it.

pub use reqwest::multipart::{Form, Part};
use sandbox::Running;
use sandbox::clock::Timestamp;
use sandbox::config::Config;
use sandbox::pace::Limit;
use serde_json::{Value, json};

/// A sandbox with a client.
pub struct Lever {
    pub running: Running,
    pub http: reqwest::Client,
    key: String,
}

/// Status and body of a reply.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub headers: reqwest::header::HeaderMap,
}

impl Answer {
    pub fn data(&self) -> &Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        &self.body["data"]
    }

    pub fn rows(&self) -> &[Value] {
        self.data().as_array().unwrap()
    }

    pub fn ids(&self) -> Vec<String> {
        self.rows().iter().map(|row| text(&row["id"])).collect()
    }

    /// Asserts a refusal and gives its message.
    pub fn refused(&self, status: u16, code: &str) -> String {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.body["code"], code);
        assert_eq!(self.body.as_object().unwrap().len(), 2, "only code and message");
        text(&self.body["message"])
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

pub fn unlimited() -> Config {
    Config {
        limit: Limit { rate: 0.0, burst: 20.0 },
        contacts: Some(300),
        // 2026-01-01: rows do not depend on the day a test runs.
        anchor: Some(Timestamp::from_millis(1_767_225_600_000)),
        ..Config::default()
    }
}

/// A sandbox of 300 people without a limit.
pub async fn lever() -> Lever {
    lever_with(unlimited()).await
}

pub async fn lever_with(config: Config) -> Lever {
    let running = sandbox::start(config).await.unwrap();
    Lever {
        key: running.key().to_owned(),
        running,
        http: reqwest::Client::builder().no_proxy().build().unwrap(),
    }
}

impl Lever {
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.base_url())
    }

    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        self.http
            .request(method, self.url(path))
            .basic_auth(&self.key, Some(""))
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.text().await.unwrap();
        Answer {
            status,
            body: serde_json::from_str(&body).unwrap_or(Value::Null),
            headers,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path)).await
    }

    pub async fn get_with_key(&self, key: &str, path: &str) -> Answer {
        self.send(self.http.get(self.url(path)).basic_auth(key, Some(""))).await
    }

    pub async fn write(&self, method: &str, path: &str, body: Value) -> Answer {
        self.send(self.request(method, path).json(&body)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.write("POST", path, body).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.write("PUT", path, body).await
    }

    /// Creates an opportunity as Maya Okafor.
    pub async fn create(&self, body: Value) -> Answer {
        let maya = self.user("Maya Okafor").await;
        self.post(&format!("/opportunities?perform_as={maya}"), body).await
    }

    /// Creates an opportunity as Maya Okafor from a multipart body.
    pub async fn create_form(&self, query: &str, form: Form) -> Answer {
        let maya = self.user("Maya Okafor").await;
        let path = format!("/opportunities?perform_as={maya}{query}");
        self.send(self.request("POST", &path).multipart(form)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request("DELETE", path)).await
    }

    /// Status, headers and bytes of a file.
    pub async fn download(&self, path: &str) -> (u16, reqwest::header::HeaderMap, Vec<u8>) {
        let response = self.request("GET", path).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        (status, headers, response.bytes().await.unwrap().to_vec())
    }

    pub async fn user(&self, name: &str) -> String {
        self.id_of("/users?includeDeactivated=true", "name", name).await
    }

    pub async fn posting(&self, title: &str) -> String {
        self.id_of("/postings?confidentiality=all", "text", title).await
    }

    pub async fn stage(&self, name: &str) -> String {
        self.id_of("/stages", "text", name).await
    }

    pub async fn reason(&self, name: &str) -> String {
        self.id_of("/archive_reasons", "text", name).await
    }

    async fn id_of(&self, path: &str, field: &str, wanted: &str) -> String {
        let answer = self.get(path).await;
        let row = answer.rows().iter().find(|row| row[field] == wanted);
        text(&row.unwrap_or_else(|| panic!("no {wanted} in {path}"))["id"])
    }

    /// All rows of a list, walked by pages of `limit`.
    pub async fn walk(&self, path: &str, limit: usize) -> Vec<Value> {
        let joint = if path.contains('?') { '&' } else { '?' };
        let mut rows = Vec::new();
        let mut offset = String::new();
        loop {
            let page = self.get(&format!("{path}{joint}limit={limit}{offset}")).await;
            rows.extend(page.rows().iter().cloned());
            if page.body["hasNext"] == false {
                assert!(page.body.get("next").is_none(), "next is absent on the last page");
                return rows;
            }
            offset = format!("&offset={}", text(&page.body["next"]));
        }
    }

    /// The one opportunity of a person that the account has for sure.
    pub async fn ines(&self) -> Value {
        let found = self.get("/opportunities?email=ines.k@example.org&archived=false").await;
        assert_eq!(found.rows().len(), 1);
        found.rows()[0].clone()
    }

    pub async fn control(&self, path: &str, body: String) {
        let url = format!("{}/_sandbox/{path}", self.running.root_url());
        let response = self.http.post(url).body(body).send().await.unwrap();
        assert_eq!(response.status(), 200);
    }

    pub async fn arm(&self, kind: &str, method: &str, path: &str) {
        let body = json!({ "kind": kind, "method": method, "path": path, "times": 1 });
        self.control("next", body.to_string()).await;
    }

    /// The write log.
    pub async fn log(&self) -> Vec<Value> {
        let url = format!("{}/_sandbox/log", self.running.root_url());
        let response = self.http.get(url).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/x-ndjson");
        let text = response.text().await.unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub async fn stats(&self) -> Value {
        let url = format!("{}/_sandbox/stats", self.running.root_url());
        let text = self.http.get(url).send().await.unwrap().text().await.unwrap();
        serde_json::from_str(&text).unwrap()
    }
}

/// A form of these text fields.
pub fn form(fields: &[(&str, &str)]) -> Form {
    fields.iter().fold(Form::new(), |form, (name, value)| {
        form.text((*name).to_owned(), (*value).to_owned())
    })
}

/// A file to send.
pub fn file(name: &str, content: impl Into<Vec<u8>>) -> Part {
    Part::bytes(content.into()).file_name(name.to_owned())
}

/// Keys of an object in their order.
pub fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}
