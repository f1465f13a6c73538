//! What a page says: its text in lines, as it is drawn, and a digest of all that it draws.

use hayro::{
    hayro_interpret::{
        BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
        InterpreterSettings, SoftMask, font::GlyphRun, hayro_cmap::BfString, interpret_page, util::TransformExt,
    },
    hayro_syntax::{Pdf, object::Dict},
    kurbo::{Affine, BezPath, PathEl, Point, Rect, Vec2},
};
use sha2::{Digest, Sha256};

use crate::merge::MARK;

/// A page with more characters than this is cut off: it was made to exhaust its reader.
const MOST_CHARACTERS: usize = 1_000_000;
/// A glyph's space has a thousand units to the font's size.
const EM: f64 = 1000.0;

pub(super) struct PageText {
    pub(super) lines: Vec<String>,
    /// Whether it shows anything at all.
    pub(super) drawn: bool,
    /// Of everything it draws, by content and place.
    pub(super) digest: [u8; 32],
}

/// Reads every page, in order.
pub(super) fn read(pdf: &Pdf, mut each: impl FnMut(PageText)) {
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let (wide, high) = page.render_dimensions();
        let seen = Rect::new(0.0, 0.0, f64::from(wide), f64::from(high));
        let upright = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(upright, seen, &cache, page.xref(), InterpreterSettings::default());
        let mut reader = Reader::new(seen);
        interpret_page(page, &mut context, &mut reader);
        each(reader.finish());
    }
}

struct Reader {
    seen: Rect,
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

impl Reader {
    fn new(seen: Rect) -> Self {
        Self {
            seen,
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
        PageText { lines: self.lines, drawn: self.drawn, digest: self.digest.finalize().into() }
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

impl<'a> Device<'a> for Reader {
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
