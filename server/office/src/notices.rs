//! Notices on their way out, and the account's mail: each is taken, written and recorded by a system act; sending happens
//! between the acts, with no transaction held. What is sent says nothing about health.

mod account_mail;
mod record_notice;
mod take_notice;
mod undo_passed;

use domain::{language::Language, notice::Message};

pub use account_mail::TakeAccountMail;
pub use record_notice::RecordNotice;
pub use take_notice::TakeNotice;
pub use undo_passed::UndoPassed;

pub use crate::store::notices::Sending;

/// A mail, ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    pub to: String,
    /// The facility's name and the address that it sends from.
    pub from: (String, String),
    /// What makes its Message-ID: the same in every try, so that a mail sent twice is one.
    pub id: uuid::Uuid,
    pub language: Language,
    pub message: Message,
}
