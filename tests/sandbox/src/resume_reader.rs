//! What can be read out of a résumé: `parse=true` of lever-api §3.2, and `parsedData` of §3.10.
//!
//! A modest reader of lines, not a clever one: what it finds is there, and what it cannot tell it leaves out. Lever's
//! own parser is a product of its own; clients can only rely on the shape of what it gives.

use crate::model::contact::with_scheme;
use crate::model::file_type::FileType;
use crate::model::resume::{ParsedData, Position, School, YearMonth};
use crate::pdf;

/// What a résumé says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The first line that can be a name.
    pub name: Option<String>,
    /// As labelled, else the employers, as Lever fills it.
    pub headline: Option<String>,
    /// As labelled, or beside mail address and phone.
    pub location: Option<String>,
    /// In the order found.
    pub emails: Vec<String>,
    /// In the order found.
    pub phones: Vec<String>,
    /// In the order found, each with a scheme.
    pub links: Vec<String>,
    /// Jobs and schools.
    pub parsed: ParsedData,
}

/// The text of a file, `None` where it has none that can be read.
#[must_use]
pub fn text_of(kind: FileType, content: &[u8]) -> Option<String> {
    match kind {
        FileType::Pdf => pdf::text(content),
        FileType::Txt => Some(String::from_utf8_lossy(content).into_owned()),
        // Word files are archives of a format of their own; images and scripts are never read (lever-api §3.2).
        _ => None,
    }
}

/// The part of a résumé a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Head,
    Work,
    Education,
    Other,
}

const TITLES: &[&str] = &["curriculum vitae", "resume", "résumé", "cv", "lebenslauf"];
const WORK: &[&str] = &[
    "experience",
    "work experience",
    "professional experience",
    "employment",
    "work",
];
const EDUCATION: &[&str] = &["education", "studies", "schools"];
const OTHER: &[&str] = &[
    "skills",
    "languages",
    "summary",
    "profile",
    "about",
    "projects",
    "interests",
];
/// What stands between the pieces of a line of contact data.
const SEPARATORS: &[char] = &['|', '•', '·', '\t', ';'];
/// Shortest run of digits that is taken for a phone number.
const PHONE_DIGITS_MIN: usize = 7;
/// Longest, after the numbering plan of the telephone network.
const PHONE_DIGITS_MAX: usize = 15;
/// Longest name, in words.
const NAME_WORDS_MAX: usize = 6;

/// Reads a résumé line by line.
#[must_use]
pub fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    let mut section = Section::Head;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(next) = heading(line) {
            section = next;
            continue;
        }
        let has_contact_data = read_contact_data(&mut reading, line);
        match section {
            Section::Work => reading.parsed.positions.extend(position(line)),
            Section::Education => reading.parsed.schools.extend(school(line)),
            Section::Head if !has_contact_data => {
                if reading.name.is_none() && can_be_a_name(line) {
                    reading.name = Some(line.to_owned());
                }
            }
            Section::Head | Section::Other => {}
        }
    }
    if reading.headline.is_none() {
        let employers = reading.parsed.positions.iter().map(|position| position.org.as_str());
        let joined = employers.take(3).collect::<Vec<_>>().join(", ");
        reading.headline = Some(joined).filter(|joined| !joined.is_empty());
    }
    reading
}

fn heading(line: &str) -> Option<Section> {
    let word = line.trim_end_matches(':').to_lowercase();
    let is = |words: &[&str]| words.contains(&word.as_str());
    if is(TITLES) {
        Some(Section::Head)
    } else if is(WORK) {
        Some(Section::Work)
    } else if is(EDUCATION) {
        Some(Section::Education)
    } else if is(OTHER) {
        Some(Section::Other)
    } else {
        None
    }
}

