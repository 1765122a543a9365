//! Typed search over what is small: jobs for the picker and users for "who are you in Lever"; and the names that a search over
//! people can be narrowed to.

use super::visibility::{Audience, Viewer, bar};
use super::{Mirror, MirrorError};
use crate::command::{Named, PostingBar, PostingSummary, SearchOptions, UserSummary};
use crate::identity::fold;
use crate::text::{PostingId, UserId};

/// Lever's word for a job on the job site.
const PUBLISHED: &str = "published";
/// Jobs a search can be narrowed to; a large company has more than anybody would look through.
const POSTINGS_OFFERED: u32 = 2_000;
/// Sources a search can be narrowed to, and tags.
const TEXTS_OFFERED: u32 = 200;

/// Whether every typed word begins some word of the text; both folded.
fn fits(folded: &str, typed: &[String]) -> bool {
    typed.iter().all(|word| {
        folded
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|start| start.starts_with(word.as_str()))
            || folded.contains(word.as_str()) && word.chars().count() >= 3
    })
}

fn words(text: &str) -> Vec<String> {
    fold(text).split_whitespace().map(str::to_owned).collect()
}

/// From id, title, team, department, location, workplace type, state, people and confidentiality, in this order.
fn posting_for(row: &rusqlite::Row<'_>, viewer: &Viewer) -> rusqlite::Result<PostingSummary> {
    let mut posting = PostingSummary {
        id: PostingId(row.get(0)?),
        title: row.get(1)?,
        team: row.get(2)?,
        department: row.get(3)?,
        location: row.get(4)?,
        workplace_type: row.get(5)?,
        state: row.get(6)?,
        unavailable: None,
    };
    let audience = Audience {
        team: row.get(7)?,
        confidential: row.get(8)?,
    };
    posting.unavailable = bar(&posting, &audience, viewer);
    Ok(posting)
}

