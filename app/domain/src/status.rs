//! Where a request is, whom it waits on and how its clock stands: one pure function, computed and never stored.
//! Patient pages, the clerks' queue, the front desk, notices and letters all print its result.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    ask::DeliveryMethod,
    clock::ClockState,
    code::coded,
    package::PackageStage,
    question::QuestionReason,
    request::{Channel, Outcome, RequestStatus},
};

coded! {
    /// What a request's state is called.
    pub enum Headline {
        Draft = "draft",
        Received = "received",
        Verifying = "verifying",
        ActionNeeded = "action_needed",
        Gathering = "gathering",
        Preparing = "preparing",
        QualityCheck = "quality_check",
        Ready = "ready",
        Delivered = "delivered",
        Closed = "closed",
    }
}

coded! {
    /// Whom the request waits on. The clock runs whoever it is.
    pub enum WaitingOn {
        Nobody = "none",
        Patient = "patient",
    }
}

coded! {
    /// What happens next.
    pub enum Next {
        YouSend = "you_send",
        WeStart = "we_start",
        WeCheckIdentity = "we_check_identity",
        YouSendId = "you_send_id",
        YouBringId = "you_bring_id",
        YouAnswer = "you_answer",
        WeFind = "we_find",
        WePrepare = "we_prepare",
        WeCheckPages = "we_check_pages",
        YouOpen = "you_open",
        YouPickUp = "you_pick_up",
        WeClose = "we_close",
        Nothing = "nothing",
    }
}

coded! {
    /// The five steps that patients see.
    pub enum Step {
        GotIt = "got_it",
        CheckingWho = "checking_who",
        Finding = "finding",
        FinalCheck = "final_check",
        Ready = "ready",
    }
}

/// The plain facts of a request, as the office reads them; dates are the facility's local ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestView {
    pub status: RequestStatus,
    pub received_on: Option<Date>,
    /// The earliest day that a rule gives.
    pub due_on: Option<Date>,
    /// When a clerk first had it.
    pub first_touch_on: Option<Date>,
    /// None once their identity is known, or a picture has come that is to be looked at.
    pub show_id: Option<ShowId>,
    /// When the last of the three facts became known; None while one is missing.
    pub verified_on: Option<Date>,
    pub question: Option<OpenQuestion>,
    pub items: Vec<ItemView>,
    /// When the last item was decided; None while one is not.
    pub decided_on: Option<Date>,
    /// The latest package.
    pub package: Option<PackageStage>,
    pub handed_over_on: Option<Date>,
    pub released_on: Option<Date>,
    pub delivery: DeliveryMethod,
    /// Opened or collected.
    pub delivered_on: Option<Date>,
    pub outcome: Option<Outcome>,
    pub closed_on: Option<Date>,
}

/// How whoever asks can show who they are: without an account there is nowhere to send a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShowId {
    PhotoOrDesk,
    Desk,
}

