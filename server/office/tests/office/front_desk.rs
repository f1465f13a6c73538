//! The front desk: what it finds, what it tells, what it enters, and what it never sees.

use domain::{
    caller::{Role, Side},
    form::FieldCode,
    ids::RequestId,
    language::Language,
    lookup::LookupReason,
    notice::NoticeKind,
    refusal::Refusal,
    shown::front_desk::{Found, Told, Waiting},
    status::{Headline, Next},
    words::status_sentence,
};
use jiff::ToSpan as _;
use office::{
    Error,
    bytes::Kind,
    front_desk::{
        CallerCheck, CheckCaller, EnterRequest, EntryTyped, FrontDeskPage, LookAtEntered, LookAtFound, LookUp,
        MailNotice, PrintNotice, TellCaller,
    },
    worklist::{AskQuestion, ClaimRequest, LookAtIdentity, LookAtQuestion, RecordAnswer},
};
use uuid::Uuid;

use crate::people::{Hospital, Seated};

fn texts<const N: usize>(parts: [&str; N]) -> [String; N] {
    parts.map(str::to_owned)
}

/// The day of the test, some days back, at the hospital.
#[expect(clippy::disallowed_methods, reason = "a test is at its own time")]
fn day(ago: i64) -> [String; 3] {
    let day = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::get("America/Chicago").unwrap()).date() - ago.days();
    [day.month().to_string(), day.day().to_string(), day.year().to_string()]
}

pub(crate) fn asks(name: &str) -> EntryTyped {
    EntryTyped {
        channel: "in_person".into(),
        received: day(0),
        name: name.into(),
        birth: texts(["2", "29", "1980"]),
        phone: "(312) 555-0142".into(),
        scope: "chosen".into(),
        categories: vec!["lab".into(), "vaccine".into()],
        dates: "all".into(),
        language: "en".into(),
        ..EntryTyped::default()
    }
}

pub(crate) async fn enter(hospital: &Hospital, by: &Seated, typed: EntryTyped) -> Result<RequestId, Error> {
    hospital.desk().perform(by.seat.clone(), None, EnterRequest { typed }).await.map(|receipt| receipt.request)
}

async fn search(hospital: &Hospital, by: &Seated, words: &str) -> Result<Uuid, Error> {
    hospital.desk().perform(by.seat.clone(), None, LookUp::parse(words, "caller")?).await
}

async fn find(hospital: &Hospital, by: &Seated, words: &str) -> Found {
    let id = search(hospital, by, words).await.unwrap();
    hospital.desk().perform(by.seat.clone(), None, LookAtFound::parse(&id.to_string()).unwrap()).await.unwrap()
}

async fn tell(hospital: &Hospital, by: &Seated, request: RequestId) -> Result<Told, Error> {
    let search = search(hospital, by, "Ana Ruiz").await?.to_string();
    let said = ["name".to_owned(), "birth_date".to_owned()];
    let check = CheckCaller::parse(&request.to_string(), &search, &said)?;
    let check = hospital.desk().perform(by.seat.clone(), None, check).await?;
    hospital.desk().perform(by.seat.clone(), None, TellCaller::parse(&check.to_string())?).await
}

fn seated(at: &Seated) -> String {
    format!("begin; select 'seated' from auth.take_seat('{}', true);", at.seat.as_str())
}

async fn count(hospital: &Hospital, by: &Seated, table: &str) -> String {
    let rows = hospital.at.says("web_staff", &(seated(by) + &format!("select count(*)::text from {table}"))).await;
    rows.unwrap().pop().unwrap()
}

async fn trail(hospital: &Hospital, act: &str) -> Vec<String> {
    let entries = format!(
        "select outcome || ' ' || coalesce(purpose, '') || ' ' || coalesce(shown::text, '') from audit.event where act = '{act}' order by at"
    );
    hospital.at.says("postgres", &entries).await.unwrap()
}

fn field(error: Error) -> (String, FieldCode) {
    let Error::Form(problems) = error else { panic!("{error:?}") };
    (problems[0].field.clone(), problems[0].code)
}

fn refusal(error: Error) -> Refusal {
    let Error::Refused(why) = error else { panic!("{error:?}") };
    why
}

