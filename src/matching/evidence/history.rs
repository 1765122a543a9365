//! Employers with their dates, kinds of work, schools and places. Each alone is weak and none is a veto: people move, and
//! records are older than pages.

use super::{Family, Surroundings, Weighed};
use crate::identity::{CompanyKeys, EmailAddress, KeyKind, Place, PlaceAgreement, fold};
use crate::matching::facts::{Employer, PersonFacts, Schooling, Standing};
use crate::matching::verdict::{EvidenceField, Outcome};
use crate::mirror::MirrorError;
use crate::mirror::employer_aliases::EmployerAliases;
use crate::mirror::index::KeyWordKind;

/// People whose page and record share an employer, where both name some.
const COMPANY_M: f64 = 0.8;
/// Namesakes work at the same employers, and go to the same schools, more often than any two people: they are of one country.
pub(in crate::matching) const NAMESAKES_MEET: f64 = 3.0;
const COMPANY_BITS: std::ops::RangeInclusive<f64> = 3.0..=9.0;
/// Employers are correlated: who worked at one often goes to the other.
const FURTHER_COMPANY_BITS: std::ops::RangeInclusive<f64> = 0.5..=3.0;
/// Of an employer that is known by another name there, or by its mailbox.
const WEAKER_COMPANY: f64 = 0.6;
const DATES_OVERLAP_BITS: f64 = 1.5;
const DATES_IMPOSSIBLE_BITS: f64 = -1.0;
/// Months between the end on one side and the begin on the other that no slip explains.
const IMPOSSIBLE_MONTHS: i32 = 24;
/// No employer in common although both name two at least, or one of them only one.
const NO_COMPANY_BITS: f64 = -3.0;
const NO_COMPANY_OF_ONE_BITS: f64 = -1.5;

const MOST_OF_TITLE_AND_SCHOOL: f64 = EQUAL_TITLE_BITS + MOST_SCHOOL_BITS + SCHOOL_YEAR_BITS;
/// So far below the prior, a probability is below one in a hundred.
const HOPELESS_BITS: f64 = 6.0;

const SAME_TITLE_BITS: f64 = 2.0;
/// The very title, of several words: `Senior Reliability Engineer` on both sides. One in four keeps theirs, one in some hundred
/// has it by chance; less than that says, since the same words are chosen by whole trades.
const EQUAL_TITLE_BITS: f64 = 3.5;
const DIFFERENT_TITLE_BITS: f64 = -1.5;

const SCHOOL_M: f64 = 0.6;
const SCHOOL_BITS: std::ops::RangeInclusive<f64> = 3.0..=MOST_SCHOOL_BITS;
const MOST_SCHOOL_BITS: f64 = 7.0;
const SCHOOL_YEAR_BITS: f64 = 1.5;
const OTHER_SCHOOL_YEAR_BITS: f64 = -2.0;
const DIFFERENT_SCHOOL_BITS: f64 = -1.0;

/// People who are in the same metropolitan area (matching.md §6).
const SAME_METRO_M: f64 = 0.62;
const METRO_BITS: std::ops::RangeInclusive<f64> = 0.5..=8.0;
/// Most namesakes are of one country: a name says where somebody is from. So a place is held against the places of its country,
/// and that the country is the same says nothing beside the name.
const NAMESAKES_IN_COUNTRY: f64 = 0.7;
/// Another town of the same state, of the same country, of another country. People move.
const SAME_REGION_BITS: f64 = 0.5;
const SAME_COUNTRY_BITS: f64 = -0.7;
const ABROAD_BITS: f64 = -1.5;
/// Where somebody was once, by a resume, says less than where they are.
const OF_A_RESUME: f64 = 0.6;
/// A small town of a resume tells as much as where somebody is now.
const TELLING_PLACE_BITS: f64 = 4.0;
/// Colleagues live in the same place.
const METRO_OF_COLLEAGUES_BITS: f64 = 2.0;

pub(super) fn weigh(
    page: &PersonFacts,
    contact: &PersonFacts,
    around: &Surroundings<'_>,
    weighed: &mut Weighed,
) -> Result<(), MirrorError> {
    weigh_employers(page, contact, around, weighed)?;
    weigh_place(page, contact, around, weighed)?;
    // Neither can bring up who is so far behind, and both take longer to read than everything else.
    if weighed.bits + MOST_OF_TITLE_AND_SCHOOL < (around.population.max(1) as f64).log2() - HOPELESS_BITS {
        return Ok(());
    }
    weigh_title(page, contact, weighed);
    weigh_schools(page, contact, around, weighed)
}

