//! What may be told once the caller was checked: the one sentence that the patient's page says too, and what they can do.
//! Nothing of what was asked for or found.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    lookup::offers,
    refusal::Refusal,
    request::{Channel, Progress},
    shown::front_desk::Told,
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{CHECKED, Checked, MOST_LETTERS, at_work, id};
use crate::{
    About, Act, AtDesk, Result,
    store::{facilities, lookups, notices, queue, requests},
};

pub struct TellCaller {
    check: Uuid,
}

impl TellCaller {
    /// # Errors
    /// Not the id of a check.
    pub fn parse(check: &str) -> Result<Self> {
        Ok(Self { check: id(check)? })
    }
}

impl Act for TellCaller {
    const NAME: &'static str = "tell_caller";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = FrontDesk;
    type Output = Told;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<FrontDesk> {
        at_work(caller)
    }

    async fn carry_out(self, at: FrontDesk, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Told> {
        desk.about_facility(at.facility());
        let Checked { request, reason, identifiers, at: checked } = lookups::kept(db, desk, self.check).await?;
        // whoever was checked a while ago may have hung up
        if identifiers.len() < 2 || desk.now().duration_since(checked) > CHECKED || request.facility != at.facility() {
            return Err(Refusal::TooFewIdentifiers.into());
        }
        desk.about_request(request);
        desk.because(reason.code());
        desk.showed([request.id]);
        let stored = requests::load(db, request).await?;
        let facility = facilities::load(db, request.facility).await?;
        let status = queue::status_of(db, &facility, &stored, desk.now()).await?;
        let channel = match &stored.request.progress {
            Progress::Draft { .. } => Channel::Portal,
            Progress::Open(open) => open.channel,
            Progress::Closed(closed) => closed.was.channel,
        };
        Ok(Told {
            hit: lookups::hit(&stored)?,
            offers: offers(&status, channel, stored.request.status()),
            letters: notices::to_print(db, &facility, Some(request), MOST_LETTERS).await?,
            status,
            language: stored.language,
            help: facility.help(),
        })
    }
}
