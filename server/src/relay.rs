//! Runs the relay: a tick several times a second, checkpoints signed once a second at most, and slower where the
//! database is away.

use std::{sync::Arc, time::Duration};

use office::{Desk, relay::Head};
use tokio::{sync::watch, time::Instant};

use crate::checkpoints::Checkpoints;

const TICK: Duration = Duration::from_millis(150);
const SIGNING: Duration = Duration::from_secs(1);

/// Until `stop` says so, and once more then. `unsigned`: the heads as they stand, since those that were linked just
/// before a crash would wait for their chain's next entry.
pub async fn run(
    desk: Arc<Desk>,
    mut checkpoints: Checkpoints,
    mut unsigned: Vec<Head>,
    mut stop: watch::Receiver<bool>,
) {
    let mut signed_at: Option<Instant> = None;
    let mut extended_at: Option<Instant> = None;
    let mut wait = TICK;
    loop {
        let last = tokio::select! {
            () = tokio::time::sleep(wait) => false,
            _ = stop.changed() => true,
        };
        match desk.relay_tick().await {
            Ok(tick) => {
                wait = TICK;
                unsigned.retain(|head| tick.heads.iter().all(|newer| newer.facility != head.facility));
                unsigned.extend(tick.heads);
                if !unsigned.is_empty() && (last || signed_at.is_none_or(|at| at.elapsed() >= SIGNING)) {
                    match checkpoints.sign(&unsigned, tick.at) {
                        Ok(()) => unsigned.clear(),
                        Err(error) => tracing::error!(%error, "the trail's checkpoints are not signed"),
                    }
                    signed_at = Some(Instant::now());
                }
            }
            Err(error) => {
                wait = (wait * 2).min(Duration::from_secs(5));
                tracing::error!(?error, "the relay waits for the database");
            }
        }
        if last {
            break;
        }
        if extended_at.is_none_or(|at| at.elapsed() >= Duration::from_hours(24)) && desk.extend_trail().await.is_ok() {
            extended_at = Some(Instant::now());
        }
    }
}
