//! How a person stands in Lever: as recruiters, forms and résumé readers wrote it down up to six years ago. One record is one
//! contact; its rows are one opportunity or two, in the shape of `GET /opportunities` (lever-api §3.1, §3.10).

use serde::Serialize;

use crate::draw::{Draw, Purpose};
use crate::linkedin::{broken_address, opaque_token, typed_address};
use crate::noise::{Care, Writer, written};
use crate::person::{Job, Person, jobs_by};
use crate::rates::{self, Month, NOW, month};
use crate::world::{Slot, World, uuid};

/// A phone number as Lever keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phone {
    /// `mobile`, `home`, `work`, `other`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// As typed.
    pub value: String,
}

/// A month in a résumé.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ResumeMonth {
    year: i32,
    month: Option<i32>,
}

/// A job in a résumé.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Employer.
    pub org: String,
    /// Title.
    pub title: String,
    summary: &'static str,
    location: String,
    start: Option<ResumeMonth>,
    end: Option<ResumeMonth>,
}

/// A school in a résumé.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchoolLine {
    /// School.
    pub org: String,
    degree: String,
    field: String,
    summary: &'static str,
    start: Option<ResumeMonth>,
    end: Option<ResumeMonth>,
}

/// What was read from a résumé.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParsedData {
    /// Newest first.
    pub positions: Vec<Position>,
    /// Newest first.
    pub schools: Vec<SchoolLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct ResumeFile {
    name: &'static str,
    ext: &'static str,
    download_url: Option<String>,
    uploaded_at: i64,
    status: &'static str,
    size: u32,
}

/// A résumé.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resume {
    id: String,
    created_at: i64,
    file: ResumeFile,
    /// What was read.
    pub parsed_data: ParsedData,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct StageChange {
    to_stage_id: &'static str,
    to_stage_index: u32,
    updated_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Archived {
    reason: &'static str,
    archived_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Urls {
    list: &'static str,
    show: String,
}

/// A row of `GET /opportunities`, in the recorded order of its fields, and the résumés of its candidacy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OpportunityRow {
    id: String,
    name: String,
    contact: String,
    headline: String,
    stage: &'static str,
    confidentiality: &'static str,
    location: String,
    phones: Vec<Phone>,
    emails: Vec<String>,
    links: Vec<String>,
    archived: Option<Archived>,
    tags: Vec<&'static str>,
    sources: Vec<&'static str>,
    stage_changes: Vec<StageChange>,
    origin: &'static str,
    sourced_by: Option<String>,
    owner: Option<String>,
    followers: Vec<String>,
    applications: Vec<String>,
    created_at: i64,
    updated_at: Option<i64>,
    last_interaction_at: i64,
    last_advanced_at: i64,
    snoozed_until: Option<i64>,
    urls: Urls,
    is_anonymized: bool,
    data_protection: Option<()>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resumes: Option<Vec<Resume>>,
}

/// A contact with everything that was written down about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeverRecord {
    /// Place in the mirror.
    pub slot: u64,
    /// The person, where there is one.
    pub person: Option<u64>,
    /// The contact's id.
    pub contact: String,
    /// Name as typed.
    pub name: String,
    /// Headline.
    pub headline: String,
    /// Place as typed.
    pub location: String,
    /// Emails.
    pub emails: Vec<String>,
    /// Phones.
    pub phones: Vec<Phone>,
    /// Links.
    pub links: Vec<String>,
    /// Jobs of the résumé and schools.
    pub resume: Option<ParsedData>,
    /// The month whose state it shows.
    pub as_of: Month,
    /// Places of the employers that headline or résumé show.
    pub employers: Vec<usize>,
    /// The city it shows, if it shows one.
    pub city: Option<usize>,
    /// Whether the person's own GitHub login stands on it.
    pub shows_github: bool,
    /// Whether the person's own slug stands on it.
    pub shows_slug: bool,
    /// Whether the record is erased.
    pub is_anonymised: bool,
}

