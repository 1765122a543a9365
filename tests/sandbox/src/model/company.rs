//! The account's own tables: users, stages, archive reasons and postings. Small, so they are kept whole.

use std::collections::HashMap;

use serde_json::Value;

use super::Reference;
use super::archive_reason::ArchiveReason;
use super::posting::Posting;
use super::stage::Stage;
use super::user::User;
use crate::ids::{PostingNumber, ReasonNumber, StageNumber, UserNumber};

/// A list whose members are found by number and by id.
#[derive(Debug, Clone)]
pub struct Table<T> {
    items: Vec<T>,
    by_id: HashMap<String, u32>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            by_id: HashMap::new(),
        }
    }
}

impl<T> Table<T> {
    /// Adds a member and gives its number.
    pub fn add(&mut self, id: String, item: T) -> u32 {
        let number = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.items.push(item);
        self.by_id.insert(id, number);
        number
    }

    /// The number of the member with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The member with this number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&T> {
        self.items.get(usize::try_from(number).ok()?)
    }

    /// The member with this number, to change; its id must stay.
    pub fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        self.items.get_mut(usize::try_from(number).ok()?)
    }

    /// All members, by number.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.iter()
    }

    /// All members, to change; their ids must stay.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.items.iter_mut()
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// Users, stages, archive reasons and postings.
#[derive(Debug, Clone, Default)]
pub struct Company {
    /// Users by number.
    pub users: Table<User>,
    /// Stages by number; their order in the pipeline is their rank.
    pub stages: Table<Stage>,
    /// Archive reasons by number.
    pub archive_reasons: Table<ArchiveReason>,
    /// Postings by number.
    pub postings: Table<Posting>,
}

impl Company {
    /// A user by number.
    #[must_use]
    pub fn user(&self, number: UserNumber) -> Option<&User> {
        self.users.get(number.0)
    }

    /// A stage by number.
    #[must_use]
    pub fn stage(&self, number: StageNumber) -> Option<&Stage> {
        self.stages.get(number.0)
    }

    /// An archive reason by number.
    #[must_use]
    pub fn reason(&self, number: ReasonNumber) -> Option<&ArchiveReason> {
        self.archive_reasons.get(number.0)
    }

    /// A posting by number.
    #[must_use]
    pub fn posting(&self, number: PostingNumber) -> Option<&Posting> {
        self.postings.get(number.0)
    }

    /// A user's id, or the whole user where it was asked for by `expand`.
    #[must_use]
    pub fn user_json(&self, number: UserNumber, reference: Reference) -> Value {
        match self.user(number) {
            None => Value::Null,
            Some(user) if reference == Reference::Object => user.json(),
            Some(user) => Value::from(user.id.as_str()),
        }
    }

    /// A stage's id, `""` if there is no such stage.
    #[must_use]
    pub fn stage_id(&self, number: StageNumber) -> &str {
        self.stage(number).map_or("", |stage| stage.id.as_str())
    }

    /// Stages as the pipeline shows them.
    #[must_use]
    pub fn stages_in_order(&self) -> Vec<&Stage> {
        let mut stages: Vec<&Stage> = self.stages.iter().collect();
        stages.sort_by_key(|stage| stage.rank);
        stages
    }

    /// The 0-based place of a stage in the pipeline today.
    #[must_use]
    pub fn stage_position(&self, number: StageNumber) -> u32 {
        let Some(stage) = self.stage(number) else {
            return 0;
        };
        let before = self.stages.iter().filter(|other| other.rank < stage.rank);
        u32::try_from(before.count()).unwrap_or(u32::MAX)
    }
}
