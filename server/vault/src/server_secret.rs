//! One secret of the server, and what is derived from it: keyed digests, and small things sealed for a while.
//!
//! Each use has a key of its own (HKDF-SHA-256), so that a token made for one thing is worth nothing for another.

mod digest;
mod small;

pub use digest::{Digest, DigestKey, DigestPurpose, RunningDigest, same};
pub use small::SealPurpose;

use crate::{
    VaultError,
    key_ring::{KeyFileRefused, Kid, read_keys, write_keys},
    secret::{SECRET, Secret},
};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use std::path::Path;
use zeroize::Zeroizing;

/// Changing it ends all that was derived from it: forms under way, links in mail, the search for duplicates, and,
/// because of the pepper, every password. It is therefore made once and kept with the same care as the key ring.
pub struct ServerSecret(Secret);

impl ServerSecret {
    /// Reads a key file that holds exactly one key, in the form of [`crate::KeyRing::read`].
    ///
    /// # Errors
    /// As [`crate::KeyRing::read`], and `MoreThanOne`.
    pub fn read(path: &Path) -> Result<Self, KeyFileRefused> {
        let mut keys = read_keys(path)?;
        match (keys.pop(), keys.is_empty()) {
            (Some((_, secret)), true) => Ok(Self(secret)),
            (Some(_), false) => Err(KeyFileRefused::MoreThanOne),
            (None, _) => Err(KeyFileRefused::Empty),
        }
    }

    /// # Errors
    /// `NoRandomness`.
    pub fn generate() -> Result<Self, VaultError> {
        Secret::generate().map(Self)
    }

    /// The key file's text. The caller writes it to a new file with mode 0400 and nowhere else.
    pub fn to_file_text(&self, kid: &Kid) -> Zeroizing<String> {
        write_keys(std::iter::once((kid, &self.0)))
    }

    /// The key for a keyed digest.
    pub fn digest_key(&self, purpose: DigestPurpose) -> DigestKey {
        DigestKey::new(&self.derive(purpose.name()))
    }

    /// The secret that is mixed into every password before it is hashed.
    pub fn pepper(&self) -> Zeroizing<[u8; SECRET]> {
        Zeroizing::new(*self.derive("pepper").expose())
    }

    fn derive(&self, purpose: &str) -> Secret {
        let extracted = Salt::new(HKDF_SHA256, b"records-portal server secret 1").extract(self.0.expose());
        Secret::written_by(|bytes| extracted.expand(&[purpose.as_bytes()], KeyLength).and_then(|okm| okm.fill(bytes)))
            .expect("HKDF-SHA-256 gives up to 8,160 bytes")
    }
}

struct KeyLength;

impl KeyType for KeyLength {
    fn len(&self) -> usize {
        SECRET
    }
}
