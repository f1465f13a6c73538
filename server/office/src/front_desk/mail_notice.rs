//! A letter was printed and put in the mail or handed over: it waits no longer, and the request's history says so. Said
//! twice, it is said once.

use domain::{
    caller::{Caller, Level, Side},
    ids::{NoticeId, RequestId},
    refusal::Refusal,
    timeline::Entry,
};
use sqlx::PgConnection;

use super::print_notice::letter_of;
use crate::{
    About, Act, AtDesk, Result,
    store::{notices, timeline},
};

pub struct MailNotice {
    notice: NoticeId,
}

impl MailNotice {
    /// # Errors
    /// Not a notice's id.
    pub fn parse(notice: &str) -> Result<Self> {
        Ok(Self { notice: notice.parse().map_err(|_| Refusal::NotFound)? })
    }
}

impl Act for MailNotice {
    const NAME: &'static str = "mail_notice";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = RequestId;
    type Output = ();

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<RequestId> {
        letter_of(caller, db, self.notice).await
    }

    async fn carry_out(self, request: RequestId, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        desk.about_request(request);
        if let Some(kind) = notices::record_printed(db, request, self.notice).await? {
            timeline::add(db, desk, request, &Entry::NoticeMailed { kind }).await?;
            desk.changed(&["notice"]);
        }
        Ok(())
    }
}
