//! FEBRL's reading and linking, on a few invented rows of its shape.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::io::Write as _;

use matching_evaluation::febrl::{Row, Task, read, run};

const HEADER: &str = "rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, \
                      date_of_birth, soc_sec_id";

fn rows(lines: &[&str]) -> Vec<Row> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "{HEADER}").unwrap();
    for line in lines {
        writeln!(file, "{line}").unwrap();
    }
    read(file.path()).unwrap()
}

/// A word that no other number has.
fn word(number: usize) -> String {
    let mut rest = (number + 1) * 7_368_787 % 11_881_376;
    let mut letters = String::new();
    for _ in 0..5 {
        letters.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    letters
}

/// Contacts beside whom the others can be told apart.
fn contacts() -> Vec<String> {
    let given = [
        "amber", "joshua", "kynan", "matilda", "hugo", "isla", "zachary", "tiana",
    ];
    let family = [
        "painter",
        "mahoney",
        "clarke",
        "bishop",
        "dakin",
        "webb",
        "szocinski",
        "nguyen",
    ];
    let suburb = [
        "greenvale",
        "yarraville",
        "dapto",
        "northwood",
        "torquay",
        "mosman",
        "nhill",
        "page",
    ];
    (0..64_usize)
        .map(|number| {
            let (one, other) = (number % 8, number / 8);
            format!(
                "rec-{number}-org, {}, {}, {}, {} {}, {}, {}, {}, nsw, 19{:02}{:02}{:02}, {number}",
                given[one],
                family[other],
                number * 3 % 90 + 1,
                word(number),
                ["street", "place", "drive"][number % 3],
                word(number + 500),
                suburb[(one + other) % 8],
                2000 + number * 37 % 900,
                10 + number * 7 % 80,
                1 + number % 12,
                1 + number * 5 % 28,
            )
        })
        .collect()
}

#[test]
fn finds_those_who_are_misspelt_and_nobody_else() {
    let contacts = contacts();
    let contacts: Vec<&str> = contacts.iter().map(String::as_str).collect();
    let mirror = rows(&contacts);
    let (one, other) = (word(9), word(12));
    let pages = rows(&[
        // A letter too many, and two letters exchanged.
        &format!(
            "rec-9-dup-0, joshuua, mahoney, 28, {one}s treet, {}, dapto, 2333, nsw, 19731046, 0",
            word(509)
        ),
        // Given and family name, and the lines of the address, in each other's place.
        &format!(
            "rec-12-dup-0, mahoney, hugo, 37, {}, {other} street, torquay, 2444, nsw, 19140105, 0",
            word(512)
        ),
        // Nobody.
        "rec-900-dup-0, oliver, quist, 5, other road, , elsewhere, 4999, qld, 19010101, 0",
    ]);
    let found = run(&mirror, &pages, Task::Link).unwrap();
    assert_eq!(found.pairs, 2);
    assert_eq!(found.reached, 2);
    let (precision, recall, _) = found.at(0.5);
    assert_eq!((precision, recall), (1.0, 1.0), "{:#?}", found.faults);
}

#[test]
fn finds_a_person_held_twice() {
    let mut contacts = contacts();
    contacts.push(
        "rec-3-dup-0, matlida, painter, 10, chauvel street, hilldale, northwood, 2111, nsw, 19310416, 0".to_owned(),
    );
    let contacts: Vec<&str> = contacts.iter().map(String::as_str).collect();
    let all = rows(&contacts);
    let found = run(&all, &all, Task::Deduplicate).unwrap();
    assert_eq!(found.pairs, 1);
    let (precision, recall, _) = found.at(0.5);
    assert_eq!((precision, recall), (1.0, 1.0), "{:#?}", found.faults);
}

#[test]
fn refuses_what_is_no_file_of_febrl() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "name, town\nsomebody, somewhere").unwrap();
    assert!(read(file.path()).unwrap_err().to_string().contains("no column rec_id"));
}
