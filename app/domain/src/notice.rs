//! Notices: messages that carry no health information. They say that something happened, what happens next and by when,
//! and how to answer; never what was asked for, what was found, or a file's name.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{ask::DeliveryMethod, code::coded, number::RequestNumber, request::Channel};

coded! {
    pub enum NoticeKind {
        Received = "n1",
        ActionNeeded = "n2",
        Continuing = "n3",
        Ready = "n8",
        Withdrawn = "n13",
    }
}

/// One notice with the facts it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    Received { received_on: Date, due_on: Date },
    ActionNeeded { due_on: Date },
    Continuing { due_on: Date },
    Ready { delivery: DeliveryMethod },
    Withdrawn { withdrawn_on: Date },
}

impl Notice {
    pub const fn kind(&self) -> NoticeKind {
        match self {
            Self::Received { .. } => NoticeKind::Received,
            Self::ActionNeeded { .. } => NoticeKind::ActionNeeded,
            Self::Continuing { .. } => NoticeKind::Continuing,
            Self::Ready { .. } => NoticeKind::Ready,
            Self::Withdrawn { .. } => NoticeKind::Withdrawn,
        }
    }
}

/// How whoever gets a notice goes on from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum Answering {
    /// `address`: of the sign-in page, without anything in it that identifies the request.
    SignIn { address: String },
    /// They asked by another way than the portal and have no account.
    CallOrCome,
}

impl Answering {
    pub fn of(channel: Channel, sign_in: &str) -> Self {
        match channel {
            Channel::Portal => Self::SignIn { address: sign_in.to_owned() },
            Channel::InPerson | Channel::Phone | Channel::Paper => Self::CallOrCome,
        }
    }
}

/// What every notice says besides: from whom, about which request, how to answer, whom to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeFrame {
    pub facility: String,
    pub number: RequestNumber,
    pub answering: Answering,
    /// A telephone number and its hours.
    pub help: String,
}

/// A notice written out, as plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub subject: String,
    pub body: String,
}

/// The mail that answers whoever asked for an account: to an address that has none, and to one that has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountMail {
    Open { link: String },
    There { sign_in: String },
}

/// What the account's mail says besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountFrame {
    pub facility: String,
    /// A telephone number and its hours.
    pub help: String,
}

/// Where a notice is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum NoticeState {
    Waiting,
    Sent,
    Failed {
        reason: NoticeFailure,
    },
    /// The person has no e-mail: somebody prints it and puts it in the mail.
    Printable,
}

impl NoticeState {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed { .. } => "failed",
            Self::Printable => "printable",
        }
    }

    /// None where code and reason contradict each other.
    pub fn restore(code: &str, reason: Option<NoticeFailure>) -> Option<Self> {
        match (code, reason) {
            ("waiting", None) => Some(Self::Waiting),
            ("sent", None) => Some(Self::Sent),
            ("failed", Some(reason)) => Some(Self::Failed { reason }),
            ("printable", None) => Some(Self::Printable),
            _ => None,
        }
    }
}

coded! {
    pub enum NoticeFailure {
        AddressRefused = "address_refused",
        MessageRefused = "message_refused",
        ServerUnreachable = "server_unreachable",
    }
}
