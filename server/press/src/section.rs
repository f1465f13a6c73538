//! Where each page of a copy lies, and one source's part of a copy as a PDF of its own.
//!
//! A checker looks at a copy of thousands of pages one page at a time. Each source's objects lie together in the copy
//! and lead to nothing outside but a few shared ones, so its part can be opened without reading the rest.

use std::{io, ops::Range};

use lopdf::{Object, dictionary};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::merge::{HEADER, PAGE_TREE, ROOT, close, complete, spell};

/// Where everything lies in a copy. It is kept beside the copy, sealed like it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// In the order of the copy.
    pub pages: Vec<PageEntry>,
    pub(crate) sections: Vec<Section>,
    /// The objects that every section refers to: where they lie, and each one's number and place among them.
    shared: Range<u64>,
    placed: Vec<(u32, u64)>,
    pub(crate) font: u32,
}

/// One page of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageEntry {
    /// The source it comes from, by its place in the list of sources.
    pub source: usize,
    /// Its place among the source's pages, from zero.
    pub source_page: usize,
    /// Where its source's section lies in the copy.
    pub bytes: Range<u64>,
    /// Which section that is.
    section: usize,
}

/// One source's part of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Section {
    pub(crate) bytes: Range<u64>,
    /// The number of its page tree, and of its first object.
    pub(crate) tree: u32,
    /// Where its objects lie, in the order of their numbers, from the section's start.
    pub(crate) offsets: Vec<u64>,
    pub(crate) pages: Vec<u32>,
    pub(crate) layers: Vec<u32>,
    pub(crate) hidden: Vec<u32>,
    pub(crate) fields: Option<u32>,
}

impl Section {
    pub(crate) fn first_page(&self) -> u32 {
        self.pages.first().copied().unwrap_or(self.tree)
    }
}

impl Index {
    pub(crate) fn new() -> Self {
        Self { pages: Vec::new(), sections: Vec::new(), shared: 0..0, placed: Vec::new(), font: 0 }
    }

    pub(crate) fn push(&mut self, source: usize, section: Section) {
        let at = self.sections.len();
        self.pages.extend((0..section.pages.len()).map(|source_page| PageEntry {
            source,
            source_page,
            bytes: section.bytes.clone(),
            section: at,
        }));
        self.sections.push(section);
    }

    pub(crate) fn share(&mut self, bytes: Range<u64>, placed: Vec<(u32, u64)>, font: u32) {
        (self.shared, self.placed, self.font) = (bytes, placed, font);
    }
}

/// Why a section could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum SectionError {
    #[error("the copy has no such page")]
    NoSuchPage,
    #[error("the copy could not be read")]
    Read(#[from] io::Error),
    #[error("the index does not belong to this copy")]
    Mismatch,
}

/// The section that holds a page of the copy, counted from zero, as a PDF of all its source's pages. Which of them it
/// is, [`PageEntry::source_page`] says. `read` gives a range of the copy's bytes; it is called twice.
///
/// # Errors
/// [`SectionError`].
pub fn section(
    index: &Index,
    mut read: impl FnMut(Range<u64>) -> io::Result<Vec<u8>>,
    page: usize,
) -> Result<Vec<u8>, SectionError> {
    let entry = index.pages.get(page).ok_or(SectionError::NoSuchPage)?;
    let section = index.sections.get(entry.section).ok_or(SectionError::Mismatch)?;
    let mut fetch = |range: Range<u64>| {
        let long = range.end.checked_sub(range.start).ok_or(SectionError::Mismatch)?;
        let bytes = read(range)?;
        if bytes.len() as u64 == long { Ok(bytes) } else { Err(SectionError::Mismatch) }
    };
    let mut pdf = HEADER.to_vec();
    let at_section = pdf.len() as u64;
    pdf.append(&mut fetch(section.bytes.clone())?);
    let at_shared = pdf.len() as u64;
    pdf.append(&mut fetch(index.shared.clone())?);

    let own = Index { sections: vec![section.clone()], font: index.font, ..Index::new() };
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => Object::Reference((PAGE_TREE, 0)) };
    complete(&mut catalog, &own);
    let tree = dictionary! {
        "Type" => "Pages", "Count" => i64::try_from(section.pages.len()).unwrap_or(i64::MAX),
        "Kids" => vec![Object::Reference((section.tree, 0))],
    };
    let mut placed = vec![(ROOT, Object::Dictionary(catalog)), (PAGE_TREE, Object::Dictionary(tree))]
        .into_iter()
        .map(|(id, object)| {
            let at = pdf.len() as u64;
            pdf.extend_from_slice(format!("{id} 0 obj\n").as_bytes());
            spell(&mut pdf, &object)?;
            pdf.extend_from_slice(b"\nendobj\n");
            Ok((id, [at]))
        })
        .collect::<io::Result<Vec<_>>>()?;
    placed.extend(index.placed.iter().map(|(id, at)| (*id, [at_shared + at])));
    placed.sort_unstable();
    let offsets: Vec<u64> = section.offsets.iter().map(|at| at_section + at).collect();
    let mut runs: Vec<(u32, &[u64])> = placed.iter().map(|(id, at)| (*id, at.as_slice())).collect();
    runs.push((section.tree, &offsets));
    let start = pdf.len() as u64;
    let id = Sha256::digest(&pdf);
    close(&mut pdf, start, &runs, None, &id[..16])?;
    Ok(pdf)
}
