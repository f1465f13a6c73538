use domain::{
    notice::{AccountFrame, AccountMail},
    words,
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Letter;
use crate::{About, AtDesk, Result, SystemAct, store::notices};

/// Somebody asked for an account: the link that opens it, or, to an address that has one, the word that it has.
pub struct TakeAccountMail {
    pub attempt: Uuid,
    pub link: String,
    /// The address of the sign-in page.
    pub sign_in: String,
}

impl SystemAct for TakeAccountMail {
    const NAME: &'static str = "take_account_mail";
    /// None where the link was used or is over.
    type Output = Option<Letter>;

    fn about(&self) -> About {
        About::default()
    }

    async fn carry_out(self, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Option<Letter>> {
        let Some(applicant) = notices::applicant(db, self.attempt).await? else { return Ok(None) };
        desk.about_facility(applicant.facility);
        let mail = if applicant.has_account {
            AccountMail::There { sign_in: self.sign_in }
        } else {
            AccountMail::Open { link: self.link }
        };
        let frame = AccountFrame { facility: applicant.facility_name.clone(), help: applicant.help };
        Ok(Some(Letter {
            to: applicant.email,
            from: (applicant.facility_name, applicant.mail_from),
            id: self.attempt,
            language: applicant.language,
            message: words::account_mail(&mail, &frame, applicant.language),
        }))
    }
}
