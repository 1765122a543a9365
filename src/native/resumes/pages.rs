//! Where everything of a resume stands: its parts in their order, on pages of A4. Points, from a page's top left corner. It
//! measures and places, and does not write the file.

use crate::export::resume::{ResumeContent, ResumeEntry};

use super::typesetter::{Line, Style, Typesetter};
use super::words::{dates_of, phone_address, safe_address, shown_link};

const INK: [u8; 3] = [0x19, 0x1c, 0x20];
const DIM: [u8; 3] = [0x5a, 0x60, 0x69];
const ACCENT: [u8; 3] = [0x31, 0x50, 0xc8];

const NAME: Style = style(22.0, true, INK, 1.2);
const HEADLINE: Style = style(11.0, false, INK, 1.4);
const CONTACT: Style = style(9.5, false, DIM, 1.5);
const HEADING: Style = style(12.0, true, ACCENT, 1.5);
const PLACE: Style = style(10.5, true, INK, 1.35);
const WHAT: Style = style(10.0, false, INK, 1.4);
const DATES: Style = style(9.5, false, DIM, 1.35);
const FOOT: Style = style(8.0, false, DIM, 1.4);

const fn style(size: f32, bold: bool, color: [u8; 3], leading: f32) -> Style {
    Style {
        size,
        bold,
        color,
        leading,
    }
}

/// A4.
pub(super) const WIDTH: f32 = 595.28;
/// A4.
pub(super) const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 56.0;
const FOOT_ROOM: f32 = 40.0;
const COLUMN: f32 = WIDTH - 2.0 * MARGIN;
/// Between an employer and the dates at the edge.
const DATES_GAP: f32 = 16.0;
/// Nobody held more positions, or has more addresses; a page that says so is no profile.
const MOST_ENTRIES: usize = 150;
/// Who says more than fits here is not read to the end.
const MOST_PAGES: usize = 40;
/// How far letters reach over their line, in sizes.
const ASCENT: f32 = 0.97;
/// Lines for which the foot has room.
const FOOT_LINES: usize = 3;
/// As much of an address, in signs, as leaves room for what else the foot has to say; and where its signs are wide.
const LONGEST_SOURCE: [usize; 2] = [160, 60];

/// What stands on one page.
#[derive(Default)]
pub(super) struct Page {
    /// In the order in which they are read.
    pub texts: Vec<PlacedText>,
    /// Thin lines from margin to margin.
    pub rules: Vec<Area>,
    /// What opens an address.
    pub links: Vec<(Area, String)>,
}

/// A line of text in its place.
pub(super) struct PlacedText {
    /// The line.
    pub line: Line,
    /// How it looks.
    pub style: Style,
    /// Its left end.
    pub x: f32,
    /// What its letters stand on.
    pub baseline: f32,
}

