//! Reading the mirror: people by key, by name and by id, and the names of what belongs to Lever.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row};

use super::store::ContactData;
use super::{Mirror, MirrorError};
use crate::command::{Named, OpportunitySummary, Person, StatusWord, UserSummary};
use crate::lever::environment::Environment;
use crate::text::{ContactId, Millis, OpportunityId, UserId};

/// Lever's lead stages, the same in every account (lever-api §3.6; requirements 1.10).
pub const LEAD_STAGES: [&str; 3] = ["lead-new", "lead-reached-out", "lead-responded"];

/// A person of the mirror with their row.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactRecord {
    /// Row in the mirror.
    pub row: i64,
    /// The person.
    pub id: ContactId,
    /// What is known of them.
    pub data: ContactData,
}

/// Reads name, headline, location, emails, phones and links from six columns.
pub(super) fn contact_data(row: &Row<'_>, first: usize) -> rusqlite::Result<ContactData> {
    let list = |index: usize| -> rusqlite::Result<Vec<String>> {
        let text: String = row.get(index)?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    };
    Ok(ContactData {
        name: row.get(first)?,
        headline: row.get(first + 1)?,
        location: row.get(first + 2)?,
        emails: list(first + 3)?,
        phones: list(first + 4)?,
        links: list(first + 5)?,
    })
}

