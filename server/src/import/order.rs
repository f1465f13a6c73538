//! Bundles of one patient go in one after the other, in the order in which they were given: whichever comes last is
//! what holds. Bundles of different patients wait for nobody.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use futures::{FutureExt as _, future::Shared};
use tokio::sync::oneshot;

/// Ends when a bundle is in or given up, by its other side being dropped.
type Ended = Shared<oneshot::Receiver<()>>;

/// Gives each bundle its turn.
#[derive(Default)]
pub struct Order {
    /// That the bundle before has said whose it is.
    before: Option<oneshot::Receiver<()>>,
    /// By patient, the last bundle so far.
    last: Arc<Mutex<HashMap<String, Ended>>>,
}

/// One bundle's place in the order.
pub struct Turn {
    before: Option<oneshot::Receiver<()>>,
    named: oneshot::Sender<()>,
    last: Arc<Mutex<HashMap<String, Ended>>>,
}

impl Order {
    /// The turn behind all that were given so far. Whoever has one must work on it, or let go of it: those behind wait.
    pub fn turn(&mut self) -> Turn {
        let (named, hears) = oneshot::channel();
        Turn { before: self.before.replace(hears), named, last: Arc::clone(&self.last) }
    }
}

impl Turn {
    /// Waits for the earlier bundles of these patients. The turn ends when what is given back is dropped.
    pub(super) async fn come(self, patients: BTreeSet<String>) -> oneshot::Sender<()> {
        if let Some(before) = self.before {
            // that its sender is gone is all there is to hear
            let _ = before.await;
        }
        let (turn, ended) = oneshot::channel();
        let ended = ended.shared();
        let earlier: Vec<Ended> = {
            let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            patients.into_iter().filter_map(|patient| last.insert(patient, ended.clone())).collect()
        };
        drop(self.named);
        for ended in earlier {
            let _ = ended.await;
        }
        turn
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use super::*;

    fn of(patients: &[&str]) -> BTreeSet<String> {
        patients.iter().map(|&patient| patient.to_owned()).collect()
    }

    #[test]
    fn bundles_of_one_patient_wait_for_each_other_in_their_order_and_others_do_not() {
        let mut order = Order::default();
        let (first, other, second, unread, third) =
            (order.turn(), order.turn(), order.turn(), order.turn(), order.turn());
        let mut second = pin!(second.come(of(&["ana", "eva"])));
        assert!(second.as_mut().now_or_never().is_none(), "whose the first is, is not known yet");
        let first = first.come(of(&["ana"])).now_or_never().expect("nobody is before the first");
        assert!(other.come(of(&["ben"])).now_or_never().is_some(), "another patient's waits for nobody");
        assert!(second.as_mut().now_or_never().is_none(), "the first is still on its way");
        assert!(unread.come(of(&[])).now_or_never().is_some(), "one that could not be read lets those behind it go on");
        let mut third = pin!(third.come(of(&["eva"])));
        assert!(third.as_mut().now_or_never().is_none(), "the second has not come to its end");
        drop(first);
        let second = second.now_or_never().expect("the first is in");
        assert!(third.as_mut().now_or_never().is_none());
        drop(second);
        assert!(third.now_or_never().is_some());
    }
}
