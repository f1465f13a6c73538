//! After the release: the requester opens it, or somebody picks it up, and the request closes.

use domain::{
    caller::{Role, Side},
    form::FieldCode,
    refusal::Refusal,
    status::Headline,
};
use jiff::{SignedDuration, civil::Date};
use office::{
    front_desk::{CollectCopy, LookAtCollect},
    jobs::CloseRequest,
    requests::{ConfirmComplete, MyRequests, OneRequest, OpenCopy},
    worklist::{LookAtRelease, OpenPackageFile, PrintCopy},
};

use super::{Scene, problems, refusal};
use crate::people::Seated;

impl Scene {
    async fn open(&self, who: &Seated, position: &str) -> office::Result<office::requests::CopyOpening> {
        self.hospital.performs(who, OpenCopy::parse(&self.id, position)).await
    }

    async fn one(&self) -> domain::shown::requests::One {
        self.hospital.performs(&self.patient, OneRequest::parse(&self.id)).await.unwrap()
    }

    /// Where it stands on her list of open ones, and by when that promises an answer.
    async fn promised(&self) -> (Headline, Option<Date>) {
        let mine = self.hospital.performs(&self.patient, Ok(MyRequests)).await.unwrap();
        (mine.open[0].headline, mine.open[0].due_on)
    }

    async fn outcome(&self) -> String {
        let sql = format!("select coalesce(outcome, status) from app.request where id = '{}'", self.request.id);
        self.hospital.at.says("postgres", &sql).await.unwrap().remove(0)
    }

    async fn picked_up(self) -> Self {
        // as it was asked: no act changes the way afterwards
        let sql = format!(
            "set session_replication_role = replica; update app.request set delivery = 'pick_up' where id = '{}'",
            self.request.id
        );
        self.hospital.at.says("postgres", &sql).await.unwrap();
        self.released().await
    }
}

#[tokio::test]
async fn the_requester_opens_the_copy_and_nobody_else_does() {
    let scene = Scene::decided().await;
    assert!(scene.one().await.copy.is_none());
    assert_eq!(refusal(scene.open(&scene.patient, "1").await), Refusal::NotReleased);
    let scene = scene.released().await;
    assert!(!scene.one().await.status.letter_alone);
    let copy = scene.one().await.copy.unwrap();
    let names: Vec<_> = copy.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!((names, copy.opened), (vec!["copy.pdf", "letter.pdf"], None), "the index is nobody's");
    let stranger = scene.hospital.patient("Ben Okoro").await;
    assert_eq!(refusal(scene.open(&stranger, "1").await), Refusal::NotFound);
    assert_eq!(refusal(scene.open(&scene.patient, "3").await), Refusal::NotFound);

    let first = scene.open(&scene.patient, "1").await.unwrap();
    scene.open(&scene.patient, "2").await.unwrap();
    assert_eq!(scene.headline().await, "delivered");
    assert_eq!(scene.told().await.iter().filter(|entry| *entry == "delivery.opened").count(), 1);
    assert_eq!(
        scene.count("app.outbox where task = 'close_request' and not_before > now() + interval '13 days'").await,
        "1"
    );

    let desk = scene.hospital.desk();
    let (seat, facility) = (&scene.patient.seat, first.facility);
    let opened = desk.opened(seat, Side::Patient, facility, first.opening).await.unwrap();
    assert_eq!((opened.name(), opened.media_type()), (Some("copy.pdf"), "application/pdf"));
    assert_eq!(opened.range(0..opened.length()).await.unwrap(), b"copy.pdf");
    assert!(desk.opened(&stranger.seat, Side::Patient, facility, first.opening).await.is_err());
    let elsewhere = scene.hospital.sign_in("ana.ruiz@mail.example", Side::Patient).await;
    assert!(desk.opened(&elsewhere, Side::Patient, facility, first.opening).await.is_err(), "in that session alone");

    let recall = "update app.package set status = 'recalled' where status = 'released'";
    let recall = format!(
        "begin; select 'seated' from auth.take_seat('{}', true); {recall};
        select audit.append('{facility}', 'try', 'done'); commit; select 'committed'",
        scene.clerk.seat.as_str()
    );
    scene.hospital.at.says("web_staff", &recall).await.unwrap();
    assert!(opened.range(0..1).await.is_err(), "a recall ends the reading");
    assert_eq!(refusal(scene.open(&scene.patient, "1").await), Refusal::NotReleased);
}

