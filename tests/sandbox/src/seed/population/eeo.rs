//! What seeded applicants answered to the questions for equal opportunity.

use super::Population;
use crate::ids::{Kind, OpportunityNumber};
use crate::model::eeo::EeoAnswers;
use crate::seed::draw::Purpose;
use crate::seed::forms::{DISABILITIES, GENDERS, RACES, VETERANS};

/// So many applicants answer.
const ANSWER_SHARE: f64 = 0.6;

impl Population {
    /// The answers of whoever applied with this opportunity; `None` for those who gave none, and for written
    /// opportunities. Whether there is an application at all is the caller's to know.
    #[must_use]
    pub fn eeo_answers(&self, number: OpportunityNumber) -> Option<EeoAnswers> {
        if number.0 >= self.opportunity_count() {
            return None;
        }
        let mut draw = self.draw(Purpose::Eeo, number.0);
        draw.chance(ANSWER_SHARE).then(|| EeoAnswers {
            id: self.ids.make(Kind::EeoResponse, number.0).to_string(),
            gender: Some(draw.text(GENDERS).to_owned()),
            race: Some(draw.text(RACES).to_owned()),
            veteran: Some(draw.text(VETERANS).to_owned()),
            disability: Some(draw.text(DISABILITIES).to_owned()),
            disability_signed_at: None,
        })
    }
}
