//! A clerk looks at what was released: by whom, to whom, how far it got; prints what is picked up; reads a file of it.

use domain::{
    caller::{Caller, Clerk, Level, Side},
    delivery::Way,
    ids::RequestId,
    package::{FileRole, PackageState},
    refusal::Refusal,
    shown::worklist::{CollectedShown, DeliveryShown, ReleasePage},
    verification::Evidence,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, Locked},
    copy::{files_shown, name},
    head::{self, Read},
    open_document::Opening,
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{deliveries, openings, packages},
};

pub struct LookAtRelease {
    request: RequestId,
}

impl LookAtRelease {
    /// # Errors
    /// What is no id of a request.
    pub fn parse(request: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)? })
    }
}

impl Act for LookAtRelease {
    const NAME: &'static str = "look_at_release";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Read;
    type Output = ReleasePage;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Read> {
        head::read(caller, db, self.request).await
    }

    async fn carry_out(self, read: Read, desk: &mut AtDesk, db: &mut PgConnection) -> Result<ReleasePage> {
        let chart = read.chart(db, desk).await?;
        let head = read.head(db, desk, chart.as_ref()).await?;
        Ok(ReleasePage { delivery: delivery(db, &read).await?, head })
    }
}

async fn delivery(db: &mut PgConnection, read: &Read) -> Result<Option<DeliveryShown>> {
    let Some(stored) = deliveries::of(db, read.id()).await? else { return Ok(None) };
    let Some(package) = packages::standing(db, read.id()).await? else { return Ok(None) };
    let PackageState::Released { checker, at, .. } = package.state else { return Ok(None) };
    let day = |at| read.facility.day(at);
    let printed = match stored.printed {
        Some((by, at)) => Some((name(db, by).await?, day(at))),
        None => None,
    };
    let (opened_on, collected) = match stored.delivery.way {
        Way::Portal { opened_at } => (opened_at.map(day), None),
        Way::PickUp { collected: None } => (None, None),
        Way::PickUp { collected: Some(ref done) } => {
            let by = match stored.handed_by {
                Some(by) => name(db, by).await?,
                None => String::new(),
            };
            let evidence_name = match &done.evidence {
                Evidence::Known { .. } => None,
                Evidence::Other { name } => Some(name.clone()),
            };
            let shown = CollectedShown {
                by,
                on: day(done.at),
                evidence: done.evidence.kind(),
                evidence_name,
                signed_name: done.signed_name.to_string(),
            };
            (None, Some(shown))
        }
    };
    let (_, applicant) = read.stored.sent()?;
    Ok(Some(DeliveryShown {
        package: package.id,
        way: stored.delivery.method(),
        recipient: applicant.name.to_string(),
        builder: name(db, package.builder).await?,
        checker: name(db, checker).await?,
        released_on: day(at),
        files: files_shown(packages::files(db, read.id().facility, package.id).await?),
        opened_on,
        printed,
        may_print: matches!(stored.delivery.way, Way::PickUp { collected: None }),
        collected,
    }))
}

/// A file of the copy is opened to be printed for whoever picks it up.
pub struct PrintCopy {
    request: RequestId,
    position: u32,
}

impl PrintCopy {
    /// # Errors
    /// What is no id of a request, or no place.
    pub fn parse(request: &str, position: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, position: place(position)? })
    }
}

impl Act for PrintCopy {
    const NAME: &'static str = "print_copy";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = Locked;
    type Output = Opening;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Locked> {
        at_work::locked(caller, db, self.request).await
    }

    async fn carry_out(self, at: Locked, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Opening> {
        at.stored.request.worked_at(at.clerk.facility(), at.clerk.person())?;
        let stored = deliveries::of(db, self.request).await?.ok_or(Refusal::NotReleased)?;
        match stored.delivery.way {
            Way::Portal { .. } => return Err(Refusal::AnotherDelivery.into()),
            Way::PickUp { collected: Some(_) } => return Err(Refusal::AlreadyCollected.into()),
            Way::PickUp { collected: None } => {}
        }
        let opening = open(db, desk, self.request, self.position).await?;
        // the first printing counts: a page printed again makes nobody's form stale
        if stored.printed.is_none() {
            deliveries::record_printed(db, desk, self.request, &stored.delivery).await?;
            desk.changed(&["delivery"]);
        }
        Ok(opening)
    }
}

/// Somebody who works the case or checks it reads a file of the copy.
pub struct OpenPackageFile {
    request: RequestId,
    position: u32,
}

impl OpenPackageFile {
    /// # Errors
    /// What is no id of a request, or no place.
    pub fn parse(request: &str, position: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, position: place(position)? })
    }
}

impl Act for OpenPackageFile {
    const NAME: &'static str = "open_package_file";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = Clerk;
    type Output = Opening;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Clerk> {
        let clerk = caller.clerk_at(self.request.facility)?;
        let read = head::read(caller, db, self.request).await?;
        read.stored.request.worked_at(clerk.facility(), clerk.person())?;
        Ok(clerk)
    }

    async fn carry_out(self, _: Clerk, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Opening> {
        open(db, desk, self.request, self.position).await
    }
}

fn place(typed: &str) -> Result<u32> {
    typed.trim().parse().map_err(|_| Refusal::NotFound.into())
}

async fn open(db: &mut PgConnection, desk: &mut AtDesk, request: RequestId, position: u32) -> Result<Opening> {
    let package = packages::standing(db, request).await?.ok_or(Refusal::NotFound)?;
    desk.about_patient(package.patient);
    let files = packages::files(db, request.facility, package.id).await?;
    let file = files.into_iter().find(|file| file.position == position && file.role != FileRole::Index);
    let blob = file.ok_or(Refusal::NotFound)?.blob;
    Ok(Opening { facility: request.facility, opening: openings::open(db, desk, request.facility, blob).await? })
}
