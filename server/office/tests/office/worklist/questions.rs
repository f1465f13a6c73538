//! What is asked back.

use domain::{
    caller::Role, form::FieldCode, notice::NoticeKind, question::WayToAnswer, refusal::Refusal, timeline::Entry,
};
use office::{
    front_desk::PrintNotice,
    worklist::{AskQuestion, ClaimRequest, LookAtCase, LookAtHistory, LookAtQuestion, RecordAnswer},
};

use super::{Scene, problems, refusal};
use crate::{
    cases::{ANA, Asks},
    front_desk,
};

fn ways(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[tokio::test]
async fn a_question_has_a_reason_words_and_two_ways_to_answer() {
    let scene = Scene::of(&ANA).await;
    let asked = problems(AskQuestion::parse(&scene.id, "", " ", &ways(&["call_us"])));
    let expected =
        [("reason", FieldCode::NothingChosen), ("message", FieldCode::Missing), ("ways", FieldCode::TwoNeeded)];
    assert_eq!(asked, expected.map(|(field, code)| (field.to_owned(), code)));
    let by_mail = AskQuestion::parse(&scene.id, "id_unreadable", "Send it again", &ways(&["call_us", "mail_copy"]));
    assert_eq!(problems(by_mail), [("ways".to_owned(), FieldCode::NotAChoice)], "nobody could take the paper in");
    assert_eq!(scene.count("app.question").await, "0");
}

#[tokio::test]
async fn who_asked_at_the_desk_and_cannot_sign_in_is_offered_no_way_that_needs_it() {
    let scene = Scene::of(&ANA).await;
    let online = scene.hospital.performs(&scene.clerk, LookAtQuestion::parse(&scene.id)).await.unwrap().ways;
    assert_eq!(online, WayToAnswer::ALL);

    let desk = scene.hospital.staff("Fay Desk", Role::FrontDesk).await;
    let entered = front_desk::enter(&scene.hospital, &desk, front_desk::asks("Ben Okoro")).await.unwrap().to_string();
    scene.hospital.performs(&scene.clerk, ClaimRequest::parse(&entered)).await.unwrap();
    let page = scene.hospital.performs(&scene.clerk, LookAtQuestion::parse(&entered)).await.unwrap();
    assert!(page.may_ask);
    assert_eq!(page.ways, [WayToAnswer::ComeIn, WayToAnswer::CallUs, WayToAnswer::WeCallYou]);
    let ask = |codes: &[&str]| AskQuestion::parse(&entered, "id_mismatch", "Which card is it?", &ways(codes));
    for way in ["send_photo", "write_here"] {
        let refused = scene.hospital.performs(&scene.clerk, ask(&[way, "call_us"])).await;
        assert_eq!(refusal(refused), Refusal::WayNeedsAccount, "{way}");
    }
    scene.hospital.performs(&scene.clerk, ask(&["come_in", "call_us"])).await.unwrap();
}

#[tokio::test]
async fn a_question_waits_on_the_patient_tells_them_and_is_answered_by_telephone() {
    let scene = Scene::of(&ANA).await;
    let ask =
        || AskQuestion::parse(&scene.id, "id_unreadable", "The date is cut off.", &ways(&["send_photo", "call_us"]));
    scene.hospital.performs(&scene.clerk, ask()).await.unwrap();
    assert_eq!(scene.headline().await, "action_needed");
    assert_eq!(scene.count("app.notice where kind = 'n2' and status = 'waiting'").await, "1");
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, ask()).await), Refusal::QuestionOpen);
    let open = scene.hospital.performs(&scene.clerk, LookAtQuestion::parse(&scene.id)).await.unwrap().open.unwrap();
    assert_eq!(open.message.as_deref(), Some("The date is cut off."));
    let sealed = scene.count("app.chunk where position('cut off'::bytea in bytes) > 0").await;
    assert_eq!(sealed, "0", "what people write is sealed");

    let id = open.id.to_string();
    let answer =
        |seen: i32| RecordAnswer::parse(&scene.id, &id, &seen.to_string(), "She read the date out: May 1, 2031.");
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, answer(9)).await), Refusal::MovedOn);
    scene.hospital.performs(&scene.clerk, answer(open.version.0)).await.unwrap();
    assert_eq!(scene.headline().await, "verifying");
    assert_eq!(scene.count("app.notice where kind = 'n3'").await, "1");
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, answer(1)).await), Refusal::QuestionClosed);
    let case = scene.hospital.performs(&scene.clerk, LookAtCase::parse(&scene.id)).await.unwrap();
    assert_eq!(case.latest[0].note.as_deref(), Some("She read the date out: May 1, 2031."));
    assert_eq!(scene.told().await, ["request.assigned", "info.requested", "info.received"]);
}

#[tokio::test]
async fn an_answer_to_one_question_is_not_taken_for_the_next() {
    let scene = Scene::of(&ANA).await;
    let ask = async |message: &str| {
        let ask = AskQuestion::parse(&scene.id, "scope_unclear", message, &ways(&["call_us", "come_in"]));
        scene.hospital.performs(&scene.clerk, ask).await.unwrap();
        scene.hospital.performs(&scene.clerk, LookAtQuestion::parse(&scene.id)).await.unwrap().open.unwrap()
    };
    let years = ask("Which years?").await;
    let answer = || RecordAnswer::parse(&scene.id, &years.id.to_string(), &years.version.0.to_string(), "2024");
    scene.hospital.performs(&scene.clerk, answer()).await.unwrap();
    let doctors = ask("Which doctors?").await;
    assert_eq!(doctors.version, years.version, "each question counts for itself");
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, answer()).await), Refusal::MovedOn);
    assert_eq!(scene.count("app.question where status = 'open'").await, "1");
}

#[tokio::test]
async fn who_has_no_email_is_written_a_letter() {
    let scene = Scene::of(&Asks { email: None, phone: Some("312 555 0100"), ..ANA }).await;
    let ask = AskQuestion::parse(&scene.id, "scope_unclear", "Which years?", &ways(&["call_us", "come_in"]));
    scene.hospital.performs(&scene.clerk, ask).await.unwrap();
    assert_eq!(scene.count("app.notice where kind = 'n2' and status = 'printable'").await, "1");

    let history = scene.hospital.performs(&scene.clerk, LookAtHistory::parse(&scene.id)).await.unwrap();
    let letter = history.entries.iter().find_map(|one| match &one.entry {
        Entry::NoticePrintable { kind: NoticeKind::ActionNeeded, notice } => Some(*notice),
        _ => None,
    });
    let letter = letter.expect("the history leads to the letter").to_string();
    let print = PrintNotice::parse(&letter, "https://records.example.org/sign-in".to_owned());
    let letter = scene.hospital.performs(&scene.clerk, print).await.unwrap();
    assert!(letter.message.body.contains("sign in:\nhttps://records.example.org/sign-in"), "they have an account");
}
