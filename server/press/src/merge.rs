//! Sources → one PDF, page by page as they are, written as it is copied.
//!
//! One source is in memory at a time, and of the result only where each object lies, the bookmarks and the page index.
//! Pages are never drawn anew: their objects are copied, so filled form fields, notes and stamps stay. What a page
//! cannot do on paper is left out and counted: programs, attached files, sound and video, and signatures, of which
//! the look stays. Links to web and mail addresses stay links; every other action is gone.

mod carry;
mod content;
mod finish;
mod form;
mod helvetica;
mod inert;
mod layers;
mod pages;
mod source;
mod stamp;
mod writer;

use std::io::{self, Write};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use self::{carry::Carry, finish::Bookmark, stamp::Stamp, writer::Writer};
use crate::{language::Language, section::Index};

pub(crate) use self::{
    finish::complete,
    stamp::MARK,
    writer::{HEADER, PAGE_TREE, ROOT, close, spell},
};

/// The most pages that one source may have.
pub const MOST_PAGES: usize = 20_000;
/// The most that a source's page contents may unpack to, in bytes.
pub const MOST_CONTENT: usize = 512 * 1024 * 1024;
/// The most objects that one source may hold.
pub const MOST_OBJECTS: usize = 2_000_000;

/// What is said about the copy and its sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    pub language: Language,
    /// The PDF's own title; stands in the window of whoever opens it.
    pub title: String,
    /// Stamped on every page.
    pub request_number: String,
    /// The day the copy is made, which the caller says: nothing here reads a clock.
    pub date: Date,
    /// In the order of the pages.
    pub sources: Vec<Listed>,
}

/// How a source is bookmarked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub title: String,
    /// The bookmark it stands under, such as a visit and its date. Without one it stands at the top.
    pub under: Option<String>,
}

/// The copy, as laid down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    pub merged: Vec<Merged>,
    /// To be listed beside the copy, in the order of the sources.
    pub unmergeable: Vec<Unmergeable>,
    /// Where every page lies.
    pub index: Index,
    pub bytes: u64,
    pub sha256: [u8; 32],
}

/// A source that is in the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// Its place in [`Cover::sources`].
    pub source: usize,
    /// Its pages in the copy, counted from one, both included.
    pub first: u32,
    pub last: u32,
    pub removed: Removed,
    /// Its page tree says that there are more pages than could be found.
    pub pages_missing: bool,
    /// Its cross-reference table was damaged and had to be rebuilt.
    pub repaired: bool,
}

/// What was left out of a source's pages, by count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Removed {
    pub scripts: u32,
    pub attachments: u32,
    pub media: u32,
    pub signatures: u32,
}

impl Removed {
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// A source that cannot be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmergeable {
    /// Its place in [`Cover::sources`].
    pub source: usize,
    pub reason: Reason,
}

/// Why a source cannot be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    #[error("damaged beyond reading")]
    Broken,
    #[error("opens only with a password")]
    Password,
    #[error("has no pages")]
    NoPages,
    #[error("has more pages or objects than the limit")]
    TooManyPages,
    #[error("unpacks to more than the limit")]
    TooLarge,
    /// Its real documents are attachments, which a copy of its pages would drop without a word.
    #[error("is a folder of files")]
    Portfolio,
    /// An XFA form: its page only says to open it elsewhere.
    #[error("draws its pages with one maker's program")]
    DynamicForm,
    #[error("is of a kind without pages")]
    NotPages,
}

/// Why no copy was made.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    #[error("source {source_index} could not be fetched")]
    Fetch { source_index: usize, source: io::Error },
    #[error("the copy could not be written")]
    Write(#[from] io::Error),
    #[error("no source has a page that can be merged")]
    NothingToMerge,
}

/// Merges the sources into `out`. `fetch` is called once for each, in order, and its bytes are dropped before the next.
///
/// # Errors
/// Only when bytes cannot be fetched or written, or nothing can be merged at all. A source that cannot be merged is
/// no error: it is in [`Built::unmergeable`].
pub fn merge(
    cover: &Cover,
    mut fetch: impl FnMut(usize) -> io::Result<Vec<u8>>,
    out: impl Write,
) -> Result<Built, MergeError> {
    let mut writer = Writer::new(out)?;
    let stamp = Stamp::new(&mut writer, cover.language, &cover.request_number);
    let mut built =
        Built { merged: Vec::new(), unmergeable: Vec::new(), index: Index::new(), bytes: 0, sha256: [0; 32] };
    let mut bookmarks = Vec::new();
    for (source, listed) in cover.sources.iter().enumerate() {
        let bytes = fetch(source).map_err(|error| MergeError::Fetch { source_index: source, source: error })?;
        let opened = match source::open(bytes) {
            Ok(opened) => opened,
            Err(reason) => {
                built.unmergeable.push(Unmergeable { source, reason });
                continue;
            }
        };
        let (pages_missing, repaired) = (opened.pages_missing, opened.repaired);
        let before = built.index.pages.len();
        let (section, removed) = Carry::new(opened, &mut writer, &stamp, source, before).section()?;
        bookmarks.push(Bookmark { listed, page: section.first_page() });
        built.index.push(source, section);
        built.merged.push(Merged {
            source,
            first: number(before + 1),
            last: number(built.index.pages.len()),
            removed,
            pages_missing,
            repaired,
        });
    }
    if built.merged.is_empty() {
        return Err(MergeError::NothingToMerge);
    }
    (built.bytes, built.sha256) = finish::finish(writer, cover, &stamp, &bookmarks, &mut built.index)?;
    Ok(built)
}

fn number(page: usize) -> u32 {
    u32::try_from(page).unwrap_or(u32::MAX)
}
