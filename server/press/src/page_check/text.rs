//! What a page says: its text in lines, as it is drawn, and a digest of all that it draws.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use hayro::{
    hayro_interpret::{
        BlendMode, CacheKey, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
        InterpreterSettings, InterpreterWarning, SoftMask, WarningSinkFn, font::GlyphRun, hayro_cmap::BfString,
        interpret_page, util::TransformExt,
    },
    hayro_syntax::{Pdf, object::Dict},
    kurbo::{Affine, BezPath, PathEl, Point, Rect, Vec2},
};
use sha2::{Digest, Sha256};

use super::Pictures;
use crate::{guard::guarded, merge::MARK};

/// A page with more characters than this is cut off: it was made to exhaust its reader.
const MOST_CHARACTERS: usize = 1_000_000;
/// A glyph's space has a thousand units to the font's size.
const EM: f64 = 1000.0;
/// As large as a picture is looked at by a person, in pixels: finer detail need not be unpacked.
const AS_SEEN: (u32, u32) = (1200, 1600);
/// A larger picture, in pixels, is left to a person: no scanner makes one.
const MOST_PIXELS: u64 = 100_000_000;

pub(super) struct PageText {
    pub(super) lines: Vec<String>,
    /// Whether it shows anything at all.
    pub(super) drawn: bool,
    /// Whether a font or a picture of it is of a kind that cannot be drawn here.
    pub(super) undrawn: bool,
    /// Of everything it draws, by content and place.
    pub(super) digest: [u8; 32],
}

/// Reads every page, in order.
pub(super) fn read(pdf: &Pdf, pictures: Pictures, mut each: impl FnMut(PageText)) {
    let cache = InterpreterCache::new();
    let mut known = HashMap::new();
    for page in pdf.pages().iter() {
        let (wide, high) = page.render_dimensions();
        let seen = Rect::new(0.0, 0.0, f64::from(wide), f64::from(high));
        let upright = page.initial_transform(true).to_kurbo();
        let undrawn = Arc::new(AtomicBool::new(false));
        let settings = InterpreterSettings { warning_sink: sink(&undrawn), ..InterpreterSettings::default() };
        let mut context = Context::new(upright, seen, &cache, page.xref(), settings);
        let mut reader = Reader::new(seen, pictures, undrawn, &mut known);
        interpret_page(page, &mut context, &mut reader);
        each(reader.finish());
    }
}

fn sink(undrawn: &Arc<AtomicBool>) -> WarningSinkFn {
    let undrawn = Arc::clone(undrawn);
    Arc::new(move |warning| {
        // a box that is not ticked often has no look for that: nothing of it is missing
        if matches!(warning, InterpreterWarning::UnsupportedFont | InterpreterWarning::ImageDecodeFailure) {
            undrawn.store(true, Ordering::Relaxed);
        }
    })
}

/// Whether a picture can be unpacked at all.
fn unpacks(image: &Image<'_, '_>) -> bool {
    if u64::from(image.width()) * u64::from(image.height()) > MOST_PIXELS {
        return false;
    }
    guarded(|| {
        let mut unpacked = false;
        match image {
            Image::Stencil(image) => image.with_stencil(|_, _| unpacked = true, Some(AS_SEEN)),
            Image::Raster(image) => image.with_rgba(|_, _| unpacked = true, Some(AS_SEEN)),
        }
        unpacked
    })
    .unwrap_or(false)
}

struct Reader<'k> {
    seen: Rect,
    pictures: Pictures,
    undrawn: Arc<AtomicBool>,
    /// Whether each picture of the document can be drawn: many pages may show the same one.
    known: &'k mut HashMap<u128, bool>,
    lines: Vec<String>,
    line: String,
    characters: usize,
    /// Where the last glyph ended, and how large and in which direction it was set.
    last: Option<(Point, f64, Vec2)>,
    drawn: bool,
    digest: Sha256,
    /// How deep the marked content is, and where in it the stamp began.
    depth: usize,
    stamp: Option<usize>,
}

impl<'k> Reader<'k> {
    fn new(seen: Rect, pictures: Pictures, undrawn: Arc<AtomicBool>, known: &'k mut HashMap<u128, bool>) -> Self {
        Self {
            seen,
            pictures,
            undrawn,
            known,
            lines: Vec::new(),
            line: String::new(),
            characters: 0,
            last: None,
            drawn: false,
            digest: Sha256::new(),
            depth: 0,
            stamp: None,
        }
    }

    fn finish(mut self) -> PageText {
        self.break_line();
        PageText {
            lines: self.lines,
            drawn: self.drawn,
            undrawn: self.undrawn.load(Ordering::Relaxed),
            digest: self.digest.finalize().into(),
        }
    }

