//! Scans and photographs → pages. A JPEG's picture data goes into the PDF as it is; PNG and TIFF are decoded within
//! limits and packed without loss.
//!
//! What a picture says about where and with what it was taken does not go into the copy.

mod jpeg;
mod page;
mod png;
mod tiff;

use lopdf::Document;

use crate::{guard::guarded, merge::Reason};

/// The most pixels on a side.
pub const MOST_SIDE: u32 = 30_000;
/// The most bytes that one picture may unpack to.
pub const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// The most pictures in one TIFF.
pub const MOST_PICTURES: usize = 2_000;

/// The kinds of file that have pages, told by how they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Jpeg,
    Png,
    Tiff,
}

/// What a file is, by its first bytes, whatever it is called.
pub fn kind(bytes: &[u8]) -> Option<Kind> {
    if bytes.get(128..132) == Some(b"DICM") {
        // Medical pictures may begin like a TIFF, to be looked at by programs that know no better.
        return None;
    }
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => Some(Kind::Pdf),
        [0xFF, 0xD8, 0xFF, ..] => Some(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Kind::Png),
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(Kind::Tiff),
        _ => None,
    }
}

/// A picture as a PDF of its own.
///
/// # Errors
/// [`Reason`]: it is no picture, damaged, or larger than the limits.
pub fn pdf(bytes: &[u8]) -> Result<Vec<u8>, Reason> {
    guarded(|| {
        let kind = kind(bytes).filter(|kind| *kind != Kind::Pdf).ok_or(Reason::NotPages)?;
        let mut out = Vec::new();
        document(kind, bytes)?.save_to(&mut out).map_err(|_| Reason::Broken)?;
        Ok(out)
    })
    .unwrap_or(Err(Reason::Broken))
}

/// A picture's pages, to be merged or saved.
pub(crate) fn document(kind: Kind, bytes: &[u8]) -> Result<Document, Reason> {
    let pictures = match kind {
        Kind::Pdf => return Err(Reason::NotPages),
        Kind::Jpeg => vec![jpeg::read(bytes)?],
        Kind::Png => vec![png::read(bytes)?],
        Kind::Tiff => tiff::read(bytes)?,
    };
    page::document(pictures)
}
