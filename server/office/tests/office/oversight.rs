//! The trail as its readers see it, the chain verified from the page, and the supervisor's board.

use domain::{
    caller::Role,
    refusal::Refusal,
    shown::oversight::{Actor, Holder, Tally, Trail},
    status::Headline,
};
use office::{
    Error,
    oversight::{LookAtBoard, LookAtVerification, ReadTrail, TrailAsked, VerifyTrail},
};

use crate::{
    front_desk::{asks, enter},
    people::{Hospital, Seated},
};

async fn read(hospital: &Hospital, by: &Seated, asked: TrailAsked) -> Result<Trail, Error> {
    hospital.desk().perform(by.seat.clone(), None, ReadTrail { asked }).await
}

fn acts(trail: &Trail) -> Vec<&str> {
    trail.lines.iter().map(|line| line.act.as_str()).collect()
}

fn refusal(error: Error) -> Refusal {
    let Error::Refused(why) = error else { panic!("{error:?}") };
    why
}

#[tokio::test]
async fn an_auditor_reads_who_did_what_by_name_and_a_clerk_does_not() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let ada = hospital.staff("Ada Auditor", Role::Auditor).await;
    let request = enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap();
    let trail =
        read(&hospital, &ada, TrailAsked { act: "enter_request".into(), ..TrailAsked::default() }).await.unwrap();
    let [line] = trail.lines.as_slice() else { panic!("{trail:?}") };
    assert_eq!(line.who, Actor::Person { id: fay.person, name: "Fay Desk".into() });
    assert_eq!((line.outcome.as_str(), line.fields.as_slice()), ("done", ["status".to_owned()].as_slice()));
    let asked = format!("select number from app.request where id = '{}'", request.id);
    let number = hospital.at.says("postgres", &asked).await.unwrap();
    assert_eq!(line.request.unwrap().digits(), number[0]);

    for role in [Role::Clerk, Role::FrontDesk, Role::Administrator] {
        let other = hospital.staff(&format!("Other {}", role.code()), role).await;
        assert_eq!(refusal(read(&hospital, &other, TrailAsked::default()).await.unwrap_err()), Refusal::NotAllowed);
        let verify = hospital.desk().perform(other.seat.clone(), None, VerifyTrail).await;
        assert_eq!(refusal(verify.err().unwrap()), Refusal::NotAllowed);
    }
    for role in [Role::Supervisor, Role::PrivacyOfficer] {
        let other = hospital.staff(&format!("Reader {}", role.code()), role).await;
        assert!(read(&hospital, &other, TrailAsked::default()).await.is_ok(), "{role:?}");
    }
}

#[tokio::test]
async fn every_look_at_the_trail_is_on_the_trail_and_so_is_every_refused_one() {
    let hospital = Hospital::new().await;
    let ada = hospital.staff("Ada Auditor", Role::Auditor).await;
    let carla = hospital.staff("Carla Clerk", Role::Clerk).await;
    read(&hospital, &carla, TrailAsked::default()).await.unwrap_err();
    read(&hospital, &ada, TrailAsked::default()).await.unwrap();
    let looks = TrailAsked { act: "read_trail".into(), ..TrailAsked::default() };
    let trail = read(&hospital, &ada, looks).await.unwrap();
    let outcomes: Vec<&str> = trail.lines.iter().map(|line| line.outcome.as_str()).collect();
    assert_eq!(outcomes, ["done", "not_allowed"], "the one before this, and the colleague's refused one");
    let refused = "select outcome from audit.event where act = 'read_trail' and outcome <> 'done'";
    assert_eq!(hospital.at.says("postgres", refused).await.unwrap(), ["not_allowed"]);
}

#[tokio::test]
async fn who_of_the_staff_signed_in_or_could_not_is_read_at_their_facility_and_no_patients_sign_in() {
    let hospital = Hospital::new().await;
    let ada = hospital.staff("Ada Auditor", Role::Auditor).await;
    let carla = hospital.staff("Carla Clerk", Role::Clerk).await;
    hospital.staff_at(hospital.another_facility().await, "Olga Other", Role::Clerk).await;
    let ana = hospital.patient("Ana Ruiz").await;
    let email = "carla.clerk@riverside.example";
    let wrong = hospital.desk().verify_password(&hospital.passwords, email, "not the right words 1", "10.0.0.0/24");
    wrong.await.unwrap_err();
    hospital.desk().end_session(&carla.seat).await.unwrap();

    let trail = read(&hospital, &ada, TrailAsked { act: "sign_in".into(), ..TrailAsked::default() }).await.unwrap();
    let who = |name: &str, id| Actor::Person { id, name: name.into() };
    let seen: Vec<_> = trail.lines.into_iter().map(|line| (line.who, line.outcome)).collect();
    let expected = [
        (who("Carla Clerk", carla.person), "wrong_password".to_owned()),
        (who("Carla Clerk", carla.person), "done".to_owned()),
        (who("Ada Auditor", ada.person), "done".to_owned()),
    ];
    assert_eq!(seen, expected);
    let hers = TrailAsked { person: carla.person.to_string(), act: "sign_out".into(), ..TrailAsked::default() };
    assert_eq!(read(&hospital, &ada, hers).await.unwrap().lines.len(), 1);
    let patients = TrailAsked { person: ana.person.to_string(), act: "sign_in".into(), ..TrailAsked::default() };
    assert_eq!(read(&hospital, &ada, patients).await.unwrap().lines, []);
}

