//! Which of Lever's two names for the same rows is used: opportunities, or candidates as they were called until 2020 (lever-api §3.3).
//! Both answer alike; a key of old may have permissions for the old name only. The old name has no call for deleted rows, and is
//! not known to take tags at a create.

use serde::{Deserialize, Serialize};

use super::endpoint::{self, Endpoint};

/// A variant of Lever's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ApiVariant {
    /// `/opportunities`, which Lever recommends.
    #[default]
    Opportunities,
    /// `/candidates`, for keys that have only that.
    Candidates,
}

/// What is called otherwise by the old name.
const BY_EITHER_NAME: [(Endpoint, Endpoint); 11] = [
    (endpoint::LIST_OPPORTUNITIES, endpoint::LIST_CANDIDATES),
    (endpoint::READ_OPPORTUNITY, endpoint::READ_CANDIDATE),
    (endpoint::CREATE_OPPORTUNITY, endpoint::CREATE_CANDIDATE),
    (endpoint::ADD_TAGS, endpoint::ADD_CANDIDATE_TAGS),
    (endpoint::ADD_LINKS, endpoint::ADD_CANDIDATE_LINKS),
    (endpoint::ADD_SOURCES, endpoint::ADD_CANDIDATE_SOURCES),
    (endpoint::CREATE_NOTE, endpoint::CREATE_CANDIDATE_NOTE),
    (endpoint::LIST_NOTES, endpoint::LIST_CANDIDATE_NOTES),
    (endpoint::LIST_FILES, endpoint::LIST_CANDIDATE_FILES),
    (endpoint::UPLOAD_FILE, endpoint::UPLOAD_CANDIDATE_FILE),
    (endpoint::LIST_RESUMES, endpoint::LIST_CANDIDATE_RESUMES),
];

impl ApiVariant {
    /// The variant of this name.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Opportunities, Self::Candidates]
            .into_iter()
            .find(|variant| variant.word() == word)
    }

    /// Its name.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Opportunities => "opportunities",
            Self::Candidates => "candidates",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Opportunities => Self::Candidates,
            Self::Candidates => Self::Opportunities,
        }
    }

    /// The variant that a path such as `/candidates/:id/notes` belongs to.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        if path.starts_with(Self::Candidates.root()) {
            Self::Candidates
        } else {
            Self::Opportunities
        }
    }

    /// What every path of this variant begins with.
    #[must_use]
    pub fn root(self) -> &'static str {
        match self {
            Self::Opportunities => "/opportunities",
            Self::Candidates => "/candidates",
        }
    }

    /// The endpoint by this variant's name.
    #[must_use]
    pub fn endpoint(self, endpoint: Endpoint) -> Endpoint {
        let other = BY_EITHER_NAME.iter().find(|(new, _)| *new == endpoint);
        match (self, other) {
            (Self::Candidates, Some((_, old))) => *old,
            _ => endpoint,
        }
    }
}
