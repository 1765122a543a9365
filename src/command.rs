//! The protocol: everything that can be asked of the core, and every answer it gives.
//!
//! What is not here cannot be asked for. The TypeScript types are generated from this file. All of it is JSON-safe:
//! ids and keys are text, times are milliseconds since 1970 UTC, absent is `null`. The core answers in codes and data;
//! words are made by whoever shows them.

use serde::{Deserialize, Serialize};

use crate::export::files::{AttachedFile, KeptFile};
use crate::export::journal::{ExportState, JournalEntry};
use crate::export::many::{BatchControl, BatchLine, BatchNumber, BatchSummary, ChosenLine, ManyChoices, PlannedLine};
use crate::export::plan::{ExportChoices, Plan, PlannedField};
use crate::export::projects::{ProjectNumber, ProjectSummary};
use crate::export::records::ExportNumber;
use crate::export::rules::ExportRules;
use crate::export::update::{ComparedValue, UpdateChoices};
use crate::lever::api_variant::ApiVariant;
use crate::lever::environment::Environment;
use crate::lever::oauth::OAuthApplication;
use crate::matching::verdict::{Evidence, Verdict, VerdictWord};
use crate::plain::{Plain, Variant};
use crate::policy::FixedEntry;
use crate::profile::Profile;
use crate::text::{
    ApplicationId, ArchiveReasonId, ContactId, FileId, Millis, NoteId, OpportunityId, PostingId, ResumeId, StageId,
    UserId,
};

/// An API key as typed by the administrator. Its debug form shows nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct ApiKey(pub String);

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ApiKey(<private>)")
    }
}

