//! Every endpoint the client calls, with Lever's own name for its tick-box, so that a refused request can say which box is
//! missing (lever-api §5), and its OAuth scope (§1.4). To add an endpoint: one constant here, one method below `client/`, one
//! handler in the sandbox.

use crate::host::Method;

/// One endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// Method.
    pub method: Method,
    /// Path below `/v1`, with `:id` and the like in place of ids.
    pub path: &'static str,
    /// The tick-box on Lever's "API Credentials" screen.
    pub permission: &'static str,
    /// The OAuth scope that grants it.
    pub scope: &'static str,
}

impl Endpoint {
    const fn new(method: Method, path: &'static str, permission: &'static str, scope: &'static str) -> Self {
        Self {
            method,
            path,
            permission,
            scope,
        }
    }

    /// Method and path in one, such as `GET /stages`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }

    /// The path with ids in their places, in order, percent-encoded.
    #[must_use]
    pub fn path_of(&self, ids: &[&str]) -> String {
        let mut ids = ids.iter();
        let parts: Vec<String> = self
            .path
            .split('/')
            .map(|part| match part.strip_prefix(':') {
                Some(_) => ids.next().map(|id| encode(id)).unwrap_or_default(),
                None => part.to_owned(),
            })
            .collect();
        parts.join("/")
    }
}

/// Percent-encodes all but letters, digits and `-._~`.
#[must_use]
pub fn encode(text: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    percent_encoding::utf8_percent_encode(text, KEPT).to_string()
}

// ----- Account -----

/// Users, deactivated ones too when asked for.
pub const LIST_USERS: Endpoint = Endpoint::new(Method::Get, "/users", "Find all users", "users:read:admin");
/// One user.
pub const READ_USER: Endpoint = Endpoint::new(Method::Get, "/users/:id", "Find a user", "users:read:admin");
/// Pipeline stages in order.
pub const LIST_STAGES: Endpoint = Endpoint::new(Method::Get, "/stages", "Find all stages", "stages:read:admin");
/// One stage.
pub const READ_STAGE: Endpoint = Endpoint::new(Method::Get, "/stages/:id", "Find a stage", "stages:read:admin");
/// Archive reasons, inactive ones too.
pub const LIST_ARCHIVE_REASONS: Endpoint = Endpoint::new(
    Method::Get,
    "/archive_reasons",
    "Find all archive reasons",
    "archive_reasons:read:admin",
);
/// One archive reason.
pub const READ_ARCHIVE_REASON: Endpoint = Endpoint::new(
    Method::Get,
    "/archive_reasons/:id",
    "Find an archive reason",
    "archive_reasons:read:admin",
);
/// Tags with their counts.
pub const LIST_TAGS: Endpoint = Endpoint::new(Method::Get, "/tags", "Find all tags", "tags:read:admin");
/// Sources with their counts.
pub const LIST_SOURCES: Endpoint = Endpoint::new(Method::Get, "/sources", "Find all sources", "sources:read:admin");
// ----- Postings -----

/// Jobs.
pub const LIST_POSTINGS: Endpoint = Endpoint::new(Method::Get, "/postings", "Find all postings", "postings:read:admin");
/// One job.
pub const READ_POSTING: Endpoint = Endpoint::new(Method::Get, "/postings/:id", "Find a posting", "postings:read:admin");
/// Deleted jobs.
pub const LIST_DELETED_POSTINGS: Endpoint = Endpoint::new(
    Method::Get,
    "/postings/deleted",
    "Find all deleted postings",
    "postings:read:admin",
);
/// What a job asks of applicants.
pub const READ_APPLY_FORM: Endpoint = Endpoint::new(
    Method::Get,
    "/postings/:id/apply",
    "Find a posting application question form",
    "postings:read:admin",
);
/// An application as on the job site.
pub const APPLY: Endpoint = Endpoint::new(
    Method::Post,
    "/postings/:id/apply",
    "Apply to a posting",
    "postings:write:admin",
);
/// A file for an application, kept for a day.
pub const UPLOAD: Endpoint = Endpoint::new(Method::Post, "/uploads", "Apply to a posting", "uploads:write:admin");
// ----- Opportunities -----

