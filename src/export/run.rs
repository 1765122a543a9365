//! Sending a plan, step by step, and finding out what became of a write whose reply was lost.
//!
//! The order is everything: recorded as sending, then sent, then recorded as known. After a lost reply, a server error or a
//! death in between, Lever is looked at before anything is sent again (design §4.2). Whoever calls this again after any
//! interruption gets on where it was.

use crate::command::{Failure, FailureCode};
use crate::export::files::KeptFile;
use crate::export::journal::ExportState;
use crate::export::plan::{OPPORTUNITY_PLACE, PlannedAction, PlannedRequest, StepKind};
use crate::export::records::{ExportNumber, Records, StoredExport, StoredStep};
use crate::export::update::ContactStanding;
use crate::host::{Host, HttpBody, TransportError};
use crate::identity::{LinkSource, link_keys};
use crate::lever::api_variant::ApiVariant;
use crate::lever::client::opportunities::ConfidentialityFilter;
use crate::lever::client::{LeverClient, OpportunityFilter, TimeRange};
use crate::lever::error::{LeverError, WriteOutcome};
use crate::lever::model::Reference;
use crate::lever::model::opportunity::Opportunity;
use crate::lever::pace::{Priority, backoff};
use crate::mirror::{Mirror, MirrorError};
use crate::text::{ContactId, OpportunityId};

/// A write that certainly did not arrive is sent at most so many times in all.
pub const MOST_ATTEMPTS: u32 = 4;
/// After a broken connection Lever is looked at after so many milliseconds each.
const LOOKS: [u32; 3] = [400, 1_500, 5_000];
/// After a time-out, when Lever may still be at work on it.
const LOOKS_AFTER_TIMEOUT: [u32; 4] = [1_000, 5_000, 15_000, 40_000];
/// A row counts as ours when Lever made it from so long before we sent it …
const WINDOW_BEFORE: i64 = 60_000;
/// … to so long after, in milliseconds by Lever's clock.
const WINDOW_AFTER: i64 = 900_000;

/// What a look in Lever tells.
#[derive(Debug, Clone, PartialEq)]
enum Look {
    /// It is there.
    Found {
        contact: Option<ContactId>,
        opportunity: OpportunityId,
    },
    /// It is there, where the step was to write.
    Written,
    /// It is not there.
    Absent,
    /// Lever could not be asked, or several rows fit.
    Unclear(Failure),
    /// Somebody else was there meanwhile: it must not be sent (again).
    Overtaken(Failure),
}

/// Runs exports over records, mirror and client.
pub struct Run<'a> {
    /// The journal.
    pub records: &'a Records,
    /// The mirror, which learns of every row that is made.
    pub mirror: &'a Mirror,
    /// Lever.
    pub client: &'a LeverClient,
    /// Time.
    pub host: &'a Host,
    /// Whether confidential rows may be asked for.
    pub confidential: bool,
    /// Called after each change of state.
    pub changed: &'a dyn Fn(),
}

