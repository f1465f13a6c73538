//! Documents of the matched chart that do not belong in this copy. Only what is no record of this patient, or is in the
//! copy already, can be left out: what a patient may not have is another decision, with a letter of its own.

use super::Package;
use crate::{code::coded, refusal::Refusal, request::Holder, verification::Verified};

coded! {
    /// Why a document is left out.
    pub enum LeaveOutReason {
        /// It was filed in the wrong chart.
        AnotherPerson = "another_person",
        Duplicate = "duplicate",
    }
}

impl Package {
    /// Whether what goes into the copy can be chosen now; not once a package carries the choice.
    pub fn choosing(_holder: &Holder, _verified: &Verified, package: Option<&Self>) -> Result<(), Refusal> {
        if package.is_some_and(Self::is_under_way) { Err(Refusal::PackageUnderWay) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scene;

    #[test]
    fn what_a_package_carries_is_not_chosen_anew() {
        let scene = Scene::new();
        let (holder, verified) = (scene.holder(), scene.verified());
        assert_eq!(Package::choosing(&holder, &verified, None), Ok(()));
        let choosing = Package::choosing(&holder, &verified, Some(&scene.checking(1)));
        assert_eq!(choosing, Err(Refusal::PackageUnderWay));
    }
}
