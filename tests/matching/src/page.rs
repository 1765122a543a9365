//! How a person's page looks, as a site adapter would hand it to the core: LinkedIn profile, card of a search, row of a
//! recruiter's list, GitHub, own site.
//! Rates and kinds: matching.md §7.

use fulcrum::profile::{CurrentPosition, Education, PastPosition, Profile, ProfileKind};
use serde::Serialize;

use crate::draw::Draw;
use crate::linkedin::percent_encoded;
use crate::noise::{Care, Writer, written};
use crate::person::{Person, jobs_by};
use crate::rates::{self, Month, NOW};
use crate::world::Places;

/// What kind of page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// A profile on LinkedIn.
    LinkedIn,
    /// A card among the results of LinkedIn's people search: it links to the profile's address (profile-pages.md §2.3).
    Card,
    /// A row of Sales Navigator's or Recruiter's lists: a member number and no address (profile-pages.md §2.4).
    Row,
    /// A profile on GitHub.
    GitHub,
    /// A site of one's own.
    Site,
}

impl PageKind {
    /// All of them.
    pub const ALL: [PageKind; 5] = [Self::LinkedIn, Self::Card, Self::Row, Self::GitHub, Self::Site];

    /// A kind, as often as they are met.
    #[must_use]
    pub fn drawn(draw: &mut Draw) -> Self {
        draw.of_shares(
            &[
                (rates::LINKEDIN_PAGES, Self::LinkedIn),
                (rates::CARD_PAGES, Self::Card),
                (rates::ROW_PAGES, Self::Row),
                (rates::GITHUB_PAGES, Self::GitHub),
            ],
            Self::Site,
        )
    }

    /// In words, for tables.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::LinkedIn => "LinkedIn profile",
            Self::Card => "search card",
            Self::Row => "Recruiter row",
            Self::GitHub => "GitHub",
            Self::Site => "personal site",
        }
    }
}

/// The page of a person.
#[must_use]
pub fn page(places: &Places, person: &Person, kind: PageKind, care: Care, draw: &mut Draw) -> Profile {
    match kind {
        PageKind::LinkedIn => linkedin(places, person, care, draw),
        PageKind::Card | PageKind::Row => in_a_list(places, person, kind, care, draw),
        PageKind::GitHub => github(places, person, care, draw),
        PageKind::Site => site(places, person, care, draw),
    }
}

fn name_by(places: &Places, person: &Person, writer: Writer, care: Care, draw: &mut Draw) -> Option<String> {
    Some(written(
        &places.names,
        &places.nicknames,
        &person.name,
        writer,
        care,
        draw,
    ))
}

fn date(at: Month, draw: &mut Draw) -> String {
    if draw.chance(0.9) {
        format!("{:04}-{:02}", at.div_euclid(12), at.rem_euclid(12) + 1)
    } else {
        format!("{:04}", at.div_euclid(12))
    }
}

/// Under the name: a title with the employer, a slogan, or both.
fn headline(places: &Places, person: &Person, draw: &mut Draw) -> Option<String> {
    let last = person.jobs.last()?;
    let company = places.employers.called(last.employer, NOW, draw);
    let title = &last.title;
    let between = draw.text(&["at", "@", "at", "at", "|", "bei", "chez"]);
    match draw.below(10) {
        0..=4 => Some(format!("{title} {between} {company}")),
        5 => Some(title.clone()),
        6 => Some(format!(
            "{title} {between} {company} | {}",
            draw.text(&["Speaker", "Mentor", "We're hiring!", "ex-founder", "Open to work"])
        )),
        7 => {
            let before = person
                .jobs
                .iter()
                .rev()
                .nth(1)
                .map(|job| places.employers.called(job.employer, NOW, draw));
            Some(before.map_or_else(|| title.clone(), |before| format!("{title} | ex-{before}")))
        }
        8 => Some(
            draw.text(&[
                "Helping teams grow",
                "Building things people love",
                "Open to new opportunities",
                "Lifelong learner",
            ])
            .to_owned(),
        ),
        _ => None,
    }
}

