//! The clerk says that the requester is who they say, by which evidence and what agreed; or takes it back.

use std::collections::BTreeSet;

use domain::{
    caller::{Caller, Level, Side},
    form::{FieldCode, Problems, choice, optional_text},
    ids::RequestId,
    timeline::Entry,
    verification::{Evidence, EvidenceKind, Identifier, VerificationMethod},
    version::Version,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, AtWork},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{evidence, packages, verification},
};

/// The form as it was typed.
#[derive(Debug, Default)]
pub struct IdentityTyped<'a> {
    pub method: &'a str,
    pub evidence: &'a str,
    pub evidence_name: &'a str,
    pub matched: &'a [String],
}

pub struct VerifyIdentity {
    request: RequestId,
    seen: Version,
    method: VerificationMethod,
    evidence: Evidence,
    matched: BTreeSet<Identifier>,
}

impl VerifyIdentity {
    /// # Errors
    /// Each field that is not answered, or not by one of its choices.
    pub fn parse(request: &str, version: &str, typed: &IdentityTyped<'_>) -> Result<Self> {
        let (request, seen) = (parse::request(request)?, parse::version(version)?);
        let mut problems = Problems::default();
        let method = problems.take("method", choice(typed.method, VerificationMethod::from_code));
        let kind = problems.take("evidence", choice(typed.evidence, EvidenceKind::from_code));
        let name = problems.take("evidence_name", optional_text(typed.evidence_name, 200));
        let evidence = kind.zip(name).and_then(|(kind, name)| {
            // a name beside a known kind says nothing more
            let name = name.filter(|_| kind == EvidenceKind::Other);
            problems.take("evidence_name", Evidence::restore(kind, name).ok_or(FieldCode::Missing))
        });
        let matched: Result<BTreeSet<_>, _> =
            typed.matched.iter().map(|code| choice(code, Identifier::from_code)).collect();
        let matched = problems.take("matched", matched);
        if matched.as_ref().is_some_and(|matched| matched.len() < 2) {
            problems.note("matched", FieldCode::TwoNeeded);
        }
        let read = method.zip(evidence).zip(matched);
        let ((method, evidence), matched) = problems.finish(read)?;
        Ok(Self { request, seen, method, evidence, matched })
    }
}

impl Act for VerifyIdentity {
    const NAME: &'static str = "verify_identity";
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
        let pictures = evidence::count(db, self.request).await?;
        let verification = at.verification(db).await?.verify_identity(
            &at.holder,
            self.seen,
            self.method,
            pictures,
            self.evidence,
            self.matched,
            desk.now(),
        )?;
        verification::record(db, self.request, &verification).await?;
        at.tell(db, desk, &[Entry::IdentityVerified { method: self.method }]).await?;
        desk.changed(&["identity"]);
        Ok(())
    }
}

pub struct WithdrawIdentity {
    request: RequestId,
    seen: Version,
}

impl WithdrawIdentity {
    /// # Errors
    /// What is no id or no version.
    pub fn parse(request: &str, version: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, seen: parse::version(version)? })
    }
}

impl Act for WithdrawIdentity {
    const NAME: &'static str = "withdraw_identity";
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
        let package = packages::standing(db, self.request).await?;
        let verification = at.verification(db).await?.withdraw_identity(&at.holder, self.seen, package.as_ref())?;
        verification::record(db, self.request, &verification).await?;
        at.tell(db, desk, &[Entry::IdentityWithdrawn]).await?;
        desk.changed(&["identity"]);
        Ok(())
    }
}
