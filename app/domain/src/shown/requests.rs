//! The patient's side: their requests, the form they fill in, where a request stands.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ask::{Applicant, Ask, AskStep, Draft},
    ids::{FacilityId, QuestionId, RequestId},
    language::Translated,
    number::RequestNumber,
    package::FileRole,
    question::{QuestionReason, WayToAnswer},
    request::Outcome,
    status::{Headline, Status},
    timeline::Entry,
    version::Version,
};

/// A moment as the facility's calendar and clock say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    pub on: Date,
    pub at: Time,
}

/// All of a person's requests, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    pub drafts: Vec<Begun>,
    pub open: Vec<Asked>,
    pub closed: Vec<Asked>,
}

/// A request that was not sent yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    pub id: RequestId,
    pub facility: String,
    pub saved: When,
}

/// A request that was sent, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub id: RequestId,
    pub number: RequestNumber,
    pub facility: String,
    pub headline: Headline,
    pub received_on: Date,
    /// Of an open one that is not answered yet: the day by which the law wants an answer.
    pub due_on: Option<Date>,
    pub outcome: Option<Outcome>,
}

/// What somebody reads before they begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// The facilities there are, to choose from where there are several.
    pub facilities: Vec<(FacilityId, String)>,
    /// Within how many days the law wants an answer.
    pub law_days: u16,
    pub key: Uuid,
}

/// One question of the form, with what was answered so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    pub id: RequestId,
    pub facility: String,
    pub step: AskStep,
    pub draft: Draft,
    /// From the account: what to begin with where nothing was answered.
    pub name: String,
    pub email: Option<String>,
    pub saved: When,
    pub key: Uuid,
}

/// What was answered, before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub id: RequestId,
    pub facility: String,
    pub draft: Draft,
    /// Empty when it can be sent.
    pub missing: Vec<AskStep>,
    /// Of the text to sign.
    pub statement: String,
    /// What is signed is what was shown.
    pub version: Version,
    /// An open request for the same records.
    pub duplicate: Option<Asked>,
    pub saved: When,
    pub key: Uuid,
}

/// Where an answer leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub id: RequestId,
    /// None after the last question.
    pub next: Option<AskStep>,
}

/// Where a request stands, and what its requester can do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct One {
    pub id: RequestId,
    /// When it was read, for an open page that asks whether it missed something: a transaction's number.
    pub as_of: i64,
    pub number: RequestNumber,
    pub version: Version,
    pub facility: String,
    /// Whom to call, in one line.
    pub help: Translated,
    /// Whom to complain to, in one line.
    pub complaints: String,
    pub status: Status,
    pub question: Option<OpenQuestion>,
    /// Newest first.
    pub history: Vec<Happened>,
    /// What was released to the reader by way of the portal.
    pub copy: Option<Copy>,
    /// How many pictures of an identity document are there.
    pub pictures: u32,
    pub may: May,
    /// None while it is a draft.
    pub sent: Option<Sent>,
    pub key: Uuid,
}

/// The copy that a requester opens and keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// In the order in which they are to be read.
    pub files: Vec<CopyFile>,
    pub opened: Option<When>,
    /// They have opened it, and can say that everything is there.
    pub may_confirm: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyFile {
    /// Names it in forms.
    pub position: u32,
    pub role: FileRole,
    pub name: String,
    pub media_type: String,
    pub bytes: u64,
    pub pages: Option<u32>,
}

/// What was asked, by whom, and signed when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub ask: Ask,
    pub applicant: Applicant,
    /// None where it did not come by the portal and was signed elsewhere.
    pub signed: Option<(String, When)>,
}

/// What can be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    pub send_picture: bool,
    /// A picture would be of use, and so many were sent that no more are taken.
    pub enough_pictures: bool,
    pub withdraw: bool,
    /// Until when a withdrawal can be undone.
    pub undo: Option<When>,
}

/// The question that the request waits on, with the clerk's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenQuestion {
    pub id: QuestionId,
    pub version: Version,
    pub reason: QuestionReason,
    pub message: String,
    pub ways: Vec<WayToAnswer>,
    pub asked_on: Date,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    pub when: When,
    pub entry: Entry,
}
