//! What travels over the pipes: frames of `length (u32, little endian) | kind (u8) | payload`.
//!
//! The child says READY with its gaps. The parent sends SOURCES (the length of each) and REQUEST. Then the child
//! leads: ASK is answered by BYTES, OUTPUT by nothing, and RESULT or REFUSED ends it. Since the parent never sends what
//! was not asked for, neither side can wait for the other for ever.

/// The most bytes of a source or an output in one frame.
pub const CHUNK: usize = 256 * 1024;

pub(super) const HEADER: usize = 5;
pub(super) const LARGEST_JSON: usize = 16 * 1024 * 1024;

/// The lengths of all sources stand in one frame.
pub(super) const MOST_SOURCES: usize = LARGEST_JSON / 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Ready,
    Sources,
    Request,
    Ask,
    Bytes,
    Output,
    Result,
    Refused,
}

impl Kind {
    const ALL: [(Self, u8); 8] = [
        (Self::Ready, 1),
        (Self::Sources, 2),
        (Self::Request, 3),
        (Self::Ask, 4),
        (Self::Bytes, 5),
        (Self::Output, 6),
        (Self::Result, 7),
        (Self::Refused, 8),
    ];

    fn of(code: u8) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(kind, _)| *kind)
    }

    fn code(self) -> u8 {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or(0, |(_, code)| *code)
    }

    /// The most that a payload may have, so that a length that the other side invented reserves no memory.
    fn largest(self) -> usize {
        match self {
            Self::Ready => 4096,
            Self::Ask => Ask::SIZE,
            Self::Bytes => CHUNK,
            Self::Output => 4 + CHUNK,
            Self::Refused => LONGEST_CODE,
            Self::Sources | Self::Request | Self::Result => LARGEST_JSON,
        }
    }
}

/// The header of a frame whose payload has `length` bytes, or `None` when that is more than its kind may have.
pub(super) fn header(kind: Kind, length: usize) -> Option<[u8; HEADER]> {
    let length = u32::try_from(length).ok().filter(|_| length <= kind.largest())?;
    let [a, b, c, d] = length.to_le_bytes();
    Some([a, b, c, d, kind.code()])
}

/// Kind and length of payload, or `None` when it is no header.
pub(super) fn parse_header([a, b, c, d, code]: [u8; HEADER]) -> Option<(Kind, usize)> {
    let kind = Kind::of(code)?;
    let length = usize::try_from(u32::from_le_bytes([a, b, c, d])).ok()?;
    (length <= kind.largest()).then_some((kind, length))
}

/// A wish for bytes of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ask {
    pub(super) source: u32,
    pub(super) offset: u64,
    pub(super) at_most: u32,
}

impl Ask {
    pub(super) const SIZE: usize = 16;

    pub(super) fn to_bytes(self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        bytes[..4].copy_from_slice(&self.source.to_le_bytes());
        bytes[4..12].copy_from_slice(&self.offset.to_le_bytes());
        bytes[12..].copy_from_slice(&self.at_most.to_le_bytes());
        bytes
    }

    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let (source, rest) = bytes.split_first_chunk::<4>()?;
        let (offset, rest) = rest.split_first_chunk::<8>()?;
        Some(Self {
            source: u32::from_le_bytes(*source),
            offset: u64::from_le_bytes(*offset),
            at_most: u32::from_le_bytes(rest.try_into().ok()?),
        })
    }
}

const LONGEST_CODE: usize = 64;

/// Whether a refusal's code may be logged and shown: a short word of `a-z`, `0-9` and `-`, which holds no health data.
pub(super) fn is_code(code: &[u8]) -> bool {
    (1..=LONGEST_CODE).contains(&code.len())
        && code.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_survives_its_header() {
        for (kind, _) in Kind::ALL {
            let largest = kind.largest();
            assert_eq!(header(kind, largest).and_then(parse_header), Some((kind, largest)));
            assert_eq!(header(kind, largest + 1), None);
        }
    }

    #[test]
    fn a_header_with_an_invented_length_or_kind_is_refused() {
        assert_eq!(parse_header([255, 255, 255, 255, Kind::Output.code()]), None);
        assert_eq!(parse_header([0, 0, 0, 0, 0]), None);
        assert_eq!(parse_header([0, 0, 0, 0, 99]), None);
    }

    #[test]
    fn a_wish_is_read_as_it_was_written_and_not_when_it_is_cut() {
        let ask = Ask { source: 7, offset: 1 << 40, at_most: 12 };
        assert_eq!(Ask::parse(&ask.to_bytes()), Some(ask));
        assert_eq!(Ask::parse(&ask.to_bytes()[..15]), None);
    }

    #[test]
    fn only_short_plain_words_are_codes() {
        assert!(is_code(b"not-a-pdf"));
        for code in [&b""[..], b"Jane Doe", b"caf\xc3\xa9", &[b'a'; 65]] {
            assert!(!is_code(code));
        }
    }
}
