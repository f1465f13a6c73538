//! The child's two pipes, frame by frame.

use crate::sandbox::{
    CHUNK,
    frame::{Ask, HEADER, Kind, header, is_code, parse_header},
};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Write},
    os::fd::AsFd,
};

pub(super) struct Wire {
    from_parent: File,
    to_parent: File,
    /// What was written to each output and is not yet a frame: many small writes make one.
    pending: BTreeMap<u32, Vec<u8>>,
}

impl Wire {
    /// Keeps the pipes for frames alone: standard output becomes standard error, so that a library that prints does not
    /// talk into the protocol.
    pub(super) fn take_pipes() -> io::Result<Self> {
        let from_parent = File::from(io::stdin().as_fd().try_clone_to_owned()?);
        let to_parent = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        rustix::stdio::dup2_stdout(io::stderr().as_fd())?;
        Ok(Self { from_parent, to_parent, pending: BTreeMap::new() })
    }

    pub(super) fn send(&mut self, kind: Kind, payload: &[u8]) -> io::Result<()> {
        let head = header(kind, payload.len()).ok_or(io::ErrorKind::InvalidInput)?;
        self.to_parent.write_all(&head)?;
        self.to_parent.write_all(payload)
    }

    /// The next frame, which must be of this kind.
    pub(super) fn receive(&mut self, expected: Kind) -> io::Result<Vec<u8>> {
        let mut head = [0; HEADER];
        self.from_parent.read_exact(&mut head)?;
        let (_, length) = parse_header(head).filter(|(kind, _)| *kind == expected).ok_or(io::ErrorKind::InvalidData)?;
        let mut payload = vec![0; length];
        self.from_parent.read_exact(&mut payload)?;
        Ok(payload)
    }

    pub(super) fn ask(&mut self, ask: Ask) -> io::Result<Vec<u8>> {
        self.send(Kind::Ask, &ask.to_bytes())?;
        let bytes = self.receive(Kind::Bytes)?;
        if bytes.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(bytes) }
    }

    /// Takes some of `bytes` and says how many.
    pub(super) fn write(&mut self, output: u32, bytes: &[u8]) -> io::Result<usize> {
        let pending = self.pending.entry(output).or_default();
        let taken = bytes.len().min(CHUNK - pending.len());
        pending.extend_from_slice(&bytes[..taken]);
        if pending.len() == CHUNK {
            self.flush(output)?;
        }
        Ok(taken)
    }

    pub(super) fn flush(&mut self, output: u32) -> io::Result<()> {
        let Some(pending) = self.pending.remove(&output) else { return Ok(()) };
        let head = header(Kind::Output, 4 + pending.len()).ok_or(io::ErrorKind::InvalidInput)?;
        self.to_parent.write_all(&head)?;
        self.to_parent.write_all(&output.to_le_bytes())?;
        self.to_parent.write_all(&pending)
    }

    /// Sends what is still pending and then the result, the last frame.
    pub(super) fn answer(&mut self, result: &[u8]) -> io::Result<()> {
        while let Some(output) = self.pending.keys().next().copied() {
            self.flush(output)?;
        }
        self.send(Kind::Result, result)
    }

    pub(super) fn refuse(&mut self, code: &str) -> io::Result<()> {
        if !is_code(code.as_bytes()) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        self.send(Kind::Refused, code.as_bytes())
    }
}
