//! Names that somebody's mailbox, login or profile address has and their name has not: who married keeps `jane.doe@`, a record with
//! a shortened surname often has the whole one there, and who goes by another given name abroad has it in the address. Only what
//! stands beside the person's own name counts: a relative's mailbox in the record of another says nothing.
//!
//! Mailboxes are part of the name. Logins and addresses of a page are guesses, which are dropped wherever they do not fit and
//! never stand beside a record with the same address: who has taken over another's would be taken for them by name as well.
//! For the same reason an address that somebody chose says nothing against a surname that the page shows: only where it shows
//! none, or its first letter, such an address is read as a login is. Where the page shows no name at all, a login has to have a
//! whole one, of a given name that many have and a surname that is known.

use std::rc::Rc;

use super::PersonName;
use super::part::Part;
use super::words::is_common_given;
use crate::identity::IdentityKey;
use crate::identity::email::{EmailAddress, EmailClass};
use crate::identity::link::is_assigned_slug;

/// Surnames that are learned for one person: more are somebody's list.
const MOST: usize = 2;
/// Shorter words are initials and abbreviations.
const SHORTEST: usize = 3;
/// Shorter given names and surnames begin too many words by chance, where no sign stands between the two.
const SHORTEST_JOINED: usize = 4;
/// What stands between the names in a mailbox or a login.
const NAME_SIGNS: [char; 3] = ['.', '_', '-'];
/// Letters that are added to a name that is taken, in front of a number.
const LONGEST_ADDITION: usize = 4;
/// Without a number: more letters may make another name of it.
const LONGEST_ADDITION_ALONE: usize = 2;

