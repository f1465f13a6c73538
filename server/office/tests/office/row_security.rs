//! The second wall: raw SQL under each login, as a hole in ours would let it through.

mod apart;
mod asked_for;
mod of_a_role;
mod recorded;
mod seat_and_clock;
mod whose_case;
mod writes;

use domain::{
    caller::Role,
    document::Category,
    ids::{FacilityId, PersonId},
};
use uuid::Uuid;

use crate::{
    cases::{ANA, chart, document},
    people::{Hospital, Seated},
};

fn seated(at: &Seated) -> String {
    format!("begin; select 'seated' from auth.take_seat('{}', true);", at.seat.as_str())
}

fn entry(facility: FacilityId) -> String {
    format!("select audit.append('{facility}', 'try', 'done'); commit; select 'committed'")
}

fn draft(facility: FacilityId, request: Uuid, requester: PersonId) -> String {
    format!(
        "insert into app.request (facility_id, id, requester_id, number, status, channel, language)
         values ('{facility}', '{request}', '{requester}', '{:010}', 'draft', 'portal', 'en');",
        request.as_u128() % 10_000_000_000
    )
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

#[tokio::test]
async fn a_patient_sees_their_own_requests_and_nobody_elses() {
    let hospital = Hospital::new().await;
    let (ana, ben) = (hospital.patient("Ana Ruiz").await, hospital.patient("Ben Okoro").await);
    let f = hospital.facility;
    let asked = seated(&ana) + &draft(f, id(1), ana.person) + &entry(f);
    assert_eq!(hospital.at.says("web_patient", &asked).await.unwrap().last().unwrap(), "committed");

    let count = "select count(*)::text from app.request";
    assert_eq!(hospital.at.says("web_patient", &(seated(&ana) + count)).await.unwrap().last().unwrap(), "1");
    assert_eq!(hospital.at.says("web_patient", &(seated(&ben) + count)).await.unwrap().last().unwrap(), "0");
    let for_another = seated(&ben) + &draft(f, id(2), ana.person) + &entry(f);
    assert!(hospital.at.says("web_patient", &for_another).await.unwrap_err().contains("row-level security"));
}

#[tokio::test]
async fn whether_a_request_changed_is_told_to_those_who_may_know_it_alone() {
    let hospital = Hospital::new().await;
    let (ana, ben) = (hospital.patient("Ana Ruiz").await, hospital.patient("Ben Okoro").await);
    let clerk = hospital.staff("Cleo Clerk", Role::Clerk).await;
    let olga = hospital.staff_at(hospital.another_facility().await, "Olga Other", Role::Clerk).await;
    let f = hospital.facility;
    let changed = format!("select audit.append('{f}', 'try', 'done', '{}', fields => '{{status}}'); commit", id(1));
    hospital.at.says("web_patient", &(seated(&ana) + &draft(f, id(1), ana.person) + &changed)).await.unwrap();
    let asked = format!("select coalesce(app.changed_since('{f}', '{}', '1')::text, 'not there')", id(1));
    for (login, who, told) in [
        ("web_patient", &ana, "true"),
        ("web_patient", &ben, "not there"),
        ("web_staff", &clerk, "true"),
        ("web_staff", &olga, "not there"),
    ] {
        assert_eq!(hospital.at.says(login, &(seated(who) + &asked)).await.unwrap().last().unwrap(), told);
    }
    let around = seated(&ben) + &asked.replace("app.", "audit.");
    assert!(hospital.at.says("web_patient", &around).await.unwrap_err().contains("permission denied"));
}

#[tokio::test]
async fn a_session_serves_the_side_it_was_made_for() {
    let hospital = Hospital::new().await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let ana = hospital.patient("Ana Ruiz").await;
    let f = hospital.facility;
    let said = hospital.at.says("web_patient", &(seated(&clerk) + &entry(f))).await.unwrap_err();
    assert!(said.contains("nobody is seated"), "{said}");
    let said = hospital.at.says("web_staff", &(seated(&ana) + &entry(f))).await.unwrap_err();
    assert!(said.contains("nobody is seated"), "{said}");
}

#[tokio::test]
async fn no_login_makes_a_session_or_a_role_but_the_one_that_may() {
    let hospital = Hospital::new().await;
    for login in ["web_patient", "web_staff", "worker", "relay", "audit_reader"] {
        for call in [
            "select auth.session_open(gen_random_uuid(), 'staff', 'x')",
            "select auth.grant_role(gen_random_uuid(), gen_random_uuid(), 'clerk')",
            "select * from auth.session",
            "select * from auth.account",
        ] {
            let said = hospital.at.says(login, call).await.unwrap_err();
            assert!(said.contains("permission denied"), "{login}: {call}: {said}");
        }
    }
    assert!(
        hospital.at.says("web_auth", "select * from auth.account").await.unwrap_err().contains("permission denied")
    );
    assert!(
        hospital
            .at
            .says("web_auth", "select auth.grant_role(gen_random_uuid(), gen_random_uuid(), 'clerk')")
            .await
            .unwrap_err()
            .contains("permission denied")
    );
}

#[tokio::test]
async fn nothing_changes_without_an_entry_on_the_trail() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let silent = seated(&ana) + &draft(hospital.facility, id(1), ana.person) + "commit";
    assert!(hospital.at.says("web_patient", &silent).await.unwrap_err().contains("without an entry"));
}

