//! Small PDFs of plain lines, and the text of any PDF.
//!
//! Exists so that seeded files are files a viewer opens, and so that a résumé can be read in the form in which most of
//! them come. Must not depend on the day: the same lines give the same bytes.

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};

/// Lines on a page of A4 at [`LINE_POINTS`].
const LINES_PER_PAGE: usize = 48;
const LINE_POINTS: i64 = 15;
const TOP_POINTS: i64 = 780;

/// A PDF of these lines. Its standard font has Latin letters only, so names in other scripts are spelled in those.
#[must_use]
pub fn of_lines(lines: &[String]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type1",
        "BaseFont" => "Helvetica",
        "Encoding" => "WinAnsiEncoding",
    });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut kids = Vec::new();
    for page in lines.chunks(LINES_PER_PAGE) {
        let mut operations = Vec::new();
        for (place, line) in (0_i64..).zip(page) {
            operations.extend([
                Operation::new("BT", vec![]),
                Operation::new("Tf", vec!["F1".into(), 11.into()]),
                Operation::new("Td", vec![60.into(), (TOP_POINTS - place * LINE_POINTS).into()]),
                Operation::new("Tj", vec![Object::string_literal(deunicode::deunicode(line))]),
                Operation::new("ET", vec![]),
            ]);
        }
        let content = Content { operations }.encode().unwrap_or_default();
        let content = document.add_object(Stream::new(dictionary! {}, content));
        let page = document.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content });
        kids.push(Object::from(page));
    }
    let count = i64::try_from(kids.len()).unwrap_or(0);
    document.objects.insert(
        pages,
        Object::Dictionary(dictionary! {
            "Type" => "Pages",
            "Kids" => kids,
            "Count" => count,
            "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = document.save_to(&mut bytes);
    bytes
}

/// The text of a PDF, `None` when it is not one or holds none.
#[must_use]
pub fn text(bytes: &[u8]) -> Option<String> {
    let document = Document::load_mem(bytes).ok()?;
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document
        .extract_text(&pages)
        .ok()
        .filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_damage_makes_the_reader_panic(places in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..20)) {
            let mut bytes = of_lines(&["One line".to_owned()]);
            for (place, byte) in places {
                let place = usize::from(place) % bytes.len();
                bytes[place] = byte;
            }
            let _ = super::text(&bytes);
        }
    }

    #[test]
    fn lines_come_back_as_lines() {
        let lines: Vec<String> = (0..60)
            .map(|number| format!("Line {number} (of many) \\ done"))
            .collect();
        let bytes = of_lines(&lines);
        assert_eq!(bytes, of_lines(&lines));
        let text = text(&bytes).unwrap();
        let read: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(read, lines);
        assert_eq!(super::text(b"not a pdf"), None);
    }
}
