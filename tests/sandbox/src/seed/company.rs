//! The invented company: its users, stages, archive reasons and postings.
//!
//! The first rows of each table are the same for every seed and may be relied on by stories and the demo; they are
//! named in [`well_known`](super::well_known). The rest is drawn.

use super::draw::{Draw, Purpose};
use super::names::{CULTURES, NameOrder};
use super::{requisitions, words};
use crate::clock::{DAY_MS, HOUR_MS, Timestamp};
use crate::ids::{IdScheme, Kind, UserNumber};
use crate::model::Confidentiality;
use crate::model::archive_reason::{ArchiveReason, Outcome, ReasonStatus};
use crate::model::company::Company;
use crate::model::posting::{Posting, PostingState, SalaryRange};
use crate::model::stage::{Rank, Stage};
use crate::model::user::User;

/// Users in all.
const USERS: u32 = 24;
/// Postings in all.
const POSTINGS: u32 = 64;

/// Stages: id (empty for a custom one), name, pipeline, rank in thousandths, whether interviews are planned in it.
/// Ranks as recorded (lever-api §3.6).
const STAGES: &[(&str, &str, &str, u32, bool)] = &[
    ("lead-new", "New lead", "lead", 1_000, false),
    ("lead-reached-out", "Reached out", "lead", 3_000, false),
    ("lead-responded", "Responded", "lead", 5_000, false),
    ("applicant-new", "New applicant", "applicant", 101_000, false),
    ("", "Recruiter screen", "applicant", 105_500, true),
    ("", "Phone screen", "screen", 201_000, true),
    ("", "Take-home assignment", "screen", 230_500, false),
    ("", "Onsite interview", "onsite", 231_000, true),
    ("", "Reference check", "onsite", 250_250, false),
    ("offer", "Offer", "offer", 261_000, false),
];

/// Which stages an account has (lever-api §8: two data sets).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pipeline {
    /// The built-in ones and some of the customer's own.
    #[default]
    Custom,
    /// The built-in ones alone: every stage has a slug.
    BuiltIn,
}

impl Pipeline {
    /// Reads `custom` or `built-in`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "custom" => Some(Self::Custom),
            "built-in" => Some(Self::BuiltIn),
            _ => None,
        }
    }
}

const REASONS: &[(&str, ReasonStatus, Outcome)] = &[
    ("Hired", ReasonStatus::Active, Outcome::Hired),
    ("Timing", ReasonStatus::Active, Outcome::NotHired),
    ("Underqualified", ReasonStatus::Active, Outcome::NotHired),
    ("Unresponsive", ReasonStatus::Active, Outcome::NotHired),
    ("Withdrew", ReasonStatus::Active, Outcome::NotHired),
    ("Position closed", ReasonStatus::Active, Outcome::NotHired),
    ("Offer declined", ReasonStatus::Active, Outcome::NotHired),
    ("Salary expectations", ReasonStatus::Active, Outcome::NotHired),
    ("Overqualified", ReasonStatus::Inactive, Outcome::NotHired),
    ("Location", ReasonStatus::Inactive, Outcome::NotHired),
];

type FirstUser = (&'static str, &'static str, &'static str, &'static str, i64, Option<i64>);

/// Users every account has: name, mail, role, title, days since made, days since switched off.
const FIRST_USERS: &[FirstUser] = &[
    (
        "Maya Okafor",
        "maya.okafor@example.org",
        "super admin",
        "Head of Talent",
        2_200,
        None,
    ),
    // Mixed case on purpose: Lever keeps what was typed, and clients must compare without case.
    (
        "Jonas Lindqvist",
        "Jonas.Lindqvist@example.org",
        "admin",
        "Senior Recruiter",
        1_900,
        None,
    ),
    (
        "Priya Raman",
        "priya.raman@example.org",
        "team member",
        "Engineering Manager",
        1_200,
        None,
    ),
    (
        "Helena Brandt",
        "helena.brandt@example.org",
        "team member",
        "Recruiter",
        2_100,
        Some(400),
    ),
    (
        "Tunde Balogun",
        "tunde.balogun@example.org",
        "interviewer",
        "Staff Engineer",
        900,
        None,
    ),
    (
        "Sun-Hee Park",
        "sun-hee.park@example.org",
        "limited team member",
        "Sourcer",
        700,
        None,
    ),
];