#[tokio::test]
async fn a_sign_out_in_the_middle_leaves_no_half_act() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let mut db = hospital.at.under("web_patient").await;
    let begun = seated(&ana) + &draft(hospital.facility, id(1), ana.person);
    sqlx::raw_sql(sqlx::AssertSqlSafe(begun)).execute(&mut db).await.unwrap();
    hospital.desk().end_session(&ana.seat).await.unwrap();
    let said =
        sqlx::raw_sql(sqlx::AssertSqlSafe(entry(hospital.facility))).execute(&mut db).await.unwrap_err().to_string();
    assert!(said.contains("nobody is seated"), "{said}");
}

#[tokio::test]
async fn staff_see_their_own_facility_and_the_front_desk_nothing_of_charts() {
    let hospital = Hospital::new().await;
    let elsewhere = hospital.another_facility().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let other = hospital.staff_at(elsewhere, "Olga Other", Role::Clerk).await;
    let desk = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let f = hospital.facility;
    hospital.at.says("web_patient", &(seated(&ana) + &draft(f, id(1), ana.person) + &entry(f))).await.unwrap();
    let chart = format!(
        "begin; insert into app.patient (facility_id, id, source, source_id, name, family, given, digest)
         values ('{f}', '{}', 'test', '1', 'Ana Ruiz', 'Ruiz', 'Ana', ''); {}",
        id(9),
        entry(f)
    );
    hospital.at.says("worker", &chart).await.unwrap();
    let (requests, charts) = ("select count(*)::text from app.request", "select count(*)::text from app.patient");
    for (who, sees, of_charts) in [(&clerk, "1", "1"), (&other, "0", "0"), (&desk, "1", "0")] {
        assert_eq!(hospital.at.says("web_staff", &(seated(who) + requests)).await.unwrap().last().unwrap(), sees);
        assert_eq!(hospital.at.says("web_staff", &(seated(who) + charts)).await.unwrap().last().unwrap(), of_charts);
    }
    assert!(hospital.at.says("web_patient", &(seated(&ana) + charts)).await.unwrap_err().contains("permission denied"));
}

#[tokio::test]
async fn a_patient_matches_nothing_and_decides_nothing() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let f = hospital.facility;
    hospital.at.says("web_patient", &(seated(&ana) + &draft(f, id(1), ana.person) + &entry(f))).await.unwrap();
    for statement in [
        "update app.request set patient_id = gen_random_uuid()",
        "update app.item set status = 'approved'",
        "update app.verification set method = 'seen_in_person'",
        "update app.package set status = 'released'",
        "update app.queue_entry set assignee = null",
    ] {
        let said = hospital.at.says("web_patient", &(seated(&ana) + statement)).await.unwrap_err();
        assert!(said.contains("permission denied"), "{statement}: {said}");
    }
}

