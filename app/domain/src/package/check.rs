//! The second person's half: see every page, then release or send back. The last moment at which a copy can be stopped.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{CheckError, Package, PackageState, SinceBuilt};
use crate::{
    caller::Clerk,
    ids::PatientId,
    item::Item,
    question::{Question, none_open},
    refusal::Refusal,
    request::Request,
    verification::Verification,
    version::Version,
};

/// How everything around the package stands at the instant of its release, read in the same transaction.
#[derive(Debug, Clone, Copy)]
pub struct AtRelease<'a> {
    pub request: &'a Request,
    pub verification: &'a Verification,
    pub items: &'a [Item],
    /// The charts to which the documents of the package belong now.
    pub charts: &'a BTreeSet<PatientId>,
    /// Files beside the copy that the checker has not opened: no page of the copy shows what is in them.
    pub unopened: u32,
    pub since: SinceBuilt,
    pub question: Option<&'a Question>,
}

impl Package {
    /// The checker has looked at a page and gone on.
    pub fn see(self, checker: &Clerk, request: &Request, page: u32) -> Result<Self, Refusal> {
        self.checkable_by(checker, request)?;
        let PackageState::Checking { built, handed_over_at, mut seen } = self.state else {
            return Err(Refusal::PackageNotChecking);
        };
        if page == 0 || page > built.pages {
            return Err(Refusal::NoSuchPage);
        }
        seen.entry(checker.person()).or_default().insert(page);
        // Looking changes no decision: two tabs of one checker do not make each other stale.
        Ok(Self { state: PackageState::Checking { built, handed_over_at, seen }, ..self })
    }

    /// Something is wrong. The builder makes another package.
    pub fn send_back(
        self,
        checker: &Clerk,
        request: &Request,
        seen: Version,
        errors: Vec<CheckError>,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        self.version.seen(seen)?;
        self.checkable_by(checker, request)?;
        let PackageState::Checking { built, .. } = &self.state else { return Err(Refusal::PackageNotChecking) };
        if errors.is_empty() {
            return Err(Refusal::ReasonNeeded);
        }
        if errors.iter().any(|error| error.page.is_some_and(|page| page == 0 || page > built.pages)) {
            return Err(Refusal::NoSuchPage);
        }
        let returned = PackageState::Returned { built: built.clone(), by: checker.person(), at, errors };
        Ok(self.moved(returned))
    }

    /// Released, by somebody who did not build it and has seen every page, while everything it rests on still holds.
    pub fn release(self, checker: &Clerk, seen: Version, now: AtRelease<'_>, at: Timestamp) -> Result<Self, Refusal> {
        self.version.seen(seen)?;
        self.checkable_by(checker, now.request)?;
        let PackageState::Checking { built, .. } = &self.state else { return Err(Refusal::PackageNotChecking) };
        if self.unseen_by(checker.person()) > 0 {
            return Err(Refusal::UnseenPages);
        }
        if now.unopened > 0 {
            return Err(Refusal::UnseenFiles);
        }
        none_open(now.question)?;
        if now.verification.verified()?.patient() != self.patient
            || now.charts.iter().any(|chart| *chart != self.patient)
            || (now.charts.is_empty() && !self.contents.is_empty())
        {
            return Err(Refusal::AnotherChart);
        }
        now.since.stands()?;
        Self::contents_allowed(now.items, &self.contents).map_err(|refusal| match refusal {
            Refusal::UndecidedItems => refusal,
            _ => Refusal::DecisionsChanged,
        })?;
        let released = PackageState::Released { built: built.clone(), checker: checker.person(), at };
        Ok(self.moved(released))
    }

