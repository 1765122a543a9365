//! Texts with places in braces that are filled for each export: `Sourced by {me}`. Pure. A text of which a place stays empty is not
//! sent at all: `Sourced by ` would be worse than nothing.

use std::cell::Cell;

use serde::{Deserialize, Serialize};

/// What a place in a pattern is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// The site of the page: `LinkedIn`, or its host.
    Site,
    /// Who owns the candidacy in Lever.
    Owner,
    /// In whose name it is exported.
    Me,
    /// The job.
    Job,
    /// The project they are exported from.
    Project,
    /// The person's latest employer.
    Employer,
    /// The person's latest job title.
    Title,
    /// The person's place.
    Location,
    /// The day, `2026-11-27`, UTC.
    Date,
}

impl Placeholder {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Site,
        Self::Owner,
        Self::Me,
        Self::Job,
        Self::Project,
        Self::Employer,
        Self::Title,
        Self::Location,
        Self::Date,
    ];

    /// The word between the braces.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Owner => "owner",
            Self::Me => "me",
            Self::Job => "job",
            Self::Project => "project",
            Self::Employer => "employer",
            Self::Title => "title",
            Self::Location => "location",
            Self::Date => "date",
        }
    }

    /// Whether a page alone can tell it, whoever exports it and whereto.
    #[must_use]
    pub fn is_of_page(self) -> bool {
        matches!(self, Self::Site | Self::Employer | Self::Title | Self::Location)
    }

    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// Why a text is no pattern. Carries a word of the administrator's, nobody's data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// A place that nothing fills.
    #[error("{{{0}}} is not known")]
    UnknownPlaceholder(String),
    /// A brace without the other.
    #[error("a brace is not closed")]
    OpenBrace,
    /// A place that only the export itself fills, where a text is needed before.
    #[error("{{{0}}} is not known before a person is added")]
    NotOfPage(&'static str),
    /// More characters than [`LONGEST`].
    #[error("longer than {LONGEST} characters")]
    TooLong,
}

/// Characters of a pattern. Lever names no limit; a tag of this length already fills a line of its profile page.
pub const LONGEST: usize = 100;

/// A text with places to be filled.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct Pattern(pub String);

impl Pattern {
    /// Whether every place can be filled.
    ///
    /// # Errors
    /// [`PatternError`].
    pub fn check(&self) -> Result<(), PatternError> {
        if self.0.chars().count() > LONGEST {
            return Err(PatternError::TooLong);
        }
        self.filled(|_| Some(String::new())).map(|_| ())
    }

    /// As [`Pattern::check`], for a text that is offered before anything is exported.
    ///
    /// # Errors
    /// [`PatternError`].
    pub fn check_of_page(&self) -> Result<(), PatternError> {
        self.check()?;
        let other = Cell::new(None);
        self.filled(|place| {
            if !place.is_of_page() {
                other.set(Some(place));
            }
            None
        })?;
        other
            .get()
            .map_or(Ok(()), |place| Err(PatternError::NotOfPage(place.word())))
    }

    /// The text with all its places filled; nothing where one stays empty, or the text does.
    ///
    /// # Errors
    /// [`PatternError`].
    pub fn filled(&self, fill: impl Fn(Placeholder) -> Option<String>) -> Result<Option<String>, PatternError> {
        let mut text = String::with_capacity(self.0.len());
        let mut is_whole = true;
        let mut rest = self.0.as_str();
        while let Some((before, behind)) = rest.split_once('{') {
            if before.contains('}') {
                return Err(PatternError::OpenBrace);
            }
            let (word, after) = behind.split_once('}').ok_or(PatternError::OpenBrace)?;
            let place =
                Placeholder::of(word.trim()).ok_or_else(|| PatternError::UnknownPlaceholder(word.to_owned()))?;
            text.push_str(before);
            match fill(place).filter(|value| !value.trim().is_empty()) {
                Some(value) => text.push_str(&value),
                None => is_whole = false,
            }
            rest = after;
        }
        if rest.contains('}') {
            return Err(PatternError::OpenBrace);
        }
        text.push_str(rest);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok((is_whole && !text.is_empty()).then_some(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fill(place: Placeholder) -> Option<String> {
        match place {
            Placeholder::Me => Some("Maya Okafor".to_owned()),
            Placeholder::Site => Some("LinkedIn".to_owned()),
            Placeholder::Job => Some("{owner}".to_owned()),
            Placeholder::Employer => Some("  ".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn places_are_filled_and_what_stays_empty_is_not_sent() {
        for (pattern, expected) in [
            ("Sourced", Some("Sourced")),
            ("Sourced by {me}", Some("Sourced by Maya Okafor")),
            ("{ site }: {me}", Some("LinkedIn: Maya Okafor")),
            ("  {site}   2026 ", Some("LinkedIn 2026")),
            // What fills a place is never a pattern itself.
            ("{job}", Some("{owner}")),
            ("Sourced by {owner}", None),
            ("from {employer}", None),
            ("", None),
            ("   ", None),
        ] {
            let filled = Pattern(pattern.to_owned()).filled(fill);
            assert_eq!(filled, Ok(expected.map(str::to_owned)), "{pattern}");
        }
    }

    #[test]
    fn what_is_no_pattern_says_why() {
        let unknown = |word: &str| PatternError::UnknownPlaceholder(word.to_owned());
        for (pattern, error) in [
            ("{ower}", unknown("ower")),
            ("{}", unknown("")),
            ("{Me}", unknown("Me")),
            ("{me", PatternError::OpenBrace),
            ("me}", PatternError::OpenBrace),
            ("}{me}", PatternError::OpenBrace),
            ("{me}}", PatternError::OpenBrace),
            ("{{me}}", unknown("{me")),
        ] {
            assert_eq!(Pattern(pattern.to_owned()).check(), Err(error), "{pattern}");
        }
        assert_eq!(Pattern("{site} {title}".to_owned()).check_of_page(), Ok(()));
        assert_eq!(
            Pattern("{site} {me}".to_owned()).check_of_page(),
            Err(PatternError::NotOfPage("me"))
        );
        assert_eq!(Pattern("x".repeat(LONGEST + 1)).check(), Err(PatternError::TooLong));
        assert_eq!(Pattern("ü".repeat(LONGEST)).check(), Ok(()));
    }

    proptest! {
        #[test]
        fn a_text_without_braces_is_sent_as_it_is_written(text in "[^{}]{0,60}") {
            let expected = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let expected = Some(expected).filter(|text| !text.is_empty());
            prop_assert_eq!(Pattern(text).filled(fill), Ok(expected));
        }

        #[test]
        fn what_passes_the_check_can_always_be_filled(text in "[a-z{} ]{0,30}") {
            let pattern = Pattern(text);
            prop_assert_eq!(pattern.check().is_ok(), pattern.filled(fill).is_ok());
        }
    }
}
