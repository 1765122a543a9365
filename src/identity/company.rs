//! Employers' names to a key that ignores how a company signs its letters. It must not decide that two names are one
//! employer: aliases and subsidiaries are the matcher's affair.
//!
//! Rules: matching.md §5.2.

use std::borrow::Cow;

use super::text::fold;

/// The comparable form of an employer's name: folded, without legal form, brackets, `@` and spaces. Nothing for texts
/// that name no employer (`Freelance`, `Confidential`).
#[must_use]
pub fn company_key(raw: &str) -> Option<String> {
    let text = without_brackets(raw.trim().trim_start_matches('@'));
    let mut words = words_of(before_remark(&text));
    if words.is_empty() || is_no_employer(&words) {
        return None;
    }
    strip_legal_forms(&mut words);
    let key = words.concat();
    (key.chars().any(char::is_alphanumeric) && !is_no_employer(&words)).then_some(key)
}

/// Cuts `(acquired by …)`, `(YC S21)`, `[Remote]`.
fn without_brackets(text: &str) -> Cow<'_, str> {
    const BRACKETS: [char; 10] = ['(', ')', '[', ']', '{', '}', '（', '）', '【', '】'];
    if !text.contains(BRACKETS) {
        return text.into();
    }
    let mut outside = String::new();
    let mut depth = 0usize;
    for character in text.chars() {
        match character {
            '(' | '[' | '{' | '（' | '【' => depth += 1,
            ')' | ']' | '}' | '）' | '】' => {
                depth = depth.saturating_sub(1);
                outside.push(' ');
            }
            _ if depth == 0 => outside.push(character),
            _ => {}
        }
    }
    // A name that stands wholly in brackets is still a name.
    if outside.trim().is_empty() {
        text.replace(BRACKETS, " ").into()
    } else {
        outside.into()
    }
}

/// Cuts `, formerly Example`, `, an Example company`, `| slogan`, `- part of Example`.
fn before_remark(text: &str) -> &str {
    let lower = text.to_lowercase();
    let remark = lower
        .match_indices([' ', ','])
        .map(|(at, _)| at)
        .find(|at| *at > 0 && lower.get(*at..).is_some_and(begins_remark));
    // Lower-casing can move byte positions in rare scripts; the whole text is the safe answer then.
    remark
        .and_then(|end| text.get(..end))
        .filter(|head| !head.trim().is_empty())
        .unwrap_or(text)
}

fn begins_remark(text: &str) -> bool {
    const REMARKS: [&str; 18] = [
        ", formerly ",
        " formerly ",
        " (formerly",
        ", previously ",
        " f/k/a ",
        " fka ",
        " acquired by ",
        ", acquired",
        ", an ",
        ", a ",
        ", part of ",
        " - part of ",
        " – part of ",
        " | ",
        " • ",
        " · ",
        " - a ",
        " - an ",
    ];
    REMARKS.iter().any(|remark| text.starts_with(remark))
}

/// Folded words; single letters in a row are one word (`S. A.` → `sa`, `J. P. Example` → `jp example`).
fn words_of(text: &str) -> Vec<String> {
    let folded = if text.contains(['&', '+']) {
        fold(&text.replace('&', " and ").replace('+', " plus "))
    } else {
        fold(text)
    };
    let mut words: Vec<String> = Vec::new();
    let mut letters = String::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        if word.chars().count() == 1 && word.chars().all(char::is_alphabetic) {
            letters.push_str(word);
            continue;
        }
        if !letters.is_empty() {
            words.push(std::mem::take(&mut letters));
        }
        words.push(word.to_owned());
    }
    if !letters.is_empty() {
        words.push(letters);
    }
    words
}

/// Legal forms at the end of a name, folded; several words joined.
const LEGAL_FORMS: &[&str] = &[
    "ab",
    "ae",
    "ag",
    "agandcokg",
    "agandcokgaa",
    "andco",
    "andcokg",
    "andcompany",
    "aps",
    "as",
    "asa",
    "bhd",
    "bv",
    "bvba",
    "ca",
    "co",
    "coltd",
    "company",
    "coop",
    "corp",
    "corporation",
    "cv",
    "cyf",
    "dac",
    "doo",
    "eeig",
    "eg",
    "ehf",
    "ek",
    "eood",
    "epe",
    "esp",
    "eurl",
    "ev",
    "gbr",
    "ges",
    "gesmbh",
    "ggmbh",
    "gie",
    "gmbh",
    "gmbhandco",
    "gmbhandcokg",
    "gmbhandcokgaa",
    "gmbhco",
    "gmbhcokg",
    "hf",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "kgaa",
    "kk",
    "kkt",
    "lda",
    "limited",
    "limitedliabilitycompany",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "mbh",
    "nv",
    "nyrt",
    "ohg",
    "ojsc",
    "ood",
    "ooo",
    "osk",
    "oy",
    "oyj",
    "oü",
    "ou",
    "plc",
    "pllc",
    "proprietarylimited",
    "ps",
    "pte",
    "pteltd",
    "pty",
    "ptyltd",
    "pvt",
    "pvtltd",
    "privatelimited",
    "rl",
    "rt",
    "sa",
    "saas",
    "sabdecv",
    "sadecv",
    "sae",
    "sal",
    "sapi",
    "sapidecv",
    "sarl",
    "sas",
    "sasu",
    "sau",
    "sca",
    "scoop",
    "scrl",
    "sdnbhd",
    "se",
    "senc",
    "sencrl",
    "sia",
    "sl",
    "slu",
    "sl u",
    "snc",
    "sociedadanonima",
    "spa",
    "spjawna",
    "spk",
    "spol",
    "spolsro",
    "spzoo",
    "spzooo",
    "srl",
    "srls",
    "sro",
    "sti",
    "tbk",
    "tov",
    "uab",
    "ug",
    "ughaftungsbeschrankt",
    "ulc",
    "unlimited",
    "vof",
    "zao",
    "zrt",
    "zoo",
    "pao",
    "oao",
    "ao",
    "ip",
    "tic",
    "ltdsti",
];

