//! Where the part of a host name begins that somebody can register: `jane.example.co.uk` → `example.co.uk`. Needed to
//! tell a personal domain from the hosting service below which it lives.
//!
//! The rules are the Public Suffix List's (<https://publicsuffix.org>, MPL-2.0, see `data/NOTICE`), names in punycode. They are
//! embedded as a tree of labels (see `build.rs`), which adds 34 kB (gzip) to the module; plain text adds 46 kB, the `psl` crate's
//! generated matcher 241 kB.

use std::ops::Range;
use std::sync::OnceLock;

use super::tables::{self, Table};

fn tree() -> &'static str {
    tables::text(Table::PublicSuffixes)
}

/// A label and what stands before it.
#[derive(Clone)]
struct Suffix {
    label: &'static str,
    is_rule: bool,
    /// Where its own labels stand, sorted.
    below: Range<usize>,
}

struct Suffixes {
    all: Vec<Suffix>,
    top: Range<usize>,
}

impl Suffixes {
    fn get() -> &'static Suffixes {
        static SUFFIXES: OnceLock<Suffixes> = OnceLock::new();
        SUFFIXES.get_or_init(|| {
            let mut all = Vec::new();
            let mut rest = tree();
            let top = read_siblings(&mut rest, &mut all);
            Suffixes { all, top }
        })
    }

    fn find(&self, siblings: &Range<usize>, label: &str) -> Option<&Suffix> {
        let siblings = self.all.get(siblings.clone())?;
        let place = siblings.binary_search_by(|suffix| suffix.label.cmp(label)).ok()?;
        siblings.get(place)
    }

    fn is_rule(&self, siblings: &Range<usize>, label: &str) -> bool {
        self.find(siblings, label).is_some_and(|suffix| suffix.is_rule)
    }
}

/// Reads labels up to the bracket that closes their list, and puts them behind everything below them.
fn read_siblings(rest: &mut &'static str, all: &mut Vec<Suffix>) -> Range<usize> {
    let mut siblings = Vec::new();
    loop {
        let end = rest.find([',', '/', '(', ')']).unwrap_or(rest.len());
        let (label, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        *rest = after;
        let mut suffix = Suffix {
            label,
            is_rule: !take(rest, '/'),
            below: 0..0,
        };
        if take(rest, '(') {
            suffix.below = read_siblings(rest, all);
            take(rest, ')');
        }
        siblings.push(suffix);
        if !take(rest, ',') {
            break;
        }
    }
    let start = all.len();
    all.append(&mut siblings);
    start..all.len()
}

fn take(rest: &mut &'static str, sign: char) -> bool {
    match rest.strip_prefix(sign) {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}

/// The public suffix of `host`, a lower-case name in punycode without a final dot: the longest one that a rule names. By the
/// list's own last rule, an unknown top-level domain is a suffix too.
#[must_use]
pub fn public_suffix(host: &str) -> &str {
    let suffixes = Suffixes::get();
    let mut siblings = suffixes.top.clone();
    let mut longest = host.rsplit('.').next().unwrap_or(host);
    // The part of `host` that has been walked over, from the right.
    let mut walked = "";
    for label in host.rsplit('.') {
        let parent = walked;
        let length = label.len() + parent.len() + usize::from(!parent.is_empty());
        walked = host
            .len()
            .checked_sub(length)
            .and_then(|start| host.get(start..))
            .unwrap_or(host);
        let found = suffixes.find(&siblings, label);
        if !parent.is_empty() && suffixes.is_rule(&siblings, &format!("!{label}")) {
            longest = parent;
        } else if found.is_some_and(|suffix| suffix.is_rule) || (!parent.is_empty() && suffixes.is_rule(&siblings, "*"))
        {
            longest = walked;
        }
        match found {
            Some(suffix) if !suffix.below.is_empty() => siblings = suffix.below.clone(),
            _ => break,
        }
    }
    longest
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
    let suffixes = Suffixes::get();
    let top = host.rsplit('.').next().unwrap_or(host);
    suffixes
        .find(&suffixes.top, top)
        .is_some_and(|suffix| suffix.is_rule || suffixes.is_rule(&suffix.below, "*"))
}

/// What a host hangs below, the longest first: `c.example`, `example` for `b.c.example`.
pub(crate) fn endings(host: &str) -> impl Iterator<Item = &str> {
    host.match_indices('.').filter_map(|(at, _)| host.get(at + 1..))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    static LIST: &str = include_str!("data/public_suffixes.txt");

    fn rules() -> Vec<&'static str> {
        LIST.lines().collect()
    }

    /// The same by the list's own words: the longest name first.
    fn by_the_list<'a>(rules: &[&str], host: &'a str) -> &'a str {
        let is_rule = |rule: &str| rules.binary_search(&rule).is_ok();
        let mut rest = host;
        while let Some((_, parent)) = rest.split_once('.') {
            if is_rule(&format!("!{rest}")) {
                return parent;
            }
            if is_rule(rest) || is_rule(&format!("*.{parent}")) {
                return rest;
            }
            rest = parent;
        }
        rest
    }

    #[test]
    fn every_rule_is_embedded_and_found() {
        let rules = rules();
        assert!(rules.is_sorted());
        assert_eq!(
            Suffixes::get().all.iter().filter(|suffix| suffix.is_rule).count(),
            rules.len()
        );
        for rule in &rules {
            let name = rule.trim_start_matches('!').replace('*', "any");
            for host in [name.clone(), format!("jane.{name}"), format!("a.b.{name}")] {
                assert_eq!(public_suffix(&host), by_the_list(&rules, &host), "{host}");
            }
            let top = name.rsplit('.').next().unwrap();
            let is_known =
                rules.binary_search(&top).is_ok() || rules.binary_search(&format!("*.{top}").as_str()).is_ok();
            assert_eq!(has_known_top_level(&name), is_known, "{name}");
        }
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
        fn the_tree_says_what_the_list_says(
            labels in prop::collection::vec(prop_oneof![
                "[a-z*!]{0,3}",
                prop::sample::select(vec!["ck", "www", "jp", "kobe", "city", "uk", "co", "com", "amazonaws", "s3", "github", "io", "*"]).prop_map(str::to_owned),
            ], 0..5),
        ) {
            let host = labels.join(".");
            prop_assert_eq!(public_suffix(&host), by_the_list(&rules(), &host));
        }

        #[test]
        fn any_text_is_taken_without_panic(host in any::<String>()) {
            let _ = registrable_domain(&host);
        }
    }
}
