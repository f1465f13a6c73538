//! Thirty-two secret bytes, wiped when dropped.

use crate::VaultError;
use zeroize::{Zeroize, ZeroizeOnDrop};

pub(crate) const SECRET: usize = 32;

/// Lives on the heap so that moving it leaves no copy behind. Has neither `Debug` nor `Clone`.
pub(crate) struct Secret(Box<[u8; SECRET]>);

impl Secret {
    pub(crate) fn generate() -> Result<Self, VaultError> {
        Self::written_by(|bytes| getrandom::fill(bytes).map_err(|_| VaultError::NoRandomness))
    }

    /// Fills the bytes where they stay.
    pub(crate) fn written_by<E>(write: impl FnOnce(&mut [u8; SECRET]) -> Result<(), E>) -> Result<Self, E> {
        let mut secret = Self(Box::new([0; SECRET]));
        write(&mut secret.0)?;
        Ok(secret)
    }

    /// `None` unless there are exactly thirty-two bytes.
    pub(crate) fn copied_from(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == SECRET).then(|| {
            let mut secret = Self(Box::new([0; SECRET]));
            secret.0.copy_from_slice(bytes);
            secret
        })
    }

    pub(crate) fn expose(&self) -> &[u8; SECRET] {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for Secret {}