#[tokio::test]
async fn filters_narrow_and_what_cannot_be_read_is_named() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let gus = hospital.staff("Gus Desk", Role::FrontDesk).await;
    let ada = hospital.staff("Ada Auditor", Role::Auditor).await;
    let first = enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap();
    enter(&hospital, &gus, asks("Ben Okoro")).await.unwrap();
    let by_gus = TrailAsked { person: gus.person.to_string(), ..TrailAsked::default() };
    let trail = read(&hospital, &ada, by_gus).await.unwrap();
    assert_eq!((acts(&trail), trail.person.as_deref()), (vec!["enter_request", "sign_in"], Some("Gus Desk")));

    let asked = format!("select number from app.request where id = '{}'", first.id);
    let number = hospital.at.says("postgres", &asked).await.unwrap().pop().unwrap();
    let trail = read(&hospital, &ada, TrailAsked { number, ..TrailAsked::default() }).await.unwrap();
    assert_eq!(trail.lines.len(), 1);
    assert_eq!(trail.lines[0].who, Actor::Person { id: fay.person, name: "Fay Desk".into() });

    let long_ago = TrailAsked { to: "3/1/2020".into(), ..TrailAsked::default() };
    assert_eq!(read(&hospital, &ada, long_ago).await.unwrap().lines, []);
    let since = TrailAsked { from: "2020-03-01".into(), act: "enter_request".into(), ..TrailAsked::default() };
    assert_eq!(read(&hospital, &ada, since).await.unwrap().lines.len(), 2);
    let refused = TrailAsked { outcome: "refused".into(), ..TrailAsked::default() };
    assert_eq!(read(&hospital, &ada, refused).await.unwrap().lines, []);
    let unread = TrailAsked { from: "soon".into(), number: "12".into(), ..TrailAsked::default() };
    assert_eq!(read(&hospital, &ada, unread).await.unwrap().unread, ["from", "number"]);
}

#[tokio::test]
async fn the_pages_of_the_trail_join_without_a_gap() {
    let hospital = Hospital::new().await;
    let ada = hospital.staff("Ada Auditor", Role::Auditor).await;
    let fill = format!(
        "select count(audit.append('{}', 'try_' || n, 'done'))::text from generate_series(1, 120) n",
        hospital.facility
    );
    // in one transaction: all at the same moment, told apart by their ids
    hospital.at.says("operator", &fill).await.unwrap();
    let (mut after, mut seen) = (String::new(), Vec::new());
    loop {
        let trail = read(&hospital, &ada, TrailAsked { after, ..TrailAsked::default() }).await.unwrap();
        seen.extend(trail.lines.into_iter().filter(|line| line.act.starts_with("try_")).map(|line| line.act));
        match trail.older {
            Some(older) => after = older,
            None => break,
        }
    }
    assert_eq!(seen.len(), 120);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 120, "none twice");
}

#[tokio::test]
async fn another_facilitys_entries_are_not_there() {
    let hospital = Hospital::new().await;
    let elsewhere = hospital.another_facility().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let olga = hospital.staff_at(elsewhere, "Olga Auditor", Role::Auditor).await;
    enter(&hospital, &fay, asks("Ana Ruiz")).await.unwrap();
    let trail = read(&hospital, &olga, TrailAsked::default()).await.unwrap();
    assert_eq!(acts(&trail), ["sign_in", "add_person", "add_facility"], "the sign-in is her own");
    let theirs = TrailAsked { person: fay.person.to_string(), ..TrailAsked::default() };
    assert_eq!(read(&hospital, &olga, theirs).await.unwrap().lines, []);
}

