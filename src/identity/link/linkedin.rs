//! LinkedIn: every form of profile address, in every product, to a slug or a member id. Anything that is not certainly
//! one person's profile gives nothing.
//!
//! Rules: matching.md §4.3, profile-pages.md §2.1.

use super::opaque_token::{is_token_like, token_keys};
use super::{ParsedLink, decode_once};
use crate::identity::key::{IdentityKey, KeyKind};
use crate::identity::text::{is_invisible, lower_nfc};

/// The keys of a LinkedIn address; `None` when the host is not LinkedIn's.
pub(crate) fn keys(link: &ParsedLink) -> Option<Vec<IdentityKey>> {
    if !link.is_within("linkedin.com") {
        return None;
    }
    // Mobile and mail front ends put their own segments before the usual path.
    let skipped = match (link.word(0).as_str(), link.word(1).as_str()) {
        ("mwlite", "profile") => 2,
        ("mwlite" | "comm", _) => 1,
        _ => 0,
    };
    let word = |at: usize| link.word(skipped + at);
    let segment = |at: usize| link.segment(skipped + at);
    let keys = match (word(0).as_str(), word(1).as_str()) {
        ("in", _) => {
            let mut keys = segment(1).map(|slug| person_keys(&slug)).unwrap_or_default();
            if !keys.is_empty() {
                // Links on cards carry the member id beside the slug.
                keys.extend(link.parameter("miniProfileUrn").map(urn_keys).unwrap_or_default());
            }
            keys
        }
        ("pub", "dir") => Vec::new(),
        ("pub", _) => match (segment(1), segment(2), segment(3), segment(4)) {
            (Some(name), Some(first), Some(second), Some(third)) => old_public_slug(&name, [&first, &second, &third])
                .map(|slug| slug_key(&slug))
                .unwrap_or_default(),
            _ => Vec::new(),
        },
        ("sales", "lead" | "people") | ("talent", "profile") => {
            segment(2).map(|id| product_id_keys(&id)).unwrap_or_default()
        }
        ("profile", "view") => link.parameter("id").map(profile_view_keys).unwrap_or_default(),
        ("recruiter", "profile") => segment(2).map(|id| opaque_key("recruiter/", &id)).unwrap_or_default(),
        ("cap", "people") if word(2) == "show" => segment(3).map(|id| opaque_key("cap/", &id)).unwrap_or_default(),
        ("messaging", "compose") => link
            .parameter("profileUrn")
            .map(urn_keys)
            .or_else(|| link.parameter("recipient").map(product_id_keys))
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    Some(keys)
}

/// The keys of a `urn:li:…` text that names a person: `member`, and the profile URNs of LinkedIn's products. URNs of
/// API partners' `person` differ per partner and give nothing.
pub(crate) fn urn_keys(urn: &str) -> Vec<IdentityKey> {
    let Some(urn) = decode_once(urn) else {
        return Vec::new();
    };
    let mut parts = urn.trim().splitn(4, ':');
    let (Some(scheme), Some(space), Some(kind), Some(id)) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Vec::new();
    };
    if !scheme.eq_ignore_ascii_case("urn") || !space.eq_ignore_ascii_case("li") {
        return Vec::new();
    }
    let id = id.trim_start_matches('(').split([',', ')']).next().unwrap_or_default();
    match kind.to_ascii_lowercase().as_str() {
        "member" => IdentityKey::new(KeyKind::LinkedInMember, id).into_iter().collect(),
        "fsd_profile"
        | "fs_profile"
        | "fs_miniprofile"
        | "fs_salesprofile"
        | "ts_profile"
        | "fs_normalized_profile"
        | "fs_memberprofile"
            if is_token_like(id) =>
        {
            token_keys(id)
        }
        _ => Vec::new(),
    }
}

/// What stands after `/in/`: a slug, or a token.
fn person_keys(segment: &str) -> Vec<IdentityKey> {
    if is_token_like(segment) {
        token_keys(segment)
    } else {
        slug_key(segment)
    }
}

/// What stands after `/sales/lead/` and `/talent/profile/`: a token, or something that can only be compared.
fn product_id_keys(segment: &str) -> Vec<IdentityKey> {
    let id = segment.split(',').next().unwrap_or_default();
    if is_token_like(id) {
        token_keys(id)
    } else {
        opaque_key("", id)
    }
}