impl LeverRecord {
    /// The record in a place of the mirror.
    #[must_use]
    pub fn of_slot(world: &World, slot: u64) -> Self {
        let mut draw = Draw::new(world.settings.seed, Purpose::Record, slot);
        let as_of = NOW - draw.between(0, rates::OLDEST_STATE);
        let blank = Self {
            slot,
            person: None,
            contact: world.contact_id(slot),
            name: String::new(),
            headline: String::new(),
            location: String::new(),
            emails: Vec::new(),
            phones: Vec::new(),
            links: Vec::new(),
            resume: None,
            as_of,
            employers: Vec::new(),
            city: None,
            shows_github: false,
            shows_slug: false,
            is_anonymised: false,
        };
        match world.slot(slot) {
            Slot::Person(number) => written_down(world, blank, &world.person(number), &mut draw),
            Slot::Anonymised => Self {
                name: "Anonymized candidate".to_owned(),
                is_anonymised: true,
                ..blank
            },
            Slot::Empty => Self {
                name: draw
                    .text(&["", "Unknown", "Test", "Candidate", "John", "Anna", "-", "N/A"])
                    .to_owned(),
                ..blank
            },
        }
    }

    /// Its rows in Lever.
    #[must_use]
    pub fn rows(&self, world: &World) -> Vec<OpportunityRow> {
        let mut draw = Draw::new(world.settings.seed, Purpose::OpportunityId, self.slot);
        let count = if draw.chance(rates::SECOND_OPPORTUNITY) { 2 } else { 1 };
        (0..count).map(|nth| self.row(world, nth, &mut draw)).collect()
    }

    fn row(&self, world: &World, nth: u64, draw: &mut Draw) -> OpportunityRow {
        const DAY: i64 = 86_400_000;
        const REASONS: &[&str] = &[
            "0a4bd2b7-5d9c-4a1e-9d4e-2a5b1c7e0f01",
            "0a4bd2b7-5d9c-4a1e-9d4e-2a5b1c7e0f02",
        ];
        let id = uuid(world.settings.seed, Purpose::OpportunityId, self.slot * 2 + nth);
        // The first candidacy is older than the contact's state.
        let age = i64::from(NOW - self.as_of) * 30 + if nth == 0 { 200 } else { 0 } + i64::from(draw.between(1, 28));
        let created_at = 1_795_600_000_000 - age * DAY - i64::from(draw.between(0, 86_000_000));
        let origin = draw.text(&[
            "applied",
            "applied",
            "sourced",
            "sourced",
            "sourced",
            "referred",
            "agency",
            "university",
        ]);
        let stage = draw.text(&[
            "lead-new",
            "lead-reached-out",
            "lead-responded",
            "applicant-new",
            "on-site",
            "offer",
        ]);
        let user = |number: usize| format!("00000000-0000-4000-8000-{:012x}", 0xa000 + number);
        let owner = Some(user(draw.below(40)));
        let archived = draw.chance(0.6).then(|| Archived {
            reason: draw.text(REASONS),
            archived_at: created_at + 30 * DAY,
        });
        let resumes = self.resume.clone().filter(|_| nth == 0).map(|parsed_data| {
            vec![Resume {
                id: uuid(world.settings.seed, Purpose::OpportunityId, (1 << 40) + self.slot),
                created_at,
                file: ResumeFile {
                    name: "resume.pdf",
                    ext: "pdf",
                    download_url: None,
                    uploaded_at: created_at,
                    status: "processed",
                    size: 48_211,
                },
                parsed_data,
            }]
        });
        let tag = draw.text(&[
            "Berlin",
            "2025",
            "silver medalist",
            "remote",
            "senior",
            "referral",
            "engineering",
        ]);
        let source = draw.text(&["LinkedIn", "Job site", "Referral", "Added manually", "GitHub", "Agency"]);
        OpportunityRow {
            urls: Urls {
                list: "https://hire.lever.example/candidates",
                show: format!("https://hire.lever.example/candidates/{id}"),
            },
            id,
            name: self.name.clone(),
            contact: self.contact.clone(),
            headline: self.headline.clone(),
            stage,
            confidentiality: "non-confidential",
            location: self.location.clone(),
            phones: self.phones.clone(),
            emails: self.emails.clone(),
            links: self.links.clone(),
            tags: if draw.chance(0.4) { vec![tag] } else { Vec::new() },
            sources: vec![source],
            stage_changes: vec![StageChange {
                to_stage_id: stage,
                to_stage_index: 0,
                updated_at: created_at,
            }],
            sourced_by: owner.clone().filter(|_| origin == "sourced"),
            origin,
            owner,
            followers: Vec::new(),
            applications: Vec::new(),
            created_at,
            updated_at: (age < 300).then_some(created_at + DAY),
            last_interaction_at: created_at + 10 * DAY,
            last_advanced_at: archived.as_ref().map_or(created_at, |archived| archived.archived_at),
            archived,
            snoozed_until: None,
            is_anonymized: self.is_anonymised,
            data_protection: None,
            resumes,
        }
    }
}

