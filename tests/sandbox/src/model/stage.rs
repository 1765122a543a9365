//! Stages of the pipeline (lever-api §3.6): built-in ones have slugs, custom ones UUIDs and ranks between.

use serde_json::{Number, Value, json};

/// A stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Slug or UUID text.
    pub id: String,
    /// Name on the screen.
    pub text: String,
    /// `lead`, `applicant`, `screen`, `onsite` or `offer`.
    pub pipeline: &'static str,
    /// Place in the pipeline.
    pub rank: Rank,
    /// Whether interviews are planned in it.
    pub has_interview: bool,
}

/// A stage's rank in thousandths: Lever's ranks may be fractional (230.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(pub u32);

impl Rank {
    /// As Lever writes it: a whole number where it is one.
    #[must_use]
    pub fn json(self) -> Value {
        if self.0.is_multiple_of(1_000) {
            Value::from(self.0 / 1_000)
        } else {
            Number::from_f64(f64::from(self.0) / 1_000.0).map_or(Value::Null, Value::Number)
        }
    }

    /// Reads a rank out of a page token.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let thousandths = (value.as_f64()? * 1_000.0).round();
        // The bound makes the cast exact.
        (0.0..=4_294_967_295.0)
            .contains(&thousandths)
            .then_some(Self(thousandths as u32))
    }
}

impl Stage {
    /// As `GET /stages/:id` shows it.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({ "id": self.id, "text": self.text })
    }

    /// As `GET /disposition_stages` shows it.
    #[must_use]
    pub fn disposition_json(&self) -> Value {
        json!({
            "id": self.id,
            "text": self.text,
            "pipeline": self.pipeline,
            "rank": self.rank.json(),
            "hasInterview": self.has_interview,
        })
    }
}
