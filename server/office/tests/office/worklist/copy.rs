//! The copy: what goes in, what the press makes of it, and how it gets to the check.

use domain::{
    caller::Role,
    document::{Category, DatesOfService},
    form::FieldCode,
    package::{FailReason, FileRole, LeaveOutReason, PackageStage, PageCheck},
    refusal::Refusal,
    shown::worklist::{CopyPage, PackageShown},
};
use jiff::civil::date;
use office::{
    charts::Document,
    packages::{BuiltFile, BuiltPage, FailPackage, Plan, PlanPackage, StorePackage, WhyNot},
    worklist::{
        ApproveItems, BuildPackage, HandOver, ItemNotFound, LeaveOutDocument, LocateItems, LookAtCopy,
        OverrideFindings, ReopenDecision, ReturnPackage, SearchLogTyped, SearchTyped, SetAsidePackage, TakeInDocument,
        TakeOver, UnmatchChart,
    },
};

use super::{Scene, posted, problems, refusal};
use crate::{
    cases::{ANA, Asks},
    people::Seated,
};

/// One page for each, the first of the letter.
pub(super) fn pages(checks: &[PageCheck]) -> Vec<BuiltPage> {
    let page = |(n, check): (usize, &PageCheck)| BuiltPage {
        document: n.checked_sub(1).map(|place| u32::try_from(place).unwrap()),
        checks: vec![*check],
    };
    checks.iter().enumerate().map(page).collect()
}

pub(super) const FINE: [PageCheck; 3] = [PageCheck::Confirmed; 3];

impl Scene {
    /// Labs approved, vaccines not found.
    pub(super) async fn decided() -> Self {
        let scene = Self::verified(&ANA).await;
        let vaccines = scene.item(Some(Category::Vaccine)).await;
        scene.labs_given().await;
        scene.nothing_found(&posted(&vaccines)).await;
        scene
    }

    async fn labs_given(&self) {
        let labs = self.item(Some(Category::Lab)).await;
        self.hospital.performs(&self.clerk, LocateItems::parse(&self.id, &[posted(&labs)])).await.unwrap();
        let labs = self.item(Some(Category::Lab)).await;
        self.hospital.performs(&self.clerk, ApproveItems::parse(&self.id, &[posted(&labs)])).await.unwrap();
    }

    async fn vaccines_come(&self) {
        let mut documents = super::her_documents();
        documents.push(crate::cases::document(Category::Vaccine, "Vaccines", Some(date(2024, 3, 3))));
        self.hospital.import(vec![(super::her_chart(), documents)]).await;
    }

    async fn leave_out(&self, document: &str, reason: &str) {
        let act = LeaveOutDocument::parse(&self.id, document, reason);
        self.hospital.performs(&self.clerk, act).await.unwrap();
    }

    /// Nothing that was asked for is there.
    pub(super) async fn without_records() -> Self {
        let scene = Self::verified(&Asks { categories: &[Category::Vaccine], ..ANA }).await;
        let vaccines = scene.item(Some(Category::Vaccine)).await;
        scene.nothing_found(&posted(&vaccines)).await;
        scene
    }

    async fn nothing_found(&self, item: &str) {
        let log = SearchLogTyped {
            systems: "Main record".into(),
            names: "Ana Ruiz".into(),
            birth_dates: "3/27/1957".into(),
            off_site: "searched".into(),
            note: String::new(),
        };
        self.hospital.performs(&self.clerk, ItemNotFound::parse(&self.id, item, log)).await.unwrap();
    }

    pub(super) async fn copy(&self) -> CopyPage {
        self.hospital.performs(&self.clerk, LookAtCopy::parse(&self.id)).await.unwrap()
    }

    pub(super) async fn package(&self) -> PackageShown {
        self.copy().await.package.unwrap()
    }

    pub(super) async fn version(&self) -> String {
        self.package().await.version.0.to_string()
    }

    pub(super) async fn begin(&self) -> office::Result<()> {
        let seen = self.copy().await.seen;
        self.hospital.performs(&self.clerk, BuildPackage::parse(&self.id, &seen)).await
    }

    async fn plan(&self) -> Option<Plan> {
        let package = self.package().await.id;
        self.hospital.desk().work(PlanPackage { request: self.request, package }).await.unwrap()
    }

