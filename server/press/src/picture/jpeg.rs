//! Reads a JPEG's markers, not its picture.

use super::{
    MOST_SIDE,
    page::{Color, Picture, Samples},
};
use crate::merge::Reason;

/// The picture as it is, without what the camera noted beside it (Exif, XMP, comments).
pub(super) fn read(file: &[u8]) -> Result<Picture, Reason> {
    let mut kept = file.get(..2).ok_or(Reason::Broken)?.to_vec();
    let mut frame = None;
    let mut density = None;
    let mut orientation = 1;
    let mut adobe = false;
    let mut at = 2;
    loop {
        let (marker, start) = marker(file, at)?;
        if marker == SCAN {
            let ends = file[start..].windows(2).rposition(|end| end == [0xFF, END]).ok_or(Reason::Broken)?;
            kept.extend_from_slice(&file[start - 2..start + ends + 2]);
            break;
        }
        let long = file.get(start..start + 2).ok_or(Reason::Broken)?;
        let end = start + usize::from(u16::from_be_bytes([long[0], long[1]]));
        let body = file.get(start + 2..end).ok_or(Reason::Broken)?;
        match marker {
            // Baseline, extended and progressive with Huffman codes: what a PDF's DCTDecode takes.
            0xC0..=0xC2 => frame = Some(self::frame(body)?),
            // Lossless, differential and arithmetic kinds.
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Err(Reason::Broken),
            0xE0 if body.starts_with(b"JFIF\0") => density = self::density(body),
            0xE1 if body.starts_with(b"Exif\0\0") => {
                orientation = self::orientation(&body[6..]).unwrap_or(1);
            }
            0xEE if body.starts_with(b"Adobe") => adobe = true,
            _ => {}
        }
        // Application notes other than JFIF, colour profile and Adobe's, and comments, stay behind.
        let note = (matches!(marker, 0xE1..=0xEF) && !matches!(marker, 0xE2 | 0xEE)) || marker == 0xFE;
        if !note {
            kept.extend_from_slice(&[0xFF, marker]);
            kept.extend_from_slice(&file[start..end]);
        }
        at = end;
    }
    let (width, height, color) = frame.ok_or(Reason::Broken)?;
    Ok(Picture {
        width,
        height,
        density,
        orientation,
        color,
        bits: 8,
        // Adobe's programs write ink the other way round, and everybody else followed.
        inverted: adobe && color == Color::Cmyk,
        samples: Samples::Jpeg(kept),
    })
}

const SCAN: u8 = 0xDA;
const END: u8 = 0xD9;

/// The next marker and where what follows it begins.
fn marker(file: &[u8], at: usize) -> Result<(u8, usize), Reason> {
    if file.get(at) != Some(&0xFF) {
        return Err(Reason::Broken);
    }
    let padding = file[at..].iter().position(|byte| *byte != 0xFF).ok_or(Reason::Broken)?;
    let marker = file[at + padding];
    if matches!(marker, 0 | END | 0xD0..=0xD8) { Err(Reason::Broken) } else { Ok((marker, at + padding + 1)) }
}

fn frame(body: &[u8]) -> Result<(u32, u32, Color), Reason> {
    let [precision, h1, h0, w1, w0, components, ..] = *body else { return Err(Reason::Broken) };
    let (height, width) = (u16::from_be_bytes([h1, h0]).into(), u16::from_be_bytes([w1, w0]).into());
    let color = match components {
        1 => Color::Gray,
        3 => Color::Rgb,
        4 => Color::Cmyk,
        _ => return Err(Reason::Broken),
    };
    if precision != 8 || width == 0 || height == 0 {
        return Err(Reason::Broken);
    }
    if width > MOST_SIDE || height > MOST_SIDE { Err(Reason::TooLarge) } else { Ok((width, height, color)) }
}

fn density(body: &[u8]) -> Option<(f32, f32)> {
    let unit = match body.get(7)? {
        1 => 1.0,
        2 => 2.54,
        _ => return None,
    };
    let read = |at: usize| Some(f32::from(u16::from_be_bytes([*body.get(at)?, *body.get(at + 1)?])) * unit);
    Some((read(8)?, read(10)?))
}

/// The orientation in an Exif block, which is a TIFF's first directory.
fn orientation(exif: &[u8]) -> Option<u16> {
    let little = exif.starts_with(b"II");
    let short = |at: usize| {
        let pair = [*exif.get(at)?, *exif.get(at.checked_add(1)?)?];
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let long = |at: usize| {
        let (first, second) = (u32::from(short(at)?), u32::from(short(at.checked_add(2)?)?));
        Some(if little { second << 16 | first } else { first << 16 | second })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let entries = short(directory)?;
    (0..usize::from(entries)).find_map(|n| {
        let entry = directory.checked_add(2 + n * 12)?;
        if short(entry)? == 0x0112 { short(entry.checked_add(8)?).filter(|o| (1..=8).contains(o)) } else { None }
    })
}
