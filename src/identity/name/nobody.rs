//! Names of firms, foundations and programs that a person's name stands in: `Jane Doe Photography`, `Jane Doe [bot]`. Whoever
//! has such a name is not the person it was made of. In doubt it is a person's: `Jan Bot` has a surname.

use super::words::is_particle;
use crate::identity::tables::WordList;
use crate::identity::text::fold;

/// What follows a name in that of a firm, folded. No word that is a surname anywhere (`Church`, `Law`, `School`), and no legal
/// form that could be a degree or initials (`AG`, `SA`).
static FIRMS: WordList = WordList::named("firms");
/// What follows `&` in the name of a firm.
const WHO_ELSE: [&str; 8] = [
    "associates",
    "co",
    "company",
    "cie",
    "friends",
    "partners",
    "sons",
    "team",
];

/// Whether this is the name of a firm or a program.
#[must_use]
pub fn is_nobodys_name(raw: &str) -> bool {
    // What stands behind a stroke says where somebody is, not who.
    let name = raw.split(['|', '·', '•', '@']).next().unwrap_or_default();
    let folded = fold(&name.replace('&', " and "));
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    is_program(raw, &words) || is_firm(&words)
}

/// `[bot]` is GitHub's own mark of an app.
fn is_program(raw: &str, words: &[&str]) -> bool {
    let raw = raw.trim().to_lowercase();
    if raw.ends_with("[bot]") || raw.ends_with("(bot)") || raw.ends_with("-bot") {
        return true;
    }
    matches!(words, [_, .., before, "bot"] if !is_particle(before))
}

fn is_firm(words: &[&str]) -> bool {
    match words {
        [_, .., "and", last] if WHO_ELSE.contains(last) => true,
        // Of two words, the second may be a surname all the same.
        [_, _, .., last] => FIRMS.contains(last),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firms_and_programs_are_nobody() {
        for name in [
            "Jane Doe Photography",
            "Jane Doe GmbH",
            "Doe & Partners",
            "Jane Doe & Sons",
            "Doe and Associates",
            "Fundación Jane Doe Stiftung",
            "Jane Doe Consulting, LLC",
            "Jane Doe [bot]",
            "jane-doe[bot]",
            "Jane Doe-bot",
            "Jane Doe Bot",
            "The Jane Doe Foundation | Since 1982",
        ] {
            assert!(is_nobodys_name(name), "{name}");
        }
    }

    #[test]
    fn people_are_somebody_whatever_they_do() {
        for name in [
            "Jan Bot",
            "Anna de Bot",
            "Jane Doe | Jane Doe Consulting",
            "Jane Doe @ Example Labs",
            "Jane Church",
            "Anna Marie Law",
            "Jane Doe, MBA",
            "Jane Studio",
            "Jane & John Doe",
            "Jane Doe · Consulting",
            "Doe, Jane",
            "张伟",
            "",
        ] {
            assert!(!is_nobodys_name(name), "{name}");
        }
    }
}
