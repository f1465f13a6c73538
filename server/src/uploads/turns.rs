//! Turns of files. A file under way is held in memory, so that only so many are at once, and one of each person: whoever
//! has a slow line, or many of them, keeps nobody else waiting.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, Weak},
    time::Duration,
};

use domain::ids::PersonId;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit},
    time::{Instant, timeout_at},
};

pub(super) struct Turns {
    all: Semaphore,
    people: Mutex<BTreeMap<PersonId, Weak<Semaphore>>>,
    within: Duration,
}

/// Given back when it is dropped.
pub(super) struct Turn<'a> {
    _of_person: OwnedSemaphorePermit,
    _of_all: SemaphorePermit<'a>,
}

impl Turns {
    pub(super) const fn new(at_once: usize, within: Duration) -> Self {
        Self { all: Semaphore::const_new(at_once), people: Mutex::new(BTreeMap::new()), within }
    }

    /// # Errors
    /// The code of what the person is told where none comes in time.
    pub(super) async fn take(&self, person: PersonId) -> Result<Turn<'_>, &'static str> {
        let until = Instant::now() + self.within;
        let own = self.of(person).ok_or("busy")?;
        let Ok(Ok(of_person)) = timeout_at(until, own.acquire_owned()).await else { return Err("file_under_way") };
        let Ok(Ok(of_all)) = timeout_at(until, self.all.acquire()).await else { return Err("busy") };
        Ok(Turn { _of_person: of_person, _of_all: of_all })
    }

    /// The person's own turn; who has no file under way is forgotten.
    fn of(&self, person: PersonId) -> Option<Arc<Semaphore>> {
        let mut people = self.people.lock().ok()?;
        people.retain(|_, turn| turn.strong_count() > 0);
        if let Some(own) = people.get(&person).and_then(Weak::upgrade) {
            return Some(own);
        }
        let own = Arc::new(Semaphore::new(1));
        people.insert(person, Arc::downgrade(&own));
        Some(own)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const SOON: Duration = Duration::from_millis(20);

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    #[tokio::test]
    async fn many_slow_lines_of_one_person_leave_the_turns_to_others() {
        let turns = Turns::new(8, SOON);
        let first = turns.take(person(1)).await;
        assert!(first.is_ok());
        for _ in 0..8 {
            assert_eq!(turns.take(person(1)).await.err(), Some("file_under_way"), "one file of a person at once");
        }
        assert!(turns.take(person(2)).await.is_ok());
        drop(first);
        assert!(turns.take(person(1)).await.is_ok(), "the next one, once the first has ended");
    }

    #[tokio::test]
    async fn nobody_waits_without_end() {
        let turns = Turns::new(1, SOON);
        let first = turns.take(person(1)).await;
        assert_eq!(turns.take(person(2)).await.err(), Some("busy"));
        drop(first);
        assert!(turns.take(person(2)).await.is_ok(), "whoever gave up holds no turn");
    }

    #[tokio::test]
    async fn a_person_is_forgotten_with_their_last_file() {
        let turns = Turns::new(8, SOON);
        drop(turns.take(person(1)).await);
        let kept = turns.take(person(2)).await;
        assert!(kept.is_ok());
        let people = turns.people.lock().map(|people| people.len());
        assert_eq!(people.ok(), Some(1));
    }
}
