//! Which chunks hold which bytes.

use super::{CHUNK, SEALED_CHUNK};
use crate::{VaultError, gcm::TAG};
use std::ops::Range;

/// A piece of a byte range that lies in one chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The chunk's number, counted from 0.
    pub number: u32,
    pub is_last: bool,
    /// Where in the chunk's plain bytes the piece lies.
    pub within: Range<usize>,
}

/// How many chunks a blob of `length` plain bytes has: at least one.
///
/// # Errors
/// `TooLong`.
pub fn chunk_count(length: u64) -> Result<u32, VaultError> {
    u32::try_from(length.div_ceil(CHUNK as u64).max(1)).map_err(|_| VaultError::TooLong)
}

/// The plain length of a blob from the number of its chunks and the stored (sealed) length of the last.
///
/// # Errors
/// `NotOurs` when no blob has such chunks.
pub fn plain_length(chunks: u32, last_sealed: usize) -> Result<u64, VaultError> {
    let full = u64::from(chunks.checked_sub(1).ok_or(VaultError::NotOurs)?);
    let last = last_sealed.checked_sub(TAG).ok_or(VaultError::NotOurs)?;
    if last_sealed > SEALED_CHUNK || (last == 0 && full > 0) {
        return Err(VaultError::NotOurs);
    }
    Ok(full * CHUNK as u64 + last as u64)
}

/// The pieces of `range` in a blob of `length` plain bytes, in order. What lies beyond the end is left out, so an empty
/// or wholly outlying range has none.
///
/// # Errors
/// `TooLong`.
pub fn parts_covering(length: u64, range: Range<u64>) -> Result<impl Iterator<Item = Part>, VaultError> {
    let count = chunk_count(length)?;
    let (start, end) = (range.start, range.end.min(length));
    let numbers = if start < end { chunk_of(start)..chunk_of(end - 1) + 1 } else { 0..0 };
    Ok(numbers.map(move |number| {
        let first = u64::from(number) * CHUNK as u64;
        let within = offset(start.saturating_sub(first))..offset(end - first);
        Part { number, is_last: number + 1 == count, within }
    }))
}

/// `byte` lies inside a blob whose chunks `chunk_count` could number.
fn chunk_of(byte: u64) -> u32 {
    u32::try_from(byte / CHUNK as u64).unwrap_or(u32::MAX - 1)
}

fn offset(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(CHUNK).min(CHUNK)
}
