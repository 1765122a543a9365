//! Bodies of the kind `multipart/form-data`: texts and files (lever-api §3.2, §3.10).
//!
//! Texts become the same fields that a JSON body has, so that an endpoint need not know which way they came.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::form::Form;
use crate::refusal::Refusal;

/// Largest file, in bytes. Lever says "30 MB"; whether it counts in thousands is UNSURE.
pub const FILE_MAX: usize = 30 * 1024 * 1024;

/// A file as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// Name of its field, without `[]`.
    pub field: String,
    /// File name, without any folder before it.
    pub name: String,
    /// What it holds.
    pub content: Bytes,
}

impl SentFile {
    /// As the write log shows it.
    #[must_use]
    pub fn log_json(&self) -> Value {
        json!({ "fileName": self.name, "size": self.content.len() })
    }
}

/// What a multipart body ends with; nothing for a body of another kind.
#[must_use]
pub fn closing_delimiter(content_type: &str) -> Option<Vec<u8>> {
    let boundary = multer::parse_boundary(content_type).ok()?;
    Some(format!("--{boundary}--").into_bytes())
}

/// Reads a multipart body into its text fields and its files.
///
/// # Errors
/// 400 when it is not one, or when a file is larger than [`FILE_MAX`].
pub async fn read(content_type: &str, bytes: &Bytes) -> Result<(Form, Vec<SentFile>), Refusal> {
    let malformed = |_| Refusal::bad_request("The body is not valid multipart/form-data");
    let boundary = multer::parse_boundary(content_type).map_err(malformed)?;
    let mut parts = multer::Multipart::with_reader(bytes.as_ref(), boundary);
    let (mut form, mut files) = (Form::default(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(malformed)? {
        let field = part.name().unwrap_or("").to_owned();
        let file_name = part.file_name().map(base_name);
        let content = part.bytes().await.map_err(malformed)?;
        match file_name {
            // What a browser sends for a file field that nobody filled in.
            Some(name) if name.is_empty() && content.is_empty() => {}
            Some(name) => {
                if content.len() > FILE_MAX {
                    return Err(Refusal::bad_request(format!("{field}: a file may have at most 30 MB")));
                }
                files.push(SentFile {
                    field: field.strip_suffix("[]").unwrap_or(&field).to_owned(),
                    name,
                    content,
                });
            }
            None => {
                let text = String::from_utf8(content.into())
                    .map_err(|_| Refusal::bad_request(format!("{field} is not valid UTF-8")))?;
                form.add(&field, text);
            }
        }
    }
    Ok((form, files))
}

/// Some clients send the whole path.
fn base_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read_now(content_type: &str, bytes: Vec<u8>) -> Result<(Form, Vec<SentFile>), Refusal> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(read(content_type, &Bytes::from(bytes)))
    }

    #[test]
    fn a_file_loses_its_folder_and_its_field_the_brackets() {
        let body = "--x\r\ncontent-disposition: form-data; name=\"files[]\"; filename=\"C:\\\\cv\\\\ada.txt\"\r\n\r\nhello\r\n--x--\r\n";
        let (_, files) = read_now("multipart/form-data; boundary=x", body.into()).unwrap();
        let [file] = files.as_slice() else {
            panic!("{files:?}");
        };
        assert_eq!(
            (file.field.as_str(), file.name.as_str(), file.content.as_ref()),
            ("files", "ada.txt", b"hello".as_slice())
        );
    }

    proptest! {
        #[test]
        fn no_body_makes_the_reader_panic(bytes in any::<Vec<u8>>(), content_type in any::<String>()) {
            let _ = read_now(&content_type, bytes.clone());
            let body = [b"--x\r\n".as_slice(), &bytes, b"\r\n--x--"].concat();
            let _ = read_now("multipart/form-data; boundary=x", body);
        }
    }
}