    /// As the job does when the press is done.
    pub(super) async fn pressed(&self, pages: &[BuiltPage]) {
        let roles = [(FileRole::Copy, "copy.pdf"), (FileRole::Letter, "letter.pdf"), (FileRole::Index, "index.json")];
        self.pressed_into(&roles, pages).await;
    }

    pub(super) async fn pressed_into(&self, roles: &[(FileRole, &str)], pages: &[BuiltPage]) {
        let package = self.package().await.id;
        let mut files = Vec::new();
        for (role, name) in roles.iter().copied() {
            let mut staging =
                self.hospital.desk().stage_package_file(self.request, "application/pdf", 1 << 20).await.unwrap();
            staging.push(name.as_bytes()).await.unwrap();
            let (media_type, pages) = ("application/pdf".to_owned(), Some(1));
            let staged = staging.finish().await.unwrap();
            files.push(BuiltFile { role, name: name.into(), media_type, pages, sha256: [7; 32], staged });
        }
        let store = StorePackage { request: self.request, package, files, pages: pages.to_vec() };
        self.hospital.desk().work(store).await.unwrap();
    }

    pub(super) async fn hand_over(&self) -> office::Result<()> {
        let version = self.version().await;
        self.hospital.performs(&self.clerk, HandOver::parse(&self.id, &version)).await
    }

    /// A copy of three pages that waits for its check.
    pub(super) async fn handed_over(self) -> Self {
        self.begin().await.unwrap();
        self.pressed(&pages(&FINE)).await;
        self.hand_over().await.unwrap();
        self
    }
}

#[tokio::test]
async fn a_package_is_begun_when_every_part_is_decided_and_holds_what_was_approved() {
    let scene = Scene::verified(&ANA).await;
    let page = scene.copy().await;
    assert_eq!((page.missing, page.may_build), (Some(Refusal::UndecidedItems), false));
    assert_eq!(refusal(scene.begin().await), Refusal::UndecidedItems);

    let scene = Scene::decided().await;
    let page = scene.copy().await;
    assert_eq!((page.missing, page.may_build, page.letter_alone, page.pages), (None, true, false, 4));
    let titles: Vec<_> = page.documents.iter().map(|document| document.title.as_str()).collect();
    assert_eq!(titles, ["Blood count", "Culture"], "what has no date comes last, and no note was asked for");
    let stale = BuildPackage::parse(&scene.id, "another list");
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, stale).await), Refusal::MovedOn);
    scene.begin().await.unwrap();
    assert_eq!(refusal(scene.begin().await), Refusal::PackageUnderWay);
    assert_eq!(scene.headline().await, "preparing");
    let labs = scene.item(Some(Category::Lab)).await;
    let reopen = ReopenDecision::parse(&scene.id, &posted(&labs));
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, reopen).await), Refusal::PackageUnderWay);

    let plan = scene.plan().await.unwrap();
    let titles: Vec<_> = plan.documents.iter().map(|document| document.title.as_str()).collect();
    assert_eq!(titles, ["Blood count", "Culture"]);
    assert_eq!((plan.patient.name.as_str(), plan.patient.record_number.as_deref()), ("Ana Ruiz", Some("MRN-1")));
    assert_eq!(plan.recipient, ["Ana Ruiz"]);
    assert!(matches!(plan.not_given[..], [ref one] if one.category == Some(Category::Vaccine)
        && matches!(&one.why, WhyNot::NotFound(log) if log.facts().systems == ["Main record"])));
    let again = scene.plan().await.unwrap();
    assert_eq!((again.date, again.documents.len()), (plan.date, plan.documents.len()), "the same whenever it is asked");
}

