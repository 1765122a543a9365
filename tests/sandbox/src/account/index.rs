//! The order of the opportunity list, and the ways into it by time, person and posting.
//!
//! Exists so that a page at any depth of a million rows, and every window on `updated_at`, costs a search and a page.
//! Holds numbers only; texts are made when a row is shown.

use std::collections::{BTreeSet, HashMap};

use crate::clock::Timestamp;
use crate::ids::{ContactNumber, OpportunityNumber, PostingNumber, ReasonNumber, StageNumber, Uuid};
use crate::model::Confidentiality;
use crate::model::opportunity::{Archived, Origin};
use crate::model::stage::Rank;

/// The part of an opportunity that lists are sorted and filtered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The id as a number with the order of its text.
    pub id: Uuid,
    /// The person.
    pub contact: ContactNumber,
    /// The present stage.
    pub stage: StageNumber,
    /// Rank of the present stage.
    pub rank: Rank,
    /// The posting applied to.
    pub posting: Option<PostingNumber>,
    /// Whether the application is archived.
    pub application_archived: bool,
    /// Why and when archived.
    pub archived: Option<Archived>,
    /// How it began.
    pub origin: Origin,
    /// Confidential or not.
    pub confidentiality: Confidentiality,
    /// When made.
    pub created_at: Timestamp,
    /// When changed, where known.
    pub updated_at: Option<Timestamp>,
    /// When the stage was entered.
    pub last_advanced_at: Timestamp,
    /// Sleeping until then.
    pub snoozed_until: Option<Timestamp>,
}

/// The sort key of the list: stage rank up, `lastAdvancedAt` down, id up (lever-api §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListKey {
    rank: Rank,
    advanced: std::cmp::Reverse<Timestamp>,
    id: Uuid,
    /// Keeps apart rows whose ids share their first sixteen bytes.
    number: OpportunityNumber,
}

impl ListKey {
    /// The key of a row.
    #[must_use]
    pub fn of(number: OpportunityNumber, row: &Row) -> Self {
        Self {
            rank: row.rank,
            advanced: std::cmp::Reverse(row.last_advanced_at),
            id: row.id,
            number,
        }
    }

    /// The first key at which a row with these values can stand.
    #[must_use]
    pub fn start(rank: Rank, advanced: Timestamp, id: Uuid, number: OpportunityNumber) -> Self {
        Self {
            rank,
            advanced: std::cmp::Reverse(advanced),
            id,
            number,
        }
    }

    /// The opportunity.
    #[must_use]
    pub fn number(self) -> OpportunityNumber {
        self.number
    }
}

/// The times that windows can be put on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeField {
    /// `createdAt`.
    Created,
    /// `updatedAt`.
    Updated,
    /// `lastAdvancedAt`.
    Advanced,
    /// `archived.archivedAt`.
    Archived,
}

impl Row {
    /// One of the row's times.
    #[must_use]
    pub fn time(&self, field: TimeField) -> Option<Timestamp> {
        match field {
            TimeField::Created => Some(self.created_at),
            TimeField::Updated => self.updated_at,
            TimeField::Advanced => Some(self.last_advanced_at),
            TimeField::Archived => self.archived.map(|archived| archived.at),
        }
    }

    /// Whether this archive reason is the row's.
    #[must_use]
    pub fn has_reason(&self, reason: ReasonNumber) -> bool {
        self.archived.is_some_and(|archived| archived.reason == reason)
    }
}

type TimeIndex = BTreeSet<(Timestamp, OpportunityNumber)>;

/// All rows and the ways into them.
#[derive(Debug, Default)]
pub struct Index {
    rows: Vec<Row>,
    order: BTreeSet<ListKey>,
    created: TimeIndex,
    updated: TimeIndex,
    advanced: TimeIndex,
    archived: TimeIndex,
    by_posting: HashMap<PostingNumber, Vec<OpportunityNumber>>,
    /// Opportunities beyond the seeded ones; those have consecutive numbers.
    by_contact: HashMap<ContactNumber, Vec<OpportunityNumber>>,
}

