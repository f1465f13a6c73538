//! Somebody looks for a request. What they typed is kept for the list that follows, so that it stands in no address; a
//! look without a reason does not begin.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    form::{Problems, choice},
    lookup::{LookupReason, Search},
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Searched, at_work};
use crate::{About, Act, AtDesk, Result, store::lookups};

pub struct LookUp {
    search: Search,
    reason: LookupReason,
}

impl LookUp {
    /// # Errors
    /// Nothing typed, a number with a wrong digit, no reason.
    pub fn parse(words: &str, reason: &str) -> Result<Self> {
        let mut problems = Problems::default();
        let search = problems.take("words", Search::parse(words));
        let reason = problems.take("reason", choice(reason, LookupReason::from_code));
        let (search, reason) = problems.finish(search.zip(reason))?;
        Ok(Self { search, reason })
    }
}

impl Act for LookUp {
    const NAME: &'static str = "look_up";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = FrontDesk;
    /// Under which the search lies.
    type Output = Uuid;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<FrontDesk> {
        at_work(caller)
    }

    async fn carry_out(self, at: FrontDesk, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Uuid> {
        desk.about_facility(at.facility());
        desk.because(self.reason.code());
        let searched = Searched { search: self.search, reason: self.reason, at: desk.now() };
        lookups::keep(db, desk, &searched).await
    }
}
