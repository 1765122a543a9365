//! What applicants leave beside the application itself: answers for equal opportunity and consents
//! (lever-api §3.11, §3.18). Seeded answers are computed; what came by `POST /postings/:id/apply` is kept.

use std::collections::HashMap;

use super::Account;
use crate::ids::{Kind, OpportunityNumber, PostingNumber};
use crate::model::consent::{CompliancePolicy, Consents};
use crate::model::eeo::EeoAnswers;
use crate::model::form::Field;
use crate::seed::forms;

/// What was written.
#[derive(Debug, Default)]
pub struct Applying {
    eeo: HashMap<OpportunityNumber, EeoAnswers>,
    consents: HashMap<OpportunityNumber, Consents>,
}

/// The country whose applicants are asked for consent: which policies a customer has, and for whom, is theirs to say.
const POLICY_COUNTRY: &str = "SE";

impl Account {
    /// What whoever applied with this opportunity answered, if they did.
    #[must_use]
    pub fn eeo_answers(&self, number: OpportunityNumber) -> Option<EeoAnswers> {
        match self.applying.eeo.get(&number) {
            Some(answers) => Some(answers.clone()),
            None => self.population.eeo_answers(number),
        }
    }

    /// Keeps what an applicant answered.
    pub fn put_eeo_answers(&mut self, number: OpportunityNumber, answers: EeoAnswers) {
        self.applying.eeo.insert(number, answers);
    }

    /// The id of answers about to be kept.
    pub fn new_eeo_id(&mut self) -> String {
        self.new_id(Kind::EeoResponse)
    }

    /// The questions for equal opportunity, each under its name in `eeoResponses`.
    #[must_use]
    pub fn eeo_questions(&self) -> Vec<(&'static str, Field)> {
        forms::eeo_fields(self.ids)
    }

    /// The policy that asks applicants to this posting for consent, if there is one.
    #[must_use]
    pub fn compliance_policy(&self, posting: PostingNumber) -> Option<CompliancePolicy> {
        let posting = self.company.posting(posting)?;
        (posting.country == POLICY_COUNTRY).then(|| CompliancePolicy {
            id: self.ids.make(Kind::CompliancePolicy, 0).to_string(),
        })
    }

    /// Keeps what an applicant consented to.
    pub fn put_consents(&mut self, number: OpportunityNumber, consents: Consents) {
        self.applying.consents.insert(number, consents);
    }

    /// What an applicant consented to; `None` where no policy applies.
    #[must_use]
    pub fn consents(&self, number: OpportunityNumber) -> Option<Consents> {
        self.applying.consents.get(&number).copied()
    }
}
