//! Limits that this machine's kernel did not let a child set.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One limit that is off. The child works on with the others; the parent says so in its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gap {
    /// Landlock is missing: only the filter of system calls keeps it from files.
    Files,
    /// Landlock is too old to refuse truncation and moving of files.
    FilesPartly,
    /// seccomp is missing, or the processor is not one that the filter knows.
    SystemCalls,
    Memory,
    ProcessorTime,
    OpenFiles,
    FileSize,
    CoreDumps,
    /// It could not be made the first process to go when the whole machine runs out of memory.
    FirstToGo,
    /// It inherited open files besides its three pipes.
    Inherited,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Files => "files (landlock)",
            Self::FilesPartly => "truncating and moving files (landlock is old)",
            Self::SystemCalls => "system calls (seccomp)",
            Self::Memory => "memory",
            Self::ProcessorTime => "processor time",
            Self::OpenFiles => "open files",
            Self::FileSize => "file size",
            Self::CoreDumps => "core dumps",
            Self::FirstToGo => "first to go when memory is short",
            Self::Inherited => "inherited open files",
        })
    }
}
