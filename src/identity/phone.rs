//! Phone numbers to E.164, so that one number written in ten ways is one key. It must not guess a country: without a `+`
//! and without a region there is no key.
//!
//! A table of country code, trunk prefix and possible lengths is enough for equality (matching.md §4.2). It is an extract
//! of libphonenumber's metadata (Apache-2.0, see `data/NOTICE`) and adds 2 kB (gzip) to the module; the rlibphonenumber
//! crate, measured with its light regular expressions, adds 140 kB.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use super::key::IdentityKey;
use super::text::nfkc;

/// One line a region, sorted by country code: ISO code, country code, trunk prefix or `-`, international prefix or `-`, possible lengths of the
/// national number in digits, and `main` for the region that stands for a shared country code.
static CALLING_CODES: &str = include_str!("data/calling_codes.txt");

/// A country or territory, ISO 3166-1 alpha-2, that has a numbering plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region([u8; 2]);

impl Region {
    /// Reads `PL` or `pl`; nothing when no numbering plan is known for it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Region> {
        let &[first, second] = text.trim().as_bytes() else {
            return None;
        };
        let code = [first.to_ascii_uppercase(), second.to_ascii_uppercase()];
        plans().iter().any(|plan| plan.region == code).then_some(Region(code))
    }

    /// Every one of them.
    pub fn all() -> impl Iterator<Item = Region> {
        plans().iter().map(|plan| Region(plan.region))
    }
}

impl fmt::Display for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|&letter| write!(formatter, "{}", char::from(letter)))
    }
}

/// The keys of every number in `raw` (people write two into one field), in E.164. `default_region` is where a number
/// without a country code is dialled: the record's country, else the account's. Extensions are cut, numbers that are
/// obviously made up give nothing, and so does a number whose country cannot be decided.
#[must_use]
pub fn phone_keys(raw: &str, default_region: Option<Region>) -> Vec<IdentityKey> {
    let mut keys: Vec<IdentityKey> = Vec::new();
    for written in numbers_in(raw) {
        // Read once more as what it has become, as everybody else will read it.
        let number = e164(&written, default_region).and_then(|number| international(number.strip_prefix('+')?));
        if let Some(key) = number.as_deref().map(IdentityKey::of_e164)
            && !keys.contains(&key)
        {
            keys.push(key);
        }
    }
    keys
}

/// The normal form of a number with its country code, or nothing.
pub(super) fn normal_e164(raw: &str) -> Option<String> {
    match numbers_in(raw).as_slice() {
        [only] => e164(only, None),
        _ => None,
    }
}

/// One region's numbering plan.
struct Plan {
    region: [u8; 2],
    country_code: &'static str,
    trunk: Option<&'static str>,
    international: Option<&'static str>,
    lengths: Vec<usize>,
}

fn plans() -> &'static [Plan] {
    static PLANS: OnceLock<Vec<Plan>> = OnceLock::new();
    PLANS.get_or_init(|| CALLING_CODES.lines().filter_map(read_plan).collect())
}

fn read_plan(line: &'static str) -> Option<Plan> {
    let mut fields = line.split(' ');
    let &[first, second] = fields.next()?.as_bytes() else {
        return None;
    };
    let country_code = fields.next()?;
    let given = |field: &'static str| (field != "-").then_some(field);
    let trunk = given(fields.next()?);
    let international = given(fields.next()?);
    let lengths = fields
        .next()?
        .split(',')
        .filter_map(|length| length.parse().ok())
        .collect();
    Some(Plan {
        region: [first, second],
        country_code,
        trunk,
        international,
        lengths,
    })
}

/// A number as written, reduced to what matters.
struct Written {
    digits: String,
    has_plus: bool,
}

/// Cuts a field into the numbers it holds.
fn numbers_in(raw: &str) -> Vec<Written> {
    let text: Cow<'_, str> = if raw.is_ascii() {
        raw.into()
    } else {
        nfkc(raw).chars().map(ascii_digit).collect()
    };
    let count = |part: &str| part.bytes().filter(u8::is_ascii_digit).count();
    text.split([';', '|', '\n', ','])
        .flat_map(|part| {
            // A slash stands between two numbers, or between area code and number.
            let parts: Vec<&str> = part.split('/').collect();
            if parts.len() > 1 && parts.iter().all(|part| count(part) >= 7) {
                parts
            } else {
                vec![part]
            }
        })
        .filter_map(read_written)
        .collect()
}

