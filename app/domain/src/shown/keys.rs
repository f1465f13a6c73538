//! The idempotency keys of a page's forms.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One key for every form of a page as it was shown: the same form sent twice is done once, two forms are two acts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys(pub Uuid);

impl Keys {
    /// The key of the page's form in this place.
    pub fn of(self, place: usize) -> String {
        Uuid::from_u128(self.0.as_u128() ^ place as u128).to_string()
    }
}
