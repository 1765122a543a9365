//! The forms in which a LinkedIn profile's address is typed into a record (matching.md §4.3), and LinkedIn's tokens (§4.4).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::draw::Draw;

/// A token as LinkedIn writes it: tag, member id, a one, twenty bytes of signature.
#[must_use]
pub fn opaque_token(member: u64, draw: &mut Draw) -> String {
    let mut bytes = vec![0x00, 0x2a];
    bytes.extend(member.to_be_bytes().into_iter().skip(2));
    bytes.push(1);
    for _ in 0..3 {
        bytes.extend(draw.bits().to_be_bytes());
    }
    bytes.truncate(29);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The address of a profile in one of eight forms.
#[must_use]
pub fn typed_address(slug: &str, country: &str, draw: &mut Draw) -> String {
    match draw.below(16) {
        0..=3 => format!("https://www.linkedin.com/in/{slug}"),
        4..=6 => format!("https://www.linkedin.com/in/{slug}/"),
        7 => format!("http://linkedin.com/in/{slug}"),
        8 | 9 => format!(
            "https://{}.linkedin.com/in/{slug}",
            country.to_lowercase().replace("gb", "uk")
        ),
        10 => format!("linkedin.com/in/{slug}"),
        11 => format!("https://www.linkedin.com/in/{slug}?trk=people-guest_people_search-card"),
        12 => format!("https://www.linkedin.com/in/{slug}/details/experience/"),
        13 => old_public_address(slug).unwrap_or_else(|| format!("https://m.linkedin.com/in/{slug}/")),
        14 => format!("https://www.linkedin.com/in/{}", percent_encoded(&slug.to_uppercase())),
        _ => format!("https://www.linkedin.com/in/{}/", percent_encoded(slug)),
    }
}

/// Damaged on the way.
#[must_use]
pub fn broken_address(slug: &str, draw: &mut Draw) -> String {
    let shorter: String = slug.chars().take(slug.chars().count() / 2).collect();
    match draw.below(4) {
        0 => "https://www.linkedin.com/in/".to_owned(),
        1 => format!("https://www.linkedin.com/in/{shorter}…"),
        2 => format!("https://www.linkedin.com/{slug}"),
        _ => "https://www.linkedin.com/feed/".to_owned(),
    }
}

/// Any text in a path, as browsers write it.
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// `/pub/jane-doe/a1/23b/c45` of `jane-doe-c4523ba1`: the assigned slug's three groups backwards, without leading zeros.
fn old_public_address(slug: &str) -> Option<String> {
    let (name, assigned) = slug.rsplit_once('-')?;
    if assigned.len() != 8 || !assigned.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let (first, rest) = assigned.split_at_checked(3)?;
    let (second, third) = rest.split_at_checked(3)?;
    let short = |group: &str| {
        let cut = group.trim_start_matches('0');
        if cut.is_empty() { "0".to_owned() } else { cut.to_owned() }
    };
    Some(format!(
        "http://www.linkedin.com/pub/{name}/{third}/{}/{}",
        short(second),
        short(first)
    ))
}
