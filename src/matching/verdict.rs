//! The answer for a profile, as design §8 writes it: who it may be, how probable, and why.

use serde::{Deserialize, Serialize};

use crate::text::{ContactId, Millis, OpportunityId, Private};

/// At most so many candidates are listed (design §8).
pub const LISTED_CANDIDATES: usize = 20;

/// How sure the answer is (matching.md §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum VerdictWord {
    /// The same person.
    Same,
    /// Probably the same person.
    Likely,
    /// Possibly the same person.
    Possible,
    /// Several contacts fit equally well.
    Ambiguous,
    /// Nobody in the mirror fits.
    None,
}

/// How a field of the page compares with the same field in Lever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Equal in normal form.
    Equal,
    /// Not equal, yet they fit: a nickname, an initial, a second surname.
    Compatible,
    /// Both are known and they do not fit.
    Different,
    /// Equal, but several people in Lever share it, so it says little.
    Shared,
    /// The recruiter said so.
    Confirmed,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum EvidenceField {
    /// The recruiter's own word.
    Correction,
    /// LinkedIn address or member id.
    #[serde(rename = "linkedin")]
    LinkedIn,
    /// GitHub login or account id.
    #[serde(rename = "github")]
    GitHub,
    /// Email address.
    Email,
    /// Phone number.
    Phone,
    /// Account on another site, or a domain of their own.
    Link,
    /// An unusual name chosen on two sites.
    Handle,
    /// Given and family name.
    Name,
    /// Middle name or initial.
    Middle,
    /// Junior, senior and the like.
    Generation,
    /// Employer.
    Company,
    /// Kind of work.
    Title,
    /// Place.
    Location,
    /// School.
    School,
}

/// What one field says about whether two records are one person.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Evidence {
    /// The field.
    pub field: EvidenceField,
    /// How it compares.
    pub outcome: Outcome,
    /// Weight in bits: log2 of how much likelier this is for one person than for two.
    pub bits: f64,
    /// Value on the page.
    pub page: Option<String>,
    /// Value in Lever.
    pub lever: Option<String>,
}

impl std::fmt::Debug for Evidence {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Evidence")
            .field("field", &self.field)
            .field("outcome", &self.outcome)
            .field("bits", &self.bits)
            .field("values", &Private)
            .finish()
    }
}

/// One contact the page may be about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Candidate {
    /// The contact; the strongest where several records are one person.
    pub contact: ContactId,
    /// The person's opportunities.
    pub opportunities: Vec<OpportunityId>,
    /// Posterior over all contacts and "nobody", unrounded.
    pub probability: f64,
    /// Other contacts that are the same person.
    pub same_as: Vec<ContactId>,
    /// Why, strongest first.
    pub evidence: Vec<Evidence>,
}

/// The answer for one profile. The key names a person: its debug form shows the rest only.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Verdict {
    /// The profile's key, as given.
    pub key: String,
    /// How sure.
    pub verdict: VerdictWord,
    /// Whether the mirror was complete.
    pub complete: bool,
    /// Share of Lever that was read, 0 to 1.
    pub read: f64,
    /// When Lever was last read without a gap.
    pub as_of: Option<Millis>,
    /// By falling probability; none for [`VerdictWord::None`].
    pub candidates: Vec<Candidate>,
}

impl Verdict {
    /// Nobody comes into question, in a mirror that is complete.
    #[must_use]
    pub fn nobody(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            verdict: VerdictWord::None,
            complete: true,
            read: 1.0,
            as_of: None,
            candidates: Vec::new(),
        }
    }
}

impl std::fmt::Debug for Verdict {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Verdict")
            .field("verdict", &self.verdict)
            .field("complete", &self.complete)
            .field("read", &self.read)
            .field("as_of", &self.as_of)
            .field("candidates", &self.candidates)
            .finish_non_exhaustive()
    }
}
