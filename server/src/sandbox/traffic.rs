//! Where a child's bytes come from and go to: the caller's side of it.

use bytes::Bytes;
use std::{future::Future, io};

/// The documents that a child may read, numbered from 0.
pub trait Sources: Send {
    /// The length of each source in bytes; how many there are is how many sources the child may ask for.
    fn lengths(&self) -> Vec<u64>;

    /// Bytes of a source from `offset` on: at least one, at most `at_most`. It is only asked for what lies inside.
    ///
    /// # Errors
    /// Ends the work with `SandboxError::Source`.
    fn read(&mut self, source: u32, offset: u64, at_most: usize) -> impl Future<Output = io::Result<Bytes>> + Send;
}

/// What a child writes, an output number for each file; the verb says which is which.
pub trait Sink: Send {
    /// The next bytes of an output; those of different outputs may come in turns.
    ///
    /// # Errors
    /// Ends the work with `SandboxError::Sink`.
    fn write(&mut self, output: u32, bytes: Bytes) -> impl Future<Output = io::Result<()>> + Send;
}

/// Sources that are small enough to be in memory already.
impl Sources for Vec<Bytes> {
    fn lengths(&self) -> Vec<u64> {
        self.iter().map(|source| source.len() as u64).collect()
    }

    async fn read(&mut self, source: u32, offset: u64, at_most: usize) -> io::Result<Bytes> {
        let found = self.get(source as usize).zip(usize::try_from(offset).ok());
        let (bytes, offset) = found.ok_or(io::ErrorKind::InvalidInput)?;
        let end = offset.saturating_add(at_most).min(bytes.len());
        if offset >= end { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(bytes.slice(offset..end)) }
    }
}

/// Outputs that are small enough to be kept in memory: the bytes of output `n` stand in place `n`.
impl Sink for Vec<Vec<u8>> {
    async fn write(&mut self, output: u32, bytes: Bytes) -> io::Result<()> {
        let kept = self.get_mut(output as usize).ok_or(io::ErrorKind::InvalidInput)?;
        kept.extend_from_slice(&bytes);
        Ok(())
    }
}

/// For verbs that write nothing but their result.
impl Sink for () {
    async fn write(&mut self, _: u32, _: Bytes) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