/// A piece of a page.
#[derive(Clone, Copy)]
pub(super) struct Area {
    /// Left.
    pub x: f32,
    /// Top.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// The pages of a resume.
pub(super) fn lay_out(content: &ResumeContent, typesetter: &mut Typesetter) -> Vec<Page> {
    let entries = content.experience.iter().chain(&content.education);
    let entries = entries.flat_map(|entry| [entry.place.as_str(), entry.what.as_str()]);
    let head = [
        Some(&content.name),
        content.headline.as_ref(),
        content.location.as_ref(),
    ];
    typesetter.begin(head.into_iter().flatten().map(String::as_str).chain(entries));
    let mut pen = Pen {
        typesetter,
        before: Vec::new(),
        page: Page::default(),
        y: MARGIN,
    };
    who(&mut pen, content);
    section(&mut pen, "Experience", &content.experience);
    section(&mut pen, "Education", &content.education);
    foot(pen, content)
}

fn who(pen: &mut Pen<'_>, content: &ResumeContent) {
    pen.paragraph(&content.name, NAME);
    if let Some(headline) = &content.headline {
        pen.y += 4.0;
        pen.paragraph(headline, HEADLINE);
    }
    pen.y += 4.0;
    if let Some(location) = &content.location {
        pen.paragraph(location, CONTACT);
    }
    let emails = content.emails.iter().take(MOST_ENTRIES);
    let emails = emails.map(|email| (email.clone(), format!("mailto:{email}")));
    let phones = content.phones.iter().take(MOST_ENTRIES);
    let phones = phones.map(|phone| (phone.clone(), phone_address(phone)));
    pen.items(emails.chain(phones));
    for link in content.links.iter().take(MOST_ENTRIES) {
        pen.items([(shown_link(link), link.clone())]);
    }
}

fn section(pen: &mut Pen<'_>, heading: &str, entries: &[ResumeEntry]) {
    if entries.is_empty() {
        return;
    }
    // A heading does not stand alone at the foot of a page.
    pen.room(HEADING.height() + 22.0 + 2.0 * PLACE.height());
    pen.y += 14.0;
    pen.rule();
    pen.y += 8.0;
    pen.paragraph(heading, HEADING);
    for entry in entries.iter().take(MOST_ENTRIES) {
        if pen.before.len() >= MOST_PAGES {
            return;
        }
        let (place, what) = match entry.place.as_str() {
            "" => (entry.what.as_str(), ""),
            place => (place, entry.what.as_str()),
        };
        pen.y += 3.0;
        pen.entry(place, &dates_of(entry), what);
        pen.y += 3.0;
    }
}

/// Never silently: who reads it can copy what stands there.
const BOXES: &str =
    "Signs shown as boxes are in this file as text: the computer it was made on has no letters for them.";

/// The foot of every page, when it is known how many there are.
fn foot(pen: Pen<'_>, content: &ResumeContent) -> Vec<Page> {
    let typesetter = pen.typesetter;
    let mut pages = pen.before;
    pages.push(pen.page);
    let count = pages.len();
    let number = |page: usize| {
        if count > 1 {
            format!("{page} / {count}")
        } else {
            String::new()
        }
    };
    let widest = typesetter
        .lines(&number(count), FOOT, COLUMN)
        .first()
        .map(|line| line.width);
    let column = COLUMN - widest.map_or(0.0, |width| width + DATES_GAP);
    let lines = captured(typesetter, content, column);
    let top = HEIGHT - MARGIN - lines.len().saturating_sub(1) as f32 * FOOT.height();
    let address = safe_address(&content.captured_from);
    for (page, place) in pages.iter_mut().zip(1..) {
        page.rules.push(rule_at(top - 8.0));
        for line in typesetter.lines(&number(place), FOOT, COLUMN) {
            let x = MARGIN + COLUMN - line.width;
            page.write(line, FOOT, x, top);
        }
        for (line, row) in lines.iter().zip(0_u16..) {
            let y = top + f32::from(row) * FOOT.height();
            page.link(&address, line, FOOT, MARGIN, y);
            page.write(line.clone(), FOOT, MARGIN, y);
        }
    }
    pages
}

/// Where and when it was captured, with all of it but the end of a long address.
fn captured(typesetter: &mut Typesetter, content: &ResumeContent, column: f32) -> Vec<Line> {
    let shown = shown_link(&content.captured_from);
    let mut lines = Vec::new();
    for longest in LONGEST_SOURCE {
        let source = match shown.char_indices().nth(longest) {
            Some((end, _)) => format!("{}…", shown.get(..end).unwrap_or_default()),
            None => shown.clone(),
        };
        let said = format!("Captured from {source} on {} by Fulcrum", content.captured_on);
        lines = typesetter.lines(&said, FOOT, column);
        if typesetter.has_boxes() {
            lines = typesetter.lines(&format!("{said}. {BOXES}"), FOOT, column);
        }
        if lines.len() <= FOOT_LINES {
            break;
        }
    }
    lines.truncate(FOOT_LINES);
    lines
}

fn rule_at(y: f32) -> Area {
    Area {
        x: MARGIN,
        y,
        width: COLUMN,
        height: 0.6,
    }
}

impl Page {
    fn write(&mut self, line: Line, style: Style, x: f32, top: f32) {
        let baseline = top + style.size * ASCENT;
        self.texts.push(PlacedText {
            line,
            style,
            x,
            baseline,
        });
    }

