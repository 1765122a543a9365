//! One normal form for everything that can prove who a person is, so that a page and the mirror can be joined by
//! plain equality. It must not hold rules of one kind of key: those live in that kind's own file.
//!
//! Source of the rules: `matching.md` §4. The text forms are fixed by `design.md` §8 (Profile, `ids`).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{email, link, phone};

/// What kind of thing an [`IdentityKey`] names. The kind is part of the key: `gh:login:jdoe` and `x:handle:jdoe` are
/// different keys, since a handle is not a person across sites (matching.md §4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyKind {
    /// `li:slug:` the last part of a public LinkedIn address. People change it.
    LinkedInSlug,
    /// `li:member:` LinkedIn's numeric member id. It never changes.
    LinkedInMember,
    /// `li:opaque:` a LinkedIn id that cannot be decoded; compared without case (matching.md §4.4).
    LinkedInOpaque,
    /// `gh:login:` GitHub login. It can be renamed and taken by somebody else.
    GitHubLogin,
    /// `gh:id:` GitHub's numeric account id. It never changes.
    GitHubId,
    /// `gl:login:` GitLab login.
    GitLabLogin,
    /// `gl:id:` GitLab's numeric user id.
    GitLabId,
    /// `bb:login:` Bitbucket workspace name.
    Bitbucket,
    /// `cb:login:` Codeberg login.
    Codeberg,
    /// `so:id:` Stack Overflow user number.
    StackOverflowId,
    /// `se:id:` user number on another Stack Exchange site, as `HOST/NUMBER`; numbers differ per site.
    StackExchangeId,
    /// `se:account:` the number that joins one person's users across the Stack Exchange network.
    StackExchangeAccount,
    /// `x:handle:` X (Twitter) handle. Renamed and recycled.
    XHandle,
    /// `x:id:` X's numeric user id. It never changes.
    XId,
    /// `bluesky:handle:` Bluesky handle, a domain name.
    BlueskyHandle,
    /// `bluesky:did:` Bluesky's permanent identifier, without the leading `did:`.
    BlueskyDid,
    /// `dribbble:` Dribbble name.
    Dribbble,
    /// `behance:` Behance name.
    Behance,
    /// `medium:` Medium name, without `@`.
    Medium,
    /// `devto:` dev.to name.
    DevTo,
    /// `hashnode:` Hashnode name, without `@`.
    Hashnode,
    /// `substack:` Substack name.
    Substack,
    /// `kaggle:` Kaggle name.
    Kaggle,
    /// `hf:login:` Hugging Face name.
    HuggingFace,
    /// `scholar:` Google Scholar author id: 12 characters, case matters.
    Scholar,
    /// `orcid:` ORCID iD, four groups of four with a valid check digit.
    Orcid,
    /// `researchgate:` ResearchGate profile name.
    ResearchGate,
    /// `s2:author:` Semantic Scholar author number.
    SemanticScholar,
    /// `xing:` XING profile name.
    Xing,
    /// `wellfound:` Wellfound (formerly AngelList Talent) name.
    Wellfound,
    /// `npm:` npm user name.
    Npm,
    /// `pypi:` PyPI user name.
    PyPi,
    /// `dockerhub:` Docker Hub user name.
    DockerHub,
    /// `keybase:` Keybase name.
    Keybase,
    /// `linktree:` Linktree name.
    Linktree,
    /// `aboutme:` about.me name.
    AboutMe,
    /// `email:` address in canonical form.
    Email,
    /// `phone:` number in E.164, with `+`.
    Phone,
    /// `web:` a domain, a host below a hosting suffix, or `HOST/~name`, that belongs to one person.
    Web,
}

impl KeyKind {
    /// Every kind there is, for tables and tests.
    pub const ALL: [KeyKind; 39] = [
        KeyKind::LinkedInSlug,
        KeyKind::LinkedInMember,
        KeyKind::LinkedInOpaque,
        KeyKind::GitHubLogin,
        KeyKind::GitHubId,
        KeyKind::GitLabLogin,
        KeyKind::GitLabId,
        KeyKind::Bitbucket,
        KeyKind::Codeberg,
        KeyKind::StackOverflowId,
        KeyKind::StackExchangeId,
        KeyKind::StackExchangeAccount,
        KeyKind::XHandle,
        KeyKind::XId,
        KeyKind::BlueskyHandle,
        KeyKind::BlueskyDid,
        KeyKind::Dribbble,
        KeyKind::Behance,
        KeyKind::Medium,
        KeyKind::DevTo,
        KeyKind::Hashnode,
        KeyKind::Substack,
        KeyKind::Kaggle,
        KeyKind::HuggingFace,
        KeyKind::Scholar,
        KeyKind::Orcid,
        KeyKind::ResearchGate,
        KeyKind::SemanticScholar,
        KeyKind::Xing,
        KeyKind::Wellfound,
        KeyKind::Npm,
        KeyKind::PyPi,
        KeyKind::DockerHub,
        KeyKind::Keybase,
        KeyKind::Linktree,
        KeyKind::AboutMe,
        KeyKind::Email,
        KeyKind::Phone,
        KeyKind::Web,
    ];