impl PersonName {
    /// The name with the surnames of the person's own keys beside it, as those of before ([`PersonName::compare`] lets them stand
    /// in for the surname, at a price).
    #[must_use]
    pub fn with_surnames_of<'a>(mut self, keys: impl Iterator<Item = &'a IdentityKey>) -> Self {
        let known = self.surnames_of(keys);
        self.former.extend(known);
        self
    }

    /// As [`PersonName::with_surnames_of`], of a name that several people share: it is copied only for whom there is something to add.
    #[must_use]
    pub fn shared_with_surnames_of<'a>(self: Rc<Self>, keys: impl Iterator<Item = &'a IdentityKey>) -> Rc<Self> {
        let found = self.surnames_of(keys);
        if found.is_empty() {
            return self;
        }
        let mut name = Rc::unwrap_or_clone(self);
        name.former.extend(found);
        Rc::new(name)
    }

    /// Surnames in the mailboxes of the person's own keys, as many as are still missing.
    fn surnames_of<'a>(&self, keys: impl Iterator<Item = &'a IdentityKey>) -> Vec<Part> {
        let mut found: Vec<Part> = Vec::new();
        if self.family.is_none() {
            return found;
        }
        for key in keys {
            // Every stored person comes through here.
            if self.former.len() + found.len() >= MOST {
                break;
            }
            let Some(address) = EmailAddress::of_key(key) else {
                continue;
            };
            if !matches!(address.class(), EmailClass::Personal | EmailClass::Corporate) {
                continue;
            }
            for family in self.surnames_in(address.local_part()) {
                let is_found = found.iter().flat_map(Part::spellings).any(|known| known == family);
                if self.former.len() + found.len() < MOST && !is_found && !self.has(family) {
                    found.push(Part::of(&[family]));
                }
            }
        }
        found
    }

    /// The name with what an assigned address has beside it: the surname of the day on which the account was opened, as one of
    /// before, or the given name that somebody goes by abroad or hides behind an initial. A guess: nothing where the addresses
    /// have nothing more than the name.
    #[must_use]
    pub fn with_names_of_slugs(&self, slugs: &[&str]) -> Option<Self> {
        let (given, family) = slugs.iter().find_map(|slug| names_in_slug(slug))?;
        let mut name = self.clone();
        if self.is_called(given) && !self.has(family) {
            name.former.push(Part::of(&[family]));
        } else if self.family_spellings().any(|known| known == family) && !self.has(given) {
            name.nicknames.push(Part::of(&[given]));
        } else {
            return None;
        }
        Some(name)
    }

    /// The name with the surname that stands beside its given name in one of the logins (`amandaadams-7`, `pallen8`), where the
    /// person shows a given name alone, or a surname's first letter that it begins with; else with the first login as the surname
    /// (`adams7`). `is_surname` knows surnames: what was added to one of them is cut off (`pallendev`). A guess: nothing where too
    /// little is left.
    #[must_use]
    pub fn with_surname_of_logins(&self, logins: &[&str], is_surname: IsSurname<'_>) -> Option<Self> {
        let initial = self.family.as_ref().map(Part::first);
        if initial.is_some_and(|family| family.len() > 1) || self.is_given_an_initial() {
            return None;
        }
        let fits = |family: &&str| family.starts_with(initial.unwrap_or_default());
        let mut beside_given = logins
            .iter()
            .filter_map(|login| self.surname_in_login(login, is_surname));
        let alone = || {
            let word = Word::of(logins.first()?.split(NAME_SIGNS).next()?)?.letters;
            let mut given = self.given_spellings().chain(self.given_variants());
            let is_beside = given.any(|given| beside(word, given).is_some());
            let known = known_surname(word, is_surname);
            // Many a word begins with the letter that is shown.
            let family = if initial.is_some() { known } else { known.or(Some(word)) };
            family.filter(|_| !is_beside)
        };
        let family = beside_given.find(fits).or_else(|| alone().filter(fits))?;
        self.is_another_surname(family)
            .then(|| Self::parse(&format!("{} {family}", self.given().unwrap_or_default())))
            .filter(|name| name.family.is_some())
    }

    /// The name that an account without one has in a login or in the address of its site (`janedoe-7`, `jane-doe.example`), with the
    /// text it was read from: a given name that many have, and behind it a surname that is known. A guess.
    #[must_use]
    pub fn of_logins<'a>(logins: &[&'a str], is_surname: IsSurname<'_>) -> Option<(Self, &'a str)> {
        logins.iter().find_map(|login| {
            let mut words = login.split(NAME_SIGNS).map(Word::of);
            let first = words.next().flatten()?.letters;
            let apart = words.next().flatten().map(|second| (first, second.letters));
            let joined = (SHORTEST_JOINED..first.len())
                .rev()
                .filter_map(|end| first.split_at_checked(end));
            let mut names = apart.into_iter().chain(joined);
            let (given, family) = names.find_map(|(given, family)| {
                let family = known_surname(family, is_surname).filter(|_| is_common_given(given))?;
                Some((given, family))
            })?;
            Some((Self::parse(&format!("{given} {family}")), *login))
        })
    }

    fn surname_in_login<'a>(&self, login: &'a str, is_surname: IsSurname<'_>) -> Option<&'a str> {
        let mut words = login.split(NAME_SIGNS).map(Word::of);
        let first = words.next().flatten()?;
        let second = words.next().flatten().filter(|_| self.is_called(first.letters));
        if let Some(second) = second {
            return known_surname(second.letters, is_surname).or(Some(second.letters));
        }
        let given = self.given_spellings().chain(self.given_variants());
        // `johnnydoe` is Johnny and not John.
        let beside_given = given.filter_map(|given| beside(first.letters, given));
        beside_given
            .min_by_key(|rest| rest.len())
            .or_else(|| {
                let behind = self.behind_initial(first.letters)?;
                // `stevens7` is no Sam Tevens.
                let is_whole =
                    known_surname(behind, is_surname).is_none() && known_surname(first.letters, is_surname).is_some();
                (!is_whole).then_some(behind)
            })
            .map(|rest| known_surname(rest, is_surname).unwrap_or(rest))
            .filter(|rest| self.is_another_surname(rest))
    }

    /// Surnames beside the person's own given name or its first letter, in a mailbox that is written as a name is: `jane.doe87`,
    /// `doe_jane`, `j.doe`, `janedoe`, `jdoe`. What was added to the whole, because it was taken, stands at the end.
    fn surnames_in<'a>(&self, mailbox: &'a str) -> Vec<&'a str> {
        let (first, rest) = mailbox.split_once(NAME_SIGNS).unwrap_or((mailbox, ""));
        let mut words = rest.split(NAME_SIGNS).map(Word::of);
        let Some(first) = Word::of(first) else {
            let second = words.next().flatten().map(|second| second.letters);
            let second = second.filter(|second| self.begins_with(first) && self.is_another_surname(second));
            return second.into_iter().collect();
        };
        let mut surnames = Vec::new();
        if let Some(second) = words.next().flatten() {
            if self.is_called(first.letters) {
                surnames.push(second.letters);
            }
            if self.is_called(second.letters) || self.is_called_with_addition(second) {
                surnames.push(first.letters);
            }
        }
        if surnames.is_empty() {
            surnames.extend(self.joined_with_given(first.letters));
        }
        surnames.retain(|family| family.len() >= SHORTEST);
        surnames
    }

    /// A given name and letters that make no other name of it.
    fn is_called_with_addition(&self, word: Word<'_>) -> bool {
        let longest = if word.has_number {
            LONGEST_ADDITION
        } else {
            LONGEST_ADDITION_ALONE
        };
        let mut spellings = self.given_spellings().filter(|given| given.len() >= SHORTEST_JOINED);
        spellings.any(|given| {
            let addition = word.letters.strip_prefix(given);
            addition.is_some_and(|addition| addition.len() <= longest) && !is_common_given(word.letters)
        })
    }

    /// What a word without any sign between has beside the given name, or else behind its first letter.
    fn joined_with_given<'a>(&self, word: &'a str) -> Option<&'a str> {
        let beside = self.given_spellings().find_map(|given| beside(word, given));
        beside
            .or_else(|| self.behind_initial(word))
            .filter(|rest| self.is_another_surname(rest))
    }

    fn behind_initial<'a>(&self, word: &'a str) -> Option<&'a str> {
        let initial = self.given_spellings().next()?.chars().next()?;
        word.strip_prefix(initial)
    }

    /// Whether a word is the first letter of the given name.
    fn begins_with(&self, initial: &str) -> bool {
        self.behind_initial(initial) == Some("")
    }

    /// Whether what is left of a word can be a surname, and is not the person's own with something behind it.
    fn is_another_surname(&self, rest: &str) -> bool {
        let is_own = |family: &str| family.len() > 1 && rest.starts_with(family);
        rest.len() >= SHORTEST_JOINED && !self.family_spellings().any(is_own) && !is_common_given(rest)
    }

    fn is_called(&self, given: &str) -> bool {
        self.given_spellings().any(|spelling| spelling == given) || self.given_variants().contains(&given)
    }

    /// Whether the word is part of the name in any way.
    fn has(&self, word: &str) -> bool {
        let middle = self.middle.iter().chain(&self.nicknames).chain(&self.former);
        let mut words = self
            .given_spellings()
            .chain(self.family_spellings())
            .chain(middle.flat_map(|part| part.spellings()).map(String::as_str));
        words.any(|known| known == word)
    }
}