#[tokio::test]
async fn who_has_the_answer_is_not_promised_one_by_a_day() {
    let scene = Scene::decided().await;
    let (_, due_on) = scene.promised().await;
    assert!(due_on.is_some(), "there is no answer yet");
    let scene = scene.released().await;
    assert_eq!(scene.promised().await, (Headline::Ready, None));
    scene.open(&scene.patient, "1").await.unwrap();
    assert_eq!(scene.promised().await, (Headline::Delivered, None));
}

#[tokio::test]
async fn a_request_closes_two_weeks_after_it_was_opened_or_when_its_requester_says_so() {
    let scene = Scene::decided().await.released().await;
    let version = scene.one().await.version.0.to_string();
    let confirm = || ConfirmComplete::parse(&scene.id, &version);
    assert_eq!(refusal(scene.hospital.performs(&scene.patient, confirm()).await), Refusal::NotDelivered);
    scene.open(&scene.patient, "1").await.unwrap();
    assert!(!scene.hospital.desk().work(CloseRequest(scene.request)).await.unwrap(), "too soon");
    assert_eq!(scene.outcome().await, "open");
    assert!(scene.one().await.copy.unwrap().may_confirm);
    scene.hospital.performs(&scene.patient, confirm()).await.unwrap();
    assert_eq!(scene.outcome().await, "fulfilled");
    assert!(!scene.one().await.copy.unwrap().may_confirm, "said once");
    scene.open(&scene.patient, "1").await.unwrap();

    let scene = Scene::decided().await.released().await;
    scene.open(&scene.patient, "1").await.unwrap();
    let later = scene.hospital.at.desk_later(SignedDuration::from_hours(24 * 14 + 1));
    assert!(later.work(CloseRequest(scene.request)).await.unwrap());
    assert_eq!(scene.outcome().await, "fulfilled");
}

#[tokio::test]
async fn a_letter_alone_closes_as_no_records() {
    let scene = Scene::without_records().await;
    scene.begin().await.unwrap();
    scene.pressed(&super::copy::pages(&[domain::package::PageCheck::Confirmed])).await;
    scene.hand_over().await.unwrap();
    let checker = scene.checker().await;
    scene.see(&checker, 1).await.unwrap();
    scene.release(&checker).await.unwrap();
    let ready = scene.one().await.status;
    assert!(ready.headline == Headline::Ready && ready.letter_alone, "there are no records to speak of");
    scene.open(&scene.patient, "1").await.unwrap();
    let version = scene.one().await.version.0.to_string();
    scene.hospital.performs(&scene.patient, ConfirmComplete::parse(&scene.id, &version)).await.unwrap();
    assert_eq!(scene.outcome().await, "no_records");
}

