//! Turns of files. A file under way is held in memory, so that only so many are at once, and one of each seat: whoever
//! has a slow line, or many of them, keeps nobody else waiting.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, Weak},
    time::Duration,
};

use office::Seat;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit},
    time::{Instant, timeout_at},
};

pub(super) struct Turns {
    all: Semaphore,
    seats: Mutex<BTreeMap<String, Weak<Semaphore>>>,
    within: Duration,
}

/// Given back when it is dropped.
pub(super) struct Turn<'a> {
    _of_seat: OwnedSemaphorePermit,
    _of_all: SemaphorePermit<'a>,
}

impl Turns {
    pub(super) const fn new(at_once: usize, within: Duration) -> Self {
        Self { all: Semaphore::const_new(at_once), seats: Mutex::new(BTreeMap::new()), within }
    }

    /// # Errors
    /// The code of what the person is told where none comes in time.
    pub(super) async fn take(&self, seat: &Seat) -> Result<Turn<'_>, &'static str> {
        let until = Instant::now() + self.within;
        let own = self.of(seat).ok_or("busy")?;
        let Ok(Ok(of_seat)) = timeout_at(until, own.acquire_owned()).await else { return Err("file_under_way") };
        let Ok(Ok(of_all)) = timeout_at(until, self.all.acquire()).await else { return Err("busy") };
        Ok(Turn { _of_seat: of_seat, _of_all: of_all })
    }

    /// The seat's own turn; a seat without a file under way is forgotten.
    fn of(&self, seat: &Seat) -> Option<Arc<Semaphore>> {
        let mut seats = self.seats.lock().ok()?;
        seats.retain(|_, turn| turn.strong_count() > 0);
        if let Some(own) = seats.get(seat.as_str()).and_then(Weak::upgrade) {
            return Some(own);
        }
        let own = Arc::new(Semaphore::new(1));
        seats.insert(seat.as_str().to_owned(), Arc::downgrade(&own));
        Some(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(20);

    fn seat(name: &str) -> Seat {
        Seat::of_cookie(name)
    }

    #[tokio::test]
    async fn many_slow_lines_of_one_seat_leave_the_turns_to_others() {
        let turns = Turns::new(8, SOON);
        let first = turns.take(&seat("slow")).await;
        assert!(first.is_ok());
        for _ in 0..8 {
            assert_eq!(turns.take(&seat("slow")).await.err(), Some("file_under_way"), "one file of a seat at once");
        }
        assert!(turns.take(&seat("another")).await.is_ok());
        drop(first);
        assert!(turns.take(&seat("slow")).await.is_ok(), "the next one, once the first has ended");
    }

    #[tokio::test]
    async fn nobody_waits_without_end() {
        let turns = Turns::new(1, SOON);
        let first = turns.take(&seat("first")).await;
        assert_eq!(turns.take(&seat("second")).await.err(), Some("busy"));
        drop(first);
        assert!(turns.take(&seat("second")).await.is_ok(), "whoever gave up holds no turn");
    }

    #[tokio::test]
    async fn a_seat_is_forgotten_with_its_last_file() {
        let turns = Turns::new(8, SOON);
        drop(turns.take(&seat("first")).await);
        let kept = turns.take(&seat("second")).await;
        assert!(kept.is_ok());
        let seats = turns.seats.lock().map(|seats| seats.len());
        assert_eq!(seats.ok(), Some(1));
    }
}