#[tokio::test]
async fn a_look_up_without_a_reason_is_refused() {
    let no_reason = LookUp::parse("Ana Ruiz", "").err().unwrap();
    assert_eq!(field(no_reason), ("reason".to_owned(), FieldCode::NothingChosen));
    let curiosity = LookUp::parse("Ana Ruiz", "curiosity").err().unwrap();
    assert_eq!(field(curiosity), ("reason".to_owned(), FieldCode::NotAChoice));
}

#[tokio::test]
async fn what_was_shown_and_why_is_on_the_trail_and_what_was_typed_is_not() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let ana = enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap();
    let found = find(&hospital, &fay, "Ana Ruiz, 2/29/1980").await;
    assert_eq!(found.hits.iter().map(|hit| hit.request).collect::<Vec<_>>(), [ana]);
    assert_eq!(found.reason, LookupReason::Caller);
    assert_eq!(trail(&hospital, "look_up").await, ["done caller "]);
    assert_eq!(trail(&hospital, "look_at_found").await, [format!("done caller {{{}}}", ana.id)]);
    let typed = "select count(*)::text from audit.event e where e::text ilike '%ruiz%' or e::text like '%1980%'";
    assert_eq!(hospital.at.says("postgres", typed).await.unwrap(), ["0"]);
    let plain = "select count(*)::text from auth.flash where encode(sealed, 'escape') ilike '%ruiz%'";
    assert_eq!(hospital.at.says("postgres", plain).await.unwrap(), ["0"], "what was typed lies sealed");
}

#[tokio::test]
async fn a_search_is_its_searchers_own() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let gus = hospital.staff("Gus Desk", Role::FrontDesk).await;
    let id = search(&hospital, &fay, "Ana Ruiz").await.unwrap().to_string();
    let others = hospital.desk().perform(gus.seat.clone(), None, LookAtFound::parse(&id).unwrap()).await;
    assert_eq!(refusal(others.err().unwrap()), Refusal::NotFound);
}

#[tokio::test]
async fn a_number_a_date_and_a_name_find_and_another_facility_finds_nothing() {
    let hospital = Hospital::new().await;
    let elsewhere = hospital.another_facility().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let olga = hospital.staff_at(elsewhere, "Olga Other", Role::FrontDesk).await;
    let request = enter(&hospital, &fay, asks("María del Carmen O’Keefe-Núñez")).await.unwrap();
    let number = find(&hospital, &fay, "2/29/1980").await.hits[0].number.to_string();
    let ways =
        [number.as_str(), "2/29/1980", "O'Keefe Nunez", "okeefe", "maria okeefe", "NUÑEZ, María", "Maria 1980-02-29"];
    for words in ways {
        let hits = find(&hospital, &fay, words).await.hits;
        assert_eq!(hits.iter().map(|hit| hit.request).collect::<Vec<_>>(), [request], "{words}");
        assert_eq!(find(&hospital, &olga, words).await.hits, [], "{words}");
    }
    for words in ["Keef", "Mar", "Ana Ruiz", "3/1/1980", "maria 3/1/1980", "' or 1=1 --", "%", "a_b"] {
        if let Ok(id) = search(&hospital, &fay, words).await {
            let look = LookAtFound::parse(&id.to_string()).unwrap();
            let found = hospital.desk().perform(fay.seat.clone(), None, look).await.unwrap();
            assert_eq!(found.hits, [], "{words}");
        }
    }
}

#[tokio::test]
async fn no_more_than_twenty_are_shown_and_the_desk_is_told_to_say_more() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    for _ in 0..21 {
        enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap();
    }
    let found = find(&hospital, &fay, "ruiz").await;
    assert_eq!((found.hits.len(), found.more, found.check), (20, true, None));
}

#[tokio::test]
async fn nothing_is_told_before_two_things_are_said_rightly() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let request = enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap().to_string();
    let id = search(&hospital, &fay, "Ana Ruiz").await.unwrap().to_string();
    let one = CheckCaller::parse(&request, &id, &["name".to_owned(), "name".to_owned()]).err().unwrap();
    assert_eq!(field(one), ("identifiers".to_owned(), FieldCode::TwoNeeded));
    // they gave no e-mail address: there is nothing to compare with
    let nothing = CheckCaller::parse(&request, &id, &["name".to_owned(), "email".to_owned()]).unwrap();
    let nothing = hospital.desk().perform(fay.seat.clone(), None, nothing).await.err().unwrap();
    assert_eq!(field(nothing), ("identifiers".to_owned(), FieldCode::NotAChoice));
    // a search is no check
    let search = hospital.desk().perform(fay.seat.clone(), None, TellCaller::parse(&id).unwrap()).await;
    assert_eq!(refusal(search.err().unwrap()), Refusal::NotFound);

    let check = CheckCaller::parse(&request, &id, &["name".to_owned(), "phone".to_owned()]).unwrap();
    hospital.desk().perform(fay.seat.clone(), None, check).await.unwrap();
    assert_eq!(trail(&hospital, "check_caller").await, ["done caller:name,phone "]);
}

