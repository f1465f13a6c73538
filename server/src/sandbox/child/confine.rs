//! The limits that a child sets for itself, one wall behind the other.

mod files;
mod resources;
mod system_calls;

use crate::sandbox::{Gap, Limits};
use std::{fs, io};

/// Sets every limit that the kernel lets it set, and returns those that it does not.
///
/// # Errors
/// When another thread runs already: it would stay outside the walls.
pub(super) fn confine(limits: Limits) -> io::Result<Vec<Gap>> {
    if entries("/proc/self/task").is_some_and(|threads| threads > 1) {
        return Err(io::ErrorKind::ResourceBusy.into());
    }
    let mut gaps = Vec::new();
    // What needs a file comes first: afterwards there are none.
    gaps.extend(only_own_pipes().err());
    gaps.extend(first_to_go().err());
    gaps.extend(files::shut().err());
    gaps.extend(resources::limit(limits));
    gaps.extend(system_calls::filter().err());
    Ok(gaps)
}

/// The three standard pipes, the wire's two, and the folder that is being listed.
const OWN_PIPES: usize = 6;

fn only_own_pipes() -> Result<(), Gap> {
    if entries("/proc/self/fd").is_none_or(|open| open > OWN_PIPES) { Err(Gap::Inherited) } else { Ok(()) }
}

/// When the machine runs out of memory, the kernel should take a child, not PostgreSQL.
fn first_to_go() -> Result<(), Gap> {
    fs::write("/proc/self/oom_score_adj", "1000").map_err(|_| Gap::FirstToGo)
}

fn entries(folder: &str) -> Option<usize> {
    fs::read_dir(folder).ok().map(Iterator::count)
}
