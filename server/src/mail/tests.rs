use std::sync::{Arc, Mutex};

use domain::{
    language::Language,
    notice::{AccountFrame, AccountMail, Message as Text, NoticeFailure},
    words,
};
use office::notices::Letter;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};
use uuid::Uuid;

use super::{Mailer, NotSent, written};
use crate::config;

const LINK: &str = "https://records.example.org/account/open?attempt=0193&code=0123456789abcdef0123456789abcdef";

fn letter(language: Language) -> Letter {
    let frame = AccountFrame { facility: "Riverside Hospital".into(), help: "(312) 555-0100".into() };
    Letter {
        to: "ana@mail.example".into(),
        from: ("Riverside Hospital".into(), "records@riverside.example".into()),
        id: Uuid::from_u128(7),
        language,
        message: words::account_mail(&AccountMail::Open { link: LINK.into() }, &frame, language),
    }
}

/// A mail server that takes what it is sent, but for recipients whose name begins with a reply's code.
struct Sink {
    address: String,
    took: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        let took = Arc::<Mutex<Vec<String>>>::default();
        let to = Arc::clone(&took);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Self::talk(stream, Arc::clone(&to)));
            }
        });
        Self { address, took }
    }

    async fn talk(stream: TcpStream, took: Arc<Mutex<Vec<String>>>) {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut reply = "220 sink".to_owned();
        loop {
            write.write_all(format!("{reply}\r\n").as_bytes()).await.unwrap();
            let Ok(Some(line)) = lines.next_line().await else { return };
            let refusal =
                line.strip_prefix("RCPT TO:<").and_then(|to| to.get(..3)).filter(|code| code.parse::<u16>().is_ok());
            reply = match line.get(..4).unwrap_or_default() {
                _ if refusal.is_some() => format!("{} no", refusal.unwrap()),
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.unwrap();
                    let mut mail = String::new();
                    while let Ok(Some(line)) = lines.next_line().await
                        && line != "."
                    {
                        mail.push_str(&line);
                        mail.push('\n');
                    }
                    took.lock().unwrap().push(mail);
                    "250 taken".to_owned()
                }
                "QUIT" => return,
                _ => "250 yes".to_owned(),
            };
        }
    }

    fn mailer(&self) -> Mailer {
        Mailer::new(&config::Mail { smtp: Some(self.address.clone()), mail_dir: None }).unwrap()
    }
}

/// The text of a mail as its reader sees it.
fn read(mail: &str) -> String {
    let (head, body) = mail.split_once("\n\n").unwrap();
    if !head.to_lowercase().contains("content-transfer-encoding: quoted-printable") {
        return body.to_owned();
    }
    let joined = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let [first, after @ ..] = rest {
        if let (b'=', [high, low, after @ ..]) = (first, after) {
            let hex = String::from_utf8(vec![*high, *low]).unwrap();
            bytes.push(u8::from_str_radix(&hex, 16).unwrap());
            rest = after;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_mail_arrives_with_its_link_whole_in_both_languages() {
    let sink = Sink::new().await;
    for language in Language::ALL {
        sink.mailer().send(&letter(*language)).await.unwrap();
    }
    let took = sink.took.lock().unwrap().clone();
    assert_eq!(took.len(), 2);
    for mail in &took {
        assert!(read(mail).lines().any(|line| line == LINK), "{mail}");
    }
    assert!(read(&took[0]).contains("open your account here") && read(&took[1]).contains("contraseña que eligió"));
}

#[tokio::test]
async fn the_second_try_is_the_same_mail_and_says_that_a_machine_sent_it() {
    let sink = Sink::new().await;
    let mailer = sink.mailer();
    mailer.send(&letter(Language::English)).await.unwrap();
    mailer.send(&letter(Language::English)).await.unwrap();
    let took = sink.took.lock().unwrap().clone();
    let header = |mail: &str, name: &str| {
        mail.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned())
    };
    for mail in &took {
        assert_eq!(header(mail, "Message-ID:").unwrap(), format!("<{}@riverside.example>", Uuid::from_u128(7)));
        assert_eq!(header(mail, "Auto-Submitted:").unwrap(), "auto-generated");
        assert!(header(mail, "From:").unwrap().contains("<records@riverside.example>"));
    }
    assert_eq!(took.len(), 2);
}

#[tokio::test]
async fn a_mailbox_that_is_not_there_is_given_up_and_a_server_that_is_busy_is_not() {
    let sink = Sink::new().await;
    let to = |name: &str| Letter { to: format!("{name}@mail.example"), ..letter(Language::English) };
    let sent = async |name: &str| sink.mailer().send(&to(name)).await;
    assert_eq!(sent("550").await, Err(NotSent { why: NoticeFailure::AddressRefused, for_good: true }));
    assert_eq!(sent("554").await, Err(NotSent { why: NoticeFailure::MessageRefused, for_good: false }));
    assert_eq!(sent("451").await, Err(NotSent { why: NoticeFailure::ServerUnreachable, for_good: false }));
    assert_eq!(sent("ana").await, Ok(()));
    let nobody = config::Mail { smtp: Some("smtp://127.0.0.1:9".into()), mail_dir: None };
    let away = Mailer::new(&nobody).unwrap().send(&to("ana")).await;
    assert_eq!(away, Err(NotSent { why: NoticeFailure::ServerUnreachable, for_good: false }));
}

#[tokio::test]
async fn a_mail_kept_as_a_file_is_kept_once() {
    let folder = std::env::temp_dir().join(format!("portal-mails-{}", std::process::id()));
    let mailer = Mailer::new(&config::Mail { smtp: None, mail_dir: Some(folder.clone()) }).unwrap();
    mailer.send(&letter(Language::Spanish)).await.unwrap();
    mailer.send(&letter(Language::Spanish)).await.unwrap();
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    let mail = std::fs::read_to_string(&files[0]).unwrap().replace("\r\n", "\n");
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(files.len(), 1, "{files:?}");
    assert!(read(&mail).lines().any(|line| line == LINK));
}

#[test]
fn no_address_and_no_subject_writes_a_header_of_its_own() {
    let english = letter(Language::English);
    for to in ["ana@mail.example\r\nBcc: all@mail.example", "ana", "<ana@mail.example>, ben@mail.example"] {
        assert!(written(&Letter { to: to.into(), ..english.clone() }).is_err(), "{to}");
    }
    let message = Text { subject: "Ready\r\nBcc: all@mail.example".into(), ..english.message.clone() };
    let mail = written(&Letter { message, ..english }).unwrap().formatted();
    let mail = String::from_utf8(mail).unwrap();
    assert!(!mail.lines().any(|line| line.starts_with("Bcc")), "{mail}");
}
