//! What a child may use to build, check and show copies. Ten thousand pages and two gigabytes are what the limits are
//! made for; they grow with what goes in, so that a small file that takes over its reader does not get a large one's
//! time. Memory grows with the largest document alone, for one is open at a time.

use std::time::Duration;

use crate::sandbox::Limits;

const MIB: u64 = 1 << 20;
/// What a reader needs whatever it reads: the program, the fonts, a picture unpacked (256 MiB) and packed anew, a list
/// of some thousand rows being typeset.
const READER: u64 = 1024 * MIB;
/// An open document: its bytes, its objects beside them, and those that were packed unpacked.
const OPEN: u64 = 6;

/// How much goes in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub(super) documents: u64,
    pub(super) bytes: u64,
    pub(super) largest: u64,
}

impl Size {
    pub(super) fn of(lengths: &[u64]) -> Self {
        Self {
            documents: lengths.len() as u64,
            bytes: lengths.iter().sum(),
            largest: lengths.iter().copied().max().unwrap_or_default(),
        }
    }
}

/// Merging writes more than fifty megabytes in a second of the processor's; opening a document costs something each time.
pub(super) fn build(size: Size) -> Limits {
    let mib = size.bytes / MIB;
    let processor_seconds = 120 + mib / 2 + size.documents / 2;
    Limits {
        memory: READER + OPEN * size.largest,
        processor_seconds,
        // the database's share: a document is read once, what is written is sealed and stored meanwhile
        time: Duration::from_secs(300 + 2 * processor_seconds + mib),
        // a fax is packed less tightly in a copy than in a TIFF
        output: 256 * MIB + 8 * size.bytes,
    }
}

/// A second a page is what the picture of a scanned one takes to unpack; a page of text takes a fortieth of it.
pub(super) fn check(pages: u64, index: u64, largest: u64) -> Limits {
    let processor_seconds = 120 + pages;
    Limits {
        memory: READER + OPEN * largest + 8 * index,
        processor_seconds,
        time: Duration::from_secs(300 + 2 * processor_seconds),
        output: MIB + 128 * pages,
    }
}

/// One page for somebody who waits for it. The part of the copy that it lies in is no larger than the copy, and a part
/// of more than a gigabyte is not shown.
pub(super) fn view(index: u64, copy: u64) -> Limits {
    Limits {
        memory: READER + 8 * index + 2 * copy.min(1024 * MIB),
        processor_seconds: 60,
        time: Duration::from_secs(90),
        output: 64 * MIB,
    }
}
