//! Interviews, panels and feedback, for the history of a person: read only (lever-api §3.12, §3.13).

use super::LeverClient;
use crate::lever::endpoint;
use crate::lever::error::LeverError;
use crate::lever::model::feedback::Feedback;
use crate::lever::model::interview::{Interview, Panel};
use crate::lever::pace::Priority;
use crate::text::{FeedbackId, InterviewId, OpportunityId, PanelId};

impl LeverClient {
    /// Interviews of an opportunity.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn interviews(
        &self,
        opportunity: &OpportunityId,
        priority: Priority,
    ) -> Result<Vec<Interview>, LeverError> {
        self.all(endpoint::LIST_INTERVIEWS, &[opportunity.as_str()], &[], priority)
            .await
    }

    /// One interview.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn interview(
        &self,
        opportunity: &OpportunityId,
        id: &InterviewId,
        priority: Priority,
    ) -> Result<Interview, LeverError> {
        let ids = [opportunity.as_str(), id.as_str()];
        self.one(endpoint::READ_INTERVIEW, &ids, &[], priority).await
    }

    /// One panel.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn panel(
        &self,
        opportunity: &OpportunityId,
        id: &PanelId,
        priority: Priority,
    ) -> Result<Panel, LeverError> {
        let ids = [opportunity.as_str(), id.as_str()];
        self.one(endpoint::READ_PANEL, &ids, &[], priority).await
    }

    /// One feedback form; a deleted one can still be read.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn one_feedback(
        &self,
        opportunity: &OpportunityId,
        id: &FeedbackId,
        priority: Priority,
    ) -> Result<Feedback, LeverError> {
        let ids = [opportunity.as_str(), id.as_str()];
        self.one(endpoint::READ_FEEDBACK, &ids, &[], priority).await
    }

    /// Interview panels of an opportunity.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn panels(&self, opportunity: &OpportunityId, priority: Priority) -> Result<Vec<Panel>, LeverError> {
        self.all(endpoint::LIST_PANELS, &[opportunity.as_str()], &[], priority)
            .await
    }

    /// Feedback on an opportunity, deleted feedback with its `deleted_at`.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn feedback(&self, opportunity: &OpportunityId, priority: Priority) -> Result<Vec<Feedback>, LeverError> {
        self.all(endpoint::LIST_FEEDBACK, &[opportunity.as_str()], &[], priority)
            .await
    }
}
