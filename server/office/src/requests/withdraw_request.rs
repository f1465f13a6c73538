//! T28: the requester takes the request back. The notice goes out once it can no longer be undone.

use domain::{
    caller::{Caller, Level, Side},
    ids::RequestId,
    request::{Closed, Ending, Progress},
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{Own, request_id, version};
use crate::{
    About, Act, AtDesk, Result,
    store::{
        facilities,
        outbox::{self, Task},
        queue, requests, timeline,
    },
};

pub struct WithdrawRequest {
    request: RequestId,
    seen: Version,
}

impl WithdrawRequest {
    /// # Errors
    /// Not a request's id; no version.
    pub fn parse(request: &str, seen: &str) -> Result<Self> {
        Ok(Self { request: request_id(request)?, seen: version(seen)? })
    }
}

impl Act for WithdrawRequest {
    const NAME: &'static str = "withdraw_request";
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
        let facility = facilities::load(db, id.facility).await?;
        let stage = queue::view(db, &facility, &stored).await?.package;
        let request = stored.request.withdraw(&asker, stage, desk.now())?;
        requests::record_progress(db, &request).await?;
        timeline::add(db, desk, id, &Entry::Withdrawn).await?;
        if let Progress::Closed(Closed { ending: Ending::Withdrawn { undo_until }, .. }) = request.progress {
            outbox::put(db, desk, Task::UndoPassed, id, id.id, Some(undo_until)).await?;
        }
        queue::refresh(db, desk, &facility, id).await?;
        desk.changed(&["status"]);
        Ok(id)
    }
}