fn history(places: &Places, person: &Person, draw: &mut Draw) -> (Vec<CurrentPosition>, Vec<PastPosition>) {
    let mut current = Vec::new();
    let mut history = Vec::new();
    // Some do not say that they have moved.
    let as_of = if draw.chance(0.07) {
        NOW - draw.between(3, 18)
    } else {
        NOW
    };
    let mut jobs = jobs_by(person, as_of);
    if jobs.is_empty() {
        jobs.clone_from(&person.jobs);
    }
    let count = jobs.len();
    for (at, job) in jobs.iter().enumerate().rev() {
        let is_last = at + 1 == count;
        if !is_last && draw.chance(rates::JOB_LEFT_OUT) {
            continue;
        }
        let company = Some(places.employers.called(job.employer, NOW, draw));
        let title = Some(job.title.clone());
        if job.end.is_none() {
            current.push(CurrentPosition {
                title: title.clone(),
                company: company.clone(),
                company_url: None,
            });
        }
        history.push(PastPosition {
            title,
            company,
            start: Some(date(job.start, draw)),
            end: job.end.map(|end| date(end, draw)),
        });
    }
    (current, history)
}

fn education(person: &Person, draw: &mut Draw) -> Vec<Education> {
    if draw.chance(0.15) {
        return Vec::new();
    }
    person
        .schools
        .iter()
        .rev()
        .map(|schooling| {
            let has_years = draw.chance(0.75);
            Education {
                school: Some(schooling.school.to_owned()),
                degree: draw.chance(0.8).then(|| schooling.degree.to_owned()),
                field: draw.chance(0.7).then(|| schooling.field.to_owned()),
                start: has_years.then(|| schooling.start.to_string()),
                end: has_years.then(|| schooling.end.to_string()),
            }
        })
        .collect()
}

fn linkedin(places: &Places, person: &Person, care: Care, draw: &mut Draw) -> Profile {
    let key = format!("li:slug:{}", person.slug);
    let mut profile = Profile {
        site: "linkedin".to_owned(),
        kind: ProfileKind::Profile,
        url: format!("https://www.linkedin.com/in/{}/", percent_encoded(&person.slug)),
        proof: Some("profile-urn".to_owned()),
        dialect: Some("sdui-2026".to_owned()),
        ids: vec![key.clone()],
        key,
        name: name_by(places, person, Writer::Owner, care, draw),
        headline: headline(places, person, draw),
        location: Some(places.cities.on_linkedin(person.city, draw)),
        lang: Some("en".to_owned()),
        complete: true,
        ..Profile::default()
    };
    if draw.chance(rates::MEMBER_ID) {
        profile.ids.push(format!("li:member:{}", person.member));
    }
    if draw.chance(rates::NO_HISTORY) {
        profile.complete = false;
    } else {
        (profile.current, profile.history) = history(places, person, draw);
    }
    profile.education = education(person, draw);
    if draw.chance(0.04) {
        show_email(&mut profile, &person.email);
    }
    if draw.chance(0.01) {
        profile.phones.push(person.phone.clone());
    }
    if draw.chance(0.06) {
        profile.links.push(format!("https://{}/", person.domain));
    }
    if person.on_github && draw.chance(0.10) {
        profile.links.push(format!("https://github.com/{}", person.github));
    }
    profile
}

fn in_a_list(places: &Places, person: &Person, kind: PageKind, care: Care, draw: &mut Draw) -> Profile {
    let slug = format!("li:slug:{}", person.slug);
    let member = format!("li:member:{}", person.member);
    let (key, mut ids) = if kind == PageKind::Row {
        (member.clone(), vec![member.clone()])
    } else {
        (slug.clone(), vec![slug])
    };
    if draw.chance(rates::MEMBER_ID) && !ids.contains(&member) {
        ids.push(member);
    }
    let mut name = name_by(places, person, Writer::Owner, care, draw);
    if care == Care::Usual && draw.chance(0.03) {
        // Outside the visitor's network the family name is cut.
        name = Some(format!(
            "{} {}.",
            person.name.given,
            person.name.family.chars().next().unwrap_or('X')
        ));
    }
    let current = person
        .jobs
        .last()
        .filter(|job| job.end.is_none() && draw.chance(0.45))
        .map(|job| CurrentPosition {
            title: Some(job.title.clone()),
            company: Some(places.employers.called(job.employer, NOW, draw)),
            company_url: None,
        });
    let (address, dialect) = if kind == PageKind::Row {
        ("https://www.linkedin.com/sales/search/people", "sales-navigator")
    } else {
        (
            "https://www.linkedin.com/search/results/people/?keywords=engineer",
            "search-2026",
        )
    };
    Profile {
        site: "linkedin".to_owned(),
        kind: ProfileKind::Card,
        url: address.to_owned(),
        proof: Some("card-link".to_owned()),
        dialect: Some(dialect.to_owned()),
        key,
        ids,
        name,
        headline: headline(places, person, draw),
        location: Some(places.cities.on_linkedin(person.city, draw)),
        current: current.into_iter().collect(),
        lang: Some("en".to_owned()),
        complete: false,
        ..Profile::default()
    }
}

