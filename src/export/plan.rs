//! Exactly what an export will send, and what Lever will do with it.
//!
//! A plan is a pure function of profile, choices and what the mirror knows. What is sent later is what the plan says, byte
//! for byte; a plan that no longer fits is refused, never adjusted silently.
use serde::{Deserialize, Serialize};

use crate::command::{OpportunitySummary, Person, PostingBar, PostingSummary, StatusWord, UserSummary};
use crate::export::files::{KeptFile, told_apart};
use crate::export::history_note::history_note;
use crate::export::mapping::SentOpportunity;
use crate::export::rules::ExportRules;
use crate::lever::api_variant::ApiVariant;
use crate::lever::endpoint::{self, Endpoint};
use crate::matching::verdict::{Verdict, VerdictWord};
use crate::profile::Profile;
use crate::text::{ContactId, Millis, OpportunityId, PostingId, Private, StageId, UserId};

/// Milliseconds.
const DAY: i64 = 86_400_000;
/// The mean month, in milliseconds.
const MONTH: i64 = 2_629_746_000;
/// Stands in a path for the id that an earlier step brings.
pub const OPPORTUNITY_PLACE: &str = ":opportunity";

/// Where the person goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "destination", rename_all = "snake_case")]
pub enum Destination {
    /// Into Lever without a job.
    #[default]
    Prospect,
    /// On a job.
    Job {
        /// The job.
        posting: PostingId,
    },
}

/// What to do with somebody who is in Lever already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum IfKnown {
    /// Send nothing.
    #[default]
    Skip,
    /// Add an existing lead to the job; otherwise a new opportunity on the known contact.
    Join,
    /// A new opportunity on the known contact.
    New,
}

/// What the recruiter chose in the dialog.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct ExportChoices {
    /// Where the person goes.
    pub destination: Destination,
    /// Tags, as typed.
    pub tags: Vec<String>,
    /// A note for the person's history.
    pub note: Option<String>,
    /// Source.
    pub source: Option<String>,
    /// Stage; Lever's "New lead" where absent.
    pub stage: Option<StageId>,
    /// Emails the recruiter added by hand.
    pub emails: Vec<String>,
    /// What to do with somebody who is in Lever already.
    pub if_known: IfKnown,
    /// Milliseconds in which it can be taken back; by the rules where absent.
    pub undo_ms: Option<u32>,
    /// Files that go along, as [`crate::command::Command::KeepFile`] was answered.
    pub files: Vec<KeptFile>,
    /// Who follows the candidacy, beside those of the rules.
    pub followers: Vec<UserId>,
}

impl std::fmt::Debug for ExportChoices {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ExportChoices")
            .field("destination", &self.destination)
            .field("if_known", &self.if_known)
            .field("rest", &Private)
            .finish_non_exhaustive()
    }
}

/// What Lever will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum PlannedAction {
    /// A new person with one opportunity.
    NewPerson,
    /// A new opportunity on a person who is in Lever; their data there is kept.
    NewOpportunity {
        /// The person.
        contact: ContactId,
    },
    /// An existing lead is added to the job.
    JoinJob {
        /// The person.
        contact: ContactId,
        /// The lead.
        opportunity: OpportunityId,
    },
    /// Nothing is sent.
    Nothing {
        /// Why not.
        reason: NothingReason,
        /// The person in Lever, where there is one.
        contact: Option<ContactId>,
        /// The opportunity in Lever, where there is one.
        opportunity: Option<OpportunityId>,
    },
    /// Somebody who is in Lever is brought up to date ([`crate::export::update`]).
    Update {
        /// The person.
        contact: ContactId,
        /// The opportunity that links, tags, sources and notes are written through; absent where the person has none.
        opportunity: Option<OpportunityId>,
    },
}

/// Why nothing is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum NothingReason {
    /// The person is in Lever, and the choice was to skip such people.
    AlreadyInLever,
    /// This very candidacy exists.
    AlreadyOnThisJob,
    /// This profile was exported before.
    ExportedBefore,
    /// Several people in Lever may be this one; a human has to say which.
    SeveralPossible,
    /// The profile has nothing to send: no name, no email, no link.
    NothingToSend,
    /// The rules allow people to be added without a job only.
    OnlyProspects,
    /// Of what an update could write nothing was chosen, or Lever has it all.
    NothingChosen,
    /// The job takes nobody at present: a draft, in approval, refused or closed.
    JobNotOpen,
    /// The job is not one that whoever exports may see in Lever.
    JobNotVisible,
}

