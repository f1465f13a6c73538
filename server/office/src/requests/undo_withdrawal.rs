//! The requester changed their mind in time: the request is as it was, and its clock has always run.

use domain::{
    caller::{Caller, Level, Side},
    ids::RequestId,
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{Own, request_id, version};
use crate::{
    About, Act, AtDesk, Result,
    store::{facilities, queue, requests, timeline},
};

pub struct UndoWithdrawal {
    request: RequestId,
    seen: Version,
}

impl UndoWithdrawal {
    /// # Errors
    /// Not a request's id; no version.
    pub fn parse(request: &str, seen: &str) -> Result<Self> {
        Ok(Self { request: request_id(request)?, seen: version(seen)? })
    }
}

impl Act for UndoWithdrawal {
    const NAME: &'static str = "undo_withdrawal";
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
        let request = stored.request.undo_withdrawal(&asker, desk.now())?;
        requests::record_progress(db, &request).await?;
        timeline::add(db, desk, id, &Entry::WithdrawalUndone).await?;
        let facility = facilities::load(db, id.facility).await?;
        queue::refresh(db, desk, &facility, id).await?;
        desk.changed(&["status"]);
        Ok(id)
    }
}
