//! An address that leads nowhere, for who has none (requirements 2.7): Lever links a later export to the same record by it. It
//! must not be given to anybody whom Lever knows, and it is no evidence about anybody ([`EmailClass::Relay`]).
//!
//! [`EmailClass::Relay`]: crate::identity::EmailClass

/// Reserved by RFC 2606 never to be anybody's: no mail can be delivered there.
const DOMAIN: &str = "profile.invalid";
const DIGITS: u64 = 1_000_000_000_000;

/// The address of the person with this profile key: always the same one.
#[must_use]
pub fn placeholder_email(key: &str) -> String {
    format!(
        "no-email-{:012}@{DOMAIN}",
        xxhash_rust::xxh3::xxh3_64(key.as_bytes()) % DIGITS
    )
}

/// Whether an address is one of those.
#[must_use]
pub fn is_placeholder_email(address: &str) -> bool {
    let inside = address
        .trim()
        .strip_prefix("no-email-")
        .and_then(|rest| rest.strip_suffix(DOMAIN)?.strip_suffix('@'));
    inside.is_some_and(|digits| digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::email_keys;

    #[test]
    fn one_person_has_one_address_and_nobody_elses() {
        let address = placeholder_email("li:slug:ines-kowalczyk");
        assert_eq!(address, placeholder_email("li:slug:ines-kowalczyk"));
        assert_ne!(address, placeholder_email("li:slug:ines-kowalczyk-2"));
        assert!(is_placeholder_email(&address));
    }

    #[test]
    fn it_is_recognised_and_is_no_key_to_anybody() {
        assert!(email_keys(&placeholder_email("gh:login:tabara")).is_empty());
        for other in [
            "no-email-1@profile.invalid",
            "no-email-12345678901x@profile.invalid",
            "no-email-123456789012@example.org",
            "jane@profile.invalid",
        ] {
            assert!(!is_placeholder_email(other), "{other}");
        }
    }
}
