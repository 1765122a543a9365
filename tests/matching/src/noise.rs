//! How a name is written down: shortened, misspelt, without its marks, with a degree or a flag. One function for Lever's
//! records and one for pages; the rates are in `rates.rs`.

use std::collections::BTreeMap;

use crate::draw::Draw;
use crate::names::{Culture, FullName, Names, romanised};
use crate::person::is_family_first;
use crate::rates;

static NICKNAMES: &str = include_str!("../data/nicknames.txt");

/// Short forms of given names.
pub struct Nicknames {
    forms: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Nicknames {
    /// Reads the table.
    #[must_use]
    pub fn read() -> Self {
        let forms = NICKNAMES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut words = line.split_whitespace();
                Some((words.next()?, words.collect()))
            })
            .collect();
        Self { forms }
    }

    /// Every name with each of its short forms.
    pub fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
        NICKNAMES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| {
                let mut words = line.split_whitespace();
                let name = words.next().unwrap_or_default();
                words.map(move |short| (name, short))
            })
    }

    /// A short form of the name, where it has one.
    #[must_use]
    pub fn draw(&self, given: &str, draw: &mut Draw) -> Option<&'static str> {
        self.forms.get(given).and_then(|forms| draw.pick(forms).copied())
    }
}

/// Who wrote the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// Somebody who filled in Lever.
    Recruiter,
    /// The person on LinkedIn or on a site of their own.
    Owner,
    /// The person on GitHub.
    Developer,
}

/// How far a written name may be from the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// As people write.
    Usual,
    /// The full name, so that a namesake is one.
    FullName,
}

/// A name as somebody wrote it.
#[must_use]
pub fn written(
    names: &Names,
    nicknames: &Nicknames,
    name: &FullName,
    writer: Writer,
    care: Care,
    draw: &mut Draw,
) -> String {
    let usual = care == Care::Usual;
    if let Some(native) = name
        .native
        .as_ref()
        .filter(|_| usual && draw.chance(rates::NATIVE_SCRIPT))
    {
        return match name.culture {
            Culture::Chinese => {
                let own = format!("{}{}", native.family, native.given);
                if draw.chance(0.25) {
                    format!("{own} ({} {})", name.given, name.family)
                } else {
                    own
                }
            }
            _ if draw.chance(0.15) => format!("{} {}", native.family, native.given),
            _ => {
                let short = nicknames.draw(&native.given, draw).filter(|_| draw.chance(0.15));
                format!("{} {}", short.unwrap_or(&native.given), native.family)
            }
        };
    }
    let mut given = name.given.clone();
    let mut family = name.family.clone();
    if let Some(native) = name.native.as_ref().filter(|_| name.culture == Culture::Cyrillic)
        && usual
        && draw.chance(rates::OTHER_SPELLING * 2.0)
    {
        let habit = draw.below(3);
        given = romanised(&native.given, habit);
        family = romanised(&native.family, habit);
    }
    if usual && matches!(name.culture, Culture::Arabic | Culture::Korean | Culture::Chinese) {
        respell(names, name, &mut given, &mut family, draw);
    }
    if let Some(foreign) = name.foreign_given.as_ref().filter(|_| usual) {
        match draw.below(10) {
            0..=4 => given.clone_from(foreign),
            5 | 6 => given = format!("{foreign} {given}"),
            _ => {}
        }
    }
    if usual
        && writer == Writer::Recruiter
        && let Some(former) = &name.former_family
        && draw.chance(rates::FORMER_NAME_ON_RECORD / 0.0585)
    {
        family.clone_from(former);
    }
    // About 55 in 100 people have a name with a short form.
    if usual
        && draw.chance(rates::NICKNAME / 0.5)
        && let Some(short) = nicknames.draw(&given, draw)
    {
        given = short.to_owned();
    }
    if usual && draw.chance(rates::TYPO) {
        if draw.chance(0.5) {
            given = mistyped(&given, draw);
        } else {
            family = mistyped(&family, draw);
        }
    }
    if usual && draw.chance(rates::INITIAL) {
        if draw.chance(0.5) {
            given = initial(&given);
        } else {
            family = initial(&family);
        }
    }
    if let Some(second) = name
        .second_family
        .as_ref()
        .filter(|_| !draw.chance(rates::SECOND_SURNAME_DROPPED))
    {
        let hyphen = draw.chance(0.06);
        family = format!("{family}{}{second}", if hyphen { "-" } else { " " });
    } else if usual && name.second_family.is_some() && name.culture == Culture::Portuguese && draw.chance(0.25) {
        // Many Brazilians go by the last of their names.
        family = name.second_family.clone().unwrap_or(family);
    }
    let middle = name.middle.as_ref().and_then(|middle| match draw.below(20) {
        0..=8 => None,
        9..=15 if name.culture != Culture::Vietnamese => Some(initial(middle)),
        _ => Some(middle.clone()),
    });
    let mut folded = match writer {
        Writer::Recruiter => rates::FOLDED_IN_LEVER,
        Writer::Owner => rates::FOLDED_ON_PAGE,
        Writer::Developer => (rates::FOLDED_IN_LEVER + rates::FOLDED_ON_PAGE) / 2.0,
    };
    if name.culture == Culture::Vietnamese {
        folded = folded.max(0.5);
    }
    let fold_to_two =
        matches!(name.culture, Culture::German | Culture::Nordic) && draw.chance(rates::FOLDED_TO_TWO_LETTERS);
    let without_marks = draw.chance(folded);
    let fold = |text: &str| {
        if without_marks {
            unmarked(text, fold_to_two)
        } else {
            text.to_owned()
        }
    };
    let (given, family, middle) = (fold(&given), fold(&family), middle.as_deref().map(fold));
    let generation = name.generation.filter(|_| care == Care::FullName || draw.chance(0.6));
    let whole = assemble(name, writer, &given, middle.as_deref(), &family, generation, draw);
    decorated(whole, writer, draw)
}

