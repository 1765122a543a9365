//! The tables behind the normal forms, in one file that `build.rs` makes of `data/`. Natively they are compiled in. In the
//! browser they come beside the module: a module is compiled anew at each start and data need not be. Nothing may be asked
//! before they are there: names and links would be read wrongly, and kept so.

use std::sync::OnceLock;

/// A table, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    /// `public_suffixes.txt` as a tree.
    PublicSuffixes,
    /// `romanisation.txt` in streams of bytes.
    Romanisation,
    /// `nicknames_english.txt`.
    NicknamesEnglish,
    /// `nicknames_english_more.txt`.
    NicknamesEnglishMore,
    /// `nicknames_other_languages.txt`.
    NicknamesOtherLanguages,
    /// `name_spellings.txt`.
    NameSpellings,
    /// `places.txt`.
    Places,
    /// `title_words.txt`.
    TitleWords,
    /// `company_aliases.txt`.
    CompanyAliases,
    /// `schools.txt`.
    Schools,
    /// `common_given_names.txt`.
    CommonGivenNames,
    /// `common_family_names.txt`.
    CommonFamilyNames,
    /// `word_lists.txt`, asked by [`WordList`].
    WordLists,
}

/// How many tables the file has.
#[cfg(any(test, not(feature = "tables-inside")))]
const TABLES: usize = Table::WordLists as usize + 1;

/// The file that came is not the one that belongs to this module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the tables do not belong to this core")]
pub struct WrongTables;

#[cfg(feature = "tables-inside")]
fn file() -> &'static [u8] {
    static FILE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/tables.bin"));
    FILE
}

#[cfg(not(feature = "tables-inside"))]
static FILE: OnceLock<&'static [u8]> = OnceLock::new();

#[cfg(not(feature = "tables-inside"))]
fn file() -> &'static [u8] {
    FILE.get().copied().unwrap_or_default()
}

/// Takes the file in, once, before anything is asked.
///
/// # Errors
/// [`WrongTables`] for a file of another version, or one that was cut.
#[cfg(not(feature = "tables-inside"))]
pub fn install(bytes: Vec<u8>) -> Result<(), WrongTables> {
    if !belongs_here(&bytes) {
        return Err(WrongTables);
    }
    // The module lives as long as its worker, and so do they.
    FILE.get_or_init(|| Box::leak(bytes.into_boxed_slice()));
    Ok(())
}

/// Whether the file is the very one that was made with this module.
#[cfg(any(test, not(feature = "tables-inside")))]
pub(crate) fn belongs_here(bytes: &[u8]) -> bool {
    const HASH: &str = env!("FULCRUM_TABLES_HASH");
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}") == HASH && section(bytes, TABLES - 1).is_some()
}

/// A table's bytes: each section has its length in front, four bytes, the lowest first.
fn section(file: &[u8], number: usize) -> Option<&[u8]> {
    let mut rest = file;
    for place in 0..=number {
        let (length, behind) = rest.split_first_chunk::<4>()?;
        let (table, behind) = behind.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        if place == number {
            return Some(table);
        }
        rest = behind;
    }
    None
}

/// A table's bytes.
pub(crate) fn bytes(table: Table) -> &'static [u8] {
    section(file(), table as usize).unwrap_or_default()
}

/// A table's text.
pub(crate) fn text(table: Table) -> &'static str {
    std::str::from_utf8(bytes(table)).unwrap_or_default()
}

/// One of the lists of words in `word_lists.txt`: the list's name in front, then its words in alphabetical order.
pub(crate) struct WordList {
    name: &'static str,
    words: OnceLock<Vec<&'static str>>,
}

impl WordList {
    /// The list of this name.
    pub(crate) const fn named(name: &'static str) -> Self {
        Self {
            name,
            words: OnceLock::new(),
        }
    }

    /// Whether the word is in it.
    pub(crate) fn contains(&self, word: &str) -> bool {
        let words = self.words.get_or_init(|| {
            let mut lists = text(Table::WordLists).lines();
            let list = lists.find_map(|line| line.strip_prefix(self.name)?.strip_prefix(' '));
            list.unwrap_or_default().split(' ').collect()
        });
        words.binary_search(&word).is_ok()
    }
}

#[cfg(all(test, feature = "tables-inside"))]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_there_and_another_file_is_refused() {
        assert!((0..TABLES).all(|table| section(file(), table).is_some_and(|table| table.len() > 500)));
        assert!(belongs_here(file()));
        assert!(text(Table::Places).contains("berlin") && text(Table::NicknamesEnglish).contains("bob"));
        for list in text(Table::WordLists).lines() {
            let words: Vec<&str> = list.split(' ').skip(1).collect();
            assert!(
                words.len() > 4 && words.windows(2).all(|pair| pair[0] < pair[1]),
                "{list}"
            );
        }
        let mut other = file().to_vec();
        other.pop();
        assert!(!belongs_here(&other) && !belongs_here(&[]));
    }
}
