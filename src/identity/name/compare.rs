//! Can two names be one person's? One difference that people's names have in life is allowed; two at once are not.
//! How much each agreement weighs is the matcher's affair, not this file's.

use strsim::osa_distance;

use super::PersonName;
use super::nicknames::{is_nickname, is_spelling};
use super::part::Part;

/// Whether two names can be one person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameAgreement {
    /// The same full name after folding, in either order.
    Same,
    /// Different in one way that names differ in life: nickname, initial, shortened, one typing error, a second surname.
    Compatible,
    /// Clearly two names.
    Incompatible,
    /// One of them says too little.
    Unknown,
}

/// How one part of a name agrees with the same part of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartAgreement {
    /// One side does not have this part.
    Missing,
    /// Two different words.
    Different,
    /// One is the first letter of the other.
    Initial,
    /// One begins with the other, at least three letters.
    Prefix,
    /// One typing error in five letters or more, two in nine or more.
    Typo,
    /// One part of a double name, or a name that stands elsewhere in the other.
    Partial,
    /// Nickname, other romanisation, or the female form.
    Variant,
    /// Equal after folding.
    Exact,
}

/// How two names agree, part by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NameComparison {
    /// The whole.
    pub agreement: NameAgreement,
    /// Given names (nicknames and middle names may stand in for them).
    pub given: PartAgreement,
    /// Family names (former ones and first surnames may stand in for them).
    pub family: PartAgreement,
    /// Given and family name stand in the other order.
    pub swapped: bool,
}

pub(super) fn compare(one: &PersonName, other: &PersonName) -> NameComparison {
    let found = |agreement, given, family, swapped| NameComparison {
        agreement,
        given,
        family,
        swapped,
    };
    if !one.is_usable() || !other.is_usable() {
        return found(
            NameAgreement::Unknown,
            PartAgreement::Missing,
            PartAgreement::Missing,
            false,
        );
    }
    let straight = (given_agreement(one, other), family_agreement(one, other));
    let generations_clash = matches!((one.generation, other.generation), (Some(ours), Some(theirs)) if ours != theirs);
    if one.equal(other) && !generations_clash {
        let swapped =
            straight != (PartAgreement::Exact, PartAgreement::Exact) && swapped_agreement(one, other).is_some();
        return found(NameAgreement::Same, PartAgreement::Exact, PartAgreement::Exact, swapped);
    }
    let (given, family) = straight;
    if generations_clash {
        return found(NameAgreement::Incompatible, given, family, false);
    }
    if one.family.is_none() || other.family.is_none() {
        // A single word: it is one of the other's names, or it is a login or a nickname that nobody knows.
        let agreement = if shares_a_word(one, other) {
            NameAgreement::Compatible
        } else {
            NameAgreement::Unknown
        };
        return found(agreement, given, family, false);
    }
    if agree_enough(given, family) {
        return found(NameAgreement::Compatible, given, family, false);
    }
    match swapped_agreement(one, other) {
        Some((given, family)) if agree_enough(given, family) => found(NameAgreement::Compatible, given, family, true),
        _ => found(NameAgreement::Incompatible, given, family, false),
    }
}

/// Both parts agree, and at most one of them only roughly.
fn agree_enough(given: PartAgreement, family: PartAgreement) -> bool {
    let agrees = |part: PartAgreement| part > PartAgreement::Different;
    let is_rough = |part: PartAgreement| {
        matches!(
            part,
            PartAgreement::Initial | PartAgreement::Prefix | PartAgreement::Typo
        )
    };
    agrees(given) && agrees(family) && !(is_rough(given) && is_rough(family))
}

