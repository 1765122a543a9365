//! Every site with profiles that is neither LinkedIn nor GitHub: which host, which path, which alphabet, which words the
//! site keeps for itself. Adding a site is a kind in `key.rs`, a line in `keys` and a line in `normal_value`.
//!
//! Rules: matching.md §4.5, traps: profile-pages.md §3. On most of these sites organisations share the name space with
//! people; only the page itself can tell them apart.

use super::ParsedLink;
use super::personal_domain;
use crate::identity::key::{IdentityKey, KeyKind};
use crate::identity::public_suffix::public_suffix;
use crate::identity::tables::WordList;

/// The keys of a profile on one of these sites; `None` when the host is none of theirs.
pub(crate) fn keys(link: &ParsedLink) -> Option<Vec<IdentityKey>> {
    let count = link.segments.len();
    let key = |kind: KeyKind, at: usize| link.segment(at).and_then(|value| IdentityKey::new(kind, &value).ok());
    // `/NAME` and nothing more: a second segment is a thing of theirs, not they.
    let only = |kind: KeyKind| if count == 1 { key(kind, 0) } else { None };
    // `/WORD/NAME/…`
    let after = |word: &str, kind: KeyKind| {
        if link.word(0) == word { key(kind, 1) } else { None }
    };
    // `/@NAME`, and the few pages below it that are still about them.
    let at_name = |kind: KeyKind| {
        let is_own_page = count == 1
            || (count == 2 && matches!(link.word(1).as_str(), "about" | "followers" | "following" | "lists"));
        let name = link.segment(0).filter(|_| is_own_page)?;
        IdentityKey::new(kind, name.strip_prefix('@')?).ok()
    };
    // `NAME.example.com`, with the site's own pages below it.
    let host_name = |domain: &str, kind: KeyKind| {
        link.label_before(domain)
            .and_then(|name| IdentityKey::new(kind, name).ok())
    };

    let found = match link.site() {
        "gitlab.com" => match (link.word(0).as_str(), link.word(1).as_str()) {
            ("-", "u") => key(KeyKind::GitLabId, 2),
            _ => only(KeyKind::GitLabLogin),
        },
        "bitbucket.org" => only(KeyKind::Bitbucket),
        "codeberg.org" => only(KeyKind::Codeberg),
        "stackoverflow.com" | "meta.stackoverflow.com" => after("users", KeyKind::StackOverflowId),
        "stackexchange.com" => after("users", KeyKind::StackExchangeAccount),
        "x.com" | "twitter.com" => return Some(x_keys(link)),
        "bsky.app" if link.word(0) == "profile" && count == 2 => {
            link.segment(1).and_then(|name| match name.strip_prefix("did:") {
                Some(did) => IdentityKey::new(KeyKind::BlueskyDid, did).ok(),
                None => IdentityKey::new(KeyKind::BlueskyHandle, &name).ok(),
            })
        }
        "dribbble.com" => match link.word(1).as_str() {
            "about" => key(KeyKind::Dribbble, 0),
            _ => only(KeyKind::Dribbble),
        },
        "behance.net" => only(KeyKind::Behance),
        "medium.com" => at_name(KeyKind::Medium),
        "dev.to" => only(KeyKind::DevTo),
        "hashnode.com" => at_name(KeyKind::Hashnode),
        "substack.com" => at_name(KeyKind::Substack),
        "kaggle.com" => only(KeyKind::Kaggle),
        "huggingface.co" | "hf.co" => only(KeyKind::HuggingFace),
        "orcid.org" => only(KeyKind::Orcid),
        "researchgate.net" => after("profile", KeyKind::ResearchGate),
        "semanticscholar.org" if link.word(0) == "author" && count <= 3 => {
            key(KeyKind::SemanticScholar, count.saturating_sub(1))
        }
        "xing.com" => after("profile", KeyKind::Xing),
        "wellfound.com" => after("u", KeyKind::Wellfound),
        "angel.co" => after("u", KeyKind::Wellfound).or_else(|| after("p", KeyKind::Wellfound)),
        "npmjs.com" => {
            let name = link.segment(0).filter(|_| count == 1);
            name.as_deref()
                .and_then(|name| name.strip_prefix('~'))
                .and_then(|name| IdentityKey::new(KeyKind::Npm, name).ok())
        }
        "pypi.org" => after("user", KeyKind::PyPi),
        "hub.docker.com" => after("u", KeyKind::DockerHub),
        "keybase.io" => only(KeyKind::Keybase),
        "linktr.ee" => only(KeyKind::Linktree),
        "about.me" => only(KeyKind::AboutMe),
        site if STACK_EXCHANGE_SITES.contains(site)
            || link.is_within("stackexchange.com")
            || link.is_within("stackoverflow.com") =>
        {
            let id = link.segment(1).filter(|_| link.word(0) == "users");
            id.and_then(|id| IdentityKey::new(KeyKind::StackExchangeId, &format!("{}/{id}", link.host)).ok())
        }
        // A page about one paper names its author too, but is often another person's link.
        site if is_scholar(site) => match (link.word(0).as_str(), link.parameter("citation_for_view")) {
            ("citations", None) => link
                .parameter("user")
                .and_then(|user| IdentityKey::new(KeyKind::Scholar, user).ok()),
            _ => None,
        },
        _ if link.label_before("medium.com").is_some() => {
            host_name("medium.com", KeyKind::Medium).filter(|_| count == 0 || link.word(0) == "about")
        }
        _ if link.label_before("substack.com").is_some() => host_name("substack.com", KeyKind::Substack),
        _ => return None,
    };
    Some(found.into_iter().collect())
}

