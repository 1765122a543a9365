//! What the organisation's administrator has fixed in the browser's managed storage: entries that are laid over the recruiter's own
//! settings and that the recruiter cannot change. Pure.
//!
//! An entry that is not understood is never half applied: what was fixed there before goes on to hold, and the entry is told by
//! its name. No secret belongs here: policies lie on the disk in clear.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::command::ReadingSettings;
use crate::export::rules::ExportRules;
use crate::lever::api_variant::ApiVariant;
use crate::lever::environment::Environment;
use crate::plain;
use crate::text::Millis;

/// Changes can be read every so many minutes.
const READING_INTERVALS: [u32; 4] = [1, 5, 15, 60];
/// Sites whose display can be fixed: those whose pages are read without a click.
const SITES: [&str; 2] = ["linkedin", "github"];
/// What can be shown on them.
const DISPLAYS: [&str; 3] = ["overlay", "quiet", "off"];
/// Export rules that may be nothing, which managed storage can only say by an empty text.
const MAY_BE_NOTHING: [&str; 3] = ["owner", "stage", "posting"];

/// Under which names a policy is kept.
const FIXED: &str = "fixed";
const WRONG: &str = "wrong";

/// What the name of an entry begins with. Every entry stands alone in managed storage: browsers drop a value that is of the wrong
/// type, with all that is inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    /// [`ExportRules`].
    Export,
    /// [`ReadingSettings`].
    Reading,
    /// What is shown on a site.
    Display,
}

impl Section {
    const ALL: [Self; 3] = [Self::Export, Self::Reading, Self::Display];

    fn name(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Reading => "reading",
            Self::Display => "display",
        }
    }

    fn understood(self, field: &str, value: &Value) -> Option<Value> {
        let value = match (field, value.as_str()) {
            ("earliest", Some("")) => Value::Null,
            // Milliseconds do not fit a policy of Windows, and nobody writes them.
            ("earliest", Some(day)) => Millis::of_day(day)?.0.into(),
            (field, Some("")) if MAY_BE_NOTHING.contains(&field) => Value::Null,
            _ => value.clone(),
        };
        let fields = &mut std::iter::once((field, &value));
        let is_understood = match self {
            Self::Export => laid_over(&ExportRules::default(), fields).is_some_and(|rules| rules.check().is_ok()),
            Self::Reading => {
                laid_over(&ReadingSettings::default(), fields).is_some_and(|settings| can_be_kept(&settings))
            }
            Self::Display => SITES.contains(&field) && value.as_str().is_some_and(|word| DISPLAYS.contains(&word)),
        };
        is_understood.then_some(value)
    }
}

/// Whether the mirror can be kept so.
#[must_use]
pub fn can_be_kept(settings: &ReadingSettings) -> bool {
    READING_INTERVALS.contains(&settings.every_minutes)
}

/// What is fixed, by names such as `export.stage`, and the names of what was not understood.
#[derive(Debug, Default)]
pub struct Policy {
    fixed: Map<String, Value>,
    wrong: Vec<String>,
}

/// A fixed entry, for whoever shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct FixedEntry {
    /// Its name in managed storage, such as `export.only_prospects` or `environment`.
    pub entry: String,
    /// Its value as JSON.
    pub value: String,
}

impl Policy {
    /// As [`Policy::to_text`] gives it.
    #[must_use]
    pub fn from_text(kept: &str) -> Self {
        // By way of `Value`, as everywhere in this file: a reader of its own would only make the core larger.
        let mut kept: Value = serde_json::from_str(kept).unwrap_or_default();
        let mut part = |name| kept.get_mut(name).map(Value::take);
        let fixed = match part(FIXED) {
            Some(Value::Object(fixed)) => fixed,
            _ => Map::new(),
        };
        let wrong = match part(WRONG) {
            Some(Value::Array(wrong)) => wrong,
            _ => Vec::new(),
        };
        let wrong = wrong.iter().filter_map(Value::as_str);
        Self {
            fixed,
            wrong: wrong.map(str::to_owned).collect(),
        }
    }

    /// To be kept: equal policies have equal texts.
    #[must_use]
    pub fn to_text(&self) -> String {
        let text = |text: &str| Value::from(text).to_string();
        let fixed = self
            .fixed
            .iter()
            .map(|(entry, value)| format!("{}:{value}", text(entry)));
        let fixed: Vec<String> = fixed.collect();
        let wrong: Vec<String> = self.wrong.iter().map(|entry| text(entry)).collect();
        format!(
            r#"{{"{FIXED}":{{{}}},"{WRONG}":[{}]}}"#,
            fixed.join(","),
            wrong.join(",")
        )
    }