/// Declares the commands, and beside them their shape as serde reads it once the name is known. The tag that stands inside an object
/// would have serde keep all of it first, in code of its own for every type of the protocol: a tenth of the core.
macro_rules! commands {
    ($(#[$attribute:meta])* pub enum Command { $($variants:tt)* }) => {
        $(#[$attribute])*
        pub enum Command { $($variants)* }

        #[derive(Deserialize)]
        #[serde(remote = "Command", rename_all = "snake_case")]
        enum CommandShape { $($variants)* }
    };
}

commands! {
/// What a caller asks for.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// How things stand: connection and mirror. → [`Reply::Status`]
    Status,
    /// Try a key on an environment and, if Lever takes it, keep it and start reading. → [`Reply::Check`]
    Connect {
        /// Which Lever.
        environment: Environment,
        /// The key; stored encrypted, never returned.
        key: ApiKey,
    },
    /// The address of Lever's page where a Super Admin consents to the organisation's OAuth application.
    /// → [`Reply::ConsentAddress`]
    ConsentAddress {
        /// Which Lever.
        environment: Environment,
        /// What is asked.
        consent: ConsentRequest,
    },
    /// After the consent: fetch tokens, try them and, if Lever takes them, keep them and start reading. → [`Reply::Check`]
    ConnectWithConsent {
        /// Which Lever.
        environment: Environment,
        /// What came back.
        consent: Consent,
    },
    /// Try what the stored key may do. → [`Reply::Check`]
    CheckConnection,
    /// Active users of the account whose name or email contains the text, letter case ignored. → [`Reply::Users`]
    Users {
        /// Typed text; empty lists everybody.
        text: String,
    },
    /// "This is me in Lever": writes are made in this user's name. → [`Reply::Status`]
    ChooseUser {
        /// The user.
        user: UserId,
    },
    /// Erase key, mirror and journal. → [`Reply::Status`]
    Disconnect,
    /// Is this person in Lever? Answered from the mirror. → [`Reply::Answer`]
    LookUp {
        /// The page's profile.
        profile: Profile,
    },
    /// The same for the rows of a list, in order: who they may be, and of the likeliest what is known. → [`Reply::Verdicts`]
    LookUpList {
        /// The rows' profiles.
        profiles: Vec<Profile>,
    },
    /// The same, after asking Lever itself about this person. → [`Reply::Answer`]
    CheckNow {
        /// The page's profile.
        profile: Profile,
    },
    /// "Same person" or "not this person": kept on this machine and applied from then on. → [`Reply::Answer`]
    Correct {
        /// The page's profile.
        profile: Profile,
        /// The contact the recruiter speaks of.
        contact: ContactId,
        /// What the recruiter says.
        correction: Correction,
    },
    /// Jobs for the picker: published ones, and for a typed text all others that match it, with the reason where one cannot be
    /// chosen. → [`Reply::Postings`]
    Postings {
        /// Typed text; empty lists the most recent.
        text: String,
        /// At most so many rows.
        limit: u32,
    },
    /// What the export dialog offers: stages, known sources and tags, who writes. → [`Reply::ExportOptions`]
    ExportOptions {
        /// The page's profile: its site is the source to start with.
        profile: Profile,
    },
    /// What an export would send, and what Lever would do with it. Sends nothing. → [`Reply::Plan`]
    Plan {
        /// The page's profile.
        profile: Profile,
        /// What the recruiter chose.
        choices: ExportChoices,
    },
    /// Send what was planned. → [`Reply::Exported`]
    Export {
        /// The page's profile.
        profile: Profile,
        /// What the recruiter chose.
        choices: ExportChoices,
        /// [`Plan::fingerprint`] of the plan that was shown; another plan is refused with [`FailureCode::PlanChanged`].
        fingerprint: String,
    },
    /// Take back an export of which nothing was sent yet; the [`Command::Export`] is answered with what became of it.
    /// → [`Reply::Status`]
    UndoExport {
        /// The profile's key.
        key: String,
    },
    /// What is sent of every profile, and as what. → [`Reply::ExportRules`]
    ExportRules,
    /// Change it. Rules that cannot be followed are refused with [`FailureCode::RulesNotUnderstood`]. → [`Reply::ExportRules`]
    SetExportRules {
        /// From now on.
        rules: ExportRules,
    },
    /// What these rules would send of the person whose page was looked at last. Sends and keeps nothing. → [`Reply::ExportPreview`]
    PreviewExportRules {
        /// Not kept.
        rules: ExportRules,
    },
    /// The latest steps of the journal, newest first. → [`Reply::Journal`]
    Journal {
        /// In the person's name or the profile's key; empty for all.
        #[serde(default)]
        text: String,
        /// At most so many rows.
        limit: u32,
    },
    /// Send again what failed of an export whose person is in Lever, or look in Lever again for what nobody can tell.
    /// → [`Reply::Exported`]
    TryAgain {
        /// [`JournalEntry::export`].
        export: ExportNumber,
    },
    /// Leave an export as it is: it is settled, and no longer looked up. → [`Reply::Exported`]
    LeaveIt {
        /// [`JournalEntry::export`].
        export: ExportNumber,
    },
    /// Every project. → [`Reply::Projects`]
    Projects,
    /// Begin a project, or give one another name; a project of that name is not begun twice. → [`Reply::Projects`]
    NameProject {
        /// The project; `null` begins one.
        project: Option<ProjectNumber>,
        /// Its name.
        name: String,
    },
    /// Throw a project away; what was exported from it stays. → [`Reply::Projects`]
    DeleteProject {
        /// The project.
        project: ProjectNumber,
    },
    /// Put people on a project. → [`Reply::Projects`]
    AddToProject {
        /// The project.
        project: ProjectNumber,
        /// What pages or rows of lists say.
        profiles: Vec<Profile>,
    },
    /// Take people off a project. → [`Reply::Projects`]
    RemoveFromProject {
        /// The project.
        project: ProjectNumber,
        /// Their profiles' keys.
        keys: Vec<String>,
    },
    /// People of a project in the order in which they came, and whether they are in Lever. → [`Reply::ProjectPeople`]
    ProjectPeople {
        /// The project.
        project: ProjectNumber,
        /// Beginning after so many.
        after: u32,
        /// At most so many.
        limit: u32,
    },
    /// What an export of these people would send, person by person. Sends nothing. → [`Reply::PlannedMany`]
    PlanMany {
        /// The project they are on.
        project: ProjectNumber,
        /// Their profiles' keys; of the first 500.
        keys: Vec<String>,
        /// What is chosen for all of them.
        choices: ManyChoices,
        /// As of the moment of an earlier reply, where many are planned in several goes.
        at: Option<Millis>,
    },
    /// Send what was planned, in the background. → [`Reply::Batches`]
    ExportMany {
        /// The project they are on.
        project: ProjectNumber,
        /// Whoever is meant, and what was shown of them.
        lines: Vec<ChosenLine>,
        /// As in [`Command::PlanMany`].
        choices: ManyChoices,
        /// [`Reply::PlannedMany`] tells it.
        at: Millis,
    },
    /// What is being sent to many people, and what was. → [`Reply::Batches`]
    Batches,
    /// What became of each person of a batch. → [`Reply::BatchLines`]
    BatchLines {
        /// The batch.
        batch: BatchNumber,
        /// Beginning after so many.
        after: u32,
        /// At most so many.
        limit: u32,
    },
    /// Pause a batch, let it go on, stop it, or try its failures again. → [`Reply::Batches`]
    ControlBatch {
        /// The batch.
        batch: BatchNumber,
        /// What is to become of it.
        control: BatchControl,
    },
    /// People of the mirror by text and filters. → [`Reply::Found`]
    Search {
        /// What is looked for.
        query: SearchQuery,
    },
    /// What a search can be narrowed to, by name. → [`Reply::SearchOptions`]
    SearchOptions,
    /// Resumes, notes and files of a person, as far as they are known; read from Lever where they are missing or older than
    /// asked. → [`Reply::Details`]
    Details {
        /// The person.
        contact: ContactId,
        /// What is older than so many milliseconds is read again.
        not_older_than: i64,
    },
    /// How the mirror is kept. → [`Reply::ReadingSettings`]
    ReadingSettings,
    /// Change how the mirror is kept. → [`Reply::ReadingSettings`]
    SetReadingSettings {
        /// From now on.
        settings: ReadingSettings,
    },
    /// Everything that the recruiter has said about who is who. → [`Reply::Corrections`]
    Corrections,
    /// Take one of those back. → [`Reply::Corrections`] with what is left
    ForgetCorrection {
        /// [`KeptCorrection::profile`].
        profile: String,
        /// [`KeptCorrection::contact`].
        contact: ContactId,
    },
    /// People whom Lever seems to hold more than once, the surest first. → [`Reply::Duplicates`]
    Duplicates {
        /// At most so many.
        limit: u32,
    },
    /// "Not the same person", of records in Lever: kept on this machine, each pair as a correction that can be taken back.
    /// → [`Reply::Duplicates`] with what is left
    KeepApart {
        /// The records.
        contacts: Vec<ContactId>,
        /// As in [`Command::Duplicates`].
        limit: u32,
    },
    /// Read everything anew; what is stored stays usable meanwhile. → [`Reply::Status`]
    StartOver,
    /// Read changes from Lever now. → [`Reply::Status`] at once; progress by [`Command::Status`]
    SyncNow,
    /// Stop reading until told to go on. → [`Reply::Status`]
    PauseSync,
    /// Go on reading. → [`Reply::Status`]
    ResumeSync,
    /// What the page says and Lever does not have of somebody who is in Lever, by the mirror. → [`Reply::Comparison`]
    Compare {
        /// The page's profile.
        profile: Profile,
        /// The person; another than the page's is refused with [`FailureCode::PlanChanged`].
        contact: ContactId,
    },
    /// The same, after asking Lever itself, and what an update would send. Sends nothing. → [`Reply::UpdatePlan`]
    PlanUpdate {
        /// The page's profile.
        profile: Profile,
        /// As in [`Command::Compare`].
        contact: ContactId,
        /// What the recruiter chose.
        choices: UpdateChoices,
    },
    /// Send what was planned; [`Command::UndoExport`] takes it back. → [`Reply::Updated`]
    Update {
        /// The page's profile.
        profile: Profile,
        /// As in [`Command::Compare`].
        contact: ContactId,
        /// What the recruiter chose.
        choices: UpdateChoices,
        /// [`Plan::fingerprint`] of the plan that was shown; another plan is refused with [`FailureCode::PlanChanged`].
        fingerprint: String,
    },
    /// Keep a file until it is exported, for a day at most; [`ExportChoices::files`] names it then. Refused with
    /// [`FailureCode::FileTooLarge`], [`FailureCode::FileTypeRefused`] or [`FailureCode::FileEmpty`]. → [`Reply::FileKept`]
    KeepFile {
        /// The file.
        file: AttachedFile,
    },
    /// The content of a file that a plan names. → [`Reply::File`]
    ReadFile {
        /// From [`ExportChoices::files`] or a planned upload.
        file: KeptFile,
    },
    /// What the browser's managed storage holds now; only the service worker can know, and may say. → [`Reply::Policy`]
    SetPolicy {
        /// All of it, as a JSON object.
        managed: String,
    },
    /// What the organisation's administrator has fixed. → [`Reply::Policy`]
    Policy,
    /// By which name Lever's rows are asked for. → [`Reply::Status`]
    ChooseApi {
        /// From now on.
        api: ApiVariant,
    },
    /// The projects that somebody is on. → [`Reply::Projects`]
    ProjectsOf {
        /// The profile's key.
        key: String,
    },
}
}

impl Command {
    /// Reads a command: an object with its name as `command`.
    ///
    /// # Errors
    /// When it is none of the protocol's.
    pub fn from_json(json: &str) -> Result<Self, serde_json::Error> {
        let command: serde_json::Value = serde_json::from_str(json)?;
        let name = command.get("command").and_then(serde_json::Value::as_str);
        CommandShape::deserialize(Variant {
            name: name.unwrap_or_default(),
            fields: Plain(&command),
        })
    }
}

/// A question to Lever's consent page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ConsentRequest {
    /// The application's id.
    pub client_id: String,
    /// Where the page leads back to, as registered with Lever.
    pub redirect_uri: String,
    /// A random text that has to come back.
    pub state: String,
}

