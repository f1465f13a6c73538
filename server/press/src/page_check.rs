//! Whose is every page? Before a second person looks at a copy, each page's text is held against the patient it is for.
//!
//! The text is what a reader sees, forms and annotations included, without our own stamp. A page without text is never
//! passed: a person must look. The check errs to that side: it confirms only what stands on the page.

mod dates;
mod identity;
mod text;

use std::{collections::HashMap, io, ops::Range};

use domain::document::Whose;
use hayro::hayro_syntax::Pdf;
use serde::{Deserialize, Serialize};

use self::{identity::Identity, text::read};
use crate::{
    guard::guarded,
    section::{Index, SectionError, section},
};

/// Whom the pages must be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    pub patient: Whose,
    /// Names the patient had, and other ways in which sources write the name.
    pub former_names: Vec<String>,
    /// Record numbers that other charts or facilities gave the same patient.
    pub other_record_numbers: Vec<String>,
}

/// What a page says about whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The patient's record number stands on it, or a name and the birth date.
    Confirmed,
    /// It names somebody else where it says whose it is, and does not name the patient.
    AnotherPerson,
    /// It has text, which does not say enough.
    CannotConfirm,
    /// It shows something, without text: a scan.
    NoText,
    /// It shows nothing.
    Blank,
}

/// One page's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub verdict: Verdict,
    /// It also names somebody else where it says whose it is, even though it names the patient.
    pub names_another: bool,
    /// A font or a picture of it cannot be drawn here: who looks at it does not see all of it.
    pub undrawn: bool,
    /// The first page with the very same content, counted from zero.
    pub same_as: Option<usize>,
}

/// How far pictures are looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pictures {
    /// Each is unpacked, to learn whether it can be drawn.
    Unpack,
    /// None is, and of none it is said that it can be drawn.
    Doubt,
}

/// Why a copy could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    #[error(transparent)]
    Section(#[from] SectionError),
    #[error("the pages cannot be read")]
    Unreadable,
}

/// Checks every page of a copy, one source's part at a time. `read` gives a range of the copy's bytes.
///
/// # Errors
/// [`CheckError`]: nothing is passed then.
pub fn check_copy(
    index: &Index,
    mut read: impl FnMut(Range<u64>) -> io::Result<Vec<u8>>,
    expected: &Expected,
    pictures: Pictures,
) -> Result<Vec<Finding>, CheckError> {
    let mut check = Check::new(expected, pictures);
    while let Some(entry) = index.pages.get(check.findings.len()) {
        let first = check.findings.len();
        let part = section(index, &mut read, first)?;
        check.pages(part)?;
        // A part that reads as fewer pages than were laid down would let the next part stand for them.
        let laid = index.pages[first..].iter().take_while(|page| page.bytes == entry.bytes).count();
        if check.findings.len() != first + laid {
            return Err(CheckError::Unreadable);
        }
    }
    Ok(check.findings)
}

/// Checks every page of one PDF.
///
/// # Errors
/// [`CheckError::Unreadable`].
pub fn check_pages(pdf: Vec<u8>, expected: &Expected) -> Result<Vec<Finding>, CheckError> {
    let mut check = Check::new(expected, Pictures::Unpack);
    check.pages(pdf)?;
    Ok(check.findings)
}

/// What each page says, line by line, as the check reads it. Our own stamp is not part of it.
///
/// # Errors
/// [`CheckError::Unreadable`].
pub fn lines(pdf: Vec<u8>) -> Result<Vec<Vec<String>>, CheckError> {
    guarded(|| {
        let pdf = Pdf::new(pdf).map_err(|_| CheckError::Unreadable)?;
        let mut pages = Vec::new();
        read(&pdf, Pictures::Doubt, |page| pages.push(page.lines));
        Ok(pages)
    })
    .unwrap_or(Err(CheckError::Unreadable))
}

struct Check {
    identity: Identity,
    pictures: Pictures,
    findings: Vec<Finding>,
    /// The first page of each content.
    seen: HashMap<[u8; 32], usize>,
}

impl Check {
    fn new(expected: &Expected, pictures: Pictures) -> Self {
        Self { identity: Identity::new(expected), pictures, findings: Vec::new(), seen: HashMap::new() }
    }

    fn pages(&mut self, pdf: Vec<u8>) -> Result<(), CheckError> {
        guarded(|| {
            let pdf = Pdf::new(pdf).map_err(|_| CheckError::Unreadable)?;
            read(&pdf, self.pictures, |page| {
                let claim = self.identity.judge(&page.lines);
                let verdict = if page.lines.iter().any(|line| line.chars().any(char::is_alphanumeric)) {
                    claim.verdict()
                } else if page.drawn {
                    Verdict::NoText
                } else {
                    Verdict::Blank
                };
                let here = self.findings.len();
                let first = *self.seen.entry(page.digest).or_insert(here);
                self.findings.push(Finding {
                    verdict,
                    names_another: claim.another,
                    undrawn: page.undrawn,
                    same_as: (first != here && verdict != Verdict::Blank).then_some(first),
                });
            });
            Ok(())
        })
        .unwrap_or(Err(CheckError::Unreadable))
    }
}