#[tokio::test]
async fn the_sentence_is_that_of_whoever_sees_the_whole_request() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let request = enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap();
    verified_and_one_found(&hospital, request).await;
    let told = tell(&hospital, &fay, request).await.unwrap();
    let said = status_sentence(&told.status, None, told.language).aloud();
    assert_eq!(told.status.headline, Headline::Gathering);
    assert!(said.starts_with("We are finding your records. 1 of 2 parts is done."), "{said}");
    let carla = hospital.staff("Carla Clerk", Role::Clerk).await;
    assert_eq!(tell(&hospital, &carla, request).await.unwrap(), told, "who sees the items says the same");
}

/// As a clerk would have left it: somebody known, their chart found, one of two parts found.
async fn verified_and_one_found(hospital: &Hospital, request: RequestId) {
    let carla = hospital.staff("Cleo Clerk", Role::Clerk).await;
    let RequestId { facility, id } = request;
    let statements = format!(
        "begin; insert into app.patient (facility_id, id, source, source_id, name, family, given, digest)
           values ('{facility}', '{id}', 'test', '1', 'Ana Ruiz', 'Ruiz', 'Ana', ''); select audit.append('{facility}', 'try', 'done'); commit"
    );
    hospital.at.says("worker", &statements).await.unwrap();
    let statements = seated(&carla)
        + &format!(
            "update app.queue_entry set assignee = '{}', first_touch_at = now() where request_id = '{id}';
             update app.verification set method = 'seen_in_person', evidence_kind = 'passport', matched = '{{name,birth_date}}',
               match_at = now(), agreeing = '{{name,birth_date}}' where request_id = '{id}';
             update app.request set patient_id = '{id}' where id = '{id}';
             update app.item set status = 'located' where request_id = '{id}' and position = 1;
             select audit.append('{facility}', 'try', 'done'); commit; select 'committed'",
            carla.person
        );
    assert_eq!(hospital.at.says("web_staff", &statements).await.unwrap().pop().unwrap(), "committed");
}

#[tokio::test]
async fn the_front_desk_sees_no_item_no_question_and_no_package() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let carla = hospital.staff("Carla Clerk", Role::Clerk).await;
    let request = enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap();
    assert_eq!(count(&hospital, &carla, "app.item").await, "2");
    for table in
        ["app.item", "app.question", "app.package", "app.patient", "app.document", "app.evidence", "app.timeline"]
    {
        assert_eq!(count(&hospital, &fay, table).await, "0", "{table}");
    }
    let told = serde_json::to_string(&tell(&hospital, &fay, request).await.unwrap()).unwrap();
    let found = serde_json::to_string(&find(&hospital, &fay, "Ana Ruiz").await).unwrap();
    for shown in [told, found] {
        assert!(!shown.contains("lab") && !shown.contains("vaccine"), "{shown}");
    }
}

#[tokio::test]
async fn where_a_request_stands_is_told_at_its_facility_only() {
    let hospital = Hospital::new().await;
    let elsewhere = hospital.another_facility().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let olga = hospital.staff_at(elsewhere, "Olga Other", Role::FrontDesk).await;
    let ben = hospital.patient("Ben Okoro").await;
    let RequestId { facility, id } = enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap();
    let standing = |by: &Seated| seated(by) + &format!("select items::text from app.standing('{facility}', '{id}')");
    let said = hospital.at.says("web_staff", &standing(&fay)).await.unwrap();
    assert_eq!(said.last().unwrap(), "{pending,pending}");
    assert_eq!(hospital.at.says("web_staff", &standing(&olga)).await.unwrap(), ["seated"]);
    assert_eq!(hospital.at.says("web_patient", &standing(&ben)).await.unwrap(), ["seated"]);
    let look_up = format!("select app.look_up('{facility}', array['ruiz'], null, null, 20)::text");
    assert_eq!(hospital.at.says("web_staff", &(seated(&fay) + &look_up)).await.unwrap().len(), 2);
    assert_eq!(hospital.at.says("web_staff", &(seated(&olga) + &look_up)).await.unwrap(), ["seated"]);
}

