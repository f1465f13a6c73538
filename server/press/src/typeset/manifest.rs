//! The list of what a package holds: title, date, kind, pages in the copy, digest.

use domain::document::{Category, DatesOfService, Standing};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Typeset, Unprintable,
    world::{plain, print, ymd},
};
use crate::{
    language::Language,
    merge::{Reason, Removed},
    words::words,
};

const TEMPLATE: &str = concat!(include_str!("page.typ"), include_str!("manifest.typ"));

/// Everything the list says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub language: Language,
    pub request_number: String,
    pub date: Date,
    pub rows: Vec<Row>,
}

/// One document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub title: String,
    pub care: DatesOfService,
    pub category: Category,
    /// Where it is not final: a file does not always say so itself.
    pub standing: Option<Standing>,
    pub place: Place,
    /// Of the document as it is kept, not of its pages in the copy.
    pub sha256: [u8; 32],
}

/// Where a document stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In the copy, from this page to that, counted from one.
    Copy { first: u32, last: u32, removed: Removed, pages_missing: bool },
    /// A file of its own.
    Beside { file: String, reason: Reason },
}

/// Typesets the list. Its memory grows with its rows: some 5,000 are the most that fit [`super::MOST_BYTES`].
///
/// # Errors
/// [`Unprintable`]: the list is longer than a document may be, or cannot be laid out.
pub fn manifest(manifest: &Manifest) -> Result<Typeset, Unprintable> {
    let table = words(manifest.language);
    let words = &table.manifest;
    let request = plain(&manifest.request_number).replace('\n', " ");
    print(
        TEMPLATE,
        &Sheet {
            title: words.title,
            date: Some(ymd(manifest.date)),
            lang: manifest.language.code(),
            head: None,
            foot: format!("{} {request}", table.letter.request),
            page: table.page,
            of: table.of,
            facts: vec![(table.letter.request, request), (table.letter.date, manifest.language.date(manifest.date))],
            opening: words.opening,
            columns: [words.number, words.document, words.dated, words.category, words.pages, words.digest],
            rows: (1..).zip(&manifest.rows).map(|(number, row)| line(number, row, manifest.language)).collect(),
        },
    )
}

#[derive(Serialize)]
struct Sheet {
    title: &'static str,
    date: Option<[i16; 3]>,
    lang: &'static str,
    head: Option<String>,
    foot: String,
    page: &'static str,
    of: &'static str,
    facts: Vec<(&'static str, String)>,
    opening: &'static str,
    columns: [&'static str; 6],
    rows: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    number: String,
    document: String,
    dated: String,
    category: &'static str,
    pages: String,
    sha256: String,
}

fn line(number: u32, row: &Row, language: Language) -> Line {
    let table = words(language);
    let words = &table.manifest;
    let mut document = plain(&row.title);
    let mut say = |sentence: &str| {
        document.push('\n');
        document.push_str(sentence);
    };
    if let Some(standing) = row.standing {
        say((table.standing)(standing));
    }
    let pages = match &row.place {
        Place::Copy { first, last, removed, pages_missing } => {
            if !removed.is_nothing() {
                let named = [
                    (removed.scripts, words.removed_scripts),
                    (removed.attachments, words.removed_attachments),
                    (removed.media, words.removed_media),
                    (removed.signatures, words.removed_signatures),
                ];
                let list: Vec<_> = named.iter().filter(|(count, _)| *count > 0).map(|(_, name)| *name).collect();
                say(&format!("{} {}.", words.removed, list.join(", ")));
            }
            if *pages_missing {
                say(words.missing_pages);
            }
            if first == last { first.to_string() } else { format!("{first} {} {last}", words.to) }
        }
        Place::Beside { file, reason } => {
            say(&format!("{} {file}", words.beside));
            say((table.beside)(*reason));
            "–".to_owned()
        }
    };
    // two dates in one line would leave no room for the titles
    let dated = (table.care)(row.care).map(|dated| dated.replace("– ", "–\n"));
    Line {
        number: number.to_string(),
        document,
        dated: dated.unwrap_or_else(|| words.undated.to_owned()),
        category: (table.category)(row.category),
        pages,
        sha256: hex(&row.sha256),
    }
}

fn hex(digest: &[u8; 32]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    digest.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|nibble| DIGITS[usize::from(nibble)] as char).collect()
}
