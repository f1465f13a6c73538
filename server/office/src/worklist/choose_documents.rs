//! The holder chooses what of the matched chart does not belong in the copy: another person's document, or one that is in
//! it already; and takes it in again. A package that is under way carries the choice, and the checker sees it.

use domain::{
    caller::{Caller, Level, Side},
    form::{Problems, choice},
    ids::{DocumentId, RequestId},
    package::{LeaveOutReason, Package},
    refusal::Refusal,
    timeline::Entry,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, AtWork},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{packages, records},
};

pub struct LeaveOutDocument {
    request: RequestId,
    document: DocumentId,
    reason: LeaveOutReason,
}

impl LeaveOutDocument {
    /// # Errors
    /// What is no id; no reason, or none of its choices.
    pub fn parse(request: &str, document: &str, reason: &str) -> Result<Self> {
        let request = parse::request(request)?;
        let document = document.parse().map_err(|_| Refusal::NotFound)?;
        let mut problems = Problems::default();
        let reason = problems.take("reason", choice(reason, LeaveOutReason::from_code));
        Ok(Self { request, document, reason: problems.finish(reason)? })
    }
}

impl Act for LeaveOutDocument {
    const NAME: &'static str = "leave_out_document";
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
        let verified = at.verified(db, desk).await?;
        let package = packages::standing(db, self.request).await?;
        Package::choosing(&at.holder, &verified, package.as_ref())?;
        if !records::is_in_chart(db, self.request, verified.patient(), self.document).await? {
            return Err(Refusal::NotInChart.into());
        }
        records::leave_out(db, self.request, self.document, self.reason).await?;
        desk.showed_documents([self.document]);
        at.tell(db, desk, &[Entry::DocumentLeftOut { document: self.document, reason: self.reason }]).await?;
        desk.changed(&["left_out"]);
        Ok(())
    }
}

pub struct TakeInDocument {
    request: RequestId,
    document: DocumentId,
}

impl TakeInDocument {
    /// # Errors
    /// What is no id.
    pub fn parse(request: &str, document: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, document: document.parse().map_err(|_| Refusal::NotFound)? })
    }
}

impl Act for TakeInDocument {
    const NAME: &'static str = "take_in_document";
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
        let verified = at.verified(db, desk).await?;
        let package = packages::standing(db, self.request).await?;
        Package::choosing(&at.holder, &verified, package.as_ref())?;
        if !records::take_in(db, self.request, self.document).await? {
            return Err(Refusal::NotInChart.into());
        }
        desk.showed_documents([self.document]);
        at.tell(db, desk, &[Entry::DocumentTakenIn { document: self.document }]).await?;
        desk.changed(&["left_out"]);
        Ok(())
    }
}
