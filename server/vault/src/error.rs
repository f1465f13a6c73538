//! Why something could not be sealed or opened.

use crate::Kid;

/// Says what is so and nothing about the bytes: an error may be logged, what is sealed may not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The bytes are not in a format that this crate writes: wrong magic, version or length.
    #[error("not a format of the vault")]
    NotOurs,
    /// The key-encryption key that made this wrap is not in the ring.
    #[error("no key-encryption key named {0} in the ring")]
    UnknownKey(Kid),
    /// The bytes were changed, cut or moved, or belong to another facility, owner, blob, place or purpose. Which of
    /// these it was cannot be told, and is not told.
    #[error("does not open: changed, or not what it is said to be")]
    DoesNotOpen,
    /// A blob of more chunks than a STREAM can number (256 TiB).
    #[error("too long to seal")]
    TooLong,
    /// The operating system gave no random bytes.
    #[error("no randomness")]
    NoRandomness,
}