/// Opportunities.
pub const LIST_OPPORTUNITIES: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities",
    "Find all opportunities",
    "opportunities:read:admin",
);
/// One opportunity.
pub const READ_OPPORTUNITY: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id",
    "Find an opportunity",
    "opportunities:read:admin",
);
/// Deleted opportunities.
pub const LIST_DELETED_OPPORTUNITIES: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/deleted",
    "Find all deleted opportunities",
    "opportunities:read:admin",
);
/// A new opportunity.
pub const CREATE_OPPORTUNITY: Endpoint = Endpoint::new(
    Method::Post,
    "/opportunities",
    "Create an opportunity",
    "opportunities:write:admin",
);
/// Moves an opportunity to a stage.
pub const UPDATE_STAGE: Endpoint = Endpoint::new(
    Method::Put,
    "/opportunities/:id/stage",
    "Update an opportunity's stage",
    "opportunities:write:admin",
);
/// Archives an opportunity, or takes it back.
pub const UPDATE_ARCHIVED: Endpoint = Endpoint::new(
    Method::Put,
    "/opportunities/:id/archived",
    "Update an opportunity's archived state",
    "opportunities:write:admin",
);
/// Adds links to an opportunity's contact.
pub const ADD_LINKS: Endpoint = Endpoint::new(
    Method::Post,
    "/opportunities/:id/addLinks",
    "Add opportunity links",
    "opportunities:write:admin",
);
/// Removes links from an opportunity's contact.
pub const REMOVE_LINKS: Endpoint = Endpoint::new(
    Method::Post,
    "/opportunities/:id/removeLinks",
    "Remove opportunity links",
    "opportunities:write:admin",
);
/// Adds tags to an opportunity.
pub const ADD_TAGS: Endpoint = Endpoint::new(
    Method::Post,
    "/opportunities/:id/addTags",
    "Add opportunity tags",
    "opportunities:write:admin",
);
/// Removes tags from an opportunity.
pub const REMOVE_TAGS: Endpoint = Endpoint::new(
    Method::Post,
    "/opportunities/:id/removeTags",
    "Remove opportunity tags",
    "opportunities:write:admin",
);
/// Adds sources to an opportunity.
pub const ADD_SOURCES: Endpoint = Endpoint::new(
    Method::Post,
    "/opportunities/:id/addSources",
    "Add opportunity sources",
    "opportunities:write:admin",
);
/// Removes sources from an opportunity.
pub const REMOVE_SOURCES: Endpoint = Endpoint::new(
    Method::Post,
    "/opportunities/:id/removeSources",
    "Remove opportunity sources",
    "opportunities:write:admin",
);
/// What happened to the files of an opportunity.
pub const LIST_FILE_ACTIONS: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/file_actions",
    "Find all opportunity file actions",
    "files:read:admin",
);

// ----- Candidates (legacy) -----

