//! Keyed digests (HMAC-SHA-256): who lacks the key can neither make one nor guess what it was made of.

use crate::secret::Secret;
use ring::hmac;
use subtle::ConstantTimeEq;

/// What a digest is for; a digest of one purpose is never that of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigestPurpose {
    /// The token in a form that shows it came from our page.
    FormToken,
    /// What is stored of a token in a link that we mailed.
    LinkToken,
    /// What is stored of the cookie that precedes sign-in.
    PreSession,
    /// Finds a document that is here already, without telling who holds the database what its plain digest is.
    Duplicate,
}

impl DigestPurpose {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::FormToken => "form_token",
            Self::LinkToken => "link_token",
            Self::PreSession => "pre_session",
            Self::Duplicate => "duplicate",
        }
    }
}

/// 32 bytes.
pub type Digest = [u8; 32];

/// A key for keyed digests. `context` separates what must not compare equal: a facility for duplicates, a session for
/// form tokens.
pub struct DigestKey(hmac::Key);

impl DigestKey {
    pub(super) fn new(secret: &Secret) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret.expose()))
    }

    pub fn digest(&self, context: &[u8], bytes: &[u8]) -> Digest {
        let mut running = self.begin(context);
        running.update(bytes);
        running.finish()
    }

    /// Takes the same time whatever is wrong with `digest`.
    #[must_use]
    pub fn is_digest_of(&self, context: &[u8], bytes: &[u8], digest: &[u8]) -> bool {
        same(&self.digest(context, bytes), digest)
    }

    /// For bytes that arrive a piece at a time.
    pub fn begin(&self, context: &[u8]) -> RunningDigest {
        let mut running = hmac::Context::with_key(&self.0);
        running.update(&(context.len() as u64).to_be_bytes());
        running.update(context);
        RunningDigest(running)
    }
}

/// A digest under way.
#[derive(Clone)]
pub struct RunningDigest(hmac::Context);

impl RunningDigest {
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub fn finish(self) -> Digest {
        let mut digest = Digest::default();
        digest.copy_from_slice(self.0.sign().as_ref());
        digest
    }
}

/// Compares secrets in a time that depends on their lengths only.
#[must_use]
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}