    /// An open request of the checker's facility that is not their own, and a package in which they had no hand.
    fn checkable_by(&self, checker: &Clerk, request: &Request) -> Result<(), Refusal> {
        if request.id != self.request {
            return Err(Refusal::NotFound);
        }
        request.worked_at(checker.facility(), checker.person())?;
        request.open()?;
        let PackageState::Checking { built, .. } = &self.state else { return Err(Refusal::PackageNotChecking) };
        let overrode = |by| built.findings.iter().filter_map(|finding| finding.overridden.as_ref()).any(|o| o.by == by);
        if checker.person() == self.builder || overrode(checker.person()) {
            return Err(Refusal::SamePerson);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        package::ErrorCode,
        testing::{Scene, at, patient_id},
        verification::Match,
    };

    const NOW: &str = "2026-03-07T15:00:00Z";

    #[test]
    fn every_page_is_seen_by_the_one_who_releases() {
        let scene = Scene::new();
        let (request, verification, items) = (scene.claimed(), scene.verification(), [scene.approved(1)]);
        let charts = [scene.verified().patient()].into();
        let stand = AtRelease {
            request: &request,
            verification: &verification,
            items: &items,
            charts: &charts,
            unopened: 0,
            since: SinceBuilt::NOTHING,
            question: None,
        };
        let mut package = scene.checking(3);
        let version = package.version;
        assert_eq!(package.clone().see(&scene.ben, &request, 4), Err(Refusal::NoSuchPage));
        for page in [1, 2, 2] {
            package = package.see(&scene.ben, &request, page).unwrap();
        }
        package = package.see(&scene.cleo, &request, 3).unwrap();
        assert_eq!(package.unseen_by(scene.ben.person()), 1);
        assert_eq!(package.clone().release(&scene.ben, version, stand, at(NOW)), Err(Refusal::UnseenPages));
        assert_eq!(package.clone().release(&scene.anna, version, stand, at(NOW)), Err(Refusal::SamePerson));
        package = package.see(&scene.ben, &request, 3).unwrap();
        assert!(package.release(&scene.ben, version, stand, at(NOW)).unwrap().is_released());
    }

    #[test]
    fn what_a_release_rests_on_is_asked_again_at_that_instant() {
        let scene = Scene::new();
        let (request, verification, items) = (scene.claimed(), scene.verification(), [scene.approved(1)]);
        let charts = [scene.verified().patient()].into();
        let stand = AtRelease {
            request: &request,
            verification: &verification,
            items: &items,
            charts: &charts,
            unopened: 0,
            since: SinceBuilt::NOTHING,
            question: None,
        };
        let package = scene.checking(1).see(&scene.ben, &request, 1).unwrap();
        let release = |stand: AtRelease<'_>| {
            package.clone().release(&scene.ben, package.version, stand, at(NOW)).map(|p| p.is_released())
        };
        assert_eq!(release(stand), Ok(true));

        assert_eq!(
            release(AtRelease { verification: &Verification::BEGUN, ..stand }),
            Err(Refusal::IdentityNotVerified)
        );
        let unmatched = Verification { chart: Match::None, ..verification.clone() };
        assert_eq!(release(AtRelease { verification: &unmatched, ..stand }), Err(Refusal::NoMatch));
        for charts in [BTreeSet::new(), [patient_id(99)].into(), [scene.verified().patient(), patient_id(99)].into()] {
            assert_eq!(release(AtRelease { charts: &charts, ..stand }), Err(Refusal::AnotherChart));
        }
        assert_eq!(release(AtRelease { items: &[scene.pending(1)], ..stand }), Err(Refusal::UndecidedItems));
        assert_eq!(release(AtRelease { items: &[scene.without_records(1)], ..stand }), Err(Refusal::DecisionsChanged));
        assert_eq!(release(AtRelease { unopened: 1, ..stand }), Err(Refusal::UnseenFiles));
        let since = SinceBuilt { taken_back: 1, ..SinceBuilt::NOTHING };
        assert_eq!(release(AtRelease { since, ..stand }), Err(Refusal::DecisionsChanged));
        let since = SinceBuilt { withheld: 1, ..SinceBuilt::NOTHING };
        assert_eq!(release(AtRelease { since, ..stand }), Err(Refusal::RecordsCame));
        let question = scene.question();
        assert_eq!(release(AtRelease { question: Some(&question), ..stand }), Err(Refusal::QuestionOpen));
        let withdrawn = request.clone().withdraw(&scene.patient, None, at(NOW)).unwrap();
        assert_eq!(release(AtRelease { request: &withdrawn, ..stand }), Err(Refusal::RequestClosed));
        let own = Request { requester: scene.ben.person(), ..request.clone() };
        assert_eq!(release(AtRelease { request: &own, ..stand }), Err(Refusal::OwnRequest));
    }

    #[test]
    fn what_is_sent_back_says_what_is_wrong_and_where() {
        let scene = Scene::new();
        let (request, package) = (scene.claimed(), scene.checking(2));
        let back = |errors| package.clone().send_back(&scene.ben, &request, package.version, errors, at(NOW));
        assert_eq!(back(vec![]), Err(Refusal::ReasonNeeded));
        let error = |page| CheckError { code: ErrorCode::WrongPatient, page: Some(page), note: None };
        assert_eq!(back(vec![error(3)]), Err(Refusal::NoSuchPage));
        let returned = back(vec![error(2)]).unwrap();
        assert!(!returned.is_under_way());
        assert_eq!(returned.see(&scene.ben, &request, 1), Err(Refusal::PackageNotChecking));
    }
}
