//! The account: the invented people and everything that was written since, behind one set of questions.
//!
//! A row that was never written to is computed from the seed each time it is asked for; the first write puts a full
//! copy into the overlay, which is what every later read sees. Must not know HTTP.

pub mod applying;
pub mod attachments;
pub mod audit;
pub mod data_file;
pub mod deletions;
pub mod emails;
pub mod forms;
pub mod index;
pub mod labels;
pub mod offers;
pub mod postings;
pub mod requisitions;
pub mod schedule;
pub mod surveys;
pub mod templates;
pub mod users;
pub mod webhooks;

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;

use crate::choices::{Choices, Quirks};
use crate::clock::{Clock, Timestamp};
use crate::ids::{ContactNumber, IdScheme, Kind, OpportunityNumber, PostingNumber, Uuid};
use crate::model::company::Company;
use crate::model::contact::Contact;
use crate::model::note::Note;
use crate::model::opportunity::{Opportunity, OpportunityExpansion, OpportunityView, Showing};
use crate::model::webhook::Webhook;
use crate::model::{Confidentiality, posting::Posting};
use crate::seed::population::Population;
use crate::seed::{self, company, well_known};
use applying::Applying;
use attachments::Attachments;
use deletions::Deletions;
use emails::EmailIndex;
use forms::Forms;
use index::{Index, Row};
use labels::Labels;
use requisitions::Requisitions;
use schedule::Schedule;
use templates::Templates;
use users::Unfollowed;

/// What an account is made from.
#[derive(Debug, Clone, Copy)]
pub struct Seed {
    /// Everything drawn follows from it.
    pub seed: u64,
    /// Seeded people.
    pub contacts: u32,
    /// Nothing seeded happened at or after this instant.
    pub anchor: Timestamp,
}

/// The account.
#[derive(Debug)]
pub struct Account {
    ids: IdScheme,
    /// Users, stages, archive reasons, postings.
    pub company: Company,
    /// The company as it was seeded: what seeded candidacies are computed from, whatever was written since.
    seeded: Company,
    population: Population,
    /// Order and filters of the opportunity list.
    pub index: Index,
    emails: EmailIndex,
    /// Tags in use.
    pub tags: Labels,
    /// Sources in use.
    pub sources: Labels,
    contacts: HashMap<ContactNumber, Contact>,
    opportunities: HashMap<OpportunityNumber, Opportunity>,
    notes: HashMap<OpportunityNumber, Vec<Note>>,
    attachments: Attachments,
    applying: Applying,
    schedule: Schedule,
    forms: Forms,
    /// Feedback templates and templates of profile forms.
    pub templates: Templates,
    /// Webhooks in the order of their making.
    pub webhooks: Vec<Webhook>,
    /// Résumés that came with a data file, as given.
    given_resumes: HashMap<OpportunityNumber, Vec<Value>>,
    given_ids: GivenIds,
    contact_count: u32,
    written_notes: u32,
    /// How many other things were written.
    written_things: u32,
    clock: Clock,
    /// Requisitions and the customer's own fields on them.
    pub requisitions: Requisitions,
    unfollowed: Unfollowed,
    /// What is gone.
    pub deletions: Deletions,
    /// Answers to what is not known for certain.
    pub choices: Choices,
}

/// Ids that came with a data file, in both directions.
#[derive(Debug, Default)]
struct GivenIds {
    contacts: HashMap<String, ContactNumber>,
    contact_texts: HashMap<ContactNumber, String>,
    opportunities: HashMap<String, OpportunityNumber>,
    opportunity_texts: HashMap<OpportunityNumber, String>,
}

impl Account {
    /// An account of seeded people with stages of the customer's own.
    #[must_use]
    pub fn new(seed: Seed) -> Self {
        Self::with_pipeline(seed, company::Pipeline::Custom)
    }

