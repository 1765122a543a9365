//! Finding people of the past again: free text over what is known of them, filters over their candidacies, the latest first or
//! the best fit first, a page at a time with a count.
//!
//! Words and labels are answered by the index of opportunities, everything else by the columns in memory. A text that very many
//! candidacies have is checked row by row from the latest on instead, until the page is full: the index would have to be read
//! to its end to sort what it finds.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rusqlite::params;

use super::columns::{Columns, Facets, seconds};
use super::index::{LabelKind, add_words, label};
use super::read::LEAD_STAGES;
use super::rows::StoredText;
use super::{Mirror, MirrorError};
use crate::command::{FoundPerson, SearchCount, SearchFound, SearchOrder, SearchQuery, StatusWord, TimeSpan};
use crate::identity::fold;
use crate::lever::environment::Environment;

/// More hits than this are not taken from the index.
const MOST_HITS: usize = 100_000;
/// Candidacies whose text is checked one by one at most before the index is asked after all.
const MOST_CHECKED: usize = 4_000;
/// The best fit is looked for among so many of the latest hits.
const FITTED: usize = 400;
/// Tags with a word that begins as typed, at most.
const TAGS_OF_A_WORD: u32 = 500;
/// Rows of a page at most.
const MOST_ROWS: usize = 100;

/// What the columns have to say.
struct Filter {
    stages: Option<Vec<u32>>,
    reasons: Option<Vec<u32>>,
    owners: Option<Vec<u32>>,
    origins: Option<Vec<u32>>,
    statuses: Vec<StatusWord>,
    lead_stages: Vec<u32>,
    hired_reasons: Vec<u32>,
    other_reasons: Vec<u32>,
    active: (u32, u32),
    created: (u32, u32),
    archived: Option<(u32, u32)>,
}

impl Filter {
    fn status(&self, facets: &Facets) -> StatusWord {
        if facets.archived == 0 {
            if self.lead_stages.contains(&facets.stage) {
                StatusWord::Prospect
            } else {
                StatusWord::Active
            }
        } else if self.hired_reasons.contains(&facets.reason) {
            StatusWord::Hired
        } else if self.other_reasons.contains(&facets.reason) {
            StatusWord::Rejected
        } else {
            StatusWord::Archived
        }
    }

    fn passes(&self, facets: &Facets) -> bool {
        let any = |wanted: &Option<Vec<u32>>, value: u32| wanted.as_ref().is_none_or(|wanted| wanted.contains(&value));
        let within = |(start, end): (u32, u32), value: u32| (start..=end).contains(&value);
        within(self.active, facets.active)
            && within(self.created, facets.created)
            && any(&self.stages, facets.stage)
            && any(&self.owners, facets.owner)
            && any(&self.reasons, facets.reason)
            && any(&self.origins, facets.origin)
            && self.archived.is_none_or(|range| within(range, facets.archived))
            && (self.statuses.is_empty() || self.statuses.contains(&self.status(facets)))
    }
}

/// One typed word: it begins a word of the text, or is found in a tag.
struct TypedWord {
    word: String,
    tags: Vec<i64>,
}

/// Everything that the index has to say.
struct Wanted {
    words: Vec<TypedWord>,
    /// Any of each list.
    labels: Vec<Vec<(LabelKind, i64)>>,
    /// A label that nobody has.
    is_void: bool,
}

impl Wanted {
    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.labels.is_empty()
    }

    /// As the index is asked.
    fn expression(&self) -> String {
        let words = self.words.iter().map(|typed| {
            let mut any = format!("\"{}\"*", typed.word);
            for tag in &typed.tags {
                any.push_str(" OR ");
                any.push_str(&label(LabelKind::Tag, *tag));
            }
            any
        });
        let labels = self.labels.iter().map(|any| {
            let any: Vec<String> = any.iter().map(|(kind, term)| label(*kind, *term)).collect();
            any.join(" OR ")
        });
        let all: Vec<String> = words.chain(labels).map(|any| format!("({any})")).collect();
        all.join(" AND ")
    }
}

/// Hits with what they are sorted by.
struct Hits {
    /// Row and last activity.
    rows: Vec<(u32, u32)>,
    /// People at least, where they were not counted to the end.
    at_least: Option<u32>,
}

