//! The whole package, an ordered list of files: the copy, the tagged letter, the tagged list, then what could not be
//! merged, as it is kept.
//!
//! The copy begins with the letter as it looks. Merging drops what makes a letter readable to a screen reader, so the
//! tagged letter and list go as files of their own.

use std::io::{self, Write};

use domain::document::{Category, DatesOfService, Standing};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    merge::{Cover, Listed, MergeError, Merged, Unmergeable, merge},
    section::Index,
    typeset::{Letter, Manifest, Place, Row, Unprintable, letter, manifest},
    words::words,
};

/// What is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub letter: Letter,
    /// In the order of the copy.
    pub documents: Vec<Planned>,
}

/// One document of the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    pub title: String,
    pub care: DatesOfService,
    pub category: Category,
    /// Where it is not final.
    pub standing: Option<Standing>,
    /// The visit or stay it belongs to, with its date, as the bookmark says it.
    pub visit: Option<String>,
    /// As it is kept; names the file that goes beside the copy.
    pub media_type: String,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// In the order in which they were written and are to be given out.
    pub files: Vec<PackageFile>,
    /// By document, in the order of [`Plan::documents`].
    pub documents: Vec<Row>,
    /// Of the copy, the first of the files; its source 0 is the letter and source `n` document `n - 1`.
    pub index: Index,
}

/// One file of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageFile {
    pub name: String,
    pub media_type: String,
    pub bytes: u64,
    pub sha256: [u8; 32],
    /// `None` for what has no pages, or none that can be counted.
    pub pages: Option<u32>,
}

/// Why no package was made.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    #[error(transparent)]
    Merge(#[from] MergeError),
    #[error("document {document} could not be fetched")]
    Fetch { document: usize, source: io::Error },
    #[error("document {document} changed while the package was made")]
    Changed { document: usize },
    #[error("a file of the package could not be written")]
    Write(#[from] io::Error),
}

/// Makes the package. `fetch` gives a document's bytes by its place in the plan: once for the copy, and once more for
/// one that goes beside it. `open` is called with each file's name and media type, one file after another.
///
/// # Errors
/// [`PackageError`]. A document that cannot be merged is none: it goes beside the copy, and the list says why.
pub fn package<W: Write>(
    plan: &Plan,
    mut fetch: impl FnMut(usize) -> io::Result<Vec<u8>>,
    mut open: impl FnMut(&str, &str) -> io::Result<W>,
) -> Result<Package, PackageError> {
    let language = plan.letter.language;
    let words = words(language);
    let cover_letter = letter(&plan.letter)?;
    let mut digests = vec![[0; 32]; plan.documents.len()];
    let mut files = Vec::new();

    let cover = Cover {
        language,
        title: words.letter.title.to_owned(),
        request_number: plan.letter.request_number.clone(),
        date: plan.letter.date,
        sources: sources(plan),
    };
    let built = merge(
        &cover,
        |source| {
            let Some(document) = source.checked_sub(1) else { return Ok(cover_letter.pdf.clone()) };
            let bytes = fetch(document)?;
            digests[document] = Sha256::digest(&bytes).into();
            Ok(bytes)
        },
        open(COPY, PDF)?,
    )?;
    files.push(PackageFile {
        name: COPY.to_owned(),
        media_type: PDF.to_owned(),
        bytes: built.bytes,
        sha256: built.sha256,
        pages: Some(u32::try_from(built.index.pages.len()).unwrap_or(u32::MAX)),
    });
    files.push(write(open(LETTER, PDF)?, LETTER, PDF, &cover_letter.pdf, Some(cover_letter.pages))?);

    let rows = rows(plan, &digests, &built.merged, &built.unmergeable);
    let list = Manifest {
        language,
        request_number: plan.letter.request_number.clone(),
        date: plan.letter.date,
        rows: rows.clone(),
    };
    let list = manifest(&list)?;
    files.push(write(open(MANIFEST, PDF)?, MANIFEST, PDF, &list.pdf, Some(list.pages))?);

    for (document, row) in rows.iter().enumerate() {
        let Place::Beside { file, .. } = &row.place else { continue };
        let media_type = &plan.documents[document].media_type;
        let bytes = fetch(document).map_err(|source| PackageError::Fetch { document, source })?;
        if <[u8; 32]>::from(Sha256::digest(&bytes)) != row.sha256 {
            return Err(PackageError::Changed { document });
        }
        files.push(write(open(file, media_type)?, file, media_type, &bytes, None)?);
    }
    Ok(Package { files, documents: rows, index: built.index })
}

const COPY: &str = "copy.pdf";
const LETTER: &str = "letter.pdf";
const MANIFEST: &str = "manifest.pdf";
const PDF: &str = "application/pdf";

fn sources(plan: &Plan) -> Vec<Listed> {
    let words = words(plan.letter.language);
    let document = |planned: &Planned| {
        let title = match (words.care)(planned.care) {
            Some(dated) => format!("{}, {dated}", planned.title),
            None => planned.title.clone(),
        };
        Listed { title, under: Some(planned.visit.clone().unwrap_or_else(|| words.no_visit.to_owned())) }
    };
    let letter = Listed { title: words.letter.title.to_owned(), under: None };
    std::iter::once(letter).chain(plan.documents.iter().map(document)).collect()
}

fn rows(plan: &Plan, digests: &[[u8; 32]], merged: &[Merged], unmergeable: &[Unmergeable]) -> Vec<Row> {
    let mut rows: Vec<Row> = plan
        .documents
        .iter()
        .zip(digests)
        .enumerate()
        .map(|(document, (planned, sha256))| {
            let beside = unmergeable.iter().find(|gone| gone.source == document + 1);
            let reason = beside.map_or(crate::merge::Reason::Broken, |gone| gone.reason);
            let file = format!("document-{:03}.{}", document + 1, extension(&planned.media_type));
            Row {
                title: planned.title.clone(),
                care: planned.care,
                category: planned.category,
                standing: planned.standing,
                place: Place::Beside { file, reason },
                sha256: *sha256,
            }
        })
        .collect();
    for part in merged {
        if let Some(row) = part.source.checked_sub(1).and_then(|document| rows.get_mut(document)) {
            row.place = Place::Copy {
                first: part.first,
                last: part.last,
                removed: part.removed,
                pages_missing: part.pages_missing,
            };
        }
    }
    rows
}

/// A name's ending that the usual programs open; never one that runs.
fn extension(media_type: &str) -> &'static str {
    match media_type {
        PDF => "pdf",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/tiff" => "tif",
        "image/heic" | "image/heif" => "heic",
        "application/dicom" => "dcm",
        "application/fhir+json" | "application/json" => "json",
        "application/xml" | "text/xml" | "application/hl7-cda+xml" => "xml",
        "text/plain" => "txt",
        "application/rtf" | "text/rtf" => "rtf",
        _ => "bin",
    }
}

fn write(
    mut out: impl Write,
    name: &str,
    media_type: &str,
    bytes: &[u8],
    pages: Option<u32>,
) -> io::Result<PackageFile> {
    out.write_all(bytes)?;
    out.flush()?;
    Ok(PackageFile {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        bytes: bytes.len() as u64,
        sha256: Sha256::digest(bytes).into(),
        pages,
    })
}
