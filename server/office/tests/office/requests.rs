//! The patient's half, through the door: begin, answer, send, follow, answer a question, send a picture, take it back.

use domain::{
    ask::{Answer, AskStep},
    caller::{Role, Side},
    form::FieldCode,
    ids::{QuestionId, RequestId},
    language::Language,
    refusal::Refusal,
    request::Outcome,
    shown::requests::{Check, One},
    status::{Headline, Next},
};
use jiff::SignedDuration;
use office::{
    Act, Error, Ticket,
    bytes::Kind,
    requests::{
        AnswerQuestion, AskPage, CheckPage, MyRequests, OfferEvidence, OneRequest, SaveAnswer, SendEvidence, StartPage,
        StartRequest, SubmitRequest, UndoWithdrawal, WithdrawRequest,
    },
};
use uuid::Uuid;

use crate::people::{Hospital, Seated};

const NAME: &str = "Ana Ruiz";

fn text<const N: usize>(parts: [&str; N]) -> [String; N] {
    parts.map(str::to_owned)
}

/// Everything, from all dates, to download here.
fn answers() -> Vec<Answer> {
    vec![
        Answer::Name { name: NAME.into(), former_names: "Ana Soto".into() },
        Answer::BirthDate(text(["March", "27", "1957"])),
        Answer::Contact {
            email: "ana.ruiz@mail.example".into(),
            phone: String::new(),
            postal: text(["", "", "", "", ""]),
        },
        Answer::Records { scope: "everything".into(), categories: vec![] },
        Answer::Dates { preset: "all".into(), from: text(["", "", ""]), to: text(["", "", ""]) },
        Answer::Delivery("portal".into()),
        Answer::Help(String::new()),
    ]
}

fn chosen(categories: &[&str]) -> Answer {
    Answer::Records { scope: "chosen".into(), categories: categories.iter().map(|&code| code.to_owned()).collect() }
}

impl Hospital {
    async fn does<A: Act>(&self, who: &Seated, act: office::Result<A>) -> office::Result<A::Output> {
        self.desk().perform(who.seat.clone(), None, act?).await
    }

    async fn start(&self, who: &Seated) -> RequestId {
        self.does(who, StartRequest::parse("", Language::English)).await.unwrap()
    }

    async fn draft(&self, who: &Seated, answers: Vec<Answer>) -> RequestId {
        let id = self.start(who).await;
        for answer in answers {
            self.does(who, SaveAnswer::parse(&id.to_string(), answer)).await.unwrap();
        }
        id
    }

    async fn check(&self, who: &Seated, id: RequestId) -> Check {
        self.does(who, CheckPage::parse(&id.to_string())).await.unwrap()
    }

    async fn submit(&self, who: &Seated, id: RequestId, seen: i32, signed: &str) -> office::Result<RequestId> {
        let act = SubmitRequest::parse(&id.to_string(), &seen.to_string(), signed.into(), Language::English);
        self.does(who, act).await
    }

    async fn asked(&self, who: &Seated) -> RequestId {
        let id = self.draft(who, answers()).await;
        let check = self.check(who, id).await;
        self.submit(who, id, check.version.0, NAME).await.unwrap()
    }

    async fn one(&self, who: &Seated, id: RequestId) -> office::Result<One> {
        self.does(who, OneRequest::parse(&id.to_string())).await
    }

    async fn count(&self, what: &str) -> String {
        self.at.says("postgres", &format!("select count(*)::text from {what}")).await.unwrap().remove(0)
    }

    /// A clerk asks, as the worklist's act leaves it.
    async fn ask(&self, clerk: &Seated, id: RequestId) {
        let asked = format!(
            "begin; select 'seated' from auth.take_seat('{}', true);
             insert into app.question (facility_id, id, request_id, status, reason, ways, asked_by, asked_at)
             values ('{}', gen_random_uuid(), '{}', 'open', 'id_unreadable', '{{send_photo,write_here}}', '{}', now());
             select audit.append('{}', 'try', 'done'); commit; select 'committed'",
            clerk.seat.as_str(),
            id.facility,
            id.id,
            clerk.person,
            id.facility
        );
        assert_eq!(self.at.says("web_staff", &asked).await.unwrap().last().unwrap(), "committed");
    }
}

