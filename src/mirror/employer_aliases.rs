//! Other names of employers, learned from the people of the mirror: who has a mailbox at one domain works for one employer,
//! whatever each of them calls it (matching.md §5.2). Kept until it is learned anew, and only what most of those people say:
//! it must not take a common former employer for the one that the mailbox belongs to.

use std::collections::HashMap;
use std::rc::Rc;

use rusqlite::params;

use super::index::{KeyWord, KeyWordKind, companies_of_headline};
use super::read::ContactRecord;
use super::{Mirror, MirrorError};
use crate::identity::email::tells_employer;
use crate::identity::{EmailAddress, KeyKind, company_keys, email_keys};

/// Fewer people than this at a domain teach nothing.
const FEWEST_PEOPLE: usize = 3;
/// People of a domain that are looked at.
const MOST_OF_A_DOMAIN: u32 = 12;
/// People of an employer that are looked at, to see where their mailboxes are.
const MOST_OF_AN_EMPLOYER: u32 = 24;
/// Of those at a domain who name an employer, so many name it by one of its names.
const MOST_AGREE: f64 = 0.6;
/// So many by its usual name: an agency's candidates are of many employers.
const NAMED_USUALLY: f64 = 0.5;
/// Of those with one name who name the other as well, at most so many: two names in one history are two employers.
const NAMED_TOGETHER: f64 = 0.2;
/// People looked at in one turn.
const LOOKED_AT_ONCE: usize = 120;
/// Domains asked for in one turn.
const DOMAINS_AT_ONCE: u32 = 40;
/// Names that are kept.
const MOST_NAMES: usize = 20_000;

/// What an employer is known by beside its usual name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmployerName {
    /// Another name, as [`crate::identity::company_key`] writes it.
    Name(String),
    /// Mailboxes at a domain, as [`EmailAddress::corporate_domain`] writes it.
    MailDomain(String),
}

impl EmployerName {
    const NAME: i64 = 0;
    const MAIL_DOMAIN: i64 = 1;

    fn stored(&self) -> (i64, &str) {
        match self {
            Self::Name(name) => (Self::NAME, name),
            Self::MailDomain(domain) => (Self::MAIL_DOMAIN, domain),
        }
    }

    /// What it is in the index, and the text that its word there is made of.
    #[must_use]
    pub fn key(&self) -> (KeyWordKind, &str) {
        match self {
            Self::Name(name) => (KeyWordKind::Company, name),
            Self::MailDomain(domain) => (KeyWordKind::MailDomain, domain),
        }
    }
}

/// The names that have been learned.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct EmployerAliases {
    /// Usual names by other names, and by mail domains.
    by_name: HashMap<String, String>,
    by_mail_domain: HashMap<String, String>,
    others: HashMap<String, Vec<EmployerName>>,
}

impl EmployerAliases {
    /// From each name to the employer's usual one.
    #[must_use]
    pub fn of(learned: impl IntoIterator<Item = (EmployerName, String)>) -> Self {
        let mut aliases = Self::default();
        for (name, employer) in learned {
            let (usual, key) = match &name {
                EmployerName::Name(key) => (&mut aliases.by_name, key),
                EmployerName::MailDomain(key) => (&mut aliases.by_mail_domain, key),
            };
            usual.insert(key.clone(), employer.clone());
            aliases.others.entry(employer).or_default().push(name);
        }
        aliases
    }

    /// The usual name of an employer: itself where nothing else is known.
    #[must_use]
    pub fn usual<'a>(&'a self, key: &'a str) -> &'a str {
        self.by_name.get(key).map_or(key, String::as_str)
    }

    /// The usual name of the employer whose mailbox this is.
    #[must_use]
    pub fn by_mailbox(&self, mailbox: &EmailAddress) -> Option<String> {
        let domain = mailbox.corporate_domain()?;
        match self.by_mail_domain.get(&domain) {
            Some(employer) => Some(employer.clone()),
            None => tells_employer(&domain).then(|| self.usual(&domain).to_owned()),
        }
    }

    /// What else an employer is known by.
    pub fn others<'a>(&'a self, key: &'a str) -> impl Iterator<Item = EmployerName> + 'a {
        let usual = self.usual(key);
        let itself = (usual != key).then(|| EmployerName::Name(usual.to_owned()));
        let others = self.others.get(usual).into_iter().flatten();
        let others = others.filter(move |name| !matches!(name, EmployerName::Name(name) if name == key));
        itself.into_iter().chain(others.cloned())
    }
}

/// Names learned so far, while all domains are gone through.
#[derive(Default)]
pub struct Learning {
    after: String,
    learned: Vec<(EmployerName, String)>,
}

/// Whether there is more to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learned {
    /// Some domains are left.
    Some,
    /// All have been looked at, and what they teach is kept.
    All,
}

