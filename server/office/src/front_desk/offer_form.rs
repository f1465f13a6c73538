//! Whether somebody may scan a request that came on paper, and for which facility: asked before a byte of it is read.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    ids::FacilityId,
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
    type Output = FacilityId;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<FrontDesk> {
        at_work(caller)
    }

    async fn carry_out(self, at: FrontDesk, desk: &mut AtDesk, _: &mut PgConnection) -> Result<FacilityId> {
        desk.about_facility(at.facility());
        Ok(at.facility())
    }
}
