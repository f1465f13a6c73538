//! The patient's side: begin a request, answer its questions, send it, follow it, answer what the office asks, take it
//! back. Everything here is of the person's own; what is not theirs does not exist.

mod answer_question;
mod ask_page;
mod check_page;
mod confirm_complete;
mod my_requests;
mod offer_evidence;
mod one_request;
mod open_copy;
mod save_answer;
mod send_evidence;
mod start_page;
mod start_request;
mod submit_request;
mod undo_withdrawal;
mod withdraw_request;

use domain::{
    caller::{Asker, Caller},
    ids::RequestId,
    refusal::Refusal,
    shown::requests::{Asked, When},
    status::Headline,
    version::Version,
};
use jiff::Timestamp;
use sqlx::PgConnection;

pub use self::{
    answer_question::AnswerQuestion,
    ask_page::AskPage,
    check_page::CheckPage,
    confirm_complete::ConfirmComplete,
    my_requests::MyRequests,
    offer_evidence::OfferEvidence,
    one_request::OneRequest,
    open_copy::{CopyOpening, OpenCopy},
    save_answer::SaveAnswer,
    send_evidence::SendEvidence,
    start_page::StartPage,
    start_request::StartRequest,
    submit_request::SubmitRequest,
    undo_withdrawal::UndoWithdrawal,
    withdraw_request::WithdrawRequest,
};
use crate::{
    Result,
    store::{
        asked::{Listed, Stands},
        facilities::Facility,
        requests::{self, Stored},
    },
};

/// A request with the person whose own it is.
pub struct Own {
    asker: Asker,
    stored: Stored,
}

impl Own {
    async fn look(db: &mut PgConnection, caller: &Caller, id: RequestId) -> Result<Self> {
        let asker = caller.patient()?;
        let stored = requests::load(db, id).await?;
        stored.request.asked_by(&asker)?;
        Ok(Self { asker, stored })
    }

    /// Nobody else changes it before this transaction ends.
    async fn lock(db: &mut PgConnection, caller: &Caller, id: RequestId) -> Result<Self> {
        Ok(Self { asker: caller.patient()?, stored: requests::own_for_update(db, caller, id).await? })
    }
}

/// What is no id of a request leads nowhere.
fn request_id(typed: &str) -> Result<RequestId> {
    typed.parse().map_err(|_| Refusal::NotFound.into())
}

/// A version that a form carried; one that nobody was shown fits nothing.
fn version(typed: &str) -> Result<Version> {
    typed.parse().map(Version).map_err(|_| Refusal::MovedOn.into())
}

fn when(facility: &Facility, at: Timestamp) -> When {
    let local = facility.zone.to_datetime(at);
    When { on: local.date(), at: local.time() }
}

/// A request that was sent, as lists show it; None for a draft.
fn shown(listed: &Listed, facility: &Facility) -> Option<Asked> {
    let (headline, received_at, due_on, outcome) = match &listed.stands {
        Stands::Draft { .. } => return None,
        Stands::Open { headline, received_at, due_on } => {
            let answered = matches!(headline, Headline::Ready | Headline::Delivered);
            (*headline, *received_at, Some(*due_on).filter(|_| !answered), None)
        }
        Stands::Closed { received_at, outcome } => (Headline::Closed, *received_at, None, Some(*outcome)),
    };
    Some(Asked {
        id: listed.id,
        number: listed.number,
        facility: facility.name.clone(),
        headline,
        received_on: facility.day(received_at),
        due_on,
        outcome,
    })
}
