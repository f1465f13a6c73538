//! Where a request stands, since when, what happens next, and what its requester can do about it.

use domain::{
    caller::{Caller, Level, Side},
    delivery::Way,
    ids::RequestId,
    package::PackageStage,
    refusal::Refusal,
    request::{Closed, Ending, Progress, RequestStatus},
    shown::requests::{Copy, CopyFile, Happened, May, One, OpenQuestion, Sent},
    status::status,
};
use sqlx::PgConnection;

use super::{Own, request_id, when};
use crate::{
    About, Act, AtDesk, Result,
    store::{
        blobs, deliveries, evidence,
        facilities::{self, Facility},
        packages, questions, queue,
        requests::Stored,
        timeline, verification,
    },
};

pub struct OneRequest {
    request: RequestId,
}

impl OneRequest {
    /// # Errors
    /// Not a request's id.
    pub fn parse(request: &str) -> Result<Self> {
        Ok(Self { request: request_id(request)? })
    }
}

impl Act for OneRequest {
    const NAME: &'static str = "one_request";
    const SIDE: Side = Side::Patient;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Own;
    type Output = One;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Own> {
        Own::look(db, caller, self.request).await
    }

    async fn carry_out(self, Own { stored, .. }: Own, desk: &mut AtDesk, db: &mut PgConnection) -> Result<One> {
        let id = self.request;
        let facility = facilities::load(db, id.facility).await?;
        let view = queue::view(db, &facility, &stored).await?;
        let question = match view.question {
            Some(_) => questions::open_of(db, id).await?,
            None => None,
        };
        let verification = verification::of(db, id).await?;
        let open = stored.request.status() == RequestStatus::Open;
        let asked = question.as_ref().map(|stored| &stored.question);
        let pictures = evidence::count(db, id).await?;
        let one_more = verification.takes_pictures(asked, pictures.saturating_add(1));
        let may = May {
            send_picture: open && one_more.is_ok(),
            enough_pictures: open && one_more == Err(Refusal::EnoughPictures),
            withdraw: open && view.package != Some(PackageStage::Released),
            undo: undo_until(&stored).filter(|until| desk.now() <= *until).map(|until| when(&facility, until)),
        };
        let question = match question {
            Some(stored) => Some(read(db, desk, &facility, stored).await?),
            None => None,
        };
        let history = timeline::of(db, id).await?;
        let copy =
            if view.package == Some(PackageStage::Released) { copy(db, &facility, &stored).await? } else { None };
        Ok(One {
            id,
            as_of: desk.as_of(),
            number: stored.number,
            version: stored.request.version,
            help: facility.help(),
            status: status(&view, facility.day(desk.now())),
            question,
            history: history
                .into_iter()
                .map(|stood| Happened { when: when(&facility, stood.at), entry: stood.entry })
                .collect(),
            copy,
            pictures,
            may,
            sent: sent(&facility, stored),
            complaints: facility.complaints,
            facility: facility.name,
            key: desk.id(),
        })
    }
}

/// What was released by way of the portal.
async fn copy(db: &mut PgConnection, facility: &Facility, stored: &Stored) -> Result<Option<Copy>> {
    let id = stored.request.id;
    let Some(delivery) = deliveries::of(db, id).await?.map(|stored| stored.delivery) else { return Ok(None) };
    let Way::Portal { opened_at } = delivery.way else { return Ok(None) };
    let files = packages::files(db, id.facility, delivery.package).await?;
    Ok(Some(Copy {
        files: files
            .into_iter()
            .map(|file| CopyFile {
                position: file.position,
                role: file.role,
                name: file.name,
                media_type: file.media_type,
                bytes: file.bytes,
                pages: file.pages,
            })
            .collect(),
        opened: opened_at.map(|at| when(facility, at)),
        may_confirm: opened_at.is_some() && stored.request.status() == RequestStatus::Open,
    }))
}

fn undo_until(stored: &Stored) -> Option<jiff::Timestamp> {
    match stored.request.progress {
        Progress::Closed(Closed { ending: Ending::Withdrawn { undo_until }, .. }) => Some(undo_until),
        _ => None,
    }
}

async fn read(
    db: &mut PgConnection,
    desk: &AtDesk,
    facility: &Facility,
    stored: questions::Stored,
) -> Result<OpenQuestion> {
    let message = match stored.message {
        Some(blob) => blobs::read_words(db, &desk.vault, facility.id, blob).await?,
        None => None,
    };
    let question = stored.question;
    Ok(OpenQuestion {
        id: question.id,
        version: question.version,
        reason: question.reason,
        message: message.unwrap_or_default(),
        ways: question.ways.all().iter().copied().collect(),
        asked_on: facility.day(question.asked_at),
    })
}

fn sent(facility: &Facility, stored: Stored) -> Option<Sent> {
    let (ask, applicant) = stored.sent?;
    let signed = stored.signature.map(|signature| (signature.typed_name, when(facility, signature.at)));
    Some(Sent { ask, applicant, signed })
}
