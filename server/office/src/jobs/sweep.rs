//! What lapses by itself: bytes that were staged and never attached, tickets, failed forms, registrations that nobody
//! finished.

use std::sync::Arc;

use sqlx::PgConnection;

use crate::{About, AtDesk, Desk, Result, SystemAct, store::sweep};

/// What a sweep took away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    pub blobs: u64,
    pub tickets: u64,
    /// Failed forms, attempts and ended sessions.
    pub lapsed: u64,
}

struct Sweep;

impl SystemAct for Sweep {
    const NAME: &'static str = "sweep";
    type Output = Swept;

    fn about(&self) -> About {
        About::default()
    }

    async fn carry_out(self, _: &mut AtDesk, db: &mut PgConnection) -> Result<Swept> {
        Ok(Swept {
            blobs: sweep::staged_blobs(db).await?,
            tickets: sweep::tickets(db).await?,
            lapsed: sweep::lapsed(db).await?,
        })
    }
}

impl Desk {
    /// # Errors
    /// The database is away; nothing was taken away then.
    pub async fn sweep(self: &Arc<Self>) -> Result<Swept> {
        self.work(Sweep).await
    }
}
