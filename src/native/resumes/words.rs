//! The words of a made resume, from what the core tells: texts without what only steers, dates, addresses as they are shown and
//! as they may be opened. Pure. The extension has the same in `extension/made-resume/`; what differs there differs in the PDFs.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::export::resume::ResumeEntry;
use crate::identity::text::nfc;

/// Nothing longer stands in one line of somebody's profile, and no longer address is opened.
const LONGEST: usize = 2_000;

/// White space as single blanks, marks on their letters, nothing that only steers.
pub(super) fn tidy(text: &str) -> String {
    let signs = text.chars().filter(|sign| !only_steers(*sign));
    let plain: String = signs.map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    let single = nfc(&plain).split_whitespace().collect::<Vec<_>>().join(" ");
    let end = single.char_indices().nth(LONGEST).map_or(single.len(), |(end, _)| end);
    single.get(..end).unwrap_or_default().trim_end().to_owned()
}

/// Marks of direction and of width, and what Unicode has set aside as no sign at all. Joiners stay: letters look otherwise beside them.
fn only_steers(sign: char) -> bool {
    let is_no_sign = u32::from(sign) & 0xfffe == 0xfffe || matches!(sign, '\u{fdd0}'..='\u{fdef}');
    is_no_sign
        || matches!(sign, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// "Mar 2019 – Present".
pub(super) fn dates_of(entry: &ResumeEntry) -> String {
    let from = entry.start.as_deref().map(month).unwrap_or_default();
    let until = match &entry.end {
        _ if entry.ongoing => "Present".to_owned(),
        Some(end) => month(end),
        None => String::new(),
    };
    if from.is_empty() || from == until {
        until
    } else if until.is_empty() {
        from
    } else {
        format!("{from} – {until}")
    }
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn month(date: &str) -> String {
    let mut parts = date.split('-');
    let year = parts.next().unwrap_or_default();
    let number = parts.next().and_then(|number| number.parse::<usize>().ok());
    let name = number.and_then(|number| MONTHS.get(number.checked_sub(1)?));
    tidy(&name.map_or_else(|| year.to_owned(), |name| format!("{name} {year}")))
}

/// An address without what every address has.
pub(super) fn shown_link(link: &str) -> String {
    let rest = without_start(link, "https://").or_else(|| without_start(link, "http://"));
    let rest = rest.map_or(link, |rest| without_start(rest, "www.").unwrap_or(rest));
    readable(rest.strip_suffix('/').unwrap_or(rest))
}

fn without_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(start.len())?;
    begin.eq_ignore_ascii_case(start).then_some(rest)
}

/// With letters for their codes; what parts an address stays as it is written, and all of it where the codes make no text.
fn readable(address: &str) -> String {
    const PARTING: &[u8] = b";/?:@&=+$,#";
    let mut kept = String::with_capacity(address.len());
    for (number, piece) in address.split('%').enumerate() {
        let code = piece.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
        if number > 0 {
            kept.push_str(if code.is_some_and(|code| PARTING.contains(&code)) {
                "%25"
            } else {
                "%"
            });
        }
        kept.push_str(piece);
    }
    percent_decode_str(&kept)
        .decode_utf8()
        .map_or_else(|_| address.to_owned(), |text| text.into_owned())
}

/// A phone's number as an address.
pub(super) fn phone_address(phone: &str) -> String {
    let digits: String = phone.chars().filter(|sign| matches!(sign, '+' | '0'..='9')).collect();
    format!("tel:{digits}")
}

/// An address that a reader of PDFs may open; nothing for any other.
pub(super) fn safe_address(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let is_safe = matches!(url.scheme(), "http" | "https" | "mailto" | "tel") && url.as_str().len() <= LONGEST;
    is_safe.then(|| url.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lasted(start: Option<&str>, end: Option<&str>, ongoing: bool) -> String {
        dates_of(&ResumeEntry {
            what: String::new(),
            place: String::new(),
            start: start.map(str::to_owned),
            end: end.map(str::to_owned),
            ongoing,
        })
    }

    #[test]
    fn what_only_steers_goes_and_what_shapes_letters_stays() {
        assert_eq!(tidy("  Ada\u{0}\t \u{200b} Example\r\n"), "Ada Example");
        assert_eq!(
            tidy("\u{202e}Ada\u{202c}\u{feff} \u{2066}Example\u{2069}"),
            "Ada Example"
        );
        assert_eq!(tidy("Ko\u{308}nig"), "König");
        assert_eq!(tidy("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(tidy("a\u{ffff}b\u{fdd0}c\u{1fffe}"), "abc");
        assert_eq!(tidy(&"x".repeat(100_000)).len(), 2_000);
    }

    #[test]
    fn dates_are_told_as_far_as_they_are_known() {
        assert_eq!(lasted(Some("2019-03"), None, true), "Mar 2019 – Present");
        assert_eq!(lasted(Some("2017-02"), Some("2020-12"), false), "Feb 2017 – Dec 2020");
        assert_eq!(lasted(Some("2016"), Some("2016"), false), "2016");
        assert_eq!(lasted(None, Some("2016"), false), "2016");
        assert_eq!(lasted(Some("2016"), None, false), "2016");
        assert_eq!(lasted(None, None, true), "Present");
        assert_eq!(lasted(None, None, false), "");
        assert_eq!(lasted(Some("2016-13"), Some("2017-00"), false), "2016 – 2017");
    }

    #[test]
    fn addresses_are_shown_as_people_write_them() {
        for (link, shown) in [
            (
                "https://www.linkedin.com/in/ada-example-demo/",
                "linkedin.com/in/ada-example-demo",
            ),
            ("HTTP://WWW.example.org", "example.org"),
            ("https://example.org/%C5%BCaneta%20w", "example.org/żaneta w"),
            ("https://example.org/a%2Fb%3fc", "example.org/a%2Fb%3fc"),
            ("https://example.org/%ff%C5%BC", "example.org/%ff%C5%BC"),
            ("https://example.org/100%", "example.org/100%"),
            ("https://example.org/%25", "example.org/%"),
            ("ż", "ż"),
            ("", ""),
        ] {
            assert_eq!(shown_link(link), shown);
        }
    }

    #[test]
    fn only_addresses_that_open_a_page_a_letter_or_a_call_can_be_opened() {
        for safe in [
            "https://example.org/",
            "http://example.org/",
            "mailto:ada@example.org",
            "tel:+48555010203",
        ] {
            assert_eq!(safe_address(safe).as_deref(), Some(safe));
        }
        for unsafe_address in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://example.org",
            "example.org",
            "",
        ] {
            assert_eq!(safe_address(unsafe_address), None, "{unsafe_address}");
        }
        assert_eq!(
            safe_address(&format!("https://example.org/{}", "x".repeat(2_000))),
            None
        );
        assert_eq!(phone_address("+48 555 (010) 203"), "tel:+48555010203");
    }

    proptest! {
        #[test]
        fn any_text_is_tidied_once_for_all(text in any::<String>()) {
            let tidied = tidy(&text);
            prop_assert_eq!(&tidy(&tidied), &tidied);
            prop_assert!(!tidied.contains(char::is_control));
            shown_link(&text);
            month(&text);
        }
    }
}
