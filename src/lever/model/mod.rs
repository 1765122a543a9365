//! Lever's replies, read tolerantly: unknown fields are ignored, null and absent are one thing, an id may come expanded into an
//! object, numbers may come as text (lever-api §2.3, §4.9). One bad row never loses the page it is on.
//!
//! Candidacies come by the million and are read from the JSON's text: what may be odd inside them is found in the text first
//! (`RawValue`). Everything else is read from parsed JSON ([`plain`]), which takes a third of the code.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::plain;
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

/// A `T` that is read from a JSON object or from a text, and from nothing else. Serde's own readers take a list for an object too
/// (its fields in order), which Lever never sends, and which would be half of all the readers' code in the browser.
pub(crate) struct Whole<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WholeVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for WholeVisitor<T> {
            type Value = Whole<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object or a text")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
                T::deserialize(StrDeserializer::new(text)).map(Whole)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Whole)
            }
        }

        deserializer.deserialize_any(WholeVisitor(PhantomData))
    }
}

/// How a row is read.
pub(crate) type ReadRow<T> = fn(&str) -> Result<T, serde_json::Error>;

/// Reads a candidacy, or what is part of one, from its text.
pub(crate) fn from_text<T: serde::de::DeserializeOwned>(row: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(row).map(|Whole(row)| row)
}

/// Reads any other row.
pub(crate) fn parsed<T: serde::de::DeserializeOwned>(row: &str) -> Result<T, serde_json::Error> {
    plain::from_str(row)
}

/// A `T` from its JSON, if that is what it is.
fn understood<T: serde::de::DeserializeOwned>(json: &RawValue) -> Option<T> {
    // The usual nothing needs no words for why it is no `T`.
    if json.get() == "null" {
        return None;
    }
    serde_json::from_str(json.get()).ok().map(|Whole(value)| value)
}

/// A list whose odd elements are left out instead of refusing the whole row. Each element is found first and read then, in the
/// reply's text or in what was parsed: there is no other way back from the middle of an odd one.
///
/// # Errors
/// When it is no list.
pub fn tolerant_list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: serde::de::DeserializeOwned,
{
    if !deserializer.is_human_readable() {
        let elements: Vec<Value> = null_as_default(deserializer)?;
        let elements = elements.iter();
        return Ok(elements.filter_map(|element| plain::from_value(element).ok()).collect());
    }

    struct ListVisitor<T>(PhantomData<T>);

    impl<'de, T: serde::de::DeserializeOwned> Visitor<'de> for ListVisitor<T> {
        type Value = Vec<T>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a list")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
            let mut list = Vec::new();
            while let Some(json) = elements.next_element::<&'de RawValue>()? {
                list.extend(understood(json));
            }
            Ok(list)
        }
    }

    deserializer.deserialize_any(ListVisitor(PhantomData))
}

/// A list of texts whose odd elements are left out: whatever is no text has no middle to come back from, so that, other than
/// in [`tolerant_list`], no element has to be found before it is read.
///
/// # Errors
/// When it is no list.
pub fn tolerant_texts<'de, D>(deserializer: D) -> Result<Vec<String>, D::Error>
where
    D: Deserializer<'de>,
{
    let texts: Vec<MaybeText> = null_as_default(deserializer)?;
    Ok(texts.into_iter().filter_map(|MaybeText(text)| text).collect())
}

/// A text, or nothing where there is something else.
struct MaybeText(Option<String>);

impl<'de> Deserialize<'de> for MaybeText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MaybeTextVisitor;

        impl<'de> Visitor<'de> for MaybeTextVisitor {
            type Value = MaybeText;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("anything")
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(MaybeText(Some(text.to_owned())))
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(MaybeText(None))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
                Ok(MaybeText(None))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
                Ok(MaybeText(None))
            }

            fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
                Ok(MaybeText(None))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
                Ok(MaybeText(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
                while elements.next_element::<IgnoredAny>()?.is_some() {}
                Ok(MaybeText(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(MaybeText(None))
            }
        }

        deserializer.deserialize_any(MaybeTextVisitor)
    }
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
    if !deserializer.is_human_readable() {
        return Ok(plain::from_value(&Value::deserialize(deserializer)?).ok());
    }
    <&'de RawValue>::deserialize(deserializer).map(understood)
}

/// A number as Lever may write it.
struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Option<i64>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number as i64))
    }

    /// Nothing for an empty text, and for a text that is no number.
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        let text = text.trim();
        let fraction = || text.parse::<f64>().ok().map(|number| number as i64);
        Ok(text.parse().ok().or_else(fraction))
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
    deserializer.deserialize_any(NumberVisitor)
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

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Reference<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ReferenceVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for ReferenceVisitor<T> {
            type Value = Reference<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an id or an object")
            }

            fn visit_str<E>(self, id: &str) -> Result<Self::Value, E> {
                Ok(Reference::Id(id.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Reference::Object)
            }
        }

        deserializer.deserialize_any(ReferenceVisitor(PhantomData))
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