/// Stack Exchange sites with a domain of their own; the rest are below `stackexchange.com`.
static STACK_EXCHANGE_SITES: WordList = WordList::named("stack_exchange_sites");

/// Google Scholar under any country's Google domain.
fn is_scholar(host: &str) -> bool {
    host.strip_prefix("scholar.google.")
        .is_some_and(|suffix| public_suffix(suffix) == suffix)
}

/// Pages below a handle that are still its owner's profile.
static X_PROFILE_PAGES: WordList = WordList::named("x_profile_pages");

fn x_keys(link: &ParsedLink) -> Vec<IdentityKey> {
    let key = match (link.word(0).as_str(), link.word(1).as_str(), link.segments.len()) {
        ("i", "user", _) => link.segment(2).and_then(|id| IdentityKey::new(KeyKind::XId, &id).ok()),
        // The old address `twitter.com/#!/jane`.
        (_, _, 0) => link
            .fragment
            .strip_prefix("!/")
            .and_then(|handle| IdentityKey::new(KeyKind::XHandle, handle).ok()),
        (_, page, count) if count == 1 || X_PROFILE_PAGES.contains(page) => link
            .segment(0)
            .and_then(|handle| IdentityKey::new(KeyKind::XHandle, &handle).ok()),
        _ => None,
    };
    key.into_iter().collect()
}