#[tokio::test]
async fn an_entered_request_is_in_the_queue_with_its_clock_from_the_day_it_came() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let typed = EntryTyped { received: day(9), late_reason: "The letter lay on the ward.".into(), ..asks("Ana Ruiz") };
    let request = enter(&hospital, &fay, typed).await.unwrap();
    let stands =
        "select r.status || ' ' || r.channel || ' ' || r.delivery || ' ' || q.headline || ' ' || q.parts_of || ' '
        || (q.due_on - (r.received_at at time zone 'America/Chicago')::date) || ' '
        || ((now() at time zone 'America/Chicago')::date - (r.received_at at time zone 'America/Chicago')::date)
        || ' ' || (r.entered_by is not null) || ' ' || r.late_entry_reason
      from app.request r join app.queue_entry q on q.request_id = r.id";
    assert_eq!(
        hospital.at.says("postgres", stands).await.unwrap(),
        ["open in_person pick_up received 2 30 9 true The letter lay on the ward."]
    );
    let entered = LookAtEntered::parse(&request.to_string()).unwrap();
    let entered = hospital.desk().perform(fay.seat.clone(), None, entered).await.unwrap();
    assert!(entered.printable.is_some(), "there is no e-mail address");
    assert_eq!(entered.status.next, Next::YouBringId, "there is nowhere to send a photo");
    let said = status_sentence(&entered.status, None, Language::English).aloud();
    assert!(said.starts_with("We got your request on "), "{said}");
}

#[tokio::test]
async fn a_late_entry_without_a_reason_is_refused_and_a_day_to_come_is_a_problem_of_its_field() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let late = EntryTyped { received: day(9), ..asks("Ana Ruiz") };
    assert_eq!(refusal(enter(&hospital, &fay, late).await.unwrap_err()), Refusal::LateEntryReasonNeeded);
    let tomorrow = EntryTyped { received: day(-1), ..asks("Ana Ruiz") };
    let problem = field(enter(&hospital, &fay, tomorrow).await.unwrap_err());
    assert_eq!(problem, ("received_month".to_owned(), FieldCode::DateInFuture));
    for channel in ["portal", ""] {
        let typed = EntryTyped { channel: channel.into(), ..asks("Ana Ruiz") };
        assert_eq!(field(enter(&hospital, &fay, typed).await.unwrap_err()).0, "channel", "{channel}");
    }
    let nowhere = EntryTyped { phone: String::new(), ..asks("Ana Ruiz") };
    let problem = field(enter(&hospital, &fay, nowhere).await.unwrap_err());
    assert_eq!(problem, ("phone".to_owned(), FieldCode::ContactNeeded));
    let rows = hospital.at.says("postgres", "select count(*)::text from app.request").await.unwrap();
    assert_eq!(rows, ["0"], "nothing of a refused entry is kept");
}

#[tokio::test]
async fn every_problem_of_the_form_is_said_at_once() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let Err(Error::Form(problems)) = enter(&hospital, &fay, EntryTyped::default()).await else { panic!() };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(
        fields,
        ["channel", "received_month", "name", "birth_month", "phone", "scope", "dates", "language"],
        "one after another would be a form filled in eight times"
    );
}

