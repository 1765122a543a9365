//! Requirements 2.11, 2.15: a resume that is made in a terminal is read again. It holds all it was made of, in order; the same
//! content gives the same bytes; and nothing that a page could say breaks it or becomes an address that it should not.

use std::ops::Range;

use fulcrum::export::resume::{ResumeContent, ResumeEntry};
use fulcrum::host::ResumeMaker;
use fulcrum::native::PdfResumes;
use futures::FutureExt;
use lopdf::{Document, Object};
use proptest::prelude::*;

fn job(place: &str, what: &str, start: Option<&str>, end: Option<&str>) -> ResumeEntry {
    ResumeEntry {
        what: what.to_owned(),
        place: place.to_owned(),
        start: start.map(str::to_owned),
        end: end.map(str::to_owned),
        ongoing: end.is_none(),
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn ada() -> ResumeContent {
    ResumeContent {
        name: "Ada Example".to_owned(),
        headline: Some("Senior Data Engineer, streaming".to_owned()),
        location: Some("Gdynia, Poland".to_owned()),
        emails: texts(&["ada@example.org", "ada.example@example.org"]),
        phones: texts(&["+48 555 010 203"]),
        links: texts(&[
            "https://www.linkedin.com/in/ada-example-demo/",
            "https://ada.example.org",
        ]),
        experience: vec![
            job("Harbor Labs", "Lead Data Engineer", Some("2021-01"), None),
            job("Quarry & Co", "Data Engineer", Some("2017-02"), Some("2020-12")),
            job("", "Intern", Some("2016"), Some("2016")),
        ],
        education: vec![job(
            "Gdynia Polytechnic",
            "MSc, Computer Science",
            Some("2010"),
            Some("2015"),
        )],
        captured_from: "https://www.linkedin.com/in/ada-example-demo/".to_owned(),
        captured_on: "2026-11-27".to_owned(),
    }
}

/// One maker for a story, as the program has one for a batch.
fn maker() -> PdfResumes {
    PdfResumes::with_own_letters_only()
}

fn made(maker: &PdfResumes, content: &ResumeContent) -> Vec<u8> {
    maker.make(content.clone()).now_or_never().unwrap().unwrap()
}

/// A resume as a reader of PDFs has it.
struct Read {
    document: Document,
}

impl Read {
    fn of(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).unwrap();
        Self { document }
    }

    fn pages(&self) -> Vec<u32> {
        self.document.get_pages().into_keys().collect()
    }

    /// The text of pages, with single blanks: where a line ends is nobody's business here.
    fn text(&self, pages: Range<u32>) -> String {
        let pages: Vec<u32> = self.pages().into_iter().filter(|page| pages.contains(page)).collect();
        let text = self.document.extract_text(&pages).unwrap();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn whole(&self) -> String {
        self.text(0..u32::MAX)
    }

    fn addresses(&self) -> Vec<String> {
        let mut found = Vec::new();
        for page in self.document.get_pages().into_values() {
            for link in self.document.get_page_annotations(page).unwrap() {
                let action = link
                    .get(b"A")
                    .and_then(|action| self.document.dereference(action))
                    .unwrap()
                    .1;
                let address = action.as_dict().unwrap().get(b"URI").unwrap().as_str().unwrap();
                found.push(String::from_utf8(address.to_vec()).unwrap());
            }
        }
        found
    }

    fn said_of_it(&self, field: &[u8]) -> Option<String> {
        let info = self.document.trailer.get(b"Info").unwrap();
        let info = self.document.dereference(info).unwrap().1.as_dict().unwrap();
        info.get(field).ok().map(|value| match value {
            Object::String(..) => lopdf::decode_text_string(value).unwrap(),
            other => panic!("{other:?}"),
        })
    }
}

#[track_caller]
fn assert_in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let (_, after) = rest
            .split_once(part)
            .unwrap_or_else(|| panic!("{part:?} is not where it belongs: {text}"));
        rest = after;
    }
}

