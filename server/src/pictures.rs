//! Pictures that people send: read, turned upright and written anew in a child of their own, so that what is kept is a
//! plain picture and nothing that came with it.

use std::{
    io::{Read as _, Write as _},
    time::Duration,
};

use bytes::Bytes;
use domain::form::FieldCode;
use intake::picture::{self, Problem};

use crate::sandbox::{
    Job, Limits, Sandbox, SandboxError,
    child::{Answer, ChildIo, Stop, Verb},
};

pub const VERB: Verb = Verb { name: "picture", work };

const DECODED: u64 = 256 << 20;
const CHILD: Limits = Limits {
    // a picture decoded, turned and encoded, each in memory of its own
    memory: 3 * DECODED,
    processor_seconds: 30,
    time: Duration::from_mins(1),
    output: 64 << 20,
};

/// In the child: one file in, a JPEG for each of its pages out.
fn work(io: &ChildIo) -> Result<Answer, Stop> {
    let mut bytes = Vec::new();
    io.source(0).ok_or(Stop::Refused("no-source"))?.read_to_end(&mut bytes)?;
    let pages: u8 = io.request()?;
    let limits =
        picture::Limits { pages: pages.into(), refuse_more: true, memory: DECODED, ..picture::Limits::default() };
    let read = picture::read(&bytes, &limits).map_err(|problem| Stop::Refused(code(problem)))?;
    let mut count = 0_u32;
    for picture in read.pictures {
        io.output(count).write_all(&picture.jpeg)?;
        count += 1;
    }
    Answer::of(&count)
}

/// As the child says it: letters and dashes only.
const fn code(problem: Problem) -> &'static str {
    match problem {
        Problem::NotAPicture => "not-a-picture",
        Problem::Heic => "heic",
        Problem::OtherFormat => "other-format",
        Problem::Animated => "animated",
        Problem::TooLarge => "too-large",
        Problem::Truncated => "truncated",
        Problem::Unreadable => "unreadable",
        Problem::PasswordNeeded => "password-needed",
        Problem::TooManyPages => "too-many-pages",
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// The file's own fault: the code of a sentence.
    #[error("the file is no picture of ours: {0}")]
    File(&'static str),
    #[error("the file has more pages than may be sent")]
    TooManyPages,
    #[error(transparent)]
    Machine(SandboxError),
}

/// The pictures in a file of at most so many pages, each a JPEG.
///
/// # Errors
/// What is wrong with the file, or with this machine.
pub async fn read(sandbox: &Sandbox, file: Bytes, pages: u8) -> Result<Vec<Vec<u8>>, Unread> {
    let job = Job::new(VERB.name, &pages, CHILD).map_err(Unread::Machine)?;
    let mut written = vec![Vec::new(); usize::from(pages)];
    let outcome = sandbox.run(job, vec![file], Pages(&mut written)).await.map_err(unread)?;
    let count: u32 = outcome.result().map_err(unread)?;
    written.truncate(usize::try_from(count).unwrap_or_default());
    if written.is_empty() || written.iter().any(Vec::is_empty) {
        return Err(Unread::File(FieldCode::FileUnreadable.code()));
    }
    Ok(written)
}

struct Pages<'a>(&'a mut Vec<Vec<u8>>);

impl crate::sandbox::Sink for Pages<'_> {
    async fn write(&mut self, output: u32, bytes: Bytes) -> std::io::Result<()> {
        self.0.write(output, bytes).await
    }
}

fn unread(error: SandboxError) -> Unread {
    match error {
        SandboxError::Refused { code } if code == "too-many-pages" => Unread::TooManyPages,
        SandboxError::Refused { code } => Unread::File(match code.as_str() {
            "heic" => FieldCode::FileHeic.code(),
            "animated" => FieldCode::FileAnimated.code(),
            "truncated" => FieldCode::FileCut.code(),
            "password-needed" => FieldCode::FileLocked.code(),
            "too-large" => FieldCode::FileTooBig.code(),
            "not-a-picture" | "other-format" => FieldCode::FileKind.code(),
            _ => FieldCode::FileUnreadable.code(),
        }),
        // a file that does this to whoever reads it is not read
        SandboxError::TimedOut
        | SandboxError::OutOfMemory
        | SandboxError::Killed { .. }
        | SandboxError::Broken { .. }
        | SandboxError::TooMuchOutput => Unread::File(FieldCode::FileUnreadable.code()),
        SandboxError::Source(_) | SandboxError::Sink(_) | SandboxError::NotStarted(_) => Unread::Machine(error),
    }
}
