//! A mirror of a file of candidacies, one a line (design §8, `fulcrum match --mirror`): complete at once, for matching and for
//! nothing else. The words of its resumes are not put into the index of candidacies, since nobody searches it.

use rusqlite::params;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::details::{DetailKind, ReadDetail};
use super::employer_aliases::{Learned, Learning};
use super::meta::{MergeKeys, Merging};
use super::statistics::Counting;
use super::walk::Sweep;
use super::{Mirror, MirrorError};
use crate::lever::model::file::Resume;
use crate::lever::model::opportunity::Opportunity;
use crate::text::Millis;

/// One line: a candidacy as `GET /opportunities` lists it, and beside it, as `resumes`, what `GET …/resumes` lists.
pub struct MirrorLine {
    /// The candidacy.
    pub opportunity: Opportunity,
    /// Its resumes.
    pub resumes: Vec<Resume>,
}

impl<'de> Deserialize<'de> for MirrorLine {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Beside {
            #[serde(default)]
            resumes: Option<Vec<Resume>>,
        }
        // The line holds a candidacy and something that no candidacy has: each part is read by what reads its like.
        let line = <&RawValue>::deserialize(deserializer)?.get();
        let beside: Beside = serde_json::from_str(line).map_err(serde::de::Error::custom)?;
        Ok(Self {
            opportunity: serde_json::from_str(line).map_err(serde::de::Error::custom)?,
            resumes: beside.resumes.unwrap_or_default(),
        })
    }
}

/// Lines stored in one transaction.
const LINES_A_BATCH: usize = 10_000;

impl Mirror {
    /// Takes in all lines of a file into an empty mirror, which is complete then, its frequencies counted and other names of
    /// employers learned.
    ///
    /// # Errors
    /// [`MirrorError`], and what reading a line gives.
    pub fn take_in<E: From<MirrorError>>(&self, lines: impl Iterator<Item = Result<MirrorLine, E>>) -> Result<(), E> {
        let mut from = 0;
        while let Sweep::From(next) = self.learn_rows(from)? {
            from = next;
        }
        let mut batch: Vec<MirrorLine> = Vec::with_capacity(LINES_A_BATCH);
        for line in lines {
            batch.push(line?);
            if batch.len() >= LINES_A_BATCH {
                self.store_lines(&batch)?;
                batch.clear();
            }
        }
        self.store_lines(&batch)?;
        self.forget_rows();
        self.finish_walk()?;
        let mut after = String::new();
        while let Counting::After(word) = self.count_frequencies(&after)? {
            after = word;
        }
        let mut learning = Learning::default();
        while self.learn_employer_aliases(&mut learning)? == Learned::Some {}
        // As a mirror that was read from Lever is left: whoever reads a file in asks it many questions.
        let mut merging = self.merge_keys(MergeKeys::All)?;
        while merging == Merging::GoesOn {
            merging = self.merge_keys(MergeKeys::GoOn)?;
        }
        Ok(())
    }

    fn store_lines(&self, lines: &[MirrorLine]) -> Result<(), MirrorError> {
        self.in_one(|| {
            let walk = self.number("walk")?.unwrap_or(0);
            for line in lines {
                let resumes = ReadDetail::Resumes(line.resumes.clone()).stored()?;
                let Some(row) = self.put_opportunity_with(&line.opportunity, walk, &resumes.history)? else {
                    continue;
                };
                if line.resumes.is_empty() {
                    continue;
                }
                self.connection
                    .prepare_cached(
                        "INSERT OR REPLACE INTO detail (opportunity, kind, read_at, rows) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![
                        row,
                        DetailKind::Resumes as i64,
                        Millis::default().0,
                        resumes.rows
                    ])?;
                if let Some(contact) = self.contact_of(row)?
                    && self.history_of(contact)? != resumes.history
                {
                    self.renew_history(contact)?;
                }
            }
            Ok(())
        })
    }
}