fn assemble(
    name: &FullName,
    writer: Writer,
    given: &str,
    middle: Option<&str>,
    family: &str,
    generation: Option<&str>,
    draw: &mut Draw,
) -> String {
    let front = match middle {
        Some(middle) if name.culture != Culture::Vietnamese => format!("{given} {middle}"),
        _ => given.to_owned(),
    };
    let last_first = if writer == Writer::Recruiter {
        rates::LAST_FIRST
    } else {
        0.005
    };
    let mut whole = if is_family_first(name.culture) && draw.chance(rates::FAMILY_FIRST) {
        match middle {
            Some(middle) => format!("{family} {middle} {given}"),
            None => format!("{family} {given}"),
        }
    } else if draw.chance(last_first) {
        format!("{family}, {front}")
    } else {
        format!("{front} {family}")
    };
    if let Some(generation) = generation {
        whole.push(' ');
        whole.push_str(generation);
    }
    whole
}

fn decorated(mut whole: String, writer: Writer, draw: &mut Draw) -> String {
    if draw.chance(rates::CAPITALS) {
        whole = if draw.chance(0.65) {
            whole.to_uppercase()
        } else {
            whole.to_lowercase()
        };
    }
    let credentials = match writer {
        Writer::Owner => rates::CREDENTIALS,
        Writer::Recruiter => rates::CREDENTIALS / 2.0,
        Writer::Developer => 0.005,
    };
    if draw.chance(credentials) {
        whole.push_str(draw.text(&[
            ", PhD",
            ", MBA",
            ", PMP",
            ", CPA",
            ", Ph.D.",
            ", CFA, MBA",
            ", SHRM-CP",
            ", PMP®",
            " MSc",
            ", CISSP",
        ]));
    }
    if writer != Writer::Recruiter && draw.chance(rates::EMOJI) {
        whole.push_str(draw.text(&[" 🚀", " 🌍", " ✨", " 💻", " 🇺🇦", " 🏳️‍🌈"]));
    }
    if writer == Writer::Owner && draw.chance(rates::PRONOUNS) {
        whole.push_str(draw.text(&[" (She/Her)", " (he/him)", " (They/Them)"]));
    }
    if writer == Writer::Recruiter && draw.chance(rates::NOTE_AS_NAME) {
        whole.push_str(draw.text(&[
            " - REJECTED",
            " (DUPLICATE)",
            " - do not contact",
            " [referral]",
            " / on hold",
            " - 2nd interview",
        ]));
    }
    whole
}

fn respell(names: &Names, name: &FullName, given: &mut String, family: &mut String, draw: &mut Draw) {
    if draw.chance(rates::OTHER_SPELLING) {
        let others: Vec<&str> = names.variants(name.culture, &name.given).collect();
        if let Some(other) = draw.pick(&others) {
            *given = (*other).to_owned();
        }
    }
    match name.culture {
        Culture::Korean => match draw.below(10) {
            0..=2 => *given = given.replace('-', " "),
            3 | 4 => *given = given.replace('-', ""),
            _ => {}
        },
        Culture::Arabic if family.contains('-') => match draw.below(10) {
            0 | 1 => *family = family.replace('-', " "),
            2 | 3 => *family = family.replace('-', "").to_lowercase(),
            _ => {}
        },
        _ => {}
    }
    *family = crate::names::capitalised(family);
}

fn initial(text: &str) -> String {
    text.chars().take(1).chain(std::iter::once('.')).collect()
}

/// Two neighbours swapped, or one letter lost.
fn mistyped(text: &str, draw: &mut Draw) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 4 {
        return text.to_owned();
    }
    let at = 1 + draw.below(letters.len() - 2);
    if draw.chance(0.6) {
        letters.swap(at, at + 1);
    } else {
        letters.remove(at);
    }
    letters.into_iter().collect()
}

/// Without marks; with `to_two` as German and Nordic typewriters did it.
#[must_use]
pub fn unmarked(text: &str, to_two: bool) -> String {
    let replaced: String = if to_two {
        text.chars()
            .flat_map(|letter| {
                match letter {
                    'ä' | 'æ' => "ae",
                    'ö' | 'ø' => "oe",
                    'ü' => "ue",
                    'å' => "aa",
                    'Ä' | 'Æ' => "Ae",
                    'Ö' | 'Ø' => "Oe",
                    'Ü' => "Ue",
                    'Å' => "Aa",
                    other => return vec![other],
                }
                .chars()
                .collect()
            })
            .collect()
    } else {
        text.to_owned()
    };
    deunicode::deunicode(&replaced)
}
