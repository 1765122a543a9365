//! What belongs to the account and not to a person: users, stages, archive reasons, jobs, sources. Small, and replaced as a whole.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};

use super::ids::StoredId;
use super::index::{LabelKind, label};
use super::visibility::Audience;
use super::walk::Sweep;
use super::{Mirror, MirrorError};
use crate::identity::fold;
use crate::lever::model::Reference;
use crate::lever::model::account::{ArchiveReason, Counted, Stage, User};
use crate::lever::model::posting::Posting;
use crate::text::OpportunityId;

/// Rows among which candidacies are counted in one turn: some milliseconds, however many of them have the source.
const COUNTED_AT_ONCE: i64 = 50_000;

impl Mirror {
    /// Puts all users in place of those before.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn replace_users(&self, users: &[User]) -> Result<(), MirrorError> {
        self.in_one(|| {
            self.connection.execute("DELETE FROM user", [])?;
            let mut insert = self.connection.prepare_cached(
                "INSERT OR REPLACE INTO user (id, name, email, folded, deactivated, role) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?;
            for user in users {
                insert.execute(params![
                    user.id.as_str(),
                    user.name,
                    user.email,
                    format!("{} {}", fold(&user.name), fold(&user.email)),
                    user.deactivated_at.is_some(),
                    user.access_role,
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
            let mut insert = self.connection.prepare_cached(
                "INSERT INTO source (text, count) VALUES (?1, ?2) ON CONFLICT (text) DO UPDATE SET count = excluded.count",
            )?;
            for source in sources {
                insert.execute(params![source.text, source.count.unwrap_or(0)])?;
            }
            let names: BTreeSet<&str> = sources.iter().map(|source| source.text.as_str()).collect();
            for gone in self.sources(u32::MAX)?.iter().filter(|text| !names.contains(text.as_str())) {
                self.connection
                    .prepare_cached("DELETE FROM source WHERE text = ?1")?
                    .execute([gone])?;
            }
            Ok(())
        })
    }

    fn put_posting(&self, posting: &Posting) -> Result<(), MirrorError> {
        let categories = &posting.categories;
        let audience = Audience::of(posting);
        let folded = fold(&format!(
            "{} {} {} {}",
            posting.text,
            categories.team.as_deref().unwrap_or_default(),
            categories.location.as_deref().unwrap_or_default(),
            categories.department.as_deref().unwrap_or_default()
        ));
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO posting (id, title, state, team, department, location, workplace_type, owner, updated_at, folded,
                 people, confidential) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
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
                audience.team,
                audience.confidential,
            ])?;
        Ok(())
    }

    /// How many candidacies of the mirror have a source, counted among some thousands of rows from the given one on.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn count_with_source(&self, source: &str, from: i64) -> Result<(i64, Sweep), MirrorError> {
        let last: i64 = self
            .connection
            .prepare_cached("SELECT coalesce(max(row), 0) FROM opportunity")?
            .query_row([], |row| row.get(0))?;
        let Some(term) = self.known_term(source)? else {
            return Ok((0, Sweep::Done));
        };
        let until = from.saturating_add(COUNTED_AT_ONCE);
        let count = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM opportunity_word WHERE opportunity_word MATCH ?1 AND rowid >= ?2 AND rowid < ?3",
            )?
            .query_row(params![label(LabelKind::Source, term), from, until], |row| row.get(0))?;
        Ok((count, if until > last { Sweep::Done } else { Sweep::From(until) }))
    }

    /// Grows with everything that is written: whether anything was, while something was counted in several turns.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.connection.total_changes()
    }

    /// The candidacies of the mirror that have a source.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn opportunities_with_source(&self, source: &str) -> Result<Vec<OpportunityId>, MirrorError> {
        let Some(term) = self.known_term(source)? else {
            return Ok(Vec::new());
        };
        let ids = self
            .connection
            .prepare_cached(
                "SELECT opportunity.id FROM opportunity_word CROSS JOIN opportunity ON opportunity.row = opportunity_word.rowid
                 WHERE opportunity_word MATCH ?1",
            )?
            .query_map([label(LabelKind::Source, term)], |row| {
                row.get::<_, StoredId>(0).map(|id| OpportunityId(id.into_text()))
            })?
            .collect::<Result<_, _>>()?;
        Ok(ids)
    }

    /// By how many candidacies Lever's count of a source differed after the last repair.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn unexplained_of(&self, source: &str) -> Result<i64, MirrorError> {
        let difference: Option<i64> = self
            .connection
            .prepare_cached("SELECT unexplained FROM source WHERE text = ?1")?
            .query_row([source], |row| row.get(0))
            .optional()?;
        Ok(difference.unwrap_or(0))
    }

    /// A repair could not explain this difference.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn note_unexplained(&self, source: &str, difference: i64) -> Result<(), MirrorError> {
        self.connection
            .prepare_cached("UPDATE source SET unexplained = ?2 WHERE text = ?1")?
            .execute(params![source, difference])?;
        Ok(())
    }
}
