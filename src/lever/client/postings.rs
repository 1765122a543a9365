//! Jobs, and applying to one as on the job site (lever-api §3.8, §3.11). Jobs are never changed here (requirements 5.10).

use super::opportunities::ConfidentialityFilter;
use super::{LeverClient, Query, TimeRange, json, parameter, understand_one};
use crate::lever::endpoint;
use crate::lever::error::LeverError;
use crate::lever::model::parsed;
use crate::lever::model::posting::{AppliedReply, ApplyForm, DeletedPosting, NewApplication, Posting};
use crate::lever::pace::Priority;
use crate::text::{ApplicationId, PostingId};

/// Filters of `GET /postings`; several values of one are a union, all are case-sensitive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostingFilter {
    /// `published`, `internal`, `closed`, `draft`, `pending`, `rejected`. Asking for published ones leaves out those that are
    /// not on the public site, unless `channels` names both.
    pub states: Vec<String>,
    /// `public`, `internal`.
    pub channels: Vec<String>,
    /// Teams.
    pub teams: Vec<String>,
    /// Departments.
    pub departments: Vec<String>,
    /// Places.
    pub locations: Vec<String>,
    /// Full-time, contract and so on.
    pub commitments: Vec<String>,
    /// Seniorities, on old jobs.
    pub levels: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Without it Lever leaves confidential ones out.
    pub confidentiality: Option<ConfidentialityFilter>,
    /// When last changed; Lever takes it beside no other filter than `confidentiality`.
    pub updated: TimeRange,
}

impl PostingFilter {
    /// As query parameters.
    #[must_use]
    pub fn query(&self) -> Query {
        let named = [
            ("state", &self.states),
            ("distributionChannel", &self.channels),
            ("team", &self.teams),
            ("department", &self.departments),
            ("location", &self.locations),
            ("commitment", &self.commitments),
            ("level", &self.levels),
            ("tag", &self.tags),
        ];
        let mut query: Query = named
            .into_iter()
            .flat_map(|(name, values)| values.iter().map(move |value| parameter(name, value)))
            .collect();
        query.extend(self.confidentiality.map(ConfidentialityFilter::parameter));
        query.extend(self.updated.query("updated_at"));
        query
    }
}

impl LeverClient {
    /// Jobs in every state. Published ones that are not on the public site come only without the filter (lever-api §3.8).
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn postings(&self, priority: Priority) -> Result<Vec<Posting>, LeverError> {
        self.postings_matching(&PostingFilter::default(), priority).await
    }

    /// Jobs that pass the filter.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn postings_matching(
        &self,
        filter: &PostingFilter,
        priority: Priority,
    ) -> Result<Vec<Posting>, LeverError> {
        self.all(endpoint::LIST_POSTINGS, &[], &filter.query(), priority).await
    }

    /// One job.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn posting(&self, id: &PostingId, priority: Priority) -> Result<Posting, LeverError> {
        self.one(endpoint::READ_POSTING, &[id.as_str()], &[], priority).await
    }

    /// Jobs deleted within a time.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn deleted_postings(
        &self,
        deleted: TimeRange,
        priority: Priority,
    ) -> Result<Vec<DeletedPosting>, LeverError> {
        let query = deleted.query("deleted_at");
        self.all(endpoint::LIST_DELETED_POSTINGS, &[], &query, priority).await
    }

    /// What a job asks of applicants.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn apply_form(&self, id: &PostingId, priority: Priority) -> Result<ApplyForm, LeverError> {
        self.one(endpoint::READ_APPLY_FORM, &[id.as_str()], &[], priority).await
    }

    /// Applies to a job as on the job site: always a new opportunity. The applicant gets no confirmation by email.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn apply(&self, id: &PostingId, application: &NewApplication) -> Result<ApplicationId, LeverError> {
        let body = serde_json::to_value(application).unwrap_or_default();
        let path = endpoint::APPLY.path_of(&[id.as_str()]);
        let reply = self.write(endpoint::APPLY, &path, &[], json(&body)).await?;
        understand_one::<AppliedReply>(endpoint::APPLY, &reply, parsed).map(|applied| applied.application_id)
    }
}
