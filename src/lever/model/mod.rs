//! Lever's replies, read tolerantly: unknown fields are ignored, null and absent are one thing, an id may come expanded into an
//! object, numbers may come as text (lever-api §2.3, §4.9). One bad row never loses the page it is on.

use std::fmt;

use serde::Deserialize;
use serde::de::Deserializer;

use crate::text::{Millis, Private};

pub mod account;
pub mod application;
pub mod feedback;
pub mod file;
pub mod form;
pub mod interview;
pub mod locate;
pub mod note;
pub mod opportunity;
pub mod posting;
pub mod referral;
pub mod requisition;

/// Absent and `null` read as the type's default.
///
/// # Errors
/// When the value is of another kind.
pub fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// A list whose odd elements are left out instead of refusing the whole row.
///
/// # Errors
/// When it is no list.
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

/// An object that is left out where it is of another kind: the row says less, and is not lost.
///
/// # Errors
/// When the JSON itself is broken.
pub fn tolerant_object<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: serde::de::DeserializeOwned,
{
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

/// A number as Lever may write it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Whole(i64),
    Fraction(f64),
    Text(String),
}

impl Written {
    /// The whole number; `None` for an empty text, and for a text that is no number.
    fn whole(self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(number),
            Self::Fraction(number) => Some(number as i64),
            Self::Text(text) => {
                let text = text.trim();
                text.parse()
                    .ok()
                    .or_else(|| text.parse::<f64>().ok().map(|number| number as i64))
            }
        }
    }
}

/// A whole number, as a number or as text; absent where it is neither.
///
/// # Errors
/// When it is a list or an object.
pub fn tolerant_number<'de, D>(deserializer: D) -> Result<Option<i64>, D::Error>
where
    D: Deserializer<'de>,
{
    Ok(Option::<Written>::deserialize(deserializer)?.and_then(Written::whole))
}

/// A time in milliseconds, as a number or as text.
///
/// # Errors
/// When it is a list or an object.
pub fn tolerant_time<'de, D>(deserializer: D) -> Result<Option<Millis>, D::Error>
where
    D: Deserializer<'de>,
{
    Ok(tolerant_number(deserializer)?.map(Millis))
}

/// An id, or the object it stands for where a reply was expanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference<T> {
    /// The id alone.
    Id(String),
    /// The object.
    Object(T),
}

/// Through one value, so that the parser of `T` exists once: for text, for values and for serde's own buffers it would be three
/// times the size in the browser.
impl<'de, T: serde::de::DeserializeOwned> Deserialize<'de> for Reference<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(id) => Ok(Self::Id(id)),
            object => serde_json::from_value(object)
                .map(Self::Object)
                .map_err(serde::de::Error::custom),
        }
    }
}

/// Rows that are told apart by an id.
pub trait Identified {
    /// The id.
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

/// The debug form of a row about a person: its id and nothing else.
fn only_id(formatter: &mut fmt::Formatter<'_>, name: &str, id: &dyn fmt::Debug) -> fmt::Result {
    formatter
        .debug_struct(name)
        .field("id", id)
        .field("rest", &Private)
        .finish_non_exhaustive()
}

/// Gives row types their id, and a debug form that shows nothing else.
macro_rules! private_rows {
    ($($name:ident),+) => {
        $(
            impl $crate::lever::model::Identified for $name {
                fn identifier(&self) -> &str {
                    self.id.as_ref()
                }
            }

            impl std::fmt::Debug for $name {
                fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    $crate::lever::model::only_id(formatter, stringify!($name), &self.id)
                }
            }
        )+
    };
}

pub(crate) use private_rows;
