//! From a text to lines of glyphs: which font has which letter, where a line ends, in which direction it runs. It knows nothing
//! of pages or resumes, and leaves out nothing: a sign that no font has is a box with the sign's text upon it, unseen.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use krilla::text::{Font, GlyphId, KrillaGlyph, Tag};
use parley::fontique::{Blob, Collection, CollectionOptions, FallbackKey, FontInfoOverride, Script, SourceCache};
use parley::style::{FontFamily, FontFamilyName, FontWeight, GenericFamily, Language, OverflowWrap, StyleProperty};
use parley::{FontContext, FontData, LayoutContext};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};

use super::words::tidy;
use crate::host::ResumeNotMade;
use crate::identity::text::{is_han, is_hangul, is_kana};

/// How a text looks.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// In points.
    pub size: f32,
    /// Whether its letters are heavy.
    pub bold: bool,
    /// Red, green, blue.
    pub color: [u8; 3],
    /// From one line to the next, in sizes.
    pub leading: f32,
}

impl Style {
    /// From one line to the next, in points.
    pub(super) fn height(&self) -> f32 {
        self.size * self.leading
    }
}

/// Glyphs of one font, side by side.
#[derive(Clone)]
pub(super) struct Run {
    /// Their font.
    pub font: Font,
    /// Where they begin, from the line's left end, in points.
    pub x: f32,
    /// Advances and offsets in sizes, and which part of the text each stands for.
    pub glyphs: Vec<KrillaGlyph>,
    /// How they are drawn.
    pub ink: Ink,
}

/// How glyphs are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// As the font has them.
    Plain,
    /// Heavy letters are asked for, and the font has none: with a contour.
    Thickened,
    /// Not to be seen: what stands in a box, for whoever copies or reads it by a program.
    Unseen,
}

/// A line of a text.
#[derive(Clone)]
pub(super) struct Line {
    /// The whole text, of which this is a line.
    pub text: Rc<str>,
    /// From left to right.
    pub runs: Vec<Run>,
    /// Boxes for signs that no font has: where each one's room begins, and how wide it is, in points.
    pub boxes: Vec<(f32, f32)>,
    /// In points, without the blank at its end.
    pub width: f32,
}

impl Line {
    fn push(&mut self, font: &Font, ink: Ink, x: f32, glyph: KrillaGlyph) {
        match self.runs.last_mut() {
            Some(last) if last.font == *font && last.ink == ink => last.glyphs.push(glyph),
            _ => self.runs.push(Run {
                font: font.clone(),
                x,
                glyphs: vec![glyph],
                ink,
            }),
        }
    }
}

/// Whose letters are used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// The program's own, and for signs that those lack the computer's.
    OfTheComputer,
    /// The program's own.
    OwnOnly,
}

/// The name under which the typeface that comes along is asked for: none that a font of the computer could have.
const OWN: &str = "Fulcrum's own";

/// Fonts and what is needed to set text in them.
pub(super) struct Typesetter {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    unseen: Unseen,
    /// Of the resume as a whole.
    han: Option<Han>,
    /// Fonts that were used since the last beginning.
    faces: Vec<Face>,
}

/// How Han letters are written, and in which of the computer's fonts.
struct Han {
    language: Language,
    family: Option<String>,
}

/// What stands in boxes is written with glyphs of the program's own that mean something else here, one for each sign, so that also
/// readers that know nothing but which glyph is which letter read the right one. Nobody sees them.
struct Unseen {
    font: Font,
    /// Those that are as wide as a box: what follows would be read as another word.
    glyphs: Vec<u32>,
    given: HashMap<Box<str>, u32>,
}

