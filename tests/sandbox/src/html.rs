//! The HTML that Lever takes in a posting: few tags, fewer attributes, five sizes of type (lever-api §3.8). Anything else
//! is refused, so that a client learns here what it would learn there.

use html5gum::{StartTag, Token, Tokenizer};

use crate::refusal::Refusal;

/// Where a piece of HTML stands; each place has its own rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Description, closing words, words about the salary.
    Description,
    /// The content of one list.
    List,
}

const LINK_CLASS: &str = "postings-link";
const SIZES: &[&str] = &["10px", "14px", "18px", "24px", "32px"];

impl Place {
    const fn tags(self) -> &'static [&'static str] {
        match self {
            Self::Description => &["div", "p", "span", "br", "b", "i", "s", "u", "a"],
            Self::List => &["li", "b", "i", "s", "u", "a"],
        }
    }

    const fn attributes(self) -> &'static [&'static str] {
        match self {
            Self::Description => &["class", "href", "style"],
            Self::List => &["class", "href"],
        }
    }
}

/// Accepts a piece of HTML or refuses it; `field` is its name in the body.
///
/// # Errors
/// 400 that names the field and the tag, attribute, class or style that is not taken.
pub fn check(field: &str, html: &str, place: Place) -> Result<(), Refusal> {
    // Text in memory can always be read: the tokenizer's error type has no values.
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => check_tag(field, &tag, place)?,
            Token::EndTag(tag) => check_name(field, &String::from_utf8_lossy(&tag.name), place)?,
            Token::Comment(_) | Token::Doctype(_) => {
                return Err(Refusal::bad_request(format!("{field}: only tags and text are taken")));
            }
            // Browsers get over these, and so does Lever's editor.
            Token::String(_) | Token::Error(_) => {}
        }
    }
    Ok(())
}

fn check_name(field: &str, name: &str, place: Place) -> Result<(), Refusal> {
    if place.tags().contains(&name) {
        return Ok(());
    }
    Err(Refusal::bad_request(format!("{field}: the tag {name} is not taken")))
}

fn check_tag(field: &str, tag: &StartTag<()>, place: Place) -> Result<(), Refusal> {
    check_name(field, &String::from_utf8_lossy(&tag.name), place)?;
    for (name, value) in &tag.attributes {
        let name = String::from_utf8_lossy(name);
        let value = String::from_utf8_lossy(value);
        if !place.attributes().contains(&name.as_ref()) {
            return Err(Refusal::bad_request(format!(
                "{field}: the attribute {name} is not taken"
            )));
        }
        let taken = match name.as_ref() {
            "class" => value.split_whitespace().all(|class| class == LINK_CLASS),
            "style" => value
                .split(';')
                .map(str::trim)
                .filter(|rule| !rule.is_empty())
                .all(is_taken_style),
            _ => true,
        };
        if !taken {
            return Err(Refusal::bad_request(format!("{field}: this {name} is not taken")));
        }
    }
    Ok(())
}

fn is_taken_style(rule: &str) -> bool {
    rule.split_once(':')
        .is_some_and(|(name, value)| name.trim() == "font-size" && SIZES.contains(&value.trim()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_the_documentation_names_is_taken_and_nothing_else() {
        let taken = [
            (
                "<div><p>a</p><span style=\"font-size: 14px;\">b</span><br/></div>",
                Place::Description,
            ),
            ("<b>a</b><i>b</i><s>c</s><u>d</u>", Place::Description),
            (
                "<a href='https://example.org' class=\"postings-link\">x</a>",
                Place::Description,
            ),
            ("<li>a <b>b</b></li>", Place::List),
            ("no tags &amp; 3 < 4", Place::List),
            ("", Place::Description),
        ];
        for (html, place) in taken {
            assert_eq!(check("f", html, place), Ok(()), "{html}");
        }
        let refused = [
            ("<script>x</script>", Place::Description),
            ("<li>a</li>", Place::Description),
            ("<div>a</div>", Place::List),
            ("<b onclick='x'>a</b>", Place::Description),
            ("<span style='font-size: 15px'>a</span>", Place::Description),
            ("<span style='color: red'>a</span>", Place::Description),
            ("<a class='button'>a</a>", Place::List),
            ("<li style='font-size: 14px'>a</li>", Place::List),
            ("<!-- a -->", Place::Description),
            ("</h1>", Place::Description),
        ];
        for (html, place) in refused {
            assert!(check("f", html, place).is_err(), "{html}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_check_panic(html in any::<String>()) {
            let _ = check("f", &html, Place::Description);
            let _ = check("f", &html, Place::List);
        }
    }
}
