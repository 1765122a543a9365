//! Work history and education as a note that a person reads: Lever has no field for either, and keeps only employers' names.

use super::mapping::plain_company;
use crate::profile::{Education, PastPosition, Profile};

/// A position that somebody holds or held; texts are tidied, and an empty one is none.
pub(super) struct Held {
    pub(super) title: Option<String>,
    pub(super) company: Option<String>,
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
    pub(super) ongoing: bool,
}

/// The note; nothing where the page shows neither a position nor a school. `day` is that of the export.
#[must_use]
pub fn history_note(profile: &Profile, day: &str) -> Option<String> {
    let work = work(profile);
    let education: Vec<String> = profile.education.iter().filter_map(school).collect();
    if work.is_empty() && education.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    for (title, lines) in [("Work", work), ("Education", education)] {
        if !lines.is_empty() {
            parts.push(format!("{title}\n{}", lines.join("\n")));
        }
    }
    // A file has no address.
    parts.push(if profile.url.is_empty() {
        format!("As of {day}")
    } else {
        format!("From {} on {day}", profile.url)
    });
    Some(parts.join("\n\n"))
}

/// Every position, each once: those that are held only as a present one first, then the history.
pub(super) fn positions(profile: &Profile) -> Vec<Held> {
    let is_current = |position: &PastPosition| {
        let mut current = profile.current.iter();
        position.end.is_none() && current.any(|current| same(&current.company, &position.company))
    };
    let listed = |company: &Option<String>| {
        let mut history = profile.history.iter();
        history.any(|position| same(&position.company, company))
    };
    let current = profile.current.iter().filter(|current| !listed(&current.company));
    let current = current.map(|current| Held {
        title: shown(&current.title),
        company: shown(&current.company),
        start: None,
        end: None,
        ongoing: true,
    });
    let past = profile.history.iter().map(|position| Held {
        title: shown(&position.title),
        company: shown(&position.company),
        start: position.start.clone(),
        end: position.end.clone(),
        ongoing: is_current(position),
    });
    current.chain(past).collect()
}

fn work(profile: &Profile) -> Vec<String> {
    let lines = positions(profile).into_iter().filter_map(|held| {
        let end = held.end.as_deref().or(held.ongoing.then_some("now"));
        line(held.start.as_deref(), end, &[&held.title, &held.company])
    });
    lines.collect()
}

fn school(education: &Education) -> Option<String> {
    let degree = [&education.degree, &education.field].map(|part| shown(part).unwrap_or_default());
    let degree = Some(degree.join(" ").trim().to_owned());
    line(
        education.start.as_deref(),
        education.end.as_deref(),
        &[&degree, &education.school],
    )
}

/// `2019-03 – now · Engineer, Harbor Labs`; nothing where only dates are known.
fn line(start: Option<&str>, end: Option<&str>, parts: &[&Option<String>]) -> Option<String> {
    let parts: Vec<String> = parts.iter().filter_map(|part| shown(part)).collect();
    if parts.is_empty() {
        return None;
    }
    let what = parts.join(", ");
    Some(match (start, end) {
        (Some(start), Some(end)) if start == end => format!("{start} · {what}"),
        (Some(start), Some(end)) => format!("{start} – {end} · {what}"),
        (Some(start), None) => format!("from {start} · {what}"),
        (None, Some("now")) => format!("now · {what}"),
        (None, Some(end)) => format!("until {end} · {what}"),
        (None, None) => what,
    })
}

fn shown(part: &Option<String>) -> Option<String> {
    let words: Vec<&str> = plain_company(part.as_deref()?).split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn same(one: &Option<String>, other: &Option<String>) -> bool {
    match (shown(one), shown(other)) {
        (Some(one), Some(other)) => one.to_lowercase() == other.to_lowercase(),
        _ => false,
    }
}
