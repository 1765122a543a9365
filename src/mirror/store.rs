//! Writing Lever's rows into the mirror, each batch in one transaction together with the cursor it belongs to, so that a
//! mirror killed at any moment goes on where it was.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use super::{Counts, Mirror, MirrorError, schema};
use crate::identity::{LinkSource, PersonName, email_keys, fold, link_keys, phone_keys};
use crate::lever::model::Reference;
use crate::lever::model::account::{ArchiveReason, Counted, Stage, User};
use crate::lever::model::opportunity::Opportunity;
use crate::lever::model::posting::Posting;
use crate::text::{Millis, OpportunityId, Private};

/// What identifies a person's stored data; the same lists give the same keys.
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
    /// Hashes of every key this person can be found by: identity keys and name keys.
    #[must_use]
    pub fn hashes(&self) -> BTreeSet<i64> {
        let links = self.links.iter().flat_map(|link| link_keys(link, LinkSource::Mirror));
        let emails = self.emails.iter().flat_map(|email| email_keys(email));
        let phones = self.phones.iter().flat_map(|phone| phone_keys(phone, None));
        let mut hashes: BTreeSet<i64> = links.chain(emails).chain(phones).map(|key| key.hash64()).collect();
        hashes.extend(name_hashes(&self.name));
        hashes
    }
}

/// Hashes of the keys that equal names share.
#[must_use]
pub fn name_hashes(name: &str) -> Vec<i64> {
    if name.trim().is_empty() {
        return Vec::new();
    }
    PersonName::parse(name)
        .block_keys()
        .iter()
        .map(|key| i64::from_ne_bytes(xxhash_rust::xxh3::xxh3_64(format!("name:{key}").as_bytes()).to_ne_bytes()))
        .collect()
}

/// Where the first read stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walk {
    /// Its number; each walk over everything has the next one.
    pub number: i64,
    /// Token of the next page; `None` before the first and after the last.
    pub offset: Option<String>,
    /// Rows read so far in this walk.
    pub read: u64,
    /// Lever's time when it began.
    pub started_at: Millis,
    /// How many rows Lever is thought to hold.
    pub expected: Option<u64>,
}

impl Mirror {
    /// A fact about the mirror itself.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn meta(&self, name: &str) -> Result<Option<String>, MirrorError> {
        Ok(self
            .connection
            .prepare_cached("SELECT value FROM meta WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?)
    }

    /// Sets or forgets a fact about the mirror itself.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn set_meta(&self, name: &str, value: Option<&str>) -> Result<(), MirrorError> {
        match value {
            Some(value) => self
                .connection
                .prepare_cached(
                    "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                )?
                .execute([name, value])?,
            None => self
                .connection
                .prepare_cached("DELETE FROM meta WHERE name = ?1")?
                .execute([name])?,
        };
        Ok(())
    }

    fn number(&self, name: &str) -> Result<Option<i64>, MirrorError> {
        Ok(self.meta(name)?.and_then(|value| value.parse().ok()))
    }

    /// Whether a walk over everything has ended.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn is_complete(&self) -> Result<bool, MirrorError> {
        Ok(self.number("complete")? == Some(1))
    }

