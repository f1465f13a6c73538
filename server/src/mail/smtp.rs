//! Mail by SMTP. With anything but this machine, TLS is required: a notice says nothing about health, but a link that
//! opens an account is in one of them.

use domain::notice::NoticeFailure;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    transport::smtp::{self, PoolConfig},
};
use std::time::Duration;

use super::{MailerError, NotSent};

/// How long a mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Clone)]
pub struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    pub(super) fn new(address: &str) -> Result<Self, MailerError> {
        if !encrypted(address) && !on_this_machine(address) {
            return Err(MailerError::PlainSmtp);
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(address)
            .map_err(MailerError::Address)?
            .timeout(Some(PATIENCE))
            .pool_config(PoolConfig::new().max_size(2).idle_timeout(Duration::from_secs(30)))
            .build();
        Ok(Self(transport))
    }

    pub(super) async fn send(&self, message: Message) -> Result<(), NotSent> {
        self.0.send(message).await.map(drop).map_err(|error| {
            let not_sent = read(&error);
            // never the server's words: they repeat the address
            tracing::warn!(code = error.status().map(u16::from), why = not_sent.why.code(), "a mail was not taken");
            not_sent
        })
    }
}

/// 550, 551 and 553 are about the mailbox (RFC 5321, 4.2.3). Everything else may be ours to mend, so it is tried again.
fn read(error: &smtp::Error) -> NotSent {
    match error.status().map(u16::from) {
        Some(550 | 551 | 553) => NotSent { why: NoticeFailure::AddressRefused, for_good: true },
        Some(500..) => NotSent::yet(NoticeFailure::MessageRefused),
        _ => NotSent::yet(NoticeFailure::ServerUnreachable),
    }
}

fn encrypted(address: &str) -> bool {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    address.starts_with("smtps://") || query.split('&').any(|part| part == "tls=required")
}

fn on_this_machine(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let name = if host.starts_with('[') { host.split_inclusive(']').next() } else { host.split(':').next() };
    matches!(name, Some("127.0.0.1" | "localhost" | "[::1]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_this_machine_in_the_clear() {
        for plain in [
            "smtp://mail.example",
            "smtp://mail.example:25?tls=opportunistic",
            "smtp://localhost@mail.example",
            "smtp://mail.example/localhost",
            "smtp://localhost.mail.example:25",
        ] {
            assert!(matches!(Smtp::new(plain), Err(MailerError::PlainSmtp)), "{plain}");
        }
        for fine in [
            "smtps://user:secret@mail.example",
            "smtp://mail.example:587?tls=required",
            "smtp://127.0.0.1:2525",
            "smtp://[::1]:2525",
        ] {
            assert!(encrypted(fine) || on_this_machine(fine), "{fine}");
        }
    }
}