    /// An account of seeded people with these stages.
    #[must_use]
    pub fn with_pipeline(seed: Seed, pipeline: company::Pipeline) -> Self {
        let ids = IdScheme::new(seed.seed);
        let company = company::seeded(seed.seed, ids, seed.anchor, pipeline);
        let population = Population::new(seed.seed, seed.contacts, ids, seed.anchor, &company);
        let requisitions = Requisitions::new(
            seed::requisitions::seeded(seed.seed, ids, seed.anchor, &company),
            seed::requisitions::fields(),
        );
        let (rows, tags, sources) = seeded_rows(&population, &company, ids);
        // Indexing rows and hashing addresses touch nothing of each other.
        let (index, emails) = std::thread::scope(|scope| {
            let emails = scope.spawn(|| {
                EmailIndex::new((0..seed.contacts).map(ContactNumber).flat_map(|contact| {
                    let emails = population.emails(contact);
                    emails.into_iter().map(move |email| (email, contact))
                }))
            });
            let index = Index::new(rows);
            (index, emails.join().unwrap_or_default())
        });
        Self {
            ids,
            seeded: company.clone(),
            company,
            population,
            index,
            emails,
            tags,
            sources,
            contacts: HashMap::new(),
            opportunities: HashMap::new(),
            notes: HashMap::new(),
            attachments: Attachments::default(),
            applying: Applying::default(),
            schedule: Schedule::default(),
            forms: Forms::default(),
            templates: Templates::seeded(ids, seed.anchor),
            webhooks: webhooks::seeded(ids, seed.anchor),
            given_resumes: HashMap::new(),
            given_ids: GivenIds::default(),
            contact_count: seed.contacts,
            written_notes: 0,
            written_things: 0,
            clock: Clock::default(),
            requisitions,
            unfollowed: Unfollowed::default(),
            deletions: Deletions::default(),
            choices: Choices::default(),
        }
    }

    /// The present time; no two readings are equal.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Makes every later reading of the clock later than `time`.
    pub fn pass(&self, time: Timestamp) {
        self.clock.pass(time);
    }

    /// The present time for a read: two readings may be equal.
    #[must_use]
    pub fn reading(&self) -> Timestamp {
        self.clock.reading()
    }

    /// Sets Lever's clock so many ms ahead of the machine's (negative: behind).
    pub fn skew(&self, skew_ms: i64) {
        self.clock.set_skew(skew_ms);
    }

    /// How far Lever's clock is ahead of the machine's, in ms.
    #[must_use]
    pub fn skew_ms(&self) -> i64 {
        self.clock.skew()
    }

    /// How many contacts there are.
    #[must_use]
    pub fn contact_count(&self) -> u32 {
        self.contact_count.saturating_sub(self.deletions.contact_count())
    }

    /// How many opportunities there are.
    #[must_use]
    pub fn opportunity_count(&self) -> usize {
        self.index.len().saturating_sub(self.deletions.opportunity_count())
    }

    // ----- ids -----------------------------------------------------------------------------------------------------

    /// A contact's id.
    #[must_use]
    pub fn contact_id(&self, number: ContactNumber) -> String {
        match self.given_ids.contact_texts.get(&number) {
            Some(text) => text.clone(),
            None => self.ids.make(Kind::Contact, number.0).to_string(),
        }
    }

    /// An opportunity's id.
    #[must_use]
    pub fn opportunity_id(&self, number: OpportunityNumber) -> String {
        match self.given_ids.opportunity_texts.get(&number) {
            Some(text) => text.clone(),
            None => self.ids.make(Kind::Opportunity, number.0).to_string(),
        }
    }

    /// The contact with this id.
    #[must_use]
    pub fn find_contact(&self, id: &str) -> Option<ContactNumber> {
        self.locate_contact(id)
            .filter(|number| !self.deletions.has_contact(*number))
    }

    fn locate_contact(&self, id: &str) -> Option<ContactNumber> {
        if let Some(number) = self.given_ids.contacts.get(id) {
            return Some(*number);
        }
        match self.ids.read(Uuid::parse(id)?)? {
            (Kind::Contact, number) if number < self.contact_count => Some(ContactNumber(number)),
            _ => None,
        }
    }