/// What came back from Lever's consent page, with what was asked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Consent {
    /// The application; its secret is stored encrypted, never returned.
    pub application: OAuthApplication,
    /// As in the question.
    pub redirect_uri: String,
    /// As in the question.
    pub state: String,
    /// The whole address that the page led back to.
    pub redirected_to: String,
}

impl std::fmt::Debug for Consent {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Consent(<private>)")
    }
}

/// A recruiter's word on whether page and contact are one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    /// They are one person.
    SamePerson,
    /// They are two people.
    NotThisPerson,
    /// What was said before no longer holds.
    Forget,
}

/// What the core answers.
#[allow(
    clippy::large_enum_variant,
    reason = "one reply at a time, serialised at once: a box would only hide the shape"
)]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    /// How things stand.
    Status {
        /// Connection and mirror.
        status: Status,
    },
    /// What a key may do.
    Check {
        /// The result, permission by permission.
        check: ConnectionCheck,
        /// Connection and mirror afterwards.
        status: Status,
    },
    /// Where to consent.
    ConsentAddress {
        /// The page.
        address: String,
    },
    /// Users of the account.
    Users {
        /// By name.
        users: Vec<UserSummary>,
    },
    /// To [`Command::LookUpList`].
    Verdicts {
        /// One for each row, in order.
        verdicts: Vec<Verdict>,
        /// Whom each row is taken for, first of those who come into question; in the same order.
        people: Vec<Option<Person>>,
    },
    /// Whether a person is in Lever.
    Answer {
        /// The answer.
        answer: Answer,
    },
    /// Jobs for the picker.
    Postings {
        /// Those that can be chosen first, best match first.
        postings: Vec<PostingSummary>,
    },
    /// What the export dialog offers.
    ExportOptions {
        /// The choices.
        options: ExportOptions,
    },
    /// What is sent of every profile, and as what.
    ExportRules {
        /// At present.
        rules: ExportRules,
        /// The owner they name, where the mirror knows them.
        owner: Option<UserSummary>,
        /// The job they name, where the mirror knows it.
        posting: Option<PostingSummary>,
        /// The followers they name; one whom the mirror does not know has no name.
        followers: Vec<UserSummary>,
    },
    /// What rules would send.
    ExportPreview {
        /// Field by field; `null` where no page was looked at yet.
        fields: Option<Vec<PlannedField>>,
    },
    /// What an export would do.
    Plan {
        /// The plan.
        plan: Plan,
    },
    /// How an export ended.
    Exported {
        /// The outcome.
        outcome: ExportOutcome,
    },
    /// The journal's latest steps.
    Journal {
        /// Newest first.
        entries: Vec<JournalEntry>,
    },
    /// Every project.
    Projects {
        /// The one that was begun or added to last first.
        projects: Vec<ProjectSummary>,
    },
    /// People of a project.
    ProjectPeople {
        /// In the order in which they came.
        people: Vec<ProjectPerson>,
    },
    /// What an export of many people would send.
    PlannedMany {
        /// One for each, in order; whoever is on the project no longer is left out.
        lines: Vec<PlannedLine>,
        /// The moment they are planned for.
        at: Millis,
    },
    /// What is being sent to many people, and what was.
    Batches {
        /// The latest first, twenty at most.
        batches: Vec<BatchSummary>,
    },
    /// What became of each person of a batch.
    BatchLines {
        /// In the order of the plan.
        lines: Vec<BatchLine>,
    },
    /// People found.
    Found {
        /// The first of them, and how many there are.
        found: SearchFound,
    },
    /// What a search can be narrowed to.
    SearchOptions {
        /// The choices.
        options: SearchOptions,
    },
    /// Resumes, notes and files of a person.
    Details {
        /// Candidacy by candidacy, in the order of [`Person::opportunities`].
        details: Vec<OpportunityDetails>,
    },
    /// What the recruiter has said about who is who.
    Corrections {
        /// The latest first.
        corrections: Vec<KeptCorrection>,
    },
    /// People whom Lever seems to hold more than once.
    Duplicates {
        /// The surest first, without those that the recruiter keeps apart.
        pairs: Vec<DuplicatePeople>,
        /// Whether everybody who has been read was looked at; until then more may follow.
        counted: bool,
    },
    /// How the mirror is kept.
    ReadingSettings {
        /// At present.
        settings: ReadingSettings,
    },
    /// What the page says and Lever does not have.
    Comparison {
        /// Value by value.
        values: Vec<ComparedValue>,
    },
    /// What an update would do.
    UpdatePlan {
        /// What the page says and Lever does not have, value by value.
        values: Vec<ComparedValue>,
        /// The plan.
        plan: Plan,
    },
    /// How an update ended.
    Updated {
        /// The outcome.
        outcome: ExportOutcome,
        /// What of it is not in Lever; the rest is, or is being looked for where the state is unknown.
        failed: Vec<FailedStep>,
    },
    /// To [`Command::KeepFile`].
    FileKept {
        /// As it will be sent.
        file: KeptFile,
    },
    /// To [`Command::ReadFile`].
    File {
        /// Its bytes, in base64.
        content: AttachedFile,
    },
    /// What was asked for could not be done.
    Failed {
        /// Why, and what to do.
        failure: Failure,
    },
    /// What the organisation's administrator has fixed.
    Policy {
        /// What holds.
        fixed: Vec<FixedEntry>,
        /// Names of entries that are not understood: what was fixed there before goes on to hold.
        wrong: Vec<String>,
    },
}

