//! Where the part of a host name begins that somebody can register: `jane.example.co.uk` → `example.co.uk`. Needed to
//! tell a personal domain from the hosting service below which it lives.
//!
//! The rules are the Public Suffix List's (<https://publicsuffix.org>, MPL-2.0, see `data/NOTICE`), names in punycode,
//! sorted by bytes. Kept as text and searched by halves: it adds 43 kB (gzip) to the module, the `psl` crate's
//! generated matcher 241 kB.

use std::sync::OnceLock;

static LIST: &str = include_str!("data/public_suffixes.txt");

fn rules() -> &'static [&'static str] {
    static RULES: OnceLock<Vec<&'static str>> = OnceLock::new();
    RULES.get_or_init(|| LIST.lines().collect())
}

fn is_rule(rule: &str) -> bool {
    rules().binary_search(&rule).is_ok()
}

/// The public suffix of `host`, a lower-case name in punycode without a final dot. By the list's own last rule, an unknown
/// top-level domain is a suffix too.
#[must_use]
pub fn public_suffix(host: &str) -> &str {
    let mut rest = host;
    loop {
        let parent = rest.split_once('.').map(|(_, parent)| parent);
        let Some(parent) = parent else { return rest };
        if is_rule(&format!("!{rest}")) {
            return parent;
        }
        if is_rule(rest) || is_rule(&format!("*.{parent}")) {
            return rest;
        }
        rest = parent;
    }
}

/// The suffix and one label before it; nothing when `host` is itself a suffix.
#[must_use]
pub fn registrable_domain(host: &str) -> Option<&str> {
    let suffix = public_suffix(host);
    let before = host.strip_suffix(suffix)?.strip_suffix('.')?;
    let label = before.rsplit('.').next().filter(|label| !label.is_empty())?;
    host.get(host.len().checked_sub(label.len() + 1 + suffix.len())?..)
}

/// Is the last label of `host` a top-level domain that exists? (`resume.pdf` is no host.)
#[must_use]
pub fn has_known_top_level(host: &str) -> bool {
    let top = host.rsplit('.').next().unwrap_or(host);
    is_rule(top) || is_rule(&format!("*.{top}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_list_is_sorted_as_the_search_needs() {
        assert!(rules().is_sorted());
    }

    /// Cases of the list's own test vectors (<https://publicsuffix.org/list/>), and hosting services.
    #[test]
    fn registrable_domains() {
        for (host, expected) in [
            ("com", None),
            ("example.com", Some("example.com")),
            ("b.example.com", Some("example.com")),
            ("uk.com", None),
            ("example.uk.com", Some("example.uk.com")),
            ("test.ac.jp", Some("test.ac.jp")),
            ("kyoto.jp", None),
            ("b.c.kobe.jp", Some("b.c.kobe.jp")),
            ("c.kobe.jp", None),
            ("www.city.kobe.jp", Some("city.kobe.jp")),
            ("ck", None),
            ("test.ck", None),
            ("www.www.ck", Some("www.ck")),
            ("jane.github.io", Some("jane.github.io")),
            ("www.jane.github.io", Some("jane.github.io")),
            ("github.io", None),
            ("jane.example.co.uk", Some("example.co.uk")),
            ("xn--85x722f.com.cn", Some("xn--85x722f.com.cn")),
            ("unknown.top-level", Some("unknown.top-level")),
        ] {
            assert_eq!(registrable_domain(host), expected, "{host}");
        }
    }

    #[test]
    fn file_names_are_not_hosts() {
        assert!(!has_known_top_level("resume.pdf"));
        assert!(!has_known_top_level("node.js"));
        assert!(has_known_top_level("example.dev"));
        assert!(has_known_top_level("example.ck"));
    }

    proptest! {
        #[test]
        fn the_registrable_domain_is_its_own(host in "[a-z]{0,6}(\\.[a-z]{0,4}){0,4}") {
            if let Some(domain) = registrable_domain(&host) {
                prop_assert_eq!(registrable_domain(domain), Some(domain));
                prop_assert!(host.ends_with(domain));
            }
        }

        #[test]
        fn any_text_is_taken_without_panic(host in any::<String>()) {
            let _ = registrable_domain(&host);
        }
    }
}
