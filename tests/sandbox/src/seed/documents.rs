//! What is in the seeded files: a résumé that says what Lever's parser is supposed to have read, and letters.
//!
//! Made when they are downloaded or their size is shown; the same person gives the same bytes.

use crate::model::contact::Contact;
use crate::model::file_type::FileType;
use crate::model::resume::{ParsedData, YearMonth};
use crate::pdf;

/// The lines of a person's résumé.
#[must_use]
pub fn resume_lines(contact: &Contact, parsed: &ParsedData) -> Vec<String> {
    let mut lines = vec![contact.name.clone()];
    let phones = contact.phones.iter().map(|phone| &phone.value);
    lines.extend(contact.emails.iter().chain(phones).chain(&contact.links).cloned());
    if !contact.location.is_empty() {
        lines.push(format!("Location: {}", contact.location));
    }
    lines.push("Experience".to_owned());
    for position in &parsed.positions {
        let years = range(position.start, position.end);
        lines.push(format!("{} at {}{years}", position.title, position.org));
    }
    lines.push("Education".to_owned());
    for school in &parsed.schools {
        let years = range(school.start, school.end);
        lines.push(format!("{} in {}, {}{years}", school.degree, school.field, school.org));
    }
    lines
}

fn range(start: Option<YearMonth>, end: Option<YearMonth>) -> String {
    let text = |time: YearMonth| match time.month {
        None => time.year.to_string(),
        Some(month) => format!("{}-{month:02}", time.year),
    };
    match start {
        None => String::new(),
        Some(start) => format!(", {} - {}", text(start), end.map_or("present".to_owned(), text)),
    }
}

/// The lines of a letter or of notes about a person.
#[must_use]
pub fn letter_lines(contact: &Contact, posting: &str) -> Vec<String> {
    vec![
        "To the people of Quarry".to_owned(),
        format!("I would like to work with you as {posting}."),
        "What I have done so far is in my resume; why I would do it with you, I would rather tell you.".to_owned(),
        contact.name.clone(),
    ]
}

/// Lines as a file of this kind.
#[must_use]
pub fn of_lines(kind: FileType, lines: &[String]) -> Vec<u8> {
    match kind {
        FileType::Pdf => pdf::of_lines(lines),
        _ => {
            let mut text = lines.join("\n");
            text.push('\n');
            text.into_bytes()
        }
    }
}
