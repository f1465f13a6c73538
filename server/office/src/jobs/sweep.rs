//! What lapses by itself: bytes that were staged and never attached, tickets, failed forms, registrations that nobody
//! finished, packages that no job builds any more.

use std::sync::Arc;

use domain::{
    ids::{PackageId, RequestId},
    package::FailReason,
};
use sqlx::PgConnection;

use crate::{
    About, AtDesk, Desk, Result, SystemAct,
    packages::FailPackage,
    store::{packages, sweep},
};

/// What a sweep took away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    pub blobs: u64,
    pub tickets: u64,
    /// Failed forms, attempts and ended sessions.
    pub lapsed: u64,
    /// Packages that nobody works on any more: their builders can begin others.
    pub packages: u64,
}

struct Sweep;

impl SystemAct for Sweep {
    const NAME: &'static str = "sweep";
    /// With the packages that are given up: each is failed by an act of its own, on its request's timeline.
    type Output = (Swept, Vec<(RequestId, PackageId)>);

    fn about(&self) -> About {
        About::default()
    }

    async fn carry_out(self, _: &mut AtDesk, db: &mut PgConnection) -> Result<Self::Output> {
        let given_up = packages::given_up(db).await?;
        let swept = Swept {
            blobs: sweep::staged_blobs(db).await?,
            tickets: sweep::tickets(db).await?,
            lapsed: sweep::lapsed(db).await?,
            packages: given_up.len() as u64,
        };
        Ok((swept, given_up))
    }
}

impl Desk {
    /// # Errors
    /// The database is away; nothing was taken away then.
    pub async fn sweep(self: &Arc<Self>) -> Result<Swept> {
        let (swept, given_up) = self.work(Sweep).await?;
        for (request, package) in given_up {
            self.work(FailPackage { request, package, reason: FailReason::Stopped }).await?;
        }
        Ok(swept)
    }
}
