//! Which contacts come into question for a page: exact look-ups only (matching.md §6). It must not decide: it finds too many
//! rather than too few, but never so many that reading them would be felt.
//!
//! Whoever shares an identity key, the full name in any of its forms, or a part of the name together with an employer, a town or
//! a school, is found. Of a name that hundreds have, only those who share something else come into question: among so many the
//! name alone finds nobody.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;

use super::evidence::NAMESAKES_MEET;
use super::facts::{Employer, PersonFacts};
use super::frequency::Frequencies;
use super::{Asking, Corrections};
use crate::command::Correction;
use crate::identity::name::PartAgreement;
use crate::identity::{EmailAddress, KeyKind, NameAgreement, PersonName, PlaceAgreement, fold};
use crate::mirror::employer_aliases::EmployerName;
use crate::mirror::index::{KeyWord, KeyWordKind, family_and_initial, name_letters};
use crate::mirror::{Mirror, MirrorError};

/// More people than this behind one identity key, and the key says nothing about any of them.
const MOST_FOR_A_KEY: u32 = 50;
/// People who are looked at one by one.
const MOST_LOOKED_AT: usize = 120;
/// Namesakes that are all looked at. Of more, only those who share something else: with the name alone in common, none of them
/// would be more probable than one in seventy.
const MOST_NAMESAKES: u32 = 72;
/// Namesakes of whom so many are to be expected at one employer or in one town are not told apart by it.
const MOST_NAMESAKES_EXPECTED: f64 = 4.0;
/// Of those who share the name and something beside it, so many.
const MOST_NAMESAKES_BESIDE: u32 = 24;
/// People found by a part of the name alone: of a rare one only.
const MOST_BY_A_RARE_PART: u32 = 20;
/// People found by the family name alone: whatever their given names are written like.
const MOST_OF_A_FAMILY: u32 = 8;
/// So many times more people than are looked at, by the frequencies, and there is no use in asking whether it is fewer.
const HARDLY_RARE: f64 = 3.0;
/// People found by a part of the name and something else.
const MOST_BY_BOTH: u32 = 40;
/// Where frequencies let expect more people than this, there is no use in asking: among so many, what was asked for says nothing,
/// and the index would go through long lists to find them.
const MOST_EXPECTED: f64 = 12.0;
/// Of a part of the name that more people than this have, the list alone takes too long to go through.
const MOST_GONE_THROUGH: f64 = 8_000.0;
/// Namesakes are counted up to this number: by then the frequencies of the parts tell as much.
const MOST_COUNTED: u32 = 200;
/// Employers and schools that a look-up joins a name with.
const MOST_BESIDE: usize = 7;
/// Learned names of those employers, and domains of their mailboxes, beside them.
const MOST_LEARNED: usize = 4;
/// Given names that somebody may go by, with an employer or a town.
const MOST_GIVEN: usize = 4;
/// Forms of the name that are looked up.
const MOST_FORMS: usize = 12;
/// Family names that are looked up with an employer.
const MOST_FAMILY: usize = 3;
/// Of those who have a family name, who has a given one that begins with a certain letter.
const SHARE_OF_AN_INITIAL: f64 = 0.08;

/// How promising a find is, in bits by rule of thumb: the most promising are looked at first.
mod promise {
    pub(super) const CORRECTED: f64 = 100.0;
    pub(super) const IDENTITY: f64 = 30.0;
    /// The end of a phone number, or a name chosen elsewhere.
    pub(super) const NEARLY_A_KEY: f64 = 14.0;
    pub(super) const FULL_NAME: f64 = 12.0;
    pub(super) const OTHER_NAME: f64 = 10.0;
    /// The given name and an employer: the family name may have changed.
    pub(super) const CHANGED_FAMILY: f64 = 6.0;
    pub(super) const PART_OF_NAME: f64 = 5.0;
    pub(super) const BESIDE: f64 = 1.0;
}

