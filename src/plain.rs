//! Reads small things (commands, settings, plans) from JSON that has been parsed already. serde writes code for every type and every
//! source that it is read from; read from text, each type brings its share of a parser along. Here the text is parsed once, by code
//! that exists once, and what is written for a type is little. Candidacies of Lever, which come by the million, are read from their
//! text.

use serde::de::value::{BorrowedStrDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};

/// Reads a value from a JSON text.
///
/// # Errors
/// When the text is no JSON, or not of this type.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    from_value(&serde_json::from_str(text)?)
}

/// Reads a value from parsed JSON.
///
/// # Errors
/// When it is not of this type.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    T::deserialize(Plain(value))
}

/// Parsed JSON as a source.
#[derive(Clone, Copy)]
pub struct Plain<'de>(pub &'de Value);

/// Fields longer than this, or of other signs than letters, digits and underscores, may be anybody's text.
const LONGEST_NAME: usize = 40;

/// A field's name as an error may tell it.
pub fn as_field_name(name: &str) -> &str {
    let is_name = name.len() <= LONGEST_NAME && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_name { name } else { "…" }
}

/// The fields that lead to where an error is, from the outermost, and what is wrong there.
pub fn place_of(error: &str) -> (Vec<&str>, &str) {
    let (mut fields, mut left) = (Vec::new(), error);
    while let Some((name, rest)) = left.split_once(": ").filter(|(name, _)| as_field_name(name) == *name) {
        fields.push(name);
        left = rest;
    }
    (fields, left)
}

/// Fields of an object; an error says in which.
struct Fields<'de> {
    left: serde_json::map::Iter<'de>,
    next: Option<(&'de str, &'de Value)>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.next = self.left.next().map(|(name, value)| (name.as_str(), value));
        let name = self.next.map(|(name, _)| BorrowedStrDeserializer::new(name));
        name.map(|name| seed.deserialize(name)).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (name, value) = self.next.take().unwrap_or(("", &Value::Null));
        seed.deserialize(Plain(value)).map_err(|error| within(name, &error))
    }
}

#[cold]
#[inline(never)]
fn within(name: &str, error: &Error) -> Error {
    Error::custom(format_args!("{}: {error}", as_field_name(name)))
}

impl Plain<'_> {
    /// What is there instead of what was expected; nothing of its contents, which may be somebody's.
    fn other(self, visitor: &dyn serde::de::Expected) -> Error {
        let there = match self.0 {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(_) => Unexpected::Other("a number"),
            Value::String(_) => Unexpected::Other("a text"),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        Error::invalid_type(there, visitor)
    }
}

impl<'de> IntoDeserializer<'de, Error> for Plain<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Plain<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(_) => self.deserialize_i64(visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Value::Number(number) = self.0 else {
            return Err(self.other(&visitor));
        };
        if let Some(number) = number.as_u64() {
            visitor.visit_u64(number)
        } else if let Some(number) = number.as_i64() {
            visitor.visit_i64(number)
        } else {
            visitor.visit_f64(number.as_f64().unwrap_or_default())
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Bool(value) => visitor.visit_bool(*value),
            _ => Err(self.other(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(text) => visitor.visit_borrowed_str(text),
            _ => Err(self.other(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Plain))),
            _ => Err(self.other(&visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Object(fields) => visitor.visit_map(Fields {
                left: fields.iter(),
                next: None,
            }),
            _ => Err(self.other(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(Variant { name, fields: self }),
            _ => Err(self.other(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    /// Not a text: whoever has to find something in the text before it is read has it parsed already.
    fn is_human_readable(&self) -> bool {
        false
    }

    forward_to_deserialize_any! { i8 i16 i32 i128 u8 u16 u128 f32 char bytes byte_buf unit unit_struct tuple_struct }
}

/// One of several shapes, by its name.
pub struct Variant<'de> {
    /// Which.
    pub name: &'de str,
    /// What its fields are read from, where it has any.
    pub fields: Plain<'de>,
}

impl<'de> Deserializer<'de> for Variant<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Error;
    type Variant = Plain<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Plain<'de>), Error> {
        let name: serde::de::value::BorrowedStrDeserializer<'de, Error> =
            serde::de::value::BorrowedStrDeserializer::new(self.name);
        Ok((seed.deserialize(name)?, self.fields))
    }
}

impl<'de> VariantAccess<'de> for Plain<'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::rules::ExportRules;
    use crate::profile::Profile;
    use proptest::prelude::*;

    #[test]
    fn an_error_names_what_was_expected_and_nothing_of_what_was_there() {
        let error = from_str::<Profile>(r#"{"key":["somebody@example.org"]}"#).unwrap_err();
        assert_eq!(error.to_string(), "key: invalid type: sequence, expected a string");
        let error = from_str::<Profile>(r#"{"key":"k","current":[{"title":["somebody@example.org"]}]}"#).unwrap_err();
        let told = error.to_string();
        assert_eq!(
            place_of(&told),
            (vec!["current", "title"], "invalid type: sequence, expected a string")
        );
        let error = from_str::<Profile>(r#""somebody@example.org""#).unwrap_err();
        assert!(!error.to_string().contains("somebody"), "{error}");
    }

    #[test]
    fn numbers_keep_their_value() {
        assert_eq!(from_str::<u64>("18446744073709551615").unwrap(), u64::MAX);
        assert_eq!(from_str::<i64>("-9223372036854775808").unwrap(), i64::MIN);
        assert_eq!(from_str::<f64>("0.1").unwrap().to_bits(), 0.1_f64.to_bits());
        assert!(from_str::<u32>("-1").is_err());
        assert!(from_str::<u32>("4294967296").is_err());
    }

    proptest! {
        /// Whatever can be read from the text is read the same from what was parsed.
        #[test]
        fn it_reads_what_serde_json_reads(
            texts in prop::collection::vec("\\PC{0,12}", 6), flags in prop::collection::vec(any::<bool>(), 3), undo in any::<u32>(), many in 0_usize..3,
        ) {
            let rules = ExportRules {
                location: flags[0],
                owner: flags[1].then(|| texts[0].as_str().into()),
                stage: flags[2].then(|| texts[1].as_str().into()),
                undo_ms: undo,
                ..ExportRules::default()
            };
            let text = serde_json::to_string(&rules).unwrap();
            prop_assert_eq!(from_str::<ExportRules>(&text).unwrap(), serde_json::from_str::<ExportRules>(&text).unwrap());
            let profile = Profile {
                key: texts[2].clone(),
                name: flags[0].then(|| texts[3].clone()),
                emails: texts.iter().take(many).cloned().collect(),
                complete: flags[1],
                ..Profile::default()
            };
            let text = serde_json::to_string(&profile).unwrap();
            prop_assert_eq!(from_str::<Profile>(&text).unwrap(), profile);
        }
    }
}