fn refusal<T>(result: office::Result<T>) -> Refusal {
    match result {
        Err(Error::Refused(why)) => why,
        Err(other) => panic!("not refused but {other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

fn problems<T>(result: office::Result<T>) -> Vec<(String, FieldCode)> {
    match result {
        Err(Error::Form(problems)) => problems.into_iter().map(|problem| (problem.field, problem.code)).collect(),
        Err(other) => panic!("no form's problems but {other:?}"),
        Ok(_) => panic!("no problems"),
    }
}

#[tokio::test]
async fn a_person_asks_answer_by_answer_and_sends() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient(NAME).await;
    let start = hospital.does(&ana, Ok(StartPage)).await.unwrap();
    assert_eq!((start.facilities.len(), start.law_days), (1, 30));

    let id = hospital.start(&ana).await;
    let page = hospital.does(&ana, AskPage::parse(&id.to_string(), "name")).await.unwrap();
    assert_eq!((page.name.as_str(), page.email.as_deref()), (NAME, Some("ana.ruiz@mail.example")));
    assert_eq!(hospital.check(&ana, id).await.missing.len(), 6);
    assert_eq!(refusal(hospital.submit(&ana, id, 1, NAME).await), Refusal::Incomplete);

    for answer in answers() {
        let step = answer.step();
        let saved = hospital.does(&ana, SaveAnswer::parse(&id.to_string(), answer)).await.unwrap();
        assert_eq!(saved.next, step.next());
    }
    let sealed = hospital.at.says("postgres", "select encode(sealed, 'escape') from app.draft").await.unwrap();
    assert!(!sealed[0].contains("Ana"), "what was answered is sealed");
    let mine = hospital.does(&ana, Ok(MyRequests)).await.unwrap();
    assert_eq!((mine.drafts.len(), mine.open.len()), (1, 0));

    let check = hospital.check(&ana, id).await;
    assert_eq!(check.missing, []);
    assert_eq!(check.draft.former_names.len(), 1);
    let other = hospital.submit(&ana, id, check.version.0, "Somebody Else").await;
    assert_eq!(problems(other), [("signed_name".to_owned(), FieldCode::SignatureDiffers)]);
    hospital.submit(&ana, id, check.version.0, "ana ruiz").await.unwrap();

    let one = hospital.one(&ana, id).await.unwrap();
    assert_eq!(one.status.headline, Headline::Received);
    let (received, due) = (one.status.received_on.unwrap(), one.status.due_on.unwrap());
    assert_eq!(received.until(due).unwrap().get_days(), 30, "the law's days");
    assert!(one.may.withdraw && one.may.send_picture && one.may.undo.is_none());
    assert_eq!(one.status.next, Next::YouSendId, "their ID is not here");
    let sent = one.sent.unwrap();
    assert_eq!((sent.signed.unwrap().0.as_str(), sent.ask.scope.code()), ("ana ruiz", "everything"));
    let mine = hospital.does(&ana, Ok(MyRequests)).await.unwrap();
    assert_eq!((mine.drafts.len(), mine.open.len()), (0, 1));
    assert_eq!((mine.open[0].number, mine.open[0].due_on), (one.number, Some(due)));

    assert_eq!(hospital.count("app.draft").await, "0");
    let told = "select kind || ' ' || status || ' ' || email from app.notice";
    assert_eq!(hospital.at.says("postgres", told).await.unwrap(), ["n1 waiting ana.ruiz@mail.example"]);
    assert_eq!(hospital.count("app.outbox where task = 'send_notice'").await, "1");
    assert_eq!(hospital.count("app.item where category is null and status = 'pending'").await, "1");
    assert_eq!(hospital.count("app.request where name_folded = 'ana ruiz'").await, "1");
}

#[tokio::test]
async fn each_kind_that_was_chosen_becomes_a_part_and_who_has_no_email_gets_paper() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient(NAME).await;
    let mut all = answers();
    all[2] = Answer::Contact {
        email: String::new(),
        phone: "312 555 0142".into(),
        postal: text(["1 Elm Street", "", "Chicago", "IL", "60601"]),
    };
    all[3] = chosen(&["vaccine", "lab"]);
    let id = hospital.draft(&ana, all).await;
    let check = hospital.check(&ana, id).await;
    hospital.submit(&ana, id, check.version.0, NAME).await.unwrap();
    let parts = "select category from app.item order by position";
    assert_eq!(hospital.at.says("postgres", parts).await.unwrap(), ["lab", "vaccine"]);
    assert_eq!(hospital.count("app.notice where status = 'printable' and email is null").await, "1");
    assert_eq!(hospital.count("app.outbox where task = 'send_notice'").await, "0");
}

#[tokio::test]
async fn another_patients_request_does_not_exist() {
    let hospital = Hospital::new().await;
    let (ana, ben) = (hospital.patient(NAME).await, hospital.patient("Ben Okoro").await);
    let (draft, sent) = (hospital.start(&ana).await, hospital.asked(&ana).await);
    let (d, s) = (draft.to_string(), sent.to_string());
    assert_eq!(refusal(hospital.one(&ben, sent).await), Refusal::NotFound);
    assert_eq!(refusal(hospital.does(&ben, AskPage::parse(&d, "name")).await), Refusal::NotFound);
    assert_eq!(refusal(hospital.does(&ben, CheckPage::parse(&d)).await), Refusal::NotFound);
    for answer in answers() {
        assert_eq!(refusal(hospital.does(&ben, SaveAnswer::parse(&d, answer)).await), Refusal::NotFound);
    }
    assert_eq!(refusal(hospital.submit(&ben, draft, 1, NAME).await), Refusal::NotFound);
    assert_eq!(refusal(hospital.does(&ben, WithdrawRequest::parse(&s, "2")).await), Refusal::NotFound);
    assert_eq!(refusal(hospital.does(&ben, UndoWithdrawal::parse(&s, "2")).await), Refusal::NotFound);
    let question = Uuid::from_u128(1).to_string();
    assert_eq!(refusal(hospital.does(&ben, AnswerQuestion::parse(&s, &question, "1", "me")).await), Refusal::NotFound);
    assert_eq!(refusal(hospital.does(&ben, SendEvidence::parse(&s, vec![], "", "")).await), Refusal::NotFound);
    assert_eq!(hospital.does(&ben, Ok(MyRequests)).await.unwrap().open, []);
    assert_eq!(refusal(hospital.does(&ana, OneRequest::parse("nonsense")).await), Refusal::NotFound);
}

#[tokio::test]
async fn staff_do_not_come_in_by_the_patients_door() {
    let hospital = Hospital::new().await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let said = hospital.does(&clerk, Ok(MyRequests)).await;
    assert!(matches!(said, Err(Error::SignInAgain)), "{said:?}");
}

#[tokio::test]
async fn a_form_that_is_sent_twice_makes_one_request() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient(NAME).await;
    let ticket = Some(Ticket(Uuid::from_u128(7)));
    let begin = || StartRequest::parse("", Language::English).unwrap();
    let first = hospital.desk().perform(ana.seat.clone(), ticket, begin()).await.unwrap();
    assert_eq!(hospital.desk().perform(ana.seat.clone(), ticket, begin()).await.unwrap(), first);
    assert_eq!(hospital.count("app.request").await, "1");

    for answer in answers() {
        hospital.does(&ana, SaveAnswer::parse(&first.to_string(), answer)).await.unwrap();
    }
    let seen = hospital.check(&ana, first).await.version.0.to_string();
    let send = || SubmitRequest::parse(&first.to_string(), &seen, NAME.into(), Language::English).unwrap();
    let ticket = Some(Ticket(Uuid::from_u128(8)));
    let (one, two) = tokio::join!(
        hospital.desk().perform(ana.seat.clone(), ticket, send()),
        hospital.desk().perform(ana.seat.clone(), ticket, send())
    );
    assert_eq!((one.unwrap(), two.unwrap()), (first, first));
    assert_eq!(hospital.count("app.notice").await, "1");
    let again = hospital.desk().perform(ana.seat.clone(), Some(Ticket(Uuid::from_u128(9))), send()).await;
    assert_eq!(refusal(again), Refusal::AlreadySent);
    let late = hospital.does(&ana, SaveAnswer::parse(&first.to_string(), answers().remove(0))).await;
    assert_eq!(refusal(late), Refusal::AlreadySent);
}

