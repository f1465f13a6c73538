//! The check: a second person sees every page, and releases or sends back.

use domain::{caller::Role, package::FileRole, refusal::Refusal, shown::worklist::CheckPage};
use office::worklist::{LookAtCheck, OpenPackageFile, ReleasePackage, ReturnPackage, SeePage};

use super::{
    Scene,
    copy::{FINE, pages},
    refusal,
};
use crate::people::Seated;

impl Scene {
    pub(super) async fn checker(&self) -> Seated {
        self.hospital.staff("Marcus Checker", Role::Clerk).await
    }

    pub(super) async fn look(&self, who: &Seated, page: &str) -> office::Result<CheckPage> {
        self.hospital.performs(who, LookAtCheck::parse(&self.id, page)).await
    }

    pub(super) async fn see(&self, who: &Seated, page: u32) -> office::Result<Option<u32>> {
        let version = self.version().await;
        self.hospital.performs(who, SeePage::parse(&self.id, &version, &page.to_string())).await
    }

    pub(super) async fn see_all(&self, who: &Seated) {
        for page in 1..=3 {
            self.see(who, page).await.unwrap();
        }
    }

    pub(super) async fn release(&self, who: &Seated) -> office::Result<()> {
        let version = self.version().await;
        self.hospital.performs(who, ReleasePackage::parse(&self.id, &version)).await
    }

    /// Released by somebody else.
    pub(super) async fn released(self) -> Self {
        let scene = self.handed_over().await;
        let checker = scene.checker().await;
        scene.see_all(&checker).await;
        scene.release(&checker).await.unwrap();
        scene
    }
}

#[tokio::test]
async fn every_page_is_seen_by_a_second_clerk_before_it_is_released() {
    let scene = Scene::decided().await.handed_over().await;
    let checker = scene.checker().await;
    let page = scene.look(&checker, "").await.unwrap();
    assert_eq!((page.page.n, page.pages, page.unseen, page.next_unseen), (1, 3, 3, Some(1)));
    assert_eq!((page.not_checker, page.builder.as_str()), (None, "Carla Clerk"));
    assert_eq!(page.whose.record_number.as_deref(), Some("MRN-1"));
    assert_eq!(page.outline.iter().map(|part| (part.page, part.unseen)).collect::<Vec<_>>(), [(2, 1), (3, 1)]);
    let again = scene.look(&checker, "2").await.unwrap();
    assert_eq!(again.page.picture, page.page.picture, "the copy is opened once, not once a page");
    assert_eq!(again.page.document.unwrap().title, "Blood count");

    assert_eq!(scene.see(&checker, 1).await.unwrap(), Some(2));
    assert_eq!(refusal(scene.release(&checker).await), Refusal::UnseenPages);
    assert_eq!(scene.see(&checker, 3).await.unwrap(), Some(2), "from the beginning again");
    assert_eq!(refusal(scene.see(&checker, 4).await), Refusal::NoSuchPage);
    assert_eq!(scene.see(&checker, 2).await.unwrap(), None);
    scene.release(&checker).await.unwrap();
    assert_eq!(scene.headline().await, "ready");
    assert_eq!(refusal(scene.release(&checker).await), Refusal::PackageNotChecking, "and not twice");
    assert_eq!(scene.count("app.delivery where status = 'offered' and way = 'portal'").await, "1");
    assert_eq!(scene.count("app.notice where kind = 'n8' and status = 'waiting'").await, "1");
    assert!(scene.told().await.contains(&"package.released".to_owned()));
}

#[tokio::test]
async fn who_built_it_checks_nothing_and_the_database_says_so_too() {
    let scene = Scene::decided().await.handed_over().await;
    let page = scene.look(&scene.clerk, "").await.unwrap();
    assert_eq!(page.not_checker, Some(Refusal::SamePerson));
    assert_eq!(refusal(scene.see(&scene.clerk, 1).await), Refusal::SamePerson);
    assert_eq!(refusal(scene.release(&scene.clerk).await), Refusal::SamePerson);
    let release = |who: &Seated, before: &str| {
        format!(
            "begin; select 'seated' from auth.take_seat('{}', true); {before}
             update app.package set status = 'released', released_at = now()",
            who.seat.as_str()
        )
    };
    let all = "insert into app.page_seen (facility_id, package_id, n, person_id)
               select facility_id, package_id, n, auth.person_id() from app.package_page;";
    let said = scene.hospital.at.says("web_staff", &release(&scene.clerk, all)).await.unwrap_err();
    assert!(said.contains("two_people"), "{said}");
    let checker = scene.checker().await;
    let said = scene.hospital.at.says("web_staff", &release(&checker, "")).await.unwrap_err();
    assert!(said.contains("unseen pages"), "{said}");
    let unverified = format!("{all} update app.verification set method = null;");
    let said = scene.hospital.at.says("web_staff", &release(&checker, &unverified)).await.unwrap_err();
    assert!(said.contains("not verified"), "{said}");
}