fn given_agreement(one: &PersonName, other: &PersonName) -> PartAgreement {
    let (Some(ours), Some(theirs)) = (&one.given, &other.given) else {
        return PartAgreement::Missing;
    };
    let mut best = parts_agree(ours, theirs, Role::Given);
    // `Xiu Ying` is `Xiuying`.
    let joined = (one.joined_given(), other.joined_given());
    let is_joined =
        |joined: &Option<String>, part: &Part| joined.as_ref().is_some_and(|joined| part.spellings().contains(joined));
    if is_joined(&joined.0, theirs) || is_joined(&joined.1, ours) {
        best = PartAgreement::Exact;
    }
    for (person, part) in [(one, theirs), (other, ours)] {
        for nickname in &person.nicknames {
            if parts_agree(nickname, part, Role::Given) >= PartAgreement::Variant {
                best = best.max(PartAgreement::Variant);
            }
        }
        // Called by a middle name: `J. Robert Doe`, `Kevin Xiuying Lu`.
        for middle in &person.middle {
            if parts_agree(middle, part, Role::Given) >= PartAgreement::Variant {
                best = best.max(PartAgreement::Partial);
            }
        }
    }
    let same_nickname = one
        .nicknames
        .iter()
        .any(|ours| other.nicknames.iter().any(|theirs| ours.first() == theirs.first()));
    if same_nickname {
        best.max(PartAgreement::Partial)
    } else {
        best
    }
}

fn family_agreement(one: &PersonName, other: &PersonName) -> PartAgreement {
    let (Some(ours), Some(theirs)) = (&one.family, &other.family) else {
        return PartAgreement::Missing;
    };
    let mut best = parts_agree(ours, theirs, Role::Family);
    for (person, part) in [(one, theirs), (other, ours)] {
        // A surname of before, or the first of two surnames.
        for instead in person.former.iter().chain(&person.middle) {
            if !instead.is_initial() && parts_agree(instead, part, Role::Family) >= PartAgreement::Partial {
                best = best.max(PartAgreement::Partial);
            }
        }
    }
    best
}

/// Given against family name and the reverse; nothing when that says less than a variant.
fn swapped_agreement(one: &PersonName, other: &PersonName) -> Option<(PartAgreement, PartAgreement)> {
    let (Some(given), Some(family)) = (&one.given, &one.family) else {
        return None;
    };
    let (Some(their_given), Some(their_family)) = (&other.given, &other.family) else {
        return None;
    };
    // Which word is the given name is what is in doubt, so both readings are tried.
    let either = |ours: &Part, theirs: &Part| {
        parts_agree(ours, theirs, Role::Given).max(parts_agree(ours, theirs, Role::Family))
    };
    let crossed = (either(family, their_given), either(given, their_family));
    // `S. Karthik` is `Karthik S…`: one of the two may be an initial, when the other is exact.
    let is_enough = |first: PartAgreement, second: PartAgreement| {
        first >= PartAgreement::Partial
            && (second >= PartAgreement::Partial || (first == PartAgreement::Exact && second == PartAgreement::Initial))
    };
    (is_enough(crossed.0, crossed.1) || is_enough(crossed.1, crossed.0)).then_some(crossed)
}

