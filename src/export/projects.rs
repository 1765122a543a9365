//! Projects: named lists of people, kept on this machine, that are put into Lever in one go (requirements 2.6). They hold what
//! the pages said; whether somebody is in Lever is asked of the mirror each time, never kept here.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::records::Records;
use crate::mirror::MirrorError;
use crate::plain;
use crate::profile::{Profile, ProfileKind};
use crate::text::Millis;

/// Made with the other tables of the records.
pub(super) const TABLES: &str = "
CREATE TABLE project (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, made_at INTEGER NOT NULL);
CREATE TABLE project_person (id INTEGER PRIMARY KEY AUTOINCREMENT, project INTEGER NOT NULL, key TEXT NOT NULL, profile TEXT NOT NULL, added_at INTEGER NOT NULL);
CREATE UNIQUE INDEX project_person_key ON project_person (key, project);
CREATE INDEX project_person_project ON project_person (project, id);
";

/// Characters of a project's name.
pub const LONGEST_NAME: usize = 100;
/// People of one project: a list that nobody reads to its end is searched in Lever instead.
pub const MOST_PEOPLE: u32 = 10_000;

/// Number of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct ProjectNumber(pub i64);

/// A project, for the list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ProjectSummary {
    /// Its number.
    pub project: ProjectNumber,
    /// Its name, as typed.
    pub name: String,
    /// People on it.
    pub people: u32,
    /// When it was begun.
    pub made_at: Millis,
}

/// Somebody on a project, as the page said.
#[derive(Debug, Clone)]
pub struct KeptPerson {
    /// The page's profile.
    pub profile: Profile,
    /// When they were added.
    pub added_at: Millis,
}

/// Why a project cannot be changed as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProjectError {
    /// No name, or one of more than [`LONGEST_NAME`] characters.
    #[error("a project's name has 1 to {LONGEST_NAME} characters")]
    Name,
    /// Another project has this name.
    #[error("another project has this name")]
    NameTaken,
    /// More than [`MOST_PEOPLE`].
    #[error("a project holds {MOST_PEOPLE} people at most")]
    Full,
    /// There is no such project.
    #[error("there is no such project")]
    Unknown,
}

