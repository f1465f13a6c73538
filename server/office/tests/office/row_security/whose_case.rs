//! Whose case it is, and whose match: the clerk's who sits there, and nobody's whom a statement names.

use domain::{caller::Role, document::Category};

use super::{
    draft, entry, id,
    recorded::{committed, refused},
};
use crate::{
    cases::{ANA, chart, document},
    people::{Hospital, Seated},
};

const AGREES: &str = "update app.verification set match_at = now(), agreeing = '{name,birth_date}';";

async fn row(hospital: &Hospital, query: &str) -> String {
    hospital.at.says("postgres", query).await.unwrap().remove(0)
}

#[tokio::test]
async fn no_clerk_puts_another_chart_under_a_colleagues_match() {
    let hospital = Hospital::new().await;
    let (ana, f) = (hospital.patient("Ana Ruiz").await, hospital.facility);
    let carla = hospital.staff("Carla Clerk", Role::Clerk).await;
    let marcus = hospital.staff("Marcus Clerk", Role::Clerk).await;
    hospital.was_sent(&ana, &ANA).await;
    let documents = vec![document(Category::Lab, "Blood count", None)];
    let charts = ["1", "2"].map(|source_id| (chart(source_id, "Ana", "Ruiz", None), documents.clone()));
    hospital.import(charts.into()).await;
    let charts = hospital.at.says("postgres", "select id::text from app.patient order by source_id").await.unwrap();
    let matched = |chart: &str| format!("update app.request set patient_id = '{chart}';");
    let unmatched = "update app.request set patient_id = null;";
    committed(&hospital, "web_staff", &carla, &(AGREES.to_owned() + &matched(&charts[0]) + &entry(f))).await;

    for silent in [matched(&charts[1]), unmatched.to_owned(), matched(&charts[1]) + AGREES] {
        for who in [&carla, &marcus] {
            let said = refused(&hospital, "web_staff", who, &(silent.clone() + &entry(f))).await;
            assert!(said.contains("whoever matches says so"), "{silent}: {said}");
        }
    }
    let stands = "select p.name || ' ' || c.source_id from app.verification v join app.person p on p.id = v.match_by
        join app.request r on r.id = v.request_id join app.patient c on c.id = r.patient_id";
    assert_eq!(row(&hospital, stands).await, "Carla Clerk 1");

    let agreeing = "update app.verification set agreeing = '{name,phone}', match_by = match_by, match_at = match_at;";
    committed(&hospital, "web_staff", &marcus, &(agreeing.to_owned() + &entry(f))).await;
    assert_eq!(row(&hospital, stands).await, "Marcus Clerk 1", "what agrees is said by whoever says it");
    committed(&hospital, "web_staff", &carla, &(AGREES.to_owned() + &matched(&charts[1]) + &entry(f))).await;
    assert_eq!(row(&hospital, stands).await, "Carla Clerk 2");
    let none = "update app.verification set match_at = null, agreeing = '{}';".to_owned() + unmatched;
    committed(&hospital, "web_staff", &marcus, &(none + &entry(f))).await;
    assert_eq!(hospital.at.says("postgres", stands).await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_case_is_taken_by_a_clerk_for_themselves_and_from_now_on() {
    let hospital = Hospital::new().await;
    let (ana, f) = (hospital.patient("Ana Ruiz").await, hospital.facility);
    let carla = hospital.staff("Carla Clerk", Role::Clerk).await;
    let marcus = hospital.staff("Marcus Clerk", Role::Clerk).await;
    let desk = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let supervisor = hospital.staff("Sue Lead", Role::Supervisor).await;
    hospital.was_sent(&ana, &ANA).await;
    let long_ago = "assigned_at = '2020-01-01', first_touch_at = '2020-01-01'";
    let assigned = |to: String| format!("update app.queue_entry set assignee = {to}, {long_ago};") + &entry(f);
    let given = |to: &Seated| assigned(format!("'{}'", to.person));
    let put_back = assigned("null".to_owned());
    let no_clerk_takes_it =
        [(&carla, &marcus), (&desk, &desk), (&desk, &carla), (&supervisor, &supervisor), (&supervisor, &carla)];
    for (who, to) in no_clerk_takes_it {
        let said = refused(&hospital, "web_staff", who, &given(to)).await;
        assert!(said.contains("a clerk takes a case"), "{said}");
    }
    let times = format!("update app.queue_entry set {long_ago};") + &entry(f);
    committed(&hospital, "web_staff", &desk, &times).await;
    let untouched = "select num_nonnulls(assigned_at, first_touch_at)::text from app.queue_entry";
    assert_eq!(row(&hospital, untouched).await, "0");

    committed(&hospital, "web_staff", &carla, &given(&carla)).await;
    let stands = "select p.name || ' ' || (q.assigned_at > now() - interval '1 minute')
        from app.queue_entry q join app.person p on p.id = q.assignee";
    assert_eq!(row(&hospital, stands).await, "Carla Clerk true");
    let touched = "select first_touch_at::text from app.queue_entry where first_touch_at > now() - interval '1 minute'";
    let first = row(&hospital, touched).await;
    committed(&hospital, "web_staff", &carla, &times).await;
    assert_eq!(row(&hospital, stands).await, "Carla Clerk true");
    let said = refused(&hospital, "web_staff", &desk, &put_back).await;
    assert!(said.contains("a clerk takes a case"), "{said}");

    committed(&hospital, "web_staff", &marcus, &given(&marcus)).await;
    assert_eq!(row(&hospital, stands).await, "Marcus Clerk true");
    committed(&hospital, "web_staff", &marcus, &put_back).await;
    assert_eq!(row(&hospital, "select num_nonnulls(assignee, assigned_at)::text from app.queue_entry").await, "0");
    assert_eq!(row(&hospital, touched).await, first, "who took it first, took it then");
}

#[tokio::test]
async fn a_request_comes_into_the_queue_without_a_clerk() {
    let hospital = Hospital::new().await;
    let (ana, f) = (hospital.patient("Ana Ruiz").await, hospital.facility);
    let carla = hospital.staff("Carla Clerk", Role::Clerk).await;
    let queued = draft(f, id(1), ana.person)
        + &format!(
            "insert into app.queue_entry (facility_id, request_id, open, headline, waiting_on, due_on, assignee, assigned_at,
               first_touch_at)
             values ('{f}', '{}', true, 'received', 'none', now()::date, '{}', now(), now());",
            id(1),
            carla.person
        );
    committed(&hospital, "web_patient", &ana, &(queued + &entry(f))).await;
    let said = "select num_nonnulls(assignee, assigned_at, first_touch_at)::text from app.queue_entry";
    assert_eq!(row(&hospital, said).await, "0");
}