fn written_down(world: &World, blank: LeverRecord, person: &Person, draw: &mut Draw) -> LeverRecord {
    let places = &world.places;
    let as_of = blank.as_of;
    let mut record = LeverRecord {
        person: Some(person.number),
        name: written(
            &places.names,
            &places.nicknames,
            &person.name,
            Writer::Recruiter,
            Care::Usual,
            draw,
        ),
        ..blank
    };
    // A neighbour's identifiers got onto this record, and the other way round.
    let pair = record.slot / 2;
    let swapped = Draw::new(world.settings.seed, Purpose::Slot, (1 << 40) + pair).chance(rates::SWAPPED);
    let neighbour = match world.slot(record.slot ^ 1) {
        Slot::Person(number) if swapped && record.slot ^ 1 < world.settings.contacts => Some(world.person(number)),
        _ => None,
    };
    let reached_as = neighbour.as_ref().unwrap_or(person);
    let jobs = jobs_by(person, as_of);
    emails(world, &mut record, reached_as, &jobs, draw);
    if draw.chance(rates::PHONE) {
        record.phones.push(Phone {
            kind: draw.text(&["mobile", "mobile", "home", "work", "other"]),
            value: typed_phone(&reached_as.phone, draw),
        });
    }
    links(world, &mut record, reached_as, neighbour.is_some(), draw);
    let city = if draw.chance(rates::OLDER_CITY) {
        person.former_city
    } else {
        person.city
    };
    if draw.chance(rates::LOCATION) {
        record.location = places.cities.in_lever(city, draw);
        record.city = Some(city);
    }
    if draw.chance(rates::HEADLINE) {
        headline(world, &mut record, person, &jobs, draw);
    }
    if draw.chance(rates::RESUME) {
        resume(world, &mut record, person, &jobs, city, draw);
    }
    record
}

fn emails(world: &World, record: &mut LeverRecord, person: &Person, jobs: &[Job], draw: &mut Draw) {
    if draw.chance(rates::AGENCY_MAILBOX) {
        record.emails.push(agency_mailbox(draw.below(60)));
    } else if draw.chance(rates::EMAIL) {
        let corporate = jobs.last().filter(|_| draw.chance(rates::CORPORATE_EMAIL));
        record.emails.push(match corporate {
            Some(job) => person.corporate_email(&world.places, job.employer),
            None if draw.chance(0.2) => person.second_email.clone(),
            None => person.email.clone(),
        });
        if draw.chance(rates::SECOND_EMAIL) && !record.emails.contains(&person.email) {
            record.emails.push(person.email.clone());
        }
        if draw.chance(0.06)
            && let Some(email) = record.emails.first_mut()
        {
            *email = match (draw.below(3), email.split_once('@')) {
                (0, _) => email.to_uppercase(),
                (1, Some((local, "gmail.com"))) => format!("{local}+jobs@gmail.com"),
                _ => format!(" {email}"),
            };
        }
    }
    if draw.chance(rates::RECRUITER_MAILBOX) {
        record.emails.push(world.recruiter(draw.bits()).email);
    }
}

/// The mailbox of one of the agencies that send candidates.
#[must_use]
pub fn agency_mailbox(number: usize) -> String {
    format!("candidates@talent-agency-{number}.example")
}

fn links(world: &World, record: &mut LeverRecord, person: &Person, is_swapped: bool, draw: &mut Draw) {
    let country = world.places.cities.code_of(person.city);
    if draw.chance(rates::LINKEDIN_LINK) {
        let slug = person.former_slug.as_ref().unwrap_or(&person.slug);
        let kind = draw.share();
        record.links.push(if kind < rates::OPAQUE_LINK {
            format!("https://www.linkedin.com/in/{}", opaque_token(person.member, draw))
        } else if kind < rates::OPAQUE_LINK + rates::BROKEN_LINK {
            broken_address(slug, draw)
        } else if kind < rates::OPAQUE_LINK + rates::BROKEN_LINK + rates::WRONG_LINK {
            let other = if draw.chance(0.3) {
                world.recruiter(draw.bits())
            } else {
                world.person(draw.bits() % world.settings.contacts.max(1))
            };
            typed_address(&other.slug, country, draw)
        } else {
            record.shows_slug = !is_swapped;
            typed_address(slug, country, draw)
        });
    }
    // A quarter of all people are on GitHub, by their profession: together as often as the rate says.
    let github = if person.on_github {
        rates::GITHUB_LINK / 0.27
    } else {
        0.01
    };
    if draw.chance(github) {
        record.shows_github = !is_swapped;
        record.links.push(match draw.below(4) {
            0 => format!("github.com/{}", person.github),
            1 => format!("https://github.com/{}/", person.github),
            2 => format!("https://github.com/{}?tab=repositories", person.github),
            _ => format!("https://github.com/{}", person.github),
        });
    }
    if draw.chance(rates::SITE_LINK) {
        record.links.push(format!("https://{}/", person.domain));
    }
    if draw.chance(rates::X_LINK) {
        record.links.push(format!("https://twitter.com/{}", person.x_handle));
    }
}

