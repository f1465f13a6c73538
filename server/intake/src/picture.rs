//! Photos and scans that people send: what they are is decided by their content, and what is kept of them is a plain
//! JPEG picture the right way up, without where, when and with what it was taken.

mod jpeg;
mod page;
mod tiff;

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbImage,
    codecs::png::PngDecoder,
    error::LimitErrorKind,
    imageops::{self, FilterType},
    metadata::Orientation,
};
use serde::{Deserialize, Serialize};

use crate::pdf;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Of the file, in bytes.
    pub bytes: usize,
    /// Of either side of a picture that comes in, in pixels.
    pub side: u32,
    /// That a decoder may take, in bytes.
    pub memory: u64,
    /// Of the longer side of the picture that is kept, in pixels.
    pub kept: u32,
    /// That are made into pictures, of a file with several.
    pub pages: usize,
    /// A file with more is refused before one is drawn, instead of cut.
    pub refuse_more: bool,
}

impl Limits {
    fn has_room_for(&self, pages: usize) -> Result<(), Problem> {
        if self.refuse_more && pages > self.pages { Err(Problem::TooManyPages) } else { Ok(()) }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 32 << 20, side: 30_000, memory: 512 << 20, kept: 2_000, pages: 20, refuse_more: false }
    }
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub jpeg: Vec<u8>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture {}x{}", self.width, self.height)
    }
}

/// The pictures in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pictures {
    /// At least one, in the file's order.
    pub pictures: Vec<Picture>,
    /// How many more pages the file has than were made into pictures.
    pub left_out: usize,
}

/// Why no picture can be had from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    #[error("The file is not a picture.")]
    NotAPicture,
    #[error("The picture is in Apple's HEIC format. Send it as a JPEG: most phones do so when it is sent by e-mail.")]
    Heic,
    #[error("The picture is of a kind that cannot be taken. Send a JPEG, PNG, TIFF or PDF file.")]
    OtherFormat,
    #[error("The picture moves. Send a still picture.")]
    Animated,
    #[error("The picture is larger than can be taken.")]
    TooLarge,
    #[error("The file ends in the middle of the picture.")]
    Truncated,
    #[error("The picture is damaged, or in a variant that cannot be read.")]
    Unreadable,
    #[error("The file needs a password to open.")]
    PasswordNeeded,
    #[error("The file has more pages than can be taken.")]
    TooManyPages,
}

impl Problem {
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAPicture => "not_a_picture",
            Self::Heic => "heic",
            Self::OtherFormat => "other_format",
            Self::Animated => "animated",
            Self::TooLarge => "too_large",
            Self::Truncated => "truncated",
            Self::Unreadable => "unreadable",
            Self::PasswordNeeded => "password_needed",
            Self::TooManyPages => "too_many_pages",
        }
    }
}

/// Makes plain pictures of a photo, a scan or the first pages of a PDF.
///
/// # Errors
/// Why there is none. A library that panics on a hostile file makes it `Unreadable`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Pictures, Problem> {
    if bytes.len() > limits.bytes {
        return Err(Problem::TooLarge);
    }
    let sort = sort(bytes)?;
    let guarded = pdf::guarded(|| Ok(pictures(sort, bytes, limits)));
    guarded.unwrap_or(Err(Problem::Unreadable))
}

#[derive(Clone, Copy)]
enum Sort {
    Jpeg,
    Png,
    Tiff,
    Pdf,
}

/// What the bytes are; a name or a stated type says nothing.
fn sort(bytes: &[u8]) -> Result<Sort, Problem> {
    if pdf::is_pdf(bytes) {
        return Ok(Sort::Pdf);
    }
    // A DICOM file may begin like a TIFF: its first 128 bytes are anybody's (DICOM PS3.10, 7.1).
    if bytes.get(128..132) == Some(b"DICM") {
        return Err(Problem::OtherFormat);
    }
    // infer knows TIFF only by the classic header; scanners also write the 64-bit one.
    if tiff::is_tiff(bytes) {
        return Ok(Sort::Tiff);
    }
    let heic = bytes.get(4..8) == Some(b"ftyp")
        && matches!(bytes.get(8..12), Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1"));
    match infer::get(bytes).map(|kind| kind.mime_type()) {
        _ if heic => Err(Problem::Heic),
        Some("image/jpeg") => Ok(Sort::Jpeg),
        Some("image/png") => Ok(Sort::Png),
        Some("image/heif") => Err(Problem::Heic),
        Some("image/gif") => Err(Problem::Animated),
        Some(other) if other.starts_with("video/") => Err(Problem::Animated),
        Some(other) if other.starts_with("image/") => Err(Problem::OtherFormat),
        _ => Err(Problem::NotAPicture),
    }
}

fn pictures(sort: Sort, bytes: &[u8], limits: &Limits) -> Result<Pictures, Problem> {
    let one = |picture| Pictures { pictures: vec![picture], left_out: 0 };
    match sort {
        Sort::Jpeg if !jpeg::is_whole(bytes) => Err(Problem::Truncated),
        Sort::Jpeg => decode(bytes, ImageFormat::Jpeg, None, limits).map(one),
        Sort::Png => {
            if PngDecoder::new(Cursor::new(bytes)).and_then(|png| png.is_apng()).unwrap_or(false) {
                return Err(Problem::Animated);
            }
            decode(bytes, ImageFormat::Png, None, limits).map(one)
        }
        Sort::Tiff => tiff::pictures(bytes, limits),
        Sort::Pdf => page::pictures(bytes, limits),
    }
}

/// Decodes one picture and turns it the right way up: as the file says, or as `orientation` says.
fn decode(
    bytes: &[u8],
    format: ImageFormat,
    orientation: Option<Orientation>,
    limits: &Limits,
) -> Result<Picture, Problem> {
    let mut allowed = image::Limits::default();
    allowed.max_image_width = Some(limits.side);
    allowed.max_image_height = Some(limits.side);
    allowed.max_alloc = Some(limits.memory);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(allowed);
    let mut decoder = reader.into_decoder().map_err(problem)?;
    // Broken Exif data is no reason to refuse the picture.
    let stated = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) * u64::from(decoder.color_type().bytes_per_pixel()) > limits.memory {
        return Err(Problem::TooLarge);
    }
    let image = DynamicImage::from_decoder(decoder).map_err(problem)?;
    let mut image = if image.width().max(image.height()) > limits.kept {
        image.resize(limits.kept, limits.kept, FilterType::Triangle)
    } else {
        image
    };
    image.apply_orientation(orientation.unwrap_or(stated));
    encode(&on_white(image))
}

/// Transparent paper is white.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let mut paper = image::RgbaImage::from_pixel(image.width(), image.height(), image::Rgba([255; 4]));
    imageops::overlay(&mut paper, &image.to_rgba8(), 0, 0);
    DynamicImage::ImageRgba8(paper).to_rgb8()
}

fn encode(image: &RgbImage) -> Result<Picture, Problem> {
    let mut jpeg = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 85);
    image.write_with_encoder(encoder).map_err(|_| Problem::Unreadable)?;
    Ok(Picture { jpeg, width: image.width(), height: image.height() })
}

fn problem(error: ImageError) -> Problem {
    match error {
        ImageError::Limits(limit) if !matches!(limit.kind(), LimitErrorKind::Unsupported { .. }) => Problem::TooLarge,
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Problem::Truncated,
        _ => Problem::Unreadable,
    }
}

#[cfg(test)]
mod tests;
