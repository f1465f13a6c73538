//! How contents travel from the child to the act: the length of a head, the head, then as many bytes as it says.

use std::io::{self, Write};

use bytes::{Buf as _, Bytes, BytesMut};
use office::charts::{Document, Part, Place};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::sandbox::Sink;

/// What stands before the bytes of one thing.
#[derive(Serialize, Deserialize)]
pub(super) enum Head {
    Resource { at: Place, length: u64 },
    Document { at: Place, document: Box<Document>, length: u64 },
}

/// More than any head has, with the names of all that a bundle may hold; a child that says more is broken.
const LONGEST_HEAD: usize = 32 << 20;

pub(super) fn write(to: &mut impl Write, head: &Head, bytes: &[u8]) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let length = u32::try_from(head.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&head)?;
    to.write_all(bytes)
}

/// Takes the stream apart and hands each piece on; it holds a head or a frame, never a document.
pub(super) struct Parts {
    tell: mpsc::Sender<Part>,
    held: BytesMut,
    /// Bytes of what began last that have not come.
    left: u64,
}

impl Parts {
    pub(super) fn to(tell: mpsc::Sender<Part>) -> Self {
        Self { tell, held: BytesMut::new(), left: 0 }
    }

    async fn tell(&self, part: Part) -> io::Result<()> {
        self.tell.send(part).await.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    /// The next whole head, when there is one.
    fn head(&mut self) -> io::Result<Option<Head>> {
        let Some(length) = self.held.first_chunk::<4>() else { return Ok(None) };
        let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| io::ErrorKind::InvalidData)?;
        if length > LONGEST_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        if self.held.len() < 4 + length {
            return Ok(None);
        }
        self.held.advance(4);
        let head = self.held.split_to(length);
        serde_json::from_slice(&head).map(Some).map_err(|_| io::ErrorKind::InvalidData.into())
    }
}

impl Sink for Parts {
    async fn write(&mut self, output: u32, bytes: Bytes) -> io::Result<()> {
        if output != 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.held.extend_from_slice(&bytes);
        loop {
            if self.left > 0 {
                if self.held.is_empty() {
                    return Ok(());
                }
                let now = self.held.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
                let piece = self.held.split_to(now).freeze();
                self.left -= piece.len() as u64;
                self.tell(Part::Bytes(piece)).await?;
            } else {
                let Some(head) = self.head()? else { return Ok(()) };
                let (part, length) = match head {
                    Head::Resource { at, length } => (Part::Resource { at, length }, length),
                    Head::Document { at, document, length } => (Part::Document { at, document, length }, length),
                };
                self.left = length;
                self.tell(part).await?;
            }
        }
    }
}

/// An outline, kept whole: it is a list of ids.
#[derive(Default)]
pub(super) struct Whole {
    pub(super) bytes: Vec<u8>,
}

impl Sink for &mut Whole {
    async fn write(&mut self, _: u32, bytes: Bytes) -> io::Result<()> {
        const LARGEST: usize = 128 << 20;
        if self.bytes.len() + bytes.len() > LARGEST {
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        self.bytes.extend_from_slice(&bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Place = Place { chart: Some(1), number: 2 };

    fn stream(contents: &[&[u8]]) -> Vec<u8> {
        let mut all = Vec::new();
        for bytes in contents {
            write(&mut all, &Head::Resource { at: AT, length: bytes.len() as u64 }, bytes).unwrap();
        }
        all
    }

    async fn taken_apart(stream: &[u8], at_a_time: usize) -> io::Result<Vec<Vec<u8>>> {
        let (tell, mut parts) = mpsc::channel(10_000);
        let mut sink = Parts::to(tell);
        for piece in stream.chunks(at_a_time) {
            sink.write(0, Bytes::copy_from_slice(piece)).await?;
        }
        drop(sink);
        let mut contents = Vec::new();
        while let Some(part) = parts.recv().await {
            match part {
                Part::Resource { at, .. } => {
                    assert_eq!(at, AT);
                    contents.push(Vec::new());
                }
                Part::Bytes(bytes) => contents.last_mut().unwrap().extend_from_slice(&bytes),
                Part::Document { .. } | Part::End => panic!("nobody sent that"),
            }
        }
        Ok(contents)
    }

    #[tokio::test]
    async fn contents_arrive_whole_however_the_frames_fall() {
        let stream = stream(&[b"one", b"", &[7; 1000], b"four"]);
        for at_a_time in [1, 3, 64, 4096] {
            assert_eq!(taken_apart(&stream, at_a_time).await.unwrap(), [&b"one"[..], b"", &[7; 1000], b"four"]);
        }
    }

    #[tokio::test]
    async fn a_head_that_is_none_ends_the_reading() {
        assert!(taken_apart(&u32::MAX.to_le_bytes(), 4).await.is_err());
        assert!(taken_apart(b"\x02\x00\x00\x00{}", 6).await.is_err());
    }
}
