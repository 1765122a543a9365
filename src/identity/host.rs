//! Host names in ASCII, one form for links and mailboxes: `bücher.example` is `xn--bcher-kva.example`. The URL library's own
//! conversion brings tables of a twentieth of the browser's core for what a handful of people write; here it is what the core
//! has anyway: compatibility forms, lower case, Punycode (RFC 3492). It must not judge whether a name could be registered.

use std::borrow::Cow;

use url::Host;

use super::text::{is_invisible, lower_nfc, nfkc};

/// A domain in lower case and Punycode; nothing for address literals and what is no host.
pub(crate) fn ascii_domain(host: &str) -> Option<String> {
    match Host::parse(&in_ascii(host)?).ok()? {
        Host::Domain(domain) => Some(domain),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// An address whose host is in ASCII; as it was where there is nothing to change, or no host to be found.
pub(crate) fn with_ascii_host(address: &str) -> Cow<'_, str> {
    let Some((before, host, after)) = around_host(address).filter(|(_, host, _)| !host.is_ascii()) else {
        return Cow::Borrowed(address);
    };
    in_ascii(host).map_or(Cow::Borrowed(address), |host| {
        Cow::Owned(format!("{before}{host}{after}"))
    })
}

/// The host of an absolute address with what stands before and after it.
fn around_host(address: &str) -> Option<(&str, &str, &str)> {
    let begin = address.find("://")? + "://".len();
    let authority = address.get(begin..)?;
    let authority = authority.split(['/', '\\', '?', '#']).next()?;
    let begin = begin + authority.rfind('@').map_or(0, |at| at + 1);
    let host = address.get(begin..)?.split(['/', '\\', '?', '#', ':']).next()?;
    Some((address.get(..begin)?, host, address.get(begin + host.len()..)?))
}

/// Full stops of other scripts, which divide a name as `.` does (UTS #46).
const FULL_STOPS: [char; 3] = ['\u{3002}', '\u{ff0e}', '\u{ff61}'];

fn in_ascii(host: &str) -> Option<Cow<'_, str>> {
    if host.is_ascii() {
        return Some(Cow::Borrowed(host));
    }
    let visible: String = host.chars().filter(|character| !is_invisible(*character)).collect();
    let plain = lower_nfc(&nfkc(&visible.replace(FULL_STOPS, ".")));
    let labels: Option<Vec<String>> = plain.split('.').map(label_in_ascii).collect();
    Some(Cow::Owned(labels?.join(".")))
}

fn label_in_ascii(label: &str) -> Option<String> {
    if label.is_ascii() {
        return Some(label.to_owned());
    }
    Some(format!("xn--{}", idna::punycode::encode_str(label)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_whatever_letters_is_one_host() {
        // Expected values by the browser's own URL parser.
        for (host, expected) in [
            ("bücher.example", "xn--bcher-kva.example"),
            ("BÜCHER.Example", "xn--bcher-kva.example"),
            ("bu\u{308}cher.example", "xn--bcher-kva.example"),
            ("bü\u{ad}cher.example", "xn--bcher-kva.example"),
            ("straße.example", "xn--strae-oqa.example"),
            ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
            ("ｅｘａｍｐｌｅ．ｏｒｇ", "example.org"),
            ("पुराना.example", "xn--l2bds0dbo.example"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ] {
            assert_eq!(ascii_domain(host).as_deref(), Some(expected), "{host}");
        }
    }

    #[test]
    fn what_is_no_host_stays_none() {
        for host in [
            "",
            "bü cher.example",
            "bü\u{a0}cher.example",
            "192.0.2.1",
            "[2001:db8::1]",
            "bü%cher.example",
        ] {
            assert_eq!(ascii_domain(host), None, "{host}");
        }
    }

    #[test]
    fn only_the_host_of_an_address_changes() {
        for (address, expected) in [
            (
                "https://bücher.example/ü?ü=ü#ü",
                "https://xn--bcher-kva.example/ü?ü=ü#ü",
            ),
            (
                "https://jane:ü@bücher.example:8080/",
                "https://jane:ü@xn--bcher-kva.example:8080/",
            ),
            ("https://example.org/@bücher", "https://example.org/@bücher"),
            ("https://bücher.example\\x", "https://xn--bcher-kva.example\\x"),
            ("mailto:jane@bücher.example", "mailto:jane@bücher.example"),
            ("https://", "https://"),
        ] {
            assert_eq!(with_ascii_host(address), expected);
        }
    }
}