/// `id=` of the old `/profile/view`: the member id in digits, or a token.
fn profile_view_keys(id: &str) -> Vec<IdentityKey> {
    if id.bytes().all(|byte| byte.is_ascii_digit()) {
        IdentityKey::new(KeyKind::LinkedInMember, id).into_iter().collect()
    } else {
        product_id_keys(id)
    }
}

fn slug_key(slug: &str) -> Vec<IdentityKey> {
    IdentityKey::new(KeyKind::LinkedInSlug, slug).into_iter().collect()
}

/// Whether a slug ends as those that LinkedIn makes up itself: `jane-doe-7a1b2c3d`. Its owner may choose another, and then never
/// goes back to it.
#[must_use]
pub fn is_assigned_slug(slug: &str) -> bool {
    const SHORTEST: usize = 6;
    slug.rsplit_once('-').is_some_and(|(_, end)| {
        end.len() >= SHORTEST
            && end.bytes().all(|byte| byte.is_ascii_hexdigit())
            && end.bytes().any(|byte| byte.is_ascii_digit())
    })
}

fn opaque_key(product: &str, segment: &str) -> Vec<IdentityKey> {
    let id = segment.split(',').next().unwrap_or_default();
    // Upper-case ids come as they are; `new` would decode a token, which `token_keys` has tried before.
    IdentityKey::new(KeyKind::LinkedInOpaque, &format!("{product}{id}"))
        .into_iter()
        .collect()
}

/// `/pub/jane-doe/a1/23b/c45` (until about 2015) is the slug `jane-doe-c4523ba1`: the three segments reversed, the second
/// and third filled to three digits (matching.md §4.3).
fn old_public_slug(name: &str, parts: [&str; 3]) -> Option<String> {
    let is_hex = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let [first, second, third] = parts;
    parts
        .iter()
        .all(is_hex)
        .then(|| format!("{name}-{third:0>3}{second:0>3}{first}"))
}

