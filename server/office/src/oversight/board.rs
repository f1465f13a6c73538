//! The page that oversight begins with. The board of the work is the supervisor's; privacy officer and auditor find the
//! way to the trail.

use domain::{
    caller::{Caller, Level, Side, Supervisor, TrailReader},
    shown::oversight::Oversight,
};
use sqlx::PgConnection;

use super::reader;
use crate::{
    About, Act, AtDesk, Result,
    store::{audit_page, facilities},
};

pub struct LookAtBoard;

impl Act for LookAtBoard {
    const NAME: &'static str = "look_at_board";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = (TrailReader, Option<Supervisor>);
    type Output = Oversight;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<Self::Admitted> {
        let reader = reader(caller)?;
        Ok((reader, caller.supervisor_at(reader.facility()).ok()))
    }

    async fn carry_out(
        self,
        (reader, supervisor): Self::Admitted,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<Oversight> {
        desk.about_facility(reader.facility());
        let facility = facilities::load(db, reader.facility()).await?;
        let board = match supervisor {
            Some(at) => Some(audit_page::board(db, at.facility(), facility.day(desk.now())).await?),
            None => None,
        };
        Ok(Oversight { facility: facility.name, board })
    }
}