/// Legal forms in front of a name: Russian, Ukrainian, Indonesian, Bulgarian habits.
const LEGAL_FORMS_IN_FRONT: &[&str] = &["ooo", "oao", "zao", "pao", "ao", "pt", "tov", "cv", "the"];

/// Takes legal forms away as long as a name is left.
fn strip_legal_forms(words: &mut Vec<String>) {
    loop {
        // The longest run of words at the end that is a legal form: "gmbh and co kg", "sp zoo", "pty ltd".
        let longest = (1..words.len().min(5)).rev().find(|count| {
            let tail = words.len() - count;
            LEGAL_FORMS.contains(&words.iter().skip(tail).map(String::as_str).collect::<String>().as_str())
        });
        match longest {
            Some(count) => words.truncate(words.len() - count),
            None => break,
        }
    }
    while words.len() > 1
        && words
            .first()
            .is_some_and(|word| LEGAL_FORMS_IN_FRONT.contains(&word.as_str()))
    {
        words.remove(0);
    }
}

/// Texts in company fields that name no employer.
const NO_EMPLOYER: &[&str] = &[
    "freelance",
    "freelancer",
    "freelancing",
    "freelanceconsultant",
    "freelanceselfemployed",
    "selfemployed",
    "selfemployedfreelance",
    "self",
    "selbstandig",
    "selbststandig",
    "freiberuflich",
    "freiberufler",
    "independent",
    "independentconsultant",
    "independentcontractor",
    "contractor",
    "contract",
    "consultant",
    "autonomo",
    "independiente",
    "independant",
    "stealth",
    "stealthstartup",
    "stealthmode",
    "stealthmodestartup",
    "stealthcompany",
    "stealthaistartup",
    "confidential",
    "confidentialcompany",
    "undisclosed",
    "notdisclosed",
    "student",
    "unemployed",
    "opentowork",
    "opentonewopportunities",
    "seekingnewopportunities",
    "lookingfornewopportunities",
    "lookingforopportunities",
    "lookingforwork",
    "jobseeker",
    "careerbreak",
    "sabbatical",
    "parentalleave",
    "maternityleave",
    "retired",
    "none",
    "na",
    "notapplicable",
    "nocompany",
    "various",
    "variousclients",
    "variouscompanies",
    "multiplecompanies",
    "private",
    "personal",
    "home",
    "remote",
    "tbd",
    "unknown",
    "nil",
    "test",
];

fn is_no_employer(words: &[String]) -> bool {
    NO_EMPLOYER.contains(&words.concat().as_str())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_employer_gives_no_key() {
        for raw in [
            "",
            "  ",
            "-",
            "Freelance",
            "Self-employed",
            "self employed",
            "Freelance / Self-Employed",
            "Stealth Startup",
            "Stealth Mode Startup",
            "Confidential",
            "Student",
            "Open to work",
            "N/A",
            "Selbstständig",
            "@",
            "()",
            "Freelancer (Remote)",
        ] {
            assert_eq!(company_key(raw), None, "{raw}");
        }
    }

    #[test]
    fn one_company_signs_in_many_ways() {
        for (raw, expected) in [
            ("Example", "example"),
            ("@example", "example"),
            ("Example, Inc.", "example"),
            ("EXAMPLE INC", "example"),
            ("Example Co., Ltd.", "example"),
            ("Example GmbH & Co. KG", "example"),
            ("Example S.A.", "example"),
            ("Example Sp. z o.o.", "example"),
            ("Example S.A. de C.V.", "example"),
            ("Example Pty Ltd", "example"),
            ("Example Pvt. Ltd.", "example"),
            ("ООО Пример", "primer"),
            ("PT Example Tbk", "example"),
            ("The Example Company", "example"),
            ("Example (YC S21)", "example"),
            ("Example (acquired by Sample)", "example"),
            ("Example, formerly Sample", "example"),
            ("Example, a Sample company", "example"),
            ("Example & Sons", "exampleandsons"),
            ("J. P. Example", "jpexample"),
            ("Müller Werke AG", "mullerwerke"),
            ("Example Robotics", "examplerobotics"),
            ("ExampleRobotics", "examplerobotics"),
            ("University of Example", "universityofexample"),
            ("Freelance Labs GmbH", "freelancelabs"),
            ("SAP SE", "sap"),
        ] {
            assert_eq!(company_key(raw).as_deref(), Some(expected), "{raw}");
        }
    }

    #[test]
    fn a_name_that_is_only_a_legal_form_stays() {
        assert_eq!(company_key("AS").as_deref(), Some("as"));
        assert_eq!(company_key("The Company").as_deref(), Some("the"));
    }

    proptest! {
        #[test]
        fn any_text_is_taken_without_panic_and_the_key_has_no_signs(text in any::<String>(), plain in "[A-Za-zéß&+.,()@ -]{0,30}") {
            for text in [text, plain] {
                if let Some(key) = company_key(&text) {
                    prop_assert!(!key.is_empty() && !key.contains(' '));
                    prop_assert_eq!(fold(&key).replace(' ', ""), key);
                }
            }
        }
    }
}
