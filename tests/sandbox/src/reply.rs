//! The bodies of replies: Lever's envelopes and its page tokens (lever-api §2.1, §2.2).
//!
//! A token is the percent-encoded JSON of the key at which the next page starts, the key included. Clients send it
//! back as it is or encoded once more; both are read.

use std::cmp::Ordering;

use axum::body::Body as HttpBody;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::clock::Timestamp;
use crate::model::file_type::FileType;
use crate::query::Query;
use crate::refusal::Refusal;

/// What JavaScript's `encodeURIComponent` leaves alone: recorded tokens look like its work.
const TOKEN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// What a write was about; for the write log.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    /// Opportunity id.
    pub opportunity: Option<String>,
    /// Contact id.
    pub contact: Option<String>,
}

/// A file as it is downloaded (lever-api §3.10, §3.16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Its name with extension, which also says what kind it is.
    pub name: String,
    /// What it holds.
    pub content: Bytes,
}

/// What a header's quoted text cannot hold.
const FILE_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

impl Download {
    /// Puts the file into a response. Whether Lever answers with the file itself or with a redirect to it is UNSURE;
    /// a client that follows redirects sees the same.
    pub fn fill(self, response: &mut Response<HttpBody>) {
        let headers = response.headers_mut();
        let plain: String = self
            .name
            .chars()
            .map(|character| match character {
                '"' | '\\' => '_',
                ' '..='~' => character,
                _ => '_',
            })
            .collect();
        let encoded = utf8_percent_encode(&self.name, FILE_NAME);
        let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
        // Both parts of the name are plain letters by now: it always is a header's value.
        if let Ok(disposition) = HeaderValue::from_str(&disposition) {
            headers.insert(CONTENT_DISPOSITION, disposition);
        }
        let content_type = HeaderValue::from_static(FileType::of_name(&self.name).content_type());
        headers.insert(CONTENT_TYPE, content_type);
        *response.body_mut() = HttpBody::from(self.content);
    }
}

/// A reply that is not a refusal.
#[derive(Debug, Clone)]
pub struct Reply {
    /// HTTP status.
    pub status: StatusCode,
    /// JSON body.
    pub body: Value,
    /// What it was about.
    pub subject: Subject,
    /// A file instead of the body.
    pub download: Option<Download>,
}

impl Reply {
    /// `{"data": …}` with 200.
    #[must_use]
    pub fn one(data: impl Into<Value>) -> Self {
        Self {
            status: StatusCode::OK,
            body: json!({ "data": data.into() }),
            subject: Subject::default(),
            download: None,
        }
    }

    /// `{"data": […], "next": …, "hasNext": …}`; `next` is absent on the last page.
    #[must_use]
    pub fn page(rows: Vec<Value>, next: Option<Value>) -> Self {
        let mut body = Map::with_capacity(3);
        body.insert("data".into(), Value::Array(rows));
        let has_next = next.is_some();
        if let Some(key) = next {
            body.insert("next".into(), Value::String(token(&key)));
        }
        body.insert("hasNext".into(), Value::Bool(has_next));
        Self {
            status: StatusCode::OK,
            body: Value::Object(body),
            subject: Subject::default(),
            download: None,
        }
    }

    /// 204 without a body: what was asked for is gone.
    #[must_use]
    pub fn gone() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            body: Value::Null,
            subject: Subject::default(),
            download: None,
        }
    }

    /// A file.
    #[must_use]
    pub fn file(download: Download) -> Self {
        Self {
            download: Some(download),
            ..Self::one(Value::Null)
        }
    }

    /// A body without the `data` wrapper, with 200 (lever-api §2.1).
    #[must_use]
    pub fn bare(body: Value) -> Self {
        Self {
            body,
            ..Self::one(Value::Null)
        }
    }

    /// The same reply with another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The same reply, about this.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subject = subject;
        self
    }
}

/// The token of a start key.
fn token(key: &Value) -> String {
    utf8_percent_encode(&key.to_string(), TOKEN).to_string()
}

/// The refusal of a token (lever-api §8).
#[must_use]
pub fn invalid_token() -> Refusal {
    Refusal::InvalidOffset
}

/// The start key of the page asked for, `None` for the first page.
///
/// # Errors
/// 400 when the offset is not a token.
pub fn start_key(query: &Query) -> Result<Option<Vec<Value>>, Refusal> {
    let Some(offset) = query.first("offset") else {
        return Ok(None);
    };
    // The query has been decoded once: what a client encoded again on top of the token is still encoded.
    let read = |text: &str| serde_json::from_str::<Vec<Value>>(text).ok();
    let key = read(offset).or_else(|| {
        let decoded = percent_decode_str(offset).decode_utf8().ok()?;
        read(&decoded)
    });
    key.map(Some).ok_or_else(invalid_token)
}

