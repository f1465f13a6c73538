//! A bundle on the disk, read as the child asks for it.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
};

use bytes::Bytes;

use crate::sandbox::Sources;

/// One file, opened.
pub struct BundleFile {
    file: File,
    length: u64,
}

impl BundleFile {
    /// # Errors
    /// It cannot be opened, or is no file.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let meta = file.metadata()?;
        if !meta.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Ok(Self { file, length: meta.len() })
    }
}

impl Sources for BundleFile {
    fn lengths(&self) -> Vec<u64> {
        vec![self.length]
    }

    async fn read(&mut self, _: u32, offset: u64, at_most: usize) -> io::Result<Bytes> {
        // A piece of at most a frame from the page cache: shorter than handing it to another thread would take.
        self.file.seek(SeekFrom::Start(offset))?;
        let mut bytes = vec![0; at_most];
        let count = self.file.read(&mut bytes)?;
        bytes.truncate(count);
        Ok(bytes.into())
    }
}
