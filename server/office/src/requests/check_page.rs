//! What was answered, the text to sign, and whether the same was asked for already: a warning, never a bar.

use domain::{
    ask::{AskStep, STATEMENT_IN_USE},
    caller::{Caller, Level, Side},
    ids::RequestId,
    shown::requests::Check,
};
use sqlx::PgConnection;

use super::{Own, request_id, shown, when};
use crate::{
    About, Act, AtDesk, Result,
    store::{asked, drafts, facilities},
};

pub struct CheckPage {
    request: RequestId,
}

impl CheckPage {
    /// # Errors
    /// Not a request's id.
    pub fn parse(request: &str) -> Result<Self> {
        Ok(Self { request: request_id(request)? })
    }
}

impl Act for CheckPage {
    const NAME: &'static str = "check_page";
    const SIDE: Side = Side::Patient;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Own;
    type Output = Check;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Own> {
        Own::look(db, caller, self.request).await
    }

    async fn carry_out(self, Own { asker, .. }: Own, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Check> {
        let stored = drafts::load(db, &desk.vault, self.request).await?;
        let facility = facilities::load(db, self.request.facility).await?;
        let duplicate = match &stored.draft.scope {
            Some(scope) => asked::same_and_open(db, asker.person(), facility.id, scope).await?,
            None => None,
        };
        Ok(Check {
            id: self.request,
            missing: AskStep::missing_of(&stored.draft),
            draft: stored.draft,
            statement: STATEMENT_IN_USE.to_owned(),
            version: stored.version,
            duplicate: duplicate.and_then(|listed| shown(&listed, &facility)),
            saved: when(&facility, stored.saved_at),
            facility: facility.name,
            key: desk.id(),
        })
    }
}
