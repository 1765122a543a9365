//! Command → reply, with mirror, records and host passed in. Decides who asks whom in which order; the work itself is done in
//! the modules it calls.
//!
//! One service lives in one thread. Commands may overlap: each `await` lets another go on, so nothing borrowed is held across
//! one.

mod many;
mod update;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use futures::channel::{mpsc, oneshot};
use futures::future::{Either, select};
use futures::{StreamExt, future};

use crate::command::{
    Answer, ApiKey, Command, ConnectionCheck, ConnectionState, Consent, ConsentRequest, Correction, ExportOptions,
    ExportOutcome, Failure, FailureCode, KeptCorrection, MirrorState, Named, PermissionCheck, Person, PostingSummary,
    ReadingSettings, Reply, SearchQuery, Status, SyncPhase, UserSummary,
};
use crate::export::files::{self, AttachedFile, KeptFile};
use crate::export::journal::{ExportRemedy, ExportState, overall, remedy};
use crate::export::many::LineOutcome;
use crate::export::placeholder_email::placeholder_email;
use crate::export::plan::{
    Destination, ExportChoices, ExportedBefore, IfKnown, NothingReason, Plan, PlanFacts, PlanWarning, PlannedAction,
    PlannedResume, plan,
};
use crate::export::records::{ExportNumber, POLICY, Records, StoredExport, StoredStep, record_of};
use crate::export::resume::ResumeContent;
use crate::export::rules::{ExportRules, LONGEST_UNDO, RulesError};
use crate::export::run::Run;
use crate::export::update::ContactAsRead;
use crate::export::{mapping, plan as planning};
use crate::host::Host;
use crate::lever::api_variant::ApiVariant;
use crate::lever::authentication::{self, Credentials};
use crate::lever::client::{FirstRow, LeverClient};
use crate::lever::endpoint::{self, Endpoint};
use crate::lever::environment::Environment;
use crate::lever::error::LeverError;
use crate::lever::model::account::User;
use crate::lever::oauth::{self, OAuthApplication};
use crate::lever::pace::{Pacer, Priority, backoff};
use crate::matching;
use crate::matching::verdict::Verdict;
use crate::matching::{Asking, duplicates};
use crate::mirror::columns::ColumnsRead;
use crate::mirror::read::LEAD_STAGES;
use crate::mirror::sync::{PersonBy, Progress, Sync, SyncError};
use crate::mirror::visibility::Viewer;
use crate::mirror::{Lifetime, Mirror, MirrorError};
use crate::policy::{Policy, can_be_kept};
use crate::profile::Profile;
use crate::text::{ContactId, Millis, UserId};

/// Where the settings say "every minute", Lever is asked for changes every so many milliseconds: a change is to reach the badge
/// within 60 s (design §6).
pub const CHANGES_EVERY: u32 = 30_000;
/// The longest wait after failures, in milliseconds.
const LONGEST_WAIT: u32 = 60_000;
/// Tags and sources offered in the export dialog.
const SUGGESTIONS: u32 = 50;

/// How hard Lever may be asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Requests a second; 0 means no limit.
    pub requests_per_second: f64,
    /// Share of it for background work, 0 to 1.
    pub background_share: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            requests_per_second: crate::lever::pace::LEVER_RATE,
            background_share: 0.5,
        }
    }
}

