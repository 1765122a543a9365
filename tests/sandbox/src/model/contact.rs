//! Contacts: the people (lever-api §3.4).

use serde_json::{Map, Value, json};

/// A phone number as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// `mobile`, `home`, `work`, `skype`, `other`.
    pub kind: String,
    /// The number, in any form.
    pub value: String,
}

impl Phone {
    fn json(&self) -> Value {
        json!({ "type": self.kind, "value": self.value })
    }
}

/// Whether a contact's data was erased (lever-api §4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anonymity {
    /// A person with a name.
    #[default]
    Named,
    /// Erased; cannot be updated or linked.
    Anonymized,
}

/// A person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Full name; `""` for blank rows.
    pub name: String,
    /// Usually past employers and schools.
    pub headline: String,
    /// Free text; `""` when unknown.
    pub location: String,
    /// Mail addresses as typed.
    pub emails: Vec<String>,
    /// Phone numbers as typed.
    pub phones: Vec<Phone>,
    /// Links, each with a scheme. Shown on opportunities only.
    pub links: Vec<String>,
    /// Whether the data was erased.
    pub anonymity: Anonymity,
}

/// The form in which mail addresses are compared: trimmed and lower-cased (lever-api §3.1, §8).
#[must_use]
pub fn canonical_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// A link as Lever stores it: `http://` is put in front where no scheme is given (lever-api §4.2).
#[must_use]
pub fn with_scheme(link: &str) -> String {
    let link = link.trim();
    let lower = link.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        link.to_owned()
    } else {
        format!("http://{link}")
    }
}

impl Contact {
    /// Phones as JSON.
    #[must_use]
    pub fn phones_json(&self) -> Value {
        Value::Array(self.phones.iter().map(Phone::json).collect())
    }

    /// Whether one of the addresses equals this canonical form.
    #[must_use]
    pub fn has_email(&self, canonical: &str) -> bool {
        self.emails.iter().any(|email| canonical_email(email) == canonical)
    }

    /// The fields every reply about a contact has.
    #[must_use]
    pub fn update_json(&self, id: &str) -> Map<String, Value> {
        let mut shown = Map::new();
        shown.insert("id".into(), json!(id));
        shown.insert("name".into(), json!(self.name));
        shown.insert("headline".into(), json!(self.headline));
        shown.insert("location".into(), json!({ "name": self.location }));
        shown.insert("emails".into(), json!(self.emails));
        shown.insert("phones".into(), self.phones_json());
        shown
    }

    /// As `GET /contacts/:id` shows it.
    #[must_use]
    pub fn json(&self, id: &str) -> Value {
        json!({
            "id": id,
            "name": self.name,
            "headline": self.headline,
            "isAnonymized": self.anonymity == Anonymity::Anonymized,
            "location": { "name": self.location },
            "emails": self.emails,
            "phones": self.phones_json(),
            "dataProtection": { "interviewIntelligence": { "allowed": true, "expiresAt": null } },
        })
    }
}