    /// The opportunity with this id.
    #[must_use]
    pub fn find_opportunity(&self, id: &str) -> Option<OpportunityNumber> {
        self.locate_opportunity(id)
            .filter(|number| !self.deletions.has_opportunity(*number))
    }

    /// The opportunity that has or had this id: a deleted one still marks a place in the list.
    #[must_use]
    pub fn locate_opportunity(&self, id: &str) -> Option<OpportunityNumber> {
        if let Some(number) = self.given_ids.opportunities.get(id) {
            return Some(*number);
        }
        match self.ids.read(Uuid::parse(id)?)? {
            (Kind::Opportunity, number) if OpportunityNumber(number).place() < self.index.len() => {
                Some(OpportunityNumber(number))
            }
            _ => None,
        }
    }

    /// A new application's id: every opportunity has at most one.
    #[must_use]
    pub fn application_id(&self, number: OpportunityNumber) -> String {
        self.ids.make(Kind::Application, number.0).to_string()
    }

    /// Whether this is one of the people whom stories name.
    #[must_use]
    pub fn is_well_known(&self, contact: ContactNumber) -> bool {
        contact.0 < self.population.contact_count() && well_known::person(contact).is_some()
    }

    // ----- reading -------------------------------------------------------------------------------------------------

    /// A contact.
    #[must_use]
    pub fn contact(&self, number: ContactNumber) -> Option<Cow<'_, Contact>> {
        match self.contacts.get(&number) {
            Some(contact) => Some(Cow::Borrowed(contact)),
            None => self.population.contact(number).map(Cow::Owned),
        }
    }

    /// An opportunity.
    #[must_use]
    pub fn opportunity(&self, number: OpportunityNumber) -> Option<Cow<'_, Opportunity>> {
        match self.opportunities.get(&number) {
            Some(opportunity) => Some(Cow::Borrowed(opportunity)),
            None => self.population.opportunity(number, &self.seeded).map(|mut computed| {
                self.unfollowed.apply(&mut computed);
                Cow::Owned(computed)
            }),
        }
    }

    /// All opportunities of a contact.
    #[must_use]
    pub fn opportunities_of(&self, contact: ContactNumber) -> Vec<OpportunityNumber> {
        self.population
            .opportunities_of(contact)
            .map(OpportunityNumber)
            .chain(self.index.added_of(contact).iter().copied())
            .filter(|number| !self.deletions.has_opportunity(*number))
            .filter(|number| self.index.row(*number).is_some_and(|row| row.contact == contact))
            .collect()
    }

    /// Contacts that have this canonical mail address, by number.
    #[must_use]
    pub fn contacts_with_email(&self, canonical: &str) -> Vec<ContactNumber> {
        let mut found = self.emails.find(canonical);
        found.retain(|number| {
            self.contact(*number)
                .is_some_and(|contact| contact.has_email(canonical))
        });
        found
    }

    /// An opportunity as Lever shows it.
    #[must_use]
    pub fn show(
        &self,
        number: OpportunityNumber,
        expansion: OpportunityExpansion,
        showing: Showing,
    ) -> Option<serde_json::Map<String, Value>> {
        let showing = match self.choices.quirks {
            Quirks::On => showing,
            Quirks::Off => Showing::Read,
        };
        let opportunity = self.opportunity(number)?;
        let contact = self.contact(opportunity.contact)?;
        let view = OpportunityView {
            company: &self.company,
            id: &self.opportunity_id(number),
            opportunity: &opportunity,
            contact_id: &self.contact_id(opportunity.contact),
            contact: &contact,
        };
        let mut shown = view.json(expansion, showing);
        if let Some(consents) = self.consents(number) {
            shown.insert("dataProtection".into(), consents.json());
        }
        Some(shown)
    }

    /// Tags and sources of an opportunity, without making the rest of it where that can be avoided.
    #[must_use]
    pub fn labels_of(&self, number: OpportunityNumber) -> (Vec<String>, Vec<String>) {
        if !self.opportunities.contains_key(&number)
            && let Some((tags, source)) = self.population.labels(number, &self.seeded)
        {
            return (tags, source.map(str::to_owned).into_iter().collect());
        }
        self.opportunity(number)
            .map(|opportunity| (opportunity.tags.clone(), opportunity.sources.clone()))
            .unwrap_or_default()
    }

    /// Notes of an opportunity, oldest first.
    #[must_use]
    pub fn notes(&self, number: OpportunityNumber) -> Vec<Note> {
        if let Some(notes) = self.notes.get(&number) {
            return notes.clone();
        }
        self.population
            .opportunity(number, &self.seeded)
            .map(|seeded| self.population.notes(number, &seeded))
            .unwrap_or_default()
    }

    /// A posting by id.
    #[must_use]
    pub fn find_posting(&self, id: &str) -> Option<(PostingNumber, &Posting)> {
        let number = PostingNumber(self.company.postings.find(id)?);
        if self.deletions.has_posting(number) {
            return None;
        }
        Some((number, self.company.posting(number)?))
    }

    // ----- writing -------------------------------------------------------------------------------------------------

    /// Adds a person.
    pub fn add_contact(&mut self, contact: Contact) -> ContactNumber {
        let number = ContactNumber(self.contact_count);
        self.contact_count = self.contact_count.saturating_add(1);
        for email in &contact.emails {
            self.emails.add(email, number);
        }
        self.contacts.insert(number, contact);
        number
    }

    /// Changes a person. Returns whether anything is different now.
    pub fn change_contact(&mut self, number: ContactNumber, change: impl FnOnce(&mut Contact)) -> Changed {
        let Some(before) = self.contact(number).map(Cow::into_owned) else {
            return Changed::No;
        };
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return Changed::No;
        }
        for email in &after.emails {
            self.emails.add(email, number);
        }
        self.contacts.insert(number, after);
        Changed::Yes
    }

    /// The number the next added opportunity will get.
    #[must_use]
    pub fn next_opportunity(&self) -> OpportunityNumber {
        OpportunityNumber::at(self.index.len())
    }

    /// Adds an opportunity.
    pub fn add_opportunity(&mut self, opportunity: Opportunity) -> OpportunityNumber {
        let next = self.next_opportunity();
        let id = self.ids.make(Kind::Opportunity, next.0);
        self.insert_opportunity(id, opportunity)
    }

    fn insert_opportunity(&mut self, id: Uuid, opportunity: Opportunity) -> OpportunityNumber {
        for tag in &opportunity.tags {
            self.tags.add(tag, 1);
        }
        for source in &opportunity.sources {
            self.sources.add(source, 1);
        }
        let number = self.index.add(row_of(id, &opportunity, &self.company));
        self.opportunities.insert(number, opportunity);
        number
    }

    /// Changes an opportunity. Returns whether anything is different now.
    pub fn change_opportunity(
        &mut self,
        number: OpportunityNumber,
        change: impl FnOnce(&mut Opportunity, &Company),
    ) -> Changed {
        // A deleted row must not come back into the lists.
        let present = !self.deletions.has_opportunity(number);
        let Some(before) = self.opportunity(number).filter(|_| present).map(Cow::into_owned) else {
            return Changed::No;
        };
        let mut after = before.clone();
        change(&mut after, &self.company);
        if after == before {
            return Changed::No;
        }
        for tag in &before.tags {
            self.tags.remove(tag);
        }
        for source in &before.sources {
            self.sources.remove(source);
        }
        for tag in &after.tags {
            self.tags.add(tag, 1);
        }
        for source in &after.sources {
            self.sources.add(source, 1);
        }
        if let Some(id) = self.index.row(number).map(|row| row.id) {
            let row = row_of(id, &after, &self.company);
            self.index.replace(number, row);
        }
        self.opportunities.insert(number, after);
        Changed::Yes
    }

    /// Changes an opportunity's notes; a new note's id comes from [`Account::new_note_id`].
    pub fn change_notes(&mut self, number: OpportunityNumber, change: impl FnOnce(&mut Vec<Note>)) {
        let mut notes = self.notes(number);
        change(&mut notes);
        self.notes.insert(number, notes);
    }

    /// The id of a thing about to be written. Seeded things of the same kind have numbers below the ones taken here.
    pub fn new_id(&mut self, kind: Kind) -> String {
        let number = FIRST_WRITTEN.saturating_add(self.written_things);
        self.written_things = self.written_things.saturating_add(1);
        self.ids.make(kind, number).to_string()
    }

    /// Whether a thing with this id came by the API: some may only be changed then.
    #[must_use]
    pub fn was_written(&self, id: &str) -> bool {
        let read = Uuid::parse(id).and_then(|id| self.ids.read(id));
        match read {
            Some((Kind::WrittenNote, _)) => true,
            Some((_, number)) => number >= FIRST_WRITTEN,
            None => false,
        }
    }

    /// The id of a note about to be written.
    pub fn new_note_id(&mut self) -> String {
        let id = self.ids.make(Kind::WrittenNote, self.written_notes).to_string();
        self.written_notes = self.written_notes.saturating_add(1);
        id
    }
}

