//! Where somebody lives, to a metropolitan area and a country: profiles say `Greater Munich Area`, records `München, DE`.
//! It must not guess: where a text can mean two places, the place stays open, and no two cities of one name become one
//! when a state or a country tells them apart.
//!
//! Rules: matching.md §5.3. The table `data/places.txt` is our own short list of large cities, their other names and
//! their suburbs; the facts (what lies where) can be checked in GeoNames. A city outside it is its own key.

use std::fmt::Write as _;
use std::sync::OnceLock;

use super::phone::Region;
use super::tables::{self, Table, WordList};
use super::text::{fold, is_invisible};

/// Folded names, separated by commas. `=CC` begins a country, `-RR` a state or province in it (`-` alone: none of those
/// listed); either is followed by its names. Any other line is a city, then its other names and suburbs; with `+`, the
/// suburbs of a city that is listed elsewhere. Where a name has several meanings the first city named so is the usual one.
fn places() -> &'static str {
    tables::text(Table::Places)
}

/// Countries in whose addresses states stand as their codes (`Austin, TX`).
const STATES_AS_CODES: [&str; 5] = ["US", "CA", "AU", "BR", "IN"];

/// A place as far as a text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The folded city or suburb as written; empty where none is named.
    city: String,
    /// The metropolitan area, or the city; empty where none is named.
    key: String,
    /// The city is in the table, so that `key` is a metropolitan area that no other city shares.
    is_known: bool,
    /// A state or country is named beside the city; otherwise they are only the usual ones for its name.
    is_stated: bool,
    country: &'static str,
    region: &'static str,
}

/// How near two places are, from the best to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceAgreement {
    /// One metropolitan area, or one city.
    SameMetro,
    /// One state or province.
    SameRegion,
    /// One country.
    SameCountry,
    /// Two countries.
    Different,
    /// The texts do not say enough.
    Unknown,
}

impl Place {
    /// Reads a location as people and sites write it: `City, State, Country`, `City, ST`, `Greater X Area`, a city alone.
    /// Nothing for texts that name no place or one without borders (`Remote`, `Worldwide`, `EMEA`).
    #[must_use]
    pub fn parse(raw: &str) -> Option<Place> {
        let parts = parts_of(raw);
        let area = area_of(&parts);
        // The parts that name the state or country; not `Victoria` in `Victoria, BC, Canada`.
        let is_area = |part: &Part| area.is_some_and(|area| part.fits(&area));
        let areas_beside = |at: usize| {
            parts
                .iter()
                .enumerate()
                .filter(move |(place, part)| *place != at && is_area(part))
                .map(|(_, part)| part)
        };
        let fitting = |at: usize, part: &Part| {
            let fits = |meaning: &&'static Meaning| areas_beside(at).all(|area| area.fits(meaning));
            part.cities.iter().copied().find(fits)
        };
        // `Germany, Berlin` is read as well as `Berlin, Germany`.
        let city = parts
            .iter()
            .enumerate()
            .find(|(at, part)| fitting(*at, part).is_some() || !is_area(part));
        let Some((at, city)) = city else {
            return Place::of_area(area.filter(|area| !is_doubtful(&parts, area))?);
        };
        let areas = || areas_beside(at);
        let is_stated = areas().next().is_some();

        let meaning = if is_stated {
            fitting(at, city)
        } else {
            usual(&city.cities)
        };
        if let Some(meaning) = meaning {
            // `Washington, United States` is a state for one writer and a city for the other.
            let is_region_as_well = |area: &&Meaning| {
                area.country == meaning.country && !area.region.is_empty() && area.region != meaning.region
            };
            if city.text.len() > 3 && city.areas.iter().any(is_region_as_well) && !areas().any(Part::names_region) {
                return Place::of_area(Meaning { region: "", ..*meaning });
            }
            return Some(Place::of_city(city.text.clone(), meaning, is_stated));
        }
        if city.cities.is_empty() {
            // A district or a street in front of the city: `Astoria, New York, NY`.
            let larger = parts.iter().enumerate().skip(at + 1).find_map(|(place, part)| {
                let may_be_city = !is_area(part) || areas_beside(place).any(Part::names_region);
                let meaning = fitting(place, part).filter(|_| may_be_city)?;
                Some((meaning, areas_beside(place).next().is_some()))
            });
            if let Some((meaning, is_stated)) = larger {
                return Some(Place::of_city(city.text.clone(), meaning, is_stated));
            }
        }
        let mut key = city.text.clone();
        if let (true, Some(area)) = (city.is_known(), &area) {
            // Another place of a known one's name: `paris, texas`.
            let _ = write!(key, ", {}", area.area);
        }
        Some(Place {
            city: city.text.clone(),
            key,
            is_known: false,
            is_stated,
            country: area.map_or_else(
                || only(city.cities.iter().map(|city| city.country)),
                |area| area.country,
            ),
            region: area.map_or("", |area| area.region),
        })
    }

