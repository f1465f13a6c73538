//! Sixteen connections that ask again as soon as they are answered. HTTP/1.1 by hand: what asks runs on the same cores
//! as what answers, so it has to cost little.

use std::{
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    sync::Barrier,
};

pub(crate) const CONNECTIONS: usize = 16;

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) async fn open(port: u16) -> io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::with_capacity(64 * 1024, stream)))
    }

    pub(crate) async fn send(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.0.write_all(request).await?;
        let first = self.line().await?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
        let mut answer = Answer { status, headers: Vec::new(), body: Vec::new() };
        loop {
            let line = self.line().await?;
            let Some((name, value)) = line.split_once(": ") else { break };
            answer.headers.push((name.to_lowercase(), value.to_owned()));
        }
        if answer.header("transfer-encoding") == "chunked" {
            loop {
                let line = self.line().await?;
                let size = usize::from_str_radix(&line, 16).map_err(|_| io::ErrorKind::InvalidData)?;
                self.take(size, &mut answer.body).await?;
                self.line().await?;
                if size == 0 {
                    break;
                }
            }
        } else {
            let size = answer.header("content-length").parse().unwrap_or_default();
            self.take(size, &mut answer.body).await?;
        }
        Ok(answer)
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.0.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        line.truncate(line.trim_end().len());
        Ok(line)
    }

    async fn take(&mut self, size: usize, body: &mut Vec<u8>) -> io::Result<()> {
        let from = body.len();
        body.resize(from + size, 0);
        self.0.read_exact(body.get_mut(from..).unwrap_or_default()).await?;
        Ok(())
    }
}

/// Gives the next request, until there is none.
pub(crate) type Next = Arc<dyn Fn() -> Option<Arc<[u8]>> + Send + Sync>;

pub(crate) struct Driven {
    pub(crate) answered: usize,
    /// Answers with another status than the one that was wanted.
    pub(crate) wrong: usize,
    pub(crate) took: Duration,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
}

/// Drives a program until there is no request left. The connections are there before the clock starts.
pub(crate) async fn drive(port: u16, status: u16, next: Next) -> io::Result<Driven> {
    let ready = Arc::new(Barrier::new(CONNECTIONS + 1));
    let mut running = Vec::new();
    for _ in 0..CONNECTIONS {
        let (ready, next) = (Arc::clone(&ready), Arc::clone(&next));
        let mut connection = Connection::open(port).await?;
        running.push(tokio::spawn(async move {
            let (mut times, mut wrong) = (Vec::new(), 0);
            ready.wait().await;
            while let Some(request) = next() {
                let began = Instant::now();
                let answer = connection.send(&request).await?;
                times.push(began.elapsed());
                wrong += usize::from(answer.status != status);
            }
            Ok::<_, io::Error>((times, wrong))
        }));
    }
    let (mut times, mut wrong) = (Vec::new(), 0);
    ready.wait().await;
    let began = Instant::now();
    for task in running {
        let (its, missed) = task.await??;
        times.extend(its);
        wrong += missed;
    }
    let took = began.elapsed();
    times.sort_unstable();
    let at = |hundredth: usize| times.get(times.len() * hundredth / 100).copied().unwrap_or_default();
    Ok(Driven { answered: times.len(), wrong, took, p50: at(50), p99: at(99) })
}

/// The same request, again and again for a while.
pub(crate) fn again_for(request: Arc<[u8]>, time: Duration) -> Next {
    let until = Instant::now() + time;
    Arc::new(move || (Instant::now() < until).then(|| Arc::clone(&request)))
}