/// Connection and mirror at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Status {
    /// Whether there is a key and whether it works.
    pub connection: ConnectionState,
    /// Which Lever; `null` while not connected.
    pub environment: Option<Environment>,
    /// In whose name writes are made; `null` until chosen.
    pub me: Option<UserSummary>,
    /// The mirror.
    pub mirror: MirrorState,
    /// Exports whose outcome is not known yet; they are being looked up in Lever.
    pub unsettled_exports: u32,
    /// By which name Lever's rows are asked for.
    pub api: ApiVariant,
}

/// Whether there is a key and whether it works.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ConnectionState {
    /// No key.
    NotConnected,
    /// The key works.
    Connected,
    /// There is a key, and the last request failed.
    Troubled {
        /// How it failed.
        failure: Failure,
    },
}

/// The mirror at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct MirrorState {
    /// Whether the first read has ended, so that "not in Lever" may be said.
    pub complete: bool,
    /// Share of Lever's opportunities read in the first read, 0 to 1.
    pub read: f64,
    /// When Lever was last read without a gap; `null` before the first page.
    pub as_of: Option<Millis>,
    /// People in the mirror.
    pub contacts: u64,
    /// Opportunities in the mirror.
    pub opportunities: u64,
    /// Opportunities Lever is thought to hold; `null` where it does not tell.
    pub expected_opportunities: Option<u64>,
    /// What is going on.
    pub phase: SyncPhase,
    /// Opportunities read a second, lately; `null` while nothing is being read.
    pub rows_per_second: Option<f64>,
    /// Milliseconds left of the first read at that rate; `null` where it cannot be told.
    pub time_left: Option<i64>,
    /// Whether the mirror lives in memory only, since the browser gives no storage.
    pub temporary: bool,
    /// Why the mirror of before was thrown away and is read anew; `null` once it has been.
    pub renewed: Option<Renewal>,
    /// Whether everything that the settings let in has been read once.
    pub walked: bool,
    /// People of before this moment are left out by the settings.
    pub earliest: Option<Millis>,
    /// Whether people are taken in who are not in the mirror yet.
    pub unknown_people: bool,
    /// Bytes that the mirror takes on the disk.
    pub bytes: u64,
}

