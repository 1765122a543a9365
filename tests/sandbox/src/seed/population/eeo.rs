//! What seeded applicants answered to the questions for equal opportunity.

use super::Population;
use crate::ids::{Kind, OpportunityNumber};
use crate::model::eeo::EeoAnswers;
use crate::seed::draw::Purpose;

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
            gender: draw.text(&["Female", "Male", "Decline to self-identify"]),
            race: draw.text(&[
                "Asian",
                "Black or African American",
                "Hispanic or Latino",
                "Two or More Races",
                "White",
                "Decline to self-identify",
            ]),
            veteran: draw.text(&["I am not a protected veteran", "Decline to self-identify"]),
            disability: draw.text(&["No", "Yes", "Decline to self-identify"]),
        })
    }
}
