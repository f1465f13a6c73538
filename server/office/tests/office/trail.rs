use domain::{
    ask::Answer,
    caller::Role,
    ids::{FacilityId, RequestId},
    language::Language,
    refusal::Refusal,
};
use office::{
    Error, Ticket,
    requests::{OneRequest, SaveAnswer, StartRequest},
};
use uuid::Uuid;

use crate::people::Hospital;

#[tokio::test]
async fn the_relay_links_what_is_pending_and_the_chain_holds() {
    let hospital = Hospital::new().await;
    hospital.staff("Carla Clerk", Role::Clerk).await;
    let tick = hospital.desk().relay_tick().await.unwrap();
    assert!(tick.linked >= 3, "a facility, a person and a sign-in: {}", tick.linked);
    for head in hospital.desk().chains().await.unwrap() {
        assert_eq!(hospital.desk().verify_chain(head.facility).await.unwrap(), []);
    }
    assert_eq!(hospital.desk().relay_tick().await.unwrap().linked, 0, "nothing is linked twice");
}

#[tokio::test]
async fn a_facility_that_somebody_made_up_gets_no_chain() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let made_up = RequestId { facility: FacilityId(Uuid::from_u128(7)), id: Uuid::from_u128(8) };
    let act = OneRequest::parse(&made_up.to_string()).unwrap();
    let refused = hospital.desk().perform(ana.seat.clone(), None, act).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::NotFound))));

    let entries = "select facility_id, outcome, request from audit.event where act = 'one_request'";
    assert_eq!(
        hospital.at.says("postgres", entries).await.unwrap(),
        [format!("{}|not_found|{}", Uuid::nil(), made_up.id)]
    );
    hospital.desk().relay_tick().await.unwrap();
    let chains: Vec<Uuid> = hospital.desk().chains().await.unwrap().into_iter().map(|head| head.facility).collect();
    assert_eq!(chains, [Uuid::nil(), hospital.facility.0]);
}

#[tokio::test]
async fn a_forms_key_that_served_another_form_is_refused_on_the_trail() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let key = Some(Ticket(Uuid::from_u128(7)));
    let start = StartRequest::parse("", Language::English).unwrap();
    let id = hospital.desk().perform(ana.seat.clone(), key, start).await.unwrap();
    let other = SaveAnswer::parse(&id.to_string(), Answer::Help(String::new())).unwrap();
    let refused = hospital.desk().perform(ana.seat.clone(), key, other).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::MovedOn))));
    let entries = "select act, outcome from audit.event where outcome <> 'done'";
    assert_eq!(hospital.at.says("postgres", entries).await.unwrap(), ["save_answer|moved_on"]);
}

#[tokio::test]
async fn months_are_added_while_the_trail_is_read_and_by_several_at_once() {
    let hospital = Hospital::new().await;
    let months = "select count(*)::text from pg_inherits i join pg_class t on t.oid = i.inhrelid
        where i.inhparent = 'audit.event'::regclass and t.relrowsecurity and t.relforcerowsecurity
          and t.relowner = 'audit_owner'::regrole and t.relacl is null
          and (select count(*) from pg_trigger g where g.tgrelid = t.oid and g.tgenabled = 'A') = 2
          and (select count(*) from pg_inherits x join pg_index k on k.indexrelid = x.inhrelid where k.indrelid = t.oid) = 4";
    assert_eq!(hospital.at.says("postgres", months).await.unwrap(), ["13"]);

    // as a dump or a long verification does
    let mut reads = hospital.at.under("postgres").await;
    sqlx::raw_sql("begin; select count(*) from audit.event").execute(&mut reads).await.unwrap();
    let extend = "select audit.extend((now() + interval '13 months')::date, 3)";
    let (one, other) = tokio::join!(hospital.at.says("relay", extend), hospital.at.says("relay", extend));
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    sqlx::raw_sql("commit").execute(&mut reads).await.unwrap();
    assert_eq!(hospital.at.says("postgres", months).await.unwrap(), ["16"]);
}

#[tokio::test]
async fn nobody_edits_or_empties_the_trail_in_passing() {
    let hospital = Hospital::new().await;
    let tries = [
        ("postgres", "set session_replication_role = replica; update audit.event set act = 'x'"),
        ("postgres", "delete from audit.event"),
        ("postgres", "truncate audit.link"),
    ];
    for (login, statement) in tries {
        let said = hospital.at.says(login, statement).await.unwrap_err();
        assert!(said.contains("append-only"), "{statement}: {said}");
    }
    for login in ["web_patient", "web_staff", "worker", "relay", "operator", "web_auth"] {
        let said = hospital.at.says(login, "select * from audit.event").await.unwrap_err();
        assert!(said.contains("permission denied"), "{login}: {said}");
    }
}

#[tokio::test]
async fn an_edited_entry_and_a_cut_tail_are_found() {
    let hospital = Hospital::new().await;
    hospital.staff("Carla Clerk", Role::Clerk).await;
    hospital.desk().relay_tick().await.unwrap();
    let facility = hospital.facility.0;
    let head = hospital.desk().chains().await.unwrap().into_iter().find(|head| head.facility == facility).unwrap();
    let links = hospital.desk().links_at(&[(facility, head.seq + 1), (facility, head.seq)]).await.unwrap();
    assert_eq!(links, [None, Some(head.hash.clone())]);

    // as a superuser who disables the triggers would
    let partition =
        hospital.at.says("postgres", "select tableoid::regclass from audit.event limit 1").await.unwrap()[0].clone();
    let edit = format!(
        "alter table {partition} disable trigger no_ud; update audit.event set act = 'nothing' where act = 'add_person';
         alter table {partition} enable always trigger no_ud"
    );
    hospital.at.says("postgres", &edit).await.unwrap();
    let broken = hospital.desk().verify_chain(facility).await.unwrap();
    assert!(broken.iter().any(|broken| broken.problem == "event_changed"), "{broken:?}");

    let cut = format!(
        "alter table audit.link disable trigger no_ud; delete from audit.link where facility_id = '{facility}' and seq = {}",
        head.seq
    );
    hospital.at.says("postgres", &cut).await.unwrap();
    let now = hospital.desk().chains().await.unwrap().into_iter().find(|head| head.facility == facility);
    assert!(now.is_none_or(|now| now.seq < head.seq), "the head that was signed is gone: only the checkpoint tells");
    assert!(hospital.desk().verify_chain(facility).await.unwrap().iter().any(|broken| broken.problem == "unlinked"));
}
