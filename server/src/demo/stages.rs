//! Requests in their stages, each made by the acts of the people who would make it: a stage is one function, and the
//! table says who plays it.

mod asking;
mod copying;
mod entering;
mod pictures;
mod working;

use std::sync::Arc;

use domain::{
    caller::{Role, Side},
    ids::{FacilityId, RequestId},
};
use jiff::{ToSpan as _, civil::Date};
use office::{
    Act, Desk, Seat, Ticket,
    bytes::{Kind, Staged},
    sign_in::Passwords,
};
use uuid::Uuid;

use super::{cast, sign_ins};
use crate::command::Failure;

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// Begun and left.
    Draft,
    Received,
    Withdrawn,
    /// A clerk has it.
    Verifying,
    /// And a photo of an identity document waits to be compared.
    PhotoSent,
    ActionNeeded,
    /// Who asks and whose chart it is are known, and something was found.
    Gathering,
    /// Everything is decided, also where nothing was found.
    Preparing,
    /// The copy is built, and waits for its builder.
    Built,
    /// Another clerk sent it back.
    Returned,
    /// It waits for another clerk.
    QualityCheck,
    /// It waits for the requester: in the portal, or printed at the desk.
    Ready,
    Delivered,
    Closed,
}

impl Stage {
    fn is_worked_on(self) -> bool {
        !matches!(self, Self::Draft | Self::Received | Self::Withdrawn)
    }
}

const FRONT_DESK: &str = "desk@riverside.example";

/// What is asked for: none are everything.
type Categories = &'static [&'static str];

/// Who asks, for what, how they want it, how far it has come, and which clerk has it.
#[rustfmt::skip] // one a line, to be read as the table that it is
const REQUESTS: &[(&str, Categories, &str, Stage, &str)] = &[
    ("maria@mail.example", &["lab", "medication"], "portal", Stage::ActionNeeded, "carla@riverside.example"),
    ("georgia@mail.example", &[], "portal", Stage::Preparing, "carla@riverside.example"),
    ("georgia@mail.example", &["billing"], "pick_up", Stage::Draft, ""),
    ("james@mail.example", &["lab"], "portal", Stage::Verifying, "marcus@riverside.example"),
    ("john@mail.example", &[], "portal", Stage::Received, ""),
    ("dorothy@mail.example", &[], "pick_up", Stage::Received, ""),
    ("amina@mail.example", &["vaccine", "lab"], "portal", Stage::Gathering, "marcus@riverside.example"),
    ("amina@mail.example", &["visit_note"], "portal", Stage::Withdrawn, ""),
    ("sukarno@mail.example", &["surgery_report"], "portal", Stage::Preparing, "priya@riverside.example"),
    ("wei@mail.example", &["medication"], "portal", Stage::Draft, ""),
    ("lukasz@mail.example", &["lab", "billing"], "pick_up", Stage::Gathering, "carla@riverside.example"),
    ("bridget@mail.example", &[], "portal", Stage::Received, ""),
    ("amina@mail.example", &["medication"], "portal", Stage::Built, "carla@riverside.example"),
    ("wei@mail.example", &["lab", "visit_note"], "portal", Stage::QualityCheck, "marcus@riverside.example"),
    ("dorothy@mail.example", &["discharge_summary"], "pick_up", Stage::QualityCheck, "carla@riverside.example"),
    ("sukarno@mail.example", &["lab"], "portal", Stage::Returned, "priya@riverside.example"),
    ("maria@mail.example", &["visit_note"], "portal", Stage::Ready, "priya@riverside.example"),
    ("dorothy@mail.example", &["vaccine"], "pick_up", Stage::Ready, "marcus@riverside.example"),
    ("james@mail.example", &["medication"], "portal", Stage::Delivered, "priya@riverside.example"),
    ("john@mail.example", &["lab"], "portal", Stage::Closed, "carla@riverside.example"),
    ("lukasz@mail.example", &["surgery_report"], "portal", Stage::Closed, "marcus@riverside.example"),
    ("lukasz@mail.example", &["visit_note"], "portal", Stage::PhotoSent, "priya@riverside.example"),
    ("wei@mail.example", &["pathology"], "portal", Stage::Closed, "carla@riverside.example"),
];

/// Who came, called or wrote, how, how many days ago, for what, how far it has come, and which clerk has it. What is
/// open for more than thirty days is late.
#[rustfmt::skip] // one a line, to be read as the table that it is
const ENTERED: &[(&str, &str, i32, Categories, Stage, &str)] = &[
    ("catherine-meyer", "in_person", 0, &["visit_note"], Stage::Received, ""),
    ("minh-khai-nguyen", "phone", 1, &["medication"], Stage::Received, ""),
    ("ruth-null", "phone", 12, &["billing"], Stage::Verifying, "priya@riverside.example"),
    ("john-smith-pine", "in_person", 26, &["lab", "medication"], Stage::Gathering, "marcus@riverside.example"),
    ("sean-o-brien", "in_person", 33, &[], Stage::Received, ""),
    ("james-carter-sr", "phone", 41, &["discharge_summary"], Stage::Verifying, "carla@riverside.example"),
    ("kathryn-maier", "paper", 3, &["lab", "vaccine"], Stage::Received, ""),
    ("alex-petrov", "in_person", 14, &["visit_note"], Stage::Delivered, "marcus@riverside.example"),
];

/// Who asks, as far as a clerk goes by it.
struct Asker {
    name: String,
    born: Date,
    /// In the cast.
    chart: &'static str,
}