#[tokio::test]
async fn the_notice_goes_by_mail_or_is_there_to_print() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let by_mail = EntryTyped { email: "ana@mail.example".into(), ..asks("Ana Ruiz") };
    let by_mail = enter(&hospital, &fay, by_mail).await.unwrap();
    let sent = "select status || ' ' || email from app.notice";
    assert_eq!(hospital.at.says("postgres", sent).await.unwrap(), ["waiting ana@mail.example"]);
    let look = LookAtEntered::parse(&by_mail.to_string()).unwrap();
    assert_eq!(hospital.desk().perform(fay.seat.clone(), None, look).await.unwrap().printable, None);

    let postal = texts(["12 Elm Street", "", "Chicago", "IL", "60601"]);
    let printed = EntryTyped { language: "es".into(), postal, ..asks("Benito Núñez") };
    let printed = enter(&hospital, &fay, printed).await.unwrap();
    let look = LookAtEntered::parse(&printed.to_string()).unwrap();
    let notice = hospital.desk().perform(fay.seat.clone(), None, look).await.unwrap().printable.unwrap();
    let print = || PrintNotice::parse(&notice.to_string(), "https://records.example.org/sign-in".into()).unwrap();
    let letter = hospital.desk().perform(fay.seat.clone(), None, print()).await.unwrap();
    assert_eq!((letter.to.as_str(), letter.language), ("Benito Núñez", Language::Spanish));
    assert_eq!(letter.postal.unwrap().city, "Chicago");
    assert!(letter.message.body.contains("Recibimos su solicitud el"), "{}", letter.message.body);
    assert!(letter.message.body.contains("de lunes a viernes"), "{}", letter.message.body);
    assert!(!letter.message.body.contains("Benito"), "{}", letter.message.body);
    assert!(!letter.message.body.contains("sesión") && !letter.message.body.contains("https:"), "they have no account");

    let elsewhere = hospital.another_facility().await;
    let olga = hospital.staff_at(elsewhere, "Olga Other", Role::FrontDesk).await;
    let theirs = hospital.desk().perform(olga.seat.clone(), None, print()).await;
    assert_eq!(refusal(theirs.err().unwrap()), Refusal::NotFound);
}

async fn letters(hospital: &Hospital, by: &Seated) -> Vec<Waiting> {
    hospital.performs(by, Ok(FrontDeskPage)).await.unwrap().letters
}

#[tokio::test]
async fn a_letter_that_asks_for_something_waits_as_long_as_that_is_wanted() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let carla = hospital.staff("Carla Clerk", Role::Clerk).await;
    let request = enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap();
    let id = request.to_string();
    hospital.performs(&carla, ClaimRequest::parse(&id)).await.unwrap();
    let ways = ["come_in", "call_us"].map(str::to_owned);
    hospital.performs(&carla, AskQuestion::parse(&id, "scope_unclear", "Which years?", &ways)).await.unwrap();
    let kinds = |letters: Vec<Waiting>| letters.into_iter().map(|letter| letter.kind).collect::<Vec<_>>();
    let asked = [NoticeKind::ActionNeeded, NoticeKind::Received];
    assert_eq!(kinds(letters(&hospital, &fay).await), asked);
    assert_eq!(kinds(tell(&hospital, &fay, request).await.unwrap().letters), asked);

    let withdrawn = "set session_replication_role = replica; update app.request set status = 'closed',
        outcome = 'withdrawn', closed_at = now(), undo_until = now() + interval '15 minutes'";
    hospital.at.says("postgres", withdrawn).await.unwrap();
    assert_eq!(kinds(letters(&hospital, &fay).await), [NoticeKind::Received]);
    let undone = "set session_replication_role = replica;
        update app.request set status = 'open', outcome = null, closed_at = null, undo_until = null";
    hospital.at.says("postgres", undone).await.unwrap();
    assert_eq!(kinds(letters(&hospital, &fay).await), asked);

    let open = hospital.performs(&carla, LookAtQuestion::parse(&id)).await.unwrap().open.unwrap();
    let answer = RecordAnswer::parse(&id, &open.id.to_string(), &open.version.0.to_string(), "2024");
    hospital.performs(&carla, answer).await.unwrap();
    let answered = [NoticeKind::Continuing, NoticeKind::Received];
    assert_eq!(kinds(letters(&hospital, &fay).await), answered);
    assert_eq!(kinds(tell(&hospital, &fay, request).await.unwrap().letters), answered);

    hospital.performs(&carla, AskQuestion::parse(&id, "scope_unclear", "Which doctors?", &ways)).await.unwrap();
    let next = [NoticeKind::ActionNeeded, NoticeKind::Continuing, NoticeKind::Received];
    assert_eq!(kinds(letters(&hospital, &fay).await), next, "the first question's letter does not come back");
    assert_eq!(kinds(tell(&hospital, &fay, request).await.unwrap().letters), next);
}

