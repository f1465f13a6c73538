//! Runs the relay: a tick several times a second, checkpoints signed once a second at most, and slower where the
//! database is away.

use std::{sync::Arc, time::Duration};

use office::{Desk, relay::Head};
use tokio::{
    sync::watch,
    time::{Instant, timeout},
};

use crate::checkpoints::Checkpoints;

const TICK: Duration = Duration::from_millis(150);
const SIGNING: Duration = Duration::from_secs(1);
/// What a tick or the making of partitions may take: a host that vanished closes no connection and would be waited for.
const PATIENCE: Duration = Duration::from_mins(1);
const LONGEST_WAIT: Duration = Duration::from_secs(5);
const EXTENDING: Duration = Duration::from_hours(24);

/// Until `stop` says so, and once more then. `unsigned`: the heads as they stand, since those that were linked just
/// before a crash would wait for their chain's next entry.
pub async fn run(
    desk: Arc<Desk>,
    mut checkpoints: Checkpoints,
    mut unsigned: Vec<Head>,
    mut stop: watch::Receiver<bool>,
) {
    let mut signed_at: Option<Instant> = None;
    let mut extend_at = Instant::now();
    let mut untold = false;
    let mut wait = TICK;
    loop {
        let last = tokio::select! {
            () = tokio::time::sleep(wait) => false,
            _ = stop.changed() => true,
        };
        match timeout(PATIENCE, desk.relay_tick()).await {
            Ok(Ok(tick)) => {
                wait = TICK;
                unsigned.retain(|head| tick.heads.iter().all(|newer| newer.facility != head.facility));
                unsigned.extend(tick.heads);
                // what a tick linked before it failed or was given up, nobody was told
                if untold && let Ok(Ok(heads)) = timeout(LONGEST_WAIT, desk.chains()).await {
                    unsigned = heads;
                    untold = false;
                }
                if !unsigned.is_empty() && (last || signed_at.is_none_or(|at| at.elapsed() >= SIGNING)) {
                    match checkpoints.sign(&unsigned, tick.at) {
                        Ok(()) => unsigned.clear(),
                        Err(error) => tracing::error!(%error, "the trail's checkpoints are not signed"),
                    }
                    signed_at = Some(Instant::now());
                }
            }
            Ok(Err(error)) => {
                untold = true;
                wait = (wait * 2).min(LONGEST_WAIT);
                tracing::error!(?error, "the relay waits for the database");
            }
            Err(_) => {
                untold = true;
                tracing::error!("a tick of the relay was given up: the database did not answer in {PATIENCE:?}");
            }
        }
        if last {
            break;
        }
        if extend_at <= Instant::now() {
            let again = match timeout(PATIENCE, desk.extend_trail()).await {
                Ok(Ok(())) => EXTENDING,
                Ok(Err(error)) => {
                    tracing::warn!(?error, "the trail's next months are not made yet");
                    LONGEST_WAIT
                }
                Err(_) => LONGEST_WAIT,
            };
            extend_at = Instant::now() + again;
        }
    }
}