impl Mirror {
    /// Looks at the people of some more domains; keeps what was learned once all have been looked at.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn learn_employer_aliases(&self, learning: &mut Learning) -> Result<Learned, MirrorError> {
        let words = self.words_after(
            KeyWordKind::MailDomain..=KeyWordKind::MailDomain,
            &learning.after,
            DOMAINS_AT_ONCE,
        )?;
        if words.is_empty() {
            self.store_employer_aliases(&learning.learned)?;
            return Ok(Learned::All);
        }
        let mut looked_at = 0;
        for (word, people) in words {
            if people >= FEWEST_PEOPLE as u64 && learning.learned.len() < MOST_NAMES {
                looked_at += self.learn_of_domain(&word, &mut learning.learned)?;
            }
            learning.after = word;
            if looked_at >= LOOKED_AT_ONCE {
                break;
            }
        }
        Ok(Learned::Some)
    }

    /// Learns what the people of one domain call their employer; how many were looked at.
    fn learn_of_domain(&self, word: &str, learned: &mut Vec<(EmployerName, String)>) -> Result<usize, MirrorError> {
        let people = self.working_people(word, MOST_OF_A_DOMAIN)?;
        let mut looked_at = people.len();
        // The word is a hash: the domain itself stands in the mailboxes.
        let mut domains = people.iter().flat_map(WorkingPerson::domains);
        let domain = domains.find(|domain| KeyWord::new(KeyWordKind::MailDomain, domain).as_str() == word);
        let Some(domain) = domain else {
            return Ok(looked_at);
        };
        // A mailbox of several people is an agency's, and tells whose candidates they are.
        let is_own = |person: &WorkingPerson| {
            let mailbox = person.mailbox_at(domain);
            mailbox.is_some()
                && people
                    .iter()
                    .filter(|other| other.mailbox_at(domain) == mailbox)
                    .count()
                    == 1
        };
        let of_one = people
            .iter()
            .filter(|person| is_own(person) && !person.employers.is_empty());
        let here: Vec<&[String]> = of_one.map(|person| person.employers.as_slice()).collect();
        let mut names: Vec<&String> = Vec::new();
        for name in here.iter().copied().flatten() {
            if !names.contains(&name) && how_many_name(&here, name) >= FEWEST_PEOPLE {
                names.push(name);
            }
        }
        // Where all call it what the domain does, there is nothing to learn.
        let is_settled = matches!(names.as_slice(), [only] if *only == domain);
        names.retain(|_| !is_settled);
        let mut at_home: Vec<AtHome<'_>> = Vec::new();
        for name in names {
            let of_name =
                self.working_people(KeyWord::new(KeyWordKind::Company, name).as_str(), MOST_OF_AN_EMPLOYER)?;
            looked_at += of_name.len();
            at_home.extend(at_home_here(name, domain, &of_name));
        }
        learned.extend(names_of_one(domain, &here, &at_home));
        Ok(looked_at)
    }

    fn working_people(&self, word: &str, most: u32) -> Result<Vec<WorkingPerson>, MirrorError> {
        let mut people = Vec::new();
        for row in self.contact_rows(word, most)? {
            people.extend(self.contact_in(row)?.as_ref().map(WorkingPerson::of));
        }
        Ok(people)
    }

    fn store_employer_aliases(&self, learned: &[(EmployerName, String)]) -> Result<(), MirrorError> {
        self.in_one(|| {
            self.connection
                .prepare_cached("DELETE FROM employer_alias")?
                .execute([])?;
            let mut insert = self
                .connection
                .prepare_cached("INSERT OR IGNORE INTO employer_alias (kind, name, employer) VALUES (?1, ?2, ?3)")?;
            for (name, employer) in learned {
                let (kind, name) = name.stored();
                insert.execute(params![kind, name, employer])?;
            }
            let among: u64 = self.number("frequencies_among")?.unwrap_or(0);
            self.set_number("employer_aliases_among", among)
        })?;
        self.employer_aliases.take();
        Ok(())
    }

    /// The names that have been learned.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn employer_aliases(&self) -> Result<Rc<EmployerAliases>, MirrorError> {
        if let Some(known) = &*self.employer_aliases.borrow() {
            return Ok(Rc::clone(known));
        }
        let stored: Vec<(EmployerName, String)> = self
            .connection
            .prepare_cached("SELECT kind, name, employer FROM employer_alias ORDER BY kind, name")?
            .query_map([], |row| {
                let name = row.get(1)?;
                let name = match row.get(0)? {
                    EmployerName::NAME => EmployerName::Name(name),
                    _ => EmployerName::MailDomain(name),
                };
                Ok((name, row.get(2)?))
            })?
            .collect::<Result<_, _>>()?;
        let aliases = Rc::new(EmployerAliases::of(stored));
        self.employer_aliases.replace(Some(Rc::clone(&aliases)));
        Ok(aliases)
    }

    /// Whether they have been learned since the frequencies were last counted.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn are_employer_aliases_learned(&self) -> Result<bool, MirrorError> {
        let among: Option<u64> = self.number("frequencies_among")?;
        Ok(among.is_some() && self.number("employer_aliases_among")? == among)
    }
}

