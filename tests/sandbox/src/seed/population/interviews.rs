//! Interviews of seeded opportunities, and the feedback on those that are over.

use super::Population;
use crate::clock::{DAY_MS, HOUR_MS};
use crate::ids::{Kind, OpportunityNumber, UserNumber, Uuid};
use crate::model::company::Company;
use crate::model::form::{Answered, Feedback, FeedbackSubject};
use crate::model::interview::{FeedbackReminder, Interview, Interviewer, Management, Panel};
use crate::model::opportunity::Opportunity;
use crate::seed::draw::{Draw, Purpose};
use crate::seed::forms;

/// Most panels of one opportunity, and most interviews of one panel: they number the ids.
const PANELS_MAX: u32 = 8;
const INTERVIEWS_MAX: u32 = 4;
/// Of opportunities that reached an interviewing stage, so many have a panel in Lever.
const PANEL_SHARE: f64 = 0.5;
/// Of interviews that are over, so many have feedback.
const FEEDBACK_SHARE: f64 = 0.7;
/// Who interviews: Jonas Lindqvist, Priya Raman, Tunde Balogun.
const INTERVIEWERS: [UserNumber; 3] = [UserNumber(1), UserNumber(2), UserNumber(4)];

impl Population {
    /// Panels of a seeded opportunity, oldest first. The well-known first person always has them.
    #[must_use]
    pub fn panels(&self, number: OpportunityNumber, opportunity: &Opportunity, company: &Company) -> Vec<Panel> {
        let mut draw = self.draw(Purpose::Schedule, number.0);
        let mut panels = Vec::new();
        for (place, change) in (0..PANELS_MAX).zip(&opportunity.stage_changes) {
            let Some(stage) = company.stage(change.to).filter(|stage| stage.has_interview) else {
                continue;
            };
            let planned = draw.chance(PANEL_SHARE) || opportunity.contact.0 == 0;
            let first = change.at.plus(2 * DAY_MS + draw.millis(4 * DAY_MS)).whole_hour();
            let count = if stage.pipeline == "onsite" {
                1 + u32::try_from(draw.below(3)).unwrap_or(0)
            } else {
                1
            };
            if !planned {
                continue;
            }
            // Whoever is archived meanwhile is not interviewed any more.
            let canceled_at = opportunity
                .archived
                .map(|archived| archived.at)
                .filter(|at| *at <= first);
            let panel = number.0.saturating_mul(PANELS_MAX).saturating_add(place);
            let created_at = change.at.plus(HOUR_MS).min(self.anchor.plus(-1_000).max(change.at));
            let interviews = (0..count.min(INTERVIEWS_MAX))
                .map(|place| Interview {
                    id: self
                        .ids
                        .make(
                            Kind::Interview,
                            panel.saturating_mul(INTERVIEWS_MAX).saturating_add(place),
                        )
                        .to_string(),
                    subject: Some(stage.text.clone()),
                    note: String::new(),
                    interviewers: draw
                        .pick(&INTERVIEWERS)
                        .map(|user| Interviewer {
                            user: *user,
                            feedback_template: Some(forms::interview_template(self.ids, stage.pipeline)),
                        })
                        .into_iter()
                        .collect(),
                    created_at,
                    canceled_at,
                    date: first.plus(i64::from(place) * HOUR_MS),
                    minutes: 45,
                    location: Some("Video call".to_owned()),
                    feedback_template: Some(forms::interview_template(self.ids, stage.pipeline)),
                    feedback_reminder: FeedbackReminder::Daily,
                    user: opportunity.owner,
                    stage: change.to,
                })
                .collect();
            panels.push(Panel {
                id: self.ids.make(Kind::Panel, panel).to_string(),
                applications: opportunity
                    .application
                    .iter()
                    .map(|application| application.id.clone())
                    .collect(),
                created_at,
                canceled_at,
                management: Management::ByLever,
                external_url: None,
                feedback_reminder: FeedbackReminder::Daily,
                interviews,
                note: None,
                stage: change.to,
                timezone: "Europe/Berlin".to_owned(),
                user: opportunity.owner,
            });
        }
        panels
    }

    /// Feedback on the seeded interviews that are over, oldest first.
    #[must_use]
    pub fn feedback(&self, number: OpportunityNumber, opportunity: &Opportunity, company: &Company) -> Vec<Feedback> {
        let templates = forms::feedback_templates(self.ids, self.anchor);
        let mut feedback = Vec::new();
        for (panel_place, panel) in (0_u64..).zip(self.panels(number, opportunity, company)) {
            for (place, interview) in (0_u64..).zip(&panel.interviews) {
                if interview.canceled_at.is_some() {
                    continue;
                }
                let key = (u64::from(number.0) << 8) | (panel_place << 4) | place;
                let mut draw = Draw::new(self.seed, Purpose::Forms, key);
                let at = interview.end().plus(HOUR_MS + draw.millis(20 * HOUR_MS));
                let template = templates
                    .iter()
                    .find(|template| Some(&template.id) == interview.feedback_template.as_ref());
                let (Some(template), true) = (template, draw.chance(FEEDBACK_SHARE) && at < self.anchor) else {
                    continue;
                };
                let answered = |field| Answered {
                    value: forms::drawn_answer(field, &mut draw, at),
                    field: field.clone(),
                };
                feedback.push(Feedback {
                    id: self.id_beside(&interview.id, Kind::Feedback),
                    subject: FeedbackSubject::Interview {
                        panel: panel.id.clone(),
                        interview: interview.id.clone(),
                    },
                    text: template.text.clone(),
                    instructions: template.instructions.clone(),
                    fields: template.fields.iter().map(answered).collect(),
                    base_template: template.id.clone(),
                    user: interview.interviewers.first().map(|interviewer| interviewer.user),
                    created_at: at,
                    completed_at: Some(at),
                    updated_at: Some(at),
                    deleted_at: None,
                });
            }
        }
        feedback
    }

    /// The id of another kind with the number of this one.
    fn id_beside(&self, id: &str, kind: Kind) -> String {
        let number = Uuid::parse(id).and_then(|id| self.ids.read(id));
        self.ids.make(kind, number.map_or(0, |(_, number)| number)).to_string()
    }
}