#[test]
fn everything_stands_in_it_in_its_order() {
    let read = Read::of(&made(&maker(), &ada()));
    assert_eq!(read.pages().len(), 1);
    let parts = [
        "Ada Example",
        "Senior Data Engineer, streaming",
        "Gdynia, Poland",
        "ada@example.org · ada.example@example.org · +48 555 010 203",
        "linkedin.com/in/ada-example-demo",
        "ada.example.org",
        "Experience",
        "Harbor Labs",
        "Jan 2021 – Present",
        "Lead Data Engineer",
        "Quarry & Co",
        "Feb 2017 – Dec 2020",
        "Data Engineer",
        "Intern",
        "2016",
        "Education",
        "Gdynia Polytechnic",
        "2010 – 2015",
        "MSc, Computer Science",
        "Captured from linkedin.com/in/ada-example-demo on 2026-11-27 by Fulcrum",
    ];
    assert_in_order(&read.whole(), &parts);
    assert_eq!(
        read.addresses(),
        [
            "mailto:ada@example.org",
            "mailto:ada.example@example.org",
            "tel:+48555010203",
            "https://www.linkedin.com/in/ada-example-demo/",
            "https://ada.example.org/",
            "https://www.linkedin.com/in/ada-example-demo/",
        ]
    );
    assert_eq!(read.said_of_it(b"Title").as_deref(), Some("Ada Example"));
    assert_eq!(read.said_of_it(b"Creator").as_deref(), Some("Fulcrum"));
    let day = read.said_of_it(b"CreationDate").unwrap();
    assert!(day.starts_with("D:20261127"), "{day}");
}

#[test]
fn what_is_not_known_leaves_no_trace() {
    let content = ResumeContent {
        headline: None,
        location: None,
        emails: Vec::new(),
        phones: Vec::new(),
        links: Vec::new(),
        experience: Vec::new(),
        education: Vec::new(),
        captured_on: "some day".to_owned(),
        ..ada()
    };
    let read = Read::of(&made(&maker(), &content));
    assert_eq!(
        read.whole(),
        "Ada Example Captured from linkedin.com/in/ada-example-demo on some day by Fulcrum"
    );
    assert_eq!(read.said_of_it(b"CreationDate"), None);
}

#[test]
fn letters_of_europe_and_vietnam_come_along() {
    let maker = maker();
    for (name, company) in [
        ("Żaneta Wójcik-Łęcka", "Zakład Doświadczalny Gąsień"),
        ("Ğülşen İpekçioğlu", "Çağdaş Yazılım"),
        ("Nguyễn Thị Bích Ngọc", "Công ty Đường Sắt"),
        ("Анна Королёва", "Северные Верфи"),
        ("Ελένη Παπαδοπούλου", "Ναυπηγεία Αιγαίου"),
    ] {
        let content = ResumeContent {
            name: name.to_owned(),
            experience: vec![job(company, "Engineer", Some("2020"), None)],
            ..ada()
        };
        let read = Read::of(&made(&maker, &content));
        assert_in_order(&read.whole(), &[name, company, "Engineer", "by Fulcrum"]);
        assert!(!read.whole().contains("boxes"), "{name}");
        assert_eq!(read.said_of_it(b"Title").as_deref(), Some(name));
    }
}

#[test]
fn signs_without_letters_are_boxes_that_can_be_copied_and_the_foot_says_so() {
    let maker = maker();
    let content = ResumeContent {
        name: "王小明".to_owned(),
        ..ada()
    };
    let whole = Read::of(&made(&maker, &content)).whole();
    assert_in_order(&whole, &["王小明", "Harbor Labs", "by Fulcrum. Signs shown as boxes"]);
    // However long the page's address is.
    let content = ResumeContent {
        captured_from: format!("https://example.org/{}", "王".repeat(300)),
        ..ada()
    };
    let whole = Read::of(&made(&maker, &content)).whole();
    assert_in_order(
        &whole,
        &[
            "Captured from example.org/",
            "…",
            "on 2026-11-27 by Fulcrum",
            "has no letters for them.",
        ],
    );
    // Of somebody before nothing is left.
    assert!(!Read::of(&made(&maker, &ada())).whole().contains("boxes"));
}

