//! The desk enters what came in person, by phone or on paper. The clock counts from the day it truly came, the person needs no
//! account, and what is written to them goes by e-mail or is printed and handed over.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    form::EmailAddress,
    ids::{EvidenceId, ItemId, PersonId, RequestId},
    item::Item,
    notice::NoticeKind,
    request::{Channel, DeskChannel, Entered, Request},
    timeline::Entry,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::{at_work, entry::EntryTyped};
use crate::{
    About, Act, AtDesk, Result,
    store::{
        blobs, evidence, facilities, facilities::Facility, items, lookups, notices, queue, requests, timeline,
        verification,
    },
};

pub struct EnterRequest {
    pub typed: EntryTyped,
}

/// What the form led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub request: RequestId,
}

impl Act for EnterRequest {
    const NAME: &'static str = "enter_request";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = FrontDesk;
    type Output = Receipt;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<FrontDesk> {
        at_work(caller)
    }

    async fn carry_out(self, at: FrontDesk, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Receipt> {
        desk.about_facility(at.facility());
        let facility = facilities::load(db, at.facility()).await?;
        let now = desk.now();
        let read = self.typed.read(facility.day(now))?;
        let id = RequestId { facility: facility.id, id: desk.id() };
        let requester = PersonId(desk.id());
        // what was scanned belongs to what came on paper, and to nothing else
        let scan = if read.channel == Channel::Paper { read.scan } else { Vec::new() };
        let scan: Vec<_> = scan.into_iter().map(|page| (EvidenceId(desk.id()), page)).collect();
        let form = scan.first().map(|(form, _)| *form);
        let entered = Entered {
            requester,
            channel: DeskChannel::new(read.channel, form)?,
            received_at: received_at(&facility, read.received_on, now),
            late_reason: read.late_reason.as_deref(),
        };
        let request = Request::enter(id, &at, entered, now, &facility.zone)?;
        let (ask, applicant) = (&read.ask, &read.applicant);
        lookups::insert_person(db, requester, &applicant.name, ask.language).await?;
        let late_reason = read.late_reason.as_deref();
        requests::insert_entered(db, &requests::Entry { request: &request, ask, applicant, late_reason }).await?;
        let due = queue::start_clock(db, &facility, id, entered.received_at).await?;
        for (position, category) in (1..).zip(ask.scope.items()) {
            items::insert(db, id, position, &Item::asked(ItemId(desk.id()), category, ask.dates)).await?;
        }
        for (evidence_id, page) in scan {
            blobs::keep_own(db, id.facility, page, blobs::Kind::Form, desk.person()).await?;
            evidence::insert(db, desk, id, evidence_id, evidence::Kind::RequestForm, page).await?;
        }
        verification::insert(db, id).await?;
        queue::insert(db, desk, &facility, id, due).await?;
        let entry = Entry::EnteredOnBehalf { channel: read.channel, received_on: read.received_on };
        timeline::add(db, desk, id, &entry).await?;
        let email = applicant.contact.email().map(EmailAddress::as_str);
        notices::add(db, desk, id, NoticeKind::Received, ask.language, email).await?;
        desk.about_request(id);
        desk.changed(&["status"]);
        Ok(Receipt { request: id })
    }
}

/// The desk knows the day and not the hour. Noon stands for an earlier day: the law counts in days of the calendar here.
fn received_at(facility: &Facility, on: Date, now: Timestamp) -> Timestamp {
    if on == facility.day(now) {
        return now;
    }
    let noon = on.at(12, 0, 0, 0).to_zoned(facility.zone.clone());
    noon.map_or(now, |noon| noon.timestamp().min(now))
}