impl Index {
    /// An index over rows whose numbers are their places.
    #[must_use]
    pub fn new(rows: Vec<Row>) -> Self {
        let numbered = || (0..).map(OpportunityNumber).zip(&rows);
        let by_time = |field: TimeField| -> TimeIndex {
            numbered()
                .filter_map(|(number, row)| Some((row.time(field)?, number)))
                .collect()
        };
        // The sets sort what they are made of; two at a time halve the start on the machines this runs on.
        let (order, created, updated, advanced, archived) = std::thread::scope(|scope| {
            let others = scope.spawn(|| {
                (
                    by_time(TimeField::Created),
                    by_time(TimeField::Updated),
                    by_time(TimeField::Archived),
                )
            });
            let order = numbered().map(|(number, row)| ListKey::of(number, row)).collect();
            let advanced = by_time(TimeField::Advanced);
            let (created, updated, archived) = others.join().unwrap_or_default();
            (order, created, updated, advanced, archived)
        });
        let mut by_posting: HashMap<PostingNumber, Vec<OpportunityNumber>> = HashMap::new();
        for (number, row) in numbered() {
            if let Some(posting) = row.posting {
                by_posting.entry(posting).or_default().push(number);
            }
        }
        Self {
            rows,
            order,
            created,
            updated,
            advanced,
            archived,
            by_posting,
            by_contact: HashMap::new(),
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row.
    #[must_use]
    pub fn row(&self, number: OpportunityNumber) -> Option<&Row> {
        self.rows.get(number.place())
    }

    /// Rows in list order, from a key on or from the beginning.
    pub fn in_order(&self, from: Option<ListKey>) -> impl Iterator<Item = (ListKey, &Row)> {
        let from = from.map_or(std::ops::Bound::Unbounded, std::ops::Bound::Included);
        self.order
            .range((from, std::ops::Bound::Unbounded))
            .filter_map(|key| Some((*key, self.row(key.number)?)))
    }

    /// Rows whose time lies between the bounds, both included.
    pub fn in_time(
        &self,
        field: TimeField,
        start: Timestamp,
        end: Timestamp,
    ) -> impl DoubleEndedIterator<Item = OpportunityNumber> {
        let first = (start, OpportunityNumber(0));
        // A range that ends before it starts holds nothing; the set would refuse it.
        let last = (end.max(start), OpportunityNumber(u32::MAX));
        self.by_time(field)
            .range(first..=last)
            .filter(move |(time, _)| *time <= end)
            .map(|(_, number)| *number)
    }

    /// Rows that were ever on a posting.
    #[must_use]
    pub fn on_posting(&self, posting: PostingNumber) -> &[OpportunityNumber] {
        self.by_posting.get(&posting).map_or(&[], Vec::as_slice)
    }

    /// Rows of a person beyond the seeded ones.
    #[must_use]
    pub fn added_of(&self, contact: ContactNumber) -> &[OpportunityNumber] {
        self.by_contact.get(&contact).map_or(&[], Vec::as_slice)
    }

    fn by_time(&self, field: TimeField) -> &TimeIndex {
        match field {
            TimeField::Created => &self.created,
            TimeField::Updated => &self.updated,
            TimeField::Advanced => &self.advanced,
            TimeField::Archived => &self.archived,
        }
    }

    fn by_time_mut(&mut self, field: TimeField) -> &mut TimeIndex {
        match field {
            TimeField::Created => &mut self.created,
            TimeField::Updated => &mut self.updated,
            TimeField::Advanced => &mut self.advanced,
            TimeField::Archived => &mut self.archived,
        }
    }

    /// Adds a row; its number is its place.
    pub fn add(&mut self, row: Row) -> OpportunityNumber {
        let number = OpportunityNumber::at(self.rows.len());
        self.by_contact.entry(row.contact).or_default().push(number);
        if let Some(posting) = row.posting {
            self.by_posting.entry(posting).or_default().push(number);
        }
        self.enter(number, &row);
        self.rows.push(row);
        number
    }

    /// Puts a changed row in its new place.
    pub fn replace(&mut self, number: OpportunityNumber, row: Row) {
        let Some(slot) = self.rows.get_mut(number.place()) else {
            return;
        };
        let before = std::mem::replace(slot, row.clone());
        self.leave(number, &before);
        if before.contact != row.contact {
            self.by_contact.entry(row.contact).or_default().push(number);
        }
        if before.posting != row.posting
            && let Some(posting) = row.posting
        {
            self.by_posting.entry(posting).or_default().push(number);
        }
        self.enter(number, &row);
    }

    /// Takes a row out of every list. Its number stays taken, and the row can still be asked for by it.
    pub fn remove(&mut self, number: OpportunityNumber) {
        let Some(row) = self.rows.get(number.place()).cloned() else {
            return;
        };
        self.leave(number, &row);
        if let Some(numbers) = row.posting.and_then(|posting| self.by_posting.get_mut(&posting)) {
            numbers.retain(|other| *other != number);
        }
        if let Some(numbers) = self.by_contact.get_mut(&row.contact) {
            numbers.retain(|other| *other != number);
        }
    }

    fn leave(&mut self, number: OpportunityNumber, row: &Row) {
        self.order.remove(&ListKey::of(number, row));
        for field in TIME_FIELDS {
            if let Some(time) = row.time(field) {
                self.by_time_mut(field).remove(&(time, number));
            }
        }
    }

    fn enter(&mut self, number: OpportunityNumber, row: &Row) {
        self.order.insert(ListKey::of(number, row));
        for field in TIME_FIELDS {
            if let Some(time) = row.time(field) {
                self.by_time_mut(field).insert((time, number));
            }
        }
    }
}

const TIME_FIELDS: [TimeField; 4] = [
    TimeField::Created,
    TimeField::Updated,
    TimeField::Advanced,
    TimeField::Archived,
];
