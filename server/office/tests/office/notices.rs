use domain::{
    caller::Role,
    ids::{NoticeId, RequestId},
    language::Language,
    notice::NoticeFailure,
    number::RequestNumber,
    refusal::Refusal,
};
use office::{
    Error,
    front_desk::EntryTyped,
    notices::{Letter, RecordNotice, Sending, TakeAccountMail, TakeNotice},
};
use uuid::Uuid;

use crate::{
    front_desk::{asks, enter},
    people::{Hospital, PASSWORD, Seated},
};

const SIGN_IN: &str = "https://records.example.org/sign-in";

fn seated(at: &Seated) -> String {
    format!("begin; select 'seated' from auth.take_seat('{}', true);", at.seat.as_str())
}

/// A request that its patient sent, as the tables hold it.
async fn sent(hospital: &Hospital, by: &Seated) -> RequestId {
    let (facility, id) = (hospital.facility, Uuid::from_u128(0x0193_0000));
    let statements = format!(
        "{} insert into app.request (facility_id, id, requester_id, number, status, channel, language)
           values ('{facility}', '{id}', '{}', '{}', 'draft', 'portal', 'en');
         update app.request set status = 'open',
           patient_name = 'Ana Ruiz', birth_date = '1980-02-29', email = 'ana@mail.example', scope = 'chosen', categories = '{{lab}}', delivery = 'portal';
         insert into app.deadline (facility_id, request_id, rule, due_on) values ('{facility}', '{id}', 'a', '2026-04-02'), ('{facility}', '{id}', 'b', '2026-05-02');
         select audit.append('{facility}', 'try', 'done'); commit; select 'committed'",
        seated(by),
        by.person,
        RequestNumber::from_payload(482_173_905).unwrap().digits()
    );
    assert_eq!(hospital.at.says("web_patient", &statements).await.unwrap().last().unwrap(), "committed");
    // a patient's login says no other time than now
    let earlier = "set session_replication_role = replica;
        update app.request set received_at = '2026-03-03T20:00:00Z', entered_at = '2026-03-03T20:00:00Z'";
    hospital.at.says("postgres", earlier).await.unwrap();
    RequestId { facility, id }
}

async fn notice(hospital: &Hospital, request: RequestId, kind: &str, language: &str) -> NoticeId {
    let id = Uuid::from_u128(kind.bytes().chain(language.bytes()).fold(0, |all, byte| all * 256 + u128::from(byte)));
    let statements = format!(
        "begin; insert into app.notice (facility_id, id, request_id, kind, language, email, status)
           values ('{0}', '{id}', '{1}', '{kind}', '{language}', 'ana@mail.example', 'waiting');
         select audit.append('{0}', 'try', 'done'); commit; select 'committed'",
        request.facility, request.id
    );
    assert_eq!(hospital.at.says("worker", &statements).await.unwrap().last().unwrap(), "committed");
    NoticeId(id)
}

/// The office waits for the answer to a question.
async fn asked(hospital: &Hospital, request: RequestId) {
    let statements = format!(
        "set session_replication_role = replica;
         insert into app.question (facility_id, id, request_id, status, reason, ways, asked_by, asked_at)
           select facility_id, gen_random_uuid(), id, 'open', 'id_unreadable', '{{call_us,come_in}}', requester_id, now()
           from app.request where id = '{}'",
        request.id
    );
    hospital.at.says("postgres", &statements).await.unwrap();
}

async fn answered(hospital: &Hospital) {
    let statements = "set session_replication_role = replica;
        update app.question set status = 'answered', answered_by = asked_by, answered_at = now()";
    hospital.at.says("postgres", statements).await.unwrap();
}

async fn take(hospital: &Hospital, request: RequestId, notice: NoticeId) -> Option<Letter> {
    hospital.desk().work(TakeNotice { request, notice, sign_in: SIGN_IN.into() }).await.unwrap()
}

async fn record(hospital: &Hospital, request: RequestId, notice: NoticeId, result: Sending) {
    hospital.desk().work(RecordNotice { request, notice, result }).await.unwrap();
}

async fn timeline(hospital: &Hospital) -> Vec<String> {
    let entries =
        "select entry->>'entry' || ' ' || (entry->>'kind') || ' ' || for_patient from app.timeline order by at, id";
    hospital.at.says("postgres", entries).await.unwrap()
}

#[tokio::test]
async fn a_notice_says_the_earliest_date_in_its_language_and_nothing_of_what_was_asked_for() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let request = sent(&hospital, &ana).await;
    asked(&hospital, request).await;
    for (language, day) in [("en", "April 2, 2026"), ("es", "2 de abril de 2026")] {
        for kind in ["n1", "n2", "n3", "n8"] {
            let id = notice(&hospital, request, kind, language).await;
            let letter = take(&hospital, request, id).await.unwrap();
            let text = format!("{}\n{}", letter.message.subject, letter.message.body);
            assert!(kind == "n8" || text.contains(day), "{text}");
            assert!(text.lines().any(|line| line == SIGN_IN), "{text}");
            assert!(!text.contains("Ana") && !text.to_lowercase().contains("lab") && !text.contains("1980"), "{text}");
            assert_eq!(letter.id, id.0);
            assert_eq!(letter.from, ("riverside Hospital".to_owned(), "records@riverside.example".to_owned()));
        }
    }
}

