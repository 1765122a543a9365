//! What is sent of a profile, and as what: the rules that hold for every export until somebody changes them (requirements 2.7, 2.11 to
//! 2.16). Plain data, so that an account's rules can be carried to a colleague as a file.

use serde::{Deserialize, Serialize};

use super::pattern::{Pattern, PatternError};
use crate::text::{PostingId, StageId, UserId};

/// What becomes Lever's headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum HeadlineFrom {
    /// Employers, the latest first, as Lever itself writes it (lever-api §3.1); the page's own where there are none.
    #[default]
    Employers,
    /// What the person wrote.
    Page,
    /// Nothing.
    Nowhere,
}

/// Lever's word for how somebody came (lever-api §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Found by the company.
    #[default]
    Sourced,
    /// Applied.
    Applied,
    /// Recommended by a colleague.
    Referred,
    /// Brought by an agency.
    Agency,
    /// A colleague.
    Internal,
    /// Met at a school.
    University,
}

/// A tag that every export gets.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct TagRule {
    /// The tag, with places to be filled.
    pub tag: Pattern,
    /// Whether it is sent at present.
    pub on: bool,
}

/// What is sent of a profile, and as what. Missing parts are as at the first start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct ExportRules {
    /// What becomes the headline.
    pub headline: HeadlineFrom,
    /// Whether the place is sent.
    pub location: bool,
    /// Whether emails are sent.
    pub emails: bool,
    /// Whether phone numbers are sent.
    pub phones: bool,
    /// Whether links are sent.
    pub links: bool,
    /// Whether work history and education are sent, as a note.
    pub history_note: bool,
    /// Whether a resume is made of the page and sent as a PDF (requirements 2.15). Off at first, as the note is: it takes a permission
    /// that not every key has, and puts a second copy of the page into Lever.
    pub resume: bool,
    /// Whether somebody new without an email gets one that leads nowhere, so that Lever finds the record again (requirements 2.7).
    pub placeholder_email: bool,
    /// Tags for every export.
    pub tags: Vec<TagRule>,
    /// Source; where it is empty the site's name.
    pub source: Pattern,
    /// How they came.
    pub origin: Origin,
    /// Owner; where there is none, whoever exports.
    pub owner: Option<UserId>,
    /// Who follows the candidacy from the beginning, beside those whom Lever itself takes (lever-api §3.2).
    pub followers: Vec<UserId>,
    /// Stage; Lever's "New lead" where there is none.
    pub stage: Option<StageId>,
    /// The job to start with.
    pub posting: Option<PostingId>,
    /// Whether people may only be added without a job (requirements 2.3).
    pub only_prospects: bool,
    /// Who was rejected within so many months is pointed out.
    pub rejected_within_months: u32,
    /// Milliseconds between the click and the first request, while it can be taken back.
    pub undo_ms: u32,
}

impl Default for ExportRules {
    fn default() -> Self {
        let tag = |tag: &str| TagRule {
            tag: Pattern(tag.to_owned()),
            on: false,
        };
        Self {
            headline: HeadlineFrom::Employers,
            location: true,
            emails: true,
            phones: true,
            links: true,
            history_note: false,
            resume: false,
            placeholder_email: false,
            tags: vec![
                tag("{project}"),
                tag("Owner: {owner}"),
                tag("Shortlisted by {me}"),
                tag("Exported by Fulcrum"),
            ],
            source: Pattern::default(),
            origin: Origin::Sourced,
            owner: None,
            followers: Vec::new(),
            stage: None,
            posting: None,
            only_prospects: false,
            rejected_within_months: 6,
            undo_ms: 5_000,
        }
    }
}

/// Tags that rules may add: Lever shows all of them in one line.
pub const MOST_TAGS: usize = 20;
/// Users who may follow every candidacy: each of them gets Lever's mail about it.
pub const MOST_FOLLOWERS: usize = 20;
/// Months that "lately" may be.
pub const MOST_MONTHS: u32 = 120;

/// The longest time to take something back, in milliseconds: until then nothing of it is in Lever.
pub const LONGEST_UNDO: u32 = 60_000;

/// Why rules cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// A tag or the source is no pattern.
    #[error("{pattern}: {error}")]
    Pattern {
        /// As it was typed.
        pattern: String,
        /// What is wrong with it.
        error: PatternError,
    },
    /// Too many tags.
    #[error("more than {MOST_TAGS} tags")]
    TooManyTags,
    /// Too many followers.
    #[error("more than {MOST_FOLLOWERS} followers")]
    TooManyFollowers,
    /// Too long ago to be "lately".
    #[error("more than {MOST_MONTHS} months")]
    TooManyMonths,
    /// So long that a browser is closed meanwhile.
    #[error("more than {LONGEST_UNDO} ms to take something back")]
    UndoTooLong,
}

impl ExportRules {
    /// Whether an export can be made by these rules.
    ///
    /// # Errors
    /// [`RulesError`].
    pub fn check(&self) -> Result<(), RulesError> {
        if self.tags.len() > MOST_TAGS {
            return Err(RulesError::TooManyTags);
        }
        if self.followers.len() > MOST_FOLLOWERS {
            return Err(RulesError::TooManyFollowers);
        }
        if self.rejected_within_months > MOST_MONTHS {
            return Err(RulesError::TooManyMonths);
        }
        if self.undo_ms > LONGEST_UNDO {
            return Err(RulesError::UndoTooLong);
        }
        let refused = |pattern: &Pattern, checked: Result<(), PatternError>| {
            checked.map_err(|error| RulesError::Pattern {
                pattern: pattern.0.clone(),
                error,
            })
        };
        for rule in &self.tags {
            refused(&rule.tag, rule.tag.check())?;
        }
        refused(&self.source, self.source.check_of_page())?;
        Ok(())
    }
}