/// Takes addresses, numbers, links and labelled fields out of a line. Says whether there were any.
fn read_contact_data(reading: &mut Reading, line: &str) -> bool {
    let mut found = false;
    let mut places = Vec::new();
    for piece in line.split(SEPARATORS).map(str::trim).filter(|piece| !piece.is_empty()) {
        let (label, value) = labelled(piece);
        match label {
            Label::Name => reading.name = Some(value.to_owned()),
            Label::Headline => reading.headline = Some(value.to_owned()),
            Label::Location => reading.location = Some(value.to_owned()),
            Label::None => {
                let before = reading.emails.len() + reading.links.len() + reading.phones.len();
                read_words(reading, value);
                if let Some(phone) = phone(value) {
                    add_once(&mut reading.phones, phone.to_owned());
                }
                if reading.emails.len() + reading.links.len() + reading.phones.len() == before {
                    places.push(value);
                    continue;
                }
            }
        }
        found = true;
    }
    // What stands beside mail address and phone and is neither is where the person lives.
    let place = places
        .iter()
        .find(|place| !place.chars().any(|character| character.is_ascii_digit()));
    if let (true, None, Some(place)) = (found, &reading.location, place) {
        reading.location = Some((*place).to_owned());
    }
    found
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Name,
    Headline,
    Location,
    None,
}

/// A label and what it labels. Labels of what is recognised anyway are only taken off.
fn labelled(piece: &str) -> (Label, &str) {
    let Some((label, value)) = piece.split_once(':') else {
        return (Label::None, piece);
    };
    let value = value.trim();
    let label = match label.trim().to_lowercase().as_str() {
        "name" => Label::Name,
        "headline" | "title" => Label::Headline,
        "location" | "address" | "city" | "based in" => Label::Location,
        "email" | "e-mail" | "mail" | "phone" | "tel" | "mobile" | "cell" | "web" | "website" | "links"
        | "linkedin" | "github" => Label::None,
        _ => return (Label::None, piece),
    };
    (label, value)
}

fn read_words(reading: &mut Reading, piece: &str) {
    for word in piece.split_whitespace() {
        let word = word.trim_matches(|character: char| ",;()<>[]\"'".contains(character));
        let word = word.trim_end_matches('.');
        let plain = word.strip_prefix("mailto:").unwrap_or(word);
        if is_email(plain) {
            add_once(&mut reading.emails, plain.to_owned());
        } else if is_link(word) {
            add_once(&mut reading.links, with_scheme(word));
        }
    }
}

fn is_email(word: &str) -> bool {
    word.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.contains(['@', '/']) && !domain.starts_with('.')
    })
}

fn is_link(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    if ["http://", "https://", "www."]
        .iter()
        .any(|start| lower.starts_with(start))
    {
        return true;
    }
    // A host with a path: `github.com/somebody`, but not `and/or` or `1/2.5`.
    lower.split_once('/').is_some_and(|(host, _)| {
        host.rsplit_once('.').is_some_and(|(name, top)| {
            !name.is_empty() && top.len() >= 2 && top.chars().all(|character| character.is_ascii_alphabetic())
        })
    })
}

/// A piece that is nothing but a phone number.
fn phone(piece: &str) -> Option<&str> {
    let digits = piece.chars().filter(char::is_ascii_digit).count();
    let only = piece
        .chars()
        .all(|character| character.is_ascii_digit() || " +-()./".contains(character));
    (only && (PHONE_DIGITS_MIN..=PHONE_DIGITS_MAX).contains(&digits)).then_some(piece)
}

fn can_be_a_name(line: &str) -> bool {
    line.split_whitespace().count() <= NAME_WORDS_MAX
        && line.chars().any(char::is_alphabetic)
        && !line
            .chars()
            .any(|character| character.is_ascii_digit() || ":/@,".contains(character))
}

/// `Title at Employer, 2018-09 - 2022-02`, with or without the years.
fn position(line: &str) -> Option<Position> {
    let (what, start, end) = with_years(line);
    let (title, org) = what.split_once(" at ")?;
    Some(Position {
        org: org.trim().to_owned(),
        title: title.trim().to_owned(),
        location: String::new(),
        start,
        end,
    })
}