#[tokio::test]
async fn another_persons_document_is_left_out_with_a_reason_and_taken_in_again() {
    let scene = Scene::decided().await;
    let leave_out = |document: &str, reason: &str| LeaveOutDocument::parse(&scene.id, document, reason);
    let before = scene.copy().await;
    let first = before.documents[0].id.to_string();
    assert_eq!(problems(leave_out(&first, "")), [("reason".to_owned(), FieldCode::NothingChosen)]);
    let theirs = crate::cases::document(Category::Lab, "Not hers", None);
    scene.hospital.import(vec![(crate::cases::chart("2", "Ben", "Okoro", None), vec![theirs])]).await;
    let other = "select id::text from app.document where title = 'Not hers'";
    let other = scene.hospital.at.says("postgres", other).await.unwrap().remove(0);
    let refused = scene.hospital.performs(&scene.clerk, leave_out(&other, "duplicate")).await;
    assert_eq!(refusal(refused), Refusal::NotInChart);

    scene.hospital.performs(&scene.clerk, leave_out(&first, "another_person")).await.unwrap();
    let page = scene.copy().await;
    let titles: Vec<_> = page.documents.iter().map(|document| document.title.as_str()).collect();
    assert_eq!((titles.as_slice(), page.pages), (["Culture"].as_slice(), 2));
    let left_out: Vec<_> = page.left_out.iter().map(|one| (one.title.as_str(), one.by.as_str(), one.reason)).collect();
    assert_eq!(left_out, [("Blood count", "Carla Clerk", LeaveOutReason::AnotherPerson)]);
    let stale = BuildPackage::parse(&scene.id, &before.seen);
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, stale).await), Refusal::MovedOn, "it was in that list");

    scene.begin().await.unwrap();
    let take_in = || TakeInDocument::parse(&scene.id, &first);
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, take_in()).await), Refusal::PackageUnderWay);
    let raw = format!(
        "begin; select 'seated' from auth.take_seat('{}', true); delete from app.left_out",
        scene.clerk.seat.as_str()
    );
    let said = scene.hospital.at.says("web_staff", &raw).await.unwrap_err();
    assert!(said.contains("a package stands on this choice"), "{said}");
    let package = scene.package().await.id;
    let fail = FailPackage { request: scene.request, package, reason: FailReason::Stopped };
    scene.hospital.desk().work(fail).await.unwrap();
    scene.hospital.performs(&scene.clerk, take_in()).await.unwrap();
    assert_eq!((scene.copy().await.documents.len(), scene.copy().await.left_out.len()), (2, 0));
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, take_in()).await), Refusal::NotInChart);
}

#[tokio::test]
async fn what_is_left_out_stays_out_in_its_next_version() {
    let scene = Scene::decided().await;
    let first = scene.copy().await.documents[0].id.to_string();
    scene.leave_out(&first, "another_person").await;
    scene.comes_again(&[("Blood count", "amended")]).await;
    let page = scene.copy().await;
    let titles: Vec<_> = page.documents.iter().map(|document| document.title.as_str()).collect();
    let left_out: Vec<_> = page.left_out.iter().map(|one| (one.title.as_str(), one.reason)).collect();
    assert_eq!((titles, left_out), (vec!["Culture"], vec![("Blood count", LeaveOutReason::AnotherPerson)]));
    let next = page.left_out[0].id.to_string();
    assert_ne!(next, first, "it is listed as it is now");
    let records = scene.records().await;
    let shown = records.documents.iter().find(|document| document.title == "Blood count").unwrap();
    assert_eq!(shown.left_out, Some(LeaveOutReason::AnotherPerson));
    assert_eq!(scene.item(Some(Category::Lab)).await.documents, Some(1));
    scene.leave_out(&next, "duplicate").await;
    let again: Vec<_> = scene.copy().await.left_out.iter().map(|one| one.reason).collect();
    assert_eq!(again, [LeaveOutReason::Duplicate], "once, for the reason said last");

    scene.comes_again(&[]).await;
    scene.begin().await.unwrap();
    let raw = format!(
        "begin; select 'seated' from auth.take_seat('{}', true);
         insert into app.package_document (facility_id, package_id, patient_id, position, document_id, item_id)
         select p.facility_id, p.id, p.patient_id, 9, d.id, i.id from app.package p, app.document d, app.item i
         where d.title = 'Blood count' and d.current and i.category = 'lab'",
        scene.clerk.seat.as_str()
    );
    let said = scene.hospital.at.says("web_staff", &raw).await.unwrap_err();
    assert!(said.contains("it is left out"), "the database says so too: {said}");
    let package = scene.package().await.id;
    let fail = FailPackage { request: scene.request, package, reason: FailReason::Stopped };
    scene.hospital.desk().work(fail).await.unwrap();
    let newest = scene.copy().await.left_out[0].id.to_string();
    assert_ne!(newest, next);
    scene.hospital.performs(&scene.clerk, TakeInDocument::parse(&scene.id, &newest)).await.unwrap();
    assert_eq!((scene.copy().await.documents.len(), scene.copy().await.left_out.len()), (2, 0));
}

