//! The patient's side: ask, follow, answer, take back. Each page is one act and is complete without a script; every form
//! goes to a function of [`calls`], and what failed comes back with everything that was typed.

mod answer;
mod ask;
mod calls;
mod check;
mod evidence;
mod list;
mod loaded;
mod sent;
mod start;
mod status;
mod summary;
mod tried;
mod withdraw;

pub use self::{
    answer::AnswerPage, ask::AskPage, check::CheckPage, evidence::EvidencePage, list::MyRequests, sent::SentPage,
    start::StartPage, status::StatusPage, withdraw::WithdrawPage,
};
