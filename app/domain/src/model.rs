//! Random people do random things to a request, in any order, and the promises of the office still hold.
//! The way that goes well is mixed with everything that should not happen; a run in which nothing is ever released
//! would prove nothing, so releases are counted.

mod promises;
mod tries;

use std::{cell::Cell, collections::BTreeSet};

use jiff::{SignedDuration, Timestamp};
use proptest::test_runner::{Config, TestRunner};

use self::tries::{Cast, Try, any_way, good_way};
use crate::{
    ask::DeliveryMethod,
    caller::{Asker, Caller, Clerk, Level, Role, Side},
    delivery::Delivery,
    document::Category,
    form::DateRange,
    item::Item,
    language::Language,
    package::{
        AtRelease, AtStart, CheckError, ErrorCode, FailReason, Finding, Included, Package, PageCheck, SinceBuilt,
    },
    question::{Question, QuestionReason, WayToAnswer},
    refusal::Refusal,
    request::{CloseBy, Outcome, Progress, Request},
    testing::{Scene, at, delivery_id, document_id, item_id, package_id, patient_id, question_id},
    verification::{Evidence, EvidenceKind, Identifier, Verification, VerificationMethod},
    version::Version,
    words,
};

#[derive(Clone)]
struct World {
    asker: Asker,
    stranger: Asker,
    clerks: [Clerk; 3],
    now: Timestamp,
    request: Request,
    verification: Verification,
    question: Option<Question>,
    items: Vec<Item>,
    package: Option<Package>,
    delivery: Option<Delivery>,
}

impl World {
    fn new(clerk_asks: bool) -> Self {
        let scene = Scene::new();
        let now = at("2026-03-03T15:00:00Z");
        let person = if clerk_asks { scene.cleo.person() } else { scene.patient.person() };
        let caller = Caller {
            person,
            side: Side::Patient,
            level: Level::SignedIn,
            roles: vec![(scene.request_id.facility, Role::Clerk)],
        };
        let asker = caller.patient().unwrap();
        Self {
            asker,
            stranger: scene.stranger,
            clerks: [scene.anna, scene.ben, scene.cleo],
            now,
            request: Request::begin(scene.request_id, &asker, now),
            verification: Verification::BEGUN,
            question: None,
            items: vec![Item::asked(item_id(100), None, DateRange::EVERYTHING)],
            package: None,
            delivery: None,
        }
    }

    fn as_patient(&self, stranger: bool) -> Asker {
        if stranger { self.stranger } else { self.asker }
    }

    /// What would be after it, or why not.
    fn after(&self, attempt: &Try) -> Result<Self, Refusal> {
        let mut next = self.clone();
        match attempt {
            Try::Wait { hours } => next.now = self.now + SignedDuration::from_hours(*hours),
            Try::Send { .. }
            | Try::Claim(_)
            | Try::TakeOver(_)
            | Try::Unclaim(_)
            | Try::Withdraw { .. }
            | Try::Undo
            | Try::Close { .. } => {
                next.request = self.request_after(attempt)?;
            }
            Try::Verify { .. } | Try::WithdrawIdentity(_) | Try::Match { .. } => {
                next.verification = self.verification_after(attempt)?;
            }
            Try::Unmatch(by) => {
                let (facts, holder) = (self.verification.clone(), self.request.held_by(&self.clerks[*by])?);
                let seen = facts.version;
                let (free, reopened) = facts.unmatch(&holder, seen, self.package.as_ref(), self.items.clone())?;
                next.verification = free;
                for item in reopened {
                    next.items.iter_mut().filter(|known| known.id == item.id).for_each(|known| *known = item.clone());
                }
            }
            Try::Ask { .. } | Try::Answer { .. } => next.question = Some(self.question_after(attempt)?),
            Try::Expand(_) | Try::Locate { .. } | Try::Approve { .. } | Try::NotFound { .. } | Try::Reopen { .. } => {
                next.items = self.items_after(attempt)?;
            }
            Try::Offer | Try::Open { .. } => next.delivery = Some(self.delivery_after(attempt)?),
            _ => next.package = Some(self.package_after(attempt)?),
        }
        Ok(next)
    }

    fn request_after(&self, attempt: &Try) -> Result<Request, Refusal> {
        let (request, now) = (self.request.clone(), self.now);
        match attempt {
            Try::Send { stranger } => {
                let scene = Scene::new();
                let who = self.as_patient(*stranger);
                Ok(request.send(&who, scene.draft(), Language::English, &scene.signature(now), now)?.request)
            }
            Try::Claim(by) => request.claim(&self.clerks[*by], now),
            Try::TakeOver(by) => request.take_over(&self.clerks[*by], "away", now),
            Try::Unclaim(by) => request.unclaim(&self.clerks[*by]),
            Try::Withdraw { stranger } => {
                request.withdraw(&self.as_patient(*stranger), self.package.as_ref().map(Package::stage), now)
            }
            Try::Undo => request.undo_withdrawal(&self.asker, now),
            Try::Close { timer } => {
                let delivery = self.delivery.as_ref().ok_or(Refusal::NotDelivered)?;
                let by = if *timer { CloseBy::Timer } else { CloseBy::Requester(&self.asker) };
                request.close(by, &self.items, delivery, now)
            }
            _ => unreachable!("not about the request"),
        }
    }

