//! Applications to jobs (lever-api §3.5).

use super::{LeverClient, TimeRange};
use crate::lever::endpoint;
use crate::lever::error::LeverError;
use crate::lever::model::application::{Application, DeletedApplication};
use crate::lever::pace::Priority;
use crate::text::{ApplicationId, OpportunityId};

impl LeverClient {
    /// Applications of an opportunity: none or one.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn applications(
        &self,
        opportunity: &OpportunityId,
        priority: Priority,
    ) -> Result<Vec<Application>, LeverError> {
        self.all(endpoint::LIST_APPLICATIONS, &[opportunity.as_str()], &[], priority)
            .await
    }

    /// One application.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn application(
        &self,
        opportunity: &OpportunityId,
        id: &ApplicationId,
        priority: Priority,
    ) -> Result<Application, LeverError> {
        self.one(
            endpoint::READ_APPLICATION,
            &[opportunity.as_str(), id.as_str()],
            &[],
            priority,
        )
        .await
    }

    /// Applications deleted within a time; Lever wants both bounds, 30 days apart at most.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn deleted_applications(
        &self,
        deleted: TimeRange,
        priority: Priority,
    ) -> Result<Vec<DeletedApplication>, LeverError> {
        let query = deleted.query("deleted_at");
        self.all(endpoint::LIST_DELETED_APPLICATIONS, &[], &query, priority)
            .await
    }
}