/// Why a mirror is read anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Renewal {
    /// Its file was damaged.
    Damaged,
    /// A later version of the program had made it.
    LaterVersion,
    /// An earlier version of the program had made it.
    EarlierVersion,
}

/// What the synchronisation is doing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum SyncPhase {
    /// Nothing to do until the next look.
    Idle,
    /// Users, stages, archive reasons, jobs.
    ReadingSettings,
    /// The first read of all opportunities.
    ReadingAll,
    /// What has changed since.
    ReadingChanges,
    /// Stopped by the recruiter.
    Paused,
    /// Lever did not answer as hoped; tried again later.
    Waiting {
        /// When it is tried again.
        until: Millis,
        /// Why it waits.
        failure: Failure,
    },
}

/// A key's permissions, tried one by one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ConnectionCheck {
    /// Whether Lever takes the key at all.
    pub accepted: bool,
    /// Each permission that was tried with a harmless read.
    pub permissions: Vec<PermissionCheck>,
    /// Whether the key sees confidential data; `null` where it could not be told.
    pub confidential: Option<bool>,
    /// Why the check could not be finished.
    pub failure: Option<Failure>,
}

/// One permission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct PermissionCheck {
    /// Method and path, such as `GET /stages`.
    pub endpoint: String,
    /// The tick-box in Lever's own words, such as "Find all stages" (lever-api §5).
    pub label: String,
    /// Whether it is granted; `null` where a harmless read cannot tell (writes).
    pub granted: Option<bool>,
}

/// A user of Lever.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct UserSummary {
    /// The user.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Email as Lever spells it.
    pub email: String,
}

impl std::fmt::Debug for UserSummary {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("UserSummary")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Something of Lever's by id and, where known, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name; `null` where the mirror does not know the id. Show it as unknown, do not hide it.
    pub text: Option<String>,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct PostingSummary {
    /// The job.
    pub id: PostingId,
    /// Title.
    pub title: String,
    /// Team.
    pub team: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Location.
    pub location: Option<String>,
    /// Lever's workplace type: `unspecified`, `onsite`, `remote`, `hybrid`.
    pub workplace_type: Option<String>,
    /// Lever's state: `published`, `internal`, `closed`, `draft`, `pending`, `rejected`.
    pub state: String,
    /// Why nobody can be added to it by whoever exports; `null` where it can be chosen.
    pub unavailable: Option<PostingBar>,
}

/// Why a job cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum PostingBar {
    /// It is being written.
    Draft,
    /// It waits for approval.
    Pending,
    /// It was not approved.
    Rejected,
    /// It is closed.
    Closed,
    /// Whoever exports sees only jobs of their own in Lever, and neither owns, manages nor follows this one.
    NotFollowed,
    /// It is confidential, and whoever exports is not of its team.
    Confidential,
}

/// What the export dialog offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ExportOptions {
    /// In whose name the export is made; `null` until chosen in the options.
    pub me: Option<UserSummary>,
    /// Lead stages first, in pipeline order.
    pub stages: Vec<Named>,
    /// Sources in use, most used first.
    pub sources: Vec<String>,
    /// Tags in use, most used first.
    pub tags: Vec<String>,
    /// Source to start with: by the rules, else the profile's site.
    pub default_source: Option<String>,
    /// Stage to start with, by the rules; Lever's "New lead" where there is none.
    pub default_stage: Option<StageId>,
    /// The job to start with, by the rules.
    pub default_posting: Option<PostingSummary>,
    /// Whether the rules allow people to be added without a job only.
    pub only_prospects: bool,
    /// Milliseconds in which an export can be taken back.
    pub undo_ms: u32,
}

/// Is the person in Lever?
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Answer {
    /// The verdict (design §8).
    pub verdict: Verdict,
    /// The verdict's candidates, in its order, with all that the card shows.
    pub people: Vec<Person>,
    /// The latest export of this very profile, if any.
    pub exported: Option<ExportOutcome>,
    /// Connection and mirror.
    pub status: Status,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Answer")
            .field("verdict", &self.verdict.verdict)
            .field("people", &self.people.len())
            .finish_non_exhaustive()
    }
}

