//! People of the past are found again: by any text and any filter, exactly those whom a look at every row of Lever finds.

use std::collections::BTreeSet;

use fulcrum::command::{
    Command, ReadingSettings, Reply, SearchCount, SearchFound, SearchOrder, SearchQuery, StatusWord, TimeSpan,
};
use fulcrum::identity::text::fold_variants;
use fulcrum::service::Service;
use fulcrum::text::Millis;
use serde_json::{Value, json};

use crate::fixture::equal::Truth;
use crate::fixture::{Lever, Machine};

async fn search(service: &Service, query: SearchQuery) -> SearchFound {
    match service.dispatch(Command::Search { query }).await {
        Reply::Found { found } => found,
        other => panic!("{other:?}"),
    }
}

fn texts(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(|text| text.as_str().unwrap_or_default().to_owned())
        .collect()
}

fn words(text: &str) -> Vec<String> {
    fold_variants(text)
        .iter()
        .flat_map(|folded| {
            folded
                .split(|letter: char| !letter.is_alphanumeric())
                .map(str::to_owned)
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// Last change or interaction, in seconds.
fn active(row: &Value) -> i64 {
    let moments = ["updatedAt", "lastInteractionAt", "createdAt"];
    let latest = moments.iter().filter_map(|name| row[name].as_i64()).max();
    latest.unwrap_or(0) / 1_000
}

struct Judge {
    truth: Truth,
    hired: BTreeSet<String>,
}

impl Judge {
    async fn of(lever: &Lever) -> Self {
        let reasons = lever.rows("/archive_reasons").await;
        Self {
            truth: Truth::of(lever).await,
            hired: reasons
                .iter()
                .filter(|reason| reason["type"] == "hired")
                .map(|reason| reason["id"].as_str().unwrap().to_owned())
                .collect(),
        }
    }

    fn status(&self, row: &Value) -> StatusWord {
        match row["archived"]["reason"].as_str() {
            None if row["stage"].as_str().unwrap().starts_with("lead-") => StatusWord::Prospect,
            None => StatusWord::Active,
            Some(reason) if self.hired.contains(reason) => StatusWord::Hired,
            Some(_) => StatusWord::Rejected,
        }
    }

    fn passes(&self, query: &SearchQuery, row: &Value) -> bool {
        let any = |wanted: Vec<&str>, has: Vec<String>| {
            wanted.is_empty() || has.iter().any(|value| wanted.contains(&value.as_str()))
        };
        let one = |value: &Value| vec![value.as_str().unwrap_or("none").to_owned()];
        let within = |span: TimeSpan, moment: i64| {
            span.since.is_none_or(|since| moment >= since.0 / 1_000)
                && span.until.is_none_or(|until| moment <= until.0 / 1_000)
        };
        let person: Vec<String> = ["name", "headline", "location"]
            .iter()
            .flat_map(|field| words(row[*field].as_str().unwrap_or_default()))
            .chain(texts(&row["tags"]).iter().flat_map(|tag| words(tag)))
            .collect();
        let typed = fulcrum::identity::fold(&query.text);
        let postings = row["applications"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|application| application["posting"].as_str().unwrap_or_default().to_owned())
            .collect();
        typed
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|typed| person.iter().any(|word| word.starts_with(typed)))
            && any(query.stages.iter().map(|id| id.as_str()).collect(), one(&row["stage"]))
            && any(query.owners.iter().map(|id| id.as_str()).collect(), one(&row["owner"]))
            && any(
                query.archive_reasons.iter().map(|id| id.as_str()).collect(),
                one(&row["archived"]["reason"]),
            )
            && any(query.postings.iter().map(|id| id.as_str()).collect(), postings)
            && any(query.tags.iter().map(String::as_str).collect(), texts(&row["tags"]))
            && any(
                query.sources.iter().map(String::as_str).collect(),
                texts(&row["sources"]),
            )
            && any(query.origins.iter().map(String::as_str).collect(), one(&row["origin"]))
            && (query.statuses.is_empty() || query.statuses.contains(&self.status(row)))
            && within(query.active, active(row))
            && within(query.created, row["createdAt"].as_i64().unwrap() / 1_000)
            && (query.archived == TimeSpan::default()
                || row["archived"]["archivedAt"]
                    .as_i64()
                    .is_some_and(|moment| within(query.archived, moment / 1_000)))
    }

    /// Asserts that a search finds exactly whom it should, the latest first.
    async fn assert_finds(&self, service: &Service, query: &SearchQuery) -> usize {
        let rows: Vec<&Value> = self
            .truth
            .opportunities
            .iter()
            .filter(|row| self.passes(query, row))
            .collect();
        let people: BTreeSet<&str> = rows.iter().map(|row| row["contact"].as_str().unwrap()).collect();
        let found = search(service, query.clone()).await;
        let shown = serde_json::to_string(query).unwrap();
        assert_eq!(
            found.count,
            SearchCount::Exactly {
                people: people.len() as u32
            },
            "{shown}"
        );
        assert_eq!(found.people.len(), people.len().min(query.limit as usize), "{shown}");
        let moments: Vec<i64> = found
            .people
            .iter()
            .map(|person| {
                let row = rows
                    .iter()
                    .find(|row| row["id"] == person.opportunity.as_str())
                    .unwrap_or_else(|| panic!("{} does not pass {shown}", person.opportunity));
                assert_eq!(row["contact"], person.person.contact.as_str(), "{shown}");
                active(row)
            })
            .collect();
        if query.order == SearchOrder::Activity {
            assert!(moments.is_sorted_by(|one, other| one >= other), "{shown}");
        }
        people.len()
    }
}

/// A number of a sequence that looks like chance and is the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A query about somebody who is there, with some of what is true of them.
fn query_about(row: &Value, judge: &Judge, draw: &mut Draw) -> SearchQuery {
    let mut query = SearchQuery {
        limit: 50,
        ..SearchQuery::default()
    };
    let id = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if draw.below(3) > 0 {
        let field = *draw.one(&["name", "headline", "location"]);
        let of_field = words(row[field].as_str().unwrap_or_default());
        if !of_field.is_empty() {
            let word = draw.one(&of_field).clone();
            let letters = 1 + draw.below(word.chars().count());
            query.text = word.chars().take(letters).collect();
        }
    }
    if draw.below(4) == 0 && !texts(&row["tags"]).is_empty() {
        let tags = texts(&row["tags"]);
        let tag = draw.one(&tags).clone();
        if draw.below(2) == 0 {
            query.tags = vec![tag];
        } else {
            query.text = format!("{} {}", query.text, words(&tag).first().cloned().unwrap_or_default());
        }
    }
    if draw.below(4) == 0 {
        query.stages = vec![id(&row["stage"]).as_str().into()];
    }
    if draw.below(5) == 0 {
        query.owners = vec![id(&row["owner"]).as_str().into()];
    }
    if draw.below(5) == 0 {
        query.statuses = vec![judge.status(row)];
    }
    if draw.below(6) == 0
        && let Some(reason) = row["archived"]["reason"].as_str()
    {
        query.archive_reasons = vec![reason.into()];
    }
    if draw.below(6) == 0 {
        query.sources = texts(&row["sources"]);
    }
    if draw.below(6) == 0 {
        query.origins = vec![id(&row["origin"])];
    }
    if draw.below(6) == 0
        && let Some(posting) = row["applications"][0]["posting"].as_str()
    {
        query.postings = vec![posting.into()];
    }
    if draw.below(6) == 0 {
        query.active.since = Some(Millis(active(row) * 1_000));
    }
    if draw.below(6) == 0 {
        query.created.until = row["createdAt"].as_i64().map(Millis);
    }
    if draw.below(8) == 0
        && let Some(at) = row["archived"]["archivedAt"].as_i64()
    {
        query.archived.since = Some(Millis(at));
    }
    if draw.below(4) == 0 {
        query.order = SearchOrder::Fit;
    }
    query
}

#[tokio::test]
async fn every_search_finds_whom_a_look_at_every_row_finds() {
    let lever = Lever::of(400).await;
    let machine = Machine::beside(&lever);
    let service = machine.connected(&lever).await;
    // Only what stands in the candidacies themselves can be judged from here.
    let settings = ReadingSettings {
        details: false,
        ..ReadingSettings::default()
    };
    service.dispatch(Command::SetReadingSettings { settings }).await;
    service.round().await.unwrap();
    let judge = Judge::of(&lever).await;
    let mut draw = Draw(20_260_101);
    let mut found = 0;
    for _ in 0..250 {
        let row = draw.one(&judge.truth.opportunities).clone();
        let query = query_about(&row, &judge, &mut draw);
        found += judge.assert_finds(&service, &query).await;
    }
    assert!(found > 1_000, "the queries hardly find anybody: {found}");
}

#[tokio::test]
async fn what_changes_in_lever_is_found_by_what_it_is_now() {
    let lever = Lever::of(60).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let ines = &lever.opportunities_of("Ines Kowalczyk").await[0];
    let id = ines["id"].as_str().unwrap().to_owned();
    let tagged = |tag: &str| SearchQuery {
        tags: vec![tag.to_owned()],
        limit: 10,
        ..SearchQuery::default()
    };
    assert_eq!(
        search(&service, tagged("Würzburg meetup")).await,
        SearchFound::default()
    );
    lever
        .write(
            "POST",
            &format!("/opportunities/{id}/addTags"),
            json!({ "tags": ["Würzburg meetup"] }),
        )
        .await;
    let offer = lever.stage("Offer").await;
    lever
        .write("PUT", &format!("/opportunities/{id}/stage"), json!({ "stage": offer }))
        .await;
    service.round().await.unwrap();
    let by_word = SearchQuery {
        text: "wurzb".to_owned(),
        stages: vec![offer.as_str().into()],
        limit: 10,
        ..SearchQuery::default()
    };
    for query in [tagged("Würzburg meetup"), by_word] {
        let found = search(&service, query).await;
        assert_eq!(found.people.len(), 1);
        assert_eq!(found.people[0].opportunity.as_str(), id);
        assert_eq!(found.people[0].person.name, "Ines Kowalczyk");
    }
    lever.delete_opportunity(&id).await;
    service.round().await.unwrap();
    assert_eq!(
        search(&service, tagged("Würzburg meetup")).await,
        SearchFound::default()
    );
    let judge = Judge::of(&lever).await;
    judge
        .assert_finds(
            &service,
            &SearchQuery {
                limit: 100,
                ..SearchQuery::default()
            },
        )
        .await;
}

#[tokio::test]
async fn odd_texts_are_texts_and_no_part_of_a_question_to_the_index() {
    let lever = Lever::of(20).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    for text in [
        "\"",
        "'",
        "*",
        "a* OR b*",
        "NEAR(a b)",
        "_t1",
        "-",
        "^ines",
        "words:ines",
        "(",
        "\0",
        "ines\u{0}kowalczyk",
        "🙂",
        "李",
        "%",
        "AND",
        "{ines}",
    ] {
        let query = SearchQuery {
            text: text.to_owned(),
            limit: 0,
            ..SearchQuery::default()
        };
        search(&service, query).await;
    }
    let everywhere = SearchQuery {
        text: "-- ines*".to_owned(),
        limit: 5,
        ..SearchQuery::default()
    };
    assert_eq!(
        search(&service, everywhere).await.people[0].person.name,
        "Ines Kowalczyk"
    );
}

#[tokio::test]
async fn the_best_fit_comes_first_when_it_is_asked_for() {
    let lever = Lever::of(300).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let found = search(
        &service,
        SearchQuery {
            text: "ines".to_owned(),
            order: SearchOrder::Fit,
            limit: 50,
            ..SearchQuery::default()
        },
    )
    .await;
    let is_ines = |name: &str| words(name).iter().any(|word| word == "ines");
    let named: Vec<bool> = found.people.iter().map(|found| is_ines(&found.person.name)).collect();
    assert!(named[0], "somebody whose name it is");
    assert!(
        named.is_sorted_by(|one, other| one >= other),
        "names before what only begins so"
    );
}
