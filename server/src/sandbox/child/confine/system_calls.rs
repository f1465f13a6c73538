//! What a child may ask of the kernel: memory, threads, its open pipes, time, and its own end.
//!
//! A list of what is allowed, not of what is denied: the kernel gains calls with every version, and a list of dangers is
//! out of date on the day it is written. What is not on it does not exist (`ENOSYS`), which the C library knows how to
//! live with: it starts threads by `clone` where there is no `clone3`.
//!
//! In front of it stands a short list of calls that no parser has any use for. They kill: an attempt means that a
//! document has taken over, and the parent sees it by the signal (SIGSYS).

use crate::sandbox::Gap;
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, apply_filter_all_threads,
};
use std::collections::BTreeMap;

pub(super) fn filter() -> Result<(), Gap> {
    // The lethal list first: once the other stands, no filter can be added.
    for program in [lethal(), allowed()] {
        let program = program.map_err(|_| Gap::SystemCalls)?;
        apply_filter_all_threads(&program).map_err(|_| Gap::SystemCalls)?;
    }
    Ok(())
}

fn lethal() -> Result<BpfProgram, BackendError> {
    let rules = LETHAL.iter().map(|call| (*call, Vec::new())).collect();
    program(rules, SeccompAction::Allow, SeccompAction::KillProcess)
}

fn allowed() -> Result<BpfProgram, BackendError> {
    let mut rules: Rules = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    let own = u64::from(std::process::id());
    // Memory that can be run is how a parser's bug becomes somebody's program.
    rules.insert(libc::SYS_mmap, only(vec![without(2, libc::PROT_EXEC)?])?);
    rules.insert(libc::SYS_mprotect, only(vec![without(2, libc::PROT_EXEC)?])?);
    // Threads, and no other process.
    rules.insert(libc::SYS_clone, only(vec![with(0, libc::CLONE_THREAD)?])?);
    // Aborting sends a signal to oneself.
    rules.insert(libc::SYS_tgkill, only(vec![equal(0, own)?, equal(2, bits(libc::SIGABRT))?])?);
    rules.insert(libc::SYS_prctl, only(vec![equal(0, bits(libc::PR_SET_NAME))?])?);
    // Reading one's limits, not setting them.
    rules.insert(libc::SYS_prlimit64, only(vec![null(2)?])?);
    program(rules, SeccompAction::Errno(libc::ENOSYS.cast_unsigned()), SeccompAction::Allow)
}

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

fn program(rules: Rules, otherwise: SeccompAction, matched: SeccompAction) -> Result<BpfProgram, BackendError> {
    SeccompFilter::new(rules, otherwise, matched, TargetArch::try_from(std::env::consts::ARCH)?)?.try_into()
}

fn only(conditions: Vec<SeccompCondition>) -> Result<Vec<SeccompRule>, BackendError> {
    SeccompRule::new(conditions).map(|rule| vec![rule])
}

fn equal(argument: u8, value: u64) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value)
}

fn with(argument: u8, flag: i32) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(bits(flag)), bits(flag))
}

fn without(argument: u8, flag: i32) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(bits(flag)), 0)
}

fn null(argument: u8) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Qword, SeccompCmpOp::Eq, 0)
}

fn bits(flags: i32) -> u64 {
    u64::from(flags.cast_unsigned())
}

const ALLOWED: &[i64] = &[
    // pipes that are open
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_fstat,
    // memory
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    // threads
    libc::SYS_futex,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_gettid,
    libc::SYS_getpid,
    // signals, for crashes that say what they are
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    // time and randomness
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_getrandom,
    libc::SYS_sysinfo,
    // the end
    libc::SYS_exit,
    libc::SYS_exit_group,
];

const LETHAL: &[i64] = &[
    // other programs
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_getfd,
    libc::SYS_kill,
    libc::SYS_tkill,
    // the network
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept4,
    // ways round the filter, and into the kernel
    libc::SYS_io_uring_setup,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_kexec_load,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_personality,
];
