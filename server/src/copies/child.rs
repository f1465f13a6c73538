//! What the verbs of this slice share inside the child.

use std::{
    io::{self, Read as _, Seek as _, SeekFrom},
    ops::Range,
};

use serde::de::DeserializeOwned;

use crate::sandbox::child::{ChildIo, Stop};

/// A panic's message may quote the record; that the child broke is all that anybody needs to know.
pub(super) fn say_nothing_of_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// A source as a whole: one document, never a copy.
pub(super) fn whole(io: &ChildIo, number: u32) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io.source(number).ok_or(io::ErrorKind::InvalidInput)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A source that is JSON.
pub(super) fn json<T: DeserializeOwned>(io: &ChildIo, number: u32) -> Result<T, Stop> {
    serde_json::from_slice(&whole(io, number)?).map_err(|error| Stop::Failed(error.into()))
}

/// Reads ranges of a source.
pub(super) fn ranges(io: &ChildIo, number: u32) -> impl FnMut(Range<u64>) -> io::Result<Vec<u8>> {
    let source = io.source(number);
    let mut source = source.ok_or(io::ErrorKind::InvalidInput);
    move |range| {
        let source = source.as_mut().map_err(|kind| io::Error::from(*kind))?;
        // what an index says of its copy is not believed before it is known to lie inside
        let length = range.end.checked_sub(range.start).filter(|_| range.end <= source.length());
        let length = length.and_then(|length| usize::try_from(length).ok()).ok_or(io::ErrorKind::InvalidInput)?;
        source.seek(SeekFrom::Start(range.start))?;
        let mut bytes = vec![0; length];
        source.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