/// Opportunities by their old name.
pub const LIST_CANDIDATES: Endpoint = Endpoint::new(
    Method::Get,
    "/candidates",
    "Find all candidates",
    "opportunities:read:admin",
);
/// One opportunity by its old name.
pub const READ_CANDIDATE: Endpoint = Endpoint::new(
    Method::Get,
    "/candidates/:id",
    "Find a candidate",
    "opportunities:read:admin",
);
/// A new opportunity by its old name.
pub const CREATE_CANDIDATE: Endpoint = Endpoint::new(
    Method::Post,
    "/candidates",
    "Create a candidate",
    "opportunities:write:admin",
);
/// Puts an existing lead on a job.
pub const ADD_POSTING: Endpoint = Endpoint::new(
    Method::Post,
    "/candidates/:id/addPostings",
    "Add candidate postings",
    "opportunities:write:admin",
);
/// Takes an opportunity off a job (lever-api §3.3: by symmetry only).
pub const REMOVE_POSTING: Endpoint = Endpoint::new(
    Method::Post,
    "/candidates/:id/removePostings",
    "Remove candidate postings",
    "opportunities:write:admin",
);
/// Adds tags to an opportunity by its old name.
pub const ADD_CANDIDATE_TAGS: Endpoint = Endpoint::new(
    Method::Post,
    "/candidates/:id/addTags",
    "Add candidate tags",
    "opportunities:write:admin",
);
/// Adds links to an opportunity's contact by its old name.
pub const ADD_CANDIDATE_LINKS: Endpoint = Endpoint::new(
    Method::Post,
    "/candidates/:id/addLinks",
    "Add candidate links",
    "opportunities:write:admin",
);
/// Adds sources to an opportunity by its old name.
pub const ADD_CANDIDATE_SOURCES: Endpoint = Endpoint::new(
    Method::Post,
    "/candidates/:id/addSources",
    "Add candidate sources",
    "opportunities:write:admin",
);
/// A new note by the old name.
pub const CREATE_CANDIDATE_NOTE: Endpoint = Endpoint::new(
    Method::Post,
    "/candidates/:id/notes",
    "Create a candidate note",
    "notes:write:admin",
);
/// Notes by the old name.
pub const LIST_CANDIDATE_NOTES: Endpoint = Endpoint::new(
    Method::Get,
    "/candidates/:id/notes",
    "Find all candidate notes",
    "notes:read:admin",
);
/// Files by the old name.
pub const LIST_CANDIDATE_FILES: Endpoint = Endpoint::new(
    Method::Get,
    "/candidates/:id/files",
    "Find all candidate files",
    "files:read:admin",
);
/// A new file by the old name.
pub const UPLOAD_CANDIDATE_FILE: Endpoint = Endpoint::new(
    Method::Post,
    "/candidates/:id/files",
    "Upload a candidate file",
    "files:write:admin",
);
/// Resumes by the old name.
pub const LIST_CANDIDATE_RESUMES: Endpoint = Endpoint::new(
    Method::Get,
    "/candidates/:id/resumes",
    "Find all candidate resumes",
    "resumes:read:admin",
);
// ----- Contacts -----

/// One contact.
pub const READ_CONTACT: Endpoint = Endpoint::new(Method::Get, "/contacts/:id", "Find a contact", "contact:read:admin");
/// Changes a contact's data.
pub const UPDATE_CONTACT: Endpoint =
    Endpoint::new(Method::Put, "/contacts/:id", "Update a contact", "contact:write:admin");
// ----- Applications -----

/// Applications of an opportunity.
pub const LIST_APPLICATIONS: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/applications",
    "Find all opportunity applications",
    "applications:read:admin",
);
/// One application.
pub const READ_APPLICATION: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/applications/:application",
    "Find an opportunity application",
    "applications:read:admin",
);
/// Deleted applications.
pub const LIST_DELETED_APPLICATIONS: Endpoint = Endpoint::new(
    Method::Get,
    "/applications/deleted",
    "Find all deleted applications",
    "applications:read:admin",
);
// ----- Notes -----

/// Notes of an opportunity.
pub const LIST_NOTES: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/notes",
    "Find all opportunity notes",
    "notes:read:admin",
);
/// One note.
pub const READ_NOTE: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/notes/:note",
    "Find an opportunity note",
    "notes:read:admin",
);
/// A new note.
pub const CREATE_NOTE: Endpoint = Endpoint::new(
    Method::Post,
    "/opportunities/:id/notes",
    "Create an opportunity note",
    "notes:write:admin",
);
/// Replaces a note made through the API.
pub const UPDATE_NOTE: Endpoint = Endpoint::new(
    Method::Put,
    "/opportunities/:id/notes/:note",
    "Update an opportunity note",
    "notes:write:admin",
);
/// Deletes a note made through the API.
pub const DELETE_NOTE: Endpoint = Endpoint::new(
    Method::Delete,
    "/opportunities/:id/notes/:note",
    "Delete an opportunity note",
    "notes:write:admin",
);
// ----- Files and resumes -----

/// Files of an opportunity.
pub const LIST_FILES: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/files",
    "Find all opportunity files",
    "files:read:admin",
);
/// One file's description.
pub const READ_FILE: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/files/:file",
    "Find an opportunity file",
    "files:read:admin",
);
/// One file's bytes.
pub const DOWNLOAD_FILE: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/files/:file/download",
    "Download an opportunity file",
    "files:read:admin",
);
/// A new file.
pub const UPLOAD_FILE: Endpoint = Endpoint::new(
    Method::Post,
    "/opportunities/:id/files",
    "Upload an opportunity file",
    "files:write:admin",
);
/// Deletes a file.
pub const DELETE_FILE: Endpoint = Endpoint::new(
    Method::Delete,
    "/opportunities/:id/files/:file",
    "Delete an opportunity file",
    "files:write:admin",
);
/// Resumes of an opportunity.
pub const LIST_RESUMES: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/resumes",
    "Find all opportunity resumes",
    "resumes:read:admin",
);
/// One resume's description.
pub const READ_RESUME: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/resumes/:resume",
    "Find an opportunity resume",
    "resumes:read:admin",
);
/// One resume's bytes.
pub const DOWNLOAD_RESUME: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/resumes/:resume/download",
    "Download an opportunity resume",
    "resumes:read:admin",
);
// ----- Interviews, feedback, referrals -----

