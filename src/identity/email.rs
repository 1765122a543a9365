//! E-mail addresses: one canonical form for one mailbox, and what kind of mailbox it is. It must not guess whether an
//! address is shared by several people: only the mirror can know that.
//!
//! Rules: matching.md §4.1. Provider rules were checked against the `email-normalize` project's table (BSD-3-Clause).

use std::fmt;

use super::host::ascii_domain;
use super::key::{IdentityKey, KeyKind};
use super::public_suffix::{endings, registrable_domain};
use super::tables::WordList;
use super::text::lower_nfc;

/// What kind of mailbox an address names. "Shared" and "agency" are facts about the mirror and are decided there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmailClass {
    /// A consumer provider: one person, for years.
    Personal,
    /// Any other domain: an employer's, a school's, one's own. Mailboxes of employers are recycled.
    Corporate,
    /// `jobs@`, `info@`, `no-reply@`: a task, not a person. No evidence.
    Role,
    /// An address that hides another one, made by a platform. No evidence.
    Relay,
}

/// A syntactically valid address with a domain that could exist. `Debug` shows its class only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress {
    /// As given, in lower case.
    local: String,
    /// As given, in lower case and punycode.
    domain: String,
}

/// Whether an employer's mail domain, as [`EmailAddress::corporate_domain`] writes it, is long enough to be its name as well.
#[must_use]
pub fn tells_employer(domain: &str) -> bool {
    const SHORTEST: usize = 4;
    domain.len() >= SHORTEST
}

impl EmailAddress {
    /// Reads an address as people write it: `Jane@Example.org`, `mailto:jane@example.org?subject=…`,
    /// `Jane Doe <jane@example.org>`. Nothing when it is no address.
    #[must_use]
    pub fn parse(raw: &str) -> Option<EmailAddress> {
        let mut text = raw.trim().to_owned();
        if let Some((_, inside)) = text.rsplit_once('<') {
            text = inside.split('>').next().unwrap_or_default().to_owned();
        }
        if let Some(address) = strip_prefix_ignore_case(text.trim(), "mailto:") {
            let address = address.split('?').next().unwrap_or_default();
            text = percent_encoding::percent_decode_str(address)
                .decode_utf8()
                .ok()?
                .into_owned();
        }
        let text = text.trim().trim_matches(['"', '\'', '(', '[', ' ']);
        let text = text.trim_end_matches(['.', ',', ';', ':', ')', ']', '>', ' ']);
        let (local, domain) = text.rsplit_once('@')?;
        let local = lower_nfc(local);
        if !is_local_part(&local) {
            return None;
        }
        let address = EmailAddress {
            local,
            domain: normal_domain(domain)?,
        };
        // `+tag@gmail.com` names no mailbox.
        is_local_part(&address.canonical_local()).then_some(address)
    }

    /// The mailbox of a key, which has been read once: nothing is looked at again. Nothing for keys of other kinds.
    #[must_use]
    pub fn of_key(key: &IdentityKey) -> Option<EmailAddress> {
        let (local, domain) = key.value().rsplit_once('@').filter(|_| key.kind() == KeyKind::Email)?;
        Some(EmailAddress {
            local: local.to_owned(),
            domain: domain.to_owned(),
        })
    }

    /// The one spelling of this mailbox: tags and dots dropped where the provider ignores them, domains that are one
    /// service unified. Elsewhere the address in lower case.
    #[must_use]
    pub fn canonical(&self) -> String {
        format!("{}@{}", self.canonical_local(), self.canonical_domain())
    }

    /// The key of this mailbox. It exists for role and relay addresses too; [`email_keys`] leaves those out.
    #[must_use]
    pub fn key(&self) -> IdentityKey {
        IdentityKey::of_email(self)
    }

