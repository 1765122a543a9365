//! Candidacies: list, read, create, and everything that changes one (lever-api §3.1–3.3). What replies of changes carry is
//! not to be trusted (§4.3), so nothing of it is returned: read the opportunity again.

use super::{LeverClient, NewFile, Page, Query, form_of, json, page_size, parameter, performed_by};
use crate::host::{HttpBody, HttpReply};
use crate::lever::endpoint::{self, Endpoint};
use crate::lever::error::LeverError;
use crate::lever::model::from_text;
use crate::lever::model::opportunity::{Confidentiality, Created, DeletedOpportunity, FileAction, Opportunity};
use crate::lever::pace::Priority;
use crate::text::{
    ArchiveReasonId, ContactId, Millis, OpportunityId, PostingId, Private, RequisitionId, StageId, UserId,
};

/// From when to when, both included, either open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TimeRange {
    /// Not before.
    pub start: Option<Millis>,
    /// Not after.
    pub end: Option<Millis>,
}

impl TimeRange {
    /// From a moment on.
    #[must_use]
    pub fn since(start: Millis) -> Self {
        Self {
            start: Some(start),
            end: None,
        }
    }

    /// Between two moments.
    #[must_use]
    pub fn between(start: Millis, end: Millis) -> Self {
        Self {
            start: Some(start),
            end: Some(end),
        }
    }

    /// As `<name>_start` and `<name>_end`.
    #[must_use]
    pub fn query(&self, name: &str) -> Query {
        let bound = |bound: Option<Millis>, end: &str| {
            bound.map(|moment| parameter(&format!("{name}_{end}"), &moment.0.to_string()))
        };
        [bound(self.start, "start"), bound(self.end, "end")]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// Whether an opportunity is put aside until a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Snoozing {
    /// Put aside.
    Snoozed,
    /// Not put aside.
    Awake,
}

/// Whether an opportunity is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Archiving {
    /// Closed.
    Archived,
    /// Open.
    Active,
}

/// Every filter of `GET /opportunities`. Several values of one are a union, several filters an intersection.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct OpportunityFilter {
    /// Tags, case-sensitive.
    pub tags: Vec<String>,
    /// Email addresses, in Lever's canonical form.
    pub emails: Vec<String>,
    /// `applied`, `sourced` and so on.
    pub origins: Vec<String>,
    /// Sources.
    pub sources: Vec<String>,
    /// Stages.
    pub stages: Vec<StageId>,
    /// People.
    pub contacts: Vec<ContactId>,
    /// Archive reasons.
    pub archive_reasons: Vec<ArchiveReasonId>,
    /// Jobs applied to.
    pub postings: Vec<PostingId>,
    /// Jobs applied to, the application since archived.
    pub archived_postings: Vec<PostingId>,
    /// Places of the job, or `unspecified`.
    pub locations: Vec<String>,
    /// Without it Lever leaves confidential rows out.
    pub confidentiality: Option<ConfidentialityFilter>,
    /// When made.
    pub created: TimeRange,
    /// When last changed; rows without that time do not pass.
    pub updated: TimeRange,
    /// When moved to the stage.
    pub advanced: TimeRange,
    /// When closed.
    pub archived_at: TimeRange,
    /// Only closed, or only open ones.
    pub archiving: Option<Archiving>,
    /// Only put aside, or only not put aside.
    pub snoozing: Option<Snoozing>,
    /// Ids to be replaced by what they stand for.
    pub expanded: Vec<Expansion>,
}

/// Which rows by confidentiality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfidentialityFilter {
    /// Rows of one kind.
    Only(Confidentiality),
    /// Both; refused without the grant (lever-api §4.6).
    All,
}

impl ConfidentialityFilter {
    /// As a query parameter.
    #[must_use]
    pub fn parameter(self) -> (String, String) {
        let word = match self {
            Self::Only(Confidentiality::Confidential) => "confidential",
            Self::Only(Confidentiality::Open) => "non-confidential",
            Self::All => "all",
        };
        parameter("confidentiality", word)
    }
}