/// `Degree in Subject, School, 2010 - 2014`, with or without subject and years.
fn school(line: &str) -> Option<School> {
    let (what, start, end) = with_years(line);
    let (studies, org) = what.split_once(',')?;
    let (degree, field) = studies.split_once(" in ").unwrap_or((studies, ""));
    Some(School {
        org: org.trim().to_owned(),
        degree: degree.trim().to_owned(),
        field: field.trim().to_owned(),
        start,
        end,
    })
}

/// Takes a range of years off the end of a line.
fn with_years(line: &str) -> (&str, Option<YearMonth>, Option<YearMonth>) {
    let line = line.trim_end_matches(')');
    let first_digit = line.char_indices().find(|(place, _)| {
        line.get(*place..)
            .and_then(|rest| rest.get(..4))
            .is_some_and(|four| four.bytes().all(|byte| byte.is_ascii_digit()))
    });
    let split = first_digit.and_then(|(place, _)| Some((line.get(..place)?, line.get(place..)?)));
    let Some((what, years)) = split else {
        return (line, None, None);
    };
    let mut months = years.split([' ', '–', '—']).filter_map(year_month);
    let (start, end) = (months.next(), months.next());
    let what = what.trim_end_matches([' ', ',', '(', '–', '—', '-']);
    (what, start, end)
}

/// `2018` or `2018-09`.
fn year_month(text: &str) -> Option<YearMonth> {
    let (year, month) = text.split_once('-').unwrap_or((text, ""));
    Some(YearMonth {
        year: year.parse().ok().filter(|year| (1900..=2100).contains(year))?,
        month: month.parse().ok().filter(|month| (1..=12).contains(month)),
    })
}

fn add_once(texts: &mut Vec<String>, text: String) {
    if !texts.contains(&text) {
        texts.push(text);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_plain_resume_is_read() {
        let reading = read(
            "Curriculum Vitae\n\nNoor Example\nnoor@example.org | +48 555 010 999 | Gdynia, Poland | github.com/noor-demo\n\n\
             Experience\nSenior Engineer at Harbor Labs, 2022-03 - present\nEngineer at Quarry & Co (2018 – 2022)\n\
             Education\nBSc in Physics, Politechnika Nadmorska, 2010 - 2014\nSkills\nRust, and/or Python",
        );
        assert_eq!(reading.name.as_deref(), Some("Noor Example"));
        assert_eq!(reading.emails, ["noor@example.org"]);
        assert_eq!(reading.phones, ["+48 555 010 999"]);
        assert_eq!(reading.location.as_deref(), Some("Gdynia, Poland"));
        assert_eq!(reading.links, ["http://github.com/noor-demo"]);
        assert_eq!(reading.headline.as_deref(), Some("Harbor Labs, Quarry & Co"));
        let [first, second] = reading.parsed.positions.as_slice() else {
            panic!("{reading:?}");
        };
        assert_eq!((first.title.as_str(), first.end), ("Senior Engineer", None));
        assert_eq!(second.end.map(|end| end.year), Some(2022));
        assert_eq!(reading.parsed.schools[0].field, "Physics");
    }

    #[test]
    fn labels_are_obeyed() {
        let reading = read("Name: Ada Example\nLocation: Lyon\nHeadline: Builder\nPhone: 555-0100-22");
        assert_eq!(reading.name.as_deref(), Some("Ada Example"));
        assert_eq!(reading.location.as_deref(), Some("Lyon"));
        assert_eq!(reading.headline.as_deref(), Some("Builder"));
        assert_eq!(reading.phones, ["555-0100-22"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>(), bytes in any::<Vec<u8>>()) {
            let _ = read(&text);
            for section in ["Experience", "Education"] {
                let _ = read(&format!("{section}\n{text}"));
            }
            let _ = text_of(FileType::Txt, &bytes);
        }
    }
}
