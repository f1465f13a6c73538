//! What is kept of a bundle that is taken.

use domain::document::Category;
use serde_json::json;
use server::import::Order;

use crate::{
    bundles::{attached, bundle, chart, clinic, note, patient, visit},
    runner::{self, Test},
    world::{World, bytes},
};

pub(crate) fn tests() -> Vec<Test> {
    runner::tests![
        a_bundle_becomes_a_chart_with_its_names_its_visits_and_its_documents,
        the_same_bundle_again_touches_no_row,
        a_bundle_leaves_one_entry_on_the_trail_of_its_facility,
        a_changed_note_is_a_new_version_and_the_old_one_stays,
        a_changed_name_changes_the_chart_and_makes_no_second_one,
        another_facilitys_import_of_the_same_patient_is_another_chart,
        two_bundles_at_once_keep_what_they_share_once,
        bundles_of_one_patient_go_in_in_their_order,
        nothing_that_is_sealed_can_be_read_in_the_tables,
        files_keep_their_bytes_and_their_pages_are_counted,
        a_list_of_vaccines_has_a_last_day_and_a_list_of_problems_is_open,
        a_visit_of_which_only_the_day_is_known_keeps_it,
    ]
}

async fn a_bundle_becomes_a_chart_with_its_names_its_visits_and_its_documents() {
    let world = World::new().await;
    let taken = world.take(&bundle(chart("ana", "Feels well."))).await.unwrap();
    assert_eq!((taken.imported.patients_new, taken.imported.encounters, taken.imported.resources), (1, 1, 4));
    let notes = taken.imported.documents[&Category::VisitNote];
    assert_eq!((notes.documents, notes.pages), (1, 1));
    assert_eq!(
        world.says("select name, family, given, birth_date::text, record_number, phone, postal from app.patient").await,
        ["Ana Ruiz|Ruiz|Ana|1961-04-09|MRN-ana|(312) 555-0188|7 Lake Street, Chicago IL 60601"]
    );
    assert_eq!(
        world
            .says("select use, family_folded, given_folded, family_sound, given_sound from app.patient_name order by n")
            .await,
        ["official|ruiz|ana|RS|AN", "maiden|okeefe|ana|AKF|AN"]
    );
    assert_eq!(world.says("select kind, system, value from app.patient_identifier").await, ["MR|urn:mrn|MRN-ana"]);
    assert_eq!(
        world
            .says(
                "select d.category, d.title, d.dated::text, d.author, d.site, d.status, d.media_type, d.pages::text, d.has_text::text,
                   d.version::text, d.current::text, e.kind, b.status, (b.bytes = d.bytes)::text
                 from app.document d join app.encounter e on e.id = d.encounter_id join app.blob b on b.id = d.blob"
            )
            .await,
        ["visit_note|Progress note: Check-up|2024-03-02|Dr. Ruiz|Lake Clinic|final|application/pdf|1|true|1|true|Check-up|kept|true"]
    );
    // the clinic is nobody's record; the rest is the chart's
    assert_eq!(
        world.says("select kind, (patient_id is null)::text from app.resource order by kind").await,
        ["DocumentReference|false", "Encounter|false", "Organization|true", "Patient|false"]
    );
}

async fn the_same_bundle_again_touches_no_row() {
    let world = World::new().await;
    let bundle = bundle(chart("ana", "Feels well."));
    world.take(&bundle).await.unwrap();
    let before = world.rows().await;
    let again = world.take(&bundle).await.unwrap();
    assert!(again.imported.changed_nothing(), "{:?}", again.imported);
    assert_eq!((again.imported.patients_unchanged, again.imported.documents_unchanged), (1, 1));
    assert_eq!(world.rows().await, before);
    // what only the layout tells apart is the same bundle
    let pretty = serde_json::to_vec_pretty(&bundle).unwrap();
    let laid_out = world.importer(world.hospital.facility).take_bytes(pretty.into()).await.unwrap();
    assert!(laid_out.imported.changed_nothing(), "{:?}", laid_out.imported);
    assert_eq!(world.rows().await, before);
}

async fn a_bundle_leaves_one_entry_on_the_trail_of_its_facility() {
    let world = World::new().await;
    let entries = format!("audit.event where act = 'import_bundle' and facility_id = '{}'", world.hospital.facility);
    world.take(&bundle(chart("ana", "Feels well."))).await.unwrap();
    assert_eq!(
        world
            .says(&format!(
                "select login, outcome, fields::text, (patient = (select id from app.patient))::text from {entries}"
            ))
            .await,
        ["worker|done|{patient,encounters,resources,documents}|true"]
    );
    world.take(&bundle(chart("ana", "Feels well."))).await.unwrap();
    assert_eq!(
        world.says(&format!("select coalesce(fields::text, 'none') from {entries} order by at")).await,
        ["{patient,encounters,resources,documents}", "none"]
    );
}

