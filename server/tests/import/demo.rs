//! The demo hospital, made as a newcomer makes it.

use domain::language::Translated;
use office::operator::NewFacility;
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
        a_demo_that_was_cut_off_is_no_demo,
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
    assert_eq!(says("select slug, demo::text, demo_complete::text from app.facility").await, ["riverside|true|true"]);
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
    assert_eq!(
        says("select distinct channel from app.request order by 1").await,
        ["in_person", "paper", "phone", "portal"]
    );
    assert_eq!(
        says("select distinct outcome from app.request where outcome is not null order by 1").await,
        ["fulfilled", "no_records", "referred", "withdrawn"]
    );
    assert_eq!(
        says("select kind, count(*)::text from app.evidence group by 1 order by 1").await,
        ["identity|1", "request_form|1"],
        "a photo that waits to be compared, and a form that came on paper"
    );
    assert_eq!(says("select count(*)::text from app.delivery where status = 'collected'").await, ["1"]);
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

/// As an interrupted run leaves it: the facility comes first, the mark last.
async fn a_demo_that_was_cut_off_is_no_demo() {
    let at = Database::new().await;
    let facility = NewFacility {
        slug: "riverside".to_owned(),
        name: "Riverside Community Hospital".to_owned(),
        zone: "America/Chicago".to_owned(),
        phone: "(312) 555-0142".to_owned(),
        hours: Translated { en: "Monday to Friday".to_owned(), es: "de lunes a viernes".to_owned() },
        relay: "711".to_owned(),
        postal: "400 River Street, Chicago, IL 60601".to_owned(),
        complaints: "Privacy Officer".to_owned(),
        mail_from: "records@riverside.example".to_owned(),
        demo: true,
    };
    at.desk.add_facility(facility).await.unwrap();
    let base = base(&at.name);
    let why = demo::make(&base).await.unwrap_err().to_string();
    assert!(why.contains("was cut off") && why.contains("./dev reset"), "{why}");
    let people = at.says("postgres", "select count(*)::text from app.person").await.unwrap();
    assert_eq!(people, ["0"], "nothing is added to half a hospital");
    std::fs::remove_dir_all(base.secrets).unwrap();
}