#[tokio::test]
async fn a_letter_waits_on_the_desks_page_until_somebody_says_that_it_is_mailed() {
    let hospital = Hospital::new().await;
    let elsewhere = hospital.another_facility().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let gus = hospital.staff("Gus Desk", Role::FrontDesk).await;
    let carla = hospital.staff("Carla Clerk", Role::Clerk).await;
    let olga = hospital.staff_at(elsewhere, "Olga Other", Role::FrontDesk).await;
    let first = enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap();
    enter(&hospital, &fay, asks("Ben Okoro")).await.unwrap();
    let by_mail = EntryTyped { email: "cara@mail.example".into(), ..asks("Cara Lind") };
    enter(&hospital, &fay, by_mail).await.unwrap();

    let waiting = letters(&hospital, &gus).await;
    assert_eq!(waiting.iter().map(|letter| letter.kind).collect::<Vec<_>>(), [NoticeKind::Received; 2]);
    let [bens, anas]: [Waiting; 2] = waiting.try_into().unwrap();
    assert_eq!(tell(&hospital, &gus, first).await.unwrap().letters, [anas], "newest first, of one request its own");
    assert_eq!(letters(&hospital, &olga).await, [], "another facility's");

    let id = anas.notice.to_string();
    let print = || PrintNotice::parse(&id, "https://records.example.org/sign-in".into());
    assert_eq!(hospital.performs(&carla, print()).await.unwrap().printed_on, None);
    let theirs = hospital.performs(&olga, MailNotice::parse(&id)).await;
    assert_eq!(refusal(theirs.err().unwrap()), Refusal::NotFound);
    hospital.performs(&carla, MailNotice::parse(&id)).await.unwrap();
    hospital.performs(&fay, MailNotice::parse(&id)).await.unwrap();
    assert_eq!(letters(&hospital, &gus).await, [bens]);
    assert_eq!(tell(&hospital, &gus, first).await.unwrap().letters, []);
    assert!(hospital.performs(&gus, print()).await.unwrap().printed_on.is_some(), "it can be printed again");

    let told = "select (entry->>'kind') || ' ' || for_patient || ' ' || p.name
      from app.timeline t join app.person p on p.id = t.by_person where entry->>'entry' = 'notice.mailed'";
    assert_eq!(hospital.at.says("postgres", told).await.unwrap(), ["n1 true Carla Clerk"], "said once");
    let by = "select p.name from app.notice n join app.person p on p.id = n.printed_by where n.printed_at is not null";
    assert_eq!(hospital.at.says("postgres", by).await.unwrap(), ["Carla Clerk"]);
    assert_eq!(trail(&hospital, "print_notice").await.len(), 2, "whoever opens it is on the trail");
    let forged = seated(&gus) + "update app.notice set printed_at = '2020-01-01' where printed_at is not null";
    let said = hospital.at.says("web_staff", &forged).await.unwrap_err();
    assert!(said.contains("printed already"), "{said}");
}

#[tokio::test]
async fn whoever_did_not_enter_a_request_looks_it_up() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let gus = hospital.staff("Gus Desk", Role::FrontDesk).await;
    let request = enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap();
    let look = LookAtEntered::parse(&request.to_string()).unwrap();
    let others = hospital.desk().perform(gus.seat.clone(), None, look).await;
    assert_eq!(refusal(others.err().unwrap()), Refusal::NotFound);
}

#[tokio::test]
async fn an_auditor_and_a_patient_are_no_front_desk() {
    let hospital = Hospital::new().await;
    let ada = hospital.staff("Ada Auditor", Role::Auditor).await;
    let ben = hospital.patient("Ben Okoro").await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let request = enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap();
    assert_eq!(refusal(search(&hospital, &ada, "Ana").await.unwrap_err()), Refusal::NotAllowed);
    assert_eq!(refusal(enter(&hospital, &ada, asks("Ana Ruiz")).await.unwrap_err()), Refusal::NotAllowed);
    assert!(matches!(search(&hospital, &ben, "Ana").await, Err(Error::SignInAgain)), "a patient has no staff's seat");
    let id = search(&hospital, &fay, "Ana Ruiz").await.unwrap().to_string();
    let check = CallerCheck::parse(&request.to_string(), &id).unwrap();
    let check = hospital.desk().perform(ada.seat.clone(), None, check).await;
    assert_eq!(refusal(check.err().unwrap()), Refusal::NotAllowed);
}

