//! What leaves nothing behind.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use bytes::Bytes;
use intake::fhir::Reason;
use office::{Desk, Login, Pools, Secrets, Vault};
use serde_json::{Value, json};
use server::{
    import::{Importer, NotTaken},
    sandbox::{Sandbox, Sources},
};

use crate::{
    bundles::{bundle, chart, note, patient, visit},
    runner::{self, Test},
    world::{World, address_of, bytes},
};

pub(crate) fn tests() -> Vec<Test> {
    runner::tests![
        a_malformed_bundle_names_the_resource_and_leaves_nothing,
        a_reading_that_breaks_in_the_middle_leaves_nothing,
        a_resource_of_another_chart_refuses_the_whole_bundle,
        a_chart_cannot_be_emptied_by_a_bundle_that_says_less,
        a_list_cannot_be_shortened_by_a_bundle_that_leaves_a_part_out,
        a_note_or_a_report_loses_nothing_that_it_still_names,
        the_import_needs_the_workers_login_and_no_other,
        no_other_login_writes_a_chart,
    ]
}

async fn a_malformed_bundle_names_the_resource_and_leaves_nothing() {
    let world = World::new().await;
    let before = world.rows().await;
    let mut resources = chart("ana", "Feels well.");
    resources.push(json!({ "resourceType": "Condition", "id": "whose", "code": { "text": "Cough" } }));
    let NotTaken::Refused(refused) = world.take(&bundle(resources)).await.unwrap_err() else { panic!("refused") };
    assert_eq!(
        (refused.reason, refused.kind.as_deref(), refused.source_id.as_deref()),
        (Reason::OwnerNotStated, Some("Condition"), Some("whose"))
    );
    assert_eq!(
        NotTaken::Refused(refused).to_string(),
        "The resource does not say which patient it belongs to. Condition/whose (entry 4, line 1)"
    );
    let importer = world.importer(world.hospital.facility);
    for (broken, reason) in [
        (&b"{\"resourceType\": \"Bundle\", \"type\": \"collection\", \"entry\": ["[..], Reason::CutOff),
        (b"%PDF-1.7", Reason::NotJson),
        (b"{}", Reason::NotABundle),
    ] {
        let NotTaken::Refused(refused) = importer.take_bytes(Bytes::from_static(broken)).await.unwrap_err() else {
            panic!("refused")
        };
        assert_eq!(refused.reason, reason);
    }
    assert_eq!(world.rows().await, before);
    assert_eq!(world.count("audit.event where act = 'import_bundle'").await, 0);
}

/// Reads as the file that it is the first time, and breaks half way the second.
struct Breaking {
    bytes: Bytes,
    breaks: bool,
}

impl Sources for Breaking {
    fn lengths(&self) -> Vec<u64> {
        vec![self.bytes.len() as u64]
    }

    async fn read(&mut self, _: u32, offset: u64, at_most: usize) -> io::Result<Bytes> {
        if self.breaks && offset > 0 {
            return Err(io::Error::other("the disk"));
        }
        vec![self.bytes.clone()].read(0, offset, if self.breaks { at_most / 2 } else { at_most }).await
    }
}

async fn a_reading_that_breaks_in_the_middle_leaves_nothing() {
    let world = World::new().await;
    let before = world.rows().await;
    let mut resources = chart("ana", "Feels well.");
    resources.push(note("long", "ana", "visit-ana", &"A long note. ".repeat(30_000)));
    let bytes = bytes(&bundle(resources));
    let readings = AtomicU32::new(0);
    let open = || Ok(Breaking { bytes: bytes.clone(), breaks: readings.fetch_add(1, Ordering::Relaxed) > 0 });
    let why = world.importer(world.hospital.facility).take(open).await.unwrap_err();
    assert!(matches!(why, NotTaken::Unreadable(server::sandbox::SandboxError::Source(_))), "{why:?}");
    assert_eq!(readings.load(Ordering::Relaxed), 2, "it broke while the act was under way");
    assert_eq!(world.rows().await, before);
}