/// The company of a seed. `anchor` is the instant the newest seeded rows were written before.
#[must_use]
pub fn seeded(seed: u64, ids: IdScheme, anchor: Timestamp, stages: Pipeline) -> Company {
    let mut company = Company::default();
    add_users(&mut company, seed, ids, anchor);
    for (number, (slug, text, pipeline, rank, has_interview)) in (0..).zip(STAGES) {
        if slug.is_empty() && stages == Pipeline::BuiltIn {
            continue;
        }
        let id = if slug.is_empty() {
            ids.make(Kind::Stage, number).to_string()
        } else {
            (*slug).to_owned()
        };
        company.stages.add(
            id.clone(),
            Stage {
                id,
                text: (*text).to_owned(),
                pipeline,
                rank: Rank(*rank),
                has_interview: *has_interview,
            },
        );
    }
    for (number, (text, status, outcome)) in (0..).zip(REASONS) {
        let id = ids.make(Kind::ArchiveReason, number).to_string();
        company.archive_reasons.add(
            id.clone(),
            ArchiveReason {
                id,
                text: (*text).to_owned(),
                status: *status,
                outcome: *outcome,
            },
        );
    }
    for number in 0..POSTINGS {
        let posting = match FIRST_POSTINGS.get(usize::try_from(number).unwrap_or(usize::MAX)) {
            Some(first) => first_posting(first, number, ids, anchor),
            None => drawn_posting(number, seed, ids, anchor),
        };
        company.postings.add(posting.id.clone(), posting);
    }
    fill_states(&mut company);
    company
}

/// Every account has a posting in every state, whatever was drawn: where one is missing, the last closed one takes it.
fn fill_states(company: &mut Company) {
    for state in [PostingState::Pending, PostingState::Rejected] {
        if company.postings.iter().any(|posting| posting.state == state) {
            continue;
        }
        let drawn = company.postings.iter_mut().skip(FIRST_POSTINGS.len());
        if let Some(posting) = drawn.filter(|posting| posting.state == PostingState::Closed).last() {
            posting.state = state;
        }
    }
}

fn add_users(company: &mut Company, seed: u64, ids: IdScheme, anchor: Timestamp) {
    let head = ids.make(Kind::User, 0).to_string();
    for number in 0..USERS {
        let id = ids.make(Kind::User, number).to_string();
        let first = FIRST_USERS.get(usize::try_from(number).unwrap_or(usize::MAX));
        let user = match first {
            Some((name, email, role, title, made, off)) => User {
                id: id.clone(),
                name: (*name).to_owned(),
                email: (*email).to_owned(),
                access_role: (*role).to_owned(),
                created_at: anchor.plus(-made * DAY_MS),
                deactivated_at: off.map(|days| anchor.plus(-days * DAY_MS)),
                external_directory_id: (number < 3).then(|| format!("dir-{:05}", 10_400 + number)),
                job_title: Some((*title).to_owned()),
                manager_id: (number > 0).then(|| head.clone()),
            },
            None => drawn_user(number, id.clone(), seed, anchor),
        };
        company.users.add(id, user);
    }
}

fn drawn_user(number: u32, id: String, seed: u64, anchor: Timestamp) -> User {
    let mut draw = Draw::new(seed, Purpose::User, u64::from(number));
    let (name, plain) = CULTURES
        .get(usize::try_from(draw.below(6)).unwrap_or(0))
        .and_then(|culture| {
            let given = draw.pick(&culture.given)?;
            let family = draw.pick(&culture.family)?;
            Some((
                format!("{} {}", given.shown, family.shown),
                format!("{}.{}", given.plain, family.plain),
            ))
        })
        .unwrap_or_default();
    let role = draw.text(&[
        "team member",
        "team member",
        "interviewer",
        "interviewer",
        "interviewer",
        "limited team member",
    ]);
    let created_at = anchor.plus(-(100 * DAY_MS + draw.millis(1_700 * DAY_MS)));
    let deactivated_at = draw
        .chance(0.25)
        .then(|| created_at.plus(30 * DAY_MS + draw.millis(70 * DAY_MS)));
    User {
        id,
        name,
        email: format!("{plain}{number}@example.org"),
        access_role: role.to_owned(),
        created_at,
        deactivated_at,
        external_directory_id: None,
        job_title: draw.chance(0.7).then(|| draw.text(words::TITLES).to_owned()),
        manager_id: None,
    }
}

/// A posting that every account has.
struct FirstPosting {
    title: &'static str,
    state: PostingState,
    department: &'static str,
    team: &'static str,
    locations: &'static [&'static str],
    workplace: &'static str,
    country: &'static str,
    owner: u32,
    days_old: i64,
    confidentiality: Confidentiality,
    channels: &'static [&'static str],
}

