//! A question: one ask to the requester that the request waits on. It says what is needed, why, and at least two ways
//! to mend it, each of them open to this requester. The request's clock runs on meanwhile.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    caller::{Asker, FrontDesk},
    code::coded,
    ids::{PersonId, QuestionId, RequestId},
    package::Package,
    refusal::Refusal,
    request::{Channel, Holder, Request},
    version::Version,
};

coded! {
    /// Why the office must ask.
    pub enum QuestionReason {
        IdUnreadable = "id_unreadable",
        IdMismatch = "id_mismatch",
        SignatureMissing = "signature_missing",
        ScopeUnclear = "scope_unclear",
        RecipientUnclear = "recipient_unclear",
        PatientNotMatched = "patient_not_matched",
    }
}

coded! {
    /// How the person can answer.
    pub enum WayToAnswer {
        SendPhoto = "send_photo",
        WriteHere = "write_here",
        ComeIn = "come_in",
        CallUs = "call_us",
        WeCallYou = "we_call_you",
    }
}

impl WayToAnswer {
    /// Whether one needs a phone's camera or a scanner. Only one way does, so of two there is always one that does not.
    pub const fn needs_scanner(self) -> bool {
        matches!(self, Self::SendPhoto)
    }

    /// Whether somebody who asked by this channel can go this way: what is sent or written here is so after signing in,
    /// and who asked by another way than the portal has no account.
    pub const fn is_open_to(self, channel: Channel) -> bool {
        matches!(channel, Channel::Portal) || !matches!(self, Self::SendPhoto | Self::WriteHere)
    }
}

/// At least two ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeSet<WayToAnswer>", into = "BTreeSet<WayToAnswer>")]
pub struct WaysToAnswer(BTreeSet<WayToAnswer>);

impl WaysToAnswer {
    pub const fn all(&self) -> &BTreeSet<WayToAnswer> {
        &self.0
    }
}

impl TryFrom<BTreeSet<WayToAnswer>> for WaysToAnswer {
    type Error = Refusal;
    fn try_from(ways: BTreeSet<WayToAnswer>) -> Result<Self, Refusal> {
        if ways.len() < 2 { Err(Refusal::TooFewWays) } else { Ok(Self(ways)) }
    }
}

impl From<WaysToAnswer> for BTreeSet<WayToAnswer> {
    fn from(ways: WaysToAnswer) -> Self {
        ways.0
    }
}

/// The message and the answer are people's own words: the office keeps them sealed, beside this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub id: QuestionId,
    pub request: RequestId,
    pub reason: QuestionReason,
    pub ways: WaysToAnswer,
    pub asked_by: PersonId,
    pub asked_at: Timestamp,
    pub state: QuestionState,
    pub version: Version,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum QuestionState {
    Open,
    Answered { by: PersonId, at: Timestamp },
}

impl Question {
    /// In code points.
    pub const LONGEST_MESSAGE: usize = 1000;
    pub const LONGEST_ANSWER: usize = 4000;

    /// The clerk who holds the request asks, with ways that its requester can go. One open question at a time; nothing is
    /// asked about what is released.
    pub fn ask(
        id: QuestionId,
        holder: &Holder,
        reason: QuestionReason,
        ways: BTreeSet<WayToAnswer>,
        open: Option<&Self>,
        package: Option<&Package>,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        none_open(open)?;
        if package.is_some_and(Package::is_released) {
            return Err(Refusal::PackageUnderWay);
        }
        if !ways.iter().all(|way| way.is_open_to(holder.channel())) {
            return Err(Refusal::WayNeedsAccount);
        }
        Ok(Self {
            id,
            request: holder.request(),
            reason,
            ways: ways.try_into()?,
            asked_by: holder.person(),
            asked_at: at,
            state: QuestionState::Open,
            version: Version::FIRST,
        })
    }

    pub const fn is_open(&self) -> bool {
        matches!(self.state, QuestionState::Open)
    }

