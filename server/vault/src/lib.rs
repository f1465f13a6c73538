//! Keys, and the sealing and opening of what is kept.
//!
//! Every blob has a random key of its own. That key is wrapped by its owner's key (a chart's or a request's), which is
//! wrapped by a key-encryption key from a file. Facility, owner and blob are bound into the wraps, and blob, place and
//! being last into every chunk: bytes or rows that were swapped, reordered, cut or moved do not open.
//!
//! This crate never touches SQL or the network, reads no file but the secrets' whose paths the caller gives, and
//! never shows a key in `Debug`, in an error or on a wire.

mod blob;
mod bound;
mod error;
mod gcm;
mod key_ring;
mod owner_key;
mod secret;
mod server_secret;
mod wrap;

pub use blob::{
    BlobKey, CHUNK, Opener, Part, SEALED_CHUNK, SealedChunk, Sealer, chunk_count, parts_covering, plain_length,
};
pub use error::VaultError;
pub use key_ring::{KeyFileRefused, KeyRing, Kid, SecretBytes, read_secret_file};
pub use owner_key::OwnerKey;
pub use server_secret::{Digest, DigestKey, DigestPurpose, RunningDigest, SealPurpose, ServerSecret, same};
