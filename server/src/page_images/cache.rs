//! Pictures that were drawn a moment ago, so that "back" is at once there. Bounded by bytes, the oldest go first.
//! Whoever takes one out has looked at its openings again: what is here gives no right to be seen.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use bytes::Bytes;
use uuid::Uuid;

/// Some two hundred pages.
const MOST_BYTES: usize = 48 << 20;
/// As long as an opening lasts: after that nobody may take it out.
const LASTS: Duration = Duration::from_mins(30);

/// One page as one session opened it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) seat: String,
    pub(super) copy: Uuid,
    pub(super) index: Uuid,
    pub(super) page: u32,
}

struct Kept {
    key: Key,
    at: Instant,
    picture: Bytes,
}

/// The pictures.
#[derive(Default)]
pub(crate) struct Pictures(Mutex<VecDeque<Kept>>);

impl Pictures {
    pub(super) fn find(&self, key: &Key) -> Option<Bytes> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().rev().find(|kept| kept.key == *key && kept.at.elapsed() < LASTS).map(|kept| kept.picture.clone())
    }

    pub(super) fn keep(&self, key: Key, picture: Bytes) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|kept| kept.key != key && kept.at.elapsed() < LASTS);
        kept.push_back(Kept { key, at: Instant::now(), picture });
        while kept.iter().map(|kept| kept.picture.len()).sum::<usize>() > MOST_BYTES {
            kept.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seat: &str, page: u32) -> Key {
        Key { seat: seat.to_owned(), copy: Uuid::from_u128(1), index: Uuid::from_u128(2), page }
    }

    #[test]
    fn a_picture_is_found_by_whoever_opened_it_and_nobody_else() {
        let pictures = Pictures::default();
        pictures.keep(key("anna", 1), Bytes::from_static(b"png"));
        assert_eq!(pictures.find(&key("anna", 1)).as_deref(), Some(&b"png"[..]));
        assert_eq!(pictures.find(&key("ben", 1)), None);
        assert_eq!(pictures.find(&key("anna", 2)), None);
        assert_eq!(pictures.find(&Key { copy: Uuid::nil(), ..key("anna", 1) }), None);
    }

    #[test]
    fn the_oldest_pictures_go_when_there_are_too_many_bytes() {
        let pictures = Pictures::default();
        let large = Bytes::from(vec![0; MOST_BYTES / 3]);
        for page in 1..=4 {
            pictures.keep(key("anna", page), large.clone());
        }
        let there: Vec<u32> = (1..=4).filter(|page| pictures.find(&key("anna", *page)).is_some()).collect();
        assert_eq!(there, [2, 3, 4]);
        pictures.keep(key("anna", 9), Bytes::from(vec![0; MOST_BYTES + 1]));
        assert_eq!(pictures.find(&key("anna", 9)), None, "what is larger than all of it is not kept");
    }
}
