//! A notice for somebody without an e-mail address, to print and hand over or put in the mail.

use domain::{
    caller::{Caller, Level, Side},
    ids::{NoticeId, RequestId},
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

/// The request of a letter that this person may print, at whichever of their places it is.
pub(super) async fn letter_of(caller: &Caller, db: &mut PgConnection, notice: NoticeId) -> Result<RequestId> {
    at_work(caller)?;
    let request = notices::of_letter(db, notice).await?.ok_or(Refusal::NotFound)?;
    caller.front_desk_at(request.facility)?;
    Ok(request)
}

impl Act for PrintNotice {
    const NAME: &'static str = "print_notice";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = RequestId;
    type Output = Letter;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<RequestId> {
        letter_of(caller, db, self.notice).await
    }

    async fn carry_out(self, request: RequestId, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Letter> {
        desk.about_request(request);
        let notice =
            notices::printable(db, request.facility, self.notice, &self.sign_in).await?.ok_or(Refusal::NotFound)?;
        Ok(Letter {
            id: self.notice,
            to: notice.to,
            postal: notice.postal,
            language: notice.language,
            on: notice.on,
            message: notice.message,
            printed_on: notice.printed_on,
            key: desk.id(),
        })
    }
}
