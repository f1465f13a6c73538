//! A request in the hands of the clerk who holds it.

use domain::{
    caller::{Caller, Clerk},
    ids::{BlobId, ItemId, RequestId},
    item::Item,
    refusal::Refusal,
    request::Holder,
    timeline::Entry,
    verification::{Verification, Verified},
};
use sqlx::PgConnection;

use crate::{
    AtDesk, Result,
    store::{
        blobs::{self, Kind, Place},
        facilities::{self, Facility},
        items, queue,
        requests::{self, Stored},
        timeline, verification,
    },
};

/// Locked: nothing of it changes but by this act.
pub struct AtWork {
    pub(crate) facility: Facility,
    pub(crate) stored: Stored,
    pub(crate) holder: Holder,
}

/// The request, for the clerk who holds it and for nobody else.
pub(crate) async fn held(caller: &Caller, db: &mut PgConnection, id: RequestId) -> Result<AtWork> {
    let clerk = caller.clerk_at(id.facility)?;
    let stored = requests::load_for_update(db, id).await?;
    let holder = stored.request.held_by(&clerk)?;
    Ok(AtWork { facility: facilities::load(db, id.facility).await?, stored, holder })
}

/// A request, locked, whoever holds it.
pub struct Locked {
    pub(crate) clerk: Clerk,
    pub(crate) stored: Stored,
}

pub(crate) async fn locked(caller: &Caller, db: &mut PgConnection, id: RequestId) -> Result<Locked> {
    let clerk = caller.clerk_at(id.facility)?;
    Ok(Locked { clerk, stored: requests::load_for_update(db, id).await? })
}

impl AtWork {
    pub(crate) fn id(&self) -> RequestId {
        self.stored.request.id
    }

    pub(crate) async fn verification(&self, db: &mut PgConnection) -> Result<Verification> {
        verification::of(db, self.id()).await
    }

    /// All three facts, or the first that is missing; the trail learns whose chart is worked on.
    pub(crate) async fn verified(&self, db: &mut PgConnection, desk: &mut AtDesk) -> Result<Verified> {
        let verified = self.verification(db).await?.verified()?;
        desk.about_patient(verified.patient());
        Ok(verified)
    }

    pub(crate) async fn item(&self, db: &mut PgConnection, id: ItemId) -> Result<Item> {
        let found = items::of(db, self.id()).await?.into_iter().find(|item| item.id == id);
        found.ok_or_else(|| Refusal::NotFound.into())
    }

    /// The end of every act that changed it: what happened, and what lists say of it.
    pub(crate) async fn tell(&self, db: &mut PgConnection, desk: &AtDesk, entries: &[Entry]) -> Result<()> {
        for entry in entries {
            timeline::add(db, desk, self.id(), entry).await?;
        }
        queue::refresh(db, desk, &self.facility, self.id()).await?;
        Ok(())
    }

    /// As [`Self::tell`], and that all parts are decided, where they now are.
    pub(crate) async fn tell_decisions(
        &self,
        db: &mut PgConnection,
        desk: &AtDesk,
        mut entries: Vec<Entry>,
    ) -> Result<()> {
        if items::of(db, self.id()).await?.iter().all(Item::is_decided) {
            entries.push(Entry::Decided);
        }
        self.tell(db, desk, &entries).await
    }
}

/// Seals what somebody wrote about a request.
pub(crate) async fn seal_words(db: &mut PgConnection, desk: &AtDesk, request: RequestId, text: &str) -> Result<BlobId> {
    let (blob, at) = (BlobId(desk.id()), Place { facility: request.facility, owner: request.id });
    blobs::put(db, &desk.vault, at, blob, Kind::Words, "text/plain", desk.person(), text.as_bytes()).await?;
    Ok(blob)
}