/// Something the recruiter should know before sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum PlanWarning {
    /// No email is known, and Lever finds duplicates by email only.
    NoEmail,
    /// The mirror is not complete: the person may be in Lever all the same.
    MirrorIncomplete,
    /// People of this name are in Lever.
    NameInLever,
    /// The person in Lever belongs to another owner.
    OtherOwner,
    /// The job is not published.
    JobNotPublished,
    /// The page did not prove whose it is.
    PageUnproven,
    /// The person was rejected lately, by the rules' measure.
    RejectedLately,
    /// The person was hired before.
    HiredBefore,
    /// Lever was last read more than a day ago.
    MirrorOld,
    /// The rules want a resume, and none could be made here: it is sent without.
    ResumeNotMade,
}

/// One field of what is sent, for the preview.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct PlannedField {
    /// Lever's name of the field, such as `emails`.
    pub field: String,
    /// The values, in words.
    pub values: Vec<String>,
}

impl std::fmt::Debug for PlannedField {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PlannedField")
            .field("field", &self.field)
            .finish_non_exhaustive()
    }
}

/// Which write a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// `POST /opportunities`.
    CreateOpportunity,
    /// `POST /candidates/:id/addPostings`, for an existing lead.
    AddPosting,
    /// `POST /opportunities/:id/addTags`, for an existing lead.
    AddTags,
    /// `POST /opportunities/:id/addSources`, for an existing lead.
    AddSources,
    /// `POST /opportunities/:id/notes`.
    AddNote,
    /// `PUT /contacts/:id`, of an update.
    UpdateContact,
    /// `POST /opportunities/:id/addLinks`, of an update.
    AddLinks,
    /// `POST /opportunities/:id/files`. Its planned body is a [`KeptFile`]; what is sent is a form with that file.
    UploadFile,
}

/// One request of a plan. `:opportunity` in the path stands for the id that an earlier step brings.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct PlannedRequest {
    /// Which write.
    pub step: StepKind,
    /// HTTP method.
    pub method: String,
    /// Path below `/v1`.
    pub path: String,
    /// Query, in order.
    pub query: Vec<(String, String)>,
    /// JSON body, as text, exactly as it will be sent.
    pub body: String,
    /// Stands for what Lever has in these fields, where they are overwritten: it is not sent once Lever has something else there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
}

impl std::fmt::Debug for PlannedRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PlannedRequest")
            .field("step", &self.step)
            .field("body", &Private)
            .finish_non_exhaustive()
    }
}

/// Exactly what will be sent, and what Lever will do with it. The key names a person: its debug form shows the rest only.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Plan {
    /// The profile's key, as given.
    pub key: String,
    /// What Lever will do.
    pub action: PlannedAction,
    /// The requests, in order.
    pub requests: Vec<PlannedRequest>,
    /// The same in words, field by field.
    pub fields: Vec<PlannedField>,
    /// What the recruiter should know first.
    pub warnings: Vec<PlanWarning>,
    /// Stands for the whole plan: equal fingerprints send equal bytes.
    pub fingerprint: String,
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Plan")
            .field("action", &self.action)
            .field("requests", &self.requests)
            .field("warnings", &self.warnings)
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}

impl StepKind {
    /// The endpoint the step calls.
    #[must_use]
    pub fn endpoint(self) -> Endpoint {
        match self {
            Self::CreateOpportunity => endpoint::CREATE_OPPORTUNITY,
            Self::AddPosting => endpoint::ADD_POSTING,
            Self::AddTags => endpoint::ADD_TAGS,
            Self::AddSources => endpoint::ADD_SOURCES,
            Self::AddNote => endpoint::CREATE_NOTE,
            Self::UpdateContact => endpoint::UPDATE_CONTACT,
            Self::AddLinks => endpoint::ADD_LINKS,
            Self::UploadFile => endpoint::UPLOAD_FILE,
        }
    }
}

/// What was exported of this profile before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedBefore {
    /// The person in Lever.
    pub contact: Option<ContactId>,
    /// The opportunity in Lever.
    pub opportunity: Option<OpportunityId>,
}

/// The resume made of a page, at the moment of planning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlannedResume<'a> {
    /// None is wanted.
    No,
    /// One is wanted and not made.
    Missing,
    /// This one.
    Made(&'a KeptFile),
}