    /// The text that starts every key of this kind, with its closing colon.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            KeyKind::LinkedInSlug => "li:slug:",
            KeyKind::LinkedInMember => "li:member:",
            KeyKind::LinkedInOpaque => "li:opaque:",
            KeyKind::GitHubLogin => "gh:login:",
            KeyKind::GitHubId => "gh:id:",
            KeyKind::GitLabLogin => "gl:login:",
            KeyKind::GitLabId => "gl:id:",
            KeyKind::Bitbucket => "bb:login:",
            KeyKind::Codeberg => "cb:login:",
            KeyKind::StackOverflowId => "so:id:",
            KeyKind::StackExchangeId => "se:id:",
            KeyKind::StackExchangeAccount => "se:account:",
            KeyKind::XHandle => "x:handle:",
            KeyKind::XId => "x:id:",
            KeyKind::BlueskyHandle => "bluesky:handle:",
            KeyKind::BlueskyDid => "bluesky:did:",
            KeyKind::Dribbble => "dribbble:",
            KeyKind::Behance => "behance:",
            KeyKind::Medium => "medium:",
            KeyKind::DevTo => "devto:",
            KeyKind::Hashnode => "hashnode:",
            KeyKind::Substack => "substack:",
            KeyKind::Kaggle => "kaggle:",
            KeyKind::HuggingFace => "hf:login:",
            KeyKind::Scholar => "scholar:",
            KeyKind::Orcid => "orcid:",
            KeyKind::ResearchGate => "researchgate:",
            KeyKind::SemanticScholar => "s2:author:",
            KeyKind::Xing => "xing:",
            KeyKind::Wellfound => "wellfound:",
            KeyKind::Npm => "npm:",
            KeyKind::PyPi => "pypi:",
            KeyKind::DockerHub => "dockerhub:",
            KeyKind::Keybase => "keybase:",
            KeyKind::Linktree => "linktree:",
            KeyKind::AboutMe => "aboutme:",
            KeyKind::Email => "email:",
            KeyKind::Phone => "phone:",
            KeyKind::Web => "web:",
        }
    }
}

/// Why a text is not an identity key. It never repeats the text, which is personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityKeyError {
    /// The text starts with no known kind.
    #[error("not an identity key: unknown kind")]
    UnknownKind,
    /// The kind is known; what follows is not a value of that kind (reserved word, wrong alphabet, wrong length).
    #[error("not an identity key: the value is no {}…", .0.prefix())]
    BadValue(KeyKind),
}

/// One fact that two places can share, in canonical text form: `li:slug:jane-doe`, `gh:id:5550123`,
/// `email:jane@example.org`. Equal keys are equal texts.
///
/// The value is personal data: `Debug` shows the kind only.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdentityKey {
    // Kind first, so that keys sort by kind and then by value.
    kind: KeyKind,
    text: String,
}

impl IdentityKey {
    /// The key of `kind` whose value is `raw`, brought into normal form.
    ///
    /// One change of kind can happen: a LinkedIn token given as `LinkedInOpaque` that decodes becomes the
    /// `LinkedInMember` key it contains (matching.md §4.4).
    ///
    /// # Errors
    /// [`IdentityKeyError::BadValue`] when `raw` is not a value of that kind.
    pub fn new(kind: KeyKind, raw: &str) -> Result<IdentityKey, IdentityKeyError> {
        if kind == KeyKind::LinkedInOpaque
            && let Some(member) = link::opaque_token::member_id(raw)
        {
            return Ok(IdentityKey::from_normal(KeyKind::LinkedInMember, &member.to_string()));
        }
        match normal_value(kind, raw) {
            Some(value) => Ok(IdentityKey::from_normal(kind, &value)),
            None => Err(IdentityKeyError::BadValue(kind)),
        }
    }

