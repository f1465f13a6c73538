//! GET /live/{request}: tells an open page that its request changed, as server-sent events. An event says nothing but
//! that; what changed, the page asks for, under its own session. A stream is no activity, ends with the session, and is
//! bounded in number.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex},
    time::Duration,
};

use app::desk::Visit;
use axum::{
    Extension,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::{ids::RequestId, refusal::Refusal};
use futures::StreamExt as _;
use office::{
    Desk, Error, Seat,
    live::{Change, WatchRequest},
};
use serde::Deserialize;
use tokio::{
    sync::{broadcast, mpsc, watch},
    time::{Instant, sleep, sleep_until},
};
use tokio_stream::wrappers::ReceiverStream;

use crate::router::Served;

/// A person's tabs. A browser speaking HTTP/1.1 opens no more than six.
const STREAMS_A_SEAT: usize = 8;
const STREAMS: usize = 10_000;
/// A changes feed that falls further behind than this is told that it missed something.
const BEHIND: usize = 1024;
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How soon a stream notices that its session has ended when nothing happens.
const CHECK: Duration = Duration::from_secs(30);
/// Several changes in a row are one fetch.
const GATHER: Duration = Duration::from_millis(150);
/// Pages that come back after the database was away do not come all at once.
const SPREAD: Duration = Duration::from_secs(3);

/// What the streams share.
#[derive(Clone)]
pub struct Live {
    tell: broadcast::Sender<Change>,
    open: Arc<Mutex<Open>>,
    closing: watch::Receiver<bool>,
}

#[derive(Default)]
struct Open {
    all: usize,
    by_seat: HashMap<String, usize>,
}

impl Live {
    /// `closing`: the program ends, so the streams do.
    pub fn new(closing: watch::Receiver<bool>) -> Self {
        Self { tell: broadcast::channel(BEHIND).0, open: Arc::default(), closing }
    }

    /// Hears what changed until `stop` says so.
    pub async fn run(self, desk: Arc<Desk>, stop: watch::Receiver<bool>) {
        desk.follow_changes(&self.tell, stop).await;
    }

    fn place(&self, seat: &Seat) -> Option<Place> {
        let mut open = self.open.lock().ok()?;
        let of_seat = open.by_seat.get(seat.as_str()).copied().unwrap_or_default();
        if open.all >= STREAMS || of_seat >= STREAMS_A_SEAT {
            return None;
        }
        open.all += 1;
        open.by_seat.insert(seat.as_str().to_owned(), of_seat + 1);
        Some(Place { open: Arc::clone(&self.open), seat: seat.clone() })
    }
}

/// One of the streams that may be open; given back when it ends, however it ends.
struct Place {
    open: Arc<Mutex<Open>>,
    seat: Seat,
}

impl Drop for Place {
    fn drop(&mut self) {
        let Ok(mut open) = self.open.lock() else { return };
        open.all = open.all.saturating_sub(1);
        if let Some(of_seat) = open.by_seat.get_mut(self.seat.as_str()) {
            *of_seat -= 1;
            if *of_seat == 0 {
                open.by_seat.remove(self.seat.as_str());
            }
        }
    }
}

pub(crate) async fn live(
    State(served): State<Served>,
    Extension(visit): Extension<Visit>,
    Path(request): Path<String>,
    query: Result<Query<Watched>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let Ok(request) = request.parse::<RequestId>() else { return StatusCode::NOT_FOUND.into_response() };
    let Some(seat) = visit.seat else { return StatusCode::UNAUTHORIZED.into_response() };
    let Some(place) = served.live.place(&seat) else { return StatusCode::TOO_MANY_REQUESTS.into_response() };
    // before it is admitted, so that nothing is missed in between
    let changes = served.live.tell.subscribe();
    // a page whose connection was lost does not know what it missed; nor does one that was hidden, and says nothing
    let as_of = query.ok().and_then(|query| query.0.as_of).filter(|_| !headers.contains_key("last-event-id"));
    let missed = match admitted(&served.desk, &seat, request, as_of).await {
        Ok(missed) => missed,
        Err(error) => return not_opened(&error).into_response(),
    };
    let (tell, told) = mpsc::channel(1);
    let stream =
        Stream { desk: served.desk, seat, request, changes, closing: served.live.closing.clone(), tell, place };
    tokio::spawn(stream.run(missed));
    let events =
        Sse::new(ReceiverStream::new(told).map(Ok::<_, Infallible>)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    // a proxy that gathers answers would hold the events back
    ([("x-accel-buffering", "no")], events).into_response()
}

#[derive(Deserialize)]
pub(crate) struct Watched {
    as_of: Option<i64>,
}

/// A seat has one side; which, its own login tells. Answers whether the page has missed something.
async fn admitted(desk: &Arc<Desk>, seat: &Seat, request: RequestId, as_of: Option<i64>) -> office::Result<bool> {
    match desk.look_again(seat.clone(), WatchRequest::<false> { request, as_of }).await {
        Err(Error::SignInAgain) => desk.look_again(seat.clone(), WatchRequest::<true> { request, as_of }).await,
        answered => answered,
    }
}

fn not_opened(error: &Error) -> StatusCode {
    match error {
        Error::SignInAgain => StatusCode::UNAUTHORIZED,
        Error::Refused(Refusal::NotFound) => StatusCode::NOT_FOUND,
        Error::Refused(_) => StatusCode::FORBIDDEN,
        Error::Away(_) => StatusCode::SERVICE_UNAVAILABLE,
        fault => {
            tracing::error!(?fault, "a stream was not opened");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

struct Stream {
    desk: Arc<Desk>,
    seat: Seat,
    request: RequestId,
    changes: broadcast::Receiver<Change>,
    closing: watch::Receiver<bool>,
    tell: mpsc::Sender<Event>,
    place: Place,
}

/// What a stream woke up for.
enum Woke {
    Changed,
    Missed,
    Check,
    Ended,
}

impl Stream {
    async fn run(mut self, missed: bool) {
        // it carries an id, so that a browser that comes back says that it was here
        let opened = Event::default().event("opened").id("0").retry(Duration::from_secs(3)).data("");
        if self.tell.send(opened).await.is_err() || (missed && !self.say_changed().await) {
            return;
        }
        let mut check = Instant::now() + CHECK;
        let mut untold = false;
        loop {
            match self.wake(check).await {
                Woke::Ended => break,
                Woke::Check => {}
                Woke::Changed => {
                    untold = true;
                    sleep(GATHER).await;
                }
                Woke::Missed => {
                    untold = true;
                    sleep(SPREAD.mul_f64(f64::from(some_byte()) / 255.0)).await;
                }
            }
            check = Instant::now() + CHECK;
            if untold {
                self.drain();
            }
            match self.desk.session_lives(&self.seat).await {
                Ok(true) if !untold => {}
                Ok(true) => {
                    if !self.say_changed().await {
                        break;
                    }
                    untold = false;
                }
                // the page fetches itself once more and finds out
                Ok(false) => {
                    self.say_changed().await;
                    break;
                }
                // what is untold is told once the database is back
                Err(error) => {
                    tracing::debug!(?error, "a stream waits");
                    check = Instant::now() + SPREAD;
                }
            }
        }
        drop(self.place);
    }

    async fn wake(&mut self, check: Instant) -> Woke {
        loop {
            let heard = tokio::select! {
                heard = self.changes.recv() => heard,
                () = sleep_until(check) => return Woke::Check,
                _ = self.closing.wait_for(|closing| *closing) => return Woke::Ended,
                () = self.tell.closed() => return Woke::Ended,
            };
            match heard {
                Ok(Change::Request(request)) if request == self.request => return Woke::Changed,
                Ok(Change::Request(_)) => {}
                Ok(Change::Missed) | Err(broadcast::error::RecvError::Lagged(_)) => return Woke::Missed,
                Err(broadcast::error::RecvError::Closed) => return Woke::Ended,
            }
        }
    }

    /// What came while we waited is told by the same event.
    fn drain(&mut self) {
        self.changes = self.changes.resubscribe();
    }

    async fn say_changed(&self) -> bool {
        self.tell.send(Event::default().id("0").data("changed")).await.is_ok()
    }
}

fn some_byte() -> u8 {
    let mut byte = [0];
    // without randomness all come at once, and that is all
    let _ = getrandom::fill(&mut byte);
    byte[0]
}
