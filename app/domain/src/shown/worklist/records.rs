//! What is there of what was asked for.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Head;
use crate::{
    document::{Category, DatesOfService},
    form::DateRange,
    ids::{DocumentId, ItemId},
    item::ItemState,
    package::LeaveOutReason,
    refusal::Refusal,
    version::Version,
};

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordsPage {
    pub head: Head,
    /// Why nothing can be decided yet.
    pub missing: Option<Refusal>,
    pub items: Vec<ItemShown>,
    /// Newest first.
    pub documents: Vec<DocumentShown>,
    pub after: Option<String>,
    /// A package stands on the decisions.
    pub under_way: bool,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemShown {
    pub id: ItemId,
    pub version: Version,
    pub category: Option<Category>,
    /// Of everything that was asked for, what no other part is about.
    pub is_rest: bool,
    pub dates: DateRange,
    pub state: ItemState,
    /// Who moved it last, and when.
    pub by: Option<(String, Date)>,
    /// How many documents the matched chart has for it, up to a limit; None without a chart.
    pub documents: Option<u32>,
    pub pages: u32,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentShown {
    pub id: DocumentId,
    pub category: Category,
    pub title: String,
    pub care: DatesOfService,
    pub author: Option<String>,
    pub site: Option<String>,
    pub pages: Option<u32>,
    /// Belongs to a part that was asked for.
    pub asked_for: bool,
    /// That part is decided, and not to be given.
    pub withheld: bool,
    /// It does not go into the copy, and why.
    pub left_out: Option<LeaveOutReason>,
}

/// One part, to be decided as not found or held elsewhere.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemPage {
    pub head: Head,
    pub item: ItemShown,
    pub missing: Option<Refusal>,
    /// For the search log: every name and date of birth that is known of the person.
    pub names: Vec<String>,
    pub birth_dates: Vec<Date>,
}
