//! Interviews, and the panels that hold them together (lever-api §3.12).

use serde_json::{Value, json};

use super::company::Company;
use super::{Reference, text_or_null, time_or_null};
use crate::clock::Timestamp;
use crate::ids::{StageNumber, UserNumber};

/// How often interviewers are reminded of their feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackReminder {
    /// Once.
    Once,
    /// Every day.
    Daily,
    /// Every six hours.
    Frequently,
    /// Never.
    None,
}

impl FeedbackReminder {
    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Daily => "daily",
            Self::Frequently => "frequently",
            Self::None => "none",
        }
    }

    /// Reads Lever's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Once, Self::Daily, Self::Frequently, Self::None]
            .into_iter()
            .find(|reminder| reminder.word() == word)
    }
}

/// Somebody who interviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interviewer {
    /// Who.
    pub user: UserNumber,
    /// Id of the template their feedback is asked with.
    pub feedback_template: Option<String>,
}

/// An interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interview {
    /// UUID text.
    pub id: String,
    /// What it is about.
    pub subject: Option<String>,
    /// For the interviewers; empty when there is none (every recorded interview has a text here).
    pub note: String,
    /// At least one.
    pub interviewers: Vec<Interviewer>,
    /// When it was planned.
    pub created_at: Timestamp,
    /// When it was called off, if it was.
    pub canceled_at: Option<Timestamp>,
    /// When it begins.
    pub date: Timestamp,
    /// How long, in minutes; at least 1.
    pub minutes: u32,
    /// Where.
    pub location: Option<String>,
    /// Id of the template.
    pub feedback_template: Option<String>,
    /// How often the interviewers are reminded.
    pub feedback_reminder: FeedbackReminder,
    /// Who planned it.
    pub user: Option<UserNumber>,
    /// The opportunity's stage at that time.
    pub stage: StageNumber,
}

/// Who looks after a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Management {
    /// Lever's own calendar: the API can only read it.
    ByLever,
    /// Whoever made it by the API.
    External,
}

/// A panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// UUID text.
    pub id: String,
    /// Ids of the applications it is for.
    pub applications: Vec<String>,
    /// When it was planned.
    pub created_at: Timestamp,
    /// When it was called off, if it was.
    pub canceled_at: Option<Timestamp>,
    /// Who looks after it.
    pub management: Management,
    /// Where it is looked after.
    pub external_url: Option<String>,
    /// How often the interviewers are reminded.
    pub feedback_reminder: FeedbackReminder,
    /// Never empty: a panel goes with its last interview.
    pub interviews: Vec<Interview>,
    /// For everybody.
    pub note: Option<String>,
    /// The opportunity's stage at that time.
    pub stage: StageNumber,
    /// IANA name.
    pub timezone: String,
    /// Who planned it.
    pub user: Option<UserNumber>,
}

/// Which id fields of an interview or panel are shown as objects.
#[derive(Debug, Clone, Copy, Default)]
pub struct ScheduleExpansion {
    /// Expand `user`.
    pub user: Reference,
    /// Expand `stage`.
    pub stage: Reference,
    /// Expand `feedbackForms`; interviews only.
    pub feedback_forms: Reference,
    /// Expand `postings`; interviews only.
    pub postings: Reference,
}

fn stage_json(company: &Company, stage: StageNumber, reference: Reference) -> Value {
    match (company.stage(stage), reference) {
        (None, _) => Value::Null,
        (Some(stage), Reference::Id) => json!(stage.id),
        (Some(stage), Reference::Object) => stage.json(),
    }
}

fn user_json(company: &Company, user: Option<UserNumber>, reference: Reference) -> Value {
    user.map_or(Value::Null, |user| company.user_json(user, reference))
}

