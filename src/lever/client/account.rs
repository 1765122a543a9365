//! The account's own things: users, stages, archive reasons, tags, sources (lever-api §3.6, §3.7).

use super::{LeverClient, parameter};
use crate::lever::endpoint;
use crate::lever::error::LeverError;
use crate::lever::model::account::{ArchiveReason, Counted, Stage, User};
use crate::lever::pace::Priority;
use crate::text::{ArchiveReasonId, StageId, UserId};

impl LeverClient {
    /// Users; deactivated ones too, since rows of the past name them (lever-api §4.9).
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn users(&self, priority: Priority) -> Result<Vec<User>, LeverError> {
        let query = [parameter("includeDeactivated", "true")];
        self.all(endpoint::LIST_USERS, &[], &query, priority).await
    }

    /// One user.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn user(&self, id: &UserId, priority: Priority) -> Result<User, LeverError> {
        self.one(endpoint::READ_USER, &[id.as_str()], &[], priority).await
    }

    /// Stages in pipeline order.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn stages(&self, priority: Priority) -> Result<Vec<Stage>, LeverError> {
        self.all(endpoint::LIST_STAGES, &[], &[], priority).await
    }

    /// One stage.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn stage(&self, id: &StageId, priority: Priority) -> Result<Stage, LeverError> {
        self.one(endpoint::READ_STAGE, &[id.as_str()], &[], priority).await
    }

    /// Archive reasons, inactive ones too.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn archive_reasons(&self, priority: Priority) -> Result<Vec<ArchiveReason>, LeverError> {
        self.all(endpoint::LIST_ARCHIVE_REASONS, &[], &[], priority).await
    }

    /// One archive reason.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn archive_reason(&self, id: &ArchiveReasonId, priority: Priority) -> Result<ArchiveReason, LeverError> {
        self.one(endpoint::READ_ARCHIVE_REASON, &[id.as_str()], &[], priority)
            .await
    }

    /// Tags with the number of opportunities of each.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn tags(&self, priority: Priority) -> Result<Vec<Counted>, LeverError> {
        self.all(endpoint::LIST_TAGS, &[], &[], priority).await
    }

    /// Sources with the number of opportunities of each.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn sources(&self, priority: Priority) -> Result<Vec<Counted>, LeverError> {
        self.all(endpoint::LIST_SOURCES, &[], &[], priority).await
    }
}
