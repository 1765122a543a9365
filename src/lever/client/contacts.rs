//! People (lever-api §3.4). Only reading and changing: a contact is made by an opportunity, and deleted in Lever's app.

use serde::Serialize;

use super::{LeverClient, json, understand_one};
use crate::export::update::ContactAsRead;
use crate::lever::endpoint;
use crate::lever::error::LeverError;
use crate::lever::model::opportunity::{Contact, Phone};
use crate::lever::model::parsed;
use crate::lever::pace::Priority;
use crate::text::{ContactId, Private};

/// What is to be changed. What is absent stays as it is; a list that is given takes the place of the one before, so it has to
/// hold what is to stay.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub struct ContactChange {
    /// Full name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// Place, as plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// All email addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emails: Option<Vec<String>>,
    /// All phone numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phones: Option<Vec<Phone>>,
}

impl std::fmt::Debug for ContactChange {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("ContactChange").field(&Private).finish()
    }
}

impl LeverClient {
    /// One contact.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn contact(&self, id: &ContactId, priority: Priority) -> Result<Contact, LeverError> {
        self.one(endpoint::READ_CONTACT, &[id.as_str()], &[], priority).await
    }

    /// One contact, exactly as Lever gives it.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn contact_as_read(&self, id: &ContactId, priority: Priority) -> Result<ContactAsRead, LeverError> {
        let read = self.one(endpoint::READ_CONTACT, &[id.as_str()], &[], priority).await?;
        Ok(ContactAsRead(read))
    }

    /// Changes a contact. Lever takes no `perform_as` here.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn update_contact(&self, id: &ContactId, change: &ContactChange) -> Result<Contact, LeverError> {
        let body = serde_json::to_value(change).unwrap_or_default();
        let reply = self
            .write(
                endpoint::UPDATE_CONTACT,
                &endpoint::UPDATE_CONTACT.path_of(&[id.as_str()]),
                &[],
                json(&body),
            )
            .await?;
        understand_one(endpoint::UPDATE_CONTACT, &reply, parsed)
    }
}
