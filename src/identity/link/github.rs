//! GitHub: logins and account ids. One segment is an account; two are a repository, which may be anybody's work.
//!
//! Rules: matching.md §4.5. The list of names that GitHub keeps for itself is the npm package `github-reserved-names`
//! 2.2.0 (MIT, see `data/NOTICE`).

use std::sync::OnceLock;

use super::ParsedLink;
use crate::identity::key::{IdentityKey, KeyKind};

/// Sorted, one name a line.
static RESERVED_NAMES: &str = include_str!("github_reserved_names.txt");

fn is_reserved(name: &str) -> bool {
    static NAMES: OnceLock<Vec<&'static str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| RESERVED_NAMES.lines().collect());
    names.binary_search(&name).is_ok()
}

/// The keys of a GitHub address; `None` when the host is not GitHub's. `LOGIN.github.io` is a site of its own and not
/// read here.
pub(crate) fn keys(link: &ParsedLink) -> Option<Vec<IdentityKey>> {
    let login = |at: usize| {
        link.segment(at)
            .and_then(|login| IdentityKey::new(KeyKind::GitHubLogin, &login).ok())
    };
    let is_one_segment = link.segments.len() == 1;
    let key = match link.host.as_str() {
        "github.com" => match link.word(0).as_str() {
            "sponsors" if link.segments.len() == 2 => login(1),
            _ if is_one_segment => login(0),
            _ => None,
        },
        // A gist belongs to the account in front of it.
        "gist.github.com" if (1..=2).contains(&link.segments.len()) => {
            match link.word(0).as_str() {
                "starred" | "forked" | "discover" => None,
                // A bare gist number is no login.
                hash if is_one_segment && hash.len() >= 20 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => None,
                _ => login(0),
            }
        }
        host if is_avatar_host(host) && link.word(0) == "u" => link
            .segment(1)
            .and_then(|id| IdentityKey::new(KeyKind::GitHubId, &id).ok()),
        _ if link.is_within("github.com") || link.is_within("githubusercontent.com") => None,
        _ => return None,
    };
    Some(key.into_iter().collect())
}

/// `avatars.githubusercontent.com`, and `avatars0.` to `avatars3.` of older pages.
fn is_avatar_host(host: &str) -> bool {
    host.strip_suffix(".githubusercontent.com")
        .and_then(|label| label.strip_prefix("avatars"))
        .is_some_and(|number| {
            number.is_empty() || (number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
        })
}

/// A login in lower case: letters and digits with single hyphens between them, at most 39 characters, no reserved name.
pub(crate) fn normal_login(raw: &str) -> Option<String> {
    let login = raw.strip_prefix('@').unwrap_or(raw).to_ascii_lowercase();
    let is_login = (1..=39).contains(&login.len())
        && login.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !login.starts_with('-')
        && !login.ends_with('-')
        && !login.contains("--");
    (is_login && !is_reserved(&login)).then_some(login)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::super::tests::page;

    #[test]
    fn the_list_is_sorted_as_the_search_needs() {
        assert!(super::RESERVED_NAMES.lines().is_sorted());
    }

    #[test]
    fn pages_that_are_no_account_give_nothing() {
        for link in [
            "https://github.com",
            "https://github.com/",
            "https://github.com/?tab=repositories",
            "https://github.com/settings",
            "https://github.com/orgs/example/people",
            "https://github.com/orgs/example",
            "https://github.com/topics/rust",
            "https://github.com/trending",
            "https://github.com/Marketplace",
            "https://github.com/sponsors",
            "https://github.com/features",
            "https://github.com/login?return_to=x",
            "https://github.com/search?q=jane&type=users",
            "https://github.com/explore",
            "https://github.com/jdoe/project",
            "https://github.com/jdoe/project/stargazers",
            "https://github.com/jane.doe",
            "https://github.com/-jane",
            "https://github.com/jane--doe",
            "https://github.com/jane_doe",
            "https://github.com/jane-",
            "https://github.com/a-login-that-is-longer-than-39-characters",
            "https://gist.github.com",
            "https://gist.github.com/discover",
            "https://gist.github.com/0123456789abcdef0123456789abcdef",
            "https://docs.github.com/jdoe",
            "https://raw.githubusercontent.com/jdoe/project/main/README.md",
            "https://avatars.githubusercontent.com/in/123",
            "https://avatars.githubusercontent.com/u/jane",
            "https://api.github.com/users/jdoe",
        ] {
            assert!(page(link).is_empty(), "{link}");
        }
        for link in ["https://github.com.example.test/jdoe", "https://notgithub.com/jdoe"] {
            assert!(page(link).iter().all(|key| !key.starts_with("gh:")), "{link}");
        }
    }

    #[test]
    fn accounts() {
        for (link, expected) in [
            ("https://github.com/JDoe", "gh:login:jdoe"),
            ("https://github.com/jdoe?tab=repositories", "gh:login:jdoe"),
            ("https://github.com/jane-doe-99/", "gh:login:jane-doe-99"),
            ("https://github.com/pullsuser", "gh:login:pullsuser"),
            ("https://github.com/@jdoe", "gh:login:jdoe"),
            ("https://github.com/sponsors/jdoe", "gh:login:jdoe"),
            ("https://gist.github.com/jdoe", "gh:login:jdoe"),
            (
                "https://gist.github.com/jdoe/0123456789abcdef0123456789abcdef",
                "gh:login:jdoe",
            ),
            ("https://avatars.githubusercontent.com/u/5550123?v=4", "gh:id:5550123"),
            (
                "https://avatars2.githubusercontent.com/u/5550123?s=400",
                "gh:id:5550123",
            ),
            ("https://jdoe.github.io/project", "web:jdoe.github.io"),
        ] {
            assert_eq!(page(link), [expected], "{link}");
        }
    }
}
