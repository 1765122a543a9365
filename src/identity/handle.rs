//! Names that people choose on sites and for mailboxes. One and the same unusual name on two sites is often one person; it is
//! never a key, since anybody may choose it (matching.md §4.5).

use super::email::{EmailAddress, EmailClass};
use super::key::{IdentityKey, KeyKind};
use super::link::is_assigned_slug;
use super::name::PersonName;
use super::public_suffix::registrable_domain;

/// Shorter names are everybody's.
const SHORTEST: usize = 6;

/// How much a chosen name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandleStrength {
    /// The person's name and a number that could be a year: a namesake may have it too.
    NameAndNumber,
    /// Something that nobody else is likely to think of.
    Unusual,
}

/// A name that somebody chose. `Debug` shows where, never what.
#[derive(Clone, PartialEq, Eq)]
pub struct Handle {
    text: String,
    /// The other ways in which the same person writes the same addition beside the name.
    forms: Vec<String>,
    kind: KeyKind,
    strength: HandleStrength,
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Handle({:?}, {:?})", self.kind, self.strength)
    }
}

impl Handle {
    /// The chosen name in a key, letters and digits only. Nothing for keys that nobody chose, for short names, and for what
    /// is nothing but the person's own name: it says no more than the name does.
    #[must_use]
    pub fn of(key: &IdentityKey, name: Option<&PersonName>) -> Option<Handle> {
        let chosen = match key.kind() {
            KeyKind::LinkedInSlug if is_assigned_slug(key.value()) => return None,
            KeyKind::LinkedInSlug
            | KeyKind::GitHubLogin
            | KeyKind::GitLabLogin
            | KeyKind::Bitbucket
            | KeyKind::Codeberg
            | KeyKind::XHandle
            | KeyKind::Dribbble
            | KeyKind::Behance
            | KeyKind::Medium
            | KeyKind::DevTo
            | KeyKind::Hashnode
            | KeyKind::Substack
            | KeyKind::Kaggle
            | KeyKind::HuggingFace
            | KeyKind::Npm
            | KeyKind::PyPi
            | KeyKind::DockerHub
            | KeyKind::Keybase
            | KeyKind::Linktree
            | KeyKind::AboutMe
            | KeyKind::Wellfound => key.value().to_owned(),
            KeyKind::BlueskyHandle => key.value().split('.').next()?.to_owned(),
            // `moonwarbler.dev` is as much a choice as `@moonwarbler`.
            KeyKind::Web => registrable_domain(key.value().split('/').next()?)?
                .split('.')
                .next()?
                .to_owned(),
            KeyKind::Email => {
                let email = EmailAddress::of_key(key)?;
                if email.class() != EmailClass::Personal {
                    return None;
                }
                email.local_part().to_owned()
            }
            _ => return None,
        };
        let text: String = chosen.chars().filter(|letter| letter.is_alphanumeric()).collect();
        if text.chars().count() < SHORTEST {
            return None;
        }
        let rest = name.and_then(|name| beside_the_name(&text, name));
        let strength = match rest {
            // A number of one or two digits is what everybody adds to a name that is taken.
            Some(rest) if rest.len() <= 2 => return None,
            Some(rest) if rest.bytes().all(|byte| byte.is_ascii_digit()) => HandleStrength::NameAndNumber,
            _ => HandleStrength::Unusual,
        };
        let forms = match (rest, name) {
            (Some(rest), Some(name)) if is_of_ones_own(rest) => forms_with(rest, name),
            _ => Vec::new(),
        };
        Some(Handle {
            forms: forms.into_iter().filter(|form| *form != text).collect(),
            text,
            kind: key.kind(),
            strength,
        })
    }

    /// The name, letters and digits only.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The name, and the forms in which the same person may have chosen it elsewhere: who is `jdoe1x7` here may be `jane.doe1x7`
    /// there. Only where something stands beside the person's own name that others would hardly choose.
    pub fn all_forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.text).chain(&self.forms).map(String::as_str)
    }

    /// How much it tells.
    #[must_use]
    pub fn strength(&self) -> HandleStrength {
        self.strength
    }

    /// Is the same name chosen in two places? One place's is a key, and compared as such.
    #[must_use]
    pub fn is_also(&self, other: &Handle) -> bool {
        self.kind != other.kind && (self.text == other.text || self.is_form_of(other) || other.is_form_of(self))
    }

    fn is_form_of(&self, other: &Handle) -> bool {
        other.forms.contains(&self.text)
    }
}

/// Whether an addition to a name is somebody's own: at least three letters and digits, not letters alone, which `dev` and
/// `mail` would be.
fn is_of_ones_own(rest: &str) -> bool {
    rest.len() >= 3 && rest.bytes().any(|byte| byte.is_ascii_digit())
}

