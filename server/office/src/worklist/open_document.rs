//! A clerk reads a document of the matched chart. The opening is recorded here; the bytes go out under it.

use domain::{
    caller::{Caller, Level, Side},
    ids::{DocumentId, FacilityId, RequestId},
    refusal::Refusal,
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    at_work::{self, AtWork},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{openings, records},
};

pub struct OpenDocument {
    request: RequestId,
    document: DocumentId,
}

/// Where the bytes are to be had, in this session, for half an hour.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Opening {
    pub facility: FacilityId,
    pub opening: Uuid,
}

impl OpenDocument {
    /// # Errors
    /// What is no id.
    pub fn parse(request: &str, document: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, document: document.parse().map_err(|_| Refusal::NotFound)? })
    }
}

impl Act for OpenDocument {
    const NAME: &'static str = "open_document";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = AtWork;
    type Output = Opening;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<AtWork> {
        at_work::held(caller, db, self.request).await
    }

    async fn carry_out(self, at: AtWork, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Opening> {
        let verified = at.verified(db, desk).await?;
        let facility = self.request.facility;
        let blob = records::blob_of(db, facility, verified.patient(), self.document).await?;
        desk.showed_documents([self.document]);
        let opening = openings::open(db, desk, facility, blob.ok_or(Refusal::NotFound)?).await?;
        Ok(Opening { facility, opening })
    }
}
