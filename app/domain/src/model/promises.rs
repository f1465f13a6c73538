//! What holds whatever was tried, said again without the rules' own words.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::World;
use crate::{
    ask::DeliveryMethod,
    delivery::Delivery,
    item::{Item, ItemState},
    package::{Package, PackageState, PageCheck},
    question::Question,
    request::{Outcome, Progress, RequestStatus},
    status::{Headline, ItemView, OpenQuestion, RequestView, status},
    verification::{Identity, Match},
};

impl World {
    fn view(&self) -> RequestView {
        let day = |at: Timestamp| -> Date { TimeZone::UTC.to_datetime(at).date() };
        let (open, closed) = match &self.request.progress {
            Progress::Draft { .. } => (None, None),
            Progress::Open(open) => (Some(open), None),
            Progress::Closed(closed) => (Some(&closed.was), Some(closed)),
        };
        let question = self.question.as_ref().filter(|question| question.is_open());
        let decided = self.items.iter().all(Item::is_decided);
        RequestView {
            status: self.request.status(),
            received_on: open.map(|open| day(open.received_at)),
            due_on: open.map(|_| jiff::civil::date(2026, 4, 2)),
            first_touch_on: open.and_then(|open| open.first_touch_at).map(day),
            show_id: None,
            verified_on: self.verification.verified().ok().map(|_| day(self.now)),
            question: question
                .map(|question| OpenQuestion { reason: question.reason, asked_on: day(question.asked_at) }),
            items: self
                .items
                .iter()
                .map(|item| ItemView {
                    found: item.state != ItemState::Pending,
                    decided: item.is_decided(),
                    given: item.is_approved(),
                })
                .collect(),
            decided_on: decided.then(|| day(self.now)),
            package: self.package.as_ref().map(Package::stage),
            handed_over_on: None,
            released_on: None,
            delivery: DeliveryMethod::Portal,
            delivered_on: self.delivery.as_ref().and_then(Delivery::delivered_at).map(day),
            outcome: closed.map(|closed| closed.ending.outcome()),
            closed_on: closed.map(|closed| day(closed.at)),
        }
    }

    /// Independently of the rules: what may never be.
    pub(super) fn keeps_its_promises(&self, before: &Self) {
        if let Some(package) = &self.package
            && let PackageState::Released { built, checker, .. } = &package.state
        {
            let fresh = !before.package.as_ref().is_some_and(Package::is_released);
            assert!(matches!(self.verification.identity, Identity::Verified { .. }), "identity known");
            assert!(
                matches!(self.verification.chart, Match::Chart { patient, .. } if patient == package.patient),
                "one chart, and the package is of it"
            );
            assert!(self.items.iter().all(Item::is_decided), "every item decided");
            for included in &package.contents {
                let item = self.items.iter().find(|item| item.id == included.item);
                assert!(item.is_some_and(Item::is_approved), "only what is approved is inside");
            }
            assert_ne!(*checker, package.builder, "checked by a second person");
            assert_ne!(*checker, self.request.requester, "nobody checks their own request");
            assert_ne!(package.builder, self.request.requester, "nobody builds their own copy");
            for finding in built.findings.iter().filter(|finding| finding.check != PageCheck::Confirmed) {
                let answer = finding.overridden.as_ref().expect("every finding answered for");
                assert_ne!(answer.by, *checker, "who answered for a page does not check it");
            }
            if fresh {
                assert_eq!(self.request.status(), RequestStatus::Open, "nothing leaves a closed request");
                let Some(Package { state: PackageState::Checking { seen, .. }, .. }) = &before.package else {
                    panic!("released without a check")
                };
                let pages: BTreeSet<u32> = (1..=built.pages).collect();
                assert_eq!(seen.get(checker), Some(&pages), "every page seen by the checker");
                assert!(!self.question.as_ref().is_some_and(Question::is_open), "nothing left to answer");
            }
            if let Progress::Closed(closed) = &self.request.progress {
                assert_ne!(closed.ending.outcome(), Outcome::Withdrawn, "what is released is not withdrawn");
            }
        }
        assert!(
            self.verification.chart != Match::None
                || self
                    .items
                    .iter()
                    .all(|item| matches!(item.state, ItemState::Pending | ItemState::HeldElsewhere { .. })),
            "nothing is decided on a chart that was taken off"
        );
        assert!(self.delivery.is_none() || self.package.as_ref().is_some_and(Package::is_released));
    }

    pub(super) fn status_agrees(&self) {
        let view = self.view();
        let today = TimeZone::UTC.to_datetime(self.now).date();
        let status = status(&view, today);
        let released = self.package.as_ref().is_some_and(Package::is_released);
        if let Some(package) = self.package.as_ref().filter(|_| released) {
            assert_eq!(status.letter_alone, package.contents.is_empty(), "the words speak of what is inside");
        }
        match status.headline {
            Headline::Draft => assert_eq!(view.status, RequestStatus::Draft),
            Headline::Closed => assert_eq!(view.status, RequestStatus::Closed),
            Headline::ActionNeeded => assert!(self.question.as_ref().is_some_and(Question::is_open)),
            Headline::Ready | Headline::Delivered => assert!(released),
            Headline::QualityCheck => {
                assert!(matches!(self.package.as_ref().map(|p| &p.state), Some(PackageState::Checking { .. })));
            }
            Headline::Gathering | Headline::Preparing => assert!(self.verification.verified().is_ok() && !released),
            Headline::Received | Headline::Verifying => {
                assert!(self.verification.verified().is_err() && !released);
            }
        }
    }
}
