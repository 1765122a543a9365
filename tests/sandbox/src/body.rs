//! The body of a request: JSON, a form where Lever takes one (lever-api §3.9), or multipart where files come along
//! (§3.2, §3.10).
//!
//! Unknown fields are ignored (§8); a known field of the wrong kind is refused by name, so that a client's mistake is
//! seen at once.

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::clock::Timestamp;
use crate::endpoint::Files;
use crate::form::Form;
use crate::multipart::{self, SentFile};
use crate::refusal::Refusal;

/// The fields of a body.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// `None` when there was no body at all.
    fields: Option<Map<String, Value>>,
    /// `None` unless the body was multipart.
    files: Option<Vec<SentFile>>,
}

impl Body {
    /// Reads a body by its content type.
    ///
    /// # Errors
    /// 400 when it is not understood, or multipart where no files are taken.
    pub async fn read(content_type: &str, bytes: &Bytes, files: Files) -> Result<Self, Refusal> {
        if files == Files::Taken && content_type.starts_with("multipart/") {
            let (form, files) = multipart::read(content_type, bytes).await?;
            return Ok(Self {
                fields: Some(form.finish()),
                files: Some(files),
            });
        }
        Self::parse(content_type, bytes)
    }

    /// Reads a body without files by its content type. An empty one has no fields.
    ///
    /// # Errors
    /// 400 when it is not a JSON object, or a form that is not understood.
    pub fn parse(content_type: &str, bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        if content_type.starts_with("application/x-www-form-urlencoded") {
            return Ok(Self::from_form(bytes));
        }
        if content_type.starts_with("multipart/") {
            return Err(Refusal::bad_request(
                "This sandbox takes JSON here, not multipart/form-data",
            ));
        }
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(fields)) => Ok(Self::of_fields(fields)),
            Ok(_) => Err(Refusal::bad_request("The body must be a JSON object")),
            Err(_) => Err(Refusal::bad_request("The body is not valid JSON")),
        }
    }

    fn from_form(bytes: &[u8]) -> Self {
        let mut form = Form::default();
        for (name, value) in form_urlencoded::parse(bytes) {
            form.add(&name, value.into_owned());
        }
        Self::of_fields(form.finish())
    }

    fn of_fields(fields: Map<String, Value>) -> Self {
        Self {
            fields: Some(fields),
            files: None,
        }
    }

    /// Whether the body was multipart, where lists of objects may come as texts and one field has two spellings.
    #[must_use]
    pub fn is_multipart(&self) -> bool {
        self.files.is_some()
    }

    /// The files of a field, in the order sent.
    pub fn files<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a SentFile> + 'a {
        self.files.iter().flatten().filter(move |file| file.field == field)
    }

    /// An object as a body of its own: nested fields are read the same way.
    #[must_use]
    pub fn of_value(value: &Value) -> Self {
        Self {
            fields: value.as_object().cloned(),
            files: None,
        }
    }

    /// The body as sent; null when it was empty. Files are shown by name and size.
    #[must_use]
    pub fn json(&self) -> Value {
        let Some(mut shown) = self.fields.clone() else {
            return Value::Null;
        };
        for file in self.files.iter().flatten() {
            let of_field = shown
                .entry(file.field.clone())
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(files) = of_field {
                files.push(file.log_json());
            }
        }
        Value::Object(shown)
    }

    /// A field that was sent, null included.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields.as_ref()?.get(name)
    }

    /// A field that was sent and is not null.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<&Value> {
        self.get(name).filter(|value| !value.is_null())
    }

    /// A text.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.given(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong(name, "a string")),
        }
    }

    /// A list of texts.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn texts(&self, name: &str) -> Result<Option<Vec<String>>, Refusal> {
        let Some(value) = self.given(name) else {
            return Ok(None);
        };
        let texts = value
            .as_array()
            .and_then(|values| values.iter().map(|value| value.as_str().map(str::to_owned)).collect());
        texts.map(Some).ok_or_else(|| wrong(name, "an array of strings"))
    }

    /// A list of texts that must be there.
    ///
    /// # Errors
    /// 400 when it is missing or something else.
    pub fn required_texts(&self, name: &str) -> Result<Vec<String>, Refusal> {
        required(self.texts(name)?, name)
    }

    /// A truth value; forms send it as text.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn truth(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.given(name) {
            None => Ok(None),
            Some(Value::Bool(truth)) => Ok(Some(*truth)),
            Some(Value::String(text)) if text == "true" => Ok(Some(true)),
            Some(Value::String(text)) if text == "false" => Ok(Some(false)),
            Some(_) => Err(wrong(name, "true or false")),
        }
    }

    /// A time in milliseconds; forms send it as text.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn time(&self, name: &str) -> Result<Option<Timestamp>, Refusal> {
        let Some(value) = self.given(name) else {
            return Ok(None);
        };
        time_of(value)
            .map(Some)
            .ok_or_else(|| wrong(name, "a timestamp in milliseconds"))
    }
}

/// A time out of a number or a text of digits.
#[must_use]
pub fn time_of(value: &Value) -> Option<Timestamp> {
    value
        .as_i64()
        .or_else(|| value.as_str()?.parse().ok())
        .map(Timestamp::from_millis)
}

/// A parameter that must be there.
///
/// # Errors
/// 400 when it is not.
pub fn required<T>(value: Option<T>, name: &str) -> Result<T, Refusal> {
    value.ok_or_else(|| Refusal::bad_request(format!("Missing required parameter {name}")))
}

/// The refusal of a field of the wrong kind.
#[must_use]
pub fn wrong(name: &str, kind: &str) -> Refusal {
    Refusal::bad_request(format!("{name} must be {kind}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_body_makes_the_reader_panic(bytes in any::<Vec<u8>>(), text in any::<String>()) {
            for content_type in ["application/json", "application/x-www-form-urlencoded", "", &text] {
                if let Ok(body) = Body::parse(content_type, &bytes) {
                    let _ = (body.text("a"), body.texts("a"), body.time("a"), body.truth("a"));
                }
            }
        }
    }
}