    fn of_area(area: Meaning) -> Option<Place> {
        (!area.country.is_empty()).then(|| Place {
            city: String::new(),
            key: String::new(),
            is_known: false,
            is_stated: true,
            country: area.country,
            region: area.region,
        })
    }

    fn of_city(city: String, meaning: &Meaning, is_stated: bool) -> Place {
        Place {
            city,
            key: meaning.metro.to_owned(),
            is_known: true,
            is_stated,
            country: meaning.country,
            region: meaning.region,
        }
    }

    /// The metropolitan area, or the folded city where none is known; reading it again gives itself. Nothing where only a
    /// state or country is named.
    #[must_use]
    pub fn metro_key(&self) -> Option<&str> {
        Some(self.key.as_str()).filter(|key| !key.is_empty())
    }

    /// The country, also where it is only the usual one for a city of that name.
    #[must_use]
    pub fn country(&self) -> Option<Region> {
        Region::parse(self.country)
    }

    /// The code of the state or province, unique within its country; a few countries only (ISO 3166-2 for the United
    /// States, Canada, Australia, India, Brazil and Germany).
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        Some(self.region).filter(|region| !region.is_empty())
    }

    /// How near the two are. A city that one side names without its country agrees with nothing and differs from nothing
    /// when the other side has another city of that name.
    #[must_use]
    pub fn compare(&self, other: &Place) -> PlaceAgreement {
        let same = |one: &str, other: &str| !one.is_empty() && one == other;
        let differ = |one: &str, other: &str| !one.is_empty() && !other.is_empty() && one != other;
        let are_apart =
            differ(self.country, other.country) || (self.country == other.country && differ(self.region, other.region));
        if same(&self.key, &other.key) && ((self.is_known && other.is_known) || !are_apart) {
            return PlaceAgreement::SameMetro;
        }
        if same(&self.city, &other.city) && !(self.is_stated && other.is_stated) {
            return PlaceAgreement::Unknown;
        }
        if self.country.is_empty() || other.country.is_empty() {
            PlaceAgreement::Unknown
        } else if self.country != other.country {
            PlaceAgreement::Different
        } else if same(self.region, other.region) {
            PlaceAgreement::SameRegion
        } else {
            PlaceAgreement::SameCountry
        }
    }
}

/// One thing that a name can mean.
#[derive(Clone, Copy)]
struct Meaning {
    country: &'static str,
    /// Empty: none, or not known.
    region: &'static str,
    /// First name of the region, or else of the country.
    area: &'static str,
    /// Empty: this is a region or country.
    metro: &'static str,
}

