//! The key-encryption keys: one that wraps, and older ones that only unwrap.

mod file;
mod kid;
mod strength;

pub use file::{KeyFileRefused, SecretBytes, read_secret_file};
pub use kid::Kid;
pub(crate) use {file::read_keys, file::write_keys, kid::LONGEST_KID};

use crate::{
    OwnerKey, VaultError,
    secret::Secret,
    wrap::{self, Place, Wrapped},
};
use std::path::Path;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Key-encryption keys by their kid. Never leaves memory except through [`KeyRing::to_file_text`].
pub struct KeyRing {
    /// Never empty; the first wraps.
    keys: Vec<(Kid, Secret)>,
}

impl KeyRing {
    /// Reads a key file: a line `kid key` for each key, the current one first, the key as 32 random bytes in base64 or
    /// hexadecimal; blank lines and lines that begin with `#` are passed over.
    ///
    /// # Errors
    /// Refuses a file that others may read or change, and keys that are short, repeated or evidently not random.
    pub fn read(path: &Path) -> Result<Self, KeyFileRefused> {
        read_keys(path).map(|keys| Self { keys })
    }

    /// A ring of one new key, for a new installation.
    ///
    /// # Errors
    /// `NoRandomness`.
    pub fn generate(kid: Kid) -> Result<Self, VaultError> {
        Ok(Self { keys: vec![(kid, Secret::generate()?)] })
    }

    /// Puts a new key in front, which wraps from now on; the others go on unwrapping what they wrapped.
    ///
    /// # Errors
    /// `NoRandomness`; `KeyFileRefused::Repeated` when the ring has a key of this name.
    pub fn rotate(&mut self, kid: Kid) -> Result<(), KeyFileRefused> {
        if self.key(kid.as_str()).is_some() {
            return Err(KeyFileRefused::Repeated);
        }
        self.keys.insert(0, (kid, Secret::generate().map_err(|_| KeyFileRefused::NoRandomness)?));
        Ok(())
    }

    /// The key file's text. The caller writes it to a new file with mode 0400 and nowhere else.
    pub fn to_file_text(&self) -> Zeroizing<String> {
        write_keys(self.keys.iter().map(|(kid, key)| (kid, key)))
    }

    /// The name of the key that wraps.
    pub fn current(&self) -> &Kid {
        &self.keys[0].0
    }

    /// The owner's key as it is stored, bound to the current kid, the facility and the owner.
    ///
    /// # Errors
    /// `NoRandomness`.
    pub fn wrap_owner(&self, key: &OwnerKey, facility: Uuid, owner: Uuid) -> Result<Vec<u8>, VaultError> {
        let (kid, wrapping) = &self.keys[0];
        wrap::seal(wrapping, kid.as_str(), &place(facility, owner), &key.0)
    }

    /// # Errors
    /// `NotOurs` when the bytes are no wrap; `UnknownKey` when the ring lacks the key that made it; `DoesNotOpen` for
    /// another facility or owner, or when anything was changed.
    pub fn unwrap_owner(&self, wrapped: &[u8], facility: Uuid, owner: Uuid) -> Result<OwnerKey, VaultError> {
        let wrapped = Wrapped::parse(wrapped)?;
        let kid = Kid::parse(wrapped.kid).ok_or(VaultError::NotOurs)?;
        let wrapping = self.key(wrapped.kid).ok_or(VaultError::UnknownKey(kid))?;
        wrap::open(wrapping, &wrapped, &place(facility, owner)).map(OwnerKey)
    }

    /// The same owner's key wrapped by the current key, or `None` where it is already: what a rotation does to each
    /// row.
    ///
    /// # Errors
    /// As [`KeyRing::unwrap_owner`].
    pub fn rewrap_owner(&self, wrapped: &[u8], facility: Uuid, owner: Uuid) -> Result<Option<Vec<u8>>, VaultError> {
        let key = self.unwrap_owner(wrapped, facility, owner)?;
        if Wrapped::parse(wrapped)?.kid == self.current().as_str() {
            return Ok(None);
        }
        self.wrap_owner(&key, facility, owner).map(Some)
    }

    fn key(&self, kid: &str) -> Option<&Secret> {
        self.keys.iter().find(|(known, _)| known.as_str() == kid).map(|(_, key)| key)
    }
}

fn place(facility: Uuid, owner: Uuid) -> Place {
    Place { purpose: "owner-key", facility, owner, blob: Uuid::nil() }
}
