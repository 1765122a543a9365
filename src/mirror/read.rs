//! Reading the mirror: people by key, by name and by id, and the names of what belongs to Lever.

use rusqlite::{OptionalExtension, Row, params};

use super::history::StoredHistory;
use super::ids::StoredId;
use super::index::{LabelKind, label};
use super::rows::{ContactData, StoredAddress, numbers, stored_moves};
use super::{Mirror, MirrorError};
use crate::command::{ApplicationSummary, Named, OpportunitySummary, Person, StageMove, StatusWord, UserSummary};
use crate::lever::environment::Environment;
use crate::text::{ApplicationId, ContactId, Millis, OpportunityId, UserId};

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
    /// Where they worked and studied, by their resumes.
    pub history: StoredHistory,
}

impl Mirror {
    /// The rows of up to `limit` people whom a question about key words finds. Words are joined by `AND` and `OR`. Equal words
    /// are candidates only: compare the data.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn contact_rows(&self, wanted: &str, limit: u32) -> Result<Vec<i64>, MirrorError> {
        let rows = self
            .connection
            .prepare_cached("SELECT rowid FROM contact_key WHERE contact_key MATCH ?1 LIMIT ?2")?
            .query_map(params![wanted, limit], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// One person.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn contact(&self, id: &ContactId) -> Result<Option<ContactRecord>, MirrorError> {
        match self.contact_row(id.as_str())? {
            Some(row) => self.contact_in(row),
            None => Ok(None),
        }
    }