impl Records {
    /// Every project, the one that was begun or added to last first: whoever adds somebody mostly goes on with it.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn projects(&self) -> Result<Vec<ProjectSummary>, MirrorError> {
        Ok(self
            .connection()
            .prepare_cached(
                "SELECT id, name, (SELECT count(*) FROM project_person WHERE project = project.id), made_at FROM project
                 ORDER BY max(made_at, ifnull((SELECT added_at FROM project_person WHERE project = project.id ORDER BY id DESC LIMIT 1), 0)) DESC, id DESC",
            )?
            .query_map([], |row| {
                Ok(ProjectSummary {
                    project: ProjectNumber(row.get(0)?),
                    name: row.get(1)?,
                    people: row.get(2)?,
                    made_at: Millis(row.get(3)?),
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Numbers of the projects that somebody is on.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn projects_of(&self, key: &str) -> Result<Vec<i64>, MirrorError> {
        Ok(self
            .connection()
            .prepare_cached("SELECT project FROM project_person WHERE key = ?1")?
            .query_map([key], |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    }

    /// A project's name; nothing where there is no such project.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn project_name(&self, project: ProjectNumber) -> Result<Option<String>, MirrorError> {
        Ok(self
            .connection()
            .prepare_cached("SELECT name FROM project WHERE id = ?1")?
            .query_row([project.0], |row| row.get(0))
            .optional()?)
    }

    /// The project that somebody was put on last.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn project_of(&self, key: &str) -> Result<Option<String>, MirrorError> {
        Ok(self
            .connection()
            .prepare_cached(
                "SELECT name FROM project JOIN project_person ON project_person.project = project.id WHERE key = ?1
                 ORDER BY project_person.id DESC LIMIT 1",
            )?
            .query_row([key], |row| row.get(0))
            .optional()?)
    }

    /// Begins a project, or gives one another name. A project of that name is not begun twice: its number comes back.
    ///
    /// # Errors
    /// [`MirrorError`]; inside, [`ProjectError`].
    pub fn name_project(
        &self,
        project: Option<ProjectNumber>,
        name: &str,
        at: Millis,
    ) -> Result<Result<ProjectNumber, ProjectError>, MirrorError> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Ok(Err(ProjectError::Name));
        }
        // However it is written; SQLite knows the cases of Latin letters only.
        let wanted = name.to_lowercase();
        let namesake = self
            .projects()?
            .into_iter()
            .find(|other| other.name.to_lowercase() == wanted)
            .map(|other| other.project);
        match (project, namesake) {
            (None, Some(namesake)) => Ok(Ok(namesake)),
            (Some(project), Some(namesake)) if project != namesake => Ok(Err(ProjectError::NameTaken)),
            (None, None) => {
                self.connection()
                    .prepare_cached("INSERT INTO project (name, made_at) VALUES (?1, ?2)")?
                    .execute(params![name, at.0])?;
                Ok(Ok(ProjectNumber(self.connection().last_insert_rowid())))
            }
            (Some(project), _) => {
                let changed = self
                    .connection()
                    .prepare_cached("UPDATE project SET name = ?2 WHERE id = ?1")?
                    .execute(params![project.0, name])?;
                Ok(if changed == 0 {
                    Err(ProjectError::Unknown)
                } else {
                    Ok(project)
                })
            }
        }
    }

    /// Throws a project away; what was exported from it stays.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn delete_project(&self, project: ProjectNumber) -> Result<(), MirrorError> {
        let transaction = self.connection().unchecked_transaction()?;
        transaction
            .prepare_cached("DELETE FROM project_person WHERE project = ?1")?
            .execute([project.0])?;
        transaction
            .prepare_cached("DELETE FROM project WHERE id = ?1")?
            .execute([project.0])?;
        transaction.commit()?;
        Ok(())
    }

    /// Puts people on a project, all or none of them. Who is on it keeps the place; what a page says replaces what a row of a list
    /// said, never the other way round.
    ///
    /// # Errors
    /// [`MirrorError`]; inside, [`ProjectError`].
    pub fn add_to_project(
        &self,
        project: ProjectNumber,
        profiles: &[Profile],
        at: Millis,
    ) -> Result<Result<(), ProjectError>, MirrorError> {
        if self.project_name(project)?.is_none() {
            return Ok(Err(ProjectError::Unknown));
        }
        let transaction = self.connection().unchecked_transaction()?;
        for profile in profiles {
            transaction
                .prepare_cached(
                    "INSERT INTO project_person (project, key, profile, added_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (key, project) DO NOTHING",
                )?
                .execute(params![project.0, profile.key, serde_json::to_string(profile)?, at.0])?;
            self.learn_page(profile)?;
        }
        let people: u32 = transaction
            .prepare_cached("SELECT count(*) FROM project_person WHERE project = ?1")?
            .query_row([project.0], |row| row.get(0))?;
        if people > MOST_PEOPLE {
            return Ok(Err(ProjectError::Full));
        }
        transaction.commit()?;
        Ok(Ok(()))
    }

    /// A page says more than the row of a list, and more than it did when it was read last: projects keep the latest, and the ways
    /// to reach somebody that a table or an earlier reading told.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn learn_page(&self, profile: &Profile) -> Result<(), MirrorError> {
        if profile.kind != ProfileKind::Profile {
            return Ok(());
        }
        let kept: Vec<(i64, String)> = self
            .connection()
            .prepare_cached("SELECT id, profile FROM project_person WHERE key = ?1")?
            .query_map([&profile.key], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        for (id, before) in kept {
            let now = serde_json::to_string(&united(plain::from_str(&before)?, profile))?;
            if now != before {
                self.connection()
                    .prepare_cached("UPDATE project_person SET profile = ?2 WHERE id = ?1")?
                    .execute(params![id, now])?;
            }
        }
        Ok(())
    }

    /// Takes people off a project.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn remove_from_project(&self, project: ProjectNumber, keys: &[String]) -> Result<(), MirrorError> {
        let transaction = self.connection().unchecked_transaction()?;
        for key in keys {
            transaction
                .prepare_cached("DELETE FROM project_person WHERE key = ?1 AND project = ?2")?
                .execute(params![key, project.0])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// People of a project in the order in which they came, from the one after so many.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn project_people(
        &self,
        project: ProjectNumber,
        after: u32,
        limit: u32,
    ) -> Result<Vec<KeptPerson>, MirrorError> {
        let rows: Vec<(String, i64)> = self
            .connection()
            .prepare_cached(
                "SELECT profile, added_at FROM project_person WHERE project = ?1 ORDER BY id LIMIT ?3 OFFSET ?2",
            )?
            .query_map(params![project.0, after, limit], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        rows.into_iter()
            .map(|(profile, added_at)| {
                Ok(KeptPerson {
                    profile: plain::from_str(&profile)?,
                    added_at: Millis(added_at),
                })
            })
            .collect()
    }

    /// What a project holds of somebody.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn project_person(&self, project: ProjectNumber, key: &str) -> Result<Option<Profile>, MirrorError> {
        let profile: Option<String> = self
            .connection()
            .prepare_cached("SELECT profile FROM project_person WHERE key = ?1 AND project = ?2")?
            .query_row(params![key, project.0], |row| row.get(0))
            .optional()?;
        Ok(profile.map(|profile| plain::from_str(&profile)).transpose()?)
    }
}

/// What stands in a table is less than what a page says, whichever came first; an email that only one of them knows is kept.
fn united(kept: Profile, read: &Profile) -> Profile {
    let is_table = |profile: &Profile| profile.proof.as_deref() == Some("csv");
    let is_page = kept.kind == ProfileKind::Profile && !is_table(&kept);
    let read = read.clone();
    let (mut base, other) = if is_page && is_table(&read) {
        (kept, read)
    } else {
        (read, kept)
    };
    let ways = [
        (&mut base.emails, other.emails),
        (&mut base.phones, other.phones),
        (&mut base.links, other.links),
    ];
    for (all, more) in ways {
        for one in more {
            if !all.contains(&one) {
                all.push(one);
            }
        }
    }
    base
}