/// Where somebody has mailboxes, and whom they name as employers, each once.
struct WorkingPerson {
    /// The domain, and the whole address.
    mailboxes: Vec<(String, String)>,
    employers: Vec<String>,
}

impl WorkingPerson {
    fn of(record: &ContactRecord) -> Self {
        let keys = record.data.emails.iter().flat_map(|email| email_keys(email));
        let mailboxes = keys.filter(|key| key.kind() == KeyKind::Email);
        let positions = record.history.positions.iter();
        let of_resumes = positions.filter_map(|position| company_keys(&position.company));
        let listed = companies_of_headline(&record.data.headline).into_iter();
        let mut employers: Vec<String> = Vec::new();
        for employer in listed.map(|(keys, _)| keys).chain(of_resumes) {
            if !employers.contains(&employer.main) {
                employers.push(employer.main);
            }
        }
        Self {
            mailboxes: mailboxes
                .filter_map(|key| Some((EmailAddress::of_key(&key)?.corporate_domain()?, key.value().to_owned())))
                .collect(),
            employers,
        }
    }

    fn domains(&self) -> impl Iterator<Item = &String> {
        self.mailboxes.iter().map(|(domain, _)| domain)
    }

    fn mailbox_at(&self, wanted: &str) -> Option<&String> {
        let mut mailboxes = self.mailboxes.iter();
        mailboxes
            .find(|(domain, _)| domain == wanted)
            .map(|(_, mailbox)| mailbox)
    }

    fn names(&self, employer: &str) -> bool {
        self.employers.iter().any(|name| name == employer)
    }
}

/// How many of those whose employers these are name this one.
fn how_many_name(people: &[&[String]], employer: &str) -> usize {
    let naming = people.iter().filter(|names| names.iter().any(|name| name == employer));
    naming.count()
}

/// A name of an employer whose people have their mailboxes at a domain.
struct AtHome<'a> {
    name: &'a str,
    /// How many of those looked at who give the name have none there.
    elsewhere: usize,
}

/// An employer that is at home at a domain: nowhere more of those who name it have their mailboxes. Those of a former employer of
/// many have them at its own.
fn at_home_here<'a>(name: &'a str, domain: &str, people: &[WorkingPerson]) -> Option<AtHome<'a>> {
    let naming: Vec<&WorkingPerson> = people.iter().filter(|person| person.names(name)).collect();
    let at = |wanted: &str| {
        naming
            .iter()
            .filter(|person| person.mailbox_at(wanted).is_some())
            .count()
    };
    let here = at(domain);
    let mut domains = naming.iter().flat_map(|person| person.domains());
    let is_at_home = here >= FEWEST_PEOPLE && domains.all(|elsewhere| at(elsewhere) <= here);
    is_at_home.then(|| AtHome {
        name,
        elsewhere: naming.iter().filter(|person| !person.mailboxes.is_empty()).count() - here,
    })
}

/// What else the employer of a domain is known by: nothing unless most of its people say so.
///
/// `here` are the employers that each person of the domain names, `at_home` the names whose people are here.
fn names_of_one(domain: &str, here: &[&[String]], at_home: &[AtHome<'_>]) -> Vec<(EmployerName, String)> {
    // The name that most use; of two alike, the one whose people are nowhere else, and the one that the domain has.
    let standing = |one: &AtHome<'_>| {
        let elsewhere = std::cmp::Reverse(one.elsewhere);
        (how_many_name(here, one.name), elsewhere, one.name == domain)
    };
    let Some(first) = at_home.iter().max_by_key(|one| standing(one)) else {
        return Vec::new();
    };
    // All were together at two employers, and nothing tells which of them the domain is.
    if at_home.iter().filter(|one| standing(one) == standing(first)).count() > 1 {
        return Vec::new();
    }
    let usual = first.name;
    let is_other_name = |other: &&str| {
        let naming = here.iter().filter(|names| names.iter().any(|name| name == *other));
        let both = naming.filter(|names| names.iter().any(|name| name == usual)).count();
        *other != usual && both as f64 <= NAMED_TOGETHER * how_many_name(here, other) as f64
    };
    let others: Vec<&str> = at_home.iter().map(|one| one.name).filter(is_other_name).collect();
    let is_one_of_them = |name: &String| name == usual || others.contains(&name.as_str());
    let agree = here.iter().filter(|names| names.iter().any(is_one_of_them)).count();
    let of_all = |share: f64| share * here.len() as f64;
    if (agree as f64) < of_all(MOST_AGREE) || (how_many_name(here, usual) as f64) < of_all(NAMED_USUALLY) {
        return Vec::new();
    }
    let mail_domain = (usual != domain).then(|| EmployerName::MailDomain(domain.to_owned()));
    let other_names = others.into_iter().map(|other| EmployerName::Name(other.to_owned()));
    other_names
        .chain(mail_domain)
        .map(|name| (name, usual.to_owned()))
        .collect()
}
