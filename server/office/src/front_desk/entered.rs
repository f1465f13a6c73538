//! What whoever entered a request tells the person who stands there: its number, by when there is an answer, and the
//! notice to print. Nobody else comes here: they look it up.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    ids::{NoticeId, RequestId},
    refusal::Refusal,
    shown::front_desk::Entered,
};
use sqlx::PgConnection;

use crate::{
    About, Act, AtDesk, Result,
    store::{facilities, lookups, queue, requests},
};

pub struct LookAtEntered {
    request: RequestId,
}

impl LookAtEntered {
    /// # Errors
    /// Not a request's id.
    pub fn parse(request: &str) -> Result<Self> {
        Ok(Self { request: request.parse().map_err(|_| Refusal::NotFound)? })
    }
}

impl Act for LookAtEntered {
    const NAME: &'static str = "look_at_entered";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = (FrontDesk, Option<NoticeId>);
    type Output = Entered;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Self::Admitted> {
        let at = caller.front_desk_at(self.request.facility)?;
        Ok((at, lookups::entered_by(db, self.request, caller.person).await?))
    }

    async fn carry_out(
        self,
        (_, printable): Self::Admitted,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<Entered> {
        let stored = requests::load(db, self.request).await?;
        let facility = facilities::load(db, self.request.facility).await?;
        let status = queue::status_of(db, &facility, &stored, desk.now()).await?;
        Ok(Entered {
            request: self.request,
            number: stored.number,
            name: stored.sent()?.1.name.as_str().to_owned(),
            due_on: status.due_on,
            status,
            language: stored.language,
            printable,
        })
    }
}
