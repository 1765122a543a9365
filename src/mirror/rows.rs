//! Writing people and their candidacies into the mirror, with the index of each.

use std::cell::RefCell;
use std::rc::Rc;

use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, Row, ToSql, params};

use super::history::StoredHistory;
use super::ids::StoredId;
use super::index::{
    ContactText, KeyWord, KeyWordKind, LabelKind, OpportunityText, TextMemory, add_words, label, opportunity_label,
};
use super::known::{Digest, KnownContact};
use super::{Mirror, MirrorError};
use crate::lever::model::Reference;
use crate::lever::model::opportunity::{Opportunity, StageChange};
use crate::text::{ContactId, Millis, OpportunityId, Private};

/// What is known of a person themself.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ContactData {
    /// Name.
    pub name: String,
    /// Headline.
    pub headline: String,
    /// Place.
    pub location: String,
    /// Email addresses.
    pub emails: Vec<String>,
    /// Phone numbers.
    pub phones: Vec<String>,
    /// Links.
    pub links: Vec<String>,
}

impl std::fmt::Debug for ContactData {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("ContactData").field(&Private).finish()
    }
}

impl ContactData {
    fn of(opportunity: &Opportunity) -> Self {
        let expanded = opportunity.contact.as_ref().and_then(|contact| contact.object());
        let phones = expanded.map_or(&opportunity.phones, |contact| &contact.phones);
        Self {
            name: expanded.map_or(&opportunity.name, |contact| &contact.name).clone(),
            headline: expanded
                .map_or(&opportunity.headline, |contact| &contact.headline)
                .clone(),
            location: expanded
                .map_or(opportunity.location.as_ref(), |contact| contact.location.as_ref())
                .map(|place| place.name().to_owned())
                .unwrap_or_default(),
            emails: expanded.map_or(&opportunity.emails, |contact| &contact.emails).clone(),
            phones: phones
                .iter()
                .map(|phone| phone.value.clone())
                .filter(|value| !value.is_empty())
                .collect(),
            links: opportunity.links.clone(),
        }
    }

    /// Reads name, headline, location, emails, phones and links from six columns.
    pub(super) fn of_columns(row: &Row<'_>, first: usize) -> rusqlite::Result<Self> {
        let list = |index: usize| -> rusqlite::Result<Vec<String>> {
            let text = row.get_ref(index)?.as_str()?;
            Ok(if text == NO_TEXTS {
                Vec::new()
            } else {
                serde_json::from_str(text).unwrap_or_default()
            })
        };
        Ok(Self {
            name: row.get(first)?,
            headline: row.get(first + 1)?,
            location: row.get(first + 2)?,
            emails: list(first + 3)?,
            phones: list(first + 4)?,
            links: list(first + 5)?,
        })
    }

    fn digest(&self, id: &str) -> Digest {
        let lists = [&self.emails, &self.phones, &self.links];
        let texts = [id, &self.name, &self.headline, &self.location].into_iter();
        // Behind each list an end that no text is, so that none runs into the next.
        let listed = lists
            .into_iter()
            .flat_map(|list| list.iter().map(String::as_str).chain(std::iter::once("\0")));
        Digest::of(texts.chain(listed))
    }

    fn key_words(&self, id: &str, history: &StoredHistory, memory: &RefCell<TextMemory>) -> String {
        ContactText {
            id,
            name: &self.name,
            headline: &self.headline,
            location: &self.location,
            emails: &self.emails,
            phones: &self.phones,
            links: &self.links,
            history,
        }
        .key_words(&mut memory.borrow_mut())
    }
}

/// Terms and contacts that are remembered at most.
const MOST_REMEMBERED: usize = 4_000;

/// An empty list as it is stored.
const NO_TEXTS: &str = "[]";

fn list_column(texts: &[String]) -> Result<String, MirrorError> {
    Ok(if texts.is_empty() {
        NO_TEXTS.to_owned()
    } else {
        serde_json::to_string(texts)?
    })
}

/// What became of the person of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stored {
    New,
    Changed,
    AsBefore,
}

/// What a candidacy can be searched by.
#[derive(Default)]
pub(super) struct StoredText {
    /// Row of the person.
    pub(super) contact: i64,
    /// Rows of terms.
    pub(super) tags: Vec<i64>,
    /// Rows of terms.
    pub(super) sources: Vec<i64>,
    /// Name, headline, place, then what is known beside them.
    pub(super) texts: Vec<String>,
}

