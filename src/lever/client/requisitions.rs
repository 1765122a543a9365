//! Requisitions: read only (lever-api §3.17).

use super::opportunities::ConfidentialityFilter;
use super::{LeverClient, Query, TimeRange, parameter};
use crate::lever::endpoint;
use crate::lever::error::LeverError;
use crate::lever::model::requisition::Requisition;
use crate::lever::pace::Priority;
use crate::text::RequisitionId;

/// Filters of `GET /requisitions`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequisitionFilter {
    /// When made.
    pub created: TimeRange,
    /// The organisation's own codes.
    pub codes: Vec<String>,
    /// `open`, `onHold`, `closed`, `draft`.
    pub statuses: Vec<String>,
    /// Without it Lever leaves confidential ones out.
    pub confidentiality: Option<ConfidentialityFilter>,
}

impl RequisitionFilter {
    /// As query parameters.
    #[must_use]
    pub fn query(&self) -> Query {
        let mut query = self.created.query("created_at");
        query.extend(self.codes.iter().map(|code| parameter("requisition_code", code)));
        query.extend(self.statuses.iter().map(|status| parameter("status", status)));
        query.extend(self.confidentiality.map(ConfidentialityFilter::parameter));
        query
    }
}

impl LeverClient {
    /// Requisitions that pass the filter.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn requisitions(
        &self,
        filter: &RequisitionFilter,
        priority: Priority,
    ) -> Result<Vec<Requisition>, LeverError> {
        self.all(endpoint::LIST_REQUISITIONS, &[], &filter.query(), priority)
            .await
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