/// A name with an addition, in the ways that people join them.
fn forms_with(rest: &str, name: &PersonName) -> Vec<String> {
    let given = name.given_spellings().next().unwrap_or_default();
    let family = name.family_spellings().next().unwrap_or_default();
    if given.is_empty() || family.is_empty() {
        return Vec::new();
    }
    let first = |word: &str| word.chars().next().map(String::from).unwrap_or_default();
    let (given_initial, family_initial) = (first(given), first(family));
    vec![
        format!("{given}{family}{rest}"),
        format!("{family}{given}{rest}"),
        format!("{given_initial}{family}{rest}"),
        format!("{family}{given_initial}{rest}"),
        format!("{given}{family_initial}{rest}"),
        format!("{given}{rest}"),
        format!("{family}{rest}"),
    ]
}

/// What follows the person's name in a chosen name that begins with it; nothing where it begins otherwise.
fn beside_the_name<'a>(text: &'a str, name: &PersonName) -> Option<&'a str> {
    let mut shortest: Option<&str> = None;
    let mut note = |rest: Option<&'a str>| {
        if let Some(rest) = rest
            && shortest.is_none_or(|known| rest.len() < known.len())
        {
            shortest = Some(rest);
        }
    };
    for given in name.given_spellings().filter(|word| !word.is_empty()) {
        let behind_given = text.strip_prefix(given);
        note(behind_given);
        let initial = given.chars().next();
        for family in name.family_spellings().filter(|word| !word.is_empty()) {
            let behind_family = text.strip_prefix(family);
            note(behind_family);
            note(behind_given.and_then(|rest| rest.strip_prefix(family)));
            note(
                behind_given
                    .zip(family.chars().next())
                    .and_then(|(rest, letter)| rest.strip_prefix(letter)),
            );
            note(behind_family.and_then(|rest| rest.strip_prefix(given)));
            note(
                behind_family
                    .zip(initial)
                    .and_then(|(rest, letter)| rest.strip_prefix(letter)),
            );
            note(
                initial
                    .and_then(|letter| text.strip_prefix(letter))
                    .and_then(|rest| rest.strip_prefix(family)),
            );
        }
    }
    shortest
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn strength(key: &str, name: &str) -> Option<HandleStrength> {
        let handle = Handle::of(&IdentityKey::parse(key).unwrap(), Some(&PersonName::parse(name)));
        handle.map(|handle| handle.strength())
    }

    #[test]
    fn somebodys_own_name_is_no_choice() {
        for (key, name) in [
            ("li:slug:ines-kowalczyk", "Ines Kowalczyk"),
            ("gh:login:ikowalczyk", "Ines Kowalczyk"),
            ("email:ines.kowalczyk7@web.de", "Ines Kowalczyk"),
            ("gh:login:inesk", "Ines Kowalczyk"),
            ("li:slug:ines-kowalczyk-7a1b2c3d", "Ines Kowalczyk"),
            ("gh:login:abc", "Ines Kowalczyk"),
            ("li:member:123456789", "Ines Kowalczyk"),
            ("phone:+48555010203", "Ines Kowalczyk"),
            // An employer gives its mailboxes names by rule.
            ("email:moonwarbler@harbor.example", "Ines Kowalczyk"),
        ] {
            assert_eq!(strength(key, name), None, "{key}");
        }
    }

    #[test]
    fn an_addition_of_ones_own_is_the_same_beside_any_form_of_the_name() {
        let name = PersonName::parse("Wayne Barnett");
        let handle = |key: &str, name| Handle::of(&IdentityKey::parse(key).unwrap(), name).unwrap();
        let mailbox = handle("email:wbarnett6h4@web.de", Some(&name));
        for login in ["gh:login:barnett6h4", "gh:login:wayne-barnett6h4", "gh:login:wayne6h4"] {
            assert!(mailbox.is_also(&handle(login, None)), "{login}");
            assert!(handle(login, None).is_also(&mailbox), "{login}");
        }
        assert!(!mailbox.is_also(&handle("gh:login:barnett6h5", None)));
        let mailbox = handle("email:waynedev@web.de", Some(&name));
        assert!(
            !mailbox.is_also(&handle("gh:login:barnettdev", None)),
            "a word that everybody adds"
        );
    }

    #[test]
    fn an_unusual_name_is_the_same_in_two_places() {
        assert_eq!(
            strength("gh:login:moon-warbler", "Ines Kowalczyk"),
            Some(HandleStrength::Unusual)
        );
        assert_eq!(
            strength("gh:login:ines1984", "Ines Kowalczyk"),
            Some(HandleStrength::NameAndNumber)
        );
        let handle = |key: &str| Handle::of(&IdentityKey::parse(key).unwrap(), None).unwrap();
        assert!(handle("gh:login:moon-warbler").is_also(&handle("x:handle:moon_warbler")));
        assert!(handle("gh:login:moon-warbler").is_also(&handle("web:moonwarbler.dev")));
        assert!(!handle("gh:login:moon-warbler").is_also(&handle("gh:login:moonwarbler")));
    }
}