/// Interviews of an opportunity.
pub const LIST_INTERVIEWS: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/interviews",
    "Find all opportunity interviews",
    "interviews:read:admin",
);
/// One interview.
pub const READ_INTERVIEW: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/interviews/:interview",
    "Find an opportunity interview",
    "interviews:read:admin",
);
/// One panel.
pub const READ_PANEL: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/panels/:panel",
    "Find an opportunity panel",
    "panels:read:admin",
);
/// One feedback form.
pub const READ_FEEDBACK: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/feedback/:feedback",
    "Find an opportunity feedback form",
    "feedback:read:admin",
);
/// Interview panels of an opportunity.
pub const LIST_PANELS: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/panels",
    "Find all opportunity panels",
    "panels:read:admin",
);
/// Feedback on an opportunity.
pub const LIST_FEEDBACK: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/feedback",
    "Find all opportunity feedback forms",
    "feedback:read:admin",
);
/// Referrals of an opportunity.
pub const LIST_REFERRALS: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/referrals",
    "Find all opportunity referrals",
    "referrals:read:admin",
);
/// One referral.
pub const READ_REFERRAL: Endpoint = Endpoint::new(
    Method::Get,
    "/opportunities/:id/referrals/:referral",
    "Find an opportunity referral",
    "referrals:read:admin",
);
// ----- Requisitions -----

/// Requisitions.
pub const LIST_REQUISITIONS: Endpoint = Endpoint::new(
    Method::Get,
    "/requisitions",
    "Find all requisitions",
    "requisitions:read:admin",
);
/// One requisition.
pub const READ_REQUISITION: Endpoint = Endpoint::new(
    Method::Get,
    "/requisitions/:id",
    "Find a requisition",
    "requisitions:read:admin",
);
// ----- OAuth (on the authorization host, outside `/v1`) -----

/// Tokens for a code or a refresh token; on the authorization host, not below `/v1`.
pub const OAUTH_TOKEN: Endpoint = Endpoint::new(Method::Post, "/oauth/token", "", "");

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
pub const EXPORT: [Endpoint; 8] = [
    CREATE_OPPORTUNITY,
    CREATE_NOTE,
    LIST_NOTES,
    ADD_POSTING,
    ADD_TAGS,
    ADD_SOURCES,
    UPLOAD_FILE,
    LIST_FILES,
];

/// What bringing somebody up to date needs beside that.
pub const UPDATE: [Endpoint; 2] = [UPDATE_CONTACT, ADD_LINKS];

/// The scopes that endpoints need, each once, in order of the alphabet: what an OAuth application asks a Super Admin for.
/// Writing includes reading (lever-api §1.4).
#[must_use]
pub fn scopes(endpoints: &[Endpoint]) -> Vec<&'static str> {
    let needed: std::collections::BTreeSet<&str> = endpoints.iter().map(|endpoint| endpoint.scope).collect();
    needed
        .iter()
        .filter(|scope| {
            !scope.is_empty() && !needed.contains(scope.replace(":read:", ":write:").as_str())
                || scope.contains(":write:")
        })
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stand_in_their_places_and_cannot_leave_them() {
        assert_eq!(
            DOWNLOAD_FILE.path_of(&["o/1", "f?2"]),
            "/opportunities/o%2F1/files/f%3F2/download"
        );
        assert_eq!(LIST_STAGES.path_of(&[]), "/stages");
    }

    #[test]
    fn a_scope_is_asked_for_once_and_writing_includes_reading() {
        assert_eq!(
            scopes(&[LIST_NOTES, CREATE_NOTE, LIST_STAGES, LIST_STAGES]),
            ["notes:write:admin", "stages:read:admin"]
        );
    }
}
