//! Bringing somebody up to date who is in Lever already (requirements 2.17, 3.1): compares with the mirror, reads the contact from
//! Lever before a plan is shown and again before it is recorded, and sends it the way of every export.

use super::{KnownOfPage, ME, Service, ServiceError, default_choices};
use crate::command::{FailedStep, FailureCode, Reply};
use crate::export::journal::{ExportState, overall};
use crate::export::plan::{Plan, PlannedRequest, StepKind};
use crate::export::records::StoredExport;
use crate::export::update::{ComparedValue, ContactAsRead, UpdateChoices, UpdateFacts, compare, plan_update};
use crate::lever::client::LeverClient;
use crate::lever::pace::Priority;
use crate::matching::verdict::VerdictWord;
use crate::mirror::sync::PersonBy;
use crate::profile::Profile;
use crate::text::{ContactId, UserId};

/// While ticks are set, a contact that was read so many milliseconds ago is not read again.
const FRESH: i64 = 30_000;
/// For so many milliseconds a note of an update is not written a second time.
const NOTES_AGE: i64 = 600_000;

impl Service {
    pub(super) fn compare(&self, profile: &Profile, contact: &ContactId) -> Result<Reply, ServiceError> {
        self.client()?;
        // It can be said before anybody has said who they are.
        let me = self.records.setting(ME)?.unwrap_or_default();
        let (values, _) = self.compared(profile, contact, me, None)?;
        Ok(Reply::Comparison { values })
    }

    pub(super) async fn plan_update(
        &self,
        profile: &Profile,
        contact: &ContactId,
        choices: &UpdateChoices,
    ) -> Result<Reply, ServiceError> {
        let client = self.client()?;
        let read = match self.contact_read.borrow().as_ref() {
            Some((id, at, read)) if id == contact && self.host.clock.running().since(*at) < FRESH => Some(read.clone()),
            _ => None,
        };
        let read = match read {
            Some(read) => read,
            None => self.read_contact(contact, &client).await?,
        };
        let (values, plan) = self.planned_update(profile, contact, &read, choices)?;
        Ok(Reply::UpdatePlan { values, plan })
    }

    pub(super) async fn update(
        &self,
        profile: &Profile,
        contact: &ContactId,
        choices: &UpdateChoices,
        fingerprint: &str,
    ) -> Result<Reply, ServiceError> {
        let client = self.client()?;
        if let Some(begun) = self.unsettled_update(profile)? {
            // The journal knows better than the page: what was begun is brought to its end, nothing is begun twice.
            let update = self.go_on(begun.number, &client).await?;
            return self.updated(&update);
        }
        let read = self.read_contact(contact, &client).await?;
        let (_, plan) = self.planned_update(profile, contact, &read, choices)?;
        if plan.fingerprint != fingerprint {
            return Err(ServiceError::Refused(FailureCode::PlanChanged));
        }
        if plan.requests.is_empty() {
            return Ok(Reply::Updated {
                outcome: self.skipped(&plan)?,
                failed: Vec::new(),
            });
        }
        if self.unsettled_update(profile)?.is_some() {
            return Err(ServiceError::Refused(FailureCode::AlreadyExporting));
        }
        let update = self.carry_out(&plan, profile, choices.undo_ms, &client).await?;
        // What was read is no longer what Lever has.
        self.contact_read.replace(None);
        self.updated(&update)
    }

    fn unsettled_update(&self, profile: &Profile) -> Result<Option<StoredExport>, ServiceError> {
        let latest = self.records.latest_update(&profile.key)?;
        Ok(latest.filter(|update| !overall(update).is_settled()))
    }

    fn notes_just_written(&self, profile: &Profile) -> Result<Vec<PlannedRequest>, ServiceError> {
        let now = self.host.clock.now();
        let latest = self.records.latest_update(&profile.key)?;
        let Some(update) = latest.filter(|update| now.since(update.made_at) < NOTES_AGE) else {
            return Ok(Vec::new());
        };
        let is_written = |place: usize| update.steps.get(place).is_some_and(|step| step.state.is_done());
        let notes = update.plan.requests.iter().enumerate();
        let notes = notes.filter(|(place, request)| request.step == StepKind::AddNote && is_written(*place));
        Ok(notes.map(|(_, request)| request.clone()).collect())
    }

    fn updated(&self, update: &StoredExport) -> Result<Reply, ServiceError> {
        let failed = update.steps.iter().filter(|step| step.state == ExportState::Failed);
        let failed = failed.filter_map(|step| {
            Some(FailedStep {
                step: step.kind,
                failure: step.failure.clone()?,
            })
        });
        Ok(Reply::Updated {
            failed: failed.collect(),
            outcome: self.outcome(update)?,
        })
    }

    /// Asks Lever itself about one person, and keeps the contact for the plans of the next moments.
    async fn read_contact(&self, contact: &ContactId, client: &LeverClient) -> Result<ContactAsRead, ServiceError> {
        self.sync(client)?.person(PersonBy::Contact(contact)).await?;
        let read = client.contact_as_read(contact, Priority::Click).await?;
        if read.is_anonymized() {
            return Err(ServiceError::Refused(FailureCode::ContactAnonymized));
        }
        let now = self.host.clock.running();
        self.contact_read.replace(Some((contact.clone(), now, read.clone())));
        Ok(read)
    }

    fn planned_update(
        &self,
        profile: &Profile,
        contact: &ContactId,
        read: &ContactAsRead,
        choices: &UpdateChoices,
    ) -> Result<(Vec<ComparedValue>, Plan), ServiceError> {
        let (values, plan) = self.compared(profile, contact, self.me()?, Some((read, choices)))?;
        // There is a plan wherever something was read.
        Ok((values, plan.ok_or(ServiceError::Refused(FailureCode::Internal))?))
    }

    /// What the page says and Lever does not have of its person, who has to be this one: by the mirror, or with the contact as
    /// Lever has it now; then with a plan.
    fn compared(
        &self,
        profile: &Profile,
        contact: &ContactId,
        me: UserId,
        read: Option<(&ContactAsRead, &UpdateChoices)>,
    ) -> Result<(Vec<ComparedValue>, Option<Plan>), ServiceError> {
        let verdict = self.verdict(profile)?;
        let is_known = matches!(verdict.verdict, VerdictWord::Same | VerdictWord::Likely);
        let is_it = verdict
            .candidates
            .first()
            .is_some_and(|first| first.contact == *contact || first.same_as.contains(contact));
        if !is_known || !is_it {
            return Err(ServiceError::Refused(FailureCode::PlanChanged));
        }
        let mut person = self
            .mirror
            .person(contact, &self.environment())?
            .ok_or(ServiceError::Refused(FailureCode::NotFound))?;
        if let Some((read, _)) = read {
            person = read.laid_over(person);
        }
        let notes_written = self.notes_just_written(profile)?;
        let known = KnownOfPage {
            verdict,
            people: Vec::new(),
            exported: None,
            project: self.records.project_of(&profile.key)?,
            now: self.host.clock.now(),
            resume: None,
        };
        let rules = self.export_rules()?;
        let choices = default_choices(profile, &rules);
        let mut found = (Vec::new(), None);
        self.with_facts(profile, &choices, &rules, me, &known, &mut |facts| {
            let values = compare(facts, &person);
            let plan = read.map(|(contact, choices)| {
                let known = UpdateFacts {
                    person: &person,
                    contact,
                    notes_written: &notes_written,
                };
                plan_update(facts, known, &values, choices)
            });
            found = (values, plan);
        })?;
        Ok(found)
    }
}