#[tokio::test]
async fn a_copy_is_printed_by_a_clerk_and_handed_out_to_who_shows_who_they_are() {
    let scene = Scene::decided().await.picked_up().await;
    let desk = scene.hospital.staff("Fay Desk", Role::FrontDesk).await;
    assert!(scene.one().await.copy.is_none(), "it is not in the portal");
    assert_eq!(refusal(scene.open(&scene.patient, "1").await), Refusal::AnotherDelivery);
    let waiting = || LookAtCollect::parse(&scene.id);
    let page = scene.hospital.performs(&desk, waiting()).await.unwrap();
    assert_eq!((page.recipient.as_str(), page.printed_on), ("Ana Ruiz", None));
    let collect =
        |version: &str, evidence: &str, name: &str| CollectCopy::parse(&scene.id, version, evidence, "", name);
    let version = page.version.0.to_string();
    let unprinted = scene.hospital.performs(&desk, collect(&version, "passport", "Ana Ruiz")).await;
    assert_eq!(refusal(unprinted), Refusal::NotPrinted);

    // a file to save on a disc is opened like this, and its page lists it beside those to print
    scene.hospital.performs(&scene.clerk, OpenPackageFile::parse(&scene.id, "1")).await.unwrap();
    let page = scene.hospital.performs(&desk, waiting()).await.unwrap();
    assert_eq!(page.printed_on, None, "what is opened to be saved is not printed");

    let print = || PrintCopy::parse(&scene.id, "1");
    assert_eq!(refusal(scene.hospital.performs(&desk, print()).await), Refusal::NotAllowed, "it holds the record");
    let opening = scene.hospital.performs(&scene.clerk, print()).await.unwrap();
    let opened =
        scene.hospital.desk().opened(&scene.clerk.seat, Side::Staff, opening.facility, opening.opening).await.unwrap();
    assert_eq!(opened.range(0..8).await.unwrap(), b"copy.pdf");
    let shown = scene.hospital.performs(&scene.clerk, LookAtRelease::parse(&scene.id)).await.unwrap().delivery.unwrap();
    assert_eq!((shown.builder.as_str(), shown.checker.as_str()), ("Carla Clerk", "Marcus Checker"));
    assert_eq!(shown.printed.unwrap().0, "Carla Clerk");

    let wrong = problems(scene.hospital.performs(&desk, collect(&version, "other", "")).await);
    assert_eq!(wrong[0], ("evidence_name".into(), FieldCode::Missing));
    assert_eq!(
        refusal(scene.hospital.performs(&desk, collect(&version, "passport", "Ana Ruiz")).await),
        Refusal::MovedOn
    );
    let version = scene.hospital.performs(&desk, waiting()).await.unwrap().version.0.to_string();
    scene.hospital.performs(&desk, collect(&version, "passport", "Ana Ruiz")).await.unwrap();
    assert_eq!(scene.headline().await, "delivered");
    let page = scene.hospital.performs(&desk, waiting()).await.unwrap();
    assert_eq!(page.collected.unwrap().0, "Fay Desk");
    let again = scene.hospital.performs(&desk, collect(&page.version.0.to_string(), "passport", "Ana Ruiz")).await;
    assert_eq!(refusal(again), Refusal::AlreadyCollected);
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, print()).await), Refusal::AlreadyCollected);
    let shown = scene.hospital.performs(&scene.clerk, LookAtRelease::parse(&scene.id)).await.unwrap().delivery.unwrap();
    assert_eq!(shown.collected.unwrap().signed_name, "Ana Ruiz");

    let packages = format!(
        "begin; select 'seated' from auth.take_seat('{}', true); select count(*)::text from app.package",
        desk.seat.as_str()
    );
    assert_eq!(scene.hospital.at.says("web_staff", &packages).await.unwrap().last().unwrap(), "0");
}

#[tokio::test]
async fn a_clerk_reads_a_file_of_the_copy_under_an_opening() {
    let scene = Scene::decided().await.handed_over().await;
    let checker = scene.checker().await;
    let open = |position| OpenPackageFile::parse(&scene.id, position);
    assert_eq!(refusal(scene.hospital.performs(&checker, open("3")).await), Refusal::NotFound, "never the index");
    let opening = scene.hospital.performs(&checker, open("2")).await.unwrap();
    let desk = scene.hospital.desk();
    let opened = desk.opened(&checker.seat, Side::Staff, opening.facility, opening.opening).await.unwrap();
    assert_eq!(opened.range(0..opened.length()).await.unwrap(), b"letter.pdf");
    assert!(desk.opened(&scene.clerk.seat, Side::Staff, opening.facility, opening.opening).await.is_err());
}

#[tokio::test]
async fn a_download_goes_on_and_is_taken_up_again_for_as_long_as_the_session_lasts() {
    let scene = Scene::decided().await.released().await;
    let copy = scene.open(&scene.patient, "1").await.unwrap();
    let (desk, seat) = (scene.hospital.desk(), &scene.patient.seat);
    let under_way = desk.opened(seat, Side::Patient, copy.facility, copy.opening).await.unwrap();
    let hours_later =
        "set session_replication_role = replica; update app.opening set until = until - interval '7 hours'";
    scene.hospital.at.says("postgres", hours_later).await.unwrap();
    assert!(under_way.range(0..1).await.is_ok());
    assert!(desk.opened(seat, Side::Patient, copy.facility, copy.opening).await.is_ok());
    desk.end_session(seat).await.unwrap();
    assert!(under_way.range(0..1).await.is_err(), "a sign-out ends it");
}