#[tokio::test]
async fn who_asked_without_an_account_is_not_told_to_sign_in() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    for (channel, language) in [("phone", "en"), ("in_person", "es")] {
        let typed = EntryTyped {
            channel: channel.into(),
            email: "ana@mail.example".into(),
            language: language.into(),
            ..asks("Ana Ruiz")
        };
        let request = enter(&hospital, &fay, typed).await.unwrap();
        asked(&hospital, request).await;
        for kind in ["n1", "n2", "n3", "n8"] {
            let id = notice(&hospital, request, kind, language).await;
            let body = take(&hospital, request, id).await.unwrap().message.body;
            assert!(!body.contains("sign in") && !body.contains("inicie sesión") && !body.contains(SIGN_IN), "{body}");
            assert!(body.contains("say your request number") || body.contains("diga su número de solicitud"), "{body}");
        }
    }
}

#[tokio::test]
async fn a_result_is_recorded_once_however_often_the_job_runs() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let request = sent(&hospital, &ana).await;
    let id = notice(&hospital, request, "n1", "en").await;
    let first = take(&hospital, request, id).await.unwrap();
    // the machine stopped after sending and before saying so
    let again = take(&hospital, request, id).await.unwrap();
    assert!(first == again, "the same mail, under the same Message-ID");
    record(&hospital, request, id, Sending::Sent).await;
    record(&hospital, request, id, Sending::Sent).await;
    record(&hospital, request, id, Sending::Failed(NoticeFailure::ServerUnreachable)).await;
    assert!(take(&hospital, request, id).await.is_none(), "what was sent is not sent again");
    assert_eq!(timeline(&hospital).await, ["notice.sent n1 true"]);
    let row = "select status || ' ' || tries || ' ' || (sent_at is not null) from app.notice";
    assert_eq!(hospital.at.says("postgres", row).await.unwrap(), ["sent 2 true"]);
}

#[tokio::test]
async fn a_notice_that_failed_for_good_is_on_the_timeline_for_staff_alone() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let request = sent(&hospital, &ana).await;
    asked(&hospital, request).await;
    let id = notice(&hospital, request, "n2", "en").await;
    take(&hospital, request, id).await.unwrap();
    record(&hospital, request, id, Sending::Failed(NoticeFailure::AddressRefused)).await;
    assert_eq!(timeline(&hospital).await, ["notice.failed n2 false"]);
    let row = "select status || ' ' || failure from app.notice";
    assert_eq!(hospital.at.says("postgres", row).await.unwrap(), ["failed address_refused"]);
    let of_ana = seated(&ana) + "select count(*)::text from app.timeline";
    assert_eq!(hospital.at.says("web_patient", &of_ana).await.unwrap().last().unwrap(), "0");
}

#[tokio::test]
async fn a_recorded_result_wakes_the_requests_pages_and_taking_one_does_not() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let request = sent(&hospital, &ana).await;
    let id = notice(&hospital, request, "n1", "en").await;
    hospital.desk().relay_tick().await.unwrap();
    take(&hospital, request, id).await.unwrap();
    assert_eq!(hospital.desk().relay_tick().await.unwrap().touched, []);
    record(&hospital, request, id, Sending::Sent).await;
    assert_eq!(hospital.desk().relay_tick().await.unwrap().touched, [request]);
}

async fn account_mail(hospital: &Hospital, attempt: Uuid) -> Option<Letter> {
    let link = format!(
        "https://records.example.org/account/open?attempt={attempt}&code={}",
        hospital.desk().link_code(attempt)
    );
    hospital.desk().work(TakeAccountMail { attempt, link, sign_in: SIGN_IN.into() }).await.unwrap()
}

async fn register(hospital: &Hospital, language: Language) -> Uuid {
    let new = office::sign_in::Registration {
        name: "Buy cheap watches".into(),
        email: "ana@mail.example".into(),
        password: PASSWORD.into(),
        language,
    };
    hospital.desk().register(&hospital.passwords, new, "10.0.0.0/24").await.unwrap();
    hospital.attempt_of("ana@mail.example").await
}

#[tokio::test]
async fn the_accounts_mail_leads_to_the_account_and_repeats_nothing_that_was_typed() {
    let hospital = Hospital::new().await;
    for (language, words) in [(Language::English, "works once"), (Language::Spanish, "funciona una vez")] {
        let attempt = register(&hospital, language).await;
        let letter = account_mail(&hospital, attempt).await.unwrap();
        let code = hospital.desk().link_code(attempt);
        assert!(letter.message.body.contains(&format!("/account/open?attempt={attempt}&code={code}\n")));
        assert!(letter.message.body.contains(words) && !letter.message.body.contains("watches"));
        assert_eq!((letter.to.as_str(), letter.id), ("ana@mail.example", attempt));
    }
}