#[tokio::test]
async fn who_is_no_clerk_verifies_nobody_and_matches_nothing_and_no_member_of_staff_closes_a_request() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    hospital.was_sent(&ana, &ANA).await;
    hospital.import(vec![(chart("1", "Ana", "Ruiz", None), vec![document(Category::Lab, "Blood count", None)])]).await;
    let patient = hospital.at.says("postgres", "select id::text from app.patient").await.unwrap().remove(0);
    let f = hospital.facility;
    let verify = "update app.verification set method = 'seen_in_person', evidence_kind = 'passport', matched = '{name,birth_date}';";
    let agree = "update app.verification set match_at = now(), agreeing = '{name,birth_date}';";
    let matched = format!("update app.request set patient_id = '{patient}';");
    let close = "update app.request set status = 'closed', outcome = 'fulfilled', closed_at = now();";
    let tries = [
        (verify, "row-level security"),
        (agree, "row-level security"),
        (matched.as_str(), "a clerk matches"),
        (close, "illegal transition"),
    ];
    for (name, role) in [("Fay Desk", Role::FrontDesk), ("Sue Lead", Role::Supervisor)] {
        let who = hospital.staff(name, role).await;
        for (statement, why) in tries {
            let said = hospital.at.says("web_staff", &(seated(&who) + statement + &entry(f))).await.unwrap_err();
            assert!(said.contains(why), "{role:?}: {statement}: {said}");
        }
    }
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let said = hospital.at.says("web_staff", &(seated(&clerk) + close + &entry(f))).await.unwrap_err();
    assert!(said.contains("illegal transition"), "{said}");
    let theirs = seated(&clerk) + verify + agree + &matched + &entry(f);
    assert_eq!(hospital.at.says("web_staff", &theirs).await.unwrap().last().unwrap(), "committed");
}

#[tokio::test]
async fn a_request_comes_in_without_a_chart() {
    let hospital = Hospital::new().await;
    let (ana, desk) = (hospital.patient("Ana Ruiz").await, hospital.staff("Fay Desk", Role::FrontDesk).await);
    let f = hospital.facility;
    hospital.import(vec![(chart("1", "Ana", "Ruiz", None), vec![document(Category::Lab, "Blood count", None)])]).await;
    let patient = hospital.at.says("postgres", "select id::text from app.patient").await.unwrap().remove(0);
    let entered = seated(&desk)
        + &format!(
            "insert into app.request (facility_id, id, requester_id, number, status, channel, language, received_at, patient_name,
               birth_date, scope, delivery, patient_id)
             values ('{f}', '{}', '{}', '0000000001', 'open', 'phone', 'en', now(), 'Ana Ruiz', '1957-03-27', 'everything',
               'pick_up', '{patient}');",
            id(1),
            ana.person
        )
        + &entry(f);
    assert_eq!(hospital.at.says("web_staff", &entered).await.unwrap().last().unwrap(), "committed");
    let unmatched = "select (patient_id is null)::text from app.request";
    assert_eq!(hospital.at.says("postgres", unmatched).await.unwrap(), ["true"]);
}

#[tokio::test]
async fn every_table_is_under_forced_row_level_security_with_a_policy_for_its_owner() {
    let hospital = Hospital::new().await;
    let bare = "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname in ('app', 'auth', 'audit', 'vault')
          and not (c.relrowsecurity and c.relforcerowsecurity
            and exists (select from pg_policy p where p.polrelid = c.oid and c.relowner = any (p.polroles)))";
    assert_eq!(hospital.at.says("postgres", bare).await.unwrap(), Vec::<String>::new());
    let tables = "select count(*)::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname = 'app'";
    assert!(
        hospital.at.says("postgres", tables).await.unwrap()[0].parse::<u32>().unwrap() > 20,
        "the catalogue was read"
    );
}

#[tokio::test]
async fn no_definer_function_is_everybodys_or_without_its_own_search_path() {
    let hospital = Hospital::new().await;
    let open = "select p.proname::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in ('app', 'auth', 'audit', 'vault') and p.prosecdef
          and (p.proconfig is null or has_function_privilege('public', p.oid, 'execute'))";
    assert_eq!(hospital.at.says("postgres", open).await.unwrap(), Vec::<String>::new());
    let owns = "select c.relname::text from pg_class c join pg_roles r on r.oid = c.relowner
        where r.rolname in ('web_auth', 'web_patient', 'web_staff', 'worker', 'relay', 'audit_reader', 'operator')";
    assert_eq!(hospital.at.says("postgres", owns).await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn what_an_act_changes_has_the_trigger_that_wants_an_entry() {
    let hospital = Hospital::new().await;
    let without = "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname = 'app'
          and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'needs_trail' and t.tgdeferrable)
        order by 1";
    // bytes are staged, outbox and tickets are the office's own, and the table of transitions is never written by an act
    assert_eq!(hospital.at.says("postgres", without).await.unwrap(), ["blob", "chunk", "done", "fsm", "outbox"]);
}

#[tokio::test]
async fn the_logins_are_fit_to_serve() {
    let hospital = Hospital::new().await;
    assert!(hospital.desk().fitness().await.unwrap().is_empty());
}