/// The normal form of a value of one of these sites' kinds.
pub(crate) fn normal_value(kind: KeyKind, raw: &str) -> Option<String> {
    match kind {
        KeyKind::GitHubId
        | KeyKind::GitLabId
        | KeyKind::StackOverflowId
        | KeyKind::StackExchangeAccount
        | KeyKind::XId
        | KeyKind::SemanticScholar => number(raw),
        KeyKind::GitLabLogin => name(raw, "_.-", 2, 255, Some(&GITLAB_WORDS))
            .filter(|login| !login.starts_with(['-', '.']) && !login.ends_with('.')),
        KeyKind::Bitbucket => name(raw, "_-.", 1, 62, Some(&BITBUCKET_WORDS)),
        KeyKind::Codeberg => name(raw, "_.-", 1, 40, Some(&CODEBERG_WORDS)),
        KeyKind::StackExchangeId => {
            let (host, id) = raw.split_once('/')?;
            let host = host.to_ascii_lowercase();
            let is_site = STACK_EXCHANGE_SITES.contains(&host)
                || ["stackexchange.com", "stackoverflow.com"].iter().any(|network| {
                    host.strip_suffix(network)
                        .and_then(|rest| rest.strip_suffix('.'))
                        .is_some_and(|labels| labels.split('.').all(is_plain_label))
                });
            number(id).filter(|_| is_site).map(|id| format!("{host}/{id}"))
        }
        KeyKind::XHandle => name(raw.strip_prefix('@').unwrap_or(raw), "_", 1, 15, Some(&X_WORDS)),
        KeyKind::BlueskyHandle => {
            let handle = raw.strip_prefix('@').unwrap_or(raw).to_ascii_lowercase();
            (handle.len() <= 253 && handle.contains('.') && handle.split('.').all(is_plain_label)).then_some(handle)
        }
        KeyKind::BlueskyDid => {
            let (method, id) = raw.split_once(':')?;
            let is_did = match method {
                "plc" => {
                    id.len() == 24
                        && id
                            .bytes()
                            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
                }
                "web" => {
                    id.contains('.')
                        && id.len() <= 253
                        && id
                            .split('.')
                            .all(|label| is_plain_label(label) && label == label.to_ascii_lowercase())
                }
                _ => false,
            };
            is_did.then(|| raw.to_owned())
        }
        KeyKind::Dribbble => name(raw, "_-", 2, 40, Some(&DRIBBBLE_WORDS)),
        KeyKind::Behance => name(raw, "_-", 2, 60, Some(&BEHANCE_WORDS)),
        KeyKind::Medium => name(raw.strip_prefix('@').unwrap_or(raw), "_.-", 1, 60, Some(&MEDIUM_WORDS)),
        KeyKind::DevTo => name(raw, "_", 2, 40, Some(&DEVTO_WORDS)),
        KeyKind::Hashnode => name(raw.strip_prefix('@').unwrap_or(raw), "_-", 2, 60, None),
        KeyKind::Substack => name(raw.strip_prefix('@').unwrap_or(raw), "-", 2, 63, Some(&SUBSTACK_WORDS)),
        KeyKind::Kaggle => name(raw, "_-", 2, 60, Some(&KAGGLE_WORDS)),
        KeyKind::HuggingFace => name(raw, "_.-", 2, 96, Some(&HUGGING_FACE_WORDS)),
        KeyKind::Scholar => (raw.len() == 12
            && raw
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')))
        .then(|| raw.to_owned()),
        KeyKind::Orcid => orcid(raw),
        KeyKind::ResearchGate => name(raw, "_.-", 3, 100, None),
        KeyKind::Xing => name(raw, "_.-", 3, 100, None),
        KeyKind::Wellfound => name(raw, "_-", 2, 80, None),
        KeyKind::Npm => name(raw.strip_prefix('~').unwrap_or(raw), "_.-", 1, 214, None),
        // PyPI treats runs of these signs as one hyphen in project names only; in user names they count.
        KeyKind::PyPi => name(raw, "_.-", 1, 50, None),
        KeyKind::DockerHub => name(raw, "_-", 2, 255, None),
        KeyKind::Keybase => name(raw, "_", 2, 16, Some(&KEYBASE_WORDS)),
        KeyKind::Linktree => name(
            raw.strip_prefix('@').unwrap_or(raw),
            "_.-",
            2,
            60,
            Some(&LINKTREE_WORDS),
        ),
        KeyKind::AboutMe => name(raw, "_.-", 2, 60, Some(&ABOUT_ME_WORDS)),
        // These have files of their own.
        KeyKind::Web => personal_domain::normal_value(raw),
        KeyKind::Email
        | KeyKind::Phone
        | KeyKind::LinkedInSlug
        | KeyKind::LinkedInMember
        | KeyKind::LinkedInOpaque
        | KeyKind::GitHubLogin => None,
    }
}

/// A name in lower case: ASCII letters, digits and `signs`, `least` to `most` characters, with a letter or digit in it,
/// and none of the site's own words.
fn name(raw: &str, signs: &str, least: usize, most: usize, words: Option<&WordList>) -> Option<String> {
    let name = raw.to_ascii_lowercase();
    let is_name = (least..=most).contains(&name.len())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || signs.contains(character))
        && name.bytes().any(|byte| byte.is_ascii_alphanumeric());
    (is_name && !words.is_some_and(|words| words.contains(&name))).then_some(name)
}

