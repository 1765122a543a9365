//! Makes one file of the tables of `src/identity/data/`, which are kept as text that can be read and compared: two of them in a
//! form that weighs less. The core has the file inside, or beside it (`src/identity/tables.rs`).

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let suffixes = table("public_suffixes.txt")?;
    let romanisation = table("romanisation.txt")?;
    // In the order of `Table`.
    let mut tables = vec![
        suffix_tree(&suffixes).into_bytes(),
        romanisation_streams(&romanisation)?,
    ];
    for name in [
        "nicknames_english.txt",
        "nicknames_english_more.txt",
        "nicknames_other_languages.txt",
        "name_spellings.txt",
        "places.txt",
        "title_words.txt",
        "company_aliases.txt",
        "schools.txt",
        "common_given_names.txt",
        "common_family_names.txt",
        "word_lists.txt",
    ] {
        tables.push(table(name)?.into_bytes());
    }
    let mut file = Vec::new();
    for table in tables {
        file.extend(u32::try_from(table.len())?.to_le_bytes());
        file.extend(table);
    }
    // FNV-1a: a module takes no file but its own.
    let hash = file.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    println!("cargo::rustc-env=FULCRUM_TABLES_HASH={hash:016x}");
    fs::write(out.join("tables.bin"), &file)?;
    // Where whoever packs the extension wants it.
    println!("cargo::rerun-if-env-changed=FULCRUM_TABLES");
    if let Some(path) = env::var_os("FULCRUM_TABLES") {
        println!("cargo::rerun-if-changed={}", Path::new(&path).display());
        fs::write(path, &file)?;
    }
    Ok(())
}

fn table(name: &str) -> Result<String, Box<dyn Error>> {
    let path = Path::new("src/identity/data").join(name);
    println!("cargo::rerun-if-changed={}", path.display());
    Ok(fs::read_to_string(path)?)
}

#[derive(Default)]
struct Suffix<'a> {
    is_rule: bool,
    below: BTreeMap<&'a str, Suffix<'a>>,
}

/// `com,jp(*,kobe/(!city,*))`: labels from the right, sorted by bytes; a slash marks a name that is no rule itself.
fn suffix_tree(rules: &str) -> String {
    let mut root = Suffix::default();
    for rule in rules.lines().filter(|rule| !rule.is_empty()) {
        let mut place = &mut root;
        for label in rule.rsplit('.') {
            place = place.below.entry(label).or_default();
        }
        place.is_rule = true;
    }
    let mut text = String::new();
    write_suffixes(&root, &mut text);
    text
}

fn write_suffixes(suffix: &Suffix<'_>, text: &mut String) {
    for (place, (label, suffix)) in suffix.below.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(label);
        if !suffix.is_rule {
            text.push('/');
        }
        if !suffix.below.is_empty() {
            text.push('(');
            write_suffixes(suffix, text);
            text.push(')');
        }
    }
}

/// One line of text with the number of characters and every romanisation, the most frequent first. Then, for the characters in the
/// order of Unicode, three streams of bytes: low bytes of the romanisation's number, high bytes, and how many code points lie
/// between a character and the one before it (255: that many, and more follow).
fn romanisation_streams(table: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut latin_of: BTreeMap<char, &str> = BTreeMap::new();
    let mut written: Vec<(usize, &str)> = Vec::new();
    for line in table.lines() {
        let (latin, characters) = line
            .split_once(' ')
            .ok_or("a line is a romanisation and its characters")?;
        written.push((characters.chars().count(), latin));
        for character in characters.chars() {
            if latin_of.insert(character, latin).is_some() {
                return Err(format!("{character} has two romanisations").into());
            }
        }
    }
    written.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let number_of: BTreeMap<&str, usize> = written
        .iter()
        .enumerate()
        .map(|(number, entry)| (entry.1, number))
        .collect();
    let mut head = latin_of.len().to_string();
    for (_, latin) in &written {
        write!(head, " {latin}")?;
    }
    let (mut low, mut high, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
    let mut next = 0;
    for (&character, latin) in &latin_of {
        let number = u16::try_from(*number_of.get(latin).ok_or("every romanisation has a number")?)?;
        let [first, second] = number.to_le_bytes();
        low.push(first);
        high.push(second);
        let mut gap = u32::from(character) - next;
        next = u32::from(character) + 1;
        while gap >= 255 {
            gaps.push(255);
            gap -= 255;
        }
        gaps.push(u8::try_from(gap)?);
    }
    head.push('\n');
    Ok([head.into_bytes(), low, high, gaps].concat())
}