/// One person in Lever, as the card shows them.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Person {
    /// The contact.
    pub contact: ContactId,
    /// Name as in Lever.
    pub name: String,
    /// Headline as in Lever: usually employers.
    pub headline: String,
    /// Place as in Lever.
    pub location: String,
    /// Email addresses.
    pub emails: Vec<String>,
    /// Phone numbers as typed.
    pub phones: Vec<String>,
    /// Links.
    pub links: Vec<String>,
    /// The person's opportunities: active first, then by last activity.
    pub opportunities: Vec<OpportunitySummary>,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Person")
            .field("contact", &self.contact)
            .finish_non_exhaustive()
    }
}

/// The status words of requirements 1.10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum StatusWord {
    /// In one of Lever's lead stages.
    Prospect,
    /// In any other stage.
    Active,
    /// Archived with a reason that is not a hired one.
    Rejected,
    /// Archived with a hired reason.
    Hired,
    /// Archived with a reason the mirror does not know.
    Archived,
}

/// One candidacy, as the card shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct OpportunitySummary {
    /// The opportunity.
    pub id: OpportunityId,
    /// Address of the person in Lever's web app.
    pub url: String,
    /// Status word.
    pub status: StatusWord,
    /// Stage by name.
    pub stage: Named,
    /// Jobs applied to; empty for a prospect.
    pub postings: Vec<Named>,
    /// The applications themselves.
    pub applications: Vec<ApplicationSummary>,
    /// Stages passed, oldest first.
    pub moves: Vec<StageMove>,
    /// Owner by name.
    pub owner: Option<Named>,
    /// Who moved the person last, where Lever tells.
    pub moved_by: Option<Named>,
    /// Archive reason by name; `null` while active.
    pub archive_reason: Option<Named>,
    /// When archived.
    pub archived_at: Option<Millis>,
    /// When made.
    pub created_at: Millis,
    /// Last change, or last interaction where Lever has no date of change.
    pub updated_at: Millis,
    /// Last interaction.
    pub last_interaction_at: Option<Millis>,
    /// Tags.
    pub tags: Vec<String>,
    /// Sources.
    pub sources: Vec<String>,
    /// Lever's origin: `applied`, `sourced`, `referred`, `agency`, `internal`, `university`.
    pub origin: Option<String>,
}

/// An application to a job, as the card shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ApplicationSummary {
    /// The application.
    pub id: ApplicationId,
    /// Lever's word for how it came: `user`, `posting`, `referral`.
    pub kind: Option<String>,
    /// The job by title.
    pub posting: Option<Named>,
    /// When made.
    pub created_at: Option<Millis>,
    /// When first closed; `null` while open.
    pub archived_at: Option<Millis>,
}

/// A stage that was entered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct StageMove {
    /// The stage by name.
    pub stage: Named,
    /// When.
    pub at: Option<Millis>,
    /// By whom, where Lever tells.
    pub by: Option<Named>,
}

/// From when to when, both included to the second, either open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct TimeSpan {
    /// Not before.
    pub since: Option<Millis>,
    /// Not after.
    pub until: Option<Millis>,
}

/// What comes first in a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum SearchOrder {
    /// Whoever was active last.
    #[default]
    Activity,
    /// Whoever fits the text best, among the latest who fit at all.
    Fit,
}

/// A search over the mirror. Several values of one filter are a union, several filters an intersection; one and the same
/// candidacy has to pass them all.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct SearchQuery {
    /// Words of name, headline, employers, place, tags, notes and resumes; each begins a word there.
    pub text: String,
    /// Status words.
    pub statuses: Vec<StatusWord>,
    /// Stages.
    pub stages: Vec<StageId>,
    /// Archive reasons.
    pub archive_reasons: Vec<ArchiveReasonId>,
    /// Owners.
    pub owners: Vec<UserId>,
    /// Jobs applied to.
    pub postings: Vec<PostingId>,
    /// Tags, as Lever spells them.
    pub tags: Vec<String>,
    /// Sources, as Lever spells them.
    pub sources: Vec<String>,
    /// Lever's origins.
    pub origins: Vec<String>,
    /// When last active.
    pub active: TimeSpan,
    /// When made.
    pub created: TimeSpan,
    /// When archived.
    pub archived: TimeSpan,
    /// What comes first.
    pub order: SearchOrder,
    /// At most so many people.
    pub limit: u32,
}

impl std::fmt::Debug for SearchQuery {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SearchQuery(<private>)")
    }
}

/// What a search can be narrowed to, by name: what has ended or left is among it, since searches are for the past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SearchOptions {
    /// Stages in pipeline order.
    pub stages: Vec<Named>,
    /// Archive reasons by name.
    pub archive_reasons: Vec<Named>,
    /// Users by name, those who have left last.
    pub owners: Vec<Named>,
    /// Jobs in whatever state, the latest first.
    pub postings: Vec<PostingSummary>,
    /// Sources, most used first.
    pub sources: Vec<String>,
    /// Tags in use lately, most used first.
    pub tags: Vec<String>,
}

/// How many people a search has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "count", rename_all = "snake_case")]
pub enum SearchCount {
    /// So many.
    Exactly {
        /// People.
        people: u32,
    },
    /// So many, and more: not counted to the end.
    AtLeast {
        /// People.
        people: u32,
    },
}

