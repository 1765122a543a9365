//! FEBRL, invented people of somebody else's making with somebody else's errors (matching.md §7, §8): files `4a` and `4b` are
//! linked, file `3` is searched for people it holds several times, both without their id number, through the engine itself.
//!
//! One file is a mirror of contacts, each row of the other a page. Names and places are weighed by the matcher's own
//! [`weigh`]; what the product has no field for (date of birth, street, postcode) is weighed here by the same rule, in bits:
//! `m` is learned by expectation maximisation from the files themselves, `u` is counted in them. Which rows belong together
//! is read for the score alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use fulcrum::matching::blocking;
use fulcrum::matching::evidence::{Surroundings, weigh};
use fulcrum::matching::facts::PersonFacts;
use fulcrum::matching::frequency::Frequencies;
use fulcrum::matching::texts::{TextsMet, TextsRead};
use fulcrum::matching::{Asking, Corrections};
use fulcrum::mirror::Mirror;
use fulcrum::mirror::employer_aliases::EmployerAliases;
use fulcrum::profile::Profile;
use fulcrum::text::ContactId;
use serde_json::json;
use strsim::damerau_levenshtein;

use crate::EvaluationError;
use crate::draw::Purpose;
use crate::mirror::build;
use crate::world::uuid;

/// Share of pages whose person is in the mirror, before anything is known: with it, everybody in the mirror is as probable as
/// one in their number, and "nobody" as probable as all of them.
const PRIOR: f64 = 0.5;
/// Rounds of expectation maximisation; the values stand still long before.
const ROUNDS: usize = 25;
/// Each row is held against so many others by chance to see how often strangers look alike.
const CHANCE_PAIRS_A_ROW: usize = 60;
/// More rows than this behind one key say nothing about any of them.
const MOST_FOR_A_KEY: usize = 100;
/// Share of rows whose two lines of address stand in each other's place, to begin with.
const FIRST_CROSSED: f64 = 0.02;
/// Two values of one person, to begin with: equal, nearly, roughly, not at all.
const FIRST_M: [f64; LEVELS] = [0.85, 0.07, 0.03, 0.05];
/// No sum of evidence is more: keeps the arithmetic finite.
const MOST_BITS: f64 = 200.0;

/// A row of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Whose row it is. For the score alone.
    person: String,
    given: String,
    family: String,
    suburb: String,
    state: String,
    own: [String; OWN],
}

/// What is weighed here and not by the engine. Suburb and state are the place, which the engine weighs, but for spelling: two
/// towns with names one letter apart are two towns to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    BirthDate,
    StreetNumber,
    FirstLine,
    SecondLine,
    Postcode,
    /// Only where it is misspelt.
    SuburbMisspelt,
}

const OWN: usize = 6;

impl Own {
    const ALL: [Own; OWN] = [
        Own::BirthDate,
        Own::StreetNumber,
        Own::FirstLine,
        Own::SecondLine,
        Own::Postcode,
        Own::SuburbMisspelt,
    ];

    const fn words(self) -> &'static str {
        match self {
            Self::BirthDate => "date of birth",
            Self::StreetNumber => "street number",
            Self::FirstLine => "address, first line",
            Self::SecondLine => "address, second line",
            Self::Postcode => "postcode",
            Self::SuburbMisspelt => "suburb",
        }
    }

    const fn is_text(self) -> bool {
        matches!(self, Self::FirstLine | Self::SecondLine | Self::SuburbMisspelt)
    }

    fn of(self, row: &Row) -> &str {
        row.own.get(self as usize).map_or("", String::as_str)
    }

    /// Whether the engine has weighed it already where it agrees like this.
    fn is_engines(self, level: Level) -> bool {
        self == Self::SuburbMisspelt && matches!(level, Level::Equal | Level::Different)
    }

    /// How two values agree; nothing where one is missing.
    fn level(self, one: &str, other: &str) -> Option<Level> {
        if one.is_empty() || other.is_empty() {
            return None;
        }
        if one == other {
            return Some(Level::Equal);
        }
        if self == Self::StreetNumber {
            // Of so few digits each is one edit from hundreds of others.
            return Some(if is_anagram(one, other) {
                Level::Near
            } else {
                Level::Different
            });
        }
        let (one, other) = (joined(one), joined(other));
        let longest = one.chars().count().max(other.chars().count());
        // Lengths alone tell most apart.
        if one.chars().count().abs_diff(other.chars().count()) > longest / 3 {
            return Some(Level::Different);
        }
        Some(match damerau_levenshtein(&one, &other) {
            0 | 1 => Level::Near,
            edits if self.is_text() && edits * 3 <= longest => Level::Rough,
            2 if self == Self::BirthDate => Level::Rough,
            _ if self == Self::BirthDate && day_and_month_exchanged(&one, &other) => Level::Near,
            _ => Level::Different,
        })
    }
}

