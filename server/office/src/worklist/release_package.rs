//! A second person has seen every page. The copy is released, offered to its recipient, and they are told.

use domain::{
    caller::{Caller, Level, Side},
    delivery::Delivery,
    form::EmailAddress,
    ids::{DeliveryId, RequestId},
    notice::NoticeKind,
    package::AtRelease,
    refusal::Refusal,
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, Locked},
    copy, parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{deliveries, facilities, items, notices, packages, questions, queue, timeline, verification},
};

pub struct ReleasePackage {
    request: RequestId,
    seen: Version,
}

impl ReleasePackage {
    /// # Errors
    /// What is no id or no version.
    pub fn parse(request: &str, version: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, seen: parse::version(version)? })
    }
}

impl Act for ReleasePackage {
    const NAME: &'static str = "release_package";
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

    async fn carry_out(self, at: Locked, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        let package = packages::latest(db, self.request, desk.person()).await?.ok_or(Refusal::PackageNotChecking)?;
        desk.about_patient(package.patient);
        let question = questions::open_of(db, self.request).await?.map(|stored| stored.question);
        let items = items::of(db, self.request).await?;
        let around = AtRelease {
            request: &at.stored.request,
            verification: &verification::of(db, self.request).await?,
            items: &items,
            charts: &packages::charts(db, &package).await?,
            unopened: packages::unopened(db, &package, at.clerk.person()).await?,
            since: copy::since_built(db, &package, &items).await?,
            question: question.as_ref(),
        };
        let package = package.release(&at.clerk, self.seen, around, desk.now())?;
        packages::record(db, &package).await?;
        let (ask, applicant) = at.stored.sent()?;
        let delivery = Delivery::offer(DeliveryId(desk.id()), &package, ask.delivery, desk.now())?;
        deliveries::insert(db, &delivery, self.request, at.stored.request.requester).await?;
        let pages = package.built().map_or(0, |built| built.pages);
        timeline::add(db, desk, self.request, &Entry::Released { package: package.id, pages }).await?;
        let email = applicant.contact.email().map(EmailAddress::as_str);
        notices::add(db, desk, self.request, NoticeKind::Ready, at.stored.language, email).await?;
        let facility = facilities::load(db, self.request.facility).await?;
        queue::refresh(db, desk, &facility, self.request).await?;
        desk.changed(&["package", "delivery"]);
        Ok(())
    }
}
