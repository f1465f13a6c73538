//! The builder's half: choose, build, answer for what the press could not confirm, hand over.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Built, CheckError, FailReason, Finding, Included, Override, Package, PackageState, Seen};
use crate::{
    document::{Category, DatesOfService},
    ids::{DocumentId, PackageId},
    item::Item,
    question::{Question, none_open},
    refusal::Refusal,
    request::Holder,
    verification::Verified,
    version::Version,
};

/// How everything around a package stands when it is begun.
#[derive(Debug, Clone, Copy)]
pub struct AtStart<'a> {
    pub items: &'a [Item],
    pub question: Option<&'a Question>,
    /// The request's latest package.
    pub previous: Option<&'a Package>,
    /// Documents of the chart that a decision keeps back ([`Item::withholds`]).
    pub withheld: u32,
}

/// What became of the records since the package was built, read in the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SinceBuilt {
    /// Documents of the package that their source took back, or gave to another chart.
    pub taken_back: u32,
    /// Documents that came to the chart, and that the package's letter calls not found or held elsewhere.
    pub withheld: u32,
}

impl SinceBuilt {
    #[cfg(test)]
    pub(crate) const NOTHING: Self = Self { taken_back: 0, withheld: 0 };

    /// Nothing goes out that was taken back, and nothing is denied that came in.
    pub(super) const fn stands(self) -> Result<(), Refusal> {
        if self.taken_back > 0 {
            Err(Refusal::DecisionsChanged)
        } else if self.withheld > 0 {
            Err(Refusal::RecordsCame)
        } else {
            Ok(())
        }
    }
}

impl Package {
    /// Every item has its decision, and what goes in is of approved items: at least one document of each, and none
    /// twice. Where nothing is approved the letter goes alone.
    pub fn begin(
        id: PackageId,
        holder: &Holder,
        verified: &Verified,
        now: AtStart<'_>,
        contents: Vec<Included>,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        if now.previous.is_some_and(Self::is_under_way) {
            return Err(Refusal::PackageUnderWay);
        }
        none_open(now.question)?;
        Self::contents_allowed(now.items, &contents)?;
        if now.withheld > 0 {
            return Err(Refusal::RecordsFound);
        }
        Ok(Self {
            id,
            request: holder.request(),
            patient: verified.patient(),
            builder: holder.person(),
            begun_at: at,
            contents,
            state: PackageState::Building,
            // a form of an earlier package names a version that none of this one has
            version: now.previous.map_or(Version::FIRST, |previous| previous.version.next()),
        })
    }

    /// Whether a document goes in, and for which part: the first approved one that it belongs to.
    pub fn include(items: &[Item], document: DocumentId, category: Category, care: DatesOfService) -> Option<Included> {
        let item = items.iter().find(|item| item.is_approved() && item.covers(category, care))?;
        Some(Included { document, item: item.id })
    }

    /// Whether these documents could go into a package of these items: every item decided; each document under an approved
    /// item, once; each approved item with a document.
    pub fn contents_allowed(items: &[Item], contents: &[Included]) -> Result<(), Refusal> {
        if items.is_empty() || items.iter().any(|item| !item.is_decided()) {
            return Err(Refusal::UndecidedItems);
        }
        let approved: BTreeSet<_> = items.iter().filter(|item| item.is_approved()).map(|item| item.id).collect();
        if contents.iter().any(|included| !approved.contains(&included.item)) {
            return Err(Refusal::DocumentNotApproved);
        }
        let mut documents = BTreeSet::new();
        if !contents.iter().all(|included| documents.insert(included.document)) {
            return Err(Refusal::DocumentTwice);
        }
        let with_documents: BTreeSet<_> = contents.iter().map(|included| included.item).collect();
        if with_documents == approved { Ok(()) } else { Err(Refusal::EmptyPackage) }
    }