/// A positive whole number without leading zeros.
fn number(raw: &str) -> Option<String> {
    let digits = raw.trim_start_matches('0');
    ((1..=20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.to_owned())
}

fn is_plain_label(label: &str) -> bool {
    !label.is_empty() && label.len() <= 63 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// An ORCID iD with its check digit (ISO 7064 MOD 11-2).
fn orcid(raw: &str) -> Option<String> {
    let id = raw.to_ascii_uppercase();
    let groups: Vec<&str> = id.split('-').collect();
    if groups.len() != 4 || groups.iter().any(|group| group.len() != 4) {
        return None;
    }
    let digits: String = groups.concat();
    let (body, check) = digits.split_at_checked(15)?;
    let total = body.chars().try_fold(0u32, |total, digit| {
        digit.to_digit(10).map(|digit| (total + digit) * 2 % 11)
    })?;
    let expected = match (12 - total) % 11 {
        10 => "X".to_owned(),
        digit => digit.to_string(),
    };
    // All zeros has a valid check digit and is nobody.
    (check == expected && body.bytes().any(|byte| byte != b'0')).then_some(id)
}

static GITLAB_WORDS: WordList = WordList::named("gitlab_words");
static BITBUCKET_WORDS: WordList = WordList::named("bitbucket_words");
static CODEBERG_WORDS: WordList = WordList::named("codeberg_words");
static X_WORDS: WordList = WordList::named("x_words");
static DRIBBBLE_WORDS: WordList = WordList::named("dribbble_words");
static BEHANCE_WORDS: WordList = WordList::named("behance_words");
static MEDIUM_WORDS: WordList = WordList::named("medium_words");
static DEVTO_WORDS: WordList = WordList::named("devto_words");
static SUBSTACK_WORDS: WordList = WordList::named("substack_words");
static KAGGLE_WORDS: WordList = WordList::named("kaggle_words");
static HUGGING_FACE_WORDS: WordList = WordList::named("hugging_face_words");
static KEYBASE_WORDS: WordList = WordList::named("keybase_words");
static LINKTREE_WORDS: WordList = WordList::named("linktree_words");
static ABOUT_ME_WORDS: WordList = WordList::named("about_me_words");

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::super::tests::page;
    use super::*;

    #[test]
    fn a_sites_own_pages_are_nobody() {
        for link in [
            "https://gitlab.com/explore",
            "https://gitlab.com/users/sign_in",
            "https://gitlab.com/groups/example",
            "https://gitlab.com/jdoe/project",
            "https://gitlab.com/-/snippets",
            "https://bitbucket.org/jdoe/project",
            "https://codeberg.org/explore/repos",
            "https://codeberg.org/org/create",
            "https://stackoverflow.com/users",
            "https://stackoverflow.com/users/current",
            "https://stackoverflow.com/users/login",
            "https://stackoverflow.com/questions/123/title",
            "https://x.com/home",
            "https://x.com/i/flow/login",
            "https://x.com/jane_doe/status/123",
            "https://x.com/intent/user?screen_name=jane",
            "https://x.com/search?q=jane",
            "https://x.com/hashtag/rust",
            "https://twitter.com/share?text=x",
            "https://x.com/a_handle_that_is_too_long",
            "https://x.com/jane-doe",
            "https://bsky.app/search",
            "https://bsky.app/profile/jane.example.dev/post/1",
            "https://dribbble.com/shots/popular",
            "https://dribbble.com/jobs",
            "https://dribbble.com/designers",
            "https://www.behance.net/gallery/123/Title",
            "https://www.behance.net/search/projects",
            "https://www.behance.net/joblist",
            "https://medium.com/example-publication",
            "https://medium.com/@jane/title-0123456789ab",
            "https://help.medium.com/",
            "https://example.medium.com/title-0123456789ab",
            "https://dev.to/t/rust",
            "https://dev.to/settings",
            "https://dev.to/jane/title-1a2b",
            "https://hashnode.com/explore",
            "https://substack.com/home",
            "https://www.kaggle.com/competitions",
            "https://www.kaggle.com/datasets/jane/data",
            "https://huggingface.co/models",
            "https://huggingface.co/jane/model",
            "https://huggingface.co/docs/hub",
            "https://scholar.google.com/scholar?q=jane",
            "https://scholar.google.com/citations?view_op=search_authors&mauthors=x",
            "https://scholar.google.com/citations?view_op=view_citation&user=AbCdEf12_-Xy&citation_for_view=AbCdEf12_-Xy:x",
            "https://scholar.google.com.example.test/citations?user=AbCdEf12_-Xy",
            "https://orcid.org/signin",
            "https://orcid.org/0000-0002-1825-0098",
            "https://orcid.org/0000-0000-0000-0001X",
            "https://www.researchgate.net/publication/1_Title",
            "https://www.xing.com/pages/example",
            "https://www.xing.com/jobs/x",
            "https://wellfound.com/company/example",
            "https://wellfound.com/jobs",
            "https://angel.co/example",
            "https://www.npmjs.com/package/example",
            "https://pypi.org/project/example/",
            "https://hub.docker.com/r/jane/image",
            "https://keybase.io/docs",
            "https://linktr.ee/login",
            "https://about.me/login",
            "https://www.semanticscholar.org/paper/Title/0123456789abcdef",
            "https://www.semanticscholar.org/author/Jane-Doe/abc",
        ] {
            assert!(page(link).is_empty(), "{link}: {:?}", page(link));
        }
    }

    #[test]
    fn profiles() {
        for (link, expected) in [
            ("https://gitlab.com/Jane.Doe", "gl:login:jane.doe"),
            ("https://gitlab.com/-/u/5550123", "gl:id:5550123"),
            ("https://bitbucket.org/jdoe/", "bb:login:jdoe"),
            ("https://codeberg.org/jdoe", "cb:login:jdoe"),
            (
                "https://stackoverflow.com/users/5550123/jane-doe?tab=profile",
                "so:id:5550123",
            ),
            ("https://stackoverflow.com/users/5550123", "so:id:5550123"),
            ("https://superuser.com/users/123/jane", "se:id:superuser.com/123"),
            (
                "https://math.stackexchange.com/users/123/jane",
                "se:id:math.stackexchange.com/123",
            ),
            (
                "https://ru.stackoverflow.com/users/123/jane",
                "se:id:ru.stackoverflow.com/123",
            ),
            ("https://stackexchange.com/users/123/jane", "se:account:123"),
            ("https://x.com/Jane_Doe", "x:handle:jane_doe"),
            ("https://mobile.twitter.com/jane_doe/with_replies", "x:handle:jane_doe"),
            ("https://twitter.com/#!/jane_doe", "x:handle:jane_doe"),
            ("https://x.com/i/user/5550123", "x:id:5550123"),
            (
                "https://bsky.app/profile/Jane.Example.dev",
                "bluesky:handle:jane.example.dev",
            ),
            (
                "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx",
                "bluesky:did:plc:abcdefghijklmnopqrstuvwx",
            ),
            ("https://dribbble.com/janedoe/about", "dribbble:janedoe"),
            ("https://www.behance.net/JaneDoe", "behance:janedoe"),
            ("https://medium.com/@Jane.Doe", "medium:jane.doe"),
            ("https://medium.com/@jane/about", "medium:jane"),
            ("https://janedoe.medium.com/", "medium:janedoe"),
            ("https://dev.to/jane_doe", "devto:jane_doe"),
            ("https://hashnode.com/@janedoe", "hashnode:janedoe"),
            ("https://janedoe.substack.com/p/title", "substack:janedoe"),
            ("https://substack.com/@janedoe", "substack:janedoe"),
            ("https://www.kaggle.com/janedoe", "kaggle:janedoe"),
            ("https://huggingface.co/JaneDoe", "hf:login:janedoe"),
            (
                "https://scholar.google.co.uk/citations?user=AbCdEf12_-Xy&hl=en",
                "scholar:AbCdEf12_-Xy",
            ),
            ("https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
            ("https://orcid.org/0005-5500-0000-000x", "orcid:0005-5500-0000-000X"),
            (
                "https://www.researchgate.net/profile/Jane-Doe-2",
                "researchgate:jane-doe-2",
            ),
            (
                "https://www.semanticscholar.org/author/Jane-Doe/5550123",
                "s2:author:5550123",
            ),
            ("https://www.semanticscholar.org/author/5550123", "s2:author:5550123"),
            ("https://www.xing.com/profile/Jane_Doe12/cv", "xing:jane_doe12"),
            ("https://wellfound.com/u/jane-doe", "wellfound:jane-doe"),
            ("https://angel.co/u/jane-doe", "wellfound:jane-doe"),
            ("https://angel.co/p/jane-doe", "wellfound:jane-doe"),
            ("https://www.npmjs.com/~janedoe", "npm:janedoe"),
            ("https://pypi.org/user/JaneDoe/", "pypi:janedoe"),
            ("https://hub.docker.com/u/janedoe", "dockerhub:janedoe"),
            ("https://keybase.io/janedoe", "keybase:janedoe"),
            ("https://linktr.ee/janedoe", "linktree:janedoe"),
            ("https://about.me/janedoe", "aboutme:janedoe"),
        ] {
            assert_eq!(page(link), [expected], "{link}");
        }
    }

    #[test]
    fn orcid_check_digits() {
        assert!(orcid("0000-0002-1825-0097").is_some());
        assert!(orcid("0000-0002-1825-0096").is_none());
        assert!(orcid("0000-0000-0000-0001").is_none());
        assert!(orcid("0000000218250097").is_none());
    }
}