/// Those who come into question.
pub struct Block {
    /// What is known of each.
    pub contacts: Vec<PersonFacts>,
    /// How many people in the mirror have the page's name.
    pub namesakes: Namesakes,
}

/// People who have the page's name.
#[derive(Debug, Clone, Copy, Default)]
pub struct Namesakes {
    /// All, counted up to a limit.
    pub count: u32,
    /// Those who were left aside because they share nothing else.
    pub left_aside: u32,
}

/// Rows with how promising they are.
#[derive(Default)]
struct Found {
    rows: HashMap<i64, f64, RandomState>,
}

impl Found {
    /// The best find of each counts.
    fn note(&mut self, rows: &[i64], promise: f64) {
        for row in rows {
            let known = self.rows.entry(*row).or_insert(0.0);
            *known = known.max(promise);
        }
    }

    fn best(&self, most: usize) -> Vec<(i64, f64)> {
        let mut rows: Vec<(i64, f64)> = self.rows.iter().map(|(row, promise)| (*row, *promise)).collect();
        // The later row first: the fresher record.
        rows.sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then(other.0.cmp(&one.0)));
        rows.truncate(most);
        rows
    }
}

/// The contacts that come into question, and those the recruiter named.
///
/// # Errors
/// [`MirrorError`].
pub fn candidates(page: &PersonFacts, asking: &Asking<'_>, corrections: &Corrections) -> Result<Block, MirrorError> {
    let Asking {
        mirror, frequencies, ..
    } = asking;
    let mut found = Found::default();
    let is_known_by_key = by_keys(page, mirror, &mut found)?;
    let beside = Beside::of(page, mirror, frequencies)?;
    let namesakes = by_names(page, &beside, mirror, &mut found)?;
    for (contact, correction) in &corrections.said {
        if *correction == Correction::SamePerson
            && let Some(row) = mirror.row_of(contact)?
        {
            found.note(&[row], promise::CORRECTED);
        }
    }
    let mut read = BTreeSet::new();
    let mut contacts = Vec::new();
    read_best(&found, page, asking, &mut read, &mut contacts)?;
    // Who is known by a key, or by the name and enough beside it, need not be looked for by a part of the name.
    if !is_known_by_key && !contacts.iter().any(|contact| shares_name_and_more(page, contact)) {
        by_parts_of_name(page, &beside, mirror, frequencies, &mut found)?;
        read_best(&found, page, asking, &mut read, &mut contacts)?;
    }
    let namesakes = namesakes.unwrap_or_else(|| Namesakes {
        count: contacts.iter().filter(|contact| is_namesake(page, contact)).count() as u32,
        left_aside: 0,
    });
    Ok(Block { contacts, namesakes })
}

/// Finds by identity keys and what is nearly one; whether somebody has one of the keys.
fn by_keys(page: &PersonFacts, mirror: &Mirror, found: &mut Found) -> Result<bool, MirrorError> {
    let keys: Vec<KeyWord> = page.keys.iter().map(|(key, _)| KeyWord::identity(key)).collect();
    let ends = page.phone_ends.iter().map(|end| end.word);
    let forms = page.handles.iter().flat_map(|handle| handle.all_forms());
    let forms = forms.map(|form| KeyWord::new(KeyWordKind::Handle, form));
    let nearly_keys: Vec<KeyWord> = ends.chain(forms).collect();
    // Most people of most pages share none of them with anybody.
    let all = AnyOf::uncounted(keys.iter().chain(&nearly_keys).copied().collect());
    if all.words.is_empty() || mirror.contact_rows(&all.question(), 1)?.is_empty() {
        return Ok(false);
    }
    let rows = few_of_each(mirror, keys, MOST_FOR_A_KEY)?;
    found.note(&rows, promise::IDENTITY);
    let nearly_keys = few_of_each(mirror, nearly_keys, MOST_BY_A_RARE_PART)?;
    found.note(&nearly_keys, promise::NEARLY_A_KEY);
    Ok(!rows.is_empty())
}