/// All that a plan depends on.
pub struct PlanFacts<'a> {
    /// What the page says.
    pub profile: &'a Profile,
    /// What the recruiter chose.
    pub choices: &'a ExportChoices,
    /// Who it may be.
    pub verdict: &'a Verdict,
    /// The verdict's candidates, in its order.
    pub people: &'a [Person],
    /// What is sent, and as what.
    pub rules: &'a ExportRules,
    /// In whose name it is written.
    pub me: &'a UserSummary,
    /// Whose the candidacy is.
    pub owner: &'a UserSummary,
    /// The project they are exported from, or were put on last.
    pub project: Option<&'a str>,
    /// The moment of planning.
    pub now: Millis,
    /// Who follows the candidacy from the beginning.
    pub followers: &'a [UserSummary],
    /// By which name Lever's rows are written to.
    pub api: ApiVariant,
    /// The chosen job, where the mirror knows it.
    pub posting: Option<&'a PostingSummary>,
    /// What was exported of this profile before, if anything.
    pub exported: Option<&'a ExportedBefore>,
    /// The resume that the rules want and the page gives material for.
    pub resume: PlannedResume<'a>,
}

/// Plans an export. Pure: equal facts give equal plans.
#[must_use]
pub fn plan(facts: &PlanFacts<'_>) -> Plan {
    let action = choose_action(facts);
    let mut sent = SentOpportunity::of(facts, &action);
    let (action, requests) = match action {
        PlannedAction::NewPerson if sent.is_empty() => (
            PlannedAction::Nothing {
                reason: NothingReason::NothingToSend,
                contact: None,
                opportunity: None,
            },
            Vec::new(),
        ),
        action => {
            let requests = requests(facts, &action, &mut sent);
            (action, requests)
        }
    };
    let fields = shown_fields(facts, &action, &sent);
    let fingerprint = fingerprint(&action, &requests);
    Plan {
        key: facts.profile.key.clone(),
        warnings: warnings(facts, &action, &sent),
        action,
        requests,
        fields,
        fingerprint,
    }
}

fn choose_action(facts: &PlanFacts<'_>) -> PlannedAction {
    if facts.rules.only_prospects && facts.choices.destination != Destination::Prospect {
        return PlannedAction::Nothing {
            reason: NothingReason::OnlyProspects,
            contact: None,
            opportunity: None,
        };
    }
    if let Some(reason) = facts
        .posting
        .and_then(|posting| posting.unavailable)
        .map(PostingBar::reason)
    {
        return PlannedAction::Nothing {
            reason,
            contact: None,
            opportunity: None,
        };
    }
    if let (Some(before), IfKnown::Skip) = (facts.exported, facts.choices.if_known) {
        return PlannedAction::Nothing {
            reason: NothingReason::ExportedBefore,
            contact: before.contact.clone(),
            opportunity: before.opportunity.clone(),
        };
    }
    let known = match facts.verdict.verdict {
        VerdictWord::Same | VerdictWord::Likely => facts.people.first(),
        VerdictWord::Ambiguous if facts.choices.if_known != IfKnown::New => {
            return PlannedAction::Nothing {
                reason: NothingReason::SeveralPossible,
                contact: None,
                opportunity: None,
            };
        }
        VerdictWord::Ambiguous | VerdictWord::Possible | VerdictWord::None => None,
    };
    match known {
        None => PlannedAction::NewPerson,
        Some(person) => for_known_person(facts, person),
    }
}

fn for_known_person(facts: &PlanFacts<'_>, person: &Person) -> PlannedAction {
    let nothing = |reason, opportunity: Option<&OpportunitySummary>| PlannedAction::Nothing {
        reason,
        contact: Some(person.contact.clone()),
        opportunity: opportunity.map(|opportunity| opportunity.id.clone()),
    };
    if facts.choices.if_known == IfKnown::Skip {
        return nothing(NothingReason::AlreadyInLever, person.opportunities.first());
    }
    let new_opportunity = PlannedAction::NewOpportunity {
        contact: person.contact.clone(),
    };
    let mut open = person
        .opportunities
        .iter()
        .filter(|opportunity| matches!(opportunity.status, StatusWord::Prospect | StatusWord::Active));
    match (&facts.choices.destination, facts.choices.if_known) {
        (Destination::Job { posting }, if_known) => {
            let on_this_job = |opportunity: &&OpportunitySummary| {
                opportunity.postings.iter().any(|named| named.id == posting.as_str())
            };
            if let Some(there) = open.clone().find(on_this_job) {
                return nothing(NothingReason::AlreadyOnThisJob, Some(there));
            }
            match open.find(|opportunity| opportunity.postings.is_empty()) {
                Some(lead) if if_known == IfKnown::Join => PlannedAction::JoinJob {
                    contact: person.contact.clone(),
                    opportunity: lead.id.clone(),
                },
                _ => new_opportunity,
            }
        }
        (Destination::Prospect, IfKnown::Join) => match open.next() {
            Some(there) => nothing(NothingReason::AlreadyInLever, Some(there)),
            None => new_opportunity,
        },
        (Destination::Prospect, _) => new_opportunity,
    }
}

