//! Which short names stand for which names. Directed and not closed: Alex is short for Alexander and for Alexandra, who
//! are not each other (matching.md §5.1).
//!
//! English: the `nicknames` data set (Apache-2.0, see `data/NOTICE`). Other languages and spellings: our own short tables.

use std::sync::OnceLock;

/// One line a name: the name, then its short forms, all in ASCII lower case.
static TABLES: [&str; 2] = [
    include_str!("../data/nicknames_english.txt"),
    include_str!("../data/nicknames_other_languages.txt"),
];
/// One line a group of spellings of one name.
static SPELLINGS: &str = include_str!("../data/name_spellings.txt");

/// Is one of the two short for the other?
pub(super) fn is_nickname(one: &str, other: &str) -> bool {
    static PAIRS: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let pairs = PAIRS.get_or_init(|| {
        let mut pairs: Vec<(&str, &str)> = TABLES
            .iter()
            .flat_map(|table| table.lines())
            .filter_map(|line| line.split_once(' '))
            .flat_map(|(name, short)| short.split(' ').map(move |short| (name, short)))
            .collect();
        pairs.sort_unstable();
        pairs
    });
    pairs.binary_search(&(one, other)).is_ok() || pairs.binary_search(&(other, one)).is_ok()
}

/// Are both romanisations of one name (Mohammed and Muhammad, Park and Bak)?
pub(super) fn is_spelling(one: &str, other: &str) -> bool {
    // Each spelling with the number of its line.
    static GROUPS: OnceLock<Vec<(&str, usize)>> = OnceLock::new();
    let groups = GROUPS.get_or_init(|| {
        let mut groups: Vec<(&str, usize)> = SPELLINGS
            .lines()
            .enumerate()
            .flat_map(|(group, line)| line.split(' ').map(move |name| (name, group)))
            .collect();
        groups.sort_unstable();
        groups
    });
    let of = |name: &str| -> Vec<usize> {
        let start = groups.partition_point(|entry| entry.0 < name);
        groups
            .iter()
            .skip(start)
            .take_while(|entry| entry.0 == name)
            .map(|entry| entry.1)
            .collect()
    };
    let ours = of(one);
    !ours.is_empty() && of(other).iter().any(|group| ours.contains(group))
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
    fn spellings() {
        assert!(is_spelling("mohammed", "muhammad") && is_spelling("park", "bak"));
        assert!(!is_spelling("park", "kim"));
    }

    #[test]
    fn tables_are_folded() {
        for table in TABLES.iter().chain([&SPELLINGS]) {
            for line in table.lines() {
                assert!(
                    line.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ') && line.contains(' '),
                    "{line}"
                );
            }
        }
    }
}
