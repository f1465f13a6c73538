//! A request: one ask by one requester. It is small (a draft, open, closed); what happens around it has its own life.
//! It is never deleted, and nothing returns it to an earlier state in silence.

mod holding;
mod intake;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use holding::Holder;
pub use intake::{DeskChannel, Entered, Sent};

use crate::{
    caller::Asker,
    code::coded,
    delivery::Delivery,
    ids::{PersonId, RequestId},
    item::{Item, ItemState},
    package::PackageStage,
    refusal::Refusal,
    version::Version,
};

coded! {
    pub enum RequestStatus {
        Draft = "draft",
        Open = "open",
        Closed = "closed",
    }
}

coded! {
    /// How a request ended.
    pub enum Outcome {
        Fulfilled = "fulfilled",
        NoRecords = "no_records",
        Referred = "referred",
        Withdrawn = "withdrawn",
    }
}

coded! {
    /// How a request reached the office.
    pub enum Channel {
        Portal = "portal",
        InPerson = "in_person",
        Phone = "phone",
        Paper = "paper",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub id: RequestId,
    /// Who asks; on paper too, with or without an account.
    pub requester: PersonId,
    pub progress: Progress,
    pub version: Version,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Progress {
    Draft { started_at: Timestamp },
    Open(Open),
    Closed(Closed),
}

/// In the office's hands, its clock running.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    pub channel: Channel,
    /// When the office received it, by whatever way: the clock starts here.
    pub received_at: Timestamp,
    /// When it was written into the system; not before `received_at`.
    pub entered_at: Timestamp,
    pub assignee: Option<PersonId>,
    pub first_touch_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// As it was when it closed: an undone withdrawal restores it.
    pub was: Open,
    pub at: Timestamp,
    pub ending: Ending,
}

/// How it ended; only a withdrawal can be undone, so only it says until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Ending {
    Fulfilled,
    NoRecords,
    Referred,
    Withdrawn { undo_until: Timestamp },
}

impl Ending {
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Fulfilled => Outcome::Fulfilled,
            Self::NoRecords => Outcome::NoRecords,
            Self::Referred => Outcome::Referred,
            Self::Withdrawn { .. } => Outcome::Withdrawn,
        }
    }

    /// From a row's columns; None where they contradict each other.
    pub const fn restore(outcome: Outcome, undo_until: Option<Timestamp>) -> Option<Self> {
        match (outcome, undo_until) {
            (Outcome::Fulfilled, None) => Some(Self::Fulfilled),
            (Outcome::NoRecords, None) => Some(Self::NoRecords),
            (Outcome::Referred, None) => Some(Self::Referred),
            (Outcome::Withdrawn, Some(undo_until)) => Some(Self::Withdrawn { undo_until }),
            _ => None,
        }
    }
}

/// Who ends a request that was delivered.
#[derive(Debug, Clone, Copy)]
pub enum CloseBy<'a> {
    /// The timer, [`Request::QUIET_DAYS`] days after the delivery.
    Timer,
    /// The requester, who says that everything is there.
    Requester(&'a Asker),
}

impl Request {
    /// How long a withdrawal can be taken back.
    pub const UNDO: SignedDuration = SignedDuration::from_mins(15);
    /// How long after the delivery a request closes by itself.
    pub const QUIET_DAYS: i64 = 14;

    pub const fn status(&self) -> RequestStatus {
        match self.progress {
            Progress::Draft { .. } => RequestStatus::Draft,
            Progress::Open(_) => RequestStatus::Open,
            Progress::Closed(_) => RequestStatus::Closed,
        }
    }

    /// The facts of an open request, or why it is not open.
    pub const fn open(&self) -> Result<&Open, Refusal> {
        match &self.progress {
            Progress::Draft { .. } => Err(Refusal::NotSent),
            Progress::Open(open) => Ok(open),
            Progress::Closed(_) => Err(Refusal::RequestClosed),
        }
    }

