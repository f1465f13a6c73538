//! Small things sealed under the server's own secret: `magic | algorithm | nonce | sealed | tag`.

use super::ServerSecret;
use crate::{VaultError, bound::Bound, gcm};
use zeroize::Zeroizing;

/// What is sealed; what was sealed for one purpose never opens for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealPurpose {
    /// A form that waits to be shown again with its problems.
    Flash,
    /// The cookie that carries the little there is before sign-in.
    PreSession,
    /// What somebody began to write and has not sent.
    Draft,
}

impl SealPurpose {
    fn name(self) -> &'static str {
        match self {
            Self::Flash => "flash",
            Self::PreSession => "pre_session_cookie",
            Self::Draft => "draft",
        }
    }
}

const MAGIC_AND_ALGORITHM: &[u8; 5] = b"RPSM\x01";

impl ServerSecret {
    /// Seals `bytes`, bound to its purpose and to `context` (the person, the session: whoever may open it).
    ///
    /// # Errors
    /// `NoRandomness`.
    pub fn seal_small(&self, purpose: SealPurpose, context: &[u8], bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut sealed = Vec::with_capacity(MAGIC_AND_ALGORITHM.len() + bytes.len() + gcm::OVERHEAD);
        sealed.extend_from_slice(MAGIC_AND_ALGORITHM);
        gcm::seal(&self.derive(purpose.name()), &bound(purpose, context), bytes, &mut sealed)?;
        Ok(sealed)
    }

    /// # Errors
    /// `NotOurs` when the bytes are not in this form; `DoesNotOpen` for another purpose, context or secret, or when
    /// anything was changed.
    pub fn open_small(
        &self,
        purpose: SealPurpose,
        context: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let sealed = sealed.strip_prefix(MAGIC_AND_ALGORITHM).ok_or(VaultError::NotOurs)?;
        gcm::open(&self.derive(purpose.name()), &bound(purpose, context), sealed)
    }
}

fn bound(purpose: SealPurpose, context: &[u8]) -> Bound {
    Bound::to(purpose.name()).and(MAGIC_AND_ALGORITHM).and(context)
}
