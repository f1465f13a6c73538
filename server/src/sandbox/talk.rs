//! The parent's side of the conversation with a child. Everything that the child says is checked here.

use super::{
    Gap, Job, Sink, Sources,
    frame::{Ask, HEADER, Kind, MOST_SOURCES, header, is_code, parse_header},
};
use bytes::{Buf, Bytes, BytesMut};
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Why the conversation ended without a result.
pub(super) enum Ending {
    /// The child closed its pipes; how it ended says why.
    Gone,
    /// The child said what the protocol does not know.
    Nonsense,
    Refused(String),
    TooMuchOutput,
    Source(io::Error),
    Sink(io::Error),
}

/// What was said and written.
pub(super) struct Answer {
    pub(super) result: Bytes,
    pub(super) written: u64,
    pub(super) gaps: Vec<Gap>,
}

/// Talks with a child until it has answered. Holds one frame at a time.
pub(super) async fn talk(
    job: &Job,
    mut sources: impl Sources,
    mut sink: impl Sink,
    mut to_child: impl AsyncWrite + Unpin,
    mut from_child: impl AsyncRead + Unpin,
) -> Result<Answer, Ending> {
    let Frame { kind: Kind::Ready, payload } = receive(&mut from_child).await? else { return Err(Ending::Nonsense) };
    let gaps = serde_json::from_slice(&payload).map_err(|_| Ending::Nonsense)?;

    let lengths = sources.lengths();
    if lengths.len() > MOST_SOURCES {
        return Err(Ending::Source(io::ErrorKind::InvalidInput.into()));
    }
    let listed: Vec<u8> = lengths.iter().flat_map(|length| length.to_le_bytes()).collect();
    send(&mut to_child, Kind::Sources, &listed).await?;
    send(&mut to_child, Kind::Request, &job.request).await?;

    let mut written: u64 = 0;
    loop {
        let Frame { kind, mut payload } = receive(&mut from_child).await?;
        match kind {
            Kind::Ask => {
                let ask = Ask::parse(&payload).filter(|ask| lies_inside(*ask, &lengths)).ok_or(Ending::Nonsense)?;
                let bytes = answer(&mut sources, ask).await.map_err(Ending::Source)?;
                send(&mut to_child, Kind::Bytes, &bytes).await?;
            }
            Kind::Output => {
                let output = payload.try_get_u32_le().map_err(|_| Ending::Nonsense)?;
                written = written.saturating_add(payload.len() as u64);
                if written > job.limits.output {
                    return Err(Ending::TooMuchOutput);
                }
                sink.write(output, payload).await.map_err(Ending::Sink)?;
            }
            Kind::Result => return Ok(Answer { result: payload, written, gaps }),
            Kind::Refused => {
                let code = String::from_utf8(payload.into()).ok().filter(|code| is_code(code.as_bytes()));
                return Err(code.map_or(Ending::Nonsense, Ending::Refused));
            }
            Kind::Ready | Kind::Sources | Kind::Request | Kind::Bytes => return Err(Ending::Nonsense),
        }
    }
}

fn lies_inside(ask: Ask, lengths: &[u64]) -> bool {
    let end = ask.offset.checked_add(ask.at_most.into());
    let length = lengths.get(ask.source as usize);
    ask.at_most > 0
        && ask.at_most as usize <= super::CHUNK
        && length.is_some_and(|length| end.is_some_and(|end| end <= *length))
}

async fn answer(sources: &mut impl Sources, ask: Ask) -> io::Result<Bytes> {
    let at_most = ask.at_most as usize;
    let mut bytes = sources.read(ask.source, ask.offset, at_most).await?;
    if bytes.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    bytes.truncate(at_most);
    Ok(bytes)
}

struct Frame {
    kind: Kind,
    payload: Bytes,
}

async fn receive(from_child: &mut (impl AsyncRead + Unpin)) -> Result<Frame, Ending> {
    let mut head = [0; HEADER];
    from_child.read_exact(&mut head).await.map_err(|_| Ending::Gone)?;
    let (kind, length) = parse_header(head).ok_or(Ending::Nonsense)?;
    let mut payload = BytesMut::zeroed(length);
    from_child.read_exact(&mut payload).await.map_err(|_| Ending::Gone)?;
    Ok(Frame { kind, payload: payload.freeze() })
}

async fn send(to_child: &mut (impl AsyncWrite + Unpin), kind: Kind, payload: &[u8]) -> Result<(), Ending> {
    let head = header(kind, payload.len()).ok_or(Ending::Source(io::ErrorKind::InvalidInput.into()))?;
    to_child.write_all(&head).await.map_err(|_| Ending::Gone)?;
    to_child.write_all(payload).await.map_err(|_| Ending::Gone)?;
    to_child.flush().await.map_err(|_| Ending::Gone)
}

#[cfg(test)]
mod tests;