    /// What kind of mailbox this is.
    #[must_use]
    pub fn class(&self) -> EmailClass {
        if is_relay(&self.domain) {
            EmailClass::Relay
        } else if is_role(&self.local) {
            EmailClass::Role
        } else if is_consumer(&self.domain) {
            EmailClass::Personal
        } else {
            EmailClass::Corporate
        }
    }

    /// On a domain whose rules are not known: the key without the `+tag`, which probably is the same mailbox.
    #[must_use]
    pub fn weaker_key(&self) -> Option<IdentityKey> {
        if self.class() != EmailClass::Corporate || Provider::of(&self.domain) != Provider::Unknown {
            return None;
        }
        let (base, _) = self.local.split_once('+')?;
        let bare = EmailAddress {
            local: base.to_owned(),
            domain: self.domain.clone(),
        };
        is_local_part(base).then(|| bare.key())
    }

    /// The part before `@`, in lower case, as given.
    #[must_use]
    pub fn local_part(&self) -> &str {
        &self.local
    }

    /// The part after `@`, in lower case and punycode, as given.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The employer that a corporate mailbox tells, as [`super::company_key`] would write it: `jane@mail.harbor-labs.example` works
    /// at `harborlabs`. Nothing where the name is so short that it is a word of many names.
    #[must_use]
    pub fn employer(&self) -> Option<String> {
        self.corporate_domain().filter(|domain| tells_employer(domain))
    }

    /// The name of an employer's mail domain without its ending, as employers' names are compared: one for all countries of an
    /// employer. Nothing where mailboxes are anybody's.
    #[must_use]
    pub fn corporate_domain(&self) -> Option<String> {
        if self.class() != EmailClass::Corporate {
            return None;
        }
        let (label, _) = registrable_domain(&self.domain)?.split_once('.')?;
        Some(label.replace('-', "")).filter(|label| !label.is_empty())
    }

    fn canonical_local(&self) -> String {
        let provider = Provider::of(&self.domain);
        if let Provider::FastmailSubdomain(user) = provider {
            return user.to_owned();
        }
        let base = match (provider.ignores_tags(), self.local.split_once('+')) {
            (true, Some((base, _))) => base,
            _ => &self.local,
        };
        match provider {
            Provider::Gmail => base.replace('.', ""),
            Provider::Proton => base.replace(['.', '-', '_'], ""),
            _ => base.to_owned(),
        }
    }

    fn canonical_domain(&self) -> &str {
        match Provider::of(&self.domain) {
            Provider::Gmail => "gmail.com",
            Provider::ICloud => "icloud.com",
            Provider::FastmailSubdomain(_) => self.domain.split_once('.').map_or(&self.domain, |(_, parent)| parent),
            _ => &self.domain,
        }
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "EmailAddress({:?})", self.class())
    }
}

/// Every key an address proves, strongest first: none for role and relay addresses, GitHub's id and login for its
/// no-reply addresses, the canonical mailbox otherwise (and the weaker one without its tag).
#[must_use]
pub fn email_keys(raw: &str) -> Vec<IdentityKey> {
    let Some(address) = EmailAddress::parse(raw) else {
        return Vec::new();
    };
    if address.domain == GITHUB_NOREPLY {
        return github_noreply_keys(&address.local);
    }
    match address.class() {
        EmailClass::Role | EmailClass::Relay => Vec::new(),
        EmailClass::Personal | EmailClass::Corporate => {
            std::iter::once(address.key()).chain(address.weaker_key()).collect()
        }
    }
}

const GITHUB_NOREPLY: &str = "users.noreply.github.com";

/// `ID+login@…` since 2017, `login@…` before.
fn github_noreply_keys(local: &str) -> Vec<IdentityKey> {
    let (id, login) = match local.split_once('+') {
        Some((id, login)) => (Some(id), login),
        None => (None, local),
    };
    id.and_then(|id| IdentityKey::new(KeyKind::GitHubId, id).ok())
        .into_iter()
        .chain(IdentityKey::new(KeyKind::GitHubLogin, login).ok())
        .collect()
}