#[tokio::test]
async fn what_is_taken_in_again_is_not_called_not_found() {
    let scene = Scene::verified(&ANA).await;
    for document in scene.records().await.documents.iter().filter(|document| document.asked_for) {
        scene.leave_out(&document.id.to_string(), "duplicate").await;
    }
    for category in [Category::Lab, Category::Vaccine] {
        let part = scene.item(Some(category)).await;
        scene.nothing_found(&posted(&part)).await;
    }
    let page = scene.copy().await;
    assert_eq!((page.missing, page.letter_alone), (None, true));
    let back = page.left_out[0].id;
    scene.hospital.performs(&scene.clerk, TakeInDocument::parse(&scene.id, &back.to_string())).await.unwrap();
    let page = scene.copy().await;
    assert_eq!((page.missing, page.may_build, page.letter_alone), (Some(Refusal::RecordsFound), false, false));
    assert_eq!(refusal(scene.begin().await), Refusal::RecordsFound);
    let withheld: Vec<_> = scene.records().await.documents.iter().map(|one| one.withheld).collect();
    assert_eq!(withheld, [true, false, true], "each lab's part is decided otherwise; nobody asked for the visit");

    let labs = scene.item(Some(Category::Lab)).await;
    scene.hospital.performs(&scene.clerk, ReopenDecision::parse(&scene.id, &posted(&labs))).await.unwrap();
    scene.labs_given().await;
    assert!(scene.records().await.documents.iter().all(|document| !document.withheld));
    scene.begin().await.unwrap();
    assert_eq!(scene.copy().await.documents.iter().map(|document| document.id).collect::<Vec<_>>(), [back]);
}

#[tokio::test]
async fn what_is_imported_after_the_last_decision_is_decided_on_before_the_copy_is_built() {
    let scene = Scene::decided().await;
    let mut documents = super::her_documents();
    let (first, last) = (Some(date(1950, 7, 27)), Some(date(2024, 3, 3)));
    documents.push(Document { until: last, ..crate::cases::document(Category::Vaccine, "Vaccines", first) });
    scene.hospital.import(vec![(super::her_chart(), documents)]).await;
    assert_eq!(scene.copy().await.missing, Some(Refusal::RecordsFound));
    assert_eq!(refusal(scene.begin().await), Refusal::RecordsFound);
    let records = scene.records().await;
    let vaccines = records.documents.iter().find(|document| document.title == "Vaccines").unwrap();
    assert_eq!(vaccines.care, DatesOfService { first, last }, "a list of years is not of its first day");
    scene.leave_out(&vaccines.id.to_string(), "another_person").await;
    assert_eq!(scene.copy().await.left_out[0].care, DatesOfService { first, last });
    scene.begin().await.unwrap();
}

#[tokio::test]
async fn a_copy_is_kept_in_when_its_source_takes_back_what_is_in_it() {
    let scene = Scene::decided().await;
    let raw = |who: &Seated, to: &str| {
        format!(
            "begin; select 'seated' from auth.take_seat('{}', true);
             update app.package set status = '{to}' where status in ('built', 'checking')",
            who.seat.as_str()
        )
    };
    scene.begin().await.unwrap();
    scene.pressed(&pages(&FINE)).await;
    scene.comes_again(&[("Blood count", "amended")]).await;
    scene.hand_over().await.unwrap();
    let checker = scene.checker().await;
    scene.see_all(&checker).await;
    let taken_back = ("Blood count", "entered_in_error");
    scene.comes_again(&[taken_back]).await;
    assert_eq!(refusal(scene.release(&checker).await), Refusal::DecisionsChanged);
    let said = scene.hospital.at.says("web_staff", &raw(&checker, "released")).await.unwrap_err();
    assert!(said.contains("taken back since"), "the database says so too: {said}");
    let (version, wrong) = (scene.version().await, ["taken_back".to_owned()]);
    scene.hospital.performs(&checker, ReturnPackage::parse(&scene.id, &version, &wrong, "", "")).await.unwrap();

    scene.begin().await.unwrap();
    let titles: Vec<_> = scene.copy().await.documents.into_iter().map(|document| document.title).collect();
    assert_eq!(titles, ["Culture"]);
    scene.pressed(&pages(&FINE[..2])).await;
    scene.comes_again(&[taken_back, ("Culture", "entered_in_error")]).await;
    assert_eq!(refusal(scene.hand_over().await), Refusal::DecisionsChanged);
    let said = scene.hospital.at.says("web_staff", &raw(&scene.clerk, "checking")).await.unwrap_err();
    assert!(said.contains("taken back since"), "{said}");
    let version = scene.version().await;
    scene.hospital.performs(&scene.clerk, SetAsidePackage::parse(&scene.id, &version, &wrong, "", "")).await.unwrap();
    assert_eq!(scene.copy().await.missing, Some(Refusal::EmptyPackage), "nothing of that part is left to give");
}

