//! The program's jobs: for each kind of task the one who does it. What they do to the database they ask the desk to do;
//! what they do outside of it (sending, building) they do between two acts, with no transaction held.

mod account_mail;
mod build_package;
mod close_request;
mod send_notice;
mod undo_passed;

use office::jobs::Handlers;

pub(crate) use build_package::BuildPackage;

use crate::mail::Mailer;

/// Every task's handler. A new task is registered here.
pub fn handlers(origin: &str, mailer: &Mailer) -> Handlers {
    let post = Post { origin: origin.to_owned(), mailer: mailer.clone() };
    Handlers::default()
        .with(account_mail::AccountMail(post.clone()))
        .with(send_notice::SendNotice(post))
        .with(BuildPackage::new())
        .with(undo_passed::UndoPassed)
        .with(close_request::CloseRequest)
}

/// What a handler that sends mail works with.
#[derive(Clone)]
struct Post {
    origin: String,
    mailer: Mailer,
}

impl Post {
    fn sign_in(&self) -> String {
        format!("{}/sign-in", self.origin)
    }
}