impl Mirror {
    /// Jobs that fit the typed words in title, team, location or department: those that can be chosen first, then published
    /// ones, then titles that begin with the first word, then by title. Without a word, the latest published ones that can be
    /// chosen. A confidential job that the viewer may not see is not told at all.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn search_postings(&self, text: &str, limit: u32, viewer: &Viewer) -> Result<Vec<PostingSummary>, MirrorError> {
        let typed = words(text);
        let mut find = self.connection.prepare_cached(
            "SELECT id, title, team, department, location, workplace_type, state, people, confidential, folded FROM posting
             ORDER BY coalesce(updated_at, 0) DESC, id",
        )?;
        let rows = find.query_map([], |row| Ok((posting_for(row, viewer)?, row.get::<_, String>(9)?)))?;
        let mut found = Vec::new();
        for row in rows {
            let (posting, folded) = row?;
            let is_told = match posting.unavailable {
                Some(PostingBar::Confidential) => false,
                unavailable => !typed.is_empty() || unavailable.is_none() && posting.state == PUBLISHED,
            };
            if is_told && fits(&folded, &typed) {
                found.push(posting);
            }
        }
        if let Some(first) = typed.first() {
            found.sort_by_cached_key(|posting| {
                let title = fold(&posting.title);
                let place = if title.starts_with(first.as_str()) {
                    0
                } else if fits(&title, &typed) {
                    1
                } else {
                    2
                };
                let group = match posting.unavailable {
                    None if posting.state == PUBLISHED => 0,
                    None => 3,
                    Some(_) => 6,
                };
                (group + place, title)
            });
        }
        found.truncate(limit as usize);
        Ok(found)
    }

    /// One job by id, in whatever state, with why it cannot be chosen.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn posting(&self, id: &PostingId, viewer: &Viewer) -> Result<Option<PostingSummary>, MirrorError> {
        use rusqlite::OptionalExtension;
        Ok(self
            .connection
            .prepare_cached(
                "SELECT id, title, team, department, location, workplace_type, state, people, confidential FROM posting WHERE id = ?1",
            )?
            .query_row([id.as_str()], |row| posting_for(row, viewer))
            .optional()?)
    }

    /// Active users whose name or email fits the typed words, letter case ignored, by name.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn search_users(&self, text: &str) -> Result<Vec<UserSummary>, MirrorError> {
        let typed = words(text);
        let mut find = self
            .connection
            .prepare_cached("SELECT id, name, email, folded FROM user WHERE deactivated = 0 ORDER BY folded")?;
        let rows = find.query_map([], |row| {
            Ok((
                UserSummary {
                    id: UserId(row.get(0)?),
                    name: row.get(1)?,
                    email: row.get(2)?,
                },
                row.get::<_, String>(3)?,
            ))
        })?;
        let mut found = Vec::new();
        for row in rows {
            let (user, folded) = row?;
            if fits(&folded, &typed) {
                found.push(user);
            }
        }
        Ok(found)
    }

    /// The active user with exactly this email, letter case ignored.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn user_by_email(&self, email: &str) -> Result<Option<UserSummary>, MirrorError> {
        let wanted = email.trim().to_lowercase();
        Ok(self
            .search_users("")?
            .into_iter()
            .find(|user| user.email.trim().to_lowercase() == wanted))
    }

    /// Sources in use, most used first.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn sources(&self, limit: u32) -> Result<Vec<String>, MirrorError> {
        let sources = self
            .connection
            .prepare_cached("SELECT text FROM source ORDER BY count DESC, text LIMIT ?1")?
            .query_map([limit], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(sources)
    }

    /// Tags of the latest opportunities, most used among them first.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn recent_tags(&self, limit: u32) -> Result<Vec<String>, MirrorError> {
        use std::collections::BTreeMap;
        let lists: Vec<String> = self
            .connection
            .prepare_cached("SELECT tags FROM opportunity WHERE tags <> '' ORDER BY row DESC LIMIT 2000")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut uses: BTreeMap<i64, u32> = BTreeMap::new();
        for row in lists
            .iter()
            .flat_map(|list| list.split(','))
            .filter_map(|number| number.parse().ok())
        {
            *uses.entry(row).or_default() += 1;
        }
        let mut most: Vec<(i64, u32)> = uses.into_iter().collect();
        most.sort_unstable_by_key(|(row, uses)| (std::cmp::Reverse(*uses), *row));
        let mut find = self.connection.prepare_cached("SELECT text FROM term WHERE row = ?1")?;
        most.iter()
            .take(limit as usize)
            .map(|(row, _)| Ok(find.query_row([row], |found| found.get(0))?))
            .collect()
    }

    /// What a search can be narrowed to, by name.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn search_options(&self, viewer: &Viewer) -> Result<SearchOptions, MirrorError> {
        Ok(SearchOptions {
            stages: self.stages()?,
            archive_reasons: self.named(
                "SELECT id, text FROM archive_reason ORDER BY text, id LIMIT ?1",
                u32::MAX,
            )?,
            owners: self.named(
                "SELECT id, name FROM user ORDER BY deactivated, folded, id LIMIT ?1",
                u32::MAX,
            )?,
            postings: self.latest_postings(POSTINGS_OFFERED, viewer)?,
            sources: self.sources(TEXTS_OFFERED)?,
            tags: self.recent_tags(TEXTS_OFFERED)?,
        })
    }

    /// Whoever searches is not told of a confidential job that they may not see.
    fn latest_postings(&self, limit: u32, viewer: &Viewer) -> Result<Vec<PostingSummary>, MirrorError> {
        let mut latest: Vec<PostingSummary> = self
            .connection
            .prepare_cached(
                "SELECT id, title, team, department, location, workplace_type, state, people, confidential FROM posting
                 ORDER BY coalesce(updated_at, 0) DESC, id LIMIT ?1",
            )?
            .query_map([limit], |row| posting_for(row, viewer))?
            .collect::<Result<_, _>>()?;
        latest.retain(|posting| posting.unavailable != Some(PostingBar::Confidential));
        Ok(latest)
    }

    fn named(&self, question: &str, limit: u32) -> Result<Vec<Named>, MirrorError> {
        Ok(self
            .connection
            .prepare_cached(question)?
            .query_map([limit], |row| {
                Ok(Named {
                    id: row.get(0)?,
                    text: row.get(1)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }
}