fn requests(facts: &PlanFacts<'_>, action: &PlannedAction, sent: &mut SentOpportunity) -> Vec<PlannedRequest> {
    let root = facts.api.root();
    let request = |step: StepKind, path: String, body: serde_json::Value| PlannedRequest {
        step,
        method: step.endpoint().method.as_str().to_owned(),
        path,
        query: vec![("perform_as".to_owned(), facts.me.id.0.clone())],
        body: body.to_string(),
        before: String::new(),
    };
    let mut requests = Vec::new();
    match action {
        // An update plans for itself.
        PlannedAction::Nothing { .. } | PlannedAction::Update { .. } => return requests,
        PlannedAction::NewPerson | PlannedAction::NewOpportunity { .. } => {
            let mut create = request(StepKind::CreateOpportunity, root.to_owned(), serde_json::Value::Null);
            let tags = match facts.api {
                ApiVariant::Opportunities => {
                    create.body = sent.body();
                    None
                }
                // The old name is not known to take tags at a create (requirements 2.4): they come on their own.
                ApiVariant::Candidates => {
                    create.body = sent.body_without_tags();
                    sent.shown_fields().into_iter().find(|(field, _)| *field == "tags")
                }
            };
            requests.push(create);
            if let Some((field, tags)) = tags {
                let path = format!("{root}/{OPPORTUNITY_PLACE}/addTags");
                requests.push(request(StepKind::AddTags, path, serde_json::json!({ field: tags })));
            }
        }
        PlannedAction::JoinJob { opportunity, .. } => {
            if let Destination::Job { posting } = &facts.choices.destination {
                requests.push(request(
                    StepKind::AddPosting,
                    format!("/candidates/{opportunity}/addPostings"),
                    serde_json::json!({ "postings": [posting] }),
                ));
            }
            for (field, values) in sent.shown_fields() {
                let (step, path) = match field {
                    "tags" => (StepKind::AddTags, "addTags"),
                    "sources" => (StepKind::AddSources, "addSources"),
                    _ => continue,
                };
                requests.push(request(
                    step,
                    format!("{root}/{opportunity}/{path}"),
                    serde_json::json!({ field: values }),
                ));
            }
        }
    }
    let place = match action {
        PlannedAction::JoinJob { opportunity, .. } => opportunity.as_str(),
        _ => OPPORTUNITY_PLACE,
    };
    for note in notes(facts, action) {
        requests.push(request(
            StepKind::AddNote,
            format!("{root}/{place}/notes"),
            serde_json::json!({ "value": note }),
        ));
    }
    for file in sent_files(facts, action) {
        let mut upload = request(
            StepKind::UploadFile,
            format!("{root}/{place}/files"),
            serde_json::Value::Null,
        );
        upload.body = serde_json::to_string(&file).unwrap_or_default();
        requests.push(upload);
    }
    requests
}

/// The resume, which a lead that is joined has from its own export, then what was attached.
fn sent_files(facts: &PlanFacts<'_>, action: &PlannedAction) -> Vec<KeptFile> {
    let joins = matches!(action, PlannedAction::JoinJob { .. });
    let resume = match facts.resume {
        PlannedResume::Made(resume) if !joins => Some(resume),
        _ => None,
    };
    told_apart(resume.into_iter().chain(&facts.choices.files))
}

fn typed_note(choices: &ExportChoices) -> Option<&str> {
    choices.note.as_deref().map(str::trim).filter(|note| !note.is_empty())
}

/// The typed note, then the one of the page's history, which a lead that is joined has from its own export.
fn notes(facts: &PlanFacts<'_>, action: &PlannedAction) -> Vec<String> {
    let joins = matches!(action, PlannedAction::JoinJob { .. });
    let history = (facts.rules.history_note && !joins).then(|| history_note(facts.profile, &facts.now.day()));
    let typed = typed_note(facts.choices).map(str::to_owned);
    typed.into_iter().chain(history.flatten()).collect()
}