async fn a_changed_note_is_a_new_version_and_the_old_one_stays() {
    let world = World::new().await;
    world.take(&bundle(chart("ana", "Feels well."))).await.unwrap();
    let changed = world.take(&bundle(chart("ana", "Feels better."))).await.unwrap().imported;
    assert_eq!((changed.patients_unchanged, changed.resources, changed.documents.len()), (1, 1, 1));
    assert_eq!(
        world.says("select version::text, current::text from app.document order by version").await,
        ["1|false", "2|true"]
    );
    assert_eq!(world.says("select count(distinct blob)::text from app.document").await, ["2"]);
    assert_eq!(
        world.says("select version::text from app.resource where kind = 'DocumentReference' order by 1").await,
        ["1", "2"]
    );
    // and back: what it says again is new again, for the record shows what stood when
    world.take(&bundle(chart("ana", "Feels well."))).await.unwrap();
    assert_eq!(world.says("select version::text from app.document where current").await, ["3"]);
}

async fn a_changed_name_changes_the_chart_and_makes_no_second_one() {
    let world = World::new().await;
    world.take(&bundle(chart("ana", "Feels well."))).await.unwrap();
    let mut married = chart("ana", "Feels well.");
    married[0] = patient("ana", "Ana", "Ruiz-Meyer");
    let changed = world.take(&bundle(married)).await.unwrap().imported;
    assert_eq!((changed.patients_new, changed.patients_changed), (0, 1));
    assert_eq!(world.says("select name, version::text from app.patient").await, ["Ana Ruiz-Meyer|2"]);
    assert_eq!(world.says("select family_folded from app.patient_name order by n").await, ["ruiz meyer", "okeefe"]);
}

async fn another_facilitys_import_of_the_same_patient_is_another_chart() {
    let world = World::new().await;
    let elsewhere = world.hospital.another_facility().await;
    let bundle = bundle(chart("ana", "Feels well."));
    world.take(&bundle).await.unwrap();
    let theirs = world.importer(elsewhere).take_bytes(bytes(&bundle)).await.unwrap().imported;
    assert_eq!((theirs.patients_new, theirs.resources, theirs.documents_unchanged), (1, 4, 0));
    assert_eq!(
        world.says("select count(distinct facility_id)::text, count(distinct id)::text from app.patient").await,
        ["2|2"]
    );
    assert_eq!(
        world.says("select count(*)::text from app.document d join app.patient p on p.facility_id = d.facility_id and p.id = d.patient_id").await,
        ["2"]
    );
    // the same words, yet nobody who holds the tables can tell that they are the same
    assert_eq!(world.says("select count(distinct digest)::text from app.document").await, ["2"]);
    assert_eq!(world.says("select count(distinct digest)::text from app.patient").await, ["2"]);
}

async fn two_bundles_at_once_keep_what_they_share_once() {
    let world = World::new().await;
    let (one, other) = (bundle(chart("ana", "One.")), bundle(chart("eva", "Other.")));
    let (one, other) = tokio::join!(world.take(&one), world.take(&other));
    assert_eq!(one.unwrap().imported.resources + other.unwrap().imported.resources, 7, "the clinic is kept once");
    assert_eq!(world.count("app.resource where kind = 'Organization'").await, 1);
    assert_eq!(world.count("app.document").await, 2);
}

async fn bundles_of_one_patient_go_in_in_their_order() {
    let world = World::new().await;
    let importer = world.importer(world.hospital.facility);
    // the first takes longer to read than the one that must not overtake it
    let mut first = chart("ana", "The first words.");
    first.extend((0..200).map(|n| note(&format!("more-{n}"), "ana", "visit-ana", "Words among many.")));
    let mut second = chart("ana", "The words that hold.");
    second[0] = patient("ana", "Ana", "Lopez");
    let mut order = Order::default();
    let taking = [bundle(first), bundle(chart("ben", "Another's.")), bundle(second)].map(|of| {
        let (turn, given) = (order.turn(), bytes(&of));
        importer.take_in(turn, move || Ok(vec![given.clone()]))
    });
    for taken in futures::future::join_all(taking).await {
        taken.unwrap();
    }
    assert_eq!(world.says("select name from app.patient order by name").await, ["Ana Lopez", "Ana Ruiz"]);
    let held = "select version::text from app.document where source_id = 'note-ana' and current";
    assert_eq!(world.says(held).await, ["2"]);
}

async fn nothing_that_is_sealed_can_be_read_in_the_tables() {
    let world = World::new().await;
    world.take(&bundle(chart("ana", "Xanthelasma of both lids."))).await.unwrap();
    assert_eq!(world.count("app.chunk").await, 1);
    for plain in ["Xanthelasma", "resourceType", "%PDF", "Ruiz"] {
        let found = format!("app.resource where position('{plain}'::bytea in sealed) > 0");
        assert_eq!(world.count(&found).await, 0, "{plain}");
        let found = format!("app.chunk where position('{plain}'::bytea in bytes) > 0");
        assert_eq!(world.count(&found).await, 0, "{plain}");
    }
    // each has a key of its own, wrapped by its chart's; the chart's by the ring
    assert_eq!(
        world
            .says(
                "select (k.owner = d.patient_id)::text from vault.key k join app.document d on d.blob = k.blob
                 union all select (o.owner = p.id)::text from vault.owner_key o join app.patient p on p.id = o.owner"
            )
            .await,
        ["true", "true"]
    );
}

