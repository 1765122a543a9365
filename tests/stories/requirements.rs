//! Each requirement of the export is named by the test that shows it, so that whoever changes one finds the other.

use std::path::Path;

/// Rows of requirements §2.
const ROWS: std::ops::RangeInclusive<u32> = 1..=20;

/// Comments of all stories, native and in the browser.
fn comments(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_story = path.extension().is_some_and(|ending| ending == "rs" || ending == "ts");
        if path.is_dir() {
            comments(&path, found);
        } else if is_story && !path.ends_with("requirements.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = text.lines().map(str::trim_start);
            let is_comment = |line: &&str| line.starts_with("//") || line.starts_with('*');
            found.extend(lines.filter(is_comment).map(str::to_lowercase));
        }
    }
}

#[test]
fn every_row_about_the_export_is_named_by_a_test() {
    let mut found = Vec::new();
    for folder in ["tests/stories", "tests/e2e"] {
        comments(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    let names = |row: u32| {
        let row = format!("2.{row}");
        found.iter().filter(|line| line.contains("requirements")).any(|line| {
            line.split(|letter: char| !letter.is_ascii_digit() && letter != '.')
                .any(|word| word.trim_matches('.') == row)
        })
    };
    let missing: Vec<u32> = ROWS.filter(|row| !names(*row)).collect();
    assert!(missing.is_empty(), "no test names requirements 2.{missing:?}");
}