    /// Whether it is this person's own; for everybody else on the patient's side it does not exist.
    pub fn asked_by(&self, asker: &Asker) -> Result<(), Refusal> {
        if asker.person() == self.requester { Ok(()) } else { Err(Refusal::NotFound) }
    }

    /// The requester takes it back, before it is released. Can be undone until the ending says. Of the package they
    /// know the stage only.
    pub fn withdraw(self, asker: &Asker, package: Option<PackageStage>, now: Timestamp) -> Result<Self, Refusal> {
        self.asked_by(asker)?;
        self.open()?;
        if package == Some(PackageStage::Released) {
            return Err(Refusal::NotWithdrawable);
        }
        let undo_until = now.checked_add(Self::UNDO).unwrap_or(Timestamp::MAX);
        self.close_as(Ending::Withdrawn { undo_until }, now)
    }

    /// Takes a withdrawal back: the request is as it was, its clock as it always ran.
    pub fn undo_withdrawal(self, asker: &Asker, now: Timestamp) -> Result<Self, Refusal> {
        self.asked_by(asker)?;
        match self.progress {
            Progress::Closed(Closed { was, ending: Ending::Withdrawn { undo_until }, .. }) => {
                if now > undo_until {
                    return Err(Refusal::UndoOver);
                }
                Ok(Self { progress: Progress::Open(was), version: self.version.next(), ..self })
            }
            _ => Err(Refusal::NotWithdrawn),
        }
    }

    /// Whether a withdrawal can no longer be undone: from then on its notice is due.
    pub fn is_withdrawn_for_good(&self, now: Timestamp) -> bool {
        matches!(&self.progress, Progress::Closed(Closed { ending: Ending::Withdrawn { undo_until }, .. }) if now > *undo_until)
    }

    /// The end of a delivered request. Its outcome is that of its items.
    pub fn close(self, by: CloseBy<'_>, items: &[Item], delivery: &Delivery, now: Timestamp) -> Result<Self, Refusal> {
        self.open()?;
        let ending = ending_of(items)?;
        let delivered_at = delivery.delivered_at().ok_or(Refusal::NotDelivered)?;
        match by {
            CloseBy::Requester(asker) => self.asked_by(asker)?,
            CloseBy::Timer => {
                if now < Self::closes_by_itself(delivered_at) {
                    return Err(Refusal::TooSoonToClose);
                }
            }
        }
        self.close_as(ending, now)
    }

    /// When a request that was delivered closes by itself.
    pub fn closes_by_itself(delivered_at: Timestamp) -> Timestamp {
        delivered_at.checked_add(SignedDuration::from_hours(24 * Self::QUIET_DAYS)).unwrap_or(Timestamp::MAX)
    }

    fn close_as(self, ending: Ending, at: Timestamp) -> Result<Self, Refusal> {
        let was = self.open()?.clone();
        Ok(Self { progress: Progress::Closed(Closed { was, at, ending }), version: self.version.next(), ..self })
    }

    /// The request with its open facts changed.
    fn with(self, open: Open) -> Self {
        Self { progress: Progress::Open(open), version: self.version.next(), ..self }
    }
}

/// Anything given is fulfilled; nothing given is referred where every part is held elsewhere, else no records.
fn ending_of(items: &[Item]) -> Result<Ending, Refusal> {
    if items.is_empty() || items.iter().any(|item| !item.is_decided()) {
        return Err(Refusal::UndecidedItems);
    }
    let all_elsewhere = items.iter().all(|item| matches!(item.state, ItemState::HeldElsewhere { .. }));
    let any_given = items.iter().any(|item| matches!(item.state, ItemState::Approved { .. }));
    Ok(match (any_given, all_elsewhere) {
        (true, _) => Ending::Fulfilled,
        (false, true) => Ending::Referred,
        (false, false) => Ending::NoRecords,
    })
}
