//! The facility's chain and that of signing in, recomputed from their entries. That no end was cut off, only the
//! checkpoints outside the database tell: `portal verify-audit` compares them.

use domain::{
    caller::{Caller, Level, Side, TrailReader},
    refusal::Refusal,
    shown::oversight::{Chain, Verified},
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::reader;
use crate::{
    About, Act, AtDesk, Result,
    store::{audit_page, facilities, lookups},
};

/// More are counted and not listed.
const LISTED: usize = 50;

/// Somebody has the chain verified.
pub struct VerifyTrail;

impl Act for VerifyTrail {
    const NAME: &'static str = "verify_trail";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    // it changes nothing, and verifying twice is verifying twice
    const LOOK: bool = true;
    const TRAIL: bool = true;
    type Admitted = TrailReader;
    /// Under which the result lies.
    type Output = Uuid;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<TrailReader> {
        reader(caller)
    }

    async fn carry_out(self, reader: TrailReader, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Uuid> {
        desk.about_facility(reader.facility());
        let facility = facilities::load(db, reader.facility()).await?;
        let (entries, mut problems) = audit_page::verify(db, facility.id).await?;
        let broken = u32::try_from(problems.len()).unwrap_or(u32::MAX);
        problems.truncate(LISTED);
        let local = facility.zone.to_datetime(desk.now());
        let verified = Verified { on: local.date(), at: local.time(), entries, problems, broken };
        lookups::keep(db, desk, &verified).await
    }
}

/// The page with the button, and the result once there is one.
pub struct LookAtVerification {
    result: Option<Uuid>,
}

impl LookAtVerification {
    /// `result` is empty before a verification.
    ///
    /// # Errors
    /// Not the id of a result.
    pub fn parse(result: &str) -> Result<Self> {
        let id = |typed| Uuid::try_parse(typed).map_err(|_| Refusal::NotFound);
        Ok(Self { result: if result.is_empty() { None } else { Some(id(result)?) } })
    }
}

impl Act for LookAtVerification {
    const NAME: &'static str = "look_at_verification";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    const TRAIL: bool = true;
    type Admitted = TrailReader;
    type Output = Chain;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<TrailReader> {
        reader(caller)
    }

    async fn carry_out(self, reader: TrailReader, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Chain> {
        desk.about_facility(reader.facility());
        let facility = facilities::load(db, reader.facility()).await?;
        let verified = match self.result {
            Some(id) => Some(lookups::kept(db, desk, id).await?),
            None => None,
        };
        Ok(Chain { facility: facility.name, verified, key: desk.id() })
    }
}