impl Unseen {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        // At a place of an axis that it has not, it is a font of its own, whose glyphs stand for nothing yet.
        let apart = [(Tag::new(b"FULC"), 1.0)];
        let tables = FontRef::new(bytes).ok()?;
        let metrics = tables.glyph_metrics(Size::new(1.0), LocationRef::default());
        let width = |glyph: u32| metrics.advance_width(glyph.into()).unwrap_or_default();
        let all = 1..u32::from(tables.maxp().ok()?.num_glyphs());
        Some(Self {
            font: Font::new_variable(bytes.into(), 0, &apart)?,
            glyphs: all.filter(|glyph| (width(*glyph) - width(0)).abs() < 0.05).collect(),
            given: HashMap::new(),
        })
    }

    /// The glyph of a sign; the first for what comes when all are given.
    fn glyph(&mut self, sign: &str) -> GlyphId {
        if let Some(glyph) = self.given.get(sign) {
            return GlyphId::new(*glyph);
        }
        let next = self.glyphs.get(self.given.len()).or(self.glyphs.first());
        let glyph = next.copied().unwrap_or_default();
        self.given.insert(sign.into(), glyph);
        GlyphId::new(glyph)
    }
}

/// A font as it was chosen for some text.
#[derive(Clone)]
struct Face {
    data: FontData,
    axes: Vec<(Tag, f32)>,
    /// As the PDF's writer takes it; nothing where it cannot read it.
    font: Option<Font>,
}

impl Face {
    fn new(data: &FontData, axes: Vec<(Tag, f32)>) -> Self {
        let (bytes, _) = data.data.clone().into_raw_parts();
        Self {
            font: Font::new_variable(bytes.into(), data.index, &axes),
            data: data.clone(),
            axes,
        }
    }

    fn is_of(&self, data: &FontData, axes: &[(Tag, f32)]) -> bool {
        self.data.data.id() == data.data.id() && self.data.index == data.index && self.axes == axes
    }
}

impl Typesetter {
    /// Reads which fonts there are.
    ///
    /// # Errors
    /// [`ResumeNotMade`] where the program's own typeface cannot be read.
    pub(super) fn new(letters: Letters) -> Result<Self, ResumeNotMade> {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: letters == Letters::OfTheComputer,
        });
        for bytes in [notosans::REGULAR_TTF, notosans::BOLD_TTF] {
            let name = FontInfoOverride {
                family_name: Some(OWN),
                ..FontInfoOverride::default()
            };
            collection.register_fonts(Blob::new(Arc::new(bytes)), Some(name));
        }
        Ok(Self {
            fonts: FontContext {
                collection,
                source_cache: SourceCache::default(),
            },
            layouts: LayoutContext::new(),
            unseen: Unseen::read(notosans::REGULAR_TTF).ok_or(ResumeNotMade)?,
            han: None,
            faces: Vec::new(),
        })
    }

    /// Forgets the resume before, and learns from all the texts of this one how its Han letters are written.
    pub(super) fn begin<'a>(&mut self, texts: impl Iterator<Item = &'a str> + Clone) {
        self.faces.clear();
        self.unseen.given.clear();
        self.han = language_of(texts).map(|language| {
            let key = FallbackKey::new(Script::from_bytes(*b"Hani"), Some(&language));
            let collection = &mut self.fonts.collection;
            let family = collection.fallback_families(key).next();
            Han {
                language,
                family: family.and_then(|family| collection.family_name(family).map(str::to_owned)),
            }
        });
    }

    /// Whether there was a sign since [`Self::begin`] that no font has.
    pub(super) fn has_boxes(&self) -> bool {
        !self.unseen.given.is_empty()
    }

    /// A text in lines no wider than so many points; a word that is wider is broken. Nothing for a text without a sign.
    pub(super) fn lines(&mut self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let text: Rc<str> = tidy(text).into();
        if text.is_empty() {
            return Vec::new();
        }
        let han = self.han.as_ref();
        let named = [Some(OWN), han.and_then(|han| han.family.as_deref())];
        let named = named
            .into_iter()
            .flatten()
            .map(|name| FontFamilyName::Named(Cow::Borrowed(name)));
        let families: Vec<_> = named
            .chain([FontFamilyName::Generic(GenericFamily::SansSerif)])
            .collect();
        let weight = if style.bold {
            FontWeight::BOLD
        } else {
            FontWeight::NORMAL
        };
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, &text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(&families))));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::FontWeight(weight));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::Locale(han.map(|han| han.language)));
        let mut layout = builder.build(&text);
        layout.break_all_lines(Some(width));
        let is_rtl = layout.is_rtl();
        layout
            .lines()
            .map(|line| self.drawn(&line, is_rtl, &text, style))
            .collect()
    }

    fn drawn(&mut self, line: &parley::Line<'_, ()>, is_rtl: bool, text: &Rc<str>, style: Style) -> Line {
        let metrics = line.metrics();
        let mut drawn = Line {
            text: Rc::clone(text),
            runs: Vec::new(),
            boxes: Vec::new(),
            width: metrics.advance - metrics.hanging_advance,
        };
        // What is written from right to left has the blank at its end on the left.
        let mut x = if is_rtl { -metrics.hanging_advance } else { 0.0 };
        for run in line.runs() {
            let ink = if run.synthesis().embolden() {
                Ink::Thickened
            } else {
                Ink::Plain
            };
            let face = self.face(&run);
            let bytes = face.data.data.as_ref();
            let outlines = FontRef::from_index(bytes, face.data.index).map(|font| font.outline_glyphs());
            // Pictures of letters do not get into the PDF.
            let is_drawn = |glyph: GlyphId| {
                let contours = outlines.as_ref().map(|outlines| outlines.get(glyph.to_u32().into()));
                glyph.to_u32() != 0 && contours.is_ok_and(|contours| contours.is_some())
            };
            for glyph in glyphs_of(&run, style.size) {
                let advance = glyph.x_advance * style.size;
                match &face.font {
                    Some(font) if is_drawn(glyph.glyph_id) => drawn.push(font, ink, x, glyph),
                    _ => {
                        let sign = text.get(glyph.text_range.clone()).unwrap_or_default();
                        let glyph_id = self.unseen.glyph(sign);
                        let (x_offset, y_offset) = (0.0, 0.0);
                        let unseen = KrillaGlyph {
                            glyph_id,
                            x_offset,
                            y_offset,
                            ..glyph
                        };
                        drawn.push(&self.unseen.font, Ink::Unseen, x, unseen);
                        drawn.boxes.push((x, advance));
                    }
                }
                x += advance;
            }
        }
        drawn
    }

    fn face(&mut self, run: &parley::Run<'_, ()>) -> Face {
        let synthesis = run.synthesis();
        let axes = synthesis.variation_settings().iter();
        let axes: Vec<(Tag, f32)> = axes.map(|(tag, value)| (Tag::new(&tag.into_bytes()), *value)).collect();
        if let Some(face) = self.faces.iter().find(|face| face.is_of(run.font(), &axes)) {
            return face.clone();
        }
        let face = Face::new(run.font(), axes);
        self.faces.push(face.clone());
        face
    }
}

