//! Every statement of the mirror is held against its query plan: none may look at every person or candidacy, since there are a
//! million of them.

use rusqlite::{Connection, StatementStatus};

use super::schema;

const SOURCES: [(&str, &str); 17] = [
    ("account", include_str!("account.rs")),
    ("columns", include_str!("columns.rs")),
    ("details", include_str!("details.rs")),
    ("employer_aliases", include_str!("employer_aliases.rs")),
    ("file", include_str!("file.rs")),
    ("pairs", include_str!("pairs.rs")),
    ("history", include_str!("history.rs")),
    ("known", include_str!("known.rs")),
    ("meta", include_str!("meta.rs")),
    ("read", include_str!("read.rs")),
    ("rediscovery", include_str!("rediscovery.rs")),
    ("rows", include_str!("rows.rs")),
    ("search", include_str!("search.rs")),
    ("statistics", include_str!("statistics.rs")),
    ("sync/counts", include_str!("sync/counts.rs")),
    ("sync/details", include_str!("sync/details.rs")),
    ("walk", include_str!("walk.rs")),
];

/// Tables that grow with the number of people.
const LARGE: [&str; 6] = [
    "contact",
    "opportunity",
    "application",
    "detail",
    "history",
    "frequency",
];

/// The text literals of a source that are statements, without those that are put together.
fn statements(source: &str) -> Vec<String> {
    let before_tests = source.split("#[cfg(test)]").next().unwrap_or_default();
    let verbs = ["\"SELECT ", "\"UPDATE ", "\"DELETE ", "\"INSERT "];
    let mut found = Vec::new();
    for verb in verbs {
        for (place, _) in before_tests.match_indices(verb) {
            let literal = before_tests.split_at(place + 1).1;
            let statement = literal.split_once('"').map_or("", |(statement, _)| statement);
            if !statement.contains('{') {
                found.extend(
                    statement
                        .split(';')
                        .filter(|one| !one.trim().is_empty())
                        .map(str::to_owned),
                );
            }
        }
    }
    found
}

#[test]
fn no_statement_looks_at_every_person_or_candidacy() {
    let connection = Connection::open_in_memory().unwrap();
    schema::prepare(&connection).unwrap();
    let mut looked_at = 0;
    for (file, source) in SOURCES {
        for statement in statements(source) {
            let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
            let parameters = vec![rusqlite::types::Value::Null; plan.parameter_count()];
            let steps: Vec<String> = plan
                .query_map(rusqlite::params_from_iter(parameters), |row| row.get(3))
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            // The last row of a table is found without looking at the others; the latest so many are a look at so many.
            let is_bounded = statement.contains("max(row)") || statement.contains("ORDER BY row DESC LIMIT");
            for step in &steps {
                let scanned = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
                let is_whole = scanned.is_some_and(|table| LARGE.contains(&table));
                assert!(!is_whole || is_bounded, "{file}: {statement}\n{steps:?}");
            }
            looked_at += 1;
        }
    }
    assert!(looked_at > 70, "only {looked_at} statements were found");
}

#[test]
fn a_statement_is_prepared_once_whatever_is_bound() {
    let connection = Connection::open_in_memory().unwrap();
    schema::prepare(&connection).unwrap();
    for sql in [
        "SELECT posting FROM application WHERE opportunity = ?1 ORDER BY id",
        "SELECT rowid FROM opportunity_word WHERE opportunity_word MATCH '_c' || ?1",
    ] {
        let mut statement = connection.prepare(sql).unwrap();
        for row in [7, 8, 1_000_000] {
            statement.query([row]).unwrap().next().unwrap();
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0, "{sql}");
    }
}
