//! The child's side: limits itself, then does one verb.
//!
//! Runs before anything else of the program has started: no async runtime, no logger, no thread, no configuration.

mod confine;
mod io;
mod wire;

pub use io::{ChildIo, Output, Source};

use super::Limits;
use confine::confine;
use serde::Serialize;
use std::{process::ExitCode, time::Duration};
use wire::Wire;

/// One thing that a child can do.
pub struct Verb {
    pub name: &'static str,
    pub work: fn(&ChildIo) -> Result<Answer, Stop>,
}

/// A verb's result, already JSON.
pub struct Answer(Vec<u8>);

impl Answer {
    /// # Errors
    /// `Failed` when the result is not JSON.
    pub fn of(result: &impl Serialize) -> Result<Self, Stop> {
        serde_json::to_vec(result).map(Self).map_err(|error| Stop::Failed(error.into()))
    }
}

/// Why a verb did not do its work.
#[derive(Debug)]
pub enum Stop {
    /// The verb looked and says no, with a code of at most 64 of `a-z`, `0-9` and `-`.
    Refused(&'static str),
    /// The pipes or something else failed; the parent sees a broken child.
    Failed(std::io::Error),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Runs as a child. `arguments` are those after `worker`; `verbs` are all that this program knows.
///
/// The exit code only says that there was no answer; the answer itself went over the pipe.
pub fn main(arguments: &[String], verbs: &[Verb]) -> ExitCode {
    let Some((name, limits)) = parse(arguments) else { return ExitCode::from(USAGE) };
    let known = verbs.iter().find(|verb| verb.name == name).map(|verb| verb.work);
    let Some(work) = known.or((name == PROBE).then_some(nothing as _)) else { return ExitCode::from(USAGE) };
    match serve(limits, work) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(BROKEN),
    }
}

/// The verb that does nothing but set its limits and report the gaps.
pub(super) const PROBE: &str = "probe";

const USAGE: u8 = 64;
const BROKEN: u8 = 70;

fn nothing(_: &ChildIo) -> Result<Answer, Stop> {
    Answer::of(&())
}

fn serve(limits: Limits, work: fn(&ChildIo) -> Result<Answer, Stop>) -> std::io::Result<()> {
    let wire = Wire::take_pipes()?;
    let gaps = confine(limits)?;
    let io = ChildIo::open(wire, &gaps)?;
    match work(&io) {
        Ok(Answer(result)) => io.answer(&result),
        Err(Stop::Refused(code)) => io.refuse(code),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// What stands behind `worker`: the verb, and the limits that the child sets before it reads anything. No name, no id,
/// for anybody on the machine may list a program's arguments.
pub(super) fn arguments(verb: &str, limits: Limits) -> [String; 3] {
    [verb.to_owned(), limits.memory.to_string(), limits.processor_seconds.to_string()]
}

fn parse(arguments: &[String]) -> Option<(&str, Limits)> {
    let [verb, memory, seconds] = arguments else { return None };
    let limits = Limits {
        memory: memory.parse().ok()?,
        processor_seconds: seconds.parse().ok()?,
        time: Duration::MAX,
        output: u64::MAX,
    };
    Some((verb, limits))
}
