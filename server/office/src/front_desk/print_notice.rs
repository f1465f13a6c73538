//! A notice for somebody without an e-mail address, to print and hand over or put in the mail.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    ids::NoticeId,
    refusal::Refusal,
    shown::front_desk::Letter,
};
use sqlx::PgConnection;

use super::at_work;
use crate::{About, Act, AtDesk, Result, store::notices};

pub struct PrintNotice {
    notice: NoticeId,
    /// The address of the sign-in page, as notices name it.
    sign_in: String,
}

impl PrintNotice {
    /// # Errors
    /// Not a notice's id.
    pub fn parse(notice: &str, sign_in: String) -> Result<Self> {
        Ok(Self { notice: notice.parse().map_err(|_| Refusal::NotFound)?, sign_in })
    }
}

impl Act for PrintNotice {
    const NAME: &'static str = "print_notice";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = FrontDesk;
    type Output = Letter;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<FrontDesk> {
        at_work(caller)
    }

    async fn carry_out(self, at: FrontDesk, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Letter> {
        desk.about_facility(at.facility());
        let notice =
            notices::printable(db, at.facility(), self.notice, &self.sign_in).await?.ok_or(Refusal::NotFound)?;
        desk.about_request(notice.request);
        Ok(Letter {
            to: notice.to,
            postal: notice.postal,
            language: notice.language,
            on: notice.on,
            message: notice.message,
        })
    }
}
