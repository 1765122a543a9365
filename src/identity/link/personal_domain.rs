//! A person's own web address: the registrable domain, or the host where many people's sites hang below one hosting
//! suffix, or `HOST/~name`. It cannot know that a domain is a company's: the mirror does (a domain on three or more
//! records is not personal, matching.md §4.5).

use super::ParsedLink;
use crate::identity::host::ascii_domain;
use crate::identity::key::{IdentityKey, KeyKind};
use crate::identity::public_suffix::{endings, public_suffix, registrable_domain};
use crate::identity::tables::WordList;

/// The key of a link to somebody's own site. A link deep into an unknown site is an article about anything, and proves
/// nothing; so does a page of a site where many people write.
pub(crate) fn keys(link: &ParsedLink) -> Vec<IdentityKey> {
    let key = |value: &str| IdentityKey::new(KeyKind::Web, value).into_iter().collect::<Vec<_>>();
    // A user's directory on a university's or a club's server.
    if let Some(user) = link.segment(0).filter(|segment| segment.starts_with('~')) {
        return key(&format!("{}/{user}", link.host));
    }
    if is_below_hosting_suffix(&link.host) {
        return key(&link.host);
    }
    let is_own_page = match link.segments.as_slice() {
        [] => link.parameter("p").is_none(),
        [_] => HOME_PAGES.contains(&page_word(&link.word(0))),
        [_, _] => {
            let is_language = link.word(0).len() == 2;
            is_language && HOME_PAGES.contains(&page_word(&link.word(1)))
        }
        _ => false,
    };
    if is_own_page { key(&link.host) } else { Vec::new() }
}

/// `about.html` → `about`, `jane-doe-cv.pdf` → `cv`.
fn page_word(segment: &str) -> String {
    let stem = segment.rsplit_once('.').map_or(
        segment,
        |(stem, extension)| if extension.len() <= 5 { stem } else { segment },
    );
    let last = stem.rsplit(['-', '_']).next().unwrap_or(stem);
    if matches!(last, "cv" | "resume") {
        last.to_owned()
    } else {
        stem.to_owned()
    }
}

/// Pages that a personal site has and an article has not.
static HOME_PAGES: WordList = WordList::named("home_pages");

/// The value of a `web:` key: the registrable domain, the host below a hosting suffix, or either host with `/~name`.
pub(crate) fn normal_value(raw: &str) -> Option<String> {
    let (host, user) = match raw.split_once('/') {
        Some((host, path)) => (
            host,
            Some(path.strip_prefix('~')?.trim_end_matches('/').to_ascii_lowercase()),
        ),
        None => (raw, None),
    };
    let host = ascii_domain(host)?;
    let host = host.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    if host.len() > 253 || !host.contains('.') || !host.split('.').all(is_label) || is_shared_site(host) {
        return None;
    }
    if let Some(user) = user {
        let is_user = (1..=40).contains(&user.len())
            && user
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
        return (is_user && registrable_domain(host).is_some()).then(|| format!("{host}/~{user}"));
    }
    if let Some(site) = hosted_site(host) {
        return Some(site);
    }
    if is_institution(host) {
        return None;
    }
    registrable_domain(host).map(str::to_owned)
}

/// The name and the hosting suffix, for hosts that hang below one.
fn hosted_site(host: &str) -> Option<String> {
    let suffix = endings(host).find(|suffix| HOSTING_SUFFIXES.contains(suffix))?;
    let label = host
        .strip_suffix(suffix)?
        .strip_suffix('.')?
        .rsplit('.')
        .next()
        .filter(|label| !label.is_empty() && *label != "www")?;
    Some(format!("{label}.{suffix}"))
}

/// Is the host one site of many below a suffix that the public list or ours calls a hosting service?
fn is_below_hosting_suffix(host: &str) -> bool {
    if hosted_site(host).is_some() {
        return true;
    }
    let suffix = public_suffix(host);
    // Suffixes of more than one label whose last part is no country: `github.io`, `netlify.app`, `pages.dev`.
    let is_service = suffix
        .rsplit_once('.')
        .is_some_and(|(_, top)| top.len() > 2 || matches!(top, "io" | "co" | "me" | "ai" | "sh" | "so"));
    is_service && host != suffix && registrable_domain(host).is_some()
}

