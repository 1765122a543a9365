//! Profile forms and referrals of seeded opportunities.

use super::Population;
use crate::clock::{DAY_MS, HOUR_MS};
use crate::ids::{Kind, OpportunityNumber};
use crate::model::form::{Answered, Field, ProfileForm, Referral};
use crate::model::opportunity::{Opportunity, Origin};
use crate::seed::draw::Purpose;
use crate::seed::forms;

/// So many opportunities have a profile form.
const FORM_SHARE: f64 = 0.08;

impl Population {
    /// Profile forms of a seeded opportunity. The well-known first person always has one.
    #[must_use]
    pub fn profile_forms(&self, number: OpportunityNumber, opportunity: &Opportunity) -> Vec<ProfileForm> {
        let mut draw = self.draw(Purpose::Forms, number.0);
        let filled_in = draw.chance(FORM_SHARE) || opportunity.contact.0 == 0;
        let templates = forms::form_templates(self.ids, self.anchor);
        let (Some(template), true) = (draw.pick(&templates), filled_in) else {
            return Vec::new();
        };
        let at = opportunity
            .created_at
            .plus(HOUR_MS + draw.millis(3 * DAY_MS))
            .min(self.anchor.plus(-1_000).max(opportunity.created_at));
        let answered = |field: &Field| Answered {
            value: forms::drawn_answer(field, &mut draw, at),
            field: field.clone(),
        };
        vec![ProfileForm {
            id: self.ids.make(Kind::Form, number.0).to_string(),
            text: template.text.clone(),
            instructions: template.instructions.clone(),
            base_template: template.id.clone(),
            fields: template.fields.iter().map(answered).collect(),
            user: opportunity.owner,
            stage: opportunity.stage,
            created_at: at,
        }]
    }

    /// The referral of a seeded opportunity that began with one.
    #[must_use]
    pub fn referrals(&self, number: OpportunityNumber, opportunity: &Opportunity) -> Vec<Referral> {
        if opportunity.origin != Origin::Referred {
            return Vec::new();
        }
        let mut draw = self.draw(Purpose::Forms, number.0);
        let (base_template, fields) = forms::referral_form(self.ids);
        let referrer = draw.pick(&self.owners).copied();
        let at = opportunity.created_at;
        let answered = |field: Field| Answered {
            value: forms::drawn_answer(&field, &mut draw, at),
            field,
        };
        vec![Referral {
            id: self.ids.make(Kind::Referral, number.0).to_string(),
            base_template,
            fields: fields.into_iter().map(answered).collect(),
            user: referrer,
            referrer,
            created_at: at,
        }]
    }
}