    fn look_at(&mut self, image: &Image<'_, '_>) {
        let key = image.cache_key();
        let whole = if let Some(whole) = self.known.get(&key) {
            *whole
        } else {
            let before = self.undrawn.swap(false, Ordering::Relaxed);
            let unpacked = self.pictures == Pictures::Unpack && unpacks(image);
            // its mask, too, may be what cannot be unpacked
            let warned = self.undrawn.swap(before, Ordering::Relaxed);
            self.known.insert(key, unpacked && !warned);
            unpacked && !warned
        };
        if !whole {
            self.undrawn.store(true, Ordering::Relaxed);
        }
    }

    fn break_line(&mut self) {
        if !self.line.trim().is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
        self.line.clear();
    }

    fn place(&mut self, at: Affine) {
        for part in at.as_coeffs() {
            // A tenth of a unit: finer differences are rounding, not another page.
            #[expect(clippy::cast_possible_truncation, reason = "saturates, and only equality matters")]
            self.digest.update(((part * 10.0).round() as i64).to_le_bytes());
        }
    }

    fn element(&mut self, element: &PathEl) {
        let (kind, points): (u8, &[Point]) = match element {
            PathEl::MoveTo(to) => (0, &[*to]),
            PathEl::LineTo(to) => (1, &[*to]),
            PathEl::QuadTo(by, to) => (2, &[*by, *to]),
            PathEl::CurveTo(out, back, to) => (3, &[*out, *back, *to]),
            PathEl::ClosePath => (4, &[]),
        };
        self.digest.update([kind]);
        for point in points {
            self.digest.update(point.x.to_le_bytes());
            self.digest.update(point.y.to_le_bytes());
        }
    }

    /// Sets a glyph's text behind what came before, with a space or a new line where the page has one.
    fn set(&mut self, text: &str, at: Affine, advance: f64) {
        let start = at * Point::ORIGIN;
        let end = at * Point::new(advance, 0.0);
        let size = (at * Point::new(0.0, EM) - start).hypot().max(0.1);
        let along = at * Point::new(EM, 0.0) - start;
        let direction = if along.hypot() > 0.0 { along / along.hypot() } else { Vec2::new(1.0, 0.0) };
        if let Some((last, last_size, last_direction)) = self.last {
            let moved = start - last;
            let (ahead, aside) = (moved.dot(last_direction), moved.cross(last_direction).abs());
            let size = size.max(last_size);
            if aside > 0.5 * size || direction.dot(last_direction) < 0.9 || ahead < -0.7 * size {
                self.break_line();
            } else if ahead > 0.15 * size && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
        }
        self.line.push_str(text);
        self.last = Some((end, size, direction));
    }
}

impl<'a> Device<'a> for Reader<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if self.stamp.is_some() {
            return;
        }
        for glyph in run.glyphs() {
            let at = props.transform * glyph.transform();
            if self.characters >= MOST_CHARACTERS || !self.seen.inflate(2.0, 2.0).contains(at * Point::ORIGIN) {
                continue;
            }
            self.characters += 1;
            let advance = match &**glyph {
                hayro::hayro_interpret::font::Glyph::Outline(glyph) => glyph.advance_width(),
                hayro::hayro_interpret::font::Glyph::Type3(glyph) => glyph.advance_width(),
            };
            let mut one = [0; 4];
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.encode_utf8(&mut one).to_owned(),
                Some(BfString::String(text)) => text,
                None => String::new(),
            };
            self.drawn |=
                !matches!(mode, DrawMode::Invisible) && !text.chars().all(char::is_whitespace) || text.is_empty();
            self.digest.update(b"g");
            self.digest.update(glyph.char_code().to_le_bytes());
            self.digest.update(text.as_bytes());
            self.place(at);
            if !text.is_empty() {
                self.set(&text, at, f64::from(advance.unwrap_or(500.0)));
            }
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        if self.stamp.is_none() {
            self.drawn = true;
            self.digest.update(b"p");
            for element in path.elements() {
                self.element(element);
            }
            self.place(props.transform);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        if self.stamp.is_none() {
            self.drawn = true;
            self.digest.update(b"i");
            match &image {
                Image::Stencil(image) => self.digest.update(image.stream().raw_data()),
                Image::Raster(image) => self.digest.update(image.stream().raw_data()),
            }
            self.place(props.transform);
            self.look_at(&image);
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        if self.stamp.is_none() && properties.is_some_and(|properties| properties.contains_key(MARK)) {
            self.stamp = Some(self.depth);
        }
        self.depth += 1;
    }

    fn end_marked_content(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.stamp.is_some_and(|began| self.depth <= began) {
            self.stamp = None;
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
