//! The front desk: look somebody up, check who calls, tell them where their request stands, enter a request for them.
//! Whoever meets callers and visitors sees where a request is and nothing of what is in it. Every look has a reason, and
//! both are on the trail.

mod check_caller;
mod collect;
mod enter_page;
mod enter_request;
mod entered;
mod entry;
mod found;
mod look_up;
mod mail_notice;
mod offer_form;
mod print_notice;
mod start;
mod tell_caller;

use domain::{
    caller::{Caller, FrontDesk, Side},
    ids::RequestId,
    lookup::{LookupReason, Search},
    refusal::Refusal,
    shown::front_desk::Asked,
    verification::Identifier,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::{
    check_caller::{CallerCheck, CheckCaller},
    collect::{CollectCopy, LookAtCollect},
    enter_page::EnterPage,
    enter_request::{EnterRequest, Receipt},
    entered::LookAtEntered,
    entry::EntryTyped,
    found::LookAtFound,
    look_up::LookUp,
    mail_notice::MailNotice,
    offer_form::OfferForm,
    print_notice::PrintNotice,
    start::FrontDeskPage,
    tell_caller::TellCaller,
};
use crate::{Result, store::requests::Stored};

/// How many letters to print a page lists.
const MOST_LETTERS: usize = 20;
/// How long a search can be gone back to, and how long a caller stays checked.
const KEPT: SignedDuration = SignedDuration::from_mins(60);
const CHECKED: SignedDuration = SignedDuration::from_mins(15);

/// The desk that this person sits at.
fn at_work(caller: &Caller) -> Result<FrontDesk> {
    if caller.side != Side::Staff {
        return Err(Refusal::NotAllowed.into());
    }
    caller
        .roles
        .iter()
        .find_map(|(facility, _)| caller.front_desk_at(*facility).ok())
        .ok_or_else(|| Refusal::NotAllowed.into())
}

fn id(typed: &str) -> Result<Uuid> {
    Uuid::try_parse(typed).map_err(|_| Refusal::NotFound.into())
}

/// What somebody looks for, between the box and the list.
#[derive(Serialize, Deserialize)]
struct Searched {
    search: Search,
    reason: LookupReason,
    at: Timestamp,
}

impl Searched {
    fn still(self, now: Timestamp) -> Result<Self> {
        if now.duration_since(self.at) > KEPT { Err(Refusal::NotFound.into()) } else { Ok(self) }
    }
}

/// That a caller said at least two things rightly.
#[derive(Serialize, Deserialize)]
struct Checked {
    request: RequestId,
    reason: LookupReason,
    identifiers: Vec<Identifier>,
    at: Timestamp,
}

/// What a caller can be asked, with what the request says: only what is there to compare with.
fn asked(stored: &Stored) -> Result<Vec<Asked>> {
    let (_, applicant) = stored.sent()?;
    let contact = &applicant.contact;
    let said = [
        (Identifier::Name, Some(applicant.name.as_str().to_owned())),
        (Identifier::BirthDate, Some(domain::words::date(applicant.birth_date.0, domain::language::Language::English))),
        (Identifier::Phone, contact.phone().map(|phone| phone.as_str().to_owned())),
        (Identifier::Address, contact.postal().map(|at| format!("{}, {}, {} {}", at.line1, at.city, at.state, at.zip))),
        (Identifier::Email, contact.email().map(|email| email.as_str().to_owned())),
        (Identifier::RecordNumber, applicant.record_number.as_ref().map(|number| number.as_str().to_owned())),
    ];
    Ok(said.into_iter().filter_map(|(identifier, stated)| stated.map(|stated| Asked { identifier, stated })).collect())
}