    /// The press is done. Its findings are on pages that exist.
    pub fn finish(self, pages: u32, findings: Vec<Finding>, at: Timestamp) -> Result<Self, Refusal> {
        self.building()?;
        if pages == 0 {
            return Err(Refusal::EmptyPackage);
        }
        if findings.iter().any(|finding| finding.page == 0 || finding.page > pages) {
            return Err(Refusal::NoSuchPage);
        }
        // What the press reports is its own; an override is a person's.
        let findings = findings.into_iter().map(|finding| Finding { overridden: None, ..finding }).collect();
        Ok(self.moved(PackageState::Built { built: Built { at, pages, findings } }))
    }

    /// The press made nothing. The builder begins another package.
    pub fn fail(self, reason: FailReason, at: Timestamp) -> Result<Self, Refusal> {
        self.building()?;
        Ok(self.moved(PackageState::Failed { reason, at }))
    }

    /// The builder answers for findings, by their places, and says why.
    pub fn override_findings(
        self,
        holder: &Holder,
        seen: Version,
        which: &[usize],
        reason: &str,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        self.version.seen(seen)?;
        self.built_by(holder)?;
        let PackageState::Built { built } = &self.state else { return Err(Refusal::PackageNotBuilt) };
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::ReasonNeeded);
        }
        if which.is_empty() {
            return Err(Refusal::NoSuchFinding);
        }
        let mut built = built.clone();
        for index in which {
            let finding = built.findings.get_mut(*index).ok_or(Refusal::NoSuchFinding)?;
            finding.overridden = Some(Override { by: holder.person(), at, reason: reason.to_owned() });
        }
        Ok(self.moved(PackageState::Built { built }))
    }

    /// The builder gives it to the check, every finding answered for.
    pub fn hand_over(self, holder: &Holder, seen: Version, since: SinceBuilt, at: Timestamp) -> Result<Self, Refusal> {
        self.version.seen(seen)?;
        self.built_by(holder)?;
        let PackageState::Built { built } = &self.state else { return Err(Refusal::PackageNotBuilt) };
        since.stands()?;
        if built.findings.iter().any(Finding::is_open) {
            return Err(Refusal::PageCheckOpen);
        }
        let checking = PackageState::Checking { built: built.clone(), handed_over_at: at, seen: Seen::new() };
        Ok(self.moved(checking))
    }

    /// Whoever holds the request sets a built package aside before the check, because of what its pages show.
    pub fn set_aside(
        self,
        holder: &Holder,
        seen: Version,
        errors: Vec<CheckError>,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        self.version.seen(seen)?;
        self.of_request(holder)?;
        let PackageState::Built { built } = &self.state else { return Err(Refusal::PackageNotBuilt) };
        if errors.is_empty() {
            return Err(Refusal::ReasonNeeded);
        }
        if errors.iter().any(|error| error.page.is_some_and(|page| page == 0 || page > built.pages)) {
            return Err(Refusal::NoSuchPage);
        }
        let returned = PackageState::Returned { built: built.clone(), by: holder.person(), at, errors };
        Ok(self.moved(returned))
    }

    fn building(&self) -> Result<(), Refusal> {
        if self.state == PackageState::Building { Ok(()) } else { Err(Refusal::PackageNotBuilding) }
    }

    fn built_by(&self, holder: &Holder) -> Result<(), Refusal> {
        self.of_request(holder)?;
        if self.builder == holder.person() { Ok(()) } else { Err(Refusal::NotBuilder) }
    }

    fn of_request(&self, holder: &Holder) -> Result<(), Refusal> {
        if self.request == holder.request() { Ok(()) } else { Err(Refusal::NotFound) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        package::{ErrorCode, PageCheck},
        testing::{Scene, at, document_id, item_id, package_id},
    };

    fn begin(
        scene: &Scene,
        items: &[Item],
        contents: Vec<Included>,
        previous: Option<&Package>,
    ) -> Result<Package, Refusal> {
        let (holder, verified, now) = (scene.holder(), scene.verified(), at("2026-03-06T15:00:00Z"));
        Package::begin(
            package_id(1),
            &holder,
            &verified,
            AtStart { items, question: None, previous, withheld: 0 },
            contents,
            now,
        )
    }

    fn finding(page: u32, check: PageCheck) -> Finding {
        Finding { page, check, overridden: None }
    }

    #[test]
    fn what_goes_in_is_of_approved_items_and_each_brings_something() {
        let scene = Scene::new();
        let items = [scene.approved(1), scene.without_records(2)];
        let of = |item, document| Included { document: document_id(document), item: item_id(item) };
        assert!(begin(&scene, &items, vec![of(1, 1), of(1, 2)], None).is_ok());
        assert_eq!(begin(&scene, &items, vec![of(1, 1), of(1, 1)], None), Err(Refusal::DocumentTwice));
        assert_eq!(begin(&scene, &items, vec![of(1, 1), of(2, 2)], None), Err(Refusal::DocumentNotApproved));
        assert_eq!(begin(&scene, &items, vec![], None), Err(Refusal::EmptyPackage));
        assert_eq!(begin(&scene, &[], vec![], None), Err(Refusal::UndecidedItems));
        assert_eq!(
            begin(&scene, &[scene.approved(1), scene.pending(2)], vec![of(1, 1)], None),
            Err(Refusal::UndecidedItems)
        );
        assert!(begin(&scene, &[scene.without_records(2)], vec![], None).is_ok(), "the letter goes alone");
    }

    #[test]
    fn a_document_goes_in_for_an_approved_part_that_it_belongs_to_and_for_no_other() {
        let scene = Scene::new();
        let (approved, nothing) = (scene.approved(1), scene.without_records(2));
        let category = approved.category.unwrap();
        let other = Category::ALL.into_iter().find(|other| *other != category).unwrap();
        let include =
            |items: &[Item], category| Package::include(items, document_id(1), category, DatesOfService::default());
        let items = [nothing.clone(), approved];
        assert_eq!(include(&items, category), Some(Included { document: document_id(1), item: item_id(1) }));
        assert_eq!(include(&items, other), None);
        assert_eq!(include(&[nothing], category), None);
    }

    #[test]
    fn one_package_is_under_way_at_a_time() {
        let scene = Scene::new();
        let now = at("2026-03-06T15:00:00Z");
        let items = [scene.without_records(1)];
        let package = begin(&scene, &items, vec![], None).unwrap();
        assert_eq!(begin(&scene, &items, vec![], Some(&package)), Err(Refusal::PackageUnderWay));
        let failed = package.fail(FailReason::TookTooLong, now).unwrap();
        assert!(begin(&scene, &items, vec![], Some(&failed)).is_ok());
        assert_eq!(failed.finish(1, vec![], now), Err(Refusal::PackageNotBuilding));
    }

    #[test]
    fn what_was_said_of_one_package_is_not_said_of_the_next() {
        let scene = Scene::new();
        let (holder, now) = (scene.holder(), at("2026-03-06T15:00:00Z"));
        let items = [scene.without_records(1)];
        let built = begin(&scene, &items, vec![], None).unwrap().finish(1, vec![], now).unwrap();
        let version = built.version;
        let errors = vec![CheckError { code: ErrorCode::WrongPatient, page: Some(1), note: None }];
        let aside = built.set_aside(&holder, version, errors, now).unwrap();
        let next = begin(&scene, &items, vec![], Some(&aside)).unwrap().finish(1, vec![], now).unwrap();
        assert!(next.version > aside.version);
        assert_eq!(next.clone().hand_over(&holder, version, SinceBuilt::NOTHING, now), Err(Refusal::MovedOn));
        assert!(next.clone().hand_over(&holder, next.version, SinceBuilt::NOTHING, now).is_ok());
    }

    #[test]
    fn nothing_is_handed_over_with_a_finding_nobody_answers_for() {
        let scene = Scene::new();
        let (holder, now) = (scene.holder(), at("2026-03-06T15:00:00Z"));
        let building = begin(&scene, &[scene.without_records(1)], vec![], None).unwrap();
        assert_eq!(building.clone().finish(0, vec![], now), Err(Refusal::EmptyPackage));
        assert_eq!(building.clone().finish(2, vec![finding(3, PageCheck::Blank)], now), Err(Refusal::NoSuchPage));
        let findings = vec![finding(1, PageCheck::Confirmed), finding(2, PageCheck::CannotConfirm)];
        let built = building.finish(2, findings, now).unwrap();
        let version = built.version;
        assert_eq!(built.clone().hand_over(&holder, version, SinceBuilt::NOTHING, now), Err(Refusal::PageCheckOpen));
        assert_eq!(built.clone().override_findings(&holder, version, &[1], " ", now), Err(Refusal::ReasonNeeded));
        assert_eq!(built.clone().override_findings(&holder, version, &[2], "x", now), Err(Refusal::NoSuchFinding));
        let answered = built.override_findings(&holder, version, &[1], "a scan; I read the name on it", now).unwrap();
        assert_eq!(answered.clone().hand_over(&holder, version, SinceBuilt::NOTHING, now), Err(Refusal::MovedOn));
        assert!(answered.clone().hand_over(&holder, answered.version, SinceBuilt::NOTHING, now).is_ok());
    }

    #[test]
    fn nothing_is_begun_whose_letter_denies_what_the_chart_has() {
        let scene = Scene::new();
        let (holder, verified, items) = (scene.holder(), scene.verified(), [scene.without_records(1)]);
        let begun = |withheld| {
            let now = AtStart { items: &items, question: None, previous: None, withheld };
            Package::begin(package_id(1), &holder, &verified, now, vec![], at("2026-03-06T15:00:00Z")).map(|_| ())
        };
        assert_eq!((begun(0), begun(1)), (Ok(()), Err(Refusal::RecordsFound)));
    }

    #[test]
    fn nothing_is_handed_over_that_its_source_took_back_or_that_denies_what_came_in() {
        let scene = Scene::new();
        let (holder, now) = (scene.holder(), at("2026-03-06T15:00:00Z"));
        let of = Included { document: document_id(1), item: item_id(1) };
        let built = begin(&scene, &[scene.approved(1)], vec![of], None).unwrap().finish(2, vec![], now).unwrap();
        let version = built.version;
        let hand_over = |since| built.clone().hand_over(&holder, version, since, now).map(|_| ());
        assert_eq!(hand_over(SinceBuilt { taken_back: 1, ..SinceBuilt::NOTHING }), Err(Refusal::DecisionsChanged));
        assert_eq!(hand_over(SinceBuilt { withheld: 1, ..SinceBuilt::NOTHING }), Err(Refusal::RecordsCame));
        let errors = vec![CheckError { code: ErrorCode::TakenBack, page: None, note: None }];
        assert!(built.set_aside(&holder, version, errors, now).is_ok(), "another is built in its place");
    }

    #[test]
    fn the_press_cannot_bring_its_own_override() {
        let scene = Scene::new();
        let now = at("2026-03-06T15:00:00Z");
        let overridden = Some(Override { by: scene.anna.person(), at: now, reason: "x".to_owned() });
        let reported = Finding { page: 1, check: PageCheck::AnotherPerson, overridden };
        let built =
            begin(&scene, &[scene.without_records(1)], vec![], None).unwrap().finish(1, vec![reported], now).unwrap();
        assert_eq!(
            built.clone().hand_over(&scene.holder(), built.version, SinceBuilt::NOTHING, now),
            Err(Refusal::PageCheckOpen)
        );
    }

    #[test]
    fn a_built_package_that_shows_a_wrong_page_is_set_aside_with_what_is_wrong() {
        let scene = Scene::new();
        let now = at("2026-03-06T15:00:00Z");
        let items = [scene.without_records(1)];
        let built = begin(&scene, &items, vec![], None).unwrap().finish(1, vec![], now).unwrap();
        let version = built.version;
        assert_eq!(built.clone().set_aside(&scene.holder(), version, vec![], now), Err(Refusal::ReasonNeeded));
        let errors = |page| vec![CheckError { code: ErrorCode::WrongPatient, page: Some(page), note: None }];
        for page in [0, 2, 3_000_000_000] {
            let aside = built.clone().set_aside(&scene.holder(), version, errors(page), now);
            assert_eq!(aside, Err(Refusal::NoSuchPage), "{page}");
        }
        let aside = built.set_aside(&scene.holder(), version, errors(1), now).unwrap();
        assert!(begin(&scene, &items, vec![], Some(&aside)).is_ok());
    }
}
