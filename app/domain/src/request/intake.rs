//! How a request comes in: drafted and sent by the person, or entered by the front desk for them.

use jiff::{Timestamp, ToSpan, civil::Weekday, tz::TimeZone};

use super::{Channel, Open, Progress, Request};
use crate::{
    ask::{Applicant, Ask, Draft, STATEMENT_IN_USE, Signature},
    caller::{Asker, FrontDesk},
    form::signed_name,
    ids::{EvidenceId, PersonId, RequestId},
    language::Language,
    refusal::Refusal,
    version::Version,
};

/// A request that was sent, with what is asked and by whom, now fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub request: Request,
    pub ask: Ask,
    pub applicant: Applicant,
}

/// By which way, other than the portal, a request came; paper brings its scanned form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskChannel {
    InPerson,
    Phone,
    Paper { form: EvidenceId },
}

impl DeskChannel {
    pub const fn new(channel: Channel, form: Option<EvidenceId>) -> Result<Self, Refusal> {
        match (channel, form) {
            (Channel::InPerson, _) => Ok(Self::InPerson),
            (Channel::Phone, _) => Ok(Self::Phone),
            (Channel::Paper, Some(form)) => Ok(Self::Paper { form }),
            (Channel::Paper, None) => Err(Refusal::FormMissing),
            (Channel::Portal, _) => Err(Refusal::NotAllowed),
        }
    }

    pub const fn channel(self) -> Channel {
        match self {
            Self::InPerson => Channel::InPerson,
            Self::Phone => Channel::Phone,
            Self::Paper { .. } => Channel::Paper,
        }
    }
}

/// What the front desk enters about a request that reached the office another way.
#[derive(Debug, Clone, Copy)]
pub struct Entered<'a> {
    pub requester: PersonId,
    pub channel: DeskChannel,
    /// When it truly arrived: the clock counts from here, not from the typing.
    pub received_at: Timestamp,
    /// Needed when it arrived more than one business day ago.
    pub late_reason: Option<&'a str>,
}

impl Request {
    /// A person begins.
    pub fn begin(id: RequestId, asker: &Asker, now: Timestamp) -> Self {
        Self { id, requester: asker.person(), progress: Progress::Draft { started_at: now }, version: Version::FIRST }
    }

    /// The person signs and sends. From here the clock runs.
    pub fn send(
        self,
        asker: &Asker,
        draft: Draft,
        language: Language,
        signature: &Signature,
        now: Timestamp,
    ) -> Result<Sent, Refusal> {
        self.asked_by(asker)?;
        if !matches!(self.progress, Progress::Draft { .. }) {
            return Err(Refusal::AlreadySent);
        }
        let (ask, applicant) = draft.complete(language).ok_or(Refusal::Incomplete)?;
        if !applicant.contact.can_be_written_to() {
            return Err(Refusal::NoAddress);
        }
        if signature.statement_id != STATEMENT_IN_USE {
            return Err(Refusal::StatementChanged);
        }
        signed_name(&signature.typed_name, &applicant.name).map_err(|_| Refusal::SignatureDiffers)?;
        let open =
            Open { channel: Channel::Portal, received_at: now, entered_at: now, assignee: None, first_touch_at: None };
        Ok(Sent { request: self.with(open), ask, applicant })
    }

    /// The front desk enters what came in person, by telephone or on paper.
    pub fn enter(
        id: RequestId,
        desk: &FrontDesk,
        entered: Entered<'_>,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<Self, Refusal> {
        if id.facility != desk.facility() {
            return Err(Refusal::NotFound);
        }
        if entered.received_at > now {
            return Err(Refusal::ReceivedInFuture);
        }
        let reason_given = entered.late_reason.is_some_and(|reason| !reason.trim().is_empty());
        if more_than_one_business_day(entered.received_at, now, zone) && !reason_given {
            return Err(Refusal::LateEntryReasonNeeded);
        }
        let open = Open {
            channel: entered.channel.channel(),
            received_at: entered.received_at,
            entered_at: now,
            assignee: None,
            first_touch_at: None,
        };
        Ok(Self { id, requester: entered.requester, progress: Progress::Open(open), version: Version::FIRST })
    }
}

