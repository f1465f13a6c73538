//! What a key is called.

use std::fmt;

pub(crate) const LONGEST_KID: usize = 32;

/// The name of a key-encryption key: 1 to 32 of `a-z`, `0-9` and `-`. Not secret; stands in every wrap and in errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kid(String);

impl Kid {
    /// `None` when it is not a name in that form.
    pub fn parse(name: &str) -> Option<Self> {
        let fits = (1..=LONGEST_KID).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        fits.then(|| Self(name.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Kid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