async fn a_resource_of_another_chart_refuses_the_whole_bundle() {
    let world = World::new().await;
    world.take(&bundle(chart("ana", "Feels well."))).await.unwrap();
    let before = world.rows().await;
    for stolen in [
        note("note-ana", "eva", "visit-eva", "Mine now."),
        visit("visit-ana", "eva"),
        json!({ "resourceType": "Organization", "id": "clinic", "name": "Elsewhere" }),
    ] {
        let is_new = stolen["resourceType"] == "Organization";
        let mut resources = vec![patient("eva", "Eva", "Okoro"), visit("visit-eva", "eva"), stolen];
        if is_new {
            // nobody's record may change: it is another version, and no reason to refuse
            resources[1] =
                json!({ "resourceType": "Condition", "id": "cough", "subject": { "reference": "Patient/eva" } });
            world.take(&bundle(resources)).await.unwrap();
            assert_eq!(world.count("app.resource where source_id = 'clinic'").await, 2);
        } else {
            let why = world.take(&bundle(resources)).await.unwrap_err();
            assert!(matches!(why, NotTaken::AnotherChart), "{why:?}");
            assert_eq!(world.rows().await, before);
        }
    }
}

async fn a_chart_cannot_be_emptied_by_a_bundle_that_says_less() {
    let world = World::new().await;
    world.take(&bundle(chart("ana", "Feels well."))).await.unwrap();
    let before = world.rows().await;
    world.take(&bundle(vec![patient("ana", "Ana", "Ruiz")])).await.unwrap();
    assert_eq!(world.rows().await, before);
}

async fn a_list_cannot_be_shortened_by_a_bundle_that_leaves_a_part_out() {
    let world = World::new().await;
    let of_ana = json!({ "reference": "Patient/ana" });
    let problem = |id: &str| {
        json!({ "resourceType": "Condition", "id": id, "subject": of_ana, "code": { "text": id },
            "onsetDateTime": "2024-03-01" })
    };
    let measured = |id: &str, value: u32| {
        json!({ "resourceType": "Observation", "id": id, "status": "final", "subject": of_ana, "code": { "text": id },
            "category": [{ "coding": [{ "code": "vital-signs" }] }], "effectiveDateTime": "2024-03-02T15:05:00Z",
            "encounter": { "reference": "Encounter/visit-ana" }, "valueQuantity": { "value": value } })
    };
    let with = |more: Vec<Value>| bundle([chart("ana", "Feels well."), more].concat());
    let whole = vec![problem("asthma"), problem("cough"), measured("pulse", 60), measured("weight", 80)];
    world.take(&with(whole.clone())).await.unwrap();
    let before = world.rows().await;
    for (left_out, named) in [(0, "Condition/asthma"), (3, "Observation/weight")] {
        let mut less = whole.clone();
        less.remove(left_out);
        let why = world.take(&with(less)).await.unwrap_err();
        assert!(matches!(why, NotTaken::PartMissing { .. }), "{why:?}");
        assert_eq!(
            why.to_string(),
            format!("a part of this patient's record is missing from the bundle: {named}; send the whole record")
        );
        assert_eq!(world.rows().await, before);
    }
    // a bundle that says nothing of a list leaves it as it is
    world.take(&with(Vec::new())).await.unwrap();
    assert_eq!(world.rows().await, before);
    // more is a next version, and so is what changed or was taken back
    let mut more = [whole, vec![problem("gout")]].concat();
    more[0]["verificationStatus"] = json!({ "coding": [{ "code": "entered-in-error" }] });
    more[3] = measured("weight", 81);
    world.take(&with(more)).await.unwrap();
    assert_eq!(
        world
            .says(
                "select kind, version::text, array_to_string(made_of, ' ') from app.document
                 where kind <> 'DocumentReference' order by kind, version"
            )
            .await,
        [
            "list:problems|1|Condition/asthma Condition/cough",
            "list:problems|2|Condition/asthma Condition/cough Condition/gout",
            "observations:vital-signs|1|Observation/pulse Observation/weight Encounter/visit-ana Organization/clinic",
            "observations:vital-signs|2|Observation/pulse Observation/weight Encounter/visit-ana Organization/clinic",
        ]
    );
}

