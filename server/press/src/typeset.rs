//! Letters, lists and records → tagged PDF (PDF/UA-1), typeset with Typst.
//!
//! What people wrote reaches a template as values of a JSON file and stays text: nothing in it can act as markup. The
//! templates read that file and the built-in fonts, and nothing else exists for them.

pub mod letter;
pub mod manifest;
mod readable;
mod world;

pub use letter::{Contact, Facility, Included, Letter, NotIncluded, WhyNot, letter};
pub use manifest::{Manifest, Place, Row, manifest};
pub use readable::readable;

/// A typeset document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typeset {
    pub pdf: Vec<u8>,
    pub pages: u32,
    /// Whether it conforms to PDF/UA-1. Text in a script that the built-in fonts lack does not: it is still tagged and
    /// still carries the text, but a reader sees boxes.
    pub accessible: bool,
}

/// Why nothing was typeset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unprintable {
    #[error("the text to typeset is longer than {MOST_BYTES} bytes")]
    TooLong,
    #[error("the template refused the text")]
    Refused,
}

/// The most text that one document may hold, in bytes of JSON. Memory grows with it: about 70 KB a page of table.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;
