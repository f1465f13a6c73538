//! A printed copy is handed over at the desk: who picks it up has shown who they are and signs for it.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    delivery::{Collected, Way},
    form::{FieldCode, PersonName, Problems, choice, required_text},
    ids::RequestId,
    refusal::Refusal,
    request::Request,
    shown::front_desk::Collect,
    timeline::Entry,
    verification::{Evidence, EvidenceKind, VerificationMethod},
    version::Version,
};
use sqlx::PgConnection;

use crate::{
    About, Act, AtDesk, Result,
    store::{
        deliveries, facilities,
        outbox::{self, Task},
        persons, queue,
        requests::{self, Stored},
        timeline,
    },
};

const LONGEST_EVIDENCE: usize = 100;

fn request(typed: &str) -> Result<RequestId> {
    typed.parse().map_err(|_| Refusal::NotFound.into())
}

/// A request at this desk.
pub struct AtTheDesk {
    desk: FrontDesk,
    stored: Stored,
}

pub struct LookAtCollect {
    request: RequestId,
}

impl LookAtCollect {
    /// # Errors
    /// What is no id of a request.
    pub fn parse(typed: &str) -> Result<Self> {
        Ok(Self { request: request(typed)? })
    }
}

impl Act for LookAtCollect {
    const NAME: &'static str = "look_at_collect";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = AtTheDesk;
    type Output = Collect;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<AtTheDesk> {
        let desk = caller.front_desk_at(self.request.facility)?;
        Ok(AtTheDesk { desk, stored: requests::load(db, self.request).await? })
    }

    async fn carry_out(
        self,
        AtTheDesk { stored, .. }: AtTheDesk,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<Collect> {
        let delivery = deliveries::of(db, self.request).await?.ok_or(Refusal::NotReleased)?;
        let facility = facilities::load(db, self.request.facility).await?;
        let Way::PickUp { collected } = delivery.delivery.way else { return Err(Refusal::AnotherDelivery.into()) };
        let (_, applicant) = stored.sent()?;
        let names = persons::names(db, delivery.handed_by).await?;
        let by = delivery.handed_by.and_then(|by| names.get(&by).cloned()).unwrap_or_default();
        Ok(Collect {
            request: self.request,
            number: stored.number,
            version: delivery.delivery.version,
            recipient: applicant.name.to_string(),
            born: applicant.birth_date.0,
            printed_on: delivery.printed.map(|(_, at)| facility.day(at)),
            collected: collected.map(|done| (by, facility.day(done.at))),
            key: desk.id(),
        })
    }
}

pub struct CollectCopy {
    request: RequestId,
    seen: Version,
    evidence: Evidence,
    signed_name: PersonName,
}

impl CollectCopy {
    /// # Errors
    /// What is no id or no version; each field that is not answered.
    pub fn parse(typed: &str, version: &str, evidence: &str, evidence_name: &str, signed_name: &str) -> Result<Self> {
        let seen = version.trim().parse().map(Version).map_err(|_| Refusal::MovedOn)?;
        let mut problems = Problems::default();
        let kind = problems.take("evidence", choice(evidence, EvidenceKind::from_code));
        let name = match kind {
            Some(EvidenceKind::Other) => {
                problems.take("evidence_name", required_text(evidence_name, LONGEST_EVIDENCE)).map(Some)
            }
            _ => Some(None),
        };
        let signed_name = problems.take("signed_name", PersonName::parse(signed_name));
        let evidence = kind.zip(name).and_then(|(kind, name)| Evidence::restore(kind, name));
        if evidence.is_none() && kind.is_some_and(|kind| kind != EvidenceKind::Other) {
            problems.note("evidence", FieldCode::NotAChoice);
        }
        let (evidence, signed_name) = problems.finish(evidence.zip(signed_name))?;
        Ok(Self { request: request(typed)?, seen, evidence, signed_name })
    }
}

impl Act for CollectCopy {
    const NAME: &'static str = "collect_copy";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = AtTheDesk;
    type Output = ();

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<AtTheDesk> {
        let desk = caller.front_desk_at(self.request.facility)?;
        Ok(AtTheDesk { desk, stored: requests::load_for_update(db, self.request).await? })
    }

    async fn carry_out(
        self,
        AtTheDesk { desk: at, stored }: AtTheDesk,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<()> {
        let id = self.request;
        let offered = deliveries::of(db, id).await?.ok_or(Refusal::NotReleased)?;
        offered.delivery.version.seen(self.seen)?;
        let (printed_by, _) = offered.printed.ok_or(Refusal::NotPrinted)?;
        let collected = Collected {
            printed_by,
            identity_checked: VerificationMethod::SeenInPerson,
            evidence: self.evidence,
            signed_name: self.signed_name,
            at: desk.now(),
        };
        let delivery = offered.delivery.collect(&at, &stored.request, collected.clone())?;
        deliveries::record_collected(db, id, &delivery, &collected).await?;
        timeline::add(db, desk, id, &Entry::Collected).await?;
        let closes = Request::closes_by_itself(desk.now());
        outbox::put(db, desk, Task::CloseRequest, id, id.id, Some(closes)).await?;
        let facility = facilities::load(db, id.facility).await?;
        queue::refresh(db, desk, &facility, id).await?;
        desk.changed(&["delivery"]);
        Ok(())
    }
}
