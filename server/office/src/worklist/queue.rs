//! A clerk looks at the queue: open requests, the most urgent first, narrowed by what stands in the address.

use domain::{
    caller::{Caller, Level, Role, Side},
    form::{RecordNumber, date_from_fields},
    ids::FacilityId,
    number::RequestNumber,
    refusal::Refusal,
    shown::{Keys, worklist::Queue},
    status::{Headline, WaitingOn},
};
use sqlx::PgConnection;

use super::parse;
use crate::{
    About, Act, AtDesk, Result,
    charts::spelling,
    store::{
        facilities,
        worklist::{self, After, Narrowed, Whose},
    },
};

const PAGE: usize = 25;

/// The filters as the address has them; what is none of the choices narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct QueueAsked {
    pub headline: String,
    pub waiting: String,
    pub whose: String,
    pub late: String,
    pub text: String,
    pub after: String,
}

pub struct LookAtQueue {
    narrowed: Narrowed,
    after: Option<After>,
}

impl LookAtQueue {
    pub fn parse(asked: &QueueAsked) -> Self {
        let text = asked.text.trim();
        let folded = spelling::folded(text);
        let narrowed = Narrowed {
            headline: Headline::from_code(&asked.headline),
            waiting_on: WaitingOn::from_code(&asked.waiting),
            whose: match asked.whose.as_str() {
                "mine" => Whose::Mine,
                "unassigned" => Whose::Nobodys,
                _ => Whose::Anyones,
            },
            late: asked.late == "late",
            number: RequestNumber::parse(text).ok().map(RequestNumber::digits),
            born: date_from_fields("text", text, "", "").ok().flatten(),
            record_number: RecordNumber::parse(text).ok().flatten().map(|number| number.as_str().to_owned()),
            name: Some(folded).filter(|name| !name.is_empty()),
        };
        let after = parse::after(&asked.after).map(|(due_on, request)| After { due_on, request });
        Self { narrowed, after }
    }
}

/// The facility whose queue this person works.
pub(super) fn workplace(caller: &Caller) -> Result<FacilityId> {
    let clerk_at = caller.roles.iter().find(|(_, role)| *role == Role::Clerk).map(|(facility, _)| *facility);
    let facility = clerk_at.ok_or(Refusal::NotAllowed)?;
    caller.clerk_at(facility)?;
    Ok(facility)
}

impl Act for LookAtQueue {
    const NAME: &'static str = "look_at_queue";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = FacilityId;
    type Output = Queue;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<Self::Admitted> {
        workplace(caller)
    }

    async fn carry_out(self, facility: FacilityId, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Queue> {
        desk.about_facility(facility);
        let facility = facilities::load(db, facility).await?;
        let reader = desk.person().ok_or(Refusal::NotAllowed)?;
        let today = facility.day(desk.now());
        let one_more = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut rows = worklist::page(db, &facility, reader, &self.narrowed, self.after, today, one_more).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        desk.showed(rows.iter().map(|row| row.request.id));
        Ok(Queue {
            after: rows.last().filter(|_| more).map(|row| format!("{}.{}", row.due_on, row.request.id)),
            counts: worklist::counts(db, facility.id, reader, today).await?,
            facility: facility.name,
            rows,
            keys: Keys(desk.id()),
        })
    }
}
