//! Names of form fields into nested JSON, as the web's form decoders read them: `emails[]`, `archived[reason]`,
//! `phones[0][value]` (lever-api §3.2).
//!
//! Exists once for both kinds of form. Every value stays a text: what it means is the endpoint's to say.

use serde_json::{Map, Value};

/// Deeper names are cut there: nothing of Lever's is nested deeper, and a name must not be able to exhaust the stack.
const DEPTH_MAX: usize = 8;

/// The fields of a form in the order of their coming.
#[derive(Debug, Default)]
pub struct Form {
    root: Branch,
}

#[derive(Debug)]
enum Node {
    Text(String),
    Branch(Branch),
}

#[derive(Debug, Default)]
struct Branch {
    children: Vec<(String, Node)>,
}

impl Form {
    /// Adds one field. `name[]` adds to a list, `name[key]` to an object, `name[0]` to a list at that place; a plain
    /// name given again replaces what was there.
    pub fn add(&mut self, name: &str, value: String) {
        let (first, rest) = name.split_once('[').unwrap_or((name, ""));
        let mut keys = vec![first];
        keys.extend(rest.split('[').map(|key| key.trim_end_matches(']')).take(DEPTH_MAX));
        if rest.is_empty() {
            keys.truncate(1);
        }
        self.root.put(&keys, value);
    }

    /// The fields as JSON.
    #[must_use]
    pub fn finish(self) -> Map<String, Value> {
        self.root
            .children
            .into_iter()
            .map(|(key, node)| (key, node.json()))
            .collect()
    }
}

impl Branch {
    fn put(&mut self, keys: &[&str], value: String) {
        let Some((key, rest)) = keys.split_first() else {
            return;
        };
        // An empty key is the next place of a list.
        let key = if key.is_empty() {
            self.children.len().to_string()
        } else {
            (*key).to_owned()
        };
        let known = self.children.iter().position(|(name, _)| *name == key);
        let place = known.unwrap_or_else(|| {
            self.children.push((key, Node::Branch(Self::default())));
            self.children.len().saturating_sub(1)
        });
        let Some((_, node)) = self.children.get_mut(place) else {
            return;
        };
        if rest.is_empty() {
            *node = Node::Text(value);
            return;
        }
        if let Node::Text(_) = node {
            *node = Node::Branch(Self::default());
        }
        if let Node::Branch(branch) = node {
            branch.put(rest, value);
        }
    }
}

impl Node {
    fn json(self) -> Value {
        let children = match self {
            Self::Text(text) => return Value::String(text),
            Self::Branch(branch) => branch.children,
        };
        let places: Option<Vec<u32>> = children.iter().map(|(key, _)| key.parse().ok()).collect();
        match places {
            None => Value::Object(children.into_iter().map(|(key, node)| (key, node.json())).collect()),
            Some(places) => {
                let mut items: Vec<(u32, Node)> = places
                    .into_iter()
                    .zip(children.into_iter().map(|(_, node)| node))
                    .collect();
                items.sort_by_key(|(place, _)| *place);
                Value::Array(items.into_iter().map(|(_, node)| node.json()).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(fields: &[(&str, &str)]) -> Value {
        let mut form = Form::default();
        for (name, value) in fields {
            form.add(name, (*value).to_owned());
        }
        Value::Object(form.finish())
    }

    #[test]
    fn names_with_brackets_are_lists_and_objects() {
        let read = read(&[
            ("name", "first"),
            ("emails[]", "a@example.org"),
            ("phones[1][value]", "2"),
            ("phones[0][value]", "1"),
            ("phones[0][type]", "work"),
            ("archived[reason]", "r"),
            ("emails[]", "b@example.org"),
            ("name", "second"),
        ]);
        assert_eq!(
            read,
            json!({
                "name": "second",
                "emails": ["a@example.org", "b@example.org"],
                "phones": [{ "value": "1", "type": "work" }, { "value": "2" }],
                "archived": { "reason": "r" },
            })
        );
    }

    proptest! {
        #[test]
        fn no_name_makes_the_reader_panic(names in proptest::collection::vec("[a\\[\\]0-9]{0,40}", 0..8)) {
            let fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
            let _ = read(&fields);
        }
    }
}
