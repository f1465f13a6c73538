//! What a PDF that arrived is: how many pages, whether they have text, what in it would act, and why it cannot be
//! taken. It changes nothing: making a copy harmless is the press's work.

mod active;
#[cfg(test)]
pub(crate) mod sample;
mod text;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_syntax::{self, DecryptionError, LoadPdfError};
use lopdf::Document;
use serde::{Deserialize, Serialize};

pub use self::active::Active;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Of the file, in bytes.
    pub bytes: usize,
    pub pages: usize,
    /// That one stream may unpack to, in bytes.
    pub unpacked: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 256 << 20, pages: 10_000, unpacked: 128 << 20 }
    }
}

/// A PDF that can be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspected {
    /// At least one.
    pub pages: usize,
    /// Whether each page has text that can be read, seen or not: a page without any must be looked at by a person.
    pub has_text: Vec<bool>,
    pub remarks: Vec<Remark>,
    /// What in it would act, be filled in, or reach out.
    pub active: Vec<Active>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    #[error("The file is protected against changes, but opens without a password.")]
    ProtectedWithoutPassword,
    #[error("The file's index was damaged and was rebuilt; something may be missing.")]
    IndexRebuilt,
    #[error("The file is damaged: its pages can be shown, but not taken over into a copy.")]
    CannotBeMerged,
    #[error("The file is damaged: its pages can be taken over into a copy, but their text cannot be read.")]
    CannotBeShown,
}

/// Why a PDF cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    #[error("The file is not a PDF.")]
    NotAPdf,
    #[error("The file is larger than can be taken.")]
    TooLarge,
    #[error("The file needs a password to open.")]
    PasswordNeeded,
    #[error("The file is encrypted in a way that cannot be read.")]
    UnknownEncryption,
    #[error("The file is damaged and cannot be read.")]
    Unreadable,
    #[error("The file has no pages.")]
    NoPages,
    #[error("The file has more pages than can be taken.")]
    TooManyPages,
}

impl Problem {
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAPdf => "not_a_pdf",
            Self::TooLarge => "too_large",
            Self::PasswordNeeded => "password_needed",
            Self::UnknownEncryption => "unknown_encryption",
            Self::Unreadable => "unreadable",
            Self::NoPages => "no_pages",
            Self::TooManyPages => "too_many_pages",
        }
    }
}

/// # Errors
/// Why the file cannot be taken. A library that panics on a hostile file makes it `Unreadable`.
pub fn inspect(bytes: &[u8], limits: &Limits) -> Result<Inspected, Problem> {
    if bytes.len() > limits.bytes {
        return Err(Problem::TooLarge);
    }
    if !is_pdf(bytes) {
        return Err(Problem::NotAPdf);
    }
    let merged = guarded(|| structure(bytes, limits));
    let shown = guarded(|| text::pages(bytes, limits));
    match (merged, shown) {
        (_, Err(problem @ (Problem::PasswordNeeded | Problem::TooManyPages)))
        | (Err(problem @ (Problem::PasswordNeeded | Problem::TooManyPages)), _) => Err(problem),
        (Ok(structure), Ok(has_text)) => {
            let mut remarks = structure.remarks;
            if structure.pages != has_text.len() {
                remarks.push(Remark::CannotBeMerged);
            }
            Ok(Inspected { pages: has_text.len(), has_text, remarks, active: structure.active })
        }
        (Ok(Structure { pages, mut remarks, active }), Err(_)) => {
            remarks.push(Remark::CannotBeShown);
            Ok(Inspected { pages, has_text: vec![false; pages], remarks, active })
        }
        (Err(_), Ok(has_text)) => {
            let remarks = vec![Remark::CannotBeMerged];
            Ok(Inspected { pages: has_text.len(), has_text, remarks, active: Vec::new() })
        }
        (Err(one), Err(other)) => Err(if other == Problem::UnknownEncryption { other } else { one }),
    }
}

/// Whether bytes are a PDF by content: its header may stand anywhere in the first 1024 bytes.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    head.windows(5).any(|window| window == b"%PDF-")
}

/// Opens a PDF for its pages to be drawn.
pub(crate) fn open(bytes: &[u8]) -> Result<hayro_syntax::Pdf, Problem> {
    hayro_syntax::Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Problem::PasswordNeeded,
        LoadPdfError::Decryption(_) => Problem::UnknownEncryption,
        LoadPdfError::Invalid => Problem::Unreadable,
    })
}

/// The last net under the libraries: the parsers are not ours, the files are anybody's.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Problem::Unreadable))
}

struct Structure {
    pages: usize,
    remarks: Vec<Remark>,
    active: Vec<Active>,
}

fn structure(bytes: &[u8], limits: &Limits) -> Result<Structure, Problem> {
    let options = lopdf::LoadOptions::with_max_decompressed_size(limits.unpacked);
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword => Problem::PasswordNeeded,
        lopdf::Error::Decryption(_) => Problem::UnknownEncryption,
        _ => Problem::Unreadable,
    })?;
    if document.is_encrypted() {
        return Err(Problem::PasswordNeeded);
    }
    let pages = document.get_pages().len();
    if pages == 0 {
        return Err(Problem::NoPages);
    }
    if pages > limits.pages {
        return Err(Problem::TooManyPages);
    }
    let mut remarks = Vec::new();
    if document.was_encrypted() {
        remarks.push(Remark::ProtectedWithoutPassword);
    }
    if document.xref_recovery.is_some() {
        remarks.push(Remark::IndexRebuilt);
    }
    Ok(Structure { pages, remarks, active: active::found(&document) })
}

#[cfg(test)]
mod tests;
