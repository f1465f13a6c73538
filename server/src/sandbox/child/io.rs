//! What a verb sees of the world: its request, its sources, its outputs.

use super::{Stop, wire::Wire};
use crate::sandbox::{
    CHUNK, Gap,
    frame::{Ask, Kind},
};
use serde::de::DeserializeOwned;
use std::{
    io::{self, Read, Seek, SeekFrom, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A verb's way in and out. Sources and outputs taken from it may be used in turns and from any thread.
pub struct ChildIo {
    wire: Arc<Mutex<Wire>>,
    lengths: Vec<u64>,
    request: Vec<u8>,
}

impl ChildIo {
    pub(super) fn open(mut wire: Wire, gaps: &[Gap]) -> io::Result<Self> {
        wire.send(Kind::Ready, &serde_json::to_vec(gaps)?)?;
        let listed = wire.receive(Kind::Sources)?;
        let lengths = listed.as_chunks::<8>().0.iter().map(|length| u64::from_le_bytes(*length)).collect();
        let request = wire.receive(Kind::Request)?;
        Ok(Self { wire: Arc::new(Mutex::new(wire)), lengths, request })
    }

    /// The request of the job.
    ///
    /// # Errors
    /// `Failed` when it is not what the verb takes.
    pub fn request<T: DeserializeOwned>(&self) -> Result<T, Stop> {
        serde_json::from_slice(&self.request).map_err(|error| Stop::Failed(error.into()))
    }

    pub fn source_count(&self) -> usize {
        self.lengths.len()
    }

    /// Source `number`, counted from 0, at its beginning; `None` when there are fewer.
    pub fn source(&self, number: u32) -> Option<Source> {
        let length = *self.lengths.get(number as usize)?;
        Some(Source { wire: Arc::clone(&self.wire), number, length, place: 0, held: Vec::new(), held_from: 0 })
    }

    /// Output `number`; the parent's sink knows which file it is. Nothing needs to be flushed: what was written is sent
    /// before the result is.
    pub fn output(&self, number: u32) -> Output {
        Output { wire: Arc::clone(&self.wire), number }
    }

    pub(super) fn answer(&self, result: &[u8]) -> io::Result<()> {
        lock(&self.wire).answer(result)
    }

    pub(super) fn refuse(&self, code: &str) -> io::Result<()> {
        lock(&self.wire).refuse(code)
    }
}

/// One source, read as it is needed: it holds one chunk, wherever in the source that is.
pub struct Source {
    wire: Arc<Mutex<Wire>>,
    number: u32,
    length: u64,
    place: u64,
    held: Vec<u8>,
    held_from: u64,
}

impl Source {
    /// Bytes in all.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// What is held from the present place on; fetched when that is nothing. Empty at the end only.
    fn fill(&mut self) -> io::Result<&[u8]> {
        let held_until = self.held_from + self.held.len() as u64;
        if !(self.held_from..held_until).contains(&self.place) {
            let at_most = self.length.saturating_sub(self.place).min(CHUNK as u64);
            // Dropped before the next is fetched, so that never two are held.
            self.held = Vec::new();
            self.held_from = self.place;
            if let Ok(at_most @ 1..) = u32::try_from(at_most) {
                let ask = Ask { source: self.number, offset: self.place, at_most };
                self.held = lock(&self.wire).ask(ask)?;
            }
        }
        let start = usize::try_from(self.place - self.held_from).unwrap_or(usize::MAX);
        Ok(self.held.get(start..).unwrap_or_default())
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill()?.read(buffer)?;
        self.place += count as u64;
        Ok(count)
    }

    fn read_to_end(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        let before = buffer.len();
        // All at once: a buffer that doubles would need half as much memory again as the source has.
        let rest = usize::try_from(self.length.saturating_sub(self.place)).map_err(|_| io::ErrorKind::OutOfMemory)?;
        buffer.try_reserve_exact(rest)?;
        loop {
            let held = self.fill()?;
            if held.is_empty() {
                return Ok(buffer.len() - before);
            }
            let count = held.len() as u64;
            buffer.extend_from_slice(held);
            self.place += count;
        }
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(off) => self.length.checked_add_signed(off),
            SeekFrom::Current(off) => self.place.checked_add_signed(off),
        };
        self.place = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.place)
    }
}

/// One output.
pub struct Output {
    wire: Arc<Mutex<Wire>>,
    number: u32,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        lock(&self.wire).write(self.number, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        lock(&self.wire).flush(self.number)
    }
}

/// A thread that panicked with the wire in hand left a frame half sent; the parent sees that, whoever writes next.
fn lock(wire: &Mutex<Wire>) -> MutexGuard<'_, Wire> {
    wire.lock().unwrap_or_else(PoisonError::into_inner)
}
