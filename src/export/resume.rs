//! What stands in the resume that is made of a page: the profile as the account's rules let it out, in the order in which a resume
//! tells it. How it looks is the host's business ([`crate::host::ResumeMaker`]). Pure; the same page on the same day gives the same.

use serde::{Deserialize, Serialize};

use super::files::KeptFile;
use super::history_note::{Held, positions};
use super::mapping;
use crate::export::rules::ExportRules;
use crate::profile::Profile;
use crate::text::{FileDigest, Private};

/// A resume's content. Its debug form shows nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ResumeContent {
    /// Name.
    pub name: String,
    /// What the person says of themselves.
    pub headline: Option<String>,
    /// Place.
    pub location: Option<String>,
    /// Emails.
    pub emails: Vec<String>,
    /// Phones.
    pub phones: Vec<String>,
    /// Addresses, the page's first.
    pub links: Vec<String>,
    /// Positions, present ones first.
    pub experience: Vec<ResumeEntry>,
    /// Schools.
    pub education: Vec<ResumeEntry>,
    /// Address of the page.
    pub captured_from: String,
    /// Day on which it was read, `YYYY-MM-DD`.
    pub captured_on: String,
}

impl std::fmt::Debug for ResumeContent {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("ResumeContent").field(&Private).finish()
    }
}

/// A position or a school; months as `YYYY-MM` or `YYYY`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ResumeEntry {
    /// Title, or degree and field.
    pub what: String,
    /// Employer or school.
    pub place: String,
    /// Begin.
    pub start: Option<String>,
    /// End.
    pub end: Option<String>,
    /// Whether it lasts.
    pub ongoing: bool,
}

impl ResumeContent {
    /// What is told of a page on a day. Nothing of what the rules keep back is in it. There is none of a file that somebody
    /// dropped: that file is the better resume.
    #[must_use]
    pub fn of(profile: &Profile, rules: &ExportRules, day: &str) -> Option<Self> {
        let name = mapping::name(profile);
        if !rules.resume || profile.url.is_empty() || name.is_empty() {
            return None;
        }
        let shown = |text: &Option<String>| mapping::tidy(text.as_deref().unwrap_or_default());
        let told = |text: &Option<String>| Some(shown(text)).filter(|text| !text.is_empty());
        let entry = |held: Held| ResumeEntry {
            what: held.title.unwrap_or_default(),
            place: held.company.unwrap_or_default(),
            start: held.start,
            end: held.end,
            ongoing: held.ongoing,
        };
        let schools = profile.education.iter().map(|school| {
            let degree = [shown(&school.degree), shown(&school.field)];
            ResumeEntry {
                what: degree
                    .iter()
                    .filter(|part| !part.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(", "),
                place: shown(&school.school),
                start: school.start.clone(),
                end: school.end.clone(),
                ongoing: false,
            }
        });
        let is_told = |entry: &ResumeEntry| !(entry.what.is_empty() && entry.place.is_empty());
        let if_sent = |sent: bool, texts: Vec<String>| if sent { texts } else { Vec::new() };
        Some(Self {
            name,
            headline: told(&profile.headline),
            location: told(&profile.location).filter(|_| rules.location),
            emails: if_sent(rules.emails, profile.emails.clone()),
            phones: if_sent(rules.phones, profile.phones.clone()),
            links: if_sent(rules.links, mapping::links(profile)),
            experience: positions(profile).into_iter().map(entry).filter(is_told).collect(),
            education: schools.filter(is_told).collect(),
            captured_from: profile.url.clone(),
            captured_on: day.to_owned(),
        })
    }

    /// Stands for all of it.
    #[must_use]
    pub fn source(&self) -> FileDigest {
        FileDigest::of(&serde_json::to_vec(self).unwrap_or_default())
    }

    /// The file that is made of it, as far as it is known.
    #[must_use]
    pub fn file(&self, made: Option<(FileDigest, u32)>) -> KeptFile {
        let (file, size) = made.unwrap_or_default();
        KeptFile::pdf(&self.name, file, size)
    }
}
