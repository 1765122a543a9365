//! The account's templates for feedback and for profile forms: few, so they are kept whole.

use crate::clock::Timestamp;
use crate::ids::IdScheme;
use crate::model::template::Template;
use crate::seed::forms;

/// All templates, the seeded ones first.
#[derive(Debug, Default)]
pub struct Templates {
    /// For feedback on interviews.
    pub feedback: Vec<Template>,
    /// For profile forms.
    pub forms: Vec<Template>,
}

impl Templates {
    /// The seeded ones.
    #[must_use]
    pub fn seeded(ids: IdScheme, anchor: Timestamp) -> Self {
        Self {
            feedback: forms::feedback_templates(ids, anchor),
            forms: forms::form_templates(ids, anchor),
        }
    }

    /// The feedback template with this id.
    #[must_use]
    pub fn feedback(&self, id: &str) -> Option<&Template> {
        self.feedback.iter().find(|template| template.id == id)
    }

    /// The template of profile forms with this id.
    #[must_use]
    pub fn form(&self, id: &str) -> Option<&Template> {
        self.forms.iter().find(|template| template.id == id)
    }
}