    /// Reads the text form, in any case and spelling that names the same thing.
    ///
    /// # Errors
    /// [`IdentityKeyError`] when the kind is unknown or the value is not one of that kind.
    pub fn parse(text: &str) -> Result<IdentityKey, IdentityKeyError> {
        let text = text.trim();
        KeyKind::ALL
            .into_iter()
            .find_map(|kind| text.strip_prefix(kind.prefix()).map(|value| (kind, value)))
            .map_or(Err(IdentityKeyError::UnknownKind), |(kind, value)| {
                IdentityKey::new(kind, value)
            })
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The whole canonical text, kind and value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The value without its kind: `jane-doe` of `li:slug:jane-doe`.
    #[must_use]
    pub fn value(&self) -> &str {
        self.text.strip_prefix(self.kind.prefix()).unwrap_or(&self.text)
    }

    /// A stable 64-bit hash (XXH3, seed 0) of the canonical text, for the mirror's index. It is stored in databases:
    /// changing it means building the index again.
    #[must_use]
    pub fn hash64(&self) -> i64 {
        i64::from_ne_bytes(xxhash_rust::xxh3::xxh3_64(self.text.as_bytes()).to_ne_bytes())
    }

    /// The key of an address, which is in normal form already.
    pub(super) fn of_email(address: &email::EmailAddress) -> IdentityKey {
        IdentityKey::from_normal(KeyKind::Email, &address.canonical())
    }

    /// The key of a number in E.164.
    pub(super) fn of_e164(number: &str) -> IdentityKey {
        IdentityKey::from_normal(KeyKind::Phone, number)
    }

    fn from_normal(kind: KeyKind, value: &str) -> IdentityKey {
        IdentityKey {
            kind,
            text: [kind.prefix(), value].concat(),
        }
    }
}

/// The normal form of a value of `kind`, or nothing when it is not one.
fn normal_value(kind: KeyKind, raw: &str) -> Option<String> {
    let raw = raw.trim();
    match kind {
        KeyKind::Email => email::EmailAddress::parse(raw).map(|address| address.canonical()),
        KeyKind::Phone => phone::normal_e164(raw),
        KeyKind::Web => link::personal_domain::normal_value(raw),
        KeyKind::LinkedInSlug => link::linkedin::normal_slug(raw),
        KeyKind::LinkedInMember => link::opaque_token::normal_member(raw),
        KeyKind::LinkedInOpaque => link::opaque_token::normal_opaque(raw),
        KeyKind::GitHubLogin => link::github::normal_login(raw),
        _ => link::other_sites::normal_value(kind, raw),
    }
}

impl fmt::Debug for IdentityKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "IdentityKey({}…)", self.kind.prefix())
    }
}

impl Serialize for IdentityKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for IdentityKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        IdentityKey::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn canonical(text: &str) -> Option<String> {
        IdentityKey::parse(text).ok().map(|key| key.as_str().to_owned())
    }

    #[test]
    fn a_key_is_read_in_any_spelling_of_the_same_thing() {
        for (given, expected) in [
            ("li:slug:Jane-Doe", "li:slug:jane-doe"),
            ("gh:login:JDoe", "gh:login:jdoe"),
            ("email:Jane.Doe+jobs@GoogleMail.com", "email:janedoe@gmail.com"),
            ("phone:+48 555 010 203", "phone:+48555010203"),
            ("web:WWW.Example.dev", "web:example.dev"),
            ("x:handle:@Jane_Doe", "x:handle:jane_doe"),
            ("so:id:000123", "so:id:123"),
            (" li:member:123456789 ", "li:member:123456789"),
        ] {
            assert_eq!(canonical(given).as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn a_decodable_token_becomes_the_member_it_contains() {
        assert_eq!(
            canonical("li:opaque:ACoAAAdbzRUBSxapnNkkN8d1zpKC2hWVyh7fPuc").as_deref(),
            Some("li:member:123456789")
        );
    }

    #[test]
    fn what_names_nobody_is_refused() {
        for text in [
            "",
            "jane",
            "li:",
            "li:slug:",
            "li:slug:me",
            "li:slug:a/b",
            "li:member:0",
            "li:member:abc",
            "gh:login:settings",
            "gh:login:-jane",
            "email:jane",
            "phone:123",
            "web:localhost",
            "web:github.io",
            "x:handle:home",
            "so:id:12a",
            "unknown:jane",
        ] {
            assert_eq!(canonical(text), None, "{text}");
        }
    }

    #[test]
    fn debug_and_errors_show_the_kind_only() {
        let key = IdentityKey::parse("email:jane@example.org").unwrap();
        assert_eq!(format!("{key:?}"), "IdentityKey(email:…)");
        let error = IdentityKey::parse("email:jane").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("jane"));
    }

    #[test]
    fn the_hash_is_what_databases_already_hold() {
        let key = IdentityKey::parse("li:slug:jane-doe").unwrap();
        assert_eq!(key.hash64(), HASH_OF_JANE_DOE);
    }
    const HASH_OF_JANE_DOE: i64 = 5_532_009_781_666_476_543;

    #[test]
    fn json_carries_the_text_and_reading_normalises() {
        let key: IdentityKey = serde_json::from_str("\"li:slug:Jane-Doe\"").unwrap();
        assert_eq!(serde_json::to_string(&key).unwrap(), "\"li:slug:jane-doe\"");
        assert!(serde_json::from_str::<IdentityKey>("\"li:slug:me\"").is_err());
    }

    #[test]
    fn no_prefix_hides_another() {
        for kind in KeyKind::ALL {
            let first = KeyKind::ALL
                .into_iter()
                .find(|other| kind.prefix().starts_with(other.prefix()));
            assert_eq!(first, Some(kind));
        }
    }

    proptest! {
        #[test]
        fn any_value_of_any_kind_is_refused_or_has_one_normal_form(kind in proptest::sample::select(&KeyKind::ALL[..]), raw in "\\PC{0,40}|[a-zA-Z0-9@._+~/%-]{0,45}") {
            if let Ok(key) = IdentityKey::new(kind, &raw) {
                let again = IdentityKey::parse(key.as_str()).unwrap();
                prop_assert_eq!(again.as_str(), key.as_str());
                prop_assert_eq!(again.kind(), key.kind());
            }
        }

        #[test]
        fn any_text_is_parsed_without_panic(text in any::<String>()) {
            let _ = IdentityKey::parse(&text);
        }
    }
}
