//! Why a page is among the pages: its person is in the mirror, is a stranger, or looks like somebody who is in the mirror and
//! is not (matching.md §7).

use serde::Serialize;

/// The reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// The person is in the mirror.
    Present,
    /// Resembles nobody on purpose.
    Stranger,
    /// Same full name, and one employer in common.
    SameNameSameEmployer,
    /// Same full name, and the same city.
    SameNameSameCity,
    /// Same full name, and the same family of jobs.
    SameNameSameJobFamily,
    /// Same full name and nothing else.
    SameNameOnly,
    /// Twin or sibling: surname, employer, city and initial of the given name.
    Sibling,
    /// Father and son: full name and city, another generation.
    FatherAndSon,
    /// Somebody of the family who shows the family's mailbox.
    FamilyMailbox,
    /// A new colleague who was given the mailbox of one who left.
    RecycledCorporateMailbox,
    /// Somebody else of an agency whose mailbox stands on the record.
    AgencyMailbox,
    /// Somebody of the household, with its phone.
    SharedHomePhone,
    /// Somebody who took a GitHub login that was given up.
    ReRegisteredGitHubLogin,
    /// Somebody who took a LinkedIn slug that was given up.
    ReUsedVanitySlug,
    /// A colleague with the same surname.
    ColleagueSameSurname,
    /// A company or bot named like a person.
    CompanyOrBot,
    /// The recruiter, whose own mailbox or link got onto records.
    RecruitersOwnProfile,
}

impl Class {
    /// The hard ones.
    pub const HARD: [Class; 15] = [
        Class::SameNameSameEmployer,
        Class::SameNameSameCity,
        Class::SameNameSameJobFamily,
        Class::SameNameOnly,
        Class::Sibling,
        Class::FatherAndSon,
        Class::FamilyMailbox,
        Class::RecycledCorporateMailbox,
        Class::AgencyMailbox,
        Class::SharedHomePhone,
        Class::ReRegisteredGitHubLogin,
        Class::ReUsedVanitySlug,
        Class::ColleagueSameSurname,
        Class::CompanyOrBot,
        Class::RecruitersOwnProfile,
    ];

    /// In words, for tables.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Present => "in the mirror",
            Self::Stranger => "random stranger",
            Self::SameNameSameEmployer => "same name, same employer",
            Self::SameNameSameCity => "same name, same city",
            Self::SameNameSameJobFamily => "same name, same job family",
            Self::SameNameOnly => "same name only",
            Self::Sibling => "twin or sibling",
            Self::FatherAndSon => "father and son",
            Self::FamilyMailbox => "family mailbox",
            Self::RecycledCorporateMailbox => "recycled corporate mailbox",
            Self::AgencyMailbox => "agency mailbox",
            Self::SharedHomePhone => "shared home phone",
            Self::ReRegisteredGitHubLogin => "re-registered GitHub login",
            Self::ReUsedVanitySlug => "vanity slug re-used",
            Self::ColleagueSameSurname => "colleague, same surname",
            Self::CompanyOrBot => "company or bot",
            Self::RecruitersOwnProfile => "recruiter's own profile",
        }
    }
}