impl ShowId {
    pub const fn of(channel: Channel) -> Self {
        match channel {
            Channel::Portal => Self::PhotoOrDesk,
            Channel::InPerson | Channel::Phone | Channel::Paper => Self::Desk,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenQuestion {
    pub reason: QuestionReason,
    pub asked_on: Date,
}

/// What of an item the status counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemView {
    /// Located or decided: its part of the finding is done.
    pub found: bool,
    pub decided: bool,
    /// Decided so that its documents go into the copy.
    pub given: bool,
}

/// How many of the parts are found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    pub done: u32,
    pub of: u32,
}

/// A step and when it was over, or since when it has been going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    pub step: Step,
    pub state: StepState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StepState {
    Done { on: Option<Date> },
    Current { since: Option<Date> },
    ToCome,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub headline: Headline,
    pub waiting_on: WaitingOn,
    /// None where no deadline runs: a draft, and what was withdrawn.
    pub clock: Option<ClockState>,
    pub due_on: Option<Date>,
    pub received_on: Option<Date>,
    /// Since when the headline has held.
    pub since: Option<Date>,
    pub parts: Parts,
    /// Every part is decided and none is given: there is our letter and nothing else.
    pub letter_alone: bool,
    pub next: Next,
    pub steps: [StepView; 5],
    pub reason: Option<QuestionReason>,
    pub delivery: DeliveryMethod,
    pub released_on: Option<Date>,
    pub outcome: Option<Outcome>,
}

/// Total: whatever the facts, there is a status, by the first headline that holds. `today` is the facility's local date.
pub fn status(view: &RequestView, today: Date) -> Status {
    let (headline, since) = headline(view);
    let waiting_on = match headline {
        Headline::Draft | Headline::ActionNeeded | Headline::Ready => WaitingOn::Patient,
        _ => WaitingOn::Nobody,
    };
    let clock_runs = headline != Headline::Draft && view.outcome != Some(Outcome::Withdrawn);
    Status {
        headline,
        waiting_on,
        clock: view.due_on.filter(|_| clock_runs).map(|due| ClockState::of(due, today, view.released_on)),
        due_on: view.due_on.filter(|_| clock_runs),
        received_on: view.received_on,
        since,
        parts: parts(view),
        letter_alone: all_decided(view) && !view.items.iter().any(|item| item.given),
        next: next(headline, view),
        steps: steps(view),
        reason: view.question.filter(|_| headline == Headline::ActionNeeded).map(|question| question.reason),
        delivery: view.delivery,
        released_on: view.released_on,
        outcome: view.outcome.filter(|_| headline == Headline::Closed),
    }
}

fn headline(view: &RequestView) -> (Headline, Option<Date>) {
    let asked = view.question.map(|question| question.asked_on);
    match (view.status, &view.package) {
        (RequestStatus::Draft, _) => (Headline::Draft, None),
        (RequestStatus::Closed, _) => (Headline::Closed, view.closed_on),
        (RequestStatus::Open, _) if asked.is_some() => (Headline::ActionNeeded, asked),
        (RequestStatus::Open, Some(PackageStage::Released)) if view.delivered_on.is_some() => {
            (Headline::Delivered, view.delivered_on)
        }
        (RequestStatus::Open, Some(PackageStage::Released)) => (Headline::Ready, view.released_on),
        (RequestStatus::Open, Some(PackageStage::Checking)) => (Headline::QualityCheck, view.handed_over_on),
        (RequestStatus::Open, _) => before_the_check(view),
    }
}

fn before_the_check(view: &RequestView) -> (Headline, Option<Date>) {
    let under_way = matches!(view.package, Some(PackageStage::Building | PackageStage::Built));
    if under_way || (view.verified_on.is_some() && all_decided(view)) {
        (Headline::Preparing, view.decided_on)
    } else if view.verified_on.is_some() {
        (Headline::Gathering, view.verified_on)
    } else if view.first_touch_on.is_some() {
        (Headline::Verifying, view.first_touch_on)
    } else {
        (Headline::Received, view.received_on)
    }
}

fn all_decided(view: &RequestView) -> bool {
    !view.items.is_empty() && view.items.iter().all(|item| item.decided)
}

fn parts(view: &RequestView) -> Parts {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Parts {
        done: count(view.items.iter().filter(|item| item.found || item.decided).count()),
        of: count(view.items.len()),
    }
}

const fn next(headline: Headline, view: &RequestView) -> Next {
    if let (Headline::Received | Headline::Verifying, Some(way)) = (headline, view.show_id) {
        return match way {
            ShowId::PhotoOrDesk => Next::YouSendId,
            ShowId::Desk => Next::YouBringId,
        };
    }
    match (headline, view.delivery) {
        (Headline::Draft, _) => Next::YouSend,
        (Headline::Received, _) => Next::WeStart,
        (Headline::Verifying, _) => Next::WeCheckIdentity,
        (Headline::ActionNeeded, _) => Next::YouAnswer,
        (Headline::Gathering, _) => Next::WeFind,
        (Headline::Preparing, _) => Next::WePrepare,
        (Headline::QualityCheck, _) => Next::WeCheckPages,
        (Headline::Ready, DeliveryMethod::Portal) => Next::YouOpen,
        (Headline::Ready, DeliveryMethod::PickUp) => Next::YouPickUp,
        (Headline::Delivered, _) => Next::WeClose,
        (Headline::Closed, _) => Next::Nothing,
    }
}

/// The current step is that of the work, also while a question is open; after a withdrawal none is current.
fn steps(view: &RequestView) -> [StepView; 5] {
    let at_work = RequestView { question: None, status: RequestStatus::Open, ..view.clone() };
    let (work, since) = headline(&at_work);
    let current = match (view.status, work) {
        (RequestStatus::Draft, _) => None,
        (_, Headline::Verifying) => Some(Step::CheckingWho),
        (_, Headline::Gathering | Headline::Preparing) => Some(Step::Finding),
        (_, Headline::QualityCheck) => Some(Step::FinalCheck),
        (_, Headline::Ready | Headline::Delivered) => Some(Step::Ready),
        _ => Some(Step::GotIt),
    };
    let since = if current == Some(Step::Finding) { view.verified_on } else { since };
    let stopped = view.status == RequestStatus::Closed;
    let over_on = |step| match step {
        Step::GotIt => view.received_on,
        Step::CheckingWho => view.verified_on,
        Step::Finding => view.handed_over_on,
        Step::FinalCheck | Step::Ready => view.released_on,
    };
    [Step::GotIt, Step::CheckingWho, Step::Finding, Step::FinalCheck, Step::Ready].map(|step| {
        let state = match current {
            Some(now) if step < now => StepState::Done { on: over_on(step) },
            Some(now) if step == now && stopped && over_on(step).is_some() => StepState::Done { on: over_on(step) },
            Some(now) if step == now && !stopped => StepState::Current { since },
            _ => StepState::ToCome,
        };
        StepView { step, state }
    })
}

#[cfg(test)]
pub(crate) mod tests;
