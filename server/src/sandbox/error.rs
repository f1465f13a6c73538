//! How a child's work can end without a result.

use std::io;

/// Holds codes and counts, never what the child wrote: that may be health data.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// It took longer, or more of the processor, than its limits allow.
    #[error("the child took too long")]
    TimedOut,
    /// It asked for more memory than its limits allow.
    #[error("the child ran out of memory")]
    OutOfMemory,
    /// A signal ended it: 31 (SIGSYS) for a system call that nothing here has a use for, 9 when the kernel or an operator
    /// killed it, 6 and 11 for crashes.
    #[error("the child was killed by signal {signal}")]
    Killed { signal: i32 },
    /// It did its work and says no; the code is one of the verb's own.
    #[error("the child refused: {code}")]
    Refused { code: String },
    /// It ended without an answer, or what it said was not the protocol's.
    #[error("the child broke (exit code {exit_code:?}, {stderr_bytes} bytes on stderr)")]
    Broken { exit_code: Option<i32>, stderr_bytes: u64 },
    /// It wrote more than its limits allow.
    #[error("the child wrote too much")]
    TooMuchOutput,
    /// The caller's source failed; nothing is wrong with the child.
    #[error("a source could not be read")]
    Source(#[source] io::Error),
    /// The caller's sink failed; nothing is wrong with the child.
    #[error("output could not be kept")]
    Sink(#[source] io::Error),
    /// It could not be started, or its request not be written down.
    #[error("the child could not be started")]
    NotStarted(#[source] io::Error),
}