/// Providers whose rules for local parts are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Provider<'a> {
    /// Ignores dots and tags; two domains are one. Domains of Google Workspace do not ignore dots.
    Gmail,
    /// `me.com` and `mac.com` are old names of `icloud.com`.
    ICloud,
    /// Ignores tags, dots, dashes and underscores.
    Proton,
    /// `anything@user.fastmail.com` is `user@fastmail.com`.
    FastmailSubdomain(&'a str),
    /// Ignores tags.
    TagsOnly,
    /// A consumer provider where nothing may be dropped. Yahoo's `nick-keyword` has no deliverable base.
    Verbatim,
    /// Anybody else.
    Unknown,
}

impl Provider<'_> {
    fn of(domain: &str) -> Provider<'_> {
        match domain {
            "gmail.com" | "googlemail.com" => return Provider::Gmail,
            "icloud.com" | "me.com" | "mac.com" => return Provider::ICloud,
            "proton.me" | "protonmail.com" | "protonmail.ch" | "pm.me" => return Provider::Proton,
            _ => {}
        }
        if let Some((user, "fastmail.com" | "fastmail.fm")) = domain.split_once('.') {
            return Provider::FastmailSubdomain(user);
        }
        let service = domain.split('.').next().unwrap_or(domain);
        let is_fastmail = matches!(
            domain,
            "fastmail.com" | "fastmail.fm" | "sent.com" | "messagingengine.com"
        );
        let is_consumer = is_consumer(domain);
        let is_microsoft = is_consumer
            && matches!(
                service,
                "outlook" | "hotmail" | "live" | "msn" | "passport" | "windowslive"
            );
        let is_yandex_or_zoho = matches!(service, "yandex" | "ya" | "zoho" | "zohomail") && is_consumer;
        if is_fastmail || is_microsoft || is_yandex_or_zoho {
            Provider::TagsOnly
        } else if is_consumer {
            Provider::Verbatim
        } else {
            Provider::Unknown
        }
    }

    fn ignores_tags(self) -> bool {
        !matches!(self, Provider::Verbatim | Provider::Unknown)
    }
}

/// Consumer providers. Families with one name under many country suffixes are in [`CONSUMER_FAMILIES`].
static CONSUMER_DOMAINS: WordList = WordList::named("consumer_mail_domains");

/// Names that are consumer providers under any country suffix: `hotmail.co.uk`, `yahoo.com.br`, `live.nl`.
const CONSUMER_FAMILIES: &[&str] = &[
    "hotmail",
    "live",
    "msn",
    "outlook",
    "passport",
    "windowslive",
    "ya",
    "yahoo",
    "yandex",
    "zoho",
    "zohomail",
];

fn is_consumer(domain: &str) -> bool {
    CONSUMER_DOMAINS.contains(domain)
        || domain.split_once('.').is_some_and(|(service, suffix)| {
            let is_suffix = suffix == "com"
                || suffix == "ru"
                || suffix.len() == 2
                || suffix
                    .strip_prefix("com.")
                    .or_else(|| suffix.strip_prefix("co."))
                    .is_some_and(|country| country.len() == 2);
            CONSUMER_FAMILIES.contains(&service) && is_suffix
        })
}

/// Local parts that name a task. Compared without separators.
static ROLES: WordList = WordList::named("mailbox_roles");

fn is_role(local: &str) -> bool {
    let base = local.split('+').next().unwrap_or(local);
    let joined: String = base
        .chars()
        .filter(|character| !matches!(character, '.' | '-' | '_'))
        .collect();
    ROLES.contains(&joined) || joined.starts_with("noreply") || joined.starts_with("donotreply")
}

/// Where no mailbox can be (RFC 2606): who has no address is given one there, so that a system takes the record.
const NOWHERE: &str = ".invalid";

/// Domains (with all below them) whose addresses stand for somebody else's mailbox.
static RELAYS: WordList = WordList::named("mail_relays");