/// Every name with its meanings, in the order of the table.
fn meanings() -> &'static [(&'static str, Meaning)] {
    static MEANINGS: OnceLock<Vec<(&str, Meaning)>> = OnceLock::new();
    MEANINGS.get_or_init(|| {
        let mut all = Vec::new();
        let mut country = ("", "");
        let mut here = Meaning {
            country: "",
            region: "",
            area: "",
            metro: "",
        };
        for line in places().lines() {
            let (head, names) = if let Some(line) = line.strip_prefix(['=', '-']) {
                line.split_once(' ').unwrap_or((line, ""))
            } else {
                ("", line.strip_prefix('+').unwrap_or(line))
            };
            let first = names.split(',').next().unwrap_or_default();
            if line.starts_with('=') {
                country = (head, first);
                (here.country, here.region, here.area) = (head, "", first);
            } else if line.starts_with('-') {
                here.region = head;
                here.area = if first.is_empty() { country.1 } else { first };
            }
            here.metro = if head.is_empty() && !line.starts_with('-') {
                first
            } else {
                ""
            };
            let own = usize::from(line.starts_with('+'));
            all.extend(
                names
                    .split(',')
                    .skip(own)
                    .filter(|name| !name.is_empty())
                    .map(|name| (name, here)),
            );
        }
        // By the sort being stable, the meanings of one name stay in order.
        all.sort_by_key(|(name, _)| *name);
        all
    })
}

fn meanings_of(name: &str) -> impl Iterator<Item = &'static Meaning> {
    let all = meanings();
    let start = all.partition_point(|entry| entry.0 < name);
    all.iter()
        .skip(start)
        .take_while(move |entry| entry.0 == name)
        .map(|entry| &entry.1)
}

/// Is this the name of a state or country?
pub(super) fn is_area(name: &str) -> bool {
    meanings_of(name).any(|meaning| meaning.metro.is_empty())
}

/// Is this the name of anything on the map?
pub(super) fn is_on_the_map(name: &str) -> bool {
    meanings_of(name).next().is_some()
}

/// States and countries by their codes, which are no names of the table; states first.
fn areas_by_code(code: &str) -> impl Iterator<Item = &'static Meaning> {
    static AREAS: OnceLock<Vec<&Meaning>> = OnceLock::new();
    let areas = AREAS.get_or_init(|| {
        let states = |country: &str| STATES_AS_CODES.iter().position(|other| *other == country);
        let has_code = |area: &&Meaning| area.region.is_empty() || states(area.country).is_some();
        let all = meanings().iter().map(|entry| &entry.1);
        let mut areas: Vec<_> = all.filter(|area| area.metro.is_empty()).filter(has_code).collect();
        areas.sort_by_key(|area| (area.region.is_empty(), states(area.country), area.country, area.region));
        areas.dedup_by_key(|area| (area.country, area.region));
        areas
    });
    // No code is longer.
    let areas = if code.len() > 3 { &[] } else { areas.as_slice() };
    areas.iter().copied().filter(move |area| {
        let own = if area.region.is_empty() {
            area.country
        } else {
            area.region
        };
        own.eq_ignore_ascii_case(code)
    })
}

/// One part of a location between its commas.
struct Part {
    text: String,
    cities: Vec<&'static Meaning>,
    areas: Vec<&'static Meaning>,
}

impl Part {
    fn read(text: String) -> Part {
        let (cities, mut areas): (Vec<_>, Vec<_>) = meanings_of(&text).partition(|meaning| !meaning.metro.is_empty());
        areas.extend(areas_by_code(&text));
        Part { text, cities, areas }
    }

    fn is_known(&self) -> bool {
        !self.cities.is_empty() || !self.areas.is_empty()
    }

    /// Is this a state or country that can be where that is?
    fn fits(&self, meaning: &Meaning) -> bool {
        self.areas.iter().any(|area| {
            area.country == meaning.country
                && (area.region.is_empty() || meaning.region.is_empty() || area.region == meaning.region)
        })
    }

    fn names_region(&self) -> bool {
        self.areas.iter().any(|area| !area.region.is_empty())
    }
}