    /// Until when Lever has been read without a gap.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn as_of(&self) -> Result<Option<Millis>, MirrorError> {
        Ok(self.number("as_of")?.map(Millis))
    }

    /// From when changes have to be asked for.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn changes_since(&self) -> Result<Option<Millis>, MirrorError> {
        Ok(self.number("changes_since")?.map(Millis))
    }

    /// Where the walk over everything stands; a walk not begun has number 0.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn walk(&self) -> Result<Walk, MirrorError> {
        Ok(Walk {
            number: self.number("walk")?.unwrap_or(0),
            offset: self.meta("walk_offset")?,
            read: self
                .number("walk_read")?
                .and_then(|read| u64::try_from(read).ok())
                .unwrap_or(0),
            started_at: Millis(self.number("walk_started_at")?.unwrap_or(0)),
            expected: self
                .number("walk_expected")?
                .and_then(|expected| u64::try_from(expected).ok()),
        })
    }

    /// Records where the walk stands.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn set_walk(&self, walk: &Walk) -> Result<(), MirrorError> {
        self.set_meta("walk", Some(&walk.number.to_string()))?;
        self.set_meta("walk_offset", walk.offset.as_deref())?;
        self.set_meta("walk_read", Some(&walk.read.to_string()))?;
        self.set_meta("walk_started_at", Some(&walk.started_at.0.to_string()))?;
        self.set_meta(
            "walk_expected",
            walk.expected.map(|expected| expected.to_string()).as_deref(),
        )
    }

    /// Runs changes in one transaction; nothing of them stays when one fails.
    ///
    /// # Errors
    /// Whatever the changes fail with.
    pub fn in_one<T>(&self, changes: impl FnOnce() -> Result<T, MirrorError>) -> Result<T, MirrorError> {
        // At once a writer: two processes that read first and write later would refuse each other.
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        self.load_counts()?;
        let before = self.counts.get();
        let result = changes().and_then(|value| {
            self.store_counts()?;
            Ok(value)
        });
        let result = match result {
            Ok(value) => transaction.commit().map(|()| value).map_err(MirrorError::from),
            Err(error) => {
                // A failed rollback leaves nothing to do: SQLite rolls back by itself when it opens the file again.
                let _ = transaction.rollback();
                Err(error)
            }
        };
        if result.is_err() {
            self.counts.set(before);
            self.terms.borrow_mut().clear();
        }
        result
    }

    /// Stores one page of a walk together with the cursor that follows it.
    ///
    /// # Errors
    /// [`MirrorError`]; nothing of the page is stored then.
    pub fn store_page(&self, rows: &[Opportunity], walk: &Walk) -> Result<(), MirrorError> {
        self.in_one(|| {
            for row in rows {
                self.put_opportunity(row, walk.number)?;
            }
            self.set_walk(walk)
        })
    }

    /// Everything that there is has been stored: the walk has ended, and nothing moved while it lasted.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn finish_walk(&self, walk: &Walk) -> Result<(), MirrorError> {
        self.end_walk(walk)?;
        self.in_one(|| self.set_meta("complete", Some("1")))
    }

    /// Whether the walk has ended.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn has_walked(&self) -> Result<bool, MirrorError> {
        Ok(self.number("walked")? == Some(1))
    }

    /// The walk has ended: rows that it did not meet are gone in Lever, or have moved past it and come with the changes
    /// since it began. Only after those is the mirror complete.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn end_walk(&self, walk: &Walk) -> Result<(), MirrorError> {
        self.in_one(|| {
            let gone: Vec<i64> = self
                .connection
                .prepare("SELECT row FROM opportunity WHERE walk < ?1")?
                .query_map([walk.number], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for row in gone {
                self.remove_opportunity_row(row)?;
            }
            self.set_meta("walked", Some("1"))?;
            self.set_meta("walk_offset", None)?;
            self.set_meta("changes_since", Some(&walk.started_at.0.to_string()))?;
            self.set_meta("as_of", Some(&walk.started_at.0.to_string()))
        })
    }

    /// Stores rows that changed, outside of a walk.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn store_changes(&self, rows: &[Opportunity]) -> Result<(), MirrorError> {
        self.in_one(|| {
            let walk = self.number("walk")?.unwrap_or(0);
            for row in rows {
                self.put_opportunity(row, walk)?;
            }
            Ok(())
        })
    }

    /// Removes rows that Lever deleted.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn remove_opportunities(&self, ids: &[OpportunityId]) -> Result<(), MirrorError> {
        self.in_one(|| {
            for id in ids {
                let row: Option<i64> = self
                    .connection
                    .prepare_cached("SELECT row FROM opportunity WHERE id = ?1")?
                    .query_row([id.as_str()], |row| row.get(0))
                    .optional()?;
                if let Some(row) = row {
                    self.remove_opportunity_row(row)?;
                }
            }
            Ok(())
        })
    }

    /// Puts all users in place of those before.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn replace_users(&self, users: &[User]) -> Result<(), MirrorError> {
        self.in_one(|| {
            self.connection.execute("DELETE FROM user", [])?;
            let mut insert = self.connection.prepare_cached(
                "INSERT OR REPLACE INTO user (id, name, email, folded, deactivated) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for user in users {
                insert.execute(params![
                    user.id.as_str(),
                    user.name,
                    user.email,
                    format!("{} {}", fold(&user.name), fold(&user.email)),
                    user.deactivated_at.is_some(),
                ])?;
            }
            Ok(())
        })
    }

    /// Puts all stages, archive reasons, jobs and sources in place of those before.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn replace_settings(
        &self,
        stages: &[Stage],
        reasons: &[ArchiveReason],
        postings: &[Posting],
    ) -> Result<(), MirrorError> {
        self.in_one(|| {
            self.connection
                .execute_batch("DELETE FROM stage; DELETE FROM archive_reason; DELETE FROM posting;")?;
            let mut insert = self
                .connection
                .prepare_cached("INSERT OR REPLACE INTO stage (id, text, place) VALUES (?1, ?2, ?3)")?;
            for (place, stage) in stages.iter().enumerate() {
                insert.execute(params![stage.id.as_str(), stage.text, place as i64])?;
            }
            let mut insert = self
                .connection
                .prepare_cached("INSERT OR REPLACE INTO archive_reason (id, text, hired) VALUES (?1, ?2, ?3)")?;
            for reason in reasons {
                insert.execute(params![
                    reason.id.as_str(),
                    reason.text,
                    reason.kind.eq_ignore_ascii_case("hired")
                ])?;
            }
            for posting in postings {
                self.put_posting(posting)?;
            }
            Ok(())
        })
    }

    /// Puts all sources in place of those before.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn replace_sources(&self, sources: &[Counted]) -> Result<(), MirrorError> {
        self.in_one(|| {
            self.connection.execute("DELETE FROM source", [])?;
            let mut insert = self
                .connection
                .prepare_cached("INSERT OR REPLACE INTO source (text, count) VALUES (?1, ?2)")?;
            for source in sources {
                insert.execute(params![source.text, source.count.unwrap_or(0)])?;
            }
            Ok(())
        })
    }

    fn put_posting(&self, posting: &Posting) -> Result<(), MirrorError> {
        let categories = &posting.categories;
        let folded = fold(&format!(
            "{} {} {} {}",
            posting.text,
            categories.team.as_deref().unwrap_or_default(),
            categories.location.as_deref().unwrap_or_default(),
            categories.department.as_deref().unwrap_or_default()
        ));
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO posting (id, title, state, team, department, location, workplace_type, owner, updated_at, folded)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                posting.id.as_str(),
                posting.text,
                posting.state,
                categories.team,
                categories.department,
                categories.location,
                posting.workplace_type,
                posting.owner.as_ref().map(Reference::id),
                posting.updated_at.map(|at| at.0),
                folded,
            ])?;
        Ok(())
    }

    fn put_opportunity(&self, opportunity: &Opportunity, walk: i64) -> Result<(), MirrorError> {
        let Some(contact) = self.put_contact(opportunity)? else {
            return Ok(());
        };
        let stage = opportunity.stage.as_ref().map(Reference::id);
        let moved_by = opportunity
            .stage_changes
            .last()
            .and_then(|change| change.user_id.as_deref());
        let reason = opportunity
            .archived
            .as_ref()
            .and_then(|archived| archived.reason.as_ref());
        let postings = opportunity
            .applications
            .iter()
            .filter_map(|application| application.object())
            .filter_map(|application| application.posting.as_ref().map(Reference::id));
        let known: Option<i64> = self
            .connection
            .prepare_cached("SELECT row FROM opportunity WHERE id = ?1")?
            .query_row([opportunity.id.as_str()], |row| row.get(0))
            .optional()?;
        self.connection
            .prepare_cached(
                "INSERT INTO opportunity (row, id, contact, stage, owner, moved_by, origin, archive_reason, archived_at, archived, postings, tags, sources,
                   created_at, updated_at, last_interaction_at, url, walk)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
                 ON CONFLICT (row) DO UPDATE SET contact = excluded.contact, stage = excluded.stage, owner = excluded.owner, moved_by = excluded.moved_by,
                   origin = excluded.origin, archive_reason = excluded.archive_reason, archived_at = excluded.archived_at, archived = excluded.archived,
                   postings = excluded.postings, tags = excluded.tags, sources = excluded.sources, created_at = excluded.created_at,
                   updated_at = excluded.updated_at, last_interaction_at = excluded.last_interaction_at, url = excluded.url, walk = excluded.walk",
            )?
            .execute(params![
                known,
                opportunity.id.as_str(),
                contact,
                self.term(stage)?,
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
                self.term_list(postings)?,
                self.term_list(opportunity.tags.iter().map(String::as_str))?,
                self.term_list(opportunity.sources.iter().map(String::as_str))?,
                opportunity.created_at.unwrap_or_default().0,
                opportunity.updated_at.map(|at| at.0),
                opportunity.last_interaction_at.map(|at| at.0),
                opportunity.urls.show,
                walk,
            ])?;
        if known.is_none() {
            let mut counts = self.counts.get();
            counts.opportunities += 1;
            self.counts.set(counts);
        }
        Ok(())
    }

    /// Stores the person of an opportunity; returns the row, or `None` for a row without a contact.
    fn put_contact(&self, opportunity: &Opportunity) -> Result<Option<i64>, MirrorError> {
        let Some(id) = opportunity.contact_id() else {
            return Ok(None);
        };
        let expanded = opportunity.contact.as_ref().and_then(|contact| contact.object());
        let phones: Vec<String> = expanded
            .map_or(&opportunity.phones, |contact| &contact.phones)
            .iter()
            .map(|phone| phone.value.clone())
            .filter(|value| !value.is_empty())
            .collect();
        let data = ContactData {
            name: expanded.map_or(&opportunity.name, |contact| &contact.name).clone(),
            headline: expanded
                .map_or(&opportunity.headline, |contact| &contact.headline)
                .clone(),
            location: expanded
                .map_or(opportunity.location.as_ref(), |contact| contact.location.as_ref())
                .map(|place| place.name().to_owned())
                .unwrap_or_default(),
            emails: expanded.map_or(&opportunity.emails, |contact| &contact.emails).clone(),
            phones,
            links: opportunity.links.clone(),
        };
        let known: Option<(i64, ContactData)> = self
            .connection
            .prepare_cached("SELECT row, name, headline, location, emails, phones, links FROM contact WHERE id = ?1")?
            .query_row([id.as_str()], |row| {
                Ok((row.get(0)?, super::read::contact_data(row, 1)?))
            })
            .optional()?;
        let (row, old_hashes) = match &known {
            Some((row, before)) if *before == data => return Ok(Some(*row)),
            Some((row, before)) => {
                self.connection
                    .prepare_cached(
                        "UPDATE contact SET name = ?2, headline = ?3, location = ?4, emails = ?5, phones = ?6, links = ?7 WHERE row = ?1",
                    )?
                    .execute(params![
                        row,
                        data.name,
                        data.headline,
                        data.location,
                        serde_json::to_string(&data.emails)?,
                        serde_json::to_string(&data.phones)?,
                        serde_json::to_string(&data.links)?
                    ])?;
                (*row, before.hashes())
            }
            None => {
                self.connection
                    .prepare_cached(
                        "INSERT INTO contact (id, name, headline, location, emails, phones, links) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    )?
                    .execute(params![
                        id.as_str(),
                        data.name,
                        data.headline,
                        data.location,
                        serde_json::to_string(&data.emails)?,
                        serde_json::to_string(&data.phones)?,
                        serde_json::to_string(&data.links)?
                    ])?;
                let mut counts = self.counts.get();
                counts.contacts += 1;
                self.counts.set(counts);
                (self.connection.last_insert_rowid(), BTreeSet::new())
            }
        };
        let new_hashes = data.hashes();
        for hash in old_hashes.difference(&new_hashes) {
            self.connection
                .prepare_cached("DELETE FROM contact_key WHERE hash = ?1 AND contact = ?2")?
                .execute(params![hash, row])?;
        }
        for hash in new_hashes.difference(&old_hashes) {
            self.connection
                .prepare_cached("INSERT OR IGNORE INTO contact_key (hash, contact) VALUES (?1, ?2)")?
                .execute(params![hash, row])?;
        }
        Ok(Some(row))
    }

    fn remove_opportunity_row(&self, row: i64) -> Result<(), MirrorError> {
        let contact: Option<i64> = self
            .connection
            .prepare_cached("DELETE FROM opportunity WHERE row = ?1 RETURNING contact")?
            .query_row([row], |found| found.get(0))
            .optional()?;
        let Some(contact) = contact else {
            return Ok(());
        };
        let mut counts = self.counts.get();
        counts.opportunities = counts.opportunities.saturating_sub(1);
        let others: bool = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM opportunity WHERE contact = ?1)")?
            .query_row([contact], |found| found.get(0))?;
        if !others {
            let data = self
                .connection
                .prepare_cached("SELECT name, headline, location, emails, phones, links FROM contact WHERE row = ?1")?
                .query_row([contact], |found| super::read::contact_data(found, 0))
                .optional()?;
            if let Some(data) = data {
                for hash in data.hashes() {
                    self.connection
                        .prepare_cached("DELETE FROM contact_key WHERE hash = ?1 AND contact = ?2")?
                        .execute(params![hash, contact])?;
                }
                self.connection
                    .prepare_cached("DELETE FROM contact WHERE row = ?1")?
                    .execute([contact])?;
                counts.contacts = counts.contacts.saturating_sub(1);
            }
        }
        self.counts.set(counts);
        Ok(())
    }

    /// Row of a word or id that stands once.
    fn term(&self, text: Option<&str>) -> Result<Option<i64>, MirrorError> {
        let Some(text) = text else {
            return Ok(None);
        };
        if let Some(row) = self.terms.borrow().get(text) {
            return Ok(Some(*row));
        }
        let found: Option<i64> = self
            .connection
            .prepare_cached("SELECT row FROM term WHERE text = ?1")?
            .query_row([text], |row| row.get(0))
            .optional()?;
        let row = match found {
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

    /// Rows of several words, as the list is stored: numbers with commas.
    fn term_list<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Result<String, MirrorError> {
        let mut list = String::new();
        for text in texts {
            if let Some(row) = self.term(Some(text))? {
                if !list.is_empty() {
                    list.push(',');
                }
                list.push_str(&row.to_string());
            }
        }
        Ok(list)
    }

    pub(super) fn load_counts(&self) -> Result<(), MirrorError> {
        let number = |name| -> Result<u64, MirrorError> {
            Ok(self
                .number(name)?
                .and_then(|count| u64::try_from(count).ok())
                .unwrap_or(0))
        };
        self.counts.set(Counts {
            contacts: number("contacts")?,
            opportunities: number("opportunities")?,
        });
        Ok(())
    }

    fn store_counts(&self) -> Result<(), MirrorError> {
        let counts = self.counts.get();
        self.set_meta("contacts", Some(&counts.contacts.to_string()))?;
        self.set_meta("opportunities", Some(&counts.opportunities.to_string()))
    }

    /// Throws everything away, also out of a file that is damaged inside.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn erase(&self) -> Result<(), MirrorError> {
        self.connection.flush_prepared_statement_cache();
        // The pages that held people's data are given back, not only marked as free.
        let emptied = schema::empty(&self.connection).and_then(|()| Ok(self.connection.execute_batch("VACUUM")?));
        match emptied {
            Err(MirrorError::Damaged) => schema::reset(&self.connection)?,
            emptied => emptied?,
        }
        self.terms.borrow_mut().clear();
        self.counts.set(Counts::default());
        Ok(())
    }

    /// After something met damage: looks whether it is this file, and if so begins it anew. It is a cache, and Lever still has
    /// everything. Tells whether it was.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn renew_if_damaged(&self) -> Result<bool, MirrorError> {
        let check = self
            .connection
            .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
        let is_damaged = match check.map_err(MirrorError::from) {
            Ok(word) => word != "ok",
            Err(MirrorError::Damaged) => true,
            Err(error) => return Err(error),
        };
        if is_damaged {
            self.connection.flush_prepared_statement_cache();
            schema::reset(&self.connection)?;
            self.terms.borrow_mut().clear();
            self.counts.set(Counts::default());
        }
        Ok(is_damaged)
    }
}
