//! Which bytes a `Range` asks for (RFC 9110, 14). One range is answered; several at once, another unit or what cannot be
//! read are answered with the whole, as the standard lets a server do.

use std::ops::Range;

/// What is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    Whole,
    Part(Range<u64>),
    /// Nothing of what is asked for is there.
    Outside,
}

/// `given`: the header's value.
pub(super) fn asked(given: &str, length: u64) -> Asked {
    let Some((unit, ranges)) = given.split_once('=') else { return Asked::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Asked::Whole;
    }
    let Some((first, last)) = ranges.trim().split_once('-') else { return Asked::Whole };
    match (End::read(first), End::read(last)) {
        // the last bytes, all of them where there are fewer
        (Some(End::Open), Some(End::At(count))) => part(length.saturating_sub(count)..length),
        (Some(End::At(first)), Some(End::Open)) => part(first..length),
        (Some(End::At(first)), Some(End::At(last))) if first <= last => part(first..last.saturating_add(1).min(length)),
        _ => Asked::Whole,
    }
}

fn part(range: Range<u64>) -> Asked {
    if range.is_empty() { Asked::Outside } else { Asked::Part(range) }
}

enum End {
    Open,
    At(u64),
}

impl End {
    /// A number beyond all numbers is beyond every length too.
    fn read(digits: &str) -> Option<Self> {
        match digits {
            "" => Some(Self::Open),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(Self::At(digits.parse().unwrap_or(u64::MAX)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_range_is_read_as_the_standard_has_it() {
        let table = [
            ("bytes=0-0", 10, Asked::Part(0..1)),
            ("bytes=2-5", 10, Asked::Part(2..6)),
            ("bytes=2-", 10, Asked::Part(2..10)),
            ("bytes=-3", 10, Asked::Part(7..10)),
            ("bytes=-30", 10, Asked::Part(0..10)),
            ("bytes=9-99999999999999999999999", 10, Asked::Part(9..10)),
            ("Bytes=2-5", 10, Asked::Part(2..6)),
            ("bytes= 2-5 ", 10, Asked::Part(2..6)),
            ("bytes=10-", 10, Asked::Outside),
            ("bytes=99999999999999999999999-", 10, Asked::Outside),
            ("bytes=-0", 10, Asked::Outside),
            ("bytes=0-", 0, Asked::Outside),
            ("bytes=-1", 0, Asked::Outside),
            ("bytes=5-2", 10, Asked::Whole),
            ("bytes=0-1,4-5", 10, Asked::Whole),
            ("bytes=-", 10, Asked::Whole),
            ("bytes=--1", 10, Asked::Whole),
            ("bytes=+1-2", 10, Asked::Whole),
            ("bytes=a-b", 10, Asked::Whole),
            ("bytes", 10, Asked::Whole),
            ("pages=1-2", 10, Asked::Whole),
            ("", 10, Asked::Whole),
        ];
        for (given, length, expected) in table {
            assert_eq!(asked(given, length), expected, "{given} of {length}");
        }
    }

    proptest! {
        #[test]
        fn what_is_sent_lies_inside_whatever_is_asked(given in "(bytes=)?[-0-9, ]{0,24}|\\PC*", length in any::<u64>()) {
            if let Asked::Part(range) = asked(&given, length) {
                prop_assert!(range.start < range.end && range.end <= length);
            }
        }

        #[test]
        fn parts_put_together_are_the_whole(cuts in proptest::collection::btree_set(1_u64..1000, 0..8)) {
            let length = 1000;
            let ends: Vec<u64> = cuts.into_iter().chain([length]).collect();
            let mut sent = Vec::new();
            let mut from = 0;
            for end in ends {
                let Asked::Part(range) = asked(&format!("bytes={from}-{}", end - 1), length) else { panic!("a part") };
                sent.extend(range);
                from = end;
            }
            prop_assert!(sent.into_iter().eq(0..length));
        }
    }
}