/// Reads the most promising of those who were found and not read before.
fn read_best(
    found: &Found,
    page: &PersonFacts,
    Asking { mirror, texts, .. }: &Asking<'_>,
    read: &mut BTreeSet<i64>,
    contacts: &mut Vec<PersonFacts>,
) -> Result<(), MirrorError> {
    for (row, promise) in found.best(MOST_LOOKED_AT) {
        if !read.insert(row) {
            continue;
        }
        let Some(record) = mirror.contact_in(row)? else {
            continue;
        };
        let theirs = texts.name(&record.data.name);
        // Most who share a part of the name have another name altogether: they are let go before the rest is read.
        if promise < promise::NEARLY_A_KEY
            && let (Some(ours), Some(theirs)) = (page.name_beside(theirs.as_deref()), &theirs)
            && !may_be_named(ours, theirs, promise)
        {
            continue;
        }
        contacts.push(PersonFacts::of_contact_named(record, theirs, texts));
    }
    Ok(())
}

fn is_namesake(page: &PersonFacts, contact: &PersonFacts) -> bool {
    matches!(
        (page.name_to_look_up(), &contact.name),
        (Some(ours), Some(theirs)) if ours.compatible(theirs) == NameAgreement::Same
    )
}

/// Whether a contact has the page's name, and so much beside it that nobody else need be looked for: an employer and the town, or two
/// employers. Of a frequent name, somebody with one of these may be anybody.
fn shares_name_and_more(page: &PersonFacts, contact: &PersonFacts) -> bool {
    let is_shared = |ours: &&Employer| {
        let mut theirs = contact.employers.iter();
        theirs.any(|theirs| theirs.keys.main == ours.keys.main)
    };
    let employers = page.employers.iter().filter(is_shared).count();
    let is_there = || {
        matches!(
            (&page.place, &contact.place),
            (Some(ours), Some(theirs)) if ours.compare(theirs) == PlaceAgreement::SameMetro
        )
    };
    (employers > 1 || (employers > 0 && is_there())) && is_namesake(page, contact)
}

/// Whether the record's name fits, or only the family name is another where something else was found with it.
fn may_be_named(name: &PersonName, other: &PersonName, promise: f64) -> bool {
    let found = name.compare(other);
    found.agreement != NameAgreement::Incompatible
        || (promise >= promise::CHANGED_FAMILY && found.given >= PartAgreement::Variant)
}

/// What a look-up joins a name with.
struct Beside {
    /// Employers and schools.
    employers: AnyOf,
    metro: AnyOf,
}

