//! What a content stream leaves open: saved states, text objects, marked content, half a string.
//!
//! A stamp that follows the page's own content is only safe when all of that is closed first: an open hidden layer
//! would hide it, an open state would move it, half a string would swallow it.

/// How deep something nests from where the content begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Nesting {
    depth: i64,
    /// At most zero: how far below its beginning the content closes.
    lowest: i64,
}

impl Nesting {
    fn open(&mut self) {
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.lowest = self.lowest.min(self.depth);
    }

    fn then(self, next: Self) -> Self {
        Self { depth: self.depth + next.depth, lowest: self.lowest.min(self.depth + next.lowest) }
    }

    fn left_open(self) -> i64 {
        self.depth - self.lowest
    }
}

/// What a run of content leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Balance {
    states: Nesting,
    marks: Nesting,
    text: Option<bool>,
    /// Applies to the end of one stream: tokens do not reach from one into the next.
    tail: Tail,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Tail {
    #[default]
    Clean,
    /// Inside this many parentheses.
    Text(u32),
    Hex,
    Image,
}

impl Balance {
    /// More than this nests only to exhaust a reader.
    const MOST: i64 = 4096;

    /// The balance of this content followed by that.
    pub(super) fn then(self, next: Self) -> Self {
        Self {
            states: self.states.then(next.states),
            marks: self.marks.then(next.marks),
            text: next.text.or(self.text),
            tail: next.tail,
        }
    }

    pub(super) fn is_sane(self) -> bool {
        let within = |nesting: Nesting| nesting.lowest > -Self::MOST && nesting.left_open() < Self::MOST;
        let tail = !matches!(self.tail, Tail::Text(depth) if i64::from(depth) > Self::MOST);
        within(self.states) && within(self.marks) && tail
    }

    /// How many states to save before the content, so that it cannot restore one that is not its own.
    pub(super) fn saves(self) -> usize {
        usize::try_from(1 - self.states.lowest).unwrap_or(1)
    }

    /// What closes everything that the content and [`Self::saves`] opened.
    pub(super) fn closing(self) -> String {
        let mut closing = match self.tail {
            Tail::Clean => String::new(),
            Tail::Text(depth) => ")".repeat(depth as usize),
            Tail::Hex => ">".to_owned(),
            Tail::Image => "\nEI".to_owned(),
        };
        closing.push('\n');
        if self.text == Some(true) {
            closing.push_str("ET\n");
        }
        let times = |count: i64| usize::try_from(count).unwrap_or(0);
        closing.push_str(&"EMC\n".repeat(times(self.marks.left_open())));
        closing.push_str(&"Q\n".repeat(times(1 + self.states.left_open())));
        closing
    }
}

/// Reads one unpacked content stream.
pub(super) fn balance(content: &[u8]) -> Balance {
    let mut balance = Balance::default();
    let mut rest = content;
    while let Some((&byte, after)) = rest.split_first() {
        match byte {
            b'%' => rest = after.iter().position(|&b| b == b'\n' || b == b'\r').map_or(&[][..], |end| &after[end..]),
            b'(' => match string_end(after) {
                Ok(end) => rest = &after[end..],
                Err(depth) => return Balance { tail: Tail::Text(depth), ..balance },
            },
            b'<' if after.first() == Some(&b'<') => rest = &after[1..],
            b'<' => match after.iter().position(|&b| b == b'>') {
                Some(end) => rest = &after[end + 1..],
                None => return Balance { tail: Tail::Hex, ..balance },
            },
            b'/' => rest = &after[after.iter().position(|&b| !is_regular(b)).unwrap_or(after.len())..],
            byte if is_regular(byte) => {
                let end = rest.iter().position(|&b| !is_regular(b)).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                rest = after;
                match word {
                    b"q" => balance.states.open(),
                    b"Q" => balance.states.close(),
                    b"BMC" | b"BDC" => balance.marks.open(),
                    b"EMC" => balance.marks.close(),
                    b"BT" => balance.text = Some(true),
                    b"ET" => balance.text = Some(false),
                    b"ID" => match image_end(after) {
                        Some(end) => rest = &after[end..],
                        None => return Balance { tail: Tail::Image, ..balance },
                    },
                    _ => {}
                }
            }
            _ => rest = after,
        }
    }
    balance
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !b"()<>[]{}/%".contains(&byte)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

/// Where a string ends that has just begun; how many parentheses are open when it does not.
fn string_end(text: &[u8]) -> Result<usize, u32> {
    let mut depth = 1;
    let mut bytes = text.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok(at + 1);
        }
    }
    Err(depth)
}

/// Where an inline image's data ends: after an `EI` that stands alone and is followed by what looks like content,
/// since the data may hold those two letters itself.
fn image_end(data: &[u8]) -> Option<usize> {
    data.windows(2).enumerate().find_map(|(at, pair)| {
        let alone = at > 0 && is_space(data[at - 1]) && data.get(at + 2).is_none_or(|&b| is_space(b));
        let after = &data[at + 2..data.len().min(at + 14)];
        (pair == b"EI" && alone && after.iter().all(|&b| is_space(b) || (33..127).contains(&b))).then_some(at + 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn balanced_content_needs_one_pair_around_it() {
        let found = balance(b"q 1 0 0 1 0 0 cm BT (q Q \\( EMC) Tj ET Q % q q");
        assert_eq!((found.saves(), found.closing().as_str()), (1, "\nQ\n"));
    }

    #[test]
    fn what_is_left_open_is_closed_and_what_is_closed_too_often_is_opened() {
        let found = balance(b"Q Q q q /OC /Layer BDC BT (half");
        assert_eq!(found.saves(), 3);
        assert_eq!(found.closing(), ")\nET\nEMC\nQ\nQ\nQ\n");
    }

    #[test]
    fn streams_balance_together() {
        let found = balance(b"q BT").then(balance(b"ET Q"));
        assert_eq!(found.closing(), "\nQ\n");
    }

    #[test]
    fn image_data_is_not_read_as_operators() {
        let found = balance(b"BI /W 1 ID \x01 q EI\x00\xFF q\nEI Q");
        assert_eq!(found.states, Nesting { depth: -1, lowest: -1 });
    }
}