/// The city usually meant by a bare name: the first that is listed under it, or else the only one.
fn usual(cities: &[&'static Meaning]) -> Option<&'static Meaning> {
    let metro = only(cities.iter().map(|city| city.metro));
    let name = cities.first()?;
    cities
        .iter()
        .copied()
        .find(|city| meanings_of(city.metro).any(|meaning| std::ptr::eq(meaning, *city)))
        .or((!metro.is_empty()).then_some(*name))
}

/// What all say, or the empty text.
fn only(mut all: impl Iterator<Item = &'static str>) -> &'static str {
    let first = all.next().unwrap_or_default();
    if all.all(|other| other == first) { first } else { "" }
}

/// The state or country that agrees with most parts. Between a state and a country of one name or code the city decides
/// (`Toronto, CA`), and it is the state beside a city that is not in the table.
fn area_of(parts: &[Part]) -> Option<Meaning> {
    let agreeing = |area: &Meaning| parts.iter().filter(|part| part.fits(area)).count();
    let mut best: Option<(usize, &Meaning)> = None;
    // The larger area stands last, and of one code the states come first.
    for area in parts.iter().rev().flat_map(|part| part.areas.iter().copied()) {
        let rank = agreeing(area);
        if best.is_none_or(|(best, _)| rank > best) {
            best = Some((rank, area));
        }
    }
    let (_, best) = best?;
    let mut all = parts.iter().flat_map(|part| part.areas.iter().copied());
    let region =
        all.find(|area| area.country == best.country && !area.region.is_empty() && agreeing(area) == agreeing(best));
    Some(*region.filter(|_| best.region.is_empty()).unwrap_or(best))
}

/// Can all parts mean another country as well (`Georgia`, `CA`)?
fn is_doubtful(parts: &[Part], area: &Meaning) -> bool {
    let mut others = parts.iter().flat_map(|part| &part.areas);
    others.any(|other| other.country != area.country && parts.iter().all(|part| part.fits(other)))
}

fn parts_of(raw: &str) -> Vec<Part> {
    let text: String = raw.chars().filter(|&character| !is_invisible(character)).collect();
    let text = [" - ", " – ", " — ", " or "]
        .iter()
        .fold(text, |text, dash| text.replace(dash, ","));
    let mut parts = Vec::new();
    for piece in text.split([
        ',', ';', '/', '|', '·', '•', '(', ')', '[', ']', '\n', '，', '、', '：', ':', '（', '）', '>', '→',
    ]) {
        // Some systems write `US-CA-San Francisco`.
        let is_coded = piece
            .trim()
            .split_once('-')
            .is_some_and(|(code, _)| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()));
        if is_coded {
            piece.split('-').for_each(|piece| read_piece(piece, &mut parts));
        } else {
            read_piece(piece, &mut parts);
        }
    }
    parts
}

/// A folded word, and whether it was written like a code.
struct Word {
    folded: String,
    is_code: bool,
}

/// Words that say where somebody works and not where he lives.
static NOWHERE_WORDS: WordList = WordList::named("nowhere_words");

/// Whole parts that name no place, or one of many countries.
const NOWHERE: [&str; 31] = [
    "a",
    "n",
    "na",
    "none",
    "null",
    "nowhere",
    "any",
    "other",
    "all",
    "home",
    "home office",
    "work from home",
    "locations",
    "location",
    "earth",
    "world",
    "planet earth",
    "international",
    "europe",
    "european union",
    "eu",
    "european economic area",
    "emea",
    "apac",
    "latam",
    "asia",
    "africa",
    "north america",
    "south america",
    "latin america",
    "middle east",
];

/// What stands in front of a city when its surroundings are meant, or its administration.
const IN_FRONT: &[&str] = &[
    "greater",
    "the greater",
    "metro",
    "metropolitan area of",
    "metropolregion",
    "grossraum",
    "raum",
    "landkreis",
    "region de",
    "region",
    "regione",
    "area metropolitana de",
    "area metropolitana di",
    "area",
    "zona metropolitana de",
    "regiao metropolitana de",
    "regiao de",
    "agglomeration de",
    "grande",
    "grand",
    "gran",
    "stor",
    "groot",
    "county",
    "city of",
    "stadt",
    "kanton",
    "canton",
    "canton of",
    "state of",
    "province of",
    "provincia de",
    "provincia di",
    "provincie",
    "municipality of",
    "downtown",
    "near",
    "in",
    "from",
    "the",
];

/// What stands behind it.
const BEHIND: &[&str] = &[
    "area",
    "metropolitan",
    "metro",
    "metroplex",
    "region",
    "und umgebung",
    "and surroundings",
    "and surrounding areas",
    "y alrededores",
    "e dintorni",
    "e regiao",
    "en omgeving",
    "et ses environs",
    "et environs",
    "et peripherie",
    "i okolice",
    "och omnejd",
    "og omegn",
    "county",
    "province",
    "district",
    "prefecture",
    "oblast",
    "voivodeship",
    "municipality",
    "proper",
    "north",
    "south",
    "east",
    "west",
];

/// After these a country or state is a part of the name: `Port of Spain`.
static JOINING: WordList = WordList::named("joining_place_words");

fn read_piece(piece: &str, parts: &mut Vec<Part>) {
    let mut words: Vec<Word> = Vec::new();
    for token in piece.split_whitespace() {
        let is_code = (2..=3).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_uppercase());
        for folded in fold(token).split(' ') {
            // What has digits is a postcode or a house number.
            let is_place = !folded.is_empty() && !folded.contains(char::is_numeric) && !NOWHERE_WORDS.contains(folded);
            if is_place {
                words.push(Word {
                    folded: folded.to_owned(),
                    is_code,
                });
            }
        }
    }
    read_words(words, piece.contains('-'), parts);
}

fn read_words(mut words: Vec<Word>, mut names_surroundings: bool, parts: &mut Vec<Part>) {
    let mut behind: Vec<Part> = Vec::new();
    let part = loop {
        let part = Part::read(joined(&words));
        if words.is_empty() || part.is_known() || NOWHERE.contains(&part.text.as_str()) {
            break part;
        }
        if strip_surroundings(&mut words) {
            names_surroundings = true;
        } else if let Some(area) = take_area(&mut words) {
            behind.insert(0, area);
        } else if let Some(second) = take_alternative(&mut words) {
            read_words(words, names_surroundings, parts);
            read_words(second, names_surroundings, parts);
            parts.append(&mut behind);
            return;
        } else {
            // `Miami-Fort Lauderdale Area`: the city that stands first.
            let known = (1..words.len())
                .rev()
                .map(|count| Part::read(joined(words.get(..count).unwrap_or_default())))
                .find(|part| !part.cities.is_empty());
            break known.filter(|_| names_surroundings).unwrap_or(part);
        }
    };
    if !part.text.is_empty() && !NOWHERE.contains(&part.text.as_str()) {
        parts.push(part);
    }
    parts.append(&mut behind);
}

fn joined(words: &[Word]) -> String {
    words
        .iter()
        .map(|word| word.folded.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Takes `Greater`, `Area` and their like away as long as a name is left.
fn strip_surroundings(words: &mut Vec<Word>) -> bool {
    let text = joined(words);
    let count = |phrase: &str| phrase.split(' ').count();
    if let Some(phrase) = BEHIND
        .iter()
        .find(|phrase| text.strip_suffix(**phrase).is_some_and(|rest| rest.ends_with(' ')))
    {
        words.truncate(words.len().saturating_sub(count(phrase)));
        return true;
    }
    let in_front = IN_FRONT
        .iter()
        .find(|phrase| text.strip_prefix(**phrase).is_some_and(|rest| rest.starts_with(' ')));
    if let Some(phrase) = in_front {
        words.drain(..count(phrase).min(words.len()));
    }
    in_front.is_some()
}

/// Takes the state or country from the end of `Melbourne VIC` or `London England`.
fn take_area(words: &mut Vec<Word>) -> Option<Part> {
    for count in (1..words.len().min(4)).rev() {
        let head = words.len() - count;
        let tail = words.get(head..)?;
        let is_code = tail.iter().all(|word| word.is_code);
        let part = Part::read(joined(tail));
        let is_joined = words
            .get(..head)?
            .last()
            .is_some_and(|word| JOINING.contains(&word.folded));
        if !part.areas.is_empty() && (is_code || part.text.len() > 3) && !is_joined {
            words.truncate(head);
            return Some(part);
        }
    }
    None
}

/// Takes what stands behind an `or` in capitals or in other letters. Only when no state was found in the text before: it is
/// Oregon in `Portland OR USA`.
fn take_alternative(words: &mut Vec<Word>) -> Option<Vec<Word>> {
    let at = words.iter().position(|word| word.folded == "or")?;
    let second = words.split_off(at + 1);
    words.truncate(at);
    Some(second)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::PlaceAgreement::{Different, SameCountry, SameMetro, SameRegion, Unknown};
    use super::*;
    use proptest::prelude::*;

    fn compare(one: &str, other: &str) -> PlaceAgreement {
        Place::parse(one).unwrap().compare(&Place::parse(other).unwrap())
    }

    #[test]
    fn no_place() {
        for raw in [
            "",
            " , ",
            "Remote",
            "Anywhere",
            "Worldwide",
            "Hybrid",
            "Remote (Worldwide)",
            "100% remote",
            "N/A",
            "Work from home",
            "EMEA",
            "Europe",
            "-",
            "12345",
            "Georgia",
            "CA",
        ] {
            assert_eq!(Place::parse(raw), None, "{raw}");
        }
    }

    #[test]
    fn cities_of_one_name_are_never_one() {
        for (one, other, expected) in [
            ("Paris, Texas", "Paris, France", Different),
            ("London, Ontario", "London", Unknown),
            ("London, ON", "London, UK", Different),
            ("London, Ontario, Canada", "London, England, United Kingdom", Different),
            ("Cambridge, MA", "Cambridge, UK", Different),
            ("Cambridge, MA", "Cambridge", Unknown),
            ("Portland, OR", "Portland, ME", SameCountry),
            (
                "Portland, Maine, United States",
                "Portland, Oregon, United States",
                SameCountry,
            ),
            ("Birmingham, AL", "Birmingham, England", Different),
            ("Birmingham, Alabama", "Birmingham", Unknown),
            ("Vancouver, WA", "Vancouver, BC", Different),
            ("Springfield, IL", "Springfield, MA", SameCountry),
            ("Oakland, Canada", "Oakland, CA", Different),
            ("Melbourne, FL", "Melbourne, VIC", Different),
            ("Frankfurt (Oder)", "Frankfurt, Kentucky", Unknown),
            ("Perth, Scotland", "Perth, WA", Different),
            ("Arlington, TX", "Arlington, VA", SameCountry),
            ("Richmond NSW 2753", "Richmond, VA", Different),
            ("Naples, FL", "Napoli", Different),
        ] {
            assert_eq!(compare(one, other), expected, "{one} / {other}");
        }
    }

    #[test]
    fn one_place_is_written_in_many_ways() {
        for (raw, key, country, region) in [
            ("San Francisco Bay Area", "san francisco", "US", "CA"),
            ("SF", "san francisco", "US", "CA"),
            ("Palo Alto, California, United States", "san francisco", "US", "CA"),
            ("US-CA-San Francisco", "san francisco", "US", "CA"),
            ("United States - San Francisco", "san francisco", "US", "CA"),
            ("New York City Metropolitan Area", "new york", "US", "NY"),
            ("Greater New York City Area", "new york", "US", "NY"),
            ("NYC", "new york", "US", "NY"),
            ("Brooklyn, NY", "new york", "US", "NY"),
            ("New York, New York, United States", "new york", "US", "NY"),
            ("Ridgewood, Queens, NY", "new york", "US", "NY"),
            ("BERLIN OR MUNICH", "berlin", "DE", "BE"),
            ("Portland OR USA", "portland", "US", "OR"),
            ("Jersey City, NJ", "new york", "US", "NJ"),
            ("Washington DC-Baltimore Area", "washington dc", "US", "DC"),
            ("Washington, D.C.", "washington dc", "US", "DC"),
            ("Arlington, Virginia", "washington dc", "US", "VA"),
            ("LA", "los angeles", "US", "CA"),
            ("Dallas-Fort Worth Metroplex", "dallas", "US", "TX"),
            ("Miami-Fort Lauderdale Area", "miami", "US", "FL"),
            ("Greater Tampa Bay Area", "tampa", "US", "FL"),
            ("Greater Minneapolis-St. Paul Area", "minneapolis", "US", "MN"),
            ("Austin TX 78701", "austin", "US", "TX"),
            ("Toronto, CA", "toronto", "CA", "ON"),
            ("Greater Toronto Area, Canada", "toronto", "CA", "ON"),
            ("Greater London", "london", "GB", "ENG"),
            ("London, U.K.", "london", "GB", "ENG"),
            ("London Area, United Kingdom", "london", "GB", "ENG"),
            ("Berlin und Umgebung", "berlin", "DE", "BE"),
            ("Potsdam, Brandenburg, Deutschland", "berlin", "DE", "BB"),
            ("Berlin-Kreuzberg", "berlin", "DE", "BE"),
            ("10115 Berlin, Germany", "berlin", "DE", "BE"),
            ("Metropolregion München", "munich", "DE", "BY"),
            ("Greater Munich Metropolitan Area", "munich", "DE", "BY"),
            ("Muenchen, DE", "munich", "DE", "BY"),
            ("Köln, NRW", "cologne", "DE", "NW"),
            ("Warszawa i okolice", "warsaw", "PL", ""),
            ("Warsaw, Mazowieckie, Poland", "warsaw", "PL", ""),
            ("Région de Paris, France", "paris", "FR", "IDF"),
            ("Greater Paris Metropolitan Region", "paris", "FR", "IDF"),
            ("Madrid y alrededores", "madrid", "ES", "MD"),
            ("Área metropolitana de Lisboa", "lisbon", "PT", ""),
            ("Grande São Paulo", "sao paulo", "BR", "SP"),
            ("São Paulo, SP, Brasil", "sao paulo", "BR", "SP"),
            ("Milano e dintorni", "milan", "IT", "LOM"),
            ("Roma", "rome", "IT", "LAZ"),
            ("Amsterdam en omgeving", "amsterdam", "NL", ""),
            ("Stor-Oslo", "oslo", "NO", ""),
            ("Wien", "vienna", "AT", ""),
            ("Praha", "prague", "CZ", ""),
            ("北京", "beijing", "CN", ""),
            ("Москва", "moscow", "RU", ""),
            ("東京", "tokyo", "JP", ""),
            ("서울", "seoul", "KR", ""),
            ("Bengaluru, Karnataka, India", "bangalore", "IN", "KA"),
            ("Bangalore Urban, India", "bangalore", "IN", "KA"),
            ("Gurugram", "delhi", "IN", "HR"),
            ("Bengaluru East, Karnataka", "bangalore", "IN", "KA"),
            ("Seattle or Remote", "seattle", "US", "WA"),
            ("Stadt Zürich", "zurich", "CH", ""),
            ("Kyiv", "kyiv", "UA", ""),
            ("Київ, Україна", "kyiv", "UA", ""),
            ("Singapore", "singapore", "SG", ""),
            ("Hong Kong SAR", "hong kong", "HK", ""),
            ("Melbourne VIC 3000", "melbourne", "AU", "VIC"),
            ("Perth, WA", "perth", "AU", "WA"),
            ("Victoria, BC, Canada", "victoria, british columbia", "CA", "BC"),
            ("Seattle, WA", "seattle", "US", "WA"),
            ("Berlin (Hybrid)", "berlin", "DE", "BE"),
            ("Remote in Austin, TX", "austin", "US", "TX"),
            // Cities that the table does not have.
            ("Wagga Wagga NSW 2650", "wagga wagga", "AU", "NSW"),
            ("Kleinstadt, Bayern, DE", "kleinstadt", "DE", "BY"),
            ("Exampleville, CA", "exampleville", "US", "CA"),
            ("Paris, Texas", "paris, texas", "US", "TX"),
            ("Port of Spain", "port of spain", "TT", ""),
        ] {
            let place = Place::parse(raw).unwrap_or_else(|| panic!("{raw}"));
            let country = Region::parse(country).unwrap();
            assert_eq!(
                (place.metro_key(), place.country(), place.region.to_owned()),
                (Some(key), Some(country), region.to_owned()),
                "{raw}"
            );
        }
    }

    #[test]
    fn a_state_or_country_is_no_city() {
        for (raw, country, region) in [
            ("Germany", "DE", ""),
            ("Deutschland", "DE", ""),
            ("Remote - US", "US", ""),
            ("United States (Remote)", "US", ""),
            ("California, United States", "US", "CA"),
            ("Bavaria, Germany", "DE", "BY"),
            ("Ontario, Canada", "CA", "ON"),
            ("Georgia, United States", "US", "GA"),
            ("Washington, United States", "US", ""),
            ("Mexico", "MX", ""),
            ("NSW, Australia", "AU", "NSW"),
            ("South Australia", "AU", "SA"),
        ] {
            let place = Place::parse(raw).unwrap_or_else(|| panic!("{raw}"));
            assert_eq!(
                (place.metro_key(), place.country.to_owned(), place.region.to_owned()),
                (None, country.to_owned(), region.to_owned()),
                "{raw}"
            );
        }
    }

    #[test]
    fn places_are_near_or_far() {
        for (one, other, expected) in [
            ("München", "Greater Munich Area", SameMetro),
            ("Oakland, CA", "San Francisco Bay Area", SameMetro),
            ("Hoboken, NJ", "Manhattan", SameMetro),
            ("Wagga Wagga", "Wagga Wagga, NSW", SameMetro),
            ("Los Angeles, CA", "San Francisco, CA", SameRegion),
            ("California, US", "San Diego", SameRegion),
            ("Berlin", "Munich", SameCountry),
            ("Germany", "Berlin", SameCountry),
            ("Berlin", "Vienna", Different),
            ("Exampleville", "Berlin", Unknown),
            ("Exampleville", "Otherville", Unknown),
        ] {
            assert_eq!(compare(one, other), expected, "{one} / {other}");
        }
    }

    #[test]
    fn the_table_is_folded_and_its_cities_are_unique() {
        let mut metros = Vec::new();
        for line in places().lines() {
            let names = match line.chars().next() {
                Some('=' | '-') => line.split_once(' ').map_or("", |(_, names)| names),
                Some('+') => line.strip_prefix('+').unwrap(),
                _ => {
                    metros.push(line.split(',').next().unwrap());
                    line
                }
            };
            for name in names.split(',') {
                assert_eq!(fold(name), name, "{line}");
            }
        }
        for line in places().lines().filter_map(|line| line.strip_prefix('+')) {
            assert!(metros.contains(&line.split(',').next().unwrap()), "{line}");
        }
        let count = metros.len();
        metros.sort_unstable();
        metros.dedup();
        assert_eq!(metros.len(), count);
        for metro in metros {
            assert_eq!(
                Place::parse(metro).and_then(|place| place.metro_key().map(str::to_owned)),
                Some(metro.to_owned()),
                "{metro}"
            );
        }
    }

    /// Texts as they are written, put together at random.
    fn written() -> impl Strategy<Value = String> {
        let words = prop::sample::select(vec![
            "Paris",
            "Texas",
            "TX",
            "CA",
            "London",
            "Greater",
            "Area",
            ",",
            ", ",
            " - ",
            "-",
            "(",
            ")",
            "Germany",
            "Georgia",
            "New York",
            "Remote",
            "2000",
            "of",
            "Spain",
            "New",
            "Mexico",
            "Foo",
            "Washington",
            "DC",
            "Bay",
            "VIC",
            "Region",
            "in",
            "Oakland",
            "Canada",
            "Arlington",
        ]);
        prop::collection::vec(words, 0..6).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn any_text_is_taken_and_a_key_is_its_own_key(any in any::<String>(), written in written()) {
            for text in [any, written] {
                if let Some(place) = Place::parse(&text)
                    && let Some(key) = place.metro_key()
                {
                    let again = Place::parse(key);
                    prop_assert_eq!(again.as_ref().and_then(Place::metro_key), Some(key), "{}", text);
                }
            }
        }

        #[test]
        fn comparison_has_no_order(one in written(), other in written()) {
            if let (Some(one), Some(other)) = (Place::parse(&one), Place::parse(&other)) {
                prop_assert_eq!(one.compare(&other), other.compare(&one));
                if one.metro_key().is_some() {
                    prop_assert_eq!(one.compare(&one), SameMetro);
                }
            }
        }
    }
}
