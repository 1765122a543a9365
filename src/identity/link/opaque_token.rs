//! LinkedIn's "opaque" ids contain the numeric member id: 29 bytes, `tag(2) 00 00 member(4) 01 signature(20)`, as 39
//! characters of base64url. Decoding them joins a Recruiter or Sales Navigator page with an ATS link, locally and with no
//! request. Rule and evidence: matching.md §4.4.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::identity::key::{IdentityKey, KeyKind};

/// Length of a token in characters.
const TOKEN_LENGTH: usize = 39;
/// Type tags: `002A` = `ACoA` profile, `002C` = `ACwA` Sales Navigator, `0043` = `AEMA` Recruiter.
const TAGS: [[u8; 2]; 3] = [[0x00, 0x2a], [0x00, 0x2c], [0x00, 0x43]];
/// How a token of each tag begins, as long as the member id is below 2^32.
const STARTS: &[&str] = &["ACoAA", "ACwAA", "AEMAA"];
/// Member ids above this are not believed (matching.md §4.4).
const MEMBER_LIMIT: u64 = 4_000_000_000;

/// The member id inside `token`, when every check of §4.4 holds.
#[must_use]
pub fn member_id(token: &str) -> Option<u64> {
    if token.len() != TOKEN_LENGTH {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (tag, rest) = bytes.split_first_chunk::<2>()?;
    let (id, rest) = rest.split_first_chunk::<6>()?;
    let [0, 0, a, b, c, d] = *id else { return None };
    let member = u64::from(u32::from_be_bytes([a, b, c, d]));
    (TAGS.contains(tag) && rest.first() == Some(&1) && (1..=MEMBER_LIMIT).contains(&member)).then_some(member)
}

/// Does `text` look like a token rather than a slug? A token in its own case is known by its start; one that was
/// lower-cased on its way, by its start and its length.
#[must_use]
pub fn is_token_like(text: &str) -> bool {
    let is_base64url = text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    let starts = STARTS.iter().any(|start| text.starts_with(start));
    let lowered = text.len() == TOKEN_LENGTH
        && STARTS.iter().any(|start| {
            text.get(..start.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(start))
        });
    is_base64url && text.len() >= 10 && (starts || lowered)
}

/// The keys of a token: the member it contains, and beside it the token itself without case, since a copy that was
/// lower-cased somewhere cannot be decoded any more and can only be compared so.
#[must_use]
pub fn token_keys(token: &str) -> Vec<IdentityKey> {
    let member =
        member_id(token).and_then(|member| IdentityKey::new(KeyKind::LinkedInMember, &member.to_string()).ok());
    let opaque = IdentityKey::new(KeyKind::LinkedInOpaque, &token.to_lowercase()).ok();
    member.into_iter().chain(opaque).collect()
}

/// A member id as digits without leading zeros, 1 to 4·10⁹.
pub(crate) fn normal_member(raw: &str) -> Option<String> {
    if raw.is_empty() || raw.len() > 20 || !raw.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    raw.parse::<u64>()
        .ok()
        .filter(|member| (1..=MEMBER_LIMIT).contains(member))
        .map(|member| member.to_string())
}

/// An id that cannot be decoded, in lower case: 3 to 128 characters of base64url, or an old product's name, a slash and its id.
pub(crate) fn normal_opaque(raw: &str) -> Option<String> {
    let lower = raw.to_ascii_lowercase();
    let is_id = |text: &str| {
        (3..=128).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'='))
    };
    let id = lower
        .strip_prefix("cap/")
        .or_else(|| lower.strip_prefix("recruiter/"))
        .unwrap_or(&lower);
    is_id(id).then_some(lower)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The three invented tokens of matching.md §4.4: profile, Sales Navigator, Recruiter.
    const TOKENS: [&str; 3] = [
        "ACoAAAdbzRUBSxapnNkkN8d1zpKC2hWVyh7fPuc",
        "ACwAAAdbzRUBhcM8ikfQ2JskUFRNbiMj2P4W3vI",
        "AEMAAAdbzRUBGdEREcSfcSXEJ16ee4SaSRDCUnk",
    ];

    fn token(tag: [u8; 2], id: [u8; 6], version: u8) -> String {
        let mut bytes = Vec::from(tag);
        bytes.extend(id);
        bytes.push(version);
        bytes.extend([0x5a; 20]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    #[test]
    fn all_three_products_name_the_same_member() {
        for text in TOKENS {
            assert_eq!(member_id(text), Some(123_456_789));
            assert!(is_token_like(text));
        }
    }

    #[test]
    fn a_token_is_believed_only_when_every_check_holds() {
        let good = token([0, 0x2a], [0, 0, 0x07, 0x5b, 0xcd, 0x15], 1);
        assert_eq!(member_id(&good), Some(123_456_789));
        for (why, text) in [
            ("unknown tag", token([0, 0x2b], [0, 0, 7, 91, 205, 21], 1)),
            ("wrong version", token([0, 0x2a], [0, 0, 7, 91, 205, 21], 2)),
            ("bytes 2 and 3 not zero", token([0, 0x2a], [0, 1, 7, 91, 205, 21], 1)),
            ("member 0", token([0, 0x2a], [0; 6], 1)),
            ("member above 4e9", token([0, 0x2a], [0, 0, 255, 255, 255, 255], 1)),
            ("too short", good.chars().take(38).collect()),
            ("too long", format!("{good}A")),
            ("lower-cased", good.to_lowercase()),
            ("made up", "ACoAABCDEFGHIJKLMNOPQRSTUVWXYZ012345678".to_owned()),
        ] {
            assert_eq!(member_id(&text), None, "{why}");
        }
    }

    #[test]
    fn a_lower_cased_copy_meets_its_original() {
        let [original, ..] = TOKENS;
        let lowered = token_keys(&original.to_lowercase());
        assert_eq!(lowered.len(), 1);
        assert!(token_keys(original).contains(lowered.first().unwrap()));
    }

    #[test]
    fn a_slug_is_no_token() {
        for slug in ["jane-doe", "acoaa-example", "acoaasmith", "ACoAA", "ACoAA é"] {
            assert!(!is_token_like(slug), "{slug}");
        }
    }

    proptest! {
        #[test]
        fn every_member_id_survives(member in 1u32..4_000_000_000, tag in prop::sample::select(&TAGS[..])) {
            let [a, b, c, d] = member.to_be_bytes();
            prop_assert_eq!(member_id(&token(tag, [0, 0, a, b, c, d], 1)), Some(u64::from(member)));
        }

        #[test]
        fn any_text_is_taken_without_panic(text in any::<String>(), token in "A(Co|Cw|EM)A[A-Za-z0-9_-]{35}") {
            let _ = (member_id(&text), is_token_like(&text), normal_opaque(&text), normal_member(&text));
            for key in token_keys(&token) {
                prop_assert_eq!(IdentityKey::parse(key.as_str()).unwrap(), key);
            }
        }
    }
}