    /// What managed storage says now, after what it said before.
    #[must_use]
    pub fn of(managed: &Map<String, Value>, before: &Self) -> Self {
        let mut policy = Self::default();
        for (entry, value) in managed {
            let holds = match understood(entry, value) {
                Some(value) => Some(value),
                None => {
                    policy.wrong.push(entry.clone());
                    before.fixed.get(entry).cloned()
                }
            };
            policy.fixed.extend(holds.map(|value| (entry.clone(), value)));
        }
        policy
    }

    /// Fields of a section and their values.
    fn of_section(&self, section: Section) -> impl Iterator<Item = (&str, &Value)> {
        self.fixed.iter().filter_map(move |(entry, value)| {
            let (part, field) = entry.split_once('.')?;
            (part == section.name()).then_some((field, value))
        })
    }

    fn over<T: Serialize + DeserializeOwned>(&self, section: Section, own: T) -> T {
        // Each was tried on its own before it was kept.
        laid_over(&own, &mut self.of_section(section)).unwrap_or(own)
    }

    /// The recruiter's rules with what is fixed laid over them.
    #[must_use]
    pub fn over_rules(&self, own: ExportRules) -> ExportRules {
        self.over(Section::Export, own)
    }

    /// How the mirror is kept, with what is fixed laid over the recruiter's own.
    #[must_use]
    pub fn over_reading(&self, own: ReadingSettings) -> ReadingSettings {
        self.over(Section::Reading, own)
    }

    /// New rules without a change of what is fixed: there those of before stay, and hold again when nothing is fixed any more.
    #[must_use]
    pub fn rules_to_keep(&self, new: ExportRules, before: &ExportRules) -> ExportRules {
        self.kept(Section::Export, new, before)
    }

    /// The same for how the mirror is kept.
    #[must_use]
    pub fn reading_to_keep(&self, new: ReadingSettings, before: &ReadingSettings) -> ReadingSettings {
        self.kept(Section::Reading, new, before)
    }

    fn kept<T: Serialize + DeserializeOwned>(&self, section: Section, new: T, before: &T) -> T {
        let before = fields_of(before).unwrap_or_default();
        let fixed = self.of_section(section);
        let mut kept = fixed.filter_map(|(field, _)| Some((field, before.get(field)?)));
        laid_over(&new, &mut kept).unwrap_or(new)
    }

    /// Whether an entry such as `export.undo_ms` is fixed.
    #[must_use]
    pub fn fixes(&self, entry: &str) -> bool {
        self.fixed.contains_key(entry)
    }

    /// The only Lever that may be connected to, where that is fixed.
    #[must_use]
    pub fn environment(&self) -> Option<Environment> {
        environment_of(self.fixed.get("environment")?.as_str()?)
    }

    /// The variant of Lever's API, where that is fixed.
    #[must_use]
    pub fn api(&self) -> Option<ApiVariant> {
        ApiVariant::of(self.fixed.get("api")?.as_str()?)
    }

    /// What is fixed, by name.
    #[must_use]
    pub fn entries(&self) -> Vec<FixedEntry> {
        let entry = |(entry, value): (&String, &Value)| FixedEntry {
            entry: entry.clone(),
            value: value.to_string(),
        };
        self.fixed.iter().map(entry).collect()
    }

    /// Names of what was not understood.
    #[must_use]
    pub fn wrong(&self) -> &[String] {
        &self.wrong
    }
}

/// The value of an entry as the settings themselves hold it; nothing where there is no such entry, or where it cannot be one.
fn understood(entry: &str, value: &Value) -> Option<Value> {
    if let Some((part, field)) = entry.split_once('.') {
        let section = Section::ALL.into_iter().find(|section| section.name() == part)?;
        return section.understood(field, value);
    }
    let word = value.as_str()?;
    let is_understood = match entry {
        "environment" => environment_of(word).is_some(),
        "api" => ApiVariant::of(word).is_some(),
        _ => false,
    };
    is_understood.then(|| value.clone())
}

fn environment_of(word: &str) -> Option<Environment> {
    match word {
        "production" => Some(Environment::Production),
        "sandbox" => Some(Environment::Sandbox),
        "eu" => Some(Environment::Eu),
        _ => None,
    }
}

fn fields_of<T: Serialize>(settings: &T) -> Option<Value> {
    // By way of text: the core reads and writes settings as text everywhere else, and needs no second way.
    serde_json::from_str(&serde_json::to_string(settings).ok()?).ok()
}

/// Settings with some fields replaced; nothing where there is no such field, or where it does not take the value.
fn laid_over<'a, T: Serialize + DeserializeOwned>(
    settings: &T,
    fields: &mut dyn Iterator<Item = (&'a str, &'a Value)>,
) -> Option<T> {
    let laid = replaced(fields_of(settings)?, fields)?;
    plain::from_str(&laid).ok()
}

fn replaced<'a>(mut settings: Value, fields: &mut dyn Iterator<Item = (&'a str, &'a Value)>) -> Option<String> {
    for (field, value) in fields {
        *settings.get_mut(field)? = value.clone();
    }
    Some(settings.to_string())
}
