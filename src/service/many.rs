//! Many people in one go: projects, their plans, and the batches that are sent in the background, some people at a time, as fast as
//! the pace allows. Each person goes the way of a single export; a batch only decides who is next, and when nobody is.

use std::cell::RefCell;
use std::collections::BTreeSet;

use futures::future::{Either, join_all, select};
use futures::{FutureExt, StreamExt};

use super::{KnownOfPage, Service, ServiceError};
use crate::command::{Failure, FailureCode, ProjectPerson, Reply};
use crate::export::journal::overall;
use crate::export::many::{
    BatchControl, BatchNumber, ChosenLine, LineOutcome, LineState, ManyChoices, OpenBatch, Paused, PlannedLine, Reach,
    WaitingLine, reach,
};
use crate::export::mapping;
use crate::export::plan::{IfKnown, Plan, PlanWarning};
use crate::export::projects::{ProjectError, ProjectNumber};
use crate::identity::{IdentityKey, fold};
use crate::lever::pace::backoff;
use crate::matching::Asking;
use crate::profile::Profile;
use crate::text::Millis;

/// People on their way at once: enough that Lever's rate is the limit and not its distance.
const LANES: usize = 5;
/// People looked at for the next who may go.
const LOOK_AHEAD: u32 = 25;
/// A person whose export fails for a reason that may pass is begun so many times in all.
const MOST_TRIES: u32 = 4;
/// While somebody waits for a click's answer, nobody of a batch sets out; looked at again after so many milliseconds.
const STAND_BACK: u32 = 100;
/// The longest wait after failures, in milliseconds.
const LONGEST_WAIT: u32 = 60_000;
/// Batches listed at most: whoever looks for an older one finds its people in the journal.
const LISTED: u32 = 20;
/// Rows of one reply at most.
const MOST_ROWS: u32 = 500;

impl From<ProjectError> for ServiceError {
    fn from(error: ProjectError) -> Self {
        Self::Refused(match error {
            ProjectError::Name => FailureCode::BadName,
            ProjectError::NameTaken => FailureCode::NameTaken,
            ProjectError::Full => FailureCode::ProjectFull,
            ProjectError::Unknown => FailureCode::NotFound,
        })
    }
}

/// Somebody who is on the way: nobody who may be the same person sets out meanwhile, since Lever and the mirror do not know of the
/// first one yet.
struct OnTheWay {
    batch: BatchNumber,
    place: u32,
    keys: Vec<IdentityKey>,
    name: String,
}

impl OnTheWay {
    fn of(batch: BatchNumber, line: &WaitingLine) -> Self {
        Self {
            batch,
            place: line.place,
            keys: line.profile.identity_keys(),
            name: fold(line.profile.name.as_deref().unwrap_or_default()),
        }
    }

    fn may_be(&self, other: &Self) -> bool {
        let same_line = self.batch == other.batch && self.place == other.place;
        let same_name = !self.name.is_empty() && self.name == other.name;
        same_line || same_name || self.keys.iter().any(|key| other.keys.contains(key))
    }
}

/// What the batches of a service are doing right now.
#[derive(Default)]
pub(super) struct Sending {
    on_the_way: RefCell<Vec<OnTheWay>>,
    /// Failures in a row that concern everybody.
    failures: RefCell<u32>,
}

impl Service {
    // --- Projects -----------------------------------------------------------------------------------------------------

    pub(super) fn projects_reply(&self) -> Result<Reply, ServiceError> {
        Ok(Reply::Projects {
            projects: self.records.projects()?,
        })
    }

    pub(super) fn projects_of(&self, key: &str) -> Result<Reply, ServiceError> {
        let on = self.records.projects_of(key)?;
        let mut projects = self.records.projects()?;
        projects.retain(|one| on.contains(&one.project.0));
        Ok(Reply::Projects { projects })
    }

