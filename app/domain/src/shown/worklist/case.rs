//! What every page of a case shows, and its overview, history and question.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::{IdentityShown, ItemShown, MatchShown};
use crate::{
    ask::DeliveryMethod,
    clock::ClockState,
    document::Category,
    form::DateRange,
    ids::{QuestionId, RequestId},
    language::Language,
    number::RequestNumber,
    question::{QuestionReason, WayToAnswer},
    request::Channel,
    shown::Keys,
    status::Headline,
    timeline::Entry,
    version::Version,
};

/// Whose case it is and who has it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub request: RequestId,
    pub number: RequestNumber,
    pub name: String,
    pub born: Date,
    /// Of the chart that it is matched to.
    pub record_number: Option<String>,
    pub deceased: bool,
    pub requester: String,
    pub due_on: Option<Date>,
    pub clock: Option<ClockState>,
    pub headline: Headline,
    pub holder: Option<Holder>,
    pub may: May,
    pub keys: Keys,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub name: String,
    pub is_reader: bool,
}

/// What the reader may do with the case now. The office asks again when it is done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    pub claim: bool,
    pub take_over: bool,
    /// Work on it, put it back.
    pub work: bool,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub head: Head,
    pub fact: Fact,
    pub identity: Option<IdentityShown>,
    pub chart: Option<MatchShown>,
    pub items: Vec<ItemShown>,
    pub question: Option<QuestionShown>,
    /// Newest first.
    pub latest: Vec<Happened>,
}

/// What was asked for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Empty: everything.
    pub categories: Vec<Category>,
    pub dates: DateRange,
    pub delivery: DeliveryMethod,
    pub help: Option<String>,
    pub language: Language,
    pub channel: Channel,
    pub received_on: Option<Date>,
    pub late_entry_reason: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    pub on: Date,
    pub at: Time,
    /// None: the system.
    pub by: Option<String>,
    pub entry: Entry,
    /// What somebody wrote with it.
    pub note: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    pub head: Head,
    pub entries: Vec<Happened>,
}

/// The question page: the one that is open, or a form for a new one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionPage {
    pub head: Head,
    pub open: Option<QuestionShown>,
    pub may_ask: bool,
    /// Those that this requester can go.
    pub ways: Vec<WayToAnswer>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionShown {
    pub id: QuestionId,
    pub version: Version,
    pub reason: QuestionReason,
    pub ways: Vec<WayToAnswer>,
    pub message: Option<String>,
    pub asked_on: Date,
}
