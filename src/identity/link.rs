//! Addresses of web pages to the keys they prove. Reads the address only: it never follows it, and what it does not
//! know for certain gives nothing. Each site's own rules are in a file below `link/`.
//!
//! Rules: matching.md §4.3–§4.5, traps: profile-pages.md §2.1 and §3.

pub mod github;
pub mod linkedin;
pub mod opaque_token;
pub mod other_sites;
pub mod personal_domain;

use std::borrow::Cow;

pub use linkedin::is_assigned_slug;

use url::{Host, Url};

use super::email::email_keys;
use super::host::{ascii_domain, with_ascii_host};
use super::key::IdentityKey;
use super::phone::phone_keys;
use super::public_suffix::has_known_top_level;
use super::text::{is_invisible, nfc};

/// Where a link comes from: it decides how much damage is repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkSource {
    /// The page the recruiter has open: an address is what it is.
    Page,
    /// The mirror: exports hold doubly encoded links, so one extra decode is tried (matching.md §4.3).
    Mirror,
}

/// Every key that the link `raw` proves, strongest first; none for pages that are nobody's profile.
///
/// Links without a scheme (`github.com/jdoe`), `in/jane-doe`, `urn:li:…`, `mailto:` and `tel:` are understood, and a link
/// that only leads to another one (`google.com/url?q=…`) is read through.
#[must_use]
pub fn link_keys(raw: &str, source: LinkSource) -> Vec<IdentityKey> {
    let mut text = cleaned(raw);
    if source == LinkSource::Mirror && has_encoded_scheme(&text) {
        match decode_once(&text) {
            Some(decoded) => text = decoded,
            None => return Vec::new(),
        }
    }
    let begins_with = |start: &str| {
        text.get(..start.len())
            .is_some_and(|given| given.eq_ignore_ascii_case(start))
    };
    if begins_with("mailto:") {
        return email_keys(&text);
    }
    if begins_with("tel:") {
        return phone_keys(&text, None);
    }
    if begins_with("urn:li:") {
        return linkedin::urn_keys(&text);
    }
    let Some(mut link) = ParsedLink::parse(&text, source) else {
        return Vec::new();
    };
    if let Some(target) = link.redirect_target() {
        // Read through once: a redirect that leads to a redirect is nobody's way of writing a profile.
        match ParsedLink::parse(&cleaned(&target), source) {
            Some(behind) => link = behind,
            None => return Vec::new(),
        }
    }
    let keys = linkedin::keys(&link)
        .or_else(|| github::keys(&link))
        .or_else(|| other_sites::keys(&link))
        .unwrap_or_else(|| personal_domain::keys(&link));
    let mut seen: Vec<IdentityKey> = Vec::with_capacity(keys.len());
    for key in keys {
        if !seen.contains(&key) {
            seen.push(key);
        }
    }
    seen
}

/// A link taken apart. Segments are kept percent-encoded, so that each rule decodes exactly once.
pub(crate) struct ParsedLink {
    /// Lower case, punycode, without `www.` and a final dot.
    host: String,
    /// The path's non-empty segments, percent-encoded.
    segments: Vec<String>,
    /// Decoded pairs of the query.
    query: Vec<(String, String)>,
    /// The fragment, percent-encoded, empty when there is none.
    fragment: String,
    source: LinkSource,
}

impl ParsedLink {
    fn parse(text: &str, source: LinkSource) -> Option<ParsedLink> {
        let url = Url::parse(&with_ascii_host(&with_scheme(text)?)).ok()?;
        // A port or a user name marks an address that is not the site's own.
        let is_plain = matches!(url.scheme(), "http" | "https")
            && url.port().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let Some(Host::Domain(host)) = url.host() else {
            return None;
        };
        if !is_plain {
            return None;
        }
        let host = host.trim_end_matches('.');
        let host = host.strip_prefix("www.").unwrap_or(host);
        if !host.contains('.') || host.split('.').any(str::is_empty) {
            return None;
        }
        Some(ParsedLink {
            host: host.to_owned(),
            segments: url
                .path()
                .split('/')
                .filter(|segment| !segment.is_empty())
                .map(str::to_owned)
                .collect(),
            query: url
                .query_pairs()
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
            fragment: url.fragment().unwrap_or_default().to_owned(),
            source,
        })
    }

    /// The host, or the host below it when it is one of the mobile front ends (`m.`, `mobile.`, `touch.`).
    fn site(&self) -> &str {
        ["m.", "mobile.", "touch."]
            .into_iter()
            .find_map(|front| self.host.strip_prefix(front))
            .filter(|rest| rest.contains('.'))
            .unwrap_or(&self.host)
    }

    /// Is the host `domain` or below it?
    fn is_within(&self, domain: &str) -> bool {
        self.host == domain || self.host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
    }

