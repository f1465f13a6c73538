//! Resources without a form of their own.

use super::*;

#[test]
fn a_family_history_is_a_document_with_its_elements_its_narrative_and_its_notes() {
    let history = json!({
        "resourceType": "FamilyMemberHistory", "id": "f", "status": "completed",
        "patient": { "reference": "Patient/ana" }, "date": "2019-04-05",
        "relationship": { "coding": [{ "code": "FTH", "display": "Father" }] },
        "condition": [{ "code": { "text": "Diabetes" }, "onsetAge": { "value": 45, "unit": "years" } }],
        "text": { "status": "generated", "div": "<div><p>Had <b>diabetes</b>.</p><script>go()</script></div>" },
        "note": [{ "text": "Told by the patient." }],
    });
    let charts = read(&[patient(), history]).expect("it reads");
    let document = document(&charts.charts[0], "FamilyMemberHistory", "f");
    assert_eq!((document.title.as_str(), document.category), ("Family history: Father", Category::Other));
    assert_eq!(document.service.from.map(|moment| moment.to_string()).as_deref(), Some("2019-04-05"));
    assert_eq!((document.status, document.ongoing), (Status::Final, false));
    let fact = |name: &str, fact: &str| (name.to_owned(), fact.to_owned());
    assert_eq!(
        blocks(document),
        [
            Block::Facts(vec![
                fact("Status", "completed"),
                fact("Condition", "Code: Diabetes, Onset age: 45 years"),
                fact("Date", "2019-04-05"),
                fact("Relationship", "Father"),
            ]),
            Block::Note("Had diabetes.".to_owned()),
            Block::Note("Told by the patient.".to_owned()),
        ]
    );
    assert_eq!(charts.notes, []);
}

#[test]
fn every_resource_of_the_patient_is_a_document_and_says_what_it_is() {
    let of_ana = json!({ "reference": "Patient/ana" });
    let chart = chart_with(&[
        visit(),
        json!({ "resourceType": "ServiceRequest", "id": "s", "status": "active", "subject": of_ana,
                "code": { "text": "Physical therapy" }, "encounter": { "reference": "Encounter/visit" },
                "authoredOn": "2021-03-02", "requester": { "display": "Dr. Ruiz" } }),
        json!({ "resourceType": "EpisodeOfCare", "id": "e", "status": "active", "patient": of_ana,
                "period": { "start": "2020-02-03" } }),
        json!({ "resourceType": "Device", "id": "d", "patient": of_ana, "type": { "text": "Pacemaker" },
                "serialNumber": "SN-7" }),
        json!({ "resourceType": "Device", "id": "nobodys", "type": { "text": "Scale" } }),
    ]);
    let titles: Vec<_> = chart.documents.iter().map(|document| document.title.as_str()).collect();
    assert_eq!(titles, ["Device or implant: Pacemaker", "Episode of care", "Order or referral: Physical therapy"]);
    assert!(document(&chart, "EpisodeOfCare", "e").ongoing);
    let order = document(&chart, "ServiceRequest", "s");
    assert_eq!(order.encounter.as_deref(), Some("visit"));
    assert!(format!("{:?}", blocks(order)).contains("Dr. Ruiz"));
    assert!(format!("{:?}", blocks(document(&chart, "Device", "d"))).contains("SN-7"));
}

#[test]
fn a_type_that_nobody_foresaw_is_shown_as_far_as_it_can_be_read() {
    let strange = json!({
        "resourceType": "LensSettings", "id": "l", "subject": { "reference": "Patient/ana" },
        "code": [null, { "text": "Left" }], "type": 4, "status": { "a": 1 }, "period": "2020", "text": 5, "note": "x",
        "power": 1.5, "worn": true, "file": { "contentType": "image/png", "data": "AAAA" },
    });
    let chart = chart_with(&[strange]);
    let lens = document(&chart, "LensSettings", "l");
    assert_eq!(lens.title, "Lens settings: Left");
    let text = format!("{:?}", blocks(lens));
    for part in ["(\"Power\", \"1.5\")", "(\"Worn\", \"Yes\")", "A file (image/png)"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("AAAA"), "{text}");
}

#[test]
fn what_is_only_about_records_is_kept_and_remarked() {
    let of_ana = json!({ "reference": "Patient/ana" });
    let kept = [
        json!({ "resourceType": "DocumentManifest", "id": "m", "status": "current", "subject": of_ana }),
        json!({ "resourceType": "Provenance", "id": "p", "target": [of_ana] }),
        json!({ "resourceType": "Binary", "id": "b", "contentType": "text/plain", "securityContext": of_ana,
                "data": base64("words that no document names") }),
    ];
    let charts = read(&[[patient()].as_slice(), &kept].concat()).expect("it reads");
    assert_eq!((charts.charts[0].resources.len(), charts.charts[0].documents.len()), (4, 0));
    let remark = |kind: &str| Remark { about: About::KeptAsResource, kind: kind.to_owned(), times: 1 };
    assert_eq!(charts.notes, ["Binary", "DocumentManifest", "Provenance"].map(remark));
}
