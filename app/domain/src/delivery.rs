//! A delivery: one released package's way to its recipient. Delivered means opened or collected, never merely sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ask::DeliveryMethod,
    caller::{Asker, FrontDesk},
    form::PersonName,
    ids::{DeliveryId, PackageId, PersonId},
    package::Package,
    refusal::Refusal,
    request::Request,
    verification::{Evidence, VerificationMethod},
    version::Version,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub id: DeliveryId,
    pub package: PackageId,
    pub offered_at: Timestamp,
    pub way: Way,
    pub version: Version,
}

/// Each way with how far it got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Way {
    /// `opened_at`: when the signed-in requester first opened it.
    Portal {
        opened_at: Option<Timestamp>,
    },
    PickUp {
        collected: Option<Collected>,
    },
}

/// A paper copy handed over: who printed it, how the person showed who they are, and their name under the receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collected {
    pub printed_by: PersonId,
    pub identity_checked: VerificationMethod,
    pub evidence: Evidence,
    pub signed_name: PersonName,
    pub at: Timestamp,
}

impl Delivery {
    /// Only what is released is offered.
    pub fn offer(id: DeliveryId, package: &Package, method: DeliveryMethod, at: Timestamp) -> Result<Self, Refusal> {
        if !package.is_released() {
            return Err(Refusal::NotReleased);
        }
        let way = match method {
            DeliveryMethod::Portal => Way::Portal { opened_at: None },
            DeliveryMethod::PickUp => Way::PickUp { collected: None },
        };
        Ok(Self { id, package: package.id, offered_at: at, way, version: Version::FIRST })
    }

    /// The requester opens it. Opening it again keeps the first time.
    pub fn open(self, asker: &Asker, request: &Request, at: Timestamp) -> Result<Self, Refusal> {
        request.asked_by(asker)?;
        match self.way {
            Way::PickUp { .. } => Err(Refusal::AnotherDelivery),
            Way::Portal { opened_at: Some(_) } => Ok(self),
            Way::Portal { opened_at: None } => {
                Ok(Self { way: Way::Portal { opened_at: Some(at) }, version: self.version.next(), ..self })
            }
        }
    }

    /// Handed over at the desk, identity checked, signed for.
    pub fn collect(self, desk: &FrontDesk, request: &Request, collected: Collected) -> Result<Self, Refusal> {
        request.worked_at(desk.facility(), desk.person())?;
        match self.way {
            Way::Portal { .. } => Err(Refusal::AnotherDelivery),
            Way::PickUp { collected: Some(_) } => Err(Refusal::AlreadyCollected),
            Way::PickUp { collected: None } => {
                let way = Way::PickUp { collected: Some(collected) };
                Ok(Self { way, version: self.version.next(), ..self })
            }
        }
    }

    pub const fn method(&self) -> DeliveryMethod {
        match self.way {
            Way::Portal { .. } => DeliveryMethod::Portal,
            Way::PickUp { .. } => DeliveryMethod::PickUp,
        }
    }

