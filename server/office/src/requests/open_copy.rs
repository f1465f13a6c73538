//! The requester opens a file of the copy. The first opening is the delivery; two weeks later the request closes by
//! itself. A person's own copy is no disclosure (45 CFR 164.528(a)(1)(ii)).

use domain::{
    caller::{Caller, Level, Side},
    ids::{FacilityId, RequestId},
    refusal::Refusal,
    request::Request,
    timeline::Entry,
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Own, request_id};
use crate::{
    About, Act, AtDesk, Result,
    store::{
        deliveries, facilities, openings,
        outbox::{self, Task},
        packages, queue, timeline,
    },
};

pub struct OpenCopy {
    request: RequestId,
    position: u32,
}

/// Where the bytes are to be had, in this session, for as long as it lasts.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct CopyOpening {
    pub facility: FacilityId,
    pub opening: Uuid,
}

impl OpenCopy {
    /// # Errors
    /// Not a request's id; no place.
    pub fn parse(request: &str, position: &str) -> Result<Self> {
        let position = position.trim().parse().map_err(|_| Refusal::NotFound)?;
        Ok(Self { request: request_id(request)?, position })
    }
}

impl Act for OpenCopy {
    const NAME: &'static str = "open_copy";
    const SIDE: Side = Side::Patient;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = Own;
    type Output = CopyOpening;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Own> {
        Own::lock(db, caller, self.request).await
    }

    async fn carry_out(
        self,
        Own { asker, stored }: Own,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<CopyOpening> {
        let id = self.request;
        let before = deliveries::of(db, id).await?.ok_or(Refusal::NotReleased)?.delivery;
        let opened = before.clone().open(&asker, &stored.request, desk.now())?;
        let files = packages::files(db, id.facility, opened.package).await?;
        let file = files.into_iter().find(|file| file.position == self.position).ok_or(Refusal::NotFound)?;
        let opening = openings::open_for_download(db, desk, id.facility, file.blob).await?;
        if before.delivered_at().is_none() {
            deliveries::record_opened(db, id, &opened).await?;
            timeline::add(db, desk, id, &Entry::Opened).await?;
            let closes = Request::closes_by_itself(desk.now());
            outbox::put(db, desk, Task::CloseRequest, id, id.id, Some(closes)).await?;
            let facility = facilities::load(db, id.facility).await?;
            queue::refresh(db, desk, &facility, id).await?;
            desk.changed(&["delivery"]);
        }
        Ok(CopyOpening { facility: id.facility, opening })
    }
}
