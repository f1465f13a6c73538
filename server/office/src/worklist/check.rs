//! A clerk looks at one page of a copy: the checker, to see each; the builder, to answer for what the page check found.

use domain::{
    caller::{Caller, Clerk, Level, Side},
    ids::RequestId,
    package::{FileRole, Package, PackageStage, PackageState},
    refusal::Refusal,
    shown::worklist::{CheckPage, CopyPart, Outlined, PageShown, Picture, WhoseShown},
};
use sqlx::PgConnection;

use super::{
    copy::{files_shown, findings_shown, left_out, name},
    head::{self, Read},
    parse,
};
use crate::{
    About, Act, AtDesk, Error, Result,
    store::{
        openings,
        packages::{self, File},
    },
};

pub struct LookAtCheck {
    request: RequestId,
    /// None: the first that the reader has not seen.
    page: Option<u32>,
}

impl LookAtCheck {
    /// # Errors
    /// What is no id of a request, or no page.
    pub fn parse(request: &str, page: &str) -> Result<Self> {
        let page = match page.trim() {
            "" => None,
            page => Some(page.parse().map_err(|_| Refusal::NoSuchPage)?),
        };
        Ok(Self { request: parse::request(request)?, page })
    }
}

impl Act for LookAtCheck {
    const NAME: &'static str = "look_at_check";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = (Read, Clerk);
    type Output = CheckPage;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<(Read, Clerk)> {
        let clerk = caller.clerk_at(self.request.facility)?;
        Ok((head::read(caller, db, self.request).await?, clerk))
    }

    async fn carry_out(
        self,
        (read, clerk): Self::Admitted,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<CheckPage> {
        let package = packages::latest(db, self.request, desk.person()).await?;
        let package = package
            .filter(|package| matches!(package.stage(), PackageStage::Built | PackageStage::Checking))
            .ok_or(Refusal::PackageNotChecking)?;
        let pages = package.built().map_or(0, |built| built.pages);
        let chart = read.chart(db, desk).await?.ok_or(Refusal::AnotherChart)?;
        let next = packages::next_unseen(db, &package, clerk.person(), self.page.unwrap_or_default()).await?;
        let n = self.page.or(next).unwrap_or(1);
        let page = packages::page(db, &package, desk.person(), n).await?.ok_or(Refusal::NoSuchPage)?;
        let found = packages::findings(db, &package).await?.into_iter().filter(|found| found.of.page == n);
        let findings = findings_shown(db, desk, &read, found.collect()).await?;
        let files = packages::files(db, self.request.facility, package.id).await?;
        let picture = picture(db, desk, &package, &files).await?;
        let outline = packages::outline(db, &package, desk.person()).await?;
        let unopened = packages::unopened(db, &package, clerk.person()).await?;
        Ok(CheckPage {
            head: read.head(db, desk, Some(&chart)).await?,
            package: package.id,
            version: package.version,
            builder: name(db, package.builder).await?,
            handed_over_on: match package.state {
                PackageState::Checking { handed_over_at, .. } => Some(read.facility.day(handed_over_at)),
                _ => None,
            },
            unseen: packages::unseen(db, &package, clerk.person()).await?,
            not_checker: package.see(&clerk, &read.stored.request, n).err(),
            whose: WhoseShown {
                name: chart.name,
                other_names: chart.other_names,
                born: chart.birth_date,
                record_number: chart.record_number,
            },
            page: PageShown {
                n,
                picture,
                document: page.document.map(|(title, category, care)| CopyPart { title, category, care }),
                findings,
                seen: page.seen,
            },
            pages,
            next_unseen: next,
            files: files_shown(files),
            unopened,
            left_out: left_out(db, &read).await?,
            outline: outline
                .into_iter()
                .map(|one| Outlined { title: one.title, care: one.care, page: one.page, unseen: one.unseen })
                .collect(),
        })
    }
}

/// The openings of the copy and its index in this session: made once, and looked at again by every page's picture.
async fn picture(db: &mut PgConnection, desk: &AtDesk, package: &Package, files: &[File]) -> Result<Picture> {
    let facility = package.request.facility;
    let of = |role| files.iter().find(|file| file.role == role).map(|file| file.blob);
    let corrupt = || Error::Corrupt { table: "app.package_file", id: package.id.0 };
    let copy = of(FileRole::Copy).ok_or_else(corrupt)?;
    let index = of(FileRole::Index).ok_or_else(corrupt)?;
    Ok(Picture {
        facility,
        copy: openings::standing(db, desk, facility, copy).await?,
        index: openings::standing(db, desk, facility, index).await?,
    })
}