impl Beside {
    fn of(page: &PersonFacts, mirror: &Mirror, frequencies: &Frequencies<'_>) -> Result<Self, MirrorError> {
        let known = mirror.employer_aliases()?;
        let mailboxes = page.keys.iter().filter(|(key, _)| key.kind() == KeyKind::Email);
        let told: Vec<String> = mailboxes
            .filter_map(|(key, _)| known.by_mailbox(&EmailAddress::of_key(key)?))
            .collect();
        let stated = page.employers.iter().map(|employer| &employer.keys);
        let named = stated.flat_map(|keys| std::iter::once(&keys.main).chain(&keys.weaker));
        let own = told.iter().chain(named).cloned().map(EmployerName::Name);
        let main = page.employers.iter().map(|employer| &employer.keys.main);
        let learned = told.iter().chain(main).flat_map(|name| known.others(name));
        let mut names: Vec<EmployerName> = Vec::with_capacity(MOST_BESIDE);
        for name in own.take(MOST_BESIDE).chain(learned.take(MOST_LEARNED)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let employers = AnyOf::each(names.iter().map(EmployerName::key), frequencies)?;
        let left = MOST_BESIDE.saturating_sub(employers.words.len());
        let schools = page.schools.iter().map(|school| school.key.as_str()).take(left);
        let schools = AnyOf::of(KeyWordKind::School, schools, frequencies)?;
        let metro = page.place.iter().filter_map(|place| place.metro_key());
        Ok(Self {
            employers: employers.or(&schools),
            metro: AnyOf::of(KeyWordKind::Metro, metro, frequencies)?,
        })
    }
}

/// Finds by the whole name in all its forms; how many have the very name, where they are too many to be looked at.
fn by_names(
    page: &PersonFacts,
    beside: &Beside,
    mirror: &Mirror,
    found: &mut Found,
) -> Result<Option<Namesakes>, MirrorError> {
    let Some(name) = page.name_to_look_up() else {
        return Ok(None);
    };
    let (own, roots) = (name.block_keys(), name.root_keys());
    let full = AnyOf::words(KeyWordKind::FullName, &own);
    // Whose whole name this is short for, and whose short name this is the whole of.
    let mut whole = AnyOf::words(KeyWordKind::FullName, &roots).or(&AnyOf::words(KeyWordKind::NameRoot, &own));
    whole.truncate(MOST_FORMS);
    // Who has another short form of the same whole name, and every namesake with them.
    let mut short = AnyOf::words(KeyWordKind::NameRoot, &roots);
    short.truncate(MOST_FORMS);
    let mut any = full.or(&whole).or(&short);
    // The same letters in another order, or in the same one: those of a common name find its namesakes once more.
    any = any.or(&AnyOf::uncounted(name_letters(name).into_iter().collect()));
    if any.words.is_empty() {
        return Ok(None);
    }
    let rows = mirror.contact_rows(&any.question(), MOST_NAMESAKES + 1)?;
    if rows.len() <= MOST_NAMESAKES as usize {
        found.note(&rows, promise::FULL_NAME);
        return Ok(None);
    }
    let Beside { employers, metro } = beside;
    let namesakes = WholeName {
        names: &full,
        beside: &[employers, metro],
        promise: promise::FULL_NAME,
        most_counted: MOST_COUNTED,
    };
    let namesakes = namesakes.look_up(mirror, found)?;
    for names in [&whole, &short] {
        // Another form of the name says less: among many, a town beside it would not be enough.
        let other = WholeName {
            names,
            beside: &[employers],
            promise: promise::OTHER_NAME,
            most_counted: MOST_NAMESAKES + 1,
        };
        other.look_up(mirror, found)?;
    }
    Ok(Some(namesakes))
}

/// Finds by a part of the name and what stands beside it.
fn by_parts_of_name(
    page: &PersonFacts,
    beside: &Beside,
    mirror: &Mirror,
    frequencies: &Frequencies<'_>,
    found: &mut Found,
) -> Result<(), MirrorError> {
    let Some(name) = page.name_to_look_up() else {
        return Ok(());
    };
    Parts { mirror, found }.look_up(name, beside, frequencies)
}

/// Looks people up who share a part of the name.
struct Parts<'a> {
    mirror: &'a Mirror,
    found: &'a mut Found,
}

