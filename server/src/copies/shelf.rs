//! Where the files of a package go as a child writes them: each output sealed and staged while it comes, its digest
//! taken on the way. One file at a time, one frame in memory.

use std::{io, sync::Arc};

use bytes::Bytes;
use domain::ids::RequestId;
use office::{
    Desk,
    bytes::{Staged, Staging},
};
use sha2::{Digest as _, Sha256};

use super::Output;
use crate::sandbox::Sink;

const PDF: &str = "application/pdf";
const JSON: &str = "application/json";

pub(super) struct Shelf<'a> {
    desk: &'a Arc<Desk>,
    request: RequestId,
    /// Of the documents, in the order of the plan.
    media_types: Vec<String>,
    under_way: Option<Under>,
    pub(super) files: Vec<Kept>,
}

struct Under {
    number: u32,
    staging: Staging,
    sha256: Sha256,
    bytes: u64,
}

/// A whole file.
pub(super) struct Kept {
    pub(super) output: Output,
    pub(super) staged: Staged,
    pub(super) sha256: [u8; 32],
    pub(super) bytes: u64,
}

impl<'a> Shelf<'a> {
    pub(super) fn new(desk: &'a Arc<Desk>, request: RequestId, media_types: Vec<String>) -> Self {
        Self { desk, request, media_types, under_way: None, files: Vec::new() }
    }

    /// What kind of file an output is. None: no document of this plan.
    pub(super) fn media_type(&self, output: Output) -> Option<&str> {
        match output {
            Output::Copy | Output::Letter | Output::Manifest => Some(PDF),
            Output::Index => Some(JSON),
            Output::Beside(document) => self.media_types.get(document as usize).map(String::as_str),
        }
    }

    /// The last file is whole. A file without a byte of it never arrived: it is made here.
    pub(super) async fn finish(&mut self, outputs: impl Iterator<Item = Output>) -> office::Result<()> {
        self.put_away().await?;
        for output in outputs {
            if self.files.iter().all(|kept| kept.output != output) {
                self.begin(output).await?;
                self.put_away().await?;
            }
        }
        Ok(())
    }

    async fn begin(&mut self, output: Output) -> office::Result<()> {
        let media_type = self.media_type(output).ok_or(office::Error::Ended)?;
        // how much it may be in all, the child's own limit says
        let staging = self.desk.stage_package_file(self.request, media_type, u64::MAX).await?;
        self.under_way = Some(Under { number: output.number(), staging, sha256: Sha256::new(), bytes: 0 });
        Ok(())
    }

    async fn put_away(&mut self) -> office::Result<()> {
        if let Some(Under { number, staging, sha256, bytes }) = self.under_way.take() {
            let staged = staging.finish().await?;
            self.files.push(Kept { output: Output::of(number), staged, sha256: sha256.finalize().into(), bytes });
        }
        Ok(())
    }

    async fn take(&mut self, number: u32, bytes: &[u8]) -> io::Result<()> {
        if self.under_way.as_ref().is_none_or(|under| under.number != number) {
            let output = Output::of(number);
            // files come one after another, and each once
            if self.media_type(output).is_none() || self.files.iter().any(|kept| kept.output == output) {
                return Err(io::ErrorKind::InvalidData.into());
            }
            self.put_away().await.map_err(io::Error::other)?;
            self.begin(output).await.map_err(io::Error::other)?;
        }
        let under = self.under_way.as_mut().ok_or(io::ErrorKind::InvalidData)?;
        under.sha256.update(bytes);
        under.bytes += bytes.len() as u64;
        under.staging.push(bytes).await.map_err(io::Error::other)
    }
}

impl Sink for &mut Shelf<'_> {
    async fn write(&mut self, output: u32, bytes: Bytes) -> io::Result<()> {
        self.take(output, &bytes).await
    }
}
