//! Sealed bytes as a child reads them: range by range, one blob open at a time, however many there are.

use std::{io, sync::Arc};

use bytes::Bytes;
use domain::ids::{BlobId, FacilityId};
use office::{Desk, bytes::Opened};

use crate::sandbox::Sources;

/// Blobs of one facility that a job works with.
pub struct Stored<'a> {
    desk: &'a Arc<Desk>,
    facility: FacilityId,
    /// With their plain lengths, as the office knows them.
    blobs: Vec<(BlobId, u64)>,
    open: Option<(u32, Opened)>,
}

impl<'a> Stored<'a> {
    pub fn new(desk: &'a Arc<Desk>, facility: FacilityId, blobs: Vec<(BlobId, u64)>) -> Self {
        Self { desk, facility, blobs, open: None }
    }

    /// The one that was read last: what a child died of, most likely.
    pub fn last_read(&self) -> Option<u32> {
        self.open.as_ref().map(|(number, _)| *number)
    }

    async fn opened(&mut self, number: u32) -> io::Result<&Opened> {
        if self.last_read() != Some(number) {
            let (blob, length) = *self.blobs.get(number as usize).ok_or(io::ErrorKind::InvalidInput)?;
            let opened = self.desk.for_a_job(self.facility, blob).await.map_err(io::Error::other)?;
            if opened.length() != length {
                return Err(io::ErrorKind::InvalidData.into());
            }
            self.open = Some((number, opened));
        }
        self.open.as_ref().map(|(_, opened)| opened).ok_or_else(|| io::ErrorKind::InvalidInput.into())
    }
}

impl Sources for &mut Stored<'_> {
    fn lengths(&self) -> Vec<u64> {
        self.blobs.iter().map(|(_, length)| *length).collect()
    }

    async fn read(&mut self, source: u32, offset: u64, at_most: usize) -> io::Result<Bytes> {
        range(self.opened(source).await?, offset, at_most).await
    }
}

/// What somebody has opened: each range is read at their seat, and ends with their opening.
impl Sources for [Opened; 2] {
    fn lengths(&self) -> Vec<u64> {
        self.iter().map(Opened::length).collect()
    }

    async fn read(&mut self, source: u32, offset: u64, at_most: usize) -> io::Result<Bytes> {
        range(self.get(source as usize).ok_or(io::ErrorKind::InvalidInput)?, offset, at_most).await
    }
}

async fn range(of: &Opened, offset: u64, at_most: usize) -> io::Result<Bytes> {
    let end = offset.saturating_add(at_most as u64).min(of.length());
    of.range(offset..end).await.map(Bytes::from).map_err(io::Error::other)
}
