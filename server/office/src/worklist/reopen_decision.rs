//! A decision is taken back, as long as no package carries it.

use domain::{
    caller::{Caller, Level, Side},
    ids::{ItemId, RequestId},
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, AtWork},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{items, packages},
};

pub struct ReopenDecision {
    request: RequestId,
    item: (ItemId, Version),
}

impl ReopenDecision {
    /// # Errors
    /// What is no id or no version.
    pub fn parse(request: &str, item: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, item: parse::item(item)? })
    }
}

impl Act for ReopenDecision {
    const NAME: &'static str = "reopen_decision";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = AtWork;
    type Output = ();

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<AtWork> {
        at_work::held(caller, db, self.request).await
    }

    async fn carry_out(self, at: AtWork, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        let (id, seen) = self.item;
        let package = packages::standing(db, self.request).await?;
        let item = at.item(db, id).await?.reopen(&at.holder, seen, package.as_ref())?;
        items::record(db, self.request, &item).await?;
        at.tell(db, desk, &[Entry::ItemReopened { item: id }]).await?;
        desk.changed(&["items"]);
        Ok(())
    }
}