/// What an id of an opportunity can be replaced by in a reply. Applications always are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expansion {
    /// The contact.
    Contact,
    /// The stage.
    Stage,
    /// The owner.
    Owner,
    /// Who sourced the person.
    SourcedBy,
    /// Who is told of news.
    Followers,
}

impl Expansion {
    fn word(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Stage => "stage",
            Self::Owner => "owner",
            Self::SourcedBy => "sourcedBy",
            Self::Followers => "followers",
        }
    }
}

impl std::fmt::Debug for OpportunityFilter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("OpportunityFilter").field(&Private).finish()
    }
}

impl OpportunityFilter {
    /// As query parameters.
    #[must_use]
    pub fn query(&self) -> Query {
        let mut query = Query::new();
        let mut each = |name: &str, values: &mut dyn Iterator<Item = &str>| {
            query.extend(values.map(|value| parameter(name, value)));
        };
        each("tag", &mut self.tags.iter().map(String::as_str));
        each("email", &mut self.emails.iter().map(String::as_str));
        each("origin", &mut self.origins.iter().map(String::as_str));
        each("source", &mut self.sources.iter().map(String::as_str));
        each("stage_id", &mut self.stages.iter().map(StageId::as_str));
        each("contact_id", &mut self.contacts.iter().map(ContactId::as_str));
        each(
            "archive_reason_id",
            &mut self.archive_reasons.iter().map(ArchiveReasonId::as_str),
        );
        each("posting_id", &mut self.postings.iter().map(PostingId::as_str));
        each(
            "archived_posting_id",
            &mut self.archived_postings.iter().map(PostingId::as_str),
        );
        each("location", &mut self.locations.iter().map(String::as_str));
        each("expand", &mut self.expanded.iter().copied().map(Expansion::word));
        query.extend(self.confidentiality.map(ConfidentialityFilter::parameter));
        for (name, range) in [
            ("created_at", self.created),
            ("updated_at", self.updated),
            ("advanced_at", self.advanced),
            ("archived_at", self.archived_at),
        ] {
            query.extend(range.query(name));
        }
        query.extend(self.archiving.map(|archiving| {
            let word = match archiving {
                Archiving::Archived => "true",
                Archiving::Active => "false",
            };
            parameter("archived", word)
        }));
        query.extend(self.snoozing.map(|snoozing| {
            let word = match snoozing {
                Snoozing::Snoozed => "true",
                Snoozing::Awake => "false",
            };
            parameter("snoozed", word)
        }));
        query
    }
}

/// Whether an opportunity is closed, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchiveChange {
    /// Closed for a reason; a reason that means "hired" may name the requisition it fills.
    Archive {
        /// Why.
        reason: ArchiveReasonId,
        /// Filled by it.
        requisition: Option<RequisitionId>,
        /// What becomes of interviews that have not taken place.
        pending_interviews: PendingInterviews,
    },
    /// Opened again.
    Unarchive,
}

/// What becomes of interviews that have not taken place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PendingInterviews {
    /// They stay.
    #[default]
    Keep,
    /// They are deleted.
    Delete,
}

