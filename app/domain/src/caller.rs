//! Who is calling, and what they may be. Admission answers with a witness that can be made nowhere else,
//! so that a rule which asks for a `Clerk` cannot be reached by anybody who is none.

use serde::{Deserialize, Serialize};

use crate::{
    code::coded,
    ids::{FacilityId, PersonId},
    refusal::Refusal,
};

coded! {
    /// A session has one side; on the staff side all of a person's roles hold, on the patient side none.
    pub enum Side {
        Patient = "patient",
        Staff = "staff",
    }
}

/// How strongly and how recently somebody has shown who they are. Higher includes lower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    SignedIn = 1,
    TwoFactors = 2,
    /// Two factors, shown again a moment ago.
    Fresh = 3,
}

impl Level {
    pub fn from_number(number: i16) -> Option<Self> {
        match number {
            1 => Some(Self::SignedIn),
            2 => Some(Self::TwoFactors),
            3 => Some(Self::Fresh),
            _ => None,
        }
    }
}

coded! {
    /// What a person is at a facility; several at once are possible. Separation of duties is between persons, not roles.
    pub enum Role {
        FrontDesk = "front_desk",
        Clerk = "clerk",
        Supervisor = "supervisor",
        PrivacyOfficer = "privacy_officer",
        Auditor = "auditor",
        Administrator = "administrator",
    }
}

/// Who sits in the seat, as the office read it from the session. Never built from anything a form said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    pub person: PersonId,
    pub side: Side,
    pub level: Level,
    pub roles: Vec<(FacilityId, Role)>,
}

impl Caller {
    /// Someone on the patient's side. Gives no right to any request: whose it is, each rule asks for itself.
    pub fn patient(&self) -> Result<Asker, Refusal> {
        if self.side == Side::Patient { Ok(Asker { person: self.person }) } else { Err(Refusal::NotAllowed) }
    }

    /// A clerk alone; a supervisor who works cases holds the clerk's role too.
    pub fn clerk_at(&self, facility: FacilityId) -> Result<Clerk, Refusal> {
        self.one_of(facility, &[Role::Clerk])?;
        Ok(Clerk { person: self.person, facility })
    }

    /// Whoever may meet a caller or a visitor: front desk, clerk or supervisor.
    pub fn front_desk_at(&self, facility: FacilityId) -> Result<FrontDesk, Refusal> {
        self.one_of(facility, &[Role::FrontDesk, Role::Clerk, Role::Supervisor])?;
        Ok(FrontDesk { person: self.person, facility })
    }

    pub fn supervisor_at(&self, facility: FacilityId) -> Result<Supervisor, Refusal> {
        self.one_of(facility, &[Role::Supervisor])?;
        Ok(Supervisor { person: self.person, facility })
    }

    /// Whoever may read the trail: supervisor, privacy officer or auditor.
    pub fn trail_reader_at(&self, facility: FacilityId) -> Result<TrailReader, Refusal> {
        self.one_of(facility, &[Role::Supervisor, Role::PrivacyOfficer, Role::Auditor])?;
        Ok(TrailReader { person: self.person, facility })
    }

    pub fn administrator_at(&self, facility: FacilityId) -> Result<Administrator, Refusal> {
        self.one_of(facility, &[Role::Administrator])?;
        Ok(Administrator { person: self.person, facility })
    }

    /// Anybody with any role there.
    pub fn staff_at(&self, facility: FacilityId) -> Result<Staff, Refusal> {
        self.one_of(facility, Role::ALL)?;
        Ok(Staff { person: self.person, facility })
    }

    /// Refuses when the sign-in is weaker or older than an act needs, and says which.
    pub fn needs(&self, level: Level) -> Result<(), Refusal> {
        match level {
            needed if self.level >= needed => Ok(()),
            Level::Fresh if self.level == Level::TwoFactors => Err(Refusal::SignInAgain),
            _ => Err(Refusal::StrongerSignInNeeded),
        }
    }

