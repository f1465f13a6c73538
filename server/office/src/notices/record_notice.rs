use domain::{
    ids::{NoticeId, RequestId},
    timeline::Entry,
};
use sqlx::PgConnection;

use super::Sending;
use crate::{
    About, AtDesk, Result, SystemAct,
    store::{notices, timeline},
};

/// A notice was sent, or will not be: the request's timeline says so, once however often the job ran.
pub struct RecordNotice {
    pub request: RequestId,
    pub notice: NoticeId,
    pub result: Sending,
}

impl SystemAct for RecordNotice {
    const NAME: &'static str = "record_notice";
    type Output = ();

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn carry_out(self, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        let Some(kind) = notices::record(db, self.request, self.notice, self.result).await? else { return Ok(()) };
        let entry = match self.result {
            Sending::Sent => Entry::NoticeSent { kind },
            Sending::Failed(why) => {
                desk.because(why.code());
                Entry::NoticeFailed { kind }
            }
        };
        timeline::add(db, desk, self.request, &entry).await?;
        desk.changed(&["notice"]);
        Ok(())
    }
}