#[tokio::test]
async fn a_copy_is_kept_in_when_what_its_letter_calls_not_found_comes_in() {
    let scene = Scene::decided().await;
    scene.begin().await.unwrap();
    scene.pressed(&pages(&FINE)).await;
    scene.hand_over().await.unwrap();
    let checker = scene.checker().await;
    scene.see_all(&checker).await;
    scene.vaccines_come().await;
    assert_eq!(refusal(scene.release(&checker).await), Refusal::RecordsCame);
    let (version, wrong) = (scene.version().await, ["missing".to_owned()]);
    scene.hospital.performs(&checker, ReturnPackage::parse(&scene.id, &version, &wrong, "", "")).await.unwrap();
    let vaccines = scene.item(Some(Category::Vaccine)).await;
    scene.hospital.performs(&scene.clerk, ReopenDecision::parse(&scene.id, &posted(&vaccines))).await.unwrap();
}

#[tokio::test]
async fn a_letter_is_kept_in_by_records_that_came_after_it_was_built() {
    let scene = Scene::without_records().await;
    scene.begin().await.unwrap();
    scene.pressed(&pages(&FINE[..1])).await;
    scene.vaccines_come().await;
    assert_eq!(refusal(scene.hand_over().await), Refusal::RecordsCame);
    let (version, wrong) = (scene.version().await, ["missing".to_owned()]);
    scene.hospital.performs(&scene.clerk, SetAsidePackage::parse(&scene.id, &version, &wrong, "", "")).await.unwrap();
    let page = scene.copy().await;
    assert_eq!((page.missing, page.letter_alone), (Some(Refusal::RecordsFound), false));
}

#[tokio::test]
async fn a_letter_alone_is_spoken_of_once_all_is_decided() {
    let scene = Scene::verified(&ANA).await;
    assert!(!scene.copy().await.letter_alone, "nothing is decided yet");
    let scene = Scene::without_records().await;
    assert!(scene.copy().await.letter_alone);
}

#[tokio::test]
async fn whoever_takes_the_case_over_sets_aside_what_another_built() {
    let scene = Scene::decided().await;
    scene.begin().await.unwrap();
    scene.pressed(&pages(&FINE)).await;
    let dan = scene.hospital.staff("Dan Clerk", Role::Clerk).await;
    scene.hospital.performs(&dan, TakeOver::parse(&scene.id, "Carla is away")).await.unwrap();
    let shown = scene.hospital.performs(&dan, LookAtCopy::parse(&scene.id)).await.unwrap().package.unwrap();
    assert_eq!((shown.may_hand_over, shown.may_set_aside), (false, true));
    let version = shown.version.0.to_string();
    let handed = scene.hospital.performs(&dan, HandOver::parse(&scene.id, &version)).await;
    assert_eq!(refusal(handed), Refusal::NotBuilder);
    let wrong = ["missing".to_owned()];
    scene.hospital.performs(&dan, SetAsidePackage::parse(&scene.id, &version, &wrong, "", "")).await.unwrap();
    let seen = scene.hospital.performs(&dan, LookAtCopy::parse(&scene.id)).await.unwrap().seen;
    scene.hospital.performs(&dan, BuildPackage::parse(&scene.id, &seen)).await.unwrap();
}