    fn one_of(&self, facility: FacilityId, wanted: &[Role]) -> Result<(), Refusal> {
        let holds = self.roles.iter().any(|(at, role)| *at == facility && wanted.contains(role));
        if self.side == Side::Staff && holds { Ok(()) } else { Err(Refusal::NotAllowed) }
    }
}

/// Witness: this person is on the patient's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    person: PersonId,
}

impl Asker {
    pub const fn person(&self) -> PersonId {
        self.person
    }
}

macro_rules! witness {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name {
            person: PersonId,
            facility: FacilityId,
        }

        impl $name {
            pub const fn person(&self) -> PersonId {
                self.person
            }

            pub const fn facility(&self) -> FacilityId {
                self.facility
            }
        }
    )*};
}

witness! {
    /// Witness: this person works requests at this facility.
    Clerk,
    /// Witness: this person may meet callers and visitors of this facility.
    FrontDesk,
    /// Witness: this person leads the records work of this facility.
    Supervisor,
    /// Witness: this person may read this facility's trail.
    TrailReader,
    /// Witness: this person sets up this facility's people and settings.
    Administrator,
    /// Witness: this person has some role at this facility.
    Staff,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn facility(n: u128) -> FacilityId {
        FacilityId(Uuid::from_u128(n))
    }

    fn caller(side: Side, roles: &[Role]) -> Caller {
        Caller {
            person: PersonId(Uuid::from_u128(7)),
            side,
            level: Level::SignedIn,
            roles: roles.iter().map(|role| (facility(1), *role)).collect(),
        }
    }

    #[test]
    fn each_door_opens_to_its_roles_and_to_no_other() {
        type Door = fn(&Caller) -> bool;
        let doors: [(Door, &[Role]); 6] = [
            (|c| c.clerk_at(facility(1)).is_ok(), &[Role::Clerk]),
            (|c| c.front_desk_at(facility(1)).is_ok(), &[Role::FrontDesk, Role::Clerk, Role::Supervisor]),
            (|c| c.supervisor_at(facility(1)).is_ok(), &[Role::Supervisor]),
            (|c| c.trail_reader_at(facility(1)).is_ok(), &[Role::Supervisor, Role::PrivacyOfficer, Role::Auditor]),
            (|c| c.administrator_at(facility(1)).is_ok(), &[Role::Administrator]),
            (|c| c.staff_at(facility(1)).is_ok(), Role::ALL),
        ];
        for (door, admitted) in doors {
            for role in Role::ALL {
                assert_eq!(door(&caller(Side::Staff, &[*role])), admitted.contains(role), "{role:?}");
            }
            assert!(!door(&caller(Side::Staff, &[])));
        }
    }

    #[test]
    fn a_role_holds_at_its_facility_and_on_the_staff_side_only() {
        assert_eq!(caller(Side::Staff, &[Role::Clerk]).clerk_at(facility(2)), Err(Refusal::NotAllowed));
        assert_eq!(caller(Side::Patient, &[Role::Clerk]).clerk_at(facility(1)), Err(Refusal::NotAllowed));
        assert_eq!(caller(Side::Staff, &[Role::Clerk]).patient(), Err(Refusal::NotAllowed));
    }

    #[test]
    fn a_weak_sign_in_is_told_what_is_missing() {
        let mut who = caller(Side::Staff, &[]);
        assert_eq!(who.needs(Level::SignedIn), Ok(()));
        assert_eq!(who.needs(Level::TwoFactors), Err(Refusal::StrongerSignInNeeded));
        assert_eq!(who.needs(Level::Fresh), Err(Refusal::StrongerSignInNeeded));
        who.level = Level::TwoFactors;
        assert_eq!(who.needs(Level::Fresh), Err(Refusal::SignInAgain));
        who.level = Level::Fresh;
        assert_eq!(who.needs(Level::Fresh), Ok(()));
    }
}
