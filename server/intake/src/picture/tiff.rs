//! Scans in TIFF: several pages in one file, each perhaps lying on its side.

use image::{ImageFormat, metadata::Orientation};

use super::{Limits, Pictures, Problem, decode};

/// TIFF 6.0: the tag that says which way up a page is.
const ORIENTATION: u16 = 274;

pub(super) fn is_tiff(bytes: &[u8]) -> bool {
    Layout::of(bytes).is_some()
}

/// The decoder reads a file's first page only, so each page is made the first one of a copy in turn.
pub(super) fn pictures(bytes: &[u8], limits: &Limits) -> Result<Pictures, Problem> {
    let layout = Layout::of(bytes).ok_or(Problem::NotAPicture)?;
    let pages = layout.pages(bytes);
    if pages.is_empty() {
        return Err(Problem::Truncated);
    }
    limits.has_room_for(pages.len())?;
    let mut copy = bytes.to_vec();
    let mut pictures = Vec::new();
    for page in pages.iter().take(limits.pages) {
        layout.start_with(&mut copy, page.at);
        pictures.push(decode(&copy, ImageFormat::Tiff, Some(page.orientation), limits)?);
    }
    Ok(Pictures { left_out: pages.len() - pictures.len(), pictures })
}

/// How a file writes its numbers.
#[derive(Clone, Copy)]
struct Layout {
    big_endian: bool,
    /// Offsets of 64 bits, as "big" TIFF has them.
    long: bool,
}

struct Page {
    at: u64,
    orientation: Orientation,
}

impl Layout {
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes.get(..4)? {
            b"II*\0" => Some(Self { big_endian: false, long: false }),
            b"MM\0*" => Some(Self { big_endian: true, long: false }),
            b"II+\0" => Some(Self { big_endian: false, long: true }),
            b"MM\0+" => Some(Self { big_endian: true, long: true }),
            _ => None,
        }
    }

    /// The pages, each once: in some files the last page leads back to the first.
    fn pages(self, bytes: &[u8]) -> Vec<Page> {
        const MOST: usize = 10_000;
        let mut pages: Vec<Page> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let mut next = if self.long { self.number(bytes, 8, 8) } else { self.number(bytes, 4, 4) };
        while let Some(at) = next.filter(|at| *at != 0)
            && seen.insert(at)
            && pages.len() < MOST
        {
            let Some((page, after)) = self.page(bytes, at) else { break };
            pages.push(page);
            next = after;
        }
        pages
    }

    /// The page whose directory stands at `at`, and where the next one stands.
    fn page(self, bytes: &[u8], at: u64) -> Option<(Page, Option<u64>)> {
        let (count_size, entry_size, offset_size) = if self.long { (8, 20, 8) } else { (2, 12, 4) };
        let start = usize::try_from(at).ok()?;
        let count = usize::try_from(self.number(bytes, start, count_size)?).ok()?;
        let entries = start.checked_add(count_size)?;
        let end = count.checked_mul(entry_size).and_then(|length| entries.checked_add(length))?;
        if end > bytes.len() {
            return None;
        }
        let tags = (0..count).map(|number| entries + number * entry_size);
        let value_at = if self.long { 12 } else { 8 };
        let orientation = tags
            .filter(|entry| self.number(bytes, *entry, 2) == Some(u64::from(ORIENTATION)))
            .find_map(|entry| Orientation::from_exif(u8::try_from(self.number(bytes, entry + value_at, 2)?).ok()?));
        let page = Page { at, orientation: orientation.unwrap_or(Orientation::NoTransforms) };
        Some((page, self.number(bytes, end, offset_size)))
    }

    fn start_with(self, bytes: &mut [u8], at: u64) {
        let (from, size) = if self.long { (8, 8) } else { (4, 4) };
        let number = if self.big_endian { at.to_be_bytes() } else { at.to_le_bytes() };
        let digits = if self.big_endian { &number[8 - size..] } else { &number[..size] };
        if let Some(place) = bytes.get_mut(from..from + size) {
            place.copy_from_slice(digits);
        }
    }

    fn number(self, bytes: &[u8], at: usize, size: usize) -> Option<u64> {
        let digits = bytes.get(at..at.checked_add(size)?)?;
        let shifted = |number: u64, byte: &u8| (number << 8) | u64::from(*byte);
        Some(if self.big_endian { digits.iter().fold(0, shifted) } else { digits.iter().rev().fold(0, shifted) })
    }
}
