//! The list of what a look-up found. Every time that it is shown is on the trail: why, and what was shown.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    shown::front_desk::{Check, Found},
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Searched, asked, at_work, id};
use crate::{
    About, Act, AtDesk, Result,
    store::{lookups, requests},
};

const MOST: usize = 20;

pub struct LookAtFound {
    search: Uuid,
}

impl LookAtFound {
    /// # Errors
    /// Not the id of a search.
    pub fn parse(search: &str) -> Result<Self> {
        Ok(Self { search: id(search)? })
    }
}

impl Act for LookAtFound {
    const NAME: &'static str = "look_at_found";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = FrontDesk;
    type Output = Found;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<FrontDesk> {
        at_work(caller)
    }

    async fn carry_out(self, at: FrontDesk, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Found> {
        desk.about_facility(at.facility());
        let searched: Searched = lookups::kept(db, desk, self.search).await?;
        let Searched { search, reason, .. } = searched.still(desk.now())?;
        desk.because(reason.code());
        let one_more = i32::try_from(MOST + 1).unwrap_or(i32::MAX);
        let mut hits = lookups::find(db, at.facility(), &search, one_more).await?;
        let more = hits.len() > MOST;
        hits.truncate(MOST);
        desk.showed(hits.iter().map(|hit| hit.request.id));
        let check = match hits.as_slice() {
            [hit] => {
                let stored = requests::load(db, hit.request).await?;
                Some(Check {
                    hit: hit.clone(),
                    reason,
                    language: stored.language,
                    ask: asked(&stored)?,
                    key: desk.id(),
                })
            }
            _ => None,
        };
        Ok(Found { reason, hits, more, check })
    }
}