    pub(super) fn name_project(&self, project: Option<ProjectNumber>, name: &str) -> Result<Reply, ServiceError> {
        self.client()?;
        self.records.name_project(project, name, self.host.clock.now())??;
        self.projects_changed()
    }

    pub(super) fn delete_project(&self, project: ProjectNumber) -> Result<Reply, ServiceError> {
        self.records.delete_project(project)?;
        self.projects_changed()
    }

    pub(super) fn add_to_project(&self, project: ProjectNumber, profiles: &[Profile]) -> Result<Reply, ServiceError> {
        self.client()?;
        self.records
            .add_to_project(project, profiles, self.host.clock.now())??;
        self.projects_changed()
    }

    pub(super) fn remove_from_project(&self, project: ProjectNumber, keys: &[String]) -> Result<Reply, ServiceError> {
        self.records.remove_from_project(project, keys)?;
        self.projects_changed()
    }

    fn projects_changed(&self) -> Result<Reply, ServiceError> {
        (self.changed)();
        self.projects_reply()
    }

    pub(super) fn project_people(&self, project: ProjectNumber, after: u32, limit: u32) -> Result<Reply, ServiceError> {
        self.client()?;
        let asking = Asking::of(&self.mirror)?;
        let mut people = Vec::new();
        for kept in self.records.project_people(project, after, limit.min(MOST_ROWS))? {
            let verdict = self.verdict_beside_others(&kept.profile, &asking)?;
            let person = self.first_of(&verdict)?;
            let exported = self.records.latest_export(&kept.profile.key)?;
            people.push(ProjectPerson {
                key: kept.profile.key,
                name: kept.profile.name,
                headline: kept.profile.headline,
                url: kept.profile.url,
                added_at: kept.added_at,
                verdict: verdict.verdict,
                complete: verdict.complete,
                person,
                exported: exported.map(|export| overall(&export)),
            });
        }
        Ok(Reply::ProjectPeople { people })
    }

    // --- Planning -----------------------------------------------------------------------------------------------------

    pub(super) async fn plan_many(
        &self,
        project: ProjectNumber,
        keys: &[String],
        choices: &ManyChoices,
        at: Option<Millis>,
    ) -> Result<Reply, ServiceError> {
        self.client()?;
        let name = self.project_named(project)?;
        let now = self.host.clock.now();
        // Many are planned in several goes, as of one moment.
        let now = at.filter(|at| *at <= now).unwrap_or(now);
        let mut lines = Vec::new();
        for key in keys.iter().take(MOST_ROWS as usize) {
            // Somebody may have been taken off in another tab.
            let Some(profile) = self.records.project_person(project, key)? else {
                continue;
            };
            let plan = self.planned_line(&profile, choices, &name, now).await?;
            lines.push(PlannedLine {
                key: plan.key,
                name: profile.name,
                action: plan.action,
                fields: plan.fields,
                warnings: plan.warnings,
                fingerprint: plan.fingerprint,
            });
        }
        Ok(Reply::PlannedMany { lines, at: now })
    }

    fn project_named(&self, project: ProjectNumber) -> Result<String, ServiceError> {
        let name = self.records.project_name(project)?;
        name.ok_or(ServiceError::Refused(FailureCode::NotFound))
    }

    /// The plan of one person, after making the resume that the rules want: equal pages give equal bytes, however often it is made.
    async fn planned_line(
        &self,
        profile: &Profile,
        choices: &ManyChoices,
        project: &str,
        at: Millis,
    ) -> Result<Plan, ServiceError> {
        let plan = self.plan_of_line(profile, choices, project, at)?;
        if !plan.warnings.contains(&PlanWarning::ResumeNotMade) {
            return Ok(plan);
        }
        self.make_resume(profile, at).await?;
        self.plan_of_line(profile, choices, project, at)
    }

