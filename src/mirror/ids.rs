//! Lever's ids as they are stored: nearly all are UUIDs, which take 16 bytes instead of 36.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use uuid::Uuid;

/// An id of Lever's, in either form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StoredId {
    /// A UUID in its usual spelling.
    Uuid(Uuid),
    /// Any other text.
    Text(String),
}

impl StoredId {
    pub(super) fn new(id: &str) -> Self {
        let mut spelling = Uuid::encode_buffer();
        match Uuid::try_parse(id) {
            Ok(uuid) if uuid.hyphenated().encode_lower(&mut spelling) == id => Self::Uuid(uuid),
            _ => Self::Text(id.to_owned()),
        }
    }

    pub(super) fn into_text(self) -> String {
        match self {
            Self::Uuid(uuid) => uuid.hyphenated().to_string(),
            Self::Text(text) => text,
        }
    }
}

impl ToSql for StoredId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Uuid(uuid) => ToSqlOutput::Borrowed(ValueRef::Blob(uuid.as_bytes())),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

impl FromSql for StoredId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Blob(bytes) => {
                Uuid::from_slice(bytes)
                    .map(Self::Uuid)
                    .map_err(|_| FromSqlError::InvalidBlobSize {
                        expected_size: 16,
                        blob_size: bytes.len(),
                    })
            }
            _ => value.as_str().map(|text| Self::Text(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_uuid_in_another_spelling_keeps_it() {
        let id = "6ba1d7db-79f6-4a48-b163-1332f4108f70";
        assert!(matches!(StoredId::new(id), StoredId::Uuid(_)));
        for other in [&id.to_uppercase(), &id.replace('-', ""), "lead-new", ""] {
            assert_eq!(StoredId::new(other), StoredId::Text(other.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn an_id_comes_back_as_it_was(id in "[0-9a-fA-F-]{0,40}|\\PC{0,20}", number: u128) {
            prop_assert_eq!(StoredId::new(&id).into_text(), id);
            let uuid = Uuid::from_u128(number).to_string();
            prop_assert_eq!(StoredId::new(&uuid).into_text(), uuid);
        }
    }
}
