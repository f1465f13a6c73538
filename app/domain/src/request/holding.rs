//! Who works an open request: one clerk at a time, and never the one who asked.

use jiff::Timestamp;

use super::{Channel, Open, Request};
use crate::{
    caller::{Clerk, Role, Supervisor},
    ids::{FacilityId, PersonId, RequestId},
    refusal::Refusal,
};

/// Witness: this clerk holds this open request. Every decision on it asks for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    clerk: PersonId,
    request: RequestId,
    channel: Channel,
}

impl Holder {
    pub const fn person(&self) -> PersonId {
        self.clerk
    }

    pub const fn request(&self) -> RequestId {
        self.request
    }

    /// By which way the request came.
    pub const fn channel(&self) -> Channel {
        self.channel
    }
}

impl Request {
    /// The witness for whoever holds it.
    pub fn held_by(&self, clerk: &Clerk) -> Result<Holder, Refusal> {
        self.worked_at(clerk.facility(), clerk.person())?;
        let open = self.open()?;
        match open.assignee {
            Some(assignee) if assignee == clerk.person() => {
                Ok(Holder { clerk: assignee, request: self.id, channel: open.channel })
            }
            Some(_) => Err(Refusal::NotYours),
            None => Err(Refusal::NotClaimed),
        }
    }

    /// A clerk takes a request that nobody has. Claiming one's own again changes nothing.
    pub fn claim(self, clerk: &Clerk, now: Timestamp) -> Result<Self, Refusal> {
        self.worked_at(clerk.facility(), clerk.person())?;
        match self.open()?.assignee {
            None => self.given_to(clerk.person(), now),
            Some(assignee) if assignee == clerk.person() => Ok(self),
            Some(_) => Err(Refusal::NotYours),
        }
    }

    /// A clerk takes a request over from another, and says why.
    pub fn take_over(self, clerk: &Clerk, reason: &str, now: Timestamp) -> Result<Self, Refusal> {
        self.worked_at(clerk.facility(), clerk.person())?;
        match self.open()?.assignee {
            None => Err(Refusal::NotClaimed),
            Some(_) if reason.trim().is_empty() => Err(Refusal::ReasonNeeded),
            Some(_) => self.given_to(clerk.person(), now),
        }
    }

    /// The clerk who has it gives it back to the queue.
    pub fn unclaim(self, clerk: &Clerk) -> Result<Self, Refusal> {
        self.held_by(clerk)?;
        let open = Open { assignee: None, ..self.open()?.clone() };
        Ok(self.with(open))
    }

    /// A supervisor gives it to a clerk. `roles` are those of the one who gets it.
    pub fn assign(
        self,
        supervisor: &Supervisor,
        to: PersonId,
        roles: &[(FacilityId, Role)],
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        self.worked_at(supervisor.facility(), to)?;
        if !roles.contains(&(self.id.facility, Role::Clerk)) {
            return Err(Refusal::NotAClerk);
        }
        self.given_to(to, now)
    }

    /// Elsewhere it does not exist, and nobody works what they asked for themselves.
    pub fn worked_at(&self, facility: FacilityId, by: PersonId) -> Result<(), Refusal> {
        if facility != self.id.facility {
            Err(Refusal::NotFound)
        } else if by == self.requester {
            Err(Refusal::OwnRequest)
        } else {
            Ok(())
        }
    }

    fn given_to(self, person: PersonId, now: Timestamp) -> Result<Self, Refusal> {
        let open = self.open()?.clone();
        let first_touch_at = open.first_touch_at.or(Some(now));
        Ok(self.with(Open { assignee: Some(person), first_touch_at, ..open }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, at};

    #[test]
    fn one_clerk_holds_a_request_and_the_first_touch_is_kept() {
        let scene = Scene::new();
        let (first, later) = (at("2026-03-03T16:00:00Z"), at("2026-03-04T16:00:00Z"));
        let request = scene.sent();
        assert_eq!(request.held_by(&scene.anna), Err(Refusal::NotClaimed));
        let request = request.claim(&scene.anna, first).unwrap();
        assert_eq!(request.clone().claim(&scene.anna, later), Ok(request.clone()));
        assert_eq!(request.clone().claim(&scene.ben, later), Err(Refusal::NotYours));
        assert_eq!(request.held_by(&scene.ben), Err(Refusal::NotYours));
        assert_eq!(request.clone().take_over(&scene.ben, "  ", later), Err(Refusal::ReasonNeeded));
        let request = request.take_over(&scene.ben, "Anna is away", later).unwrap();
        assert_eq!(request.clone().unclaim(&scene.anna), Err(Refusal::NotYours));
        let request = request.unclaim(&scene.ben).unwrap();
        assert_eq!(request.open().unwrap().first_touch_at, Some(first));
        assert_eq!(request.clone().take_over(&scene.ben, "why not", later), Err(Refusal::NotClaimed));
    }

    #[test]
    fn nobody_works_what_they_asked_for_themselves() {
        let scene = Scene::new();
        let request = Request { requester: scene.anna.person(), ..scene.sent() };
        let now = at("2026-03-03T16:00:00Z");
        assert_eq!(request.clone().claim(&scene.anna, now), Err(Refusal::OwnRequest));
        let roles = [(scene.request_id.facility, Role::Clerk)];
        assert_eq!(request.assign(&scene.supervisor, scene.anna.person(), &roles, now), Err(Refusal::OwnRequest));
    }

    #[test]
    fn a_supervisor_assigns_to_clerks_of_the_facility_only() {
        let scene = Scene::new();
        let now = at("2026-03-03T16:00:00Z");
        let elsewhere = [(scene.other_facility, Role::Clerk), (scene.request_id.facility, Role::FrontDesk)];
        let assign = |roles: &[_]| scene.sent().assign(&scene.supervisor, scene.ben.person(), roles, now);
        assert_eq!(assign(&elsewhere), Err(Refusal::NotAClerk));
        let request = assign(&[(scene.request_id.facility, Role::Clerk)]).unwrap();
        assert!(request.held_by(&scene.ben).is_ok());
    }
}
