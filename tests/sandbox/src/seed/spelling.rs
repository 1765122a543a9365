//! What happens to names and employers between a person and a record: nicknames, initials, slips of the finger, and the
//! many small firms that nobody has heard of (matching §7).
//!
//! Works on what was drawn already, from bits of its own, so that a new kind of noise does not change everything else
//! that follows from a seed.

use super::names::Culture;

/// Given names and what their bearers are called.
const NICKNAMES: &[(&str, &str)] = &[
    ("James", "Jim"),
    ("Michael", "Mike"),
    ("Daniel", "Dan"),
    ("Matthew", "Matt"),
    ("Andrew", "Andy"),
    ("Jessica", "Jess"),
    ("Abigail", "Abby"),
    ("Natalie", "Nat"),
    ("Brandon", "Bran"),
    ("Kevin", "Kev"),
    ("William", "Bill"),
    ("Robert", "Bob"),
    ("Thomas", "Tom"),
    ("Benjamin", "Ben"),
    ("Alexander", "Alex"),
    ("Katarzyna", "Kasia"),
    ("Małgorzata", "Gosia"),
    ("Francisco", "Paco"),
    ("José", "Pepe"),
    ("Friedrich", "Fritz"),
];

/// First and second words of small firms' names.
const FIRM_FIRST: &[&str] = &[
    "Alder",
    "Amber",
    "Anchor",
    "Arbor",
    "Birch",
    "Bramble",
    "Brook",
    "Cedar",
    "Cinnabar",
    "Clover",
    "Coral",
    "Crescent",
    "Dover",
    "Dune",
    "Elder",
    "Fennel",
    "Flint",
    "Gable",
    "Garnet",
    "Hazel",
    "Heron",
    "Iris",
    "Ivory",
    "Jasper",
    "Kelp",
    "Larch",
    "Linden",
    "Maple",
    "Mistral",
    "Moss",
    "Nettle",
    "Oak",
    "Olive",
    "Onyx",
    "Opal",
    "Orchid",
    "Osprey",
    "Pine",
    "Plover",
    "Poplar",
    "Quartz",
    "Raven",
    "Reed",
    "Rowan",
    "Sage",
    "Sandpiper",
    "Slate",
    "Sorrel",
    "Swift",
    "Thistle",
    "Topaz",
    "Umber",
    "Violet",
    "Walnut",
    "Wren",
    "Yarrow",
    "Zinnia",
    "Tanager",
    "Tarn",
    "Teal",
];
const FIRM_SECOND: &[&str] = &[
    "Analytics",
    "Logistics",
    "Health",
    "Software",
    "Robotics",
    "Media",
    "Capital",
    "Foods",
    "Energy",
    "Systems",
    "Mobility",
    "Design",
    "Consulting",
    "Security",
    "Games",
    "Labs",
    "Studio",
    "Partners",
    "Cloud",
    "Insurance",
    "Education",
    "Travel",
    "Textiles",
    "Instruments",
    "Bank",
    "Telecom",
    "Biotech",
    "Freight",
    "Retail",
    "Works",
];
const FIRM_END: &[&str] = &[
    "",
    "",
    " GmbH",
    " Ltd",
    " Inc.",
    " AB",
    " S.A.",
    " sp. z o.o.",
    " B.V.",
    " Oy",
];

fn pick<'a>(words: &[&'a str], bits: u64) -> &'a str {
    let place = bits % u64::try_from(words.len()).unwrap_or(1).max(1);
    usize::try_from(place)
        .ok()
        .and_then(|place| words.get(place))
        .copied()
        .unwrap_or("")
}

/// A small firm: one of some eighteen thousand.
#[must_use]
pub fn small_firm(bits: u64) -> String {
    format!(
        "{} {}{}",
        pick(FIRM_FIRST, bits),
        pick(FIRM_SECOND, bits >> 16),
        pick(FIRM_END, bits >> 32)
    )
}

/// A name as it stands in a record, out of the name as its bearer writes it. Only names of a given and a family name
/// with a space between take part: the others have no initials to cut.
#[must_use]
pub fn as_recorded(name: &str, culture: &Culture, given: &str, bits: u64) -> String {
    let Some(rest) = name.strip_prefix(given).and_then(|rest| rest.strip_prefix(' ')) else {
        return name.to_owned();
    };
    let nickname = NICKNAMES
        .iter()
        .find(|(full, _)| *full == given)
        .map(|(_, nickname)| *nickname);
    let latin = given.is_ascii() && !rest.is_empty();
    match (bits % 1_000, nickname) {
        (0..=99, Some(nickname)) => format!("{nickname} {rest}"),
        (100..=114, _) => match given.chars().next() {
            Some(initial) => format!("{initial}. {rest}"),
            None => name.to_owned(),
        },
        (115..=164, _) if latin => {
            let middle = pick(&["A", "B", "C", "E", "J", "K", "L", "M", "R", "S", "T"], bits >> 20);
            format!("{given} {middle}. {rest}")
        }
        (165..=199, _) if latin => {
            let middle = culture.given.get(usize::try_from((bits >> 20) % 8).unwrap_or(0));
            match middle.filter(|middle| middle.shown != given) {
                Some(middle) => format!("{given} {} {rest}", middle.shown),
                None => name.to_owned(),
            }
        }
        (200..=214, _) => format!("{given} {}", transposed(rest)),
        _ => name.to_owned(),
    }
}

/// The second and third letter in the wrong order.
fn transposed(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() > 3 {
        letters.swap(1, 2);
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::names::CULTURES;

    #[test]
    fn noise_never_loses_the_family_name_but_for_a_slip() {
        let culture = CULTURES.first().unwrap();
        let forms: std::collections::HashSet<String> = (0..1_000)
            .map(|bits| as_recorded("James Whitaker", culture, "James", bits))
            .collect();
        for expected in [
            "James Whitaker",
            "Jim Whitaker",
            "J. Whitaker",
            "James Wihtaker",
            "James A. Whitaker",
        ] {
            assert!(forms.contains(expected), "{expected}");
        }
        assert!(forms.iter().all(|form| form.ends_with("taker")));
        assert_eq!(as_recorded("李伟", culture, "伟", 5), "李伟");
    }
}