fn joined(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn is_anagram(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

fn day_and_month_exchanged(one: &str, other: &str) -> bool {
    let parts = |date: &str| {
        Some((
            date.get(..4)?.to_owned(),
            date.get(4..6)?.to_owned(),
            date.get(6..)?.to_owned(),
        ))
    };
    match (parts(one), parts(other)) {
        (Some((year, month, day)), Some((other_year, other_month, other_day))) => {
            year == other_year && month == other_day && day == other_month
        }
        _ => false,
    }
}

/// How well two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Equal,
    /// One edit, two neighbouring letters exchanged, or a space that is missing or in the wrong place.
    Near,
    /// A few edits.
    Rough,
    Different,
}

const LEVELS: usize = 4;

type Levels = [Option<Level>; OWN];

fn levels(one: &Row, other: &Row) -> Levels {
    Own::ALL.map(|own| own.level(own.of(one), own.of(other)))
}

/// As [`levels`], of rows in one of which the two lines of the address stand in each other's place.
fn crossed_levels(one: &Row, other: &Row, straight: &Levels) -> Option<Levels> {
    let crossed = |own: Own| match own {
        Own::FirstLine => own.level(Own::FirstLine.of(one), Own::SecondLine.of(other)),
        Own::SecondLine => own.level(Own::SecondLine.of(one), Own::FirstLine.of(other)),
        _ => straight.get(own as usize).copied().flatten(),
    };
    let found = Own::ALL.map(crossed);
    let differs = |level: &Option<Level>| level.is_none_or(|level| level == Level::Different);
    let lines = [Own::FirstLine, Own::SecondLine].map(|own| found.get(own as usize).copied().flatten());
    (!lines.iter().all(differs)).then_some(found)
}

/// Reads a file of FEBRL: a header, then one row a line; no value holds a comma.
///
/// # Errors
/// When it cannot be read, or is something else.
pub fn read(path: &Path) -> Result<Vec<Row>, EvaluationError> {
    let wrong = |error: std::io::Error| EvaluationError::File {
        path: path.display().to_string(),
        error,
    };
    let text = std::fs::read_to_string(path).map_err(wrong)?;
    let mut lines = text.lines().map(|line| line.split(',').map(str::trim));
    let header: Vec<&str> = lines.next().into_iter().flatten().collect();
    let place = |name: &str| {
        header
            .iter()
            .position(|column| *column == name)
            .ok_or_else(|| wrong(std::io::Error::other(format!("no column {name}"))))
    };
    let (id, given, family) = (place("rec_id")?, place("given_name")?, place("surname")?);
    let (suburb, state) = (place("suburb")?, place("state")?);
    let own = [
        place("date_of_birth")?,
        place("street_number")?,
        place("address_1")?,
        place("address_2")?,
        place("postcode")?,
        suburb,
    ];
    let mut rows = Vec::new();
    for line in lines {
        let values: Vec<&str> = line.collect();
        if values.len() != header.len() {
            return Err(wrong(std::io::Error::other(format!(
                "row {} is not one",
                rows.len() + 1
            ))));
        }
        let value = |at: usize| values.get(at).copied().unwrap_or_default().to_owned();
        rows.push(Row {
            // `rec-1070-org` and `rec-1070-dup-0` are one person.
            person: value(id).split('-').nth(1).unwrap_or_default().to_owned(),
            given: value(given),
            family: value(family),
            suburb: value(suburb),
            state: value(state),
            own: own.map(value),
        });
    }
    Ok(rows)
}

impl Row {
    fn name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }

    fn location(&self) -> String {
        let parts = [self.suburb.as_str(), self.state.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    fn profile(&self) -> Profile {
        Profile {
            name: Some(self.name()).filter(|name| !name.is_empty()),
            location: Some(self.location()).filter(|location| !location.is_empty()),
            ..Profile::default()
        }
    }

    /// As `GET /opportunities` lists it.
    fn opportunity(&self, place: usize) -> Result<String, serde_json::Error> {
        serde_json::to_string(&json!({
            "id": uuid(0, Purpose::OpportunityId, place as u64),
            "contact": contact_id(place),
            "name": self.name(),
            "headline": "",
            "location": self.location(),
            "emails": [], "phones": [], "links": [], "tags": [], "sources": [],
            "createdAt": 1_700_000_000_000_u64,
            "updatedAt": 1_700_000_000_000_u64,
        }))
    }

    /// What it is looked up by beside the engine's own look-ups: exact values of which a row must share a pair, or a whole
    /// date of birth. Either name may stand in the place of the other, and so may the lines of the address.
    fn keys(&self) -> Vec<String> {
        let [date, number, first, second, postcode, _] = &self.own;
        let names = [joined(&self.given), joined(&self.family)];
        let lines = [joined(first), joined(second)];
        let suburb = joined(&self.suburb);
        let day = date.get(4..).unwrap_or_default().to_owned();
        let month = date.get(..6).unwrap_or_default().to_owned();
        let mut keys = Vec::new();
        let mut key = |kind: &str, parts: &[&str]| {
            if parts.iter().all(|part| !part.is_empty()) {
                keys.push(format!("{kind}:{}", parts.join(":")));
            }
        };
        key("born", &[date]);
        key("home", &[&suburb, postcode]);
        key("door", &[number, postcode]);
        for line in &lines {
            key("line", &[line]);
        }
        for name in &names {
            key("name-postcode", &[name, postcode]);
            key("name-suburb", &[name, &suburb]);
            key("name-door", &[name, number]);
            key("name-day", &[name, &day]);
            key("name-month", &[name, &month]);
        }
        for part in [&day, &month] {
            key("born-postcode", &[part, postcode]);
            key("born-suburb", &[part, &suburb]);
            key("born-door", &[part, number]);
        }
        key("door-suburb", &[number, &suburb]);
        keys
    }
}

fn contact_id(place: usize) -> String {
    uuid(0, Purpose::ContactId, place as u64)
}

/// A page and a contact that comes into question for it.
struct Pair {
    contact: usize,
    /// The engine's evidence, in bits.
    engine: f64,
    straight: Levels,
    crossed: Option<Levels>,
    /// How many of the mirror have the page's value: `u` where the values are equal.
    shares: [f64; OWN],
    crossed_shares: [f64; OWN],
}

/// What is learned.
struct Weights {
    /// How often two values of one person agree like this.
    m: [[f64; LEVELS]; OWN],
    /// How often two values of two people do.
    u: [[f64; LEVELS]; OWN],
    /// How often the lines of an address stand in each other's place.
    crossed: f64,
}

impl Weights {
    fn bits(&self, pair: &Pair) -> (f64, bool) {
        let sum = |levels: &Levels, shares: &[f64; OWN]| -> f64 {
            Own::ALL
                .iter()
                .filter_map(|field| {
                    let own = *field as usize;
                    let level = (*levels.get(own)?).filter(|level| !field.is_engines(*level))?;
                    let m = self.m.get(own)?.get(level as usize)?;
                    let u = match level {
                        Level::Equal => shares.get(own)?,
                        _ => self.u.get(own)?.get(level as usize)?,
                    };
                    Some((m / u).log2())
                })
                .sum()
        };
        let straight = (1.0 - self.crossed).log2() + sum(&pair.straight, &pair.shares);
        let crossed = pair
            .crossed
            .as_ref()
            .map(|levels| self.crossed.log2() + sum(levels, &pair.crossed_shares));
        let bits = crossed.map_or(straight, |crossed| straight.max(crossed));
        let whole = (bits + pair.engine).clamp(-MOST_BITS, MOST_BITS);
        (whole, bits > straight)
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Who of the mirror is on the page? One at most: the posterior is over all candidates and "nobody".
    Link,
    /// Which other rows are the same person? As many as there are: each pair is judged for itself.
    Deduplicate,
}

/// A pair with its probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linked {
    /// How probable.
    pub probability: f64,
    /// Whether it is so.
    pub is_right: bool,
}

/// What came of it.
pub struct Outcome {
    /// Each pair once.
    pub linked: Vec<Linked>,
    /// Pairs that are to be found.
    pub pairs: usize,
    /// Of them, those that came into question at all.
    pub reached: usize,
    /// Pairs that came into question.
    pub considered: usize,
    /// `m` as learned, a line a field.
    pub learned: Vec<(&'static str, [f64; LEVELS])>,
    /// Share of pairs with lines of the address in each other's place, as learned.
    pub crossed: f64,
    /// For each wrongly answered pair, a line that says why.
    pub faults: Vec<String>,
}

impl Outcome {
    /// Precision, recall and F1 of what is at least so probable.
    #[must_use]
    pub fn at(&self, threshold: f64) -> (f64, f64, f64) {
        let found = self.linked.iter().filter(|linked| linked.probability >= threshold);
        let (mut all, mut right) = (0_usize, 0_usize);
        for linked in found {
            all += 1;
            right += usize::from(linked.is_right);
        }
        let precision = if all == 0 { 1.0 } else { right as f64 / all as f64 };
        let recall = right as f64 / self.pairs.max(1) as f64;
        let f1 = 2.0 * right as f64 / (all + self.pairs).max(1) as f64;
        (precision, recall, f1)
    }
}

/// Puts `rows` into a mirror and asks about every row of `pages`.
///
/// # Errors
/// The mirror's.
pub fn run(rows: &[Row], pages: &[Row], task: Task) -> Result<Outcome, EvaluationError> {
    let mirror = build(rows.iter().enumerate().map(|(place, row)| row.opportunity(place)))?;
    let pairs = pairs(&mirror, rows, pages, task)?;
    let mut weights = Weights {
        m: [FIRST_M; OWN],
        u: chance(rows),
        crossed: FIRST_CROSSED,
    };
    // Pairs of one person that a row of the file has, on the average: what the prior says, until the file has been seen.
    let mut a_row = PRIOR / (1.0 - PRIOR);
    for _ in 0..ROUNDS {
        let expected = posteriors(&weights, &pairs, rows.len(), task, a_row);
        if task == Task::Deduplicate {
            a_row = expected.iter().flatten().sum::<f64>() / rows.len().max(1) as f64;
        }
        weights = learned(&weights, &pairs, &expected);
    }
    let expected = posteriors(&weights, &pairs, rows.len(), task, a_row);
    Ok(outcome(rows, pages, task, &pairs, &weights, &expected))
}

/// The contacts that come into question for each page, by the engine's blocking and by [`Row::keys`], weighed by the engine.
fn pairs(mirror: &Mirror, rows: &[Row], pages: &[Row], task: Task) -> Result<Vec<Vec<Pair>>, EvaluationError> {
    let met = TextsMet::default();
    let texts = TextsRead::of(&met, None);
    let mut contacts = Vec::with_capacity(rows.len());
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut index: HashMap<String, Vec<usize>> = HashMap::new();
    let mut counts: [HashMap<&str, f64>; OWN] = Default::default();
    let mut filled = [0.0_f64; OWN];
    for (place, row) in rows.iter().enumerate() {
        let id = contact_id(place);
        let record = mirror.contact(&ContactId(id.clone()))?;
        contacts.push(record.map(|record| PersonFacts::of_contact(record, &texts)));
        places.insert(id, place);
        for key in row.keys() {
            index.entry(key).or_default().push(place);
        }
        for ((own, counts), filled) in Own::ALL.iter().zip(&mut counts).zip(&mut filled) {
            if !own.of(row).is_empty() {
                *counts.entry(own.of(row)).or_default() += 1.0;
                *filled += 1.0;
            }
        }
    }
    let share = |own: Own, value: &str| {
        let count = counts.get(own as usize).and_then(|counts| counts.get(value));
        count.copied().unwrap_or(1.0).max(1.0) / filled.get(own as usize).copied().unwrap_or(1.0).max(1.0)
    };
    let frequencies = Frequencies::of(mirror);
    let asking = Asking::of(mirror)?;
    let shared = BTreeSet::new();
    let employers = EmployerAliases::default();
    let mut all = Vec::with_capacity(pages.len());
    for (at, page) in pages.iter().enumerate() {
        let facts = PersonFacts::of_page(&page.profile(), &texts, &|_| false);
        let block = blocking::candidates(&facts, &asking, &Corrections::default())?;
        let by_engine = block.contacts.iter().filter_map(|contact| {
            let id = contact.contact.as_ref()?;
            places.get(id.as_str()).copied()
        });
        let keys = page.keys();
        let by_keys = keys
            .iter()
            .filter_map(|key| index.get(key))
            .filter(|found| found.len() <= MOST_FOR_A_KEY)
            .flatten()
            .copied();
        let candidates: BTreeSet<usize> = by_engine
            .chain(by_keys)
            // Of one file, each pair once.
            .filter(|place| task == Task::Link || *place > at)
            .collect();
        let around = Surroundings {
            frequencies: &frequencies,
            population: mirror.counts().contacts,
            namesakes: block.namesakes.count,
            shared: &shared,
            employers: &employers,
        };
        let mut pairs = Vec::with_capacity(candidates.len());
        for place in candidates {
            let (Some(row), Some(Some(contact))) = (rows.get(place), contacts.get(place)) else {
                continue;
            };
            let straight = levels(page, row);
            pairs.push(Pair {
                contact: place,
                engine: weigh(&facts, contact, &around)?.bits,
                straight,
                crossed: crossed_levels(page, row, &straight),
                shares: Own::ALL.map(|own| share(own, own.of(page))),
                crossed_shares: Own::ALL.map(|own| match own {
                    // The page's first line stands among second lines.
                    Own::FirstLine => share(Own::SecondLine, own.of(page)),
                    Own::SecondLine => share(Own::FirstLine, own.of(page)),
                    _ => share(own, own.of(page)),
                }),
            });
        }
        all.push(pairs);
    }
    Ok(all)
}

/// How often values of two rows taken by chance agree. Hardly any two are of one person.
fn chance(rows: &[Row]) -> [[f64; LEVELS]; OWN] {
    let mut counts = [[0.5_f64; LEVELS]; OWN];
    for (place, row) in rows.iter().enumerate() {
        for step in 1..=CHANCE_PAIRS_A_ROW {
            // Steps far apart, so that the order of the file does not matter.
            let Some(other) = rows.get((place + step * 7919) % rows.len()) else {
                continue;
            };
            for (counts, level) in counts.iter_mut().zip(levels(row, other)) {
                if let Some(count) = level.and_then(|level| counts.get_mut(level as usize)) {
                    *count += 1.0;
                }
            }
        }
    }
    counts.map(shares)
}

fn shares(counts: [f64; LEVELS]) -> [f64; LEVELS] {
    let whole: f64 = counts.iter().sum();
    counts.map(|count| count / whole)
}

/// The engine's posterior (`matching::decide`, matching.md §6) of each pair.
fn posteriors(weights: &Weights, pairs: &[Vec<Pair>], population: usize, task: Task, a_row: f64) -> Vec<Vec<f64>> {
    let population = population.max(1) as f64;
    pairs
        .iter()
        .map(|pairs| {
            let odds: Vec<f64> = pairs.iter().map(|pair| weights.bits(pair).0.exp2()).collect();
            match task {
                Task::Link => {
                    let nobody = population * (1.0 - PRIOR) / PRIOR;
                    let whole: f64 = odds.iter().sum::<f64>() + nobody;
                    odds.iter().map(|odds| odds / whole).collect()
                }
                Task::Deduplicate => {
                    // So many pairs of one person among all pairs.
                    let other = population / 2.0 / a_row.max(1e-6);
                    odds.iter().map(|odds| odds / (odds + other)).collect()
                }
            }
        })
        .collect()
}

/// One round: what the pairs say about `m` when each counts as much as it is probable.
fn learned(weights: &Weights, pairs: &[Vec<Pair>], expected: &[Vec<f64>]) -> Weights {
    let mut counts = [[0.5_f64; LEVELS]; OWN];
    let (mut crossed, mut all) = (0.5_f64, 1.0_f64);
    for (pair, probability) in pairs.iter().flatten().zip(expected.iter().flatten()) {
        let (_, is_crossed) = weights.bits(pair);
        all += probability;
        let mut found = &pair.straight;
        if let (true, Some(levels)) = (is_crossed, &pair.crossed) {
            crossed += probability;
            found = levels;
        }
        for (counts, level) in counts.iter_mut().zip(found) {
            if let Some(count) = level.and_then(|level| counts.get_mut(level as usize)) {
                *count += probability;
            }
        }
    }
    Weights {
        m: counts.map(shares),
        u: weights.u,
        crossed: crossed / all,
    }
}

fn outcome(
    rows: &[Row],
    pages: &[Row],
    task: Task,
    pairs: &[Vec<Pair>],
    weights: &Weights,
    expected: &[Vec<f64>],
) -> Outcome {
    let mut of_person: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        *of_person.entry(row.person.as_str()).or_default() += 1;
    }
    let count = |person: &str| of_person.get(person).copied().unwrap_or_default();
    let to_find = match task {
        Task::Link => pages.iter().map(|page| count(&page.person)).sum(),
        Task::Deduplicate => of_person.values().map(|count| count * (count - 1) / 2).sum(),
    };
    let mut found = Outcome {
        linked: Vec::new(),
        pairs: to_find,
        reached: 0,
        considered: 0,
        learned: Own::ALL.iter().map(|own| own.words()).zip(weights.m).collect(),
        crossed: weights.crossed,
        faults: Vec::new(),
    };
    for ((page, pairs), expected) in pages.iter().zip(pairs).zip(expected) {
        let is_right = |pair: &Pair| rows.get(pair.contact).is_some_and(|row| row.person == page.person);
        found.considered += pairs.len();
        found.reached += pairs.iter().filter(|pair| is_right(pair)).count();
        let best = expected.iter().copied().fold(0.0_f64, f64::max);
        for (pair, probability) in pairs.iter().zip(expected) {
            let is_right = is_right(pair);
            if is_right != (*probability >= 0.5) {
                found.faults.push(format!(
                    "{} p {probability:.4} engine {:.1} all {:.1} | {page:?} | {:?}",
                    if is_right { "missed" } else { "wrong" },
                    pair.engine,
                    weights.bits(pair).0,
                    rows.get(pair.contact),
                ));
            }
            if task == Task::Deduplicate || *probability == best {
                found.linked.push(Linked {
                    probability: *probability,
                    is_right,
                });
            }
        }
    }
    found
}
