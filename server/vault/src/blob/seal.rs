//! Seals a blob as its bytes arrive.

use super::{
    BlobKey, CHUNK, SEALED_CHUNK,
    cipher::{Stream, bound_to, stream},
};
use crate::{VaultError, bound::Bound, secret::Secret};
use aead_stream::StreamPrimitive;
use uuid::Uuid;
use zeroize::Zeroizing;

/// One sealed chunk, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedChunk {
    /// Counted from 0.
    pub number: u32,
    pub is_last: bool,
    /// [`SEALED_CHUNK`] bytes, fewer only when it is the last.
    pub bytes: Vec<u8>,
}

/// Holds back at most one chunk: only at the end is it known which one is the last.
pub struct Sealer {
    stream: Stream,
    bound: Bound,
    next: u32,
    held: Zeroizing<Vec<u8>>,
}

impl Sealer {
    /// A new key for the blob, and the only sealer that will ever use it. Store the wrapped key before the first chunk.
    ///
    /// # Errors
    /// `NoRandomness`.
    pub fn begin(blob: Uuid) -> Result<(BlobKey, Self), VaultError> {
        let key = BlobKey(Secret::generate()?);
        let sealer = Self { stream: stream(&key), bound: bound_to(blob), next: 0, held: empty() };
        Ok((key, sealer))
    }

    /// Takes the next bytes of the blob, as many as there are, and returns the chunks that they complete.
    ///
    /// # Errors
    /// `TooLong`.
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<Vec<SealedChunk>, VaultError> {
        let mut sealed = Vec::with_capacity((self.held.len() + bytes.len()) / CHUNK);
        while !bytes.is_empty() {
            if self.held.len() == CHUNK {
                sealed.push(self.seal(false)?);
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.held.len()));
            self.held.extend_from_slice(now);
            bytes = later;
        }
        Ok(sealed)
    }

    /// The last chunk, without which nothing of the blob may be kept.
    ///
    /// # Errors
    /// `TooLong`.
    pub fn finish(mut self) -> Result<SealedChunk, VaultError> {
        self.seal(true)
    }

    fn seal(&mut self, is_last: bool) -> Result<SealedChunk, VaultError> {
        let mut held = std::mem::replace(&mut self.held, empty());
        let number = self.next;
        self.next = number.checked_add(1).ok_or(VaultError::TooLong)?;
        self.stream
            .encrypt_in_place(number, is_last, self.bound.as_ref(), &mut *held)
            .map_err(|_| VaultError::TooLong)?;
        Ok(SealedChunk { number, is_last, bytes: std::mem::take(&mut *held) })
    }
}

/// With room for the tag, so that sealing in place moves nothing.
fn empty() -> Zeroizing<Vec<u8>> {
    Zeroizing::new(Vec::with_capacity(SEALED_CHUNK))
}