/// What the mirror says of a person before they are written again, and in which row.
enum Before {
    Absent,
    Same(i64),
    Other(i64, ContactData),
}

/// A candidacy as it stands in the mirror before it is written again.
struct OpportunityBefore {
    row: i64,
    contact: i64,
    tags: String,
    sources: String,
    postings: Vec<Option<i64>>,
}

impl Mirror {
    /// Stores rows that changed, outside of a walk.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn store_changes(&self, rows: &[Opportunity]) -> Result<(), MirrorError> {
        self.in_one(|| {
            let walk = self.number("walk")?.unwrap_or(0);
            let mut stored = Vec::with_capacity(rows.len());
            for row in rows {
                stored.extend(self.put_opportunity(row, walk)?);
            }
            // Afterwards: each wish makes the full-text indexes write what they have gathered.
            stored.into_iter().try_for_each(|row| self.wish_for_details_of(row))
        })
    }

    /// Removes rows that Lever deleted.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn remove_opportunities(&self, ids: &[OpportunityId]) -> Result<(), MirrorError> {
        if ids.is_empty() {
            return Ok(());
        }
        self.in_one(|| {
            for id in ids {
                if let Some(row) = self.opportunity_row(id.as_str())? {
                    self.remove_opportunity_row(row)?;
                }
            }
            Ok(())
        })
    }

    /// The row of an opportunity, by the index.
    pub(super) fn opportunity_row(&self, id: &str) -> Result<Option<i64>, MirrorError> {
        let word = opportunity_label(id);
        Ok(self
            .connection
            .prepare_cached(
                "SELECT opportunity.row FROM opportunity_word CROSS JOIN opportunity ON opportunity.row = opportunity_word.rowid
                 WHERE opportunity_word MATCH ?1 AND opportunity.id = ?2",
            )?
            .query_row(params![word, StoredId::new(id)], |row| row.get(0))
            .optional()?)
    }

    /// The row of a contact, by the index.
    pub(super) fn contact_row(&self, id: &str) -> Result<Option<i64>, MirrorError> {
        let met = self.met.borrow().get(id).copied();
        if let Some(row) = met
            && self.is_contact(row, id)?
        {
            return Ok(Some(row));
        }
        let word = KeyWord::new(KeyWordKind::Contact, id);
        Ok(self
            .connection
            .prepare_cached(
                "SELECT contact.row FROM contact_key CROSS JOIN contact ON contact.row = contact_key.rowid
                 WHERE contact_key MATCH ?1 AND contact.id = ?2",
            )?
            .query_row(params![word.as_str(), StoredId::new(id)], |row| row.get(0))
            .optional()?)
    }

    /// Stores a candidacy and its person; returns the row, or `None` for one without a person.
    pub(super) fn put_opportunity(&self, opportunity: &Opportunity, walk: i64) -> Result<Option<i64>, MirrorError> {
        self.put_opportunity_with(opportunity, walk, &StoredHistory::default())
    }

    /// The same, with what resumes say of a person who is new.
    pub(super) fn put_opportunity_with(
        &self,
        opportunity: &Opportunity,
        walk: i64,
        history: &StoredHistory,
    ) -> Result<Option<i64>, MirrorError> {
        let Some(contact_id) = opportunity.contact_id() else {
            return Ok(None);
        };
        let data = ContactData::of(opportunity);
        let (contact, stored) = self.put_contact(contact_id.as_str(), &data, history)?;
        let before = self.before(opportunity.id.as_str(), contact)?;
        let reason = opportunity
            .archived
            .as_ref()
            .and_then(|archived| archived.reason.as_ref());
        let tags = self.term_rows(opportunity.tags.iter().map(String::as_str))?;
        for (tag, text) in tags.iter().zip(&opportunity.tags) {
            self.note_tag(*tag, text)?;
        }
        let sources = self.term_rows(opportunity.sources.iter().map(String::as_str))?;
        let (tag_list, source_list) = (number_list(&tags), number_list(&sources));
        let moved_by = opportunity
            .stage_changes
            .last()
            .and_then(|change| change.user_id.as_deref());
        let created_at = opportunity.created_at.unwrap_or_default();
        let values = params![
            before.as_ref().map(|before| before.row),
            StoredId::new(opportunity.id.as_str()),
            contact,
            self.term(opportunity.stage.as_ref().map(Reference::id))?,
            self.term(opportunity.owner.as_ref().map(Reference::id))?,
            self.term(moved_by)?,
            self.term(opportunity.origin.as_deref())?,
            self.term(reason.map(|reason| reason.as_str()))?,
            opportunity
                .archived
                .as_ref()
                .and_then(|archived| archived.archived_at)
                .map(|at| at.0),
            opportunity.archived.is_some(),
            tag_list,
            source_list,
            created_at.0,
            opportunity.updated_at.map(|at| at.0),
            opportunity.last_interaction_at.map(|at| at.0),
            self.stored_address(opportunity)?,
            self.moves(&opportunity.stage_changes, created_at)?,
            walk,
        ];
        let row = match &before {
            None => {
                self.connection
                    .prepare_cached(
                        "INSERT INTO opportunity (row, id, contact, stage, owner, moved_by, origin, archive_reason, archived_at, archived, tags,
                           sources, created_at, updated_at, last_interaction_at, url, moves, walk)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
                    )?
                    .execute(values)?;
                self.connection.last_insert_rowid()
            }
            Some(before) => {
                self.connection
                    .prepare_cached(
                        "UPDATE opportunity SET id = ?2, contact = ?3, stage = ?4, owner = ?5, moved_by = ?6, origin = ?7, archive_reason = ?8,
                           archived_at = ?9, archived = ?10, tags = ?11, sources = ?12, created_at = ?13, updated_at = ?14,
                           last_interaction_at = ?15, url = ?16, moves = ?17, walk = ?18 WHERE row = ?1",
                    )?
                    .execute(values)?;
                before.row
            }
        };
        let postings = self.put_applications(row, opportunity, before.is_some())?;
        match &before {
            None => {
                let mut counts = self.counts.get();
                counts.opportunities += 1;
                self.counts.set(counts);
                if let Some(known) = &mut *self.known.borrow_mut() {
                    known.add_opportunity(opportunity.id.as_str());
                }
                let labels = labels(contact, &tags, &sources, &postings);
                let texts = [data.name.as_str(), &data.headline, &data.location];
                let words = OpportunityText {
                    id: opportunity.id.as_str(),
                    texts: &texts,
                    labels: &labels,
                }
                .words();
                self.connection
                    .prepare_cached("INSERT INTO opportunity_word (rowid, words) VALUES (?1, ?2)")?
                    .execute(params![row, words])?;
            }
            Some(before) => {
                let same_labels =
                    before.tags == tag_list && before.sources == source_list && before.postings == postings;
                if !same_labels || before.contact != contact {
                    self.index_opportunity(row)?;
                }
                if before.contact != contact {
                    // Two people were merged in Lever.
                    self.remove_contact_without_opportunities(before.contact)?;
                    if self.has_resumes(row)? {
                        self.renew_history(before.contact)?;
                        self.renew_history(contact)?;
                    }
                }
            }
        }
        if stored == Stored::Changed {
            for other in self.opportunity_rows_of(contact)? {
                self.index_opportunity(other)?;
            }
        }
        self.note_column(row)?;
        Ok(Some(row))
    }

    fn before(&self, id: &str, contact: i64) -> Result<Option<OpportunityBefore>, MirrorError> {
        let may_be_there = self
            .known
            .borrow()
            .as_ref()
            .is_none_or(|known| known.may_hold_opportunity(id));
        if !may_be_there {
            return Ok(None);
        }
        let of_this_contact: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT opportunity.row FROM opportunity_word CROSS JOIN opportunity ON opportunity.row = opportunity_word.rowid
                 WHERE opportunity_word MATCH ?1 AND opportunity.id = ?2",
            )?
            .query_row(params![label(LabelKind::Contact, contact), StoredId::new(id)], |row| row.get(0))
            .optional()?;
        let Some(row) = of_this_contact.map_or_else(|| self.opportunity_row(id), |row| Ok(Some(row)))? else {
            return Ok(None);
        };
        let postings = self.posting_rows(row)?;
        Ok(self
            .connection
            .prepare_cached("SELECT contact, tags, sources FROM opportunity WHERE row = ?1")?
            .query_row([row], |found| {
                Ok(OpportunityBefore {
                    row,
                    contact: found.get(0)?,
                    tags: found.get(1)?,
                    sources: found.get(2)?,
                    postings,
                })
            })
            .optional()?)
    }

    pub(super) fn posting_rows(&self, opportunity: i64) -> Result<Vec<Option<i64>>, MirrorError> {
        let rows = self
            .connection
            .prepare_cached("SELECT posting FROM application WHERE opportunity = ?1 ORDER BY id")?
            .query_map([opportunity], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// Stores the applications and returns the rows of their jobs' terms, in the order in which they are read back.
    fn put_applications(
        &self,
        row: i64,
        opportunity: &Opportunity,
        is_known: bool,
    ) -> Result<Vec<Option<i64>>, MirrorError> {
        if is_known {
            self.connection
                .prepare_cached("DELETE FROM application WHERE opportunity = ?1")?
                .execute([row])?;
        }
        let mut stored = 0;
        let mut posting = None;
        for application in opportunity.applications.iter().filter_map(|one| one.object()) {
            posting = self.term(application.posting.as_ref().map(Reference::id))?;
            let archived = application.archived.as_ref();
            let reason = archived.and_then(|archived| archived.reason.as_ref());
            self.connection
                .prepare_cached(
                    "INSERT INTO application (opportunity, id, kind, posting, created_at, archived_at, archive_reason)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    row,
                    StoredId::new(application.id.as_str()),
                    self.term(Some(application.kind.as_str()).filter(|kind| !kind.is_empty()))?,
                    posting,
                    application.created_at.map(|at| at.0),
                    archived.and_then(|archived| archived.archived_at).map(|at| at.0),
                    self.term(reason.map(|reason| reason.as_str()))?,
                ])?;
            stored += 1;
        }
        match stored {
            0 => Ok(Vec::new()),
            1 => Ok(vec![posting]),
            _ => self.posting_rows(row),
        }
    }

    /// Stores a person; returns the row and what became of it.
    fn put_contact(&self, id: &str, data: &ContactData, history: &StoredHistory) -> Result<(i64, Stored), MirrorError> {
        let digest = data.digest(id);
        let (row, stored) = match self.contact_before(id, data, digest)? {
            Before::Same(row) => return Ok((row, Stored::AsBefore)),
            Before::Other(row, before) => {
                self.connection
                    .prepare_cached(
                        "UPDATE contact SET name = ?2, headline = ?3, location = ?4, emails = ?5, phones = ?6, links = ?7 WHERE row = ?1",
                    )?
                    .execute(params![
                        row,
                        data.name,
                        data.headline,
                        data.location,
                        list_column(&data.emails)?,
                        list_column(&data.phones)?,
                        list_column(&data.links)?
                    ])?;
                let history = self.history_of(row)?;
                self.forget_keys(row, &before.key_words(id, &history, &self.text_memory))?;
                self.keep_keys(row, &data.key_words(id, &history, &self.text_memory))?;
                (row, Stored::Changed)
            }
            Before::Absent => {
                self.connection
                    .prepare_cached(
                        "INSERT INTO contact (id, name, headline, location, emails, phones, links) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    )?
                    .execute(params![
                        StoredId::new(id),
                        data.name,
                        data.headline,
                        data.location,
                        list_column(&data.emails)?,
                        list_column(&data.phones)?,
                        list_column(&data.links)?
                    ])?;
                let row = self.connection.last_insert_rowid();
                self.keep_keys(row, &data.key_words(id, history, &self.text_memory))?;
                if !history.is_empty() {
                    self.put_history(row, history)?;
                }
                let mut counts = self.counts.get();
                counts.contacts += 1;
                self.counts.set(counts);
                (row, Stored::New)
            }
        };
        if let Some(known) = &mut *self.known.borrow_mut() {
            known.add_contact(id, row, Some(digest));
        }
        Ok((row, stored))
    }

    /// What the mirror says of a person so far.
    fn contact_before(&self, id: &str, data: &ContactData, digest: Digest) -> Result<Before, MirrorError> {
        let remembered = self.known.borrow().as_ref().map(|known| known.contact(id, digest));
        let row = match remembered {
            Some(KnownContact::Absent) => return Ok(Before::Absent),
            Some(KnownContact::Same(row)) => return Ok(Before::Same(row)),
            Some(KnownContact::Perhaps(row)) if self.is_contact(row, id)? => Some(row),
            Some(KnownContact::Perhaps(_) | KnownContact::Unknown) | None => self.contact_row(id)?,
        };
        let Some(row) = row else {
            return Ok(Before::Absent);
        };
        let before = self
            .connection
            .prepare_cached("SELECT name, headline, location, emails, phones, links FROM contact WHERE row = ?1")?
            .query_row([row], |found| ContactData::of_columns(found, 0))
            .optional()?;
        Ok(match before {
            None => Before::Absent,
            Some(before) if before == *data => Before::Same(row),
            Some(before) => Before::Other(row, before),
        })
    }

    fn is_contact(&self, row: i64, id: &str) -> Result<bool, MirrorError> {
        Ok(self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM contact WHERE row = ?1 AND id = ?2)")?
            .query_row(params![row, StoredId::new(id)], |found| found.get(0))?)
    }

    /// Puts keys by another history in place of those that a person has been found by.
    pub(super) fn index_other_history(&self, row: i64, history: &StoredHistory) -> Result<(), MirrorError> {
        let Some(before) = self.contact_in(row)? else {
            return Ok(());
        };
        let id = before.id.as_str();
        self.forget_keys(row, &before.data.key_words(id, &before.history, &self.text_memory))?;
        self.keep_keys(row, &before.data.key_words(id, history, &self.text_memory))
    }

    fn keep_keys(&self, row: i64, words: &str) -> Result<(), MirrorError> {
        self.connection
            .prepare_cached("INSERT INTO contact_key (rowid, words) VALUES (?1, ?2)")?
            .execute(params![row, words])?;
        Ok(())
    }

    /// Takes the very keys out of the index that were put in. FTS5 can mark rows as gone without being told their words, but then
    /// every look-up asks at every row that it passes whether it is one of them, which took a twelfth of its time.
    fn forget_keys(&self, row: i64, words: &str) -> Result<(), MirrorError> {
        self.connection
            .prepare_cached("INSERT INTO contact_key (contact_key, rowid, words) VALUES ('delete', ?1, ?2)")?
            .execute(params![row, words])?;
        Ok(())
    }

    /// Whose candidacy it is.
    pub(super) fn contact_of(&self, opportunity: i64) -> Result<Option<i64>, MirrorError> {
        Ok(self
            .connection
            .prepare_cached("SELECT contact FROM opportunity WHERE row = ?1")?
            .query_row([opportunity], |row| row.get(0))
            .optional()?)
    }

    pub(super) fn opportunity_rows_of(&self, contact: i64) -> Result<Vec<i64>, MirrorError> {
        let rows = self
            .connection
            .prepare_cached("SELECT rowid FROM opportunity_word WHERE opportunity_word MATCH ?1")?
            .query_map([label(LabelKind::Contact, contact)], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// Makes the words of a candidacy anew from what is stored.
    pub(super) fn index_opportunity(&self, row: i64) -> Result<(), MirrorError> {
        let Some((_, OpportunityId(id))) = self.ids_of(row)? else {
            return Ok(());
        };
        let StoredText {
            contact,
            tags,
            sources,
            texts,
        } = self.texts_of(row)?;
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let labels = labels(contact, &tags, &sources, &self.posting_rows(row)?);
        let words = OpportunityText {
            id: &id,
            texts: &texts,
            labels: &labels,
        }
        .words();
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO opportunity_word (rowid, words) VALUES (?1, ?2)")?
            .execute(params![row, words])?;
        Ok(())
    }

    /// The ids of a candidacy's person and of itself.
    pub(super) fn ids_of(&self, row: i64) -> Result<Option<(ContactId, OpportunityId)>, MirrorError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT contact.id, opportunity.id FROM opportunity JOIN contact ON contact.row = opportunity.contact
                 WHERE opportunity.row = ?1",
            )?
            .query_row([row], |found| {
                Ok((
                    ContactId(found.get::<_, StoredId>(0)?.into_text()),
                    OpportunityId(found.get::<_, StoredId>(1)?.into_text()),
                ))
            })
            .optional()?)
    }

    /// What a candidacy can be searched by; nothing for a row that is gone.
    pub(super) fn texts_of(&self, row: i64) -> Result<StoredText, MirrorError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT name, headline, location, tags, sources, contact
                 FROM opportunity JOIN contact ON contact.row = opportunity.contact WHERE opportunity.row = ?1",
            )?
            .query_row([row], |found| {
                Ok(StoredText {
                    texts: vec![found.get(0)?, found.get(1)?, found.get(2)?],
                    tags: numbers(found.get_ref(3)?.as_str()?),
                    sources: numbers(found.get_ref(4)?.as_str()?),
                    contact: found.get(5)?,
                })
            })
            .optional()?;
        let Some(mut text) = found else {
            return Ok(StoredText::default());
        };
        text.texts.extend(self.detail_texts(row)?);
        Ok(text)
    }

    pub(super) fn remove_opportunity_row(&self, row: i64) -> Result<(), MirrorError> {
        let contact: Option<i64> = self
            .connection
            .prepare_cached("DELETE FROM opportunity WHERE row = ?1 RETURNING contact")?
            .query_row([row], |found| found.get(0))
            .optional()?;
        let Some(contact) = contact else {
            return Ok(());
        };
        let had_resumes = self.has_resumes(row)?;
        for statement in [
            "DELETE FROM application WHERE opportunity = ?1",
            "DELETE FROM detail WHERE opportunity = ?1",
            "DELETE FROM detail_wish WHERE opportunity = ?1",
            "DELETE FROM opportunity_word WHERE rowid = ?1",
        ] {
            self.connection.prepare_cached(statement)?.execute([row])?;
        }
        let mut counts = self.counts.get();
        counts.opportunities = counts.opportunities.saturating_sub(1);
        self.counts.set(counts);
        self.remove_contact_without_opportunities(contact)?;
        if had_resumes {
            self.renew_history(contact)?;
        }
        self.note_column(row)
    }

    fn remove_contact_without_opportunities(&self, contact: i64) -> Result<(), MirrorError> {
        if !self.opportunity_rows_of(contact)?.is_empty() {
            return Ok(());
        }
        let Some(record) = self.contact_in(contact)? else {
            return Ok(());
        };
        let id = record.id.as_str();
        if let Some(known) = &mut *self.known.borrow_mut() {
            known.remove_contact(id, contact);
        }
        self.forget_keys(contact, &record.data.key_words(id, &record.history, &self.text_memory))?;
        self.connection
            .prepare_cached("DELETE FROM contact WHERE row = ?1")?
            .execute([contact])?;
        self.forget_history(contact)?;
        let mut counts = self.counts.get();
        counts.contacts = counts.contacts.saturating_sub(1);
        self.counts.set(counts);
        Ok(())
    }

    fn stored_address(&self, opportunity: &Opportunity) -> Result<Option<StoredAddress>, MirrorError> {
        let Some(address) = opportunity.urls.show.as_deref() else {
            return Ok(None);
        };
        Ok(match address.strip_suffix(opportunity.id.as_str()) {
            Some(before) => self.term(Some(before))?.map(StoredAddress::Before),
            None => Some(StoredAddress::Whole(address.to_owned())),
        })
    }

    // --- Terms --------------------------------------------------------------------------------------------------------

    /// Row of a word or id that stands once.
    pub(super) fn term(&self, text: Option<&str>) -> Result<Option<i64>, MirrorError> {
        let Some(text) = text else {
            return Ok(None);
        };
        if let Some(row) = self.terms.borrow().get(text) {
            return Ok(Some(*row));
        }
        let row = match self.known_term(text)? {
            Some(row) => row,
            None => {
                self.connection
                    .prepare_cached("INSERT INTO term (text) VALUES (?1)")?
                    .execute([text])?;
                self.connection.last_insert_rowid()
            }
        };
        self.terms.borrow_mut().insert(text.to_owned(), row);
        Ok(Some(row))
    }

    /// Row of a word or id, where the mirror has it.
    pub(super) fn known_term(&self, text: &str) -> Result<Option<i64>, MirrorError> {
        Ok(self
            .connection
            .prepare_cached("SELECT row FROM term WHERE text = ?1")?
            .query_row([text], |row| row.get(0))
            .optional()?)
    }

    /// Text of a term. A term never changes, and never goes before the mirror does.
    pub(super) fn term_text(&self, row: i64) -> Result<Option<Rc<str>>, MirrorError> {
        if let Some(text) = self.term_texts.borrow().get(&row) {
            return Ok(Some(Rc::clone(text)));
        }
        let found: Option<String> = self
            .connection
            .prepare_cached("SELECT text FROM term WHERE row = ?1")?
            .query_row([row], |found| found.get(0))
            .optional()?;
        let Some(text) = found else {
            return Ok(None);
        };
        let text: Rc<str> = text.into();
        let mut texts = self.term_texts.borrow_mut();
        if texts.len() >= MOST_REMEMBERED {
            texts.clear();
        }
        texts.insert(row, Rc::clone(&text));
        Ok(Some(text))
    }

    /// Remembers where a contact is, for whoever asks for it again in a moment.
    pub(super) fn remember(&self, id: &str, row: i64) {
        let mut met = self.met.borrow_mut();
        if met.len() >= MOST_REMEMBERED {
            met.clear();
        }
        met.insert(id.to_owned(), row);
    }

    fn term_rows<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Result<Vec<i64>, MirrorError> {
        let mut rows = Vec::new();
        for text in texts {
            rows.extend(self.term(Some(text))?);
        }
        Ok(rows)
    }

    /// A tag can be found by its words.
    fn note_tag(&self, term: i64, text: &str) -> Result<(), MirrorError> {
        if !self.tags.borrow_mut().insert(term) {
            return Ok(());
        }
        let is_new = self
            .connection
            .prepare_cached("INSERT OR IGNORE INTO tag (term) VALUES (?1)")?
            .execute([term])?
            > 0;
        if is_new {
            let mut words = String::new();
            add_words(text, &mut words);
            self.connection
                .prepare_cached("INSERT OR REPLACE INTO tag_word (rowid, words) VALUES (?1, ?2)")?
                .execute(params![term, words])?;
        }
        Ok(())
    }

    // --- Moves --------------------------------------------------------------------------------------------------------

    /// The stages passed, as they are stored: `stage:milliseconds after the creation:user`, with commas between.
    fn moves(&self, changes: &[StageChange], created_at: Millis) -> Result<String, MirrorError> {
        let mut moves = String::new();
        for change in changes {
            let stage = self.term(change.to_stage_id.as_deref())?.unwrap_or(0);
            let after = change.updated_at.map(|at| at.since(created_at));
            let user = self.term(change.user_id.as_deref())?;
            if !moves.is_empty() {
                moves.push(',');
            }
            let shown = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
            moves.push_str(&format!("{stage}:{}:{}", shown(after), shown(user)));
        }
        Ok(moves)
    }
}