/// Given name and surname in an address that LinkedIn made of them: `jane-doe-7a1b2c3d`.
fn names_in_slug(slug: &str) -> Option<(&str, &str)> {
    if !is_assigned_slug(slug) {
        return None;
    }
    let mut words = slug.split('-');
    words.next_back()?;
    let family = words.next_back().and_then(Word::of)?;
    let given = words.next().and_then(Word::of)?;
    let is_plain = !family.has_number && !given.has_number;
    let is_surname = family.letters.len() >= SHORTEST && !is_common_given(family.letters);
    (is_plain && is_surname).then_some((given.letters, family.letters))
}

/// Whether a word is a surname that is known.
pub type IsSurname<'a> = &'a dyn Fn(&str) -> bool;

/// The surname that a word is, or that it begins with before the few letters that were added because it was taken.
fn known_surname<'a>(word: &'a str, is_surname: IsSurname<'_>) -> Option<&'a str> {
    let shortest = word.len().saturating_sub(LONGEST_ADDITION).max(SHORTEST_JOINED);
    let mut beginnings = (shortest..=word.len()).rev().filter_map(|end| word.get(..end));
    beginnings.find(|beginning| is_surname(beginning))
}

/// What a word has beside a given name that it begins or ends with.
fn beside<'a>(word: &'a str, given: &str) -> Option<&'a str> {
    let is_long = given.len() >= SHORTEST_JOINED;
    is_long.then(|| word.strip_prefix(given).or_else(|| word.strip_suffix(given)))?
}

