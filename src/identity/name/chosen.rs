//! Surnames that somebody's mailbox still has: who married keeps `jane.doe@`, and a record with a shortened surname often has the
//! whole one there. Only what stands beside the person's own given name counts: a relative's mailbox in the record of another
//! says nothing. Nor does a profile address: who has taken over another's would be taken for them by name as well.

use super::PersonName;
use super::part::Part;
use crate::identity::IdentityKey;
use crate::identity::email::{EmailAddress, EmailClass};

/// Surnames that are learned for one person: more are somebody's list.
const MOST: usize = 2;
/// Shorter words are initials and abbreviations.
const SHORTEST: usize = 3;

impl PersonName {
    /// The name with the surnames of the person's own keys beside it, as those of before ([`PersonName::compare`] lets them stand
    /// in for the surname, at a price).
    #[must_use]
    pub fn with_surnames_of<'a>(mut self, keys: impl Iterator<Item = &'a IdentityKey>) -> Self {
        if self.family.is_none() {
            return self;
        }
        for key in keys {
            if self.former.len() >= MOST {
                break;
            }
            let Some((one, other)) = chosen_name(key) else {
                continue;
            };
            for (given, family) in [(&one, &other), (&other, &one)] {
                if self.is_called(given) && family.len() >= SHORTEST && !self.has(family) {
                    self.former.push(Part::of(&[family]));
                }
            }
        }
        self
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

/// The two words that a mailbox begins with, where it is written as a name is: `jane.doe`, `jane_doe87`.
fn chosen_name(key: &IdentityKey) -> Option<(String, String)> {
    let address = EmailAddress::of_key(key)?;
    if !matches!(address.class(), EmailClass::Personal | EmailClass::Corporate) {
        return None;
    }
    let mut words = address.local_part().split(['.', '_', '-']).map(|word| {
        let letters = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
        (letters.len() > 1 && letters.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| letters.to_owned())
    });
    words.next().flatten().zip(words.next().flatten())
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
    fn a_relatives_mailbox_gives_nobody_another_name() {
        for (name, key, other) in [
            ("John Larsson", "email:ines.kowalczyk@web.de", "Ines Kowalczyk"),
            ("John Larsson", "email:ines.kowalczyk@web.de", "John Kowalczyk"),
            ("Ines Larsson", "email:inesk84@web.de", "Ines Kowalczyk"),
            ("Ines Larsson", "email:ines.ko@web.de", "Ines Ko"),
            ("Ines Larsson", "li:slug:ines-kowalczyk", "Ines Kowalczyk"),
        ] {
            assert_eq!(agreement(name, key, other), NameAgreement::Incompatible, "{name} {key}");
        }
    }
}