    /// Who was exported before is left alone unless the choices include them; then they are looked at like everybody else.
    fn plan_of_line(
        &self,
        profile: &Profile,
        choices: &ManyChoices,
        project: &str,
        at: Millis,
    ) -> Result<Plan, ServiceError> {
        let mut known = KnownOfPage {
            project: Some(project.to_owned()),
            ..self.known_of(profile, at)?
        };
        let mut each = choices.each.clone();
        if choices.include_exported {
            known.exported = None;
        } else if known.exported.is_some() {
            each.if_known = IfKnown::Skip;
        }
        let rules = self.export_rules()?;
        // Each comes from a page of their own.
        each.source = each.source.or_else(|| mapping::default_source(profile, &rules));
        self.plan_by(profile, &each, &rules, self.me()?, &known)
    }

    /// Keeps who is meant; they are sent in the background. What changes between the plan that was shown and this moment is found
    /// out person by person, as with a single export.
    pub(super) fn export_many(
        &self,
        project: ProjectNumber,
        chosen: &[ChosenLine],
        choices: &ManyChoices,
        planned_at: Millis,
    ) -> Result<Reply, ServiceError> {
        self.client()?;
        self.me()?;
        let name = self.project_named(project)?;
        let running = self.records.batches(LISTED)?;
        if running
            .iter()
            .any(|batch| batch.name == name && batch.finished_at.is_none())
        {
            return Err(ServiceError::Refused(FailureCode::AlreadyExporting));
        }
        let mut lines = Vec::new();
        let mut seen = BTreeSet::new();
        for line in chosen.iter().filter(|line| seen.insert(&line.key)) {
            if let Some(profile) = self.records.project_person(project, &line.key)? {
                lines.push((profile, line.fingerprint.clone(), LineOutcome::of(LineState::Waiting)));
            }
        }
        let undo = self.undo_of(choices.each.undo_ms)?;
        let now = self.host.clock.now();
        let starts_at = now.plus(i64::from(undo));
        // The plans are of the moment at which they were shown: a note says the day of it.
        let made_at = Millis(planned_at.0.min(now.0));
        self.records.begin_batch(&name, choices, &lines, made_at, starts_at)?;
        self.batches_changed()
    }

    // --- Batches ------------------------------------------------------------------------------------------------------

    pub(super) fn batches_reply(&self) -> Result<Reply, ServiceError> {
        Ok(Reply::Batches {
            batches: self.records.batches(LISTED)?,
        })
    }

    fn batches_changed(&self) -> Result<Reply, ServiceError> {
        self.wake_batches();
        (self.changed)();
        self.batches_reply()
    }

    pub(super) fn batch_lines(&self, batch: BatchNumber, after: u32, limit: u32) -> Result<Reply, ServiceError> {
        let lines = self.records.batch_lines(batch, after, limit.min(MOST_ROWS))?;
        let lines = lines.into_iter().map(|(mut line, opportunity)| {
            line.url = opportunity.map(|id| self.link(id.as_str()));
            line
        });
        Ok(Reply::BatchLines { lines: lines.collect() })
    }

    pub(super) fn control_batch(&self, batch: BatchNumber, control: BatchControl) -> Result<Reply, ServiceError> {
        let now = self.host.clock.now();
        match control {
            BatchControl::Pause => self.records.pause_batch(batch, Paused::Yes)?,
            BatchControl::Resume => self.records.pause_batch(batch, Paused::No)?,
            BatchControl::Stop => {
                self.records.stop_batch(batch, now)?;
                self.records.finish_batch(batch, now)?;
                // Who was on the way when it was paused arrives.
                self.records.pause_batch(batch, Paused::No)?;
            }
            BatchControl::RetryFailed => self.records.retry_batch(batch, now)?,
        }
        self.batches_changed()
    }

    pub(super) fn wake_batches(&self) {
        if let Some(wake) = &*self.wake_batches.borrow() {
            // Nobody listening means that nobody sends in the background: nothing to wake.
            let _ = wake.unbounded_send(());
        }
    }

