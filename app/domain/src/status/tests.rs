//! The status of a request at every point of its life, and of whatever facts there could be.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const TODAY: Date = date(2026, 3, 10);

pub(crate) fn received() -> RequestView {
    RequestView {
        status: RequestStatus::Open,
        received_on: Some(date(2026, 3, 3)),
        due_on: Some(date(2026, 4, 2)),
        first_touch_on: None,
        show_id: None,
        verified_on: None,
        question: None,
        items: vec![ItemView { found: false, decided: false, given: false }],
        decided_on: None,
        package: None,
        handed_over_on: None,
        released_on: None,
        delivery: DeliveryMethod::Portal,
        delivered_on: None,
        outcome: None,
        closed_on: None,
    }
}

/// A request at each headline, in the order of its life.
pub(crate) fn life() -> Vec<(Headline, RequestView)> {
    let day = |d| Some(date(2026, 3, d));
    let received = received();
    let draft = RequestView {
        status: RequestStatus::Draft,
        received_on: None,
        due_on: None,
        items: vec![],
        ..received.clone()
    };
    let verifying = RequestView { first_touch_on: day(4), ..received.clone() };
    let question = Some(OpenQuestion { reason: QuestionReason::IdUnreadable, asked_on: date(2026, 3, 4) });
    let asked = RequestView { question, ..verifying.clone() };
    let given = ItemView { found: true, decided: true, given: true };
    let items = vec![given, ItemView { found: false, decided: false, given: false }];
    let gathering = RequestView { verified_on: day(5), items, ..verifying.clone() };
    let items = vec![given; 2];
    let preparing = RequestView { items, decided_on: day(6), ..gathering.clone() };
    let checking = RequestView { package: Some(PackageStage::Checking), handed_over_on: day(7), ..preparing.clone() };
    let ready = RequestView { package: Some(PackageStage::Released), released_on: day(8), ..checking.clone() };
    let delivered = RequestView { delivered_on: day(9), ..ready.clone() };
    let closed = RequestView {
        status: RequestStatus::Closed,
        outcome: Some(Outcome::Fulfilled),
        closed_on: day(10),
        ..delivered.clone()
    };
    vec![
        (Headline::Draft, draft),
        (Headline::Received, received),
        (Headline::Verifying, verifying),
        (Headline::ActionNeeded, asked),
        (Headline::Gathering, gathering),
        (Headline::Preparing, preparing),
        (Headline::QualityCheck, checking),
        (Headline::Ready, ready),
        (Headline::Delivered, delivered),
        (Headline::Closed, closed),
    ]
}

#[test]
fn every_headline_occurs_in_a_requests_life() {
    let seen: Vec<_> = life().into_iter().map(|(headline, view)| (headline, status(&view, TODAY).headline)).collect();
    assert!(seen.iter().all(|(wanted, got)| wanted == got), "{seen:?}");
    assert_eq!(seen.into_iter().map(|(headline, _)| headline).collect::<Vec<_>>(), Headline::ALL);
}

#[test]
fn an_open_question_goes_before_the_work_and_does_not_stop_the_clock() {
    let (_, view) = life().swap_remove(3);
    let status = status(&view, TODAY);
    assert_eq!((status.waiting_on, status.reason), (WaitingOn::Patient, Some(QuestionReason::IdUnreadable)));
    assert_eq!(status.clock, Some(ClockState::OnTrack { days_left: 23 }));
    assert_eq!(status.steps[1].state, StepState::Current { since: Some(date(2026, 3, 4)) });
}

#[test]
fn until_their_id_is_here_the_next_step_is_theirs_by_a_way_that_they_have() {
    for (channel, next) in [(Channel::Portal, Next::YouSendId), (Channel::Phone, Next::YouBringId)] {
        for at in [1, 2] {
            let (headline, view) = life().swap_remove(at);
            let unseen = RequestView { show_id: Some(ShowId::of(channel)), ..view.clone() };
            assert_eq!(status(&unseen, TODAY).next, next, "{headline:?}");
            assert_ne!(status(&view, TODAY).next, next, "{headline:?}");
        }
    }
}

#[test]
fn a_returned_or_failed_package_is_being_prepared_again() {
    for stage in [PackageStage::Returned, PackageStage::Failed] {
        let (_, view) = life().swap_remove(6);
        let view = RequestView { package: Some(stage), ..view };
        assert_eq!(status(&view, TODAY).headline, Headline::Preparing);
    }
}