    fn verification_after(&self, attempt: &Try) -> Result<Verification, Refusal> {
        let (facts, package) = (self.verification.clone(), self.package.as_ref());
        let seen = facts.version;
        let some = |count: &usize| Identifier::ALL.iter().copied().take(*count).collect();
        match attempt {
            Try::Verify { by, identifiers, stale } => {
                let seen = if *stale { Version(seen.0 - 1) } else { seen };
                let evidence = Evidence::restore(EvidenceKind::Passport, None).unwrap();
                let holder = self.request.held_by(&self.clerks[*by])?;
                facts.verify_identity(
                    &holder,
                    seen,
                    VerificationMethod::SeenInPerson,
                    0,
                    evidence,
                    some(identifiers),
                    self.now,
                )
            }
            Try::WithdrawIdentity(by) => {
                facts.withdraw_identity(&self.request.held_by(&self.clerks[*by])?, seen, package)
            }
            Try::Match { by, chart, agreeing } => {
                let holder = self.request.held_by(&self.clerks[*by])?;
                facts.match_chart(&holder, seen, patient_id(*chart), some(agreeing), self.now)
            }
            _ => unreachable!("not about the verification"),
        }
    }

    fn question_after(&self, attempt: &Try) -> Result<Question, Refusal> {
        match attempt {
            Try::Ask { by, ways } => {
                let holder = self.request.held_by(&self.clerks[*by])?;
                let ways = WayToAnswer::ALL.iter().copied().take(*ways).collect();
                let (open, package) = (self.question.as_ref(), self.package.as_ref());
                Question::ask(question_id(1), &holder, QuestionReason::IdMismatch, ways, open, package, self.now)
            }
            Try::Answer { stranger } => {
                let question = self.question.clone().ok_or(Refusal::NotFound)?;
                question.answer(&self.as_patient(*stranger), &self.request, self.now)
            }
            _ => unreachable!("not about a question"),
        }
    }

    fn items_after(&self, attempt: &Try) -> Result<Vec<Item>, Refusal> {
        let (by, at_item) = match attempt {
            Try::Expand(by) => (*by, self.items.len() - 1),
            Try::Locate { by, item }
            | Try::Approve { by, item, .. }
            | Try::NotFound { by, item }
            | Try::Reopen { by, item } => (*by, *item),
            _ => unreachable!("not about items"),
        };
        let holder = self.request.held_by(&self.clerks[by])?;
        let mut items = self.items.clone();
        if at_item >= items.len() {
            return Err(Refusal::NotFound);
        }
        let item = items.remove(at_item);
        let seen = item.version;
        if let Try::Reopen { .. } = attempt {
            items.insert(at_item, item.reopen(&holder, seen, self.package.as_ref())?);
            return Ok(items);
        }
        let verified = self.verification.verified()?;
        let log = Scene::new().search_log();
        match attempt {
            Try::Expand(_) => {
                let mut found = vec![(item_id(1), Category::Lab), (item_id(2), Category::Vaccine)];
                found.retain(|(_, category)| items.iter().all(|item| item.category != Some(*category)));
                items.extend(item.expand(&holder, &verified, seen, &found, log, self.now)?);
            }
            Try::Locate { .. } => items.insert(at_item, item.locate(&holder, &verified, seen, self.now)?),
            Try::Approve { stale, .. } => {
                let seen = if *stale { Version(seen.0 - 1) } else { seen };
                items.insert(at_item, item.approve(&holder, &verified, seen, self.now)?);
            }
            _ => items.insert(at_item, item.not_found(&holder, &verified, seen, 0, log, self.now)?),
        }
        Ok(items)
    }

