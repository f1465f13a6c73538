//! What is asked back.

use domain::{form::FieldCode, notice::NoticeKind, refusal::Refusal, timeline::Entry};
use office::{
    front_desk::PrintNotice,
    worklist::{AskQuestion, LookAtCase, LookAtHistory, LookAtQuestion, RecordAnswer},
};

use super::{Scene, problems, refusal};
use crate::cases::{ANA, Asks};

fn ways(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[tokio::test]
async fn a_question_has_a_reason_words_and_two_ways_to_answer_one_of_them_without_a_scanner() {
    let scene = Scene::of(&ANA).await;
    let asked = problems(AskQuestion::parse(&scene.id, "", " ", &ways(&["call_us"])));
    let expected =
        [("reason", FieldCode::NothingChosen), ("message", FieldCode::Missing), ("ways", FieldCode::TwoNeeded)];
    assert_eq!(asked, expected.map(|(field, code)| (field.to_owned(), code)));
    let scans = AskQuestion::parse(&scene.id, "id_unreadable", "Send it again", &ways(&["send_photo", "mail_copy"]));
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, scans).await), Refusal::ScannerOnly);
    assert_eq!(scene.count("app.question").await, "0");
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

    let answer = |seen: i32| RecordAnswer::parse(&scene.id, &seen.to_string(), "She read the date out: May 1, 2031.");
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
