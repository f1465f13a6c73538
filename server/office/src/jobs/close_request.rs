use domain::{
    ids::RequestId,
    refusal::Refusal,
    request::{CloseBy, Progress},
    timeline::Entry,
};
use sqlx::PgConnection;

use crate::{
    About, AtDesk, Result, SystemAct,
    store::{deliveries, facilities, items, queue, requests, timeline},
};

/// Two weeks after its delivery a request closes by itself.
pub struct CloseRequest(pub RequestId);

impl SystemAct for CloseRequest {
    const NAME: &'static str = "close_request";
    /// False: it is too soon.
    type Output = bool;

    fn about(&self) -> About {
        About::request(self.0)
    }

    async fn carry_out(self, desk: &mut AtDesk, db: &mut PgConnection) -> Result<bool> {
        let stored = requests::load_for_update(db, self.0).await?;
        let items = items::of(db, self.0).await?;
        let Some(stored_delivery) = deliveries::of(db, self.0).await? else { return Ok(true) };
        let closed = match stored.request.close(CloseBy::Timer, &items, &stored_delivery.delivery, desk.now()) {
            Ok(closed) => closed,
            Err(Refusal::TooSoonToClose) => return Ok(false),
            // closed already, or opened again: whoever delivers again sets the timer again
            Err(_) => return Ok(true),
        };
        requests::record_progress(db, &closed).await?;
        if let Progress::Closed(closed) = &closed.progress {
            timeline::add(db, desk, self.0, &Entry::Closed { outcome: closed.ending.outcome() }).await?;
        }
        let facility = facilities::load(db, self.0.facility).await?;
        queue::refresh(db, desk, &facility, self.0).await?;
        desk.changed(&["status", "outcome", "closed_at"]);
        Ok(true)
    }
}