fn is_relay(domain: &str) -> bool {
    RELAYS.contains(domain)
        || domain.ends_with(NOWHERE)
        || endings(domain).any(|ending| RELAYS.contains(ending))
        || domain
            .split('.')
            .next()
            .is_some_and(|first| matches!(first, "relay" | "noreply" | "no-reply" | "bounce" | "bounces"))
}

/// RFC 5321's unquoted local part, letters of any script allowed (RFC 6531): at most 64 bytes.
fn is_local_part(local: &str) -> bool {
    !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|character| {
            if character.is_ascii() {
                character.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(character)
            } else {
                character.is_alphanumeric()
            }
        })
}

/// Lower case and punycode; nothing for address literals, single labels and names that cannot be registered.
fn normal_domain(domain: &str) -> Option<String> {
    let domain = ascii_domain(domain.trim().trim_end_matches('.'))?;
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let (_, top) = domain.rsplit_once('.')?;
    (domain.len() <= 253
        && domain.split('.').all(is_label)
        && top.len() >= 2
        && !top.bytes().all(|byte| byte.is_ascii_digit()))
    .then_some(domain)
}

fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| text.get(prefix.len()..))
        .flatten()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(raw: &str) -> Vec<String> {
        email_keys(raw).iter().map(|key| key.as_str().to_owned()).collect()
    }

    #[test]
    fn the_mailbox_of_a_key_is_the_one_that_it_was_made_of() {
        for raw in [
            "Jane.Doe+x@GMail.com",
            "jane@mail.harbor-labs.co.uk",
            "jobs@bücher.example",
        ] {
            let address = EmailAddress::parse(raw).unwrap();
            let again = EmailAddress::of_key(&address.key()).unwrap();
            assert_eq!(again.canonical(), address.canonical());
            assert_eq!(again.class(), address.class());
        }
        assert_eq!(
            EmailAddress::of_key(&IdentityKey::parse("gh:login:jane").unwrap()),
            None
        );
    }

    #[test]
    fn a_corporate_mailbox_tells_the_employer() {
        let employer = |raw: &str| EmailAddress::parse(raw).and_then(|address| address.employer());
        assert_eq!(employer("jane@harborlabs.example").as_deref(), Some("harborlabs"));
        assert_eq!(employer("jane@mail.harbor-labs.co.uk").as_deref(), Some("harborlabs"));
        for raw in ["jane@gmail.com", "jobs@harborlabs.example", "jane@abc.example"] {
            assert_eq!(employer(raw), None, "{raw}");
        }
    }

    #[test]
    fn texts_that_are_no_address_give_nothing() {
        for raw in [
            "",
            "jane",
            "@",
            "jane@",
            "@example.org",
            "jane@example",
            "jane@localhost",
            "jane doe@example.org",
            "jane@127.0.0.1",
            "jane@[::1]",
            "jane@exa mple.org",
            "jane..doe@example.org",
            ".jane@example.org",
            "jane@example..org",
            "jane@-example.org",
            "+jobs@gmail.com",
            "...@gmail.com",
            "jane [at] example [dot] com",
            "https://example.org/jane",
        ] {
            assert!(keys(raw).is_empty(), "{raw}");
        }
    }

    #[test]
    fn one_mailbox_has_one_key_however_it_is_written() {
        for (raw, expected) in [
            (" Jane.Doe@Example.ORG. ", "email:jane.doe@example.org"),
            ("mailto:jane@example.org?subject=Hello", "email:jane@example.org"),
            ("MAILTO:jane%40example.org", "email:jane@example.org"),
            ("Jane Doe <jane@example.org>,", "email:jane@example.org"),
            ("jane@bücher.example.org", "email:jane@xn--bcher-kva.example.org"),
            ("J.A.N.E+jobs@googlemail.com", "email:jane@gmail.com"),
            ("jane+x@me.com", "email:jane@icloud.com"),
            ("jane+x@hotmail.co.uk", "email:jane@hotmail.co.uk"),
            ("jane.doe+x@proton.me", "email:janedoe@proton.me"),
            ("shop@jane.fastmail.com", "email:jane@fastmail.com"),
            ("jane.doe@yandex.ru", "email:jane.doe@yandex.ru"),
        ] {
            assert_eq!(keys(raw), [expected], "{raw}");
        }
    }

    #[test]
    fn what_a_provider_does_not_promise_stays() {
        // Yahoo's keyword addresses have no deliverable base; dots matter outside Gmail.
        assert_eq!(keys("jane-shop@yahoo.com"), ["email:jane-shop@yahoo.com"]);
        assert_eq!(keys("jane+a@yahoo.com"), ["email:jane+a@yahoo.com"]);
        assert_eq!(keys("j.doe@example.com"), ["email:j.doe@example.com"]);
    }

    #[test]
    fn a_tag_on_an_unknown_domain_gives_a_second_weaker_key() {
        assert_eq!(
            keys("jane+lever@example.com"),
            ["email:jane+lever@example.com", "email:jane@example.com"]
        );
    }

    #[test]
    fn tasks_and_relays_are_nobody() {
        for raw in [
            "jobs@example.com",
            "no-reply@example.com",
            "Talent.Acquisition@example.com",
            "info+uk@example.com",
            "noreply-hr@example.com",
            "abc123@reply.linkedin.com",
            "someone@candidates.relay.example.privaterelay.appleid.com",
            "x@relay.example.org",
            "notifications@hire.lever.co",
        ] {
            assert!(keys(raw).is_empty(), "{raw}");
        }
        assert_eq!(
            EmailAddress::parse("jobs@example.com").unwrap().class(),
            EmailClass::Role
        );
        assert_eq!(
            EmailAddress::parse("x@relay.example.org").unwrap().class(),
            EmailClass::Relay
        );
        assert_eq!(
            EmailAddress::parse("jane@gmail.com").unwrap().class(),
            EmailClass::Personal
        );
        assert_eq!(
            EmailAddress::parse("jane@example.com").unwrap().class(),
            EmailClass::Corporate
        );
    }

    #[test]
    fn github_no_reply_addresses_name_the_account() {
        assert_eq!(
            keys("5550123+JDoe@users.noreply.github.com"),
            ["gh:id:5550123", "gh:login:jdoe"]
        );
        assert_eq!(keys("jdoe@users.noreply.github.com"), ["gh:login:jdoe"]);
    }

    #[test]
    fn debug_shows_no_address() {
        assert_eq!(
            format!("{:?}", EmailAddress::parse("jane@gmail.com").unwrap()),
            "EmailAddress(Personal)"
        );
    }

    proptest! {
        #[test]
        fn the_canonical_form_is_its_own_canonical_form(local in "[a-zA-Z0-9+._-]{1,12}", domain in prop_oneof![
            "[a-z]{1,8}\\.[a-z]{2,3}", Just("gmail.com".to_owned()), Just("proton.me".to_owned()), Just("me.com".to_owned()),
            Just("jane.fastmail.com".to_owned()), Just("outlook.de".to_owned())]) {
            if let Some(address) = EmailAddress::parse(&format!("{local}@{domain}")) {
                let again = EmailAddress::parse(&address.canonical()).unwrap();
                prop_assert_eq!(again.canonical(), address.canonical());
                let key = address.key();
                prop_assert_eq!(IdentityKey::parse(key.as_str()).unwrap(), key);
            }
        }

        #[test]
        fn any_text_is_taken_without_panic(text in any::<String>(), around in "\\PC{0,8}@\\PC{0,8}\\.\\PC{0,4}") {
            let _ = email_keys(&text);
            for key in email_keys(&around) {
                prop_assert_eq!(IdentityKey::parse(key.as_str()).unwrap(), key);
            }
        }
    }
}
