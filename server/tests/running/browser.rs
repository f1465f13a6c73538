//! A browser without JavaScript, as far as these tests need one: pages, plain forms, cookies.

use std::{collections::BTreeMap, io, net::Ipv4Addr, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

pub(crate) struct Browser {
    port: u16,
    from: Ipv4Addr,
    cookies: BTreeMap<String, String>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) body: String,
}

impl Browser {
    /// `network`: the limits count by network, so that each person comes from one of their own.
    pub(crate) fn new(port: u16, network: u16) -> Self {
        let [high, low] = network.to_be_bytes();
        Self { port, from: Ipv4Addr::new(127, high, low, 1), cookies: BTreeMap::new() }
    }

    async fn connect(&self) -> io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.bind((self.from, 0).into())?;
        socket.connect((Ipv4Addr::LOCALHOST, self.port).into()).await
    }

    fn head(&self, method: &str, path: &str, accept: &str) -> String {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let origin = format!("http://127.0.0.1:{}", self.port);
        format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept: {accept}\r\nAccept-Language: en\r\nOrigin: {origin}\r\n\
             Sec-Fetch-Site: same-origin\r\nReferer: {origin}{path}\r\nCookie: {}\r\nConnection: close\r\n",
            self.port,
            cookies.join("; ")
        )
    }

    async fn send(&mut self, request: String) -> io::Result<Answer> {
        let mut stream = self.connect().await?;
        stream.write_all(request.as_bytes()).await?;
        let mut bytes = Vec::new();
        timeout(Duration::from_secs(30), stream.read_to_end(&mut bytes)).await??;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut answer = Answer {
            status: head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or(io::ErrorKind::InvalidData)?,
            location: String::new(),
            body: if head.to_lowercase().contains("transfer-encoding: chunked") {
                unchunked(body)
            } else {
                body.to_owned()
            },
        };
        for line in head.lines() {
            let Some((name, value)) = line.split_once(": ") else { continue };
            match name.to_lowercase().as_str() {
                "location" => value.clone_into(&mut answer.location),
                "set-cookie" => {
                    let (name, value) = value.split(';').next().and_then(|pair| pair.split_once('=')).unwrap();
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
                _ => {}
            }
        }
        Ok(answer)
    }

    pub(crate) async fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.send(self.head("GET", path, "text/html") + "\r\n").await
    }

    /// Opens a page and posts its form.
    pub(crate) async fn post(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let shown = self.get(page).await?;
        let token = shown.body.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let token = token.ok_or_else(|| io::Error::other(format!("{page}: {} without a form", shown.status)))?;
        let form =
            form_urlencoded::Serializer::new(String::new()).append_pair("token", token).extend_pairs(fields).finish();
        let head = self.head("POST", action, "text/html");
        let kind = "application/x-www-form-urlencoded";
        self.send(format!("{head}Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{form}", form.len())).await
    }

    /// The value of the session's cookie.
    pub(crate) fn session(&self) -> Option<&str> {
        self.cookies.get("sid").map(String::as_str)
    }

    /// A stream of server-sent events, kept open.
    pub(crate) async fn listen(&self, path: &str) -> io::Result<Events> {
        let mut stream = self.connect().await?;
        stream.write_all((self.head("GET", path, "text/event-stream") + "\r\n").as_bytes()).await?;
        Ok(Events { stream, heard: String::new() })
    }
}

pub(crate) struct Events {
    stream: TcpStream,
    heard: String,
}

impl Events {
    /// Whether this is heard within the time; what was heard before counts no more.
    pub(crate) async fn hears(&mut self, what: &str, within: Duration) -> bool {
        timeout(within, async {
            loop {
                if let Some(at) = self.heard.find(what) {
                    self.heard.drain(..at + what.len());
                    return true;
                }
                let mut bytes = [0; 4096];
                match self.stream.read(&mut bytes).await {
                    Ok(0) | Err(_) => return false,
                    Ok(n) => self.heard.push_str(&String::from_utf8_lossy(&bytes[..n])),
                }
            }
        })
        .await
        .unwrap_or(false)
    }

    /// Whether the other side ends it within the time.
    pub(crate) async fn ends(&mut self, within: Duration) -> bool {
        let mut rest = Vec::new();
        timeout(within, self.stream.read_to_end(&mut rest)).await.is_ok()
    }
}

fn unchunked(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        let Some(chunk) = rest.get(..size).filter(|_| size > 0) else { break };
        whole.push_str(chunk);
        body = rest.get(size + 2..).unwrap_or_default();
    }
    whole
}
