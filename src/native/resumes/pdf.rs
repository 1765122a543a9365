//! Placed text as a PDF file. It decides nothing about where something stands, and writes no moment and no name but those of the
//! content.

use krilla::Document;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;

use crate::export::resume::ResumeContent;
use crate::host::ResumeNotMade;
use crate::text::Millis;

use super::pages::{Area, HEIGHT, Page, PlacedText, WIDTH};
use super::typesetter::Ink;
use super::words::tidy;

const RULE: [u8; 3] = [0xd9, 0xdd, 0xe3];
/// Width of the contour that makes letters heavy, in sizes.
const THICKENING: f32 = 0.03;
/// In sizes, or in parts of its room where that is less.
const BOX_WIDTH: f32 = 0.7;
/// In sizes, as high as a capital.
const BOX_HEIGHT: f32 = 0.7;
/// In sizes.
const BOX_CONTOUR: f32 = 0.06;

/// The file.
///
/// # Errors
/// [`ResumeNotMade`] where a font turns out to be unusable.
pub(super) fn write(content: &ResumeContent, pages: &[Page]) -> Result<Vec<u8>, ResumeNotMade> {
    let mut document = Document::new();
    document.set_metadata(metadata(content));
    for placed in pages {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(ResumeNotMade)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for rule in &placed.rules {
            draw_rule(&mut surface, *rule);
        }
        for text in &placed.texts {
            draw_text(&mut surface, text);
        }
        surface.finish();
        for (area, address) in &placed.links {
            if let Some(area) = rectangle(*area) {
                let action = Action::from(LinkAction::new(address.clone()));
                page.add_annotation(LinkAnnotation::new(area, Target::Action(action)).into());
            }
        }
        page.finish();
    }
    document.finish().map_err(|_| ResumeNotMade)
}

fn metadata(content: &ResumeContent) -> Metadata {
    let metadata = Metadata::new()
        .title(tidy(&content.name))
        .creator("Fulcrum".to_owned())
        .producer("Fulcrum".to_owned());
    match day(&content.captured_on) {
        Some(day) => metadata.creation_date(day),
        None => metadata,
    }
}

fn day(text: &str) -> Option<DateTime> {
    Millis::of_day(text)?;
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let date = DateTime::new(year.parse().ok()?);
    Some(
        date.month(month.parse().ok()?)
            .day(day.parse().ok()?)
            .hour(0)
            .minute(0)
            .second(0)
            .utc_offset_hour(0),
    )
}

fn rectangle(area: Area) -> Option<Rect> {
    Rect::from_xywh(area.x, area.y, area.width, area.height)
}

fn fill([red, green, blue]: [u8; 3]) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

fn draw_rule(surface: &mut Surface<'_>, area: Area) {
    let mut path = PathBuilder::new();
    if let Some(area) = rectangle(area) {
        path.push_rect(area);
    }
    if let Some(path) = path.finish() {
        surface.set_stroke(None);
        surface.set_fill(Some(fill(RULE)));
        surface.draw_path(&path);
    }
}

fn draw_text(surface: &mut Surface<'_>, text: &PlacedText) {
    let size = text.style.size;
    let fill = fill(text.style.color);
    let contour = |width: f32| Stroke {
        paint: fill.paint.clone(),
        width: size * width,
        ..Stroke::default()
    };
    for run in &text.line.runs {
        let opacity = match run.ink {
            Ink::Unseen => NormalizedF32::ZERO,
            Ink::Plain | Ink::Thickened => NormalizedF32::ONE,
        };
        surface.set_fill(Some(Fill {
            opacity,
            ..fill.clone()
        }));
        surface.set_stroke((run.ink == Ink::Thickened).then(|| contour(THICKENING)));
        let start = Point::from_xy(text.x + run.x, text.baseline);
        surface.draw_glyphs(start, &run.glyphs, run.font.clone(), &text.line.text, size, false);
    }
    let mut boxes = PathBuilder::new();
    for (x, room) in &text.line.boxes {
        let (width, height) = (room.min(size) * BOX_WIDTH, size * BOX_HEIGHT);
        let x = text.x + x + (room - width) / 2.0;
        if let Some(area) = Rect::from_xywh(x, text.baseline - height, width, height) {
            boxes.push_rect(area);
        }
    }
    if let Some(boxes) = boxes.finish() {
        surface.set_fill(None);
        surface.set_stroke(Some(contour(BOX_CONTOUR)));
        surface.draw_path(&boxes);
    }
}
