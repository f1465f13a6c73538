//! What was asked for stays as it was sent, and a request ends as what became of it.

use domain::{
    caller::Role,
    ids::{FacilityId, RequestId},
};
use uuid::Uuid;

use super::{draft, entry, id, seated};
use crate::{
    cases::{ANA, Asks},
    front_desk::{asks, enter},
    people::Hospital,
};

fn part(f: FacilityId, request: Uuid) -> String {
    format!(
        "insert into app.item (facility_id, id, request_id, position, category, status)
         values ('{f}', gen_random_uuid(), '{request}', 9, 'imaging', 'pending');"
    )
}

fn sooner(f: FacilityId, request: Uuid) -> String {
    format!(
        "insert into app.deadline (facility_id, request_id, rule, due_on) values ('{f}', '{request}', 'tomorrow', now()::date + 1);"
    )
}

#[tokio::test]
async fn a_request_that_was_sent_is_neither_widened_nor_hurried() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let RequestId { facility: f, id: request } = hospital.was_sent(&ana, &ANA).await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let desk = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let supervisor = hospital.staff("Sue Lead", Role::Supervisor).await;
    let (part, sooner) = (part(f, request), sooner(f, request));
    for (login, who, added) in [
        ("web_patient", &ana, &part),
        ("web_patient", &ana, &sooner),
        ("web_staff", &desk, &part),
        ("web_staff", &desk, &sooner),
        ("web_staff", &supervisor, &part),
        ("web_staff", &supervisor, &sooner),
        ("web_staff", &clerk, &part),
        ("web_staff", &clerk, &sooner),
    ] {
        let said = hospital.at.says(login, &(seated(who) + added + &entry(f))).await.unwrap_err();
        assert!(said.contains("row-level security"), "{login}: {added}: {said}");
    }
    for another in ["category = 'imaging'", "position = 9", "from_date = null"] {
        let changed = seated(&clerk) + &format!("update app.item set {another}");
        let said = hospital.at.says("web_staff", &changed).await.unwrap_err();
        assert!(said.contains("permission denied"), "{another}: {said}");
    }
}

#[tokio::test]
async fn a_clerk_divides_everything_and_names_the_parts_of_what_they_enter() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let RequestId { facility: f, id: request } = hospital.was_sent(&ana, &Asks { categories: &[], ..ANA }).await;
    let divided = seated(&clerk) + &part(f, request) + &entry(f);
    assert_eq!(hospital.at.says("web_staff", &divided).await.unwrap().last().unwrap(), "committed");
    let entered = enter(&hospital, &clerk, asks("Ben Okoro")).await.unwrap();
    let parts = format!("select count(*)::text from app.item where request_id = '{}'", entered.id);
    assert_eq!(hospital.at.says("postgres", &parts).await.unwrap(), ["2"]);
}

#[tokio::test]
async fn the_parts_of_a_draft_come_when_it_is_sent() {
    let hospital = Hospital::new().await;
    let (ana, f) = (hospital.patient("Ana Ruiz").await, hospital.facility);
    let begun = seated(&ana) + &draft(f, id(1), ana.person) + &entry(f);
    assert_eq!(hospital.at.says("web_patient", &begun).await.unwrap().last().unwrap(), "committed");
    for early in [part(f, id(1)), sooner(f, id(1))] {
        let said = hospital.at.says("web_patient", &(seated(&ana) + &early)).await.unwrap_err();
        assert!(said.contains("row-level security"), "{early}: {said}");
    }
}

#[tokio::test]
async fn a_patient_ends_a_request_as_answered_once_a_copy_was_released_and_withdraws_it_until_then() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let RequestId { facility: f, id: request } = hospital.was_sent(&ana, &ANA).await;
    let ends = |outcome: &str| {
        seated(&ana)
            + &format!("update app.request set status = 'closed', outcome = '{outcome}' where id = '{request}';")
            + &entry(f)
    };
    for outcome in ["fulfilled", "no_records", "referred"] {
        let said = hospital.at.says("web_patient", &ends(outcome)).await.unwrap_err();
        assert!(said.contains("nothing was released"), "{outcome}: {said}");
    }
    let package = format!(
        "set session_replication_role = replica;
         insert into app.package (facility_id, id, request_id, patient_id, status, builder, checker, pages, released_at)
         values ('{f}', '{}', '{request}', '{}', 'released', '{}', '{}', 1, now())",
        id(4),
        id(5),
        id(6),
        id(7)
    );
    hospital.at.says("postgres", &package).await.unwrap();
    let said = hospital.at.says("web_patient", &ends("withdrawn")).await.unwrap_err();
    assert!(said.contains("released already"), "{said}");
    assert_eq!(hospital.at.says("web_patient", &ends("fulfilled")).await.unwrap().last().unwrap(), "committed");
}