#[test]
fn what_was_withdrawn_has_no_clock_and_its_steps_stop() {
    let (_, view) = life().swap_remove(4);
    let view = RequestView {
        status: RequestStatus::Closed,
        outcome: Some(Outcome::Withdrawn),
        closed_on: Some(TODAY),
        ..view
    };
    let status = status(&view, TODAY);
    assert_eq!((status.clock, status.due_on), (None, None));
    assert!(!status.steps.iter().any(|step| matches!(step.state, StepState::Current { .. })));
    assert_eq!(status.steps[2].state, StepState::ToCome);
}

#[test]
fn the_steps_of_a_fulfilled_request_are_all_done() {
    let (_, view) = life().swap_remove(9);
    assert!(status(&view, TODAY).steps.iter().all(|step| matches!(step.state, StepState::Done { on: Some(_) })));
}

#[test]
fn the_letter_goes_alone_where_every_part_is_decided_and_none_is_given() {
    let (_, ready) = life().swap_remove(7);
    let [given, nothing] = [true, false].map(|given| ItemView { found: true, decided: true, given });
    let undecided = ItemView { found: true, decided: false, given: false };
    let alone = |items| status(&RequestView { items, ..ready.clone() }, TODAY).letter_alone;
    assert!(alone(vec![nothing]) && alone(vec![nothing; 2]));
    assert!(!alone(vec![given]) && !alone(vec![nothing, given]), "something is given");
    assert!(!alone(vec![nothing, undecided]) && !alone(vec![]), "nobody knows yet");
}

fn any_day() -> impl Strategy<Value = Option<Date>> {
    proptest::option::of((1_i8..28).prop_map(|day| date(2026, 3, day)))
}

pub(crate) fn any_view() -> impl Strategy<Value = RequestView> {
    let codes = (
        0..RequestStatus::ALL.len(),
        proptest::option::of(0..PackageStage::ALL.len()),
        proptest::option::of(0..Outcome::ALL.len()),
        proptest::option::of(0..QuestionReason::ALL.len()),
        0..DeliveryMethod::ALL.len(),
        0..3_usize,
    );
    let items = proptest::collection::vec((any::<bool>(), any::<bool>(), any::<bool>()), 0..4);
    let days = (any_day(), any_day(), any_day(), any_day(), any_day(), any_day(), any_day(), any_day(), any_day());
    (codes, items, days).prop_map(|(codes, items, days)| RequestView {
        status: RequestStatus::ALL[codes.0],
        package: codes.1.map(|at| PackageStage::ALL[at]),
        outcome: codes.2.map(|at| Outcome::ALL[at]),
        question: codes.3.map(|at| OpenQuestion { reason: QuestionReason::ALL[at], asked_on: TODAY }),
        delivery: DeliveryMethod::ALL[codes.4],
        show_id: [None, Some(ShowId::PhotoOrDesk), Some(ShowId::Desk)][codes.5],
        items: items.into_iter().map(|(found, decided, given)| ItemView { found, decided, given }).collect(),
        received_on: days.0,
        due_on: days.1,
        first_touch_on: days.2,
        verified_on: days.3,
        decided_on: days.4,
        handed_over_on: days.5,
        released_on: days.6,
        delivered_on: days.7,
        closed_on: days.8,
    })
}

proptest! {
    #[test]
    fn every_state_of_the_facts_has_a_status_that_agrees_with_itself(view in any_view()) {
        let status = status(&view, TODAY);
        prop_assert_eq!(status.headline == Headline::Draft, view.status == RequestStatus::Draft);
        prop_assert_eq!(status.headline == Headline::Closed, view.status == RequestStatus::Closed);
        prop_assert_eq!(status.headline == Headline::ActionNeeded, status.reason.is_some());
        prop_assert_eq!(status.next == Next::YouAnswer, status.reason.is_some());
        let given = matches!(status.headline, Headline::Ready | Headline::Delivered);
        prop_assert!(!given || view.package == Some(PackageStage::Released));
        prop_assert!(status.parts.done <= status.parts.of);
        let current = status.steps.iter().filter(|step| matches!(step.state, StepState::Current { .. })).count();
        prop_assert_eq!(current, usize::from(view.status == RequestStatus::Open));
        let mut to_come = status.steps.iter().skip_while(|step| step.state != StepState::ToCome);
        prop_assert!(to_come.all(|step| step.state == StepState::ToCome), "steps go one way");
    }
}
