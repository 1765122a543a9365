//! Every write the sandbox accepted, in order (design §8): what tests hold against what a client believes it did.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::clock::Timestamp;

/// One accepted write.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// HTTP method.
    pub method: String,
    /// Path with its `/v1`.
    pub path: String,
    /// Query parameters by name; a repeated one is a list.
    pub query: Map<String, Value>,
    /// JSON body as sent; a form as an object of texts; null when there was none.
    pub body: Value,
    /// Status of the reply, whether or not it arrived.
    pub status: u16,
    /// Id of the opportunity made or changed.
    pub opportunity: Option<String>,
    /// Id of the contact behind it.
    pub contact: Option<String>,
}

/// The log.
#[derive(Debug, Default)]
pub struct WriteLog {
    lines: Vec<String>,
}

impl WriteLog {
    /// Adds a write.
    pub fn add(&mut self, entry: &Entry) {
        // An entry holds only texts, numbers and JSON: it can always be written.
        if let Ok(line) = serde_json::to_string(entry) {
            self.lines.push(line);
        }
    }

    /// How many writes there were.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there were none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// One JSON object a line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.lines.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }
}
