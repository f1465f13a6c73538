//! The version of an aggregate: what a person saw when they decided.

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// Counts an aggregate's changes, from 1. A write is guarded by it (`… where version = $n`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version(pub i32);

impl Version {
    pub const FIRST: Self = Self(1);

    /// Refuses with `MovedOn` what was decided on another version than this one.
    pub fn seen(self, by_the_person: Self) -> Result<(), Refusal> {
        if self == by_the_person { Ok(()) } else { Err(Refusal::MovedOn) }
    }

    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}