fn shown_fields(facts: &PlanFacts<'_>, action: &PlannedAction, sent: &SentOpportunity) -> Vec<PlannedField> {
    let field = |field: &str, values: Vec<String>| PlannedField {
        field: field.to_owned(),
        values,
    };
    if matches!(action, PlannedAction::Nothing { .. }) {
        return Vec::new();
    }
    let joins = matches!(action, PlannedAction::JoinJob { .. });
    let mut fields: Vec<PlannedField> = sent
        .shown_fields()
        .into_iter()
        .filter(|(name, _)| !joins || matches!(*name, "tags" | "sources"))
        .map(|(name, values)| field(name, values))
        .collect();
    if let Destination::Job { posting } = &facts.choices.destination {
        let title = facts
            .posting
            .map_or_else(|| posting.0.clone(), |posting| posting.title.clone());
        fields.push(field("postings", vec![title]));
    }
    if !joins && facts.owner.id != facts.me.id {
        fields.push(field("owner", vec![facts.owner.name.clone()]));
    }
    if !joins && !facts.followers.is_empty() {
        let name = |user: &UserSummary| {
            Some(&user.name)
                .filter(|name| !name.is_empty())
                .unwrap_or(&user.id.0)
                .clone()
        };
        fields.push(field("followers", facts.followers.iter().map(name).collect()));
    }
    let notes = notes(facts, action);
    if !notes.is_empty() {
        fields.push(field("note", notes));
    }
    let mut files = sent_files(facts, action).into_iter().map(|file| file.name);
    if !joins && matches!(facts.resume, PlannedResume::Made(_)) {
        fields.push(field("resume", files.by_ref().take(1).collect()));
    }
    let attached: Vec<String> = files.collect();
    if !attached.is_empty() {
        fields.push(field("files", attached));
    }
    fields
}

fn warnings(facts: &PlanFacts<'_>, action: &PlannedAction, sent: &SentOpportunity) -> Vec<PlanWarning> {
    let mut warnings = Vec::new();
    if matches!(action, PlannedAction::Nothing { .. }) {
        return warnings;
    }
    let new_person = *action == PlannedAction::NewPerson;
    if new_person && !sent.has_email() {
        warnings.push(PlanWarning::NoEmail);
    }
    if new_person && !facts.verdict.complete {
        warnings.push(PlanWarning::MirrorIncomplete);
    }
    if new_person && matches!(facts.verdict.verdict, VerdictWord::Possible | VerdictWord::Ambiguous) {
        warnings.push(PlanWarning::NameInLever);
    }
    let owned_by_another = facts
        .people
        .first()
        .into_iter()
        .flat_map(|person| &person.opportunities)
        .filter(|opportunity| matches!(opportunity.status, StatusWord::Prospect | StatusWord::Active))
        .filter_map(|opportunity| opportunity.owner.as_ref())
        .any(|owner| owner.id != facts.me.id.as_str());
    if !new_person && owned_by_another {
        warnings.push(PlanWarning::OtherOwner);
    }
    if !new_person {
        warnings.extend(warnings_of_past(facts));
    } else if facts.verdict.as_of.is_some_and(|as_of| facts.now.since(as_of) > DAY) {
        warnings.push(PlanWarning::MirrorOld);
    }
    if facts.posting.is_some_and(|posting| posting.state != "published") {
        warnings.push(PlanWarning::JobNotPublished);
    }
    if !facts.profile.proves_its_owner() {
        warnings.push(PlanWarning::PageUnproven);
    }
    if facts.resume == PlannedResume::Missing && !matches!(action, PlannedAction::JoinJob { .. }) {
        warnings.push(PlanWarning::ResumeNotMade);
    }
    warnings
}

/// How earlier candidacies of the person ended.
fn warnings_of_past(facts: &PlanFacts<'_>) -> impl Iterator<Item = PlanWarning> {
    let past = || {
        facts
            .people
            .first()
            .into_iter()
            .flat_map(|person| &person.opportunities)
    };
    let since = facts.now.plus(-i64::from(facts.rules.rejected_within_months) * MONTH);
    let is_late = |opportunity: &OpportunitySummary| {
        opportunity.status == StatusWord::Rejected && opportunity.archived_at.is_some_and(|at| at > since)
    };
    let rejected = past().any(is_late).then_some(PlanWarning::RejectedLately);
    let hired = past().any(|opportunity| opportunity.status == StatusWord::Hired);
    rejected.into_iter().chain(hired.then_some(PlanWarning::HiredBefore))
}

pub(super) fn fingerprint(action: &PlannedAction, requests: &[PlannedRequest]) -> String {
    let text = serde_json::to_string(&(action, requests)).unwrap_or_default();
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(text.as_bytes()))
}

/// Job and stage of a create's body, by id.
#[must_use]
pub fn sent_names(body: &str) -> (Option<String>, Option<String>) {
    let sent: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let posting = sent
        .get("postings")
        .and_then(|postings| postings.get(0))
        .and_then(serde_json::Value::as_str);
    let stage = sent.get("stage").and_then(serde_json::Value::as_str);
    (posting.map(str::to_owned), stage.map(str::to_owned))
}