    /// The code of how far it got: offered, opened or collected.
    pub const fn code(&self) -> &'static str {
        match self.way {
            Way::Portal { opened_at: None } | Way::PickUp { collected: None } => "offered",
            Way::Portal { opened_at: Some(_) } => "opened",
            Way::PickUp { collected: Some(_) } => "collected",
        }
    }

    pub const fn delivered_at(&self) -> Option<Timestamp> {
        match &self.way {
            Way::Portal { opened_at } => *opened_at,
            Way::PickUp { collected: Some(collected) } => Some(collected.at),
            Way::PickUp { collected: None } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        request::{CloseBy, Outcome, Progress},
        testing::{Scene, at, delivery_id},
        verification::EvidenceKind,
    };

    const OFFERED: &str = "2026-03-08T15:00:00Z";

    fn offered(scene: &Scene, method: DeliveryMethod) -> Delivery {
        Delivery::offer(delivery_id(1), &scene.released(), method, at(OFFERED)).unwrap()
    }

    #[test]
    fn only_what_is_released_is_offered_and_opening_counts_once() {
        let scene = Scene::new();
        assert_eq!(
            Delivery::offer(delivery_id(1), &scene.checking(1), DeliveryMethod::Portal, at(OFFERED)),
            Err(Refusal::NotReleased)
        );
        let (delivery, request) = (offered(&scene, DeliveryMethod::Portal), scene.claimed());
        assert_eq!(delivery.clone().open(&scene.stranger, &request, at(OFFERED)), Err(Refusal::NotFound));
        let first = at("2026-03-09T15:00:00Z");
        let opened = delivery.open(&scene.patient, &request, first).unwrap();
        let again = opened.open(&scene.patient, &request, at("2026-03-10T15:00:00Z")).unwrap();
        assert_eq!((again.delivered_at(), again.code()), (Some(first), "opened"));
    }

    #[test]
    fn a_copy_is_picked_up_once_and_at_the_desk() {
        let scene = Scene::new();
        let (delivery, request) = (offered(&scene, DeliveryMethod::PickUp), scene.claimed());
        assert_eq!(delivery.clone().open(&scene.patient, &request, at(OFFERED)), Err(Refusal::AnotherDelivery));
        let collected = Collected {
            printed_by: scene.desk.person(),
            identity_checked: VerificationMethod::SeenInPerson,
            evidence: Evidence::restore(EvidenceKind::Passport, None).unwrap(),
            signed_name: scene.name(),
            at: at("2026-03-09T15:00:00Z"),
        };
        let portal = offered(&scene, DeliveryMethod::Portal);
        assert_eq!(portal.collect(&scene.desk, &request, collected.clone()), Err(Refusal::AnotherDelivery));
        let done = delivery.collect(&scene.desk, &request, collected.clone()).unwrap();
        assert_eq!((done.code(), done.delivered_at()), ("collected", Some(collected.at)));
        assert_eq!(done.collect(&scene.desk, &request, collected), Err(Refusal::AlreadyCollected));
    }

    #[test]
    fn a_request_closes_two_weeks_after_delivery_or_when_the_requester_says_so() {
        let scene = Scene::new();
        let (request, items) = (scene.claimed(), [scene.approved(1), scene.without_records(2)]);
        let close = |by, items: &[_], delivery: &Delivery, now: &str| {
            request.clone().close(by, items, delivery, at(now)).map(|closed| match closed.progress {
                Progress::Closed(closed) => closed.ending.outcome(),
                _ => unreachable!("close gives a closed request"),
            })
        };
        let delivery = offered(&scene, DeliveryMethod::Portal);
        assert_eq!(close(CloseBy::Timer, &items, &delivery, "2027-01-01T00:00:00Z"), Err(Refusal::NotDelivered));
        let delivery = delivery.open(&scene.patient, &request, at("2026-03-09T15:00:00Z")).unwrap();
        assert_eq!(close(CloseBy::Timer, &items, &delivery, "2026-03-23T14:59:59Z"), Err(Refusal::TooSoonToClose));
        assert_eq!(close(CloseBy::Timer, &items, &delivery, "2026-03-23T15:00:00Z"), Ok(Outcome::Fulfilled));
        let own = CloseBy::Requester(&scene.patient);
        assert_eq!(close(own, &items, &delivery, "2026-03-09T15:00:01Z"), Ok(Outcome::Fulfilled));
        let stranger = CloseBy::Requester(&scene.stranger);
        assert_eq!(close(stranger, &items, &delivery, "2026-03-09T15:00:01Z"), Err(Refusal::NotFound));
        assert_eq!(close(own, &[scene.pending(1)], &delivery, "2026-03-10T15:00:00Z"), Err(Refusal::UndecidedItems));
        let nothing = [scene.without_records(1), scene.elsewhere(2)];
        assert_eq!(close(own, &nothing, &delivery, "2026-03-10T15:00:00Z"), Ok(Outcome::NoRecords));
        assert_eq!(close(own, &nothing[1..], &delivery, "2026-03-10T15:00:00Z"), Ok(Outcome::Referred));
    }

    #[test]
    fn a_withdrawal_can_be_undone_for_fifteen_minutes_and_restores_what_was() {
        let scene = Scene::new();
        let request = scene.claimed();
        let now = at("2026-03-05T15:00:00Z");
        assert_eq!(request.clone().withdraw(&scene.stranger, None, now), Err(Refusal::NotFound));
        assert_eq!(
            request.clone().withdraw(&scene.patient, Some(scene.released().stage()), now),
            Err(Refusal::NotWithdrawable)
        );
        let withdrawn = request.clone().withdraw(&scene.patient, None, now).unwrap();
        assert_eq!(withdrawn.clone().withdraw(&scene.patient, None, now), Err(Refusal::RequestClosed));
        let last = at("2026-03-05T15:15:00Z");
        let undone = withdrawn.clone().undo_withdrawal(&scene.patient, last).unwrap();
        assert_eq!(undone.progress, request.progress);
        assert!(!withdrawn.is_withdrawn_for_good(last));
        let over = at("2026-03-05T15:15:01Z");
        assert_eq!(withdrawn.clone().undo_withdrawal(&scene.patient, over), Err(Refusal::UndoOver));
        assert!(withdrawn.is_withdrawn_for_good(over));
        assert_eq!(undone.undo_withdrawal(&scene.patient, now), Err(Refusal::NotWithdrawn));
    }
}
