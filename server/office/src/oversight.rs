//! Oversight: how the work stands, and the trail. Who reads the trail is on the trail.

mod board;
mod read_trail;
mod verify_trail;

use domain::{
    caller::{Caller, Side, TrailReader},
    refusal::Refusal,
};

pub use self::{
    board::LookAtBoard,
    read_trail::{ReadTrail, TrailAsked},
    verify_trail::{LookAtVerification, VerifyTrail},
};
use crate::Result;

/// The facility whose trail this person reads.
fn reader(caller: &Caller) -> Result<TrailReader> {
    if caller.side != Side::Staff {
        return Err(Refusal::NotAllowed.into());
    }
    caller
        .roles
        .iter()
        .find_map(|(facility, _)| caller.trail_reader_at(*facility).ok())
        .ok_or_else(|| Refusal::NotAllowed.into())
}
