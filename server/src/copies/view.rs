//! `view-page`: one page of a copy as a picture. Of the copy, only the part that the page lies in is read.

use std::io::Write as _;

use press::{
    section::{Index, SectionError, section},
    view::{Unseen, view as draw},
};
use serde::{Deserialize, Serialize};

use super::{child, limits};
use crate::sandbox::{
    Job, Sandbox, SandboxError, Sources,
    child::{Answer, ChildIo, Stop, Verb},
};

pub const VERB: Verb = Verb { name: "view-page", work };

const INDEX: u32 = 0;
const COPY: u32 = 1;
pub(crate) const NO_SUCH_PAGE: &str = "no-such-page";

/// Which page, counted from zero, and how wide in pixels.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct View {
    pub page: u32,
    pub width: u16,
}

/// Has a page drawn, as PNG. `index_and_copy`: these two, in this order.
///
/// # Errors
/// Why it is not to be seen.
pub async fn view(sandbox: &Sandbox, what: View, index_and_copy: impl Sources) -> Result<Vec<u8>, SandboxError> {
    let lengths = index_and_copy.lengths();
    let length = |number: u32| lengths.get(number as usize).copied().unwrap_or_default();
    let job = Job::new(VERB.name, &what, limits::view(length(INDEX), length(COPY)))?;
    let mut picture = vec![Vec::new()];
    sandbox.run(job, index_and_copy, Picture(&mut picture)).await?;
    Ok(picture.swap_remove(0))
}

struct Picture<'a>(&'a mut Vec<Vec<u8>>);

impl crate::sandbox::Sink for Picture<'_> {
    async fn write(&mut self, output: u32, bytes: bytes::Bytes) -> std::io::Result<()> {
        self.0.write(output, bytes).await
    }
}

fn work(io: &ChildIo) -> Result<Answer, Stop> {
    child::say_nothing_of_panics();
    let View { page, width } = io.request()?;
    let page = usize::try_from(page).map_err(|_| Stop::Refused(NO_SUCH_PAGE))?;
    let index: Index = child::json(io, INDEX)?;
    let place = index.pages.get(page).ok_or(Stop::Refused(NO_SUCH_PAGE))?.source_page;
    let part = section(&index, child::ranges(io, COPY), page).map_err(|error| match error {
        SectionError::Read(error) => Stop::Failed(error),
        SectionError::NoSuchPage => Stop::Refused(NO_SUCH_PAGE),
        SectionError::Mismatch => Stop::Refused("mismatch"),
    })?;
    let picture = draw(part, place, width).map_err(|unseen| match unseen {
        Unseen::NoSuchPage => Stop::Refused(NO_SUCH_PAGE),
        Unseen::Unreadable => Stop::Refused("unreadable"),
    })?;
    io.output(0).write_all(&picture)?;
    Answer::of(&())
}
