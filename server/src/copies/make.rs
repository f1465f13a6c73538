//! A whole package: built by one child, checked page by page by another, its bytes staged. Nothing is attached here:
//! that is one act of the office, which takes all of it or nothing. What is staged and never attached is swept.

use std::sync::Arc;

use domain::{
    ids::{PackageId, RequestId},
    package::{FailReason, FileRole, PageCheck},
};
use office::{
    Desk, Error,
    packages::{BuiltFile, BuiltPage, Plan},
};
use press::page_check::{Finding, Verdict};

use super::{
    Made, Output, Stored, build, check, expected, fails, letter,
    shelf::{Kept, Shelf},
};
use crate::sandbox::{Sandbox, SandboxError};

/// What there is to store.
pub struct Ready {
    pub files: Vec<BuiltFile>,
    pub pages: Vec<BuiltPage>,
}

/// Why there is no package.
#[derive(Debug)]
pub enum NotMade {
    /// The documents' doing: trying again makes nothing else of them.
    Fails(FailReason),
    /// A machine's trouble: it may pass.
    Trouble(SandboxError),
    /// The office's: usually that the database is away.
    Office(Error),
}

impl From<Error> for NotMade {
    fn from(error: Error) -> Self {
        match error {
            Error::TooLarge => Self::Fails(FailReason::TooLarge),
            error => Self::Office(error),
        }
    }
}

impl From<SandboxError> for NotMade {
    fn from(error: SandboxError) -> Self {
        match error {
            // what the office said while bytes came or went
            SandboxError::Source(error) | SandboxError::Sink(error) => match error.downcast::<Error>() {
                Ok(said) => said.into(),
                Err(error) => Self::Trouble(SandboxError::Sink(error)),
            },
            error => fails(&error).map_or(Self::Trouble(error), Self::Fails),
        }
    }
}

/// Builds and checks. `sandbox`: its turns are how many packages this server works on at once.
///
/// # Errors
/// Why there is nothing to store.
pub async fn make(
    desk: &Arc<Desk>,
    sandbox: &Sandbox,
    request: RequestId,
    package: PackageId,
    plan: &Plan,
) -> Result<Ready, NotMade> {
    let facility = request.facility;
    let documents = plan.documents.iter().map(|document| (document.blob, document.bytes)).collect();
    let media_types = plan.documents.iter().map(|document| document.media_type.clone()).collect();
    let mut sources = Stored::new(desk, facility, documents);
    let mut shelf = Shelf::new(desk, request, media_types);
    let made = match build(sandbox, &letter::plan(plan), &mut sources, &mut shelf).await {
        Ok(made) => made,
        Err(error) => {
            // by its place in the list of what goes in, from one: a title is health data
            let last_read = sources.last_read().map(|place| place + 1);
            tracing::warn!(%package, last_read, %error, "a package was not built");
            return Err(error.into());
        }
    };
    let outputs = made.files.iter().map(|file| file.output).chain([Output::Index]);
    shelf.finish(outputs).await?;

    let (Some(index), Some(copy)) = (find(&shelf, Output::Index), find(&shelf, Output::Copy)) else {
        return Err(NotMade::Fails(FailReason::Stopped));
    };
    let mut both = Stored::new(desk, facility, vec![(index.staged.blob, index.bytes), (copy.staged.blob, copy.bytes)]);
    let largest = plan.documents.iter().map(|document| document.bytes).max().unwrap_or_default();
    let findings = check(sandbox, &expected(plan), made.page_count(), largest, &mut both).await?;
    let pages = pages(&made, &findings);
    Ok(Ready { files: files(made, &shelf)?, pages })
}

fn find<'a>(shelf: &'a Shelf<'_>, output: Output) -> Option<&'a Kept> {
    shelf.files.iter().find(|kept| kept.output == output)
}

/// What the child said of its files, beside what arrived of them; the index last, which nobody is given.
fn files(made: Made, shelf: &Shelf<'_>) -> Result<Vec<BuiltFile>, NotMade> {
    let index = super::File { output: Output::Index, name: INDEX.to_owned(), pages: None };
    made.files
        .into_iter()
        .chain([index])
        .map(|file| {
            let (kept, media_type) = find(shelf, file.output)
                .zip(shelf.media_type(file.output))
                .ok_or(NotMade::Fails(FailReason::Stopped))?;
            Ok(BuiltFile {
                role: match file.output {
                    Output::Copy => FileRole::Copy,
                    Output::Letter => FileRole::Letter,
                    Output::Manifest => FileRole::Manifest,
                    Output::Index => FileRole::Index,
                    Output::Beside(_) => FileRole::Beside,
                },
                name: file.name,
                media_type: media_type.to_owned(),
                pages: file.pages,
                sha256: kept.sha256,
                staged: kept.staged,
            })
        })
        .collect()
}

const INDEX: &str = "index.json";

fn pages(made: &Made, findings: &[Finding]) -> Vec<BuiltPage> {
    let documents = made.pages.iter().flat_map(|(document, count)| (0..*count).map(move |_| *document));
    documents.zip(findings).map(|(document, finding)| BuiltPage { document, checks: checks(finding) }).collect()
}

/// What the office hears of a page. A page that also names somebody else is never passed, whoever else it names.
fn checks(finding: &Finding) -> Vec<PageCheck> {
    let says = match finding.verdict {
        Verdict::Blank => PageCheck::Blank,
        _ if finding.names_another => PageCheck::AnotherPerson,
        Verdict::Confirmed => PageCheck::Confirmed,
        Verdict::AnotherPerson => PageCheck::AnotherPerson,
        Verdict::CannotConfirm | Verdict::NoText => PageCheck::CannotConfirm,
    };
    let undrawn = finding.undrawn.then_some(PageCheck::NotDrawn);
    std::iter::once(says).chain(undrawn).chain(finding.same_as.map(|_| PageCheck::Duplicate)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_that_names_the_patient_and_nobody_else_is_confirmed() {
        let said =
            |verdict, names_another, same_as| checks(&Finding { verdict, names_another, undrawn: false, same_as });
        assert_eq!(said(Verdict::Confirmed, false, None), [PageCheck::Confirmed]);
        assert_eq!(said(Verdict::Confirmed, true, None), [PageCheck::AnotherPerson]);
        assert_eq!(said(Verdict::AnotherPerson, true, None), [PageCheck::AnotherPerson]);
        assert_eq!(said(Verdict::CannotConfirm, false, None), [PageCheck::CannotConfirm]);
        assert_eq!(said(Verdict::NoText, false, Some(3)), [PageCheck::CannotConfirm, PageCheck::Duplicate]);
        assert_eq!(said(Verdict::Blank, false, None), [PageCheck::Blank]);
        assert_eq!(said(Verdict::Confirmed, false, Some(0)), [PageCheck::Confirmed, PageCheck::Duplicate]);
    }

    #[test]
    fn a_page_that_cannot_be_drawn_whole_is_a_persons_to_answer_for_whoever_it_names() {
        let finding = Finding { verdict: Verdict::Confirmed, names_another: false, undrawn: true, same_as: None };
        assert_eq!(checks(&finding), [PageCheck::Confirmed, PageCheck::NotDrawn]);
    }
}
