//! Which jobs whoever exports may add people to. The organisation's key sees every job; the recruiter need not (requirements §8).
//!
//! What Lever's API tells is applied, and nothing is guessed beyond it: a role that it does not name (a custom one), a user or a
//! job's followers that it did not send bar nobody. Super admins, admins and team members see every job that is not confidential;
//! limited team members and interviewers see those that they own, manage or follow; a confidential job is seen by its team and
//! by super admins (Lever's help, "access roles", "confidential job posting"). UNSURE: Lever also lets an administrator give a limited
//! team member, or anybody a confidential job, without following; its API does not tell.

use rusqlite::OptionalExtension;

use super::{Mirror, MirrorError};
use crate::command::{PostingBar, PostingSummary};
use crate::export::plan::NothingReason;
use crate::lever::model::Reference;
use crate::lever::model::opportunity::Confidentiality;
use crate::lever::model::posting::Posting;
use crate::text::UserId;

/// Whoever exports, as far as it matters for what they see.
#[derive(Debug, Clone, Default)]
pub struct Viewer {
    user: Option<UserId>,
    role: String,
}

/// Which jobs a role sees in Lever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// All of them.
    All,
    /// All but confidential ones of others.
    AllButConfidential,
    /// Those of their own.
    Own,
    /// Lever does not tell.
    NotKnown,
}

impl Viewer {
    fn sight(&self) -> Sight {
        match self.role.as_str() {
            "super admin" => Sight::All,
            "admin" | "team member" => Sight::AllButConfidential,
            "limited team member" | "interviewer" => Sight::Own,
            _ => Sight::NotKnown,
        }
    }
}

/// A job's team and confidentiality, as the mirror keeps them.
pub(super) struct Audience {
    /// Ids of everybody who owns, manages, made or follows it, with blanks between; `None` where Lever did not tell followers.
    pub(super) team: Option<String>,
    /// Whether only few may see it.
    pub(super) confidential: bool,
}

impl Audience {
    pub(super) fn of(posting: &Posting) -> Self {
        let leads = [&posting.user, &posting.owner, &posting.hiring_manager];
        let leads = leads.into_iter().flatten();
        let team = posting.followers.as_ref().map(|followers| {
            let team: Vec<&str> = leads.chain(followers).map(Reference::id).collect();
            team.join(" ")
        });
        Self {
            team,
            confidential: posting.confidentiality == Confidentiality::Confidential,
        }
    }

    fn holds(&self, viewer: &Viewer) -> bool {
        match (&self.team, &viewer.user) {
            (Some(team), Some(user)) => team.split(' ').any(|id| id == user.as_str()),
            _ => true,
        }
    }
}

impl PostingBar {
    /// What a plan for such a job says.
    #[must_use]
    pub fn reason(self) -> NothingReason {
        match self {
            Self::Draft | Self::Pending | Self::Rejected | Self::Closed => NothingReason::JobNotOpen,
            Self::NotFollowed | Self::Confidential => NothingReason::JobNotVisible,
        }
    }
}

/// Why a job cannot be chosen; a state that is not known is no reason.
pub(super) fn bar(posting: &PostingSummary, audience: &Audience, viewer: &Viewer) -> Option<PostingBar> {
    let own = audience.holds(viewer);
    match viewer.sight() {
        Sight::AllButConfidential | Sight::Own if audience.confidential && !own => Some(PostingBar::Confidential),
        Sight::Own if !own => Some(PostingBar::NotFollowed),
        _ => match posting.state.as_str() {
            "draft" => Some(PostingBar::Draft),
            "pending" => Some(PostingBar::Pending),
            "rejected" => Some(PostingBar::Rejected),
            "closed" => Some(PostingBar::Closed),
            _ => None,
        },
    }
}

impl Mirror {
    /// Whoever exports; of a user whom the mirror does not know nothing is known.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn viewer(&self, user: Option<UserId>) -> Result<Viewer, MirrorError> {
        let role = match &user {
            Some(user) => self
                .connection
                .prepare_cached("SELECT role FROM user WHERE id = ?1")?
                .query_row([user.as_str()], |row| row.get(0))
                .optional()?,
            None => None,
        };
        Ok(Viewer {
            user,
            role: role.unwrap_or_default(),
        })
    }
}