    fn link(&mut self, address: &Option<String>, line: &Line, style: Style, x: f32, y: f32) {
        if let Some(address) = address {
            let area = Area {
                x,
                y,
                width: line.width,
                height: style.height(),
            };
            self.links.push((area, address.clone()));
        }
    }
}

/// Where the next line goes, and how lines get there.
struct Pen<'a> {
    typesetter: &'a mut Typesetter,
    /// Pages that are full.
    before: Vec<Page>,
    page: Page,
    y: f32,
}

impl Pen<'_> {
    /// Goes on to the next page where less than so much is left of this one.
    fn room(&mut self, points: f32) {
        if self.y + points > HEIGHT - MARGIN - FOOT_ROOM {
            self.before.push(std::mem::take(&mut self.page));
            self.y = MARGIN;
        }
    }

    fn rule(&mut self) {
        self.page.rules.push(rule_at(self.y));
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        for line in self.typesetter.lines(text, style, COLUMN) {
            self.next(line, style);
        }
    }

    fn next(&mut self, line: Line, style: Style) {
        self.room(style.height());
        self.page.write(line, style, MARGIN, self.y);
        self.y += style.height();
    }

    /// Things to reach somebody by, one after the other, each leading where it says.
    fn items(&mut self, items: impl IntoIterator<Item = (String, String)>) {
        let between = self.typesetter.lines("·", CONTACT, COLUMN).into_iter().next();
        let (dot, blank) = (between.as_ref().map_or(0.0, |line| line.width), CONTACT.size * 0.52);
        let mut x = MARGIN;
        for (text, address) in items {
            let address = safe_address(&address);
            for (line, row) in self.typesetter.lines(&text, CONTACT, COLUMN).into_iter().zip(0..) {
                let gap = dot + 2.0 * blank;
                let follows = row == 0 && x > MARGIN && x + gap + line.width <= MARGIN + COLUMN;
                if follows && let Some(between) = &between {
                    self.page.write(between.clone(), CONTACT, x + blank, self.y);
                    x += gap;
                } else if x > MARGIN {
                    self.y += CONTACT.height();
                    x = MARGIN;
                }
                if x == MARGIN {
                    self.room(CONTACT.height());
                }
                self.page.link(&address, &line, CONTACT, x, self.y);
                let width = line.width;
                self.page.write(line, CONTACT, x, self.y);
                x += width;
            }
        }
        if x > MARGIN {
            self.y += CONTACT.height();
        }
    }

    /// An employer or a school with dates at the edge, and below what somebody was there.
    fn entry(&mut self, place: &str, dates: &str, what: &str) {
        let dates = self.typesetter.lines(dates, DATES, COLUMN / 2.0).into_iter().next();
        let taken = dates.as_ref().map_or(0.0, |dates| dates.width + DATES_GAP);
        let lines = self.typesetter.lines(place, PLACE, COLUMN - taken);
        let below = self.typesetter.lines(what, WHAT, COLUMN);
        // What belongs together stays together, as far as a page goes.
        let together = (lines.len() + below.len()).min(6);
        self.room(together as f32 * PLACE.height());
        let baseline = self.y + (PLACE.size - DATES.size) * ASCENT;
        for (line, row) in lines.into_iter().zip(0..) {
            self.next(line, PLACE);
            if row == 0
                && let Some(dates) = &dates
            {
                self.page
                    .write(dates.clone(), DATES, MARGIN + COLUMN - dates.width, baseline);
            }
        }
        for line in below {
            self.next(line, WHAT);
        }
    }
}
