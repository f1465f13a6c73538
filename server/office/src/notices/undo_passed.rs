use domain::{
    form::EmailAddress,
    ids::RequestId,
    notice::NoticeKind,
    request::{Closed, Ending, Progress},
};
use sqlx::PgConnection;

use crate::{
    About, AtDesk, Result, SystemAct,
    store::{notices, requests},
};

/// The time to undo a withdrawal has passed: where the request is still withdrawn, its notice goes out.
pub struct UndoPassed(pub RequestId);

impl SystemAct for UndoPassed {
    const NAME: &'static str = "undo_passed";
    /// False: it was undone and withdrawn anew, and can be undone still.
    type Output = bool;

    fn about(&self) -> About {
        About::request(self.0)
    }

    async fn carry_out(self, desk: &mut AtDesk, db: &mut PgConnection) -> Result<bool> {
        let stored = requests::load_for_update(db, self.0).await?;
        let Progress::Closed(Closed { at, ending: Ending::Withdrawn { .. }, .. }) = stored.request.progress else {
            return Ok(true);
        };
        if !stored.request.is_withdrawn_for_good(desk.now()) {
            return Ok(false);
        }
        if notices::has_since(db, self.0, NoticeKind::Withdrawn, at).await? {
            return Ok(true);
        }
        let email = stored.sent.as_ref().and_then(|(_, applicant)| applicant.contact.email()).map(EmailAddress::as_str);
        notices::add(db, desk, self.0, NoticeKind::Withdrawn, stored.language, email).await?;
        desk.changed(&["notice"]);
        Ok(true)
    }
}
