//! Lever's replies, read tolerantly: unknown fields are ignored, null and absent are one thing, an id may come expanded into an
//! object, numbers may come as text (lever-api §2.3, §4.9). One bad row never loses the page it is on.

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

use crate::text::Millis;

pub mod account;
pub mod note;
pub mod opportunity;

/// Absent and `null` read as the type's default.
pub fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// A list whose odd elements are left out instead of refusing the whole row.
pub fn tolerant_list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: serde::de::DeserializeOwned,
{
    let values = Option::<Vec<serde_json::Value>>::deserialize(deserializer)?.unwrap_or_default();
    Ok(values
        .into_iter()
        .filter_map(|value| serde_json::from_value(value).ok())
        .collect())
}

/// A time in milliseconds, as a number or as text.
pub fn tolerant_time<'de, D>(deserializer: D) -> Result<Option<Millis>, D::Error>
where
    D: Deserializer<'de>,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Whole(i64),
        Fraction(f64),
        Text(String),
    }
    Ok(match Option::<Written>::deserialize(deserializer)? {
        None => None,
        Some(Written::Whole(milliseconds)) => Some(Millis(milliseconds)),
        Some(Written::Fraction(milliseconds)) => Some(Millis(milliseconds as i64)),
        Some(Written::Text(text)) if text.trim().is_empty() => None,
        Some(Written::Text(text)) => Some(Millis(
            text.trim()
                .parse()
                .map_err(|_| D::Error::custom("not a time in milliseconds"))?,
        )),
    })
}

/// An id, or the object it stands for where a reply was expanded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Reference<T> {
    /// The id alone.
    Id(String),
    /// The object.
    Object(T),
}

/// Objects that carry their id.
pub trait Identified {
    /// The object's id.
    fn identifier(&self) -> &str;
}

impl<T: Identified> Reference<T> {
    /// The id, in either form.
    pub fn id(&self) -> &str {
        match self {
            Self::Id(id) => id,
            Self::Object(object) => object.identifier(),
        }
    }

    /// The object, where it was expanded.
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

/// An object of which only the id matters here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdOnly {
    /// The id.
    pub id: String,
}

impl Identified for IdOnly {
    fn identifier(&self) -> &str {
        &self.id
    }
}
