//! All of a person's requests, wherever they asked.

use std::collections::HashMap;

use domain::{
    caller::{Asker, Caller, Level, Side},
    ids::FacilityId,
    shown::requests::{Begun, Mine},
};
use sqlx::PgConnection;

use super::{shown, when};
use crate::{
    About, Act, AtDesk, Error, Result,
    store::{
        asked::{self, Stands},
        facilities::{self, Facility},
    },
};

pub struct MyRequests;

impl Act for MyRequests {
    const NAME: &'static str = "my_requests";
    const SIDE: Side = Side::Patient;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Asker;
    type Output = Mine;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _db: &mut PgConnection) -> Result<Asker> {
        Ok(caller.patient()?)
    }

    async fn carry_out(self, asker: Asker, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Mine> {
        let facilities: HashMap<FacilityId, Facility> =
            facilities::all(db).await?.into_iter().map(|facility| (facility.id, facility)).collect();
        let listed = asked::of(db, asker.person()).await?;
        desk.showed(listed.iter().map(|listed| listed.id.id));
        let mut mine = Mine { drafts: Vec::new(), open: Vec::new(), closed: Vec::new() };
        for listed in listed {
            let facility =
                facilities.get(&listed.id.facility).ok_or(Error::Corrupt { table: "app.request", id: listed.id.id })?;
            match (&listed.stands, shown(&listed, facility)) {
                (Stands::Draft { saved_at }, _) => mine.drafts.push(Begun {
                    id: listed.id,
                    facility: facility.name.clone(),
                    saved: when(facility, *saved_at),
                }),
                (Stands::Open { .. }, Some(one)) => mine.open.push(one),
                (_, one) => mine.closed.extend(one),
            }
        }
        Ok(mine)
    }
}