impl Run<'_> {
    /// Brings an export as far as it gets: to its end, or to a step whose outcome stays unknown for now.
    ///
    /// # Errors
    /// [`MirrorError`] when the journal itself cannot be written; then nothing more is sent.
    pub async fn go_on(&self, number: ExportNumber) -> Result<Option<StoredExport>, MirrorError> {
        let Some(mut export) = self.records.export(number)? else {
            return Ok(None);
        };
        let (mut contact, mut opportunity) = planned_target(&export.plan.action);
        for place in 0..export.steps.len() {
            let (Some(mut step), Some(request)) = (
                export.steps.get(place).cloned(),
                export.plan.requests.get(place).cloned(),
            ) else {
                break;
            };
            step.contact = step.contact.or_else(|| contact.clone());
            step.opportunity = step.opportunity.or_else(|| opportunity.clone());
            let step = self.settle(number, step, &request).await?;
            contact = step.contact.clone().or(contact);
            opportunity = step.opportunity.clone().or(opportunity);
            let state = step.state;
            let failure = step.failure.clone();
            let is_needed_by_rest = is_needed_by_rest(&step);
            if let Some(kept) = export.steps.get_mut(place) {
                *kept = step;
            }
            match state {
                ExportState::Unknown => break,
                ExportState::Failed if place == 0 && is_needed_by_rest => {
                    self.give_up_rest(number, &mut export, failure)?;
                    break;
                }
                _ => {}
            }
        }
        match (&export.plan.action, opportunity) {
            // What changes a person changes each of their candidacies.
            (PlannedAction::Update { contact, .. }, _) => self.learn_person(contact).await?,
            (_, Some(opportunity)) => self.learn(&opportunity).await?,
            _ => {}
        }
        Ok(Some(export))
    }

    /// The first step failed, so the others have nothing to stand on.
    fn give_up_rest(
        &self,
        number: ExportNumber,
        export: &mut StoredExport,
        failure: Option<Failure>,
    ) -> Result<(), MirrorError> {
        for step in export.steps.iter_mut().skip(1) {
            if step.state == ExportState::Planned {
                step.state = ExportState::Failed;
                step.at = self.host.clock.now();
                step.failure.clone_from(&failure);
                self.records.set_step(number, step)?;
            }
        }
        Ok(())
    }

    /// Brings one step to a settled state, or to unknown.
    async fn settle(
        &self,
        number: ExportNumber,
        mut step: StoredStep,
        request: &PlannedRequest,
    ) -> Result<StoredStep, MirrorError> {
        let mut may_overwrite = request.step != StepKind::UpdateContact;
        loop {
            match step.state {
                ExportState::Confirmed
                | ExportState::Reconciled
                | ExportState::Failed
                | ExportState::Skipped
                | ExportState::Left
                | ExportState::Undone => {
                    return Ok(step);
                }
                ExportState::Planned if may_overwrite => {
                    may_overwrite = request.step != StepKind::UpdateContact;
                    self.send(number, &mut step, request).await?;
                }
                // Right before a contact is written: whether Lever still has what the plan was made of.
                ExportState::Planned => {
                    let state = match self.look_at_contact(&step, request).await {
                        Ok(Look::Absent) => {
                            may_overwrite = true;
                            continue;
                        }
                        Ok(Look::Overtaken(failure)) => {
                            step.failure = Some(failure);
                            ExportState::Failed
                        }
                        // A colleague has written the same.
                        Ok(_) => ExportState::Reconciled,
                        Err(error) => {
                            step.failure = Some(error.failure());
                            ExportState::Failed
                        }
                    };
                    self.set(number, &mut step, state)?;
                }
                ExportState::Sending | ExportState::Unknown => match self.look_until_clear(&step, request).await {
                    Look::Found { contact, opportunity } => {
                        step.contact = contact.or(step.contact);
                        step.opportunity = Some(opportunity);
                        step.failure = None;
                        self.set(number, &mut step, ExportState::Reconciled)?;
                    }
                    Look::Written => {
                        step.failure = None;
                        self.set(number, &mut step, ExportState::Reconciled)?;
                    }
                    Look::Overtaken(failure) => {
                        step.failure = Some(failure);
                        self.set(number, &mut step, ExportState::Failed)?;
                    }
                    Look::Absent if step.attempts < MOST_ATTEMPTS => {
                        self.set(number, &mut step, ExportState::Planned)?;
                    }
                    Look::Absent => {
                        step.failure.get_or_insert(Failure::of(FailureCode::Network));
                        self.set(number, &mut step, ExportState::Failed)?;
                    }
                    Look::Unclear(failure) => {
                        step.failure = Some(failure);
                        self.set(number, &mut step, ExportState::Unknown)?;
                        return Ok(step);
                    }
                },
            }
        }
    }

    fn set(&self, number: ExportNumber, step: &mut StoredStep, state: ExportState) -> Result<(), MirrorError> {
        step.state = state;
        step.at = self.host.clock.now();
        self.records.set_step(number, step)?;
        (self.changed)();
        Ok(())
    }

    /// Sends a planned step once.
    async fn send(
        &self,
        number: ExportNumber,
        step: &mut StoredStep,
        request: &PlannedRequest,
    ) -> Result<(), MirrorError> {
        let body = match request.step {
            StepKind::UploadFile => self.records.upload_form(&request.body)?,
            _ => Some(HttpBody::Json(request.body.clone())),
        };
        let Some(body) = body else {
            step.failure = Some(Failure::of(FailureCode::FileNotKept));
            return self.set(number, step, ExportState::Failed);
        };
        step.attempts += 1;
        step.sent_at = Some(self.client.lever_now());
        self.set(number, step, ExportState::Sending)?;
        let target = step.opportunity.as_ref().map(OpportunityId::as_str).unwrap_or_default();
        let path = request.path.replace(OPPORTUNITY_PLACE, target);
        let result = self
            .client
            .write(
                ApiVariant::of_path(&request.path).endpoint(request.step.endpoint()),
                &path,
                &request.query,
                Some(body),
            )
            .await;
        match result {
            Ok(reply) => {
                step.failure = None;
                if request.step == StepKind::CreateOpportunity {
                    match LeverClient::understand_created(&reply) {
                        Ok(created) => {
                            step.contact = created.data.contact_id().or(step.contact.take());
                            step.opportunity = Some(created.data.id.clone());
                            step.deduped = created.deduped;
                        }
                        Err(error) => {
                            step.failure = Some(error.failure());
                            return self.set(number, step, ExportState::Unknown);
                        }
                    }
                }
                self.set(number, step, ExportState::Confirmed)
            }
            Err(error) => {
                step.failure = Some(error.failure());
                match error.write_outcome() {
                    WriteOutcome::Unknown => self.set(number, step, ExportState::Unknown),
                    WriteOutcome::NotStored if may_pass(&error) && step.attempts < MOST_ATTEMPTS => {
                        self.set(number, step, ExportState::Planned)?;
                        let wait = backoff(step.attempts, self.host.chance.draw());
                        self.host.sleeper.sleep(wait).await;
                        Ok(())
                    }
                    WriteOutcome::NotStored => self.set(number, step, ExportState::Failed),
                }
            }
        }
    }

    /// Looks in Lever until it is found, or was absent at the last look of several.
    async fn look_until_clear(&self, step: &StoredStep, request: &PlannedRequest) -> Look {
        let timed_out = step
            .failure
            .as_ref()
            .is_some_and(|failure| failure.code == FailureCode::TimedOut);
        let looks: &[u32] = if timed_out { &LOOKS_AFTER_TIMEOUT } else { &LOOKS };
        let mut latest = Look::Unclear(Failure::of(FailureCode::OutcomeUnknown));
        for wait in looks {
            self.host.sleeper.sleep(*wait).await;
            latest = self.look(step, request).await;
            if matches!(latest, Look::Found { .. } | Look::Written) {
                return latest;
            }
        }
        latest
    }

    async fn look(&self, step: &StoredStep, request: &PlannedRequest) -> Look {
        let result = match request.step {
            StepKind::CreateOpportunity => self.look_for_created(step, request).await,
            StepKind::AddPosting => self.look_for_posting(step, request).await,
            StepKind::AddNote => self.look_for_note(step, request).await,
            StepKind::UploadFile => self.look_for_file(step, request).await,
            // Adding what is there already changes nothing (lever-api §4.3): it may simply be sent again.
            StepKind::AddTags | StepKind::AddSources | StepKind::AddLinks => Ok(Look::Absent),
            StepKind::UpdateContact => self.look_at_contact(step, request).await,
        };
        result.unwrap_or_else(|error| match error {
            // Without the permission to look, only a human can tell.
            LeverError::PermissionMissing { .. } | LeverError::KeyRefused { .. } => Look::Unclear(error.failure()),
            _ => Look::Unclear(Failure {
                code: FailureCode::OutcomeUnknown,
                ..error.failure()
            }),
        })
    }

    async fn look_for_created(&self, step: &StoredStep, request: &PlannedRequest) -> Result<Look, LeverError> {
        let sent: serde_json::Value = serde_json::from_str(&request.body).unwrap_or_default();
        let sent_at = step.sent_at.unwrap_or(step.at);
        let contact = sent.get("contact").and_then(serde_json::Value::as_str);
        let filter = OpportunityFilter {
            created: TimeRange::between(sent_at.plus(-WINDOW_BEFORE), sent_at.plus(WINDOW_AFTER)),
            contacts: contact.map(ContactId::from).into_iter().collect(),
            confidentiality: self.confidential.then_some(ConfidentialityFilter::All),
            ..OpportunityFilter::default()
        };
        let rows = self.client.opportunities_matching(&filter, Priority::Click).await?;
        let performer = request
            .query
            .iter()
            .find(|(name, _)| name == "perform_as")
            .map(|(_, user)| user.as_str());
        let fitting: Vec<&Opportunity> = rows
            .iter()
            .filter(|row| !self.records.made(&row.id).unwrap_or(false))
            .filter(|row| row.maker().is_none() || row.maker() == performer)
            .filter(|row| is_what_was_sent(row, &sent))
            .collect();
        Ok(match fitting.as_slice() {
            [] => Look::Absent,
            // A browser may send a request again by itself when a kept connection closes without a reply. Then Lever holds the
            // row twice; the first is ours, and nothing may be sent on top.
            rows => rows
                .iter()
                .min_by_key(|row| (row.created_at, row.id.clone()))
                .map_or(Look::Absent, |row| Look::Found {
                    contact: row.contact_id(),
                    opportunity: row.id.clone(),
                }),
        })
    }

    async fn look_for_posting(&self, step: &StoredStep, request: &PlannedRequest) -> Result<Look, LeverError> {
        let Some(id) = &step.opportunity else {
            return Ok(Look::Absent);
        };
        let sent: serde_json::Value = serde_json::from_str(&request.body).unwrap_or_default();
        let row = self.client.opportunity(id, Priority::Click).await?;
        let there = strings(&sent, "postings")
            .iter()
            .all(|posting| row.posting_ids().contains(posting));
        Ok(if there { found(step, id) } else { Look::Absent })
    }

    async fn look_for_note(&self, step: &StoredStep, request: &PlannedRequest) -> Result<Look, LeverError> {
        let Some(id) = &step.opportunity else {
            return Ok(Look::Absent);
        };
        let sent: serde_json::Value = serde_json::from_str(&request.body).unwrap_or_default();
        let value = sent
            .get("value")
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default();
        let notes = self.client.notes(id, Priority::Click).await?;
        let there = notes
            .iter()
            .flat_map(|note| &note.fields)
            .any(|comment| comment.value == value);
        Ok(if there { found(step, id) } else { Look::Absent })
    }

    async fn look_at_contact(&self, step: &StoredStep, request: &PlannedRequest) -> Result<Look, LeverError> {
        let Some(id) = &step.contact else {
            return Ok(Look::Absent);
        };
        let contact = self.client.contact_as_read(id, Priority::Click).await?;
        Ok(match contact.standing(request) {
            ContactStanding::AsPlanned => Look::Absent,
            ContactStanding::Written => Look::Written,
            ContactStanding::Changed => Look::Overtaken(Failure::of(FailureCode::ContactChanged)),
            ContactStanding::Anonymized => Look::Overtaken(Failure::of(FailureCode::ContactAnonymized)),
        })
    }

    async fn look_for_file(&self, step: &StoredStep, request: &PlannedRequest) -> Result<Look, LeverError> {
        let (Some(id), Some(sent)) = (&step.opportunity, KeptFile::of_body(&request.body)) else {
            return Ok(Look::Absent);
        };
        let sent_at = step.sent_at.unwrap_or(step.at);
        let uploaded = TimeRange::between(sent_at.plus(-WINDOW_BEFORE), sent_at.plus(WINDOW_AFTER));
        let files = self.client.files(id, uploaded, Priority::Click).await?;
        // Whether a name comes with its ending is not certain.
        let there = files.iter().any(|file| {
            let whole = format!("{}{}", file.name, file.ext);
            sent.is_like(&file.name, file.size) || sent.is_like(&whole, file.size)
        });
        Ok(if there { found(step, id) } else { Look::Absent })
    }

    /// Reads the opportunity again, since replies of writes carry blank fields (lever-api §4.3), and stores it in the mirror. A
    /// failure here changes nothing about the export: the next look for changes brings the row.
    async fn learn(&self, opportunity: &OpportunityId) -> Result<(), MirrorError> {
        if let Ok(row) = self.client.opportunity(opportunity, Priority::Click).await {
            self.mirror.store_changes(&[row])?;
            (self.changed)();
        }
        Ok(())
    }

    /// The same of every candidacy of a person.
    async fn learn_person(&self, contact: &ContactId) -> Result<(), MirrorError> {
        let filter = OpportunityFilter {
            contacts: vec![contact.clone()],
            confidentiality: self.confidential.then_some(ConfidentialityFilter::All),
            ..OpportunityFilter::default()
        };
        if let Ok(rows) = self.client.opportunities_matching(&filter, Priority::Click).await {
            self.mirror.store_changes(&rows)?;
            (self.changed)();
        }
        Ok(())
    }
}

