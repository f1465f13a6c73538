//! The checker has looked at a page and goes on: only that counts as seen.

use domain::{
    caller::{Caller, Level, Side},
    ids::RequestId,
    refusal::Refusal,
    version::Version,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, Locked},
    parse,
};
use crate::{About, Act, AtDesk, Result, store::packages};

pub struct SeePage {
    request: RequestId,
    seen: Version,
    page: u32,
}

impl SeePage {
    /// # Errors
    /// What is no id, no version, no page.
    pub fn parse(request: &str, version: &str, page: &str) -> Result<Self> {
        let page = page.trim().parse().map_err(|_| Refusal::NoSuchPage)?;
        Ok(Self { request: parse::request(request)?, seen: parse::version(version)?, page })
    }
}

impl Act for SeePage {
    const NAME: &'static str = "see_page";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = Locked;
    /// The next page that the reader has not seen.
    type Output = Option<u32>;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Locked> {
        at_work::locked(caller, db, self.request).await
    }

    async fn carry_out(self, at: Locked, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Option<u32>> {
        let package = packages::latest(db, self.request, None).await?.ok_or(Refusal::PackageNotChecking)?;
        desk.about_patient(package.patient);
        // a page of another package was seen, not of this one
        package.version.seen(self.seen)?;
        let package = package.see(&at.clerk, &at.stored.request, self.page)?;
        packages::see(db, desk, &package, self.page).await?;
        packages::next_unseen(db, &package, at.clerk.person(), self.page).await
    }
}