    fn package_after(&self, attempt: &Try) -> Result<Package, Refusal> {
        let held = |by: &usize| self.request.held_by(&self.clerks[*by]);
        if let Try::Begin { by, leave_out } = attempt {
            let approved = self.items.iter().filter(|item| item.is_approved()).skip(*leave_out);
            let contents =
                approved.zip(1..).map(|(item, n)| Included { document: document_id(n), item: item.id }).collect();
            let start = AtStart {
                items: &self.items,
                question: self.question.as_ref(),
                previous: self.package.as_ref(),
                withheld: 0,
            };
            let verified = self.verification.verified()?;
            return Package::begin(package_id(1), &held(by)?, &verified, start, contents, self.now);
        }
        let package = self.package.clone().ok_or(Refusal::NotFound)?;
        let (seen, now) = (package.version, self.now);
        let wrong = vec![CheckError { code: ErrorCode::Missing, page: None, note: None }];
        match attempt {
            Try::Finish { pages, check } => {
                let check = PageCheck::ALL[*check];
                package.finish(*pages, vec![Finding { page: 1, check, overridden: None }], now)
            }
            Try::Fail => package.fail(FailReason::TooLarge, now),
            Try::Override { by, reason } => {
                let reason = if *reason { "read it" } else { "" };
                package.override_findings(&held(by)?, seen, &[0], reason, now)
            }
            Try::HandOver(by) => package.hand_over(&held(by)?, seen, SinceBuilt::NOTHING, now),
            Try::SetAside(by) => package.set_aside(&held(by)?, seen, wrong, now),
            Try::See { by, page } => package.see(&self.clerks[*by], &self.request, *page),
            Try::SendBack(by) => package.send_back(&self.clerks[*by], &self.request, seen, wrong, now),
            Try::Release { by, charts, stale } => {
                let seen = if *stale { Version(seen.0 - 1) } else { seen };
                let mut of: BTreeSet<_> = (0..*charts).map(|n| patient_id(50 + n as u128)).collect();
                of.extend(Some(package.patient).filter(|_| !package.contents.is_empty()));
                let stand = AtRelease {
                    request: &self.request,
                    verification: &self.verification,
                    items: &self.items,
                    charts: &of,
                    unopened: 0,
                    since: SinceBuilt::NOTHING,
                    question: self.question.as_ref(),
                };
                let released = package.release(&self.clerks[*by], seen, stand, now)?;
                assert!(of.iter().all(|chart| *chart == released.patient), "of one chart only");
                Ok(released)
            }
            _ => unreachable!("not about a package"),
        }
    }

    fn delivery_after(&self, attempt: &Try) -> Result<Delivery, Refusal> {
        match attempt {
            Try::Offer => {
                let package = self.package.as_ref().ok_or(Refusal::NotReleased)?;
                Delivery::offer(delivery_id(1), package, DeliveryMethod::Portal, self.now)
            }
            Try::Open { stranger } => {
                let delivery = self.delivery.clone().ok_or(Refusal::NotFound)?;
                delivery.open(&self.as_patient(*stranger), &self.request, self.now)
            }
            _ => unreachable!("not about a delivery"),
        }
    }
}

#[test]
fn the_good_way_leads_from_a_draft_to_a_fulfilled_request() {
    let mut world = World::new(false);
    for attempt in good_way(Cast::USUAL) {
        let next = world.after(&attempt).unwrap_or_else(|refusal| panic!("{attempt:?}: {refusal}"));
        next.keeps_its_promises(&world);
        next.status_agrees();
        world = next;
    }
    assert!(
        matches!(&world.request.progress, Progress::Closed(closed) if closed.ending.outcome() == Outcome::Fulfilled)
    );
}

#[test]
fn whatever_anybody_tries_nothing_leaves_without_identity_chart_decisions_and_a_second_pair_of_eyes() {
    let (released, refused) = (Cell::new(0_u32), Cell::new(0_u32));
    let mut runner = TestRunner::new(Config { cases: 1500, failure_persistence: None, ..Config::default() });
    let ran = runner.run(&any_way(), |(clerk_asks, way)| {
        let mut world = World::new(clerk_asks);
        for attempt in way {
            match world.after(&attempt) {
                Ok(next) => {
                    next.keeps_its_promises(&world);
                    next.status_agrees();
                    world = next;
                }
                Err(refusal) => {
                    refused.set(refused.get() + 1);
                    assert_eq!(Refusal::from_code(refusal.code()), Some(refusal));
                    for language in Language::ALL {
                        assert!(!words::refusal(refusal).to(*language).is_empty());
                    }
                }
            }
        }
        released.set(released.get() + u32::from(world.package.as_ref().is_some_and(Package::is_released)));
        Ok(())
    });
    ran.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(released.get() > 50, "only {} of 1500 were released: the run proves too little", released.get());
    assert!(refused.get() > 1500, "only {} refusals", refused.get());
}

/// Everybody tries to release at every point of the good way; only the one who saw all pages succeeds, and only then.
#[test]
fn at_every_point_of_the_good_way_only_the_checker_can_release() {
    let mut world = World::new(false);
    let mut successes = Vec::new();
    for (point, attempt) in good_way(Cast::USUAL).into_iter().enumerate() {
        for by in 0..3 {
            if world.after(&Try::Release { by, charts: 0, stale: false }).is_ok() {
                successes.push((point, by));
            }
        }
        world = world.after(&attempt).unwrap();
    }
    assert_eq!(successes, [(15, 1)]);
}