/// What an interview's reply needs beyond the interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterviewContext<'a> {
    /// Id of its opportunity.
    pub opportunity: &'a str,
    /// Feedback about it: ids, or whole objects where asked for.
    pub feedback: Vec<Value>,
    /// Postings of its opportunity: ids, or whole objects where asked for.
    pub postings: Vec<Value>,
}

impl Interview {
    /// When it is over.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        self.date.plus(i64::from(self.minutes) * 60_000)
    }

    /// As `GET …/interviews/:interview` shows it.
    #[must_use]
    pub fn json(
        &self,
        company: &Company,
        panel: &Panel,
        context: InterviewContext<'_>,
        expansion: ScheduleExpansion,
    ) -> Value {
        let interviewers: Vec<Value> = self
            .interviewers
            .iter()
            .filter_map(|interviewer| Some((interviewer, company.user(interviewer.user)?)))
            .map(|(interviewer, user)| {
                json!({
                    "id": user.id,
                    "name": user.name,
                    "email": user.email,
                    "feedbackTemplate": text_or_null(interviewer.feedback_template.as_deref()),
                })
            })
            .collect();
        json!({
            "id": self.id,
            "panel": panel.id,
            "subject": text_or_null(self.subject.as_deref()),
            "note": self.note,
            "interviewers": interviewers,
            "timezone": panel.timezone,
            "createdAt": self.created_at,
            "date": self.date,
            "duration": self.minutes,
            "location": text_or_null(self.location.as_deref()),
            "feedbackTemplate": text_or_null(self.feedback_template.as_deref()),
            "feedbackForms": context.feedback,
            "feedbackReminder": self.feedback_reminder.word(),
            "user": user_json(company, self.user, expansion.user),
            "stage": stage_json(company, self.stage, expansion.stage),
            "canceledAt": time_or_null(self.canceled_at),
            "postings": context.postings,
            "gcalEventUrl": null,
            "opportunityId": context.opportunity,
        })
    }

    /// As a panel shows it.
    fn panel_json(&self, company: &Company) -> Value {
        let interviewers: Vec<Value> = self
            .interviewers
            .iter()
            .filter_map(|interviewer| Some((interviewer, company.user(interviewer.user)?)))
            .map(|(interviewer, user)| {
                json!({
                    "id": user.id,
                    "email": user.email,
                    "name": user.name,
                    "responseStatus": "needsAction",
                    "feedbackTemplate": text_or_null(interviewer.feedback_template.as_deref()),
                })
            })
            .collect();
        json!({
            "id": self.id,
            "date": self.date,
            "duration": self.minutes,
            "feedbackReminder": self.feedback_reminder.word(),
            "feedbackTemplate": text_or_null(self.feedback_template.as_deref()),
            "interviewers": interviewers,
            "location": text_or_null(self.location.as_deref()),
            "note": self.note,
            "subject": text_or_null(self.subject.as_deref()),
        })
    }
}

impl Panel {
    /// As `GET …/panels/:panel` shows it. `start` and `end` follow from the interviews.
    #[must_use]
    pub fn json(&self, company: &Company, expansion: ScheduleExpansion) -> Value {
        let start = self.interviews.iter().map(|interview| interview.date).min();
        let end = self.interviews.iter().map(Interview::end).max();
        let interviews: Vec<Value> = self
            .interviews
            .iter()
            .map(|interview| interview.panel_json(company))
            .collect();
        json!({
            "id": self.id,
            "applications": self.applications,
            "canceledAt": time_or_null(self.canceled_at),
            "createdAt": self.created_at,
            "end": time_or_null(end),
            "externallyManaged": self.management == Management::External,
            "externalUrl": text_or_null(self.external_url.as_deref()),
            "feedbackReminder": self.feedback_reminder.word(),
            "interviews": interviews,
            "note": text_or_null(self.note.as_deref()),
            "stage": stage_json(company, self.stage, expansion.stage),
            "start": time_or_null(start),
            "timezone": self.timezone,
            "user": user_json(company, self.user, expansion.user),
        })
    }
}