#[tokio::test]
async fn a_chart_that_the_check_found_to_be_wrong_is_taken_off_with_what_was_decided_on_it() {
    let scene = Scene::decided().await.handed_over().await;
    let checker = scene.checker().await;
    let unmatch = async || {
        let seen = scene.charts(SearchTyped::default()).await.version.0.to_string();
        scene.hospital.performs(&scene.clerk, UnmatchChart::parse(&scene.id, &seen)).await
    };
    assert_eq!(refusal(unmatch().await), Refusal::PackageUnderWay);
    let (version, wrong) = (scene.version().await, ["wrong_patient".to_owned()]);
    scene.hospital.performs(&checker, ReturnPackage::parse(&scene.id, &version, &wrong, "", "Not hers")).await.unwrap();
    assert!(scene.charts(SearchTyped::default()).await.may_unmatch);
    unmatch().await.unwrap();
    let states: Vec<_> = scene.records().await.items.iter().map(|item| item.state.code()).collect();
    assert_eq!(states, ["pending", "pending"]);
    assert_eq!(scene.copy().await.missing, Some(Refusal::NoMatch));
    scene.match_first().await.unwrap();
    assert_eq!(scene.copy().await.missing, Some(Refusal::UndecidedItems));
}

#[tokio::test]
async fn what_the_press_could_not_confirm_is_answered_for_before_the_check() {
    let scene = Scene::decided().await;
    scene.begin().await.unwrap();
    scene.pressed(&pages(&[PageCheck::Confirmed, PageCheck::CannotConfirm, PageCheck::Blank])).await;
    let package = scene.package().await;
    assert_eq!((package.stage, package.pages, package.may_hand_over), (PackageStage::Built, Some(3), true));
    assert_eq!(package.files.len(), 2, "the index is nobody's");
    let found: Vec<_> = package.findings.iter().map(|found| (found.page, found.check)).collect();
    assert_eq!(found, [(2, PageCheck::CannotConfirm), (3, PageCheck::Blank)]);
    assert_eq!(package.findings[0].document.as_deref(), Some("Blood count"));
    assert_eq!(refusal(scene.hand_over().await), Refusal::PageCheckOpen);
    let raw = format!(
        "begin; select 'seated' from auth.take_seat('{}', true); update app.package set status = 'checking'",
        scene.clerk.seat.as_str()
    );
    let said = scene.hospital.at.says("web_staff", &raw).await.unwrap_err();
    assert!(said.contains("page check open"), "the database says so too: {said}");

    let all: Vec<String> = package.findings.iter().map(|found| found.n.to_string()).collect();
    let version = package.version.0.to_string();
    let answer = |which: &[String], reason| OverrideFindings::parse(&scene.id, &version, which, reason);
    let none = problems(scene.hospital.performs(&scene.clerk, answer(&[], " ")).await);
    assert_eq!(none, [("reason".into(), FieldCode::Missing), ("findings".into(), FieldCode::NothingChosen)]);
    let other = ["99".to_owned()];
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, answer(&other, "read it")).await), Refusal::NoSuchFinding);
    scene.hospital.performs(&scene.clerk, answer(&all, "A scan; I read the name on it")).await.unwrap();
    let stale = scene.hospital.performs(&scene.clerk, answer(&all, "again")).await;
    assert_eq!(refusal(stale), Refusal::MovedOn);
    let package = scene.package().await;
    let answered = package.findings[1].overridden.as_ref().unwrap();
    assert_eq!((answered.by.as_str(), answered.reason.as_str()), ("Carla Clerk", "A scan; I read the name on it"));
    scene.hand_over().await.unwrap();
    assert_eq!(scene.headline().await, "quality_check");
}

