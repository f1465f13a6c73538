//! The person signs and sends. From here the clock runs, and the records department has it.

use domain::{
    ask::Signature,
    caller::{Caller, Level, Side},
    form::{EmailAddress, FieldProblem},
    ids::{ItemId, RequestId},
    item::Item,
    language::Language,
    notice::NoticeKind,
    refusal::Refusal,
    request::Sent,
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{Own, request_id, version};
use crate::{
    About, Act, AtDesk, Error, Result,
    store::{drafts, facilities, items, notices, queue, requests, timeline, verification},
};

pub struct SubmitRequest {
    request: RequestId,
    /// Of the draft, as the page showed it: what is signed is what was read.
    seen: Version,
    signed_name: String,
    language: Language,
}

impl SubmitRequest {
    /// # Errors
    /// Not a request's id; no version.
    pub fn parse(request: &str, seen: &str, signed_name: String, language: Language) -> Result<Self> {
        Ok(Self { request: request_id(request)?, seen: version(seen)?, signed_name, language })
    }
}

impl Act for SubmitRequest {
    const NAME: &'static str = "submit_request";
    const SIDE: Side = Side::Patient;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = Own;
    type Output = RequestId;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Own> {
        Own::lock(db, caller, self.request).await
    }

    async fn carry_out(
        self,
        Own { asker, stored }: Own,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<RequestId> {
        let id = self.request;
        let now = desk.now();
        let drafted = drafts::load(db, &desk.vault, id).await?;
        drafted.version.seen(self.seen)?;
        let signer = drafted.draft.name.as_ref().ok_or(Refusal::Incomplete)?;
        let signature = Signature::sign(&self.signed_name, signer, now)
            .map_err(|code| Error::Form(vec![FieldProblem { field: "signed_name".to_owned(), code }]))?;
        let Sent { request, ask, applicant } =
            stored.request.send(&asker, drafted.draft, self.language, &signature, now)?;
        requests::record_sent(db, &request, &ask, &applicant, &signature).await?;
        drafts::delete(db, id).await?;

        let facility = facilities::load(db, id.facility).await?;
        let due = queue::start_clock(db, &facility, id, now).await?;
        for (position, category) in (1..).zip(ask.scope.items()) {
            items::insert(db, id, position, &Item::asked(ItemId(desk.id()), category, ask.dates)).await?;
        }
        verification::insert(db, id).await?;
        queue::insert(db, desk, &facility, id, due).await?;
        timeline::add(db, desk, id, &Entry::Submitted).await?;
        let email = applicant.contact.email().map(EmailAddress::as_str);
        notices::add(db, desk, id, NoticeKind::Received, ask.language, email).await?;
        desk.changed(&["status"]);
        Ok(id)
    }
}
