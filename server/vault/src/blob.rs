//! A blob's bytes, sealed in chunks of which each opens alone.

mod cipher;
mod open;
mod parts;
mod seal;

pub use open::Opener;
pub use parts::{Part, chunk_count, parts_covering, plain_length};
pub use seal::{SealedChunk, Sealer};

use crate::{gcm::TAG, secret::Secret};

/// Plain bytes in every chunk but the last, which holds 1 to `CHUNK` of them (none only when the blob is empty).
pub const CHUNK: usize = 64 * 1024;

/// Bytes of a sealed chunk that is full: what a stored row holds.
pub const SEALED_CHUNK: usize = CHUNK + TAG;

/// The key of one blob.
///
/// It is made by [`Sealer::begin`] and nowhere else: a key that seals is always new, so no nonce is ever used twice,
/// however often an upload is tried again.
pub struct BlobKey(pub(crate) Secret);
