use domain::caller::Role;

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
    assert_eq!(hospital.desk().link_at(facility, head.seq).await.unwrap(), Some(head.hash.clone()));

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
