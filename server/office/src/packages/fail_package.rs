use domain::{
    ids::{PackageId, RequestId},
    package::{FailReason, PackageStage},
    timeline::Entry,
};
use sqlx::PgConnection;

use crate::{
    About, AtDesk, Result, SystemAct,
    store::{facilities, packages, queue, requests, timeline},
};

/// The press made nothing: the builder is told why, and begins another.
pub struct FailPackage {
    pub request: RequestId,
    pub package: PackageId,
    pub reason: FailReason,
}

impl SystemAct for FailPackage {
    const NAME: &'static str = "fail_package";
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
        let failed = package.fail(self.reason, desk.now())?;
        packages::record_made(db, &failed).await?;
        desk.because(self.reason.code());
        let entry = Entry::PackageFailed { package: self.package, reason: self.reason };
        timeline::add(db, desk, self.request, &entry).await?;
        let facility = facilities::load(db, self.request.facility).await?;
        queue::refresh(db, desk, &facility, self.request).await?;
        desk.changed(&["package"]);
        Ok(())
    }
}
