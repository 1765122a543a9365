//! Notes of opportunities (lever-api §3.9).

use serde::Serialize;

use super::{LeverClient, json, parameter, performed_by, understand_one};
use crate::lever::endpoint;
use crate::lever::error::LeverError;
use crate::lever::model::note::{Note, WrittenNote};
use crate::lever::model::parsed;
use crate::lever::pace::Priority;
use crate::text::{Millis, NoteId, OpportunityId, Private, UserId};

/// Who may read a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoteSecrecy {
    /// Everybody who sees the opportunity.
    #[default]
    Open,
    /// Only those with the right to secret notes.
    Secret,
}

/// A note to be written. `@username` in its text notifies that user.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewNote {
    /// Its text.
    pub value: String,
    /// Who may read it.
    #[serde(rename = "secret")]
    pub secrecy: NoteSecrecy,
    /// 1 to 4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<u8>,
    /// When it was written, in the past; now if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Millis>,
}

/// Lever's own word for it is a truth value.
impl Serialize for NoteSecrecy {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(*self == Self::Secret)
    }
}

impl NewNote {
    /// An open note.
    #[must_use]
    pub fn of(value: &str) -> Self {
        Self {
            value: value.to_owned(),
            secrecy: NoteSecrecy::Open,
            score: None,
            created_at: None,
        }
    }
}

impl std::fmt::Debug for NewNote {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("NewNote").field(&Private).finish()
    }
}

impl LeverClient {
    /// Notes of an opportunity.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn notes(&self, opportunity: &OpportunityId, priority: Priority) -> Result<Vec<Note>, LeverError> {
        self.all(endpoint::LIST_NOTES, &[opportunity.as_str()], &[], priority)
            .await
    }

    /// One note.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn note(&self, opportunity: &OpportunityId, id: &NoteId, priority: Priority) -> Result<Note, LeverError> {
        self.one(endpoint::READ_NOTE, &[opportunity.as_str(), id.as_str()], &[], priority)
            .await
    }

    /// Writes a note in a user's name, or adds a comment to the thread `thread`.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn create_note(
        &self,
        opportunity: &OpportunityId,
        note: &NewNote,
        thread: Option<&NoteId>,
        perform_as: &UserId,
    ) -> Result<NoteId, LeverError> {
        let mut query = performed_by(perform_as);
        query.extend(thread.map(|thread| parameter("note_id", thread.as_str())));
        let body = serde_json::to_value(note).unwrap_or_default();
        let reply = self
            .write(
                endpoint::CREATE_NOTE,
                &endpoint::CREATE_NOTE.path_of(&[opportunity.as_str()]),
                &query,
                json(&body),
            )
            .await?;
        understand_one::<WrittenNote>(endpoint::CREATE_NOTE, &reply, parsed).map(WrittenNote::into_id)
    }

    /// Puts another text in the place of a note's comments. Only notes made through the API can be changed.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn update_note(
        &self,
        opportunity: &OpportunityId,
        id: &NoteId,
        values: &[String],
    ) -> Result<(), LeverError> {
        let values: Vec<_> = values
            .iter()
            .map(|value| serde_json::json!({ "value": value }))
            .collect();
        let body = serde_json::json!({ "values": values });
        self.write(
            endpoint::UPDATE_NOTE,
            &endpoint::UPDATE_NOTE.path_of(&[opportunity.as_str(), id.as_str()]),
            &[],
            json(&body),
        )
        .await
        .map(|_| ())
    }

    /// Deletes a note made through the API.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn delete_note(&self, opportunity: &OpportunityId, id: &NoteId) -> Result<(), LeverError> {
        self.write(
            endpoint::DELETE_NOTE,
            &endpoint::DELETE_NOTE.path_of(&[opportunity.as_str(), id.as_str()]),
            &[],
            None,
        )
        .await
        .map(|_| ())
    }
}
