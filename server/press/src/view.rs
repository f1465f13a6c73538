//! One page as a picture, for the person who looks at every page before a copy leaves.

use std::io::Cursor;

use hayro::{
    PixmapSettings, RenderCache, RenderSettings, hayro_interpret::InterpreterSettings, hayro_syntax::Pdf, render,
    vello_cpu::color::palette::css::WHITE,
};
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

use crate::guard::guarded;

/// The widest and highest picture, in pixels.
pub const MOST_SIDE: u16 = 4000;

/// Why a page is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unseen {
    #[error("the pages cannot be read")]
    Unreadable,
    #[error("there is no such page")]
    NoSuchPage,
}

/// Draws a page of a PDF, counted from zero, as PNG of the given width in pixels. A page that would be wider or higher
/// than [`MOST_SIDE`] is drawn smaller.
///
/// # Errors
/// [`Unseen`].
pub fn view(pdf: Vec<u8>, page: usize, width: u16) -> Result<Vec<u8>, Unseen> {
    guarded(|| {
        let pdf = Pdf::new(pdf).map_err(|_| Unseen::Unreadable)?;
        let page = pdf.pages().get(page).ok_or(Unseen::NoSuchPage)?;
        let (wide, high) = page.render_dimensions();
        let most = f32::from(MOST_SIDE);
        let scale = (f32::from(width.max(1)) / wide).min(most / wide).min(most / high);
        let drawn = render(
            page,
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &PixmapSettings { x_scale: scale.max(1.0 / wide), y_scale: scale.max(1.0 / high), bg_color: WHITE },
        );
        let (width, height) = (drawn.width(), drawn.height());
        // On white nothing is see-through.
        let pixels: Vec<u8> = drawn.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
        let mut png = Cursor::new(Vec::new());
        PngEncoder::new(&mut png)
            .write_image(&pixels, width.into(), height.into(), ExtendedColorType::Rgb8)
            .map_err(|_| Unseen::Unreadable)?;
        Ok(png.into_inner())
    })
    .unwrap_or(Err(Unseen::Unreadable))
}
