//! Requisitions: read only (lever-api §3.17).

use super::{LeverClient, TimeRange};
use crate::lever::endpoint;
use crate::lever::error::LeverError;
use crate::lever::model::requisition::Requisition;
use crate::lever::pace::Priority;
use crate::text::RequisitionId;

impl LeverClient {
    /// Requisitions made within a time.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn requisitions(&self, created: TimeRange, priority: Priority) -> Result<Vec<Requisition>, LeverError> {
        let query = created.query("created_at");
        self.all(endpoint::LIST_REQUISITIONS, &[], &query, priority).await
    }

    /// One requisition.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn requisition(&self, id: &RequisitionId, priority: Priority) -> Result<Requisition, LeverError> {
        self.one(endpoint::READ_REQUISITION, &[id.as_str()], &[], priority)
            .await
    }
}
