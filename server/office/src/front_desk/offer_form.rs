//! Whether somebody may scan a request that came on paper, for which facility, and who that is: asked before a byte of it
//! is read.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    ids::{FacilityId, PersonId},
};
use sqlx::PgConnection;

use super::at_work;
use crate::{About, Act, AtDesk, Result};

pub struct OfferForm;

impl Act for OfferForm {
    const NAME: &'static str = "offer_form";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = FrontDesk;
    type Output = (FacilityId, PersonId);

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<FrontDesk> {
        at_work(caller)
    }

    async fn carry_out(self, at: FrontDesk, desk: &mut AtDesk, _: &mut PgConnection) -> Result<Self::Output> {
        desk.about_facility(at.facility());
        Ok((at.facility(), at.person()))
    }
}
