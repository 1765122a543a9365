//! The query string of a request: repeated parameters, times, truth values, and the page asked for.
//!
//! Lenient where Lever is (unknown parameters ignored, `name[]` taken for `name`), strict where a client would
//! otherwise believe a filter that was not applied.

use crate::choices::Limits;
use crate::clock::Timestamp;
use crate::refusal::Refusal;

/// Most rows a page can hold (lever-api §2.2).
pub const LIMIT_MAX: usize = 100;

/// The parameters in the order they were sent.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pairs: Vec<(String, String)>,
    limits: Limits,
}

/// Inclusive bounds of a time filter; either may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeRange {
    /// Earliest time that matches.
    pub start: Timestamp,
    /// Latest time that matches.
    pub end: Timestamp,
}

impl TimeRange {
    /// Whether a time lies in the range; an unknown one does not.
    #[must_use]
    pub fn holds(&self, time: Option<Timestamp>) -> bool {
        time.is_some_and(|time| self.start <= time && time <= self.end)
    }
}

impl Query {
    /// Reads a raw query string.
    #[must_use]
    pub fn parse(raw: &str) -> Self {
        let pairs = form_urlencoded::parse(raw.as_bytes())
            .map(|(name, value)| {
                let name = name.strip_suffix("[]").unwrap_or(&name).to_owned();
                (name, value.into_owned())
            })
            .collect();
        Self {
            pairs,
            limits: Limits::default(),
        }
    }

    /// The same query, its `limit` read as is chosen.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Every parameter in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every value of a parameter that is not empty.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.pairs()
            .filter(move |(key, value)| *key == name && !value.is_empty())
            .map(|(_, value)| value)
    }

    /// The first value of a parameter that is not empty.
    #[must_use]
    pub fn first<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// All values of a parameter, `None` when it was not given.
    #[must_use]
    pub fn any_of(&self, name: &str) -> Option<Vec<String>> {
        let values: Vec<String> = self.all(name).map(str::to_owned).collect();
        (!values.is_empty()).then_some(values)
    }

    /// A parameter that is `true` or `false`, in letters of either size: a public connector sends Python's `True` and got
    /// its rows from the real API (lever-api §0, AIR).
    ///
    /// # Errors
    /// 400 for any other text.
    pub fn truth(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.first(name) {
            None => Ok(None),
            Some(word) if word.eq_ignore_ascii_case("true") => Ok(Some(true)),
            Some(word) if word.eq_ignore_ascii_case("false") => Ok(Some(false)),
            Some(_) => Err(Refusal::bad_request(format!("{name} must be true or false"))),
        }
    }

    /// A time in milliseconds. Bounds beyond what a time can hold are taken as open (lever-api §2.3).
    ///
    /// # Errors
    /// 400 when it is not a whole number.
    pub fn time(&self, name: &str) -> Result<Option<Timestamp>, Refusal> {
        let Some(text) = self.first(name) else {
            return Ok(None);
        };
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Refusal::bad_request(format!(
                "{name} must be a timestamp in milliseconds"
            )));
        }
        let beyond = if text.starts_with('-') { i64::MIN } else { i64::MAX };
        Ok(Some(Timestamp::from_millis(text.parse().unwrap_or(beyond))))
    }

    /// The range `<name>_start` … `<name>_end`; `None` when neither was given.
    ///
    /// # Errors
    /// 400 when a bound is not a timestamp.
    pub fn time_range(&self, name: &str) -> Result<Option<TimeRange>, Refusal> {
        let start = self.time(&format!("{name}_start"))?;
        let end = self.time(&format!("{name}_end"))?;
        Ok((start.is_some() || end.is_some()).then(|| TimeRange {
            start: start.unwrap_or(Timestamp::MIN),
            end: end.unwrap_or(Timestamp::MAX),
        }))
    }

    /// Rows a page may hold: 1 to 100, 100 when not said.
    ///
    /// # Errors
    /// 400 for anything else (lever-api §8), unless clamping is chosen.
    pub fn limit(&self) -> Result<usize, Refusal> {
        match self.first("limit") {
            None => Ok(LIMIT_MAX),
            Some(text) if self.limits == Limits::Clamp => {
                let wanted = text.parse::<i64>().ok().map(|wanted| wanted.max(1));
                let limit = wanted.and_then(|wanted| usize::try_from(wanted).ok());
                Ok(limit.unwrap_or(LIMIT_MAX).min(LIMIT_MAX))
            }
            Some(text) => text
                .parse::<usize>()
                .ok()
                .filter(|limit| (1..=LIMIT_MAX).contains(limit))
                .ok_or_else(|| Refusal::bad_request(format!("limit must be a number from 1 to {LIMIT_MAX}"))),
        }
    }
}