async fn files_keep_their_bytes_and_their_pages_are_counted() {
    let world = World::new().await;
    let readable = domain::document::Readable {
        title: "Discharge packet".into(),
        patient: domain::document::Whose { name: "Ana Ruiz".into(), born: None, record_number: None },
        source: "Ward 4".into(),
        dated: None,
        standing: None,
        blocks: vec![domain::document::Block::Note("A line of the packet.\n".repeat(200))],
    };
    let packet = press::typeset::readable(&readable, press::language::Language::English).unwrap();
    assert!(packet.pages > 1);
    let scan = [&[0xFF, 0xD8, 0xFF, 0xE0][..], &[0; 64]].concat();
    let resources = vec![
        patient("ana", "Ana", "Ruiz"),
        visit("visit-ana", "ana"),
        clinic(),
        attached("packet", "ana", "visit-ana", "application/pdf", &packet.pdf),
        attached("scan", "ana", "visit-ana", "image/jpeg", &scan),
        attached("broken", "ana", "visit-ana", "application/pdf", b"%PDF-1.7 and nothing behind it"),
        note("note", "ana", "visit-ana", "Words."),
        json!({ "resourceType": "AllergyIntolerance", "id": "nuts", "patient": { "reference": "Patient/ana" },
            "code": { "text": "Peanuts" } }),
    ];
    world.take(&bundle(resources)).await.unwrap();
    assert_eq!(
        world
            .says(
                "select source_id, media_type, coalesce(pages::text, 'none'), has_text::text, category from app.document
                 where source_id <> 'ana' order by source_id"
            )
            .await,
        [
            "broken|application/pdf|none|false|visit_note".to_owned(),
            "note|application/pdf|1|true|visit_note".to_owned(),
            format!("packet|application/pdf|{}|true|visit_note", packet.pages),
            "scan|image/jpeg|1|false|visit_note".to_owned(),
        ]
    );
    assert_eq!(
        world
            .says("select bytes::text from app.document where source_id in ('packet', 'scan') order by source_id")
            .await,
        [packet.pdf.len().to_string(), scan.len().to_string()]
    );
    assert_eq!(
        world.says("select kind, category from app.document where source_id = 'ana'").await,
        ["list:allergies|allergy"]
    );
}

async fn a_visit_of_which_only_the_day_is_known_keeps_it() {
    let world = World::new().await;
    let of = |id: &str, period: serde_json::Value| {
        let mut visit = visit(id, "ana");
        visit["period"] = period;
        visit
    };
    let visits = vec![
        patient("ana", "Ana", "Ruiz"),
        clinic(),
        of("day", json!({ "start": "2020-03-01", "end": "2020-03-02" })),
        of("month", json!({ "start": "2020-03" })),
        of("time", json!({ "start": "2020-03-01T15:00:00Z" })),
    ];
    world.take(&bundle(visits)).await.unwrap();
    assert_eq!(
        world
            .says(
                "select source_id, coalesce((from_at at time zone 'America/Chicago')::text, 'unknown')
                 from app.encounter order by source_id"
            )
            .await,
        ["day|2020-03-01 00:00:00", "month|unknown", "time|2020-03-01 09:00:00"]
    );
}

async fn a_list_of_vaccines_has_a_last_day_and_a_list_of_problems_is_open() {
    let world = World::new().await;
    let of_ana = json!({ "reference": "Patient/ana" });
    let vaccine = |id: &str, day: &str| {
        json!({ "resourceType": "Immunization", "id": id, "status": "completed", "patient": of_ana,
            "vaccineCode": { "text": "Tetanus" }, "occurrenceDateTime": day })
    };
    let allergy = json!({ "resourceType": "AllergyIntolerance", "id": "nuts", "patient": of_ana,
        "code": { "text": "Peanuts" }, "recordedDate": "1999" });
    let problem = json!({ "resourceType": "Condition", "id": "asthma", "subject": of_ana, "code": { "text": "Asthma" },
        "onsetDateTime": "1999-05-04" });
    let lists = vec![vaccine("first", "1950-07-27"), vaccine("last", "2021-03-02"), problem, allergy];
    world.take(&bundle([chart("ana", "Feels well."), lists].concat())).await.unwrap();
    assert_eq!(
        world
            .says(
                "select kind, coalesce(dated::text, 'open'), coalesce(until::text, 'open') from app.document order by kind"
            )
            .await,
        [
            "DocumentReference|2024-03-02|2024-03-02",
            "list:allergies|open|open",
            "list:problems|1999-05-04|open",
            "list:vaccines|1950-07-27|2021-03-02",
        ]
    );
}
