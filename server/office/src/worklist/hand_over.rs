//! The builder answers for what the page check could not confirm, gives the copy to the check, or sets it aside.

use domain::{
    caller::{Caller, Level, Side},
    form::{Problems, required_text},
    ids::RequestId,
    package::Package,
    refusal::Refusal,
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, AtWork, seal_words},
    copy, parse,
    return_package::{Wrong, keep_errors},
};
use crate::{
    About, Act, AtDesk, Result,
    store::{items, packages},
};

/// How long the reason for one's own judgement may be, in characters.
const LONGEST_REASON: usize = 500;

/// Several findings of one kind are answered for at once: the pages of one scan.
pub struct OverrideFindings {
    request: RequestId,
    seen: Version,
    findings: Vec<u32>,
    reason: String,
}

impl OverrideFindings {
    /// # Errors
    /// What is no id, no version, no finding; no reason.
    pub fn parse(request: &str, version: &str, findings: &[String], reason: &str) -> Result<Self> {
        let (request, seen) = (parse::request(request)?, parse::version(version)?);
        let mut problems = Problems::default();
        let reason = problems.take("reason", required_text(reason, LONGEST_REASON));
        if findings.is_empty() {
            problems.note("findings", domain::form::FieldCode::NothingChosen);
        }
        let reason = problems.finish(reason)?;
        let findings = findings.iter().map(|n| n.trim().parse().map_err(|_| Refusal::NoSuchFinding));
        Ok(Self { request, seen, findings: findings.collect::<Result<_, _>>()?, reason })
    }
}

impl Act for OverrideFindings {
    const NAME: &'static str = "override_findings";
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
        let package = latest(db, self.request).await?;
        desk.about_patient(package.patient);
        let found = packages::findings(db, &package).await?;
        let place = |n: &u32| found.iter().position(|found| found.n == *n).ok_or(Refusal::NoSuchFinding);
        let which = self.findings.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        let answered = package.override_findings(&at.holder, self.seen, &which, &self.reason, desk.now())?;
        let reason = seal_words(db, desk, self.request, &self.reason).await?;
        let mut entries = Vec::new();
        for finding in which.iter().filter_map(|index| found.get(*index)) {
            packages::answer_for(db, &answered, finding.n, reason).await?;
            let (package, page, check) = (answered.id, finding.of.page, finding.of.check);
            entries.push(Entry::FindingOverridden { package, page, check, reason });
        }
        packages::record(db, &answered).await?;
        at.tell(db, desk, &entries).await?;
        desk.changed(&["package"]);
        Ok(())
    }
}

pub struct HandOver {
    request: RequestId,
    seen: Version,
}

impl HandOver {
    /// # Errors
    /// What is no id or no version.
    pub fn parse(request: &str, version: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, seen: parse::version(version)? })
    }
}

impl Act for HandOver {
    const NAME: &'static str = "hand_over";
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
        let package = latest(db, self.request).await?;
        desk.about_patient(package.patient);
        let items = items::of(db, self.request).await?;
        let since = copy::since_built(db, &package, &items).await?;
        let package = package.hand_over(&at.holder, self.seen, since, desk.now())?;
        packages::record(db, &package).await?;
        at.tell(db, desk, &[Entry::HandedOver { package: package.id }]).await?;
        desk.changed(&["package"]);
        Ok(())
    }
}

/// The builder has seen that something is wrong, before the check does: another package is begun.
pub struct SetAsidePackage {
    request: RequestId,
    seen: Version,
    wrong: Wrong,
}

impl SetAsidePackage {
    /// # Errors
    /// What is no id or no version; nothing that is wrong.
    pub fn parse(request: &str, version: &str, codes: &[String], page: &str, note: &str) -> Result<Self> {
        let (request, seen) = (parse::request(request)?, parse::version(version)?);
        Ok(Self { request, seen, wrong: Wrong::parse(codes, page, note)? })
    }
}

impl Act for SetAsidePackage {
    const NAME: &'static str = "set_aside_package";
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
        let package =
            latest(db, self.request).await?.set_aside(&at.holder, self.seen, self.wrong.errors(), desk.now())?;
        desk.about_patient(package.patient);
        packages::record(db, &package).await?;
        let errors = keep_errors(db, desk, &package, &self.wrong).await?;
        at.tell(db, desk, &[Entry::PackageSetAside { package: package.id, errors }]).await?;
        desk.changed(&["package"]);
        Ok(())
    }
}

async fn latest(db: &mut PgConnection, request: RequestId) -> Result<Package> {
    packages::latest(db, request, None).await?.ok_or_else(|| Refusal::PackageNotBuilt.into())
}