/// An employer that both name.
struct Shared<'a> {
    page: &'a str,
    lever: &'a str,
    bits: f64,
    is_exact: bool,
}

fn weigh_employers(
    page: &PersonFacts,
    contact: &PersonFacts,
    around: &Surroundings<'_>,
    weighed: &mut Weighed,
) -> Result<(), MirrorError> {
    let mut shared: Vec<Shared<'_>> = Vec::new();
    let mut taken: Vec<&str> = Vec::new();
    for ours in &page.employers {
        let Some((theirs, key, is_exact)) = same_employer(ours, &contact.employers, around.employers) else {
            continue;
        };
        // `Acme` and `Acme Germany` of one side meet one employer of the other once.
        if taken.contains(&theirs.keys.main.as_str()) {
            continue;
        }
        taken.push(&theirs.keys.main);
        let u = NAMESAKES_MEET * around.frequencies.share(KeyWordKind::Company, key)?;
        let mut full = (COMPANY_M / u).log2().clamp(*COMPANY_BITS.start(), *COMPANY_BITS.end());
        if is_mailbox_of(page, contact, &ours.keys.main, around.employers) {
            // The equal mailbox is this employer's and has said so already.
            full = 0.0;
        }
        let bits = if is_exact { full } else { full * WEAKER_COMPANY };
        shared.push(Shared {
            page: &ours.shown,
            lever: &theirs.shown,
            bits: bits + dates_bits(ours, theirs),
            is_exact,
        });
    }
    if shared.is_empty() {
        shared.extend(employer_by_mailbox(page, contact, around)?);
    }
    shared.sort_unstable_by(|one, other| other.bits.total_cmp(&one.bits));
    for (place, found) in shared.iter().enumerate() {
        let bits = match place {
            0 => found.bits,
            1..=3 => (found.bits * 0.4).clamp(*FURTHER_COMPANY_BITS.start(), *FURTHER_COMPANY_BITS.end()),
            _ => break,
        };
        weighed.families.insert(if place == 0 {
            Family::Company
        } else {
            Family::SecondCompany
        });
        let outcome = if found.is_exact {
            Outcome::Equal
        } else {
            Outcome::Compatible
        };
        weighed.add(
            EvidenceField::Company,
            outcome,
            bits,
            Some(found.page),
            Some(found.lever),
        );
    }
    if shared.is_empty() {
        weigh_no_employer(page, contact, weighed);
    }
    Ok(())
}

/// The same employer on the other side, the key that both have, and whether it is the main one of both.
fn same_employer<'a, 'b>(
    ours: &'b Employer,
    theirs: &'a [Employer],
    known: &'b EmployerAliases,
) -> Option<(&'a Employer, &'b str, bool)> {
    let exact = theirs.iter().find(|theirs| theirs.keys.main == ours.keys.main);
    if let Some(theirs) = exact {
        return Some((theirs, &ours.keys.main, true));
    }
    let by_weaker = theirs
        .iter()
        .find_map(|theirs| common_key(&ours.keys, &theirs.keys).map(|key| (theirs, key, false)));
    by_weaker.or_else(|| {
        let usual = known.usual(&ours.keys.main);
        let theirs = theirs.iter().find(|theirs| known.usual(&theirs.keys.main) == usual)?;
        Some((theirs, usual, false))
    })
}

fn common_key<'b>(ours: &'b CompanyKeys, theirs: &CompanyKeys) -> Option<&'b str> {
    let all = |keys: &'b CompanyKeys| std::iter::once(&keys.main).chain(&keys.weaker);
    let held = |key: &str| key == theirs.main || theirs.weaker.iter().any(|weaker| weaker == key);
    // Two first words alone are no employer in common.
    let is_main = |key: &str| key == ours.main || key == theirs.main;
    all(ours).map(String::as_str).find(|key| held(key) && is_main(key))
}

fn dates_bits(ours: &Employer, theirs: &Employer) -> f64 {
    let (Some(our_start), Some(their_start)) = (ours.start, theirs.start) else {
        return 0.0;
    };
    // No end: it lasts, or lasted when it was written down.
    let ends_before = |end: Option<crate::matching::facts::Month>, start: crate::matching::facts::Month| {
        end.is_some_and(|end| end.0 + IMPOSSIBLE_MONTHS < start.0)
    };
    if ends_before(ours.end, their_start) || ends_before(theirs.end, our_start) {
        DATES_IMPOSSIBLE_BITS
    } else if (our_start.0 - their_start.0).abs() <= 2 {
        DATES_OVERLAP_BITS
    } else {
        0.0
    }
}

