//! A document's bytes: a readable record is typeset, so that it is the same for ever after; a file that came stays the
//! file that it is. Its pages are counted here, once.

use domain::document::Readable;
use intake::{pdf, picture};
use office::charts::Document;
use press::{language::Language, typeset::Unprintable};

pub(super) struct Paper {
    pub(super) bytes: Vec<u8>,
    media_type: String,
    pages: Option<u32>,
    has_text: bool,
}

impl Paper {
    /// The document as the chart lists it, once it is known what it is printed on.
    pub(super) fn on(&self, document: Document) -> Document {
        Document { media_type: self.media_type.clone(), pages: self.pages, has_text: self.has_text, ..document }
    }
}

/// # Errors
/// The record is longer than a document may be.
pub(super) fn typeset(readable: &Readable, language: Option<&str>) -> Result<Paper, Unprintable> {
    let language = match language {
        Some(spanish) if spanish == "es" || spanish.starts_with("es-") => Language::Spanish,
        _ => Language::English,
    };
    let set = press::typeset::readable(readable, language)?;
    Ok(Paper { bytes: set.pdf, media_type: "application/pdf".to_owned(), pages: Some(set.pages), has_text: true })
}

/// What cannot be opened is kept all the same, with no page to its name: it goes beside the copy.
pub(super) fn of_file(media_type: String, bytes: Vec<u8>) -> Paper {
    let (pages, has_text) = match media_type.as_str() {
        "application/pdf" => match pdf::inspect(&bytes, &pdf::Limits::default()) {
            Ok(inspected) => (u32::try_from(inspected.pages).ok(), inspected.has_text.iter().all(|text| *text)),
            Err(_) => (None, false),
        },
        "image/jpeg" | "image/png" => (Some(1), false),
        "image/tiff" => {
            // one that is kept, to count the others by
            let limits = picture::Limits { bytes: usize::MAX, pages: 1, ..picture::Limits::default() };
            let read = picture::read(&bytes, &limits).ok();
            (read.and_then(|read| u32::try_from(read.pictures.len() + read.left_out).ok()), false)
        }
        _ => (None, false),
    };
    Paper { bytes, media_type, pages, has_text }
}
