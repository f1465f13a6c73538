//! What each role reads under the staff's login: where a request stands is not what was found, and whoever works at a
//! facility does not thereby know who asks there.

use domain::caller::Role;

use super::{draft, entry, id, seated};
use crate::{
    cases::ANA,
    people::{Hospital, Seated},
};

async fn reads(hospital: &Hospital, who: &Seated, query: &str) -> Vec<String> {
    let said = hospital.at.says("web_staff", &(seated(who) + query)).await.unwrap();
    said.into_iter().skip(1).collect()
}

#[tokio::test]
async fn what_was_found_and_decided_stands_in_the_history_for_those_who_work_the_case() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let request = hospital.was_sent(&ana, &ANA).await;
    let f = hospital.facility;
    let found = format!(
        r#"set session_replication_role = replica;
         insert into app.timeline (facility_id, request_id, id, for_patient, entry)
         values ('{f}', '{}', gen_random_uuid(), false, '{{"entry": "item.approved", "category": "lab"}}')"#,
        request.id
    );
    hospital.at.says("postgres", &found).await.unwrap();
    let desk = hospital.staff("Fay Desk", Role::FrontDesk).await;
    for (name, role, sees) in [
        ("Carla Clerk", Role::Clerk, "1"),
        ("Sue Lead", Role::Supervisor, "1"),
        ("Paul Privacy", Role::PrivacyOfficer, "0"),
        ("Ada Auditor", Role::Auditor, "0"),
        ("Adam Admin", Role::Administrator, "0"),
    ] {
        let who = hospital.staff(name, role).await;
        assert_eq!(reads(&hospital, &who, "select count(*)::text from app.timeline").await, [sees], "{role:?}");
    }
    assert_eq!(reads(&hospital, &desk, "select count(*)::text from app.timeline").await, ["0"]);
    let told = format!(
        r#"insert into app.timeline (facility_id, request_id, id, for_patient, entry)
         values ('{f}', '{}', gen_random_uuid(), true, '{{"entry": "delivery.collected"}}'); {}"#,
        request.id,
        entry(f)
    );
    assert_eq!(reads(&hospital, &desk, &told).await.last().unwrap(), "committed", "the desk says what it did");
}

#[tokio::test]
async fn who_asks_is_known_to_the_roles_that_know_requests_and_by_name_alone() {
    let hospital = Hospital::new().await;
    let (ana, ben) = (hospital.patient("Ana Ruiz").await, hospital.patient("Ben Okoro").await);
    hospital.was_sent(&ana, &ANA).await;
    let f = hospital.facility;
    // a draft is nobody's business yet
    hospital.at.says("web_patient", &(seated(&ben) + &draft(f, id(1), ben.person) + &entry(f))).await.unwrap();
    let auditor = hospital.staff("Ada Auditor", Role::Auditor).await;
    let administrator = hospital.staff("Adam Admin", Role::Administrator).await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let desk = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let officer = hospital.staff("Paul Privacy", Role::PrivacyOfficer).await;
    let colleagues = ["Ada Auditor", "Adam Admin", "Carla Clerk", "Fay Desk", "Paul Privacy"];
    let with_ana = ["Ada Auditor", "Adam Admin", "Ana Ruiz", "Carla Clerk", "Fay Desk", "Paul Privacy"];
    let names = r#"select name from app.person order by name collate "C""#;
    for who in [&auditor, &administrator] {
        assert_eq!(reads(&hospital, who, names).await, colleagues);
    }
    for who in [&clerk, &desk, &officer] {
        assert_eq!(reads(&hospital, who, names).await, with_ana);
    }
    for column in ["email", "phone", "postal", "language"] {
        for who in [&auditor, &clerk] {
            let asked = seated(who) + &format!("select {column}::text from app.person");
            let said = hospital.at.says("web_staff", &asked).await.unwrap_err();
            assert!(said.contains("permission denied"), "{column}: {said}");
        }
    }
}

#[tokio::test]
async fn somebody_without_an_account_is_made_known_by_those_who_enter_requests() {
    let hospital = Hospital::new().await;
    let f = hospital.facility;
    let made = "insert into app.person (id, name) values (gen_random_uuid(), 'Ruth Null');";
    for (name, role, may) in [
        ("Fay Desk", Role::FrontDesk, true),
        ("Carla Clerk", Role::Clerk, true),
        ("Sue Lead", Role::Supervisor, true),
        ("Paul Privacy", Role::PrivacyOfficer, false),
        ("Ada Auditor", Role::Auditor, false),
        ("Adam Admin", Role::Administrator, false),
    ] {
        let who = hospital.staff(name, role).await;
        match hospital.at.says("web_staff", &(seated(&who) + made + &entry(f))).await {
            Ok(said) => assert!(may && said.last().unwrap() == "committed", "{role:?}: {said:?}"),
            Err(said) => assert!(!may && said.contains("row-level security"), "{role:?}: {said}"),
        }
    }
}
