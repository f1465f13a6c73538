//! What somebody reads before they begin.

use domain::{
    caller::{Caller, Level, Side},
    clock::Rule,
    shown::requests::Start,
};
use sqlx::PgConnection;

use crate::{About, Act, AtDesk, Result, store::facilities};

pub struct StartPage;

impl Act for StartPage {
    const NAME: &'static str = "start_page";
    const SIDE: Side = Side::Patient;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = ();
    type Output = Start;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _db: &mut PgConnection) -> Result<()> {
        caller.patient()?;
        Ok(())
    }

    async fn carry_out(self, (): (), desk: &mut AtDesk, db: &mut PgConnection) -> Result<Start> {
        let facilities = facilities::all(db).await?.into_iter().map(|facility| (facility.id, facility.name)).collect();
        Ok(Start { facilities, law_days: Rule::hipaa_access_30().length_days, key: desk.id() })
    }
}