impl Parts<'_> {
    fn look_up(mut self, name: &PersonName, beside: &Beside, frequencies: &Frequencies<'_>) -> Result<(), MirrorError> {
        let Beside { employers, metro } = beside;
        // A given name that is an initial, or one that nobody would think of.
        let family: Vec<String> = name
            .family_spellings()
            .chain(name.middle())
            .take(MOST_FAMILY)
            .map(fold)
            .collect();
        let family = AnyOf::of(KeyWordKind::Family, family.iter().map(String::as_str), frequencies)?;
        let family = self.unless_rare(family, MOST_OF_A_FAMILY)?;
        // Typing errors, initials, another romanisation: the family name with the first letter of the given one.
        let mut initials = family_and_initial(name);
        initials.truncate(MOST_FAMILY);
        let of_each = family.share() * SHARE_OF_AN_INITIAL / initials.len().max(1) as f64;
        let initials = AnyOf {
            shares: vec![of_each; initials.len()],
            words: initials,
        };
        let initials = self.unless_rare(initials, MOST_BY_A_RARE_PART)?;
        self.by_both(&initials, metro, promise::PART_OF_NAME)?;
        self.by_both(&initials.or(&family), employers, promise::PART_OF_NAME)?;
        // A family name that is an initial, missing, misspelt or another than before.
        if name.is_given_an_initial() {
            return Ok(());
        }
        let first = AnyOf::of(KeyWordKind::Given, name.given_spellings().take(1), frequencies)?;
        let others = name.given_spellings().take(2).skip(1).chain(name.given_variants());
        let others = AnyOf::of(KeyWordKind::Given, others.take(MOST_GIVEN - 1), frequencies)?;
        let given = self.unless_rare(first, MOST_BY_A_RARE_PART)?.or(&others);
        self.by_both(&given, employers, promise::CHANGED_FAMILY)?;
        self.by_both(&given, metro, promise::PART_OF_NAME)?;
        self.by_all_three(&initials.or(&family).or(&given), employers, metro)
    }

    /// Those who have a part of the name, an employer and the town, where each of them is too frequent for two to tell.
    fn by_all_three(&mut self, part: &AnyOf, employers: &AnyOf, metro: &AnyOf) -> Result<(), MirrorError> {
        let expected = part.expected(self.mirror) * metro.share();
        let employers = employers.rarest(MOST_EXPECTED / expected);
        if expected > MOST_EXPECTED && !employers.words.is_empty() {
            let (part, employers, metro) = (part.question(), employers.question(), metro.question());
            let wanted = format!("({employers}) AND ({metro}) AND ({part})");
            self.found
                .note(&few(self.mirror, &wanted, MOST_BY_BOTH)?, promise::CHANGED_FAMILY);
        }
        Ok(())
    }

    /// Finds all who have a rare part of the name; what is left to be looked for with something beside it.
    fn unless_rare(&mut self, part: AnyOf, most: u32) -> Result<AnyOf, MirrorError> {
        if part.words.is_empty() || part.expected(self.mirror) > HARDLY_RARE * f64::from(most) {
            return Ok(part);
        }
        let rows = self.mirror.contact_rows(&part.question(), most + 1)?;
        if rows.len() > most as usize {
            return Ok(part);
        }
        self.found.note(&rows, promise::PART_OF_NAME);
        Ok(AnyOf::default())
    }

    /// Those who have a part of the name and something beside it, where they are few.
    fn by_both(&mut self, part: &AnyOf, beside: &AnyOf, promise: f64) -> Result<(), MirrorError> {
        let expected = part.expected(self.mirror);
        let beside = beside.rarest(MOST_EXPECTED / expected);
        if !part.words.is_empty() && !beside.words.is_empty() && expected <= MOST_GONE_THROUGH {
            let wanted = format!("({}) AND ({})", part.question(), beside.question());
            self.found.note(&few(self.mirror, &wanted, MOST_BY_BOTH)?, promise);
        }
        Ok(())
    }
}

/// A question for any of several words.
#[derive(Default, Clone)]
struct AnyOf {
    words: Vec<KeyWord>,
    /// Share of people who have each of the words, where it is known.
    shares: Vec<f64>,
}