/// The number of the first thing that came by the API.
const FIRST_WRITTEN: u32 = 1 << 31;

/// Whether a write made a difference: one that did not moves no clock (lever-api §4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Something is different now.
    Yes,
    /// Everything is as it was.
    No,
}

/// The sortable part of a full opportunity.
fn row_of(id: Uuid, opportunity: &Opportunity, company: &Company) -> Row {
    Row {
        id,
        contact: opportunity.contact,
        stage: opportunity.stage,
        rank: company
            .stage(opportunity.stage)
            .map_or(crate::model::stage::Rank(0), |stage| stage.rank),
        posting: opportunity.application.as_ref().map(|application| application.posting),
        application_archived: opportunity
            .application
            .as_ref()
            .is_some_and(|application| application.archived.is_some()),
        archived: opportunity.archived,
        origin: opportunity.origin,
        confidentiality: opportunity.confidentiality,
        created_at: opportunity.created_at,
        updated_at: opportunity.updated_at,
        last_advanced_at: opportunity.last_advanced_at,
        snoozed_until: opportunity.snoozed_until,
    }
}

/// Rows of all seeded opportunities without making their texts, and the labels they carry.
fn seeded_rows(population: &Population, company: &Company, ids: IdScheme) -> (Vec<Row>, Labels, Labels) {
    let contacts = population.contact_count();
    let middle = contacts / 2;
    let part = |range: std::ops::Range<u32>| {
        let mut rows = Vec::new();
        let mut counts = SeededLabels::default();
        for contact in range.map(ContactNumber) {
            for number in population.opportunities_of(contact).map(OpportunityNumber) {
                let id = ids.make(Kind::Opportunity, number.0);
                if well_known::person(contact).is_some() {
                    if let Some(opportunity) = population.opportunity(number, company) {
                        counts.add_written(&opportunity);
                        rows.push(row_of(id, &opportunity, company));
                    }
                    continue;
                }
                let course = population.course(contact, number, company);
                counts.add_drawn(population, &course, number);
                let stage = course.changes.last().map(|change| change.to).unwrap_or_default();
                rows.push(Row {
                    id,
                    contact,
                    stage,
                    rank: company
                        .stage(stage)
                        .map_or(crate::model::stage::Rank(0), |stage| stage.rank),
                    posting: course.posting,
                    application_archived: course.posting.is_some() && course.archived.is_some(),
                    archived: course.archived,
                    origin: course.origin,
                    confidentiality: course
                        .posting
                        .and_then(|posting| company.posting(posting))
                        .map_or(Confidentiality::Open, |posting| posting.confidentiality),
                    created_at: course.created_at,
                    updated_at: course.updated_at,
                    last_advanced_at: course.last_advanced_at,
                    snoozed_until: course.snoozed_until,
                });
            }
        }
        (rows, counts)
    };
    let ((mut rows, mut counts), (more, more_counts)) = std::thread::scope(|scope| {
        let second = scope.spawn(|| part(middle..contacts));
        let first = part(0..middle);
        (first, second.join().unwrap_or_default())
    });
    rows.extend(more);
    counts.merge(more_counts);
    let (tags, sources) = counts.finish(company);
    (rows, tags, sources)
}

