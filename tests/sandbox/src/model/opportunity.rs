//! Opportunities: one candidacy of a person each (lever-api §3.1).

use serde_json::{Map, Value, json};

use super::application::Application;
use super::company::Company;
use super::contact::{Anonymity, Contact};
use super::{Confidentiality, Reference, time_or_null};
use crate::clock::Timestamp;
use crate::ids::{ContactNumber, ReasonNumber, StageNumber, UserNumber};

/// How a candidacy began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// By an agency.
    Agency,
    /// On the job site.
    Applied,
    /// A colleague moving inside the company.
    Internal,
    /// By a referral.
    Referred,
    /// Found by a recruiter.
    Sourced,
    /// At a university.
    University,
}

impl Origin {
    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Applied => "applied",
            Self::Internal => "internal",
            Self::Referred => "referred",
            Self::Sourced => "sourced",
            Self::University => "university",
        }
    }

    /// Reads Lever's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Agency,
            Self::Applied,
            Self::Internal,
            Self::Referred,
            Self::Sourced,
            Self::University,
        ]
        .into_iter()
        .find(|origin| origin.word() == word)
    }
}

/// That something was archived, why and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Archived {
    /// The reason.
    pub reason: ReasonNumber,
    /// The time.
    pub at: Timestamp,
}

impl Archived {
    /// As Lever shows it.
    #[must_use]
    pub fn json(self, company: &Company) -> Value {
        let reason = company
            .reason(self.reason)
            .map_or(Value::Null, |reason| json!(reason.id));
        json!({ "reason": reason, "archivedAt": self.at })
    }
}

/// One move to a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageChange {
    /// The stage entered.
    pub to: StageNumber,
    /// Its 0-based place in the pipeline at that time.
    pub position_then: u32,
    /// When.
    pub at: Timestamp,
    /// Who; missing on most old rows.
    pub user: Option<UserNumber>,
}

/// An opportunity. What is the contact's (name, mail addresses, …) is not held here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opportunity {
    /// The person.
    pub contact: ContactNumber,
    /// The present stage.
    pub stage: StageNumber,
    /// Confidential only by a confidential posting.
    pub confidentiality: Confidentiality,
    /// Why and when it was archived; `None` while active.
    pub archived: Option<Archived>,
    /// In the order they were added.
    pub tags: Vec<String>,
    /// In the order they were added.
    pub sources: Vec<String>,
    /// Oldest first; never empty.
    pub stage_changes: Vec<StageChange>,
    /// How it began.
    pub origin: Origin,
    /// Who found the person; only for sourced ones.
    pub sourced_by: Option<UserNumber>,
    /// Who is in charge.
    pub owner: Option<UserNumber>,
    /// Who follows.
    pub followers: Vec<UserNumber>,
    /// At most one (lever-api §3.1).
    pub application: Option<Application>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When a listed field last changed; `None` on rows older than this field.
    pub updated_at: Option<Timestamp>,
    /// What moves it: lever-api §4.3.
    pub last_interaction_at: Timestamp,
    /// Entry into the present stage, or archiving.
    pub last_advanced_at: Timestamp,
    /// Sleeping until then.
    pub snoozed_until: Option<Timestamp>,
    /// The posting's location for this candidacy; only with an application.
    pub location: Option<String>,
}

/// Which fields are shown as objects.
#[derive(Debug, Clone, Copy, Default)]
pub struct OpportunityExpansion {
    /// Expand `applications`.
    pub applications: Reference,
    /// Expand `stage`.
    pub stage: Reference,
    /// Expand `owner`.
    pub owner: Reference,
    /// Expand `followers`.
    pub followers: Reference,
    /// Expand `sourcedBy`.
    pub sourced_by: Reference,
    /// Expand `contact`.
    pub contact: Reference,
}

/// What kind of reply shows an opportunity: replies to writes lack some fields (lever-api §4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// A read: everything.
    Read,
    /// A write that answers with the contact's fields filled.
    Write,
    /// A write that answers with the contact's fields blank.
    WriteWithBlanks,
}

