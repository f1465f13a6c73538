//! Mail on its way out: by SMTP, or as files in a folder. Plain text, since a mail that says so little needs no more and
//! every reader shows it; marked as sent by a machine, so that nobody's absence answers it.

mod files;
mod smtp;

use domain::notice::NoticeFailure;
use lettre::{
    Address, Message,
    message::{
        Mailbox, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};
use office::notices::Letter;

use crate::config;

/// Where mail goes.
#[derive(Clone)]
pub enum Mailer {
    Smtp(smtp::Smtp),
    Files(files::Files),
}

/// Why the program has no way to send.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    #[error("PORTAL_SMTP cannot be read: {0}")]
    Address(lettre::transport::smtp::Error),
    #[error(
        "PORTAL_SMTP must use TLS (smtps://… or smtp://…?tls=required); plain SMTP is spoken with this machine only (127.0.0.1, localhost, [::1])"
    )]
    PlainSmtp,
    #[error("the mails' folder cannot be used: {0}")]
    Folder(#[from] std::io::Error),
    #[error(transparent)]
    Config(#[from] config::ConfigError),
}

/// A mail that was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not sent: {}", why.code())]
pub struct NotSent {
    pub why: NoticeFailure,
    /// There is no such mailbox: trying again would not find one.
    pub for_good: bool,
}

impl NotSent {
    const fn yet(why: NoticeFailure) -> Self {
        Self { why, for_good: false }
    }
}

impl Mailer {
    /// # Errors
    /// An address that cannot be read or would carry mail in the clear, a folder that cannot be written.
    pub fn new(mail: &config::Mail) -> Result<Self, MailerError> {
        match (&mail.smtp, &mail.mail_dir) {
            (Some(address), _) => Ok(Self::Smtp(smtp::Smtp::new(address)?)),
            (None, Some(folder)) => Ok(Self::Files(files::Files::new(folder)?)),
            (None, None) => Err(config::ConfigError::NoMail.into()),
        }
    }

    /// Sends one mail. Sending it again sends the same Message-ID, so that it is one mail to whoever reads it.
    ///
    /// # Errors
    /// Why it did not leave, and whether it ever will.
    pub async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let message = written(letter)?;
        match self {
            Self::Smtp(smtp) => smtp.send(message).await,
            Self::Files(files) => files.keep(letter.id, &message.formatted()).await,
        }
    }
}

/// The mail as it travels.
///
/// # Errors
/// An address that no mail can be sent to, or from.
pub fn written(letter: &Letter) -> Result<Message, NotSent> {
    let refused = NotSent { why: NoticeFailure::AddressRefused, for_good: true };
    let unwritten = NotSent::yet(NoticeFailure::MessageRefused);
    let to: Address = letter.to.parse().map_err(|_| refused)?;
    let (name, address) = &letter.from;
    let from: Address = address.parse().map_err(|_| unwritten)?;
    let id = format!("<{}@{}>", letter.id, from.domain());
    let mut message = Message::builder()
        .from(Mailbox::new(Some(name.clone()), from))
        .to(Mailbox::new(None, to))
        .message_id(Some(id))
        .subject(letter.message.subject.clone())
        .singlepart(SinglePart::plain(letter.message.body.clone()))
        .map_err(|_| unwritten)?;
    for (name, value) in [
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("Content-Language", letter.language.code()),
    ] {
        message.headers_mut().insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned()));
    }
    Ok(message)
}

#[cfg(test)]
mod tests;