/// Label counts gathered without making texts.
#[derive(Debug, Default)]
struct SeededLabels {
    /// Active opportunities on each posting: they carry its tags.
    active_on: HashMap<PostingNumber, u32>,
    tags: HashMap<&'static str, u32>,
    sources: HashMap<&'static str, u32>,
    written_tags: Labels,
    written_sources: Labels,
}

impl SeededLabels {
    fn add_written(&mut self, opportunity: &Opportunity) {
        for tag in &opportunity.tags {
            self.written_tags.add(tag, 1);
        }
        for source in &opportunity.sources {
            self.written_sources.add(source, 1);
        }
    }

    fn add_drawn(
        &mut self,
        population: &Population,
        course: &crate::seed::population::Course,
        number: OpportunityNumber,
    ) {
        if let Some(tag) = population.hand_tag(course, number) {
            *self.tags.entry(tag).or_insert(0) += 1;
        }
        if let Some(source) = population.source(course, number) {
            *self.sources.entry(source).or_insert(0) += 1;
        }
        if let (None, Some(posting)) = (course.archived, course.posting) {
            *self.active_on.entry(posting).or_insert(0) += 1;
        }
    }

    fn merge(&mut self, other: Self) {
        for (posting, count) in other.active_on {
            *self.active_on.entry(posting).or_insert(0) += count;
        }
        for (tag, count) in other.tags {
            *self.tags.entry(tag).or_insert(0) += count;
        }
        for (source, count) in other.sources {
            *self.sources.entry(source).or_insert(0) += count;
        }
        for (tag, count) in other.written_tags.iter() {
            self.written_tags.add(tag, count);
        }
        for (source, count) in other.written_sources.iter() {
            self.written_sources.add(source, count);
        }
    }