    /// The requester answers.
    pub fn answer(self, asker: &Asker, request: &Request, at: Timestamp) -> Result<Self, Refusal> {
        request.asked_by(asker)?;
        self.answered(asker.person(), request, at)
    }

    /// The front desk writes down what the requester answered by telephone or in person.
    pub fn answer_logged(self, desk: &FrontDesk, request: &Request, at: Timestamp) -> Result<Self, Refusal> {
        request.worked_at(desk.facility(), desk.person())?;
        self.answered(desk.person(), request, at)
    }

    fn answered(self, by: PersonId, request: &Request, at: Timestamp) -> Result<Self, Refusal> {
        if self.request != request.id {
            return Err(Refusal::NotFound);
        }
        request.open()?;
        match self.state {
            QuestionState::Answered { .. } => Err(Refusal::QuestionClosed),
            QuestionState::Open => {
                Ok(Self { state: QuestionState::Answered { by, at }, version: self.version.next(), ..self })
            }
        }
    }
}

/// Nothing is assembled or released while the requester has something to answer.
pub fn none_open(question: Option<&Question>) -> Result<(), Refusal> {
    if question.is_some_and(Question::is_open) { Err(Refusal::QuestionOpen) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        request::Progress,
        testing::{Scene, at, question_id},
    };

    fn ask(ways: &[WayToAnswer], open: Option<&Question>) -> Result<Question, Refusal> {
        let (ways, now) = (ways.iter().copied().collect(), at("2026-03-04T15:00:00Z"));
        Question::ask(question_id(1), &Scene::new().holder(), QuestionReason::IdUnreadable, ways, open, None, now)
    }

    #[test]
    fn a_question_offers_two_ways() {
        assert_eq!(ask(&[WayToAnswer::CallUs], None), Err(Refusal::TooFewWays));
        assert!(ask(&[WayToAnswer::SendPhoto, WayToAnswer::ComeIn], None).is_ok());
    }

    #[test]
    fn who_cannot_sign_in_is_offered_two_ways_that_need_no_account_and_no_other() {
        let scene = Scene::new();
        for channel in Channel::ALL {
            let mut open = scene.claimed().open().unwrap().clone();
            open.channel = *channel;
            let request = Request { progress: Progress::Open(open), ..scene.claimed() };
            let holder = request.held_by(&scene.anna).unwrap();
            let ask = |ways: &[WayToAnswer]| {
                let (ways, now) = (ways.iter().copied().collect(), at("2026-03-04T15:00:00Z"));
                Question::ask(question_id(1), &holder, QuestionReason::IdUnreadable, ways, None, None, now)
            };
            let open: Vec<_> = WayToAnswer::ALL.iter().copied().filter(|way| way.is_open_to(*channel)).collect();
            assert!(open.len() >= 2 && ask(&open).is_ok(), "{channel:?}: {open:?}");
            let online = *channel == Channel::Portal;
            for way in [WayToAnswer::SendPhoto, WayToAnswer::WriteHere] {
                assert_eq!(ask(&[way, WayToAnswer::CallUs]).err(), (!online).then_some(Refusal::WayNeedsAccount));
            }
        }
    }

    #[test]
    fn one_question_is_open_at_a_time_and_is_answered_once() {
        let scene = Scene::new();
        let ways = [WayToAnswer::SendPhoto, WayToAnswer::ComeIn];
        let (question, request, now) = (ask(&ways, None).unwrap(), scene.sent(), at("2026-03-05T15:00:00Z"));
        assert_eq!(ask(&ways, Some(&question)), Err(Refusal::QuestionOpen));
        assert_eq!(question.clone().answer(&scene.stranger, &request, now), Err(Refusal::NotFound));
        let logged = question.clone().answer_logged(&scene.desk, &request, now).unwrap();
        assert_eq!(logged.state, QuestionState::Answered { by: scene.desk.person(), at: now });
        let answered = question.answer(&scene.patient, &request, now).unwrap();
        assert_eq!(answered.clone().answer(&scene.patient, &request, now), Err(Refusal::QuestionClosed));
        assert!(ask(&ways, Some(&answered)).is_ok());
    }
}
