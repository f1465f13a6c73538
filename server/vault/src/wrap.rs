//! The stored form of a wrapped key: `magic | algorithm | length of kid | kid | nonce | sealed key | tag`.
//!
//! The kid names the key that wrapped it; it is empty where an owner's key did, since the row says whose that is.

use crate::{
    VaultError,
    bound::Bound,
    gcm::{self, OVERHEAD},
    key_ring::LONGEST_KID,
    secret::{SECRET, Secret},
};
use uuid::Uuid;

const MAGIC: &[u8; 4] = b"RPWK";
const AES_256_GCM: u8 = 1;

/// What a wrapped key is bound to. Two wraps that differ in any of it never open in each other's place.
pub(crate) struct Place {
    pub(crate) purpose: &'static str,
    pub(crate) facility: Uuid,
    pub(crate) owner: Uuid,
    /// Nil for an owner's key.
    pub(crate) blob: Uuid,
}

impl Place {
    fn under(&self, kid: &str) -> Bound {
        Bound::to(self.purpose)
            .and(MAGIC)
            .and(&[AES_256_GCM])
            .and(kid.as_bytes())
            .and(self.facility.as_bytes())
            .and(self.owner.as_bytes())
            .and(self.blob.as_bytes())
    }
}

pub(crate) fn seal(wrapping: &Secret, kid: &str, place: &Place, secret: &Secret) -> Result<Vec<u8>, VaultError> {
    let kid_length = u8::try_from(kid.len()).map_err(|_| VaultError::TooLong)?;
    let mut wrapped = Vec::with_capacity(MAGIC.len() + 2 + kid.len() + SECRET + OVERHEAD);
    wrapped.extend_from_slice(MAGIC);
    wrapped.extend_from_slice(&[AES_256_GCM, kid_length]);
    wrapped.extend_from_slice(kid.as_bytes());
    gcm::seal(wrapping, &place.under(kid), secret.expose(), &mut wrapped)?;
    Ok(wrapped)
}

pub(crate) fn open(wrapping: &Secret, wrapped: &Wrapped<'_>, place: &Place) -> Result<Secret, VaultError> {
    let plain = gcm::open(wrapping, &place.under(wrapped.kid), wrapped.sealed)?;
    Secret::copied_from(&plain).ok_or(VaultError::NotOurs)
}

/// A wrap taken apart but not yet opened.
pub(crate) struct Wrapped<'a> {
    pub(crate) kid: &'a str,
    sealed: &'a [u8],
}

impl<'a> Wrapped<'a> {
    pub(crate) fn parse(wrapped: &'a [u8]) -> Result<Self, VaultError> {
        let rest = wrapped.strip_prefix(MAGIC).ok_or(VaultError::NotOurs)?;
        let Some((&[AES_256_GCM, kid_length], rest)) = rest.split_first_chunk::<2>() else {
            return Err(VaultError::NotOurs);
        };
        let kid_length = usize::from(kid_length);
        if kid_length > LONGEST_KID || rest.len() != kid_length + SECRET + OVERHEAD {
            return Err(VaultError::NotOurs);
        }
        let (kid, sealed) = rest.split_at(kid_length);
        let kid = str::from_utf8(kid).map_err(|_| VaultError::NotOurs)?;
        Ok(Self { kid, sealed })
    }
}
