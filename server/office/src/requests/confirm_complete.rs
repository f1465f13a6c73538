//! T25: the requester says that everything is there. The request closes at once, as fulfilled or as what was found.

use domain::{
    caller::{Caller, Level, Side},
    ids::RequestId,
    refusal::Refusal,
    request::{CloseBy, Progress},
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{Own, request_id, version};
use crate::{
    About, Act, AtDesk, Result,
    store::{deliveries, facilities, items, queue, requests, timeline},
};

pub struct ConfirmComplete {
    request: RequestId,
    seen: Version,
}

impl ConfirmComplete {
    /// # Errors
    /// Not a request's id; no version.
    pub fn parse(request: &str, seen: &str) -> Result<Self> {
        Ok(Self { request: request_id(request)?, seen: version(seen)? })
    }
}

impl Act for ConfirmComplete {
    const NAME: &'static str = "confirm_complete";
    const SIDE: Side = Side::Patient;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = Own;
    type Output = RequestId;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Own> {
        Own::lock(db, caller, self.request).await
    }

    async fn carry_out(
        self,
        Own { asker, stored }: Own,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<RequestId> {
        let id = self.request;
        stored.request.version.seen(self.seen)?;
        let delivery = deliveries::of(db, id).await?.ok_or(Refusal::NotDelivered)?.delivery;
        let items = items::of(db, id).await?;
        let closed = stored.request.close(CloseBy::Requester(&asker), &items, &delivery, desk.now())?;
        requests::record_progress(db, &closed).await?;
        if let Progress::Closed(closed) = &closed.progress {
            timeline::add(db, desk, id, &Entry::Closed { outcome: closed.ending.outcome() }).await?;
        }
        let facility = facilities::load(db, id.facility).await?;
        queue::refresh(db, desk, &facility, id).await?;
        desk.changed(&["status"]);
        Ok(id)
    }
}
