//! A clerk looks at the question that is open, or is about to ask one.

use domain::{
    caller::{Caller, Level, Side},
    ids::RequestId,
    package::Package,
    question::WayToAnswer,
    shown::worklist::QuestionPage,
};
use sqlx::PgConnection;

use super::{
    case::question_shown,
    head::{self, Read},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{packages, questions},
};

pub struct LookAtQuestion {
    request: RequestId,
}

impl LookAtQuestion {
    /// # Errors
    /// What is no id of a request.
    pub fn parse(request: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)? })
    }
}

impl Act for LookAtQuestion {
    const NAME: &'static str = "look_at_question";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Read;
    type Output = QuestionPage;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Read> {
        head::read(caller, db, self.request).await
    }

    async fn carry_out(self, read: Read, desk: &mut AtDesk, db: &mut PgConnection) -> Result<QuestionPage> {
        let chart = read.chart(db, desk).await?;
        let head = read.head(db, desk, chart.as_ref()).await?;
        let open = match questions::open_of(db, self.request).await? {
            Some(stored) => Some(question_shown(db, desk, &read.facility, stored).await?),
            None => None,
        };
        let released = packages::standing(db, self.request).await?.as_ref().is_some_and(Package::is_released);
        let channel = read.stored.request.open().ok().map(|open| open.channel);
        let can_go = |way: &WayToAnswer| channel.is_some_and(|channel| way.is_open_to(channel));
        let ways = WayToAnswer::ALL.iter().copied().filter(can_go).collect();
        Ok(QuestionPage { may_ask: head.may.work && open.is_none() && !released, head, open, ways })
    }
}
