//! The desk's own page: the one box.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    shown,
};
use sqlx::PgConnection;

use super::at_work;
use crate::{About, Act, AtDesk, Result, store::facilities};

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
        Ok(shown::front_desk::Desk { facility: facility.name, key: desk.id() })
    }
}