    fn finish(self, company: &Company) -> (Labels, Labels) {
        let (mut tags, mut sources) = (self.written_tags, self.written_sources);
        for (tag, count) in self.tags {
            tags.add(tag, count);
        }
        for (source, count) in self.sources {
            sources.add(source, count);
        }
        for (number, count) in self.active_on {
            for tag in company
                .posting(number)
                .into_iter()
                .flat_map(Posting::tags_for_opportunity)
            {
                tags.add(tag, count);
            }
        }
        (tags, sources)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_says_what_the_full_rows_say() {
        let account = Account::new(Seed {
            seed: 7,
            contacts: 600,
            anchor: Timestamp::from_millis(1_793_491_200_000),
        });
        let mut tags = Labels::default();
        for number in (0..).map(OpportunityNumber).take(account.opportunity_count()) {
            let full = account.opportunity(number).unwrap();
            let row = account.index.row(number).unwrap();
            assert_eq!(&row_of(row.id, &full, &account.company), row);
            assert_eq!(
                full.stage_changes.first().map(|change| change.at),
                Some(full.created_at)
            );
            assert_eq!(full.stage_changes.last().map(|change| change.to), Some(full.stage));
            for tag in &full.tags {
                tags.add(tag, 1);
            }
            assert_eq!(account.labels_of(number), (full.tags.clone(), full.sources.clone()));
        }
        assert!(tags.iter().eq(account.tags.iter()));
    }

    #[test]
    fn no_two_seeded_people_share_a_mail_address() {
        let account = Account::new(Seed {
            seed: 3,
            contacts: 3_000,
            anchor: Timestamp::from_millis(1_793_491_200_000),
        });
        let mut with = 0;
        for contact in (0..3_000).map(ContactNumber) {
            for email in &account.contact(contact).unwrap().emails {
                let canonical = crate::model::contact::canonical_email(email);
                assert_eq!(account.contacts_with_email(&canonical), vec![contact]);
                with += 1;
            }
        }
        assert!((600..1_300).contains(&with), "{with} of 3,000 have an address");
    }
}
