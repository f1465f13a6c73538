//! How much of the machine a child may use.

use crate::sandbox::{Gap, Limits};
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

/// Addresses beside the memory itself: the program's text, and the 64 MiB that glibc reserves, without using them, for
/// each thread's heap.
const ADDRESSES_BESIDE: u64 = 4 << 30;

/// Sets them all and returns those that the kernel refused.
///
/// Memory is limited twice: as what may be written to (`DATA`), which is what is meant, and as addresses (`AS`), which
/// also catches what is mapped and shared, where a kernel does not count the first.
pub(super) fn limit(limits: Limits) -> Vec<Gap> {
    let seconds = limits.processor_seconds.max(1);
    let addresses = limits.memory.saturating_add(ADDRESSES_BESIDE);
    let wanted = [
        (Gap::Memory, set(Resource::Data, limits.memory) && set(Resource::As, addresses)),
        // At the first the child gets a signal that ends it and tells why; at the second it is killed.
        (Gap::ProcessorTime, set_both(Resource::Cpu, seconds, seconds.saturating_add(1))),
        // Those that are open stay open.
        (Gap::OpenFiles, set(Resource::Nofile, 0)),
        (Gap::FileSize, set(Resource::Fsize, 0)),
        // A core dump would be a copy of somebody's record on the disk.
        (Gap::CoreDumps, set(Resource::Core, 0) && set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok()),
    ];
    wanted.into_iter().filter(|(_, is_set)| !is_set).map(|(gap, _)| gap).collect()
}

fn set(resource: Resource, most: u64) -> bool {
    set_both(resource, most, most)
}

fn set_both(resource: Resource, current: u64, maximum: u64) -> bool {
    setrlimit(resource, Rlimit { current: Some(current), maximum: Some(maximum) }).is_ok()
}