/// A word of a mailbox or a login, up to its first digit.
#[derive(Clone, Copy)]
struct Word<'a> {
    letters: &'a str,
    has_number: bool,
}

impl<'a> Word<'a> {
    /// Nothing for a single letter, and for letters that are not plain.
    fn of(word: &'a str) -> Option<Self> {
        let letters = word.split(|letter: char| letter.is_ascii_digit()).next()?;
        (letters.len() > 1 && letters.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(Self {
            letters,
            has_number: letters.len() < word.len(),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::identity::NameAgreement;

    fn agreement(name: &str, key: &str, other: &str) -> NameAgreement {
        let keys = [IdentityKey::parse(key).unwrap()];
        let name = PersonName::parse(name).with_surnames_of(keys.iter());
        name.compare(&PersonName::parse(other)).agreement
    }

    #[test]
    fn a_surname_of_before_is_still_in_the_mailbox() {
        for key in [
            "email:ines.kowalczyk@web.de",
            "email:kowalczyk_ines84@web.de",
            "email:ines.kowalczyk.old@harbor.example",
            "email:kowalczyk.inesk7@web.de",
            "email:ineskowalczyk84@web.de",
            "email:kowalczykines@web.de",
            "email:ikowalczyk53@harbor.example",
            "email:i.kowalczyk@harbor.example",
        ] {
            assert_eq!(
                agreement("Ines Larsson", key, "Ines Kowalczyk"),
                NameAgreement::Compatible,
                "{key}"
            );
        }
        assert_eq!(
            agreement("Mary B.", "email:brambore.mary@web.de", "Mary S. Brambore"),
            NameAgreement::Compatible
        );
    }

    #[test]
    fn an_address_that_linkedin_made_up_has_the_name_of_the_day_on_which_the_account_was_opened() {
        for (name, slug, other) in [
            ("Ines Larsson", "ines-kowalczyk-7a1b2c3d", "Ines Kowalczyk"),
            ("Ines Larsson", "ines-maria-kowalczyk-7a1b2c3d", "Ines Kowalczyk"),
            ("Ines K.", "ines-kowalczyk-7a1b2c3d", "Ines Kowalczyk"),
            ("Robert B.", "bob-brambore-7a1b2c3d", "Robert Brambore"),
            ("Fang Kowalczyk", "jenny-kowalczyk-7a1b2c3d", "Jenny Kowalczyk"),
            ("F. Kowalczyk", "jenny-kowalczyk-7a1b2c3d", "Jenny Kowalczyk"),
        ] {
            let guess = PersonName::parse(name).with_names_of_slugs(&[slug]).unwrap();
            let agreement = guess.compare(&PersonName::parse(other)).agreement;
            assert_eq!(agreement, NameAgreement::Compatible, "{name} {slug}");
        }
        for (name, slug) in [
            ("Ines Larsson", "ines-kowalczyk"),
            ("Ines Larsson", "ines-larsson-7a1b2c3d"),
            ("Ines Larsson", "ines-maria-7a1b2c3d"),
            ("Ines Larsson", "ines-k-7a1b2c3d"),
            ("Ines Larsson", "ines-7a1b2c3d"),
            ("Fang Kowalczyk", "jenny-kowalczyk"),
            ("Fang Larsson", "jenny-kowalczyk-7a1b2c3d"),
            ("John Larsson", "ines-kowalczyk-7a1b2c3d"),
        ] {
            assert_eq!(
                PersonName::parse(name).with_names_of_slugs(&[slug]),
                None,
                "{name} {slug}"
            );
        }
    }

    #[test]
    fn a_login_has_the_surname_that_a_page_does_not_show() {
        let is_surname = |word: &str| matches!(word, "kowalczyk" | "stevens");
        for (name, login, expected) in [
            ("Amanda", "amandakowalczyk-7x", Some("kowalczyk")),
            ("Amanda", "kowalczykamanda", Some("kowalczyk")),
            ("Amanda", "amanda-kowalczyk", Some("kowalczyk")),
            ("Amanda", "akowalczyk8", Some("kowalczyk")),
            ("Peg", "margaretkowalczyk", Some("kowalczyk")),
            ("John", "johnnykowalczyk8", Some("kowalczyk")),
            ("Amanda", "kowalczyk8", Some("kowalczyk")),
            // What was added since it was taken.
            ("Amanda", "akowalczykdev", Some("kowalczyk")),
            ("Amanda", "amanda-kowalczykhq", Some("kowalczyk")),
            ("Amanda", "kowalczykhq8", Some("kowalczyk")),
            ("Sam", "stevensdev", Some("stevens")),
            // A surname's first letter is what has to fit.
            ("Amanda K.", "amanda-kowalczyk", Some("kowalczyk")),
            ("Amanda K.", "akowalczyk8", Some("kowalczyk")),
            ("Amanda K.", "kowalczykdev", Some("kowalczyk")),
            ("Amanda L.", "amanda-kowalczyk", None),
            ("Amanda K.", "kindfox", None),
            // No surname, as it happens: nobody has it beside this given name.
            ("Amanda", "quietfox", Some("quietfox")),
            ("Amanda", "amanda", None),
            ("Amanda", "amanda-7x", None),
            ("Amanda", "amandamaria", None),
            ("Amanda Larsson", "amandakowalczyk", None),
            ("A.", "akowalczyk", None),
            ("", "akowalczyk", None),
        ] {
            let found = PersonName::parse(name).with_surname_of_logins(&[login], &is_surname);
            assert_eq!(found.as_ref().and_then(PersonName::family), expected, "{name} {login}");
        }
        let found =
            PersonName::parse("Amanda").with_surname_of_logins(&["quietfox", "amanda-kowalczyk-7a1b2c3d"], &is_surname);
        assert_eq!(
            found.as_ref().and_then(PersonName::family),
            Some("kowalczyk"),
            "the login that has her name"
        );
    }

    #[test]
    fn an_account_without_a_name_may_have_it_in_its_login() {
        let is_surname = |word: &str| matches!(word, "kowalczyk" | "stevens");
        for (login, expected) in [
            ("amandakowalczyk-7x", Some("amanda kowalczyk")),
            ("amanda-kowalczyk8", Some("amanda kowalczyk")),
            ("amandastevensdev", Some("amanda stevens")),
            ("amandakowalczyk.example", Some("amanda kowalczyk")),
            ("quietfoxkowalczyk", None),
            ("amandalarsson", None),
            ("kowalczyk", None),
            ("amanda", None),
            ("", None),
        ] {
            let found = PersonName::of_logins(&["8", login], &is_surname);
            let name = found.as_ref().map(|(name, _)| {
                format!(
                    "{} {}",
                    name.given().unwrap_or_default(),
                    name.family().unwrap_or_default()
                )
            });
            assert_eq!(name.as_deref(), expected, "{login}");
        }
    }

    #[test]
    fn a_relatives_mailbox_gives_nobody_another_name() {
        for (name, key, other) in [
            ("John Larsson", "email:ines.kowalczyk@web.de", "Ines Kowalczyk"),
            ("John Larsson", "email:ines.kowalczyk@web.de", "John Kowalczyk"),
            ("Ines Larsson", "email:inesk84@web.de", "Ines Kowalczyk"),
            ("Ines Larsson", "email:ines.ko@web.de", "Ines Ko"),
            // Another given name that begins with hers, or with the same letter.
            ("Anna Larsson", "email:kowalczyk.annalena@web.de", "Anna Kowalczyk"),
            ("Tomas Larsson", "email:ikowalczyk@web.de", "Tomas Kowalczyk"),
            ("Tomas Larsson", "email:i.kowalczyk@web.de", "Tomas Kowalczyk"),
            ("Anna Larsson", "email:annamaria@web.de", "Anna Maria"),
            // Her own surname with something behind it.
            ("Anna Larsson", "email:annalarssonberg@web.de", "Anna Larssonberg"),
            ("Ines Larsson", "li:slug:ines-kowalczyk", "Ines Kowalczyk"),
        ] {
            assert_eq!(agreement(name, key, other), NameAgreement::Incompatible, "{name} {key}");
        }
    }
}
