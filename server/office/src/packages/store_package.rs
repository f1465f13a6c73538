use domain::{
    ids::{PackageId, RequestId},
    package::{Finding, PackageStage},
    refusal::Refusal,
    timeline::Entry,
};
use sqlx::PgConnection;

use super::{BuiltFile, BuiltPage};
use crate::{
    About, AtDesk, Error, Result, SystemAct,
    store::{
        blobs, facilities,
        packages::{self, NewFinding},
        queue, requests, timeline,
    },
};

/// A package is built: its files, its pages and what the page check says of each, all at once.
pub struct StorePackage {
    pub request: RequestId,
    pub package: PackageId,
    pub files: Vec<BuiltFile>,
    /// Of the copy, in order.
    pub pages: Vec<BuiltPage>,
}

impl SystemAct for StorePackage {
    const NAME: &'static str = "store_package";
    /// A build that comes second leaves the first one's; what it staged is swept.
    type Output = ();

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn carry_out(self, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        requests::load_for_update(db, self.request).await?;
        let package = match packages::standing(db, self.request).await? {
            Some(package) if package.id == self.package && package.stage() == PackageStage::Building => package,
            _ => return Ok(()),
        };
        let mut found = Vec::new();
        let mut from = Vec::new();
        for (page, of) in (1..).zip(self.pages.iter()) {
            if of.checks.is_empty() {
                return Err(Refusal::PageCheckOpen.into());
            }
            found.extend(of.checks.iter().map(|check| NewFinding { page, check: *check }));
            let place = of.document.map(|place| i32::try_from(place + 1)).transpose().map_err(|_| Error::TooLarge)?;
            from.push(place);
        }
        let pages = u32::try_from(self.pages.len()).map_err(|_| Error::TooLarge)?;
        let findings = found.iter().map(|new| Finding {
            page: u32::try_from(new.page).unwrap_or_default(),
            check: new.check,
            overridden: None,
        });
        let built = package.clone().finish(pages, findings.collect(), desk.now())?;
        for file in &self.files {
            blobs::keep(db, self.request.facility, file.staged.blob, file.staged.size, Some(&file.staged.digest))
                .await?;
        }
        packages::insert_files(db, &package, &self.files).await?;
        packages::insert_pages(db, &package, &from).await?;
        packages::insert_findings(db, &package, &found).await?;
        packages::record_made(db, &built).await?;
        timeline::add(db, desk, self.request, &Entry::PackageBuilt { package: self.package, pages }).await?;
        let facility = facilities::load(db, self.request.facility).await?;
        queue::refresh(db, desk, &facility, self.request).await?;
        desk.about_patient(package.patient);
        desk.changed(&["package"]);
        Ok(())
    }
}