const BOTH_CHANNELS: &[&str] = &["internal", "public"];

const FIRST_POSTINGS: &[FirstPosting] = &[
    FirstPosting {
        title: "Data Platform Lead",
        state: PostingState::Published,
        department: "Engineering",
        team: "Data",
        locations: &["Remote"],
        workplace: "remote",
        country: "PL",
        owner: 0,
        days_old: 90,
        confidentiality: Confidentiality::Open,
        channels: BOTH_CHANNELS,
    },
    FirstPosting {
        title: "Platform Engineer",
        state: PostingState::Published,
        department: "Engineering",
        team: "Infrastructure",
        locations: &["Berlin"],
        workplace: "hybrid",
        country: "DE",
        owner: 1,
        days_old: 60,
        confidentiality: Confidentiality::Open,
        channels: BOTH_CHANNELS,
    },
    FirstPosting {
        title: "Backend Engineer",
        state: PostingState::Published,
        department: "Engineering",
        team: "Infrastructure",
        locations: &["Berlin", "Gdynia", "Remote"],
        workplace: "hybrid",
        country: "DE",
        owner: 1,
        days_old: 700,
        confidentiality: Confidentiality::Open,
        channels: BOTH_CHANNELS,
    },
    FirstPosting {
        title: "Chief of Staff",
        state: PostingState::Internal,
        department: "Operations",
        team: "Leadership",
        locations: &["London"],
        workplace: "onsite",
        country: "GB",
        owner: 0,
        days_old: 45,
        confidentiality: Confidentiality::Confidential,
        channels: BOTH_CHANNELS,
    },
    FirstPosting {
        title: "People Partner",
        state: PostingState::Published,
        department: "Operations",
        team: "People",
        locations: &["Stockholm"],
        workplace: "hybrid",
        country: "SE",
        owner: 0,
        days_old: 30,
        confidentiality: Confidentiality::Open,
        channels: &["internal"],
    },
    FirstPosting {
        title: "Office Manager",
        state: PostingState::Closed,
        department: "Operations",
        team: "Workplace",
        locations: &["Berlin"],
        workplace: "onsite",
        country: "DE",
        owner: 3,
        days_old: 900,
        confidentiality: Confidentiality::Open,
        channels: BOTH_CHANNELS,
    },
    FirstPosting {
        title: "Recruiting Coordinator",
        state: PostingState::Draft,
        department: "Operations",
        team: "People",
        locations: &["Remote"],
        workplace: "unspecified",
        country: "PL",
        owner: 1,
        days_old: 5,
        confidentiality: Confidentiality::Open,
        channels: BOTH_CHANNELS,
    },
    FirstPosting {
        title: "Site Reliability Engineer",
        state: PostingState::Internal,
        department: "Engineering",
        team: "Infrastructure",
        locations: &["Remote"],
        workplace: "remote",
        country: "DE",
        owner: 2,
        days_old: 120,
        confidentiality: Confidentiality::Open,
        channels: BOTH_CHANNELS,
    },
];

fn first_posting(first: &FirstPosting, number: u32, ids: IdScheme, anchor: Timestamp) -> Posting {
    let created_at = anchor.plus(-first.days_old * DAY_MS + i64::from(number) * HOUR_MS);
    Posting {
        id: ids.make(Kind::Posting, number).to_string(),
        text: first.title.to_owned(),
        state: first.state,
        distribution_channels: first.channels.to_vec(),
        user: Some(UserNumber(0)),
        owner: Some(UserNumber(first.owner)),
        hiring_manager: Some(UserNumber(2)),
        commitment: Some("Full-time".to_owned()),
        department: Some(first.department.to_owned()),
        location: first.locations.first().map(|place| (*place).to_owned()),
        all_locations: first.locations.iter().map(|place| (*place).to_owned()).collect(),
        team: Some(first.team.to_owned()),
        tags: Vec::new(),
        description_html: description(first.title, first.team),
        lists: lists(),
        closing_html: "<div>We answer every application within a week.</div>".to_owned(),
        country: first.country,
        followers: vec![UserNumber(first.owner)],
        requisition_codes: requisitions::codes_of(number),
        confidentiality: first.confidentiality,
        created_at,
        updated_at: created_at.plus(2 * DAY_MS),
        workplace_type: first.workplace,
        salary_description_html: (number == 0)
            .then(|| "<div>Paid in <b>euros</b>, wherever you live.</div>".to_owned()),
        salary_range: (number == 0).then(|| SalaryRange {
            min: 90_000.into(),
            max: 120_000.into(),
            currency: "EUR".to_owned(),
            interval: "per-year-salary",
        }),
        opportunity_tags: None,
    }
}

