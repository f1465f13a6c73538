//! The pages of a PDF as pictures.

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, hayro_interpret::InterpreterSettings, render};
use image::RgbImage;

use super::{Limits, Picture, Pictures, Problem, encode};
use crate::pdf;

/// Dots an inch that text and stamps on a page can be read at.
const DENSITY: f32 = 200.0;

pub(super) fn pictures(bytes: &[u8], limits: &Limits) -> Result<Pictures, Problem> {
    let pdf = pdf::open(bytes).map_err(|problem| match problem {
        pdf::Problem::PasswordNeeded => Problem::PasswordNeeded,
        _ => Problem::Unreadable,
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Problem::Unreadable);
    }
    limits.has_room_for(pages.len())?;
    let cache = RenderCache::new();
    let taken = pages.iter().take(limits.pages);
    let pictures = taken.map(|page| picture(page, &cache, limits)).collect::<Result<Vec<_>, _>>()?;
    Ok(Pictures { left_out: pages.len() - pictures.len(), pictures })
}

fn picture<'a>(
    page: &'a hayro::hayro_syntax::page::Page<'a>,
    cache: &RenderCache<'a>,
    limits: &Limits,
) -> Result<Picture, Problem> {
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !longest.is_finite() || width < 1.0 || height < 1.0 {
        return Err(Problem::Unreadable);
    }
    let kept = u16::try_from(limits.kept).unwrap_or(u16::MAX);
    let scale = (DENSITY / 72.0).min(f32::from(kept) / longest);
    if width * scale < 1.0 || height * scale < 1.0 {
        return Err(Problem::Unreadable);
    }
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let drawn = render(page, cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    let pixels = drawn.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
    encode(&RgbImage::from_raw(width, height, pixels).ok_or(Problem::Unreadable)?)
}