    /// The name in front of `domain`: `jane` of `jane.substack.com`. Nothing for more than one label.
    fn label_before<'a>(&'a self, domain: &str) -> Option<&'a str> {
        self.host
            .strip_suffix(domain)?
            .strip_suffix('.')
            .filter(|label| !label.is_empty() && !label.contains('.'))
    }

    /// Segment `at`, decoded once (twice for the mirror, when the first decode leaves an escape).
    fn segment(&self, at: usize) -> Option<String> {
        let segment = self.segments.get(at)?;
        if segment
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'%' | b'\\'))
        {
            return Some(segment.clone());
        }
        let decoded = decode_once(segment)?;
        let decoded = if self.source == LinkSource::Mirror && decoded.contains('%') {
            decode_once(&decoded)?
        } else {
            decoded
        };
        let is_whole =
            !decoded.is_empty() && !decoded.contains(['%', '/', '\\']) && !decoded.chars().any(char::is_control);
        is_whole.then(|| nfc(&decoded))
    }

    /// Segment `at` in lower case, as written: for the fixed words of a path.
    fn word(&self, at: usize) -> String {
        self.segments
            .get(at)
            .map(|segment| segment.to_ascii_lowercase())
            .unwrap_or_default()
    }

    /// The first value of a query parameter.
    fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    }

    /// Where a redirect page leads.
    fn redirect_target(&self) -> Option<String> {
        let path = (self.word(0), self.word(1));
        let parameter = match (self.host.as_str(), path.0.as_str(), path.1.as_str()) {
            ("google.com", "url", "") => self.parameter("q").or_else(|| self.parameter("url")),
            ("linkedin.com", "redir", "redirect" | "general-malware-page" | "suspicious-page")
            | ("linkedin.com", "safety", "go") => self.parameter("url").or_else(|| self.parameter("urlhash")),
            ("l.facebook.com", "l.php", "") => self.parameter("u"),
            ("slack-redir.net", "link", "") => self.parameter("url"),
            _ => None,
        };
        parameter.map(str::to_owned)
    }
}

/// Percent-decodes once; strict UTF-8.
fn decode_once(text: &str) -> Option<String> {
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .ok()
        .map(std::borrow::Cow::into_owned)
}

fn has_encoded_scheme(text: &str) -> bool {
    let lower = text.get(..text.len().min(12)).unwrap_or_default().to_ascii_lowercase();
    lower.starts_with("http%3a") || lower.starts_with("https%3a")
}

/// Without the signs that surround a link in running text.
fn cleaned(raw: &str) -> String {
    let visible: Cow<'_, str> = if raw.chars().any(is_invisible) {
        raw.chars().filter(|character| !is_invisible(*character)).collect()
    } else {
        raw.into()
    };
    // LinkedIn's own PDF writes "www.linkedin.com/in/jane-doe (LinkedIn)".
    let text = visible.split(" (").next().unwrap_or_default().trim();
    if text.ends_with("...") || text.ends_with('\u{2026}') {
        // Shortened for display: what is left would be somebody else's address.
        return String::new();
    }
    // `LinkedIn: https://…`
    let labelled = text
        .rsplit_once(char::is_whitespace)
        .filter(|(label, link)| link.contains("://") && !label.contains("://"));
    let text = without_repetition(labelled.map_or(text, |(_, link)| link));
    let text = text
        .trim()
        .trim_start_matches(['<', '"', '\'', '(', '['])
        .trim_end_matches(['>', '"', '\'', ',', ';', ']', '.']);
    let text = if text.contains('(') {
        text
    } else {
        text.trim_end_matches([')', '.', ','])
    };
    text.trim().to_owned()
}

/// `https://https://…` and `https://linkedin.com/in/https://…`: a link pasted into a field that already held its beginning.
fn without_repetition(text: &str) -> &str {
    // Nearly every link has its scheme once, at its beginning.
    if text.match_indices("://").nth(1).is_none()
        && text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"))
    {
        return text;
    }
    let lower = text.to_ascii_lowercase();
    let Some(inner) = lower.rfind("https://").max(lower.rfind("http://")) else {
        return text;
    };
    let before = lower.get(..inner).unwrap_or_default();
    let before = before
        .strip_prefix("https://")
        .or_else(|| before.strip_prefix("http://"))
        .unwrap_or(before);
    let before = before.strip_prefix("www.").unwrap_or(before);
    if matches!(before, "" | "linkedin.com/" | "linkedin.com/in/" | "github.com/") {
        text.get(inner..).unwrap_or(text)
    } else {
        text
    }
}

