//! A clerk compares what was asked with the chart and with the pictures that were sent. Looking at a picture is an
//! opening of its own: this page makes it, for this session and for half an hour.

use domain::{
    caller::{Caller, Level, Side},
    ids::RequestId,
    package::Package,
    shown::worklist::{IdentityPage, Seen},
    verification::Identity,
};
use sqlx::PgConnection;

use super::{
    head::{self, Read},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{openings, packages},
};

pub struct LookAtIdentity {
    request: RequestId,
}

impl LookAtIdentity {
    /// # Errors
    /// What is no id of a request.
    pub fn parse(request: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)? })
    }
}

impl Act for LookAtIdentity {
    const NAME: &'static str = "look_at_identity";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Read;
    type Output = IdentityPage;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Read> {
        head::read(caller, db, self.request).await
    }

    async fn carry_out(self, read: Read, desk: &mut AtDesk, db: &mut PgConnection) -> Result<IdentityPage> {
        let chart = read.chart(db, desk).await?;
        let head = read.head(db, desk, chart.as_ref()).await?;
        let mut photos = Vec::new();
        // whoever does not work the case has no need to see anybody's face
        if head.may.work {
            for evidence in openings::evidence_of(db, self.request).await? {
                desk.showed([evidence.id]);
                photos.push(Seen {
                    opening: openings::open(db, desk, self.request.facility, evidence.blob).await?,
                    is_form: evidence.is_form,
                    media_type: evidence.media_type,
                    on: read.facility.day(evidence.at),
                });
            }
        }
        let under_way = packages::standing(db, self.request).await?.as_ref().is_some_and(Package::is_under_way);
        Ok(IdentityPage {
            version: read.verification.version,
            asked: read.asked()?,
            chart: chart.as_ref().map(head::chart_shown),
            photos,
            identity: read.identity(db).await?,
            may_withdraw: head.may.work && !under_way && read.verification.identity != Identity::NotYet,
            head,
        })
    }
}
