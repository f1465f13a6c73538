//! The front desk: look somebody up, tell them where their request stands, enter a request for them. Nothing of what was
//! asked for or found is here.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    document::Category,
    form::PostalAddress,
    ids::{NoticeId, RequestId},
    language::{Language, Translated},
    lookup::{LookupReason, Offer},
    notice::{Message, NoticeKind},
    number::RequestNumber,
    status::Status,
    verification::Identifier,
    version::Version,
};

/// The desk's own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    pub facility: String,
    /// Letters that wait to be printed and mailed, newest first.
    pub letters: Vec<Waiting>,
    /// There are more than are shown.
    pub more_letters: bool,
    pub key: Uuid,
}

/// A letter that waits to be printed: about which request, and what it says in a word or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub notice: NoticeId,
    pub number: RequestNumber,
    pub kind: NoticeKind,
    pub on: Date,
}

/// A request that a look-up found: enough to tell it from the next, and no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub request: RequestId,
    pub number: RequestNumber,
    pub name: String,
    pub born: Date,
    pub closed: bool,
}

/// What a look-up found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub reason: LookupReason,
    pub hits: Vec<Hit>,
    /// There are more than are shown: the search should say more.
    pub more: bool,
    /// Where it is one, what to ask next stands on the same page.
    pub check: Option<Check>,
}

/// Before anything is told: whose request it is said to be, and what to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub hit: Hit,
    pub reason: LookupReason,
    /// In which the questions are asked.
    pub language: Language,
    pub ask: Vec<Asked>,
    pub key: Uuid,
}

/// One thing to ask, with what the request says, to compare the answer with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub identifier: Identifier,
    pub stated: String,
}

/// What may be told after the check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub hit: Hit,
    pub status: Status,
    /// In which the sentence is read aloud.
    pub language: Language,
    pub offers: Vec<Offer>,
    /// Letters to them that wait to be printed, newest first.
    pub letters: Vec<Waiting>,
    /// Whom to call, in one line.
    pub help: Translated,
}

/// The form for a request that came by another way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entering {
    pub facility: String,
    pub today: Date,
    /// What a person can ask for.
    pub categories: Vec<Category>,
    pub key: Uuid,
}

/// The answer to whoever stands there: the request is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    pub request: RequestId,
    pub number: RequestNumber,
    pub name: String,
    pub status: Status,
    pub language: Language,
    pub due_on: Option<Date>,
    /// The notice to print, where it does not go by e-mail.
    pub printable: Option<NoticeId>,
}

/// A notice to print and to hand over or put in the mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub id: NoticeId,
    pub to: String,
    /// None: it is handed over.
    pub postal: Option<PostalAddress>,
    pub language: Language,
    pub on: Date,
    pub message: Message,
    /// When somebody said that it is printed and mailed.
    pub printed_on: Option<Date>,
    pub key: Uuid,
}

/// A copy that waits to be picked up, for whoever hands it out. Nothing of what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collect {
    pub request: RequestId,
    pub number: RequestNumber,
    /// Of the delivery.
    pub version: Version,
    pub recipient: String,
    pub born: Date,
    /// None: nobody has printed it yet.
    pub printed_on: Option<Date>,
    /// Who handed it out, and when.
    pub collected: Option<(String, Date)>,
    pub key: Uuid,
}