    /// The person in a row.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn contact_in(&self, row: i64) -> Result<Option<ContactRecord>, MirrorError> {
        let record = |found: &Row<'_>| {
            Ok(ContactRecord {
                row,
                id: ContactId(found.get::<_, StoredId>(0)?.into_text()),
                data: ContactData::of_columns(found, 1)?,
                history: StoredHistory::of_column(found.get_ref(7)?.as_str_or_null()?),
            })
        };
        let found = self
            .connection
            .prepare_cached(
                "SELECT id, name, headline, location, emails, phones, links, history.rows FROM contact
                 LEFT JOIN history ON history.contact = contact.row WHERE contact.row = ?1",
            )?
            .query_row([row], record)
            .optional()?;
        if let Some(record) = &found {
            self.remember(record.id.as_str(), row);
        }
        Ok(found)
    }

    /// The row of a person.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn row_of(&self, id: &ContactId) -> Result<Option<i64>, MirrorError> {
        self.contact_row(id.as_str())
    }

    /// Opportunities of a person by id: active ones first, then by last activity.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn opportunity_ids(&self, contact_row: i64) -> Result<Vec<OpportunityId>, MirrorError> {
        let ids = self
            .connection
            .prepare_cached(
                "SELECT id FROM opportunity_word CROSS JOIN opportunity ON opportunity.row = opportunity_word.rowid
                 WHERE opportunity_word MATCH ?1
                 ORDER BY archived, max(coalesce(updated_at, 0), coalesce(last_interaction_at, 0), created_at) DESC, id",
            )?
            .query_map([label(LabelKind::Contact, contact_row)], |row| row.get::<_, StoredId>(0).map(|id| OpportunityId(id.into_text())))?
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
            row: i64,
            id: String,
            stage: Option<String>,
            owner: Option<String>,
            moved_by: Option<String>,
            origin: Option<String>,
            reason: Option<String>,
            archived_at: Option<i64>,
            archived: bool,
            tags: String,
            sources: String,
            created_at: i64,
            updated_at: Option<i64>,
            last_interaction_at: Option<i64>,
            url: Option<StoredAddress>,
            moves: String,
        }
        let stored: Vec<Stored> = self
            .connection
            .prepare_cached(
                "SELECT opportunity.id, stage.text, owner.text, mover.text, origin.text, reason.text, archived_at, archived, opportunity.row,
                   tags, sources, created_at, updated_at, last_interaction_at, url, moves
                 FROM opportunity_word CROSS JOIN opportunity ON opportunity.row = opportunity_word.rowid
                 LEFT JOIN term AS stage ON stage.row = opportunity.stage
                 LEFT JOIN term AS owner ON owner.row = opportunity.owner
                 LEFT JOIN term AS mover ON mover.row = opportunity.moved_by
                 LEFT JOIN term AS origin ON origin.row = opportunity.origin
                 LEFT JOIN term AS reason ON reason.row = opportunity.archive_reason
                 WHERE opportunity_word MATCH ?1
                 ORDER BY archived, max(coalesce(updated_at, 0), coalesce(last_interaction_at, 0), created_at) DESC, opportunity.id",
            )?
            .query_map([label(LabelKind::Contact, contact_row)], |row| {
                Ok(Stored {
                    id: row.get::<_, StoredId>(0)?.into_text(),
                    stage: row.get(1)?,
                    owner: row.get(2)?,
                    moved_by: row.get(3)?,
                    origin: row.get(4)?,
                    reason: row.get(5)?,
                    archived_at: row.get(6)?,
                    archived: row.get(7)?,
                    row: row.get(8)?,
                    tags: row.get(9)?,
                    sources: row.get(10)?,
                    created_at: row.get(11)?,
                    updated_at: row.get(12)?,
                    last_interaction_at: row.get(13)?,
                    url: row.get(14)?,
                    moves: row.get(15)?,
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
                let applications = self.applications_of(row.row)?;
                let postings = applications
                    .iter()
                    .filter_map(|application| application.posting.clone())
                    .collect();
                let named_user = |id: Option<String>| -> Result<Option<Named>, MirrorError> {
                    id.map(|id| self.named_user(&id)).transpose()
                };
                Ok(OpportunitySummary {
                    url: match row.url {
                        None => format!("{}/candidates/{}", environment.web_url(), row.id),
                        Some(StoredAddress::Whole(address)) => address,
                        Some(StoredAddress::Before(term)) => {
                            format!("{}{}", self.term_text(term)?.unwrap_or_default(), row.id)
                        }
                    },
                    id: OpportunityId(row.id),
                    status,
                    stage: self.named_stage(row.stage.as_deref().unwrap_or_default())?,
                    postings,
                    applications,
                    moves: self.named_moves(&row.moves, Millis(row.created_at))?,
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
        let mut texts = Vec::new();
        for row in numbers(list) {
            texts.extend(self.term_text(row)?.as_deref().map(str::to_owned));
        }
        Ok(texts)
    }

    fn applications_of(&self, opportunity: i64) -> Result<Vec<ApplicationSummary>, MirrorError> {
        struct Stored {
            id: String,
            kind: Option<String>,
            posting: Option<String>,
            created_at: Option<i64>,
            archived_at: Option<i64>,
        }
        let stored: Vec<Stored> = self
            .connection
            .prepare_cached(
                "SELECT application.id, kind.text, posting.text, created_at, archived_at FROM application
                 LEFT JOIN term AS kind ON kind.row = application.kind
                 LEFT JOIN term AS posting ON posting.row = application.posting
                 WHERE opportunity = ?1 ORDER BY application.id",
            )?
            .query_map([opportunity], |row| {
                Ok(Stored {
                    id: row.get::<_, StoredId>(0)?.into_text(),
                    kind: row.get(1)?,
                    posting: row.get(2)?,
                    created_at: row.get(3)?,
                    archived_at: row.get(4)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        stored
            .into_iter()
            .map(|row| {
                Ok(ApplicationSummary {
                    id: ApplicationId(row.id),
                    kind: row.kind,
                    posting: row.posting.map(|posting| self.named_posting(&posting)).transpose()?,
                    created_at: row.created_at.map(Millis),
                    archived_at: row.archived_at.map(Millis),
                })
            })
            .collect()
    }

    fn named_moves(&self, moves: &str, created_at: Millis) -> Result<Vec<StageMove>, MirrorError> {
        stored_moves(moves, created_at)
            .into_iter()
            .map(|stored| {
                let stage = self.term_text(stored.stage)?.unwrap_or_default();
                let user = stored.user.map(|user| self.term_text(user)).transpose()?.flatten();
                Ok(StageMove {
                    stage: self.named_stage(&stage)?,
                    at: stored.at,
                    by: user.map(|user| self.named_user(&user)).transpose()?,
                })
            })
            .collect()
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
