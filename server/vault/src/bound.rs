//! What a sealed thing is bound to: the additional data of AES-GCM.

/// A list of fields in which each has its length in front, so that two different lists never give the same bytes.
pub(crate) struct Bound(Vec<u8>);

impl Bound {
    pub(crate) fn to(purpose: &str) -> Self {
        Self(Vec::with_capacity(96)).and(purpose.as_bytes())
    }

    pub(crate) fn and(mut self, field: &[u8]) -> Self {
        self.0.extend_from_slice(&(field.len() as u64).to_be_bytes());
        self.0.extend_from_slice(field);
        self
    }
}

impl AsRef<[u8]> for Bound {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
