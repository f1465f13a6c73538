//! One answer of a draft: read by the rules, kept sealed, and what is wrong with it said field by field.

use domain::{
    ask::Answer,
    caller::{Caller, Level, Side},
    ids::RequestId,
    refusal::Refusal,
    request::RequestStatus,
    shown::requests::Saved,
};
use sqlx::PgConnection;

use super::{Own, request_id};
use crate::{
    About, Act, AtDesk, Result,
    store::{drafts, facilities},
};

pub struct SaveAnswer {
    request: RequestId,
    answer: Answer,
}

impl SaveAnswer {
    /// The answer is read in the act: what is in the future depends on the facility's calendar.
    ///
    /// # Errors
    /// Not a request's id.
    pub fn parse(request: &str, answer: Answer) -> Result<Self> {
        Ok(Self { request: request_id(request)?, answer })
    }
}

impl Act for SaveAnswer {
    const NAME: &'static str = "save_answer";
    const SIDE: Side = Side::Patient;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = ();
    type Output = Saved;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<()> {
        let own = Own::lock(db, caller, self.request).await?;
        if own.stored.request.status() == RequestStatus::Draft { Ok(()) } else { Err(Refusal::AlreadySent.into()) }
    }

    async fn carry_out(self, (): (), desk: &mut AtDesk, db: &mut PgConnection) -> Result<Saved> {
        let facility = facilities::load(db, self.request.facility).await?;
        let stored = drafts::load(db, &desk.vault, self.request).await?;
        let draft = self.answer.write_into(stored.draft.clone(), facility.day(desk.now()))?;
        drafts::record(db, &desk.vault, self.request, &stored, &draft).await?;
        desk.changed(&[self.answer.step().code()]);
        Ok(Saved { id: self.request, next: self.answer.step().next() })
    }
}