fn found(step: &StoredStep, opportunity: &OpportunityId) -> Look {
    Look::Found {
        contact: step.contact.clone(),
        opportunity: opportunity.clone(),
    }
}

/// Whether what follows a first step has nothing to stand on without it: no candidacy, or a person who is not any more who the
/// plan was about.
fn is_needed_by_rest(first: &StoredStep) -> bool {
    match first.kind {
        StepKind::UpdateContact => first.failure.as_ref().is_some_and(|failure| {
            matches!(
                failure.code,
                FailureCode::ContactChanged | FailureCode::ContactAnonymized
            )
        }),
        StepKind::AddLinks | StepKind::AddTags | StepKind::AddSources | StepKind::AddNote | StepKind::UploadFile => {
            false
        }
        StepKind::CreateOpportunity | StepKind::AddPosting => true,
    }
}

/// Person and opportunity that a plan is about, where they are in Lever already.
#[must_use]
pub fn planned_target(action: &PlannedAction) -> (Option<ContactId>, Option<OpportunityId>) {
    match action {
        PlannedAction::NewPerson => (None, None),
        PlannedAction::NewOpportunity { contact } => (Some(contact.clone()), None),
        PlannedAction::JoinJob { contact, opportunity } => (Some(contact.clone()), Some(opportunity.clone())),
        PlannedAction::Nothing {
            contact, opportunity, ..
        } => (contact.clone(), opportunity.clone()),
        PlannedAction::Update { contact, opportunity } => (Some(contact.clone()), opportunity.clone()),
    }
}