impl Mirror {
    /// Searches. The columns have to be in memory: [`Mirror::read_columns`].
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn rediscover(&self, query: &SearchQuery, environment: &Environment) -> Result<SearchFound, MirrorError> {
        let filter = self.filter_of(query)?;
        let wanted = self.wanted_of(query)?;
        let borrowed = self.columns.borrow();
        let Some(columns) = borrowed.as_ref() else {
            return Ok(SearchFound::default());
        };
        let limit = (query.limit as usize).clamp(1, MOST_ROWS);
        let (Some(filter), false) = (filter, wanted.is_void) else {
            return Ok(SearchFound::default());
        };
        let hits = if wanted.is_empty() {
            Hits {
                rows: passing(columns, &filter),
                at_least: None,
            }
        } else {
            self.hits(&wanted, columns, &filter, limit)?
        };
        let people = distinct_people(columns, &hits.rows);
        let at_least = hits.at_least;
        let mut rows = latest_of_each(
            columns,
            hits.rows,
            if query.order == SearchOrder::Fit { FITTED } else { limit },
        );
        if query.order == SearchOrder::Fit {
            self.sort_by_fit(&mut rows, &wanted)?;
            rows.truncate(limit);
        }
        drop(borrowed);
        Ok(SearchFound {
            people: self.found_people(&rows, environment)?,
            count: match at_least {
                Some(least) => SearchCount::AtLeast {
                    people: people.max(least),
                },
                None => SearchCount::Exactly { people },
            },
        })
    }

