//! What it means for a package that a child ended without an answer: a document's doing, which trying again does not
//! change, or a machine's trouble, which may pass.

use domain::package::FailReason;

use crate::sandbox::SandboxError;

const SIGKILL: i32 = 9;

/// Why the package fails; `None`: try again.
pub fn fails(error: &SandboxError) -> Option<FailReason> {
    match error {
        SandboxError::TimedOut => Some(FailReason::TookTooLong),
        SandboxError::OutOfMemory | SandboxError::TooMuchOutput => Some(FailReason::TooLarge),
        SandboxError::Refused { code } => match code.as_str() {
            "too-long" => Some(FailReason::TooLarge),
            // a document was replaced while it was read: the next try reads the new one, or fails for good
            "changed" => None,
            // the letter or the list cannot be laid out, or an index is not its copy's: nobody's document
            "unprintable" | "nothing-to-merge" | "mismatch" => Some(FailReason::Stopped),
            _ => Some(FailReason::UnreadableDocument),
        },
        // the signal comes from outside: the kernel was short of memory, or somebody ended it
        SandboxError::Killed { signal: SIGKILL }
        | SandboxError::Source(_)
        | SandboxError::Sink(_)
        | SandboxError::NotStarted(_) => None,
        SandboxError::Killed { .. } | SandboxError::Broken { .. } => Some(FailReason::UnreadableDocument),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn what_a_document_does_to_its_reader_fails_and_what_a_machine_does_is_tried_again() {
        let refused = |code: &str| SandboxError::Refused { code: code.to_owned() };
        let said = [
            (SandboxError::TimedOut, Some(FailReason::TookTooLong)),
            (SandboxError::OutOfMemory, Some(FailReason::TooLarge)),
            (SandboxError::TooMuchOutput, Some(FailReason::TooLarge)),
            (refused("too-long"), Some(FailReason::TooLarge)),
            (refused("unreadable"), Some(FailReason::UnreadableDocument)),
            (refused("unprintable"), Some(FailReason::Stopped)),
            (refused("changed"), None),
            (SandboxError::Killed { signal: 11 }, Some(FailReason::UnreadableDocument)),
            (SandboxError::Killed { signal: 31 }, Some(FailReason::UnreadableDocument)),
            (SandboxError::Killed { signal: SIGKILL }, None),
            (SandboxError::Broken { exit_code: Some(101), stderr_bytes: 0 }, Some(FailReason::UnreadableDocument)),
            (SandboxError::Source(io::ErrorKind::Other.into()), None),
            (SandboxError::Sink(io::ErrorKind::Other.into()), None),
            (SandboxError::NotStarted(io::ErrorKind::NotFound.into()), None),
        ];
        for (error, reason) in said {
            assert_eq!(fails(&error), reason, "{error}");
        }
    }
}