impl Mirror {
    /// People found by any of the hashes, each once, at most `limit` for one hash. Equal hashes are candidates only: compare
    /// the data.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn contacts_by_hashes(&self, hashes: &[i64], limit: u32) -> Result<Vec<ContactRecord>, MirrorError> {
        let mut found = BTreeMap::new();
        let mut find = self.connection.prepare_cached(
            "SELECT contact.row, contact.id, name, headline, location, emails, phones, links
             FROM contact_key JOIN contact ON contact.row = contact_key.contact WHERE contact_key.hash = ?1 LIMIT ?2",
        )?;
        for hash in hashes {
            let rows = find.query_map(rusqlite::params![hash, limit], |row| {
                Ok(ContactRecord {
                    row: row.get(0)?,
                    id: ContactId(row.get(1)?),
                    data: contact_data(row, 2)?,
                })
            })?;
            for record in rows {
                let record = record?;
                found.entry(record.row).or_insert(record);
            }
        }
        Ok(found.into_values().collect())
    }

    /// One person.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn contact(&self, id: &ContactId) -> Result<Option<ContactRecord>, MirrorError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT row, id, name, headline, location, emails, phones, links FROM contact WHERE id = ?1",
            )?
            .query_row([id.as_str()], |row| {
                Ok(ContactRecord {
                    row: row.get(0)?,
                    id: ContactId(row.get(1)?),
                    data: contact_data(row, 2)?,
                })
            })
            .optional()?)
    }

    /// Opportunities of a person by id: active ones first, then by last activity.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn opportunity_ids(&self, contact_row: i64) -> Result<Vec<OpportunityId>, MirrorError> {
        let ids = self
            .connection
            .prepare_cached(
                "SELECT id FROM opportunity WHERE contact = ?1
                 ORDER BY archived, max(coalesce(updated_at, 0), coalesce(last_interaction_at, 0), created_at) DESC, id",
            )?
            .query_map([contact_row], |row| row.get(0).map(OpportunityId))?
            .collect::<Result<_, _>>()?;
        Ok(ids)
    }

    /// A person with all that the card shows, names in place of ids.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn person(&self, id: &ContactId, environment: &Environment) -> Result<Option<Person>, MirrorError> {
        let Some(record) = self.contact(id)? else {
            return Ok(None);
        };
        let opportunities = self.opportunities_of(record.row, environment)?;
        let data = record.data;
        Ok(Some(Person {
            contact: record.id,
            name: data.name,
            headline: data.headline,
            location: data.location,
            emails: data.emails,
            phones: data.phones,
            links: data.links,
            opportunities,
        }))
    }

    fn opportunities_of(
        &self,
        contact_row: i64,
        environment: &Environment,
    ) -> Result<Vec<OpportunitySummary>, MirrorError> {
        struct Stored {
            id: String,
            stage: Option<String>,
            owner: Option<String>,
            moved_by: Option<String>,
            origin: Option<String>,
            reason: Option<String>,
            archived_at: Option<i64>,
            archived: bool,
            postings: String,
            tags: String,
            sources: String,
            created_at: i64,
            updated_at: Option<i64>,
            last_interaction_at: Option<i64>,
            url: Option<String>,
        }
        let stored: Vec<Stored> = self
            .connection
            .prepare_cached(
                "SELECT opportunity.id, stage.text, owner.text, mover.text, origin.text, reason.text, archived_at, archived, postings, tags, sources,
                   created_at, updated_at, last_interaction_at, url
                 FROM opportunity
                 LEFT JOIN term AS stage ON stage.row = opportunity.stage
                 LEFT JOIN term AS owner ON owner.row = opportunity.owner
                 LEFT JOIN term AS mover ON mover.row = opportunity.moved_by
                 LEFT JOIN term AS origin ON origin.row = opportunity.origin
                 LEFT JOIN term AS reason ON reason.row = opportunity.archive_reason
                 WHERE contact = ?1
                 ORDER BY archived, max(coalesce(updated_at, 0), coalesce(last_interaction_at, 0), created_at) DESC, opportunity.id",
            )?
            .query_map([contact_row], |row| {
                Ok(Stored {
                    id: row.get(0)?,
                    stage: row.get(1)?,
                    owner: row.get(2)?,
                    moved_by: row.get(3)?,
                    origin: row.get(4)?,
                    reason: row.get(5)?,
                    archived_at: row.get(6)?,
                    archived: row.get(7)?,
                    postings: row.get(8)?,
                    tags: row.get(9)?,
                    sources: row.get(10)?,
                    created_at: row.get(11)?,
                    updated_at: row.get(12)?,
                    last_interaction_at: row.get(13)?,
                    url: row.get(14)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        stored
            .into_iter()
            .map(|row| {
                let archive_reason = row
                    .reason
                    .as_deref()
                    .map(|reason| self.named_reason(reason))
                    .transpose()?;
                let status = match (row.archived, &archive_reason) {
                    (false, _) if row.stage.as_deref().is_some_and(|stage| LEAD_STAGES.contains(&stage)) => {
                        StatusWord::Prospect
                    }
                    (false, _) => StatusWord::Active,
                    (true, Some((_, Some(true)))) => StatusWord::Hired,
                    (true, Some((_, Some(false)))) => StatusWord::Rejected,
                    (true, _) => StatusWord::Archived,
                };
                let postings = self
                    .texts(&row.postings)?
                    .iter()
                    .map(|posting| self.named_posting(posting))
                    .collect::<Result<_, _>>()?;
                let named_user = |id: Option<String>| -> Result<Option<Named>, MirrorError> {
                    id.map(|id| self.named_user(&id)).transpose()
                };
                Ok(OpportunitySummary {
                    url: row
                        .url
                        .unwrap_or_else(|| format!("{}/candidates/{}", environment.web_url(), row.id)),
                    id: OpportunityId(row.id),
                    status,
                    stage: self.named_stage(row.stage.as_deref().unwrap_or_default())?,
                    postings,
                    owner: named_user(row.owner)?,
                    moved_by: named_user(row.moved_by)?,
                    archive_reason: archive_reason.map(|(named, _)| named),
                    archived_at: row.archived_at.map(Millis),
                    created_at: Millis(row.created_at),
                    updated_at: Millis(row.updated_at.or(row.last_interaction_at).unwrap_or(row.created_at)),
                    last_interaction_at: row.last_interaction_at.map(Millis),
                    tags: self.texts(&row.tags)?,
                    sources: self.texts(&row.sources)?,
                    origin: row.origin,
                })
            })
            .collect()
    }

    fn texts(&self, list: &str) -> Result<Vec<String>, MirrorError> {
        let mut find = self.connection.prepare_cached("SELECT text FROM term WHERE row = ?1")?;
        let mut texts = Vec::new();
        for row in list.split(',').filter_map(|number| number.parse::<i64>().ok()) {
            if let Some(text) = find.query_row([row], |found| found.get(0)).optional()? {
                texts.push(text);
            }
        }
        Ok(texts)
    }

    fn text_of(&self, sql: &str, id: &str) -> Result<Option<String>, MirrorError> {
        Ok(self
            .connection
            .prepare_cached(sql)?
            .query_row([id], |row| row.get::<_, String>(0))
            .optional()?
            .filter(|text| !text.is_empty()))
    }

    /// A stage by name, where it is known.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn named_stage(&self, id: &str) -> Result<Named, MirrorError> {
        Ok(Named {
            id: id.to_owned(),
            text: self.text_of("SELECT text FROM stage WHERE id = ?1", id)?,
        })
    }

    /// A job by title, where it is known.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn named_posting(&self, id: &str) -> Result<Named, MirrorError> {
        Ok(Named {
            id: id.to_owned(),
            text: self.text_of("SELECT title FROM posting WHERE id = ?1", id)?,
        })
    }

    /// A user by name, where they are known.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn named_user(&self, id: &str) -> Result<Named, MirrorError> {
        Ok(Named {
            id: id.to_owned(),
            text: self.text_of("SELECT name FROM user WHERE id = ?1", id)?,
        })
    }

    /// An archive reason by name and whether it means hired, where it is known.
    fn named_reason(&self, id: &str) -> Result<(Named, Option<bool>), MirrorError> {
        let found: Option<(String, bool)> = self
            .connection
            .prepare_cached("SELECT text, hired FROM archive_reason WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let hired = found.as_ref().map(|(_, hired)| *hired);
        Ok((
            Named {
                id: id.to_owned(),
                text: found.map(|(text, _)| text).filter(|text| !text.is_empty()),
            },
            hired,
        ))
    }

    /// Every stage in pipeline order.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn stages(&self) -> Result<Vec<Named>, MirrorError> {
        let stages = self
            .connection
            .prepare_cached("SELECT id, text FROM stage ORDER BY place")?
            .query_map([], |row| {
                Ok(Named {
                    id: row.get(0)?,
                    text: row.get(1)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(stages)
    }

    /// A user by id.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn user(&self, id: &UserId) -> Result<Option<UserSummary>, MirrorError> {
        Ok(self
            .connection
            .prepare_cached("SELECT id, name, email FROM user WHERE id = ?1")?
            .query_row([id.as_str()], |row| {
                Ok(UserSummary {
                    id: UserId(row.get(0)?),
                    name: row.get(1)?,
                    email: row.get(2)?,
                })
            })
            .optional()?)
    }
}
