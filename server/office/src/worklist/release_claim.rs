//! A clerk takes a request over from another, with a reason, or puts it back into the queue.

use domain::{
    caller::{Caller, Level, Side},
    form::optional_text,
    ids::RequestId,
    timeline::Entry,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, Locked, seal_words},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{facilities, queue, timeline},
};

const LONGEST_REASON: usize = 500;

fn reason(typed: &str) -> Result<Option<String>> {
    let mut problems = domain::form::Problems::default();
    let read = problems.take("reason", optional_text(typed, LONGEST_REASON));
    Ok(problems.finish(read)?)
}

pub struct TakeOver {
    request: RequestId,
    reason: Option<String>,
}

impl TakeOver {
    /// # Errors
    /// What is no id, or a reason that cannot be kept.
    pub fn parse(request: &str, typed: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, reason: reason(typed)? })
    }
}

impl Act for TakeOver {
    const NAME: &'static str = "take_over";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = Locked;
    type Output = ();

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Locked> {
        at_work::locked(caller, db, self.request).await
    }

    async fn carry_out(self, Locked { clerk, stored }: Locked, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        let before = stored.request.open()?.assignee;
        let reason = self.reason.unwrap_or_default();
        let taken = stored.request.take_over(&clerk, &reason, desk.now())?;
        queue::record_assignee(db, &taken, before).await?;
        let reason = seal_words(db, desk, self.request, &reason).await?;
        timeline::add(db, desk, self.request, &Entry::TakenOver { reason }).await?;
        let facility = facilities::load(db, self.request.facility).await?;
        queue::refresh(db, desk, &facility, self.request).await?;
        desk.changed(&["assignee"]);
        Ok(())
    }
}

pub struct PutBack {
    request: RequestId,
    reason: Option<String>,
}

impl PutBack {
    /// # Errors
    /// What is no id, or a reason that cannot be kept.
    pub fn parse(request: &str, typed: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, reason: reason(typed)? })
    }
}

impl Act for PutBack {
    const NAME: &'static str = "put_back";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = Locked;
    type Output = ();

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Locked> {
        at_work::locked(caller, db, self.request).await
    }

    async fn carry_out(self, Locked { clerk, stored }: Locked, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        let free = stored.request.unclaim(&clerk)?;
        queue::record_assignee(db, &free, Some(clerk.person())).await?;
        let reason = match &self.reason {
            Some(reason) => Some(seal_words(db, desk, self.request, reason).await?),
            None => None,
        };
        timeline::add(db, desk, self.request, &Entry::Unclaimed { reason }).await?;
        let facility = facilities::load(db, self.request.facility).await?;
        queue::refresh(db, desk, &facility, self.request).await?;
        desk.changed(&["assignee"]);
        Ok(())
    }
}
