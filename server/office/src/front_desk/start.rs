//! The desk's own page: the one box, and the letters that wait to be printed.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    shown,
};
use sqlx::PgConnection;

use super::{MOST_LETTERS, at_work};
use crate::{
    About, Act, AtDesk, Result,
    store::{facilities, notices},
};

pub struct FrontDeskPage;

impl Act for FrontDeskPage {
    const NAME: &'static str = "look_at_front_desk";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = FrontDesk;
    type Output = shown::front_desk::Desk;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<FrontDesk> {
        at_work(caller)
    }

    async fn carry_out(self, at: FrontDesk, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Self::Output> {
        desk.about_facility(at.facility());
        let facility = facilities::load(db, at.facility()).await?;
        let mut letters = notices::to_print(db, &facility, None, MOST_LETTERS + 1).await?;
        let more_letters = letters.len() > MOST_LETTERS;
        letters.truncate(MOST_LETTERS);
        Ok(shown::front_desk::Desk { facility: facility.name, letters, more_letters, key: desk.id() })
    }
}