#[tokio::test]
async fn a_package_that_failed_or_was_set_aside_makes_way_for_another() {
    let scene = Scene::decided().await;
    scene.begin().await.unwrap();
    let first = scene.package().await.id;
    let fail = || FailPackage { request: scene.request, package: first, reason: FailReason::UnreadableDocument };
    scene.hospital.desk().work(fail()).await.unwrap();
    let package = scene.package().await;
    assert_eq!((package.stage, package.failure), (PackageStage::Failed, Some(FailReason::UnreadableDocument)));
    assert!(scene.plan().await.is_none(), "nothing is built any more");

    scene.begin().await.unwrap();
    scene.hospital.desk().work(fail()).await.unwrap();
    assert_eq!(scene.package().await.stage, PackageStage::Building, "an old job fails nothing but its own");
    scene.pressed(&pages(&FINE)).await;
    scene.pressed(&pages(&[PageCheck::Blank])).await;
    assert_eq!(scene.package().await.pages, Some(3), "a build that comes second is not kept");

    let version = scene.version().await;
    let aside = |codes: &[String], page| SetAsidePackage::parse(&scene.id, &version, codes, page, "Pages upside down");
    let nothing = problems(scene.hospital.performs(&scene.clerk, aside(&[], "x")).await);
    assert_eq!(nothing, [("codes".into(), FieldCode::NothingChosen), ("page".into(), FieldCode::NumberNotDigits)]);
    let wrong = ["wrong_format".to_owned()];
    for page in ["0", "4", "3000000000"] {
        let refused = scene.hospital.performs(&scene.clerk, aside(&wrong, page)).await;
        assert_eq!(refusal(refused), Refusal::NoSuchPage, "{page}");
    }
    scene.hospital.performs(&scene.clerk, aside(&wrong, "2")).await.unwrap();
    let package = scene.package().await;
    let returned = package.returned.unwrap();
    assert_eq!((returned.by.as_str(), returned.errors[0].page), ("Carla Clerk", Some(2)));
    assert_eq!(returned.errors[0].note.as_deref(), Some("Pages upside down"));
    scene.begin().await.unwrap();
    assert_eq!(
        scene.told().await.iter().filter(|entry| entry.starts_with("package.")).collect::<Vec<_>>(),
        ["package.failed", "package.built", "package.set_aside"]
    );
}

#[tokio::test]
async fn a_package_that_no_job_builds_any_more_is_given_up_within_a_day() {
    let scene = Scene::decided().await;
    scene.begin().await.unwrap();
    assert_eq!(scene.hospital.desk().sweep().await.unwrap().packages, 0);
    let old = "set session_replication_role = replica; update app.package set created_at = now() - interval '25 hours'";
    scene.hospital.at.says("postgres", old).await.unwrap();
    assert_eq!(scene.hospital.desk().sweep().await.unwrap().packages, 1);
    let package = scene.package().await;
    assert_eq!((package.stage, package.failure), (PackageStage::Failed, Some(FailReason::Stopped)));
    scene.begin().await.unwrap();
}

#[tokio::test]
async fn where_nothing_was_found_the_letter_goes_alone() {
    let scene = Scene::without_records().await;
    let page = scene.copy().await;
    assert_eq!((page.letter_alone, page.may_build, page.documents.len()), (true, true, 0));
    scene.begin().await.unwrap();
    let plan = scene.plan().await.unwrap();
    assert!(plan.documents.is_empty() && plan.not_given.len() == 1);
    scene.pressed(&pages(&[PageCheck::Confirmed])).await;
    scene.hand_over().await.unwrap();
}

#[tokio::test]
async fn the_database_lets_in_no_document_of_another_chart_or_of_a_part_that_is_not_approved() {
    let scene = Scene::decided().await;
    scene
        .hospital
        .import(vec![(
            crate::cases::chart("2", "Ben", "Okoro", None),
            vec![crate::cases::document(Category::Lab, "Not hers", None)],
        )])
        .await;
    scene.begin().await.unwrap();
    let add = |document: &str, item: &str| {
        format!(
            "begin; select 'seated' from auth.take_seat('{}', true);
             insert into app.package_document (facility_id, package_id, patient_id, position, document_id, item_id)
             select p.facility_id, p.id, p.patient_id, 9, d.id, i.id from app.package p, app.document d, app.item i
             where d.title = '{document}' and i.category = '{item}'",
            scene.clerk.seat.as_str()
        )
    };
    let said = scene.hospital.at.says("web_staff", &add("Not hers", "lab")).await.unwrap_err();
    assert!(said.contains("foreign key"), "{said}");
    let said = scene.hospital.at.says("web_staff", &add("Visit", "vaccine")).await.unwrap_err();
    assert!(said.contains("not of an approved part"), "{said}");
    let said = scene.hospital.at.says("web_staff", &add("Blood count", "lab")).await.unwrap_err();
    assert!(said.contains("once_in_a_package"), "{said}");
}
