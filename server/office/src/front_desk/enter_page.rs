//! The form for a request that came in person, by phone or on paper.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    document::Category,
    shown::front_desk::Entering,
};
use sqlx::PgConnection;

use super::at_work;
use crate::{About, Act, AtDesk, Result, store::facilities};

pub struct EnterPage;

impl Act for EnterPage {
    const NAME: &'static str = "look_at_entry_form";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = FrontDesk;
    type Output = Entering;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<FrontDesk> {
        at_work(caller)
    }

    async fn carry_out(self, at: FrontDesk, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Entering> {
        desk.about_facility(at.facility());
        let facility = facilities::load(db, at.facility()).await?;
        Ok(Entering {
            today: facility.day(desk.now()),
            facility: facility.name,
            categories: Category::ALL.iter().copied().filter(|category| category.patient_can_pick()).collect(),
            key: desk.id(),
        })
    }
}
