//! AES-256-GCM under a random nonce, for small things: wraps, and what waits sealed for its person.
//!
//! A random nonce of 96 bits is safe for some four thousand million messages under one key (NIST SP 800-38D, 8.3). What
//! a blob holds is sealed by `blob` instead, whose nonces count.

use crate::{VaultError, bound::Bound, secret::Secret};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

pub(crate) const TAG: usize = 16;
/// What sealing adds: the nonce in front and the tag behind.
pub(crate) const OVERHEAD: usize = NONCE_LEN + TAG;

pub(crate) fn key(secret: &Secret) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, secret.expose()).expect("a secret has the length of an AES-256 key"))
}

/// Appends nonce, ciphertext and tag to `out`.
pub(crate) fn seal(secret: &Secret, bound: &Bound, plain: &[u8], out: &mut Vec<u8>) -> Result<(), VaultError> {
    let mut nonce = [0; NONCE_LEN];
    getrandom::fill(&mut nonce).map_err(|_| VaultError::NoRandomness)?;
    let mut buffer = Zeroizing::new(plain.to_vec());
    let tag = key(secret)
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(bound), &mut buffer)
        .map_err(|_| VaultError::TooLong)?;
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&buffer);
    out.extend_from_slice(tag.as_ref());
    Ok(())
}

/// Opens nonce, ciphertext and tag.
pub(crate) fn open(secret: &Secret, bound: &Bound, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (nonce, rest) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(VaultError::NotOurs)?;
    let plain_length = rest.len().checked_sub(TAG).ok_or(VaultError::NotOurs)?;
    let mut buffer = Zeroizing::new(rest.to_vec());
    key(secret)
        .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(bound), &mut buffer)
        .map_err(|_| VaultError::DoesNotOpen)?;
    buffer.truncate(plain_length);
    Ok(buffer)
}
