//! No file can be opened, made, changed or run: landlock with not a single exception.

use crate::sandbox::Gap;
use landlock::{
    ABI, Access, AccessFs, AccessNet, LandlockStatus, RestrictionStatus, Ruleset, RulesetAttr, RulesetError,
    RulesetStatus, Scope,
};

/// From this version on truncating and moving files is refused too.
const COMPLETE: ABI = ABI::V3;

/// The newest version whose rights are asked for; an older kernel sets those that it knows.
const ASKED: ABI = ABI::V6;

pub(super) fn shut() -> Result<(), Gap> {
    match restrict() {
        Ok(RestrictionStatus { ruleset: RulesetStatus::NotEnforced, .. }) | Err(_) => Err(Gap::Files),
        Ok(RestrictionStatus { landlock: LandlockStatus::Available { effective_abi, .. }, .. })
            if effective_abi >= COMPLETE =>
        {
            Ok(())
        }
        Ok(_) => Err(Gap::FilesPartly),
    }
}

fn restrict() -> Result<RestrictionStatus, RulesetError> {
    Ruleset::default()
        .handle_access(AccessFs::from_all(ASKED))?
        .handle_access(AccessNet::from_all(ASKED))?
        .scope(Scope::from_all(ASKED))?
        .create()?
        .restrict_self()
}

#[cfg(test)]
mod tests {
    use super::shut;
    use crate::sandbox::Gap;
    use std::{fs, io, thread};

    #[test]
    fn landlock_alone_keeps_a_thread_from_files() {
        assert!(fs::read("/etc/passwd").is_ok());
        // Landlock binds the thread that asks for it, which ends with the test.
        let (shut, read, made) = thread::spawn(|| {
            let shut = shut();
            let made = fs::write(std::env::temp_dir().join("landlock-should-refuse"), "x");
            (shut, fs::read("/etc/passwd"), made)
        })
        .join()
        .unwrap();
        if shut == Err(Gap::Files) {
            eprintln!("SKIPPED: this kernel has no landlock");
            return;
        }
        assert_eq!(read.unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(made.unwrap_err().kind(), io::ErrorKind::PermissionDenied);
    }
}
