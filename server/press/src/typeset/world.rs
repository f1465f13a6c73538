//! The world a template lives in: itself, one data file, the built-in fonts. No file system, no clock, no packages.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Serialize;
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{MOST_BYTES, Typeset, Unprintable};
use crate::{VERSION, guard::guarded};

/// Sets `data` by `template`.
///
/// # Errors
/// [`Unprintable::TooLong`] before anything is set; [`Unprintable::Refused`] when Typst cannot lay it out.
pub(super) fn print(template: &'static str, data: &impl Serialize) -> Result<Typeset, Unprintable> {
    let data = serde_json::to_vec(data).map_err(|_| Unprintable::Refused)?;
    if data.len() > MOST_BYTES {
        return Err(Unprintable::TooLong);
    }
    let printed = guarded(|| {
        let room = Room::new(template, data)?;
        let document = typst::compile::<PagedDocument>(&room).output.map_err(|_| Unprintable::Refused)?;
        let pages = u32::try_from(document.pages().len()).map_err(|_| Unprintable::Refused)?;
        if let Ok(pdf) = typst_pdf::pdf(&document, &options(&[PdfStandard::Ua_1])?) {
            return Ok(Typeset { pdf, pages, accessible: true });
        }
        let pdf = typst_pdf::pdf(&document, &options(&[])?).map_err(|_| Unprintable::Refused)?;
        Ok(Typeset { pdf, pages, accessible: false })
    });
    // The compiler remembers every document it has set unless told to forget.
    comemo::evict(0);
    printed.unwrap_or(Err(Unprintable::Refused))
}

/// A date as the templates take it: year, month, day.
pub(super) fn ymd(date: Date) -> [i16; 3] {
    [date.year(), date.month().into(), date.day().into()]
}

/// Text as it may stand in a tagged PDF: no control characters, which fonts have no glyphs for, except line breaks.
pub(super) fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

fn options(standards: &[PdfStandard]) -> Result<PdfOptions, Unprintable> {
    Ok(PdfOptions {
        creator: typst::foundations::Smart::Custom(Some(format!("Records portal press {VERSION}"))),
        standards: PdfStandards::new(standards).map_err(|_| Unprintable::Refused)?,
        ..PdfOptions::default()
    })
}

static FONTS: LazyLock<FontStore> = LazyLock::new(|| {
    let mut fonts = FontStore::new();
    fonts.extend(typst_kit::fonts::embedded());
    fonts
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

struct Room {
    main: Source,
    data_id: FileId,
    data: Bytes,
}

impl Room {
    fn new(template: &'static str, data: Vec<u8>) -> Result<Self, Unprintable> {
        let id = |path| {
            let path = VirtualPath::new(path).map_err(|_| Unprintable::Refused)?;
            Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
        };
        Ok(Self {
            main: Source::new(id("/main.typ")?, template.to_owned()),
            data_id: id("/data.json")?,
            data: Bytes::new(data),
        })
    }
}

impl World for Room {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        FONTS.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
