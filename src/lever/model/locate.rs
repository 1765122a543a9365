//! Names the field at which a reply stopped making sense, from the place that the parser gives, without quoting any value.
//! Runs only after a failure, so that the parsers themselves need not carry their path along.

use crate::plain::as_field_name;

/// The field of `json` around line `line` and byte `column` (from 1, as `serde_json` counts), such as `data.archived.reason`;
/// empty at the top. `json` may be broken off.
#[must_use]
pub fn field_at(json: &str, line: usize, column: usize) -> String {
    let before: usize = json
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let end = before.saturating_add(column);
    let mut levels: Vec<Level> = Vec::new();
    let mut text: Option<Text> = None;
    for byte in json.bytes().take(end) {
        if let Some(open) = &mut text {
            if open.is_escaped {
                open.is_escaped = false;
            } else if byte == b'\\' {
                open.is_escaped = true;
            } else if byte == b'"' {
                if let Some(Level::Object { name, expects_name }) = levels.last_mut()
                    && *expects_name
                {
                    *name = Some(String::from_utf8_lossy(&open.bytes).into_owned());
                    *expects_name = false;
                }
                text = None;
            } else {
                open.bytes.push(byte);
            }
            continue;
        }
        match byte {
            b'"' => text = Some(Text::default()),
            b'{' => levels.push(Level::Object {
                name: None,
                expects_name: true,
            }),
            b'[' => levels.push(Level::Array),
            b'}' | b']' => {
                levels.pop();
            }
            b',' => {
                if let Some(Level::Object { expects_name, .. }) = levels.last_mut() {
                    *expects_name = true;
                }
            }
            _ => {}
        }
    }
    let names: Vec<String> = levels.into_iter().filter_map(Level::name).collect();
    let names: Vec<&str> = names.iter().map(|name| as_field_name(name)).collect();
    names.join(".")
}

enum Level {
    Object { name: Option<String>, expects_name: bool },
    Array,
}

impl Level {
    fn name(self) -> Option<String> {
        match self {
            Self::Object { name, .. } => name,
            Self::Array => None,
        }
    }
}

#[derive(Default)]
struct Text {
    bytes: Vec<u8>,
    is_escaped: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_field_is_named_through_lists_and_texts_with_signs() {
        let json = r#"{"name":"a\"}{,[","data":[{"id":"x"},{"archived":{"reason":7}}]}"#;
        assert_eq!(field_at(json, 1, json.find('7').unwrap() + 1), "data.archived.reason");
        assert_eq!(field_at(json, 1, json.len()), "");
        assert_eq!(field_at("{\n \"data\": {\n  \"stage\": tru", 3, 11), "data.stage");
    }

    #[test]
    fn a_name_that_is_no_field_of_levers_is_not_repeated() {
        assert_eq!(field_at(r#"{"Ines Kowalczyk":1}"#, 1, 18), "…");
    }

    proptest! {
        #[test]
        fn any_text_and_place_are_taken(json in any::<String>(), line in 0_usize..9, column in 0_usize..99) {
            let _ = field_at(&json, line, column);
        }
    }
}
