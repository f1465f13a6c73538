//! PNG, decoded within limits. What is see-through is laid on white, as paper is.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, Limits, codecs::png::PngDecoder};

use super::{
    MOST_BYTES, MOST_SIDE,
    page::{Color, Picture, Samples},
};
use crate::merge::Reason;

pub(super) fn read(file: &[u8]) -> Result<Picture, Reason> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_BYTES);
    let mut decoder = PngDecoder::with_limits(Cursor::new(file), limits.clone()).map_err(refused)?;
    decoder.set_limits(limits).map_err(refused)?;
    if decoder.total_bytes() > MOST_BYTES {
        return Err(Reason::TooLarge);
    }
    let image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    let (width, height) = (image.width(), image.height());
    let (color, samples) = if image.color().has_color() {
        let samples = if image.color().has_alpha() {
            on_white::<3>(image.into_rgba8().as_raw())
        } else {
            image.into_rgb8().into_raw()
        };
        (Color::Rgb, samples)
    } else {
        let samples = if image.color().has_alpha() {
            on_white::<1>(image.into_luma_alpha8().as_raw())
        } else {
            image.into_luma8().into_raw()
        };
        (Color::Gray, samples)
    };
    let (bits, samples) = if color == Color::Gray { packed(samples, width) } else { (8, samples) };
    let samples = Samples::Plain(samples);
    Ok(Picture { width, height, density: density(file), orientation: 1, color, bits, inverted: false, samples })
}

fn refused(error: image::ImageError) -> Reason {
    match error {
        image::ImageError::Limits(_) => Reason::TooLarge,
        _ => Reason::Broken,
    }
}

/// `N` colour samples and how solid they are → the colour that is seen on white.
fn on_white<const N: usize>(samples: &[u8]) -> Vec<u8> {
    samples
        .chunks_exact(N + 1)
        .flat_map(|pixel| {
            let solid = u32::from(pixel[N]);
            pixel[..N].iter().map(move |sample| {
                let seen = (u32::from(*sample) * solid + 255 * (255 - solid) + 127) / 255;
                u8::try_from(seen).unwrap_or(u8::MAX)
            })
        })
        .collect()
}

/// Black and white only, as faxes are, needs one bit a pixel.
fn packed(samples: Vec<u8>, width: u32) -> (u8, Vec<u8>) {
    if samples.iter().any(|sample| !matches!(sample, 0 | 255)) {
        return (8, samples);
    }
    let byte = |eight: &[u8]| eight.iter().enumerate().fold(0, |byte, (at, sample)| byte | (sample & 0x80) >> at);
    let rows = samples.chunks(usize::try_from(width.max(1)).unwrap_or(usize::MAX));
    (1, rows.flat_map(|row| row.chunks(8).map(byte)).collect())
}

/// The `pHYs` chunk: pixels a metre.
fn density(file: &[u8]) -> Option<(f32, f32)> {
    let mut at = 8usize;
    // It stands before the picture data, among a handful of chunks.
    for _ in 0..32 {
        let long = usize::try_from(u32::from_be_bytes(file.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let body = file.get(at + 8..(at + 8).checked_add(long)?)?;
        match file.get(at + 4..at + 8)? {
            b"pHYs" if body.get(8) == Some(&1) => {
                let inch = |four: &[u8]| {
                    let metre = u32::from_be_bytes(four.try_into().ok()?);
                    #[expect(clippy::cast_possible_truncation, reason = "a density, held against bounds by the page")]
                    Some((f64::from(metre) * 0.0254) as f32)
                };
                return Some((inch(&body[..4])?, inch(&body[4..8])?));
            }
            b"IDAT" => return None,
            _ => at += 12 + long,
        }
    }
    None
}
