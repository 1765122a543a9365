//! Every endpoint the client calls, with Lever's own name for its tick-box, so that a refused request can say which box is
//! missing (lever-api §5). To add an endpoint: one constant here, one method in [`super::client`], one handler in the sandbox.

use crate::host::Method;

/// One endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// Method.
    pub method: Method,
    /// Path below `/v1`, with `:id` in place of ids.
    pub path: &'static str,
    /// The tick-box on Lever's "API Credentials" screen.
    pub permission: &'static str,
}

impl Endpoint {
    const fn new(method: Method, path: &'static str, permission: &'static str) -> Self {
        Self {
            method,
            path,
            permission,
        }
    }

    /// Method and path in one, such as `GET /stages`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }
}

/// Users, deactivated ones too when asked for.
pub const LIST_USERS: Endpoint = Endpoint::new(Method::Get, "/users", "Find all users");
/// Pipeline stages in order.
pub const LIST_STAGES: Endpoint = Endpoint::new(Method::Get, "/stages", "Find all stages");
/// Archive reasons, inactive ones too.
pub const LIST_ARCHIVE_REASONS: Endpoint = Endpoint::new(Method::Get, "/archive_reasons", "Find all archive reasons");
/// Jobs.
pub const LIST_POSTINGS: Endpoint = Endpoint::new(Method::Get, "/postings", "Find all postings");
/// Sources with their counts.
pub const LIST_SOURCES: Endpoint = Endpoint::new(Method::Get, "/sources", "Find all sources");
/// Opportunities.
pub const LIST_OPPORTUNITIES: Endpoint = Endpoint::new(Method::Get, "/opportunities", "Find all opportunities");
/// One opportunity.
pub const READ_OPPORTUNITY: Endpoint = Endpoint::new(Method::Get, "/opportunities/:id", "Find an opportunity");
/// Deleted opportunities.
pub const LIST_DELETED_OPPORTUNITIES: Endpoint =
    Endpoint::new(Method::Get, "/opportunities/deleted", "Find all deleted opportunities");
/// A new opportunity.
pub const CREATE_OPPORTUNITY: Endpoint = Endpoint::new(Method::Post, "/opportunities", "Create an opportunity");
/// Moves an opportunity to a stage.
pub const UPDATE_STAGE: Endpoint =
    Endpoint::new(Method::Put, "/opportunities/:id/stage", "Update an opportunity's stage");
/// Puts an existing lead on a job.
pub const ADD_POSTING: Endpoint = Endpoint::new(Method::Post, "/candidates/:id/addPostings", "Add candidate postings");
/// Adds tags to an opportunity.
pub const ADD_TAGS: Endpoint = Endpoint::new(Method::Post, "/opportunities/:id/addTags", "Add opportunity tags");
/// Adds sources to an opportunity.
pub const ADD_SOURCES: Endpoint =
    Endpoint::new(Method::Post, "/opportunities/:id/addSources", "Add opportunity sources");
/// One contact.
pub const READ_CONTACT: Endpoint = Endpoint::new(Method::Get, "/contacts/:id", "Find a contact");
/// Notes of an opportunity.
pub const LIST_NOTES: Endpoint = Endpoint::new(Method::Get, "/opportunities/:id/notes", "Find all opportunity notes");
/// A new note.
pub const CREATE_NOTE: Endpoint = Endpoint::new(Method::Post, "/opportunities/:id/notes", "Create an opportunity note");

/// What the badge and the card need (requirements §7).
pub const CONNECT: [Endpoint; 7] = [
    LIST_USERS,
    LIST_STAGES,
    LIST_ARCHIVE_REASONS,
    LIST_POSTINGS,
    LIST_OPPORTUNITIES,
    READ_OPPORTUNITY,
    READ_CONTACT,
];

/// What an export needs on top.
pub const EXPORT: [Endpoint; 6] = [
    CREATE_OPPORTUNITY,
    CREATE_NOTE,
    LIST_NOTES,
    ADD_POSTING,
    ADD_TAGS,
    ADD_SOURCES,
];