fn read_written(part: &str) -> Option<Written> {
    // A label before the number ("Mobile: "), an extension after it ("ext. 12", "x12", "#12").
    let start = part.find(|character: char| character.is_ascii_digit() || matches!(character, '+' | '('))?;
    let (label, number) = part.split_at_checked(start)?;
    if label.chars().count() > 24 || label.chars().any(|character| matches!(character, '@' | '=' | '#')) {
        return None;
    }
    let number = number
        .split(|character: char| character.is_alphabetic() || matches!(character, '#' | '*'))
        .next()?;
    let has_plus = number.trim_start_matches(['(', ' ']).starts_with('+');
    let number = number.replace("(0)", "");
    let mut digits = String::new();
    for character in number.chars() {
        match character {
            '0'..='9' => digits.push(character),
            '+' if digits.is_empty() => {}
            ' ' | '(' | ')' | '[' | ']' | '-' | '.' | '/' | '~' | '\u{2010}'..='\u{2015}' | '\t' => {}
            _ if super::text::is_invisible(character) => {}
            _ => return None,
        }
    }
    (digits.len() >= 6).then_some(Written { digits, has_plus })
}

/// Digits of the Arabic, Persian and Devanagari scripts as ASCII; NFKC has done full-width ones.
fn ascii_digit(character: char) -> char {
    let value = match character {
        '\u{660}'..='\u{669}' => u32::from(character) - 0x660,
        '\u{6f0}'..='\u{6f9}' => u32::from(character) - 0x6f0,
        '\u{966}'..='\u{96f}' => u32::from(character) - 0x966,
        _ => return character,
    };
    char::from_digit(value, 10).unwrap_or(character)
}

fn e164(written: &Written, default_region: Option<Region>) -> Option<String> {
    let digits = written.digits.as_str();
    if written.has_plus {
        return international(digits);
    }
    let plan = default_region.and_then(|region| plans().iter().find(|plan| plan.region == region.0));
    let prefixes = plan.and_then(|plan| plan.international).into_iter().chain(["00"]);
    for prefix in prefixes {
        if let Some(number) = digits.strip_prefix(prefix).and_then(international) {
            return Some(number);
        }
    }
    let plan = plan?;
    let fits = |national: &str| plan.lengths.contains(&national.len());
    let without_trunk = plan
        .trunk
        .and_then(|trunk| digits.strip_prefix(trunk))
        .filter(|national| fits(national));
    let with_country_code = digits.strip_prefix(plan.country_code).filter(|national| fits(national));
    if let Some(national) = without_trunk
        && (plan.trunk == Some("0") || !fits(digits))
    {
        return finished(plan.country_code, national);
    }
    if let Some(national) = with_country_code
        && (digits.len() >= 11 || !fits(digits))
    {
        // The country code without its plus. From 11 digits on, nobody writes a national number without its trunk prefix.
        return finished(plan.country_code, national);
    }
    fits(digits).then(|| finished(plan.country_code, digits)).flatten()
}

/// The plans of the country code that a number starts with. No country code begins another one.
fn plans_of(digits: &str) -> Option<&'static [Plan]> {
    (1..=3).filter_map(|length| digits.get(..length)).find_map(|code| {
        let plans = plans();
        let start = plans.partition_point(|plan| plan.country_code < code);
        let plans = plans.get(start..)?;
        plans
            .get(..plans.partition_point(|plan| plan.country_code == code))
            .filter(|plans| !plans.is_empty())
    })
}

/// A number that starts with its country code.
fn international(digits: &str) -> Option<String> {
    let of_code = plans_of(digits)?;
    let country_code = of_code.first()?.country_code;
    let national = digits.strip_prefix(country_code)?;
    let fits = |national: &str| of_code.iter().any(|plan| plan.lengths.contains(&national.len()));
    let trunk = of_code.iter().find_map(|plan| plan.trunk);
    let national = match trunk.and_then(|trunk| national.strip_prefix(trunk)) {
        // The trunk prefix left in by mistake: "+44 020 …". Where it is 0, no number begins with it.
        Some(stripped) if fits(stripped) && (trunk == Some("0") || !fits(national)) => stripped,
        _ => national,
    };
    let national = match country_code {
        // Marks of mobile numbers that were dropped (Mexico, 2019) or that are left out when dialling at home (Argentina).
        "52" if national.len() == 11 => national.strip_prefix('1').unwrap_or(national),
        "54" if national.len() == 11 => national.strip_prefix('9').unwrap_or(national),
        _ => national,
    };
    fits(national).then(|| finished(country_code, national)).flatten()
}

/// The E.164 text, unless it cannot be anybody's number.
fn finished(country_code: &str, national: &str) -> Option<String> {
    // In the North American plan no area code starts with 0 or 1.
    let is_impossible = country_code == "1" && national.starts_with(['0', '1']);
    let number = format!("+{country_code}{national}");
    // E.164: at most 15 digits. Fewer than 7 in all are emergency and service numbers.
    (!is_impossible && !is_made_up(national) && (8..=16).contains(&number.len())).then_some(number)
}