fn github(places: &Places, person: &Person, care: Care, draw: &mut Draw) -> Profile {
    let key = format!("gh:login:{}", person.github);
    let mut profile = Profile {
        site: "github".to_owned(),
        kind: ProfileKind::Profile,
        url: format!("https://github.com/{}", person.github),
        proof: Some("additional-name".to_owned()),
        dialect: Some("vcard".to_owned()),
        ids: vec![key.clone(), format!("gh:id:{}", person.github_id)],
        key,
        lang: Some("en".to_owned()),
        complete: true,
        ..Profile::default()
    };
    let naming = draw.share();
    profile.name = if care == Care::Usual && naming < rates::GITHUB_NO_NAME {
        None
    } else if care == Care::Usual && naming < rates::GITHUB_NO_NAME + rates::GITHUB_FIRST_NAME {
        let given = person.name.foreign_given.as_ref().unwrap_or(&person.name.given);
        Some(
            places
                .nicknames
                .draw(given, draw)
                .filter(|_| draw.chance(0.3))
                .unwrap_or(given)
                .to_owned(),
        )
    } else {
        name_by(places, person, Writer::Developer, care, draw)
    };
    if let Some(job) = person.jobs.last().filter(|job| job.end.is_none() && draw.chance(0.45)) {
        let called = places.employers.called(job.employer, NOW, draw);
        let company = if draw.chance(0.3) {
            format!("@{}", crate::person::plain(&called))
        } else {
            called
        };
        profile.current.push(CurrentPosition {
            title: None,
            company: Some(company),
            company_url: None,
        });
    }
    if draw.chance(0.5) {
        profile.location = Some(places.cities.written_freely(person.city, draw));
    }
    if draw.chance(0.4) {
        profile.headline = headline(places, person, draw);
    }
    if draw.chance(rates::GITHUB_EMAIL) {
        show_email(&mut profile, &person.email);
    }
    if draw.chance(0.2) {
        profile.links.push(format!("https://{}/", person.domain));
    }
    if draw.chance(0.1) {
        profile
            .links
            .push(format!("https://www.linkedin.com/in/{}", person.slug));
    }
    if draw.chance(0.12) {
        profile.links.push(format!("https://x.com/{}", person.x_handle));
    }
    profile
}

fn site(places: &Places, person: &Person, care: Care, draw: &mut Draw) -> Profile {
    let key = format!("web:{}", person.domain);
    let mut profile = Profile {
        site: "web".to_owned(),
        kind: ProfileKind::Profile,
        url: format!("https://{}/", person.domain),
        proof: Some("json-ld".to_owned()),
        dialect: Some("json-ld".to_owned()),
        ids: vec![key.clone()],
        key,
        name: name_by(places, person, Writer::Owner, care, draw),
        lang: Some("en".to_owned()),
        complete: true,
        ..Profile::default()
    };
    if draw.chance(0.6) {
        profile.headline = headline(places, person, draw);
    }
    if draw.chance(0.35) {
        profile.location = Some(places.cities.written_freely(person.city, draw));
    }
    if draw.chance(0.45) {
        show_email(&mut profile, &person.email);
    }
    if draw.chance(0.45) {
        profile
            .links
            .push(format!("https://www.linkedin.com/in/{}/", person.slug));
    }
    if draw.chance(if person.on_github { 0.6 } else { 0.03 }) {
        profile.links.push(format!("https://github.com/{}", person.github));
    }
    if draw.chance(0.2) {
        profile.links.push(format!("https://twitter.com/{}", person.x_handle));
    }
    if draw.chance(0.03) {
        profile.phones.push(person.phone.clone());
    }
    if draw.chance(0.25) {
        (profile.current, profile.history) = history(places, person, draw);
        if draw.chance(0.7) {
            profile.education = education(person, draw);
        }
    } else if let Some(job) = person.jobs.last().filter(|job| job.end.is_none() && draw.chance(0.4)) {
        profile.current.push(CurrentPosition {
            title: Some(job.title.clone()),
            company: Some(places.employers.called(job.employer, NOW, draw)),
            company_url: None,
        });
    }
    profile
}

/// Puts a mailbox onto the page.
pub fn show_email(profile: &mut Profile, email: &str) {
    profile.emails.push(email.to_owned());
    profile.ids.push(format!("email:{email}"));
}
