//! A clerk takes a request that nobody has: this one, or the most urgent.

use domain::{
    caller::{Caller, Clerk, Level, Side},
    ids::{FacilityId, RequestId},
    refusal::Refusal,
    timeline::Entry,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, Locked},
    parse,
    queue::workplace,
};
use crate::{
    About, Act, AtDesk, Error, Result,
    store::{
        facilities, queue,
        requests::{self, Stored},
        timeline, worklist,
    },
};

pub struct ClaimRequest {
    request: RequestId,
}

impl ClaimRequest {
    /// # Errors
    /// What is no id of a request.
    pub fn parse(request: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)? })
    }
}

impl Act for ClaimRequest {
    const NAME: &'static str = "claim_request";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = Locked;
    type Output = RequestId;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Locked> {
        at_work::locked(caller, db, self.request).await
    }

    async fn carry_out(
        self,
        Locked { clerk, stored }: Locked,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<RequestId> {
        take(db, desk, &clerk, stored).await?;
        Ok(self.request)
    }
}

/// "Next case": never the same to two people.
pub struct ClaimNext;

impl ClaimNext {
    /// Somebody may take the one that was found in the instant before it was locked; then the next is looked for.
    const TRIES: usize = 20;
}

impl Act for ClaimNext {
    const NAME: &'static str = "claim_next";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = (FacilityId, Clerk);
    /// None: nothing waits that nobody has.
    type Output = Option<RequestId>;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<Self::Admitted> {
        let facility = workplace(caller)?;
        Ok((facility, caller.clerk_at(facility)?))
    }

    async fn carry_out(
        self,
        (facility, clerk): Self::Admitted,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<Self::Output> {
        desk.about_facility(facility);
        for _ in 0..Self::TRIES {
            let Some(request) = worklist::most_urgent(db, facility, clerk.person()).await? else { return Ok(None) };
            desk.about_request(request);
            let stored = requests::load_for_update(db, request).await?;
            match take(db, desk, &clerk, stored).await {
                Ok(()) => return Ok(Some(request)),
                Err(Error::Refused(Refusal::NotYours | Refusal::RequestClosed)) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Refusal::MovedOn.into())
    }
}

async fn take(db: &mut PgConnection, desk: &mut AtDesk, clerk: &Clerk, stored: Stored) -> Result<()> {
    let id = stored.request.id;
    let before = stored.request.open()?.assignee;
    let claimed = stored.request.claim(clerk, desk.now())?;
    if before == Some(clerk.person()) {
        return Ok(());
    }
    queue::record_assignee(db, &claimed, before).await?;
    timeline::add(db, desk, id, &Entry::Assigned).await?;
    let facility = facilities::load(db, id.facility).await?;
    queue::refresh(db, desk, &facility, id).await?;
    desk.changed(&["assignee"]);
    Ok(())
}