#[test]
fn equal_contents_give_equal_bytes_and_other_contents_others() {
    let whole = ResumeContent {
        name: "王小明 Ada 🚀 ليلى".to_owned(),
        ..ada()
    };
    let one = PdfResumes::default();
    let first = made(&one, &whole);
    assert!(made(&one, &ada()) != first);
    assert!(made(&one, &whole) == first, "again");
    assert!(made(&PdfResumes::default(), &whole) == first, "by another");
    let next_day = ResumeContent {
        captured_on: "2026-11-28".to_owned(),
        ..whole
    };
    assert!(made(&one, &next_day) != first);
}

#[test]
fn a_long_history_goes_on_over_numbered_pages_and_ends() {
    let history = |count: usize| ResumeContent {
        experience: (0..count)
            .map(|number| {
                job(
                    &format!("Harbor {number} Labs"),
                    "Engineer",
                    Some("2001-02"),
                    Some("2003-04"),
                )
            })
            .collect(),
        ..ada()
    };
    let maker = maker();
    let read = Read::of(&made(&maker, &history(60)));
    let pages = read.pages();
    assert!(pages.len() > 2, "{pages:?}");
    for page in &pages {
        let text = read.text(*page..page + 1);
        assert!(text.contains(&format!("{page} / {}", pages.len())), "{text}");
        assert!(text.contains("Captured from linkedin.com"), "{text}");
    }
    assert!(read.text(2..3).contains("Harbor 30 Labs"));
    assert_in_order(&read.whole(), &["Harbor 0 Labs", "Harbor 59 Labs", "Education"]);
    // Nobody held five thousand positions.
    let read = Read::of(&made(&maker, &history(5_000)));
    assert_in_order(&read.whole(), &["Harbor 149 Labs", "Education"]);
    assert!(!read.whole().contains("Harbor 150 Labs"));
    // Nor is a book read to its end.
    let book = ResumeContent {
        experience: vec![job("Harbor Labs", &"and so on ".repeat(500), None, None); 150],
        ..ada()
    };
    let pages = Read::of(&made(&maker, &book)).pages();
    assert!((40..50).contains(&pages.len()), "{} pages", pages.len());
}

#[test]
fn only_safe_addresses_can_be_opened() {
    let content = ResumeContent {
        emails: texts(&["ada@example.org"]),
        phones: texts(&["555 010 203"]),
        links: texts(&[
            "javascript:alert(1)",
            "JAVASCRIPT:alert(2)",
            "java\nscript:alert(3)",
            "data:text/html,<script>alert(4)</script>",
            "file:///etc/passwd",
            "example.org/no-scheme",
            "https://example.org/a b(c)\\d",
        ]),
        captured_from: "javascript:alert(5)".to_owned(),
        ..ada()
    };
    let read = Read::of(&made(&maker(), &content));
    assert_eq!(
        read.addresses(),
        [
            "mailto:ada@example.org",
            "tel:555010203",
            "https://example.org/a%20b(c)/d"
        ]
    );
    assert!(
        read.whole().contains("javascript:alert(1)"),
        "what the page said can be read"
    );
}