/// 5555555, 1234567890, 555 000 0000: typed to get past a required field.
fn is_made_up(national: &str) -> bool {
    let digits = || national.bytes().map(|byte| byte.wrapping_sub(b'0'));
    let pairs = || digits().zip(digits().skip(1));
    let end_is_one_digit = pairs()
        .skip(national.len().saturating_sub(7))
        .all(|(first, second)| first == second);
    let rises = pairs().all(|(first, second)| (first + 1) % 10 == second);
    let falls = pairs().all(|(first, second)| (second + 1) % 10 == first);
    end_is_one_digit || rises || falls
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(raw: &str, region: &str) -> Vec<String> {
        phone_keys(raw, Region::parse(region))
            .iter()
            .map(|key| key.value().to_owned())
            .collect()
    }

    #[test]
    fn nothing_is_guessed() {
        for (raw, region) in [
            ("", "PL"),
            ("call me", "PL"),
            ("555 010 203", ""),
            ("15550100203", ""),
            ("+999 555 010 203", ""),
            ("+1 555 010", "US"),
            ("1-800-FLOWERS", "US"),
            ("112", "PL"),
            ("+1 055 010 0203", "US"),
            ("jane2010@example.org", "US"),
            ("+48 555 010 20 30 40 50", "PL"),
        ] {
            assert!(keys(raw, region).is_empty(), "{raw}");
        }
    }

    #[test]
    fn made_up_numbers_are_nobody() {
        for raw in [
            "+1 555 555 5555",
            "123 456 7890",
            "(555) 000-0000",
            "+48 999999999",
            "987-654-3210",
            "0123456789",
        ] {
            assert!(keys(raw, "US").is_empty(), "{raw}");
        }
    }

    #[test]
    fn one_number_written_in_many_ways_is_one_key() {
        for raw in [
            "+48 555 010 203",
            "0048 555-010-203",
            "tel:+48-555-010-203",
            "555010203",
            "48555010203",
            "+48 (555) 010.203 ext. 12",
            "Mobile: +48 555 010 203",
            "+48555010203;ext=12",
            "+48 555 010 203 x7",
            "\u{202a}+48\u{a0}555\u{2011}010\u{2011}203\u{202c}",
            "＋４８ ５５５ ０１０ ２０３",
        ] {
            assert_eq!(keys(raw, "PL"), ["+48555010203"], "{raw}");
        }
    }

    #[test]
    fn national_habits() {
        for (raw, region, expected) in [
            ("(555) 010-0203", "US", "+15550100203"),
            ("1 555 010 0203", "US", "+15550100203"),
            ("011 48 555 010 203", "US", "+48555010203"),
            ("+44 (0)20 5550 1234", "", "+442055501234"),
            ("+44 020 5550 1234", "", "+442055501234"),
            ("020 5550 1234", "GB", "+442055501234"),
            ("030/555 0123", "DE", "+49305550123"),
            ("49 151 55501234", "DE", "+4915155501234"),
            // Italy's zero belongs to the number.
            ("06 5550 1234", "IT", "+390655501234"),
            ("+39 06 5550 1234", "", "+390655501234"),
            ("8 (955) 501-02-03", "RU", "+79555010203"),
            ("+7 8 955 501 02 03", "", "+79555010203"),
            ("06 20 555 0123", "HU", "+36205550123"),
            ("+52 1 55 5501 0203", "", "+525555010203"),
            ("+54 9 11 5501 0203", "", "+541155010203"),
            ("09555 010203", "IN", "+919555010203"),
            ("٠٢٠٥٥٥٠١٢٣٤", "GB", "+442055501234"),
        ] {
            assert_eq!(keys(raw, region), [expected], "{raw} in {region}");
        }
    }

    #[test]
    fn one_field_may_hold_two_numbers() {
        assert_eq!(
            keys("+48 555 010 203 / +1 555 010 0203", ""),
            ["+48555010203", "+15550100203"]
        );
        assert_eq!(keys("555010203; 555-010-203", "PL"), ["+48555010203"]);
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        assert_eq!(plans().len(), CALLING_CODES.lines().count());
        assert!(plans().iter().all(|plan| !plan.lengths.is_empty()));
        assert!(plans().is_sorted_by_key(|plan| plan.country_code));
        assert!(plans().iter().all(|plan| {
            plans_of(plan.country_code)
                .is_some_and(|plans| plans.iter().all(|other| other.country_code == plan.country_code))
        }));
        assert_eq!(Region::parse("gb").unwrap().to_string(), "GB");
        assert_eq!(Region::parse("XX"), None);
    }

    proptest! {
        #[test]
        fn a_key_gives_itself(code in prop_oneof![Just("48"), Just("1"), Just("44"), Just("54"), Just("52"), Just("7"), Just("39")], national in "[0-9]{6,12}") {
            for key in phone_keys(&format!("+{code}{national}"), None) {
                let again = phone_keys(key.value(), None);
                prop_assert_eq!(again, vec![key]);
            }
        }

        #[test]
        fn any_text_is_taken_without_panic(text in any::<String>(), digits in "[+0-9() /;x.-]{0,30}") {
            let _ = phone_keys(&text, Region::parse("US"));
            for key in phone_keys(&digits, Region::parse("DE")) {
                prop_assert_eq!(IdentityKey::parse(key.as_str()).unwrap(), key);
            }
        }
    }
}