#[tokio::test]
async fn what_changed_after_it_was_shown_is_neither_signed_nor_taken_back() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient(NAME).await;
    let id = hospital.draft(&ana, answers()).await;
    let seen = hospital.check(&ana, id).await.version.0;
    // in another tab
    hospital.does(&ana, SaveAnswer::parse(&id.to_string(), chosen(&["lab"]))).await.unwrap();
    assert_eq!(refusal(hospital.submit(&ana, id, seen, NAME).await), Refusal::MovedOn);
    let seen = hospital.check(&ana, id).await.version.0;
    hospital.submit(&ana, id, seen, NAME).await.unwrap();
    assert_eq!(refusal(hospital.does(&ana, WithdrawRequest::parse(&id.to_string(), "1")).await), Refusal::MovedOn);
}

#[tokio::test]
async fn a_wrong_answer_says_what_is_wrong_and_changes_nothing() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient(NAME).await;
    let id = hospital.draft(&ana, answers()).await;
    let before = hospital.check(&ana, id).await;
    let future = Answer::BirthDate(text(["3", "27", "2999"]));
    let said = problems(hospital.does(&ana, SaveAnswer::parse(&id.to_string(), future)).await);
    assert_eq!(said, [("birth_month".to_owned(), FieldCode::DateInFuture)]);
    let none = problems(hospital.does(&ana, SaveAnswer::parse(&id.to_string(), chosen(&[]))).await);
    assert_eq!(none, [("categories".to_owned(), FieldCode::NothingChosen)]);
    // a choice that the form does not have
    let forged = chosen(&["other"]);
    assert_eq!(
        problems(hospital.does(&ana, SaveAnswer::parse(&id.to_string(), forged)).await),
        [("categories".to_owned(), FieldCode::NotAChoice)]
    );
    let after = hospital.check(&ana, id).await;
    assert_eq!((after.draft, after.version), (before.draft, before.version));
}