/// Names as they are written all over the world, where the lists are at hand.
#[tokio::test]
async fn names_with_accents_and_apostrophes_are_found_as_people_type_them() {
    let Ok(folder) = std::env::var("PORTAL_TEST_DATA") else {
        eprintln!("SKIPPED: PORTAL_TEST_DATA names no folder with real input");
        return;
    };
    let list = std::fs::read_to_string(format!("{folder}/names/surnames-by-country.csv"))
        .expect("PORTAL_TEST_DATA has this file");
    let hard = |name: &&str| name.chars().any(|c| c == '\'' || c == '’' || "áéíóúñüöäçèêøåłşğ".contains(c));
    let names: Vec<&str> = list.split(['\n', ',', ';', '"']).map(str::trim).filter(hard).take(40).collect();
    assert!(names.len() > 10, "the list has such names: {}", names.len());
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    for name in names {
        let request = enter(&hospital, &fay, asks(&format!("Zoila {name}"))).await.unwrap();
        let plain: String = name.to_lowercase().chars().map(|c| if c == '’' { '\'' } else { c }).collect();
        for words in
            [plain.clone(), plain.replace('\'', ""), format!("{name}, Zoila 2/29/1980"), without_accents(&plain)]
        {
            let hits = find(&hospital, &fay, &words).await.hits;
            assert!(hits.iter().any(|hit| hit.request == request), "{name}: {words}");
        }
    }
}

/// As somebody types who has no such keys.
fn without_accents(name: &str) -> String {
    const PLAIN: [(&str, char); 8] = [
        ("áàâãäå", 'a'),
        ("éèêë", 'e'),
        ("íìîï", 'i'),
        ("óòôõöø", 'o'),
        ("úùûü", 'u'),
        ("ñ", 'n'),
        ("ç", 'c'),
        ("ł", 'l'),
    ];
    name.chars().map(|c| PLAIN.iter().find(|(with, _)| with.contains(c)).map_or(c, |(_, plain)| *plain)).collect()
}

#[tokio::test]
async fn what_came_on_paper_is_entered_with_its_form_and_not_without() {
    let hospital = Hospital::new().await;
    let (fay, gus) =
        (hospital.staff("Fay Desk", Role::FrontDesk).await, hospital.staff("Gus Desk", Role::FrontDesk).await);
    let on_paper = |scan: &str| EntryTyped { channel: "paper".into(), scan: scan.into(), ..asks("Ana Ruiz") };
    for scan in ["", "not.ids"] {
        let Err(Error::Form(problems)) = enter(&hospital, &fay, on_paper(scan)).await else {
            panic!("{scan}: entered")
        };
        assert_eq!((problems[0].field.as_str(), problems[0].code), ("scan", FieldCode::FileMissing));
    }
    let f = hospital.facility;
    let mut pages = Vec::new();
    for page in ["one", "two"] {
        let staging = hospital.desk().stage(&fay.seat, Side::Staff, f, f.0, Kind::Form, "image/jpeg", 1 << 20);
        let mut staging = staging.await.unwrap();
        staging.push(page.as_bytes()).await.unwrap();
        pages.push(staging.finish().await.unwrap().blob.to_string());
    }
    let scan = pages.join(".");
    let anothers = enter(&hospital, &gus, on_paper(&scan)).await;
    assert!(matches!(anothers, Err(Error::Refused(Refusal::FormMissing))), "a form that somebody else scanned");

    let request = enter(&hospital, &fay, on_paper(&scan)).await.unwrap();
    let again = enter(&hospital, &fay, on_paper(&scan)).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::FormMissing))), "a form belongs to one request");
    let count = "select count(*)::text from app.request where channel = 'paper'";
    assert_eq!(hospital.at.says("postgres", count).await.unwrap(), ["1"]);

    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let id = request.to_string();
    hospital.performs(&clerk, ClaimRequest::parse(&id)).await.unwrap();
    let photos = hospital.performs(&clerk, LookAtIdentity::parse(&id)).await.unwrap().photos;
    assert_eq!(photos.iter().map(|photo| photo.is_form).collect::<Vec<_>>(), [true, true]);
    let opened = hospital.desk().opened(&clerk.seat, Side::Staff, f, photos[1].opening).await.unwrap();
    assert_eq!(opened.range(0..3).await.unwrap(), b"one");
    let none = format!(
        "begin; select 'seated' from auth.take_seat('{}', true); select count(*)::text from app.evidence",
        gus.seat.as_str()
    );
    assert_eq!(hospital.at.says("web_staff", &none).await.unwrap().last().unwrap(), "0", "the desk reads no form back");
}