    /// `None` where a filter names only what the mirror has never seen: nobody passes.
    fn filter_of(&self, query: &SearchQuery) -> Result<Option<Filter>, MirrorError> {
        let terms = |ids: &mut dyn Iterator<Item = &str>| -> Result<Vec<u32>, MirrorError> {
            let mut rows = Vec::new();
            for id in ids {
                rows.extend(self.known_term(id)?.and_then(|row| u32::try_from(row).ok()));
            }
            Ok(rows)
        };
        let wanted = |ids: &mut dyn ExactSizeIterator<Item = &str>| -> Result<Option<Vec<u32>>, MirrorError> {
            Ok(if ids.len() == 0 { None } else { Some(terms(ids)?) })
        };
        let reasons = |hired: bool| -> Result<Vec<u32>, MirrorError> {
            let ids: Vec<String> = self
                .connection
                .prepare_cached("SELECT id FROM archive_reason WHERE hired = ?1")?
                .query_map([hired], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            terms(&mut ids.iter().map(String::as_str))
        };
        let filter = Filter {
            stages: wanted(&mut query.stages.iter().map(|id| id.as_str()))?,
            reasons: wanted(&mut query.archive_reasons.iter().map(|id| id.as_str()))?,
            owners: wanted(&mut query.owners.iter().map(|id| id.as_str()))?,
            origins: wanted(&mut query.origins.iter().map(String::as_str))?,
            statuses: query.statuses.clone(),
            lead_stages: terms(&mut LEAD_STAGES.into_iter())?,
            hired_reasons: reasons(true)?,
            other_reasons: reasons(false)?,
            active: bounds(query.active),
            created: bounds(query.created),
            archived: (query.archived != TimeSpan::default()).then(|| {
                let (start, end) = bounds(query.archived);
                (start.max(1), end)
            }),
        };
        let names_nobody = [&filter.stages, &filter.reasons, &filter.owners, &filter.origins]
            .into_iter()
            .flatten()
            .any(Vec::is_empty);
        Ok((!names_nobody).then_some(filter))
    }

    fn wanted_of(&self, query: &SearchQuery) -> Result<Wanted, MirrorError> {
        let mut wanted = Wanted {
            words: Vec::new(),
            labels: Vec::new(),
            is_void: false,
        };
        let folded = fold(&query.text);
        let typed: BTreeSet<&str> = folded
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        for word in typed {
            let tags = self
                .connection
                .prepare_cached("SELECT rowid FROM tag_word WHERE tag_word MATCH ?1 LIMIT ?2")?
                .query_map(params![format!("\"{word}\"*"), TAGS_OF_A_WORD], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            wanted.words.push(TypedWord {
                word: word.to_owned(),
                tags,
            });
        }
        let postings: Vec<&str> = query.postings.iter().map(|id| id.as_str()).collect();
        let tags: Vec<&str> = query.tags.iter().map(String::as_str).collect();
        let sources: Vec<&str> = query.sources.iter().map(String::as_str).collect();
        for (kind, texts) in [
            (LabelKind::Posting, postings),
            (LabelKind::Tag, tags),
            (LabelKind::Source, sources),
        ] {
            let mut any = Vec::new();
            for text in &texts {
                any.extend(self.known_term(text)?.map(|term| (kind, term)));
            }
            wanted.is_void |= !texts.is_empty() && any.is_empty();
            if !any.is_empty() {
                wanted.labels.push(any);
            }
        }
        Ok(wanted)
    }

    fn hits(&self, wanted: &Wanted, columns: &Columns, filter: &Filter, limit: usize) -> Result<Hits, MirrorError> {
        let indexed = self.indexed_rows(wanted, MOST_HITS + 1)?;
        if indexed.len() <= MOST_HITS {
            return Ok(Hits {
                rows: of_rows(&indexed, columns, filter),
                at_least: None,
            });
        }
        let least = distinct_people(columns, &of_rows(&indexed, columns, filter));
        let mut candidates = passing(columns, filter);
        let is_few = candidates.len() <= MOST_CHECKED;
        let looked_at = candidates.len().min(MOST_CHECKED);
        if !is_few {
            candidates.select_nth_unstable_by_key(looked_at, |(row, active)| (Reverse(*active), *row));
            candidates.truncate(looked_at);
        }
        candidates.sort_unstable_by_key(|(row, active)| (Reverse(*active), *row));
        let mut rows = Vec::new();
        let mut people = BTreeSet::new();
        for (row, active) in candidates {
            if self.has_wanted(i64::from(row), wanted)? {
                rows.push((row, active));
                people.extend(columns.get(i64::from(row)).map(|facets| facets.contact));
                if people.len() > limit && !is_few {
                    break;
                }
            }
        }
        if is_few || people.len() >= limit {
            return Ok(Hits {
                rows,
                at_least: (!is_few).then_some(least),
            });
        }
        // The text and the filters hardly meet: only the whole list tells.
        let indexed = self.indexed_rows(wanted, usize::MAX)?;
        Ok(Hits {
            rows: of_rows(&indexed, columns, filter),
            at_least: None,
        })
    }

    fn indexed_rows(&self, wanted: &Wanted, most: usize) -> Result<Vec<i64>, MirrorError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = self
            .connection
            .prepare_cached("SELECT rowid FROM opportunity_word WHERE opportunity_word MATCH ?1 LIMIT ?2")?
            .query_map(params![wanted.expression(), most], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// Whether a candidacy has all that is wanted, by its own texts.
    fn has_wanted(&self, row: i64, wanted: &Wanted) -> Result<bool, MirrorError> {
        let StoredText {
            contact,
            tags,
            sources,
            texts,
        } = self.texts_of(row)?;
        let mut words = String::new();
        for text in &texts {
            add_words(text, &mut words);
        }
        let begins = |typed: &str| words.split(' ').any(|word| word.starts_with(typed));
        let has_words = wanted
            .words
            .iter()
            .all(|typed| typed.tags.iter().any(|tag| tags.contains(tag)) || begins(&typed.word));
        if !has_words {
            return Ok(false);
        }
        let mut postings: Option<Vec<i64>> = None;
        for any in &wanted.labels {
            let mut has_one = false;
            for (kind, term) in any {
                has_one |= match kind {
                    LabelKind::Tag => tags.contains(term),
                    LabelKind::Source => sources.contains(term),
                    LabelKind::Contact => contact == *term,
                    LabelKind::Posting => {
                        if postings.is_none() {
                            postings = Some(self.posting_rows(row)?.into_iter().flatten().collect());
                        }
                        postings.as_ref().is_some_and(|postings| postings.contains(term))
                    }
                };
            }
            if !has_one {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The best fit first: words of the name before words of the headline, whole words before beginnings; then the latest.
    fn sort_by_fit(&self, rows: &mut Vec<(u32, u32)>, wanted: &Wanted) -> Result<(), MirrorError> {
        let mut fitted = Vec::with_capacity(rows.len());
        for (row, active) in rows.drain(..) {
            let texts = self.texts_of(i64::from(row))?.texts;
            let mut fit = 0_u32;
            for (place, text) in texts.iter().enumerate() {
                let mut words = String::new();
                add_words(text, &mut words);
                let worth = if place == 0 { 4 } else { 2 };
                for typed in &wanted.words {
                    if words.split(' ').any(|word| word == typed.word) {
                        fit += worth;
                    } else if words.split(' ').any(|word| word.starts_with(&typed.word)) {
                        fit += worth / 2;
                    }
                }
            }
            fitted.push((fit, row, active));
        }
        fitted.sort_unstable_by_key(|(fit, row, active)| (Reverse(*fit), Reverse(*active), *row));
        rows.extend(fitted.into_iter().map(|(_, row, active)| (row, active)));
        Ok(())
    }

    fn found_people(&self, rows: &[(u32, u32)], environment: &Environment) -> Result<Vec<FoundPerson>, MirrorError> {
        let mut people = Vec::with_capacity(rows.len());
        for (row, _) in rows {
            let Some((contact, opportunity)) = self.ids_of(i64::from(*row))? else {
                continue;
            };
            if let Some(person) = self.person(&contact, environment)? {
                people.push(FoundPerson { person, opportunity });
            }
        }
        Ok(people)
    }
}

fn bounds(span: TimeSpan) -> (u32, u32) {
    (
        span.since.map_or(0, |since| seconds(since.0)),
        span.until.map_or(u32::MAX, |until| seconds(until.0)),
    )
}

/// Every candidacy that the columns let pass.
fn passing(columns: &Columns, filter: &Filter) -> Vec<(u32, u32)> {
    columns
        .iter()
        .filter(|(_, facets)| filter.passes(facets))
        .filter_map(|(row, facets)| Some((u32::try_from(row).ok()?, facets.active)))
        .collect()
}

fn of_rows(rows: &[i64], columns: &Columns, filter: &Filter) -> Vec<(u32, u32)> {
    rows.iter()
        .filter_map(|row| {
            let facets = columns.get(*row)?;
            filter
                .passes(facets)
                .then_some((u32::try_from(*row).ok()?, facets.active))
        })
        .collect()
}

fn distinct_people(columns: &Columns, rows: &[(u32, u32)]) -> u32 {
    let mut seen: Vec<u64> = Vec::new();
    let mut people = 0;
    for facets in rows.iter().filter_map(|(row, _)| columns.get(i64::from(*row))) {
        let (place, bit) = ((facets.contact / 64) as usize, 1_u64 << (facets.contact % 64));
        if seen.len() <= place {
            seen.resize(place + 1, 0);
        }
        if let Some(bits) = seen.get_mut(place)
            && *bits & bit == 0
        {
            *bits |= bit;
            people += 1;
        }
    }
    people
}

/// The latest candidacy of each of the latest people.
fn latest_of_each(columns: &Columns, mut rows: Vec<(u32, u32)>, most: usize) -> Vec<(u32, u32)> {
    // People have few candidacies: a few times as many rows hold enough people nearly always, and all of them always.
    for share in [4, usize::MAX] {
        let looked_at = most.saturating_mul(share);
        let is_part = rows.len() > looked_at;
        if is_part {
            rows.select_nth_unstable_by_key(looked_at, |(row, active)| (Reverse(*active), *row));
        }
        let end = looked_at.min(rows.len());
        let part = rows.get_mut(..end).unwrap_or_default();
        part.sort_unstable_by_key(|(row, active)| (Reverse(*active), *row));
        let mut seen = BTreeSet::new();
        let latest: Vec<(u32, u32)> = part
            .iter()
            .filter(|(row, _)| {
                columns
                    .get(i64::from(*row))
                    .is_some_and(|facets| seen.insert(facets.contact))
            })
            .take(most)
            .copied()
            .collect();
        if latest.len() >= most || !is_part {
            return latest;
        }
    }
    Vec::new()
}
