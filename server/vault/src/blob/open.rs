//! Opens any chunk of a blob, in any order.

use super::{
    BlobKey, CHUNK,
    cipher::{Stream, bound_to, stream},
};
use crate::{VaultError, bound::Bound};
use aead_stream::StreamPrimitive;
use uuid::Uuid;

/// Opens chunks of one blob; any number of tasks may share it.
pub struct Opener {
    stream: Stream,
    bound: Bound,
}

impl Opener {
    pub fn new(key: &BlobKey, blob: Uuid) -> Self {
        Self { stream: stream(key), bound: bound_to(blob) }
    }

    /// The plain bytes of chunk `number`, opened in place.
    ///
    /// `is_last` is what the caller believes: the chunk with the highest number that is stored. Where chunks are missing
    /// at the end, that one was not sealed as the last and does not open.
    ///
    /// # Errors
    /// `DoesNotOpen` for another blob's chunk, another number, a wrong `is_last` or changed bytes; `NotOurs` when it is
    /// shorter or longer than a chunk in this place can be.
    pub fn open(&self, number: u32, is_last: bool, mut bytes: Vec<u8>) -> Result<Vec<u8>, VaultError> {
        self.stream
            .decrypt_in_place(number, is_last, self.bound.as_ref(), &mut bytes)
            .map_err(|_| VaultError::DoesNotOpen)?;
        let fits = if is_last { bytes.len() <= CHUNK } else { bytes.len() == CHUNK };
        if fits { Ok(bytes) } else { Err(VaultError::NotOurs) }
    }
}
