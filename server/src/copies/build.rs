//! `build-package`: a plan and its documents, in order, become the files of a package. Each file is an output of its own;
//! the page index is the one that nobody is given.

use std::{
    cell::Cell,
    io::{self, BufWriter, Write as _},
};

use press::{
    merge::MergeError,
    package::{Package, PackageError, Plan, package},
    typeset::Unprintable,
};
use serde::{Deserialize, Serialize};

use super::{child, limits};
use crate::sandbox::{
    Job, Sandbox, SandboxError, Sink, Sources,
    child::{Answer, ChildIo, Stop, Verb},
};

pub const VERB: Verb = Verb { name: "build-package", work };

/// Which file an output is. A document that stands beside the copy is told by its place in the plan, so that the
/// parent knows what kind of file it is from the plan, and not from the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Output {
    Copy,
    Letter,
    Manifest,
    Index,
    Beside(u32),
}

impl Output {
    const ALWAYS: [Self; 4] = [Self::Copy, Self::Letter, Self::Manifest, Self::Index];

    pub(super) fn number(self) -> u32 {
        match self {
            Self::Copy => 0,
            Self::Letter => 1,
            Self::Manifest => 2,
            Self::Index => 3,
            Self::Beside(document) => document.saturating_add(4),
        }
    }

    pub fn of(number: u32) -> Self {
        let always = Self::ALWAYS.into_iter().find(|output| output.number() == number);
        always.unwrap_or(Self::Beside(number.saturating_sub(4)))
    }
}

/// What the child says of the package; the bytes went before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// In the order in which they are given out; the index is none of them.
    pub files: Vec<File>,
    /// Which document the pages of the copy are from (none: the letter), and how many follow each other.
    pub pages: Vec<(Option<u32>, u32)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub output: Output,
    pub name: String,
    pub pages: Option<u32>,
}

/// Has a package built. `documents`: those of the plan, in its order; `files` takes each output as it comes.
///
/// # Errors
/// Why there is none; [`super::fails`] says whether the documents are to blame.
pub async fn build(
    sandbox: &Sandbox,
    plan: &Plan,
    documents: impl Sources,
    files: impl Sink,
) -> Result<Made, SandboxError> {
    let limits = limits::build(limits::Size::of(&documents.lengths()));
    let job = Job::new(VERB.name, plan, limits)?;
    let made: Made = sandbox.run(job, documents, files).await?.result()?;
    if made.fits(plan.documents.len()) { Ok(made) } else { Err(BROKEN) }
}

/// What it said cannot be.
const BROKEN: SandboxError = SandboxError::Broken { exit_code: Some(0), stderr_bytes: 0 };

impl Made {
    /// Pages of the copy.
    pub fn page_count(&self) -> u32 {
        self.pages.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }

    fn fits(&self, documents: usize) -> bool {
        let there = |document: u32| usize::try_from(document).is_ok_and(|document| document < documents);
        let plain = |name: &str| {
            (1..=64).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte))
        };
        let [copy, letter, manifest, beside @ ..] = self.files.as_slice() else { return false };
        [(copy, Output::Copy), (letter, Output::Letter), (manifest, Output::Manifest)]
            .iter()
            .all(|(file, output)| file.output == *output)
            && beside.iter().all(|file| matches!(file.output, Output::Beside(document) if there(document)))
            && self.files.iter().all(|file| plain(&file.name))
            && self.pages.iter().all(|(document, _)| document.is_none_or(there))
            && self.page_count() > 0
            && copy.pages == Some(self.page_count())
    }
}

fn work(io: &ChildIo) -> Result<Answer, Stop> {
    child::say_nothing_of_panics();
    let plan: Plan = io.request()?;
    let (fetched, opened) = (Cell::new(0), Cell::new(0));
    let mut outputs = Vec::new();
    let built = package(
        &plan,
        |document| {
            let number = u32::try_from(document).map_err(|_| io::ErrorKind::InvalidInput)?;
            fetched.set(number);
            child::whole(io, number)
        },
        |_, _| {
            // the copy, the letter and the list come first; a document beside is opened right after it was fetched
            let output = match opened.replace(opened.get() + 1) {
                0 => Output::Copy,
                1 => Output::Letter,
                2 => Output::Manifest,
                _ => Output::Beside(fetched.get()),
            };
            // each file is whole before the next begins: the parent has one open at a time
            if let Some(before) = outputs.last() {
                end(io, *before)?;
            }
            outputs.push(output);
            Ok(io.output(output.number()))
        },
    )
    .map_err(stopped)?;
    if let Some(last) = outputs.last() {
        end(io, *last)?;
    }
    let mut index = BufWriter::new(io.output(Output::Index.number()));
    serde_json::to_writer(&mut index, &built.index).map_err(io::Error::from)?;
    index.flush()?;
    Answer::of(&said(built, outputs))
}

fn end(io: &ChildIo, output: Output) -> io::Result<()> {
    io.output(output.number()).flush()
}

fn said(built: Package, outputs: Vec<Output>) -> Made {
    let files = built.files.into_iter().zip(outputs);
    let files = files.map(|(file, output)| File { output, name: file.name, pages: file.pages }).collect();
    let mut pages: Vec<(Option<u32>, u32)> = Vec::new();
    for page in &built.index.pages {
        // source 0 is the letter
        let document = page.source.checked_sub(1).and_then(|document| u32::try_from(document).ok());
        match pages.last_mut() {
            Some((of, count)) if *of == document => *count += 1,
            _ => pages.push((document, 1)),
        }
    }
    Made { files, pages }
}

/// The reason as a code, without a word of a document.
fn stopped(error: PackageError) -> Stop {
    match error {
        PackageError::Unprintable(Unprintable::TooLong) => Stop::Refused("too-long"),
        PackageError::Unprintable(Unprintable::Refused) => Stop::Refused("unprintable"),
        PackageError::Changed { .. } => Stop::Refused("changed"),
        PackageError::Merge(MergeError::NothingToMerge) => Stop::Refused("nothing-to-merge"),
        PackageError::Fetch { source: error, .. }
        | PackageError::Write(error)
        | PackageError::Merge(MergeError::Fetch { source: error, .. } | MergeError::Write(error)) => {
            Stop::Failed(error)
        }
    }
}