/// Everything a page could say that has ever broken something.
fn hostile() -> Vec<(&'static str, String)> {
    vec![
        ("a word of 100 kB", "x".repeat(100_000)),
        ("100 kB of words", "word ".repeat(20_000)),
        ("no letters", " \t\r\n\u{0}\u{b}\u{7f}\u{85}".to_owned()),
        (
            "control characters",
            (0..32).map(char::from).collect::<String>() + "Ada",
        ),
        (
            "marks of direction",
            "\u{202e}Ada\u{202d} \u{2067}Example\u{2069}\u{200f}".to_owned(),
        ),
        ("both directions", "Ada ليلى 42 حداد (נועה) לוי Example ".repeat(20)),
        (
            "emoji",
            "👨\u{200d}👩\u{200d}👧\u{200d}👦 🏳\u{fe0f}\u{200d}🌈 🇵🇱 👍🏽 1\u{fe0f}\u{20e3}".to_owned(),
        ),
        ("lone marks", "\u{301}\u{302} \u{5b0}\u{64e} \u{93e} \u{e31}".to_owned()),
        ("a tower of marks", format!("A{}", "\u{301}".repeat(3_000))),
        ("joiners", "\u{200d}\u{200c}\u{200d}".to_owned()),
        ("signs for private use", "\u{e000}\u{f8ff}\u{10fffd}".to_owned()),
        ("no signs", "\u{ffff}\u{fdd0}\u{10ffff}".to_owned()),
        ("replacement", "\u{fffd}\u{fffc}\u{fff9}a\u{fffa}b\u{fffb}".to_owned()),
        ("ligatures", "office ﬁnal affluent ﷽ Ĳ ŉ".to_owned()),
        (
            "Hangul in parts",
            "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}".to_owned(),
        ),
        ("Indian syllables", "हिन्दी में क्षत्रिय \u{94d}\u{200d}र".to_owned()),
        (
            "signs of a PDF",
            "(\\) <</Type/Page>> endstream endobj %%EOF ((".to_owned(),
        ),
        (
            "an address of codes",
            format!("https://example.org/{}", "%F0%9F%9A%80%2F%".repeat(9_000)),
        ),
        ("a dangerous address", "javascript:alert(1)//".repeat(5_000)),
    ]
}

#[test]
fn nothing_a_page_could_say_breaks_it() {
    for maker in [maker(), PdfResumes::default()] {
        for (what, text) in hostile() {
            let some = |count: usize| vec![text.clone(); count];
            let entry = ResumeEntry {
                what: text.clone(),
                place: text.clone(),
                start: Some(text.clone()),
                end: Some(text.clone()),
                ongoing: false,
            };
            let content = ResumeContent {
                name: text.clone(),
                headline: Some(text.clone()),
                location: Some(text.clone()),
                emails: some(2),
                phones: some(2),
                links: some(2),
                experience: vec![entry.clone(); 2],
                education: vec![entry; 2],
                captured_from: text.clone(),
                captured_on: text.clone(),
            };
            let bytes = made(&maker, &content);
            let read = Read::of(&bytes);
            assert!(
                (1..40).contains(&read.pages().len()),
                "{what}: {} pages",
                read.pages().len()
            );
            assert!(bytes.len() < 2_000_000, "{what}: {} bytes", bytes.len());
            assert!(
                read.addresses()
                    .iter()
                    .all(|address| !address.contains("script:") || address.starts_with("mailto:")),
                "{what}"
            );
            assert!(made(&maker, &content) == bytes, "{what}");
        }
    }
}

/// Texts of which any may be missing; a resume has no debug form that shows it.
fn any_texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(any::<String>(), 24)
}

fn content_of(texts: &[String]) -> ResumeContent {
    let some = |place: usize| Some(texts[place].clone()).filter(|text| !text.len().is_multiple_of(3));
    let several = |places: Range<usize>| texts[places].to_vec();
    let entry = |place: usize| ResumeEntry {
        what: texts[place].clone(),
        place: some(place + 1).unwrap_or_default(),
        start: some(place + 2),
        end: some(place + 3),
        ongoing: texts[place].len().is_multiple_of(2),
    };
    ResumeContent {
        name: texts[0].clone(),
        headline: some(1),
        location: some(2),
        emails: several(3..5),
        phones: several(5..7),
        links: several(7..9),
        experience: vec![entry(9), entry(13)],
        education: vec![entry(17)],
        captured_from: texts[21].clone(),
        captured_on: some(22).unwrap_or_else(|| "2026-11-27".to_owned()),
    }
}

thread_local! {
    static MAKER: PdfResumes = PdfResumes::default();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_content_becomes_a_resume_and_always_the_same(texts in any_texts()) {
        let content = content_of(&texts);
        MAKER.with(|maker| {
            let bytes = made(maker, &content);
            prop_assert!(!Read::of(&bytes).pages().is_empty());
            prop_assert!(made(maker, &content) == bytes);
            Ok(())
        })?;
    }
}