/// The link with a scheme; nothing when the text is no link at all.
fn with_scheme(text: &str) -> Option<String> {
    if text.is_empty() || text.chars().any(char::is_whitespace) {
        return None;
    }
    let has_scheme = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    if text.contains("://") || has_scheme("https:/") || has_scheme("http:/") {
        return Some(text.to_owned());
    }
    if let Some(rest) = text.strip_prefix("//") {
        return Some(format!("https://{rest}"));
    }
    let path = text.trim_start_matches('/');
    if path.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("in/")) {
        return Some(format!("https://www.linkedin.com/{path}"));
    }
    let host = text.split(['/', '?', '#']).next()?.trim_end_matches('.');
    // A bare word with a dot is a host only where such a top-level domain exists: `resume.pdf` is a file.
    let ascii = ascii_domain(host)?;
    (ascii.contains('.') && has_known_top_level(&ascii)).then(|| format!("https://{text}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn page(raw: &str) -> Vec<String> {
        link_keys(raw, LinkSource::Page)
            .iter()
            .map(|key| key.as_str().to_owned())
            .collect()
    }

    pub(crate) fn mirror(raw: &str) -> Vec<String> {
        link_keys(raw, LinkSource::Mirror)
            .iter()
            .map(|key| key.as_str().to_owned())
            .collect()
    }

    #[test]
    fn texts_that_are_no_link_give_nothing() {
        for raw in [
            "",
            " ",
            "jane",
            "@jdoe",
            "resume.pdf",
            "node.js",
            "see my site",
            "javascript:alert(1)",
            "ftp://github.com/jdoe",
            "file:///etc/passwd",
            "https://",
            "https:///in/jane-doe",
            "http://127.0.0.1/in/jane-doe",
            "https://github.com:jdoe",
            "data:text/html,hello",
            "n/a",
            "none",
            "https://github.com:8443/jdoe",
            "https://jane@github.com/jdoe",
            "https://linkedin.com@example.test/in/jane-doe",
        ] {
            assert!(page(raw).is_empty(), "{raw}");
        }
    }

    #[test]
    fn a_link_is_read_as_people_write_it() {
        for (raw, expected) in [
            ("github.com/JDoe", "gh:login:jdoe"),
            ("  <https://github.com/jdoe>, ", "gh:login:jdoe"),
            ("//github.com/jdoe", "gh:login:jdoe"),
            ("HTTPS://WWW.GITHUB.COM/jdoe/", "gh:login:jdoe"),
            ("https://github.com./jdoe", "gh:login:jdoe"),
            ("https://github.com:443/jdoe", "gh:login:jdoe"),
            ("in/jane-doe", "li:slug:jane-doe"),
            ("/in/Jane-Doe/", "li:slug:jane-doe"),
            ("www.linkedin.com/in/jane-doe (LinkedIn)", "li:slug:jane-doe"),
            ("GitHub: https://github.com/jdoe", "gh:login:jdoe"),
            ("https:/github.com/jdoe", "gh:login:jdoe"),
            ("https://https://github.com/jdoe", "gh:login:jdoe"),
            (
                "https://www.linkedin.com/in/https://www.linkedin.com/in/jane-doe",
                "li:slug:jane-doe",
            ),
            ("mailto:jane@example.org?subject=x", "email:jane@example.org"),
            ("tel:+48-555-010-203", "phone:+48555010203"),
            (
                "https://www.google.com/url?q=https%3A%2F%2Fgithub.com%2Fjdoe&sa=D",
                "gh:login:jdoe",
            ),
            (
                "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fjane%2Eexample%2Edev&urlhash=x",
                "web:example.dev",
            ),
        ] {
            assert_eq!(page(raw), [expected], "{raw}");
        }
        assert_eq!(
            mirror("https%3A%2F%2Fwww.linkedin.com%2Fin%2Fjane-doe"),
            ["li:slug:jane-doe"]
        );
        assert!(page("https%3A%2F%2Fwww.linkedin.com%2Fin%2Fjane-doe").is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_taken_without_panic(text in any::<String>()) {
            let _ = link_keys(&text, LinkSource::Page);
            let _ = link_keys(&text, LinkSource::Mirror);
        }

        #[test]
        fn every_key_of_a_link_is_in_normal_form(
            host in prop::sample::select(vec!["linkedin.com", "de.linkedin.com", "github.com", "gist.github.com", "x.com", "stackoverflow.com", "medium.com",
                "jane.substack.com", "orcid.org", "jane.github.io", "example.dev", "bsky.app", "gitlab.com", "scholar.google.co.uk", "xing.com", "npmjs.com"]),
            path in "(/(in|pub|users|u|profile|@|~|%[0-9A-F]{2}|[a-zA-Z0-9._@~-]{1,12}|\\PC{1,6})){0,5}",
            tail in "(\\?[a-z]{1,4}=[a-zA-Z0-9%:]{0,14})?(#[a-z!/]{0,6})?",
        ) {
            for source in [LinkSource::Page, LinkSource::Mirror] {
                for key in link_keys(&format!("https://{host}{path}{tail}"), source) {
                    prop_assert_eq!(IdentityKey::parse(key.as_str()).unwrap(), key);
                }
            }
        }
    }
}