#[tokio::test]
async fn the_chain_is_verified_from_the_page_and_an_edited_entry_is_found() {
    let hospital = Hospital::new().await;
    let ada = hospital.staff("Ada Auditor", Role::Auditor).await;
    hospital.desk().relay_tick().await.unwrap();
    let verify = async || {
        let id = hospital.desk().perform(ada.seat.clone(), None, VerifyTrail).await.unwrap().to_string();
        let look = LookAtVerification::parse(&id).unwrap();
        hospital.desk().perform(ada.seat.clone(), None, look).await.unwrap().verified.unwrap()
    };
    let holds = verify().await;
    assert!(holds.entries >= 2, "{holds:?}");
    assert_eq!((holds.broken, holds.problems), (0, vec![]));

    let partition =
        hospital.at.says("postgres", "select tableoid::regclass from audit.event limit 1").await.unwrap()[0].clone();
    let edit = format!(
        "alter table {partition} disable trigger no_ud; update audit.event set act = 'nothing' where act = 'add_person';
         alter table {partition} enable always trigger no_ud"
    );
    hospital.at.says("postgres", &edit).await.unwrap();
    let broken = verify().await;
    assert_eq!(broken.problems[0].problem, "event_changed");
    assert_eq!(broken.broken, 1);

    let eve = hospital.staff("Eve Auditor", Role::Auditor).await;
    let id = hospital.desk().perform(ada.seat.clone(), None, VerifyTrail).await.unwrap().to_string();
    let look = LookAtVerification::parse(&id).unwrap();
    let others = hospital.desk().perform(eve.seat.clone(), None, look).await;
    assert_eq!(refusal(others.err().unwrap()), Refusal::NotFound, "a result is its asker's own");
}

#[tokio::test]
async fn the_trail_is_verified_by_one_at_a_time() {
    let hospital = Hospital::new().await;
    let ada = hospital.staff("Ada Auditor", Role::Auditor).await;
    let verify = async || hospital.desk().perform(ada.seat.clone(), None, VerifyTrail).await;
    let mut another = hospital.at.under("audit_reader").await;
    let under_way = "begin; select pg_advisory_xact_lock(hashtext('audit.verify'))";
    sqlx::raw_sql(under_way).execute(&mut another).await.unwrap();
    assert_eq!(refusal(verify().await.unwrap_err()), Refusal::BeingVerified);
    sqlx::raw_sql("commit").execute(&mut another).await.unwrap();
    assert!(verify().await.is_ok());
    let outcomes = "select outcome from audit.event where act = 'verify_trail' order by at";
    assert_eq!(hospital.at.says("postgres", outcomes).await.unwrap(), ["being_verified", "done"]);
}

#[tokio::test]
async fn the_board_counts_what_is_due_and_what_is_late() {
    let hospital = Hospital::new().await;
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let sue = hospital.staff("Sue Supervisor", Role::Supervisor).await;
    let mut requests = Vec::new();
    for name in ["Ana Ruiz", "Ben Okoro", "Cai Li", "Dee Dun"] {
        requests.push(enter(&hospital, &fay, asks(name)).await.unwrap().id);
    }
    let [late, soon, answered, _] = requests[..] else { panic!() };
    let moved = format!(
        "set session_replication_role = replica;
         update app.queue_entry set due_on = now()::date - 3, assignee = '{}' where request_id = '{late}';
         update app.queue_entry set due_on = now()::date + 5 where request_id = '{soon}';
         update app.queue_entry set due_on = now()::date - 3, headline = 'ready' where request_id = '{answered}'",
        sue.person
    );
    hospital.at.says("postgres", &moved).await.unwrap();
    let board = hospital.desk().perform(sue.seat.clone(), None, LookAtBoard).await.unwrap().board.unwrap();
    let tally = |open, due_soon, overdue| Tally { open, due_soon, overdue };
    assert_eq!((board.all, board.capped_at), (tally(4, 1, 1), None));
    assert_eq!(board.by_headline, [(Headline::Received, tally(3, 1, 1)), (Headline::Ready, tally(1, 0, 0))]);
    let sues = Holder::Person { name: "Sue Supervisor".into(), id: sue.person };
    assert_eq!(board.by_person, [(Holder::Nobody, tally(3, 1, 0)), (sues, tally(1, 0, 1))]);

    let ada = hospital.staff("Ada Auditor", Role::Auditor).await;
    let theirs = hospital.desk().perform(ada.seat.clone(), None, LookAtBoard).await.unwrap();
    assert_eq!(theirs.board, None, "whoever leads nobody has no board");
    let refused = hospital.desk().perform(fay.seat.clone(), None, LookAtBoard).await;
    assert_eq!(refusal(refused.err().unwrap()), Refusal::NotAllowed);
}