    /// Sends batches in the background for ever.
    pub(super) async fn run_batches(&self) {
        let (sender, mut woken) = futures::channel::mpsc::unbounded();
        *self.wake_batches.borrow_mut() = Some(sender);
        loop {
            let wait = match self.send_batches().await {
                Ok(wait) => wait,
                // The records themselves fail: whoever looks at them hears of it.
                Err(_) => Some(LONGEST_WAIT),
            };
            let is_woken = match wait {
                Some(wait) => match select(self.host.sleeper.sleep(wait), woken.next()).await {
                    Either::Left(_) => true,
                    Either::Right((word, _)) => word.is_some(),
                },
                None => woken.next().await.is_some(),
            };
            if !is_woken {
                return;
            }
            // Several wishes to wake are one.
            while let Some(Some(())) = woken.next().now_or_never() {}
        }
    }

    /// Sends whoever waits and may go, of every batch, the oldest first. In how many milliseconds there is more to do; nothing
    /// where only a word from outside brings more.
    ///
    /// # Errors
    /// [`ServiceError`] of the records; what was begun stays as the journal has it.
    pub async fn send_batches(&self) -> Result<Option<u32>, ServiceError> {
        if self.client().is_err() {
            return Ok(None);
        }
        let mut next: Option<u32> = None;
        for batch in self.records.open_batches()? {
            let left = batch.starts_at.since(self.host.clock.now());
            let wait = if left > 0 {
                Some(u32::try_from(left).unwrap_or(LONGEST_WAIT))
            } else {
                self.send_batch(&batch).await?
            };
            next = match (next, wait) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
        Ok(next)
    }

    async fn send_batch(&self, batch: &OpenBatch) -> Result<Option<u32>, ServiceError> {
        let trouble = RefCell::new(None);
        let lanes = (0..LANES).map(|_| self.lane(batch, &trouble));
        for ended in join_all(lanes).await {
            ended?;
        }
        let trouble = trouble.into_inner();
        if self.records.finish_batch(batch.number, self.host.clock.now())? {
            self.failures_in_a_row(None);
            (self.changed)();
            return Ok(None);
        }
        let Some(failure) = trouble else {
            // Paused, or somebody is brought to an end elsewhere: whoever does that wakes us.
            return Ok(None);
        };
        if reach(failure.code) == Reach::AllUntilMended {
            self.records.pause_batch(batch.number, Paused::Yes)?;
        }
        self.records.set_batch_trouble(batch.number, Some(&failure))?;
        (self.changed)();
        let failures = self.failures_in_a_row(Some(&failure));
        Ok((reach(failure.code) == Reach::AllForNow)
            .then(|| backoff(failures + 2, self.host.chance.draw()).min(LONGEST_WAIT)))
    }

    fn failures_in_a_row(&self, failure: Option<&Failure>) -> u32 {
        let mut failures = self.many.failures.borrow_mut();
        *failures = if failure.is_some() {
            failures.saturating_add(1)
        } else {
            0
        };
        *failures
    }

    /// One person after the other, until nobody may go or everybody has to wait.
    async fn lane(&self, batch: &OpenBatch, trouble: &RefCell<Option<Failure>>) -> Result<(), ServiceError> {
        loop {
            while self.clicks.get() > 0 {
                self.host.sleeper.sleep(STAND_BACK).await;
            }
            let paused = self.records.is_batch_paused(batch.number)?;
            if trouble.borrow().is_some() || paused == Paused::Yes {
                return Ok(());
            }
            let Some(line) = self.next_line(batch)? else {
                return Ok(());
            };
            let result = self.send_line(batch, &line).await;
            self.many
                .on_the_way
                .borrow_mut()
                .retain(|other| other.batch != batch.number || other.place != line.place);
            let failure = match result {
                Ok(outcome) => outcome.failure.filter(|_| outcome.state == LineState::Failed),
                // The journal has it, and somebody else brings it to its end.
                Err(ServiceError::Refused(FailureCode::AlreadyExporting)) => {
                    self.host.sleeper.sleep(STAND_BACK).await;
                    continue;
                }
                Err(error) => Some(error.failure()),
            };
            match failure {
                None => {
                    self.failures_in_a_row(None);
                    self.records.set_batch_trouble(batch.number, None)?;
                }
                Some(failure) => self.take_failure(batch, &line, failure, trouble)?,
            }
            (self.changed)();
        }
    }

    /// A failure of this person alone is an outcome; one that concerns everybody has this person wait with all the others.
    fn take_failure(
        &self,
        batch: &OpenBatch,
        line: &WaitingLine,
        failure: Failure,
        trouble: &RefCell<Option<Failure>>,
    ) -> Result<(), ServiceError> {
        let now = self.host.clock.now();
        // Without a connection nothing was tried at this person; Lever failing again and again may be about this very person.
        let is_tried_out = line.tries + 1 >= MOST_TRIES && failure.code != FailureCode::Network;
        if reach(failure.code) == Reach::One || (reach(failure.code) == Reach::AllForNow && is_tried_out) {
            let outcome = LineOutcome::failed(failure);
            self.records.set_line(batch.number, line.place, &outcome, now)?;
            return Ok(());
        }
        let waits = LineOutcome::of(LineState::Waiting);
        self.records.set_line(batch.number, line.place, &waits, now)?;
        *trouble.borrow_mut() = Some(failure);
        Ok(())
    }

    /// The next person who is nobody of those on the way; from now on on the way too.
    fn next_line(&self, batch: &OpenBatch) -> Result<Option<WaitingLine>, ServiceError> {
        let waiting = self.records.waiting_lines(batch.number, LOOK_AHEAD)?;
        let mut on_the_way = self.many.on_the_way.borrow_mut();
        for line in waiting {
            let is_elsewhere = line
                .export
                .is_some_and(|export| self.sending.borrow().contains(&export.0));
            let setting_out = OnTheWay::of(batch.number, &line);
            if !is_elsewhere && !on_the_way.iter().any(|other| other.may_be(&setting_out)) {
                on_the_way.push(setting_out);
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// One person, as a single export goes: Lever is asked once more, the plan made again, and what is shown is sent or nothing.
    async fn send_line(&self, batch: &OpenBatch, line: &WaitingLine) -> Result<LineOutcome, ServiceError> {
        let client = self.client()?;
        if let Some(export) = line.export {
            return Ok(LineOutcome::of_export(&self.go_on(export, &client).await?));
        }
        let profile = &line.profile;
        let keep = |outcome: LineOutcome| {
            self.records
                .set_line(batch.number, line.place, &outcome, self.host.clock.now())?;
            Ok(outcome)
        };
        if let Some(before) = self.records.latest_export(&profile.key)?
            && !overall(&before).is_settled()
        {
            // Begun from its page: it is brought to its end, and nothing is begun twice.
            self.go_on(before.number, &client).await?;
        }
        let plan = || self.plan_of_line(profile, &batch.choices, &batch.name, batch.made_at);
        let shown = self
            .planned_line(profile, &batch.choices, &batch.name, batch.made_at)
            .await?;
        if let Some(outcome) = LineOutcome::of_plan(&shown) {
            return keep(outcome);
        }
        self.refresh_before_writing(&shown, profile, &batch.choices.each, &client)
            .await?;
        let plan = plan()?;
        if let Some(outcome) = LineOutcome::of_plan(&plan) {
            return keep(outcome);
        }
        if plan.fingerprint != line.fingerprint {
            return keep(LineOutcome::failed(Failure::of(FailureCode::PlanChanged)));
        }
        let number = self.records.plan_for(
            Some((batch.number, line.place)),
            &plan,
            &mapping::name(profile),
            &self.account()?,
            self.host.clock.now(),
        )?;
        Ok(LineOutcome::of_export(&self.go_on(number, &client).await?))
    }
}