impl AnyOf {
    fn of<'a>(
        kind: KeyWordKind,
        values: impl Iterator<Item = &'a str>,
        frequencies: &Frequencies<'_>,
    ) -> Result<Self, MirrorError> {
        Self::each(values.map(|value| (kind, value)), frequencies)
    }

    fn each<'a>(
        values: impl Iterator<Item = (KeyWordKind, &'a str)>,
        frequencies: &Frequencies<'_>,
    ) -> Result<Self, MirrorError> {
        let mut any = Self::default();
        for (kind, value) in values {
            any.words.push(KeyWord::new(kind, value));
            any.shares.push(frequencies.share(kind, value)?);
        }
        Ok(any)
    }

    /// Words whose frequency nobody counts.
    fn words(kind: KeyWordKind, values: &[String]) -> Self {
        Self::uncounted(values.iter().map(|value| KeyWord::new(kind, value)).collect())
    }

    fn uncounted(words: Vec<KeyWord>) -> Self {
        Self {
            shares: vec![0.0; words.len()],
            words,
        }
    }

    fn or(&self, other: &Self) -> Self {
        Self {
            words: self.words.iter().chain(&other.words).copied().collect(),
            shares: self.shares.iter().chain(&other.shares).copied().collect(),
        }
    }

    fn truncate(&mut self, most: usize) {
        self.words.truncate(most);
        self.shares.truncate(most);
    }

    /// Share of people who have any of the words, at most.
    fn share(&self) -> f64 {
        self.shares.iter().sum()
    }

    fn expected(&self, mirror: &Mirror) -> f64 {
        self.share() * mirror.counts().contacts as f64
    }

    /// The rarest of the words, as many as this share of people have together: a large employer is no reason to leave out the
    /// small one beside it.
    fn rarest(&self, most: f64) -> Self {
        let mut left = self.clone();
        let mut rarest = Self::default();
        let mut sum = 0.0;
        while let Some((place, share)) = left.least() {
            sum += share;
            if sum > most {
                break;
            }
            rarest.words.push(left.words.swap_remove(place));
            rarest.shares.push(left.shares.swap_remove(place));
        }
        rarest
    }

    /// The rarest word's place, and its share.
    fn least(&self) -> Option<(usize, f64)> {
        let shares = self.shares.iter().copied().enumerate();
        shares.min_by(|one, other| one.1.total_cmp(&other.1))
    }

    fn question(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(KeyWord::as_str).collect();
        words.join(" OR ")
    }
}

/// Those whom a question finds; nobody where there are more than so many, of whom the question says nothing.
fn few(mirror: &Mirror, wanted: &str, most: u32) -> Result<Vec<i64>, MirrorError> {
    let mut rows = mirror.contact_rows(wanted, most + 1)?;
    if rows.len() > most as usize {
        rows.clear();
    }
    Ok(rows)
}

/// Those whom each of several words finds, where they are few: what many people have says nothing, and hides nobody whom another
/// word finds. Asked all at once, since each question costs as much as several words of one, and one by one only where together
/// they find too many.
fn few_of_each(mirror: &Mirror, words: Vec<KeyWord>, most: u32) -> Result<Vec<i64>, MirrorError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let all = AnyOf::uncounted(words);
    let rows = mirror.contact_rows(&all.question(), most + 1)?;
    if rows.len() <= most as usize {
        return Ok(rows);
    }
    let mut found = Vec::new();
    for word in &all.words {
        found.extend(few(mirror, word.as_str(), most)?);
    }
    Ok(found)
}

/// Several whole names, and what stands beside them.
struct WholeName<'a> {
    names: &'a AnyOf,
    beside: &'a [&'a AnyOf],
    promise: f64,
    /// People are counted up to this number.
    most_counted: u32,
}

impl WholeName<'_> {
    /// Finds all who have one of the names where they are few, else those with something beside it.
    fn look_up(&self, mirror: &Mirror, found: &mut Found) -> Result<Namesakes, MirrorError> {
        if self.names.words.is_empty() {
            return Ok(Namesakes::default());
        }
        let names = self.names.question();
        let rows = mirror.contact_rows(&names, self.most_counted)?;
        let count = rows.len() as u32;
        if count <= MOST_NAMESAKES {
            found.note(&rows, self.promise);
            return Ok(Namesakes { count, left_aside: 0 });
        }
        let mut looked_at = BTreeSet::new();
        for beside in self.beside {
            let beside = beside.rarest(MOST_NAMESAKES_EXPECTED / (f64::from(count) * NAMESAKES_MEET));
            if beside.words.is_empty() {
                continue;
            }
            let wanted = format!("({names}) AND ({})", beside.question());
            let rows = mirror.contact_rows(&wanted, MOST_NAMESAKES_BESIDE)?;
            found.note(&rows, self.promise + promise::BESIDE);
            looked_at.extend(rows);
        }
        Ok(Namesakes {
            count,
            left_aside: count.saturating_sub(looked_at.len() as u32),
        })
    }
}