/// Universities, states and armies: the domain is never one person's.
fn is_institution(host: &str) -> bool {
    let suffix = public_suffix(host);
    suffix
        .split('.')
        .any(|label| matches!(label, "edu" | "gov" | "mil" | "int" | "ac"))
}

/// Is the host a place where many people write, so that its name proves nobody?
fn is_shared_site(host: &str) -> bool {
    let is_shared = SHARED_SITES.contains(host) || endings(host).any(|site| SHARED_SITES.contains(site));
    HOSTING_SUFFIXES.contains(host) || is_shared || is_family_of_shared_sites(host)
}

/// Services that have one name under many country suffixes.
fn is_family_of_shared_sites(host: &str) -> bool {
    let suffix = public_suffix(host);
    let name = host
        .strip_suffix(suffix)
        .and_then(|before| before.strip_suffix('.'))
        .and_then(|before| before.rsplit('.').next());
    name.is_some_and(|name| {
        matches!(
            name,
            "amazon"
                | "glassdoor"
                | "google"
                | "indeed"
                | "kununu"
                | "monster"
                | "stepstone"
                | "wikipedia"
                | "yahoo"
                | "yandex"
        )
    })
}

/// Hosting services and site builders that the public suffix list does not hold.
static HOSTING_SUFFIXES: WordList = WordList::named("hosting_suffixes");

/// Sites where many people have pages, files or articles, and link shorteners. Everything below them counts as well, but
/// for the hosting suffixes above.
static SHARED_SITES: WordList = WordList::named("shared_sites");

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::super::tests::page;

    #[test]
    fn what_many_people_share_is_nobodys_domain() {
        for link in [
            "https://www.youtube.com/",
            "https://docs.google.com/document/d/1",
            "https://sites.google.com/",
            "https://google.pl",
            "https://bit.ly/abc",
            "https://t.co/abc",
            "https://www.facebook.com/janedoe",
            "https://github.io",
            "https://netlify.app",
            "https://wordpress.com",
            "https://www.wordpress.com",
            "https://co.uk",
            "https://localhost",
            "https://intranet",
            "https://192.0.2.1/",
            "https://www.example.edu/",
            "https://example.ac.uk/",
            "https://www.example.gov",
            "https://news.example.com/2024/01/title-of-an-article",
            "https://example.com/careers/123",
            "https://example.com/?p=123",
            "https://social.example.org/@jane",
            "https://www.glassdoor.co.in/",
            "https://en.wikipedia.org/wiki/Jane",
            "https://mastodon.social/@jane",
        ] {
            assert!(page(link).is_empty(), "{link}: {:?}", page(link));
        }
    }

    #[test]
    fn ones_own_place_on_the_web() {
        for (link, expected) in [
            ("https://example.dev", "web:example.dev"),
            ("http://www.Example.dev/", "web:example.dev"),
            ("example.dev", "web:example.dev"),
            ("https://jane.example.co.uk/about.html", "web:example.co.uk"),
            ("https://blog.example.dev/en/cv", "web:example.dev"),
            ("https://example.dev/jane-doe-resume.pdf", "web:example.dev"),
            ("https://example.dev/?utm_source=lever", "web:example.dev"),
            ("https://bücher.example/", "web:xn--bcher-kva.example"),
            ("https://jane.github.io/project/docs", "web:jane.github.io"),
            ("https://jane.netlify.app", "web:jane.netlify.app"),
            ("https://jane.wordpress.com/2020/01/title", "web:jane.wordpress.com"),
            ("https://jane.carrd.co/", "web:jane.carrd.co"),
            ("https://jane.hashnode.dev/title", "web:jane.hashnode.dev"),
            ("https://www.jane.notion.site/Jane-Doe-0123", "web:jane.notion.site"),
            ("https://www.cs.example.edu/~JDoe/papers", "web:cs.example.edu/~jdoe"),
        ] {
            assert_eq!(page(link), [expected], "{link}");
        }
    }
}