fn shares_a_word(one: &PersonName, other: &PersonName) -> bool {
    let words = |name: &PersonName| -> Vec<Part> {
        name.given
            .iter()
            .chain(&name.family)
            .chain(&name.middle)
            .chain(&name.nicknames)
            .filter(|part| !part.is_initial())
            .cloned()
            .collect()
    };
    let theirs = words(other);
    words(one).iter().any(|ours| {
        theirs
            .iter()
            .any(|theirs| parts_agree(ours, theirs, Role::Given) >= PartAgreement::Partial)
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Given,
    Family,
}

fn parts_agree(one: &Part, other: &Part, role: Role) -> PartAgreement {
    if one.is_empty() || other.is_empty() {
        return PartAgreement::Missing;
    }
    if one.first() == other.first() {
        return PartAgreement::Exact;
    }
    let mut best = PartAgreement::Different;
    for ours in one.spellings() {
        for theirs in other.spellings() {
            best = best.max(words_agree(ours, theirs, role));
        }
    }
    if best < PartAgreement::Partial {
        let shares_piece = |whole: &Part, parts: &Part| {
            parts
                .pieces()
                .iter()
                .any(|piece| whole.spellings().contains(piece) || whole.pieces().contains(piece))
        };
        if shares_piece(one, other) || shares_piece(other, one) {
            best = PartAgreement::Partial;
        }
    }
    best
}

fn words_agree(one: &str, other: &str, role: Role) -> PartAgreement {
    if one == other {
        return PartAgreement::Exact;
    }
    let (short, long) = if one.chars().count() <= other.chars().count() {
        (one, other)
    } else {
        (other, one)
    };
    let length = short.chars().count();
    if length == 1 {
        return if long.starts_with(short) {
            PartAgreement::Initial
        } else {
            PartAgreement::Different
        };
    }
    let is_variant = match role {
        Role::Given => is_nickname(one, other) || is_spelling(one, other),
        Role::Family => is_spelling(one, other) || have_one_stem(one, other) || long.strip_suffix("ova") == Some(short),
    };
    if is_variant || (may_be_romanisations(short, long) && romanisation_skeleton(one) == romanisation_skeleton(other)) {
        return PartAgreement::Variant;
    }
    let shortest_for_one = match role {
        Role::Given => 4,
        Role::Family => 5,
    };
    // Two typing errors change the length by two.
    let distance = match long.chars().count() - length {
        0..=2 => osa_distance(one, other),
        _ => usize::MAX,
    };
    if (distance == 1 && length >= shortest_for_one) || (distance == 2 && length >= 9) {
        return PartAgreement::Typo;
    }
    if role == Role::Given && length >= 3 && long.starts_with(short) {
        return PartAgreement::Prefix;
    }
    PartAgreement::Different
}

/// Whether it is worth the time to ask for the skeletons of two words: no romanisation makes a name that much longer, and it is
/// few letters that a name may begin with in another way.
fn may_be_romanisations(short: &str, long: &str) -> bool {
    const BEGINNINGS_THAT_CHANGE: &[u8] = b"cehijkstvwxy";
    let (one, other) = (short.as_bytes().first(), long.as_bytes().first());
    let may_begin = |letter: Option<&u8>| letter.is_some_and(|letter| BEGINNINGS_THAT_CHANGE.contains(letter));
    long.len().abs_diff(short.len()) <= 3 && (one == other || (may_begin(one) && may_begin(other)))
}

/// What a surname is a form of: the first of its romanisations, the form that men have.
pub(super) fn family_roots(family: &str) -> Vec<String> {
    const ENDINGS: [(&str, &str); 6] = [
        ("skaya", "sky"),
        ("skiy", "sky"),
        ("ska", "ski"),
        ("cka", "cki"),
        ("eva", "ev"),
        ("ova", "ov"),
    ];
    let mut roots = super::nicknames::first_spellings(family);
    for (ending, root) in ENDINGS {
        if let Some(stem) = family.strip_suffix(ending).filter(|stem| stem.len() >= 3) {
            roots.push(format!("{stem}{root}"));
        }
    }
    // Czech and Slovak: Novák and Nováková.
    if let Some(stem) = family.strip_suffix("ova").filter(|stem| stem.len() >= 3) {
        roots.push(stem.to_owned());
    }
    roots
}

fn have_one_stem(one: &str, other: &str) -> bool {
    one.as_bytes().first() == other.as_bytes().first() && family_stem(one) == family_stem(other)
}

/// Slavic surnames without the ending that tells men from women: `Ivanova` → `ivanov`, `Kowalska` → `kowalsk`.
fn family_stem(name: &str) -> String {
    for ending in ["skaya", "skaia", "skaja"] {
        if let Some(stem) = name.strip_suffix(ending) {
            return format!("{stem}sk");
        }
    }
    for ending in ["skiy", "skij", "skii", "skyy", "sky", "ski", "ska"] {
        if let Some(stem) = name.strip_suffix(ending) {
            return format!("{stem}sk");
        }
    }
    for ending in ["ova", "eva", "ina"] {
        // Short names such as Eva and Nina have no such ending.
        if name.len() >= 6 && name.ends_with(ending) {
            return name.strip_suffix('a').unwrap_or(name).to_owned();
        }
    }
    name.to_owned()
}

/// One spelling for the ways Cyrillic is romanised. It merges other names too: it says "can be", not "is".
pub(super) fn romanisation_skeleton(name: &str) -> String {
    /// What is written in several ways, the longer ones first, and the one way that stands for them.
    const WAYS: [(&str, &str); 11] = [
        ("shch", "sch"),
        ("kh", "h"),
        ("tz", "c"),
        ("ts", "c"),
        ("iu", "yu"),
        ("ju", "yu"),
        ("ia", "ya"),
        ("ja", "ya"),
        ("ks", "x"),
        ("yo", "e"),
        ("w", "v"),
    ];
    let mut skeleton = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(letter) = rest.chars().next() {
        let way = WAYS.iter().find(|(way, _)| rest.starts_with(way));
        let taken = match way {
            Some((way, one)) => {
                skeleton.push_str(one);
                way.len()
            }
            None => {
                skeleton.push(letter);
                letter.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    while let Some(stem) = skeleton.strip_suffix(['y', 'i', 'j']) {
        skeleton.truncate(stem.len());
    }
    if skeleton.is_empty() { name.to_owned() } else { skeleton }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn compatible(one: &str, other: &str) -> NameAgreement {
        PersonName::parse(one).compatible(&PersonName::parse(other))
    }

    #[test]
    fn clearly_two_people() {
        for (one, other) in [
            ("Jane Doe", "John Smith"),
            ("Jane Doe", "John Doe"),
            ("Jane Doe", "Jane Smith"),
            ("John Doe Jr.", "John Doe Sr."),
            ("J. Doe", "J. Smith"),
            ("J. Doe", "Robert Doe"),
            ("Maria Garcia Lopez", "Maria Garcia Perez"),
            ("Alexandra Doe", "Alexander Roe"),
            // A typing error in both parts is two names.
            ("Martin Fisher", "Marvin Fischer"),
            ("Anna Ma", "Anna Do"),
            ("张伟", "李娜"),
        ] {
            assert_eq!(compatible(one, other), NameAgreement::Incompatible, "{one} / {other}");
        }
    }

    #[test]
    fn differences_that_names_have_in_life() {
        for (one, other) in [
            ("Robert Lee", "Bob Lee"),
            ("Robert \"Bobby\" Lee", "Bobby Lee"),
            ("J. Doe", "Jane Doe"),
            ("Jane D.", "Jane Doe"),
            ("Christopher Doe", "Chris Doe"),
            ("Johnathan Doe", "Jonathan Doe"),
            ("Jane Fisher", "Jane Fischer"),
            ("Jane Smith-Jones", "Jane Jones"),
            ("Jane Smith-Jones", "Jane Smith"),
            ("Maria Garcia Lopez", "Maria Garcia"),
            ("Jane Smith (née Doe)", "Jane Doe"),
            ("J. Robert Doe", "Robert Doe"),
            ("Kevin Xiuying Lu", "Xiuying Lu"),
            ("Ivan Ivanov", "Ivan Ivanova"),
            ("Jan Novák", "Jana Nováková"),
            ("Anna Kowalski", "Anna Kowalska"),
            ("Dmitriy Ivanov", "Dima Ivanov"),
            ("Sergey Tsvetkov", "Sergei Cvetkov"),
            ("Mohammed Hassan", "Muhammad Hassan"),
            ("Ali Al-Hassan", "Ali Alhassan"),
            ("Hans Müller", "Johannes Mueller"),
            ("Minjun Park", "Bak Minjun"),
            ("Lee Bob", "Robert Lee"),
            ("S. Karthik", "Karthik Subramanian"),
            ("Jane", "Jane Doe"),
            ("张伟", "張偉"),
        ] {
            assert_eq!(compatible(one, other), NameAgreement::Compatible, "{one} / {other}");
        }
    }

    #[test]
    fn a_word_that_nobody_knows_says_nothing() {
        for (one, other) in [
            ("octojane", "Jane Doe"),
            ("", "Jane Doe"),
            ("J.", "Jane Doe"),
            ("42", "Jane Doe"),
        ] {
            assert_eq!(compatible(one, other), NameAgreement::Unknown, "{one} / {other}");
        }
    }

    #[test]
    fn parts_are_told_apart() {
        let comparison = PersonName::parse("Bob Lee").compare(&PersonName::parse("Robert Lee"));
        assert_eq!(
            (comparison.given, comparison.family),
            (PartAgreement::Variant, PartAgreement::Exact)
        );
        assert!(
            PersonName::parse("Lee Bob")
                .compare(&PersonName::parse("Robert Lee"))
                .swapped
        );
    }
}
