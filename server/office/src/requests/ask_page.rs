//! One question of the form, with what was answered so far.

use domain::{
    ask::AskStep,
    caller::{Caller, Level, Side},
    form::EmailAddress,
    ids::RequestId,
    refusal::Refusal,
    shown::requests::Asking,
};
use sqlx::PgConnection;

use super::{Own, request_id, when};
use crate::{
    About, Act, AtDesk, Result,
    store::{asked, drafts, facilities},
};

pub struct AskPage {
    request: RequestId,
    step: AskStep,
}

impl AskPage {
    /// # Errors
    /// Not a request's id; no question of the form.
    pub fn parse(request: &str, step: &str) -> Result<Self> {
        Ok(Self { request: request_id(request)?, step: AskStep::from_code(step).ok_or(Refusal::NotFound)? })
    }
}

impl Act for AskPage {
    const NAME: &'static str = "ask_page";
    const SIDE: Side = Side::Patient;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Own;
    type Output = Asking;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Own> {
        Own::look(db, caller, self.request).await
    }

    async fn carry_out(self, Own { asker, .. }: Own, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Asking> {
        let stored = drafts::load(db, &desk.vault, self.request).await?;
        let facility = facilities::load(db, self.request.facility).await?;
        let (name, email) = asked::account(db, asker.person()).await?;
        Ok(Asking {
            id: self.request,
            step: self.step,
            draft: stored.draft,
            name,
            email: email.as_ref().map(EmailAddress::as_str).map(str::to_owned),
            saved: when(&facility, stored.saved_at),
            facility: facility.name,
            key: desk.id(),
        })
    }
}
