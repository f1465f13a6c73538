use domain::{
    ids::{NoticeId, RequestId},
    words,
};
use sqlx::PgConnection;

use super::Letter;
use crate::{About, AtDesk, Result, SystemAct, store::notices};

/// A notice is about to be sent: its text is written from what is so now.
pub struct TakeNotice {
    pub request: RequestId,
    pub notice: NoticeId,
    /// The address of the sign-in page.
    pub sign_in: String,
}

impl SystemAct for TakeNotice {
    const NAME: &'static str = "take_notice";
    /// None where it is sent already, has failed for good, or asks for what is not wanted any more.
    type Output = Option<Letter>;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn carry_out(self, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Option<Letter>> {
        let Some(waiting) = notices::take(db, desk, self.request, self.notice).await? else { return Ok(None) };
        Ok(Some(Letter {
            message: words::message(&waiting.notice, &waiting.frame(&self.sign_in), waiting.language),
            to: waiting.email,
            from: (waiting.facility, waiting.mail_from),
            id: self.notice.0,
            language: waiting.language,
        }))
    }
}