#[tokio::test]
async fn the_database_lets_nobody_build_or_release_a_copy_of_their_own_records() {
    let own = |who: &Seated| {
        format!("set session_replication_role = replica; update app.request set requester_id = '{}'", who.person)
    };
    let raw = |who: &Seated, statement: &str| {
        format!("begin; select 'seated' from auth.take_seat('{}', true); {statement}; rollback", who.seat.as_str())
    };
    let scene = Scene::decided().await;
    let build = "insert into app.package (facility_id, id, request_id, patient_id, status)
                 select facility_id, gen_random_uuid(), id, patient_id, 'building' from app.request";
    scene.hospital.at.says("web_staff", &raw(&scene.clerk, build)).await.unwrap();
    scene.hospital.at.says("postgres", &own(&scene.clerk)).await.unwrap();
    let said = scene.hospital.at.says("web_staff", &raw(&scene.clerk, build)).await.unwrap_err();
    assert!(said.contains("one's own"), "{said}");

    let scene = Scene::decided().await.handed_over().await;
    let checker = scene.checker().await;
    scene.see_all(&checker).await;
    let release = "update app.package set status = 'released', released_at = now()";
    scene.hospital.at.says("web_staff", &raw(&checker, release)).await.unwrap();
    scene.hospital.at.says("postgres", &own(&checker)).await.unwrap();
    let said = scene.hospital.at.says("web_staff", &raw(&checker, release)).await.unwrap_err();
    assert!(said.contains("one's own"), "{said}");
}

#[tokio::test]
async fn a_file_beside_the_copy_is_opened_by_who_releases_it() {
    let scene = Scene::decided().await;
    scene.begin().await.unwrap();
    let roles = [(FileRole::Copy, "copy.pdf"), (FileRole::Beside, "document-002.pdf"), (FileRole::Index, "index.json")];
    scene.pressed_into(&roles, &pages(&FINE)).await;
    scene.hand_over().await.unwrap();
    let checker = scene.checker().await;
    scene.see_all(&checker).await;
    assert_eq!(scene.look(&checker, "1").await.unwrap().unopened, 1);
    assert_eq!(refusal(scene.release(&checker).await), Refusal::UnseenFiles);
    let raw = format!(
        "begin; select 'seated' from auth.take_seat('{}', true);
         update app.package set status = 'released', released_at = now()",
        checker.seat.as_str()
    );
    let said = scene.hospital.at.says("web_staff", &raw).await.unwrap_err();
    assert!(said.contains("unseen files"), "the database says so too: {said}");
    scene.hospital.performs(&checker, OpenPackageFile::parse(&scene.id, "2")).await.unwrap();
    scene.release(&checker).await.unwrap();
}

#[tokio::test]
async fn of_two_who_release_at_once_one_does() {
    let scene = Scene::decided().await.handed_over().await;
    let (first, second) =
        (scene.checker().await, scene.hospital.staff("Priya Checker", domain::caller::Role::Clerk).await);
    scene.see_all(&first).await;
    scene.see_all(&second).await;
    let done = tokio::join!(scene.release(&first), scene.release(&second));
    let refused = match done {
        (Ok(()), refused) | (refused, Ok(())) => refusal(refused),
        both => panic!("neither released: {both:?}"),
    };
    assert!(matches!(refused, Refusal::PackageNotChecking | Refusal::MovedOn), "{refused}");
    assert_eq!(scene.count("app.delivery").await, "1");
    assert_eq!(scene.count("app.notice where kind = 'n8'").await, "1");
}

#[tokio::test]
async fn what_is_sent_back_is_built_anew_and_every_page_is_seen_again() {
    let scene = Scene::decided().await.handed_over().await;
    let checker = scene.checker().await;
    scene.see_all(&checker).await;
    let version = scene.version().await;
    let wrong = ["wrong_patient".to_owned(), "illegible".to_owned()];
    let back = |version: &str| ReturnPackage::parse(&scene.id, version, &wrong, "3", "The second lab is not hers");
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, back(&version)).await), Refusal::SamePerson);
    assert_eq!(refusal(scene.hospital.performs(&checker, back("1")).await), Refusal::MovedOn);
    scene.hospital.performs(&checker, back(&version)).await.unwrap();
    assert_eq!(scene.headline().await, "preparing");
    let returned = scene.package().await.returned.unwrap();
    assert_eq!((returned.by.as_str(), returned.errors.len()), ("Marcus Checker", 2));
    assert_eq!(returned.errors[1].note.as_deref(), Some("The second lab is not hers"));
    assert_eq!(refusal(scene.look(&checker, "").await.map(drop)), Refusal::PackageNotChecking);

    scene.begin().await.unwrap();
    scene.pressed(&pages(&super::copy::FINE)).await;
    scene.hand_over().await.unwrap();
    assert_eq!(scene.look(&checker, "").await.unwrap().unseen, 3);
    // a page of the copy that was sent back, still open in a tab
    let stale = SeePage::parse(&scene.id, &version, "1");
    assert_eq!(refusal(scene.hospital.performs(&checker, stale).await.map(drop)), Refusal::MovedOn);
    assert_eq!(refusal(scene.hospital.performs(&checker, back(&version)).await), Refusal::MovedOn);
    let page = scene.look(&checker, "1").await.unwrap();
    assert_eq!((page.page.seen, page.unseen), (false, 3));
}

#[tokio::test]
async fn a_request_that_is_withdrawn_during_the_check_is_not_released() {
    let scene = Scene::decided().await.handed_over().await;
    let checker = scene.checker().await;
    scene.see_all(&checker).await;
    let version = scene
        .hospital
        .at
        .says("postgres", &format!("select version::text from app.request where id = '{}'", scene.request.id))
        .await
        .unwrap()
        .remove(0);
    let withdraw = office::requests::WithdrawRequest::parse(&scene.id, &version);
    scene.hospital.performs(&scene.patient, withdraw).await.unwrap();
    assert_eq!(refusal(scene.release(&checker).await), Refusal::RequestClosed);
}
