//! How often things go wrong or are missing, in one place (matching.md §7). Shares are 0 to 1. Nothing here is measured:
//! they are guesses to be replaced when a real account can be counted.

/// A month, counted from year 0.
pub type Month = i32;

/// The month in which the pages are looked at.
pub const NOW: Month = month(2026, 11);

/// The month of a year.
#[must_use]
pub const fn month(year: i32, of_year: i32) -> Month {
    year * 12 + of_year - 1
}

// --- the mirror -------------------------------------------------------------------------------------------------------

/// A record's state is up to so many months old.
pub const OLDEST_STATE: i32 = 72;
/// Places of the mirror that hold a second contact of somebody who is there already.
pub const DUPLICATE: f64 = 0.03;
/// Records whose person was erased.
pub const ANONYMISED: f64 = 0.008;
/// Records that say nothing but a first name or a note.
pub const EMPTY: f64 = 0.004;
/// Contacts with a second opportunity.
pub const SECOND_OPPORTUNITY: f64 = 0.30;
/// Pairs of neighbours whose emails and links were swapped.
pub const SWAPPED: f64 = 0.002;
/// Records with an email.
pub const EMAIL: f64 = 0.85;
/// Of those, with a second one.
pub const SECOND_EMAIL: f64 = 0.15;
/// Of the emails, those at the employer.
pub const CORPORATE_EMAIL: f64 = 0.14;
/// Records with the mailbox of an agency instead.
pub const AGENCY_MAILBOX: f64 = 0.012;
/// Records on which a recruiter left an email of their own.
pub const RECRUITER_MAILBOX: f64 = 0.003;
/// Records with a phone.
pub const PHONE: f64 = 0.55;
/// Records with a LinkedIn link.
pub const LINKEDIN_LINK: f64 = 0.45;
/// Of those, with an opaque token instead of a name.
pub const OPAQUE_LINK: f64 = 0.04;
/// Of those, broken.
pub const BROKEN_LINK: f64 = 0.02;
/// Of those, of somebody else.
pub const WRONG_LINK: f64 = 0.01;
/// Records with a GitHub link, over all professions.
pub const GITHUB_LINK: f64 = 0.12;
/// Records with a link to the person's own site.
pub const SITE_LINK: f64 = 0.06;
/// Records with a link to X.
pub const X_LINK: f64 = 0.02;
/// Records with a headline.
pub const HEADLINE: f64 = 0.70;
/// Of those, with a title in it instead of employers.
pub const TITLE_AS_HEADLINE: f64 = 0.10;
/// Records with a place.
pub const LOCATION: f64 = 0.60;
/// Records with a city the person had left.
pub const OLDER_CITY: f64 = 0.22;
/// Records with a parsed résumé.
pub const RESUME: f64 = 0.50;
/// Notes in the place of the name.
pub const NOTE_AS_NAME: f64 = 0.006;
/// People with a former name that their record shows.
pub const FORMER_NAME_ON_RECORD: f64 = 0.03;

// --- names, on each side ----------------------------------------------------------------------------------------------

/// A short form instead of the given name, over all people.
pub const NICKNAME: f64 = 0.10;
/// Only the initial of one part.
pub const INITIAL: f64 = 0.015;
/// Two letters changed places, or one got lost.
pub const TYPO: f64 = 0.015;
/// Marks left out, on a page.
pub const FOLDED_ON_PAGE: f64 = 0.25;
/// Marks left out, in Lever.
pub const FOLDED_IN_LEVER: f64 = 0.55;
/// Of the Germans, with `ue` instead of `u`.
pub const FOLDED_TO_TWO_LETTERS: f64 = 0.50;
/// The second surname left out.
pub const SECOND_SURNAME_DROPPED: f64 = 0.45;
/// `Last, First`, in Lever.
pub const LAST_FIRST: f64 = 0.04;
/// All capitals or none.
pub const CAPITALS: f64 = 0.03;
/// Credentials behind the name.
pub const CREDENTIALS: f64 = 0.06;
/// An emoji in the name, on a page.
pub const EMOJI: f64 = 0.03;
/// Pronouns behind the name, on a page.
pub const PRONOUNS: f64 = 0.02;
/// Own script, of Cyrillic and Chinese names.
pub const NATIVE_SCRIPT: f64 = 0.25;
/// Family name first, where that is the culture's order.
pub const FAMILY_FIRST: f64 = 0.15;
/// Another spelling in Latin letters, of names that have several.
pub const OTHER_SPELLING: f64 = 0.15;

// --- pages ------------------------------------------------------------------------------------------------------------

/// LinkedIn profiles among the pages.
pub const LINKEDIN_PAGES: f64 = 0.55;
/// Cards of a people search's results, and rows of Sales Navigator's and Recruiter's lists: a fifth of the pages together.
pub const CARD_PAGES: f64 = 0.14;
/// The latter.
pub const ROW_PAGES: f64 = 0.06;
/// GitHub profiles.
pub const GITHUB_PAGES: f64 = 0.15;
/// Slugs changed since the record was made.
pub const SLUG_CHANGED: f64 = 0.07;
/// Pages of LinkedIn that show the member id.
pub const MEMBER_ID: f64 = 0.80;
/// Pages of GitHub without a name.
pub const GITHUB_NO_NAME: f64 = 0.12;
/// Pages of GitHub with the first name only.
pub const GITHUB_FIRST_NAME: f64 = 0.13;
/// Pages of GitHub with an email.
pub const GITHUB_EMAIL: f64 = 0.12;
/// Profiles of LinkedIn that show no jobs.
pub const NO_HISTORY: f64 = 0.08;
/// Jobs left out of a history.
pub const JOB_LEFT_OUT: f64 = 0.08;