#[tokio::test]
async fn the_same_open_request_is_pointed_out_and_may_be_sent_all_the_same() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient(NAME).await;
    let first = hospital.asked(&ana).await;
    let second = hospital.draft(&ana, answers()).await;
    let check = hospital.check(&ana, second).await;
    assert_eq!(check.duplicate.as_ref().map(|same| same.id), Some(first));
    hospital.does(&ana, SaveAnswer::parse(&second.to_string(), chosen(&["lab"]))).await.unwrap();
    let check = hospital.check(&ana, second).await;
    assert_eq!(check.duplicate, None, "other records");
    hospital.does(&ana, SaveAnswer::parse(&second.to_string(), answers().remove(3))).await.unwrap();
    let seen = hospital.check(&ana, second).await.version.0;
    hospital.submit(&ana, second, seen, NAME).await.unwrap();
}

#[tokio::test]
async fn nobody_begins_more_than_twenty_a_day() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient(NAME).await;
    for _ in 0..20 {
        hospital.start(&ana).await;
    }
    let more = hospital.does(&ana, StartRequest::parse("", Language::English)).await;
    assert_eq!(refusal(more), Refusal::TooMuchToday);
}

#[tokio::test]
async fn with_several_facilities_one_is_chosen() {
    let hospital = Hospital::new().await;
    let other = hospital.another_facility().await;
    let ana = hospital.patient(NAME).await;
    let none = hospital.does(&ana, StartRequest::parse("", Language::English)).await;
    assert_eq!(problems(none), [("facility".to_owned(), FieldCode::NothingChosen)]);
    let unknown = hospital.does(&ana, StartRequest::parse(&Uuid::from_u128(5).to_string(), Language::English)).await;
    assert_eq!(refusal(unknown), Refusal::NotFound);
    let id = hospital.does(&ana, StartRequest::parse(&other.to_string(), Language::English)).await.unwrap();
    assert_eq!(id.facility, other);
}

