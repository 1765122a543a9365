//! Diversity surveys (lever-api §3.18). The API makes none, so nothing is kept.

use super::Account;
use crate::ids::{Kind, PostingNumber};
use crate::model::survey::{Survey, SurveyPlace};
use crate::seed::forms;

impl Account {
    /// The surveys of a posting: one by country and, where it has locations, one by location.
    #[must_use]
    pub fn surveys(&self, number: PostingNumber) -> Vec<Survey> {
        let Some(posting) = self.company.posting(number) else {
            return Vec::new();
        };
        let by_location =
            (!posting.all_locations.is_empty()).then(|| SurveyPlace::Locations(posting.all_locations.clone()));
        let places = [
            Some(SurveyPlace::Countries(vec![posting.country.to_owned()])),
            by_location,
        ];
        (0_u32..)
            .zip(places.into_iter().flatten())
            .map(|(place, for_whom)| Survey {
                id: self
                    .ids
                    .make(Kind::Survey, number.0.saturating_mul(2).saturating_add(place))
                    .to_string(),
                created_at: posting.created_at,
                updated_at: posting.created_at,
                place: for_whom,
                fields: forms::survey_fields(self.ids),
            })
            .collect()
    }
}
