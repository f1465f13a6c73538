//! What a child is asked to do, within which limits, and what came of it.

use super::{SandboxError, frame};
use bytes::Bytes;
use serde::{Serialize, de::DeserializeOwned};
use std::{io, time::Duration};

/// One piece of work for one child.
pub struct Job {
    pub(super) verb: &'static str,
    pub(super) request: Vec<u8>,
    pub(super) limits: Limits,
}

impl Job {
    /// # Errors
    /// `NotStarted` when the request is not JSON or has more than 16 MiB: what is large travels as a source.
    pub fn new(verb: &'static str, request: &impl Serialize, limits: Limits) -> Result<Self, SandboxError> {
        let request = serde_json::to_vec(request).map_err(|error| SandboxError::NotStarted(error.into()))?;
        if request.len() > frame::LARGEST_JSON {
            return Err(SandboxError::NotStarted(io::ErrorKind::InvalidInput.into()));
        }
        Ok(Self { verb, request, limits })
    }
}

/// What one child may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory that may be written to: heap, the stacks of its threads, and what the program itself needs
    /// (some 10 MiB).
    pub memory: u64,
    /// Seconds of processor time, all threads together. At least 1.
    pub processor_seconds: u64,
    /// Time on the clock from start to exit, in which waiting for sources and sink counts.
    pub time: Duration,
    /// Bytes that it may write to all outputs together.
    pub output: u64,
}

/// What a child that did its work answered.
#[derive(Debug)]
pub struct Outcome {
    pub(super) result: Bytes,
    /// Bytes that it wrote to all outputs together.
    pub written: u64,
}

impl Outcome {
    /// The verb's result.
    ///
    /// # Errors
    /// `Broken` when the child answered something else.
    pub fn result<T: DeserializeOwned>(&self) -> Result<T, SandboxError> {
        serde_json::from_slice(&self.result).map_err(|_| SandboxError::Broken { exit_code: Some(0), stderr_bytes: 0 })
    }
}