/// The employer that a mailbox tells: `jane@harborlabs.example` works at Harbor Labs.
fn employer_by_mailbox<'a>(
    page: &'a PersonFacts,
    contact: &'a PersonFacts,
    around: &Surroundings<'_>,
) -> Result<Option<Shared<'a>>, MirrorError> {
    let found = mailbox_at(&page.keys, &contact.employers, around.employers)
        .map(|(mailbox, employer)| (mailbox, employer.shown.as_str(), employer))
        .or_else(|| {
            mailbox_at(&contact.keys, &page.employers, around.employers)
                .map(|(mailbox, employer)| (employer.shown.as_str(), mailbox, employer))
        });
    let Some((page, lever, employer)) = found else {
        return Ok(None);
    };
    let usual = around.employers.usual(&employer.keys.main);
    let u = NAMESAKES_MEET * around.frequencies.share(KeyWordKind::Company, usual)?;
    let full = (COMPANY_M / u).log2().clamp(*COMPANY_BITS.start(), *COMPANY_BITS.end());
    Ok(Some(Shared {
        page,
        lever,
        bits: full * WEAKER_COMPANY,
        is_exact: false,
    }))
}

/// Whether both have one mailbox, and it is this employer's.
fn is_mailbox_of(page: &PersonFacts, contact: &PersonFacts, employer: &str, known: &EmployerAliases) -> bool {
    let equal = page
        .keys
        .iter()
        .filter(|(key, _)| key.kind() == KeyKind::Email && contact.keys.iter().any(|(held, _)| held == key));
    equal.into_iter().any(|(key, _)| {
        let told = EmailAddress::of_key(key).and_then(|address| known.by_mailbox(&address));
        told.as_deref() == Some(known.usual(employer))
    })
}

fn mailbox_at<'a>(
    keys: &'a [(crate::identity::IdentityKey, String)],
    employers: &'a [Employer],
    known: &EmployerAliases,
) -> Option<(&'a str, &'a Employer)> {
    keys.iter()
        .filter(|(key, _)| key.kind() == KeyKind::Email)
        .find_map(|(key, shown)| {
            let told = known.by_mailbox(&EmailAddress::of_key(key)?)?;
            let mut employers = employers.iter();
            let employer = employers.find(|employer| known.usual(&employer.keys.main) == told)?;
            Some((shown.as_str(), employer))
        })
}

fn weigh_no_employer(page: &PersonFacts, contact: &PersonFacts, weighed: &mut Weighed) {
    let stated = |side: &PersonFacts| {
        side.employers
            .iter()
            .filter(|employer| employer.standing == Standing::Stated)
            .count()
    };
    let bits = match (stated(page), stated(contact)) {
        (0, _) | (_, 0) | (1, 1) => return,
        (1, _) | (_, 1) => NO_COMPANY_OF_ONE_BITS,
        _ => NO_COMPANY_BITS,
    };
    let shown = |side: &PersonFacts| {
        side.employers
            .iter()
            .find(|employer| employer.standing == Standing::Stated)
            .map(|employer| employer.shown.clone())
    };
    weighed.add(
        EvidenceField::Company,
        Outcome::Different,
        bits,
        shown(page).as_deref(),
        shown(contact).as_deref(),
    );
}

fn weigh_place(
    page: &PersonFacts,
    contact: &PersonFacts,
    around: &Surroundings<'_>,
    weighed: &mut Weighed,
) -> Result<(), MirrorError> {
    let (Some(ours), Some(theirs)) = (&page.place, &contact.place) else {
        return Ok(());
    };
    let found = weigh_places(ours, theirs, around, weighed)?;
    // A place of a resume is where somebody was: it may agree, but does not contradict.
    let shown = |side: &PersonFacts| side.shown_place.clone();
    let further = |side: &PersonFacts, other: &Place| {
        let mut further = side.further_places.iter();
        let found = further.find(|(place, _)| place.compare(other) == PlaceAgreement::SameMetro);
        found.cloned()
    };
    let by_resume = match found {
        Some((Outcome::Equal, _)) => None,
        _ => further(contact, ours)
            .map(|(place, text)| (place, shown(page), Some(text)))
            .or_else(|| further(page, theirs).map(|(place, text)| (place, Some(text), shown(contact)))),
    };
    let (outcome, bits, ours, theirs) = match (by_resume, found) {
        (Some((place, ours, theirs)), _) => {
            let Some((_, bits)) = weigh_places(&place, &place, around, weighed)? else {
                return Ok(());
            };
            (Outcome::Compatible, bits * OF_A_RESUME, ours, theirs)
        }
        (None, Some((outcome, bits))) => (outcome, bits, shown(page), shown(contact)),
        (None, None) => return Ok(()),
    };
    if outcome == Outcome::Equal || bits >= TELLING_PLACE_BITS {
        weighed.families.insert(Family::Place);
    }
    weighed.add(
        EvidenceField::Location,
        outcome,
        bits,
        ours.as_deref(),
        theirs.as_deref(),
    );
    Ok(())
}