#[tokio::test]
async fn a_question_is_answered_once_and_the_office_goes_on() {
    let hospital = Hospital::new().await;
    let (ana, clerk) = (hospital.patient(NAME).await, hospital.staff("Carla Clerk", Role::Clerk).await);
    let id = hospital.asked(&ana).await;
    hospital.ask(&clerk, id).await;
    let one = hospital.one(&ana, id).await.unwrap();
    assert_eq!(one.status.headline, Headline::ActionNeeded);
    let question = one.question.unwrap();
    let answer = |seen: i32, text: &str| {
        AnswerQuestion::parse(&id.to_string(), &question.id.to_string(), &seen.to_string(), text)
    };
    assert_eq!(problems(answer(1, " ").map(|_| ())), [("answer".to_owned(), FieldCode::Missing)]);
    let long = "a".repeat(4001);
    assert_eq!(problems(answer(1, &long).map(|_| ())), [("answer".to_owned(), FieldCode::TooLong)]);
    assert_eq!(refusal(hospital.does(&ana, answer(9, "me")).await), Refusal::MovedOn);
    hospital.does(&ana, answer(question.version.0, "It is me, Ana.")).await.unwrap();
    assert_eq!(refusal(hospital.does(&ana, answer(question.version.0, "again")).await), Refusal::QuestionClosed);
    let one = hospital.one(&ana, id).await.unwrap();
    assert!(one.question.is_none());
    assert_eq!(one.status.headline, Headline::Received);
    assert_eq!(hospital.count("app.notice where kind = 'n3'").await, "1");
    assert_eq!(hospital.count("app.queue_entry where headline = 'received' and waiting_on = 'none'").await, "1");
    let plain = "select count(*)::text from app.chunk where encode(bytes, 'escape') like '%It is me%'";
    assert_eq!(hospital.at.says("postgres", plain).await.unwrap(), ["0"]);
}

#[tokio::test]
async fn a_picture_is_attached_whole_and_answers_the_question_that_asked_for_it() {
    let hospital = Hospital::new().await;
    let (ana, clerk) = (hospital.patient(NAME).await, hospital.staff("Carla Clerk", Role::Clerk).await);
    let id = hospital.asked(&ana).await;
    hospital.ask(&clerk, id).await;
    let question = hospital.one(&ana, id).await.unwrap().question.unwrap();
    let offer = async |of: &str, seen: i32| {
        hospital.does(&ana, OfferEvidence::answering(&id.to_string(), of, &seen.to_string())).await
    };
    let (asked, shown) = (question.id.to_string(), question.version.0);
    assert_eq!(refusal(offer(&asked, shown + 1).await), Refusal::MovedOn, "before a picture is read");
    let none = QuestionId(Uuid::from_u128(1)).to_string();
    assert_eq!(refusal(offer(&none, shown).await), Refusal::NotFound);
    offer(&asked, shown).await.unwrap();
    let stage = async |limit| {
        let desk = hospital.desk();
        desk.stage(&ana.seat, Side::Patient, id.facility, id.id, Kind::Evidence, "image/jpeg", limit).await.unwrap()
    };
    let mut staging = stage(1000).await;
    assert!(matches!(staging.push(&[1; 2000]).await, Err(Error::TooLarge)));
    let mut staging = stage(1000).await;
    staging.push(&[7; 900]).await.unwrap();
    let staged = staging.finish().await.unwrap();
    assert_eq!(hospital.count("app.evidence").await, "0", "what is staged is not attached");
    let send = |staged| {
        let (question, seen) = (question.id.to_string(), question.version.0.to_string());
        SendEvidence::parse(&id.to_string(), vec![staged], &question, &seen)
    };
    hospital.does(&ana, send(staged)).await.unwrap();
    let one = hospital.one(&ana, id).await.unwrap();
    assert_eq!((one.pictures, one.question), (1, None));
    assert_ne!(one.status.next, Next::YouSendId, "it is here now");
    assert_eq!(refusal(hospital.does(&ana, send(staged)).await), Refusal::MovedOn, "a blob is attached once");
    offer(&asked, shown).await.unwrap();
}

#[tokio::test]
async fn when_there_are_enough_pictures_no_more_is_offered_and_waiting_is_not_advised() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient(NAME).await;
    let id = hospital.asked(&ana).await;
    let sent = |pictures: u32| {
        format!(
            "set session_replication_role = replica;
             insert into app.evidence (facility_id, id, request_id, kind, blob, sent_by)
             select '{}', gen_random_uuid(), '{}', 'identity', gen_random_uuid(), '{}' from generate_series(1, {pictures})",
            id.facility, id.id, ana.person
        )
    };
    hospital.at.says("postgres", &sent(39)).await.unwrap();
    assert!(hospital.one(&ana, id).await.unwrap().may.send_picture);
    hospital.does(&ana, OfferEvidence::parse(&id.to_string())).await.unwrap();
    hospital.at.says("postgres", &sent(1)).await.unwrap();
    let one = hospital.one(&ana, id).await.unwrap();
    assert_eq!((one.pictures, one.may.send_picture), (40, false));
    let more = hospital.does(&ana, OfferEvidence::parse(&id.to_string())).await;
    assert_eq!(refusal(more), Refusal::EnoughPictures);
}

