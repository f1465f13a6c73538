//! The queue.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Holder;
use crate::{
    clock::ClockState,
    ids::RequestId,
    number::RequestNumber,
    shown::Keys,
    status::{Headline, WaitingOn},
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    pub facility: String,
    /// The most urgent first.
    pub rows: Vec<QueueRow>,
    /// The cursor of the next page, where there is one.
    pub after: Option<String>,
    pub counts: Counts,
    pub keys: Keys,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    pub request: RequestId,
    pub number: RequestNumber,
    pub name: String,
    pub born: Date,
    pub received_on: Date,
    pub due_on: Date,
    /// None once it was answered.
    pub clock: Option<ClockState>,
    pub holder: Option<Holder>,
    pub headline: Headline,
    pub waiting_on: WaitingOn,
}

/// Open requests, each counted up to a limit: a queue is never counted whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub mine: Count,
    pub unassigned: Count,
    pub late: Count,
    pub waiting: Count,
    /// Copies that wait for a second person.
    pub to_check: Count,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub number: u32,
    pub or_more: bool,
}

impl Count {
    pub const LIMIT: u32 = 100;

    /// Of what was counted up to one more than the limit.
    pub fn up_to_limit(counted: i64) -> Self {
        let counted = u32::try_from(counted).unwrap_or_default();
        Self { number: counted.min(Self::LIMIT), or_more: counted > Self::LIMIT }
    }
}

/// People stay out of logs.
impl std::fmt::Debug for QueueRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QueueRow").field("request", &self.request).finish_non_exhaustive()
    }
}