/// The first people a search has found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SearchFound {
    /// In the order asked for.
    pub people: Vec<FoundPerson>,
    /// How many there are.
    pub count: SearchCount,
}

impl Default for SearchFound {
    fn default() -> Self {
        Self {
            people: Vec::new(),
            count: SearchCount::Exactly { people: 0 },
        }
    }
}

/// A person found, and the candidacy that passed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct FoundPerson {
    /// The person.
    pub person: Person,
    /// The latest of the person's candidacies that passed.
    pub opportunity: OpportunityId,
}

/// How the mirror is kept (requirements 5.6 to 5.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct ReadingSettings {
    /// Changes are read every so many minutes: 1, 5, 15 or 60.
    pub every_minutes: u32,
    /// Candidacies made before are not read; `null` reads all there are.
    pub earliest: Option<Millis>,
    /// Whether people are taken in who are not in the mirror yet. Without, only who is asked about is, and nobody is ever said
    /// not to be in Lever.
    pub unknown_people: bool,
    /// Whether resumes, notes and files are read at all.
    pub details: bool,
    /// Requests an hour for them in the background, beside those for people who are looked at.
    pub background_details_an_hour: u32,
}

impl Default for ReadingSettings {
    fn default() -> Self {
        Self {
            every_minutes: 1,
            earliest: None,
            unknown_people: true,
            details: true,
            background_details_an_hour: 360,
        }
    }
}

/// Resumes, notes and files of one candidacy, as far as they are known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct OpportunityDetails {
    /// The candidacy.
    pub opportunity: OpportunityId,
    /// Resumes, the latest first.
    pub resumes: Vec<ResumeSummary>,
    /// Notes, the latest first.
    pub notes: Vec<NoteSummary>,
    /// Files, the latest first.
    pub files: Vec<FileSummary>,
    /// When the oldest of the three was read; `null` where one never was.
    pub read_at: Option<Millis>,
    /// Why they could not be read now, in part or at all.
    pub failure: Option<Failure>,
}

/// A resume, as the card shows it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ResumeSummary {
    /// The resume.
    pub id: ResumeId,
    /// Its file's name.
    pub name: String,
    /// When it came.
    pub uploaded_at: Option<Millis>,
    /// Employments that Lever read from it.
    pub positions: Vec<EmploymentSummary>,
    /// Educations that Lever read from it.
    pub schools: Vec<EducationSummary>,
}

/// An employment; months as `YYYY-MM` or `YYYY`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct EmploymentSummary {
    /// Employer.
    pub company: String,
    /// Job title.
    pub title: String,
    /// Place, as the resume has it; empty where it has none.
    pub location: String,
    /// Begin.
    pub start: Option<String>,
    /// End; `null` while it lasts or where it is not known.
    pub end: Option<String>,
}

/// An education; months as `YYYY-MM` or `YYYY`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct EducationSummary {
    /// School.
    pub school: String,
    /// Degree and field.
    pub degree: String,
    /// Begin.
    pub start: Option<String>,
    /// End.
    pub end: Option<String>,
}

/// A note, as the card shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct NoteSummary {
    /// The note.
    pub id: NoteId,
    /// What it says.
    pub text: String,
    /// Who wrote it, where Lever tells.
    pub by: Option<Named>,
    /// When.
    pub at: Option<Millis>,
}

/// A file, as the card shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct FileSummary {
    /// The file.
    pub id: FileId,
    /// Its name.
    pub name: String,
    /// When it came.
    pub uploaded_at: Option<Millis>,
    /// Bytes.
    pub size: Option<i64>,
}

/// Somebody on a project.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ProjectPerson {
    /// The profile's key.
    pub key: String,
    /// Name as the page showed it.
    pub name: Option<String>,
    /// Headline as the page showed it.
    pub headline: Option<String>,
    /// The page's address.
    pub url: String,
    /// When they were added.
    pub added_at: Millis,
    /// Whether they are in Lever.
    pub verdict: VerdictWord,
    /// Whether all of Lever was read when that was said.
    pub complete: bool,
    /// Whom they are taken for, first of those who come into question.
    pub person: Option<Person>,
    /// How their latest export stands; `null` where they were never exported.
    pub exported: Option<ExportState>,
}

/// What the recruiter has said about a page, or a record, and a contact.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct KeptCorrection {
    /// The profile's key, or `contact:ID` where two records of Lever's are kept apart.
    pub profile: String,
    /// The contact.
    pub contact: ContactId,
    /// The contact's name; `null` where the mirror does not hold the contact (any more).
    pub name: Option<String>,
    /// The other record's name where `profile` is one of Lever's; `null` for a page, and where the mirror does not hold it.
    pub other: Option<String>,
    /// What was said.
    pub said: Correction,
    /// When.
    pub at: Millis,
}

/// Records of Lever's that seem to be one person.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct DuplicatePeople {
    /// The records, the one with the latest activity first.
    pub people: Vec<DuplicateRecord>,
    /// Why, strongest first: `page` is the first record's value, `lever` another's.
    pub evidence: Vec<Evidence>,
    /// How probable it is that they are one person.
    pub probability: f64,
}