/// An opportunity with what surrounds it, ready to be shown.
#[derive(Debug, Clone, Copy)]
pub struct OpportunityView<'a> {
    /// The account's tables.
    pub company: &'a Company,
    /// Its id.
    pub id: &'a str,
    /// The opportunity.
    pub opportunity: &'a Opportunity,
    /// The contact's id.
    pub contact_id: &'a str,
    /// The contact.
    pub contact: &'a Contact,
}

impl OpportunityView<'_> {
    /// As Lever shows it, in the recorded key order.
    #[must_use]
    pub fn json(&self, expansion: OpportunityExpansion, showing: Showing) -> Map<String, Value> {
        let Self {
            company,
            opportunity,
            contact,
            ..
        } = *self;
        let user = |number: Option<UserNumber>, reference: Reference| {
            number.map_or(Value::Null, |number| company.user_json(number, reference))
        };
        let blank = showing == Showing::WriteWithBlanks;
        let text = |value: &str| if blank { json!("") } else { json!(value) };
        let list = |value: Value| if blank { json!([]) } else { value };
        let applications: Vec<Value> = opportunity
            .application
            .iter()
            .map(|application| {
                if expansion.applications == Reference::Object {
                    application.json(company, self.id)
                } else {
                    json!(application.id)
                }
            })
            .collect();

        let mut shown = Map::with_capacity(31);
        let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
        put("id", json!(self.id));
        put("name", text(&contact.name));
        put(
            "contact",
            if expansion.contact == Reference::Object {
                contact.json(self.contact_id)
            } else {
                json!(self.contact_id)
            },
        );
        put("headline", text(&contact.headline));
        put(
            "stage",
            match company.stage(opportunity.stage) {
                None => Value::Null,
                Some(stage) if expansion.stage == Reference::Object => stage.json(),
                Some(stage) => json!(stage.id),
            },
        );
        put("confidentiality", json!(opportunity.confidentiality.word()));
        put("location", text(&contact.location));
        put("phones", list(contact.phones_json()));
        put("emails", list(json!(contact.emails)));
        put("links", list(json!(contact.links)));
        put(
            "archived",
            opportunity
                .archived
                .map_or(Value::Null, |archived| archived.json(company)),
        );
        put("tags", json!(opportunity.tags));
        put("sources", json!(opportunity.sources));
        put(
            "stageChanges",
            opportunity
                .stage_changes
                .iter()
                .map(|change| change.json(company))
                .collect(),
        );
        put("origin", json!(opportunity.origin.word()));
        put("sourcedBy", user(opportunity.sourced_by, expansion.sourced_by));
        put("owner", user(opportunity.owner, expansion.owner));
        put(
            "followers",
            opportunity
                .followers
                .iter()
                .map(|number| company.user_json(*number, expansion.followers))
                .collect(),
        );
        put("applications", Value::Array(applications));
        put("createdAt", json!(opportunity.created_at));
        put("updatedAt", time_or_null(opportunity.updated_at));
        put("lastInteractionAt", json!(opportunity.last_interaction_at));
        put("lastAdvancedAt", json!(opportunity.last_advanced_at));
        put("snoozedUntil", time_or_null(opportunity.snoozed_until));
        put(
            "urls",
            json!({
                "list": "https://hire.lever.co/candidates",
                "show": format!("https://hire.lever.co/candidates/{}", self.id),
            }),
        );
        put("isAnonymized", json!(contact.anonymity == Anonymity::Anonymized));
        put("dataProtection", Value::Null);
        if let (Showing::Read, Some(location)) = (showing, &opportunity.location) {
            put("opportunityLocation", json!(location));
        }
        shown
    }
}

impl StageChange {
    fn json(&self, company: &Company) -> Value {
        let mut shown = Map::with_capacity(4);
        shown.insert("toStageId".into(), json!(company.stage_id(self.to)));
        shown.insert("toStageIndex".into(), json!(self.position_then));
        shown.insert("updatedAt".into(), json!(self.at));
        if let Some(user) = self.user {
            shown.insert("userId".into(), company.user_json(user, Reference::Id));
        }
        Value::Object(shown)
    }
}