/// How two places go together.
fn weigh_places(
    ours: &Place,
    theirs: &Place,
    around: &Surroundings<'_>,
    weighed: &Weighed,
) -> Result<Option<(Outcome, f64)>, MirrorError> {
    let country_share = |place: &Place| -> Result<f64, MirrorError> {
        place.country().map_or(Ok(0.1), |country| {
            around.frequencies.share(KeyWordKind::Country, &country.to_string())
        })
    };
    Ok(match ours.compare(theirs) {
        PlaceAgreement::SameMetro => {
            let metro = ours.metro_key().unwrap_or_default();
            let share = around.frequencies.share(KeyWordKind::Metro, metro)?;
            let of_country = (share / country_share(ours)?.max(country_share(theirs)?)).min(1.0);
            let u = NAMESAKES_IN_COUNTRY * of_country + (1.0 - NAMESAKES_IN_COUNTRY) * share;
            let mut bits = (SAME_METRO_M / u).log2().clamp(*METRO_BITS.start(), *METRO_BITS.end());
            if weighed.families.contains(&Family::Company) {
                bits = bits.min(METRO_OF_COLLEAGUES_BITS);
            }
            Some((Outcome::Equal, bits))
        }
        PlaceAgreement::SameRegion => Some((Outcome::Compatible, SAME_REGION_BITS)),
        PlaceAgreement::SameCountry => Some((Outcome::Different, SAME_COUNTRY_BITS)),
        PlaceAgreement::Different => Some((Outcome::Different, ABROAD_BITS)),
        PlaceAgreement::Unknown => None,
    })
}

/// The latest titles only: among all that two careers have had, two are often equal.
fn has_equal_title(page: &PersonFacts, contact: &PersonFacts) -> bool {
    let latest = |facts: &PersonFacts| facts.titles.first().map(|title| fold(title));
    latest(page).is_some_and(|title| title.contains(' ') && latest(contact) == Some(title))
}

fn weigh_title(page: &PersonFacts, contact: &PersonFacts, weighed: &mut Weighed) {
    let Some(agrees) = page.title_families().agrees_with(contact.title_families()) else {
        return;
    };
    let (outcome, bits) = if agrees {
        weighed.families.insert(Family::Title);
        let bits = if has_equal_title(page, contact) {
            EQUAL_TITLE_BITS
        } else {
            SAME_TITLE_BITS
        };
        (Outcome::Equal, bits)
    } else {
        (Outcome::Different, DIFFERENT_TITLE_BITS)
    };
    weighed.add(
        EvidenceField::Title,
        outcome,
        bits,
        page.titles.first().map(String::as_str),
        contact.titles.first().map(String::as_str),
    );
}

fn weigh_schools(
    page: &PersonFacts,
    contact: &PersonFacts,
    around: &Surroundings<'_>,
    weighed: &mut Weighed,
) -> Result<(), MirrorError> {
    let pairs = page.schools.iter().filter_map(|ours| {
        let theirs = contact.schools.iter().find(|theirs| theirs.key == ours.key)?;
        Some((ours, theirs))
    });
    let year = |pair: &(&Schooling, &Schooling)| match (pair.0.end, pair.1.end) {
        (Some(one), Some(other)) if one == other => SCHOOL_YEAR_BITS,
        (Some(one), Some(other)) if (one - other).abs() > 1 => OTHER_SCHOOL_YEAR_BITS,
        _ => 0.0,
    };
    let best = pairs.max_by(|one, other| year(one).total_cmp(&year(other)));
    if let Some(pair) = best {
        let share = around.frequencies.share(KeyWordKind::School, &pair.0.key)?;
        let bits = (SCHOOL_M / (NAMESAKES_MEET * share))
            .log2()
            .clamp(*SCHOOL_BITS.start(), *SCHOOL_BITS.end());
        weighed.families.insert(Family::School);
        weighed.add(
            EvidenceField::School,
            Outcome::Equal,
            bits + year(&pair),
            Some(&pair.0.shown),
            Some(&pair.1.shown),
        );
    } else if let (Some(ours), Some(theirs)) = (page.schools.first(), contact.schools.first()) {
        weighed.add(
            EvidenceField::School,
            Outcome::Different,
            DIFFERENT_SCHOOL_BITS,
            Some(&ours.shown),
            Some(&theirs.shown),
        );
    }
    Ok(())
}
