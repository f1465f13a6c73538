//! Waking open pages: one connection hears what the relay calls out, and every stream of this program hears it from
//! there. What is called out is opaque: that a request changed, never what.

use std::{future::Future, io, time::Duration};

use domain::{
    caller::{Caller, Level, Side},
    ids::RequestId,
    refusal::Refusal,
};
use sqlx::{
    Executor as _, PgConnection,
    postgres::{PgListener, PgPoolOptions},
};
use tokio::{
    sync::{broadcast, watch},
    time::timeout,
};

use crate::{About, Act, AtDesk, Desk, Error, Login, Result, store::live};

/// What may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Request(RequestId),
    /// The connection was away: anything may have changed meanwhile.
    Missed,
}

/// Somebody keeps a request's page open. Only whoever may see the request is told that it changed. Answers whether the
/// page may have missed a change already.
pub struct WatchRequest<const STAFF: bool> {
    pub request: RequestId,
    /// When the page was read ([`AtDesk::as_of`]); None: nobody knows, so it may have missed anything.
    pub as_of: Option<i64>,
}

impl<const STAFF: bool> Act for WatchRequest<STAFF> {
    const NAME: &'static str = "watch_request";
    const SIDE: Side = if STAFF { Side::Staff } else { Side::Patient };
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = ();
    type Output = bool;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<()> {
        if STAFF {
            caller.staff_at(self.request.facility)?;
        } else {
            caller.patient()?;
        }
        // row-level security answers: a request that this seat may not see is not there
        if live::is_there(db, self.request).await? { Ok(()) } else { Err(Refusal::NotFound.into()) }
    }

    async fn carry_out(self, (): (), _: &mut AtDesk, db: &mut PgConnection) -> Result<bool> {
        match self.as_of.filter(|as_of| *as_of >= 0) {
            Some(as_of) => live::changed_since(db, self.request, as_of).await,
            None => Ok(true),
        }
    }
}

const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How long the connection may say nothing before it is asked something.
const QUIET: Duration = Duration::from_secs(30);
const ANSWER: Duration = Duration::from_secs(5);

impl Desk {
    /// Tells every receiver what changed, until `stop` says so, whatever happens to the database meanwhile.
    pub async fn follow_changes(&self, tell: &broadcast::Sender<Change>, mut stop: watch::Receiver<bool>) {
        let mut wait = FIRST_WAIT;
        while !*stop.borrow() {
            let failed = tokio::select! {
                failed = self.hear(tell, &mut wait) => failed,
                _ = stop.changed() => return,
            };
            if let Err(error) = failed {
                tracing::warn!(?error, "open pages are not woken: the database is away");
            }
            wait = (wait * 2).min(LONGEST_WAIT);
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                _ = stop.changed() => return,
            }
        }
    }

    /// Until the connection is lost.
    async fn hear(&self, tell: &broadcast::Sender<Change>, wait: &mut Duration) -> Result<()> {
        // a pool of its own: one that is given up takes no connection of the jobs' with it
        let worker = self.pool(Login::Worker)?.connect_options();
        let own = PgPoolOptions::new().max_connections(1).connect_lazy_with((*worker).clone());
        let mut listener = in_time(PgListener::connect_with(&own)).await?;
        listener.eager_reconnect(false);
        in_time(listener.listen("portal")).await?;
        *wait = FIRST_WAIT;
        // without a receiver nobody has a page open: nothing to tell
        let _ = tell.send(Change::Missed);
        loop {
            match timeout(QUIET, listener.try_recv()).await {
                Ok(heard) => {
                    let Some(heard) = heard? else { return Ok(()) };
                    if let Ok(request) = heard.payload().parse() {
                        let _ = tell.send(Change::Request(request));
                    }
                }
                // to listen once more changes nothing
                Err(_) => {
                    in_time(listener.execute("listen portal")).await?;
                }
            }
        }
    }
}

/// A host that vanished closes no connection: one that does not answer in time is lost.
async fn in_time<T>(asked: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T> {
    match timeout(ANSWER, asked).await {
        Ok(answered) => Ok(answered?),
        Err(_) => Err(Error::Away(io::Error::from(io::ErrorKind::TimedOut).into())),
    }
}
