//! Keeps a panic inside a parser from ending the whole job: the source becomes unreadable instead.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs a parser of ours or others. `None` when it panicked. What it was building is dropped with it, so nothing
/// half-made is seen afterwards. A stack that overflows is not caught: for that the process may be killed.
pub(crate) fn guarded<T>(parse: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(parse)).ok()
}