fn headline(world: &World, record: &mut LeverRecord, person: &Person, jobs: &[Job], draw: &mut Draw) {
    let employers = &world.places.employers;
    if jobs.is_empty() {
        // Lever puts the school where there was no work yet.
        let school = person.schools.first().map(|schooling| schooling.school);
        record.headline = school.unwrap_or_default().to_owned();
        return;
    }
    if let Some(last) = jobs.last().filter(|_| draw.chance(rates::TITLE_AS_HEADLINE)) {
        record.headline = format!(
            "{} at {}",
            last.title,
            employers.called(last.employer, record.as_of, draw)
        );
        note_employer(record, last.employer);
        return;
    }
    let count = 1 + draw.below(3);
    let mut names = Vec::new();
    for job in jobs.iter().rev().take(count) {
        names.push(employers.called(job.employer, record.as_of, draw));
        note_employer(record, job.employer);
    }
    record.headline = names.join(", ");
}

fn note_employer(record: &mut LeverRecord, employer: usize) {
    if !record.employers.contains(&employer) {
        record.employers.push(employer);
    }
}

fn resume(world: &World, record: &mut LeverRecord, person: &Person, jobs: &[Job], city: usize, draw: &mut Draw) {
    let places = &world.places;
    let written_month = |at: Month, draw: &mut Draw| {
        draw.chance(0.95).then(|| ResumeMonth {
            year: at.div_euclid(12),
            month: draw.chance(0.8).then(|| at.rem_euclid(12) + 1),
        })
    };
    let mut positions = Vec::new();
    for job in jobs.iter().rev() {
        if draw.chance(0.06) {
            continue;
        }
        note_employer(record, job.employer);
        positions.push(Position {
            org: places.employers.called(job.employer, record.as_of, draw),
            title: job.title.clone(),
            summary: "",
            location: if draw.chance(0.4) {
                places.cities.in_lever(city, draw)
            } else {
                String::new()
            },
            start: written_month(job.start + off_by(draw), draw),
            end: job.end.and_then(|end| written_month(end, draw)),
        });
    }
    let mut schools = Vec::new();
    for schooling in person
        .schools
        .iter()
        .rev()
        .filter(|schooling| month(schooling.start, 9) <= record.as_of)
    {
        schools.push(SchoolLine {
            org: schooling.school.to_owned(),
            degree: schooling.degree.to_owned(),
            field: schooling.field.to_owned(),
            summary: "",
            start: draw.chance(0.7).then_some(ResumeMonth {
                year: schooling.start,
                month: None,
            }),
            end: Some(ResumeMonth {
                year: schooling.end,
                month: None,
            }),
        });
    }
    record.resume = Some(ParsedData { positions, schools });
}

/// Months by which people misremember.
fn off_by(draw: &mut Draw) -> i32 {
    if draw.chance(0.15) { draw.between(-3, 3) } else { 0 }
}

/// A number as people type it.
#[must_use]
pub fn typed_phone(number: &str, draw: &mut Draw) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let american = digits
        .strip_prefix('1')
        .filter(|rest| rest.len() == 10)
        .and_then(|rest| {
            let (area, rest) = rest.split_at_checked(3)?;
            let (office, line) = rest.split_at_checked(3)?;
            Some((area, office, line))
        });
    match (american, draw.below(5)) {
        (Some((area, office, line)), 0 | 1) => format!("({area}) {office}-{line}"),
        (Some((area, office, line)), 2) => format!("+1 {area}.{office}.{line}"),
        (Some((area, office, line)), 3) => format!("{area}-{office}-{line}"),
        (None, 0) => format!("00{digits}"),
        (None, 1 | 2) => digits
            .split_at_checked(digits.len().saturating_sub(7))
            .map_or_else(|| number.to_owned(), |(start, rest)| format!("+{start} {rest}")),
        _ => number.to_owned(),
    }
}