/// Whether a write that did not arrive may arrive a moment later.
fn may_pass(error: &LeverError) -> bool {
    matches!(
        error,
        LeverError::RateLimited { .. }
            | LeverError::NoReply {
                cause: TransportError::Unreachable,
                ..
            }
    )
}

fn strings<'a>(value: &'a serde_json::Value, field: &str) -> Vec<&'a str> {
    value
        .get(field)
        .and_then(serde_json::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(serde_json::Value::as_str)
        .collect()
}

/// Whether a row of Lever is the outcome of what was sent: on the same job, and the same contact, a same email, a same link,
/// or, where neither email nor link was sent, the same name.
fn is_what_was_sent(row: &Opportunity, sent: &serde_json::Value) -> bool {
    let postings = strings(sent, "postings");
    let on = row.posting_ids();
    let unexpanded = row
        .applications
        .iter()
        .any(|application| matches!(application, Reference::Id(_)));
    if !unexpanded && (on.len() != postings.len() || !postings.iter().all(|posting| on.contains(posting))) {
        return false;
    }
    if let Some(contact) = sent.get("contact").and_then(serde_json::Value::as_str) {
        return row.contact_id().is_some_and(|id| id.as_str() == contact);
    }
    let emails = strings(sent, "emails");
    let links = strings(sent, "links");
    let same_email = row
        .emails
        .iter()
        .any(|email| emails.iter().any(|sent| sent.eq_ignore_ascii_case(email)));
    let same_link = row.links.iter().any(|link| {
        links.iter().any(|sent| {
            link.trim_end_matches('/') == sent.trim_end_matches('/') || {
                let keys = link_keys(sent, LinkSource::Page);
                link_keys(link, LinkSource::Mirror).iter().any(|key| keys.contains(key))
            }
        })
    });
    let same_name = sent
        .get("name")
        .and_then(serde_json::Value::as_str)
        .is_some_and(|name| name == row.name);
    same_email || same_link || (emails.is_empty() && links.is_empty() && same_name)
}