fn drawn_posting(number: u32, seed: u64, ids: IdScheme, anchor: Timestamp) -> Posting {
    let mut draw = Draw::new(seed, Purpose::Posting, u64::from(number));
    let title = draw.text(words::TITLES);
    let state = match draw.below(100) {
        0..=44 => PostingState::Published,
        45..=74 => PostingState::Closed,
        75..=82 => PostingState::Internal,
        83..=89 => PostingState::Draft,
        90..=94 => PostingState::Pending,
        _ => PostingState::Rejected,
    };
    let team = draw.text(&[
        "Data",
        "Infrastructure",
        "Design",
        "Sales",
        "Support",
        "Finance",
        "Mobile",
    ]);
    let department = match team {
        "Sales" | "Support" => "Commercial",
        "Finance" => "Operations",
        _ => "Engineering",
    };
    let place = draw.text(&["Berlin", "Remote", "London", "Stockholm", "Gdynia", "New York", "東京"]);
    let location = draw.chance(0.93).then(|| place.to_owned());
    let mut all_locations: Vec<String> = location.iter().cloned().collect();
    if draw.chance(0.15) && location.as_deref() != Some("Lisboa") {
        all_locations.push("Lisboa".to_owned());
    }
    let created_at = anchor.plus(-(20 * DAY_MS + draw.millis(1_900 * DAY_MS)));
    let updated_at = if draw.chance(0.6) {
        created_at.plus(draw.millis(20 * DAY_MS))
    } else {
        created_at
    };
    let owner = UserNumber(u32::try_from(draw.below(4)).unwrap_or(0));
    let channels = match draw.below(10) {
        0 => vec!["internal"],
        1 => vec!["public"],
        _ => BOTH_CHANNELS.to_vec(),
    };
    Posting {
        id: ids.make(Kind::Posting, number).to_string(),
        text: title.to_owned(),
        state,
        distribution_channels: channels,
        user: Some(owner),
        owner: draw.chance(0.92).then_some(owner),
        hiring_manager: draw.chance(0.5).then_some(UserNumber(2)),
        commitment: draw.chance(0.9).then(|| {
            draw.text(&["Full-time", "Part-time", "Internship", "Contract"])
                .to_owned()
        }),
        department: Some(department.to_owned()),
        location,
        all_locations,
        team: draw.chance(0.95).then(|| team.to_owned()),
        tags: if draw.chance(0.2) {
            vec!["priority".to_owned()]
        } else {
            Vec::new()
        },
        description_html: if draw.chance(0.95) {
            description(title, team)
        } else {
            String::new()
        },
        lists: if draw.chance(0.8) { lists() } else { Vec::new() },
        closing_html: String::new(),
        country: draw.text(&["DE", "PL", "GB", "SE", "US", "JP"]),
        followers: vec![owner],
        requisition_codes: requisitions::codes_of(number),
        confidentiality: if number.is_multiple_of(29) {
            Confidentiality::Confidential
        } else {
            Confidentiality::Open
        },
        created_at,
        updated_at,
        workplace_type: draw.text(&["unspecified", "onsite", "remote", "hybrid"]),
        salary_description_html: None,
        salary_range: None,
        opportunity_tags: None,
    }
}

fn description(title: &str, team: &str) -> String {
    format!(
        "<div><b>{title}</b></div><div>The {team} team builds what the rest of the company stands on. You would join \
         <i>six people</i> in three countries &amp; shape how we work.</div><div><span style=\"font-size: 14px\">Read \
         more on <a href=\"https://quarry.example.org/teams\" class=\"postings-link\">our site</a>.</span></div>"
    )
}

fn lists() -> Vec<(String, String)> {
    vec![
        (
            "What you will do".to_owned(),
            "<li>Own a system from the first sketch to its <b>first bad night</b></li><li>Write things down</li>"
                .to_owned(),
        ),
        (
            "What you bring".to_owned(),
            "<li>Five years of building for others</li><li>Care for people who use it</li>".to_owned(),
        ),
    ]
}

/// A person's name as a culture writes it.
#[must_use]
pub fn full_name(order: NameOrder, given: &str, family: &str) -> String {
    match order {
        NameOrder::GivenFirst => format!("{given} {family}"),
        NameOrder::FamilyFirst => format!("{family} {given}"),
        NameOrder::FamilyFirstJoined => format!("{family}{given}"),
    }
}
