//! Which pages have text: what hayro would draw as letters, form fields and annotations included, and the unseen text
//! that scanners lay under a picture.

use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, font::GlyphRun, hayro_cmap::BfString, interpret_page,
};
use hayro::kurbo::{BezPath, Rect};

use super::{Limits, Problem, open};

pub(super) fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<bool>, Problem> {
    let pdf = open(bytes)?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Problem::NoPages);
    }
    if pages.len() > limits.pages {
        return Err(Problem::TooManyPages);
    }
    let cache = InterpreterCache::new();
    let has_text = pages.iter().map(|page| {
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = hayro::hayro_interpret::TransformExt::to_kurbo(&page.initial_transform(true));
        let mut context = Context::new(transform, area, &cache, page.xref(), InterpreterSettings::default());
        let mut letters = Letters::default();
        interpret_page(page, &mut context, &mut letters);
        letters.any
    });
    Ok(has_text.collect())
}

/// Draws nothing, and notes whether there was a letter or a digit.
#[derive(Default)]
struct Letters {
    any: bool,
}

impl<'a> Device<'a> for Letters {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        self.any = self.any
            || run.glyphs().iter().any(|glyph| match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.is_alphanumeric(),
                Some(BfString::String(text)) => text.chars().any(char::is_alphanumeric),
                None => false,
            });
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
