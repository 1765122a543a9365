//! Referrals of opportunities: read only (lever-api §3.14).

use super::LeverClient;
use crate::lever::endpoint;
use crate::lever::error::LeverError;
use crate::lever::model::referral::Referral;
use crate::lever::pace::Priority;
use crate::text::{OpportunityId, ReferralId};

impl LeverClient {
    /// Referrals of an opportunity.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn referrals(
        &self,
        opportunity: &OpportunityId,
        priority: Priority,
    ) -> Result<Vec<Referral>, LeverError> {
        self.all(endpoint::LIST_REFERRALS, &[opportunity.as_str()], &[], priority)
            .await
    }

    /// One referral.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn referral(
        &self,
        opportunity: &OpportunityId,
        id: &ReferralId,
        priority: Priority,
    ) -> Result<Referral, LeverError> {
        self.one(
            endpoint::READ_REFERRAL,
            &[opportunity.as_str(), id.as_str()],
            &[],
            priority,
        )
        .await
    }
}