impl LeverClient {
    /// One page of opportunities, applications expanded. `restarts` is how often the walk was begun again: [`page_size`].
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::OffsetRefused`] when the token has become invalid.
    pub async fn opportunities(
        &self,
        filter: &OpportunityFilter,
        offset: Option<&str>,
        restarts: u32,
        priority: Priority,
    ) -> Result<Page<Opportunity>, LeverError> {
        let mut query = vec![page_size(restarts), parameter("expand", "applications")];
        query.extend(filter.query());
        self.page(endpoint::LIST_OPPORTUNITIES, &query, offset, priority, from_text)
            .await
    }

    /// Every opportunity that passes the filter; meant for filters that leave few.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn opportunities_matching(
        &self,
        filter: &OpportunityFilter,
        priority: Priority,
    ) -> Result<Vec<Opportunity>, LeverError> {
        self.opportunities_by_either_name(endpoint::LIST_OPPORTUNITIES, filter, priority)
            .await
    }

    /// The same by the old name, for keys that have only that (lever-api §3.3).
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn candidates_matching(
        &self,
        filter: &OpportunityFilter,
        priority: Priority,
    ) -> Result<Vec<Opportunity>, LeverError> {
        self.opportunities_by_either_name(endpoint::LIST_CANDIDATES, filter, priority)
            .await
    }

    async fn opportunities_by_either_name(
        &self,
        endpoint: Endpoint,
        filter: &OpportunityFilter,
        priority: Priority,
    ) -> Result<Vec<Opportunity>, LeverError> {
        let mut query = vec![parameter("expand", "applications")];
        query.extend(filter.query());
        self.all_read(endpoint, &[], &query, priority, from_text).await
    }

    /// One opportunity, applications expanded.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn opportunity(&self, id: &OpportunityId, priority: Priority) -> Result<Opportunity, LeverError> {
        let query = [parameter("expand", "applications")];
        self.one_read(endpoint::READ_OPPORTUNITY, &[id.as_str()], &query, priority, from_text)
            .await
    }

    /// The same by the old name.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn candidate(&self, id: &OpportunityId, priority: Priority) -> Result<Opportunity, LeverError> {
        let query = [parameter("expand", "applications")];
        self.one_read(endpoint::READ_CANDIDATE, &[id.as_str()], &query, priority, from_text)
            .await
    }

    /// Opportunities deleted within a time, with when and by whom; confidential ones only when they are asked for, as in every
    /// list (lever-api §4.6).
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn deleted_opportunities(
        &self,
        deleted: TimeRange,
        confidentiality: Option<ConfidentialityFilter>,
        priority: Priority,
    ) -> Result<Vec<DeletedOpportunity>, LeverError> {
        let mut query = deleted.query("deleted_at");
        query.extend(confidentiality.map(ConfidentialityFilter::parameter));
        self.all(endpoint::LIST_DELETED_OPPORTUNITIES, &[], &query, priority)
            .await
    }

    /// What happened to an opportunity's files.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn file_actions(
        &self,
        opportunity: &OpportunityId,
        occurred: TimeRange,
        priority: Priority,
    ) -> Result<Vec<FileAction>, LeverError> {
        let query = occurred.query("occurred_at");
        self.all(endpoint::LIST_FILE_ACTIONS, &[opportunity.as_str()], &query, priority)
            .await
    }

    /// Creates an opportunity, with a resume and other files where there are any: then as a form, else as JSON.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn create(
        &self,
        endpoint: Endpoint,
        query: &[(String, String)],
        body: &serde_json::Map<String, serde_json::Value>,
        resume: Option<&NewFile>,
        files: &[NewFile],
    ) -> Result<Created, LeverError> {
        let body = match (resume, files) {
            (None, []) => HttpBody::Json(serde_json::Value::Object(body.clone()).to_string()),
            _ => HttpBody::Multipart(form_of(body, resume, files)),
        };
        let reply = self.write(endpoint, &endpoint.path_of(&[]), query, Some(body)).await?;
        Self::understand_created(&reply)
    }

    /// Understands the reply of a create.
    ///
    /// # Errors
    /// [`LeverError::NotUnderstood`]: the opportunity was made, but what it is has to be looked up.
    pub fn understand_created(reply: &HttpReply) -> Result<Created, LeverError> {
        let text = reply.text();
        serde_json::from_str(&text)
            .map_err(|error| LeverError::not_understood(endpoint::CREATE_OPPORTUNITY, &text, &error))
    }

    /// Moves an opportunity to a stage.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn update_stage(
        &self,
        id: &OpportunityId,
        stage: &StageId,
        perform_as: &UserId,
    ) -> Result<(), LeverError> {
        let body = serde_json::json!({ "stage": stage });
        self.change(endpoint::UPDATE_STAGE, id, &body, perform_as).await
    }

    /// Closes an opportunity, gives it another reason, or opens it again.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn update_archived(
        &self,
        id: &OpportunityId,
        change: &ArchiveChange,
        perform_as: &UserId,
    ) -> Result<(), LeverError> {
        let body = match change {
            ArchiveChange::Unarchive => serde_json::json!({ "reason": null }),
            ArchiveChange::Archive {
                reason,
                requisition,
                pending_interviews,
            } => {
                let mut body = serde_json::json!({
                    "reason": reason,
                    "cleanInterviews": *pending_interviews == PendingInterviews::Delete,
                });
                if let (Some(requisition), Some(fields)) = (requisition, body.as_object_mut()) {
                    fields.insert("requisitionId".to_owned(), requisition.as_str().into());
                }
                body
            }
        };
        self.change(endpoint::UPDATE_ARCHIVED, id, &body, perform_as).await
    }

    /// Adds links to the opportunity's contact; one that is there already stays as it is.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn add_links(&self, id: &OpportunityId, links: &[String], me: &UserId) -> Result<(), LeverError> {
        let body = serde_json::json!({ "links": links });
        self.change(endpoint::ADD_LINKS, id, &body, me).await
    }

    /// Removes links from the opportunity's contact.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn remove_links(&self, id: &OpportunityId, links: &[String], me: &UserId) -> Result<(), LeverError> {
        let body = serde_json::json!({ "links": links });
        self.change(endpoint::REMOVE_LINKS, id, &body, me).await
    }

    /// Adds tags; one that is there already stays once.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn add_tags(&self, id: &OpportunityId, tags: &[String], me: &UserId) -> Result<(), LeverError> {
        let body = serde_json::json!({ "tags": tags });
        self.change(endpoint::ADD_TAGS, id, &body, me).await
    }

    /// Removes tags.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn remove_tags(&self, id: &OpportunityId, tags: &[String], me: &UserId) -> Result<(), LeverError> {
        let body = serde_json::json!({ "tags": tags });
        self.change(endpoint::REMOVE_TAGS, id, &body, me).await
    }

    /// Adds sources; one that is there already stays once.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn add_sources(&self, id: &OpportunityId, sources: &[String], me: &UserId) -> Result<(), LeverError> {
        let body = serde_json::json!({ "sources": sources });
        self.change(endpoint::ADD_SOURCES, id, &body, me).await
    }

    /// Removes sources.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn remove_sources(&self, id: &OpportunityId, sources: &[String], me: &UserId) -> Result<(), LeverError> {
        let body = serde_json::json!({ "sources": sources });
        self.change(endpoint::REMOVE_SOURCES, id, &body, me).await
    }

    /// Puts an existing lead on a job: the only way that makes no second opportunity.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn add_posting(&self, id: &OpportunityId, posting: &PostingId, me: &UserId) -> Result<(), LeverError> {
        let body = serde_json::json!({ "postings": [posting] });
        self.change(endpoint::ADD_POSTING, id, &body, me).await
    }

    /// Takes an opportunity off a job. Only assumed to exist (lever-api §3.3).
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn remove_posting(&self, id: &OpportunityId, posting: &PostingId, me: &UserId) -> Result<(), LeverError> {
        let body = serde_json::json!({ "postings": [posting] });
        self.change(endpoint::REMOVE_POSTING, id, &body, me).await
    }

    async fn change(
        &self,
        endpoint: Endpoint,
        id: &OpportunityId,
        body: &serde_json::Value,
        perform_as: &UserId,
    ) -> Result<(), LeverError> {
        let endpoint = self.by_name_in_use(endpoint);
        let path = endpoint.path_of(&[id.as_str()]);
        self.write(endpoint, &path, &performed_by(perform_as), json(body))
            .await
            .map(|_| ())
    }
}
