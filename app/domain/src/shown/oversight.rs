//! Oversight: the supervisor's board and the trail. The trail holds ids, codes and names of fields; the only names are
//! those of who acted.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{ids::PersonId, number::RequestNumber, status::Headline};

/// The page that oversight begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oversight {
    pub facility: String,
    /// None for whoever reads the trail and leads nobody.
    pub board: Option<Board>,
}

/// Open requests, counted; the most urgent of them where there are more than are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    pub all: Tally,
    pub by_headline: Vec<(Headline, Tally)>,
    pub by_person: Vec<(Holder, Tally)>,
    /// How many were counted, where there are more.
    pub capped_at: Option<u32>,
}

/// Who has requests.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "holder", rename_all = "snake_case")]
pub enum Holder {
    Nobody,
    Person { name: String, id: PersonId },
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub open: u32,
    pub due_soon: u32,
    pub overdue: u32,
}

impl Tally {
    #[must_use]
    pub const fn and(self, more: Self) -> Self {
        Self {
            open: self.open + more.open,
            due_soon: self.due_soon + more.due_soon,
            overdue: self.overdue + more.overdue,
        }
    }
}

/// A page of the trail, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    pub facility: String,
    pub lines: Vec<Line>,
    /// Where the older ones begin.
    pub older: Option<String>,
    /// Who the list is narrowed to.
    pub person: Option<String>,
    /// The names of filters that could not be read and were left out.
    pub unread: Vec<String>,
}

/// An entry of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub on: Date,
    pub at: Time,
    pub who: Actor,
    pub act: String,
    pub outcome: String,
    pub request: Option<RequestNumber>,
    pub of_a_chart: bool,
    /// The names of the fields that changed.
    pub fields: Vec<String>,
    /// How many things a list showed.
    pub shown: u32,
    pub purpose: Option<String>,
}

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "actor", rename_all = "snake_case")]
pub enum Actor {
    Person {
        id: PersonId,
        name: String,
    },
    /// The system, by its login.
    System {
        login: String,
    },
}

/// The page on which the chain is verified, with the last result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    pub facility: String,
    pub verified: Option<Verified>,
    pub key: Uuid,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    pub on: Date,
    pub at: Time,
    /// How many entries are linked, in the facility's chain and in that of no facility.
    pub entries: i64,
    /// Empty where the chain holds.
    pub problems: Vec<Broken>,
    /// How many places there are where it does not hold; not all of them are listed.
    pub broken: u32,
}

/// A place where the chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// In the chain of what belongs to no facility: signing in above all.
    pub of_no_facility: bool,
    /// None: entries that no link holds.
    pub seq: Option<i64>,
    pub problem: String,
}
