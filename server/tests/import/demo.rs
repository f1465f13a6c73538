//! The demo hospital, made as a newcomer makes it.

use server::{config::Base, demo, secrets::Secrets};

use crate::{
    cluster::Database,
    runner::{self, Test},
    world::{World, address_of},
};

pub(crate) fn tests() -> Vec<Test> {
    runner::tests![
        the_demo_has_people_to_mix_up_papers_of_every_kind_and_requests_in_every_stage,
        the_demo_goes_into_no_database_that_has_a_facility,
    ]
}

fn base(database: &str) -> Base {
    let secrets = std::env::temp_dir().join(format!("portal-test-demo-{}-{database}", std::process::id()));
    Secrets::make_missing(&secrets).unwrap();
    Base { database: address_of(database), secrets }
}

async fn the_demo_has_people_to_mix_up_papers_of_every_kind_and_requests_in_every_stage() {
    let at = Database::new().await;
    let base = base(&at.name);
    demo::make(&base).await.unwrap();
    let says = async |query: &str| at.says("postgres", query).await.unwrap();
    assert_eq!(says("select slug, demo::text from app.facility").await, ["riverside|true"]);
    assert_eq!(
        says("select name from app.patient group by name, birth_date having count(*) > 1").await,
        ["John Smith"],
        "two of one name and birth date"
    );
    assert_eq!(says("select name from app.patient_name where family_folded = 'okeefe'").await, ["Georgia O'Keefe"]);
    assert_eq!(
        says("select distinct media_type, has_text::text, (pages > 9)::text from app.document order by 1, 2, 3").await,
        ["application/pdf|true|false", "application/pdf|true|true", "image/jpeg|false|false"],
        "scans without text, and a packet of many pages"
    );
    assert_eq!(
        says("select distinct headline from app.queue_entry order by 1").await,
        [
            "action_needed",
            "closed",
            "delivered",
            "gathering",
            "preparing",
            "quality_check",
            "ready",
            "received",
            "verifying"
        ]
    );
    assert_eq!(says("select distinct status from app.request order by 1").await, ["closed", "draft", "open"]);
    assert_eq!(says("select distinct channel from app.request order by 1").await, ["in_person", "phone", "portal"]);
    assert_eq!(
        says("select distinct outcome from app.request where outcome is not null order by 1").await,
        ["fulfilled", "no_records", "withdrawn"]
    );
    let stages = "select distinct status from app.package order by 1";
    assert_eq!(says(stages).await, ["built", "checking", "released", "returned"]);
    let late = "select (count(*) > 0)::text from app.queue_entry where open and due_on < now()::date";
    assert_eq!(says(late).await, ["true"]);
    let refused = "select act || ' ' || outcome from audit.event where outcome <> 'done'";
    assert_eq!(says(refused).await, Vec::<String>::new(), "nobody of the cast is refused anything");

    let counted = "select count(*)::text from app.request union all select count(*)::text from app.document";
    let before = says(counted).await;
    demo::make(&base).await.unwrap();
    assert_eq!(says(counted).await, before, "a second time adds nothing");
    std::fs::remove_dir_all(base.secrets).unwrap();
}

async fn the_demo_goes_into_no_database_that_has_a_facility() {
    let world = World::new().await;
    let before = world.rows().await;
    let base = base(&world.hospital.at.name);
    let why = demo::make(&base).await.unwrap_err().to_string();
    assert_eq!(why, "the demo hospital goes into an empty database only: this one has a facility");
    assert_eq!(world.rows().await, before);
    std::fs::remove_dir_all(base.secrets).unwrap();
}
