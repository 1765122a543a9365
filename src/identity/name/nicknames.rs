//! Which short names stand for which names. Directed and not closed: Alex is short for Alexander and for Alexandra, who
//! are not each other (matching.md §5.1).
//!
//! English: the `nicknames` data set (Apache-2.0, see `data/NOTICE`). What it lacks (Katie for Katherine), other
//! languages and spellings: our own short tables.

use std::sync::OnceLock;

use crate::identity::tables::{self, Table};

/// One line a name: the name, then its short forms, all in ASCII lower case.
const TABLES: [Table; 3] = [
    Table::NicknamesEnglish,
    Table::NicknamesEnglishMore,
    Table::NicknamesOtherLanguages,
];
/// One line a group of spellings of one name.
const SPELLINGS: Table = Table::NameSpellings;

/// Is one of the two short for the other?
pub(super) fn is_nickname(one: &str, other: &str) -> bool {
    pairs().binary_search(&(one, other)).is_ok()
}

/// Are both romanisations of one name (Mohammed and Muhammad, Park and Bak)?
pub(super) fn is_spelling(one: &str, other: &str) -> bool {
    let mut ours = lines_of(one).peekable();
    ours.peek().is_some() && ours.any(|line| line.split(' ').any(|name| name == other))
}

/// The other names that one person may go by instead of this one: what it is short for, what is short for it, and its other
/// romanisations. Each once.
pub(super) fn other_names(name: &str) -> Vec<&'static str> {
    let start = pairs().partition_point(|pair| pair.0 < name);
    let nicknames = pairs()
        .iter()
        .skip(start)
        .take_while(|pair| pair.0 == name)
        .map(|pair| pair.1);
    let spellings = lines_of(name)
        .flat_map(|line| line.split(' '))
        .filter(|other| *other != name);
    let mut names: Vec<&'static str> = nicknames.chain(spellings).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The whole names that a name is short for, and the first of its romanisations.
pub(super) fn roots(name: &str) -> Vec<String> {
    static WHOLE: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let whole = WHOLE.get_or_init(|| {
        let lines = TABLES.iter().flat_map(|table| tables::text(*table).lines());
        let mut whole: Vec<(&str, &str)> = lines
            .filter_map(|line| line.split_once(' '))
            .flat_map(|(name, short)| short.split(' ').map(move |short| (short, name)))
            .collect();
        whole.sort_unstable();
        whole
    });
    let start = whole.partition_point(|pair| pair.0 < name);
    let mut roots: Vec<String> = whole
        .iter()
        .skip(start)
        .take_while(|pair| pair.0 == name)
        .map(|pair| pair.1.to_owned())
        .collect();
    roots.extend(first_spellings(name));
    roots
}

/// The first name of each group of romanisations that a name stands in, where it is another.
pub(super) fn first_spellings(name: &str) -> Vec<String> {
    lines_of(name)
        .filter_map(|line| line.split(' ').next())
        .filter(|first| *first != name)
        .map(str::to_owned)
        .collect()
}

/// Each name with each of its short forms, and the reverse.
fn pairs() -> &'static [(&'static str, &'static str)] {
    static PAIRS: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    PAIRS.get_or_init(|| {
        let mut pairs: Vec<(&str, &str)> = TABLES
            .iter()
            .flat_map(|table| tables::text(*table).lines())
            .filter_map(|line| line.split_once(' '))
            .flat_map(|(name, short)| short.split(' ').flat_map(move |short| [(name, short), (short, name)]))
            .collect();
        pairs.sort_unstable();
        pairs
    })
}

/// The lines of spellings that a name stands in.
fn lines_of(name: &str) -> impl Iterator<Item = &'static str> {
    // Each spelling with its line.
    static GROUPS: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let groups = GROUPS.get_or_init(|| {
        let mut groups: Vec<(&str, &str)> = tables::text(SPELLINGS)
            .lines()
            .flat_map(|line| line.split(' ').map(move |name| (name, line)))
            .collect();
        groups.sort_unstable();
        groups
    });
    let start = groups.partition_point(|entry| entry.0 < name);
    groups
        .iter()
        .skip(start)
        .take_while(move |entry| entry.0 == name)
        .map(|entry| entry.1)
        .collect::<Vec<_>>()
        .into_iter()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn short_names_meet_their_name_and_not_each_other() {
        assert!(is_nickname("robert", "bob") && is_nickname("bob", "robert"));
        assert!(is_nickname("alexander", "alex") && is_nickname("alexandra", "alex"));
        assert!(!is_nickname("alexander", "alexandra"));
        assert!(
            is_nickname("jose", "pepe")
                && is_nickname("johannes", "hans")
                && is_nickname("aleksandr", "sasha")
                && is_nickname("katarzyna", "kasia")
        );
        assert!(!is_nickname("jane", "robert"));
    }

    #[test]
    fn the_other_names_of_somebody_are_those_that_meet_them() {
        let names = other_names("alex");
        assert!(names.contains(&"alexander") && names.contains(&"alexandra"));
        for name in ["bob", "robert", "mohammed", "sasha", "pepe"] {
            let others = other_names(name);
            assert!(!others.is_empty() && !others.contains(&name), "{name}");
            assert!(
                others
                    .iter()
                    .all(|other| is_nickname(name, other) || is_spelling(name, other))
            );
        }
        assert!(other_names("nobody").is_empty());
    }

    #[test]
    fn spellings() {
        assert!(is_spelling("mohammed", "muhammad") && is_spelling("park", "bak"));
        assert!(!is_spelling("park", "kim"));
    }

    #[test]
    fn tables_are_folded() {
        for table in TABLES.iter().chain([&SPELLINGS]) {
            for line in tables::text(*table).lines() {
                assert!(
                    line.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ') && line.contains(' '),
                    "{line}"
                );
            }
        }
    }
}