/// Something in the service failed.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// No key is stored.
    #[error("not connected to Lever")]
    NotConnected,
    /// Lever.
    #[error(transparent)]
    Lever(#[from] LeverError),
    /// Mirror or records.
    #[error(transparent)]
    Storage(#[from] MirrorError),
    /// The secret store.
    #[error(transparent)]
    Secret(#[from] crate::host::SecretError),
    /// Reading Lever.
    #[error(transparent)]
    Sync(#[from] SyncError),
    /// Rules for the export.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// Another reason, by its code.
    #[error("{0:?}")]
    Refused(FailureCode),
}

impl ServiceError {
    /// The failure as the protocol tells it.
    #[must_use]
    pub fn failure(&self) -> Failure {
        match self {
            Self::NotConnected => Failure::of(FailureCode::NotConnected),
            Self::Lever(error) => error.failure(),
            Self::Storage(error) => error.failure(),
            Self::Secret(_) => Failure::of(FailureCode::Storage),
            Self::Sync(error) => error.failure(),
            Self::Rules(error) => Failure {
                // The administrator's own words.
                detail: Some(error.to_string()),
                ..Failure::of(FailureCode::RulesNotUnderstood)
            },
            Self::Refused(code) => Failure::of(*code),
        }
    }
}

const ENVIRONMENT: &str = "environment";
const ME: &str = "me";
const CONFIDENTIAL: &str = "confidential";
const PAUSED: &str = "paused";
const READING: &str = "reading";
const EXPORT_RULES: &str = "export_rules";
const API: &str = "api";
/// Address of the Lever that the mirror was read from.
const MIRROR_OF: &str = "mirror_of";

/// What a plan has to know of a page's person besides the page.
struct KnownOfPage {
    verdict: Verdict,
    /// The verdict's candidates.
    people: Vec<Person>,
    exported: Option<ExportedBefore>,
    /// The project they are exported from, or were put on last.
    project: Option<String>,
    /// The moment of planning.
    now: Millis,
    /// The resume that the rules want; its digest is empty while it is not made.
    resume: Option<KeptFile>,
}

impl KnownOfPage {
    /// Of somebody whom nobody knows.
    fn nothing(profile: &Profile, now: Millis) -> Self {
        Self {
            verdict: Verdict::nobody(&profile.key),
            people: Vec::new(),
            exported: None,
            project: None,
            now,
            resume: None,
        }
    }
}

/// The core as one object.
pub struct Service {
    host: Host,
    mirror: Mirror,
    records: Records,
    pace: Pace,
    client: RefCell<Option<Rc<LeverClient>>>,
    trouble: RefCell<Option<Failure>>,
    progress: Progress,
    /// The page that was looked at last.
    looked_at: RefCell<Option<Profile>>,
    /// The contact that was read last for an update, and when.
    contact_read: RefCell<Option<(ContactId, Millis, ContactAsRead)>>,
    /// Exports that can still be taken back, by profile key.
    undoable: RefCell<HashMap<String, oneshot::Sender<()>>>,
    /// Exports being sent right now.
    sending: RefCell<BTreeSet<i64>>,
    /// Clicks whose answer somebody waits for: nobody of a batch sets out meanwhile.
    clicks: Cell<u32>,
    many: many::Sending,
    wake: RefCell<Option<mpsc::UnboundedSender<()>>>,
    wake_batches: RefCell<Option<mpsc::UnboundedSender<()>>>,
    changed: Rc<dyn Fn()>,
    paused: Cell<bool>,
    /// Whether resumes are made whatever the rules say: asked for with each call in a terminal, and kept nowhere.
    #[cfg(not(target_arch = "wasm32"))]
    always_resumes: Cell<bool>,
}

impl Service {
    /// Opens with what was stored: the key, the environment, a pause.
    ///
    /// # Errors
    /// [`ServiceError`] when records or secrets cannot be read.
    pub async fn open(
        host: Host,
        mirror: Mirror,
        records: Records,
        pace: Pace,
        changed: Rc<dyn Fn()>,
    ) -> Result<Self, ServiceError> {
        let paused = records.setting(PAUSED)?.unwrap_or(false);
        let service = Self {
            host,
            mirror,
            records,
            pace,
            client: RefCell::new(None),
            trouble: RefCell::new(None),
            progress: Progress::default(),
            looked_at: RefCell::default(),
            contact_read: RefCell::default(),
            undoable: RefCell::default(),
            sending: RefCell::default(),
            clicks: Cell::new(0),
            many: many::Sending::default(),
            wake: RefCell::new(None),
            wake_batches: RefCell::new(None),
            changed,
            paused: Cell::new(paused),
            #[cfg(not(target_arch = "wasm32"))]
            always_resumes: Cell::new(false),
        };
        let environment: Option<Environment> = service.records.setting(ENVIRONMENT)?;
        if let Some(environment) = environment
            && service.allow(&environment).is_ok()
            && let Some(key) = service.host.secrets.load().await?
        {
            let kept: Option<String> = service.records.setting(API)?;
            let api = service.policy()?.api().or(kept.as_deref().and_then(ApiVariant::of));
            service.use_credentials(environment, Credentials::from_secret(key), api.unwrap_or_default());
        }
        Ok(service)
    }

    /// The mirror, for whoever reports on it.
    #[must_use]
    pub fn mirror(&self) -> &Mirror {
        &self.mirror
    }

    /// The records, for whoever reports on them.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.records
    }

    fn use_credentials(&self, environment: Environment, credentials: Credentials, api: ApiVariant) {
        let pacer = Pacer::new(self.pace.requests_per_second, self.pace.background_share);
        let client = LeverClient::new(self.host.clone(), environment, credentials, pacer);
        client.use_api(api);
        self.replace_client(Some(Rc::new(client)));
        *self.trouble.borrow_mut() = None;
    }

    /// The client of before stores no tokens any more.
    fn replace_client(&self, client: Option<Rc<LeverClient>>) {
        if let Some(before) = self.client.replace(client) {
            before.retire();
        }
    }

    fn client(&self) -> Result<Rc<LeverClient>, ServiceError> {
        self.client.borrow().clone().ok_or(ServiceError::NotConnected)
    }

    /// Answers one command. What fails is answered too.
    pub async fn dispatch(&self, command: Command) -> Reply {
        self.answer(command).await.unwrap_or_else(|error| {
            self.mend(&error);
            Reply::Failed {
                failure: error.failure(),
            }
        })
    }

    /// A mirror that turns out to be damaged inside is begun anew, so that it does not fail for ever.
    fn mend(&self, error: &ServiceError) {
        let is_damage = matches!(
            error,
            ServiceError::Storage(MirrorError::Damaged) | ServiceError::Sync(SyncError::Mirror(MirrorError::Damaged))
        );
        // What cannot be begun anew either fails again at its next use, and says so then.
        if is_damage && self.mirror.renew_if_damaged().unwrap_or(false) {
            self.stop_rounds();
            self.wake_up();
            (self.changed)();
        }
    }

    async fn answer(&self, command: Command) -> Result<Reply, ServiceError> {
        match command {
            Command::Status => self.status_reply(),
            Command::Connect { environment, key } => self.connect_with_key(environment, key).await,
            Command::ConsentAddress { environment, consent } => Self::consent_address(&environment, &consent),
            Command::ConnectWithConsent { environment, consent } => {
                self.connect_with_consent(environment, consent).await
            }
            Command::CheckConnection => {
                let client = self.client()?;
                let check = self.check(&client).await;
                *self.trouble.borrow_mut() = check.failure.clone();
                self.check_reply(check)
            }
            Command::Users { text } => Ok(Reply::Users {
                users: self.mirror.search_users(&text)?,
            }),
            Command::ChooseUser { user } => {
                if self.mirror.user(&user)?.is_none() {
                    return Err(ServiceError::Refused(FailureCode::NotFound));
                }
                self.records.set_setting(ME, &user)?;
                (self.changed)();
                self.status_reply()
            }
            Command::Disconnect => self.disconnect().await,
            Command::LookUp { profile } => self.look_up(&profile),
            Command::LookUpList { profiles } => self.look_up_list(&profiles),
            Command::CheckNow { profile } => self.check_now(&profile).await,
            Command::Correct {
                profile,
                contact,
                correction,
            } => self.correct(&profile, &contact, correction),
            Command::Postings { text, limit } => Ok(Reply::Postings {
                postings: self.mirror.search_postings(&text, limit, &self.viewer()?)?,
            }),
            Command::ExportOptions { profile } => self.export_options(&profile),
            Command::UndoExport { key } => self.undo_export(&key),
            Command::ExportRules => self.export_rules_reply(),
            Command::SetExportRules { rules } => self.set_export_rules(&rules),
            Command::PreviewExportRules { rules } => self.preview_export_rules(&rules),
            Command::Plan { profile, choices } => Ok(Reply::Plan {
                plan: self.planned(&profile, &choices).await?,
            }),
            Command::Export {
                profile,
                choices,
                fingerprint,
            } => {
                self.clicks.update(|clicks| clicks + 1);
                let reply = self.export(&profile, &choices, &fingerprint).await;
                self.clicks.update(|clicks| clicks.saturating_sub(1));
                reply
            }
            Command::TryAgain { export } => self.try_again(export).await,
            Command::LeaveIt { export } => self.leave_it(export),
            Command::Journal { text, limit } => Ok(Reply::Journal {
                entries: self.records.entries(&text, limit)?,
            }),
            Command::Projects => self.projects_reply(),
            Command::NameProject { project, name } => self.name_project(project, &name),
            Command::DeleteProject { project } => self.delete_project(project),
            Command::AddToProject { project, profiles } => self.add_to_project(project, &profiles),
            Command::RemoveFromProject { project, keys } => self.remove_from_project(project, &keys),
            Command::ProjectPeople { project, after, limit } => self.project_people(project, after, limit),
            Command::PlanMany {
                project,
                keys,
                choices,
                at,
            } => self.plan_many(project, &keys, &choices, at).await,
            Command::ExportMany {
                project,
                lines,
                choices,
                at,
            } => self.export_many(project, &lines, &choices, at),
            Command::Batches => self.batches_reply(),
            Command::BatchLines { batch, after, limit } => self.batch_lines(batch, after, limit),
            Command::ControlBatch { batch, control } => self.control_batch(batch, control),
            Command::SyncNow => {
                self.wake_up();
                self.status_reply()
            }
            Command::Search { query } => self.search(&query).await,
            Command::SearchOptions => {
                self.client()?;
                Ok(Reply::SearchOptions {
                    options: self.mirror.search_options(&self.viewer()?)?,
                })
            }
            Command::Details {
                contact,
                not_older_than,
            } => self.details(&contact, not_older_than).await,
            Command::Corrections => self.corrections_reply(),
            Command::ForgetCorrection { profile, contact } => {
                self.records
                    .correct(&profile, &contact, Correction::Forget, self.host.clock.now())?;
                // Whoever shows that page or those records shows what no longer holds.
                (self.changed)();
                self.corrections_reply()
            }
            Command::Duplicates { limit } => self.duplicates(limit),
            Command::KeepApart { contacts, limit } => {
                self.client()?;
                self.records.keep_apart(&contacts, self.host.clock.now())?;
                self.duplicates(limit)
            }
            Command::ReadingSettings => self.reading_settings_reply(),
            Command::SetReadingSettings { settings } => self.set_reading_settings(settings),
            Command::StartOver => {
                self.stop_rounds();
                self.mirror.forget_walk()?;
                self.set_paused(false)
            }
            Command::PauseSync => self.set_paused(true),
            Command::ResumeSync => self.set_paused(false),
            Command::Compare { profile, contact } => self.compare(&profile, &contact),
            Command::PlanUpdate {
                profile,
                contact,
                choices,
            } => self.plan_update(&profile, &contact, &choices).await,
            Command::Update {
                profile,
                contact,
                choices,
                fingerprint,
            } => self.update(&profile, &contact, &choices, &fingerprint).await,
            Command::KeepFile { file } => {
                let bytes = file.bytes().map_err(ServiceError::Refused)?;
                self.keep(&file.name, &bytes)
            }
            Command::ReadFile { file } => self.read_file(file),
            Command::SetPolicy { managed } => self.set_policy(&managed),
            Command::Policy => self.policy_reply(),
            Command::ChooseApi { api } => self.choose_api(api),
            Command::ProjectsOf { key } => self.projects_of(&key),
        }
    }

    fn status_reply(&self) -> Result<Reply, ServiceError> {
        Ok(Reply::Status { status: self.status()? })
    }

    fn check_reply(&self, check: ConnectionCheck) -> Result<Reply, ServiceError> {
        Ok(Reply::Check {
            check,
            status: self.status()?,
        })
    }

    /// How things stand.
    ///
    /// # Errors
    /// [`ServiceError`] when mirror or records cannot be read.
    pub fn status(&self) -> Result<Status, ServiceError> {
        let connected = self.client.borrow().is_some();
        let connection = match (connected, self.trouble.borrow().clone()) {
            (false, _) => ConnectionState::NotConnected,
            (true, None) => ConnectionState::Connected,
            (true, Some(failure)) => ConnectionState::Troubled { failure },
        };
        let me = match self.records.setting::<UserId>(ME)? {
            Some(user) => self.mirror.user(&user)?,
            None => None,
        };
        Ok(Status {
            connection,
            environment: self.client.borrow().as_ref().map(|client| client.environment().clone()),
            me,
            mirror: self.mirror_state()?,
            unsettled_exports: u32::try_from(self.records.unsettled()?.len()).unwrap_or(u32::MAX),
            api: self.api(),
        })
    }

    fn mirror_state(&self) -> Result<MirrorState, ServiceError> {
        let counts = self.mirror.counts();
        let walk = self.mirror.walk()?;
        let complete = self.mirror.is_complete()?;
        let rows_per_second = self.progress.rows_per_second(self.host.clock.now());
        let left = walk
            .expected
            .filter(|_| !complete)
            .map(|expected| expected.saturating_sub(walk.read));
        let time_left = match (left, rows_per_second) {
            (Some(left), Some(rate)) if rate > 0.0 => Some((left as f64 / rate * 1000.0) as i64),
            _ => None,
        };
        let settings = self.reading_settings()?;
        Ok(MirrorState {
            complete,
            read: self.mirror.share_read()?,
            as_of: matching::as_of(&self.mirror)?,
            contacts: counts.contacts,
            opportunities: counts.opportunities,
            expected_opportunities: walk.expected,
            phase: if self.paused.get() {
                SyncPhase::Paused
            } else {
                self.progress.phase()
            },
            rows_per_second,
            time_left,
            temporary: self.mirror.lifetime() == Lifetime::Temporary,
            renewed: self.mirror.renewed()?,
            walked: self.mirror.has_walked()?,
            earliest: settings.earliest,
            unknown_people: settings.unknown_people,
            bytes: self.mirror.bytes()?,
        })
    }

    // --- Connection ---------------------------------------------------------------------------------------------------

    async fn connect_with_key(&self, environment: Environment, key: ApiKey) -> Result<Reply, ServiceError> {
        let key = ApiKey(key.0.trim().to_owned());
        if key.0.is_empty() {
            return Err(ServiceError::Refused(FailureCode::KeyRefused));
        }
        self.connect(environment, Credentials::ApiKey(key)).await
    }

    /// The address where a Super Admin consents to all that badge and export need.
    fn consent_address(environment: &Environment, consent: &ConsentRequest) -> Result<Reply, ServiceError> {
        let needed = [
            &endpoint::CONNECT[..],
            &endpoint::EXPORT,
            &endpoint::UPDATE,
            &[
                endpoint::LIST_SOURCES,
                endpoint::LIST_DELETED_OPPORTUNITIES,
                endpoint::LIST_RESUMES,
                endpoint::LIST_NOTES,
                endpoint::LIST_FILES,
            ],
        ]
        .concat();
        let ConsentRequest {
            client_id,
            redirect_uri,
            state,
        } = consent;
        if client_id.trim().is_empty() || state.is_empty() {
            return Err(ServiceError::Refused(FailureCode::BadCommand));
        }
        let scopes = endpoint::scopes(&needed);
        let address = oauth::authorize_address(environment, client_id.trim(), redirect_uri, state, &scopes)
            .map_err(|_| ServiceError::Refused(FailureCode::BadCommand))?;
        Ok(Reply::ConsentAddress { address })
    }

    async fn connect_with_consent(&self, environment: Environment, consent: Consent) -> Result<Reply, ServiceError> {
        self.allow(&environment)?;
        let code = oauth::code_of(&consent.redirected_to, &consent.state)
            .map_err(|_| ServiceError::Refused(FailureCode::SignInRefused))?;
        let application = OAuthApplication {
            client_id: consent.application.client_id.trim().to_owned(),
            client_secret: consent.application.client_secret.trim().to_owned(),
        };
        let grant =
            authentication::exchange_code(&self.host, &environment, application, &code, &consent.redirect_uri).await?;
        self.connect(environment, Credentials::OAuth(grant)).await
    }

    async fn connect(&self, environment: Environment, credentials: Credentials) -> Result<Reply, ServiceError> {
        let pacer = Pacer::new(self.pace.requests_per_second, self.pace.background_share);
        self.allow(&environment)?;
        let candidate = LeverClient::new(self.host.clone(), environment.clone(), credentials.clone(), pacer);
        let check = self.check(&candidate).await;
        if !check.accepted {
            return self.check_reply(check);
        }
        self.stop_rounds();
        let users = candidate.users(Priority::Click).await.ok();
        if !self.is_mirror_of(&environment, users.as_deref())? {
            self.mirror.erase()?;
            self.records.set_setting(ME, &serde_json::Value::Null)?;
        }
        self.records.set_setting(MIRROR_OF, &environment.base_url())?;
        // The next question is "who are you in Lever": its list has to be there at once.
        if let Some(users) = &users {
            self.mirror.replace_users(users)?;
        }
        self.host.secrets.save(credentials.to_secret()).await?;
        self.records.set_setting(ENVIRONMENT, &environment)?;
        self.records
            .set_setting(CONFIDENTIAL, &check.confidential.unwrap_or(false))?;
        self.records.set_setting(API, &candidate.api().word())?;
        self.use_credentials(environment, credentials, candidate.api());
        *self.trouble.borrow_mut() = check.failure.clone();
        self.set_paused(false)?;
        self.wake_batches();
        self.check_reply(check)
    }

    /// Whether the mirror holds this very account, so that one account's people are never shown for another: a user in common
    /// proves it; without users the address has to do.
    fn is_mirror_of(&self, environment: &Environment, users: Option<&[User]>) -> Result<bool, ServiceError> {
        let same_address = self.records.setting::<String>(MIRROR_OF)?.as_deref() == Some(environment.base_url());
        let known = self.mirror.search_users("")?;
        Ok(match users {
            Some(users) if !known.is_empty() => users.iter().any(|user| known.iter().any(|known| known.id == user.id)),
            _ => same_address,
        })
    }

    /// Tries every permission that a harmless read can tell.
    async fn check(&self, client: &LeverClient) -> ConnectionCheck {
        let mut check = ConnectionCheck {
            accepted: false,
            permissions: Vec::new(),
            confidential: None,
            failure: None,
        };
        let mut first = FirstRow::default();
        let fixed = self.policy().ok().and_then(|policy| policy.api());
        client.use_api(fixed.unwrap_or(client.api()));
        for endpoint in endpoint::CONNECT {
            let tried = match endpoint {
                endpoint::READ_OPPORTUNITY => client.probe_one(endpoint, first.id.as_deref()).await,
                endpoint::READ_CONTACT => client.probe_one(endpoint, first.contact.as_deref()).await,
                endpoint::LIST_OPPORTUNITIES if fixed.is_none() => self.probe_by_either_name(client).await.map(|row| {
                    first = row;
                    Some(())
                }),
                _ => client.probe(endpoint, &[]).await.map(|row| {
                    if endpoint == endpoint::LIST_OPPORTUNITIES {
                        first = row;
                    }
                    Some(())
                }),
            };
            let granted = match tried {
                Ok(answered) => answered.map(|()| true),
                Err(LeverError::PermissionMissing { .. }) => Some(false),
                Err(LeverError::NotFound { .. }) => None,
                Err(error) => {
                    check.failure = Some(error.failure());
                    return check;
                }
            };
            check.accepted = true;
            check
                .permissions
                .push(permission(client.by_name_in_use(endpoint), granted));
        }
        let confidential = [("confidentiality".to_owned(), "all".to_owned())];
        check.confidential = match client.probe(endpoint::LIST_OPPORTUNITIES, &confidential).await {
            Ok(_) => Some(true),
            Err(LeverError::PermissionMissing { .. }) => Some(false),
            Err(_) => None,
        };
        for endpoint in [&endpoint::EXPORT[..], &endpoint::UPDATE].concat() {
            check
                .permissions
                .push(permission(client.by_name_in_use(endpoint), None));
        }
        check.failure = check
            .permissions
            .iter()
            .find(|tried| tried.granted == Some(false))
            .map(|tried| Failure {
                code: FailureCode::PermissionMissing,
                endpoint: Some(tried.endpoint.clone()),
                permission: Some(tried.label.clone()),
                detail: None,
            });
        check
    }

    /// Lists rows by the name in use, or by the other where only that is permitted, which is in use from then on.
    async fn probe_by_either_name(&self, client: &LeverClient) -> Result<FirstRow, LeverError> {
        let tried = client.probe(endpoint::LIST_OPPORTUNITIES, &[]).await;
        if !matches!(tried, Err(LeverError::PermissionMissing { .. })) {
            return tried;
        }
        let before = client.api();
        client.use_api(before.other());
        match client.probe(endpoint::LIST_OPPORTUNITIES, &[]).await {
            Ok(row) => Ok(row),
            Err(_) => {
                client.use_api(before);
                tried
            }
        }
    }

    async fn disconnect(&self) -> Result<Reply, ServiceError> {
        self.replace_client(None);
        *self.trouble.borrow_mut() = None;
        self.looked_at.replace(None);
        self.contact_read.replace(None);
        self.undoable.borrow_mut().clear();
        self.wake_batches();
        self.stop_rounds();
        self.progress.set_phase(SyncPhase::Idle);
        // The key first: whatever fails after it cannot read Lever any more.
        self.host.secrets.erase().await?;
        self.mirror.erase()?;
        self.records.erase()?;
        self.paused.set(false);
        (self.changed)();
        self.status_reply()
    }

    fn set_paused(&self, paused: bool) -> Result<Reply, ServiceError> {
        self.paused.set(paused);
        self.records.set_setting(PAUSED, &paused)?;
        if paused {
            self.stop_rounds();
        }
        self.wake_up();
        (self.changed)();
        self.status_reply()
    }

    // --- Looking up ---------------------------------------------------------------------------------------------------

    fn verdict(&self, profile: &Profile) -> Result<Verdict, ServiceError> {
        self.verdict_beside_others(profile, &Asking::of(&self.mirror)?)
    }

    fn verdict_beside_others(&self, profile: &Profile, asking: &Asking<'_>) -> Result<Verdict, ServiceError> {
        let kept = self.records.kept_about(profile)?;
        Ok(matching::look_up_beside_others(
            &kept.profile,
            asking,
            &kept.corrections,
        )?)
    }

    fn environment(&self) -> Environment {
        self.client
            .borrow()
            .as_ref()
            .map_or(Environment::Production, |client| client.environment().clone())
    }

    fn people(&self, verdict: &Verdict) -> Result<Vec<Person>, ServiceError> {
        let environment = self.environment();
        let mut people = Vec::new();
        for candidate in &verdict.candidates {
            let Some(mut person) = self.mirror.person(&candidate.contact, &environment)? else {
                continue;
            };
            for other in &candidate.same_as {
                if let Some(other) = self.mirror.person(other, &environment)? {
                    person.opportunities.extend(other.opportunities);
                }
            }
            people.push(person);
        }
        Ok(people)
    }

    fn look_up(&self, profile: &Profile) -> Result<Reply, ServiceError> {
        self.client()?;
        self.records.learn_alias(profile, self.host.clock.now())?;
        self.records.learn_page(profile)?;
        self.looked_at.replace(Some(profile.clone()));
        let verdict = self.verdict(profile)?;
        let people = self.people(&verdict)?;
        let exported = match self.records.latest_export(&profile.key)? {
            Some(export) if !is_stale_failure(&export) => Some(self.outcome(&export)?),
            _ => None,
        };
        Ok(Reply::Answer {
            answer: Answer {
                verdict,
                people,
                exported,
                status: self.status()?,
            },
        })
    }

    /// The likeliest of a verdict's candidates.
    fn first_of(&self, verdict: &Verdict) -> Result<Option<Person>, ServiceError> {
        Ok(match verdict.candidates.first() {
            Some(first) => self.mirror.person(&first.contact, &self.environment())?,
            None => None,
        })
    }

    fn look_up_list(&self, profiles: &[Profile]) -> Result<Reply, ServiceError> {
        self.client()?;
        let asking = Asking::of(&self.mirror)?;
        let mut verdicts = Vec::new();
        let mut people = Vec::new();
        for profile in profiles {
            let verdict = self.verdict_beside_others(profile, &asking)?;
            people.push(self.first_of(&verdict)?);
            verdicts.push(verdict);
        }
        Ok(Reply::Verdicts { verdicts, people })
    }

    async fn check_now(&self, profile: &Profile) -> Result<Reply, ServiceError> {
        let client = self.client()?;
        let found = self.ask_lever_about(profile, &client).await;
        self.note_trouble(found.as_ref().err());
        found?;
        self.look_up(profile)
    }

    /// Asks Lever itself about the people the mirror thinks of, and by every email of the page.
    async fn ask_lever_about(&self, profile: &Profile, client: &LeverClient) -> Result<(), ServiceError> {
        let verdict = self.verdict(profile)?;
        let sync = self.sync(client)?;
        for candidate in verdict.candidates.iter().take(5) {
            for contact in std::iter::once(&candidate.contact).chain(&candidate.same_as) {
                sync.person(PersonBy::Contact(contact)).await?;
            }
        }
        for email in mapping::emails(profile, &ExportChoices::default()) {
            sync.person(PersonBy::Email(&email)).await?;
        }
        if self.mirror.is_complete()? {
            sync.changes().await?;
            self.progress.set_phase(SyncPhase::Idle);
        }
        Ok(())
    }

    fn correct(&self, profile: &Profile, contact: &ContactId, correction: Correction) -> Result<Reply, ServiceError> {
        let now = self.host.clock.now();
        self.records.correct(&profile.key, contact, correction, now)?;
        if correction == Correction::Forget {
            // It may have been said on another page of the same person.
            for key in self.records.kept_about(profile)?.profile.ids {
                self.records.correct(&key, contact, correction, now)?;
            }
        }
        self.look_up(profile)
    }

    fn corrections_reply(&self) -> Result<Reply, ServiceError> {
        let name_of = |contact: &ContactId| -> Result<Option<String>, ServiceError> {
            Ok(self.mirror.contact(contact)?.map(|record| record.data.name))
        };
        let mut corrections = Vec::new();
        for (profile, contact, said, at) in self.records.all_corrections()? {
            corrections.push(KeptCorrection {
                name: name_of(&contact)?,
                other: record_of(&profile).map_or(Ok(None), |other| name_of(&other))?,
                profile,
                contact,
                said,
                at,
            });
        }
        Ok(Reply::Corrections { corrections })
    }

    /// What the recruiter keeps apart is left out; it is asked for beside what is shown, so that as many follow.
    fn duplicates(&self, limit: u32) -> Result<Reply, ServiceError> {
        self.client()?;
        let environment = self.environment();
        let kept = u32::try_from(self.records.all_corrections()?.len()).unwrap_or(u32::MAX);
        let mut pairs = Vec::new();
        for mut found in duplicates::list(&self.mirror, limit.saturating_add(kept))? {
            let contacts: Vec<&ContactId> = found.people.iter().map(|record| &record.contact).collect();
            if pairs.len() >= limit as usize || self.records.are_kept_apart(&contacts)? {
                continue;
            }
            for record in &mut found.people {
                let person = self.mirror.person(&record.contact, &environment)?;
                record.url = person.and_then(|person| person.opportunities.into_iter().next().map(|first| first.url));
            }
            pairs.push(found);
        }
        Ok(Reply::Duplicates {
            pairs,
            counted: self.mirror.are_pairs_found()?,
        })
    }

    // --- Searching ----------------------------------------------------------------------------------------------------

    async fn search(&self, query: &SearchQuery) -> Result<Reply, ServiceError> {
        self.client()?;
        while self.mirror.read_columns()? == ColumnsRead::Partly {
            self.host.sleeper.breathe().await;
        }
        Ok(Reply::Found {
            found: self.mirror.rediscover(query, &self.environment())?,
        })
    }

    async fn details(&self, contact: &ContactId, not_older_than: i64) -> Result<Reply, ServiceError> {
        let client = self.client()?;
        let since = client.lever_now().plus(not_older_than.max(0).saturating_neg());
        let details = self.sync(&client)?.details_of(contact, since).await?;
        Ok(Reply::Details { details })
    }

    // --- How the mirror is kept -----------------------------------------------------------------------------------------

    fn reading_settings(&self) -> Result<ReadingSettings, ServiceError> {
        Ok(self.policy()?.over_reading(self.own_reading_settings()?))
    }

    /// The recruiter's own, without what the organisation has fixed.
    fn own_reading_settings(&self) -> Result<ReadingSettings, ServiceError> {
        Ok(self.records.setting(READING)?.unwrap_or_default())
    }

    fn reading_settings_reply(&self) -> Result<Reply, ServiceError> {
        Ok(Reply::ReadingSettings {
            settings: self.reading_settings()?,
        })
    }

    fn set_reading_settings(&self, settings: ReadingSettings) -> Result<Reply, ServiceError> {
        if !can_be_kept(&settings) {
            return Err(ServiceError::Refused(FailureCode::BadCommand));
        }
        let before = self.reading_settings()?;
        let kept = self.policy()?.reading_to_keep(settings, &self.own_reading_settings()?);
        self.records.set_setting(READING, &kept)?;
        self.read_by_other_settings(before)?;
        self.wake_up();
        (self.changed)();
        self.reading_settings_reply()
    }

    /// Where other people are let in than before, everything is read anew, and who no longer belongs there goes in the end.
    fn read_by_other_settings(&self, before: ReadingSettings) -> Result<(), ServiceError> {
        let settings = self.reading_settings()?;
        if before.earliest != settings.earliest || before.unknown_people != settings.unknown_people {
            self.stop_rounds();
            self.mirror.forget_walk()?;
        }
        Ok(())
    }

    // --- What the organisation has fixed ----------------------------------------------------------------------------------

    fn policy(&self) -> Result<Policy, ServiceError> {
        let kept: Option<String> = self.records.setting(POLICY)?;
        Ok(kept.as_deref().map(Policy::from_text).unwrap_or_default())
    }

    fn policy_reply(&self) -> Result<Reply, ServiceError> {
        let policy = self.policy()?;
        Ok(Reply::Policy {
            fixed: policy.entries(),
            wrong: policy.wrong().to_vec(),
        })
    }

    /// Kept, so that it holds from the first moment of the next start, when the browser may not have answered yet.
    fn set_policy(&self, managed: &str) -> Result<Reply, ServiceError> {
        let managed: serde_json::Value = serde_json::from_str(managed).unwrap_or_default();
        let managed = managed
            .as_object()
            .ok_or(ServiceError::Refused(FailureCode::BadCommand))?;
        let before = self.policy()?;
        let policy = Policy::of(managed, &before);
        let kept = policy.to_text();
        if kept != before.to_text() {
            let reading = self.reading_settings()?;
            self.records.set_setting(POLICY, &kept.as_str())?;
            self.read_by_other_settings(reading)?;
            self.leave_barred_environment()?;
            if let (Some(api), Some(client)) = (policy.api(), &*self.client.borrow()) {
                client.use_api(api);
            }
            self.wake_up();
            (self.changed)();
        }
        self.policy_reply()
    }

    /// Nothing is asked of or written to a Lever that the organisation does not allow. What was read stays until another is
    /// connected, or this one is allowed again.
    fn leave_barred_environment(&self) -> Result<(), ServiceError> {
        let environment = self.client.borrow().as_ref().map(|client| client.environment().clone());
        if environment.is_some_and(|environment| !matches!(self.allow(&environment), Ok(()))) {
            self.replace_client(None);
            *self.trouble.borrow_mut() = None;
            self.stop_rounds();
            self.progress.set_phase(SyncPhase::Idle);
        }
        Ok(())
    }

    /// Whether this Lever may be connected to.
    fn allow(&self, environment: &Environment) -> Result<(), ServiceError> {
        match self.policy()?.environment() {
            Some(fixed) if fixed != *environment => Err(ServiceError::Refused(FailureCode::SetByOrganisation)),
            _ => Ok(()),
        }
    }

    fn api(&self) -> ApiVariant {
        self.client
            .borrow()
            .as_ref()
            .map(|client| client.api())
            .unwrap_or_default()
    }

    fn choose_api(&self, api: ApiVariant) -> Result<Reply, ServiceError> {
        let client = self.client()?;
        if self.policy()?.api().is_some_and(|fixed| fixed != api) {
            return Err(ServiceError::Refused(FailureCode::SetByOrganisation));
        }
        self.records.set_setting(API, &api.word())?;
        client.use_api(api);
        self.wake_up();
        (self.changed)();
        self.status_reply()
    }

    // --- Export -------------------------------------------------------------------------------------------------------

    /// What is sent of every profile, and as what.
    ///
    /// # Errors
    /// [`ServiceError`].
    pub fn export_rules(&self) -> Result<ExportRules, ServiceError> {
        let rules = self.policy()?.over_rules(self.own_export_rules()?);
        #[cfg(not(target_arch = "wasm32"))]
        let rules = ExportRules {
            resume: rules.resume || self.always_resumes.get(),
            ..rules
        };
        Ok(rules)
    }

    /// From now on a resume is made of each page, whatever the rules say. They stay as they are.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn always_make_resumes(&self) {
        self.always_resumes.set(true);
    }

    /// The recruiter's own, without what the organisation has fixed.
    fn own_export_rules(&self) -> Result<ExportRules, ServiceError> {
        Ok(self.records.setting(EXPORT_RULES)?.unwrap_or_default())
    }

    fn export_rules_reply(&self) -> Result<Reply, ServiceError> {
        let rules = self.export_rules()?;
        let followers = rules.followers.iter().map(|follower| self.user(follower.clone()));
        Ok(Reply::ExportRules {
            owner: rules.owner.as_ref().map_or(Ok(None), |owner| self.mirror.user(owner))?,
            posting: self.posting_of(&rules)?,
            followers: followers.collect::<Result<_, _>>()?,
            rules,
        })
    }

    /// Whoever exports, as far as it matters for what they see.
    fn viewer(&self) -> Result<Viewer, ServiceError> {
        Ok(self.mirror.viewer(self.records.setting(ME)?)?)
    }

    /// The job to start with, where the mirror knows it.
    fn posting_of(&self, rules: &ExportRules) -> Result<Option<PostingSummary>, ServiceError> {
        match &rules.posting {
            Some(posting) => Ok(self.mirror.posting(posting, &self.viewer()?)?),
            None => Ok(None),
        }
    }

    /// What the organisation has fixed stays as it is: the page shows it so, and a colleague's file need not agree with it.
    fn set_export_rules(&self, rules: &ExportRules) -> Result<Reply, ServiceError> {
        rules.check()?;
        let kept = self.policy()?.rules_to_keep(rules.clone(), &self.own_export_rules()?);
        self.records.set_setting(EXPORT_RULES, &kept)?;
        (self.changed)();
        self.export_rules_reply()
    }

    fn preview_export_rules(&self, rules: &ExportRules) -> Result<Reply, ServiceError> {
        rules.check()?;
        let rules = &self.policy()?.over_rules(rules.clone());
        let Some(profile) = self.looked_at.borrow().clone() else {
            return Ok(Reply::ExportPreview { fields: None });
        };
        // What is sent of a page does not depend on whether this job takes anybody at present.
        let is_barred = self.posting_of(rules)?.is_some_and(|job| job.unavailable.is_some());
        let choices = ExportChoices {
            destination: match &rules.posting {
                Some(posting) if !rules.only_prospects && !is_barred => Destination::Job {
                    posting: posting.clone(),
                },
                _ => Destination::Prospect,
            },
            ..default_choices(&profile, rules)
        };
        // As somebody new, whoever it is: this is about the rules. They can be made before anybody has said who they are.
        let me = self.records.setting::<UserId>(ME)?.unwrap_or_default();
        let now = self.host.clock.now();
        let known = KnownOfPage {
            // Its name tells enough; it is made when somebody is exported, and until then its source stands for it.
            resume: self
                .resume_content(&profile, rules, now)
                .map(|content| content.file(Some((content.source(), 0)))),
            ..KnownOfPage::nothing(&profile, now)
        };
        let plan = self.plan_by(&profile, &choices, rules, me, &known)?;
        Ok(Reply::ExportPreview {
            fields: Some(plan.fields),
        })
    }

    fn export_options(&self, profile: &Profile) -> Result<Reply, ServiceError> {
        let rules = self.export_rules()?;
        let mut stages = self.mirror.stages()?;
        stages.sort_by_key(|stage| !LEAD_STAGES.contains(&stage.id.as_str()));
        Ok(Reply::ExportOptions {
            options: ExportOptions {
                me: self.status()?.me,
                stages,
                sources: self.mirror.sources(SUGGESTIONS)?,
                tags: self.mirror.recent_tags(SUGGESTIONS)?,
                default_source: mapping::default_source(profile, &rules),
                default_posting: self.posting_of(&rules)?,
                default_stage: rules.stage,
                only_prospects: rules.only_prospects,
                undo_ms: rules.undo_ms,
            },
        })
    }

    fn me(&self) -> Result<UserId, ServiceError> {
        self.records
            .setting::<UserId>(ME)?
            .ok_or(ServiceError::Refused(FailureCode::UserNotChosen))
    }

    /// [`Command::KeepFile`] of a file whose bytes are at hand: in a browser, which has more memory outside the core than inside.
    #[must_use]
    pub fn keep_file(&self, name: &str, bytes: &[u8]) -> Reply {
        self.keep(name, bytes).unwrap_or_else(|error| Reply::Failed {
            failure: error.failure(),
        })
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> Result<Reply, ServiceError> {
        self.client()?;
        let file = files::understood(name, bytes).map_err(ServiceError::Refused)?;
        let now = self.host.clock.now();
        self.records.forget_contents(now)?;
        self.records.keep_content(&file.file, bytes, now)?;
        Ok(Reply::FileKept { file })
    }

    fn read_file(&self, file: KeptFile) -> Result<Reply, ServiceError> {
        use base64::Engine;
        let bytes = self.records.content(&file.file)?;
        let bytes = bytes.ok_or(ServiceError::Refused(FailureCode::FileNotKept))?;
        Ok(Reply::File {
            content: AttachedFile {
                name: file.name,
                content: base64::engine::general_purpose::STANDARD.encode(bytes),
            },
        })
    }

    /// What the resume of a page would hold, as of the day of a moment; nothing where the rules want none.
    fn resume_content(&self, profile: &Profile, rules: &ExportRules, at: Millis) -> Option<ResumeContent> {
        ResumeContent::of(profile, rules, &at.day())
    }

    /// Makes and keeps the resume of a page; where it cannot be made, plans go on saying so.
    async fn make_resume(&self, profile: &Profile, at: Millis) -> Result<(), ServiceError> {
        let Some(content) = self.resume_content(profile, &self.export_rules()?, at) else {
            return Ok(());
        };
        let source = content.source();
        // Whoever has disconnected meanwhile leaves nothing behind.
        if let Ok(bytes) = self.host.resumes.make(content).await
            && self.client().is_ok()
        {
            self.records.keep_resume(&source, &bytes, self.host.clock.now())?;
        }
        Ok(())
    }

    /// What an export would send, after making the resume that the rules want.
    ///
    /// # Errors
    /// As [`Self::plan`].
    pub async fn planned(&self, profile: &Profile, choices: &ExportChoices) -> Result<Plan, ServiceError> {
        let plan = self.plan(profile, choices)?;
        if !plan.warnings.contains(&PlanWarning::ResumeNotMade) {
            return Ok(plan);
        }
        self.make_resume(profile, self.host.clock.now()).await?;
        self.plan(profile, choices)
    }

    /// What an export would send, with what is made already.
    ///
    /// # Errors
    /// [`ServiceError`]; [`FailureCode::UserNotChosen`] while nobody is chosen as "me"; [`FailureCode::FileNotKept`] where a file that
    /// was chosen is not kept any more.
    pub fn plan(&self, profile: &Profile, choices: &ExportChoices) -> Result<Plan, ServiceError> {
        self.client()?;
        let me = self.me()?;
        for file in &choices.files {
            if !self.records.keeps(file)? {
                return Err(ServiceError::Refused(FailureCode::FileNotKept));
            }
        }
        let rules = self.export_rules()?;
        let known = self.known_of(profile, self.host.clock.now())?;
        self.plan_by(profile, choices, &rules, me, &known)
    }

    /// What is known of a page's person, for a plan as of a moment.
    fn known_of(&self, profile: &Profile, at: Millis) -> Result<KnownOfPage, ServiceError> {
        let verdict = self.verdict(profile)?;
        let people = self.people(&verdict)?;
        let exported = self
            .records
            .latest_export(&profile.key)?
            .filter(|export| !may_begin_anew(export))
            .map(|export| ExportedBefore {
                contact: export.steps.iter().find_map(|step| step.contact.clone()),
                opportunity: export.steps.iter().find_map(|step| step.opportunity.clone()),
            });
        let resume = match self.resume_content(profile, &self.export_rules()?, at) {
            Some(content) => Some(content.file(self.records.resume_of(&content.source())?)),
            None => None,
        };
        Ok(KnownOfPage {
            verdict,
            people,
            exported,
            project: self.records.project_of(&profile.key)?,
            now: at,
            resume,
        })
    }

    /// A user; without a name where the mirror does not know them.
    fn user(&self, id: UserId) -> Result<UserSummary, ServiceError> {
        Ok(self.mirror.user(&id)?.unwrap_or(UserSummary {
            id,
            name: String::new(),
            email: String::new(),
        }))
    }

    fn plan_by(
        &self,
        profile: &Profile,
        choices: &ExportChoices,
        rules: &ExportRules,
        me: UserId,
        known: &KnownOfPage,
    ) -> Result<Plan, ServiceError> {
        let mut made = None;
        self.with_facts(profile, choices, rules, me, known, &mut |facts| {
            made = Some(plan(facts))
        })?;
        made.ok_or(ServiceError::Refused(FailureCode::Internal))
    }

    /// Gathers what a plan depends on, once in the browser's core for all who plan.
    fn with_facts(
        &self,
        profile: &Profile,
        choices: &ExportChoices,
        rules: &ExportRules,
        me: UserId,
        known: &KnownOfPage,
        make: &mut dyn FnMut(&PlanFacts<'_>),
    ) -> Result<(), ServiceError> {
        let user = |id: UserId| self.user(id);
        let me = user(me)?;
        let owner = match &rules.owner {
            Some(owner) => user(owner.clone())?,
            None => me.clone(),
        };
        let mut followers: Vec<UserSummary> = Vec::new();
        for follower in rules.followers.iter().chain(&choices.followers) {
            if !followers.iter().any(|known| known.id == *follower) {
                followers.push(user(follower.clone())?);
            }
        }
        let posting = match &choices.destination {
            Destination::Prospect => None,
            Destination::Job { posting } => self
                .mirror
                .posting(posting, &self.mirror.viewer(Some(me.id.clone()))?)?,
        };
        make(&PlanFacts {
            profile,
            choices,
            rules,
            verdict: &known.verdict,
            people: &known.people,
            me: &me,
            owner: &owner,
            project: known.project.as_deref(),
            now: known.now,
            posting: posting.as_ref(),
            followers: &followers,
            api: self.api(),
            exported: known.exported.as_ref(),
            resume: match &known.resume {
                None => PlannedResume::No,
                Some(resume) if resume.file.as_str().is_empty() => PlannedResume::Missing,
                Some(resume) => PlannedResume::Made(resume),
            },
        });
        Ok(())
    }

    async fn export(
        &self,
        profile: &Profile,
        choices: &ExportChoices,
        fingerprint: &str,
    ) -> Result<Reply, ServiceError> {
        let client = self.client()?;
        if let Some(before) = self.records.latest_export(&profile.key)?
            && !overall(&before).is_settled()
        {
            // The journal knows better than the page: what was begun is brought to its end, nothing is begun twice.
            let export = self.go_on(before.number, &client).await?;
            return self.exported(&export);
        }
        let shown = self.planned(profile, choices).await?;
        if shown.fingerprint != fingerprint {
            return Err(ServiceError::Refused(FailureCode::PlanChanged));
        }
        if shown.requests.is_empty() {
            return Ok(Reply::Exported {
                outcome: self.skipped(&shown)?,
            });
        }
        self.refresh_before_writing(&shown, profile, choices, &client).await?;
        let plan = self.plan(profile, choices)?;
        if plan.fingerprint != fingerprint {
            return Err(ServiceError::Refused(FailureCode::PlanChanged));
        }
        if plan.requests.is_empty() {
            return Ok(Reply::Exported {
                outcome: self.skipped(&plan)?,
            });
        }
        if let Some(before) = self.records.latest_export(&profile.key)?
            && !overall(&before).is_settled()
        {
            return Err(ServiceError::Refused(FailureCode::AlreadyExporting));
        }
        let export = self.carry_out(&plan, profile, choices.undo_ms, &client).await?;
        self.exported(&export)
    }

    /// Records a plan, waits while it can be taken back, and sends it.
    async fn carry_out(
        &self,
        plan: &Plan,
        profile: &Profile,
        undo: Option<u32>,
        client: &LeverClient,
    ) -> Result<StoredExport, ServiceError> {
        if self.undoable.borrow().contains_key(&profile.key) {
            return Err(ServiceError::Refused(FailureCode::AlreadyExporting));
        }
        let number = self
            .records
            .plan(plan, &mapping::name(profile), &self.account()?, self.host.clock.now())?;
        if self.is_undone_within(self.undo_of(undo)?, number, &profile.key).await {
            return self.undone(number);
        }
        self.go_on(number, client).await
    }

    /// Milliseconds in which an export can be taken back: as chosen, unless the organisation has fixed it.
    fn undo_of(&self, chosen: Option<u32>) -> Result<u32, ServiceError> {
        let undo = match chosen {
            Some(undo) if !self.policy()?.fixes("export.undo_ms") => undo,
            _ => self.export_rules()?.undo_ms,
        };
        Ok(undo.min(LONGEST_UNDO))
    }

    /// Waits while an export can be taken back; whether it was. Nobody else sends it meanwhile. Whatever dies then leaves it planned,
    /// and it is sent when there is life again.
    async fn is_undone_within(&self, undo: u32, number: ExportNumber, key: &str) -> bool {
        if undo == 0 {
            return false;
        }
        let (sender, taken_back) = oneshot::channel();
        self.undoable.borrow_mut().insert(key.to_owned(), sender);
        self.sending.borrow_mut().insert(number.0);
        let waited = self.host.sleeper.sleep(undo);
        let is_undone = matches!(select(taken_back, waited).await, Either::Left((Ok(()), _)));
        self.sending.borrow_mut().remove(&number.0);
        self.undoable.borrow_mut().remove(key);
        is_undone
    }

    fn undone(&self, number: ExportNumber) -> Result<StoredExport, ServiceError> {
        let export = self.records.export(number)?;
        let mut export = export.ok_or(ServiceError::Refused(FailureCode::NotFound))?;
        for step in &mut export.steps {
            step.state = ExportState::Undone;
            step.at = self.host.clock.now();
            self.records.set_step(number, step)?;
        }
        self.records.forget_contents(self.host.clock.now())?;
        (self.changed)();
        Ok(export)
    }

    fn undo_export(&self, key: &str) -> Result<Reply, ServiceError> {
        let waiting = self.undoable.borrow_mut().remove(key);
        let is_in_time = waiting.is_some_and(|waiting| waiting.send(()).is_ok());
        if is_in_time {
            self.status_reply()
        } else {
            Err(ServiceError::Refused(FailureCode::TooLateToUndo))
        }
    }

    fn exported(&self, export: &StoredExport) -> Result<Reply, ServiceError> {
        Ok(Reply::Exported {
            outcome: self.outcome(export)?,
        })
    }

    /// Asks Lever itself once more before a write: by the emails that will be sent, and about the person it is meant for.
    async fn refresh_before_writing(
        &self,
        shown: &Plan,
        profile: &Profile,
        choices: &ExportChoices,
        client: &LeverClient,
    ) -> Result<(), ServiceError> {
        let sync = self.sync(client)?;
        let (contact, _) = crate::export::run::planned_target(&shown.action);
        if let Some(contact) = contact {
            sync.person(PersonBy::Contact(&contact)).await?;
        }
        let mut emails = mapping::emails(profile, choices);
        if emails.is_empty() && self.export_rules()?.placeholder_email {
            // A colleague may have added them with the same one.
            emails.push(placeholder_email(&profile.key));
        }
        for email in emails {
            sync.person(PersonBy::Email(&email)).await?;
        }
        Ok(())
    }

    /// Which Lever an export goes to.
    fn account(&self) -> Result<String, ServiceError> {
        Ok(self.records.setting::<String>(MIRROR_OF)?.unwrap_or_default())
    }

    async fn go_on(&self, number: ExportNumber, client: &LeverClient) -> Result<StoredExport, ServiceError> {
        // It may have been allowed when the export was planned.
        self.allow(client.environment())?;
        if !self.sending.borrow_mut().insert(number.0) {
            return Err(ServiceError::Refused(FailureCode::AlreadyExporting));
        }
        let run = Run {
            records: &self.records,
            mirror: &self.mirror,
            client,
            host: &self.host,
            confidential: self.records.setting(CONFIDENTIAL)?.unwrap_or(false),
            changed: &*self.changed,
        };
        let result = run.go_on(number).await;
        self.sending.borrow_mut().remove(&number.0);
        if let Ok(Some(export)) = &result {
            let outcome = LineOutcome::of_export(export);
            self.records.settle_line(export, &outcome, self.host.clock.now())?;
            self.wake_batches();
        }
        self.records.forget_contents(self.host.clock.now())?;
        (self.changed)();
        result?.ok_or(ServiceError::Refused(FailureCode::NotFound))
    }

    /// An export of the journal with what can be done about it.
    fn remediable(&self, number: ExportNumber) -> Result<(StoredExport, ExportRemedy), ServiceError> {
        let export = self.records.export(number)?;
        let export = export.ok_or(ServiceError::Refused(FailureCode::NotFound))?;
        if self.sending.borrow().contains(&number.0) {
            return Err(ServiceError::Refused(FailureCode::AlreadyExporting));
        }
        let states: Vec<ExportState> = export.steps.iter().map(|step| step.state).collect();
        match remedy(&states) {
            Some(remedy) => Ok((export, remedy)),
            // Somebody else was faster, in another tab.
            None => Err(ServiceError::Refused(FailureCode::PlanChanged)),
        }
    }

    async fn try_again(&self, number: ExportNumber) -> Result<Reply, ServiceError> {
        let client = self.client()?;
        let (export, _) = self.remediable(number)?;
        // What failed is certainly not in Lever; what is unknown is looked for there first, whatever happens to the others.
        for step in export.steps.iter().filter(|step| step.state == ExportState::Failed) {
            let again = StoredStep {
                state: ExportState::Planned,
                at: self.host.clock.now(),
                attempts: 0,
                failure: None,
                ..step.clone()
            };
            self.records.set_step(number, &again)?;
        }
        let export = self.go_on(number, &client).await?;
        self.exported(&export)
    }

    fn leave_it(&self, number: ExportNumber) -> Result<Reply, ServiceError> {
        let (mut export, _) = self.remediable(number)?;
        for step in export.steps.iter_mut().filter(|step| !step.state.is_done()) {
            step.state = ExportState::Left;
            step.at = self.host.clock.now();
            self.records.set_step(number, step)?;
        }
        self.records.forget_contents(self.host.clock.now())?;
        (self.changed)();
        self.exported(&export)
    }

    /// Brings every export that was interrupted to its end, as far as Lever answers.
    ///
    /// # Errors
    /// [`ServiceError`].
    pub async fn settle_exports(&self) -> Result<(), ServiceError> {
        let Ok(client) = self.client() else {
            return Ok(());
        };
        for number in self.records.unsettled()? {
            match self.go_on(number, &client).await {
                Ok(_) | Err(ServiceError::Refused(FailureCode::AlreadyExporting)) => {}
                Err(error) => return Err(error),
            }
        }
        self.settle_lines()
    }

    /// Tells the lines of batches what became of exports while nobody could tell them.
    fn settle_lines(&self) -> Result<(), ServiceError> {
        for number in self.records.settled_behind_lines()? {
            if let Some(export) = self.records.export(number)? {
                let outcome = LineOutcome::of_export(&export);
                self.records.settle_line(&export, &outcome, self.host.clock.now())?;
                self.wake_batches();
            }
        }
        Ok(())
    }

    /// Nothing had to be sent. A profile exported before stands as that export stands.
    fn skipped(&self, plan: &Plan) -> Result<ExportOutcome, ServiceError> {
        if matches!(
            plan.action,
            PlannedAction::Nothing {
                reason: NothingReason::ExportedBefore,
                ..
            }
        ) && let Some(export) = self.records.latest_export(&plan.key)?
        {
            return self.outcome(&export);
        }
        let (contact, opportunity) = crate::export::run::planned_target(&plan.action);
        Ok(ExportOutcome {
            key: plan.key.clone(),
            state: ExportState::Skipped,
            at: self.host.clock.now(),
            url: opportunity.as_ref().map(|id| self.link(id.as_str())),
            contact,
            opportunity,
            posting: None,
            stage: None,
            deduped: false,
            failure: None,
        })
    }

    fn link(&self, opportunity: &str) -> String {
        format!("{}/candidates/{opportunity}", self.environment().web_url())
    }

    /// How an export stands, for those who ask.
    ///
    /// # Errors
    /// [`ServiceError`].
    pub fn outcome(&self, export: &StoredExport) -> Result<ExportOutcome, ServiceError> {
        let first = export.steps.first();
        let opportunity = export.steps.iter().find_map(|step| step.opportunity.clone());
        let contact = export.steps.iter().find_map(|step| step.contact.clone());
        let person = contact
            .as_ref()
            .map(|contact| self.mirror.person(contact, &self.environment()))
            .transpose()?
            .flatten();
        let stored = person
            .into_iter()
            .flat_map(|person| person.opportunities)
            .find(|stored| Some(&stored.id) == opportunity.as_ref());
        let sent = export
            .plan
            .requests
            .first()
            .map(|request| planning::sent_names(&request.body));
        let (posting, stage) = match &stored {
            Some(stored) => (stored.postings.first().cloned(), Some(stored.stage.clone())),
            None => {
                let (posting, stage) = sent.unwrap_or_default();
                (
                    posting.map(|id| self.mirror.named_posting(&id)).transpose()?,
                    Some(self.mirror.named_stage(stage.as_deref().unwrap_or("lead-new"))?),
                )
            }
        };
        Ok(ExportOutcome {
            key: export.key.clone(),
            state: overall(export),
            at: export.steps.iter().map(|step| step.at).max().unwrap_or(export.made_at),
            url: opportunity.as_ref().map(|id| {
                stored
                    .as_ref()
                    .map_or_else(|| self.link(id.as_str()), |stored| stored.url.clone())
            }),
            contact,
            opportunity,
            posting,
            stage: stage.filter(|stage: &Named| !stage.id.is_empty()),
            deduped: first.is_some_and(|step| step.deduped),
            failure: export.steps.iter().find_map(|step| step.failure.clone()),
        })
    }

    // --- Background ---------------------------------------------------------------------------------------------------

    fn sync<'a>(&'a self, client: &'a LeverClient) -> Result<Sync<'a>, ServiceError> {
        Ok(Sync {
            mirror: &self.mirror,
            client,
            host: &self.host,
            progress: &self.progress,
            changed: &*self.changed,
            confidential: self.records.setting(CONFIDENTIAL)?.unwrap_or(false),
            settings: self.reading_settings()?,
            epoch: self.progress.epoch(),
        })
    }

    fn note_trouble(&self, error: Option<&ServiceError>) {
        let failure = match error {
            None => None,
            Some(ServiceError::Sync(SyncError::Stopped)) => return,
            Some(error) => Some(error.failure()),
        };
        *self.trouble.borrow_mut() = failure;
    }

    /// One round: interrupted exports, then the mirror.
    ///
    /// # Errors
    /// [`ServiceError`]; what was stored stays.
    pub async fn round(&self) -> Result<(), ServiceError> {
        let result = self.work_once().await;
        if let Err(error) = &result {
            self.mend(error);
        }
        result
    }

    async fn work_once(&self) -> Result<(), ServiceError> {
        let client = self.client()?;
        self.settle_exports().await?;
        self.records.forget_contents(self.host.clock.now())?;
        let sync = self.sync(&client)?;
        self.progress.until_stopped(sync.round()).await?;
        Ok(())
    }

    /// Reads the account's settings, for callers that need users and jobs without a whole mirror.
    ///
    /// # Errors
    /// [`ServiceError`].
    pub async fn read_settings(&self) -> Result<(), ServiceError> {
        let client = self.client()?;
        self.sync(&client)?.settings().await?;
        self.progress.set_phase(SyncPhase::Idle);
        Ok(())
    }

    /// Works in the background for ever: what is to be sent, and what is to be read.
    pub async fn run(&self) {
        future::join(self.run_rounds(), self.run_batches()).await;
    }

    /// Interrupted exports, the first read, then changes every half minute.
    async fn run_rounds(&self) {
        let (sender, mut woken) = mpsc::unbounded();
        *self.wake.borrow_mut() = Some(sender);
        let mut failures = 0;
        loop {
            let wait = if self.paused.get() || self.client.borrow().is_none() {
                None
            } else {
                let result = self.round().await;
                self.note_trouble(result.as_ref().err());
                match &result {
                    Ok(()) => {
                        failures = 0;
                        Some(self.pause_between_rounds())
                    }
                    Err(ServiceError::Sync(SyncError::Stopped)) => Some(0),
                    Err(error) => {
                        failures += 1;
                        let wait = backoff(failures + 2, self.host.chance.draw()).min(LONGEST_WAIT);
                        self.progress.set_phase(SyncPhase::Waiting {
                            until: self.host.clock.now().plus(i64::from(wait)),
                            failure: error.failure(),
                        });
                        Some(wait)
                    }
                }
            };
            (self.changed)();
            match wait {
                Some(0) => {}
                Some(wait) => {
                    let sleep = self.host.sleeper.sleep(wait);
                    if let Either::Right((None, _)) = select(sleep, woken.next()).await {
                        return;
                    }
                }
                None => {
                    if woken.next().await.is_none() {
                        return;
                    }
                }
            }
            // Several wishes to wake are one.
            while let Some(Some(())) = future::FutureExt::now_or_never(woken.next()) {}
        }
    }

    fn pause_between_rounds(&self) -> u32 {
        // Settings that cannot be read are told by whoever needs them.
        match self.reading_settings().unwrap_or_default().every_minutes {
            0 | 1 => CHANGES_EVERY,
            minutes => minutes.saturating_mul(60_000),
        }
    }

    /// Stops every round under way. What it has not stored for good is taken back now, not when its work is dropped: whatever is
    /// written next must not be part of it.
    fn stop_rounds(&self) {
        self.progress.stop_rounds();
        self.mirror.roll_back_batch();
    }

    fn wake_up(&self) {
        if let Some(wake) = &*self.wake.borrow() {
            // Nobody listening means that nobody works in the background: nothing to wake.
            let _ = wake.unbounded_send(());
        }
    }
}

fn permission(endpoint: Endpoint, granted: Option<bool>) -> PermissionCheck {
    PermissionCheck {
        endpoint: endpoint.name(),
        label: endpoint.permission.to_owned(),
        granted,
    }
}

/// An export that failed, or was left or taken back, without leaving anything in Lever is history: nothing of it is shown.
fn is_stale_failure(export: &StoredExport) -> bool {
    may_begin_anew(export) || (overall(export) == ExportState::Left && !made_something(export))
}

/// Whether nothing of an export is in Lever, for certain.
fn may_begin_anew(export: &StoredExport) -> bool {
    matches!(overall(export), ExportState::Failed | ExportState::Undone) && !made_something(export)
}

fn made_something(export: &StoredExport) -> bool {
    export.steps.iter().any(|step| step.state.is_done())
}

/// The default of an export that nobody chose anything for.
#[must_use]
pub fn default_choices(profile: &Profile, rules: &ExportRules) -> ExportChoices {
    ExportChoices {
        source: mapping::default_source(profile, rules),
        if_known: IfKnown::Skip,
        ..ExportChoices::default()
    }
}