#[tokio::test]
async fn what_was_taken_back_refuses_answers_and_can_be_undone_for_fifteen_minutes() {
    let hospital = Hospital::new().await;
    let (ana, clerk) = (hospital.patient(NAME).await, hospital.staff("Carla Clerk", Role::Clerk).await);
    let id = hospital.asked(&ana).await;
    hospital.ask(&clerk, id).await;
    let one = hospital.one(&ana, id).await.unwrap();
    let question = one.question.unwrap();
    let version = |one: &One| one.version.0.to_string();
    let seen = one.version.0.to_string();
    hospital.does(&ana, WithdrawRequest::parse(&id.to_string(), &seen)).await.unwrap();
    assert_eq!(
        hospital.count("app.outbox where task = 'undo_passed' and not_before > now() + interval '14 minutes'").await,
        "1"
    );
    let again = hospital.does(&ana, WithdrawRequest::parse(&id.to_string(), &seen)).await;
    assert_eq!(refusal(again), Refusal::MovedOn);

    let answer = AnswerQuestion::parse(&id.to_string(), &question.id.to_string(), "1", "me");
    assert_eq!(refusal(hospital.does(&ana, answer).await), Refusal::RequestClosed);
    let picture = hospital.does(&ana, SendEvidence::parse(&id.to_string(), vec![], "", "")).await;
    assert_eq!(refusal(picture), Refusal::RequestClosed);

    let one = hospital.one(&ana, id).await.unwrap();
    assert_eq!((one.status.headline, one.status.outcome), (Headline::Closed, Some(Outcome::Withdrawn)));
    assert!(one.may.undo.is_some() && !one.may.withdraw && !one.may.send_picture);
    hospital.does(&ana, UndoWithdrawal::parse(&id.to_string(), &version(&one))).await.unwrap();
    let one = hospital.one(&ana, id).await.unwrap();
    assert_eq!(one.status.headline, Headline::ActionNeeded, "it is as it was");
    let again = hospital.does(&ana, UndoWithdrawal::parse(&id.to_string(), &version(&one))).await;
    assert_eq!(refusal(again), Refusal::NotWithdrawn);
    hospital.does(&ana, WithdrawRequest::parse(&id.to_string(), &version(&one))).await.unwrap();
    let one = hospital.one(&ana, id).await.unwrap();

    let later = hospital.at.desk_later(SignedDuration::from_mins(16));
    let act = UndoWithdrawal::parse(&id.to_string(), &version(&one)).unwrap();
    assert_eq!(refusal(later.perform(ana.seat.clone(), None, act).await), Refusal::UndoOver);
    let late = later.perform(ana.seat.clone(), None, OneRequest::parse(&id.to_string()).unwrap()).await.unwrap();
    assert_eq!(late.may.undo, None);
}

#[tokio::test]
async fn every_act_leaves_one_entry_on_the_trail() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient(NAME).await;
    let id = hospital.asked(&ana).await;
    let one = hospital.one(&ana, id).await.unwrap();
    hospital.does(&ana, WithdrawRequest::parse(&id.to_string(), &one.version.0.to_string())).await.unwrap();
    let _ = hospital.does(&ana, WithdrawRequest::parse(&id.to_string(), "2")).await;
    let trail = "select act || ' ' || outcome || ' ' || count(*) from audit.event
        where act in ('start_request', 'save_answer', 'check_page', 'submit_request', 'one_request', 'withdraw_request')
        group by act, outcome order by 1";
    assert_eq!(
        hospital.at.says("postgres", trail).await.unwrap(),
        [
            "check_page done 1",
            "one_request done 1",
            "save_answer done 7",
            "start_request done 1",
            "submit_request done 1",
            "withdraw_request done 1",
            "withdraw_request moved_on 1",
        ]
    );
    let about = format!("audit.event where act = 'save_answer' and request = '{}'", id.id);
    assert_eq!(hospital.count(&about).await, AskStep::ALL.len().to_string());
}