/// A run's glyphs from left to right, each with the part of the text that it stands for.
fn glyphs_of(run: &parley::Run<'_, ()>, size: f32) -> Vec<KrillaGlyph> {
    let mut glyphs: Vec<KrillaGlyph> = Vec::new();
    // Letters that have run together into the glyph of the first of them; from right to left they come before it.
    let mut joined: Option<usize> = None;
    for cluster in run.visual_clusters() {
        let mut part = cluster.text_range();
        if cluster.is_ligature_continuation() {
            match glyphs.last_mut() {
                Some(last) if !run.is_rtl() => last.text_range.end = part.end,
                _ => joined = joined.or(Some(part.end)),
            }
            continue;
        }
        part.end = joined.take().unwrap_or(part.end).max(part.end);
        glyphs.extend(cluster.glyphs().map(|glyph| {
            // Offsets go down here, and up there.
            let (x, y) = (glyph.x / size, -glyph.y / size);
            let id = GlyphId::new(glyph.id);
            KrillaGlyph::new(id, glyph.advance / size, x, y, 0.0, part.clone(), None)
        }));
    }
    glyphs
}

/// Han letters look different in Japanese and Korean than in Chinese; what else is written there tells.
fn language_of<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Option<Language> {
    let is_some = |holds: fn(char) -> bool| texts.clone().any(|text| text.chars().any(holds));
    let language = if is_some(is_kana) {
        "ja"
    } else if is_some(is_hangul) {
        "ko"
    } else if is_some(is_han) {
        "zh-Hans"
    } else {
        return None;
    };
    Language::parse(language).ok()
}