#[tokio::test]
async fn an_address_with_an_account_is_told_so_and_a_used_link_is_not_sent_again() {
    let hospital = Hospital::new().await;
    let attempt = register(&hospital, Language::English).await;
    assert_eq!(hospital.open_account(attempt, PASSWORD).await, office::sign_in::Opening::Opened);
    assert!(account_mail(&hospital, attempt).await.is_none());
    let second = register(&hospital, Language::English).await;
    let letter = account_mail(&hospital, second).await.unwrap();
    assert!(letter.message.subject.starts_with("You have an account already"));
    assert!(!letter.message.body.contains("code=") && letter.message.body.lines().any(|line| line == SIGN_IN));
}

/// Withdrawn, with the time to undo it ending in so many seconds.
async fn withdrawn(hospital: &Hospital, undo_ends_in: i32) {
    let statements = format!(
        "set session_replication_role = replica;
         update app.request set status = 'closed', outcome = 'withdrawn', closed_at = now() - interval '15 minutes',
           undo_until = now() + interval '{undo_ends_in} seconds'"
    );
    hospital.at.says("postgres", &statements).await.unwrap();
}

const NOTICES: &str = "select kind || ' ' || status || ' ' || email from app.notice";

#[tokio::test]
async fn the_notice_of_a_withdrawal_goes_out_once_and_only_when_it_stands() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let request = sent(&hospital, &ana).await;
    let passed = async || hospital.desk().work(office::notices::UndoPassed(request)).await.unwrap();
    assert!(passed().await, "it was undone: nothing to say");
    withdrawn(&hospital, 60).await;
    assert!(!passed().await, "it can be undone still");
    assert_eq!(hospital.at.says("postgres", NOTICES).await.unwrap(), Vec::<String>::new());
    withdrawn(&hospital, -1).await;
    assert!(passed().await && passed().await);
    assert_eq!(hospital.at.says("postgres", NOTICES).await.unwrap(), ["n13 waiting ana@mail.example"]);
    let outbox = "select task from app.outbox where task = 'send_notice'";
    assert_eq!(hospital.at.says("postgres", outbox).await.unwrap(), ["send_notice"]);
}

#[tokio::test]
async fn nobody_is_asked_for_what_they_have_answered_meanwhile() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let request = sent(&hospital, &ana).await;
    asked(&hospital, request).await;
    let id = notice(&hospital, request, "n2", "en").await;
    assert!(take(&hospital, request, id).await.is_some(), "the mail server puts it off");
    answered(&hospital).await;
    assert!(take(&hospital, request, id).await.is_none());
    assert_eq!(hospital.at.says("postgres", NOTICES).await.unwrap(), ["n2 dropped ana@mail.example"]);
    assert_eq!(timeline(&hospital).await, Vec::<String>::new(), "nothing was sent, and nothing failed");
    let why = "select purpose from audit.event where act = 'take_notice' order by at";
    assert_eq!(hospital.at.says("postgres", why).await.unwrap(), ["", "dropped"]);
    let goes_on = notice(&hospital, request, "n3", "en").await;
    assert!(take(&hospital, request, goes_on).await.is_some(), "what says that the work goes on is sent");
}

#[tokio::test]
async fn what_asked_for_an_earlier_answer_does_not_go_out_for_the_next_question() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let request = sent(&hospital, &ana).await;
    asked(&hospital, request).await;
    let first = notice(&hospital, request, "n2", "en").await;
    assert!(take(&hospital, request, first).await.is_some(), "the mail server puts it off");
    answered(&hospital).await;
    asked(&hospital, request).await;
    let second = notice(&hospital, request, "n2", "es").await;
    assert!(take(&hospital, request, first).await.is_none());
    assert!(take(&hospital, request, second).await.is_some());
    let each = "select language || ' ' || status from app.notice order by language";
    assert_eq!(hospital.at.says("postgres", each).await.unwrap(), ["en dropped", "es waiting"]);
}

#[tokio::test]
async fn what_was_asked_of_a_withdrawn_request_waits_until_it_is_undone_or_cannot_be() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let request = sent(&hospital, &ana).await;
    asked(&hospital, request).await;
    let id = notice(&hospital, request, "n2", "en").await;
    withdrawn(&hospital, 60).await;
    let now = hospital.desk().work(TakeNotice { request, notice: id, sign_in: SIGN_IN.into() }).await;
    assert!(matches!(now, Err(Error::Refused(Refusal::RequestClosed))), "it is tried again");
    assert_eq!(hospital.at.says("postgres", NOTICES).await.unwrap(), ["n2 waiting ana@mail.example"]);

    let undone = "set session_replication_role = replica;
        update app.request set status = 'open', outcome = null, closed_at = null, undo_until = null";
    hospital.at.says("postgres", undone).await.unwrap();
    assert!(take(&hospital, request, id).await.is_some());
    withdrawn(&hospital, -1).await;
    assert!(take(&hospital, request, id).await.is_none());
    assert_eq!(hospital.at.says("postgres", NOTICES).await.unwrap(), ["n2 dropped ana@mail.example"]);
}