/// Plays them all and says how many there are.
pub(super) async fn play(
    desk: &Arc<Desk>,
    passwords: &Passwords,
    facility: FacilityId,
    today: Date,
) -> Result<usize, Failure> {
    for (email, categories, delivery, stage, clerk) in REQUESTS {
        let patient = sign_ins::patient(email).ok_or("the table of requests names nobody")?;
        let asker = Asker { name: patient.name.to_owned(), born: patient.born(), chart: patient.chart };
        let at = Seated::sign_in(desk, passwords, email, Side::Patient).await?;
        let request = asking::begin(&at, patient, facility, categories, delivery).await?;
        if *stage != Stage::Draft {
            asking::send(&at, patient, request).await?;
        }
        if *stage == Stage::Withdrawn {
            asking::withdraw(&at, request).await?;
        }
        if *stage == Stage::PhotoSent {
            asking::photograph(&at, &asker, patient.street(), request).await?;
        }
        at.sign_out().await?;
        work(desk, passwords, clerk, &asker, request, delivery, *stage).await?;
        if *stage >= Stage::Delivered {
            let at = Seated::sign_in(desk, passwords, email, Side::Patient).await?;
            copying::open(&at, request).await?;
            if *stage == Stage::Closed {
                copying::confirm(&at, request).await?;
            }
            at.sign_out().await?;
        }
    }
    for (id, channel, days_ago, categories, stage, clerk) in ENTERED {
        let patient = cast::by_id(id).ok_or("the table of requests names nobody")?;
        let at = Seated::sign_in(desk, passwords, FRONT_DESK, Side::Staff).await?;
        let born = patient.born_on().ok_or("who is entered at the desk has a date of birth")?;
        let asker = Asker { name: patient.name(), born, chart: patient.id };
        let received = today.checked_sub(days_ago.days())?;
        // the office wants to know why something lay for more than a day
        let late = if *days_ago > 1 { "The note about it lay in the tray of the ward." } else { "" };
        let request = entering::enter(&at, patient, &asker, channel, received, late, categories).await?;
        at.sign_out().await?;
        work(desk, passwords, clerk, &asker, request, "pick_up", *stage).await?;
        if *stage == Stage::Delivered {
            let at = Seated::sign_in(desk, passwords, FRONT_DESK, Side::Staff).await?;
            copying::hand_out(&at, &asker, request).await?;
            at.sign_out().await?;
        }
    }
    Ok(REQUESTS.len() + ENTERED.len())
}

/// The clerk's part, as far as the stage goes.
async fn work(
    desk: &Arc<Desk>,
    passwords: &Passwords,
    clerk: &str,
    asker: &Asker,
    request: RequestId,
    delivery: &str,
    until: Stage,
) -> Result<(), Failure> {
    if !until.is_worked_on() {
        return Ok(());
    }
    let at = &Seated::sign_in(desk, passwords, clerk, Side::Staff).await?;
    working::claim(at, request).await?;
    if until == Stage::ActionNeeded {
        working::ask_back(at, request).await?;
    }
    if until >= Stage::Gathering {
        working::verify(at, asker, request).await?;
        working::locate(at, asker, request).await?;
    }
    if until >= Stage::Preparing {
        working::decide(at, asker, request).await?;
    }
    if until >= Stage::Built {
        copying::build(at, request).await?;
    }
    if until >= Stage::Returned {
        copying::hand_over(at, request).await?;
        let other = sign_ins::STAFF.iter().find(|one| one.role == Role::Clerk && one.email != clerk);
        let other = other.ok_or("the demo has one clerk")?.email;
        let checker = Seated::sign_in(desk, passwords, other, Side::Staff).await?;
        match until {
            Stage::Returned => copying::send_back(&checker, request).await?,
            Stage::Ready | Stage::Delivered | Stage::Closed => copying::release(&checker, request).await?,
            _ => {}
        }
        checker.sign_out().await?;
    }
    if until >= Stage::Ready && delivery == "pick_up" {
        copying::print(at, request).await?;
    }
    at.sign_out().await
}

/// Somebody who is signed in, as they would be by the page.
struct Seated {
    desk: Arc<Desk>,
    seat: Seat,
}

impl Seated {
    async fn sign_in(desk: &Arc<Desk>, passwords: &Passwords, email: &str, side: Side) -> Result<Self, Failure> {
        let verified = desk.verify_password(passwords, email, sign_ins::PASSWORD, "127.0.0.1/32").await?;
        let seat = Seat::of_cookie(&random()?.to_string());
        desk.open_session(verified.attempt, side, &seat).await?;
        Ok(Self { desk: Arc::clone(desk), seat })
    }

    /// A form that is sent once.
    async fn does<A: Act>(&self, act: office::Result<A>) -> Result<A::Output, Failure> {
        Ok(self.desk.perform(self.seat.clone(), Some(Ticket(random()?)), act?).await?)
    }

    /// A picture that waits sealed until an act attaches it. `owner`: a request's id, or where there is none yet the
    /// facility's.
    async fn stages(
        &self,
        side: Side,
        facility: FacilityId,
        owner: Uuid,
        kind: Kind,
        jpeg: &[u8],
    ) -> Result<Staged, Failure> {
        let limit = u64::try_from(jpeg.len())?;
        let staging = self.desk.stage(&self.seat, side, facility, owner, kind, "image/jpeg", limit);
        let mut staging = staging.await?;
        staging.push(jpeg).await?;
        Ok(staging.finish().await?)
    }

    async fn sees<A: Act>(&self, act: office::Result<A>) -> Result<A::Output, Failure> {
        Ok(self.desk.perform(self.seat.clone(), None, act?).await?)
    }

    async fn sign_out(&self) -> Result<(), Failure> {
        Ok(self.desk.end_session(&self.seat).await?)
    }
}

/// Seats and tickets of the demo are as hard to guess as anybody's.
fn random() -> Result<Uuid, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| "no randomness")?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}
