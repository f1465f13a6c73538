//! The programs that are measured, as processes of their own, and people who sign in to the portal through its pages.

use std::{
    io,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use server::command::Failure;
use tokio::io::{AsyncBufReadExt as _, BufReader};

use crate::load::{Answer, Connection};

/// The portal's program, in the profile that is measured.
const PORTAL: &str = env!("CARGO_BIN_EXE_portal");

/// A program that serves. It ends when this is dropped.
pub(crate) struct Serving {
    child: Child,
    pub(crate) port: u16,
}

impl Serving {
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The portal, on the port that its origin names.
    pub(crate) async fn portal(origin: &str) -> Result<Self, Failure> {
        let port: u16 = origin.rsplit_once(':').ok_or("the origin names no port")?.1.parse()?;
        let child = Command::new(PORTAL)
            .args(["serve", "--address", &format!("127.0.0.1:{port}")])
            .env("RUST_LOG", "error")
            .stdin(Stdio::null())
            .spawn()?;
        let mut serving = Self { child, port };
        for _ in 0..300 {
            if Connection::open(port).await.is_ok() {
                return Ok(serving);
            }
            if serving.child.try_wait()?.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err("the portal does not serve".into())
    }

    /// The bare program, which says itself where it listens; with a desk at a database.
    pub(crate) async fn bare(database: &str) -> Result<Self, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("bare")
            .env("PORTAL_DATABASE", database)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let said = child.stdout.take().ok_or("the bare program says nothing")?;
        let mut line = String::new();
        BufReader::new(tokio::process::ChildStdout::from_std(said)?).read_line(&mut line).await?;
        Ok(Self { child, port: line.trim().parse()? })
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command of the portal's that ends by itself.
pub(crate) fn portal(arguments: &[&str]) -> Result<(), Failure> {
    let said = Command::new(PORTAL).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).output()?;
    if said.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&said.stderr).into_owned().into()) }
}

/// Somebody who has signed in.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    origin: Arc<str>,
    cookies: Vec<(String, String)>,
    token: String,
}

impl Person {
    /// By the pages: with a form token, a password that is hashed, a session that is made.
    pub(crate) async fn sign_in(
        origin: &str,
        port: u16,
        email: &str,
        password: &str,
        side: &str,
    ) -> Result<Self, Failure> {
        let mut person = Self { origin: origin.into(), cookies: Vec::new(), token: String::new() };
        let mut connection = Connection::open(port).await?;
        let page = if side == "staff" { "/staff/sign-in" } else { "/sign-in" };
        person.learn(&connection.send(&person.get(page, "")).await?);
        let fields = [("email", email), ("password", password), ("side", side), ("next", "/")];
        person.learn(&connection.send(&person.post("/sign-in", page, &fields)).await?);
        if person.session().is_empty() {
            return Err(format!("{email} could not sign in").into());
        }
        // the token is bound to the session from now on
        person.learn(&connection.send(&person.get("/register", "")).await?);
        Ok(person)
    }

    pub(crate) fn session(&self) -> &str {
        self.cookies.iter().find(|(name, _)| name == "sid").map_or("", |(_, value)| value)
    }

    fn learn(&mut self, answer: &Answer) {
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else { continue };
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        if let Some(token) =
            answer.text().split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next())
        {
            token.clone_into(&mut self.token);
        }
    }

    fn head(&self, method: &str, path: &str, referer: &str, more: &str) -> String {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let host = self.origin.split_once("://").map_or("", |(_, host)| host);
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nAccept-Language: en\r\nOrigin: {origin}\r\n\
             Sec-Fetch-Site: same-origin\r\nReferer: {origin}{referer}\r\nCookie: {cookies}\r\n{more}",
            origin = self.origin,
            cookies = cookies.join("; ")
        )
    }

    /// `compressed`: what a browser says that it can read, or nothing.
    pub(crate) fn get(&self, path: &str, compressed: &str) -> Vec<u8> {
        let more = if compressed.is_empty() { String::new() } else { format!("Accept-Encoding: {compressed}\r\n") };
        (self.head("GET", path, path, &more) + "\r\n").into_bytes()
    }

    pub(crate) fn post(&self, path: &str, referer: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("token", &self.token)
            .extend_pairs(fields)
            .finish();
        let more = format!(
            "Accept-Encoding: gzip, deflate, br\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
            form.len()
        );
        (self.head("POST", path, referer, &more) + "\r\n" + &form).into_bytes()
    }
}

/// A request to the bare program, or, with somebody's session, to the desk beside it.
pub(crate) fn bare_get(path: &str, session: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: bare\r\nAccept: application/json\r\nSeat: {session}\r\n\r\n").into_bytes()
}

pub(crate) fn bare_post(path: &str, session: &str, body: &serde_json::Value) -> Result<Vec<u8>, Failure> {
    let body = serde_json::to_string(body)?;
    let length = body.len();
    let head = format!("POST {path} HTTP/1.1\r\nHost: bare\r\nSeat: {session}\r\nContent-Type: application/json\r\n");
    Ok(format!("{head}Content-Length: {length}\r\n\r\n{body}").into_bytes())
}

/// What answers with another status than wanted, or without what it must show, is not measured.
pub(crate) async fn shows(port: u16, request: &[u8], status: u16, what: &str) -> Result<(), Failure> {
    let answer = Connection::open(port).await?.send(request).await?;
    let text = answer.text() + answer.header("location");
    if answer.status == status && text.contains(what) {
        return Ok(());
    }
    let head: String = text.chars().take(600).collect();
    Err(io::Error::other(format!("wanted {status} with {what:?}, got {}: {head}", answer.status)).into())
}