async fn a_note_or_a_report_loses_nothing_that_it_still_names() {
    let world = World::new().await;
    let file =
        |id: &str| json!({ "resourceType": "Binary", "id": id, "contentType": "text/plain", "data": "V29yZHM=" });
    let letter = |file: &str| {
        let mut letter = note("letter", "ana", "visit-ana", "");
        letter["content"] = json!([{ "attachment": { "contentType": "text/plain", "url": format!("Binary/{file}") } }]);
        letter
    };
    let measured = |id: &str| {
        json!({ "resourceType": "Observation", "id": id, "status": "final", "code": { "text": id },
            "subject": { "reference": "Patient/ana" }, "category": [{ "coding": [{ "code": "laboratory" }] }],
            "valueQuantity": { "value": 5 } })
    };
    let report = |results: &[&str]| {
        let results: Vec<_> = results.iter().map(|id| json!({ "reference": format!("Observation/{id}") })).collect();
        json!({ "resourceType": "DiagnosticReport", "id": "panel", "status": "final", "code": { "text": "Panel" },
            "subject": { "reference": "Patient/ana" }, "encounter": { "reference": "Encounter/visit-ana" },
            "result": results })
    };
    let first = vec![letter("packet"), file("packet"), report(&["sugar", "salt"]), measured("sugar"), measured("salt")];
    let whole = [chart("ana", "Feels well."), first].concat();
    world.take(&bundle(whole.clone())).await.unwrap();
    let before = world.rows().await;
    assert!(world.take(&bundle(whole.clone())).await.unwrap().imported.changed_nothing());
    assert_eq!(world.rows().await, before);
    for named in ["Encounter/visit-ana", "Organization/clinic", "Binary/packet", "Observation/sugar"] {
        let (kind, id) = named.split_once('/').unwrap();
        let mut less = whole.clone();
        less.retain(|resource| resource["resourceType"] != kind || resource["id"] != id);
        assert_eq!(less.len(), whole.len() - 1);
        let NotTaken::PartMissing { kind, source_id } = world.take(&bundle(less)).await.unwrap_err() else {
            panic!("{named} is lost")
        };
        assert_eq!(format!("{kind}/{source_id}"), named);
        assert_eq!(world.rows().await, before);
    }
    // nor does a note lose the words that stood in itself
    let mut emptied = whole.clone();
    emptied[3]["content"][0]["attachment"] = json!({ "url": "https://elsewhere.example/1" });
    let why = world.take(&bundle(emptied)).await.unwrap_err();
    assert!(matches!(&why, NotTaken::PartMissing { kind, .. } if kind == "content:DocumentReference"), "{why:?}");
    // what a correction no longer names may stay away
    let corrected = vec![letter("second"), file("second"), report(&["sugar"]), measured("sugar")];
    let taken = world.take(&bundle([chart("ana", "Feels well."), corrected].concat())).await.unwrap();
    assert_eq!(taken.imported.documents_unchanged, 1, "the other note");
    assert_eq!(
        world.says("select source_id, version::text from app.document where current order by source_id").await,
        ["letter|2", "note-ana|1", "panel|2"]
    );
}

async fn the_import_needs_the_workers_login_and_no_other() {
    let world = World::new().await;
    let folder = std::env::temp_dir().join(format!("portal-test-secrets-{}", std::process::id()));
    let address = address_of(&world.hospital.at.name);
    let pools = Pools::new(&address, &Secrets::read(&folder).unwrap(), &[Login::Worker]).unwrap();
    let ring = vault::KeyRing::generate(vault::Kid::parse("test").unwrap()).unwrap();
    let desk = Desk::new(pools, Vault::new(ring, vault::ServerSecret::generate().unwrap()));
    let facility = desk.facility_of_charts("riverside").await.unwrap().unwrap();
    assert!(desk.facility_of_charts("nowhere").await.unwrap().is_none());
    let importer = Importer {
        desk: Arc::clone(&desk),
        sandbox: Sandbox::new(1),
        facility: facility.id,
        zone: facility.zone,
        source: "test".into(),
    };
    let taken = importer.take_bytes(bytes(&bundle(chart("ana", "Feels well.")))).await.unwrap();
    assert_eq!(taken.imported.patients_new, 1);
}

async fn no_other_login_writes_a_chart() {
    let world = World::new().await;
    world.take(&bundle(chart("ana", "Feels well."))).await.unwrap();
    for login in ["web_patient", "web_staff", "web_auth", "relay", "operator", "audit_reader"] {
        for statement in [
            "update app.document set current = false",
            "update app.patient set name = 'Eva'",
            "delete from app.patient_name",
            "insert into app.encounter (facility_id, id, patient_id, source, source_id, kind)
               select facility_id, gen_random_uuid(), id, 'x', 'x', 'x' from app.patient",
            "select sealed from app.resource",
        ] {
            let said = world.hospital.at.says(login, statement).await.unwrap_err();
            assert!(said.contains("permission denied"), "{login}: {statement}: {said}");
        }
    }
    // nor does the worker take anything away
    for statement in
        ["delete from app.document", "delete from app.resource", "delete from app.patient", "delete from app.encounter"]
    {
        let said = world.hospital.at.says("worker", statement).await.unwrap_err();
        assert!(said.contains("permission denied"), "{statement}: {said}");
    }
}