/// Business days are Monday to Friday: without the facility's holidays a reason is asked for rather once too often.
fn more_than_one_business_day(received_at: Timestamp, entered_at: Timestamp, zone: &TimeZone) -> bool {
    let (received, entered) = (zone.to_datetime(received_at).date(), zone.to_datetime(entered_at).date());
    let days = received.saturating_add(1.day()).series(1.day()).take_while(|day| *day <= entered);
    days.filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)).nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, at};

    fn enter(received: &str, now: &str, late_reason: Option<&str>) -> Result<Request, Refusal> {
        let scene = Scene::new();
        let entered = Entered {
            requester: scene.patient.person(),
            channel: DeskChannel::Phone,
            received_at: at(received),
            late_reason,
        };
        Request::enter(scene.request_id, &scene.desk, entered, at(now), &TimeZone::UTC)
    }

    #[test]
    fn the_clock_of_an_entered_request_counts_from_its_true_receipt() {
        let request = enter("2026-03-03T09:00:00Z", "2026-03-04T16:00:00Z", None).unwrap();
        let open = request.open().unwrap();
        assert_eq!((open.received_at, open.entered_at), (at("2026-03-03T09:00:00Z"), at("2026-03-04T16:00:00Z")));
    }

    #[test]
    fn a_late_entry_says_why_and_a_weekend_is_not_late() {
        assert!(enter("2026-03-06T09:00:00Z", "2026-03-09T16:00:00Z", None).is_ok(), "Friday to Monday");
        assert_eq!(enter("2026-03-06T09:00:00Z", "2026-03-10T08:00:00Z", None), Err(Refusal::LateEntryReasonNeeded));
        assert_eq!(
            enter("2026-03-06T09:00:00Z", "2026-03-10T08:00:00Z", Some(" ")),
            Err(Refusal::LateEntryReasonNeeded)
        );
        assert!(enter("2026-03-06T09:00:00Z", "2026-03-10T08:00:00Z", Some("mail lay in the ward")).is_ok());
    }

    #[test]
    fn nothing_is_received_in_the_future_and_paper_brings_its_form() {
        assert_eq!(enter("2026-03-06T09:00:01Z", "2026-03-06T09:00:00Z", None), Err(Refusal::ReceivedInFuture));
        assert_eq!(DeskChannel::new(Channel::Paper, None), Err(Refusal::FormMissing));
        assert_eq!(DeskChannel::new(Channel::Portal, None), Err(Refusal::NotAllowed));
    }

    #[test]
    fn another_facilitys_request_cannot_be_entered() {
        let scene = Scene::new();
        let entered = Entered {
            requester: scene.patient.person(),
            channel: DeskChannel::Phone,
            received_at: at("2026-03-06T09:00:00Z"),
            late_reason: None,
        };
        let elsewhere = RequestId { facility: scene.other_facility, ..scene.request_id };
        let now = at("2026-03-06T10:00:00Z");
        assert_eq!(Request::enter(elsewhere, &scene.desk, entered, now, &TimeZone::UTC), Err(Refusal::NotFound));
    }

    #[test]
    fn sending_wants_a_whole_draft_a_signature_and_an_address() {
        let scene = Scene::new();
        let now = at("2026-03-03T15:00:00Z");
        let begun = || Request::begin(scene.request_id, &scene.patient, now);
        let try_with = |draft: Draft, signature: &Signature| {
            begun().send(&scene.patient, draft, Language::English, signature, now)
        };
        let draft = scene.draft();
        let signature = scene.signature(now);

        let sent = try_with(draft.clone(), &signature).unwrap();
        assert_eq!(sent.request.open().unwrap().received_at, now);
        assert_eq!(
            sent.request.clone().send(&scene.patient, draft.clone(), Language::English, &signature, now),
            Err(Refusal::AlreadySent)
        );
        assert_eq!(
            begun().send(&scene.stranger, draft.clone(), Language::English, &signature, now),
            Err(Refusal::NotFound)
        );
        assert_eq!(try_with(Draft { dates: None, ..draft.clone() }, &signature), Err(Refusal::Incomplete));
        let phone = crate::form::Contact::new(None, crate::form::Phone::parse("555 010 4477").ok(), None).ok();
        assert_eq!(try_with(Draft { contact: phone, ..draft.clone() }, &signature), Err(Refusal::NoAddress));
        let old = Signature { statement_id: "access_1996_1".to_owned(), ..signature.clone() };
        assert_eq!(try_with(draft.clone(), &old), Err(Refusal::StatementChanged));
        let other = Signature { typed_name: "Somebody Else".to_owned(), ..signature };
        assert_eq!(try_with(draft, &other), Err(Refusal::SignatureDiffers));
    }
}