/// A slug in lower case and form C: 3 to 100 characters, of ASCII only letters, digits, hyphen and underscore. `me` and
/// LinkedIn's page for a missing profile are nobody.
pub(crate) fn normal_slug(raw: &str) -> Option<String> {
    let slug = lower_nfc(raw);
    let is_allowed = |character: char| {
        if character.is_ascii() {
            character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
        } else {
            // Slugs made from names hold whatever the name held, emoji included.
            !character.is_whitespace()
                && !character.is_control()
                && !is_invisible(character)
                && character != char::REPLACEMENT_CHARACTER
                && !matches!(character, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}')
        }
    };
    let is_slug = (3..=100).contains(&slug.chars().count())
        && slug.chars().all(is_allowed)
        && slug.chars().any(char::is_alphanumeric);
    (is_slug && slug != "unavailable").then_some(slug)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::super::tests::{mirror, page};

    #[test]
    fn pages_that_are_nobodys_profile_give_nothing() {
        for path in [
            "",
            "/",
            "/in",
            "/in/",
            "/in/me",
            "/in/me/",
            "/in/unavailable",
            "/pub/dir/Jane/Doe",
            "/pub/dir/jane/doe/1/2/3",
            "/pub/jane-doe",
            "/pub/jane-doe/zz/1/2",
            "/pub/jane-doe/1/2",
            "/pub/jane-doe/1234/1/2",
            "/feed/",
            "/feed/update/urn:li:activity:7000000000000000000",
            "/posts/jane-doe_title-activity-1",
            "/company/example",
            "/school/example",
            "/showcase/example",
            "/jobs/view/123",
            "/learning/x",
            "/groups/123",
            "/pulse/title-jane-doe",
            "/shareArticle?url=https://example.org",
            "/authwall?sessionRedirect=https%3A%2F%2Fwww.linkedin.com%2Fin%2Fjane-doe",
            "/login",
            "/checkpoint/x",
            "/search/results/people/?keywords=jane-doe",
            "/mynetwork/",
            "/sales/company/123",
            "/talent/hire/1/discover/recruiterSearch",
            "/talent/search",
            "/in/%FF%FE",
            "/in/jane%2Fdoe",
            "/in/jane%20doe",
            "/in/ja",
            "/in/---",
            "/in/jane.doe",
            "/profile/view",
            "/profile/view?id=",
            "/profile/view?id=0",
            "/in/jane-do...",
            "/in/jane-do\u{2026}",
            "/in/jane\u{2014}doe",
        ] {
            let link = format!("https://www.linkedin.com{path}");
            assert!(page(&link).is_empty(), "{link}");
        }
    }

    #[test]
    fn hosts_that_only_look_like_linkedin_give_nothing_of_linkedin() {
        for host in [
            "evil-linkedin.com",
            "linkedin.com.example.test",
            "linkedin.co",
            "linkedin.com:8443",
            "www.linkedin.com:80443",
            "lnkd.in",
            "user@linkedin.com",
            "linkedin.com%2eexample.test",
            "xn--linkedn-e2a.com",
        ] {
            for path in ["/in/jane-doe", "/profile/view?id=123456789"] {
                let link = format!("https://{host}{path}");
                assert!(page(&link).iter().all(|key| !key.starts_with("li:")), "{link}");
            }
        }
        assert!(page("https://lnkd.in/abc123").is_empty());
    }

    #[test]
    fn every_form_of_a_public_profile_is_one_slug() {
        for link in [
            "https://www.linkedin.com/in/jane-doe",
            "http://linkedin.com/in/jane-doe/",
            "https://de.linkedin.com/in/Jane-Doe",
            "https://m.linkedin.com/in/jane-doe",
            "https://touch.linkedin.com/in/jane-doe",
            "https://www.linkedin.com./in/jane-doe",
            "https://www.linkedin.com:443/in/jane-doe",
            "https://www.linkedin.com/mwlite/in/jane-doe",
            "https://www.linkedin.com/mwlite/profile/in/jane-doe",
            "https://www.linkedin.com/comm/in/jane-doe",
            "https://www.linkedin.com/in/jane-doe/details/experience/",
            "https://www.linkedin.com/in/jane-doe/recent-activity/all/",
            "https://www.linkedin.com/in/jane-doe/overlay/contact-info/",
            "https://www.linkedin.com/in/jane-doe/de",
            "https://br.linkedin.com/in/jane-doe/pt?trk=x",
            "https://www.linkedin.com/in/jane-doe?originalSubdomain=pl",
            "https://www.linkedin.com/in/jane-doe#experience",
            "https://www.linkedin.com//in//jane-doe//",
            "https://www.linkedin.com/in/jane%2Ddoe",
            "linkedin.com/in/jane-doe",
            "in/jane-doe",
        ] {
            assert_eq!(page(link), ["li:slug:jane-doe"], "{link}");
        }
    }

    #[test]
    fn a_slug_of_any_script_is_decoded_once() {
        let expected = ["li:slug:анна-к"];
        assert_eq!(
            page("https://www.linkedin.com/in/%D0%B0%D0%BD%D0%BD%D0%B0-%D0%BA"),
            expected
        );
        assert_eq!(page("https://www.linkedin.com/in/Анна-К"), expected);
        // "é" typed as e and an accent is the same slug.
        assert_eq!(
            page("https://www.linkedin.com/in/jane%CC%81-doe"),
            page("https://www.linkedin.com/in/jan%C3%A9-doe")
        );
        // Exports hold doubly encoded links; pages do not.
        let twice = "https://www.linkedin.com/in/%25D0%25B0%25D0%25BD%25D0%25BD%25D0%25B0-%25D0%25BA";
        assert_eq!(mirror(twice), expected);
        assert!(page(twice).is_empty());
        assert!(mirror("https://www.linkedin.com/in/%252525D0").is_empty());
    }

    /// Invented examples of matching.md §4.3.
    #[test]
    fn old_public_addresses_hold_the_slug_backwards() {
        for (link, slug) in [
            ("https://www.linkedin.com/pub/jane-doe/a1/23b/c45", "jane-doe-c4523ba1"),
            ("https://www.linkedin.com/pub/jane-doe/5a/7b/1c2", "jane-doe-1c207b5a"),
            ("https://www.linkedin.com/pub/jane-doe/8d/77e/af", "jane-doe-0af77e8d"),
            ("http://uk.linkedin.com/pub/jane-doe/2a/31c/d", "jane-doe-00d31c2a"),
            (
                "https://www.linkedin.com/pub/Jane-Doe/10A/38B/6C1/de",
                "jane-doe-6c138b10a",
            ),
        ] {
            assert_eq!(page(link), [format!("li:slug:{slug}")], "{link}");
        }
    }

    #[test]
    fn pages_of_other_products_name_the_member() {
        let lead = "ACwAAAdbzRUBhcM8ikfQ2JskUFRNbiMj2P4W3vI";
        let profile = "ACoAAAdbzRUBSxapnNkkN8d1zpKC2hWVyh7fPuc";
        let recruiter = "AEMAAAdbzRUBGdEREcSfcSXEJ16ee4SaSRDCUnk";
        for link in [
            format!("https://www.linkedin.com/in/{profile}"),
            format!("https://www.linkedin.com/in/{lead}/"),
            format!("https://www.linkedin.com/sales/lead/{lead},NAME_SEARCH,abcd?_ntb=x"),
            format!("https://www.linkedin.com/sales/lead/{lead}%2CNAME_SEARCH%2Cabcd"),
            format!("https://www.linkedin.com/sales/people/{lead},NAME_SEARCH"),
            format!("https://www.linkedin.com/talent/profile/{recruiter}?project=1"),
            format!("https://www.linkedin.com/talent/profile/{recruiter}/attachments"),
            format!("https://www.linkedin.com/profile/view?id={profile}&trk=x"),
            "https://www.linkedin.com/profile/view?id=123456789".to_owned(),
            "urn:li:member:123456789".to_owned(),
            format!("urn:li:fsd_profile:{profile}"),
            format!("urn:li:fs_miniProfile:{profile}"),
            format!("urn:li:fs_salesProfile:({lead},NAME_SEARCH,abcd)"),
            format!("urn:li:ts_profile:{recruiter}"),
            format!(
                "https://www.linkedin.com/messaging/compose/?profileUrn=urn%3Ali%3Afsd_profile%3A{profile}&recipient={profile}"
            ),
        ] {
            assert_eq!(
                page(&link).first().map(String::as_str),
                Some("li:member:123456789"),
                "{link}"
            );
        }
    }

    #[test]
    fn a_card_link_gives_slug_and_member() {
        let keys = page(
            "https://www.linkedin.com/in/jane-doe?miniProfileUrn=urn%3Ali%3Afs_miniProfile%3AACoAAAdbzRUBSxapnNkkN8d1zpKC2hWVyh7fPuc",
        );
        assert!(keys.starts_with(&["li:slug:jane-doe".to_owned(), "li:member:123456789".to_owned()]));
    }

    #[test]
    fn ids_that_do_not_decode_stay_comparable() {
        let lowered = "acoaaadbzrubsxapnnkkn8d1zpkc2hwvyh7fpuc";
        assert_eq!(
            page(&format!("https://www.linkedin.com/in/{lowered}x")),
            [format!("li:slug:{lowered}x")]
        );
        let lowered = "acoaaadbzrubsxapnnkkn8d1zpkc2hwvyh7fpucx";
        let token: String = lowered.chars().take(39).collect();
        assert_eq!(
            mirror(&format!("https://www.linkedin.com/in/{token}")),
            [format!("li:opaque:{token}")]
        );
        assert_eq!(
            page("https://www.linkedin.com/in/ACoAAMADEUP0000"),
            ["li:opaque:acoaamadeup0000"]
        );
        assert_eq!(
            page("https://www.linkedin.com/talent/profile/AbC123_x"),
            ["li:opaque:abc123_x"]
        );
        assert_eq!(
            page("https://www.linkedin.com/cap/people/show/5550123"),
            ["li:opaque:cap/5550123"]
        );
        assert_eq!(
            page("https://www.linkedin.com/recruiter/profile/5550123,AbCd,CAP"),
            ["li:opaque:recruiter/5550123"]
        );
    }

    #[test]
    fn urns_of_other_things_are_nobody() {
        for urn in [
            "urn:li:company:123",
            "urn:li:activity:123",
            "urn:li:person:AbCdEf",
            "urn:li:member:",
            "urn:li:member:x",
            "urn:li:fsd_profile:jane-doe",
            "urn:li:",
            "urn:isbn:1234567890",
        ] {
            assert!(page(urn).is_empty(), "{urn}");
        }
    }
}
