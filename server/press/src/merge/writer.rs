//! Writes a PDF forwards only: objects leave as they come, and where each lies is all that stays.

use std::{
    io::{self, BufWriter, Write},
    ops::Range,
};

use lopdf::{Object, StringFormat};
use sha2::{Digest, Sha256};

/// The catalog and the page tree's root have these numbers in every PDF written here.
pub(crate) const ROOT: u32 = 1;
pub(crate) const PAGE_TREE: u32 = 2;
pub(crate) const HEADER: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

pub(crate) struct Writer<W: Write> {
    out: BufWriter<W>,
    at: u64,
    /// Of object `n` at `n - 1`; zero while it is not written.
    offsets: Vec<u64>,
    digest: Sha256,
    scratch: Vec<u8>,
}

impl<W: Write> Writer<W> {
    pub(crate) fn new(out: W) -> io::Result<Self> {
        let mut writer = Self {
            out: BufWriter::with_capacity(256 * 1024, out),
            at: 0,
            offsets: vec![0; PAGE_TREE as usize],
            digest: Sha256::new(),
            scratch: Vec::new(),
        };
        writer.put(HEADER)?;
        Ok(writer)
    }

    /// Where the next object will lie.
    pub(crate) fn at(&self) -> u64 {
        self.at
    }

    /// The number that the next [`Self::reserve`] gives.
    pub(crate) fn next(&self) -> u32 {
        u32::try_from(self.offsets.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// A number for an object that may be referred to before it is written.
    pub(crate) fn reserve(&mut self) -> u32 {
        self.offsets.push(0);
        u32::try_from(self.offsets.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn object(&mut self, id: u32, object: &Object) -> io::Result<()> {
        if let Some(offset) = self.offsets.get_mut((id as usize).wrapping_sub(1)) {
            *offset = self.at;
        }
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        writeln!(scratch, "{id} 0 obj")?;
        if let Object::Stream(stream) = object {
            let mut dict = stream.dict.clone();
            dict.set("Length", i64::try_from(stream.content.len()).unwrap_or(i64::MAX));
            spell(&mut scratch, &Object::Dictionary(dict))?;
            scratch.extend_from_slice(b"\nstream\n");
            self.put(&scratch)?;
            self.put(&stream.content)?;
            self.put(b"\nendstream\nendobj\n")?;
        } else {
            spell(&mut scratch, object)?;
            scratch.extend_from_slice(b"\nendobj\n");
            self.put(&scratch)?;
        }
        // One huge object must not keep its size reserved for the rest of the copy.
        if scratch.capacity() <= 1024 * 1024 {
            self.scratch = scratch;
        }
        Ok(())
    }

    /// Where objects lie, counted from the start of the file.
    pub(crate) fn offsets(&self, ids: Range<u32>) -> &[u64] {
        let at = |id: u32| (id as usize).saturating_sub(1).min(self.offsets.len());
        &self.offsets[at(ids.start)..at(ids.end)]
    }

    /// Closes the file, with an identifier made of all that stands before it. Gives its length and SHA-256.
    pub(crate) fn finish(mut self, info: u32) -> io::Result<(u64, [u8; 32])> {
        let id = self.digest.clone().finalize();
        let start = self.at;
        let mut tail = Vec::with_capacity(self.offsets.len() * 20 + 256);
        close(&mut tail, start, &[(1, &self.offsets)], Some(info), &id[..16])?;
        self.put(&tail)?;
        self.out.flush()?;
        Ok((self.at, self.digest.finalize().into()))
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.digest.update(bytes);
        self.at += bytes.len() as u64;
        Ok(())
    }
}

/// One object as PDF text.
pub(crate) fn spell(out: &mut Vec<u8>, object: &Object) -> io::Result<()> {
    lopdf::Writer::write_object(out, object).map_err(io::Error::other)
}

/// The cross-reference table and the trailer. Each run is a first number and where its objects lie, zero for none.
pub(crate) fn close(
    out: &mut Vec<u8>,
    start: u64,
    runs: &[(u32, &[u64])],
    info: Option<u32>,
    id: &[u8],
) -> io::Result<()> {
    writeln!(out, "xref\n0 1\n0000000000 65535 f ")?;
    let mut size = 1;
    for (first, offsets) in runs {
        writeln!(out, "{first} {}", offsets.len())?;
        size = size.max(*first as usize + offsets.len());
        for offset in *offsets {
            match offset {
                0 => out.extend_from_slice(b"0000000000 65535 f \n"),
                offset => writeln!(out, "{offset:010} 00000 n ")?,
            }
        }
    }
    write!(out, "trailer\n<</Size {size}/Root {ROOT} 0 R")?;
    if let Some(info) = info {
        write!(out, "/Info {info} 0 R")?;
    }
    let id = Object::String(id.to_vec(), StringFormat::Hexadecimal);
    out.extend_from_slice(b"/ID");
    spell(out, &Object::Array(vec![id.clone(), id]))?;
    writeln!(out, ">>\nstartxref\n{start}\n%%EOF")
}
