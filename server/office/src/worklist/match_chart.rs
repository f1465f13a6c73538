//! The clerk says whose chart answers. What agrees is compared here, from the rows; no form says it.

use domain::{
    caller::{Caller, Level, Side},
    form::{FieldCode, Problems},
    ids::{PatientId, RequestId},
    matching::{agreeing, compare},
    refusal::Refusal,
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, AtWork},
    head::described,
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{candidates, items, packages, verification},
};

pub struct MatchChart {
    request: RequestId,
    seen: Version,
    patient: PatientId,
}

impl MatchChart {
    /// # Errors
    /// No chart is chosen.
    pub fn parse(request: &str, version: &str, patient: &str) -> Result<Self> {
        let (request, seen) = (parse::request(request)?, parse::version(version)?);
        let mut problems = Problems::default();
        let patient = problems.take("patient", patient.parse().map_err(|_| FieldCode::NothingChosen));
        Ok(Self { request, seen, patient: problems.finish(patient)? })
    }
}

impl Act for MatchChart {
    const NAME: &'static str = "match_chart";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = AtWork;
    type Output = ();

    fn about(&self) -> About {
        About { patient: Some(self.patient), ..About::request(self.request) }
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<AtWork> {
        at_work::held(caller, db, self.request).await
    }

    async fn carry_out(self, at: AtWork, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        let chart = candidates::one(db, self.request.facility, self.patient).await?.ok_or(Refusal::NotFound)?;
        let (_, applicant) = at.stored.sent()?;
        let agreeing = agreeing(&compare(&described(applicant), &chart.described));
        let verification =
            at.verification(db).await?.match_chart(&at.holder, self.seen, chart.id, agreeing, desk.now())?;
        verification::record(db, self.request, &verification).await?;
        at.tell(db, desk, &[Entry::PatientMatched]).await?;
        desk.changed(&["patient"]);
        Ok(())
    }
}

pub struct UnmatchChart {
    request: RequestId,
    seen: Version,
}

impl UnmatchChart {
    /// # Errors
    /// What is no id or no version.
    pub fn parse(request: &str, version: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, seen: parse::version(version)? })
    }
}

impl Act for UnmatchChart {
    const NAME: &'static str = "unmatch_chart";
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
        if let Some(patient) = at.stored.patient {
            desk.about_patient(patient);
        }
        let package = packages::standing(db, self.request).await?;
        let items = items::of(db, self.request).await?;
        let (verification, reopened) =
            at.verification(db).await?.unmatch(&at.holder, self.seen, package.as_ref(), items)?;
        verification::record(db, self.request, &verification).await?;
        for item in &reopened {
            items::record(db, self.request, item).await?;
        }
        at.tell(db, desk, &[Entry::PatientUnmatched]).await?;
        desk.changed(&["patient", "items"]);
        Ok(())
    }
}