/// One stage that was entered, by rows of terms.
pub(super) struct StoredMove {
    pub(super) stage: i64,
    pub(super) at: Option<Millis>,
    pub(super) user: Option<i64>,
}

/// Reads what [`Mirror::moves`] wrote.
pub(super) fn stored_moves(moves: &str, created_at: Millis) -> Vec<StoredMove> {
    moves
        .split(',')
        .filter_map(|stored| {
            let mut parts = stored.split(':');
            Some(StoredMove {
                stage: parts.next()?.parse().ok()?,
                at: parts.next()?.parse().ok().map(|after| created_at.plus(after)),
                user: parts.next()?.parse().ok(),
            })
        })
        .collect()
}

/// An address whose end is the id is stored as what stands before it, by the row of its term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StoredAddress {
    Before(i64),
    Whole(String),
}

impl ToSql for StoredAddress {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Before(term) => term.to_sql(),
            Self::Whole(address) => address.to_sql(),
        }
    }
}

impl FromSql for StoredAddress {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Integer(term) => Ok(Self::Before(term)),
            _ => value.as_str().map(|address| Self::Whole(address.to_owned())),
        }
    }
}

fn labels(contact: i64, tags: &[i64], sources: &[i64], postings: &[Option<i64>]) -> Vec<(LabelKind, i64)> {
    let contact = std::iter::once((LabelKind::Contact, contact));
    let tags = tags.iter().map(|term| (LabelKind::Tag, *term));
    let sources = sources.iter().map(|term| (LabelKind::Source, *term));
    let postings = postings.iter().flatten().map(|term| (LabelKind::Posting, *term));
    contact.chain(tags).chain(sources).chain(postings).collect()
}

/// Rows of several terms, as the list is stored: numbers with commas.
fn number_list(rows: &[i64]) -> String {
    let numbers: Vec<String> = rows.iter().map(i64::to_string).collect();
    numbers.join(",")
}

/// Reads what [`number_list`] wrote.
pub(super) fn numbers(list: &str) -> Vec<i64> {
    list.split(',').filter_map(|number| number.parse().ok()).collect()
}
