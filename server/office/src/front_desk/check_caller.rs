//! Whether a caller is who they say: at least two things that they say rightly, asked in the same words each time. Until
//! then nothing is told.

use std::collections::BTreeSet;

use domain::{
    caller::{Caller, Level, Side},
    form::{FieldCode, FieldProblem},
    ids::RequestId,
    refusal::Refusal,
    shown::front_desk::Check,
    verification::{AtLeastTwo, Identifier},
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Checked, Searched, asked, id};
use crate::{
    About, Act, AtDesk, Error, Result,
    store::{
        lookups,
        requests::{self, Stored},
    },
};

fn request(typed: &str) -> Result<RequestId> {
    typed.parse().map_err(|_| Refusal::NotFound.into())
}

/// A request of the desk's own facility, as it was sent.
pub struct TheirRequest {
    stored: Stored,
}

async fn found(db: &mut PgConnection, caller: &Caller, id: RequestId) -> Result<TheirRequest> {
    caller.front_desk_at(id.facility)?;
    let stored = requests::load(db, id).await?;
    stored.sent().map_err(|_| Refusal::NotFound)?;
    Ok(TheirRequest { stored })
}

/// The page that says what to ask.
pub struct CallerCheck {
    request: RequestId,
    search: Uuid,
}

impl CallerCheck {
    /// # Errors
    /// Not a request's id, or not a search's.
    pub fn parse(typed: &str, search: &str) -> Result<Self> {
        Ok(Self { request: request(typed)?, search: id(search)? })
    }
}

impl Act for CallerCheck {
    const NAME: &'static str = "look_at_caller_check";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = TheirRequest;
    type Output = Check;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Self::Admitted> {
        found(db, caller, self.request).await
    }

    async fn carry_out(
        self,
        TheirRequest { stored }: TheirRequest,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<Check> {
        let searched: Searched = lookups::kept(db, desk, self.search).await?;
        let Searched { reason, .. } = searched.still(desk.now())?;
        desk.because(reason.code());
        Ok(Check {
            hit: lookups::hit(&stored)?,
            reason,
            language: stored.language,
            ask: asked(&stored)?,
            key: desk.id(),
        })
    }
}

/// The desk says what the caller said rightly.
pub struct CheckCaller {
    request: RequestId,
    search: Uuid,
    identifiers: AtLeastTwo,
}

impl CheckCaller {
    /// # Errors
    /// Fewer than two things, or what is nothing to ask.
    pub fn parse(typed: &str, search: &str, identifiers: &[String]) -> Result<Self> {
        let wrong = |code| Error::Form(vec![FieldProblem { field: "identifiers".to_owned(), code }]);
        let said = identifiers
            .iter()
            .map(|code| Identifier::from_code(code))
            .collect::<Option<BTreeSet<_>>>()
            .ok_or_else(|| wrong(FieldCode::NotAChoice))?;
        let identifiers = AtLeastTwo::try_from(said).map_err(|_| wrong(FieldCode::TwoNeeded))?;
        Ok(Self { request: request(typed)?, search: id(search)?, identifiers })
    }
}

impl Act for CheckCaller {
    const NAME: &'static str = "check_caller";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = TheirRequest;
    /// Under which the check lies.
    type Output = Uuid;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Self::Admitted> {
        found(db, caller, self.request).await
    }

    async fn carry_out(
        self,
        TheirRequest { stored }: TheirRequest,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<Uuid> {
        let searched: Searched = lookups::kept(db, desk, self.search).await?;
        let Searched { reason, .. } = searched.still(desk.now())?;
        let ask = asked(&stored)?;
        let identifiers: Vec<_> = self.identifiers.all().iter().copied().collect();
        if !identifiers.iter().all(|said| ask.iter().any(|asked| asked.identifier == *said)) {
            let nothing = FieldProblem { field: "identifiers".to_owned(), code: FieldCode::NotAChoice };
            return Err(vec![nothing].into());
        }
        let said: Vec<_> = identifiers.iter().map(|identifier| identifier.code()).collect();
        desk.because(&format!("{}:{}", reason.code(), said.join(",")));
        let checked = Checked { request: self.request, reason, identifiers, at: desk.now() };
        lookups::keep(db, desk, &checked).await
    }
}
