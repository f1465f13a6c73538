//! `check-pages`: whose is every page of a copy? One finding a page, written as an output: there may be many.

use std::io::{self, BufWriter, Write as _};

use bytes::Bytes;
use press::{
    page_check::{CheckError, Expected, Finding, Pictures, check_copy},
    section::{Index, SectionError},
};
use serde::{Deserialize, Serialize};

use super::{child, fails, limits};
use crate::sandbox::{
    Job, Sandbox, SandboxError, Sink, Sources,
    child::{Answer, ChildIo, Stop, Verb},
};

pub const VERB: Verb = Verb { name: "check-pages", work };

const INDEX: u32 = 0;
const COPY: u32 = 1;

/// Whom the pages must be about, and how far their pictures are looked into.
#[derive(Serialize, Deserialize)]
struct Ask {
    expected: Expected,
    pictures: Pictures,
}

/// Has every page of a copy checked. A picture that takes more than a child may use takes nothing from the other pages:
/// a second child unpacks none, and every page that has one is a person's to look at. `index_and_copy`: these two, in
/// this order; `largest`: bytes of the largest document that went in.
///
/// # Errors
/// Why nothing is known of the pages.
pub async fn check(
    sandbox: &Sandbox,
    expected: &Expected,
    pages: u32,
    largest: u64,
    mut index_and_copy: impl Sources,
) -> Result<Vec<Finding>, SandboxError> {
    let mut ask = Ask { expected: expected.clone(), pictures: Pictures::Unpack };
    match once(sandbox, &ask, pages, largest, Lent(&mut index_and_copy)).await {
        Err(error) if fails(&error).is_some() => {
            tracing::warn!(%error, "the pages of a copy are checked without their pictures");
            ask.pictures = Pictures::Doubt;
            once(sandbox, &ask, pages, largest, Lent(&mut index_and_copy)).await
        }
        checked => checked,
    }
}

async fn once(
    sandbox: &Sandbox,
    ask: &Ask,
    pages: u32,
    largest: u64,
    index_and_copy: impl Sources,
) -> Result<Vec<Finding>, SandboxError> {
    let index = index_and_copy.lengths().first().copied().unwrap_or_default();
    let job = Job::new(VERB.name, ask, limits::check(pages.into(), index, largest))?;
    let mut written = Vec::new();
    sandbox.run(job, index_and_copy, Findings(&mut written)).await?;
    let broken = SandboxError::Broken { exit_code: Some(0), stderr_bytes: 0 };
    match serde_json::from_slice::<Vec<Finding>>(&written) {
        Ok(findings) if findings.len() as u64 == u64::from(pages) => Ok(findings),
        _ => Err(broken),
    }
}

/// Sources that are read again.
struct Lent<'s, S>(&'s mut S);

impl<S: Sources> Sources for Lent<'_, S> {
    fn lengths(&self) -> Vec<u64> {
        self.0.lengths()
    }

    async fn read(&mut self, source: u32, offset: u64, at_most: usize) -> io::Result<Bytes> {
        self.0.read(source, offset, at_most).await
    }
}

struct Findings<'a>(&'a mut Vec<u8>);

impl Sink for Findings<'_> {
    async fn write(&mut self, _: u32, bytes: Bytes) -> io::Result<()> {
        self.0.extend_from_slice(&bytes);
        Ok(())
    }
}

fn work(io: &ChildIo) -> Result<Answer, Stop> {
    child::say_nothing_of_panics();
    let Ask { expected, pictures } = io.request()?;
    let index: Index = child::json(io, INDEX)?;
    let findings = check_copy(&index, child::ranges(io, COPY), &expected, pictures).map_err(|error| match error {
        CheckError::Section(SectionError::Read(error)) => Stop::Failed(error),
        CheckError::Section(SectionError::NoSuchPage | SectionError::Mismatch) => Stop::Refused("mismatch"),
        CheckError::Unreadable => Stop::Refused("unreadable"),
    })?;
    let mut output = BufWriter::new(io.output(0));
    serde_json::to_writer(&mut output, &findings).map_err(io::Error::from)?;
    output.flush()?;
    Answer::of(&findings.len())
}
