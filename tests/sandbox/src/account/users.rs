//! Users that were made or changed through the API.

use std::collections::HashSet;

use super::{Account, Changed};
use crate::ids::{Kind, UserNumber};
use crate::model::contact::canonical_email;
use crate::model::opportunity::Opportunity;
use crate::model::user::User;

/// Users who became interviewers and lost what they followed (lever-api §3.7): computed rows leave them out.
#[derive(Debug, Default)]
pub struct Unfollowed(HashSet<UserNumber>);

impl Unfollowed {
    /// Takes them from a computed row.
    pub fn apply(&self, opportunity: &mut Opportunity) {
        if !self.0.is_empty() {
            opportunity.followers.retain(|user| !self.0.contains(user));
        }
    }
}

impl Account {
    /// The id of the user about to be added.
    #[must_use]
    pub fn new_user_id(&self) -> String {
        let number = UserNumber::at(self.company.users.len());
        self.ids.make(Kind::User, number.0).to_string()
    }

    /// The user with this address, whatever its letters' case.
    #[must_use]
    pub fn user_with_email(&self, email: &str) -> Option<UserNumber> {
        let wanted = canonical_email(email);
        self.company
            .users
            .iter()
            .position(|user| canonical_email(&user.email) == wanted)
            .map(UserNumber::at)
    }

    /// Adds a user.
    pub fn add_user(&mut self, user: User) -> UserNumber {
        UserNumber(self.company.users.add(user.id.clone(), user))
    }

    /// Puts a changed user in the place of the old one. An interviewer follows nothing any more.
    pub fn change_user(&mut self, number: UserNumber, after: User) -> Changed {
        let Some(user) = self.company.users.get_mut(number.0) else {
            return Changed::No;
        };
        if *user == after {
            return Changed::No;
        }
        let loses = user.can_follow() && !after.can_follow();
        *user = after;
        if loses {
            for posting in self.company.postings.iter_mut() {
                posting.followers.retain(|follower| *follower != number);
            }
            for opportunity in self.opportunities.values_mut() {
                opportunity.followers.retain(|follower| *follower != number);
            }
            self.unfollowed.0.insert(number);
        }
        Changed::Yes
    }
}