/// One part of the sort key of a short list.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyPart {
    /// A number, small ones first.
    Ascending(f64),
    /// A number, large ones first.
    Descending(f64),
    /// A text, in the order of its characters.
    Text(String),
    /// A text, in the opposite order.
    TextDescending(String),
}

impl KeyPart {
    fn json(&self) -> Value {
        match self {
            Self::Ascending(number) | Self::Descending(number) => {
                let whole = *number as i64;
                if (whole as f64 - number).abs() < f64::EPSILON {
                    json!(whole)
                } else {
                    json!(number)
                }
            }
            Self::Text(text) | Self::TextDescending(text) => json!(text),
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Ascending(a), Self::Ascending(b)) => a.total_cmp(b),
            (Self::Descending(a), Self::Descending(b)) => b.total_cmp(a),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::TextDescending(a), Self::TextDescending(b)) => b.cmp(a),
            _ => Ordering::Equal,
        }
    }

    /// A part like this one with the value of a token.
    fn read(&self, value: &Value) -> Option<Self> {
        Some(match self {
            Self::Ascending(_) => Self::Ascending(value.as_f64()?),
            Self::Descending(_) => Self::Descending(value.as_f64()?),
            Self::Text(_) => Self::Text(value.as_str()?.to_owned()),
            Self::TextDescending(_) => Self::TextDescending(value.as_str()?.to_owned()),
        })
    }
}

fn compare_keys(a: &[KeyPart], b: &[KeyPart]) -> Ordering {
    a.iter()
        .zip(b)
        .map(|(a, b)| a.compare(b))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// A page of a list short enough to be sorted for each request.
///
/// # Errors
/// 400 for a bad limit or offset.
pub fn short_list(query: &Query, mut rows: Vec<(Vec<KeyPart>, Value)>) -> Result<Reply, Refusal> {
    let limit = query.limit()?;
    let start = start_key(query)?;
    rows.sort_by(|(a, _), (b, _)| compare_keys(a, b));
    if let (Some(start), Some((shape, _))) = (start, rows.first()) {
        if start.len() != shape.len() {
            return Err(invalid_token());
        }
        let start: Vec<KeyPart> = shape
            .iter()
            .zip(&start)
            .map(|(part, value)| part.read(value))
            .collect::<Option<_>>()
            .ok_or_else(invalid_token)?;
        rows.retain(|(key, _)| compare_keys(key, &start).is_ge());
    }
    let next = rows
        .get(limit)
        .map(|(key, _)| Value::Array(key.iter().map(KeyPart::json).collect()));
    rows.truncate(limit);
    Ok(Reply::page(rows.into_iter().map(|(_, row)| row).collect(), next))
}

/// A page of a list in the order of making, the oldest first, then by id (lever-api §2.2: UNSURE for lists of an
/// opportunity). Rows must have an `id`.
///
/// # Errors
/// 400 for a bad limit or offset.
pub fn oldest_first(query: &Query, rows: impl Iterator<Item = (Timestamp, Value)>) -> Result<Reply, Refusal> {
    let rows = rows
        .map(|(at, row)| {
            let id = row.get("id").and_then(Value::as_str).unwrap_or("").to_owned();
            (vec![KeyPart::Ascending(at.as_millis() as f64), KeyPart::Text(id)], row)
        })
        .collect();
    short_list(query, rows)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn asked(offset: &str) -> Query {
        let mut raw = form_urlencoded::Serializer::new(String::new());
        raw.append_pair("offset", offset);
        Query::parse(&raw.finish())
    }

    proptest! {
        /// lever-api §2.2: pasted into the address, or encoded once more, a token names the same key.
        #[test]
        fn a_token_reads_back_single_and_double_encoded(number in any::<i32>(), text in any::<String>()) {
            let key = json!([number, text]);
            let token = token(&key);
            let pasted = Query::parse(&format!("offset={token}"));
            prop_assert_eq!(start_key(&pasted).map(|key| key.map(Value::Array)), Ok(Some(key.clone())));
            prop_assert_eq!(start_key(&asked(&token)).map(|key| key.map(Value::Array)), Ok(Some(key)));
        }

        #[test]
        fn no_offset_makes_the_reader_panic(offset in any::<String>()) {
            let _ = start_key(&asked(&offset));
        }
    }
}
