//! TIFF: every picture of the file is a page.

use std::io::Cursor;

use ::tiff::{
    ColorType, TiffError,
    decoder::{Decoder, DecodingResult, Limits, ifd::Value},
    tags::Tag,
};

use super::{
    MOST_BYTES, MOST_PICTURES, MOST_SIDE,
    page::{Color, Picture, Samples},
};
use crate::merge::Reason;

pub(super) fn read(file: &[u8]) -> Result<Vec<Picture>, Reason> {
    let mut limits = Limits::default();
    let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    limits.decoding_buffer_size = most;
    limits.intermediate_buffer_size = most;
    let mut decoder = Decoder::new(Cursor::new(file)).map_err(refused)?.with_limits(limits);
    let mut pictures = Vec::new();
    let mut unpacked = 0;
    loop {
        if pictures.len() == MOST_PICTURES {
            return Err(Reason::TooManyPages);
        }
        let picture = picture(&mut decoder)?;
        if let Samples::Plain(samples) = &picture.samples {
            unpacked += samples.len();
        }
        if unpacked > most {
            return Err(Reason::TooLarge);
        }
        pictures.push(picture);
        if !decoder.more_images() {
            return Ok(pictures);
        }
        // A directory that leads back to an earlier one is an error here, not an endless file.
        decoder.next_image().map_err(refused)?;
    }
}

fn picture(decoder: &mut Decoder<Cursor<&[u8]>>) -> Result<Picture, Reason> {
    let (width, height) = decoder.dimensions().map_err(refused)?;
    if width == 0 || height == 0 {
        return Err(Reason::Broken);
    }
    if width > MOST_SIDE || height > MOST_SIDE {
        return Err(Reason::TooLarge);
    }
    let kind = decoder.colortype().map_err(refused)?;
    let stated = decoder.find_tag_unsigned::<u16>(Tag::Orientation).ok().flatten();
    let orientation = stated.filter(|orientation| (1..=8).contains(orientation)).unwrap_or(1);
    let density = density(decoder);
    let samples = match decoder.read_image().map_err(refused)? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.into_iter().map(|sample| (sample >> 8) as u8).collect(),
        _ => return Err(Reason::Broken),
    };
    let (color, bits, components, used) = match kind {
        ColorType::Gray(bits @ (1 | 2 | 4 | 8)) => (Color::Gray, bits, 1, 1),
        ColorType::Gray(16) => (Color::Gray, 8, 1, 1),
        ColorType::GrayA(8 | 16) => (Color::Gray, 8, 2, 1),
        ColorType::RGB(8 | 16) | ColorType::YCbCr(8) => (Color::Rgb, 8, 3, 3),
        ColorType::RGBA(8 | 16) => (Color::Rgb, 8, 4, 3),
        ColorType::CMYK(8 | 16) => (Color::Cmyk, 8, 4, 4),
        _ => return Err(Reason::Broken),
    };
    let row = (width as usize * components * usize::from(bits)).div_ceil(8);
    if samples.len() != row * height as usize {
        return Err(Reason::Broken);
    }
    let samples = if components == used {
        samples
    } else {
        samples.chunks_exact(components).flat_map(|pixel| &pixel[..used]).copied().collect()
    };
    Ok(Picture { width, height, density, orientation, color, bits, inverted: false, samples: Samples::Plain(samples) })
}

fn density(decoder: &mut Decoder<Cursor<&[u8]>>) -> Option<(f32, f32)> {
    let unit = match decoder.find_tag_unsigned::<u16>(Tag::ResolutionUnit).ok()? {
        None | Some(2) => 1.0,
        Some(3) => 2.54,
        _ => return None,
    };
    let mut read = |tag| match decoder.get_tag(tag).ok()? {
        #[expect(clippy::cast_precision_loss, reason = "a density, held against bounds by the page")]
        Value::Rational(over, under) if under > 0 => Some(over as f32 / under as f32 * unit),
        _ => None,
    };
    Some((read(Tag::XResolution)?, read(Tag::YResolution)?))
}

fn refused(error: TiffError) -> Reason {
    match error {
        TiffError::LimitsExceeded => Reason::TooLarge,
        _ => Reason::Broken,
    }
}