/// One record of somebody whom Lever seems to hold more than once.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct DuplicateRecord {
    /// The record.
    pub contact: ContactId,
    /// Name as in Lever.
    pub name: String,
    /// Headline as in Lever.
    pub headline: String,
    /// Place as in Lever.
    pub location: String,
    /// Email addresses.
    pub emails: Vec<String>,
    /// Address of the person in Lever's web app; `null` for a contact without a candidacy.
    pub url: Option<String>,
    /// Candidacies.
    pub opportunities: u32,
    /// The latest activity.
    pub last: Option<Millis>,
}

/// Declares that the debug form of a type with somebody's data shows nothing of it.
macro_rules! private {
    ($($name:ident),+) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(<private>)"))
            }
        })+
    };
}

private!(
    ProjectPerson,
    KeptCorrection,
    DuplicatePeople,
    DuplicateRecord,
    ResumeSummary,
    EmploymentSummary,
    EducationSummary,
    NoteSummary,
    FileSummary
);

/// How an export stands.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ExportOutcome {
    /// The profile's key, as given.
    pub key: String,
    /// State of the whole export.
    pub state: crate::export::journal::ExportState,
    /// When it reached that state.
    pub at: Millis,
    /// The person in Lever, once known.
    pub contact: Option<ContactId>,
    /// The opportunity in Lever, once known.
    pub opportunity: Option<OpportunityId>,
    /// Link to the opportunity in Lever's web app.
    pub url: Option<String>,
    /// The job, by name, if it went on one.
    pub posting: Option<Named>,
    /// The stage it was put in.
    pub stage: Option<Named>,
    /// Whether Lever knew the person already and linked the new opportunity to them.
    pub deduped: bool,
    /// What failed, if something did; `state` says what that leaves.
    pub failure: Option<Failure>,
}

impl std::fmt::Debug for ExportOutcome {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ExportOutcome")
            .field("state", &self.state)
            .field("opportunity", &self.opportunity)
            .finish_non_exhaustive()
    }
}

/// A write of an update that is not in Lever.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct FailedStep {
    /// Which write.
    pub step: crate::export::plan::StepKind,
    /// Why not.
    pub failure: Failure,
}

/// Why something could not be done. Carries no secret and nobody's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Failure {
    /// What kind of failure.
    pub code: FailureCode,
    /// Method and path of the request that failed, such as `GET /stages`; `null` where none was made.
    pub endpoint: Option<String>,
    /// Lever's tick-box for that endpoint, for [`FailureCode::PermissionMissing`].
    pub permission: Option<String>,
    /// What Lever said, where it says something useful: its own rule texts, never candidate data.
    pub detail: Option<String>,
}

/// Kinds of failure; each has its words on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// No key is stored.
    NotConnected,
    /// Lever refused the key (401).
    KeyRefused,
    /// Lever gives out no more tokens for the OAuth sign-in: a Super Admin has to sign in again.
    SignInRefused,
    /// The key lacks a permission (403).
    PermissionMissing,
    /// Lever does not have it (404).
    NotFound,
    /// Lever refused by a rule (400, 422).
    RefusedByRule,
    /// Too many requests (429), after waiting as long as was sensible.
    RateLimited,
    /// Lever failed (5xx).
    LeverFailing,
    /// Lever could not be reached, or the connection broke.
    Network,
    /// Lever did not answer in time.
    TimedOut,
    /// Lever's reply could not be understood.
    ReplyNotUnderstood,
    /// The mirror's storage failed.
    Storage,
    /// The disk is full; what was stored is kept.
    StorageFull,
    /// Nobody has been chosen as "me" in the options, and Lever wants a name for writes.
    UserNotChosen,
    /// The page is not the one the dialog was opened for; nothing was sent.
    PageChanged,
    /// Lever or the page has changed since the plan was shown; nothing was sent.
    PlanChanged,
    /// An export of this very profile is under way.
    AlreadyExporting,
    /// It is on its way to Lever, or there already.
    TooLateToUndo,
    /// The outcome of a write is not known; it is looked up before anything is sent again.
    OutcomeUnknown,
    /// The core was restarted before it could answer.
    CoreRestarted,
    /// Rules for the export cannot be followed; those of before hold.
    RulesNotUnderstood,
    /// A name is empty or too long.
    BadName,
    /// Another one has this name.
    NameTaken,
    /// A project holds no more people.
    ProjectFull,
    /// The request was not understood.
    BadCommand,
    /// Something of ours failed.
    Internal,
    /// Somebody else has changed the person in Lever since the update was planned; nothing was overwritten.
    ContactChanged,
    /// The person's data was erased in Lever, which takes no changes to it any more.
    ContactAnonymized,
    /// A file that goes along is not kept any more, after a day or an export that was taken back; it has to be attached again.
    FileNotKept,
    /// A file has more than 30 MB.
    FileTooLarge,
    /// Lever takes no files of that kind.
    FileTypeRefused,
    /// A file has no content.
    FileEmpty,
    /// The organisation's administrator has fixed it.
    SetByOrganisation,
}

impl Failure {
    /// A failure without a request behind it.
    #[must_use]
    pub fn of(code: FailureCode) -> Self {
        Self {
            code,
            endpoint: None,
            permission: None,
            detail: None,
        }
    }
}
